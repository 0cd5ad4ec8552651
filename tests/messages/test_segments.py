"""Names, shapes and codes of segments: tables without holes, and nothing that the guides mean counts as surplus."""

import csv
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from vigie.messages.edifact import grammar, segments
from vigie.messages.edifact.grammar import Interchange, Segment
from vigie.messages.edifact.levels import ENVELOPE
from vigie.messages.edifact.service import STANDARD, Service
from vigie.messages.sensitive import may_keep

ROOM: Final = Path(grammar.__file__).parent
HEAD: Final = "UNB+UNOA:4+ZV+GOV+261122:1910+77'UNH+1+{}'"
KINDS: Final = {"PAXLST": "PAXLST:D:05B:UN", "CUSRES": "CUSRES:D:05B:UN", "PNRGOV": "PNRGOV:13:1:IA"}


def rows(file: str) -> list[dict[str, str]]:
    lines = (ROOM / file).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# "), "the head names the source"
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def segment(text: str, kind: str = "PAXLST", head: str = HEAD) -> tuple[Segment, Service]:
    """The segment as the scanner gives it, behind a header."""
    data = (head.format(KINDS[kind]) + text).encode()
    *_, found = [item for item in grammar.scan(data, fast=False) if isinstance(item, Segment)]
    (begun,) = [item for item in grammar.scan(data, fast=False) if isinstance(item, Interchange)]
    return found, begun.service


def test_every_segment_the_scanner_knows_has_a_name_and_a_shape() -> None:
    assert {tag for tag in grammar.TAGS if not segments.name(tag) or not segments.shape(tag)} == set()


def test_the_table_has_no_holes() -> None:
    """Positions rise by one, or by the repetitions of the row before: a forgotten row would shift names and shapes."""
    expected: dict[tuple[str, str], list[int]] = {}
    for row in rows("segments.tsv"):
        key, times = (row["directory"], row["tag"]), int(row["times"] or 1)
        if not row["position"]:
            assert key not in expected, f"{key} is there twice"
            expected[key] = [1, 1]
            continue
        element, _, component = row["position"].partition(".")
        if component:
            assert int(component) == expected[key][1], row
            expected[key][1] += times
        else:
            assert int(element) == expected[key][0], row
            expected[key] = [int(element) + times, 1]
        assert row["name"] == row["name"].strip() != "", row


def test_codes_stand_where_there_is_an_element_and_once() -> None:
    seen = set()
    for row in rows("segment_codes.tsv"):
        element, _, component = row["position"].partition(".")
        place = (row["tag"], int(element), int(component or 1) - 1)
        assert any(segments.element(*place, kind) for kind in ("PAXLST", "PNRGOV", "US")), row
        assert (place, row["code"]) not in seen, row
        assert row["code"] == row["code"].upper() != "", row
        assert row["meaning"], row
        seen.add((place, row["code"]))
    assert len(seen) > 350


NAMES = [
    ("NAD", "PAXLST", "name and address"),
    ("NAD", "PNRGOV", ""),
    ("TIF", "PNRGOV", "traveller"),
    ("TIF", "PAXLST", ""),
    ("TIF", None, "traveller"),
    ("UNB", "PNRGOV", "interchange header"),
    ("PDT", "US", "traveller"),
    ("NAD", "US", "name and address"),
    ("ERP", "CUSRES", "error point"),
    ("XXX", None, ""),
]


@pytest.mark.parametrize(("tag", "kind", "expected"), NAMES)
def test_name_by_kind_of_message(tag: str, kind: str | None, expected: str) -> None:
    assert segments.name(tag, kind) == expected


CODES = [
    (("NAD", 1, 0, "FL"), "traveller: passenger", "the qualifier of a passenger"),
    (("NAD", 1, 0, " fl "), "traveller: passenger", "blanks and case do not matter"),
    (("LOC", 1, 0, "178"), "place of embarkation", "a place"),
    (("DTM", 1, 0, "36"), "expiry", "component 0 of a composite"),
    (("DTM", 1, 1, "36"), "", "no codes stand there"),
    (("ATT", 3, 0, "M"), "male", "where the guide puts it"),
    (("ATT", 2, 0, "M"), "male", "where some senders put it"),
    (("ERC", 1, 0, "0Z"), "board", "an answer"),
    (("SSR", 1, 0, "DOCS"), "travel document", "a special service"),
    (("NAD", 1, 0, "QQ"), "", "not known"),
]


@pytest.mark.parametrize(("place", "expected", "why"), CODES)
def test_codes_by_place(place: tuple[str, int, int, str], expected: str, why: str) -> None:
    assert segments.code(*place) == expected, why


SURPLUS = [
    ("PAXLST", "NAD+FL+++HOLT:ANDERS'", 0, "what the guide means"),
    ("PAXLST", "LOC+178+OSL+A:B:C:D+A:B:C:D+5'", 0, "all that the directory has"),
    ("PAXLST", "LOC+178+OSL++++++", 0, "empty elements hold nothing"),
    ("PAXLST", "LOC+178+OSL++++EXTRA+MORE'", 9, "two elements too many"),
    ("PAXLST", "LOC+178+OSL::::X:YZ'", 3, "two components too many"),
    ("PAXLST", "LOC+178:AB+OSL'", 2, "a component where the element is simple"),
    ("PAXLST", "NAT+2+NOR+++?+??'", 4, "release characters are bytes"),
    ("PAXLST", "NAT+2+NOR+++Ö'", 2, "UTF-8: two bytes for a letter"),
    ("PAXLST", "NAT+2+NOR+++A\r\nB'", 4, "a line end within it"),
    ("PAXLST", "ZZZ+1+2+3'", 0, "a segment that nobody knows is unknown as a whole"),
    ("PAXLST", "TIF+A+B'", 0, "so is one of another kind of message"),
    ("PNRGOV", "SRC'", 0, "a trigger"),
    ("PNRGOV", "SRC+1'", 1, "a trigger holds nothing"),
    ("PNRGOV", "SSR+SEAT:HK:2:ZV:::OSL:CMN" + "".join(f"+{n}A::{n}" for n in range(300)) + "'", 0, "seats of a group"),
    ("PNRGOV", "SSR+OTHS:HK::ZV:::::A:B:C:D:E'", 0, "texts of a service"),
    ("PNRGOV", "TXD++3.10:::AY+8.50:::YQ'", 0, "taxes"),
    ("CUSRES", "ERC+0Z'", 0, "an answer"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected", "why"), SURPLUS, ids=[why for *_, why in SURPLUS])
def test_surplus_in_bytes(kind: str, text: str, expected: int, why: str) -> None:
    found, service = segment(text, kind)
    assert segments.surplus(found, kind, service) == expected


def test_surplus_by_the_senders_own_characters() -> None:
    """A hyphen that separates elements, released in a value."""
    found, service = segment("NAT-2-NOR---?-X*", head="UNA:-.? *" + HEAD.replace("+", "-").replace("'", "*"))
    assert segments.surplus(found, "PAXLST", service) == 3


VALUES = st.text("AB12", max_size=3)


@given(
    st.sampled_from(sorted(grammar.TAGS - ENVELOPE)), st.lists(st.lists(VALUES, min_size=1, max_size=12), max_size=12)
)
def test_surplus_is_what_the_shape_does_not_hold(tag: str, elements: list[list[str]]) -> None:
    """Beside the plain twin: cut every element to the shape, and count what is gone."""
    kind = next(kind for kind in ("PAXLST", "PNRGOV", "US") if segments.name(tag, kind))
    raw = "+".join([tag, *(":".join(components) for components in elements)])
    found = Segment(tag, [[tag], *elements], 0, raw, len(raw) + 1)
    most = segments.shape(tag, kind)
    assert most is not None
    kept = [components[:allowed] for components, allowed in zip(found.elements, most, strict=False)]
    sent, held = ("".join(map("".join, parts)) for parts in (found.elements, kept))
    assert segments.surplus(found, kind, STANDARD) == len(sent) - len(held)


GLUED: Final = {"pnrMessagePg77.txt": 2, "modifyPnr77ForCodeShare.txt": 2}
"""Files that lost a terminator without a trace (a typographic quote, a line end): two segments look like one."""


@pytest.mark.data
def test_nothing_in_the_public_messages_is_surplus(data: Path) -> None:
    found: dict[str, int] = {}
    seen = 0
    for path in sorted((data / "messages").rglob("*")):
        if not path.is_file() or path.suffix in (".md", ".csv") or not grammar.begins(path.read_bytes()):
            continue
        kind, service = "", STANDARD
        for item in grammar.scan(path.read_bytes(), fast=False):
            if isinstance(item, Interchange):
                service = item.service
            if isinstance(item, Segment):
                kind = segments.kind_of(item) if item.tag == "UNH" else kind
                seen += 1
                assert segments.name(item.tag, kind), (path.name, item.tag)
                if beyond := segments.surplus(item, kind, service):
                    found[path.name] = found.get(path.name, 0) + beyond
    assert seen > 8000
    assert found == GLUED


def test_what_may_not_be_stored_is_not_explained_either() -> None:
    """A code that is overwritten must not come back as its meaning."""
    lines = (
        (ROOT / "src" / "vigie" / "messages" / "edifact" / "segment_codes.tsv").read_text(encoding="utf-8").splitlines()
    )
    rows = [line.split("\t") for line in lines if line.startswith(("SSR\t1\t", "SSR\t1.1\t"))]
    assert rows
    assert [code for _, _, code, *_ in rows if not may_keep(code)] == []
