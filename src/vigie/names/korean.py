"""Hangul to Latin: Korean names, surname first, and foreign names that Hangul transcribes.

Passports of the Republic of Korea write the given name as one word (Passport Act, enforcement rules, article 2-2) by
the Revised Romanization of 2000, which leaves out in names how neighbouring syllables change each other (article 4);
bearers may keep another habitual spelling. Lists also use McCune-Reischauer (1939) and the North Korean system, a
syllable at a time. Foreign names are read back by the rules for loan words (National Institute of Korean Language,
1986): they give ㅡ to consonants that no vowel follows.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from vigie.names.choices import readings, unrepeated

_FIRST_SYLLABLE: Final = 0xAC00
_MOST_GIVEN: Final = 3
"""Syllables of a given name; a third one is rare already."""
_MOST_SPELLINGS: Final = 10

_RIEUL: Final = 5
"""Number of the initial that is r or l."""
_VOWELS: Final = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS: Final = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
"""What is heard at the end of a syllable, which all systems write."""


class _System(NamedTuple):
    initials: Sequence[str]
    """By the number of the initial consonant, as Unicode orders them; likewise the vowels and finals."""
    vowels: Sequence[str]
    finals: Sequence[str]


_REVISED: Final = _System("g kk n d tt r m b pp s ss  j jj ch k t p h".split(" "), _VOWELS, _FINALS)
_HABITUAL: Final = _System(
    "k k n d t r m b p s s  j j ch k t p h".split(" "),
    "a ae ya yae u e yu ye o wa wae oe yo oo wo we wi yu eu ee i".split(),
    _FINALS,
)
"""What bearers like: Jung, Young, Hyun, Soo, Hee, Kyung."""
_NORTHERN: Final = _System(
    "k kk n t tt r m p pp s ss  j jj ch k t p h".split(" "),
    "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split(),
    _FINALS,
)
"""McCune-Reischauer without its marks, each syllable by itself: Jong Un, Pong Ju, Yo Jong."""
_MIDDLE: Final = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
"""McCune-Reischauer between voiced sounds; at the beginning of a word its j is ch."""
_FOREIGN: Final = _System(
    "g K n d t R m B P s s  J Z ch k t P h".split(" "),
    "a A ya ye E e yo ye o wa we we yo u wo we wi yu  ui i".split(" "),
    _FINALS,
)
_ALTERNATIVES: Final = {"R": "rl", "B": "bv", "P": "pf", "E": "eou", "A": "ae", "J": "jz", "K": "k", "Z": "z"}
"""What Hangul does not tell apart in foreign names, the usual one first."""


class _Syllable(NamedTuple):
    initial: int
    vowel: int
    final: int


def parted(pieces: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Each word of a name in Hangul with its a-z spellings, the most usual first; other letters are left out.

    A known surname first and at most three syllables after it are a surname and one given name, whether blanks part
    them or not. Everything else is taken as it is parted, each piece one word.
    """
    kept = [hangul for piece in pieces if (hangul := _hangul(piece))]
    whole = "".join(kept)
    surname = _surname(kept)
    if surname and 0 < len(whole) - len(surname) <= _MOST_GIVEN:
        given = whole[len(surname) :]
        # Two syllables are the rule; three may as well be a foreign family name after a short given name.
        spelled = given_spellings(given) if len(given) < _MOST_GIVEN else _other(given)
        return [(surname, _surnames()[surname]), (given, spelled)]
    return [(piece, _surnames().get(piece) or _other(piece)) for piece in kept]


def given_spellings(hangul: str) -> tuple[str, ...]:
    """a-z spellings of a Korean given name as one word: passports' first, then habitual, North Korean, older ones."""
    syllables = _syllables(hangul)
    revised, *others = (_spelled(syllables, system) for system in (_REVISED, _HABITUAL, _NORTHERN))
    hee = revised.replace("hui", "hee")  # hardly a bearer of 희 writes it otherwise
    return unrepeated([revised, hee, *others, _mccune_reischauer(syllables)], _MOST_SPELLINGS)


def surname_spellings(hangul: str) -> tuple[str, ...]:
    """a-z spellings of a surname, those of the table first."""
    return unrepeated([*_surnames().get(hangul, ()), *given_spellings(hangul)], _MOST_SPELLINGS)


def is_surname(hangul: str) -> bool:
    """Whether the table has it."""
    return hangul in _surnames()


def _surname(pieces: Sequence[str]) -> str:
    """The surname that the name begins with, of two syllables rather than one; empty when there is none."""
    first = pieces[0] if pieces else ""
    lengths = (len(first),) if len(pieces) > 1 else (2, 1)
    # A single surname takes at most two syllables unless blanks part it: longer ones transcribe foreign names.
    candidates = (first[:n] for n in lengths if len(pieces) > 1 or n == 2 or len(first) <= 3)
    return next((surname for surname in candidates if surname in _surnames()), "")


def _other(hangul: str) -> tuple[str, ...]:
    revised, *others = given_spellings(hangul)
    return unrepeated([revised, *_foreign(hangul), *others], _MOST_SPELLINGS)


def _foreign(hangul: str) -> tuple[str, ...]:
    syllables = _syllables(hangul)
    text = _spelled(syllables, _FOREIGN).replace("sy", "sh")
    if syllables and syllables[-1].vowel == _VOWELS.index("eo") and not syllables[-1].final:
        text += "r"  # Peter, Walter: a last open vowel of this kind stands for -er
    return readings(text, _ALTERNATIVES, _MOST_SPELLINGS - 2)


def _hangul(piece: str) -> str:
    composed = unicodedata.normalize("NFKC", piece)
    return "".join(letter for letter in composed if 0 <= ord(letter) - _FIRST_SYLLABLE < 19 * 21 * 28)


def _syllables(hangul: str) -> list[_Syllable]:
    numbers = (ord(letter) - _FIRST_SYLLABLE for letter in hangul)
    return [_Syllable(number // 588, number % 588 // 28, number % 28) for number in numbers]


def _spelled(syllables: Sequence[_Syllable], system: _System) -> str:
    found = ""
    for initial, vowel, final in syllables:
        # l and r together are ll in every system; other changes between syllables are left out.
        consonant = "l" if initial == _RIEUL and found.endswith("l") else system.initials[initial]
        found += consonant + system.vowels[vowel] + system.finals[final]
    return found


def _mccune_reischauer(syllables: Sequence[_Syllable]) -> str:
    found = ""
    for initial, vowel, final in syllables:
        consonant = _NORTHERN.initials[initial]
        if found and found[-1] in "aeiounlmg":
            consonant = "l" if initial == _RIEUL and found[-1] == "l" else _MIDDLE[initial]
        elif consonant == "j":
            consonant = "ch"
        found += consonant + _NORTHERN.vowels[vowel] + _FINALS[final]
    return found


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    text = files("vigie.names").joinpath("korean.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {hangul: tuple(latin.split(" ")) for hangul, latin in rows}
