"""What is known of a journey at present, and how a person's status may change. Shapes of `vigie.journeys.assembly`.

History, changes and travellers hold personal data; transmissions, problems and everything in a field `says` do not.
"""

from typing import Final, Literal

import msgspec

from vigie.journeys.answers import Answer
from vigie.journeys.best_view import FieldChange
from vigie.journeys.linking import Link
from vigie.journeys.transmission import Transmission
from vigie.records import Leg, Mode, Problem, Traveller

JourneyStatus = Literal["open", "closed", "cancelled", "changed"]
PersonStatus = Literal["booked", "listed", "checked_in", "on_board", "not_on_board", "cancelled", "no_longer_listed"]
"""`booked`: in a booking only. `listed`: in a list of the carrier. `checked_in`: the sender says so.
`no_longer_listed`: missing from a newer list or version of the booking."""
HappeningKind = Literal[
    "added",
    "changed",
    "booked",
    "listed",
    "checked_in",
    "on_board",
    "not_on_board",
    "cancelled",
    "no_longer_listed",
    "answered",
    "repeated",
    "closed",
    "reopened",
    "flight_cancelled",
    "flight_changed",
]
AsideKind = Literal["crew_added", "crew_deleted", "crew_changed", "gate_pass", "document_read"]
Cause = Literal["named", "rest", "flight", "lapse"]
"""Why a status changes: the message names the person; it names the others; the flight is cancelled; a newer list or
version of a booking leaves the person out."""

_BEFORE_BOARDING: Final[frozenset[PersonStatus]] = frozenset(["booked", "listed", "checked_in"])
_GONE: Final[frozenset[PersonStatus]] = frozenset(["cancelled", "no_longer_listed"])
_BOARDED: Final[frozenset[PersonStatus]] = frozenset(["on_board", "not_on_board"])
REPLACES: Final[dict[tuple[PersonStatus, Cause], frozenset[PersonStatus]]] = {
    ("booked", "named"): frozenset(["cancelled", "no_longer_listed"]),
    ("listed", "named"): _GONE | {"booked"},
    ("checked_in", "named"): _GONE | {"booked", "listed"},
    ("cancelled", "named"): _BEFORE_BOARDING | {"no_longer_listed"},
    ("cancelled", "flight"): _BEFORE_BOARDING | {"no_longer_listed", "on_board"},
    ("on_board", "named"): _BEFORE_BOARDING | _GONE | _BOARDED,
    ("not_on_board", "named"): _BEFORE_BOARDING | _GONE | _BOARDED,
    ("on_board", "rest"): frozenset(["listed", "checked_in", "not_on_board"]),
    ("not_on_board", "rest"): _BEFORE_BOARDING | {"no_longer_listed", "on_board"},
    ("no_longer_listed", "lapse"): _BEFORE_BOARDING,
}
"""What a new status may take the place of. A list or booking that comes after the close does not undo it."""


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Why a mention was taken to be of this person; or, with `person`, what speaks for being one with another."""

    arrival: int
    traveller: int
    person: str | None = None
    """Key of another person of the journey, who stays apart."""
    link: Link


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the history, in the order in which the senders sent. **`fields` hold personal data.**"""

    at: str
    """Time of sending, as `Arrival.at`."""
    arrival: int
    kind: HappeningKind
    person: str | None = None
    """Key; None for what concerns the journey or the message."""
    fields: tuple[FieldChange, ...] = ()
    says: str


class PersonState(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the journey, or a placeholder."""

    key: str
    """From the content of the first mention, in the order of sending; later messages do not change it."""
    other_keys: tuple[str, ...] = ()
    """Keys the person would have had if another mention were the first: a message that is late may change `key`."""
    traveller: Traveller
    papers: tuple[tuple[int, int], ...] = ()
    """For each document of `traveller`, the last mention that has it: an earlier one, where later ones leave it out."""
    status: PersonStatus
    mentions: tuple[tuple[int, int], ...]
    """Number of the arrival and index in its message, repeats included; every traveller is in one person's mentions."""
    links: tuple[Tie, ...] = ()
    answers: tuple[Answer, ...] = ()
    first_seen: str
    last_seen: str
    changes: tuple[Happening, ...] = ()
    """Of the history, those that changed `traveller`."""

    @property
    def standing_answer(self) -> Answer | None:
        """The answer that holds: the last that is no acknowledgement."""
        return next((answer for answer in reversed(self.answers) if answer.kind != "acknowledgement"), None)


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """A person whom a message names without putting him on this journey."""

    kind: AsideKind
    """Master crew list (BGM 336): what to do with the roster. Gate pass (655): goes to the gate and stays."""
    mentions: tuple[tuple[int, int], ...]
    traveller: Traveller


class JourneyState(msgspec.Struct, frozen=True, kw_only=True):
    """The present state of a journey."""

    mode: Mode
    legs: tuple[Leg, ...] = ()
    status: JourneyStatus = "open"
    changed_to: tuple[Leg, ...] = ()
    """Legs that a change of the flight names, other than those known."""
    transmissions: tuple[Transmission, ...] = ()
    persons: tuple[PersonState, ...] = ()
    """In the order in which they were first named."""
    history: tuple[Happening, ...] = ()
    problems: tuple[Problem, ...] = ()
    asides: tuple[Aside, ...] = ()
