"""The wiring: inputs loaded within their limits, lists told apart, messages screened and recorded."""

import datetime as dt
import os
from pathlib import Path

import pytest

from tests.cli.conftest import csv_list, paxlst
from vigie import app
from vigie.config import LIMITS
from vigie.demo import SAMPLE
from vigie.errors import InputError, UsageError, VigieError
from vigie.matching import Index
from vigie.messages.holding import is_empty
from vigie.screening import screen
from vigie.store import open_store

AS_OF = dt.date(2026, 12, 3)
NOW = dt.datetime(2026, 12, 3, 12, 0, tzinfo=dt.UTC)
TWO = paxlst(("HOLT", "ANDERS")).replace(b"UNZ+1+1'", b"") + paxlst(("BERG", "NINA")).partition(b"+1'")[2].replace(
    b"UNZ+1+1'", b"UNZ+2+1'"
)


@pytest.mark.parametrize(("over", "refused"), [(0, False), (1, True)], ids=["as large as may be", "a byte larger"])
def test_size_limit(tmp_path: Path, over: int, refused: bool) -> None:
    file = tmp_path / "large"
    file.touch()
    os.truncate(file, LIMITS.message_bytes + over)
    if refused:
        with pytest.raises(InputError, match="larger than 128 MiB; a table is expected"):
            app.load_bytes(file, "a table")
    else:
        assert len(app.load_bytes(file)) == LIMITS.message_bytes


def test_lists_keep_their_order(tmp_path: Path) -> None:
    national = csv_list(tmp_path / "national.csv")
    found = app.load_lists([str(national), str(SAMPLE / "list.xml")])
    assert [(read.list, read.format) for read in found] == [("national", "csv"), ("un", "un-xml")]
    assert Index(found).list_version == f"national:{found[0].version[:12]}+un:{found[1].version[:12]}"


def test_two_lists_of_one_name_would_be_taken_for_each_other(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, two = csv_list(tmp_path / "national.csv"), csv_list(tmp_path / "other" / "national.csv")
    with pytest.raises(UsageError, match="'national' was given before"):
        app.load_lists([str(one), str(two)])


NAMES = [
    ("plain", b"flight.edi", "flight.edi"),
    ("UTF-8", "\u0631\u062d\u0644\u0629.edi".encode(), "\u0631\u062d\u0644\u0629.edi"),
    ("Latin-1", b"\xe9t\xe9.edi", "\\xe9t\\xe9.edi"),
]


@pytest.mark.parametrize(("reason", "name", "shown"), NAMES, ids=[reason for reason, *_ in NAMES])
def test_shown(reason: str, name: bytes, shown: str) -> None:
    assert app.shown(os.fsdecode(name)) == app.shown(Path(os.fsdecode(name))) == shown


def test_screen_bytes_numbers_messages_from_nought(tmp_path: Path) -> None:
    index = Index(app.load_lists([str(csv_list(tmp_path / "list.csv"))]))
    found = list(app.screen_bytes(TWO, "two.edi", AS_OF, index, 100.0))
    assert [screened.ordinal for screened in found] == [0, 1]
    assert [screened.message.travellers[0].name.family for screened in found] == ["HOLT", "BERG"]
    assert [screened.decisions for screened in found] == [screen(screened.message, index) for screened in found]


def test_record_keeps_each_message_of_an_input_once(tmp_path: Path) -> None:
    index = Index(app.load_lists([str(csv_list(tmp_path / "list.csv"))]))
    with open_store(f"sqlite:///{tmp_path / 'work.db'}") as store:
        found = list(app.screen_bytes(TWO, "two.edi", AS_OF, index, 100.0))
        original = app.original_of(TWO, found)
        assert [app.record(store, original, screened, index, NOW) for screened in found] == [True, True]
        assert [app.record(store, original, screened, index, NOW) for screened in found] == [False, False]
        counted = store.counts()
    assert (counted.messages, counted.travellers, counted.alerts) == (2, 2, 1)


def test_assemble_all_leaves_no_journey_that_waits(tmp_path: Path) -> None:
    index = Index(app.load_lists([str(csv_list(tmp_path / "list.csv"))]))
    with open_store(f"sqlite:///{tmp_path / 'work.db'}") as store:
        found = list(app.screen_bytes(TWO, "two.edi", AS_OF, index, 100.0))
        for screened in found:
            app.record(store, app.original_of(TWO, found), screened, index, NOW)
        (journey,) = store.journeys()
        assert store.stale(NOW) == journey.id
        app.assemble_all(store, NOW, pytest.fail)
        assert store.stale(NOW) is None
        state = app.assembled(store, journey.id, NOW)
        assert state is not None
        assert len(state.persons) == 2
        assert app.assembled(store, journey.id + 1, NOW) is None


EMPTY = [
    ("no bytes", b"", True),
    ("no message", b"hello", True),
    ("a journey without travellers", paxlst(), False),
    ("a traveller", paxlst(("HOLT", "ANDERS")), False),
]


@pytest.mark.parametrize(("reason", "data", "empty"), EMPTY, ids=[reason for reason, *_ in EMPTY])
def test_is_empty(reason: str, data: bytes, empty: bool) -> None:
    (screened,) = app.screen_bytes(data, "input", AS_OF, Index(()), 100.0)
    assert is_empty(screened.message) is empty


def test_errors_are_the_users(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "absent", tmp_path / ("a" * 300)):
        with pytest.raises(VigieError):
            app.load_bytes(place)
        with pytest.raises(VigieError):
            app.load_lists([str(place)])
