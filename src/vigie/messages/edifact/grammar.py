"""The grammar of EDIFACT (ISO 9735), as real senders write it: any service characters, every segment with its place.

`scan` turns the bytes of an input into a stream of three things: an `Interchange` where one begins, the `Segment`s of
it, and a `Fault` wherever something had to be repaired or left out. Together they cover every byte once: the sum of
their sizes is the length of the input. It takes one pass, holds one window at a time and never raises on content.
What segments mean is not its business.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Generator, Iterator
from itertools import islice
from operator import itemgetter
from typing import Final, Literal, NamedTuple

from vigie.config import LIMITS, Limits
from vigie.messages.edifact.cleaning import WINDOW, Window
from vigie.messages.edifact.service import HEAD, Service, read_service, service_without_header

TAGS: Final = frozenset([
    "UNA", "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "ABI", "ADD", "APD", "ATT", "BGM", "CNT", "COM",
    "CPI", "DAT", "DOC", "DTM", "EBD", "EMP", "EQN", "ERC", "ERP", "FAR", "FOP", "FTI", "FTX", "GEI",
    "IFT", "LOC", "LTS", "MEA", "MON", "MSG", "NAD", "NAT", "ORG", "PDT", "PTK", "QTY", "RCI", "REF", "RFF",
    "RPI", "SAC", "SRC", "SSD", "SSR", "TBD", "TDT", "TIF", "TKT", "TRA", "TRI", "TVL", "TXD",
])  # fmt: skip
"""Segments of PAXLST, CUSRES and PNRGOV: where one begins a line, a terminator before it was lost."""
_CONTENT: Final = TAGS - {"UNA", "UNB", "UNZ"}
_PERSONS: Final = {"NAD": 2, "TIF": 1, "PDT": 2}
"""Segments that name a person, and the first element that a name may be in: they are read even when the input ends
within them, so that nobody is lost by a cut."""
_HEADLESS: Final = re.compile(r"NAD([^\w\s])(?:FL|FM|DDU|DDT)\1|TIF([^\w\s])[^\W\d_]|SRC(?=([^\w\s])\s*RCI[^\w\s])")
"""Segments of travellers, where the head of their message is lost."""
_CAPACITIES: Final = frozenset(["FL", "FM", "DDU", "DDT"])
"""Qualifiers of persons who travel (NAD 3035)."""
_HEADS_OF_RESERVATIONS: Final = frozenset(["22", "23", "141"])
"""MSG 1225 of a whole message; MSG of a service in a booking has its code one component before."""
_JOINED_PERSON: Final = re.compile(r"(NAD) (?=(?:FL|FM|DDU|DDT)[^\w\s])")
_RUNNING: Final = _CONTENT - {"UNG", "UNH", "UNT", "UNE", "BGM", "MSG"}
_PLAIN_BEGINNINGS: Final = frozenset(tag[:2] for tag in _RUNNING)
_FIRST_CHUNK, _CHUNK = 128, 8192
"""Characters that the short way splits at a time, at first and at most: a break in them makes the rest be split again,
so a text with many breaks must not pay for long stretches."""
_CLOSING: Final = frozenset(["UNT", "UNE", "UNZ"])
_ENVELOPE: Final = frozenset(["UNB", "UNG", "UNH", *_CLOSING])
_APOSTROPHE: Final = "'"
_LETTER: Final = r"[A-Za-z\x80-\xff]"
_WORDS: Final = rf"{_LETTER}(?:{_LETTER}|[ .'-])*"
"""A name or a part of one, in bytes of any character set. Apostrophes in it were joined before."""
_LONGEST_REST: Final = 200
"""Characters behind an apostrophe in which its segment must end."""
_PARTICLES: Final = frozenset(["DELL", "DALL", "NELL", "SANT"])
"""What stands before an apostrophe and has more than two letters."""
_MARK: Final = r"\s?(?:[^\w\s]|\x1d)"
_START: Final = re.compile(
    rf"UNA(?=(?s:.){{1,8}}?\s*UN[BGH]{_MARK})|UNB(?={_MARK}[A-Z]{{4}}\W)"
    rf"|UNG(?={_MARK}(?:PAXLST|CUSRES|PNRGOV)\W)|UNH(?={_MARK}[^\s'\"]{{1,40}}\W(?:PAXLST|CUSRES|PNRGOV)\W)"
)
_HEADER: Final = re.compile(rb"UN[ABGH](?=[^\w\s])")
_MOST_HEADERS: Final = 100
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
_RUBBLE_COST: Final = 9
"""What a piece that is no segment costs beside itself: a file of nothing else must not take minutes either."""
_OVERLAP: Final = 200
"""Characters kept when the window moves on, because the beginning of an interchange may stand across its edge."""
_USUAL_HEADING: Final = 2048
"""Bytes in which nearly every message begins: more are only looked at when it does not."""
_INTERCHANGE_COST: Final = 20
"""What the beginning of an interchange costs, in segments: a file of nothing else must not take minutes."""


class Interchange(NamedTuple):
    """Where an interchange begins, and how it is written."""

    service: Service
    at: int
    size: int


class Segment(NamedTuple):
    """One segment: its elements, each a list of components, release characters resolved; element 0 is the tag.

    `at` is the offset of the tag in the bytes as received, `size` the bytes up to the next item, with terminator, line
    ends and blanks before it. `raw` is the segment's text, release characters still in; line ends and controls are
    out of it, and `folds` says where: (offset in `raw`, all bytes of the segment left out before it).
    """

    tag: str
    elements: list[list[str]]
    at: int
    raw: str
    size: int
    folds: tuple[tuple[int, int], ...] = ()
    cut: bool = False
    """The input ends within the segment."""

    def value(self, element: int, component: int = 0) -> str:
        """A component without blanks around it; empty when it was not sent."""
        try:
            return self.elements[element][component].strip()
        except IndexError:
            return ""

    def components(self, element: int) -> list[str]:
        """All components of an element as sent; an empty list when it was not sent."""
        return self.elements[element] if element < len(self.elements) else []

    def position(self, offset: int) -> int:
        """Offset in the bytes as received of a character of `raw`."""
        before = bisect_right(self.folds, offset, key=itemgetter(0)) if self.folds else 0
        return self.at + offset + (self.folds[before - 1][1] if before else 0)


class Run(NamedTuple):
    """Segments in a row with nothing to repair in them: whole, on one line each, ASCII, without release characters.

    None of them is of the envelope (UNB to UNZ) or begins a message (BGM, MSG).
    """

    raws: list[str]
    starts: list[int]
    """Where each begins, in the bytes as received. Each ends where the next begins."""
    before: int
    """Where the bytes of the first begin to count: blanks and line ends may stand before it."""
    end: int
    service: Service

    @property
    def size(self) -> int:
        return self.end - self.before

    def segment(self, index: int) -> Segment:
        """One of them, as a segment."""
        raw, start = self.raws[index], self.starts[index]
        begin = start if index else self.before
        end = self.starts[index + 1] if index + 1 < len(self.starts) else self.end
        elements = [part.split(self.service.component) for part in raw.split(self.service.element)]
        return Segment(raw[:3], elements, start, raw, end - begin)

    def segments(self) -> Iterator[Segment]:
        """All of them, in order."""
        component, element, begin = self.service.component, self.service.element, self.before
        for raw, start, end in zip(self.raws, self.starts, [*self.starts[1:], self.end], strict=True):
            yield Segment(raw[:3], [part.split(component) for part in raw.split(element)], start, raw, end - begin)
            begin = end


class Blank(NamedTuple):
    """Blanks and line ends behind everything else."""

    at: int
    size: int


class Fault(NamedTuple):
    """Something repaired or left out; becomes a `Problem` of the message it stands in.

    `size` counts the bytes that are in no segment because of it; they end before `end`.
    """

    code: str
    segment: str | None
    at: int
    says: str
    size: int = 0
    end: int = 0
    breaks: bool = False
    """What could not be read may be the segment that names the next person: what follows is not the last one's."""


Item = Interchange | Segment | Run | Fault | Blank
_REMOVED: Final = "text around the message, such as addresses, page marks or a footer, is not part of it"
_WITHIN_NAME: Final = "an apostrophe in a name that is not released and ended the segment; both parts were joined"
_UNENDED: Final = {
    "line": "segments without terminator, which end with their line",
    "glued": "segments without terminator, to which that of a person or a booking is glued; read as two",
}
"""Of pieces that no terminator ends: what is said of them."""
_OF_A_WHOLE_TIF: Final = 2
"""Element separators: before the family name, before a given name."""
_NOT_SOUGHT: Final = -2
_NO_RELEASE: Final = "\u0100"
"""Stands for a release character where there is none; text of bytes cannot hold it."""


def begins(data: bytes) -> bool:
    """True when an interchange, a passenger message or the rest of one begins somewhere in the first window.

    A database is not looked through: what it holds was taken in once.
    """
    if is_database(data):
        return False
    for size in (_USUAL_HEADING, WINDOW):
        text = Window(data, size).text
        if _START.search(text) or service_without_header(text, _HEADLESS.search(text)):
            return True
    return _begins_late(data)


def is_database(data: bytes) -> bool:
    """True for a file of SQLite, which may hold messages and is none."""
    return data.startswith(b"SQLite format 3\0")


def _begins_late(data: bytes) -> bool:
    """True when an interchange begins behind the first window, as behind a long name list."""
    found = islice(_HEADER.finditer(data, WINDOW - _OVERLAP), _MOST_HEADERS)
    return any(_START.match(Window(data[header.start() : header.start() + HEAD], HEAD).text) for header in found)


def scan(data: bytes, limits: Limits = LIMITS, fast: bool = True, window: int = WINDOW) -> Iterator[Item]:
    """Everything in the input, in order. Stops at `limits.segments` segments with a fault.

    Clean segments take a short way, in runs; without `fast`, they take the one that bears damage. Both give the same.
    """
    yield from _Scanner(data, limits, fast, window).items()


def spans(segment: Segment, service: Service) -> list[list[tuple[int, int]]]:
    """Start and end, in the bytes as received, of every component, in the shape of `segment.elements`."""
    elements: list[list[tuple[int, int]]] = [[]]
    start = 0
    for token in _tokens(service).finditer(segment.raw):
        if token[0] in (service.element, service.component):
            elements[-1].append(_span(segment, start, token.start()))
            start = token.end()
            if token[0] == service.element:
                elements.append([])
    elements[-1].append(_span(segment, start, len(segment.raw)))
    return elements


def _span(segment: Segment, start: int, end: int) -> tuple[int, int]:
    first = segment.position(start)
    return first, segment.position(end - 1) + 1 if end > start else first


class _Scanner:
    """One pass over an input. `_at` is where the window is read on, `_done` how many bytes the items so far cover."""

    def __init__(self, data: bytes, limits: Limits, fast: bool, window: int) -> None:
        self._window = Window(data, window)
        self._total, self._left, self._limits, self._fast = len(data), limits.segments, limits, fast
        self._at = self._done = 0
        self._terminator_at = _NOT_SOUGHT
        self._too_long = False
        self._last_tag = ""
        self._begun = self._named = False
        """Whether a message was begun (BGM, MSG) since its UNH, and then named somebody."""
        self._line_known: tuple[int, int | None] | None = None
        """Up to where a line that begins a segment was sought before a glued segment was parted, and what was found:
        the rest need not be looked through again."""

    def items(self) -> Iterator[Item]:
        while (begun := (yield from self._next_interchange())) is not None:
            service, repaired, at = begun
            yield Interchange(service, at, self._size_to(self._at))
            if repaired:
                yield Fault("SERVICE_CHARACTERS", "UNA", at, repaired)
            self._left -= _INTERCHANGE_COST
            yield from self._interchange(service)
            if self._left < 0:
                break
        if self._left < 0:
            says = f"only the first {self._limits.segments} segments are read"
            yield Fault("TOO_MANY_SEGMENTS", None, self._done, says, self._total - self._done, self._total)
        elif self._done < self._total:
            yield Blank(self._done, self._total - self._done)

    # -- what is covered

    def _size_to(self, end: int) -> int:
        """Bytes from what is covered so far to `end` in the window, which are covered by it."""
        position = self._window.position(end) if end < len(self._window.text) or self._window.more else self._total
        size, self._done = position - self._done, position
        return size

    def _around(self, end: int) -> Iterator[Fault]:
        """Headings and footers that cleaning took out before `end`."""
        while self._window.removed and self._window.removed[0][0] <= end:
            offset, size = self._window.removed.pop(0)
            self._done += size
            behind = self._window.position(offset)
            yield Fault("TEXT_REMOVED", None, behind - size, _REMOVED, size, behind)

    def _advance(self, keep: int) -> None:
        self._window.advance(keep)
        self._at -= keep
        self._terminator_at = _NOT_SOUGHT

    # -- between interchanges

    def _next_interchange(self) -> Generator[Fault, None, tuple[Service, str, int] | None]:
        """Moves to the first segment of the next interchange; None at the end of the input.

        What comes before it is no message, unless it has segments of travellers: then it is one that lost its head.
        """
        window = self._window
        while True:
            text = window.text
            start = _START.search(text, self._at)
            headless = _HEADLESS.search(text, self._at, start.start() if start else len(text))
            service = service_without_header(text, headless, self._at) if headless else None
            if service is not None:
                yield from self._around(self._at)
                return service, "", self._done
            if start is not None and (len(text) - start.start() > HEAD or not window.more):
                yield from self._outside(start.start())
                at = window.position(start.start())
                service, self._at, repaired = read_service(text, start.start())
                return service, repaired, at
            keep = start.start() if start else max(self._at, len(text) - _OVERLAP)
            yield from self._outside(keep if window.more else len(text))
            if not window.more:
                return None
            self._at = keep
            self._advance(keep)

    def _outside(self, end: int) -> Iterator[Fault]:
        """Text up to `end` that is in no interchange: addresses of Type B, footers of mail, what cleaning took out."""
        removed, text = self._window.removed, self._window.text[self._at : end]
        anything = bool(text) and not text.isspace()
        while removed and removed[0][0] <= end:
            anything = bool(removed.pop(0))
        if anything:
            at = self._done
            yield Fault("TEXT_REMOVED", None, at, _REMOVED, self._size_to(end), self._done)

    # -- within an interchange

    def _interchange(self, service: Service) -> Iterator[Item]:
        """The segments up to UNZ or to the next interchange."""
        charset, first = _UNDECLARED, True
        self._terminator_at = _NOT_SOUGHT
        self._begun = self._named = False
        while True:
            if self._fast and not first and self._window.text[self._at : self._at + 2] in _PLAIN_BEGINNINGS:
                yield from self._clean_segments(service)
            piece = self._piece(service)
            if piece is None:
                return
            self._left -= 1
            if self._left < 0 or (not first and self._begins_again(piece)):
                return
            first = False
            segment = yield from self._segment(piece, service, charset)
            self._at = piece.end
            if segment is None:
                self._left -= _RUBBLE_COST
            else:
                self._last_tag = segment.tag
                if segment.tag == "UNB":
                    charset = _CHARSETS.get(segment.value(1), _UNDECLARED)
                elif segment.tag == "UNZ":
                    return

    def _clean_segments(self, service: Service) -> Iterator[Run]:
        """The short way: as long as segments are whole, on one line, of known tags and without release characters."""
        window, text = self._window, self._window.text
        if self._terminator_at == len(text) or self._left <= 0:
            return
        element, terminator, release = service.element, service.terminator, service.release or _NO_RELEASE
        joints, since = window.joints, window.since
        around = window.removed[0][0] if window.removed else len(text) + 1
        place = window.piece(self._at)
        shift, joint = since[place] - joints[place], joints[place + 1]
        begins, at, left = _beginnings(element), self._at, self._left
        raws: list[str] = []
        starts: list[int] = []
        clean, most = True, _FIRST_CHUNK
        while clean and (stop := text.rfind(terminator, at, at + most)) >= 0:
            chunk, most = text[at:stop], min(2 * most, _CHUNK)
            plain = release not in chunk and chunk.isascii()
            parted = not _holds_glued(text, at, stop + 1, service)
            for raw in chunk.split(terminator):
                end = at + len(raw)
                clean = (
                    end < around
                    and joint >= end
                    and (raw[:4] in begins or raw in _RUNNING)
                    and (plain or (release not in raw and raw.isascii()))
                    and (parted or not _may_be_glued(raw, element))
                    and len(raws) < left
                )
                if not clean or end + 1 >= around:
                    clean = False
                    break
                raws.append(raw)
                starts.append(at + shift)
                at = end + 1
                while joint <= at:
                    place += 1
                    shift, joint = since[place] - joints[place], joints[place + 1]
        if raws and service.terminator == _APOSTROPHE and raws[-1][-1:].isalpha() and text[at : at + 4] not in begins:
            # What follows may be the rest of a name.
            at -= len(raws.pop()) + 1
            shift = starts.pop() - at
        if raws:
            if self._begun and not self._named:
                self._named = any(raw.startswith(_namers(element)) for raw in raws)
            before, self._done, self._at = self._done, at + shift, at
            self._left -= len(raws)
            self._last_tag = raws[-1][:3]
            yield Run(raws, starts, before, self._done, service)

    def _segment(self, piece: "_Piece", service: Service, charset: str) -> Generator[Item, None, Segment | None]:
        """The segment of a piece, and what is to be said about it; an interchange before it where a message begins."""
        segment = None
        for item in self._read(piece, service, charset):
            if isinstance(item, Segment):
                segment = item
                if self._begins_within(segment, service):
                    self._left -= _INTERCHANGE_COST
                    yield Interchange(service, segment.at, 0)
            yield item
        return segment

    def _begins_within(self, segment: Segment, service: Service) -> bool:
        """True where another message begins behind the travellers of one: what ends and heads them was lost.

        It may be another sender's, so it is taken for an interchange without header.
        """
        if segment.tag in _ENVELOPE:
            self._begun = self._named = False
        elif segment.tag == "BGM" or (segment.tag == "MSG" and _is_head(segment)):
            begins, self._begun, self._named = self._named, True, False
            return begins
        elif self._begun and not self._named:
            self._named = segment.raw.startswith(_namers(service.element))
        return False

    def _begins_again(self, piece: "_Piece") -> bool:
        """A further interchange where a segment should be: the one before has no UNZ."""
        text = self._window.text
        at = piece.at + len(piece.text) - len(piece.text.lstrip())
        return text.startswith(("UNA", "UNB"), at) and _START.match(text, at) is not None

    def _piece(self, service: Service) -> "_Piece | None":
        """The next piece, cut at a terminator or where a segment begins although the one before was not ended: with a
        line, or glued to it.

        None at the end of the input.
        """
        window = self._window
        while True:
            text, at = window.text, self._at
            end = self._terminator(service)
            known, self._line_known = self._line_known, None
            line = known[1] if known is not None and known[0] == end else self._line_of_a_segment(service, end)
            glued = self._glued(service, end if line is None else line)
            if glued is not None:
                self._line_known = (end, line)
                return _Piece(text[at:glued], at, glued, "glued")
            if line is not None:
                return _Piece(text[at:line], at, line, "line")
            whole = self._end_of_name(service, end) if end < len(text) else None
            if whole is not None:
                return _Piece(text[at:whole], at, whole + 1, "terminator", whole - end)
            if not window.more:
                return self._last_piece() if at < len(text) else None
            keep = at
            if len(text) - at > LIMITS.segment_bytes:
                # Held back is what a line's first tag takes; the rest of an endless segment is not kept.
                self._too_long, keep = True, len(text) - 4
            self._at = keep
            self._advance(keep)

    def _end_of_name(self, service: Service, end: int) -> int | None:
        """Where a segment ends of which `end` is the terminator, or an apostrophe in a name. None: more text is needed
        to tell."""
        if service.terminator != _APOSTROPHE:
            return end
        window, text = self._window, self._window.text
        before, sign = _names(service).get(text[self._at : end].lstrip()[:3], (None, ""))
        while before is not None and (name := before.match(text[self._at : end].lstrip())):
            if end + _LONGEST_REST > len(text) and window.more:
                return None
            rest = text[end + 1 : end + _LONGEST_REST].partition(_APOSTROPHE)
            # Behind a line end something new begins.
            if (
                not rest[1]
                or window.joint(window.piece(end + 1)) == end + 1
                or not _goes_on(name[1], sign, rest[0], service)
            ):
                break
            end += 1 + len(rest[0])
        return end

    def _glued(self, service: Service, end: int) -> int | None:
        """Where, before `end`, a segment of a person or a booking begins within another, whose terminator was lost."""
        text, at = self._window.text, self._at
        piece = text[at:end]
        if not _may_be_glued(piece.lstrip(), service.element):
            return None
        begin = len(piece) - len(piece.lstrip())
        tag = piece[begin : begin + 3]
        for found in _glued_forms(service.element, service.component).finditer(piece, begin + 2):
            # Names end in TIF (LATIF), locators in SRC: what stands before must be a whole segment.
            if found[0][:3] not in ("NAD", "TIF", "SRC") and tag != "NAD":
                continue
            partial = tag == "TIF" and piece.count(service.element, begin, found.start()) < _OF_A_WHOLE_TIF
            if not partial and not (tag == "RCI" and found[0] == "SRC"):
                return at + found.start()
        return None

    def _last_piece(self) -> "_Piece":
        """What stands behind the last terminator. A closing segment ends with its line; behind it are footers."""
        text, at = self._window.text, self._at
        if text[at : at + 9].lstrip()[:3] in _CLOSING:
            end = self._window.joint(self._window.piece(at + 3) + 1)
            end = min(end, len(text))
            return _Piece(text[at:end], at, end, "line")
        return _Piece(text[at:], at, len(text), "input")

    def _terminator(self, service: Service) -> int:
        """Offset of the next terminator that is not released, or the length of the text."""
        text, release, at = self._window.text, service.release, self._at
        if self._terminator_at >= at:
            return self._terminator_at
        search = at
        while (end := text.find(service.terminator, search)) >= 0:
            run = end
            while run > at and text[run - 1] == release:
                run -= 1
            if (end - run) % 2 == 0:
                break
            search = end + 1
        self._terminator_at = end if end >= 0 else len(text)
        return self._terminator_at

    def _line_of_a_segment(self, service: Service, end: int) -> int | None:
        """Where, before `end`, a line begins like a segment although the line before was not ended by a terminator."""
        window, at = self._window, self._at
        text = window.text
        ends = (service.terminator, service.element, service.component, service.release)
        place = window.piece(at) + 1
        while (joint := window.joint(place)) < end:
            if text[joint + 3 : joint + 4] == service.element and text[joint : joint + 3] in TAGS:
                before = text[max(at, joint - 80) : joint].rstrip()[-1:]
                if before and before not in ends:
                    return joint
            elif text.startswith("UNA", joint) and text[at:joint].strip() and _START.match(text, joint):
                return joint
            place += 1
        return None

    def _read(self, piece: "_Piece", service: Service, charset: str) -> Iterator[Item]:
        """The segment of a piece that may be damaged, and what is to be said about it."""
        yield from self._around(piece.end)
        text = piece.text.lstrip()
        blanks = len(piece.text) - len(text)
        at = self._window.position(piece.at + blanks)
        if self._too_long or len(text) > LIMITS.segment_bytes:
            at = self._done if self._too_long else at
            self._too_long = False
            says = f"more than {LIMITS.segment_bytes} bytes without terminator"
            yield Fault("SEGMENT_TOO_LONG", None, at, says, self._size_to(piece.end), self._done, True)
            return
        if not text:
            return
        if piece.ended_by in _UNENDED:
            text = text.rstrip(_QUOTES)
        if joined := _JOINED_PERSON.match(text):
            text = text[: joined.end(1)] + service.element + text[joined.end(1) + 1 :]
            yield Fault("DAMAGED_TAG", "NAD", at, "a person whose tag and qualifier are not set apart; read as one")
        elements = _elements(text, service)
        tag = elements[0][0].strip().upper()
        size = self._size_to(piece.end)
        if not (tag.isalpha() and tag.isascii() and (len(tag) == 3 or _is_person(tag, elements))):
            yield self._no_segment(piece, at, size)
            return
        cut = piece.ended_by == "input"
        if cut and not _names_somebody(tag, elements):
            yield Fault(
                "TRUNCATED", tag, at, "the input ends within this segment, which was not read", size, self._done
            )
            return
        if cut:
            says = "the input ends within this segment; what there is of it was read and may be cut short"
            yield Fault("TRUNCATED", tag, at, says)
        if not text.isascii() and not _decode(elements, charset):
            says = f"segments with bytes that are no UTF-8, which were read as {charset}"
            yield Fault("CHARACTER_SET", None, at, says)
        yield from self._repaired(piece, tag, at)
        yield Segment(tag, elements, at, text, size, self._window.folds(piece.at + blanks, len(text)), cut)

    def _repaired(self, piece: "_Piece", tag: str, at: int) -> Iterator[Fault]:
        if piece.ended_by in _UNENDED:
            yield Fault("TERMINATOR_MISSING", tag, at, _UNENDED[piece.ended_by])
        if piece.joined:
            yield Fault("SERVICE_CHARACTERS", tag, self._window.position(piece.end - 1 - piece.joined), _WITHIN_NAME)

    def _no_segment(self, piece: "_Piece", at: int, size: int) -> Fault:
        if piece.ended_by == "input" and self._last_tag in _CLOSING:
            return Fault("TEXT_REMOVED", None, at, _REMOVED, size, self._done)
        says = f"{len(piece.text.strip())} bytes that do not begin like a segment: a tag of three letters is expected"
        text = piece.text.strip()
        tag = _certain_tag(text)
        breaks = tag is None and any(character.isalnum() or character == "_" for character in text)
        return Fault("NOT_A_SEGMENT", tag, at, says, size, self._done, breaks)


@functools.lru_cache(maxsize=64)
def _beginnings(element: str) -> frozenset[str]:
    """How segments begin that may stand in a run."""
    return frozenset(tag + element for tag in _RUNNING)


@functools.lru_cache(maxsize=64)
def _namers(element: str) -> tuple[str, ...]:
    """How segments begin that name somebody, or a booking."""
    return (*(f"NAD{element}{code}{element}" for code in sorted(_CAPACITIES)), f"PDT{element}", f"TIF{element}", "SRC")


def _is_head(segment: Segment) -> bool:
    return not segment.value(1) and segment.value(1, 1) in _HEADS_OF_RESERVATIONS


@functools.lru_cache(maxsize=64)
def _names(service: Service) -> dict[str, tuple[re.Pattern[str], str]]:
    """Segments that end within a name, by tag: the name is the group. And what sets its parts apart."""
    at, part = re.escape(service.element), re.escape(service.component)
    capacities = "|".join(sorted(_CAPACITIES))
    names = rf"({_WORDS}(?:{part}{_WORDS})*)\Z"
    return {
        "NAD": (re.compile(rf"NAD{at}(?:{capacities})(?:{at}[^{at}]*){{2}}{at}{names}"), service.component),
        "PDT": (re.compile(rf"PDT{at}[^{at}]*{at}{names}"), service.component),
        "TIF": (re.compile(rf"TIF{at}({_WORDS}(?:{at}{_WORDS})?)\Z"), service.element),
        "SSR": (re.compile(rf"SSR{at}DOCS{part}[^{at}]*/({_WORDS})\Z"), "/"),
    }


def _goes_on(name: str, sign: str, rest: str, service: Service) -> bool:
    """True for what goes on with a name behind an apostrophe, and is no segment: O'BRIEN, N'DIAYE, SHA'ABAN:OMAR.

    `sign` sets family and given name apart. Either little stands before the apostrophe, or the rest brings the given
    name that was missing.
    """
    part = re.match(rf"({_WORDS})((?:{re.escape(sign)}{_WORDS})*)", rest)
    if part is None or (rest[:3] in TAGS and rest[3:4] in ("", service.element)):
        return False
    behind = rest[part.end() :]
    if len(re.split(r"[ .]", part[1])[0]) == 1 or behind[:1].isalnum():
        return False
    if behind and sign == service.component and not part[2]:
        return False
    last = len(re.split(r"[\W\d_]", name.rstrip())[-1])
    if len(part[1]) == 3:
        # It may be a tag.
        return last == 1
    completes = bool(part[2]) and sign not in name
    return completes or last <= 2 or re.split(r"\W", name)[-1].upper() in _PARTICLES


def _holds_glued(text: str, start: int, end: int, service: Service) -> bool:
    """True when a segment of a person or a booking may stand behind another without terminator. Quick to say no."""
    element, terminator = service.element, service.terminator
    for head in ("NAD" + element, "TIF" + element):
        begins = text.count(terminator + head, start, end) + text.startswith(head, start, end)
        if text.count(head, start, end) != begins:
            return True
    if any(text.find(head, start, end) >= 0 for head in _blanked(element)):
        return True
    bare = "SRC" + terminator
    return text.count(bare, start, end) != text.count(terminator + bare, start, end) + text.startswith(bare, start, end)


def _may_be_glued(raw: str, element: str) -> bool:
    """As `_holds_glued`, of one segment."""
    if raw.startswith("NAD") and any(raw.find(head) > 0 for head in _blanked(element)):
        return True
    if raw.find("NAD" + element, 1) > 0 or raw.find("TIF" + element, 1) > 0:
        return True
    return len(raw) > 3 and raw.endswith("SRC")


@functools.lru_cache(maxsize=64)
def _blanked(element: str) -> tuple[str, ...]:
    """What may be the beginning of a segment about a person, with a blank instead of a terminator before it."""
    return tuple(f" {tag}{element}" for tag in ("ATT", "DTM", "NAT", "LOC", "DOC", "RFF", "GEI"))


@functools.lru_cache(maxsize=64)
def _glued_forms(element: str, component: str) -> re.Pattern[str]:
    """How a segment of a person or a booking stands behind another without terminator.

    A name may end in TIF: a number must come before the tag, or all of a traveller behind it.
    """
    marks = re.escape(element + component)
    at, part = re.escape(element), re.escape(component)
    return re.compile(
        rf"NAD{at}(?:FL|FM|DDU|DDT){at}"
        rf"|(?<= )(?:(?:ATT|NAT){at}2|GEI{at}4|LOC{at}\d{{2,3}}){at}"
        rf"|(?<= )(?:DTM{at}\d{{1,3}}|RFF{at}[A-Z]{{2,3}}){part}"
        rf"|(?<= )DOC{at}[A-Z]{{1,2}}[{at}{part}]"
        rf"|(?<=\d)TIF{at}[^\W\d_]"
        rf"|TIF{at}[^\W\d_][^{marks}]*{at}[^{marks}]+{part}[A-Z]{{1,2}}(?:{part}\d+)?(?:\Z|{at})"
        r"|(?<=\d)SRC\Z"
    )


def _names_somebody(tag: str, elements: list[list[str]]) -> bool:
    """True for a segment that names a person and got as far as the name before the input ended."""
    first = _PERSONS.get(tag)
    return first is not None and any(value.strip() for components in elements[first:] for value in components)


def _is_person(tag: str, elements: list[list[str]]) -> bool:
    """True for a segment built like that of a person, whose tag has lost a letter or got one too many."""
    built = len(tag) < 5 and len(elements) > 2 and elements[1][0].strip().upper() in _CAPACITIES
    return built and any(map(str.isalpha, "".join(map("".join, elements[2:5]))))


def _certain_tag(text: str) -> str | None:
    """The tag of a piece that is no segment and yet certainly no damaged NAD, because it begins with that tag."""
    tag = text[:3]
    return tag if tag in TAGS and tag != "NAD" and not text[3:4].isalnum() else None


class _Piece(NamedTuple):
    """Text that should be one segment, where it starts, where the next may, and what ended it.

    That is a terminator, the line of the next segment, the next segment itself, or the end of the input.
    """

    text: str
    at: int
    end: int
    ended_by: Literal["terminator", "line", "glued", "input"]
    joined: int = 0
    """Characters from the first terminator, which was an apostrophe in a name, to the one that ended it."""


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
