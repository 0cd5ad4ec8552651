"""`vigie index`: lists kept as one file, and that file wherever a list may stand."""

import argparse
from pathlib import Path

import pytest

from tests.cli.conftest import Vigie, csv_list, paxlst, people
from vigie.cli import serve
from vigie.demo import SAMPLE
from vigie.matching import kernel
from vigie.web.match_call import catalogue

pytestmark = pytest.mark.kernel

SHAPE = ["path", "bytes", "format", "usable", "created", "vigie", "digest", "lists", "first_year", "years", "nations"]


@pytest.fixture
def built(vigie: Vigie, tmp_path: Path) -> Path:
    """Of two lists: forty persons of the demonstration, one of a CSV."""
    path = tmp_path / "lists.index"
    ran = vigie("index", "build", SAMPLE / "list.xml", csv_list(tmp_path / "national.csv"), "-o", path)
    assert (ran.code, ran.out) == (0, b"")
    assert f"{path}: 41 persons of 2 lists, {path.stat().st_size} bytes" in ran.err
    assert ran.err.count("not for operations") == 2
    return path


def test_info(vigie: Vigie, built: Path) -> None:
    ran = vigie("index", "info", built, "--json")
    (found,) = ran.objects
    assert ran.code == 0
    assert list(found) == [*SHAPE, "sections"]
    assert (found["path"], found["bytes"], found["usable"]) == (str(built), built.stat().st_size, True)
    assert [(one["list"], one["persons"]) for one in found["lists"]] == [("un", 40), ("national", 1)]
    in_words = vigie("index", "info", built)
    assert (in_words.code, in_words.out) == (0, b"")
    assert "national" in in_words.err
    assert "built 20" in in_words.err


def test_verify(vigie: Vigie, built: Path) -> None:
    ran = vigie("index", "verify", built)
    assert (ran.code, ran.err) == (0, f"{built}: whole; 41 persons of 2 lists\n")
    data = built.read_bytes()
    built.write_bytes(data[:-2000] + bytes([data[-2000] ^ 1]) + data[-1999:])
    ran = vigie("index", "verify", built)
    assert ran.code == 2
    assert "is damaged" in ran.complaint


def test_screening_and_matching_give_the_same_from_lists_and_index(vigie: Vigie, built: Path, tmp_path: Path) -> None:
    lists = ["--list", SAMPLE / "list.xml", tmp_path / "national.csv"]
    message = tmp_path / "flight.edi"
    message.write_bytes(paxlst(("HOLT", "ANDERS"), ("BERG", "NINA")))
    screened = vigie("screen", message, SAMPLE / "flight.edi", "--json", *lists)
    assert len(screened.objects) > 1
    assert vigie("screen", message, SAMPLE / "flight.edi", "--json", "--list", built) == screened
    asked = people(tmp_path / "people.csv")
    for out, given in (("one.csv", lists), ("two.csv", ["--list", built])):
        ran = vigie("match", asked, "--out", tmp_path / out, *given)
        assert ran.code == 0
        assert "1 with a match" in ran.err
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_a_damaged_index_stops_a_screening(vigie: Vigie, built: Path) -> None:
    """Also where only its checksum tells: a list that lost a person screens as if nothing had happened."""
    data = built.read_bytes()
    built.write_bytes(data[:-2000] + bytes([data[-2000] ^ 1]) + data[-1999:])
    ran = vigie("screen", SAMPLE / "flight.edi", "--list", built)
    assert (ran.code, ran.out) == (2, b"")
    assert "build it again" in ran.complaint


def test_an_index_stands_alone(vigie: Vigie, built: Path) -> None:
    ran = vigie("screen", SAMPLE / "flight.edi", "--list", built, SAMPLE / "list.xml")
    assert ran.code == 64
    assert "give it alone" in ran.complaint


@pytest.mark.parametrize("command", [["lists", "check"], ["index", "build", "-o", "other.index"]])
def test_an_index_is_no_list(vigie: Vigie, built: Path, command: list[str]) -> None:
    ran = vigie(*command, built)
    assert ran.code == 2
    assert f"{built}: is an index file, no watchlist" in ran.complaint


def test_the_index_of_another_engine(vigie: Vigie, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("vigie.matching.index", "vigie.cli.index"):
        monkeypatch.setattr(f"{place}.parameters_digest", lambda: "f" * 64)
    told = vigie("index", "info", built)
    assert told.code == 0
    assert "this engine is another, ffffffffffff: build it again" in told.err
    assert not vigie("index", "info", built, "--json").objects[0]["usable"]
    for ran in (vigie("index", "verify", built), vigie("screen", SAMPLE / "flight.edi", "--list", built)):
        assert ran.code == 2
        assert "this is ffffffffffff of Vigie" in ran.complaint
        assert "build it again with 'vigie index build'" in ran.complaint


def test_what_a_list_lost_is_told(vigie: Vigie, tmp_path: Path) -> None:
    path = csv_list(tmp_path / "list.csv", 'N1,primary,"HOLT, Anders",,,,', "N2,primary,,1980,F,,")
    ran = vigie("index", "build", path, "-o", tmp_path / "list.index")
    assert ran.code == 1
    assert "some of list list could not be read" in ran.err
    assert (tmp_path / "list.index").is_file()


def test_no_list_is_written_over(vigie: Vigie, tmp_path: Path) -> None:
    path = csv_list(tmp_path / "list.csv")
    before = path.read_bytes()
    ran = vigie("index", "build", path, "-o", path)
    assert (ran.code, path.read_bytes()) == (64, before)
    assert "is the same file as" in ran.complaint


def test_without_a_kernel(vigie: Vigie, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "missing", lambda: "no C compiler is here")
    ran = vigie("index", "verify", built)
    assert ran.code == 0
    assert "compared with their checksums only; no kernel: no C compiler is here" in ran.err
    ran = vigie("index", "build", SAMPLE / "list.xml", "-o", tmp_path / "new.index")
    assert ran.code == 2
    assert "it takes the compiled kernel, and no C compiler is here" in ran.complaint
    assert not (tmp_path / "new.index").exists()


def test_the_matching_api_takes_an_index(built: Path) -> None:
    given = argparse.Namespace(lists=[str(built)], alerts_per_million=100)
    matcher = serve._matcher(given)
    assert matcher is not None
    counts = {row["name"]: row["entity_count"] for row in catalogue(matcher)["datasets"]}
    assert counts == {"default": 41, "un": 40, "national": 1}
