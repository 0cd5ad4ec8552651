"""What carriers were told, so that each thing is told once."""

import datetime as dt
from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from vigie.messages.quality import Quality
from vigie.records import Envelope, MessageType, Problem
from vigie.store import dialects, logbook
from vigie.store.events import SYSTEM, Action, Event
from vigie.store.moments import utc_text
from vigie.store.tables import inputs, messages, notices, qualities, storable


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a carrier was told, or is to be told."""

    subject: str
    """Stable: the same thing has the same subject."""
    carrier: str | None
    outcome: str
    journey: str
    """Key of the expected journey."""
    file: str


class FaultyMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message that a carrier is to be told of. Nothing here is about a person but `original`."""

    sha256: str
    """Of the whole input it came in."""
    ordinal: int
    """Its place in the input, from 0."""
    type: MessageType | None
    function: str | None
    envelope: Envelope | None
    received_at: str
    problems: tuple[Problem, ...]
    failed: tuple[str, ...]
    """Rules of the bench, by name."""
    quality: Quality
    original: bytes
    """The whole input, redacted."""


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

    def faulty(self, message_id: int) -> FaultyMessage | None:
        """What there is to tell of a message; None when it is not there (any more)."""
        columns = (messages.c.ordinal, messages.c.type, messages.c.function, messages.c.problems, messages.c.data)
        question = (
            sa.select(*columns, qualities.c.received_at, qualities.c.failed, qualities.c.data.label("quality"))
            .add_columns(inputs.c.sha256, inputs.c.original)
            .join_from(messages, qualities, qualities.c.message_id == messages.c.id)
            .join(inputs, inputs.c.id == messages.c.input_id)
            .where(messages.c.id == message_id)
        )
        with dialects.reading(self._engine) as connection:
            row = connection.execute(question).mappings().first()
        if row is None:
            return None
        found = {field: row[field] for field in FaultyMessage.__struct_fields__ if field != "envelope"}
        return FaultyMessage(**found, envelope=row["data"].envelope)

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
