"""What the segments of PAXLST, CUSRES and PNRGOV are called, what stands where in them, and what their codes mean.

Two tables beside this file hold it: segments.tsv (names and shapes) and segment_codes.tsv (codes). Both are in
English, in this project's words. Places in a segment are those of `grammar.Segment`: element 0 is the tag, component
0 the first.

`kind` is a type of message: `PAXLST`, `CUSRES`, `PNRGOV`, or `US` for the old American PAXLST. Of any other, and
without one, all directories are looked through.
"""

import csv
import functools
from importlib import resources
from operator import gt
from typing import Final

from vigie.messages import redaction
from vigie.messages.edifact import grammar
from vigie.messages.edifact.grammar import Segment
from vigie.messages.edifact.service import STANDARD, Service

_DIRECTORIES: Final = {
    "PAXLST": ("service", "UN"),
    "CUSRES": ("service", "UN"),
    "PNRGOV": ("service", "IATA"),
    "US": ("service", "US", "UN"),
}
"""Where the segments of a kind are looked for, in this order. An American message may hold segments of the UN's."""
_ALL: Final = ("service", "UN", "IATA", "US")

Shape = tuple[int, ...]

_FILLER_AND_BLANKS: Final = " \t" + redaction.FILLER.decode()
"""What was overwritten before storage says nothing any more."""


def kind_of(header: Segment) -> str:
    """The kind of message that a UNH begins."""
    given = header.value(2).upper()
    return "US" if given == "PAXLST" and header.value(2, 1).isdigit() else given


def name(tag: str, kind: str | None = None) -> str:
    """What a segment is called; empty when messages of this kind do not have it."""
    found = _segments(kind).get(tag)
    return found.name if found else ""


def element(tag: str, element: int, component: int = 0, kind: str | None = None) -> str:
    """What a component is called, or an element that has none; empty when it is not known."""
    found = _segments(kind).get(tag)
    return found.places.get((element, component), "") if found else ""


def code(tag: str, element: int, component: int, value: str) -> str:
    """What a code means where it stands; empty when it is not known, or no codes are known there."""
    return _codes().get((tag, element, component), {}).get(value.strip().upper(), "")


def shape(tag: str, kind: str | None = None) -> Shape | None:
    """How many components each element may have at most, the tag first; None for a segment that is not known."""
    found = _segments(kind).get(tag)
    return found.shape if found else None


@functools.cache
def shapes(kind: str | None = None) -> dict[str, Shape]:
    """`shape` of all segments, by tag, for those who ask for every segment of a message."""
    return {tag: known.shape for tag, known in _segments(kind).items()}


def surplus(segment: Segment, kind: str | None = None, service: Service = STANDARD) -> int:
    """Bytes of elements and components, not empty, that the segment's directory does not have.

    0 for a segment that messages of this kind do not have at all: it is unknown as a whole. `service` decides the
    number where release characters, line ends or letters outside ASCII stand in the segment.
    """
    found = _segments(kind).get(segment.tag)
    if found is None:
        return 0
    elements = segment.elements
    if len(elements) <= len(found.shape) and not any(map(gt, map(len, elements), found.shape)):
        return 0
    places = beyond(segment, kind)
    sizes = _sizes(segment, service) if places else []
    return sum(sizes[element][component] for element, component in places)


def beyond(segment: Segment, kind: str | None = None) -> list[tuple[int, int]]:
    """Element and component of what `surplus` counts."""
    most = shape(segment.tag, kind)
    if most is None:
        return []
    return [
        (place, component)
        for place, components in enumerate(segment.elements)
        for component in range(most[place] if place < len(most) else 0, len(components))
        if components[component].strip(_FILLER_AND_BLANKS)
    ]


def _sizes(segment: Segment, service: Service) -> list[list[int]]:
    """Bytes as received of every component. Most segments are written as they read, and need no second look."""
    plain = [[len(value) for value in components] for components in segment.elements]
    size = sum(map(sum, plain)) + sum(map(len, plain)) - 1
    if segment.raw.isascii() and size == len(segment.raw) and not segment.folds:
        return plain
    exact = [[end - start for start, end in components] for components in grammar.spans(segment, service)]
    return exact if list(map(len, exact)) == list(map(len, plain)) else plain


# -- the tables -------------------------------------------------------------------------------------------------


class _Known:
    """A segment of one directory."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shape: Shape = (1,)
        self.places: dict[tuple[int, int], str] = {}

    def add(self, position: str, times: int, name: str) -> None:
        """An element, which stands for all its repetitions, or a component of the element added last."""
        element, component = _position(position)
        if component is None:
            self.shape += (1,) * times
            self.places |= {(place, 0): name for place in range(element, element + times)}
            return
        repeated = range(element, len(self.shape))
        self.shape = (*self.shape[:element], *[component + times] * len(repeated))
        self.places |= {(place, at): name for place in repeated for at in range(component, component + times)}


def _position(text: str) -> tuple[int, int | None]:
    """`2.1` is the first component of element 2, `2` the element as a whole."""
    element, _, component = text.partition(".")
    return int(element), int(component) - 1 if component else None


def _rows(file: str) -> list[dict[str, str]]:
    text = resources.files("vigie.messages.edifact").joinpath(file).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@functools.cache
def _known() -> dict[tuple[str, str], _Known]:
    """All segments by directory and tag."""
    found: dict[tuple[str, str], _Known] = {}
    for row in _rows("segments.tsv"):
        key = (row["directory"], row["tag"])
        if row["position"]:
            found[key].add(row["position"], int(row["times"] or 1), row["name"])
        else:
            found[key] = _Known(row["name"])
    return found


@functools.cache
def _of_directories(directories: tuple[str, ...]) -> dict[str, _Known]:
    found: dict[str, _Known] = {}
    for directory in reversed(directories):
        found |= {tag: known for (of, tag), known in _known().items() if of == directory}
    return found


def _segments(kind: str | None) -> dict[str, _Known]:
    """The segments that messages of a kind have, by tag."""
    return _of_directories(_DIRECTORIES.get(kind or "", _ALL))


@functools.cache
def _codes() -> dict[tuple[str, int, int], dict[str, str]]:
    """Meanings of codes by place."""
    found: dict[tuple[str, int, int], dict[str, str]] = {}
    for row in _rows("segment_codes.tsv"):
        element, component = _position(row["position"])
        found.setdefault((row["tag"], element, component or 0), {})[row["code"]] = row["meaning"]
    return found
