"""The clear engine: candidates by an upper bound that is never too low, then exact scoring of those that can matter.

It is written to be read and is the oracle of every faster engine. One query costs a comparison of each of its words
with the whole vocabulary (cached: travellers' words repeat) and an exact alignment of the few names that can reach
the threshold.
"""

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie import __version__
from vigie.matching import birth_dates, documents, population, weights
from vigie.matching.alignment import Pair, Unit, best
from vigie.matching.forms import Form, Forms, joined_units
from vigie.matching.population import Rarity
from vigie.matching.similarity import CUT_OFF, Spelled
from vigie.names import Word, words_of
from vigie.records import Document, Entry, Evidence, Match, Sex, Watchlist

_CUT_LENGTHS: Final = (20, 30, 39)
"""Lengths at which reservation systems and machine readable zones cut a name off."""
_SURE_EXTRAS: Final = weights.SEX["same"] + weights.NATIONALITY["same"]


class Query(NamedTuple):
    """What is known of one traveller. Values as in `records.Traveller`; `names` are alternatives for one person."""

    names: tuple[str, ...]
    birth_date: str | None = None
    sex: Sex | None = None
    nationality: str | None = None
    documents: tuple[Document, ...] = ()


class _Likeness(NamedTuple):
    """A unit of the query with the vocabulary words it resembles and what each level is worth."""

    unit: Unit
    similar: dict[int, int]
    worth: tuple[int, ...]


class _Scored(NamedTuple):
    millibits: int
    form: Form
    evidence: tuple[Evidence, ...]
    independent: bool
    """A full birth date or a document agrees as well: what a weak alias needs."""


class Index:
    """Entries of any number of lists, ready to be searched. Immutable and safe to share between threads."""

    def __init__(self, watchlists: Sequence[Watchlist]) -> None:
        self.entry: Final = {(e.list, e.id): e for watchlist in watchlists for e in watchlist.entries}
        self.entries: Final = tuple(entry for watchlist in watchlists for entry in watchlist.entries)
        self.list_version: Final = "+".join(f"{w.list}:{w.version[:12]}" for w in watchlists)
        self.engine_version: Final = f"clear-{__version__}:{parameters_digest()[:12]}"
        self._operational = frozenset(watchlist.list for watchlist in watchlists if watchlist.operational)
        self._forms = Forms(self.entries)
        self._rarity = Rarity(population.table())
        self._births = birth_dates.Bound([_all_dates(entry) for entry in self.entries])
        self._entries_by_number = self._numbers()
        self._liked = lru_cache(maxsize=1 << 16)(self._like)

    def threshold(self, alerts_per_million: float) -> int:
        """Millibits at which about this many of a million unlisted travellers of a general population alert.

        A sum of log2 likelihood ratios of T or more happens by chance to at most 2**-T of travellers per entry
        (Markov's inequality): over all entries T = log2(entries * 1e6 / alerts). On a general population that bound
        was measured to be far too high; `weights.BOUND_SLACK` takes the measured part off. Short lists count as
        `weights.LEAST_ENTRIES`. Travellers whose names come from the lists' own cultures alert more often
        (docs/reference/matching.md).
        Raises ValueError unless alerts_per_million > 0.
        """
        if not alerts_per_million > 0:
            raise ValueError("alerts per million must be above 0")
        entries = max(weights.LEAST_ENTRIES, len(self.entries))
        bound = 1000 * math.log2(entries * 1e6 / alerts_per_million)
        return max(0, round(bound) - weights.BOUND_SLACK)

    def search(self, query: Query, threshold: float, top: int | None = None) -> tuple[Match, ...]:
        """Matches of at least `threshold` millibits, best first (ties in the order of the lists given), at most `top`.

        `threshold` may be -inf: then the best `top` of all entries that share anything with the query come back.
        `Match.alert` is False where a match rests on a weak alias alone.
        """
        found: dict[int, _Scored] = {}
        for name in query.names:
            for entry, scored in self._search_name(name, query, threshold, top).items():
                if entry not in found or scored.millibits > found[entry].millibits:
                    found[entry] = scored
        kept = sorted((-scored.millibits, entry) for entry, scored in found.items() if scored.millibits >= threshold)
        return tuple(self._match(entry, found[entry], threshold) for _, entry in kept[:top])

    def prepare(self, queries: Sequence[Query]) -> None:
        """Work out the words of many queries at once: optional, changes no answer, makes a batch fast."""
        units_of = [joined_units(words_of(name)) for query in queries for name in query.names]
        spelled = [one for taken in units_of for _, spellings in taken for one in spellings]
        self._forms.vocabulary.prepare(spelled)
        self._rarity.prepare(spellings[0] for taken in units_of for _, spellings in taken)

    def probability(self, millibits: int) -> float:
        """Posterior that traveller and entry are one person, with the stated prior spread evenly over the entries."""
        prior = weights.PRIOR_LISTED / 1000 - math.log2(max(weights.LEAST_ENTRIES, len(self.entries)))
        return 1 / (1 + 2 ** min(1000.0, -(millibits / 1000 + prior)))

    # -- candidates ------------------------------------------------------------------------------------------------

    def _search_name(self, name: str, query: Query, threshold: float, top: int | None) -> dict[int, _Scored]:
        words = words_of(name)
        likes = [
            self._liked(unit, spellings, self._parts_worth(words, unit)) for unit, spellings in joined_units(words)
        ]
        likes += self._cut_off(words, name)
        bound = self._bound(words, likes, query)
        found: dict[int, _Scored] = {}
        for form_number in self._numbered_first(query):
            self._keep(found, form_number, words, name, likes, query)
        order = np.flatnonzero(bound >= max(threshold, -(10**9)))
        order = order[np.argsort(-bound[order], kind="stable")]
        floor = threshold
        for place, form_number in enumerate(order.tolist()):
            if bound[form_number] < floor:
                break
            self._keep(found, form_number, words, name, likes, query)
            if top is not None and len(found) >= top and place % 16 == 15:
                floor = max(floor, sorted((s.millibits for s in found.values()), reverse=True)[top - 1])
        return found

    def _bound(self, words: Sequence[Word], likes: Sequence[_Likeness], query: Query) -> npt.NDArray[np.int64]:
        """For each form, a sum that its score cannot exceed; far below zero where nothing is shared."""
        forms = self._forms
        total = np.zeros(len(forms.all), dtype=np.int64)
        touched = np.zeros(len(forms.all), dtype=bool)
        for like in likes:
            worth = np.zeros(len(forms.all), dtype=np.int64)
            for number, level in sorted(like.similar.items(), key=lambda item: -item[1]):
                worth[forms.postings[number]] = max(0, like.worth[level])
            total += worth
            touched |= worth > 0
        own_initials = sum(word.role == "initial" for word in words)
        total += weights.INITIAL * (forms.initials + own_initials)
        if _single(words):
            total += weights.SINGLE_NAME
        total += self._births.millibits(query.birth_date)[forms.entry_of] + _SURE_EXTRAS
        total[~touched] = -(10**9) if not own_initials else -(10**6)
        return total

    def _like(self, unit: Unit, spellings: tuple[Spelled, ...], parts_worth: int | None) -> _Likeness:
        """What a unit resembles. A run of words is worth no more than its words together."""
        similar: dict[int, int] = {}
        rarest = [0] * len(weights.LEVELS)
        for spelled in spellings:
            for number, level in self._forms.vocabulary.similar(spelled).items():
                similar[number] = min(level, similar.get(number, level))
        first = self._rarity.millibits(spellings[0])
        rarest = [rarity if parts_worth is None else min(rarity, parts_worth) for rarity in first]
        boundaries = _boundaries(unit)
        worth = tuple(
            rarity + weights.SPELLING[level] + boundaries for level, rarity in zip(weights.LEVELS, rarest, strict=True)
        )
        return _Likeness(unit, similar, worth)

    def _parts_worth(self, words: Sequence[Word], unit: Unit) -> int | None:
        if unit.size == 1:
            return None
        return sum(self._word_rarity(word) for word in words[unit.first : unit.first + unit.size])

    def _word_rarity(self, word: Word) -> int:
        if word.role != "name":
            return weights.PARTICLE
        return self._rarity.exact_millibits((word.spellings or word.bare)[0])

    def _cut_off(self, words: Sequence[Word], name: str) -> list[_Likeness]:
        if len(name) not in _CUT_LENGTHS or not words or not words[-1].spellings or len(words[-1].spellings[0]) < 3:
            return []
        letters = words[-1].spellings[0]
        longer = dict.fromkeys(self._forms.vocabulary.beginning_with(letters), CUT_OFF)
        worth = self._rarity.cut_off_millibits(letters) + weights.SPELLING["cut_off"]
        return [_Likeness(Unit(len(words) - 1, 1), longer, (worth,) * len(weights.LEVELS))]

    def _numbers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            for document in entry.documents:
                if (key := documents.key(document.number)) is not None:
                    found.setdefault(key, []).append(number)
        return found

    def _numbered_first(self, query: Query) -> list[int]:
        keys = [key for document in query.documents if (key := documents.key(document.number))]
        entries = dict.fromkeys(entry for key in keys for entry in self._entries_by_number.get(key, ()))
        return [form for entry in entries for form in self._forms.by_entry[entry]]

    # -- scoring ---------------------------------------------------------------------------------------------------

    def _keep(
        self,
        found: dict[int, _Scored],
        form_number: int,
        words: Sequence[Word],
        name: str,
        likes: Sequence[_Likeness],
        query: Query,
    ) -> None:
        form = self._forms.all[form_number]
        scored = self._score(form, words, name, likes, query)
        if form.entry not in found or scored.millibits > found[form.entry].millibits:
            found[form.entry] = scored

    def _score(self, form: Form, words: Sequence[Word], name: str, likes: Sequence[_Likeness], query: Query) -> _Scored:
        entry = self.entries[form.entry]
        evidence = name_evidence(words, form, self._pairs(words, form, likes), cut=len(name) in _CUT_LENGTHS)
        born = _born(query, entry, form)
        evidence += [*born, *_sex(query, entry), *_nationality(query, entry)]
        numbered = _document(query, entry)
        evidence += numbered
        if form.listed.kind == "weak_alias":
            evidence.append(
                Evidence(
                    field="list_quality",
                    traveller=None,
                    entry=form.listed.name,
                    level="weak_alias",
                    millibits=weights.WEAK_ALIAS,
                )
            )
        independent = bool(numbered) or any(e.level in ("same_day", "day_month_swapped", "near_day") for e in born)
        return _Scored(sum(e.millibits for e in evidence), form, tuple(evidence), independent)

    def _pairs(self, words: Sequence[Word], form: Form, likes: Sequence[_Likeness]) -> list[Pair]:
        pairs = []
        for like in likes:
            for unit, numbers in form.units:
                levels = [like.similar[number] for number in numbers if number in like.similar]
                if levels and (pair := self._pair(words, form, like, unit, min(levels))).millibits > 0:
                    pairs.append(pair)
        return pairs + _initials(words, form)

    def _pair(self, words: Sequence[Word], form: Form, like: _Likeness, unit: Unit, level: int) -> Pair:
        worth = like.worth[level]
        own = words[like.unit.first : like.unit.first + like.unit.size]
        listed = form.words[unit.first : unit.first + unit.size]
        if unit.size > 1:
            cap = sum(self._word_rarity(word) for word in listed) + weights.SPELLING[weights.LEVELS[level]]
            worth = min(worth, cap) + _boundaries(unit)
        if like.unit.size == unit.size == 1:
            worth = min(worth, _most(own[0]), _most(listed[0]))
        return Pair(like.unit, unit, weights.LEVELS[level], worth)

    def _match(self, entry_number: int, scored: _Scored, threshold: float) -> Match:
        entry = self.entries[entry_number]
        rests_on_weak_alias = scored.form.listed.kind == "weak_alias" and not scored.independent
        return Match(
            list=entry.list,
            entry=entry.id,
            caption=next((name.name for name in entry.names if name.kind == "primary"), entry.names[0].name),
            matched_name=scored.form.listed.name,
            millibits=scored.millibits,
            probability=self.probability(scored.millibits),
            alert=scored.millibits >= threshold and not rests_on_weak_alias,
            operational=entry.list in self._operational,
            evidence=scored.evidence,
        )


def name_evidence(words: Sequence[Word], form: Form, pairs: Sequence[Pair], *, cut: bool) -> list[Evidence]:
    """The terms of the name: one per pair of words, one per word left over on either side.

    cut: the traveller's name was cut off at the end of its field, so that words missing at its end say nothing.
    """
    chosen = best(len(words), pairs)
    evidence = [
        Evidence(
            field="name",
            traveller=_text(words, pair.own),
            entry=_text(form.words, pair.listed),
            level=pair.level,
            millibits=pair.millibits,
        )
        for pair in chosen
    ]
    own_left = _left(words, [pair.own for pair in chosen])
    listed_left = _left(form.words, [pair.listed for pair in chosen])
    if _single(words) and _single(form.words) and chosen and not own_left and not listed_left:
        evidence.append(_name_term(None, None, "single_name", weights.SINGLE_NAME))
    against = min(len(own_left), len(listed_left))
    for place in range(max(len(own_left), len(listed_left))):
        own = own_left[place] if place < len(own_left) else None
        listed = listed_left[place] if place < len(listed_left) else None
        if place >= weights.LONGEST_CHARGE:
            break
        if place < against:
            worth = weights.CONTRADICTION + weights.ONLY_TRAVELLER + (0 if cut else weights.ONLY_ENTRY)
            evidence.append(_name_term(own, listed, "contradicts", worth))
        elif own is not None:
            evidence.append(_name_term(own, None, "only_traveller", weights.ONLY_TRAVELLER))
        elif not cut:
            evidence.append(_name_term(None, listed, "only_entry", weights.ONLY_ENTRY))
    return evidence


def _single(words: Sequence[Word]) -> bool:
    """One name only, beside particles."""
    return [word.role for word in words if word.role != "particle"] == ["name"]


def _name_term(own: str | None, listed: str | None, level: str, millibits: int) -> Evidence:
    return Evidence(field="name", traveller=own, entry=listed, level=level, millibits=millibits)


def _text(words: Sequence[Word], unit: Unit) -> str:
    return " ".join(word.written for word in words[unit.first : unit.first + unit.size])


def _left(words: Sequence[Word], used: Sequence[Unit]) -> list[str]:
    taken = 0
    for unit in used:
        taken |= unit.mask
    return [word.written for place, word in enumerate(words) if word.role == "name" and not taken >> place & 1]


def _boundaries(unit: Unit) -> int:
    """The charge for reading several words as one; a field without blanks lacks all of them for one reason."""
    return weights.JOINED * min(unit.size - 1, 2)


def _most(word: Word) -> int:
    """The most that a single word can be worth by its role."""
    return {"name": weights.RAREST_WORD, "particle": weights.PARTICLE, "initial": weights.INITIAL}[word.role]


def _initials(words: Sequence[Word], form: Form) -> list[Pair]:
    pairs = []
    for own_place, own in enumerate(words):
        for place, listed in enumerate(form.words):
            if "initial" not in (own.role, listed.role) or "particle" in (own.role, listed.role):
                continue
            heads = {spelling[0] for spelling in own.spellings + own.bare}
            if heads & {spelling[0] for spelling in listed.spellings + listed.bare}:
                pairs.append(Pair(Unit(own_place, 1), Unit(place, 1), "initial", weights.INITIAL))
    return pairs


def _all_dates(entry: Entry) -> list[str]:
    return [date.date for date in entry.birth_dates] + [
        name.birth_date for name in entry.names if name.birth_date is not None
    ]


def _born(query: Query, entry: Entry, form: Form) -> list[Evidence]:
    compared = birth_dates.compare(query.birth_date, entry.birth_dates)
    if form.listed.birth_date is not None:
        own = birth_dates.compare_one(query.birth_date, form.listed.birth_date)
        compared = max(compared, own, key=lambda evidence: evidence.millibits)
    if compared.listed is None:
        return []
    return [
        Evidence(
            field="birth_date",
            traveller=query.birth_date,
            entry=compared.listed,
            level=compared.level,
            millibits=compared.millibits,
        )
    ]


def _sex(query: Query, entry: Entry) -> list[Evidence]:
    if query.sex not in ("M", "F") or entry.sex not in ("M", "F"):
        return []
    level = "same" if query.sex == entry.sex else "different"
    return [Evidence(field="sex", traveller=query.sex, entry=entry.sex, level=level, millibits=weights.SEX[level])]


def _nationality(query: Query, entry: Entry) -> list[Evidence]:
    if query.nationality is None or not entry.nationalities:
        return []
    level = "same" if query.nationality in entry.nationalities else "different"
    listed = query.nationality if level == "same" else " ".join(entry.nationalities)
    worth = weights.NATIONALITY[level]
    return [Evidence(field="nationality", traveller=query.nationality, entry=listed, level=level, millibits=worth)]


def _document(query: Query, entry: Entry) -> list[Evidence]:
    compared = [
        (*same, own.number, listed.number)
        for own in query.documents
        for listed in entry.documents
        if (same := documents.compare(own, listed)) is not None
    ]
    if not compared:
        return []
    level, worth, own_number, listed_number = max(compared, key=lambda one: (one[1], one[0]))
    return [Evidence(field="document", traveller=own_number, entry=listed_number, level=level, millibits=worth)]


@lru_cache(maxsize=1)
def parameters_digest() -> str:
    """SHA-256 over the source files of names and matching and their tables: what a result depends on."""
    digest = hashlib.sha256()
    for room in ("vigie.names", "vigie.matching"):
        for file in sorted(files(room).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".tsv")):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
