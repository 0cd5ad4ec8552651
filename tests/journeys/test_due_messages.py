"""What is due for a journey and whether it came; and which journey a message is about."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.schedules.timetables import AS_OF, leg, segment, ssim
from vigie import schedules
from vigie.journeys.due_messages import CREW_LIST, PNR_PUSHES, RULES, Finding, Rules, compare
from vigie.journeys.matching import ExpectedIndex, Received
from vigie.schedules.expected import ExpectedJourney, Times

DAY = dt.date(2026, 2, 4)
DEPARTURE = dt.datetime(2026, 2, 4, 8, 5, tzinfo=dt.UTC)
"""09:05 at Casablanca."""
LONG_AFTER = DEPARTURE + dt.timedelta(days=1)


def at(minutes: int) -> dt.datetime:
    return DEPARTURE + dt.timedelta(minutes=minutes)


def planned(*records: str, mode: str = "L", days: int = 1) -> tuple[ExpectedJourney, ...]:
    return schedules.read(ssim(*records, mode=mode), AS_OF, DAY, DAY + dt.timedelta(days=days - 1)).journeys


FLIGHT = planned(leg(), segment("010", "ZZ 4123"))[0]


def received(minutes: int = -120, function: str = "745", travellers: int = 100, **more: object) -> Received:
    """An API message for the flight, so many minutes after its departure."""
    sent = Received(
        kind="API",
        mode="air",
        carrier="XY",
        number="123",
        departs="2026-02-04T09:05",
        origin="CMN",
        destination="LIS",
        first_at=at(minutes),
        last_at=at(minutes),
        functions=frozenset([function]),
        travellers=travellers,
    )
    return replace(sent, **more)


CLOSED = received(10, "266+CLOB", 0)


def outcomes(findings: Sequence[Finding]) -> list[tuple[str | None, str]]:
    return [(finding.due_message, finding.outcome) for finding in findings]


DUE = [
    ([], -36, ("not_due", "not_due"), "nothing is due yet"),
    ([], -25, ("not_due", "not_due"), "within the tolerance"),
    ([], -24, ("missing", "not_due"), "the list was due"),
    ([], 36, ("missing", "missing"), "so was the close-out"),
    ([received(-31)], -24, ("present", "not_due"), "a list in time"),
    ([received(-25)], -24, ("present", "not_due"), "within the tolerance"),
    ([received(-24)], -23, ("late", "not_due"), "a minute later"),
    ([received(-31), CLOSED], 20, ("present", "present"), "both"),
    ([received(-31), received(40, "266+CLOB", 0)], 50, ("present", "late"), "a late close-out"),
    ([received(-31), received(0, "266+XF", 0)], 50, ("present", "missing"), "a cancelled flight is no close-out"),
    ([received(-31, "250"), CLOSED], 50, ("missing", "present"), "a crew list is no passenger list"),
    ([received(-31, "MANIFEST"), CLOSED], 50, ("present", "present"), "a manifest is a passenger list"),
    ([received(-31, "MANIFEST_CREW"), CLOSED], 50, ("missing", "present"), "a manifest of crew alone is none"),
    ([received(-31, kind="PNR", function="745"), CLOSED], 50, ("missing", "present"), "nor is a PNR"),
    ([received(5), received(-40), CLOSED], 50, ("present", "present"), "the first of several counts"),
    (
        [received(-40, functions=frozenset(["745", "266+CLOB"]), last_at=at(10))],
        50,
        ("present", "present"),
        "of several functions the close-out came last",
    ),
]


@pytest.mark.parametrize(("messages", "now", "wanted", "reason"), DUE, ids=[row[-1] for row in DUE])
def test_due(messages: list[Received], now: int, wanted: tuple[str, str], reason: str) -> None:
    found = compare([FLIGHT], messages, at(now))
    judged = [finding for finding in found if finding.due_message]
    assert outcomes(judged) == [("passenger_list", wanted[0]), ("close_out", wanted[1])], reason
    assert {finding.journey for finding in found} == {FLIGHT.key}


def test_a_finding_says_when() -> None:
    late, missing = compare([FLIGHT], [received(-10)], at(90))
    assert (late.due_at, late.received_at) == ("2026-02-04T07:35Z", "2026-02-04T07:55Z")
    assert late.says == "The passenger list came 20 minutes after it was due."
    assert (missing.carrier, missing.says) == (
        "XY",
        "The close out was due 60 minutes ago and is not there: ask the carrier.",
    )


DEPARTS = [
    ({"estimated": Times(departs="2026-02-04T10:05", departs_utc="2026-02-04T09:05Z")}, 60, "a delay"),
    (
        {
            "estimated": Times(departs="2026-02-04T10:05", departs_utc="2026-02-04T09:05Z"),
            "actual": Times(departs="2026-02-04T09:25", departs_utc="2026-02-04T08:25Z"),
        },
        20,
        "the actual time counts before the estimated one",
    ),
    ({"actual": Times(arrives="2026-02-04T13:30", arrives_utc="2026-02-04T13:30Z")}, 0, "an arrival moves nothing"),
]


@pytest.mark.parametrize(("news", "minutes", "reason"), DEPARTS, ids=[row[-1] for row in DEPARTS])
def test_delays_move_what_is_due(news: dict[str, Times], minutes: int, reason: str) -> None:
    journey = replace(FLIGHT, **news)
    (passengers, _) = compare([journey], [], LONG_AFTER)
    assert passengers.due_at == at(minutes - 30).strftime("%Y-%m-%dT%H:%MZ"), reason


def test_an_arrival_stands_for_a_departure_that_nobody_told() -> None:
    text = b"flight,origin,destination,sta\nXY123,LIS,CMN,2026-02-04T11:30\n"
    (journey,) = schedules.read(text, AS_OF, DAY, DAY).journeys
    (passengers, _) = compare([journey], [], LONG_AFTER)
    assert (passengers.outcome, passengers.due_at) == ("missing", "2026-02-04T10:00Z")


def test_where_the_zone_is_not_known_a_list_is_asked_for_early_and_called_late_late() -> None:
    """ESALG may be Madrid or the Canaries: 08:00 is 07:00 or 08:00 UTC."""
    text = b"mode,carrier,number,origin,destination,departs\nsea,QF,1,ESALG,MAPTM,2026-02-04T08:00\n"
    (journey,) = schedules.read(text, AS_OF, DAY, DAY).journeys
    sent = received(
        mode="sea", carrier="QF", number="1", origin="ESALG", destination="MAPTM", departs="2026-02-04T08:00"
    )

    def outcome(messages: list[Received], hour: int, minute: int) -> str:
        return compare([journey], messages, dt.datetime(2026, 2, 4, hour, minute, tzinfo=dt.UTC))[0].outcome

    assert (outcome([], 6, 35), outcome([], 6, 36)) == ("not_due", "missing")
    in_time, too_late = (dt.datetime(2026, 2, 4, 7, minute, tzinfo=dt.UTC) for minute in (35, 36))
    assert outcome([replace(sent, first_at=in_time, last_at=in_time)], 9, 0) == "present"
    assert outcome([replace(sent, first_at=too_late, last_at=too_late)], 9, 0) == "late"


NOTHING_DUE = [
    (replace(FLIGHT, status="cancelled"), "cancelled"),
    (replace(FLIGHT, crosses_border=False), "within the country"),
    (replace(FLIGHT, service_type="F"), "freight"),
    (replace(FLIGHT, mode="foot"), "on foot"),
]


@pytest.mark.parametrize(("journey", "reason"), NOTHING_DUE, ids=[row[-1] for row in NOTHING_DUE])
def test_nothing_is_due(journey: ExpectedJourney, reason: str) -> None:
    assert compare([journey], [], LONG_AFTER) == [], reason


def test_domestic_journeys_when_the_rules_say_so() -> None:
    domestic = replace(FLIGHT, crosses_border=False)
    assert len(compare([domestic], [], LONG_AFTER, replace(RULES, domestic=True))) == 2


QUALITY = [
    (FLIGHT, received(), [], "nothing to be said"),
    (FLIGHT, received(problems=3), ["faulty"], "errors"),
    (FLIGHT, received(travellers=0), ["empty"], "nobody"),
    (replace(FLIGHT, passengers_expected=201), received(), ["few_travellers"], "less than half"),
    (replace(FLIGHT, passengers_expected=200), received(), [], "half"),
    (replace(FLIGHT, service_type="P"), received(travellers=0), [], "a positioning flight has nobody on board"),
    (FLIGHT, received(function="266+CLNB", travellers=0), [], "a close-out names only those it concerns"),
    (replace(FLIGHT, status="cancelled"), received(), ["cancelled_but_received"], "a cancelled flight"),
    (replace(FLIGHT, crosses_border=False), received(problems=1), ["faulty"], "errors of a domestic flight"),
]


@pytest.mark.parametrize(("journey", "message", "wanted", "reason"), QUALITY, ids=[row[-1] for row in QUALITY])
def test_quality(journey: ExpectedJourney, message: Received, wanted: list[str], reason: str) -> None:
    found = compare([journey], [message], LONG_AFTER)
    assert [finding.outcome for finding in found if finding.due_message is None] == wanted, reason


def push(hours: float) -> Received:
    minutes = int(hours * 60)
    return received(minutes, kind="PNR", functions=frozenset(["22"]))


PUSHES = [
    ([push(-48), push(-24), push(0)], ("present", "present", "present"), "as the guide says"),
    ([push(-48), push(0)], ("present", "missing", "present"), "the middle one is missing"),
    ([push(-24), push(0)], ("missing", "present", "present"), "the first one is missing"),
    ([push(-40), push(-20), push(2)], ("late", "late", "late"), "each too late"),
    ([push(-48)], ("present", "missing", "missing"), "one push is not three"),
    ([], ("missing", "missing", "missing"), "none"),
]


@pytest.mark.parametrize(("messages", "wanted", "reason"), PUSHES, ids=[row[-1] for row in PUSHES])
def test_pnr_pushes(messages: list[Received], wanted: tuple[str, str, str], reason: str) -> None:
    found = compare([FLIGHT], messages, LONG_AFTER, Rules(due=PNR_PUSHES))
    names = ("pnr_48h", "pnr_24h", "pnr_departure")
    assert [pair for pair in outcomes(found) if pair[0]] == list(zip(names, wanted, strict=True)), reason


def test_a_crew_list_is_due_for_freight_as_well() -> None:
    freight = replace(FLIGHT, service_type="F")
    rules = Rules(due=(*RULES.due, CREW_LIST))
    assert outcomes(compare([freight], [received(-70, "250+C")], LONG_AFTER, rules)) == [("crew_list", "present")]


def test_every_rule_has_its_reason() -> None:
    assert all(rule.reason for rule in (*RULES.due, CREW_LIST, *PNR_PUSHES))


# -- which journey ----------------------------------------------------------------------------------------------

SAME = [
    ({}, "as in the schedule"),
    ({"number": "0123"}, "leading zeros"),
    ({"number": "123A"}, "a suffix that the schedule lacks"),
    ({"carrier": "ZZ", "number": "4123"}, "a number it is sold under"),
    ({"departs": "2026-02-04"}, "the day alone"),
    ({"departs": "2026-02-04T08:05"}, "the time in UTC"),
    ({"departs": "2026-02-04T10:35"}, "another time of the day"),
    ({"departs": None, "arrives": "2026-02-04T11:30"}, "the arrival alone"),
    ({"origin": None}, "no origin"),
    ({"destination": None, "mode": None}, "no destination, no mode"),
]


@pytest.mark.parametrize(("differs", "reason"), SAME, ids=[row[-1] for row in SAME])
def test_the_same_journey(differs: dict[str, object], reason: str) -> None:
    assert ExpectedIndex([FLIGHT]).best(replace(received(), **differs)) == 0, reason


OTHER = [
    ({"number": "124"}, "another number"),
    ({"carrier": "ZZ"}, "another carrier"),
    ({"departs": "2026-02-05T09:05"}, "the next day, which is no UTC day of this one"),
    ({"departs": "2026-02-03"}, "the day before"),
    ({"departs": None}, "no day"),
    ({"origin": "RAK"}, "another origin"),
    ({"destination": "OPO"}, "another destination"),
    ({"mode": "sea"}, "another mode"),
    ({"number": None}, "no number, by air"),
]


@pytest.mark.parametrize(("differs", "reason"), OTHER, ids=[row[-1] for row in OTHER])
def test_another_journey(differs: dict[str, object], reason: str) -> None:
    found = compare([FLIGHT], [replace(received(), **differs)], LONG_AFTER)
    assert outcomes(found) == [("passenger_list", "missing"), ("close_out", "missing"), (None, "unexpected")], reason
    assert found[-1].received_at == "2026-02-04T06:05Z"


def test_a_diverted_flight_is_found_at_either_place() -> None:
    diverted = replace(FLIGHT, status="diverted", diverted_to="OPO")
    index = ExpectedIndex([diverted])
    assert [index.best(received(destination=place)) for place in ("LIS", "OPO", "FAO")] == [0, 0, None]


def test_suffix_and_exact_time_decide_between_two() -> None:
    both = planned(leg(times=("0905", "1130")), leg(suffix="A", times=("1805", "2030"), variation="02"))
    index = ExpectedIndex(both)
    numbers = [journey.legs[0].number for journey in both]
    assert numbers == ["123", "123A"]
    assert [index.best(received(number=number, departs="2026-02-04")) for number in ("123", "123A")] == [0, 1]
    assert index.best(received(number="123", departs="2026-02-04T18:05")) == 1


def test_a_flight_after_midnight_that_is_written_in_utc() -> None:
    """00:30 at Casablanca is 23:30 UTC of the day before, and there is such a flight every day."""
    daily = planned(leg(times=("0030", "0255")), days=3)
    index = ExpectedIndex(daily)
    local = ["2026-02-04T00:30", "2026-02-05T00:30", "2026-02-06T00:30"]
    utc = ["2026-02-03T23:30", "2026-02-04T23:30", "2026-02-05T23:30"]
    for at_place, (here, there) in enumerate(zip(local, utc, strict=True)):
        assert index.best(received(departs=here)) == at_place
        assert index.best(received(departs=there)) == at_place
    assert index.best(received(departs="2026-02-05")) == 1  # without a time of day the local day is meant
    assert index.best(received(departs="2026-02-03")) == 0  # which may be a UTC day where no local one fits


def test_a_flight_that_left_after_midnight_is_found_on_either_day() -> None:
    delayed = replace(FLIGHT, actual=Times(departs="2026-02-05T00:20", departs_utc="2026-02-04T23:20Z"))
    index = ExpectedIndex([delayed])
    assert [index.best(received(departs=day)) for day in ("2026-02-04", "2026-02-05", "2026-02-06")] == [0, 0, None]


def test_a_flight_known_by_its_operating_number_and_by_the_one_it_is_sold_under() -> None:
    (sold,) = planned(leg(number="4123"), segment("050", "QW 0031", number="4123"))
    index = ExpectedIndex([sold])
    assert index.best(received(carrier="QW", number="31")) == 0
    assert index.best(received(carrier="XY", number="4123")) == 0


@pytest.mark.parametrize(
    ("differs", "place"),
    [
        ({"departs": "2026-02-04T08:00"}, 0),
        ({"departs": "2026-02-04T12:00"}, 1),
        ({"departs": "2026-02-04T12:00", "number": "V77"}, 1),
        ({"departs": "2026-02-04T12:10"}, None),
        ({"departs": "2026-02-04"}, None),
        ({"departs": "2026-02-04T12:00", "origin": None}, None),
        ({"departs": "2026-02-04T12:00", "carrier": "QG"}, None),
    ],
)
def test_a_ferry_without_number_is_known_by_its_exact_time(differs: dict[str, object], place: int | None) -> None:
    rows = "".join(f"sea,QF,,MAPTM,ESALG,{time},2026-02-04,2026-02-04\n" for time in ("08:00", "12:00"))
    text = f"mode,carrier,number,origin,destination,departs,valid_from,valid_to\n{rows}".encode()
    ferries = schedules.read(text, AS_OF, DAY, DAY).journeys
    sent = received(mode="sea", carrier="QF", number=None, origin="MAPTM", destination="ESALG")
    assert ExpectedIndex(ferries).best(replace(sent, **differs)) == place


def test_a_ferry_of_another_number_is_another_ferry_at_the_same_time() -> None:
    text = b"mode,carrier,number,origin,destination,departs\nsea,QF,7,MAPTM,ESALG,2026-02-04T08:00\n"
    index = ExpectedIndex(schedules.read(text, AS_OF, DAY, DAY).journeys)
    sent = received(mode="sea", carrier="QF", origin="MAPTM", destination="ESALG", departs="2026-02-04T08:00")
    assert [index.best(replace(sent, number=number)) for number in ("007", "8", None)] == [0, None, 0]


@given(
    st.lists(
        st.builds(
            received,
            minutes=st.integers(-3000, 3000),
            function=st.sampled_from(["745", "266+CLOB", "250"]),
            travellers=st.integers(0, 300),
            number=st.sampled_from([None, "123", "0123", "200", "9"]),
            departs=st.sampled_from([None, "2026-02-04", "2026-02-05T09:05", "x"]),
            destination=st.sampled_from([None, "LIS", "DSS"]),
            problems=st.integers(0, 2),
        ),
        max_size=8,
    ),
    st.integers(-3000, 3000),
)
def test_every_journey_is_judged_and_every_message_has_its_place(messages: list[Received], now: int) -> None:
    flights = planned(leg(), leg(number="0200", stations="CMNDSS"), days=2)
    found = compare(flights, messages, at(now))
    assert [finding.journey for finding in found if finding.due_message] == [f.key for f in flights for _ in RULES.due]
    index = ExpectedIndex(flights)
    strangers = [message for message in messages if index.best(message) is None]
    assert [finding.journey for finding in found if finding.outcome == "unexpected"] == [m.key for m in strangers]


PLACES = [
    ("201", "Valletta", "Catania", "11:00", True, "names, one of which no table has"),
    ("201", "MLA", "CTA", "11:00", True, "codes of airports"),
    ("201", "Valletta", "Palermo", "11:00", False, "another place"),
    ("201", "MTMLA", "ITPMO", "11:00", False, "another place, in its code"),
    (None, "MLA", "Catania", "11:00", True, "without a number, in other writings"),
    (None, "Valletta", "Catania", "11:00", False, "without a number a name that may be any place is too little"),
    (None, "MLA", "Catania", "11:15", False, "without a number another time is another sailing"),
]


@pytest.mark.parametrize(("number", "origin", "destination", "time", "found", "reason"), PLACES)
def test_places_are_compared_as_places(
    number: str | None, origin: str, destination: str, time: str, found: bool, reason: str
) -> None:
    """A list that named its ports in words was called missing."""
    text = f"mode,carrier,number,origin,destination,departs\nsea,QF,{number or ''},MTMLA,ITCTA,2026-02-04T11:00\n"
    journeys = schedules.read(text.encode(), AS_OF, DAY, DAY).journeys
    sent = received(mode="sea", carrier="QF", number=number, origin=origin, destination=destination)
    index = ExpectedIndex(journeys)
    assert (index.best(replace(sent, departs=f"2026-02-04T{time}")) == 0) is found, reason
