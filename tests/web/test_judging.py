"""What the pages compute themselves: order of journeys, comparison of fields, drawing of the evidence."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web import office
from vigie.records import Document, Entry, Evidence, ListedDate, ListedName, Traveller
from vigie.store import JourneyRow
from vigie.web.board import arrange, has_departed
from vigie.web.compare import verdicts
from vigie.web.waterfall import draw

NOW = office.NOW


def journey(number: int, minutes: int | None, alerts: int = 0) -> JourneyRow:
    utc = None if minutes is None else f"{NOW + dt.timedelta(minutes=minutes):%Y-%m-%dT%H:%MZ}"
    return JourneyRow(
        id=number,
        mode="air",
        carrier=None,
        number=None,
        origin=None,
        destination=None,
        departs=None,
        departs_utc=utc,
        arrives=None,
        travellers=1,
        alerts=alerts,
        messages=1,
        received_at="2026-11-23T03:30:00.000Z",
        source="invented",
    )


def test_soonest_departure_stands_first_and_the_latest_departed_first() -> None:
    given_order = [journey(1, 90), journey(2, -10), journey(3, None), journey(4, 5, alerts=1), journey(5, -60)]
    board = arrange(given_order, NOW)
    assert [row.id for row in board.ahead] == [4, 1]
    assert [row.id for row in board.unknown] == [3]
    assert [row.id for row in board.departed] == [2, 5]


UNCERTAIN = [
    (1, None, None, "no time at all"),
    (2, "2026-11-24T18:00", "XZAAA", "no zone: at the earliest at UTC+14, that is on the day itself at 04:00"),
    (3, "2026-11-23T08:00", "ESALG", "several zones: at the earliest in that of the mainland, at 07:00"),
    (4, "2026-11-23T05:20", "BFOUA", "a country of one zone: at 05:20"),
    (5, "2026-11-23T04:30", None, "no place: may have departed fourteen hours ago, may depart in twelve"),
    (6, "2026-11-23", "CMN", "no time of day: since midnight"),
    (7, "2026-11-22T10:00", None, "departed wherever it was"),
]


def uncertain(alerts: int) -> list[JourneyRow]:
    return [
        msgspec.structs.replace(journey(number, None, alerts=alerts), departs=departs, origin=origin)
        for number, departs, origin, _ in UNCERTAIN
    ]


def test_uncertain_departures_stand_among_the_others_by_their_earliest_moment() -> None:
    board = arrange([*uncertain(alerts=1), journey(8, 10), journey(9, 120), journey(10, -10, alerts=4)], NOW)
    assert [row.id for row in board.ahead] == [5, 6, 8, 4, 9, 3, 2]
    assert [row.id for row in board.unknown] == [1]
    assert [row.id for row in board.departed] == [10, 7]
    assert board.waiting == 6


def test_a_journey_has_departed_when_its_latest_moment_is_past() -> None:
    rows = [*uncertain(alerts=1), journey(8, 0), journey(9, -1)]
    assert [row.id for row in rows if has_departed(row, NOW)] == [7, 9]


def test_an_uncertain_departure_can_be_the_next() -> None:
    coach = uncertain(alerts=1)[2]
    board = arrange([journey(1, 500, alerts=1), coach], NOW)
    assert board.next == coach


def test_next_is_the_soonest_ahead_with_an_alert() -> None:
    board = arrange([journey(1, 5), journey(2, 30, alerts=1), journey(3, 20, alerts=2), journey(4, -5, alerts=9)], NOW)
    assert board.next is not None
    assert board.next.id == 3
    assert arrange([journey(1, 5)], NOW).next is None


@given(st.lists(st.none() | st.integers(-5000, 5000)))
def test_no_journey_is_lost_or_shown_twice(departures: list[int | None]) -> None:
    board = arrange([journey(place, minutes) for place, minutes in enumerate(departures)], NOW)
    shown = [row.id for group in (board.ahead, board.unknown, board.departed) for row in group]
    assert sorted(shown) == list(range(len(departures)))


TRAVELLER = office.person("ALAMI", "SAMI")
ENTRY = Entry(list="invented", id="1", names=(ListedName(kind="primary", name="Sami Alami", script="Latn"),))

COMPARISONS = [
    ("name", {}, {}, "same", "same words in another order"),
    ("birth_date", {"birth_date": "1970-06-01"}, {"birth_dates": (ListedDate(date="1970-06-01"),)}, "same", "equal"),
    ("birth_date", {"birth_date": "1970-06-01"}, {"birth_dates": (ListedDate(date="1970"),)}, "similar", "within"),
    ("birth_date", {"birth_date": "1970-06-01"}, {"birth_dates": (ListedDate(date="1971"),)}, "differs", "outside"),
    ("birth_date", {"birth_date": "unread"}, {"birth_dates": (ListedDate(date="1971"),)}, "differs", "no date at all"),
    ("birth_date", {"birth_date": "1970"}, {}, "absent", "the list says nothing"),
    ("birth_place", {"birth_place": "FES"}, {"birth_places": ("Meknes", "Fes")}, "same", "letter case is nothing"),
    ("sex", {"sex": "M"}, {"sex": "F"}, "differs", "contradiction"),
    ("sex", {}, {"sex": "F"}, "absent", "the message says nothing: omission is not contradiction"),
    ("nationality", {"nationality": "MLI"}, {"nationalities": ("MAR", "MLI")}, "same", "one of two"),
    ("document", {"documents": (Document(number="A1"),)}, {"documents": (Document(number="B2"),)}, "differs", "other"),
    ("document", {"documents": (Document(type="P"),)}, {"documents": (Document(number="B2"),)}, "absent", "no number"),
]


@pytest.mark.parametrize(("field", "ours", "theirs", "expected", "why"), COMPARISONS)
def test_comparison(field: str, ours: dict[str, object], theirs: dict[str, object], expected: str, why: str) -> None:
    traveller: Traveller = msgspec.structs.replace(TRAVELLER, **ours)
    entry: Entry = msgspec.structs.replace(ENTRY, **theirs)
    assert verdicts(traveller, entry, [])[field] == expected, why


PLACES = [
    ("ZARQA JOR", ["Zarqa, Jordan"], "same", "a code at the end is the country named"),
    ("JORDAN, ZARQA", ["Zarqa, Jordan"], "same", "the order is nothing"),
    ("TETOUAN MAR", ["Tétouan, Maroc"], "same", "accents, and the country in French"),
    ("ISFAHAN IRN", ["Isfahan, Iran (Islamic Republic of)"], "same", "a country of several words"),
    ("QAIM IRQ", ["Al-Qa'im, Iraq"], "same", "article and apostrophe"),
    ("AMMAN JOR", ["Damascus, Syria", "Amman, Jordan"], "same", "the best of several"),
    ("JOR", ["Jordan"], "same", "countries alone"),
    ("ZARQA", ["Zarqa, Jordan"], "similar", "no country given"),
    ("JOR", ["Zarqa, Jordan"], "similar", "no town given"),
    ("ZARQA CAMP JOR", ["Zarqa, Jordan"], "similar", "one says more"),
    ("GARDEZ AFG", ["Gardez, Paktia Province, Afghanistan"], "similar", "the province beside the town"),
    ("ZARQA SYR", ["Zarqa, Jordan"], "differs", "the same name in another country"),
    ("AMMAN JOR", ["Zarqa, Jordan"], "differs", "another town of the same country"),
    ("AL ANBAR IRQ", ["Al Hillah, Iraq"], "differs", "an article is nothing shared"),
    ("HELMAND PROVINCE", ["Ghazni Province"], "differs", "nor is the kind of place"),
    ("RIO DE JANEIRO", ["Berlin, Deutschland DE"], "differs", "two letters are no country"),
    ("DAR ES SALAAM TZA", ["Madrid, Spain"], "differs", "nor in the middle: ES is not Spain"),
    ("CASABLANCA", ["Morocco"], "absent", "a town beside a country: neither supports nor contradicts"),
    ("-", ["-"], "absent", "no words at all"),
    ("ZARQA JOR", [], "absent", "the list says nothing"),
]


@pytest.mark.parametrize(("ours", "theirs", "expected", "why"), PLACES)
def test_places(ours: str, theirs: list[str], expected: str, why: str) -> None:
    traveller = msgspec.structs.replace(TRAVELLER, birth_place=ours)
    entry = msgspec.structs.replace(ENTRY, birth_places=tuple(theirs))
    assert verdicts(traveller, entry, [])["birth_place"] == expected, why


@given(st.text(max_size=40), st.text(max_size=40))
def test_places_compare_alike_from_both_sides(one: str, other: str) -> None:
    def verdict(ours: str, theirs: str) -> str:
        traveller = msgspec.structs.replace(TRAVELLER, birth_place=ours)
        return verdicts(traveller, msgspec.structs.replace(ENTRY, birth_places=(theirs,)), [])["birth_place"]

    assert verdict(one, other) == verdict(other, one)
    assert verdict(one, one) in ("same", "absent")


def test_what_the_evidence_favours_is_similar_even_when_the_text_differs() -> None:
    ours = msgspec.structs.replace(TRAVELLER, birth_date="1984-09-03")
    theirs = msgspec.structs.replace(ENTRY, birth_dates=(ListedDate(date="1984-03-09"),))
    assert verdicts(ours, theirs, [term("birth_date", 9000)])["birth_date"] == "similar"
    assert verdicts(ours, theirs, [term("birth_date", -6000)])["birth_date"] == "differs"


def term(field: str, millibits: int) -> Evidence:
    return Evidence(field=field, traveller=None, entry=None, level="invented", millibits=millibits)


MILLIBITS = st.lists(st.integers(-30_000, 30_000), max_size=12)


@given(MILLIBITS, st.integers(-20_000, 40_000))
def test_waterfall_stays_inside_the_chart_and_its_bars_touch(worth: list[int], threshold: int) -> None:
    drawn = draw(tuple(term("name", millibits) for millibits in worth), threshold)
    assert [bar.total for bar in drawn.bars] == [sum(worth[: place + 1]) for place in range(len(worth))]
    edge = drawn.zero
    for bar in drawn.bars:
        assert bar.against == (bar.evidence.millibits < 0)
        assert 0 < bar.start <= bar.start + bar.width < 100
        begin, end = (bar.start + bar.width, bar.start) if bar.against else (bar.start, bar.start + bar.width)
        assert begin == pytest.approx(edge, abs=0.02)
        edge = end
    assert drawn.end == pytest.approx(edge, abs=0.02)
    assert 0 < drawn.threshold < 100


@given(MILLIBITS, st.integers(-20_000, 40_000))
def test_sum_stands_on_the_side_of_the_threshold_that_the_numbers_say(worth: list[int], threshold: int) -> None:
    drawn = draw(tuple(term("name", millibits) for millibits in worth), threshold)
    if sum(worth) >= threshold:
        assert drawn.end >= drawn.threshold
    else:
        assert drawn.end <= drawn.threshold
