"""Zones of places, and UTC of local times."""

import pytest

from vigie import places


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("CDG", "Europe/Paris"),
        ("CMN", "Africa/Casablanca"),
        ("EZE", "America/Argentina/Buenos_Aires"),
        ("LON", None),
        ("NYC", None),
        ("FRPAR", None),
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


def test_every_airport_has_a_zone_of_the_pinned_table() -> None:
    zones = set(places._airports().values())
    assert all(places.local_to_utc("2026-06-01T12:00", zone) is not None for zone in zones)
    assert len(zones) > 300
