"""Dates as people write them in manifests: ISO, day or month first, names of months, parts that are not known.

Whether 03/04/1984 is in March or in April no cell can say by itself. The heading may say it, or several other cells
that agree, or the language of the heading; where nothing does, only the year is known, and that is reported.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from vigie.dates import partial
from vigie.messages.fields.stamps import Century, Stamp
from vigie.messages.manifest.table import meaning

_TIME: Final = re.compile(
    r"[T ]+(?P<hour>\d{1,2})[:hH](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?: ?(?P<offset>Z|UTC|GMT|[+\-−]\d{2}(?::?\d{2})?))?\Z"
)
_ISO: Final = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?\Z")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_NUMBERS: Final = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})\Z")
_MONTH: Final = re.compile(r"(\d{1,2})[/.\-](\d{4})\Z")
_NAMED: Final = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er)?)?[ .\-/]*([^\W\d_]+(?: [^\W\d_]+)?)[ .\-/]*(\d{4}|\d{2})\Z", re.IGNORECASE
)
_NAME_FIRST: Final = re.compile(r"([^\W\d_]+)[ .]+(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\Z", re.IGNORECASE)

_LONGEST: Final = 60
_EARLIEST, _LATEST, _EVER = 1850, 2200, 9999
"""Years of people and documents; beyond them is another calendar, or a slip. 9999 says never."""

Order = bool | None
"""Whether the day comes first in a column; None when nothing shows it."""
_ENOUGH: Final = 2
"""Cells that must agree: one may be a slip of the pen."""


class Told(NamedTuple):
    """What is known of the order of a column."""

    by_format: Order
    """By its heading: `DD/MM/YYYY`."""
    by_language: bool
    """The heading is French or Arabic: who writes so puts the day first."""
    cells: Iterable[str]


def order(columns: Iterable[Told]) -> list[Order]:
    """The order of each column: as its heading has it, else as its cells show, else as those of all columns do."""
    found = [(told.by_format, _evidence(told)) for told in columns]
    everywhere = sum((evidence for _, evidence in found), Counter[bool]())
    return [_decided(told, evidence, everywhere) for told, evidence in found]


def _decided(told: Order, evidence: Counter[bool], everywhere: Counter[bool]) -> Order:
    if told is not None:
        return told
    own = _shown(evidence)
    return _shown(everywhere) if own is None and len(evidence) < 2 else own


def _shown(evidence: Counter[bool]) -> Order:
    """What all of it shows, if it is enough."""
    (first, times), *others = evidence.most_common() or [(True, 0)]
    return first if times >= _ENOUGH and not others else None


def _evidence(told: Told) -> Counter[bool]:
    """How many different cells make sense with the day first (True) and with the month first (False) only."""
    evidence = Counter[bool]({told.by_format: _ENOUGH}) if told.by_format is not None else Counter[bool]()
    if told.by_language:
        evidence[True] += _ENOUGH
    for cell in set(told.cells):
        found = _NUMBERS.match(_digits(cell))
        if found is not None and found[2] != ".":
            first, second = int(found[1]), int(found[3])
            if max(first, second) > 12 >= min(first, second):
                evidence[first > 12] += 1
    return evidence


def is_open(text: str) -> bool:
    """Day and month of a cell could change places, and it would be another day."""
    found = _NUMBERS.match(_digits(text))
    return found is not None and found[2] != "." and found[1] != found[3] and max(int(found[1]), int(found[3])) <= 12


def is_date(text: str) -> bool:
    """The text is a date with its day."""
    if not any(map(str.isdigit, text)):
        return False
    try:
        read = date(text, lambda year, month, day: 2000 + year, True)
    except ValueError:
        return False
    return read is not None and len(read.text) >= 10


def date(text: str, century: Century, day_first: Order = True) -> Stamp | None:
    """Reads a date, as `vigie.messages.fields.stamps.stamp`. Zeros stand for a day or month that is not known.

    Of a date whose order decides, and is not known, only the year is.

    A time of day behind it is left out. Raises ValueError for what is no date.
    """
    text = _digits(text)
    if len(text) > 1 and not any(c not in "0 -/." for c in text):
        return None
    year, month, day = _parts(text, day_first)
    derived = len(year) == 2
    full = century(int(year), month, day) if derived else int(year)
    if not _EARLIEST <= full <= _LATEST and full != _EVER:
        raise ValueError("a year of our time, in the calendar of passports, is expected")
    return Stamp(partial(full, month, day), derived, True)


class Clock(NamedTuple):
    """A time of day, `05:40`, and its difference from UTC where that was sent: `Z`, `+01:00`."""

    time: str
    offset: dt.timedelta | None
    is_utc: bool
    """Sent as a time of UTC, which is that of no place."""


def clock(text: str) -> Clock | None:
    """The time of day of a date that has one, or of a time alone; None when there is none."""
    found = _TIME.search(" " + unicodedata.normalize("NFKC", text).strip()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    try:
        time = dt.time(hour, int(found["minute"])).isoformat("minutes")
    except ValueError:
        return None
    return Clock(time, _offset(found["offset"]), (found["offset"] or "")[:1] in ("Z", "U", "G"))


def _offset(sent: str | None) -> dt.timedelta | None:
    if not sent:
        return None
    digits = "".join(filter(str.isdigit, sent)).ljust(4, "0")
    difference = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return difference if sent[0] not in "-−" else -difference


def _parts(text: str, day_first: Order) -> tuple[str, int, int]:
    """Year as written, month and day, 0 where they are not known."""
    found = _ISO.match(text)
    if found is not None:
        return found[1], int(found[3] or 0), int(found[4] or 0)
    found = _COMPACT.match(text)
    if found is not None:
        return found[1], int(found[2]), int(found[3])
    found = _NUMBERS.match(text)
    if found is not None:
        first, second = int(found[1]), int(found[3])
        if day_first is None and is_open(text):
            return found[4], 0, 0
        # A point stands behind the day in the countries that write one; a number above 12 is no month.
        day_is_first = first > 12 if max(first, second) > 12 else bool(day_first) or found[2] == "."
        day, month = (first, second) if day_is_first else (second, first)
        return found[4], month, day
    found = _MONTH.match(text)
    if found is not None:
        return found[2], int(found[1]), 0
    return _named(text)


def _named(text: str) -> tuple[str, int, int]:
    found = _NAMED.match(text)
    if found is not None and (month := meaning("month", found[2])):
        return found[3], int(month), int(found[1] or 0)
    found = _NAME_FIRST.match(text)
    if found is not None and (month := meaning("month", found[1])):
        return found[3], int(month), int(found[2])
    raise ValueError("a date such as 2026-11-23, 23/11/2026 or 23NOV26 is expected")


def _digits(text: str) -> str:
    """The text with European digits and without a time of day; longer ones than any date are none."""
    if len(text) > _LONGEST:
        return "-"
    return _TIME.sub("", unicodedata.normalize("NFKC", "".join(_digit(c) for c in text)).strip())


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))
