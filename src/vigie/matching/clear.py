"""The clear engine: candidates by an upper bound that is never too low, then exact scoring of those that can matter.

It is written to be read and is the oracle of every faster engine. One query costs a comparison of each of its words
with the whole vocabulary (remembered: travellers' words repeat) and an exact pairing of the few names that can reach
the threshold.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from vigie.matching import birth_dates, documents, evidence, population, weights
from vigie.matching.alignment import Pair, Unit
from vigie.matching.evidence import Query
from vigie.matching.forms import Form, Forms, joined_runs
from vigie.matching.similarity import CUT_OFF, SAME_SOUND, Spelled, as_run, spellings_of
from vigie.matching.worth import boundaries
from vigie.names import Word, skeleton, words_of
from vigie.records import Entry, Evidence

CUT_LENGTHS: Final = (20, 30, 39)
"""Lengths at which reservation systems and machine readable zones cut a name off."""
_NOTHING_SHARED: Final = -(10**9)
_INDEPENDENT: Final = frozenset(("same_day", "day_month_swapped", "near_day"))
"""Levels of the birth date that can stand beside a weak alias."""


class _Likeness(NamedTuple):
    """What one spelling of a unit of the query resembles: for each item of the lists, at which level and worth what."""

    unit: Unit
    items: Mapping[int, tuple[int, int]]
    """Millibits and level of each item."""
    runs: Mapping[int, Sequence[tuple[int, int, Unit]]]
    """For each form with a run like this spelling: millibits, level and the run."""


class _Asked(NamedTuple):
    """One name of a query, taken apart."""

    query: Query
    words: tuple[Word, ...]
    likes: tuple[_Likeness, ...]
    cut: bool
    numbered: Mapping[int, Sequence[Evidence]]
    """What the documents say, of the entries that have a number of the query."""


class Scored(NamedTuple):
    """What a traveller's facts are worth against one entry, by the name of it that counts."""

    entry: int
    """Place of the entry in `Clear.entries`."""
    millibits: int
    form: Form
    evidence: tuple[Evidence, ...]
    sure: bool
    """It does not rest on a weak alias alone: the name is a strong one, or a full birth date or a document agrees."""

    def rank(self, threshold: float) -> tuple[bool, int]:
        """What of an entry is shown: a name that can alert before a weak alias that cannot, then the greater sum."""
        return (self.sure and -math.inf < threshold <= self.millibits, self.millibits)


class Clear:
    """Entries ready to be searched. Immutable and safe to share between threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries: Final = tuple(entries)
        self._forms = Forms(self.entries, population.travellers())
        self._births = birth_dates.Bound([_all_dates(entry) for entry in self.entries])
        self._undated = np.array([_no_date_of_its_own(entry) for entry in self.entries], dtype=bool)
        self._of_sex = {sex: np.array([entry.sex == sex for entry in self.entries], dtype=bool) for sex in ("M", "F")}
        self._any_nationality = np.array([bool(entry.nationalities) for entry in self.entries], dtype=bool)
        self._of_nationality = self._nationals()
        self._by_number = numbers(self.entries)
        self._liked = lru_cache(maxsize=1 << 14)(self._like)

    def search(self, query: Query, threshold: float, top: int | None = None) -> tuple[Scored, ...]:
        """As `Index.search`."""
        found: dict[int, Scored] = {}
        numbered = self._numbered(query)
        for name in query.names or ("",):
            self._search_name(self._asked(name, query, numbered), threshold, top, found)
        kept = sorted((scored for scored in found.values() if scored.millibits >= threshold), key=_order)
        return tuple(kept[:top])

    def compare(self, query: Query, entry: int, threshold: float = -math.inf) -> Scored | None:
        """What one entry is worth, whatever its sum; None when no word and no document is shared."""
        found: dict[int, Scored] = {}
        numbered = self._numbered(query)
        for name in query.names or ("",):
            asked = self._asked(name, query, numbered)
            for form_number in self._forms.by_entry.get(entry, ()):
                self._keep(found, form_number, asked, threshold)
        return found.get(entry)

    def prepare(self, queries: Sequence[Query]) -> None:
        """Work out the words of many queries at once: optional, changes no answer, makes a batch fast."""
        words = (word for query in queries for name in query.names for word in words_of(name))
        self._forms.vocabulary.prepare(spelled for word in words for spelled in spellings_of(word))

    # -- candidates ----------------------------------------------------------------------------------------------------

    def _asked(self, name: str, query: Query, numbered: Mapping[int, Sequence[Evidence]]) -> _Asked:
        words = words_of(name)
        likes = [
            self._liked(Unit(place, 1), spelled, number == 0, evidence.most(word))
            for place, word in enumerate(words)
            for number, spelled in enumerate(spellings_of(word))
        ]
        likes += [
            self._glued(unit, words[unit.first : unit.first + unit.size], one)
            for unit, spelled in joined_runs(words, turned=False)
            for one in spelled
        ]
        cut = len(name) in CUT_LENGTHS
        return _Asked(query, words, (*likes, *(self._cut_off(words) if cut else ())), cut, numbered)

    def _search_name(self, asked: _Asked, threshold: float, top: int | None, found: dict[int, Scored]) -> None:
        """Score every form that can reach the threshold, and without one the best `top`; keep the best per entry.

        A document number is looked up whatever the name, and without one.
        """
        for entry in asked.numbered:
            for form_number in self._forms.by_entry[entry]:
                self._keep(found, form_number, asked, threshold)
        bound = self._bound(asked)
        order = np.flatnonzero(bound >= max(threshold, _NOTHING_SHARED + 1))
        floor = threshold
        for place, form_number in enumerate(order[np.argsort(-bound[order], kind="stable")].tolist()):
            if bound[form_number] < floor:
                break
            self._keep(found, form_number, asked, threshold)
            if threshold == -math.inf and top is not None and len(found) >= top and place % 16 == 15:
                floor = sorted((scored.millibits for scored in found.values()), reverse=True)[top - 1]

    def _bound(self, asked: _Asked) -> npt.NDArray[np.int64]:
        """For each form, a sum that its score without documents cannot exceed; `_NOTHING_SHARED` where no word is."""
        forms, words = self._forms, asked.words
        total = np.zeros(len(forms.all), dtype=np.int64)
        met = np.zeros((len(words), len(forms.all)), dtype=bool)
        as_run = np.zeros(len(forms.all), dtype=bool)
        most = np.empty(len(forms.all), dtype=np.int64)
        for unit, likes in groupby(asked.likes, key=lambda like: like.unit):
            most[:] = 0
            for like in likes:
                for item, (worth, _) in like.items.items():
                    forms_with = forms.postings[item]
                    most[forms_with] = np.maximum(most[forms_with], worth)
                for form, runs in like.runs.items():
                    most[form] = max(most[form], *(worth for worth, *_ in runs))
                    as_run[form] = True
            total += most
            met[unit.first : unit.first + unit.size] |= most > 0
        own_initials = sum(word.role == "initial" for word in words)
        shared = total > 0
        total += weights.INITIAL * (forms.initials + own_initials)
        total += self._left(words, met, as_run, cut=asked.cut) + self._facts(asked.query)[forms.entry_of]
        total[~shared] = _NOTHING_SHARED
        return total

    def _left(
        self, words: Sequence[Word], met: npt.NDArray[np.bool_], as_run: npt.NDArray[np.bool_], *, cut: bool
    ) -> npt.NDArray[np.int64]:
        """For each form, the least that words left over cost: those that resemble nothing on the other side.

        met: whether each own word resembles one of the form. One own word takes one listed word, unless the form has
        a run it may stand for; an initial on either side may take any word.
        """
        forms = self._forms
        names = np.array([word.role == "name" for word in words], dtype=bool)
        own_initials = sum(word.role == "initial" for word in words)
        own = np.maximum(0, (names[:, None] & ~met).sum(axis=0) - forms.initials)
        listed = np.where(as_run, 0, np.maximum(0, forms.names - met.sum(axis=0) - own_initials))
        return evidence.least_of_left(own, listed, cut=cut)

    def _facts(self, query: Query) -> npt.NDArray[np.int64]:
        """For each entry, the most that birth date, sex and nationality can be worth."""
        total = self._births.millibits(query.birth_date)
        total[self._undated] = np.maximum(total[self._undated], 0)  # a date of an alias says nothing of other names
        if query.sex in self._of_sex:
            total += np.where(self._of_sex[query.sex], weights.SEX["same"], 0)
            other = self._of_sex["F" if query.sex == "M" else "M"]
            total += np.where(other, weights.SEX["different"], 0)
        if query.nationality is not None:
            same = self._of_nationality.get(query.nationality)
            total += np.where(self._any_nationality, weights.NATIONALITY["different"], 0)
            if same is not None:
                total[same] += weights.NATIONALITY["same"] - weights.NATIONALITY["different"]
        return total

    def _like(self, unit: Unit, spelled: Spelled, first: bool, most: int) -> _Likeness:
        """What a spelling of a word resembles; `first` is False for a further spelling: our reading of the letters."""
        alike = self._forms.vocabulary.similar(spelled)
        levels = alike.levels if first else np.maximum(alike.levels, SAME_SOUND)
        items = self._items(zip(alike.numbers.tolist(), levels.tolist(), strict=True), most)
        runs: dict[int, list[tuple[int, int, Unit]]] = {}
        for run in self._forms.runs.get(skeleton(spelled.letters), ()):
            if (level := as_run(spelled, run.spelled)) is not None:
                runs.setdefault(run.form, []).append((min(most, run.worth[level]), level, run.unit))
        return _Likeness(unit, items, runs)

    def _glued(self, unit: Unit, words: Sequence[Word], spelled: Spelled) -> _Likeness:
        """The listed words that a run of the query's words may stand for."""
        vocabulary = self._forms.vocabulary
        levels = [
            (number, level)
            for number in vocabulary.of_skeleton(skeleton(spelled.letters))
            if (level := as_run(spelled, vocabulary.words[number])) is not None
        ]
        return _Likeness(unit, self._items(levels, evidence.ANY, boundaries(words)), {})

    def _items(self, alike: Iterable[tuple[int, int]], most: int, charge: int = 0) -> dict[int, tuple[int, int]]:
        """Millibits, at most `most`, and level of the items of spellings, given as number and level."""
        forms = self._forms
        return {
            item: (min(most, forms.items[item].worth[level] + charge), level)
            for number, level in alike
            for item in forms.of_spelling[number]
        }

    def _cut_off(self, words: Sequence[Word]) -> list[_Likeness]:
        """The last word as the beginning of a longer one."""
        letters = words[-1].spellings[0] if words and words[-1].spellings else ""
        if len(letters) < 3 or words[-1].role != "name":
            return []
        longer = ((number, CUT_OFF) for number in self._forms.vocabulary.beginning_with(letters))
        most = weights.AGREES["cut_off"] + weights.RARITY * weights.CUT_LETTER * len(letters) // 1000
        return [_Likeness(Unit(len(words) - 1, 1), self._items(longer, most), {})]

    def _nationals(self) -> dict[str, npt.NDArray[np.int64]]:
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            for nationality in dict.fromkeys(entry.nationalities):
                found.setdefault(nationality, []).append(number)
        return {nationality: np.array(numbers, dtype=np.int64) for nationality, numbers in found.items()}

    def _numbered(self, query: Query) -> dict[int, Sequence[Evidence]]:
        """What the documents say of the entries that have a number of the query, whatever their names."""
        places = numbered(query, self._by_number)
        return {place: evidence.of_documents(query.documents, self.entries[place]) for place in places}

    # -- scoring -------------------------------------------------------------------------------------------------------

    def _keep(self, found: dict[int, Scored], form_number: int, asked: _Asked, threshold: float) -> None:
        form = self._forms.all[form_number]
        scored = self._score(form_number, asked)
        if not any(_shared(term) for term in scored.evidence):
            return
        if form.entry not in found or scored.rank(threshold) > found[form.entry].rank(threshold):
            found[form.entry] = scored

    def _score(self, number: int, asked: _Asked) -> Scored:
        form = self._forms.all[number]
        query, entry = asked.query, self.entries[form.entry]
        born = evidence.of_birth_date(query, entry, form.listed)
        numbered = asked.numbered.get(form.entry, ())
        terms: tuple[Evidence, ...] = (
            *evidence.of_name(asked.words, form.words, self._pairs(asked, number, form), cut=asked.cut),
            *born,
            *evidence.of_sex(query, entry),
            *evidence.of_nationality(query, entry),
            *numbered,
            *evidence.of_quality(form.listed),
        )
        terms += evidence.in_other_hands(terms)
        sure = form.listed.kind != "weak_alias" or any(
            term.level in _INDEPENDENT or evidence.holds(term) for term in (*born, *numbered)
        )
        return Scored(form.entry, sum(term.millibits for term in terms), form, terms, sure)

    def _pairs(self, asked: _Asked, number: int, form: Form) -> list[Pair]:
        """The pairs of units that resemble each other, each at the level worth most."""
        best: dict[tuple[Unit, Unit], tuple[int, int]] = {}

        def add(own: Unit, listed: Unit, worth: int, level: int) -> None:
            best[own, listed] = max(best.get((own, listed), (0, 0)), (worth, -level))

        for like in asked.likes:
            for worth, level, unit in like.runs.get(number, ()):
                add(like.unit, unit, worth, level)
            for place, items in enumerate(form.items):
                for item in items:
                    if item in like.items:
                        add(like.unit, Unit(place, 1), *like.items[item])
        pairs = [
            Pair(own, listed, weights.LEVELS[-level], worth) for (own, listed), (worth, level) in best.items() if worth
        ]
        return pairs + [
            pair for pair in evidence.initials(asked.words, form.words) if best.get(pair[:2], (0, 0))[0] <= 0
        ]


def numbers(entries: Iterable[Entry]) -> dict[str, list[int]]:
    """The places of the entries that have a document number, by `documents.key`."""
    found: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        for document in entry.documents:
            if (key := documents.key(document.number)) is not None:
                found.setdefault(key, []).append(place)
    return found


class Numbers(Protocol):
    """Places of entries by `documents.key`, ascending: a dictionary, or the table of an index file."""

    def get(self, key: str, default: Sequence[int], /) -> Sequence[int]: ...


def numbered(query: Query, by_number: Numbers) -> list[int]:
    """The places of the entries that have a document number of the query, ascending."""
    keys = {key for document in query.documents if (key := documents.key(document.number)) is not None}
    return sorted({place for key in keys for place in by_number.get(key, ())})


def _order(scored: Scored) -> tuple[int, int]:
    return -scored.millibits, scored.entry


def _shared(term: Evidence) -> bool:
    """Whether a term makes a match: a word of the name or a document. An initial or a particle alone does not."""
    if term.field == "name":
        return term.level in weights.LEVELS and term.millibits > weights.PARTICLE
    return term.field == "document" and term.millibits > 0


def _all_dates(entry: Entry) -> list[str]:
    own = [name.birth_date for name in entry.names if name.birth_date is not None]
    return [date.date for date in entry.birth_dates] + own


def _no_date_of_its_own(entry: Entry) -> bool:
    return birth_dates.compare("1900", entry.birth_dates).listed is None
