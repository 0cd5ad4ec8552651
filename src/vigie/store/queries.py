"""Every question the readers ask, by name. Columns are labelled as the fields of the row structs they fill."""

from typing import Any

import sqlalchemy as sa

from vigie.store.tables import (
    assemblies,
    decisions,
    entries,
    events,
    inputs,
    journeys,
    legs,
    matches,
    mentions,
    messages,
    persons,
    travellers,
)

Question = sa.Select[Any]
_PERSON = sa.func.coalesce(travellers.c.person_id, -travellers.c.id)
"""Who a traveller is: himself, while his journey is not assembled with his message."""


def _one_flight(journey_id: sa.ColumnElement[int] | int) -> Question:
    """Ids of the journeys for which this one stands."""
    every = journeys.alias("every")
    own = sa.or_(every.c.id == journey_id, every.c.head_id == journey_id)
    return sa.select(every.c.id).where(own).correlate_except(every)


def _journey_rows() -> Question:
    """JourneyRow: the counts are looked up for the rows asked for only, each by an index."""
    number, one = sa.select(sa.func.count()), _one_flight(journeys.c.id)
    known = number.select_from(persons).where(persons.c.journey_id == journeys.c.id)
    # Not by the index of persons: most travellers of a busy day may have none.
    adrift = sa.func.coalesce(travellers.c.person_id, 0) == 0
    since = number.select_from(travellers).where(travellers.c.journey_id.in_(one), adrift)
    alerting = (
        sa.select(sa.func.count(_PERSON.distinct()))
        .join_from(decisions, travellers, travellers.c.id == decisions.c.traveller_id)
        .where(decisions.c.journey_id.in_(one), decisions.c.alert)
    )
    about = sa.select(sa.func.count(mentions.c.message_id.distinct())).where(mentions.c.journey_id.in_(one))
    latest = sa.select(sa.func.max(mentions.c.message_id)).where(mentions.c.journey_id.in_(one))
    status = sa.select(assemblies.c.status).where(assemblies.c.journey_id == journeys.c.id)
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
        (known.scalar_subquery() + since.scalar_subquery()).label("travellers"),
        alerting.scalar_subquery().label("alerts"),
        about.scalar_subquery().label("messages"),
        messages.c.received_at,
        messages.c.source,
        status.scalar_subquery().label("status"),
    ).join_from(journeys, messages, messages.c.id == latest.scalar_subquery())


def newest_journeys(limit: int) -> Question:
    """Newest departure first, without a departure last; of equal departures the latest recorded first."""
    stands = sa.or_(journeys.c.head_id.is_(None), journeys.c.head_id == journeys.c.id)
    return _journey_rows().where(stands).order_by(journeys.c.departs_order.desc(), journeys.c.id.desc()).limit(limit)


def one_journey(journey_id: int) -> Question:
    """The one that stands for it."""
    asked = journeys.alias("asked")
    head = sa.select(sa.func.coalesce(asked.c.head_id, asked.c.id)).where(asked.c.id == journey_id)
    return _journey_rows().where(journeys.c.id == head.scalar_subquery())


def _match_rows() -> Question:
    """MatchRow: a match with its decision, traveller, person, entry and, when there is one, the journey that stands for
    the traveller's."""
    return (
        sa.select(
            matches.c.id,
            journeys.c.id.label("journey_id"),
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
            travellers.c.person_id,
            persons.c.status,
            _others(sa.func.count()).scalar_subquery().label("others"),
        )
        .join_from(matches, decisions, decisions.c.id == matches.c.decision_id)
        .join(travellers, travellers.c.id == decisions.c.traveller_id)
        .join(entries, entries.c.id == matches.c.entry_id)
        .outerjoin(persons, persons.c.id == travellers.c.person_id)
        .outerjoin(_NAMED, _NAMED.c.id == travellers.c.journey_id)
        .outerjoin(journeys, journeys.c.id == sa.func.coalesce(_NAMED.c.head_id, _NAMED.c.id))
    )


_NAMED = journeys.alias("named")
"""The journey as the traveller's message gives it."""
_OTHER = matches.alias("other")


def _others(what: sa.ColumnElement[Any]) -> Question:
    """Of the other matches of the same person with the same entry, whatever the version of the list."""
    decision, traveller, entry = decisions.alias("d"), travellers.alias("t"), entries.alias("e")
    return (
        sa.select(what)
        .select_from(traveller)
        .join(decision, decision.c.traveller_id == traveller.c.id)
        .join(_OTHER, _OTHER.c.decision_id == decision.c.id)
        .join(entry, entry.c.id == _OTHER.c.entry_id)
        .where(
            traveller.c.person_id == travellers.c.person_id,
            entry.c.list == entries.c.list,
            entry.c.entry == entries.c.entry,
            _OTHER.c.id != matches.c.id,
        )
    )


def newest_only(question: Question, alerts_only: bool) -> Question:
    """One match for each person and entry: the one recorded last, among those that alert when only these are shown, so
    that a later message that says less hides no alert."""
    # Written so that no index of matches fits: the few of one person are looked through, not all that came later.
    newer = _others(sa.literal(1)).where(_OTHER.c.id - matches.c.id > 0)
    if alerts_only:
        newer = newer.where(sa.func.coalesce(_OTHER.c.alert, sa.false()))
    return question.where(~newer.exists())


def of_person(question: Question, person_id: int) -> Question:
    return question.where(travellers.c.person_id == person_id)


def same_pair(match: int) -> Question:
    """MatchRow of the other matches of the same person with the same entry, the latest recorded first."""
    pair = (
        sa.select(travellers.c.person_id, entries.c.list, entries.c.entry)
        .join_from(matches, decisions, decisions.c.id == matches.c.decision_id)
        .join(travellers, travellers.c.id == decisions.c.traveller_id)
        .join(entries, entries.c.id == matches.c.entry_id)
        .where(matches.c.id == match)
        .subquery()
    )
    person, list_, entry = (sa.select(column).scalar_subquery() for column in pair.c)
    same = (travellers.c.person_id == person, entries.c.list == list_, entries.c.entry == entry)
    return _match_rows().where(*same, matches.c.id != match).order_by(matches.c.id.desc())


def strongest_matches(limit: int) -> Question:
    """Strongest first; of equal matches the latest recorded first. Alone among alerts this is one walk of an index."""
    return _match_rows().order_by(matches.c.millibits.desc(), matches.c.id.desc()).limit(limit)


_OWN_TIME = sa.func.coalesce(sa.func.nullif(_NAMED.c.departs_order, ""), journeys.c.departs_order)
"""What the queue by departure is ordered by: what the traveller's own message says goes before what others say."""


def soonest_matches(since: str, uncertain_since: str, limit: int) -> Question:
    """Of the travellers with something still to leave from `since` on, soonest first, and strongest first on each
    journey. Shown is the first leg that is still to leave, as their own message has it.

    A departure that is not known in UTC counts from `uncertain_since` on. A journey has not left before its last leg
    has: who boards there must be looked at. The journey that stands for the traveller's counts too, when his own has
    left: it may be late, as another message says. It alone does not, because anybody may have sent it. Sorts what it
    finds: alerts are few, and so are the journeys ahead.
    """
    onward = legs.alias("onward")
    ahead = sa.or_(
        onward.c.departs_utc >= since, sa.and_(onward.c.departs_utc.is_(None), onward.c.departs >= uncertain_since)
    )
    next_leg = (
        sa.select(onward.c.id)
        .where(onward.c.journey_id == _NAMED.c.id, onward.c.ordinal > 0, ahead)
        .order_by(onward.c.departs_utc.is_(None), onward.c.ordinal)
        .limit(1)
        .correlate(_NAMED)
    )
    surely = _NAMED.c.departs_order >= since
    own, here = _is_ahead(_NAMED, since, uncertain_since), _is_ahead(journeys, since, uncertain_since)
    question = _match_rows().outerjoin(legs, legs.c.id == next_leg.scalar_subquery())
    shown = {
        name: sa.case((surely, _NAMED.c[name]), (legs.c.id.is_not(None), legs.c[name]), (own, _NAMED.c[name]),
                      else_=journeys.c[name]).label(name)
        for name in _LEAVES
    }  # fmt: skip
    return (
        question.with_only_columns(*(shown.get(column.key or "", column) for column in question.selected_columns))
        .where(sa.or_(own, here, legs.c.id.is_not(None)))
        .order_by(_OWN_TIME, matches.c.millibits.desc(), matches.c.id.desc())
        .limit(limit)
    )


_LEAVES = ("carrier", "number", "origin", "destination", "departs", "departs_utc")


def _is_ahead(of: sa.FromClause, since: str, uncertain_since: str) -> sa.ColumnElement[bool]:
    at = of.c.departs_order
    return sa.and_(at >= uncertain_since, sa.or_(at >= since, of.c.departs_utc.is_(None)))


def of_journey(question: Question, journey_id: int) -> Question:
    """Only matches of travellers on this journey."""
    return question.where(travellers.c.journey_id.in_(_one_flight(journey_id)))


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
        sa.select(_OWN_TIME.label("at"), matches.c.millibits)
        .join_from(matches, decisions, decisions.c.id == matches.c.decision_id)
        .join(travellers, travellers.c.id == decisions.c.traveller_id)
        .join(_NAMED, _NAMED.c.id == travellers.c.journey_id)
        .join(journeys, journeys.c.id == sa.func.coalesce(_NAMED.c.head_id, _NAMED.c.id))
        .where(matches.c.id == match_id)
        .subquery()
    )
    at, strength = (sa.select(column).scalar_subquery() for column in of_it.c)
    here = sa.tuple_(_OWN_TIME, -matches.c.millibits, -matches.c.id)
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
        sa.select(sa.func.count(_PERSON.distinct()))
        .join_from(decisions, travellers, travellers.c.id == decisions.c.traveller_id)
        .where(decisions.c.alert)
        .scalar_subquery()
        .label("alerts"),
    )


def newest_events(limit: int) -> Question:
    """EventRow."""
    return sa.select(events).order_by(events.c.id.desc()).limit(limit)
