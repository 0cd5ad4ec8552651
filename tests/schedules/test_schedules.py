"""Tables of journeys, what later news do to them, and that no input is too bad."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.schedules.timetables import AS_OF, FIRST, LAST, leg, segment, ssim
from vigie import schedules
from vigie.config import LIMITS
from vigie.messages.findings import SEVERITY
from vigie.records import Leg, Mode
from vigie.schedules import lines
from vigie.schedules.expected import ExpectedJourney, Schedule, Times, key_of
from vigie.schedules.tables import Written, _table, written

DAY = dt.date(2026, 2, 4)


def read(text: str | bytes, first: dt.date = FIRST, last: dt.date = LAST) -> Schedule:
    return schedules.read(text.encode() if isinstance(text, str) else text, AS_OF, first, last)


def codes(schedule: Schedule) -> list[tuple[str, str | None, int | None]]:
    return [(problem.code, problem.segment, problem.position) for problem in schedule.problems]


# -- an airport's movements -------------------------------------------------------------------------------------

ENGLISH = """\
flight,origin,destination,std,etd,atd,sta,eta,ata,status,codeshares,diverted to,pax,gate
XY0123,CMN,LIS,2026-02-04T09:05,2026-02-04T09:40,,2026-02-04T11:30,,,DLY,ZZ 4123/9W7,,140,A4
"""
FRENCH = (
    "N° vol;Provenance;Destination;Heure départ prévue;Heure de départ estimée;"
    "Heure d'arrivée prévue;Statut;Partage de code;Passagers;Porte\n"
    "XY 123;CMN;LIS;04/02/2026 09h05;04/02/2026 09h40;04/02/2026 11h30;Retardé;ZZ4123 9W7;140;A4\n"
)
BY_DIRECTION = """\
Airline\tNumber\tAirport\tFrom/To\tA/D\tDate\tScheduled\tEstimated\tStatus\tCodeshare\tPassengers
XY\t0123\tCMN\tLIS\tD\t04.02.2026\t09:05\t09:40\tSCH\tZZ4123,9W7\t140
"""
IN_UTC = """\
flight,origin,destination,STD (UTC),ETD (UTC),sta,status,codeshare,pax
XY123,CMN,LIS,2026-02-04 08:05,2026-02-04T09:40+01:00,2026-02-04T11:30Z,boarding,ZZ4123/9W7,140
"""


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, BY_DIRECTION, IN_UTC])
def test_one_movement_in_the_words_of_several_airports(text: str) -> None:
    schedule = read(text)
    (journey,) = schedule.journeys
    (flown,) = journey.legs
    assert schedule.format == "AODB"
    assert journey.key == "air/XY/123/2026-02-04/CMN/LIS"
    assert (flown.departs, flown.departs_utc) == ("2026-02-04T09:05", "2026-02-04T08:05Z")
    assert flown.arrives in ("2026-02-04T11:30", None)
    assert journey.estimated == Times(departs="2026-02-04T09:40", departs_utc="2026-02-04T08:40Z")
    assert journey.marketed_as == ("ZZ4123", "9W7")
    assert (journey.status, journey.passengers_expected) == ("scheduled", 140)
    assert {severity for _, severity in ((p.code, p.severity) for p in schedule.problems)} <= {"warning", "note"}


STATUSES = [
    ("SCH", "scheduled"),
    ("CNL", "cancelled"),
    ("CX", "cancelled"),
    ("Annulé", "cancelled"),
    ("DIV", "diverted"),
    ("Dérouté", "diverted"),
    ("DEP", "departed"),
    ("Décollé", "departed"),
    ("ARR", "arrived"),
    ("On block", "arrived"),
    ("ZORGLUB", None),
    ("", None),
]


@pytest.mark.parametrize(("word", "status"), STATUSES)
def test_statuses(word: str, status: str | None) -> None:
    schedule = read(f"flight,origin,destination,std,status\nXY123,CMN,LIS,2026-02-04T09:05,{word}\n")
    assert schedule.journeys[0].status == status
    assert codes(schedule) == ([("UNKNOWN_CODE", "status", 2)] if word == "ZORGLUB" else [])


def test_words_of_a_field_mean_one_thing() -> None:
    """A word twice in the table would depend on its order; so would a heading."""
    rows = [(field, word) for field, _, words in _table("words.tsv") for word in words.split("|")]
    headings = [(format, head) for format, _, heads in _table("columns.tsv") for head in heads.split("|")]
    assert len(rows) == len(set(rows))
    assert len(headings) == len(set(headings))


ROWS = [
    ("XY1,CMN,LIS,,2026-02-04T11:30,,", "air/XY/1/a2026-02-04/CMN/LIS", [], "only the arrival is known"),
    ("XY1,,LIS,,2026-02-04T11:30,,", "air/XY/1/a2026-02-04//LIS", [], "nor where it comes from"),
    (",CMN,LIS,2026-02-04T09:05,,,", "air///2026-02-04T09:05/CMN/LIS", ["LEG_INCOMPLETE"], "no number"),
    ("XY1,CMN,LIS,2026-02-04T09:05,never,,", "air/XY/1/2026-02-04/CMN/LIS", ["BAD_DATE"], "a bad time costs itself"),
    ("XY1,CMN,LIS,2026-02-04T09:05,,many,", "air/XY/1/2026-02-04/CMN/LIS", ["BAD_NUMBER"], "so does a number"),
    ("XY1,CMN,LIS,2026-02-04T09:05,,,,A4", None, ["LINE_LEFT_OUT"], "a cell too many: all may be out of place"),
    ("XY1,CMN,LIS,,,,", None, ["LINE_LEFT_OUT"], "no time at all"),
    ("XY1,CMN,LIS,09:05,,,", None, ["BAD_DATE", "LINE_LEFT_OUT"], "a time without a day"),
    ("XY1,CMN,LIS,02/14/2026 09:05,,,", None, ["BAD_DATE", "LINE_LEFT_OUT"], "the month before the day"),
    ('XY1,"CMN,LIS,2026-02-04T09:05,,,', None, ["LINE_LEFT_OUT"], "a quotation left open costs its line only"),
    ("XY1,QQQ,LIS,2026-02-04T09:05Z,,,", "air/XY/1/2026-02-04/QQQ/LIS", ["ZONE_UNKNOWN"], "UTC where no zone is known"),
    ("XY1,CMN,LIS,0001-01-01T00:30+14:00,,,", None, [], "before the calendar, and of no day asked for"),
    ("XY1,CMN,LIS,9999-12-31T23:59-14:00,,,", None, [], "behind it"),
]


@pytest.mark.parametrize(("row", "key", "problems", "reason"), ROWS, ids=[row[-1] for row in ROWS])
def test_rows(row: str, key: str | None, problems: list[str], reason: str) -> None:
    whole = "XY9,CMN,LIS,2026-02-05T09:05,,,\n"
    schedule = read(f"flight,origin,destination,std,sta,pax,status\n{row}\n{whole}")
    keys = [journey.key for journey in schedule.journeys if journey.legs[0].number != "9"]
    assert (keys, len(schedule.journeys)) == ([key] if key else [], 2 if key else 1), reason
    assert [problem.code for problem in schedule.problems if problem.code != "ZONE_UNKNOWN" or key] == problems
    assert all(problem.position == 2 for problem in schedule.problems)


def test_a_flight_that_is_listed_again_is_one_journey() -> None:
    head = "flight,origin,destination,std,codeshare\n"
    sold = read(head + "XY1,CMN,LIS,2026-02-04T09:05,\nZZ77,CMN,LIS,2026-02-04T09:05,XY1\n")
    assert [(journey.key, journey.marketed_as, journey.other_keys) for journey in sold.journeys] == [
        ("air/XY/1/2026-02-04/CMN/LIS", ("ZZ77",), ("air/ZZ/77/2026-02-04/CMN/LIS",))
    ]
    assert sold.problems == ()
    twice = read(head + "XY1,CMN,LIS,2026-02-04T09:05,\nXY1,CMN,LIS,2026-02-04T19:05,\n")
    assert [journey.legs[0].departs for journey in twice.journeys] == ["2026-02-04T19:05"]
    assert codes(twice) == [("VALUE_REPEATED", None, 3)]


@pytest.mark.parametrize(
    ("std", "etd", "estimated"),
    [
        ("2026-02-04T23:50", "00:40", "2026-02-05T00:40"),
        ("2026-02-04T00:10", "23:55", "2026-02-03T23:55"),
        ("2026-02-04T12:00", "13:10", "2026-02-04T13:10"),
    ],
)
def test_a_time_without_a_day_is_the_nearest(std: str, etd: str, estimated: str) -> None:
    schedule = read(f"flight,origin,destination,std,etd\nXY1,CMN,LIS,{std},{etd}\n")
    times = schedule.journeys[0].estimated
    assert times is not None
    assert times.departs == estimated
    assert codes(schedule) == [("DATE_DERIVED", "estimated_departure", 2)]


WRITTEN = [
    ("2026-02-04T09:05", Written("2026-02-04", "09:05", None)),
    ("2026-02-04 09:05:30", Written("2026-02-04", "09:05", None)),
    ("4/2/2026 9h05", Written("2026-02-04", "09:05", None)),
    ("04.02.2026", Written("2026-02-04", None, None)),
    ("09:05", Written(None, "09:05", None)),
    ("2026-02-04T09:05Z", Written("2026-02-04", "09:05", dt.timedelta(0))),
    ("2026-02-04T09:05-03:30", Written("2026-02-04", "09:05", -dt.timedelta(hours=3, minutes=30))),
    ("", None),
    ("   ", None),
    ("2026-02-30", None),
    ("2026-02-04T24:05", None),
    ("2026-02-04T", Written("2026-02-04", None, None)),
    ("０９:05", None),
    ("tomorrow", None),
]


@pytest.mark.parametrize(("text", "wanted"), WRITTEN, ids=[text or "empty" for text, _ in WRITTEN])
def test_written(text: str, wanted: Written | None) -> None:
    assert written(text) == wanted


# -- timetables -------------------------------------------------------------------------------------------------

HEADER = "mode,carrier,number,origin,destination,departs,arrives,days,valid_from,valid_to,status,capacity\n"
FERRIES = HEADER + (
    "sea,QF,,MAPTM,ESALG,08:00,09:30,1234567,2026-02-01,2026-02-03,,700\n"
    "sea,QF,,MAPTM,ESALG,23:30,01:00+1,17,2026-02-01,,,700\n"
    "sea,QF,,MAPTM,ESALG,2026-02-02T08:00,,,,,cancelled,\n"
    "coach,QC,K7,MAOUD,DZTLM,2026-02-02T10:00,2026-02-02T14:00,,,,,\n"
    "rail,QR,0042,MATNG,MACAS,2026-02-03T10:00,,,,,cancelled,\n"
)


def test_timetable() -> None:
    schedule = read(FERRIES, FIRST, FIRST + dt.timedelta(days=2))
    assert schedule.problems == ()
    assert [(journey.key, journey.status) for journey in schedule.journeys] == [
        ("sea/QF//2026-02-01T08:00/MAPTM/ESALG", "scheduled"),
        ("sea/QF//2026-02-01T23:30/MAPTM/ESALG", "scheduled"),
        ("sea/QF//2026-02-02T08:00/MAPTM/ESALG", "cancelled"),
        ("road/QC/K7/2026-02-02/MAOUD/DZTLM", "scheduled"),
        ("sea/QF//2026-02-02T23:30/MAPTM/ESALG", "scheduled"),
        ("sea/QF//2026-02-03T08:00/MAPTM/ESALG", "scheduled"),
        ("rail/QR/42/2026-02-03/MATNG/MACAS", "cancelled"),
    ]
    night = schedule.journeys[1].legs[0]
    assert (night.departs_utc, night.arrives) == ("2026-02-01T22:30Z", "2026-02-02T01:00")
    # Spain has more than one zone, and a port's code does not tell which.
    assert night.arrives_utc is None


def test_the_timetable_of_the_manual_is_read() -> None:
    page = (ROOT / "docs" / "reference" / "schedules.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"```\n(mode,.*?)```", page, re.DOTALL)
    schedule = read(table)
    assert (schedule.problems, len(schedule.journeys)) == ((), 59)
    assert [journey.key for journey in schedule.journeys if journey.status == "cancelled"] == [
        "sea/QF//2026-02-10T08:00/ESALG/MAPTM"
    ]


BAD_RULES = [
    ("kite,QF,1,MAPTM,ESALG,08:00,,,2026-02-01,,,", 0, [("LINE_LEFT_OUT", "mode", 2)], "no mode of transport"),
    ("sea,QF,1,MAPTM,,08:00,,,2026-02-01,,,", 0, [("LINE_LEFT_OUT", "mode", 2)], "no destination"),
    ("sea,QF,1,MAPTM,ESALG,soon,,,2026-02-01,,,", 0, [("LINE_LEFT_OUT", "departs", 2)], "no departure"),
    ("sea,QF,1,MAPTM,ESALG,08:00Z,,,2026-02-01,,,", 0, [("LINE_LEFT_OUT", "departs", 2)], "a departure in UTC"),
    ("sea,QF,1,MAPTM,ESALG,08:00,,,,,,", 0, [("BAD_DATE", "valid_from", 2)], "a rule without beginning"),
    ("sea,QF,1,MAPTM,ESALG,08:00,,,2026-02-01,later,,", 0, [("BAD_DATE", "valid_from", 2)], "a last day that is none"),
    ("sea,QF,1,MAPTM,ESALG,08:00,,MTW,2026-02-01,,,", 0, [("LINE_LEFT_OUT", "days", 2)], "days in letters"),
    ("sea,QF,1,MAPTM,ESALG,08:00,late,,2026-02-01,,,", 59, [("BAD_DATE", "arrives", 2)], "an arrival that is none"),
    ("sea,QF,1,MAPTM,ESALG,08:00,,,2026-02-01,,gone,", 59, [("UNKNOWN_CODE", "status", 2)], "an unknown status"),
    ("sea,QF,1,MAPTM,ESALG,08:00,,,2026-02-01,,arrived,", 59, [("UNKNOWN_CODE", "status", 2)], "not in a timetable"),
    ("sea,QF,1,MAPTM,ESALG,08:00,,,2026-02-01,,,lots", 59, [("BAD_NUMBER", "capacity", 2)], "a capacity that is none"),
]


@pytest.mark.parametrize(("row", "journeys", "problems", "reason"), BAD_RULES, ids=[row[-1] for row in BAD_RULES])
def test_bad_rules(row: str, journeys: int, problems: list[tuple[str, str | None, int]], reason: str) -> None:
    schedule = read(HEADER + row + "\n")
    assert (len(schedule.journeys), codes(schedule)) == (journeys, problems), reason


def test_clock_changes_keep_the_time_of_a_ferry() -> None:
    schedule = read(HEADER + "sea,QF,1,MAPTM,ESALG,08:00,,,2026-02-01,,,\n")
    utc = {(leg.departs or "")[:10]: (leg.departs_utc or "")[11:] for (leg,) in (j.legs for j in schedule.journeys)}
    assert {(leg.departs or "")[11:] for (leg,) in (j.legs for j in schedule.journeys)} == {"08:00"}
    assert (utc["2026-02-14"], utc["2026-02-15"], utc["2026-03-21"], utc["2026-03-22"]) == (
        "07:00Z",
        "08:00Z",
        "08:00Z",
        "07:00Z",
    )


# -- the file as a whole ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "EMPTY_INPUT"), (b" \r\n", "EMPTY_INPUT"), (b"a,b,c\n1,2,3\n", "NO_SCHEDULE"), (b"\0\xff", "NO_SCHEDULE")],
)
def test_no_schedule(data: bytes, code: str) -> None:
    schedule = read(data)
    assert (schedule.format, schedule.journeys, [problem.code for problem in schedule.problems]) == (None, (), [code])


MESSAGES = [
    (
        b"UNB+UNOA:4+XY+GOV+260201:0900+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'NAD+FL+++NORDAHL:ADA'UNT+4+1'UNZ+1+1'",
        "PAXLST",
        "a passenger list",
    ),
    (
        b"mode,carrier,number,origin,destination,departs,surname,given names,date of birth\n"
        b"sea,XY,7,TNG,ALG,2026-02-01T10:00,NORDAHL,ADA,1980-01-02\n",
        "MANIFEST",
        "a manifest whose headings would do for a timetable",
    ),
]


@pytest.mark.parametrize(("data", "type", "reason"), MESSAGES, ids=[row[1] for row in MESSAGES])
def test_a_message_is_no_schedule_and_is_named(data: bytes, type: str, reason: str) -> None:
    schedule = read(data)
    (problem,) = schedule.problems
    assert (schedule.format, schedule.journeys, problem.code) == (None, (), "NO_SCHEDULE"), reason
    assert f"({type})" in problem.says
    assert "NORDAHL" not in problem.says


def test_a_timetable_with_every_column_is_no_manifest() -> None:
    """`capacity` is a column of both: of seats here, of what somebody is on board there."""
    columns = (
        "mode,carrier,number,origin,destination,departs,arrives,days,valid_from,valid_to,status,capacity,passengers"
    )
    schedule = read(f"{columns}\nair,XY,1,CMN,LIS,05:40,06:10,,2026-02-01,2026-02-01,,180,170\n")
    assert [journey.capacity for journey in schedule.journeys] == [180]


TABLE = b"mode,carrier,number,origin,destination,departs,days,valid_from,valid_to\nair,XY,1,CMN,LIS,"
ELSEWHERE = [
    (ssim(leg(period="01APR2631MAY26"), leg("0124", period="01JUN2615JUN26")), "2026-04-01 to 2026-06-15", "begins"),
    (ssim(leg(period="01NOV2500XXX00"), leg("0124", period="01JUN2615JUN26")), None, "has no end"),
    (ssim(leg(period="01APR2600XXX00")), "2026-04-01 without an end", "begins later and has no end"),
    (TABLE + b"05:40,,2025-11-01,2026-01-31\n", "2025-11-01 to 2026-01-31", "ended"),
    (TABLE + b"2026-04-02T05:40,,,\n", "2026-04-02 to 2026-04-02", "one departure"),
    (b"flight,direction,airport,scheduled\nXY 1,departure,CMN,2026-04-02 05:40\n", "2026-04-02", "of an airport"),
    (ssim(leg(period="02FEB2608FEB26", days="1")), None, "inside of the days asked for"),
]


@pytest.mark.parametrize(("data", "covers", "reason"), ELSEWHERE, ids=[row[-1] for row in ELSEWHERE])
def test_a_schedule_of_other_days_says_of_which(data: bytes, covers: str | None, reason: str) -> None:
    schedule = read(data)
    found = [problem.says for problem in schedule.problems if problem.code == "SCHEDULE_ELSEWHERE"]
    assert bool(found) == (covers is not None), reason
    assert all(covers in says and "2026-02-01 to 2026-03-31" in says for says in found if covers)


def test_too_large_is_not_looked_at() -> None:
    assert [problem.code for problem in read(b"3" * (LIMITS.message_bytes + 1)).problems] == ["TOO_LARGE"]


@pytest.mark.parametrize("days", [-1, 400])
def test_days_that_are_none_or_too_many(days: int) -> None:
    with pytest.raises(ValueError, match="1 to 400 days"):
        schedules.read(ssim(leg()), AS_OF, FIRST, FIRST + dt.timedelta(days=days))


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_JOURNEYS", 10)
    schedule = read(ssim(leg(), leg(number="0124")))
    assert (len(schedule.journeys), [problem.code for problem in schedule.problems]) == (10, ["TOO_MANY_LINES"])
    monkeypatch.setattr(lines, "MOST_LINES", 2)
    assert [problem.code for problem in read(ssim(leg())).problems] == ["TOO_MANY_LINES"]


def test_windows_text() -> None:
    schedule = read(FRENCH.encode("cp1252"))
    assert len(schedule.journeys) == 1
    assert "CHARACTER_SET" in [problem.code for problem in schedule.problems]


SAMPLES = [ssim(leg(), segment("010", "ZZ 4123")), ENGLISH.encode(), FRENCH.encode(), FERRIES.encode()]
SECRET = "Zorglubovitch"


@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=6)), max_size=8))
def test_no_damage_raises(sample: bytes, cuts: list[tuple[int, bytes]]) -> None:
    for at, put in cuts:
        sample = sample[:at] + put + sample[at + len(put) :]
    schedule = read(sample)
    assert all(SEVERITY[problem.code] == problem.severity for problem in schedule.problems)
    assert schedule == read(sample)


@given(st.sampled_from(SAMPLES), st.integers(0, 900))
def test_no_problem_quotes_the_file(sample: bytes, at: int) -> None:
    """A name in a wrong place comes into no sentence."""
    schedule = read(sample[:at] + SECRET.encode() + sample[at:])
    assert not any(SECRET.casefold() in problem.says.casefold() for problem in schedule.problems)


# -- changes ----------------------------------------------------------------------------------------------------


def movements(*rows: str) -> tuple[ExpectedJourney, ...]:
    head = "flight,origin,destination,std,etd,atd,sta,ata,status,diverted to,codeshare\n"
    schedule = read(head + "\n".join(rows) + "\n")
    assert [problem.code for problem in schedule.problems] == []
    return schedule.journeys


PLAN = read(ssim(leg(), segment("010", "ZZ 4123"), leg(number="0200", stations="CMNDSS")), DAY, DAY).journeys


def test_news_of_a_flight() -> None:
    news = movements(
        "XY123,CMN,LIS,2026-02-04T09:05,2026-02-04T10:00,,2026-02-04T11:30,,DLY,,",
        "XY123,CMN,LIS,2026-02-04T09:05,,2026-02-04T10:05,,,DEP,,",
        "XY123,CMN,LIS,2026-02-04T09:05,,,,,DIV,OPO,",
    )
    first, second = schedules.apply_changes(PLAN, news)
    assert second == PLAN[1]
    assert (first.key, first.source, first.legs) == (PLAN[0].key, "SSIM", PLAN[0].legs)
    assert (first.status, first.diverted_to) == ("diverted", "OPO")
    assert first.estimated == Times(departs="2026-02-04T10:00", departs_utc="2026-02-04T09:00Z")
    assert first.actual == Times(departs="2026-02-04T10:05", departs_utc="2026-02-04T09:05Z")
    assert first.marketed_as == ("ZZ4123",)


CHANGES = [
    ("XY123,CMN,LIS,2026-02-04T09:05,,,,,CNL,,", 0, "the same key"),
    ("XY0123,CMN,LIS,2026-02-04T12:05,,,,,CNL,,", 0, "another time of the same day"),
    ("XY123,CMN,LIS,,,,2026-02-04T11:30,,CNL,,", 0, "only the arrival is known"),
    ("XY123,,LIS,,,,2026-02-04T11:30,,CNL,,", 0, "nor the origin"),
    ("ZZ4123,CMN,LIS,2026-02-04T09:05,,,,,CNL,,", 0, "a number it is sold under"),
    ("ZZ77,CMN,LIS,2026-02-04T09:05,,,,,CNL,,XY123", 0, "a number it is carried under"),
    ("XY123A,CMN,LIS,2026-02-04T09:05,,,,,CNL,,", None, "a flight with a suffix is another one"),
    ("XY123,CMN,OPO,2026-02-04T09:05,,,,,CNL,,", None, "another destination"),
    ("XY123,CMN,LIS,2026-02-05T09:05,,,,,CNL,,", None, "another day"),
    ("XY9,CMN,LIS,2026-02-04T09:05,,,,,CNL,,", None, "another number"),
    ("XY123,,,2026-02-04T09:05,,,,,CNL,,", None, "no place that agrees"),
    ("XY123,CMN,LIS,2026-02-03T23:05,,,2026-02-04T11:30,,CNL,,", None, "the same arrival of another day's departure"),
]


@pytest.mark.parametrize(("row", "place", "reason"), CHANGES, ids=[row[-1] for row in CHANGES])
def test_which_journey_a_change_is_about(row: str, place: int | None, reason: str) -> None:
    changed = schedules.apply_changes(PLAN, movements(row))
    assert len(changed) == (3 if place is None else 2)
    assert [at for at, journey in enumerate(changed) if journey.status == "cancelled"] == [
        2 if place is None else place
    ], reason
    assert [journey.key for journey in changed][:2] == [journey.key for journey in PLAN]


def test_a_cancelled_flight_goes_again_only_when_that_is_said() -> None:
    cancelled = "XY123,CMN,LIS,2026-02-04T09:05,,,,,CNL,,"
    retimed = "XY123,CMN,LIS,2026-02-04T10:05,,,,,,,"
    again = "XY123,CMN,LIS,2026-02-04T10:05,,,,,SCH,,"
    (flight, _) = schedules.apply_changes(PLAN, [*movements(cancelled), *movements(retimed)])
    assert (flight.status, flight.legs[0].departs, flight.legs[0].departs_utc) == (
        "cancelled",
        "2026-02-04T10:05",
        "2026-02-04T09:05Z",
    )
    assert schedules.apply_changes([flight], movements(again))[0].status == "scheduled"


def test_what_was_a_journey_of_its_own_stays_one_when_changes_come_again() -> None:
    """The second change tells an arrival by which the first one would have been found."""
    plan = movements("XY1,CMN,LIS,2026-02-04T09:05,,,,,SCH,,")
    changes = [
        *movements("XY1,,LIS,,,,2026-02-04T11:30,,ARR,,"),
        *movements("XY1,CMN,LIS,2026-02-04T09:05,,,2026-02-04T11:30,,DEP,,"),
    ]
    once = schedules.apply_changes(plan, changes)
    assert [journey.status for journey in once] == ["departed", "arrived"]
    assert schedules.apply_changes(once, changes) == once


@st.composite
def journeys(draw: st.DrawFn) -> ExpectedJourney:
    """Of few numbers, places and days, so that many are about the same."""
    day = draw(st.sampled_from(["2026-02-04", "2026-02-05"]))
    departs = draw(st.sampled_from([None, day, f"{day}T09:05", f"{day}T23:50"]))
    arrives = draw(st.sampled_from([None, f"{day}T11:30", "2026-02-05T01:00"]))
    flown = Leg(
        carrier=draw(st.sampled_from([None, "XY", "ZZ"])),
        number=draw(st.sampled_from([None, "1", "2"])),
        origin=draw(st.sampled_from([None, "CMN", "DSS"])),
        destination=draw(st.sampled_from([None, "LIS"])),
        departs=departs,
        departs_utc=f"{departs}Z" if departs and len(departs) > 10 else None,
        arrives=arrives,
        operating_carrier=draw(st.sampled_from([None, "XY"])),
        operating_number=draw(st.sampled_from([None, "1"])),
    )
    mode: Mode = "sea" if draw(st.booleans()) else "air"
    return ExpectedJourney(
        mode=mode,
        legs=(flown,),
        key=key_of(mode, flown),
        source="AODB",
        status=draw(st.sampled_from([None, "scheduled", "cancelled", "arrived"])),
        estimated=draw(st.sampled_from([None, Times(departs="2026-02-04T10:00"), Times(arrives="2026-02-04T12:00")])),
        marketed_as=draw(st.sampled_from([(), ("ZZ1",), ("ZZ2", "XY1")])),
        capacity=draw(st.sampled_from([None, 0, 150])),
    )


@given(st.lists(journeys(), max_size=6), st.lists(journeys(), max_size=6))
def test_changes_twice_are_changes_once_and_nothing_vanishes(
    plan: list[ExpectedJourney], changes: list[ExpectedJourney]
) -> None:
    known = schedules.apply_changes(plan, [])
    once = schedules.apply_changes(known, changes)
    assert schedules.apply_changes(once, changes) == once
    keys = [key for journey in once for key in (journey.key, *journey.other_keys)]
    assert sorted(keys) == sorted({journey.key for journey in (*plan, *changes)})
    assert [journey.key for journey in once][: len(known)] == [journey.key for journey in known]
