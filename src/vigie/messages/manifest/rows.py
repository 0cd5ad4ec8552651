"""What each row of a manifest is: a heading, a person, something about the voyage, a title, a total, or none of these.

A file may hold several lists below each other (crew, then passengers), each with its title, its lines about the voyage
and its heading.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from vigie.messages.manifest.shapes import fits
from vigie.messages.manifest.table import (
    Cell,
    Column,
    Text,
    column,
    heading,
    is_empty,
    meaning,
    rows,
)

Kind = Literal["blank", "heading", "person", "voyage", "title", "footer", "around", "astray"]
_IDENTIFYING: Final = frozenset(["birth_date", "birth", "document_number", "identity_document"])
_COUNTED: Final = re.compile(r"\d{1,6} ?([^\W\d_]+)\b")
_PAGE: Final = re.compile(r"page \d{1,4}\b", re.IGNORECASE)
_MOST_WORDS: Final = 9
"""Of a name in one cell, whole; a line of more words by itself is a sentence."""
_TICKS: Final = frozenset("x X ✓ ✔ ☒ √".split())


class Pair(NamedTuple):
    """Something about the voyage, from a line above the table."""

    column: Column
    cell: Cell


class Row(NamedTuple):
    """A row and what it is. `columns` is empty above the first heading."""

    kind: Kind
    cells: list[Cell]
    columns: list[Column | None]
    pairs: list[Pair]
    capacity: str | None
    """Whom the list is of, by the title above it: `crew`, `passenger`."""

    @property
    def at(self) -> int:
        return self.cells[0].at

    @property
    def length(self) -> int:
        return sum(cell.length for cell in self.cells)


def read_rows(text: Text, separator: str) -> Iterator[Row]:
    """All rows in order."""
    columns: list[Column | None] = []
    capacity: str | None = None
    apart = True
    for cells in rows(text, separator):
        sent = [cell for cell in cells if cell.value]
        pairs: list[Pair] = []
        kind: Kind
        if _is_blank(cells, columns):
            kind = "blank"
        elif (found := _heading(cells, sent, columns)) is not None:
            kind, columns = "heading", found
        elif (title := _title(sent, bool(columns))) is not None:
            kind, capacity = "title", title
        elif (not columns or apart) and (pairs := _pairs(sent, bool(columns))):
            kind = "voyage"
        elif not columns:
            kind = "around"
        else:
            kind = _below(cells, sent, columns)
        apart = kind in ("blank", "title", "voyage")
        yield Row(kind, cells, columns, pairs, capacity)


def _heading(cells: list[Cell], sent: list[Cell], columns: list[Column | None]) -> list[Column | None] | None:
    """Below a heading a further one shows by its first cells: it repeats on every page, and persons are many."""
    if columns and not any(column(cell.value) for cell in sent[:2]):
        return None
    return heading(cells)


def _is_blank(cells: list[Cell], columns: list[Column | None]) -> bool:
    """Nothing but signs, words for nothing, and the number of the row."""
    for at, cell in enumerate(cells):
        known = columns[at] if at < len(columns) else None
        is_number = known is not None and known.kind == "number" and not any(map(str.isalpha, cell.value))
        if not is_number and not is_empty(cell.value):
            return False
    return True


def _title(sent: list[Cell], below: bool) -> str | None:
    """The title of a list; below a heading it stands alone in its row."""
    if below and len(sent) > 1:
        return None
    return next((title for cell in sent if (title := meaning("title", cell.value))), None)


def _below(cells: list[Cell], sent: list[Cell], columns: list[Column | None]) -> Kind:
    """What a row below a heading is. Who may be a person is one: a family name by itself, a number of a passport."""
    if _is_footer(sent):
        return "footer"
    if _is_prose(sent[0].value) if len(sent) == 1 else _closes(sent[0].value) and not _identifies(cells, columns):
        return "around"
    # What is overwritten in the stored original does not count, or there would be another number of persons in it.
    sent_of_person = any(
        column is not None
        and column.kind == "traveller"
        and not is_empty(cell.value)
        and fits(column.field, cell.value)
        for column, cell in zip(columns, cells, strict=False)
    )
    return "person" if sent_of_person else "astray"


def _is_footer(sent: list[Cell]) -> bool:
    """A word for a total or the end, with nothing but numbers: Fin is a name too."""
    first, *others = sent
    word, _, behind = first.value.partition(":")
    numbers = [behind.strip(), *(cell.value for cell in others)]
    return meaning("footer", word) is not None and all(text.isdecimal() or not text for text in numbers)


def _is_prose(text: str) -> bool:
    """What people write below a list in one cell: how many there are, who signs, the page, a whole sentence."""
    counted = _COUNTED.match(text)
    if counted is not None and meaning("counted", counted[1]) is not None:
        return True
    return _closes(text) or _PAGE.match(text) is not None or text.count(" ") >= _MOST_WORDS


def _closes(text: str) -> bool:
    """The text begins as lines below a list do: `Total: 3 passagers`, `Le commandant J. Vela`, `Fait à Tanger le`."""
    words = re.split(r"[\s:;,.'’/]+", text.strip(" *-_#"))
    return any(meaning("closing", " ".join(words[:number])) for number in (1, 2, 3))


def _identifies(cells: list[Cell], columns: list[Column | None]) -> bool:
    """A number of a document or a date of birth: nothing that closes a list has one."""
    return any(
        column is not None and column.field in _IDENTIFYING and any(map(str.isdigit, cell.value))
        for column, cell in zip(columns, cells, strict=False)
    )


def _pairs(sent: list[Cell], below: bool) -> list[Pair]:
    """`Name of ship,ESTRELLA,Voyage number,2045`, `Name of ship: ESTRELLA`. Below a heading all cells must be such."""
    found: list[Pair] = []
    at = used = 0
    while at < len(sent):
        pair, step = _pair(sent[at : at + 2])
        if pair is not None:
            found.append(pair)
            used += step
        at += step
    return found if not below or used == len(sent) else []


def _pair(cells: list[Cell]) -> tuple[Pair | None, int]:
    """The pair that begins here, and how many cells it takes."""
    first = cells[0]
    key, colon, rest = first.value.partition(":")
    if colon and rest.strip() and (known := _voyage(key)) is not None:
        return Pair(known, first._replace(value=rest.strip())), 1
    known = _voyage(key)
    if known is None or len(cells) < 2 or _voyage(cells[1].value) is not None:
        return None, 1
    direction = meaning("direction", key)
    if direction is not None and cells[1].value in _TICKS:
        # A box that was ticked: arrival or departure.
        return Pair(Column("voyage", "direction", ""), cells[1]._replace(value=direction)), 2
    return Pair(known, cells[1]), 2


def _voyage(text: str) -> Column | None:
    known = column(text)
    return known if known is not None and known.kind == "voyage" else None
