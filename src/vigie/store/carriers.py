"""Who may hand in messages over HTTP: carriers and their tokens."""

import datetime as dt
import hashlib
import secrets

import sqlalchemy as sa

from vigie.errors import UsageError
from vigie.store import dialects, logbook
from vigie.store.events import OPERATOR, Action, Event
from vigie.store.moments import utc_text
from vigie.store.rows import CarrierRow
from vigie.store.tables import arrivals, carriers


class Carriers:
    """The carriers of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, name: str, now: dt.datetime) -> str:
        """A new token for a carrier: 256 random bits, of which only the SHA-256 is kept. Shown this once.

        A disabled carrier is admitted again. Raises UsageError when it has a token that holds.
        """
        token = secrets.token_urlsafe(32)
        at = utc_text(now)
        fresh = {"token_sha256": _sum(token), "added_at": at, "disabled_at": None}
        with dialects.writing(self._engine) as connection:
            dialects.lock_inbox(connection)
            found = connection.execute(
                sa.select(carriers.c.id, carriers.c.disabled_at).where(carriers.c.name == name)
            ).first()
            if found is None:
                carrier_id = connection.execute(
                    carriers.insert().values(name=name, **fresh).returning(carriers.c.id)
                ).scalar_one()
            elif found.disabled_at is None:
                raise UsageError(f"carrier {name} has a token already; disable it first to give another")
            else:
                carrier_id = found.id
                connection.execute(sa.update(carriers).where(carriers.c.id == carrier_id).values(**fresh))
            _log(connection, at, Action.CARRIER_ADDED, carrier_id)
        return token

    def disable(self, name: str, now: dt.datetime) -> None:
        """End a carrier's token. Raises UsageError when there is none that holds."""
        at = utc_text(now)
        statement = (
            sa.update(carriers)
            .where(carriers.c.name == name, carriers.c.disabled_at.is_(None))
            .values(disabled_at=at)
            .returning(carriers.c.id)
        )
        with dialects.writing(self._engine) as connection:
            carrier_id = connection.execute(statement).scalar()
            if carrier_id is None:
                raise UsageError(f"there is no carrier {name} with a token that holds; 'vigie carriers list' shows all")
            _log(connection, at, Action.CARRIER_DISABLED, carrier_id)

    def rows(self) -> list[CarrierRow]:
        """All carriers by name."""
        with dialects.reading(self._engine) as connection:
            found = connection.execute(_rows().order_by(carriers.c.name)).mappings()
            return [CarrierRow(**row) for row in found]

    def of_token(self, token: str) -> CarrierRow | None:
        """The carrier whose token this is, disabled or not."""
        with dialects.reading(self._engine) as connection:
            found = connection.execute(_rows().where(carriers.c.token_sha256 == _sum(token))).mappings().first()
        return None if found is None else CarrierRow(**found)


def _sum(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def _rows() -> sa.Select[tuple[int, str, str, str | None, int]]:
    brought = sa.select(sa.func.count()).select_from(arrivals).where(arrivals.c.carrier_id == carriers.c.id)
    return sa.select(
        carriers.c.id,
        carriers.c.name,
        carriers.c.added_at,
        carriers.c.disabled_at,
        brought.scalar_subquery().label("arrivals"),
    )


def _log(connection: sa.Connection, at: str, action: Action, carrier_id: int) -> None:
    logbook.append(connection, [Event(at=at, actor=OPERATOR, action=action, carrier_id=carrier_id)])
