"""What is told of a schedule or a watchlist given as a message, held together with those who read them."""

import itertools

import pytest

from vigie.messages import foreign
from vigie.schedules import reading
from vigie.schedules.aodb_csv import _SCHEDULED
from vigie.schedules.tables import _headings
from vigie.watchlist.plain_csv import HEADER


def _spellings(format: str, fields: set[str]) -> list[str]:
    return [heading for heading, field in _headings()[format].items() if field in fields]


def test_every_heading_of_a_timetable_is_known() -> None:
    columns = [_spellings("TIMETABLE", {field}) for field in ("mode", "origin", "destination", "departs")]
    for row in itertools.product(*columns):
        header = ",".join(row).encode() + b"\n"
        assert reading.recognise(header) == "TIMETABLE"
        assert foreign.of(header) == foreign.SCHEDULE, row


@pytest.mark.parametrize("flight", _spellings("AODB", {"flight", "number"}))
@pytest.mark.parametrize("time", _spellings("AODB", set(_SCHEDULED)))
def test_every_heading_of_a_table_of_movements_is_known(flight: str, time: str) -> None:
    header = f"{flight},date,{time}\n".encode()
    assert reading.recognise(header) == "AODB"
    assert foreign.of(header) == foreign.SCHEDULE._replace(ours=False)


def test_the_header_of_the_plain_list_is_known() -> None:
    assert foreign.of(",".join(HEADER).encode()) == foreign.WATCHLIST
