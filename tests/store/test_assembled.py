"""The present state of a journey as it is stored and read: from any order of arrival, on both databases."""

import datetime as dt
import hashlib
import itertools
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.journeys.sending import LEG, answer, message, person, pnr
from tests.store.invented import NOW, decision, entry, match, original_of, rows
from vigie.journeys.assembly import Arrival, assemble
from vigie.records import Announced, Leg, Match, Message, Traveller
from vigie.store import AssembledJourney, Store, assembled, open_store
from vigie.store.assembled import _flight

ADA = person("HOLT", "ADA", "X1000001/UTO", birth_date="1980-02-03", record_locator="AAA111", reference="R1")
BEN = person("BERG", "BEN", "X1000002/UTO", birth_date="1981-02-03", record_locator="BBB222", reference="R2")
CLEO = person("LIND", "CLEO", "X1000003/UTO", birth_date="1982-02-03", record_locator="CCC333", reference="R3")
DAN = person("DAHL", "DAN", "X1000004/UTO", birth_date="1983-02-03", record_locator="DDD444", reference="R4")

PNL_LEG = replace(LEG, departs="2026-11-23", destination=None)
LATER_LEG = replace(LEG, departs="2026-11-23T06:40")
OTHER_LEG = replace(LEG, number="413")

BOOKED = pnr(("AAA111", (ADA,)), ("BBB222", (BEN,)), sent="07:00")
LIST = message(ADA, BEN, CLEO, sent="09:00")
NAMES = message(
    person("HOLT", "ADA", source="PNL", record_locator="AAA111"),
    kind="PNL",
    function="PNL",
    legs=(PNL_LEG,),
    sent="08:00",
)
PART_1 = message(ADA, BEN, sent="09:10", access="LIST", part=1, last_part=False)
PART_2 = message(CLEO, sent="09:10", access="LIST", part=2)
CHANGE = message(replace(BEN, seats=("12A",)), function="745+CP", sent="09:30")
CANCEL = message(CLEO, function="745+XR", sent="10:00")
LATE_LIST = message(ADA, BEN, sent="09:40", legs=(LATER_LEG,))
CLOSE = message(BEN, function="266+CLNB", sent="10:30")
ANSWER = answer("A", "AAA111", "R1", sent="09:05")
GATE = message(DAN, function="655", sent="10:10")


def send(store: Store, *messages: Message, found: Sequence[Match] = (), minutes: int = 0) -> list[int]:
    """Record messages in this order, each in an input of its own, with these matches of every first traveller."""
    ids = []
    for at, each in enumerate(messages):
        name = repr(replace(each, source="", sha256=""))
        sent = replace(each, source=f"{at}.edi", sha256=hashlib.sha256(name.encode()).hexdigest())
        screened = [
            decision(n, *(found if n == 0 else ()), journey=0 if sent.journeys else None)
            for n in range(len(sent.travellers))
        ]
        entries = [entry(one.entry) for one in found]
        now = NOW + dt.timedelta(minutes=minutes + at)
        ids.append(store.record(sent, original_of(sent), 0, screened, entries, now).message_id)
    return ids


def flights(store: Store) -> list[AssembledJourney]:
    """Every journey of the board, assembled."""
    while (row := store.stale(NOW + dt.timedelta(days=1))) is not None:
        assert store.assembled(row, NOW)
    found = [store.assembled(row.id, NOW) for row in store.journeys()]
    return [each for each in found if each is not None]


def statuses(store: Store, of: AssembledJourney) -> dict[str, str]:
    found = store.persons([each.id for each in of.persons])
    return {each.traveller.name.given or "?": each.status for each in found}


CASES = [
    ((BOOKED, LIST), {"ADA": "listed", "BEN": "listed", "CLEO": "listed"}, "a booking and a list"),
    ((NAMES, BOOKED, LIST), {"ADA": "listed", "BEN": "listed", "CLEO": "listed"}, "names without a time of day"),
    ((PART_1, PART_2, CANCEL), {"ADA": "listed", "BEN": "listed", "CLEO": "cancelled"}, "parts, then a cancellation"),
    ((LIST, LATE_LIST), {"ADA": "listed", "BEN": "listed", "CLEO": "no_longer_listed"}, "an hour later, without one"),
    ((LIST, CLOSE), {"ADA": "on_board", "BEN": "not_on_board", "CLEO": "on_board"}, "closed, one left behind"),
    ((PART_1, PART_2, CHANGE, CLOSE), {"ADA": "on_board", "BEN": "not_on_board", "CLEO": "on_board"}, "all of it"),
    ((LIST, ANSWER, GATE), {"ADA": "listed", "BEN": "listed", "CLEO": "listed", "DAN": "gate_pass"}, "a gate pass"),
]


@pytest.mark.parametrize(("messages", "expected", "why"), CASES, ids=[why for *_, why in CASES])
def test_any_order_of_arrival_gives_the_same_persons(
    store: Store, messages: tuple[Message, ...], expected: dict[str, str], why: str
) -> None:
    orders = list(itertools.permutations(messages))
    seen = set()
    for turn, order in enumerate(orders[:: max(1, len(orders) // 6)]):
        day = f"2026-12-{turn + 1:02}"
        send(store, *[_on(day, each) for each in order])
        (found,) = [each for each in flights(store) if (each.journey.departs or "").startswith(day)]
        assert statuses(store, found) == expected, why
        seen.add(tuple((each.key, each.status) for each in found.persons if each.status != "gate_pass"))
        assert Counter(_mentions(store, found)) == Counter(_recorded(store, found)), why
    assert len(seen) == 1 or turn == 0


def _on(day: str, message: Message) -> Message:
    """The same message about the flight of another day."""
    journeys = tuple(
        replace(each, legs=tuple(replace(leg, departs=day + (leg.departs or "")[10:]) for leg in each.legs))
        for each in message.journeys
    )
    return replace(message, journeys=journeys)


def _mentions(store: Store, of: AssembledJourney) -> list[tuple[int, int]]:
    found = store.persons([each.id for each in of.persons])
    return [mention for each in found for mention in each.mentions]


def _recorded(store: Store, of: AssembledJourney) -> list[tuple[int, int]]:
    return [(row.id, place) for row in of.messages.values() for place in range(row.travellers)]


def test_one_flight_is_one_journey_on_the_board_however_its_messages_write_it(store: Store, url: str) -> None:
    """Names without a time, a list, a list an hour later: three journeys as sent, one that stands for them."""
    send(store, NAMES, LIST, LATE_LIST, message(DAN, legs=(OTHER_LEG,)))
    assert len(rows(url, "journeys")) == 4
    one, other = sorted(flights(store), key=lambda each: each.journey.number or "")
    assert (one.journey.number, one.journey.travellers, one.journey.messages) == ("412", 3, 3)
    assert one.journey.departs == "2026-11-23T06:40", "the latest list is believed"
    assert (other.journey.number, other.journey.travellers) == ("413", 1)
    heads = {row["head_id"] for row in rows(url, "journeys")}
    assert heads == {one.journey.id, other.journey.id}
    for row in rows(url, "journeys"):
        shown = store.journey(row["id"])
        assert shown is not None
        assert shown.id == row["head_id"], "an older address of the journey leads to it"


def test_a_message_that_joins_two_flights_leaves_no_person_behind(store: Store, url: str) -> None:
    """Two legs of one number, each with a list of its own, then a list of both."""
    onward = Leg(carrier="ZV", number="412", origin="VIE", destination="OSL", departs="2026-11-23T09:00")
    send(store, message(ADA), message(BEN, legs=(onward,)))
    assert [each.journey.travellers for each in flights(store)] == [1, 1]
    before = {row["id"] for row in rows(url, "persons")}
    send(store, message(CLEO, legs=(LEG, onward), sent="09:50"), minutes=5)
    (found,) = flights(store)
    assert sorted(statuses(store, found)) == ["ADA", "BEN", "CLEO"]
    assert before < {row["id"] for row in rows(url, "persons")}
    assert len(rows(url, "assemblies")) == 1


def test_a_person_keeps_the_row_whatever_comes_and_a_repeat_changes_nothing(store: Store, url: str) -> None:
    send(store, LIST)
    (found,) = flights(store)
    before = {each.key: each.id for each in found.persons}
    send(store, BOOKED, replace(LIST, envelope=None), CANCEL, minutes=5)
    (after,) = flights(store)
    ids = {row["id"] for row in rows(url, "persons")}
    assert set(before.values()) <= ids
    names = {each.id: each.traveller.name.given for each in store.persons(sorted(ids))}
    assert [names[number] for number in before.values()] == ["ADA", "BEN", "CLEO"]
    again = rows(url, "persons"), rows(url, "assemblies"), rows(url, "travellers")
    assert store.assembled(after.journey.id, NOW) == after
    assert (rows(url, "persons"), rows(url, "assemblies"), rows(url, "travellers")) == again


def test_until_it_is_assembled_a_journey_counts_the_travellers_of_its_messages(store: Store) -> None:
    send(store, LIST, PART_1)
    (row,) = store.journeys()
    assert (row.travellers, row.status) == (5, None)
    flights(store)
    (row,) = store.journeys()
    assert (row.travellers, row.status) == (3, "open")
    send(store, CANCEL, minutes=5)
    (row,) = store.journeys()
    assert (row.travellers, row.status) == (4, "open")


def test_missing_parts_and_totals_are_of_the_state(store: Store) -> None:
    announced = Announced(passengers=4)
    part = replace(PART_1, announced=announced)
    send(store, part)
    (found,) = flights(store)
    assert [problem.code for problem in found.state.problems] == ["PART_MISSING"]
    send(store, replace(PART_2, announced=announced), minutes=5)
    (found,) = flights(store)
    assert [problem.code for problem in found.state.problems] == ["COUNT_MISMATCH"]
    (one,) = found.state.transmissions
    assert (one.announced and one.announced.passengers, one.assembled.passengers) == (4, 3)


def test_what_is_kept_of_a_message_says_nothing_twice(store: Store, url: str) -> None:
    """Travellers and problems have a place of their own, and removed spans are none of the state."""
    send(store, LIST)
    (row,) = rows(url, "messages")
    assert "ADA" not in row["data"]
    assert '"removals":[]' in row["data"]


PIECES = (BOOKED, NAMES, PART_1, PART_2, LIST, CHANGE, CANCEL, LATE_LIST, CLOSE, ANSWER, GATE)


@settings(max_examples=25)
@given(order=st.permutations(PIECES), number=st.integers(1, len(PIECES)), pauses=st.sets(st.integers(0, 10)))
def test_assembling_in_between_gives_what_assembling_at_once_gives(
    tmp_path_factory: pytest.TempPathFactory, order: list[Message], number: int, pauses: set[int]
) -> None:
    """Against the plain twin: `assemble` over the messages themselves, none of which went through a database."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('turn') / 'work.db'}") as store:
        arrivals = []
        for at, each in enumerate(order[:number]):
            (row,) = send(store, each, minutes=at)
            received = f"2026-11-23T{4 + (40 + at) // 60:02}:{(40 + at) % 60:02}:07.120Z"
            arrivals.append(Arrival(number=row, received=received, message=each))
            if at in pauses:
                flights(store)
        (found,) = flights(store)
        twin = assemble(arrivals)
        people = [row for row in store.persons([each.id for each in found.persons]) if row.state]
        assert [row.state for row in people] == list(twin.persons)
        assert found.state == replace(twin, persons=(), asides=())
        assert sorted(_mentions(store, found)) == sorted(_recorded(store, found))


# -- the queue ----------------------------------------------------------------------------------------------------


def test_the_queue_has_one_row_for_each_person_and_entry(store: Store) -> None:
    send(store, message(ADA, BEN), found=[match("E1", 20_000), match("E2", 15_000)])
    send(store, message(ADA, BEN, CLEO, sent="09:30"), found=[match("E1", 18_000)], minutes=5)
    assert [row.entry for row in store.matches()] == ["E1", "E1", "E2"], "not assembled: nothing is left out"
    flights(store)
    first, second = store.matches()
    assert [(first.entry, first.millibits, first.others), (second.entry, second.others)] == [
        ("E1", 18_000, 1),
        ("E2", 0),
    ]
    assert (first.status, first.person_id) == ("listed", second.person_id)
    detail = store.match(first.id)
    assert detail is not None
    assert [(other.entry, other.millibits) for other in detail.others] == [("E1", 20_000)]
    (journey,) = store.journeys()
    assert (journey.alerts, store.counts().alerts) == (1, 1)
    person_ = store.person(first.person_id or 0)
    assert person_ is not None
    assert [row.entry for row in person_.matches] == ["E1", "E2"]
    assert len(person_.mentions) == 2
    assert person_.person.alerts == 2


def test_a_later_message_that_says_less_hides_no_alert(store: Store) -> None:
    send(store, message(ADA), found=[match("E1", 20_000)])
    send(store, message(ADA, sent="09:30"), found=[match("E1", 5_000, alert=False)], minutes=5)
    flights(store)
    assert [(row.millibits, row.alert) for row in store.matches()] == [(20_000, True)]
    assert [(row.millibits, row.alert) for row in store.matches(alerts_only=False)] == [(5_000, False)]
    assert len(store.departing(NOW - dt.timedelta(days=9))) == 1


BRIDGE = Leg(carrier="YY", number="77", origin="RAK", destination="CMN", departs="2026-11-20T05:40")
EARLIER = replace(LEG, departs="2026-11-23T00:01")


@pytest.mark.parametrize("legs", [(BRIDGE, LEG), (EARLIER,)], ids=["a flight of days ago before it", "an early time"])
def test_what_others_send_of_a_flight_takes_no_alert_from_the_queue(store: Store, legs: tuple[Leg, ...]) -> None:
    send(store, message(ADA), found=[match("E1", 20_000)])
    send(store, message(BEN, sender="YY", legs=legs, sent="09:30"), minutes=5)
    flights(store)
    since = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
    (row,) = store.departing(since)
    assert (row.carrier, row.number, row.origin, row.departs) == ("ZV", "412", "CMN", "2026-11-23T05:40")


def test_a_flight_that_is_late_stays_in_the_queue(store: Store) -> None:
    """Its own list has left; a later one, which does not match, has another time."""
    at = replace(LEG, departs="2026-11-23T01:00", departs_utc="2026-11-23T01:00Z")
    late = replace(LEG, departs="2026-11-23T09:00", departs_utc="2026-11-23T09:00Z")
    send(store, message(ADA, legs=(at,)), found=[match("E1", 20_000)])
    send(store, message(BEN, legs=(late,), sent="09:30"), minutes=5)
    since = dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC)
    assert store.departing(since) == []
    flights(store)
    (row,) = store.departing(since)
    assert row.departs == "2026-11-23T09:00"


def test_namesakes_stay_two_in_the_queue(store: Store) -> None:
    other = person("HOLT", "ADA", "X9999999/UTO", birth_date="1955-05-05", record_locator="ZZZ999", reference="R9")
    send(store, message(ADA), found=[match("E1", 20_000)])
    send(store, message(other, function="745+CP", sent="09:30"), found=[match("E1", 20_000)], minutes=5)
    flights(store)
    assert len(store.matches()) == 2


# -- at once ------------------------------------------------------------------------------------------------------


def test_messages_that_come_while_a_journey_is_assembled_are_not_lost(store: Store) -> None:
    """Recording and assembling at once: in the end the state is of all messages."""
    people = [_passenger(n) for n in range(24)]
    start = threading.Barrier(3, timeout=20)

    def record(half: list[Traveller]) -> None:
        start.wait()
        for n, one in enumerate(half):
            send(store, message(one, function="745", sent=f"09:{n:02}", transaction=f"T{one.reference}"))

    def assemble() -> None:
        start.wait()
        for _ in range(12):
            for row in store.journeys():
                store.assembled(row.id, NOW)

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(record, people[:12]), pool.submit(record, people[12:]), pool.submit(assemble)]:
            done.result()
    (found,) = flights(store)
    assert len(found.persons) == len(people)
    assert sorted(_mentions(store, found)) == sorted(_recorded(store, found))


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_what_comes_just_before_the_last_attempt_has_the_rows_is_in_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer at a time, so nothing can come there."""
    one, other = _passenger(0), _passenger(1)
    send(store, message(one, function="745", sent="09:00", transaction="T1"))
    (row,) = store.journeys()
    looked: list[object] = []

    def look(connection: sa.Connection, journey_id: int) -> object:
        found = _flight(connection, journey_id)
        if not looked:
            looked.append(found)
            send(store, message(other, function="745", sent="09:01", transaction="T2"))
        return found

    monkeypatch.setattr(assembled, "_ATTEMPTS", 0)
    monkeypatch.setattr(assembled, "_flight", look)
    store.assembled(row.id, NOW)
    monkeypatch.undo()
    (found,) = flights(store)
    assert len(found.persons) == 2


def _passenger(n: int) -> Traveller:
    return person(f"P{'ABCDEFGHIJKLMNOPQRSTUVWX'[n]}OLM", "EVA", f"X20000{n:02}/UTO", reference=f"R{n}")


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.assembled(7, NOW) is None
    assert store.assembled(-1, NOW) is None
    assert store.person(7) is None
    assert store.persons([7]) == []
    assert store.stale(NOW) is None


def test_a_journey_is_stale_only_when_it_has_been_quiet(store: Store) -> None:
    send(store, LIST)
    assert store.stale(NOW - dt.timedelta(seconds=1)) is None
    row = store.stale(NOW)
    assert row is not None
    assert store.stale(NOW, after=row) is None
