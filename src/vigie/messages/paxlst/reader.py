"""PAXLST: passenger and crew lists (UN/EDIFACT D.02B to D.21A, after the WCO/IATA/ICAO guide).

A segment is understood by its qualifier and not by its place: senders put the groups in many orders, and a segment out
of order must not cost a traveller. Two things are remembered: the traveller being described and the conveyance being
described. Free text (FTX) never goes into a record or a problem, and is not stored.
"""

import datetime as dt
import re
from collections.abc import Callable
from operator import ne
from typing import Final, Literal

import msgspec

from vigie.messages.edifact.envelope import sequence
from vigie.messages.edifact.grammar import Run, Segment, spans
from vigie.messages.edifact.service import Service
from vigie.messages.fields import itinerary, naming
from vigie.messages.fields.stamps import nearest_to
from vigie.messages.findings import UNKNOWN, Findings, shown
from vigie.messages.paxlst import pdt, slots
from vigie.messages.paxlst.forms import Forms
from vigie.messages.paxlst.people import Paper, People, Person
from vigie.messages.paxlst.slots import is_code
from vigie.records import Address, Announced, BagTags, Contact, Message, Mode, Name, Sex

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
_LOC_LEG: Final = frozenset(
    [itinerary.BORDER_DEPARTURE, itinerary.BORDER_ARRIVAL, itinerary.ROUTING, itinerary.DESTINATION]
)
_LOC_IGNORED: Final = frozenset(["188", "172"])
"""Place of filing, of reporting: understood, and in no record."""
_DTM_IGNORED: Final = frozenset(["132", "133", "137", "178", "184", "186", "554"])
_RFF_HEADER: Final = frozenset(["TN", "AF"])
_IGNORED: Final = frozenset(["CPI", "QTY", "CTA"])
"""Segments that are understood and in no record: charges, quantities, a contact's function."""
_BAG_TAG: Final = re.compile(r"[A-Z0-9]{0,3}[0-9]{1,12}\Z", re.IGNORECASE)
"""The carrier's code or number, and digits (IATA resolution 740: ten)."""
_WORD: Final = re.compile(r"[^\W\d_]{4}")
_CONTACTS: Final[dict[str, Literal["telephone", "email", "fax"]]] = {
    "TE": "telephone",
    "AL": "telephone",
    "EM": "email",
    "FX": "fax",
}
"""COM 3155."""


class Paxlst:
    """Reads one PAXLST message, segment by segment."""

    def __init__(self, header: Segment, service: Service, as_of: dt.date, findings: Findings) -> None:
        self._service, self._as_of, self._findings = service, as_of, findings
        part, last = sequence(header)
        self._several = part > 1 or not last
        self._all = People(as_of, findings)
        self._itinerary = itinerary.Itinerary()
        self._people: list[Person] = []
        self._passengers = self._crew = 0
        """Of groups that were forgotten."""
        self.person: Person | None = None
        self._totals: list[Segment] = []
        self._function: str | None = None
        self._transaction: str | None = None
        self._forms = Forms(self, self._all, service, CAPACITIES, _SEXES)
        if self._several:
            says = f"this is part {part} of several: the announced total, of the whole list, is not compared with it"
            findings.add("PART_OF_SEVERAL", "UNH", header.at, says)

    _table: slots.Table = slots.UN

    def begins_group(self, segment: Segment) -> bool:
        """A person; the header's parties (sender, carrier) are none."""
        return segment.tag == "PDT" or (segment.tag == "NAD" and segment.value(1).upper() not in _PARTIES)

    def take(self, segment: Segment) -> None:
        """The next segment between UNH and UNT. One that `slots` has no row for is unknown, whoever handles it."""
        if segment.tag not in self._table:
            self._unknown_segment(segment)
            return
        if unread := slots.unread(segment, self._table):
            self._leave_out(segment, unread, "elements or components that are in no record", "UNREAD")
        if strange := slots.strange(segment):
            self._leave_out(segment, strange, "values that are not of the form of their field", "FREE_TEXT")
            segment = _without(segment, strange)
        self._understand(segment)

    def _understand(self, segment: Segment) -> None:
        handler = _HANDLERS.get(segment.tag)
        if handler is not None:
            handler(self, segment)
        elif segment.tag not in _IGNORED:
            self._unknown_segment(segment)

    def _unknown_segment(self, segment: Segment) -> None:
        """What it holds is not known, so it is not stored. One built like a NAD is a person whose tag was damaged."""
        if segment.value(1).upper() in CAPACITIES and self._name(segment).family:
            says = "a segment of an unknown tag that is built like a person; read as one"
            self._findings.add("DAMAGED_TAG", segment.tag, segment.at, says)
            self._nad(segment)
            return
        if segment.value(1).upper() in CAPACITIES or _near_nad(segment.tag):
            self.interrupted(segment.at)
        self._findings.count("UNKNOWN_SEGMENT", segment.tag, segment.at, "segments this message type does not have")
        self._findings.remove(segment.at + len(segment.tag), segment.position(len(segment.raw)), "UNREAD")

    def interrupted(self, at: int) -> None:
        """What stands here could not be read and may have named a traveller.

        What follows is then about that one, without a name, and never about the one before.
        """
        if self.person is not None:
            nobody = naming.name("", "", "", "NAD")
            self.begin(Person(at=at, kept=False, capacity="passenger", in_transit=False, name=nobody))

    def take_run(self, run: Run, take: Callable[[Segment], None]) -> None:
        """Clean segments in a row. Those of the usual forms are read from their text; the others go to `take`."""
        covered, ends = run.before, [*run.starts[1:], run.end]
        forms, values = self._forms.by_prefix, self._forms.values
        for index, raw in enumerate(run.raws):
            value = values.get(raw)
            if value is not None and self.person is not None and getattr(self.person, value[0]) is None:
                setattr(self.person, *value)
                self.person.kept = True
                continue
            form = forms.get(raw[:5])
            if form is None or not form(raw, run.starts[index]):
                begin = run.starts[index] if index else run.before
                self._findings.enter(begin - covered)
                covered = ends[index]
                take(run.segment(index))
        self._findings.enter(run.end - covered)

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
        # What is to be said of the journey is said once, at the end, when all of it is known.
        journeys = self._itinerary.journeys(self._findings if last else Findings())
        departs = next((leg.departs for journey in journeys for leg in journey.legs if leg.departs), None)
        day = dt.date.fromisoformat(departs[:10]) if departs else self._as_of
        expiry = nearest_to(day)
        travellers = tuple(self._all.traveller(person, expiry, day) for person in self._people if person.kept)
        envelope = message.envelope
        if envelope is not None and self._transaction:
            envelope = msgspec.structs.replace(envelope, transaction=self._transaction)
        return msgspec.structs.replace(
            message,
            function=self._function,
            journeys=journeys,
            travellers=travellers,
            envelope=envelope,
            announced=self._announced(),
        )

    # -- header and journey

    def _bgm(self, segment: Segment) -> None:
        code, qualifier = segment.value(1), segment.value(2)
        self._function = f"{code}+{qualifier}" if qualifier else code or None
        if code not in _FUNCTIONS:
            says = f"document name codes that are not known here: {shown(code)}"
            self._findings.count("UNKNOWN_CODE", "BGM", segment.at, says)

    def _tdt(self, segment: Segment) -> None:
        code = segment.value(3)
        mode = _MODES.get(code)
        if code and mode is None:
            self._unknown_code(segment, (3, 0), "modes of transport")
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
            code = _place(segment)
            if code:
                self._itinerary.stop(qualifier, code.upper(), segment.at)
        elif qualifier not in _LOC_IGNORED:
            self._unknown_qualifier(segment, "places with a qualifier")

    def _dtm(self, segment: Segment) -> None:
        """Both `DTM+329:570121:101` and a format left out."""
        qualifier, digits, code = segment.value(1), segment.value(1, 1), segment.value(1, 2)
        if not digits.isdigit():
            self._no_words(segment, (1, 1))
        if qualifier in (itinerary.DEPARTURE, itinerary.ARRIVAL):
            self._leg_time(segment, qualifier, digits, code)
        elif qualifier == "329":
            self._birth_date(segment, digits, code)
        elif qualifier == "36":
            self._expiry(segment, digits, code)
        elif qualifier == "182":
            self._issued(segment, digits, code)
        elif qualifier not in _DTM_IGNORED:
            self._unknown_qualifier(segment, "dates with a qualifier")

    def _leg_time(self, segment: Segment, qualifier: str, digits: str, code: str) -> None:
        read = self._all.stamp("DTM", segment.at, digits, code, self._all.near)
        if read is None:
            return
        if len(read.text) < 10:
            self._findings.add("BAD_DATE", "DTM", segment.at, "a time of travel needs year, month and day")
            return
        if read.century_derived:
            says = f"times of travel whose century was derived: the nearest to {self._as_of} was taken"
            self._findings.count("CENTURY_DERIVED", "DTM", segment.at, says)
        self._itinerary.time(qualifier, read.text)

    # -- travellers

    def _nad(self, segment: Segment) -> None:
        qualifier = segment.value(1).upper()
        if qualifier in _PARTIES:
            self.person = None
            return
        capacity, in_transit = CAPACITIES.get(qualifier, ("passenger", False))
        name = self._name(segment)
        kept = qualifier != _PLACEHOLDER or name.family is not None
        person = Person(at=segment.at, kept=kept, capacity=capacity, in_transit=in_transit, name=name)
        if len(segment.elements) > 5:
            self._address(person, segment)
            self._may_be_given(person, segment)
        self.begin(person)
        if qualifier not in CAPACITIES and person.kept:
            says = f"persons with a qualifier, kept as passengers, that are not known here: {shown(qualifier)}"
            self._findings.count("UNKNOWN_QUALIFIER", "NAD", segment.at, says)
            self._remove_text(segment, [(1, 0)], "UNREAD")

    def _pdt(self, segment: Segment) -> None:
        """A traveller of the old American form, whatever form the rest of the message has."""
        if self._table is slots.UN:
            says = "travellers in segments of the old American form, in a message of the UN's; read as what they are"
            self._findings.count("FOREIGN_SEGMENT", "PDT", segment.at, says)
        self._no_words(segment, (1, 1))
        self._no_words(segment, (2, 3))
        person = pdt.person(segment, self._service, self._all)
        self.begin(person)
        if segment.value(2, 4) and segment.value(2, 4).upper() not in pdt.SEXES:
            self._unknown_code(segment, (2, 4), "codes for sex", "FREE_TEXT")
        if not pdt.knows(segment.value(3)):
            says = (
                f"persons with a role, kept as passengers, that are not known here: {shown(segment.value(3).upper())}"
            )
            self._findings.count("UNKNOWN_QUALIFIER", "PDT", segment.at, says)
            self._remove_text(segment, [(3, 0)], "UNREAD")

    def begin(self, person: Person) -> None:
        """What comes next is about this traveller."""
        self.person = person
        self._people.append(person)

    def _name(self, segment: Segment) -> Name:
        """C080, or the elements before it, where some senders put the name: C058, then C082."""
        filled = (segment.components(at) for at in (4, 3) if any(map(str.strip, segment.components(at))))
        parts = next(filled, None) or slots.name_of_party(segment.components(2))
        return naming.name(parts[0] if parts else "", " ".join(parts[1:]), self._service.component.join(parts), "NAD")

    def _may_be_given(self, person: Person, segment: Segment) -> None:
        """`SMITH+JOHN` for `SMITH:JOHN`: an address of one word, of somebody without a given name."""
        lines = [line for address in person.addresses for line in address.lines]
        if person.name.family and not person.name.given and len(lines) == 1 and not any(map(str.isdigit, lines[0])):
            says = (
                "a person without a given name, and one word for an address, which may be that name; kept as an address"
            )
            self._findings.add("FIELD_UNPLACED", "NAD", segment.at, says)

    def _address(self, person: Person, segment: Segment) -> None:
        """Street (C059), town, region, postal code, country. The guides do not say whose roof it is: home or hotel."""
        lines = [
            segment.components(5),
            [segment.value(6)],
            [segment.value(7) or segment.value(7, 3)],
            [segment.value(8)],
        ]
        texts = tuple(" ".join(text.split()) for components in lines for text in components if text.strip())
        country = segment.value(9)
        code = self._all.country(country, "NAD", segment.at) if country else None
        if texts or code:
            person.addresses.append(Address(kind="other", country=code, lines=texts))

    def _owner(self, segment: Segment) -> Person | None:
        """The traveller a segment belongs to."""
        person = self.person
        if person is None:
            says = "this belongs to a traveller, but no traveller comes before it; its content is in no record"
            self._findings.add("NO_OWNER", segment.tag, segment.at, says)
        else:
            person.kept = True
        return person

    def _set(self, person: Person, field: str, value: object, segment: Segment) -> None:
        self._all.set(person, field, value, segment.tag, segment.at)

    def _att(self, segment: Segment) -> None:
        person = self._owner(segment)
        if person is None:
            return
        if segment.value(1) != "2":
            self._unknown_qualifier(segment, "attributes with a qualifier")
            return
        place = 3 if segment.value(3) else 2
        code = segment.value(place).upper()
        if code in _SEXES:
            sex, infant = _SEXES[code]
            self._set(person, "sex", sex, segment)
            person.infant = person.infant or infant
        elif code:
            self._unknown_code(segment, (place, 0), "codes for sex", "FREE_TEXT")

    def _birth_date(self, segment: Segment, digits: str, code: str) -> None:
        person = self._owner(segment)
        if person is not None:
            self._set(person, "birth_date", self._all.birth_date("DTM", segment.at, digits, code), segment)

    def _mea(self, segment: Segment) -> None:
        person = self._owner(segment)
        qualifier = segment.value(1).upper()
        if qualifier not in ("CT", "WT"):
            self._unknown_qualifier(segment, "measurements with a qualifier")
        elif person is not None and qualifier == "CT":
            digits = next((part.strip() for part in segment.components(3) if part.strip()), "")
            if digits.isascii() and digits.isdigit() and len(digits) < 5:
                self._set(person, "bags", int(digits), segment)
            elif digits:
                self._findings.add("BAD_NUMBER", "MEA", segment.at, "the number of bags is not a number below 10000")
                self._remove_text(segment, [(3, index) for index in range(len(segment.components(3)))], "UNREAD")
        elif person is not None:
            weight = segment.value(3, 1) + segment.value(3).upper()
            self._set(person, "bag_weight", weight or None, segment)

    def _gei(self, segment: Segment) -> None:
        """Behind a document it is about that document; the first of a traveller also about the traveller."""
        person = self._owner(segment)
        code = segment.value(2).upper()
        if person is None:
            return
        if segment.value(1) != "4":
            self._unknown_qualifier(segment, "processing indicators with a qualifier")
        elif code not in ("173", "174"):
            self._unknown_code(segment, (2, 0), "processing indicators that are neither 173 nor 174")
        elif person.papers and person.papers[-1].declared:
            person.papers[-1].verified = code == "173"
            person.verified = person.papers[-1].verified if person.verified is None else person.verified
        else:
            self._set(person, "verified", code == "173", segment)

    def _nat(self, segment: Segment) -> None:
        """2 is the nationality now, 1 that at birth, which is not the same thing. There may be several now."""
        person = self._owner(segment)
        qualifier, text = segment.value(1), _place(segment)
        if qualifier not in ("", "1", "2"):
            self._unknown_qualifier(segment, "nationalities with a qualifier")
        elif person is not None and qualifier != "1" and text:
            person.nationalities.append(self._all.country(text, "NAT", segment.at))

    def _rff(self, segment: Segment) -> None:
        qualifier, text = segment.value(1).upper(), segment.value(1, 1)
        if qualifier in _RFF_HEADER:
            self._transaction = self._transaction or (text if qualifier == "TN" else None)
            return
        if not text:
            return
        one, many = _REFERENCES.get(qualifier, (None, None))
        if one is None and many is None:
            self._unknown_qualifier(segment, "references with a qualifier")
            return
        person = self._owner(segment)
        if person is not None and one is not None:
            self._set(person, one, text, segment)
        elif person is not None and many is not None:
            getattr(person, many).append(text)

    def _com(self, segment: Segment) -> None:
        """Of the reporting party while no traveller has come: understood, and in no record."""
        if self.person is None:
            return
        for element in segment.elements[1:]:
            value, code = element[0].strip(), element[1].strip().upper() if len(element) > 1 else ""
            if value:
                self.person.contacts.append(Contact(kind=_CONTACTS.get(code, "other"), value=value))

    def _emp(self, segment: Segment) -> None:
        person, code = self._owner(segment), segment.value(2).upper()
        if code and not is_code(code):
            self._unknown_code(segment, (2, 0), "kinds of employment", "FREE_TEXT")
        elif person is not None:
            self._set(person, "occupation", code or None, segment)

    def _ftx(self, segment: Segment) -> None:
        """Bag tags; any other text is free, may say anything, and is not kept."""
        if segment.value(1).upper() == "BAG":
            person = self._owner(segment)
            tags, others = _bag_tags(segment.components(4))
            if person is not None:
                person.bag_tags.extend(tags)
            if others:
                places = [(4, component) for component in others]
                self._leave_out(segment, places, "texts that are no bag tag", "FREE_TEXT")
            return
        self._remove_text(segment, [(1, index) for index in range(len(segment.components(1)))], "FREE_TEXT")
        for start, end in [span for element in spans(segment, self._service)[2:] for span in element]:
            self._findings.remove(start, end, "FREE_TEXT")
        says = "free text that is neither stored nor in any record"
        self._findings.count("SENSITIVE_REMOVED", "FTX", segment.at, says)

    def _residence(self, person: Person, segment: Segment) -> None:
        text = _place(segment)
        if text:
            self._set(person, "residence", self._all.country(text, "LOC", segment.at), segment)

    def _embarks(self, person: Person, segment: Segment) -> None:
        self._set(person, "embarks", _place(segment).upper() or None, segment)

    def _disembarks(self, person: Person, segment: Segment) -> None:
        self._set(person, "disembarks", _place(segment).upper() or None, segment)

    def _clearance(self, person: Person, segment: Segment) -> None:
        self._set(person, "clearance", _place(segment).upper() or None, segment)

    def _birth_place(self, person: Person, segment: Segment) -> None:
        place, code = self.place_of_birth(segment.elements)
        self._set(person, "birth_place", place, segment)
        if code:
            self._set(person, "birth_country", self._all.country(code, "LOC", segment.at), segment)

    @staticmethod
    def place_of_birth(elements: list[list[str]]) -> tuple[str | None, str]:
        """Names of town and region before the country's code, and that code: `IND:::PUNE` is `PUNE, IND` and `IND`."""
        code = elements[2][0].strip() if len(elements) > 2 else ""
        names = [components[3] for components in elements[2:5] if len(components) > 3]
        parts = [" ".join(name.split()) for name in [*names, code] if name.strip()]
        return ", ".join(parts) or None, code

    # -- documents

    def _doc(self, segment: Segment) -> None:
        person = self._owner(segment)
        if person is None:
            return
        paper = person.papers[-1] if person.papers and not person.papers[-1].declared else None
        if paper is None:
            paper = Paper()
            person.papers.append(paper)
        raw = self._service.component.join(segment.components(1))
        paper.declare(segment.value(1).upper(), raw, segment.value(2))

    def _paper(self, segment: Segment) -> Paper | None:
        """The document a segment belongs to. When DOC comes after it, it waits for it."""
        person = self._owner(segment)
        if person is None:
            return None
        if not person.papers:
            says = "segments before the DOC they belong to"
            self._findings.count("SEGMENT_ORDER", segment.tag, segment.at, says)
            person.papers.append(Paper())
        return person.papers[-1]

    def _expiry(self, segment: Segment, digits: str, code: str) -> None:
        paper = self._paper(segment) if digits else None
        if paper is not None:
            self._all.expiry(paper, digits, code, segment.at)

    def _issued(self, segment: Segment, digits: str, code: str) -> None:
        paper = self._paper(segment) if digits else None
        read = self._all.stamp("DTM", segment.at, digits, code, self._all.near) if paper is not None else None
        if paper is not None and read is not None:
            paper.issued = paper.issued or read.date

    def _issuer(self, _: Person, segment: Segment) -> None:
        text = _place(segment)
        paper = self._paper(segment) if text else None
        if paper is not None and paper.issuer is None:
            paper.issuer = self._all.country(text, "LOC", segment.at)

    # -- the end

    def _cnt(self, segment: Segment) -> None:
        self._totals.append(segment)

    def _announced(self) -> Announced | None:
        """The first total of each kind; a number that is none was reported when it came."""
        totals: dict[str, int] = {}
        for segment in self._totals:
            declared = segment.value(1, 1)
            if declared.isascii() and declared.isdigit():
                totals.setdefault(segment.value(1), int(declared[:18]))
        found = Announced(passengers=totals.get("42"), crew=totals.get("41"))
        return None if found == Announced() else found

    def _check_totals(self) -> None:
        """CNT 42 and 41 count the whole flight: they are compared only when this message is the whole list."""
        announced = self._announced()
        if announced is None or self._several or self._function not in _WHOLE_LISTS:
            return
        crew = sum(person.capacity == "crew" for person in self._people if person.kept)
        passengers = self._passengers + sum(person.kept for person in self._people) - crew
        found = (("42", "passengers", announced.passengers, passengers), ("41", "crew members", announced.crew, crew))
        for code, kind, declared, real in found:
            real += self._crew if code == "41" else 0
            if declared is not None and declared != real:
                at = next(segment.at for segment in self._totals if segment.value(1) == code)
                self._findings.add(
                    "COUNT_MISMATCH", "CNT", at, f"CNT announces {declared} {kind}, the message has {real}"
                )

    def _unknown_qualifier(self, segment: Segment, what: str) -> None:
        """What it holds is not known, so nothing but the qualifier is stored."""
        value = segment.value(1)
        self._findings.count(
            "UNKNOWN_QUALIFIER", segment.tag, segment.at, f"{what} that are not known here: {shown(value.upper())}"
        )
        everything = [(at, index) for at, parts in enumerate(segment.elements) for index in range(len(parts)) if at]
        self._remove_text(segment, everything[1:] if is_code(value.upper()) else everything, "UNREAD")

    def _unknown_code(self, segment: Segment, place: slots.Place, what: str, removal: str = "UNREAD") -> None:
        """One that is longer than codes are may say anything, so it is not stored."""
        says = f"{what} that are not known here: {shown(segment.value(*place).upper())}"
        self._findings.count("UNKNOWN_CODE", segment.tag, segment.at, says)
        self._remove_text(segment, [place], removal)

    def _no_words(self, segment: Segment, place: slots.Place) -> None:
        """Words where a date is expected are in no record, whatever is told of the date, and are not stored."""
        if _WORD.search(segment.value(*place)):
            self._remove_text(segment, [place], "UNREAD")

    def _leave_out(self, segment: Segment, places: list[slots.Place], says: str, removal: str) -> None:
        """Components that are in no record: counted as unknown, and not stored."""
        self._findings.count("UNKNOWN_ELEMENT", segment.tag, segment.at, says)
        self._findings.leave_apart(sum(self._remove_text(segment, places, removal)), UNKNOWN)

    def _remove_text(self, segment: Segment, places: list[slots.Place], removal: str) -> list[int]:
        """Their sizes. What is a code is of the standard and may stay."""
        found, sizes = spans(segment, self._service), []
        for element, component in places:
            start, end = next(iter(found[element][component:]), (0, 0)) if element < len(found) else (0, 0)
            sizes.append(end - start)
            if not is_code(segment.value(element, component).upper()):
                self._findings.remove(start, end, removal)
        return sizes


_HANDLERS: Final[dict[str, Callable[[Paxlst, Segment], None]]] = {
    "BGM": Paxlst._bgm,
    "TDT": Paxlst._tdt,
    "LOC": Paxlst._loc,
    "DTM": Paxlst._dtm,
    "NAD": Paxlst._nad,
    "PDT": Paxlst._pdt,
    "ATT": Paxlst._att,
    "MEA": Paxlst._mea,
    "GEI": Paxlst._gei,
    "NAT": Paxlst._nat,
    "RFF": Paxlst._rff,
    "DOC": Paxlst._doc,
    "CNT": Paxlst._cnt,
    "COM": Paxlst._com,
    "EMP": Paxlst._emp,
    "FTX": Paxlst._ftx,
}
_LOCATIONS: Final[dict[str, Callable[[Paxlst, Person, Segment], None]]] = {
    "22": Paxlst._clearance,
    "91": Paxlst._issuer,
    "174": Paxlst._residence,
    "178": Paxlst._embarks,
    "179": Paxlst._disembarks,
    "180": Paxlst._birth_place,
}
_REFERENCES: Final[dict[str, tuple[str | None, str | None]]] = {
    "AVF": ("record_locator", None),
    "ABO": ("reference", None),
    "SEA": (None, "seats"),
    "YZY": (None, "tickets"),
    "CR": (None, "loyalty"),
    "AEA": (None, "government_references"),
}
"""RFF 1153 about a traveller: the field it fills, for one value or for several."""


def _without(segment: Segment, places: list[slots.Place]) -> Segment:
    elements = [list(components) for components in segment.elements]
    for element, component in places:
        elements[element][component] = ""
    return segment._replace(elements=elements)


def _near_nad(tag: str) -> bool:
    """True for what NAD becomes when one letter of it is damaged, or letters change places."""
    return sum(map(ne, tag, "NAD")) == 1 or sorted(tag) == sorted("NAD")


def _place(segment: Segment) -> str:
    """A place or State by its code, or by its name where no code was sent."""
    return segment.value(2) or segment.value(2, 3)


def _bag_tags(components: list[str]) -> tuple[list[BagTags], list[int]]:
    """`AF012345:3` is three tags in a row, from this one. `NULL` says that there is none.

    The second is the components that are neither.
    """
    tags: list[BagTags] = []
    others: list[int] = []
    for index, text in enumerate(component.strip() for component in components):
        if tags and text.isascii() and text.isdigit() and len(text) <= 3:
            tags[-1] = msgspec.structs.replace(tags[-1], count=max(1, int(text)))
        elif _BAG_TAG.match(text):
            tags.append(BagTags(first=text))
        elif text and text.upper() != "NULL":
            others.append(index)
    return tags, others
