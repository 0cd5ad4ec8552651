"""What an older Vigie stored can still be read, and means the same: the JSON of the first schema, kept as it was."""

import json
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from tests.store.invented import FIRST_TRAVELLER, FULL_ENTRY, FULL_MATCH, message
from vigie.store.tables import METADATA, Json

TRAVELLER = (
    '{"capacity":"crew","in_transit":true,"infant":true,"placeholder":true,'
    '"name":{"family":"BELMARE","given":"Odalys","raw":"BELMARE:ODALYS","source":"NAD"},'
    '"names":[{"family":"BELMARE","given":"Odalys","raw":"BELMARE:ODALYS","source":"NAD"},'
    '{"family":"BELMAR","given":null,"raw":"BELMAR","source":"MRZ"}],'
    '"birth_date":"1971-06","birth_place":"Vaux","sex":"F","nationality":"XXA","residence":"UTO",'
    '"documents":[{"type":"P","type_raw":"PP","number":"X1234567","issuer":"UTO","expires":"2031-01-01"}],'
    '"embarks":"AAA","disembarks":"CCC","record_locator":"QW3RTY","reference":"R-1","seats":["12A","14C"],'
    '"bags":2,"verified":false,"booking":0}'
)
ENTRY = (
    '{"list":"invented","id":"INV.7","names":[{"kind":"primary","name":"BELMAR, Odalis","forms":["BELMAR Odalis"],'
    '"family":"BELMAR","given":"Odalis","script":"Latn","birth_date":"1972"}],'
    '"birth_dates":[{"date":"1970/1972","approximate":true}],"birth_places":["Vaux"],"sex":"F",'
    '"nationalities":["UTO"],"documents":[{"type":"P","type_raw":null,"number":"X7654321","issuer":null,'
    '"expires":null}],"programmes":["TEST"],"listed_on":"2020-02-02"}'
)
MATCH = (
    '{"list":"invented","entry":"INV.7","caption":"BELMAR, Odalis","matched_name":"BELMAR Odalis","millibits":12345,'
    '"probability":0.123456789012345,"alert":true,"operational":true,"evidence":[{"field":"name",'
    '"traveller":"BELMARE ODALYS","entry":"BELMAR Odalis","level":"one_letter","millibits":13000},'
    '{"field":"sex","traveller":null,"entry":"F","level":"absent","millibits":-655}]}'
)
PROBLEM = '{"code":"CENTURY_DERIVED","severity":"note","segment":"DTM","position":3,"says":"by rule"}'


@pytest.mark.parametrize(
    ("stored", "today"),
    [
        (TRAVELLER, FIRST_TRAVELLER),
        (ENTRY, FULL_ENTRY),
        (MATCH, FULL_MATCH),
        (PROBLEM, message().problems[0]),
    ],
    ids=["Traveller", "Entry", "Match", "Problem"],
)
def test_what_the_first_schema_stored_is_read_today(stored: str, today: msgspec.Struct) -> None:
    assert msgspec.json.decode(stored, type=type(today)) == today


COLUMNS: Final = {
    f"{table.name}.{column.name}": column.type
    for table in METADATA.sorted_tables
    for column in table.columns
    if isinstance(column.type, Json)
}
STORED: Final = {
    row["column"]: row["value"]
    for path in sorted((Path(__file__).parent / "stored").glob("*.jsonl"))
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
}
"""A full value of each column, as a version stored it: what the demonstration and the golden messages came to. A file
is added with each schema, and never changed."""
NEVER_FULL: Final = frozenset(["persons.aside"])
"""What nothing of the demonstration fills."""


def test_every_column_of_json_has_a_stored_value() -> None:
    assert set(STORED) == set(COLUMNS) - NEVER_FULL


def _lost(stored: Any, today: Any, at: str = "") -> list[str]:
    """Places of what was stored and is not, or is otherwise, in what is read of it today."""
    if isinstance(stored, dict):
        return [gone for key in stored for gone in _lost(stored[key], (today or {}).get(key), f"{at}.{key}")]
    if isinstance(stored, list):
        if len(stored) != len(today):
            return [at]
        return [gone for i, (a, b) in enumerate(zip(stored, today, strict=True)) for gone in _lost(a, b, f"{at}[{i}]")]
    return [] if stored == today else [at]


@pytest.mark.parametrize("column", sorted(STORED))
def test_nothing_of_what_was_stored_is_lost_when_it_is_read(column: str) -> None:
    read = msgspec.json.decode(json.dumps(STORED[column]), type=COLUMNS[column].shape)
    assert _lost(STORED[column], json.loads(msgspec.json.encode(read))) == []
