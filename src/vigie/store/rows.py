"""What the store hands to its readers: frozen structs, one per kind of line in a list or page.

Ids are the database's own (positive whole numbers) and mean nothing outside it. Moments are UTC as text with
milliseconds, `2026-11-23T04:40:00.000Z`; times of journeys are as in `vigie.records.Leg`.
"""

from typing import Literal

import msgspec

from vigie.records import Entry, Match, Mode, Problem, Sex, Traveller


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one message."""

    message_id: int
    already: bool
    """True when this message (same input, same place in it) was recorded before: nothing was added."""


class JourneyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One voyage, with what all messages about it hold. Carrier, number, origin and departure are of its first leg,
    destination and arrival of its last."""

    id: int
    mode: Mode
    carrier: str | None
    number: str | None
    origin: str | None
    destination: str | None
    departs: str | None
    departs_utc: str | None
    arrives: str | None
    travellers: int
    """Passengers and crew, placeholders included; whoever is in two messages counts twice."""
    alerts: int
    """Travellers with at least one match that alerts."""
    messages: int
    received_at: str
    """When the latest message about it was recorded."""
    source: str
    """What the caller called the input (a file name) of the latest message."""


class MatchRow(msgspec.Struct, frozen=True, kw_only=True):
    """One match with what a queue shows of its traveller, journey and entry. A lead, never an identity."""

    id: int
    journey_id: int | None
    """None, as are the journey's facts below, when the message names no journey for this traveller."""
    mode: Mode | None
    carrier: str | None
    number: str | None
    origin: str | None
    destination: str | None
    departs: str | None
    departs_utc: str | None
    traveller_id: int
    traveller_name: str
    """`FAMILY, Given` in the letter case sent, with the Arabic comma after a family name in Arabic script; only the
    family name, or the name as sent, when that is all there is."""
    birth_date: str | None
    nationality: str | None
    sex: Sex | None
    list: str
    entry: str
    caption: str
    matched_name: str
    millibits: int
    probability: float
    alert: bool
    operational: bool
    """False when the list had no manifest of its legal ground: the match is not for operations."""
    threshold_millibits: int
    """What the match had to reach to alert."""

    @property
    def rests_on_weak_alias(self) -> bool:
        """Strong enough to alert, and does not, because it rests on a weak alias alone."""
        return not self.alert and self.millibits >= self.threshold_millibits


class MatchDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Everything an analyst needs to judge one match, as it stood when the traveller was screened."""

    facts: MatchRow
    traveller: Traveller
    entry: Entry
    match: Match
    journey: JourneyRow | None
    list_version: str
    engine_version: str
    message_id: int
    sha256: str
    """Of the whole input the message came in."""
    ordinal: int
    """Place of the message in its input, from 0."""
    source: str
    received_at: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much the store holds."""

    messages: int
    journeys: int
    travellers: int
    alerts: int
    """Travellers with at least one match that alerts."""


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One audit event (vocabulary: `vigie.store.events`)."""

    id: int
    """Grows with the order of insertion; numbers may be missing where a transaction was undone."""
    at: str
    actor: str
    action: str
    message_id: int | None
    traveller_id: int | None
    counts: dict[str, int]
    arrival_id: int | None = None
    carrier_id: int | None = None
    facts: dict[str, str] = {}


ArrivalState = Literal["waiting", "working", "done", "repeated", "quarantined"]
"""`repeated`: the same bytes had come before. `quarantined`: a person has to look. What was refused has no row."""


class ArrivalRow(msgspec.Struct, frozen=True, kw_only=True):
    """One input in the inbox, without its bytes."""

    id: int
    received_at: str
    channel: str
    """`folder` or `http`."""
    carrier: str | None
    """Name of the carrier whose token was given; None where the channel has none."""
    source: str
    sha256: str
    """Of the bytes as received."""
    size: int
    state: ArrivalState
    attempts: int
    reason: str | None
    """Why it is in quarantine, or why the last attempt broke off: a code, or an exception's type and place."""
    messages: int
    travellers: int
    codes: dict[str, int]
    """How many problems of each code its messages have."""
    problems: tuple[Problem, ...]
    """The first of them, in their order."""
    keep_until: str
    """The day on which the shortest retention of its modes ends."""
    sealed_until: str | None
    """Until when the whole original can be read again; None when it is not sealed (any more)."""


class CarrierRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who may hand in messages over HTTP."""

    id: int
    name: str
    added_at: str
    disabled_at: str | None
    arrivals: int
