"""What inputs are that are no messages, and that what is one is never taken for such a file."""

import gzip
import io
import sqlite3
import zipfile
from pathlib import Path

import pytest

from tests.journeys import reservations
from tests.messages.writing import AS_OF, FLIGHT, read_one, whole
from vigie import messages
from vigie.demo import SAMPLE
from vigie.messages import foreign
from vigie.messages.inspection import annotate

LIST = whole(f"{FLIGHT}NAD+FL+++BENALI:SALMA'NAD+FL+++OKONJO'").encode()
PROFILE = Path(__file__).parents[2] / "docs" / "how-to" / "state.toml"
OFAC = b'36,"HOLT, Anders","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'


def packed(*names: str, stored: bool = True) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "some text")
    return file.getvalue()


def opendocument() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return file.getvalue()


def database(path: Path) -> bytes:
    with sqlite3.connect(path) as opened:
        opened.execute("create table original (data blob)")
        opened.execute("insert into original values (?)", (LIST,))
        opened.execute(
            "insert into original values (?)", (b"family name,given name,birth date\nHOLT,ADA,1970-06-01\n",)
        )
    return path.read_bytes()


KINDS = [
    (packed("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "a spreadsheet", "save it as CSV UTF-8"),
    (opendocument(), "a spreadsheet", "save it as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "a file of an office program", "save it as CSV UTF-8"),
    (packed("list.txt"), "a zip archive", "unpack it"),
    (gzip.compress(LIST), "a gzip file", "unpack it"),
    (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "a PDF", "as text"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture", "as text"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture", "as text"),
    ((SAMPLE / "list.xml").read_bytes(), "a watchlist", "vigie lists check"),
    (b"entry_id,kind,name,birth_date,sex,nationality,document_number\nN1,primary,HOLT,,,,\n", "a watchlist", "lists"),
    (b"\xef\xbb\xbfentry_id,kind,name,birth_date,sex,nationality,document_number\n", "a watchlist", "lists"),
    (OFAC, "a watchlist", "vigie lists check"),
    (b"1AIRLINE STANDARD SCHEDULE DATA SET" + b" " * 165 + b"\r\n", "a schedule", "vigie schedule load"),
    (b"mode,carrier,number,from,to,departs\nsea,ZF,201,MTMLA,ITPZL,18:30\n", "a schedule", "vigie schedule load"),
    (b"Vol;Provenance;Date;Heure pr\xc3\xa9vue\nZV412;CMN;2026-11-23;05:40\n", "a schedule", "vigie schedule load"),
    (PROFILE.read_bytes(), "the profile of a deployment", "--profile"),
]


@pytest.mark.parametrize(("data", "name", "does"), KINDS, ids=[name for _, name, _ in KINDS])
def test_what_is_no_message_is_named(data: bytes, name: str, does: str) -> None:
    message = read_one(data)
    (told,) = message.problems
    assert told.code == "NO_MESSAGE"
    assert told.says.startswith(f"this is {name}, no passenger message; ")
    assert does in told.says
    assert message.account is not None
    assert message.account.reported == len(data)


def test_a_database_is_never_looked_through(tmp_path: Path) -> None:
    data = database(tmp_path / "work.db")
    assert LIST in data
    (message,) = messages.read(data, AS_OF)
    assert message.travellers == ()
    assert message.problems[0].says.startswith("this is an SQLite database, no passenger message")
    assert all(line.kind != "segment" for line in annotate(data, AS_OF))


MESSAGES = [
    (LIST, "PAXLST"),
    (reservations.whole(f"SRC'{reservations.RCI}{reservations.TIF}").encode(), "PNRGOV"),
    (b"flight,from,to,std,surname,given names,birth date\nZV412,CMN,VIE,05:40,BENALI,SALMA,1984-03-10\n", "a table"),
    (b"BM" + LIST, "text that begins like a picture"),
    (b"mode,carrier,number,from,to,departs\nsea,ZF,201,MTMLA,ITPZL,18:30\n" + LIST, "a message below a timetable"),
    (packed("list.txt") + LIST, "a message behind a zip"),
]


@pytest.mark.parametrize(("data", "reason"), MESSAGES, ids=[reason for _, reason in MESSAGES])
def test_a_message_is_read_whatever_stands_before_it(data: bytes, reason: str) -> None:
    found = messages.read(data, AS_OF)
    assert any(one.travellers for one in found), reason
    assert all("no passenger message" not in one.says for message in found for one in message.problems)


@pytest.mark.parametrize("data", [b"", b"a letter", b"a,b,c\n1,2,3\n", b"from,to,subject\na,b,c\n", bytes(100)])
def test_what_nobody_knows_has_no_name(data: bytes) -> None:
    assert foreign.of(data) is None
