"""PDT of the old American PAXLST: a traveller in one segment, the document in front of the name."""

from typing import Final, Literal

from vigie.messages.edifact.grammar import Segment
from vigie.messages.edifact.service import Service
from vigie.messages.fields import naming
from vigie.messages.paxlst.people import Paper, People, Person
from vigie.records import Sex

SEXES: Final[dict[str, Sex | None]] = {"M": "M", "F": "F", "U": None, "X": "X"}
_CREW: Final = frozenset(["CRW", "CREW", "FM", "CMB"])
_PASSENGER: Final = frozenset(["", "PAX", "FL"])


def knows(role: str) -> bool:
    """True for a role that says whether somebody is a passenger or of the crew."""
    return role.upper() in _CREW | _PASSENGER


def person(segment: Segment, service: Service, people: People) -> Person:
    """Of `PDT+P/E123:310214:MA+SURNAME:GIVEN:INITIAL:840310:F+PAX+MACMN:ATVIE`."""
    names = [*segment.components(2), "", "", "", "", ""]
    raw = service.component.join(names[:3]).rstrip(service.component)
    name = naming.name(names[0], f"{names[1]} {names[2]}", raw, "PDT")
    capacity: Literal["passenger", "crew"] = "crew" if segment.value(3).upper() in _CREW else "passenger"
    found = Person(at=segment.at, kept=True, capacity=capacity, in_transit=False, name=name)
    found.birth_date = people.birth_date("PDT", segment.at, names[3].strip(), "")
    found.sex = SEXES.get(names[4].strip().upper())
    found.embarks, found.disembarks = segment.value(4).upper() or None, segment.value(4, 1).upper() or None
    paper = _document(segment, people)
    if paper is not None:
        found.papers.append(paper)
    return found


def _document(segment: Segment, people: People) -> Paper | None:
    """The issuing State says nothing of a nationality: the form has no field for that."""
    code, slash, number = segment.value(1).partition("/")
    if not slash:
        code, number = "", code
    if not (number or code):
        return None
    paper = Paper()
    paper.declare(code.upper(), code, number)
    people.expiry(paper, segment.value(1, 1), "", segment.at)
    issuer = segment.value(1, 2)
    paper.issuer = people.country(issuer, "PDT", segment.at) if issuer else None
    return paper
