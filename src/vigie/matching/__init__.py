"""Matching of travellers with entries. See `docs/reference/matching.md`."""

from vigie.matching.index import Index, Query

__all__ = ["Index", "Query"]
