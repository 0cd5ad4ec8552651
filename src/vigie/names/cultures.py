"""Naming cultures: among whose travellers a listed name's words are counted.

A culture here is a custom of naming, told from the letters of a NAME. It says nothing about anybody's origin,
religion or ethnicity, and nobody is put into one: it is asked of listed names only, to know how common their words
are where such names are common. It is no criterion, is kept with no traveller and is shown to nobody.

cultures.tsv holds, for each culture, its share of travellers and how often one letter follows another in its words
(`tools/make_population.py` makes it and has the countries of each culture).
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.names.tokens import Word

Floats = npt.NDArray[np.float64]
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
EDGE: Final = len(LETTERS)
"""Place of the beginning and the end of a word in a table of pairs."""
_KNOWN: Final = 15.0
"""A word that a culture is known to have is up to 16 times as likely there as its letters say."""
_VOWELS: Final = [LETTERS.index(letter) for letter in "aeiou"]


class Cultures(NamedTuple):
    """What cultures.tsv holds; arrays have one row for each culture, in the order of `names`."""

    names: tuple[str, ...]
    share: Floats
    """Share of travellers; sums to 1."""
    pairs: Floats
    """[culture, letter, next letter]: share of the letter's followers; rows sum to 1."""
    letter_between: Floats
    """As `pairs`, with one letter, whichever, between the two."""
    vowels_between: Floats
    """As `pairs`, with any number of vowels between the two letters: the pairs of unvocalised writing."""


@lru_cache(maxsize=1)
def table() -> Cultures:
    """cultures.tsv, read once per process."""
    text = files("vigie.names").joinpath("cultures.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    share = {row[0]: float(row[2]) for row in rows if row[1] == "share"}
    names = tuple(share)
    logs = np.array([[float(value) for value in row[2:]] for row in rows if row[1] != "share"])
    pairs = np.exp2(logs.reshape(len(names), EDGE + 1, EDGE + 1))
    pairs /= pairs.sum(axis=2, keepdims=True)
    between = pairs[:, :, :EDGE] @ pairs[:, :EDGE, :]
    return Cultures(names, np.array(list(share.values())), pairs, between, _vowels_between(pairs))


def _vowels_between(pairs: Floats) -> Floats:
    """Sum over all rows of vowels: pairs + into (1 - among)^-1 out of."""
    into, out_of = pairs[:, :, _VOWELS], pairs[:, _VOWELS, :]
    among = pairs[:, _VOWELS][:, :, _VOWELS]
    found: Floats = pairs + into @ np.linalg.solve(np.eye(len(_VOWELS)) - among, out_of)
    return found


def places(letters: str) -> npt.NDArray[np.int64]:
    """Places in the tables of the letters of an a-z word, with its two edges."""
    return np.array([EDGE, *(LETTERS.index(letter) for letter in letters), EDGE], dtype=np.int64)


@lru_cache(maxsize=1 << 16)
def of_letters(letters: str, bare: bool) -> Floats:
    """For each culture, the probability that a word of it has these letters (a-z).

    bare: the letters of a word written without short vowels; any vowels may stand between them. Read only.
    """
    place = places(letters)
    pairs = table().vowels_between if bare else table().pairs
    found: Floats = pairs[:, place[:-1], place[1:]].prod(axis=1)
    found.flags.writeable = False
    return found


def familiar(shares: Floats | None) -> Floats:
    """For each culture, how much more likely a word is than its letters say, as it is known there.

    shares: of travellers with the word, by culture; None for a word that no culture is known to have. Bounded, since
    no table has all words: a name that the ranks of one country have and those of another lack may stand in both.
    """
    if shares is None:
        return np.ones(1)
    found: Floats = 1 + _KNOWN * shares / shares.max()
    return found


def of(words: Sequence[Word], known: Callable[[str], Floats | None]) -> int:
    """The culture of a whole name: its place in `table().names`.

    Naive Bayes over the words of the name (initials and particles left out), with the share of travellers as the
    prior. `known` gives the shares of travellers with a word, by culture, or None. Deterministic: the first of equals.
    """
    logs = np.log2(table().share)
    for word in words:
        if word.role == "name":
            # Where short vowels are lacking, the letters stand for all that they may be.
            letters = (word.spellings or word.bare)[0]
            logs = logs + np.log2(of_letters(letters, not word.spellings) * familiar(known(letters)))
    return int(np.argmax(logs))
