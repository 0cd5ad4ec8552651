"""Which places of PAXLST's segments are read, so that nothing else counts as understood.

`edifact/segments.tsv` says what the standard has; this says what becomes of it. A place that is not read holds at most
a code of the standard (`139:6` behind a place: the list it is of), which says nothing of a traveller. Anything longer
is unknown: a name may stand there.
"""

import functools
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from vigie import countries
from vigie.messages.edifact import segments
from vigie.messages.edifact.grammar import Segment
from vigie.messages.fields import shapes

Place = tuple[int, int]
"""Element and component, as in `Segment.elements`."""


class _Read(NamedTuple):
    """What is read of a segment."""

    places: frozenset[Place]
    elements: frozenset[int]
    """Of which every component is read."""
    alternatives: tuple[tuple[str, ...], ...]
    """Positions of which the first that is filled is read."""
    plain: frozenset[Place]
    """In no record: digits or a code of a place is understood there, and nothing else."""

    shape: segments.Shape | None
    """What lies beyond it is unknown already; None when the standard of this form does not have the segment."""


Table = dict[str, _Read]
_CODE: Final = re.compile(r"[A-Z0-9]{1,3}\Z")
_PLAIN: Final = re.compile(r"[0-9]*\Z|[A-Z0-9]{1,5}\Z")
_TEXTS: Final[dict[str, frozenset[Place]]] = {
    "ATT": frozenset([(2, 3), (3, 3)]),
    "BGM": frozenset([(1, 3)]),
    "DOC": frozenset([(2, 2)]),
    "EMP": frozenset([(2, 3), (3, 3), (3, 4), (4, 3), (4, 4), (5, 0)]),
    "GEI": frozenset([(2, 3)]),
    "LOC": frozenset([(2, 3), (3, 3), (4, 3)]),
    "MEA": frozenset([(2, 3)]),
    "NAD": frozenset([(2, 0), *((element, component) for element in (3, 4) for component in range(6))]),
    "NAT": frozenset([(2, 3)]),
    "TDT": frozenset([(3, 1), (4, 3), (5, 3), (7, 2), (8, 3)]),
}
"""Places of words, where even what is as short as a code may be a name."""


def table(kind: str, rows: dict[str, str]) -> Table:
    """What is read of the segments of messages of this kind: positions by tag, or by tag and qualifier."""
    return {key: _row(positions.split(), segments.shape(key[:3], kind)) for key, positions in rows.items()}


def _row(positions: list[str], shape: segments.Shape | None) -> _Read:
    """`2` is an element with all its components, `2.1` its first; `3|2`: the first that is filled; `2.1~`: plain."""
    single = [position for position in positions if "|" not in position and "~" not in position]
    return _Read(
        frozenset(_place(position) for position in single if "." in position),
        frozenset(int(position) for position in single if "." not in position),
        tuple(tuple(position.split("|")) for position in positions if "|" in position),
        frozenset(_place(position[:-1]) for position in positions if position.endswith("~")),
        shape,
    )


def _place(position: str) -> Place:
    element, _, component = position.partition(".")
    return int(element), int(component or 1) - 1


_NOTHING: Final = _row([], None)


def is_code(text: str) -> bool:
    """True for a text of the size of the standard's codes, which cannot say much: three letters or digits."""
    return _CODE.match(text) is not None


_SEAT: Final = re.compile(r"(?!.*[A-Z]{4})[A-Z0-9./-]{1,8}\Z", re.IGNORECASE)
_LOCATOR: Final = re.compile(r"(?:[A-Z0-9]{2}[/.-])?[A-Z0-9]{5,6}(?:[/.-][A-Z0-9]{2})?\Z", re.IGNORECASE)
_USUAL_NUMBER: Final = re.compile(r"[A-Z]{0,4}[0-9]{2,16}")
_CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ"
_NUMBER: Final = re.compile(
    rf"(?=[^_]{{1,35}}\Z)(?=.*\d)(?!.*(?=[^\W\d_]{{5}})[{_CONSONANTS}]*(?![{_CONSONANTS}])[^\W\d_])", re.IGNORECASE
)
"""Of a document, in any script and with any marks, as some States have them, but without a word in it: five letters in
a row are one unless all are Latin consonants, as in German passports."""
_BEHIND: Final = re.compile(r"\d.*\s[^\W\d_]{3}")
"""Letters behind a number: a meal has a code of as many."""


@functools.lru_cache(maxsize=1 << 10)
def _state(text: str) -> bool:
    return is_code(text.upper()) or countries.alpha3(text) is not None


def _locator(text: str) -> bool:
    return _LOCATOR.match(text) is not None or shapes.reference(text)


def _word(text: str) -> bool:
    """A reference of whatever form a carrier gives it, which is one word."""
    return not any(map(str.isspace, text)) or shapes.reference(text)


def _number(text: str) -> bool:
    if _USUAL_NUMBER.fullmatch(text) or _NUMBER.match(text):
        return True
    return shapes.number(text) or shapes.code(text)  # `N/A`


def _seat(text: str) -> bool:
    return _SEAT.match(text) is not None


_FORMS: Final[dict[str, tuple[tuple[Place, ...], Callable[[str], bool]]]] = {
    "DOC": (((2, 0),), _number),
    "NAT": (((2, 0), (2, 3)), _state),
    "LOC+91": (((2, 0), (2, 3)), _state),
    "LOC+174": (((2, 0), (2, 3)), _state),
    "RFF+AVF": (((1, 1),), _locator),
    "RFF+ABO": (((1, 1),), _word),
    "RFF+AEA": (((1, 1),), _word),
    "RFF+CR": (((1, 1),), shapes.reference),
    "RFF+SEA": (((1, 1),), _seat),
    "RFF+YZY": (((1, 1),), shapes.reference),
}
"""What places of records hold that words must not get into, by tag, or by tag and qualifier."""


def fits(key: str, text: str) -> bool:
    """True when a text may be what `key`, a tag with or without a qualifier, has in a record. Filler never is."""
    if text.isalnum():
        return _FORMS[key][1](text)
    says_nothing = "_" in text and not any(map(str.isalnum, text))
    return not says_nothing and _BEHIND.search(text) is None and _FORMS[key][1](text)


def strange(segment: Segment) -> list[Place]:
    """Filled places of a segment whose text is not what a record has there."""
    qualified = f"{segment.tag}+{segment.value(1).upper()}"
    key = qualified if qualified in _FORMS else segment.tag
    places = _FORMS[key][0] if key in _FORMS else ()
    return [place for place in places if (value := segment.value(*place)) and not fits(key, value)]


_PDT: Final = "1.1 1.2 1.3 2.1 2.2 2.3 2.4 2.5 3 4.1 4.2"
UN: Final = table("PAXLST", {
    "ATT": "1 3.1|2.1",
    "BGM": "1.1 2.1",
    "CNT": "1.2~",
    "COM": "1.1 2.1 3.1",
    "CPI": "",
    "CTA": "1 2",
    "DOC": "1 2.1",
    "DTM": "1.1 1.2",
    **dict.fromkeys(["DTM+132", "DTM+133", "DTM+137", "DTM+178", "DTM+184", "DTM+186", "DTM+554"], "1.1 1.2~"),
    "EMP": "2.1",
    "FTX": "1 2 3 4 5 6",
    "FTX+BAG": "1 4",
    "GEI": "1 2.1",
    "LOC": "1 2.1|2.4",
    "LOC+180": "1 2.1 2.4 3.4 4.4",
    "LOC+172": "1 2.1~",
    "LOC+188": "1 2.1~",
    "MEA": "1 3.1 3.2",
    "NAD": "1 4|3|2.1 5 6 7.1|7.4 8 9",
    "NAT": "1 2.1|2.4",
    "NAT+1": "1 2.1~",
    "PDT": _PDT,
    "QTY": "1.2~",
    "RFF": "1.1 1.2",
    "TDT": "2 3.1 5.1|5.4",
})  # fmt: skip
"""By tag, or by tag and qualifier. CTA, and COM before the first traveller, are about who reports: known and kept in
the original, and in no record because no record is about that office."""
US: Final = UN | table("US", {
    "CTA": "1 2 3 4 5 6 7 8 9 10 11",
    "DTM": "1 2 3",
    "PDT": _PDT,
    "TDT": "2 3 4.1",
    "UNS": "1",
})  # fmt: skip
"""The old American form, where it differs."""


def unread(segment: Segment, table: Table) -> list[Place]:
    """Places of a segment that are filled and not read; nothing is read of a segment without a row."""
    row = table.get(f"{segment.tag}+{segment.value(1)}") or table.get(segment.tag, _NOTHING)
    chosen = [_first_filled(segment, positions) for positions in row.alternatives] if row.alternatives else []
    found: list[Place] = []
    for element, components in enumerate(segment.elements):
        if not element or element in row.elements or str(element) in chosen:
            continue
        for component, value in enumerate(components):
            place = (element, component)
            if (
                value
                and place not in row.places
                and _within(place, row.shape)
                and _is_unread(segment, place, chosen, row)
            ):
                found.append(place)
    return found


def _within(place: Place, shape: segments.Shape | None) -> bool:
    return shape is None or (place[0] < len(shape) and place[1] < shape[place[0]])


def _first_filled(segment: Segment, positions: tuple[str, ...]) -> str:
    """The one that is read."""
    for position in positions:
        element, component = _place(position)
        filled = segment.value(element, component) if "." in position else "".join(segment.components(element)).strip()
        if filled:
            return position
    return positions[0]


def _is_unread(segment: Segment, place: Place, chosen: list[str], row: _Read) -> bool:
    element, component = place
    value = segment.value(element, component).upper().strip("_ ")
    if not value or f"{element}.{component + 1}" in chosen:
        return False
    if segment.tag == "NAD" and element == 2 and "2.1" in chosen:
        return not is_code(value) and value not in name_of_party(segment.components(2))
    if place in row.plain:
        return not _PLAIN.match(value)
    return not is_code(value) or place in _TEXTS.get(segment.tag, ())


def name_of_party(components: list[str]) -> list[str]:
    """What of C082 is a name: it has no digit and is not the code of a list or agency behind the first (`ZZZ`)."""
    parts = [part.strip() for part in components]
    words = [part for part in parts if any(map(str.isalpha, part)) and not any(map(str.isdigit, part))]
    if not parts or parts[0] not in words:
        return []
    return [parts[0], *[part for part in words[1:] if part.upper() not in ("ZZ", "ZZZ")]]
