"""Traveller beside entry: for each field, whether both sides say the same thing.

This marks what to look at. It weighs nothing: what an agreement is worth is the evidence's business.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple

from vigie import countries, dates
from vigie.records import Entry, Evidence, Traveller

Verdict = Literal["same", "similar", "differs", "absent"]
"""`similar`: not the same text, yet it may mean the same; `absent`: only one side, or neither, says anything."""


def verdicts(traveller: Traveller, entry: Entry, evidence: Iterable[Evidence]) -> dict[str, Verdict]:
    """One verdict for each of name, birth_date, birth_place, sex, nationality and document."""
    worth: Counter[str] = Counter()
    for term in evidence:
        worth[term.field] += term.millibits
    sides = {
        "name": ({_words(name.raw) for name in traveller.names}, _listed_words(entry)),
        "birth_date": (_given(traveller.birth_date), {born.date for born in entry.birth_dates}),
        "sex": (_given(traveller.sex), _given(entry.sex)),
        "nationality": (_given(traveller.nationality), set(entry.nationalities)),
        "document": (_numbers(traveller), _numbers(entry)),
    }
    found = {field: _verdict(*both, field, worth[field] > 0) for field, both in sides.items()}
    return found | {"birth_place": _places(traveller.birth_place, entry.birth_places)}


def _verdict(ours: set[str], theirs: set[str], field: str, favourable: bool) -> Verdict:
    if not ours or not theirs:
        return "absent"
    if ours & theirs:
        return "same"
    return "similar" if favourable or (field == "birth_date" and _any(_overlap, ours, theirs)) else "differs"


def _any(agree: Callable[[str, str], bool], ours: set[str], theirs: set[str]) -> bool:
    return any(agree(one, other) for one in ours for other in theirs)


def _overlap(one: str, other: str) -> bool:
    try:
        first, second = dates.span(one), dates.span(other)
    except ValueError:
        return False
    return first.first <= second.last and second.first <= first.last


def _words(name: str) -> str:
    """A name's words in alphabetical order: `ALAMI//SAMI` and `Sami Alami` are the same name in another order."""
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))


def _listed_words(entry: Entry) -> set[str]:
    return {_words(form) for name in entry.names for form in (name.name, *name.forms)}


def _given(value: str | None) -> set[str]:
    return {value} if value else set()


def _numbers(person: Traveller | Entry) -> set[str]:
    return {document.number for document in person.documents if document.number}


# -- places -------------------------------------------------------------------------------------------------------

_BESIDE: Final = frozenset(
    "al el la le the of and e de del du des in near city town village district county area province governorate"
    " region oblast state republic".split()
)
"""Words that stand beside the name of a place: two places that share nothing else share nothing."""
_LONGEST: Final = 8
"""Words of a country's name: `United Kingdom of Great Britain and Northern Ireland`."""


class _Place(NamedTuple):
    """A place as it is compared: `Zarqa, Jordan` is the word `zarqa` in the country JOR."""

    words: frozenset[str]
    countries: frozenset[str]


def _places(ours: str | None, theirs: Iterable[str]) -> Verdict:
    """The best verdict over the listed places. Upper case, accents, order and `JOR` for `Jordan` do not matter."""
    if not ours:
        return "absent"
    found = {_compared(_place(ours), _place(listed)) for listed in theirs}
    return next((verdict for verdict in ("same", "similar", "differs") if verdict in found), "absent")


def _compared(one: _Place, other: _Place) -> Verdict:
    """Similar: neither words nor countries contradict; Zarqa in Syria is another Zarqa. A town beside a country alone
    is nothing to compare."""
    sides = [(ours, theirs) for ours, theirs in zip(one, other, strict=True) if ours and theirs]
    if not sides:
        return "absent"
    if one == other:
        return "same"
    return "similar" if all(ours & theirs for ours, theirs in sides) else "differs"


def _place(text: str) -> _Place:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    rest = re.findall(r"[\w’']+", plain.replace(".", ""))
    words, lands = [], set()
    while rest:
        length, country = _leading_country(rest)
        if country:
            lands.add(country)
        else:
            words.append(re.sub("[’']", "", rest[0]))
        rest = rest[length:]
    return _Place(frozenset(words) - _BESIDE or frozenset(words), frozenset(lands))


def _leading_country(words: list[str]) -> tuple[int, str | None]:
    """How many of the first words name a country, and its code; one and None when they do not.

    A code counts only at the end and with three letters: `de` is no Germany in `Rio de Janeiro`.
    """
    for length in range(min(len(words), _LONGEST), 0, -1):
        named = " ".join(words[:length])
        if len(named) > 3 or (len(named) == 3 and length == len(words)):
            country = countries.alpha3(named)
            if country:
                return length, country
    return 1, None
