"""Carriers' habits: codes that a sender uses for others. The table is dialects.tsv; a new habit is a row there."""

import functools
from importlib import resources
from typing import Final

from vigie.messages.edifact.grammar import Segment

_ANYBODY: Final = "*"
Rows = dict[str, dict[tuple[int, int], dict[str, str]]]
"""By tag, then by element and component: what is sent and what it is read as."""


class Dialect:
    """What holds for one sender's messages of one type."""

    def __init__(self, rows: Rows, own: bool) -> None:
        self._rows = rows
        self.tags = frozenset(rows)
        """Segments that may have to be looked at."""
        self.own = own
        """True when rows name this sender: then no code means what it means elsewhere without a look here."""

    def read(self, segment: Segment) -> Segment:
        """The segment with its codes as others write them; the same object when there is nothing to change."""
        places = self._rows.get(segment.tag)
        if places is None:
            return segment
        changed = segment
        for (element, component), codes in places.items():
            code = codes.get(segment.value(element, component).upper())
            if code is not None:
                elements = [list(components) for components in changed.elements]
                elements[element][component] = code
                changed = changed._replace(elements=elements)
        return changed


@functools.lru_cache(maxsize=1024)
def dialect(sender: str, kind: str) -> Dialect:
    """Of a sender (UNB 0004 as sent) and a type of message. What names the sender stands above what holds for all."""
    rows: Rows = {}
    own = False
    for who in (_ANYBODY, sender.strip().upper()):
        for tag, element, component, sent, read_as in _table().get((who, kind), ()):
            rows.setdefault(tag, {}).setdefault((element, component), {})[sent] = read_as
            own = own or who != _ANYBODY
    return Dialect(rows, own)


@functools.cache
def _table() -> dict[tuple[str, str], list[tuple[str, int, int, str, str]]]:
    text = resources.files("vigie.messages.edifact").joinpath("dialects.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    found: dict[tuple[str, str], list[tuple[str, int, int, str, str]]] = {}
    for sender, kind, tag, place, sent, read_as, _ in lines[1:]:
        element, component = place.split(".")
        row = (tag, int(element), int(component) - 1, sent, read_as)
        found.setdefault((sender, kind), []).append(row)
    return found
