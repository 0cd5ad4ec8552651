"""What is overwritten before anything is stored, and what stays where it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.messages.writing import AS_OF, problem, read_one, whole
from vigie import messages
from vigie.messages.redaction import redact
from vigie.records import Removal


def spans(*places: tuple[int, int]) -> list[Removal]:
    return [Removal(offset=offset, length=length, code="FREE_TEXT") for offset, length in places]


CASES = [
    (b"SSR+VGML:HK:1'", spans((4, 9)), b"SSR+____:__:_'", "separators stay"),
    (b"IFT+4:28+NEEDS\r\nHELP'", spans((9, 11)), b"IFT+4:28+_____\r\n____'", "a fold stays"),
    (b"FTX+\xc3\x89\xff'", spans((4, 3)), b"FTX+___'", "bytes that are no ASCII"),
    (b"ABC", spans((1, 99)), b"A__", "a span beyond the end"),
    (b"ABC", spans((0, 2), (1, 1)), b"__C", "spans that overlap"),
    (b"ABC", [], b"ABC", "nothing to remove"),
    ("\ufeffAB,اب;C".encode("utf-16-le"), spans((8, 6)), "\ufeffAB,__;C".encode("utf-16-le"), "UTF-16, Arabic"),
    ("\ufeffا,A".encode("utf-16-be"), spans((2, 6)), "\ufeff_,_".encode("utf-16-be"), "the other byte order"),
]


@pytest.mark.parametrize(("data", "removals", "expected", "reason"), CASES, ids=[reason for *_, reason in CASES])
def test_redacted(data: bytes, removals: list[Removal], expected: bytes, reason: str) -> None:
    assert redact(data, removals) == expected


@given(st.binary(max_size=80), st.lists(st.tuples(st.integers(0, 90), st.integers(0, 20)), max_size=5))
def test_nothing_moves_and_no_letter_or_digit_of_a_span_stays(data: bytes, places: list[tuple[int, int]]) -> None:
    kept = redact(data, spans(*places))
    assert len(kept) == len(data)
    removed = {at for offset, length in places for at in range(offset, offset + length)}
    for at, (before, after) in enumerate(zip(data, kept, strict=True)):
        assert after == before or at in removed
        assert at not in removed or not chr(after).isalnum()


UNKNOWN = {
    "PAXLST": whole("NAD+FL+++BENALI:SALMA'SSR+WCHR:HK:1:ZV::::SECRET'QQQ+SECRET'"),
    "PNRGOV": "UNB+IATA:1+ZV+GOV+261122:1910+1'UNH+1+PNRGOV:13:1:IA'MSG+:22'SRC'SSX+MEDA:HK:1::::SECRET'UNT+5+1'"
    "UNZ+1+1'",
    "CUSRES": whole("RFF+TN:1'ERP+2'RFF+ABO:1'ERC+0Z'QQQ+SECRET'", "962").replace("PAXLST", "CUSRES"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNKNOWN)
def test_what_a_segment_holds_that_the_standard_lacks_is_not_stored(kind: str) -> None:
    """A mistyped tag is what a filter must survive."""
    message = read_one(UNKNOWN[kind])
    kept = redact(UNKNOWN[kind].encode(), message.removals)
    assert message.type == kind
    assert b"SECRET" not in kept
    assert b"WCHR" not in kept
    assert b"MEDA" not in kept
    assert read_one(kept).travellers == message.travellers


def test_filler_releases_nothing_whatever_the_service_string_says() -> None:
    data = (
        whole("NAD+FL+++BENALI:SALMA'FTX+AAA+++NEEDS HELP'NAD+FL+++OKONJO'").replace("UNA:+.? '", "UNA:+._ '").encode()
    )
    message = read_one(data)
    again = read_one(redact(data, message.removals))
    assert (
        [t.name.family for t in again.travellers] == [t.name.family for t in message.travellers] == ["BENALI", "OKONJO"]
    )


def test_twice_is_once() -> None:
    once = redact(b"SSR+VGML:HK:1'", spans((4, 9)))
    assert redact(once, spans((4, 9))) == once


ENVELOPE = [
    ("UNT+6+PAX1", "UNT+6+PAX1+INSULIN NEEDED", "behind UNT"),
    ("UNT+6+PAX1", "UNT+6+PAX1:INSULIN NEEDED", "in UNT's reference"),
    ("UNT+6+PAX1", "UNT+6+INSULIN NEEDED", "instead of UNT's reference"),
    ("UNT+6+PAX1", "UNT+6+INSULIN", "a single word instead of it"),
    ("UNT+6+PAX1", "UNT+INSULIN+PAX1", "instead of UNT's number"),
    ("UNZ+1+77", "UNZ+1+77+INSULIN", "behind UNZ"),
    ("UNZ+1+77", "UNZ+1+INSULIN NEEDED", "instead of UNZ's reference"),
    ("UNZ+1+77", "UNE+1+INSULIN'UNZ+1+77", "instead of UNE's reference"),
    ("UNZ+1+77", "UNE+1+1+INSULIN'UNZ+1+77", "behind UNE"),
    ("+261122:1910+77'", "+261122:1910+77++++++++INSULIN'", "behind UNB"),
    ("ZV+GOV", "ZV+GOV:ZZ:A:B:INSULIN", "in UNB's recipient"),
    ("PAXLST:D:05B:UN:IATA", "PAXLST:D:05B:UN:IATA+++++++INSULIN", "behind UNH"),
    ("UNH+PAX1", "UNG+PAXLST+ZV+GOV+261122:1910+1+UN+D:05B++INSULIN'UNH+PAX1", "behind UNG"),
]


@pytest.mark.parametrize(("old", "new", "reason"), ENVELOPE, ids=[reason for *_, reason in ENVELOPE])
@pytest.mark.parametrize("by_group", [False, True])
def test_what_the_envelope_has_no_place_for_is_not_stored(old: str, new: str, reason: str, by_group: bool) -> None:
    text = whole("NAD+FL+++BENALI:SALMA'NAT+2+MAR'NAD+FL+++OKONJO'")
    assert old in text
    data = text.replace(old, new, 1).encode()
    found = list(messages.iter_messages(data, AS_OF, by_group=by_group))
    last = found[-1]
    assert [one.name.family for message in found for one in message.travellers] == ["BENALI", "OKONJO"]
    assert last.account is not None
    assert last.account.received == len(data), reason
    assert last.account.unknown == len(max(re.findall(rb"INSULIN(?: NEEDED)?", data), key=len))
    stored = redact(data, [removal for message in found for removal in message.removals])
    assert b"INSULIN" not in stored, reason
    assert b"NEEDED" not in stored
    told = problem(last, "UNKNOWN_ELEMENT")
    assert told.position == data.index(b"INSULIN")
    assert "INSULIN" not in told.says


def test_a_page_mark_within_the_envelope_is_counted_once() -> None:
    text = whole("NAD+FL+++BENALI'").replace(
        "UNZ+1+77", "UNZ+1+77+INSULIN\r\n\x03" + "PAGE" * 40 + "\r\n\x01QD\r\n\x02 NEEDED"
    )
    message = read_one(text)
    account = message.account
    assert account is not None
    assert account.received == len(text) == account.understood + account.unknown + account.reported
    assert min(account.understood, account.unknown, account.reported) >= 0
    stored = redact(text.encode(), message.removals)
    assert b"INSULIN" not in stored
    assert b"NEEDED" not in stored


KEPT = [("UNT+6+PAX1", "UNT+6+PAX2"), ("UNZ+1+77", "UNZ+1+1234567890ABCD"), ("UNT+6+PAX1", "UNT+6+")]


@pytest.mark.parametrize(("old", "new"), KEPT)
def test_a_reference_that_is_not_its_header_s_stays(old: str, new: str) -> None:
    text = whole("NAD+FL+++BENALI:SALMA'NAT+2+MAR'NAD+FL+++OKONJO'")
    assert old in text
    message = read_one(text.replace(old, new))
    assert message.removals == ()
    assert [one.code for one in message.problems] == ["REFERENCE_MISMATCH"]
