"""Every question the readers ask, by name. Columns are labelled as the fields of the row structs they fill."""

from typing import Any

import sqlalchemy as sa

from vigie.store.tables import decisions, entries, events, inputs, journeys, matches, mentions, messages, travellers

Question = sa.Select[Any]


def _journey_rows() -> Question:
    """JourneyRow: the counts are looked up for the rows asked for only, each by an index."""
    number = sa.select(sa.func.count())
    aboard = number.select_from(travellers).where(travellers.c.journey_id == journeys.c.id)
    alerting = number.select_from(decisions).where(decisions.c.journey_id == journeys.c.id, decisions.c.alert)
    about = number.select_from(mentions).where(mentions.c.journey_id == journeys.c.id)
    latest = sa.select(sa.func.max(mentions.c.message_id)).where(mentions.c.journey_id == journeys.c.id)
    return sa.select(
        journeys.c.id,
        journeys.c.mode,
        journeys.c.carrier,
        journeys.c.number,
        journeys.c.origin,
        journeys.c.destination,
        journeys.c.departs,
        journeys.c.departs_utc,
        journeys.c.arrives,
        aboard.scalar_subquery().label("travellers"),
        alerting.scalar_subquery().label("alerts"),
        about.scalar_subquery().label("messages"),
        messages.c.received_at,
        messages.c.source,
    ).join_from(journeys, messages, messages.c.id == latest.scalar_subquery())


def newest_journeys(limit: int) -> Question:
    """Newest departure first, without a departure last; of equal departures the latest recorded first."""
    return _journey_rows().order_by(journeys.c.departs_order.desc(), journeys.c.id.desc()).limit(limit)


def one_journey(journey_id: int) -> Question:
    return _journey_rows().where(journeys.c.id == journey_id)


def _match_rows() -> Question:
    """MatchRow: a match with its decision, traveller, entry and, when there is one, journey."""
    return (
        sa.select(
            matches.c.id,
            travellers.c.journey_id,
            journeys.c.mode,
            journeys.c.carrier,
            journeys.c.number,
            journeys.c.origin,
            journeys.c.destination,
            journeys.c.departs,
            journeys.c.departs_utc,
            travellers.c.id.label("traveller_id"),
            travellers.c.name.label("traveller_name"),
            travellers.c.birth_date,
            travellers.c.nationality,
            travellers.c.sex,
            entries.c.list,
            entries.c.entry,
            matches.c.caption,
            matches.c.matched_name,
            matches.c.millibits,
            matches.c.probability,
            matches.c.alert,
            matches.c.operational,
            decisions.c.threshold_millibits,
        )
        .join_from(matches, decisions, decisions.c.id == matches.c.decision_id)
        .join(travellers, travellers.c.id == decisions.c.traveller_id)
        .join(entries, entries.c.id == matches.c.entry_id)
        .outerjoin(journeys, journeys.c.id == travellers.c.journey_id)
    )


def strongest_matches(limit: int) -> Question:
    """Strongest first; of equal matches the latest recorded first. Alone among alerts this is one walk of an index."""
    return _match_rows().order_by(matches.c.millibits.desc(), matches.c.id.desc()).limit(limit)


def soonest_matches(since: str, uncertain_since: str, limit: int) -> Question:
    """Of the journeys that leave from `since` on, soonest first, and strongest first on each.

    A journey whose departure is not known in UTC counts from `uncertain_since` on, by its earliest moment. Sorts what
    it finds: alerts are few, and so are the journeys ahead.
    """
    at = journeys.c.departs_order
    return (
        _match_rows()
        .where(at >= uncertain_since, sa.or_(at >= since, journeys.c.departs_utc.is_(None)))
        .order_by(at, matches.c.millibits.desc(), matches.c.id.desc())
        .limit(limit)
    )


def of_journey(question: Question, journey_id: int) -> Question:
    """Only matches of travellers on this journey."""
    return question.where(travellers.c.journey_id == journey_id)


def alerts(question: Question) -> Question:
    """Only matches that alert."""
    return question.where(matches.c.alert)


def following(question: Question, match_id: int) -> Question:
    """Only matches that come after this one, strongest first; none when it does not exist."""
    strength = sa.select(matches.c.millibits).where(matches.c.id == match_id).scalar_subquery()
    return question.where(sa.tuple_(matches.c.millibits, matches.c.id) < sa.tuple_(strength, match_id))


def departing_after(question: Question, match_id: int) -> Question:
    """Only matches that come after this one, soonest departure first; none when it does not exist or has no journey."""
    of_it = (
        sa.select(journeys.c.departs_order, matches.c.millibits)
        .join_from(matches, decisions, decisions.c.id == matches.c.decision_id)
        .join(travellers, travellers.c.id == decisions.c.traveller_id)
        .join(journeys, journeys.c.id == travellers.c.journey_id)
        .where(matches.c.id == match_id)
        .subquery()
    )
    at, strength = (sa.select(column).scalar_subquery() for column in of_it.c)
    here = sa.tuple_(journeys.c.departs_order, -matches.c.millibits, -matches.c.id)
    return question.where(here > sa.tuple_(at, -strength, -match_id))


def one_match(match_id: int) -> Question:
    """MatchRow, and what MatchDetail shows beyond it and JourneyRow."""
    return (
        _match_rows()
        .add_columns(
            travellers.c.data.label("traveller"),
            entries.c.data.label("entry_data"),  # MatchRow has an `entry` already, the list's own number
            matches.c.data.label("match"),
            decisions.c.list_version,
            decisions.c.engine_version,
            travellers.c.message_id,
            inputs.c.sha256,
            messages.c.ordinal,
            messages.c.source,
            messages.c.received_at,
        )
        .join(messages, messages.c.id == travellers.c.message_id)
        .join(inputs, inputs.c.id == messages.c.input_id)
        .where(matches.c.id == match_id)
    )


def counts() -> Question:
    """Counts."""
    number = sa.func.count()
    return sa.select(
        sa.select(number).select_from(messages).scalar_subquery().label("messages"),
        sa.select(number).select_from(journeys).scalar_subquery().label("journeys"),
        sa.select(number).select_from(travellers).scalar_subquery().label("travellers"),
        sa.select(number).select_from(decisions).where(decisions.c.alert).scalar_subquery().label("alerts"),
    )


def newest_events(limit: int) -> Question:
    """EventRow."""
    return sa.select(events).order_by(events.c.id.desc()).limit(limit)
