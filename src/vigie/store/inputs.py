"""Inputs: each stored once, by the SHA-256 of the bytes as received, and only as redacted."""

import sqlalchemy as sa

from vigie.messages.redaction import Original
from vigie.store import dialects, tables


def find(connection: sa.Connection, sha256: str) -> int | None:
    found: int | None = connection.execute(
        sa.select(tables.inputs.c.id).where(tables.inputs.c.sha256 == sha256)
    ).scalar()
    return found


def find_or_insert(connection: sa.Connection, original: Original) -> int:
    """Its id. Looking first spares sending megabytes only to be told that they are there."""
    found = find(connection, original.sha256)
    if found is not None:
        return found
    dialects.insert_new(connection, tables.inputs, [{"sha256": original.sha256} | _columns(original)])
    stored = find(connection, original.sha256)
    if stored is None:
        raise LookupError("an input that was just inserted is not there")
    return stored


def mark_stale(connection: sa.Connection, input_id: int) -> None:
    """The journeys of its messages are to be assembled again. Locked in the order of their ids, as assembling does."""
    about = (
        sa.select(tables.mentions.c.journey_id)
        .join_from(tables.messages, tables.mentions, tables.mentions.c.message_id == tables.messages.c.id)
        .where(tables.messages.c.input_id == input_id)
    )
    table = tables.journeys
    these = table.c.id.in_(about), table.c.assembled_at.is_not(None)
    connection.execute(dialects.locked(sa.select(table.c.id).where(*these).order_by(table.c.id)))
    connection.execute(sa.update(table).where(*these).values(assembled_at=None))


def replace(connection: sa.Connection, input_id: int, original: Original) -> None:
    """The same input as a later program redacts it, which may have understood more of it."""
    connection.execute(sa.update(tables.inputs).where(tables.inputs.c.id == input_id).values(**_columns(original)))


def _columns(original: Original) -> dict[str, object]:
    redactions = tuple((removal.offset, removal.length, removal.code) for removal in original.removals)
    return {"original": original.data, "redactions": redactions}
