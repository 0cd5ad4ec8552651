"""The history of a booking: what was added and removed, when and by whom (PNRGOV groups 10 to 12, and LTS).

History is text of the airline's host as often as it is structure. An entry becomes a `Change` only when its content
belongs to one of the 19 elements and is understood; other text is removed as any free text is.
"""

import re
from typing import Final

from vigie.messages import sensitive
from vigie.messages.edifact.grammar import Segment
from vigie.messages.fields import shapes, ssr_docs
from vigie.messages.fields.shapes import Shape
from vigie.messages.pnr.contacts import contact
from vigie.messages.sensitive import Kept
from vigie.records import Change

_ACTIONS: Final = {"A": "added", "X": "removed"}
_UNTOLD: Final = "changed"
"""Where no SAC says what was done."""
_OFFICE: Final = re.compile(r"[A-Z0-9]{1,9}")
_SOURCES: Final[dict[tuple[int, int], Shape]] = {(2, 0): shapes.office, (2, 1): shapes.office, (3, 1): shapes.place}
"""Places of ABI that hold more than a code."""
_LINE: Final = re.compile(r"\s*(?P<number>\d{1,4})/(?P<action>[A-Z])/(?:(?P<type>[A-Z]{2,3})/)?")
"""A line of LTS as hosts print it: number of the entry, action, type of element."""
_NAME: Final = re.compile(r"[A-Z' -]{1,40}/[A-Z' .-]{1,40}(?:\([A-Z]{3}\))?\s*")
_SERVICE: Final = re.compile(r"(?:SSR )?(?P<code>[A-Z]{4})")
_DOCUMENT: Final = re.compile(r"(?:SSR )?DOC[SOA][A-Z0-9 ]{0,10}[/ ].*", re.DOTALL)
_SEAT: Final = re.compile(
    r"(?:SSR )?(?:SEAT|RQST|NSS[ABRTW])[A-Z]{2}[A-Z]{2}\d{1,3}[ /](?:[A-Z]{6} ?(?=\d))?"
    r"(?:[ /.-]|\d{1,4}(?!\d)|[A-Z]{1,3}(?![A-Z])){0,40}?(\d{1,3}[A-K])(?![A-Z0-9])"
)
"""A seat, with its flight before it: two places, and otherwise at most three letters in a row."""
_CONTACTS: Final = frozenset(["AP", "APA", "APB", "APE", "APF", "APH", "APM"])


class History:
    """Collects the changes of one booking. They are entered by `at` and `by` of their ABI, and their own SAC."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self._by: str | None = None
        self._at: str | None = None
        self._action: str | None = None
        self._told = False
        """Whether the change of the last SAC has been told."""

    def begin(self, segment: Segment) -> None:
        """An ABI: carrier, place and office of who made the changes that follow, as far as they are codes."""
        places = [(5, 0), (3, 0), (2, 1) if segment.value(2, 1) else (2, 0)]
        self._by = "/".join(segment.value(*place) for place in places if _is_source(segment, place)) or None
        self._at = self._action = None
        self._told = False

    def dated(self, at: str | None) -> None:
        self._at = at

    def item(self, segment: Segment) -> None:
        """A SAC: what was done with the segment that follows."""
        code = segment.value(3).upper() or segment.value(1).upper()
        self._action, self._told = _ACTIONS.get(code, code[:3]), False

    @property
    def is_removal(self) -> bool:
        """True while what follows was taken out of the booking."""
        return self._action == "removed"

    def note(self, what: str, value: str | None = None) -> None:
        """What was changed. The segment that an IFT told before its own TVL comes is one change."""
        change = Change(at=self._at, action=self._action or _UNTOLD, what=what, value=value, by=self._by)
        if self._told and what == "segment" == self.changes[-1].what:
            self.changes[-1] = change
        else:
            self.changes.append(change)
        self._told = True

    def known(self, kept: Kept, text: str) -> None:
        """What was recognised in a free text of the history."""
        what = _WHAT.get(kept.kind)
        if what is not None:
            self.note(what, text[kept.start : kept.end].strip())

    def cancelled(self, segment: str) -> None:
        """A segment that the sender marks as cancelled where it stands, outside the history."""
        self.changes.append(Change(action="removed", what="segment", value=segment))

    def line(self, text: str) -> None:
        """A line of LTS."""
        head = _LINE.match(text)
        if head is None:
            return
        action = _ACTIONS.get(head["action"], head["action"])
        rest = text[head.end() :]
        for kept in line_kept(text):
            value, what = text[kept.start : kept.end].strip(), _WHAT.get(kept.kind)
            if what is None:
                continue
            if kept.kind in ("email", "telephone"):
                found = contact(kept, text)
                value = found.value if found else value
            elif kept.kind == "document":
                value = ssr_docs.blanked(text, _prose(text, head.end()))[head.end() :].strip()
            elif kept.kind == "seat" and (seat := _SEAT.match(rest)):
                value = seat[1]
            self.changes.append(Change(action=action, what=what, value=value))


_WHAT: Final = {
    "name": "name",
    "document": "document",
    "seat": "seat",
    "segment": "segment",
    "email": "contact",
    "telephone": "contact",
    "ticket": "ticket",
}


def line_kept(text: str) -> list[Kept]:
    """What may be kept of a line of LTS, by its type: a name, a flight, a document, a seat, a contact, a ticket."""
    head = _LINE.match(text)
    if head is None:
        return sensitive.recognised(text)
    start, rest = head.end(), text[head.end() :]
    kind = _kind(head["type"], rest)
    if kind == "document":
        return [Kept("head", 0, start), *_fields(text, start, _prose(text, start))]
    if kind is not None:
        return [Kept("head", 0, start), Kept(kind, start, len(text))]
    found = sensitive.recognised(rest, bare=head["type"] in _CONTACTS)
    return [Kept("head", 0, start), *(Kept(kept.kind, kept.start + start, kept.end + start) for kept in found)]


def _prose(text: str, start: int) -> list[tuple[int, int]]:
    """What of a document in a line, which begins at `start`, is not of the form of its field."""
    start += text.startswith("SSR ", start) and 4
    return [(begin + start, end + start) for begin, end in ssr_docs.prose(text[start : start + 4], text[start:])]


def _fields(text: str, start: int, prose: list[tuple[int, int]]) -> list[Kept]:
    """The document between what is removed from it: its first part tells of the change."""
    ends = [*(begin for begin, _ in prose), len(text)]
    starts = [start, *(end for _, end in prose)]
    return [Kept("field" if at else "document", *span) for at, span in enumerate(zip(starts, ends, strict=True))]


def _kind(type_: str | None, rest: str) -> str | None:
    """`name`, `document` or `seat` for a line that is kept whole."""
    if type_ == "NM" and _NAME.fullmatch(rest) and all(map(shapes.further_name, rest.split("(")[0].split("/"))):
        return "name"
    if type_ != "SR":
        return None
    service = _SERVICE.match(rest)
    if service is None or not sensitive.may_keep(service["code"]):
        return None
    if _DOCUMENT.fullmatch(rest):
        return "document"
    return "seat" if _SEAT.fullmatch(rest) else None


def misplaced(segment: Segment) -> list[tuple[int, int]]:
    """Elements and components of an ABI that are no code of an office, a place or a carrier: text of a person."""
    return [
        (element, component)
        for element, components in enumerate(segment.elements[1:], 1)
        for component, value in enumerate(components)
        if value.strip() and not _is_source(segment, (element, component))
    ]


def _is_source(segment: Segment, place: tuple[int, int]) -> bool:
    value = segment.value(*place).strip()
    shape = _SOURCES.get(place, shapes.code)
    return shape(value) and (shape is shapes.place or _OFFICE.fullmatch(value) is not None)
