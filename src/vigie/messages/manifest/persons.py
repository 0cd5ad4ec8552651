"""One row of a manifest: a person, cell by cell."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, Literal

import msgspec

from vigie import countries
from vigie.messages.fields import documents, naming
from vigie.messages.fields.values import Values, readings
from vigie.messages.findings import Findings
from vigie.messages.manifest import dates
from vigie.messages.manifest.dates import Order
from vigie.messages.manifest.table import Cell, Column, is_empty, meaning, plain
from vigie.messages.manifest.voyage import place, report_order
from vigie.records import Address, Contact, Document, DocumentKind, Name, Sex, Traveller

DATES: Final = ("birth_date", "birth", "document_expires", "document_issued")
_DAMAGED: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,3}\Z", re.IGNORECASE)
"""What a spreadsheet makes of a long number: 1.23457E+08."""
_FRACTION: Final = re.compile(r"(\d{5,})[.,]0+\Z")
_AGES: Final = re.compile(r"(\d{1,3})(?:\s*(?:-|–|/|to|a|à|الى|إلى)\s*(\d{1,3}))?", re.IGNORECASE)
_DATE_BEFORE: Final = re.compile(r"(\S*\d\S*)(?:\s*[,;/\-]?\s*(.*))?\Z")
_BIRTH_NAMED: Final = re.compile(r"(\d{1,2}\S* [^\W\d_]+\.? \d{4})(?:\s*[,;/\-]?\s*(.*))?\Z")
_STATELESS: Final = "XXA"
_LETTERS: Final[dict[DocumentKind | None, str]] = {
    "passport": "P",
    "diplomatic_passport": "P",
    "official_passport": "P",
    "emergency_passport": "P",
    "identity_card": "I",
    "ecowas_identity_card": "I",
    "visa": "V",
    "crew_licence": "L",
}
"""First letter of the code of ICAO Doc 9303 for what is sent in words; the others have none that is sure."""
_PASSPORT: Final = ("passport", "passeport", "جواز")


class Person(msgspec.Struct, kw_only=True):
    """A person while the row is read. Texts are as sent, codes already brought to theirs."""

    at: int
    capacity: Literal["passenger", "crew"]
    infant: bool = False
    family: str = ""
    given: list[str] = []
    full: str = ""
    others: list[str] = []
    title: str | None = None
    birth_date: str | None = None
    basis: Literal["document", "declared", "assessed"] | None = None
    birth_place: str | None = None
    birth_country: str | None = None
    sex: Sex | None = None
    nationalities: list[str] = []
    type_raw: str | None = None
    kind: DocumentKind | None = None
    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    expires: str | None = None
    issued: str | None = None
    issue_place: str | None = None
    visa: str | None = None
    residence: str | None = None
    address: str | None = None
    embarks: str | None = None
    disembarks: str | None = None
    in_transit: bool = False
    seat: str | None = None
    bags: int | None = None
    bag_weight: str | None = None
    reference: str | None = None
    locator: str | None = None
    ticket: str | None = None
    occupation: str | None = None
    contacts: list[Contact] = []
    traveller_type: str | None = None


class PersonReader:
    """Reads the cells of rows of one message. `day` is that of travel; `orders` has the order of dates by field."""

    def __init__(
        self, findings: Findings, as_of: dt.date, day: dt.date, orders: Mapping[str, Order], separator: str
    ) -> None:
        self._findings, self._as_of, self._day, self._orders, self._separator = findings, as_of, day, orders, separator
        self._values = {
            day_first: Values(findings, as_of, partial(dates.date, day_first=day_first))
            for day_first in (True, False, None)
        }

    def take(self, person: Person, column: Column, cell: Cell) -> None:
        """A cell that is not empty, of a column of kind `traveller`."""
        _FIELDS[column.field](self, person, column, cell)

    # -- names

    def _family(self, person: Person, _: Column, cell: Cell) -> None:
        person.family = cell.value

    def _given(self, person: Person, _: Column, cell: Cell) -> None:
        person.given.append(cell.value)

    def _full(self, person: Person, _: Column, cell: Cell) -> None:
        person.full = cell.value

    def _other(self, person: Person, _: Column, cell: Cell) -> None:
        person.others.append(cell.value)

    def _title(self, person: Person, _: Column, cell: Cell) -> None:
        person.title = cell.value.upper().rstrip(".")

    # -- the person

    def _capacity(self, person: Person, column: Column, cell: Cell) -> None:
        told = meaning("capacity", cell.value)
        if told is None:
            self._unknown("UNKNOWN_CODE", column, cell, "words for the capacity of a traveller that are not known here")
            return
        person.traveller_type = cell.value
        person.infant = told == "infant"
        person.capacity = "crew" if told == "crew" else "passenger"

    def _sex(self, person: Person, column: Column, cell: Cell) -> None:
        told = meaning("sex", cell.value)
        person.sex = self._values[True].sex(told or cell.value, column.field, cell.at)

    def _nationality(self, person: Person, column: Column, cell: Cell) -> None:
        """One country, or several with signs between them."""
        parts = [part for part in re.split(r"\s*[/,;&+]\s*", cell.value) if part]
        whole = countries.alpha3(cell.value) is not None or not all(map(countries.alpha3, parts))
        for part in [cell.value] if whole else parts:
            code = self._values[True].country(part, column.field, cell.at)
            if code and code not in person.nationalities:
                person.nationalities.append(code)

    def _birth_date(self, person: Person, column: Column, cell: Cell) -> None:
        values = self._ordered(column, cell)
        born = values.birth_date(cell.value, column.field, cell.at)
        if born is not None:
            person.birth_date, person.basis = born, None

    def _birth(self, person: Person, column: Column, cell: Cell) -> None:
        """Date and place in one cell, with or without something between them."""
        found = _BIRTH_NAMED.match(cell.value) or _DATE_BEFORE.match(cell.value)
        if found is None:
            person.birth_place = cell.value
            return
        self._birth_date(person, column, cell._replace(value=found[1].rstrip(",;")))
        person.birth_place = found[2] or None

    def _assessed_age(self, person: Person, column: Column, cell: Cell) -> None:
        if self._age(person, column, cell):
            person.basis = "assessed"

    def _declared_age(self, person: Person, column: Column, cell: Cell) -> None:
        """Nobody says who knows this age, so the range has no basis."""
        self._age(person, column, cell)

    def _age(self, person: Person, column: Column, cell: Cell) -> bool:
        """An age makes a range of years of birth, as counted on the day of travel. A date of birth is better."""
        found = _AGES.search(cell.value)
        youngest = int(found[1]) if found else 200
        oldest = int(found[2] or found[1]) if found else 200
        if not youngest <= oldest < 130:
            says = "the age is not a number of years; the field is left empty"
            self._findings.add("BAD_NUMBER", column.field, cell.at, says)
            return False
        if person.birth_date is not None:
            return False
        person.birth_date = f"{self._day.year - oldest - 1:04}/{self._day.year - youngest:04}"
        return True

    def _country(self, person: Person, column: Column, cell: Cell) -> None:
        field = {"document_issuer": "issuer"}.get(column.field, column.field)
        setattr(person, field, self._values[True].country(cell.value, column.field, cell.at))

    def _text(self, person: Person, column: Column, cell: Cell) -> None:
        field = {"document_issue_place": "issue_place", "record_locator": "locator"}.get(column.field, column.field)
        setattr(person, field, cell.value)

    def _place(self, person: Person, column: Column, cell: Cell) -> None:
        setattr(person, column.field, place(cell.value))

    def _in_transit(self, person: Person, column: Column, cell: Cell) -> None:
        told = meaning("yes", cell.value)
        if told is None:
            self._unknown("UNKNOWN_CODE", column, cell, "words for transit that mean neither yes nor no")
        person.in_transit = told == "yes"

    def _bags(self, person: Person, column: Column, cell: Cell) -> None:
        if cell.value.isdecimal() and len(cell.value) < 5:
            person.bags = int(cell.value)
        else:
            says = "the number of bags is not a number below 10000"
            self._findings.add("BAD_NUMBER", column.field, cell.at, says)

    def _telephone(self, person: Person, column: Column, cell: Cell) -> None:
        number = self._number(column, cell)
        if number:
            person.contacts.append(Contact(kind="telephone", value=number))

    def _email(self, person: Person, _: Column, cell: Cell) -> None:
        person.contacts.append(Contact(kind="email", value=cell.value))

    # -- documents

    def _document_type(self, person: Person, _: Column, cell: Cell) -> None:
        self._typed(person, cell.value)

    def _typed(self, person: Person, text: str) -> None:
        code = text.upper() if len(text) <= 2 and text.isascii() and text.isalpha() else ""
        person.type_raw = text
        person.kind = documents.kind_in_words(text) or (documents.kind(code, person.issuer) if code else None)
        person.type = code[:1] or _LETTERS.get(person.kind)

    def _document_number(self, person: Person, column: Column, cell: Cell) -> None:
        person.number = self._number(column, cell)
        if person.type_raw is None and any(word in column.heading for word in _PASSPORT):
            person.kind, person.type = "passport", "P"

    def _identity_document(self, person: Person, column: Column, cell: Cell) -> None:
        """Kind and number in one cell, in any order."""
        words = cell.value.replace(":", " ").split()
        numbers = [word for word in words if any(map(str.isdigit, word)) and len(word) > 3]
        number = max(numbers, key=len, default=None)
        if number is not None:
            person.number = self._number(column, cell._replace(value=number))
        kind = " ".join(word for word in words if word != number).strip(" ,;/()-")
        if kind and not is_empty(kind):
            self._typed(person, kind)

    def _number(self, column: Column, cell: Cell) -> str | None:
        """A number as sent, in capitals without blanks; the digits that a spreadsheet has dropped are not made up."""
        if _DAMAGED.match(cell.value):
            says = "a number in the notation of a spreadsheet, whose digits are lost; the field is left empty"
            self._findings.add("NUMBER_DAMAGED", column.field, cell.at, says)
            return None
        whole = _FRACTION.match(cell.value)
        return "".join((whole[1] if whole else cell.value).split()).upper()

    def _expires(self, person: Person, column: Column, cell: Cell) -> None:
        values = self._ordered(column, cell)
        person.expires = values.near_date(cell.value, column.field, cell.at, self._day, "expiry")

    def _issued(self, person: Person, column: Column, cell: Cell) -> None:
        values = self._ordered(column, cell)
        person.issued = values.near_date(cell.value, column.field, cell.at, self._day, "issue")

    def _visa(self, person: Person, column: Column, cell: Cell) -> None:
        person.visa = self._number(column, cell)

    def _ordered(self, column: Column, cell: Cell) -> Values:
        order = self._orders.get(column.field)
        report_order(self._findings, column.field, cell.at, cell.value, order)
        return self._values[order]

    def _unknown(self, code: str, column: Column, cell: Cell, says: str) -> None:
        self._findings.count(code, column.field, cell.at, says)

    # -- the end

    def traveller(self, person: Person) -> Traveller:
        names = self._names(person)
        if names[0].family is None:
            self._findings.count("NAME_MISSING", "name", person.at, "travellers without a name")
        nationality = person.nationalities[0] if person.nationalities else None
        return Traveller(
            capacity=person.capacity,
            in_transit=person.in_transit,
            infant=person.infant,
            name=names[0],
            names=names,
            birth_date=person.birth_date,
            birth_date_basis=person.basis,
            birth_place=person.birth_place,
            birth_country=person.birth_country,
            sex=person.sex,
            nationality=nationality,
            nationalities=tuple(person.nationalities) if len(person.nationalities) > 1 else (),
            stateless=_STATELESS in person.nationalities or person.kind == "stateless_travel_document",
            residence=person.residence,
            documents=_documents(person),
            embarks=person.embarks,
            disembarks=person.disembarks,
            record_locator=person.locator,
            reference=person.reference,
            seats=(person.seat,) if person.seat else (),
            bags=person.bags,
            bag_weight=person.bag_weight,
            tickets=(person.ticket,) if person.ticket else (),
            occupation=person.occupation,
            contacts=tuple(person.contacts),
            addresses=(Address(kind="residence", lines=(person.address,)),) if person.address else (),
            traveller_type=person.traveller_type,
        )

    def _names(self, person: Person) -> tuple[Name, ...]:
        given = " ".join(person.given)
        found: list[Name] = []
        if person.family or given:
            raw = self._separator.join(part for part in (person.family, *person.given) if part)
            found.append(naming.name(person.family, given, raw, "CSV"))
        found += [_whole(text) for text in (person.full, *person.others) if text]
        if not found:
            found = [naming.name("", "", "", "CSV")]
        if person.title:
            found[0] = msgspec.structs.replace(found[0], title=person.title)
        return readings(found, self._findings, "name", person.at)


def _whole(text: str) -> Name:
    """A name in one cell: `FAMILY, Given` is separated; any other order is not known, so the name stays whole."""
    family, comma, given = text.partition(",")
    return naming.name(family, given, text, "CSV") if comma else naming.name(text, "", text, "CSV")


def _documents(person: Person) -> tuple[Document, ...]:
    kind = person.kind
    document = Document(
        type=person.type,
        type_raw=person.type_raw,
        number=person.number,
        issuer=person.issuer,
        expires=person.expires,
        kind=kind,
        issued=person.issued,
        issue_place=person.issue_place,
    )
    sent = person.type_raw or person.number or person.issuer or person.expires or person.issued
    found = [document] if sent else []
    if person.visa:
        found.append(Document(type="V", number=person.visa, kind="visa"))
    return tuple(found)


_FIELDS: Final[dict[str, Callable[[PersonReader, Person, Column, Cell], None]]] = {
    "capacity": PersonReader._capacity,
    "family_name": PersonReader._family,
    "given_names": PersonReader._given,
    "middle_names": PersonReader._given,
    "name": PersonReader._full,
    "other_name": PersonReader._other,
    "title": PersonReader._title,
    "birth_date": PersonReader._birth_date,
    "birth": PersonReader._birth,
    "assessed_age": PersonReader._assessed_age,
    "age": PersonReader._declared_age,
    "sex": PersonReader._sex,
    "nationality": PersonReader._nationality,
    "document_type": PersonReader._document_type,
    "document_number": PersonReader._document_number,
    "identity_document": PersonReader._identity_document,
    "document_issuer": PersonReader._country,
    "document_expires": PersonReader._expires,
    "document_issued": PersonReader._issued,
    "visa_number": PersonReader._visa,
    "residence": PersonReader._country,
    "birth_country": PersonReader._country,
    "embarks": PersonReader._place,
    "disembarks": PersonReader._place,
    "in_transit": PersonReader._in_transit,
    "bags": PersonReader._bags,
    "telephone": PersonReader._telephone,
    "email": PersonReader._email,
    **dict.fromkeys(
        "birth_place address seat bag_weight reference record_locator ticket occupation document_issue_place".split(),
        PersonReader._text,
    ),
}


def is_sent(column: Column, cell: Cell) -> bool:
    """False for an empty cell and a word for nothing; of documents, `none` says that there is none."""
    if not is_empty(cell.value):
        return True
    return column.field == "document_type" and bool(plain(cell.value)) and documents.kind_in_words(cell.value) == "none"
