"""What the quality table asks: the list, the listed persons' names to be found, the travellers to be left alone.

All is drawn with one fixed seed from the test data folder. The list is the individuals of UN and OFAC (`lists/*.csv`,
old snapshots, for tests only). Four sets of positives, each with the list it is asked against:

- `variants`: listed names as carriers, keyboards and name fields change them, against the whole list;
- `alias`: one strong alias of a person, with that person's facts, against the list without it in that entry; the
  same person's entry on the other list may still have it;
- `unseen`: the same items, against the list without the alias in any right entry;
- `script`: the UN's names in their original script, with their persons' facts, against the list without any of them.

Right is the entry that the item was made of and the same person's entry on the other list (`quality.same_person` by
strong names, judged on the whole list): an analyst who opens that one has found the person.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Final, NamedTuple, TypeVar

import msgspec
from rapidfuzz.distance import JaroWinkler

from benchmarks import common, quality
from vigie import countries
from vigie.matching import Query
from vigie.names import fold, script_of, words_of
from vigie.records import Entry, ListedDate, ListedName, NameKind, Sex, Watchlist
from vigie.watchlist.listed_names import listed_name

SEED: Final = 20261124
FACTS: Final = ("with date", "name only")
"""All facts of an item (name, birth date, sex, nationality as far as known), or its name alone. Never a document."""
SETS: Final = ("variants", "alias", "script", "unseen")
NEGATIVES: Final = {"easy": "negatives_global_icao.csv", "hard": "negatives_hard.csv"}
RESEMBLES: Final = 0.8
"""Jaro-Winkler similarity from which two words resemble each other, for `Item.reachable`."""
_KINDS: Final[Mapping[str, NameKind]] = {
    "primary": "primary",
    "aka": "alias",
    "aka_good": "alias",
    "aka_low": "weak_alias",
    "weak_aka": "weak_alias",
    "original_script": "original_script",
}
_SEXES: Final[Mapping[str, Sex]] = {"Male": "M", "Female": "F"}
_STRONG: Final = frozenset(("primary", "alias"))
_ORIGINAL: Final = "original_script"
T = TypeVar("T")

Key = tuple[str, str]
"""List and number of an entry."""


class Item(NamedTuple):
    """One traveller who is, or is not, on the list."""

    query: Query
    right: frozenset[Key] = frozenset()
    """Entries of the person; none for a negative."""
    person: str = ""
    """What is resampled as one: all items of a listed person."""
    kind: str = ""
    """Its class: the mutation of a variant, the list of an alias, the script of an original name."""
    reachable: bool = True
    """Some word of the item's name resembles some word of a name that the right entries still have."""


class Task(NamedTuple):
    """One set of positives with the list they are looked for in."""

    name: str
    watchlists: tuple[Watchlist, ...]
    items: tuple[Item, ...]


def lists() -> tuple[Watchlist, ...]:
    """The individuals of UN and OFAC. Of a fact that the file gives in no known form nothing is kept (`Korea`)."""
    return tuple(
        Watchlist(list=key, format="csv", version=name, date=None, entries=tuple(_entries(key, name)))
        for key, name in (("un", "lists/un_individuals.csv"), ("ofac-sdn", "lists/ofac_individuals.csv"))
    )


def _entries(key: str, name: str) -> Iterator[Entry]:
    grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in common.rows(name):
        grouped[row["uid"]].append(row)
    for number, rows in grouped.items():
        nations = [countries.alpha3(text) for row in rows for text in row["nationality"].split(";") if text.strip()]
        yield Entry(
            list=key,
            id=number,
            names=tuple(listed_name(_KINDS[row["kind"]], row["name"]) for row in rows if row["name"].strip()),
            birth_dates=tuple(ListedDate(date=date) for date in rows[0]["dob"].split(";") if date),
            sex=_SEXES.get(rows[0]["gender"]),
            nationalities=tuple(dict.fromkeys(code for code in nations if code)),
        )


def negatives(kind: str, most: int) -> list[Item]:
    """The first `most` of a seeded shuffle of travellers on no list."""
    return [Item(_query(row)) for row in _shuffled(common.rows(NEGATIVES[kind]))[:most]]


def with_facts_of(items: Iterable[Item], negatives: Iterable[Item]) -> list[Item]:
    """The negatives without the facts that none of the items states.

    Variants state no nationality; hard negatives all have that of the persons they are made of, and would raise the
    threshold by a fact that no item can have on its side.
    """
    asked = [item.query for item in items]
    born, sex, nation = (
        any(facts) for facts in zip(*((q.birth_date, q.sex, q.nationality) for q in asked), strict=True)
    )
    return [
        Item(Query(q.names, q.birth_date if born else None, q.sex if sex else None, q.nationality if nation else None))
        for q in (item.query for item in negatives)
    ]


def name_only(query: Query) -> Query:
    return Query(names=query.names)


def task(name: str, most: int) -> Task:
    """One of `SETS`, with at most `most` positives."""
    drawn = _Drawn(lists())
    made: Mapping[str, Callable[[int], Made]] = {
        "variants": drawn.variants,
        "alias": drawn.aliases,
        "unseen": partial(drawn.aliases, everywhere=True),
        "script": drawn.original_script,
    }
    watchlists, items = made[name](most)
    left = {_key(entry): entry for watchlist in watchlists for entry in watchlist.entries}
    return Task(name, watchlists, tuple(item._replace(reachable=_near(item, left)) for item in items))


Made = tuple[tuple[Watchlist, ...], list[Item]]


class _Drawn:
    """Draws the sets from the whole list."""

    def __init__(self, whole: tuple[Watchlist, ...]) -> None:
        self._whole = whole
        self._entries = {_key(entry): entry for watchlist in whole for entry in watchlist.entries}
        self._by_word: dict[str, set[Key]] = defaultdict(set)
        for key, entry in self._entries.items():
            for word in _sounds(entry):
                self._by_word[word].add(key)

    def variants(self, most: int) -> Made:
        """One changed name each of `most` persons."""
        keys = {number: (key, number) for key, number in self._entries}
        rows = _shuffled(common.rows("variants.csv"))[:most]
        return self._whole, [
            self._item(_query(row), self._entries[keys[row["entry_id"]]], row["mutation"]) for row in rows
        ]

    def aliases(self, most: int, *, everywhere: bool = False) -> Made:
        """One strong alias each of `most` persons who have another strong name.

        It is taken off the entry that has it, whatever the order of its words, or off all right entries. A cell that
        holds several names is none to ask with.
        """
        draw = random.Random(SEED)
        items: list[Item] = []
        used: set[Key] = set()
        taken: dict[Key, frozenset[str]] = {}
        for entry in _shuffled(self._entries.values()):
            strong = [name for name in entry.names if name.kind in _STRONG]
            aliases = [name.name for name in strong if name.kind == "alias" and not name.forms]
            if not aliases or len({spelled(name.name) for name in strong}) < 2:
                continue
            item = self._item(_facts(draw.choice(aliases), entry), entry, entry.list)
            if not used.isdisjoint(item.right):
                continue
            items.append(item)
            used |= item.right
            taken |= dict.fromkeys(item.right if everywhere else [_key(entry)], spelled(item.query.names[0]))
            if len(items) == most:
                break
        kept = _keeping(self._whole, lambda entry, name: spelled(name.name) != taken.get(_key(entry)))
        return kept, items

    def original_script(self, most: int) -> Made:
        """All names that the UN gives in their original script."""
        named = [(entry, name) for entry in self._entries.values() for name in entry.names if name.kind == _ORIGINAL]
        items = [self._item(_facts(name.name, entry), entry, script_of(name.name)) for entry, name in named]
        return _keeping(self._whole, lambda _, name: name.kind != _ORIGINAL), _shuffled(items)[:most]

    def _item(self, query: Query, entry: Entry, kind: str) -> Item:
        right = {_key(entry), *(_key(other) for other in self._near(entry) if _same(entry, other))}
        return Item(query, frozenset(right), min(right)[1], kind)

    def _near(self, entry: Entry) -> list[Entry]:
        """Those that `same_person` can hold for: it asks for two words in common or for equal names of one word."""
        shared = Counter(key for word in _sounds(entry) for key in self._by_word[word])
        return [
            other
            for key, words in shared.items()
            if (other := self._entries[key]).list != entry.list
            and (words > 1 or any(len(_sounds_of(name.name)) == 1 for name in other.names))
        ]


def _key(entry: Entry) -> Key:
    return entry.list, entry.id


def _same(entry: Entry, other: Entry) -> bool:
    """Weak aliases are shared by many, and would make twins of strangers."""
    strong = (
        msgspec.structs.replace(one, names=tuple(name for name in one.names if name.kind in _STRONG))
        for one in (entry, other)
    )
    return quality.same_person(*strong)


def _query(row: dict[str, str]) -> Query:
    return common.query(row)._replace(documents=())


def _facts(name: str, entry: Entry) -> Query:
    """The name with the person's first birth date, sex and first nationality."""
    born = entry.birth_dates[0].date if entry.birth_dates else None
    return Query((name,), born, entry.sex, entry.nationalities[0] if entry.nationalities else None)


def _keeping(watchlists: Iterable[Watchlist], keep: Callable[[Entry, ListedName], bool]) -> tuple[Watchlist, ...]:
    return tuple(
        msgspec.structs.replace(
            watchlist,
            entries=tuple(
                msgspec.structs.replace(entry, names=tuple(name for name in entry.names if keep(entry, name)))
                for entry in watchlist.entries
            ),
        )
        for watchlist in watchlists
    )


def _near(item: Item, left: Mapping[Key, Entry]) -> bool:
    own = _letters(item.query.names)
    listed = _letters(name.name for key in item.right for name in left[key].names)
    return any(JaroWinkler.similarity(one, other) >= RESEMBLES for one in own for other in listed)


def _letters(names: Iterable[str]) -> set[str]:
    """The names' words without particles and titles, in Latin letters."""
    words = (word for name in names for word in words_of(name) if word.role == "name")
    return {word.spellings[0] for word in words if word.spellings}


def spelled(name: str) -> frozenset[str]:
    """The words as written, in no order; not as the engine reads them, so that the sets do not move with it."""
    return frozenset(re.findall(r"\w+", name.casefold()))


@cache
def _sounds_of(name: str) -> frozenset[str]:
    return frozenset(fold(word.spellings[0]) for word in words_of(name) if word.spellings)


def _sounds(entry: Entry) -> frozenset[str]:
    return frozenset().union(*(_sounds_of(name.name) for name in entry.names))


def _shuffled(things: Iterable[T]) -> list[T]:
    drawn = list(things)
    random.Random(SEED).shuffle(drawn)
    return drawn
