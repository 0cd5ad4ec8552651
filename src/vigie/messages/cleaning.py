"""From bytes as received to one long line: what transport added is out, where each character came from is kept.

Type B networks and mail gateways wrap a message at 63 to 69 characters, in the middle of a tag or a number; they put
address lines before it, STX and ETX around it and footers behind it. Line ends and control characters are therefore
no content. Bytes are held as characters of the same number (Latin-1), so that an offset is an offset in bytes;
values are decoded when they are taken out.

The line is seen through a window that moves forward, so that a large input costs no memory beside itself.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

SOH, STX, ETX = b"\x01", b"\x02", b"\x03"
WINDOW: Final = 1 << 17
"""Bytes of the input that are added to the window at a time."""
_CONTROLS: Final = bytes(sorted({*range(0x20), 0x7F} - {0x09, 0x1C, 0x1D, 0x1F}))
"""Tab is text; 1C, 1D and 1F are the service characters of syntax level B (ISO 9735 annex B)."""
_NOWHERE: Final = 1 << 62
_RESUMES: Final = re.compile(b"[\x01\x02]|UN[AB]")
_CONTROL_TERMINATOR: Final = re.compile(rb"UNA[^\r\n]{4}[ *]([\x00-\x1b\x1e])[ \t\r\n]*UN[BGH]")


class Window:
    """A stretch of the text without line ends and control characters, and the way back to the bytes as received.

    Offsets into `text` hold until `advance`.
    """

    __slots__ = ("_at", "_data", "_gaps", "_pending", "_since", "_size", "joints", "more", "removed", "text")

    def __init__(self, data: bytes, size: int = WINDOW) -> None:
        self.text = ""
        self.more = True
        """False when the input ends with this stretch."""
        self.joints: list[int] = [0]
        """Offsets, rising, before which something was taken out: nearly all are line ends. The first is always 0."""
        self.removed: list[tuple[int, int]] = []
        """Headings and footers taken out: at which offset, and how many bytes (line ends are not counted)."""
        self._since = [0]
        self._data, self._size = data, size
        self._gaps = _gaps(data)
        self._pending = next(self._gaps, None)
        self._at = 0
        self.advance(0)

    def position(self, offset: int) -> int:
        """Offset in the bytes as received of the character at `offset`; behind the last, of what comes next."""
        piece = bisect_right(self.joints, offset) - 1
        return self._since[piece] + offset - self.joints[piece]

    def piece(self, offset: int) -> int:
        """Index of the joint that `offset` stands at or behind."""
        return bisect_right(self.joints, offset) - 1

    def joint(self, index: int) -> int:
        """A joint by its index; far behind the text when there are no more."""
        return self.joints[index] if index < len(self.joints) else _NOWHERE

    def shift(self, index: int) -> int:
        """What turns an offset between this joint and the next into one of the bytes as received."""
        return self._since[index] - self.joints[index]

    def joints_and_positions(self) -> tuple[list[int], list[int]]:
        """All joints and their positions in the bytes as received, with one behind the text at the end."""
        return [*self.joints, _NOWHERE], [*self._since, _NOWHERE]

    def folds(self, start: int, length: int) -> tuple[tuple[int, int], ...]:
        """Joints within a piece of text: offset from its start, and bytes taken out there."""
        found = []
        index = self.piece(start) + 1
        while (joint := self.joint(index)) < start + length:
            found.append((joint - start, self.shift(index) - self.shift(index - 1)))
            index += 1
        return tuple(found)

    def advance(self, keep: int) -> None:
        """Drops the text before `keep`, which becomes offset 0, and adds the next stretch. Nothing is raised."""
        self._drop(keep)
        pieces = [self.text]
        length = len(self.text)
        end = min(self._at + self._size, len(self._data))
        while self._at < end:
            start, lines_end, behind = self._pending or (end, end, end)
            if start > self._at:
                stop = min(start, end)
                pieces.append(self._data[self._at : stop].decode("latin-1"))
                length += stop - self._at
                self._at = stop
            if self._pending and start == self._at:
                self._at = behind
                self._join(length, behind - lines_end)
                self._pending = next(self._gaps, None)
        self.text = "".join(pieces)
        self.more = self._at < len(self._data)

    def _drop(self, keep: int) -> None:
        since = self.position(keep)
        first = bisect_right(self.joints, keep)
        self._since = [since, *self._since[first:]]
        self.joints = [0, *(joint - keep for joint in self.joints[first:])]
        self.removed = [(offset - keep, size) for offset, size in self.removed if offset > keep]
        self.text = self.text[keep:]

    def _join(self, offset: int, removed: int) -> None:
        if self.joints[-1] == offset:
            self._since[-1] = self._at
        else:
            self.joints.append(offset)
            self._since.append(self._at)
        if removed:
            self.removed.append((offset, removed))


def _gaps(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Spans that are no content, in order, not overlapping: start, end of the control characters, end."""
    end, last_stx, controls = 0, data.rfind(STX), _controls(data)
    while (control := controls.search(data, end)) is not None:
        start, behind = control.span()
        end = behind
        if ETX in control[0]:
            resumes = _RESUMES.search(data, behind)
            end = resumes.start() if resumes else len(data)
        elif SOH in control[0] and behind <= last_stx:
            end = data.index(STX, behind)
        yield start, behind, end


def _controls(data: bytes) -> re.Pattern[bytes]:
    """Controls to take out: all but one that a UNA declares as the segment terminator (some senders use a line end)."""
    declared = _CONTROL_TERMINATOR.search(data)
    taken_out = _CONTROLS.replace(declared[1], b"") if declared else _CONTROLS
    return re.compile(b"[" + re.escape(taken_out) + b"]+")
