"""`vigie match`: the table of answers, its order, its spellings of options, and cells that are not understood."""

import csv
import stat
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import Vigie, csv_list, people
from vigie.demo import SAMPLE

HEAD = ["id", "rank", "list", "entry", "caption", "bits", "probability"]
ROWS = [
    'N1,primary,"HOLT, Anders",1970-06-01,M,NOR,A111222',
    "N2,primary,Anders Holtby,1971,M,NOR,",
    "N3,primary,Nina Berg,1980-02-03,F,SWE,",
]
ASKED = ["q1,Anders Holt,1970-06-01,M,Norway,A111222", "q2,Berg Nina,1980,F,SE,", "q3,Petra Vogelsang,1990,F,,"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a list and a table of queries."""
    csv_list(tmp_path / "list.csv", *ROWS)
    people(tmp_path / "people.csv", *ASKED)
    return tmp_path


def answers(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def arguments(place: Path, *more: object) -> list[object]:
    return ["match", place / "people.csv", "--list", place / "list.csv", "--out", place / "out.csv", *more]


def test_answers_best_first(vigie: Vigie, place: Path) -> None:
    ran = vigie(*arguments(place, "--min-bits", "0"))
    assert (ran.code, ran.out) == (0, b"")
    head, *rows = answers(place / "out.csv")
    assert head == HEAD
    assert [row[:4] for row in rows if row[0] == "q1"][:2] == [["q1", "1", "list", "N1"], ["q1", "2", "list", "N2"]]
    assert [row[3] for row in rows if row[0] == "q2"][:1] == ["N3"]
    assert rows[0][4] == "HOLT, Anders"
    for one, next_one in pairwise(rows):
        if one[0] == next_one[0]:
            assert int(next_one[1]) == int(one[1]) + 1
            assert float(next_one[5]) <= float(one[5])
    assert all(0 <= float(row[6]) <= 1 for row in rows)
    assert "3 queries" in ran.err


SPELLINGS = [["--min-bits", "-inf"], ["--min-bits=-inf"], ["--min-bits", "-Infinity"], ["--min-bits", "-INF"]]


@pytest.mark.parametrize("spelling", SPELLINGS, ids=" ".join)
@pytest.mark.parametrize("first", [True, False], ids=["before the others", "last"])
def test_best_of_each_however_weak(vigie: Vigie, place: Path, spelling: list[str], first: bool) -> None:
    whole = arguments(place, "--top", "1")
    ran = vigie(whole[0], *spelling, *whole[1:]) if first else vigie(*whole, *spelling)
    _, *rows = answers(place / "out.csv")
    assert ran.code == 0
    assert [row[:2] for row in rows if row[0] != "q3"] == [["q1", "1"], ["q2", "1"]]


FLOORS = [
    ("more than anything is worth", "500", 0),
    ("infinitely much", "inf", 0),
    ("a number with a sign", "-3.5", 2),
    ("nothing", "0", 2),
]


@pytest.mark.parametrize(("reason", "bits", "least"), FLOORS, ids=[reason for reason, *_ in FLOORS])
def test_floor(vigie: Vigie, place: Path, reason: str, bits: str, least: int) -> None:
    assert vigie(*arguments(place, "--min-bits", bits, "--top", "1")).code == 0
    rows = answers(place / "out.csv")[1:]
    assert len(rows) >= least
    assert bool(rows) == bool(least)
    assert all(float(row[5]) >= float(bits) for row in rows)


def test_top_is_the_most_per_query(vigie: Vigie, place: Path) -> None:
    vigie(*arguments(place, "--min-bits", "-inf", "--top", "1"))
    one = answers(place / "out.csv")[1:]
    vigie(*arguments(place, "--min-bits", "-inf"))
    several = answers(place / "out.csv")[1:]
    assert len({row[0] for row in one}) == len(one) < len(several)
    assert [row for row in several if row[1] == "1"] == one


def test_agrees_with_screen(vigie: Vigie, tmp_path: Path) -> None:
    """One path: a planted traveller gets the same score in a table as in a message."""
    screened = vigie(
        "screen", SAMPLE / "ferry.edi", "--list", SAMPLE / "list.xml", "--json", "--as-of", "2026-12-03"
    ).objects
    rows = []
    for found in screened:
        who = found["traveller"]
        assert len(who["documents"]) == 1
        name = f"{who['name']['family']} {who['name']['given']}"
        cells = (who["reference"], name, who["birth_date"], who["sex"], who["nationality"])
        rows.append(",".join([*(cell or "" for cell in cells), who["documents"][0]["number"]]))
    people(tmp_path / "people.csv", *rows)
    vigie("match", tmp_path / "people.csv", "--list", SAMPLE / "list.xml", "--out", tmp_path / "out.csv")
    matched = {(row[0], row[3]): float(row[5]) for row in answers(tmp_path / "out.csv")[1:]}
    assert matched == {
        (found["traveller"]["reference"], match["entry"]): match["bits"]
        for found in screened
        for match in found["matches"]
    }


TABLES = [
    ("columns in another order", ["name,sex,id"], ["Anders Holt,M,q1"], 0),
    ("only the columns that are needed", ["id,name"], ["q1,Anders Holt"], 0),
    ("columns nobody asked for", ["id,name,remark"], ['q1,Anders Holt,"seen, twice"'], 0),
    ("blanks around the columns", ["id, name"], ["q1,Anders Holt"], 0),
    ("empty lines between", ["id,name"], ["", "q1,Anders Holt", ""], 0),
    ("sex in small letters", ["id,name,sex"], ["q1,Anders Holt,m"], 0),
    ("sex not known to the sender", ["id,name,sex"], ["q1,Anders Holt,U"], 0),
    ("sex nobody knows is kept as unknown", ["id,name,sex"], ["q1,Anders Holt,O"], 0),
    ("a country nobody knows is kept as unknown", ["id,name,nationality"], ["q1,Anders Holt,Atlantis"], 0),
    ("a birth date that is none", ["id,name,birth_date"], ["q1,Anders Holt,99999999"], 1),
    ("a birth date that is not in the calendar", ["id,name,birth_date"], ["q1,Anders Holt,1970-02-30"], 1),
    ("a range that ends before it begins", ["id,name,birth_date"], ["q1,Anders Holt,1975/1970"], 1),
    ("a row without id", ["id,name"], ["q1,Anders Holt", ",Anders Holt"], 1),
]


@pytest.mark.parametrize(("reason", "head", "rows", "code"), TABLES, ids=[reason for reason, *_ in TABLES])
def test_tables(vigie: Vigie, place: Path, reason: str, head: list[str], rows: list[str], code: int) -> None:
    people(place / "people.csv", *rows, head=head[0])
    ran = vigie(*arguments(place, "--top", "1", "--min-bits", "0"))
    assert ran.code == code
    assert answers(place / "out.csv")[1][:4] == ["q1", "1", "list", "N1"]


def test_a_kind_of_unknown_cell_is_told_once_and_not_quoted(vigie: Vigie, place: Path) -> None:
    people(place / "people.csv", *(f"q{number},Anders Holt,19700601,,," for number in range(300)))
    ran = vigie(*arguments(place))
    (line,) = [line for line in ran.err.splitlines() if "BAD_DATE" in line]
    assert line.startswith("  error: this is no date")
    assert "300 lines, the first here" in line
    assert line.endswith("[BAD_DATE in birth_date at line 2]")
    assert "19700601" not in ran.err


def test_answers_are_for_their_owner_only_and_replace_the_old(vigie: Vigie, place: Path) -> None:
    (place / "real.csv").write_text("old")
    (place / "out.csv").symlink_to(place / "real.csv")
    assert vigie(*arguments(place)).code == 0
    assert (place / "out.csv").is_symlink()
    assert answers(place / "real.csv")[0] == HEAD
    assert stat.S_IMODE((place / "real.csv").stat().st_mode) == 0o600
    assert sorted(file.name for file in place.iterdir()) == ["list.csv", "out.csv", "people.csv", "real.csv"]


SAME = [
    ("the table", "{place}/people.csv"),
    ("the table by another path", "{place}/../{name}/people.csv"),
    ("the table by a link", "{place}/link.csv"),
    ("the table by a second name", "{place}/hard.csv"),
    ("a list", "{place}/list.csv"),
    ("a list's manifest", "{place}/list.csv.manifest.json"),
]


@pytest.mark.parametrize("prefix", ["", "csv:"])
@pytest.mark.parametrize(("reason", "out"), SAME, ids=[reason for reason, _ in SAME])
def test_an_answer_does_not_replace_an_input(vigie: Vigie, place: Path, reason: str, out: str, prefix: str) -> None:
    (place / "link.csv").symlink_to(place / "people.csv")
    (place / "hard.csv").hardlink_to(place / "people.csv")
    (place / "list.csv.manifest.json").write_text("{}")
    before = {file.name: file.read_bytes() for file in place.iterdir()}
    named = ["--list", f"{prefix}{place / 'list.csv'}", "--out", out.format(place=place, name=place.name)]
    ran = vigie("match", place / "people.csv", *named)
    assert ran.code == 64
    assert "name another file with --out" in ran.complaint
    assert {file.name: file.read_bytes() for file in place.iterdir()} == before


def test_an_answer_does_not_replace_a_part_of_a_list(vigie: Vigie, place: Path) -> None:
    (place / "folder").mkdir()
    (place / "folder" / "alt.csv").write_text("old")
    ran = vigie("match", place / "people.csv", "--list", place / "folder", "--out", place / "folder" / "alt.csv")
    assert ran.code == 64
    assert (place / "folder" / "alt.csv").read_text() == "old"


def test_rows_of_one_id_are_answered_in_their_order_and_told(vigie: Vigie, place: Path) -> None:
    """Nothing is lost, so this is a warning and no error."""
    people(place / "people.csv", "q1,Anders Holt,,,,", "q2,Nina Berg,,,,", *["q1,Nina Berg,,,,"] * 7)
    ran = vigie(*arguments(place, "--min-bits", "0", "--top", "1"))
    (line,) = [line for line in ran.err.splitlines() if "ID_REPEATED" in line]
    assert ran.code == 0
    assert line.startswith("  warning: an id stands at several rows (line 4 as 2, 5 as 2, 6 as 2, 7 as 2, 8 as 2, …)")
    assert line.endswith("[ID_REPEATED in id at line 4]")
    assert [(row[0], row[3]) for row in answers(place / "out.csv")[1:3]] == [("q1", "N1"), ("q2", "N3")]
    assert [(row[0], row[3]) for row in answers(place / "out.csv")[3:]] == [("q1", "N3")] * 7


def test_rows_without_id_are_not_rows_of_one_id(vigie: Vigie, place: Path) -> None:
    people(place / "people.csv", ",Anders Holt,,,,", ",Nina Berg,,,,")
    assert "ID_REPEATED" not in vigie(*arguments(place)).err


def test_no_probability_is_written_as_certain(vigie: Vigie, place: Path) -> None:
    people(place / "people.csv", *ASKED, "q4,Anders Holtby,1971,M,,")
    vigie(*arguments(place, "--min-bits", "-inf"))
    written = [(float(row[5]), row[6]) for row in answers(place / "out.csv")[1:]]
    assert max(written)[0] > 40, "two digits would make 1 of it"
    assert all(0 < float(probability) < 1 for _, probability in written)
    in_order = [float(probability) for _, probability in sorted(written, key=lambda row: row[0])]
    assert in_order == sorted(in_order)


def test_one_query_is_no_queries(vigie: Vigie, place: Path) -> None:
    people(place / "people.csv", ASKED[0])
    assert "people.csv: 1 query, 1 with a match" in vigie(*arguments(place)).err


def test_no_query_no_answer(vigie: Vigie, place: Path) -> None:
    (place / "people.csv").write_text("id,name\n")
    assert vigie(*arguments(place)).code == 0
    assert answers(place / "out.csv") == [HEAD]
