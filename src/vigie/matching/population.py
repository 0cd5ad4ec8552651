"""How surprising a word is in the names of its culture: what makes `Mohamed` worth little and `Droukdel` much.

Cultures are those of `names.cultures`: customs of naming, told from the listed name alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from vigie.matching import weights
from vigie.matching.similarity import UNWRITTEN_VOWELS, Spelled, Vocabulary
from vigie.names import Word, cultures, fold
from vigie.names.cultures import Floats

_LEVELS: Final = len(weights.LEVELS)
_VOWELS: Final = frozenset("aeiou")


@lru_cache(maxsize=1)
def travellers() -> "Rarity":
    """Rarity among travellers, built once per process."""
    return Rarity(table())


@lru_cache(maxsize=1)
def table() -> Mapping[str, Floats]:
    """Share of each culture's travellers with each word in their name, in the order of `cultures.table().names`.

    From population.tsv (sources and licences in its head).
    """
    place = {name: number for number, name in enumerate(cultures.table().names)}
    text = files("vigie.matching").joinpath("population.tsv").read_text(encoding="utf-8")
    shares: dict[str, Floats] = {}
    for culture, word, per_million in (line.split("\t") for line in text.splitlines() if not line.startswith("#")):
        shares.setdefault(word, np.zeros(len(place)))[place[culture]] = float(per_million) / 1e6
    return shares


class Rarity:
    """Rarity of words in the population of each culture.

    It does not depend on the lists screened against, so that a match keeps its score when another entry comes or goes.
    """

    def __init__(self, shares: Mapping[str, Floats]) -> None:
        self._known = shares
        self._vocabulary = Vocabulary(Spelled(word, False) for word in shares)
        own = np.array([shares[item.letters] for item in self._vocabulary.words])
        self._shares = own + weights.ELSEWHERE * (own @ cultures.table().share)[:, None]
        """Of each word and culture, with a part of the world's: people move, and the table knows some cultures ill."""
        words = weights.WORDS_OF_NAME
        self._unknown = words * np.maximum(weights.LEAST_UNKNOWN, 1 - own.sum(axis=0) / words)
        """Words of a traveller's name that the table lacks, by culture."""
        self._each = self._unknown / (weights.UNSEEN * np.maximum(1, (own > 0).sum(axis=0)))
        """Share of travellers with each of them: where the table has few words, one that it lacks need not be rare."""

    def culture(self, words: Sequence[Word]) -> int:
        """The culture of a listed name, as `cultures.of` tells it from letters and known words."""
        return cultures.of(words, self._known.get)

    def prepare(self, spelled: Iterable[Spelled]) -> None:
        """Work out many words at once; changes no answer."""
        self._vocabulary.prepare(spelled)

    def millibits(self, spelled: Spelled, culture: int) -> tuple[int, ...]:
        """For each level of `weights.LEVELS`: -log2 of the share of a culture's travellers with a word of the level.

        Words at better levels count with it, so it never rises from one level to the next. Between 0 and
        `weights.RAREST_WORD`. culture: a place in `cultures.table().names`.
        """
        return self._millibits(spelled)[culture]

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - one Rarity lives as long as its index
    def _millibits(self, spelled: Spelled) -> tuple[tuple[int, ...], ...]:
        """`millibits` of every culture: the words that resemble a word are the same for all."""
        alike = self._vocabulary.similar(spelled)
        mass = np.zeros((_LEVELS, len(self._unknown)))
        np.add.at(mass, alike.levels, self._shares[alike.numbers])
        share = mass.cumsum(axis=0) + self._unknown * chances(spelled) + self._each
        if spelled.bare:  # the population has its vowels: such a word is as common as all that it may stand for
            share[:UNWRITTEN_VOWELS] = share[UNWRITTEN_VOWELS]
        rarity = np.rint(-1000 * np.log2(np.clip(share, 2 ** (-weights.RAREST_WORD / 1000), 1))).astype(int)
        return tuple(map(tuple, np.minimum.accumulate(rarity).T.tolist()))


def chances(spelled: Spelled) -> Floats:
    """[level, culture]: the chance that a word of a culture that no table has resembles these letters, by its pairs.

    Each level with the better ones. Of an edit the chance is summed over its places and letters, of several edits as
    if they were independent.
    """
    if spelled.bare:
        same = cultures.of_letters(spelled.letters, True)
        return np.tile(same, (_LEVELS, 1))
    sounds = len(fold(spelled.letters))
    same = cultures.of_letters(spelled.letters, False)
    edits = _edits(spelled.letters)
    heard = same * 2 ** (weights.SPELLINGS * sounds / 1000)
    one, two, three = heard * edits, heard * edits**2 / 2, heard * edits**3 / 6
    consonants = "".join(letter for letter in spelled.letters if letter not in _VOWELS)
    bones = cultures.of_letters(consonants, True) if len(consonants) >= 3 else np.zeros(len(same))
    near = one if sounds >= 4 else np.zeros(len(same))
    far = one if sounds == 3 else np.where(sounds >= 6, two, 0) + np.where(sounds >= 10, three, 0)
    by_level = {
        "same_letters": same,
        "same_sound": heard,
        "one_letter": heard + near,
        "unwritten_vowels": heard + near + bones,
        "cut_off": heard + near + bones,
        "distant": heard + near + bones + far,
    }
    return np.array([by_level[level] for level in weights.LEVELS])


def _edits(letters: str) -> Floats:
    """By culture: the chance of all words one edit away over the chance of the word itself."""
    pairs, between = cultures.table().pairs, cultures.table().letter_between
    place = cultures.places(letters)
    followed = pairs[:, place[:-1], place[1:]]
    here = followed[:, :-1] * followed[:, 1:]
    changed = between[:, place[:-2], place[2:]] / here
    dropped = pairs[:, place[:-2], place[2:]] / here
    added = between[:, place[:-1], place[1:]] / followed
    found: Floats = changed.sum(axis=1) + dropped.sum(axis=1) + added.sum(axis=1)
    return found
