"""What cannot be used is told in one line, costs little, and leaves nothing half done."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import PROCESS, Vigie, csv_list, paxlst, people
from vigie.demo import SAMPLE
from vigie.store import open_store

LIST = SAMPLE / "list.xml"
BIG = 200 * 1024 * 1024
QUICK = 2.0
"""Seconds of work within which a file far too large must be refused; the clock on the wall counts others' work too."""
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><CONSOLIDATED_LIST><INDIVIDUALS>&j;</INDIVIDUALS></CONSOLIDATED_LIST>"
)
OUTSIDE = (
    b'<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a SYSTEM "file:///etc/passwd">]><CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>'
)
ROW = "N1,primary,Anders Holt,1970,M,NOR,"
HEADER = "entry_id,kind,name,birth_date,sex,nationality,document_number"
LISTS = [
    ("no bytes", b"", "is empty"),
    ("a picture", b"\xff\xd8\xff\xe0\x00\x10JFIF", "none of the list formats"),
    ("an entity bomb", BOMB, "DOCTYPE"),
    ("an entity from outside", OUTSIDE, "DOCTYPE"),
    ("cut in half", LIST.read_bytes()[: LIST.stat().st_size // 2], "ends too early"),
    ("a CSV cut inside a quotation", f'{HEADER}\n{ROW}\nN2,primary,"HOL'.encode(), "line 3"),
    ("a CSV cut inside a row", f"{HEADER}\n{ROW}\nN2,prim".encode(), "line 3: has 2 columns"),
    ("a CSV with other columns", b"id,name\n1,Anders Holt\n", "entry_id,kind"),
    ("a CSV without persons", f"{HEADER}\n".encode(), "holds no person"),
    ("a CSV in UTF-16", f"{HEADER}\n{ROW}\n".encode("utf-16"), "none of the list formats"),
]
TABLES = [
    ("no bytes", b"", "id and name not found"),
    ("a picture", b"\xff\xd8\xff\xe0\x00\x10JFIF", "not UTF-8 at byte 0"),
    ("UTF-16 with its mark", "id,name\n1,A\n".encode("utf-16"), "not UTF-8 at byte 0"),
    ("UTF-16 without", "id,name\n1,A\n".encode("utf-16-le"), "a NUL"),
    ("a NUL in a name", b"id,name\n1,A\0B\n", "a NUL"),
    ("Latin-1", "id,name\n1,Ren\u00e9\n".encode("latin-1"), "not UTF-8 at byte 13"),
    ("no column of names", b"id,nom\n1,A\n", "name not found in the first line"),
    ("columns between semicolons", b"id;name\n1;A\n", "with commas between them"),
    ("no columns, only people", b"1,Anders Holt\n", "id and name not found"),
    ("a quotation never closed would swallow people", b'id,name\n1,"A\n2,B\n', "no valid CSV"),
    ("a comma in a name shifts the row", b"id,name,sex\n1,HOLT, Anders,M\n", "line 2: has 4 cells where 3"),
    ("cut inside a row", b"id,name,sex\n1,Anders Holt,M\n2,Ni", "line 3: has 2 cells where 3"),
    ("one line without end", b"id,name\n1," + b"A" * 200_000, "no valid CSV"),
    ("columns without end", b"A" * 200_000, "no valid CSV"),
]
MESSAGES = [
    ("no bytes", b"", "EMPTY_INPUT"),
    ("a picture", b"\xff\xd8\xff\xe0\x00\x10JFIF", "NO_MESSAGE"),
    ("a list of wanted people", LIST.read_bytes(), "NO_MESSAGE"),
    ("zeros", bytes(100_000), "NO_MESSAGE"),
]


@pytest.fixture
def flight(tmp_path: Path) -> Path:
    file = tmp_path / "flight.edi"
    file.write_bytes(paxlst(("HOLT", "ANDERS")))
    return file


@pytest.mark.parametrize(("reason", "data", "says"), LISTS, ids=[reason for reason, *_ in LISTS])
def test_list(vigie: Vigie, tmp_path: Path, flight: Path, reason: str, data: bytes, says: str) -> None:
    (tmp_path / "list").write_bytes(data)
    database = tmp_path / "work.db"
    ran = vigie("screen", flight, "--list", tmp_path / "list", "--json", "--database", database)
    assert (ran.code, ran.out) == (2, b"")
    assert says in ran.complaint
    assert not database.exists()


@pytest.mark.parametrize(("reason", "data", "says"), TABLES, ids=[reason for reason, *_ in TABLES])
@pytest.mark.parametrize("before", [None, "old answers"], ids=["no answer before", "an answer before"])
def test_table(vigie: Vigie, tmp_path: Path, reason: str, data: bytes, says: str, before: str | None) -> None:
    table, out = tmp_path / "people.csv", tmp_path / "out.csv"
    table.write_bytes(data)
    if before is not None:
        out.write_text(before)
    ran = vigie("match", table, "--list", LIST, "--out", out)
    assert (ran.code, ran.out) == (2, b"")
    assert says in ran.complaint
    assert "HOLT" not in ran.err.upper()
    assert {file: file.read_text() for file in tmp_path.iterdir() if file != table} == (
        {} if before is None else {out: before}
    )


@pytest.mark.parametrize(("reason", "data", "problem"), MESSAGES, ids=[reason for reason, *_ in MESSAGES])
def test_message_without_content_is_not_recorded(
    vigie: Vigie, tmp_path: Path, reason: str, data: bytes, problem: str
) -> None:
    (tmp_path / "input").write_bytes(data)
    ran = vigie("screen", tmp_path / "input", "--list", LIST, "--json", "--database", tmp_path / "work.db")
    assert (ran.code, ran.out) == (2, b"")
    assert f"[{problem}]" in ran.err
    assert "nothing was added to the database" in ran.err
    with open_store(f"sqlite:///{tmp_path / 'work.db'}") as store:
        assert (store.counts().messages, store.counts().travellers) == (0, 0)
        assert store.events(10) == []


def test_birth_date_that_is_none_costs_only_itself(vigie: Vigie, tmp_path: Path) -> None:
    file = tmp_path / "flight.edi"
    file.write_bytes(paxlst(("HOLT", "ANDERS"), birth="99999999"))
    named = csv_list(tmp_path / "list.csv", 'N1,primary,"HOLT, Anders",99999999,M,NOR,A1')
    ran = vigie("screen", file, "--list", named, "--json", "--all", "--alerts-per-million", "100000")
    (found,) = ran.objects
    assert ran.code == 1
    assert found["traveller"]["birth_date"] is None
    assert [match["entry"] for match in found["matches"]] == ["N1"]


PLACES = [
    ("a folder as message", ["read", "{folder}"], 2, "is a folder"),
    ("a message that is not there", ["read", "{folder}/none"], 2, "No such file"),
    ("a name too long for the disk", ["read", "a" * 300], 2, "name too long"),
    ("a folder without a list", ["screen", "{flight}", "--list", "{folder}"], 2, "holds 0 lists"),
    ("a list that is not there", ["screen", "{flight}", "--list", "{folder}/none"], 2, "No such file"),
    ("a list name too long for the disk", ["screen", "{flight}", "--list", "a" * 300], 2, "name too long"),
    ("the same with its format", ["screen", "{flight}", "--list", "csv:" + "a" * 300], 2, "name too long"),
    (
        "a format that there is not",
        ["screen", "{flight}", "--list", f"xml:{LIST}"],
        64,
        "known are un-xml, ofac-csv, csv",
    ),
    ("the wrong format", ["screen", "{flight}", "--list", f"csv:{LIST}"], 2, "line 1: no header"),
    ("two lists of one name", ["screen", "{flight}", "--list", str(LIST), str(LIST)], 64, "'un' was given before"),
    ("a database that is a folder", ["screen", "{flight}", "--list", str(LIST), "--database", "{folder}"], 2, "folder"),
    (
        "a database that is a text",
        ["screen", "{flight}", "--list", str(LIST), "--database", "{people}"],
        2,
        "people.csv: the file is no SQLite database",
    ),
    (
        "a database in a folder that is not there",
        ["screen", "{flight}", "--list", str(LIST), "--database", "{folder}/none/work.db"],
        2,
        "does not exist",
    ),
    (
        "a server that does not answer",
        ["screen", "{flight}", "--list", str(LIST), "--database", "postgresql+psycopg://vigie@127.0.0.1:1/vigie"],
        2,
        "Connection refused",
    ),
    (
        "a database of another make",
        ["screen", "{flight}", "--list", str(LIST), "--database", "mysql://vigie@127.0.0.1/vigie"],
        2,
        "'mysql'",
    ),
    ("a folder as table", ["match", "{folder}", "--list", str(LIST), "--out", "{folder}/out"], 2, "is a folder"),
    ("a folder as answer", ["match", "{people}", "--list", str(LIST), "--out", "{folder}"], 64, "is no file"),
    ("a device as answer", ["match", "{people}", "--list", str(LIST), "--out", os.devnull], 64, "is no file"),
    (
        "an answer in a folder that is not there",
        ["match", "{people}", "--list", str(LIST), "--out", "{folder}/none/out.csv"],
        64,
        "No such file",
    ),
    (
        "an answer below a file",
        ["match", "{people}", "--list", str(LIST), "--out", "{people}/out.csv"],
        64,
        "Not a directory",
    ),
    (
        "listing an inbox that is not there",
        ["inbox", "list", "--database", "{folder}/work.db"],
        64,
        "no database there",
    ),
    ("an arrival of none", ["inbox", "show", "1", "--database", "{folder}/work.db"], 64, "no database there"),
    ("releasing from none", ["inbox", "release", "1", "--database", "{folder}/work.db"], 64, "no database there"),
    ("removing from none", ["inbox", "expire", "--database", "{folder}/work.db"], 64, "no database there"),
    ("carriers of none", ["carriers", "list", "--database", "{folder}/work.db"], 64, "no database there"),
    ("ending a token of none", ["carriers", "disable", "Z", "--database", "{folder}/work.db"], 64, "no database there"),
    ("a schedule of none", ["schedule", "list", "--database", "{folder}/work.db"], 64, "no database there"),
    (
        "notices of none",
        ["notices", "--database", "{folder}/work.db", "--out", "{folder}"],
        64,
        "work.db: no database there",
    ),
    ("serving a database that is not there", ["serve", "--database", "{folder}/work.db"], 64, "no database there"),
    ("serving a folder", ["serve", "--database", "{folder}"], 64, "no database there"),
    ("serving a text", ["serve", "--database", "{people}"], 2, "people.csv: the file is no SQLite"),
]


@pytest.mark.parametrize(("reason", "arguments", "code", "says"), PLACES, ids=[reason for reason, *_ in PLACES])
def test_place(vigie: Vigie, tmp_path: Path, reason: str, arguments: list[str], code: int, says: str) -> None:
    (tmp_path / "folder").mkdir()
    names = {"folder": tmp_path / "folder", "flight": tmp_path / "flight.edi", "people": tmp_path / "people.csv"}
    names["flight"].write_bytes(paxlst(("HOLT", "ANDERS")))
    people(names["people"])
    ran = vigie(*(argument.format(**names) for argument in arguments))
    assert (ran.code, ran.out) == (code, b"")
    assert says in ran.complaint
    assert list(names["folder"].iterdir()) == []
    assert sorted(file.name for file in tmp_path.iterdir()) == ["flight.edi", "folder", "people.csv"]


def test_port_in_use(vigie: Vigie, tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'work.db'}").close()
    with socket.create_server(("127.0.0.1", 0)) as other:
        ran = vigie("serve", "--database", tmp_path / "work.db", "--port", other.getsockname()[1])
    assert ran.code == 64
    assert "choose another with --port" in ran.complaint


def test_demo_tells_a_port_in_use_before_it_works(vigie: Vigie) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        ran = vigie("demo", "--port", other.getsockname()[1])
    assert ran.code == 64
    assert "choose another with --port" in ran.complaint
    assert "screened" not in ran.err


HUGE = [
    ("as message", ["read", "{zeros}", "--json"]),
    ("as list", ["screen", str(SAMPLE / "coach.edi"), "--list", "{zeros}"]),
    ("as table", ["match", "{zeros}", "--list", str(LIST), "--out", "{zeros}.out"]),
]


@pytest.mark.parametrize(("reason", "arguments"), HUGE, ids=[reason for reason, _ in HUGE])
def test_two_hundred_megabytes_of_zeros(vigie: Vigie, tmp_path: Path, reason: str, arguments: list[str]) -> None:
    zeros = tmp_path / "zeros"
    zeros.touch()
    os.truncate(zeros, BIG)
    began = time.process_time()
    ran = vigie(*(argument.format(zeros=zeros) for argument in arguments))
    assert time.process_time() - began < QUICK
    assert (ran.code, ran.out) == (2, b"")
    assert str(zeros) in ran.complaint


def test_a_pipe_without_end_is_read_up_to_the_limit(vigie: Vigie) -> None:
    ran = vigie("read", "/dev/zero")
    assert ran.code == 2
    assert "larger than 128 MiB" in ran.complaint


def test_file_names_that_are_not_utf8(vigie: Vigie, tmp_path: Path) -> None:
    name = os.fsdecode(bytes(tmp_path / "x") + b"\xff.edi")
    Path(name).write_bytes(paxlst(("HOLT", "ANDERS")))
    ran = vigie("screen", name, "--list", LIST, "--json", "--all", "--database", tmp_path / "work.db")
    assert ran.code == 0
    assert ran.objects[0]["source"].endswith("x\\xff.edi")
    csv_list(Path(name))
    refused = vigie("lists", "check", name)
    assert refused.code == 64
    assert "x\\xff.edi: the file name is not UTF-8" in refused.complaint


FORBIDDEN = [
    ("a message", ["read", "{secret}/file"], 2),
    ("a list", ["lists", "check", "{secret}/file"], 2),
    ("a list by format", ["lists", "check", "csv:{secret}/file"], 2),
    ("a list whose manifest is not ours to read", ["lists", "check", "{list}"], 2),
    ("a table", ["match", "{secret}/file", "--list", str(LIST), "--out", "{folder}/out"], 2),
    ("an answer", ["match", "{people}", "--list", str(LIST), "--out", "{secret}/out"], 64),
    ("a database", ["screen", "{flight}", "--list", str(LIST), "--database", "{secret}/work.db"], 2),
]
AS_NOBODY = """
import os, sys
from vigie.cli import main, parser
parser([sys.argv[1]])
import vigie.store.dialects, sqlalchemy.dialects.sqlite  # loaded late otherwise, perhaps from a folder nobody may enter
"".encode("utf-8-sig")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
main()
"""


@pytest.mark.parametrize(("reason", "arguments", "code"), FORBIDDEN, ids=[reason for reason, *_ in FORBIDDEN])
def test_no_permission(tmp_path: Path, reason: str, arguments: list[str], code: int) -> None:
    """In a process of a user who is nobody, because root may do everything."""
    names = {name: tmp_path / name for name in ("secret", "people", "flight", "folder", "list")}
    names["secret"].mkdir(mode=0)
    names["folder"].mkdir(mode=0o777)
    names["folder"].chmod(0o777)
    names["flight"].write_bytes(paxlst(("HOLT", "ANDERS")))
    people(names["people"])
    csv_list(names["list"])
    (tmp_path / "list.manifest.json").touch(mode=0)
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(0o711)
    command = [sys.executable, "-c", AS_NOBODY, *(argument.format(**names) for argument in arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, **PROCESS)
    assert (ran.returncode, ran.stdout) == (code, "")
    (line,) = [line for line in ran.stderr.splitlines() if "not for operations" not in line]
    assert line.startswith("vigie: ")
    assert "the answer is not whole" not in line, "that is for what fails on the way"
    assert list(names["folder"].iterdir()) == []
