"""How complete the messages of each carrier were, in counts; and which messages came for which journey."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, Literal, NamedTuple

import msgspec
import sqlalchemy as sa

from vigie.journeys.matching import Received
from vigie.messages import quality
from vigie.messages.quality import Quality, together
from vigie.records import Envelope, Leg, Message, Mode
from vigie.schedules.expected import operator
from vigie.store import dialects, senders
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


class FaultySent(NamedTuple):
    """A message with errors, or that failed a rule of the bench."""

    message_id: int
    sender: str | None
    """The carrier of its token; else what stands in the envelope."""
    carrier: str | None
    """As `DayQuality.carrier`."""
    kind: Literal["API", "PNR"]
    received_at: str
    legs: tuple[Came, ...]
    """Of this message alone, in their order."""


class _Sent(NamedTuple):
    """A leg of a message, and whose word it is."""

    row: _Row
    word: senders.Word
    speaks: bool


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
        at = journeys.c.departs_order >= since.isoformat(), journeys.c.departs_order < until.isoformat()
        groups: dict[tuple[object, ...], list[_Sent]] = {}
        for sent in self._sent(*at, legs.c.id.is_not(None)):
            row = sent.row
            key = row.leg_id, _KINDS[row.type], _function(row) or "", sent.speaks
            groups.setdefault(key, []).append(sent)
        return [_came(group) for group in groups.values()]

    def faulty(self, since: dt.datetime, until: dt.datetime) -> list[FaultySent]:
        """The faulty messages received from `since` to `until`, in that order, whatever they are about."""
        when = qualities.c.received_at >= utc_text(since), qualities.c.received_at <= utc_text(until)
        groups: dict[int, list[_Sent]] = {}
        for sent in self._sent(*when):
            if _problems(sent.row.quality, sent.row.failed):
                groups.setdefault(sent.row.message_id, []).append(sent)
        return sorted(map(_faulty, groups.values()), key=lambda each: (each.received_at, each.message_id))

    def _sent(self, *where: sa.ColumnElement[bool]) -> list[_Sent]:
        """Each leg of each message; a message without any is there once."""
        question = (
            sa.select(
                legs.c.id.label("leg_id"),
                legs.c.data.label("leg"),
                journeys.c.id.label("journey_id"),
                journeys.c.mode,
                messages.c.id.label("message_id"),
                messages.c.type,
                messages.c.function,
                sa.type_coerce(messages.c.data, sa.Text).label("message"),
                qualities.c.received_at,
                qualities.c.carrier,
                qualities.c.part,
                qualities.c.failed,
                qualities.c.data.label("quality"),
            )
            .join_from(qualities, messages, messages.c.id == qualities.c.message_id)
            .outerjoin(mentions, mentions.c.message_id == messages.c.id)
            .outerjoin(journeys, journeys.c.id == mentions.c.journey_id)
            .outerjoin(legs, legs.c.journey_id == journeys.c.id)
            .where(messages.c.type.in_(_KINDS), *where)
            .order_by(legs.c.id, qualities.c.id)
        )
        with dialects.reading(self._engine) as connection:
            found = connection.execute(question).all()
            words = senders.words(connection, {row.message_id: _said(row.message) for row in found})
            speaking = senders.Speaking(connection)
            return [_Sent(row, words[row.message_id], _speaks(row, words[row.message_id], speaking)) for row in found]


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


class _Said(msgspec.Struct):
    """Of a stored message only who says that he sends it."""

    envelope: Envelope | None = None


def _said(message: str) -> str | None:
    envelope = msgspec.json.decode(message, type=_Said).envelope
    return envelope.sender if envelope else None


def _speaks(row: _Row, word: senders.Word, speaking: senders.Speaking) -> bool:
    code = operator(row.leg)[0] if row.leg is not None else None
    return code is None or speaking.for_carrier(word, row.mode, code.upper(), row.received_at)


def _came(group: list[_Sent]) -> Came:
    """Of messages of one function about one leg."""
    rows = [sent.row for sent in group]
    first, function = rows[0], _function(rows[0])
    leg: Leg = first.leg
    mode: Mode = first.mode
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
        speaks=group[0].speaks,
    )
    return Came(first.journey_id, leg.border, received)


def _faulty(group: list[_Sent]) -> FaultySent:
    row, word, _ = group[0]
    return FaultySent(
        message_id=row.message_id,
        sender=word.name or word.said,
        carrier=row.carrier,
        kind=_KINDS[row.type],
        received_at=row.received_at,
        legs=tuple(_came([sent]) for sent in group if sent.row.leg is not None),
    )


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
