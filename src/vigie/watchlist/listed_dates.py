"""Birth dates as lists write them in English text: `circa 1951`, `Sep 1938`, `01 Jan 1964 to 31 Dec 1964`."""

import datetime as dt
import re
from typing import Final

from vigie import dates
from vigie.records import ListedDate

_MONTHS: Final = "january february march april may june july august september october november december".split()
_ABOUT: Final = re.compile(r"^(?:circa|approximately|approx\.?|about|around|ca?\.)\s*", re.IGNORECASE)
_RANGES: Final = (
    re.compile(r"between\s+(.+?)\s+and\s+(.+)", re.IGNORECASE),
    re.compile(r"(.+?)(?:\s+to\s+|\s+[-–]\s+|\s*/\s*)(.+)"),
    re.compile(r"(\d{4})[-–](\d{4})"),
)
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ENGLISH: Final = re.compile(r"(?:(\d{1,2})\s*)?([A-Za-z]{3,9})\.?\s*(\d{4})?")
_HIJRI: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(1[34]\d{2}) \(Hijri calendar\)", re.IGNORECASE)

DATE: Final = r"(?:\d{1,2}\s+)?(?:[A-Z][a-z]{2,8}\.?\s*)?\d{4}"
"""Pattern of a day, month or year in English, to look for inside a text; `read_date` takes what it finds."""


def read_date(text: str) -> ListedDate | None:
    """The partial date or range that `text` means; None when it is none (`30-35 years old`) or not in the calendar.

    Accepted are ISO forms, English ones (`20 Apr 1970`, `Nov. 1973`), ranges with `to`, `-`, `/` or `between ... and`,
    any of them after `circa` or the like, and a day of the Hijri calendar when the text says so.
    """
    text = " ".join(text.split())
    bare = _ABOUT.sub("", text)
    if hijri := _HIJRI.fullmatch(bare):
        return _from_hijri(int(hijri[1]), int(hijri[2]), int(hijri[3]))
    found = _range(bare) or _single(bare)
    return ListedDate(date=found, approximate=bare != text) if found and _valid(found) else None


def _range(text: str) -> str | None:
    for pattern in _RANGES:
        if found := pattern.fullmatch(text):
            last = _single(found[2])
            first = last and _single(found[1], year=last[:4])
            return f"{first}/{last}" if first else None
    return None


def _single(text: str, year: str = "") -> str | None:
    if iso := _ISO.fullmatch(text):
        return _partial(iso[1], int(iso[2] or 0), iso[3])
    english = _ENGLISH.fullmatch(text)
    if english is None or not (english[3] or year):
        return None
    month = _month(english[2])
    return _partial(english[3] or year, month, english[1]) if month else None


def _month(word: str) -> int:
    """1 to 12 for a month's English name or its beginning, else 0."""
    word = "sep" if word.lower() == "sept" else word.lower()
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)


def _partial(year: str, month: int, day: str | None) -> str | None:
    try:
        return dates.partial(int(year), month, int(day or 0))
    except ValueError:
        return None


def _valid(text: str) -> bool:
    try:
        dates.span(text)
    except ValueError:
        return False
    return True


def _from_hijri(day: int, month: int, year: int) -> ListedDate | None:
    """The day by the tabular (civil) calendar, give or take one day: months begin with a moon sighted or calculated."""
    if not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    ordinal = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + 227014
    first, last = (dt.date.fromordinal(ordinal + off).isoformat() for off in (-1, 1))
    return ListedDate(date=f"{first}/{last}", approximate=True)
