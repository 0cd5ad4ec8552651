"""Traveller beside entry: for each field, whether both sides say the same thing.

This marks what to look at. It weighs nothing: what an agreement is worth is the evidence's business.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

from vigie import dates
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
        "birth_place": (_folded(_given(traveller.birth_place)), _folded(entry.birth_places)),
        "sex": (_given(traveller.sex), _given(entry.sex)),
        "nationality": (_given(traveller.nationality), set(entry.nationalities)),
        "document": (_numbers(traveller), _numbers(entry)),
    }
    return {field: _verdict(*both, field, worth[field] > 0) for field, both in sides.items()}


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


def _folded(places: Iterable[str]) -> set[str]:
    return {place.casefold() for place in places}


def _numbers(person: Traveller | Entry) -> set[str]:
    return {document.number for document in person.documents if document.number}
