"""What can be opened, what cannot and how that is said, and how a database gets from one schema to the next."""

import os
import socket
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from tests.conftest import POSTGRES
from tests.store.invented import (
    FULL_MATCH,
    decision,
    execute,
    message,
    numbers_of_rows,
    past_the_store,
    record,
    rows,
)
from vigie.errors import NoDatabaseError, StoreError
from vigie.store import Store, dialects, open_store, schema, tables
from vigie.store.migrations import VERSION_TABLE

REVISIONS = [step.revision for step in ScriptDirectory.from_config(schema.config()).walk_revisions()]


# -- migrations -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("older", ["base", *REVISIONS])
def test_every_older_schema_becomes_the_tables_of_today(url: str, older: str) -> None:
    engine = dialects.make_engine(url)
    with dialects.upgrading(engine) as connection:
        command.upgrade(schema.config(connection), older)
    engine.dispose()
    with open_store(url) as store, past_the_store(url) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, tables.METADATA) == []
        assert record(store, message(), decision(0, FULL_MATCH)).already is False


def test_the_steps_are_one_line() -> None:
    """Two heads would mean that two people numbered a step alike."""
    assert sorted(REVISIONS, reverse=True) == REVISIONS
    assert len(ScriptDirectory.from_config(schema.config()).get_heads()) == 1


def test_an_open_database_is_found_again_as_it_was(url: str) -> None:
    with open_store(url) as store:
        record(store, message(), decision(0, FULL_MATCH))
        before = store.matches()
    with open_store(url) as store:
        assert store.matches() == before != []
        assert record(store, message(), decision(0, FULL_MATCH)).already is True


def test_looking_makes_no_database(url: str, tmp_path: Path) -> None:
    """A name mistyped must not answer as an empty database does."""
    with pytest.raises(NoDatabaseError):
        open_store(url, make=False)
    assert list(tmp_path.iterdir()) == []
    engine = dialects.make_engine(url)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()
    open_store(url).close()
    open_store(url, make=False).close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_empty_file_is_no_database_yet(url: str, tmp_path: Path) -> None:
    (tmp_path / "vigie.db").touch()
    with pytest.raises(NoDatabaseError):
        open_store(url, make=False)
    assert (tmp_path / "vigie.db").read_bytes() == b""


def test_two_processes_do_not_upgrade_one_database_at_once(url: str) -> None:
    engine = dialects.make_engine(url)
    with ThreadPoolExecutor(1) as pool:
        with dialects.upgrading(engine):
            waiting = pool.submit(open_store, url)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        waiting.result().close()
    engine.dispose()


def test_several_databases_may_be_opened_at_once(tmp_path: Path) -> None:
    """Alembic alone would mix up the connections of two threads."""
    start = threading.Barrier(6)

    def open_own(number: int) -> dict[str, int]:
        url = f"sqlite:///{tmp_path / str(number)}.db"
        start.wait()
        with open_store(url) as store:
            record(store, message(), decision(0, FULL_MATCH))
        return numbers_of_rows(url)

    with ThreadPoolExecutor(6) as pool:
        assert {tuple(numbers.values()) for numbers in pool.map(open_own, range(6))} == {
            (1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 2)
        }


def test_a_step_may_rebuild_a_table_that_others_point_to(store: Store, url: str) -> None:
    """SQLite changes a column by copying and dropping the table, which its foreign keys would forbid."""
    record(store, message(), decision(0, FULL_MATCH))
    before = rows(url, "travellers"), numbers_of_rows(url)
    engine = dialects.make_engine(url)
    with dialects.upgrading(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("travellers", recreate="always" if "sqlite" in url else "auto") as table:
            table.alter_column("sex", type_=sa.String(1), existing_type=dialects.TEXT)
    assert (rows(url, "travellers"), numbers_of_rows(url)) == before
    with pytest.raises(StoreError), dialects.writing(engine) as connection:
        connection.exec_driver_sql("DELETE FROM travellers")  # the same connection: the keys are in force again
    engine.dispose()


def test_a_step_that_would_orphan_rows_is_undone(store: Store, url: str) -> None:
    record(store, message(), decision(0, FULL_MATCH))
    before = numbers_of_rows(url)
    engine = dialects.make_engine(url)
    with pytest.raises(StoreError), dialects.upgrading(engine) as connection:
        connection.exec_driver_sql("DELETE FROM entries")
    engine.dispose()
    assert numbers_of_rows(url) == before


def test_a_step_that_fails_leaves_the_database_as_it_was(url: str) -> None:
    engine = dialects.make_engine(url)

    def half() -> None:
        with dialects.upgrading(engine) as connection:
            command.upgrade(schema.config(connection), "head")
            connection.exec_driver_sql("DROP TABLE not_there")

    with pytest.raises(StoreError):
        half()
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


# -- refusals ---------------------------------------------------------------------------------------------------


def _refusal(url: str) -> str:
    with pytest.raises(StoreError) as refused:
        open_store(url)
    says = str(refused.value)
    assert "\n" not in says
    return says


def test_a_database_of_a_newer_vigie_is_left_alone(url: str) -> None:
    open_store(url).close()
    execute(url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    assert f"schema '9999', this Vigie knows up to '{REVISIONS[0]}'" in _refusal(url)


def test_a_database_of_another_program_is_left_alone(url: str) -> None:
    execute(url, "CREATE TABLE bookmarks (id INTEGER)")
    assert "tables that are not Vigie's" in _refusal(url)
    with past_the_store(url) as connection:
        assert sa.inspect(connection).get_table_names() == ["bookmarks"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "address cannot be read"),
        ("vigie.db", "address cannot be read"),
        ("postgresql://host:port/vigie", "address cannot be read"),
        ("mysql://root:hunter2@host/vigie", "begins with 'mysql'"),
        ("postgresql+psycopg2://root:hunter2@host/vigie", "begins with 'postgresql+psycopg2'"),
        ("sqlite://", "names one file"),
        ("sqlite:///:memory:", "names one file"),
        ("sqlite:///vigie.db?mode=ro", "names one file"),
    ],
)
def test_an_address_that_cannot_be_one(url: str, says: str) -> None:
    told = _refusal(url)
    assert says in told
    assert "is expected" in told
    assert "hunter2" not in told


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    told = _refusal(f"sqlite:///{tmp_path / 'absent' / 'vigie.db'}")
    assert told == f"the folder {tmp_path / 'absent'} does not exist; create it first"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "is a folder" in _refusal(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(b"Notes of the meeting\n" * 100)
    assert _refusal(f"sqlite:///{file}") == "the file is no SQLite database; name another file"
    assert file.read_bytes() == b"Notes of the meeting\n" * 100


def test_a_server_that_is_not_there_is_named(unused_port: int) -> None:
    told = _refusal(f"postgresql+psycopg://vigie:hunter2@127.0.0.1:{unused_port}/vigie")
    assert "127.0.0.1" in told
    assert "refused" in told
    assert "hunter2" not in told


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("url", "says"),
    [
        (sa.make_url(POSTGRES).set(database="no_such_database"), 'database "no_such_database" does not exist'),
        (sa.make_url(POSTGRES).set(query={"options": "-csearch_path=none"}), "names no schema that exists"),
    ],
    ids=["database", "schema"],
)
def test_a_server_without_the_place_named(url: sa.URL, says: str) -> None:
    assert says in _refusal(url.render_as_string(hide_password=False))


# -- SQLite's file ----------------------------------------------------------------------------------------------


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    """The umask here would let everybody; the log beside the file holds the same rows."""
    before = os.umask(0)
    try:
        with open_store(f"sqlite:///{tmp_path / 'vigie.db'}") as store:
            record(store, message())
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"vigie.db": 0o600, "vigie.db-wal": 0o600, "vigie.db-shm": 0o600}


def test_a_commit_waits_for_the_disk(tmp_path: Path) -> None:
    engine = dialects.make_engine(f"sqlite:///{tmp_path / 'vigie.db'}")
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_copy_made_while_it_is_open_is_whole(tmp_path: Path) -> None:
    """The backup that docs/reference/store.md advises."""
    with open_store(f"sqlite:///{tmp_path / 'vigie.db'}") as store:
        record(store, message(), decision(0, FULL_MATCH))
        before = store.matches()
        source = sqlite3.connect(tmp_path / "vigie.db")
        source.execute("VACUUM INTO ?", (str(tmp_path / "copy.db"),))
        source.close()
    with open_store(f"sqlite:///{tmp_path / 'copy.db'}") as copy:
        assert copy.matches() == before != []
