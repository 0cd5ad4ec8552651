"""Japanese to Latin: kana by the Hepburn system of passports, and the readings of names written in Han characters.

Passports (Passport Act, enforcement regulations, annex; Ministry of Foreign Affairs, Hepburn table) write no long
vowels (KOJI for こうじ), M before B, M and P, and TCH for a doubled CH; the bearer may ask for OH (ONO, OHNO) and for
another usual spelling. Katakana also transcribe foreign names (Cabinet notification 2 of 1991): consonants that no
vowel follows get a u or o, and l and r, b and v are written alike.

A name in Han characters has no reading by rule: those of surnames and given names that UniDic knows are tables.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from vigie.names.choices import readings, unrepeated

_MOST_FOREIGN: Final = 8
_MOST_SPELLINGS: Final = _MOST_FOREIGN + 4
"""No foreign reading takes the place of one of the four Japanese ones."""
_SURNAME_LENGTHS: Final = (2, 3, 1, 4)
"""Characters of a surname, the most usual number first."""

_ROWS: Final = (
    ("アイウエオ", "a i u e o"),
    ("カキクケコ", "ka ki ku ke ko"),
    ("サシスセソ", "sa shi su se so"),
    ("タチツテト", "ta chi tsu te to"),
    ("ナニヌネノ", "na ni nu ne no"),
    ("ハヒフヘホ", "ha hi fu he ho"),
    ("マミムメモ", "ma mi mu me mo"),
    ("ヤユヨ", "ya yu yo"),
    ("ラリルレロ", "ra ri ru re ro"),
    ("ワヰヱヲ", "wa i e o"),
    ("ガギグゲゴ", "ga gi gu ge go"),
    ("ザジズゼゾ", "za ji zu ze zo"),
    ("ダヂヅデド", "da ji zu de do"),
    ("バビブベボ", "ba bi bu be bo"),
    ("パピプペポ", "pa pi pu pe po"),
    ("ァィゥェォ", "a i u e o"),
    ("ャュョヮ", "ya yu yo wa"),
    ("ヴヵヶン", "vu ka ke n"),
)
_KANA: Final = {kana: latin for row, spelled in _ROWS for kana, latin in zip(row, spelled.split(), strict=True)}
_DOUBLING: Final = "ッ"
_LONG: Final = "ー"
_SMALL_Y: Final = re.compile("([キシチニヒミリギジヂビピ])([ャュョ])")
_SMALL: Final = re.compile("([イウヴフツクグテデトドシジチスズ])([ァィゥェォュ])")
_BEFORE_SMALL: Final = dict(
    zip("イウヴフツクグテデトドシジチスズ", "y w v f ts kw gw t d t d sh j ch s z".split(), strict=True)
)
_WRITTEN_OUT: Final = str.maketrans({"ヽ": "", "ヾ": "", "゛": "", "゜": ""})
_LONG_O: Final = "oo|ou(?!e)"
"""Not the u of うえ: Inoue."""
_SHORT: Final = ((_LONG_O, "o"), ("uu", "u"))
_LABIAL: Final = re.compile("n(?=[bmp])")
_KUNREI: Final = (
    ("sh(?=[auo])", "sy"),
    ("ch(?=[auo])", "ty"),
    ("j(?=[auo])", "zy"),
    ("shi", "si"),
    ("chi", "ti"),
    ("ji", "zi"),
    ("tsu", "tu"),
    ("fu", "hu"),
)

_CONSONANTS: Final = "bcdfghjklmnpqrstvwxyz"
_SUPPORTING_U: Final = re.compile(f"(?<=[kgsmpfvzRBS])u(?=[{_CONSONANTS}RBSC]|$)")
_SUPPORTING_O: Final = re.compile(f"(?<=[td])o(?=[{_CONSONANTS}RBSC]|$)")
"""Vowels that may only carry the consonant before them."""
_FOREIGN: Final = {"U": ("", "u"), "O": ("", "o"), "R": "rl", "B": "bv", "S": ("sh", "s"), "A": ("a", "er")}
"""What katakana do not tell apart in foreign names, the usual one first; A is a last long a (ター for -ter)."""


def kana_spellings(word: str) -> tuple[str, ...]:
    """a-z spellings of one word in kana: as a Japanese name in passports first; in katakana also as a foreign name.

    Signs that are no kana are left out.
    """
    kana = _katakana(word)
    foreign = _foreign(kana) if any("\u30a1" <= letter <= "\u30fa" for letter in _wide(word)) else ()
    passport, *others = _hepburn(kana) or ("",)
    return unrepeated([passport, *foreign[:_MOST_FOREIGN], *others], _MOST_SPELLINGS)


def parted(han: str) -> tuple[str, str] | None:
    """Surname and given name of one word in Han characters, when both are known as such."""
    for size in _SURNAME_LENGTHS:
        if han[:size] in _surnames() and han[size:] in _given():
            return han[:size], han[size:]
    return None


def surname_spellings(han: str) -> tuple[str, ...]:
    """a-z spellings of a surname in Han characters; empty when it is not known."""
    return _of_readings(_surnames().get(han, ""))


def given_spellings(han: str) -> tuple[str, ...]:
    """a-z spellings of a given name in Han characters; empty when it is not known."""
    return _of_readings(_given().get(han, ""))


def _of_readings(kana: str) -> tuple[str, ...]:
    forms = [_hepburn(reading)[:3] for reading in kana.split()]
    return unrepeated([form for place in range(3) for spelled in forms for form in spelled[place : place + 1]], 8)


def _wide(word: str) -> str:
    return unicodedata.normalize("NFKC", word).translate(_WRITTEN_OUT)


def _katakana(word: str) -> str:
    return "".join(chr(ord(kana) + 0x60) if "\u3041" <= kana <= "\u3096" else kana for kana in _wide(word))


def _hepburn(kana: str) -> tuple[str, ...]:
    """As passports print it, with oh, with all vowels as written, and by Kunrei-shiki (ISO 3602)."""
    full = _latin(kana)
    # A last おお stays OO in passports (Takatoo); lists write either, and both are heard as one.
    short = _LABIAL.sub("m", _replaced(full, _SHORT))
    with_h = _LABIAL.sub("m", re.sub(_LONG_O, "oh", full.replace("uu", "u")))
    return unrepeated([short, with_h, full, _replaced(_replaced(full, _SHORT), _KUNREI)], 4)


def _latin(kana: str) -> str:
    """Letter by letter, long vowels as ou, oo, uu ..."""
    joined = _SMALL_Y.sub(lambda pair: _palatal(_KANA[pair[1]], _KANA[pair[2]]), kana)
    joined = _SMALL.sub(lambda pair: _BEFORE_SMALL[pair[1]] + _KANA[pair[2]].lstrip("y"), joined)
    spelled = ""
    doubled = False
    for letter in joined:
        if letter == _DOUBLING:
            doubled = True
            continue
        latin = spelled[-1:] if letter == _LONG else _KANA.get(letter, letter if letter.isascii() else "")
        if doubled and latin:
            spelled += "t" if latin.startswith("c") else latin[0] if latin[0] in _CONSONANTS else ""
            doubled = False
        spelled += latin
    return "".join(letter for letter in spelled if letter.isascii() and letter.isalpha())


def _palatal(consonant: str, small: str) -> str:
    """`ki` and `ya` are kya, `shi` and `ya` sha."""
    stem = consonant[:-1]
    return stem + (small[1:] if stem in ("sh", "ch", "j") else small)


def _replaced(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, latin in rules:
        text = re.sub(pattern, latin, text)
    return text


def _foreign(kana: str) -> tuple[str, ...]:
    """A foreign name as it may have been before katakana wrote it."""
    last_a = kana.endswith("ー") and _latin(kana).endswith("aa")
    spelled = _latin(kana.replace(_LONG, ""))
    marked = _LABIAL.sub("m", spelled).replace("r", "R").replace("b", "B").replace("sh", "S")
    marked = _SUPPORTING_O.sub("O", _SUPPORTING_U.sub("U", marked))
    return readings(marked[:-1] + "A" if last_a else marked, _FOREIGN, _MOST_FOREIGN)


@cache
def _surnames() -> dict[str, str]:
    return _table("japanese_surnames.tsv")


@cache
def _given() -> dict[str, str]:
    return _table("japanese_given.tsv")


def _table(name: str) -> dict[str, str]:
    text = files("vigie.names").joinpath(name).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {written: kana for written, kana in rows}  # noqa: C416 - a row of another length is refused
