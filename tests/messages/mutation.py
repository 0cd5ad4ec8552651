"""Damage done to real messages, and what must hold of every input whatever was done to it.

Also the body of the fuzzing target (tests/messages/fuzz_target.py).
"""

import datetime as dt
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from vigie import messages
from vigie.messages.edifact.grammar import Item, Run, scan
from vigie.messages.redaction import redact
from vigie.records import Account, Message

AS_OF = dt.date(2026, 11, 23)
_LONGEST = 6000
"""Bytes of a long file that are mutated: its beginning and its end, whose grammar is that of the whole."""
_MARKS = b"'+:?\"*#-.~ \r\n\x00\x01\x02\x03\x1c\x1d\x1f\xe9\xff<_"
_TERMINATORS = re.compile(rb"['\"#\n~]")


def seeds(folder: Path) -> list[bytes]:
    """Every public message, the long ones shortened."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".txt", ".edi") and path.name != "facts.csv"]
    return [_shortened(path.read_bytes()) for path in files if "LICENSE" not in path.name and "_about" not in path.name]


def _shortened(data: bytes) -> bytes:
    return data if len(data) <= _LONGEST else data[: _LONGEST - 1000] + data[-1000:]


def mutant(seed: int, originals: list[bytes]) -> bytes:
    """The input of that number: one to four kinds of damage, one after the other."""
    chance = random.Random(seed)
    data = chance.choice(originals)
    for _ in range(chance.choice((1, 1, 2, 3, 4))):
        data = chance.choice(DAMAGE)(data, chance)
    return data


def _segments(data: bytes) -> list[bytes]:
    """Pieces with their terminator, whichever of the usual ones they have."""
    ends = [match.end() for match in _TERMINATORS.finditer(data)]
    return [data[start:end] for start, end in zip([0, *ends], [*ends, len(data)], strict=True)]


def drop(data: bytes, chance: random.Random) -> bytes:
    pieces = _segments(data)
    at = chance.randrange(len(pieces) + 1)
    return b"".join(pieces[:at] + pieces[at + chance.randint(1, 3) :])


def double(data: bytes, chance: random.Random) -> bytes:
    pieces = _segments(data)
    at = chance.randrange(len(pieces))
    return b"".join([*pieces[:at], *[pieces[at]] * chance.randint(2, 4), *pieces[at + 1 :]])


def swap(data: bytes, chance: random.Random) -> bytes:
    pieces = _segments(data)
    a, b = chance.randrange(len(pieces)), chance.randrange(len(pieces))
    pieces[a], pieces[b] = pieces[b], pieces[a]
    return b"".join(pieces)


def cut(data: bytes, chance: random.Random) -> bytes:
    start, end = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    return chance.choice((data[:start], data[start:], data[min(start, end) : max(start, end)]))


def spoil(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10))):
        if spoilt:
            at = chance.randrange(len(spoilt))
            spoilt[at] = chance.choice(_MARKS) if chance.random() < 0.6 else chance.randrange(256)
    return bytes(spoilt)


def insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    run = bytes([chance.choice(_MARKS)]) * chance.choice((1, 1, 2, 50))
    return data[:at] + run + data[at:]


def retag(data: bytes, chance: random.Random) -> bytes:
    """Another tag or qualifier, in capitals as they are."""
    places = [match.start() for match in re.finditer(rb"[A-Z]{2,3}", data)]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + bytes(chance.choice(b"ABDNQTXZ") for _ in range(2)) + data[at + 2 :]


def remark(data: bytes, chance: random.Random) -> bytes:
    """One service character becomes another everywhere."""
    old, new = chance.choice(b"'+:?\"*#"), chance.choice(b"'+:?\"*#-.|^~\x1d\x1c")
    return data.replace(bytes([old]), bytes([new]))


def refold(data: bytes, chance: random.Random) -> bytes:
    width, end = chance.randint(1, 80), chance.choice((b"\r\n", b"\n", b"\r", b"\r\n \r\n"))
    return end.join(data[at : at + width] for at in range(0, len(data), width))


def recount(data: bytes, chance: random.Random) -> bytes:
    return re.sub(rb"(UNT.|UNZ.|CNT.42.|EQN.)\d+", lambda m: m[1] + str(chance.randrange(10**6)).encode(), data)


def join(data: bytes, chance: random.Random) -> bytes:
    other = data if chance.random() < 0.5 else spoil(data, chance)
    return data + chance.choice((b"", b"\r\n", b"\r\nQU VIEGPXH\r\n.HDQ 231200\r\n", b"'")) + other


def head(data: bytes, chance: random.Random) -> bytes:
    """The first bytes are where service characters are told."""
    start = bytearray(data)
    for at in range(min(12, len(start))):
        if chance.random() < 0.2:
            start[at] = chance.choice(_MARKS)
    return bytes(start)


DAMAGE: list[Callable[[bytes, random.Random], bytes]] = [
    drop, double, swap, cut, spoil, insert, retag, remark, refold, recount, join, head,
]  # fmt: skip


def check(data: bytes) -> tuple[Message, ...]:
    """Raises AssertionError when an input, read, breaks a promise."""
    found = messages.read(data, AS_OF)
    assert found, "at least one message says why there is none"
    total = Account(received=0, understood=0, unknown=0, reported=0)
    for message in found:
        account = message.account
        assert account is not None
        assert account.received == account.understood + account.unknown + account.reported
        assert min(account.understood, account.unknown, account.reported) >= 0
        assert bool(account.reported) <= any(p.severity != "note" or p.code == "TEXT_REMOVED" for p in message.problems)
        total = _sum(total, account)
    assert total.received == len(data), "every byte is in the account of one message"
    spans = [(r.offset, r.offset + r.length) for message in found for r in message.removals]
    assert all(0 <= start < end <= len(data) for start, end in spans)
    return found


def check_both_ways(data: bytes) -> None:
    """The short way of clean segments gives what the tolerant one gives."""
    assert unrolled(scan(data)) == list(scan(data, fast=False))
    assert tuple(messages.iter_messages(data, AS_OF)) == tuple(messages.iter_messages(data, AS_OF, fast=False))


def unrolled(items: Iterable[Item]) -> list[Item]:
    """Runs of segments as segments."""
    return [one for item in items for one in (item.segments() if isinstance(item, Run) else [item])]


def check_redacted(data: bytes, found: tuple[Message, ...]) -> bool:
    """The original as stored keeps the promises too. True when it says the same of persons and journeys."""
    again = check(redact(data, [removal for message in found for removal in message.removals]))
    return _content(again) == _content(found)


def _content(found: tuple[Message, ...]) -> list[object]:
    """What messages say, those that say nothing left out."""
    parts = [(m.journeys, m.travellers, m.bookings, m.statuses) for m in found]
    return [part for part in parts if any(part)]


def _sum(a: Account, b: Account) -> Account:
    return Account(
        received=a.received + b.received,
        understood=a.understood + b.understood,
        unknown=a.unknown + b.unknown,
        reported=a.reported + b.reported,
    )
