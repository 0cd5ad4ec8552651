"""Problems of a message while it is read: the codes there are, and the collector that keeps their number sane.

docs/reference/problems.md explains every code; a test holds the page and `SEVERITY` together.
"""

import re
from collections.abc import Callable
from typing import Final

from vigie.records import Problem, Severity

SEVERITY: Final[dict[str, Severity]] = {
    # the input as a whole
    "EMPTY_INPUT": "error",
    "TOO_LARGE": "error",
    "NO_MESSAGE": "error",
    "UNSUPPORTED_TYPE": "error",
    "UNSUPPORTED_VERSION": "error",
    # grammar
    "TRUNCATED": "error",
    "NOT_A_SEGMENT": "error",
    "SEGMENT_TOO_LONG": "error",
    "TOO_MANY_SEGMENTS": "error",
    "HEADER_MISSING": "warning",
    "TERMINATOR_MISSING": "warning",
    "SERVICE_CHARACTERS": "note",
    "CHARACTER_SET": "note",
    "TEXT_REMOVED": "note",
    # meaning
    "BAD_DATE": "error",
    "BAD_NUMBER": "error",
    "NO_OWNER": "error",
    "UNKNOWN_SEGMENT": "warning",
    "UNKNOWN_QUALIFIER": "warning",
    "UNKNOWN_CODE": "warning",
    "UNKNOWN_COUNTRY": "warning",
    "COUNT_MISMATCH": "warning",
    "REFERENCE_MISMATCH": "warning",
    "NAME_MISSING": "warning",
    "SEGMENT_ORDER": "warning",
    "VALUE_REPEATED": "warning",
    "DATE_FORMAT": "warning",
    "BIRTH_AFTER_AS_OF": "warning",
    "LEG_INCOMPLETE": "warning",
    "CENTURY_DERIVED": "note",
    "TIME_AMBIGUOUS": "note",
    "TIME_NONEXISTENT": "note",
    "PART_OF_SEVERAL": "note",
}
MOST_OF_A_CODE: Final = 1000
"""Problems of one code listed one by one in a message; the rest is counted, so that a hostile file costs little."""

_CODE_VALUE: Final = re.compile(r"[A-Z0-9]{1,3}\Z")


def shown(code: str) -> str:
    """A code of the standard's size for use in `says`; anything longer may be personal and is not shown."""
    return code if _CODE_VALUE.match(code) else "(not shown)"


class _Tally:
    __slots__ = ("at", "count", "says", "segment")

    def __init__(self, segment: str | None, at: int | None, says: str) -> None:
        self.segment, self.at, self.says, self.count = segment, at, says, 0

    def text(self) -> str:
        return self.says if self.count == 1 else f"{self.says} ({self.count} in this message, the first here)"


class Findings:
    """Problems of one message. `locate` turns an offset of the cleaned text into one of the bytes as received."""

    def __init__(self, locate: Callable[[int], int]) -> None:
        self._locate = locate
        self._listed: list[Problem] = []
        self._counts: dict[str, int] = {}
        self._tallies: dict[tuple[str, str | None, str], _Tally] = {}

    def add(self, code: str, segment: str | None, at: int | None, says: str) -> None:
        """One problem, listed by itself."""
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] > MOST_OF_A_CODE:
            self.count(code, segment, at, f"more problems of this code, beyond the {MOST_OF_A_CODE} listed")
        else:
            self._listed.append(self._problem(code, segment, at, says))

    def count(self, code: str, segment: str | None, at: int | None, says: str) -> None:
        """One of many problems of a kind, which become a single one: their number, and the place of the first."""
        tally = self._tallies.get((code, segment, says))
        if tally is None:
            if len(self._tallies) >= MOST_OF_A_CODE:
                segment, says = None, "more problems of this code, of many other kinds"
            tally = self._tallies.setdefault((code, segment, says), _Tally(segment, at, says))
        tally.count += 1

    def problems(self) -> tuple[Problem, ...]:
        """All of them by position; those of the input as a whole first."""
        counted = [
            self._problem(code, tally.segment, tally.at, tally.text()) for (code, _, _), tally in self._tallies.items()
        ]
        return tuple(sorted(self._listed + counted, key=lambda p: -1 if p.position is None else p.position))

    def _problem(self, code: str, segment: str | None, at: int | None, says: str) -> Problem:
        position = None if at is None else self._locate(at)
        return Problem(code=code, severity=SEVERITY[code], segment=segment, position=position, says=says)
