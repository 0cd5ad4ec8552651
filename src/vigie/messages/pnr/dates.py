"""Dates and times of PNRGOV: DDMMYY and HHMM, local in TVL, UTC in DAT (PNRGOV implementation guide, 5: DTM formats).

Some senders put YYMMDD in the same places. A date is read in the standard's order unless only the other one gives a day
of the calendar near the flight; then the other is taken and reported.
"""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from vigie.messages.fields.stamps import nearest_to
from vigie.messages.findings import Findings

_NEAR: Final = dt.timedelta(days=400)
"""Bookings are made at most about a year before travel: airlines open flights 330 to 361 days ahead."""
_NO_DATE: Final = "this is no date; it is left empty. DDMMYY is expected: ask the carrier for the date"
_NO_TIME: Final = "this is no time of day, which is left empty; its date is kept. HHMM is expected: ask the carrier"
_TURNED: Final = "dates that are YYMMDD where the standard has DDMMYY, as the day of the flight shows; read as YYMMDD"
_EITHER: Final = "dates that both DDMMYY and YYMMDD would fit, of a sender who uses both; read as DDMMYY"


_CLOCK: Final = re.compile("([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?")


class Dates:
    """Reads the dates of one message. `flight` is the day of the flight the message is about, once it is known."""

    def __init__(self, as_of: dt.date, findings: Findings) -> None:
        self._as_of, self._findings = as_of, findings
        self.sent: dt.date | None = None
        """The day of sending, where UNB tells it."""
        self._flight: dt.date | None = None
        self._read: dict[str, tuple[str | None, str]] = {}
        self._turned = False

    @property
    def flight(self) -> dt.date | None:
        return self._flight

    @flight.setter
    def flight(self, day: dt.date | None) -> None:
        self._flight = day
        self._read.clear()

    @property
    def _anchor(self) -> dt.date | None:
        """The day that others must be near: of the flight, or while that is not known, of sending."""
        return self._flight or self.sent

    @property
    def near(self) -> dt.date:
        """The day by which centuries are decided."""
        return self._anchor or self._as_of

    def day(self, digits: str, tag: str, at: int) -> str | None:
        """`2026-11-23` of `231126`; None, and a problem, for what is no date. Empty is None without problem."""
        if not digits:
            return None
        known = self._read.get(digits)
        if known is None:
            known = self._read[digits] = self._orders(digits)
        text, finding = known
        if text is None:
            if digits.strip("0"):
                self._findings.add("BAD_DATE", tag, at, _NO_DATE)
        elif finding:
            self._turned = self._turned or finding == _TURNED
            if self._turned:
                self._findings.count("DATE_ORDER", tag, at, finding)
        return text

    def moment(self, digits: str, time: str, tag: str, at: int) -> str | None:
        """`2026-11-23T05:40`, with seconds when six digits were sent; the day alone without time, or with a bad one."""
        text = self.day(digits, tag, at)
        if text is None or not time:
            return text
        clock = _clock(time)
        if clock is None:
            self._findings.add("BAD_DATE", tag, at, _NO_TIME)
            return text
        return f"{text}T{clock}"

    def _orders(self, digits: str) -> tuple[str | None, str]:
        """The date, and what is to be said of its order."""
        if not (digits.isascii() and digits.isdigit() and len(digits) in (6, 8)):
            return None, ""
        day = self._date(digits[4:], digits[2:4], digits[:2])
        turned = self._date(digits[:-4], digits[-4:-2], digits[-2:])
        if turned is None or day == turned:
            return day.isoformat() if day else None, ""
        if self._is_near(turned) and (day is None or not self._is_near(day)):
            return turned.isoformat(), _TURNED
        if day is None:
            # Far from the flight, neither order can be trusted; with nothing to judge by, the only one that fits can.
            return (turned.isoformat(), _TURNED) if self._anchor is None else (None, "")
        return day.isoformat(), _EITHER if self._is_near(turned) else ""

    def _date(self, year: str, month: str, day: str) -> dt.date | None:
        try:
            whole = int(year) if len(year) == 4 else nearest_to(self.near)(int(year), int(month), int(day))
            return dt.date(whole, int(month), int(day))
        except ValueError:
            return None

    def _is_near(self, day: dt.date) -> bool:
        return self._anchor is not None and abs(day - self._anchor) <= _NEAR


@lru_cache(maxsize=1 << 12)
def _clock(digits: str) -> str | None:
    if _CLOCK.fullmatch(digits) is None:
        return None
    return f"{digits[:2]}:{digits[2:4]}:{digits[4:]}".rstrip(":")


def is_clock(digits: str) -> bool:
    """True for a time of day, HHMM or HHMMSS."""
    return _clock(digits) is not None
