"""Zones of places, and UTC of local times."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie import places


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("CDG", "Europe/Paris"),
        ("CMN", "Africa/Casablanca"),
        ("EZE", "America/Argentina/Buenos_Aires"),
        ("LON", None),
        ("NYC", None),
        ("FRPAR", "Europe/Paris"),
        ("BFOUA", "Africa/Ouagadougou"),
        ("NENIM", "Africa/Niamey"),
        ("MAPTM", "Africa/Casablanca"),
        ("FR2BX", "Europe/Paris"),  # digits from 2 on
        ("ESALG", None),  # mainland, Canaries, Ceuta: three zones
        ("XZXXX", None),  # international waters
        ("FR1BX", None),  # no UN/LOCODE
        ("frpar", None),
        ("FRPARI", None),
        ("LFPG", None),
        ("", None),
        ("cdg", None),
    ],
)
def test_zone(code: str, zone: str | None) -> None:
    assert places.zone(code) == zone


@pytest.mark.parametrize(
    ("local", "zone", "utc", "kind"),
    [
        ("2025-07-01T12:00", "Africa/Casablanca", "2025-07-01T11:00Z", "exact"),
        ("2025-03-10T12:00", "Africa/Casablanca", "2025-03-10T12:00Z", "exact"),  # Ramadan
        ("2026-07-01T00:15", "Asia/Kathmandu", "2026-06-30T18:30Z", "exact"),
        ("2026-07-01T00:15:30", "Europe/Paris", "2026-06-30T22:15:30Z", "exact"),
        ("2026-10-25T02:30", "Europe/Paris", "2026-10-25T00:30Z", "ambiguous"),
        ("2026-03-29T02:30", "Europe/Paris", "2026-03-29T00:30Z", "nonexistent"),
        ("2026-03-29T02:30", "UTC", "2026-03-29T02:30Z", "exact"),
    ],
)
def test_local_to_utc(local: str, zone: str, utc: str, kind: str) -> None:
    assert places.local_to_utc(local, zone) == (utc, kind)


@pytest.mark.parametrize("local", ["2026-03-29", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_no_moment(local: str) -> None:
    assert places.local_to_utc(local, "Asia/Tokyo" if local < "2" else "America/New_York") is None


WINDOWS = [
    ("2026-11-23T05:40", "CDG", "2026-11-23T04:40", "2026-11-23T04:40", "the zone is known: one moment"),
    ("2026-11-23T05:40", "NENIM", "2026-11-23T04:40", "2026-11-23T04:40", "a country of one zone"),
    ("2026-11-23T05:40", "ESALG", "2026-11-23T04:40", "2026-11-23T05:40", "mainland or Canaries"),
    ("2026-11-23T05:40", "XZXXX", "2026-11-22T15:40", "2026-11-23T17:40", "anywhere on earth"),
    ("2026-11-23T05:40", None, "2026-11-22T15:40", "2026-11-23T17:40", "no place sent"),
    ("2026-11-23", "CDG", "2026-11-22T23:00", "2026-11-23T22:59", "any minute of the day"),
    ("2026-10-25T02:30", "CDG", "2026-10-25T00:30", "2026-10-25T00:30", "ambiguous: its earliest reading"),
]


@pytest.mark.parametrize(("local", "code", "earliest", "latest", "why"), WINDOWS)
def test_window(local: str, code: str | None, earliest: str, latest: str, why: str) -> None:
    expected = tuple(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (earliest, latest))
    assert places.window(local, code) == expected, why


@pytest.mark.parametrize("local", ["noon", "", "2026-02-30T10:00", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_no_window(local: str) -> None:
    assert places.window(local, None) is None


@given(st.integers(0, 40 * 365 * 24 * 60), st.sampled_from(sorted(places._countries())))
def test_a_window_of_a_country_lies_within_that_of_the_whole_earth(minutes: int, country: str) -> None:
    local = f"{dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"
    somewhere, anywhere = places.window(local, country + "AAA"), places.window(local, None)
    assert somewhere is not None
    assert anywhere is not None
    assert anywhere.earliest <= somewhere.earliest <= somewhere.latest <= anywhere.latest


def test_every_airport_has_a_zone_of_the_pinned_table() -> None:
    zones = set(places._airports().values())
    assert all(places.local_to_utc("2026-06-01T12:00", zone) is not None for zone in zones)
    assert len(zones) > 300


SAME = [
    ("Catania", "ITCTA", True, "the city of the airport with this country and code"),
    ("CATANIA", "CTA", True, "in capitals"),
    ("ITCTA", "CTA", True, "UN/LOCODE and IATA of one place"),
    ("Poznan", "POZ", True, "a letter without its accent"),
    ("London", "LHR", True, "one of the airports of a city"),
    ("Oldhaven", "oldhaven", True, "a name that no table has is the same as itself"),
    ("CTA", "PMO", False, "codes of two airports"),
    ("ITCTA", "ITPMO", False, "codes of two places"),
    ("ITCTA", "USCTA", False, "of another country"),
    ("Catania", "ITPMO", False, "the airport of another city"),
    ("LON", "LHR", False, "codes that are not of one airport"),
    ("Oldhaven", "ITCTA", None, "a name that no table has may be any place"),
    ("Valletta", "MTMLA", None, "its airport is called after another place"),
    ("London", "GBLON", None, "a code that is no airport's"),
]


@pytest.mark.parametrize(("one", "other", "wanted", "reason"), SAME, ids=[f"{row[0]} {row[1]}" for row in SAME])
def test_writings_of_one_place(one: str, other: str, wanted: bool | None, reason: str) -> None:
    assert places.same(one, other) is places.same(other, one) is wanted, reason
