"""The plain list: a CSV anyone can write, with the header of `HEADER` and one or more rows for an entry.

Each row may add one name, one birth date, one nationality and one document number; rows with the same `entry_id` are
one entry, wherever they stand. Birth dates are partial dates or ranges as in `vigie.dates`.
"""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final, NamedTuple, TypeVar, get_args

from vigie.dates import span
from vigie.errors import ListError
from vigie.records import Document, Entry, ListedDate, ListedName, NameKind, Problem, Sex
from vigie.watchlist.csv_rows import decoded, rows
from vigie.watchlist.listed_names import listed_name
from vigie.watchlist.parts import Files, Here, Parts, sex

HEADER: Final = ("entry_id", "kind", "name", "birth_date", "sex", "nationality", "document_number")
T = TypeVar("T")

_COLUMN: Final = re.compile(r"[A-Za-z][A-Za-z_ ]{0,40}")
_KINDS: Final[tuple[NameKind, ...]] = get_args(NameKind)


def recognises(head: bytes) -> bool:
    """True when the first line could be a header: text in several columns. `parse` says what is wrong with it."""
    first = head.partition(b"\n")[0]
    return b"," in first and b"\0" not in head and not head.lstrip().startswith((b"<", b"{", b"["))


def parse(files: Files) -> Parts:
    """The list in one CSV file. Raises ListError for another header, a damaged row, or a row without entry_id."""
    ((name, content),) = files.items()
    key = PurePath(name).stem
    _check_header(content, name)
    problems: list[Problem] = []
    grouped: dict[str, list[_Row]] = {}
    for line, cells in list(rows(content, name, len(HEADER)))[1:]:
        row = _Row(line, *(" ".join(cell.split()) for cell in cells))
        if not row.entry_id:
            raise ListError(f"{name}: line {line}: entry_id is empty; give every row the number of its entry")
        grouped.setdefault(row.entry_id, []).append(row)
    entries = (_entry(key, group, problems) for group in grouped.values())
    return Parts(key, None, tuple(entries), 0, tuple(problems))


class _Row(NamedTuple):
    line: int
    entry_id: str
    kind: str
    name: str
    birth_date: str
    sex: str
    nationality: str
    document_number: str


def _check_header(content: bytes, name: str) -> None:
    first = decoded(content, name).partition("\n")[0].strip()
    cells = tuple(cell.strip().strip('"') for cell in first.split(","))
    if cells != HEADER:
        header = all(_COLUMN.fullmatch(cell) for cell in cells) and any("name" in cell.casefold() for cell in cells)
        # What is no header may be a row of data, and is not shown.
        found = f"'{first[:120]}'" if header else "no header"
        raise ListError(
            f"{name}: line 1: {found} where '{','.join(HEADER)}' is expected; name the columns so, in order"
        )


def _entry(key: str, rows: list[_Row], problems: list[Problem]) -> Entry:
    here = Here(problems, rows[0].entry_id, rows[0].line)
    names = [_name(row, here) for row in rows if row.name]
    primaries = [name for name in names if name.kind == "primary"]
    if names and not primaries:
        here.add("PRIMARY_MISSING", "note", "kind", "has no primary name; its first name stands for it")
    return Entry(
        list=key,
        id=here.entry,
        names=(*primaries, *(name for name in names if name.kind != "primary")),
        birth_dates=_unique(_birth_date(row, here) for row in rows if row.birth_date),
        sex=next(iter(_unique(_sex(row, here) for row in rows if row.sex)), None),
        nationalities=_unique(
            _at(row, here).country(row.nationality, "nationality") for row in rows if row.nationality
        ),
        documents=_unique(_document(row) for row in rows if row.document_number),
    )


def _unique(values: Iterable[T | None]) -> tuple[T, ...]:
    """The values once each in their order: a table repeats an entry's facts on every row."""
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _at(row: _Row, here: Here) -> Here:
    return here._replace(position=row.line)


def _name(row: _Row, here: Here) -> ListedName:
    kind = next((kind for kind in _KINDS if kind == row.kind), None)
    if kind is None:
        _at(row, here).add("KIND_NOT_KNOWN", "warning", "kind", f"kind is none of {', '.join(_KINDS)}; taken as alias")
    return listed_name(kind or "alias", row.name)


def _birth_date(row: _Row, here: Here) -> ListedDate | None:
    try:
        span(row.birth_date)
    except ValueError:
        _at(row, here).no_date("birth_date")
        return None
    return ListedDate(date=row.birth_date)


def _sex(row: _Row, here: Here) -> Sex | None:
    found = sex(row.sex)
    if found is None:
        _at(row, here).add("SEX_NOT_KNOWN", "warning", "sex", "sex is none of M, F, X; it was left out")
    return found


def _document(row: _Row) -> Document:
    return Document(number="".join(row.document_number.split()).upper())
