"""An inbox on each database, and messages to hand in."""

import datetime as dt
from pathlib import Path

import pytest

from tests.store.conftest import kept, made, server, store, url
from vigie.config import Ground, Grounds, Profile
from vigie.ingest.door import Came, Door
from vigie.store import Store, sealed

__all__ = ["kept", "made", "server", "store", "url"]
GROUND = Ground(legal_basis="Invented Act, article 4", retention_days=30)
AIR = Profile(state="NOR", modes=Grounds(air=GROUND))
START = dt.datetime(2026, 11, 23, 4, 40, tzinfo=dt.UTC)


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> dt.datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    sealed.prepare(folder)
    return folder


@pytest.fixture
def door(store: Store, keys: Path, clock: Clock) -> Door:
    return Door(store.inbox, AIR, keys, clock)


def came(ticket: str, channel: str = "folder", hears: bool = False) -> Came:
    return Came(ticket=ticket, channel=channel, source=f"{ticket}.edi", hears=hears)


def paxlst(*families: str, flight: str = "ZZ12", day: str = "261123", mode: str = "") -> bytes:
    """A list of everybody on a flight (mode 8067: 1 sea, 2 rail, 3 road, 4 air)."""
    persons = "".join(f"NAD+FL+++{family}:ANN'ATT+2++F'DTM+329:700601'NAT+2+NOR'" for family in families)
    moving = f"TDT+20+{flight}+{mode}'LOC+125+OSL'DTM+189:{day}0540:201'LOC+87+CMN'DTM+232:{day}0900:201'"
    body = f"BGM+745'{moving}{persons}CNT+42:{len(families)}'"
    head = f"UNB+UNOA:4+ZZAIR+STATE+{day}:0400+1'UNH+1+PAXLST:D:05B:UN:IATA'"
    return f"{head}{body}UNT+{body.count(chr(39)) + 2}+1'UNZ+1+1'".encode()


def bare(*families: str) -> bytes:
    """Travellers, and nothing of a journey."""
    persons = "".join(f"NAD+FL+++{family}:ANN'" for family in families)
    body = f"BGM+745'{persons}CNT+42:{len(families)}'"
    head = "UNB+UNOA:4+A+B+261123:0400+1'UNH+1+PAXLST:D:05B:UN:IATA'"
    return f"{head}{body}UNT+{body.count(chr(39)) + 2}+1'UNZ+1+1'".encode()


MARKERS = "MEALMARKER", "MEDICALMARKER", "FREETEXTMARKER", "492900321765", "GARBAGEMARKER"
"""What must reach no disk: a meal, a medical need, remarks, a card's first digits, bytes that are no segment."""


def pnrgov() -> bytes:
    """A reservation with all MARKERS in it."""
    meal, medical, free, card, garbage = MARKERS
    body = (
        "MSG+:22'ORG+ZZ:OSL+52519950'TVL+231126:0540:231126:0900+OSL+CMN+ZZ+12'EQN+1'SRC'RCI+ZZ:QW3RTY::231126:0400'"
        f"SSR+VGML:HK:1:ZZ:::::{meal}'SSR+MEDA:HK:1:ZZ:::::{medical}'IFT+4:28:ZZ+{free} ONE'"
        f"TIF+HOLT+ANN:A:1'SSR+OTHS:HK:1:ZZ:::::{free} TWO'"
        "SSR+DOCS:HK:1:ZZ:::::/P/NOR/N1234567/NOR/01JUN70/F/01JAN30/HOLT/ANN'"
        f"FOP+CC:3:500.00:VI:{card}0000:0130'TVL+231126:0540:231126:0900+OSL+CMN+ZZ+12:Y'RPI+1+HK'"
        f"ABI+4+ZZ+OSL++ZZ'IFT+4:28+{free} THREE'?{garbage} IS NO SEGMENT'"
    )
    head = "UNB+IATA:1+ZZAIR+STATE+261123:0400+1++PNRGOV'UNH+1+PNRGOV:11:1:IA+1'"
    return f"{head}{body}UNT+{body.count(chr(39)) + 2}+1'UNZ+1+1'".encode()
