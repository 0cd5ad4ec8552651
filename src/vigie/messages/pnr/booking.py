"""One booking of PNRGOV while it is read, and the record that becomes of it."""

import datetime as dt
from typing import Final

import msgspec

from vigie.messages import sensitive
from vigie.messages.edifact.grammar import Segment
from vigie.messages.fields.ssr_docs import DocaItem, DocoItem
from vigie.messages.findings import Findings
from vigie.messages.pnr.contacts import contact
from vigie.messages.pnr.history import History
from vigie.messages.pnr.people import Paper, People, Person, Presence, Remark, Slip, still_there
from vigie.messages.pnr.segments import Flight
from vigie.messages.pnr.travellers import Travellers
from vigie.messages.sensitive import Kept
from vigie.records import Booking, Contact, Traveller

_REMARKS: Final[dict[Remark, tuple[str, str]]] = {
    "other_name": (
        "DOCUMENT_NAME",
        "documents whose name is not that of the traveller they were sent with; given to that traveller",
    ),
    "other_reference": (
        "DOCUMENT_NAME",
        "documents with a reference to one traveller and exactly the name of another; given to the one of that name",
    ),
    "same_names": (
        "DOCUMENT_NAME",
        "documents of one of several travellers with the same name, whom nothing tells apart; given in the order sent",
    ),
    "undecided": (
        "DOCUMENT_NAME",
        "documents of one of several travellers with the same name who are not alike, and nothing shows of which; each "
        "became a traveller of its own",
    ),
    "unknown_reference": (
        "REFERENCE_UNKNOWN",
        "documents with a reference that no traveller of the booking has, or several; given by their names or place",
    ),
    "nobody": (
        "TRAVELLER_ADDED",
        "documents or infants that fit no traveller named in their booking; each became a traveller of its own",
    ),
}
"""Code and words for what is to be said of documents."""
_OF_A_STRANGER: Final = (
    "documents removed in the history, of names that fit nobody in the booking; only among its changes"
)
_ELSEWHERE: Final = "visas and addresses of travellers whom neither reference nor place shows; a visa is in no record"
_TURNED: Final = "code shares with the operating number first, as the flight of the message shows; put in their places"
_UNOWNED: Final = "services that do not say which of several travellers they are for; in no record"
_DAMAGED: Final = "numbers damaged by a spreadsheet (a decimal fraction); left out"


class Ticket(msgspec.Struct):
    """A ticket number and whose it is. Settled at the end, when all infants are known."""

    number: str
    owner: Person | None
    infant: bool
    at: int
    reference: str = ""
    """Of the traveller, as sent: when nobody has it, the only traveller is not meant."""

    @property
    def stem(self) -> str:
        """The number without coupon."""
        return self.number.partition("C")[0]


class Record(msgspec.Struct):
    """What has been read of a booking so far."""

    at: int
    people: People = msgspec.field(default_factory=People)
    history: History = msgspec.field(default_factory=History)
    waiting: list[tuple[Segment, Person | None]] = []
    """Services for a traveller who may be named later, and the traveller they stand under."""
    papers: list[Paper] = []
    added: list[tuple[Paper, str | None]] = []
    """Documents that the history added, and when."""
    removed: list[tuple[Paper, str | None]] = []
    """Documents that the history removed, and when."""
    slips: list[Slip] = []
    tickets: list[Ticket] = []
    infants: list[tuple[str, str, str | None, Person | None, int]] = []
    """Of SSR INFT: family and given name, birth date, the adult, position."""
    segments: list[Flight] = []
    cancelled_segments: int = 0
    locators: list[str] = []
    segment_locators: list[str] = []
    """Of RCI beside a segment: the booking's own where group 1 has none."""
    _known: set[str] = set()
    _counted: tuple[int, int] = (0, 0)
    """Locators without carrier, and how many of both lists are among them."""
    departure_control: bool = False
    created: str | None = None
    changed: str | None = None
    ticketed: str | None = None
    agency: str | None = None
    cancelled: bool = False
    size: int | None = None
    payment: list[str] = []
    contacts: list[Contact] = []
    addresses: list[tuple[str, str, tuple[str, ...]]] = []
    split: list[str] = []
    services: list[str] = []

    @property
    def is_empty(self) -> bool:
        """True while nothing came that a booking must not lose."""
        return not (self.people.all or self.papers or self.segments)

    def has_locator(self, sent: set[str]) -> bool:
        """True for locators that are known already, whatever carrier they were sent with."""
        own, beside = self._counted
        new = [*self.locators[own:], *self.segment_locators[beside:]]
        self._counted = len(self.locators), len(self.segment_locators)
        self._known.update(whole.rpartition(":")[2] for whole in new)
        return not self._known.isdisjoint(sent)

    def keep(self, kept: list[Kept], text: str, owner: Person | None, findings: Findings, reference: str = "") -> None:
        """Puts what was recognised in a text into its field, of the traveller when it is one's, else of the booking."""
        for part in kept:
            value = text[part.start : part.end]
            if part.kind == "damaged":
                findings.count("NUMBER_DAMAGED", None, self.at, _DAMAGED)
            elif part.kind == "locator":
                self.locators.append(f"{value[-8:-6]}:{value[-6:]}")
            elif part.kind == "ticket":
                number = max(sensitive.digits_of(value), key=len)
                self.tickets.append(Ticket(number, owner, "INF" in value, self.at, reference))
            elif (found := contact(part, text)) is not None:
                (owner.contacts if owner is not None else self.contacts).append(found)

    def presence(self, person: Person) -> Presence:
        """What departure control says of a traveller on the last segment."""
        here = len(self.segments) - 1
        if not person.presences or person.presences[-1].flight != here:
            person.presences.append(Presence(flight=here))
        return person.presences[-1]

    # -- the end

    def settle(self, pushed: Flight | None, findings: Findings) -> None:
        """Finds the owners of documents and tickets, which takes the whole booking."""
        papers = [*self.papers, *still_there(self.added, self.removed)]
        for remark, paper in self.people.attach(papers, self._day(pushed)):
            code, says = _REMARKS[remark]
            findings.count(code, "SSR", paper.at, says)
        for paper in self.people.strangers(self.removed, self.added):
            findings.count("DOCUMENT_NAME", "SSR", paper.at, _OF_A_STRANGER)
        for slip in self.slips:
            self._slip(slip, findings)
        holders: dict[tuple[bool, str], Person] = {}
        infants = [one for one in self.people.all if one.infant]
        for ticket in self.tickets:
            owner = self._holder(ticket, infants) or holders.get((ticket.infant, ticket.stem))
            if owner is None and not ticket.infant and not ticket.reference:
                owner = self.people.only()
            if owner is None:
                findings.count("REFERENCE_UNKNOWN", "SSR", ticket.at, _UNOWNED)
                continue
            owner.tickets.append(ticket.number)
            holders.setdefault((ticket.infant, ticket.stem), owner)
        self.people.drop_bare()
        for segment in self.segments if pushed else []:
            if pushed is not None and segment.turn_around(pushed):
                findings.count("VALUE_INVALID", "TVL", segment.at, _TURNED)

    def _day(self, pushed: Flight | None) -> dt.date | None:
        """Of travel: of the flight of the message, else of the first segment that has one."""
        days = [flight.departs[:10] for flight in ([pushed] if pushed else []) + self.segments if flight.departs]
        return dt.date.fromisoformat(days[0]) if days else None

    def _slip(self, slip: Slip, findings: Findings) -> None:
        """A visa, a number with a government or an address to its traveller; an address of nobody to the booking."""
        item, owner = slip.item, self.people.owner(slip)
        if slip.reference and self.people.referred(slip.reference) is None and owner is not None:
            code, says = _REMARKS["unknown_reference"]
            findings.count(code, "SSR", slip.at, says)
        elif owner is None and (isinstance(item, DocoItem) or slip.reference or item.infant):
            findings.count("REFERENCE_UNKNOWN", "SSR", slip.at, _ELSEWHERE)
        if isinstance(item, DocaItem):
            if owner is not None:
                owner.places.append(item)
            else:
                kind = {"R": "residence", "D": "destination"}.get(item.kind or "", "other")
                self.addresses.append((kind, item.country_raw or "", item.lines))
        elif owner is not None and item.type in ("R", "K"):
            owner.numbers += [item.number] if item.number else []
        elif owner is not None:
            owner.visas.append(item)

    def _holder(self, ticket: Ticket, infants: list[Person]) -> Person | None:
        """Whose a ticket is: the traveller's it was sent with, or the infant's who goes with that one."""
        if not ticket.infant or (ticket.owner is not None and ticket.owner.infant):
            return ticket.owner
        candidates = self.people.infants_of(ticket.owner) if ticket.owner is not None else infants
        return candidates[0] if len(candidates) == 1 else None

    def booking(self, travellers: range, build: Travellers, findings: Findings) -> Booking:
        named = [locator.rpartition(":")[2] for locator in (self.locators or self.segment_locators)]
        cancelled = self.cancelled or (bool(self.segments) and self.cancelled_segments >= len(self.segments))
        return Booking(
            locator=named[0] if named else None,
            created=self.created,
            segments=tuple(segment.leg(findings) for segment in self.segments),
            travellers=tuple(travellers),
            changes=tuple(self.history.changes),
            payment=tuple(dict.fromkeys(self.payment)),
            contacts=tuple(dict.fromkeys(self.contacts)),
            locators=tuple(dict.fromkeys([*self.locators, *self.segment_locators])),
            departure_control=self.departure_control,
            changed=self.changed,
            ticketed=self.ticketed,
            agency=self.agency,
            addresses=tuple(dict.fromkeys(build.address(*address, self.at) for address in self.addresses)),
            cancelled=cancelled,
            size=self.size,
            split=tuple(dict.fromkeys(self.split)),
            services=tuple(dict.fromkeys(self.services)),
        )

    def travellers(self, booking: Booking, index: int, pushed: Flight | None, build: Travellers) -> list[Traveller]:
        """The travellers' records, with where they get on and off the flight of the message, as the booking has it."""
        flight = next((at for at, one in enumerate(self.segments) if pushed is not None and one.is_same(pushed)), -1)
        ends = {}
        if flight >= 0:
            leg = self.segments[flight]
            ends = {"embarks": leg.origin or None, "disembarks": leg.destination or None}
        built = [build.traveller(one, index, booking.locator, flight) for one in self.people.all]
        return [msgspec.structs.replace(one, **ends) for one in built] if ends else built
