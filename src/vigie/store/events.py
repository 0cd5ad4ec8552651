"""The audit vocabulary: every action the log can hold, in one place.

An action is named `subject.what_happened`. An event carries ids, counts and codes, never anything about a person: the
log is read by people who may not see travellers, and it outlives the rows it points to.
"""

from enum import StrEnum, unique
from typing import Final

import msgspec

SYSTEM: Final = "system"
"""The actor of what the program does by itself."""
OPERATOR: Final = "operator"
"""The actor of what a person does at the command line; there are no accounts yet."""


@unique
class Action(StrEnum):
    MESSAGE_RECORDED = "message.recorded"
    """Counts: journeys, travellers, decisions, matches, alerts, problems. The last event of its transaction."""
    MESSAGE_RECEIVED_AGAIN = "message.received_again"
    """The same input at the same place was offered a second time; nothing was added. No counts."""
    TRAVELLER_MATCHED = "traveller.matched"
    """Screening found at least one match for a traveller. Counts: matches, alerts."""
    ARRIVAL_RECEIVED = "arrival.received"
    """An input came in and waits. Facts: channel, sha256, modes. Counts: bytes, messages, travellers, removals."""
    ARRIVAL_REPEATED = "arrival.repeated"
    """The same bytes had come before; nothing was added. Facts: channel, sha256."""
    ARRIVAL_REFUSED = "arrival.refused"
    """Nothing of an input was stored. Facts: channel, sha256, reason. Counts: bytes, messages, travellers."""
    ARRIVAL_PROCESSED = "arrival.processed"
    """All messages of an arrival are screened and recorded. Counts: messages, travellers, alerts."""
    ARRIVAL_FAILED = "arrival.failed"
    """Processing broke off and will be tried again. Facts: reason. Counts: attempt."""
    ARRIVAL_QUARANTINED = "arrival.quarantined"
    """An arrival waits for a person. Facts: channel, sha256, reason. Counts as for received, or the attempts."""
    ARRIVAL_RELEASED = "arrival.released"
    """A person let an arrival be processed again as it is stored."""
    ARRIVAL_REPLAYED = "arrival.replayed"
    """An original was read with the present program. Facts: sealed. Counts: travellers_before, travellers_after."""
    ORIGINAL_SEALED = "original.sealed"
    """The whole original of an arrival waits, encrypted. Facts: hour, which names the key."""
    ORIGINALS_EXPIRED = "originals.expired"
    """The keys of the hours that are over were destroyed, then what they had sealed. Counts: keys, originals."""
    CARRIER_ADDED = "carrier.added"
    """A carrier was given a token."""
    CARRIER_DISABLED = "carrier.disabled"
    """The token of a carrier ended."""
    SCHEDULE_LOADED = "schedule.loaded"
    """Journeys of a schedule are expected now. Counts: journeys, new, changed, problems. Facts: format, sha256."""
    CARRIER_TOLD = "carrier.told"
    """A notice for a carrier was written. Facts: outcome."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event before it is inserted; its id comes from the table."""

    at: str
    """UTC, `2026-11-23T04:40:00.000Z`."""
    actor: str
    action: Action
    message_id: int | None = None
    traveller_id: int | None = None
    arrival_id: int | None = None
    carrier_id: int | None = None
    counts: dict[str, int] = {}
    facts: dict[str, str] = {}
    """Codes and sums, never about a person."""
