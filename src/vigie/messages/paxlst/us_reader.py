"""PAXLST of US-EDIFACT (`PAXLST:001:000`): the form that carriers sent before the UN directories, and some still do.

After the public specimens of the form: CTA, TDT, then LOC with DTM for each place (005 departure, PT places between,
008 arrival), UNS, and one PDT for each person, with the document in front of the name.
"""

from collections.abc import Callable
from typing import Final, Literal

from vigie.messages.edifact.grammar import Run, Segment
from vigie.messages.fields import itinerary, naming
from vigie.messages.paxlst.people import Paper, Person
from vigie.messages.paxlst.reader import Paxlst
from vigie.records import Mode, Sex

_PLACES: Final = {"5": itinerary.BORDER_DEPARTURE, "8": itinerary.BORDER_ARRIVAL, "PT": itinerary.ROUTING}
_TIMES: Final = {"136": itinerary.DEPARTURE, "132": itinerary.ARRIVAL}
_MODES: Final[dict[str, Mode]] = {"10": "sea", "11": "sea", "20": "rail", "30": "road", "40": "air", "": "air"}
_SEXES: Final[dict[str, Sex | None]] = {"M": "M", "F": "F", "U": None, "X": "X"}
_CREW: Final = frozenset(["CRW", "CREW", "FM", "CMB"])
_PASSENGER: Final = frozenset(["", "PAX", "FL"])


class UsPaxlst(Paxlst):
    """Reads one message of the old American form. What is of the UN's form in it is read as such."""

    def begins_group(self, segment: Segment) -> bool:
        """A person."""
        return segment.tag == "PDT" or super().begins_group(segment)

    def take_run(self, run: Run, take: Callable[[Segment], None]) -> None:
        """All go the same way: the usual forms are those of the UN."""
        for segment in run.segments():
            take(segment)

    def take(self, segment: Segment) -> None:
        """The next segment between UNH and UNT."""
        handler = _HANDLERS.get(segment.tag)
        if handler is not None:
            handler(self, segment)
        elif segment.tag != "UNS":
            super().take(segment)

    def _tdt(self, segment: Segment) -> None:
        mode = _MODES.get(segment.value(3))
        if mode is None:
            super()._tdt(segment)
        else:
            self._itinerary.conveyance(mode, segment.value(4) or None, segment.value(2) or None)

    def _loc(self, segment: Segment) -> None:
        code = segment.value(1).upper().lstrip("0")
        qualifier, place = _PLACES.get(code), segment.value(2).upper()
        if qualifier is None:
            super()._loc(segment)
        elif place:
            self._itinerary.stop(qualifier, place, segment.at, through=code == "PT")

    def _dtm(self, segment: Segment) -> None:
        """`DTM+136+020131+1030+M05`: date, time, and the zone, which the place tells as well."""
        qualifier = _TIMES.get(segment.value(1))
        if qualifier is None or len(segment.components(1)) > 1:
            super()._dtm(segment)
            return
        digits = segment.value(2) + segment.value(3)
        read = self._all.stamp("DTM", segment.at, digits, "", self._all.near)
        if read is not None and len(read.text) >= 10:
            says = f"times of travel whose century was derived: the nearest to {self._as_of} was taken"
            self._findings.count("CENTURY_DERIVED", "DTM", segment.at, says)
            self._itinerary.time(qualifier, read.text)

    def _pdt(self, segment: Segment) -> None:
        """`PDT+P/E123:310214:MA+SURNAME:GIVEN:INITIAL:840310:F+PAX+MACMN:ATVIE`."""
        names = [*segment.components(2), "", "", "", "", ""]
        raw = self._service.component.join(names[:3]).rstrip(self._service.component)
        name = naming.name(names[0], f"{names[1]} {names[2]}", raw, "PDT")
        role = segment.value(3).upper()
        capacity: Literal["passenger", "crew"] = "crew" if role in _CREW else "passenger"
        person = Person(at=segment.at, kept=True, capacity=capacity, in_transit=False, name=name)
        self.begin(person)
        person.birth_date = self._all.birth_date("PDT", segment.at, names[3].strip(), "")
        sex = names[4].strip().upper()
        person.sex = _SEXES.get(sex)
        if sex and sex not in _SEXES:
            self._unknown("UNKNOWN_CODE", segment, sex, "codes for sex")
        if role not in _CREW | _PASSENGER:
            self._unknown("UNKNOWN_QUALIFIER", segment, role, "persons with a role, kept as passengers")
        person.embarks, person.disembarks = segment.value(4).upper() or None, segment.value(4, 1).upper() or None
        self._document(person, segment)

    def _document(self, person: Person, segment: Segment) -> None:
        """The issuing State says nothing of a nationality: the form has no field for that."""
        code, slash, number = segment.value(1).partition("/")
        if not slash:
            code, number = "", code
        if not (number or code):
            return
        paper = Paper()
        paper.declare(code.upper(), code, number)
        self._all.expiry(paper, segment.value(1, 1), "", segment.at)
        issuer = segment.value(1, 2)
        paper.issuer = self._all.country(issuer, "PDT", segment.at) if issuer else None
        person.papers.append(paper)


_HANDLERS: Final[dict[str, Callable[[UsPaxlst, Segment], None]]] = {
    "TDT": UsPaxlst._tdt,
    "LOC": UsPaxlst._loc,
    "DTM": UsPaxlst._dtm,
    "PDT": UsPaxlst._pdt,
}
