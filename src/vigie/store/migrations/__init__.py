"""The steps from one schema to the next, run by `vigie.store.schema`.

A step, once released, is never changed: databases have already taken it. It names its tables itself, because
`vigie.store.tables` goes on changing. Changes to existing tables use `op.batch_alter_table`, which SQLite needs;
SQLite then copies the table and forgets its triggers, so a step that changes `events` makes it append-only again.
"""

from typing import Final

VERSION_TABLE: Final = "vigie_schema"
"""Alembic's own name for it, `alembic_version`, may be taken by another program in the same database."""
