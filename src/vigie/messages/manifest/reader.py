"""Manifests in CSV: lists of persons from ferries, coaches, trains and small aircraft (docs/reference/manifest.md).

Each voyage is a message. A cell that cannot be read costs itself; a row with no more than a name comes out.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from vigie.config import LIMITS, Limits
from vigie.messages.findings import REPORTED, Findings
from vigie.messages.manifest import dates, rows, shapes, table
from vigie.messages.manifest.dates import Order
from vigie.messages.manifest.persons import DATES, Person, PersonReader, is_sent
from vigie.messages.manifest.rows import Pair, Row
from vigie.messages.manifest.table import Cell, Column, Text
from vigie.messages.manifest.voyage import VoyageReader
from vigie.messages.sensitive import FREE_TEXT
from vigie.records import Journey, Message, Traveller

UNREAD: Final = "UNREAD"
"""Code of the removal of what nobody has understood: it may hold anything, so it is not stored."""
_VOYAGE_DATES: Final = ("departs", "arrives", "date")


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

    def __init__(self, voyage: Mapping[str, Pair], as_of: dt.date, orders: Mapping[str, Order], separator: str) -> None:
        self.findings = Findings()
        self._journey: Journey | None = VoyageReader(self.findings, as_of, orders).journey(voyage)
        departs = self._journey.legs[0].departs if self._journey else None
        day = dt.date.fromisoformat(departs[:10]) if departs else as_of
        self._reader = PersonReader(self.findings, as_of, day, orders, separator)
        self._travellers: list[Traveller] = []
        self._removed, self._removed_at = 0, 0

    def person(self, row: Row) -> None:
        person = Person(at=row.at, capacity="crew" if row.capacity == "crew" else "passenger")
        for at, cell in enumerate(row.cells):
            self.findings.enter(cell.length)
            self._cell(person, row, at, cell)
        self._travellers.append(self._reader.traveller(person))

    def _cell(self, person: Person, row: Row, at: int, cell: Cell) -> None:
        if at >= len(row.columns):
            if cell.value:
                says = "cells beyond the headings, in no record; the row may be out of place"
                self.findings.add("FIELD_UNPLACED", f"column {at + 1}", cell.at, says)
                _unread(self.findings, cell)
            return
        column = row.columns[at]
        if column is None:
            if cell.value:
                says = "cells of a column whose heading is not known; they are in no record"
                self.findings.count("UNKNOWN_COLUMN", f"column {at + 1}", cell.at, says)
                _unread(self.findings, cell)
        elif column.kind == "remove":
            self._remove(column.field, cell)
        elif column.kind in ("traveller", "voyage") and is_sent(column, cell):
            if not shapes.fits(column.field, cell.value):
                self.misshapen(column, cell)
            elif column.kind == "traveller":
                self._reader.take(person, column, cell)

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
        self._orders = _orders(text, separator)
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
        voyage = dict(self._head)
        for column, cell in zip(row.columns, row.cells, strict=False):
            if column is not None and column.kind == "voyage" and _holds(column, cell):
                voyage[column.field] = Pair(column, cell)
        self._last = self._open(voyage)
        return self._last

    def _open(self, voyage: Mapping[str, Pair]) -> _Group:
        key = tuple(sorted((field, pair.cell.value) for field, pair in voyage.items()))
        group = self._groups.get(key)
        if group is None:
            group = _Group(voyage, self._as_of, self._orders, self._separator)
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
    group.findings.enter(row.length)
    if row.kind in ("around", "footer"):
        says = "lines around the list that are not part of it"
        group.findings.count("TEXT_REMOVED", None, row.at, says)
    elif row.kind == "astray":
        says = "rows with nothing in the columns of a person; they are in no record, look whether they are of persons"
        group.findings.count("FIELD_UNPLACED", None, row.at, says)
    for pair in row.pairs:
        if not table.is_empty(pair.cell.value) and not _holds(*pair):
            group.misshapen(*pair)
    if row.kind in ("around", "astray"):
        for cell in row.cells:
            _unread(group.findings, cell)


def _holds(column: Column, cell: Cell) -> bool:
    return not table.is_empty(cell.value) and shapes.fits(column.field, cell.value)


def _unread(findings: Findings, cell: Cell) -> None:
    if any(map(str.isalnum, cell.value)):
        findings.remove(cell.at, cell.at + cell.content, UNREAD)


def _orders(text: Text, separator: str) -> dict[str, Order]:
    """The order of day and month in each field that has dates, by the whole input."""
    told: dict[str, Order] = {}
    spoken: set[str] = set()
    cells: dict[str, set[str]] = {field: set() for field in (*_VOYAGE_DATES, *DATES)}
    for row in rows.read_rows(text, separator):
        pairs = [*zip(row.columns, row.cells, strict=False)] if row.kind == "person" else row.pairs
        for column, cell in pairs:
            if column is not None and column.field in cells:
                cells[column.field].add(cell.value.partition(" ")[0].rstrip(",;"))
                told[column.field] = column.day_first if column.day_first is not None else told.get(column.field)
                spoken |= {column.field} if table.puts_day_first(column.heading) else set()
    found = dates.order(dates.Told(told.get(field), field in spoken, values) for field, values in cells.items())
    return dict(zip(cells, found, strict=True))
