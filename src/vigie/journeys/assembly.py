"""From the messages of one voyage to the present state of the journey. Pure: no store, no clock.

`assemble` gives the same state in whatever order the messages came, for it applies them in the order of sending; a
message that comes twice changes nothing. Nobody is lost: each traveller of each message is a mention of one person (or
`Aside`), and a person whom a newer list leaves out stays, as `no_longer_listed`. Rules: docs/reference/assembly.md.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from vigie.journeys.answers import Answer, Register, answers_of
from vigie.journeys.best_view import BestView, FieldChange, Origin
from vigie.journeys.functions import Deed, Meaning, meaning_of
from vigie.journeys.identity import Identity, identity_of
from vigie.journeys.resolution import Cluster, Mention, Resolver, Source
from vigie.journeys.senders import carriers_of
from vigie.journeys.state import (
    REPLACES,
    Aside,
    AsideKind,
    Cause,
    Happening,
    HappeningKind,
    JourneyState,
    JourneyStatus,
    PersonState,
    PersonStatus,
    Tie,
)
from vigie.journeys.transmission import Arrival, Sorted, Totals, Transmission, problems_of, sort
from vigie.messages.findings import SEVERITY
from vigie.records import Booking, Journey, Leg, Message, Problem, Traveller
from vigie.schedules.expected import operator

__all__ = ["Arrival", "JourneyState", "PersonState", "Totals", "assemble"]

_SAYS: Final[dict[HappeningKind, str]] = {
    "added": "named for the first time",
    "changed": "fields have other values than before",
    "booked": "in a booking",
    "listed": "in a list of the carrier",
    "checked_in": "checked in, as the sender says",
    "on_board": "on board, by the close of the flight",
    "not_on_board": "not on board, by the close of the flight",
    "cancelled": "cancelled",
    "no_longer_listed": "missing from a newer list or version of the booking",
    "answered": "a government's answer, or its acknowledgement",
    "repeated": "the message says what an earlier one of its sender says, and changes nothing",
    "closed": "the flight is closed",
    "reopened": "a list came after the flight was cancelled: it is open again",
    "flight_cancelled": "the flight is cancelled",
    "flight_changed": "the flight is changed",
}
_UNKNOWN_SO_FAR: Final = "named in a change, a cancellation or a close-out, and in no list before"
_UPDATES: Final[frozenset[Deed]] = frozenset(["changes", "cancels", "closes_with", "closes_without"])
_ASIDES: Final[dict[str, AsideKind]] = {
    "336": "crew_added",
    "336+G": "crew_added",
    "336+H": "crew_deleted",
    "336+I": "crew_changed",
    "655": "gate_pass",
}
_TRUST_IN_LEGS: Final[dict[str | None, int]] = {"PAXLST": 3, "APP": 3, "MANIFEST": 3, "CUSRES": 2, "PNRGOV": 1}
"""Whose legs are shown. A PNL has neither times nor, for several destinations, their order."""
_KEY_LENGTH: Final = 16

_Stream = tuple[str | None, ...]
_Booked = tuple[str | None, str]
"""Sender and locator of a booking."""
_Boarding = tuple[str | None, str | None]
"""Who carries on a leg, and from where; None may be any."""


class _Naming(NamedTuple):
    """The last time that a list named a person."""

    order: str
    boards: _Boarding
    carriers: frozenset[str]
    whole: bool
    """In a list of everybody, so that he is on it until a newer one leaves him out."""
    speaks: bool


def assemble(arrivals: Iterable[Arrival]) -> JourneyState:
    """The state of a journey by the messages about it. Never raises on content.

    `arrivals` may come in any order; of two with one number the first counts. Messages of the same time of sending are
    applied by part, then by number.
    """
    return _Assembly(sort(arrivals)).state()


class _Person:
    """A person while messages are applied."""

    __slots__ = ("answers", "changes", "first", "key", "last", "left", "lists", "status", "view")

    def __init__(self, key: str) -> None:
        self.key = key
        self.view = BestView()
        self.status: PersonStatus | None = None
        self.lists: dict[_Stream, _Naming] = {}
        self.left: set[_Stream] = set()
        """Those of the lists of which a newer one leaves him out."""
        self.answers: list[Answer] = []
        self.changes: list[Happening] = []
        self.first = self.last = ""


class _Assembly:
    def __init__(self, ordered: Sorted) -> None:
        self._sorted = ordered
        self._by_number = {arrival.number: arrival for arrival in ordered.arrivals}
        self._journey = _journey(ordered.arrivals)
        self._asides: dict[Mention, Aside] = {}
        self._clusters = self._resolve()
        self._keys = _keys(self._clusters)
        self._persons = [_Person(key) for key in self._keys]
        self._person_of = {mention: at for at, cluster in enumerate(self._clusters) for mention in cluster.mentions}
        for number, original in ordered.again.items():
            self._say_again(number, original)
        self._register = self._registered()
        self._lists: dict[_Stream, dict[int, None]] = {}
        self._bookings: dict[_Booked, tuple[int, set[int]]] = {}
        self._booked: dict[int, set[_Booked]] = {}
        """Persons to their bookings that stand."""
        self._status: JourneyStatus = "open"
        self._changed_to: tuple[Leg, ...] = ()
        self._history: list[Happening] = []
        self._counts: Counter[str] = Counter()
        self._left = Counter(ordered.of.values())
        """Parts of each transmission still to come."""
        self._named: dict[int, set[int]] = {}
        """Transmission to the persons it names."""
        self._added: dict[int, set[int]] = {}
        """Transmission to the persons it names in what is not deleted."""
        self._refused: set[int] = set()
        """Transmissions of which something was not applied."""

    def state(self) -> JourneyState:
        for arrival in self._sorted.arrivals:
            if arrival.number in self._sorted.repeats:
                self._repeat(arrival)
            else:
                self._apply(arrival)
        return JourneyState(
            mode=self._journey.mode,
            legs=self._journey.legs,
            status=self._status,
            changed_to=self._changed_to,
            transmissions=self._transmissions(),
            persons=tuple(self._person_state(at) for at in range(len(self._persons))),
            history=tuple(self._history),
            problems=self._problems(),
            asides=tuple(self._asides.values()),
        )

    # -- who is who

    def _resolve(self) -> list[Cluster]:
        legs = self._journey.legs
        resolver = Resolver(next((leg.departs[:10] for leg in legs if leg.departs), None))
        for arrival in self._sorted.arrivals:
            meaning = meaning_of(arrival.message)
            number = arrival.number
            if number in self._sorted.repeats or number in self._sorted.again or meaning.deed == "nothing":
                continue
            if meaning.deed == "aside":
                self._put_aside(arrival)
                continue
            source = Source(
                arrival=arrival.number,
                transmission=self._sorted.of[arrival.number],
                sender=arrival.sender,
                list=_stream(arrival, meaning.list),
                change=meaning.deed == "changes",
                adds=meaning.deed == "adds" and arrival.message.function != "ADL",
            )
            deleted, others = _in_turn(arrival.message)
            # Who is deleted and added in one ADL changes his class: he is named in two versions of the list.
            before = source._replace(transmission=-1 - source.transmission)
            resolver.take(before, _identities(arrival.message, deleted))
            resolver.take(source, _identities(arrival.message, others))
        return resolver.clusters()

    def _put_aside(self, arrival: Arrival) -> None:
        kind = _ASIDES.get(arrival.message.function or "", "document_read")
        for at, traveller in enumerate(arrival.message.travellers):
            mention = Mention(arrival.number, at)
            self._asides[mention] = Aside(kind=kind, mentions=(mention,), traveller=traveller)

    def _registered(self) -> Register:
        register = Register()
        for mention, person in self._person_of.items():
            arrival = self._by_number[mention.arrival]
            asked = arrival.envelope.transaction if meaning_of(arrival.message).deed != "answers" else None
            register.enter(arrival.message.travellers[mention.traveller], asked, person)
        return register

    # -- message by message

    def _repeat(self, arrival: Arrival) -> None:
        self._say_again(arrival.number, self._sorted.repeats[arrival.number])
        self._happens(arrival, "repeated")

    def _say_again(self, number: int, original: int) -> None:
        """Who is named in words that were said before is who was named then."""
        for at in range(len(self._by_number[number].message.travellers)):
            mention, again = Mention(original, at), Mention(number, at)
            if mention in self._asides:
                aside = self._asides[mention]
                self._asides[mention] = msgspec.structs.replace(aside, mentions=(*aside.mentions, again))
            elif mention in self._person_of:
                person = self._person_of[mention]
                self._person_of[again] = person
                self._clusters[person].mentions.append(again)

    def _apply(self, arrival: Arrival) -> None:
        meaning = meaning_of(arrival.message)
        if meaning.deed in ("aside", "nothing"):
            return
        place = self._sorted.of[arrival.number]
        transmission = self._sorted.transmissions[place]
        self._reopen(arrival, meaning)
        left = self._replace_bookings(arrival, place)
        deleted, others = _in_turn(arrival.message)
        for at in (*deleted, *others):
            self._mention(arrival, at, meaning, place)
        self._added.setdefault(place, set()).update(self._person_of[Mention(arrival.number, at)] for at in others)
        self._leave_bookings(arrival, left)
        self._answer(arrival)
        self._left[place] -= 1
        if not self._left[place]:
            self._finish(arrival, meaning, place, transmission)

    def _reopen(self, arrival: Arrival, meaning: Meaning) -> None:
        """A booking alone does not: reservation systems go on sending the bookings of a flight that is cancelled."""
        if self._status == "cancelled" and meaning.kind == "API" and meaning.deed in ("whole", "adds", "changes"):
            self._status = "open"
            self._happens(arrival, "reopened")

    def _mention(self, arrival: Arrival, at: int, meaning: Meaning, place: int) -> None:
        number = self._person_of[Mention(arrival.number, at)]
        person, traveller = self._persons[number], arrival.message.travellers[at]
        self._named.setdefault(place, set()).add(number)
        person.last = arrival.at
        off = _is_cancelled(traveller, arrival.message) and not self._changes_class(arrival, place, number)
        origin = self._origin(arrival, at, meaning, off)
        if person.status is None:
            person.first = arrival.at
            person.view.take(traveller, origin)
            self._add(arrival, person, meaning)
        elif meaning.deed == "answers":
            return  # what the government repeats of the question
        elif fields := person.view.take(traveller, origin):
            self._happens(arrival, "changed", person, fields)
        if meaning.deed != "answers":
            stream = _stream(arrival, _list_of(arrival.message, traveller, meaning))
            person.lists[stream] = _naming(arrival, traveller, meaning, person.lists.get(stream))
            person.left.discard(stream)
            self._lists.setdefault(stream, {})[number] = None
        status = _named_status(traveller, meaning, off)
        if status == "cancelled" and arrival.message.type == "PNRGOV" and self._booked.get(number):
            status = "booked"  # in another booking, which stands
        self._set(arrival, person, status, "named")

    def _changes_class(self, arrival: Arrival, place: int, person: int) -> bool:
        """Whether another part of an ADL, which came before, adds whom this one deletes."""
        return arrival.message.function == "ADL" and person in self._added.get(place, ())

    def _origin(self, arrival: Arrival, at: int, meaning: Meaning, off: bool) -> Origin:
        traveller, mention = arrival.message.travellers[at], Mention(arrival.number, at)
        if meaning.kind == "API":
            return Origin("API", None, mention)
        booking = _booking_of(traveller, arrival.message)
        key = (arrival.sender, (booking.locator if booking else None) or traveller.record_locator or "")
        stands = key in self._booked[self._person_of[mention]] if key in self._bookings else not off
        return Origin("PNR", key, mention, stands)

    def _add(self, arrival: Arrival, person: _Person, meaning: Meaning) -> None:
        says = _SAYS["added"]
        if meaning.deed in _UPDATES:
            says = _UNKNOWN_SO_FAR
            self._counts["PERSON_UNKNOWN"] += 1
        self._happens(arrival, "added", person, says=says)

    def _finish(self, arrival: Arrival, meaning: Meaning, place: int, transmission: Transmission) -> None:
        """Once all parts that came were applied: what the message says of those it does not name."""
        named = self._named.get(place, set())
        if transmission.whole and transmission.sender is not None:
            self._lapse(arrival, meaning, transmission)
        elif meaning.deed == "flight_cancelled":
            self._cancel_flight(arrival)
        elif meaning.deed == "flight_changed" and not self._refuse(arrival, self._persons):
            self._status = "changed"
            self._changed_to = self._other_legs(transmission)
            self._happens(arrival, "flight_changed")
        elif meaning.deed in ("closes", "closes_with", "closes_without"):
            if not self._refuse(arrival, self._persons):
                self._status = "closed"
                self._happens(arrival, "closed")
            self._board(arrival, meaning.deed, transmission, named)

    def _cancel_flight(self, arrival: Arrival) -> None:
        """Of a journey of several legs, one may be cancelled: who boards elsewhere still travels."""
        on_it = [person for person in self._persons if _is_about(arrival, person)]
        if not self._refuse(arrival, on_it):
            known = [each for each in self._persons if any(naming.speaks for naming in each.lists.values())]
            self._status = "cancelled" if all(_is_about(arrival, each) for each in known) else self._status
            self._happens(arrival, "flight_cancelled")
        for person in on_it:
            self._set(arrival, person, "cancelled", "flight")

    def _lapse(self, arrival: Arrival, meaning: Meaning, transmission: Transmission) -> None:
        first = min(self._by_number[number].order for number in transmission.arrivals)
        streams = [_stream(arrival, each) for each in _lists_of(arrival.message, transmission, meaning)]
        for stream in streams:
            for person in [self._persons[number] for number in self._lists.get(stream, ())]:
                if person.lists[stream].order < first and not (arrival.speaks and self._refuse(arrival, [person])):
                    self._leave_out(arrival, meaning, person, stream)

    def _leave_out(self, arrival: Arrival, meaning: Meaning, person: _Person, stream: _Stream) -> None:
        person.left.add(stream)
        if meaning.kind == "API" and _stands(person):
            self._refuse(arrival, [person], "lapse")  # who does not speak for the carrier is told of all the same
        elif meaning.kind == "API" or not _in_api(person):
            self._set(arrival, person, "no_longer_listed", "lapse")

    def _board(self, arrival: Arrival, deed: Deed, transmission: Transmission, named: set[int]) -> None:
        """Those not named. Crew is not in such lists, unless the list has some; nobody named, or a part missing, says
        nothing of the others, but CLNB without a name: nobody stayed behind."""
        if deed == "closes" or not transmission.complete or (deed == "closes_with" and not named):
            return
        crew_too = bool(transmission.assembled.crew)
        status: PersonStatus = "not_on_board" if deed == "closes_with" else "on_board"
        for number, person in enumerate(self._persons):
            if number in named or person.status is None or (person.view.traveller.capacity == "crew" and not crew_too):
                continue
            if self._concerns(person, transmission) and _is_about(arrival, person):
                self._set(arrival, person, status, "rest")

    def _concerns(self, person: _Person, transmission: Transmission) -> bool:
        """Whether a close-out speaks of a person it does not name: one of the sender's own lists, or only booked."""
        if not _in_api(person):
            return not person.view.traveller.placeholder
        return any(stream[0] == transmission.sender and stream[1] in _API_TYPES for stream in person.lists)

    def _other_legs(self, transmission: Transmission) -> tuple[Leg, ...]:
        known = {_moves(leg) for leg in self._journey.legs}
        messages = [self._by_number[number].message for number in transmission.arrivals]
        legs = [leg for message in messages for journey in message.journeys for leg in journey.legs]
        return tuple(leg for leg in dict.fromkeys(legs) if _moves(leg) not in known)

    # -- bookings

    def _replace_bookings(self, arrival: Arrival, place: int) -> dict[int, PersonStatus]:
        """A booking is replaced by its locator. Gives who is in no booking of the sender any more, and what has become
        of him: `no_longer_listed`, or cancelled with the booking. Parts of one transmission add to each other."""
        left: dict[int, PersonStatus] = {}
        ended: dict[int, list[_Booked]] = {}
        for locator, (persons, cancelled) in self._bookings_of(arrival).items():
            key = (arrival.sender, locator)
            before, old = self._bookings.get(key, (place, set()))
            members = persons | old if before == place or cancelled else persons
            self._bookings[key] = place, members
            for number in members | old:
                booked = self._booked.setdefault(number, set())
                if cancelled or number not in members:
                    booked.discard(key)
                    ended.setdefault(number, []).append(key)
                    left[number] = "cancelled" if cancelled else "no_longer_listed"
                else:
                    booked.add(key)
        for number, keys in sorted(ended.items()):
            if fields := self._persons[number].view.end(keys):
                self._happens(arrival, "changed", self._persons[number], fields)
        return {number: status for number, status in sorted(left.items()) if not self._booked[number]}

    def _bookings_of(self, arrival: Arrival) -> dict[str, tuple[set[int], bool]]:
        """Locator to the persons, and whether all of the bookings with it are cancelled."""
        found: dict[str, tuple[set[int], bool]] = {}
        for booking in arrival.message.bookings:
            if booking.locator and arrival.message.type == "PNRGOV":
                persons, cancelled = found.get(booking.locator, (set(), True))
                now = {self._person_of[Mention(arrival.number, at)] for at in _travellers(booking, arrival.message)}
                found[booking.locator] = persons | now, cancelled and booking.cancelled
        return found

    def _leave_bookings(self, arrival: Arrival, left: dict[int, PersonStatus]) -> None:
        for number, status in left.items():
            person = self._persons[number]
            if status == "cancelled":
                self._set(arrival, person, status, "named")
            elif not _in_api(person):
                self._set(arrival, person, status, "lapse")

    # -- answers

    def _answer(self, arrival: Arrival) -> None:
        message = arrival.message
        direct = len(message.travellers) == len(message.statuses)
        asked = arrival.envelope.transaction
        for at, (status, answer) in enumerate(answers_of(message, arrival.at, arrival.number)):
            found = [self._person_of[Mention(arrival.number, at)]] if direct else self._register.find(status, asked)
            for number in found:
                self._persons[number].answers.append(answer)
                self._happens(arrival, "answered", self._persons[number])
            self._counts["ANSWER_SHARED"] += len(found) > 1
            self._counts["ANSWER_UNKNOWN"] += not found and bool(status.reference or status.record_locator)

    # -- what is said of it

    def _set(self, arrival: Arrival, person: _Person, status: PersonStatus | None, cause: Cause) -> None:
        """The new status, where it may take the place of the present one."""
        if status is None or person.status == status:
            return
        if person.status is None:
            person.status = status if cause == "named" else None  # nobody has named him yet
            return
        if (
            status in _TAKEN_BACK
            and person.status in REPLACES[status, cause]
            and self._refuse(arrival, [person], cause)
        ):
            return
        if person.status in REPLACES[status, cause] and not (status == "booked" and self._holds(person)):
            person.status = status
            self._happens(arrival, status, person)

    def _refuse(self, arrival: Arrival, persons: Iterable[_Person], cause: Cause = "named") -> bool:
        """True, and noted, when others sent some of these persons, and the sender does not speak for the carrier: of
        this message, or of the lists that the person is in. Lists that left a person out have no say in another that
        does."""
        mine = carriers_of(arrival.message)
        for person in persons:
            for stream, naming in person.lists.items():
                if arrival.speaks:
                    foreign = naming.speaks and bool(naming.carriers) and not naming.carriers & mine
                else:
                    foreign = stream[0] != arrival.sender and not (cause == "lapse" and stream in person.left)
                if foreign:
                    self._refused.add(self._sorted.of[arrival.number])
                    return True
        return False

    def _holds(self, person: _Person) -> bool:
        """Whether a booking sent again does not bring the person back: the flight is cancelled, or lists of the carrier
        left him out."""
        return self._status == "cancelled" or (_in_api(person) and person.status == "no_longer_listed")

    def _happens(
        self,
        arrival: Arrival,
        kind: HappeningKind,
        person: _Person | None = None,
        fields: tuple[FieldChange, ...] = (),
        says: str | None = None,
    ) -> None:
        happening = Happening(
            at=arrival.at,
            arrival=arrival.number,
            kind=kind,
            person=person.key if person else None,
            fields=fields,
            says=says or _SAYS[kind],
        )
        self._history.append(happening)
        if person is not None and fields:
            person.changes.append(happening)

    def _problems(self) -> tuple[Problem, ...]:
        found = [problem for transmission in self._sorted.transmissions for problem in problems_of(transmission)]
        found += [_counted("SENDER_FOREIGN", len(self._refused))] if self._refused else []
        found += [_counted("REPEATED_LATE", len(self._sorted.late))] if self._sorted.late else []
        for code in ("PERSON_UNKNOWN", "ANSWER_SHARED", "ANSWER_UNKNOWN"):
            found += [_counted(code, self._counts[code])] if self._counts[code] else []
        return tuple(found)

    def _transmissions(self) -> tuple[Transmission, ...]:
        return tuple(
            msgspec.structs.replace(each, refused=True) if place in self._refused else each
            for place, each in enumerate(self._sorted.transmissions)
        )

    def _person_state(self, at: int) -> PersonState:
        person, cluster = self._persons[at], self._clusters[at]
        assert person.status is not None
        others = dict.fromkeys(digest[:_KEY_LENGTH] for digest in cluster.digests[1:])
        return PersonState(
            key=person.key,
            other_keys=tuple(key for key in others if key != person.key),
            traveller=person.view.traveller,
            papers=person.view.papers,
            status=person.status,
            mentions=tuple(sorted(tuple(mention) for mention in cluster.mentions)),  # type: ignore[misc]
            links=(
                *(
                    Tie(arrival=mention.arrival, traveller=mention.traveller, link=link)
                    for mention, link in cluster.joined
                ),
                *(
                    Tie(
                        arrival=hint.mention.arrival,
                        traveller=hint.mention.traveller,
                        person=self._keys[hint.cluster],
                        link=hint.link,
                    )
                    for hint in cluster.hints
                ),
            ),
            answers=tuple(person.answers),
            first_seen=person.first,
            last_seen=person.last,
            changes=tuple(person.changes),
        )


_API_TYPES: Final = frozenset(["PAXLST", "APP", "MANIFEST"])
_TAKEN_BACK: Final[frozenset[PersonStatus]] = frozenset(["cancelled", "no_longer_listed", "on_board", "not_on_board"])
"""What only those who speak for the carrier may say of persons whom others sent."""
_SAYS_OF_ALL: Final = {
    "SENDER_FOREIGN": "messages that cancel, close or leave out what others sent, from senders who are not known to"
    " send for this carrier; that was not applied. Ask the carrier whether it is true",
    "REPEATED_LATE": "lists or changes that say what an older one said, sent again after a newer one: taken as sent"
    " twice, not as a return to what was. Ask the sender when the newer one seems wrong",
    "PERSON_UNKNOWN": "persons named in a change, a cancellation or a close-out who were in no list before; they were"
    " added. A list may not have come",
    "ANSWER_SHARED": "answers whose reference several persons have; each of them got the answer",
    "ANSWER_UNKNOWN": "answers about travellers who are in no message of this journey; a question may not have come",
}


def _counted(code: str, count: int) -> Problem:
    says = _SAYS_OF_ALL[code]
    return Problem(code=code, severity=SEVERITY[code], says=f"{says} ({count} in this journey)")


def _identities(message: Message, places: Iterable[int]) -> dict[int, Identity]:
    travellers = message.travellers
    return {at: identity_of(travellers[at], _locators(travellers[at], message)) for at in places}


def _in_turn(message: Message) -> tuple[list[int], list[int]]:
    """The travellers of a message in the order to take them: those whom an ADL deletes, and all others."""
    deleted, others = list[int](), list[int]()
    for at, traveller in enumerate(message.travellers):
        (deleted if message.function == "ADL" and _is_cancelled(traveller, message) else others).append(at)
    return deleted, others


def _is_cancelled(traveller: Traveller, message: Message) -> bool:
    booking = _booking_of(traveller, message)
    return booking is not None and booking.cancelled


def _locators(traveller: Traveller, message: Message) -> Sequence[str]:
    booking = _booking_of(traveller, message)
    return () if booking is None else (*booking.locators, *([booking.locator] if booking.locator else []))


def _booking_of(traveller: Traveller, message: Message) -> Booking | None:
    at = traveller.booking
    return message.bookings[at] if at is not None and 0 <= at < len(message.bookings) else None


def _travellers(booking: Booking, message: Message) -> Iterable[int]:
    return (at for at in booking.travellers if 0 <= at < len(message.travellers))


def _named_status(traveller: Traveller, meaning: Meaning, off: bool) -> PersonStatus | None:
    """What a message says of a person by naming him; `off` in a booking that is cancelled."""
    if meaning.deed in ("closes_with", "closes_without"):
        return "on_board" if meaning.deed == "closes_with" else "not_on_board"
    if meaning.deed in ("cancels", "flight_cancelled") or (meaning.kind == "PNR" and off):
        return "cancelled"
    if traveller.checked_in or traveller.sequence:
        return "checked_in"
    return "booked" if meaning.kind == "PNR" else "listed"


def _list_of(message: Message, traveller: Traveller, meaning: Meaning) -> str:
    """Carriers make one table of the crew and another of the passengers (FAL 5 and 6), or one of both."""
    return "crew" if message.type == "MANIFEST" and traveller.capacity == "crew" else meaning.list


def _lists_of(message: Message, transmission: Transmission, meaning: Meaning) -> list[str]:
    """The lists that a whole list replaces; a table without crew says nothing of the crew."""
    if message.type != "MANIFEST":
        return [meaning.list]
    held = transmission.assembled
    return ["passengers"] * bool(held.passengers) + ["crew"] * bool(held.crew)


def _stream(arrival: Arrival, of: str) -> _Stream:
    """What a newer list replaces: one of the same sender, type and kind of person, for the same places."""
    places = [(leg.origin, leg.destination) for journey in arrival.message.journeys[:1] for leg in journey.legs]
    route = "/".join(f"{origin or ''}-{destination or ''}" for origin, destination in places)
    return arrival.sender, arrival.message.type, of, route


def _naming(arrival: Arrival, traveller: Traveller, meaning: Meaning, before: _Naming | None) -> _Naming:
    """Who is cancelled or closed out on some legs is not thereby on these legs only."""
    speaks = arrival.speaks
    if meaning.deed not in ("whole", "adds", "changes"):
        return before or _Naming(arrival.order, (None, None), frozenset(), False, speaks)
    whole = meaning.deed == "whole" or (before is not None and before.whole)
    return _Naming(arrival.order, _boards(arrival, traveller), carriers_of(arrival.message), whole, speaks)


def _boardings(arrival: Arrival) -> list[_Boarding]:
    return [(operator(leg)[0], leg.origin) for journey in arrival.message.journeys[:1] for leg in journey.legs]


def _boards(arrival: Arrival, traveller: Traveller) -> _Boarding:
    """Where the message has him board: where it says so, else on the first leg."""
    legs = _boardings(arrival) or [(None, None)]
    return next((leg for leg in legs if leg[1] and leg[1] == traveller.embarks), legs[0])


def _is_about(arrival: Arrival, person: _Person) -> bool:
    """Whether a message about the flight is about a person it does not name: it is of each leg on which he boards."""
    legs = _boardings(arrival)
    namings = [naming for naming in person.lists.values() if naming.speaks] or person.lists.values()
    return not legs or all(any(_may_be(leg, naming.boards) for leg in legs) for naming in namings)


def _may_be(one: _Boarding, other: _Boarding) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _stands(person: _Person) -> bool:
    """Whether he is on a list of the carrier of which no newer one leaves him out."""
    lists = person.lists.items()
    return any(naming.whole and stream[1] in _API_TYPES and stream not in person.left for stream, naming in lists)


def _in_api(person: _Person) -> bool:
    return any(stream[1] in _API_TYPES for stream in person.lists)


def _journey(ordered: Sequence[Arrival]) -> Journey:
    """The legs of the latest message of the most trusted type, from who speaks for the carrier where one does, and of a
    list before what cancels or closes some of the legs; a change of the flight is told apart from them."""
    best = (-1, False, False)
    journey = Journey(mode="air")
    for arrival in ordered:
        message, deed = arrival.message, meaning_of(arrival.message).deed
        trust = _TRUST_IN_LEGS.get(message.type, 0), arrival.speaks, deed in ("whole", "adds", "changes")
        if message.journeys and trust >= best and deed != "flight_changed":
            best, journey = trust, message.journeys[0]
    return journey


def _moves(leg: Leg) -> tuple[str | None, ...]:
    return leg.carrier, leg.number, leg.origin, leg.destination, leg.departs, leg.arrives


def _keys(clusters: Iterable[Cluster]) -> list[str]:
    """Those whom nothing tells apart are numbered in their order."""
    counts: Counter[str] = Counter()
    keys = []
    for cluster in clusters:
        key = cluster.digests[0][:_KEY_LENGTH]
        counts[key] += 1
        keys.append(key if counts[key] == 1 else f"{key}-{counts[key]}")
    return keys
