"""A traveller's name from its parts, as machine messages give them."""

from typing import Final

from vigie.records import Name

_UNKNOWN: Final = frozenset(["FNU", "LNU", "NFN", "NLN"])
"""First or last name unknown, no first or last name: what carriers type where a document shows one name only."""


def name(family: str, given: str, raw: str, source: str) -> Name:
    """The name, with what says "unknown" taken out; a person of one name has it as `family`, wherever it stood."""
    families, givens = _words(family), _words(given)
    if not families:
        families, givens = givens, ""
    return Name(family=families or None, given=givens or None, raw=raw, source=source)


def _words(text: str) -> str:
    """The text with single blanks; empty when it has no letter or only stands for an unknown name."""
    letters = text.isalpha()
    words = text if letters else " ".join(text.split())
    if (len(words) == 3 and words.upper() in _UNKNOWN) or not (letters or any(map(str.isalpha, words))):
        return ""
    return words
