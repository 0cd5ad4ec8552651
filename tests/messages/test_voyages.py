"""Which messages speak of one voyage."""

import msgspec
import pytest

from vigie.journeys.voyages import departures, voyage_of
from vigie.records import Journey, Leg

LEG = Leg(carrier="ZV", number="412", origin="CMN", destination="VIE", departs="2026-11-23T05:40")


def _journey(*legs: Leg, mode: str = "air") -> Journey:
    return Journey(mode=mode, legs=legs)  # type: ignore[arg-type]


def test_the_sum_is_the_one_that_databases_hold() -> None:
    assert voyage_of(_journey(LEG)) == "a838adfbdc9608505d83aa6e8fe66cf027608ca0e468d40f53500abb55b260de"


def test_without_a_day_there_is_no_voyage() -> None:
    assert voyage_of(_journey(Leg(carrier="ZV", number="412", origin="CMN"))) is None


@pytest.mark.parametrize(
    ("legs", "mode", "expected", "reason"),
    [
        ((LEG,), "air", {"air/ZV/412/2026-11-23/CMN"}, "an API message with times"),
        (
            (Leg(carrier="ZV", number="412", origin="CMN", departs="2026-11-23"),),
            "air",
            {"air/ZV/412/2026-11-23/CMN"},
            "a PNL has neither time nor, sometimes, destination",
        ),
        (
            (msgspec.structs.replace(LEG, carrier="YY", number="9", operating_carrier="ZV", operating_number="412"),),
            "air",
            {"air/ZV/412/2026-11-23/CMN"},
            "a code-share is named by who flies",
        ),
        (
            (Leg(carrier="FERRYCO", origin="MAPTM", departs="2026-11-23T08:00"),),
            "sea",
            {"sea/FERRYCO//2026-11-23T08:00/MAPTM"},
            "a ferry without number sails more than once a day",
        ),
        ((Leg(carrier="FERRYCO", origin="MAPTM", departs="2026-11-23"),), "sea", set(), "neither number nor time"),
        ((Leg(carrier="ZV", number="412", departs="2026-11-23"),), "air", set(), "no place"),
        ((LEG, Leg(carrier="ZV", number="413", origin="VIE", departs="2026-11-23T12:00")), "air",
         {"air/ZV/412/2026-11-23/CMN", "air/ZV/413/2026-11-23/VIE"}, "every leg by itself"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)  # fmt: skip
def test_departures(legs: tuple[Leg, ...], mode: str, expected: set[str], reason: str) -> None:
    assert departures(_journey(*legs, mode=mode)) == expected, reason
