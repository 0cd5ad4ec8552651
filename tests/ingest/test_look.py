"""The look at the door sees what reading sees, and what is stored reads again as what came."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.conftest import START, bare, paxlst, pnrgov
from vigie import messages
from vigie.config import LIMITS
from vigie.demo import SAMPLE
from vigie.ingest.look import keys_of, look, unread
from vigie.messages.redaction import redact
from vigie.records import Booking, Journey, MachineReadableZone, Message, Status, Traveller

DAY = START.date()
INPUTS = {
    "reservation": pnrgov(),
    "list": paxlst("HOLT", "BERG"),
    "two lists": paxlst("HOLT") + paxlst("BERG", flight="ZZ14"),
    "no journey": bare("HOLT"),
    "cut off": paxlst("HOLT", "BERG")[:-40],
    "garbage": b"no message at all",
    "nothing": b"",
    **{path.name: path.read_bytes() for path in sorted(SAMPLE.glob("*.edi"))},
}

Said = tuple[tuple[Journey, ...], tuple[Traveller, ...], tuple[Booking, ...], tuple[Status, ...], object]


def said(message: Message) -> Said:
    zone: MachineReadableZone | None = message.mrz
    return message.journeys, message.travellers, message.bookings, message.statuses, zone


def check_look(data: bytes, day: dt.date = DAY) -> None:
    """Against the plain way: everything read at once."""
    seen, read = look(data, day), messages.read(data, day)
    assert seen.messages == len(read)
    assert seen.travellers == sum(len(message.travellers) for message in read)
    journeys = [journey for message in read for journey in message.journeys]
    assert set(seen.voyages) == {key for journey in journeys for key in keys_of(journey)}
    assert set(seen.modes) == {journey.mode for journey in journeys}
    assert sum(seen.codes.values()) == sum(len(message.problems) for message in read)
    assert seen.holds_nothing == (not any(map(any, map(said, read))))
    assert redact(data, seen.removals) == redact(data, [gone for message in read for gone in message.removals])


def check_reads_again(data: bytes, day: dt.date = DAY) -> None:
    stored = redact(data, look(data, day).removals)
    before, after = messages.read(data, day), messages.read(stored, day)
    assert [said(message) for message in after if any(said(message))] == [
        said(message) for message in before if any(said(message))
    ]
    assert redact(stored, look(stored, day).removals) == stored


@pytest.mark.parametrize("data", INPUTS.values(), ids=INPUTS)
def test_look_sees_what_reading_sees(data: bytes) -> None:
    check_look(data)


@pytest.mark.parametrize("data", INPUTS.values(), ids=INPUTS)
def test_what_is_stored_reads_again_as_what_came(data: bytes) -> None:
    check_reads_again(data)


@given(st.sampled_from([paxlst("HOLT", "BERG"), pnrgov()]), st.data())
def test_damaged_input_too(data: bytes, draws: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draws.draw(st.integers(1, 4))):
        damaged[draws.draw(st.integers(0, len(data) - 1))] = draws.draw(st.sampled_from(b"'+:?A1 \n_"))
    check_look(bytes(damaged))


@pytest.mark.data
def test_real_messages_read_again(data: Path) -> None:
    found = [
        path for path in sorted((data / "messages").rglob("*")) if path.is_file() and path.stat().st_size < 500_000
    ]
    assert len(found) > 20
    for path in found:
        check_look(path.read_bytes())
        check_reads_again(path.read_bytes())


def test_more_travellers_than_any_ship_has_are_not_counted_to_the_end() -> None:
    limits = LIMITS.__class__(travellers=3)
    assert look(paxlst(*["HOLT"] * 50), DAY, limits).travellers == 4


def test_of_what_was_not_looked_at_nothing_is_kept() -> None:
    seen = unread(b"ABC DEF")
    assert redact(b"ABC DEF", seen.removals) == b"___ ___"
    assert not seen.is_whole
