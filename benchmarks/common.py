"""Lists and travellers for the benchmarks: real ones from the test data folder, invented ones elsewhere."""

import csv
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

from vigie import app, countries, messages
from vigie.demo import SAMPLE
from vigie.matching import Query
from vigie.records import Document, Sex, Watchlist
from vigie.screening import query_of

DATA = Path(os.environ.get("VIGIE_TEST_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
_LISTS = ("un_consolidated_2026-02-27.xml", "ofac_sdn_2021-07")


def real() -> bool:
    return (DATA / "watchlists").is_dir()


def lists() -> tuple[Watchlist, ...]:
    """UN and OFAC lists, or the invented list of the demonstration."""
    places = [DATA / "watchlists" / name for name in _LISTS] if real() else [SAMPLE / "list.xml"]
    return app.load_lists([str(place) for place in places])


def travellers(most: int) -> list[Query]:
    """Synthetic travellers on no list: the public negatives, or those of the demonstration's journeys."""
    if real():
        return list(table("negatives_global_icao.csv", most))
    found = [
        query_of(traveller)
        for name in ("flight.edi", "ferry.edi", "coach.edi")
        for message in messages.read((SAMPLE / name).read_bytes(), dt.date(2026, 12, 3), name)
        for traveller in message.travellers
    ]
    return found[:most]


def rows(name: str, most: int | None = None) -> Iterator[dict[str, str]]:
    with (DATA / "matching" / name).open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if most is not None and number >= most:
                return
            yield row


def table(name: str, most: int | None = None) -> Iterator[Query]:
    return (query(row) for row in rows(name, most))


def query(row: dict[str, str]) -> Query:
    sexes: dict[str, Sex] = {"M": "M", "F": "F", "X": "X"}
    return Query(
        names=(row["name"],),
        birth_date=row["birth_date"] or None,
        sex=sexes.get(row["sex"]),
        nationality=countries.alpha3(row["nationality"]) if row["nationality"] else None,
        documents=(Document(number=row["document_number"]),) if row["document_number"] else (),
    )
