"""Journeys and persons at their fullest in a real browser: accessible, light and dark, on a telephone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.web import busy, office
from tests.web.conftest import FONTS
from tests.web.test_browser import (
    AXE,
    IN_FRENCH_AND_ARABIC,
    Picture,
    browser,
    holds_in_light_and_dark_and_on_a_telephone,
    page,
    picture,
    serving,
)
from vigie.store import open_store
from vigie.web import build

__all__ = ["browser", "page", "picture"]
pytestmark = [
    pytest.mark.chromium,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.skipif(not AXE.is_file(), reason="accessibility checker: needs npm (./run test installs axe-core)"),
]


@pytest.fixture(scope="module")
def flight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Addresses of pages of one flight about which everything came."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('busy') / 'busy.db'}") as store:
        busy.fill(store, *busy.MESSAGES)
        busy.assembled(store)
        (journey,) = store.journeys()
        kept = store.assembled(journey.id, office.NOW)
        assert kept is not None
        people = {row.traveller.name.given: row.id for row in store.persons([each.id for each in kept.persons])}
        with serving(build(store, fonts=FONTS if FONTS.is_dir() else None, now=lambda: office.NOW)) as at:
            yield {
                "journey": f"{at}/journeys/{journey.id}",
                "left": f"{at}/journeys/{journey.id}?show=left",
                "person": f"{at}/persons/{people['ADA']}",
                "changed": f"{at}/persons/{people['EVA']}",
            }


@IN_FRENCH_AND_ARABIC
@pytest.mark.parametrize("name", ["journey", "left", "person", "changed"])
def test_page_is_accessible_in_light_and_dark_and_fits_a_telephone(
    page: Page, name: str, flight: dict[str, str], picture: Picture
) -> None:
    page.goto(flight[name])
    holds_in_light_and_dark_and_on_a_telephone(page, name, picture)
