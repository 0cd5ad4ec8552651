"""What the readers of schedules share: lines with limits, days of operation, clocks, and the collecting of journeys."""

import codecs
import datetime as dt
import heapq
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vigie import places
from vigie.messages.findings import Findings
from vigie.records import Leg
from vigie.schedules.changes import Journeys
from vigie.schedules.expected import ExpectedJourney, Schedule, ScheduleFormat

MOST_DAYS: Final = 400
"""Days that may be asked for at once: a year and a season's margin."""
MOST_LINES: Final = 1_000_000
"""Lines read of one file. The schedules of one State for one season have some ten thousand."""
MOST_JOURNEYS: Final = 500_000
"""Journeys made of one file: 1,250 a day for 400 days."""
_OFFSET: Final = re.compile(r"([+-])(\d\d)(\d\d)\Z", re.ASCII)


class Days(NamedTuple):
    """The days asked for, both included."""

    first: dt.date
    last: dt.date

    @classmethod
    def checked(cls, first: dt.date, last: dt.date) -> "Days":
        """Raises ValueError when the last day is before the first, or more than MOST_DAYS are asked for."""
        if not 0 <= (last - first).days < MOST_DAYS:
            raise ValueError(f"1 to {MOST_DAYS} days are expected, from the first to the last; ask for fewer at once")
        return cls(first, last)

    def hold(self, leg: Leg) -> bool:
        """True when the leg's scheduled departure, or its arrival where no departure is known, is on one of them."""
        when = leg.departs or leg.arrives
        return when is not None and self.first.isoformat() <= when[:10] <= self.last.isoformat()

    def widened(self, days: int) -> "Days":
        """With as many days more on both sides; the ends of the calendar stay."""
        first, last = max(self.first.toordinal() - days, 1), self.last.toordinal() + days
        return Days(dt.date.fromordinal(first), dt.date.fromordinal(min(last, dt.date.max.toordinal())))


class Period(NamedTuple):
    """A period of operation: from `first` to `last` (None: open end) on weekdays 1 (Monday) to 7.

    With `every` = 2 only in every second week: weeks are runs of seven days that begin with the period's first day.
    """

    first: dt.date
    last: dt.date | None
    weekdays: frozenset[int]
    every: int = 1

    def dates(self, days: Days) -> Iterator[dt.date]:
        """The days of operation among `days`, in order. The work is in their number, whatever the period's length."""
        runs = (self._run(weekday, days) for weekday in self.weekdays)
        return map(dt.date.fromordinal, heapq.merge(*runs))

    def _run(self, weekday: int, days: Days) -> range:
        step = 7 * self.every
        start = self.first.toordinal() + (weekday - self.first.isoweekday()) % 7
        start += max(0, -(-(days.first.toordinal() - start) // step)) * step
        end = min(self.last or days.last, days.last)
        return range(start, end.toordinal() + 1, step)


def offset(text: str) -> dt.timedelta | None:
    """`+0100` as a span; None for anything else, or beyond the 15 hours that clocks differ from UTC at most."""
    found = _OFFSET.match(text)
    if found is None or int(found[2]) > 14 or int(found[3]) > 59:
        return None
    span = dt.timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -span if found[1] == "-" else span


class Clocks:
    """Local time and UTC of places, with what is to be said of them."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def utc(
        self, local: str | None, place: str | None, column: str, line: int, sent: dt.timedelta | None = None
    ) -> str | None:
        """The moment of a local time at a place; by the offset `sent` only where its zone is not known."""
        zone = places.zone(place) if place else None
        if not local or len(local) < 16:
            return None
        by_offset = None if sent is None else moved(local, -sent)
        if zone is None:
            return by_offset and by_offset + "Z"
        instant = places.local_to_utc(local, zone)
        if instant is None:
            return None
        if instant.local != "exact":
            code = "TIME_AMBIGUOUS" if instant.local == "ambiguous" else "TIME_NONEXISTENT"
            says = "the clocks of the place change at this local time; its earliest reading in UTC is given"
            self._findings.count(code, column, line, says)
        elif by_offset and by_offset + "Z" != instant.utc:
            self._contradicted(column, line)
        return instant.utc

    def local(self, utc: str, place: str, column: str, line: int, sent: dt.timedelta | None) -> str | None:
        """The local time of a moment, `2026-11-23T04:40`: by the place's zone, or by the offset `sent` without one."""
        zone = places.zone(place)
        if zone is None:
            return None if sent is None else moved(utc, sent)
        local = places.utc_to_local(utc, zone)
        if local is not None and sent is not None and moved(utc, sent) != local:
            self._contradicted(column, line)
        return local

    def _contradicted(self, column: str, line: int) -> None:
        says = "the difference from UTC that was sent is not that of the place's zone on some day; the zone's was used"
        self._findings.count("ZONE_CONTRADICTED", column, line, says)


def moved(when: str, by: dt.timedelta) -> str | None:
    """A local time, `2026-11-23T05:40`, so much later; None at an end of the calendar."""
    try:
        return (dt.datetime.fromisoformat(when) + by).isoformat(timespec="minutes")
    except OverflowError:
        return None


class Collector:
    """Takes the journeys of one file in, until a limit is reached."""

    def __init__(self, format: ScheduleFormat, days: Days) -> None:
        self.findings = Findings()
        self.clocks = Clocks(self.findings)
        self.days = days
        self._format = format
        self._journeys = Journeys()
        self._made = 0
        self._covers: tuple[dt.date, dt.date | None] | None = None
        self.full = False

    def cover(self, first: dt.date, last: dt.date | None) -> None:
        """The file says something of these days, asked for or not; `last` is None for an open end."""
        if last is not None and last < first:
            return  # ends before it begins: no day
        if self._covers is not None:
            before, end = self._covers
            first, last = min(first, before), None if last is None or end is None else max(last, end)
        self._covers = first, last

    def add(self, journey: ExpectedJourney, line: int) -> None:
        """One journey, when it is of the days asked for."""
        if self.full or not self.days.hold(journey.legs[0]):
            return
        self._made += 1
        if self._made > MOST_JOURNEYS:
            self.stop(line, f"the file has more than {MOST_JOURNEYS} journeys in these days")
            return
        # Airports list a flight once for each number it is sold under.
        before = self._journeys.take(journey, exactly=self._format != "AODB")
        if before is not None and _contradict(before.legs[0].departs, journey.legs[0].departs):
            says = "journeys of one number, day and pair of places at several times; what came last counts"
            self.findings.count("VALUE_REPEATED", None, line, says)

    def stop(self, line: int, says: str) -> None:
        """A limit is reached."""
        self.full = True
        self.findings.add("TOO_MANY_LINES", None, line, f"{says}; the rest was not read, split the file")

    def lines(self, text: str) -> Iterator[tuple[int, str]]:
        """Lines that are not blank, with their numbers, up to the limit."""
        for number, line in enumerate(io.StringIO(text, newline=None), 1):
            if self.full:
                return
            if number > MOST_LINES:
                self.stop(number, f"the file has more than {MOST_LINES} lines")
                return
            if line.strip():
                yield number, line.rstrip("\n")

    def schedule(self) -> Schedule:
        """Everything, by departure (UTC where it is known)."""
        journeys = sorted(self._journeys.all(), key=_by_departure)
        first, last = self.days
        if not journeys and self._covers is not None:
            self._say_elsewhere(*self._covers)
        return Schedule(
            format=self._format, first=first, last=last, journeys=tuple(journeys), problems=self.findings.problems()
        )

    def _say_elsewhere(self, begins: dt.date, ends: dt.date | None) -> None:
        """Of a file that ends before the days asked for, or begins after them. Days without journeys inside of what it
        covers are an answer, and no fault."""
        first, last = self.days
        if begins > last or (ends is not None and ends < first):
            until = "without an end" if ends is None else f"to {ends}"
            says = (
                f"the file is of the days from {begins} {until}, and {first} to {last} were asked for; ask for its days"
            )
            self.findings.add("SCHEDULE_ELSEWHERE", None, None, says)


def _contradict(one: str | None, other: str | None) -> bool:
    """True for two times of which none is only the day of the other."""
    return bool(one and other) and not (str(one).startswith(str(other)) or str(other).startswith(str(one)))


def _by_departure(journey: ExpectedJourney) -> tuple[str, str]:
    leg = journey.legs[0]
    return leg.departs_utc or leg.departs or leg.arrives_utc or leg.arrives or "", journey.key


def decoded(data: bytes) -> tuple[str, bool]:
    """The text of a table, and whether it had to be read in Windows-1252 because it is no UTF-8."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8").replace("\0", " "), False
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\0", " "), True
