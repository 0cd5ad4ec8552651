"""What letters bytes are that are no UTF-8 and do not say what they are: by the words they make, and never by chance.

The same byte is É in Windows-1252 and ة in Windows-1256. So of several character sets that may be meant, only letters
that all of them agree on are read. Where they differ in the accent alone (Ñ or Ń), the letter is read without it, as
in the zone of a passport. Any other becomes U+FFFD, which is no letter of any name.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

LOST: Final = "\ufffd"
"""Stands for a byte whose letter is not known."""
_WORDS: Final = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SHORTEST: Final = 3
"""Letters of a word that shows a script: two accented capitals may follow each other in a Latin name."""
_MOST_WORDS: Final = 50_000
_MOST: Final = 0.9
"""Share of the words that a character set must make sense of: a list has some slips."""
_FRENCH: Final = re.compile(
    rb"(?i)(?<![a-z\x80-\xff])(?:nom|sexe|naissance|navire|passager|passagers|passeport|lieu|pays|embarquement)(?![a-z\x80-\xff])"
)
"""Words of a heading: a French-speaking sender has Windows-1252, and no letters of Central Europe."""
_VOWELS: Final = frozenset("АЕЁИОУЫЭЮЯІЇЄЎ" + "ΑΕΗΙΟΥΩΆΈΉΊΌΎΏΪΫΐΰ")
_ONLY_LAST: Final = frozenset("ةى" + "ךםןףץ")
"""Letters of Arabic and Hebrew that only end a word."""


class Letters(NamedTuple):
    """How bytes are read. `table` has a character for each byte."""

    table: tuple[str, ...]
    name: str
    """The character set; those that agree on what was read, when it could not be decided."""

    def text(self, data: bytes) -> str:
        """One character for each byte."""
        if len(data) < 64:
            return "".join(self.table[byte] for byte in data)
        return data.decode("latin-1").translate(dict(enumerate(self.table)))

    def loses(self, data: bytes) -> bool:
        """True when a letter of `data` is not known."""
        return any(self.table[byte] == LOST for byte in set(data))


def of(data: bytes) -> Letters:
    """How to read these bytes, which are no UTF-8."""
    found = _words(data)
    foreign = [
        word for word in found if len(word) >= _SHORTEST and word[0] > 0x7F and not re.search(rb"[A-Za-z]", word)
    ]
    if foreign:
        return _agreed(_best(foreign, _OTHERS))
    latin = _best(found, _LATIN) if found else list(_LATIN)
    if "Windows-1252" in latin and _FRENCH.search(data[:4096]):
        latin = [name for name in latin if name != "Windows-1250"]
    return _agreed(latin)


def _words(data: bytes) -> list[bytes]:
    """Words with a byte beyond ASCII, each once."""
    found: dict[bytes, None] = {}
    for match in _WORDS.finditer(data):
        found[match[0].strip(_SIGNS)] = None
        if len(found) > _MOST_WORDS:
            break
    return [word for word in found if word and not word.isascii()]


def _best(words: list[bytes], sets: dict[str, "_Set"]) -> list[str]:
    """The character sets that make sense of most words."""
    return [name for name, each in sets.items() if sum(map(each.fits, words)) >= _MOST * len(words)]


def _agreed(names: list[str]) -> Letters:
    """The letters that are the same in all sets, but for the accent; of no set, those of ASCII."""
    sets = [each.table for name, each in (_LATIN | _OTHERS).items() if name in names] or [_NOTHING]
    table = tuple(_common(set(chars)) for chars in zip(*sets, strict=True))
    return Letters(table, " or ".join(names) or "ASCII")


def _common(chars: set[str]) -> str:
    letters = chars if len(chars) == 1 else {unicodedata.normalize("NFD", char)[0] for char in chars}
    (letter, *others) = letters
    return letter if not others and (len(chars) == 1 or letter.isascii()) else LOST


# -- what a word may be -------------------------------------------------------------------------------------------


def _is_latin(word: str) -> bool:
    return all((c.isalpha() and c < "\u0180") or c in "’'" for c in word) and not _rises(word)


def _is_cyrillic(word: str) -> bool:
    return all("Ѐ" <= c <= "ӿ" for c in word) and _is_spoken(word)


def _is_greek(word: str) -> bool:
    return all("Ͱ" <= c <= "Ͽ" for c in word) and _is_spoken(word)


def _is_arabic(word: str) -> bool:
    return all("ء" <= c <= "ي" or c in "پچژگیک" for c in word) and _ONLY_LAST.isdisjoint(word[:-1])


def _is_hebrew(word: str) -> bool:
    return all("א" <= c <= "ת" for c in word) and _ONLY_LAST.isdisjoint(word[:-1])


def _is_spoken(word: str) -> bool:
    """Small and capital letters stand as in a name, and it has a vowel."""
    return word[0].isupper() and not _rises(word) and not _VOWELS.isdisjoint(word.upper())


def _rises(word: str) -> bool:
    """A capital letter beyond ASCII behind a small one: McLEOD is a name, and MüLLER one made by a careless program."""
    return any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(word))


class _Set:
    """A character set of one byte for each character, and what words in it look like."""

    def __init__(self, codec: str, is_word: Callable[[str], bool]) -> None:
        self._is_word = is_word
        # What the set leaves free is lost, so that every byte is one character.
        self.table = tuple(bytes([byte]).decode(codec, "ignore") or LOST for byte in range(256))

    def fits(self, word: bytes) -> bool:
        return self._is_word("".join(self.table[byte] for byte in word))


_NOTHING: Final = tuple(chr(byte) if byte < 128 else LOST for byte in range(256))
_SIGNS: Final = bytes([0x85, *range(0x91, 0x98), 0xA0, 0xAB, 0xAD, 0xB0, 0xB4, 0xB7, 0xBB])
"""Quotation marks, dashes and blanks beyond ASCII, the same in all these sets: no part of a word at its ends."""
_LATIN: Final = {
    "Windows-1252": _Set("cp1252", _is_latin),
    "Windows-1250": _Set("cp1250", _is_latin),
    "Windows-1254": _Set("cp1254", _is_latin),
}
_OTHERS: Final = {
    "Windows-1256": _Set("cp1256", _is_arabic),
    "ISO 8859-6": _Set("iso8859_6", _is_arabic),
    "Windows-1251": _Set("cp1251", _is_cyrillic),
    "Windows-1253": _Set("cp1253", _is_greek),
    "Windows-1255": _Set("cp1255", _is_hebrew),
}
