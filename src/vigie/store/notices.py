"""What carriers were told, so that each thing is told once."""

import datetime as dt
from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from vigie.store import dialects, logbook
from vigie.store.events import SYSTEM, Action, Event
from vigie.store.moments import utc_text
from vigie.store.tables import notices, storable


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a carrier was told, or is to be told."""

    subject: str
    """Stable: the same thing has the same subject."""
    carrier: str | None
    outcome: str
    journey: str
    """Key of the expected journey."""
    file: str


class Notices:
    """The notices of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def told(self, subjects: Iterable[str]) -> set[str]:
        """Those of the subjects that were told of already."""
        wanted = sorted({storable(subject) for subject in subjects})
        found: set[str] = set()
        with dialects.reading(self._engine) as connection:
            for start in range(0, len(wanted), 1000):
                some = notices.c.subject.in_(wanted[start : start + 1000])
                found.update(connection.execute(sa.select(notices.c.subject).where(some)).scalars())
        return {subject for subject in wanted if subject in found}

    def record(self, notice: NoticeRow, now: dt.datetime) -> bool:
        """Write down that a notice lies there; False when somebody else has done so."""
        at = utc_text(now)
        row = msgspec.structs.asdict(notice) | {"told_at": at}
        with dialects.writing(self._engine) as connection:
            if not dialects.insert_new(connection, notices, [row]):
                return False
            facts = {"outcome": notice.outcome}
            logbook.append(connection, [Event(at=at, actor=SYSTEM, action=Action.CARRIER_TOLD, facts=facts)])
        return True
