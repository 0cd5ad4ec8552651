"""From bytes as received to one long line: what transport added is out, where each character came from is kept.

Type B networks and mail gateways wrap a message at 63 to 69 characters, in the middle of a tag or a number; they put
address lines before it, STX and ETX around it and footers behind it. Line ends and control characters are therefore
no content. Bytes are held as characters of the same number (Latin-1), so that an offset is an offset in bytes;
values are decoded when they are taken out.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

SOH, STX, ETX = "\x01", "\x02", "\x03"
_CONTROLS: Final = "".join(map(chr, sorted({*range(0x20), 0x7F} - {0x09, 0x1C, 0x1D, 0x1F})))
"""Tab is text; 1C, 1D and 1F are the service characters of syntax level B (ISO 9735 annex B)."""
_RESUMES: Final = re.compile("[\x01\x02]|UN[AB]")
_CONTROL_TERMINATOR: Final = re.compile(r"UNA[^\r\n]{4}[ *]([\x00-\x1b\x1e])[ \t\r\n]*UN[BGH]")


class Cleaned:
    """The text without line ends and control characters, and the way back to the bytes as received."""

    __slots__ = ("_from", "_to", "removed", "text")

    def __init__(self, text: str, to: "array[int]", since: "array[int]", removed: int) -> None:
        self.text = text
        self.removed = removed
        """Bytes of headings and footers taken out (line ends are not counted)."""
        self._to = to
        self._from = since

    def position(self, offset: int) -> int:
        """Offset in the bytes as received of the character at `offset` of the text."""
        piece = bisect_right(self._to, offset) - 1
        return self._from[piece] + offset - self._to[piece]

    def joints(self, offset: int) -> Iterator[int]:
        """Offsets of the text, from `offset` on, at which something was taken out: nearly all are line ends."""
        for piece in range(max(1, bisect_left(self._to, offset)), len(self._to)):
            yield self._to[piece]


def clean(data: bytes) -> Cleaned:
    """Takes out control characters, the heading between SOH and STX, and what follows ETX. Never raises; linear."""
    raw = data.decode("latin-1")
    pieces: list[str] = []
    to, since = array("q", [0]), array("q", [0])
    at = length = removed = 0
    for start, lines_end, end in _gaps(raw):
        pieces.append(raw[at:start])
        length += start - at
        at = end
        removed += end - lines_end
        if to[-1] == length:
            since[-1] = at
        else:
            to.append(length)
            since.append(at)
    pieces.append(raw[at:])
    return Cleaned("".join(pieces), to, since, removed)


def _gaps(raw: str) -> Iterator[tuple[int, int, int]]:
    """Spans that are no content, in order, not overlapping: start, end of the control characters, end."""
    end, last_stx, controls = 0, raw.rfind(STX), _controls(raw)
    while (control := controls.search(raw, end)) is not None:
        start, behind = control.span()
        end = behind
        if ETX in control[0]:
            resumes = _RESUMES.search(raw, behind)
            end = resumes.start() if resumes else len(raw)
        elif SOH in control[0] and behind <= last_stx:
            end = raw.index(STX, behind)
        yield start, behind, end


def _controls(raw: str) -> re.Pattern[str]:
    """Controls to take out: all but one that a UNA declares as the segment terminator (some senders use a line end)."""
    declared = _CONTROL_TERMINATOR.search(raw)
    taken_out = _CONTROLS.replace(declared[1], "") if declared else _CONTROLS
    return re.compile(f"[{re.escape(taken_out)}]+")
