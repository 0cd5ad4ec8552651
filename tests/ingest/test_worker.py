"""Who works on what: order, exclusion, retries, leases; on both databases, with real threads."""

import datetime as dt
import threading
import time
from collections import defaultdict
from collections.abc import Callable

import pytest

from tests.ingest.conftest import Clock, came, paxlst
from tests.store.invented import FULL_ENTRY, NOW, message, original_of, rows
from vigie.errors import StoreError
from vigie.ingest.door import Door
from vigie.ingest.worker import Workers, work_once
from vigie.store import Claim, Store, Work
from vigie.store.claims import LEASE, MOST_ATTEMPTS, ClaimLostError

Process = Callable[[Claim], Work]


def quiet(_: str) -> None:
    pass


def time_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def done(_: Claim) -> Work:
    return Work(messages=1, travellers=2, alerts=0)


def fails(_: Claim) -> Work:
    raise RuntimeError("HOLT, Ann, 1970-06-01")


def take(door: Door, *flights: str) -> list[int]:
    """An arrival for each flight number, all different bytes."""
    return [
        door.take(paxlst(f"P{n}Q{flight}", flight=flight), came(f"{n}")).arrival for n, flight in enumerate(flights)
    ]


def test_done_is_done_once(door: Door, store: Store, clock: Clock, url: str) -> None:
    (arrival,) = take(door, "ZZ1")
    assert work_once(store.claims, done, clock, quiet)
    assert not work_once(store.claims, done, clock, quiet)
    assert [(row.id, row.state, row.attempts) for row in store.inbox.rows()] == [(arrival, "done", 1)]
    assert rows(url, "events")[-1]["action"] == "arrival.processed"
    assert not store.claims.waiting()


def test_one_voyage_in_its_order_others_meanwhile(door: Door, store: Store, clock: Clock) -> None:
    first, second, other = take(door, "ZZ1", "ZZ1", "ZZ2")
    held = store.claims.next(clock())
    assert held is not None
    assert held.arrival_id == first
    beside = store.claims.next(clock())
    assert beside is not None
    assert beside.arrival_id == other
    assert store.claims.next(clock()) is None
    store.claims.finish(held, Work(), clock())
    after = store.claims.next(clock())
    assert after is not None
    assert after.arrival_id == second


def test_an_input_about_two_voyages_waits_for_both(door: Door, store: Store, clock: Clock) -> None:
    take(door, "ZZ1", "ZZ2")
    both = door.take(paxlst("A", flight="ZZ1") + paxlst("B", flight="ZZ2"), came("both")).arrival
    one, two = store.claims.next(clock()), store.claims.next(clock())
    assert one is not None
    assert two is not None
    for claim in (one, two):
        assert store.claims.next(clock()) is None
        store.claims.finish(claim, Work(), clock())
    last = store.claims.next(clock())
    assert last is not None
    assert last.arrival_id == both


def test_a_bug_costs_one_arrival_and_no_other(door: Door, store: Store, clock: Clock, url: str) -> None:
    """Tried three times with pauses, in its order; then a person has to look, and what waited behind it goes on."""
    bad, behind = take(door, "ZZ1", "ZZ1")
    said: list[str] = []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert work_once(store.claims, fails, clock, said.append)
        if attempt < MOST_ATTEMPTS:
            assert not work_once(store.claims, done, clock, said.append), "the pause is not over"
            clock.forward(seconds=30)
    states = {row.id: row for row in store.inbox.rows()}
    assert (states[bad].state, states[bad].attempts) == ("quarantined", MOST_ATTEMPTS)
    assert (states[bad].reason or "").startswith("RuntimeError in ingest/worker.py:")
    assert work_once(store.claims, done, clock, said.append)
    assert store.inbox.kept(behind).arrival.state == "done"  # type: ignore[union-attr]
    actions = [event["action"] for event in rows(url, "events")]
    assert actions.count("arrival.failed") == MOST_ATTEMPTS - 1
    assert actions.count("arrival.quarantined") == 1
    assert "HOLT" not in str(rows(url, "events")) + " ".join(said)


def test_released_it_is_tried_again(door: Door, store: Store, clock: Clock) -> None:
    (arrival,) = take(door, "ZZ1")
    for _ in range(MOST_ATTEMPTS):
        work_once(store.claims, fails, clock, quiet)
        clock.forward(seconds=30)
    store.inbox.release(arrival, clock())
    assert work_once(store.claims, done, clock, quiet)
    assert store.inbox.counts() == {"done": 1}
    with pytest.raises(Exception, match="not in quarantine"):
        store.inbox.release(arrival, clock())


def test_who_dies_loses_the_claim_and_cannot_write_any_more(door: Door, store: Store, clock: Clock) -> None:
    (arrival,) = take(door, "ZZ1")
    dead = store.claims.next(clock())
    assert dead is not None
    clock.forward(seconds=LEASE.total_seconds() - 1)
    assert store.claims.next(clock()) is None
    clock.forward(seconds=1)
    alive = store.claims.next(clock())
    assert alive is not None
    assert (alive.arrival_id, alive.attempt) == (arrival, 2)
    recorded = message()
    with pytest.raises(ClaimLostError):
        store.record(recorded, original_of(recorded), 0, [], [FULL_ENTRY], NOW, dead)
    with pytest.raises(ClaimLostError):
        store.claims.finish(dead, Work(), clock())
    with pytest.raises(ClaimLostError):
        store.claims.renew(dead, clock())
    assert store.counts().messages == 0
    store.record(recorded, original_of(recorded), 0, [], [FULL_ENTRY], NOW, alive)
    assert store.counts().messages == 1


def test_renewed_it_is_held(door: Door, store: Store, clock: Clock) -> None:
    take(door, "ZZ1")
    held = store.claims.next(clock())
    assert held is not None
    for _ in range(5):
        clock.forward(seconds=LEASE.total_seconds() - 1)
        store.claims.renew(held, clock())
        assert store.claims.next(clock()) is None


def test_what_kills_its_workers_ends_in_quarantine(door: Door, store: Store, clock: Clock) -> None:
    (arrival,) = take(door, "ZZ1")
    for _ in range(MOST_ATTEMPTS):
        assert store.claims.next(clock()) is not None
        clock.forward(seconds=LEASE.total_seconds())
    assert store.claims.next(clock()) is None
    kept = store.inbox.kept(arrival)
    assert kept is not None
    assert (kept.arrival.state, kept.arrival.reason) == ("quarantined", "WORKER_DIED")


def test_given_back_it_is_no_attempt(door: Door, store: Store, clock: Clock) -> None:
    take(door, "ZZ1")
    for _ in range(MOST_ATTEMPTS + 2):
        claim = store.claims.next(clock())
        assert claim is not None
        assert claim.attempt == 1
        store.claims.give_back(claim, clock())


def test_a_database_that_goes_away_raises_and_the_arrival_stays(door: Door, store: Store, clock: Clock) -> None:
    (arrival,) = take(door, "ZZ1")

    def gone(_: Claim) -> Work:
        raise StoreError("the database is away")

    work_once(store.claims, gone, clock, quiet)
    kept = store.inbox.kept(arrival)
    assert kept is not None
    assert kept.arrival.state == "waiting"


# -- at once ----------------------------------------------------------------------------------------------------

VOYAGES, EACH, WORKERS = 6, 6, 5


def test_many_workers_and_doors_keep_each_voyage_in_order(door: Door, store: Store) -> None:
    """No two at once on one voyage, none out of order, none lost or twice, however threads fall."""
    working: defaultdict[str, int] = defaultdict(int)
    order: defaultdict[str, list[int]] = defaultdict(list)
    most = [0]
    guard = threading.Lock()
    wrong: list[str] = []
    together = threading.Event()
    """Set once two voyages are worked on at once: until then each waits for another, so that load cannot hide it."""

    def process(claim: Claim) -> Work:
        voyage = claim.source.partition("-")[0]
        with guard:
            working[voyage] += 1
            if working[voyage] > 1:
                wrong.append(voyage)
            order[voyage].append(claim.arrival_id)
            most[0] = max(most[0], sum(working.values()))
            if most[0] > 1:
                together.set()
        together.wait(5)
        time.sleep(0.004)
        with guard:
            working[voyage] -= 1
        return Work()

    def deliver(voyage: int) -> None:
        for n in range(EACH):
            door.take(paxlst(f"P{voyage}Q{n}", flight=f"ZZ{voyage}1"), came(f"{voyage}-{n}"))

    doors = [threading.Thread(target=deliver, args=(voyage,)) for voyage in range(VOYAGES)]
    door.now = time_now
    with Workers(store.claims, process, WORKERS, time_now, quiet):
        for thread in doors:
            thread.start()
        for thread in doors:
            thread.join()
        until = time.monotonic() + 60
        while store.claims.waiting() and time.monotonic() < until:
            time.sleep(0.02)
    assert wrong == []
    assert store.inbox.counts() == {"done": VOYAGES * EACH}
    assert all(found == sorted(found) and len(found) == EACH for found in order.values())
    assert len(order) == VOYAGES
    assert most[0] > 1, "different voyages were never worked on at once"


def test_workers_end_in_order(door: Door, store: Store) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(_: Claim) -> Work:
        begun.set()
        may_end.wait(30)
        return Work()

    door.now = time_now
    take(door, "ZZ1")
    workers = Workers(store.claims, slow, 2, time_now, quiet)
    with workers:
        assert begun.wait(30)
        assert workers.alive()
        may_end.set()
    assert not workers.alive()
    assert store.inbox.counts() == {"done": 1}
