"""What an input says, line by line, for people: every byte of it, with names and meanings, and the problems in place.

A line is a segment of EDIFACT, a row of a table, an element of a name list, a group of fields, a line of a zone.

Made for looking at a message, not for working with it: that is `vigie.messages.read`. What must not be stored
(`Message.removals`) is overwritten here as it is in a stored original.
"""

import datetime as dt
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

import msgspec

from vigie.config import LIMITS
from vigie.messages import transfer
from vigie.messages.edifact import grammar, segments
from vigie.messages.edifact.dialects import dialect
from vigie.messages.edifact.envelope import type_by
from vigie.messages.edifact.grammar import Blank, Fault, Interchange, Segment
from vigie.messages.edifact.levels import ENVELOPE, Group, Levels, Place
from vigie.messages.edifact.service import STANDARD, Service
from vigie.messages.lines import wide
from vigie.messages.reading import iter_messages
from vigie.messages.recognition import recognise
from vigie.messages.redaction import redact
from vigie.messages.stretches import Stretch, Value, stretches
from vigie.records import Message, Problem, Removal

Role = Literal["tag", "code", "value", "unknown", "removed", "mark"]
"""What a piece is: a tag; a value whose code is known; any other value; a value where the standard has none; one that
is overwritten; what only separates."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A component, or what stands between two. The pieces of a line are its bytes in order."""

    text: str
    """As sent, made visible: `visible`."""
    role: Role
    at: int
    size: int
    name: str = ""
    """What stands here, by the standard; empty where it is not known."""
    value: str = ""
    """What was sent, without release characters."""
    meaning: str = ""
    """Of a code."""
    read_as: str = ""
    """The code that the sender uses this one for (dialects.tsv); `meaning` is of that."""
    place: tuple[int, int] | None = None
    """Of EDIFACT: element and component, from 0."""
    marked: bool = False
    """A problem is here."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One segment of an EDIFACT input, or one stretch of another; or what stands between them."""

    at: int
    """In bytes of the input as received."""
    raw: bytes = b""
    """As received, but for what must not be stored. Over all lines they are the input."""
    kind: Literal["segment", "line", "unread", "blank", "notice", "left out"]
    """`unread`: bytes that are in no segment. `notice`: problems of the input as a whole. `left out`: stands for
    `lines` that were not asked for."""
    tag: str | None = None
    name: str = ""
    """Of the segment or of what the line is; empty where that is not known."""
    says: str = ""
    """What the code means by which the segment says what it is about: `traveller: passenger` of `NAD+FL`."""
    group: Group | None = None
    number: int = 0
    """Which of the message's groups of this name it is, from 1; of a table, which of the input's travellers."""
    level: int = 0
    """How deep the segment stands in the message: 0 to 4."""
    pieces: tuple[Piece, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: int = 1


_BLANKS: Final = bytes([*range(0x21), 0x7F])
_CONTROLS: Final = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_HIDDEN: Final = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])
"""Categories of Unicode: controls, marks of direction and joining, halves of pairs, separators of lines."""


def annotate(data: bytes, as_of: dt.date, limit: int | None = None) -> Iterator[Line]:
    """The input, line by line, with what `messages.read` has to say of it. Never raises on content.

    Each problem stands once: at the line whose bytes it is about, or in a notice before all others. With `limit`, only
    that many lines come whole; of those behind them, the last, the ones with problems, and one for the others between.
    The input is read first, so that memory holds its problems; the lines come one at a time.
    """
    yield from describe(data, iter_messages(data, as_of, by_group=True), limit)


def describe(data: bytes, messages: Iterable[Message], limit: int | None = None) -> Iterator[Line]:
    """As `annotate`, of an input whose messages were read already."""
    problems: list[Problem] = []
    removals: list[Removal] = []
    for message in messages:
        problems += message.problems
        removals += message.removals
    problems.sort(key=lambda problem: -1 if problem.position is None else problem.position)
    everywhere = [problem for problem in problems if problem.position is None]
    if everywhere:
        yield Line(at=0, kind="notice", problems=tuple(everywhere))
    if len(data) > LIMITS.message_bytes:
        return
    placed = problems[len(everywhere) :]
    quoted = transfer.decoded(data)
    if quoted is None:
        yield from _described(data, placed, removals, limit)
    else:
        yield from _as_received(data, quoted, placed, removals, limit)


def _described(data: bytes, problems: list[Problem], removals: list[Removal], limit: int | None) -> Iterator[Line]:
    """The lines of an input, with problems that have a position, in order."""
    source = _Source(redact(data, removals), _merged(removals), [problem.position or 0 for problem in problems], limit)
    lines = _segments(data, source) if grammar.begins(data) else _stretches(data, source)
    yield from _joined(_with_problems(lines, problems))


def _as_received(
    data: bytes, quoted: transfer.Decoded, problems: list[Problem], removals: list[Removal], limit: int | None
) -> Iterator[Line]:
    """As `_described`, of an input with escapes: pieces say what it says without them, and stand where it was sent."""
    shown = redact(data, removals)
    inside = [msgspec.structs.replace(problem, position=quoted.offset(problem.position or 0)) for problem in problems]
    received = {id(moved): problem for moved, problem in zip(inside, problems, strict=True)}
    spans = [(quoted.offset(one.offset), quoted.offset(one.offset + one.length), one.code) for one in removals]
    moved = [Removal(offset=start, length=end - start, code=code) for start, end, code in spans]
    for line in _described(quoted.data, inside, moved, limit):
        start, end = _place(quoted, line.at, len(line.raw))
        places = [(piece, *_place(quoted, piece.at, piece.size)) for piece in line.pieces]
        yield msgspec.structs.replace(
            line,
            at=start,
            raw=shown[start:end],
            pieces=tuple(msgspec.structs.replace(piece, at=at, size=behind - at) for piece, at, behind in places),
            problems=tuple(received[id(problem)] for problem in line.problems),
        )


def _place(quoted: transfer.Decoded, at: int, size: int) -> tuple[int, int]:
    """Where bytes stand as received. An escape before the first of all is with it."""
    start = quoted.position(at) if at else 0
    return start, quoted.position(at + size) if size else start


def visible(text: str) -> str:
    """The text with each character that does not show itself, or that steers how others are shown, in a visible form.

    Controls become their pictures (U+2400), marks of direction and other invisible ones U+FFFD: one for one.
    """
    shown = text.translate(_CONTROLS)
    if text.isascii():
        return shown
    return "".join("\ufffd" if unicodedata.category(letter) in _HIDDEN else letter for letter in shown)


class _Source:
    """The input with what must not be stored overwritten, where that is, and which lines of it are asked for."""

    def __init__(self, data: bytes, removed: list[tuple[int, int]], problems: list[int], limit: int | None) -> None:
        self.data, self._removed, self._next = data, removed, 0
        self._problems, self._left = problems, len(data) + 1 if limit is None else limit
        self._wide = wide(data)

    def wanted(self, start: int, end: int) -> bool:
        """True when the line between the two offsets is to come whole. Asked once for each line."""
        self._left -= 1
        if self._left >= 0 or end >= len(self.data):
            return True
        return bisect_left(self._problems, start) < bisect_left(self._problems, end)

    def decoded(self, start: int, end: int) -> str:
        """The text between two offsets, in the encoding of a table or the one it is most likely in."""
        raw = self.data[start:end]
        if self._wide is not None:
            return raw.decode(self._wide, "replace")
        return raw.decode() if _is_utf8(raw) else raw.decode("cp1252", "replace")

    def overwritten(self, start: int, end: int) -> bool:
        """True when something between the two offsets is overwritten. Asked in order of `start`."""
        while self._next < len(self._removed) and self._removed[self._next][1] <= start:
            self._next += 1
        return self._next < len(self._removed) and self._removed[self._next][0] < end


def _merged(removals: list[Removal]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((removal.offset, removal.offset + removal.length) for removal in removals):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


# -- lines ------------------------------------------------------------------------------------------------------


def _stretches(data: bytes, source: _Source) -> Iterator[Line]:
    """An input that is not EDIFACT. What the readers see in it is in `data`, what is shown in `source`."""
    start = 0
    for stretch in stretches(data, recognise(data)):
        if not stretch.values:
            yield msgspec.structs.replace(_plain(source, start, stretch.end, "line"), name=stretch.name)
        elif source.wanted(start, stretch.end):
            yield _stretch(source, start, stretch)
        else:
            yield Line(at=start, kind="left out")
        start = stretch.end


def _stretch(source: _Source, start: int, stretch: Stretch) -> Line:
    pieces: list[Piece] = []
    at = start
    for value in stretch.values:
        if value.start > at:
            pieces.append(_piece(source, at, value.start, "mark"))
        pieces.append(_value_piece(source, value))
        at = value.end
    if stretch.end > at:
        pieces.append(_piece(source, at, stretch.end, "mark"))
    return Line(
        at=start,
        raw=source.data[start : stretch.end],
        kind="line",
        name=stretch.name,
        group="traveller" if stretch.traveller else None,
        number=stretch.traveller,
        level=stretch.level,
        pieces=tuple(pieces),
    )


def _value_piece(source: _Source, value: Value) -> Piece:
    if source.overwritten(value.start, value.end):
        return _piece(source, value.start, value.end, "removed", name=value.name)
    text = source.decoded(value.start, value.end).strip() if value.text is None else value.text
    role: Role = "tag" if value.is_tag else "unknown" if value.unknown else "code" if value.meaning else "value"
    return _piece(source, value.start, value.end, role, value.name, text, value.meaning)


def _segments(data: bytes, source: _Source) -> Iterator[Line]:
    """An EDIFACT input. Sizes of items add up to the input, and a segment ends where the sum so far says.

    Headings and footers that stand within a segment come before it and are shown with it; those between two segments
    have a line of their own.
    """
    message = _Message()
    covered = total = 0
    for item in grammar.scan(data, fast=False):
        total += item.size
        end = max(covered, total)
        if isinstance(item, Fault):
            if item.size == 0 or (total < item.end and data[covered : item.at].strip(_BLANKS)):
                continue
            end = max(covered, item.end)
            yield _plain(source, covered, end, "unread", item.segment)
        elif isinstance(item, Interchange | Segment | Blank):
            if end > covered:
                yield message.line(source, covered, end, item)
            else:
                message.begin(item)
        covered = end
    if covered < len(data):
        yield _plain(source, covered, len(data), "unread")


def _plain(source: _Source, start: int, end: int, kind: Literal["line", "unread"], tag: str | None = None) -> Line:
    """A line of which nothing is known but its bytes."""
    if not source.wanted(start, end):
        return Line(at=start, kind="left out")
    role: Role = "removed" if source.overwritten(start, end) else "value"
    pieces = (_piece(source, start, end, role),)
    return Line(at=start, raw=source.data[start:end], kind=kind, tag=tag, pieces=pieces)


class _Message:
    """Follows the messages of an input: how they are written, of what kind they are, how deep their segments stand."""

    def __init__(self) -> None:
        self._service = STANDARD
        self._kind: str | None = None
        self._sender = ""
        self._levels = Levels("")

    def begin(self, item: Interchange | Segment | Blank) -> None:
        """Something that has no bytes of its own: an interchange without UNA."""
        if isinstance(item, Interchange):
            self._service = item.service
            self._kind = None
            self._sender = ""

    def line(self, source: _Source, start: int, end: int, item: Interchange | Segment | Blank) -> Line:
        """The line of an item that takes the bytes from `start` to `end`."""
        self.begin(item)
        place = self._place(item) if isinstance(item, Segment) else Place("envelope", 0)
        if not source.wanted(start, end):
            return Line(at=start, kind="left out")
        if isinstance(item, Segment):
            return self._segment(source, start, end, item, place)
        raw = source.data[start:end]
        if isinstance(item, Blank) or b"UNA" not in raw:
            return Line(at=start, raw=raw, kind="blank", pieces=(_piece(source, start, end, "mark"),))
        pieces = tuple(_service_pieces(source, start, end))
        name = segments.name("UNA")
        return Line(at=start, raw=raw, kind="segment", tag="UNA", name=name, group="envelope", pieces=pieces)

    def _segment(self, source: _Source, start: int, end: int, segment: Segment, place: Place) -> Line:
        tag, kind = segment.tag, self._kind
        read = dialect(self._sender, kind or "").read(segment)
        pieces = tuple(_pieces(source, start, end, segment, read, self._service, kind))
        return Line(
            at=start,
            raw=source.data[start:end],
            kind="segment",
            tag=tag,
            name=segments.name(tag, kind),
            says=_subject(read),
            group=place.group,
            number=place.number,
            level=place.level,
            pieces=pieces,
        )

    def _place(self, segment: Segment) -> Place:
        if segment.tag == "UNH":
            self._kind = segments.kind_of(segment)
            self._levels = Levels(self._kind)
        elif segment.tag in ("UNB", "UNG", "UNE", "UNZ"):
            self._kind = None
            self._sender = segment.value(2) if segment.tag == "UNB" else self._sender
        elif self._kind is None and segment.tag != "UNT":
            self._kind = type_by(segment)
            self._levels = Levels(self._kind)
        return self._levels.place(segment)


def _subject(segment: Segment) -> str:
    """The meaning of the first code in the first element; nothing in the envelope, which is about itself."""
    if segment.tag in ENVELOPE:
        return ""
    codes = enumerate(segment.components(1))
    return next((meaning for at, value in codes if (meaning := segments.code(segment.tag, 1, at, value))), "")


# -- pieces -----------------------------------------------------------------------------------------------------


class _Span(NamedTuple):
    element: int
    component: int
    start: int
    end: int


def _pieces(
    source: _Source, start: int, end: int, segment: Segment, read: Segment, service: Service, kind: str | None
) -> Iterator[Piece]:
    """The components that were sent, and what stands between them. `read` is the segment in the codes of others."""
    unknown = set(segments.beyond(segment, kind))
    at = start
    for element, component, first, behind in _spans(segment, service):
        if behind <= first or first < at:
            continue
        if first > at:
            yield _piece(source, at, first, "mark")
        at = behind
        value = segment.components(element)[component]
        if element == 0:
            yield _piece(source, first, behind, "tag", value=segment.tag)
        elif source.overwritten(first, behind):
            name = segments.element(segment.tag, element, component, kind)
            yield _placed(_piece(source, first, behind, "removed", name=name), element, component)
        elif (element, component) in unknown:
            yield _placed(_piece(source, first, behind, "unknown", value=value), element, component)
        else:
            name = segments.element(segment.tag, element, component, kind)
            as_others = read.components(element)[component]
            meaning = segments.code(segment.tag, element, component, as_others)
            role: Role = "code" if meaning else "value"
            piece = _piece(source, first, behind, role, name=name, value=value, meaning=meaning)
            read_as = as_others if as_others != value else ""
            yield msgspec.structs.replace(_placed(piece, element, component), read_as=read_as)
    if end > at:
        yield _piece(source, at, end, "mark")


def _placed(piece: Piece, element: int, component: int) -> Piece:
    return msgspec.structs.replace(piece, place=(element, component))


def _spans(segment: Segment, service: Service) -> Iterator[_Span]:
    """Where the components are that the segment has."""
    for element, components in enumerate(grammar.spans(segment, service)):
        sent = len(segment.components(element))
        for component, (start, end) in enumerate(components[:sent]):
            yield _Span(element, component, start, end)


def _service_pieces(source: _Source, start: int, end: int) -> Iterator[Piece]:
    """UNA and its six characters; of one that is damaged, what there is of it."""
    at = source.data.index(b"UNA", start, end)
    if at > start:
        yield _piece(source, start, at, "mark")
    yield _piece(source, at, at + 3, "tag", value="UNA")
    for place in range(min(6, end - at - 3)):
        first = at + 3 + place
        value = source.data[first : first + 1].decode("latin-1")
        yield _piece(source, first, first + 1, "value", name=segments.element("UNA", place + 1), value=value)
    if end > at + 9:
        yield _piece(source, at + 9, end, "mark")


def _piece(
    source: _Source, start: int, end: int, role: Role, name: str = "", value: str = "", meaning: str = ""
) -> Piece:
    raw = source.data[start:end]
    # A value of another character set was decoded by its reader; as text it is right when nothing but that was done.
    plain = value if len(value) == len(raw) and not raw.isascii() and not _is_utf8(raw) else source.decoded(start, end)
    shown = visible(value).strip() if value else ""
    return Piece(text=visible(plain), role=role, at=start, size=end - start, name=name, value=shown, meaning=meaning)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


# -- problems and limits ----------------------------------------------------------------------------------------


def _with_problems(lines: Iterator[Line], problems: list[Problem]) -> Iterator[Line]:
    """Each line with the problems at its bytes. What is at no line's bytes stands at the last."""
    held: Line | None = None
    given = 0
    for line in lines:
        if held is not None:
            first = given
            while given < len(problems) and (problems[given].position or 0) < line.at:
                given += 1
            yield _told(held, problems[first:given])
        held = line
    rest = problems[given:]
    if held is not None:
        yield _told(held, rest)
    elif rest:
        yield Line(at=0, kind="notice", problems=tuple(rest))


def _told(line: Line, problems: list[Problem]) -> Line:
    """The line with its problems, and marks where they are."""
    if not problems:
        return line
    marked = {at for problem in problems for at in _marks(line, problem)}
    pieces = tuple(
        msgspec.structs.replace(piece, marked=True) if piece.at in marked else piece for piece in line.pieces
    )
    return msgspec.structs.replace(line, pieces=pieces, problems=tuple(problems))


_SPOKEN_OF: Final[dict[tuple[str, str | None], tuple[int, int]]] = {
    ("BAD_DATE", "DTM"): (1, 1),
    ("BIRTH_AFTER_AS_OF", "DTM"): (1, 1),
    ("CENTURY_DERIVED", "DTM"): (1, 1),
    ("DATE_FORMAT", "DTM"): (1, 1),
    ("UNKNOWN_COUNTRY", "NAT"): (2, 0),
    ("UNKNOWN_COUNTRY", "LOC"): (2, 0),
    ("UNKNOWN_CODE", "BGM"): (1, 0),
    ("UNKNOWN_QUALIFIER", None): (1, 0),
    ("COUNT_MISMATCH", "CNT"): (1, 1),
    ("COUNT_MISMATCH", "UNT"): (1, 0),
    ("COUNT_MISMATCH", "UNZ"): (1, 0),
    ("REFERENCE_MISMATCH", "UNT"): (2, 0),
    ("REFERENCE_MISMATCH", "UNZ"): (2, 0),
}
"""Element and component that a problem speaks of, by its code and segment (None: any); it is placed at the segment."""


def _marks(line: Line, problem: Problem) -> list[int]:
    """Offsets of the pieces that a problem is at; the tag when it is about the segment as a whole."""
    position = problem.position or 0
    here = [piece for piece in line.pieces if piece.at <= position < piece.at + piece.size]
    if line.kind == "segment" and here and here[0].role == "tag":
        place = _SPOKEN_OF.get((problem.code, line.tag), _SPOKEN_OF.get((problem.code, None)))
        beyond = problem.code == "UNKNOWN_ELEMENT"
        here = [
            piece
            for piece in line.pieces
            if (beyond and piece.role == "unknown") or (piece.place is not None and piece.place == place)
        ] or here
    return [piece.at for piece in here]


def _joined(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, where those in a row that are left out are one."""
    first: Line | None = None
    count = 0
    for line in lines:
        if line.kind == "left out":
            first, count = first or line, count + 1
            continue
        if first is not None:
            yield msgspec.structs.replace(first, lines=count)
            first, count = None, 0
        yield line
