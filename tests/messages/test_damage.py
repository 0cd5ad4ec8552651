"""No traveller is lost and nothing is raised, whatever happens to a message on its way.

Invented messages with any service characters, groups in any order, unknown segments between, cut off anywhere.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.messages.test_reading import validate
from tests.messages.writing import AS_OF
from vigie import messages

Message = list[list[list[str]]]
"""Segments of elements of components, not escaped yet."""

SERVICES = st.one_of(
    st.just(":+?'"),
    st.permutations(r"!#$%&*:+?^|~\@-;=/").map(lambda c: "".join(c[:4])),
    st.just("\x1f\x1d?\x1c"),
)
VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
DETAILS = [
    [["ATT"], ["2"], [""], ["M"]],
    [["DTM"], ["329", "700101"]],
    [["DTM"], ["36", "310214"]],
    [["LOC"], ["178"], ["CMN"]],
    [["LOC"], ["91"], ["MAR"]],
    [["NAT"], ["2"], ["MAR"]],
    [["DOC"], ["P", "110", "111"], ["ZZ12"]],
    [["MEA"], ["CT"], [""], ["1"]],
    [["RFF"], ["AVF", "Q7TX2B"]],
    [["QQX"], ["1"]],
    [["GEI"], ["4"], ["173"]],
    [["FTX"], ["BAG"], [""], [""], ["X"]],
    [["CNT"], ["42", "3"]],
]
JOURNEY = [
    [["TDT"], ["20"], ["ZV412"], [""], [""], ["ZV"]],
    [["LOC"], ["125"], ["CMN"]],
    [["DTM"], ["189", "2611230540", "201"]],
    [["LOC"], ["87"], ["VIE"]],
    [["DTM"], ["232", "2611230950", "201"]],
    [["NAD"], ["MS"], [""], [""], ["ZEPHYR"]],
]


@st.composite
def groups(draw: st.DrawFn) -> Message:
    """The body of a message: travellers, journey and unknown segments in any order."""
    person = st.builds(
        lambda qualifier, name, details: [[["NAD"], [qualifier], [""], [""], ["N", name]], *details],
        st.sampled_from(["FL", "FM", "DDU", "DDT", "QQ"]),
        VALUES,
        st.lists(st.sampled_from(DETAILS), max_size=6),
    )
    people = draw(st.lists(person, max_size=6))
    other = draw(st.lists(st.sampled_from([*JOURNEY, [["XQX"], ["1", "2"]]]), max_size=6))
    blocks = draw(st.permutations([*people, *([segment] for segment in other)]))
    return [segment for block in blocks for segment in block]


def written(body: Message, marks: str, closed: bool = True) -> str:
    """The message with UNA and the four service characters `marks`; not `closed`, it ends with its body."""
    component, element, release, terminator = list(marks)

    def text(segment: list[list[str]]) -> str:
        values = [
            ["".join(release + c if c in marks else c for c in value) for value in components] for components in segment
        ]
        return element.join(component.join(components) for components in values) + terminator

    head: Message = [
        [["UNB"], ["UNOW", "4"], ["ZV"], ["GOV"], ["261122", "1910"], ["77"]],
        [["UNH"], ["1"], ["PAXLST", "D", "05B", "UN", "IATA"]],
        [["BGM"], ["745"]],
    ]
    tail: Message = [[["UNT"], [str(len(body) + 3)], ["1"]], [["UNZ"], ["1"], ["77"]]]
    return f"UNA{component}{element}.{release} {terminator}" + "".join(
        map(text, [*head, *body, *(tail if closed else [])])
    )


def travellers(body: Message) -> int:
    return sum(segment[0] == ["NAD"] and segment[1] != ["MS"] for segment in body)


@given(groups(), SERVICES)
@settings(max_examples=150, deadline=None)
def test_every_traveller_segment_gives_a_traveller(body: Message, marks: str) -> None:
    (message,) = messages.read(written(body, marks).encode(), AS_OF)
    assert len(message.travellers) == travellers(body)
    assert "TRUNCATED" not in [p.code for p in message.problems]
    validate(message)


@given(groups(), SERVICES, st.integers(1, 70))
@settings(max_examples=100, deadline=None)
def test_folding_changes_nothing_but_positions(body: Message, marks: str, width: int) -> None:
    data = written(body, marks).encode()
    folded = b"\r\n".join(data[at : at + width] for at in range(0, len(data), width))
    (plain,), (message,) = messages.read(data, AS_OF), messages.read(folded, AS_OF)
    assert (message.travellers, message.journeys) == (plain.travellers, plain.journeys)
    assert [p.code for p in message.problems] == [p.code for p in plain.problems]


@given(groups(), SERVICES, st.data())
@settings(max_examples=150, deadline=None)
def test_cut_anywhere_the_complete_travellers_stay(body: Message, marks: str, data: st.DataObject) -> None:
    """Complete are those whose NAD has its terminator before the cut; one cut within its name comes out beside them."""
    whole = written(body, marks)
    ends = [len(written(body[:length], marks, closed=False)) for length in range(len(body) + 1)]
    cut = data.draw(st.integers(ends[0], len(whole)))
    complete = [segment for segment, end in zip(body, ends[1:], strict=True) if end <= cut]
    (message,) = messages.read(whole[:cut].encode(), AS_OF)
    behind = body[len(complete) : len(complete) + 1]
    assert travellers(complete) <= len(message.travellers) <= travellers(complete) + travellers(behind)
    if cut <= ends[-1]:
        assert "TRUNCATED" in [p.code for p in message.problems]


@given(groups(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_foreign_byte_costs_at_most_the_segments_it_touches(body: Message, data: st.DataObject) -> None:
    text = written(body, ":+?'")
    at = data.draw(st.integers(text.index("BGM"), len(text) - 1))
    spoilt = text[:at] + data.draw(st.sampled_from("'+:?A\n~")) + text[at + 1 :]
    found = messages.read(spoilt.encode(), AS_OF)
    count = sum(len(message.travellers) for message in found)
    assert travellers(body) - 2 <= count <= travellers(body) + 1


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_raise_nothing(data: bytes) -> None:
    for message in messages.read(data, AS_OF):
        validate(message)


PIECES = [
    b"UNA", b":+.? '", b"UNB+UNOA:4", b"UNB", b"UNH+1+PAXLST:D:05B", b"NAD+FL+++", b"DTM+329:", b"LOC+125+CMN", b"UNT",
    b"UNZ", b"DOC+P", b"BGM+745", b"TDT+20+ZV1", b"\r\n", b"\x01", b"\x02", b"\x03", b"'", b"+", b":", b"?", b"\xff",
    b"99999999", b"000000", b"CNT+42:", b"ATT+2++", b"MEA+CT++", b"QQQ", b" ", b"\xe2\x80\x99", b"GEI+4+", b"PNL\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join))
@settings(max_examples=500, deadline=None)
def test_pieces_of_messages_in_any_order_raise_nothing(data: bytes) -> None:
    found = messages.read(data, AS_OF)
    assert found
    for message in found:
        validate(message)
        assert all(p.position is None or 0 <= p.position <= len(data) for p in message.problems)


MUTATIONS: list[Callable[[bytes, int], bytes]] = [
    lambda data, at: data[:at],
    lambda data, at: data[at:],
    lambda data, at: data[:at] + data[at + 1 :],
    lambda data, at: data[:at] + b"'" + data[at:],
    lambda data, at: data[:at] + b"\xff" + data[at + 1 :],
    lambda data, at: data[:at] + data[at : at + 40] * 3 + data[at + 40 :],
]


@pytest.mark.data
def test_damaged_real_files_raise_nothing(data: Any) -> None:
    folder = data / "messages"
    files = [
        path for path in sorted(folder.rglob("*")) if path.suffix in (".edi", ".txt") and path.stat().st_size < 9000
    ]
    assert len(files) > 60
    for path in files:
        original = path.read_bytes()
        for number, mutate in enumerate(MUTATIONS):
            for step in range(3):
                spoilt = mutate(original, (step * 7919 + number * 104729) % max(1, len(original)))
                for message in messages.read(spoilt, AS_OF):
                    validate(message)
