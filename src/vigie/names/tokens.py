"""A name as a row of words, each with the Latin spellings it may have.

Three views are held (design 5): as written, in the letters of a document, and, for other scripts, romanised
hypotheses. Nothing is decided here about which word is a family name: senders and lists disagree too often.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from anyascii import anyascii

from vigie.names import arabic, cyrillic, letters, words
from vigie.names.scripts import script_of

Role = Literal["name", "particle", "initial"]

_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʿʾ′\"“”")
_SEPARATORS = re.compile("[\\s\\-‐-―.,;:/()\\[\\]<>*_+&|،؛·•・\u200b]+")
_CAPITALISED = re.compile(r"[A-Z][^A-Z]*")


class Word(NamedTuple):
    """One word of a name."""

    written: str
    spellings: tuple[str, ...]
    """a-z, the most usual first; romanised spellings for other scripts."""
    bare: tuple[str, ...]
    """a-z spellings that lack short vowels (Arabic script)."""
    role: Role
    romanised: bool
    """True when nobody wrote it in Latin letters: the spelling is our reading."""


MOST_WORDS = 24
"""Words of a name that are compared; nobody's name has more, and a field full of words would cost minutes."""
_MOST_LETTERS = 400


def words_of(name: str) -> tuple[Word, ...]:
    """The words of one name, in order, without titles and without what only says that a name is unknown.

    Titles stay when nothing else is left. A title glued to a given name (`JOHNMR`) gives a second spelling without
    it; the glued article (`ALZAWAHIRI`, `EDDAOUDI`) likewise. A name that only repeats one word is that word: carriers
    fill both fields for people with one name. At most `MOST_WORDS` words of the first 400 characters. Never raises; a
    name without letters gives ().
    """
    return _words_of(name[:_MOST_LETTERS])


@lru_cache(maxsize=1 << 16)
def _words_of(name: str) -> tuple[Word, ...]:
    pieces = [piece for piece in _SEPARATORS.split(name.translate(_APOSTROPHES)) if piece]
    found = [word for piece in pieces for word in _word(piece)]
    named = [word for word in found if not words.NO_NAME.intersection(word.spellings)]
    untitled = [word for word in named if not words.TITLES.intersection(word.spellings)]
    kept = (untitled or named)[:MOST_WORDS]
    if len({word.spellings or word.bare for word in kept}) == 1:
        kept = kept[:1]
    if all(word.role != "name" for word in kept):  # LE VAN AN: nothing but particles is a name
        kept = [word._replace(role="name") if word.role == "particle" else word for word in kept]
    return tuple(kept)


def _word(piece: str) -> tuple[Word, ...]:
    script = script_of(piece)
    if script == "Latn":
        return _latin(piece)
    if script == "Arab":
        return tuple(word for part in arabic.parts(piece) for word in _arabic(part))
    if script == "Cyrl":
        spelled = cyrillic.spellings(piece)
        return (_classed(piece, spelled, (), romanised=True),) if spelled else ()
    return _transliterated(piece)


def _arabic(piece: str) -> tuple[Word, ...]:
    known, bare = arabic.romanise(piece)
    if not known and not bare:
        return ()
    role: Role = "particle" if arabic.plain(piece) in words.ARABIC_PARTICLES else "name"
    return (Word(piece, known, bare, role, romanised=True),)


def _latin(piece: str) -> tuple[Word, ...]:
    spelled = letters.spellings(piece)
    return (_classed(piece, _with_variants(spelled), (), romanised=False),) if spelled else ()


def _transliterated(piece: str) -> tuple[Word, ...]:
    """Other scripts through anyascii, which writes each Han or Hangul syllable with a capital: one word each."""
    latin = anyascii(piece)
    parts = _CAPITALISED.findall(latin) if script_of(piece) in ("Hani", "Hang") else [latin]
    spelled = [letters.spellings(part) for part in parts]
    return tuple(_classed(piece, spelling, (), romanised=True) for spelling in spelled if spelling)


def _classed(written: str, spelled: tuple[str, ...], bare: tuple[str, ...], *, romanised: bool) -> Word:
    best = spelled or bare
    role: Role = "name"
    if len(best[0]) == 1:
        role = "initial"
    elif words.PARTICLES.intersection(best):
        role = "particle"
    return Word(written, spelled, bare, role, romanised)


def _with_variants(spelled: tuple[str, ...]) -> tuple[str, ...]:
    found = dict.fromkeys(spelled)
    for spelling in spelled:
        found.update(dict.fromkeys((*_without_title(spelling), *_without_article(spelling))))
        if spelling == "abd":
            found["abdul"] = None  # the article may have gone with the word before it or after it
        if spelling in words.SHORT_FOR:
            found[words.SHORT_FOR[spelling]] = None
    return tuple(found)


def _without_title(spelling: str) -> tuple[str, ...]:
    for title in words.GLUED_TITLES:
        if spelling.endswith(title) and len(spelling) - len(title) >= 3:
            return (spelling[: -len(title)],)
    return ()


def _without_article(spelling: str) -> tuple[str, ...]:
    if len(spelling) < 6:
        return ()
    if spelling[:2] in ("al", "el"):
        return (spelling[2:],)
    if spelling[0] in "aeiu":
        if spelling[1] == spelling[2]:
            return (spelling[2:],)
        if spelling[1:3] == spelling[3:5]:
            return (spelling[3:],)
    return ()
