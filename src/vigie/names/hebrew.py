"""Hebrew script to Latin spellings.

Vowels are hardly written, so two means are joined, as in `names.arabic`: a table of widespread names (hebrew.tsv), and
letter rules whose spellings lack vowels and are marked as such. The rules are those of the Academy of the Hebrew
Language (2006), which passports of Israel follow, and the older English habit (`Chaim`).
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Final, NamedTuple

from vigie.names.arabic import Romanised

_GERESH: Final = "\u05f3"
_TYPED: Final = re.compile("(?<=[גדזחטסעצץת])['’‘`´′]")
_WITH_GERESH: Final = {"ג": "j", "ז": "zh", "צ": "ch", "ד": "dh", "ת": "th", "ח": "kh", "ט": "z", "ס": "s", "ע": "gh"}
_LETTERS: Final = dict(zip("בגדהזטילמנסצקרת", "b g d h z t i l m n s ts k r t".split(), strict=True)) | {
    "ך": "kh",
    "ף": "f",
}
_FINAL: Final = str.maketrans("םןץ", "מנצ")
_HARD: Final = {"ב": "b", "כ": "k", "פ": "p"}
_SOFT: Final = {"ב": "v", "כ": "kh", "פ": "f"}
_SILENT: Final = "אע"
_MOST_GUESSES: Final = 12
_MOST_WAWS: Final = 2
"""Places where waw is tried as vowel and as consonant; a name has hardly ever more."""


class _Reading(NamedTuple):
    """One way to speak a word. The first choice of each field is the usual one."""

    stops: str
    """`inside`: b, k and p are soft except at the beginning; `hard` and `soft` hold for all of the word."""
    first: str
    """The vowel of a first aleph or ayin."""
    het: str
    shin: str
    waws: tuple[str, ...]


def with_geresh(name: str) -> str:
    """The name with a geresh where an apostrophe was typed for it: it turns gimel into j, tsadi into ch."""
    return _TYPED.sub(_GERESH, name)


def romanise(word: str) -> Romanised:
    """Spellings of one word (no blanks) in Hebrew script; points and letters not known are left out."""
    kept = unicodedata.normalize("NFKD", word)
    plain = "".join(letter for letter in kept if letter.isalpha() or letter == _GERESH)
    word = plain.translate(_FINAL)
    guesses = dict.fromkeys(_guess(word, reading) for reading in _readings(word))
    guesses.pop("", None)
    return Romanised(_names().get(plain, ()), tuple(guesses)[:_MOST_GUESSES])


def _readings(word: str) -> list[_Reading]:
    """The usual reading first, then those that depart from it in one thing, in two ..."""
    choices = product(
        enumerate(("inside", "hard", "soft") if any(letter in _HARD for letter in word) else ("inside",)),
        enumerate("ae" if word[:1] and word[0] in _SILENT else ("",)),
        enumerate(("h", "ch") if "ח" in word else ("h",)),
        enumerate(("sh", "s") if "ש" in word else ("sh",)),
        enumerate(product("uv", repeat=min(_MOST_WAWS, word.count("ו")))),
    )
    ranked = sorted(choices, key=lambda places: sum(place > 0 for place, _ in places))
    return [
        _Reading(stops, vowel, het, shin, waws) for (_, stops), (_, vowel), (_, het), (_, shin), (_, waws) in ranked
    ]


def _guess(word: str, reading: _Reading) -> str:
    waws = iter(reading.waws)
    spelled: list[str] = []
    for place, letter in enumerate(word):
        before, after = word[place - 1 : place], word[place + 1 : place + 2]
        if letter == "ו":
            spelled.append("" if before == "ו" else _waw(next(waws, "u"), place == 0 or after == "ו"))
        elif letter in _SILENT:
            spelled.append(reading.first if place == 0 and after not in ("ו", "י") else "")
        elif letter == _GERESH:
            spelled[-1:] = [_WITH_GERESH.get(before, "".join(spelled[-1:]))]
        else:
            spelled.append(_consonant(letter, reading, first=place == 0))
    return "".join(spelled)


def _waw(chosen: str, consonant: bool) -> str:
    return "v" if consonant else chosen


def _consonant(letter: str, reading: _Reading, *, first: bool) -> str:
    if letter in _HARD:
        hard = reading.stops == "hard" or (reading.stops == "inside" and first)
        return (_HARD if hard else _SOFT)[letter]
    return {"ח": reading.het, "ש": reading.shin}.get(letter) or _LETTERS.get(letter, "")


@cache
def _names() -> dict[str, tuple[str, ...]]:
    text = files("vigie.names").joinpath("hebrew.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {hebrew: tuple(latin.split(" ")) for hebrew, latin in rows}
