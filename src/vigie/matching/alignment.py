"""The best way to pair the words of two names, by exhaustive search over small sets.

A unit is one word, or neighbouring words read as one (`seraj uddin` for `serajuddin`). Units pair freely in order:
carriers, lists and documents put family names first or last. What is left over on either side belongs to the pairing:
two names that say all the same are stronger than their words one by one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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


Rest = Callable[[int, int], int]
"""Millibits of what is left over: from how many names of the traveller and of the entry no pair has."""


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


def best(own: Sequence[Word], listed: Sequence[Word], pairs: Iterable[Pair], rest: Rest) -> tuple[Pair, ...]:
    """The set of pairs, no word used twice, whose sum with `rest` is greatest; only pairs that speak for the match.

    Among equal sums the one with the better first pair wins, so that the answer does not depend on the order of
    `pairs`. Beyond `MOST_PAIRS` pairs, which only names that repeat their words have, the best pairs are taken one by
    one instead: never more, and in time.
    """
    ranked = sorted((pair for pair in pairs if pair.millibits > 0), key=lambda pair: (-pair.millibits, *pair))
    if len(ranked) > MOST_PAIRS:
        return _one_by_one(ranked)
    by_start: dict[int, list[Pair]] = {}
    for pair in ranked:
        by_start.setdefault(pair.own.first, []).append(pair)
    return _search([word.role == "name" for word in own], names_in(listed), by_start, rest)


def names_in(words: Sequence[Word]) -> int:
    """Mask of the words that are names: what counts when it is left over."""
    return sum(1 << place for place, word in enumerate(words) if word.role == "name")


def _one_by_one(ranked: Iterable[Pair]) -> tuple[Pair, ...]:
    chosen: list[Pair] = []
    own = listed = 0
    for pair in ranked:
        if not (pair.own.mask & own or pair.listed.mask & listed):
            chosen.append(pair)
            own, listed = own | pair.own.mask, listed | pair.listed.mask
    return tuple(sorted(chosen))


def _search(
    is_name: Sequence[bool], names: int, by_start: Mapping[int, Sequence[Pair]], rest: Rest
) -> tuple[Pair, ...]:
    """From the first word on: for what is used and left so far, the best of what follows."""
    known: dict[tuple[int, int, int], tuple[int, tuple[Pair, ...]]] = {}

    def following(place: int, left: int, used: int) -> tuple[int, tuple[Pair, ...]]:
        if place >= len(is_name):
            return rest(left, (names & ~used).bit_count()), ()
        if (place, left, used) in known:
            return known[place, left, used]
        top = following(place + 1, left + is_name[place], used)
        for pair in by_start.get(place, ()):
            if not pair.listed.mask & used:
                worth, more = following(place + pair.own.size, left, used | pair.listed.mask)
                if pair.millibits + worth > top[0]:
                    top = pair.millibits + worth, (pair, *more)
        known[place, left, used] = top
        return top

    return following(0, 0, 0)[1]
