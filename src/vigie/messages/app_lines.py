"""Interactive advance passenger processing: one line is one question, answer, cancellation or close-out.

    CIRQ:000101/UTUTA1/N//21/INT/8/S/ZV412/CMN/VIE/.../PRQ/22/1/P/MAR/MAR/ZZ1234567//P/20310214////BENALI/SALMA/...

Fields stand between slashes. Behind the heading come groups of a tag, the number of their fields, and these; some
senders give each group a line of its own. As far as public samples of version 21 show the fields; what a number or a
field contradicts is told and does not stop the rest.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import msgspec

from vigie.config import LIMITS
from vigie.messages import sensitive
from vigie.messages.fields import documents, naming, shapes, ssr_docs
from vigie.messages.fields.itinerary import flight_number
from vigie.messages.fields.stamps import nearest_to, stamp
from vigie.messages.fields.values import Values, leg
from vigie.messages.findings import Findings, shown
from vigie.messages.lines import Line, lines, report_lost, spelled, value
from vigie.records import Document, Envelope, Journey, Leg, Message, Name, Status, Traveller

_HEAD: Final = re.compile(r"[\x01\x02 ]*(?P<function>CI[A-Z]{2}):(?P<transaction>[^/]{0,32})/")
_FUNCTIONS: Final = frozenset(["CIRQ", "CIRS", "CICX", "CICC", "CIMR", "CIMA"])
"""Request, response, cancellation and its confirmation, close-out of a manifest and its answer."""
_TAG: Final = re.compile(r"[A-Z]{3}\Z")
_GROUP_LINE: Final = re.compile(r"[\x01\x02 ]*(?P<tag>[A-Z]{3})/\d{1,3}/", re.ASCII)
_COUNT: Final = re.compile(r"\d{1,3}\Z", re.ASCII)
_DATE: Final = re.compile(r"\d{8}\Z", re.ASCII)
_STATUS: Final = re.compile(r"8\d{3}\Z", re.ASCII)
_CAPACITIES: Final[dict[str, Literal["passenger", "crew"]]] = {"P": "passenger", "C": "crew"}
_LONGEST_LINE: Final = LIMITS.segment_bytes
_STATUS_AT: Final = 18
"""Place of the status in PRS."""


class _Group(NamedTuple):
    """A tag with its fields, blanks taken off, and the offset of each."""

    tag: str
    fields: list[str]
    at: int
    length: int
    offsets: list[int]

    def value(self, at: int) -> str:
        return self.fields[at] if 0 <= at < len(self.fields) else ""


class _Layout(NamedTuple):
    """Where the fields of a person begin in a group (what is before is its number and the like)."""

    first: int
    birth: int
    behind: bool
    """Transfers and locator follow."""


_LAYOUTS: Final = {"PRQ": _Layout(1, 13, True), "PCX": _Layout(2, 14, True), "PRS": _Layout(2, 14, False)}


def read(data: bytes, as_of: dt.date, blank: Message) -> Iterator[Message]:
    """One message for each line. `blank` has source and checksum. Never raises on content."""
    any_yet = False
    for head, around in _messages(data.decode("latin-1")):
        any_yet = True
        yield _Reader(as_of).message(head, around, blank)
    if not any_yet:
        yield _nothing(len(data), blank)


def _messages(text: str) -> Iterator[tuple[Line, list[Line]]]:
    """The line of each message, and all lines up to the next, with those before the first.

    The line of a message goes on in the next that begins with a group.
    """
    head: Line | None = None
    around: list[Line] = []
    at, is_open = 0, False
    for line in lines(text):
        is_head = _HEAD.match(line.text) is not None
        if is_head and head is not None:
            yield head, around
            around = []
        if head is not None and is_open and _goes_on(head, line):
            head = _joined(head, line)
            around[at:] = [head]
            continue
        if is_head:
            head, at, is_open = line, len(around), True
        elif value(line.text):
            is_open = False
        around.append(line)
    if head is not None:
        yield head, around


def _goes_on(head: Line, line: Line) -> bool:
    found = _GROUP_LINE.match(line.text)
    return found is not None and found["tag"] in _HANDLERS and line.at + len(line.text) - head.at <= _LONGEST_LINE


def _joined(head: Line, line: Line) -> Line:
    """One line of two, in which all stands where it stood: a slash or blanks are in place of the line end."""
    slash = "" if value(head.text).endswith("/") else "/"
    between = line.at - head.at - len(head.text)
    return Line(head.text + slash.ljust(between) + line.text, head.at, line.at - head.at + line.length)


def _nothing(length: int, blank: Message) -> Message:
    findings = Findings()
    findings.enter(length)
    says = "no line begins like an interactive message: CIRQ, CIRS, CICX or CIMR, a colon and a number are expected"
    findings.add("NO_MESSAGE", None, None, says)
    findings.remove(0, length, "UNREAD")
    account, removals = findings.account(), findings.removals()
    return msgspec.structs.replace(blank, type="APP", problems=findings.problems(), account=account, removals=removals)


class _Reader:
    """Reads one message."""

    def __init__(self, as_of: dt.date) -> None:
        self._findings = findings = Findings()
        self._as_of = as_of
        self._values = Values(findings, as_of, lambda text, century: stamp(text, "102", century))
        self._legs: list[Leg] = []
        self._travellers: list[Traveller] = []
        self._statuses: list[Status] = []
        self._transaction: str | None = None

    def message(self, head: Line, around: list[Line], blank: Message) -> Message:
        message = blank
        for line in around:
            if line is head:
                message = self._line(line, blank)
            elif value(line.text):
                self._around(line)
            else:
                self._findings.enter(line.length)
        report_lost(head.text, message, self._findings)
        account = self._findings.account()
        problems, removals = self._findings.problems(), self._findings.removals()
        return msgspec.structs.replace(message, type="APP", problems=problems, account=account, removals=removals)

    def _around(self, line: Line) -> None:
        self._findings.enter(line.length)
        if "/" in line.text:
            says = "a line of fields that begins no message; it may belong to the one before"
            self._findings.add("NOT_A_SEGMENT", None, line.at, says)
        else:
            self._findings.count("TEXT_REMOVED", None, line.at, "lines around the message that are not part of it")
        self._unread(line.at, line.text)

    def _unread(self, at: int, text: str) -> None:
        """What nobody has understood may hold anything, so it is not stored."""
        if any(map(str.isalnum, text)):
            self._findings.remove(at, at + len(text), "UNREAD")

    def _line(self, line: Line, blank: Message) -> Message:
        found = _HEAD.match(line.text)
        assert found is not None
        function = found["function"]
        if len(line.text) > _LONGEST_LINE:
            self._findings.enter(line.length)
            says = f"a line of more than {_LONGEST_LINE} bytes, which was left out"
            self._findings.add("SEGMENT_TOO_LONG", function, line.at, says)
            self._unread(found.end() + line.at, line.text[found.end() :])
            return msgspec.structs.replace(blank, function=function)
        heading, groups = _groups(line, found.end(), self._findings)
        heading = self._kept_heading(line, found, heading)
        if function not in _FUNCTIONS:
            self._findings.count("UNKNOWN_CODE", function, line.at, "functions of a message that are not known here")
        for group in groups:
            self._findings.enter(group.length)
            handler = _HANDLERS.get(group.tag)
            names = _names(group)
            if handler is None:
                says = "groups of fields that are not known here"
                self._findings.count("UNKNOWN_SEGMENT", group.tag, group.at, says)
                if group.fields:
                    start = group.offsets[0] - line.at
                    self._unread(group.offsets[0], line.text[start : group.at - line.at + group.length])
            else:
                fields = [self._kept(line, at, names.get(place, "")) for place, at in enumerate(group.offsets)]
                handler(self, group._replace(fields=fields))
        return msgspec.structs.replace(
            blank,
            version=heading[-1] if heading and _COUNT.match(heading[-1]) else None,
            function=function,
            journeys=(Journey(mode="air", legs=tuple(self._legs)),) if self._legs else (),
            travellers=tuple(self._travellers),
            statuses=tuple(self._statuses),
            envelope=Envelope(transaction=self._transaction, sender=(heading[0] or None) if len(heading) > 1 else None),
        )

    # -- what of a field is kept

    def _kept_heading(self, line: Line, head: re.Match[str], heading: list[str]) -> list[str]:
        """The fields before the first group, and with them the number of the message."""
        self._transaction = self._kept(line, line.at + head.start("transaction"), "reference") or None
        at, kept = line.at + head.end(), []
        for _ in heading:
            kept.append(self._kept(line, at, "sender"))
            at = line.at + _end_of_field(line, at) + 1
        return kept

    def _kept(self, line: Line, at: int, name: str) -> str:
        """The field at an offset, without what is not of the form of a field of this name, which is not stored."""
        raw = line.text[at - line.at : _end_of_field(line, at)]
        if len(raw) <= _HARMLESS:
            return value(raw)
        text, places = spelled(raw)
        cards = sensitive.cards(text, tickets=name == "document number")
        found = [*((*span, sensitive.CARD) for span in cards)]
        text = ssr_docs.blanked(text, cards)
        prose = _prose(text, name)
        found += [(*span, sensitive.FREE_TEXT) for span in prose]
        for start, end, code in found:
            self._findings.remove(at + places[start], at + places[end], code)
        if found:
            says = "fields with words or numbers of cards where something else belongs; they are in no record"
            self._findings.count("SENSITIVE_REMOVED", None, at, says)
        text = ssr_docs.blanked(text, prose)
        return ssr_docs.without_filler(text) if "_" in text else value(raw)

    # -- groups

    def _int(self, group: _Group) -> None:
        """Kind, flight, from, to, departure and arrival as day and time."""
        flight, origin, destination = group.value(1), group.value(2), group.value(3)
        departs = self._time(group, 4)
        arrives = self._time(group, 6)
        carrier, number = flight_number(flight, "")
        journey = Leg(carrier=carrier, number=number, number_raw=flight or None)
        self._legs.append(
            leg(self._findings, "INT", group.at, journey, (origin or None, departs), (destination or None, arrives))
        )

    def _inm(self, group: _Group) -> None:
        """Of a close-out: flight, place of departure, day."""
        carrier, number = flight_number(group.value(0), "")
        journey = Leg(carrier=carrier, number=number, number_raw=group.value(0) or None)
        departs = self._time(group, 2)
        self._legs.append(
            leg(self._findings, "INM", group.at, journey, (group.value(1) or None, departs), (None, None))
        )

    def _time(self, group: _Group, at: int) -> str | None:
        """Day and time of day are two fields; the close-out has the day only."""
        day, time = group.value(at), group.value(at + 1)
        if not day:
            return None
        try:
            read = stamp(day + (time if len(time) in (4, 6) else ""), "", nearest_to(self._as_of))
        except ValueError:
            read = None
        if read is None or len(read.text) < 10:
            says = "this is no date; the field is left empty. Ask the carrier for the date"
            self._findings.add("BAD_DATE", group.tag, group.offsets[at], says)
            return None
        return read.text

    def _mrq(self, _: _Group) -> None:
        """State asked and the kind of close-out: nothing of a traveller."""

    def _err(self, group: _Group) -> None:
        """The system's refusal: a code and its text, which is the same for everybody."""
        codes = tuple(field for field in group.fields if re.fullmatch(r"\d{3,5}", field, re.ASCII))
        self._statuses.append(Status(codes=codes, transaction=self._transaction))

    def _person(self, group: _Group) -> None:
        layout = _LAYOUTS[group.tag]
        status = _status_at(group) if group.tag == "PRS" else None
        birth = _birth_at(group, layout.birth)
        name = _name(group, birth)
        number = group.value(layout.first + 3)
        if name.family or number or group.value(birth):
            self._travellers.append(self._traveller(group, layout, birth, name))
        if status is not None:
            codes = tuple(filter(None, (group.value(status), group.value(status + 1))))
            reference = group.value(status + 2) or None
            self._statuses.append(Status(codes=codes, reference=reference, transaction=self._transaction))

    def _traveller(self, group: _Group, layout: _Layout, birth: int, name: Name) -> Traveller:
        values, tag, at = self._values, group.tag, group.at
        code = group.value(layout.first).upper()
        if code and code not in _CAPACITIES:
            says = f"kinds of persons that are not known here, kept as passengers: {shown(code)}"
            self._findings.count("UNKNOWN_CODE", tag, at, says)
        if name.family is None:
            self._findings.count("NAME_MISSING", tag, at, "travellers without a name")
        nationality = values.country(group.value(layout.first + 1), tag, at)
        return Traveller(
            capacity=_CAPACITIES.get(code, "passenger"),
            in_transit=layout.behind and group.value(birth + 5) == "Y",
            name=name,
            names=(name,),
            birth_date=values.birth_date(group.value(birth), tag, _offset(group, birth)),
            birth_country=values.country(group.value(birth + 2), tag, at) if layout.behind else None,
            sex=values.sex(group.value(birth + 1), tag, at),
            nationality=nationality,
            stateless=nationality == "XXA",
            documents=self._documents(group, layout, birth),
            embarks=self._legs[0].origin if self._legs else None,
            disembarks=self._legs[-1].destination if self._legs else None,
            record_locator=(group.value(birth + 8) or None) if tag == "PRQ" else None,
        )

    def _documents(self, group: _Group, layout: _Layout, birth: int) -> tuple[Document, ...]:
        """The travel document, and a second one where it was sent."""
        tag, at = group.tag, group.at
        type_at = layout.first + 5
        expiry = _expiry_at(group, layout, birth)
        issuer = self._values.country(group.value(layout.first + 2), tag, at)
        expires = self._values.near_date(group.value(expiry), tag, _offset(group, expiry), self._travel_day(), "expiry")
        first = _document(group.value(type_at), group.value(layout.first + 3), issuer, expires)
        second = (
            _document(group.value(expiry + 1), group.value(expiry + 2), None, None) if expiry + 2 < birth - 2 else None
        )
        return tuple(document for document in (first, second) if document is not None)

    def _travel_day(self) -> dt.date:
        departs = next((leg.departs for leg in self._legs if leg.departs), None)
        return dt.date.fromisoformat(departs[:10]) if departs else self._as_of


_HANDLERS: Final[dict[str, Callable[[_Reader, _Group], None]]] = {
    "INT": _Reader._int,
    "INM": _Reader._inm,
    "MRQ": _Reader._mrq,
    "ERR": _Reader._err,
    "PRQ": _Reader._person,
    "PCX": _Reader._person,
    "PRS": _Reader._person,
}


_SHAPES: Final[dict[str, shapes.Shape]] = {
    "flight": shapes.flight_number,
    "capacity": shapes.function,
    "nationality": shapes.state,
    "issuing State": shapes.state,
    "country of birth": shapes.state,
    "document number": shapes.number,
    "document code": shapes.function,
    "sex": shapes.function,
    "record locator": shapes.locator,
    "reference": shapes.reference,
    "sender": lambda text: re.fullmatch("[A-Z0-9]{1,6}", text) is not None or shapes.code(text),
}
"""Form of a field by its name; any other, read or not, is a code or a number."""
_NAMES: Final = frozenset(["family name", "given name"])
_HARMLESS: Final = 2
"""Letters and digits that may stand anywhere."""


def _prose(text: str, name: str) -> list[tuple[int, int]]:
    """Start and end of what is not of the form of a field; of a name, what stands behind it."""
    if name in _NAMES:
        begin = shapes.end_of_name(text)
        return [(begin + start, begin + end) for start, end in sensitive.removed(text[begin:], [])]
    plain = ssr_docs.without_filler(text)
    return [] if not plain or _SHAPES.get(name, shapes.code)(plain) else sensitive.removed(text, [])


def _end_of_field(line: Line, at: int) -> int:
    """Where in the text of the line the field ends that begins at this offset."""
    end = line.text.find("/", at - line.at)
    return len(line.text) if end < 0 else end


def _groups(line: Line, start: int, findings: Findings) -> tuple[list[str], list[_Group]]:
    """The fields before the first group, and the groups. Every character is entered or belongs to one of them."""
    raw = line.text[start:].split("/")
    fields = [value(field) for field in raw]
    offsets = [line.at + start]
    for field in raw:
        offsets.append(offsets[-1] + len(field) + 1)
    begins = _beginnings(fields)
    first = begins[0] if begins else len(fields)
    end = line.at + line.length
    findings.enter((offsets[first] if begins else end) - line.at)
    groups = []
    for begin, until in pairwise([*begins, len(fields)]):
        last = until - 1 if until == len(fields) and not fields[-1] else until
        count, sent = int(fields[begin + 1]), last - begin - 2
        if count != sent:
            says = f"a group announces {count} fields and has {sent}"
            findings.add("COUNT_MISMATCH", fields[begin], offsets[begin], says)
        length = (end if until == len(fields) else offsets[until]) - offsets[begin]
        place = slice(begin + 2, max(last, begin + 2))
        groups.append(_Group(fields[begin], fields[place], offsets[begin], length, offsets[place]))
    return fields[:first], groups


def _beginnings(fields: list[str]) -> list[int]:
    """Where groups begin: a known tag with a number behind it, or any tag where the group before it should end."""
    begins: list[int] = []
    expected = -1
    for at, field in enumerate(fields[:-1]):
        if not _TAG.match(field) or not _COUNT.match(fields[at + 1]):
            continue
        if field in _HANDLERS or at == expected:
            begins.append(at)
            expected = at + 2 + int(fields[at + 1])
    return begins


def _status_at(group: _Group) -> int | None:
    """Place of the status code of an answer: the standard one, or that of the first field like one."""
    if _STATUS.match(group.value(_STATUS_AT)):
        return _STATUS_AT
    return next((at for at, field in enumerate(group.fields) if at > 1 and _STATUS.match(field)), None)


def _birth_at(group: _Group, standard: int) -> int:
    """Place of the birth date. Answers may have a field more before it; the sex behind it and the name tell."""
    near = (standard, standard + 1, standard - 1)
    dates = [at for at in near if _DATE.match(group.value(at)) and not _DATE.match(group.value(at - 1))]
    # Words in the place of the sex do not move the fields.
    return next((at for at in dates if len(group.value(at + 1)) <= 1), next(iter(dates), standard))


def _expiry_at(group: _Group, layout: _Layout, birth: int) -> int:
    """Place of the date of expiry. Answers leave a field free before it; requests do not."""
    behind = layout.first + 6
    return next((at for at in range(behind, birth - 2) if _DATE.match(group.value(at))), behind)


def _name(group: _Group, birth: int) -> Name:
    family, given = group.value(birth - 2), group.value(birth - 1)
    return naming.name(family, given, f"{family}/{given}", "APP")


def _document(code: str, number: str, issuer: str | None, expires: str | None) -> Document | None:
    if not (number or expires or code):
        return None
    return Document(
        type=documents.letter(code),
        type_raw=code or None,
        number="".join(number.split()).upper() or None,
        issuer=issuer,
        expires=expires,
        kind=documents.kind(code, issuer),
    )


def _offset(group: _Group, at: int) -> int:
    return group.offsets[at] if at < len(group.offsets) else group.at


# -- for people who look at a message


class Part(NamedTuple):
    """The heading of a message (without tag) or a group of it, with its fields: where each is, and its name.

    A field that is not read has no name. Offsets are in bytes of the input.
    """

    tag: str
    at: int
    end: int
    fields: tuple[tuple[int, int, str], ...]


_HEADING: Final = ("function or number of the message", "reference")
_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "INT": (
        "", "flight", "origin", "destination", "departure date", "departure time", "arrival date", "arrival time"
    ),
    "INM": ("flight", "origin", "departure date"),
}  # fmt: skip


def parts(data: bytes) -> Iterator[Part]:
    """The heading and the groups of every message of an input, in order, as `read` takes them apart."""
    for line, _ in _messages(data.decode("latin-1")):
        found = _HEAD.match(line.text)
        if found is None or len(line.text) > _LONGEST_LINE:
            continue
        heading, groups = _groups(line, found.end(), Findings())
        end = groups[0].at if groups else line.at + len(line.text)
        spans = [(line.at + start, line.at + behind) for start, behind in map(found.span, ("function", "transaction"))]
        between = ["sender", *[""] * (len(heading) - 2)] if len(heading) > 1 else []
        names = [*_HEADING, *between, "version"]
        at = line.at + found.end()
        for field in line.text[found.end() : end - line.at].split("/")[: len(heading)]:
            spans.append((at, at + len(field)))
            at += len(field) + 1
        yield Part("", line.at, end, tuple((*span, name) for span, name in zip(spans, names, strict=False)))
        for group in groups:
            yield _part(line, group)


def _part(line: Line, group: _Group) -> Part:
    end = min(group.at + group.length, line.at + len(line.text))
    names = _names(group)
    fields = []
    for at, offset in enumerate(group.offsets[: len(group.fields)]):
        behind = line.text.find("/", offset - line.at)
        fields.append((offset, line.at + behind if behind >= 0 else end, names.get(at, "")))
    return Part(group.tag, group.at, end, tuple(fields))


def _names(group: _Group) -> dict[int, str]:
    """The name of each field of a group by its place."""
    if group.tag not in _LAYOUTS:
        return dict(enumerate(_FIELDS.get(group.tag, ())))
    layout = _LAYOUTS[group.tag]
    first, birth = layout.first, _birth_at(group, layout.birth)
    expiry = _expiry_at(group, layout, birth)
    names = {
        first: "capacity", first + 1: "nationality", first + 2: "issuing State", first + 3: "document number",
        first + 5: "document code", expiry: "expiry", birth - 2: "family name", birth - 1: "given name",
        birth: "date of birth", birth + 1: "sex",
    }  # fmt: skip
    if expiry + 2 < birth - 2:
        names |= {expiry + 1: "document code", expiry + 2: "document number"}
    if layout.behind:
        names |= {birth + 2: "country of birth", birth + 5: "in transit"}
    if group.tag == "PRQ":
        names[birth + 8] = "record locator"
    status = _status_at(group) if group.tag == "PRS" else None
    if status is not None:
        names |= {status: "status", status + 1: "status", status + 2: "reference"}
    return names
