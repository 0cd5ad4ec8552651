"""Arabic script (Arabic, Persian, Dari, Pashto, Urdu) to Latin spellings.

Short vowels are not written, so no rule gives the Latin spelling of a name. Two means are joined: a table of
widespread names with their usual spelling (arabic.tsv), and letter rules that give the name without its short vowels,
marked as such; the comparison then allows vowels to be missing (`names.spelling.vowels_missing`).
"""

import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from itertools import islice, product
from typing import Final, NamedTuple

_LETTERS: Final[dict[str, tuple[str, ...]]] = {
    "ا": ("a",),
    "ب": ("b",),
    "پ": ("p",),
    "ت": ("t",),
    "ٹ": ("t",),
    "ټ": ("t",),
    "ث": ("th", "s"),
    "ج": ("j", "g"),
    "چ": ("ch",),
    "ح": ("h",),
    "خ": ("kh",),
    "څ": ("ts",),
    "ځ": ("z",),
    "د": ("d",),
    "ڈ": ("d",),
    "ډ": ("d",),
    "ذ": ("dh", "z"),
    "ر": ("r",),
    "ڑ": ("r",),
    "ړ": ("r",),
    "ز": ("z",),
    "ژ": ("zh",),
    "ږ": ("zh", "g"),
    "س": ("s",),
    "ش": ("sh",),
    "ښ": ("sh", "kh"),
    "ص": ("s",),
    "ض": ("d", "z"),
    "ط": ("t",),
    "ظ": ("z", "dh"),
    "ع": ("a", ""),
    "غ": ("gh",),
    "ف": ("f",),
    "ڤ": ("v",),
    "ق": ("q",),
    "ک": ("k",),
    "ك": ("k",),
    "گ": ("g",),
    "ګ": ("g",),
    "ڭ": ("g",),
    "ل": ("l",),
    "م": ("m",),
    "ن": ("n",),
    "ں": ("n",),
    "ڼ": ("n",),
    "ه": ("h",),
    "ھ": ("h",),
    "ہ": ("h",),
    "ة": ("a",),
    "ۀ": ("a",),
    "و": ("u", "v"),
    "ي": ("i",),
    "ی": ("i",),
    "ى": ("a", "i"),
    "ې": ("e",),
    "ے": ("e",),
    "ء": ("",),
    "ئ": ("i", ""),
    "ؤ": ("u",),
}
_MOST_GUESSES = 8
_SEATS: Final = str.maketrans("أإآٱ", "اااا")
_INITIAL: Final = {"ا": ("a", "i"), "أ": ("a", "u"), "إ": ("i",), "آ": ("a",), "ٱ": ("a",), "ع": ("a", "i", "u")}
_SERVANT_OF: Final = "عبدال"


class Romanised(NamedTuple):
    """Latin spellings of one Arabic-script word."""

    known: tuple[str, ...]
    """Spellings with their vowels, from the table of names."""
    bare: tuple[str, ...]
    """Spellings by rule: long vowels as written, short vowels missing."""


def plain(word: str) -> str:
    """The word without vowel signs, tatweel and carriers' presentation forms; hamza and madda seats as bare alif."""
    return _unsigned(word).translate(_SEATS)


def parts(word: str) -> tuple[str, ...]:
    """The words that one written word holds: Persian and Urdu write `Abd al-` and the name in one."""
    bare_word = plain(word)
    if bare_word.startswith(_SERVANT_OF) and len(bare_word) > len(_SERVANT_OF) + 1:
        return (bare_word[:3], bare_word[3:])
    return (word,)


def romanise(word: str) -> Romanised:
    """Spellings of one word (no blanks) in Arabic script; letters not known are left out."""
    bare_word = plain(word)
    forms = (bare_word, bare_word[2:]) if bare_word.startswith("ال") and len(bare_word) > 3 else (bare_word,)
    known = dict.fromkeys(spelling for form in forms for spelling in _NAMES.get(form, ()))
    guesses = dict.fromkeys(_guesses(_unsigned(word)))
    if len(forms) > 1:
        guesses.update(dict.fromkeys(_guesses(forms[1])))
    guesses.pop("", None)
    return Romanised(tuple(known), tuple(guesses))


def _guesses(word: str) -> Iterator[str]:
    """By letter rules, at most eight: the first letter may carry any short vowel."""
    first = [_INITIAL.get(letter) or _LETTERS.get(letter, ("",)) for letter in word[:1]]
    rest = [_LETTERS.get(letter, ("",)) for letter in word[1:].translate(_SEATS)]
    if rest and word.endswith("ع"):
        rest[-1] = ("", "a")  # Latin spellings seldom write it at the end (Rabi, Muti)
    return ("".join(spelled) for spelled in islice(product(*first, *rest), _MOST_GUESSES))


def _unsigned(word: str) -> str:
    kept = unicodedata.normalize("NFKC", word).replace("ـ", "").replace("\u200c", "")
    return "".join(letter for letter in kept if unicodedata.category(letter) not in ("Mn", "Cf"))


def _table() -> dict[str, tuple[str, ...]]:
    text = files("vigie.names").joinpath("arabic.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {plain(arabic): tuple(latin.split(" ")) for arabic, latin in rows}


_NAMES: Final = _table()
