"""The order in which messages are applied, which of them repeat another, and how parts make one transmission.

The order is that of the sender's clock, because networks deliver late and twice; a clock that the time of arrival shows
to be wrong is not believed. A message repeats another when sender,
type, function, part, transaction and everything read from it are equal, and its sender has not taken that back since:
references and times of the envelope are new at every sending and count for nothing.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal

import msgspec

from vigie.journeys.functions import FULL_PUSH, meaning_of
from vigie.messages.findings import SEVERITY
from vigie.records import Envelope, Leg, Message, MessageType, Problem
from vigie.schedules.expected import operator

AHEAD: Final = dt.timedelta(hours=14 + 1)
"""Further than this behind the arrival (UTC) no clock is: UTC+14 is the last zone, and an hour is for bad clocks."""
BEHIND: Final = dt.timedelta(hours=12 + 24)
"""Further than this before the arrival no message is believed to be sent: UTC-12 is the first zone, and a day is for
networks that stood still."""
_UNSTATED: Final = Envelope()
_CONVERSATION: Final = frozenset(["132", "312"])
"""CUSRES that change an earlier answer, or acknowledge it: sent again after another one, they mean it anew."""

_RETURNS: Final = frozenset(["whole", "changes", "cancels"])
"""Deeds by which a sender may mean to return to what was before."""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of persons and bookings. None: not announced."""

    passengers: int | None = None
    crew: int | None = None
    bookings: int | None = None


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """One message as it came in."""

    number: int
    """Unique; rises with time."""
    received: str
    """UTC: `2026-11-23T04:40:00.000Z`."""
    message: Message
    announced: Totals | None = None
    """What the sender announces for the whole transmission: CNT 42 and 41, EQN."""
    carrier: str | None = None
    """Name of the carrier whose token or folder it came with, where it is known."""
    speaks: bool = True
    """Whether the sender may take back what others sent (`vigie.journeys.senders.speaks_for`)."""

    @property
    def at(self) -> str:
        """When the sender says he sent it, as he writes it; when it came in, where he says nothing believable."""
        return self.order if self.believed and self.envelope.sent else self.received[:16]

    @property
    def order(self) -> str:
        """What messages are put in order by: `at`, of the time of arrival all of it."""
        sent = self.envelope.sent
        return sent if sent and self.believed else self.received

    @property
    def believed(self) -> bool:
        """False for a time of sending that cannot be, by the time of arrival."""
        sent = self.envelope.sent
        legs = [leg for journey in self.message.journeys[:1] for leg in journey.legs]
        return not sent or _believed(sent, self.received, max((_ends(leg) for leg in legs), default=""))

    @property
    def sender(self) -> str | None:
        """Whose lists replace each other. What is written in the envelope is the sender's word: where he does not speak
        for the carrier, his token stands before it. A manifest without either is the carrier's own."""
        said = self.envelope.sender
        if self.carrier is not None and not self.speaks:
            return f"{self.carrier}/{said or ''}"
        manifest = self.message.type == "MANIFEST"
        return said or self.carrier or (_carrier_of(self.message) if manifest else None)

    @property
    def envelope(self) -> Envelope:
        """That of the message; an empty one where it has none."""
        return self.message.envelope or _UNSTATED


class Transmission(msgspec.Struct, frozen=True, kw_only=True):
    """Messages that are parts of one; most have a single part."""

    sender: str | None
    type: MessageType | None
    function: str | None
    first: str
    """Time of sending of the part sent first."""
    last: str
    arrivals: tuple[int, ...]
    """Numbers of the parts, in order of part."""
    parts: tuple[int, ...]
    missing: tuple[int, ...] = ()
    """Parts that must exist, because a later one came."""
    complete: bool = True
    """False also where no part says that it is the last."""
    announced: Totals | None = None
    assembled: Totals
    """What the parts hold; what repeats another is not counted."""
    whole: bool = False
    """A list of everybody, of which nothing is missing."""
    believed: bool = True
    """False when the time of sending of a part cannot be; the time of arrival stands for it."""
    refused: bool = False
    """Something was not applied: its sender does not speak for the carrier, and others sent what it takes back."""


class Sorted(msgspec.Struct, frozen=True):
    """Arrivals in the order to apply them."""

    arrivals: tuple[Arrival, ...]
    repeats: dict[int, int]
    """Number of an arrival to that of the one it repeats."""
    again: dict[int, int]
    """Of one that says the same as an earlier one and means it anew, to that one: the persons are the same."""
    late: frozenset[int]
    """Repeats of a list or a change after which its sender sent another: perhaps a return to what was."""
    transmissions: tuple[Transmission, ...]
    of: dict[int, int]
    """Number of an arrival that repeats nothing to the place of its transmission."""


def sort(arrivals: Iterable[Arrival]) -> Sorted:
    """Everything about order. Of arrivals with one number, the first counts."""
    unique = {arrival.number: arrival for arrival in reversed(list(arrivals))}
    ordered = tuple(sorted(unique.values(), key=lambda arrival: (arrival.order, arrival.envelope.part, arrival.number)))
    groups, same, anew = _sort_out(ordered)
    repeats = {number: first for number, first in same.items() if number not in anew}
    transmissions = tuple(_transmission(group) for group in groups)
    of = {arrival.number: place for place, group in enumerate(groups) for arrival in group}
    again = {number: first for number, first in same.items() if number in anew}
    return Sorted(ordered, repeats, again, frozenset(_late(ordered, repeats, of)), transmissions, of)


@lru_cache(maxsize=1 << 12)
def _believed(sent: str, received: str, ends: str) -> bool:
    """Whether it may have been sent at that time. `ends` is when the journey is over, or empty: of what comes in long
    after it (files of an archive), the time of arrival says only that it was not sent later."""
    try:
        clock, came = dt.datetime.fromisoformat(sent), _plain(received)
        ended = _plain(ends) if ends else came
    except ValueError:
        return True  # compared as it is written
    archived = came - ended > BEHIND
    return clock - came <= AHEAD and (archived or came - clock <= BEHIND)


def _plain(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)


def _ends(leg: Leg) -> str:
    return max(leg.arrives or "", leg.departs or "")


def _carrier_of(message: Message) -> str | None:
    """Who carries on the voyage of a manifest, or what; None when nothing tells."""
    legs = [leg for journey in message.journeys[:1] for leg in journey.legs]
    return next((name for leg in legs if (name := operator(leg)[0] or leg.number_raw)), None)


def problems_of(transmission: Transmission) -> list[Problem]:
    """What is missing in it, and totals that are not those announced."""
    found = []
    if not transmission.believed:
        found.append(_problem("CLOCK_NOT_BELIEVED", _CLOCK))
    arrived = f"{len(transmission.parts)} parts have come"
    if transmission.missing:
        lost = ", ".join(map(str, transmission.missing[:_MOST_SHOWN]))
        says = f"part {lost} of a message in several parts is missing; {arrived}. Ask the sender for it"
        found.append(_problem("PART_MISSING", says))
    elif not transmission.complete:
        says = f"the last part of a message in several parts is missing; {arrived}. Ask the sender for it"
        found.append(_problem("PART_MISSING", says))
    announced = transmission.announced
    if transmission.complete and announced is not None and _is_list(transmission):
        for what in ("passengers", "crew", "bookings"):
            said, real = getattr(announced, what), getattr(transmission.assembled, what)
            if said is not None and said != real:
                says = f"{said} {what} are announced, and the parts together hold {real}"
                found.append(_problem("COUNT_MISMATCH", says))
    return found


_CLOCK: Final = (
    f"a time of sending more than {AHEAD // dt.timedelta(hours=1)} hours after the arrival, or more than"
    f" {BEHIND // dt.timedelta(hours=1)} before it; the time of arrival stands for it. Tell the sender"
)
_MOST_SHOWN: Final = 20
_FURTHEST_PART: Final = 999


def _problem(code: str, says: str) -> Problem:
    return Problem(code=code, severity=SEVERITY[code], says=says)


def _is_list(transmission: Transmission) -> bool:
    """True for what holds everybody, so that totals can be compared."""
    shape = Message(source="", sha256="", type=transmission.type, function=transmission.function)
    return meaning_of(shape).deed == "whole"


def content_of(arrival: Arrival) -> str:
    """SHA-256 over what the message says, and who says it to which end."""
    message, envelope = arrival.message, arrival.envelope
    said = msgspec.structs.replace(message, source="", sha256="", problems=(), envelope=None, account=None, removals=())
    head = (arrival.sender, envelope.part, envelope.transaction)
    return hashlib.sha256(msgspec.json.encode((head, said))).hexdigest()


_Said = Literal["list", "push", "update", "cancel", "flight"]
_UNDONE_BY: Final[dict[_Said, frozenset[_Said]]] = {
    "list": frozenset(["cancel", "flight"]),
    "push": frozenset(["cancel", "flight", "update"]),
    "update": frozenset(["cancel", "flight", "update", "push"]),
    "cancel": frozenset(["list", "flight", "update", "push"]),
    "flight": frozenset(["list", "push", "update", "cancel", "flight"]),
}
"""What takes back something said before, so that saying it again means it anew. A list after a newer list is in none:
which of the two holds is not known, and it is told."""
_EVERYBODY: Final = None
_ANYBODY: Final = "anybody"


def _said(message: Message) -> _Said | None:
    """None for what changes nobody's status."""
    deed, kind, _ = meaning_of(message)
    if deed in ("answers", "aside", "nothing"):
        return None
    if kind == "PNR":
        return "push" if deed == "whole" else "update"
    if deed in ("whole", "adds", "changes"):
        return "list"
    return "cancel" if deed == "cancels" else "flight"


def _about(message: Message) -> frozenset[object]:
    """By what the persons it speaks of may be known again; `_EVERYBODY` for a list of all, and for the flight."""
    if _said(message) in ("flight", "push") or meaning_of(message).deed == "whole":
        return frozenset([_EVERYBODY])
    found: set[object] = {booking.locator for booking in message.bookings if booking.locator}
    for each in message.travellers:
        found |= {(each.name.family, each.name.given), each.record_locator, *(paper.number for paper in each.documents)}
    return frozenset(found - {None})


class _Past:
    """What each sender has said so far, and in which of the transmissions."""

    def __init__(self) -> None:
        self.first: dict[str, Arrival] = {}
        """By content: the arrival that said it last and meant it."""
        self.place: dict[int, int] = {}
        self._turns: dict[tuple[object, ...], int] = {}
        self._said: dict[tuple[str | None, object, _Said], int] = {}

    def enter(self, group: Sequence[Arrival], contents: dict[int, str], place: int) -> None:
        for arrival in group:
            self.first[contents[arrival.number]] = arrival
            self.place[arrival.number] = place
            self._turns[_turn(arrival)] = place
            said = _said(arrival.message)
            if said is None:
                continue
            cancels = any(booking.cancelled for booking in arrival.message.bookings)
            for each in (said, "cancel") if cancels else (said,):
                for about in (*_about(arrival.message), _ANYBODY):
                    self._said[arrival.sender, about, each] = place

    def means_anew(self, again: Arrival, first: Arrival) -> bool:
        """Whether the same sender has taken it back since, so that it is no repeat. One time of sending is one
        sending, which came twice."""
        sent, place = again.envelope.sent, self.place[first.number]
        if sent is not None and again.order == first.order:
            return False
        if again.message.function in _CONVERSATION:
            return self._turns[_turn(again)] != place
        said, about = _said(again.message), _about(again.message)
        if said is None:
            return False
        about = frozenset([_ANYBODY]) if _EVERYBODY in about else about | {_EVERYBODY}
        since = (self._said.get((again.sender, each, by), -1) for each in about for by in _UNDONE_BY[said])
        return max(since) > place


def _sort_out(ordered: Sequence[Arrival]) -> tuple[list[list[Arrival]], dict[int, int], frozenset[int]]:
    """Transmissions; arrivals that say what an earlier one says, with its number; and those of them that mean it anew.

    Judged by whole transmissions: a part that is as it was, of a list whose other parts are not, is no repeat."""
    contents = {arrival.number: content_of(arrival) for arrival in ordered}
    groups, same = _groups(ordered, contents)
    past, kept, anew = _Past(), list[list[Arrival]](), set[int]()
    for group in groups:
        firsts = [past.first.get(contents[arrival.number]) for arrival in group]
        pairs = [(arrival, first) for arrival, first in zip(group, firsts, strict=True) if first is not None]
        if len(pairs) == len(group):
            same |= {arrival.number: first.number for arrival, first in pairs}
            if not any(past.means_anew(arrival, first) for arrival, first in pairs):
                continue
            anew |= {arrival.number for arrival in group}
        past.enter(group, contents, len(kept))
        kept.append(group)
    for number, first in same.items():
        same[number] = first if first in anew else same.get(first, first)
    return kept, same, frozenset(anew)


def _turn(arrival: Arrival) -> tuple[object, ...]:
    """What later messages of the same kind take the place of: a whole list, what was said of the same persons."""
    message, about = arrival.message, frozenset[object]()
    if meaning_of(message).deed in ("changes", "cancels"):
        about = frozenset((traveller.name.family, traveller.name.given) for traveller in message.travellers)
    if message.statuses:
        about = frozenset((status.record_locator, status.reference) for status in message.statuses)
    return arrival.sender, message.type, message.function, about


def _late(ordered: Sequence[Arrival], repeats: dict[int, int], of: dict[int, int]) -> Iterator[int]:
    latest: dict[tuple[object, ...], int] = {}
    for arrival in ordered:
        turn, original = _turn(arrival), repeats.get(arrival.number)
        if original is None:
            latest[turn] = of[arrival.number]
        elif meaning_of(arrival.message).deed in _RETURNS and latest[turn] != of[original]:
            yield arrival.number


def _groups(ordered: Sequence[Arrival], contents: dict[int, str]) -> tuple[list[list[Arrival]], dict[int, int]]:
    """Parts of one transmission together, in order of part; transmissions by their first part. And parts that came
    twice, with the number of the first: at one time of sending, or before all parts had come."""
    groups: list[list[Arrival]] = []
    open_: dict[tuple[object, ...], list[Arrival]] = {}
    twice: dict[int, int] = {}
    for arrival in ordered:
        envelope = arrival.envelope
        if envelope.part == 1 and envelope.last_part:
            groups.append([arrival])
            continue
        key = _key(arrival)
        group = open_.get(key, [])
        there = next((other for other in group if other.envelope.part == envelope.part), None)
        if there is not None and _is_twice(arrival, there, group, contents):
            twice[arrival.number] = there.number
            continue
        if there is not None or not group:
            group = open_[key] = []
            groups.append(group)
        group.append(arrival)
    return [sorted(group, key=lambda arrival: arrival.envelope.part) for group in groups], twice


def _is_twice(again: Arrival, there: Arrival, group: Sequence[Arrival], contents: dict[int, str]) -> bool:
    if contents[again.number] != contents[there.number]:
        return False
    return again.order == there.order or not _transmission(group).complete


def _key(arrival: Arrival) -> tuple[object, ...]:
    """The common access reference (UNH 0068) is the same in all parts; else the message's reference, and the flight."""
    message, envelope = arrival.message, arrival.envelope
    head = (arrival.sender, message.type, message.function)
    if envelope.access:
        return (*head, "access", envelope.access)
    legs = [(leg.carrier, leg.number, leg.departs) for journey in message.journeys[:1] for leg in journey.legs[:1]]
    return (*head, "message", envelope.message, *legs)


def _transmission(group: Sequence[Arrival]) -> Transmission:
    head, parts = group[0], tuple(arrival.envelope.part for arrival in group)
    ended = any(arrival.envelope.last_part for arrival in group)
    missing = tuple(sorted(set(range(1, min(max(parts), _FURTHEST_PART) + 1)) - set(parts)))
    announced = next((arrival.announced for arrival in group if arrival.announced is not None), None)
    assembled = Totals(
        passengers=sum(t.capacity == "passenger" for arrival in group for t in arrival.message.travellers),
        crew=sum(t.capacity == "crew" for arrival in group for t in arrival.message.travellers),
        bookings=sum(len(arrival.message.bookings) for arrival in group),
    )
    complete = not missing and (ended or _all_there(announced, assembled))
    whole = complete and meaning_of(head.message).deed == "whole"
    return Transmission(
        sender=head.sender,
        type=head.message.type,
        function=head.message.function,
        first=min(arrival.at for arrival in group),
        last=max(arrival.at for arrival in group),
        arrivals=tuple(arrival.number for arrival in group),
        parts=parts,
        missing=missing,
        complete=complete,
        announced=announced,
        assembled=assembled,
        whole=whole and _is_whole_push(head.message, announced, assembled),
        believed=all(arrival.believed for arrival in group),
    )


def _all_there(announced: Totals | None, assembled: Totals) -> bool:
    """Some senders do not mark the last part: it has come when as many passengers are there as announced."""
    return announced is not None and announced.passengers is not None and announced.passengers == assembled.passengers


def _is_whole_push(message: Message, announced: Totals | None, assembled: Totals) -> bool:
    """A full push of PNRGOV holds all bookings; senders that send one booking in each do not mean everybody."""
    if message.type != "PNRGOV" or message.function != FULL_PUSH:
        return True
    if announced is not None and announced.bookings is not None:
        return announced.bookings == assembled.bookings
    return (assembled.bookings or 0) > 1
