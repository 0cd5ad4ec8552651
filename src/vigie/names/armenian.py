"""Armenian to Latin: the letters of Armenian passports, and the Western reading of the diaspora.

Eastern: BGN/PCGN 1981, which passports of Armenia print without its apostrophes (ԵՐ- at the beginning is YER-, Ո- is
VO-). Western Armenian (Lebanon, Syria, Turkey, France) speaks the stops the other way round: Գրիգոր is `Krikor`, Պետրոս
`Bedros`. Both write -յան as -YAN or, in older documents and abroad, -IAN, which comparison takes as one.
"""

import re
from typing import Final

_EASTERN: Final = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
        ("a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f").split(),
        strict=True,
    )
)
_WESTERN: Final = _EASTERN | dict(zip("բգդծկձճպջտ", "p k t dz g ts j b ch d".split(), strict=True))
_GROUPS: Final = (
    (re.compile("ու"), "u"),
    (re.compile("իւ"), "iu"),  # the spelling before 1922, which the diaspora has kept
    (re.compile("^(?:և|եւ)"), "yev"),
    (re.compile("և|եւ"), "ev"),
)
_BEGINNING_EAST: Final = ((re.compile("^ե"), "ye"), (re.compile("^ո"), "vo"))
_BEGINNING_WEST: Final = (*_BEGINNING_EAST, (re.compile("^յ"), "h"))


def spellings(word: str) -> tuple[str, ...]:
    """Lower-case a-z spellings of one Armenian word: Eastern, Western, Eastern without what is only spoken (E-, O-)."""
    lower = word.lower()
    found = dict.fromkeys(
        _written(lower, letters, groups)
        for letters, groups in (
            (_EASTERN, (*_GROUPS, *_BEGINNING_EAST)),
            (_WESTERN, (*_GROUPS, *_BEGINNING_WEST)),
            (_EASTERN, _GROUPS),
        )
    )
    found.pop("", None)
    return tuple(found)


def _written(word: str, letters: dict[str, str], groups: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, latin in groups:
        word = pattern.sub(latin, word)
    return "".join(letter if letter.isascii() and letter.isalpha() else letters.get(letter, "") for letter in word)
