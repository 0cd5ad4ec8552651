"""Timetables of ferries, coaches and trains as CSV (docs/reference/schedules.md has the columns).

A row is a departure (`departs` has a day) or a rule (`departs` is a time of day, with `days`, `valid_from` and
`valid_to`). A row with the status `cancelled` takes back the departures it names, wherever it stands in the file.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, cast, get_args

from vigie import places
from vigie.messages.fields.itinerary import flight_number
from vigie.records import Leg, Mode
from vigie.schedules.expected import ExpectedJourney, Schedule, key_of
from vigie.schedules.lines import Collector, Days, Period, decoded, moved
from vigie.schedules.tables import Row, columns, meaning, rows, whole, written

_NEEDED: Final = frozenset(["mode", "origin", "destination", "departs"])
_WEEK: Final = frozenset(range(1, 8))
_MODES: Final[tuple[str, ...]] = get_args(Mode)


def recognises(header: str) -> bool:
    """True when the heading line has mode, origin, destination and departs."""
    return {column.field for column in columns(header, "TIMETABLE") if column} >= _NEEDED


def read(data: bytes, as_of: dt.date, first: dt.date, last: dt.date) -> Schedule:
    """The departures on the days `first` to `last`, by local date.

    `as_of` is not needed: years have four digits. Never raises on content; raises ValueError for days that are none or
    more than 400.
    """
    out = Collector("TIMETABLE", Days.checked(first, last))
    text, converted = decoded(data)
    if converted:
        out.findings.add("CHARACTER_SET", None, None, "the table is no UTF-8 and was read in Windows-1252")
    cancelled: list[_Rule] = []
    for row in rows(out, text, "TIMETABLE"):
        rule = _rule(row, out)
        if rule is None:
            continue
        out.cover(rule.period.first, rule.period.last)
        if rule.status == "cancelled":
            cancelled.append(rule)
        else:
            _expand(rule, out)
    for rule in cancelled:
        _expand(rule, out)
    return out.schedule()


class _Rule(NamedTuple):
    """A row that has been understood."""

    line: int
    mode: Mode
    leg: Leg
    """Without times."""
    time: str | None
    arrives: tuple[int, str] | None
    """Days after the departure, and time of day."""
    period: Period
    status: Literal["scheduled", "cancelled"]
    capacity: int | None
    passengers: int | None


def _expand(rule: _Rule, out: Collector) -> None:
    for journey in _journeys(rule, out):
        out.add(journey, rule.line)


def _journeys(rule: _Rule, out: Collector) -> Iterator[ExpectedJourney]:
    leg = rule.leg
    for day in rule.period.dates(out.days):
        if out.full:
            return
        departs = f"{day.isoformat()}T{rule.time}" if rule.time else day.isoformat()
        later, time = rule.arrives or (0, "")
        arrives = moved(f"{day.isoformat()}T{time}", dt.timedelta(days=later)) if time else None
        timed = Leg(
            carrier=leg.carrier,
            number=leg.number,
            number_raw=leg.number_raw,
            origin=leg.origin,
            destination=leg.destination,
            departs=departs,
            departs_zone=places.zone(leg.origin or ""),
            departs_utc=out.clocks.utc(departs, leg.origin, "departs", rule.line),
            arrives=arrives,
            arrives_zone=places.zone(leg.destination or ""),
            arrives_utc=out.clocks.utc(arrives, leg.destination, "arrives", rule.line),
        )
        yield ExpectedJourney(
            mode=rule.mode,
            legs=(timed,),
            key=key_of(rule.mode, timed),
            source="TIMETABLE",
            status=rule.status,
            capacity=rule.capacity,
            passengers_expected=rule.passengers,
        )


def _rule(row: Row, out: Collector) -> _Rule | None:
    """None, and said, for a row that does not say who departs when from where."""
    mode = meaning("mode", row.get("mode"))
    if mode not in _MODES or not row.get("origin") or not row.get("destination"):
        _left_out(out, row, "mode", "a row without mode (air, sea, rail, road, foot), origin or destination")
        return None
    departs = written(row.get("departs"))
    if departs is None or departs.offset is not None:
        _left_out(out, row, "departs", "a row whose departure is no local time (05:40) or day and time")
        return None
    period = _period(row, out, departs.day)
    if period is None:
        return None
    status = meaning("status", row.get("status")) if row.get("status") else "scheduled"
    if status not in ("scheduled", "cancelled"):
        says = "a status that is neither scheduled nor cancelled; read as scheduled"
        out.findings.add("UNKNOWN_CODE", "status", row.line, says)
        status = "scheduled"
    return _Rule(
        line=row.line,
        mode=cast("Mode", mode),
        leg=_leg(row, cast("Mode", mode)),
        time=departs.time,
        arrives=_arrives(row, out, departs.day),
        period=period,
        status=cast('Literal["scheduled", "cancelled"]', status),
        capacity=_number(row, out, "capacity"),
        passengers=_number(row, out, "passengers"),
    )


def _left_out(out: Collector, row: Row, column: str, says: str) -> None:
    out.findings.add("LINE_LEFT_OUT", column, row.line, f"{says}; left out")


def _leg(row: Row, mode: Mode) -> Leg:
    carrier, sent = row.get("carrier"), row.get("number")
    owner, number = flight_number(sent, carrier, mode)
    return Leg(
        carrier=owner,
        number=number or sent.upper() or None,
        number_raw=sent or None,
        origin=row.get("origin").upper(),
        destination=row.get("destination").upper(),
    )


def _period(row: Row, out: Collector, day: str | None) -> Period | None:
    """The row's days. A rule needs `valid_from`; without `valid_to` it has no end, without `days` it is daily."""
    if day is not None:
        only = dt.date.fromisoformat(day)
        return Period(only, only, _WEEK)
    begin, finish = written(row.get("valid_from")), written(row.get("valid_to"))
    if begin is None or begin.day is None or (row.get("valid_to") and (finish is None or finish.day is None)):
        says = "a rule without a first day (valid_from, 2026-11-23), or with a last day that is none; left out"
        out.findings.add("BAD_DATE", "valid_from", row.line, says)
        return None
    weekdays = re.sub(r"[\s.,;_-]", "", row.get("days"))
    if not re.fullmatch(r"[1-7]*", weekdays):
        _left_out(out, row, "days", "a rule whose days are not digits from 1 (Monday) to 7")
        return None
    last = dt.date.fromisoformat(finish.day) if finish and finish.day else None
    return Period(dt.date.fromisoformat(begin.day), last, frozenset(map(int, weekdays)) or _WEEK)


def _arrives(row: Row, out: Collector, departs: str | None) -> tuple[int, str] | None:
    """`06:10`, `06:10+1` (days later), or with its own day in a row that has one."""
    text = row.get("arrives")
    if not text:
        return None
    time, _, later = text.rpartition("+") if re.search(r"\+[0-9]\Z", text, re.ASCII) else (text, "", "")
    found = written(time)
    if found is not None and found.time and found.offset is None:
        if found.day is None:
            return int(later or 0), found.time
        if departs is not None and not later:
            return (dt.date.fromisoformat(found.day) - dt.date.fromisoformat(departs)).days, found.time
    says = "an arrival that is no local time (06:10, 06:10+1 for the next day), or day and time; left out"
    out.findings.add("BAD_DATE", "arrives", row.line, says)
    return None


def _number(row: Row, out: Collector, field: str) -> int | None:
    text = row.get(field)
    if text and whole(text) is None:
        out.findings.add("BAD_NUMBER", field, row.line, "a number of persons that is none; left out")
    return whole(text)
