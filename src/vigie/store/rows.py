"""What the store hands to its readers: frozen structs, one per kind of line in a list or page.

Ids are the database's own (positive whole numbers) and mean nothing outside it. Moments are UTC as text with
milliseconds, `2026-11-23T04:40:00.000Z`; times of journeys are as in `vigie.records.Leg`.
"""

from typing import Literal, NamedTuple

import msgspec

from vigie.journeys.state import Aside, AsideKind, JourneyState, JourneyStatus, PersonState, PersonStatus
from vigie.messages.findings import SEVERITY
from vigie.records import Entry, Match, MessageType, Mode, Problem, Severity, Sex, Traveller


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one message."""

    message_id: int
    already: bool
    """True when this message (same input, same place in it) was recorded before: nothing was added."""


class JourneyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One flight or voyage, with what all messages about it hold: of journeys that are one, it stands for all.

    Carrier, number, origin and departure are of its first leg, destination and arrival of its last.
    """

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
    """Persons, placeholders and those put aside included. Travellers of messages that came since the journey was last
    assembled count each."""
    alerts: int
    """Of these, those with at least one match that alerts."""
    messages: int
    received_at: str
    """When the latest message about it was recorded."""
    source: str
    """What the caller called the input (a file name) of the latest message."""
    status: JourneyStatus | None = None
    """None until it is assembled."""


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
    person_id: int | None = None
    """None while the traveller's journey is not assembled with his message, and without a journey."""
    status: PersonStatus | AsideKind | None = None
    """Of the person."""
    others: int = 0
    """How many matches of the same person with the same entry rest on other messages."""

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
    others: tuple[MatchRow, ...] = ()
    """Matches of the same person with the same entry that rest on other messages, the latest first."""


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a journey, or one whom a message names without putting him on it."""

    id: int
    """Stays with the person as long as one mention of him stays with it."""
    journey_id: int
    status: PersonStatus | AsideKind
    state: PersonState | None
    aside: Aside | None
    """One of the two is None."""
    alerts: int
    """List entries with a match that alerts."""

    @property
    def traveller(self) -> Traveller:
        """The present best view."""
        known = self.state or self.aside
        assert known is not None
        return known.traveller

    @property
    def mentions(self) -> tuple[tuple[int, int], ...]:
        """Ids of messages, each with the place of the traveller in it."""
        known = self.state or self.aside
        return known.mentions if known else ()


class Listed(NamedTuple):
    """What tells which persons to show, for all persons of a journey."""

    id: int
    key: str
    status: PersonStatus | AsideKind


class MessageRow(msgspec.Struct, frozen=True, kw_only=True):
    """One message, without what it holds."""

    id: int
    type: MessageType | None
    function: str | None
    source: str
    received_at: str
    travellers: int


class AssembledJourney(msgspec.Struct, frozen=True, kw_only=True):
    """The present state of a journey, as of the messages recorded when it was last assembled."""

    journey: JourneyRow
    state: JourneyState
    """Without persons and asides. Numbers of arrivals are ids of messages."""
    persons: tuple[Listed, ...]
    """In the order in which they were first named; those put aside last."""
    messages: dict[int, MessageRow]
    """By id, all of which the state is made."""


class Mentioned(msgspec.Struct, frozen=True, kw_only=True):
    """A traveller of a message who is of a person."""

    message_id: int
    ordinal: int
    traveller_id: int
    traveller: Traveller


class PersonDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one person of a journey."""

    person: PersonRow
    journey: AssembledJourney
    mentions: tuple[Mentioned, ...]
    """As the messages name him, in the order recorded."""
    matches: tuple[MatchRow, ...]
    """One for each entry, strongest first."""


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much the store holds."""

    messages: int
    journeys: int
    travellers: int
    """Of messages: whoever is in two counts twice."""
    alerts: int
    """Persons with at least one match that alerts."""


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
    types: tuple[str, ...] = ()
    """Of its messages, each once. Empty until they are recorded."""
    journeys: tuple[str, ...] = ()
    """Of its messages, as people write them: `ZZ12 OSL-CMN 2026-11-23T05:40`. Empty until they are recorded."""

    def problems_of(self, severity: Severity) -> int:
        """How many problems of a severity its messages have."""
        return sum(number for code, number in self.codes.items() if SEVERITY.get(code) == severity)


class CarrierRow(msgspec.Struct, frozen=True, kw_only=True):
    """Who may hand in messages over HTTP."""

    id: int
    name: str
    added_at: str
    disabled_at: str | None
    arrivals: int
