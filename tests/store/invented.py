"""Invented messages, people and entries, and a way past the store to look at the tables."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace

from vigie.messages.redaction import Original, original
from vigie.records import (
    Address,
    BagTags,
    Contact,
    Decision,
    Document,
    Entry,
    Evidence,
    Journey,
    Leg,
    ListedDate,
    ListedName,
    Match,
    Message,
    Name,
    Problem,
    Removal,
    Traveller,
)
from vigie.store import Receipt, Store, dialects, tables

NOW = dt.datetime(2026, 11, 23, 4, 40, 7, 120_000, tzinfo=dt.UTC)

FULL_LEG = Leg(
    carrier="VX",
    number="989",
    number_raw="VX0989",
    origin="AAA",
    destination="BBB",
    departs="2026-11-23T05:40",
    departs_zone="Africa/Casablanca",
    departs_utc="2026-11-23T04:40Z",
    arrives="2026-11-23T09:10",
    arrives_zone="Europe/Paris",
    arrives_utc="2026-11-23T08:10Z",
    kind="surface",
    service="8",
    operating_carrier="VQ",
    operating_number="4411",
    border=True,
    booking_class="Y",
    status="HK",
    places_booked=3,
)
ONWARD = Leg(
    carrier="VY", number="12A", origin="BBB", destination="CCC", departs="2026-11-23T11:00", arrives="2026-11-24"
)
FLIGHT = Journey(mode="air", legs=(FULL_LEG, ONWARD))


def flight(number: str) -> Journey:
    """Another voyage with the same times as FLIGHT."""
    return Journey(mode="air", legs=(replace(FULL_LEG, number=number), ONWARD))


FIRST_TRAVELLER = Traveller(
    capacity="crew",
    in_transit=True,
    infant=True,
    placeholder=True,
    name=Name(family="BELMARE", given="Odalys", raw="BELMARE:ODALYS", source="NAD"),
    names=(
        Name(family="BELMARE", given="Odalys", raw="BELMARE:ODALYS", source="NAD"),
        Name(family="BELMAR", raw="BELMAR", source="MRZ"),
    ),
    birth_date="1971-06",
    birth_place="Vaux",
    sex="F",
    nationality="XXA",
    residence="UTO",
    documents=(Document(type="P", type_raw="PP", number="X1234567", issuer="UTO", expires="2031-01-01"),),
    embarks="AAA",
    disembarks="CCC",
    record_locator="QW3RTY",
    reference="R-1",
    seats=("12A", "14C"),
    bags=2,
    verified=False,
    booking=0,
)
"""With every field that the first version had."""
FULL_TRAVELLER = replace(
    FIRST_TRAVELLER,
    traveller_type="ADT",
    birth_date_basis="assessed",
    stateless=True,
    nationalities=("XXA", "UTO"),
    clearance="BBB",
    birth_country="UTO",
    contacts=(Contact(kind="email", value="odalys@example.org", raw="ODALYS//EXAMPLE.ORG"),),
    addresses=(Address(kind="residence", country="UTO", lines=("1 Quay", "Vaux")),),
    bag_weight="23KGM",
    bag_tags=(BagTags(first="ZZ400000", count=2, destination="CCC"),),
    tickets=("7842836432717C2",),
    loyalty=("ZZ:123",),
    government_references=("R-12",),
    occupation="CR2",
    protections=("UMNR",),
    checked_in="2026-11-23T03:10",
    sequence="17",
)

FULL_ENTRY = Entry(
    list="invented",
    id="INV.7",
    names=(
        ListedName(
            kind="primary",
            name="BELMAR, Odalis",
            forms=("BELMAR Odalis",),
            family="BELMAR",
            given="Odalis",
            script="Latn",
            birth_date="1972",
        ),
    ),
    birth_dates=(ListedDate(date="1970/1972", approximate=True),),
    birth_places=("Vaux",),
    sex="F",
    nationalities=("UTO",),
    documents=(Document(type="P", number="X7654321"),),
    programmes=("TEST",),
    listed_on="2020-02-02",
)

FULL_MATCH = Match(
    list="invented",
    entry="INV.7",
    caption="BELMAR, Odalis",
    matched_name="BELMAR Odalis",
    millibits=12_345,
    probability=0.123456789012345,
    alert=True,
    operational=True,
    evidence=(
        Evidence(field="name", traveller="BELMARE ODALYS", entry="BELMAR Odalis", level="one_letter", millibits=13_000),
        Evidence(field="sex", traveller=None, entry="F", level="absent", millibits=-655),
    ),
)


def traveller(family: str | None = "BELMARE", given: str | None = "Odalys", raw: str = "RAW NAME") -> Traveller:
    name = Name(family=family, given=given, raw=raw, source="NAD")
    return Traveller(capacity="passenger", name=name, names=(name,))


def entry(number: str) -> Entry:
    return Entry(list="invented", id=number, names=(ListedName(kind="primary", name=f"NAME {number}", script="Latn"),))


def match(number: str = "INV.7", millibits: int = 12_000, alert: bool = True) -> Match:
    return Match(
        list="invented",
        entry=number,
        caption=f"NAME {number}",
        matched_name=f"NAME {number}",
        millibits=millibits,
        probability=0.5,
        alert=alert,
        operational=False,
        evidence=(),
    )


def decision(of: int = 0, *matches: Match, journey: int | None = 0, lists: str = "lists-1") -> Decision:
    return Decision(
        traveller=of,
        journey=journey,
        matches=matches,
        list_version=lists,
        engine_version="engine-1",
        threshold_millibits=9_000,
    )


def message(
    of: str = "an input",
    travellers: Sequence[Traveller] = (FULL_TRAVELLER,),
    journeys: Sequence[Journey] = (FLIGHT,),
    source: str = "push.edi",
) -> Message:
    return Message(
        source=source,
        sha256=hashlib.sha256(of.encode()).hexdigest(),
        type="PAXLST",
        version="D.05B",
        function="745",
        journeys=tuple(journeys),
        travellers=tuple(travellers),
        problems=(Problem(code="CENTURY_DERIVED", severity="note", segment="DTM", position=3, says="by rule"),),
    )


def original_of(of: Message) -> Original:
    """Bytes for a message, of which the first two are not to be kept."""
    data = of.sha256.encode()
    return original(data, of.sha256, [Removal(offset=0, length=2, code="FREE_TEXT")])


def record(store: Store, of: Message, *decisions: Decision, ordinal: int = 0, now: dt.datetime = NOW) -> Receipt:
    """Record `of`, with an invented entry for every match."""
    numbers = {found.entry for each in decisions for found in each.matches}
    entries = [FULL_ENTRY if number == "INV.7" else entry(number) for number in sorted(numbers)]
    return store.record(of, original_of(of), ordinal, decisions, entries, now)


@contextmanager
def past_the_store(url: str) -> Iterator[sa.Connection]:
    """A transaction of one's own in the same database."""
    engine = dialects.make_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def execute(url: str, *statements: str) -> None:
    with past_the_store(url) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def rows(url: str, table: str) -> list[dict[str, Any]]:
    """Every row of a table, as the driver gives it."""
    with past_the_store(url) as connection:
        return [dict(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id").mappings()]


INBOX = ("carriers", "arrivals", "arrival_voyages", "sealed", "expected_journeys", "notices")
ASSEMBLED = ("departures", "assemblies", "persons")


def numbers_of_rows(url: str) -> dict[str, int]:
    """How many rows each table has, those left out that recording a message does not fill."""
    with past_the_store(url) as connection:
        return {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in tables.METADATA.tables.items()
            if name not in INBOX + ASSEMBLED
        }
