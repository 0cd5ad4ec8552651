"""The page that explains a message: what it is, its problems, its segments. Nothing of it is kept."""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

from vigie import messages
from vigie.messages import inspection
from vigie.messages.inspection import Line
from vigie.records import Message, Problem

LINES: Final = 400
"""Segments shown whole; of those behind them, the ones with problems."""
PROBLEMS: Final = 200
MESSAGES: Final = 20


class Found(NamedTuple):
    """A problem, and the line it is at."""

    problem: Problem
    line: Line


class Inspection(NamedTuple):
    """What the page shows of an input."""

    size: int
    messages: tuple[Message, ...]
    more_messages: int
    problems: list[Found]
    """The worst first, at most `PROBLEMS`."""
    more_problems: int
    lines: list[Line]


_ORDER: Final = ("error", "warning", "note")


def inspect(data: bytes, as_of: dt.date) -> Inspection:
    """Reads an input and describes it."""
    found = messages.read(data, as_of)
    lines = list(inspection.describe(data, found, LINES))
    problems = [Found(problem, line) for line in lines for problem in line.problems]
    problems.sort(key=lambda found: _ORDER.index(found.problem.severity))
    shown = problems[:PROBLEMS]
    return Inspection(
        size=len(data),
        messages=found[:MESSAGES],
        more_messages=max(len(found) - MESSAGES, 0),
        problems=shown,
        more_problems=len(problems) - len(shown),
        lines=list(_shortened(lines, {line.at for _, line in shown})),
    )


def _shortened(lines: list[Line], kept: set[int]) -> Iterator[Line]:
    """The first lines, and those behind them that a shown problem is at; the others are counted."""
    left_out = 0
    for count, line in enumerate(lines):
        if line.kind == "left out" or (count >= LINES and line.at not in kept):
            left_out += line.lines
            continue
        if left_out:
            yield Line(at=line.at, kind="left out", lines=left_out)
            left_out = 0
        yield line
    if left_out:
        yield Line(at=lines[-1].at, kind="left out", lines=left_out)
