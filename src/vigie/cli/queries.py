"""The table that `vigie match` takes: people in a CSV file.

A table that is damaged (a row of another width, a quotation left open, no text at all) is refused whole, because what
is missing from it could not be told. A cell that is not understood costs that cell, and is told with its line.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from vigie import app, countries, dates
from vigie.errors import InputError
from vigie.matching import Query
from vigie.records import Document, Problem, Severity, Sex

COLUMNS: Final = ("id", "name", "birth_date", "sex", "nationality", "document_number")
_SEXES: Final[dict[str, Sex | None]] = {"M": "M", "F": "F", "X": "X", "U": None, "": None}
_SHOWN: Final = 5


class Table(NamedTuple):
    """The rows in their order. Positions of problems are line numbers; an `error` is a cell lost."""

    queries: list[tuple[str, Query]]
    problems: list[Problem]


def read(path: Path) -> Table:
    """The whole table. Raises InputError naming file and line when it cannot be used."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    table, lines = Table([], []), []
    try:
        heads = [head.strip() for head in next(reader, [])]
        _check(heads, path)
        for cells in reader:
            if len(cells) != len(heads) and cells:
                raise InputError(
                    f"{path}, line {reader.line_num}: has {len(cells)} cells where {len(heads)} are expected; "
                    "a comma inside a cell needs quotation marks around the cell"
                )
            if cells:
                row = dict(zip(heads, (cell.strip() for cell in cells), strict=True))
                table.queries.append(_query(row, _Line(table.problems, reader.line_num)))
                lines.append(reader.line_num)
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: no valid CSV ({error}); save the table again") from None
    table.problems.extend(_repeated([query_id for query_id, _ in table.queries], lines))
    return table


def _repeated(ids: list[str], lines: list[int]) -> Iterator[Problem]:
    """One warning for all rows whose id stood before. Nothing is lost: answers keep the order of the rows."""
    first: dict[str, int] = {}
    pairs = [(first.setdefault(key, line), line) for key, line in zip(ids, lines, strict=True) if key]
    again = [(before, line) for before, line in pairs if before != line]
    if again:
        shown = ", ".join(f"{line} as {before}" for before, line in again[:_SHOWN]) + (", …" if again[_SHOWN:] else "")
        says = f"an id stands at several rows (line {shown}): their answers have one id, in the order of the rows"
        yield Problem(code="ID_REPEATED", severity="warning", segment="id", position=again[0][1], says=says)


def summed(problems: Iterable[Problem]) -> list[Problem]:
    """Problems that say the same as one, at the first line."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.says, []).append(problem)
    return [
        msgspec.structs.replace(same[0], says=f"{says} ({len(same)} lines, the first here)" if same[1:] else says)
        for says, same in kinds.items()
    ]


def _text(path: Path) -> str:
    data = app.load_bytes(path, "a table of people")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save the table as UTF-8 CSV") from None
    if (at := text.find("\0")) >= 0:
        raise InputError(f"{path}: no text at character {at} (a NUL); save the table as UTF-8 CSV")
    return text


def _check(heads: Iterable[str], path: Path) -> None:
    missing = [needed for needed in ("id", "name") if needed not in heads]
    if missing:
        raise InputError(
            f"{path}: {' and '.join(missing)} not found in the first line, which must name the columns "
            f"{','.join(COLUMNS)} with commas between them"
        )


class _Line(NamedTuple):
    problems: list[Problem]
    number: int

    def add(self, code: str, severity: Severity, column: str, says: str) -> None:
        problem = Problem(code=code, severity=severity, segment=column, position=self.number, says=says)
        self.problems.append(problem)


def _query(row: dict[str, str], line: _Line) -> tuple[str, Query]:
    if not row["id"]:
        line.add("NO_OWNER", "error", "id", "the row has no id: its answers belong to nobody")
    if not row["name"]:
        line.add("NAME_MISSING", "warning", "name", "the row has no name")
    number = row.get("document_number")
    return row["id"], Query(
        names=(row["name"],) if row["name"] else (),
        birth_date=_birth_date(row.get("birth_date"), line),
        sex=_sex(row.get("sex", ""), line),
        nationality=_country(row.get("nationality"), line),
        documents=(Document(number=number.upper()),) if number else (),
    )


def _birth_date(text: str | None, line: _Line) -> str | None:
    if not text:
        return None
    try:
        dates.span(text)
    except ValueError:
        says = "this is no date (YYYY, YYYY-MM, YYYY-MM-DD or a range); matched without it"
        line.add("BAD_DATE", "error", "birth_date", says)
        return None
    return text


def _sex(text: str, line: _Line) -> Sex | None:
    if text.upper() not in _SEXES:
        line.add("UNKNOWN_CODE", "warning", "sex", "sex is none of M, F, X, U; matched without it")
    return _SEXES.get(text.upper())


def _country(text: str | None, line: _Line) -> str | None:
    code = countries.alpha3(text) if text else None
    if text and code is None:
        says = "nationality is no country name or code known; matched without it"
        line.add("UNKNOWN_COUNTRY", "warning", "nationality", says)
    return code
