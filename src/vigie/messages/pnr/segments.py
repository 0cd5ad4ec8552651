"""Flights and other segments of an itinerary (TVL with TRA and RPI; PNRGOV level 0 and groups 5, 9 and 12)."""

from typing import Literal

import msgspec

from vigie import places
from vigie.messages.edifact.grammar import Segment
from vigie.messages.fields import itinerary
from vigie.messages.findings import Findings
from vigie.messages.pnr.dates import Dates, is_clock
from vigie.records import Leg

_ASSUMED = "arrivals without a date; the day of departure was taken"
_TOO_EARLY = "an arrival without a date that would lie before the departure; it is left empty"


class Flight(msgspec.Struct):
    """A segment while it is read: more comes in TRA, RPI and, before 14.1, in a second TVL."""

    at: int
    carrier: str = ""
    number: str = ""
    origin: str = ""
    destination: str = ""
    departs: str | None = None
    arrives: str | None = None
    arrival_assumed: bool = False
    """The day of arrival was not sent, and is that of departure."""
    kind: Literal["carriage", "surface", "open", "service"] = "carriage"
    service: str | None = None
    operating_carrier: str = ""
    operating_number: str = ""
    booking_class: str = ""
    status: str = ""
    places_booked: int | None = None

    @property
    def number_without_zeros(self) -> str | None:
        return itinerary.flight_number(self.number, self.carrier)[1]

    def is_same(self, other: "Flight") -> bool:
        """True when both name one flight on one day, whoever sells it, and one of its ends."""
        numbers = {(self.carrier, self.number_without_zeros), (self.operating_carrier, self.operating_number)}
        return (
            (other.carrier, other.number_without_zeros) in numbers
            and (self.departs or "")[:10] == (other.departs or "")[:10]
            and (self.origin == other.origin or self.destination == other.destination)
        )

    def name(self) -> str:
        """`ZV412 CMN-VIE 2026-11-23T05:40`, as far as known."""
        flight = f"{self.carrier}{self.number_without_zeros or self.number}"
        way = f"{self.origin}-{self.destination}" if self.origin or self.destination else ""
        return " ".join(filter(None, [flight, way, self.departs]))

    def turn_around(self, pushed: "Flight") -> bool:
        """Puts the numbers of a code share in their places where the sender gave the operating one first.

        The flight the message is about shows it: it is the operating carrier's, and has the first number.
        """
        first = self.number_without_zeros
        turned = (
            bool(self.operating_number)
            and (self.operating_carrier, first) == (pushed.carrier, pushed.number_without_zeros)
            and (self.carrier, self.operating_number) != (pushed.carrier, pushed.number_without_zeros)
            and (self.origin, self.destination) == (pushed.origin, pushed.destination)
        )
        if turned and first:
            self.number, self.operating_number = self.operating_number, first
        return turned

    def leg(self, findings: Findings) -> Leg:
        origin_zone, destination_zone = places.zone(self.origin), places.zone(self.destination)
        departs_utc = itinerary.utc(self.departs, origin_zone, findings, "TVL", self.at)
        arrives_utc = itinerary.utc(self.arrives, destination_zone, findings, "TVL", self.at)
        if self.arrival_assumed and departs_utc and arrives_utc and arrives_utc < departs_utc:
            findings.add("VALUE_INVALID", "TVL", self.at, _TOO_EARLY)
            self.arrives = arrives_utc = None
        return Leg(
            carrier=self.carrier or None,
            number=self.number_without_zeros,
            number_raw=self.carrier + self.number if self.number else None,
            origin=self.origin or None,
            destination=self.destination or None,
            departs=self.departs,
            departs_zone=origin_zone,
            departs_utc=departs_utc,
            arrives=self.arrives,
            arrives_zone=destination_zone,
            arrives_utc=arrives_utc,
            kind=self.kind,
            service=self.service,
            operating_carrier=self.operating_carrier or None,
            operating_number=self.operating_number or None,
            booking_class=self.booking_class or None,
            status=self.status or None,
            places_booked=self.places_booked,
        )


def flight(segment: Segment, dates: Dates, findings: Findings) -> Flight:
    """Reads a TVL: `TVL+231126:0540:231126:0950+CMN+VIE+ZV:KL+0412:B`."""
    departs, arrives, assumed = _times(segment, dates, findings)
    number = segment.value(5).upper()
    carrier = segment.value(4).upper()
    return Flight(
        at=segment.at,
        carrier=carrier,
        number="" if number in ("ARNK", "OPEN") else number,
        origin=segment.value(2).upper(),
        destination=segment.value(3).upper(),
        departs=departs,
        arrives=arrives,
        arrival_assumed=assumed,
        kind=_kind(carrier, number),
        operating_carrier=segment.value(4, 1).upper(),
        booking_class=segment.value(5, 1).upper(),
    )


def _kind(carrier: str, number: str) -> Literal["carriage", "surface", "open"]:
    """ARNK, or nobody who carries: arrival by other means. A carrier, and no flight of it: open."""
    if number == "ARNK" or (not carrier and not number):
        return "surface"
    return "open" if number in ("OPEN", "") else "carriage"


def is_continuation(segment: Segment) -> bool:
    """A second TVL of a code share, before 14.1: `TVL+++++972:M` has a number and nothing else."""
    return (
        segment.value(5).isalnum()
        and segment.value(5).upper() not in ("ARNK", "OPEN")
        and not any(segment.value(element) for element in (1, 2, 3, 4))
    )


def _times(segment: Segment, dates: Dates, findings: Findings) -> tuple[str | None, str | None, bool]:
    """Departure, arrival, and whether its day was assumed: the date is left out (`::1230`) or the time in its place."""
    day, time, other_day, other_time = (segment.value(1, at) for at in range(4))
    departs = dates.moment(day, time, "TVL", segment.at)
    if not other_time and len(other_day) == 4 and is_clock(other_day):
        other_day, other_time = "", other_day
    if other_day or not other_time or departs is None:
        return departs, dates.moment(other_day, other_time, "TVL", segment.at), False
    arrives = dates.moment(day, other_time, "TVL", segment.at)
    if arrives is None or "T" not in arrives:
        return departs, None, False
    findings.count("ARRIVAL_DAY_DERIVED", "TVL", segment.at, _ASSUMED)
    return departs, arrives, True
