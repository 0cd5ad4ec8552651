"""Whatever bytes come as a message: an exit code, never a traceback, and what is recorded fits together."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import csv_list, paxlst
from vigie.cli import run
from vigie.demo import SAMPLE
from vigie.store import open_store

WHOLE = (paxlst(("HOLT", "ANDERS"), ("BERG", "NINA")), (SAMPLE / "coach.edi").read_bytes()[:1500])
PIECES = [
    b"'",
    b"+",
    b":",
    b"?",
    b"UNA:+.? '",
    b"UNB+",
    b"UNH+1+PAXLST:D:05B'",
    b"NAD+FL+++",
    b"UNT+1+1'",
    b"\x02",
    b"\x03",
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A whole message with some of its parts taken out, doubled, or replaced by other bytes."""
    data = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(data)))
        last = min(len(data), first + draw(st.integers(0, 40)))
        piece = draw(st.one_of(st.binary(max_size=8), st.sampled_from(PIECES), st.just(data[first:last] * 2)))
        data = data[:first] + piece + data[last:]
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("random")
    csv_list(place / "list.csv")
    return place


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=400), damaged()))
def test_any_bytes(folder: Path, capsysbinary: pytest.CaptureFixture[bytes], data: bytes) -> None:
    (folder / "input").write_bytes(data)
    database = folder / "work.db"
    database.unlink(missing_ok=True)
    command = ["screen", str(folder / "input"), "--list", str(folder / "list.csv"), "--json", "--all"]
    code = run([*command, "--database", str(database)])
    printed = capsysbinary.readouterr().out
    assert code in (0, 1, 2)
    with open_store(f"sqlite:///{database}") as store:
        assert store.counts().travellers == len(printed.splitlines())
        assert bool(store.counts().messages) == (code != 2)
