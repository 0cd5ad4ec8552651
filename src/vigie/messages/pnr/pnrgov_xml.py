"""PNRGOV in XML (IATA_PNRGOV_NotifRQ), the optional supplement of the EDIFACT message.

Elements are found by their local names; pnrgov_xml.tsv beside this file lists what is read, and on what knowledge that
rests. Whatever is not on it is counted as unknown and not stored: in this form, too, only what is known may be kept.
From an element to a traveller the way is that of the EDIFACT message.
"""

import csv
import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from typing import Final

import msgspec

from vigie.messages import sensitive
from vigie.messages.fields import shapes, ssr_docs
from vigie.messages.fields.ssr_docs import SEXES, DocaItem, DocoItem, DocsItem, without_filler
from vigie.messages.fields.values import Values
from vigie.messages.findings import UNKNOWN, Findings
from vigie.messages.pnr.booking import Record, Ticket
from vigie.messages.pnr.people import Paper, Person, Slip, is_infant_type, person
from vigie.messages.pnr.removals import Finder
from vigie.messages.pnr.segments import Flight
from vigie.messages.pnr.services import infant_named, settle_infants
from vigie.messages.pnr.travellers import Travellers
from vigie.messages.pnr.xml_tree import Aside, Node, Value, tree
from vigie.messages.sensitive import CARD, FREE_TEXT, SERVICE, Kept
from vigie.records import Booking, Journey, Message, Traveller

ROOT: Final = "IATA_PNRGOV_NotifRQ"
_REMOVED: Final = "parts that must not be stored: special services, free text, card data. They are in no record"
_UNKNOWN: Final = "elements or attributes that are not known here, or words beside them; left out"
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?")
_NO_DATE: Final = "this is no date and time (2026-11-23T05:40); it is left empty. Ask the carrier"
_UNNAMED: Final = "an infant whose name cannot be read: family name, slash, given name and birth date are expected"
_OF_XML: Final = ("xmlns", "schemaLocation")
_LONG_NUMBERS: Final = frozenset(["TicketDocumentNbr", "TravelDocNbr"])
"""Attributes whose numbers may have the length and the check digit of a short card number."""
_CODE, _INFANT, _TEXT = "SSR_Code", "INFT", "."
"""The attribute with the code of a service, that of an infant without seat, and what stands for an element's text."""
_DOCUMENTS: Final = frozenset(["DOCS", "DOCO", "DOCA"])
_CONTACTS: Final[dict[tuple[str, str], Finder]] = {
    ("ContactInfo", "PhoneNumber"): sensitive.bare,
    ("ContactInfo", "EmailAddress"): sensitive.recognised,
}
"""Element and attribute of a contact, and how it is found among other words."""
_MOMENTS: Final = frozenset(
    [
        *("ArrivalDateTime", "DepartureDateTime", "PNR_CreationDate", "PNR_TransDate", "LastTktDate"),
        *("TimeStamp", "DateOfIssue", "Date", "Time"),
    ]
)
"""Attributes of times. One that is none is told, whether its words are still there or not."""
_WORD: Final = re.compile(r"[^\W\d_]{4}")
_UUID: Final = re.compile(r"[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}", re.IGNORECASE)
_BLANK: Final = "-"
"""What some senders put where there is nothing."""


@functools.cache
def known() -> dict[tuple[str, str], str]:
    """Use of an attribute by element (with its parent, or without) and name; `.` is the text."""
    text = resources.files("vigie.messages.pnr").joinpath("pnrgov_xml.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    return {(row["element"], row["attribute"]): row["use"] for row in rows}


def read(data: bytes, as_of: dt.date, blank: Message) -> Iterator[Message]:
    """The messages of a document, at least one. Never raises on content; what a cut document has is read."""
    document = tree(data)
    roots, around = _roots(document.top)
    roots = roots or [document.top]
    for at, root in enumerate(roots):
        begin = root.at if at else 0
        end = roots[at + 1].at if at + 1 < len(roots) else len(data)
        reader = _Reader(as_of, blank)
        reader.aside([aside for aside in [*document.asides, *around] if begin <= aside.start < end])
        yield reader.message(root, begin, end, document.whole or at + 1 < len(roots))


def _roots(node: Node) -> tuple[list[Node], list[Aside]]:
    """The messages, and what stands in elements around them: nobody reads it."""
    found: list[Node] = []
    around: list[Aside] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one.name == ROOT:
            found.append(one)
            waiting += _taken_out(one)
            continue
        named = (value for name, value in one.attributes.items() if not name.startswith(_OF_XML))
        said = (value for value in [*named, *one.texts] if not sensitive.says_nothing(value.text))
        around += [Aside(value.start, value.end, False) for value in said]
        waiting += reversed(one.children)
    return sorted(found, key=lambda root: root.at), around if found else []


def _taken_out(root: Node) -> list[Node]:
    """Messages within this one, whose end was lost: they are none of its elements."""
    taken: list[Node] = []
    waiting = [root]
    while waiting:
        one = waiting.pop()
        inner = [child for child in one.children if child.name == ROOT]
        if inner:
            taken += inner
            one.children = [child for child in one.children if child.name != ROOT]
        waiting += one.children
    return taken


class _Reader:
    """Reads one message."""

    def __init__(self, as_of: dt.date, blank: Message) -> None:
        self._as_of, self._blank = as_of, blank
        self._findings = Findings()
        self._values = Values(self._findings, as_of, ssr_docs.date)

    def aside(self, asides: list[Aside]) -> None:
        """Removes comments and instructions, which are somebody's words, and what could not be read."""
        for aside in asides:
            self._findings.remove(aside.start, aside.end, FREE_TEXT if aside.written else "UNREAD")
            if aside.written:
                self._findings.count("SENSITIVE_REMOVED", None, aside.start, _REMOVED)
            else:
                self._findings.count("UNKNOWN_ELEMENT", None, aside.start, _UNKNOWN)

    def message(self, root: Node, begin: int, end: int, whole: bool) -> Message:
        self._findings.enter(end - begin)
        self._clean(root)
        if not whole:
            says = "the document ends within an element, or a tag is damaged; what stands before and behind is read"
            self._findings.count("TRUNCATED", None, root.at, says)
        flights = [self._flight(leg, leg) for leg in root.all("FlightLeg")]
        bookings, travellers = self._bookings(root, flights[0] if flights else None)
        legs = tuple(flight.leg(self._findings) for flight in flights)
        # Findings about one value are not about the whole document.
        self._findings.leave_apart(0, UNKNOWN)
        return msgspec.structs.replace(
            self._blank,
            journeys=(Journey(mode="air", legs=legs),) if legs else (),
            travellers=tuple(travellers),
            bookings=tuple(bookings),
            account=self._findings.account(),
            removals=self._findings.removals(),
            problems=self._findings.problems(),
        )

    # -- what must not be stored

    def _clean(self, top: Node) -> None:
        """Removes what may not be stored; what is removed is emptied, so that nothing after this can use it."""
        waiting = [(top, Node("", 0))]
        while waiting:
            node, parent = waiting.pop()
            if _is_service(node) and not sensitive.may_keep(node.get(_CODE)):
                self._empty(node, SERVICE)
                node.attributes, node.texts, node.children = {}, [], []
                continue
            judged = {name: self._left(node, parent, name, value) for name, value in node.attributes.items()}
            node.attributes = {name: value for name, value in judged.items() if value is not None}
            texts = [self._left(node, parent, _TEXT, value) for value in node.texts]
            node.texts = [value for value in texts if value is not None]
            waiting += [(child, node) for child in node.children]

    def _left(self, node: Node, parent: Node, name: str, value: Value) -> Value | None:
        """What of a value may be kept."""
        use = known().get((f"{parent.name}/{node.name}", name)) or known().get((node.name, name))
        if sensitive.says_nothing(value.text):
            return value if "_" not in value.text or name in _MOMENTS or use == "text" else None
        if name == _CODE:
            return value
        if use == "known":
            return self._field(node, name, value)
        if use == "text":
            is_infant = parent.get(_CODE).upper() == _INFANT
            return self._text(node, value, _infant_kept if is_infant else sensitive.recognised)
        if use == "card":
            self._remove(node, value.start, value.end, CARD)
        elif name.startswith(_OF_XML):
            return value
        else:
            self._findings.count("UNKNOWN_ELEMENT", None, node.at, _UNKNOWN)
            self._findings.leave_apart(value.end - value.start, UNKNOWN)
            self._findings.remove(value.start, value.end, "UNREAD")
        return None

    def _field(self, node: Node, name: str, value: Value) -> Value | None:
        """What of a known place is of its form; of a name in a document, what stands before other words."""
        if (node.name, name) in _CONTACTS:
            return self._text(node, value, _CONTACTS[node.name, name])
        code, end = FREE_TEXT, len(value.text)
        if sensitive.cards(value.text, name in _LONG_NUMBERS):
            code, end = CARD, 0
        elif node.name in _DOCUMENTS and name in _NAMES:
            end = shapes.end_of_name(value.text)
        elif not _form(node, name)(without_filler(value.text)):
            end = 0
        rest = value.text[end:]
        if sensitive.says_nothing(rest) and "_" not in rest:
            return value
        if not sensitive.says_nothing(rest):
            start = value.place(end)
            # With references in it no place is known: the name goes with the words behind it.
            end, start = (end, start) if start is not None else (0, value.start)
            self._remove(node, start, value.end, code)
        left = "_" if name in _MOMENTS else without_filler(value.text[:end] + " _")
        return Value(left, value.start, value.end, value.width)

    def _text(self, node: Node, value: Value, find: Finder) -> Value | None:
        """What is found in free text. One written with references or in other letters goes whole, if anything goes."""
        gone = sensitive.removed(value.text, find(value.text))
        if gone and not value.is_plain:
            self._remove(node, value.start, value.end, FREE_TEXT)
            return None
        for start, end in gone:
            self._remove(node, value.start + start * value.width, value.start + end * value.width, FREE_TEXT)
        return Value(ssr_docs.blanked(value.text, gone), value.start, value.end, value.width) if gone else value

    def _empty(self, node: Node, code: str) -> None:
        waiting = [node]
        while waiting:
            one = waiting.pop()
            for value in [*one.attributes.values(), *one.texts]:
                if not sensitive.says_nothing(value.text):
                    self._remove(one, value.start, value.end, code)
            waiting += one.children

    def _remove(self, node: Node, start: int, end: int, code: str) -> None:
        self._findings.count("SENSITIVE_REMOVED", None, node.at, _REMOVED)
        self._findings.remove(start, end, code)

    # -- journey and segments

    def _flight(self, node: Node, airline: Node) -> Flight:
        """A leg of the flight or a segment of a booking: `FlightLeg` or `Flight`."""
        operating, marketing = node.first("OperatingAirline"), node.first("MarketingAirline")
        seller = marketing.get("Code") or airline.get("CarrierCode") or operating.get("Code")
        number = (
            airline.get("FlightNumber") if node.name == "FlightLeg" else marketing.get("FlightNumber")
        ) or operating.get("FlightNumber")
        places = node.get("NumberInParty")
        return Flight(
            at=node.at,
            carrier=seller.upper(),
            number=number.upper().removeprefix(seller.upper() if seller and number[:2].isalpha() else ""),
            origin=node.first("DepartureAirport").get("LocationCode").upper(),
            destination=node.first("ArrivalAirport").get("LocationCode").upper(),
            departs=self._moment(node, "DepartureDateTime"),
            arrives=self._moment(node, "ArrivalDateTime"),
            operating_carrier=operating.get("Code").upper() if operating.get("Code") != seller else "",
            operating_number=operating.get("FlightNumber").lstrip("0") if operating.get("Code") != seller else "",
            booking_class=node.get("ResBookDesigCode").upper(),
            status=node.get("Status").upper(),
            places_booked=int(places) if places.isdecimal() and len(places) < 6 else None,
        )

    def _moment(self, node: Node, attribute: str) -> str | None:
        """As sent, without seconds; a zone behind it is not kept, because the standard has local times."""
        sent = node.get(attribute)
        if not sent or sent == _BLANK:
            return None
        found = _MOMENT.match(sent)
        try:
            if found is not None:
                text = f"{found[1]}T{found[2]}" if found[2] else found[1]
                dt.datetime.fromisoformat(text)
                return text
        except ValueError:
            pass
        self._findings.add("BAD_DATE", node.name, node.at, _NO_DATE)
        return None

    # -- bookings

    def _bookings(self, root: Node, pushed: Flight | None) -> tuple[list[Booking], list[Traveller]]:
        day = dt.date.fromisoformat(pushed.departs[:10]) if pushed and pushed.departs else self._as_of
        build = Travellers(self._values, self._findings, day)
        bookings: list[Booking] = []
        travellers: list[Traveller] = []
        for node in root.within(["PNR"]):
            record = self._record(node)
            settle_infants(record, self._findings)
            record.settle(None, self._findings)
            span = range(len(travellers), len(travellers) + len(record.people.all))
            booking = record.booking(span, build, self._findings)
            travellers += record.travellers(booking, len(bookings), pushed, build)
            bookings.append(booking)
        return bookings, travellers

    def _record(self, node: Node) -> Record:
        places = node.get("NumberOfPassengers")
        record = Record(
            node.at,
            size=int(places) if places.isdecimal() and len(places) < 6 else None,
            created=self._moment(node, "PNR_CreationDate"),
            changed=self._moment(node, "PNR_TransDate"),
            ticketed=self._moment(node, "LastTktDate"),
        )
        for reference in node.all("BookingRefID"):
            carrier, locator = reference.first("CompanyName").get("Code"), reference.get("ID")
            record.locators += [f"{carrier}:{locator}" if carrier else locator] if locator else []
        source = node.first("POS", "Source")
        parts = [source.get("AirlineVendorID"), source.get("AirportCode") or source.get("PseudoCityCode")]
        record.agency = "/".join(filter(None, [*parts, source.first("RequestorID").get("ID")])) or None
        for contact in node.all("ContactInfo"):
            self._contact(contact, record)
        for flight in node.all("Flight"):
            record.segments.append(self._flight(flight, flight))
        passengers = list(node.within(["Passenger"], but=["PNR"]))
        references = Counter(passenger.get("RPH").upper() for passenger in passengers)
        for passenger in passengers:
            new = self._passenger(passenger, record)
            # Where several have one reference, only where a document stands tells whose it is.
            self._documents(passenger, record, new, new.reference if references[new.reference] == 1 else "")
        for service in filter(_is_service, node.children):
            self._service(service, record, None)
        self._documents(node, record, None, "")
        return record

    def _contact(self, node: Node, record: Record) -> None:
        for (_, name), find in _CONTACTS.items():
            sent = node.get(name).strip(_BLANK)
            record.keep(find(sent), sent, None, self._findings)
        names = ("StreetNmbr", "AddressLine", "CityName", "StateProv", "PostalCode")
        lines = [part.text().strip(_BLANK) for name in names for part in node.all(name)]
        country = node.first("CountryName").text().strip(_BLANK)
        if any(lines) or country:
            record.addresses.append(("contact", country, tuple(filter(None, lines))))

    def _passenger(self, node: Node, record: Record) -> Person:
        given = " ".join(part.text() for name in ("GivenName", "MiddleName") for part in node.all(name))
        family = " ".join(part.text() for part in node.all("Surname"))
        new = person(family, given, f"{family}/{given}" if given else family, node.at, "XML")
        new.type = node.get("PassengerTypeCode") or node.first("FareInfo").get("PTC_Code") or None
        new.infant = is_infant_type((new.type or "").upper())
        new.reference = node.get("RPH").upper()
        record.people.add(new, record.people.last_adult)
        for loyalty in node.all("CustLoyalty"):
            number = loyalty.get("MembershipID")
            new.loyalty += [f"{loyalty.get('ProgramID')}:{number}".lstrip(":")] if number else []
        for ticket in node.all("TicketDocument"):
            number = ticket.get("TicketDocumentNbr")
            record.tickets += [Ticket(number, new, new.infant, ticket.at)] if number else []
            for payment in ticket.all("PaymentInfo"):
                parts = [payment.get("PaymentType").upper(), payment.get("VendorCode").upper()]
                record.payment.append(":".join(part for part in parts if part.isalpha() and len(part) <= 3))
        for service in filter(_is_service, node.children):
            self._service(service, record, new)
        return new

    def _service(self, node: Node, record: Record, owner: Person | None) -> None:
        code = node.get("SSR_Code").upper()
        if not code:
            return
        if code not in ("OTHS", "SEAT", "DOCS", "DOCA", "DOCO"):
            record.services.append(code)
        for text in [text.text for child in [*node.all("Text"), *node.all("TEXT")] for text in child.texts]:
            if code == _INFANT:
                self._infant(text, node, record, owner)
            else:
                record.keep(sensitive.recognised(text), text, owner, self._findings)

    def _infant(self, text: str, node: Node, record: Record, owner: Person | None) -> None:
        found = infant_named(text)
        if found is None or not found["given"]:
            self._findings.add("FIELD_UNPLACED", node.name, node.at, _UNNAMED)
        if found is not None and owner is not None and owner.infant:
            owner.birth = owner.birth or found["birth"]
        elif found is not None:
            record.infants.append((found["family"].strip(), found["given"].strip(), found["birth"], owner, node.at))

    def _documents(self, node: Node, record: Record, owner: Person | None, reference: str) -> None:
        """Documents at whatever depth below a traveller, or below the booking and no traveller."""
        for found in node.within(_DOCUMENTS, but=["Passenger", "PNR"]):
            if found.name == "DOCS":
                record.papers.append(Paper(found.at, _docs(found), reference, owner))
            else:
                item = _doco(found) if found.name == "DOCO" else _doca(found)
                record.slips.append(Slip(found.at, item, "", owner))


def _is_service(node: Node) -> bool:
    """A special service; those of documents have an element of another name."""
    return "SSR_Code" in node.attributes


def _sent(node: Node, attribute: str) -> str | None:
    return without_filler(node.get(attribute)).strip(_BLANK) or None


def _infant_kept(text: str) -> list[Kept]:
    """The name and the birth date of an infant."""
    found = infant_named(text)
    return [Kept("name", 0, found.end())] if found else sensitive.recognised(text)


def _form(node: Node, name: str) -> shapes.Shape:
    if name == _TEXT:
        return _FORMS_OF_TEXT.get(node.name, shapes.anything)
    if node.name in _DOCUMENTS:
        return _FORMS.get(name, shapes.anything)
    return _FORMS_ELSEWHERE.get(name, shapes.code)


def _date(text: str) -> bool:
    """A date, with a time or not, or what was to be one."""
    return len(text) <= 25 and " " not in text and any(map(str.isdigit, text))


def _moment(text: str) -> bool:
    """As `_date`, with parts of seconds and a zone, but no word."""
    return len(text) <= 35 and any(map(str.isdigit, text)) and not _WORD.search(text)


def _identifier(text: str) -> bool:
    return shapes.reference(text) or shapes.locator(text) or shapes.office(text) or _UUID.fullmatch(text) is not None


def _indicator(text: str) -> bool:
    return text.upper() in ("TRUE", "FALSE") or shapes.code(text)


_NAMES: Final = frozenset(["Surname", "FirstGivenName", "SecondGivenName"])
_FORMS: Final[dict[str, shapes.Shape]] = {
    **dict.fromkeys(["TravelDocType", "Gender", "AddressType"], shapes.function),
    **dict.fromkeys(["IssuingLoc", "PaxNationality", "CountryState", "Country"], shapes.state),
    **dict.fromkeys(["DateOfBirth", "ExpiryDate", "DateOfIssue"], _date),
    **dict.fromkeys(["BirthLocation", "PlaceOfIssue", "CityName", "StateProvCounty"], shapes.place),
    "TravelDocNbr": shapes.number,
    "Address": shapes.street,
    "PostalCode": shapes.postal,
}
"""Fields of DOCS, DOCO and DOCA by their attributes, as they are in EDIFACT."""
_FORMS_OF_TEXT: Final[dict[str, shapes.Shape]] = {"CountryName": shapes.place, "PostalCode": shapes.postal}
"""By element; names and addresses are kept as sent, as they are in EDIFACT."""
_FORMS_ELSEWHERE: Final[dict[str, shapes.Shape]] = {
    **dict.fromkeys(_MOMENTS, _moment),
    **dict.fromkeys("AgentSine CorrelationID ID MembershipID PseudoCityCode RPH".split(), _identifier),
    **dict.fromkeys("SurnameRefNumber SystemCode TransactionIdentifier".split(), _identifier),
    **dict.fromkeys("NonEndorsableInd NonRefundableInd PenaltyRestrictionInd PrimaryDocInd".split(), _indicator),
    "FlightNumber": shapes.flight_number,
}
"""Attributes of all other elements; those that are not named are codes, numbers and amounts."""


def _docs(node: Node) -> DocsItem:
    given = " ".join(filter(None, [_sent(node, "FirstGivenName"), _sent(node, "SecondGivenName")]))
    sex, kind = (node.get("Gender") or "").upper(), _sent(node, "TravelDocType")
    family = _sent(node, "Surname")
    return DocsItem(
        action=None,
        type=kind.upper() if kind else None,
        issuer_raw=_sent(node, "IssuingLoc"),
        number="".join((_sent(node, "TravelDocNbr") or "").split()).upper() or None,
        nationality_raw=_sent(node, "PaxNationality"),
        birth=_sent(node, "DateOfBirth"),
        sex_raw=sex or None,
        expiry=_sent(node, "ExpiryDate"),
        family=family,
        given=given or None,
        name_raw="/".join(filter(None, [family, _sent(node, "FirstGivenName"), _sent(node, "SecondGivenName")])),
        infant=sex in SEXES and sex.endswith("I"),
        holder=False,
        association=None,
        repairs=(),
    )


def _doca(node: Node) -> DocaItem:
    lines = [_sent(node, name) for name in ("Address", "CityName", "StateProvCounty", "PostalCode")]
    return DocaItem(None, _sent(node, "AddressType"), _sent(node, "Country"), tuple(filter(None, lines)), False, None)


def _doco(node: Node) -> DocoItem:
    return DocoItem(
        action=None,
        birth_place=_sent(node, "BirthLocation"),
        type=_sent(node, "TravelDocType"),
        number="".join((_sent(node, "TravelDocNbr") or "").split()).upper() or None,
        issue_place=_sent(node, "PlaceOfIssue"),
        issued=_sent(node, "DateOfIssue"),
        valid_for=_sent(node, "CountryState"),
        infant=False,
        association=None,
    )
