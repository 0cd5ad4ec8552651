"""SSIM chapter 7: what records say, and what is said of damaged ones."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.schedules.timetables import AS_OF, FIRST, LAST, leg, put, segment, ssim
from vigie import schedules
from vigie.schedules.expected import ExpectedJourney, Schedule
from vigie.schedules.lines import Days, Period

DAY = dt.date(2026, 2, 4)
"""A Wednesday, before Morocco's Ramadan (clocks back on 15 February 2026, forward on 22 March)."""


def of_day(data: bytes, day: dt.date = DAY, last: dt.date | None = None) -> Schedule:
    return schedules.read(data, AS_OF, day, last or day)


def one(data: bytes, day: dt.date = DAY) -> ExpectedJourney:
    (journey,) = of_day(data, day).journeys
    return journey


def codes(schedule: Schedule) -> list[tuple[str, str | None, int | None]]:
    return [(problem.code, problem.segment, problem.position) for problem in schedule.problems]


def test_a_flight() -> None:
    data = ssim(leg(seats="C012Y150", offsets=("+0100", "+0000")))
    journey = one(data)
    (flown,) = journey.legs
    assert journey.key == "air/XY/123/2026-02-04/CMN/LIS"
    assert (flown.carrier, flown.number, flown.number_raw) == ("XY", "123", "XY0123")
    assert (flown.departs, flown.departs_zone, flown.departs_utc) == (
        "2026-02-04T09:05",
        "Africa/Casablanca",
        "2026-02-04T08:05Z",
    )
    assert (flown.arrives, flown.arrives_zone, flown.arrives_utc) == (
        "2026-02-04T11:30",
        "Europe/Lisbon",
        "2026-02-04T11:30Z",
    )
    assert (journey.status, journey.source, journey.service_type, journey.capacity) == ("scheduled", "SSIM", "J", 162)
    assert of_day(data).problems == ()


PARTS = [
    (leg(suffix="A"), "air/XY/123A/2026-02-04/CMN/LIS", "an operational suffix is part of the number"),
    (leg(number="7   "), "air/XY/7/2026-02-04/CMN/LIS", "a number on the left of its columns"),
    (leg(carrier="XYZ"), "air/XYZ/123/2026-02-04/CMN/LIS", "a designator of three letters"),
    (leg(equipment="BUS"), "road/XY/123/2026-02-04/CMN/LIS", "a bus with a flight number"),
    (leg(equipment="TRS"), "rail/XY/123/2026-02-04/CMN/LIS", "a train with a flight number"),
    (leg(period="01FEB2600XXX00"), "air/XY/123/2026-02-04/CMN/LIS", "an open end"),
    (leg(days="  3    "), "air/XY/123/2026-02-04/CMN/LIS", "a day in its own column"),
    (leg(days="3      "), "air/XY/123/2026-02-04/CMN/LIS", "a day on the left"),
    (leg(period="04FEB2604FEB26"), "air/XY/123/2026-02-04/CMN/LIS", "a period of one day"),
]


@pytest.mark.parametrize(("record", "key", "reason"), PARTS, ids=[reason for *_, reason in PARTS])
def test_parts_of_a_leg(record: str, key: str, reason: str) -> None:
    data = ssim(record)
    assert one(data).key == key, reason
    assert of_day(data).problems == ()


NOT_THAT_DAY = [
    (leg(days="12 4567"), [], "not on Wednesdays"),
    (leg(period="05FEB2631MAR26"), ["SCHEDULE_ELSEWHERE"], "begins a day later"),
    (leg(period="01JAN2603FEB26"), ["SCHEDULE_ELSEWHERE"], "ended the day before"),
    (leg(period="28JAN2631MAR26", every="2"), [], "the second of two weeks"),
    (leg(period="31MAR2601FEB26"), [], "ends before it begins"),
]


@pytest.mark.parametrize(("record", "codes", "reason"), NOT_THAT_DAY, ids=[reason for *_, reason in NOT_THAT_DAY])
def test_no_flight_that_day(record: str, codes: list[str], reason: str) -> None:
    found = of_day(ssim(record))
    assert replace(found, problems=()) == Schedule(format="SSIM", first=DAY, last=DAY), reason
    assert [problem.code for problem in found.problems] == codes, reason


TIMES = [
    (leg(times=("2330", "0305"), variations="01"), "L", "2026-02-04T23:30", "2026-02-05T03:05", "arrives the next day"),
    (leg(times=("0030", "0305"), variations="11"), "L", "2026-02-04T00:30", "2026-02-04T03:05", "a later leg"),
    (leg(times=("0030", "2305"), variations="0A"), "L", "2026-02-04T00:30", "2026-02-03T23:05", "over the date line"),
    (leg(times=("2200", "2400")), "L", "2026-02-04T22:00", "2026-02-05T00:00", "24:00 is the end of the day"),
    (
        leg(times=("2330", "0130"), variations="01"),
        "U",
        "2026-02-04T00:30",
        "2026-02-04T01:30",
        "UTC of the day before",
    ),
    (leg(times=("0805", "1130")), "U", "2026-02-04T09:05", "2026-02-04T11:30", "UTC of the same day"),
]


@pytest.mark.parametrize(("record", "mode", "departs", "arrives", "reason"), TIMES, ids=[row[-1] for row in TIMES])
def test_times(record: str, mode: str, departs: str, arrives: str, reason: str) -> None:
    (flown,) = one(ssim(record, mode=mode)).legs
    assert (flown.departs, flown.arrives) == (departs, arrives), reason


def test_time_for_passengers_counts_before_the_aircrafts() -> None:
    record = leg()
    assert one(ssim(record[:43] + "0920" + record[47:])).legs[0].departs == "2026-02-04T09:05"
    assert one(ssim(record[:39] + "    0920" + record[47:])).legs[0].departs == "2026-02-04T09:20"


@pytest.mark.parametrize(
    ("day", "local_mode_utc", "utc_mode_local", "reason"),
    [
        (dt.date(2026, 2, 14), "2026-02-14T08:05Z", "2026-02-14T10:05", "the last day of UTC+1"),
        (dt.date(2026, 2, 16), "2026-02-16T09:05Z", "2026-02-16T09:05", "in Ramadan the clocks show UTC"),
        (dt.date(2026, 3, 21), "2026-03-21T09:05Z", "2026-03-21T09:05", "the last day of that"),
        (dt.date(2026, 3, 23), "2026-03-23T08:05Z", "2026-03-23T10:05", "UTC+1 again"),
    ],
)
def test_ramadan_moves_utc_and_keeps_local_time(
    day: dt.date, local_mode_utc: str, utc_mode_local: str, reason: str
) -> None:
    local, utc = one(ssim(leg()), day).legs[0], one(ssim(leg(), mode="U"), day).legs[0]
    assert (local.departs, local.departs_utc) == (f"{day.isoformat()}T09:05", local_mode_utc), reason
    assert (utc.departs, utc.departs_utc) == (utc_mode_local, f"{day.isoformat()}T09:05Z"), reason


def test_a_difference_from_utc_that_the_zone_contradicts_is_said_once() -> None:
    schedule = of_day(ssim(leg(offsets=("+0100", "+0000"))), dt.date(2026, 2, 13), dt.date(2026, 2, 20))
    assert len(schedule.journeys) == 8
    assert codes(schedule) == [("ZONE_CONTRADICTED", "40-52", 3)]
    assert "(6 in this message" in schedule.problems[0].says


@pytest.mark.parametrize(
    ("mode", "offset", "departs", "utc", "problems"),
    [
        ("L", "+0330", "2026-02-04T09:05", "2026-02-04T05:35Z", []),
        ("L", "     ", "2026-02-04T09:05", None, []),
        ("U", "+0330", "2026-02-04T12:35", "2026-02-04T09:05Z", []),
        ("U", "     ", "2026-02-04", "2026-02-04T09:05Z", ["ZONE_UNKNOWN"]),
        ("U", "+9900", "2026-02-04", "2026-02-04T09:05Z", ["ZONE_UNKNOWN"]),
    ],
)
def test_station_without_zone(mode: str, offset: str, departs: str, utc: str | None, problems: list[str]) -> None:
    """There is no airport QQQ: the difference sent is all that is known."""
    schedule = of_day(ssim(leg(stations="QQQLIS", offsets=(offset, "     ")), mode=mode))
    (journey,) = schedule.journeys
    assert (journey.legs[0].departs, journey.legs[0].departs_utc) == (departs, utc)
    assert [problem.code for problem in schedule.problems] == problems


def test_legs_of_a_flight_are_journeys_in_order() -> None:
    data = ssim(
        leg(number="0200", stations="DSSCMN", times=("2330", "0305"), variations="01"),
        leg(number="0200", sequence=2, stations="CMNLIS", times=("0405", "0630"), variations="11"),
    )
    keys = [(journey.key, journey.sequence) for journey in of_day(data, DAY, DAY + dt.timedelta(days=1)).journeys]
    assert keys == [
        ("air/XY/200/2026-02-04/CMN/LIS", 2),
        ("air/XY/200/2026-02-04/DSS/CMN", 1),
        ("air/XY/200/2026-02-05/CMN/LIS", 2),
        ("air/XY/200/2026-02-05/DSS/CMN", 1),
    ]


def test_code_share_of_the_legs_it_covers() -> None:
    data = ssim(
        leg(number="0200", stations="DSSCMN"),
        segment("010", "ZZ 4123 /9W 0007A", number="0200", points="AB", stations="DSSCMN"),
        segment("010", "QZ 55", number="0200", points="AC", stations="DSSLIS"),
        segment("099", "ZZ 9999", number="0200"),
        leg(number="0200", sequence=2, stations="CMNLIS", times=("1305", "1530")),
    )
    schedule = of_day(data)
    assert [journey.marketed_as for journey in schedule.journeys] == [("ZZ4123", "9W7A", "QZ55"), ("QZ55",)]
    assert schedule.problems == ()


def test_a_flight_operated_by_another_is_one_with_the_others() -> None:
    """DEI 50 stands on the marketing flight. Both listings are one journey, whichever comes first."""
    marketing = (leg(number="4123", carrier="XY "), segment("050", "ZZ 0031", number="4123"))
    operating = leg(number="0031", carrier="ZZ ")
    alone = one(ssim(*marketing))
    assert alone.key == "air/ZZ/31/2026-02-04/CMN/LIS"
    assert (alone.legs[0].number, alone.legs[0].operating_carrier, alone.legs[0].operating_number) == (
        "4123",
        "ZZ",
        "31",
    )
    for records in ((*marketing, operating), (operating, *marketing)):
        schedule = of_day(ssim(*records))
        (journey,) = schedule.journeys
        assert (journey.key, journey.legs[0].number, journey.marketed_as) == (alone.key, "31", ("XY4123",))
        assert journey.legs[0].operating_number is None


DAMAGED = [
    (ssim(leg(period="31FEB2631MAR26")), 0, [("BAD_DATE", "15-28", 3)], "a first day that is none"),
    (ssim(leg(period="00XXX0031MAR26")), 0, [("BAD_DATE", "15-28", 3)], "an open beginning"),
    (ssim(leg(days="       ")), 0, [("LINE_LEFT_OUT", "29-35", 3)], "no days of operation"),
    (ssim(leg(stations="CM LIS")), 0, [("LINE_LEFT_OUT", "37-57", 3)], "half a station"),
    (ssim(leg(times=("0960", "1130"))), 1, [("BAD_DATE", "40-47", 3)], "no time of departure"),
    (ssim(leg(every="5")), 1, [("UNKNOWN_CODE", "36", 3)], "another frequency rate"),
    (ssim(leg(variations="0K")), 1, [("UNKNOWN_CODE", "194", 3)], "another date variation"),
    (ssim(leg(), mode=" "), 1, [("UNKNOWN_CODE", "2", 2)], "no time mode"),
    (ssim(segment("010", "ZZ 1")), 0, [("NO_OWNER", "2-13", 3)], "segment data without leg"),
    (ssim(leg(), segment("010", "ZZ 1", number="0124")), 1, [("NO_OWNER", "2-13", 4)], "of another flight"),
    (ssim(put((1, "7"))), 0, [("UNKNOWN_SEGMENT", "1", 3)], "an unknown record"),
    (ssim(leg(), leg(times=("0945", "1210"))), 1, [("VALUE_REPEATED", None, 4)], "one flight twice"),
    (ssim(leg()).rsplit(b"5 XY", 1)[0], 1, [("TRUNCATED", "5", 3)], "no trailer"),
    (ssim(leg()).replace(b"000003E", b"000007E"), 1, [("COUNT_MISMATCH", "188-193", 4)], "another last record"),
    (
        ssim(leg()).replace(b"000003\r", b"000004\r"),
        1,
        [("COUNT_MISMATCH", "195-200", 3), ("COUNT_MISMATCH", "188-193", 4)],
        "a record is missing",
    ),
    (ssim(leg()).replace(b"\r\n3", b" \r\n3"), 1, [("NOT_A_SEGMENT", "1-200", 2), ("HEADER_MISSING", "2", 3)], "long"),
]


@pytest.mark.parametrize(("data", "journeys", "problems", "reason"), DAMAGED, ids=[row[-1] for row in DAMAGED])
def test_damage_costs_its_own_part(
    data: bytes, journeys: int, problems: list[tuple[str, str | None, int]], reason: str
) -> None:
    schedule = of_day(data)
    assert (len(schedule.journeys), codes(schedule)) == (journeys, problems), reason


def test_files_without_line_ends_with_zeros_and_with_blanks_cut_off() -> None:
    data = ssim(leg())
    wanted = of_day(data).journeys
    zeros = b"0" * 200
    for other in (data.replace(b"\r\n", b""), data.replace(b"\r\n", b"\r\n" + zeros + b"\r\n"), b"\xef\xbb\xbf" + data):
        assert of_day(other) == Schedule(format="SSIM", first=DAY, last=DAY, journeys=wanted)
    # The trailer of zeros checks nothing.
    cut = b"\n".join(line[:194].rstrip() for line in data.splitlines())
    assert of_day(cut).journeys == wanted


WEEKDAYS = st.frozensets(st.integers(1, 7))
DATES = st.dates(dt.date(2025, 10, 1), dt.date(2026, 12, 31))


@given(DATES, st.none() | DATES, WEEKDAYS, st.sampled_from([1, 2]), DATES, st.integers(0, 399))
def test_period_is_its_twin(
    first: dt.date, last: dt.date | None, weekdays: frozenset[int], every: int, begin: dt.date, days: int
) -> None:
    """The twin walks all days."""
    asked = [begin + dt.timedelta(days=number) for number in range(days + 1)]
    twin = [
        day
        for day in asked
        if first <= day <= (last or day) and day.isoweekday() in weekdays and (day - first).days // 7 % every == 0
    ]
    assert list(Period(first, last, weekdays, every).dates(Days.checked(begin, asked[-1]))) == twin


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2026, 4, 30)),
    st.integers(0, 60),
    WEEKDAYS.filter(bool),
    st.times(),
    st.sampled_from("01A2"),
    st.sampled_from("LU"),
    st.sampled_from(["CMN", "LIS", "DSS", "KTI", "LAX"]),
)
def test_expansion_is_its_twin(
    first: dt.date, length: int, weekdays: frozenset[int], time: dt.time, variation: str, mode: str, origin: str
) -> None:
    """The twin walks all days near those asked for and keeps the flights whose local departure is on one of these.

    Where clocks go back, two departures in UTC may fall on one local day. A number on a day is one journey, so the
    later one stands, and it is told.
    """
    last = first + dt.timedelta(days=length)
    record = leg(
        period=f"{first:%d%b%y}{last:%d%b%y}".upper(),
        days="".join(str(day) if day in weekdays else " " for day in range(1, 8)),
        times=(f"{time:%H%M}", "1130"),
        variations=variation + "0",
        stations=origin + "MAD",
    )
    schedule = schedules.read(ssim(record, mode=mode), AS_OF, FIRST, LAST)
    zone = schedule.journeys[0].legs[0].departs_zone if schedule.journeys else None
    twin: dict[dt.date, str] = {}
    twice = False
    for number in range(-10, (LAST - FIRST).days + 11):
        day = FIRST + dt.timedelta(days=number)
        if not (first <= day <= last and day.isoweekday() in weekdays):
            continue
        when = dt.datetime.combine(day + dt.timedelta(days={"A": -1}.get(variation) or int(variation, 16) % 10), time)
        if mode == "U" and zone:
            when = when.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        if FIRST <= when.date() <= LAST:
            twice |= when.date() in twin
            twin[when.date()] = when.isoformat(timespec="minutes")[:16]
    if mode == "L" or zone:
        assert sorted(journey.legs[0].departs or "" for journey in schedule.journeys) == sorted(twin.values())
        assert ("VALUE_REPEATED" in {problem.code for problem in schedule.problems}) == twice
