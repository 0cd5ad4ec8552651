"""The plain list CSV that a State writes itself."""

from tests.watchlist.invented import HEADER
from vigie.records import Document, Entry, ListedDate
from vigie.watchlist import plain_csv
from vigie.watchlist.parts import Parts


def parsed(*rows: str) -> Parts:
    return plain_csv.parse({"lists/national.csv": "\n".join([HEADER, *rows, ""]).encode()})


def codes(parts: Parts) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.position) for problem in parts.problems]


def test_rows_of_one_entry_are_joined_wherever_they_stand() -> None:
    parts = parsed(
        'N1,primary,"HOLT, Anders",1970-06,M,Norway,A 111 222',
        "N2,primary,Zig Faro,,,,",
        "N1,weak_alias,Zig,1970-06,male,NO,A111222",
        "N1,original_script,Лев,1971/1973,,SE,b333",
    )
    assert parts.list == "national"
    holt, faro = parts.entries
    assert [(name.kind, name.name) for name in holt.names] == [
        ("primary", "HOLT, Anders"),
        ("weak_alias", "Zig"),
        ("original_script", "Лев"),
    ]
    assert (holt.names[0].family, holt.names[0].given) == ("HOLT", "Anders")
    assert holt.birth_dates == (ListedDate(date="1970-06"), ListedDate(date="1971/1973"))
    assert (holt.sex, holt.nationalities) == ("M", ("NOR", "SWE"))
    assert holt.documents == (Document(number="A111222"), Document(number="B333"))
    assert faro == Entry(list="national", id="N2", names=faro.names)
    assert parts.problems == ()


def test_primary_comes_first_wherever_it_stands() -> None:
    parts = parsed("N1,alias,Zig,,,,", "N1,primary,Faro,,,,")
    assert [name.name for name in parts.entries[0].names] == ["Faro", "Zig"]
    assert parts.problems == ()


def test_bad_cells_are_problems_with_their_line_and_the_entry_is_kept() -> None:
    parts = parsed("N1,primary,Zig,1970-13,,,", "N1,nickname,Zag,1980/1970,,,", "N1,alias,Zog,,U,Atlantis,")
    assert [name.name for name in parts.entries[0].names] == ["Zig", "Zag", "Zog"]
    assert parts.entries[0].birth_dates == ()
    assert sorted(codes(parts), key=str) == [
        ("BIRTH_DATE_NOT_UNDERSTOOD", 2),
        ("BIRTH_DATE_NOT_UNDERSTOOD", 3),
        ("KIND_NOT_KNOWN", 3),
        ("NATIONALITY_NOT_KNOWN", 4),
        ("SEX_NOT_KNOWN", 4),
    ]
    assert all("Zig" not in problem.says and "1970" not in problem.says for problem in parts.problems)


def test_an_entry_without_primary_name_is_noted() -> None:
    parts = parsed("N1,alias,Zig,,,,")
    assert codes(parts) == [("PRIMARY_MISSING", 2)]
    assert parts.entries[0].names[0].kind == "alias"


def test_byte_order_mark_and_windows_line_ends() -> None:
    content = "\ufeff" + HEADER + "\r\nN1,primary,Zig,,,,\r\n\r\n"
    assert len(plain_csv.parse({"a.csv": content.encode()}).entries) == 1
