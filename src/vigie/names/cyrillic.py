"""Cyrillic to Latin by the schemes that passports and lists have used.

Each scheme is a full table, so that the spellings of one word are consistent in themselves: ICAO Doc 9303 part 3
section 6 table B (Russian since 2014), BGN/PCGN (lists of English-speaking States), the French spelling of Soviet
and Maghreb-facing passports, Ukrainian Cabinet resolution 55 of 2010, Belarusian instruction of 2008.
"""

from typing import Final

_ICAO: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўѓќљњџјђћѕ",
        (
            "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia"
            " i i ie g u g k lj nj dz j d c dz"
        ).split(),
        strict=True,
    )
) | dict(zip("ьҷҳқғӯӣәөүұңһҗҡҙҫӑӗ", ["", *"j h q gh u i a o u u ng h zh k z s a e".split()], strict=True))
_BGN: Final = _ICAO | {"ё": "yo", "й": "y", "ъ": "", "ю": "yu", "я": "ya", "є": "ye", "ї": "yi"}
_FRENCH: Final = _ICAO | {
    "ж": "j",
    "у": "ou",
    "ч": "tch",
    "ш": "ch",
    "щ": "chtch",
    "ю": "iou",
    "я": "ia",
    "ъ": "",
    "ё": "io",
}
_UKRAINIAN: Final = _BGN | {"г": "h", "и": "y", "й": "i", "ю": "iu", "я": "ia", "є": "ie", "ї": "i", "щ": "shch"}
_BELARUSIAN: Final = _BGN | {"г": "h", "й": "i", "ю": "iu", "я": "ia", "ў": "u", "е": "e", "х": "kh"}
_SCHEMES: Final = (_BGN, _ICAO, _FRENCH, _UKRAINIAN, _BELARUSIAN)


def spellings(word: str) -> tuple[str, ...]:
    """Lower-case a-z spellings of one Cyrillic word, one per scheme that differs; unknown letters are left out."""
    lower = word.lower()
    found: dict[str, None] = {}
    for scheme in _SCHEMES:
        found.setdefault("".join(scheme.get(letter, "") for letter in lower))
    found.pop("", None)
    return tuple(found)
