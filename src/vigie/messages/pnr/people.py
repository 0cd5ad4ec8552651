"""The travellers of one booking: who they are (TIF), and whose each document is (SSR DOCS, anywhere in the booking).

Senders put DOCS into every group, with a reference to the TIF or without, and those of an infant under the adult. A
reference is believed unless the name is exactly that of another traveller; an exact name beats the place a document
stands in. Two birth dates or sexes are two persons, so no one gets both. What fits nobody is a traveller of its own:
somebody travels with it.
"""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final, Literal, NamedTuple

import msgspec
from rapidfuzz.distance import OSA

from vigie.messages.fields import ssr_docs, titles
from vigie.messages.fields.ssr_docs import DocaItem, DocoItem, DocsItem
from vigie.messages.fields.stamps import Century, not_after
from vigie.records import BagTags, Contact, Document, Protection

_NAME_NUMBER: Final = re.compile(r"-\d{1,2}\Z")
"""Ties a name to a service in some systems: `SMITH/JOHN MR-1`."""
_INFANT_TYPES: Final = frozenset(["IN", "IS", "INF", "INS"])
Age = Literal["adult", "child", "infant"]
_AGE_OF_TYPE: Final[dict[str, Age]] = {
    **dict.fromkeys(["A", "ADT"], "adult"),
    **dict.fromkeys(["C", "CH", "CHD", "CNN"], "child"),
    **dict.fromkeys(_INFANT_TYPES, "infant"),
}
_AGE_OF_TITLE: Final[dict[str, Age]] = {"MSTR": "child", "CHD": "child", "INF": "infant", "MR": "adult", "MRS": "adult"}
_SEX_OF_TITLE: Final = {"MR": "M", "MSTR": "M", "MRS": "F", "MISS": "F", "MLLE": "F"}
"""Of titles whose letters end no names."""
_YEARS: Final[dict[Age, tuple[int, int]]] = {"adult": (12, 150), "child": (0, 17), "infant": (0, 2)}
"""Least and most years on the day of travel. Fares draw the line at 2 and 12; carriers call some a child up to 17."""
_NOBODY_YET: Final = frozenset(["TBA", "TBN"])
_SHORTEST_NAME: Final = 2
"""Letters of a given name; one letter tells placeholders apart."""
_SHORTEST_CUT: Final = 4
"""Letters left of a family name that was cut or has a suffix (SMITH, SMITHJR): LI is not LIANG."""
_NEVER_TYPED: Final = 3
_TYPED_ONCE: Final = 6
"""Letters of names up to which no letter, or only one, may differ to be taken for a slip of typing."""
_WHOLE_DATE: Final = 10
"""Characters of a date with day, month and year."""
_SHORTEST_STEM: Final = 3
"""Letters before what may be a title, to stand for the beginning of a longer name."""
_MOST_OF_REFERENCE: Final = 8
"""Travellers of one reference that a later TIF is compared with; there should be one."""
_MOST_ALIKE: Final = 300
"""Travellers of a booking that a name is compared with. No booking has so many of one family; a hostile one may."""
_FULL, _LOOSE, _NOT = 2, 1, 0
"""How well two names agree: letter for letter, as far as both go, not."""


class Presence(msgspec.Struct):
    """A traveller in departure control on one flight (group 7)."""

    flight: int
    """Index into the booking's segments; -1 before any."""
    checked_in: str | None = None
    sequence: str | None = None
    bags: int | None = None
    weight: str | None = None
    tags: tuple[BagTags, ...] = ()


class Paper(msgspec.Struct):
    """One SSR DOCS: what it says, and what it points to."""

    at: int
    item: DocsItem
    reference: str
    under: "Person | None"
    """The TIF it stands under (group 2)."""


class Slip(msgspec.Struct):
    """One SSR DOCO or DOCA: it bears no name, so reference and place alone tell whose it is."""

    at: int
    item: DocoItem | DocaItem
    reference: str
    under: "Person | None"


_Dated = tuple[Paper, str | None]
Remark = Literal["other_name", "nobody", "other_reference", "unknown_reference", "same_names", "undecided"]
"""What is to be said of a document: given to a traveller of another name; of nobody known; against its reference;
with a reference nobody has; of one of several travellers with the same name, given in their order; given to none of
them, because they are not alike."""


class _Choice(NamedTuple):
    """Whose a document may be: the best first, and what is to be said when it is given so."""

    persons: list["Person"]
    remark: Remark | None = None


class Repeated(NamedTuple):
    """Whom a later TIF means. `guessed` when only the order told which of several."""

    person: "Person | None"
    guessed: bool = False


class Person(msgspec.Struct, kw_only=True):
    """A traveller while it is read."""

    at: int
    family_key: str = ""
    given_keys: frozenset[str] = frozenset()
    """What is compared of the names: letters, of given names with and without what may be a title."""
    source: str
    """What named the person first: `TIF`, `DOCS` or `INFT`."""
    family: str = ""
    given: str = ""
    title: str = ""
    """What the given name may end in."""
    raw: str = ""
    reference: str = ""
    """What TIF is referred to by: `1`, `1.1`, `43578I`."""
    spellings: list[tuple[str, str, str]] = []
    """Family, given name and raw of later TIFs that mean this person and spell the name otherwise."""
    type: str | None = None
    group: bool = False
    infant: bool = False
    doubtful: bool = False
    """May have been named where the input could not be read."""
    guardian: "Person | None" = None
    """The traveller before an infant."""
    birth: str | None = None
    """Date as sent with INFT or CHLD: `15APR12`."""
    unique: str | None = None
    """The carrier's reference of the passenger (REF)."""
    papers: list[Paper] = []
    identities: set[tuple[str, str]] = set()
    """Birth date and sex of each document, for telling persons apart."""
    visas: list[DocoItem] = []
    identifications: list[Document] = []
    """Of SSR FOID: numbers of documents without State and date."""
    numbers: list[str] = []
    places: list[DocaItem] = []
    contacts: list[Contact] = []
    addresses: list[tuple[str, str, tuple[str, ...]]] = []
    """Kind, country and lines."""
    seats: dict[str, str] = {}
    """As sent, by what they are without zeros."""
    order: int = 0
    """Place among the travellers of the booking."""
    tickets: list[str] = []
    loyalty: list[str] = []
    protections: list[Protection] = []
    presences: list[Presence] = []

    @property
    def placeholder(self) -> bool:
        """A group, or somebody not named yet. A document makes a person of both."""
        return (self.group or _is_nobody(self.family, self.given)) and not self.papers

    @property
    def unnamed(self) -> bool:
        """Stands for one person whose name was not known when the place was booked."""
        return not self.group and _is_nobody(self.family, self.given)

    @property
    def age(self) -> Age | None:
        """Adult, child or infant, as TIF says: the title of a child beats the type, which some send for everybody."""
        if self.infant:
            return "infant"
        of_title = _AGE_OF_TITLE.get(self.title)
        return of_title if of_title in ("child", "infant") else _AGE_OF_TYPE.get(self.type or "", of_title)

    def is_met(self, flight: int, reference: str, sequence: str) -> bool:
        """True when departure control has named the person on this flight: under another reference, or without one,
        unless this is the same sequence number again."""
        if flight < 0 or not self.presences or self.presences[-1].flight != flight:
            return False
        if reference and self.reference:
            return reference != self.reference
        return not sequence or sequence != self.presences[-1].sequence

    def hold(self, paper: Paper) -> None:
        """Adds a document."""
        self.papers.append(paper)
        self.identities.add(_identity(paper.item))

    @property
    def is_bare(self) -> bool:
        """True for somebody of whom it is not certain that he was named, and of whom nothing else came."""
        held = (self.papers, self.visas, self.identifications, self.numbers, self.places, self.contacts, self.addresses)
        known = (self.birth, self.unique, self.seats, self.tickets, self.loyalty, self.protections, self.presences)
        return self.doubtful and not any(held) and not any(known)

    def seat(self, number: str) -> None:
        """Adds a seat, as sent; `XXX` is none, and 39G is 039G."""
        plain = number.lstrip("0").upper()
        if plain.strip("X"):
            self.seats.setdefault(plain, number)


def person(family: str, given: str, raw: str, at: int, source: str = "TIF") -> Person:
    """A person of these names, with name numbers taken off."""
    family = _NAME_NUMBER.sub("", " ".join(family.split()))
    given = _NAME_NUMBER.sub("", " ".join(given.split()))
    found = titles.separate(given)
    keys = frozenset([letters(given), *([letters(found.given)] if found else [])])
    return Person(
        at=at,
        source=source,
        family=family,
        given=given,
        title=found.title if found else "",
        raw=raw,
        family_key=letters(family),
        given_keys=keys,
    )


def _is_nobody(family: str, given: str) -> bool:
    """`TBA`, with nothing, a letter to tell several apart or a title behind it. TBA/AHMED is a person named so."""
    if family.upper() not in _NOBODY_YET:
        return False
    found = titles.separate(given)
    words = (found.given if found and found.certain else given).upper().split()
    return all(len(letters(word)) < _SHORTEST_NAME or word in _NOBODY_YET for word in words)


def is_infant_type(code: str) -> bool:
    return code in _INFANT_TYPES


class People:
    """All travellers of a booking, found again by reference and by name."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self.last_adult: Person | None = None
        self._by_reference: dict[str, list[Person]] = {}
        """The first is who a reference means; others had it in departure control, under another name."""
        self._shared: set[str] = set()
        """References under which the booking itself names several: they mean nobody."""
        self._by_stem: dict[str, list[Person]] = {}
        self._alike: dict[str, list[Person]] = {}
        """By the beginning of the family name, which names that agree have in common."""
        self._exactly: dict[tuple[str, str], list[Person]] = {}
        self._infants: dict[int, list[Person]] = {}
        """By identity of the guardian."""
        self._real: list[int] = []
        """Places in `all` of those who are no placeholders, rising: a group may have thousands of these."""
        self._nameless: list[Person] = []
        """Infants without a given name."""
        self._day: dt.date | None = None
        """Of travel, by which ages are told."""
        self._unlike = False
        """Whether somebody is grown up, or may be, and another is not: else no two of one name are unlike."""
        self._crowded: set[tuple[int, str, str]] = set()
        """Travellers by identity, with a name: documents of several persons of it stand under one, whose place is then
        no sign."""

    def add(self, new: Person, guardian: Person | None = None, late: bool = False) -> Person:
        """Somebody new; `late` when departure control named him first."""
        new.order = len(self.all)
        self.all.append(new)
        self._is_real(new)
        if new.infant:
            self.guard(new, guardian)
            self._nameless += [] if new.given else [new]
        else:
            self.last_adult = new
        self._index(new)
        if new.reference:
            if new.reference in self._by_reference and not late:
                self._shared.add(new.reference)
            self._refer(new)
        return new

    def interrupted(self, at: int) -> Person:
        """Somebody who may have been named where the input could not be read."""
        nobody = person("", "", "", at)
        nobody.doubtful = True
        return self.add(nobody)

    def drop_bare(self) -> None:
        """Forgets those who may have been named where nothing could be read, and of whom nothing came."""
        self.all = [one for one in self.all if not one.is_bare]
        self._real = []
        for order, one in enumerate(self.all):
            one.order = order
            self._is_real(one)

    def becomes(self, one: Person, named: Person) -> None:
        """Somebody not named yet is named now."""
        one.spellings.append((one.family, one.given, one.raw))
        one.family, one.given, one.title, one.raw = named.family, named.given, named.title, named.raw
        one.family_key, one.given_keys = named.family_key, named.given_keys
        one.type, one.infant = one.type or named.type, one.infant or named.infant
        self._index(one)
        self._is_real(one)

    def _is_real(self, one: Person) -> None:
        """Somebody may be no placeholder any more."""
        at = bisect_left(self._real, one.order)
        if not one.placeholder and self._real[at : at + 1] != [one.order]:
            self._real.insert(at, one.order)

    def _index(self, one: Person) -> None:
        self._alike.setdefault(one.family_key[:_SHORTEST_CUT], []).append(one)
        for key in one.given_keys:
            self._exactly.setdefault((one.family_key, key), []).append(one)

    def guard(self, infant: Person, guardian: Person | None) -> None:
        """Says whom an infant goes with."""
        infant.infant = True
        if guardian is not None and infant.guardian is None and guardian is not infant:
            infant.guardian = guardian
            self._infants.setdefault(id(guardian), []).append(infant)

    def referred(self, reference: str) -> Person | None:
        """The person of a reference. `1` and `1.1` are one where only one can be meant; 2I is the infant of 2."""
        if not reference or reference in self._shared:
            return None
        exact = self._by_reference.get(reference)
        if exact:
            return exact[0]
        if reference.endswith("I") and (adults := self._by_reference.get(reference[:-1])):
            return next(iter(self.infants_of(adults[0])), None)
        alike = self._by_stem.get(reference.partition(".")[0], [])
        return alike[0] if len(alike) == 1 and ("." in reference) != ("." in alike[0].reference) else None

    def named(self, family: str, given: str) -> Person | None:
        """The one person of these names; of several, one with all letters the same."""
        return _one(self._scored(family, given))

    def repeated(self, new: Person, flight: int = -1, sequence: str = "") -> Repeated:
        """The person a later TIF means: by reference where the name may be the same, else by name.

        Nobody when the reference is that of somebody else: another person, whatever the reference says. On one
        `flight`, an index of `presences`, a name is each time that of another: of several of one name the first named
        here is the first named before.
        """
        family, given, reference = new.family, new.given, new.reference
        known = self.referred(reference)
        sharing = self._by_reference.get(reference, [])[:_MOST_OF_REFERENCE] or ([known] if known is not None else [])
        if known is not None and (not family or _is_nobody(family, given)):
            return Repeated(known)
        levels = [(agreement(one, family, given), one) for one in sharing]
        exact = next((one for level, one in levels if level == _FULL), None)
        if exact is not None:
            return Repeated(exact)

        def may_be(one: Person) -> bool:
            return not one.group and not one.is_met(flight, reference, sequence) and not _are_two(one, new)

        named = [one for one in _once(self._same(family, given)) if may_be(one)]
        if named:
            return Repeated(named[0], len(named) > 1)
        found = next((one for level, one in levels if level), None)
        if found is None and reference:
            found = next((one for one in sharing if one.unnamed or _is_spelling(one, family, given)), None)
        if found is None and not reference:
            found = _one([(score, one) for score, one in self._scored(family, given) if may_be(one)])
        return Repeated(found)

    def is_one_more(self, new: Person) -> bool:
        """True when nothing tells somebody new from a traveller of that name but that both were named."""
        return any(not _are_two(one, new) for _, one in self._scored(new.family, new.given))

    def refer(self, one: Person, reference: str) -> None:
        """Gives a reference to somebody who has none, where it is nobody's."""
        if reference and not one.reference and reference not in self._by_reference:
            one.reference = reference
            self._refer(one)

    def _refer(self, one: Person) -> None:
        known = self._by_reference.setdefault(one.reference, [])
        if not known:
            self._by_stem.setdefault(one.reference.partition(".")[0], []).append(one)
        known.append(one)

    def is_spelt(self, family: str, given: str) -> bool:
        """True when one of the first travellers may be named so, typed otherwise."""
        return any(_is_spelling(one, family, given) for one in self.all[:_MOST_ALIKE])

    def strangers(self, removed: Iterable[_Dated], added: Iterable[_Dated]) -> list[Paper]:
        """Documents that a history removes without having added them, of names that fit nobody."""
        known = {_contents(paper.item) for paper, _ in added}
        return [
            paper
            for paper, _ in removed
            if (item := paper.item).family
            and _contents(item) not in known
            and not self._scored(item.family, item.given or "")
        ]

    def twin(self, family: str, given: str, reference: str) -> Person | None:
        """The person of exactly this reference and name: a TIF sent twice."""
        known = self._by_reference.get(reference, []) if reference else []
        return next((one for one in known[:_MOST_OF_REFERENCE] if agreement(one, family, given) == _FULL), None)

    def infants_of(self, adult: Person) -> list[Person]:
        return self._infants.get(id(adult), [])

    def infant_named(self, family: str, given: str) -> Person | None:
        """An infant of these names, or somebody of exactly these of whom the booking does not say what he is."""
        exact = self._same(family, given)
        scored = [one for _, one in self._scored(family, given) if one.infant]
        return next(iter([*scored, *(one for one in exact if one.type is None and not one.papers)]), None)

    def seated(self) -> Iterator[Person]:
        """Those who have a seat of their own, in order."""
        real = map(self.all.__getitem__, self._real)
        return (one for one in real if not (one.infant and one.type in (None, "IN", "INF")))

    def only(self) -> Person | None:
        """The one real traveller, where there is just one."""
        return self.all[self._real[0]] if len(self._real) == 1 else None

    # -- whose a document is

    def attach(self, papers: Iterable[Paper], day: dt.date | None) -> list[tuple[Remark, Paper]]:
        """Gives every document to its traveller. Returns those that need a word. `day` is that of travel.

        Those of whom reference and name agree come first, then those of an exact name, so that none of a weaker sign
        takes the place of another's. Ages are asked twice: whose a document is may show whose another is not.
        """
        waiting = [paper for paper in papers if _is_of_somebody(paper)]
        self._day, self._crowded, self._unlike = day, _crowded(waiting), _are_unlike(self.all)
        remarks: list[tuple[Remark, Paper]] = []
        for paper in waiting:
            if paper.reference and not self.referred(paper.reference):
                remarks.append(("unknown_reference", paper))
                paper.under = placed(paper.reference, paper.under)
        by_age = (self._aged, self._aged) if self._unlike else ()
        for choose in (self._agreed, *by_age, self._named, self._likely):
            waiting = [paper for paper in waiting if not self._give(paper, choose(paper), remarks)]
        for paper in waiting:
            # Documents before it may have made the very person it is of.
            again = self._named(paper) if not paper.item.infant else self._likely(paper)
            if not self._give(paper, again, remarks):
                remarks.append(("undecided" if self._is_of_unlike(paper) else "nobody", paper))
                self._own(paper)
        return remarks

    def owner(self, slip: Slip) -> Person | None:
        """Whose a DOCO or DOCA is: by reference, place, or the only traveller's. An infant's is not the adult's."""
        place = placed(slip.reference, slip.under)
        pointed = self.referred(slip.reference) or place or (None if slip.reference else self.only())
        if not slip.item.infant or pointed is None or pointed.infant:
            return pointed
        infants = self.infants_of(pointed)
        return infants[0] if len(infants) == 1 else None

    def _give(self, paper: Paper, choice: _Choice, remarks: list[tuple[Remark, Paper]]) -> bool:
        """To the first whose other documents do not speak of another person."""
        pointed = self.referred(paper.reference) or paper.under
        found = next((one for one in choice.persons if not _is_another(one, paper.item)), None)
        if found is None:
            return False
        if choice.remark is not None:
            remarks.append((choice.remark, paper))
        found.hold(paper)
        self._is_real(found)
        if paper.item.infant:
            self.guard(found, pointed)
        return True

    def _agreed(self, paper: Paper) -> _Choice:
        """Whom the reference points to, where the name is that person's or may be."""
        item, pointed = paper.item, self.referred(paper.reference)
        if pointed is None or (item.infant and not pointed.infant):
            return _Choice([])
        exact = self._exact(item)
        if pointed in exact or pointed.placeholder or not item.family:
            return _Choice([pointed])
        return _Choice([pointed] if len(exact) != 1 and _fits(pointed, item) else [])

    def _named(self, paper: Paper) -> _Choice:
        """Whose name it bears letter for letter. Of several of that name: who it stands under, who has the same birth
        date, or the first without a document, since they cannot be told apart."""
        item, pointed = paper.item, self.referred(paper.reference)
        exact = self._exact(item)
        if item.infant or not exact:
            return self._of_infant(paper, exact=True) if item.infant else _Choice([])
        if pointed is not None and pointed not in exact:
            return _Choice(exact if len(exact) == 1 else [], "other_reference")
        unlike = _are_unlike(exact)
        if paper.under in exact and _place_of(paper) not in self._crowded:
            return _Choice([paper.under, *([] if unlike else _free(exact))])
        if unlike:
            return self._aged(paper)
        same = [one for one in exact if _is_same(one, item)]
        if same or len(exact) == 1:
            return _Choice(same or exact)
        free = [one for one in _free(exact) if not _is_another(one, item)]
        return _Choice(free, "same_names" if len(free) > 1 else None)

    def _aged(self, paper: Paper) -> _Choice:
        """Of father and son of one name: whose other document or age it shows. No guess: the one would have the
        other's passport."""
        item = paper.item
        exact = self._exact(item) if self._is_of_unlike(paper) else []
        fitting = [one for one in exact if not _is_another(one, item) and not self._is_of_other_age(one, item)]
        same = [one for one in fitting if _is_same(one, item)]
        return _Choice(same or (fitting if len(fitting) == 1 else []))

    def _is_of_unlike(self, paper: Paper) -> bool:
        """True for a document of one of several of whom only one is grown up, where its reference tells nobody."""
        by_name = self._unlike and not paper.item.infant and self.referred(paper.reference) is None
        return by_name and _are_unlike(self._exact(paper.item))

    def _is_of_other_age(self, one: Person, item: DocsItem) -> bool:
        """True when the birth date is not that of INFT or CHLD, or on the day of travel not that of an adult, a child
        or an infant, as TIF has it."""
        if one.birth and not _begins(_short_birth(one.birth), _short_birth(item.birth)):
            return True
        born = _birth(item.birth, not_after(self._day)) if self._day is not None else ""
        if self._day is None or one.age is None or len(born) < _WHOLE_DATE:
            return False
        years = self._day.year - int(born[:4]) - (f"{self._day:%m-%d}" < born[5:])
        least, most = _YEARS[one.age]
        return not least <= years <= most

    def _likely(self, paper: Paper) -> _Choice:
        """Where reference or place points and the name may be that person's; whose name alone it may be; else where it
        was sent, although the name is another."""
        item = paper.item
        if item.infant:
            return self._of_infant(paper, exact=False)
        if self._is_of_unlike(paper):
            return _Choice([])
        referred = self.referred(paper.reference)
        pointed = referred or paper.under
        if pointed is not None and (pointed.placeholder or not item.family or _fits(pointed, item)):
            return _Choice([pointed])
        scored = self._scored(item.family or "", item.given or "") if referred is None else []
        if len(scored) == 1 and not _is_another(scored[0][1], item):
            return _Choice([scored[0][1]])
        if pointed is not None and not pointed.infant and (not pointed.papers or _is_same(pointed, item)):
            return _Choice([pointed], "other_name")
        return _Choice([])

    def _of_infant(self, paper: Paper, exact: bool) -> _Choice:
        """The infant a document is of, which mostly stands under the adult: by name, or the only one without a name."""
        item, pointed = paper.item, self.referred(paper.reference) or paper.under
        scored = [
            (score, one)
            for score, one in self._scored(item.family or "", item.given or "")
            if (one.infant or not one.papers) and not _is_another(one, item)
        ]
        found = [pair for pair in scored if pair[1].infant] or [pair for pair in scored if pair[1] is not pointed]
        best = _one(found)
        if exact:
            return _Choice([best] if best is not None and found[0][0] == _FULL else [])
        if pointed is not None and pointed.infant and (not item.family or _fits(pointed, item)):
            return _Choice([pointed])
        if best is not None:
            return _Choice([best])
        bare = list(islice((one for one in self._nameless if not one.papers), 2)) if not found else []
        return _Choice(bare if len(bare) == 1 else [])

    def _own(self, paper: Paper) -> None:
        item = paper.item
        new = person(item.family or "", item.given or "", item.name_raw, paper.at, "DOCS")
        new.infant = item.infant
        new.hold(paper)
        self.add(new, (self.referred(paper.reference) or paper.under) if item.infant else None)

    def _exact(self, item: DocsItem) -> list[Person]:
        """Those of whom the letters of the names are those of the document."""
        if not item.family and not item.given:
            return []
        return _once(one for one in self._same(item.family or "", item.given or "") if not one.placeholder)

    def _scored(self, family: str, given: str) -> list[tuple[int, Person]]:
        """All whose names agree, the best first. Those that agree letter for letter are found without the others."""
        if not family and not given:
            return []
        exact = [(_FULL, one) for one in _once(self._same(family, given)) if not one.placeholder]
        if exact:
            return exact
        alike = _once(self._alike.get(letters(family)[:_SHORTEST_CUT], [])[:_MOST_ALIKE])
        wanted = _keys(given)
        scored = [(_agreement(one, letters(family), wanted), one) for one in alike if not one.placeholder]
        return [(score, one) for score, one in scored if score]

    def _same(self, family: str, given: str) -> list[Person]:
        """Those of whom the letters of the names are the same."""
        key = letters(family)
        found = [one for wanted in _keys(given) for one in self._exactly.get((key, wanted), [])]
        return found[:_MOST_ALIKE]


def still_there(added: Iterable[_Dated], removed: Iterable[_Dated]) -> list[Paper]:
    """Documents of a history that were not removed later: by the times of both where they differ, else as sent."""
    newest: dict[tuple[str, ...], tuple[str, int]] = {}
    last: dict[tuple[str, ...], int] = {}
    for paper, at in removed:
        key = _contents(paper.item)
        newest[key] = max(newest.get(key, ("", 0)), (at or "", paper.at))
        last[key] = paper.at

    def is_removed(paper: Paper, at: str | None) -> bool:
        key = _contents(paper.item)
        if key not in newest:
            return False
        day, place = newest[key]
        return (day, place) > (at, paper.at) if at and day else last[key] > paper.at

    return [paper for paper, at in added if not is_removed(paper, at)]


def _contents(item: DocsItem) -> tuple[str, ...]:
    """What tells that two DOCS are of the same document."""
    return item.number or "", letters(item.family or ""), letters(item.given or ""), item.birth or ""


def placed(reference: str, under: Person | None) -> Person | None:
    """Who something stands under, unless it has a reference and that one another: then it is somebody else's."""
    own = under.reference if under is not None else ""
    if not reference or not own:
        return under
    sent = reference.removesuffix("I")
    is_short = ("." in sent) != ("." in own)
    return under if sent == own or (is_short and sent.partition(".")[0] == own.partition(".")[0]) else None


def _is_of_somebody(paper: Paper) -> bool:
    """False for a DOCS of which nothing was sent, or nothing is left."""
    item = paper.item
    return bool(item.family or item.given or item.number or item.birth)


def _once(persons: Iterable[Person]) -> list[Person]:
    return list({id(one): one for one in persons}.values())


def _free(persons: list[Person]) -> list[Person]:
    """Those without a document first."""
    return sorted(persons, key=lambda one: bool(one.papers))


def _one(scored: list[tuple[int, Person]]) -> Person | None:
    """The only one, or the first of those that agree letter for letter: they cannot be told apart."""
    if len(scored) == 1 or (scored and scored[0][0] == _FULL):
        return next((one for score, one in scored if score == scored[0][0] and not one.papers), scored[0][1])
    return None


def _is_another(one: Person, item: DocsItem) -> bool:
    """True when a document of this person gives another birth date or sex: two persons, whatever their names are."""
    birth, sex = _identity(item)
    return any(
        # X is "not said" in documents of people who have M or F in another.
        {sex, other_sex} == {"M", "F"} or not _begins(birth, other_birth)
        for other_birth, other_sex in one.identities
    )


def _is_same(one: Person, item: DocsItem) -> bool:
    """True when a document of this person gives the same birth date."""
    birth, _ = _identity(item)
    return bool(birth) and not _is_another(one, item) and any(birth == other for other, _ in one.identities)


def _identity(item: DocsItem) -> tuple[str, str]:
    """Birth date without century; sex without the I of infants."""
    return _short_birth(item.birth), (item.sex_raw or "")[:1]


@lru_cache(maxsize=1 << 12)  # namesakes ask for the same few dates again and again
def _short_birth(text: str | None) -> str:
    """Year without century, month and day."""
    return _birth(text, lambda year, month, day: 2000 + year)[2:]


def _birth(text: str | None, century: Century) -> str:
    """The date of a DOCS, INFT or CHLD; empty for what is no date."""
    try:
        read = ssr_docs.date(text or "", century)
    except ValueError:
        read = None
    return read.date if read is not None else ""


def _are_two(one: Person, other: Person) -> bool:
    """True when title or type tell two of one name apart: man and woman, grown up and not."""
    if one.title and one.title == other.title:
        return False
    sexes = {_SEX_OF_TITLE.get(one.title), _SEX_OF_TITLE.get(other.title)} - {None}
    ages = {one.age, other.age}
    return len(sexes) > 1 or (None not in ages and ("adult" in ages) and len(ages) > 1)


def _are_unlike(persons: list[Person]) -> bool:
    """True for several of one name of whom one is grown up, or may be, and another is not."""
    ages = {one.age for one in persons if one.source != "DOCS"}
    return len(ages) > 1 and ages != {"adult", None}


def _crowded(papers: Iterable[Paper]) -> set[tuple[int, str, str]]:
    """Places under which documents of one name and of several persons stand without a reference."""
    loose = [paper for paper in papers if not paper.reference and not paper.item.infant]
    if len({id(paper.under) for paper in loose}) == len(loose):
        return set()
    first: dict[tuple[int, str, str], tuple[str, str]] = {}
    return {
        place
        for paper in loose
        for place, identity in [(_place_of(paper), _identity(paper.item))]
        if first.setdefault(place, identity) != identity
    }


def _place_of(paper: Paper) -> tuple[int, str, str]:
    item = paper.item
    return id(paper.under), letters(item.family or ""), letters(item.given or "")


def _is_spelling(one: Person, family: str, given: str) -> bool:
    """True when a name may be this person's, typed otherwise: letters changed, or family and given name turned."""
    mine, other = (one.family_key, letters(one.given)), (letters(family), letters(given))
    if "".join(mine) == "".join(other) or mine == other[::-1]:
        return True
    return _is_typed(mine[0], other[0]) and any(
        _is_typed(short, long) or _begins(short, long) for short in one.given_keys for long in _keys(given)
    )


def _is_typed(one: str, other: str) -> bool:
    """A letter wrong, left out or in another's place; two in longer words. MIA and MIN are two names."""
    longest = max(len(one), len(other))
    most = 0 if longest <= _NEVER_TYPED else 1 if longest <= _TYPED_ONCE else 2
    return OSA.distance(one, other, score_cutoff=most) <= most


def _fits(one: Person, item: DocsItem) -> bool:
    return agreement(one, item.family or "", item.given or "") > _NOT


def agreement(one: Person, family: str, given: str) -> int:
    """0 not, 1 as far as both names go (cut, shortened, a title glued on), 2 letter for letter."""
    return _agreement(one, letters(family), _keys(given))


def _keys(given: str) -> list[str]:
    """What is compared of a given name: its letters, and those without a certain title."""
    found = titles.separate(given)
    return [letters(given), *([letters(found.given)] if found and found.certain else [])]


def _agreement(one: Person, family: str, wanted: list[str]) -> int:
    mine = one.family_key
    if mine != family and not (_begins(mine, family) and min(len(mine), len(family)) >= _SHORTEST_CUT):
        return _NOT
    if mine == family and not one.given_keys.isdisjoint(wanted):
        return _FULL
    whole = letters(one.given)
    parts = [key for key in one.given_keys if key == whole or len(key) >= _SHORTEST_STEM]
    return _LOOSE if any(_begins(short, long) for short in parts for long in wanted) else _NOT


def _begins(one: str, other: str) -> bool:
    """One goes on with the other; a name of one letter may be an initial, a date without day or month any of them."""
    if not one or not other:
        return True
    return one.startswith(other) or other.startswith(one)


def letters(name: str) -> str:
    """What is compared of a name. Folds of lines leave blanks in it."""
    upper = name.upper()
    return upper if upper.isalpha() else "".join(filter(str.isalpha, upper))
