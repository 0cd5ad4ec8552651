"""Who sent the messages of a flight, as far as the database knows: when and with whose token, and for whom before."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa

from vigie.journeys.assembly import Arrival
from vigie.journeys.functions import meaning_of
from vigie.journeys.senders import carriers_of, speaks_for
from vigie.store.moments import utc_text
from vigie.store.tables import arrivals as deliveries
from vigie.store.tables import carriers, departures, mentions, messages, storable, travellers

_SETTLED: Final = dt.timedelta(days=1)
"""Lists sent so long before make a sender known: nobody is known by what he sends together with a cancellation."""
_LISTS: Final = ("PAXLST", "PNRGOV", "PNL", "APP", "MANIFEST")
_SAY_NOTHING: Final = frozenset(["answers", "aside", "nothing"])
_MOST: Final = 1000
"""Ids in one statement."""


class _Sender(NamedTuple):
    """Whose word it is: that of a token, else of what stands in the envelope."""

    token: int | None
    said: str | None


class _Delivery(NamedTuple):
    received: str
    token: int | None
    carrier: str | None


def known(connection: sa.Connection, found: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals with the time at which each came in first, the carrier whose token it had, and whether its sender
    speaks for the carrier of the flight. Where all are of one sender, there is nothing of others to take back."""
    first = _deliveries(connection, [each.number for each in found])
    came = [_delivered(each, first.get(each.number)) for each in found]
    senders = {each.number: _sender(each, first.get(each.number)) for each in came}
    if len({senders[each.number] for each in came if meaning_of(each.message).deed not in _SAY_NOTHING}) < 2:
        return came
    since: dict[_Sender, str] = {}
    for each in came:
        sender = senders[each.number]
        since[sender] = min(each.received, since.get(sender, each.received))
    before = _Before(connection, since)
    return [msgspec.structs.replace(each, speaks=before.speaks(each, senders[each.number])) for each in came]


def _delivered(arrival: Arrival, first: _Delivery | None) -> Arrival:
    if first is None:
        return arrival
    return msgspec.structs.replace(arrival, received=first.received, carrier=first.carrier)


def _sender(arrival: Arrival, first: _Delivery | None) -> _Sender:
    if first is not None and first.token is not None:
        return _Sender(first.token, None)
    return _Sender(None, arrival.sender)


def _deliveries(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, _Delivery]:
    """Message to the first delivery of its input; none for what no door took in."""
    columns: tuple[Any, ...] = (messages.c.id, deliveries.c.received_at, deliveries.c.carrier_id, carriers.c.name)
    found: dict[int, _Delivery] = {}
    for start in range(0, len(numbers), _MOST):
        question = (
            sa.select(*columns)
            .join_from(messages, deliveries, deliveries.c.input_id == messages.c.input_id)
            .outerjoin(carriers, carriers.c.id == deliveries.c.carrier_id)
            .where(messages.c.id.in_(numbers[start : start + _MOST]))
            .order_by(deliveries.c.id)
        )
        for number, *delivery in connection.execute(question):
            found.setdefault(number, _Delivery(*delivery))
    return found


class _Before:
    """For which carriers the senders of one flight sent lists before."""

    def __init__(self, connection: sa.Connection, since: dict[_Sender, str]) -> None:
        self._connection, self._since = connection, since
        self._known: dict[tuple[_Sender, str, str], bool] = {}

    def speaks(self, arrival: Arrival, sender: _Sender) -> bool:
        """By its name, else by what it sent for the carrier until a day before its first message of this flight."""
        message = arrival.message
        if speaks_for(message, arrival.carrier):
            return True
        mode = message.journeys[0].mode
        sent = {code for code in carriers_of(message) if self._sent_for(sender, mode, code)}
        return speaks_for(message, arrival.carrier, sent)

    def _sent_for(self, sender: _Sender, mode: str, code: str) -> bool:
        key = sender, mode, code
        if key not in self._known:
            settled = utc_text(dt.datetime.fromisoformat(self._since[sender]) - _SETTLED)
            question = _lists_for(mode, code).where(messages.c.received_at <= settled, _is_of(sender)).limit(1)
            self._known[key] = self._connection.execute(question).first() is not None
        return self._known[key]


def _lists_for(mode: str, code: str) -> sa.Select[Any]:
    """Lists about flights of a carrier. The slash of a departure's key is followed by `0` in the order of letters."""
    key = storable(f"{mode}/{code}")
    return (
        sa.select(messages.c.id)
        .join_from(departures, mentions, mentions.c.journey_id == departures.c.journey_id)
        .join(messages, messages.c.id == mentions.c.message_id)
        .where(departures.c.departure > f"{key}/", departures.c.departure < f"{key}0", mentions.c.ordinal == 0)
        .where(messages.c.type.in_(_LISTS), sa.exists().where(travellers.c.message_id == messages.c.id))
    )


def _is_of(sender: _Sender) -> sa.ColumnElement[bool]:
    """By the token of a delivery; else by the envelope, in the text of the stored message: it has the key only there,
    because quotation marks within values are escaped."""
    delivered = sa.exists().where(deliveries.c.input_id == messages.c.input_id)
    if sender.token is not None:
        return delivered.where(deliveries.c.carrier_id == sender.token)
    envelope = f'"sender":{msgspec.json.encode(sender.said).decode()}'
    text = sa.type_coerce(messages.c.data, sa.Text).contains(envelope, autoescape=True)
    return sa.and_(text, ~delivered.where(deliveries.c.carrier_id.is_not(None)))
