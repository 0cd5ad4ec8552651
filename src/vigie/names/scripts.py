"""Which script a text is written in, as an ISO 15924 code."""

from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from typing import Final

# First code point, last code point, script. Unicode blocks that hold letters of names; Latin includes its extensions.
_RANGES: Final = sorted(
    [
        (0x0041, 0x005A, "Latn"),
        (0x0061, 0x007A, "Latn"),
        (0x00AA, 0x00AA, "Latn"),
        (0x00BA, 0x00BA, "Latn"),
        (0x00C0, 0x00D6, "Latn"),
        (0x00D8, 0x00F6, "Latn"),
        (0x00F8, 0x02AF, "Latn"),
        (0x0370, 0x03FF, "Grek"),
        (0x0400, 0x052F, "Cyrl"),
        (0x0531, 0x058F, "Armn"),
        (0x0591, 0x05F4, "Hebr"),
        (0x0620, 0x06FF, "Arab"),
        (0x0750, 0x077F, "Arab"),
        (0x0870, 0x08FF, "Arab"),
        (0x0900, 0x097F, "Deva"),
        (0x0980, 0x09FF, "Beng"),
        (0x0E00, 0x0E7F, "Thai"),
        (0x10A0, 0x10FF, "Geor"),
        (0x1100, 0x11FF, "Hang"),
        (0x1200, 0x139F, "Ethi"),
        (0x1C90, 0x1CBF, "Geor"),
        (0x1E00, 0x1EFF, "Latn"),
        (0x1F00, 0x1FFF, "Grek"),
        (0x2C60, 0x2C7F, "Latn"),
        (0x3005, 0x3005, "Hani"),
        (0x3041, 0x309F, "Hira"),
        (0x30A0, 0x30FF, "Kana"),
        (0x3400, 0x4DBF, "Hani"),
        (0x4E00, 0x9FFF, "Hani"),
        (0xA720, 0xA7FF, "Latn"),
        (0xAC00, 0xD7AF, "Hang"),
        (0xF900, 0xFAFF, "Hani"),
        (0xFB13, 0xFB17, "Armn"),
        (0xFB1D, 0xFB4F, "Hebr"),
        (0xFB50, 0xFDFF, "Arab"),
        (0xFE70, 0xFEFC, "Arab"),
        (0xFF21, 0xFF5A, "Latn"),
        (0xFF66, 0xFF9D, "Kana"),
        (0x20000, 0x3134F, "Hani"),
    ]
)
_FIRSTS: Final = [first for first, _, _ in _RANGES]


@lru_cache(maxsize=1 << 14)
def script_of(text: str) -> str:
    """ISO 15924 code of the script most letters of `text` are in; the earlier one on a tie; `Zyyy` without letters."""
    counts = Counter(script for letter in text if (script := _of_letter(letter)) is not None)
    return max(counts, key=lambda script: counts[script]) if counts else "Zyyy"


def _of_letter(letter: str) -> str | None:
    code = ord(letter)
    place = bisect_right(_FIRSTS, code) - 1
    return _RANGES[place][2] if place >= 0 and code <= _RANGES[place][1] and letter.isalpha() else None
