"""Brings a database to the newest schema. The steps are in `migrations`; nothing else creates or changes a table."""

import threading
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from vigie.errors import NoDatabaseError, StoreError
from vigie.store import dialects
from vigie.store.migrations import VERSION_TABLE

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_ALEMBIC: Final = threading.Lock()
"""Alembic keeps the connection it works on in a global of its own: two upgrades in one process would mix theirs."""


def config(connection: sa.Connection | None = None) -> Config:
    """Alembic's settings; with them every Alembic command can be given, as on its command line."""
    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def upgrade(engine: sa.Engine, make: bool = True) -> None:
    """Create the tables in an empty database, change those of an older Vigie; all of it or nothing.

    Raises StoreError when the database was made by a newer Vigie, holds something else, or cannot be used;
    without `make`, NoDatabaseError for an empty one.
    """
    with _ALEMBIC, dialects.upgrading(engine) as connection:
        dialects.check_server(connection)
        _check_ours(connection, make)
        command.upgrade(config(connection), "head")


def _check_ours(connection: sa.Connection, make: bool) -> None:
    tables = sa.inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        if tables:
            raise StoreError("the database holds tables that are not Vigie's; name an empty one")
        if not make:
            raise NoDatabaseError
        return
    known = {revision.revision for revision in ScriptDirectory.from_config(config()).walk_revisions()}
    found = connection.execute(sa.select(sa.column("version_num")).select_from(sa.table(VERSION_TABLE))).scalar()
    if found is not None and found not in known:
        raise StoreError(
            f"the database has schema {found!r}, this Vigie knows up to {max(known)!r}: a newer Vigie made it; upgrade"
        )
