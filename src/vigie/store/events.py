"""The audit vocabulary: every action the log can hold, in one place.

An action is named `subject.what_happened`. An event carries ids and counts, never anything about a person: the log is
read by people who may not see travellers, and it outlives the rows it points to.
"""

from enum import StrEnum, unique
from typing import Final

import msgspec

SYSTEM: Final = "system"
"""The actor of what the program does by itself."""


@unique
class Action(StrEnum):
    MESSAGE_RECORDED = "message.recorded"
    """Counts: journeys, travellers, decisions, matches, alerts, problems. The last event of its transaction."""
    MESSAGE_RECEIVED_AGAIN = "message.received_again"
    """The same input at the same place was offered a second time; nothing was added. No counts."""
    TRAVELLER_MATCHED = "traveller.matched"
    """Screening found at least one match for a traveller. Counts: matches, alerts."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event before it is inserted; its id comes from the table."""

    at: str
    """UTC, `2026-11-23T04:40:00.000Z`."""
    actor: str
    action: Action
    message_id: int
    traveller_id: int | None = None
    counts: dict[str, int] = {}
