"""What becomes of an input at the door, on both databases."""

import hashlib
from pathlib import Path

import pytest

from tests.ingest.conftest import GROUND, Clock, bare, came, paxlst, pnrgov
from tests.store.invented import numbers_of_rows, rows
from vigie.config import Grounds, Limits, Profile
from vigie.ingest import door as door_module
from vigie.ingest.door import Door, RefusedError
from vigie.store import Store
from vigie.store.inbox import MOST_PROBLEMS

BOTH = Profile(state="NOR", modes=Grounds(air=GROUND, sea=GROUND))


def test_an_input_waits_with_what_is_known_of_it(door: Door, store: Store, url: str) -> None:
    data = pnrgov()
    taken = door.take(data, came("t1"))
    assert (taken.state, taken.messages, taken.travellers, taken.reason) == ("waiting", 1, 1, None)
    assert taken.sha256 == hashlib.sha256(data).hexdigest()
    (row,) = store.inbox.rows()
    assert (row.id, row.state, row.size, row.channel, row.source) == (
        taken.arrival,
        "waiting",
        len(data),
        "folder",
        "t1.edi",
    )
    assert (row.keep_until, row.carrier) == ("2026-12-23", None)
    assert row.codes["NOT_A_SEGMENT"] == 1
    assert {problem.code for problem in row.problems} == set(row.codes)
    assert row.sealed_until == "2026-11-26T04:00:00.000Z"
    kinds = [(event["action"], event["facts"]) for event in rows(url, "events")]
    assert [action for action, _ in kinds] == ["arrival.received", "original.sealed"]
    (stored,) = rows(url, "inputs")
    assert len(stored["original"]) == len(data)
    assert '"SERVICE"' in stored["redactions"]


def test_what_is_understood_to_its_last_byte_is_not_sealed(door: Door, store: Store, url: str) -> None:
    door.take(paxlst("HOLT"), came("t1"))
    assert rows(url, "sealed") == []
    assert store.inbox.rows()[0].sealed_until is None


def test_the_same_bytes_again_are_counted_and_no_more(door: Door, store: Store, url: str) -> None:
    states = [door.take(paxlst("HOLT"), came(ticket)).state for ticket in ("t1", "t2", "t3")]
    assert states == ["waiting", "repeated", "repeated"]
    assert len(rows(url, "inputs")) == 1
    assert store.inbox.counts() == {"waiting": 1, "repeated": 2}


def test_the_same_ticket_again_is_the_same_delivery(door: Door, store: Store) -> None:
    first, again = (door.take(paxlst("HOLT"), came("t1")) for _ in range(2))
    assert (first.arrival, first.state) == (again.arrival, again.state)
    assert store.inbox.counts() == {"waiting": 1}


def test_bytes_in_quarantine_may_come_anew(door: Door, store: Store, clock: Clock) -> None:
    """The program may have learned to read them since; to call them repeated would lose whoever is in them."""
    assert door.take(b"no message", came("t1")).state == "quarantined"
    clock.forward(hours=80)
    assert door.take(b"no message", came("t2")).state == "quarantined"
    assert [row.sealed_until for row in store.inbox.rows()] == ["2026-11-29T12:00:00.000Z"] * 2


NOTHING = [
    ("no message", b"a letter, say", "NO_MESSAGE"),
    ("empty", b"", "EMPTY_INPUT"),
    ("an envelope alone", b"UNB+UNOA:4+A+B+261123:0400+1'UNZ+0+1'", "NO_MESSAGE"),
    ("entities within entities", b'<!DOCTYPE a [<!ENTITY b "HOLT">]><a>&b;</a>', "NO_MESSAGE"),
]


@pytest.mark.parametrize(("reason", "data", "code"), NOTHING, ids=[reason for reason, *_ in NOTHING])
def test_what_gives_nothing_waits_for_a_person(reason: str, data: bytes, code: str, door: Door, store: Store) -> None:
    taken = door.take(data, came("t1"))
    assert (taken.state, taken.reason) == ("quarantined", code)
    kept = store.inbox.kept(taken.arrival)
    assert kept is not None
    assert [problem.code for problem in kept.arrival.problems] == [code]
    assert (kept.sealed is None) == (not data)
    assert not any(chr(byte).isalnum() for byte in kept.original) or code != "NO_MESSAGE" or data.startswith(b"UNB")


REFUSED = [
    ("by sea", paxlst("HOLT", mode="1"), "NO_LEGAL_BASIS", door_module.RefusedError),
    ("by road", paxlst("HOLT", mode="3"), "NO_LEGAL_BASIS", door_module.RefusedError),
    ("one by air, one by rail", paxlst("HOLT") + paxlst("BERG", mode="2"), "NO_LEGAL_BASIS", RefusedError),
]


@pytest.mark.parametrize(("case", "data", "reason", "kind"), REFUSED, ids=[case for case, *_ in REFUSED])
def test_of_what_is_refused_nothing_is_stored_but_an_event(
    case: str, data: bytes, reason: str, kind: type[RefusedError], door: Door, url: str
) -> None:
    with pytest.raises(kind) as refused:
        door.take(data, came("t1"))
    assert refused.value.reason == reason
    assert "nothing is stored" in str(refused.value)
    left = numbers_of_rows(url)
    assert {table for table, number in left.items() if number} == {"events"}
    assert rows(url, "arrivals") == rows(url, "sealed") == []
    (event,) = rows(url, "events")
    assert event["action"] == "arrival.refused"
    assert hashlib.sha256(data).hexdigest() in event["facts"]
    assert reason in event["facts"]


def test_a_mode_that_cannot_be_told_is_refused_where_there_are_several(store: Store, keys: Path, clock: Clock) -> None:
    door = Door(store.inbox, BOTH, keys, clock)
    with pytest.raises(RefusedError, match="names no journey") as refused:
        door.take(bare("HOLT"), came("t1"))
    assert refused.value.reason == "MODE_UNKNOWN"
    assert "send it with its journey, as a list or a message" in str(refused.value)


def test_a_manifest_whose_mode_is_only_assumed_waits_for_a_person(door: Door, store: Store) -> None:
    rows = "surname,first name\nBENALI,SALMA\n"
    taken = door.take(f"Voyage,12\n{rows}".encode(), came("t1"))
    assert (taken.state, taken.reason, taken.travellers) == ("quarantined", "MODE_ASSUMED", 1)
    with pytest.raises(RefusedError):
        door.take(f"Mode,ferry\nVoyage,12\n{rows}".encode(), came("t2"))


@pytest.mark.parametrize("limits", [Limits(travellers=2), Limits(segments=8)], ids=["travellers", "segments"])
def test_too_much_is_refused_where_somebody_hears_it_and_waits_elsewhere(
    limits: Limits, store: Store, keys: Path, clock: Clock
) -> None:
    door = Door(store.inbox, Profile(state="NOR", modes=Grounds(air=GROUND)), keys, clock, limits)
    data = paxlst("HOLT", "BERG", "LIND", "MOE")
    with pytest.raises(RefusedError, match="nothing of it is stored"):
        door.take(data, came("t1", "http", hears=True))
    assert store.inbox.rows() == []
    assert door.take(data, came("t2")).state == "quarantined"


def test_a_bug_in_a_reader_loses_nothing(door: Door, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("HOLT")

    monkeypatch.setattr(door_module, "look", broken)
    taken = door.take(paxlst("HOLT"), came("t1"))
    assert (taken.state, taken.travellers) == ("quarantined", 0)
    assert taken.reason is not None
    assert taken.reason.startswith("KeyError in ingest/door.py:")
    assert "HOLT" not in taken.reason
    kept = store.inbox.kept(taken.arrival)
    assert kept is not None
    assert kept.sealed is not None
    assert b"HOLT" not in kept.original


def test_many_problems_are_counted_and_the_first_kept(door: Door, store: Store) -> None:
    bad = paxlst("HOLT").replace(b"DTM+329:700601'", b"DTM+329:70AA01'" * 300)
    door.take(bad, came("t1"))
    (row,) = store.inbox.rows()
    assert len(row.problems) == MOST_PROBLEMS
    assert sum(row.codes.values()) >= 300
