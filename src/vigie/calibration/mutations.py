"""Listed people as their documents and carriers may spell them, by stated families of changes.

The changes are rules of our own and no model of any carrier: what they share of all errors is not known. A family
gives None where it cannot change a name or date, so each is measured on the names it applies to.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from vigie.dates import span
from vigie.matching import Query
from vigie.names import icao
from vigie.records import Entry

_SOUNDS: Final = tuple(
    (one, other)
    for one, other in (
        pair.split("/")
        for pair in (
            "OU/U U/OU U/OO OO/U O/U I/EE EE/I E/I Y/I AY/EI A/E CH/SH SH/CH TCH/CH DJ/J J/DJ K/Q Q/K C/K KH/H GH/G"
            " F/PH PH/F V/W W/V Z/S TZ/Z ZH/J X/KS AA/A"
        ).split()
    )
)
"""Letters that schools of spelling write for one another. Written for this measurement, not taken from the engine's own
table of sounds, so that it also has what the engine does not know."""
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Asked(NamedTuple):
    """A listed person's name in A-Z and blanks, and birth date, `YYYY-MM-DD`."""

    name: str
    birth_date: str
    exact: bool
    """The list gives this very day; else it was drawn from what the list leaves open."""


class Listed(NamedTuple):
    """What a listed person is asked with, and his entry's place in the index."""

    entry: int
    query: Query


Change = Callable[[random.Random, Asked], Asked | None]


def _picked(rng: random.Random, among: Sequence[int]) -> int:
    return among[int(rng.random() * len(among))]


def _as_listed(_: random.Random, asked: Asked) -> Asked:
    return asked


def _sound(rng: random.Random, asked: Asked) -> Asked | None:
    """One sound of the name spelt otherwise."""
    name = asked.name
    places = [(at, pair) for pair in _SOUNDS for at in range(len(name)) if name.startswith(pair[0], at)]
    if not places:
        return None
    at, (old, new) = places[_picked(rng, range(len(places)))]
    return asked._replace(name=name[:at] + new + name[at + len(old) :])


def _letter(rng: random.Random, asked: Asked) -> Asked | None:
    """One letter of a word of four or more changed, left out, added, or turned with the next; never the first."""
    words = asked.name.split()
    long = [place for place, word in enumerate(words) if len(word) >= 4]
    if not long:
        return None
    place = _picked(rng, long)
    word = words[place]
    at = _picked(rng, range(1, len(word) - 1))
    other = _picked_letter(rng, word[at])
    changed = (
        word[:at] + other + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + other + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )[_picked(rng, range(4))]
    if changed == word:  # two of one letter were turned
        changed = word[:at] + word[at + 1 :]
    return _named(asked, [*words[:place], changed, *words[place + 1 :]])


def _picked_letter(rng: random.Random, other_than: str) -> str:
    return next(letter for letter in iter(lambda: _ALPHABET[_picked(rng, range(26))], "") if letter != other_than)


def _glued(rng: random.Random, asked: Asked) -> Asked | None:
    """Two neighbours without the blank."""
    words = asked.name.split()
    if len(words) < 2:
        return None
    at = _picked(rng, range(len(words) - 1))
    return _named(asked, [*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def _split(rng: random.Random, asked: Asked) -> Asked | None:
    """A word of six letters or more in two, each of three or more."""
    words = asked.name.split()
    long = [place for place, word in enumerate(words) if len(word) >= 6]
    if not long:
        return None
    place = _picked(rng, long)
    at = _picked(rng, range(3, len(words[place]) - 2))
    return _named(asked, [*words[:place], words[place][:at], words[place][at:], *words[place + 1 :]])


def _left_out(rng: random.Random, asked: Asked) -> Asked | None:
    """A word of three or more is missing."""
    words = asked.name.split()
    if len(words) < 3:
        return None
    at = _picked(rng, range(len(words)))
    return _named(asked, [*words[:at], *words[at + 1 :]])


def _order(_: random.Random, asked: Asked) -> Asked | None:
    """The last word first."""
    words = asked.name.split()
    return _named(asked, [words[-1], *words[:-1]]) if len(words) >= 2 else None


def _cut(length: int) -> Change:
    def cut(_: random.Random, asked: Asked) -> Asked | None:
        """A longer name in a field of so many characters."""
        return _named(asked, asked.name[:length].split()) if len(asked.name) > length else None

    return cut


def _swapped(_: random.Random, asked: Asked) -> Asked | None:
    """Day and month in each other's place."""
    year, month, day = asked.birth_date.split("-")
    if not asked.exact or int(day) > 12 or day == month:
        return None
    return asked._replace(birth_date=f"{year}-{day}-{month}")


def _year(rng: random.Random, asked: Asked) -> Asked | None:
    """The year before or after."""
    year, rest = int(asked.birth_date[:4]), asked.birth_date[4:]
    if not asked.exact or rest == "-02-29":
        return None
    return asked._replace(birth_date=f"{year + (1 if rng.random() < 0.5 else -1):04}{rest}")


def _initial(_: random.Random, asked: Asked) -> Asked | None:
    """The first word of two or more as its first letter."""
    words = asked.name.split()
    return _named(asked, [words[0][0], *words[1:]]) if len(words) >= 2 and len(words[0]) > 1 else None


def _named(asked: Asked, words: Sequence[str]) -> Asked | None:
    name = " ".join(words)
    return asked._replace(name=name) if name != asked.name else None


FAMILIES: Final[Mapping[str, Change]] = {
    "as_listed": _as_listed,
    "by_sound": _sound,
    "one_letter": _letter,
    "glued": _glued,
    "split": _split,
    "word_left_out": _left_out,
    "order": _order,
    "cut_at_20": _cut(20),
    "cut_at_30": _cut(30),
    "day_month_swapped": _swapped,
    "year_off_by_one": _year,
    "initial": _initial,
}
"""What is done to a listed person's name or birth date, by its name in the report."""


def listed(
    rng: random.Random, entries: Sequence[Entry], family: str, most: int, birth_date: Callable[[], str]
) -> Iterator[Listed]:
    """Listed people with a change of `family`: each entry at most once, in an order drawn from `rng`, at most `most`.

    Of an entry one name is drawn that is in Latin letters and not a weak alias. Documents and nationalities are left
    out, so that what is found is found by name, birth date and sex. `birth_date` gives one where the list has none.
    """
    order = sorted(range(len(entries)), key=lambda _: rng.random())
    found = 0
    for place in order:
        if found == most:
            return
        asked = _asked(rng, entries[place], birth_date)
        changed = FAMILIES[family](rng, asked) if asked is not None else None
        if changed is not None:
            found += 1
            yield Listed(place, Query((changed.name,), changed.birth_date, entries[place].sex))


def _asked(rng: random.Random, entry: Entry, birth_date: Callable[[], str]) -> Asked | None:
    names = [
        (letters, name.birth_date)
        for name in entry.names
        if name.kind != "weak_alias" and name.script == "Latn" and not name.forms and (letters := _letters(name.name))
    ]
    if not names:
        return None
    name, own_date = names[_picked(rng, range(len(names)))]
    dates = [own_date] if own_date is not None else [one.date for one in entry.birth_dates]
    if not dates:
        return Asked(name, birth_date(), False)
    its = span(dates[_picked(rng, range(len(dates)))])
    born = its.first + dt.timedelta(days=_picked(rng, range((its.last - its.first).days + 1)))
    return Asked(name, born.isoformat(), its.first == its.last)


def _letters(name: str) -> str | None:
    """The name as a document writes it: A-Z and blanks; None when the standard has no letter for one of it."""
    try:
        return icao.to_zone(name).replace("<", " ").strip() or None
    except ValueError:
        return None
