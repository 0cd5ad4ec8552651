"""How far two names of one journey's travellers agree, in the letters of documents.

This is not matching: both names were typed from one person's papers or booking, so spellings by ear count little, and a
second word in common proves little in a family. Words may stand in any order; titles, and titles glued to a name, are
taken off; particles may be missing or glued; a name may be cut off where a field ended.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from vigie.names import Word, fold, skeleton, words_of
from vigie.records import Name, Traveller

Agreement = Literal["same", "sound", "part", "short", "unknown", "some", "differs"]
AGREEMENTS: Final[tuple[Agreement, ...]] = ("same", "sound", "part", "short", "unknown", "some", "differs")
"""Best first. `same`: all words. `sound`: all, some by sound only. `part`: one has further words behind, or is cut off
at the end of a full field. `short`: initials, cut words, or a single word in common. `unknown`: a name is missing.
`some`: common words beside others that differ, as in a family. `differs`: nothing in common."""
_FULL_FIELD: Final = 18
"""Letters of a name from which a cut last word is taken for the end of the field; MARIA is no cut MARIANA."""
_SHORTEST_CUT: Final = 3
_MOST_NAMES: Final = 8
"""Names of one traveller that are compared."""


class Spelled(NamedTuple):
    """A name ready to be compared."""

    words: tuple[Word, ...]
    """Without particles, unless there is nothing else."""
    joined: frozenset[str]
    """All words written together, in both orders of family and given name."""
    first_given: str | None
    length: int


def spelled_names(traveller: Traveller) -> tuple[Spelled, ...]:
    """The different names of a traveller, that can be compared, the best first."""
    names = dict.fromkeys((traveller.name, *traveller.names))
    found = dict.fromkeys(spelled(name.family or "", name.given or "") for name in names if _has_words(name))
    return tuple(name for name in found if name.words)[:_MOST_NAMES]


def agreement(ours: Iterable[Spelled], theirs: Sequence[Spelled]) -> Agreement:
    """The best agreement of a name of one with a name of the other; `unknown` when one of them has none."""
    levels = [compared(one, other) for one in ours for other in theirs]
    return min(levels, key=AGREEMENTS.index, default="unknown")


@lru_cache(maxsize=1 << 15)
def spelled(family: str, given: str) -> Spelled:
    """A family and a given name, of which one may be empty."""
    words = words_of(f"{family} {given}")
    named = tuple(word for word in words if word.role != "particle") or words
    parts = [[word.spellings[:1] or word.bare[:1] for word in words_of(part)] for part in (family, given)]
    texts = [
        "".join(spelling for part in order for word in part for spelling in word) for order in (parts, parts[::-1])
    ]
    first = next((word.written for word in words_of(given) if word.role != "particle"), None) if family else None
    return Spelled(named, frozenset(texts), first, len(family) + len(given))


@lru_cache(maxsize=1 << 16)
def compared(one: Spelled, other: Spelled) -> Agreement:
    """How far two names agree."""
    if one.joined & other.joined:
        return "same"
    left, right, heard = _pair(one.words, other.words)
    paired = len(one.words) - len(left)
    if not left and not right:
        return "sound" if heard else "same"
    if not left or not right:
        longer, rest = (one, left) if left else (other, right)
        return "part" if paired > 1 and not _is_first(longer, rest) else "short"
    if _abbreviated(left, right):
        cut = min(one, other, key=lambda name: name.length)
        whole = paired and cut.length >= _FULL_FIELD and _is_cut_last(cut, left, right)
        return "part" if whole else "short" if paired or len(one.words) == len(other.words) == 1 else "differs"
    return "some" if paired else "differs"


def _has_words(name: Name) -> bool:
    return bool(name.family or name.given)


def _pair(one: Sequence[Word], other: Sequence[Word]) -> tuple[list[Word], list[Word], bool]:
    """What is left of both when words that agree are taken away, and whether some agree by sound only."""
    left, right, heard = list(one), list(other), False
    for same in (_written_alike, _sound_alike):
        for word in list(left):
            twin = next((candidate for candidate in right if same(word, candidate)), None)
            if twin is not None:
                left.remove(word)
                right.remove(twin)
                heard = heard or same is _sound_alike
    return left, right, heard


def _written_alike(one: Word, other: Word) -> bool:
    return not frozenset(one.spellings).isdisjoint(other.spellings)


def _sound_alike(one: Word, other: Word) -> bool:
    if one.romanised or other.romanised:
        bones = {skeleton(spelling) for spelling in (*one.spellings, *one.bare)}
        return not bones.isdisjoint(skeleton(spelling) for spelling in (*other.spellings, *other.bare))
    return not {fold(spelling) for spelling in one.spellings}.isdisjoint(fold(other_) for other_ in other.spellings)


def _is_first(name: Spelled, rest: Sequence[Word]) -> bool:
    """True when the further words include the first given name: in many cultures a son's name is his own before his
    father's, so the father's whole name stands in it."""
    return name.first_given is not None and any(word.written == name.first_given for word in rest)


def _abbreviated(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Every word left on the side with fewer begins one of the other: an initial, or a word cut off."""
    fewer, more = (left, list(right)) if len(left) <= len(right) else (right, list(left))
    for word in fewer:
        twin = next((candidate for candidate in more if _begins(word, candidate) or _begins(candidate, word)), None)
        if twin is None:
            return False
        more.remove(twin)
    return True


def _begins(short: Word, long: Word) -> bool:
    if not short.spellings or not long.spellings:
        return False
    start = short.spellings[0]
    initial = short.role == "initial" and long.role != "initial"
    return (initial or len(start) >= _SHORTEST_CUT) and any(word.startswith(start) for word in long.spellings)


def _is_cut_last(cut: Spelled, left: Sequence[Word], right: Sequence[Word]) -> bool:
    """True when nothing but the last word of the shorter name is shorter than its counterpart."""
    rest = [word for word in (*left, *right) if word in cut.words]
    return len(rest) == 1 and rest[0] == cut.words[-1] and rest[0].role != "initial"
