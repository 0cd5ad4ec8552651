"""Greek to Latin: as Greek passports print it, as it is heard, and as classical names are written.

ELOT 743 (1982, revised 2001), which ISO 843:1997 type 2 and resolution V/19 of the United Nations on geographical
names (1987) repeat, is what passports use. Other States' documents and lists write what they hear (`Yiannis`,
`Dinos` for Ντίνος) or the letters of ancient Greek (`Euthymios`, `Demetrios`).
"""

import re
import unicodedata
from typing import Final

_LETTERS: Final = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
        strict=True,
    )
)
_PARTED: Final = "|"
_MARKED: Final = re.compile("[αεηο](?=\u0301[υι]|[υι]\u0301?\u0308)|ι(?=\u0301[αοω])")
"""Before a vowel it makes no pair with: it bears the accent itself, or the next one the diaeresis."""
_VOICED: Final = "(?<=[αεη])υ(?=[αεηιουωβγδζλμνρ])"
"""What makes αυ, ευ, ηυ end in v; before all else and at the end it is f (ELOT 743, table 2)."""

_Rules = tuple[tuple[str, str], ...]
"""Patterns in Greek letters and what is written for them, in turn; the letters left go by table."""
_NASALS: Final[_Rules] = (("γγ", "ng"), ("γξ", "nx"), ("γχ", "nch"))
_ELOT: Final[_Rules] = (*_NASALS, ("^μπ|μπ$", "b"), ("ου", "ou"), (_VOICED, "v"), ("(?<=[αεη])υ", "f"))
_HEARD: Final[_Rules] = (
    *_NASALS,
    ("^γκ", "g"),
    ("γκ", "ng"),
    ("^ντ", "d"),
    ("ντ", "nd"),
    ("^μπ", "b"),
    ("μπ", "mb"),
    ("ου", "ou"),
    (_VOICED, "v"),
    ("(?<=[αεη])υ", "f"),
    ("γι(?=[αοω]|ou)", "y"),  # gamma and iota before a vowel are one sound: Yannis, Yorgos
    ("γ(?=[ειηυ]|αι|οι)", "y"),
    ("αι", "e"),
    ("ει|οι|υι|υ", "i"),
    ("χ", "h"),
)
_CLASSICAL: Final[_Rules] = (
    *_NASALS,
    ("γκ", "nk"),
    ("ου", "ou"),
    ("(?<=[αεη])υ", "u"),
    ("β", "b"),
    ("η", "e"),
    ("φ", "ph"),
)
_SCHEMES: Final = (_ELOT, _HEARD, _CLASSICAL)


def spellings(word: str) -> tuple[str, ...]:
    """Lower-case a-z spellings of one Greek word, that of ELOT 743 first; letters not Greek are left out."""
    plain = _plain(word)
    found = dict.fromkeys(_written(plain, scheme) for scheme in _SCHEMES)
    found.pop("", None)
    return tuple(found)


def _plain(word: str) -> str:
    """Small letters without marks; a bar parts vowels that the marks part."""
    parted = unicodedata.normalize("NFD", word.lower())
    parted = _MARKED.sub(lambda vowel: vowel[0] + _PARTED, parted)
    return "".join(letter for letter in parted if letter in _LETTERS or letter == _PARTED)


def _written(plain: str, scheme: _Rules) -> str:
    for pattern, latin in scheme:
        plain = re.sub(pattern, latin, plain)
    return "".join(_LETTERS.get(letter, letter) for letter in plain).replace(_PARTED, "")
