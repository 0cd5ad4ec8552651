"""Invented people for benchmarks of size: lists of any length, and travellers of the same making.

Words of names are drawn by naming culture from the population table; a share is made letter by letter from the pairs
of letters of the culture, which gives the long tail of words seen once. About 2.3 names a person; of birth dates 85 in
100 are full, 8 a year, 7 missing.
"""

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Final

from vigie.matching import Query, population
from vigie.names import cultures
from vigie.records import Entry, ListedDate, ListedName, Watchlist

_UNKNOWN: Final = 0.35
"""Share of words that the population table does not have."""
_NAMES: Final = (1, 1, 2, 2, 3, 5)
_WORDS: Final = (2, 2, 3, 3, 3, 4)
_NATIONS: Final = ("MAR", "DZA", "EGY", "IRQ", "TUR", "PAK", "RUS", "FRA", "MEX", "CHN", "PRK", "NGA")


@lru_cache(maxsize=1)
def _known() -> tuple[list[int], list[tuple[list[str], list[float]]]]:
    """Cumulative weights of the cultures, and of each its words with cumulative weights."""
    table = cultures.table()
    words: list[tuple[list[str], list[float]]] = [([], []) for _ in table.names]
    for word, shares in population.table().items():
        for place, share in enumerate(shares):
            if share > 0:
                words[place][0].append(word)
                words[place][1].append(float(share))
    weights = [round(1e6 * share) for share in table.share]
    return list(accumulate(weights)), [(text, list(accumulate(shares))) for text, shares in words]


@lru_cache(maxsize=1)
def _pairs() -> list[list[list[float]]]:
    return [[list(accumulate(row)) for row in rows] for rows in cultures.table().pairs.tolist()]


def _word(chance: random.Random, culture: int) -> str:
    known, weights = _known()[1][culture]
    if chance.random() >= _UNKNOWN:
        return chance.choices(known, cum_weights=weights)[0]
    rows, letters = _pairs()[culture], ""
    signs = (*cultures.LETTERS, "")
    while len(letters) < 14:
        before = cultures.LETTERS.index(letters[-1]) if letters else cultures.EDGE
        sign = chance.choices(signs, cum_weights=rows[before])[0]
        if sign == "" and len(letters) > 3:
            break
        letters += sign
    return letters or "ali"


def _name(chance: random.Random, culture: int) -> str:
    return " ".join(_word(chance, culture) for _ in range(chance.choice(_WORDS))).upper()


def _culture(chance: random.Random) -> int:
    return chance.choices(range(len(_known()[0])), cum_weights=_known()[0])[0]


def _born(chance: random.Random) -> str | None:
    kind, year = chance.random(), chance.randint(1940, 2005)
    if kind < 0.07:
        return None
    return f"{year}" if kind < 0.15 else f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def entries(people: int, seed: int) -> Iterator[Entry]:
    """Listed persons."""
    chance = random.Random(seed)
    for number in range(people):
        culture, born = _culture(chance), _born(chance)
        names = tuple(
            ListedName(kind="alias" if place else "primary", name=_name(chance, culture), script="Latn")
            for place in range(chance.choice(_NAMES))
        )
        yield Entry(
            list="invented",
            id=str(number),
            names=names,
            birth_dates=(ListedDate(date=born),) if born else (),
            sex=chance.choice(("M", "M", "M", "F")),
            nationalities=(chance.choice(_NATIONS),),
        )


def watchlist(people: int, seed: int = 1) -> Watchlist:
    listed = tuple(entries(people, seed))
    return Watchlist(list="invented", format="csv", version="a" * 64, date=None, entries=listed)


def travellers(people: int, seed: int = 2) -> list[Query]:
    """Unlisted travellers with birth date, sex and nationality."""
    chance = random.Random(seed)
    found = []
    for _ in range(people):
        born = f"{chance.randint(1940, 2015)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        name = _name(chance, _culture(chance))
        found.append(Query((name,), born, chance.choice(("M", "F")), chance.choice(_NATIONS)))
    return found
