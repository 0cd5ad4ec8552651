"""What an older Vigie stored can still be read, and means the same: the JSON of the first schema, kept as it was."""

import msgspec
import pytest

from tests.store.invented import FIRST_TRAVELLER, FULL_ENTRY, FULL_MATCH, message

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
