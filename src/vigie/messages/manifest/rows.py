"""What each row of a manifest is: a heading, a person, something about the voyage, a title, a total, or none of these.

A file may hold several lists below each other (crew, then passengers), each with its title, its lines about the voyage
and its heading.
"""

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final, Literal, NamedTuple

from vigie.messages.manifest import dates
from vigie.messages.manifest.shapes import fits
from vigie.messages.manifest.table import (
    NAMES,
    Cell,
    Column,
    Text,
    column,
    heading,
    is_empty,
    meaning,
    rows,
    says_nothing,
)

Kind = Literal["blank", "heading", "person", "voyage", "title", "footer", "around", "astray"]
_IDENTIFYING: Final = frozenset(["birth_date", "birth", "document_number", "identity_document"])
_PERSONAL: Final = frozenset(["sex", "age", "assessed_age", "nationality"])
_COUNTED: Final = re.compile(r"\d{1,6} ?([^\W\d_]+)\b")
_PAGE: Final = re.compile(r"page \d{1,4}\b", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_SIGNS: Final = re.compile(r"[\d:;!?@]")
"""What no name has."""
_FAR: Final = 20
"""Empty rows that may stand between a title and its heading."""
_MOST_WORDS: Final = 9
"""Of a name in one cell, whole; a line of more words by itself is a sentence."""
_TICKS: Final = frozenset("x X ✓ ✔ ☒ √".split())


class Pair(NamedTuple):
    """Something about the voyage, from a line above the table."""

    column: Column
    cell: Cell


class Row(NamedTuple):
    """A row and what it is. `columns` is empty above the first heading.

    Of persons side by side in one row of the input each is a row of its own, with its cells.
    """

    kind: Kind
    cells: list[Cell]
    columns: list[Column | None]
    pairs: list[Pair]
    """About the voyage: a line above the table, or what persons side by side share."""
    capacity: str | None
    """Whom the list is of, by the title above it: `crew`, `passenger`."""
    doubt: bool = False
    """It is read as a person, and may be something else."""

    @property
    def at(self) -> int:
        return self.cells[0].at

    @property
    def length(self) -> int:
        return sum(cell.length for cell in self.cells)


def read_rows(text: Text, separator: str) -> Iterator[Row]:
    """All rows in order."""
    return _Lists(text, separator).rows()


class _Ahead:
    """Rows of cells, of which the next one with content can be looked at before its turn."""

    def __init__(self, source: Iterator[list[Cell]]) -> None:
        self._source = source
        self._waiting: deque[list[Cell]] = deque()

    def __iter__(self) -> Iterator[list[Cell]]:
        while True:
            row = self._waiting.popleft() if self._waiting else next(self._source, None)
            if row is None:
                return
            yield row

    def is_heading(self) -> bool:
        """The next row with content is the heading of a list."""
        for row in self._waiting:
            if any(cell.value for cell in row):
                return _repeats(row) is not None
        for row in islice(self._source, _FAR):
            self._waiting.append(row)
            if any(cell.value for cell in row):
                return _repeats(row) is not None
        return False


class _Lists:
    """The lists of an input, one below the other."""

    def __init__(self, text: Text, separator: str) -> None:
        self._ahead = _Ahead(rows(text, separator))
        self._columns: list[Column | None] = []
        self._parts: list[slice] = [slice(None)]
        """Where in a row each of the persons is that stand side by side."""
        self._capacity: str | None = None
        self._apart = True
        self._untitled = False
        """The row before may be a title that is not known."""

    def rows(self) -> Iterator[Row]:
        for cells in self._ahead:
            cells = self._unpacked(cells)
            sent = [cell for cell in cells if cell.value]
            kind, pairs = self._about_list(cells, sent)
            if kind is None:
                found = [*self._persons(cells, sent, bool(pairs))]
            else:
                found = [Row(kind, cells, self._columns, pairs, self._capacity)]
            self._apart = kind in ("blank", "title", "voyage")
            if kind != "blank":
                self._untitled = len(sent) == 1 and found[0].kind in ("person", "astray")
            yield from found

    def _unpacked(self, cells: list[Cell]) -> list[Cell]:
        """A row that is one quotation has the cells within it, when these are a heading or as many as its columns."""
        inner = [*cells[0].inner]
        if not inner:
            return cells
        # Two names and a comma are a name.
        fits = len(inner) == len(self._columns) and (len(inner) > 2 or ", " not in cells[0].value)
        found = _repeats(inner) if self._columns else heading(inner)
        return inner if fits or found is not None else cells

    def _about_list(self, cells: list[Cell], sent: list[Cell]) -> tuple[Kind | None, list[Pair]]:
        """What a row is that is of no person, and what it says of the voyage; None for what stands below a heading.

        Below a heading, what fits the columns of a person is one, although it has a word for something of the voyage:
        To, De and Port are names too.
        """
        if _is_blank(cells, self._columns):
            return "blank", []
        first = [column(cell.value) for cell in sent[:2]]
        found = self._heading(cells, sent, any(first))
        if found is not None:
            self._enter(found)
            return "heading", []
        if (title := self._title(sent)) is not None:
            self._capacity = title
            return "title", []
        if not self._columns:
            pairs = _pairs(sent, False)
            return ("voyage" if pairs else "around"), pairs
        known = first[0]
        pairs = _pairs(sent, True) if (known and known.kind == "voyage") or ":" in sent[0].value else []
        # A value that does not belong there is overwritten, and the row must be the same without it.
        sound = bool(pairs) and all(fits(pair.column.field, pair.cell.value) for pair in pairs)
        if sound and not _may_be_person(cells, self._columns):
            return ("voyage", pairs) if self._apart else ("astray", [])
        return None, pairs

    def _heading(self, cells: list[Cell], sent: list[Cell], begins: bool) -> list[Column | None] | None:
        """Below a heading a further one is mostly words of headings: pages repeat it, and persons are many."""
        if not self._columns:
            return heading(cells)
        if not begins and any(_DIGIT.search(cell.value) for cell in sent[2:]):
            return None
        if not begins and not any(column(cell.value) for cell in sent[2:]):
            return None
        return _repeats(cells)

    def _enter(self, columns: list[Column | None]) -> None:
        if self._untitled and self._columns:
            # Whom the list below an unknown title is of, the title above that does not say.
            self._capacity = None
        self._columns = _related(columns)
        self._parts = _side_by_side(self._columns)
        for part in self._parts:
            self._columns[part] = _repeated(self._columns[part])

    def _title(self, sent: list[Cell]) -> str | None:
        """The title of a list; below a heading it stands alone in its row. A single word needs a heading below it."""
        if len(sent) == 1 and (listed := meaning("list", sent[0].value)) is not None and self._ahead.is_heading():
            return listed
        if self._columns and len(sent) > 1:
            return None
        return next((title for cell in sent if (title := meaning("title", cell.value))), None)

    def _persons(self, cells: list[Cell], sent: list[Cell], doubt: bool) -> Iterator[Row]:
        """The persons of a row below a heading, or what else it is."""
        if len(self._parts) == 1:
            kind, uncertain = _below(cells, sent, self._columns)
            doubt = doubt or uncertain or self._may_be_title(sent)
            yield Row(kind, cells, self._columns, [], self._capacity, kind == "person" and doubt)
            return
        for part in self._parts:
            own, columns = cells[part], self._columns[part]
            if own:
                kind, uncertain = _part(own, columns)
                yield Row(kind, own, columns, self._shared(cells, part), self._capacity, kind == "person" and uncertain)

    def _may_be_title(self, sent: list[Cell]) -> bool:
        return len(sent) == 1 and self._ahead.is_heading()

    def _shared(self, cells: list[Cell], part: slice) -> list[Pair]:
        """What the row says of the voyage outside the cells of one person, in columns that none of them repeats."""
        pairs = [*zip(self._columns, cells, strict=False)]
        own = {pair[0].field for pair in pairs[part] if pair[0] is not None}
        return [
            Pair(column, cell) for column, cell in pairs
            if column is not None and column.kind == "voyage" and column.field not in own
        ]  # fmt: skip


def _repeats(cells: list[Cell]) -> list[Column | None] | None:
    """The columns of a heading below another: most of its words are those of headings."""
    found = heading(cells)
    known = sum(each is not None for each in found or ())
    return found if known * 2 > sum(bool(cell.value) for cell in cells) else None


# -- columns


def _related(columns: list[Column | None]) -> list[Column | None]:
    """Headings that mean something else beside others: a name beside a surname, a number beside a kind of document."""
    fields = {found.field for found in columns if found is not None}
    related = [*columns]
    for at, found in enumerate(columns):
        if found is None:
            continue
        if found.field == "name" and found.heading in _BARE_NAMES and "family_name" in fields:
            related[at] = found if "given_names" in fields else found._replace(field="given_names")
        elif found.kind == "number" and at and not fields & {"document_number", "identity_document"}:
            left, right = columns[at - 1], columns[at + 1] if at + 1 < len(columns) else None
            is_type = left is not None and (left.field == "document_type" or left.heading == "type")
            if is_type or (right is not None and right.field in _OF_DOCUMENT):
                related[at] = found._replace(kind="traveller", field="document_number")
                if left is not None and is_type:
                    related[at - 1] = left._replace(field="document_type")
    return related


_BARE_NAMES: Final = frozenset(["name", "names"])
_OF_DOCUMENT: Final = frozenset(["document_expires", "document_issuer", "document_issued"])


def _side_by_side(columns: list[Column | None]) -> list[slice]:
    """Where each person of a row is: the headings of the first are repeated for the next, with the same words."""
    told = [(at, found.field, found.heading) for at, found in enumerate(columns) if found and found.kind == "traveller"]
    starts = [at for at, field, heading in told if (field, heading) == told[0][1:]]
    if len(starts) < 2:
        return [slice(None)]
    ends = [*starts[1:], len(columns)]
    blocks = [
        {(field, heading) for at, field, heading in told if start <= at < end}
        for start, end in zip(starts, ends, strict=True)
    ]
    if not all(len(block) > 1 and block <= blocks[0] and _names(block) for block in blocks):
        return [slice(None)]
    # What stands before the first is of it.
    return [slice(start, end) for start, end in zip([0, *starts[1:]], [*ends[:-1], None], strict=True)]


def _names(block: set[tuple[str, str]]) -> bool:
    return any(field in NAMES for field, _ in block)


def _repeated(columns: list[Column | None]) -> list[Column | None]:
    """The columns of a person, each marked whose field an earlier one has."""
    seen: set[str] = set()
    marked: list[Column | None] = []
    for found in columns:
        known = found is not None and found.kind in ("traveller", "voyage")
        marked.append(found._replace(again=True) if known and found and found.field in seen else found)
        seen |= {found.field} if found is not None and known else set()
    return marked


# -- rows


def _is_blank(cells: list[Cell], columns: list[Column | None]) -> bool:
    """Nothing but signs, words for nothing, and the number of the row."""
    for at, cell in enumerate(cells):
        if not cell.value:
            continue
        known = columns[at] if at < len(columns) else None
        is_number = known is not None and known.kind == "number" and not any(map(str.isalpha, cell.value))
        if not is_number and not says_nothing(known.field if known else None, cell.value):
            return False
    return True


def _part(cells: list[Cell], columns: list[Column | None]) -> tuple[Kind, bool]:
    if _is_blank(cells, columns):
        return "blank", False
    return _below(cells, [cell for cell in cells if cell.value], columns)


def _below(cells: list[Cell], sent: list[Cell], columns: list[Column | None]) -> tuple[Kind, bool]:
    """What a row below a heading is, and whether a person may be something else.

    Who may be a person is one: a family name by itself, a number of a passport.
    """
    if _is_footer(sent):
        return "footer", False
    filled = [
        (column, cell.value)
        for column, cell in zip(columns, cells, strict=False)
        if cell.value and column is not None and column.kind == "traveller"
    ]
    doubt = False
    if len(sent) == 1:
        text, named = sent[0].value, bool(filled) and filled[0][0].field in NAMES
        if _is_prose(text):
            return ("astray" if named and not _SIGNS.search(text) else "around"), False
        if text.count(" ") >= _MOST_WORDS and not (named and _is_long_name(text)):
            return "astray", False
        doubt = named and (text.count(" ") >= _MOST_WORDS or is_empty(text))
    elif _closes(sent[0].value):
        shown = _shows(filled)
        if shown is None:
            return "around", False
        doubt = not shown
    elif len(sent) == 2:
        doubt = meaning("doubt", sent[0].value) is not None
    # What is overwritten in the stored original does not count, or there would be another number of persons in it.
    sent_of_person = any(
        not says_nothing(column.field, text) and fits(column.field, text) for column, text in filled
    )  # fmt: skip
    return ("person", doubt) if sent_of_person else ("astray", False)


def _may_be_person(cells: list[Cell], columns: list[Column | None]) -> bool:
    """All cells fit columns of a person; of a name, without what no name has. Who has a remark may be one."""
    pairs = [(known, cell.value) for known, cell in zip_longest(columns, cells) if cell is not None and cell.value]
    if any(known is not None and known.kind == "remove" for known, _ in pairs):
        return True
    return all(known is not None and _fits_person(known, text) for known, text in pairs) and any(
        known is not None and known.kind == "traveller" for known, _ in pairs
    )


def _fits_person(known: Column, text: str) -> bool:
    if known.kind == "number" or not fits(known.field, text):
        return False
    if known.field not in NAMES:
        return True
    return not _SIGNS.search(text) and (_voyage(text) is None or _is_word(text))


def _is_word(text: str) -> bool:
    """One word, and none of those that are of no person's name."""
    return " " not in text and meaning("thing", text) is None


def _shows(filled: list[tuple[Column, str]]) -> bool | None:
    """A row that begins as what stands below lists shows a person: surely, or by two names only; None: it does not."""
    names = 0
    for known, text in filled:
        identifies = known.field in _IDENTIFYING and any(map(str.isdigit, text))
        if (identifies or (known.field in _PERSONAL and not is_empty(text))) and fits(known.field, text):
            return True
        names += known.field in NAMES and _SIGNS.search(text) is None
    return False if names > 1 else None


def _is_long_name(text: str) -> bool:
    """A sentence has long words in small letters."""
    return not _SIGNS.search(text) and all(len(word) < 4 or not word[0].islower() for word in text.split())


def _is_footer(sent: list[Cell]) -> bool:
    """Words for a total or the end, with nothing but numbers behind each: Fin is a name too."""
    counts = False
    word, _, behind = sent[0].value.partition(":")
    if meaning("footer", word) is None and meaning("counted", word) is None:
        return False
    for text in (behind.strip(), *(cell.value for cell in sent[1:])):
        if text.isdecimal():
            counts = True
        elif text and meaning("counted", text.rstrip(" :")) is None:
            return False
    return counts or meaning("footer", word) is not None


def _is_prose(text: str) -> bool:
    """What people write below a list in one cell: how many there are, who signs, the page."""
    counted = _COUNTED.match(text)
    if counted is not None and meaning("counted", counted[1]) is not None:
        return True
    key, colon, _ = text.partition(":")
    return _closes(text) or _PAGE.match(text) is not None or bool(colon and meaning("signed", key))


def _closes(text: str) -> bool:
    """The text begins as lines below a list do: `Total: 3 passagers`, `Le commandant J. Vela`, `Fait à Tanger le`."""
    words = re.split(r"[\s:;,.'’/]+", text.strip(" *-_#"))
    return any(meaning("closing", " ".join(words[:number])) for number in (1, 2, 3))


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
        value = first._replace(value=rest.strip())
        return Pair(dated(known, value.value), value), 1
    known = _voyage(key)
    if known is None or len(cells) < 2 or _voyage(cells[1].value) is not None:
        return None, 1
    if not any(map(str.isalnum, cells[1].value)) and cells[1].value not in _TICKS:
        return None, 1
    direction = meaning("direction", key)
    if direction is not None and cells[1].value in _TICKS:
        # A box that was ticked: arrival or departure.
        return Pair(Column("voyage", "direction", ""), cells[1]._replace(value=direction)), 2
    return Pair(dated(known, cells[1].value), cells[1]), 2


def dated(known: Column, text: str) -> Column:
    """Under `Départ` and `Arrivée` may stand the place or the day; a date is the day."""
    field = _DAYS.get(known.field)
    return known._replace(field=field) if field is not None and dates.is_date(text) else known


_DAYS: Final = {"from": "departs", "to": "arrives"}


def _voyage(text: str) -> Column | None:
    known = column(text)
    return known if known is not None and known.kind == "voyage" else None
