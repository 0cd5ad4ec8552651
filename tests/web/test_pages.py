"""The pages over HTTP: what they show, in which language, with which headers, and what they refuse."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
import sqlalchemy as sa
from lxml import html
from lxml.etree import _Element as Element
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import ROOT
from tests.web import office
from vigie.store import Store, open_store
from vigie.web import build
from vigie.web.rendering import COOKIE
from vigie.web.security import HEADERS

FONT: Final = "ibm-plex-sans-latin-400-normal.woff2"


def words_of(element: Element) -> str:
    """What a reader sees of an element, with single blanks."""
    return " ".join("".join(map(str, element.itertext())).split())


def text(page: str) -> str:
    return words_of(html.fromstring(page))


def match_ids(store: Store) -> dict[str, int]:
    """Ids of the matches by entry and traveller: ids themselves are the database's business."""
    rows = store.matches(alerts_only=False)
    return {f"{row.entry} {row.traveller_name.split(',')[0]}": row.id for row in rows}


@pytest.fixture
def strong(store: Store) -> str:
    return f"/matches/{match_ids(store)['INV.0417 BENLAHCEN TALBAOUI']}"


# -- what is shown ------------------------------------------------------------------------------------------------


def test_journeys_press_by_departure_and_say_what_waits(client: TestClient) -> None:
    page = client.get("/").text
    order = [m.group(1) for m in re.finditer(r'class="row-link"[^>]*><bdi[^>]*>([^<]+)<', page)]
    assert order == ["AT 760", "FRS 12A", "AF 1597", "TU 713", "ONC 9"]
    seen = text(page)
    assert "travellers with an alert 4" in seen
    assert "of them not yet departed, as far as is known 3" in seen
    assert "next departure with an alert: AT 760" in seen
    assert "by sea" in seen
    assert "in 1 h 35 min" in seen


def test_empty_office_says_what_to_do(empty: Store) -> None:
    page = TestClient(build(empty), base_url="http://localhost").get("/?lang=en")
    assert "Nothing has been screened yet" in page.text
    assert "./run vigie screen MESSAGE-FILE --list LIST-FILE --database DATABASE-FILE" in text(page.text)
    assert "No match alerts" in TestClient(build(empty), base_url="http://localhost").get("/matches?lang=en").text


def test_journey_shows_its_matches_only(client: TestClient, store: Store) -> None:
    found = next(row for row in store.journeys() if row.carrier == "FRS")
    seen = text(client.get(f"/journeys/{found.id}").text)
    assert "FRS 12A" in seen
    assert "LUO, WEN ZHAO" in seen
    assert "BENLAHCEN" not in seen


def test_matches_show_their_journeys_without_asking_for_each(client: TestClient, store: Store) -> None:
    asked: list[str] = []

    def note(_: sa.Connection, __: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        seen = text(client.get("/matches").text)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert "in 40 min Mon 23 Nov, 05:40 AT 760 · CMN→ – IST" in seen
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1


def test_journey_names_how_many_messages_it_is_made_of(client: TestClient, store: Store) -> None:
    found = next(row for row in store.journeys() if row.carrier == "AT")
    facts = html.fromstring(client.get(f"/journeys/{found.id}").text).findall(".//dl[@class='facts']/div")
    shown = {words_of(fact[0]): words_of(fact[1]) for fact in facts}
    assert (shown["Travellers"], shown["With an alert"], shown["Messages"]) == ("3", "1", "2")
    assert shown["File of the latest message"] == "PAXLST-0417-crew.edi"


def test_journey_without_matches_says_so(client: TestClient, store: Store) -> None:
    found = next(row for row in store.journeys() if row.carrier == "ONC")
    assert "No traveller of this journey matches a listed person." in client.get(f"/journeys/{found.id}").text


def test_matches_stand_strongest_first_and_alerts_alone_by_default(client: TestClient) -> None:
    page = client.get("/matches").text
    assert [float(bits) for bits in re.findall(r">\+([\d.]+)</bdi> bits", page)] == [34.0, 20.9, 19.3, 19.3]
    assert "SAMI" not in page
    assert "SAMI" in client.get("/matches?show=all").text


def test_matches_are_read_on_by_page(client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigie.web.app.PAGE_SIZE", 4)
    seen: list[str] = []
    address: str | None = "/matches?show=all"
    while address:
        page = client.get(address).text
        seen += re.findall(r'href="(/matches/\d+)"', page)
        following = html.fromstring(page).find(".//a[@rel='next']")
        address = None if following is None else following.get("href")
    assert seen == [f"/matches/{row.id}" for row in store.matches(alerts_only=False)]
    assert len(seen) == 6


def test_match_shows_both_sides_evidence_and_origin(client: TestClient, store: Store, strong: str) -> None:
    page = client.get(strong).text
    seen = text(page)
    for shown in (
        "A match is a lead, never an identity. A person decides.",
        "more than 999 in 1,000",
        "BENLAHCENTALBAOUI/ABDELKARIMMR",
        "3 September 1984",
        "9 March 1984",
        "1983 to 1985 approximate",
        "19XZ04733",
        "ZX0417338",
        "day and month swapped",
        "Morocco",
        "23 November 2026, 03:30 UTC",
        office.LIST_VERSION,
        office.ENGINE_VERSION,
    ):
        assert shown in seen, shown
    detail = store.match(int(strong.rpartition("/")[2]))
    assert detail is not None
    assert detail.sha256 in seen
    for name in office.TALBAOUI.names:
        assert name.name in seen
    assert f'<bdi lang="und-Arab" dir="rtl">{office.TALBAOUI.names[1].name}</bdi>' in page
    assert len(re.findall("matched name", page)) == 1


def test_comparison_marks_with_words_what_differs(client: TestClient, strong: str) -> None:
    rows = html.fromstring(client.get(strong).text).findall(".//table[@class='compare']/tbody/tr")
    marks = {words_of(row[0]): words_of(row[3]).split()[-1] for row in rows}
    assert marks == {
        "Name": "similar",
        "Date of birth": "similar",
        "Place of birth": "same",
        "Sex": "same",
        "Nationality": "differs",
        "Documents": "differs",
    }


def test_waterfall_is_a_table_too(client: TestClient, strong: str) -> None:
    table = html.fromstring(client.get(strong).text).find(".//table[@class='evidence']")
    assert table is not None
    rows = table.findall("tbody/tr")
    assert [words_of(row[4]) for row in rows] == [
        "+9.7 for",
        "+11.2 for",
        "+6.1 for",
        "−1.2 against",
        "+9.0 for",
        "+0.7 for",
        "−1.5 against",
    ]
    assert words_of(table.findall("tfoot/tr")[0][-1]) == "+34.0"
    assert len(table.findall(".//rect")) == len(rows)


def test_only_lists_with_a_manifest_are_for_operations(client: TestClient, store: Store, strong: str) -> None:
    trial = match_ids(store)[f"7 {office.MARKUP_NAME}"]
    assert "Not for operations." in client.get(strong).text
    assert "Not for operations." not in client.get(f"/matches/{trial}").text


def test_lists_not_for_operations_are_named_once_above_their_matches(client: TestClient, store: Store) -> None:
    (notice,) = html.fromstring(client.get("/matches?show=all").text).findall(".//p[@class='notice']")
    assert words_of(notice).startswith("Not for operations.")
    named = {words_of(code) for code in notice.findall("bdi")}
    rows = store.matches(alerts_only=False)
    assert named == {row.list for row in rows if not row.operational}
    assert named < {row.list for row in rows}, "the list with a manifest is not named"


def test_a_key_of_a_list_is_quoted_in_a_sentence(client: TestClient, strong: str) -> None:
    """In French a list called `un` would read as an article."""
    assert "La liste « invented » n’a pas" in text(client.get(strong, headers={"Accept-Language": "fr"}).text)


def test_a_match_is_headed_by_both_names(client: TestClient, strong: str) -> None:
    heading = html.fromstring(client.get(strong).text).find(".//h1")
    assert heading is not None
    assert words_of(heading) == "BENLAHCEN TALBAOUI, ABDELKARIM may be listed as Abd al-Karim al-Talbawi"


def test_a_hyphen_tears_no_name_and_stays_a_hyphen(client: TestClient, strong: str) -> None:
    words = html.fromstring(client.get(strong).text).findall(".//h1//span[@class='word']")
    assert [words_of(word) for word in words] == ["al-Karim", "al-Talbawi"]


def test_nothing_promises_what_this_version_cannot_do(client: TestClient, strong: str) -> None:
    """No decision can be recorded, nothing is erased: no page says that something waits for either."""
    for address in ("/", "/matches", strong, "/nowhere"):
        seen = text(client.get(address).text).replace("A person decides.", "").lower()
        assert re.findall("decid|decision|wait|delet|retention", seen) == [], address


# -- alerts and their absence -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One match that alerts, one on a weak alias alone, one below the threshold; each on a journey of its own."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('trio') / 'trio.db'}") as store:
        office.fill_trio(store)
        pages = build(store, now=lambda: office.NOW)
        yield TestClient(pages, base_url="http://localhost", headers={"Accept-Language": "en"})


OUTCOMES = [
    ("SURE", "alert", "reached: alert"),
    ("WEAK", "no alert weak alias alone", "reached, yet no alert: the match rests on a weak alias alone"),
    ("FAINT", "no alert below the threshold", "not reached: no alert"),
]


@pytest.mark.parametrize(("family", "in_list", "under_sum"), OUTCOMES)
def test_a_match_says_whether_it_alerts_and_why_not(
    trio: TestClient, family: str, in_list: str, under_sum: str
) -> None:
    rows = html.fromstring(trio.get("/matches?show=all").text).findall(".//table/tbody/tr")
    (row,) = [row for row in rows if family in words_of(row)]
    assert words_of(row[2]).partition(" bits ")[2] == in_list
    link = row.find(".//a[@class='row-link']")
    assert link is not None
    page = html.fromstring(trio.get(link.get("href", "")).text)
    (tile,) = [words_of(dt) for dt in page.findall(".//dl[@class]/div/dt") if "bits of evidence" in words_of(dt)]
    assert tile == f"bits of evidence; the threshold is +15.0 {in_list}"
    foot = page.find(".//table[@class='evidence']/tfoot")
    assert foot is not None
    assert f"threshold +15.0 · {under_sum} +" in words_of(foot)


def test_alerts_are_not_marked_one_by_one_where_all_are(trio: TestClient) -> None:
    assert "badge alert" not in trio.get("/matches").text


ORDERS = [
    ("/matches?show=all", ["SURE", "WEAK", "FAINT"], "strongest first"),
    ("/matches?show=all&order=departure", ["FAINT", "SURE", "WEAK"], "soonest first"),
    ("/matches?order=departure", ["SURE"], "alerts alone"),
    ("/matches?show=all&order=x", ["SURE", "WEAK", "FAINT"], "an order nobody knows is that of strength"),
]


@pytest.mark.parametrize(("address", "families", "why"), ORDERS)
def test_matches_stand_in_the_order_asked_for(trio: TestClient, address: str, families: list[str], why: str) -> None:
    seen = re.findall(r'class="row-link"[^>]*><span><bdi>(\w+)', trio.get(address).text)
    assert seen == families, why


def test_the_order_is_kept_by_tabs_and_pages(trio: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vigie.web.app.PAGE_SIZE", 1)
    page = trio.get("/matches?order=departure&show=all").text
    links = [link.get("href", "") for link in html.fromstring(page).findall(".//main//nav/a")]
    assert links[:2] == ["/matches?order=departure", "/matches?show=all&order=departure"]
    assert links[2:4] == ["/matches?show=all", "/matches?show=all&order=departure"]
    assert links[4].startswith("/matches?show=all&order=departure&after=")
    assert "SURE" in trio.get(links[4]).text


def test_traveller_without_a_journey_is_shown(client: TestClient) -> None:
    assert "no journey in the message" in client.get("/matches?show=all").text


def test_markup_in_a_name_stays_text(client: TestClient, store: Store) -> None:
    trial = match_ids(store)[f"7 {office.MARKUP_NAME}"]
    for address in ("/matches?show=all", f"/matches/{trial}"):
        page = client.get(address).text
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_titles_carry_no_personal_data(client: TestClient, strong: str) -> None:
    """A title goes into the browser's history and onto the task bar."""
    number = strong.rpartition("/")[2]
    assert html.fromstring(client.get(strong).text).findtext(".//title") == f"Match {number} · Vigie"


# -- languages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "direction", "word"), [("fr", "ltr", "Trajets"), ("en", "ltr", "Journeys"), ("ar", "rtl", "الرحلات")]
)
def test_page_declares_its_language(client: TestClient, code: str, direction: str, word: str) -> None:
    root = html.fromstring(client.get("/", headers={"Accept-Language": code}).text)
    assert (root.get("lang"), root.get("dir")) == (code, direction)
    assert root.findtext(".//h1") == word


def test_language_is_switched_in_place_and_remembered(client: TestClient) -> None:
    page = client.get("/matches?show=all&lang=ar")
    assert '<html lang="ar"' in page.text
    assert 'href="?show=all&amp;lang=fr"' in page.text
    cookie = page.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=ar;")
    assert "samesite=lax" in cookie
    assert "httponly" in cookie
    assert "secure" not in cookie
    assert '<html lang="ar"' in client.get("/").text


def test_cookie_is_secure_under_https(pages: Starlette) -> None:
    answer = TestClient(pages, base_url="https://localhost").get("/?lang=fr")
    assert "; secure" in answer.headers["set-cookie"].lower()


def test_unknown_language_is_ignored(client: TestClient) -> None:
    page = client.get("/?lang=<b>")
    assert '<html lang="en"' in page.text
    assert "set-cookie" not in page.headers


# -- headers, hosts, files ----------------------------------------------------------------------------------------

EVERYWHERE = ["/", "/matches", "/matches/999999", "/nowhere", "/healthz", "/readyz", "/matches/1?lang=ar"]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_policy_allows_nothing_but_our_own_files() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "script-src" not in policy


def test_sheet_and_icon_are_served_and_may_be_kept(client: TestClient) -> None:
    links = [link.get("href", "") for link in html.fromstring(client.get("/").text).iterfind(".//link")]
    assert {link.partition("?")[0] for link in links} >= {"/static/vigie.css", "/static/vigie.svg"}
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.skipif(not (ROOT / "node_modules" / "@fontsource").is_dir(), reason="fonts are not installed")
def test_fonts_named_in_the_sheet_are_served_and_nothing_else_of_their_package(client: TestClient) -> None:
    css = client.get("/static/fonts.css").text
    named = re.findall(r"/fonts/[\w-]+\.woff2", css)
    assert f"/fonts/{FONT}" in named
    assert [name for name in named if client.get(name).status_code != 200] == []
    assert client.get("/fonts/package.json").status_code == 404
    assert client.get("/fonts/..%2fpackage.json").status_code == 404


def test_without_fonts_no_page_asks_for_them(empty: Store) -> None:
    client = TestClient(build(empty), base_url="http://localhost")
    assert "fonts.css" not in client.get("/").text
    assert client.get(f"/fonts/{FONT}").status_code == 404


HOSTS = [
    ("localhost:8000", 200),
    ("127.0.0.1", 200),
    ("[::1]:8000", 200),
    ("vigie.example", 400),
    ("localhost.example", 400),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_loopback_names_are_answered(client: TestClient, host: str, status: int) -> None:
    answer = client.get("/healthz", headers={"Host": host})
    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# -- errors -------------------------------------------------------------------------------------------------------

NOT_FOUND = ["/nowhere", "/matches/999999", "/journeys/999999", f"/matches/{2**70}", "/matches/x", "/static/x.css"]


@pytest.mark.parametrize("address", NOT_FOUND)
def test_what_is_not_there_is_said_in_the_readers_language(client: TestClient, address: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert "Il n’y a rien à cette adresse" in answer.text


@pytest.mark.parametrize("after", ["x", "-1", "٣", str(2**70)])
def test_unreadable_page_mark_gives_the_first_page(client: TestClient, after: str) -> None:
    assert "BENLAHCEN" in client.get("/matches", params={"after": after}).text


def test_other_methods_are_refused_with_a_page(client: TestClient) -> None:
    answer = client.post("/matches")
    assert answer.status_code == 405
    assert "This request cannot be answered" in answer.text


@pytest.fixture
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Pages over a database whose tables were taken away behind the program's back."""
    url = f"sqlite:///{tmp_path_factory.mktemp('broken') / 'broken.db'}"
    with open_store(url) as store:
        engine = sa.create_engine(url)
        tables = sa.MetaData()
        tables.reflect(engine)
        tables.drop_all(engine)
        engine.dispose()
        client = TestClient(build(store), base_url="http://localhost", headers={"Accept-Language": "en"})
        yield client


def test_broken_store_is_told_apart_from_our_own_faults(broken: TestClient) -> None:
    answer = broken.get("/")
    assert answer.status_code == 503
    assert "The database does not answer" in answer.text
    assert broken.get("/healthz").json() == {"status": "ok"}
    ready = broken.get("/readyz")
    failed = ready.json()
    assert ready.status_code == 503
    assert "the database does not answer" in failed.pop("detail")
    assert failed == {"status": "failed", "database": "failed", "engine": None, "lists": None}


def test_own_fault_shows_a_page_with_headers_and_no_traceback(store: Store) -> None:
    def stopped_clock() -> None:
        raise RuntimeError("a secret of the inside")

    app = build(store, now=stopped_clock)  # type: ignore[arg-type]  # the fault under test
    client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    answer = client.get("/", headers={"Accept-Language": "ar"})
    assert answer.status_code == 500
    assert "ارتكب Vigie خطأ" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_ready_store_is_ready(client: TestClient) -> None:
    """No engine runs behind these pages, and they say so."""
    assert client.get("/readyz").json() == {"status": "ok", "database": "ok", "engine": None, "lists": None}
