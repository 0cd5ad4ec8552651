"""Reading again with the present program: what differs is told, and out of quarantine it goes on."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.cli.conftest import csv_list
from tests.ingest.conftest import AIR, MARKERS, Clock, came, paxlst, pnrgov
from tests.store.invented import rows
from vigie import app
from vigie.config import LIMITS, Limits
from vigie.errors import UsageError
from vigie.ingest import door as door_module
from vigie.ingest.door import Door, RefusedError
from vigie.ingest.replay import release, replay
from vigie.ingest.worker import work_once
from vigie.matching import Index
from vigie.store import Claim, Store, Work
from vigie.store.claims import MOST_ATTEMPTS


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(
        app.load_lists([str(csv_list(tmp_path / "list.csv", 'N1,primary,"HOLT, Ann",1970-06-01,F,NOR,N1234567'))])
    )


def unreadable(*_: object) -> None:
    raise KeyError


def work(store: Store, index: Index, clock: Clock) -> None:
    def process(claim: Claim) -> Work:
        return app.process(store, claim, index, 100.0, clock)

    while work_once(store.claims, process, clock, print):
        pass


def old_program(door: Door, data: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """The arrival of an input that the program of then stumbled over."""
    with monkeypatch.context() as then:
        then.setattr(door_module, "look", unreadable)
        return door.take(data, came("t1")).arrival


def test_a_later_program_reads_the_sealed_original_and_goes_on(
    door: Door, store: Store, index: Index, clock: Clock, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    arrival = old_program(door, paxlst("HOLT", "BERG"), monkeypatch)
    clock.forward(hours=71)
    found = replay(door, arrival, clock())
    assert (found.sealed, found.recorded, found.read, found.new, found.gone, found.goes_on) == (True, 0, 2, 2, 0, True)
    work(store, index, clock)
    assert store.inbox.counts() == {"done": 1}
    assert store.counts().travellers == 2
    assert [bytes(row["original"]) for row in rows(url, "inputs")] == [paxlst("HOLT", "BERG")]
    assert store.events(20)[-1].action == "arrival.quarantined"
    again = replay(door, arrival, clock())
    assert (again.recorded, again.read, again.new, again.gone, again.goes_on) == (2, 2, 0, 0, False)
    assert store.counts().travellers == 2


def test_after_72_hours_only_the_redacted_one_is_left(
    door: Door, store: Store, clock: Clock, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival = old_program(door, paxlst("HOLT"), monkeypatch)
    clock.forward(hours=73)
    store.expire_sealed(keys, clock())
    found = replay(door, arrival, clock())
    assert (found.sealed, found.read, found.goes_on) == (False, 0, False)
    assert store.inbox.counts() == {"quarantined": 1}


def test_without_its_key_it_is_told_and_stays(
    door: Door, store: Store, clock: Clock, keys: Path, tmp_path: Path
) -> None:
    """The wrong key folder was named: what the redacted original holds must not go on in place of the whole."""
    data = paxlst("HOLT").replace(b"CNT+42:1'", b"CNT+42:1'?GARBAGE THAT IS NO SEGMENT'")
    door.limits = Limits(segments=3)
    arrival = door.take(data, came("t1")).arrival
    door.limits, door.keys = LIMITS, tmp_path / "others"
    found = replay(door, arrival, clock())
    assert (found.sealed, found.key_missing, found.goes_on) == (False, "2026-11-23T04", False)
    assert store.inbox.counts() == {"quarantined": 1}
    assert not door.keys.exists()
    door.keys = keys
    found = replay(door, arrival, clock())
    assert (found.sealed, found.key_missing, found.read, found.goes_on) == (True, None, 1, True)


def test_what_turns_out_to_have_no_legal_basis_does_not_go_on(
    door: Door, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival = old_program(door, paxlst("HOLT", mode="1"), monkeypatch)
    with pytest.raises(RefusedError, match="no legal basis"):
        replay(door, arrival, clock())
    assert store.inbox.counts() == {"quarantined": 1}


def test_what_still_gives_nothing_stays(door: Door, store: Store, clock: Clock) -> None:
    arrival = door.take(b"a letter", came("t1")).arrival
    found = replay(door, arrival, clock())
    assert (found.sealed, found.read, found.goes_on) == (True, 0, False)
    assert store.inbox.counts() == {"quarantined": 1}
    assert store.events(1)[0].action == "arrival.replayed"


@pytest.mark.parametrize("number", [0, 7, -1, 2**70])
def test_no_such_arrival(number: int, door: Door, clock: Clock) -> None:
    with pytest.raises(UsageError, match="there is no arrival"):
        replay(door, number, clock())


def test_processed_from_the_redacted_original_the_sum_is_that_of_what_came(
    door: Door, store: Store, index: Index, clock: Clock
) -> None:
    taken = door.take(pnrgov(), came("t1"))
    work(store, index, clock)
    (row,) = store.matches()
    detail = store.match(row.id)
    assert detail is not None
    assert detail.sha256 == taken.sha256
    assert not any(marker in str(detail) for marker in MARKERS)


def never_looked_at(door: Door, store: Store, clock: Clock) -> int:
    """Everybody waits sealed, and nobody is in what is stored."""
    door.limits = Limits(travellers=1)
    return door.take(paxlst("HOLT", "BERG"), came("t1")).arrival


def failed_over(door: Door, store: Store, clock: Clock) -> int:
    """Read but for some bytes, for which it is sealed; then consumers failed over it."""
    arrival = door.take(paxlst("HOLT").replace(b"CNT+42:1'", b"CNT+42:1'?GARBAGE THAT IS NO SEGMENT'"), came("t1"))
    for _ in range(MOST_ATTEMPTS):
        work_once(store.claims, fails, clock, lambda said: None)
        clock.forward(seconds=30)
    return arrival.arrival


def fails(claim: Claim) -> Work:
    raise RuntimeError


Prepare = Callable[[Door, Store, Clock], int]
RELEASED = [
    ("nothing stored, the key is there", never_looked_at, True, 0, "waits sealed"),
    ("nothing stored, the key is elsewhere", never_looked_at, False, 0, "nothing can be read"),
    ("nothing stored, the key is destroyed", never_looked_at, True, 73, "nothing can be read"),
    ("all but some bytes stored, the key is there", failed_over, True, 0, "waits sealed"),
    ("all but some bytes stored, the key is elsewhere", failed_over, False, 0, None),
    ("all but some bytes stored, the key is destroyed", failed_over, True, 73, None),
]
"""With its own key folder or another, after so many hours, why not."""


@pytest.mark.parametrize(("what", "prepare", "keyed", "hours", "says"), RELEASED, ids=[row[0] for row in RELEASED])
def test_release_loses_no_traveller(
    what: str,
    prepare: Prepare,
    keyed: bool,
    hours: int,
    says: str | None,
    door: Door,
    store: Store,
    clock: Clock,
    tmp_path: Path,
) -> None:
    """It ended as done with nobody recorded, while everybody waited sealed."""
    arrival = prepare(door, store, clock)
    clock.forward(hours=hours)
    store.expire_sealed(door.keys, clock())
    with pytest.raises(UsageError, match=says) if says else nullcontext():
        release(store.inbox, door.keys if keyed else tmp_path / "others", arrival, clock())
    assert store.inbox.counts() == {"quarantined" if says else "waiting": 1}


def test_what_has_a_mode_only_assumed_is_released_as_it_is_stored(
    store: Store, keys: Path, clock: Clock, index: Index
) -> None:
    """All that was read of it is stored: the sealed one holds nobody more."""
    door = Door(store.inbox, AIR, keys, clock)
    data = b"Voyage,12\nsurname,first name\nHOLT,ANN\n"
    arrival = door.take(data, came("t1"))
    assert arrival.reason == "MODE_ASSUMED"
    release(store.inbox, keys, arrival.arrival, clock())
    work(store, index, clock)
    assert store.counts().travellers == 1


def test_done_with_nothing_recorded_is_read_again_and_recorded(
    door: Door, store: Store, index: Index, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let out by an older program, which recorded nobody."""
    arrival = old_program(door, paxlst("HOLT", "BERG"), monkeypatch)
    store.inbox.release(arrival, clock())
    work(store, index, clock)
    assert (store.inbox.counts(), store.counts().travellers) == ({"done": 1}, 0)
    assert replay(door, arrival, clock()).goes_on
    work(store, index, clock)
    assert (store.inbox.counts(), store.counts().travellers) == ({"done": 1}, 2)
    assert not replay(door, arrival, clock()).goes_on


def test_what_lost_nothing_is_released_once(door: Door, store: Store, clock: Clock) -> None:
    arrival = door.take(paxlst("HOLT"), came("t1")).arrival
    for _ in range(MOST_ATTEMPTS):
        work_once(store.claims, fails, clock, lambda said: None)
        clock.forward(seconds=30)
    release(store.inbox, door.keys, arrival, clock())
    assert store.inbox.counts() == {"waiting": 1}
    with pytest.raises(UsageError, match="not in quarantine"):
        release(store.inbox, door.keys, arrival, clock())
