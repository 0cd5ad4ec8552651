"""Damaged index files by number, and what becomes of each: refused, or answering. Never a crash, never a hang.

    PYTHONPATH=src python -m tests.matching.damage FILE FIRST LAST [--copied]

One process tries many; who starts it sees by its end whether one of them brought it down, and by its last line which.
--copied: each array in memory of its own, so that an address sanitizer sees what is read beside it.
"""

import dataclasses
import faulthandler
import math
import random
import struct
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from tests.matching.invented import passport, query
from vigie.errors import IndexFileError
from vigie.matching import Index, index_file
from vigie.matching.index import parameters_digest
from vigie.matching.index_file import DTYPES, FORMAT, MAGIC, PAGE

ASKED: Final = (
    query("ZOUBEIR OULD KHARRACHI", birth_date="1979-03-12", sex="M", nationality="MRT"),
    query("ELKHARACHI ZOUBEIRMR", birth_date="1979"),
    query("BELGHUMARI ABD AL MALIK", "DARGHOUMARI A"),
    query("SERAJUDDIN JALALUDDI", birth_date="1977-01-01"),
    query("زبير القرشي", birth_date="1951-06-19", sex="F"),
    query("SOMEBODY ELSE", documents=(passport("AB1234507", "PRY"),)),
    query("RI YONG TAEK MUHAMMAD ALI HASSAN WALI JANG", nationality="PRK"),
)
SECONDS: Final = 60
"""What one file may take before it counts as a hang."""
Parts = tuple[dict[str, Any], dict[str, bytes]]


# -- the layout once more, written plainly: header and sections of a file, and back -----------------------------------


def taken_apart(data: bytes) -> Parts:
    (size,) = struct.unpack_from("<I", data, 12)
    header = msgspec.json.decode(data[20 : 20 + size])
    start = -(-(20 + size) // PAGE) * PAGE
    return header, {s["name"]: data[start + s["offset"] :][: s["bytes"]] for s in header["sections"]}


def put_together(header: dict[str, Any], sections: dict[str, bytes], *, summed: bool = True) -> bytes:
    """The file of these sections, whatever they hold. summed: with their true checksums."""
    body, described = bytearray(), []
    for name, content in sections.items():
        crc = zlib.crc32(content) if summed else 0
        described.append(
            {"name": name, "dtype": DTYPES[name], "offset": len(body), "bytes": len(content), "crc32": crc}
        )
        body += content.ljust(-(-len(content) // PAGE) * PAGE, b"\0")
    return headed({**header, "sections": described}) + body


def headed(header: dict[str, Any]) -> bytes:
    text = msgspec.json.encode(header)
    whole = struct.pack("<8sIII", MAGIC, FORMAT, len(text), zlib.crc32(text)) + text
    return whole.ljust(-(-len(whole) // PAGE) * PAGE, b"\0")


# -- damage -----------------------------------------------------------------------------------------------------------


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Bits turned, of which most lie in the header or in a section and not between them."""
    out = bytearray(data)
    full = [place for place in range(0, len(data), 16) if any(data[place : place + 16])]
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        out[min(chance.choice(full) + chance.randrange(16), len(out) - 1)] ^= 1 << chance.randrange(8)
    return bytes(out)


def cut(data: bytes, chance: random.Random) -> bytes:
    pages = chance.randrange(len(data) // PAGE) * PAGE
    return data[: chance.choice((pages, pages + chance.randrange(PAGE), chance.randrange(30)))]


def longer(data: bytes, chance: random.Random) -> bytes:
    return data + chance.choice((bytes(PAGE), chance.randbytes(PAGE), b"\0", data))


def pages_moved(data: bytes, chance: random.Random) -> bytes:
    """The pages behind the header in another order."""
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    first = len(pages) - sum(-(-len(content) // PAGE) for content in taken_apart(data)[1].values())
    moved = pages[first:]
    for _ in range(chance.choice((1, 3, len(moved)))):
        one, other = chance.randrange(len(moved)), chance.randrange(len(moved))
        moved[one], moved[other] = moved[other], moved[one]
    return b"".join(pages[:first] + moved)


def header_changed(data: bytes, chance: random.Random) -> bytes:
    """One value of the header, with the header's checksum made good."""
    header, _ = taken_apart(data)
    rows = [header, *header["sections"], *header["lists"]]
    row = chance.choice(rows[:1] * 10 + rows)
    key = chance.choice(list(row))
    odd: tuple[Any, ...] = (0, 1, -1, 2**31, 2**32, 2**63, 9999, PAGE, 0.5, None, "", "|u1", "<u8", "<f8", "|O", [], {})
    row[key] = chance.choice((*odd, row[key] + chance.randrange(-4, 5)) if isinstance(row[key], int) else odd)
    if chance.random() < 0.1:
        del row[key]
    size = len(headed(taken_apart(data)[0]))
    return headed(header) + data[size:]


def section_changed(data: bytes, chance: random.Random) -> bytes:
    """Elements of one to three sections, or their number; layout and header are sound."""
    header, sections = taken_apart(data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        name = chance.choice([name for name in sections if sections[name]])
        values = np.frombuffer(sections[name], dtype=DTYPES[name]).copy()
        change: Callable[[Any, random.Random], Any] = chance.choice(_CHANGES)
        sections[name] = change(values, chance).astype(DTYPES[name]).tobytes()
    return put_together(header, sections)


def records_changed(data: bytes, chance: random.Random) -> bytes:
    """Letters of the entries, with the checksums of the records made good."""
    header, sections = taken_apart(data)
    text, at = bytearray(sections["entries"]), np.frombuffer(sections["entries_at"], dtype="<u8").tolist()
    for _ in range(chance.choice((1, 3, 20))):
        text[chance.randrange(len(text))] = chance.choice((*b'"{}[],:09azN\\', chance.randrange(256)))
    crc = [zlib.crc32(text[first:last]) for first, last in pairwise(at)]
    return put_together(header, {**sections, "entries": bytes(text), "entries_crc": np.array(crc, "<u4").tobytes()})


def _one_changed(values: Any, chance: random.Random) -> Any:
    kind = np.iinfo(values.dtype)
    place = chance.randrange(len(values))
    near = int(values[place]) + chance.choice((-1, 1, 1000))
    odd = (kind.min, kind.max, kind.max // 2, len(values), len(values) + 1, near, chance.randint(kind.min, kind.max))
    values[place] = min(max(chance.choice(odd), kind.min), kind.max)
    return values


def _shuffled(values: Any, chance: random.Random) -> Any:
    chance.shuffle(order := list(range(len(values))))
    return values[order]


def _other_count(values: Any, chance: random.Random) -> Any:
    more = chance.choice((1, 2, len(values)))
    return chance.choice((values[:-more], np.concatenate([values, values[-more:]]), values[:0], values[more:]))


_CHANGES: Final[tuple[Callable[[Any, random.Random], Any], ...]] = (
    _one_changed,
    _one_changed,
    _shuffled,
    _other_count,
    lambda values, _: values[::-1],
    lambda values, _: np.sort(values),
    lambda values, chance: np.full_like(values, chance.choice((0, 1, values[0], values.max()))),
    lambda values, chance: np.roll(values, chance.choice((1, -1, len(values) // 2))),
    lambda values, chance: np.frombuffer(chance.randbytes(values.nbytes), dtype=values.dtype),
)
DAMAGE: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    *(flipped, flipped, cut, longer, pages_moved, header_changed, header_changed),
    *([section_changed] * 8),
    records_changed,
)


def mutant(data: bytes, number: int) -> tuple[str, bytes]:
    """The damaged file of a number, always the same, and what was done to it."""
    chance = random.Random(number)
    way = chance.choice(DAMAGE)
    return way.__name__, way(data, chance)


# -- what becomes of it -----------------------------------------------------------------------------------------------


def outcome(path: Path, *, copied: bool = False) -> str:
    """`refused` or `answered`; raises what must never be raised."""
    try:
        index = _copied(path) if copied else Index.opened(path)
        index.search_all(ASKED, 0)
        index.search_all(ASKED[:3], -math.inf, top=5)
        index.search_all(ASKED, index.threshold(100))
        for key in [*index.entry][:3]:
            index.entry.get(key)
    except IndexFileError:
        return "refused"
    return "answered"


def _copied(path: Path) -> Index:
    held = index_file.opened(path, parameters_digest())
    apart = {name: array.copy() for name, array in held.arrays.sections.items()}
    try:
        return Index(dataclasses.replace(held, arrays=held.arrays._replace(sections=apart)))
    except ValueError as error:  # as Index.opened has it
        raise IndexFileError(str(error)) from None


def main(file: str, first: str, last: str, *options: str) -> None:
    data = Path(file).read_bytes()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(int(first), int(last)):
            way, damaged = mutant(data, number)
            sys.stdout.write(f"{number} {way}\n")
            sys.stdout.flush()
            path = Path(folder) / str(number)
            path.write_bytes(damaged)
            faulthandler.dump_traceback_later(SECONDS, exit=True)
            counts[outcome(path, copied="--copied" in options)] += 1
            faulthandler.cancel_dump_traceback_later()
            path.unlink()
    sys.stdout.write(f"{msgspec.json.encode(counts).decode()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
