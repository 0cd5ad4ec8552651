"""Reverse screening: a new or changed entry against many stored travellers, with the recall of a search forward.

Travellers are kept as columns, in a partition for each year of birth. An entry first says of every different piece of
their names the most that it can be worth; one pass over the rows then leaves those who may reach the threshold, never
too few, and these are searched forward. The bound is stated in `kernel.c` (`vg_reverse`).
"""

import contextlib
import hashlib
import math
import os
import tempfile
import threading
import zipfile
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from vigie.errors import IndexFileError
from vigie.matching import arrays, clear, documents, kernel, population, weights
from vigie.matching.evidence import Query
from vigie.matching.forms import joined_runs
from vigie.matching.index import Index
from vigie.names import words_of
from vigie.names.tokens import MOST_LETTERS, MOST_WORDS, pieces_of
from vigie.records import Entry, Match, Watchlist

Asked = Callable[[Sequence[int]], Iterable[Query | None]]
"""The travellers of some keys, in that order; None for one who is no longer there."""

_MORE: Final = 1 << 31
_PIECES: Final = 4
_LONG: Final = 31
_SINGLE: Final = 1 << 17
_MOST_NATIONS: Final = 1 << 14
_LEAST: Final = -(2**30)
_FORMAT: Final = 1
_DIGEST: Final = 16
_KINDS: Final[dict[str, tuple[Any, int]]] = {
    "keys": (np.uint64, 1),
    "pieces": (np.uint32, _PIECES),
    "glued": (np.uint64, 1),
    "facts": (np.uint32, 1),
    "born": (np.int32, 4),
}
"""Columns of a partition: what they hold, and how many of it a row. Without a full date of birth also `born`."""


class _Column:
    """An array that grows at its end; what it leaves is overwritten."""

    def __init__(self, kind: Any, width: int = 1) -> None:
        self._held = np.zeros((16, width) if width > 1 else 16, dtype=kind)
        self.count = 0

    @property
    def values(self) -> npt.NDArray[Any]:
        return self._held[: self.count]

    def extend(self, more: npt.NDArray[Any]) -> None:
        count = self.count + len(more)
        if count > len(self._held):
            grown = np.zeros((max(count, 2 * len(self._held)), *self._held.shape[1:]), dtype=self._held.dtype)
            grown[: self.count] = self.values
            self._held[:] = 0
            self._held = grown
        self._held[self.count : count] = more
        self.count = count

    def keep(self, kept: npt.NDArray[np.bool_]) -> None:
        rest = self.values[kept]
        self._held[: self.count] = 0
        self._held[: len(rest)] = rest
        self.count = len(rest)


class _Part:
    """The rows of one year of birth; year 0 has those with any other date or none."""

    def __init__(self, year: int) -> None:
        self.year: Final = year
        self.columns: Final = {
            name: _Column(kind, width) for name, (kind, width) in _KINDS.items() if name != "born" or not year
        }
        self.more: Final = _Column(np.uint32)
        """The pieces beyond a row's own: their number, then they."""

    def __len__(self) -> int:
        return self.columns["keys"].count

    def extend(self, rows: dict[str, npt.NDArray[Any]], pieces: Sequence[Sequence[int]]) -> None:
        """pieces: of each row all; at most four stand in the row, else three and the place of the others."""
        own = np.zeros((len(pieces), _PIECES), dtype=np.uint32)
        for place, numbers in enumerate(pieces):
            if len(numbers) <= _PIECES:
                own[place, : len(numbers)] = numbers
            else:
                own[place] = (*numbers[: _PIECES - 1], _MORE | self.more.count)
                rest = numbers[_PIECES - 1 :]
                self.more.extend(np.array([len(rest), *rest], dtype=np.uint32))
        for name, column in self.columns.items():
            column.extend(own if name == "pieces" else rows[name])

    def all_pieces(self) -> list[list[int]]:
        """Of each row the pieces."""
        found = []
        for row in self.columns["pieces"].values.tolist():
            if row[-1] & _MORE:
                place = row.pop() ^ _MORE
                row += self.more.values[place + 1 : place + 1 + int(self.more.values[place])].tolist()
            found.append([number for number in row if number])
        return found

    def remove(self, keys: npt.NDArray[np.uint64]) -> int:
        gone = np.isin(self.columns["keys"].values, keys)
        if not gone.any():
            return 0
        last = self.columns["pieces"].values[gone, -1]
        for place in (last[last >= _MORE] ^ np.uint32(_MORE)).tolist():
            self.more.values[place : place + 1 + int(self.more.values[place])] = 0
        for column in self.columns.values():
            column.keep(~gone)
        return int(gone.sum())

    def told(self) -> list[int]:
        at = {name: column.values.ctypes.data for name, column in self.columns.items()}
        own = [self.year, len(self), at["pieces"], at["glued"], at["facts"], at.get("born", 0)]
        return [*own, self.more.values.ctypes.data, self.more.count]


class Travellers:
    """Stored travellers as columns, against which an entry is screened. Safe to share between threads.

    **The columns are names.** Whoever masks or deletes a traveller calls `remove` with the key, which overwrites the
    rows; `compact` then overwrites the pieces of names that no row has any more. A saved file holds what the object
    held: save again after either. Of a name are kept the spellings of its pieces in their order, marks of neighbours
    read as one, and whether it was cut off; of a piece as it was written, a digest; of document numbers, digests that
    anyone can compute. What the interpreter had copied while a traveller was added lies outside of these columns.
    """

    def __init__(self) -> None:
        """Raises `kernel.NotBuiltError`: the clear engine has no pass over rows."""
        kernel.library()
        self._lock = threading.Lock()
        self._parts: dict[int, _Part] = {}
        self._documents: dict[str, _Column] = {"documents": _Column(np.uint64), "document_keys": _Column(np.uint64)}
        self._nations: dict[str, int] = {}
        self._empty_vocabulary()

    def _empty_vocabulary(self) -> None:
        """Piece 0 is none: what a row of fewer pieces is filled up with."""
        self._number: dict[bytes, int] = {bytes(_DIGEST): 0}
        self._told, self._told_at, self._words = bytearray(1), array("Q", [0, 1]), array("H", [0])
        self._sketches, self._sketch_at = _Column(np.uint64, 2), _Column(np.uint64)

    def __len__(self) -> int:
        """Rows: a traveller has one for each of his names."""
        return sum(map(len, self._parts.values()))

    @property
    def pieces(self) -> int:
        """Different pieces of names that are held."""
        return len(self._number) - 1

    def add(self, travellers: Iterable[tuple[int, Query]]) -> None:
        """Add travellers by keys of the caller's, 0 to 2**64-1. Remove a traveller who changed before.

        Whose key is added twice is kept twice, and is met as either.
        """
        rows: list[tuple[int, int, tuple[int, int, int, int], int, list[int]]] = []
        runs, of_run = [], array("I")
        with self._lock:
            for key, query in travellers:
                self._add_documents(key, query)
                year, born, known = self._facts(query)
                for name in query.names:
                    pieces = [self._piece(piece) for piece in pieces_of(name[:MOST_LETTERS])]
                    words = sum(self._words[number] for number in pieces)
                    facts = known | (len(name) in clear.CUT_LENGTHS) << 11 | min(words, _LONG) << 12
                    if words > MOST_WORDS:
                        facts |= _LONG << 12
                    if all(self._words[number] == 1 for number in pieces):
                        facts |= _SINGLE
                    for _, spellings in joined_runs(words_of(name), turned=False):
                        runs += [spelled.letters for spelled in spellings]
                        of_run.extend([len(rows)] * len(spellings))
                    rows.append((year, key, born, facts, pieces))
            self._extend(rows, _glued(runs, of_run, len(rows)))

    def _extend(
        self, rows: list[tuple[int, int, tuple[int, int, int, int], int, list[int]]], glued: npt.NDArray[np.uint64]
    ) -> None:
        order = sorted(range(len(rows)), key=lambda place: rows[place][0])
        for year, group in groupby(order, key=lambda place: rows[place][0]):
            places = list(group)
            _, keys, born, facts, pieces = zip(*(rows[place] for place in places), strict=True)
            columns: dict[str, npt.NDArray[Any]] = {
                "keys": np.array(keys, dtype=np.uint64),
                "glued": glued[places],
                "facts": np.array(facts, dtype=np.uint32),
                "born": np.array(born, dtype=np.int32),
            }
            self._parts.setdefault(year, _Part(year)).extend(columns, pieces)

    def _piece(self, piece: str) -> int:
        digest = hashlib.blake2b(piece.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
        number = self._number.get(digest)
        if number is None:
            number = self._number[digest] = len(self._number)
            coded = kernel.coded(piece)
            self._told += coded
            self._told_at.append(len(self._told))
            self._words.append(coded[0])
        return number

    def _facts(self, query: Query) -> tuple[int, tuple[int, int, int, int], int]:
        """Partition, packed date and packed facts."""
        born = kernel.packed(query.birth_date) if query.birth_date is not None else None
        single = born is not None and born[0] == born[1]
        nation = self._nations.setdefault(query.nationality, len(self._nations) + 1) if query.nationality else 0
        if nation >= _MOST_NATIONS:
            raise ValueError("more nationalities than the columns can number")
        facts = kernel.SEXES.get(query.sex or "", 0) << 9 | nation << 18
        if born is None:
            return 0, (0, 0, 0, 0), facts
        return (born[2] >> 9, born, facts | born[2] & 511) if single else (0, born, facts)

    def _add_documents(self, key: int, query: Query) -> None:
        numbers = {number for one in query.documents if (number := documents.key(one.number)) is not None}
        if numbers:
            self._documents["documents"].extend(np.array([_digest(number) for number in numbers], dtype=np.uint64))
            self._documents["document_keys"].extend(np.full(len(numbers), key, dtype=np.uint64))

    def remove(self, keys: Collection[int]) -> int:
        """Overwrite the rows and documents of these travellers; the rows that there were.

        It reads all rows once, so give many keys together. What the rows alone had of the vocabulary goes in `compact`.
        """
        gone = np.fromiter(keys, dtype=np.uint64, count=len(keys))
        with self._lock:
            kept = ~np.isin(self._documents["document_keys"].values, gone)
            for column in self._documents.values():
                column.keep(kept)
            return sum(part.remove(gone) for part in self._parts.values())

    def compact(self) -> int:
        """Overwrite the pieces of names that no row has any more, and number the others anew; how many went."""
        with self._lock:
            pieces = {year: part.all_pieces() for year, part in self._parts.items() if len(part)}
            used = {number for rows in pieces.values() for row in rows for number in row}
            gone, numbers, told, at = self.pieces - len(used), self._number, self._told, self._told_at
            sketches = self._sketches
            self._empty_vocabulary()
            new = {0: 0}
            for digest, number in numbers.items():
                if number in used:
                    new[number] = self._number[digest] = len(self._number)
                    self._told += told[at[number] : at[number + 1]]
                    self._told_at.append(len(self._told))
                    self._words.append(told[at[number]])
            told[:] = bytes(len(told))
            sketches.keep(np.zeros(sketches.count, dtype=bool))
            for year, part in self._parts.items():
                self._parts[year] = fresh = _Part(year)
                if len(part):
                    columns = {name: column.values for name, column in part.columns.items()}
                    fresh.extend(columns, [[new[number] for number in row] for row in pieces[year]])
                for column in (*part.columns.values(), part.more):
                    column.keep(np.zeros(column.count, dtype=bool))
            return gone

    def reached(self, entry: Entry, threshold: float) -> list[int]:
        """Keys, ascending, of the travellers who may reach the threshold (millibits): all who do, and few others.

        threshold may be -inf: then all come who may share a word or a document number.
        """
        held = arrays.build([entry], population.travellers())
        own = held.opened()
        floor = math.ceil(min(max(threshold, _LEAST), -_LEAST))
        skeletons = _marks(np.unique(held.sections["bone_keys"]))
        digests = np.array([_digest(number) for number in clear.numbers([entry])], dtype=np.uint64)
        with self._lock:
            nations = np.zeros(len(self._nations) + 1, dtype=np.int32)
            if entry.nationalities:
                for nation, number in self._nations.items():
                    nations[number] = weights.NATIONALITY["same" if nation in entry.nationalities else "different"]
            parts = [part for part in self._parts.values() if len(part)]
            told = np.array([part.told() for part in parts], dtype=np.uint64).reshape(-1, 8)
            found = own.reverse(told, self._worths(own), skeletons, nations, floor)
            keys = [
                parts[part].columns["keys"].values[found[found[:, 0] == part, 1]] for part in np.unique(found[:, 0])
            ]
            keys += [self._documents["document_keys"].values[self._documents["documents"].values == d] for d in digests]
        return sorted({key for some in keys for key in some.tolist()})

    def screen(self, entry: Entry, threshold: float, asked: Asked) -> dict[int, Match]:
        """By key the travellers whom a search with `Index([a list of this entry alone])` matches, with the match.

        asked: gives the travellers of keys as they were added. Their probability is that of the shortest list.
        """
        keys = self.reached(entry, threshold)
        alone = Watchlist(list=entry.list, format="csv", version="", date=None, entries=(entry,))
        there = [(key, query) for key, query in zip(keys, asked(keys), strict=True) if query is not None]
        found = Index([alone], compiled=True).search_all([query for _, query in there], threshold)
        return {key: matches[0] for (key, _), matches in zip(there, found, strict=True) if matches}

    def _worths(self, own: kernel.Kernel) -> npt.NDArray[np.uint8]:
        """What each piece can be worth; new pieces are sketched first."""
        told, done = self._vocabulary(), max(0, self._sketch_at.count - 1)
        if done < len(told.at) - 1:
            new = own.sketches(kernel.Told(told.data, told.at[done:]))
            self._sketch_at.keep(np.arange(self._sketch_at.count) < done)
            self._sketch_at.extend(new.at + np.uint64(self._sketches.count))
            self._sketches.extend(new.values)
        return own.worths(told, kernel.Sketches(self._sketches.values, self._sketch_at.values))

    def _vocabulary(self) -> kernel.Told:
        """A view: it must go before the vocabulary grows."""
        return kernel.Told(np.frombuffer(self._told, dtype=np.uint8), np.frombuffer(self._told_at, dtype=np.uint64))

    # -- one file ------------------------------------------------------------------------------------------------------

    def save(self, path: Path) -> None:
        """Write all columns to one file, whole or not at all, for its owner alone. Raises OSError."""
        with self._lock:
            told = self._vocabulary()
            held: dict[str, npt.NDArray[Any]] = {
                "format": np.array([_FORMAT]),
                "told": told.data,
                "told_at": told.at,
                "digests": np.frombuffer(b"".join(self._number), dtype=np.uint8),
                "nations": np.array(list(self._nations), dtype=np.str_),
                **{name: column.values for name, column in self._documents.items()},
            }
            for year, part in self._parts.items():
                held |= {f"{year}.{name}": column.values for name, column in part.columns.items()}
                held[f"{year}.more"] = part.more.values
            number, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
            try:
                with os.fdopen(number, "wb") as file:
                    np.savez(file, allow_pickle=False, **held)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(path)
            except BaseException:  # whatever ends it, names are left in no stray file; it is raised again
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise

    @classmethod
    def opened(cls, path: Path) -> Self:
        """The travellers that `save` wrote. Raises OSError, and IndexFileError for what is no such file or damaged."""
        try:
            with np.load(path, allow_pickle=False) as held:
                return cls._read({name: held[name] for name in held.files})
        except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise IndexFileError(f"{path}: holds no travellers: {error}; add them again from the store") from None

    @classmethod
    def _read(cls, held: dict[str, npt.NDArray[Any]]) -> Self:
        own = cls()
        if held["format"].tolist() != [_FORMAT]:
            raise ValueError("another format")
        digests, at = held["digests"].astype(np.uint8).tobytes(), held["told_at"].astype(np.int64)
        own._told[:] = held["told"].astype(np.uint8).tobytes()
        own._number = {digests[place : place + _DIGEST]: place // _DIGEST for place in range(0, len(digests), _DIGEST)}
        _check(len(at) == len(own._number) + 1 == len(digests) // _DIGEST + 1, "its vocabulary")
        _check(at[0] == 0 and at[-1] == len(own._told) and bool((np.diff(at) > 0).all()), "its vocabulary")
        own._told_at = array("Q", at.tolist())
        own._words = array("H", [own._told[place] for place in at[:-1].tolist()])
        own._nations = {nation: number for number, nation in enumerate(held["nations"].tolist(), 1)}
        for name, column in own._documents.items():
            column.extend(held[name].astype(np.uint64))
        _check(len({column.count for column in own._documents.values()}) == 1, "its documents")
        for year in sorted({int(name.partition(".")[0]) for name in held if "." in name}):
            own._parts[year] = own._part(year, held)
        return own

    def _part(self, year: int, held: dict[str, npt.NDArray[Any]]) -> _Part:
        part = _Part(year)
        _check(0 <= year <= 9999, "a year")
        for name, column in part.columns.items():
            column.extend(held[f"{year}.{name}"].astype(_KINDS[name][0]))
        part.more.extend(held[f"{year}.more"].astype(np.uint32))
        _check(len({column.count for column in part.columns.values()}) == 1, "its rows")
        pieces, more, limit = part.columns["pieces"].values, part.more.values, len(self._number)
        beyond = pieces[pieces[:, -1] >= _MORE, -1] ^ np.uint32(_MORE)
        _check(bool((pieces[:, :-1] < limit).all()), "a piece")
        _check(bool((pieces[pieces[:, -1] < _MORE, -1] < limit).all()), "a piece")
        for place in beyond.tolist():
            _check(place < len(more) and place + 1 + int(more[place]) <= len(more), "a long name")
            _check(bool((more[place + 1 : place + 1 + int(more[place])] < limit).all()), "a long name")
        _check(int(part.columns["facts"].values.max(initial=0)) >> 18 <= len(self._nations), "a nationality")
        return part


def _check(good: bool, what: str) -> None:
    if not good:
        raise ValueError(f"{what} is damaged")


def _marks(hashes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Two bits for each hash of a skeleton: a run that is glued into a listed word has both of the word's."""
    one, low = np.uint64(1), np.uint64(63)
    return one << (hashes & low) | one << (hashes >> np.uint64(6) & low)


def _glued(runs: Sequence[str], of_run: "array[int]", count: int) -> npt.NDArray[np.uint64]:
    """For each row the marks of all its runs."""
    marks = np.zeros(count, dtype=np.uint64)
    if runs:
        at = np.zeros(len(runs) + 1, dtype=np.uint64)
        np.cumsum([len(run) for run in runs], out=at[1:], dtype=np.uint64)
        keys, _, _ = kernel.sounds(np.frombuffer("".join(runs).encode(), dtype=np.uint8), at)
        np.bitwise_or.at(marks, np.frombuffer(of_run.tobytes(), dtype=np.uint32), _marks(keys))
    return marks


def _digest(number: str) -> int:
    return int.from_bytes(hashlib.blake2b(number.encode(), digest_size=8).digest(), "little")
