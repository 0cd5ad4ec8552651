"""The line a State begins with, `vigie screen FLIGHT --list UN --list OFAC --json`, on real lists."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Vigie
from vigie import watchlist
from vigie.records import Entry

pytestmark = pytest.mark.data
FLIGHT = "messages/gtas/paxlst/Test3.txt"
LISTS = ("watchlists/un_consolidated_2026-02-27.xml", "watchlists/ofac_sdn_2021-07")
SEATS = ("Kuchel:Rachel:Pat'ATT+2++F'DTM+329:771019'", "Hasselbusch:Manda:Pat'ATT+2++F'DTM+329:771020'")
"""Two travellers of the flight, as sent, whose places listed persons take."""


def command(data: Path, flight: Path, *more: str) -> list[object]:
    lists = [argument for place in LISTS for argument in ("--list", data / place)]
    return ["screen", flight, *lists, "--json", "--as-of", "2026-11-23", *more]


def test_a_whole_flight_of_others(vigie: Vigie, data: Path) -> None:
    ran = vigie(*command(data, data / FLIGHT, "--all"))
    assert ran.code == 0
    assert len(ran.objects) == 260
    assert not [match for found in ran.objects for match in found["matches"] if match["alert"]]
    assert re.search(r"warning: UNT announces 99 segments, the message has 3131 \[COUNT_MISMATCH in UNT", ran.err)
    assert ran.err.count("not for operations") == 2


def test_listed_persons_put_on_that_flight_alert(vigie: Vigie, data: Path, tmp_path: Path) -> None:
    """One of each list; made here and now from the lists themselves, and nothing of it stays."""
    message = (data / FLIGHT).read_bytes()
    planted = []
    for place, seat in zip(LISTS, SEATS, strict=True):
        entry = next(entry for entry in watchlist.read(data / place).entries if _clear(entry))
        family, *given = entry.names[0].name.replace(",", " ").upper().split()
        born = next(date.date for date in entry.birth_dates if len(date.date) == 10)
        assert message.count(seat.encode()) == 1
        listed = f"{family}:{' '.join(given)}'ATT+2++M'DTM+329:{born[2:].replace('-', '')}'"
        message = message.replace(seat.encode(), listed.encode())
        planted.append((entry.list, entry.id))
    (tmp_path / "flight.edi").write_bytes(message)
    ran = vigie(*command(data, tmp_path / "flight.edi"))
    alerts = [
        {(match["list"], match["entry"]) for match in found["matches"] if match["alert"]} for found in ran.objects
    ]
    assert ran.code == 0
    assert "260 travellers screened, 2 with an alert" in ran.err
    assert all(who in found for who, found in zip(planted, alerts, strict=True))


def _clear(entry: Entry) -> bool:
    """Three words or more in Latin letters, and a birth date to the day."""
    words = entry.names[0].name.replace(",", " ").split()
    born = any(len(date.date) == 10 and not date.approximate for date in entry.birth_dates)
    return len(words) >= 3 and all(word.isascii() and word.isalpha() for word in words) and born
