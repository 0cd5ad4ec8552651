"""The workbench's pages, server-rendered, without scripts, in French, English and Arabic; and the matching API.

`build(store)` gives the ASGI application, with `matcher` also what `POST /match` needs. Reference:
docs/reference/pages.md, docs/reference/matching-api.md.
"""

from vigie.web.app import build
from vigie.web.match_call import Matcher

__all__ = ["Matcher", "build"]
