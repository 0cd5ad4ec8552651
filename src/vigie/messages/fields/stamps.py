"""Dates and times of EDIFACT (DTM, data element 2380 in the form named by 2379), and the rule for missing centuries."""

import datetime as dt
from collections.abc import Callable
from typing import Final, NamedTuple

from vigie.dates import partial

_LAYOUTS: Final = {
    "101": "YYMMDD",
    "102": "CCYYMMDD",
    "201": "YYMMDDHHMM",
    "202": "YYMMDDHHMMSS",
    "203": "CCYYMMDDHHMM",
    "204": "CCYYMMDDHHMMSS",
    "301": "YYMMDDHHMM",
    "303": "CCYYMMDDHHMM",
    "602": "CCYY",
    "610": "CCYYMM",
}
"""Layout by format code 2379; 301 and 303 have a zone behind, which is ignored: the place tells the zone."""
_BY_LENGTH: Final = {6: "YYMMDD", 8: "CCYYMMDD", 10: "YYMMDDHHMM", 12: "CCYYMMDDHHMM", 14: "CCYYMMDDHHMMSS"}
"""Layout when the format is not given or contradicts the digits. Older releases give no format for DTM+329 and 36."""

_MONTHS: Final = frozenset(f"{month:02d}" for month in range(1, 13))
_DAYS: Final = frozenset(f"{day:02d}" for day in range(1, 29))
"""Days that every month has."""

Century = Callable[[int, int, int], int]
"""From a two-digit year, a month and a day (0 = unknown) to the full year."""


class Stamp(NamedTuple):
    """A date as `vigie.dates` writes it, with `T05:40` behind when a time of day was sent."""

    text: str
    century_derived: bool
    fits_format: bool
    """False when the digits are not of the format the sender named and were read by their number."""

    @property
    def date(self) -> str:
        return self.text[:10]


def stamp(digits: str, code: str, century: Century) -> Stamp | None:
    """Reads a date of EDIFACT; zeros for month or day make it partial. None when it is all zeros: not known.

    Raises ValueError for what is no date: letters, a number of digits no format has, a day not in the calendar.
    """
    if len(digits) == 6 and code in ("", "101") and digits.isdigit():
        yy, mm, dd = digits[:2], digits[2:4], digits[4:]
        if mm in _MONTHS and dd in _DAYS and (year := century(int(yy), int(mm), int(dd))) > 0:
            # By far the most dates, and no calendar is needed for them.
            return Stamp(f"{year:04d}-{mm}-{dd}", True, True)
    layout = _LAYOUTS.get(code)
    if layout and code in ("301", "303"):
        digits = digits[: len(layout)]
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("digits are expected")
    if not digits.strip("0"):
        return None
    fits = layout is None or len(layout) == len(digits)
    if layout is None or not fits:
        layout = _BY_LENGTH.get(len(digits))
        if layout is None:
            raise ValueError("6, 8, 10, 12 or 14 digits are expected")
    derived = not layout.startswith("CC")
    width = 2 if derived else 4
    year, month, day = int(digits[:width]), int(digits[width : width + 2] or 0), int(digits[width + 2 : width + 4] or 0)
    if derived:
        year = century(year, month, day)
    time = digits[width + 4 :]
    return Stamp(partial(year, month, day) + (_time(time) if time and month and day else ""), derived, fits)


def _time(digits: str) -> str:
    text = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    dt.time.fromisoformat(text)
    return "T" + text


def not_after(limit: dt.date) -> Century:
    """The rule for birth dates: the latest century in which the date does not lie after `limit`."""

    def century(year: int, month: int, day: int) -> int:
        whole = limit.year - limit.year % 100 + year
        later = (whole, month or 1, day or 1) > (limit.year, limit.month, limit.day)
        return whole - 100 if later else whole

    return century


def nearest_to(reference: dt.date) -> Century:
    """The rule for expiry and travel: the century that brings the date nearest to `reference`, the later on a tie.

    Raises ValueError for a month that is none.
    """

    def century(year: int, month: int, day: int) -> int:
        base = reference.year - reference.year % 100 + year
        if abs(base - reference.year) < 50:
            return base
        years = [year for year in (base + 100, base, base - 100) if dt.MINYEAR <= year <= dt.MAXYEAR]
        ends = {year: dt.date(year, month or 1, min(day or 1, 28)) for year in years}
        return min(ends, key=lambda y: abs(ends[y] - reference))

    return century
