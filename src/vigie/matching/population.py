"""How surprising a word is in a traveller's name: the rarity that makes `Mohamed` worth little and `Droukdel` much."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np

from vigie.matching import weights
from vigie.matching.similarity import UNWRITTEN_VOWELS, Spelled, Vocabulary
from vigie.names import fold


@lru_cache(maxsize=1)
def travellers() -> "Rarity":
    """Rarity among travellers, built once per process."""
    return Rarity(table())


@lru_cache(maxsize=1)
def table() -> Mapping[str, float]:
    """Share of travellers with each word in their name, from population.tsv (sources and licences in its head)."""
    text = files("vigie.matching").joinpath("population.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {word: float(per_million) / 1e6 for word, per_million in rows}


class Rarity:
    """Rarity of words in a population: the share of travellers with each word.

    It does not depend on the lists screened against, so that a match keeps its score when another entry comes or goes.
    """

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._vocabulary = Vocabulary(Spelled(word, False) for word in shares)
        self._shares = np.array([shares[item.letters] for item in self._vocabulary.words], dtype=np.float64)

    def prepare(self, spelled: Iterable[Spelled]) -> None:
        """Work out many words at once; changes no answer."""
        self._vocabulary.prepare(spelled)

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - one Rarity lives as long as its index
    def millibits(self, spelled: Spelled) -> tuple[int, ...]:
        """For each level of `weights.LEVELS`: -log2 of the share of travellers with a word at that level or better.

        Between 0 and `weights.RAREST_WORD`, never rising from one level to the next.
        """
        alike = self._vocabulary.similar(spelled)
        mass = np.bincount(alike.levels, self._shares[alike.numbers], len(weights.LEVELS)).cumsum().tolist()
        return self._by_level(spelled, mass)

    def run_millibits(self, spelled: Spelled) -> tuple[int, ...]:
        """As `millibits`, of words joined: what resembles them is no word of the population, so only they count."""
        number = self._vocabulary.number.get(Spelled(spelled.letters, False))
        share = float(self._shares[number]) if number is not None else 0.0
        return self._by_level(spelled, [share] * len(weights.LEVELS))

    @staticmethod
    def _by_level(spelled: Spelled, mass: Sequence[float]) -> tuple[int, ...]:
        length = len(fold(spelled.letters))
        rarities: list[int] = []
        for level in range(len(weights.LEVELS)):
            # The population has its vowels: a spelling without them is as common as all that it may stand for.
            told = max(level, UNWRITTEN_VOWELS) if spelled.bare else level
            rarity = _rarity(mass[told], weights.LEVELS[told], length)
            rarities.append(min(rarity, rarities[-1]) if rarities else rarity)
        return tuple(rarities)

    def exact_millibits(self, letters: str) -> int:
        """Rarity of exactly these letters: the first element of `millibits`."""
        number = self._vocabulary.number.get(Spelled(letters, False))
        share = float(self._shares[number]) if number is not None else 0.0
        return _rarity(share, "same_letters", len(fold(letters)))

    @lru_cache(maxsize=1 << 14)  # noqa: B019
    def cut_off_millibits(self, letters: str) -> int:
        """Rarity of a word that begins with these letters."""
        mass = self._shares[self._vocabulary.beginning_with(letters)].sum()
        return _rarity(float(mass), "cut_off", len(letters))


def _rarity(share: float, level: str, sounds: int) -> int:
    chance = 2 ** (weights.CHANCE[level][min(max(sounds, 3), 7) - 3] / 1000)
    return min(weights.RAREST_WORD, round(-1000 * math.log2(min(1.0, share + chance))))
