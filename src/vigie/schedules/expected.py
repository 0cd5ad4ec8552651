"""The journeys a unit expects: what timetables and airports' operational data say, in one shape for every format."""

import datetime as dt
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from vigie.records import Leg, Mode, Problem

JourneyStatus = Literal["scheduled", "cancelled", "diverted", "departed", "arrived"]
ScheduleFormat = Literal["SSIM", "AODB", "TIMETABLE"]
MOST_NAMES: Final = 50
"""Code-share numbers, and keys, kept of one journey; no flight is sold under more."""


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """Departure and arrival, each local and in UTC, in the forms of `vigie.records.Leg`."""

    departs: str | None = None
    departs_utc: str | None = None
    arrives: str | None = None
    arrives_utc: str | None = None


class ExpectedJourney(msgspec.Struct, frozen=True, kw_only=True):
    """One movement for which a manifest is due.

    A flight of several legs is several of these: each leg is delayed, cancelled and manifested by itself. `legs` is a
    tuple because it goes where `Journey.legs` goes; all readers here give one leg.
    """

    mode: Mode
    legs: tuple[Leg, ...]
    """Times are the scheduled ones. Carrier and number are as the source sells it, `operating_*` who carries."""
    key: str
    """Stable name of the journey: `air/XY/123/2026-11-23/CMN/LIS` (see `key_of`)."""
    source: ScheduleFormat
    status: JourneyStatus | None = None
    """None: the source does not say (a row with new times only); counts as scheduled."""
    diverted_to: str | None = None
    """Where it went, or goes, instead of its destination."""
    estimated: Times | None = None
    actual: Times | None = None
    marketed_as: tuple[str, ...] = ()
    """Further numbers it is sold under: `ZZ4123`."""
    other_keys: tuple[str, ...] = ()
    """Keys under which later rows named the same journey."""
    sequence: int | None = None
    """Place of the leg in its flight, from 1 (SSIM)."""
    service_type: str | None = None
    """IATA service type as sent (SSIM appendix C): `J` passengers, `F` freight, `P` empty."""
    capacity: int | None = None
    passengers_expected: int | None = None
    crosses_border: bool | None = None
    """Only when the source says so: international or domestic."""


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says of the days `first` to `last`: its journeys by departure, and its problems by line."""

    format: ScheduleFormat | None
    """None when it is no schedule of a known format; `problems` then says why."""
    first: dt.date
    last: dt.date
    journeys: tuple[ExpectedJourney, ...] = ()
    problems: tuple[Problem, ...] = ()
    """`position` is a line number, from 1."""


def key_of(mode: Mode, leg: Leg) -> str:
    """`mode/carrier/number/day/origin/destination` of who carries; what is not known is empty.

    The day is that of the scheduled departure, local; `a2026-11-23` is that of the arrival where only that is known.
    Where there is no number, the time of day stands behind the day: a ferry sails more than once.
    """
    carrier, number = operator(leg)
    when = leg.departs or ("a" + leg.arrives if leg.arrives else "")
    day = when[: 11 if when.startswith("a") else 10] if number else when
    return "/".join((mode, carrier or "", number or "", day, leg.origin or "", leg.destination or ""))


def operator(leg: Leg) -> tuple[str | None, str | None]:
    """Carrier and number of who carries: the operating ones where they are given."""
    if leg.operating_carrier and leg.operating_number:
        return leg.operating_carrier, leg.operating_number
    return leg.carrier, leg.number


def merged(old: ExpectedJourney, new: ExpectedJourney) -> ExpectedJourney:
    """The journey with everything the later source says; what it leaves out stays, and the key stays."""
    keys = dict.fromkeys((*old.other_keys, new.key, *new.other_keys))
    keys.pop(old.key, None)
    (leg, *rest), (other, *_) = old.legs, new.legs
    sold = [f"{each.carrier}{each.number}" for each in (leg, other) if each.number]
    if is_marketing(leg) and not is_marketing(other):
        leg = replace(leg, carrier=other.carrier, number=other.number, number_raw=other.number_raw)
        leg = replace(leg, operating_carrier=None, operating_number=None)
    names = dict.fromkeys((*old.marketed_as, *new.marketed_as, *sold))
    names.pop(f"{leg.carrier}{leg.number}", None)
    return replace(
        old,
        legs=(_retimed(leg, other), *rest),
        status=new.status or old.status,
        diverted_to=new.diverted_to or old.diverted_to,
        estimated=_later(old.estimated, new.estimated),
        actual=_later(old.actual, new.actual),
        marketed_as=tuple(names)[:MOST_NAMES],
        other_keys=tuple(keys)[:MOST_NAMES],
        sequence=old.sequence if new.sequence is None else new.sequence,
        service_type=new.service_type or old.service_type,
        capacity=old.capacity if new.capacity is None else new.capacity,
        passengers_expected=old.passengers_expected if new.passengers_expected is None else new.passengers_expected,
        crosses_border=old.crosses_border if new.crosses_border is None else new.crosses_border,
    )


def is_marketing(leg: Leg) -> bool:
    """True for a leg given under the number of one who sells it and does not carry."""
    return leg.operating_number is not None


def _retimed(old: Leg, new: Leg) -> Leg:
    """The leg at its new times. A time always takes its zone and its UTC with it; a day alone moves no time."""
    if new.departs and not (old.departs or "").startswith(new.departs):
        zone = new.departs_zone or old.departs_zone
        old = replace(old, departs=new.departs, departs_zone=zone, departs_utc=new.departs_utc)
    if new.arrives and not (old.arrives or "").startswith(new.arrives):
        zone = new.arrives_zone or old.arrives_zone
        old = replace(old, arrives=new.arrives, arrives_zone=zone, arrives_utc=new.arrives_utc)
    return replace(old, origin=old.origin or new.origin, destination=old.destination or new.destination)


def _later(old: Times | None, new: Times | None) -> Times | None:
    if old is None or new is None:
        return new or old
    departs, arrives = (new if new.departs else old), (new if new.arrives else old)
    return Times(
        departs=departs.departs,
        departs_utc=departs.departs_utc,
        arrives=arrives.arrives,
        arrives_utc=arrives.arrives_utc,
    )
