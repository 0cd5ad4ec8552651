"""How complete the messages of each carrier were, in counts; and which messages came for which journey."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, Literal, NamedTuple

import msgspec
import sqlalchemy as sa

from vigie.journeys.matching import Received
from vigie.messages import quality
from vigie.messages.quality import Quality, together
from vigie.records import Leg, Message, Mode
from vigie.schedules.expected import operator
from vigie.store import dialects
from vigie.store.moments import utc_text
from vigie.store.tables import arrivals, carriers, journeys, legs, mentions, messages, qualities

_KINDS: Final[dict[str, Literal["API", "PNR"]]] = {
    "PAXLST": "API",
    "APP": "API",
    "MANIFEST": "API",
    "PNRGOV": "PNR",
    "PNL": "PNR",
}
_Row = sa.Row[*tuple[Any, ...]]
_AROUND: Final = dt.timedelta(days=2)
"""Further than a moment of a local day can be from that day in UTC."""


class DayQuality(msgspec.Struct, frozen=True, kw_only=True):
    """The messages of one carrier on one day (UTC)."""

    carrier: str | None
    day: str
    messages: int
    faulty: int
    """Messages with errors, or that fail a rule of the bench."""
    quality: Quality


class Came(NamedTuple):
    """What came for one leg by messages of one function."""

    journey_id: int
    border: bool
    received: Received
    faulty: tuple[int, ...]
    """Ids of the messages with errors, or that failed a rule of the bench."""


class Qualities:
    """The counts of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def days(self, since: dt.datetime, until: dt.datetime) -> list[DayQuality]:
        """By carrier and day, of the messages received from `since` on and before `until`."""
        columns = (qualities.c.carrier, qualities.c.received_at, qualities.c.failed, qualities.c.data)
        question = (
            sa.select(*columns)
            .where(qualities.c.received_at >= utc_text(since), qualities.c.received_at < utc_text(until))
            .order_by(qualities.c.id)
        )
        groups: dict[tuple[str, str], list[_Row]] = {}
        with dialects.reading(self._engine) as connection:
            for row in connection.execute(question):
                groups.setdefault((row.carrier or "", row.received_at[:10]), []).append(row)
        return [
            DayQuality(
                carrier=carrier or None,
                day=day,
                messages=len(rows),
                faulty=sum(bool(row.failed) for row in rows),
                quality=together(row.data for row in rows),
            )
            for (carrier, day), rows in sorted(groups.items())
        ]

    def came(self, first: dt.date, last: dt.date) -> list[Came]:
        """What came for journeys that depart on the local days `first` to `last`, and for some just around them."""
        since, until = first - _AROUND, last + _AROUND
        question = (
            sa.select(
                legs.c.id.label("leg_id"),
                legs.c.data.label("leg"),
                journeys.c.id.label("journey_id"),
                journeys.c.mode,
                messages.c.id.label("message_id"),
                messages.c.type,
                messages.c.function,
                qualities.c.received_at,
                qualities.c.part,
                qualities.c.failed,
                qualities.c.data.label("quality"),
            )
            .join_from(qualities, messages, messages.c.id == qualities.c.message_id)
            .join(mentions, mentions.c.message_id == messages.c.id)
            .join(journeys, journeys.c.id == mentions.c.journey_id)
            .join(legs, legs.c.journey_id == journeys.c.id)
            .where(journeys.c.departs_order >= since.isoformat(), journeys.c.departs_order < until.isoformat())
            .order_by(legs.c.id, qualities.c.id)
        )
        groups: dict[tuple[int, str, str], list[_Row]] = {}
        with dialects.reading(self._engine) as connection:
            for row in connection.execute(question):
                if row.type in _KINDS:
                    groups.setdefault((row.leg_id, _KINDS[row.type], _function(row) or ""), []).append(row)
        return [_came(rows) for rows in groups.values()]


def insert(connection: sa.Connection, message: Message, message_id: int, at: str, arrival_id: int | None) -> None:
    """The counts of a message, inside the caller's transaction. `at` is when it was received, unless it came with an
    arrival, which knows that better, and may know the carrier."""
    carrier = None
    if arrival_id is not None:
        question = (
            sa.select(arrivals.c.received_at, carriers.c.name)
            .outerjoin_from(arrivals, carriers, carriers.c.id == arrivals.c.carrier_id)
            .where(arrivals.c.id == arrival_id)
        )
        at, carrier = connection.execute(question).one()
    found, envelope = quality.assess(message), message.envelope
    failed = tuple(result.rule.rule for result in quality.grade(message, found).failed)
    row = {
        "message_id": message_id,
        "carrier": carrier or _of_journey(message),
        "received_at": at,
        "part": envelope is not None and (envelope.part > 1 or not envelope.last_part),
        "failed": failed,
        "data": found,
    }
    connection.execute(qualities.insert().values(**row))


def _of_journey(message: Message) -> str | None:
    """The code of who carries, of the first journey that tells it."""
    codes = (operator(leg)[0] for journey in message.journeys for leg in journey.legs)
    return next((code for code in codes if code), None)


def _came(rows: list[_Row]) -> Came:
    """Of messages of one function about one leg."""
    first, function = rows[0], _function(rows[0])
    leg: Leg = first.leg
    mode: Mode = first.mode
    faulty = tuple(row.message_id for row in rows if _problems(row.quality, row.failed))
    moments = [dt.datetime.fromisoformat(row.received_at) for row in rows]
    received = Received(
        kind=_KINDS[first.type],
        mode=mode,
        carrier=leg.carrier,
        number=leg.number,
        departs=leg.departs,
        arrives=leg.arrives,
        origin=leg.origin,
        destination=leg.destination,
        first_at=min(moments),
        last_at=max(moments),
        functions=frozenset([function] if function else []),
        travellers=_travellers(rows),
        problems=sum(_problems(row.quality, row.failed) for row in rows),
    )
    return Came(first.journey_id, leg.border, received, faulty)


def _function(row: _Row) -> str | None:
    """As `Received.functions` has it. A crew list on its own (FAL 5) is no list of the passengers."""
    if row.type != "MANIFEST":
        return row.function  # type: ignore[no-any-return]
    return "MANIFEST_CREW" if row.quality.travellers and not row.quality.passengers else "MANIFEST"


def _travellers(rows: Iterable[_Row]) -> int:
    """Of the fullest whole list, or of all parts together."""
    numbers: list[tuple[bool, int]] = [(row.part, row.quality.passengers) for row in rows]
    whole = max((number for part, number in numbers if not part), default=0)
    return max(whole, sum(number for part, number in numbers if part))


def _problems(found: Quality, failed: tuple[str, ...]) -> int:
    """Errors, and rules of the bench that failed beside the one that counts errors."""
    return found.errors + sum(rule != "no_error" for rule in failed)
