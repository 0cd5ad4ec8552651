"""Writes to the audit log, inside the transaction that the events speak of."""

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from vigie.store import tables
from vigie.store.events import Event


def append(connection: sa.Connection, events: Sequence[Event]) -> None:
    """Add the events in their order."""
    rows = [msgspec.structs.asdict(event) for event in events]
    if rows:
        connection.execute(tables.events.insert(), rows)
