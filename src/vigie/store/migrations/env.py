"""Alembic runs this file for each command; the connection, inside a transaction, comes from `vigie.store.schema`."""

from alembic import context

from vigie.store.migrations import VERSION_TABLE
from vigie.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
