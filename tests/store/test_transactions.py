"""All or nothing, once and only once, nothing lost among threads, nothing changed in the log; on both databases."""

import datetime as dt
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from tests.store.invented import (
    FULL_ENTRY,
    NOW,
    decision,
    entry,
    execute,
    flight,
    match,
    message,
    numbers_of_rows,
    original_of,
    past_the_store,
    record,
    rows,
    traveller,
)
from vigie.errors import StoreError
from vigie.records import Decision, Message
from vigie.store import EventRow, Receipt, Store, open_store

REFUSE_LAST_EVENT = {
    "sqlite": (
        "CREATE TRIGGER refuse BEFORE INSERT ON events WHEN NEW.action = 'message.recorded'"
        " BEGIN SELECT RAISE(ABORT, 'refused'); END",
        "DROP TRIGGER refuse",
    ),
    "postgresql": (
        "ALTER TABLE events ADD CONSTRAINT refuse CHECK (action <> 'message.recorded')",
        "ALTER TABLE events DROP CONSTRAINT refuse",
    ),
}
REFUSE_TRAVELLER = {
    "sqlite": "CREATE TRIGGER refuse BEFORE INSERT ON travellers BEGIN SELECT RAISE(ABORT, 'refused'); END",
    "postgresql": "ALTER TABLE travellers ADD CONSTRAINT refuse CHECK (name = '') NOT VALID",
}


def _kind(url: str) -> str:
    return "sqlite" if url.startswith("sqlite") else "postgresql"


# -- one transaction --------------------------------------------------------------------------------------------


def test_when_the_last_step_fails_nothing_stays(store: Store, url: str) -> None:
    """The event of the whole is the last row of the transaction: everything else has been inserted by then."""
    refuse, allow = REFUSE_LAST_EVENT[_kind(url)]
    execute(url, refuse)
    with pytest.raises(StoreError):
        record(store, message(), decision(0, match()))
    assert set(numbers_of_rows(url).values()) == {0}

    execute(url, allow)
    assert record(store, message(), decision(0, match())).already is False
    assert set(numbers_of_rows(url).values()) == {1, 2}  # two legs, two events


def test_errors_and_logs_tell_nothing_about_the_traveller(url: str, caplog: pytest.LogCaptureFixture) -> None:
    """PostgreSQL answers `Failing row contains (...)`; SQLAlchemy would add parameters and, at DEBUG, log rows."""
    screened = message(travellers=[traveller("TELLTALE", "Tia")])
    found = decision(0, match())
    with caplog.at_level("DEBUG", logger="sqlalchemy"), open_store(url) as store:
        record(store, screened, found)
        assert store.match(store.matches()[0].id) is not None
        execute(url, REFUSE_TRAVELLER[_kind(url)])
        with pytest.raises(StoreError) as refused:
            record(store, screened, found, ordinal=1)
    assert "INSERT INTO travellers" in caplog.text
    printed = "".join(traceback.format_exception(refused.value)) + caplog.text
    assert "TELLTALE" not in printed
    assert "refused the operation" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("fault", "decisions"),
    [
        ("decision 0 is about traveller 1: there is none", [decision(1)]),
        ("decision 0 is about traveller -1: there is none", [decision(-1)]),
        ("decision 0 is about journey 1: there is none", [decision(0, journey=1)]),
        ("decision 0 is about journey -1: there is none", [decision(0, journey=-1)]),
        ("decision 1 is a second one about traveller 0", [decision(0), decision(0)]),
        ("1 matched entries are not among the entries given", [decision(0, match("INV.7"), match("INV.8"))]),
    ],
)
def test_what_does_not_fit_together_is_the_callers_fault(
    store: Store, url: str, fault: str, decisions: list[Decision]
) -> None:
    with pytest.raises(ValueError, match=fault):
        store.record(message(), original_of(message()), 0, decisions, [FULL_ENTRY], NOW)
    assert set(numbers_of_rows(url).values()) == {0}


def test_a_moment_without_a_zone_is_refused_and_any_zone_becomes_utc(store: Store) -> None:
    with pytest.raises(ValueError, match="timezone-aware"):
        record(store, message(), now=NOW.replace(tzinfo=None))
    record(store, message(), now=NOW.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=45))))
    assert [row.received_at for row in store.journeys()] == ["2026-11-23T04:40:07.120Z"]


# -- once -------------------------------------------------------------------------------------------------------


def test_the_same_message_again_adds_an_event_and_nothing_else(store: Store, url: str) -> None:
    first = record(store, message(), decision(0, match()))
    before = numbers_of_rows(url)
    renamed = message(source="again.edi", travellers=[traveller(), traveller()])
    later = NOW + dt.timedelta(hours=1)
    again = record(store, renamed, decision(1, match("B")), now=later)
    assert again == Receipt(message_id=first.message_id, already=True)
    assert numbers_of_rows(url) == before | {"events": before["events"] + 1}
    (newest,) = store.events(1)
    assert newest == EventRow(
        id=newest.id,
        at="2026-11-23T05:40:07.120Z",
        actor="system",
        action="message.received_again",
        message_id=first.message_id,
        traveller_id=None,
        counts={},
    )


def test_the_messages_of_one_input_are_many_and_its_bytes_are_kept_once(store: Store, url: str) -> None:
    receipts = [record(store, message(), ordinal=ordinal) for ordinal in (0, 1, 1)]
    assert [receipt.already for receipt in receipts] == [False, False, True]
    assert len({receipt.message_id for receipt in receipts}) == 2
    assert (numbers_of_rows(url)["messages"], numbers_of_rows(url)["inputs"]) == (2, 1)


def test_an_entry_is_kept_once_for_each_version_of_its_list(store: Store, url: str) -> None:
    """As it stood: what the list says later does not change what an analyst saw."""
    changed = msgspec.structs.replace(FULL_ENTRY, programmes=("LATER",))
    for place, (lists, stood) in enumerate([("v1", FULL_ENTRY), ("v1", FULL_ENTRY), ("v2", changed)]):
        screened = [decision(0, match(), lists=lists)]
        of = message(f"input {place}")
        store.record(of, original_of(of), 0, screened, [stood, entry("NEVER.MATCHED")], NOW)
    assert [(row["list_version"], row["entry"]) for row in rows(url, "entries")] == [("v1", "INV.7"), ("v2", "INV.7")]
    details = [store.match(row.id) for row in store.matches()]
    assert [detail.entry for detail in details if detail] == [changed, FULL_ENTRY, FULL_ENTRY]


def test_more_entries_than_a_statement_takes(store: Store, url: str) -> None:
    numbers = [f"E{n}" for n in range(2_500)]
    record(store, message(), decision(0, *[match(number) for number in numbers]))
    assert numbers_of_rows(url)["entries"] == len(numbers)
    assert {(row.entry, row.caption) for row in store.matches(limit=5_000)} == {(n, f"NAME {n}") for n in numbers}


# -- the log ----------------------------------------------------------------------------------------------------


def test_the_log_says_what_happened_in_order(store: Store) -> None:
    people = [traveller(), traveller(), traveller()]
    loud, quiet = match("A"), match("B", alert=False)
    receipt = record(store, message(travellers=people), decision(0, loud, quiet), decision(1), decision(2, quiet))
    (alerting,) = store.matches()
    events = store.events(10)
    assert [(event.action, event.counts) for event in events] == [
        (
            "message.recorded",
            {"journeys": 1, "travellers": 3, "decisions": 3, "matches": 3, "alerts": 1, "problems": 1},
        ),
        ("traveller.matched", {"matches": 1, "alerts": 0}),
        ("traveller.matched", {"matches": 2, "alerts": 1}),
    ]
    assert [event.id for event in events] == sorted((event.id for event in events), reverse=True)
    assert {event.message_id for event in events} == {receipt.message_id}
    assert {(event.actor, event.at) for event in events} == {("system", "2026-11-23T04:40:07.120Z")}
    assert events[2].traveller_id == alerting.traveller_id
    assert store.events(1) == events[:1]


CHANGES = {
    "sqlite": (
        "UPDATE events SET actor = 'nobody'",
        "DELETE FROM events",
        "REPLACE INTO events SELECT id, at, 'nobody', action, message_id, traveller_id, arrival_id, carrier_id, counts,"
        " facts FROM events",
        "INSERT INTO events SELECT * FROM events WHERE true ON CONFLICT (id) DO UPDATE SET actor = 'nobody'",
    ),
    "postgresql": (
        "UPDATE events SET actor = 'nobody'",
        "DELETE FROM events",
        "TRUNCATE events",
        "INSERT INTO events SELECT * FROM events ON CONFLICT (id) DO UPDATE SET actor = 'nobody'",
    ),
}


@pytest.mark.parametrize("place", range(4), ids=["update", "delete", "replace or truncate", "upsert"])
def test_an_event_cannot_be_changed_or_removed(store: Store, url: str, place: int) -> None:
    record(store, message())
    before = rows(url, "events")
    with pytest.raises(Exception, match="events is append-only"):
        execute(url, CHANGES[_kind(url)][place])
    assert rows(url, "events") == before != []


# -- many at once -----------------------------------------------------------------------------------------------

WRITERS, EACH = 4, 12


def _crowd(writer: int, place: int) -> tuple[Message, list[Decision]]:
    """Two travellers of a flight of their own, who match the same twenty entries as all, in another order."""
    numbers = [f"E{(n * 7 + writer + place) % 20}" for n in range(20)]
    people = [traveller(f"W{writer}P{place}N{number}") for number in range(2)]
    found = [match(number) for number in numbers]
    screened = message(f"{writer} {place}", travellers=people, journeys=[flight(f"{writer}{place}")])
    return screened, [decision(0, *found), decision(1, *found[::-1])]


def test_threads_that_write_and_read_at_once_lose_nothing(store: Store, url: str) -> None:
    """A reader never sees a part of a message: each journey has its two travellers and two alerts from the start."""
    done = threading.Event()

    def write(writer: int) -> None:
        for place in range(EACH):
            screened, decisions = _crowd(writer, place)
            assert record(store, screened, *decisions).already is False

    def read() -> int:
        seen = 0
        while not done.is_set():
            journeys = store.journeys()
            assert {(row.travellers, row.alerts) for row in journeys} <= {(2, 2)}
            assert len(journeys) >= seen
            seen = len(journeys)
        return seen

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        writers = [pool.submit(write, writer) for writer in range(WRITERS)]
        try:
            for writing in writers:
                writing.result()
        finally:
            done.set()
        for reading in readers:
            reading.result()
    whole = WRITERS * EACH
    assert numbers_of_rows(url) == {
        "inputs": whole,
        "messages": whole,
        "qualities": whole,
        "journeys": whole,
        "legs": 2 * whole,
        "mentions": whole,
        "travellers": 2 * whole,
        "decisions": 2 * whole,
        "entries": 20,
        "matches": 40 * whole,
        "events": 3 * whole,
    }
    names = {row.traveller_name for row in store.matches(limit=10_000)}
    assert names == {f"W{w}P{p}N{n}, Odalys" for w in range(WRITERS) for p in range(EACH) for n in range(2)}


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_two_that_match_the_same_entries_do_not_block_each_other(store: Store, url: str) -> None:
    """Both take the entries in one order, whatever the order of their matches: here A is taken, so B is still free."""
    add = "INSERT INTO entries (list_version, list, entry, data) VALUES ('lists-1', 'invented', '{}', '{{}}')"
    blocked = "SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with ThreadPoolExecutor(1) as pool, past_the_store(url) as other:
        other.exec_driver_sql(add.format("A"))
        waiting = pool.submit(record, store, message(), decision(0, match("B"), match("A")))
        until = time.monotonic() + 10
        while not other.exec_driver_sql(blocked).first():
            assert time.monotonic() < until, "the store should be waiting for A"
            time.sleep(0.01)
        other.exec_driver_sql(add.format("B"))
        other.rollback()
        assert waiting.result().already is False


def test_one_message_from_many_threads_is_recorded_once(url: str) -> None:
    """Each thread has a store of its own, as processes would; they open the empty database at once as well."""
    start = threading.Barrier(6)

    def offer(_: int) -> Receipt:
        start.wait()
        with open_store(url) as own:
            return record(own, message(), decision(0, match()))

    with ThreadPoolExecutor(6) as pool:
        receipts = list(pool.map(offer, range(6)))
    assert sorted(receipt.already for receipt in receipts) == [False] + [True] * 5
    assert len({receipt.message_id for receipt in receipts}) == 1
    assert (numbers_of_rows(url)["travellers"], numbers_of_rows(url)["events"]) == (1, 7)
