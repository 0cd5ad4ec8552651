"""The store room: what was received, what screening found, and who did what, in SQLite or PostgreSQL.

`open_store(url)` gives a `Store`; its answers are the structs of `rows`. Reference: docs/reference/store.md.
"""

from vigie.store.claims import Claim, Work
from vigie.store.rows import (
    ArrivalRow,
    AssembledJourney,
    CarrierRow,
    Counts,
    EventRow,
    JourneyRow,
    MatchDetail,
    MatchRow,
    PersonDetail,
    PersonRow,
    Receipt,
)
from vigie.store.store import Store, open_store

__all__ = [
    "ArrivalRow",
    "AssembledJourney",
    "CarrierRow",
    "Claim",
    "Counts",
    "EventRow",
    "JourneyRow",
    "MatchDetail",
    "MatchRow",
    "PersonDetail",
    "PersonRow",
    "Receipt",
    "Store",
    "Work",
    "open_store",
]
