"""Which bytes of a PNRGOV segment are not stored: what `vigie.messages.sensitive` decides, found in the segment."""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from vigie.messages import sensitive
from vigie.messages.edifact.grammar import Segment
from vigie.messages.edifact.service import Service as Marks
from vigie.messages.findings import Findings
from vigie.messages.sensitive import CARD, FREE_TEXT, SERVICE, Kept

_SAYS: Final = "parts that must not be stored: special services, free text, card data. They are in no record"
_LEAST_CARD: Final = 12
"""Digits of the shortest payment card number (ISO/IEC 7812-1)."""
_SHOWN_OF_CARD: Final = 4
_AMOUNT: Final = re.compile(r"\d{1,15}\.\d{1,4}")


Finder = Callable[[str], list[Kept]]
"""Finds what of a text may be kept. Offsets count in the text."""


class _Component(NamedTuple):
    """Text of a component, one character for each byte, and where each stands in the segment's `raw`."""

    text: str
    places: Sequence[int]


class Removals:
    """Collects what one message must not leave behind. What was removed before, and is filler now, is not counted."""

    def __init__(self, marks: Marks, findings: Findings) -> None:
        self.marks, self._findings = marks, findings
        self._split: tuple[Segment | None, list[list[_Component]]] = (None, [])
        """The components of the segment looked at last."""

    def service(self, segment: Segment) -> None:
        """A whole special service: its code alone says too much. One of filler alone was removed before."""
        start = segment.raw.find(self.marks.element) + 1 or len(segment.tag)
        if not sensitive.says_nothing(segment.raw[start:]):
            self._remove(segment, start, len(segment.raw), SERVICE)

    def text(self, segment: Segment, element: int, component: int, find: Finder = sensitive.recognised) -> list[Kept]:
        """What of a text `find` knows, which may be kept; the rest is removed."""
        value = segment.elements[element][component]
        kept = find(value)
        if sensitive.removed(value, kept):
            whole = self._component(segment, element, component)
            for start, end in sensitive.removed(whole.text, find(whole.text)):
                self._remove_part(segment, whole, start, end, FREE_TEXT)
        return kept

    def texts(self, segment: Segment, element: int, component: int = 0) -> None:
        """All components from one on, which are of no use whatever they say."""
        for at in range(element, len(segment.elements)):
            for index in range(component if at == element else 0, len(segment.elements[at])):
                self.part(segment, at, index)

    def part(
        self,
        segment: Segment,
        element: int,
        component: int,
        start: int = 0,
        end: int | None = None,
        code: str = FREE_TEXT,
    ) -> None:
        """A stretch of a component, which is all of it unless told."""
        if sensitive.says_nothing(segment.elements[element][component][start:end]):
            return
        self._remove_part(segment, self._component(segment, element, component), start, end, code)

    def spans(self, segment: Segment, element: int, first: int, spans: list[tuple[int, int]]) -> None:
        """Stretches of the components from `first` on, as they are when joined by the mark between them."""
        at = 0
        for component in range(first, len(segment.elements[element])):
            value = segment.elements[element][component]
            for start, end in spans:
                begin, stop = max(start - at, 0), min(end - at, len(value))
                if begin < stop:
                    whole = self._component(segment, element, component)
                    begin, stop = (_in_bytes(value, place, whole) for place in (begin, stop))
                    self._remove_part(segment, whole, begin, stop, FREE_TEXT)
            at += len(value) + len(self.marks.component)

    def card(self, segment: Segment, element: int) -> None:
        """Number and further data of a payment card in a form of payment; the last four digits may stay."""
        for index, value in enumerate(segment.elements[element]):
            digits = sum(map(str.isdigit, value))
            if digits >= _LEAST_CARD and not _AMOUNT.fullmatch(value):
                self.part(segment, element, index, 0, -_SHOWN_OF_CARD, CARD)
            elif index > 4:
                self.part(segment, element, index, code=CARD)

    def _remove_part(self, segment: Segment, whole: _Component, start: int, end: int | None, code: str) -> None:
        places = whole.places[max(start, 0) : end]
        if places:
            self._remove(segment, places[0], places[-1] + 1, code)

    def _remove(self, segment: Segment, start: int, end: int, code: str) -> None:
        self._findings.count("SENSITIVE_REMOVED", None, segment.at, _SAYS)
        self._findings.remove(segment.position(start), segment.position(end - 1) + 1, code)

    def _component(self, segment: Segment, element: int, component: int) -> _Component:
        if self._split[0] is not segment:
            self._split = (segment, self._components(segment.raw))
        return self._split[1][element][component]

    def _components(self, raw: str) -> list[list[_Component]]:
        """All components, in the shape of `Segment.elements`."""
        marks = self.marks
        if not marks.release or marks.release not in raw:
            return self._plain_components(raw)
        elements: list[list[_Component]] = [[]]
        letters: list[str] = []
        places: list[int] = []
        at = 0
        while at < len(raw):
            mark = raw[at]
            if mark in (marks.element, marks.component):
                elements[-1].append(_Component("".join(letters), places))
                letters, places = [], []
                if mark == marks.element:
                    elements.append([])
            else:
                at += mark == marks.release and at + 1 < len(raw)
                letters.append(raw[at])
                places.append(at)
            at += 1
        elements[-1].append(_Component("".join(letters), places))
        return elements

    def _plain_components(self, raw: str) -> list[list[_Component]]:
        """As `_components`, where every character stands for itself."""
        elements, at = [], 0
        for element in raw.split(self.marks.element):
            components = []
            for text in element.split(self.marks.component):
                components.append(_Component(text, range(at, at + len(text))))
                at += len(text) + 1
            elements.append(components)
        return elements


def _in_bytes(value: str, place: int, whole: _Component) -> int:
    """The place in a component's bytes of one in its text: letters outside ASCII may have several."""
    if value.isascii() or len(value) == len(whole.text):
        return place
    return len(value[:place].encode())
