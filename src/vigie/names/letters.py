"""The letters of a name as a travel document's machine readable zone prints them (ICAO Doc 9303 part 3, section 6).

Doc 9303 leaves a choice for some letters (Ü is UE, UXX or U): all the choices are given, the most usual first.
"""

import unicodedata
from itertools import product

from anyascii import anyascii

# Letters that Unicode does not decompose, or that Doc 9303 expands (part 3, section 6, table A), and those of West
# African and Berber alphabets as the civil registers of the region, French or English, spell their sound.
_EXPANSIONS = {
    "Ä": ("A", "AE"),
    "Å": ("A", "AA"),
    "Æ": ("AE", "A"),
    "Ð": ("D",),
    "Ñ": ("N",),
    "Ö": ("O", "OE"),
    "Ø": ("O", "OE"),
    "Œ": ("OE",),
    "Ü": ("U", "UE"),
    "Þ": ("TH",),
    "ß": ("SS",),
    "ẞ": ("SS",),
    "Đ": ("D", "DJ"),
    "Ħ": ("H",),
    "ı": ("I",),
    "Ł": ("L",),
    "Ŋ": ("N", "NG"),
    "Ŧ": ("T",),
    "Ĳ": ("IJ",),
    "Ə": ("A", "E"),
    "Ɛ": ("E",),
    "Ɔ": ("O",),
    "Ɓ": ("B",),
    "Ɗ": ("D",),
    "Ƙ": ("K",),
    "Ƴ": ("Y",),
    "Ɣ": ("GH", "G"),
    "Ɲ": ("N", "NY", "GN"),
}
_MOST_SPELLINGS = 4


def spellings(word: str) -> tuple[str, ...]:
    """Lower-case a-z spellings of one word in Latin letters, the most usual first, at most four.

    Marks are dropped; apostrophes, dots and every sign that is not a letter vanish (`O'Brien` is `obrien`). A word
    without any Latin letter gives an empty tuple.
    """
    if word.isascii() and word.isalpha():
        return (word.lower(),)
    upper = "".join(
        letter if letter in _EXPANSIONS else letter.upper() for letter in unicodedata.normalize("NFC", word)
    )
    choices = [_EXPANSIONS.get(letter) or (_bare(letter),) for letter in upper]
    found: dict[str, None] = {}
    for parts in product(*_few(choices)):
        found.setdefault("".join(parts).lower())
        if len(found) == _MOST_SPELLINGS:
            break
    found.pop("", None)
    return tuple(found)


def _bare(letter: str) -> str:
    parts = "".join(part for part in unicodedata.normalize("NFKD", letter) if "A" <= part <= "Z")
    return parts if parts or letter.isascii() else "".join(part for part in anyascii(letter).upper() if part.isalpha())


def _few(choices: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Keep the choice at the first two places only: nobody spells the third Ü otherwise than the first."""
    open_places = 0
    kept = []
    for choice in choices:
        open_places += len(choice) > 1
        kept.append(choice if open_places <= 2 else choice[:1])
    return kept
