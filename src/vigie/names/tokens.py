"""A name as a row of words, each with the Latin spellings it may have.

Three views are held (design 5): as written, in the letters of a document, and, for other scripts, romanised
hypotheses. Nothing is decided here about which word is a family name: senders and lists disagree too often.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, Literal, NamedTuple

from anyascii import anyascii

from vigie.names import (
    arabic,
    armenian,
    chinese,
    cyrillic,
    georgian,
    greek,
    hebrew,
    indic,
    japanese,
    korean,
    letters,
    words,
)
from vigie.names.scripts import script_of

Role = Literal["name", "particle", "initial"]

_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʿʾ′\"“”")
_SEPARATORS = re.compile("[\\s\\-‐-―.,;:/()\\[\\]<>*_+&|،؛·•・‧･゠\u200b]+")
_BETWEEN_FOREIGN = re.compile("[·•・‧･]")
"""What Chinese puts between the words of a foreign name, never between those of its own."""
_CAPITALISED = re.compile(r"[A-Z][^A-Z]*")
_WITHOUT_BLANKS: Final = frozenset(("Hani", "Hira", "Kana", "Hang"))
_READ_TOGETHER: Final = re.compile(
    "[\u0591-\u05f4\ufb1d-\ufb4f\u1100-\u11ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff66-\uff9d\U00020000-\U0003134f]"
)
"""Hebrew, Hangul, kana and Han characters: what one says depends on its neighbours."""
_NO_NAMES: Final = words.TITLES | words.NO_NAME
_BY_RULE: Final[Mapping[str, Callable[[str], tuple[str, ...]]]] = {
    "Armn": armenian.spellings,
    "Beng": indic.spellings,
    "Cyrl": cyrillic.spellings,
    "Deva": indic.spellings,
    "Geor": georgian.spellings,
    "Grek": greek.spellings,
}
"""Scripts whose letters tell the vowels, by ISO 15924 code."""


class Word(NamedTuple):
    """One word of a name."""

    written: str
    spellings: tuple[str, ...]
    """a-z, the most usual first; romanised spellings for other scripts."""
    bare: tuple[str, ...]
    """a-z spellings that lack short vowels (Arabic and Hebrew script)."""
    role: Role
    romanised: bool
    """True when nobody wrote it in Latin letters: the spelling is our reading."""


MOST_WORDS = 24
"""Words of a name that are compared; nobody's name has more, and a field full of words would cost minutes."""
MOST_LETTERS = 400
_MOST_IN_ONE = 255
LONGEST_WORD = 60
"""Letters of a spelling that are compared; no word of a name has more."""


def words_of(name: str) -> tuple[Word, ...]:
    """The words of one name, in order, without titles and without what only says that a name is unknown.

    Titles stay when nothing else is left. A title glued to a given name (`JOHNMR`) gives a second spelling without
    it; the glued article (`ALZAWAHIRI`, `EDDAOUDI`) likewise. A name that only repeats one word is that word: carriers
    fill both fields for people with one name. At most `MOST_WORDS` words of the first 400 characters. Never raises; a
    name without letters gives ().
    """
    return _words_of(name[:MOST_LETTERS])


@lru_cache(maxsize=1 << 16)
def _words_of(name: str) -> tuple[Word, ...]:
    found = [word for piece in pieces_of(name) for word in words_of_piece(piece)]
    named = [word for word in found if not words.NO_NAME.intersection(word.spellings)]
    untitled = [word for word in named if not words.TITLES.intersection(word.spellings)]
    kept = (untitled or named)[:MOST_WORDS]
    if len({word.spellings or word.bare for word in kept}) == 1:
        kept = kept[:1]
    if all(word.role != "name" for word in kept):  # LE VAN AN: nothing but particles is a name
        kept = [word._replace(role="name") if word.role == "particle" else word for word in kept]
    return tuple(kept)


def pieces_of(name: str) -> list[str]:
    """The parts of a name that are read by themselves: what separators part, apostrophes taken out; none is empty.

    Where characters are read together (Han, kana, Hangul, Hebrew) the whole name is one.
    """
    return [name] if read_together(name) else _split(name)


def read_together(name: str) -> bool:
    """Whether a name has characters that say words only together."""
    return not name.isascii() and _READ_TOGETHER.search(name) is not None


def words_of_piece(piece: str) -> tuple[Word, ...]:
    """The words of one of `pieces_of`, spellings cut at `LONGEST_WORD` letters; mostly one."""
    found = _latin(piece) if piece.isascii() else tuple(_words_in_any_script(piece)[:_MOST_IN_ONE])
    if 4 * len(piece) <= LONGEST_WORD:  # hardly a letter is written with more than four
        return found
    return tuple(word._replace(spellings=_cut(word.spellings), bare=_cut(word.bare)) for word in found)


def _cut(spellings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spelling[:LONGEST_WORD] for spelling in spellings))


def _split(name: str) -> list[str]:
    return [piece for piece in _SEPARATORS.split(name.translate(_APOSTROPHES)) if piece]


def _words_in_any_script(name: str) -> list[Word]:
    foreign = _BETWEEN_FOREIGN.search(name) is not None
    found: list[Word] = []
    pieces = [run for piece in _split(hebrew.with_geresh(name)) for run in _runs(piece)]
    for script, together in groupby(pieces, script_of):
        if script in _WITHOUT_BLANKS:
            found += _east_asian(script, list(together), foreign=foreign)
        else:
            found += [word for piece in together for word in _word(piece, script)]
    return found


def _runs(piece: str) -> Iterator[str]:
    """Parts in one script of what East Asia writes without blanks: Han characters and kana of one name."""
    if script_of(piece) not in _WITHOUT_BLANKS:
        yield piece
        return
    for _, run in groupby(piece, script_of):
        yield "".join(run)


def _word(piece: str, script: str) -> tuple[Word, ...]:
    if script == "Latn":
        return _latin(piece)
    if script == "Arab":
        return tuple(word for part in arabic.parts(piece) for word in _without_vowels(part, script))
    if script == "Hebr":
        return _without_vowels(piece, script)
    if script in _BY_RULE:
        spelled = _BY_RULE[script](piece)
        return (_classed(piece, spelled, (), romanised=True),) if spelled else ()
    return _transliterated(piece)


def _without_vowels(piece: str, script: str) -> tuple[Word, ...]:
    known, bare = arabic.romanise(piece) if script == "Arab" else hebrew.romanise(piece)
    if not known and not bare:
        return ()
    particles = words.ARABIC_PARTICLES if script == "Arab" else words.HEBREW_PARTICLES
    role: Role = "particle" if arabic.plain(piece) in particles else "name"
    return (Word(piece, known, bare, role, romanised=True),)


def _latin(piece: str) -> tuple[Word, ...]:
    spelled = letters.spellings(piece)
    return (_classed(piece, _with_variants(spelled), (), romanised=False),) if spelled else ()


def _east_asian(script: str, pieces: Sequence[str], *, foreign: bool) -> list[Word]:
    """Pieces of a name in one script. Foreign names in Han characters, and what no table knows, a syllable a word."""
    if script == "Hang":
        return _named(korean.parted(pieces))
    if script in ("Hira", "Kana"):
        return _named((piece, japanese.kana_spellings(piece)) for piece in pieces)
    parted = None if foreign else chinese.parted(pieces)
    if parted is not None:
        return _named(parted)
    if not foreign and len(pieces) > 1:  # two names in one field
        return [word for piece in pieces for word in _east_asian(script, [piece], foreign=False)]
    return [word for piece in pieces for word in _transliterated(piece)]


def _named(parted: Iterable[tuple[str, tuple[str, ...]]]) -> list[Word]:
    """Words that are names whatever their letters look like: An is no article here, and Ing no engineer."""
    found = []
    for written, spelled in parted:
        kept = tuple(one for one in spelled if len(one) > 1 and one not in _NO_NAMES) or spelled[:1]
        if kept:
            found.append(Word(written, kept, (), "name", romanised=True))
    return found


def _transliterated(piece: str) -> tuple[Word, ...]:
    """Other scripts through anyascii, which writes each Han character with a capital: one word each."""
    latin = anyascii(piece)
    parts = _CAPITALISED.findall(latin) if script_of(piece) == "Hani" else [latin]
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
