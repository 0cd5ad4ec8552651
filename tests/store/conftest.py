"""The store's tests run on both databases: `url` is an empty one of each kind.

With `store` it has its tables already, made once for all tests: making them takes longer than most tests do.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import POSTGRES
from vigie.store import Store, open_store
from vigie.store.tables import METADATA

_SEQUENCES = "SELECT setval(quote_ident(sequencename), 1, false) FROM pg_sequences WHERE schemaname = current_schema()"


@contextmanager
def _schema(server: sa.Engine) -> Iterator[str]:
    """Address of a schema of its own on the PostgreSQL server, dropped afterwards."""
    schema = f"vigie_test_{uuid.uuid4().hex}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        address = sa.make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
        yield address.render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")


def _empty(address: str) -> None:
    """Deletes every row, and numbers anew. (TRUNCATE takes a hundred times as long where there is nearly nothing.)"""
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        # Events can only be added: the trigger that sees to it is put to sleep, in this session alone.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
        connection.exec_driver_sql(_SEQUENCES)
    engine.dispose()


@pytest.fixture(scope="session")
def server() -> Iterator[sa.Engine]:
    engine = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with its tables and nothing in them."""
    path = tmp_path_factory.mktemp("made") / "vigie.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def kept(server: sa.Engine) -> Iterator[str]:
    """A PostgreSQL schema with its tables, emptied after each test."""
    with _schema(server) as address:
        open_store(address).close()
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database; on PostgreSQL a schema."""
    has_tables = "store" in request.fixturenames
    if request.param == "sqlite":
        if has_tables:
            shutil.copyfile(request.getfixturevalue("made"), tmp_path / "vigie.db")
        yield f"sqlite:///{tmp_path / 'vigie.db'}"
    elif has_tables:
        address = request.getfixturevalue("kept")
        yield address
        _empty(address)
    else:
        with _schema(request.getfixturevalue("server")) as address:
            yield address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as opened:
        yield opened
