"""The one door to the database."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import sqlalchemy as sa

from vigie.messages.redaction import Original
from vigie.records import Decision, Entry, Message
from vigie.store import assembled, claims, dialects, persons, queries, recording, schema, sealed
from vigie.store.carriers import Carriers
from vigie.store.claims import Claim, Claims
from vigie.store.expected import Expected
from vigie.store.inbox import Inbox
from vigie.store.moments import utc_text
from vigie.store.notices import Notices
from vigie.store.quality import Qualities
from vigie.store.rows import (
    AssembledJourney,
    Counts,
    EventRow,
    JourneyRow,
    MatchDetail,
    MatchRow,
    PersonDetail,
    PersonRow,
    Receipt,
)

_WIDEST: Final = dt.timedelta(hours=50)
"""From the earliest to the latest moment of a day at a place that may be anywhere: 24 hours and the 26 of all zones."""


def open_store(url: str, make: bool = True) -> "Store":
    """Open the database at `url`, brought to the newest schema; without `make`, only where there is one.

    `sqlite:///FILE` (the folder must exist; a new file is readable by its owner only) or
    `postgresql+psycopg://USER@HOST/DATABASE` (the database must exist; a schema is chosen with
    `?options=-csearch_path%3DSCHEMA`). Raises StoreError when it cannot be used: unreachable, not a database, not
    Vigie's, or made by a newer Vigie; NoDatabaseError when there is none and none is to be made.
    """
    engine = dialects.make_engine(url, make)
    try:
        schema.upgrade(engine, make)
    except BaseException:  # Ctrl-C too: no connection stays open, and the cause goes on
        engine.dispose()
        raise
    return Store(engine)


class Store:
    """Messages, screening outcomes and audit events in one database. Safe to use from several threads.

    Close it, or use it as a context manager. Every method raises StoreError when the database refuses.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.inbox: Final = Inbox(engine)
        self.claims: Final = Claims(engine)
        self.carriers: Final = Carriers(engine)
        self.qualities: Final = Qualities(engine)
        self.expected: Final = Expected(engine)
        self.notices: Final = Notices(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def record(
        self,
        message: Message,
        original: Original,
        ordinal: int,
        decisions: Sequence[Decision],
        entries: Iterable[Entry],
        now: dt.datetime,
        claim: Claim | None = None,
    ) -> Receipt:
        """Record one message with its screening in one transaction: all of it or nothing.

        `original` is the whole input, redacted, stored once however many messages it holds; `ordinal` is the
        message's place in it, from 0. The same input and ordinal a second time adds an audit event and nothing else.
        `decisions` has one per traveller screened, also those without match. `entries` holds at least every matched
        entry; the others are passed over, and an entry stored under the same list version is kept as it was.

        Raises ValueError, before the database is touched, for a fault of the caller: `now` without a zone, a decision
        about a traveller or journey the message does not have, two about one traveller, a matched entry not given.
        With a `claim`, raises ClaimLostError when it does not hold any more, and renews it otherwise.
        """
        screened = recording.Screened(
            message=message,
            original=original,
            ordinal=ordinal,
            decisions=tuple(decisions),
            entries=recording.matched_entries(decisions, entries),
            at=utc_text(now),
            arrival_id=None if claim is None else claim.arrival_id,
        )
        with dialects.writing(self._engine) as connection:
            if claim is not None:
                claims.renew(connection, claim, now)
            return recording.record(connection, screened)

    def assembled(self, journey_id: int, now: dt.datetime) -> AssembledJourney | None:
        """The present state of a journey, assembled again when a message came since; None when there is none with this
        id. `now`: timezone-aware."""
        if not _possible(journey_id) or not assembled.assembled(self._engine, journey_id, now):
            return None
        journey = self.journey(journey_id)
        if journey is None:
            return None
        with dialects.reading(self._engine) as connection:
            return persons.of_journey(connection, journey)

    def stale(self, before: dt.datetime, after: int = 0) -> int | None:
        """The first journey with an id above `after` that is to be assembled, none of whose messages was recorded
        after `before` (timezone-aware)."""
        return assembled.stale(self._engine, before, after)

    def persons(self, ids: Sequence[int]) -> list[PersonRow]:
        """These persons, in the order of their ids given; without those that are not there."""
        with dialects.reading(self._engine) as connection:
            return persons.rows(connection, ids)

    def person(self, person_id: int) -> PersonDetail | None:
        """Everything about one person, as last assembled, or None when there is none with this id."""
        if not _possible(person_id):
            return None
        with dialects.reading(self._engine) as connection:
            return persons.detail(connection, person_id)

    def journeys(self, limit: int = 500) -> list[JourneyRow]:
        """Journeys, newest departure first (UTC where known, else its earliest reading); those without one last."""
        return [JourneyRow(**row) for row in self._ask(queries.newest_journeys(limit))]

    def journey(self, journey_id: int) -> JourneyRow | None:
        """One journey, or None when there is none with this id."""
        if not _possible(journey_id):
            return None
        return next((JourneyRow(**row) for row in self._ask(queries.one_journey(journey_id))), None)

    def matches(
        self, journey: int | None = None, alerts_only: bool = True, limit: int = 200, after: int | None = None
    ) -> list[MatchRow]:
        """Matches, strongest first: one for each person and entry, the one recorded last (of those that alert, with
        `alerts_only`). `after` is the id of the last match of the page before."""
        if not all(_possible(number) for number in (journey, after) if number is not None):
            return []
        question = queries.newest_only(queries.strongest_matches(limit), alerts_only)
        if journey is not None:
            question = queries.of_journey(question, journey)
        if alerts_only:
            question = queries.alerts(question)
        if after is not None:
            question = queries.following(question, after)
        return [MatchRow(**row) for row in self._ask(question)]

    def departing(
        self, since: dt.datetime, alerts_only: bool = True, limit: int = 200, after: int | None = None
    ) -> list[MatchRow]:
        """Matches on journeys not known to have departed at `since` (timezone-aware), soonest departure first.

        Those whose departure is not known in UTC stand by the earliest moment it may be, until their latest is surely
        past. Without journeys that have no departure at all. `after` is the id of the last match of the page before.
        """
        if after is not None and not _possible(after):
            return []
        certain, uncertain = (f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M}" for at in (since, since - _WIDEST))
        question = queries.newest_only(queries.soonest_matches(certain, uncertain, limit), alerts_only)
        if alerts_only:
            question = queries.alerts(question)
        if after is not None:
            question = queries.departing_after(question, after)
        return [MatchRow(**row) for row in self._ask(question)]

    def match(self, match_id: int) -> MatchDetail | None:
        """Everything about one match, or None when there is none with this id."""
        if not _possible(match_id):
            return None
        for row in self._ask(queries.one_match(match_id)):
            facts = MatchRow(**{field: row.pop(field) for field in MatchRow.__struct_fields__})
            journey = None if facts.journey_id is None else self.journey(facts.journey_id)
            others = tuple(MatchRow(**other) for other in self._ask(queries.same_pair(match_id)))
            return MatchDetail(facts=facts, journey=journey, entry=row.pop("entry_data"), others=others, **row)
        return None

    def counts(self) -> Counts:
        """How much is stored."""
        return Counts(**self._ask(queries.counts())[0])

    def events(self, limit: int) -> list[EventRow]:
        """Audit events, newest first."""
        return [EventRow(**row) for row in self._ask(queries.newest_events(limit))]

    def expire_sealed(self, keys: Path, now: dt.datetime) -> sealed.Expired:
        """Destroy the originals that were sealed 72 hours ago: their keys first, which lie in the folder `keys`."""
        return sealed.expire(self._engine, keys, now)

    def _ask(self, question: queries.Question) -> list[dict[str, Any]]:
        with dialects.reading(self._engine) as connection:
            return [dict(row) for row in connection.execute(question).mappings()]


def _possible(row_id: int) -> bool:
    """False for numbers that no row can have and that the databases would stumble over."""
    return 0 < row_id < 2**63
