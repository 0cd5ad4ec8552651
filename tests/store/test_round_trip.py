"""Every fact put in comes out as it was, on SQLite and on PostgreSQL alike."""

import itertools

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.invented import (
    FULL_ENTRY,
    FULL_LEG,
    FULL_MATCH,
    FULL_TRAVELLER,
    ONWARD,
    decision,
    entry,
    match,
    message,
    record,
    rows,
    traveller,
)
from vigie.records import Evidence, Journey, Leg, Name, Problem, Traveller
from vigie.store import JourneyRow, MatchRow, Store


@pytest.mark.parametrize(
    "full", [FULL_LEG, FULL_TRAVELLER, FULL_ENTRY, FULL_MATCH], ids=lambda full: type(full).__name__
)
def test_the_invented_records_leave_no_field_out(full: msgspec.Struct) -> None:
    """A field added to a record must be given a value there, or the round trip below would not notice its loss."""
    empty = {field.name: field.default for field in msgspec.structs.fields(full)}
    assert [name for name, default in empty.items() if getattr(full, name) == default] == []


def test_a_match_comes_back_with_everything_it_rests_on(store: Store) -> None:
    receipt = record(store, message(), decision(0, FULL_MATCH))

    (shown,) = store.matches()
    assert shown == MatchRow(
        id=shown.id,
        journey_id=shown.journey_id,
        mode="air",
        carrier="VX",
        number="989",
        origin="AAA",
        destination="CCC",
        departs="2026-11-23T05:40",
        departs_utc="2026-11-23T04:40Z",
        traveller_id=shown.traveller_id,
        traveller_name="BELMARE, Odalys",
        birth_date="1971-06",
        nationality="XXA",
        sex="F",
        list="invented",
        entry="INV.7",
        caption="BELMAR, Odalis",
        matched_name="BELMAR Odalis",
        millibits=12_345,
        probability=0.123456789012345,
        alert=True,
        operational=True,
        threshold_millibits=9_000,
    )
    detail = store.match(shown.id)
    assert detail is not None
    assert (detail.facts, detail.traveller, detail.entry, detail.match) == (
        shown,
        FULL_TRAVELLER,
        FULL_ENTRY,
        FULL_MATCH,
    )
    assert detail.journey == store.journey(shown.journey_id or 0)
    assert (detail.list_version, detail.engine_version, detail.facts.threshold_millibits) == (
        "lists-1",
        "engine-1",
        9_000,
    )
    assert (detail.message_id, detail.sha256, detail.ordinal) == (receipt.message_id, message().sha256, 0)
    assert (detail.source, detail.received_at) == ("push.edi", "2026-11-23T04:40:07.120Z")


def test_a_journey_is_shown_from_its_first_to_its_last_leg(store: Store) -> None:
    people = [traveller(), traveller(), traveller()]
    loud, quiet = match("A", 12_000), match("B", 3_000, alert=False)
    record(store, message(travellers=people), decision(0, loud, quiet), decision(1, quiet), decision(2))
    (shown,) = store.journeys()
    assert shown == store.journey(shown.id)
    assert shown == JourneyRow(
        id=shown.id,
        mode="air",
        carrier="VX",
        number="989",
        origin="AAA",
        destination="CCC",
        departs="2026-11-23T05:40",
        departs_utc="2026-11-23T04:40Z",
        arrives="2026-11-24",
        travellers=3,
        alerts=1,
        messages=1,
        received_at="2026-11-23T04:40:07.120Z",
        source="push.edi",
    )


def test_every_leg_and_the_message_itself_are_kept(store: Store, url: str) -> None:
    record(store, message(), decision())
    legs = rows(url, "legs")
    assert [leg["ordinal"] for leg in legs] == [0, 1]
    for stored, leg in zip(legs, (FULL_LEG, ONWARD), strict=True):
        assert msgspec.json.decode(stored["data"], type=Leg) == leg
        columns = msgspec.structs.asdict(leg)
        assert {name: stored[name] for name in columns if name in stored} == {
            name: value for name, value in columns.items() if name in stored
        }
        assert stored["departs_utc"] == leg.departs_utc
    (held,) = rows(url, "messages")
    assert (held["type"], held["version"], held["function"]) == ("PAXLST", "D.05B", "745")
    assert msgspec.json.decode(held["problems"], type=tuple[Problem, ...]) == message().problems
    (received,) = rows(url, "inputs")
    assert bytes(received["original"]) == b"__" + message().sha256[2:].encode()
    assert received["redactions"] == '[[0,2,"FREE_TEXT"]]'


def test_screened_and_nothing_found_is_a_fact(store: Store, url: str) -> None:
    record(store, message(), decision())
    (held,) = rows(url, "decisions")
    assert (bool(held["alert"]), held["list_version"], held["engine_version"]) == (False, "lists-1", "engine-1")
    assert store.matches(alerts_only=False) == []


OUT, BACK = Journey(mode="air", legs=(FULL_LEG,)), Journey(mode="sea", legs=(ONWARD,))


@pytest.mark.parametrize(
    ("journeys", "screened_on", "travellers_of_each"),
    [
        ((OUT,), 0, [1]),
        ((OUT, BACK), 1, [0, 1]),
        ((OUT, BACK), None, [0, 0]),
        ((), None, []),
        ((OUT,), "not screened", [1]),
        ((OUT, BACK), "not screened", [0, 0]),
        ((Journey(mode="foot"),), 0, [1]),
    ],
    ids=[
        "the one screened",
        "the one screened of two",
        "none named",
        "a message without journeys",
        "a placeholder on the only journey",
        "a placeholder on nobody knows which",
        "a journey without legs",
    ],
)
def test_a_traveller_is_on_the_journey_screened(
    store: Store, journeys: tuple[Journey, ...], screened_on: int | str | None, travellers_of_each: list[int]
) -> None:
    decisions = [] if isinstance(screened_on, str) else [decision(0, match(), journey=screened_on)]
    record(store, message(journeys=journeys), *decisions)
    shown = sorted(store.journeys(), key=lambda row: row.mode)  # by air before by sea
    assert [row.travellers for row in shown] == travellers_of_each
    assert len(store.matches()) == len(decisions)


def test_a_match_outside_any_journey_is_shown_without_its_facts(store: Store) -> None:
    record(store, message(journeys=()), decision(0, match(), journey=None))
    (shown,) = store.matches()
    facts = (shown.journey_id, shown.mode, shown.carrier, shown.number, shown.origin, shown.destination)
    assert (*facts, shown.departs, shown.departs_utc) == (None,) * 8
    detail = store.match(shown.id)
    assert detail is not None
    assert detail.journey is None


@pytest.mark.parametrize(
    ("family", "given", "listed"),
    [
        ("BELMARE", "Odalys", "BELMARE, Odalys"),
        ("BELMARE", None, "BELMARE"),
        (None, "Odalys", "Odalys"),
        (None, None, "RAW NAME"),
        ("", "", "RAW NAME"),
        ("بلمار", "أوداليس", "بلمار، أوداليس"),
        ("بلمار", None, "بلمار"),
        (None, "أوداليس", "أوداليس"),
    ],
)
def test_the_name_in_a_list(store: Store, family: str | None, given: str | None, listed: str) -> None:
    record(store, message(travellers=[traveller(family, given)]), decision(0, match()))
    assert [row.traveller_name for row in store.matches()] == [listed]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("الخطيب", "الخطيب"),
        ("司马相如", "司马相如"),
        ("𠮷田", "𠮷田"),
        ("Ð\u0301 ﬁ İ", "Ð\u0301 ﬁ İ"),
        ("' OR 1=1; --%s :name", "' OR 1=1; --%s :name"),
        ("BEL\x00MARE", "BEL\ufffdMARE"),
    ],
    ids=["Arabic", "Han", "Han beyond the basic plane", "combining and ligatures", "SQL", "NUL"],
)
def test_text_of_every_script_comes_back(store: Store, text: str, listed: str) -> None:
    person = traveller(text, None)
    found = msgspec.structs.replace(match(), matched_name=text, caption=text)
    record(store, message(travellers=[person], source=text), decision(0, found))
    (shown,) = store.matches()
    assert (shown.traveller_name, shown.matched_name, shown.caption) == (listed, listed, listed)
    detail = store.match(shown.id)
    assert detail is not None
    assert (detail.traveller, detail.match, detail.source) == (person, found, listed)


def test_an_entry_whose_number_cannot_be_stored_as_it_is_keeps_its_match(store: Store) -> None:
    record(store, message(), decision(0, match("A\x00B")))
    (shown,) = store.matches()
    detail = store.match(shown.id)
    assert detail is not None
    assert (shown.entry, detail.entry) == ("A\ufffdB", entry("A\x00B"))


def test_a_file_name_that_is_not_unicode_does_not_stop_a_message(store: Store) -> None:
    record(store, message(source="push-\udce9.edi"), decision())
    assert [row.source for row in store.journeys()] == ["push-\ufffd.edi"]


INPUTS = itertools.count()
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PERSON = st.builds(
    Traveller,
    capacity=st.sampled_from(["passenger", "crew"]),
    name=st.builds(Name, family=st.none() | TEXT, given=st.none() | TEXT, raw=TEXT, source=TEXT),
    names=st.just(()),
    birth_place=st.none() | TEXT,
    seats=st.lists(TEXT, max_size=3).map(tuple),
    bags=st.none() | st.integers(-(2**63), 2**63 - 1),
)
TERM = st.builds(
    Evidence,
    field=TEXT,
    traveller=st.none() | TEXT,
    entry=st.none() | TEXT,
    level=TEXT,
    millibits=st.integers(-9999, 9999),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    person=PERSON,
    evidence=st.lists(TERM, max_size=3).map(tuple),
    probability=st.floats(0, 1),
    millibits=st.integers(-(2**31), 2**31 - 1),
)
def test_any_traveller_and_match_come_back(
    store: Store, person: Traveller, evidence: tuple[Evidence, ...], probability: float, millibits: int
) -> None:
    found = msgspec.structs.replace(match(), evidence=evidence, probability=probability, millibits=millibits)
    record(store, message(f"{next(INPUTS)}", travellers=[person]), decision(0, found))
    shown = max(store.matches(alerts_only=False, limit=1000), key=lambda row: row.id)
    detail = store.match(shown.id)
    assert detail is not None
    assert (detail.traveller, detail.match) == (person, found)
