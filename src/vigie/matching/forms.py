"""The names of a set of lists, taken apart once: forms, their words and units, and postings from spelling to form."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.matching.alignment import Unit, units
from vigie.matching.similarity import Spelled, Vocabulary, spellings_of
from vigie.names import Word, words_of
from vigie.names.words import ARTICLES, SERVANT, SUN_LETTERS
from vigie.records import Entry, ListedName

_MOST_TURNED = 4
"""Words of a name that is also looked for with its words turned round and glued."""


class Form(NamedTuple):
    """One name of one entry, as it is compared."""

    entry: int
    listed: ListedName
    text: str
    words: tuple[Word, ...]
    units: tuple[tuple[Unit, tuple[int, ...]], ...]
    """Each unit with the vocabulary numbers of its spellings."""


class Forms:
    """All forms of a sequence of entries; immutable once built."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        taken = list(_taken_apart(entries))
        self.vocabulary: Final = Vocabulary(
            spelled for *_, joined in taken for _, spellings in joined for spelled in spellings
        )
        self.all: Final = tuple(self._form(*one) for one in taken)
        self.entry_of: Final = np.array([form.entry for form in self.all], dtype=np.int32)
        self.initials: Final = np.array(
            [sum(w.role == "initial" for w in form.words) for form in self.all], dtype=np.int32
        )
        self.names: Final = np.array([sum(w.role == "name" for w in form.words) for form in self.all], dtype=np.int32)
        self.postings: Final = self._postings()
        self.in_runs: Final = self._in_runs()
        """For each vocabulary number, whether it stands for a run of words somewhere."""
        self.by_entry: Final[dict[int, list[int]]] = defaultdict(list)
        for number, form in enumerate(self.all):
            self.by_entry[form.entry].append(number)

    def _form(self, entry: int, listed: ListedName, text: str, words: tuple[Word, ...], joined: "_Joined") -> Form:
        number = self.vocabulary.number
        numbered = tuple((unit, tuple(number[spelled] for spelled in spellings)) for unit, spellings in joined)
        return Form(entry, listed, text, words, numbered)

    def _postings(self) -> list[npt.NDArray[np.int32]]:
        found: list[set[int]] = [set() for _ in range(len(self.vocabulary))]
        for form_number, form in enumerate(self.all):
            for _, numbers in form.units:
                for number in numbers:
                    found[number].add(form_number)
        return [np.array(sorted(numbers), dtype=np.int32) for numbers in found]

    def _in_runs(self) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(self.vocabulary), dtype=bool)
        for form in self.all:
            for unit, numbers in form.units:
                if unit.size > 1:
                    found[list(numbers)] = True
        return found


_Joined = tuple[tuple[Unit, tuple[Spelled, ...]], ...]


def _taken_apart(entries: Sequence[Entry]) -> Iterator[tuple[int, ListedName, str, tuple[Word, ...], _Joined]]:
    for number, entry in enumerate(entries):
        seen: set[tuple[Word, ...]] = set()
        for listed in sorted(entry.names, key=lambda name: name.kind == "weak_alias"):
            for text in listed.forms or (listed.name,):
                words = words_of(text)
                if words and words not in seen:
                    seen.add(words)
                    yield number, listed, text, words, joined_units(words, turned=True)


def joined_units(words: Sequence[Word], *, turned: bool) -> _Joined:
    """Each unit of a name with the spellings it may have.

    turned: also the whole of a short name with its words turned round, for one field that holds family and given name
    without a blank. It is enough that one side, the list's, is turned.
    """
    most = _MOST_TURNED if turned else 0
    return tuple(
        (unit, _spellings(words[unit.first : unit.first + unit.size], turned=unit.size == len(words) <= most))
        for unit in units(words)
    )


def _spellings(words: Sequence[Word], *, turned: bool) -> tuple[Spelled, ...]:
    """Of a single word its own; of a run the words joined as people join them, at most a few."""
    if len(words) == 1:
        return spellings_of(words[0])
    rows = ([*words[1:], words[0]], [words[-1], *words[:-1]]) if turned else ()
    return tuple(dict.fromkeys([*_joined(words), *(next(_joined(row)) for row in rows)]))


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
