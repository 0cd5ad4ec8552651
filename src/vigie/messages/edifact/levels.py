"""How the segments of a message belong together, for people who read it: groups, and how deep each segment stands.

Nothing is understood by it: readers go by qualifiers (`vigie.messages.paxlst.reader`). A segment out of order
stands where it reads best.
"""

from typing import Final, Literal, NamedTuple

from vigie.messages.edifact.grammar import Segment

Group = Literal[
    "envelope", "header", "party", "leg", "traveller", "document", "answer", "totals",
    "booking", "ticket", "payment", "flight", "service", "split", "history",
]  # fmt: skip

ENVELOPE: Final = frozenset(["UNA", "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ"])
_PARTIES: Final = frozenset(["MS", "MR", "CA"])
_MEMBERS: Final[dict[Group, frozenset[str]]] = {
    "party": frozenset(["COM", "CTA"]),
    "leg": frozenset(["LOC", "DTM"]),
    "document": frozenset(["DTM", "LOC", "GEI", "RFF", "CPI", "QTY"]),
    "ticket": frozenset(["MON", "PTK", "TXD", "DAT"]),
    "payment": frozenset(["IFT", "ADD"]),
}
"""Segments that may stand in a group; another one ends it. In groups that are not here every segment may stand."""
_OF_TRAVELLERS: Final = frozenset([("LOC", code) for code in ("22", "174", "178", "179", "180")] + [("DTM", "329")])
"""Segments that tell of the traveller even behind a document."""


class Place(NamedTuple):
    """Where a segment stands. `number` counts the groups of its name in a message from 1; 0 in envelope and header."""

    group: Group
    level: int
    number: int = 0


class Levels:
    """Follows the segments of one message."""

    def __init__(self, kind: str) -> None:
        self._opening = self._opening_of_reservation if kind == "PNRGOV" else self._opening_of_list
        self._open: list[Place] = []
        self._counts: dict[Group, int] = {}

    def place(self, segment: Segment) -> Place:
        """The place of the next segment."""
        if segment.tag in ENVELOPE:
            return Place("envelope", 0)
        begun = self._opening(segment)
        if begun is not None:
            return self._begin(*begun)
        while self._open and not self._may_stand(segment):
            self._open.pop()
        return self._open[-1]._replace(level=self._open[-1].level + 1) if self._open else Place("header", 1)

    def _begin(self, group: Group, level: int) -> Place:
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        self._counts[group] = self._counts.get(group, 0) + 1
        self._open.append(Place(group, level, self._counts[group]))
        return self._open[-1]

    def _may_stand(self, segment: Segment) -> bool:
        group = self._open[-1].group
        if group == "document" and (segment.tag, segment.value(1)) in _OF_TRAVELLERS:
            return False
        return group not in _MEMBERS or segment.tag in _MEMBERS[group]

    def _in(self, group: Group) -> bool:
        return any(place.group == group for place in self._open)

    def _opening_of_list(self, segment: Segment) -> tuple[Group, int] | None:
        """PAXLST and CUSRES: the group that a segment begins, and its level."""
        if segment.tag in ("NAD", "PDT"):
            return ("party" if segment.tag == "NAD" and segment.value(1).upper() in _PARTIES else "traveller"), 1
        if segment.tag == "DOC":
            return "document", 2
        begun: dict[str, Group] = {"TDT": "leg", "ERP": "answer", "CNT": "totals"}
        return (begun[segment.tag], 1) if segment.tag in begun else None

    def _opening_of_reservation(self, segment: Segment) -> tuple[Group, int] | None:
        """PNRGOV: as above. Before the first booking everything is the header; in a history nothing begins."""
        tag = segment.tag
        if tag == "SRC":
            return "booking", 1
        if not self._in("booking") or self._in("history"):
            return None
        if tag in ("TKT", "FOP"):
            return ("ticket" if tag == "TKT" else "payment"), (3 if self._in("traveller") else 2)
        if (tag == "TIF" and self._in("flight")) or (tag == "TVL" and self._open[-1].group == "service"):
            return None
        begun: dict[str, Group] = {
            "TIF": "traveller",
            "TVL": "flight",
            "MSG": "service",
            "EQN": "split",
            "ABI": "history",
            "LTS": "history",
        }
        return (begun[tag], 2) if tag in begun else None
