"""One voyage is one journey, however many messages speak of it and however many arrive at once; on both databases."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from tests.store.invented import (
    FLIGHT,
    FULL_LEG,
    NOW,
    ONWARD,
    decision,
    flight,
    match,
    message,
    numbers_of_rows,
    past_the_store,
    record,
    rows,
    traveller,
)
from vigie.records import Journey, Leg
from vigie.store import Receipt, Store


def _journey(*legs: Leg) -> Journey:
    return Journey(mode="air", legs=legs)


def _changed(**fields: str | None) -> Journey:
    """FLIGHT with a first leg that differs."""
    return _journey(replace(FULL_LEG, **fields), ONWARD)


NUMBERLESS = Leg(origin="MAOUD", destination="DZTLM", departs="2026-11-23")
DAYLESS = Leg(carrier="VX", number="989", origin="AAA", destination="BBB")

PAIRS = [
    (FLIGHT, FLIGHT, 1, "two parts of one list"),
    (FLIGHT, _changed(number_raw="VX989"), 1, "the number written otherwise"),
    (FLIGHT, _changed(departs_zone=None, departs_utc=None), 1, "a place whose zone was not known yet"),
    (_journey(NUMBERLESS), _journey(NUMBERLESS), 1, "a coach without number, with its day of departure"),
    (_journey(Leg(arrives="2026-11-23")), _journey(Leg(arrives="2026-11-23")), 1, "only the day of arrival"),
    (FLIGHT, Journey(mode="rail", legs=FLIGHT.legs), 2, "a train of the same number"),
    (FLIGHT, _changed(carrier="VY"), 2, "another carrier's"),
    (FLIGHT, _changed(carrier=None), 2, "a carrier not named may be any"),
    (FLIGHT, _changed(number="990"), 2, "another number"),
    (FLIGHT, _changed(origin="DDD"), 2, "from elsewhere"),
    (FLIGHT, _changed(destination="DDD"), 2, "by way of elsewhere"),
    (FLIGHT, _changed(departs="2026-11-24T05:40"), 2, "the next day's"),
    (FLIGHT, _changed(departs="2026-11-23T06:40"), 2, "an hour later: whether it is delayed is for assembly to say"),
    (FLIGHT, _changed(arrives=None), 2, "no arrival sent"),
    (FLIGHT, _journey(FULL_LEG), 2, "without the onward leg"),
    (FLIGHT, _journey(ONWARD, FULL_LEG), 2, "the legs in another order"),
    (_changed(carrier="V", number="X989"), _changed(carrier="VX", number="989"), 2, "fields that only run together"),
    (_journey(), _journey(), 2, "no legs: nothing tells that they are one"),
    (_journey(DAYLESS), _journey(DAYLESS), 2, "a number without any day runs every day"),
]


@pytest.mark.parametrize(("one", "other", "journeys", "why"), PAIRS, ids=[why for *_, why in PAIRS])
def test_what_makes_two_messages_speak_of_one_journey(
    store: Store, one: Journey, other: Journey, journeys: int, why: str
) -> None:
    for name, journey in (("one", one), ("other", other)):
        record(store, message(name, journeys=[journey]), decision(0, match()))
    assert [row.messages for row in store.journeys()] == [2 // journeys] * journeys, why
    assert sum(row.travellers for row in store.journeys()) == 2
    assert {row.journey_id for row in store.matches()} == {row.id for row in store.journeys()}


def test_a_journey_counts_over_all_its_messages_and_names_the_latest(store: Store, url: str) -> None:
    """The last is a close-out: it holds nobody, and is linked all the same."""
    parts = [[traveller("A"), traveller("B")], [traveller("C")], []]
    for place, people in enumerate(parts):
        found = [decision(n, match(alert=n == 0)) for n in range(len(people))]
        part = message(f"part {place}", travellers=people, source=f"part-{place}.edi")
        record(store, part, *found, now=NOW + dt.timedelta(minutes=place))
    (shown,) = store.journeys()
    assert (shown.travellers, shown.alerts, shown.messages) == (3, 2, 3)
    assert (shown.source, shown.received_at) == ("part-2.edi", "2026-11-23T04:42:07.120Z")
    assert len(store.matches(journey=shown.id, alerts_only=False)) == 3
    assert {row["journey_id"] for row in rows(url, "mentions")} == {shown.id}
    assert (numbers_of_rows(url)["mentions"], numbers_of_rows(url)["legs"]) == (3, 2)


def test_a_message_that_names_a_voyage_twice_is_linked_once(store: Store, url: str) -> None:
    people = [traveller("A"), traveller("B"), traveller("C")]
    named = [flight("1"), FLIGHT, flight("1")]
    record(store, message(travellers=people, journeys=named), *[decision(n, match(), journey=n) for n in range(3)])
    assert {row.number: (row.travellers, row.messages) for row in store.journeys()} == {"1": (2, 1), "989": (1, 1)}
    on = {row.traveller_name[0]: row.number for row in store.matches()}
    assert on == {"A": "1", "B": "989", "C": "1"}
    assert sorted(row["ordinal"] for row in rows(url, "mentions")) == [0, 1]


def test_more_journeys_than_a_statement_takes(store: Store, url: str) -> None:
    named = [flight(str(number)) for number in range(1_200)]
    record(store, message(journeys=named), decision(0, match(), journey=1_111))
    assert [row.number for row in store.matches()] == ["1111"]
    assert (numbers_of_rows(url)["journeys"], numbers_of_rows(url)["legs"]) == (1_200, 2_400)


PARTS = 4


def test_parts_that_arrive_at_once_make_one_journey(store: Store, url: str) -> None:
    """Each part names two flights, in another order than the next part."""
    start = threading.Barrier(PARTS, timeout=20)
    flights = [[flight(f"{turn}A"), flight(f"{turn}B")] for turn in range(10)]

    def send(part: int) -> list[Receipt]:
        receipts = []
        for turn, both in enumerate(flights):
            start.wait()
            journeys = both if part % 2 else both[::-1]
            receipts.append(record(store, message(f"{turn} {part}", journeys=journeys), decision(0, match())))
        return receipts

    with ThreadPoolExecutor(PARTS) as pool:
        receipts = [receipt for sent in pool.map(send, range(PARTS)) for receipt in sent]
    assert {receipt.already for receipt in receipts} == {False}
    assert sorted(row.number or "" for row in store.journeys()) == sorted(f"{n}{x}" for n in range(10) for x in "AB")
    assert {(row.messages, row.travellers, row.alerts) for row in store.journeys()} == {(PARTS, PARTS // 2, PARTS // 2)}
    assert numbers_of_rows(url)["legs"] == 2 * 20


INSERT = "INSERT INTO journeys (voyage, mode, departs_order) VALUES (%(voyage)s, %(mode)s, %(departs_order)s)"
BLOCKED = "SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
@pytest.mark.parametrize("outcome", ["commit", "rollback"])
def test_a_part_waits_for_the_one_that_is_making_the_journey(store: Store, url: str, outcome: str) -> None:
    """Whether the other then succeeds or fails there is one row of each, and neither waits for the other: both take
    the voyages in one order, so while the part waits for the first, the second is still free."""
    record(store, message("to copy", journeys=[FLIGHT, flight("1")]))
    made = sorted(rows(url, "journeys"), key=lambda row: str(row["voyage"]))
    first, second = ({name: row[name] for name in ("voyage", "mode", "departs_order")} for row in made)
    with past_the_store(url) as connection:
        connection.exec_driver_sql("TRUNCATE journeys CASCADE")
    named = [FLIGHT if row["number"] == "989" else flight("1") for row in reversed(made)]
    with ThreadPoolExecutor(1) as pool, past_the_store(url) as other:
        other.exec_driver_sql(INSERT, first)
        waiting = pool.submit(record, store, message("part", journeys=named), decision(0, match()))
        until = time.monotonic() + 10
        while not other.exec_driver_sql(BLOCKED).first():
            assert time.monotonic() < until, "the store should be waiting for the journey"
            time.sleep(0.01)
        other.exec_driver_sql(INSERT, second)
        getattr(other, outcome)()
        assert waiting.result().already is False
    assert sorted((row.travellers, row.messages) for row in store.journeys()) == [(0, 1), (1, 1)]
