"""The lists as arrays: what the kernel searches and an index file holds.

Names of lists are taken apart as in `forms`, one entry after the other, so that a million entries need no million
objects. A row is a form; rows stand in the order of the year of birth, so that a year is a stretch of every posting:
first the forms without a date, then those with dates of several years, approximate ones or initials, then year by year.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.matching import birth_dates, kernel, worth
from vigie.matching.forms import joined_runs, taken_apart
from vigie.matching.population import Rarity
from vigie.matching.similarity import Spelled, spellings_of
from vigie.matching.weights import LEVELS
from vigie.names import Word, fold
from vigie.names.tokens import LONGEST_WORD
from vigie.records import Entry, ListedName

_ROLES: Final = ("name", "particle", "initial")
_WEAK: Final = 1
_UNDATED, _ODD, _FIRST_YEAR = range(3)
_LENGTHS: Final = 2 * LONGEST_WORD + 2


class Arrays(NamedTuple):
    """Everything that the kernel reads of the lists."""

    sections: Mapping[str, npt.NDArray[Any]]
    """By the names of `kernel.SECTIONS`, in that order."""
    first_year: int
    years: int
    nations: tuple[str, ...]
    """Nationalities; the number of the first is 1."""

    def nation_numbers(self) -> dict[str, int]:
        """The number of each nationality."""
        return {nation: number for number, nation in enumerate(self.nations, 1)}

    def opened(self) -> kernel.Kernel:
        """The kernel over these arrays. Raises `kernel.NotBuiltError`."""
        return kernel.Kernel(self.sections, self.first_year, self.years)


class _Builder:
    def __init__(self, entries: Sequence[Entry], rarity: Rarity) -> None:
        self.entries = entries
        self.rarity = rarity
        self.spelled: dict[Spelled, int] = {}
        self.worths: dict[worth.Worth, int] = {}
        self.items: dict[tuple[int, int], int] = {}
        self.worth_of: dict[tuple[Word, int], worth.Worth] = {}
        self.form_entry, self.form_flags, self.form_date = array("I"), array("B"), array("I")
        self.form_class = array("i")
        self.word_role, self.word_heads = array("B"), array("I")
        self.words_at, self.word_items_at, self.word_items = array("I", [0]), array("I", [0]), array("I")
        self.run_letters, self.run_at, self.run_form = bytearray(), array("Q", [0]), array("I")
        self.run_unit, self.run_bare = array("H"), array("B")
        self.dates, self.dates_at, self.charge = array("i"), array("I", [0]), array("i")
        self.alias_dates = array("i")
        self.sex = array("B")
        self.nations: dict[str, int] = {}
        self.nation, self.nations_at = array("H"), array("I", [0])

    def facts(self, entry: Entry) -> tuple[tuple[int, ...], ...]:
        """Adds what is known of an entry; the packed dates."""
        packed = [one for date in entry.birth_dates if (one := kernel.packed(date.date, date.approximate)) is not None]
        for one in packed:
            self.dates.extend(one)
        self.dates_at.append(len(self.dates) // 4)
        self.charge.append(birth_dates.charge(entry.birth_dates))
        self.sex.append(kernel.SEXES.get(entry.sex or "", 0))
        for nationality in dict.fromkeys(entry.nationalities):
            self.nation.append(self.nations.setdefault(nationality, len(self.nations) + 1))
        self.nations_at.append(len(self.nation))
        return tuple(packed)

    def form(self, number: int, listed: ListedName, words: tuple[Word, ...], dates: Sequence[tuple[int, ...]]) -> None:
        row = len(self.form_entry)
        own = kernel.packed(listed.birth_date, False) if listed.birth_date else None
        self.form_entry.append(number)
        self.form_flags.append(_WEAK if listed.kind == "weak_alias" else 0)
        if own is not None:
            self.alias_dates.extend(own)
        self.form_date.append(len(self.alias_dates) // 4 if own is not None else 0)
        self.form_class.append(self._class(words, [*dates, *([own] if own else ())]))
        culture = self.rarity.culture(words)
        for word in words:
            self.word_role.append(_ROLES.index(word.role))
            self.word_heads.append(sum({1 << ord(one[0]) - 97 for one in word.spellings + word.bare}))
            worths = self.worths.setdefault(self.worth(word, culture), len(self.worths))
            for spelled in spellings_of(word):
                item = self.spelled.setdefault(spelled, len(self.spelled)), worths
                self.word_items.append(self.items.setdefault(item, len(self.items)))
            self.word_items_at.append(len(self.word_items))
        self.words_at.append(len(self.word_role))
        for unit, spellings in joined_runs(words, turned=True):
            for spelled in spellings:
                self.run_letters += spelled.letters.encode()
                self.run_at.append(len(self.run_letters))
                self.run_form.append(row)
                self.run_unit.append(unit.size << 8 | unit.first)
                self.run_bare.append(spelled.bare)

    def worth(self, word: Word, culture: int) -> worth.Worth:
        found = self.worth_of.get((word, culture))
        if found is None:
            found = self.worth_of[word, culture] = worth.of_word(word, self.rarity, culture)
        return found

    @staticmethod
    def _class(words: Sequence[Word], dates: Sequence[tuple[int, ...]]) -> int:
        years = {(packed[2] >> 9, packed[3]) for packed in dates}
        if any(word.role == "initial" for word in words) or len(years) > 1:
            return _ODD
        if not years:
            return _UNDATED
        ((first, last),) = years
        return first if last == first << 1 else _ODD

    def done(self) -> Arrays:
        classes = np.frombuffer(self.form_class, dtype=np.int32).astype(np.int64)
        dated = classes[classes > _ODD]
        first_year = int(dated.min()) if len(dated) else 1
        years = int(dated.max()) - first_year + 1 if len(dated) else 0
        classes = np.where(classes > _ODD, classes - first_year + _FIRST_YEAR, classes)
        order = np.argsort(classes, kind="stable")
        row_of = np.empty(len(order), dtype=np.uint32)
        row_of[order] = np.arange(len(order), dtype=np.uint32)
        class_at = np.searchsorted(classes[order], np.arange(_FIRST_YEAR + years + 1)).astype(np.uint32)
        sections = {**self._vocabulary(), **self._forms(order, row_of), "class_at": class_at, **self._facts(order)}
        ordered = {name: sections[name] for name in kernel.SECTIONS}
        ordered["rows"] = order.astype(np.uint32)
        return Arrays(ordered, first_year, years, tuple(self.nations))

    def _vocabulary(self) -> dict[str, npt.NDArray[Any]]:
        """Spellings in the order of their folded length; items in the order of their spellings."""
        spelled = list(self.spelled)
        folds = [fold(one.letters) for one in spelled]
        ranks = sorted(range(len(spelled)), key=lambda place: (len(folds[place]), spelled[place]))
        place_of = np.empty(len(ranks), dtype=np.int64)
        place_of[ranks] = np.arange(len(ranks))
        letters_at, letters = _texts(spelled[place].letters for place in ranks)
        folds_at, folded = _texts(folds[place] for place in ranks)
        bare = np.array([spelled[place].bare for place in ranks], dtype=np.uint8)
        keys, _, _ = kernel.sounds(letters, letters_at.astype(np.uint64))
        by_key = np.argsort(keys, kind="stable")
        lengths = np.diff(folds_at)
        full = [number for number in range(len(ranks)) if not bare[number]]
        items = np.array(list(self.items), dtype=np.int64).reshape(-1, 2)
        self.item_order = np.argsort(place_of[items[:, 0]], kind="stable")
        sorted_items = items[self.item_order]
        return {
            "letters": letters,
            "letters_at": letters_at,
            "folds": folded,
            "folds_at": folds_at,
            "bare": bare,
            "length_at": np.searchsorted(lengths, np.arange(_LENGTHS)).astype(np.uint32),
            "bone_keys": keys[by_key],
            "bone_words": by_key.astype(np.uint32),
            "alphabet": np.array(sorted(full, key=lambda number: spelled[ranks[number]].letters), dtype=np.uint32),
            "items_at": np.searchsorted(place_of[sorted_items[:, 0]], np.arange(len(ranks) + 1)).astype(np.uint32),
            "worths": np.array(list(self.worths), dtype=np.int16).reshape(-1, len(LEVELS)).ravel(),
            "item_worth": sorted_items[:, 1].astype(np.uint32),
        }

    def _forms(self, order: npt.NDArray[np.int64], row_of: npt.NDArray[np.uint32]) -> dict[str, npt.NDArray[Any]]:
        item_of = np.empty(len(self.item_order), dtype=np.uint32)
        item_of[self.item_order] = np.arange(len(self.item_order), dtype=np.uint32)
        words_at, item_at = _array(self.words_at, np.uint32), _array(self.word_items_at, np.uint32)
        words, words_at = _reordered(words_at, order)
        roles, heads = _array(self.word_role, np.uint8)[words], _array(self.word_heads, np.uint32)[words]
        items, items_at = _reordered(item_at, words)
        word_items = item_of[_array(self.word_items, np.uint32)][items]
        rows = np.repeat(np.arange(len(order), dtype=np.uint64), np.diff(items_at[words_at]))
        posts = np.unique(word_items.astype(np.uint64) << np.uint64(32) | rows)
        number = (posts >> np.uint64(32)).astype(np.int64)
        keys, folds, patterns = kernel.sounds(
            np.frombuffer(bytes(self.run_letters), dtype=np.uint8), _array(self.run_at, np.uint64)
        )
        by_key = np.argsort(keys, kind="stable")
        return {
            "posts_at": np.searchsorted(number, np.arange(len(item_of) + 1)).astype(np.uint32),
            "posts": (posts & np.uint64(2**32 - 1)).astype(np.uint32),
            "words_at": words_at,
            "word_role": roles,
            "word_heads": heads,
            "word_items_at": items_at,
            "word_items": word_items,
            "run_keys": keys[by_key],
            "run_form": row_of[_array(self.run_form, np.uint32)][by_key],
            "run_unit": _array(self.run_unit, np.uint16)[by_key],
            "run_fold": (folds << np.uint32(1) | _array(self.run_bare, np.uint8))[by_key].astype(np.uint32),
            "run_pattern": patterns[by_key],
        }

    def _facts(self, order: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[Any]]:
        date = _array(self.form_date, np.uint32)[order]
        own = np.uint32(len(self.dates) // 4)
        return {
            "form_entry": _array(self.form_entry, np.uint32)[order],
            "form_flags": _array(self.form_flags, np.uint8)[order],
            "form_date": np.where(date > 0, date + own, 0).astype(np.uint32),
            "dates_at": _array(self.dates_at, np.uint32),
            "dates": np.concatenate([_array(self.dates, np.int32), _array(self.alias_dates, np.int32)]),
            "charge": _array(self.charge, np.int32),
            "sex": _array(self.sex, np.uint8),
            "nations_at": _array(self.nations_at, np.uint32),
            "nations": _array(self.nation, np.uint16),
        }


def build(entries: Sequence[Entry], rarity: Rarity) -> Arrays:
    """The arrays of some entries. `sections["rows"]` has the form, as `forms.taken_apart` counts them, of each row."""
    rarity.prepare(
        dict.fromkeys(spelled for *_, words in taken_apart(entries) for word in words for spelled in spellings_of(word))
    )
    builder = _Builder(entries, rarity)
    dates: list[tuple[tuple[int, ...], ...]] = [builder.facts(entry) for entry in entries]
    for number, listed, _, words in taken_apart(entries):
        builder.form(number, listed, words, dates[number])
    return builder.done()


def _texts(texts: Iterable[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    at, joined = array("I", [0]), bytearray()
    for text in texts:
        joined += text.encode()
        at.append(len(joined))
    return _array(at, np.uint32), np.frombuffer(bytes(joined), dtype=np.uint8)


def _array(values: "array[int]", kind: type[np.generic]) -> npt.NDArray[Any]:
    return np.frombuffer(values.tobytes(), dtype=kind)


def _reordered(at: npt.NDArray[Any], order: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """For rows of a ragged table in another order: the places of their elements, and where each row then begins."""
    starts, sizes = at[:-1][order].astype(np.int64), np.diff(at)[order].astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    places = np.arange(ends[-1]) + np.repeat(starts - ends[:-1], sizes)
    return places, ends.astype(np.uint32)
