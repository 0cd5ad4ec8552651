"""The one module that knows SQLite from PostgreSQL.

`TEXT`, `KEY` and `make_append_only` are used by migrations that have already run somewhere: what they mean for a new
database must not change. A new meaning gets a new name.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection

from vigie.errors import NoDatabaseError, StoreError

TEXT: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that both databases sort by code point, whatever the server's locale."""
KEY: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A row's own number. SQLite numbers rows by itself only when the type is exactly INTEGER."""

_BUSY_SECONDS: Final = 30
"""A writer waits for another that long; recording a large message takes about a tenth of a second."""
_POSTGRESQL_OLDEST: Final = 15
_UPGRADE_LOCK: Final = 0x5649474945
"""Number of the advisory lock that one upgrade at a time holds; the letters VIGIE."""
_INBOX_LOCK: Final = _UPGRADE_LOCK + 1

_SQLITE_SAYS: Final = {
    "SQLITE_BUSY": f"another process has held the database for {_BUSY_SECONDS} seconds; try again when it has finished",
    "SQLITE_NOTADB": "the file is no SQLite database; name another file",
    "SQLITE_CORRUPT": "the database file is damaged; restore it from a backup",
    "SQLITE_FULL": "the disk is full; make room and try again",
    "SQLITE_READONLY": "the database file may only be read; give this user the right to write it and its folder",
    "SQLITE_CANTOPEN": "the database file cannot be opened; check that this user may read and write it and its folder",
}


# -- opening ----------------------------------------------------------------------------------------------------


def make_engine(url: str, make: bool = True) -> sa.Engine:
    """An engine for `url`, without having connected yet; an SQLite file is created empty, readable by its owner only.

    Raises StoreError for an address that is none, a database that is neither, or a file that cannot be created; without
    `make`, NoDatabaseError where no SQLite file is.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StoreError(f"the database address cannot be read; {_EXPECTED}") from None
    if parsed.drivername in ("sqlite", "sqlite+pysqlite"):
        return _sqlite_engine(parsed, make)
    if parsed.drivername in ("postgresql", "postgresql+psycopg"):
        return _postgresql_engine(parsed.set(drivername="postgresql+psycopg"))
    raise StoreError(f"the database address begins with {parsed.drivername!r}; {_EXPECTED}")


_EXPECTED: Final = "sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE is expected"


def _sqlite_engine(url: sa.URL, make: bool) -> sa.Engine:
    if not url.database or url.database == ":memory:" or url.query or url.host:
        raise StoreError("an SQLite address names one file and nothing else: sqlite:///FILE is expected")
    if make:
        _create_private(Path(url.database))
    elif not _holds_something(Path(url.database)):
        raise NoDatabaseError
    engine = _quiet_engine(url)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _holds_something(path: Path) -> bool:
    """False for what is no file, also where this user may not look; an empty file is no database yet."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def _create_private(path: Path) -> None:
    """Create an empty file with mode 0600 unless there is one. SQLite gives its -wal and -shm files the same mode."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if path.is_dir():
            raise StoreError(f"{path} is a folder; a database file is expected") from None
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(f"the folder {path.parent} does not exist; create it first") from None
    except OSError as error:
        raise StoreError(f"the database file {path} cannot be created: {error.strerror}") from None


def _prepare_sqlite(connection: DBAPIConnection, _: object) -> None:
    """Settings of each new connection. busy_timeout comes first, because changing the journal mode needs the lock."""
    connection.isolation_level = None  # the driver must not begin transactions by itself: _begin_sqlite does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")  # readers never wait for the writer
    if cursor.fetchone() != ("wal",):
        raise StoreError("the database file lies where SQLite cannot keep a write-ahead log; move it to a local disk")
    # FULL: what a carrier was told we received must survive a power cut. With NORMAL the last transactions would not.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is deleted or replaced is overwritten with zeros: else it stays in the file until its page is used again.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """A writer takes the lock at once: one that takes it late fails if another wrote since its first read."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_engine(url: sa.URL) -> sa.Engine:
    """Without a limit, a host that does not answer would hold the caller for minutes."""
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": "10"})
    return _quiet_engine(url)


def _quiet_engine(url: sa.URL) -> sa.Engine:
    """An engine that logs statements, when asked to, but never people: neither parameters nor, at DEBUG, the rows."""
    log = logging.getLogger("sqlalchemy.engine.Engine")
    if log.isEnabledFor(logging.DEBUG):
        log.setLevel(logging.INFO)
    return sa.create_engine(url, hide_parameters=True, pool_pre_ping=True)


def check_server(connection: sa.Connection) -> None:
    """Raise StoreError when a PostgreSQL server is too old, not UTF-8, or has no schema to work in."""
    if connection.dialect.name != "postgresql":
        return
    version, encoding, schema = connection.execute(
        sa.text("SELECT current_setting('server_version_num'), current_setting('server_encoding'), current_schema()")
    ).one()
    if int(version) // 10_000 < _POSTGRESQL_OLDEST:
        raise StoreError(f"the server is PostgreSQL {int(version) // 10_000}; {_POSTGRESQL_OLDEST} or newer is needed")
    if encoding != "UTF8":
        raise StoreError(f"the database is encoded as {encoding}; create one with ENCODING 'UTF8'")
    if schema is None:
        raise StoreError("the search path names no schema that exists; create the schema first")


# -- transactions -----------------------------------------------------------------------------------------------


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    with _refusals(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction: committed at the end, undone by any exception."""
    with _refusals(), engine.execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def upgrading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that changes the schema while no other does.

    SQLite changes a table by copying, dropping and renaming it, which foreign keys would refuse: they rest meanwhile
    (which must be said before the transaction begins) and are checked at the end.
    """
    if engine.dialect.name == "postgresql":
        with writing(engine) as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            yield connection
        return
    with _refusals(), engine.execution_options(writes=True).connect() as connection:
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreError("the upgrade would leave rows that point nowhere; it was undone, report this")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def forget_deleted(engine: sa.Engine) -> None:
    """Let nothing of what was deleted stay in SQLite's write-ahead log, which keeps pages as they were before.

    It waits for readers, and when they do not end it leaves the log for the next time.
    """
    if engine.dialect.name != "sqlite":
        return
    with _refusals(), engine.connect() as connection:
        # On the driver's own cursor: SQLAlchemy would begin a transaction, in which no log can be emptied.
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the database raises into a StoreError.

    `from None`, and no text of the driver: PostgreSQL's quotes whole rows (`Failing row contains ...`).
    """
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
        raise StoreError(_says(getattr(error, "orig", None) or error)) from None


def _says(error: BaseException) -> str:
    if isinstance(error, psycopg.Error):
        return _postgresql_says(error)
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        known = next((says for code, says in _SQLITE_SAYS.items() if name == code or name.startswith(code + "_")), None)
        return known or f"the database refused the operation ({name})"
    return f"the database cannot be used ({type(error).__name__})"


def _postgresql_says(error: psycopg.Error) -> str:
    """Without an SQLSTATE the error is the connection's: its first line names host and fault, and holds no row."""
    if error.sqlstate is None:
        lines = str(error).splitlines()
        return f"PostgreSQL cannot be used: {lines[0] if lines else type(error).__name__}"
    where = error.diag.constraint_name or error.diag.table_name
    return f"the database refused the operation (SQLSTATE {error.sqlstate}{f', {where}' if where else ''})"


def lock_inbox(connection: sa.Connection) -> None:
    """Until the transaction ends, no other one delivers or claims. SQLite has one writer at a time in any case."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_INBOX_LOCK)))


# -- statements -------------------------------------------------------------------------------------------------


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert the rows that no unique constraint refuses; the ids of those inserted, in any order.

    On PostgreSQL a row that another transaction is inserting is waited for, so callers keep `rows` sorted: two
    transactions that insert the same rows in different order would wait for each other.
    """
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).on_conflict_do_nothing().returning(table.c.id)
    return list(connection.execute(statement, rows).scalars()) if rows else []


def locked(rows: sa.Select[Any]) -> sa.Select[Any]:
    """The same rows, which no other transaction changes or locks until this one ends; others may point to them. SQLite
    has one writer at a time in any case."""
    return rows.with_for_update(key_share=True)


def make_append_only(connection: sa.Connection, table: str) -> None:
    """Let triggers raise on whatever would change or remove a row of `table`.

    A rule `DO INSTEAD NOTHING` would make an UPDATE succeed silently. The owner of the database can still drop the
    triggers: this guards against mistakes and against the program, not against its administrator.
    """
    statements = _POSTGRESQL_APPEND_ONLY if connection.dialect.name == "postgresql" else _SQLITE_APPEND_ONLY
    for statement in statements:
        connection.exec_driver_sql(statement.replace("TABLE_NAME", table))


_SQLITE_APPEND_ONLY: Final = (
    "CREATE TRIGGER TABLE_NAME_no_update BEFORE UPDATE ON TABLE_NAME"
    " BEGIN SELECT RAISE(ABORT, 'TABLE_NAME is append-only'); END",
    "CREATE TRIGGER TABLE_NAME_no_delete BEFORE DELETE ON TABLE_NAME"
    " BEGIN SELECT RAISE(ABORT, 'TABLE_NAME is append-only'); END",
    # INSERT OR REPLACE removes the old row without asking the trigger above.
    "CREATE TRIGGER TABLE_NAME_no_replace BEFORE INSERT ON TABLE_NAME"
    " WHEN EXISTS (SELECT 1 FROM TABLE_NAME WHERE id = NEW.id)"
    " BEGIN SELECT RAISE(ABORT, 'TABLE_NAME is append-only'); END",
)
_POSTGRESQL_APPEND_ONLY: Final = (
    "CREATE FUNCTION TABLE_NAME_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'TABLE_NAME is append-only'; END $$",
    "CREATE TRIGGER TABLE_NAME_no_change BEFORE UPDATE OR DELETE ON TABLE_NAME"
    " FOR EACH ROW EXECUTE FUNCTION TABLE_NAME_append_only()",
    "CREATE TRIGGER TABLE_NAME_no_truncate BEFORE TRUNCATE ON TABLE_NAME"
    " FOR EACH STATEMENT EXECUTE FUNCTION TABLE_NAME_append_only()",
)
