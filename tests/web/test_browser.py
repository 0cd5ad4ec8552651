"""The pages in a real browser: policy kept, accessible, within a telephone's width, usable by keyboard.

With --screenshots FOLDER a picture of every page is saved, for people to look at.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from starlette.applications import Starlette

from tests.conftest import ROOT
from tests.messages.writing import FLIGHT, whole
from vigie.store import Store
from vigie.web import build

CHROMIUM: Final = "/usr/bin/chromium"
ARGUMENTS: Final = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run"
).split()
AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.chromium,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.skipif(not AXE.is_file(), reason="accessibility checker: needs npm (./run test installs axe-core)"),
]
EVERYTHING: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST: Final = {"runOnly": ["color-contrast"]}
"""The dark scheme changes colours and nothing else."""
NARROW: Final = {"runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"]}
"""Rules whose answer depends on the width."""
DESK: Final = ViewportSize(width=1280, height=900)
TELEPHONE: Final = ViewportSize(width=360, height=740)
PERSON: Final = "NAD+FL+++NØRBY:ANNA'ATT+2++F'DTM+329:900112'NAT+2+DNK'DOC+P+QA100200'DTM+36:300101'LOC+91+DNK'"
MESSAGE: Final = whole(
    FLIGHT
    + PERSON
    + PERSON.replace("900112", "99999999")
    + PERSON.replace("NAT+2+DNK", "NAT+2+QQQ++++XY")
    + "CNT+42:9'"
)
"""A list with an error, warnings, notes and an element that the standard lacks."""
FOCUSED: Final = "[document.activeElement.href, getComputedStyle(document.activeElement).outlineStyle]"


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """The application on a free port of the loopback interface, until the end of the block."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def address(pages: Starlette) -> Iterator[str]:
    with serving(pages) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def routes(store: Store) -> dict[str, str]:
    """Every kind of page, at its fullest."""
    strongest = store.matches()[0]
    return {
        "journeys": "/",
        "journey": f"/journeys/{strongest.journey_id}",
        "matches": "/matches?show=all",
        "match": f"/matches/{strongest.id}",
        "inspect": "/inspect",
    }


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of its own browser profile in the language given; it fails the test that leaves a word on the console."""
    complaints: list[str] = []
    with browser.new_context(locale=request.param, color_scheme="light", viewport=DESK) as context:
        opened = context.new_page()
        opened.on("console", lambda said: complaints.append(said.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
    assert complaints == []


Picture = Callable[[Page, str], None]


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """Saves a picture of a page, by a name and the page's language, when pictures are wanted."""
    folder = request.config.getoption("--screenshots")

    def take(page: Page, name: str) -> None:
        if folder:
            language = page.evaluate("document.documentElement.lang")
            page.screenshot(path=Path(folder) / f"{name}-{language}.png", full_page=True)

    return take


IN_FRENCH_AND_ARABIC = pytest.mark.parametrize(
    "page", ["fr", "ar", pytest.param("en", marks=pytest.mark.nightly)], indirect=True
)
"""For what takes long: English has the layout of French and shorter words, and comes by night."""
IN_EVERY_LANGUAGE = pytest.mark.parametrize("page", ["fr", "en", "ar"], indirect=True)
IN_ENGLISH = pytest.mark.parametrize("page", ["en"], indirect=True)


@IN_FRENCH_AND_ARABIC
@pytest.mark.parametrize("name", ["journeys", "journey", "matches", "match", "inspect"])
def test_page_is_accessible_in_light_and_dark_and_fits_a_telephone(
    page: Page, name: str, address: str, routes: dict[str, str], picture: Picture
) -> None:
    page.goto(address + routes[name])
    holds_in_light_and_dark_and_on_a_telephone(page, name, picture)


def holds_in_light_and_dark_and_on_a_telephone(page: Page, name: str, picture: Picture) -> None:
    """Fails for what WCAG finds in a page, and for one that is wider than a telephone."""
    picture(page, f"{name}-light")
    assert violations(page, EVERYTHING) == []
    page.emulate_media(color_scheme="dark")
    picture(page, f"{name}-dark")
    assert violations(page, CONTRAST) == []
    page.set_viewport_size(TELEPHONE)
    picture(page, f"{name}-dark-telephone")
    assert violations(page, NARROW) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]


def send(page: Page) -> None:
    """Sends the page's form and waits for the answer: a click returns before the browser has left the page."""
    with page.expect_navigation():
        page.click("button")


@IN_FRENCH_AND_ARABIC
def test_a_message_explained_is_accessible_and_fits_a_telephone(page: Page, address: str, picture: Picture) -> None:
    page.goto(address + "/inspect")
    page.fill("#text", MESSAGE)
    send(page)
    assert page.locator(".segments li").count() > 25
    assert page.locator(".told-list li").count() > 2
    holds_in_light_and_dark_and_on_a_telephone(page, "explained", picture)


@IN_ENGLISH
def test_a_file_is_sent_by_the_form_as_it_is(page: Page, address: str) -> None:
    page.goto(address + "/inspect")
    data = MESSAGE.replace("'", "'\n").encode("cp1252")
    page.set_input_files("#file", {"name": "list.edi", "mimeType": "application/octet-stream", "buffer": data})
    send(page)
    assert page.locator(".segments li .at").all_inner_texts()[1] == str(data.index(b"UNB"))
    assert "NØRBY" in page.locator(".segments").inner_text()


def violations(page: Page, rules: dict[str, Any]) -> list[Any]:
    """Rules that the page breaks, with the elements that break them.

    The checker comes in through the debugger, which the page's policy does not govern: no policy is loosened for it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(rules)", rules)
    assert found["passes"], "the checker looked at nothing"
    return [(broken["id"], [node["html"] for node in broken["nodes"]]) for broken in found["violations"]]


@IN_ENGLISH
def test_checker_would_notice(page: Page, address: str) -> None:
    """Guards the test above: the same call finds a fault that is put in."""
    page.goto(address + "/")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert [rule for rule, _ in violations(page, EVERYTHING)] == ["html-has-lang"]


@IN_EVERY_LANGUAGE
def test_every_link_is_reached_by_tab_in_reading_order_and_shows_its_focus(
    page: Page, address: str, routes: dict[str, str]
) -> None:
    for name in ("journeys", "matches", "match"):
        page.goto(address + routes[name])
        links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.href)")
        reached = []
        for _ in links:
            page.keyboard.press("Tab")
            href, outline = page.evaluate(FOCUSED)
            reached.append(href)
            assert outline == "solid", href
        assert reached == links, name


@IN_ENGLISH
def test_skip_link_comes_first_and_leads_past_the_menu(page: Page, address: str) -> None:
    page.goto(address + "/matches")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@IN_ENGLISH
def test_links_of_the_menu_and_the_rows_are_large_enough_for_a_thumb(page: Page, address: str) -> None:
    page.set_viewport_size(TELEPHONE)
    page.goto(address + "/matches")
    heights = page.evaluate(
        "[...document.querySelectorAll('.top a, .tabs a, .row-link')].map(a => a.getBoundingClientRect().height)"
    )
    assert len(heights) > 5
    assert min(heights) >= 44


HEADER = "document.querySelector('.top').getBoundingClientRect().height"
TABS = "[...document.querySelectorAll('.tabs a, .orders a')].map(a => a.getBoundingClientRect().height)"
"""Height of one line that a thumb finds, without and with the underline of a tab: 44 and 47 px."""


@IN_EVERY_LANGUAGE
def test_a_telephone_shows_one_header_and_tabs_of_one_line(page: Page, address: str, routes: dict[str, str]) -> None:
    page.set_viewport_size(TELEPHONE)
    heights = set()
    for route in routes.values():
        page.goto(address + route)
        heights.add(page.evaluate(HEADER))
        assert set(page.evaluate(TABS)) <= {44, 47}, route
    assert heights == {88}


@IN_EVERY_LANGUAGE
def test_a_telephone_shows_the_names_of_a_match_at_once(page: Page, address: str, routes: dict[str, str]) -> None:
    page.set_viewport_size(TELEPHONE)
    page.goto(address + routes["match"])
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().bottom") < TELEPHONE["height"] / 2


EDGES = """[...document.querySelectorAll('.rows th[scope=row]')].map(cell => {
    const text = cell.querySelector('.row-link bdi'), box = cell.getBoundingClientRect();
    const lines = [...text.getClientRects()], pad = parseFloat(getComputedStyle(cell).paddingInlineStart);
    return lines.map(line => [line.width > 0, box.right - pad - line.right]);
})"""


@pytest.mark.parametrize("page", ["ar"], indirect=True)
def test_latin_names_of_two_lines_stay_on_the_readers_side(page: Page, address: str) -> None:
    """Each line of a name begins at the right of its cell on an Arabic page, however it is written."""
    page.set_viewport_size(TELEPHONE)
    page.goto(address + "/matches")
    names = page.evaluate(EDGES)
    assert any(len(lines) > 1 for lines in names), "one name takes two lines"
    assert max(abs(gap) for lines in names for shown, gap in lines if shown) < 6


def test_policy_is_enforced_by_the_browser(browser: Browser, address: str) -> None:
    """A script that found its way into a page would do nothing, and the browser says so."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + "/")
        with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
            page.evaluate(
                "document.body.append(Object.assign(document.createElement('script'), {text: 'window.taken = true'}))"
            )
        assert page.evaluate("'taken' in window") is False


def test_empty_office_and_errors_are_accessible_too(browser: Browser, empty: Store, picture: Picture) -> None:
    with serving(build(empty)) as at, browser.new_context(locale="ar", viewport=TELEPHONE) as context:
        page = context.new_page()
        for name, route in (("empty", "/"), ("error", "/nowhere")):
            page.goto(at + route)
            picture(page, name)
            assert violations(page, EVERYTHING) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]


def test_bars_grow_from_the_readers_side(browser: Browser, address: str, routes: dict[str, str]) -> None:
    """In Arabic the first bar starts at the right of the chart, in French at the left."""
    for code, first_is_left in (("fr", True), ("ar", False)):
        with browser.new_context(locale=code) as context:
            opened = context.new_page()
            opened.goto(address + routes["match"])
            first, second = (
                box["x"] for box in (bar.bounding_box() for bar in opened.locator(".evidence rect").all()[:2]) if box
            )
            assert (first < second) == first_is_left, code
