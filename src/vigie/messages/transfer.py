"""What stands between the bytes of an input and its text: taken back before it is read.

Quoted-printable text (RFC 2045 section 6.7) that a mail gateway left: `=2B` is `+`, a line that ends with `=` goes on
in the next. A message may hold equals signs of its own, so nothing is touched unless nearly every one of them is an
escape and some of them can be nothing else; mail below UNZ does not count. UTF-16, of messages whose readers know
bytes of ASCII and UTF-8 only. Positions stay those of the bytes as received.
"""

import codecs
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

import msgspec

from vigie.messages import recognition
from vigie.messages.edifact import grammar
from vigie.messages.findings import SEVERITY
from vigie.messages.lines import wide
from vigie.messages.redaction import SEPARATORS
from vigie.records import Account, Message, Problem, Removal

_BREAK: Final = rb"[ \t]{0,8}(?:\r\n|\n|\r|\Z)"
_ESCAPE: Final = re.compile(rb"=(?:([0-9A-Fa-f]{2}|__)|[0-9A-Fa-f_]\Z|" + _BREAK + rb")")
"""`__` is an escape whose digits were overwritten for storage; it stands for filler. One that the end cuts is none."""
_OTHER: Final = re.compile(rb"=(?![0-9A-Fa-f]{2}|__|[0-9A-Fa-f_]\Z|" + _BREAK + rb")")
_STRAY: Final = 10
"""At least so many escapes for each sign that is none: some gateways write `=` as it is."""
_SOFT: Final = re.compile(rb"([^\r\n]*=)[ \t]{0,8}(?=[\r\n])")
_FULL: Final = range(73, 77)
"""Length of a line that quoted-printable breaks because it is full; those of telegraph lines are shorter."""
_HEADER: Final = re.compile(rb"UN[ABGH](?:=2[Bb]|=3[Aa]|[^\w\s])")
_TRAILER: Final = re.compile(rb"UNZ(?:=2[Bb]|[^\w\s=])(?:[^'=\r\n]|=(?!27)[0-9A-Fa-f]{2}|=[ \t]*\r?\n){0,99}(?:'|=27|)")
"""The end of an interchange, behind which mail may stand."""
_SURE: Final = re.compile(
    rb"=3[Dd]|=[Cc][23]=[89ABab][0-9A-Fa-f]|\b[A-Z]{3}=2[Bb]"
    rb"|=27(?:=?[\r\n]+|[ \t])*(?:=?[\r\n]*)[A-Z]{3}(?:\+|=2[Bb])"
)
"""An equals sign escaped, a letter of UTF-8, or a service character where only one can stand."""
_DECLARED: Final = re.compile(rb"^Content-Transfer-Encoding:[ \t]*quoted-printable", re.IGNORECASE | re.MULTILINE)
_HEAD: Final = 65536
_LONG_LINE: Final = re.compile(rb"[^\r\n]{77}")
"""Longer than any line of quoted-printable."""


class Decoded:
    """An input as it is read, and the way to the bytes as received."""

    data: bytes
    problems: tuple[Problem, ...]
    """What is to be said of it."""

    def position(self, offset: int) -> int:
        """Offset in the bytes as received."""
        raise NotImplementedError

    def offset(self, position: int) -> int:
        """Offset in `data` of a byte as received; of one of several that stand for another, that of the other."""
        raise NotImplementedError

    def moved(self, messages: Iterator[Message]) -> Iterator[Message]:
        """Messages read from `data`, as messages of the bytes as received."""
        told, end = False, 0
        for message in messages:
            problems = [
                problem
                if problem.position is None
                else msgspec.structs.replace(problem, position=self.position(problem.position))
                for problem in message.problems
            ]
            removals = [part for removal in message.removals for part in self._parts(removal)]
            account = message.account
            if account is not None:
                problems += [] if told else self.problems
                start, told = end, True
                end += account.received
                received = self.position(end) - self.position(start) if start else self.position(end)
                account = self._account(account, received)
            yield msgspec.structs.replace(message, problems=tuple(problems), removals=tuple(removals), account=account)

    def _parts(self, removal: Removal) -> Iterator[Removal]:
        """A removal in the bytes as received."""
        raise NotImplementedError

    def _account(self, account: Account, received: int) -> Account:
        """The account of `received` bytes."""
        raise NotImplementedError


class _Quoted(Decoded):
    """Quoted-printable text with its escapes taken back."""

    def __init__(self, data: bytes, start: int, stop: int) -> None:
        """Escapes are sought from `start` to `stop`."""
        pieces, length, end = [data[:start]], start, start
        self._offsets, self._positions = [0], [0]
        """Offsets in `data`, rising, from which on the distance to the bytes as received is another; and where each of
        these is there."""
        self._separators: list[int] = []
        """Offsets in `data` of escaped separators, which removal leaves standing as it does all others."""
        first = -1
        for escape in _ESCAPE.finditer(data, start, stop):
            pieces.append(data[end : escape.start()])
            length += escape.start() - end
            end, digits = escape.end(), escape[1]
            first = escape.start() if first < 0 else first
            if digits:
                pieces.append(b"_" if digits == b"__" else bytes([int(digits, 16)]))
                self._separators += [length] if pieces[-1] in SEPARATORS else []
                length += 1
            self._offsets.append(length)
            self._positions.append(end)
        pieces.append(data[end:])
        self.data = b"".join(pieces)
        says = "quoted-printable text of a mail gateway, taken back before the message was read"
        self.problems = (_problem("TRANSFER_ENCODING", first, says),)
        if stray := _OTHER.search(data, start, stop):
            says = "equals signs that are no escape, in quoted-printable text; they were left as they are"
            self.problems += (_problem("VALUE_INVALID", stray.start(), says),)

    def position(self, offset: int) -> int:
        piece = bisect_right(self._offsets, offset) - 1
        return self._positions[piece] + offset - self._offsets[piece]

    def offset(self, position: int) -> int:
        piece = bisect_right(self._positions, position) - 1
        found = self._offsets[piece] + position - self._positions[piece]
        behind = piece + 1
        # A soft line break stands for nothing: what follows it begins where it does.
        return found if behind == len(self._offsets) else min(found, self._offsets[behind])

    def _parts(self, removal: Removal) -> Iterator[Removal]:
        """In the parts between escaped separators."""
        start, end = removal.offset, removal.offset + removal.length
        within = self._separators[bisect_left(self._separators, start) : bisect_left(self._separators, end)]
        for separator in [*within, end]:
            first = self.position(start)
            length = self.position(separator) - first
            if length:
                yield msgspec.structs.replace(removal, offset=first, length=length)
            start = separator + 1

    def _account(self, account: Account, received: int) -> Account:
        """What escapes take more than what they stand for is understood."""
        understood = account.understood + received - account.received
        return msgspec.structs.replace(account, received=received, understood=understood)


class _Wide(Decoded):
    """UTF-16 as UTF-8. Beside the text, memory holds one number for each of its blocks."""

    _BLOCK = 1024
    _FOLLOWING = bytes(range(0x80, 0xC0))
    """Bytes of UTF-8 that begin no character."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self._size = len(data)
        begin = 2 if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else 0
        text = data[begin : len(data) - len(data) % 2].decode(encoding, "surrogatepass")
        # Half a character at the end stands as a control, which is no content.
        self.data = _HALVES.sub("\ufffd", text).encode() + b"\0" * (len(data) % 2)
        self._blocks = array("Q", [begin])
        """Where each block begins in the bytes as received."""
        for at in range(0, len(self.data), self._BLOCK):
            self._blocks.append(self._blocks[-1] + self._width(self.data[at : at + self._BLOCK]))
        says = "text of two bytes a character (UTF-16), taken for the same in UTF-8"
        self.problems = (_problem("CHARACTER_SET", 0, says),)

    def _width(self, text: bytes) -> int:
        """Bytes as received that begin where `text` has a character's first byte."""
        beginnings = text.translate(None, self._FOLLOWING)
        return 2 * (len(beginnings) + len(beginnings.translate(None, bytes(range(0xF0))))) if beginnings else 0

    def position(self, offset: int) -> int:
        block = min(offset, len(self.data)) // self._BLOCK
        found = self._blocks[block] + self._width(self.data[block * self._BLOCK : offset])
        return min(found, self._size)

    def offset(self, position: int) -> int:
        start = max(0, bisect_right(self._blocks, position) - 1) * self._BLOCK
        within = bisect_right(range(self._BLOCK), position, key=lambda at: self.position(start + at))
        return min(start + max(0, within - 1), len(self.data))

    def _parts(self, removal: Removal) -> Iterator[Removal]:
        start, end = self.position(removal.offset), self.position(removal.offset + removal.length)
        if end > start:
            yield msgspec.structs.replace(removal, offset=start, length=end - start)

    def _account(self, account: Account, received: int) -> Account:
        """Two bytes for each that is not understood, as far as there are so many; letters take fewer in UTF-16."""
        reported = min(2 * account.reported, received)
        unknown = min(2 * account.unknown, received - reported)
        understood = received - reported - unknown
        if not account.understood and account.reported:
            reported, understood = reported + understood, 0
        return Account(received=received, understood=understood, unknown=unknown, reported=reported)


_HALVES: Final = re.compile("[\ud800-\udfff]")
_IN_BYTES: Final = frozenset(["PNL", "APP"])
"""Messages in lines whose readers know no UTF-16."""


def _problem(code: str, at: int, says: str) -> Problem:
    return Problem(code=code, severity=SEVERITY[code], position=at, says=says)


def decoded(data: bytes) -> Decoded | None:
    """The input as it is to be read; None when it is to be read as it is."""
    if (encoding := wide(data)) is not None:
        found = _Wide(data, encoding)
        is_message = not found.data.lstrip().startswith(b"<") and (
            grammar.begins(found.data) or recognition.recognise(found.data) in _IN_BYTES
        )
        return found if is_message else None
    if b"=" not in data:
        return None
    header = _HEADER.search(data)
    start = header.start() if header else 0
    trailers = [found.end() for found in _TRAILER.finditer(data, start)] if header else []
    stop = trailers[-1] if trailers else len(data)
    return _Quoted(data, start, stop) if _is_quoted(data, start, stop, header is not None) else None


def _is_quoted(data: bytes, start: int, stop: int, is_edifact: bool) -> bool:
    strays = sum(1 for _ in _OTHER.finditer(data, start, stop))
    sure = _SURE.search(data, start, stop) is not None
    if strays and not (sure and is_edifact and strays * _STRAY <= sum(1 for _ in _ESCAPE.finditer(data, start, stop))):
        return False
    if sure or (_ESCAPE.search(data, start, stop) and _DECLARED.search(data[:_HEAD])):
        return True
    # The last cell of a table's row may end with an equals sign, so that alone says nothing of a table.
    broken = _SOFT.findall(data, start, stop) if is_edifact and not _LONG_LINE.search(data, start, stop) else []
    return bool(broken) and all(len(line) in _FULL for line in broken)
