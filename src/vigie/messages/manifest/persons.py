"""One row of a manifest: a person, cell by cell."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, Literal, NamedTuple

import msgspec

from vigie import countries
from vigie.messages.fields import documents, naming
from vigie.messages.fields.values import Values, readings
from vigie.messages.findings import Findings
from vigie.messages.manifest import dates
from vigie.messages.manifest.dates import Order
from vigie.messages.manifest.shapes import kind_and_number
from vigie.messages.manifest.table import Cell, Column, DateColumn, is_empty, meaning, plain, says_nothing
from vigie.messages.manifest.voyage import place, report_order
from vigie.records import Address, Contact, Document, DocumentKind, Name, Sex, Traveller

COUNTRIES: Final = frozenset(["nationality", "document_issuer", "residence", "birth_country"])
DATES: Final = ("birth_date", "birth", "document_expires", "document_issued")
_DAMAGED: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,3}\Z", re.IGNORECASE)
"""What a spreadsheet makes of a long number: 1.23457E+08."""
_FRACTION: Final = re.compile(r"(\d{5,})[.,]0+\Z")
_AGES: Final = re.compile(
    r"(?P<about>\D*?)\s*(?P<youngest>\d{1,3})(?:\s*(?:-|–|/|to|a|à|الى|إلى)\s*(?P<oldest>\d{1,3}))?\s*(?P<unit>\D*)\Z",
    re.IGNORECASE,
)
_DAYS: Final = {"year": 365.2425, "month": 30.436875, "week": 7.0, "day": 1.0}
_OLDEST: Final = 130
_DATE_BEFORE: Final = re.compile(r"(\S*\d\S*)(?:\s*[,;/\-]?\s*(.*))?\Z")
_BIRTH_NAMED: Final = re.compile(r"(\d{1,2}\S* [^\W\d_]+\.? \d{4})(?:\s*[,;/\-]?\s*(.*))?\Z")
_DATE_BEHIND: Final = re.compile(
    r"(\D+?)[\s,;/\-]+(?:le |on )?(\d{1,2}\S* [^\W\d_]+\.? \d{4}|\d\S*\d)\Z", re.IGNORECASE
)
_AT: Final = re.compile(r"(?:à|a|in|at) +", re.IGNORECASE)
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
    second: dict[str, str] = {}
    """What further columns of a name hold, by field."""
    further: list[Document] = []


class Shown(NamedTuple):
    """What all rows of an input show together."""

    orders: Mapping[DateColumn, Order]
    letter_c: Literal["crew", "child"] | None
    """What C is in the columns of capacities."""
    families: bool
    """There are family names in a column of their own."""
    codes: frozenset[tuple[str, str]]
    """Fields and codes of countries in them that are words for something else as well: NO, ID, DO, SO, NA."""


class PersonReader:
    """Reads the cells of rows of one message. `day` is that of travel."""

    def __init__(self, findings: Findings, as_of: dt.date, day: dt.date, shown: Shown, separator: str) -> None:
        self._findings, self._as_of, self._day, self._shown, self._separator = findings, as_of, day, shown, separator
        self._values = {
            day_first: Values(findings, as_of, partial(dates.date, day_first=day_first))
            for day_first in (True, False, None)
        }

    def take(self, person: Person, column: Column, cell: Cell) -> None:
        """A cell that is not empty, of a column of kind `traveller`."""
        _FIELDS[column.field](self, person, column, cell)

    def take_second(self, person: Person, column: Column, cell: Cell) -> bool:
        """Another value of a field that has one; False when a person has no room for it."""
        if column.field in ("family_name", "given_names", "name"):
            person.second[column.field] = cell.value
        elif column.field in ("document_number", "identity_document"):
            kind: DocumentKind | None = "passport" if _says_passport(column) else None
            number = self._number(column, cell)
            person.further.append(Document(type="P" if kind else None, number=number, kind=kind))
        elif column.field == "visa_number":
            person.further.append(Document(type="V", number=self._number(column, cell), kind="visa"))
        else:
            return False
        return True

    # -- names

    def _family(self, person: Person, _: Column, cell: Cell) -> None:
        person.family = self._named(cell)

    def _given(self, person: Person, _: Column, cell: Cell) -> None:
        person.given.append(self._named(cell))

    def _full(self, person: Person, _: Column, cell: Cell) -> None:
        person.full = self._named(cell)

    def _named(self, cell: Cell) -> str:
        if is_empty(cell.value) or meaning("ditto", cell.value) == "word":
            says = (
                "names that are words for nothing, or for what stands above, as well; they are kept as names, look at "
                "the original"
            )
            self._findings.count("NAME_MISSING", "name", cell.at, says)
        return cell.value

    def _other(self, person: Person, _: Column, cell: Cell) -> None:
        person.others.append(cell.value)

    def _title(self, person: Person, _: Column, cell: Cell) -> None:
        person.title = cell.value.upper().rstrip(".")

    # -- the person

    def _capacity(self, person: Person, column: Column, cell: Cell) -> None:
        told = self._letter_c(person, column, cell) or meaning("capacity", cell.value)
        if told is None:
            self._unknown("UNKNOWN_CODE", column, cell, "words for the capacity of a traveller that are not known here")
            return
        person.traveller_type = cell.value
        person.infant = told == "infant"
        person.capacity = "crew" if told == "crew" else "passenger"

    def _letter_c(self, person: Person, column: Column, cell: Cell) -> str | None:
        """C is crew, or a child: as the column shows, else as the title of the list says."""
        if plain(cell.value) != "c":
            return None
        if self._shown.letter_c is not None:
            return "crew" if self._shown.letter_c == "crew" else "passenger"
        if person.capacity != "crew":
            says = "C, which is crew or a child, and nothing in its column shows which; it is read as a passenger"
            self._findings.count("FIELD_UNPLACED", column.field, cell.at, says)
        return person.capacity

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
        """Date and place in one cell, in any order, with or without something between them."""
        behind = _DATE_BEHIND.match(cell.value)
        if behind is not None and dates.is_date(behind[2]):
            self._birth_date(person, column, cell._replace(value=behind[2]))
            person.birth_place = behind[1]
            return
        found = _BIRTH_NAMED.match(cell.value) or _DATE_BEFORE.match(cell.value)
        if found is None:
            person.birth_place = cell.value
            return
        self._birth_date(person, column, cell._replace(value=found[1].rstrip(",;")))
        person.birth_place = _AT.sub("", found[2], count=1) if found[2] else None

    def _assessed_age(self, person: Person, column: Column, cell: Cell) -> None:
        if self._age(person, column, cell):
            person.basis = "assessed"

    def _declared_age(self, person: Person, column: Column, cell: Cell) -> None:
        """Nobody says who knows this age, so the range has no basis."""
        self._age(person, column, cell)

    def _age(self, person: Person, column: Column, cell: Cell) -> bool:
        """An age makes a range of years of birth, as counted on the day of travel. A date of birth is better."""
        found = _AGES.match(cell.value)
        unit = _unit(found) if found is not None else None
        youngest, oldest = (int(found["youngest"]), int(found["oldest"] or found["youngest"])) if found else (0, 0)
        if unit is None or not youngest <= oldest or oldest * _DAYS[unit] >= _OLDEST * _DAYS["year"]:
            says = "the age is not a number of years, months, weeks or days; the field is left empty"
            self._findings.add("BAD_NUMBER", column.field, cell.at, says)
            return False
        if person.birth_date is not None:
            return False
        person.birth_date = _born(self._day, youngest, oldest, unit)
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
        self._numbered(person, column, cell)
        if person.type_raw is None and _says_passport(column):
            person.kind, person.type = "passport", "P"

    def _numbered(self, person: Person, column: Column, cell: Cell) -> None:
        """The number of the document; of another number in another column, of a further one."""
        number = self._number(column, cell)
        if person.number is None or number is None or number == person.number:
            person.number = number or person.number
            return
        person.further.append(Document(number=number))
        says = "two columns with different numbers of a document; the second is kept beside the first"
        self._findings.count("FIELD_UNPLACED", column.field, cell.at, says)

    def _identity_document(self, person: Person, column: Column, cell: Cell) -> None:
        """Kind and number in one cell, in any order."""
        parts = kind_and_number(cell.value)
        if parts is None:
            return
        kind, number, issuer = parts
        if number:
            self._numbered(person, column, cell._replace(value=number))
        if issuer:
            person.issuer = countries.alpha3(issuer)
        if kind and not is_empty(kind):
            self._typed(person, kind)

    def _number(self, column: Column, cell: Cell) -> str | None:
        """A number as sent, in capitals without blanks; the digits that a spreadsheet has dropped are not made up."""
        if _DAMAGED.match(cell.value):
            says = "a number in the notation of a spreadsheet, whose digits are lost; the field is left empty"
            self._findings.add("NUMBER_DAMAGED", column.field, cell.at, says)
            return None
        whole = _FRACTION.match(cell.value)
        text = "".join((whole[1] if whole else cell.value).split()).upper()
        return text if text.isascii() else "".join(str(unicodedata.decimal(c, c)) for c in text)

    def _expires(self, person: Person, column: Column, cell: Cell) -> None:
        values = self._ordered(column, cell)
        person.expires = values.near_date(cell.value, column.field, cell.at, self._day, "expiry")

    def _issued(self, person: Person, column: Column, cell: Cell) -> None:
        values = self._ordered(column, cell)
        person.issued = values.near_date(cell.value, column.field, cell.at, self._day, "issue")

    def _visa(self, person: Person, column: Column, cell: Cell) -> None:
        person.visa = self._number(column, cell)

    def _ordered(self, column: Column, cell: Cell) -> Values:
        order = self._shown.orders.get(column.dates)
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
            if not person.family and self._shown.families:
                says = "travellers without a family name where others have one; the given name stands in its place"
                self._findings.count("NAME_MISSING", "family_name", person.at, says)
        found += [_whole(text) for text in (person.full, *person.others) if text]
        found += self._second_names(person)
        if not found:
            found = [naming.name("", "", "", "CSV")]
        if person.title:
            found[0] = msgspec.structs.replace(found[0], title=person.title)
        return readings(found, self._findings, "name", person.at)

    def _second_names(self, person: Person) -> list[Name]:
        """What stands in further columns of a name is one more name, whole."""
        if not person.second:
            return []
        family, given_name = (person.second.get(field, "") for field in ("family_name", "given_names"))
        raw = self._separator.join(part for part in (family, given_name) if part)
        found = [naming.name(family, given_name, raw, "CSV")] if raw else []
        return found + ([_whole(person.second["name"])] if "name" in person.second else [])


def _says_passport(column: Column) -> bool:
    return any(word in column.heading for word in _PASSPORT)


def _unit(age: re.Match[str]) -> str | None:
    """The unit of an age, years where none is sent; None when its words are not known."""
    if plain(age["about"]) and meaning("about", age["about"]) is None:
        return None
    return meaning("unit", age["unit"]) if plain(age["unit"]) else "year"


def _born(day: dt.date, youngest: int, oldest: int, unit: str) -> str:
    """The years in which somebody may be born who has this age on a day; the oldest of `6` is nearly 7."""
    if unit == "year":
        return f"{day.year - oldest - 1:04}/{day.year - youngest:04}"
    first = (day - dt.timedelta(days=round((oldest + 1) * _DAYS[unit]))).year
    last = (day - dt.timedelta(days=round(youngest * _DAYS[unit]))).year
    return f"{first:04}/{last:04}" if first != last else f"{first:04}"


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
    return (*found, *person.further)


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


def is_code(field: str, text: str) -> bool:
    """Two capitals that are the code of a country, where a country belongs."""
    return field in COUNTRIES and len(text) == 2 and text.isupper() and countries.alpha3(text) is not None


def is_sent(column: Column, cell: Cell) -> bool:
    """False for an empty cell and a word for nothing; of documents, `none` says that there is none."""
    if not says_nothing(column.field, cell.value):
        return True
    return column.field == "document_type" and bool(plain(cell.value)) and documents.kind_in_words(cell.value) == "none"
