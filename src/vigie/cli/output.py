"""What commands print: JSON Lines on standard output, words, tables and progress on standard error."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from vigie.records import Decision, Evidence, Match, Message, Watchlist

T = TypeVar("T")


def say(text: str) -> None:
    """One line of words for the person at the terminal."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def json_line(value: Any) -> None:
    """One object of the answer."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")


def flush() -> None:
    """Hand over all JSON lines; raises BrokenPipeError when nobody reads."""
    sys.stdout.flush()
    sys.stdout.buffer.flush()


def progress(items: Sequence[T], what: str) -> Iterable[T]:
    """The items, with a bar on standard error while it is a terminal and there are many."""
    if not sys.stderr.isatty():
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, description=what)


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on standard error."""
    shown = Table(title=title, title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    for head in heads:
        shown.add_column(head, overflow="fold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(stderr=True, soft_wrap=False).print(shown)


def bits(millibits: int) -> float:
    """Bits as printed: thousandths kept."""
    return millibits / 1000


def probability(value: float) -> str:
    """A probability as printed: never 1, because a match is a lead and no certainty."""
    return ">0.999" if value > 0.999 else f"{value:.2g}"


def match_object(match: Match) -> dict[str, Any]:
    """One element of `matches` in the answer of `vigie screen --json`."""
    return {
        "list": match.list,
        "entry": match.entry,
        "caption": match.caption,
        "matched_name": match.matched_name,
        "bits": bits(match.millibits),
        "probability": match.probability,
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


def warn_not_operational(watchlists: Iterable[Watchlist]) -> None:
    """Say which lists have no manifest of their legal ground."""
    for watchlist in watchlists:
        if not watchlist.operational:
            say(f"vigie: list {watchlist.list} has no manifest (legal ground, purpose, owner): not for operations")


def exit_code(messages: Iterable[Message]) -> int:
    """The worst of some messages: 2 when one gave nothing, 1 when some content could not be attributed, else 0."""
    return max((_exit_code(message) for message in messages), default=2)


def _exit_code(message: Message) -> int:
    if not (message.journeys or message.travellers or message.bookings or message.statuses or message.mrz):
        return 2
    return int(any(problem.severity == "error" for problem in message.problems))


def problem_summary(message: Message) -> None:
    """Each problem of a message in one line."""
    for problem in message.problems:
        where = f" in {problem.segment}" if problem.segment else ""
        at = f" at byte {problem.position}" if problem.position is not None else ""
        say(f"  {problem.severity}: {problem.says} [{problem.code}{where}{at}]")
