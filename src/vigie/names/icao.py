"""Names as the machine readable zone writes them, and back as far as that goes (ICAO Doc 9303 part 3, section 6).

The tables are icao.tsv: A for Latin letters beyond A-Z, B for Cyrillic, C for Arabic script. They are recommendations.
Most States with Arabic script print a phonetic spelling instead (MOHAMMED, not MXHMD), so what `from_zone` returns is a
hypothesis about documents of States that do use the table.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import Final, NamedTuple

MOST_FORMS: Final = 64
"""Forms or readings of one text that are given at most."""
_LONGEST_NAME: Final = 39
"""Characters of the longest name field (TD3)."""

_PLAIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SEPARATORS: Final = re.compile(r"[\s<,/\-\u2010-\u2015\u060c]+")
"""What parts the components of a name: blank, hyphen, comma (part 3, 4.6)."""
_SHADDA: Final = "\u0651"
_ALPHABETS: Final = {
    "RUS": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЭЮЯ",
    "BLR": "АБВГДЕЁЖЗІЙКЛМНОПРСТУЎФХЦЧШЫЭЮЯ",
    "UKR": "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЮЯ",
    "BGR": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЮЯ",
    "SRB": "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ",
    "MKD": "АБВГДЃЕЖЗЅИЈКЛЉМНЊОПРСТЌУФХЦЧЏШ",
}
"""Letters of the languages that table B tells apart, by the State that issues in them; without the soft sign."""


class Rule(NamedTuple):
    """How one letter is written."""

    table: str
    """`A`, `B` or `C`."""
    zone: tuple[str, ...]
    """The choices, the standard's first one first; empty text for a letter that is not encoded, `=` for shadda."""
    exceptions: dict[str, str]
    """By issuing State (`UKR`), with `^` only at the beginning of a component (`UKR^`); `$` at the end of one."""

    def choices(self, issuer: str | None, first: bool, last: bool) -> tuple[str, ...]:
        """What may be written for the letter in a document of `issuer` at this place of a component."""
        for condition, holds in ((f"{issuer}^", first), (f"{issuer}", True), ("$", last)):
            if holds and condition in self.exceptions:
                return (self.exceptions[condition],)
        return self.zone


def to_zone(text: str, issuer: str | None = None) -> str:
    """The text in A-Z and `<`, each letter by the first choice of the standard.

    Blanks, hyphens and commas become one `<`; apostrophes, points and other signs vanish (part 3, 4.6). `issuer` is
    the issuing State (alpha-3): table B depends on its language. Vowel signs of Arabic script are not encoded.
    Raises ValueError for a letter or digit that no table has; Latin letters with marks the table lacks lose the marks.
    """
    return next(_forms(text, issuer))


def zone_forms(text: str, issuer: str | None = None) -> tuple[str, ...]:
    """All forms the standard allows (Ü is UE, UXX or U), that of `to_zone` first; at most `MOST_FORMS`."""
    return tuple(dict.fromkeys(islice(_forms(text, issuer), MOST_FORMS)))


def from_zone(text: str, script: str, issuer: str | None = None) -> tuple[str, ...]:
    """What may have been written in the document's own script (`Arab` or `Cyrl`), in capitals; at most `MOST_FORMS`.

    Empty when the text cannot have come from that table or is longer than any name field (39 characters).

    Arabic: X marks each letter that A-Z lacks, so nearly all are recovered. Not recovered are vowel signs, tatweel and
    the letters the table does not encode; a letter written twice may be one with shadda, Y may be yeh (first) or the
    Pashto e. Cyrillic: the soft sign is lost; E, I, U and sequences (SHCH, longest first) stand for several letters;
    `issuer` selects the alphabet, Russian when it has none here.
    Raises ValueError for another script.
    """
    if script not in ("Arab", "Cyrl"):
        raise ValueError("zones are turned back into Arab or Cyrl only")
    components = [component for component in text.split("<") if component] if len(text) <= _LONGEST_NAME else []
    readings = [tuple(islice(_readings(component, script, issuer), MOST_FORMS)) for component in components]
    return tuple(" ".join(parts) for parts in islice(product(*readings), MOST_FORMS)) if readings else ()


@cache
def rules() -> dict[str, Rule]:
    """The tables, by capital letter."""
    text = files("vigie.names").joinpath("icao.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {chr(int(code, 16)): _rule(table, *rest) for table, code, _, *rest in rows}


def _rule(table: str, zone: str, exceptions: str = "") -> Rule:
    choices = ("",) if zone == "-" else tuple(zone.split("|"))
    pairs = (exception.split(":") for exception in exceptions.split())
    return Rule(table, choices, {pair[0]: pair[1] for pair in pairs})


def _forms(text: str, issuer: str | None) -> Iterator[str]:
    capitals = unicodedata.normalize("NFKC", text).upper()
    pieces = (_choices(component, issuer) for component in _SEPARATORS.split(capitals))
    components = [list(piece) for piece in pieces if piece]
    separated = [choice for piece in components for choice in ([("<",), *piece])][1:]
    return ("".join(parts) for parts in product(*separated))


def _choices(component: str, issuer: str | None) -> list[tuple[str, ...]]:
    """For each letter that leaves a trace, what may be written."""
    found: list[tuple[str, ...]] = []
    letters = [letter for letter in component if letter in rules() or letter.isalnum()]
    for place, letter in enumerate(letters):
        choices = _written(letter, issuer, place == 0, _ends(letters, place))
        if choices == ("=",):
            # The letter before it is doubled, whatever it is written as.
            found[-1:] = [tuple(choice * 2 for choice in found[-1])] if found else []
        elif choices != ("",):
            found.append(choices)
    return found


def _ends(letters: list[str], place: int) -> bool:
    """Whether nothing but signs that are not encoded follows."""
    return all(later in rules() and rules()[later].zone == ("",) for later in letters[place + 1 :])


def _written(letter: str, issuer: str | None, first: bool, last: bool) -> tuple[str, ...]:
    rule = rules().get(letter)
    if rule is not None:
        return rule.choices(issuer, first, last)
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if part in _PLAIN)
    if not bare:
        raise ValueError("a letter or digit that Doc 9303 part 3 section 6 does not transliterate; spell it in A-Z")
    return (bare,)


def _readings(component: str, script: str, issuer: str | None) -> Iterator[str]:
    """Letters that are written as the component; Cyrillic codes longest first, doubled Arabic ones last."""
    letters, first = _inverse(script, issuer, False), _inverse(script, issuer, True)
    lengths = sorted({len(code) for code in (*letters, *first)}, reverse=script == "Cyrl")
    ends = [False] * len(component) + [True]
    for place in reversed(range(len(component))):
        codes = letters if place else first
        ends[place] = any(
            component[place : place + n] in codes and ends[place + n] for n in lengths if place + n <= len(component)
        )

    def follow(place: int) -> Iterator[str]:
        if place == len(component):
            yield ""
            return
        codes = letters if place else first
        for n in lengths:
            if place + n <= len(component) and ends[place + n]:
                for letter in codes.get(component[place : place + n], ()):
                    yield from (letter + rest for rest in follow(place + n))

    return follow(0) if ends[0] else iter(())


@cache
def _inverse(script: str, issuer: str | None, first: bool) -> dict[str, tuple[str, ...]]:
    """Letters by what is written for them, at the beginning of a component or elsewhere."""
    table = rules()
    if script == "Arab":
        letters = [letter for letter, rule in table.items() if rule.table == "C" and rule.zone not in (("",), ("=",))]
    else:
        letters = list(_ALPHABETS.get(issuer or "", _ALPHABETS["RUS"]))
    found: dict[str, tuple[str, ...]] = {}
    for letter in letters:
        for last in (False, True):
            for code in table[letter].choices(issuer, first, last):
                found[code] = tuple(dict.fromkeys((*found.get(code, ()), letter)))
    if script == "Arab":
        found |= {code * 2: tuple(letter + _SHADDA for letter in them) for code, them in list(found.items())}
    return found
