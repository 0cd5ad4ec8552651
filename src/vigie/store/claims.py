"""Who works on which arrival. No two arrivals that share a voyage are worked on at once, nor out of their order.

A claim is a lease: its worker renews it, and when the worker dies it runs out and the next one takes over. Whatever a
worker writes goes through `renew` in the same transaction, so one that has lost its claim (a machine that stood still)
cannot write any more.
"""

import datetime as dt
import secrets
from typing import Final

import msgspec
import sqlalchemy as sa

from vigie.errors import StoreError
from vigie.store import dialects, logbook
from vigie.store.events import SYSTEM, Action, Event
from vigie.store.moments import utc_text
from vigie.store.tables import arrival_voyages, arrivals, inputs

LEASE: Final = dt.timedelta(seconds=60)
MOST_ATTEMPTS: Final = 3
"""A fault that passes is gone by the third; one that does not is a bug."""
_PAUSE: Final = dt.timedelta(seconds=2)
"""Before the second attempt; before the third it is as long again for each one made."""
WORKER_DIED: Final = "WORKER_DIED"


class ClaimLostError(StoreError):
    """The claim ran out and another worker has the arrival."""

    def __init__(self) -> None:
        super().__init__("the claim on an arrival ran out and another worker has it; nothing was written")


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """An arrival in the hands of one worker."""

    arrival_id: int
    worker: str
    sha256: str
    source: str
    received_at: str
    original: bytes
    """As stored: redacted."""
    attempt: int


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What processing an arrival came to."""

    messages: int = 0
    travellers: int = 0
    alerts: int = 0


class Claims:
    """Claims on the arrivals of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def next(self, now: dt.datetime) -> Claim | None:
        """The oldest arrival that may be worked on, claimed; None when there is none.

        One whose workers have died three times over is put into quarantine on the way.
        """
        at = utc_text(now)
        with dialects.writing(self._engine) as connection:
            dialects.lock_inbox(connection)
            while (found := connection.execute(_free(at)).first()) is not None:
                if found.attempts >= MOST_ATTEMPTS:
                    quarantine(connection, found.id, WORKER_DIED, found.attempts, at)
                elif (claim := _take(connection, found.id, at, utc_text(now + LEASE))) is not None:
                    return claim
        return None

    def waiting(self) -> bool:
        """True while anything waits or is worked on."""
        open_ones = sa.select(arrivals.c.id).where(arrivals.c.state.in_(("waiting", "working"))).limit(1)
        with dialects.reading(self._engine) as connection:
            return connection.execute(open_ones).first() is not None

    def renew(self, claim: Claim, now: dt.datetime) -> None:
        """Hold on to it for another lease. Raises ClaimLostError."""
        with dialects.writing(self._engine) as connection:
            renew(connection, claim, now)

    def finish(self, claim: Claim, work: Work, now: dt.datetime) -> None:
        """It is processed. Raises ClaimLostError."""
        with dialects.writing(self._engine) as connection:
            _change(connection, claim, state="done", reason=None, worker=None)
            _log(connection, Action.ARRIVAL_PROCESSED, claim.arrival_id, now, msgspec.structs.asdict(work))

    def fail(self, claim: Claim, reason: str, now: dt.datetime) -> bool:
        """Processing broke off. True when it is in quarantine now, after the last attempt. Raises ClaimLostError.

        `reason` names the fault and its place in the program, never the content.
        """
        with dialects.writing(self._engine) as connection:
            if claim.attempt >= MOST_ATTEMPTS:
                renew(connection, claim, now)
                quarantine(connection, claim.arrival_id, reason, claim.attempt, utc_text(now))
                return True
            due = utc_text(now + _PAUSE * claim.attempt)
            _change(connection, claim, state="waiting", reason=reason, due_at=due, worker=None)
            _log(
                connection, Action.ARRIVAL_FAILED, claim.arrival_id, now, {"attempt": claim.attempt}, {"reason": reason}
            )
        return False

    def give_back(self, claim: Claim, now: dt.datetime) -> None:
        """Another may have it at once, and it does not count as an attempt. A claim that is lost is nobody's loss."""
        with dialects.writing(self._engine) as connection:
            mine = (arrivals.c.id == claim.arrival_id, arrivals.c.worker == claim.worker)
            connection.execute(
                sa.update(arrivals)
                .where(*mine, arrivals.c.state == "working")
                .values(state="waiting", worker=None, due_at=utc_text(now), attempts=arrivals.c.attempts - 1)
            )


def renew(connection: sa.Connection, claim: Claim, now: dt.datetime) -> None:
    """Prove that the claim holds, and renew it, in the transaction of whatever is written under it."""
    _change(connection, claim, due_at=utc_text(now + LEASE))


def quarantine(connection: sa.Connection, arrival_id: int, reason: str, attempts: int, at: str) -> None:
    connection.execute(
        sa.update(arrivals).where(arrivals.c.id == arrival_id).values(state="quarantined", reason=reason, worker=None)
    )
    event = Event(
        at=at,
        actor=SYSTEM,
        action=Action.ARRIVAL_QUARANTINED,
        arrival_id=arrival_id,
        counts={"attempts": attempts},
        facts={"reason": reason},
    )
    logbook.append(connection, [event])


def _free(at: str) -> sa.Select[tuple[int, int]]:
    """The oldest that is due, and of whose voyages no other is being worked on and no earlier one waits.

    That no *later* one is being worked on matters too: of two delivered at once the later number may be seen first.
    """
    mine, theirs, other = arrival_voyages.alias("mine"), arrival_voyages.alias("theirs"), arrivals.alias("other")
    busy = sa.or_(other.c.state == "working", sa.and_(other.c.state == "waiting", other.c.id < arrivals.c.id))
    in_the_way = (
        sa.select(other.c.id)
        .join_from(mine, theirs, theirs.c.voyage == mine.c.voyage)
        .join(other, other.c.id == theirs.c.arrival_id)
        .where(mine.c.arrival_id == arrivals.c.id, other.c.id != arrivals.c.id, busy)
    )
    return (
        sa.select(arrivals.c.id, arrivals.c.attempts)
        .where(arrivals.c.state.in_(("waiting", "working")), arrivals.c.due_at <= at, ~in_the_way.exists())
        .order_by(arrivals.c.id)
        .limit(1)
    )


def _take(connection: sa.Connection, arrival_id: int, at: str, until: str) -> Claim | None:
    """None when its worker renewed the claim while we waited for the row."""
    worker = secrets.token_hex(8)
    taken = connection.execute(
        sa.update(arrivals)
        .where(arrivals.c.id == arrival_id, arrivals.c.due_at <= at)
        .values(state="working", worker=worker, due_at=until, attempts=arrivals.c.attempts + 1)
    )
    if taken.rowcount == 0:
        return None
    row = connection.execute(
        sa.select(arrivals.c.source, arrivals.c.received_at, arrivals.c.attempts, inputs.c.sha256, inputs.c.original)
        .join_from(arrivals, inputs, inputs.c.id == arrivals.c.input_id)
        .where(arrivals.c.id == arrival_id)
    ).one()
    return Claim(
        arrival_id=arrival_id,
        worker=worker,
        sha256=row.sha256,
        source=row.source,
        received_at=row.received_at,
        original=row.original,
        attempt=row.attempts,
    )


def _change(connection: sa.Connection, claim: Claim, **values: object) -> None:
    """Change the row, as long as the claim on it holds."""
    mine = (arrivals.c.id == claim.arrival_id, arrivals.c.worker == claim.worker, arrivals.c.state == "working")
    if connection.execute(sa.update(arrivals).where(*mine).values(**values)).rowcount == 0:
        raise ClaimLostError


def _log(
    connection: sa.Connection,
    action: Action,
    arrival_id: int,
    now: dt.datetime,
    counts: dict[str, int],
    facts: dict[str, str] | None = None,
) -> None:
    event = Event(
        at=utc_text(now), actor=SYSTEM, action=action, arrival_id=arrival_id, counts=counts, facts=facts or {}
    )
    logbook.append(connection, [event])
