"""`vigie match`: a table of people against lists."""

import argparse
import csv
import math
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from vigie import app
from vigie.cli import common, output, queries, streams
from vigie.errors import UsageError
from vigie.matching import Index, Query
from vigie.records import Match

_EXAMPLES = """\
examples:
  vigie match people.csv --list un.xml --out answers.csv
  vigie match people.csv --list un.xml --out best.csv --top 1 --min-bits -inf    the best of each, however weak

QUERIES.csv has the columns id,name,birth_date,sex,nationality,document_number (id and name needed, the others may
be empty; dates may be partial; countries by name or code). The answer has id,rank,list,entry,caption,bits,probability;
rows with the same id are answered in their order, with a warning. OUT.csv is for programs: ids and names stand in it as
they came, also those that begin with = + - or @, which a spreadsheet takes for a formula. Import its columns as text.
"""
_ANSWER = ("id", "rank", "list", "entry", "caption", "bits", "probability")
_CHUNK = 100
_SPACE = re.compile(r"\s+")


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    command.add_argument("queries", metavar="QUERIES.csv", type=Path, help="one person a row; columns below")
    common.add_lists(command)
    command.add_argument(
        "--out", metavar="OUT.csv", type=Path, required=True, help="the answers; written whole or not at all"
    )
    command.add_argument(
        "--top", metavar="N", type=common.count, default=10, help="most matches per query (default: %(default)s)"
    )
    command.add_argument(
        "--min-bits", metavar="B", type=_bits, help="least bits of a match, or -inf (default: by --alerts-per-million)"
    )
    common.add_operating_point(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    common.refuse_input(given.out, [given.queries, *app.list_files(given.lists)])
    with _appearing(given.out) as out:
        table = queries.read(given.queries)
        index = common.index_of(given.lists)
        output.problem_lines(queries.summed(table.problems), "line")
        output.warn_not_operational(index.lists)
        floor = index.threshold(given.alerts_per_million) if given.min_bits is None else given.min_bits * 1000
        matched = _answer(table.queries, index, floor, given.top, out)
    asked = output.counted(len(table.queries), "query", "queries")
    streams.say(f"{given.queries}: {asked}, {matched} with a match; answers in {given.out}")
    return output.any_error(table.problems)


def _answer(asked: Sequence[tuple[str, Query]], index: Index, floor: float, top: int, out: IO[str]) -> int:
    """Write the answers, best first for each query; the number of queries with any."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_ANSWER)
    matched = 0
    chunks = [asked[start : start + _CHUNK] for start in range(0, len(asked), _CHUNK)]
    for chunk in output.progress(chunks, "matching"):
        answers = index.search_all([query for _, query in chunk], floor, top)
        for (query_id, _), found in zip(chunk, answers, strict=True):
            matched += bool(found)
            writer.writerows(_row(query_id, rank, match) for rank, match in enumerate(found, 1))
    return matched


def _row(query_id: str, rank: int, match: Match) -> tuple[object, ...]:
    """`csv` writes the probability with all its digits, so never as 1."""
    caption = _SPACE.sub(" ", match.caption)
    bits, probability = f"{match.millibits / 1000:.3f}", output.uncertain(match.probability)
    return query_id, rank, match.list, match.entry, caption, bits, probability


def _bits(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of bits; -inf takes every candidate")
    return value


@contextmanager
def _appearing(path: Path) -> Iterator[IO[str]]:
    """A file that appears whole or not at all, readable by its owner only. What cannot be written is told at once."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise UsageError(f"{path}: is no file; name the CSV file to be written")
    target = os.path.realpath(path)
    try:
        handle, half = tempfile.mkstemp(dir=os.path.dirname(target), suffix=".part")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); check the folder of --out") from None
    try:
        with open(handle, "w", encoding="utf-8", newline="") as out:
            yield out
        os.replace(half, target)
    except BaseException:  # Ctrl-C too: nothing half-written stays, and the cause goes on
        os.unlink(half)
        raise
