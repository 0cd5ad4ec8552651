"""docs/reference/pages.md tells the truth about routes, headers and arguments."""

import inspect
import re

from starlette.applications import Starlette
from starlette.routing import Route

from tests.conftest import ROOT
from vigie.web import build
from vigie.web.security import HEADERS

TEXT = (ROOT / "docs" / "reference" / "pages.md").read_text(encoding="utf-8")


def test_every_route_is_documented(pages: Starlette) -> None:
    paths = [route.path_format for route in pages.routes if isinstance(route, Route)]
    assert len(paths) >= 8
    assert [path for path in paths if f"| `{path}` |" not in TEXT] == []


def test_every_header_is_documented_with_its_value() -> None:
    assert [name for name, value in HEADERS.items() if f"| `{name}` | `{value}`" not in TEXT] == []


def test_the_arguments_documented_are_those_there_are() -> None:
    section = TEXT.partition("## Arguments of `build`")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(inspect.signature(build).parameters)
