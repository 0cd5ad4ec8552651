"""A filled store on SQLite and the pages over it, made once: no test here changes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import ROOT
from tests.web import office
from vigie.store import Store, open_store
from vigie.web import build

FONTS = ROOT / "node_modules" / "@fontsource"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("office")
    with open_store(f"sqlite:///{folder / 'office.db'}") as opened:
        office.fill(opened)
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'empty.db'}") as opened:
        yield opened


@pytest.fixture(scope="session")
def pages(store: Store) -> Starlette:
    fonts = FONTS if FONTS.is_dir() else None
    return build(store, fonts=fonts, now=lambda: office.NOW)


@pytest.fixture
def client(pages: Starlette) -> Iterator[TestClient]:
    """A fresh browser each time: cookies of one test do not reach the next. It reads English unless told otherwise."""
    with TestClient(pages, base_url="http://localhost", headers={"Accept-Language": "en"}) as opened:
        yield opened
