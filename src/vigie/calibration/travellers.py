"""Invents travellers who are on no list, by culture of naming, in the letters of documents.

The words are those of the engine's own tables (`matching/population.tsv`, `names/cultures.tsv`), as often as the tables
say, and words that the tables lack, made letter by letter after the pairs of the culture. So this is the population
that the engine assumes: it shows whether the sums keep their promise on these lists, not whether the assumption is
right.
A culture here belongs to the generator. No name is put into one.
"""

import datetime as dt
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from vigie.matching import Query, population, weights
from vigie.names import cultures
from vigie.records import Sex

DAY: Final = dt.date(2026, 1, 1)
"""The day on which all of them travel."""
_WORDS: Final = ((1, 0.05), (2, 0.75), (3, 0.15), (4, 0.05))
"""Words of a name and how many have so many: 2.2 on the average, as `weights.WORDS_OF_NAME`."""
_LETTERS: Final = (3, 12)
"""Fewest and most letters of a word that no table has."""
_AGES: Final = (1.0, 90.0, 35.0)
"""Youngest, oldest and commonest, in years."""
_FIRST_OF_JANUARY: Final = 0.03
"""Travellers of whose birth only the year is known, which documents write as the first of January."""
_SEXES: Final[tuple[Sex, Sex]] = ("M", "F")


class _Drawn(NamedTuple):
    """Things to draw, with the running sum of their shares (the last is 1)."""

    things: Sequence[str]
    sums: Sequence[float]

    def one(self, rng: random.Random) -> str:
        return self.things[min(bisect(self.sums, rng.random()), len(self.things) - 1)]


class Invented(NamedTuple):
    """An invented traveller and the culture his name was made after."""

    culture: str
    query: Query


class Inventor:
    """Invents travellers. `random.Random.random` alone is drawn from, whose numbers Python keeps for a seed."""

    def __init__(self, rng: random.Random, without: Sequence[str] = ()) -> None:
        """without: cultures that `travellers` leaves out; `of` still makes them."""
        table, words = cultures.table(), population.table()
        self._rng = rng
        shares = zip(table.names, table.share.tolist(), strict=True)
        self._cultures = _drawn([(name, part) for name, part in shares if name not in without])
        self._words = {
            name: _drawn([(word, parts[place]) for word, parts in words.items() if parts[place] > 0])
            for place, name in enumerate(table.names)
        }
        known = {name: sum(parts[place] for parts in words.values()) for place, name in enumerate(table.names)}
        self._known = {
            name: 1 - max(weights.LEAST_UNKNOWN, 1 - float(part) / weights.WORDS_OF_NAME)
            for name, part in known.items()
        }
        """Part of the words of a name that the table has, as `population.Rarity` takes it."""
        followers = [*cultures.LETTERS, ""]
        self._after = {
            name: [_drawn(list(zip(followers, row, strict=True))) for row in table.pairs[place].tolist()]
            for place, name in enumerate(table.names)
        }
        self._sizes = _drawn([(str(size), part) for size, part in _WORDS])

    def travellers(self, count: int) -> Iterator[Invented]:
        """Travellers of all cultures that are not left out, by their shares."""
        return (self._one(self._cultures.one(self._rng)) for _ in range(count))

    def of(self, culture: str, count: int) -> Iterator[Invented]:
        """Travellers of one culture. Raises KeyError when there is none of this name."""
        return (self._one(culture) for _ in range(count))

    def birth_date(self) -> str:
        """A full day, `YYYY-MM-DD`."""
        youngest, oldest, mode = _AGES
        part, middle = self._rng.random(), (mode - youngest) / (oldest - youngest)
        if part < middle:  # the triangular distribution by its inverse
            age = youngest + (oldest - youngest) * (part * middle) ** 0.5
        else:
            age = oldest - (oldest - youngest) * ((1 - part) * (1 - middle)) ** 0.5
        born = DAY - dt.timedelta(days=int(age * 365.25))
        return f"{born.year}-01-01" if self._rng.random() < _FIRST_OF_JANUARY else born.isoformat()

    def _one(self, culture: str) -> Invented:
        size, words = int(self._sizes.one(self._rng)), dict.fromkeys([self._word(culture)])
        while len(words) < size:
            words[self._word(culture)] = None
        sex = _SEXES[self._rng.random() < 0.5]
        return Invented(culture, Query((" ".join(words).upper(),), self.birth_date(), sex))

    def _word(self, culture: str) -> str:
        if self._rng.random() < self._known[culture]:
            return self._words[culture].one(self._rng)
        while True:
            made, after = "", self._after[culture]
            last = cultures.EDGE
            while len(made) <= _LETTERS[1] and (letter := after[last].one(self._rng)):
                made, last = made + letter, cultures.LETTERS.index(letter)
            if _LETTERS[0] <= len(made) <= _LETTERS[1] and _sayable(made):
                return made


def _sayable(word: str) -> bool:
    """No letter thrice: pairs alone would make such words, and no name has them."""
    return not any(one == other == third for (one, other), third in zip(pairwise(word), word[2:], strict=False))


def _drawn(shares: Sequence[tuple[str, float]]) -> _Drawn:
    total = sum(part for _, part in shares)
    return _Drawn([thing for thing, _ in shares], list(accumulate(float(part) / total for _, part in shares)))
