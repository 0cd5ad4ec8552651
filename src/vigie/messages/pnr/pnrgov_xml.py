"""PNRGOV in XML (IATA_PNRGOV_NotifRQ), the optional supplement of the EDIFACT message.

Elements are found by their local names; pnrgov_xml.tsv beside this file lists what is read, and on what knowledge that
rests. Whatever is not on it is counted as unknown and not stored: in this form, too, only what is known may be kept.
From an element to a traveller the way is that of the EDIFACT message.
"""

import csv
import datetime as dt
import functools
import re
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
from vigie.messages.pnr.people import Paper, Person, is_infant_type, person
from vigie.messages.pnr.segments import Flight
from vigie.messages.pnr.travellers import Travellers
from vigie.messages.pnr.xml_tree import Aside, Node, Value, tree
from vigie.messages.sensitive import CARD, FREE_TEXT, SERVICE
from vigie.records import Booking, Contact, Journey, Message, Traveller

ROOT: Final = "IATA_PNRGOV_NotifRQ"
_REMOVED: Final = "parts that must not be stored: special services, free text, card data. They are in no record"
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?")
_NO_DATE: Final = "this is no date and time (2026-11-23T05:40); it is left empty. Ask the carrier"
_OF_XML: Final = ("xmlns", "schemaLocation")
_LONG_NUMBERS: Final = frozenset(["PhoneNumber", "TravelDocNbr"])
"""Attributes whose numbers may have the length and the check digit of a card."""
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
            continue
        named = (value for name, value in one.attributes.items() if not name.startswith(_OF_XML))
        said = (value for value in [*named, *one.texts] if not sensitive.says_nothing(value.text))
        around += [Aside(value.start, value.end, False) for value in said]
        waiting += reversed(one.children)
    return found, around if found else []


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

    def message(self, root: Node, begin: int, end: int, whole: bool) -> Message:
        self._findings.enter(end - begin)
        self._clean(root, "")
        if not whole:
            says = "the document ends within an element: it was cut off, and what came before is read"
            self._findings.count("TRUNCATED", None, root.at, says)
        flight = self._flight(root.first("FlightLeg"), root.first("FlightLeg"))
        given = bool(root.all("FlightLeg"))
        bookings, travellers = self._bookings(root, flight if given else None)
        # Findings about one value are not about the whole document.
        self._findings.leave_apart(0, UNKNOWN)
        return msgspec.structs.replace(
            self._blank,
            journeys=(Journey(mode="air", legs=(flight.leg(self._findings),)),) if given else (),
            travellers=tuple(travellers),
            bookings=tuple(bookings),
            account=self._findings.account(),
            removals=self._findings.removals(),
            problems=self._findings.problems(),
        )

    # -- what must not be stored

    def _clean(self, top: Node, parent: str) -> None:
        """Removes what may not be stored; what is removed is emptied, so that nothing after this can use it."""
        waiting = [(top, parent)]
        while waiting:
            node, parent = waiting.pop()
            code = node.get("SSR_Code").upper()
            if _is_service(node) and not sensitive.may_keep(code):
                if not sensitive.is_filler(code):
                    self._empty(node, SERVICE)
                node.attributes, node.texts, node.children = {}, [], []
                continue
            for name, value in [*node.attributes.items(), *((".", text) for text in node.texts)]:
                self._judge(node, parent, name, value)
            waiting += [(child, node.name) for child in node.children]

    def _judge(self, node: Node, parent: str, name: str, value: Value) -> None:
        use = known().get((f"{parent}/{node.name}", name)) or known().get((node.name, name))
        if sensitive.says_nothing(value.text):
            return
        if use == "known" and name not in _LONG_NUMBERS and sensitive.cards(value.text, name == "TicketDocumentNbr"):
            use = "card"
        if use == "known":
            if parent == "DOC_SSR":
                self._field(node, name, value)
            return
        if use is None:
            if name.startswith(_OF_XML):
                return
            says = "elements or attributes that are not known here; left out"
            self._findings.count("UNKNOWN_ELEMENT", None, node.at, says)
            self._findings.leave_apart(value.end - value.start, UNKNOWN)
            self._findings.remove(value.start, value.end, "UNREAD")
        elif use == "card":
            self._remove(node, value.start, value.end, CARD)
        else:
            self._text(node, value)
            return
        node.attributes.pop(name, None)
        node.texts = [text for text in node.texts if text is not value]

    def _field(self, node: Node, name: str, value: Value) -> None:
        """A field of a document, of which what is not of its form is removed; of a name, what stands behind it."""
        end = len(value.text)
        if name in _NAMES and value.is_plain:
            end = shapes.end_of_name(value.text)
        elif name in _FORMS and not _FORMS[name](without_filler(value.text)):
            end = 0
        if end == len(value.text) or sensitive.says_nothing(value.text[end:]):
            return
        self._remove(node, value.start + end * value.width, value.end, FREE_TEXT)
        node.attributes[name] = Value(without_filler(value.text[:end] + " _"), value.start, value.end, value.width)

    def _text(self, node: Node, value: Value) -> None:
        """Free text. One that is written with references or in other letters goes whole, unless nothing is to go."""
        gone = sensitive.removed(value.text, sensitive.recognised(value.text))
        if not gone:
            return
        if not value.is_plain:
            gone = [(0, (value.end - value.start) // value.width)]
            node.texts = [text for text in node.texts if text is not value]
        for start, end in gone:
            self._remove(node, value.start + start * value.width, value.start + end * value.width, FREE_TEXT)

    def _empty(self, node: Node, code: str) -> None:
        waiting = [node]
        while waiting:
            one = waiting.pop()
            for value in [*one.attributes.values(), *one.texts]:
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
        for node in root.all("PNRs", "PNR") or root.all("PNR"):
            record = self._record(node)
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
        for passenger in node.all("Passenger"):
            self._passenger(passenger, record)
        for service in filter(_is_service, node.children):
            self._service(service, record, None)
        return record

    def _contact(self, node: Node, record: Record) -> None:
        telephone, address = node.get("PhoneNumber").strip(_BLANK), node.get("EmailAddress").strip(_BLANK)
        record.contacts += [Contact(kind="telephone", value=telephone)] if telephone else []
        record.contacts += [Contact(kind="email", value=address)] if address else []
        names = ("StreetNmbr", "AddressLine", "CityName", "StateProv", "PostalCode")
        lines = [part.text().strip(_BLANK) for name in names for part in node.all(name)]
        country = node.first("CountryName").text().strip(_BLANK)
        if any(lines) or country:
            record.addresses.append(("contact", country, tuple(filter(None, lines))))

    def _passenger(self, node: Node, record: Record) -> None:
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
            self._document(service, record, new)

    def _service(self, node: Node, record: Record, owner: Person | None) -> None:
        code = node.get("SSR_Code").upper()
        if not code:
            return
        if code not in ("OTHS", "SEAT", "DOCS", "DOCA", "DOCO"):
            record.services.append(code)
        for text in [text.text for child in [*node.all("Text"), *node.all("TEXT")] for text in child.texts]:
            record.keep(sensitive.recognised(text), text, owner, self._findings)

    def _document(self, node: Node, record: Record, owner: Person) -> None:
        for docs in node.all("DOCS"):
            record.papers.append(Paper(docs.at, _docs(docs), owner.reference, owner))
        for doco in node.all("DOCO"):
            item = _doco(doco)
            if item.type in ("R", "K"):
                owner.numbers += [item.number] if item.number else []
            else:
                owner.visas.append(item)
        for doca in node.all("DOCA"):
            lines = [_sent(doca, name) for name in ("Address", "CityName", "StateProvCounty", "PostalCode")]
            kind, country = _sent(doca, "AddressType"), _sent(doca, "Country")
            owner.places.append(DocaItem(None, kind, country, tuple(filter(None, lines)), False, None))


def _is_service(node: Node) -> bool:
    """A special service; those of documents have an element of another name."""
    return "SSR_Code" in node.attributes


def _sent(node: Node, attribute: str) -> str | None:
    return without_filler(node.get(attribute)).strip(_BLANK) or None


def _date(text: str) -> bool:
    """A date, with a time or not, or what was to be one."""
    return len(text) <= 25 and " " not in text and any(map(str.isdigit, text))


def _postal(text: str) -> bool:
    return shapes.number(text) or shapes.code(text)


_NAMES: Final = frozenset(["Surname", "FirstGivenName", "SecondGivenName"])
_FORMS: Final[dict[str, shapes.Shape]] = {
    **dict.fromkeys(["TravelDocType", "Gender", "AddressType"], shapes.function),
    **dict.fromkeys(["IssuingLoc", "PaxNationality", "CountryState", "Country"], shapes.state),
    **dict.fromkeys(["DateOfBirth", "ExpiryDate", "DateOfIssue"], _date),
    **dict.fromkeys(["BirthLocation", "PlaceOfIssue", "CityName", "StateProvCounty"], shapes.place),
    "TravelDocNbr": shapes.number,
    "Address": shapes.street,
    "PostalCode": _postal,
}
"""Fields of DOCS, DOCO and DOCA by their attributes, as they are in EDIFACT."""


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
