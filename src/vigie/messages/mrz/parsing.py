"""A machine readable zone taken apart: its format, its fields as printed, its check digits. Nothing is corrected."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, Literal, NamedTuple

import msgspec

from vigie.messages.mrz.layouts import (
    CHARACTERS,
    FILLER,
    FRENCH_NATIONAL_ID,
    INVALID_LENGTH,
    LAYOUTS,
    MRVA,
    MRVB,
    NOT_ICAO,
    TD1,
    TD2,
    TD3,
    Check,
    Layout,
    Place,
    check_digit,
)

State = Literal["ok", "bad", "empty"]
Cell = tuple[int, int]
"""A character: number of its line and position in it, from 0."""

_DIGITS: Final = str.maketrans("OISBZG", "015826")
LETTERS: Final = str.maketrans("015826", "OISBZG")
"""Digits as the letters that look like them: to recognise a format, never to read a value."""
CONFUSED: Final = {chr(a): chr(b) for a, b in (*_DIGITS.items(), *LETTERS.items())}
"""Letters and digits that optical readers take for each other, both ways."""
_SLACK: Final = 4
"""Characters a line may lack or have too many and still be compared with a format."""
_SHAPES: Final = {(3, 30): TD1, (2, 36): TD2, (2, 44): TD3}

_LOOKS: Final = {
    2: (r"[PVACI][A-Z<]{4}[A-Z<]*<<[A-Z<]*\Z", r"[A-Z0-9<]{9}[0-9<][A-Z<]{3}[0-9<]{7}[MFX<][0-9<]{7}"),
    3: (
        r"(?=.{5}[A-Z<]*[0-9])[ACI][A-Z<]{4}[A-Z0-9<]{9}[0-9<]",
        r"[0-9<]{7}[MFX<][0-9<]{7}[A-Z<]{3}",
        r"[A-Z]+(?:<[A-Z]+)*<<[A-Z<]*\Z",
    ),
}
"""What each line of a format looks like, by the number of its lines: to tell which line one is when others are lost."""


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A zone as printed: fillers at the ends are cut, fillers within are blanks; dates are still YYMMDD.

    `format` is a key of `LAYOUTS`, or `INVALID_LENGTH` (lines near a format, or many alike) or `NOT_ICAO`: then
    nothing else is read.
    """

    format: str
    lines: tuple[str, ...]
    document_code: str = ""
    issuing_state: str = ""
    document_number: str = ""
    """With what continues in the optional data; fillers within are kept."""
    long_document_number: bool = False
    nationality: str = ""
    birth_date: str = ""
    sex: str = ""
    expiry_date: str = ""
    optional1: str = ""
    optional2: str = ""
    surname: str = ""
    given_names: str = ""
    name: str = ""
    """The whole name as printed, without the fillers at the end."""
    check_digits: dict[str, State] = {}
    """By name of the field; `empty` is a filler for the digit of a field that is not used."""


class Checked(NamedTuple):
    """One check digit of a zone, with the characters it was computed over."""

    state: State
    cells: tuple[Cell, ...]
    digit: Cell


def parse(lines: Sequence[str]) -> Zone:
    """The zone that these lines are. Never raises: a line with other characters than a zone has is parsed all the same.

    One string per line, in capitals, without blanks.
    """
    found = tuple(lines)
    layout = layout_of(found)
    if layout is None:
        return Zone(format=_why_not(found), lines=found)
    return parse_as(layout, found)


def parse_as(layout: Layout, lines: tuple[str, ...]) -> Zone:
    """The zone, whatever it looks like. Each line must have the width of the format."""
    raw = {name: place.of(lines) for name, place in layout.fields.items()}
    number, optional, long = raw["document_number"], raw["optional1"], False
    if _goes_on(layout, lines):
        more = optional.split(FILLER)[0]
        number, optional, long = number + more[:-1], optional[len(more) :], True
    surname, given, name = _name(raw)
    return Zone(
        format=layout.format,
        lines=lines,
        document_code=raw["document_code"].rstrip(FILLER),
        issuing_state=raw["issuing_state"].rstrip(FILLER),
        document_number=number.rstrip(FILLER),
        long_document_number=long,
        nationality=raw.get("nationality", "").rstrip(FILLER),
        birth_date=raw["birth_date"],
        sex=raw["sex"],
        expiry_date=raw.get("expiry_date", ""),
        optional1=_blanks(optional),
        optional2=_blanks(raw.get("optional2", "")),
        surname=surname,
        given_names=given,
        name=name,
        check_digits={name: checked.state for name, checked in checks(layout, lines).items()},
    )


def layout_of(lines: tuple[str, ...]) -> Layout | None:
    """The format these lines have by number and width; None when it is none."""
    widths = {len(line) for line in lines}
    name = _SHAPES.get((len(lines), widths.pop())) if len(widths) == 1 else None
    return None if name is None else _refined(name, lines)


def nearest_layout(lines: tuple[str, ...]) -> Layout | None:
    """The format whose width no line misses by more than a few characters; None when there is none."""
    misses = {
        name: sum(abs(len(line) - width) for line in lines)
        for (number, width), name in _SHAPES.items()
        if number == len(lines) and all(abs(len(line) - width) <= _SLACK for line in lines)
    }
    return _refined(min(misses, key=lambda name: misses[name]), lines) if misses else None


def incomplete(lines: tuple[str, ...]) -> tuple[Layout, tuple[int, ...]] | None:
    """The format of a zone of which lines are lost, and which of its lines these are; None when they look like none."""
    for (number, width), name in _SHAPES.items():
        if not 0 < len(lines) < number or any(abs(len(line) - width) > _SLACK for line in lines):
            continue
        for places in combinations(range(number), len(lines)):
            if all(re.match(_LOOKS[number][at], line) for at, line in zip(places, lines, strict=True)):
                there = dict(zip(places, lines, strict=True))
                return _refined(name, tuple(there.get(at, FILLER * width) for at in range(number))), places
    return None


def _refined(name: str, lines: tuple[str, ...]) -> Layout:
    """Visas have the widths of TD3 and TD2; France's card that of TD2, but no nationality in the lower line."""
    if name != TD1 and lines[0].startswith("V"):
        name = {TD3: MRVA, TD2: MRVB}[name]
    elif name == TD2 and lines[0][:5].translate(LETTERS) == "IDFRA" and not lines[1][10:13].isalpha():
        name = FRENCH_NATIONAL_ID
    return LAYOUTS[name]


def _why_not(lines: tuple[str, ...]) -> str:
    alike = len({len(line) for line in lines}) == 1
    return INVALID_LENGTH if alike or nearest_layout(lines) is not None else NOT_ICAO


def _name(raw: dict[str, str]) -> tuple[str, str, str]:
    """Primary and secondary identifier, and the whole as printed; two fillers stand between them (part 3, 4.6)."""
    if "name" not in raw:
        surname, given = raw["surname"].rstrip(FILLER), raw["given_names"].rstrip(FILLER)
        return _blanks(surname), _blanks(given), f"{surname}<<{given}".rstrip(FILLER)
    primary, _, secondary = raw["name"].partition(FILLER * 2)
    return _blanks(primary), _blanks(secondary), raw["name"].rstrip(FILLER)


def _blanks(text: str) -> str:
    return " ".join(text.replace(FILLER, " ").split())


# -- check digits


def checks(layout: Layout, lines: tuple[str, ...]) -> dict[str, Checked]:
    """Every check digit of the format, by name, in the order of the standard."""
    return {check.name: _checked(layout, lines, check) for check in layout.checks}


def _checked(layout: Layout, lines: tuple[str, ...], check: Check) -> Checked:
    digit, cells = (check.digit.line, check.digit.start), [cell for place in check.covered for cell in _cells(place)]
    if check.name == "document_number" and _goes_on(layout, lines):
        place = layout.fields["optional1"]
        more = len(place.of(lines).split(FILLER)[0])
        *rest, digit = _cells(place._replace(end=place.start + more))
        cells += rest
    text, shown = "".join(lines[line][at] for line, at in cells), lines[digit[0]][digit[1]]
    if shown == FILLER:
        return Checked("bad" if text.strip(FILLER) else "empty", tuple(cells), digit)
    return Checked("ok" if _right(layout, check.name, text, shown) else "bad", tuple(cells), digit)


def _goes_on(layout: Layout, lines: tuple[str, ...]) -> bool:
    """A number too long for its field: the digit's place has a filler, the field has none at its end."""
    place = layout.fields["document_number"]
    number, behind = place.of(lines), lines[place.line][place.end]
    goes_on = layout.number_goes_on and behind == FILLER and not number.endswith(FILLER)
    return goes_on and not layout.fields["optional1"].of(lines).startswith(FILLER)


def _right(layout: Layout, name: str, text: str, digit: str) -> bool:
    """A long number counts without the filler in its middle, or with it: States have issued both."""
    if not digit.isdecimal() or not CHARACTERS.issuperset(text + digit):
        return False
    place = layout.fields["document_number"]
    forms = [text]
    if name == "document_number" and len(text) > place.end - place.start:
        forms.append(text[: place.end - place.start] + FILLER + text[place.end - place.start :])
    return any(check_digit(form) == int(digit) for form in forms)


def confusion(layout: Layout, lines: tuple[str, ...], name: str) -> tuple[Cell, ...]:
    """The characters that, read as those that look like them, would make a bad check digit right; mostly none.

    Letters where only digits can be (dates and the digit itself) first; in a number one character at a time. Of the
    composite only the digit is tried: over so many characters one of them always fits.
    """
    checked = checks(layout, lines)[name]
    text = "".join(lines[line][at] for line, at in checked.cells)
    shown = lines[checked.digit[0]][checked.digit[1]]
    for trial in _trials(name, text, shown):
        if _right(layout, name, trial[:-1], trial[-1]):
            places = zip((*checked.cells, checked.digit), text + shown, trial, strict=True)
            return tuple(cell for cell, before, after in places if before != after)
    return ()


def _trials(name: str, text: str, shown: str) -> Iterator[str]:
    digit = shown.translate(_DIGITS)
    if name in ("birth_date", "expiry_date"):
        yield text.translate(_DIGITS) + digit
    if digit != shown:
        yield text + digit
    if name not in ("composite", "birth_date", "expiry_date"):
        for at, character in enumerate(text):
            if character in CONFUSED:
                yield text[:at] + CONFUSED[character] + text[at + 1 :] + digit


def _cells(place: Place) -> list[Cell]:
    return [(place.line, at) for at in range(place.start, place.end)]
