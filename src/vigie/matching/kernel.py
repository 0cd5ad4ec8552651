"""The compiled kernel (`kernel.c`): built when a compiler is there, and called with arrays.

Everything that crosses is a NumPy array or bytes with its length; the library takes over no memory and gives none
away but the handle. The lock of the interpreter is free while it works.
"""

import ctypes
import hashlib
import math
import os
import platform
import shutil
import subprocess  # the compiler, with arguments of our own
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.dates import span
from vigie.matching import weights
from vigie.names import Word, words
from vigie.names.spelling import SOUNDS
from vigie.names.tokens import MOST_LETTERS, pieces_of, read_together, words_of_piece

SECTIONS: Final = {
    "letters": np.uint8,
    "letters_at": np.uint32,
    "folds": np.uint8,
    "folds_at": np.uint32,
    "bare": np.uint8,
    "length_at": np.uint32,
    "bone_keys": np.uint64,
    "bone_words": np.uint32,
    "alphabet": np.uint32,
    "items_at": np.uint32,
    "worths": np.int16,
    "item_worth": np.uint32,
    "posts_at": np.uint32,
    "posts": np.uint32,
    "class_at": np.uint32,
    "form_entry": np.uint32,
    "form_flags": np.uint8,
    "form_date": np.uint32,
    "words_at": np.uint32,
    "word_role": np.uint8,
    "word_heads": np.uint32,
    "word_items_at": np.uint32,
    "word_items": np.uint32,
    "run_keys": np.uint64,
    "run_form": np.uint32,
    "run_unit": np.uint16,
    "run_fold": np.uint32,
    "run_pattern": np.uint32,
    "dates_at": np.uint32,
    "dates": np.int32,
    "charge": np.int32,
    "sex": np.uint8,
    "nations_at": np.uint32,
    "nations": np.uint16,
}
"""Sections of an index in the kernel's order, with what they hold."""

BUDGET: Final = 256 << 20
"""Bytes that remembered words may take."""
_DATES: Final = (
    "same_day day_month_swapped near_day year_off_by_one same_month_and_year same_day_other_month year_digits_swapped"
    " same_year same_month same_year_other_day next_year next_year_other_day within_range near_approximate conflict"
    " conflict_far conflict_year_only conflict_approximate"
).split()
_IN_DIGITS: Final = "\x01"
SEXES: Final = {"M": 1, "F": 2}
"""Numbers of the sexes that are compared."""


def _weights() -> npt.NDArray[np.int32]:
    agrees = [weights.AGREES[level] for level in weights.LEVELS]
    return np.array(
        [
            *agrees,
            *(worth - agrees[0] for worth in agrees),
            weights.RARITY,
            weights.CUT_LETTER,
            weights.JOINED,
            weights.JOINED_PARTICLE,
            weights.PARTICLE,
            weights.INITIAL,
            weights.COMPLETE,
            *weights.CONTRADICTION,
            *weights.ONLY_TRAVELLER,
            *weights.ONLY_ENTRY,
            weights.WEAK_ALIAS,
            weights.SEX["same"],
            weights.SEX["different"],
            weights.NATIONALITY["same"],
            weights.NATIONALITY["different"],
            *(weights.BIRTH_DATE[level] for level in _DATES),
            weights.RUN_SOUNDS,
            weights.BARE_CONSONANTS,
        ],
        dtype=np.int32,
    )


def _sounds() -> bytes:
    return b"".join(
        bytes([len(letters)]) + letters.encode() + bytes([len(sound)]) + sound.encode() for letters, sound in SOUNDS
    )


_SOUNDS: Final = _sounds()


class NotBuiltError(Exception):
    """The kernel is not there; the text says why."""


@lru_cache(maxsize=1)
def missing() -> str | None:
    """Why there is no kernel; None when there is one."""
    try:
        library()
    except NotBuiltError as reason:
        return str(reason)
    return None


@lru_cache(maxsize=1)
def library() -> ctypes.CDLL:
    """The loaded kernel, built first when it is not there for this source. Raises `NotBuiltError`."""
    if os.environ.get("VIGIE_KERNEL") == "off":
        raise NotBuiltError("VIGIE_KERNEL is off")
    source = files("vigie.matching").joinpath("kernel.c").read_bytes()
    return _signed(ctypes.CDLL(str(_built(source))))


def _built(source: bytes) -> Path:
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    digest = hashlib.sha256(source + platform.machine().encode()).hexdigest()[:16]
    for folder in _folders():
        if (made := folder / f"kernel-{digest}.so").is_file():
            return made
    if compiler is None:
        raise NotBuiltError("no C compiler is here (on Debian: apt-get install gcc)")
    for folder in _folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder) as own:
                (Path(own) / "kernel.c").write_bytes(source)
                command = [compiler, "-O3", "-shared", "-fPIC", "-pthread", "-o", f"{own}/kernel.so", f"{own}/kernel.c"]
                told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
                if told.returncode:
                    raise NotBuiltError(f"the compiler failed: {told.stderr.strip()[-500:]}")
                (Path(own) / "kernel.so").replace(folder / f"kernel-{digest}.so")
        except OSError:
            continue
        return folder / f"kernel-{digest}.so"
    raise NotBuiltError("no folder for it can be written; VIGIE_CACHE names one")


def _folders() -> list[Path]:
    named = os.environ.get("VIGIE_CACHE")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vigie"
    return [Path(named)] if named else [Path(sys.prefix) / "vigie", cache]


def _signed(loaded: ctypes.CDLL) -> ctypes.CDLL:
    pointer, count, number, signed = ctypes.c_void_p, ctypes.c_uint64, ctypes.c_uint32, ctypes.c_int32
    signatures: dict[str, tuple[type | None, str]] = {
        "vg_open": (pointer, "pnpnppnuiunp"),
        "vg_close": (None, "p"),
        "vg_unknown": (ctypes.c_int64, "pppnppnn"),
        "vg_learn": (signed, "ppupn"),
        "vg_screen": (ctypes.c_int64, "pppppnpppipnp"),
        "vg_told": (None, "pp"),
        "vg_sounds": (signed, "pnuppnppp"),
        "vg_sketches": (ctypes.c_int64, "pppnppn"),
        "vg_worths": (signed, "pppnpppp"),
        "vg_reverse": (ctypes.c_int64, "ppnppnpnipn"),
    }
    kinds = {"p": pointer, "n": count, "u": number, "i": signed}
    for name, (gives, takes) in signatures.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = gives, [kinds[kind] for kind in takes]
    return loaded


def sounds(
    letters: npt.NDArray[Any], at: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Of many spellings the hashes of skeleton, fold (31 bits) and pattern; `at` has where each begins and the end."""
    count = len(at) - 1
    keys = np.empty(count, dtype=np.uint64)
    folds, patterns = np.empty(count, dtype=np.uint32), np.empty(count, dtype=np.uint32)
    own, begin = np.ascontiguousarray(letters, dtype=np.uint8), np.ascontiguousarray(at, dtype=np.uint64)
    done = library().vg_sounds(
        _SOUNDS, len(_SOUNDS), len(SOUNDS), _at(own), _at(begin), count, _at(keys), _at(folds), _at(patterns)
    )
    if not done:
        raise MemoryError
    return keys, folds, patterns


@lru_cache(maxsize=1 << 16)
def packed(text: str, approximate: bool = False) -> tuple[int, int, int, int] | None:
    """A partial date as four numbers: first and last day (ordinals), first day as year<<9|month<<5|day, last year<<1,
    plus 1 when approximate; None when it is none."""
    try:
        its = span(text)
    except ValueError:
        return None
    first, last = its.first, its.last
    return (
        first.toordinal(),
        last.toordinal(),
        first.year << 9 | first.month << 5 | first.day,
        last.year << 1 | approximate,
    )


def _at(values: npt.NDArray[Any]) -> int:
    return values.ctypes.data


class Columns(NamedTuple):
    """Travellers as columns: what one call of the kernel takes."""

    names: Sequence[str]
    of: npt.NDArray[np.uint32]
    """The traveller of each name."""
    born: npt.NDArray[np.int32]
    """Four numbers a traveller, as `packed`; 0 where unknown."""
    sex: npt.NDArray[np.uint8]
    nation: npt.NDArray[np.uint16]


class Told(NamedTuple):
    """What Python makes of many pieces of names, one after the other."""

    data: npt.NDArray[np.uint8]
    at: npt.NDArray[np.uint64]
    """Where each begins, and the end."""


class Sketches(NamedTuple):
    """What tells at a glance that the spellings of pieces resemble nothing (kernel.c: vg_sketch)."""

    values: npt.NDArray[np.uint64]
    """[spelling, 2]"""
    at: npt.NDArray[np.uint64]
    """Where those of each piece begin, and the end."""


def coded(piece: str) -> bytes:
    """The words of a piece (`names.tokens.pieces_of`) for `Told`."""
    return _told(words_of_piece(piece))


class Kernel:
    """An opened index. Safe to share between threads."""

    def __init__(self, sections: Mapping[str, npt.NDArray[Any]], first_year: int, years: int, budget: int = BUDGET):
        """Raises ValueError when the sections are no index; the text names the check that failed."""
        self._library = library()
        self._kept = [np.ascontiguousarray(sections[name], dtype=kind) for name, kind in SECTIONS.items()]
        pointers = np.array([[_at(one), one.size] for one in self._kept], dtype=np.uint64)
        own = _weights()
        logs = np.array([0, *(round(1000 * math.log2(years)) for years in range(1, 10_001))], dtype=np.int32)
        failed = ctypes.c_int32()
        self._handle = self._library.vg_open(
            _at(pointers), len(SECTIONS), _at(own), len(own), _at(logs), _SOUNDS, len(_SOUNDS), len(SOUNDS), first_year,
            years, budget, ctypes.addressof(failed),
        )  # fmt: skip
        if not self._handle:
            raise MemoryError if failed.value == -1 else ValueError(f"no index: check {failed.value} failed")

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self._library.vg_close(self._handle)

    def screen(self, columns: Columns, cut_lengths: Sequence[int], threshold: int) -> npt.NDArray[np.void]:
        """Rows that reach the threshold: records of traveller, row and millibits, traveller by traveller."""
        lengths = np.fromiter(map(len, columns.names), dtype=np.int64, count=len(columns.names))
        cut = np.isin(lengths, cut_lengths).astype(np.uint8)
        text, at = _joined(columns.names, lengths)
        blob = np.frombuffer(text, dtype=np.uint8) if text else np.zeros(1, dtype=np.uint8)
        room = 1024
        while True:
            self._learn(blob, at, len(columns.names))
            found = np.empty(room, dtype=MATCHES)
            count = self._library.vg_screen(
                self._handle, _at(blob), _at(at), _at(columns.of), _at(cut), len(columns.names), _at(columns.born),
                _at(columns.sex), _at(columns.nation), threshold, _at(found), room, None,
            )  # fmt: skip
            if count == -1:
                raise MemoryError
            if 0 <= count <= room:
                return found[:count]
            room = max(room, count)

    def _learn(self, blob: npt.NDArray[np.uint8], at: npt.NDArray[np.uint64], count: int) -> None:
        most, room = max(256, 8 * count), max(4096, len(blob))
        while True:
            texts, sizes = np.empty(room, dtype=np.uint8), np.empty(most, dtype=np.uint32)
            new = self._library.vg_unknown(self._handle, _at(blob), _at(at), count, _at(texts), _at(sizes), room, most)
            if new < 0:
                raise MemoryError
            place = 0
            for size in sizes[:new].tolist():
                text = texts[place : place + size].tobytes()
                place += size
                data = _told(words_of_piece(_decoded(text)))
                if not self._library.vg_learn(self._handle, text, size, data, len(data)):
                    raise MemoryError
            if new < most:
                return

    def sketches(self, told: Told) -> Sketches:
        """Sketches of the spellings of pieces: the same for every index. Raises as `worths`."""
        at, room = np.empty(len(told.at), dtype=np.uint64), 2 * len(told.at)
        while True:
            own = np.empty((room, 2), dtype=np.uint64)
            count = self._library.vg_sketches(
                self._handle, _at(told.data), _at(told.at), len(told.at) - 1, _at(at), _at(own), room
            )
            if count < 0:
                raise ValueError("no pieces")
            if count <= room:
                return Sketches(own[:count], at)
            room = count

    def worths(self, told: Told, sketches: Sketches | None = None) -> npt.NDArray[np.uint8]:
        """[whole or cut off, piece]: steps of the most that each piece of a vocabulary can be worth (kernel.c:
        vg_worths). sketches: of the same pieces; they save time and change nothing.

        Raises ValueError when the pieces are not as `coded` gives them.
        """
        own = np.zeros((2, len(told.at) - 1), dtype=np.uint8)
        at, values = (_at(sketches.at), _at(sketches.values)) if sketches is not None else (None, None)
        done = self._library.vg_worths(
            self._handle, _at(told.data), _at(told.at), len(told.at) - 1, at, values, _at(own[0]), _at(own[1])
        )
        if done < 0:
            raise MemoryError
        if not done:
            raise ValueError("no pieces")
        return own

    def reverse(
        self,
        parts: npt.NDArray[np.uint64],
        worths: npt.NDArray[np.uint8],
        skeletons: npt.NDArray[np.uint64],
        nations: npt.NDArray[np.int32],
        threshold: int,
    ) -> npt.NDArray[np.uint32]:
        """[found, (partition, row)]: rows that may reach the threshold against the one entry of this index.

        parts: [partition, eight numbers], as `vg_part` of kernel.c; what they point at must outlive the call.
        """
        tables = np.array([_at(worths[0]), _at(worths[1])], dtype=np.uint64)
        room = 1024
        while True:
            found = np.empty((room, 2), dtype=np.uint32)
            count = self._library.vg_reverse(
                self._handle, _at(parts), len(parts), _at(tables), _at(skeletons), len(skeletons), _at(nations),
                len(nations), threshold, _at(found), room,
            )  # fmt: skip
            if count <= room:
                return found[:count]
            room = count

    def told(self) -> dict[str, int]:
        """Words that are remembered, the bytes they take, and how often a word was known or not."""
        out = np.zeros(4, dtype=np.uint64)
        self._library.vg_told(self._handle, _at(out))
        return dict(zip(("words", "bytes", "hits", "misses"), map(int, out), strict=True))


MATCHES: Final = np.dtype([("traveller", np.uint32), ("row", np.uint32), ("millibits", np.int32)])


def _joined(names: Sequence[str], lengths: npt.NDArray[np.int64]) -> tuple[bytes, npt.NDArray[np.uint64]]:
    """The names one after the other, and where each begins and the end."""
    text = "".join(names)
    at = np.zeros(len(names) + 1, dtype=np.uint64)
    if text.isascii() and _IN_DIGITS not in text and (not len(lengths) or lengths.max() <= MOST_LETTERS):
        np.cumsum(lengths, out=at[1:], dtype=np.uint64)
        return text.encode(), at
    rows = [b" ".join(map(_coded, pieces_of(name[:MOST_LETTERS]))) for name in names]
    np.cumsum([len(row) for row in rows], out=at[1:], dtype=np.uint64)
    return b"".join(rows), at


def _coded(piece: str) -> bytes:
    """A piece for the kernel, which parts names at separators: what is read with them goes in digits."""
    if piece.startswith(_IN_DIGITS) or read_together(piece):
        return _IN_DIGITS.encode() + piece.encode("utf-8", "replace").hex().encode()
    return piece.encode("utf-8", "replace")


def _decoded(text: bytes) -> str:
    own = bytes.fromhex(text[1:].decode()) if text.startswith(_IN_DIGITS.encode()) else text
    return own.decode("utf-8", "replace")


def _told(found: Sequence[Word]) -> bytes:
    """The words of a piece as the kernel reads them (kernel.c: vg_learn)."""
    out = bytearray([len(found)])
    for word in found:
        usual = (word.spellings or word.bare)[0]
        flags = (
            bool(words.TITLES.intersection(word.spellings))
            | bool(words.NO_NAME.intersection(word.spellings)) << 1
            | (usual in words.ARTICLES) << 2
            | (usual in words.SERVANT) << 3
        )
        spelled = [*((one, 0) for one in word.spellings), *((one, 1) for one in word.bare)]
        out += bytes([("name", "particle", "initial").index(word.role), flags, len(spelled)])
        for letters, bare in spelled:
            out += bytes([bare, len(letters)]) + letters.encode()
    return bytes(out)
