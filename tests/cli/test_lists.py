"""`vigie lists check`: figures of a list, and whether it is whole."""

from pathlib import Path

import pytest

from tests.cli.conftest import Vigie, csv_list
from vigie.demo import SAMPLE

SHAPE = ["path", "format", "date", "persons", "names", "birth_dates", "documents", "problems", "operational"]
GOOD = 'N1,primary,"HOLT, Anders",1970-06-01,M,NOR,A111222'
LISTS = [
    ("whole", [GOOD, "N1,weak_alias,Zig,,,,"], 0, []),
    ("a birth date that is none", [GOOD, "N2,primary,Nina Berg,99999999,F,,"], 0, ["BIRTH_DATE_NOT_UNDERSTOOD"]),
    ("an entry without name is lost", [GOOD, "N2,primary,,1980,F,,"], 1, ["NAME_MISSING"]),
]


def test_shape_and_figures(vigie: Vigie) -> None:
    ran = vigie("lists", "check", SAMPLE / "list.xml", "--json")
    (found,) = ran.objects
    assert ran.code == 0
    assert list(found) == SHAPE
    assert (found["format"], found["date"], found["persons"], found["problems"]) == ("un-xml", "2026-12-01", 40, [])
    assert found["path"] == str(SAMPLE / "list.xml")
    assert found["names"] > found["persons"]
    assert found["birth_dates"] > 0
    assert found["documents"] > 0
    assert "not for operations" in ran.err
    assert found["operational"] is False


def test_a_manifest_puts_a_list_into_operation(vigie: Vigie, tmp_path: Path) -> None:
    named = csv_list(tmp_path / "national.csv")
    (tmp_path / "national.csv.manifest.json").write_text(
        '{"legal_ground": "Act 1", "purpose": "terrorism", "data_owner": "Office", "measure": "talk"}'
    )
    ran = vigie("lists", "check", named, "--json")
    assert (ran.objects[0]["operational"], ran.err) == (True, "")


@pytest.mark.parametrize("prefix", ["", "csv:"])
def test_a_message_given_as_list_is_told(vigie: Vigie, prefix: str) -> None:
    ran = vigie("lists", "check", f"{prefix}{SAMPLE / 'coach.edi'}")
    assert ran.code == 2
    assert "is a passenger message, no watchlist; 'vigie read" in ran.complaint


@pytest.mark.parametrize(("reason", "rows", "code", "problems"), LISTS, ids=[reason for reason, *_ in LISTS])
def test_problems(vigie: Vigie, tmp_path: Path, reason: str, rows: list[str], code: int, problems: list[str]) -> None:
    file = csv_list(tmp_path / "list.csv", *rows)
    ran = vigie("lists", "check", file, "--json")
    assert ran.code == code
    assert [problem["code"] for problem in ran.objects[0]["problems"]] == problems
    in_words = vigie("lists", "check", f"csv:{file}")
    assert (in_words.code, in_words.out) == (code, b"")
    assert all(f"[{problem}" in in_words.err for problem in problems)
    assert f"csv:{file}" in in_words.err


def test_a_list_that_is_refused_does_not_hide_the_others(vigie: Vigie, tmp_path: Path) -> None:
    (tmp_path / "empty.xml").touch()
    ran = vigie("lists", "check", tmp_path / "empty.xml", SAMPLE / "list.xml", tmp_path / "absent", "--json")
    assert ran.code == 2
    assert [found["persons"] for found in ran.objects] == [40]
    assert ran.err.count("vigie: ") == 3


def test_the_same_file_twice_is_no_fault_here(vigie: Vigie) -> None:
    ran = vigie("lists", "check", SAMPLE / "list.xml", SAMPLE / "list.xml", "--json")
    assert (ran.code, len(ran.objects)) == (0, 2)
