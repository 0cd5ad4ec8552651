"""The annotated view of a message in a terminal: each segment as sent, what it means, and the problems in place.

Nothing that is printed can steer the terminal: `vigie.messages.inspection` makes controls and marks of direction
visible.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len, chop_cells
from rich.console import Console

from vigie.cli import streams
from vigie.messages.inspection import Line, Piece
from vigie.records import Problem

LINES: Final = 400
"""Segments shown whole, unless told otherwise: what somebody may scroll through."""
_PIPE: Final = 100
"""Columns where the output has no edge."""
_NARROWEST: Final = 40
_WIDE: Final = 120
"""From here on, a short segment and its meaning stand side by side."""
_LEFT: Final = 56
_LONGEST: Final = 2000
"""Characters of a segment or line that are shown; a file without line ends is one line."""
_STYLES: Final = {
    "tag": "1;36",
    "code": "33",
    "value": "",
    "unknown": "4;35",
    "removed": "2;7",
    "mark": "2",
    "meaning": "2",
    "at": "2",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;34",
}
"""Parameters of ECMA-48 SGR by what is printed. No colour says what is not also said by a word or a sign."""


class Screen(NamedTuple):
    """What is printed on."""

    width: int
    colour: bool


def screen(colour: str) -> Screen:
    """Standard output. `colour` is `auto`, `always` or `never`; `auto` heeds the terminal and NO_COLOR."""
    console = Console(file=sys.stdout)
    width = max(console.width, _NARROWEST) if console.is_terminal else _PIPE
    able = console.is_terminal and console.color_system is not None and not console.no_color
    return Screen(width, able if colour == "auto" else colour == "always")


def show(lines: Iterable[Line], size: int, on: Screen) -> None:
    """Prints the lines of an input of `size` bytes. Raises BrokenPipeError when nobody reads."""
    for row in rows(lines, size, on):
        streams.text_line(row)


def rows(lines: Iterable[Line], size: int, on: Screen) -> Iterator[str]:
    """The lines as text, no row wider than the screen."""
    view = _View(on, len(str(size)))
    for line in lines:
        yield from view.rows(line)


class _Cell(NamedTuple):
    text: str
    width: int
    piece: int


class _View:
    def __init__(self, on: Screen, digits: int) -> None:
        self._on, self._margin = on, digits + 2

    def rows(self, line: Line) -> Iterator[str]:
        """One line of the inspection as lines of text."""
        if line.kind == "notice":
            yield from self._problems(line.problems, 0)
        elif line.kind == "left out":
            what = "1 line" if line.lines == 1 else f"{line.lines} lines"
            yield self._paint(
                "at", f"{'…':>{self._margin - 2}}  {what} without problems left out (--lines 0 shows all)"
            )
        elif line.kind != "blank" or line.problems:
            yield from self._line(line)

    def _line(self, line: Line) -> Iterator[str]:
        indent = self._margin + 2 * line.level
        meaning = _meaning(line)
        cells = list(_cells(line))
        beside = self._on.width >= _WIDE and indent + _width(cells) <= _LEFT and not line.problems
        rows = list(_wrapped(cells, self._on.width - indent - 2))
        for number, row in enumerate(rows):
            head = self._head(line, number) + " " * (2 * line.level + (2 if number else 0))
            text = head + self._painted(row, line.pieces)
            yield from self._beside(text, indent + _width(row), meaning) if beside else [text]
            carets = _carets(row, line)
            if carets:
                yield " " * (indent + (2 if number else 0)) + self._paint("error", carets)
        yield from self._problems(line.problems, indent)
        if meaning and not beside:
            yield from self._text("meaning", meaning, indent + 2)

    def _head(self, line: Line, number: int) -> str:
        return self._paint("at", f"{line.at:>{self._margin - 2}}") + "  " if number == 0 else " " * self._margin

    def _beside(self, text: str, width: int, meaning: str) -> Iterator[str]:
        """The meaning to the right of a segment that takes `width` columns."""
        column = _LEFT + 2
        first, *others = _folded(meaning, self._on.width - column)
        yield text + " " * (column - width) + self._paint("meaning", first)
        for line in others:
            yield " " * column + self._paint("meaning", line)

    def _painted(self, row: Sequence[_Cell], pieces: Sequence[Piece]) -> str:
        if not self._on.colour:
            return "".join(cell.text for cell in row)
        parts = []
        start = 0
        for at in range(1, len(row) + 1):
            if at == len(row) or row[at].piece != row[start].piece:
                role = pieces[row[start].piece].role if row[start].piece >= 0 else "mark"
                parts.append(self._paint(role, "".join(cell.text for cell in row[start:at])))
                start = at
        return "".join(parts)

    def _problems(self, problems: Iterable[Problem], indent: int) -> Iterator[str]:
        for problem in problems:
            yield from self._text(problem.severity, f"{problem.severity}: {problem.says} [{problem.code}]", indent)

    def _text(self, style: str, text: str, indent: int) -> Iterator[str]:
        for line in _folded(text, self._on.width - indent):
            yield " " * indent + self._paint(style, line)

    def _paint(self, style: str, text: str) -> str:
        given = _STYLES[style]
        return f"\x1b[{given}m{text}\x1b[0m" if self._on.colour and given else text


def _cells(line: Line) -> Iterator[_Cell]:
    """The characters of a line, as far as they are shown. An emoji may take two columns, an accent none."""
    left = _LONGEST
    for index, piece in enumerate(line.pieces):
        for letter in piece.text[:left]:
            yield _Cell(letter, cell_len(letter), index)
        left -= len(piece.text)
        if left < 0:
            yield from (_Cell(letter, 1, -1) for letter in f"… ({-left} more)")
            return


def _wrapped(cells: Sequence[_Cell], width: int) -> Iterator[list[_Cell]]:
    row: list[_Cell] = []
    taken = 0
    for cell in cells:
        if row and taken + cell.width > width:
            yield row
            row, taken = [], 0
        row.append(cell)
        taken += cell.width
    yield row


def _folded(text: str, width: int) -> Iterator[str]:
    """The text in lines of so many columns, broken at blanks where that is possible."""
    line = ""
    for word in text.split(" "):
        if line and cell_len(line) + 1 + cell_len(word) <= width:
            line = f"{line} {word}"
            continue
        if line:
            yield line
        *whole, line = chop_cells(word, width) or [""]
        yield from whole
    yield line


def _width(cells: Sequence[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _carets(row: Sequence[_Cell], line: Line) -> str:
    """`^` under the pieces that problems are at; a problem of the whole segment is at its tag."""
    marked = {index for index, piece in enumerate(line.pieces) if piece.marked}
    return "".join(("^" if cell.piece in marked else " ") * cell.width for cell in row).rstrip()


def _meaning(line: Line) -> str:
    """What a segment is about, then its values with their names and meanings."""
    if line.kind == "unread":
        return "not read"
    if line.kind != "segment" and not line.name:
        return ""
    pieces = [piece for piece in line.pieces if piece.role not in ("tag", "mark")]
    about = next((piece for piece in pieces if _says(piece, line)), None)
    head = line.says or line.name or "not known here"
    return " · ".join([head, *(_value(piece, line.kind) for piece in pieces if piece is not about)])


def _says(piece: Piece, line: Line) -> bool:
    """True for the code by which a segment says what it is about, unless there is more to say of it."""
    return bool(piece.meaning) and piece.meaning == line.says and not piece.read_as


def _value(piece: Piece, kind: str) -> str:
    if piece.role == "removed":
        return f"{piece.name or 'value'} (not kept, not shown)"
    if piece.role == "unknown":
        return f"{piece.value} ({'the standard has nothing here' if kind == 'segment' else 'not known here'})"
    text = f"{piece.name} {piece.value}".strip() + (f", read as {piece.read_as}" if piece.read_as else "")
    return f"{text} = {piece.meaning}" if piece.meaning else text
