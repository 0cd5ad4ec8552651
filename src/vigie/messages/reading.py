"""From the bytes of an input to its messages: limits, recognition, and for EDIFACT the envelope (UNB to UNZ)."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator
from operator import gt
from typing import Final, Protocol

import msgspec

from vigie.config import LIMITS, Limits
from vigie.messages import app_lines, beside, foreign, manifest, mrz, pnl, recognition, transfer
from vigie.messages.beside import Beside
from vigie.messages.cusres.reader import Cusres
from vigie.messages.edifact import grammar, segments
from vigie.messages.edifact.dialects import dialect
from vigie.messages.edifact.envelope import absent, envelope, type_by, version
from vigie.messages.edifact.grammar import Blank, Fault, Interchange, Run, Segment, spans
from vigie.messages.edifact.service import STANDARD, Service
from vigie.messages.findings import REPORTED, SEVERITY, UNKNOWN, Findings
from vigie.messages.paxlst.reader import Paxlst
from vigie.messages.paxlst.slots import is_code
from vigie.messages.paxlst.us_reader import UsPaxlst
from vigie.messages.pnr import pnrgov_xml
from vigie.messages.pnr.pnrgov import Pnrgov
from vigie.records import Account, Envelope, Message, MessageType, Problem, Removal


class Reader(Protocol):
    """Understands one type of EDIFACT message.

    A group is what belongs to one traveller (PAXLST) or one booking (PNRGOV).
    """

    def begins_group(self, segment: Segment) -> bool:
        """True when `segment` is the first of a group. Asked before `take`."""

    def take(self, segment: Segment) -> None:
        """The next segment between UNH and UNT."""

    def complete(self, message: Message, last: bool = True) -> Message:
        """The message, with everything that was read put in; not `last` while groups are still to come."""

    def forget(self) -> None:
        """Drops the groups read so far; what concerns the whole message stays."""

    def interrupted(self, at: int) -> None:
        """What stands at this position could not be read and may have named a person: who that is, nobody knows."""


class _Unread:
    """Stands for a type that is recognised and not read."""

    def __init__(self, header: Segment, service: Service, as_of: dt.date, findings: Findings) -> None:
        self._findings = findings
        self._says = "messages of this type cannot be read: nothing of its content is in the result"
        findings.add("UNSUPPORTED_TYPE", "UNH", header.at, self._says)

    def begins_group(self, segment: Segment) -> bool:
        return False

    def take(self, segment: Segment) -> None:
        self._findings.leave(REPORTED)
        self._findings.remove(segment.at + 3, segment.position(len(segment.raw)), "UNREAD")

    def complete(self, message: Message, last: bool = True) -> Message:
        return message

    def forget(self) -> None:
        """There is nothing."""

    def interrupted(self, at: int) -> None:
        """There is nobody."""


_READERS: Final[dict[str, Callable[[Segment, Service, dt.date, Findings], Reader]]] = {
    "PAXLST": Paxlst,
    "PNRGOV": Pnrgov,
    "CUSRES": Cusres,
}
"""Where a further type of EDIFACT message is added."""
_IN_LINES: Final[dict[MessageType, Callable[[bytes, dt.date, Message], Iterator[Message]]]] = {
    "PNRGOV": pnrgov_xml.read,
    "PNL": pnl.read,
    "APP": app_lines.read,
    "MRZ": mrz.read,
    "MANIFEST": manifest.read,
}
"""Where a further type of message in lines is added; `recognition` tells them apart."""
_UNREAD: Final = frozenset(
    [
        "TEXT_REMOVED",
        "TEXT_UNREAD",
        "NOT_A_SEGMENT",
        "TRUNCATED",
        "SEGMENT_TOO_LONG",
        "TOO_MANY_SEGMENTS",
        "UNKNOWN_SEGMENT",
        "UNKNOWN_ELEMENT",
    ]
)
"""Faults whose bytes nobody has understood: they may hold anything, so they are not stored."""
_US_VERSIONS: Final = frozenset(["001:000", "1:0", "002:000"])
_TYPES: Final[dict[str, MessageType]] = {"PAXLST": "PAXLST", "CUSRES": "CUSRES", "PNRGOV": "PNRGOV"}
_BEGINNINGS: Final = frozenset(["BGM", "MSG"])
_NO_MESSAGE: Final = (
    "this is no passenger message of a known type; PAXLST, PNRGOV, CUSRES, PNL, APP, MRZ or CSV is expected"
)
_ENVELOPE: Final = frozenset(["UNB", "UNG", "UNH", "UNT", "UNE", "UNZ"])
_TRAILERS: Final = frozenset(["UNT", "UNE", "UNZ"])
_REFERENCE: Final = re.compile(r"(?=\D*\d)[A-Z0-9./-]{1,14}\Z", re.IGNORECASE)
"""One that is not its header's, and yet a reference: letters alone may be words."""
_SURPLUS: Final = "elements or components that the standard does not have in this segment"


def read(data: bytes, as_of: dt.date, source: str = "-") -> tuple[Message, ...]:
    """All messages of an input: at least one, which says why when there is none to read. Never raises on content.

    `as_of` is the day on which the input is looked at; it decides centuries that senders leave out. `source` is only
    passed on. The same arguments give the same messages.
    """
    return tuple(iter_messages(data, as_of, source))


def iter_messages(
    data: bytes, as_of: dt.date, source: str = "-", limits: Limits = LIMITS, by_group: bool = False, fast: bool = True
) -> Iterator[Message]:
    """As `read`, one message at a time. Beside the input, memory holds one of them.

    With `by_group`, an EDIFACT message comes in pieces of one traveller group each (PAXLST: a traveller; PNRGOV: a
    booking with its travellers), so that memory holds one group. Each piece repeats what is known of the journey by
    then; problems and account, and checks that need the whole, are those of the last piece. Without `fast`, clean
    segments take the way of damaged ones: slower, to the same end.
    """
    blank = Message(source=source, sha256=hashlib.sha256(data).hexdigest(), type=None)
    if not data:
        yield _refused(blank, "EMPTY_INPUT", "the input has no bytes; check the transfer", 0)
    elif len(data) > limits.message_bytes:
        says = f"the input has {len(data)} bytes, at most {limits.message_bytes} are read; check that it is a message"
        yield _refused(blank, "TOO_LARGE", says, len(data))
    elif (quoted := transfer.decoded(data)) is not None:
        yield from quoted.moved(_messages(quoted.data, as_of, blank, limits, by_group, fast))
    else:
        yield from _messages(data, as_of, blank, limits, by_group, fast)


def _messages(
    data: bytes, as_of: dt.date, blank: Message, limits: Limits, by_group: bool, fast: bool
) -> Iterator[Message]:
    if grammar.begins(data):
        items = beside.told(grammar.scan(data, limits, fast), data, lambda part: _beside(part, as_of, blank))
        yield from _Envelopes(as_of, blank).messages(items, by_group)
    else:
        yield from _in_lines(data, as_of, blank)


def _refused(blank: Message, code: str, says: str, size: int) -> Message:
    problem = Problem(code=code, severity=SEVERITY[code], says=says)
    account = Account(received=size, understood=0, unknown=0, reported=size)
    removals = (Removal(offset=0, length=size, code="UNREAD"),) if size else ()
    return msgspec.structs.replace(blank, problems=(problem,), account=account, removals=removals)


def _in_lines(data: bytes, as_of: dt.date, blank: Message) -> Iterator[Message]:
    """Messages that are not EDIFACT."""
    kind = recognition.recognise(data)
    if kind is None:
        known = foreign.of(data)
        yield _refused(blank, "NO_MESSAGE", known.says if known else _NO_MESSAGE, len(data))
    else:
        yield from _IN_LINES[kind](data, as_of, msgspec.structs.replace(blank, type=kind))


def _beside(data: bytes, as_of: dt.date, blank: Message) -> Iterator[Message]:
    """Messages in a stretch that stands beside an EDIFACT message; none when it is no message.

    There prose is the rule, so that a shape alone is not enough: something must have been read.
    """
    kind = recognition.recognise(data)
    if kind == "MRZ" and b"<" not in data:
        return
    held: list[Message] = []
    found = _IN_LINES[kind](data, as_of, msgspec.structs.replace(blank, type=kind)) if kind else iter(())
    for message in found:
        held.append(message)
        if message.travellers or message.bookings or message.statuses or (kind == "PNL" and message.journeys):
            yield from held
            yield from found


_ANY_SHAPE: Final = (1 << 30,) * 1000
"""Of a segment that messages of a kind do not have: it is unknown as a whole, which its reader says."""


class _Open:
    """The message being read. It stays open behind its UNT, because more may be found that concerns it."""

    def __init__(
        self, header: Segment, service: Service, reader: Reader, findings: Findings, envelope: Envelope, given: bool
    ) -> None:
        self.header, self.service, self.reader = header, service, reader
        self.findings, self.envelope = findings, envelope
        self.kind = segments.kind_of(header)
        self._shapes = segments.shapes(self.kind)
        self._read = reader.take
        self.dialect = dialect(envelope.sender or "", self.kind)
        self.given = given
        """False when there was no UNH."""
        self.segments = 1
        self.ended = self.cut = self.has_group = False

    def take_run(self, run: Run) -> None:
        self.segments += len(run.raws)
        if (isinstance(self.reader, Paxlst) and not self.dialect.own) or (
            isinstance(self.reader, Pnrgov) and not self.dialect.tags
        ):
            self.reader.take_run(run, self.take)
            return
        for segment in run.segments():
            self.take(segment)

    def take(self, segment: Segment) -> None:
        """A segment between UNH and UNT; what its standard does not have in it is unknown."""
        self.findings.enter(segment.size)
        shape = self._shapes.get(segment.tag, _ANY_SHAPE)
        elements = segment.elements
        if len(elements) > len(shape) or any(map(gt, map(len, elements), shape)):
            self._surplus(segment)
        if segment.tag in self.dialect.tags:
            segment = self._said(segment)
        self._read(segment)

    def _said(self, segment: Segment) -> Segment:
        said = self.dialect.read(segment)
        if said is not segment:
            says = "codes that this sender uses for others (dialects.tsv)"
            self.findings.count("DIALECT", segment.tag, segment.at, says)
        return said

    def _surplus(self, segment: Segment) -> None:
        size = segments.surplus(segment, self.kind, self.service)
        if not size:
            return
        self.findings.count("UNKNOWN_ELEMENT", segment.tag, segment.at, _SURPLUS)
        self.findings.leave_apart(size, UNKNOWN)
        places = spans(segment, self.service)
        for element, component in segments.beyond(segment, self.kind):
            if self.kind == "PNRGOV" or not is_code(segment.value(element, component).upper()):
                self.findings.remove(*places[element][component], "UNREAD")

    def trailer(self, segment: Segment) -> None:
        self.ended = True
        if not self.given:
            return
        real, declared = self.segments + 1, _number(segment.value(1))
        if declared is not None and declared != real:
            says = f"UNT announces {declared} segments, the message has {real}"
            self.findings.add("COUNT_MISMATCH", "UNT", segment.at, says)
        if segment.value(2) != self.header.value(1):
            says = "the message reference of UNT is not that of UNH"
            self.findings.add("REFERENCE_MISMATCH", "UNT", segment.at, says)


class _Envelopes:
    """Deals the segments of an input out to the messages they belong to."""

    def __init__(self, as_of: dt.date, blank: Message) -> None:
        self._as_of, self._blank = as_of, blank
        self._service = STANDARD
        self._open: _Open | None = None
        self._waiting: list[Fault] = []
        """Faults before any message they could be reported with."""
        self._before = 0
        """Bytes of the envelope before any message they could be counted with."""
        self._beside: list[Beside] = []
        """Messages of another kind that stand in or behind the open message, and come out when it is closed."""
        self._begin_interchange(None)

    def messages(self, items: Iterator[grammar.Item | Beside], by_group: bool) -> Iterator[Message]:
        any_yet = False
        for item in items:
            opened = self._open
            if isinstance(item, Run):
                yield from self._run(item, by_group)
            elif isinstance(item, Fault):
                self._fault(item)
            elif isinstance(item, Beside):
                any_yet = True
                yield from self._stands_beside(item)
            elif opened is not None and self._ends_before(item):
                any_yet = True
                yield from self._close(opened)
                self._take(item)
            else:
                if isinstance(item, Segment):
                    yield from self._groups_before(item, by_group)
                self._take(item)
        if self._open is not None:
            yield from self._close(self._open)
        elif not any_yet or self._waiting or self._before:
            yield self._nothing()

    def _run(self, run: Run, by_group: bool) -> Iterator[Message]:
        if self._open is not None and not by_group:
            self._open.take_run(run)
            return
        for segment in run.segments():
            yield from self._groups_before(segment, by_group)
            self._take(segment)

    def _stands_beside(self, item: Beside) -> Iterator[Message]:
        opened = self._open
        if opened is None:
            yield from item.messages
            return
        self._beside.append(item)
        if not opened.ended:
            opened.reader.interrupted(item.at)

    def _groups_before(self, segment: Segment, by_group: bool) -> Iterator[Message]:
        """The group that ends before this segment, when groups are wanted."""
        opened = self._open
        if by_group and opened is not None and opened.reader.begins_group(segment):
            if opened.has_group:
                yield self._group_of(opened)
            opened.has_group = True

    def _begin_interchange(self, header: Segment | None) -> None:
        self._header, self._group = header, absent("UNG")
        self._messages = self._groups = 0

    def _ends_before(self, item: Interchange | Segment | Blank) -> bool:
        """True when the open message cannot go on with this."""
        if isinstance(item, Blank):
            return False
        if isinstance(item, Interchange) or item.tag in ("UNB", "UNG", "UNH"):
            return True
        return item.tag in _BEGINNINGS and self._open is not None and self._open.ended

    def _take(self, item: Interchange | Segment | Blank) -> None:
        if isinstance(item, Segment) and item.tag in _ENVELOPE:
            item = self._without_surplus(item)
        if self._open is not None and not (isinstance(item, Segment) and item.tag not in _ENVELOPE):
            self._open.findings.enter(item.size)
        elif isinstance(item, Blank | Interchange) or item.tag in ("UNB", "UNG", "UNE", "UNZ", "UNT"):
            self._before += item.size
        if isinstance(item, Interchange):
            self._service = item.service
            self._begin_interchange(None)
        elif isinstance(item, Segment):
            self._segment(item)

    def _without_surplus(self, segment: Segment) -> Segment:
        """A segment of the envelope, whose size is that of what is understood of it; the rest is told, and not stored.

        Free text may stand behind it, or instead of a trailer's number and reference.
        """
        places = segments.beyond(segment)
        faults = [(place, _SURPLUS) for place in places]
        if segment.tag in _TRAILERS:
            says = "numbers or references of a trailer that are none"
            faults += [(place, says) for place in self._no_references(segment)]
        if not faults:
            return segment
        found, size = spans(segment, self._service), segment.size
        for (element, component), says in faults:
            start, end = found[element][component]
            # A page mark within the segment has been counted already.
            beyond = min(end - start, size)
            size -= beyond
            keeps = is_code(segment.value(element, component).upper())
            self._fault(Fault("UNKNOWN_ELEMENT", segment.tag, start, says, beyond, start if keeps else end))
        return segment._replace(size=size)

    def _no_references(self, trailer: Segment) -> list[tuple[int, int]]:
        header = {
            "UNT": self._open.header.value(1) if self._open is not None else "",
            "UNE": self._group.value(5),
            "UNZ": self._header.value(5) if self._header is not None else "",
        }[trailer.tag]
        number, reference = trailer.value(1).strip("_ "), trailer.value(2).strip("_ ")
        wrong = [(1, 0)] if number and not number.isdigit() else []
        known = not reference or reference == header or is_code(reference.upper()) or _REFERENCE.match(reference)
        return wrong if known else [*wrong, (2, 0)]

    def _segment(self, segment: Segment) -> None:
        tag = segment.tag
        if tag == "UNB":
            self._begin_interchange(segment)
        elif tag == "UNG":
            self._groups += 1
            self._group = segment
        elif tag == "UNH":
            self._begin(segment, segment.value(2).upper(), given=True)
        elif tag == "UNT":
            if self._open is not None:
                self._open.trailer(segment)
        elif tag == "UNZ":
            self._check_interchange(segment)
        elif tag != "UNE":
            self._content(segment)

    def _content(self, segment: Segment) -> None:
        """A segment of a message that may not have begun."""
        if self._open is None:
            if segment.tag not in grammar.TAGS:
                says = "segments outside any message"
                end = segment.position(len(segment.raw))
                self._fault(Fault("UNKNOWN_SEGMENT", segment.tag, segment.at, says, segment.size, end))
                return
            self._begin(segment, self._group.value(1).upper() or type_by(segment), given=False)
        if self._open is not None:
            self._open.segments += 1
            self._open.take(segment)

    def _begin(self, header: Segment, kind: str, given: bool) -> None:
        """Opens a message; without UNH the segment at hand stands for it."""
        findings = Findings()
        findings.enter(self._before)
        self._before = 0
        self._messages += 1
        for fault in self._waiting:
            _report(findings, fault)
        self._waiting = []
        findings.enter(header.size if given else 0)
        if not given:
            says = "there is no UNH before this segment; the type was taken from the group or from the segment itself"
            findings.add("HEADER_MISSING", "UNH", header.at, says)
            header = Segment("UNH", [["UNH"], [""], [kind]], header.at, "", 0)
        reader = _reader(kind, header, findings)(header, self._service, self._as_of, findings)
        unb = self._header or absent("UNB", header.at)
        sent = envelope(unb, self._group, header, self._as_of, findings)
        if isinstance(reader, Pnrgov):
            reader.sent(sent.sent)
        self._open = _Open(header, self._service, reader, findings, sent, given)

    def _fault(self, fault: Fault) -> None:
        if self._open is None:
            self._waiting.append(fault)
            return
        _report(self._open.findings, fault)
        if fault.breaks and not self._open.ended:
            self._open.reader.interrupted(fault.at)
        self._open.cut = self._open.cut or fault.code == "TRUNCATED"

    def _check_interchange(self, trailer: Segment) -> None:
        if self._header is None:
            return
        real, what = (self._groups, "groups") if self._groups else (self._messages, "messages")
        declared = _number(trailer.value(1))
        if declared is not None and declared != real:
            says = f"UNZ announces {declared} {what}, the interchange has {real}"
            self._fault(Fault("COUNT_MISMATCH", "UNZ", trailer.at, says))
        if trailer.value(2) != self._header.value(5):
            says = "the control reference of UNZ is not that of UNB"
            self._fault(Fault("REFERENCE_MISMATCH", "UNZ", trailer.at, says))

    def _message(self, opened: _Open, last: bool) -> Message:
        header = opened.header
        kind = _TYPES.get(header.value(2).upper())
        message = msgspec.structs.replace(self._blank, type=kind, version=version(header), envelope=opened.envelope)
        return opened.reader.complete(message, last)

    def _group_of(self, opened: _Open) -> Message:
        """What was read since the last piece, without problems and account, which come with the last."""
        opened.findings.enter(0)
        message = self._message(opened, last=False)
        opened.reader.forget()
        return msgspec.structs.replace(message, removals=opened.findings.removals())

    def _close(self, opened: _Open) -> Iterator[Message]:
        """The message, and those of another kind that stand beside it."""
        yield self._closed(opened)
        for item in self._beside:
            yield from item.messages
        self._beside = []

    def _closed(self, opened: _Open) -> Message:
        self._open = None
        findings = opened.findings
        findings.enter(0)
        if not opened.ended and not opened.cut:
            says = "the message has no UNT: it was cut off, and what came before is read"
            findings.add("TRUNCATED", "UNT", opened.header.at, says)
        message = self._message(opened, last=True)
        return msgspec.structs.replace(
            message, problems=findings.problems(), account=findings.account(), removals=findings.removals()
        )

    def _nothing(self) -> Message:
        """An envelope without message."""
        findings = Findings()
        findings.enter(self._before)
        says = "this is an EDIFACT interchange without message: UNH or BGM is expected in it"
        findings.add("NO_MESSAGE", None, None, says)
        for fault in self._waiting:
            _report(findings, fault)
        account, removals = findings.account(), findings.removals()
        return msgspec.structs.replace(self._blank, problems=findings.problems(), account=account, removals=removals)


def _reader(kind: str, header: Segment, findings: Findings) -> Callable[[Segment, Service, dt.date, Findings], Reader]:
    """The class that reads messages of this type and version."""
    directory = header.value(2, 1).upper()
    if kind == "PAXLST" and directory and directory != "D":
        if version(header) not in _US_VERSIONS:
            says = "PAXLST is read by the UN directories (D.02B to D.21A) and as US-EDIFACT 001:000; this is neither"
            findings.add("UNSUPPORTED_VERSION", "UNH", header.at, says)
        return UsPaxlst
    if kind == "PAXLST" and not directory and header.size:
        says = "PAXLST is read by the UN directories (D.02B to D.21A), and this message names none of them"
        findings.add("UNSUPPORTED_VERSION", "UNH", header.at, says)
    return _READERS.get(kind, _Unread)


def _report(findings: Findings, fault: Fault) -> None:
    """Errors are listed one by one, the rest is counted."""
    findings.enter(fault.size)
    if fault.end and fault.code in _UNREAD:
        # A tag may stand: it is what the fault is told by when the redacted original is read again.
        tagged = fault.code in ("TRUNCATED", "NOT_A_SEGMENT") and fault.segment is not None
        findings.remove(fault.at + (3 if tagged else 0), fault.end, "UNREAD")
    report = findings.add if SEVERITY[fault.code] == "error" else findings.count
    report(fault.code, fault.segment, fault.at, fault.says)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
