"""The workbench's pages: server-rendered, without scripts, in French, English and Arabic.

`build(store)` gives the ASGI application. Reference: docs/reference/pages.md.
"""

from vigie.web.app import build

__all__ = ["build"]
