"""The page of carriers and the test bench in a real browser: accessible, light and dark, on a telephone."""

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page

from tests.web.test_browser import (
    AXE,
    CONTRAST,
    EVERYTHING,
    IN_EVERY_LANGUAGE,
    MESSAGE,
    NARROW,
    TELEPHONE,
    _violations,
    address,
    browser,
    page,
)

__all__ = ["address", "browser", "page"]
pytestmark = [
    pytest.mark.chromium,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.skipif(not AXE.is_file(), reason="accessibility checker: needs npm (./run test installs axe-core)"),
]
TRIED: Final = MESSAGE.replace("BGM+745'", "BGM+745'RFF+TN:TX1'").replace("NAT+2+DNK'", "NAT+2+DNK'RFF+AVF:QW3RTY'")
"""With an answer, and rules that it does not keep."""
HEADER: Final = "document.querySelector('.top').getBoundingClientRect().height"


@IN_EVERY_LANGUAGE
@pytest.mark.parametrize("name", ["carriers", "bench", "tried"])
def test_page_is_accessible_and_fits_a_telephone(page: Page, name: str, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}/{'bench' if name == 'tried' else name}")
    if name == "tried":
        page.fill("#text", TRIED)
        page.click("button")
        assert page.locator("section table").count() == 2
        assert page.locator("section pre").count() == 1
    page.screenshot(path=tmp_path / f"{name}-light.png", full_page=True)
    assert _violations(page, EVERYTHING) == []
    page.emulate_media(color_scheme="dark")
    assert _violations(page, CONTRAST) == []
    page.set_viewport_size(TELEPHONE)
    page.screenshot(path=tmp_path / f"{name}-dark-telephone.png", full_page=True)
    assert _violations(page, NARROW) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    assert page.evaluate(HEADER) == 88
