"""The terms of the sum, field by field: what agrees, what contradicts, what is only missing."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from vigie.matching import birth_dates, documents, weights
from vigie.matching.alignment import Pair, Unit, best
from vigie.names import Word
from vigie.records import Document, Entry, Evidence, ListedName, Sex

ANY: Final = 10**6
"""No limit: more than any word is worth."""


class Query(NamedTuple):
    """What is known of one traveller. Values as in `records.Traveller`; `names` are alternatives for one person."""

    names: tuple[str, ...]
    birth_date: str | None = None
    sex: Sex | None = None
    nationality: str | None = None
    documents: tuple[Document, ...] = ()


def of_name(words: Sequence[Word], listed: Sequence[Word], pairs: Sequence[Pair], *, cut: bool) -> list[Evidence]:
    """One term per pair of words in the best pairing, one when nothing is left over, one per word that is.

    cut: the traveller's name was cut off at the end of its field, so that words the entry has beyond it say nothing.
    """
    some = any(word.role == "name" for word in words)
    chosen = best(words, listed, pairs, lambda own, its: of_rest(own, its, cut=cut) if some else 0)
    found = [_name(_text(words, pair.own), _text(listed, pair.listed), pair.level, pair.millibits) for pair in chosen]
    own_left = _left(words, [pair.own for pair in chosen])
    listed_left = _left(listed, [pair.listed for pair in chosen])
    if some and not own_left and not listed_left:
        return [*found, _name(None, None, "complete", weights.COMPLETE)]
    return found + _of_left(own_left, listed_left, cut=cut)


def _of_left(own: Sequence[str], listed: Sequence[str], *, cut: bool) -> list[Evidence]:
    """A word left on both sides contradicts; a word left on one side is missing on the other."""
    both = min(len(own), len(listed))
    against, only_own, only_listed = charges(len(own), len(listed), cut=cut)
    contradicted = zip(own, listed, against, strict=False)
    found = [_name(one, other, "contradicts", worth) for one, other, worth in contradicted]
    found += [_name(one, None, "only_traveller", worth) for one, worth in zip(own[both:], only_own, strict=False)]
    missing = zip(listed[both:], only_listed, strict=False)
    return found + [_name(None, other, "only_entry", worth) for other, worth in missing]


def charges(own: int, listed: int, *, cut: bool) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """What the words left over take off: pairs of them, those of the traveller only, those of the entry only.

    At most `weights.LONGEST_CHARGE` of a kind are charged: further missing words say nothing new. More words left over
    on either side never take off less.
    """
    both = min(own, listed, weights.LONGEST_CHARGE)
    longest = weights.LONGEST_CHARGE - both
    only_own = weights.ONLY_TRAVELLER[: min(own - both, longest)]
    only_listed = () if cut else weights.ONLY_ENTRY[: min(listed - both, longest)]
    return weights.CONTRADICTION[:both], only_own, only_listed


def of_rest(own: int, listed: int, *, cut: bool) -> int:
    """The sum of the terms for what is left over, `weights.COMPLETE` when nothing is."""
    if not own and not listed:
        return weights.COMPLETE
    return sum(map(sum, charges(own, listed, cut=cut)))


def least_of_left(own: npt.NDArray[np.int64], listed: npt.NDArray[np.int64], *, cut: bool) -> npt.NDArray[np.int64]:
    """`of_rest` for many pairs of names at once. It never rises with either number, so the least gives the most."""
    most = 2 * weights.LONGEST_CHARGE
    table = np.array([[of_rest(one, other, cut=cut) for other in range(most)] for one in range(most)], dtype=np.int64)
    found: npt.NDArray[np.int64] = table[np.minimum(own, most - 1), np.minimum(listed, most - 1)]
    return found


def of_birth_date(query: Query, entry: Entry, listed: ListedName) -> list[Evidence]:
    """The date of the alias counts beside the entry's own, whichever agrees better."""
    compared = birth_dates.compare(query.birth_date, entry.birth_dates)
    if listed.birth_date is not None:
        own = birth_dates.compare_one(query.birth_date, listed.birth_date)
        compared = own if compared.listed is None else max(compared, own, key=lambda evidence: evidence.millibits)
    if compared.listed is None:
        return []
    return [_term("birth_date", query.birth_date, compared.listed, compared.level, compared.millibits)]


def of_sex(query: Query, entry: Entry) -> list[Evidence]:
    """Only M and F are compared; X and unknown say nothing."""
    if query.sex not in ("M", "F") or entry.sex not in ("M", "F"):
        return []
    level = "same" if query.sex == entry.sex else "different"
    return [_term("sex", query.sex, entry.sex, level, weights.SEX[level])]


def of_nationality(query: Query, entry: Entry) -> list[Evidence]:
    """What the sender gave as nationality against the nationalities of the entry."""
    if query.nationality is None or not entry.nationalities:
        return []
    level = "same" if query.nationality in entry.nationalities else "different"
    listed = query.nationality if level == "same" else " ".join(entry.nationalities)
    return [_term("nationality", query.nationality, listed, level, weights.NATIONALITY[level])]


def of_documents(own: Iterable[Document], entry: Entry) -> list[Evidence]:
    """The best agreement of any two documents; different numbers say nothing."""
    listed: dict[str, list[Document]] = {}
    for document in entry.documents:
        if (key := documents.key(document.number)) is not None:
            listed.setdefault(key, []).append(document)
    compared = [
        (*same, mine.number, its.number)
        for mine in own
        for its in listed.get(documents.key(mine.number) or "", ())
        if (same := documents.compare(mine, its)) is not None
    ]
    if not compared:
        return []
    level, worth, own_number, listed_number = max(compared, key=lambda one: (one[1], one[0]))
    return [_term("document", own_number, listed_number, level, worth)]


def in_other_hands(terms: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """With a document number that agrees, contradictions speak against the match only so far.

    Another name and birth date do not clear the document of a listed person: it may be in other hands.
    """
    if not any(holds(term) for term in terms):
        return ()
    against = sum(term.millibits for term in terms if term.millibits < 0)
    back = weights.IN_OTHER_HANDS - against
    return (_term("document", None, None, "in_other_hands", back),) if back > 0 else ()


def holds(term: Evidence) -> bool:
    """True for a document number that agrees and is not known to be of another State."""
    return term.field == "document" and not term.level.endswith("_other_issuer")


def of_quality(listed: ListedName) -> list[Evidence]:
    """What the list itself says of the name that was met."""
    if listed.kind != "weak_alias":
        return []
    return [_term("list_quality", None, listed.name, "weak_alias", weights.WEAK_ALIAS)]


def initials(words: Sequence[Word], listed: Sequence[Word]) -> list[Pair]:
    """Pairs of a one-letter word with a word that begins with that letter."""
    return [
        Pair(Unit(place, 1), Unit(other_place, 1), "initial", weights.INITIAL)
        for place, own in enumerate(words)
        for other_place, other in enumerate(listed)
        if "initial" in (own.role, other.role)
        and "particle" not in (own.role, other.role)
        and _heads(own) & _heads(other)
    ]


def most(word: Word) -> int:
    """The most that a word of the traveller's name can be worth by its role."""
    if word.role == "name":
        return ANY
    return weights.PARTICLE if word.role == "particle" else weights.INITIAL


def _heads(word: Word) -> set[str]:
    return {spelling[0] for spelling in word.spellings + word.bare}


def _text(words: Sequence[Word], unit: Unit) -> str:
    return " ".join(word.written for word in words[unit.first : unit.first + unit.size])


def _left(words: Sequence[Word], used: Sequence[Unit]) -> list[str]:
    taken = 0
    for unit in used:
        taken |= unit.mask
    return [word.written for place, word in enumerate(words) if word.role == "name" and not taken >> place & 1]


def _name(own: str | None, listed: str | None, level: str, millibits: int) -> Evidence:
    return _term("name", own, listed, level, millibits)


def _term(field: str, own: str | None, listed: str | None, level: str, millibits: int) -> Evidence:
    return Evidence(field=field, traveller=own, entry=listed, level=level, millibits=millibits)
