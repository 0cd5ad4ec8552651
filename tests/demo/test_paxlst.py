"""The PAXLST writer: what a reader gets back is what was put in; the envelope counts are right."""

import datetime as dt
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vigie import messages
from vigie.demo.paxlst import Sending, Service, type_b, write
from vigie.messages.fields.naming import _UNKNOWN
from vigie.records import Document, Journey, Leg, Message, Mode, Name, Traveller

DAY = dt.date(2026, 12, 3)
LEG = Leg(
    carrier="ZZ",
    number="704",
    number_raw="ZZ0704",
    origin="IST",
    destination="CMN",
    departs="2026-12-03T11:30",
    arrives="2026-12-03T13:40",
    border=True,
)
FLIGHT = Journey(mode="air", legs=(LEG,))
SENDING = Sending(
    sender="DEMOAIR",
    receiver="MARAPIS",
    prepared="2026-12-03T11:04",
    reference="261203704",
    contact="DEMO AIR OPERATIONS",
    telephone="+000 555 0100",
)
SERVICES = (
    Service(),
    Service(element="*", terminator="#"),
    Service(element="-"),
    Service(repetition="*"),
    Service(terminator='"'),
)


def _traveller(family: str = "ALAOUI", given: str | None = "SALMA", **facts: object) -> Traveller:
    name = Name(family=family, given=given, raw=f"{family}:{given}" if given else family, source="NAD")
    return replace(Traveller(capacity="passenger", name=name, names=(name,)), **facts)


def _text(content: bytes) -> list[str]:
    return content.decode("latin-1").split("'")


_LETTERS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=12).filter(lambda text: text not in _UNKNOWN)
"""Words that do not stand for an unknown name (FNU): the reader takes those for none."""
_DATES = st.dates(dt.date(1927, 1, 1), DAY).map(dt.date.isoformat)
_DOCUMENTS = st.builds(
    Document,
    type=st.sampled_from(["P", "V", "I"]),
    number=st.from_regex(r"[A-H]{0,4}[0-9]{1,4}[A-H]{0,4}", fullmatch=True).filter(lambda text: len(text) >= 5),
    issuer=st.sampled_from(["MAR", "TUR", "DEU"]),
    expires=st.dates(DAY, dt.date(2036, 12, 1)).map(dt.date.isoformat),
)
_TRAVELLERS = st.builds(
    _traveller,
    _LETTERS,
    st.none() | _LETTERS.filter(lambda name: name != "FNU"),
    capacity=st.sampled_from(["passenger", "passenger", "crew"]),
    in_transit=st.booleans(),
    birth_date=st.none() | _DATES | st.integers(1927, 2025).map(str),
    birth_place=st.none() | st.just("FES MAR"),
    sex=st.sampled_from(["M", "F", None]),
    nationality=st.sampled_from(["MAR", "TUR", None]),
    residence=st.sampled_from(["ESP", None]),
    documents=st.lists(_DOCUMENTS, max_size=2).map(tuple),
    record_locator=st.none() | st.just("ABCDEF"),
    seats=st.sampled_from([(), ("12A",)]),
    bags=st.sampled_from([None, 0, 1, 2]),
    verified=st.sampled_from([None, True, False]),
)


def _plain(traveller: Traveller) -> Traveller:
    """Without what a message cannot carry (`infant`) and what reading adds: code lists and kind of a document, and the
    place of clearance and bag tags, which the writer makes up."""
    documents = tuple(replace(document, type_raw=None, kind=None) for document in traveller.documents)
    return replace(traveller, documents=documents, infant=False, clearance=None, bag_tags=())


def _read(content: bytes) -> tuple[Message, ...]:
    found = messages.read(content, DAY)
    assert [p for message in found for p in message.problems if p.severity != "note"] == []
    return found


@settings(max_examples=60, deadline=None)
@given(
    travellers=st.lists(_TRAVELLERS, min_size=1, max_size=6),
    service=st.sampled_from(SERVICES),
    per_message=st.none() | st.integers(1, 3),
    wide_dates=st.booleans(),
    columns=st.none() | st.integers(63, 69),
)
def test_what_is_written_is_read_back(
    travellers: list[Traveller], service: Service, per_message: int | None, wide_dates: bool, columns: int | None
) -> None:
    numbered = [replace(traveller, reference=f"ZZ{n:05d}") for n, traveller in enumerate(travellers)]
    sending = replace(SENDING, service=service, per_message=per_message, wide_dates=wide_dates)
    content = write(FLIGHT, numbered, sending)
    if columns:
        content = type_b(content, ("QU CASAPXH", ".ISTAPZZ 031104"), columns)
    found = [traveller for message in _read(content) for traveller in message.travellers]
    in_order = sorted(numbered, key=lambda traveller: traveller.capacity == "crew")
    assert [_plain(traveller) for traveller in found] == [_plain(traveller) for traveller in in_order]


def test_journey_is_read_back() -> None:
    (message,) = _read(write(FLIGHT, [_traveller()], SENDING))
    (leg,) = message.journeys[0].legs
    blank = {"departs_zone": None, "departs_utc": None, "arrives_zone": None, "arrives_utc": None}
    assert replace(leg, **blank) == LEG


@pytest.mark.parametrize("mode", ["air", "sea", "rail", "road"])
def test_mode_of_transport_is_read_back(mode: Mode) -> None:
    journey = Journey(mode=mode, legs=(LEG,))
    (message,) = _read(write(journey, [_traveller()], SENDING))
    assert message.journeys[0].mode == mode


def test_no_code_for_a_crossing_on_foot() -> None:
    with pytest.raises(KeyError):
        write(Journey(mode="foot", legs=(LEG,)), [_traveller()], SENDING)


def test_legs_that_do_not_cross_the_border_are_routing_pairs() -> None:
    onward = Leg(carrier="ZZ", number="705", number_raw="ZZ0705", origin="CMN", destination="DSS")
    segments = _text(write(Journey(mode="air", legs=(LEG, onward)), [_traveller()], SENDING))
    places = [s for s in segments if re.match(r"LOC\+(125|87|92)", s)]
    assert places == ["LOC+125+IST", "LOC+87+CMN", "LOC+92+CMN", "LOC+92+DSS"]


def test_function_and_its_qualifier_are_read_back() -> None:
    (message,) = _read(write(FLIGHT, [_traveller()], replace(SENDING, function="745+CP")))
    assert message.function == "745+CP"


def test_parts_are_numbered_and_each_announces_the_whole_flight() -> None:
    segments = _text(write(FLIGHT, [_traveller(given=name) for name in "ABCDE"], replace(SENDING, per_message=2)))
    assert [s.split("+")[-1] for s in segments if s.startswith("UNH")] == ["01:C", "02:C", "03:F"]
    assert [s for s in segments if s.startswith("CNT")] == ["CNT+42:5"] * 3


@pytest.mark.parametrize("per_message", [None, 1, 2])
def test_envelope_counts_are_right(per_message: int | None) -> None:
    people = [_traveller(given=name) for name in "ABC"] + [_traveller(capacity="crew")]
    segments = _text(write(FLIGHT, people, replace(SENDING, per_message=per_message)))
    starts = [n for n, s in enumerate(segments) if s.startswith("UNH")]
    ends = [n for n, s in enumerate(segments) if s.startswith("UNT")]
    for start, end in zip(starts, ends, strict=True):
        assert segments[end] == f"UNT+{end - start + 1}+{segments[start].split('+')[1]}"
    tags = Counter(s[:3] for s in segments)
    assert f"UNE+{tags['UNH']}+261203704" in segments
    assert "UNZ+1+261203704" in segments


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"capacity": "passenger", "in_transit": False}, "NAD+FL+++ALAOUI:SALMA"),
        ({"capacity": "passenger", "in_transit": True}, "NAD+DDU+++ALAOUI:SALMA"),
        ({"capacity": "crew", "in_transit": False}, "NAD+FM+++ALAOUI:SALMA"),
        ({"capacity": "crew", "in_transit": True}, "NAD+DDT+++ALAOUI:SALMA"),
        ({"birth_date": "1985"}, "DTM+329:19850000"),  # month and day unknown; 850000 would do, 000000 would not
        ({"birth_date": "1985-04-17"}, "DTM+329:850417"),
        ({"bags": 2}, "FTX+BAG+++ZZ400000:2"),
        ({"bags": 0}, "MEA+CT++:0"),
        ({"verified": False}, "GEI+4+174"),
        ({"birth_place": "FES MAR"}, "LOC+180+:::FES MAR"),
    ],
)
def test_segments_of_one_traveller(facts: dict[str, Any], expected: str) -> None:
    assert expected in _text(write(FLIGHT, [_traveller(**facts)], SENDING))


def test_service_characters_inside_text_are_released() -> None:
    contact = "O'BRIEN + SONS: WHY?"
    segments = write(FLIGHT, [_traveller()], replace(SENDING, contact=contact)).decode()
    assert "NAD+MS+++O?'BRIEN ?+ SONS?: WHY??'" in segments


@pytest.mark.parametrize("columns", [63, 64, 69])
def test_type_b_folds_at_the_column_and_loses_nothing(columns: int) -> None:
    content = write(FLIGHT, [_traveller(given=name) for name in "ABCDE"], replace(SENDING, line_breaks=True))
    lines = type_b(content, ("QU CASAPXH", ".ISTAPZZ 031104"), columns).decode().split("\r\n")
    assert lines[:2] == ["QU CASAPXH", ".ISTAPZZ 031104"]
    assert {len(line) for line in lines[2:-2]} == {columns}
    assert "".join(lines[2:]) == content.decode().replace("\r\n", "")
