"""The index file: some lists, ready to be searched, as one immutable file that is mapped and not read.

It holds the arrays of `arrays.Arrays` (those of `kernel.SECTIONS`), every entry as a JSON record of its own, and tables
from document number and from the list's own number to entry. Layout, byte by byte: docs/reference/index-file.md.

Nothing in it is trusted before it is checked. Opening checks the header, where each section lies, and every number that
is used as an offset; the kernel checks its own sections; a record is checked when it is decoded. Checksums of whole
sections take a pass over the file and are checked when asked for. While a file is mapped nobody may write into it: it
is replaced by another (`write` does), never changed.
"""

import datetime as dt
import hashlib
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Annotated, Any, Final, NamedTuple, overload

import msgspec
import numpy as np
import numpy.typing as npt

from vigie import __version__
from vigie.errors import IndexFileError
from vigie.matching import documents, kernel
from vigie.matching.arrays import Arrays
from vigie.records import Entry, Watchlist

MAGIC: Final = b"VIGIEIDX"
FORMAT: Final = 1
"""Version of the layout; another one is refused."""
PAGE: Final = 4096
"""Bytes to which sections are aligned: a page of memory, so that a section can be mapped by itself."""
_FIXED: Final = struct.Struct("<8sIII")
"""Magic, format, bytes of the header, CRC-32 of the header."""
_OWN: Final = {
    "entries": "|u1",
    "entries_at": "<u8",
    "entries_crc": "<u4",
    "keys": "<u8",
    "keys_entry": "<u4",
    "numbers": "<u8",
    "numbers_entry": "<u4",
}
DTYPES: Final[Mapping[str, str]] = {
    **{name: np.dtype(kind).newbyteorder("<").str for name, kind in kernel.SECTIONS.items()},
    **_OWN,
}
"""Every section in its order, with the type of its elements as NumPy writes it; all little-endian."""
_DECODED: Final = 4096
"""Entries that stay decoded."""
_AGAIN: Final = "build it again with 'vigie index build'"


class ListFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a list without its entries. Fields as in `records.Watchlist`."""

    list: str
    format: str
    version: str
    date: str | None
    persons: int
    """Number of its entries."""
    others: int
    operational: bool


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One array of the file."""

    name: str
    dtype: str
    offset: int
    """In bytes from the end of the header's pages; a multiple of `PAGE`."""
    bytes: int
    crc32: int
    """Of its bytes (zlib, as in PNG and gzip)."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The first pages of the file, as one JSON object."""

    created: Annotated[str, msgspec.Meta(pattern=r"\A[0-9TZ:-]{1,40}\Z")]
    """Moment by UTC: `2026-11-24T19:05:00Z`."""
    vigie: Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z.+-]{1,40}\Z")]
    """Version of the program that built it; for people, the digest decides."""
    digest: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    """`index.parameters_digest` of the program that built it."""
    lists: tuple[ListFacts, ...]
    first_year: Annotated[int, msgspec.Meta(ge=1, le=9999)]
    years: Annotated[int, msgspec.Meta(ge=0, le=9999)]
    nations: tuple[str, ...]
    sections: tuple[Section, ...]


class Contents(NamedTuple):
    """What is written."""

    lists: Sequence[ListFacts]
    entries: Sequence[Entry]
    """Of all lists, in their order: their places are the numbers that the arrays have."""
    arrays: Arrays


def facts(watchlist: Watchlist) -> ListFacts:
    """What is known of a list without its entries."""
    return ListFacts(
        list=watchlist.list,
        format=watchlist.format,
        version=watchlist.version,
        date=watchlist.date,
        persons=len(watchlist.entries),
        others=watchlist.others,
        operational=watchlist.operational,
    )


# -- writing ----------------------------------------------------------------------------------------------------------


def write(path: Path, contents: Contents, digest: str, created: dt.datetime) -> None:
    """Write the file: whole, on the disk when this returns, and under its name only then. Readable by its owner only.

    What has a file of that name open keeps the old one. Raises IndexFileError when the folder cannot be written,
    OSError when the disk is full.
    """
    sections = _sections(contents)
    described, offset = [], 0
    for name, dtype in DTYPES.items():
        own = sections[name] = np.ascontiguousarray(sections[name], dtype=dtype)
        crc = zlib.crc32(own.view(np.uint8).data)
        described.append(Section(name=name, dtype=dtype, offset=offset, bytes=own.nbytes, crc32=crc))
        offset = _whole_pages(offset + own.nbytes)
    header = msgspec.json.encode(
        Header(
            created=created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            vigie=__version__,
            digest=digest,
            lists=tuple(contents.lists),
            first_year=contents.arrays.first_year,
            years=contents.arrays.years,
            nations=contents.arrays.nations,
            sections=tuple(described),
        )
    )
    with _appearing(path) as file:
        _write_padded(file, _FIXED.pack(MAGIC, FORMAT, len(header), zlib.crc32(header)) + header)
        for name in DTYPES:
            _write_padded(file, sections[name].view(np.uint8).data)


def _sections(contents: Contents) -> dict[str, npt.NDArray[Any]]:
    records = [msgspec.json.encode(entry) for entry in contents.entries]
    at = np.zeros(len(records) + 1, dtype=np.uint64)
    np.cumsum([len(record) for record in records], out=at[1:], dtype=np.uint64)
    keys = ((_hash_of_key(entry.list, entry.id), place) for place, entry in enumerate(contents.entries))
    numbers = (
        (_hash(key), place)
        for place, entry in enumerate(contents.entries)
        for key in dict.fromkeys(documents.key(document.number) for document in entry.documents)
        if key is not None
    )
    return {
        **contents.arrays.sections,
        "entries": np.array(bytearray(b"".join(records)), dtype=np.uint8),
        "entries_at": at,
        "entries_crc": np.array([zlib.crc32(record) for record in records], dtype=np.uint32),
        **_table("keys", keys),
        **_table("numbers", numbers),
    }


def _table(name: str, rows: Iterable[tuple[int, int]]) -> dict[str, npt.NDArray[Any]]:
    ranked = sorted(rows)
    return {
        name: np.array([own for own, _ in ranked], dtype=np.uint64),
        f"{name}_entry": np.array([place for _, place in ranked], dtype=np.uint32),
    }


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _hash_of_key(list_: str, number: str) -> int:
    return _hash(f"{list_}\0{number}")


def _whole_pages(size: int) -> int:
    return -(-size // PAGE) * PAGE


def _write_padded(file: IO[bytes], content: bytes | memoryview) -> None:
    file.write(content)
    file.write(bytes(_whole_pages(len(content)) - len(content)))


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IndexFileError(f"{path}: is a folder; name the index file to be written")
    try:
        handle, half = tempfile.mkstemp(dir=target.parent, prefix=f"{target.name}.", suffix=".part")
    except OSError as error:
        raise IndexFileError(f"{path}: cannot be written ({error.strerror}); check the folder") from None
    try:
        with open(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, target)
    except BaseException:  # Ctrl-C too: nothing half-written stays, and the cause goes on
        os.unlink(half)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # else a crash could still bring the old name back
    finally:
        os.close(folder)


# -- opening ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class IndexFile:
    """An opened file. Safe to share between threads."""

    path: Path
    header: Header
    arrays: Arrays
    entries: "Entries"
    entry: "ByKey"
    by_number: "ByNumber"

    @property
    def lists(self) -> tuple[ListFacts, ...]:
        return self.header.lists


def is_index(path: Path | str) -> bool:
    """Whether a file begins as an index file; False when it cannot be read."""
    try:
        if not os.path.isfile(path):
            return False
        with open(path, "rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def header_of(path: Path) -> Header:
    """What the file says of itself, whichever engine built it. Raises IndexFileError."""
    return _header(path, _mapped(path))[0]


def opened(path: Path, digest: str, *, verified: bool = False) -> IndexFile:
    """The file, mapped. verified: also check every byte against the checksums, which takes a pass over the file.

    Raises IndexFileError for what is no index file, is damaged, or was built by an engine with another `digest`. The
    sections of the kernel are checked by `kernel.Kernel` only, and records when they are decoded.
    """
    mapped = _mapped(path)
    header, start = _header(path, mapped)
    if header.digest != digest:
        raise IndexFileError(
            f"{path}: was built by the engine {header.digest[:12]} of Vigie {header.vigie}, which weighs names "
            f"otherwise; this is {digest[:12]} of Vigie {__version__}: {_AGAIN}"
        )
    _check_layout(path, header, len(mapped) - start)
    if verified:
        _check_bytes(path, mapped, header, start)
    made = {section.name: _array(mapped, section, start) for section in header.sections}
    sections = {name: made[name] for name in kernel.SECTIONS}
    entries = Entries(path, made["entries"], made["entries_at"], made["entries_crc"])
    if len(entries) != sum(one.persons for one in header.lists) or len(entries) != len(made["sex"]):
        raise _damaged(path, "its sections have different numbers of entries")
    keys, numbers = (_Hashes(path, made[name], made[f"{name}_entry"], len(entries)) for name in ("keys", "numbers"))
    arrays = Arrays(sections, header.first_year, header.years, header.nations)
    return IndexFile(path, header, arrays, entries, ByKey(entries, keys), ByNumber(entries, numbers))


def _damaged(path: Path, what: str) -> IndexFileError:
    return IndexFileError(f"{path}: is damaged: {what}; {_AGAIN}")


def _mapped(path: Path) -> mmap.mmap:
    try:
        if not path.is_file():  # a pipe would keep us waiting
            there = path.exists()
            raise IndexFileError(f"{path}: {'is no file' if there else 'there is no such file'}; name an index file")
        with path.open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                raise IndexFileError(f"{path}: is empty; {_AGAIN}")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise IndexFileError(f"{path}: cannot be read ({error.strerror}); check the permissions") from None


def _header(path: Path, mapped: mmap.mmap) -> tuple[Header, int]:
    """The header, and how many bytes its pages take."""
    if mapped[: len(MAGIC)] != MAGIC:
        raise IndexFileError(f"{path}: is no index file; give one that 'vigie index build' wrote")
    if len(mapped) < _FIXED.size:
        raise _damaged(path, f"it ends after {len(mapped)} bytes")
    _, version, size, crc = _FIXED.unpack(mapped[: _FIXED.size])
    if version != FORMAT:
        raise IndexFileError(f"{path}: has format {version}; this Vigie reads format {FORMAT}: {_AGAIN}")
    text = mapped[_FIXED.size : _FIXED.size + size]
    if len(text) != size or zlib.crc32(text) != crc:
        raise _damaged(path, "its header is not what was written")
    try:
        return msgspec.json.decode(text, type=Header), _whole_pages(_FIXED.size + size)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _damaged(path, "its header is none") from None


def _check_layout(path: Path, header: Header, room: int) -> None:
    """Every section where `write` puts it, so that none overlaps another or leaves the file."""
    if [(section.name, section.dtype) for section in header.sections] != list(DTYPES.items()):
        raise _damaged(path, "its header names other sections")
    offset = 0
    for section in header.sections:
        if section.offset != offset or section.bytes < 0 or section.bytes % np.dtype(section.dtype).itemsize:
            raise _damaged(path, f"section {section.name} is not where it belongs")
        offset = _whole_pages(offset + section.bytes)
    if offset != room:
        raise _damaged(path, f"after the header it has {room} bytes, and {offset} were written")


def _check_bytes(path: Path, mapped: mmap.mmap, header: Header, start: int) -> None:
    with memoryview(mapped) as whole:
        size = _FIXED.unpack(whole[: _FIXED.size])[2]
        if whole[_FIXED.size + size : start] != bytes(start - _FIXED.size - size):
            raise _damaged(path, "there is something between its header and its sections")
        for section in header.sections:
            begin, end = start + section.offset, start + section.offset + section.bytes
            if zlib.crc32(whole[begin:end]) != section.crc32:
                raise _damaged(path, f"section {section.name} is not what was written")
            rest = start + _whole_pages(section.offset + section.bytes)
            if whole[end:rest] != bytes(rest - end):
                raise _damaged(path, f"there is something behind section {section.name}")


def _array(mapped: mmap.mmap, section: Section, start: int) -> npt.NDArray[Any]:
    kind = np.dtype(section.dtype)
    if not section.bytes:
        return np.empty(0, dtype=kind)
    return np.frombuffer(mapped, dtype=kind, count=section.bytes // kind.itemsize, offset=start + section.offset)


# -- what is in it ----------------------------------------------------------------------------------------------------


class Entries(Sequence[Entry]):
    """The entries, each decoded when it is asked for: IndexFileError when its record is damaged."""

    def __init__(
        self, path: Path, records: npt.NDArray[Any], at: npt.NDArray[np.uint64], crc: npt.NDArray[np.uint32]
    ) -> None:
        """Raises IndexFileError unless the offsets `at` rise from 0 to the end of `records`, one more than `crc`."""
        if len(at) != len(crc) + 1 or at[0] != 0 or int(at[-1]) != len(records) or bool((at[1:] < at[:-1]).any()):
            raise _damaged(path, "the offsets of its entries do not rise")
        self._path, self._records, self._at, self._crc = path, records, at, crc
        self._decoded = lru_cache(maxsize=_DECODED)(self._decode)

    def __len__(self) -> int:
        return len(self._crc)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(place, slice):
            return tuple(map(self._decoded, range(len(self))[place]))
        return self._decoded(range(len(self))[place])

    def _decode(self, place: int) -> Entry:
        record = self._records[int(self._at[place]) : int(self._at[place + 1])].tobytes()
        if zlib.crc32(record) != self._crc[place]:
            raise _damaged(self._path, f"the record of its entry {place} is not what was written")
        try:
            return msgspec.json.decode(record, type=Entry)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise _damaged(self._path, f"the record of its entry {place} is none") from None


class _Hashes:
    """Places of entries by the hash of something they have. Hashes collide: who asks looks at the entry as well."""

    def __init__(
        self, path: Path, hashes: npt.NDArray[np.uint64], places: npt.NDArray[np.uint32], entries: int
    ) -> None:
        if len(hashes) != len(places) or bool((hashes[1:] < hashes[:-1]).any()) or bool((places >= entries).any()):
            raise _damaged(path, "a table of its entries has lost its order")
        self.hashes, self._places = hashes, places

    def places(self, own: int) -> list[int]:
        """Ascending."""
        first, last = (int(np.searchsorted(self.hashes, np.uint64(own), side)) for side in ("left", "right"))
        found: list[int] = self._places[first:last].tolist()
        return found


class ByKey(Mapping[tuple[str, str], Entry]):
    """The entries by their list and its number for them; the last one where a list has a number twice."""

    def __init__(self, entries: Entries, hashes: _Hashes) -> None:
        self._entries, self._hashes = entries, hashes

    def __getitem__(self, key: tuple[str, str]) -> Entry:
        for place in reversed(self._hashes.places(_hash_of_key(*key))):
            entry = self._entries[place]
            if (entry.list, entry.id) == key:
                return entry
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(dict.fromkeys((entry.list, entry.id) for entry in self._entries))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ByNumber:
    """The places of the entries by `documents.key` of the numbers they have."""

    def __init__(self, entries: Entries, hashes: _Hashes) -> None:
        self._entries, self._hashes = entries, hashes

    def get(self, key: str, default: Sequence[int] = ()) -> Sequence[int]:
        """Ascending."""
        found = [place for place in self._hashes.places(_hash(key)) if key in self._keys(place)]
        return found or default

    def _keys(self, place: int) -> set[str | None]:
        return {documents.key(document.number) for document in self._entries[place].documents}
