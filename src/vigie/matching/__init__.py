"""Matching of travellers with entries. See `docs/reference/matching.md`."""

from vigie.matching.evidence import Query
from vigie.matching.index import Index

__all__ = ["Index", "Query"]
