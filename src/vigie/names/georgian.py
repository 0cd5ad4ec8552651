"""Georgian to Latin: the national system of 2002, which Georgian passports print without its apostrophes.

A name that ends in a consonant takes the -i of the nominative in Georgian text (დავითი, ალიევი): documents of its
bearer have it without.
Older documents went through Russian and write PH for ფ or lose the h of ხ and ღ: comparison takes those as one.
"""

import re
from typing import Final

_LETTERS: Final = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
        strict=True,
    )
)
_NOMINATIVE: Final = re.compile("(?<!shvil)(?<=..[^aeiou])i$")


def spellings(word: str) -> tuple[str, ...]:
    """Lower-case a-z spellings of one Georgian word (Mkhedruli or Mtavruli); other letters are left out."""
    found = "".join(_LETTERS.get(letter, "") for letter in word.lower())
    return (found, found[:-1]) if _NOMINATIVE.search(found) else (found,) if found else ()
