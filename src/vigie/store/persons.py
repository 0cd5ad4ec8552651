"""Reads what `vigie.store.assembled` keeps."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from vigie.store import queries
from vigie.store.rows import (
    AssembledJourney,
    JourneyRow,
    Listed,
    MatchRow,
    Mentioned,
    MessageRow,
    PersonDetail,
    PersonRow,
)
from vigie.store.tables import (
    assemblies,
    decisions,
    entries,
    journeys,
    matches,
    mentions,
    messages,
    persons,
    travellers,
)


def of_journey(connection: sa.Connection, journey: JourneyRow) -> AssembledJourney | None:
    """What is kept of the journey, which stands for all that are one with it; None while it is not assembled."""
    state = connection.execute(sa.select(assemblies.c.data).where(assemblies.c.journey_id == journey.id)).scalar()
    if state is None:
        return None
    columns = (persons.c.id, persons.c.key, persons.c.status)
    listed = sa.select(*columns).where(persons.c.journey_id == journey.id).order_by(persons.c.ordinal)
    return AssembledJourney(
        journey=journey,
        state=state,
        persons=tuple(Listed(*row) for row in connection.execute(listed)),
        messages={row.id: row for row in _messages(connection, journey.id)},
    )


def rows(connection: sa.Connection, ids: Sequence[int]) -> list[PersonRow]:
    """These persons, in this order."""
    alerting = (
        sa.select(sa.func.count(sa.distinct(entries.c.list + "/" + entries.c.entry)))
        .join_from(travellers, decisions, decisions.c.traveller_id == travellers.c.id)
        .join(matches, matches.c.decision_id == decisions.c.id)
        .join(entries, entries.c.id == matches.c.entry_id)
        .where(travellers.c.person_id == persons.c.id, matches.c.alert)
    )
    question = sa.select(
        persons.c.id,
        persons.c.journey_id,
        persons.c.status,
        persons.c.data.label("state"),
        persons.c.aside,
        alerting.scalar_subquery().label("alerts"),
    ).where(persons.c.id.in_(ids))
    found = {row["id"]: PersonRow(**row) for row in connection.execute(question).mappings()}
    return [found[row] for row in ids if row in found]


def detail(connection: sa.Connection, person_id: int) -> PersonDetail | None:
    found = next(iter(rows(connection, [person_id])), None)
    if found is None:
        return None
    about = connection.execute(queries.one_journey(found.journey_id)).mappings().one()
    journey = of_journey(connection, JourneyRow(**about))
    if journey is None:  # assembled anew this very moment
        return None
    return PersonDetail(
        person=found,
        journey=journey,
        mentions=tuple(_mentioned(connection, person_id)),
        matches=tuple(_matches(connection, person_id)),
    )


def _mentioned(connection: sa.Connection, person_id: int) -> Iterable[Mentioned]:
    columns = (travellers.c.message_id, travellers.c.ordinal, travellers.c.id.label("traveller_id"))
    question = sa.select(*columns, travellers.c.data.label("traveller")).where(travellers.c.person_id == person_id)
    for row in connection.execute(question.order_by(travellers.c.message_id, travellers.c.ordinal)).mappings():
        yield Mentioned(**row)


def _matches(connection: sa.Connection, person_id: int) -> Iterable[MatchRow]:
    every = queries.of_person(queries.strongest_matches(_MOST), person_id)
    for row in connection.execute(queries.newest_only(every, alerts_only=False)).mappings():
        yield MatchRow(**row)


_MOST = 200


def _messages(connection: sa.Connection, journey_id: int) -> Iterable[MessageRow]:
    number = sa.select(sa.func.count()).where(travellers.c.message_id == messages.c.id).scalar_subquery()
    columns: tuple[Any, ...] = (messages.c.id, messages.c.type, messages.c.function, messages.c.source)
    mine = sa.or_(journeys.c.id == journey_id, journeys.c.head_id == journey_id)
    question = (
        sa.select(*columns, messages.c.received_at, number.label("travellers"))
        .join_from(mentions, messages, messages.c.id == mentions.c.message_id)
        .join(journeys, journeys.c.id == mentions.c.journey_id)
        .where(mentions.c.ordinal == 0, mine)
    )
    return [MessageRow(**row) for row in connection.execute(question).mappings()]
