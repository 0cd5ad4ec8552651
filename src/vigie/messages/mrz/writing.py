"""Writes a machine readable zone from its fields, with all check digits (ICAO Doc 9303 parts 3 to 7)."""

from typing import Final

from vigie.messages.mrz.layouts import CHARACTERS, FILLER, LAYOUTS, Layout, Place, check_digit
from vigie.names import icao

_UNKNOWN_DATE: Final = FILLER * 6


def zone(
    document_format: str,
    *,
    document_code: str,
    issuing_state: str,
    surname: str,
    given_names: str = "",
    document_number: str,
    nationality: str = "",
    birth_date: str = _UNKNOWN_DATE,
    sex: str = FILLER,
    expiry_date: str = _UNKNOWN_DATE,
    optional1: str = "",
    optional2: str = "",
) -> tuple[str, ...]:
    """The lines of a zone of `document_format` (a key of `LAYOUTS`).

    Codes are the zone's own (`D` for Germany). Dates are YYMMDD with fillers for what is unknown. Names are
    transliterated and, when too long, cut by part 4, 4.2.3; a number of more than nine characters continues in the
    optional data of TD1 and TD2. Fields that the format lacks must be empty; an unused personal number of TD3 has `<`
    for its check digit. Raises ValueError for an unknown format, a value that does not fit or that no zone can have.
    """
    layout = LAYOUTS.get(document_format)
    if layout is None:
        raise ValueError(f"formats are {', '.join(LAYOUTS)}; none of them was given")
    values = {
        "document_code": document_code,
        "issuing_state": issuing_state,
        "nationality": nationality,
        "birth_date": birth_date,
        "sex": sex,
        "expiry_date": "" if expiry_date == _UNKNOWN_DATE else expiry_date,
        "optional2": _filled(optional2),
    }
    values |= _names(layout, icao.to_zone(surname, issuing_state), icao.to_zone(given_names, issuing_state))
    lines = [[FILLER] * layout.width for _ in range(layout.lines)]
    for field, value in values.items():
        _put(lines, layout, field, value)
    digits = _put_number(lines, layout, document_number, _filled(optional1))
    for check in layout.checks:
        if check.name in digits:
            text = "".join(place.of(_joined(lines)) for place in check.covered)
            unused = check.name == "personal_number" and not text.strip(FILLER)
            lines[check.digit.line][check.digit.start] = FILLER if unused else str(check_digit(text))
    return _joined(lines)


def _put_number(lines: list[list[str]], layout: Layout, number: str, optional: str) -> set[str]:
    """Writes document number and optional data; returns the check digits that are still to be computed."""
    names = {check.name for check in layout.checks}
    place = layout.fields["document_number"]
    width = place.end - place.start
    if number.startswith(FILLER) or (len(number) > width and FILLER in number):
        raise ValueError("document_number begins with a letter or digit, and a long one has no filler; leave it out")
    if layout.number_goes_on and len(number) > width:
        more = number[width:] + str(check_digit(number))
        optional = f"{more}{FILLER}{optional}" if optional else more
        number = number[:width]
        names.discard("document_number")
    _put(lines, layout, "document_number", number)
    _put(lines, layout, "optional1", optional)
    return names


def _put(lines: list[list[str]], layout: Layout, field: str, value: str) -> None:
    place = layout.fields.get(field, Place(0, 0, 0))
    if len(value) > place.end - place.start:
        says = f"{field} has {len(value)} characters, {layout.format} has {place.end - place.start} for it; shorten it"
        raise ValueError(says)
    if not CHARACTERS.issuperset(value):
        raise ValueError(f"{field} has a character that no zone has; write it in A to Z, 0 to 9 and `<`")
    lines[place.line][place.start : place.start + len(value)] = value


def _joined(lines: list[list[str]]) -> tuple[str, ...]:
    return tuple("".join(line) for line in lines)


def _filled(text: str) -> str:
    return text.replace(" ", FILLER)


def _names(layout: Layout, primary: str, secondary: str) -> dict[str, str]:
    if "name" in layout.fields:
        place = layout.fields["name"]
        return {"name": _fitted(primary, secondary, place.end - place.start)}
    widths = {field: place.end - place.start for field, place in layout.fields.items()}
    given = _ends_in_letter(secondary, widths["given_names"]).replace(FILLER, FILLER * 2)[: widths["given_names"]]
    return {"surname": _ends_in_letter(primary, widths["surname"]), "given_names": given}


def _fitted(primary: str, secondary: str, width: int) -> str:
    """The whole name, cut so that something of both identifiers is seen and the last character is a letter."""
    if not secondary:
        return _ends_in_letter(primary, width)
    whole = f"{primary}{FILLER * 2}{secondary}"
    if len(whole) <= width:
        return whole
    head = _ends_in_letter(primary, width - 3) + FILLER * 2
    given = _ends_in_letter(secondary, width - len(head))
    if len(head) + len(given) < width:
        # Initials only: none of them can give a letter up, so the primary identifier does.
        head = _less_a_letter(head.rstrip(FILLER)) + FILLER * 2
        given = _ends_in_letter(secondary, width - len(head))
    return head + given


def _ends_in_letter(text: str, width: int) -> str:
    """At most `width` characters. A component that would end just before the last place gives one letter up."""
    while len(text) > width and text[width - 1] == FILLER:
        text = _less_a_letter(text)
    return text[:width]


def _less_a_letter(text: str) -> str:
    """Without the last letter of the longest component."""
    components = text.split(FILLER)
    longest = max(range(len(components)), key=lambda at: len(components[at]))
    components[longest] = components[longest][:-1]
    return FILLER.join(component for component in components if component)
