"""The page that explains a message: what it shows, what it refuses, and that nothing stays."""

import time
from pathlib import Path
from typing import Final

import pytest
from lxml import html
from lxml.etree import _Element as Element
from starlette.testclient import TestClient

from tests.messages.writing import FLIGHT, whole
from tests.web.test_pages import text, words_of
from vigie.store import Store, open_store
from vigie.web import build, inspect, uploads

PERSON: Final = "NAD+FL+++BENALI:SALMA'ATT+2++F'DTM+329:900112'NAT+2+MAR'DOC+P+QA100200'LOC+91+MAR'"
LIST: Final = whole(f"{FLIGHT}{PERSON}CNT+42:1'").encode()
BAD: Final = LIST.replace(b"DTM+329:900112", b"DTM+329:99999999")
RESERVATION: Final = (
    b"UNB+IATA:1+ZV+GOV+261122:2100+1'UNH+1+PNRGOV:13:1:IA'MSG+:22'SRC'RCI+ZV:MFN4TI'SSR+VGML:HK:1:ZV'"
    b"IFT+4:28::ZV+LIKES WINDOWS'TIF+BENALI+SALMAMS:A:1'UNT+8+1'UNZ+1+1'"
)


def page(client: TestClient, data: bytes, language: str = "en", status: int = 200) -> Element:
    answer = client.post("/inspect", files={"file": ("x", data)}, headers={"Accept-Language": language})
    assert answer.status_code == status
    return html.fromstring(answer.text)


def rows(found: Element) -> list[Element]:
    return found.findall(".//ol[@class='segments']/li")


# -- what is shown --------------------------------------------------------------------------------------------------


def test_the_form_is_reached_from_every_page_and_says_that_nothing_is_kept(client: TestClient) -> None:
    assert 'href="/inspect"' in client.get("/").text
    shown = client.get("/inspect").text
    assert "Nothing is stored." in shown
    form = html.fromstring(shown).find(".//form")
    assert form is not None
    assert form.get("enctype") == "multipart/form-data"
    labels = {label.get("for") for label in form.findall(".//label")}
    assert labels == {field.get("id") for field in form.iter("input", "textarea")}


def test_a_message_is_explained(client: TestClient) -> None:
    found = page(client, LIST)
    lines = rows(found)
    assert len(lines) == LIST.count(b"'")
    (person,) = [line for line in lines if "SALMA" in words_of(line)]
    assert words_of(person).startswith(f"{LIST.index(b'NAD')} traveller 1 NAD+FL+++BENALI:SALMA'")
    assert words_of(person).endswith("traveller: passenger · family name or party BENALI · given name SALMA")
    assert "level-1" in person.get("class", "")
    (kind,) = found.findall(".//dl/div[1]/dd/bdi")
    assert words_of(kind) == "PAXLST D.05B 745"


def test_a_problem_is_listed_first_and_stands_at_its_place(client: TestClient) -> None:
    found = page(client, BAD)
    listed = found.findall(".//ul[@class='told-list']/li")
    assert words_of(listed[0]).startswith("✕ error this is no date")
    link = listed[0].find(".//a")
    assert link is not None
    (line,) = [row for row in rows(found) if f"#{row.get('id')}" == link.get("href")]
    assert "DTM+329:99999999'" in words_of(line)
    assert "BAD_DATE" in words_of(line)
    assert [words_of(here) for here in line.findall(".//code/span") if "here" in here.get("class", "")] == ["99999999"]


def test_what_must_not_be_kept_is_not_shown(client: TestClient) -> None:
    answer = client.post("/inspect", files={"file": ("x", RESERVATION)})
    assert "BENALI" in answer.text
    for secret in ("VGML", "LIKES", "WINDOWS"):
        assert secret not in answer.text
    assert "not kept, not shown" in answer.text


def test_text_is_explained_as_a_file_is(client: TestClient) -> None:
    answer = client.post("/inspect", files={"text": (None, LIST)})
    assert [words_of(row) for row in rows(html.fromstring(answer.text))] == [
        words_of(row) for row in rows(page(client, LIST))
    ]


def test_a_file_comes_before_the_text(client: TestClient) -> None:
    answer = client.post("/inspect", files={"text": (None, b"a letter"), "file": ("x", LIST)})
    assert "BENALI" in answer.text
    assert "a letter" not in answer.text


def test_a_file_is_taken_byte_for_byte(client: TestClient) -> None:
    wrapped = b"\r\n".join(LIST[at : at + 63] for at in range(0, len(LIST), 63)) + b"\n\r\n\r"
    found = page(client, wrapped)
    assert "␍␊" in text(client.post("/inspect", files={"file": ("x", wrapped)}).text)
    assert len(rows(found)) >= LIST.count(b"'")


def test_a_table_is_shown_line_by_line(client: TestClient) -> None:
    assert len(rows(page(client, b"family name,given name,sex\nHOLT,ANDERS,M\n"))) == 2


MARKUP: Final = LIST.replace(b"BENALI", b"<script>alert(1)</script>").replace(b"SALMA", b"\xe2\x80\xaeA\x1b[2J")


def test_content_stays_text(client: TestClient) -> None:
    shown = client.post("/inspect", files={"file": ("<script>x</script>", MARKUP)}).text
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "\u202e" not in shown
    assert "\x1b" not in shown


def test_many_segments_are_cut_and_their_problems_are_not(client: TestClient) -> None:
    data = whole(FLIGHT + PERSON * 600 + PERSON.replace("900112", "99999999") + PERSON).encode()
    started = time.monotonic()
    found = page(client, data)
    assert time.monotonic() - started < 10
    lines = rows(found)
    assert inspect.LINES <= len(lines) <= inspect.LINES + 20
    assert sum("left-out" in line.get("class", "") for line in lines) >= 1
    assert any("99999999" in words_of(line) for line in lines)


def test_thousands_of_problems_make_no_endless_page(client: TestClient) -> None:
    data = whole(FLIGHT + PERSON.replace("900112", "99999999") * 900).encode()
    found = page(client, data)
    assert len(found.findall(".//ul[@class='told-list']/li")) == inspect.PROBLEMS
    assert "Further problems, not shown: " in words_of(found)
    assert len(rows(found)) < 2 * (inspect.LINES + inspect.PROBLEMS)


SPOKEN = [
    ("fr", "Anomalies", "passager"),
    ("ar", "المشكلات", "مسافر: راكب"),
    ("en", "Problems", "traveller: passenger"),
]


@pytest.mark.parametrize(("language", "heading", "said"), SPOKEN)
def test_in_the_readers_language(client: TestClient, language: str, heading: str, said: str) -> None:
    found = page(client, BAD, language)
    assert heading in [words_of(head) for head in found.findall(".//h2")]
    assert any(said in words_of(line) for line in rows(found))
    (segments,) = found.findall(".//ol")
    assert segments.get("dir") == "ltr"


MEANINGS = [
    ("fr", "Ce n’est pas une date", "the meaning in French, then the detail in English"),
    ("ar", "هذا ليس تاريخًا", "the meaning in Arabic, then the detail in English"),
    ("en", None, "the detail says it, and stands alone"),
]


@pytest.mark.parametrize(("language", "meaning", "why"), MEANINGS)
def test_a_problem_is_told_in_the_readers_language(
    client: TestClient, language: str, meaning: str | None, why: str
) -> None:
    found = page(client, BAD, language)
    listed = found.findall(".//ul[@class='told-list']/li")[0]
    (in_place,) = [row for row in rows(found) if "BAD_DATE" in words_of(row)]
    for told in (listed, in_place):
        (english,) = [span for span in told.iter("span") if span.get("lang") == "en" and "no date" in words_of(span)]
        assert english.get("dir") == "ltr", why
        if meaning is not None:
            assert words_of(told).index(meaning) < words_of(told).index(words_of(english)), why
    (paragraph,) = in_place.findall(".//p[@class='told-error']")
    assert paragraph.get("dir") == ("rtl" if language == "ar" else "ltr")


# -- what is refused ------------------------------------------------------------------------------------------------

FORM: Final = "multipart/form-data; boundary=x"
PART: Final = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
REFUSED = [
    ("no form", "text/plain", b"UNB", 415),
    ("no type", "", b"UNB", 415),
    ("a form of the other kind", "application/x-www-form-urlencoded", b"text=UNB", 415),
    ("no boundary", "multipart/form-data", b"--x", 415),
    ("an endless boundary", f"multipart/form-data; boundary={'x' * 71}", b"--x", 415),
    ("an empty form", FORM, b"--x--\r\n", 400),
    ("no bytes", FORM, b"", 400),
    ("empty fields", FORM, PART % (b"text", b"") + PART % (b"file", b"") + b"--x--\r\n", 400),
    ("a field nobody knows", FORM, PART % (b"other", b"UNB") + b"--x--\r\n", 400),
    ("a part without name", FORM, b"--x\r\n\r\nUNB\r\n--x--\r\n", 400),
    ("heads without end", FORM, b"--x\r\n" + b"a: b\r\n" * 500, 400),
    ("too large", FORM, PART % (b"file", b"U" * (uploads.LARGEST + 1)) + b"--x--\r\n", 413),
    ("far too large", FORM, b"U" * (8 * uploads.LARGEST), 413),
]


@pytest.mark.parametrize(("kind", "body", "status"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_no_message_is_refused_in_words(client: TestClient, kind: str, body: bytes, status: int) -> None:
    answer = client.post("/inspect", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    (notice,) = html.fromstring(answer.text).findall(".//p[@role='alert']")
    assert words_of(notice)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_an_input_that_is_no_message_is_an_answer_all_the_same(client: TestClient) -> None:
    assert "NO_MESSAGE" in words_of(page(client, b"Dear colleagues,\n"))


def test_the_largest_message_is_taken(client: TestClient) -> None:
    assert "NO_MESSAGE" in words_of(page(client, b"U" * uploads.LARGEST))


@pytest.mark.parametrize("boundary", ["x", "----WebKitFormBoundaryAb12", "a'b(c)"])
@pytest.mark.parametrize("content", [b"", b"\r\n", b"--y", b"a\r\n--y", b"\x00\xff\r", b"\n\n", b"a: b\r\n\r\nc"])
def test_parts_are_split_byte_for_byte(boundary: str, content: bytes) -> None:
    body = PART.replace(b"--x", b"--" + boundary.encode()) % (b"file", content) + f"--{boundary}--\r\n".encode()
    assert uploads._fields(body, boundary.encode()) == {"file": content}


def test_nothing_is_stored(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "office.db"
    with open_store(f"sqlite:///{path}") as store:
        client = TestClient(build(store), base_url="http://localhost")
        before = counts(store)
        answer = client.post("/inspect", files={"file": ("x", LIST)})
        assert "BENALI" in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        assert counts(store) == before
    assert [file.name for file in tmp_path.iterdir() if b"BENALI" in file.read_bytes()] == []
    assert "BENALI" not in caplog.text


def counts(store: Store) -> tuple[object, int]:
    return store.counts(), len(store.events(10))
