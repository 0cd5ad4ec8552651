"""Expected journeys as schedules told them, and what of their messages is missing, late or faulty."""

import datetime as dt
from collections.abc import Iterable, Sequence, Set
from typing import Final, NamedTuple

import msgspec
import sqlalchemy as sa

from vigie.journeys import due_messages
from vigie.journeys.due_messages import RULES, Finding, Rules
from vigie.journeys.matching import ExpectedIndex
from vigie.schedules import apply_changes
from vigie.schedules.expected import ExpectedJourney, Schedule, operator
from vigie.store import dialects, logbook
from vigie.store.events import OPERATOR, Action, Event
from vigie.store.moments import utc_text
from vigie.store.quality import Came, FaultySent, Qualities
from vigie.store.tables import expected_journeys as table
from vigie.store.tables import storable

_AROUND: Final = dt.timedelta(days=2)
"""Days around a schedule's in which a journey of it may be known already, under another day."""


_DAY: Final = dt.timedelta(days=1)
"""A schedule may know a journey under the day before or after, as delays and clocks in UTC go."""


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a schedule changed."""

    journeys: int
    new: int
    changed: int


class Faulty(NamedTuple):
    """A message that is faulty, and what it is about."""

    finding: Finding
    message_id: int


class Expected:
    """The expected journeys of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def load(self, schedule: Schedule, sha256: str, now: dt.datetime) -> Loaded:
        """Expect the journeys of a schedule; those known already take what is new of them. Nothing is taken away:
        a journey that a later file leaves out stays, until a file calls it cancelled."""
        at = utc_text(now)
        with dialects.writing(self._engine) as connection:
            dialects.lock_inbox(connection)  # two schedules at once would not see each other's journeys
            first, last = schedule.first - _AROUND, schedule.last + _AROUND
            known = {journey.key: journey for journey in connection.execute(_between(first, last)).scalars()}
            merged = apply_changes(known.values(), schedule.journeys)
            new = [journey for journey in merged if journey.key not in known]
            changed = [journey for journey in merged if journey.key in known and known[journey.key] != journey]
            _insert(connection, new, at)
            _update(connection, changed, at)
            counts = {
                "journeys": len(schedule.journeys),
                "new": len(new),
                "changed": len(changed),
                "problems": len(schedule.problems),
            }
            facts = {"format": schedule.format or "", "sha256": sha256}
            event = Event(at=at, actor=OPERATOR, action=Action.SCHEDULE_LOADED, counts=counts, facts=facts)
            logbook.append(connection, [event])
        return Loaded(journeys=len(schedule.journeys), new=len(new), changed=len(changed))

    def rows(self, first: dt.date, last: dt.date, carrier: str | None = None) -> list[ExpectedJourney]:
        """Those of the local days `first` to `last`, by day and key; of a carrier in capitals or not."""
        question = _between(first, last)
        if carrier is not None:
            question = question.where(table.c.carrier.in_((carrier, carrier.upper())))
        with dialects.reading(self._engine) as connection:
            return list(connection.execute(question).scalars())

    def judged(self, first: dt.date, last: dt.date, now: dt.datetime, rules: Rules = RULES) -> list[Finding]:
        """What is present, late, missing, faulty or unexpected at `now` of the journeys of some local days.

        Errors and failed rules of the bench make a message faulty. A message about several legs belongs to those that
        are expected; only when none is, it is unexpected, and only on a day for which a schedule of that mode is there.
        """
        expected = self.rows(first, last)
        came = _belonging(expected, Qualities(self._engine).came(first, last), (first, last))
        return due_messages.compare(expected, [each.received for each in came], now, rules)

    def faulty(self, since: dt.datetime, until: dt.datetime) -> list[Faulty]:
        """Each faulty message received from `since` to `until`, whenever its journey is, and expected or not.

        Its journey is called as the schedule calls it, where it is expected. It is told to the carrier, and what
        came from somebody who does not speak for the carrier to that sender.
        """
        found = Qualities(self._engine).faulty(since, until)
        days = {day for sent in found for leg in sent.legs if (day := _day_of(leg))}
        known = {journey.key: journey for day in sorted(days) for journey in self._on(day)}
        expected = [*known.values()]
        index = ExpectedIndex(expected)
        return [Faulty(_about(sent, expected, index), sent.message_id) for sent in found]

    def _on(self, day: str) -> list[ExpectedJourney]:
        try:
            date = dt.date.fromisoformat(day)
            return self.rows(date - _DAY, date + _DAY)
        except (ValueError, OverflowError):
            return []


def _about(sent: FaultySent, expected: Sequence[ExpectedJourney], index: ExpectedIndex) -> Finding:
    """The first of its legs that is expected stands for all."""
    places = [place for leg in sent.legs if (place := index.best(leg.received)) is not None]
    (leg,) = _stranger([*sent.legs]) if sent.legs else (None,)
    journey, carrier = (leg.received.key, leg.received.carrier) if leg else ("", sent.carrier)
    if places:
        journey, carrier = expected[places[0]].key, operator(expected[places[0]].legs[0])[0]
    if leg and not all(each.received.speaks for each in sent.legs):
        carrier = sent.sender
    return due_messages.faulty(journey, carrier, sent.kind, sent.received_at)


def _belonging(expected: Sequence[ExpectedJourney], came: Iterable[Came], days: tuple[dt.date, dt.date]) -> list[Came]:
    """What is to be compared: of each journey the legs that are expected, or one leg when none is."""
    index = ExpectedIndex(expected)
    covered = {(str(journey.mode), _day(journey)) for journey in expected}
    groups: dict[int, list[Came]] = {}
    for each in came:
        groups.setdefault(each.journey_id, []).append(each)
    kept: list[Came] = []
    for legs in groups.values():
        known = [each for each in legs if index.best(each.received) is not None]
        kept += known or [each for each in _stranger(legs) if _is_covered(each, covered, days)]
    return kept


def _stranger(legs: list[Came]) -> list[Came]:
    """One leg stands for the journey: the one that crosses the border, else the first; by the first message."""
    return [min(legs, key=lambda each: (not each.border, each.received.first_at))]


def _is_covered(each: Came, covered: Set[tuple[str, str]], days: tuple[dt.date, dt.date]) -> bool:
    day = _day_of(each)
    return (each.received.mode or "air", day) in covered and days[0].isoformat() <= day <= days[1].isoformat()


def _day_of(each: Came) -> str:
    return (each.received.departs or each.received.arrives or "")[:10]


def _between(first: dt.date, last: dt.date) -> sa.Select[ExpectedJourney]:
    days = table.c.day >= first.isoformat(), table.c.day <= last.isoformat()
    return sa.select(table.c.data).where(*days).order_by(table.c.day, table.c.key)


def _day(journey: ExpectedJourney) -> str:
    return (journey.legs[0].departs or journey.legs[-1].arrives or "")[:10]


def _row(journey: ExpectedJourney, at: str) -> dict[str, object]:
    return {
        "key": journey.key,
        "day": _day(journey),
        "carrier": operator(journey.legs[0])[0],
        "loaded_at": at,
        "data": journey,
    }


def _insert(connection: sa.Connection, journeys: Sequence[ExpectedJourney], at: str) -> None:
    rows = [_row(journey, at) for journey in journeys]
    if rows:
        connection.execute(table.insert(), rows)


def _update(connection: sa.Connection, journeys: Sequence[ExpectedJourney], at: str) -> None:
    """The day stays: it is that under which the journey is known."""
    statement = (
        sa.update(table)
        .where(table.c.key == sa.bindparam("which"))
        .values(carrier=sa.bindparam("carrier"), loaded_at=sa.bindparam("loaded_at"), data=sa.bindparam("data"))
    )
    rows = []
    for journey in journeys:
        row = _row(journey, at)
        row["which"] = storable(str(row.pop("key")))
        del row["day"]
        rows.append(row)
    if rows:
        connection.execute(statement, rows)
