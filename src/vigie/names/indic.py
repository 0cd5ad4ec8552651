"""Devanagari and Bengali to Latin, as passports of India, Nepal and Bangladesh spell names.

The letters are those of the Hunterian system (Survey of India, which UN resolution II/11 of 1972 refines) without
its marks. Every consonant holds an a unless a sign says otherwise; it is not spoken at the end of a word, nor, in
Hindi, between a consonant after a vowel and one before a vowel (रहमान is rahman). Bengali speaks it o; its j is often
written z, its ch s. Nepali and eastern Hindi write b for v.

Both blocks of Unicode have one order (that of ISCII, IS 13194:1991), so that one table serves both.
"""

import re
import unicodedata
from typing import Final

from vigie.names.choices import readings, unrepeated

_MOST_SPELLINGS: Final = 8
_DEVANAGARI: Final = 0x0900
_BENGALI: Final = 0x0980

_CONSONANTS: Final = dict(
    zip(
        range(0x15, 0x3A),
        ("k kh g gh ng ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l V sh sh s h").split(),
        strict=True,
    )
) | {0x70: "r", 0x71: "V"}
_WITH_NUKTA: Final = {0x15: "q", 0x17: "gh", 0x1C: "z", 0x21: "r", 0x22: "rh", 0x2B: "f", 0x2F: "y"}
_VOWELS: Final = dict(
    zip((*range(0x05, 0x0C), *range(0x0D, 0x15)), "a a i i u u ri e e e ai o o o au".split(), strict=True)
)
_SIGNS: Final = dict(zip(range(0x3E, 0x44), "a i i u u ri".split(), strict=True)) | dict(
    zip(range(0x45, 0x4D), "e e e ai o o o au".split(), strict=True)
)
_VIRAMA, _NUKTA, _ANUSVARA, _KHANDA_TA = 0x4D, 0x3C, 0x02, 0x4E
_OTHERS: Final = _VOWELS | {_ANUSVARA: "N", _KHANDA_TA: "t"}
_OF_BENGALI: Final = _CONSONANTS | {0x1C: "J", 0x2F: "J", 0x1B: "C", 0x2D: "H", 0x35: "b"}

_CONSONANT: Final = "(?:chh|ch|sh|[kgjtdpbJ]h|[^aeiou@])"
_LAST: Final = re.compile(f"(?<=[aeiou@])({_CONSONANT})@$")
_LAST_OF_SEVERAL: Final = re.compile(f"({_CONSONANT}{{2}})@$")
_INNER: Final = re.compile(f"(?<=[aeiou@])({_CONSONANT})@(?={_CONSONANT}[aeiou@])")
"""The inherent vowel (@) after one consonant that follows a vowel, before one that a vowel follows."""
_ALTERNATIVES: Final = {"V": "vwb", "J": "jz", "C": ("chh", "s"), "H": ("bh", "v"), "@": "ao"}


def spellings(word: str) -> tuple[str, ...]:
    """Lower-case a-z spellings of one word in Devanagari or Bengali, the most usual first; other signs are left out."""
    bengali = any(_BENGALI <= ord(letter) < _BENGALI + 0x80 for letter in word)
    letters = _letters(unicodedata.normalize("NFC", word), _OF_BENGALI if bengali else _CONSONANTS)
    full = letters.replace("N", "ng") if bengali else _nasals(letters)
    ended = _LAST.sub(r"\1", full)
    short = _without_inner(ended)
    forms = (short, _LAST_OF_SEVERAL.sub(r"\1", short), ended, full)  # Chandra and Krishna keep it, Shams does not
    alternatives = _ALTERNATIVES if bengali else _ALTERNATIVES | {"@": "a"}
    ways = [readings(form, alternatives, _MOST_SPELLINGS // 2) for form in dict.fromkeys(forms)]
    return unrepeated([spelling for way in ways for spelling in way], _MOST_SPELLINGS)


def _letters(word: str, consonants: dict[int, str]) -> str:
    """Latin letters, @ for the inherent vowel, N for the nasal sign, capitals for letters that are read in two ways."""
    offsets = [(ord(letter) - _DEVANAGARI) % 0x80 for letter in word if _DEVANAGARI <= ord(letter) < _BENGALI + 0x80]
    spelled: list[str] = []
    for place, offset in enumerate(offsets):
        if offset in consonants:
            spelled += [consonants[offset], "@"]
        elif offset in _SIGNS or offset == _VIRAMA:
            if spelled and spelled[-1] == "@":
                spelled.pop()
            spelled.append(_SIGNS.get(offset, ""))
        elif offset == _NUKTA and len(spelled) > 1:
            spelled[-2] = _WITH_NUKTA.get(offsets[place - 1], spelled[-2])
        else:
            spelled.append(_OTHERS.get(offset, ""))
    return "".join(spelled)


def _nasals(spelled: str) -> str:
    """The nasal sign of Devanagari as it is heard before the next consonant: Singh, Ambika."""
    return re.sub("N(?=h)", "ng", re.sub("N(?=[pbm])", "m", spelled)).replace("N", "n")


def _without_inner(spelled: str) -> str:
    """From the end back, as the rule is usually stated: what is left out there shields the one before it."""
    while found := next(iter(list(_INNER.finditer(spelled))[::-1]), None):
        spelled = spelled[: found.end() - 1] + spelled[found.end() :]
    return spelled
