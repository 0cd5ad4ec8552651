"""Who sent the messages of a flight, as far as the database knows: when and with whose token, and for whom before."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence, Set
from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa

from vigie.journeys.assembly import Arrival
from vigie.journeys.functions import meaning_of
from vigie.journeys.senders import Sold, carriers_of, named_by, sold_legs, speaks_for
from vigie.store.moments import utc_text
from vigie.store.tables import arrivals as deliveries
from vigie.store.tables import carriers, departures, expected_journeys, mentions, messages, storable, travellers

_SETTLED: Final = dt.timedelta(days=1)
"""Lists sent so long before make a sender known: nobody is known by what he sends together with a cancellation."""
_LISTS: Final = ("PAXLST", "PNRGOV", "PNL", "APP", "MANIFEST")
_SAY_NOTHING: Final = frozenset(["answers", "aside", "nothing"])
_CODE: Final = re.compile(r"(?=[0-9]?[A-Z])[A-Z0-9]{2}(?![A-Z0-9])", re.IGNORECASE)
"""A carrier's code, alone or before a sign (`ZV-APIS`)."""
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


_Way = tuple[Arrival, _Sender]
"""A message as it came by one of its deliveries, and whose word it is by that."""


def known(connection: sa.Connection, found: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals with the time at which each came in first, the carrier whose token it had, and whether its sender
    speaks for the carrier of the flight. Where all are of one sender, there is nothing of others to take back.

    The same bytes may come from several. The first who speaks for the carrier counts: nobody takes a message from the
    carrier by sending it before."""
    every = _deliveries(connection, [each.number for each in found])
    came = [_ways(each, every.get(each.number, [])) for each in found]
    senders = {ways[0][1] for ways in came if meaning_of(ways[0][0].message).deed not in _SAY_NOTHING}
    if len(senders) < 2:
        return [ways[0][0] for ways in came]
    since: dict[_Sender, str] = {}
    for each, sender in [way for ways in came for way in ways]:
        since[sender] = min(each.received, since.get(sender, each.received))
    before = _Before(connection, since)
    by_sellers = {
        sold
        for ways in came
        for sold in sold_legs(ways[0][0].message)
        if any(before.speaks_for(*way, sold.seller) for way in ways)
    }
    return [_spoken(before, ways, by_sellers) for ways in came]


def _ways(arrival: Arrival, every: Sequence[_Delivery]) -> list[_Way]:
    """One for each sender, by the time of the first."""
    if not every:
        return [(arrival, _sender(arrival, None))]
    received = every[0].received
    ways: dict[_Sender, Arrival] = {}
    for delivery in every:
        ways.setdefault(
            _sender(arrival, delivery), msgspec.structs.replace(arrival, received=received, carrier=delivery.carrier)
        )
    return [(each, sender) for sender, each in ways.items()]


def _spoken(before: "_Before", ways: Sequence[_Way], by_sellers: Set[Sold]) -> Arrival:
    found = next((each for each, sender in ways if before.speaks(each, sender, by_sellers)), None)
    return found or msgspec.structs.replace(ways[0][0], speaks=False)


def _sender(arrival: Arrival, first: _Delivery | None) -> _Sender:
    if first is not None and first.token is not None:
        return _Sender(first.token, None)
    return _Sender(None, arrival.sender)


def _deliveries(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, list[_Delivery]]:
    """Message to the deliveries of its input, the first before; none for what no door took in."""
    columns: tuple[Any, ...] = (messages.c.id, deliveries.c.received_at, deliveries.c.carrier_id, carriers.c.name)
    found: dict[int, list[_Delivery]] = {}
    for start in range(0, len(numbers), _MOST):
        question = (
            sa.select(*columns)
            .join_from(messages, deliveries, deliveries.c.input_id == messages.c.input_id)
            .outerjoin(carriers, carriers.c.id == deliveries.c.carrier_id)
            .where(messages.c.id.in_(numbers[start : start + _MOST]))
            .order_by(deliveries.c.id)
        )
        for number, *delivery in connection.execute(question):
            found.setdefault(number, []).append(_Delivery(*delivery))
    return found


class Word(NamedTuple):
    """Whose word a message is, with the name of the token."""

    token: int | None
    name: str | None
    said: str | None
    """What stands in the envelope."""


def words(connection: sa.Connection, said: Mapping[int, str | None]) -> dict[int, Word]:
    """Message to whose word it is. `said` is what stands in the envelope of each."""
    first = {number: every[0] for number, every in _deliveries(connection, [*said]).items()}
    nobody = _Delivery("", None, None)
    return {
        number: Word(first.get(number, nobody).token, first.get(number, nobody).carrier, sender)
        for number, sender in said.items()
    }


class Speaking:
    """Which senders speak for which carriers, for messages of any journeys."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._since: dict[tuple[_Sender, str, str], str] = {}
        """By when at the latest the first such list had come; of `_exact` when."""
        self._exact: set[tuple[_Sender, str, str]] = set()

    def for_carrier(self, word: Word, mode: str, code: str, received: str) -> bool:
        """By its name, else by lists that it sent for the carrier (code in capitals) at least a day before `received`.

        Nobody checks what stands in an envelope: without a token only who calls himself by the code of another carrier
        is a stranger. True as well where there is neither token nor sender, as in `speaks_for`.
        """
        if code in named_by(word.name, word.said) or (word.token is None and not _CODE.match(word.said or "")):
            return True
        settled = utc_text(dt.datetime.fromisoformat(received) - _SETTLED)
        sender = _Sender(word.token, None) if word.token is not None else _Sender(None, word.said)
        key = sender, mode, code
        if key not in self._since or (settled < self._since[key] and key not in self._exact):
            # Most senders were known for long, which is seen at the first of their lists: no need to look for it.
            question = _lists_for(mode, code).where(messages.c.received_at <= settled, _is_of(sender)).limit(1)
            known = self._connection.execute(question).first() is not None
            self._since[key] = settled if known else self._first(key)
            self._exact |= set() if known else {key}
        return self._since[key] <= settled

    def _first(self, key: tuple[_Sender, str, str]) -> str:
        """When the first such list came; after all times when none has."""
        sender, mode, code = key
        columns = sa.func.min(messages.c.received_at)
        found = _lists_for(mode, code).where(_is_of(sender)).with_only_columns(columns)
        return self._connection.execute(found).scalar() or "~"


class _Before:
    """For which carriers the senders of one flight sent lists before."""

    def __init__(self, connection: sa.Connection, since: dict[_Sender, str]) -> None:
        self._connection, self._since = connection, since
        self._known: dict[tuple[_Sender, str, str], bool] = {}

    def speaks(self, arrival: Arrival, sender: _Sender, by_sellers: Set[Sold]) -> bool:
        """By its name, else by what it sent for the carrier until a day before its first message of this flight. That
        it carries what another sells, the seller must say as well, or a schedule."""
        message = arrival.message
        if not speaks_for(message, arrival.carrier):
            mode = message.journeys[0].mode
            sent = {code for code in carriers_of(message) if self._sent_for(sender, mode, code)}
            if not speaks_for(message, arrival.carrier, sent):
                return False
        return all(
            sold in by_sellers or self.speaks_for(arrival, sender, sold.seller) or self._is_expected(sold)
            for sold in sold_legs(message)
        )

    def speaks_for(self, arrival: Arrival, sender: _Sender, code: str) -> bool:
        """For one carrier; a folder of the State, without any sender, for each."""
        if arrival.carrier is None and arrival.envelope.sender is None:
            return True
        by_name = code in named_by(arrival.carrier, arrival.envelope.sender)
        return by_name or self._sent_for(sender, arrival.message.journeys[0].mode, code)

    def _is_expected(self, sold: Sold) -> bool:
        """Whether a schedule says who carries it."""
        there = expected_journeys.c.day == sold.day, sa.func.upper(expected_journeys.c.carrier) == sold.carries
        found = self._connection.execute(sa.select(expected_journeys.c.data).where(*there)).scalars()
        name = f"{sold.seller}{sold.number or ''}"
        return any(
            leg.origin == sold.origin and name in (f"{leg.carrier}{leg.number}", *journey.marketed_as)
            for journey in found
            for leg in journey.legs
        )

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
