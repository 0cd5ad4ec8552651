"""Who may take back what others sent, by tokens and by what was sent before; on both databases."""

import datetime as dt
import hashlib

import pytest
from msgspec.structs import replace

from tests.journeys.sending import LEG, message, person, pnr
from tests.store.invented import NOW, decision, original_of
from tests.store.test_assembled import flights, statuses
from vigie.messages.redaction import original
from vigie.records import Leg, Message
from vigie.schedules.expected import ExpectedJourney, Schedule, key_of
from vigie.store import Store
from vigie.store.claims import Work
from vigie.store.inbox import Delivery

ADA = person("HOLT", "ADA", "X1000001/UTO", birth_date="1980-02-03")
BEN = person("BERG", "BEN", "X1000002/UTO", birth_date="1981-02-03")
LIST = message(ADA, BEN, sent="2026-11-23T04:00")
OFF = message(function="266+XF", sent="2026-11-23T04:30")
BEFORE = message(BEN, legs=(replace(LEG, departs="2026-11-20T05:40"),), sent="2026-11-19T20:00")
BOTH = {"ADA": "listed", "BEN": "listed"}


def come(
    store: Store, message: Message, token: str | None = None, hours: int = 0, door: bool = True, waits: int = 0
) -> None:
    """A message through a door, with the token of this name, so many hours after NOW; recorded when it has waited."""
    now = NOW + dt.timedelta(hours=hours)
    sha256 = hashlib.sha256(repr((message, token, hours)).encode()).hexdigest()
    sent = replace(message, sha256=sha256)
    decisions = [decision(n, journey=0) for n in range(len(sent.travellers))]
    if not door:
        store.record(sent, original_of(sent), 0, decisions, [], now)
        return
    delivery = Delivery(
        ticket=sha256,
        channel="http" if token else "folder",
        carrier_id=_carrier(store, token) if token else None,
        source="x",
        original=original_of(sent),
        size=3,
        modes=("air",),
        messages=1,
        keep_until="2027-12-23",
    )
    store.inbox.deliver(delivery, now)
    now += dt.timedelta(hours=waits)
    claim = store.claims.next(now)
    assert claim is not None
    store.record(sent, original(claim.original, claim.sha256, ()), 0, decisions, [], now, claim)
    store.claims.finish(claim, Work(), now)


def _carrier(store: Store, name: str) -> int:
    found = {row.name: row.id for row in store.carriers.rows()}
    if name not in found:
        store.carriers.add(name, NOW)
        return _carrier(store, name)
    return found[name]


def _sender(message: Message, sender: str) -> Message:
    assert message.envelope is not None
    return replace(message, envelope=replace(message.envelope, sender=sender))


WHO: list[tuple[list[tuple[Message, str | None, int]], bool, str]] = [
    ([(LIST, "ZV", 0), (OFF, "ZV", 0)], True, "the carrier's token"),
    ([(LIST, "ZV", 0), (OFF, "YY", 0)], False, "the token of another, under the carrier's name in UNB"),
    ([(LIST, "ZV", 0), (_sender(OFF, "HDL"), "Handling.ZV", 0)], True, "a token given for the carrier"),
    ([(LIST, "ZV", 0), (OFF, None, 0)], True, "a folder, by UNB"),
    ([(LIST, "ZV", 0), (_sender(OFF, "HDL"), None, 0)], False, "a folder, a sender never seen"),
    (
        [(_sender(BEFORE, "HDL"), None, -72), (LIST, "ZV", 0), (_sender(OFF, "HDL"), None, 0)],
        True,
        "a folder, a sender who sent lists of the carrier three days ago",
    ),
    (
        [(BEFORE, "Handling", -72), (LIST, "ZV", 0), (OFF, "Handling", 0)],
        True,
        "a token that sent lists of the carrier three days ago",
    ),
    (
        [(BEFORE, "Handling", -2), (LIST, "ZV", 0), (OFF, "Handling", 0)],
        False,
        "nobody is known by what he sends just before",
    ),
    (
        [(_sender(BEFORE, "HDL"), "Handling", -72), (LIST, "ZV", 0), (_sender(OFF, "HDL"), None, 0)],
        False,
        "what came with a token makes nobody known who has none",
    ),
    ([(LIST, "Handling", 0), (OFF, "Handling", 0)], True, "all of one sender: his own to take back"),
]


@pytest.mark.parametrize(("sent", "applied", "why"), WHO, ids=[row[-1] for row in WHO])
def test_who_may_cancel(store: Store, sent: list[tuple[Message, str | None, int]], applied: bool, why: str) -> None:
    for each, token, hours in sent:
        come(store, each, token, hours)
    found = next(each for each in flights(store) if (each.journey.departs or "").startswith("2026-11-23"))
    assert found.state.status == ("cancelled" if applied else "open"), why
    assert statuses(store, found) == (dict.fromkeys(BOTH, "cancelled") if applied else BOTH), why
    assert [problem.code for problem in found.state.problems] == ([] if applied else ["SENDER_FOREIGN"])


@pytest.mark.parametrize("again", [False, True], ids=["sent once", "sent again by the carrier"])
def test_nobody_takes_a_message_from_the_carrier_by_sending_it_before(store: Store, again: bool) -> None:
    come(store, LIST, "ZV")
    come(store, OFF, "YY")
    (found,) = flights(store)
    assert (found.state.status, statuses(store, found)) == ("open", BOTH)
    if again:
        delivery = Delivery(
            ticket="again",
            channel="http",
            carrier_id=_carrier(store, "ZV"),
            source="x",
            original=original_of(replace(OFF, sha256=hashlib.sha256(repr((OFF, "YY", 0)).encode()).hexdigest())),
            size=3,
            modes=("air",),
            messages=1,
            keep_until="2027-12-23",
        )
        assert store.inbox.deliver(delivery, NOW + dt.timedelta(minutes=5)).state == "repeated"
    (found,) = flights(store)
    assert found.state.status == ("cancelled" if again else "open")


SOLD = replace(LEG, operating_carrier="YY", operating_number="1")
AGENT = _sender(LIST, "HDL")
SAYS_SO = pnr(("CCC333", ()), sender="ZV", sent="2026-11-23T04:10", legs=(SOLD,))
CANCEL = pnr(
    ("AAA111", (ADA, BEN)), sender="YY", sent="2026-11-23T04:30", legs=(SOLD,), function="141", cancelled=("AAA111",)
)
FLOWN = replace(LEG, carrier="YY", number="1")
PLAN = ExpectedJourney(
    mode="air", legs=(FLOWN,), key=key_of("air", FLOWN), source="SSIM", marketed_as=("ZV412",), status="scheduled"
)
CARRIES: list[tuple[list[tuple[Message, str | None, int]], ExpectedJourney | None, bool, str]] = [
    ([(AGENT, None, 0), (CANCEL, "YY", 0)], None, False, "the message itself says that its sender carries"),
    ([(AGENT, None, 0), (SAYS_SO, "XX", 0), (CANCEL, "YY", 0)], None, False, "somebody says so who is not the seller"),
    ([(AGENT, None, 0), (SAYS_SO, "ZV", 0), (CANCEL, "YY", 0)], None, True, "the seller says so as well"),
    ([(AGENT, None, 0), (CANCEL, "YY", 0)], PLAN, True, "a schedule says so"),
    ([(AGENT, None, 0), (CANCEL, "YY", 0)], replace(PLAN, marketed_as=("ZV413",)), False, "of another flight"),
    ([(AGENT, None, 0), (CANCEL, "Handling.YY.ZV", 0)], None, True, "a token for both"),
]


@pytest.mark.parametrize(("sent", "plan", "applied", "why"), CARRIES, ids=[row[-1] for row in CARRIES])
def test_who_carries_is_not_the_word_of_who_would_carry(
    store: Store, sent: list[tuple[Message, str | None, int]], plan: ExpectedJourney | None, applied: bool, why: str
) -> None:
    if plan:
        schedule = Schedule(format="SSIM", first=NOW.date(), last=NOW.date(), journeys=(plan,))
        assert store.expected.load(schedule, "0" * 64, NOW).journeys == 1
    for each, token, hours in sent:
        come(store, each, token, hours)
    (found,) = flights(store)
    assert set(statuses(store, found).values()) == {"cancelled" if applied else "listed"}, why
    assert [problem.code for problem in found.state.problems] == ([] if applied else ["SENDER_FOREIGN"])


def test_the_moment_is_that_of_the_delivery(store: Store) -> None:
    """Recorded two days later, because it waited for a person: its clock is right all the same, and it is the older."""
    later = (replace(LEG, departs="2026-11-30T05:40"),)
    come(store, message(ADA, BEN, legs=later, sent="2026-11-23T04:00"), "ZV", waits=48)
    come(store, message(ADA, legs=later, sent=None), "ZV", hours=1)
    (found,) = flights(store)
    assert [problem.code for problem in found.state.problems] == []
    assert statuses(store, found) == {"ADA": "listed", "BEN": "no_longer_listed"}


CROSSING = (Leg(carrier="FRS", origin="TNG", destination="ALG", departs="2026-11-23T10:00"),)


def _table(*people: object) -> Message:
    sent = message(*people, kind="MANIFEST", function=None, legs=CROSSING)  # type: ignore[arg-type]
    return replace(sent, envelope=None)


@pytest.mark.parametrize(("token", "door"), [("Ferry Line", True), (None, True), (None, False)])
def test_a_corrected_manifest_replaces_the_one_before(store: Store, token: str | None, door: bool) -> None:
    come(store, _table(ADA, BEN), token, 0, door)
    come(store, _table(ADA), token, 1, door)
    (found,) = flights(store)
    assert statuses(store, found) == {"ADA": "listed", "BEN": "no_longer_listed"}
    come(store, _table(ADA, BEN), token, 2, door)
    (found,) = flights(store)
    assert [problem.code for problem in found.state.problems] == ["REPEATED_LATE"]
    assert {each.kind for each in found.state.history} >= {"added", "listed", "no_longer_listed", "repeated"} - {
        "listed"
    }
