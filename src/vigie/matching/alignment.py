"""The best way to pair the words of two names, by exhaustive search over small sets.

A unit is one word, or neighbouring words read as one (`seraj uddin` for `serajuddin`). Units pair freely in order:
carriers, lists and documents put family names first or last.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from vigie.names import Word

MOST_PAIRS: Final = 60
"""Pairs among which the best set is searched exhaustively."""


class Unit(NamedTuple):
    """A word or a run of neighbouring words of one name."""

    first: int
    size: int

    @property
    def mask(self) -> int:
        return ((1 << self.size) - 1) << self.first


class Pair(NamedTuple):
    """A unit of each name, joined at a level, and what that is worth."""

    own: Unit
    listed: Unit
    level: str
    millibits: int


def units(words: Sequence[Word]) -> tuple[Unit, ...]:
    """The runs of neighbouring words that are read as one word somewhere.

    Single words, runs of two, runs of three around a particle (`abd al malik`), and what carriers glue into one
    field: the whole name, and all of it but the first or the last one or two words (the family name).
    """
    count = len(words)
    found = {Unit(first, 1) for first in range(count)} | {Unit(first, 2) for first in range(count - 1)}
    found |= {Unit(first, 3) for first in range(count - 2) if words[first + 1].role == "particle"}
    for size in range(max(3, count - 2), count + 1):
        found |= {Unit(0, size), Unit(count - size, size)} if size <= count else set()
    return tuple(sorted(found, key=lambda unit: (unit.size, unit.first)))


def best(own_words: int, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """The set of pairs, no word used twice, with the greatest sum; only pairs that speak for the match are used.

    own_words: number of words on the traveller's side. Among equal sums the one with the better first pair wins, so
    that the answer does not depend on the order of `pairs`. Beyond `MOST_PAIRS` pairs, which only names that repeat
    their words have, the best pairs are taken one by one instead: never more, and in time.
    """
    ranked = sorted((pair for pair in pairs if pair.millibits > 0), key=lambda pair: (-pair.millibits, *pair))
    if len(ranked) > MOST_PAIRS:
        return _one_by_one(ranked)
    by_start: dict[int, list[Pair]] = {}
    for pair in ranked:
        by_start.setdefault(pair.own.first, []).append(pair)
    return _search(own_words, by_start)


def _one_by_one(ranked: Iterable[Pair]) -> tuple[Pair, ...]:
    chosen: list[Pair] = []
    own = listed = 0
    for pair in ranked:
        if not (pair.own.mask & own or pair.listed.mask & listed):
            chosen.append(pair)
            own, listed = own | pair.own.mask, listed | pair.listed.mask
    return tuple(sorted(chosen))


def _search(own_words: int, by_start: Mapping[int, Sequence[Pair]]) -> tuple[Pair, ...]:
    """From the last word back: for each place and each set of listed words already used, the best of what follows."""
    known: dict[tuple[int, int], tuple[int, tuple[Pair, ...]]] = {}

    def rest(place: int, used: int) -> tuple[int, tuple[Pair, ...]]:
        if place >= own_words:
            return 0, ()
        if (place, used) in known:
            return known[place, used]
        top = rest(place + 1, used)
        for pair in by_start.get(place, ()):
            if not pair.listed.mask & used:
                worth, following = rest(place + pair.own.size, used | pair.listed.mask)
                if pair.millibits + worth > top[0]:
                    top = pair.millibits + worth, (pair, *following)
        known[place, used] = top
        return top

    return rest(0, 0)[1]
