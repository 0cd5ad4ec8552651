"""What the places of coded segments may hold. Nobody reads some of them, and senders put text and cards into all.

Texts (IFT, LTS), special services (SSR) and the history's sources (ABI) are seen to where they are read; of the street
and town of an address only the number of a card is looked for here.
"""

import functools
import re
from typing import Final

from vigie.messages import sensitive
from vigie.messages.edifact import segments
from vigie.messages.edifact.grammar import Segment
from vigie.messages.edifact.service import Service
from vigie.messages.fields import shapes
from vigie.messages.fields.shapes import Shape
from vigie.messages.pnr.removals import Removals
from vigie.messages.sensitive import CARD, FREE_TEXT

_EVERY: Final = 0
"""Stands for every element: what repeats has the same places."""
_SHAPES: Final[dict[str, dict[tuple[int, int], Shape]]] = {
    **{tag: {} for tag in "APD EBD EQN FAR MON PTK RPI SAC SRC SSD TBD TRA TXD".split()},
    "DAT": {},
    "MSG": {(1, 0): shapes.function, (1, 1): shapes.function},
    "RCI": {(_EVERY, 1): shapes.locator},
    "REF": {(_EVERY, 1): shapes.reference},
    "TRI": {(_EVERY, 3): shapes.reference},
    "TKT": {},
    "FTI": {(_EVERY, 4): shapes.level, (_EVERY, 8): shapes.level},
    "FOP": {(_EVERY, 4): shapes.account},
    "ORG": {(1, 1): shapes.office, (2, 0): shapes.office, (2, 1): shapes.office, (3, 1): shapes.place},
    "TVL": {(2, 1): shapes.place, (3, 1): shapes.place, (5, 0): shapes.flight_number},
    # Names by which travellers are known are never judged here.
    "TIF": {
        (_EVERY, 0): shapes.anything,
        (_EVERY, 2): shapes.reference,
        (_EVERY, 4): shapes.further_name,
        (_EVERY, 5): shapes.title,
    },
    "ADD": {
        (1, 0): shapes.code,
        **{(_EVERY, at): shapes.anything for at in (1, 2, 3, 4, 7)},
        (_EVERY, 5): shapes.place,
        (_EVERY, 6): shapes.postal,
    },
}
"""By element and component. What is not named is a code, a number or an amount."""
TAGS: Final = frozenset(_SHAPES)
"""Segments whose places are looked at here."""
_ACCOUNTS: Final = ("FOP", 4)
"""Of the account that pays, the reader of FOP leaves the last digits."""
_TELEPHONES: Final = ("ADD", 7)
"""What its rules of free text know: a telephone number may have the length and the check digit of a card."""


def cleaned(segment: Segment, removals: Removals) -> Segment:
    """The segment without what its places are not for, which is removed: nothing behind this can use it."""
    places = _SHAPES.get(segment.tag)
    if places is None or usual(segment.tag, removals.marks).fullmatch(segment.raw):
        return segment
    gone = [
        (element, component, code)
        for element, components in enumerate(segment.elements[1:], 1)
        for component, value in enumerate(components)
        if value and (code := _fault(segment, element, component, value, places)) is not None
    ]
    if not gone:
        return segment
    elements = [list(components) for components in segment.elements]
    for element, component, code in gone:
        removals.part(segment, element, component, code=code)
        elements[element][component] = ""
    return segment._replace(elements=elements)


@functools.lru_cache(maxsize=512)
def usual(tag: str, marks: Service) -> re.Pattern[str]:
    """The usual forms of a segment: no more places than the standard has, and nothing in them that is not kept.

    It is to look once instead of at every place. tests/messages/test_slots.py holds that `cleaned` does the same
    with it and without.
    """
    end = re.escape(marks.element + marks.component + marks.release)
    short = f"[^{end}]{{0,3}}|[0-9]{{1,{sensitive.LEAST_OF_CARD - 1}}}"
    # A sender may have one of these signs between elements.
    base = f"{short}|(?![^{end}]*[A-Z]{{4}})(?:(?![{end}])[A-Z0-9./*#-]){{4,12}}"
    forms: dict[Shape, str] = {
        shapes.function: short,
        shapes.account: f"{short}|(?:(?![{end}])[0-9X*]){{4,30}}",
        shapes.locator: base + "|[A-Z0-9]{5,6}",
        shapes.anything: f"(?!(?:[^{end}0-9]*[0-9]){{{sensitive.LEAST_OF_CARD}}})[^{end}_]*",
    }
    if tag == "TKT":
        base += "|(?!3[47])[0-9]{13,15}"
    places = _SHAPES[tag]
    by_component = [
        [f"[^{end}]*"]
        if (tag, component) == _TELEPHONES
        else [forms.get(shape, base) for (_, at), shape in places.items() if at == component] or [base]
        for component in range(1 + max((at for _, at in places), default=-1))
    ]
    # Where elements differ in what a place is for, the narrowest of the forms holds for all.
    chosen = [min(each, key=len) for each in by_component] or [base]
    widths = list((segments.shape(tag, "PNRGOV") or ())[1:])
    alike = next(at for at in range(len(widths) + 1) if len(set(widths[at:])) <= 1)
    separators = re.escape(marks.element), re.escape(marks.component)

    def wide(width: int) -> str:
        forms = (chosen + [base] * width)[:width]
        return separators[0] + _nested(forms, separators[1])

    rest = f"(?:{wide(widths[alike])}){{0,{len(widths) - alike}}}" if widths[alike:] else ""
    for width in reversed(widths[:alike]):
        rest = f"(?:{wide(width)}{rest})?"
    return re.compile(tag + rest)


def _nested(forms: list[str], separator: str) -> str:
    """The first form, and as many of the others behind it as there are."""
    found = ""
    for form in reversed(forms[1:]):
        found = f"(?:{separator}(?:{form}){found})?"
    return f"(?:{forms[0]}){found}"


def _fault(
    segment: Segment, element: int, component: int, value: str, places: dict[tuple[int, int], Shape]
) -> str | None:
    """Why a value is not kept; None when it is. Filler is nothing, whoever put it there."""
    if len(value) <= 3 or (value.isdecimal() and len(value) < sensitive.LEAST_OF_CARD):
        return None
    here = segment.tag, component
    if here == _TELEPHONES or (here == _ACCOUNTS and shapes.account(value)):
        return None
    if sensitive.says_nothing(value):
        return FREE_TEXT if "_" in value else None
    if sensitive.cards(value, tickets=segment.tag == "TKT"):
        return CARD
    shape = places.get((element, component)) or places.get((_EVERY, component)) or shapes.code
    return None if shape(value) else FREE_TEXT
