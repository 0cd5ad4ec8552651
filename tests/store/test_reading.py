"""The order, the pages, the counts and the cost of what readers are given, on both databases."""

import datetime as dt
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.store.invented import decision, flight, match, message, past_the_store, record, traveller
from vigie.records import Journey, Leg
from vigie.store import Counts, Store, open_store, queries


def _sailing(departs: str | None, departs_utc: str | None = None) -> Journey:
    return Journey(mode="sea", legs=(Leg(departs=departs, departs_utc=departs_utc),))


def test_journeys_come_newest_departure_first(store: Store) -> None:
    """By UTC, not by the local time: the second departs later by the clock on its wall, and earlier. Without UTC by
    the earliest moment anywhere on earth."""
    newest_first = [
        _sailing("2026-11-23T05:40", "2026-11-23T04:40Z"),
        _sailing("2026-11-23T11:00", "2026-11-23T02:00Z"),
        _sailing("2026-11-22T23:00"),
        _sailing("2026-11-22"),
        _sailing("2026-11-21T09:00", "2026-11-21T09:00Z"),
        _sailing(None),
    ]
    for place in (3, 5, 0, 2, 4, 1):
        record(store, message(f"input {place}", journeys=[newest_first[place]]))
    expected = [journey.legs[0].departs for journey in newest_first]
    assert [row.departs for row in store.journeys()] == expected
    assert [row.departs for row in store.journeys(limit=2)] == expected[:2]


SINCE = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
DEPARTING = [
    ("2026-11-23T05:00", "2026-11-23T04:00Z", True, "leaves this minute"),
    ("2026-11-23T04:59", "2026-11-23T03:59Z", False, "left a minute ago"),
    ("2026-11-24T05:00", "2026-11-24T05:00Z", True, "tomorrow"),
    (
        "2026-11-22T18:00",
        None,
        True,
        "may leave anywhere on earth: at the earliest a day ago, at the latest later today",
    ),
    ("2026-11-20T18:00", None, False, "has left wherever it was"),
    (None, None, False, "no departure: stands in the order of strength alone"),
]


@pytest.mark.parametrize(("departs", "utc", "shown", "why"), DEPARTING)
def test_departing_leaves_out_what_has_left(
    store: Store, departs: str | None, utc: str | None, shown: bool, why: str
) -> None:
    record(store, message(journeys=[_sailing(departs, utc)]), decision(0, match()))
    assert bool(store.departing(SINCE)) == shown, why


def _legs(*departures: tuple[str, str | None]) -> Journey:
    """Of legs with these departures, local and in UTC, from places A, B, C."""
    legs = [
        Leg(carrier="VX", number="9", origin=place, destination=next_, departs=departs, departs_utc=utc)
        for (place, next_), (departs, utc) in zip(pairwise("ABCD"), departures, strict=False)
    ]
    return Journey(mode="air", legs=tuple(legs))


LEFT, AHEAD = ("2026-11-23T02:00", "2026-11-23T02:00Z"), ("2026-11-23T10:00", "2026-11-23T10:00Z")
ONWARD: list[tuple[Journey, str | None, str]] = [
    (_legs(LEFT, AHEAD), "B", "the first leg has left, the second has not"),
    (_legs(AHEAD, AHEAD), "A", "none has left: the first is shown"),
    (_legs(LEFT, LEFT), None, "both have left"),
    (_legs(LEFT, LEFT, AHEAD), "C", "the last has not left"),
    (_legs(LEFT, ("2026-11-23T01:00", None)), "B", "when the second leaves is not known for certain"),
    (_legs(("2026-11-23T01:00", None), AHEAD), "B", "when the first leaves is not: the second surely has not left"),
]


@pytest.mark.parametrize(("journey", "origin", "why"), ONWARD, ids=[why for *_, why in ONWARD])
def test_a_journey_has_not_left_before_its_last_leg_has(
    store: Store, journey: Journey, origin: str | None, why: str
) -> None:
    record(store, message(journeys=[journey]), decision(0, match()))
    rows = store.departing(SINCE)
    assert [row.origin for row in rows] == ([origin] if origin else []), why
    assert all(store.departing(SINCE, after=row.id) == [] for row in rows)


@pytest.mark.parametrize("alerts_only", [True, False])
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_pages_of_departing_matches_are_the_whole_soonest_first(store: Store, alerts_only: bool, size: int) -> None:
    _fill(store)
    everybody = [row for row in store.matches(alerts_only=False) if row.alert or not alerts_only]
    wanted = sorted(everybody, key=lambda row: (row.departs, -row.millibits, -row.id))
    assert len({row.departs for row in wanted}) == 2

    pages, after = [], None
    while page := store.departing(SINCE, alerts_only, size, after):
        pages += page
        after = page[-1].id
    assert pages == wanted


def test_of_equal_departures_the_latest_recorded_comes_first(store: Store) -> None:
    for name in ("first", "second", "third"):
        record(store, message(name, source=name, journeys=[flight(name)]))
    assert [row.source for row in store.journeys()] == ["third", "second", "first"]


def _fill(store: Store) -> None:
    """Three messages of ten travellers each on the same two voyages, with many equal strengths among their matches."""
    dice = random.Random(7)
    for place in range(3):
        decisions = []
        for number in range(10):
            strengths = [dice.choice((3_000, 9_000, 9_500, 12_000)) for _ in range(dice.randrange(4))]
            found = [match(f"E{n}", strength, alert=strength >= 9_000) for n, strength in enumerate(strengths)]
            decisions.append(decision(number, *found, journey=number % 2))
        people = [traveller(f"FAMILY{number}") for number in range(10)]
        record(
            store,
            message(f"input {place}", travellers=people, journeys=[_sailing("2026-11-24"), _sailing("2026-11-25")]),
            *decisions,
        )


@pytest.mark.parametrize("alerts_only", [True, False])
@pytest.mark.parametrize("one_journey", [True, False])
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_pages_of_matches_are_the_whole_strongest_first(
    store: Store, alerts_only: bool, one_journey: bool, size: int
) -> None:
    _fill(store)
    whole = store.matches(alerts_only=False)
    journey = whole[0].journey_id if one_journey else None
    wanted = [row for row in whole if (row.alert or not alerts_only) and (journey is None or row.journey_id == journey)]
    assert len(wanted) > 4

    pages, after = [], None
    while page := store.matches(journey=journey, alerts_only=alerts_only, limit=size, after=after):
        pages += page
        after = page[-1].id
    assert pages == wanted
    assert all((one.millibits, one.id) > (next_.millibits, next_.id) for one, next_ in pairwise(pages))


def test_the_counts_are_those_of_the_lists(store: Store) -> None:
    assert store.counts() == Counts(messages=0, journeys=0, travellers=0, alerts=0)
    _fill(store)
    alerting = {row.traveller_id for row in store.matches()}
    assert store.counts() == Counts(messages=3, journeys=2, travellers=30, alerts=len(alerting))
    journeys = store.journeys()
    assert sum(row.alerts for row in journeys) == len(alerting)
    assert [(row.travellers, row.messages) for row in journeys] == [(15, 3), (15, 3)]


@pytest.mark.parametrize("nothing", [0, -1, 999_999, 2**63, 2**70])
def test_an_id_that_no_row_has_gives_nothing(store: Store, nothing: int) -> None:
    record(store, message(), decision(0, match()))
    assert store.journey(nothing) is None
    assert store.match(nothing) is None
    assert store.matches(journey=nothing) == []
    assert store.matches(after=nothing) == []
    assert store.departing(SINCE, after=nothing) == []


QUESTIONS: dict[str, Callable[[Store], object]] = {
    "journeys": lambda store: store.journeys(),
    "matches": lambda store: store.matches(alerts_only=False),
    "matches by departure": lambda store: store.departing(SINCE),
    "matches of a journey": lambda store: store.matches(journey=1),
    "counts": lambda store: store.counts(),
    "events": lambda store: store.events(50),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_list_is_one_statement_however_long(store: Store, question: str) -> None:
    _fill(store)
    asked: list[str] = []

    def note(_: sa.Connection, __: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        QUESTIONS[question](store)
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1


@pytest.mark.parametrize(
    "question",
    [
        queries.following(queries.alerts(queries.strongest_matches(10)), 5),
        queries.following(queries.strongest_matches(10), 5),
        queries.newest_only(queries.following(queries.alerts(queries.strongest_matches(10)), 5), True),
        queries.newest_only(queries.strongest_matches(10), False),
        queries.newest_journeys(10),
        queries.newest_events(10),
    ],
    ids=["alerts", "matches", "alerts once", "matches once", "journeys", "events"],
)
def test_a_page_is_read_off_an_index(tmp_path: Path, question: queries.Question) -> None:
    """Sorting or counting all rows for each page would grow with the years; SQLite tells how it goes about it."""
    url = f"sqlite:///{tmp_path / 'vigie.db'}"
    open_store(url).close()
    with past_the_store(url) as connection:
        statement = question.compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    plan = [step for step in plan if step != "USE TEMP B-TREE FOR count(DISTINCT)"]  # over one journey each
    wholly = [step for step in plan if "TEMP B-TREE" in step or (step.startswith("SCAN") and "INDEX" not in step)]
    assert wholly == (["SCAN events"] if "events" in plan[0] else [])  # the log's own order is that of its ids
