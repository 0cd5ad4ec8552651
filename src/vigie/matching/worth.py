"""What the words of a listed name are worth when a traveller's name has them.

Only the listed side counts: a word that is rare among travellers says much when it agrees, whatever a traveller's own
spelling of it looks like. So everything here is known when the list is read, and a search only adds.
"""

from collections.abc import Sequence
from itertools import pairwise

from vigie.matching import weights
from vigie.matching.population import Rarity
from vigie.matching.similarity import Spelled
from vigie.names import Word

Worth = tuple[int, ...]
"""Millibits for each level of `weights.LEVELS`."""


def of_word(word: Word, rarity: Rarity, culture: int) -> Worth:
    """Worth of one word of a listed name: what its level says plus a share of its rarity in the culture of the name.

    The least rare of its spellings counts: a further spelling is our reading, and Alvarez without its seeming article
    is a rare word.
    """
    if word.role != "name":
        return (weights.PARTICLE if word.role == "particle" else weights.INITIAL,) * len(weights.LEVELS)
    spelled = [Spelled(letters, False) for letters in word.spellings]
    spelled += [Spelled(letters, True) for letters in word.bare[: 1 if spelled else None]]
    rare = [min(values) for values in zip(*(rarity.millibits(one, culture) for one in spelled), strict=True)]
    return tuple(
        agrees + weights.RARITY * bits // 1000 for agrees, bits in zip(weights.AGREES.values(), rare, strict=True)
    )


def of_run(words: Sequence[Word], worths: Sequence[Worth]) -> Worth:
    """Worth of neighbouring words that were written as one: each at its best, less the level once."""
    best = sum(worth[0] for worth in worths) + boundaries(words)
    return tuple(best + agrees - weights.AGREES[weights.LEVELS[0]] for agrees in weights.AGREES.values())


def boundaries(words: Sequence[Word]) -> int:
    """The charge for reading several words as one: by the first two boundaries of each kind.

    A field without blanks lacks all of them for one reason; around a particle people write either way.
    """
    custom = sum("particle" in (one.role, other.role) for one, other in pairwise(words))
    return weights.JOINED * min(len(words) - 1 - custom, 2) + weights.JOINED_PARTICLE * min(custom, 2)
