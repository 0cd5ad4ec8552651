"""Quoted-printable text (RFC 2045 section 6.7) that a mail gateway left in an input: taken back before it is read.

`=2B` is `+`, a line that ends with `=` goes on in the next. A message may hold equals signs of its own, so nothing is
touched unless every one of them is an escape and some of them can be nothing else. Positions stay those of the bytes
as received.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from vigie.messages.findings import SEVERITY
from vigie.messages.redaction import SEPARATORS
from vigie.records import Account, Message, Problem, Removal

_BREAK: Final = rb"[ \t]{0,8}(?:\r\n|\n|\r|\Z)"
_ESCAPE: Final = re.compile(rb"=(?:([0-9A-F]{2}|__)|" + _BREAK + rb")")
"""`__` is an escape whose digits were overwritten for storage; it stands for filler."""
_OTHER: Final = re.compile(rb"=(?![0-9A-F]{2}|__|" + _BREAK + rb")")
_SOFT: Final = re.compile(rb"([^\r\n]*=)[ \t]{0,8}(?=[\r\n])")
_FULL: Final = range(73, 77)
"""Length of a line that quoted-printable breaks because it is full; those of telegraph lines are shorter."""
_HEADER: Final = re.compile(rb"UN[ABGH](?:=2B|=3A|[^\w\s])")
_SURE: Final = re.compile(
    rb"=3D|=C[23]=[89AB][0-9A-F]|\b[A-Z]{3}=2B|=27(?:=?[\r\n]+|[ \t])*(?:=?[\r\n]*)[A-Z]{3}(?:\+|=2B)"
)
"""An equals sign escaped, a letter of UTF-8, or a service character where only one can stand."""
_DECLARED: Final = re.compile(rb"^Content-Transfer-Encoding:[ \t]*quoted-printable", re.IGNORECASE | re.MULTILINE)
_HEAD: Final = 65536
_LONG_LINE: Final = re.compile(rb"[^\r\n]{77}")
"""Longer than any line of quoted-printable."""


class Decoded(NamedTuple):
    """An input with its escapes taken back, and the way to the bytes as received."""

    data: bytes
    first: int
    """Where the first escape stands."""
    offsets: list[int]
    """Offsets in `data`, rising, from which on the distance to the bytes as received is another."""
    positions: list[int]
    """Of each of these, in the bytes as received."""
    separators: list[int]
    """Offsets in `data` of escaped separators, which removal leaves standing as it does all others."""

    def position(self, offset: int) -> int:
        """Offset in the bytes as received."""
        piece = bisect_right(self.offsets, offset) - 1
        return self.positions[piece] + offset - self.offsets[piece]

    def offset(self, position: int) -> int:
        """Offset in `data` of a byte as received; of one of an escape, that of what the escape stands for."""
        piece = bisect_right(self.positions, position) - 1
        found = self.offsets[piece] + position - self.positions[piece]
        behind = piece + 1
        # A soft line break stands for nothing: what follows it begins where it does.
        return found if behind == len(self.offsets) else min(found, self.offsets[behind])

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
                problems += [] if told else [_problem(self.first)]
                start, told = end, True
                end += account.received
                account = _with(account, self.position(end) - self.position(start) if start else self.position(end))
            yield msgspec.structs.replace(message, problems=tuple(problems), removals=tuple(removals), account=account)

    def _parts(self, removal: Removal) -> Iterator[Removal]:
        """A removal in the bytes as received, in the parts between escaped separators."""
        start, end = removal.offset, removal.offset + removal.length
        within = self.separators[bisect_left(self.separators, start) : bisect_left(self.separators, end)]
        for separator in [*within, end]:
            first = self.position(start)
            length = self.position(separator) - first
            if length:
                yield msgspec.structs.replace(removal, offset=first, length=length)
            start = separator + 1


def _problem(at: int) -> Problem:
    says = "quoted-printable text of a mail gateway, taken back before the message was read"
    return Problem(code="TRANSFER_ENCODING", severity=SEVERITY["TRANSFER_ENCODING"], position=at, says=says)


def _with(account: Account, received: int) -> Account:
    """The account with the bytes that escapes take more than what they stand for, which are understood."""
    understood = account.understood + received - account.received
    return msgspec.structs.replace(account, received=received, understood=understood)


def decoded(data: bytes) -> Decoded | None:
    """The input without escapes; None when it is not, or not certainly, quoted-printable."""
    if b"=" not in data:
        return None
    header = _HEADER.search(data)
    start = header.start() if header else 0
    if _OTHER.search(data, start) or not _is_quoted(data, start, header is not None):
        return None
    return _decoded(data, start)


def _is_quoted(data: bytes, start: int, is_edifact: bool) -> bool:
    if _SURE.search(data, start) or (_ESCAPE.search(data, start) and _DECLARED.search(data[:_HEAD])):
        return True
    # The last cell of a table's row may end with an equals sign, so that alone says nothing of a table.
    broken = _SOFT.findall(data, start) if is_edifact and not _LONG_LINE.search(data, start) else []
    return bool(broken) and all(len(line) in _FULL for line in broken)


def _decoded(data: bytes, start: int) -> Decoded:
    pieces = [data[:start]]
    offsets, positions, length, end = [0], [0], start, start
    separators: list[int] = []
    first = -1
    for escape in _ESCAPE.finditer(data, start):
        pieces.append(data[end : escape.start()])
        length += escape.start() - end
        end, digits = escape.end(), escape[1]
        first = escape.start() if first < 0 else first
        if digits:
            pieces.append(b"_" if digits == b"__" else bytes([int(digits, 16)]))
            separators += [length] if pieces[-1] in SEPARATORS else []
            length += 1
        offsets.append(length)
        positions.append(end)
    pieces.append(data[end:])
    return Decoded(b"".join(pieces), first, offsets, positions, separators)
