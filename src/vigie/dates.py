"""Partial dates: how documents, messages and lists give a birth date, as text and as an interval of days.

Text forms (a subset of ISO 8601 / EDTF): `1970`, `1970-06`, `1970-06-01`, and ranges `1970/1975`,
`1970-06/1971-02` with both ends of any precision. Absent is None, never a guess: `1970-00-00` becomes `1970`.
"""

import datetime as dt
import re
from typing import NamedTuple

_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


class Span(NamedTuple):
    """First and last day a partial date may mean, both included; `first <= last`."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """Number of days in the span, at least 1."""
        return (self.last - self.first).days + 1


def span(text: str) -> Span:
    """The interval of days that `text` means.

    Raises ValueError when `text` is none of the forms above, is no day of the calendar, or is a range that ends
    before it begins.
    """
    begin, slash, end = text.partition("/")
    first, last = _whole(begin), _whole(end) if slash else _whole(begin)
    if first.first > last.last:
        raise ValueError("the range ends before it begins")
    return Span(first.first, last.last)


def _whole(part: str) -> Span:
    found = _PART.match(part)
    if found is None:
        raise ValueError("not a partial date: YYYY, YYYY-MM, YYYY-MM-DD or two of them with '/' are expected")
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if day:
        return Span(dt.date(year, month, day), dt.date(year, month, day))
    if found[2]:
        following = dt.date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else dt.date.max
        last = following - dt.timedelta(days=1) if following != dt.date.max else following
        return Span(dt.date(year, month, 1), last)
    return Span(dt.date(year, 1, 1), dt.date(year, 12, 31))


def partial(year: int, month: int = 0, day: int = 0) -> str:
    """Text of a date whose month or day may be unknown (0): partial(1970, 6, 0) is `1970-06`.

    A day without a month is dropped with it. Raises ValueError for a day that is not in the calendar.
    """
    if not month:
        dt.date(year, 1, 1)
        return f"{year:04d}"
    dt.date(year, month, day or 1)
    return f"{year:04d}-{month:02d}-{day:02d}" if day else f"{year:04d}-{month:02d}"


def is_full(text: str) -> bool:
    """True for a single day, `YYYY-MM-DD`."""
    return len(text) == 10 and "/" not in text
