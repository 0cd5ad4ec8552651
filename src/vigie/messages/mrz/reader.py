"""Machine readable zones (ICAO Doc 9303 parts 3 to 7): from a text file to one message for each document.

The zone is read as it is. A wrong check digit, a character that cannot be there, a line too short are reported and
never put right: the number stays the number that was read.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

import msgspec

from vigie import countries
from vigie.dates import partial
from vigie.messages.fields import documents, naming
from vigie.messages.fields.stamps import Century, nearest_to, not_after
from vigie.messages.findings import Findings, shown
from vigie.messages.mrz.blocks import Block, Line, blocks, of_machine
from vigie.messages.mrz.layouts import CHARACTERS, FILLER, FRENCH_NATIONAL_ID, Layout
from vigie.messages.mrz.parsing import (
    LETTERS,
    Cell,
    Checked,
    State,
    Zone,
    checks,
    confusion,
    incomplete,
    layout_of,
    nearest_layout,
    parse,
    parse_as,
)
from vigie.records import Document, MachineReadableZone, Message, Sex, Traveller

_SEXES: Final[dict[str, Sex | None]] = {"M": "M", "F": "F", "X": "X", FILLER: None}
_NO_STATES: Final = {
    "UTO": "UTO is Utopia, the State of specimens",
    "WSA": "WSA is a body whose papers no State accepts",
}
_STATELESS: Final = "XXA"
_DOCUMENT_LETTERS: Final = frozenset("PVACI")


def read(data: bytes, as_of: dt.date, blank: Message) -> Iterator[Message]:
    """One message for each document of a text file, and one for each stretch between them that is no zone.

    `blank` has what all messages of the input share (source, sha256). `as_of` decides centuries. Positions are offsets
    in `data`; the accounts of all messages add up to its length. Never raises on content.
    """
    for block in blocks(data):
        yield _Reader(block, as_of).message(blank)


def holds_zone(data: bytes) -> bool:
    """Whether a document's zone is in the bytes, damaged or not: for those who must tell what an input is."""
    for block in blocks(data):
        texts = tuple(line.text for line in block.lines)
        layout, places = _arranged(block.lines)
        if layout is not None and (texts[0][:1] in _DOCUMENT_LETTERS or len(places) < layout.lines):
            return True
    return False


def _arranged(lines: tuple[Line, ...]) -> tuple[Layout | None, tuple[int, ...]]:
    """The format of lines, as near as it can be told, and the place in it of each."""
    texts = tuple(line.text for line in lines)
    layout = layout_of(texts) or nearest_layout(texts)
    found = incomplete(texts) if layout is None and all(map(of_machine, lines)) else None
    return found or (layout, tuple(range(len(texts))))


class _Reader:
    """Reads one block."""

    def __init__(self, block: Block, as_of: dt.date) -> None:
        self._block, self._as_of = block, as_of
        self._findings = Findings()
        self._elsewhere: set[int] = set()
        """Bytes that are accounted for with an error of their own."""
        self._errors: list[tuple[int, str, str | None, int, str]] = []
        self._layout, places = _arranged(block.lines)
        self._there = dict(zip(places, block.lines, strict=True))
        """The lines that were sent, by their place in the format."""
        self._lines = tuple(line.text for line in block.lines)
        self._checked: dict[str, Checked] = {}
        self._damaged: set[int] = set()
        """Lines of a wrong length, whose characters may not stand where the format has them."""

    def message(self, blank: Message) -> Message:
        """The message, with its account and its problems. Text around a zone may hold anything: it is not stored."""
        message = self._read(msgspec.structs.replace(blank, type="MRZ"))
        others = sum(length for _, length in self._block.others)
        self._findings.enter(self._block.end - self._block.start - others - len(self._elsewhere))
        for size, code, segment, at, says in self._errors:
            self._findings.enter(size)
            self._findings.add(code, segment, at, says)
        for at, length in self._block.others:
            self._findings.enter(length)
            says = "lines that are none of a machine readable zone; its lines have 30, 36 or 44 characters A-Z, 0-9, <"
            self._findings.count("NO_MRZ", None, at, says)
            self._findings.remove(at, at + length, "UNREAD")
        return msgspec.structs.replace(
            message,
            account=self._findings.account(),
            problems=self._findings.problems(),
            removals=self._findings.removals(),
        )

    # -- the zone as a whole

    def _read(self, message: Message) -> Message:
        if not self._lines:
            return message
        self._tell_cleaning()
        strict, layout = parse(self._lines), self._layout
        if layout is None:
            return self._no_zone(message, strict)
        self._fit(layout)
        found = parse_as(layout, self._lines)
        self._checked = {
            name: check
            for name, check in checks(layout, self._lines).items()
            if all(line in self._there for line, _ in (*check.cells, check.digit))
        }
        if not self._is_zone(found):
            return self._no_zone(message, msgspec.structs.replace(strict, check_digits=self._states()))
        self._tell_checks(layout)
        self._tell_characters(layout)
        traveller = self._traveller(layout, found)
        parts = (self._kept(layout, "optional1", found.optional1), self._kept(layout, "optional2", found.optional2))
        kept = MachineReadableZone(
            format=strict.format,
            lines=strict.lines,
            check_digits=self._states(),
            optional=" ".join(part for part in parts if part) or None,
        )
        return msgspec.structs.replace(message, mrz=kept, travellers=(traveller,))

    def _states(self) -> dict[str, State]:
        return {name: check.state for name, check in self._checked.items()}

    def _no_zone(self, message: Message, strict: Zone) -> Message:
        """Lines like those of a zone that are of no format, or of which nothing says that they are one."""
        cells = [(line, at) for line, text in enumerate(strict.lines) for at in range(len(text))]
        says = f"{len(strict.lines)} lines that are no zone of a known format; scan the document again"
        self._error("NO_MRZ", cells, says)
        strange = [line for line in self._block.lines if not of_machine(line)]
        for line in strange:
            self._findings.remove(line.at[0], line.at[-1] + 1, "UNREAD")
        if strange:
            return message
        kept = MachineReadableZone(format=strict.format, lines=strict.lines, check_digits=dict(strict.check_digits))
        return msgspec.structs.replace(message, mrz=kept)

    def _is_zone(self, found: Zone) -> bool:
        """The document code is one, or three things speak for it: a code that looks like one, check digits."""
        letter = found.document_code[:1]
        if letter in _DOCUMENT_LETTERS or found.format == FRENCH_NATIONAL_ID or len(self._there) < len(self._lines):
            return True
        used = [check for check in self._checked.values() if self._text(list(check.cells)).strip("<0")]
        right = sum(check.state == "ok" for check in used)
        return right + (letter.translate(LETTERS) in _DOCUMENT_LETTERS) >= 3

    def _fit(self, layout: Layout) -> None:
        """Brings the lines to the format: what is missing, at an end or as a whole, is taken for fillers, for now."""
        fitted = []
        for number in range(layout.lines):
            line = self._there.get(number)
            text = line.text if line else ""
            fitted.append(text[: layout.width].ljust(layout.width, FILLER))
            if len(text) != layout.width:
                self._damaged.add(number)
                has = f"the line has {len(text)} characters" if line else "the line is missing"
                says = f"{has}; a line of {layout.format} has {layout.width}. Scan the document again"
                self._findings.add("MRZ_LENGTH", _segment(number), self._at((number, 0)), says)
            extra = [(number, at) for at in range(layout.width, len(text))]
            if extra:
                self._error("MRZ_DAMAGED", extra, "characters behind the end of the line, which are in no field")
        self._lines = tuple(fitted)

    def _tell_cleaning(self) -> None:
        for number, line in self._there.items():
            if line.changed:
                says = "lines with blanks, small letters, other signs for `<` or a whole zone: they were put in form"
                self._findings.count("MRZ_CLEANED", _segment(number), line.start, says)

    def _tell_checks(self, layout: Layout) -> None:
        """Every wrong check digit, and the characters that may have been misread."""
        for name, checked in self._checked.items():
            if checked.state != "bad":
                continue
            segment, field = _segment(checked.digit[0]), name.replace("_", " ")
            says = f"the check digit of the {field} is wrong; compare with the document"
            self._findings.add("CHECK_DIGIT", segment, self._at(checked.digit), f"{says}. Nothing was changed")
            misread = confusion(layout, self._lines, name)
            if misread:
                which = "this character was" if len(misread) == 1 else "this character and others of the field were"
                says = f"the check digit of the {field} would be right if {which} misread for one that looks like it"
                self._findings.add("OCR_CONFUSION", _segment(misread[0][0]), self._at(misread[0]), says)

    def _tell_characters(self, layout: Layout) -> None:
        """Characters that no zone has, and digits in a name, once for each line."""
        names = [cell for field in ("name", "surname", "given_names") for cell in self._cells(layout, field)]
        for line, text in enumerate(self._lines):
            digits = {at for on, at in names if on == line and text[at].isdecimal()}
            strange = [at for at, character in enumerate(text) if character not in CHARACTERS or at in digits]
            if strange:
                says = f"{len(strange)} characters that cannot stand there: digits in a name, or none of A-Z, 0-9 and <"
                self._findings.add("MRZ_CHARACTER", _segment(line), self._at((line, strange[0])), says)

    # -- the person and the document

    def _traveller(self, layout: Layout, found: Zone) -> Traveller:
        name = naming.name(found.surname, found.given_names, found.name, "MRZ")
        self._tell_name(layout, found, name.family is None)
        nationality = self._country(layout, "nationality", found.nationality)
        birth = self._date(layout, "birth_date", found.birth_date, not_after(self._as_of))
        if birth is not None:
            says = f"birth dates whose century was derived: none may lie after {self._as_of}"
            self._findings.count("CENTURY_DERIVED", *self._place(layout, "birth_date"), says)
        return Traveller(
            capacity="passenger",
            name=name,
            names=(name,),
            birth_date=birth,
            birth_date_basis=None if birth is None else "document",
            sex=self._sex(layout, found.sex),
            nationality=nationality,
            stateless=nationality == _STATELESS,
            documents=(self._document(layout, found),),
        )

    def _document(self, layout: Layout, found: Zone) -> Document:
        expires = self._date(layout, "expiry_date", found.expiry_date, nearest_to(self._as_of))
        if expires is not None:
            says = f"expiry dates whose century was derived: the nearest to {self._as_of} was taken"
            self._findings.count("CENTURY_DERIVED", *self._place(layout, "expiry_date"), says)
        issuer = self._country(layout, "issuing_state", found.issuing_state)
        number = self._number(layout, found)
        code = found.document_code
        return Document(
            type=documents.letter(code),
            type_raw=code.ljust(2, FILLER) if code else None,
            number=number or None,
            issuer=issuer,
            expires=expires,
            kind=documents.kind(code, issuer),
            issued=self._issued(layout, number) if layout.format == FRENCH_NATIONAL_ID else None,
        )

    def _number(self, layout: Layout, found: Zone) -> str:
        """The number. Letters alone with a wrong check digit, which no misread digit explains, are a name or a word."""
        number = self._kept(layout, "document_number", found.document_number).replace(FILLER, "")
        check = self._checked.get("document_number")
        bad = check is not None and check.state == "bad"
        if bad and number.isalpha() and not confusion(layout, self._lines, "document_number"):
            says = "the document number has letters alone and a wrong check digit; the field is left empty"
            self._error("MRZ_DAMAGED", self._cells(layout, "document_number"), says)
            return ""
        return number

    def _tell_name(self, layout: Layout, found: Zone, missing: bool) -> None:
        field = "name" if "name" in layout.fields else "surname"
        segment, at = self._place(layout, field)
        if missing:
            self._findings.count("NAME_MISSING", segment, at, "travellers without a name")
        ends = [
            cells[-1] for cells in (self._cells(layout, one) for one in ("name", "surname", "given_names")) if cells
        ]
        for line, last in ends:
            if line not in self._damaged and self._lines[line][last] != FILLER:
                says = "the name fills its field and may be cut (part 4, 4.2.3); compare its beginning only"
                self._findings.add("NAME_TRUNCATED", _segment(line), self._at((line, last)), says)

    def _sex(self, layout: Layout, text: str) -> Sex | None:
        kept = self._kept(layout, "sex", text) or FILLER
        if kept not in _SEXES:
            says = f"codes for sex that are not known here: {shown(kept)}"
            self._error("UNKNOWN_CODE", self._cells(layout, "sex"), says)
        return _SEXES.get(kept)

    def _country(self, layout: Layout, field: str, text: str) -> str | None:
        """The code of a State or organisation; three letters, or D. What no table knows stays as printed."""
        code = self._kept(layout, field, text)
        if not code:
            return None
        segment, at = self._place(layout, field)
        if code in _NO_STATES:
            says = f"{_NO_STATES[code]}: no valid document has it. Hold the document and ask for another"
            self._findings.add("ISSUER_NOT_VALID", segment, at, says)
            return code
        known = countries.alpha3(code) if len(code) == 3 or code == "D" else None
        if known is None:
            says = "countries that are neither ISO 3166 nor ICAO codes, kept as sent"
            self._findings.count("UNKNOWN_COUNTRY", segment, at, says)
        return known or code

    def _date(self, layout: Layout, field: str, text: str, century: Century) -> str | None:
        kept = self._kept(layout, field, text)
        try:
            date = _date(kept, century)
        except ValueError:
            says = "this is no date YYMMDD; the field is left empty. Read it from the document"
            self._error("BAD_DATE", self._cells(layout, field), says)
            return None
        if date is not None and len(date) == 4 and kept[4:].strip("<0"):
            says = "a day without a month: the year alone was kept"
            self._findings.count("DATE_FORMAT", *self._place(layout, field), says)
        return date

    def _issued(self, layout: Layout, number: str) -> str | None:
        """Year and month, with which the number of a French card begins."""
        try:
            date = _date(number[:4] + FILLER * 2, not_after(self._as_of))
        except ValueError:
            return None
        if date is not None:
            says = f"issue dates whose century was derived: none may lie after {self._as_of}"
            self._findings.count("CENTURY_DERIVED", *self._place(layout, "document_number"), says)
        return date

    # -- places

    def parts(self) -> Iterator["Part"]:
        """The fields and check digits of the lines that were sent, once the zone was read."""
        fields = self._layout.fields if self._layout is not None else {}
        told: dict[Cell, tuple[str, State | None]] = {}
        for field, place in fields.items():
            told |= {(place.line, at): (field, None) for at in range(place.start, place.end)}
        for name, check in self._checked.items():
            # A long number goes on in another field.
            told |= {cell: (name, None) for cell in check.cells if name in fields}
        told |= {check.digit: (name, check.state) for name, check in self._checked.items()}
        for number, line in sorted(self._there.items()):
            for what, run in groupby(range(len(line.at)), lambda at, on=number: told.get((on, at))):  # type: ignore[misc]
                cells = list(run)
                end = line.at[cells[-1] + 1] if cells[-1] + 1 < len(line.at) else None
                if what is not None:
                    yield Part(line.at[cells[0]], end, number + 1, *what)

    def _kept(self, layout: Layout, field: str, text: str) -> str:
        """The text of a field; empty, and reported, when its line has a wrong length and nothing confirms it."""
        cells = self._cells(layout, field)
        if not text.strip(FILLER) or cells[0][0] not in self._damaged or self._confirmed(layout, field):
            return text
        says = f"the {field.replace('_', ' ')} stands in a line of a wrong length and no check digit confirms it"
        self._error("MRZ_DAMAGED", cells, f"{says}; the field is left empty")
        return ""

    def _confirmed(self, layout: Layout, field: str) -> bool:
        """By its own check digit; a field without one by all those of its line."""
        if field in self._checked:
            return self._checked[field].state == "ok"
        line = layout.fields[field].line
        own = [check for name, check in self._checked.items() if check.digit[0] == line and name in layout.fields]
        if not own:
            # The upper line of most formats has no check digit: a code that exists is where it belongs.
            return field == "issuing_state" and countries.alpha3(self._text(self._cells(layout, field))) is not None
        return all(check.state == "ok" for check in own)

    def _cells(self, layout: Layout, field: str) -> list[Cell]:
        place = layout.fields.get(field)
        return [] if place is None else [(place.line, at) for at in range(place.start, place.end)]

    def _text(self, cells: list[Cell]) -> str:
        return "".join(self._lines[line][at] for line, at in cells)

    def _place(self, layout: Layout, field: str) -> tuple[str, int]:
        cell = self._cells(layout, field)[0]
        return _segment(cell[0]), self._at(cell)

    def _at(self, cell: Cell) -> int:
        """Offset in the input; of a missing character that of the last one of its line, or that of the block."""
        line = self._there.get(cell[0])
        return self._block.start if line is None else line.at[min(cell[1], len(line.at) - 1)]

    def _error(self, code: str, cells: list[Cell], says: str) -> None:
        """Reports something that is in no record; its bytes go with it."""
        inside = [cell for cell in cells if cell[0] in self._there and cell[1] < len(self._there[cell[0]].at)]
        covered = {self._at(cell) for cell in inside} - self._elsewhere
        self._elsewhere |= covered
        self._errors.append((len(covered), code, _segment(cells[0][0]), self._at(cells[0]), says))


def _segment(line: int) -> str:
    return f"line {line + 1}"


def _date(text: str, century: Century) -> str | None:
    """A date YYMMDD, partial where fillers or zeros say that month or day are not known; None when all is unknown.

    Raises ValueError for what is no date, and for one without a year.
    """
    if not text.strip(FILLER) or not text.strip("0"):
        return None
    year, month, day = (_number(text[at : at + 2]) for at in (0, 2, 4))
    if year is None:
        raise ValueError("a date needs a year")
    return partial(century(year, month or 0, day or 0), month or 0, day or 0)


def _number(text: str) -> int | None:
    if text == FILLER * 2:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == 2):
        raise ValueError("two digits are expected")
    return int(text)


# -- for people who look at a zone


class Part(NamedTuple):
    """A stretch of a field, or a check digit, on one line of a zone. Offsets are in bytes of the input."""

    at: int
    end: int | None
    """Where the next character of the line begins; None at its end."""
    line: int
    """Number of the line in its zone, from 1."""
    field: str
    """As in the layout; of a check digit, the field it is of, or `composite`."""
    state: State | None
    """Of a check digit."""


_ANY_DAY: Final = dt.date(2000, 1, 1)
"""Decides centuries, and not where a field is."""


def parts(data: bytes) -> Iterator[Part]:
    """The fields of every document that `read` finds in an input, in order of their places."""
    blank = Message(source="", sha256="", type="MRZ")
    for block in blocks(data):
        reader = _Reader(block, _ANY_DAY)
        if reader.message(blank).travellers:
            yield from reader.parts()
