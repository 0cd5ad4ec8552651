"""Operational data of an airport (AODB) as CSV: one row for each movement, with its times and its status.

Headings in English or French (columns.tsv). A movement is named by both places, or by the airport, the other
airport and the direction. Times are local to the place they are of, unless the cell or its heading says otherwise.
"""

import datetime as dt
import re
from typing import Final, NamedTuple, cast

from vigie import places
from vigie.messages.fields.itinerary import flight_number
from vigie.records import Leg
from vigie.schedules.expected import MOST_NAMES, ExpectedJourney, JourneyStatus, Schedule, Times, key_of
from vigie.schedules.lines import Collector, Days, decoded, moved
from vigie.schedules.tables import Row, columns, meaning, rows, whole, written

_DAYS: Final = [dt.timedelta(days=by) for by in (-1, 0, 1)]
_SCHEDULED: Final = frozenset(["scheduled", "scheduled_departure", "scheduled_arrival"])
_DESIGNATORS: Final = re.compile(
    r"(?<![A-Z0-9])(?:[A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3}) ?[0-9]{1,5}[A-Z]?(?![A-Z0-9])", re.ASCII
)
_BORDER: Final = {"yes": True, "no": False}


def recognises(header: str) -> bool:
    """True when the heading line has a flight and a scheduled time."""
    fields = {column.field for column in columns(header, "AODB") if column}
    return bool(fields & {"flight", "number"}) and bool(fields & _SCHEDULED)


def read(data: bytes, as_of: dt.date, first: dt.date, last: dt.date) -> Schedule:
    """The movements whose scheduled departure (or arrival, where no departure is given) is on `first` to `last`.

    `as_of` is not needed: years have four digits. Never raises on content; raises ValueError for days that are none or
    more than 400.
    """
    out = Collector("AODB", Days.checked(first, last))
    text, converted = decoded(data)
    if converted:
        out.findings.add("CHARACTER_SET", None, None, "the table is no UTF-8 and was read in Windows-1252")
    for row in rows(out, text, "AODB"):
        journey = _Movement(row, out).journey()
        if journey is not None:
            leg = journey.legs[0]
            day = dt.date.fromisoformat((leg.departs or leg.arrives or "")[:10])
            out.cover(day, day)
            out.add(journey, row.line)
    return out.schedule()


class _Moment(NamedTuple):
    local: str | None
    utc: str | None


_NEVER: Final = _Moment(None, None)


class _Movement:
    """One row, as far as it has been understood."""

    def __init__(self, row: Row, out: Collector) -> None:
        self._row, self._out = row, out
        self._direction = self._word("direction")
        airport, other = self._place("airport"), self._place("other")
        arrives = self._direction == "arrival"
        departs = self._direction == "departure"
        self._origin = self._place("origin") or (other if arrives else airport if departs else None)
        self._destination = self._place("destination") or (airport if arrives else other if departs else None)

    def journey(self) -> ExpectedJourney | None:
        """None, and said, when the row does not say when the movement is."""
        departs, arrives = self._scheduled("departure"), self._scheduled("arrival")
        if not departs.local and not arrives.local:
            says = "a movement without scheduled time, or with one and no direction; left out"
            self._out.findings.add("LINE_LEFT_OUT", "scheduled", self._row.line, says)
            return None
        leg = self._leg(departs, arrives)
        if not leg.number_raw:
            says = "movements without flight number; they are told apart by their times"
            self._out.findings.count("LEG_INCOMPLETE", "flight", self._row.line, says)
        return ExpectedJourney(
            mode="air",
            legs=(leg,),
            key=key_of("air", leg),
            source="AODB",
            status=cast("JourneyStatus | None", self._word("status")),
            diverted_to=self._place("diverted_to"),
            estimated=self._times("estimated", departs, arrives),
            actual=self._times("actual", departs, arrives),
            marketed_as=self._marketed_as(),
            service_type=self._service_type(),
            capacity=self._number("capacity"),
            passengers_expected=self._number("passengers"),
            crosses_border=_BORDER.get(self._word("border") or ""),
        )

    def _leg(self, departs: _Moment, arrives: _Moment) -> Leg:
        row = self._row
        sent = row.get("flight") or row.get("carrier") + row.get("number")
        carrier, number = flight_number(sent.replace(" ", ""), row.get("carrier"))
        return Leg(
            carrier=carrier,
            number=number,
            number_raw=sent or None,
            origin=self._origin,
            destination=self._destination,
            departs=departs.local,
            departs_zone=places.zone(self._origin) if self._origin else None,
            departs_utc=departs.utc,
            arrives=arrives.local,
            arrives_zone=places.zone(self._destination) if self._destination else None,
            arrives_utc=arrives.utc,
        )

    def _word(self, field: str) -> str | None:
        text = self._row.get(field)
        found = meaning(field, text) if text else None
        if text and found is None:
            says = "words or codes that are not known here; read as not given"
            self._out.findings.count("UNKNOWN_CODE", field, self._row.line, says)
        return found

    def _place(self, field: str) -> str | None:
        return self._row.get(field).upper() or None

    def _service_type(self) -> str | None:
        """Only the standard's letter: airports have words of their own for it."""
        text = self._row.get("service_type").upper()
        return text if len(text) == 1 and "A" <= text <= "Z" else None

    def _number(self, field: str) -> int | None:
        text = self._row.get(field)
        if text and whole(text) is None:
            self._out.findings.add("BAD_NUMBER", field, self._row.line, "a number of persons that is none; left out")
        return whole(text)

    def _marketed_as(self) -> tuple[str, ...]:
        texts = _DESIGNATORS.findall(self._row.get("marketed_as").upper())
        found = (flight_number(text.replace(" ", ""), "") for text in texts)
        return tuple(dict.fromkeys(f"{carrier}{number}" for carrier, number in found if carrier and number))[
            :MOST_NAMES
        ]

    def _scheduled(self, end: str) -> _Moment:
        return self._moment("scheduled", end, None)

    def _times(self, kind: str, departs: _Moment, arrives: _Moment) -> Times | None:
        off, on = self._moment(kind, "departure", departs.local), self._moment(kind, "arrival", arrives.local)
        if not off.local and not on.local:
            return None
        return Times(departs=off.local, departs_utc=off.utc, arrives=on.local, arrives_utc=on.utc)

    def _moment(self, kind: str, end: str, near: str | None) -> _Moment:
        """A time of the departure or the arrival, under its own heading or under that of the row's direction."""
        field = f"{kind}_{end}"
        if field not in self._row.cells:
            field = kind
        text = self._row.get(field)
        if not text or (field == kind and self._direction != end):
            return _NEVER
        found = written(text, field in self._row.in_utc)
        day = found and (found.day or (self._day(end) if kind == "scheduled" else None))
        if found is None or (day is None and (found.time is None or not near or len(near) < 16)):
            says = "a time that is no date and time (2026-11-23T05:40, 23/11/2026 05:40), or has no day; left out"
            self._out.findings.add("BAD_DATE", field, self._row.line, says)
            return _NEVER
        place = self._origin if end == "departure" else self._destination
        if day is None and near and found.time:
            return self._nearest(found.time, found.offset, near, place, field)
        return self._at(f"{day}T{found.time}" if found.time else f"{day}", found.offset, place, field)

    def _day(self, end: str) -> str | None:
        """The row's date is that of the movement at the airport: of the departure unless the row is an arrival."""
        if (self._direction or "departure") != end:
            return None
        found = written(self._row.get("date"))
        return found.day if found else None

    def _nearest(self, time: str, offset: dt.timedelta | None, near: str, place: str | None, field: str) -> _Moment:
        """A time of day without a day: the one nearest to the schedule."""
        says = "times of day without a day; they were taken as nearest to the scheduled time"
        self._out.findings.count("DATE_DERIVED", field, self._row.line, says)
        same = f"{near[:10]}T{time}"
        tries = [self._at(when, offset, place, field) for by in _DAYS if (when := moved(same, by))]
        fitting = [each for each in tries if each.local and len(each.local) >= 16]
        return min(fitting, key=lambda each: _between(each.local or near, near), default=_NEVER)

    def _at(self, when: str, offset: dt.timedelta | None, place: str | None, field: str) -> _Moment:
        """The moment of a time as written, `2026-11-23T05:40` or the day alone."""
        clocks, line = self._out.clocks, self._row.line
        if offset is None or len(when) < 16:
            return _Moment(when, clocks.utc(when, place, field, line))
        utc, zone = moved(when, -offset), places.zone(place) if place else None
        local = places.utc_to_local(utc, zone) if utc and zone else None
        if local is None:
            says = "times with a difference from UTC at a place whose zone is not known: the local day alone is given"
            self._out.findings.count("ZONE_UNKNOWN", field, line, says)
        return _Moment(local or when[:10], utc and utc + "Z")


def _between(one: str, other: str) -> dt.timedelta:
    return abs(dt.datetime.fromisoformat(one) - dt.datetime.fromisoformat(other))
