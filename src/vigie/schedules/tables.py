"""Tables of journeys in CSV: their headings, their words, and how they write times. What a row means is not here."""

import csv
import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Final, NamedTuple

from vigie.schedules.lines import Collector

MOST_COLUMNS: Final = 200
_SEPARATORS: Final = ",;\t|"
_UTC: Final = re.compile(r"(?:utc|gmt)\Z")
_WRITTEN: Final = re.compile(
    r"(?:(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))(?:T| +|\Z))?"
    r"(?:(?P<hour>\d{1,2})[:hH](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)? ?(?P<offset>Z|[+-]\d{2}:?\d{2})?)?\Z",
    re.ASCII,
)


class Written(NamedTuple):
    """A time as a cell gives it; at least one of day and time of day is there."""

    day: str | None
    time: str | None
    offset: dt.timedelta | None
    """Difference from UTC that stands in the cell or in its heading; None for local time."""


class Column(NamedTuple):
    """A column that is known."""

    field: str
    utc: bool


class Row(NamedTuple):
    """A line of a table: the cells of known columns that are not empty."""

    line: int
    cells: dict[str, str]
    in_utc: frozenset[str]
    """Fields whose heading says UTC."""

    def get(self, field: str) -> str:
        """Empty when there is none."""
        return self.cells.get(field, "")


def plain(text: str) -> str:
    """What is compared of a heading or a word: small letters and digits, without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def columns(header: str, format: str) -> list[Column | None]:
    """What each column of a heading line is, None for one that is not known. The first of two of a kind counts."""
    known = _headings()[format]
    found: list[Column | None] = []
    for cell in cells(header, separator(header))[:MOST_COLUMNS]:
        heading = plain(cell)
        field = known.get(heading) or known.get(_UTC.sub("", heading))
        is_new = field is not None and all(column is None or column.field != field for column in found)
        found.append(Column(field, heading not in known) if field and is_new else None)
    return found


def separator(header: str) -> str:
    """Comma, semicolon, tab or `|`: what the heading line has most of."""
    return max(_SEPARATORS, key=header.count)


def cells(line: str, separator: str) -> list[str]:
    """The trimmed cells of one line. A cell has no line end, so a quotation left open costs its own line only."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return []


def rows(out: Collector, text: str, format: str) -> Iterator[Row]:
    """The rows below the heading line. A row with more cells than headings is left out: its cells are out of place."""
    between, known = "", list[Column | None]()
    for line, content in out.lines(text):
        if not between:
            between, known = separator(content), columns(content, format)
            unread = sum(column is None for column in known)
            if unread:
                says = f"{unread} columns of {len(known)} have headings that are not known here; they were not read"
                out.findings.add("UNKNOWN_SEGMENT", "header", line, says)
            continue
        row = cells(content, between)
        if (len(row) > len(known) and any(row[len(known) :])) or not row:
            says = f"a row of {len(row)} cells where {len(known)} are expected; left out"
            out.findings.add("LINE_LEFT_OUT", None, line, says)
            continue
        named = [(column, cell) for column, cell in zip(known, row, strict=False) if column and cell]
        in_utc = frozenset(column.field for column, _ in named if column.utc)
        yield Row(line, {column.field: cell for column, cell in named}, in_utc)


def meaning(field: str, text: str) -> str | None:
    """What a word means in a field (`CNL` as a status: `cancelled`); None when it is not known."""
    return _words().get((field, plain(text)))


def written(text: str, in_utc: bool = False) -> Written | None:
    """`2026-11-23T05:40`, `23/11/2026 05:40` (day before month), `05:40`, `05h40`, with `Z` or `+01:00`; a day alone.

    None when it is none of these, or not in the calendar.
    """
    found = _WRITTEN.match(text.strip()) if text.strip() else None
    if found is None:
        return None
    try:
        day = _day(found["y"] or found["y2"], found["m"] or found["m2"], found["d"] or found["d2"])
        time = dt.time(int(found["hour"]), int(found["minute"])).isoformat("minutes") if found["hour"] else None
    except ValueError:
        return None
    sent = found["offset"]
    if sent and sent != "Z":
        span = dt.timedelta(hours=int(sent[1:3]), minutes=int(sent[-2:]))
        return Written(day, time, -span if sent[0] == "-" else span)
    return Written(day, time, dt.timedelta(0) if sent or (in_utc and time) else None)


def _day(year: str | None, month: str | None, day: str | None) -> str | None:
    return dt.date(int(year), int(month), int(day)).isoformat() if year and month and day else None


def whole(text: str) -> int | None:
    """A number of persons, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _table(name: str) -> list[list[str]]:
    text = resources.files("vigie.schedules").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]


@functools.cache
def _headings() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for format, field, headings in _table("columns.tsv"):
        found.setdefault(format, {}).update(dict.fromkeys(headings.split("|"), field))
    return found


@functools.cache
def _words() -> Mapping[tuple[str, str], str]:
    rows = _table("words.tsv")
    return {(field, word): value for field, value, words in rows for word in words.split("|")}
