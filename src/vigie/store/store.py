"""The one door to the database."""

import datetime as dt
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from vigie.records import Decision, Entry, Message
from vigie.store.rows import Counts, EventRow, JourneyRow, MatchDetail, MatchRow, Receipt


def open_store(url: str) -> "Store":
    """Open the database at `url`; see docs/reference/store.md."""
    raise NotImplementedError


class Store:
    """Messages, screening outcomes and audit events in one database. Safe to use from several threads.

    Close it, or use it as a context manager. Every method raises StoreError when the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
        original: bytes,
        ordinal: int,
        decisions: Sequence[Decision],
        entries: Iterable[Entry],
        now: dt.datetime,
    ) -> Receipt:
        """Record one message with its screening in one transaction: all of it or nothing.

        `original` is the whole input as received and `ordinal` the message's place in it, from 0. `decisions` has at
        most one per traveller. `entries` holds at least every matched entry. `now` must be timezone-aware.
        """
        raise NotImplementedError

    def journeys(self, limit: int = 500) -> list[JourneyRow]:
        """Journeys, newest departure first; those without a departure last."""
        raise NotImplementedError

    def journey(self, journey_id: int) -> JourneyRow | None:
        """One journey, or None when there is none with this id."""
        raise NotImplementedError

    def matches(
        self, journey: int | None = None, alerts_only: bool = True, limit: int = 200, after: int | None = None
    ) -> list[MatchRow]:
        """Matches, strongest first. `after` is the id of the last match of the page before."""
        raise NotImplementedError

    def match(self, match_id: int) -> MatchDetail | None:
        """Everything about one match, or None when there is none with this id."""
        raise NotImplementedError

    def counts(self) -> Counts:
        """How much is stored."""
        raise NotImplementedError

    def events(self, limit: int) -> list[EventRow]:
        """Audit events, newest first."""
        raise NotImplementedError
