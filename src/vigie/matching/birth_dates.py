"""Birth dates compared: exact, swapped, near, partial, ranged, approximate, several alternatives."""

import datetime as dt
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.dates import Span, span
from vigie.matching import weights
from vigie.records import ListedDate

_APPROXIMATE_YEARS = 2
_FAR_YEARS = 10
_IN_THE_YEAR: Final = ("day_month_swapped", "near_day", "same_month", "same_year", "within_range")
"""What dates of the same year that are not the same day can be worth most."""


class DateEvidence(NamedTuple):
    """The best agreement of a traveller's birth date with the alternatives an entry has."""

    level: str
    millibits: int
    listed: str | None
    """The listed date that agreed best."""


UNKNOWN = DateEvidence("unknown", 0, None)


def compare(traveller: str | None, listed: Sequence[ListedDate]) -> DateEvidence:
    """Evidence of one traveller's birth date against all dates of an entry; `UNKNOWN` when either side has none.

    Several alternatives raise the odds of a chance agreement, so an agreement is charged log2 of their number.
    Dates that are no dates count as absent.
    """
    own = _span(traveller) if traveller else None
    dates = [(date, its) for date in listed if (its := _span(date.date)) is not None]
    if own is None or not dates:
        return UNKNOWN
    best = max(
        (
            DateEvidence(level, _worth(level, own, its), date.date)
            for date, its in dates
            for level in [_level(own, its, date)]
        ),
        key=lambda evidence: evidence.millibits,
    )
    return best._replace(millibits=max(0, best.millibits - charge(listed))) if best.millibits > 0 else best


def charge(listed: Sequence[ListedDate]) -> int:
    """What several alternatives take off an agreement: log2 of their number, at most `weights.MOST_ALTERNATIVES`."""
    dates = {date.date for date in listed if _span(date.date) is not None}
    return min(weights.MOST_ALTERNATIVES, round(1000 * math.log2(len(dates)))) if dates else 0


def compare_one(traveller: str | None, date: str) -> DateEvidence:
    """Evidence against a single date, such as the one an alias carries."""
    return compare(traveller, (ListedDate(date=date),))


class Bound:
    """The most that a birth date can be worth against each of many entries, for all of them at once.

    It is never below `compare` (or `compare_one` with a date of an alias) and close to it: what candidates are
    chosen by. Entries without dates are worth 0.
    """

    def __init__(self, dates: Sequence[Sequence[str]]) -> None:
        spans = [(entry, its) for entry, row in enumerate(dates) for text in row if (its := _span(text)) is not None]
        self._entries = len(dates)
        self._of = np.array([entry for entry, _ in spans], dtype=np.int64)
        self._first = np.array([its.first.toordinal() for _, its in spans], dtype=np.int64)
        self._last = np.array([its.last.toordinal() for _, its in spans], dtype=np.int64)
        self._first_year = np.array([its.first.year for _, its in spans], dtype=np.int64)
        self._last_year = np.array([its.last.year for _, its in spans], dtype=np.int64)
        self._day = np.array([its.first.month * 100 + its.first.day for _, its in spans], dtype=np.int64)

    def millibits(self, traveller: str | None) -> npt.NDArray[np.int64]:
        """One number per entry, in the order given to the constructor."""
        found = np.zeros(self._entries, dtype=np.int64)
        own = _span(traveller) if traveller else None
        if own is None or not len(self._of):
            return found
        worth = self._worth(own)
        dated = np.full(self._entries, -(10**9), dtype=np.int64)
        np.maximum.at(dated, self._of, worth)
        return np.where(dated > -(10**9), dated, found)

    def _worth(self, own: Span) -> npt.NDArray[np.int64]:
        table = weights.BIRTH_DATE
        gap = np.maximum(self._first_year - own.last.year, own.first.year - self._last_year)
        worth = np.full(len(self._of), table["conflict_approximate"], dtype=np.int64)
        worth[gap <= _APPROXIMATE_YEARS] = table["near_approximate"]
        if own.days == 1:
            worth[self._day == own.first.month * 100 + own.first.day] = table["year_digits_swapped"]
            worth[gap <= 1] = max(table["near_day"], table["year_off_by_one"])
        worth[gap <= 0] = max(table[level] for level in _IN_THE_YEAR)
        worth[
            (self._first <= own.first.toordinal()) & (self._last >= own.last.toordinal()) & (self._first == self._last)
        ] = table["same_day"]
        return worth


@lru_cache(maxsize=1 << 16)
def _span(text: str) -> Span | None:
    try:
        return span(text)
    except ValueError:
        return None


def _worth(level: str, own: Span, its: Span) -> int:
    if level != "within_range":
        return weights.BIRTH_DATE[level]
    years = max(its.last.year - its.first.year, own.last.year - own.first.year) + 1
    return max(0, weights.BIRTH_DATE[level] - round(1000 * math.log2(years)))


def _level(own: Span, its: Span, listed: ListedDate) -> str:
    if own.days == 1 and its.days == 1 and not listed.approximate:
        return _days(own.first, its.first)
    if max(own.first, its.first) <= min(own.last, its.last):
        return _overlap(own, its)
    gap = _years_between(own, its)
    if listed.approximate:
        return "near_approximate" if gap <= _APPROXIMATE_YEARS else _far(gap, "conflict_approximate")
    return "next_year" if gap <= 1 else _far(gap, "conflict_year_only")


def _far(gap: int, conflict: str) -> str:
    """A conflict of more than ten years is no clerk's slip and no guess of an age."""
    return "conflict_far" if gap > _FAR_YEARS else conflict


def _overlap(own: Span, its: Span) -> str:
    longer = max(own.days, its.days)
    if longer == 1:
        return "near_day"  # the list says that the day is approximate
    if longer <= 31:
        return "same_month"
    return "same_year" if longer <= 366 else "within_range"


def _years_between(own: Span, its: Span) -> int:
    return own.first.year - its.last.year if own.first > its.last else its.first.year - own.last.year


def _days(own: dt.date, its: dt.date) -> str:
    gap = abs(own.year - its.year)
    if _conventional(own) or _conventional(its):
        return ("same_year", "next_year")[gap] if gap <= 1 else _far(gap, "conflict_year_only")
    if own == its:
        return "same_day"
    if gap == 0:
        return _same_year(own, its)
    if (own.month, own.day) == (its.month, its.day):
        if gap == 1:
            return "year_off_by_one"
        return "year_digits_swapped" if gap == 10 or _turned(own.year) == its.year else _far(gap, "conflict")
    if abs((own - its).days) == 1:
        return "near_day"
    return "next_year_other_day" if gap == 1 else _far(gap, "conflict")


def _same_year(own: dt.date, its: dt.date) -> str:
    if (own.month, own.day) == (its.day, its.month):
        return "day_month_swapped"
    if abs((own - its).days) == 1 or (own.month == its.month and _one_slip(f"{own.day:02}", f"{its.day:02}")):
        return "near_day"
    if own.month == its.month:
        return "same_month_and_year"
    return "same_day_other_month" if own.day == its.day else "same_year_other_day"


def _conventional(date: dt.date) -> bool:
    """The first of January stands for `sometime in this year` in many registers, the last of December in some."""
    return (date.month, date.day) in ((1, 1), (12, 31))


def _turned(year: int) -> int:
    """The year with its last two digits in the other order."""
    return year - year % 100 + year % 10 * 10 + year % 100 // 10


def _one_slip(one: str, other: str) -> bool:
    """One digit replaced, or two neighbours swapped."""
    wrong = [place for place in range(len(one)) if one[place] != other[place]]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and one[wrong[0]] == other[wrong[1]]
        and one[wrong[1]] == other[wrong[0]]
    )
