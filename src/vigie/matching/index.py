"""The clear engine: candidates by an upper bound that is never too low, then exact scoring of those that can matter.

It is written to be read and is the oracle of every faster engine. One query costs a comparison of each of its words
with the whole vocabulary (remembered: travellers' words repeat) and an exact pairing of the few names that can reach
the threshold.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie import __version__
from vigie.matching import birth_dates, documents, evidence, population, weights
from vigie.matching.alignment import Pair, Unit
from vigie.matching.evidence import Query
from vigie.matching.forms import Form, Forms, joined_units
from vigie.matching.similarity import CUT_OFF, DISTANT, ONE_LETTER, SAME_SOUND, UNWRITTEN_VOWELS, Alike, Spelled
from vigie.names import Word, words_of
from vigie.records import Entry, Evidence, Match, Watchlist

_CUT_LENGTHS: Final = (20, 30, 39)
"""Lengths at which reservation systems and machine readable zones cut a name off."""
_RUN_LETTERS: Final = 2
"""Most letters by which a run and what it is glued to may differ in length when a letter differs besides."""
_BARE_LETTERS: Final = 5
"""Least letters of a run without short vowels; fewer would resemble too much."""
_GLUED_LETTERS: Final = 10
"""Least letters of a word that may be several names glued together."""
_UNLIMITED: Final = 10**6
_NOTHING_SHARED: Final = -(10**9)
_SHARED: Final = frozenset(("name", "document"))
"""Fields of which one must agree: the same birth date or nationality alone is no match at all."""
_INDEPENDENT: Final = frozenset(("same_day", "day_month_swapped", "near_day"))
"""Levels of the birth date that can stand beside a weak alias."""


class _Likeness:
    """One spelling of a unit of the query, with the vocabulary words it resembles and what each level is worth."""

    __slots__ = ("_levels", "alike", "crowding", "letters", "most", "run_worth", "unit", "worth")

    def __init__(self, unit: Unit, letters: int, alike: Alike, rarity: Sequence[int], together: int) -> None:
        self.unit = unit
        self.letters = letters
        """Length of the spelling."""
        self.alike = alike
        costs = [weights.SPELLING[level] + _boundaries(unit) for level in weights.LEVELS]
        self.worth = [min(rare, together) + cost for rare, cost in zip(rarity, costs, strict=True)]
        """Of each level against a single listed word."""
        # A word that the population does not know may be several glued together: then only they tell its worth.
        unlimited = unit.size == 1 and rarity[0] >= weights.RAREST_WORD and letters >= _GLUED_LETTERS
        whole = _UNLIMITED if unlimited else min(rarity[0], together) if unit.size == 1 else together
        self.crowding = [rarity[0] - rare for rare in rarity]
        """How much of the rarity each level loses against the exact spelling."""
        self.run_worth = [whole - crowd + cost for crowd, cost in zip(self.crowding, costs, strict=True)]
        """Of each level against a run of listed words, before the run's own worth limits it."""
        self.most: list[int] = []
        """For each word alike, the most it can be worth in any listed name."""
        self._levels: dict[int, int] | None = None

    @property
    def levels(self) -> dict[int, int]:
        """Level of each vocabulary number; made when first needed, because few likenesses are ever scored."""
        if self._levels is None:
            self._levels = self.alike.by_number()
        return self._levels


class _Asked(NamedTuple):
    """One name of a query, taken apart."""

    query: Query
    words: tuple[Word, ...]
    likes: tuple[_Likeness, ...]
    cut: bool
    numbered: Mapping[int, Sequence[Evidence]]
    """What the documents say, of the entries that have a number of the query."""


class _Scored(NamedTuple):
    millibits: int
    form: Form
    evidence: tuple[Evidence, ...]
    sure: bool
    """It does not rest on a weak alias alone: the name is a strong one, or a full birth date or a document agrees."""

    def rank(self, threshold: float) -> tuple[bool, int]:
        """What of an entry is shown: a name that can alert before a weak alias that cannot, then the greater sum."""
        return (self.sure and -math.inf < threshold <= self.millibits, self.millibits)


class Index:
    """Entries of any number of lists, ready to be searched. Immutable and safe to share between threads."""

    def __init__(self, watchlists: Sequence[Watchlist]) -> None:
        self.entries: Final = tuple(entry for watchlist in watchlists for entry in watchlist.entries)
        self.entry: Final = {(entry.list, entry.id): entry for entry in self.entries}
        self.list_version: Final = "+".join(f"{w.list}:{w.version[:12]}" for w in watchlists)
        self.engine_version: Final = f"clear-{__version__}:{parameters_digest()[:12]}"
        self._operational = frozenset(watchlist.list for watchlist in watchlists if watchlist.operational)
        self._forms = Forms(self.entries)
        self._rarity = population.travellers()
        self._births = birth_dates.Bound([_all_dates(entry) for entry in self.entries])
        self._of_sex = {sex: np.array([entry.sex == sex for entry in self.entries], dtype=bool) for sex in ("M", "F")}
        self._any_nationality = np.array([bool(entry.nationalities) for entry in self.entries], dtype=bool)
        self._of_nationality = self._nationals()
        self._by_number = self._numbers()
        self._liked = lru_cache(maxsize=1 << 14)(self._like)

    def threshold(self, alerts_per_million: float) -> int:
        """Millibits at which about this many of a million unlisted travellers of a general population alert.

        A sum of log2 likelihood ratios of T or more happens by chance to at most 2**-T of travellers per entry
        (Markov's inequality): over all entries T = log2(entries * 1e6 / alerts). On a general population that bound
        was measured to be too high; `weights.BOUND_SLACK` takes the measured part off. Short lists count as
        `weights.LEAST_ENTRIES`. Travellers whose names come from the lists' own cultures alert more often
        (docs/reference/matching.md). Raises ValueError unless alerts_per_million > 0.
        """
        if not alerts_per_million > 0:
            raise ValueError("alerts per million must be above 0")
        entries = max(weights.LEAST_ENTRIES, len(self.entries))
        bound = math.log2(entries * 1e6) - math.log2(alerts_per_million)
        return max(0, round(1000 * bound) - weights.BOUND_SLACK)

    def probability(self, millibits: int) -> float:
        """Posterior that traveller and entry are one person, with the stated prior spread evenly over the entries."""
        prior = weights.PRIOR_LISTED / 1000 - math.log2(max(weights.LEAST_ENTRIES, len(self.entries)))
        return 1 / (1 + 2 ** min(1000.0, -(millibits / 1000 + prior)))

    def search(self, query: Query, threshold: float, top: int | None = None) -> tuple[Match, ...]:
        """Matches of at least `threshold` millibits, best first (ties in the order of the lists given), at most `top`.

        Only entries that share a word of a name or a document number with the query are matches. `threshold` may be
        -inf: then the best `top` of them come back.
        `Match.alert` is False where a match rests on a weak alias alone.
        """
        found: dict[int, _Scored] = {}
        numbered = self._numbered(query)
        for name in query.names or ("",):
            self._search_name(self._asked(name, query, numbered), threshold, top, found)
        kept = sorted((-scored.millibits, entry) for entry, scored in found.items() if scored.millibits >= threshold)
        return tuple(self._match(entry, found[entry], threshold) for _, entry in kept[:top])

    def prepare(self, queries: Sequence[Query]) -> None:
        """Work out the words of many queries at once: optional, changes no answer, makes a batch fast."""
        units_of = [joined_units(words_of(name), turned=False) for query in queries for name in query.names]
        spelled = [(unit, one) for taken in units_of for unit, spellings in taken for one in spellings]
        self._forms.vocabulary.prepare(one for _, one in spelled)
        self._rarity.prepare(one for unit, one in spelled if unit.size == 1)

    # -- candidates ----------------------------------------------------------------------------------------------------

    def _asked(self, name: str, query: Query, numbered: Mapping[int, Sequence[Evidence]]) -> _Asked:
        words = words_of(name)
        likes = [
            self._liked(unit, spelled, spellings[0], self._together(words, unit))
            for unit, spellings in joined_units(words, turned=False)
            for spelled in spellings
        ]
        cut = len(name) in _CUT_LENGTHS
        return _Asked(query, words, (*likes, *(self._cut_off(words) if cut else ())), cut, numbered)

    def _search_name(self, asked: _Asked, threshold: float, top: int | None, found: dict[int, _Scored]) -> None:
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
        worth = np.empty(len(forms.all), dtype=np.int64)
        for unit, likes in groupby(asked.likes, key=lambda like: like.unit):
            worth[:] = 0
            for like in likes:
                for number, most in zip(like.alike.numbers.tolist(), like.most, strict=True):
                    forms_with = forms.postings[number]
                    worth[forms_with] = np.maximum(worth[forms_with], most)
                    if forms.in_runs[number]:
                        as_run[forms_with] = True
            total += worth
            met[unit.first : unit.first + unit.size] |= worth > 0
        own_initials = sum(word.role == "initial" for word in words)
        shared = (total > 0) | (forms.initials > 0) if not own_initials else np.ones(len(forms.all), dtype=bool)
        total += weights.INITIAL * (forms.initials + own_initials)
        if evidence.is_single(words):
            total += weights.SINGLE_NAME
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

    def _most_of(self, like: _Likeness) -> list[int]:
        return [
            max(like.worth[level], like.run_worth[level])
            if self._forms.in_runs[number] and self._as_run(like, number, level)
            else like.worth[level]
            for number, level in zip(like.alike.numbers.tolist(), like.alike.levels.tolist(), strict=True)
        ]

    def _as_run(self, like: _Likeness, number: int, level: int) -> bool:
        """Whether two spellings of which one is a run are alike enough: gluing words changes no letters."""
        letters = len(self._forms.vocabulary.words[number].letters)
        if level == UNWRITTEN_VOWELS:
            return min(letters, like.letters) >= _BARE_LETTERS
        if level == ONE_LETTER:
            return abs(letters - like.letters) <= _RUN_LETTERS
        return level != DISTANT

    def _like(self, unit: Unit, spelled: Spelled, first: Spelled, together: int) -> _Likeness:
        """What a spelling resembles and what that is worth; `together` is the worth of the unit's words one by one.

        A further spelling is worth no more than the `first`: Alvarez without its seeming article is a rare word.
        """
        rarities = self._rarity.millibits if unit.size == 1 else self._rarity.run_millibits
        rarity = tuple(map(min, rarities(spelled), rarities(first)))
        alike = self._forms.vocabulary.similar(spelled)
        if spelled != first:  # our reading, not the sender's letters
            alike = alike._replace(levels=np.maximum(alike.levels, SAME_SOUND))
        like = _Likeness(unit, len(spelled.letters), alike, rarity, together)
        like.most = self._most_of(like)
        return like

    def _together(self, words: Sequence[Word], unit: Unit) -> int:
        """The worth of a run's words one by one; of a single word, the most its role allows."""
        own = words[unit.first : unit.first + unit.size]
        return evidence.most(own[0]) if unit.size == 1 else sum(self._word_rarity(word) for word in own)

    def _word_rarity(self, word: Word) -> int:
        if word.role != "name":
            return weights.PARTICLE
        bare = [self._rarity.millibits(Spelled(letters, True))[0] for letters in word.bare[:1]]
        return min([self._rarity.exact_millibits(letters) for letters in word.spellings] + bare)

    def _cut_off(self, words: Sequence[Word]) -> list[_Likeness]:
        """The last word as the beginning of a longer one."""
        letters = words[-1].spellings[0] if words and words[-1].spellings else ""
        if len(letters) < 3:
            return []
        longer = np.array(sorted(self._forms.vocabulary.beginning_with(letters)), dtype=np.int32)
        alike = Alike(longer, np.full(len(longer), CUT_OFF, dtype=np.uint8))
        rarity = [self._rarity.cut_off_millibits(letters)] * len(weights.LEVELS)
        like = _Likeness(Unit(len(words) - 1, 1), len(letters), alike, rarity, weights.RAREST_WORD)
        like.most = self._most_of(like)
        return [like]

    def _nationals(self) -> dict[str, npt.NDArray[np.int64]]:
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            for nationality in dict.fromkeys(entry.nationalities):
                found.setdefault(nationality, []).append(number)
        return {nationality: np.array(numbers, dtype=np.int64) for nationality, numbers in found.items()}

    def _numbers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            for document in entry.documents:
                if (key := documents.key(document.number)) is not None:
                    found.setdefault(key, []).append(number)
        return found

    def _numbered(self, query: Query) -> dict[int, Sequence[Evidence]]:
        """The entries that have a document number of the query, whatever their names, with what that says."""
        own = {document.number: document for document in query.documents if documents.key(document.number)}
        keys = {key for number in own if (key := documents.key(number)) is not None}
        entries = sorted({entry for key in keys for entry in self._by_number.get(key, ())})
        return {entry: evidence.of_documents(query.documents, self.entries[entry]) for entry in entries}

    # -- scoring -------------------------------------------------------------------------------------------------------

    def _keep(self, found: dict[int, _Scored], form_number: int, asked: _Asked, threshold: float) -> None:
        form = self._forms.all[form_number]
        scored = self._score(form, asked)
        if not any(term.millibits > 0 and term.field in _SHARED for term in scored.evidence):
            return
        if form.entry not in found or scored.rank(threshold) > found[form.entry].rank(threshold):
            found[form.entry] = scored

    def _score(self, form: Form, asked: _Asked) -> _Scored:
        query, entry = asked.query, self.entries[form.entry]
        born = evidence.of_birth_date(query, entry, form.listed)
        numbered = asked.numbered.get(form.entry, ())
        terms: tuple[Evidence, ...] = (
            *evidence.of_name(asked.words, form.words, self._pairs(asked, form), cut=asked.cut),
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
        return _Scored(sum(term.millibits for term in terms), form, terms, sure)

    def _pairs(self, asked: _Asked, form: Form) -> list[Pair]:
        pairs = evidence.initials(asked.words, form.words)
        for like in asked.likes:
            alike = like.levels.keys()
            pairs += [
                pair
                for unit, numbers in form.units
                if not alike.isdisjoint(numbers)
                for pair in self._paired(like, form, unit, numbers)
            ]
        return pairs

    def _paired(self, like: _Likeness, form: Form, unit: Unit, numbers: Sequence[int]) -> Iterator[Pair]:
        """The pair of two units that resemble each other, at the level worth most; nothing where none counts."""
        listed = form.words[unit.first : unit.first + unit.size]
        run = unit.size > 1 or like.unit.size > 1
        worth = like.run_worth if unit.size > 1 else like.worth
        alike = [(number, like.levels[number]) for number in numbers if number in like.levels]
        levels = [level for number, level in alike if not run or self._as_run(like, number, level)]
        if not levels:
            return
        level = max(levels, key=lambda level: (worth[level], -level))
        most = worth[level]
        if unit.size > 1:
            together = sum(self._word_rarity(word) for word in listed) - like.crowding[level]
            most = min(most, together + weights.SPELLING[weights.LEVELS[level]]) + _boundaries(unit)
        else:
            most = min(most, evidence.most(listed[0]))
        yield Pair(like.unit, unit, weights.LEVELS[level], most)

    def _match(self, entry_number: int, scored: _Scored, threshold: float) -> Match:
        entry = self.entries[entry_number]
        return Match(
            list=entry.list,
            entry=entry.id,
            caption=next((name.name for name in entry.names if name.kind == "primary"), entry.names[0].name),
            matched_name=scored.form.listed.name,
            millibits=scored.millibits,
            probability=self.probability(scored.millibits),
            alert=scored.sure and scored.millibits >= threshold,
            operational=entry.list in self._operational,
            evidence=scored.evidence,
        )


def _boundaries(unit: Unit) -> int:
    """The charge for reading several words as one; a field without blanks lacks all of them for one reason."""
    return weights.JOINED * min(unit.size - 1, 2)


def _all_dates(entry: Entry) -> list[str]:
    own = [name.birth_date for name in entry.names if name.birth_date is not None]
    return [date.date for date in entry.birth_dates] + own


@lru_cache(maxsize=1)
def parameters_digest() -> str:
    """SHA-256 over the source files of names and matching and their tables: what a result depends on."""
    digest = hashlib.sha256()
    for room in ("vigie.names", "vigie.matching"):
        for file in sorted(files(room).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".tsv")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
