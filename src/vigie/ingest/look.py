"""One look at an input before anything of it is stored: what it is about, and what of it may not be kept. Pure."""

import datetime as dt
import hashlib
from collections import Counter

import msgspec

from vigie import messages
from vigie.config import LIMITS, Limits
from vigie.journeys.voyages import departures, voyage_of
from vigie.messages.holding import is_empty
from vigie.records import Journey, Message, MessageType, Mode, Problem, Removal
from vigie.store.inbox import MOST_PROBLEMS


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What an input is about, without its people."""

    sha256: str
    size: int
    messages: int = 0
    travellers: int = 0
    holds_nothing: bool = True
    """Nothing could be taken out of it."""
    voyages: tuple[str, ...] = ()
    modes: tuple[Mode, ...] = ()
    """Of its journeys."""
    assumed: tuple[Mode, ...] = ()
    """Those of `modes` that no message states: a reader took them because nothing says how the journey is made."""
    types_without_journey: tuple[MessageType | None, ...] = ()
    """Types of its messages that hold something and name no journey."""
    codes: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    """The first of them."""
    removals: tuple[Removal, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Every byte was understood or is known to be nobody's; else the original waits sealed."""
        return not any(removal.code == "UNREAD" for removal in self.removals)


def unread(data: bytes) -> Look:
    """What is known of an input that was not looked at: nothing, so nothing of it may be kept."""
    removals = (Removal(offset=0, length=len(data), code="UNREAD"),) if data else ()
    return Look(sha256=hashlib.sha256(data).hexdigest(), size=len(data), removals=removals)


def look(data: bytes, as_of: dt.date, limits: Limits = LIMITS) -> Look:
    """Read an input group by group, so that memory holds the people of one at a time."""
    looking = _Looking()
    for piece in messages.iter_messages(data, as_of, limits=limits, by_group=True):
        looking.at(piece)
        if looking.travellers > limits.travellers:
            break
    return looking.found(data)


class _Looking:
    def __init__(self) -> None:
        self.messages = self.travellers = 0
        self._any = self._any_here = False
        self._voyages: dict[str, None] = {}
        self._modes: dict[Mode, bool] = {}
        """Whether some message states it."""
        self._adrift: dict[MessageType | None, None] = {}
        self._codes: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._removals: list[Removal] = []

    def at(self, piece: Message) -> None:
        """A piece of a message. The last one of each message has its account, and all that is known of its journey."""
        self.travellers += len(piece.travellers)
        self._removals += piece.removals
        self._any_here = self._any_here or not is_empty(piece)
        if piece.account is not None:
            self._end(piece)

    def _end(self, last: Message) -> None:
        self.messages += 1
        self._codes.update(problem.code for problem in last.problems)
        self._problems += last.problems[: MOST_PROBLEMS - len(self._problems)]
        assumed = any(problem.code == "MODE_ASSUMED" for problem in last.problems)
        for journey in last.journeys:
            self._voyages |= dict.fromkeys(keys_of(journey))
            self._modes[journey.mode] = self._modes.get(journey.mode, False) or not assumed
        if self._any_here and not last.journeys:
            self._adrift[last.type] = None
        self._any, self._any_here = self._any or self._any_here, False

    def found(self, data: bytes) -> Look:
        return Look(
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            messages=self.messages,
            travellers=self.travellers,
            holds_nothing=not (self._any or self._any_here),
            voyages=tuple(self._voyages),
            modes=tuple(self._modes),
            assumed=tuple(mode for mode, stated in self._modes.items() if not stated),
            types_without_journey=tuple(self._adrift),
            codes=dict(self._codes),
            problems=tuple(self._problems),
            removals=tuple(self._removals),
        )


def keys_of(journey: Journey) -> frozenset[str]:
    """By which the arrivals about one journey find each other."""
    voyage = voyage_of(journey)
    return departures(journey) | ({voyage} if voyage else frozenset())
