"""The persons of a journey and its history, as the pages show them."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from lxml.etree import _Element as Element
from starlette.testclient import TestClient

from tests.web import busy, office
from tests.web.test_pages import text, words_of
from vigie.store import Store, open_store
from vigie.web import build, persons


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The flight before its close."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('busy') / 'busy.db'}") as store:
        busy.fill(store, *busy.MESSAGES)
        busy.assembled(store)
        yield store


@pytest.fixture(scope="module")
def reader(full: Store) -> TestClient:
    return _reader(full)


def _reader(store: Store) -> TestClient:
    pages = build(store, now=lambda: office.NOW)
    return TestClient(pages, base_url="http://localhost", headers={"Accept-Language": "en"})


def _address(store: Store) -> str:
    (row,) = store.journeys()
    return f"/journeys/{row.id}"


def _people(page: str) -> dict[str, str]:
    """Name to status, of the table of persons; a second person of a name has `'` behind it."""
    (table,) = [t for t in html.fromstring(page).findall(".//table") if words_of(t[0]).startswith("Persons of this")]
    rows = table.findall("tbody/tr")
    found: dict[str, str] = {}
    for row in rows:
        name = "".join(words_of(link) for link in row[0].findall(".//a"))
        found[name + "'" * (name in found)] = words_of(row[1])
    return found


def _rows(page: str, heading: str) -> list[Element]:
    """Rows of the table under a heading."""
    section = html.fromstring(page).xpath(f"//h2[@id='{heading}']/following-sibling::table[1]/tbody/tr")
    assert isinstance(section, list)
    return [row for row in section if isinstance(row, Element)]


def _all_pages(reader: TestClient, address: str) -> Iterator[str]:
    following: str | None = address
    while following:
        page = reader.get(following).text
        yield page
        link = html.fromstring(page).find(".//a[@rel='next']")
        following = None if link is None else link.get("href")


STATUSES = {
    "HOLT, ADA": "listed",
    "HOLT, ADA'": "booked",
    "BERG, BEN": "listed",
    "LIND, CLEO": "cancelled",
    "DAHL, DAN": "listed",
    "BJERKE, EVA": "listed",
    "VOLANT, NOUR": "listed",
    "TBA": "booked",
    "GAST, GUS": "gate pass",
}
SHOWN = [
    ("", set(STATUSES), "all of them"),
    ("?show=left", {"LIND, CLEO"}, "late cancellations stay, under a filter of their own"),
    ("?show=travelling", set(STATUSES) - {"LIND, CLEO", "GAST, GUS"}, "from booked to on board"),
    ("?show=aside", {"GAST, GUS"}, "a gate pass puts nobody on the journey"),
    ("?show=new", {"BJERKE, EVA"}, "whom the latest message changed"),
    ("?show=nonsense", set(STATUSES), "a filter nobody knows shows all"),
]


@pytest.mark.parametrize(("query", "names", "why"), SHOWN, ids=[why for *_, why in SHOWN])
def test_a_journey_shows_persons_by_status(
    reader: TestClient, full: Store, query: str, names: set[str], why: str
) -> None:
    seen = _people(reader.get(_address(full) + query).text)
    assert seen == {name: STATUSES[name] for name in names}, why


def test_no_traveller_of_any_message_is_missing_from_the_pages(
    reader: TestClient, full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read on page by page, then person by person: every mention is shown exactly once."""
    monkeypatch.setattr(persons, "PAGE_SIZE", 3)
    found = [link for page in _all_pages(reader, _address(full)) for link in re.findall(r'href="(/persons/\d+)"', page)]
    assert len(found) == len(set(found)) == len(STATUSES)
    named = Counter[str]()
    for address in found:
        rows = _rows(reader.get(address).text, "named")
        named.update(words_of(row[1]).partition(":")[0] for row in rows)
    assert named.total() == busy.TRAVELLERS == full.counts().travellers
    assert named["HOLT"] == 4


def test_the_history_tells_what_came_when_and_what_is_missing(reader: TestClient, full: Store) -> None:
    page = reader.get(_address(full)).text
    rows = [[words_of(cell) for cell in row] for row in _rows(page, "history")]
    assert len(rows) == len(busy.MESSAGES) - 1, "two parts stand in one row"
    assert rows[0][0] == "Sun 22 Nov, 10:10"
    assert rows[0][1].startswith("PAXLST 745+CP from ZV")
    assert rows[0][2] == "data changed 1"
    by_message = {row[1].partition(" from")[0]: row for row in rows}
    assert by_message["PNL"][2] == "named for the first time 1"
    assert by_message["CUSRES 962"][2] == "answered by a government 1"
    assert by_message["PAXLST 745+XR"][2] == "cancelled 1"
    seen = text(page)
    assert "passengers: 6 announced, 5 found" in seen
    assert "a part is missing" in seen
    assert "PART_MISSING" in seen


def test_a_message_that_comes_is_on_the_next_page_that_is_opened(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'busy.db'}") as store:
        busy.fill(store, *busy.MESSAGES)
        reader = _reader(store)
        address = _address_of_flight(store)
        assert "open" in text(reader.get(address).text)
        busy.fill(store, busy.CLOSE, minutes=60)
        page = reader.get(address).text
        assert _people(page)["BERG, BEN"] == "not on board"
        assert _people(page)["DAHL, DAN"] == "on board"
        assert set(_people(reader.get(address + "?show=left").text)) == {"BERG, BEN", "LIND, CLEO"}


def _address_of_flight(store: Store) -> str:
    return f"/journeys/{next(row.id for row in store.journeys() if row.travellers > 1)}"


def test_a_person_tells_why_messages_are_about_one_and_who_else_it_may_be(reader: TestClient, full: Store) -> None:
    ada, other = [row for row in full.persons(_ids(full)) if row.traveller.name.given == "ADA"]
    if ada.state and other.state and len(ada.state.mentions) < len(other.state.mentions):
        ada, other = other, ada
    seen = text(reader.get(f"/persons/{ada.id}").text)
    assert "named here first" in seen
    assert "certain the same: document · record locator · date of birth" in seen or "names agree" in seen
    assert "CUSRES" not in seen
    assert "answer · A" in seen
    apart = text(reader.get(f"/persons/{other.id}").text)
    assert "May be the same person, and stays apart HOLT, ADA" in apart


def test_a_person_shows_what_changed(reader: TestClient, full: Store) -> None:
    (eva,) = [row for row in full.persons(_ids(full)) if row.traveller.name.given == "EVA"]
    seen = text(reader.get(f"/persons/{eva.id}").text)
    assert "Date of birth 1984-02-03 1984-03-02" in seen
    assert "Seats – 12A" in seen


def test_addresses_and_titles_of_persons_hold_no_name(reader: TestClient, full: Store) -> None:
    for number in _ids(full):
        page = html.fromstring(reader.get(f"/persons/{number}").text)
        assert page.findtext(".//title") == f"Person {number} · Vigie"


def test_who_is_not_there_is_not_found(reader: TestClient) -> None:
    assert reader.get("/persons/999999").status_code == 404
    assert reader.get(f"/persons/{2**63}").status_code == 404


def test_the_queue_shows_a_person_once_and_leads_to_the_other_messages(tmp_path: Path) -> None:
    """Not assembled before: the page of matches does it."""
    with open_store(f"sqlite:///{tmp_path / 'busy.db'}") as store:
        busy.fill(store, *busy.MESSAGES)
        reader = _reader(store)
        page = reader.get("/matches").text
        links = re.findall(r'href="(/matches/\d+)"', page)
        assert len(links) == len(set(links)) == 2, "two persons called Ada"
        assert "2 more messages say so" in text(page)
        shown = [reader.get(link).text for link in links]
        others = {other for one in shown for other in re.findall(r'class="item" href="(/matches/\d+)"', one)}
        assert len(others) == 2
        assert all(reader.get(other).status_code == 200 for other in others)


def _ids(store: Store) -> list[int]:
    (row,) = store.journeys()
    found = store.assembled(row.id, office.NOW)
    assert found is not None
    return [each.id for each in found.persons]
