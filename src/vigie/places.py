"""Where a place is in time: from a location code to its IANA time zone, and from local time to UTC.

Airport zones come from the package airportsdata (MIT licence), zone rules from the pinned package tzdata, so that the
answer does not depend on the machine. Ports, stations and border crossings (UN/LOCODE) have no zone yet.
"""

import datetime as dt
import functools
import io
from importlib import resources
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

import airportsdata

_FORMS: Final = {16: "%Y-%m-%dT%H:%M", 19: "%Y-%m-%dT%H:%M:%S"}


class Instant(NamedTuple):
    """A moment in UTC, `2026-11-23T04:40Z`, and whether its local time meant one moment only."""

    utc: str
    local: Literal["exact", "ambiguous", "nonexistent"]


def zone(code: str) -> str | None:
    """IANA zone of an airport by its IATA code; None for any other code, metropolitan ones (LON, NYC) included."""
    return _airports().get(code)


@functools.cache
def _airports() -> dict[str, str]:
    return {code: airport["tz"] for code, airport in airportsdata.load("IATA").items() if airport["tz"]}


@functools.cache
def _rules(name: str) -> ZoneInfo:
    area, _, city = name.rpartition("/")
    package = ".".join(["tzdata", "zoneinfo", *filter(None, area.split("/"))])
    return ZoneInfo.from_file(io.BytesIO(resources.files(package).joinpath(city).read_bytes()), name)


@functools.lru_cache(maxsize=4096)
def local_to_utc(local: str, name: str) -> Instant | None:
    """The moment of a local time, `2026-11-23T05:40` with seconds or without, in an IANA zone.

    When clocks are turned back a time comes twice, when they are turned forward it does not exist: then the earliest
    reading is given and `local` says so. None for a date without time of day, or at an end of the calendar.
    """
    form = _FORMS.get(len(local))
    if form is None:
        return None
    wall = dt.datetime.strptime(local, form).replace(tzinfo=_rules(name))
    try:
        readings = [wall.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
    except OverflowError:
        return None
    kind: Literal["exact", "ambiguous", "nonexistent"] = "exact"
    if readings[0] != readings[1]:
        kind = "ambiguous" if readings[0] < readings[1] else "nonexistent"
    return Instant(min(readings).strftime(form) + "Z", kind)
