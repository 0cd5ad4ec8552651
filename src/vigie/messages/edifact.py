"""The grammar of EDIFACT (ISO 9735), as real senders write it: any service characters, every segment with its place.

`scan` turns the cleaned text of an input into a stream of three things: an `Interchange` where one begins, the
`Segment`s of it, and a `Fault` wherever something had to be repaired or left out. It takes one pass, holds one segment
at a time and never raises on content. What segments mean is not its business.
"""

import functools
import re
from collections.abc import Generator, Iterator
from typing import Final, Literal, NamedTuple

from vigie.config import LIMITS, Limits
from vigie.messages.cleaning import Cleaned
from vigie.messages.service import Service, read_service

TAGS: Final = frozenset([
    "UNA", "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "ABI", "ADD", "APD", "ATT", "BGM", "CNT", "COM",
    "CPI", "DAT", "DOC", "DTM", "EBD", "EMP", "EQN", "ERC", "ERP", "FAR", "FOP", "FTI", "FTX", "GEI",
    "IFT", "LOC", "LTS", "MEA", "MON", "MSG", "NAD", "NAT", "ORG", "PTK", "QTY", "RCI", "REF", "RFF",
    "RPI", "SAC", "SRC", "SSD", "SSR", "TBD", "TDT", "TIF", "TKT", "TRA", "TRI", "TVL", "TXD",
])  # fmt: skip
"""Segments of PAXLST, CUSRES and PNRGOV: where one begins a line, a terminator before it was lost."""
_CONTENT: Final = TAGS - {"UNA", "UNB", "UNZ"}
_CLOSING: Final = frozenset(["UNT", "UNE", "UNZ"])
_MARK: Final = r"\s?(?:[^\w\s]|\x1d)"
_START: Final = re.compile(
    rf"UNA(?=(?s:.){{1,8}}?\s*UN[BGH]{_MARK})|UNB(?={_MARK}[A-Z]{{4}}\W)"
    rf"|UNG(?={_MARK}(?:PAXLST|CUSRES|PNRGOV)\W)|UNH(?={_MARK}[^\s'\"]{{1,40}}\W(?:PAXLST|CUSRES|PNRGOV)\W)"
)
_QUOTES: Final = "\x91\x92\x93\x94\x98\x99\x9c\x9d\xe2\x80 \t"
"""Bytes of typographic quotes, in Windows-1252 and UTF-8, that mail programs put in place of the terminator."""
_CHARSETS: Final = {
    "UNOC": "iso8859-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
}
"""Character sets by syntax identifier (ISO 9735-1, data element 0001)."""
_UNDECLARED: Final = "cp1252"
_INTERCHANGE_COST: Final = 20
"""What the beginning of an interchange costs, in segments: a file of nothing else must not take minutes."""


class Interchange(NamedTuple):
    """Where an interchange begins, and how it is written."""

    service: Service
    at: int


class Segment(NamedTuple):
    """One segment: its elements, each a list of components, release characters resolved; element 0 is the tag.

    `at` is the offset of the tag in the cleaned text.
    """

    tag: str
    elements: list[list[str]]
    at: int

    def value(self, element: int, component: int = 0) -> str:
        """A component without blanks around it; empty when it was not sent."""
        try:
            return self.elements[element][component].strip()
        except IndexError:
            return ""

    def components(self, element: int) -> list[str]:
        """All components of an element as sent; an empty list when it was not sent."""
        return self.elements[element] if element < len(self.elements) else []


class Fault(NamedTuple):
    """Something repaired or left out; becomes a `Problem` of the message it stands in."""

    code: str
    segment: str | None
    at: int
    says: str


_Piece = tuple[str, int, int, Literal["terminator", "line", "input"]]
"""Text of one segment, where it starts, where the next may, and what ended it: a terminator, the line of the next
segment, or the end of the input."""


def begins(cleaned: Cleaned) -> bool:
    """True when an interchange or a passenger message begins somewhere in the text."""
    return _START.search(cleaned.text) is not None


def scan(cleaned: Cleaned, limits: Limits = LIMITS) -> Iterator[Interchange | Segment | Fault]:
    """Everything in the input, in order. Stops at `limits.segments` segments with a fault."""
    text, at, left = cleaned.text, 0, limits.segments
    if cleaned.removed:
        yield Fault("TEXT_REMOVED", None, 0, f"{cleaned.removed} bytes around the message are not part of it")
    while (start := _START.search(text, at)) is not None:
        yield from _removed(text, at, start.start())
        service, begin, repaired = read_service(text, start.start())
        yield Interchange(service, start.start())
        if repaired:
            yield Fault("SERVICE_CHARACTERS", "UNA", start.start(), repaired)
        at, left = yield from _interchange(cleaned, service, begin, left - _INTERCHANGE_COST)
        if left < 0:
            yield Fault("TOO_MANY_SEGMENTS", None, at, f"only the first {limits.segments} segments are read")
            return
    yield from _removed(text, at, len(text))


def _interchange(
    cleaned: Cleaned, service: Service, begin: int, left: int
) -> Generator[Segment | Fault, None, tuple[int, int]]:
    """The segments from `begin` to UNZ or to the next interchange. Returns where it ends, and how many are `left`."""
    charset, end = _UNDECLARED, begin
    for piece in _pieces(cleaned, service, begin):
        text, at, end, ended_by = piece
        left -= 1
        if left < 0:
            return at, left
        if ended_by == "terminator" and len(text) <= LIMITS.segment_bytes and text.isascii():
            elements = _elements(text, service)
            tag = elements[0][0]
            if tag in _CONTENT:
                yield Segment(tag, elements, at)
                continue
        if at > begin and _begins_again(cleaned.text, at):
            return at, left
        segment, faults = _read(piece, service, charset)
        yield from faults
        if segment is None:
            continue
        yield segment
        if segment.tag == "UNB":
            charset = _CHARSETS.get(segment.value(1), _UNDECLARED)
        elif segment.tag == "UNZ":
            break
    return end, left


def _begins_again(text: str, at: int) -> bool:
    """A further interchange where a segment should be: the one before has no UNZ."""
    return text.startswith(("UNA", "UNB"), at) and _START.match(text, at) is not None


def _removed(text: str, start: int, end: int) -> Iterator[Fault]:
    """Text before or behind an interchange: addresses of Type B, footers of mail."""
    if end - start > 0 and not text[start:end].isspace():
        yield Fault("TEXT_REMOVED", None, start, f"{end - start} bytes around the message are not part of it")


def _pieces(cleaned: Cleaned, service: Service, at: int) -> Iterator[_Piece]:
    """Cuts the text at the terminators, and at lines that begin a segment although the one before was not ended."""
    text = cleaned.text
    size, release = len(text), service.release
    lines = _lines_of_segments(cleaned, service, at)
    line = next(lines, size)
    end = -1
    while at < size:
        if end < at:
            end = text.find(service.terminator, at)
            if end < 0 or text[end - 1] == release:
                end = _terminator(text, service, at)
        while line <= at:
            line = next(lines, size)
        if at < line < end:
            yield (text[at:line], at, line, "line")
            at = line
        elif end < size:
            yield (text[at:end], at, end + 1, "terminator")
            at = end + 1
        else:
            yield _last_piece(cleaned, at)
            return


def _last_piece(cleaned: Cleaned, at: int) -> _Piece:
    """What stands behind the last terminator. A closing segment ends with its line; behind it are footers."""
    text, size = cleaned.text, len(cleaned.text)
    if text[at : at + 9].lstrip()[:3] in _CLOSING:
        end = next(cleaned.joints(at + 3), size)
        return (text[at:end], at, end, "line")
    return (text[at:], at, size, "input")


def _terminator(text: str, service: Service, at: int) -> int:
    """Offset of the next terminator that is not released, or the length of the text."""
    release, search = service.release, at
    while (end := text.find(service.terminator, search)) >= 0:
        run = end
        while run > at and text[run - 1] == release:
            run -= 1
        if (end - run) % 2 == 0:
            return end
        search = end + 1
    return len(text)


def _lines_of_segments(cleaned: Cleaned, service: Service, at: int) -> Iterator[int]:
    """Offsets at which a line begins like a segment, although the line before was not ended by a terminator."""
    text = cleaned.text
    ends = (service.terminator, service.element, service.component, service.release)
    for joint in cleaned.joints(at + 1):
        if text[joint + 3 : joint + 4] == service.element and text[joint : joint + 3] in TAGS:
            before = text[max(at, joint - 80) : joint].rstrip()[-1:]
            if before and before not in ends:
                yield joint


def _read(piece: _Piece, service: Service, charset: str) -> tuple[Segment | None, list[Fault]]:
    """The segment of a piece that may be damaged, and what is to be said about it."""
    whole, at, _, ended_by = piece
    text = whole.lstrip()
    at += len(whole) - len(text)
    if not text:
        return None, []
    if len(text) > LIMITS.segment_bytes:
        return None, [Fault("SEGMENT_TOO_LONG", None, at, f"more than {LIMITS.segment_bytes} bytes without terminator")]
    if ended_by == "line":
        text = text.rstrip(_QUOTES)
    elements = _elements(text, service)
    tag = elements[0][0].strip().upper()
    if len(tag) != 3 or not tag.isalpha() or not tag.isascii():
        says = f"{len(text)} bytes that do not begin like a segment: a tag of three letters is expected"
        return None, [Fault("NOT_A_SEGMENT", None, at, says)]
    if ended_by == "input":
        return None, [Fault("TRUNCATED", tag, at, "the input ends within this segment, which was not read")]
    faults: list[Fault] = []
    if not text.isascii() and not _decode(elements, charset):
        says = f"segments with bytes that are no UTF-8, which were read as {charset}"
        faults.append(Fault("CHARACTER_SET", None, at, says))
    if ended_by == "line":
        faults.append(Fault("TERMINATOR_MISSING", tag, at, "segments without terminator, which end with their line"))
    return Segment(tag, elements, at), faults


def _elements(text: str, service: Service) -> list[list[str]]:
    if service.release and service.release in text:
        return _released_elements(text, service)
    component = service.component
    return [element.split(component) for element in text.split(service.element)]


def _released_elements(text: str, service: Service) -> list[list[str]]:
    """As `_elements`, where a character behind the release character stands for itself."""
    elements: list[list[str]] = []
    components: list[str] = []
    value: list[str] = []
    for token in _tokens(service).findall(text):
        if token in (service.element, service.component):
            components.append("".join(value))
            value = []
            if token == service.element:
                elements.append(components)
                components = []
        else:
            value.append(token[1:] if token[0] == service.release else token)
    components.append("".join(value))
    elements.append(components)
    return elements


@functools.lru_cache(maxsize=16)
def _tokens(service: Service) -> re.Pattern[str]:
    release, separators = re.escape(service.release), re.escape(service.element + service.component)
    return re.compile(f"{release}(?:.|\\Z)|[{separators}]|[^{release}{separators}]+", re.DOTALL)


def _decode(elements: list[list[str]], charset: str) -> bool:
    """Decodes every component in place; false when one is no UTF-8 and the other character set had to serve."""
    all_utf8 = True
    for components in elements:
        for index, value in enumerate(components):
            if value.isascii():
                continue
            try:
                components[index] = value.encode("latin-1").decode("utf-8")
            except UnicodeDecodeError:
                components[index] = value.encode("latin-1").decode(charset, "replace")
                all_utf8 = False
    return all_utf8
