"""PNRGOV: the reservations of a flight (IATA/ICAO/WCO PNRGOV implementation guide, 10.1 to 21.1).

A message has a head (the flight) and one block for each booking, which begins with SRC. Within a booking the order of
segments says what they belong to: contacts and office, then travellers (TIF), then the itinerary (TVL) with what
departure control knows, then history (ABI). Senders leave groups out and put segments where the guide has none, so a
segment is read by its tag and by how far the booking has come, and no order costs a traveller.

What must not be stored (docs/reference/sensitive.md) is found here and never becomes part of a record or a problem.
"""

import datetime as dt
from collections.abc import Callable
from enum import IntEnum
from typing import Final

import msgspec
from rapidfuzz.distance import OSA

from vigie.messages import sensitive
from vigie.messages.edifact.grammar import Run, Segment
from vigie.messages.edifact.service import Service
from vigie.messages.fields import shapes, ssr_docs
from vigie.messages.fields.values import Values
from vigie.messages.findings import Findings, shown
from vigie.messages.pnr import history, segments, slots
from vigie.messages.pnr.bags import bags
from vigie.messages.pnr.booking import Record, Ticket
from vigie.messages.pnr.dates import Dates
from vigie.messages.pnr.people import Person, is_infant_type, letters, person
from vigie.messages.pnr.removals import Removals
from vigie.messages.pnr.segments import Flight
from vigie.messages.pnr.services import Services, is_for_several, reference, settle_infants
from vigie.messages.pnr.travellers import Travellers
from vigie.records import Announced, Booking, Journey, Message, Traveller

_FUNCTIONS: Final = frozenset(["22", "23", "141"])
"""MSG 1225: all bookings of the flight, an answer to a request, those that changed."""
_FARE, _PAYER = "15", "43"
"""IFT 4451: fare calculation, who pays. All others are free text."""
_ADDRESS_TEXT: Final = 7
"""Component of ADD with a telephone or a remark; before it purpose, street, town, region twice, country, post code."""
_LONGEST_CODE: Final = 3
_DAMAGED: Final = "numbers damaged by a spreadsheet (a decimal fraction); left out"
_NO_SRC: Final = "bookings without SRC behind the itinerary of another; each was read as one of its own"
_ANOTHER: Final = "travellers in departure control with the reference of another; each became a traveller of its own"
_ONE_MORE: Final = (
    "travellers in departure control of a name that another had there before; each became a traveller of its own"
)
_IN_ORDER: Final = "travellers in departure control of one name, whom no reference tells apart; taken in the order sent"
_EMPTY: Final = "TIF with nothing in it; what follows is about nobody known"
_NO_OWNER: Final = "this belongs to a traveller, but no traveller comes before it; its content is in no record"


class Stage(IntEnum):
    """How far the message has come."""

    HEAD = 0
    BOOKING = 1
    """Group 1."""
    PEOPLE = 2
    """Groups 2 to 4."""
    ITINERARY = 3
    """Groups 5 to 9."""
    HISTORY = 4
    """Groups 10 to 12."""


class Pnrgov:
    """Reads one PNRGOV message, segment by segment."""

    def __init__(self, header: Segment, service: Service, as_of: dt.date, findings: Findings) -> None:
        self._service, self._as_of, self._findings = service, as_of, findings
        self._removals = Removals(service, findings)
        self._dates = Dates(as_of, findings)
        self._values = Values(findings, as_of, ssr_docs.date)
        self._services = Services(service.component, self._removals, findings)
        self._function: str | None = None
        self._flights: list[Flight] = []
        self._announced: Segment | None = None
        self._count = 0
        self._held: list[Segment] = []
        """An RCI behind the itinerary and what follows, until it shows whether a booking begins with it."""
        self._broken: int | None = None
        """Where something in between could not be read."""
        self._bookings: list[Booking] = []
        self._travellers: list[Traveller] = []
        self._begin(header.at, Stage.HEAD)

    def begins_group(self, segment: Segment) -> bool:
        """A booking."""
        return segment.tag == "SRC"

    def take(self, segment: Segment) -> None:
        """The next segment between UNH and UNT."""
        if segment.tag != "RCI" and not self._held:
            self._read(segment)
            return
        begins = segment.tag == "RCI" and self._may_begin(segment)
        if begins or (self._held and segment.tag not in _BEHIND_RCI):
            self._held.append(segment)
        else:
            self._release(segment)
            self._read(segment)

    def take_run(self, run: Run, take: Callable[[Segment], None]) -> None:
        """Clean segments in a row. Of the usual forms nothing has to be removed; the others go to `take`."""
        usuals = {tag: (slots.usual(tag, self._service).fullmatch, _HANDLERS.get(tag)) for tag in slots.TAGS - {"RCI"}}
        component, element = self._service.component, self._service.element
        enter, begin = self._findings.enter, run.before
        for raw, start, end in zip(run.raws, run.starts, [*run.starts[1:], run.end], strict=True):
            tag, size, begin = raw[:3], end - begin, end
            usual, handler = usuals.get(tag, (None, None))
            known = usual is not None and not self._held and usual(raw) is not None
            if known and handler is None:  # in no record: it need not be split
                enter(size)
                continue
            segment = Segment(tag, [part.split(component) for part in raw.split(element)], start, raw, size)
            if known and handler is not None:
                enter(size)
                handler(self, segment)
            else:
                take(segment)

    def _read(self, segment: Segment) -> None:
        handler = _HANDLERS.get(segment.tag)
        if handler is not None:
            handler(self, slots.cleaned(segment, self._removals))
        elif segment.tag in _UNDERSTOOD:
            slots.cleaned(segment, self._removals)
        else:
            self._unknown(segment)

    def _unknown(self, segment: Segment) -> None:
        """What it holds is not known, so it is not stored. One built like a TIF is one whose tag was damaged."""
        if Stage.BOOKING <= self._stage <= Stage.ITINERARY and OSA.distance(segment.tag, "TIF") == 1:
            if segment.value(1).isalpha() and segment.value(2, 1).upper() in _TRAVELLER_TYPES:
                says = "a segment of an unknown tag that is built like a traveller; read as one"
                self._findings.add("DAMAGED_TAG", segment.tag, segment.at, says)
                self._tif(slots.cleaned(segment._replace(tag="TIF"), self._removals))
                return
            self.interrupted(segment.at)
        elif self._stage == Stage.ITINERARY and OSA.distance(segment.tag, "TRI") == 1:
            self.interrupted(segment.at)
        self._findings.count("UNKNOWN_SEGMENT", segment.tag, segment.at, "segments this message type does not have")
        self._findings.remove(segment.at + len(segment.tag), segment.position(len(segment.raw)), "UNREAD")

    def complete(self, message: Message, last: bool = True) -> Message:
        """The message with the bookings read since the last `forget`, and the flight it is about."""
        self._release(None)
        self._close()
        if last and self._announced is not None:
            self._check_announced(self._announced)
        findings = self._findings if last else Findings()
        legs = tuple(flight.leg(findings) for flight in self._flights)
        return msgspec.structs.replace(
            message,
            function=self._function,
            journeys=(Journey(mode="air", legs=legs),) if legs else (),
            travellers=tuple(self._travellers),
            bookings=tuple(self._bookings),
            announced=self._totals(),
        )

    def _totals(self) -> Announced | None:
        declared = _number(self._announced.value(1)) if self._announced is not None else None
        return None if declared is None else Announced(bookings=declared)

    def forget(self) -> None:
        """Drops the bookings read so far; the flight and the function stay."""
        self._bookings, self._travellers = [], []

    def sent(self, day: str | None) -> None:
        """The day the interchange was sent (UNB), by which the first dates are judged."""
        self._dates.sent = dt.date.fromisoformat(day[:10]) if day and len(day) >= 10 else None

    # -- bookings

    def _begin(self, at: int, stage: Stage) -> None:
        self._record = Record(at)
        self._stage = stage
        self._early = False
        """The booking began before its SRC, or has none."""
        self._person: Person | None = None
        self._present: Person | None = None
        """Whom departure control speaks of."""
        self._boarding: tuple[str, str] | None = ("", "")
        """Sequence number and reference of a TRI whose TIF has not come. None: it could not be read."""
        self._checked_in: str | None = None
        self._nonair: str | None = None
        self._dividing = self._paying = False

    def _src(self, segment: Segment) -> None:
        self._count += 1
        if self._early and self._record.is_empty:
            # RCI and the like came before SRC: the head of this booking.
            self._early = False
            return
        self._close()
        self._begin(segment.at, Stage.BOOKING)

    def _may_begin(self, segment: Segment) -> bool:
        """True for an RCI behind the itinerary with a locator that its booking does not have.

        It is that of a segment in another system, or a booking begins whose SRC is missing.
        """
        if self._stage < Stage.ITINERARY or self._dividing or self._held:
            return False
        locators = _locators(segment)
        return bool(locators) and not self._record.has_locator(locators)

    def _release(self, follows: Segment | None) -> None:
        """Reads what was held back. With travellers behind it, who were not there before, it is another booking."""
        held, self._held = self._held, []
        broken, self._broken = self._broken, None
        if held and follows is not None and follows.tag == "TIF" and self._names_others(follows, held):
            self._findings.count("SEGMENT_ORDER", "RCI", held[0].at, _NO_SRC)
            self._count += 1
            self._close()
            self._begin(held[0].at, Stage.BOOKING)
        if broken is not None:
            self.interrupted(broken)
        for segment in held:
            self._read(segment)

    def _names_others(self, segment: Segment, held: list[Segment]) -> bool:
        """True when a TIF cannot repeat a traveller: RCI tells when a booking was made, or nobody is known so.

        A carrier that the booking has no locator of tells when it took its segment in; so the name decides. The time
        of check-in is only sent behind a segment.
        """
        if any(one.tag == "DAT" and "2" in map(one.value, range(1, len(one.elements))) for one in held):
            return False
        family, given, people = segment.value(1), segment.value(2), self._record.people
        if self._is_of_own_system(held[0]):
            if any(len(part) in (6, 8) for element in held[0].elements[1:] for part in element[2:]):
                return True
        elif people.is_spelt(family, given):
            return False
        named = person(family, given, "", segment.at)
        named.reference, named.type = segment.value(2, 2).upper(), segment.value(2, 1).upper() or None
        return people.repeated(named).person is None

    def _is_of_own_system(self, head: Segment) -> bool:
        """True when an RCI has a carrier of the booking's own locators, or nothing says that it has not."""
        own = {whole.rpartition(":")[0] for whole in self._record.locators} - {""}
        sent = {head.value(at).upper() for at in range(1, len(head.elements))} - {""}
        return not own or not sent or not own.isdisjoint(sent)

    def _open(self) -> Record:
        """The booking a segment belongs to. There is one without SRC, too."""
        if self._stage == Stage.HEAD:
            self._begin(self._record.at, Stage.BOOKING)
            self._early = True
        return self._record

    def _close(self) -> None:
        """Makes records of the booking that was being read."""
        if self._stage == Stage.HEAD:
            return
        record, pushed = self._record, self._flights[0] if self._flights else None
        for segment, under in record.waiting:
            self._services.take(segment, record, under, False)
        settle_infants(record, self._findings)
        record.settle(pushed, self._findings)
        build = Travellers(self._values, self._findings, self._dates.near)
        first = len(self._travellers)
        booking = record.booking(range(first, first + len(record.people.all)), build, self._findings)
        self._travellers += record.travellers(booking, len(self._bookings), pushed, build)
        self._bookings.append(booking)
        self._begin(record.at, Stage.HEAD)

    def _check_announced(self, segment: Segment) -> None:
        """EQN counts the whole push, of which this message may be a part: only fewer than there are is wrong."""
        declared = _number(segment.value(1))
        if declared is not None and self._count > declared:
            says = f"EQN announces {declared} bookings, the message holds {self._count}"
            self._findings.add("COUNT_MISMATCH", "EQN", segment.at, says)

    # -- head

    def _msg(self, segment: Segment) -> None:
        """The function of the message, and in a booking the kind of service that the next TVL is (group 9)."""
        if self._stage != Stage.HEAD or self._flights:
            self._open()
            self._nonair = segment.value(1) or segment.value(1, 1) or None
            return
        code = segment.value(1, 1) or segment.value(1)
        self._function = code or None
        if code and code not in _FUNCTIONS:
            says = f"functions of the message that are not known here: {shown(code)}"
            self._findings.count("UNKNOWN_CODE", "MSG", segment.at, says)

    def _org(self, segment: Segment) -> None:
        """The office that booked. An ORG that is only its tag says that the booking, or its segment, was cancelled.

        One with separators and nothing between them says nothing: some systems print it for every booking.
        """
        if self._stage == Stage.HEAD:
            return
        record = self._record
        if len(segment.elements) == 1:
            self._cancelled(record)
        elif self._stage <= Stage.PEOPLE and record.agency is None:
            parts = [segment.value(1), segment.value(1, 1), segment.value(2)]
            record.agency = "/".join(filter(None, parts)) or None

    def _cancelled(self, record: Record) -> None:
        if self._stage <= Stage.PEOPLE:
            record.cancelled = True
        elif self._stage == Stage.ITINERARY and record.segments:
            record.cancelled_segments += 1
            record.history.cancelled(record.segments[-1].name())

    def _eqn(self, segment: Segment) -> None:
        if self._stage == Stage.HEAD:
            self._announced = self._announced or segment
        elif self._stage == Stage.BOOKING:
            self._record.size = _number(segment.value(1))
        else:
            self._dividing = True

    # -- group 1

    def _rci(self, segment: Segment) -> None:
        """Locators, and when the booking was made: `RCI+ZV:Q7TX2B:1:021026:1425`, with the type left out or not."""
        record = self._open()
        for element in range(1, len(segment.elements)):
            locator = segment.value(element, 1).upper()
            if not locator or self._stage == Stage.HISTORY:  # of a segment that was: nothing to be found by now
                continue
            carrier = segment.value(element).upper()
            whole = f"{carrier}:{locator}" if carrier else locator
            if self._dividing:
                record.split.append(locator)
            elif self._stage >= Stage.ITINERARY:
                record.segment_locators.append(whole)
            else:
                record.departure_control |= segment.value(element, 2) == "C" and not record.locators
                record.locators.append(whole)
            self._created(record, segment, element)

    def _created(self, record: Record, segment: Segment, element: int) -> None:
        if record.created is not None or self._dividing:
            return
        parts = [segment.value(element, at) for at in range(2, len(segment.elements[element]))]
        at = next((at for at, part in enumerate(parts) if len(part) in (6, 8)), None)
        if at is not None:
            time = parts[at + 1] if at + 1 < len(parts) else ""
            record.created = self._dates.moment(parts[at], time, "RCI", segment.at)

    def _dat(self, segment: Segment) -> None:
        """Times in UTC: of the last change (700), of ticketing (710), of check-in (2), and of an entry of history."""
        record = self._open()
        for element in range(1, len(segment.elements)):
            qualifier = segment.value(element)
            if qualifier == "3":
                self._removals.texts(segment, element, 1)
                return
            moment = self._moment(segment, element)
            if self._stage == Stage.HISTORY:
                zone = "Z" if qualifier.startswith("Z") and moment and "T" in moment else ""
                record.history.dated(moment + zone if moment else None)
            elif qualifier in _DAT:
                self._dated(record, _DAT[qualifier], moment)
            elif qualifier or moment:
                says = f"dates with a qualifier that is not known here: {shown(qualifier)}"
                self._findings.count("UNKNOWN_QUALIFIER", "DAT", segment.at, says)

    def _moment(self, segment: Segment, element: int) -> str | None:
        return self._dates.moment(segment.value(element, 1), segment.value(element, 2), "DAT", segment.at)

    def _dated(self, record: Record, field: str, moment: str | None) -> None:
        if moment is not None and "T" in moment:
            moment += "Z"
        if field == "checked_in":
            self._leaves(("", ""))
            self._checked_in = moment
        elif moment is not None and getattr(record, field) is None:
            setattr(record, field, moment)

    def _add(self, segment: Segment) -> None:
        """An address, of the booking, of a traveller or of who pays, with a telephone or e-mail behind it."""
        record = self._open()
        owner = self._person if self._stage == Stage.PEOPLE and not self._paying else None
        for element in range(2, len(segment.elements)):
            text = segment.elements[element][_ADDRESS_TEXT] if segment.value(element, _ADDRESS_TEXT) else ""
            kept = self._removals.text(segment, element, _ADDRESS_TEXT, sensitive.bare) if text else []
            if self._stage == Stage.HISTORY:
                for part in kept:
                    record.history.known(part, text)
                continue  # an address that was is in no record
            record.keep(kept, text, owner, self._findings)
            street, town, region, region_name, country, post = (segment.value(element, at) for at in range(1, 7))
            lines = tuple(filter(None, [street, town, region, region_name, post]))
            if lines or country:
                kind = "billing" if self._paying else "contact"
                (owner.addresses if owner is not None else record.addresses).append((kind, country, lines))

    def _ift(self, segment: Segment) -> None:
        """Text. Of free text only what a rule knows is kept."""
        record = self._open()
        kind = segment.value(1, 1)
        for index, value in enumerate(segment.components(1)):
            if len(value) > _LONGEST_CODE:
                self._removals.part(segment, 1, index)
        parts = [value for components in segment.elements[2:] for value in components]
        if kind == _FARE and sensitive.is_fare_calculation(" ".join(parts)):
            return
        if kind == _PAYER and self._stage != Stage.HISTORY and self._payer(segment, record):
            return
        owner = self._person if self._stage == Stage.PEOPLE else None
        for element in range(2, len(segment.elements)):
            for index, value in enumerate(segment.elements[element]):
                if not value.strip():
                    continue
                kept = self._removals.text(segment, element, index)
                if self._stage == Stage.HISTORY:
                    for part in kept:
                        record.history.known(part, value)
                else:
                    record.keep(kept, value, owner, self._findings)

    def _payer(self, segment: Segment, record: Record) -> bool:
        """Who pays: name, address and telephone in three elements. False when the text is not of this form."""
        name, address, telephone = segment.value(2), segment.value(3), segment.value(4)
        if len(segment.elements) > 5 or not shapes.numbered_street(address):
            return False
        if telephone and (not sensitive.is_telephone(telephone) or any(map(str.isalpha, telephone))):
            return False
        if any(map(str.isdigit, name)) or "_" in name + address + telephone:
            return False
        record.addresses.append(("billing", "", tuple(filter(None, [name, address, telephone]))))
        return True

    # -- travellers

    def _tif(self, segment: Segment) -> None:
        """A traveller; in later groups, somebody named before."""
        record = self._open()
        family = segment.value(1)
        for element in range(2, max(len(segment.elements), 3)):
            given, reference = segment.value(element), segment.value(element, 2).upper()
            empty = not (given or reference or (element == 2 and (family or segment.value(2, 1))))
            if empty and element == 2 and self._stage != Stage.HISTORY:
                self._findings.count("NAME_MISSING", "TIF", segment.at, _EMPTY)
                self.interrupted(segment.at)
            elif empty:
                continue
            elif self._stage == Stage.HISTORY:
                record.history.note("name", f"{family}/{given}" if given else family)
            elif self._stage == Stage.ITINERARY:
                self._boards(self._traveller(segment, element))
            else:
                self._person = self._traveller(segment, element)
                self._stage, self._paying = Stage.PEOPLE, False

    def interrupted(self, at: int) -> None:
        """What stands here could not be read and may have named a traveller.

        What follows is then about that one, without a name, and never about the one before. In departure control, where
        travellers are named again, it is nobody's.
        """
        if self._held:
            self._broken = at
        elif self._stage == Stage.ITINERARY:
            self._leaves(None)
        elif self._stage in (Stage.BOOKING, Stage.PEOPLE):
            nobody = self._record.people.interrupted(at)
            if self._stage == Stage.PEOPLE:
                self._person, self._paying = nobody, False

    def _traveller(self, segment: Segment, element: int) -> Person:
        """The traveller a TIF names. In group 2 it is a new one: two travellers may have one name."""
        people = self._record.people
        given, type_ = segment.value(element), segment.value(element, 1).upper()
        parts = [self._service.component.join(segment.components(1)), given]
        new = person(segment.value(1), given, self._service.element.join(filter(None, parts)), segment.at)
        new.type = type_ or None
        new.group = segment.value(1, 1).upper() == "G" or type_ == "G"
        new.infant = is_infant_type(type_)
        new.reference = segment.value(element, 2).upper()
        later = self._stage == Stage.ITINERARY
        known = self._repeated(new) if later else people.twin(new.family, new.given, new.reference)
        if known is None:
            return people.add(new, people.last_adult, later)
        if known.unnamed and new.family and not new.unnamed and not new.group:
            people.becomes(known, new)
        elif new.family and letters(new.family + new.given) != letters(known.family + known.given):
            known.spellings.append((new.family, new.given, new.raw))
        return known

    def _repeated(self, new: Person) -> Person | None:
        """Whom a TIF in departure control means. What is not certain is told."""
        people = self._record.people
        # A sequence number is that of the first TIF behind it.
        sequence = self._boarding[0] if self._boarding else ""
        known, guessed = people.repeated(new, len(self._record.segments) - 1, sequence)
        if known is not None:
            people.refer(known, new.reference)
        if guessed:
            self._findings.count("REFERENCE_UNKNOWN", "TIF", new.at, _IN_ORDER)
        elif known is None and people.referred(new.reference) is not None:
            self._findings.count("TRAVELLER_ADDED", "TIF", new.at, _ANOTHER)
        elif known is None and people.is_one_more(new):
            self._findings.count("TRAVELLER_ADDED", "TIF", new.at, _ONE_MORE)
        return known

    def _owner(self, segment: Segment) -> Person | None:
        owner = self._person if self._stage == Stage.PEOPLE else None
        if owner is None:
            self._findings.add("NO_OWNER", segment.tag, segment.at, _NO_OWNER)
        return owner

    def _fti(self, segment: Segment) -> None:
        owner = self._owner(segment)
        for element in range(1, len(segment.elements) if owner is not None else 0):
            carrier, number = segment.value(element).upper(), segment.value(element, 1)
            if owner is not None and number:
                owner.loyalty.append(f"{carrier}:{number}" if carrier else number)

    def _ref(self, segment: Segment) -> None:
        """The carrier's own reference of the traveller. Elsewhere it is of no use here."""
        if self._stage == Stage.PEOPLE and self._person is not None and self._person.unique is None:
            self._person.unique = segment.value(1, 1) or segment.value(1) or None

    def _tkt(self, segment: Segment) -> None:
        """A ticket. Ticketless carriers send only a code (`:700`)."""
        number = segment.value(1)
        if not number:
            return
        if "." in number:
            self._findings.count("NUMBER_DAMAGED", "TKT", segment.at, _DAMAGED)
        elif (owner := self._owner(segment)) is not None:
            self._record.tickets.append(Ticket(number, owner, owner.infant, segment.at))

    def _fop(self, segment: Segment) -> None:
        """Forms of payment: their code and that of the card's company. ADD and IFT behind it are those of the payer."""
        record = self._open()
        self._paying = self._stage <= Stage.PEOPLE
        for element in range(1, len(segment.elements)):
            self._removals.card(segment, element)
            if self._stage == Stage.HISTORY:
                continue
            code, company = segment.value(element).upper(), segment.value(element, 3).upper()
            if code.isalpha() and len(code) <= 3:
                record.payment.append(f"{code}:{company}" if company.isalpha() and len(company) <= 3 else code)

    def _ssr(self, segment: Segment) -> None:
        record = self._open()
        under = self._person if self._stage == Stage.PEOPLE else None
        if self._stage <= Stage.PEOPLE and sensitive.may_keep(segment.value(1)):
            sent = reference(segment)
            if under is None or is_for_several(segment) or (sent and record.people.referred(sent) is None):
                record.waiting.append((segment, under))
                return
        self._services.take(segment, record, under, self._stage == Stage.HISTORY)

    # -- itinerary

    def _tvl(self, segment: Segment) -> None:
        """The flight of the message, a segment of the booking, a service that is no transport, or a change of them."""
        if self._stage == Stage.HEAD:
            self._head_flight(segment)
            return
        record = self._record
        if self._stage == Stage.HISTORY:
            record.history.note("segment", segments.flight(segment, self._dates, self._findings).name())
            return
        self._stage = Stage.ITINERARY
        if segments.is_continuation(segment) and record.segments:
            _continue(record.segments[-1], segment)
            return
        flight = segments.flight(segment, self._dates, self._findings)
        if self._nonair is not None:
            flight.kind, flight.service = "service", self._nonair
            self._nonair = None
        record.segments.append(flight)
        self._dividing = False
        self._leaves(("", ""))

    def _head_flight(self, segment: Segment) -> None:
        if self._flights and segments.is_continuation(segment):
            _continue(self._flights[-1], segment)
            return
        flight = segments.flight(segment, self._dates, self._findings)
        self._flights.append(flight)
        if self._dates.flight is None and flight.departs:
            self._dates.flight = dt.date.fromisoformat(flight.departs[:10])

    def _last_flight(self) -> Flight | None:
        if self._stage == Stage.HEAD:
            return self._flights[-1] if self._flights else None
        return self._record.segments[-1] if self._record.segments and self._stage == Stage.ITINERARY else None

    def _tra(self, segment: Segment) -> None:
        """Who operates the flight, from 14.1 on."""
        flight = self._last_flight()
        if flight is not None:
            flight.operating_carrier = segment.value(1).upper() or flight.operating_carrier
            flight.operating_number = segment.value(2).lstrip("0").upper() or flight.operating_number

    def _rpi(self, segment: Segment) -> None:
        flight = self._last_flight()
        if flight is not None:
            flight.places_booked, flight.status = _number(segment.value(1)), segment.value(2).upper()

    # -- departure control

    def _tri(self, segment: Segment) -> None:
        self._present, self._boarding = None, (segment.value(2), segment.value(2, 3).upper())

    def _leaves(self, boarding: tuple[str, str] | None) -> None:
        """What comes next is not about the traveller before."""
        self._checked_in, self._present, self._boarding = None, None, boarding

    def _boards(self, one: Person) -> None:
        presence = self._record.presence(one)
        presence.checked_in = self._checked_in
        presence.sequence = (self._boarding[0] if self._boarding else "") or presence.sequence
        self._present, self._boarding = one, ("", "")

    def _boarded(self, segment: Segment) -> Person | None:
        """Whom SSD or TBD is about: the TIF before it, else the reference of the TRI, else the only traveller."""
        if self._present is None:
            people, reference = self._record.people, self._boarding[1] if self._boarding else None
            # Of a reference that nobody has, or that could not be read, the only traveller is not meant.
            found = people.only() if reference == "" else people.referred(reference or "")
            if found is None:
                self._findings.add("NO_OWNER", segment.tag, segment.at, _NO_OWNER)
                return None
            self._boards(found)
        return self._present

    def _ssd(self, segment: Segment) -> None:
        if self._stage == Stage.HISTORY:
            self._record.history.note("seat", segment.value(1).upper() or None)
            return
        owner = self._boarded(segment) if segment.value(1) else None
        if owner is not None:
            owner.seat(segment.value(1).upper())

    def _tbd(self, segment: Segment) -> None:
        found = bags(segment)
        if self._stage == Stage.HISTORY:
            self._record.history.note("bag", f"{found.pieces or 0} {found.weight or ''}".strip())
            return
        if found.wrong:
            says = "the number of bags is not a number below 10000"
            self._findings.add("BAD_NUMBER", "TBD", segment.at, says)
        owner = self._boarded(segment)
        if owner is not None:
            presence = self._record.presence(owner)
            presence.bags, presence.weight, presence.tags = found.pieces, found.weight, found.tags

    # -- history

    def _abi(self, segment: Segment) -> None:
        record = self._open()
        self._stage, self._dividing = Stage.HISTORY, False
        for element, component in history.misplaced(segment):
            self._removals.part(segment, element, component)
        record.history.begin(segment)

    def _sac(self, segment: Segment) -> None:
        record = self._open()
        self._stage, self._dividing = Stage.HISTORY, False
        record.history.item(segment)

    def _lts(self, segment: Segment) -> None:
        record = self._open()
        for element in range(1, len(segment.elements)):
            for index, value in enumerate(segment.elements[element]):
                if value.strip():
                    self._removals.text(segment, element, index, history.line_kept)
                    record.history.line(value)


def _continue(flight: Flight, segment: Segment) -> None:
    """The second TVL of a code share has the number of the carrier that operates."""
    flight.operating_number = segment.value(5).lstrip("0").upper()


def _locators(segment: Segment) -> set[str]:
    return {value for at in range(1, len(segment.elements)) if (value := segment.value(at, 1).upper())}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


_BEHIND_RCI: Final = frozenset(["TIF", "TVL", "TRI", "SSD", "TBD", "SRC", "ABI", "SAC", "LTS"])
"""Segments that show what an RCI behind an itinerary belongs to."""
_TRAVELLER_TYPES: Final = frozenset(["A", "C", "G", "U", "IN", "IS", "CH", "ADT", "CHD", "CNN", "INF", "INS"])
"""TIF 6353, as senders write it."""
_DAT: Final = {"700": "changed", "710": "ticketed", "2": "checked_in"}
_UNDERSTOOD: Final = frozenset(["APD", "EBD", "FAR", "MON", "PTK", "TXD"])
"""Aircraft, excess baggage, fare, money, fare rule and tax: understood, and in no record."""
_HANDLERS: Final[dict[str, Callable[[Pnrgov, Segment], None]]] = {
    "SRC": Pnrgov._src,
    "MSG": Pnrgov._msg,
    "ORG": Pnrgov._org,
    "EQN": Pnrgov._eqn,
    "RCI": Pnrgov._rci,
    "DAT": Pnrgov._dat,
    "ADD": Pnrgov._add,
    "IFT": Pnrgov._ift,
    "TIF": Pnrgov._tif,
    "FTI": Pnrgov._fti,
    "REF": Pnrgov._ref,
    "TKT": Pnrgov._tkt,
    "FOP": Pnrgov._fop,
    "SSR": Pnrgov._ssr,
    "TVL": Pnrgov._tvl,
    "TRA": Pnrgov._tra,
    "RPI": Pnrgov._rpi,
    "TRI": Pnrgov._tri,
    "SSD": Pnrgov._ssd,
    "TBD": Pnrgov._tbd,
    "ABI": Pnrgov._abi,
    "SAC": Pnrgov._sac,
    "LTS": Pnrgov._lts,
}
