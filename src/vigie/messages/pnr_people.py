"""The travellers of one booking: who they are (TIF), and whose each document is (SSR DOCS, anywhere in the booking).

Senders put DOCS into every group, with a reference to the TIF or without, and those of an infant under the adult. A
document goes to the traveller its reference, its place or its name points to, in this order, as long as the names do
not speak against it. One that fits nobody is a traveller of its own: somebody travels with it.
"""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from vigie.messages import titles
from vigie.messages.ssr_docs import DocaItem, DocoItem, DocsItem
from vigie.records import BagTags, Contact, Document, Protection

_NAME_NUMBER: Final = re.compile(r"-\d{1,2}\Z")
"""Ties a name to a service in some systems: `SMITH/JOHN MR-1`."""
_INFANT_TYPES: Final = frozenset(["IN", "IS", "INF", "INS"])
_NOBODY_YET: Final = frozenset(["TBA", "TBN"])
_SHORTEST_CUT: Final = 4
"""Letters left of a family name that was cut or has a suffix (SMITH, SMITHJR): LI is not LIANG."""
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
    return Person(
        at=at,
        source=source,
        family=_NAME_NUMBER.sub("", " ".join(family.split())),
        given=_NAME_NUMBER.sub("", " ".join(given.split())),
        raw=raw,
    )


def is_infant_type(code: str) -> bool:
    return code in _INFANT_TYPES


class People:
    """All travellers of a booking, found again by reference and by name."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self._by_reference: dict[str, Person] = {}

    def add(self, new: Person, guardian: Person | None = None) -> Person:
        self.all.append(new)
        new.guardian = guardian
        if new.reference:
            self._by_reference.setdefault(new.reference, new)
        return new

    def referred(self, reference: str) -> Person | None:
        """The person of a reference. `1` and `1.1` are one where only one can be meant; 2I is the infant of 2."""
        if not reference:
            return None
        exact = self._by_reference.get(reference)
        if exact is not None:
            return exact
        if reference.endswith("I") and (adult := self._by_reference.get(reference[:-1])) is not None:
            return next((one for one in self.all if one.infant and one.guardian is adult), None)
        stem = reference.partition(".")[0]
        alike = [one for key, one in self._by_reference.items() if key.partition(".")[0] == stem]
        return alike[0] if len(alike) == 1 and ("." in reference) != ("." in alike[0].reference) else None

    def named(self, family: str, given: str) -> Person | None:
        """The one person of these names; of several, one with all letters the same."""
        return _one(self._scored(family, given))

    def repeated(self, family: str, given: str, reference: str) -> Person | None:
        """The person a later TIF means: by reference where the name agrees, else by name, else by reference alone."""
        known = self.referred(reference)
        if known is None or (family and not agreement(known, family, given)):
            same = [one for one in self.all if agreement(one, family, given) == _FULL and not one.group]
            known = same[0] if same else known
        return known or (None if reference else self.named(family, given))

    def twin(self, family: str, given: str, reference: str) -> Person | None:
        """The person of exactly this reference and name: a TIF sent twice."""
        known = self._by_reference.get(reference) if reference else None
        return known if known is not None and agreement(known, family, given) == _FULL else None

    def infants_of(self, adult: Person) -> list[Person]:
        return [one for one in self.all if one.infant and one.guardian is adult]

    def seated(self) -> list[Person]:
        """Those who have a seat of their own, in order."""
        return [one for one in self.all if not one.placeholder and not (one.infant and one.type in (None, "IN", "INF"))]

    def only(self) -> Person | None:
        """The one real traveller, where there is just one."""
        real = [one for one in self.all if not one.placeholder]
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
        found.infant = found.infant or item.infant
        return True

    def _infant(self, item: DocsItem, pointed: Person | None) -> Person | None:
        """The infant a document is of, which stands under the adult: by name, or the only one without a document."""
        named = [one for _, one in self._scored(item.family or "", item.given or "") if one.infant or not one.papers]
        infants = [one for one in named if one.infant] or [one for one in named if one is not pointed]
        if infants:
            return infants[0]
        bare = [one for one in self.all if one.infant and not one.papers and not one.given]
        return bare[0] if len(bare) == 1 else None

    def _own(self, paper: Paper, pointed: Person | None) -> None:
        item = paper.item
        new = person(item.family or "", item.given or "", item.name_raw, paper.at, "DOCS")
        new.infant = item.infant
        new.papers.append(paper)
        self.add(new, pointed if item.infant else None)

    def _scored(self, family: str, given: str) -> list[tuple[int, Person]]:
        if not family and not given:
            return []
        scored = [(agreement(one, family, given), one) for one in self.all if not one.placeholder]
        return sorted(((score, one) for score, one in scored if score), key=lambda pair: -pair[0])


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
    families = letters(one.family), letters(family)
    if families[0] != families[1] and not (_begins(*families) and min(map(len, families)) >= _SHORTEST_CUT):
        return _NOT
    bare = titles.separate(one.given, [given])
    shorts = {letters(one.given), *([letters(bare.given)] if bare else [])}
    other = titles.separate(given)
    others = {letters(given), *([letters(other.given)] if other and other.certain else [])}
    if families[0] == families[1] and shorts & others:
        return _FULL
    return _LOOSE if any(_begins(short, long) for short in shorts for long in others) else _NOT


def _begins(one: str, other: str) -> bool:
    """One goes on with the other; a name of one letter may be an initial."""
    if not one or not other:
        return True
    return one.startswith(other) or other.startswith(one)


def letters(name: str) -> str:
    """What is compared of a name. Folds of lines leave blanks in it."""
    return "".join(filter(str.isalpha, name.upper()))
