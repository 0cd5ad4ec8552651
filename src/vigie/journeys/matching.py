"""Which expected journey a received message is about, although the two are written differently.

Numbers agree without leading zeros; an operational suffix may be missing on one side; a flight may be named by any
number it is sold under. The day may be that of the scheduled, estimated or actual departure, local or in UTC. The
destination may be the one it was diverted to. Nothing else is tolerated: a message on another day is another journey.
Places are compared as places: `Catania`, ITCTA and CTA are one, and a name that no table has contradicts nothing.
Other than in the air, where numbers are often missing, carrier, both places and the exact time stand for the number.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from typing import Final, Literal, NamedTuple

import msgspec

from vigie import places
from vigie.records import Leg, Mode
from vigie.schedules.expected import ExpectedJourney, key_of

MOST_CANDIDATES: Final = 200
"""Expected journeys of one number and day that are looked at: more than any flight has legs."""


class _Rank(NamedTuple):
    """How well an expected and a received journey fit; smaller is better."""

    differs: bool
    """The day is the same and the time of day is not."""
    time: int
    """Which of the journey's times it is: scheduled, estimated, actual, local before UTC."""
    places: int
    suffix: int

    @property
    def exact(self) -> bool:
        return not self.differs


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Messages of one kind that came for one leg; nothing here tells of a person.

    Best is one of these for each function: only then is the time of each known.
    """

    kind: Literal["API", "PNR"]
    mode: Mode | None = None
    carrier: str | None = None
    number: str | None = None
    """Digits with suffix, leading zeros or not."""
    departs: str | None = None
    """As `Leg.departs`: `2026-11-23T05:40`, or the day."""
    arrives: str | None = None
    """Looked at where there is no `departs`."""
    origin: str | None = None
    destination: str | None = None
    first_at: dt.datetime
    """When the first message came, with zone."""
    last_at: dt.datetime
    functions: frozenset[str] = frozenset()
    """As `Message.function`. A manifest has none: `MANIFEST` stands for it, `MANIFEST_CREW` where it has crew only."""
    travellers: int = 0
    problems: int = 0
    """Problems of severity `error`."""
    speaks: bool = True
    """Whether the sender speaks for the carrier. Of others the carrier is told nothing, and nothing is fulfilled."""

    @property
    def key(self) -> str:
        """As `ExpectedJourney.key`, of what was sent."""
        number = _without_zeros(self.number or "") or None
        leg = Leg(
            carrier=self.carrier,
            number=number,
            origin=self.origin,
            destination=self.destination,
            departs=self.departs,
            arrives=self.arrives,
        )
        return key_of(self.mode or "air", leg)


class ExpectedIndex:
    """Expected journeys by number and day."""

    def __init__(self, journeys: Sequence[ExpectedJourney]) -> None:
        self._journeys = journeys
        self._by_name: dict[tuple[str, str], dict[int, None]] = {}
        for at, journey in enumerate(journeys):
            days = {when[:10] for when in (*_departures(journey), *_arrivals(journey))}
            for name in {*_names(journey)}:
                for day in days:
                    self._by_name.setdefault((name, day), {})[at] = None

    def best(self, received: Received) -> int | None:
        """Place of the journey that fits best; the first of several that fit alike. None when none fits."""
        if not received.departs and not received.arrives:
            return None
        if received.number:
            ranked = self._ranked(_name(received.carrier, received.number), received)
            if ranked:
                return min(ranked)[1]
        if received.mode in (None, "air"):
            return None
        without = self._ranked(_name(received.carrier, None), received)
        unnumbered = [
            (rank, at) for rank, at in without if not received.number or not self._journeys[at].legs[0].number
        ]
        certain = [(rank, at) for rank, at in unnumbered if rank.exact and not rank.places]
        return min(certain)[1] if certain else None

    def _ranked(self, name: str, received: Received) -> list[tuple[_Rank, int]]:
        day = (received.departs or received.arrives or "")[:10]
        named = islice(self._by_name.get((name, day), ()), MOST_CANDIDATES)
        return [(rank, at) for at in named if (rank := _rank(self._journeys[at], received))]


def _names(journey: ExpectedJourney) -> Iterator[str]:
    """Every carrier and number the journey may be named by, without suffix."""
    for leg in journey.legs:
        yield _name(leg.carrier, leg.number)
        if leg.operating_number:
            yield _name(leg.operating_carrier, leg.operating_number)
        if journey.mode != "air":
            yield _name(leg.carrier, None)
    yield from (_without_suffix(sold_as) for sold_as in journey.marketed_as)


def _name(carrier: str | None, number: str | None) -> str:
    """Carrier and number in one word: `XY123` of XY and 0123A."""
    return (carrier or "").upper() + _without_suffix(_without_zeros(number or ""))


def _without_zeros(number: str) -> str:
    return number.upper().lstrip("0") or number


def _without_suffix(number: str) -> str:
    return re.sub(r"(?<=[0-9])[A-Z]\Z", "", number)


def _departures(journey: ExpectedJourney) -> Iterator[str]:
    """Times at which it may be said to depart, the likeliest first: scheduled, estimated, actual, local before UTC."""
    sources = [journey.legs[0], journey.estimated, journey.actual]
    yield from (times.departs for times in sources if times and times.departs)
    yield from (times.departs_utc.removesuffix("Z") for times in sources if times and times.departs_utc)


def _arrivals(journey: ExpectedJourney) -> Iterator[str]:
    sources = [journey.legs[-1], journey.estimated, journey.actual]
    yield from (times.arrives for times in sources if times and times.arrives)
    yield from (times.arrives_utc.removesuffix("Z") for times in sources if times and times.arrives_utc)


def _rank(journey: ExpectedJourney, received: Received) -> _Rank | None:
    """None when they contradict each other."""
    if received.mode and received.mode != journey.mode:
        return None
    place = _places(journey, received)
    time = _time(journey, received)
    if place is None or time is None:
        return None
    same_number = any(_without_zeros(received.number or "") == leg.number for leg in journey.legs)
    return _Rank(*time, place, 0 if same_number else 1)


def _time(journey: ExpectedJourney, received: Received) -> tuple[bool, int] | None:
    """Whether not even the time of day differs, and which of the journey's times it is."""
    when = received.departs or received.arrives or ""
    known = [*(_departures(journey) if received.departs else _arrivals(journey))]
    exact = [at for at, other in enumerate(known) if len(when) >= 16 and other[:16] == when[:16]]
    days = [at for at, other in enumerate(known) if other[:10] == when[:10]]
    if exact:
        return False, exact[0]
    return (True, days[0]) if days else None


def _places(journey: ExpectedJourney, received: Received) -> int | None:
    """0 when both places agree, 1 when one is not known, 2 for the place it was diverted to."""
    origin = _agrees(received.origin, {leg.origin for leg in journey.legs})
    destination = _agrees(received.destination, {leg.destination for leg in journey.legs})
    if origin is False:
        return None
    if destination is False:
        return 2 if _agrees(received.destination, {journey.diverted_to}) else None
    return int(origin is None or destination is None)


def _agrees(place: str | None, known: Set[str | None]) -> bool | None:
    """Whether a place is one of those known; None where one of them is not told, or is a name that may be any place."""
    if not place or None in known:
        return None
    found = {places.same(place, other) for other in known if other}
    return True if True in found else None if None in found else False
