"""Special services of PNRGOV (SSR, in every group): `SSR+SEAT:HK:1:ZV:::CMN:VIE:text+12C::1`.

First what must not be stored is taken out (docs/reference/sensitive.md), then what may be kept goes to its traveller.
"""

import re
from collections.abc import Callable
from itertools import islice
from typing import Final

from vigie.messages import sensitive
from vigie.messages.edifact.grammar import Segment
from vigie.messages.fields import shapes, ssr_docs
from vigie.messages.findings import Findings
from vigie.messages.pnr.booking import Record, Ticket
from vigie.messages.pnr.people import Paper, Person, Slip, person, placed
from vigie.messages.pnr.removals import Removals
from vigie.messages.sensitive import Kept
from vigie.records import Document, Protection

TEXT: Final = 8
"""Component of the text; before it stand code, status, number, carrier, two that are not used, and the two places."""
_SEATS: Final = frozenset(
    ["SEAT", "NSST", "RQST", "NSSA", "NSSB", "NSSR", "NSSW", "SMST", "SMSA", "SMSB", "SMSR", "SMSW"]
)
_PROTECTIONS: Final[dict[str, Protection]] = {"UMNR": "UMNR", "INAD": "INAD", "DEPA": "DEPA", "DEPU": "DEPU"}
_SEAT: Final = re.compile(r"\d{1,3}[A-Z]")
_SEAT_LIST: Final = re.compile(r"\.?(?:\d{1,3}[A-Z]N?)+\Z")
_OF_SEAT_LIST: Final = re.compile(r"(\d{1,3}[A-Z])(?:N(?![A-Z]))?")
_FLIGHT: Final = re.compile(r"[A-Z0-9]{2} ?\d{1,4}[A-Z]? ?\Z")
_TICKET: Final = re.compile(r"\.?(?P<infant>INF)?(?P<number>\d{10,15}(?:C\d{1,2})?)(?:/\d{1,2})?\s*\Z")
_DAMAGED: Final = re.compile(r"(?<![\d.])\d+\.\d{4,}")
_LOYALTY: Final = re.compile(
    r"/?(?:(?P<carrier>[A-Z][A-Z0-9]|\d[A-Z])[ /]?)?(?P<number>[A-Z0-9]{0,3}\d{4,17})(?=\s|\Z)"
)
_DATE = r"\d{1,2}[A-Z]{3}\d{2,4}(?=[ /]|\Z)"
_FAMILY = r"[\s./]*(?P<family>[^\W\d_][^/\d_]*)/"
_LETTERS = r"[^\W\d_][^/\d_()]*"
_INFANTS: Final = (
    (re.compile(rf"{_FAMILY}(?P<given>{_LETTERS}?(?<=\S))(?: ?\([A-Z]{{2,4}}\))?[ /]+(?P<birth>{_DATE})"), 4),
    (re.compile(rf"{_FAMILY}(?P<given>{_LETTERS})(?P<birth>(?!))?/?\Z"), 2),
    (re.compile(rf"{_FAMILY}(?P<given>[^\W\d_][^/\d ]*)(?P<birth>(?!))?(?=[ /]|\Z)"), 1),
    (re.compile(rf"[\s./]*(?P<family>{_LETTERS}?(?<=\S))(?P<given>) +(?P<birth>{_DATE})"), 3),
)
"""Forms of an INFT: with a date, to the end, with text behind, and without slash. And the most words of four letters or
more in its given name, or in both where nothing sets them apart: with more it may be a sentence."""
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_BIRTH: Final = re.compile(r"\s*\d{1,2}[A-Z]{3}\d{2,4}\s*\Z")
_MINOR: Final = re.compile(r"\s*UM\d{1,2}\s*\Z")
_IDENTITY: Final = re.compile(r"/?(?P<kind>PP|NI|DL)(?P<number>(?=[A-Z]{0,4}\d)[A-Z0-9]{4,20})\s*\Z")
_IDENTITY_TYPES: Final = {"PP": "P", "NI": "I", "DL": None}
_PASSPORT: Final = re.compile(
    r"/?(?P<number>[A-Z0-9]{3,20})/(?P<issuer>[A-Z]{2,3})/(?P<birth>\d{1,2}[A-Z]{3}\d{2,4})/(?P<names>[^/]+/[^/]+)/(?P<sex>[MF]I?)"
)
_CODE: Final = re.compile(r"[A-Z0-9.]{0,5}\Z")
_SMALL: Final = re.compile("[a-z]")
_UNNAMED: Final = "an infant whose name cannot be read: family name, slash, given name and birth date are expected"
_NOT_APART: Final = "an infant of whom no slash sets family and given name apart; both were taken for the family name"
_MOVED: Final = "fields of a document beside their places, or an element that belongs nowhere; found by their form"
_UNKNOWN: Final = "references that no traveller of the booking has, or several; their content is in no record"
_UNDER: Final = "references that no traveller of the booking has, or several; given to the traveller they stand under"
_UNOWNED: Final = "services that do not say which of several travellers they are for; in no record"
_ADDED: Final = "documents or infants that fit no traveller named in their booking; each became a traveller of its own"


class Services:
    """Reads the services of one message. `marks` joins components as they were sent."""

    def __init__(self, component: str, removals: Removals, findings: Findings) -> None:
        self._component, self._removals, self._findings = component, removals, findings
        self._small: set[str] = set()
        """Codes that were looked at before."""

    def take(self, segment: Segment, record: Record, under: Person | None, in_history: bool) -> None:
        """One SSR. `under` is the traveller in whose group it stands (group 2)."""
        code = segment.value(1).upper()
        if not sensitive.may_keep(code):
            self._removals.service(segment)
            return
        self._codes(segment)
        if in_history:
            self._changed(segment, code, record)
        elif code in _SEATS:
            self._seats(segment, record, under)
        else:
            _HANDLERS.get(code, Services._other)(self, segment, record, under)

    # -- text and reference

    def _codes(self, segment: Segment) -> None:
        """Removes text from places that hold codes; the text itself is seen to by each service."""
        text: range | None = None
        for element, components in enumerate(segment.elements[1:], 1):
            for index, value in enumerate(components):
                if not value or value in self._small:
                    continue
                if len(value) < 4 and value.isalnum() and value.isascii() and not _SMALL.search(value):
                    self._small.add(value)
                    continue
                text = _text_places(segment) if text is None else text
                if element == 1 and (not index or index in text):
                    continue
                stripped = value.strip()
                is_reference = element > 1 and index == 2
                fits = shapes.reference(stripped) if is_reference else _CODE.match(stripped) and shapes.code(stripped)
                if stripped and not fits:
                    self._removals.part(segment, element, index)

    def _text(self, segment: Segment) -> str:
        """The text. Colons in it may not be released; some senders shift it towards the front."""
        parts = segment.components(1)
        return self._component.join(parts[index] for index in _text_places(segment)).strip()

    def _document(self, segment: Segment, code: str) -> str:
        """The text of a document, with filler in place of what is not of the form of its field, which is removed."""
        parts, places = segment.components(1), _text_places(segment)
        sent = self._component.join(parts[index] for index in places)
        spans = ssr_docs.prose(code, sent)
        self._removals.spans(segment, 1, places.start, spans)
        return ssr_docs.blanked(sent, spans).strip()

    def _known(
        self, segment: Segment, find: Callable[[str], list[Kept]] = sensitive.recognised
    ) -> list[tuple[list[Kept], str]]:
        """What `find` knows of each component of text; the rest is removed."""
        found = []
        for index in _text_places(segment):
            value = segment.elements[1][index]
            if value.strip():
                found.append((self._removals.text(segment, 1, index, find), value))
        return found

    def _only(self, segment: Segment, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The text where it is what the service has there, and nothing more; otherwise it is removed."""
        text = self._text(segment)
        found = pattern.match(text) if not sensitive.cards(text) else None
        if found is None or found.end() < len(text):
            self._known(segment, lambda value: [Kept("text", 0, found.end())] if found else sensitive.recognised(value))
        return found

    def _owner(self, segment: Segment, record: Record, under: Person | None) -> Person | None:
        """Who a service is for: by reference, by its place, or the only traveller. None for all or for nobody known."""
        sent = reference(segment)
        if not sent:
            return under or record.people.only()
        found = record.people.referred(sent)
        if found is None:
            found = placed(sent, under)
            self._findings.count("REFERENCE_UNKNOWN", "SSR", segment.at, _UNKNOWN if found is None else _UNDER)
        return found

    def _holder(self, segment: Segment, record: Record, under: Person | None) -> Person | None:
        """As `_owner`, of what only a traveller can have: it is told when nothing says whose it is."""
        owner = self._owner(segment, record, under)
        if owner is None and not reference(segment):
            self._unowned(segment)
        return owner

    # -- services

    def _docs(self, segment: Segment, record: Record, under: Person | None) -> None:
        text = self._document(segment, "DOCS")
        if not text:
            return
        item = ssr_docs.docs(text)
        if item.repairs:
            self._findings.count("FIELD_MOVED", "SSR", segment.at, _MOVED)
        record.papers.append(Paper(segment.at, item, reference(segment), under))

    def _doco(self, segment: Segment, record: Record, under: Person | None) -> None:
        record.slips.append(Slip(segment.at, ssr_docs.doco(self._document(segment, "DOCO")), reference(segment), under))

    def _doca(self, segment: Segment, record: Record, under: Person | None) -> None:
        record.slips.append(Slip(segment.at, ssr_docs.doca(self._document(segment, "DOCA")), reference(segment), under))

    def _pspt(self, segment: Segment, record: Record, under: Person | None) -> None:
        found = self._only(segment, _PASSPORT)
        if found is not None:
            found = _PASSPORT.match(self._document(segment, "PSPT")) or found
            row = f"/P/{found['issuer']}/{found['number']}//{found['birth']}/{found['sex']}//{found['names']}"
            record.papers.append(Paper(segment.at, ssr_docs.docs(row), reference(segment), under))

    def _foid(self, segment: Segment, record: Record, under: Person | None) -> None:
        found = self._only(segment, _IDENTITY)
        owner = self._holder(segment, record, under) if found is not None else None
        if found is not None and owner is not None:
            document = Document(type=_IDENTITY_TYPES[found["kind"]], type_raw=found["kind"], number=found["number"])
            owner.identifications.append(document)

    def _seats(self, segment: Segment, record: Record, under: Person | None) -> None:
        text = self._text(segment).upper()
        listed = _OF_SEAT_LIST.findall(text) if _SEAT_LIST.match(text) else []
        if not listed and not _FLIGHT.match(text):
            self._known(segment)
        sent = [(segment.value(at).upper(), segment.value(at, 2).upper()) for at in range(2, len(segment.elements))]
        loose = [*listed, *(seat for seat, traveller in sent if seat and not traveller)]
        for seat, traveller in sent:
            owner = record.people.referred(traveller)
            if not traveller or not _SEAT.fullmatch(seat):
                continue
            if owner is not None:
                owner.seat(seat)
            else:
                self._findings.count("REFERENCE_UNKNOWN", "SSR", segment.at, _UNKNOWN)
        self._in_order([seat for seat in loose if _SEAT.fullmatch(seat)], segment, record, under)

    def _in_order(self, seats: list[str], segment: Segment, record: Record, under: Person | None) -> None:
        """Seats without reference: one for each traveller, in their order, or one traveller's own."""
        if not seats:
            return
        alone = under is not None and not (is_for_several(segment) and len(seats) > 1)
        owners = [under] if alone and under else list(islice(record.people.seated(), len(seats) + 1))
        if len(owners) == 1 or len(owners) == len(seats):
            for at, seat in enumerate(seats):
                owners[min(at, len(owners) - 1)].seat(seat)
        else:
            self._unowned(segment)

    def _ticket(self, segment: Segment, record: Record, under: Person | None) -> None:
        text = self._text(segment)
        found = _TICKET.match(text) if not sensitive.cards(text, tickets=True) else None
        sent = reference(segment)
        owner = record.people.referred(sent) or placed(sent, under)
        if found is not None:
            record.tickets.append(Ticket(found["number"], owner, bool(found["infant"]), segment.at, sent))
            return
        if _DAMAGED.search(text):
            says = "numbers damaged by a spreadsheet (a decimal fraction); left out"
            self._findings.count("NUMBER_DAMAGED", "SSR", segment.at, says)
        for kept, value in self._known(segment):
            record.keep(kept, value, owner, self._findings, sent)

    def _loyalty(self, segment: Segment, record: Record, under: Person | None) -> None:
        found = self._only(segment, _LOYALTY)
        owner = self._holder(segment, record, under) if found is not None else None
        if found is not None and owner is not None:
            carrier = found["carrier"] or segment.value(1, 3).upper()
            owner.loyalty.append(f"{carrier}:{found['number']}" if carrier else found["number"])

    def _infant(self, segment: Segment, record: Record, under: Person | None) -> None:
        """An infant without seat, named under the adult. One that has a TIF of its own only gets its birth date."""
        values = [segment.elements[1][index] for index in _text_places(segment)]
        found = next(filter(None, map(infant_named, values)), None)
        self._known(segment, _infant_kept)
        if found is None or not found["given"]:
            if not sensitive.says_nothing("".join(values)):
                self._findings.add("FIELD_UNPLACED", "SSR", segment.at, _UNNAMED if found is None else _NOT_APART)
            if found is None:
                return
        adult = self._owner(segment, record, under)
        if adult is not None and adult.infant:
            adult.birth = adult.birth or found["birth"]
            return
        record.infants.append((found["family"].strip(), found["given"].strip(), found["birth"], adult, segment.at))

    def _child(self, segment: Segment, record: Record, under: Person | None) -> None:
        found = self._only(segment, _BIRTH)
        owner = self._holder(segment, record, under) if found is not None else None
        if found is not None and owner is not None:
            owner.birth = owner.birth or found[0].strip()

    def _contact(self, segment: Segment, record: Record, under: Person | None) -> None:
        lead = segment.value(1).upper() + " "
        sent = reference(segment)
        owner = record.people.referred(sent) or placed(sent, under)
        for index in range(TEXT, len(segment.components(1))):
            value = segment.elements[1][index]
            if value.strip():
                self._removals.text(segment, 1, index, sensitive.behind(lead))
                record.keep(sensitive.recognised(lead + value), lead + value, owner, self._findings)

    def _protected(self, segment: Segment, record: Record, under: Person | None) -> None:
        code = segment.value(1).upper()
        if not _MINOR.match(self._text(segment)):
            self._known(segment)
        owner = self._owner(segment, record, under)
        if owner is not None:
            owner.protections.append(_PROTECTIONS[code])
        record.services.append(code)

    def _other(self, segment: Segment, record: Record, under: Person | None) -> None:
        """A service that is kept by its code; of its text, what any free text keeps."""
        code = segment.value(1).upper()
        if code != "OTHS":
            record.services.append(code)
        for kept, value in self._known(segment):
            record.keep(kept, value, under, self._findings)

    def _unowned(self, segment: Segment) -> None:
        self._findings.count("REFERENCE_UNKNOWN", "SSR", segment.at, _UNOWNED)

    # -- history

    def _changed(self, segment: Segment, code: str, record: Record) -> None:
        """A service in groups 10 to 12. A document that was not taken out is still somebody's."""
        what = _CHANGES.get(code) or ("seat" if code in _SEATS else "contact" if code.startswith("CTC") else "service")
        if code in _DOCUMENTS:
            text = self._document(segment, code)
            record.history.note(what, f"{code} {text}" if text else code)
            if code == "DOCS" and text:
                where = record.removed if record.history.is_removal else record.added
                paper = Paper(segment.at, ssr_docs.docs(text), reference(segment), None)
                where.append((paper, record.history.changes[-1].at))
        elif what == "contact":
            lead = code + " "
            for index in range(TEXT, len(segment.components(1))):
                kept = self._removals.text(segment, 1, index, sensitive.behind(lead))
                value = segment.elements[1][index]
                for part in kept:
                    record.history.note(what, value[part.start : part.end].strip())
        else:
            known = [value[part.start : part.end] for kept, value in self._known_change(segment, code) for part in kept]
            seats = [value for at in range(2, len(segment.elements)) if _SEAT.fullmatch(value := segment.value(at))]
            record.history.note(what, " ".join([code, *known, *seats]))

    def _known_change(self, segment: Segment, code: str) -> list[tuple[list[Kept], str]]:
        if code == "INFT":
            return self._known(segment, _infant_kept)
        pattern = _SEAT_LIST if code in _SEATS else _TICKET if _CHANGES.get(code) == "ticket" else None
        if pattern is None:
            return self._known(segment)

        def find(value: str) -> list[Kept]:
            found = pattern.match(value) if not sensitive.cards(value, tickets=True) else None
            return [Kept("text", 0, found.end())] if found else sensitive.recognised(value)

        return self._known(segment, find)


def _text_places(segment: Segment) -> range:
    """Components of the text: its own, or the one to which a sender shifted that of a document."""
    parts = segment.components(1)
    own = range(TEXT, max(TEXT, len(parts)))
    if any(parts[index].strip() for index in own) or segment.value(1).upper() not in _SHIFTED:
        return own
    return next((range(at, at + 1) for at, part in enumerate(parts[4:TEXT], 4) if "/" in part), own)


def reference(segment: Segment) -> str:
    """Traveller the service is for: third component behind the service, as in TIF."""
    return next((found.upper() for at in range(2, len(segment.elements)) if (found := segment.value(at, 2))), "")


def is_for_several(segment: Segment) -> bool:
    """True for a service that is asked for more than once: for several travellers."""
    number = segment.value(1, 2).lstrip("0")
    return number.isdecimal() and number != "1"


def infant_named(text: str) -> re.Match[str] | None:
    """Who INFT names at the beginning of its text: groups `family`, `given` and `birth`, which may be None.

    `given` is empty where nothing sets the two apart.
    """
    for form, most in _INFANTS:
        found = form.match(text)
        if found is not None and len(_LONG_WORD.findall(found["given"] or found["family"])) <= most:
            return found
    return None


def _infant_kept(text: str) -> list[Kept]:
    found = infant_named(text)
    return [Kept("text", 0, found.end())] if found else sensitive.recognised(text)


def settle_infants(record: Record, findings: Findings) -> None:
    """Infants of INFT, once all travellers are known: those who have no TIF become travellers."""
    for family, given, birth, adult, at in record.infants:
        known = record.people.infant_named(family, given)
        if known is None or known is adult:
            new = person(family, given, f"{family}/{given}" if given else family, at, "INFT")
            new.infant = True
            known = record.people.add(new, adult)
            findings.count("TRAVELLER_ADDED", "SSR", at, _ADDED)
        record.people.guard(known, adult)
        known.birth = known.birth or birth


_DOCUMENTS: Final = frozenset(["DOCS", "DOCO", "DOCA"])
_SHIFTED: Final = _DOCUMENTS | {"PSPT"}
"""Services whose text senders shift towards the front."""
_CHANGES: Final = {
    "DOCS": "document",
    "DOCO": "document",
    "DOCA": "document",
    "PSPT": "document",
    "FOID": "document",
    "TKNE": "ticket",
    "TKNM": "ticket",
    "TKNA": "ticket",
    "TKNR": "ticket",
    "INFT": "name",
}
_HANDLERS: Final[dict[str, Callable[[Services, Segment, Record, Person | None], None]]] = {
    "DOCS": Services._docs,
    "DOCO": Services._doco,
    "DOCA": Services._doca,
    "PSPT": Services._pspt,
    "FOID": Services._foid,
    "INFT": Services._infant,
    "CHLD": Services._child,
    **dict.fromkeys(["TKNE", "TKNM", "TKNA", "TKNR", "TKNC"], Services._ticket),
    **dict.fromkeys(["FQTV", "FQTR", "FQTS", "FQTU"], Services._loyalty),
    **dict.fromkeys(
        ["CTCA", "CTCB", "CTCE", "CTCF", "CTCH", "CTCM", "CTCN", "CTCP", "CTCR", "CTCT"], Services._contact
    ),
    **dict.fromkeys(_PROTECTIONS, Services._protected),
}
