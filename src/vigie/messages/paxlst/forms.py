"""The usual forms of PAXLST's segments, read from their text: the short way of `Paxlst` for clean messages.

Each form does what the reader's method for that segment does, or returns False and does nothing: then that method is
called. tests/messages/test_mutation.py holds both ways together on every damaged message.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal

from vigie.messages.edifact.service import Service
from vigie.messages.fields import naming
from vigie.messages.findings import Tally
from vigie.messages.paxlst import slots
from vigie.messages.paxlst.people import Paper, People, Person
from vigie.records import Sex

if TYPE_CHECKING:
    from vigie.messages.paxlst.reader import Paxlst

Form = Callable[[str, int], bool]
"""Takes a segment's text and its position; False when it is of another form."""
_PLACES: Final = {"178": "embarks", "179": "disembarks"}
_REFERENCES: Final = frozenset(["AVF", "ABO", "SEA", "YZY"])
_SAFE: Final = 3
"""Component separators that every one of these segments may have: what has more may have more than its standard."""
_MOST_REMEMBERED: Final = 1000
_DAYS: Final = frozenset(f"{dt.date.fromordinal(day):%m%d}" for day in range(1, 366))
"""Month and day of every year: 29 February is left to the calendar."""


class Forms:
    """The forms for one message's service characters, by the first five characters of a segment."""

    def __init__(
        self,
        reader: "Paxlst",
        people: People,
        service: Service,
        capacities: Mapping[str, tuple[Literal["passenger", "crew"], bool]],
        sexes: Mapping[str, tuple[Sex | None, bool]],
    ) -> None:
        self._reader, self._people = reader, people
        self._element, self._component = service.element, service.component
        self._capacities = capacities
        at = service.element
        self._sexes = {f"ATT{at}2{at}{at}{code}": sex for code, sex in sexes.items()}
        self._verified = {f"GEI{at}4{at}173": True, f"GEI{at}4{at}174": False}
        tail = f"[A-Z0-9]{{1,3}}(?:{re.escape(service.component)}[A-Z0-9]{{1,3}})?"
        self._codes = re.compile(tail + r"\Z")
        """Behind the code of a place: the list that it is of, and whose."""
        self._births: Tally | None = None
        self.values: dict[str, tuple[str, str]] = {}
        """Segments that were read before and only give one field a value: the field and the value."""
        self._places: dict[str, tuple[str | None, str]] = {}
        forms: dict[str, Form] = {
            "NAD+F": self._nad,
            "NAD+D": self._nad,
            "ATT+2": self._att,
            "DTM+3": self._dtm,
            "LOC+1": self._loc,
            "LOC+2": self._clearance,
            "LOC+9": self._issuer,
            "NAT+2": self._nat,
            "GEI+4": self._gei,
            "DOC+P": self._doc,
            "DOC+V": self._doc,
            "DOC+I": self._doc,
            "RFF+A": self._rff,
            "RFF+S": self._rff,
            "RFF+Y": self._rff,
        }
        self.by_prefix = {prefix.replace("+", at): form for prefix, form in forms.items()}

    def _nad(self, raw: str, at: int) -> bool:
        parts = raw.split(self._element)
        if len(parts) != 5 or parts[2] or parts[3] or raw.count(self._component) > _SAFE:
            return False
        known = self._capacities.get(parts[1])
        family, _, given = parts[4].partition(self._component)
        if known is None or not (family.strip() or given.strip(self._component + " ")):
            return False
        if self._component in given:
            given = given.replace(self._component, " ")
        name = naming.name(family, given, parts[4], "NAD")
        self._reader.begin(Person(at=at, kept=True, capacity=known[0], in_transit=known[1], name=name))
        return True

    def _att(self, raw: str, at: int) -> bool:
        person, known = self._reader.person, self._sexes.get(raw)
        if person is None or known is None or person.sex is not None:
            return False
        person.kept = True
        person.sex, infant = known
        person.infant = person.infant or infant
        return True

    def _dtm(self, raw: str, at: int) -> bool:
        """`DTM+329:840310` and `DTM+36:310214`, of six digits that are a day in any year."""
        person = self._reader.person
        qualifier, _, digits = raw[4:].partition(self._component)
        if person is None or len(digits) != 6 or digits[2:] not in _DAYS:
            return False
        if not digits.isdigit():
            return False
        if qualifier == "329":
            return self._birth_date(person, digits, at)
        if qualifier != "36" or not person.papers or person.papers[-1].expires:
            return False
        person.kept = True
        paper = person.papers[-1]
        paper.expires, paper.expires_code, paper.expires_at = digits, "", at
        return True

    def _birth_date(self, person: Person, digits: str, at: int) -> bool:
        if person.birth_date is not None:
            return False
        month, day = digits[2:4], digits[4:]
        year = self._people.birth_century(int(digits[:2]), int(month), int(day))
        if year < 1000:
            return False
        person.kept = True
        person.birth_date = f"{year}-{month}-{day}"
        if self._births is None:
            self._births = self._people.birth_derived("DTM", at)
        else:
            self._births.count += 1
        return True

    def _value(self, raw: str, elements: int) -> str:
        """The code in the last element, of a segment of so many; empty when there is more than a code in it."""
        parts = raw.split(self._element)
        if len(parts) != elements:
            return ""
        value, _, rest = parts[-1].partition(self._component)
        return "" if rest and not self._codes.match(rest) else value.strip()

    def _loc(self, raw: str, at: int) -> bool:
        person, qualifier = self._reader.person, raw[4:7]
        if qualifier == "180":
            return self._birth_place(raw, at)
        value = self._value(raw, 3).upper()
        if person is None or not value or raw[7:8] != self._element:
            return False
        field = _PLACES.get(qualifier)
        if qualifier == "174" and person.residence is None and slots.fits("LOC+174", value):
            code = self._people.country(value, "LOC", at)
            return self._set(person, "residence", code, raw if self._people.knows(value) else "")
        if field is None or getattr(person, field) is not None:
            return False
        return self._set(person, field, value, raw)

    def _set(self, person: Person, field: str, value: str, raw: str) -> bool:
        """Sets a field, and remembers that `raw` does so, unless it is empty."""
        person.kept = True
        setattr(person, field, value)
        if raw and len(self.values) < _MOST_REMEMBERED:
            self.values[raw] = (field, value)
        return True

    def _birth_place(self, raw: str, at: int) -> bool:
        """Places come again and again: what was read of one is remembered."""
        person = self._reader.person
        if person is None or person.birth_place is not None or person.birth_country is not None:
            return False
        place = self._places.get(raw)
        if place is None:
            elements = [part.split(self._component) for part in raw.split(self._element)]
            if len(elements) != 3 or elements[1] != ["180"] or len(elements[2]) > _SAFE + 1 or any(elements[2][1:3]):
                return False
            if len(self._places) >= _MOST_REMEMBERED:
                return False
            place = self._places[raw] = self._reader.place_of_birth(elements)
        person.kept = True
        person.birth_place = place[0]
        if place[1]:
            person.birth_country = self._people.country(place[1], "LOC", at)
        return True

    def _clearance(self, raw: str, at: int) -> bool:
        person, value = self._reader.person, self._value(raw, 3).upper()
        if raw[4:7] != "22" + self._element or person is None or not value or person.clearance is not None:
            return False
        return self._set(person, "clearance", value, raw)

    def _issuer(self, raw: str, at: int) -> bool:
        person, value = self._reader.person, self._value(raw, 3)
        if raw[5:7] != "1" + self._element or person is None or not value or not person.papers:
            return False
        if not slots.fits("LOC+91", value):
            return False
        person.kept = True
        paper = person.papers[-1]
        if paper.issuer is None:
            paper.issuer = self._people.country(value, "LOC", at)
        return True

    def _nat(self, raw: str, at: int) -> bool:
        person, value = self._reader.person, self._value(raw, 3)
        if person is None or not value or raw[5:6] != self._element or not slots.fits("NAT", value):
            return False
        person.kept = True
        person.nationalities.append(self._people.country(value, "NAT", at))
        return True

    def _gei(self, raw: str, at: int) -> bool:
        person, known = self._reader.person, self._verified.get(raw)
        if person is None or known is None or person.papers or person.verified is not None:
            return False
        person.kept, person.verified = True, known
        return True

    def _doc(self, raw: str, at: int) -> bool:
        person, parts = self._reader.person, raw.split(self._element)
        if person is None or len(parts) != 3 or (person.papers and not person.papers[-1].declared):
            return False
        number = parts[2].strip()
        if self._component in number or parts[1].count(self._component) > _SAFE:
            return False
        if number and not slots.fits("DOC", number):
            return False
        person.kept = True
        paper = Paper()
        person.papers.append(paper)
        code = parts[1].partition(self._component)[0].strip().upper()
        paper.declare(code, parts[1], number)
        return True

    def _rff(self, raw: str, at: int) -> bool:
        person = self._reader.person
        qualifier, _, rest = raw[4:].partition(self._component)
        value = rest.strip()
        if person is None or not value or self._element in raw[4:] or self._component in rest:
            return False
        if qualifier in _REFERENCES and not slots.fits(f"RFF+{qualifier}", value):
            return False
        if qualifier == "AVF" and person.record_locator is None:
            person.record_locator = value
        elif qualifier == "ABO" and person.reference is None:
            person.reference = value
        elif qualifier == "SEA":
            person.seats.append(value)
        elif qualifier == "YZY":
            person.tickets.append(value)
        else:
            return False
        person.kept = True
        return True
