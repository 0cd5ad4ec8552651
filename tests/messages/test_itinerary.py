"""Legs of a journey, in every order that senders give places and times."""

import pytest

from tests.messages.writing import loud, read
from vigie.messages.fields.itinerary import flight_number
from vigie.records import Leg, Mode

NUMBERS: list[tuple[str, str, Mode, tuple[str | None, str | None], str]] = [
    ("UA0989", "UA", "air", ("UA", "989"), "leading zeros go"),
    ("UA0989", "", "air", ("UA", "989"), "no carrier beside it"),
    ("0989", "UA", "air", ("UA", "989"), "number without carrier"),
    ("UA12A", "UA", "air", ("UA", "12A"), "operational suffix"),
    ("A92707", "", "air", ("A9", "2707"), "carrier with a digit behind"),
    ("3U8633", "", "air", ("3U", "8633"), "carrier with a digit before"),
    ("3U8633", "3U", "air", ("3U", "8633"), "the same, given"),
    ("DLH400", "", "air", ("DLH", "400"), "ICAO's three letters"),
    ("ZX877", "XZ", "air", ("XZ", "877"), "the carrier given beside it wins"),
    ("UA 989", "UA", "air", ("UA", "989"), "a blank between"),
    ("UA0000", "UA", "air", ("UA", "0"), "nothing but zeros"),
    ("UAMCL", "UA", "air", ("UA", None), "master crew list"),
    ("", "", "air", (None, None), "nothing"),
    ("2045E", "STENA", "sea", ("STENA", "2045E"), "voyage number"),
    ("V12", "", "sea", (None, None), "no airline is read into a voyage number"),
]


@pytest.mark.parametrize(("raw", "carrier", "mode", "expected", "reason"), NUMBERS)
def test_flight_number(raw: str, carrier: str, mode: Mode, expected: tuple[str, str], reason: str) -> None:
    assert flight_number(raw, carrier, mode) == expected, reason


A, B, C = "CMN", "MRS", "VIE"
T1, T2, T3, T4 = "2611230540", "2611230910", "2611231000", "2611231150"
L1, L2, L3, L4 = "2026-11-23T05:40", "2026-11-23T09:10", "2026-11-23T10:00", "2026-11-23T11:50"


def dep(time: str) -> str:
    return f"DTM+189:{time}:201'"


def arr(time: str) -> str:
    return f"DTM+232:{time}:201'"


TDT = "TDT+20+ZV412+++ZV'"
ONE = [(A, L1, B, L2)]
TWO = [(A, L1, B, L2), (B, L3, C, L4)]
ORDERS = [
    (TDT + f"LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}", ONE, "the border leg of the guide"),
    (TDT + f"LOC+87+{B}'{arr(T2)}LOC+125+{A}'{dep(T1)}", [(A, L1, B, L2)], "arrival first"),
    (TDT + f"LOC+125+{A}'LOC+87+{B}'{dep(T1)}{arr(T2)}", ONE, "places first, then times"),
    (TDT + f"LOC+125+{A}'{dep(T1)}{arr(T2)}LOC+87+{B}'", ONE, "both times with the first place"),
    (TDT + f"{dep(T1)}LOC+125+{A}'{arr(T2)}LOC+87+{B}'", ONE, "times before their places"),
    (TDT + f"{dep(T1)}{arr(T2)}LOC+125+{A}'LOC+87+{B}'", ONE, "times before both places"),
    (f"LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}" + TDT, ONE, "TDT behind its places"),
    (TDT + f"LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}LOC+92+{B}'{dep(T3)}LOC+92+{C}'{arr(T4)}", TWO, "pairs of 92"),
    (TDT + f"LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}LOC+125+{B}'{dep(T3)}LOC+87+{C}'{arr(T4)}", TWO, "92, border"),
    (TDT + f"LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}{TDT}LOC+125+{B}'{dep(T3)}LOC+87+{C}'{arr(T4)}", TWO, "TDT again"),
    (TDT + f"LOC+125+{B}'{dep(T3)}LOC+87+{C}'{arr(T4)}LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}", TWO, "later first"),
    (TDT + f"LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}{dep(T3)}LOC+92+{C}'{arr(T4)}", TWO, "a stop with both times"),
    (TDT + f"LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}LOC+130+{C}'", ONE, "an ultimate destination is no leg"),
    (TDT + f"LOC+92+{A}'LOC+92+{B}'LOC+92+{B}'LOC+92+{C}'", [(A, None, B, None), (B, None, C, None)], "no times"),
    (TDT + f"LOC+125+{A}'{dep('20261123')}LOC+87+{B}'", [(A, "2026-11-23", B, None)], "a day without time"),
    (TDT + f"LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}{TDT}LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}", ONE, "twice"),
    (TDT, [(None, None, None, None)], "a flight without places is still a flight"),
    (TDT + f"LOC+125+{A}'", [(A, None, None, None)], "one place only"),
    (TDT + "LOC+125'LOC+87+'", [(None, None, None, None)], "empty places"),
    ("", [], "no journey"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "reason"), ORDERS, ids=[reason for _, _, reason in ORDERS])
def test_legs(body: str, expected: list[tuple[str | None, ...]], reason: str) -> None:
    body = body.replace(":20261123:201", ":20261123:102")
    legs = [leg for journey in read(body + "NAD+FL+++A:B'").journeys for leg in journey.legs]
    assert [(leg.origin, leg.departs, leg.destination, leg.arrives) for leg in legs] == expected, reason


BORDERS = [
    (f"LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}", [True], "the border leg of the guide"),
    (f"LOC+87+{B}'{arr(T2)}LOC+125+{A}'{dep(T1)}", [True], "arrival first"),
    (f"LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}", [False], "no border named"),
    (f"LOC+125+{A}'{dep(T1)}", [False], "an end alone says nothing"),
    (f"LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}LOC+125+{B}'{dep(T3)}LOC+87+{C}'{arr(T4)}", [False, True], "the second"),
    (f"LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}LOC+92+{B}'{dep(T3)}LOC+92+{C}'{arr(T4)}", [True, False], "the first"),
    (f"LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}{dep(T3)}LOC+92+{C}'{arr(T4)}", [True, False], "on from the border"),
    (f"LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}{TDT}LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}", [True], "sent as both"),
    (
        f"LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}{TDT}LOC+92+{A}'{dep(T1)}LOC+92+{B}'{arr(T2)}",
        [True],
        "as both, back",
    ),
]


@pytest.mark.parametrize(("body", "expected", "reason"), BORDERS, ids=[reason for _, _, reason in BORDERS])
def test_the_leg_that_crosses_the_border_is_the_one_marked(body: str, expected: list[bool], reason: str) -> None:
    (journey,) = read(TDT + body).journeys
    assert [leg.border for leg in journey.legs] == expected, reason


def test_two_flights_are_legs_of_one_journey_each_with_its_number() -> None:
    first = f"TDT+20+ZV1+++ZV'LOC+125+{A}'{dep(T1)}LOC+87+{B}'{arr(T2)}"
    second = f"TDT+20+YX22+++YX'LOC+92+{B}'{dep(T3)}LOC+92+{C}'{arr(T4)}"
    (journey,) = read(first + second).journeys
    assert [(leg.carrier, leg.number) for leg in journey.legs] == [("ZV", "1"), ("YX", "22")]


def test_zones_and_utc() -> None:
    (journey,) = read(f"{TDT}LOC+125+{A}'{dep('2602201000')}LOC+87+ZZQ'{arr(T2)}").journeys
    assert journey.legs[0] == Leg(
        carrier="ZV",
        number="412",
        number_raw="ZV412",
        origin=A,
        destination="ZZQ",
        departs="2026-02-20T10:00",
        departs_zone="Africa/Casablanca",
        departs_utc="2026-02-20T10:00Z",  # Ramadan: GMT
        arrives=L2,
        border=True,
    )


def test_order_of_travel_goes_by_utc() -> None:
    """Eastward over the date line the second leg departs earlier by the wall clock."""
    early = f"LOC+92+NRT'{dep('2611231700')}LOC+92+HNL'{arr('2611230500')}"
    late = f"LOC+92+HNL'{dep('2611230800')}LOC+92+LAX'{arr('2611231500')}"
    (journey,) = read(TDT + late + TDT + early).journeys
    assert [leg.origin for leg in journey.legs] == ["NRT", "HNL"]


RAMADAN = [
    # Morocco is an hour ahead of UTC except in Ramadan: in 2026 clocks go back on 15 February and forward on 22 March.
    ("2602141000", "2602141400", "2026-02-14T10:00Z", "2026-02-14T13:00Z", [], "the day before"),
    ("2602142330", "2602150230", "2026-02-14T23:30Z", "2026-02-15T01:30Z", ["TIME_AMBIGUOUS"],
     "the hour that comes twice"),
    ("2602151000", "2602151300", "2026-02-15T10:00Z", "2026-02-15T13:00Z", [], "the first day of it"),
    ("2603211000", "2603211300", "2026-03-21T10:00Z", "2026-03-21T13:00Z", [], "the last day of it"),
    ("2603212330", "2603220230", "2026-03-21T23:30Z", "2026-03-22T01:30Z", ["TIME_NONEXISTENT"],
     "the hour that is skipped"),
    ("2603221000", "2603221400", "2026-03-22T10:00Z", "2026-03-22T13:00Z", [], "the day after"),
]  # fmt: skip


@pytest.mark.parametrize(("departs", "arrives", "departs_utc", "arrives_utc", "notes", "reason"), RAMADAN)
def test_nouakchott_to_casablanca_around_ramadan(
    departs: str, arrives: str, departs_utc: str, arrives_utc: str, notes: list[str], reason: str
) -> None:
    message = read(f"{TDT}LOC+125+NKC'{dep(departs)}LOC+87+CMN'{arr(arrives)}")
    (leg,) = message.journeys[0].legs
    assert (leg.departs_utc, leg.arrives_utc) == (departs_utc, arrives_utc), reason
    assert (leg.departs_zone, leg.arrives_zone) == ("Africa/Nouakchott", "Africa/Casablanca")
    assert [p.code for p in message.problems if p.code.startswith("TIME")] == notes


def test_a_place_without_zone_is_said() -> None:
    message = read(f"{TDT}LOC+125+{A}'{dep(T1)}LOC+87+ESALG'{arr(T2)}")
    assert [p.code for p in message.problems if p.code.startswith("TIME")] == ["TIME_LOCAL_ONLY"]


@pytest.mark.parametrize(
    ("time", "code", "utc"),
    [
        ("2610250230", "TIME_AMBIGUOUS", "2026-10-25T00:30Z"),
        ("2603290230", "TIME_NONEXISTENT", "2026-03-29T00:30Z"),
    ],
)
def test_a_time_at_which_clocks_change_is_noted(time: str, code: str, utc: str) -> None:
    message = read(f"{TDT}LOC+125+VIE'{dep(time)}LOC+87+{A}'")
    assert message.journeys[0].legs[0].departs_utc == utc
    assert code in [p.code for p in message.problems]


@pytest.mark.parametrize(
    ("tdt", "mode"),
    [
        ("TDT+20+ZV1'", "air"),
        ("TDT+20+ZV1+4'", "air"),
        ("TDT+20+77+1++ESTRELLA'", "sea"),
        ("TDT+20+77+8'", "sea"),
        ("TDT+20+77+2'", "rail"),
        ("TDT+20+77+3'", "road"),
        ("LOC+125+CMN'", "air"),
    ],
)
def test_mode(tdt: str, mode: str) -> None:
    assert read(tdt).journeys[0].mode == mode


def test_ships_keep_the_name_of_their_carrier_and_ports_have_the_zone_of_their_country() -> None:
    (journey,) = read(f"TDT+20+2045+1++:::ESTRELLA'LOC+125+MAPTM'{dep(T1)}LOC+87+ESALG'{arr(T2)}").journeys
    leg = journey.legs[0]
    assert (leg.carrier, leg.number, leg.origin, leg.departs) == ("ESTRELLA", "2045", "MAPTM", L1)
    assert (leg.departs_zone, leg.arrives_zone) == ("Africa/Casablanca", None)  # Spain has three


def test_a_place_no_leg_uses_is_told() -> None:
    assert loud(read(f"{TDT}LOC+125+{A}'{dep(T1)}LOC+125+{B}'{dep(T3)}LOC+87+{C}'{arr(T4)}")) == ["LEG_INCOMPLETE"]
