"""One entry against stored travellers, as a multiple of a plain read of one 8-byte column of as many rows. One core.

Travellers are generated: words drawn from the population table by their shares, one in ten with a letter changed so
that the vocabulary has a tail, birth dates even over 1940 to 2009. Two passes are timed apart: over the vocabulary
(what each piece of a name can be worth) and over the rows. Rounds are interleaved; medians are compared.

    PYTHONPATH=src python -m benchmarks.reverse [--rows N] [--rounds N]
"""

import argparse
import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from vigie.matching import Query, arrays, population
from vigie.matching.reverse import Travellers
from vigie.records import Entry, ListedDate, ListedName

THRESHOLD = 13_670
"""Millibits: about 100 alerts per million against 5,000 entries."""


def listed(number: str, *names: str, born: str | None = None) -> Entry:
    return Entry(
        list="invented",
        id=number,
        names=tuple(ListedName(kind="primary", name=text, script="Latn") for text in names),
        birth_dates=(ListedDate(date=born),) if born else (),
    )


ENTRIES = {
    "two words, date": listed("1", "Zubair Kharrachi", born="1979-03-12"),
    "three words, date": listed("2", "Zoubeir Ould Kharrachi", born="1979-03-12"),
    "three common words, date": listed("3", "Muhammad Ali Hassan", born="1980-05-05"),
    "three names of three words, date": listed(
        "4", "Zoubeir Ould Kharrachi", "Abu Tamim al-Shinqiti", "Zubayr Salim Belghoumari", born="1979-03-12"
    ),
    "three words, no date": listed("5", "Zoubeir Ould Kharrachi"),
}


def travellers(count: int, seed: int = 20) -> Iterator[tuple[int, Query]]:
    chance = random.Random(seed)
    shares = {word: float(share.sum()) for word, share in population.table().items() if word.isascii()}
    words, weights = list(shares), np.cumsum(list(shares.values())).tolist()
    for key in range(count):
        drawn = chance.choices(words, cum_weights=weights, k=chance.choice((2, 2, 2, 3, 3, 4)))
        text = " ".join(changed(word, chance) if chance.random() < 0.1 else word for word in drawn).upper()
        born = dt.date(1940, 1, 1) + dt.timedelta(chance.randrange(25_567))
        yield (
            key,
            Query((text,), born.isoformat(), chance.choice(("M", "F")), chance.choice(("FRA", "MAR", "EGY", "ESP"))),
        )


def changed(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice("aeioulmnrst") + word[at + chance.randrange(2) :]


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=2_000_000)
    asked.add_argument("--rounds", type=int, default=9)
    options = asked.parse_args()
    columns = Travellers()
    filled = timed(lambda: columns.add(travellers(options.rows)))
    print(f"{len(columns):,} rows, {columns.pieces:,} pieces, generated and added in {filled:.0f} s")
    column = np.arange(len(columns), dtype=np.uint64)
    for case, entry in ENTRIES.items():
        own = arrays.build([entry], population.travellers()).opened()
        found = columns.reached(entry, THRESHOLD)
        times: dict[str, list[float]] = {"plain read": [], "prepare": [], "whole": []}
        for _ in range(options.rounds):
            times["plain read"].append(timed(column.max))
            times["prepare"].append(timed(partial(columns._worths, own)))
            times["whole"].append(timed(partial(columns.reached, entry, THRESHOLD)))
        read, prepare, whole = (statistics.median(each) for each in times.values())
        print(
            f"{case}: {1000 * whole:.1f} ms, {whole / read:.1f} times a plain read ({1000 * read:.2f} ms);"
            f" of it vocabulary {1000 * prepare:.1f} ms; {len(found):,} left"
        )


if __name__ == "__main__":
    main()
