"""The usual forms of coded segments of PNRGOV: to look once must give what looking at every place gives."""

import re
from unittest import mock

from hypothesis import example, given
from hypothesis import strategies as st

from vigie.messages.edifact import segments
from vigie.messages.edifact.grammar import Segment
from vigie.messages.edifact.service import STANDARD, Service
from vigie.messages.findings import Findings
from vigie.messages.pnr import slots
from vigie.messages.pnr.removals import Removals
from vigie.records import Removal

OTHER = Service(";", "*", "", "", "'")
DASH = STANDARD._replace(element="-")
SENT = [
    ["", "A", "VIE", "QQTX2B", "SALMA", "DIABETIC", "____", "4111111111111111", "378282246310005", "1472345678901"],
    ["147234567890123", "XXXXXXXXXXXX1186", "100.00", "8164 EVASON AVENUE", "4111-1111 1111 1111", "é", "a b"],
]
VALUES = st.one_of(
    *map(st.sampled_from, SENT),
    st.text("AZ09az._-*# é/", max_size=40),
    st.from_regex(r"[A-Z]{0,3}[0-9]{0,16}", fullmatch=True),
)
ELEMENTS = st.lists(st.lists(VALUES, min_size=1, max_size=9), max_size=10)
NEVER = re.compile(r"(?!)")


def cleaned(segment: Segment, marks: Service) -> tuple[Segment, tuple[Removal, ...]]:
    findings = Findings()
    return slots.cleaned(segment, Removals(marks, findings)), findings.removals()


@given(st.sampled_from(sorted(slots.TAGS)), ELEMENTS, st.sampled_from([STANDARD, OTHER, DASH]))
@example("FOP", [["CC", "", "100.00", "VI", "XXXXXXXXXXXX1186"]], STANDARD)
@example("TKT", [["378282246310005", "T"]], STANDARD)
@example("MSG", [["ABCD"]], STANDARD)
@example("ORG", [["ZV"], ["1"], ["1"], ["1234"], ["5678", "B"]], DASH)
@example("FOP", [["CC", "", "1", "VI", "XXXX", "1", "1", "1", "1", "1"]], OTHER)
def test_looking_once_gives_what_looking_at_every_place_gives(
    tag: str, elements: list[list[str]], marks: Service
) -> None:
    elements = [[value.replace(marks.element, "") for value in components] for components in elements]
    raw = marks.element.join([tag, *map(marks.component.join, elements)])
    segment = Segment(tag, [[tag], *[text.split(marks.component) for text in raw.split(marks.element)[1:]]], 0, raw, 99)
    once = cleaned(segment, marks)
    with mock.patch.object(slots, "usual", return_value=NEVER):
        assert cleaned(segment, marks) == once
    if slots.usual(tag, marks).fullmatch(raw):
        assert once == (segment, ())
        assert segments.surplus(segment, "PNRGOV", marks) == 0, "what the standard does not have is reported elsewhere"


def test_usual_segments_are_taken_for_usual() -> None:
    """Without this the test above would hold of forms that nothing has."""
    for raw in ("RCI+ZV:QQTX2B:1:021126:1410", "TXD++0.57:::AY6+1.13:::XF", "TIF+ELBARQUI+SAMIRA:A:1", "FAR+N+++++"):
        assert slots.usual(raw[:3], STANDARD).fullmatch(raw), raw
