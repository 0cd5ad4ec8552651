"""What commands print, as shapes: objects of the answer, tables, progress, problems."""

import math
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from vigie.cli import streams
from vigie.messages import foreign
from vigie.messages.holding import is_empty
from vigie.records import Decision, Evidence, Match, Message, Problem, Watchlist

if TYPE_CHECKING:  # its libraries take a while to import, which reading need not wait for
    from vigie.matching import ListFacts

T = TypeVar("T")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NAMES: Final = frozenset(("traveller", "listed as"))
"""Columns that may break, at blanks. Dates, numbers and codes are read whole or misread."""
_SHORT: Final = 12
"""A column whose cells are no longer stays on one line: seven of them fit into `_NARROWEST`."""
_NARROWEST: Final = 80
_WIDE: Final = 160
"""Columns of a table that goes into a file or a pipe, which has no edge to break at."""


def progress(items: Sequence[T], what: str) -> Iterable[T]:
    """The items, with a bar on standard error while it is a terminal and there are many."""
    if len(items) < 2 or not sys.stderr.isatty():
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, description=what)


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on standard error. Cells are text as it came: no markup, and nothing that could steer a terminal."""
    cells = [["" if cell is None else _CONTROLS.sub("\ufffd", str(cell)) for cell in row] for row in rows]
    shown = Table(header_style="bold", show_edge=False, pad_edge=False)
    for place, head in enumerate(heads):
        short = all(len(row[place]) <= _SHORT for row in cells)
        shown.add_column(head, overflow="fold", no_wrap=short and head not in _NAMES)
    for row in cells:
        shown.add_row(*row)
    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    console.width = _width(console)
    with console.capture() as printed:
        console.print(shown)
    streams.say(f"{title}\n{printed.get()}".strip("\n"))


def _width(console: Console) -> int:
    """Of the terminal, or as COLUMNS says. A terminal too narrow breaks lines itself, so that no cell is cut."""
    if "COLUMNS" not in os.environ and not sys.stderr.isatty():
        return _WIDE
    return max(console.width, _NARROWEST)


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 query`, `2 queries`. Without `many`, an s makes it several."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def some(texts: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    return "".join(texts[:1]) + (f" and {len(texts) - 1} more" if len(texts) > 1 else "")


def say_screened(source: str, travellers: int, alerts: int) -> None:
    """What screening one message came to, in one line."""
    streams.say(f"{source}: {counted(travellers, 'traveller')} screened, {alerts} with an alert")


def bits(millibits: int) -> float:
    """Bits as printed: thousandths kept."""
    return millibits / 1000


def probability(value: float) -> str:
    """A probability in words: two digits, three where two would say 1. Never 1 and never 0: a match is a lead."""
    if value > 0.999:
        return ">0.999"
    if value < 0.001:
        return "<0.001"
    return f"{value:.3f}" if value >= 0.995 else f"{value:.2g}"


def uncertain(value: float) -> float:
    """A probability as data: with every digit, and the float next to 1 or 0 for what lies too near to them."""
    return min(max(value, math.nextafter(0.0, 1.0)), math.nextafter(1.0, 0.0))


def match_object(match: Match) -> dict[str, Any]:
    """One element of `matches` in the answer of `vigie screen --json`."""
    return {
        "list": match.list,
        "entry": match.entry,
        "caption": match.caption,
        "matched_name": match.matched_name,
        "bits": bits(match.millibits),
        "probability": uncertain(match.probability),
        "alert": match.alert,
        "operational": match.operational,
        "evidence": [_evidence_object(evidence) for evidence in match.evidence],
    }


def _evidence_object(evidence: Evidence) -> dict[str, Any]:
    return {
        "field": evidence.field,
        "traveller": evidence.traveller,
        "entry": evidence.entry,
        "level": evidence.level,
        "bits": bits(evidence.millibits),
    }


def decision_object(message: Message, decision: Decision) -> dict[str, Any]:
    """The answer of `vigie screen --json` for one traveller."""
    return {
        "source": message.source,
        "sha256": message.sha256,
        "traveller": message.travellers[decision.traveller],
        "journey": message.journeys[decision.journey] if decision.journey is not None else None,
        "matches": [match_object(match) for match in decision.matches],
        "threshold_bits": bits(decision.threshold_millibits),
        "list_version": decision.list_version,
        "engine_version": decision.engine_version,
    }


def warn_not_operational(watchlists: "Iterable[Watchlist | ListFacts]") -> None:
    """Say which lists have no manifest of their legal ground."""
    for watchlist in watchlists:
        if not watchlist.operational:
            streams.say(
                f"vigie: list {watchlist.list} has no manifest (legal ground, purpose, owner): not for operations"
            )


def exit_code(messages: Sequence[Message]) -> int:
    """Of one input: 2 when it gave nothing, 1 when some of its content could not be attributed, else 0."""
    if all(is_empty(message) for message in messages):
        return 2
    return any_error(problem for message in messages for problem in message.problems)


def hint_list(data: bytes, found: Sequence[Message]) -> None:
    """Say so when an input that gave nothing is a watchlist."""
    if all(is_empty(message) for message in found) and foreign.of(data) == foreign.WATCHLIST:
        source = found[0].source
        streams.say(f"vigie: {source}: this is a watchlist, no message: 'vigie lists check {source}' reads it")


def any_error(problems: Iterable[Problem]) -> int:
    """1 when some content was lost by these problems, else 0."""
    return int(any(problem.severity == "error" for problem in problems))


def problem_lines(problems: Iterable[Problem], unit: str) -> None:
    """Each problem in one line; `unit` is what its position counts."""
    for problem in problems:
        where = f" in {problem.segment}" if problem.segment else ""
        at = f" at {unit} {problem.position}" if problem.position is not None else ""
        streams.say(f"  {problem.severity}: {problem.says} [{problem.code}{where}{at}]")
