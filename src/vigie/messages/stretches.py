"""Inputs in lines, cut for people who look at them: tables, name lists, interactive lines, machine readable zones.

What stands where is asked of the readers; nothing is understood here a second time.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from vigie.config import LIMITS
from vigie.messages import app_lines
from vigie.messages.lines import lines
from vigie.messages.manifest import rows, table
from vigie.messages.manifest.rows import Row
from vigie.messages.manifest.table import Cell, Column
from vigie.messages.mrz import reader as mrz_reader
from vigie.messages.pnl import elements
from vigie.messages.pnl.elements import Element
from vigie.records import MessageType


class Value(NamedTuple):
    """What stands between two offsets in bytes of the input."""

    start: int
    end: int
    name: str = ""
    meaning: str = ""
    is_tag: bool = False
    unknown: bool = False
    """A heading that is not known."""
    text: str | None = None
    """What it says, where that is not just its bytes."""


class Stretch(NamedTuple):
    """A row, an element, a group of fields, a line: up to `end`, from where the one before ended.

    `values` are in order and do not overlap; what stands between them only separates.
    """

    end: int
    name: str = ""
    values: tuple[Value, ...] = ()
    traveller: int = 0
    """Which of the input's travellers it is about, from 1; 0 when it is about none, or about several."""
    level: int = 0


def stretches(data: bytes, kind: MessageType | None) -> Iterator[Stretch]:
    """The input from its first byte, as far as its kind tells more than its line ends do; the rest is line by line."""
    at = 0
    cut = _CUT.get(kind) if kind is not None else None
    for stretch in cut(data) if cut is not None else ():
        if stretch.end > at:
            yield stretch
            at = stretch.end
    text = data.decode("latin-1")
    for line in lines(text, at):
        yield Stretch(line.at + line.length)


# -- manifests

_COLUMNS: Final = {
    "mode": "mode of transport",
    "number": "number of the conveyance's journey",
    "ship": "conveyance's name",
    "identity": "registration of the conveyance",
    "from": "origin",
    "to": "destination",
    "departs": "departure date",
    "departs_time": "departure time",
    "arrives": "arrival date",
    "arrives_time": "arrival time",
    "row": "number of the row",
    "given_names": "given name",
    "middle_names": "further given name",
    "birth_date": "date of birth",
    "birth": "date and place of birth",
    "document_type": "document code",
    "identity_document": "kind and number of the document",
    "document_issuer": "issuing State",
    "document_expires": "expiry",
    "document_issued": "date of issue",
    "document_issue_place": "place of issue",
    "residence": "country of residence",
    "birth_place": "place of birth",
    "birth_country": "country of birth",
    "embarks": "place of embarkation",
    "disembarks": "place of disembarkation",
    "bags": "number of checked bags",
    "bag_weight": "weight of checked bags",
    "reference": "carrier's passenger reference",
    "ticket": "ticket number",
}
"""Names of columns whose field in columns.tsv does not say it by itself."""
_REMOVED: Final = "not to be kept"
_ROWS: Final[dict[rows.Kind, str]] = {
    "heading": "heading",
    "person": "traveller",
    "voyage": "about the journey",
    "title": "title of the list",
    "footer": "total",
    "around": "not part of the list",
}
_WORDS: Final = {"M": "male", "F": "female", "X": "unspecified", "U": "unknown", "yes": "yes", "no": "no"}
"""Values of words.tsv that are no words."""
_YES_OR_NO: Final = frozenset(["in_transit"])


def _manifest(data: bytes) -> Iterator[Stretch]:
    text = table.decoded(data)
    separator = table.layout(text)
    at, cells, travellers = text.begin, 0, 0
    for row in rows.read_rows(text, separator) if separator is not None else ():
        cells += len(row.cells)
        if cells > LIMITS.segments:
            return
        at += row.length
        travellers += row.kind == "person"
        number = travellers if row.kind == "person" else 0
        yield Stretch(at, _ROWS.get(row.kind, ""), tuple(_cells(row)), number)


def _cells(row: Row) -> Iterator[Value]:
    """The cells that hold something, named by their column or, above the table, by the cell before."""
    told = {pair.cell.at: pair for pair in row.pairs}
    for at, cell in enumerate(row.cells):
        if not cell.content:
            continue
        value = Value(cell.at, cell.at + cell.content, text=cell.value)
        column = row.columns[at] if at < len(row.columns) else None
        if row.kind == "heading":
            yield value._replace(meaning=_name(column), unknown=column is None and bool(cell.value))
        elif cell.at in told:
            pair = told[cell.at]
            yield value._replace(name=_name(pair.column), text=pair.cell.value)
        elif row.kind == "person" and column is not None and column.kind != "remove":
            yield value._replace(name=_name(column), meaning=_meaning(column, cell))
        else:
            yield value._replace(is_tag=row.kind in ("voyage", "title", "footer"))


def _name(column: Column | None) -> str:
    if column is None:
        return ""
    return _REMOVED if column.kind == "remove" else column_name(column.field)


def column_name(field: str) -> str:
    """What a field of columns.tsv is called."""
    return _COLUMNS.get(field, field.replace("_", " "))


def _meaning(column: Column, cell: Cell) -> str:
    """What a word of words.tsv stands for, unless it is that word."""
    found = table.meaning("yes" if column.field in _YES_OR_NO else column.field, cell.value)
    said = _WORDS.get(found, found) if found is not None else ""
    return said if said.lower() != cell.value.lower() else ""


# -- interactive lines

_GROUPS: Final = {
    "": "message header",
    "INT": "flight",
    "INM": "flight",
    "MRQ": "message action",
    "ERR": "error",
    "PRQ": "traveller",
    "PCX": "traveller",
    "PRS": "answer",
}
_PERSONS: Final = frozenset(["PRQ", "PCX", "PRS"])
_CODES: Final = {
    ("capacity", "P"): "passenger",
    ("capacity", "C"): "crew",
    ("sex", "M"): "male",
    ("sex", "F"): "female",
    ("in transit", "Y"): "yes",
    ("in transit", "N"): "no",
}
"""What the letters of a field mean, here and in zones."""


def _app(data: bytes) -> Iterator[Stretch]:
    text = data.decode("latin-1")
    at = travellers = 0
    for part in app_lines.parts(data):
        for line in lines(text, at, part.at):
            yield Stretch(line.at + line.length)
        at = part.end
        line_end = _LINE_END.match(text, at)
        at = line_end.end() if line_end else at
        is_person = part.tag in _PERSONS
        travellers += is_person
        tag = tuple(_tag(part, text))
        fields = tuple(
            Value(start, end, name, _CODES.get((name, text[start:end].strip()), ""))
            for start, end, name in part.fields
            if end > start
        )
        name, level = _GROUPS.get(part.tag, ""), 1 if part.tag else 0
        yield Stretch(at, name, tag + fields, travellers if is_person else 0, level)


def _tag(part: app_lines.Part, text: str) -> Iterator[Value]:
    """The tag of a group and the number behind it."""
    if part.tag:
        behind = part.at + len(part.tag)
        yield Value(part.at, behind, is_tag=True)
        count = _COUNT.match(text, behind)
        if count is not None:
            yield Value(*count.span(1), "number of fields")


_COUNT: Final = re.compile(r"/(\d{1,3})")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


# -- name lists

_ELEMENTS: Final = {
    "ADDRESS": "recipient",
    "SENDER": "sender",
    "TYPE": "message type",
    "FLIGHT": "flight",
    "ABOUT": "about the aircraft",
    "TOTAL": "control total",
    "SECTION": "what changed",
    "NAME": "names of travellers",
    "END": "message trailer",
    "AROUND": "not part of the list",
    "R": "special service or remark",
    "L": "record locator",
    "I": "flight before this one",
    "O": "onward flight",
    "M": "flight as sold",
    "C": "name of a group",
}
_SHAPES: Final = {
    "FLIGHT": elements.FLIGHT,
    "TOTAL": elements.TOTAL,
    "SENDER": elements.SENDER,
    "NAME": re.compile(r"(?P<count>\d{1,3})(?P<names>.+)", re.DOTALL),
    "R": re.compile(r"(?P<service>[A-Z]{4})\b(?:\s*(?P<rest>.+))?", re.DOTALL),
}
_PLACES: Final = {
    "carrier": "carrier",
    "number": "flight number",
    "day": "day",
    "month": "month",
    "year": "year",
    "origin": "origin",
    "part": "number of the part",
    "place": "destination",
    "count": "number of travellers",
    "class": "booking class",
    "address": "address",
    "time": "date and time",
    "names": "family name and given names",
    "service": "service",
    "rest": "",
}


def _pnl(data: bytes) -> Iterator[Stretch]:
    text = data.decode("latin-1")
    at = 0
    inside = False
    for start, stop in elements.spans(text):
        for element in elements.elements(text, start, stop):
            at += element.length
            inside = element.kind == "NAME" or (inside and _belongs(element))
            level = 1 if inside and element.kind != "NAME" else 0
            yield Stretch(at, _ELEMENTS.get(element.kind, ""), tuple(_of_element(element)), 0, level)


def _belongs(element: Element) -> bool:
    return len(element.kind) <= 2 or element.kind == "UNKNOWN"


def _of_element(element: Element) -> Iterator[Value]:
    """The letters of its kind, then what it says: in pieces where its shape tells them."""
    raw = element.raw
    first = element.place(0, 1)[0]
    if element.at < first:
        yield Value(element.at, first, is_tag=True)
    shape = _SHAPES.get(element.kind)
    begin = len(raw) - len(raw.lstrip("\x01\x02 \t"))
    content = raw.strip("\x01\x02 \t\r\n")
    found = shape.match(content) if shape is not None else None
    if found is None:
        if content:
            yield Value(*element.place(begin, begin + len(content)), is_tag=element.kind in ("TYPE", "SECTION", "END"))
        return
    for group, (start, end) in sorted(_groups(found), key=lambda pair: pair[1]):
        yield Value(*element.place(begin + start, begin + end), _PLACES[group])


def _groups(found: re.Match[str]) -> list[tuple[str, tuple[int, int]]]:
    spans = [(group, found.span(group)) for group in found.re.groupindex]
    return [(group, span) for group, span in spans if span[1] > span[0] >= 0]


# -- machine readable zones

_ZONE_LINES: Final = ("first line of the zone", "second line of the zone", "third line of the zone")
_ZONE_FIELDS: Final = {
    "issuing_state": "issuing State",
    "birth_date": "date of birth",
    "expiry_date": "expiry",
    "optional1": "optional data",
    "optional2": "optional data",
    "surname": "family name",
    "given_names": "given name",
    "name": "family name and given names",
}
_CHECKS: Final = {
    "document_number": "check digit of the document number",
    "birth_date": "check digit of the date of birth",
    "expiry_date": "check digit of the expiry",
    "personal_number": "check digit of the optional data",
    "composite": "check digit of the whole zone",
}
_STATES: Final = {"ok": "correct", "bad": "wrong", "empty": "not used"}


def _mrz(data: bytes) -> Iterator[Stretch]:
    text = data.decode("latin-1")
    waiting = iter(mrz_reader.parts(data))
    part = next(waiting, None)
    for line in lines(text):
        found = []
        behind = line.at + len(line.text.rstrip(" \t"))
        while part is not None and part.at < line.at + line.length:
            found.append(part)
            part = next(waiting, None)
        name = _ZONE_LINES[found[0].line - 1] if found else ""
        yield Stretch(line.at + line.length, name, tuple(_of_zone(found, behind, text)))


def _of_zone(parts: list[mrz_reader.Part], behind: int, text: str) -> Iterator[Value]:
    """The fields of one line of text, which may hold several of a zone. `behind` is the end of its last character."""
    following = [*(part.at for part in parts[1:]), behind]
    for part, start in zip(parts, following, strict=False):
        end = min(start, behind if part.end is None else part.end)
        if end <= part.at:
            continue
        if part.state is not None:
            yield Value(part.at, end, _CHECKS[part.field], _STATES[part.state])
        else:
            name = _ZONE_FIELDS.get(part.field, part.field.replace("_", " "))
            yield Value(part.at, end, name, _CODES.get((name, text[part.at : end]), ""))


_CUT: Final[dict[MessageType, Callable[[bytes], Iterator[Stretch]]]] = {
    "MANIFEST": _manifest,
    "APP": _app,
    "PNL": _pnl,
    "MRZ": _mrz,
}
"""Where a further type of message in lines is cut for people."""
