"""Work grows with the size of an input and not faster, and memory beside it not at all."""

import sys
import tracemalloc
from types import FrameType

import pytest

from tests.messages.writing import AS_OF
from vigie import messages
from vigie.messages.edifact.cleaning import WINDOW

PERSON = (
    "NAD+FL+++ELBARQUI:SAMIRA{n}'ATT+2++F'DTM+329:840310'LOC+178+CMN'LOC+179+VIE'NAT+2+MAR'RFF+AVF:Q7T{n}'"
    "DOC+P:110:111+ZZ{n}'DTM+36:310214'LOC+91+MAR'\r\n"
)
BOOKING = (
    "SRC'RCI+ZV:Q{n}::021126:1410'TIF+ELBARQUI+SAMIRAMRS:A:1'"
    "SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ{n}/MAR/10MAR84/F/14FEB31/ELBARQUI/SAMIRA+::1'"
    "TVL+231126:0540:231126:0950+CMN+VIE+ZV+0412:Y'RPI+1+HK'\r\n"
)
HEADS = {
    "PAXLST": "UNA:+.? 'UNB+UNOA:4+ZV+GOV+261122:1910+77'UNH+1+PAXLST:D:05B:UN'BGM+745'TDT+20+ZV412+++ZV'\r\n",
    "PNRGOV": "UNA:+.? 'UNB+IATA:1+ZV+GOV+261122:1910+77'UNH+1+PNRGOV:13:1:IA'MSG+:22'ORG+ZV'\r\n",
}


def long_message(kind: str, size: int) -> tuple[bytes, int]:
    """An invented message of about `size` bytes, and how many groups it has."""
    group = PERSON if kind == "PAXLST" else BOOKING
    count = size // len(group)
    body = "".join(group.format(n=1_000_000 + number) for number in range(count))
    return f"{HEADS[kind]}{body}UNT+9+1'UNZ+1+77'".encode(), count


def operations(data: bytes) -> int:
    """Calls of Python functions and of C functions while a message is read group by group."""
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        for _ in messages.iter_messages(data, AS_OF, by_group=True):
            pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", HEADS)
def test_operations_grow_with_the_size(kind: str) -> None:
    operations(long_message(kind, 10_000)[0])  # tables are loaded once
    small, large = (operations(long_message(kind, size)[0]) for size in (30_000, 300_000))
    assert 9 < large / small < 10.5


@pytest.mark.nightly
@pytest.mark.timeout(1200)
def test_operations_grow_with_the_size_up_to_a_hundred_megabytes() -> None:
    small, large = (operations(long_message("PAXLST", size)[0]) for size in (10_000_000, 100_000_000))
    assert 9.9 < large / small < 10.1


def peak(data: bytes) -> tuple[int, int]:
    """Bytes held at most beside the input, and groups seen."""
    tracemalloc.start()
    try:
        groups = sum(len(message.travellers) for message in messages.iter_messages(data, AS_OF, by_group=True))
        return tracemalloc.get_traced_memory()[1], groups
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", HEADS)
def test_memory_beside_the_input_is_that_of_a_window_and_a_group(kind: str) -> None:
    """Where the window happens to end moves the peak by less than a window; 27 bytes kept per group would be more."""
    (small, few), (large, many) = (long_message(kind, size) for size in (300_000, 1_200_000))
    peak(long_message(kind, 10_000)[0])  # tables are loaded once
    (before, read_few), (after, read_many) = peak(small), peak(large)
    assert (read_few, read_many) == (few, many)
    assert after - before < WINDOW < 28 * (many - few)
    assert after < 4_000_000
