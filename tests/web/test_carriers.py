"""The page of carriers and the test bench: what they count, what they show, and that nothing stays."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from lxml import html
from lxml.etree import _Element as Element
from starlette.testclient import TestClient

from tests.messages.writing import AS_OF, FLIGHT, whole
from tests.web.test_inspect import counts
from tests.web.test_pages import words_of
from vigie import messages, schedules
from vigie.messages import quality
from vigie.messages.quality import Completeness, Quality
from vigie.messages.redaction import original
from vigie.store import Store, open_store
from vigie.web import bench, build, carriers, words

NOW: Final = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
PERSON: Final = (
    "NAD+FL+++HOLT:ANDERS'ATT+2++M'DTM+329:700601'NAT+2+NOR'RFF+AVF:QW3RTY'RFF+ABO:R1'DOC+P+QA100200'LOC+91+NOR'"
)
OTHER: Final = PERSON.replace("ANDERS", "BODIL").replace("R1", "R2").replace("DTM+329:700601'", "")
HEADER: Final = "RFF+TN:TX1'"
LIST: Final = whole(f"{HEADER}{FLIGHT}{PERSON}{OTHER}CNT+42:2'").encode()
GOOD: Final = whole(f"{HEADER}{FLIGHT}{PERSON}CNT+42:1'").encode()
PLAN: Final = (
    b"mode,carrier,number,origin,destination,departs\nair,ZV,412,CMN,VIE,2026-11-23T05:40\n"
    b"air,XY,9,CMN,VIE,2026-11-23T06:40\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two expected flights; the list of one came late and is not whole."""
    with open_store(f"sqlite:///{tmp_path / 'carriers.db'}") as opened:
        opened.expected.load(schedules.read(PLAN, AS_OF, AS_OF, AS_OF), "0" * 64, NOW)
        (read,) = messages.read(LIST, AS_OF)
        opened.record(read, original(LIST, read.sha256, read.removals), 0, [], [], NOW - dt.timedelta(hours=1))
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(build(store, now=lambda: NOW), base_url="http://localhost", headers={"Accept-Language": "en"})


def table(page: str) -> list[list[str]]:
    return [[words_of(cell) for cell in row] for row in html.fromstring(page).findall(".//table/tbody/tr")]


# -- carriers -----------------------------------------------------------------------------------------------------


def test_each_carrier_has_a_line(client: TestClient) -> None:
    page = client.get("/carriers").text
    assert table(page) == [
        ["XY", "0", "0", "0", "1", "0", "2", "none"],
        ["ZV", "1", "2", "1", "1", "1", "1", "Date of expiry 100% · Date of birth 50%"],
    ]
    assert [secret for secret in ("HOLT", "ANDERS", "QW3RTY", "QA100200") if secret in page] == []
    assert 'href="/carriers"' in client.get("/").text


PERIODS = [("", 7), ("?days=30", 30), ("?days=7", 7), ("?days=9999", 7), ("?days=x", 7), ("?days=-1", 7)]


@pytest.mark.parametrize(("query", "wanted"), PERIODS)
def test_a_period_is_one_of_those_offered(client: TestClient, query: str, wanted: int) -> None:
    page = html.fromstring(client.get("/carriers" + query).text)
    current = [link.get("href") for link in page.findall(".//nav[@class='tabs']/a") if link.get("aria-current")]
    assert current == [f"/carriers?days={wanted}"]


def test_what_is_older_than_the_period_is_left_out(store: Store) -> None:
    assert [row.messages for row in carriers.overview(store, 7, NOW)] == [0, 1]
    later = NOW + dt.timedelta(days=10)
    assert carriers.overview(store, 7, later) == []
    assert [row.messages for row in carriers.overview(store, 30, later)] == [0, 1]


def test_a_carrier_in_capitals_and_not_is_one(store: Store) -> None:
    """Schedules write carriers in capitals, manifests as they please."""
    plan = b"mode,carrier,number,origin,destination,departs\nsea,Oldhaven Lines,1,OSL,CMN,2026-11-23T05:40\n"
    store.expected.load(schedules.read(plan, AS_OF, AS_OF, AS_OF), "0" * 64, NOW)
    sent = (
        b"surname,first name,mode,carrier,number,from,to,departs\n"
        b"HOLT,ANN,sea,Oldhaven Lines,1,OSL,CMN,2026-11-23 05:40\n"
    )
    (read,) = messages.read(sent, AS_OF)
    store.record(read, original(sent, read.sha256, read.removals), 0, [], [], NOW)
    lines = [row for row in carriers.overview(store, 7, NOW) if "OLD" in (row.carrier or "").upper()]
    assert [(row.messages, row.expected) for row in lines] == [(1, 1)]


def test_an_empty_database_says_so(empty: Store) -> None:
    client = TestClient(build(empty, now=lambda: NOW), base_url="http://localhost", headers={"Accept-Language": "en"})
    assert "No message came in this time" in client.get("/carriers").text


SHARES = [
    (Completeness(given=3), None, "nobody lacks it"),
    (Completeness(excused=3), None, "nobody was asked"),
    (Completeness(given=999, missing=1), 1, "one of a thousand is not nought"),
    (Completeness(given=1, missing=1, unusable=1), 67, "unusable counts"),
    (Completeness(missing=2), 100, "everybody"),
]


@pytest.mark.parametrize(("have", "percent", "reason"), SHARES, ids=[row[-1] for row in SHARES])
def test_shares_are_rounded_to_the_worse(have: Completeness, percent: int | None, reason: str) -> None:
    found = carriers.lacks(Quality(travellers=1, fields={"sex": have}))
    assert found == ([] if percent is None else [carriers.Lack("sex", percent)]), reason


SPOKEN = [("fr", "Transporteurs", "Date d’expiration"), ("ar", "الناقلون", "تاريخ الانتهاء")]


@pytest.mark.parametrize(("language", "heading", "field"), SPOKEN)
def test_carriers_in_the_readers_language(client: TestClient, language: str, heading: str, field: str) -> None:
    page = client.get("/carriers", headers={"Accept-Language": language}).text
    assert heading in [words_of(head) for head in html.fromstring(page).findall(".//h1")]
    assert field in page


# -- bench --------------------------------------------------------------------------------------------------------


def tried(client: TestClient, data: bytes, language: str = "en") -> Element:
    answer = client.post("/bench", files={"file": ("x", data)}, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def test_a_message_that_passes(client: TestClient) -> None:
    page = tried(client, GOOD)
    (verdict,) = page.findall(".//section/h2")
    assert words_of(verdict) == "✓ passed PAXLST 745"
    outcomes = [words_of(row[1]) for row in page.findall(".//section/table[1]/tbody/tr")]
    assert outcomes == ["kept"] * len(quality.bench_rules())
    assert len(page.findall(".//ol[@class='segments']/li")) == GOOD.count(b"'")


def test_a_message_that_does_not_pass_says_which_rule(client: TestClient) -> None:
    page = tried(client, LIST)
    assert words_of(page.findall(".//section/h2")[0]).startswith("✕ not passed")
    rules = [[words_of(cell) for cell in row] for row in page.findall(".//section/table[1]/tbody/tr")]
    assert [row for row in rules if row[1] != "kept"] == [["Date of birth given", "✕ not kept", "50%", "≥ 95%"]]
    fields = {
        words_of(row[0]): [words_of(cell) for cell in list(row)[1:]] for row in page.findall(".//section/table[2]//tr")
    }
    assert fields["Date of birth"] == ["1", "0", "1", "0"]


def test_the_answer_is_a_specimen(client: TestClient) -> None:
    """Whoever has enough gets 0, the others 4; nobody is held back, and every status says that it is a test."""
    (read,) = messages.read(LIST, AS_OF)
    written = bench.specimen(read, NOW)
    (answer,) = messages.read(written.replace("\n", "").encode(), AS_OF)
    assert answer.type == "CUSRES"
    assert [(status.reference, status.codes, status.text) for status in answer.statuses] == [
        ("R1", ("0Z",), bench.TEXT),
        ("R2", ("4Z",), bench.TEXT),
    ]
    assert [problem.code for problem in answer.problems if problem.severity != "note"] == []
    shown = words_of(tried(client, LIST))
    assert "A specimen, not an answer." in shown
    assert shown.count(bench.TEXT) == 2


REFUSED = [
    (LIST.replace(b"RFF+TN:TX1'", b"").replace(b"UNT+30", b"UNT+29"), "has no transaction", "nothing to answer"),
    (LIST.replace(b"RFF+ABO:R1'", b""), "is about", "a locator that two have, one of them with a reference"),
    (LIST.replace(b"RFF+ABO:", b"RFF+ZZZ:").replace(b"RFF+AVF:", b"RFF+ZZZ:"), "no status", "nobody can be named"),
]


@pytest.mark.parametrize(("data", "says", "reason"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_what_cannot_be_answered_says_why(client: TestClient, data: bytes, says: str, reason: str) -> None:
    said = words_of(tried(client, data)).partition("This message cannot be answered:")[2].partition("What it is")[0]
    assert says in said, reason
    assert "HOLT" not in said


def test_who_has_the_same_references_is_answered_together() -> None:
    (read,) = messages.read(LIST.replace(b"RFF+ABO:R1'", b"").replace(b"RFF+ABO:R2'", b""), AS_OF)
    written = bench.specimen(read, NOW)
    assert written.count("RFF+AVF:QW3RTY'") == 1
    assert "ERC+4Z'" in written


OTHERS = [
    (b"family name,given name,sex\nHOLT,ANDERS,M\n", 1, "a table has no answer"),
    (b"Dear colleagues,\n", 0, "a letter has nothing to count"),
]


@pytest.mark.parametrize(("data", "sections", "reason"), OTHERS, ids=[row[-1] for row in OTHERS])
def test_other_inputs(client: TestClient, data: bytes, sections: int, reason: str) -> None:
    page = tried(client, data)
    assert len(page.findall(".//section")) == sections, reason
    assert "Specimen" not in words_of(page)


FAILED = [("text/plain", b"UNB", 415), ("multipart/form-data; boundary=x", b"--x--\r\n", 400)]


@pytest.mark.parametrize(("kind", "body", "status"), FAILED)
def test_what_is_no_form_is_refused_in_words(client: TestClient, kind: str, body: bytes, status: int) -> None:
    answer = client.post("/bench", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert html.fromstring(answer.text).findall(".//p[@role='alert']")


def test_content_stays_text(client: TestClient) -> None:
    answer = client.post("/bench", files={"file": ("x", LIST.replace(b"QW3RTY", b"<script>").replace(b"R1", b"<b>"))})
    assert "<script" not in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(("language", "said"), [("fr", "admis"), ("ar", "مقبولة")])
def test_the_bench_in_the_readers_language(client: TestClient, language: str, said: str) -> None:
    assert said in words_of(tried(client, GOOD, language).findall(".//section/h2")[0])


def test_nothing_of_a_test_message_is_stored(
    tmp_path: Path, store: Store, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    before = counts(store)
    odd = GOOD.replace(b"HOLT", b"TELLTALE")
    answer = client.post("/bench", files={"file": ("x", odd)})
    assert "TELLTALE" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert counts(store) == before
    assert [file.name for file in tmp_path.iterdir() if b"TELLTALE" in file.read_bytes()] == []
    assert "TELLTALE" not in caplog.text


def test_every_field_and_rule_has_words() -> None:
    assert set(words.QUALITY_FIELDS) == set(quality.FIELDS)
    assert set(words.BENCH_RULES) == {rule.rule for rule in quality.bench_rules()}
