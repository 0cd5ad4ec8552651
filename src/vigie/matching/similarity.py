"""Which words of a vocabulary a word resembles, and at which level. The plain, complete way: every word is compared.

Levels are those of `weights.SPELLING`. Distances are optimal string alignment (a swap of neighbours counts one) on
folded spellings.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from vigie.matching import weights
from vigie.names import Word, fold, skeleton
from vigie.names.spelling import pattern, vowels_missing

SAME_LETTERS, SAME_SOUND, ONE_LETTER, UNWRITTEN_VOWELS, CUT_OFF, DISTANT = range(len(weights.LEVELS))
_BATCH: Final = 256
_MOST_REMEMBERED: Final = 200_000
"""Words remembered; a day of a large airport has about half as many distinct ones."""


class Spelled(NamedTuple):
    """One spelling in a vocabulary."""

    letters: str
    bare: bool
    """True when short vowels are missing."""


class Alike(NamedTuple):
    """The words of a vocabulary that a word resembles. Arrays, because millions of them are remembered; read only."""

    numbers: npt.NDArray[np.int32]
    """Ascending."""
    levels: npt.NDArray[np.uint8]
    """The best level of each."""

    def by_number(self) -> dict[int, int]:
        """Level of each number."""
        return dict(zip(self.numbers.tolist(), self.levels.tolist(), strict=True))


class Vocabulary:
    """Distinct spellings, numbered by folded length; fixed once built (it only remembers answers)."""

    def __init__(self, spelled: Iterable[Spelled]) -> None:
        ordered = sorted(set(spelled), key=lambda item: (len(fold(item.letters)), item))
        self.words: Final = tuple(ordered)
        self.number: Final = {item: number for number, item in enumerate(ordered)}
        self._folds = [fold(item.letters) for item in ordered]
        self._lengths = np.array([len(sounds) for sounds in self._folds], dtype=np.int64)
        self._full = np.array([not item.bare for item in ordered], dtype=bool)
        self._by_skeleton: dict[str, list[int]] = defaultdict(list)
        for number, item in enumerate(ordered):
            self._by_skeleton[skeleton(item.letters)].append(number)
        self._similar: dict[Spelled, Alike] = {}
        self._alphabetical = sorted((item.letters, number) for number, item in enumerate(ordered) if not item.bare)

    def __len__(self) -> int:
        return len(self.words)

    def prepare(self, spelled: Iterable[Spelled]) -> None:
        """Work out `similar` for many words at once: one pass over the vocabulary costs little more than one word."""
        new = [item for item in dict.fromkeys(spelled) if item not in self._similar]
        if len(self._similar) + len(new) > _MOST_REMEMBERED:
            self._similar.clear()
        for start in range(0, len(new), _BATCH):
            batch = new[start : start + _BATCH]
            self._similar.update(zip(batch, self._work_out(batch), strict=True))

    def similar(self, spelled: Spelled) -> Alike:
        """All similar words."""
        found = self._similar.get(spelled)
        if found is None:  # another thread may forget what was remembered at any time: nothing is read back
            (found,) = self._work_out([spelled])
            if len(self._similar) >= _MOST_REMEMBERED:
                self._similar.clear()
            self._similar[spelled] = found
        return found

    def of_skeleton(self, bones: str) -> Sequence[int]:
        """Numbers of the words with these consonants, ascending."""
        return self._by_skeleton.get(bones, ())

    def beginning_with(self, letters: str) -> list[int]:
        """Numbers of the longer words that begin with these letters."""
        first = bisect_left(self._alphabetical, (letters + "\0", 0))
        last = bisect_left(self._alphabetical, (letters + "\x7f", 0))
        return [number for _, number in self._alphabetical[first:last]]

    def _work_out(self, batch: Sequence[Spelled]) -> Iterator[Alike]:
        by_distance = self._by_distance([fold(item.letters) for item in batch])
        for item, near in zip(batch, by_distance, strict=True):
            found = self._by_consonants(item)
            if not item.bare:
                for number, level in near:
                    if level < found.get(number, DISTANT + 1):
                        found[number] = level
            own = self.number.get(item)
            if own is not None:
                found[own] = SAME_LETTERS
            numbers = sorted(found)
            levels = [found[number] for number in numbers]
            yield Alike(np.array(numbers, dtype=np.int32), np.array(levels, dtype=np.uint8))

    def _by_distance(self, sounds: Sequence[str]) -> list[list[tuple[int, int]]]:
        """For each folded spelling, the numbers of the full words near it and their levels."""
        answers: list[list[tuple[int, int]]] = [[] for _ in sounds]
        by_length: dict[int, list[int]] = defaultdict(list)
        for place, own in enumerate(sounds):
            by_length[len(own)].append(place)
        for length, places in by_length.items():
            for place, near in zip(places, self._near([sounds[place] for place in places], length), strict=True):
                answers[place] = near
        return answers

    def _near(self, sounds: Sequence[str], length: int) -> Iterator[list[tuple[int, int]]]:
        """As `_by_distance`, for spellings of one length: only words of nearly that length can be near."""
        farthest = _farthest(length)
        first, last = np.searchsorted(self._lengths, (length - farthest, length + farthest + 1))
        if first == last:
            yield from ([] for _ in sounds)
            return
        folds, lengths, full = self._folds[first:last], self._lengths[first:last], self._full[first:last]
        for row in cdist(sounds, folds, scorer=OSA.distance, score_cutoff=farthest, dtype=np.uint8):
            near = np.flatnonzero((row <= farthest) & full)
            levels = _levels(row[near], np.minimum(lengths[near], length))
            kept = levels >= 0
            yield list(zip((near[kept] + first).tolist(), levels[kept].tolist(), strict=True))

    def _by_consonants(self, spelled: Spelled) -> dict[int, int]:
        found: dict[int, int] = {}
        bones = skeleton(spelled.letters)
        sounds = fold(spelled.letters)
        for number in self._by_skeleton.get(bones, ()):
            other = self.words[number]
            if spelled.bare != other.bare:
                bare, full = (sounds, self._folds[number]) if spelled.bare else (self._folds[number], sounds)
                if vowels_missing(bare, full):
                    found[number] = UNWRITTEN_VOWELS
                    continue
            elif spelled.bare and sounds == self._folds[number]:
                found[number] = SAME_SOUND
                continue
            if len(bones.lstrip("A")) >= 3:
                found[number] = DISTANT
        return found


def as_run(one: Spelled, other: Spelled) -> int | None:
    """Level of two spellings with the same skeleton of which one is a run: gluing words changes no letters.

    Only the vowels may differ, where enough agrees besides; None where it does not.
    """
    if one.bare == other.bare and fold(one.letters) == fold(other.letters):
        return SAME_SOUND
    if one.bare or other.bare:
        bones = len(skeleton(one.letters).lstrip("A"))
        return UNWRITTEN_VOWELS if bones >= weights.BARE_CONSONANTS else None
    sounds = pattern(one.letters)
    return ONE_LETTER if len(sounds) >= weights.RUN_SOUNDS and sounds == pattern(other.letters) else None


def _farthest(length: int) -> int:
    """The greatest distance that `_levels` can take for a similarity to a word of this length."""
    return 1 if length < 6 else 2 if length < 10 else 3


def _levels(distance: npt.NDArray[np.uint8], shorter: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Level by distance and by the length of the shorter spelling: one letter of three is much, of ten little.

    -1 where it is no similarity. Same letters and same sound are not told apart here: both are distance 0.
    """
    levels = np.full(distance.shape, -1, dtype=np.int64)
    far = ((distance == 1) & (shorter == 3)) | ((distance == 2) & (shorter >= 6)) | ((distance == 3) & (shorter >= 10))
    levels[far] = DISTANT
    levels[(distance == 1) & (shorter >= 4)] = ONE_LETTER
    levels[distance == 0] = SAME_SOUND
    return levels


def spellings_of(word: Word) -> tuple[Spelled, ...]:
    """The vocabulary spellings of one word of a name."""
    return (*(Spelled(s, False) for s in word.spellings), *(Spelled(s, True) for s in word.bare))
