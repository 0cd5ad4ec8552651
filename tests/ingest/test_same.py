"""What came through a door is recorded exactly as `vigie screen --database` records the same input."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.conftest import GROUND, Clock, came, pnrgov
from tests.store.invented import rows
from vigie import app
from vigie.config import Grounds, Profile
from vigie.demo import SAMPLE
from vigie.ingest.door import Door
from vigie.ingest.worker import work_once
from vigie.matching import Index
from vigie.store import Claim, Store, Work, open_store

ANY = Profile(state="NOR", modes=Grounds(air=GROUND, sea=GROUND, road=GROUND))
INPUTS = {path.name: path.read_bytes() for path in sorted(SAMPLE.glob("*.edi"))} | {"pnr.edi": pnrgov()}
ABOUT = {
    "coach.edi": ("PAXLST", "ZC31 BFOUA-NENIM 2026-12-03T06:00"),
    "ferry.edi": ("PAXLST", "ZF1207 ESALG-MAPTM 2026-12-03T14:00"),
    "flight.edi": ("PAXLST", "ZZ704 IST-CMN 2026-12-03T11:30"),
    "pnr.edi": ("PNRGOV", "ZZ12 OSL-CMN 2026-11-23T05:40"),
}
"""Type and journey, as the inbox tells them."""
TABLES = ("inputs", "journeys", "legs", "travellers", "decisions", "matches", "entries", "mentions")
ARRIVED = dt.datetime(2026, 12, 3, 12, 0, tzinfo=dt.UTC)


def content(url: str) -> dict[str, list[dict[str, Any]]]:
    found = {table: rows(url, table) for table in TABLES}
    # A door's arrival is named for its file by the test; when a journey was assembled is no content.
    ignored = ("assembled_at",)
    return {
        table: [{k: v for k, v in row.items() if k not in ignored} for row in held] for table, held in found.items()
    }


@pytest.mark.parametrize("name", INPUTS)
def test_recorded_alike(name: str, store: Store, url: str, keys: Path, clock: Clock, tmp_path: Path) -> None:
    index = Index(app.load_lists([str(SAMPLE / "list.xml")]))
    clock.at = ARRIVED
    taken = Door(store.inbox, ANY, keys, clock).take(INPUTS[name], came(name.removesuffix(".edi")))

    def process(claim: Claim) -> Work:
        return app.process(store, claim, index, 100.0, clock)

    assert work_once(store.claims, process, clock, print)
    (row,) = store.inbox.rows()
    assert (row.state, row.travellers) == ("done", taken.travellers)
    kind, flight = ABOUT[name]
    assert (row.types, row.journeys, store.inbox.row(row.id)) == ((kind,), (flight,), row)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    with open_store(other) as plain:
        found = list(app.screen_bytes(INPUTS[name], name, ARRIVED.date(), index, 100.0))
        for screened in found:
            app.record(plain, app.original_of(INPUTS[name], found), screened, index, ARRIVED)
        assert (store.counts(), store.matches(alerts_only=False)) == (plain.counts(), plain.matches(alerts_only=False))
    if url.startswith("sqlite"):
        assert content(url) == content(other)
