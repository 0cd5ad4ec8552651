"""A traveller while a message is read: fields come one by one, in any order, and some come twice."""

import datetime as dt
from typing import Final, Literal

import msgspec

from vigie import countries
from vigie.messages.fields import documents
from vigie.messages.fields.stamps import Century, Stamp, nearest_to, not_after, stamp
from vigie.messages.findings import Findings, Tally
from vigie.records import Address, BagTags, Contact, Document, DocumentKind, Name, Sex, Traveller

STATELESS: Final = "XXA"
"""ICAO Doc 9303 part 3: a stateless person of the 1954 Convention."""
_UN_TYPES: Final = {"39": "P", "36": "I"}
"""Document name codes of UN/EDIFACT 1001 that senders of other transport use: passport, identity card."""


class Paper(msgspec.Struct):
    """A document while it is read. `declared` is false while only what belongs to it has come, and no DOC yet."""

    declared: bool = False
    type: str | None = None
    type_raw: str | None = None
    number: str | None = None
    issuer: str | None = None
    issued: str | None = None
    verified: bool | None = None
    expires: str = ""
    expires_code: str = ""
    expires_at: int = 0

    def declare(self, code: str, raw: str, number: str) -> None:
        """What a DOC says: its type, the whole element of the type as sent, its number."""
        self.declared = True
        self.type = _UN_TYPES.get(code) or documents.letter(code)
        self.type_raw = raw.strip() or None
        self.number = "".join(number.split()).upper() or None


class Person(msgspec.Struct, kw_only=True):
    """A traveller while it is read. Not `kept` is a placeholder of which nothing was sent so far."""

    at: int
    kept: bool
    capacity: Literal["passenger", "crew"]
    in_transit: bool
    name: Name
    infant: bool = False
    traveller_type: str | None = None
    birth_date: str | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    sex: Sex | None = None
    nationalities: list[str] = []
    residence: str | None = None
    embarks: str | None = None
    disembarks: str | None = None
    clearance: str | None = None
    record_locator: str | None = None
    reference: str | None = None
    occupation: str | None = None
    bags: int | None = None
    bag_weight: str | None = None
    verified: bool | None = None
    seats: list[str] = []
    bag_tags: list[BagTags] = []
    tickets: list[str] = []
    loyalty: list[str] = []
    government_references: list[str] = []
    contacts: list[Contact] = []
    addresses: list[Address] = []
    papers: list[Paper] = []


class People:
    """What the readers of lists share: dates, countries, and a `Person` becoming a `Traveller`."""

    def __init__(self, as_of: dt.date, findings: Findings) -> None:
        self.as_of, self.findings = as_of, findings
        self.near: Century = nearest_to(as_of)
        self.birth_century: Century = not_after(as_of)
        self._countries: dict[str, str] = {}
        self._expiries: tuple[dt.date, Tally] | None = None
        self._kinds: dict[tuple[str, str | None], DocumentKind | None] = {}

    def stamp(self, segment: str, at: int, digits: str, code: str, century: Century) -> Stamp | None:
        """A date, or None: nothing was sent, it is not known, or it is no date, which is reported."""
        if not digits:
            return None
        try:
            read = stamp(digits, code, century)
        except ValueError:
            says = "this is no date; the field is left empty. Ask the carrier for the date"
            self.findings.add("BAD_DATE", segment, at, says)
            return None
        if read is not None and not read.fits_format:
            says = "dates that are not of the format they name; they were read by their number of digits"
            self.findings.count("DATE_FORMAT", segment, at, says)
        return read

    def birth_date(self, segment: str, at: int, digits: str, code: str) -> str | None:
        read = self.stamp(segment, at, digits, code, self.birth_century)
        if read is None:
            return None
        if read.century_derived:
            self.birth_derived(segment, at)
        elif read.date > self.as_of.isoformat():
            says = f"birth dates that lie after {self.as_of}, kept as sent"
            self.findings.count("BIRTH_AFTER_AS_OF", segment, at, says)
        return read.date

    def birth_derived(self, segment: str, at: int) -> Tally:
        """Notes that the century of a birth date was derived. The tally counts further ones."""
        says = f"birth dates whose century was derived: none may lie after {self.as_of}"
        return self.findings.count("CENTURY_DERIVED", segment, at, says)

    def country(self, text: str, segment: str, at: int) -> str:
        """The code of a country; what no table knows stays as sent."""
        code = self._countries.get(text)
        if code is None:
            code = countries.alpha3(text)
            if code is None:
                says = "countries that are neither ISO 3166 nor ICAO codes, kept as sent"
                self.findings.count("UNKNOWN_COUNTRY", segment, at, says)
                return text.upper()
            if len(self._countries) < 1000:
                self._countries[text] = code
        return code

    def knows(self, text: str) -> bool:
        """True for a country met before, about which there was nothing to report."""
        return text in self._countries

    def set(self, person: Person, field: str, value: object, segment: str, at: int) -> None:
        """Sets a field that can be sent once. A second value that differs is told, and the first stays."""
        before = getattr(person, field)
        if before is None:
            setattr(person, field, value)
        elif value is not None and before != value:
            says = "second values for a field of a traveller that holds one; the first was kept"
            self.findings.count("VALUE_REPEATED", segment, at, says)

    def expiry(self, paper: Paper, digits: str, code: str, at: int) -> None:
        """Notes an expiry date, whose century waits for the day of travel. What is no date is reported here."""
        if paper.expires:
            if paper.expires != digits:
                says = "second values for a field of a document that holds one; the first was kept"
                self.findings.count("VALUE_REPEATED", "DTM", at, says)
        elif self.stamp("DTM", at, digits, code, self.near) is not None:
            paper.expires, paper.expires_code, paper.expires_at = digits, code, at

    def traveller(self, person: Person, century: Century, day: dt.date) -> Traveller:
        """The traveller, with expiry dates in the `century` nearest to the `day` of travel."""
        if person.name.family is None:
            self.findings.count("NAME_MISSING", "NAD", person.at, "travellers without a name")
        papers = [self._document(paper, century, day) for paper in person.papers]
        nationalities = tuple(dict.fromkeys(person.nationalities))
        return Traveller(
            capacity=person.capacity,
            in_transit=person.in_transit,
            infant=person.infant,
            name=person.name,
            names=(person.name,),
            birth_date=person.birth_date,
            birth_place=person.birth_place,
            sex=person.sex,
            nationality=nationalities[0] if nationalities else None,
            residence=person.residence,
            documents=tuple(document for document in papers if document is not None),
            embarks=person.embarks,
            disembarks=person.disembarks,
            record_locator=person.record_locator,
            reference=person.reference,
            seats=tuple(person.seats),
            bags=person.bags,
            verified=person.verified,
            traveller_type=person.traveller_type,
            stateless=STATELESS in nationalities,
            nationalities=nationalities if len(nationalities) > 1 else (),
            clearance=person.clearance,
            birth_country=person.birth_country,
            contacts=tuple(person.contacts),
            addresses=tuple(person.addresses),
            bag_weight=person.bag_weight,
            bag_tags=tuple(person.bag_tags),
            tickets=tuple(person.tickets),
            loyalty=tuple(person.loyalty),
            government_references=tuple(person.government_references),
            occupation=person.occupation,
        )

    def _document(self, paper: Paper, century: Century, day: dt.date) -> Document | None:
        """None for a document of which nothing was sent (`DOC++'`)."""
        read = stamp(paper.expires, paper.expires_code, century) if paper.expires else None
        if read is not None and read.century_derived:
            self._expiry_derived(paper.expires_at, day)
        code = (paper.type_raw or "").partition(":")[0]
        document = Document(
            type=paper.type,
            type_raw=paper.type_raw,
            number=paper.number,
            issuer=paper.issuer,
            expires=read.date if read else None,
            kind=self._kind(code, paper.issuer) if code else None,
            issued=paper.issued,
            verified=paper.verified,
        )
        return None if document == Document() else document

    def _expiry_derived(self, at: int, day: dt.date) -> None:
        if self._expiries is not None and self._expiries[0] == day:
            self._expiries[1].count += 1
        else:
            says = f"expiry dates whose century was derived: the nearest to {day} was taken"
            self._expiries = (day, self.findings.count("CENTURY_DERIVED", "DTM", at, says))

    def _kind(self, code: str, issuer: str | None) -> DocumentKind | None:
        key = (code, issuer)
        if key not in self._kinds and len(self._kinds) < 1000:
            self._kinds[key] = documents.kind(code, issuer)
        return self._kinds[key] if key in self._kinds else documents.kind(code, issuer)
