"""The page of carriers and the test bench in a real browser: accessible, light and dark, on a telephone."""

from typing import Final

import pytest
from playwright.sync_api import Page

from tests.web.test_browser import (
    AXE,
    IN_FRENCH_AND_ARABIC,
    MESSAGE,
    Picture,
    address,
    browser,
    holds_in_light_and_dark_and_on_a_telephone,
    page,
    picture,
    send,
)

__all__ = ["address", "browser", "page", "picture"]
pytestmark = [
    pytest.mark.chromium,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.skipif(not AXE.is_file(), reason="accessibility checker: needs npm (./run test installs axe-core)"),
]
TRIED: Final = MESSAGE.replace("BGM+745'", "BGM+745'RFF+TN:TX1'").replace("NAT+2+DNK'", "NAT+2+DNK'RFF+AVF:QW3RTY'")
"""With an answer, and rules that it does not keep."""
HEADER: Final = "document.querySelector('.top').getBoundingClientRect().height"


@IN_FRENCH_AND_ARABIC
@pytest.mark.parametrize("name", ["carriers", "bench", "tried"])
def test_page_is_accessible_and_fits_a_telephone(page: Page, name: str, address: str, picture: Picture) -> None:
    page.goto(f"{address}/{'bench' if name == 'tried' else name}")
    if name == "tried":
        page.fill("#text", TRIED)
        send(page)
        assert page.locator("section table").count() == 2
        assert page.locator("section pre").count() == 1
    holds_in_light_and_dark_and_on_a_telephone(page, name, picture)
    assert page.evaluate(HEADER) == 88
