"""The index of some lists: who may be meant, best first, each with its evidence.

Two engines give the same answers. The kernel (`kernel.c`) finds and scores; the clear engine (`clear.py`) is written
to be read, explains every match, and searches where no kernel can be built.
"""

import datetime as dt
import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Self

import numpy as np

from vigie import __version__
from vigie.errors import IndexFileError
from vigie.matching import arrays, clear, index_file, kernel, population, weights
from vigie.matching.clear import Clear, Scored
from vigie.matching.evidence import Query
from vigie.matching.index_file import IndexFile
from vigie.records import Entry, Match, Watchlist

_LEAST: Final = -(2**30)
_UNKNOWN_NATION: Final = 2**16 - 1
_EXPLAINED: Final = 4096
"""Entries whose taken-apart names are remembered for explaining."""


class _Lists:
    """Lists in memory: what an index file holds."""

    def __init__(self, watchlists: Sequence[Watchlist]) -> None:
        self.lists: Final = tuple(map(index_file.facts, watchlists))
        self.entries: Final = tuple(entry for watchlist in watchlists for entry in watchlist.entries)
        self.entry: Final = {(entry.list, entry.id): entry for entry in self.entries}
        self.by_number: Final = clear.numbers(self.entries)

    @property
    def arrays(self) -> arrays.Arrays:
        return arrays.build(self.entries, population.travellers())


class Index:
    """Entries of any number of lists, ready to be searched. Immutable and safe to share between threads."""

    def __init__(self, lists: Sequence[Watchlist] | IndexFile, *, compiled: bool | None = None) -> None:
        """compiled: True for the kernel or `kernel.NotBuilt`, False for the clear engine, None for what there is."""
        held = lists if isinstance(lists, IndexFile) else _Lists(lists)
        self.lists: Final = held.lists
        self.entries: Final[Sequence[Entry]] = held.entries
        self.entry: Final[Mapping[tuple[str, str], Entry]] = held.entry
        """By list and the list's number."""
        self.list_version: Final = "+".join(f"{one.list}:{one.version[:12]}" for one in self.lists)
        self.engine_version: Final = f"{__version__}:{parameters_digest()[:12]}"
        self._operational = frozenset(one.list for one in self.lists if one.operational)
        self._by_number: clear.Numbers = held.by_number
        self.not_compiled: Final = "asked for" if compiled is False else kernel.missing()
        """Why the clear engine searches; None when the kernel does."""
        if compiled and self.not_compiled is not None:
            raise kernel.NotBuiltError(self.not_compiled)
        self._clear = Clear(self.entries) if self.not_compiled is not None else None
        self.arrays = held.arrays if self._clear is None else None
        self._kernel = self.arrays.opened() if self.arrays is not None else None
        self._one = lru_cache(maxsize=_EXPLAINED)(lambda place: Clear([self.entries[place]]))

    @classmethod
    def opened(cls, path: Path, *, compiled: bool | None = None, verified: bool = False) -> Self:
        """The index that `write` wrote; it answers as the one that was written does.

        verified: also check every byte against the checksums, in a pass over the file. Without a kernel every entry is
        decoded and taken apart, as when the lists are read. Raises IndexFileError for what is no index file, is damaged
        or was built by another engine: here, or later for an entry whose record is damaged.
        """
        held = index_file.opened(path, parameters_digest(), verified=verified)
        try:
            return cls(held, compiled=compiled)
        except ValueError as error:
            raise IndexFileError(f"{path}: is damaged: {error}; build it again with 'vigie index build'") from None

    def write(self, path: Path, created: dt.datetime) -> None:
        """Write the index as a file for `opened`, whole or not at all. Raises as `index_file.write`, and
        `kernel.NotBuiltError` without a kernel, which alone makes the arrays."""
        if self.arrays is None:
            raise kernel.NotBuiltError(self.not_compiled or "")
        contents = index_file.Contents(self.lists, self.entries, self.arrays)
        index_file.write(path, contents, parameters_digest(), created)

    def threshold(self, alerts_per_million: float) -> int:
        """Millibits at which about this many of a million unlisted travellers of a general population alert.

        A sum of log2 likelihood ratios of T or more happens by chance to at most 2**-T of travellers per entry
        (Markov's inequality): over all entries T = log2(entries * 1e6 / alerts). On a general population that bound
        was measured to be too high; `weights.BOUND_SLACK` takes the measured part off. Short lists count as
        `weights.LEAST_ENTRIES`. Travellers whose names come from the lists' own cultures alert more often
        (docs/reference/matching.md). Raises ValueError unless alerts_per_million > 0.
        """
        if not alerts_per_million > 0:
            raise ValueError("alerts per million must be above 0")
        entries = max(weights.LEAST_ENTRIES, len(self.entries))
        bound = math.log2(entries * 1e6) - math.log2(alerts_per_million)
        return max(0, round(1000 * bound) - weights.BOUND_SLACK)

    def probability(self, millibits: int) -> float:
        """Posterior that traveller and entry are one person, with the stated prior and the entries that compete."""
        entries = math.log2(max(weights.LEAST_ENTRIES, len(self.entries)))
        prior = (weights.PRIOR_LISTED + weights.FEW_RESEMBLED) / 1000 - entries
        return 1 / (1 + 2 ** min(1000.0, -(millibits / 1000 + prior)))

    def search(self, query: Query, threshold: float, top: int | None = None) -> tuple[Match, ...]:
        """Matches of at least `threshold` millibits, best first (ties in the order of the lists given), at most `top`.

        Only entries that share a word of a name or a document number with the query are matches. `threshold` may be
        -inf: then the best `top` of them come back.
        `Match.alert` is False where a match rests on a weak alias alone.
        """
        return self.search_all([query], threshold, top)[0]

    def search_all(
        self, queries: Sequence[Query], threshold: float, top: int | None = None
    ) -> tuple[tuple[Match, ...], ...]:
        """As `search`, for many queries at once and much faster than one by one; in the order of the queries."""
        if self._clear is not None:
            self._clear.prepare(queries)
            found: Iterable[Sequence[Scored]] = (self._clear.search(query, threshold, top) for query in queries)
        else:
            found = self._found(queries, threshold, top)
        return tuple(tuple(self._match(scored, threshold) for scored in each) for each in found)

    def compare(self, query: Query, place: int, threshold: float = -math.inf) -> Match | None:
        """The match with one entry, by its place in `entries`, whatever its sum; None when nothing is shared."""
        scored = self._explained(query, place, threshold)
        return self._match(scored, threshold) if scored is not None else None

    def best(self, queries: Sequence[Query], threshold: float) -> tuple[dict[int, int], ...]:
        """For each query the millibits of the entries (by place) that reach the threshold, documents left out.

        Without evidence, so that a million travellers can be counted. Raises `kernel.NotBuiltError` without a kernel.
        """
        if self._kernel is None or self.arrays is None:
            raise kernel.NotBuiltError(self.not_compiled or "")
        found: tuple[dict[int, int], ...] = tuple({} for _ in queries)
        entry_of = self.arrays.sections["form_entry"]
        floor = math.ceil(min(max(threshold, _LEAST), -_LEAST))  # it has 32 bits, and no sum comes near its limits
        rows = self._kernel.screen(self.columns(queries), clear.CUT_LENGTHS, floor)
        places = entry_of[rows["row"]].tolist()
        for traveller, place, millibits in zip(
            rows["traveller"].tolist(), places, rows["millibits"].tolist(), strict=True
        ):
            if millibits > found[traveller].get(place, _LEAST):
                found[traveller][place] = millibits
        return found

    def _found(self, queries: Sequence[Query], threshold: float, top: int | None) -> Iterable[Sequence[Scored]]:
        """The kernel's matches, explained; where more are found than wanted, only those that may be among the best."""
        for query, met in zip(queries, self.best(queries, threshold), strict=True):
            by_number = clear.numbered(query, self._by_number)
            kept = [scored for place in by_number if (scored := self._explained(query, place, threshold)) is not None]
            kept = [scored for scored in kept if scored.millibits >= threshold]
            for place, most in sorted(met.items(), key=lambda one: (-one[1], one[0])):
                if top is not None and len(kept) >= top and most < sorted(one.millibits for one in kept)[-top]:
                    break
                if place in by_number:
                    continue
                scored = self._explained(query, place, threshold)
                if scored is not None and scored.millibits >= threshold:
                    kept.append(scored)
            yield sorted(kept, key=lambda one: (-one.millibits, one.entry))[:top]

    def _explained(self, query: Query, place: int, threshold: float) -> Scored | None:
        scored = self._one(place).compare(query, 0, threshold)
        return scored._replace(entry=place) if scored is not None else None

    def columns(self, queries: Sequence[Query]) -> kernel.Columns:
        """Names and facts of travellers as the kernel takes them; documents are not among them."""
        names = [name for query in queries for name in query.names]
        of = np.repeat(np.arange(len(queries), dtype=np.uint32), [len(query.names) for query in queries])
        born = np.zeros((len(queries), 4), dtype=np.int32)
        for number, query in enumerate(queries):
            if query.birth_date is not None and (packed := kernel.packed(query.birth_date)) is not None:
                born[number] = packed
        sexes = np.array([kernel.SEXES.get(query.sex or "", 0) for query in queries], dtype=np.uint8)
        number_of = self.arrays.nation_numbers() if self.arrays is not None else {}
        nations = [number_of.get(query.nationality, _UNKNOWN_NATION) if query.nationality else 0 for query in queries]
        return kernel.Columns(names, of, born, sexes, np.array(nations, dtype=np.uint16))

    def _match(self, scored: Scored, threshold: float) -> Match:
        entry = self.entries[scored.entry]
        return Match(
            list=entry.list,
            entry=entry.id,
            caption=next((name.name for name in entry.names if name.kind == "primary"), entry.names[0].name),
            matched_name=scored.form.listed.name,
            millibits=scored.millibits,
            probability=self.probability(scored.millibits),
            alert=scored.sure and scored.millibits >= threshold,
            operational=entry.list in self._operational,
            evidence=scored.evidence,
        )


@lru_cache(maxsize=1)
def parameters_digest() -> str:
    """SHA-256 over the source files of names and matching and their tables: what a result depends on."""
    digest = hashlib.sha256()
    for room in ("vigie.names", "vigie.matching"):
        for file in sorted(files(room).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".c", ".tsv")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
