"""How often a spelling read from another script is the one people write in Latin letters.

Needs the test data folder: name words of persons in Wikidata (names that Hebrew, Hangul, katakana and Han characters
transcribe, mostly foreign ones), and popular names of countries with their own romanisation. A pair counts as `same`
when a spelling has the fold of the Latin word, as `near` when a letter of it differs or only vowels that the script
leaves out are missing.

    PYTHONPATH=src python -m benchmarks.spellings [--every N] [--misses SCRIPT]
"""

import argparse
import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, product
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from benchmarks import common
from vigie.names import fold, script_of, words_of
from vigie.names.spelling import vowels_missing

_PAIRS: Final = ("hebrew", "korean", "katakana", "chinese", "russian", "arabic")
_POPULAR: Final = ("popular_forenames_by_country.csv", "popular_surnames_by_country.csv")
_MOST_JOINED: Final = 400


class Pair(NamedTuple):
    group: str
    latin: tuple[str, ...]
    """Folded; any of them will do."""
    original: str


def wikidata(every: int) -> Iterator[Pair]:
    for language in _PAIRS:
        path = common.DATA / "names" / f"pairs_wikidata_{language}_latin.tsv"
        with path.open(encoding="utf-8") as file:
            for line in islice(file, 1, None, every):
                latin, original, _ = line.rstrip("\n").split("\t")
                yield Pair(f"Wikidata, {language}", _folds([latin]), original)


def popular() -> Iterator[Pair]:
    for name in _POPULAR:
        with (common.DATA / "names" / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                own, latin = row["Localized Name"], row["Romanized Name"]
                if script_of(own) not in ("Latn", "Zyyy"):
                    yield Pair(f"popular, {script_of(own)}", _folds(latin.replace("/", ",").split(",")), own)


def _folds(written: list[str]) -> tuple[str, ...]:
    joined = ("".join(word.spellings[0] for word in words_of(name) if word.spellings) for name in written)
    return tuple(fold(letters) for letters in joined if letters)


def spelled(name: str) -> tuple[set[str], set[str]]:
    """Folds of the whole name in all its spellings: with their vowels, and without."""
    words = [[(one, False) for one in word.spellings] + [(one, True) for one in word.bare] for word in words_of(name)]
    if math.prod(map(len, words)) > _MOST_JOINED:
        words = [word[:3] for word in words]
    full: set[str] = set()
    bare: set[str] = set()
    for row in islice(product(*words), _MOST_JOINED):
        (bare if any(lacking for _, lacking in row) else full).add(fold("".join(one for one, _ in row)))
    return full, bare


def likeness(pair: Pair) -> str:
    full, bare = spelled(pair.original)
    if not (full | bare).isdisjoint(pair.latin):
        return "same"
    near = any(OSA.distance(one, other, score_cutoff=1) <= 1 for one in full | bare for other in pair.latin)
    lacking = any(vowels_missing(one, other) for one in bare for other in pair.latin)
    return "near" if near or lacking else "other"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--every", type=int, default=1, metavar="N", help="every Nth pair of Wikidata")
    arguments.add_argument("--misses", metavar="SCRIPT", help="print what is not found of a group whose name ends so")
    chosen = arguments.parse_args()
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"same": 0, "near": 0, "other": 0})
    for pair in (*wikidata(chosen.every), *popular()):
        if pair.latin:
            found = likeness(pair)
            counts[pair.group][found] += 1
            if found == "other" and chosen.misses and pair.group.endswith(chosen.misses):
                print(f"  {pair.original} {pair.latin}")
    for group, count in counts.items():
        pairs = sum(count.values())
        print(
            f"{group}: {pairs} pairs, same {count['same'] / pairs:.3f}, same or near {1 - count['other'] / pairs:.3f}"
        )


if __name__ == "__main__":
    main()
