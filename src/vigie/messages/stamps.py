"""Dates and times of EDIFACT (DTM, data element 2380 in the form named by 2379), and the rule for missing centuries."""

import datetime as dt
from collections.abc import Callable
from typing import Final, NamedTuple

from vigie.dates import partial

_LAYOUTS: Final = {
    "101": "yMD",
    "102": "YMD",
    "201": "yMDhm",
    "202": "yMDhms",
    "203": "YMDhm",
    "204": "YMDhms",
    "301": "yMDhm",
    "303": "YMDhm",
    "602": "Y",
    "610": "YM",
}
"""Layout by format code 2379; 301 and 303 carry a zone behind, which no sender fills reliably and which is ignored."""
_WIDTHS: Final = {"Y": 4}
_LENGTHS: Final = {layout: sum(_WIDTHS.get(part, 2) for part in layout) for layout in set(_LAYOUTS.values())}
_BY_LENGTH: Final = {6: "yMD", 8: "YMD", 10: "yMDhm", 12: "YMDhm", 14: "YMDhms"}
"""Layout when the format is not given or contradicts the digits. Older releases give no format for DTM+329 and 36."""

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
    layout = _LAYOUTS.get(code)
    if layout and code in ("301", "303"):
        digits = digits[: _LENGTHS[layout]]
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("digits are expected")
    if not digits.strip("0"):
        return None
    fits = layout is None or _LENGTHS[layout] == len(digits)
    if layout is None or not fits:
        if len(digits) not in _BY_LENGTH:
            raise ValueError("6, 8, 10, 12 or 14 digits are expected")
        layout = _BY_LENGTH[len(digits)]
    part = _parts(digits, layout)
    month, day = part.get("M", 0), part.get("D", 0)
    year = part["Y"] if "Y" in part else century(part["y"], month, day)
    return Stamp(partial(year, month, day) + _time(part), "y" in part, fits)


def _parts(digits: str, layout: str) -> dict[str, int]:
    parts, at = {}, 0
    for name in layout:
        width = _WIDTHS.get(name, 2)
        parts[name] = int(digits[at : at + width])
        at += width
    return parts


def _time(part: dict[str, int]) -> str:
    if "h" not in part or not part["D"]:
        return ""
    seconds = part.get("s", 0)
    dt.time(part["h"], part["m"], seconds)
    return f"T{part['h']:02d}:{part['m']:02d}" + (f":{seconds:02d}" if "s" in part else "")


def not_after(limit: dt.date) -> Century:
    """The rule for birth dates: the latest century in which the date does not lie after `limit`."""

    def century(year: int, month: int, day: int) -> int:
        whole = limit.year - limit.year % 100 + year
        later = (whole, month or 1, day or 1) > (limit.year, limit.month, limit.day)
        return whole - 100 if later else whole

    return century


def nearest_to(reference: dt.date) -> Century:
    """The rule for expiry and travel: the century that brings the date nearest to `reference`, the later on a tie."""

    def century(year: int, month: int, day: int) -> int:
        base = reference.year - reference.year % 100 + year
        target = reference.year * 372 + reference.month * 31 + reference.day
        return min((base + 100, base, base - 100), key=lambda y: abs(y * 372 + (month or 1) * 31 + (day or 1) - target))

    return century
