"""What is to be said of a message while it is read: its problems, where its bytes went, what of it must not be kept.

docs/reference/problems.md explains every code; a test holds the page and `SEVERITY` together.
"""

import re
from typing import Final

from vigie.records import Account, Problem, Removal, Severity

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
    "LETTERS_LOST": "error",
    "TRANSFER_ENCODING": "note",
    "TEXT_UNREAD": "error",
    "TEXT_REMOVED": "note",
    # meaning
    "BAD_DATE": "error",
    "BAD_NUMBER": "error",
    "NO_OWNER": "error",
    "ANSWER_INCOMPLETE": "error",
    "UNKNOWN_SEGMENT": "warning",
    "UNKNOWN_QUALIFIER": "warning",
    "UNKNOWN_CODE": "warning",
    "DAMAGED_TAG": "warning",
    "FOREIGN_SEGMENT": "warning",
    "UNKNOWN_ELEMENT": "warning",
    "UNKNOWN_COUNTRY": "warning",
    "COUNT_MISMATCH": "warning",
    "REFERENCE_MISMATCH": "warning",
    "NAME_MISSING": "warning",
    "SEGMENT_ORDER": "warning",
    "VALUE_REPEATED": "warning",
    "DATE_FORMAT": "warning",
    "BIRTH_AFTER_AS_OF": "warning",
    "LEG_INCOMPLETE": "warning",
    "VALUE_INVALID": "warning",
    "REFERENCE_UNKNOWN": "warning",
    "FIELD_UNPLACED": "error",
    "UNKNOWN_COLUMN": "warning",
    "DATE_ORDER": "warning",
    "MODE_ASSUMED": "warning",
    "NUMBER_DAMAGED": "error",
    "FIELD_MOVED": "note",
    "DOCUMENT_NAME": "warning",
    "TRAVELLER_ADDED": "warning",
    "DIALECT": "note",
    "CENTURY_DERIVED": "note",
    "ARRIVAL_DAY_DERIVED": "note",
    "TITLE_UNCERTAIN": "note",
    "SENSITIVE_REMOVED": "note",
    "TIME_LOCAL_ONLY": "note",
    "TIME_AMBIGUOUS": "note",
    "TIME_NONEXISTENT": "note",
    "PART_OF_SEVERAL": "note",
    # journeys
    "PART_MISSING": "warning",
    "ANSWER_UNKNOWN": "warning",
    "ANSWER_SHARED": "warning",
    "PERSON_UNKNOWN": "note",
    "REPEATED_LATE": "note",
    "CLOCK_NOT_BELIEVED": "warning",
    "SENDER_FOREIGN": "warning",
    # schedules
    "NO_SCHEDULE": "error",
    "SCHEDULE_ELSEWHERE": "error",
    "LINE_LEFT_OUT": "error",
    "TOO_MANY_LINES": "error",
    "ZONE_CONTRADICTED": "warning",
    "ZONE_UNKNOWN": "warning",
    "DATE_DERIVED": "note",
    # machine readable zones
    "NO_MRZ": "error",
    "MRZ_DAMAGED": "error",
    "MRZ_LENGTH": "warning",
    "MRZ_CHARACTER": "warning",
    "CHECK_DIGIT": "warning",
    "ISSUER_NOT_VALID": "warning",
    "OCR_CONFUSION": "note",
    "NAME_TRUNCATED": "note",
    "MRZ_CLEANED": "note",
}
REMOVALS: Final = frozenset(["SERVICE", "FREE_TEXT", "CARD", "UNREAD"])
"""Why a span is not stored: a special service, free text, a payment card's number, bytes that could not be read."""
MOST_OF_A_CODE: Final = 1000
"""Problems of one code listed one by one in a message; the rest is counted, so that a hostile file costs little."""

_CODE_VALUE: Final = re.compile(r"[A-Z0-9]{1,3}\Z")


def shown(code: str) -> str:
    """A code of the standard's size for use in `says`; anything longer may be personal and is not shown."""
    return code if _CODE_VALUE.match(code) else "(not shown)"


class Tally:
    """Problems of one kind, counted."""

    __slots__ = ("at", "count", "says", "segment")

    def __init__(self, segment: str | None, at: int | None, says: str) -> None:
        self.segment, self.at, self.says, self.count = segment, at, says, 0

    def text(self) -> str:
        return self.says if self.count == 1 else f"{self.says} ({self.count} in this message, the first here)"


UNDERSTOOD, UNKNOWN, REPORTED = 0, 1, 2
_NOT_KEPT: Final = frozenset(["VALUE_REPEATED", "TEXT_REMOVED"])
"""Codes that are no errors although what they speak of is in no record."""


def _where(code: str) -> int:
    """Where the bytes go that a finding of this code is about."""
    if SEVERITY[code] == "error" or code in _NOT_KEPT:
        return REPORTED
    return UNKNOWN if code.startswith("UNKNOWN_") and code != "UNKNOWN_COUNTRY" else UNDERSTOOD


_WHERE: Final = {code: _where(code) for code in SEVERITY}


class Findings:
    """What is found in one message. Positions are offsets in the bytes as received.

    The account: a reader calls `enter` with the bytes of each stretch it comes to (a segment, a line, a cell); the
    stretch counts as understood unless a finding before the next `enter` sends it, or a part of it, elsewhere.
    """

    def __init__(self) -> None:
        self._listed: list[Problem] = []
        self._counts: dict[str, int] = {}
        self._tallies: dict[tuple[str, str | None, str], Tally] = {}
        self._account = [0, 0, 0]
        self._length = self._where = 0
        self._removals: list[Removal] = []

    def enter(self, length: int) -> None:
        """The next `length` bytes are looked at now."""
        self._account[self._where] += self._length
        self._length, self._where = length, UNDERSTOOD

    def apart(self, length: int, where: int) -> None:
        """`length` of the bytes entered last go elsewhere than the rest: an element that the standard lacks."""
        taken = min(length, self._length)
        self._length -= taken
        self._account[where] += taken

    def leave_apart(self, length: int, where: int) -> None:
        """As `apart`, whatever was found so far: the rest of the stretch counts as understood again."""
        self._where = UNDERSTOOD
        self.apart(length, where)

    def leave(self, where: int) -> None:
        """All of the bytes entered last go there, without a finding of their own."""
        self._where = max(self._where, where)

    def account(self) -> Account:
        """The sum so far."""
        self.enter(0)
        understood, unknown, reported = self._account
        return Account(received=sum(self._account), understood=understood, unknown=unknown, reported=reported)

    def remove(self, start: int, end: int, code: str) -> None:
        """The bytes from `start` to `end` must not be stored (docs/reference/sensitive.md)."""
        if end > start:
            self._removals.append(Removal(offset=start, length=end - start, code=code))

    def removals(self) -> tuple[Removal, ...]:
        """Spans not to be stored since the last call, in order, joined where they overlap; the first code is kept."""
        joined: list[Removal] = []
        found, self._removals = self._removals, []
        for removal in sorted(found, key=lambda removal: (removal.offset, -removal.length)):
            last = joined[-1] if joined else None
            if last is None or last.offset + last.length <= removal.offset:
                joined.append(removal)
            elif removal.offset + removal.length > last.offset + last.length:
                length = removal.offset + removal.length - last.offset
                joined[-1] = Removal(offset=last.offset, length=length, code=last.code)
        return tuple(joined)

    def add(self, code: str, segment: str | None, at: int | None, says: str) -> None:
        """One problem, listed by itself."""
        self._where = max(self._where, _WHERE[code])
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] > MOST_OF_A_CODE:
            self.count(code, segment, at, f"more problems of this code, beyond the {MOST_OF_A_CODE} listed")
        else:
            self._listed.append(self._problem(code, segment, at, says))

    def count(self, code: str, segment: str | None, at: int | None, says: str) -> Tally:
        """One of many problems of a kind, which become a single one: their number, and the place of the first."""
        self._where = max(self._where, _WHERE[code])
        tally = self._tallies.get((code, segment, says))
        if tally is None:
            if len(self._tallies) >= MOST_OF_A_CODE:
                segment, says = None, "more problems of this code, of many other kinds"
            tally = self._tallies.setdefault((code, segment, says), Tally(segment, at, says))
        tally.count += 1
        return tally

    def problems(self) -> tuple[Problem, ...]:
        """All of them by position; those of the input as a whole first."""
        counted = [
            self._problem(code, tally.segment, tally.at, tally.text()) for (code, _, _), tally in self._tallies.items()
        ]
        return tuple(sorted(self._listed + counted, key=lambda p: -1 if p.position is None else p.position))

    def _problem(self, code: str, segment: str | None, at: int | None, says: str) -> Problem:
        return Problem(code=code, severity=SEVERITY[code], segment=segment, position=at, says=says)
