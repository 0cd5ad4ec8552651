"""`vigie match`: a table of people against lists."""

import argparse
import csv
import io
import math
import os
import re
from collections.abc import Iterator
from pathlib import Path

from vigie import app, countries, dates
from vigie.cli import common, output
from vigie.errors import InputError
from vigie.matching import Index, Query
from vigie.records import Document, Match, Sex

_EXAMPLES = """\
examples:
  vigie match people.csv --list un.xml --out answers.csv
  vigie match people.csv --list un.xml --out best.csv --top 1 --min-bits -inf    the best of each, however weak

QUERIES.csv has the columns id,name,birth_date,sex,nationality,document_number (id and name needed, the others may
be empty; dates may be partial; countries by name or code). The answer has id,rank,list,entry,caption,bits,probability.
"""
_COLUMNS = ("id", "name", "birth_date", "sex", "nationality", "document_number")
_ANSWER = ("id", "rank", "list", "entry", "caption", "bits", "probability")
_CHUNK = 1000
_SPACE = re.compile(r"\s+")


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    command.add_argument("queries", metavar="QUERIES.csv", type=Path, help="one person a row; columns below")
    common.add_lists(command)
    command.add_argument(
        "--out", metavar="OUT.csv", type=Path, required=True, help="the answers; written whole or not at all"
    )
    command.add_argument(
        "--top", metavar="N", type=_count, default=10, help="most matches per query (default: %(default)s)"
    )
    command.add_argument(
        "--min-bits", metavar="B", type=_bits, help="least bits of a match, or -inf (default: by --alerts-per-million)"
    )
    common.add_operating_point(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    queries = list(_queries(given.queries))
    watchlists = app.load_lists(given.lists)
    output.warn_not_operational(watchlists)
    index = Index(watchlists)
    floor = given.min_bits * 1000 if given.min_bits is not None else index.threshold(given.alerts_per_million)
    answer = io.StringIO(newline="")
    writer = csv.writer(answer, lineterminator="\n")
    writer.writerow(_ANSWER)
    chunks = [queries[start : start + _CHUNK] for start in range(0, len(queries), _CHUNK)]
    matched = 0
    for chunk in output.progress(chunks, "matching, thousands"):
        index.prepare([query for _, query in chunk])
        for query_id, query in chunk:
            found = index.search(query, floor, given.top)
            matched += bool(found)
            writer.writerows(_row(query_id, rank, match) for rank, match in enumerate(found, 1))
    _write(given.out, answer.getvalue())
    output.say(f"{given.queries}: {len(queries)} queries, {matched} with a match; answers in {given.out}")
    return 0


def _row(query_id: str, rank: int, match: Match) -> tuple[object, ...]:
    caption = _SPACE.sub(" ", match.caption)
    return query_id, rank, match.list, match.entry, caption, f"{match.millibits / 1000:.3f}", f"{match.probability:.6g}"


def _queries(path: Path) -> Iterator[tuple[str, Query]]:
    try:
        text = app.load_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save the table as UTF-8 CSV") from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"id", "name"} <= set(rows.fieldnames or ()):
        raise InputError(
            f"{path}: the first line must name the columns {','.join(_COLUMNS)}; id and name were not found"
        )
    try:
        for row in rows:
            yield (row["id"] or "").strip(), _query(row, f"{path}, line {rows.line_num}")
    except csv.Error as error:
        raise InputError(f"{path}, line {rows.line_num}: no valid CSV ({error})") from None


def _query(row: dict[str, str | None], where: str) -> Query:
    cells = {column: (row.get(column) or "").strip() for column in _COLUMNS}
    sex: Sex | None = {"M": "M", "F": "F", "X": "X"}.get(cells["sex"].upper())  # type: ignore[assignment]
    number = cells["document_number"]
    return Query(
        names=(cells["name"],) if cells["name"] else (),
        birth_date=_birth_date(cells["birth_date"], where),
        sex=sex,
        nationality=_country(cells["nationality"], where),
        documents=(Document(number=number.upper()),) if number else (),
    )


def _birth_date(text: str, where: str) -> str | None:
    if not text:
        return None
    try:
        dates.span(text)
    except ValueError:
        output.say(f"vigie: {where}: birth_date is no date (YYYY, YYYY-MM, YYYY-MM-DD or a range); matched without it")
        return None
    return text


def _country(text: str, where: str) -> str | None:
    code = countries.alpha3(text) if text else None
    if text and code is None:
        output.say(f"vigie: {where}: nationality is no country name or code known; matched without it")
    return code


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number above 0")
    return int(text)


def _bits(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of bits; -inf takes every candidate")
    return value


def _write(path: Path, text: str) -> None:
    """The file appears whole or not at all."""
    half = path.with_name(path.name + ".part")
    try:
        half.write_text(text, encoding="utf-8", newline="")
        os.replace(half, path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror}); nothing was") from None
