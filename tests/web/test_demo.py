"""The pages over the demonstration's three journeys, by road, sea and air: what a newcomer sees first."""

import datetime as dt
from collections.abc import Iterator
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from tests.web.test_pages import words_of
from vigie import app
from vigie.matching import Index
from vigie.screening import ALERTS_PER_MILLION
from vigie.store import MatchRow, Store, open_store
from vigie.web import build

SAMPLE = Path(str(files("vigie.demo").joinpath("sample")))
NOW = dt.datetime(2026, 12, 3, 5, 21, tzinfo=dt.UTC)
"""39 minutes before the coach leaves Ouagadougou."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    index = Index(app.load_lists([str(SAMPLE / "list.xml")]))
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}") as store:
        for name in ("flight.edi", "ferry.edi", "coach.edi"):
            data = app.load_bytes(SAMPLE / name)
            found = list(app.screen_bytes(data, name, NOW.date(), index, ALERTS_PER_MILLION))
            for screened in found:
                app.record(store, app.original_of(data, found), screened, index, NOW)
        yield store


def at(store: Store, now: dt.datetime) -> TestClient:
    """A reader of the pages at that moment."""
    pages = build(store, now=lambda: now)
    return TestClient(pages, base_url="http://localhost", headers={"Accept-Language": "en"})


@pytest.fixture
def client(demo: Store) -> TestClient:
    return at(demo, NOW)


def test_the_coach_leaves_first_and_the_ferry_stands_by_its_earliest_moment(client: TestClient) -> None:
    page = html.fromstring(client.get("/").text)
    departures = [words_of(row[0]) for row in page.findall(".//tbody/tr") if len(row) > 1]
    assert departures == [
        "in 39 min Thu 3 Dec, 06:00",
        "in 3 h 09 min Thu 3 Dec, 11:30",
        "at the earliest in 7 h 39 min Thu 3 Dec, 14:00 · time zone unknown",
    ]
    tiles = [words_of(tile) for tile in page.findall(".//dl[@class='tiles']/div")]
    assert tiles[2] == "next departure with an alert: ZC 31 · BFOUA→ – NENIM in 39 min"


def test_by_departure_the_coach_stands_above_the_stronger_flight(client: TestClient, demo: Store) -> None:
    page = html.fromstring(client.get("/matches?order=departure").text)
    origins = [words_of(row[3]) for row in page.findall(".//table/tbody/tr")]
    assert ["BFOUA" in seen for seen in origins] == sorted(("BFOUA" in seen for seen in origins), reverse=True)
    assert any(row.origin != "BFOUA" for row in demo.matches()[:3]), "by strength others stand between"


def test_the_ferry_leaves_the_order_of_departure_when_spain_is_surely_past_it(demo: Store) -> None:
    """14:00 in Algeciras is 13:00 UTC, in the Canaries 14:00: between them it may have departed."""
    for hour, shown in ((12, True), (13, True), (14, False)):
        client = at(demo, NOW.replace(hour=hour, minute=30))
        assert ("ZF 1207" in client.get("/matches?order=departure").text) == shown, hour
        assert "ZF 1207" in client.get("/matches").text


def _figures(client: TestClient, row: MatchRow) -> tuple[list[float], list[float], str]:
    """Terms and running totals as shown, and the text below them."""
    page = html.fromstring(client.get(f"/matches/{row.id}").text)
    rows = page.findall(".//table[@class='evidence']/tbody/tr")
    terms, totals = (
        [float(words_of(tr[column]).split()[0].replace("−", "-").replace("+", "")) for tr in rows] for column in (4, 5)
    )
    (footnote,) = page.findall(".//p[@class='footnote']")
    return terms, totals, words_of(footnote)


def test_every_figure_is_its_own_value_rounded_and_the_page_says_that_they_may_not_add_up(
    client: TestClient, demo: Store
) -> None:
    """Rounding each term and adding those up would give totals that no computation has."""
    torn = 0
    for row in demo.matches(alerts_only=False):
        terms, totals, below = _figures(client, row)
        detail = demo.match(row.id)
        assert detail is not None
        exact = [term.millibits / 1000 for term in detail.match.evidence]
        assert terms == pytest.approx(exact, abs=0.0501)
        assert totals == pytest.approx(list(accumulate(exact)), abs=0.0501)
        assert "may not add up" in below
        torn += totals != pytest.approx(list(accumulate(terms)), abs=0.01)
    assert torn > 0, "the footnote would be for nothing"
