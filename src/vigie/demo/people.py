"""Invents people: names, birth, nationality and documents as travel documents of their State carry them.

All chance comes from the `random.Random` passed in, so one seed gives the same people on every machine.
"""

import datetime as dt
import random
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from vigie.demo.cultures import CULTURES, Culture, Spelled
from vigie.demo.states import STATES
from vigie.records import Document, Sex

_T = TypeVar("_T")
_SEXES: Final[tuple[Sex, Sex]] = ("M", "F")

PASSPORT_NAME: Final = 39
"""Characters for the name in a passport's machine readable zone, TD3 (Doc 9303 part 4)."""
CARD_NAME: Final = 30
"""The same on an identity card, TD1 (Doc 9303 part 5)."""


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """A full name in its parts, before any document or list orders and cuts them."""

    given: tuple[Spelled, ...]
    ancestors: tuple[Spelled, ...] = ()
    """Father, grandfather: between given and family name."""
    patronymic: Spelled | None = None
    """Known to the State and to lists; left out of passports."""
    family: tuple[Spelled, ...] = ()


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """An invented person. `family` and `given` are what the first document carries, in ICAO letters, uncut."""

    culture: str
    called: Called
    family: str
    given: str | None
    sex: Sex
    birth_date: str
    """Partial date (`vigie.dates`): a full day, or only a year."""
    birth_place: str
    nationality: str
    residence: str
    documents: tuple[Document, ...]

    @property
    def parts(self) -> tuple[Spelled, ...]:
        """The name in the order in which a list gives it."""
        called, middle = self.called, (self.called.patronymic,) if self.called.patronymic else ()
        if CULTURES[self.culture].family_first:
            return (*called.family, *called.given)
        return (*called.given, *middle, *called.ancestors, *called.family)


def zone_name(family: str, given: str | None, width: int) -> tuple[str, str | None]:
    """Family and given name as far as they fit into the `width` characters of a name field (Doc 9303 part 4, 4.2.3).

    Two fillers stand between them. Given names give way first; a family name leaves room for one letter of them.
    """
    if given is None:
        return family[:width].rstrip(), None
    family = family[: width - 3]
    return family.rstrip(), given[: width - 2 - len(family)].rstrip()


class Inventor:
    """Invents people who are all different: no two share a document number, or both name and birth date."""

    def __init__(self, rng: random.Random, day: dt.date) -> None:
        """`day` is the day of travel: nobody is born after it, and every document is still valid on it."""
        self._rng = rng
        self.day = day
        self._numbers: set[tuple[str, str]] = set()
        self._people: set[tuple[str, str | None, str]] = set()

    def person(
        self, culture: str, ages: tuple[int, int] = (18, 84), sex: Sex | None = None, state: str | None = None
    ) -> Person:
        """Someone of `culture` aged within `ages` (years, both included), by default of any State it lives in."""
        habits = CULTURES[culture]
        while True:
            gender: Sex = self._rng.choice(_SEXES) if sex is None else sex
            called, of = _adult(self._rng, habits, gender), state or _weighted(self._rng, habits.states)
            found = self._draw(culture, ages, gender, called, of)
            if self._new(found):
                return found

    def party(self, culture: str) -> list[Person]:
        """People of one booking: a traveller alone, a couple, or parents with one to three children."""
        kind = self._rng.random()
        if kind < 0.55:
            return [self.person(culture)]
        father = self.person(culture, (25, 55), "M")
        mother = self.person(culture, (25, 50), "F", father.nationality)
        if kind < 0.75:
            return [father, mother]
        return [father, mother, *self._children(father, mother)]

    def _children(self, father: Person, mother: Person) -> Iterator[Person]:
        """One to three children of different names, two to four years apart, born when both were 20 or older."""
        age = self._rng.randint(0, min(17, *(self.day.year - int(p.birth_date[:4]) - 21 for p in (father, mother))))
        named = {father.called.given[:1]}
        for _ in range(self._rng.randint(1, 3)):
            sex = self._rng.choice(_SEXES)
            called = _child(self._rng, CULTURES[father.culture], sex, father.called)
            found = self._draw(father.culture, (age, age), sex, called, father.nationality)
            if called.given[:1] not in named and self._new(found):
                named.add(called.given[:1])
                yield found
            age -= self._rng.randint(2, 4)
            if age < 0:
                return

    def document(self, type_: str, issuer: str, child: bool = False) -> Document:
        """A document never given out before: `P` passport, `I` identity card, `V` visa."""
        shape = {"P": STATES[issuer].passport, "I": STATES[issuer].card, "V": "########"}[type_]
        number = self._number(shape)
        while (issuer, number) in self._numbers:
            number = self._number(shape)
        self._numbers.add((issuer, number))
        years = 1 if type_ == "V" else 5 if child else 10
        expires = self.day + dt.timedelta(days=self._rng.randint(30, years * 365))
        return Document(type=type_, type_raw=type_, number=number, issuer=issuer, expires=expires.isoformat())

    def _new(self, person: Person) -> bool:
        key = (person.family, person.given, person.birth_date)
        fresh = key not in self._people
        self._people.add(key)
        return fresh

    def _draw(self, culture: str, ages: tuple[int, int], sex: Sex, called: Called, state: str) -> Person:
        family, given = _document_name(called)
        return Person(
            culture=culture,
            called=called,
            family=family,
            given=given,
            sex=sex,
            birth_date=self._birth_date(CULTURES[culture], ages),
            birth_place=self._birth_place(CULTURES[culture], state),
            nationality=state,
            residence=state,
            documents=(self.document("P", state, child=ages[1] < 18),),
        )

    def _birth_place(self, habits: Culture, state: str) -> str:
        """A city and its State; of people whose family came to a State, half were born where it came from."""
        origin = max(habits.states, key=lambda code: habits.states[code])
        moved = habits.states[state] < 10 and self._rng.random() < 0.5
        country = origin if moved else state
        return f"{_common(self._rng, habits.cities or STATES[country].cities)} {country}"

    def _birth_date(self, habits: Culture, ages: tuple[int, int]) -> str:
        youngest, oldest = ages
        mode = youngest if oldest < 18 else youngest + (oldest - youngest) * 0.3
        age = self._rng.triangular(youngest, oldest + 1, mode)
        born = self.day - dt.timedelta(days=min(int(age * 365.25), int((oldest + 1) * 365.25) - 1))
        if oldest < 18 or self._rng.random() >= habits.conventional:
            return born.isoformat()
        return f"{born.year}" if self._rng.random() < 0.15 else f"{born.year}-01-01"

    def _number(self, shape: str) -> str:
        kinds = {"#": string.digits, "@": "ABCDEFGHJKLMNPRSTVWXYZ"}
        return "".join(self._rng.choice(kinds.get(sign, sign)) for sign in shape)


def _adult(rng: random.Random, habits: Culture, sex: Sex) -> Called:
    given = _given(rng, habits, sex)
    if rng.random() < habits.single:
        return Called(given=(), family=given[:1])
    ancestors = _ancestors(rng, habits, given[0], rng.randint(*habits.ancestors) + habits.lineage)
    if habits.lineage:
        return Called(given=given, ancestors=ancestors[:-1], family=_of_father(habits, sex, ancestors[-1]))
    family: list[Spelled] = []
    while len(family) < habits.families:
        drawn = _common(rng, habits.family)
        if drawn not in family:
            family.append(drawn)
    gendered = tuple(_gendered(habits, sex, name) for name in family)
    return Called(given=given, ancestors=ancestors, patronymic=_patronymic(rng, habits, sex), family=gendered)


def _child(rng: random.Random, habits: Culture, sex: Sex, father: Called) -> Called:
    """A child of `father`: his family name, his own name where the culture gives fathers' names."""
    given = _given(rng, habits, sex)
    if habits.lineage:
        line = (*father.given[:1], *father.ancestors)[: habits.ancestors[1] + 1]
        return Called(given=given, ancestors=line[:-1], family=_of_father(habits, sex, line[-1]))
    ancestors = (*father.given[:1], *father.ancestors)[: len(father.ancestors)]
    family = father.family
    if habits.families == 2 and not habits.ancestors[1]:
        family = (father.family[0], _common(rng, [name for name in habits.family if name not in father.family]))
    return Called(given=given, ancestors=ancestors, family=tuple(_gendered(habits, sex, name) for name in family))


def _given(rng: random.Random, habits: Culture, sex: Sex) -> tuple[Spelled, ...]:
    table = habits.male if sex == "M" else habits.female
    first = _common(rng, table)
    if rng.random() >= habits.second:
        return (first,)
    others = [name for name in table if not set(name.latin.split()) & set(first.latin.split())]
    both = (first, _common(rng, others))
    return tuple(sorted(both, key=table.index))  # the commoner name leads: MOHAMED AMINE, hardly AMINE MOHAMED


def _ancestors(rng: random.Random, habits: Culture, given: Spelled, count: int) -> tuple[Spelled, ...]:
    """Father, grandfather, of other names than the child's: a son is rarely called as his father."""
    line = [given]
    while len(line) <= count:
        line.append(_common(rng, [name for name in habits.male if name not in line]))
    return tuple(line[1:])


def _of_father(habits: Culture, sex: Sex, father: Spelled) -> tuple[Spelled, ...]:
    if habits.particles is None:
        return (father,)
    particle = habits.particles.son if sex == "M" else habits.particles.daughter
    return (Spelled(f"{particle.latin} {father.latin}", f"{particle.original} {father.original}"),)


def _gendered(habits: Culture, sex: Sex, family: Spelled) -> Spelled:
    if not habits.feminine or sex == "M" or not re.search(r"(OV|EV|IN)\Z", family.latin):
        return family
    return Spelled(f"{family.latin}A", f"{family.original}а" if family.original else "")


def _patronymic(rng: random.Random, habits: Culture, sex: Sex) -> Spelled | None:
    if not habits.patronymics:
        return None
    stem = _common(rng, habits.patronymics)
    if sex == "M":
        return Spelled(f"{stem.latin}ICH", f"{stem.original}ич")
    return Spelled(f"{stem.latin}NA", f"{stem.original}на")


def _document_name(called: Called) -> tuple[str, str | None]:
    given = " ".join(name.latin for name in (*called.given, *called.ancestors))
    return " ".join(name.latin for name in called.family), given or None


def _common(rng: random.Random, table: Sequence[_T]) -> _T:
    """One of `table`, of which earlier ones come more often, as a few names are borne by many."""
    return table[int(len(table) * rng.random() ** 1.5)]


def _weighted(rng: random.Random, weights: Mapping[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
