"""The names of a set of lists, taken apart once: forms, their words and units, and postings from item to form.

An item is a spelling of a word or run as lists have it, with what it is worth: what a traveller's word is looked up in.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.matching import worth
from vigie.matching.alignment import Unit, units
from vigie.matching.population import Rarity
from vigie.matching.similarity import Spelled, Vocabulary, spellings_of
from vigie.matching.worth import Worth
from vigie.names import Word, skeleton, words_of
from vigie.names.words import ARTICLES, SERVANT, SUN_LETTERS
from vigie.records import Entry, ListedName

_MOST_TURNED = 4
"""Words of a name that is also looked for with its words turned round and glued."""


class Item(NamedTuple):
    """A spelling of a word of listed names, with its worth: the same spelling may be worth more in another name."""

    spelled: int
    """Number of the spelling in the vocabulary."""
    worth: Worth


class Run(NamedTuple):
    """Neighbouring words of a form, written as one."""

    form: int
    unit: Unit
    spelled: Spelled
    worth: Worth


class Form(NamedTuple):
    """One name of one entry, as it is compared."""

    entry: int
    listed: ListedName
    text: str
    words: tuple[Word, ...]
    items: tuple[tuple[int, ...], ...]
    """For each word the numbers of its items."""


class Forms:
    """All forms of a sequence of entries; immutable once built."""

    def __init__(self, entries: Sequence[Entry], rarity: Rarity) -> None:
        taken = list(taken_apart(entries))
        spelled = [spelling for *_, words in taken for word in words for spelling in spellings_of(word)]
        rarity.prepare(spelled)
        self.vocabulary: Final = Vocabulary(spelled)
        self.runs: Final[dict[str, list[Run]]] = defaultdict(list)
        """The runs of all forms, by the consonants of their spelling."""
        self._number: dict[Item, int] = {}
        self.all: Final = tuple(self._form(number, rarity, *one) for number, one in enumerate(taken))
        self.items: Final = tuple(self._number)
        self.of_spelling: Final = self._of_spelling()
        """For each spelling of the vocabulary, the numbers of its items."""
        self.entry_of: Final = np.array([form.entry for form in self.all], dtype=np.int32)
        self.initials: Final = np.array(
            [sum(w.role == "initial" for w in form.words) for form in self.all], dtype=np.int32
        )
        self.names: Final = np.array([sum(w.role == "name" for w in form.words) for form in self.all], dtype=np.int32)
        self.postings: Final = self._postings()
        self.by_entry: Final[dict[int, list[int]]] = defaultdict(list)
        for number, form in enumerate(self.all):
            self.by_entry[form.entry].append(number)

    def _form(
        self, number: int, rarity: Rarity, entry: int, listed: ListedName, text: str, words: tuple[Word, ...]
    ) -> Form:
        culture = rarity.culture(words)
        worths = [worth.of_word(word, rarity, culture) for word in words]
        for unit, spellings in joined_runs(words, turned=True):
            run = slice(unit.first, unit.first + unit.size)
            its = worth.of_run(words[run], worths[run])
            for spelled in spellings:
                self.runs[skeleton(spelled.letters)].append(Run(number, unit, spelled, its))
        items = tuple(
            tuple(
                self._number.setdefault(Item(self.vocabulary.number[spelled], its), len(self._number))
                for spelled in spellings_of(word)
            )
            for word, its in zip(words, worths, strict=True)
        )
        return Form(entry, listed, text, words, items)

    def _of_spelling(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in range(len(self.vocabulary))]
        for number, item in enumerate(self.items):
            found[item.spelled].append(number)
        return tuple(map(tuple, found))

    def _postings(self) -> list[npt.NDArray[np.int32]]:
        found: list[set[int]] = [set() for _ in self.items]
        for form_number, form in enumerate(self.all):
            for numbers in form.items:
                for number in numbers:
                    found[number].add(form_number)
        return [np.array(sorted(numbers), dtype=np.int32) for numbers in found]


def taken_apart(entries: Sequence[Entry]) -> Iterator[tuple[int, ListedName, str, tuple[Word, ...]]]:
    for number, entry in enumerate(entries):
        seen: set[tuple[Word, ...]] = set()
        for listed in sorted(entry.names, key=lambda name: name.kind == "weak_alias"):
            for text in listed.forms or (listed.name,):
                words = words_of(text)
                if words and words not in seen:
                    seen.add(words)
                    yield number, listed, text, words


def joined_runs(words: Sequence[Word], *, turned: bool) -> Iterator[tuple[Unit, tuple[Spelled, ...]]]:
    """Each run of words of a name with the spellings it may have as one word, at most a few.

    turned: also the whole of a short name with its words turned round, for one field that holds family and given name
    without a blank. It is enough that one side, the list's, is turned.
    """
    for unit in units(words):
        if unit.size > 1:
            own = words[unit.first : unit.first + unit.size]
            whole = turned and unit.size == len(words) <= _MOST_TURNED
            rows = ([*own[1:], own[0]], [own[-1], *own[:-1]]) if whole else ()
            yield unit, tuple(dict.fromkeys([*_joined(own), *(next(_joined(row)) for row in rows)]))


def _joined(words: Sequence[Word]) -> Iterator[Spelled]:
    """The usual spelling of each word joined, with the article as it is and assimilated; in Arabic script also bare."""
    usual = [(word.spellings or word.bare)[0] for word in words]
    bare = any(not word.spellings for word in words)
    yield Spelled("".join(usual), bare)
    yield Spelled("".join(_assimilated(usual)), bare)
    second = [word.spellings[1] if len(word.spellings) > 1 else first for word, first in zip(words, usual, strict=True)]
    yield Spelled("".join(second), bare)
    if any(word.bare for word in words):
        letters = [word.bare[0] if word.bare else word.spellings[0] for word in words]
        inner = [one.removeprefix("a") if one.startswith("al") else one for one in letters[1:]]
        yield Spelled("".join([letters[0], *inner]), True)


def _assimilated(spelled: Sequence[str]) -> Iterator[str]:
    """`nur al din` as `nur e din`, `abdul rahman` as `abdu rahman`: the article's l is lost before a sun letter.

    The consonant that doubles for it is not written here: comparison folds doubled letters.
    """
    for place, word in enumerate(spelled):
        sun = place + 1 < len(spelled) and spelled[place + 1][0] in SUN_LETTERS
        if sun and place and word in ARTICLES:
            yield "e"
        elif sun and word in SERVANT:
            yield word[:-1]
        else:
            yield word
