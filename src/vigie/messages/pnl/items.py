"""One name item of a PNL or ADL: its persons, and what the elements behind the name say of them.

What a service says concerns one person: the one it names (`-1FAMILY/GIVEN`), the infant where it is an infant's, or the
only one there is. With several it is never given to one by chance.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from vigie.messages import sensitive
from vigie.messages.fields import documents, naming, shapes, ssr_docs, titles
from vigie.messages.fields.ssr_docs import DocsItem
from vigie.messages.fields.values import Values
from vigie.messages.findings import Findings
from vigie.messages.pnl import prose
from vigie.messages.pnl.elements import COUNTED, Element, Span
from vigie.messages.pnl.prose import ASSOCIATION, INFANT_DATE, LOYAL, SEAT, TICKET
from vigie.messages.pnr.contacts import contact
from vigie.messages.sensitive import Kept
from vigie.records import Address, Contact, Document, DocumentKind, Name, Protection, Sex

_ITEM: Final = re.compile(r"(?P<count>\d{1,3})(?P<names>.*?)(?:-[A-Z]{1,2}\d{1,3})?\s*\Z", re.DOTALL)
"""Number of persons, family name and given names, and the letters by which items of one party know each other."""
_FILLED: Final = re.compile(r"[^\w/]*_(?:[^\w/-]|_)*")
"""Filler behind a name, with what stood around it."""
_SERVICE: Final = re.compile(
    r"[ ]*(?P<number>\d{0,2})(?P<code>[A-Z]{4}(?=(?:HK|HN|KK|KL|KH|NN|UC|UN)\d)|[A-Z]{3,4}(?![A-Za-z0-9]))[ ]*"
    r"(?P<carrier>[A-Z0-9]{2}(?=[ ]+[A-Z]{2}\d))?[ ]*"
    r"(?P<action>(?:HK|HN|KK|KL|KH|NN|UC|UN)\d{0,3}(?=[\s/\-]|\Z))?[ /]*"
)
"""A code ends where no letter or digit of ASCII follows: filler may, of what was removed behind it."""
_IDENTIFICATION: Final[dict[str, tuple[str | None, DocumentKind]]] = {
    "PP": ("P", "passport"),
    "NI": ("I", "identity_card"),
    "DL": (None, "driving_licence"),
}
"""Documents of FOID; its other kinds (cards of payment and loyalty) are none."""
_MANY: Final = 50
"""Persons of an item up to which names are compared by their beginnings; real items have at most a dozen."""
_PROTECTIONS: Final[dict[str, Protection]] = {"UMNR": "UMNR", "INAD": "INAD", "DEPA": "DEPA", "DEPU": "DEPU"}


class Person(msgspec.Struct, kw_only=True):
    """A person while the item is read."""

    name: Name
    letters: str
    """Those of the family name, to compare."""
    forms: frozenset[str]
    """The letters of the given name, with and without title."""
    infant: bool = False
    placeholder: bool = False
    names: list[Name] = []
    traveller_type: str | None = None
    birth_date: str | None = None
    birth_place: str | None = None
    sex: Sex | None = None
    nationalities: list[str] = []
    residence: str | None = None
    documents: list[Document] = []
    seats: list[str] = []
    tickets: list[str] = []
    loyalty: list[str] = []
    government_references: list[str] = []
    addresses: list[Address] = []
    contacts: list[Contact] = []
    protections: list[Protection] = []


class Item:
    """A name item with the elements that follow it."""

    def __init__(self, name: Element, findings: Findings, values: Values, day: dt.date) -> None:
        self._findings, self._values, self._day = findings, values, day
        self.at = name.at
        text, self.removed = name.cleaned(findings, _behind_names)
        self.count, self.persons = _persons(_FILLED.sub("", text).strip())
        self.services: list[str] = []
        self._texts: dict[int, str] = {}
        """What may be kept of the text of services by offset of their element."""
        self._infants: dict[int, Person] = {}
        """Persons of INFT by offset of their element."""
        self._documents: dict[int, tuple[DocsItem, Person]] = {}
        """DOCS and PSPT by offset of their element, and whose they are."""
        self._size = named = len(self.persons)
        if not COUNTED.match(name.raw):
            says = "a line like a name item without the number of its persons, which was read as one"
            findings.add("NOT_A_SEGMENT", "NAME", name.at, says)
        elif named != self.count and not self.persons[0].placeholder:
            says = f"a name item announces {self.count} persons and names {named}"
            findings.add("COUNT_MISMATCH", "NAME", name.at, says)

    @property
    def travellers(self) -> int:
        """Passengers the item counts for; infants without seat are in no total."""
        named = self.persons[: self._size]
        return self.count if named[0].placeholder else sum(not person.infant for person in named)

    @property
    def infants(self) -> int:
        return sum(person.infant for person in self.persons)

    def prepare(self, elements: Sequence[Element]) -> None:
        """Finds the owners of the documents, which takes all of them: one may be left over for one person."""
        for element in elements:
            service = _service(element.raw) if element.kind == "R" else None
            if service is not None and service["code"] in _HANDLERS:
                self._texts[element.at] = text = self._cleaned(element, service)
                if service["code"] == "INFT":
                    self._infants[element.at] = self._infant(text)
        found = [(element, item) for element in elements if (item := self._document(element)) is not None]
        waiting: list[tuple[Element, DocsItem]] = []
        for element, item in found:
            person = self._by_name(item)
            if person is None:
                waiting.append((element, item))
            else:
                self._documents[element.at] = (item, person)
        owners = {id(person) for _, person in self._documents.values()}
        free = [person for person in self.persons if not person.placeholder and id(person) not in owners]
        for element, item in waiting:
            self._documents[element.at] = (item, self._left_over(item, element.at, free))

    def remark(self, element: Element) -> None:
        """A `.R/` element."""
        service = _service(element.raw)
        if service is None or not sensitive.may_keep(service["code"]):
            self.removed += element.remove(
                self._findings, sensitive.FREE_TEXT if service is None else sensitive.SERVICE
            )
            return
        code = service["code"]
        handler = _HANDLERS.get(code)
        if handler is not None:
            handler(self, element, self._texts[element.at])
            return
        self.services.append(code)
        self.removed += element.remove(self._findings, sensitive.FREE_TEXT, service.end())

    def _cleaned(self, element: Element, service: re.Match[str]) -> str:
        """The text of a service without what may not be kept."""
        code = service["code"]
        # Of a DOCS from the action code on: that is where the fields, some of which may be blank, are counted from.
        fields = service.start("action") if service["action"] else service.end("code")
        since = fields if code in ("DOCS", "PSPT") else service.end()
        text, removed = element.cleaned(self._findings, lambda text: prose.of_service(code, text, since))
        self.removed += bool(removed)
        return text[since:].rstrip()

    def _document(self, element: Element) -> DocsItem | None:
        service = _service(element.raw) if element.at in self._texts else None
        if service is None or service["code"] not in ("DOCS", "PSPT"):
            return None
        read = ssr_docs.docs if service["code"] == "DOCS" else ssr_docs.pspt
        return read(self._texts[element.at])

    # -- persons

    def _by_name(self, item: DocsItem) -> Person | None:
        """Whose a document is by the name behind it or in it, or because it has no name and there is only one."""
        same = [person for person in self.persons if person.infant == item.infant and not person.placeholder]
        for told in (item.association, item.name_raw):
            named = self._named(told, same) if told else []
            if len(named) == 1:
                return named[0]
        return same[0] if len(same) == 1 and not item.family else None

    def _left_over(self, item: DocsItem, at: int, free: list[Person]) -> Person:
        """The only one without a document when all others have theirs; else somebody who is named nowhere else."""
        alike = [person for person in free if person.infant == item.infant]
        if len(alike) == 1:
            free.remove(alike[0])
            says = "documents whose name is not that of the traveller they stand with; given to that traveller"
            self._findings.count("DOCUMENT_NAME", ".R/DOCS", at, says)
            return alike[0]
        if not item.infant:
            says = "documents that fit no traveller named in their item; each became a traveller of its own"
            self._findings.count("TRAVELLER_ADDED", ".R/DOCS", at, says)
        # An infant of whom there is no INFT is announced by nothing else.
        person = _new(_docs_name(item), infant=item.infant)
        self.persons.append(person)
        return person

    def _named(self, told: str, persons: Sequence[Person]) -> list[Person]:
        """Those of a family name, with a given name the same, or one the beginning of the other.

        In a long item only the whole name counts, or a hostile one would take hours.
        """
        family, _, given = told.lstrip("0123456789").partition("/")
        letters = _compact(family)
        sent = frozenset(form for part in given.split("/") for form in _forms(part))
        alike = [person for person in persons if person.letters == letters]
        whole = [person for person in alike if not person.forms.isdisjoint(sent)]
        if whole or len(persons) > _MANY:
            return whole
        return [person for person in alike if _begins(person.forms, sent)]

    def _infant(self, text: str) -> Person:
        told = prose.infant_name(_plain(text))
        family, given = (told[1], told[2][: shapes.end_of_name(told[2])]) if told else ("", "")
        family, given = " ".join(family.split()), " ".join(given.split())
        name = naming.name(family, given, f"{family}/{given}" if told else "", "PNL")
        person = _new(name, infant=True, traveller_type="INFT")
        self.persons.append(person)
        return person

    def _concerned(self, element: Element, text: str, code: str, infant: bool = False) -> Person | None:
        """The one person a service is about."""
        same = [person for person in self.persons if person.infant == infant] or self.persons
        told = ASSOCIATION.search(text)
        named = self._named(told[1], same) if told else []
        found = named if len(named) == 1 else same
        if len(found) == 1:
            return found[0]
        says = "a service for one of several persons that does not say for whom; its content is in no record"
        self._findings.add("NO_OWNER", f".R/{code}", element.at, says)
        return None

    # -- services

    def _docs(self, element: Element, _: str) -> None:
        item, person = self._documents[element.at]
        segment = ".R/PSPT" if "PSPT" in element.raw.lstrip(" ")[:6] else ".R/DOCS"
        _report_repairs(self._findings, item, segment, element.at)
        self._describe(person, item, segment, element.at)
        name = _docs_name(item)
        if name.family:
            person.names.append(name)

    def _describe(self, person: Person, item: DocsItem, segment: str, at: int) -> None:
        values = self._values
        birth_date = values.birth_date(item.birth, segment, at)
        sex = values.sex(item.sex_raw, segment, at)
        if (person.birth_date and birth_date and person.birth_date != birth_date) or (
            person.sex and sex and person.sex != sex
        ):
            says = "second values for a field of a traveller that holds one; the first was kept"
            self._findings.count("VALUE_REPEATED", segment, at, says)
        person.birth_date, person.sex = person.birth_date or birth_date, person.sex or sex
        nationality = values.country(item.nationality_raw, segment, at)
        if nationality and nationality not in person.nationalities:
            person.nationalities.append(nationality)
        passport = segment == ".R/PSPT"
        issuer = values.country(item.issuer_raw, segment, at)
        document = Document(
            type="P" if passport else documents.letter(item.type),
            type_raw="PSPT" if passport else item.type,
            number=item.number,
            issuer=issuer,
            expires=values.near_date(item.expiry, segment, at, self._day, "expiry"),
            kind="passport" if passport else documents.kind(item.type or "", issuer),
        )
        if document.number or document.issuer or document.expires or (document.type and not passport):
            person.documents.append(document)

    def _doco(self, element: Element, text: str) -> None:
        item = ssr_docs.doco(text)
        person = self._concerned(element, _association(item.association), "DOCO", item.infant)
        if person is None:
            return
        at = element.at
        person.birth_place = person.birth_place or item.birth_place
        issued = self._values.near_date(item.issued, ".R/DOCO", at, self._day, "issue")
        if item.type in ("K", "R"):
            person.government_references.extend([item.number] if item.number else [])
        elif item.number or item.type:
            person.documents.append(
                Document(
                    type=documents.letter(item.type),
                    type_raw=item.type,
                    number=item.number,
                    issued=issued,
                    issue_place=item.issue_place,
                    kind=documents.kind(item.type or ""),
                )
            )

    def _doca(self, element: Element, text: str) -> None:
        item = ssr_docs.doca(text)
        person = self._concerned(element, _association(item.association), "DOCA", item.infant)
        country = self._values.country(item.country_raw, ".R/DOCA", element.at)
        if person is None:
            return
        if item.kind == "R":
            person.residence = person.residence or country
        if item.lines or item.kind != "R":
            kind = {"R": "residence", "D": "destination"}.get(item.kind or "", "other")
            person.addresses.append(msgspec.convert({"kind": kind, "country": country, "lines": item.lines}, Address))

    def _inft(self, element: Element, text: str) -> None:
        """The person was made in `prepare`; here is the date."""
        plain, person = _plain(text), self._infants[element.at]
        date = INFANT_DATE.search(plain)
        digits = date[0] if date else next((word for word in plain.split() if any(map(str.isdigit, word))), None)
        born = self._values.birth_date(digits, ".R/INFT", element.at)
        person.birth_date = person.birth_date or born

    def _chld(self, element: Element, text: str) -> None:
        person = self._concerned(element, text, "CHLD")
        if person is not None:
            person.traveller_type = "CHLD"
            date = INFANT_DATE.search(text)
            if date and person.birth_date is None:
                person.birth_date = self._values.birth_date(date[0], ".R/CHLD", element.at)

    def _ticket(self, element: Element, text: str) -> None:
        found = TICKET.search(text)
        person = self._concerned(element, text, "TKNE", bool(found[1])) if found else None
        if found is not None and person is not None:
            person.tickets.append(found[2] + found[3] + (f"C{found[4]}" if found[4] else ""))

    def _seats(self, element: Element, text: str) -> None:
        """Several seats are in the order of the names (AIRIMP)."""
        told = ASSOCIATION.search(text)
        seats = SEAT.findall(text[: told.start()] if told else text)
        seated = [person for person in self.persons if not person.infant]
        if not told and len(seats) == len(seated):
            for person, seat in zip(seated, seats, strict=True):
                person.seats.append(seat)
        elif seats and (person_ := self._concerned(element, text, "SEAT")) is not None:
            person_.seats.extend(seats)

    def _loyalty(self, element: Element, text: str) -> None:
        told = ASSOCIATION.search(text)
        found = LOYAL.search(text[: told.start()] if told else text)
        person = self._concerned(element, text, "FQTV") if found else None
        service = _service(element.raw)
        if found is not None and person is not None and service is not None:
            carrier = found[1] or service["carrier"] or ""
            person.loyalty.append(f"{carrier}:{found[2]}")

    def _contact(self, element: Element, text: str) -> None:
        """The contact of a party is that of all of it, unless it names one."""
        told = ASSOCIATION.search(text)
        sent = text[: told.start()] if told else text
        named = self._named(told[1], self.persons) if told else []
        service = _service(element.raw)
        code = service["code"] if service else ""
        found = [_contact(code, kept, sent) for kept in prose.contacts(code, sent)]
        for person in named or [person for person in self.persons if not person.infant]:
            person.contacts.extend(found)

    def _protect(self, element: Element, text: str) -> None:
        """Given to all where it names nobody: protection must not be lost."""
        service = _service(element.raw)
        told = ASSOCIATION.search(text)
        named = self._named(told[1], self.persons) if told else []
        for person in named or self.persons:
            person.protections.append(_PROTECTIONS[service["code"] if service else ""])

    def _foid(self, element: Element, text: str) -> None:
        found = _IDENTIFICATION.get(text[:2])
        person = self._concerned(element, text, "FOID") if found else None
        if found is not None and person is not None:
            told = ASSOCIATION.search(text)
            sent = ssr_docs.without_filler(text[2 : told.start() if told else None])
            number = "".join(sent.split()).upper()
            person.documents.append(Document(type=found[0], type_raw=text[:2], number=number or None, kind=found[1]))


_HANDLERS: Final[dict[str, Callable[[Item, Element, str], None]]] = {
    "DOCS": Item._docs,
    "PSPT": Item._docs,
    "DOCO": Item._doco,
    "DOCA": Item._doca,
    "INFT": Item._inft,
    "CHLD": Item._chld,
    "FOID": Item._foid,
    **dict.fromkeys(prose.TICKETS, Item._ticket),
    **dict.fromkeys(prose.SEATS, Item._seats),
    **dict.fromkeys(prose.LOYALTY, Item._loyalty),
    **dict.fromkeys(prose.CONTACTS, Item._contact),
    **dict.fromkeys(_PROTECTIONS, Item._protect),
}


def _service(raw: str) -> re.Match[str] | None:
    """Code, carrier and action code of a remark; None for free text.

    Taken of the bytes, so that all agree on it: what stands behind them may be a letter only when it is decoded. The
    match is ASCII, and its offsets are therefore those of the decoded text as well.
    """
    return _SERVICE.match(raw)


def _behind_names(text: str) -> list[Span]:
    """What stands behind the names of an item that has given names; that of a group may be any words."""
    told = _ITEM.match(text)
    names = told.span("names") if told else (0, len(text))
    return prose.of_name_item(text, names) if "/" in text[slice(*names)] else []


def _persons(text: str) -> tuple[int, list[Person]]:
    """The number a name item announces, and its persons; a group without names is a single placeholder."""
    told = _ITEM.match(text)
    count, body = (int(told["count"]), told["names"]) if told else (1, text)
    family, *given = [part.strip() for part in body.split("/")]
    given = [part for part in given if part]
    if not given:
        unnamed = count > 1 or family.upper() == "TBA"
        return count, [_new(naming.name(family, "", text, "PNL"), placeholder=unnamed)]
    return count, [_person(family, part, text) for part in given]


def _person(family: str, given: str, raw: str) -> Person:
    infant = given.upper().endswith("INF") and len(given) > 4
    plain = given[:-3].rstrip() if infant else given
    name = msgspec.structs.replace(naming.name(family, plain, raw, "PNL"), title="INF" if infant else None)
    return _new(name, infant=infant, placeholder=plain.upper() == "TBA")


def _new(name: Name, infant: bool = False, placeholder: bool = False, traveller_type: str | None = None) -> Person:
    return Person(
        name=name,
        letters=_compact(name.family or ""),
        forms=_forms(name.given or ""),
        infant=infant,
        placeholder=placeholder,
        traveller_type=traveller_type,
    )


def _docs_name(item: DocsItem) -> Name:
    return naming.name(item.family or "", item.given or "", item.name_raw, "DOCS")


def _compact(text: str) -> str:
    return "".join(filter(str.isalpha, text.upper()))


def _begins(own: frozenset[str], sent: frozenset[str]) -> bool:
    return any(one.startswith(part) or part.startswith(one) for one in own for part in sent)


def _forms(given: str) -> frozenset[str]:
    """The letters of a given name, with and without what may be a title behind it."""
    separated = titles.separate(given.strip())
    return frozenset([_compact(given), *([_compact(separated.given)] if separated else [])])


def _association(name: str | None) -> str:
    return f"-{name}" if name else ""


def _plain(text: str) -> str:
    """The text of an INFT without the adult."""
    return ASSOCIATION.sub("", text)


def _contact(code: str, kept: Kept, text: str) -> Contact:
    """What reaches somebody, with the code of its service before it as the code tells a fax."""
    sent = text[kept.start : kept.end].strip()
    whole = f"{code} {sent}"
    found = contact(Kept(kept.kind, 0, len(whole)), whole)
    value = found.value if found else sent
    return Contact(kind=found.kind if found else "address", value=value, raw=sent if sent != value else None)


def _report_repairs(findings: Findings, item: DocsItem, segment: str, at: int) -> None:
    if "unplaced" in item.repairs:
        says = "a field that is none of those the service has; it is in no record"
        findings.add("FIELD_UNPLACED", segment, at, says)
    if "moved" in item.repairs or "stray" in item.repairs:
        says = "fields that were not in the standard's place and were found by their form"
        findings.count("FIELD_MOVED", segment, at, says)
