"""What happens to a path: recognised by content, used whole or refused with one line, operational by its manifest."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watchlist.invented import HEADER, individual, ofac, sdn_row, un_xml
from vigie.config import LIMITS
from vigie.errors import ListError, UsageError
from vigie.watchlist import read, recognise, summary

UN = un_xml(individual(), individual(number="QDi.902"), entities=1)
PLAIN = f"{HEADER}\nN1,primary,Zig,1970,M,NO,A1\n".encode()
BOMB = '<!DOCTYPE lolz [<!ENTITY a "zig"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
MANIFEST = {"legal_ground": "Act 1", "purpose": "terrorism", "data_owner": "Centre", "measure": "refer"}


def refusal(path: Path, format: str | None = None) -> str:
    """The error of reading `path`, checked to be one line that names the file."""
    with pytest.raises(ListError) as caught:
        read(path, format)
    says = str(caught.value)
    assert says.startswith(str(path))
    assert "\n" not in says
    return says


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


REFUSED = [
    (b"", "is empty", "empty file"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "none of the list formats", "JPEG"),
    (b"\0" * 5000, "none of the list formats", "zeros"),
    (b"just a note", "none of the list formats", "a text"),
    (b'{"name": "zig", "id": 1}', "none of the list formats", "JSON"),
    (b"<html><body>Not found, sorry</body></html>", "none of the list formats", "an error page"),
    (UN[: len(UN) // 2], "line 1: the XML ends too early", "XML cut in half"),
    (UN[:-3], "ends too early", "XML without its last bytes"),
    (UN.replace(b"<FIRST_NAME>", b"<FIRST NAME>"), "not well-formed", "damaged XML"),
    (UN.replace(b"INDIVIDUALS>", b"PERSONS>"), "no INDIVIDUALS", "another schema"),
    (un_xml(entities=2), "holds no person", "no person"),
    (un_xml(individual(), doctype=BOMB).replace(b"OSKAR", b"&b;&b;"), "has a DOCTYPE", "XML bomb"),
    (un_xml(individual(), doctype=OUTSIDE).replace(b"OSKAR", b"&a;"), "has a DOCTYPE", "external entity"),
    (un_xml(individual(), doctype='<!DOCTYPE x SYSTEM "http://x.invalid/x.dtd">'), "has a DOCTYPE", "external DTD"),
    (b"<CONSOLIDATED_LIST>" + b"<a>" * 300 + b"</a>" * 300, "ends too early", "deep nesting"),
    (f"{HEADER}\n".encode(), "holds no person", "header only"),
    (b"uid,kind,name,dob,gender\n1,primary,Zig,,\n", "'uid,kind,name,dob,gender' where", "other header"),
    (b"1,primary,Zig Faro,1970,M,NO,A1\n", "line 1: no header where 'entry_id,", "no header: the row not shown"),
    (PLAIN + b"N2,primary,Zag,1970\n", "line 3: has 4 columns where 7 are expected", "row cut"),
    (PLAIN + b'N2,primary,"Zag,1970,M', "a quotation is not closed", "quotation cut"),
    (PLAIN + b",primary,Zag,1970,M,NO,A1\n", "line 3: entry_id is empty", "no entry_id"),
    (PLAIN + "N2,primary,Zoë,,,,\n".encode("latin-1"), "line 3: not UTF-8", "another encoding"),
    ((sdn_row("1", "ZIG") + "\r\n" + sdn_row("2", "ZAG")[:30]).encode(), "line 2: has 5 columns where 12", "OFAC cut"),
    ((sdn_row("1", "ZIG", "DOB 1970; POB U") + "\r\n").encode()[:-4], "not closed", "OFAC cut in the remarks"),
    (sdn_row("1", "ZIG", kind='"aircraft"').encode(), "holds no person", "OFAC without persons"),
    ((sdn_row("1", "ZIG") + "\n" + sdn_row("2", "ZIG", kind='"x"')).encode(), "line 2: the third", "unknown type"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "says", "reason"), REFUSED, ids=[case[2] for case in REFUSED])
def test_refused(tmp_path: Path, content: bytes, says: str, reason: str) -> None:
    error = refusal(written(tmp_path / "list", content))
    assert says in error
    assert "Zig" not in error
    assert "OSKAR" not in error


def test_doctype_in_an_encoding_that_hides_it(tmp_path: Path) -> None:
    text = un_xml(individual(), doctype=BOMB).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert "has a DOCTYPE" in refusal(written(tmp_path / "list", text.encode("utf-16")), format="un-xml")


@given(st.integers(min_value=1, max_value=len(UN) - 1))
def test_no_part_of_a_un_list_is_ever_used(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    refusal(written(tmp_path_factory.getbasetemp() / "part.xml", UN[:length]))


def test_200_megabytes_of_zeros_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "zeros.xml"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    began = time.perf_counter()
    assert "none of the list formats" in refusal(path)
    assert time.perf_counter() - began < 0.2


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.truncate(LIMITS.list_bytes + 1)
    assert "more than the limit" in refusal(path)


def test_paths_that_are_no_list(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "absent.xml")
    assert "holds 0 lists" in refusal(tmp_path)
    assert "is no file" in refusal(Path("/dev/null"))


def test_a_folder_is_used_with_all_its_files_or_not_at_all(tmp_path: Path) -> None:
    folder = ofac(tmp_path / "sdn", [sdn_row("1", "ZIG")])
    assert read(folder).list == "ofac-sdn"
    (folder / "alt.csv").unlink()
    assert "alt.csv is missing" in refusal(folder)
    ofac(folder, [sdn_row("1", "ZIG")], alt=['2,9,"aka","ZAG",-0- '])
    with pytest.raises(ListError, match=r"alt\.csv: line 1: belongs to an entry that sdn\.csv does not hold"):
        read(folder)
    ofac(folder, [sdn_row("1", "ZIG")], alt=['1,9,"aka"'])
    with pytest.raises(ListError, match=r"alt\.csv: line 1: has 3 columns where 5"):
        read(folder)


def test_a_folder_with_both_lists_is_not_guessed_at(tmp_path: Path) -> None:
    ofac(tmp_path / "both", [sdn_row("1", "ZIG")])
    assert "holds 2 lists" in refusal(ofac(tmp_path / "both", [sdn_row("1", "ZIG")], prefix="cons_"))


def test_format_is_told_by_content_and_may_be_given(tmp_path: Path) -> None:
    path = written(tmp_path / "list.bin", UN)
    assert read(path).format == read(str(path), "un-xml").format == "un-xml"
    assert read(written(tmp_path / "list.xml", PLAIN)).format == "csv"
    assert "no header where" in refusal(path, "csv")
    with pytest.raises(UsageError, match="'pdf' is not known; known are un-xml, ofac-csv, csv"):
        read(path, "pdf")
    folder = ofac(tmp_path / "sdn", [sdn_row("1", "ZIG")])
    assert "in format ofac-csv, not csv" in refusal(folder, "csv")


def test_version_is_the_hash_of_what_was_read(tmp_path: Path) -> None:
    first, second = written(tmp_path / "a", UN), written(tmp_path / "b", UN)
    assert read(first).version == read(second).version
    assert len(read(first).version) == 64
    written(second, UN + b"\n")
    assert read(first).version != read(second).version


def test_repeated_and_nameless_entries_are_told(tmp_path: Path) -> None:
    content = un_xml(individual(), individual(), individual(name="", number="QDi.903"))
    watchlist = read(written(tmp_path / "un.xml", content))
    assert [entry.id for entry in watchlist.entries] == ["QDi.901", "QDi.901"]
    assert [(problem.code, problem.severity) for problem in watchlist.problems] == [
        ("NAME_MISSING", "error"),
        ("ENTRY_REPEATED", "warning"),
    ]


def test_manifest_makes_a_list_operational(tmp_path: Path) -> None:
    path = written(tmp_path / "un.xml", UN)
    assert not read(path).operational
    written(tmp_path / "un.xml.manifest.json", json.dumps(MANIFEST).encode())
    assert read(path).operational


def test_manifest_of_a_folder_stands_beside_it(tmp_path: Path) -> None:
    folder = ofac(tmp_path / "sdn", [sdn_row("1", "ZIG")])
    written(tmp_path / "sdn.manifest.json", json.dumps(MANIFEST).encode())
    assert read(folder).operational
    assert read(f"{folder}/").operational


@pytest.mark.parametrize("value", [None, "", "  ", 7])
@pytest.mark.parametrize("field", sorted(MANIFEST))
def test_every_field_of_the_manifest_is_needed(tmp_path: Path, field: str, value: object) -> None:
    path = written(tmp_path / "un.xml", UN)
    fields = {key: text for key, text in MANIFEST.items() if key != field}
    written(
        tmp_path / "un.xml.manifest.json", json.dumps(fields if value is None else fields | {field: value}).encode()
    )
    assert f"manifest.json: {field} is missing" in refusal(path)


def test_a_manifest_that_is_no_json_object(tmp_path: Path) -> None:
    path = written(tmp_path / "un.xml", UN)
    for content in (b"{", b"[]", b"\xff"):
        written(tmp_path / "un.xml.manifest.json", content)
        assert "is not a JSON object" in refusal(path)


def test_summary_counts_what_the_list_holds(tmp_path: Path) -> None:
    rows = "N1,alias,Zag; Zog,1980,,,\nN2,primary,Faro,bad,,,\n"
    figures = summary(read(written(tmp_path / "own.csv", PLAIN + rows.encode())))
    problems = figures.pop("problems")
    assert figures == {"format": "csv", "date": None, "persons": 2, "names": 3, "birth_dates": 2, "documents": 1}
    assert json.loads(json.dumps(problems))[0]["code"] == "BIRTH_DATE_NOT_UNDERSTOOD"


def test_every_format_and_problem_is_in_the_manual() -> None:
    root = Path(__file__).parents[2]
    manual = (root / "docs" / "reference" / "lists.md").read_text(encoding="utf-8")
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "src/vigie/watchlist").glob("*.py"))
    codes = re.findall(r'(?:add\(|code=)"([A-Z_]+)"', source)
    assert len(codes) >= 11
    assert [name for name in [*recognise.FORMATS, *codes] if f"`{name}`" not in manual] == []
