"""`vigie bench calibration`: tables for people, one object for programs, a picture on request."""

import xml.etree.ElementTree as ET
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.conftest import HEADER, Vigie, csv_list
from vigie.demo import SAMPLE
from vigie.matching import kernel

LIST = SAMPLE / "list.xml"
BENCH = ("bench", "calibration")


def test_in_words(vigie: Vigie) -> None:
    ran = vigie(*BENCH, "--list", LIST, "--travellers", 300)
    assert (ran.code, ran.out) == (0, b"")
    assert "40 persons listed, 300 invented travellers on no list, seed 1" in ran.err
    for head in ("False alerts of a million", "by naming culture of the generator", "by script", "Listed people found"):
        assert head in ran.err
    assert "held out: horn" in ran.err
    assert "held out: initial" in ran.err
    assert "fitted on none of these people" in ran.err
    assert "not for operations" in ran.err


def test_at_a_terminal_progress_is_told(vigie: Vigie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of families that nobody is asked for with, too: this list has one name, in Arabic letters."""
    monkeypatch.setattr("vigie.cli.bench.sys", SimpleNamespace(stderr=SimpleNamespace(isatty=lambda: True)))
    path = csv_list(tmp_path / "list.csv", "N1,primary,زبير القرشي,1970-06-01,M,,")
    ran = vigie(*BENCH, "--list", path, "--travellers", 60)
    assert ran.code == 0
    assert "unlisted travellers: 60 of 60" in ran.err
    assert "listed people, glued" not in ran.err


def test_json_is_the_same_for_a_seed(vigie: Vigie) -> None:
    ran = vigie(*BENCH, "--list", LIST, "--travellers", 300, "--seed", 7, "--json")
    (found,) = ran.objects
    assert ran.code == 0
    assert list(found) == [
        *("settings", "engine_version", "list_version", "persons", "kernel", "points", "families", "all_families"),
        *("held_out", "reliability"),
    ]
    assert found["settings"] == {"travellers": 300, "seed": 7}
    assert [point["asked"] for point in found["points"]] == [10, 100, 1000]
    assert vigie(*BENCH, "--list", LIST, "--travellers", 300, "--seed", 7, "--json").out == ran.out
    assert vigie(*BENCH, "--list", LIST, "--travellers", 300, "--seed", 8, "--json").out != ran.out


def test_plot(vigie: Vigie, tmp_path: Path) -> None:
    ran = vigie(*BENCH, "--list", LIST, "--travellers", 200, "--json", "--plot", tmp_path / "curve.svg")
    assert ran.code == 0
    assert len(ran.objects) == 1
    assert ET.parse(tmp_path / "curve.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"


def test_no_list_is_written_over(vigie: Vigie, tmp_path: Path) -> None:
    path = csv_list(tmp_path / "list.csv")
    before = path.read_bytes()
    ran = vigie(*BENCH, "--list", path, "--plot", path)
    assert (ran.code, path.read_bytes()) == (64, before)
    assert "name another file with --plot" in ran.complaint


def test_a_plot_that_cannot_be_written(vigie: Vigie, tmp_path: Path) -> None:
    """It is told before the measurement, which may take minutes."""
    ran = vigie(*BENCH, "--list", LIST, "--travellers", 20, "--plot", tmp_path / "none" / "curve.svg")
    assert (ran.code, ran.out) == (2, b"")
    assert "cannot be written" in ran.complaint


def test_a_list_without_persons(vigie: Vigie, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(HEADER + "\n")
    ran = vigie(*BENCH, "--list", path)
    assert ran.code != 0
    assert str(path) in ran.complaint


def test_without_a_kernel(vigie: Vigie, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "missing", lambda: "no C compiler is here")
    monkeypatch.setattr("vigie.cli.bench._WITHOUT_KERNEL", 123)
    ran = vigie(*BENCH, "--list", LIST, "--json")
    assert "no kernel (no C compiler is here): slower, so fewer travellers" in ran.err
    assert ran.objects[0]["settings"]["travellers"] == 123
    assert ran.objects[0]["kernel"] is False


WRONG = [
    (["--travellers", "0"], "no whole number above 0"),
    (["--travellers", "10000001"], "more than 10000000"),
    (["--seed", "-1"], "whole number"),
    (["--seed", "x"], "whole number of up to 18 digits"),
]


@pytest.mark.parametrize(("given", "says"), WRONG)
def test_wrong_usage(vigie: Vigie, given: list[str], says: str) -> None:
    ran = vigie(*BENCH, "--list", LIST, *given)
    assert ran.code == 64
    assert says in ran.complaint
