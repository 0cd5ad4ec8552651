"""The texts of the special services DOCS, DOCO and DOCA (IATA RP 1701, AIRIMP): travel document, visa, address.

They are rows of fields between slashes, the same in PNL, ADL and PNRGOV, with an action code before them or not:

    DOCS  HK1/P/FRA/01AB23456/FRA/20JUN56/M/15DEC30/FAMILY/GIVEN/SECOND GIVEN/H
    DOCO  HK1/BIRTH PLACE/V/VISA NUMBER/PLACE OF ISSUE/14MAR24/CAN/I
    DOCA  HK1/R/FRA/STREET/TOWN/REGION/POSTAL CODE/I

Senders leave fields out, shift them by one and put in strays. A field is taken from its standard place where it may be
what belongs there, and otherwise looked for by its shape; `repairs` tells which was done. Nothing is filled in.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from vigie.dates import partial
from vigie.messages.fields import shapes
from vigie.messages.fields.shapes import Shape
from vigie.messages.fields.stamps import Century, Stamp

MONTHS: Final = {name: at for at, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
_DOCO_TYPES: Final = frozenset("VRK")
SEXES: Final = frozenset("M F U X MI FI UI XI".split())
"""Sex in DOCS; with I, of an infant without seat."""

_ACTIONS: Final = "H[KLNX]|K[KHL]|NN|NO|PN|SS|T[KL]|U[CNSU]|XX|DK"
_LEAD: Final = re.compile(
    rf"\s*(?:DOC[SOA]\s*)?(?:(?:[A-Z0-9]{{2}} ?)?(?P<action>{_ACTIONS})[0-9]{{1,3}}(?=[\s/]|\Z)"
    r"|(?P<only>HK|HN|KK|KH|KL)(?=\s*/\s*(?:[A-Z]{1,2}\s*)?/))?\s*/?",
    re.IGNORECASE,
)
"""What may stand before the fields: carrier, action code and number, and the slash before the first field."""
_ASSOCIATION: Final = re.compile(r"\s*-\s*(?=[0-9]{1,3}[^\W\d_][^()]*\Z)")
"""Begins the name a service is for, behind its text: `-1FAMILY/GIVEN`."""
_DATE: Final = re.compile(rf"[0-9]{{0,2}}(?:{'|'.join(MONTHS)})[0-9]{{2}}(?:[0-9]{{2}})?")
_USUAL_DOCS: Final = re.compile(
    r"/[A-Z]{0,2}/[A-Z]{0,3}/[A-Z]{0,3}[0-9]{1,12}/(?:[A-Z]{0,3}|0)"
    rf"/[0-9]{{2}}(?:{'|'.join(MONTHS)})[0-9]{{2}}/[FM]I?/(?:[0-9]{{2}}(?:{'|'.join(MONTHS)})[0-9]{{2}})?"
    r"(?:/[A-Z]+(?:[ '-][A-Z]+)*)*"
)
"""A DOCS in its usual form, which holds nothing but its fields."""
_DAY_MONTH_YEAR: Final = re.compile(r"(\d{1,2})?-?([A-Z]{3})-?(\d{2}|\d{4})", re.ASCII)
_YEAR_FIRST: Final = re.compile(r"(\d{4})(?:-?(\d{2})-?(\d{2}))?", re.ASCII)
_TYPE: Final = re.compile(r"[A-Z][A-Z<]?")
_STATE: Final = re.compile(r"[A-Z]{2,3}|D")
_NUMBER: Final = re.compile(r"(?=.*[0-9])[A-Z0-9 .\-]{3,20}")
_SHAPES: Final = (_TYPE, _STATE, _NUMBER, _STATE)
"""Shapes of the four fields before the birth date."""
_STRAY: Final = "0"
_WORD: Final = re.compile(r"[^\W_]")
_HARMLESS: Final = 2
"""Letters and digits that may stay where they do not belong, as in free text: `JARES(H)`."""
_BIRTH: Final = 4
"""Standard place of the birth date, which the other fields are found by."""
_FURTHEST: Final = 8


class DocsItem(NamedTuple):
    """Fields of one DOCS as sent, upper case for codes; None for those that are blank or absent."""

    action: str | None
    """`HK`, `KH`, ...: status of the service."""
    type: str | None
    """Code of the document: `P`, `PD`, `I`, `A`, ..."""
    issuer_raw: str | None
    number: str | None
    """Without blanks."""
    nationality_raw: str | None
    birth: str | None
    """Text for `date`: `20JUN56`."""
    sex_raw: str | None
    """One of `SEXES`, or what stands in its place."""
    expiry: str | None
    family: str | None
    given: str | None
    """All given names, joined by a blank."""
    name_raw: str
    """The names with their slashes as sent."""
    infant: bool
    """The sex says so: `MI`, `FI`."""
    holder: bool
    """The person whose passport it is, where several share one (H behind the names)."""
    association: str | None
    """Name the item is for, where one follows: `1FAMILY/GIVEN`."""
    repairs: tuple[str, ...]
    """`moved`: fields were not in their places and were found by shape. `stray`: an element was left out that belongs
    nowhere. `unplaced`: a field found no place and is in none of the others."""


class DocoItem(NamedTuple):
    """Fields of one DOCO as sent: a visa (type V), or a number of the traveller with a government."""

    action: str | None
    birth_place: str | None
    type: str | None
    """`V` visa, `R` redress number, `K` known traveller."""
    number: str | None
    issue_place: str | None
    issued: str | None
    """Text for `date`: `14MAR24`."""
    valid_for: str | None
    """State the visa is for."""
    infant: bool
    association: str | None


class DocaItem(NamedTuple):
    """Fields of one DOCA as sent."""

    action: str | None
    kind: str | None
    """`R` residence, `D` destination."""
    country_raw: str | None
    lines: tuple[str, ...]
    """Street, town, region, postal code, those that were sent."""
    infant: bool
    association: str | None


def docs(text: str) -> DocsItem:
    """Reads a DOCS, from the action code or from its first field on. Never raises."""
    action, fields, association = _fields(text, 6)
    birth = _birth(fields)
    (kind, issuer, number, nationality), repairs = _document(fields[:birth])
    sex, expiry, names = _behind(fields[birth + 1 :])
    if birth != _BIRTH or (names and fields[birth + 3 : birth + 4] != names[:1]):
        repairs.append("moved")
    holder = len(names) > 3 and names[-1].upper() == "H"
    given = " ".join(name for name in names[1 : -1 if holder else None] if name)
    return DocsItem(
        action=action,
        type=kind.upper() or None,
        issuer_raw=issuer.upper() or None,
        number="".join(number.split()).upper() or None,
        nationality_raw=nationality.upper() or None,
        birth=(fields[birth].upper() if birth < len(fields) else "") or None,
        sex_raw=sex.upper() or None,
        expiry=expiry.upper() or None,
        family=(names[0] if names else "") or None,
        given=given or None,
        name_raw="/".join(names),
        infant=sex.upper() in SEXES and sex.upper().endswith("I"),
        holder=holder,
        association=association,
        repairs=tuple(dict.fromkeys(repairs)),
    )


def doco(text: str) -> DocoItem:
    """Reads a DOCO as `docs` does a DOCS. Never raises."""
    action, fields, association = _fields(text, 5)
    if fields[0] in _DOCO_TYPES:
        fields.insert(0, "")
    elif fields[:1] == [""] and fields[2:3] and fields[2] in _DOCO_TYPES:
        del fields[0]
    place, kind, number, issue_place, issued, valid_for, infant = _exactly(fields, 7)
    return DocoItem(
        action=action,
        birth_place=place or None,
        type=kind.upper() or None,
        number="".join(number.split()).upper() or None,
        issue_place=issue_place or None,
        issued=issued.upper() or None,
        valid_for=valid_for.upper() or None,
        infant=infant.upper() == "I",
        association=association,
    )


def doca(text: str) -> DocaItem:
    """Reads a DOCA as `docs` does a DOCS. Never raises."""
    action, fields, association = _fields(text, 5)
    if fields[:1] == [""] and fields[1:2] in (["R"], ["D"]):
        del fields[0]
    kind, country, *lines, infant = _exactly(fields, 7)
    return DocaItem(
        action=action,
        kind=kind.upper() or None,
        country_raw=country.upper() or None,
        lines=tuple(line for line in lines if line),
        infant=infant.upper() == "I",
        association=association,
    )


def pspt(text: str) -> DocsItem:
    """Reads the older PSPT: number, State, birth date, family name, given names, sex, H of the holder. Never raises."""
    action, fields, association = _fields(text, 3)
    number, issuer, birth = _exactly(fields, 3)
    names = fields[3:]
    while names and not names[-1]:
        names.pop()
    holder = len(names) > 2 and names[-1].upper() == "H"
    if holder:
        names.pop()
    sex = names.pop().upper() if len(names) > 1 and names[-1].upper() in SEXES else ""
    return DocsItem(
        action=action,
        type=None,
        issuer_raw=issuer.upper() or None,
        number="".join(number.split()).upper() or None,
        nationality_raw=None,
        birth=birth.upper() or None,
        sex_raw=sex or None,
        expiry=None,
        family="".join(names[:1]) or None,
        given=" ".join(name for name in names[1:] if name) or None,
        name_raw="/".join(names),
        infant=sex.endswith("I"),
        holder=holder,
        association=association,
        repairs=(),
    )


def date(text: str, century: Century) -> Stamp | None:
    """A date of these services: DDMMMYY, with zeros or nothing for an unknown day, `00JAN70`, `JAN70`.

    The full year and `19700131` or `1970-01-31` are understood too, and do not fit the format. None when it is all
    zeros: not known. Raises ValueError for what is no date.
    """
    text = "".join(text.split()).upper()
    if not text.strip("0-"):
        return None
    found = _DAY_MONTH_YEAR.fullmatch(text)
    if found:
        day, month, year = int(found[1] or 0), MONTHS.get(found[2], 0), int(found[3])
        if not month:
            raise ValueError("a month of three letters is expected")
        derived = len(found[3]) == 2
        return Stamp(partial(century(year, month, day) if derived else year, month, day), derived, derived)
    found = _YEAR_FIRST.fullmatch(text)
    if not found:
        raise ValueError("a date such as 31JAN70 is expected")
    return Stamp(partial(int(found[1]), int(found[2] or 0), int(found[3] or 0)), False, False)


def _fields(text: str, names: int) -> tuple[str | None, list[str], str | None]:
    """Action code, fields without blanks around them, and the name behind, which begins in field `names` or later."""
    lead = _LEAD.match(text)
    action = (lead["action"] or lead["only"]) if lead else None
    fields = [without_filler(field) for field in (text[lead.end() :] if lead else text).split("/")]
    association = None
    for at in range(names, len(fields)):
        found = _ASSOCIATION.search(fields[at])
        if found:
            association = "/".join([fields[at][found.end() :], *fields[at + 1 :]])
            fields = [*fields[:at], fields[at][: found.start()]]
            break
    return action.upper() if action else None, fields, association


def without_filler(field: str) -> str:
    """A field with single blanks, and without what stands for something that was removed from it (`____`)."""
    words = field.split()
    if "_" not in field:
        return " ".join(words)
    return " ".join(word for word in words if "_" not in word or _WORD.search(word)).rstrip(" :;,!?=*#&(")


# -- what is no field of a document


def prose(service: str, text: str) -> list[tuple[int, int]]:
    """Start and end of what is not of the form of its field, in the text of a DOCS, DOCO, DOCA or PSPT.

    Of a name only what stands behind it. Read with filler in these places, the text has nothing more of the kind.
    """
    if service == "DOCS" and _USUAL_DOCS.fullmatch(text):
        return []
    spans: list[tuple[int, int]] = []
    while found := _prose(service, text):
        spans += found
        text = blanked(text, found)
    return sorted(spans)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with filler in place of letters and digits, as it is stored."""
    for start, end in spans:
        text = text[:start] + _WORD.sub("_", text[start:end]) + text[end:]
    return text


def _prose(service: str, text: str) -> list[tuple[int, int]]:
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    sent = text[at:].split("/")
    names, behind = _SHAPES_OF[service]
    association = next((place for place in range(names, len(sent)) if _ASSOCIATION.search(sent[place])), len(sent))
    fields = [*sent[:association], *(_ASSOCIATION.split(field)[0] for field in sent[association : association + 1])]
    of_fields = behind([without_filler(field) for field in fields])
    found = []
    for place, field in enumerate(sent):
        own = fields[place] if place <= association and place < len(fields) else ""
        spans = [_strange(own, of_fields[place])] if own else []
        spans += [(start + len(own), end + len(own)) for start, end in [_strange(field[len(own) :], None)]]
        found += [(at + start, at + end) for start, end in spans if len(_WORD.findall(field[start:end])) > _HARMLESS]
        at += len(field) + 1
    return found


def _strange(field: str, shape: Shape | None) -> tuple[int, int]:
    """What of a field is not of its shape; of a name (None), what stands behind it."""
    if shape is None:
        return shapes.end_of_name(field), len(field)
    plain = without_filler(field)
    return len(field) if not plain or shape(plain) else 0, len(field)


def _docs_shapes(fields: list[str]) -> list[Shape | None]:
    """Shape of each field; None is a name."""
    birth = _birth(fields)
    behind = fields[birth + 1 :]
    sex, expiry = _behind_birth(behind)
    before: list[Shape | None] = [_of_document] * min(birth, len(fields))
    return [*before, shapes.day, *[_letters] * sex, *[shapes.day] * expiry, *[None] * len(behind)][: len(fields)]


def _doco_shapes(fields: list[str]) -> list[Shape | None]:
    standard = (shapes.place, _letters, shapes.number, shapes.place, shapes.day, shapes.state, _letters)
    if fields[0] in _DOCO_TYPES:
        return _padded(standard[1:], fields)
    shifted = fields[:1] == [""] and fields[2:3] and fields[2] in _DOCO_TYPES
    return _padded((_letters, *standard) if shifted else standard, fields)


def _doca_shapes(fields: list[str]) -> list[Shape | None]:
    standard = (_letters, shapes.state, shapes.street, shapes.place, shapes.place, shapes.postal, _letters)
    shifted = fields[:1] == [""] and fields[1:2] in (["R"], ["D"])
    return _padded((_letters, *standard) if shifted else standard, fields)


def _pspt_shapes(fields: list[str]) -> list[Shape | None]:
    before: list[Shape | None] = [shapes.number, shapes.state, shapes.day]
    return [*before, *[None] * len(fields)][: len(fields)]


_SHAPES_OF: Final = {
    "DOCS": (6, _docs_shapes),
    "DOCO": (5, _doco_shapes),
    "DOCA": (5, _doca_shapes),
    "PSPT": (3, _pspt_shapes),
}
"""From which field on the name a service is for may stand, and what the others hold."""


def _padded(standard: Sequence[Shape], fields: list[str]) -> list[Shape | None]:
    """Nothing stands behind the fields of the standard."""
    found: list[Shape | None] = [*standard, *[_nothing] * len(fields)]
    return found[: len(fields)]


def _of_document(field: str) -> bool:
    """Type, State, number, or a date in the place of one."""
    return field == _STRAY or any(shape(field) for shape in (_letters, shapes.state, shapes.number, shapes.day))


def _letters(field: str) -> bool:
    return len(field) <= 2 and field.isascii()


def _nothing(field: str) -> bool:
    return False


def _exactly(fields: list[str], number: int) -> list[str]:
    return (fields + [""] * number)[:number]


def _birth(fields: Sequence[str]) -> int:
    """Place of the birth date: the standard one unless only another may be it."""
    upper = [field.upper() for field in fields[:_FURTHEST]]
    if _DATE.fullmatch("".join(upper[_BIRTH : _BIRTH + 1])) or "".join(upper[_BIRTH + 1 : _BIRTH + 2]) in SEXES:
        return _BIRTH
    for at in sorted(range(len(upper)), key=lambda at: abs(at - _BIRTH)):
        if _DATE.fullmatch(upper[at]) and _is_birth(upper, at):
            return at
    return _BIRTH


def _is_birth(fields: Sequence[str], at: int) -> bool:
    """A date with the sex behind it is no date of expiry; one with nothing behind may be when it comes late."""
    follows = fields[at + 1] if at + 1 < len(fields) else None
    return follows in SEXES or (follows == "" and not (at > _BIRTH and all(fields[:_BIRTH])))


def _behind(fields: list[str]) -> tuple[str, str, list[str]]:
    """Sex, expiry date and names. A name has no digit, so a damaged date is none."""
    sex, expiry = _behind_birth(fields)
    names = fields[sex + expiry :]
    while names and not names[-1]:
        names.pop()
    return "".join(fields[:sex]), "".join(fields[sex : sex + expiry]), names


def _behind_birth(fields: list[str]) -> tuple[int, int]:
    """Number of fields, 0 or 1, with the sex, and with the expiry date behind it."""
    sex = int(bool(fields) and _may_be_sex(fields))
    follows = fields[sex : sex + 1]
    return sex, int(bool(follows) and (not follows[0] or re.search(r"\d", follows[0]) is not None))


def _may_be_sex(fields: list[str]) -> bool:
    """Sex or nothing; other short codes only where the expiry date, or its empty place, follows."""
    field = fields[0].upper()
    if not field or field in SEXES:
        return True
    follows = fields[1:2]
    return len(field) <= 2 and bool(follows) and (not follows[0] or bool(_DATE.fullmatch(follows[0].upper())))


def _document(fields: list[str]) -> tuple[list[str], list[str]]:
    """Type, issuer, number and nationality, and what was repaired."""
    repairs = ["stray"] if _STRAY in fields else []
    if len(fields) == _BIRTH and _fits(fields):
        return ["" if field == _STRAY else field for field in fields], repairs
    sent = [(at, field) for at, field in enumerate(fields[:_FURTHEST]) if field and field != _STRAY]
    best = max(_placings(len(sent)), key=lambda placing: _worth(sent, placing, len(fields)), default=())
    found = [""] * _BIRTH
    for index, slot in best:
        found[slot] = sent[index][1]
    if any(sent[index][0] != slot for index, slot in best):
        repairs.append("moved")
    if len(best) < len(sent):
        repairs.append("unplaced")
    return found, repairs


def _fits(fields: list[str]) -> bool:
    """Every field may be what its place says. Any text may be a number: some have no digit."""
    blank = ("", _STRAY)
    return all(
        field in blank or slot == 2 or shape.fullmatch(field.upper())
        for slot, (field, shape) in enumerate(zip(fields, _SHAPES, strict=True))
    )


def _placings(number: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """All ways to give `number` fields to the four places, in order, some left out."""
    for size in range(min(number, _BIRTH), -1, -1):
        for chosen in combinations(range(number), size):
            for slots in combinations(range(_BIRTH), size):
                yield tuple(zip(chosen, slots, strict=True))


def _worth(sent: Sequence[tuple[int, str]], placing: Sequence[tuple[int, int]], birth: int) -> int:
    """Shape counts most, then that no field is left out, then its place before the birth date and from the start."""
    worth = 0
    for index, slot in placing:
        at, field = sent[index]
        worth += 10 if _SHAPES[slot].fullmatch(field.upper()) else 3
        worth += 2 * (at - birth == slot - _BIRTH) + (at == slot)
    return worth
