"""Watchlists: each publisher's format becomes one shape, `vigie.records.Watchlist`.

    watchlist = vigie.watchlist.read("un_consolidated.xml")

A file is used whole or not at all: `read` raises `ListError` for a damaged or incomplete list, because half a list
would miss people without a word. What could be read but not understood is told in `Watchlist.problems`.
"""

from vigie.watchlist.files import read
from vigie.watchlist.summary import summary

__all__ = ["read", "summary"]
