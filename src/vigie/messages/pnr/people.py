"""The travellers of one booking: who they are (TIF), and whose each document is (SSR DOCS, anywhere in the booking).

Senders put DOCS into every group, with a reference to the TIF or without, and those of an infant under the adult. A
document goes to the traveller its reference, its place or its name points to, in this order, as long as the names do
not speak against it. One that fits nobody is a traveller of its own: somebody travels with it.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from vigie.messages.fields import titles
from vigie.messages.fields.ssr_docs import DocaItem, DocoItem, DocsItem
from vigie.records import BagTags, Contact, Document, Protection

_NAME_NUMBER: Final = re.compile(r"-\d{1,2}\Z")
"""Ties a name to a service in some systems: `SMITH/JOHN MR-1`."""
_INFANT_TYPES: Final = frozenset(["IN", "IS", "INF", "INS"])
_NOBODY_YET: Final = frozenset(["TBA", "TBN"])
_SHORTEST_CUT: Final = 4
"""Letters left of a family name that was cut or has a suffix (SMITH, SMITHJR): LI is not LIANG."""
_SHORTEST_STEM: Final = 3
"""Letters before what may be a title, to stand for the beginning of a longer name."""
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
    raw: str = ""
    reference: str = ""
    """What TIF is referred to by: `1`, `1.1`, `43578I`."""
    spellings: list[tuple[str, str, str]] = []
    """Family, given name and raw of later TIFs that mean this person and spell the name otherwise."""
    type: str | None = None
    group: bool = False
    infant: bool = False
    guardian: "Person | None" = None
    """The traveller before an infant."""
    birth: str | None = None
    """Date as sent with INFT or CHLD: `15APR12`."""
    unique: str | None = None
    """The carrier's reference of the passenger (REF)."""
    papers: list[Paper] = []
    visas: list[DocoItem] = []
    identifications: list[Document] = []
    """Of SSR FOID: numbers of documents without State and date."""
    numbers: list[str] = []
    places: list[DocaItem] = []
    contacts: list[Contact] = []
    addresses: list[tuple[str, str, tuple[str, ...]]] = []
    """Kind, country and lines."""
    seats: list[str] = []
    tickets: list[str] = []
    loyalty: list[str] = []
    protections: list[Protection] = []
    presences: list[Presence] = []

    @property
    def placeholder(self) -> bool:
        """A group, or somebody not named yet. A document makes a person of both."""
        return (self.group or self.family.upper() in _NOBODY_YET) and not self.papers

    def seat(self, number: str) -> None:
        """Adds a seat, as sent; `XXX` is none, and 39G is 039G."""
        plain = number.lstrip("0").upper()
        if plain.strip("X") and all(plain != seat.lstrip("0").upper() for seat in self.seats):
            self.seats.append(number)


def person(family: str, given: str, raw: str, at: int, source: str = "TIF") -> Person:
    """A person of these names, with name numbers taken off."""
    family = _NAME_NUMBER.sub("", " ".join(family.split()))
    given = _NAME_NUMBER.sub("", " ".join(given.split()))
    found = titles.separate(given)
    keys = frozenset([letters(given), *([letters(found.given)] if found else [])])
    return Person(
        at=at, source=source, family=family, given=given, raw=raw, family_key=letters(family), given_keys=keys
    )


def is_infant_type(code: str) -> bool:
    return code in _INFANT_TYPES


class People:
    """All travellers of a booking, found again by reference and by name."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self.last_adult: Person | None = None
        self._by_reference: dict[str, Person] = {}
        self._by_stem: dict[str, list[Person]] = {}
        self._alike: dict[str, list[Person]] = {}
        """By the beginning of the family name, which names that agree have in common."""
        self._exactly: dict[tuple[str, str], list[Person]] = {}
        self._infants: dict[int, list[Person]] = {}
        """By identity of the guardian."""
        self._nameless: list[Person] = []
        """Infants without a given name."""

    def add(self, new: Person, guardian: Person | None = None) -> Person:
        self.all.append(new)
        if new.infant:
            self.guard(new, guardian)
            self._nameless += [] if new.given else [new]
        else:
            self.last_adult = new
        self._alike.setdefault(new.family_key[:_SHORTEST_CUT], []).append(new)
        for key in new.given_keys:
            self._exactly.setdefault((new.family_key, key), []).append(new)
        if new.reference and new.reference not in self._by_reference:
            self._by_reference[new.reference] = new
            self._by_stem.setdefault(new.reference.partition(".")[0], []).append(new)
        return new

    def guard(self, infant: Person, guardian: Person | None) -> None:
        """Says whom an infant goes with."""
        infant.infant = True
        if guardian is not None and infant.guardian is None and guardian is not infant:
            infant.guardian = guardian
            self._infants.setdefault(id(guardian), []).append(infant)

    def referred(self, reference: str) -> Person | None:
        """The person of a reference. `1` and `1.1` are one where only one can be meant; 2I is the infant of 2."""
        if not reference:
            return None
        exact = self._by_reference.get(reference)
        if exact is not None:
            return exact
        if reference.endswith("I") and (adult := self._by_reference.get(reference[:-1])) is not None:
            return next(iter(self.infants_of(adult)), None)
        alike = self._by_stem.get(reference.partition(".")[0], [])
        return alike[0] if len(alike) == 1 and ("." in reference) != ("." in alike[0].reference) else None

    def named(self, family: str, given: str) -> Person | None:
        """The one person of these names; of several, one with all letters the same."""
        return _one(self._scored(family, given))

    def repeated(self, family: str, given: str, reference: str) -> Person | None:
        """The person a later TIF means: by reference where the name agrees, else by name, else by reference alone."""
        known = self.referred(reference)
        if known is None or (family and not agreement(known, family, given)):
            same = next((one for one in self._same(family, given) if not one.group), None)
            known = same or known
        return known or (None if reference else self.named(family, given))

    def twin(self, family: str, given: str, reference: str) -> Person | None:
        """The person of exactly this reference and name: a TIF sent twice."""
        known = self._by_reference.get(reference) if reference else None
        return known if known is not None and agreement(known, family, given) == _FULL else None

    def infants_of(self, adult: Person) -> list[Person]:
        return self._infants.get(id(adult), [])

    def infant_named(self, family: str, given: str) -> Person | None:
        """An infant of these names, or somebody of exactly these of whom the booking does not say what he is."""
        exact = self._same(family, given)
        scored = [one for _, one in self._scored(family, given) if one.infant]
        return next(iter([*scored, *(one for one in exact if one.type is None and not one.papers)]), None)

    def seated(self) -> Iterator[Person]:
        """Those who have a seat of their own, in order."""
        return (one for one in self.all if not one.placeholder and not (one.infant and one.type in (None, "IN", "INF")))

    def only(self) -> Person | None:
        """The one real traveller, where there is just one."""
        real = list(islice((one for one in self.all if not one.placeholder), 2))
        return real[0] if len(real) == 1 else None

    def attach(self, papers: Iterable[Paper]) -> list[tuple[str, Paper]]:
        """Gives every document to its traveller. Returns those that need a word: `other_name`, `nobody`."""
        waiting = [paper for paper in papers if _is_of_somebody(paper) and not self._give(paper)]
        remarks: list[tuple[str, Paper]] = []
        for paper in waiting:
            pointed = self.referred(paper.reference) or paper.under
            if pointed is not None and not pointed.papers and not pointed.infant and not paper.item.infant:
                pointed.papers.append(paper)
                remarks.append(("other_name", paper))
            elif not self._give(paper):
                self._own(paper, pointed)
                remarks.append(("nobody", paper))
        return remarks

    def _give(self, paper: Paper) -> bool:
        """Finds the traveller for whom reference, place and name agree, or whom the name alone shows."""
        item = paper.item
        pointed = self.referred(paper.reference) or paper.under
        if item.infant and not (pointed is not None and pointed.infant):
            found = self._infant(item, pointed)
        elif pointed is not None and (pointed.placeholder or not item.family or _fits(pointed, item)):
            found = pointed
        else:
            found = _one(self._scored(item.family or "", item.given or ""))
        if found is None:
            return False
        found.papers.append(paper)
        if item.infant:
            self.guard(found, pointed)
        return True

    def _infant(self, item: DocsItem, pointed: Person | None) -> Person | None:
        """The infant a document is of, which stands under the adult: by name, or the only one without a document."""
        scored = self._scored(item.family or "", item.given or "")
        scored = [(score, one) for score, one in scored if one.infant or not one.papers]
        infants = [pair for pair in scored if pair[1].infant] or [pair for pair in scored if pair[1] is not pointed]
        if infants:
            return _one(infants)
        bare = list(islice((one for one in self._nameless if not one.papers), 2))
        return bare[0] if len(bare) == 1 else None

    def _own(self, paper: Paper, pointed: Person | None) -> None:
        item = paper.item
        new = person(item.family or "", item.given or "", item.name_raw, paper.at, "DOCS")
        new.infant = item.infant
        new.papers.append(paper)
        self.add(new, pointed if item.infant else None)

    def _scored(self, family: str, given: str) -> list[tuple[int, Person]]:
        """All whose names agree, the best first. Those that agree letter for letter are found without the others."""
        if not family and not given:
            return []
        exact = [(_FULL, one) for one in self._same(family, given) if not one.placeholder]
        if exact:
            return exact
        alike = self._alike.get(letters(family)[:_SHORTEST_CUT], [])[:_MOST_ALIKE]
        wanted = _keys(given)
        scored = [(_agreement(one, letters(family), wanted), one) for one in alike if not one.placeholder]
        return [(score, one) for score, one in scored if score]

    def _same(self, family: str, given: str) -> list[Person]:
        """Those of whom the letters of the names are the same."""
        key = letters(family)
        found = [one for wanted in _keys(given) for one in self._exactly.get((key, wanted), [])]
        return found[:_MOST_ALIKE]


def _is_of_somebody(paper: Paper) -> bool:
    """False for a DOCS of which nothing was sent, or nothing is left."""
    item = paper.item
    return bool(item.family or item.given or item.number or item.birth)


def _one(scored: list[tuple[int, Person]]) -> Person | None:
    """The only one, or the first of those that agree letter for letter: they cannot be told apart."""
    if len(scored) == 1 or (scored and scored[0][0] == _FULL):
        return next((one for score, one in scored if score == scored[0][0] and not one.papers), scored[0][1])
    return None


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
    """One goes on with the other; a name of one letter may be an initial."""
    if not one or not other:
        return True
    return one.startswith(other) or other.startswith(one)


def letters(name: str) -> str:
    """What is compared of a name. Folds of lines leave blanks in it."""
    return "".join(filter(str.isalpha, name.upper()))
