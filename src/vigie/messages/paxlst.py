"""PAXLST: passenger and crew lists (UN/EDIFACT D.02B to D.16B, after the WCO/IATA/ICAO guide).

A segment is understood by its qualifier and not by its place: senders put the groups in many orders, and a segment out
of order must not cost a traveller. Two things are remembered: the traveller being described and the conveyance being
described. Free text (FTX) never goes into a record or a problem.
"""

import datetime as dt
from collections.abc import Callable
from typing import Final, Literal

import msgspec

from vigie import countries
from vigie.messages import itinerary, naming
from vigie.messages.edifact import Segment
from vigie.messages.envelope import sequence
from vigie.messages.findings import Findings, shown
from vigie.messages.service import Service
from vigie.messages.stamps import Century, Stamp, nearest_to, not_after, stamp
from vigie.records import Document, Message, Mode, Name, Sex, Traveller

CAPACITIES: Final[dict[str, tuple[Literal["passenger", "crew"], bool]]] = {
    "FL": ("passenger", False),
    "FM": ("crew", False),
    "DDU": ("passenger", True),
    "DDT": ("crew", True),
}
"""NAD 3035: capacity, and whether in transit."""
_PARTIES: Final = frozenset(["MS", "MR", "CA"])
"""NAD 3035 of parties that do not travel: sender, recipient, carrier."""
_PLACEHOLDER: Final = "ZZZ"
"""NAD 3035 that flight-level messages carry where the group is mandatory and there is nobody to name."""
_FUNCTIONS: Final = frozenset(["745", "250", "266", "336", "655"])
_WHOLE_LISTS: Final = frozenset(["745", *("250" + c for c in ("", "+C", "+B", "+A", "+D", "+E", "+F")), "336+G"])
"""BGM of messages that hold everybody; the others (`745+CP`, `250+CC`, `266+CLOB`) hold those concerned."""
_MODES: Final[dict[str, Mode]] = {"1": "sea", "2": "rail", "3": "road", "4": "air", "8": "sea"}
_SEXES: Final[dict[str, tuple[Sex | None, bool]]] = {
    "M": ("M", False),
    "F": ("F", False),
    "X": ("X", False),
    "U": (None, False),
    "MI": ("M", True),
    "FI": ("F", True),
}
"""ATT 9019: sex, and whether an infant (MI and FI come from reservation systems)."""
_UN_DOCUMENT_TYPES: Final = {"39": "P", "36": "I"}
"""Document name codes of UN/EDIFACT 1001 that senders of other transport use: passport, identity card."""
_LOC_LEG: Final = frozenset(
    [itinerary.BORDER_DEPARTURE, itinerary.BORDER_ARRIVAL, itinerary.ROUTING, itinerary.DESTINATION]
)
_LOC_IGNORED: Final = frozenset(["22", "188", "172"])
"""Place of clearance, of filing, of reporting: understood, and in no record."""
_DTM_IGNORED: Final = frozenset(["132", "133", "137", "178", "182", "184", "186", "554"])
_RFF_IGNORED: Final = frozenset(["TN", "AF", "CR", "AEA", "YZY"])
_IGNORED: Final = frozenset(["COM", "CPI", "EMP", "FTX", "QTY", "CTA"])
"""Segments that are understood and in no record: contacts, charges, employment, free text."""


class _Paper(msgspec.Struct):
    """A document while it is read. `declared` is false while only what belongs to it has come, and no DOC yet."""

    declared: bool = False
    type: str | None = None
    type_raw: str | None = None
    number: str | None = None
    issuer: str | None = None
    expires: str = ""
    expires_code: str = ""
    expires_at: int = 0


class _Person(msgspec.Struct, kw_only=True):
    """A traveller while it is read. Not `kept` is a placeholder of which nothing was sent so far."""

    at: int
    kept: bool
    capacity: Literal["passenger", "crew"]
    in_transit: bool
    name: Name
    infant: bool = False
    birth_date: str | None = None
    birth_place: str | None = None
    sex: Sex | None = None
    nationality: str | None = None
    residence: str | None = None
    embarks: str | None = None
    disembarks: str | None = None
    record_locator: str | None = None
    reference: str | None = None
    bags: int | None = None
    verified: bool | None = None
    seats: list[str] = []
    papers: list[_Paper] = []


class Paxlst:
    """Reads one PAXLST message, segment by segment."""

    def __init__(self, header: Segment, service: Service, as_of: dt.date, findings: Findings) -> None:
        self._service, self._as_of, self._findings = service, as_of, findings
        part, last = sequence(header)
        self._several = part > 1 or not last
        self._birth, self._near = not_after(as_of), nearest_to(as_of)
        self._itinerary = itinerary.Itinerary()
        self._people: list[_Person] = []
        self._passengers = self._crew = 0
        """Of groups that were forgotten."""
        self._person: _Person | None = None
        self._countries: dict[str, str] = {}
        self._totals: list[Segment] = []
        self._function: str | None = None
        if self._several:
            says = f"this is part {part} of several: the announced total, of the whole list, is not compared with it"
            findings.add("PART_OF_SEVERAL", "UNH", header.at, says)

    def take(self, segment: Segment) -> None:
        """The next segment between UNH and UNT."""
        handler = _HANDLERS.get(segment.tag)
        if handler is not None:
            handler(self, segment)
        elif segment.tag not in _IGNORED:
            self._findings.count("UNKNOWN_SEGMENT", segment.tag, segment.at, "segments this message type does not have")

    def begins_group(self, segment: Segment) -> bool:
        """A person; the header's parties (sender, carrier) are none."""
        return segment.tag == "NAD" and segment.value(1).upper() not in _PARTIES

    def forget(self) -> None:
        """Drops the travellers read so far."""
        for person in self._people:
            self._crew += person.kept and person.capacity == "crew"
            self._passengers += person.kept and person.capacity == "passenger"
        self._people = []

    def complete(self, message: Message, last: bool = True) -> Message:
        """The message with what was read. Only now the day of travel, which decides the century of expiry, is known."""
        if last:
            self._check_totals()
        journeys = self._itinerary.journeys(self._findings)
        departs = next((leg.departs for journey in journeys for leg in journey.legs if leg.departs), None)
        day = dt.date.fromisoformat(departs[:10]) if departs else self._as_of
        expiry = nearest_to(day)
        travellers = tuple(self._traveller(person, expiry, day) for person in self._people if person.kept)
        return msgspec.structs.replace(message, function=self._function, journeys=journeys, travellers=travellers)

    # -- header and journey

    def _bgm(self, segment: Segment) -> None:
        code, qualifier = segment.value(1), segment.value(2)
        self._function = f"{code}+{qualifier}" if qualifier else code or None
        if code not in _FUNCTIONS:
            self._unknown("UNKNOWN_CODE", segment, code, "document name codes")

    def _tdt(self, segment: Segment) -> None:
        code = segment.value(3)
        mode = _MODES.get(code)
        if code and mode is None:
            self._unknown("UNKNOWN_CODE", segment, code, "modes of transport")
        carrier = segment.value(5) or segment.value(5, 3)
        self._itinerary.conveyance(mode, carrier or None, segment.value(2) or None)

    def _loc(self, segment: Segment) -> None:
        qualifier = segment.value(1)
        handler = _LOCATIONS.get(qualifier)
        if handler is not None:
            owner = self._owner(segment)
            if owner is not None:
                handler(self, owner, segment)
        elif qualifier in _LOC_LEG:
            code = segment.value(2)
            if code:
                self._itinerary.stop(qualifier, code.upper(), segment.at)
        elif qualifier not in _LOC_IGNORED:
            self._unknown("UNKNOWN_QUALIFIER", segment, qualifier, "places with a qualifier")

    def _dtm(self, segment: Segment) -> None:
        """Both `DTM+329:570121:101` and a format left out."""
        qualifier, digits, code = segment.value(1), segment.value(1, 1), segment.value(1, 2)
        if qualifier in (itinerary.DEPARTURE, itinerary.ARRIVAL):
            self._leg_time(segment, qualifier, digits, code)
        elif qualifier == "329":
            self._birth_date(segment, digits, code)
        elif qualifier == "36":
            self._expiry(segment, digits, code)
        elif qualifier not in _DTM_IGNORED:
            self._unknown("UNKNOWN_QUALIFIER", segment, qualifier, "dates with a qualifier")

    def _leg_time(self, segment: Segment, qualifier: str, digits: str, code: str) -> None:
        read = self._stamp(segment.at, digits, code, self._near)
        if read is None:
            return
        if len(read.text) < 10:
            self._findings.add("BAD_DATE", "DTM", segment.at, "a time of travel needs year, month and day")
            return
        if read.century_derived:
            says = f"times of travel whose century was derived: the nearest to {self._as_of} was taken"
            self._findings.count("CENTURY_DERIVED", "DTM", segment.at, says)
        self._itinerary.time(qualifier, read.text)

    def _stamp(self, at: int, digits: str, code: str, century: Century) -> Stamp | None:
        if not digits:
            return None
        try:
            read = stamp(digits, code, century)
        except ValueError:
            says = "this is no date; the field is left empty. Ask the carrier for the date"
            self._findings.add("BAD_DATE", "DTM", at, says)
            return None
        if read is not None and not read.fits_format:
            says = "dates that are not of the format they name; they were read by their number of digits"
            self._findings.count("DATE_FORMAT", "DTM", at, says)
        return read

    # -- travellers

    def _nad(self, segment: Segment) -> None:
        qualifier = segment.value(1).upper()
        if qualifier in _PARTIES:
            self._person = None
            return
        capacity, in_transit = CAPACITIES.get(qualifier, ("passenger", False))
        name = self._name(segment)
        kept = qualifier != _PLACEHOLDER or name.family is not None
        self._person = person = _Person(at=segment.at, kept=kept, capacity=capacity, in_transit=in_transit, name=name)
        self._people.append(person)
        if qualifier not in CAPACITIES and person.kept:
            self._unknown("UNKNOWN_QUALIFIER", segment, qualifier, "persons with a qualifier, kept as passengers")

    def _name(self, segment: Segment) -> Name:
        """C080, or the element before it, where some senders put the name."""
        parts = segment.components(4)
        if not any(part.strip() for part in parts):
            parts = segment.components(3)
        return naming.name(parts[0] if parts else "", " ".join(parts[1:]), self._service.component.join(parts), "NAD")

    def _owner(self, segment: Segment) -> _Person | None:
        """The traveller a segment belongs to."""
        person = self._person
        if person is None:
            says = "this belongs to a traveller, but no traveller comes before it; its content is in no record"
            self._findings.add("NO_OWNER", segment.tag, segment.at, says)
        else:
            person.kept = True
        return person

    def _set(self, person: _Person, field: str, value: object, segment: Segment) -> None:
        """Sets a field that can be sent once. A second value that differs is told, and the first stays."""
        before = getattr(person, field)
        if before is None:
            setattr(person, field, value)
        elif value is not None and before != value:
            says = "second values for a field of a traveller that holds one; the first was kept"
            self._findings.count("VALUE_REPEATED", segment.tag, segment.at, says)

    def _att(self, segment: Segment) -> None:
        person = self._owner(segment)
        if person is None:
            return
        if segment.value(1) != "2":
            self._unknown("UNKNOWN_QUALIFIER", segment, segment.value(1), "attributes with a qualifier")
            return
        code = (segment.value(3) or segment.value(2)).upper()
        if code in _SEXES:
            sex, infant = _SEXES[code]
            self._set(person, "sex", sex, segment)
            person.infant = person.infant or infant
        elif code:
            self._unknown("UNKNOWN_CODE", segment, code, "codes for sex")

    def _birth_date(self, segment: Segment, digits: str, code: str) -> None:
        person = self._owner(segment)
        read = self._stamp(segment.at, digits, code, self._birth) if person is not None else None
        if person is None or read is None:
            return
        if read.century_derived:
            says = f"birth dates whose century was derived: none may lie after {self._as_of}"
            self._findings.count("CENTURY_DERIVED", "DTM", segment.at, says)
        elif read.date > self._as_of.isoformat():
            says = f"birth dates that lie after {self._as_of}, kept as sent"
            self._findings.count("BIRTH_AFTER_AS_OF", "DTM", segment.at, says)
        self._set(person, "birth_date", read.date, segment)

    def _mea(self, segment: Segment) -> None:
        person = self._owner(segment)
        qualifier = segment.value(1)
        if qualifier not in ("CT", "WT"):
            self._unknown("UNKNOWN_QUALIFIER", segment, qualifier, "measurements with a qualifier")
        elif person is not None and qualifier == "CT":
            digits = next((part.strip() for part in segment.components(3) if part.strip()), "")
            if digits.isascii() and digits.isdigit() and len(digits) < 5:
                self._set(person, "bags", int(digits), segment)
            elif digits:
                self._findings.add("BAD_NUMBER", "MEA", segment.at, "the number of bags is not a number below 10000")

    def _gei(self, segment: Segment) -> None:
        person = self._owner(segment)
        code = segment.value(2)
        if person is None or segment.value(1) != "4":
            return
        if code in ("173", "174"):
            self._set(person, "verified", code == "173", segment)
        else:
            self._unknown("UNKNOWN_CODE", segment, code, "processing indicators that are neither 173 nor 174")

    def _nat(self, segment: Segment) -> None:
        """2 is the nationality now, 1 that at birth, which is not the same thing."""
        person = self._owner(segment)
        qualifier, text = segment.value(1), segment.value(2)
        if qualifier not in ("", "1", "2"):
            self._unknown("UNKNOWN_QUALIFIER", segment, qualifier, "nationalities with a qualifier")
        elif person is not None and qualifier != "1" and text:
            self._set(person, "nationality", self._country(text, segment), segment)

    def _rff(self, segment: Segment) -> None:
        qualifier, text = segment.value(1).upper(), segment.value(1, 1)
        if qualifier in _RFF_IGNORED or not text:
            return
        field = {"AVF": "record_locator", "ABO": "reference", "SEA": "seats"}.get(qualifier)
        if field is None:
            self._unknown("UNKNOWN_QUALIFIER", segment, qualifier, "references with a qualifier")
            return
        person = self._owner(segment)
        if person is None:
            return
        if field == "seats":
            person.seats.append(text)
        else:
            self._set(person, field, text, segment)

    def _residence(self, person: _Person, segment: Segment) -> None:
        text = segment.value(2)
        if text:
            self._set(person, "residence", self._country(text, segment), segment)

    def _embarks(self, person: _Person, segment: Segment) -> None:
        self._set(person, "embarks", segment.value(2).upper() or None, segment)

    def _disembarks(self, person: _Person, segment: Segment) -> None:
        self._set(person, "disembarks", segment.value(2).upper() or None, segment)

    def _birth_place(self, person: _Person, segment: Segment) -> None:
        """Names of town and region before the country's code: `IND:::PUNE` becomes `PUNE, IND`."""
        names = [segment.value(element, 3) for element in (2, 3, 4)]
        parts = [" ".join(name.split()) for name in [*names, segment.value(2)] if name]
        self._set(person, "birth_place", ", ".join(parts) or None, segment)

    # -- documents

    def _doc(self, segment: Segment) -> None:
        person = self._owner(segment)
        if person is None:
            return
        paper = person.papers[-1] if person.papers and not person.papers[-1].declared else None
        if paper is None:
            paper = _Paper()
            person.papers.append(paper)
        code = segment.value(1).upper()
        paper.declared = True
        paper.type = _UN_DOCUMENT_TYPES.get(code) or (code[:1] if code[:1].isalpha() and code.isascii() else None)
        paper.type_raw = self._service.component.join(segment.components(1)).strip() or None
        paper.number = "".join(segment.value(2).split()).upper() or None

    def _paper(self, segment: Segment) -> _Paper | None:
        """The document a segment belongs to. When DOC comes after it, it waits for it."""
        person = self._owner(segment)
        if person is None:
            return None
        if not person.papers:
            says = "segments before the DOC they belong to"
            self._findings.count("SEGMENT_ORDER", segment.tag, segment.at, says)
            person.papers.append(_Paper())
        return person.papers[-1]

    def _expiry(self, segment: Segment, digits: str, code: str) -> None:
        paper = self._paper(segment) if digits else None
        if paper is None:
            return
        if not paper.expires:
            paper.expires, paper.expires_code, paper.expires_at = digits, code, segment.at
        elif paper.expires != digits:
            says = "second values for a field of a document that holds one; the first was kept"
            self._findings.count("VALUE_REPEATED", "DTM", segment.at, says)

    def _issuer(self, _: _Person, segment: Segment) -> None:
        text = segment.value(2)
        paper = self._paper(segment) if text else None
        if paper is not None and paper.issuer is None:
            paper.issuer = self._country(text, segment)

    def _country(self, text: str, segment: Segment) -> str:
        """The code of a country; what no table knows stays as sent."""
        code = self._countries.get(text)
        if code is None:
            code = countries.alpha3(text)
            if code is None:
                says = "countries that are neither ISO 3166 nor ICAO codes, kept as sent"
                self._findings.count("UNKNOWN_COUNTRY", segment.tag, segment.at, says)
                return text.upper()
            self._countries[text] = code
        return code

    # -- the end

    def _cnt(self, segment: Segment) -> None:
        self._totals.append(segment)

    def _check_totals(self) -> None:
        """CNT 42 and 41 count the whole flight: they are compared only when this message is the whole list."""
        if self._several or self._function not in _WHOLE_LISTS:
            return
        crew = sum(person.capacity == "crew" for person in self._people if person.kept)
        passengers = self._passengers + sum(person.kept for person in self._people) - crew
        crew += self._crew
        for segment in self._totals:
            real = {"41": crew, "42": passengers}.get(segment.value(1))
            declared = segment.value(1, 1)
            if real is not None and declared.isdecimal() and int(declared[:18]) != real:
                kind = "crew members" if segment.value(1) == "41" else "passengers"
                says = f"CNT announces {int(declared[:18])} {kind}, the message holds {real}"
                self._findings.add("COUNT_MISMATCH", "CNT", segment.at, says)

    def _traveller(self, person: _Person, expiry: Century, day: dt.date) -> Traveller:
        if person.name.family is None:
            says = "travellers without a name"
            self._findings.count("NAME_MISSING", "NAD", person.at, says)
        documents = [self._document(paper, expiry, day) for paper in person.papers]
        return Traveller(
            capacity=person.capacity,
            in_transit=person.in_transit,
            infant=person.infant,
            name=person.name,
            names=(person.name,),
            birth_date=person.birth_date,
            birth_place=person.birth_place,
            sex=person.sex,
            nationality=person.nationality,
            residence=person.residence,
            documents=tuple(document for document in documents if document is not None),
            embarks=person.embarks,
            disembarks=person.disembarks,
            record_locator=person.record_locator,
            reference=person.reference,
            seats=tuple(person.seats),
            bags=person.bags,
            verified=person.verified,
        )

    def _document(self, paper: _Paper, expiry: Century, day: dt.date) -> Document | None:
        """None for a document of which nothing was sent (`DOC++'`)."""
        read = self._stamp(paper.expires_at, paper.expires, paper.expires_code, expiry)
        if read is not None and read.century_derived:
            says = f"expiry dates whose century was derived: the nearest to {day} was taken"
            self._findings.count("CENTURY_DERIVED", "DTM", paper.expires_at, says)
        document = Document(
            type=paper.type,
            type_raw=paper.type_raw,
            number=paper.number,
            issuer=paper.issuer,
            expires=read.date if read else None,
        )
        return None if document == Document() else document

    def _unknown(self, code: str, segment: Segment, value: str, what: str) -> None:
        says = f"{what} that are not known here: {shown(value)}"
        self._findings.count(code, segment.tag, segment.at, says)


_HANDLERS: Final[dict[str, Callable[[Paxlst, Segment], None]]] = {
    "BGM": Paxlst._bgm,
    "TDT": Paxlst._tdt,
    "LOC": Paxlst._loc,
    "DTM": Paxlst._dtm,
    "NAD": Paxlst._nad,
    "ATT": Paxlst._att,
    "MEA": Paxlst._mea,
    "GEI": Paxlst._gei,
    "NAT": Paxlst._nat,
    "RFF": Paxlst._rff,
    "DOC": Paxlst._doc,
    "CNT": Paxlst._cnt,
}
_LOCATIONS: Final[dict[str, Callable[[Paxlst, _Person, Segment], None]]] = {
    "91": Paxlst._issuer,
    "174": Paxlst._residence,
    "178": Paxlst._embarks,
    "179": Paxlst._disembarks,
    "180": Paxlst._birth_place,
}
