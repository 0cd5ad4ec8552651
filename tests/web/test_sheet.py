"""The style sheet and templates keep what the pages promise: both directions, and a strict policy."""

import re

import pytest

from vigie.web.app import STATIC
from vigie.web.rendering import TEMPLATES

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)

SAMPLES = [
    ("a { margin-left: 1em }", True),
    ("a { top: 0 }", True),
    ("a { text-align: right }", True),
    ("a { border-top-left-radius: 1px }", True),
    ("a { max-width: 3em }", True),
    ("a { margin-inline-start: 1em; inset-block-start: 0; text-align: start; inline-size: 3em }", False),
    ("@media (width < 46rem) { a { stroke-width: 2 } }", False),
]


@pytest.mark.parametrize(("css", "physical"), SAMPLES)
def test_physical_properties_are_recognised(css: str, physical: bool) -> None:
    assert bool(PHYSICAL.search(css)) == physical


def test_sheet_has_logical_properties_only() -> None:
    css = (STATIC / "vigie.css").read_text(encoding="utf-8")
    assert PHYSICAL.findall(css) == []
    assert "margin-inline" in css


def test_nothing_comes_from_elsewhere() -> None:
    for file in STATIC.glob("*.css"):
        for address in re.findall(r"url\(\"?([^)\"]+)", file.read_text(encoding="utf-8")):
            assert re.fullmatch(r"/fonts/[\w-]+\.woff2", address), (file.name, address)


def test_templates_have_no_scripts_and_no_inline_styles() -> None:
    pages = sorted(TEMPLATES.glob("*.html"))
    assert len(pages) >= 5
    for page in pages:
        assert re.findall(r"<script|<style|\sstyle=|\son\w+=", page.read_text(encoding="utf-8")) == [], page.name
