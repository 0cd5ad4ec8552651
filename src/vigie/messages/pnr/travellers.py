"""From the travellers of a booking as they were read to records: names, documents, what departure control knows."""

import datetime as dt
from typing import Final

import msgspec

from vigie.messages.fields import documents, naming, titles
from vigie.messages.fields.ssr_docs import DocoItem
from vigie.messages.fields.values import Values
from vigie.messages.findings import Findings
from vigie.messages.pnr.people import Paper, Person, Presence
from vigie.records import Address, Document, Name, Sex, Traveller

_TITLE: Final = "given names that seem to end in a title; kept as sent, with the other reading among the names"
_SECOND: Final = "documents of one traveller that give different birth dates or sexes; the first was kept"
_MOST_OF_NUMBER: Final = 30
"""Documents of one number that are compared; one traveller has no more."""
_STATELESS: Final = "XXA"


class Travellers:
    """Builds the travellers of one message. `day` is that of travel, by which centuries of expiry are decided."""

    def __init__(self, values: Values, findings: Findings, day: dt.date) -> None:
        self._values, self._findings, self._day = values, findings, day

    def traveller(self, person: Person, booking: int, locator: str | None, flight: int) -> Traveller:
        """The record. `flight` is the index of the segment that the message is about, -1 when it is not known."""
        names = self._names(person)
        if names[0].family is None:
            self._findings.count("NAME_MISSING", person.source, person.at, "travellers without a name")
        birth, sex, nationalities, holds = self._identity(person)
        presence = _presence(person.presences, flight)
        return Traveller(
            capacity="passenger",
            infant=person.infant,
            placeholder=person.placeholder,
            name=names[0],
            names=names,
            birth_date=birth,
            birth_place=next((visa.birth_place for visa in person.visas if visa.birth_place), None),
            sex=sex,
            nationality=nationalities[0] if nationalities else None,
            nationalities=tuple(nationalities) if len(nationalities) > 1 else (),
            stateless=_STATELESS in nationalities,
            residence=self._residence(person),
            documents=tuple(holds),
            record_locator=locator,
            reference=person.unique,
            seats=tuple(person.seats.values()),
            bags=presence.bags,
            bag_weight=presence.weight,
            bag_tags=presence.tags,
            booking=booking,
            traveller_type=person.type,
            contacts=tuple(dict.fromkeys(person.contacts)),
            addresses=tuple(dict.fromkeys(self._addresses(person))),
            tickets=tuple(dict.fromkeys(person.tickets)),
            loyalty=tuple(dict.fromkeys(person.loyalty)),
            government_references=tuple(dict.fromkeys(person.numbers)),
            protections=tuple(dict.fromkeys(person.protections)),
            checked_in=presence.checked_in,
            sequence=presence.sequence,
        )

    # -- names

    def _names(self, person: Person) -> tuple[Name, ...]:
        """The best first: a document's with family and given name, else the booking's. Then the others and readings."""
        papers = [self._paper_name(paper) for paper in person.papers if paper.item.family or paper.item.given]
        if person.source == "DOCS":
            return tuple(dict.fromkeys(papers)) or (self._booking_name(person, [])[0],)
        booked, *readings = self._booking_name(person, [name.given or "" for name in papers])
        best = [name for name in papers if name.family and name.given]
        if booked.given is None:
            best = best or papers
        spelt = [naming.name(family, given, raw, "TIF") for family, given, raw in person.spellings]
        return tuple(dict.fromkeys([*best, booked, *papers, *spelt, *readings]))

    def _paper_name(self, paper: Paper) -> Name:
        item = paper.item
        found = titles.separate(item.given or "")
        given, title = (found.given, found.title) if found and found.certain else (item.given or "", None)
        name = naming.name(item.family or "", given, item.name_raw, "DOCS")
        return msgspec.structs.replace(name, title=title) if title else name

    def _booking_name(self, person: Person, others: list[str]) -> list[Name]:
        """The name in the booking, and another reading of it where its end may be a title."""
        found = titles.separate(person.given, others)
        if found is None or person.group:
            return [naming.name(person.family, person.given, person.raw, person.source)]
        without = msgspec.structs.replace(
            naming.name(person.family, found.given, person.raw, person.source), title=found.title
        )
        if found.certain:
            return [without]
        self._findings.count("TITLE_UNCERTAIN", person.source, person.at, _TITLE)
        return [naming.name(person.family, person.given, person.raw, person.source), without]

    # -- documents

    def _identity(self, person: Person) -> tuple[str | None, Sex | None, list[str], list[Document]]:
        """Birth date, sex, nationalities, documents of all DOCS; the birth date of INFT or CHLD where they lack it."""
        births: list[str] = []
        sexes: list[Sex] = []
        nationalities: list[str] = []
        found: list[Document] = []
        for paper in person.papers:
            item = paper.item
            birth = self._values.birth_date(item.birth, "SSR", paper.at)
            sex = self._values.sex(item.sex_raw, "SSR", paper.at)
            nationality = self._values.country(item.nationality_raw, "SSR", paper.at)
            births += [birth] if birth else []
            sexes += [sex] if sex else []
            nationalities += [nationality] if nationality and nationality not in nationalities else []
            found += self._document(paper)
        if len(set(births)) > 1 or len(set(sexes)) > 1:
            self._findings.count("VALUE_REPEATED", "SSR", person.papers[0].at, _SECOND)
        found += [document for visa in person.visas for document in self._visa(visa, person.at)]
        if not births and person.birth:
            birth = self._values.birth_date(person.birth, "SSR", person.at)
            births += [birth] if birth else []
        holds = _joined([*found, *person.identifications])
        return births[0] if births else None, sexes[0] if sexes else None, nationalities, holds

    def _document(self, paper: Paper) -> list[Document]:
        """Nothing for a DOCS that only gives birth date and sex."""
        item = paper.item
        expires = self._values.near_date(item.expiry, "SSR", paper.at, self._day, "expiry")
        if not (item.type or item.number or item.issuer_raw):
            return []
        issuer = self._values.country(item.issuer_raw, "SSR", paper.at)
        return [
            Document(
                type=documents.letter(item.type),
                type_raw=item.type,
                number=item.number,
                issuer=issuer,
                expires=expires,
                kind=documents.kind(item.type, issuer) if item.type else None,
            )
        ]

    def _visa(self, item: DocoItem, at: int) -> list[Document]:
        """A visa is issued by the State it is for."""
        if item.type not in (None, "V") or not item.number:
            return []
        return [
            Document(
                type=documents.letter(item.type),
                type_raw=item.type,
                number=item.number,
                issuer=self._values.country(item.valid_for, "SSR", at),
                kind="visa" if item.type else None,
                issued=self._values.near_date(item.issued, "SSR", at, self._day, "issue"),
                issue_place=item.issue_place,
            )
        ]

    # -- addresses

    def _residence(self, person: Person) -> str | None:
        sent = next((place.country_raw for place in person.places if place.kind == "R" and place.country_raw), None)
        return self._values.country(sent, "SSR", person.at)

    def _addresses(self, person: Person) -> list[Address]:
        kinds: Final = {"R": "residence", "D": "destination"}
        sent = [(kinds.get(place.kind or "", "other"), place.country_raw, place.lines) for place in person.places]
        return [self.address(kind, country, lines, person.at) for kind, country, lines in [*sent, *person.addresses]]

    def address(self, kind: str, country: str | None, lines: tuple[str, ...], at: int) -> Address:
        return msgspec.convert(
            {"kind": kind, "country": self._values.country(country, "ADD", at), "lines": lines}, Address
        )


def _presence(presences: list[Presence], flight: int) -> Presence:
    """What departure control says for the flight of the message; without that, the first that says anything of bags."""
    here = [one for one in presences if one.flight == flight]
    rest = sorted(presences, key=lambda one: one.bags is None and not one.tags)
    return next(iter([*here, *rest]), Presence(flight=-1))


def _joined(found: list[Document]) -> list[Document]:
    """Each document once: one that says less than another of the same number and type is the same."""
    joined: list[Document] = []
    numbered: dict[str | None, list[int]] = {}
    for document in found:
        places = numbered.setdefault(document.number, [])
        for at in places[:_MOST_OF_NUMBER]:
            if _same(joined[at], document):
                joined[at] = _merged(joined[at], document)
                break
        else:
            places.append(len(joined))
            joined.append(document)
    return joined


def _same(one: Document, other: Document) -> bool:
    return all(
        getattr(one, field) in (None, getattr(other, field)) or getattr(other, field) is None
        for field in Document.__struct_fields__
    )


def _merged(one: Document, other: Document) -> Document:
    missing = {
        field: getattr(other, field)
        for field in Document.__struct_fields__
        if getattr(one, field) is None and getattr(other, field) is not None
    }
    return msgspec.structs.replace(one, **missing) if missing else one
