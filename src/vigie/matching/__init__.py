"""Matching of travellers with entries. See `docs/reference/matching.md`."""

from vigie.matching.evidence import Query
from vigie.matching.index import Index
from vigie.matching.index_file import ListFacts

__all__ = ["Index", "ListFacts", "Query"]
