"""Segments are counted as senders count them."""

import pytest

from vigie.ingest.segment_numbers import segment_numbers

BODY = "BGM+745'NAD+FL+++HOLT:ANN'DTM+329:700601'UNT+5+1'"
ONE = f"UNB+UNOA:4+A+B+261123:0400+1'UNH+1+PAXLST:D:05B:UN:IATA'{BODY}"
CASES = [
    (f"{ONE}UNZ+1+1'", "UNB", [None], "the envelope is in no message"),
    (f"{ONE}UNZ+1+1'", "UNH", [1], "UNH is the first"),
    (f"{ONE}UNZ+1+1'", "DTM", [4], "its tag"),
    (f"{ONE}UNZ+1+1'", "700601", [4], "a component of it"),
    (f"{ONE}UNZ+1+1'", "UNZ", [None], "behind the last message"),
    (f"{ONE}UNH+2+PAXLST:D:05B:UN:IATA'{BODY}UNZ+2+1'", "DTM", [4, 4], "each message by itself"),
    ("UNA:+.? '\r\n" + ONE.replace("'", "'\r\n"), "DTM", [4], "with line ends"),
    (ONE.replace("HOLT", "HO?'LT"), "DTM", [4], "a released terminator is none"),
    ("a letter about DTM", "DTM", [None], "no interchange"),
]


@pytest.mark.parametrize(("text", "sought", "numbers", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_numbers(text: str, sought: str, numbers: list[int | None], reason: str) -> None:
    places = [at for at in range(len(text)) if text.startswith(sought, at)]
    found = segment_numbers(text.encode(), places)
    assert [found.get(place) for place in places] == numbers, reason


def test_without_a_position_there_is_no_number() -> None:
    assert segment_numbers(ONE.encode(), [None]) == {}
