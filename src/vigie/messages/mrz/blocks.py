"""A text file with machine readable zones, cut into blocks of one document each; every byte is in one block.

A block is set apart by empty lines. People and scanners do otherwise too: zones without empty lines between them, with
an empty line after each line, in one joined line, in small letters, with blanks, with quotation marks for fillers.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Final, NamedTuple

from vigie.messages.lines import lines as physical_lines
from vigie.messages.mrz.layouts import CHARACTERS, FILLER

_EMPTY: Final = re.compile(r"[\x00-\x20]*\Z")
_FILLERS: Final = dict.fromkeys("‹〈〈⟨˂ᐸ≤＜", FILLER)
_QUOTES: Final = "«《≪⟪"
"""Read as one filler or as two, whichever gives a line the width of a zone."""
_ENTITY: Final = "&lt;"
_IGNORED: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_BYTE_ORDER: Final = ("\xff\xfe", "\xfe\xff")
_LINES: Final = {30: 3, 36: 2, 44: 2}
"""Lines of a zone by their width."""
_JOINED: Final = {width * number: width for width, number in _LINES.items()}
_LONGEST: Final = 400
"""Bytes of the longest line that is looked at."""
_BEGINNING: Final = re.compile(r"[PVACI][A-Z<][A-Z<]{3}")
_UPPER: Final = re.compile(r"[PVACI][A-Z<]{4}[A-Z<]*<<[A-Z<]*\Z")
_UPPER_OF_CARD: Final = re.compile(r"[ACI][A-Z<]{4}(?=(?:[A-Z<]*[0-9]){4})[A-Z0-9<]{9}[0-9<]")
"""What nothing but the first line of two, or of three, looks like: other lines have dates, or no number."""
_FAR: Final = 4
"""Characters by which a damaged line may differ from the width of a format."""
_LEAST_DIGITS: Final = 6
"""Digits of a line that a machine has written and that holds no name: of a date."""


class Line(NamedTuple):
    """One line of a zone, in capitals, without blanks."""

    text: str
    at: tuple[int, ...]
    """Offset in the input of each character."""
    start: int
    changed: bool
    """True when the text is not what the bytes say: letters, blanks or fillers were replaced, a joined line divided."""


class Block(NamedTuple):
    """The bytes from `start` to `end`: lines that may be a zone, and spans (start, length) of lines that are none."""

    start: int
    end: int
    lines: tuple[Line, ...]
    others: tuple[tuple[int, int], ...] = ()


def blocks(data: bytes) -> Iterator[Block]:
    """The blocks of an input in their order; together they have every byte. Never raises."""
    start = 0
    lines: list[Line] = []
    others: list[tuple[int, int]] = []
    for block in _paragraphs(data):
        if (lines or others) and not _together(lines, others, block):
            yield from _documents(Block(start, block.start, tuple(lines), tuple(others)))
            start, lines, others = block.start, [], []
        lines += block.lines
        others += block.others
    if data and not lines and not others:
        others = [(0, len(data))]
    if data:
        yield from _documents(Block(start, len(data), tuple(lines), tuple(others)))


def _paragraphs(data: bytes) -> Iterator[Block]:
    """What stands between empty lines."""
    lines: list[Line] = []
    others: list[tuple[int, int]] = []
    start = end = 0
    for found in physical_lines(data.decode("latin-1")):
        if _EMPTY.match(found.text):
            if lines or others:
                yield Block(start, end, tuple(lines), tuple(others))
                lines, others = [], []
            continue
        if not lines and not others:
            start = found.at
        end = found.at + found.length
        line = _line(found.text, found.at)
        if line is None:
            others.append((found.at, found.length))
        else:
            lines += _divided(line)
    if lines or others:
        yield Block(start, end, tuple(lines), tuple(others))


def _together(lines: list[Line], others: list[tuple[int, int]], after: Block) -> bool:
    """Whether a block goes with what is before it.

    Blocks without any line of a zone do, and lines of a zone that have empty lines between them.
    """
    if not lines and not after.lines:
        return True
    widths = {len(line.text) for line in (*lines[-1:], *after.lines)}
    single = len(after.lines) == 1 and not others and not after.others
    return bool(lines) and single and len(widths) == 1 and widths <= _LINES.keys()


def _documents(block: Block) -> Iterator[Block]:
    """One block for each document whose lines stand together, and for what is left between them."""
    runs: list[list[Line]] = []
    at = 0
    open_run = False
    while at < len(block.lines):
        number = _whole(block.lines, at)
        if number:
            runs.append(list(block.lines[at : at + number]))
        elif open_run and not _full(runs[-1], block.lines[at]) and not _is_first(block.lines[at]):
            runs[-1].append(block.lines[at])
        else:
            runs.append([block.lines[at]])
        open_run = not number
        at += number or 1
    bounds = [block.start, *(run[0].start for run in runs[1:]), block.end]
    at = 0
    for place, (start, end) in enumerate(pairwise(bounds)):
        behind = bisect_left(block.others, (end, 0), at)
        yield Block(start, end, tuple(runs[place]) if runs else (), block.others[at:behind])
        at = behind


def _whole(lines: tuple[Line, ...], at: int) -> int:
    """Number of lines of the undamaged zone that begins here; 0 when none does."""
    width = len(lines[at].text)
    number = _LINES.get(width, 0)
    if not _BEGINNING.match(lines[at].text) or at + number > len(lines):
        return 0
    behind = lines[at + 1 : at + number]
    return number if all(len(line.text) == width and not _is_first(line) for line in behind) else 0


def _is_first(line: Line) -> bool:
    """Whether a line can be none but the first of a document."""
    return (_UPPER_OF_CARD if len(line.text) < 33 else _UPPER).match(line.text) is not None


def _full(run: list[Line], following: Line) -> bool:
    """Whether `following` begins another document: it looks like one, and the run has as many lines as a zone."""
    number = 3 if len(run[0].text) < 33 else 2
    return len(run) >= number and _BEGINNING.match(following.text) is not None


def _line(received: str, start: int) -> Line | None:
    """The line, or None when it cannot be one of a zone. `received` has one character for each byte."""
    if len(received) > _LONGEST:
        return None
    skipped = 2 if start == 0 and received.startswith(_BYTE_ORDER) else 0
    text = received[skipped:]
    sizes = [1] * len(text)
    if not text.isascii():
        with suppress(UnicodeDecodeError):
            text = text.encode("latin-1").decode("utf-8")
            sizes = [len(character.encode()) for character in text]
    offsets = [start + skipped]
    for size in sizes:
        offsets.append(offsets[-1] + size)
    lines = [_cleaned(text, offsets, start, quotes) for quotes in (FILLER * 2, FILLER)]
    best = next((line for line in lines if len(line.text) in (*_LINES, *_JOINED)), lines[0])
    spaced = len("".join(text.split())) != len(text.strip())
    may_be = of_machine(best) or (not spaced and _near(best.text))
    return best if may_be and _plausible(best.text, spaced) else None


def of_machine(line: Line) -> bool:
    """Whether a machine wrote the line: a date's digits are in it, fillers at its end, or capitals around `<<` alone.

    Of other lines nobody can tell what they say.
    """
    if sum(character.isdecimal() for character in line.text) >= _LEAST_DIGITS:
        return True
    if line.text.endswith(FILLER * 2) or FILLER * 3 in line.text:
        return True
    return not line.changed and CHARACTERS.issuperset(line.text) and FILLER * 2 in line.text


def _near(text: str) -> bool:
    return any(abs(len(text) - width) <= _FAR for width in (*_LINES, *_JOINED))


def _cleaned(text: str, offsets: list[int], start: int, quotes: str) -> Line:
    written: list[str] = []
    at: list[int] = []
    place = 0
    while place < len(text):
        character, width = text[place], 1
        if text.startswith(_ENTITY, place):
            character, width = FILLER, len(_ENTITY)
        elif "a" <= character <= "z":
            character = character.upper()
        elif character in _QUOTES:
            character = quotes
        elif character.isspace() or character < " " or character in _IGNORED:
            character = ""
        else:
            character = _FILLERS.get(character, character)
        written.append(character)
        at += [offsets[place]] * len(character)
        place += width
    cleaned = "".join(written)
    return Line(cleaned, tuple(at), start, cleaned != text.strip())


def _plausible(text: str, spaced: bool) -> bool:
    """Whether a cleaned line may be one of a zone: fillers in it, or digits and letters only of about the length."""
    strange = sum(character not in CHARACTERS for character in text)
    digits = any(character.isdecimal() for character in text)
    if (spaced and FILLER not in text) or strange * 10 > len(text):
        return False
    if FILLER in text:
        return 5 <= len(text) <= 96
    return (len(text) in _LINES and (digits or not strange)) or (25 <= len(text) <= 96 and digits and not strange)


def _divided(line: Line) -> list[Line]:
    """The lines of a zone that was written in one."""
    width = _JOINED.get(len(line.text))
    if width is None:
        return [line]
    pieces = range(0, len(line.text), width)
    return [
        Line(line.text[at : at + width], line.at[at : at + width], line.at[at] if at else line.start, True)
        for at in pieces
    ]
