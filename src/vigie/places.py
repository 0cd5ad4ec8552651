"""Where a place is, in time above all: from a location code to its IANA time zone, and from local time to UTC.

Airport zones come from the package airportsdata (MIT licence), zone rules and the zones of countries (`zone.tab`,
public domain) from the pinned package tzdata, so that the answer does not depend on the machine. Ports, stations and
border crossings (UN/LOCODE) have the zone of their country where it has only one.
"""

import datetime as dt
import functools
import io
import re
import unicodedata
from importlib import resources
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

import airportsdata

_FORMS: Final = {16: "%Y-%m-%dT%H:%M", 19: "%Y-%m-%dT%H:%M:%S"}
_LOCODE: Final = re.compile("[A-Z]{2}[A-Z2-9]{3}")
"""UN/LOCODE without its blank: ISO 3166-1 alpha-2 country, then three letters or digits from 2 on."""
_CODE: Final = re.compile(f"[A-Z]{{3}}|{_LOCODE.pattern}")
_EASTERNMOST: Final = dt.timedelta(hours=14)
_WESTERNMOST: Final = dt.timedelta(hours=-12)
"""The offsets from UTC between which every place on land or sea has its clocks."""


class Instant(NamedTuple):
    """A moment in UTC, `2026-11-23T04:40Z`, and whether its local time meant one moment only."""

    utc: str
    local: Literal["exact", "ambiguous", "nonexistent"]


class Window(NamedTuple):
    """The moments in UTC between which something happens, both included. Equal when the moment is known."""

    earliest: dt.datetime
    latest: dt.datetime


def zone(code: str) -> str | None:
    """IANA zone of an airport (IATA code), or of a place (UN/LOCODE) in a country that has one zone only.

    None for a place in a country of several zones, such as ESALG, and for any other code, metropolitan ones (LON, NYC)
    included.
    """
    found = _zones(code)
    return found[0] if len(found) == 1 else None


@functools.lru_cache(maxsize=65536)
def same(one: str, other: str) -> bool | None:
    """Whether two writings are of one place: an airport's code, UN/LOCODE, or the name of its city in any letters.

    None when that is not known: a name that no table has may be any place. Codes that are not of one airport are of
    different places.
    """
    if one.casefold() == other.casefold():
        return True
    mine, theirs = _located(one), _located(other)
    if mine & theirs:
        return True
    return False if (mine and theirs) or (_CODE.fullmatch(one) and _CODE.fullmatch(other)) else None


def is_known(text: str) -> bool:
    """Whether it is an airport's code, a city with an airport, or has the form of a UN/LOCODE of a country there is."""
    return bool(_located(text)) or (_LOCODE.fullmatch(text) is not None and text[:2] in _countries())


def is_located(text: str) -> bool:
    """Whether a table has the place itself: codes of ports and stations are in none."""
    return bool(_located(text))


def _located(text: str) -> frozenset[str]:
    """The airports that a writing names, as country and code; what is like a UN/LOCODE, and in nearly all cases is."""
    found = _cities().get(_plain(text), frozenset[str]())
    airport = _located_airports().get(text)
    if airport is not None:
        return found | {airport}
    return found | {text} if _located_airports().get(text[2:]) == text else found


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


@functools.cache
def _located_airports() -> dict[str, str]:
    return {code: airport["country"] + code for code, airport in airportsdata.load("IATA").items()}


@functools.cache
def _cities() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for code, airport in airportsdata.load("IATA").items():
        if name := _plain(airport["city"]):
            found[name] = found.get(name, frozenset()) | {airport["country"] + code}
    return found


def window(local: str, code: str | None) -> Window | None:
    """When a local time at a place may be, in UTC: `2026-11-23T05:40` with seconds or without, or a whole day.

    A place without a known zone may be in any zone of its country, and without a known country anywhere on earth.
    None for text of another form, or at an end of the calendar.
    """
    whole_day = len(local) == 10
    try:
        first = dt.datetime.fromisoformat(local)
        last = first + dt.timedelta(minutes=24 * 60 - 1) if whole_day else first
        zones = _zones(code or "")
        if not zones:
            return Window((first - _EASTERNMOST).replace(tzinfo=dt.UTC), (last - _WESTERNMOST).replace(tzinfo=dt.UTC))
        return Window(min(_moment(first, name) for name in zones), max(_moment(last, name) for name in zones))
    except (ValueError, OverflowError):
        return None


def _moment(wall: dt.datetime, name: str) -> dt.datetime:
    """The earliest reading, as in `local_to_utc`."""
    return min(wall.replace(tzinfo=_rules(name), fold=fold).astimezone(dt.UTC) for fold in (0, 1))


def _zones(code: str) -> tuple[str, ...]:
    """The zones a place may be in; empty when nothing is known of it."""
    airport = _airports().get(code)
    if airport:
        return (airport,)
    return _countries().get(code[:2], ()) if _LOCODE.fullmatch(code) else ()


@functools.cache
def _countries() -> dict[str, tuple[str, ...]]:
    """Zones by country. `zone.tab` and not `zone1970.tab`, whose zones stand for several countries."""
    found: dict[str, tuple[str, ...]] = {}
    for line in resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), name)
    return found


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


@functools.lru_cache(maxsize=4096)
def utc_to_local(utc: str, name: str) -> str | None:
    """The local time, `2026-11-23T05:40`, of a moment given as `2026-11-23T04:40` (with `Z` or without) in a zone.

    None for text of another form, or at an end of the calendar.
    """
    try:
        moment = dt.datetime.strptime(utc.removesuffix("Z"), _FORMS[16]).replace(tzinfo=dt.UTC)
        return moment.astimezone(_rules(name)).strftime(_FORMS[16])
    except (ValueError, OverflowError):
        return None
