"""OFAC's legacy CSV: each fact of the format on invented persons."""

from pathlib import Path

import pytest

from tests.watchlist.invented import ofac, sdn_row
from vigie.records import Document, Entry, ListedDate, Problem
from vigie.watchlist import ofac_csv, read


def parsed(row: str, alt: list[str] | None = None, comments: list[str] | None = None) -> tuple[Entry, list[Problem]]:
    files = {"sdn.csv": [row], "alt.csv": alt or [], "add.csv": [], "sdn_comments.csv": comments or []}
    parts = ofac_csv.parse({name: ("\r\n".join(lines) + "\r\n\x1a").encode() for name, lines in files.items()})
    return parts.entries[0], list(parts.problems)


def entry_of(remarks: str) -> Entry:
    entry, problems = parsed(sdn_row("701", "HOLT, Anders", remarks))
    assert problems == []
    return entry


def test_a_whole_entry() -> None:
    entry, problems = parsed(
        sdn_row(
            "701",
            "HOLT, Anders Jan",
            "DOB 20 Apr 1970; alt. DOB 1971; POB Urd, Norway; alt. POB Zed, Mali; nationality Norway; citizen Mali; "
            "Gender Male; Passport A111222 (Norway); Linked To: HOLT, Zig; a.k.a. 'EL FARO'.",
            programme="SDGT] [SYRIA",
        ),
        alt=['701,11,"aka","HOLD, Andres",-0- ', '701,12,"fka","HOLTEN, Andrej",-0- '],
    )
    assert problems == []
    assert (entry.list, entry.id, entry.sex, entry.programmes) == ("ofac-sdn", "701", "M", ("SDGT", "SYRIA"))
    assert [(name.kind, name.name, name.family) for name in entry.names] == [
        ("primary", "HOLT, Anders Jan", "HOLT"),
        ("alias", "HOLD, Andres", "HOLD"),
        ("alias", "HOLTEN, Andrej", "HOLTEN"),
        ("weak_alias", "EL FARO", None),
    ]
    assert entry.birth_dates == (ListedDate(date="1970-04-20"), ListedDate(date="1971"))
    assert (entry.birth_places, entry.nationalities) == (("Urd, Norway", "Zed, Mali"), ("NOR", "MLI"))
    assert entry.documents == (Document(type="P", type_raw="Passport", number="A111222", issuer="NOR"),)


@pytest.mark.parametrize(
    ("remarks", "names"),
    [
        ("a.k.a. 'ABU-'ZIG'.", ["ABU-'ZIG"]),
        ("a.k.a. ''ABD AL-ZIG'; a.k.a. 'ZIG''.", ["'ABD AL-ZIG", "ZIG'"]),
        ("DOB 1970; a.k.a. 'HOLT, Z.'; f.k.a. 'FARO'.", ["HOLT, Z.", "FARO"]),
        ("Linked To: ACME, S.A. DE C.V.; a.k.a. 'ZIG'", ["ZIG"]),
    ],
)
def test_weak_aliases(remarks: str, names: list[str]) -> None:
    assert [name.name for name in entry_of(remarks).names if name.kind == "weak_alias"] == names


def test_a_cut_alias_is_a_problem() -> None:
    entry, problems = parsed(sdn_row("701", "ZIG", "a.k.a. 'FARO'; a.k.a. 'ZI"))
    assert [name.name for name in entry.names] == ["ZIG", "FARO"]
    assert [problem.code for problem in problems] == ["ALIAS_NOT_UNDERSTOOD"]


def test_remarks_go_on_in_the_comments_cut_in_a_word() -> None:
    entry, problems = parsed(
        sdn_row("701", "ZIG", "DOB 1970; Passport A1112"), comments=["701,\"22 (Norway); a.k.a. 'FARO'.\""]
    )
    assert entry.documents == (Document(type="P", type_raw="Passport", number="A111222", issuer="NOR"),)
    assert ([name.name for name in entry.names], problems) == (["ZIG", "FARO"], [])


@pytest.mark.parametrize(
    ("remark", "document"),
    [
        ("alt. Passport 77588 (Argentina)", Document(type="P", type_raw="Passport", number="77588", issuer="ARG")),
        (
            "Passport RL 1622111 (Korea, North) issued 18 Jan 1984 expires 04 Jul 2017",
            Document(type="P", type_raw="Passport", number="RL1622111", issuer="PRK", expires="2017-07-04"),
        ),
        ("Cedula No. 16247111 (Colombia)", Document(type="I", type_raw="Cedula No.", number="16247111", issuer="COL")),
        ("National ID No. CNIC: 35202-1", Document(type="I", type_raw="National ID No.", number="35202-1")),
        (
            "National ID No. 12/BaHaNa(N)0111 (Burma)",
            Document(type="I", type_raw="National ID No.", number="12/BAHANA(N)0111", issuer="MMR"),
        ),
        ("R.F.C. CAVP-590612-AD1 (Mexico)", Document(type_raw="R.F.C.", number="CAVP-590612-AD1", issuer="MEX")),
        ("Driver's License No. 180111", Document(type_raw="Driver's License No.", number="180111")),
        ("C.U.R.P. # HESU430525 (Mexico)", Document(type_raw="C.U.R.P.", number="HESU430525", issuer="MEX")),
        ("Passport issued in Urd", Document(type="P", type_raw="Passport issued in Urd")),
    ],
)  # fmt: skip
def test_documents(remark: str, document: Document) -> None:
    assert entry_of(f"DOB 1970; {remark}.").documents == (document,)


@pytest.mark.parametrize(
    "remark",
    [
        "Phone Number 8613314111111",
        "Digital Currency Address - XBT 12QtD5BFwR",
        "arrested 23 Apr 2002",
        "Linked To: A1",
    ],
)
def test_other_remarks_are_no_documents(remark: str) -> None:
    assert entry_of(f"{remark}.").documents == ()


def test_semicolon_without_a_blank_separates_too() -> None:
    entry = entry_of("nationality possibly Palestinian;arrested 23 Apr 2002; alt. nationality Korea, North.")
    assert entry.nationalities == ("PSE", "PRK")


def test_birth_date_not_understood_is_a_problem_with_its_line() -> None:
    entry, problems = parsed(sdn_row("701", "ZIG", "DOB 12 Foo 1970; alt. DOB circa 1971."))
    assert entry.birth_dates == (ListedDate(date="1971", approximate=True),)
    assert [(problem.code, problem.position) for problem in problems] == [("BIRTH_DATE_NOT_UNDERSTOOD", 1)]


def test_only_persons_are_entries(tmp_path: Path) -> None:
    rows = [
        sdn_row("1", "ZIG, Anders"),
        sdn_row("2", "ZIG SHIPPING", kind="-0- "),
        sdn_row("3", "ZIG STAR", kind='"vessel"'),
        sdn_row("4", "ZIG AIR", kind='"aircraft"'),
    ]
    watchlist = read(ofac(tmp_path / "sdn", rows, alt=['2,9,"aka","ZIG LINES",-0- ']))
    assert (watchlist.list, watchlist.format, watchlist.date) == ("ofac-sdn", "ofac-csv", None)
    assert ([entry.id for entry in watchlist.entries], watchlist.others) == (["1"], 3)
    assert watchlist.problems == ()


def test_consolidated_list_has_its_own_key(tmp_path: Path) -> None:
    assert read(ofac(tmp_path / "cons", [sdn_row("1", "ZIG")], prefix="cons_")).list == "ofac-cons"


def test_main_file_alone_says_what_is_missing(tmp_path: Path) -> None:
    path = ofac(tmp_path / "sdn", [sdn_row("1", "ZIG")]) / "sdn.csv"
    watchlist = read(path)
    assert len(watchlist.entries) == 1
    assert [(problem.code, problem.severity) for problem in watchlist.problems] == [("ALIASES_MISSING", "note")]


def test_missing_end_mark_is_told(tmp_path: Path) -> None:
    folder = ofac(tmp_path / "sdn", [sdn_row("1", "ZIG")])
    (folder / "alt.csv").write_bytes(b'1,2,"aka","ZAG",-0- \r\n')
    (problem,) = read(folder).problems
    assert (problem.code, problem.says.split()[0]) == ("END_MARK_MISSING", "alt.csv")
