"""The grammar of PNL and ADL (IATA RP 1708): from text to elements, each with its place. What they mean is in `pnl`.

An element begins a line, or stands behind another one after a blank: `1FAMILY/GIVEN .L/LOCATOR .R/DOCS HK1/...`. A long
one goes on in `.RN/`, or in the next line where a gateway has folded it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from vigie.messages import lines, sensitive
from vigie.messages.findings import Findings
from vigie.messages.lines import Line

FLIGHT: Final = re.compile(
    r"(?P<carrier>[A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3})(?P<number>\d{1,4}[A-Z]?)/(?P<day>\d{1,2})(?P<month>[A-Z]{3})"
    r"(?P<year>\d{2})?\s+(?P<origin>[A-Z]{3})(?:\s+PART(?P<part>\d{1,3}))?\s*\Z"
)
TOTAL: Final = re.compile(r"-(?P<place>[A-Z]{3})(?P<count>\d{1,4})(?P<class>[A-Z])(?:-?[A-Z]{3}\d{1,3})*\s*\Z")
"""Destination, number of passengers and class of booking; behind it, numbers that concern standby (`-PAD001`)."""
END: Final = re.compile(r"END(?:PNL|ADL|PART\d{0,3})\s*\Z")
SECTIONS: Final = frozenset(["ADD", "DEL", "CHG"])
ADDRESSES: Final = re.compile(r"(?:Q[A-Z]\s+)?[A-Z0-9]{7}(?:\s+[A-Z0-9]{7})*\s*\Z")
SENDER: Final = re.compile(r"\.(?P<address>[A-Z0-9]{7})(?:\s+(?P<time>\d{6}))?(?:\s.*)?\Z")
_TYPE_LINE: Final = re.compile(r"(?:\A|(?<=[\r\n]))[\x01\x02 ]*(?:PNL|ADL)[ \t]*(?=[\r\n])")
_MONTH: Final = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
_DATE: Final = re.compile(rf"\d{{1,2}}{_MONTH}\d{{2}}(?:\d{{2}})?(?=[/\s]|\Z)")
_NAME: Final = re.compile(rf"(?!{_DATE.pattern})\d{{1,3}}(?=[^\W\d_])")
"""A number of persons before a name; what looks like it may be a date, where a gateway has folded the line before."""
_TO_BIRTH: Final = re.compile(rf"\d?DOCS[A-Z0-9 ]*/(?:[^/]*/){{4}}\d{{1,2}}{_MONTH}\d{{2}}(?:\d{{2}})?/", re.ASCII)
"""A DOCS up to its birth date."""
_SPLIT_DOTTED: Final = re.compile(r"(?<=\S)\s+(?=\.[A-Z]{1,2}\d?/)")
_ACTION_CODE: Final = r"(?:HK|HN|KK|KL|KH|NN|UC|UN)"
_ACTION: Final = rf"\d{{0,2}}[A-Z]{{4}} {{0,3}}(?:[A-Z0-9]{{2}} +)?{_ACTION_CODE}\d"
_WITH_ACTION: Final = rf"(?:{_ACTION}|_{{3,}})"
"""A service with its action code, or the filler of one that was removed from what is read again."""
_SPLIT_GLUED: Final = re.compile(rf"(?<=\S)(?=\.R/{_WITH_ACTION})")
"""A service without the blank before it, behind a name or another service."""
_IN_NAME: Final = re.compile(
    rf"(?<=\S)(?:\.(?P<id>[RL])\d?/(?!/)(?P<code>[A-Z0-9]*)"
    rf"|(?:\.R?|/)(?P<bare>{_WITH_ACTION})| +(?P<apart>{_ACTION}))"
)
"""What may end a name item without the blank and the letters that should: `AMINEMR.R/WCHR`, `AMINEMR WCHR HK1`."""
_BEFORE_CODE: Final = re.compile(r"(?:\.R?| +|/)?")
_LOCATOR: Final = re.compile(r"[A-Z0-9]{5,6}\Z")
_NAME_ITEM: Final = re.compile(r"\d{1,3}[^\W\d_][^\d./]*/")
_SPLIT_NAMES: Final = re.compile(rf"(?<=\S)\s+(?={_NAME_ITEM.pattern})")
_DOTTED: Final = re.compile(r"\.(?P<id>[A-Z]{1,2})\d?/")
_ABOUT_FLIGHT: Final = re.compile(r"(?:CFG|RBD|ANA|AVAIL|SEATS|TRANSIT)\b|[A-Z]{3}(?:\s+[A-Z]{3})+\s*\Z|[A-Z]\d{3}\b")
"""Configuration, booking classes, seats left: about the aircraft, between the flight and its first total."""
_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONGEST: Final = 2048
"""Characters of an element; services have a few hundred at most, in several lines."""
_BLANKS: Final = "".join(map(chr, range(0x21)))
"""What is taken off at an end: in bytes of UTF-8 the others that Python calls blank may be parts of letters."""
_OVERWRITTEN: Final = re.compile(r"[^\x00-\x20\x7f!-/:-@\[-^`{-~]")
"""What `redaction` overwrites: all but controls, blanks and the marks of ASCII."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_UTF8_BLANKS: Final = re.compile("\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xaf]|\xe2\x81\x9f|\xe3\x80\x80")
"""Bytes of the blanks beyond ASCII: the one that does not break (U+00A0), narrow ones, that of Chinese texts."""
_BLANK_BYTE: Final = re.compile("\xa0")
"""The blank that does not break, in all character sets of one byte."""
_BEHIND_CODE: Final = re.compile(rf"(?<=\.R/[A-Z]{{4}})[\x80-\xff]{{1,3}}(?= *(?:[A-Z0-9]{{2}} +)?{_ACTION_CODE}\d)")
"""One character between a service and its action code, where a blank should be: a dash, a hyphen that does not show."""
COUNTED: Final = re.compile(r"\d{1,3}(?=[^\W\d])")
_STRAY: Final = re.compile(rf"{COUNTED.pattern}|.*?[^\W\d]/[^\W\d]|\.[A-Z]{{1,2}}\d?/")
"""A line that may name somebody: it has a number before letters, letters around a slash, or is an element."""
_STRAY_ITEM: Final = re.compile(rf"{COUNTED.pattern}[^\d./]*/")
_LETTERED: Final = r"[^\W\d_]+"
_UNCOUNTED: Final = re.compile(
    rf"(?=[^\W\d_]{{2}}|.['’]){_LETTERED}(?:[ '’-]{_LETTERED}){{0,3}}/{_LETTERED}(?:[ '’/-]{_LETTERED}){{0,9}}"
)
"""A name item without its number: a few words around a slash."""
_DOCUMENT: Final = re.compile(r" *\d{0,2}(?:DOC[SOA]|PSPT)")
_SLASHES_OF_DOCS: Final = 9
"""Of a DOCS that has both names; before them it may be folded."""
_FOLDED: Final = 60
"""A line of so many characters may go on in the next: telegraph lines hold 64 to 69."""


Span = tuple[int, int, str]
"""Start and end of what is not stored, and the code of the removal."""


class Element:
    """One element, with what follows the letters of its kind as bytes (`raw`).

    `kind` is `ADDRESS`, `SENDER`, `TYPE`, `FLIGHT`, `ABOUT`, `TOTAL`, `SECTION`, `NAME`, `END`, `BLANK`, `UNKNOWN`,
    `AROUND` (`ASTRAY` where it may name somebody), or the one or two letters between dot and slash (`R`, `L`).
    """

    __slots__ = ("_pieces", "at", "kind", "length", "raw")

    def __init__(self, kind: str, raw: str, at: int, length: int, raw_at: int) -> None:
        self.kind, self.raw, self.at, self.length = kind, raw, at, length
        self._pieces = [(0, raw_at)]

    @property
    def text(self) -> str:
        return lines.value(self.raw)

    def absorb(self, other: "Element") -> None:
        """Goes on with a `.RN/` element or with the rest of a folded line."""
        self._pieces += [(start + len(self.raw), offset) for start, offset in other._pieces]
        self.raw += other.raw
        self.length += other.length

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters of `raw` from `start` up to `end` are in the input, with what stands between them."""
        return self._offset(start), self._offset(end - 1) + 1

    def _offset(self, at: int) -> int:
        begin, offset = next(piece for piece in reversed(self._pieces) if piece[0] <= at)
        return offset + at - begin

    def remove(self, findings: Findings, code: str, since: int = 0, until: int | None = None) -> bool:
        """Has the raw text between two places blanked in what is stored. False when it says nothing, or was blanked."""
        until = len(self.raw) if until is None else until
        ends = [start for start, _ in self._pieces[1:]] + [len(self.raw)]
        if not any(map(str.isalnum, self.raw[since:until])):
            return False
        for (start, offset), end in zip(self._pieces, ends, strict=True):
            findings.remove(offset + max(start, since) - start, offset + min(end, until) - start, code)
        return True

    def cleaned(self, findings: Findings, find: Callable[[str], list[Span]]) -> tuple[str, int]:
        """The text, with filler in place of what `find` finds in it, which is removed; and the number of removals.

        Offsets in the text are those of `raw` as far as that is ASCII.
        """
        spelled, places = lines.spelled(self.raw)
        text = _CONTROL.sub(" ", spelled)
        found = find(text)
        number = sum(self.remove(findings, code, places[start], places[end]) for start, end, code in found)
        for start, end, _ in found:
            text = text[:start] + _OVERWRITTEN.sub("_", text[start:end]) + text[end:]
        return text, number


def spans(text: str) -> list[tuple[int, int]]:
    """Where messages begin and end: each with the address lines before it, and all that follows up to the next."""
    starts: list[int] = []
    for found in _TYPE_LINE.finditer(text):
        starts.append(_heading(text, found.start(), starts[-1] if starts else 0))
    if not starts:
        return []
    starts[0] = 0
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _heading(text: str, at: int, least: int) -> int:
    """Begin of the address lines that stand directly before the line at `at`."""
    while at > least:
        end = at - 2 if text[at - 2 : at] == "\r\n" else at - 1
        begin = max(text.rfind("\n", least, end) + 1, text.rfind("\r", least, end) + 1, least)
        line = lines.value(text[begin:at])
        if line and not SENDER.match(line) and not ADDRESSES.match(line):
            break
        at = begin
    return at


def elements(text: str, start: int, stop: int) -> Iterator[Element]:
    """The elements of one message; their lengths add up to it."""
    last: Element | None = None
    width, state = 0, "BEFORE"
    for line in lines.lines(text, start, stop):
        new, state = _line(line._replace(text=_blanked(line.text)), state)
        for element in new:
            if last is not None and _goes_on(last, element, width if element is new[0] else 0):
                last.absorb(element)
                continue
            if last is not None and element is new[0] and _is_uncounted(last, element):
                element.kind = "NAME"
            if last is not None:
                yield last
            last = element
        width = len(line.text)
    if last is not None:
        yield last


def _blanked(text: str) -> str:
    """A line with plain blanks for all others: by them it is told where a code ends, and what is not stored."""
    if text.isascii():
        return text
    try:
        text.encode("latin-1").decode()
        blanks = _UTF8_BLANKS
    except UnicodeDecodeError:
        blanks = _BLANK_BYTE
    for pattern in (blanks, _BEHIND_CODE):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def _goes_on(last: Element, element: Element, width: int) -> bool:
    """True for an element that belongs to the one before: continued by its letters, folded, or a line without text."""
    if element.kind == "BLANK":
        return True
    if len(last.raw) > LONGEST:
        return False
    if len(element.kind) == 2 and element.kind[1] == "N":
        return last.kind == element.kind[0]
    if last.kind == "R" and element.kind in ("UNKNOWN", "NAME") and _is_inside(last.raw, element.raw):
        return True
    if element.kind == "UNKNOWN" and width and last.kind == "NAME" and _lacks_names(last.raw, element.raw):
        return True
    return element.kind == "UNKNOWN" and width >= _FOLDED and last.kind in ("NAME", *_LETTERS)


def _lacks_names(item: str, line: str) -> bool:
    """A name item stops at a slash and announces more persons than it names."""
    counted = _NAME.match(item)
    if counted is None or not (item.endswith("/") or line.startswith("/")):
        return False
    return sum(bool(part.strip()) for part in item.split("/")[1:]) < int(counted[0])


def _is_uncounted(last: Element, element: Element) -> bool:
    """A line that is a name item without its number, behind something that does not go on in letters."""
    if element.kind != "UNKNOWN" or not _UNCOUNTED.fullmatch(element.text):
        return False
    if last.kind != "R":
        return last.kind in ("NAME", "TOTAL", "SECTION", *_LETTERS)
    # What is removed behind a service ends in filler when it is read again.
    if last.raw.endswith("_"):
        return True
    if _DOCUMENT.match(last.raw):
        return last.raw.count("/") >= _SLASHES_OF_DOCS and last.raw[-1:].isalpha()
    return last.raw[-1:].isdigit()


def _is_inside(service: str, line: str) -> bool:
    """Whether a line goes on with a service, whatever its width: with a date, or with a DOCS up to its birth date."""
    if _DATE.match(line):
        return True
    return _TO_BIRTH.match(service) is None and _TO_BIRTH.match(service + line) is not None


def _line(line: Line, state: str) -> tuple[list[Element], str]:
    """What a line holds, and where in the message the next one is: before the type line, in the flight's lines, ..."""
    text = lines.value(line.text)
    kind = _whole(text, state)
    if kind is not None:
        return [Element(kind, line.text, line.at, line.length, line.at)], _AFTER.get(kind, state)
    return _parts(line), "INSIDE"


_AFTER: Final = {"TYPE": "FLIGHT", "FLIGHT": "ABOUT", "TOTAL": "INSIDE", "SECTION": "INSIDE", "END": "BEHIND"}


def _whole(text: str, state: str) -> str | None:
    """Kind of a line that is one element; None for names and what belongs to them."""
    if not text:
        return "BLANK"
    if state == "BEFORE":
        return _before(text)
    if state == "FLIGHT" and FLIGHT.match(text):
        return "FLIGHT"
    for kind, shape in (("END", END), ("TOTAL", TOTAL)):
        if shape.match(text):
            return kind
    if text in SECTIONS:
        return "SECTION"
    if state == "BEHIND":
        return None if _NAME_ITEM.match(text) else "ASTRAY" if _STRAY.match(text) else "AROUND"
    return "ABOUT" if state == "ABOUT" and _ABOUT_FLIGHT.match(text) else None


def _before(text: str) -> str:
    if text in ("PNL", "ADL"):
        return "TYPE"
    if SENDER.match(text):
        return "SENDER"
    if ADDRESSES.match(text):
        return "ADDRESS"
    return "ASTRAY" if _STRAY_ITEM.match(text) else "AROUND"


def _parts(line: Line) -> list[Element]:
    """Names and the dotted elements behind them. The line end belongs to the last."""
    text = line.text
    dotted = sorted({found.end() for split in (_SPLIT_DOTTED, _SPLIT_GLUED) for found in split.finditer(text)})
    first = dotted[0] if dotted else len(text)
    names = [] if text.lstrip().startswith(".") else [found.end() for found in _SPLIT_NAMES.finditer(text, 0, first)]
    found: list[Element] = []
    for begin, end in pairwise([0, *names, *dotted, len(text)]):
        glued = _glued(text[begin:end]) if begin < first else []
        starts = [(begin, ""), *((begin + at, kind) for at, kind in glued), (end, "")]
        for (start, kind), (until, _) in pairwise(starts):
            length = line.length - start if until == len(text) else until - start
            found.append(_element(text[start:until], kind, line.at + start, length))
    return found


def _glued(name: str) -> list[tuple[int, str]]:
    """Where in the text of a name item elements begin that are not set apart from it, and the kind of those.

    `.R/` and `.L/` may be initials (`2EWING/J.R/SUE`): they are a remark when a service stands behind, or when all
    persons that the item announces stand before.
    """
    counted = _NAME.match(name.lstrip("\x01\x02 \t"))
    if counted is None:
        return []
    return [
        (found.start(), found["id"] or "R")
        for found in _IN_NAME.finditer(name, 0, LONGEST)
        if found["bare"]
        or found["apart"]
        or (_LOCATOR.match(found["code"]) if found["id"] == "L" else found["code"] in sensitive.services())
        or (found["id"] == "R" and name.count("/", 0, found.start()) >= int(counted[0]))
    ]


def _element(raw: str, kind: str, at: int, length: int) -> Element:
    """`kind` where it is known; else the text says it."""
    blanks = len(raw) - len(raw.lstrip("\x01\x02 \t"))
    own, skip = _kind(raw[blanks:])
    if kind and own != kind:
        begin = _BEFORE_CODE.match(raw)
        kind, skip, blanks = kind, begin.end() if begin else 0, 0
    else:
        kind = own
    return Element(kind, raw[blanks + skip :].rstrip(_BLANKS), at + blanks, length, at + blanks + skip)


def _kind(text: str) -> tuple[str, int]:
    """Kind of an element, and the length of what says so."""
    dotted = _DOTTED.match(text)
    if dotted:
        return dotted["id"], dotted.end()
    if text.strip() in SECTIONS:
        return "SECTION", 0
    return ("NAME", 0) if _NAME.match(text) else ("UNKNOWN", 0)
