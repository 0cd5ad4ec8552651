"""Manifests in CSV: lists of persons from ferries, coaches, trains and small aircraft (docs/reference/manifest.md).

Each voyage is a message. A cell that cannot be read costs itself; a row with no more than a name comes out.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

import msgspec

from vigie.config import LIMITS, Limits
from vigie.messages.findings import REPORTED, Findings
from vigie.messages.manifest import dates, rows, shapes, table
from vigie.messages.manifest.persons import COUNTRIES, DATES, Person, PersonReader, Shown, is_code, is_sent
from vigie.messages.manifest.rows import Pair, Row
from vigie.messages.manifest.table import Cell, Column, DateColumn, Text
from vigie.messages.manifest.voyage import VoyageReader
from vigie.messages.sensitive import CARD, FREE_TEXT, cards
from vigie.records import Journey, Message, Traveller

UNREAD: Final = "UNREAD"
"""Code of the removal of what nobody has understood: it may hold anything, so it is not stored."""
_SENTENCE: Final = 3
"""Blanks in a heading that is not known which make it a sentence."""
_COUNTS: Final = re.compile(r"\W*(?:\d{1,6}|\d{0,4}[^\W\d_]\d{0,4})?\W*\Z")
"""The number of a row: `12`, `12.`, `A3`."""
_SEVERAL: Final = frozenset(["other_name", "middle_names", "nationality", "telephone", "email"])
"""Fields of which a person has as many as there are."""
_NUMBERS: Final = frozenset(["document_number", "visa_number", "telephone"])
"""Fields of which blanks are no part, and of which a person may have several."""
_BY_PERSON: Final = frozenset([*table.NAMES, *DATES, "sex", "document_number"])
"""Of these a row with several lines in several cells is of several persons."""
_DATES: Final = frozenset(["departs", "arrives", "date", *DATES])


def read(data: bytes, as_of: dt.date, blank: Message, limits: Limits = LIMITS) -> Iterator[Message]:
    """One message for each voyage, in order of their first rows. `blank` has source and checksum. Never raises."""
    text = table.decoded(data)
    separator = table.layout(text)
    if separator is None:
        yield _nothing(len(data), blank)
        return
    sheet = _Sheet(text, separator, as_of, limits)
    for group in sheet.groups(len(data)):
        yield group.message(blank)


def _nothing(length: int, blank: Message) -> Message:
    findings = Findings()
    findings.enter(length)
    says = "no line is the heading of a list of persons: a name or document number and one more column are expected"
    findings.add("NO_MESSAGE", None, None, says)
    findings.remove(0, length, UNREAD)
    account, removals = findings.account(), findings.removals()
    return msgspec.structs.replace(
        blank, type="MANIFEST", problems=findings.problems(), account=account, removals=removals
    )


class _Group:
    """The persons of one voyage."""

    def __init__(self, voyage: Mapping[str, Pair], as_of: dt.date, shown: Shown, separator: str) -> None:
        self.findings = Findings()
        self._journey: Journey | None = VoyageReader(self.findings, as_of, shown.orders).journey(voyage)
        departs = self._journey.legs[0].departs if self._journey else None
        day = dt.date.fromisoformat(departs[:10]) if departs else as_of
        self._shown = shown
        self._reader = PersonReader(self.findings, as_of, day, shown, separator)
        self._travellers: list[Traveller] = []
        self._removed, self._removed_at = 0, 0

    def person(self, row: Row) -> None:
        person = Person(at=row.at, capacity="crew" if row.capacity == "crew" else "passenger")
        if row.doubt:
            self._doubt(row)
        for at, cell in enumerate(row.cells):
            self.findings.enter(cell.length)
            if cell.torn:
                self.torn(cell)
            self._cell(person, row, at, cell)
        self._several(row)
        self._travellers.append(self._reader.traveller(person))

    def _several(self, row: Row) -> None:
        found = [
            cell for column, cell in zip(row.columns, row.cells, strict=False)
            if column is not None and column.field in _BY_PERSON and len(cell.lines) > 1
        ]  # fmt: skip
        if len(found) > 1:
            says = "rows with several lines in several cells; they may be of several persons, and are read as one"
            self.findings.count("FIELD_UNPLACED", "row", found[0].at, says)

    def _doubt(self, row: Row) -> None:
        self.findings.enter(0)
        says = "rows that may be persons or lines around the list; they are read as persons, look at the original"
        self.findings.count("FIELD_UNPLACED", None, row.at, says)

    def torn(self, cell: Cell) -> None:
        says = (
            "quotation marks around whole rows, or around parts of several; the rows are read as if there were none. "
            "Ask for the table without them"
        )
        self.findings.count("FIELD_UNPLACED", None, cell.at, says)

    def _cell(self, person: Person, row: Row, at: int, cell: Cell) -> None:
        if not cell.value:
            return
        column = row.columns[at] if at < len(row.columns) else None
        if column is None:
            self._unplaced(row, at, cell)
        elif column.kind == "remove":
            self._remove(column.field, cell)
        elif column.kind == "number":
            self._row_number(cell)
        elif table.is_ditto(column.field, cell.value):
            self._ditto(column, cell)
        elif is_sent(column, cell) or is_code(column.field, cell.value):
            self._sent(person, row, at, column, cell)

    def _sent(self, person: Person, row: Row, at: int, column: Column, cell: Cell) -> None:
        known = (column.field, cell.value) in self._shown.codes
        if not known and not shapes.fits(column.field, cell.value):
            self.misshapen(column, cell)
        elif column.field == "telephone" and cards(cell.value):
            self._card(column, cell)
        elif column.again and _contradicts(column, row, at, cell):
            self._second(person, column, cell)
        elif column.kind == "traveller" and column.field in _NUMBERS and len(cell.lines) > 1:
            self._lines(person, column, cell)
        elif column.kind == "traveller":
            self._reader.take(person, column, cell)

    def _lines(self, person: Person, column: Column, cell: Cell) -> None:
        """Several numbers in one cell; they are not joined, because nobody has such a number."""
        if not all(shapes.fits(column.field, line) for line in cell.lines):
            self.misshapen(column, cell)
            return
        says = "numbers in several lines of one cell, each kept by itself; they may be of several persons"
        self.findings.count("FIELD_UNPLACED", column.field, cell.at, says)
        first, *others = (cell._replace(value=line, lines=()) for line in cell.lines)
        self._reader.take(person, column, first)
        for other in others:
            if not self._reader.take_second(person, column, other):
                self._reader.take(person, column, other)

    def _unplaced(self, row: Row, at: int, cell: Cell) -> None:
        """A cell of no column, or of one whose heading is not known."""
        if at < len(row.columns):
            says = "cells of a column whose heading is not known; they are in no record"
            self.findings.count("UNKNOWN_COLUMN", f"column {at + 1}", cell.at, says)
        else:
            says = "cells beyond the headings, in no record; the row may be out of place"
            self.findings.add("FIELD_UNPLACED", f"column {at + 1}", cell.at, says)
        _unread(self.findings, cell)

    def _ditto(self, column: Column, cell: Cell) -> None:
        says = (
            "marks or words for what stands above, which is not guessed; the field is left empty. Ask for every value"
        )
        self.findings.count("VALUE_INVALID", column.field, cell.at, says)
        self.findings.leave(REPORTED)

    def _row_number(self, cell: Cell) -> None:
        if not _COUNTS.match(cell.value):
            says = "cells of a column that numbers the rows, with something else; they are in no record"
            self.findings.count("FIELD_UNPLACED", "row", cell.at, says)
            _unread(self.findings, cell)

    def _card(self, column: Column, cell: Cell) -> None:
        says = "the number of a payment card where a telephone number belongs; it is in no record, and not stored"
        self.findings.count("VALUE_INVALID", column.field, cell.at, says)
        self.findings.leave(REPORTED)
        self._remove(CARD, cell)

    def _second(self, person: Person, column: Column, cell: Cell) -> None:
        """Another value in a second column of a field: which of them is right does not show."""
        if self._reader.take_second(person, column, cell):
            says = "two columns of one field with different values; the second is kept beside the first"
            self.findings.count("FIELD_UNPLACED", column.field, cell.at, says)
            return
        says = "two columns of one field with different values; the first is kept, the second is in no record"
        self.findings.count("FIELD_UNPLACED", column.field, cell.at, says)
        _unread(self.findings, cell)

    def misshapen(self, column: Column, cell: Cell) -> None:
        """A cell that holds something else than its column: nobody can tell by program what it reveals."""
        says = "cells that hold something else than their column; they are in no record, and not stored"
        self.findings.count(shapes.problem_of(column.field), column.field, cell.at, says)
        self.findings.leave(REPORTED)
        self._remove(FREE_TEXT, cell)

    def _remove(self, code: str, cell: Cell) -> None:
        if any(map(str.isalnum, cell.value)):
            self.findings.remove(cell.at, cell.at + cell.content, code)
            self._removed_at = self._removed_at if self._removed else cell.at
            self._removed += 1

    def message(self, blank: Message) -> Message:
        if self._removed:
            says = f"remarks and needs of travellers that may not be stored were removed: {self._removed}"
            self.findings.add("SENSITIVE_REMOVED", None, self._removed_at, says)
        if not (self._travellers or self._journey or self.findings.problems()):
            says = (
                "the heading of a list, and no person below it; if the file has rows, the ends of its lines were lost "
                "on the way (with curl, use --data-binary)"
            )
            self.findings.add("NO_MESSAGE", None, None, says)
        account = self.findings.account()
        return msgspec.structs.replace(
            blank,
            type="MANIFEST",
            journeys=(self._journey,) if self._journey else (),
            travellers=tuple(self._travellers),
            problems=self.findings.problems(),
            account=account,
            removals=self.findings.removals(),
        )


class _Sheet:
    """Deals the rows of an input out to the voyages they belong to."""

    def __init__(self, text: Text, separator: str, as_of: dt.date, limits: Limits) -> None:
        self._text, self._separator, self._as_of, self._limits = text, separator, as_of, limits
        self._shown = _shown(text, separator)
        self._groups: dict[tuple[tuple[str, str], ...], _Group] = {}
        self._last: _Group | None = None
        self._head: dict[str, Pair] = {}
        self._waiting: list[Row] = []
        """Rows that are no person, before any voyage they could be told with."""

    def groups(self, size: int) -> list[_Group]:
        """All voyages, with every byte of the input in one of them."""
        cells, read = 0, self._text.begin
        for row in rows.read_rows(self._text, self._separator):
            cells += len(row.cells)
            if cells > self._limits.segments:
                break
            read += row.length
            if row.kind == "person":
                self._group(row).person(row)
            else:
                self._other(row)
        group = self._last or self._open(self._head)
        group.findings.enter(self._text.begin)
        self._rest(group, read, size)
        return list(self._groups.values())

    def _rest(self, group: _Group, start: int, end: int) -> None:
        """What was not read: bytes that are no whole character, or what is beyond the limit."""
        findings, length = group.findings, end - start
        findings.enter(length)
        findings.remove(start, end, UNREAD)
        if length > self._text.behind:
            says = f"only the first {self._limits.segments} cells are read"
            findings.add("TOO_MANY_SEGMENTS", None, None, says)
        elif length:
            says = "the input ends within a character; the end of its last cell is missing"
            findings.add("TRUNCATED", None, None, says)
        if self._text.guessed:
            says = f"bytes that are no UTF-8; the table was read as {self._text.guessed}"
            findings.add("CHARACTER_SET", None, None, says)
        if self._text.loses:
            says = "letters that nobody can know: in what character set the table is, it does not show. Ask for UTF-8"
            findings.add("LETTERS_LOST", None, None, says)

    def _group(self, row: Row) -> _Group:
        own = {pair.column.field: pair for pair in row.pairs if _holds(*pair)}
        for column, cell in zip(row.columns, row.cells, strict=False):
            if column is not None and column.kind == "voyage" and _holds(column, cell):
                known = rows.dated(column, cell.value)
                own.setdefault(known.field, Pair(known, cell))
        self._last = self._open(self._head | own)
        return self._last

    def _open(self, voyage: Mapping[str, Pair]) -> _Group:
        key = tuple(sorted((field, pair.cell.value) for field, pair in voyage.items()))
        group = self._groups.get(key)
        if group is None:
            group = _Group(voyage, self._as_of, self._shown, self._separator)
            self._groups[key] = group
        waiting, self._waiting = self._waiting, []
        for row in waiting:
            _tell(group, row)
        return group

    def _other(self, row: Row) -> None:
        for pair in row.pairs:
            if _holds(pair.column, pair.cell):
                self._head[pair.column.field] = pair
        if self._last is None:
            self._waiting.append(row)
        else:
            _tell(self._last, row)


def _tell(group: _Group, row: Row) -> None:
    """What a row says that is of no person; what of it nobody reads is overwritten."""
    findings = group.findings
    pairs = {pair.cell.at: pair for pair in row.pairs}
    for at, cell in enumerate(row.cells):
        findings.enter(cell.length)
        if cell.torn:
            group.torn(cell)
        if row.kind in ("around", "footer", "astray"):
            findings.leave(REPORTED)
        if row.kind in ("around", "astray"):
            _unread(findings, cell)
        elif cell.at in pairs:
            pair = pairs[cell.at]
            if not table.is_empty(pair.cell.value) and not _holds(*pair):
                group.misshapen(*pair)
        elif _is_beside(row, at, cell):
            findings.count("TEXT_REMOVED", None, cell.at, "words beside a title, a heading or a line of the voyage")
            _unread(findings, cell)
    if row.kind in ("around", "footer"):
        findings.count("TEXT_REMOVED", None, row.at, "lines around the list that are not part of it")
    elif row.kind == "astray":
        says = "rows with nothing in the columns of a person; they are in no record, look whether they are of persons"
        findings.count("FIELD_UNPLACED", None, row.at, says)


def _is_beside(row: Row, at: int, cell: Cell) -> bool:
    """Nobody reads the cell: it is no title, no heading, and of nothing that is known of a voyage."""
    if not cell.value:
        return False
    if row.kind == "heading":
        return row.columns[at : at + 1] in ([], [None]) and cell.value.count(" ") >= _SENTENCE
    if row.kind == "title":
        return table.meaning("title", cell.value) is None and table.meaning("list", cell.value) is None
    return row.kind == "voyage" and table.column(cell.value.partition(":")[0]) is None


def _holds(column: Column, cell: Cell) -> bool:
    if table.is_ditto(column.field, cell.value):
        return False
    return not table.is_empty(cell.value) and shapes.fits(column.field, cell.value)


def _unread(findings: Findings, cell: Cell) -> None:
    if any(map(str.isalnum, cell.value)):
        findings.remove(cell.at, cell.at + cell.content, UNREAD)


def _contradicts(column: Column, row: Row, at: int, cell: Cell) -> bool:
    """An earlier cell of the person has another value of the field."""
    if column.field in _SEVERAL:
        return False
    for known, other in zip(row.columns[:at], row.cells, strict=False):
        if known is not None and known.field == column.field and is_sent(known, other):
            return shapes.fits(known.field, other.value) and table.plain(other.value) != table.plain(cell.value)
    return False


def _shown(text: Text, separator: str) -> Shown:
    """What all rows together show: the order of day and month in the columns that have dates, what `C` is."""
    told: dict[DateColumn, set[str]] = {}
    countries: dict[str, set[str]] = {}
    capacities: set[str] = set()
    nothing: set[str] = set()
    families = False
    for row in rows.read_rows(text, separator):
        pairs = [*zip(row.columns, row.cells, strict=False)] if row.kind == "person" else row.pairs
        for column, cell in pairs:
            if column is None or column.kind == "remove" or not cell.value:
                continue
            if column.field not in table.NAMES | COUNTRIES and table.is_empty(cell.value):
                nothing.add(cell.value)
            if column.field in _DATES:
                told.setdefault(column.dates, set()).add(cell.value.partition(" ")[0].rstrip(",;"))
            elif column.field in COUNTRIES:
                countries.setdefault(column.field, set()).add(cell.value)
            elif column.field == "capacity":
                capacities.add(cell.value)
            elif column.field == "family_name":
                families = True
    found = dates.order(dates.Told(key[1], key[2], cells) for key, cells in told.items())
    codes = frozenset((field, text) for field, texts in countries.items() for text in _codes(field, texts) - nothing)
    return Shown(dict(zip(told, found, strict=True)), _letter_c({*map(table.plain, capacities)}), families, codes)


def _codes(field: str, texts: set[str]) -> set[str]:
    """Two capitals are a code where all countries of a field are such: NO is Norway beside FR, and not beside FRA."""
    sent = {text for text in texts if is_code(field, text) or shapes.fits(field, text)}
    return sent if all(is_code(field, text) for text in sent) else set()


def _letter_c(capacities: set[str]) -> Literal["crew", "child"] | None:
    """What C is beside the other words of its column: crew beside passengers, a child beside adults and infants."""
    crew, child = (
        any(table.meaning(field, word) for word in capacities) for field in ("besides_crew", "besides_child")
    )
    if crew == child:
        return None
    return "crew" if crew else "child"
