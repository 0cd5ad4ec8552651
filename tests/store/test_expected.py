"""What is expected, what came for it, and how complete it was; on both databases."""

import datetime as dt
import hashlib
from typing import Any

import pytest
from msgspec.structs import replace

from tests.store.invented import NOW, message, original_of, record, rows, traveller
from vigie import schedules
from vigie.messages.quality import FIELDS
from vigie.messages.redaction import original
from vigie.records import Envelope, Journey, Leg, Message, Problem, Traveller
from vigie.store import Store
from vigie.store.events import Action
from vigie.store.inbox import Delivery
from vigie.store.notices import NoticeRow

DAY = dt.date(2026, 11, 23)
DEPARTS = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
"""10:00 at Oslo."""
HEAD = "mode,carrier,number,origin,destination,departs,status"
PLAN = (
    f"{HEAD}\nair,XY,123,OSL,LIS,2026-11-23T10:00,\nair,XY,125,OSL,LIS,2026-11-24T10:00,\n"
    "air,ZV,7,OSL,VIE,2026-11-23T12:00,\n"
)


def load(store: Store, text: str, now: dt.datetime = NOW) -> Any:
    data = text.encode()
    schedule = schedules.read(data, DAY, DAY, DAY + dt.timedelta(days=1))
    return store.expected.load(schedule, hashlib.sha256(data).hexdigest(), now)


def at(minutes: int) -> dt.datetime:
    return DEPARTS + dt.timedelta(minutes=minutes)


def leg(number: str = "123", way: tuple[str, str] = ("OSL", "LIS"), day: str = "2026-11-23", **more: Any) -> Leg:
    return Leg(carrier="XY", number=number, origin=way[0], destination=way[1], departs=f"{day}T10:00", **more)


def sent(of: str, *legs: Leg, people: int = 1, **more: Any) -> Message:
    plain = message(of, [traveller()] * people, [Journey(mode="air", legs=legs or (leg(),))])
    return replace(plain, **{"problems": (), **more})


def outcomes(store: Store, now: dt.datetime, last: dt.date = DAY) -> list[tuple[str, str | None, str]]:
    """Of what is not as it should be, and of what is, for the flight of XY."""
    found = store.expected.judged(DAY, last, now)
    return [(one.journey.partition("/20")[0], one.due_message, one.outcome) for one in found]


# -- schedules ----------------------------------------------------------------------------------------------------


def test_a_schedule_is_expected_once(store: Store) -> None:
    first, again = load(store, PLAN), load(store, PLAN)
    assert (first.journeys, first.new, first.changed) == (3, 3, 0)
    assert (again.journeys, again.new, again.changed) == (3, 0, 0)
    assert [journey.key for journey in store.expected.rows(DAY, DAY)] == [
        "air/XY/123/2026-11-23/OSL/LIS",
        "air/ZV/7/2026-11-23/OSL/VIE",
    ]
    assert len(store.expected.rows(DAY, DAY + dt.timedelta(days=1), "XY")) == 2
    events = [event for event in store.events(10) if event.action == Action.SCHEDULE_LOADED]
    assert [event.counts["new"] for event in events] == [0, 3]


NEWS = [
    ("air,XY,123,OSL,LIS,2026-11-23T10:00,cancelled", (0, 1), "cancelled", "cancelled"),
    ("air,XY,123,OSL,LIS,2026-11-23T11:00,", (0, 1), None, "another time"),
    ("air,XY,124,OSL,LIS,2026-11-23T10:00,", (1, 0), None, "another flight"),
]


@pytest.mark.parametrize(("row", "numbers", "status", "reason"), NEWS, ids=[row[-1] for row in NEWS])
def test_news_change_what_is_expected(
    store: Store, row: str, numbers: tuple[int, int], status: str | None, reason: str
) -> None:
    load(store, PLAN)
    loaded = load(store, f"{HEAD}\n{row}\n")
    assert (loaded.new, loaded.changed) == numbers, reason
    (journey,) = [one for one in store.expected.rows(DAY, DAY) if one.legs[0].number == row.split(",")[2]]
    assert journey.status in (status, "scheduled")
    assert journey.legs[0].departs == row.split(",")[5]


# -- what came ----------------------------------------------------------------------------------------------------


def test_nothing_came(store: Store) -> None:
    load(store, PLAN)
    assert outcomes(store, at(-60)) == [
        ("air/XY/123", "passenger_list", "not_due"),
        ("air/XY/123", "close_out", "not_due"),
        ("air/ZV/7", "passenger_list", "not_due"),
        ("air/ZV/7", "close_out", "not_due"),
    ]
    assert outcomes(store, at(36))[:2] == [
        ("air/XY/123", "passenger_list", "missing"),
        ("air/XY/123", "close_out", "missing"),
    ]


IN_TIME = [(-90, "present", "in time"), (-25, "present", "within the tolerance"), (-10, "late", "late")]


@pytest.mark.parametrize(("minutes", "wanted", "reason"), IN_TIME, ids=[row[-1] for row in IN_TIME])
def test_a_list_is_there_or_late(store: Store, minutes: int, wanted: str, reason: str) -> None:
    load(store, PLAN)
    record(store, sent("list"), now=at(minutes))
    assert outcomes(store, at(20))[0] == ("air/XY/123", "passenger_list", wanted), reason


SENDERS = [
    ("YT", 0, "unknown_sender", "another carrier's word fulfils nothing, and is no reason to blame this one"),
    ("YT", 2, "present", "who sent lists for it two days before sends for it"),
    ("YT", -1, "unknown_sender", "what was sent since makes nobody known"),
    ("XY", 0, "present", "the carrier itself"),
    ("XY-APIS", 0, "present", "the carrier's code before a sign"),
    ("XYAIR", 0, "present", "a name that is no code: nobody checks it, and nothing says that it is another's"),
]
"""Who sends, how many days after having sent a list for another flight."""


@pytest.mark.parametrize(("sender", "days", "wanted", "reason"), SENDERS, ids=[row[-1] for row in SENDERS])
def test_a_list_counts_when_its_sender_speaks_for_the_carrier(
    store: Store, sender: str, days: int, wanted: str, reason: str
) -> None:
    load(store, PLAN)
    envelope = Envelope(sender=sender)
    if days:
        before = leg("124", day=str(DAY - dt.timedelta(days=days)))
        record(store, sent("before", before, envelope=envelope), now=at(-90) - dt.timedelta(days=days))
    record(store, sent("list", envelope=envelope), now=at(-90))
    bad = (Problem(code="BAD_DATE", severity="error", says="no date"),)
    record(store, sent("again", envelope=envelope, problems=bad), now=at(-80))
    found = outcomes(store, at(20))
    assert found[0] == ("air/XY/123", "passenger_list", wanted), reason
    assert (("air/XY/123", None, "faulty") in found) == (wanted == "present"), reason


def test_the_carriers_own_list_counts_beside_a_strangers(store: Store) -> None:
    load(store, PLAN)
    record(store, sent("list", envelope=Envelope(sender="YT")), now=at(-90))
    record(store, sent("own", envelope=Envelope(sender="XY")), now=at(-10))
    assert outcomes(store, at(20))[0] == ("air/XY/123", "passenger_list", "late")


MANIFESTS = [
    ("passenger", "present", "a manifest of a carrier without EDI is its passenger list"),
    ("crew", "missing", "the crew list of a ship says nothing of passengers"),
]


@pytest.mark.parametrize(("capacity", "wanted", "reason"), MANIFESTS, ids=[row[0] for row in MANIFESTS])
def test_a_manifest_is_a_list(store: Store, capacity: Any, wanted: str, reason: str) -> None:
    load(store, PLAN)
    people = (replace(traveller(), capacity=capacity),)
    record(store, sent("table", type="MANIFEST", function=None, travellers=people), now=at(-90))
    assert outcomes(store, at(20))[0] == ("air/XY/123", "passenger_list", wanted), reason


def test_errors_and_failed_rules_make_a_list_faulty(store: Store) -> None:
    load(store, PLAN)
    bad = (Problem(code="BAD_DATE", severity="error", says="no date"),)
    record(store, sent("list", people=3, problems=bad), now=at(-90))
    (finding,) = [one for one in store.expected.judged(DAY, DAY, at(0)) if one.outcome == "faulty"]
    (faulty,) = store.expected.faulty(at(-120), at(0))
    for one in (finding, faulty.finding):
        assert (one.kind, one.journey, one.carrier) == ("API", "air/XY/123/2026-11-23/OSL/LIS", "XY")
    message = store.notices.faulty(faulty.message_id)
    assert message is not None
    assert (message.quality.travellers, message.quality.codes) == (3, {"BAD_DATE": 1})
    assert message.quality.fields["birth_date"].missing == 3


def test_a_whole_list_is_not_faulty(store: Store) -> None:
    load(store, PLAN)
    record(store, sent("crew", travellers=(), function="266+CLOB"), now=at(10))
    assert [row for row in outcomes(store, at(20)) if row[2] in ("faulty", "empty")] == []


def test_parts_are_counted_together_and_repetitions_are_not(store: Store) -> None:
    for part, people in ((1, 4), (2, 3)):
        envelope = Envelope(part=part, last_part=part == 2)
        record(store, sent(f"part {part}", people=people, envelope=envelope), now=at(-90))
    record(store, sent("whole", people=5), now=at(-80))
    (came,) = [one.received for one in store.qualities.came(DAY, DAY)]
    assert (came.travellers, came.first_at, came.last_at) == (7, at(-90), at(-80))
    assert came.problems == 3 * 4, "name is there, four rules of the bench are not kept by each"


OTHERS = [
    ([leg("123"), leg("123", ("LIS", "OPO"))], [], "a message about two legs belongs to the one that is expected"),
    ([leg("999")], ["air/XY/999"], "no schedule has this flight"),
    ([leg("999"), leg("999", ("LIS", "OPO"), border=True)], ["air/XY/999"], "told of once"),
    ([leg("999", day="2026-11-25")], [], "no schedule is there for this day"),
]


@pytest.mark.parametrize(("legs", "wanted", "reason"), OTHERS, ids=[row[-1] for row in OTHERS])
def test_what_is_unexpected(store: Store, legs: list[Leg], wanted: list[str], reason: str) -> None:
    load(store, PLAN)
    record(store, sent("list", *legs), now=at(-90))
    found = outcomes(store, at(0), DAY + dt.timedelta(days=3))
    assert [journey for journey, _, outcome in found if outcome == "unexpected"] == wanted, reason


# -- quality ------------------------------------------------------------------------------------------------------


def test_quality_is_kept_with_the_message_once(store: Store, url: str) -> None:
    for _ in range(2):
        record(store, sent("list", people=2))
    (row,) = rows(url, "qualities")
    assert (row["carrier"], row["received_at"]) == ("XY", "2026-11-23T04:40:07.120Z")
    assert "BELMARE" not in str(row)
    (day,) = store.qualities.days(NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=1))
    assert (day.carrier, day.day, day.messages, day.faulty) == ("XY", "2026-11-23", 1, 1)
    assert tuple(day.quality.fields) == FIELDS
    assert day.quality.fields["nationality"].missing == 2


def test_days_are_kept_apart_and_end_where_asked(store: Store) -> None:
    for hours in (0, 24, 48):
        record(store, sent(f"list {hours}"), now=NOW + dt.timedelta(hours=hours))
    found = store.qualities.days(NOW, NOW + dt.timedelta(hours=48))
    assert [(day.day, day.messages) for day in found] == [("2026-11-23", 1), ("2026-11-24", 1)]


def test_the_carrier_is_that_of_the_token_and_the_moment_that_of_the_arrival(store: Store) -> None:
    token = store.carriers.add("Ferry Line", NOW)
    carrier = store.carriers.of_token(token)
    assert carrier is not None
    of = sent("list")
    delivery = Delivery(
        ticket="t1",
        channel="http",
        carrier_id=carrier.id,
        source="x",
        original=original_of(of),
        size=3,
        modes=("air",),
        voyages=(),
        messages=1,
        travellers=1,
        codes={},
        problems=(),
        keep_until="2026-12-23",
    )
    store.inbox.deliver(delivery, NOW)
    later = NOW + dt.timedelta(hours=3)
    claim = store.claims.next(later)
    assert claim is not None
    store.record(of, original(claim.original, claim.sha256, ()), 0, [], [], later, claim)
    (day,) = store.qualities.days(NOW, later)
    assert (day.carrier, day.messages) == ("Ferry Line", 1)


def test_a_message_without_journey_is_nobodys(store: Store) -> None:
    record(store, replace(sent("list"), journeys=()))
    (day,) = store.qualities.days(NOW, NOW + dt.timedelta(hours=1))
    assert day.carrier is None
    assert store.qualities.came(DAY, DAY) == []


# -- notices ------------------------------------------------------------------------------------------------------

NOTICE = NoticeRow(subject="missing|air/XY/1|passenger_list", carrier="XY", outcome="missing", journey="j", file="f")


def test_a_notice_is_recorded_once(store: Store) -> None:
    assert store.notices.told([NOTICE.subject]) == set()
    assert store.notices.record(NOTICE, NOW) is True
    assert store.notices.record(NOTICE, NOW) is False
    assert store.notices.told([NOTICE.subject, "another"]) == {NOTICE.subject}
    assert [event.facts for event in store.events(9) if event.action == Action.CARRIER_TOLD] == [{"outcome": "missing"}]


def test_all_of_it_holds_nobody(store: Store, url: str) -> None:
    person: Traveller = replace(traveller("TELLTALE", "TIA"), birth_date="1971", reference="REF-TELL")
    record(store, sent("list", travellers=(person,)))
    for table in ("qualities", "notices", "expected_journeys"):
        assert "TELL" not in str(rows(url, table))
