"""The present state of journeys: put together from their messages when somebody asks, and kept until another one comes.

Recording a message only marks its journeys (`assembled_at` becomes NULL); so the single questions of a busy flight cost
no more than themselves. Messages are read and put together outside of the transaction that writes, because a ship takes
seconds; what is written is checked to be of all messages there are by then.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from vigie.journeys.assembly import Arrival, assemble
from vigie.journeys.state import JourneyState, PersonState
from vigie.journeys.transmission import Totals
from vigie.journeys.voyages import voyage_of
from vigie.records import Announced, Journey
from vigie.store import dialects, senders
from vigie.store.moments import utc_text
from vigie.store.tables import assemblies, departures, journeys, mentions, messages, persons, travellers

_ATTEMPTS: Final = 3
"""After these, messages wait until the journey is assembled, and not the reverse."""
_MOST: Final = 1000
"""Ids in one statement."""

Row = dict[str, Any]
Mention = tuple[int, int]
"""Id of the message and place of the traveller in it."""


class Flight(msgspec.Struct, frozen=True):
    """Journeys that are one, with the messages about them."""

    journeys: tuple[int, ...]
    messages: tuple[int, ...]
    fresh: bool
    """Assembled, and no message has come since."""


def assembled(engine: sa.Engine, journey_id: int, now: dt.datetime) -> bool:
    """Assemble the flight of a journey, if anything has come since it was last. False when there is no such journey."""
    at = utc_text(now)
    for _ in range(_ATTEMPTS):
        with dialects.reading(engine) as connection:
            flight = _flight(connection, journey_id)
            if flight is None or flight.fresh:
                return flight is not None
            state = assemble(_arrivals(connection, flight))
        with dialects.writing(engine) as connection:
            if _lock(connection, flight):
                _save(connection, flight, state, at)
                return True
    with dialects.writing(engine) as connection:
        flight = _flight(connection, journey_id)
        while flight is not None and not _lock(connection, flight):
            # What was recorded before the rows were ours; behind the lock, nothing more can come to them.
            flight = _flight(connection, journey_id)
        if flight is not None:
            _save(connection, flight, assemble(_arrivals(connection, flight)), at)
        return flight is not None


def stale(engine: sa.Engine, before: dt.datetime, after: int) -> int | None:
    """A journey to assemble with an id above `after`, all of whose messages were recorded before a moment."""
    latest = (
        sa.select(sa.func.max(messages.c.received_at))
        .join_from(mentions, messages, messages.c.id == mentions.c.message_id)
        .where(mentions.c.journey_id == journeys.c.id)
    )
    quiet = latest.scalar_subquery() <= utc_text(before)
    question = sa.select(sa.func.min(journeys.c.id)).where(
        journeys.c.assembled_at.is_(None), journeys.c.id > after, quiet
    )
    with dialects.reading(engine) as connection:
        found: int | None = connection.execute(question).scalar()
    return found


# -- what is there ------------------------------------------------------------------------------------------------


def _flight(connection: sa.Connection, journey_id: int) -> Flight | None:
    """All journeys that share a departure with it, or with one that does; None when there is no such journey."""
    found, new = {journey_id}, {journey_id}
    while new:
        mine, other = departures.alias("mine"), departures.alias("other")
        sharing = sa.select(other.c.journey_id).join_from(mine, other, other.c.departure == mine.c.departure)
        beside = {row for part in _parts(new) for row in _ids(connection, sharing.where(mine.c.journey_id.in_(part)))}
        new = beside - found
        found |= new
    rows = [row for part in _parts(found) for row in connection.execute(_state_of(part))]
    if not rows:
        return None
    heads = {row.head_id for row in rows}
    fresh = len(heads) == 1 and None not in heads and all(row.assembled_at is not None for row in rows)
    return Flight(tuple(sorted(found)), tuple(sorted(_messages(connection, found))), fresh)


def _state_of(part: Sequence[int]) -> sa.Select[Any]:
    return sa.select(journeys.c.head_id, journeys.c.assembled_at).where(journeys.c.id.in_(part))


def _messages(connection: sa.Connection, found: Iterable[int]) -> set[int]:
    """Messages whose first journey it is: their travellers are on that one, and so nobody is in two persons."""
    about = sa.select(mentions.c.message_id).where(mentions.c.ordinal == 0)
    return {row for part in _parts(found) for row in _ids(connection, about.where(mentions.c.journey_id.in_(part)))}


def _rows_of(ids: Sequence[int]) -> sa.Select[Any]:
    return dialects.locked(sa.select(journeys.c.id).where(journeys.c.id.in_(ids)).order_by(journeys.c.id))


def _lock(connection: sa.Connection, flight: Flight) -> bool:
    """Keep messages from being added until the transaction ends; False when one was, or another has done the work."""
    for part in _parts(flight.journeys):
        connection.execute(_rows_of(part))
    now = _flight(connection, flight.journeys[0])
    return now == flight


def _arrivals(connection: sa.Connection, flight: Flight) -> list[Arrival]:
    people: dict[int, list[Any]] = {}
    arrivals: list[Arrival] = []
    for part in _parts(flight.messages):
        on_board = (
            sa.select(travellers.c.message_id, travellers.c.data)
            .where(travellers.c.message_id.in_(part))
            .order_by(travellers.c.message_id, travellers.c.ordinal)
        )
        for message_id, traveller in connection.execute(on_board):
            people.setdefault(message_id, []).append(traveller)
        sent = sa.select(messages.c.id, messages.c.received_at, messages.c.data).where(messages.c.id.in_(part))
        for number, received, message in connection.execute(sent):
            whole = msgspec.structs.replace(message, travellers=tuple(people.pop(number, ())))
            arrivals.append(
                Arrival(number=number, received=received, message=whole, announced=_totals(message.announced))
            )
    return senders.known(connection, arrivals)


def _totals(announced: Announced | None) -> Totals | None:
    return None if announced is None else Totals(**msgspec.structs.asdict(announced))


# -- what is kept -------------------------------------------------------------------------------------------------


def _save(connection: sa.Connection, flight: Flight, state: JourneyState, at: str) -> None:
    head = _head(connection, flight, state)
    connection.execute(sa.delete(assemblies).where(assemblies.c.journey_id.in_(flight.journeys)))
    kept = msgspec.structs.replace(state, persons=(), asides=())
    connection.execute(assemblies.insert().values(journey_id=head, status=state.status, data=kept))
    _save_persons(connection, flight, state, head)
    for part in _parts(flight.journeys):
        these = journeys.c.id.in_(part)
        connection.execute(sa.update(journeys).where(these).values(assembled_at=at, head_id=head))


def _head(connection: sa.Connection, flight: Flight, state: JourneyState) -> int:
    """The journey as the present state has it; the first, where it has none."""
    voyage = voyage_of(Journey(mode=state.mode, legs=state.legs))
    mine = sa.select(journeys.c.id).where(journeys.c.voyage == voyage, journeys.c.id.in_(flight.journeys))
    found: int | None = connection.execute(mine).scalar() if voyage else None
    return flight.journeys[0] if found is None else found


def _save_persons(connection: sa.Connection, flight: Flight, state: JourneyState, head: int) -> None:
    """Each person keeps his row as long as one mention of him stays with it; rows that nobody is in are removed."""
    rows = _person_rows(state, head)
    there = _travellers_of(connection, flight)
    before = {mention: person for mention, (_, person) in there.items() if person is not None}
    left = set(_all_ids(connection, persons.c.id, persons.c.journey_id, flight.journeys))
    updates, new = [], []
    for mentioned, row in rows:
        mine = next((before[mention] for mention in mentioned if before.get(mention) in left), None)
        if mine is None:
            new.append((mentioned, row))
        else:
            left.discard(mine)
            updates.append((mentioned, row | {"row": mine}))
    if updates:
        change = sa.update(persons).where(persons.c.id == sa.bindparam("row"))
        columns: Row = {name: sa.bindparam(name) for name in updates[0][1] if name != "row"}
        connection.execute(change.values(columns), [row for _, row in updates])
    ids = _insert(connection, [row for _, row in new])
    owner = {mention: row["row"] for mentioned, row in updates for mention in mentioned}
    owner |= {mention: row for (mentioned, _), row in zip(new, ids, strict=True) for mention in mentioned}
    moved = [{"row": row, "person": owner.get(m)} for m, (row, person) in there.items() if owner.get(m) != person]
    if moved:
        change = sa.update(travellers).where(travellers.c.id == sa.bindparam("row"))
        connection.execute(change.values(person_id=sa.bindparam("person")), moved)
    for part in _parts(left):
        connection.execute(sa.delete(persons).where(persons.c.id.in_(part)))


def _person_rows(state: JourneyState, head: int) -> list[tuple[tuple[Mention, ...], Row]]:
    """Rows of the persons and, behind them, of those put aside; each with its mentions."""
    found = [(person.mentions, _person_row(person)) for person in state.persons]
    found += [
        (
            aside.mentions,
            {
                "key": "/".join(map(str, aside.mentions[0])),
                "status": aside.kind,
                "first_seen": "",
                "last_seen": "",
                "data": None,
                "aside": aside,
            },
        )
        for aside in state.asides
    ]
    return [(mentioned, row | {"journey_id": head, "ordinal": n}) for n, (mentioned, row) in enumerate(found)]


def _person_row(person: PersonState) -> Row:
    return {
        "key": person.key,
        "status": person.status,
        "first_seen": person.first_seen,
        "last_seen": person.last_seen,
        "data": person,
        "aside": None,
    }


def _travellers_of(connection: sa.Connection, flight: Flight) -> dict[Mention, tuple[int, int | None]]:
    """Each mention with the id of its row and of the person it was of before."""
    columns = (travellers.c.message_id, travellers.c.ordinal, travellers.c.id, travellers.c.person_id)
    found = {}
    for part in _parts(flight.messages):
        for message, place, row, person in connection.execute(
            sa.select(*columns).where(travellers.c.message_id.in_(part))
        ):
            found[message, place] = (row, person)
    return found


def _insert(connection: sa.Connection, rows: Sequence[Row]) -> list[int]:
    if not rows:
        return []
    statement = persons.insert().returning(persons.c.id, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())


def _ids(connection: sa.Connection, question: sa.Select[Any]) -> list[int]:
    return list(connection.execute(question).scalars())


def _all_ids(
    connection: sa.Connection, column: sa.Column[int], of: sa.Column[int], ids: Iterable[int]
) -> Iterable[int]:
    for part in _parts(ids):
        yield from _ids(connection, sa.select(column).where(of.in_(part)))


def _parts(ids: Iterable[int]) -> Iterable[Sequence[int]]:
    """As many ids at a time as a statement takes."""
    found = sorted(ids)
    return (found[start : start + _MOST] for start in range(0, len(found), _MOST))
