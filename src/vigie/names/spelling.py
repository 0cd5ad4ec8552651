"""Spelling classes: what different ears and schools write differently for the same sound.

`fold` maps an a-z spelling to a common form, so that `Oumarou` and `Umaru`, `Qaddafi` and `Kadafi`, `Choukri` and
`Shukri` agree. `skeleton` keeps the consonants only: it is what unvocalised Arabic writing has.
The classes are those of matching-engine research on Arabic, Cyrillic and French/English carriers' spellings
(docs/reference/names.md); they serve comparison only and are shown to nobody.
"""

import re
from functools import lru_cache

# Longest first; each pair is (letters, sound class). S stands for the sh/ch family.
_CLASSES = (
    ("shch", "S"),
    ("sch", "S"),
    ("tch", "S"),
    ("sh", "S"),
    ("ch", "S"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("dj", "j"),
    ("dzh", "j"),
    ("zh", "j"),
    ("ck", "k"),
    ("ks", "x"),
    ("qu", "k"),
    ("ts", "z"),
    ("tz", "z"),
    ("ou", "u"),
    ("oo", "u"),
    ("ow", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("iy", "i"),
    ("yy", "i"),
    ("ij", "i"),
    ("ay", "ai"),
    ("ei", "ai"),
    ("ey", "ai"),
    ("aj", "ai"),
    ("ce", "si"),
    ("ci", "si"),
    ("cy", "si"),
    ("q", "k"),
    ("c", "k"),
    ("w", "u"),
    ("o", "u"),
    ("y", "i"),
    ("e", "i"),
)
_SOUND = dict(_CLASSES)
SOUNDS = tuple(sorted(_SOUND.items(), key=lambda one: -len(one[0])))
"""Letters and what they sound like, the longest first: at each place of a word the first that fits is taken."""
_PATTERN = re.compile("|".join(letters for letters, _ in SOUNDS))
_VOWELS = frozenset("aiu")
_SKELETON = str.maketrans({"z": "s", "x": "s", "S": "s", "v": "f", "j": "g"})


@lru_cache(maxsize=1 << 18)
def fold(spelling: str) -> str:
    """The sound classes of an a-z spelling: letters a-z and S, doubles collapsed, a final h dropped."""
    if len(spelling) > 4 and spelling.endswith("ne"):  # French writes Noureddine, Slimane for Nur al-Din, Sulaiman
        spelling = spelling[:-1]
    sounds = _single(_PATTERN.sub(_sound, spelling))
    return sounds[:-1] if len(sounds) > 2 and sounds[-1] == "h" else sounds


@lru_cache(maxsize=1 << 18)
def skeleton(spelling: str) -> str:
    """Consonants of the folded spelling; a leading vowel is kept as `A` (all leading vowels are alike)."""
    sounds = fold(spelling)
    head = "A" if sounds[:1] in _VOWELS else ""
    bones = "".join(sound for sound in sounds if sound not in _VOWELS).translate(_SKELETON)
    return head + _single(bones)


def _sound(found: re.Match[str]) -> str:
    return _SOUND[found[0]]


def _single(letters: str) -> str:
    """Doubled letters once."""
    return "".join([letter for letter, before in zip(letters, " " + letters, strict=False) if letter != before])


def vowels_missing(bare: str, full: str) -> bool:
    """True when `bare` (folded, written without short vowels) is `full` (folded) less some of its vowels.

    `mhmd` is `muhamad` without them; `zuahri` is `zauahiri`. Used for names romanised from Arabic script, which writes
    an i or u that ends a word: `abd` is not `abdi`.
    """
    place = 0
    for sound in full:
        if place < len(bare) and sound == bare[place]:
            place += 1
        elif sound not in _VOWELS:
            return False
    return place == len(bare) and (full[-1:] not in ("i", "u") or bare[-1:] == full[-1])


def pattern(spelling: str) -> str:
    """The folded spelling with all its vowels alike and vowels that meet as one: what `Rahmon` and `Rahman` share."""
    return _single("".join("a" if sound in _VOWELS else sound for sound in fold(spelling)))
