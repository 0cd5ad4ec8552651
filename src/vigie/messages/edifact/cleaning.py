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
from itertools import accumulate
from typing import Final

SOH, STX, ETX = b"\x01", b"\x02", b"\x03"
WINDOW: Final = 1 << 17
"""Bytes of the input that are added to the window at a time."""
_CONTROLS: Final = bytes(sorted({*range(0x20), 0x7F} - {0x09, 0x1C, 0x1D, 0x1F}))
"""Tab is text; 1C, 1D and 1F are the service characters of syntax level B (ISO 9735 annex B)."""
_FRAMES: Final = SOH + STX + ETX
_FRAME: Final = re.compile(b"[" + _FRAMES + b"]")
_LONGEST_GAP: Final = 1 << 20
_NOWHERE: Final = 1 << 62
_RESUMES: Final = re.compile(b"[\x01\x02]|UN[AB]")
_CONTROL_TERMINATOR: Final = re.compile(rb"UNA[^\r\n]{4}[ *]([\x00-\x1b\x1e])[ \t\r\n]*UN[BGH]")


class Window:
    """A stretch of the text without line ends and control characters, and the way back to the bytes as received.

    Offsets into `text` hold until `advance`.
    """

    __slots__ = (
        "_at", "_controls", "_data", "_last_stx", "_mark", "_plain", "_since", "_size", "_to_mark", "joints", "more",
        "removed", "text",
    )  # fmt: skip

    def __init__(self, data: bytes, size: int = WINDOW) -> None:
        self.text = ""
        self.more = True
        """False when the input ends with this stretch."""
        self.joints: list[int] = [0, _NOWHERE]
        """Offsets, rising, before which something was taken out: nearly all are line ends. The first is always 0, and
        one far behind the text is always the last."""
        self.removed: list[tuple[int, int]] = []
        """Headings and footers taken out: at which offset, and how many bytes (line ends are not counted)."""
        self._since = [0, _NOWHERE]
        self._data, self._size = data, size
        taken_out = _taken_out(data)
        self._controls = re.compile(b"[" + re.escape(taken_out) + b"]+")
        plain = taken_out.translate(None, _FRAMES)
        self._plain = re.compile(b"[" + re.escape(plain) + b"]+")
        self._mark = plain[:1]
        self._to_mark = bytes.maketrans(plain, self._mark * len(plain))
        self._last_stx = data.rfind(STX)
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
        return self.joints[index]

    def shift(self, index: int) -> int:
        """What turns an offset between this joint and the next into one of the bytes as received."""
        return self._since[index] - self.joints[index]

    @property
    def since(self) -> list[int]:
        """The position, in the bytes as received, of every joint."""
        return self._since

    def folds(self, start: int, length: int) -> tuple[tuple[int, int], ...]:
        """Joints within a piece of text: offset from its start, and bytes taken out between that and there."""
        found = []
        index = self.piece(start) + 1
        before = self.shift(index - 1)
        while (joint := self.joint(index)) < start + length:
            found.append((joint - start, self.shift(index) - before))
            index += 1
        return tuple(found)

    def advance(self, keep: int) -> None:
        """Drops the text before `keep`, which becomes offset 0, and adds the next stretch. Nothing is raised."""
        self._drop(keep)
        end = min(self._at + self._size, len(self._data))
        del self.joints[-1], self._since[-1]
        if _FRAME.search(self._data, self._at, end):
            self._add_framed(end)
        else:
            self._add_plain(end)
        self.joints.append(_NOWHERE)
        self._since.append(_NOWHERE)
        self.more = self._at < len(self._data)

    def _add_plain(self, end: int) -> None:
        """A stretch in which only line ends and the like are to be taken out. One that ends it is taken whole."""
        data = self._data
        tail = self._plain.match(data, end - 1, end + _LONGEST_GAP) if end > self._at else None
        end = tail.end() if tail else end
        texts = data[self._at : end].translate(self._to_mark).split(self._mark)
        offsets = [*accumulate(map(len, texts), initial=len(self.text))][1:-1]
        first = self._at - len(self.text) + 1
        # Of several taken out at one place the last counts: a joint stands before the first character behind them.
        joints = {offset: offset + number for number, offset in enumerate(offsets, first)}
        if self.joints[-1] in joints:
            self._since[-1] = joints.pop(self.joints[-1])
        self.joints += joints
        self._since += joints.values()
        self.text += b"".join(texts).decode("latin-1")
        self._at = end

    def _add_framed(self, end: int) -> None:
        """A stretch with page marks: what stands outside of the page is taken out as well."""
        pieces, length = [self.text], len(self.text)
        for start, lines_end, behind in self._gaps():
            stop = min(start, end)
            pieces.append(self._data[self._at : stop].decode("latin-1"))
            length += stop - self._at
            self._at = stop
            if start >= end:
                break
            self._at = behind
            self._join(length, behind - lines_end)
            if behind >= end:
                break
        else:
            pieces.append(self._data[self._at : end].decode("latin-1"))
            self._at = max(self._at, end)
        self.text = "".join(pieces)

    def _gaps(self) -> Iterator[tuple[int, int, int]]:
        """Spans ahead that are no content, in order, not overlapping: start, end of the control characters, end."""
        data, end = self._data, self._at
        while (control := self._controls.search(data, end)) is not None:
            start, behind = control.span()
            end = behind
            if ETX in control[0]:
                resumes = _RESUMES.search(data, behind)
                end = resumes.start() if resumes else len(data)
            elif SOH in control[0] and behind <= self._last_stx:
                end = data.index(STX, behind)
            yield start, behind, end

    def _drop(self, keep: int) -> None:
        since = self.position(keep)
        first = bisect_right(self.joints, keep)
        self._since = [since, *self._since[first:]]
        self.joints = [0, *(joint - keep for joint in self.joints[first:-1]), _NOWHERE]
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


def _taken_out(data: bytes) -> bytes:
    """Controls to take out: all but one that a UNA declares as the segment terminator (some senders use a line end)."""
    declared = _CONTROL_TERMINATOR.search(data)
    return _CONTROLS.replace(declared[1], b"") if declared else _CONTROLS
