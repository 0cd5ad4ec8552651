"""From the places and times of a conveyance, in whatever order a sender gives them, to legs in order of travel."""

import functools
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

from vigie import places
from vigie.messages.findings import Findings
from vigie.records import Journey, Leg, Mode

BORDER_DEPARTURE, BORDER_ARRIVAL, ROUTING, DESTINATION = "125", "87", "92", "130"
DEPARTURE, ARRIVAL = "189", "232"
_DESIGNATED: Final = re.compile(r"([A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3})[ -]?(\d{1,5}[A-Z]?)\Z")
"""IATA's two characters, or ICAO's three letters, and a number with an operational suffix."""
_NUMBER: Final = re.compile(r"[ -]?(\d{1,8}[A-Z]?)\Z")


class Stop:
    """A place the conveyance comes to. Times are local, as `vigie.records.Leg` gives them."""

    __slots__ = ("arrives", "at", "departs", "place", "qualifier", "through")

    def __init__(self, qualifier: str, place: str, at: int) -> None:
        self.qualifier, self.place, self.at = qualifier, place, at
        self.arrives: str | None = None
        self.departs: str | None = None
        self.through = False
        """The format says that the conveyance goes on from here, whichever times it gives."""

    @property
    def begins(self) -> bool:
        """Nothing leads here: only a departure is known."""
        return not self.arrives if self.departs else not self.arrives and self.qualifier == BORDER_DEPARTURE

    @property
    def ends(self) -> bool:
        """Nothing leads on from here: only an arrival is known."""
        if self.arrives or self.departs:
            return not self.departs and not self.through
        return self.qualifier in (BORDER_ARRIVAL, DESTINATION)


class Conveyance:
    """One flight, ship, train or coach (TDT) with its stops."""

    __slots__ = ("carrier", "declared", "early", "mode", "number", "number_raw", "stops")

    def __init__(self, mode: Mode | None, carrier: str | None, number_raw: str | None, declared: bool = True) -> None:
        self.mode, self.number_raw, self.declared = mode, number_raw, declared
        self.carrier, self.number = flight_number(number_raw or "", carrier or "", mode or "air")
        self.stops: list[Stop] = []
        self.early: dict[str, str] = {}
        """Times that came before any place."""

    def same_as(self, other: "Conveyance") -> bool:
        """True for a TDT that repeats the one before it, for a further pair of places."""
        return bool(self.number_raw) and (self.carrier, self.number_raw) == (other.carrier, other.number_raw)


@functools.lru_cache(maxsize=4096)
def flight_number(raw: str, carrier: str, mode: Mode = "air") -> tuple[str | None, str | None]:
    """Carrier and number (digits without leading zeros, suffix kept) of `UA0989`; the carrier given beside it wins.

    Both are None where they cannot be told: `UAMCL` of a master crew list has no number.
    """
    text, carrier = raw.strip().upper(), carrier.strip().upper()
    number = _NUMBER.match(text, len(carrier) if text.startswith(carrier) else 0)
    designated = _DESIGNATED.match(text) if number is None and mode == "air" else None
    digits = number[1] if number else designated[2] if designated else ""
    return carrier or (designated[1] if designated else None), _without_zeros(digits) or None


def _without_zeros(digits: str) -> str:
    return re.sub(r"^0+(?=\d)", "", digits)


class Itinerary:
    """Collects what TDT, LOC and DTM say of the journey of one message."""

    def __init__(self) -> None:
        self.conveyances: list[Conveyance] = []

    def conveyance(self, mode: Mode | None, carrier: str | None, number_raw: str | None) -> None:
        """A TDT. It also takes the places that came before the first of them."""
        new = Conveyance(mode, carrier, number_raw)
        last = self.conveyances[-1] if self.conveyances else None
        if last is not None and not last.declared:
            new.stops, new.early = last.stops, last.early
            self.conveyances[-1] = new
        elif last is None or not new.same_as(last):
            self.conveyances.append(new)

    def stop(self, qualifier: str, place: str, at: int, through: bool = False) -> None:
        current = self._current()
        stop = Stop(qualifier, place, at)
        stop.through = through
        stop.departs = current.early.pop(DEPARTURE, None)
        stop.arrives = current.early.pop(ARRIVAL, None)
        current.stops.append(stop)

    def time(self, qualifier: str, local: str) -> None:
        """A departure (189) or arrival (232), which belongs to the last place unless the order says otherwise."""
        current = self._current()
        if not current.stops:
            current.early[qualifier] = local
        elif qualifier == DEPARTURE:
            current.stops[-1].departs = local
        else:
            current.stops[-1].arrives = local

    def _current(self) -> Conveyance:
        if not self.conveyances:
            self.conveyances.append(Conveyance(None, None, None, declared=False))
        return self.conveyances[-1]

    def journeys(self, findings: Findings) -> tuple[Journey, ...]:
        """The one journey of the message, or none when it names no conveyance."""
        legs = [leg for conveyance in self.conveyances for leg in _legs(conveyance, findings)]
        modes = [conveyance.mode for conveyance in self.conveyances if conveyance.mode]
        if not legs:
            return ()
        return (Journey(mode=modes[0] if modes else "air", legs=tuple(_in_order(_once(legs)))),)


def _once(legs: list[Leg]) -> list[Leg]:
    """Without repetitions. A leg that is sent among all (92) and again as the one over the border (125, 87) is one."""
    found: dict[Leg, Leg] = {}
    for leg in legs:
        key = msgspec.structs.replace(leg, border=False)
        found[key] = leg if leg.border else found.get(key, leg)
    return list(found.values())


def _in_order(legs: list[Leg]) -> list[Leg]:
    """By departure where all legs have one, in UTC if all have that; otherwise as sent."""
    if all(leg.departs_utc for leg in legs):
        return sorted(legs, key=lambda leg: leg.departs_utc or "")
    if all(leg.departs for leg in legs):
        return sorted(legs, key=lambda leg: leg.departs or "")
    return legs


def _legs(conveyance: Conveyance, findings: Findings) -> Iterator[Leg]:
    stops = conveyance.stops
    _settle(stops)
    pairs = [(a, b) for a, b in pairwise(stops) if a.place != b.place and not a.ends and not b.begins]
    used = {id(stop) for pair in pairs for stop in pair}
    if not pairs:
        first = next((stop for stop in stops if not stop.ends), None)
        last = next((stop for stop in stops if stop.ends), None)
        used = {id(first), id(last)}
        yield _leg(conveyance, first, last, findings)
    for origin, destination in pairs:
        yield _leg(conveyance, origin, destination, findings)
    for stop in stops:
        if id(stop) not in used and stop.qualifier != DESTINATION:
            says = "a place of the journey that no leg leads to or from: its time or its counterpart is missing"
            findings.add("LEG_INCOMPLETE", "LOC", stop.at, says)


def _settle(stops: list[Stop]) -> None:
    """Moves times that were sent beside the other place of a pair: LOC, LOC, DTM, DTM or LOC, DTM, DTM, LOC.

    A first place with an arrival after its departure, or a last with a departure before its arrival, shows it. The
    border leg is 125 to 87, so an 87 without a 125 before it changes places with one behind it.
    """
    if len(stops) < 2:
        return
    for at in range(len(stops) - 1):
        departed = at > 0 and stops[at - 1].qualifier == BORDER_DEPARTURE
        turned = (stops[at].qualifier, stops[at + 1].qualifier) == (BORDER_ARRIVAL, BORDER_DEPARTURE)
        if turned and not departed:
            stops[at], stops[at + 1] = stops[at + 1], stops[at]
    first, second, before, last = stops[0], stops[1], stops[-2], stops[-1]
    if first.arrives and not second.arrives and not (first.departs and first.arrives <= first.departs):
        first.arrives, second.arrives = None, first.arrives
    if last.departs and not before.departs and not (last.arrives and last.arrives <= last.departs):
        last.departs, before.departs = None, last.departs


def _leg(conveyance: Conveyance, origin: Stop | None, destination: Stop | None, findings: Findings) -> Leg:
    departs = origin.departs if origin else None
    arrives = destination.arrives if destination else None
    departs_zone = places.zone(origin.place) if origin else None
    arrives_zone = places.zone(destination.place) if destination else None
    ends = origin.qualifier if origin else "", destination.qualifier if destination else ""
    return Leg(
        carrier=conveyance.carrier,
        number=conveyance.number,
        number_raw=conveyance.number_raw,
        origin=origin.place if origin else None,
        destination=destination.place if destination else None,
        departs=departs,
        departs_zone=departs_zone,
        departs_utc=utc(departs, departs_zone, findings, "DTM", origin.at if origin else None),
        arrives=arrives,
        arrives_zone=arrives_zone,
        arrives_utc=utc(arrives, arrives_zone, findings, "DTM", destination.at if destination else None),
        border=ends == (BORDER_DEPARTURE, BORDER_ARRIVAL),
    )


def utc(local: str | None, zone: str | None, findings: Findings, segment: str, at: int | None) -> str | None:
    """The moment of a local time; None without zone or time of day. Says when the clocks of the place change then."""
    if local and not zone and len(local) > len("2026-11-23"):
        says = "times at places whose zone is not known: they stay local, and in an order their earliest reading counts"
        findings.count("TIME_LOCAL_ONLY", segment, at, says)
    instant = places.local_to_utc(local, zone) if local and zone else None
    if instant is None:
        return None
    if instant.local != "exact":
        code = "TIME_AMBIGUOUS" if instant.local == "ambiguous" else "TIME_NONEXISTENT"
        says = "the clocks of the place change at this local time; its earliest reading in UTC is given"
        findings.add(code, segment, at, says)
    return instant.utc
