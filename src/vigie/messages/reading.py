"""From the bytes of an input to its messages: limits, recognition, and for EDIFACT the envelope (UNB to UNZ)."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from typing import Final, Protocol

import msgspec

from vigie.config import LIMITS, Limits
from vigie.messages import edifact, recognition
from vigie.messages.cleaning import Cleaned, clean
from vigie.messages.edifact import Fault, Interchange, Segment
from vigie.messages.findings import SEVERITY, Findings
from vigie.messages.paxlst import Paxlst
from vigie.messages.service import STANDARD, Service
from vigie.records import Message, MessageType, Problem


class Reader(Protocol):
    """Understands one type of EDIFACT message."""

    def take(self, segment: Segment) -> None:
        """The next segment between UNH and UNT."""

    def complete(self, message: Message) -> Message:
        """The message, with everything that was read put in."""


class _Unread:
    """Stands for a type that is recognised and not read yet."""

    def __init__(self, header: Segment, service: Service, as_of: dt.date, findings: Findings) -> None:
        says = "messages of this type cannot be read yet: nothing of its content is in the result"
        findings.add("UNSUPPORTED_TYPE", "UNH", header.at, says)

    def take(self, segment: Segment) -> None:
        """Nothing is kept."""

    def complete(self, message: Message) -> Message:
        return message


_READERS: Final[dict[str, Callable[[Segment, Service, dt.date, Findings], Reader]]] = {"PAXLST": Paxlst}
"""Where a further type of EDIFACT message is added."""
_TYPES: Final[dict[str, MessageType]] = {"PAXLST": "PAXLST", "CUSRES": "CUSRES", "PNRGOV": "PNRGOV"}
_BEGINNINGS: Final = frozenset(["BGM", "MSG"])
_ENVELOPE: Final = _BEGINNINGS | {"UNB", "UNG", "UNH", "UNT", "UNE", "UNZ"}
_ANSWERS: Final = frozenset(["962", "132", "312"])


def read(data: bytes, as_of: dt.date, source: str = "-") -> tuple[Message, ...]:
    """All messages of an input: at least one, which says why when there is none to read. Never raises on content.

    `as_of` is the day on which the input is looked at; it decides centuries that senders leave out. `source` is only
    passed on. The same arguments give the same messages.
    """
    return tuple(iter_messages(data, as_of, source))


def iter_messages(data: bytes, as_of: dt.date, source: str = "-", limits: Limits = LIMITS) -> Iterator[Message]:
    """As `read`, one message at a time."""
    blank = Message(source=source, sha256=hashlib.sha256(data).hexdigest(), type=None)
    if not data:
        yield _refused(blank, "EMPTY_INPUT", "the input has no bytes; check the transfer")
    elif len(data) > limits.message_bytes:
        says = f"the input has {len(data)} bytes, at most {limits.message_bytes} are read; check that it is a message"
        yield _refused(blank, "TOO_LARGE", says)
    else:
        cleaned = clean(data)
        if edifact.begins(cleaned):
            yield from _Envelope(cleaned, as_of, blank).messages(limits)
        else:
            yield _in_lines(data, blank)


def _refused(blank: Message, code: str, says: str) -> Message:
    problem = Problem(code=code, severity=SEVERITY[code], says=says)
    return msgspec.structs.replace(blank, problems=(problem,))


def _in_lines(data: bytes, blank: Message) -> Message:
    """Messages that are not EDIFACT."""
    kind = recognition.recognise(data)
    if kind is None:
        says = (
            "this is no passenger message of a known type; PAXLST, PNRGOV, CUSRES, PNL, MRZ or a CSV list is expected"
        )
        return _refused(blank, "NO_MESSAGE", says)
    says = "messages of this type cannot be read yet: nothing of its content is in the result"
    return _refused(msgspec.structs.replace(blank, type=kind), "UNSUPPORTED_TYPE", says)


class _Open:
    """The message being read. It stays open behind its UNT, because more may be found that concerns it."""

    def __init__(self, header: Segment, reader: Reader, findings: Findings, given: bool) -> None:
        self.header, self.reader, self.findings = header, reader, findings
        self.given = given
        """False when there was no UNH."""
        self.segments = 1
        self.ended = self.cut = False

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


class _Envelope:
    """Deals the segments of an input out to the messages they belong to."""

    def __init__(self, cleaned: Cleaned, as_of: dt.date, blank: Message) -> None:
        self._cleaned, self._as_of, self._blank = cleaned, as_of, blank
        self._service = STANDARD
        self._open: _Open | None = None
        self._waiting: list[Fault] = []
        """Faults before any message they could be reported with."""
        self._begin_interchange(None)

    def messages(self, limits: Limits) -> Iterator[Message]:
        any_yet = False
        for item in edifact.scan(self._cleaned, limits):
            opened = self._open
            if opened is not None and isinstance(item, Segment) and item.tag not in _ENVELOPE:
                opened.segments += 1
                opened.reader.take(item)
                continue
            if isinstance(item, Fault):
                self._fault(item)
                continue
            if opened is not None and self._ends_before(item):
                any_yet = True
                yield self._close(opened)
            if isinstance(item, Interchange):
                self._service = item.service
                self._begin_interchange(None)
            else:
                self._take(item)
        if self._open is not None:
            yield self._close(self._open)
        elif not any_yet or self._waiting:
            yield self._nothing()

    def _begin_interchange(self, header: Segment | None) -> None:
        self._header, self._group = header, ""
        self._messages = self._groups = 0

    def _ends_before(self, item: Interchange | Segment) -> bool:
        """True when the open message cannot go on with this."""
        if isinstance(item, Interchange) or item.tag in ("UNB", "UNG", "UNH"):
            return True
        return item.tag in _BEGINNINGS and self._open is not None and self._open.ended

    def _take(self, segment: Segment) -> None:
        tag = segment.tag
        if tag == "UNB":
            self._begin_interchange(segment)
        elif tag == "UNG":
            self._groups += 1
            self._group = segment.value(1).upper()
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
        if self._open is None:
            if segment.tag not in edifact.TAGS:
                says = "segments outside any message"
                self._fault(Fault("UNKNOWN_SEGMENT", segment.tag, segment.at, says))
                return
            self._begin(segment, self._group or _type_by(segment), given=False)
        if self._open is not None:
            self._open.segments += 1
            self._open.reader.take(segment)

    def _begin(self, header: Segment, kind: str, given: bool) -> None:
        """Opens a message; without UNH the segment at hand stands for it."""
        findings = Findings(self._cleaned.position)
        self._messages += 1
        if not given:
            says = "there is no UNH before this segment; the type was taken from the group or from the segment itself"
            findings.add("HEADER_MISSING", "UNH", header.at, says)
            header = Segment("UNH", [["UNH"], [""], [kind]], header.at)
        elif header.value(2, 1).upper() != "D" and kind == "PAXLST":
            says = "PAXLST is read by the UN/EDIFACT directories (D.02B to D.16B), and this message names none of them"
            findings.add("UNSUPPORTED_VERSION", "UNH", header.at, says)
        reader = _READERS.get(kind, _Unread)(header, self._service, self._as_of, findings)
        self._open = _Open(header, reader, findings, given)
        for fault in self._waiting:
            self._fault(fault)
        self._waiting = []

    def _fault(self, fault: Fault) -> None:
        """Errors are listed one by one, the rest is counted."""
        if self._open is None:
            self._waiting.append(fault)
            return
        findings = self._open.findings
        report = findings.add if SEVERITY[fault.code] == "error" else findings.count
        report(fault.code, fault.segment, fault.at, fault.says)
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

    def _close(self, opened: _Open) -> Message:
        self._open = None
        if not opened.ended and not opened.cut:
            says = "the message has no UNT: it was cut off, and what came before is read"
            opened.findings.add("TRUNCATED", "UNT", opened.header.at, says)
        header = opened.header
        kind = _TYPES.get(header.value(2).upper())
        message = msgspec.structs.replace(self._blank, type=kind, version=_version(header))
        message = opened.reader.complete(message)
        return msgspec.structs.replace(message, problems=opened.findings.problems())

    def _nothing(self) -> Message:
        """An envelope without message."""
        findings = Findings(self._cleaned.position)
        says = "this is an EDIFACT interchange without message: UNH or BGM is expected in it"
        findings.add("NO_MESSAGE", None, None, says)
        for fault in self._waiting:
            findings.count(fault.code, fault.segment, fault.at, fault.says)
        return msgspec.structs.replace(self._blank, problems=findings.problems())


def _type_by(segment: Segment) -> str:
    """Type of a message without header, by its first segment."""
    if segment.tag in ("MSG", "SRC", "ORG", "TVL", "TIF", "RCI"):
        return "PNRGOV"
    if segment.tag in ("ERP", "ERC") or (segment.tag == "BGM" and segment.value(1) in _ANSWERS):
        return "CUSRES"
    return "PAXLST"


def _version(header: Segment) -> str | None:
    """`D.05B` of `PAXLST:D:05B:UN`, `13:1` of `PNRGOV:13:1:IA`."""
    version, release = header.value(2, 1).upper(), header.value(2, 2).upper()
    if not version or not release:
        return None
    return f"D.{release}" if version == "D" else f"{version}:{release}"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
