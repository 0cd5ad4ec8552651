"""Words in names that are no name themselves. Spellings as folded by nobody: plain lower-case a-z, as documents print.

A particle joins names and may be dropped, doubled or glued by any clerk; it identifies nobody. Sources: ICAO Doc
9303 part 3 section 4 (titles are not to appear, and do); United Nations, A guide to names and naming practices
(2006) for Arabic, Persian, West African, Iberian and Dutch particles.
"""

from typing import Final

ARTICLES: Final = frozenset("al el ul il as es ash esh ach ech ar er ur an en un ad ed ud at et ut az ez uz".split())
"""The Arabic article with the first consonant it takes before sun letters (as-, ash-/ech-, ar- ...)."""

LINEAGE: Final = frozenset(
    "bin ibn ben bn bint binti bent ould uld wald wuld weld walad oul mint aal ait banu beni begum bibi".split()
)
"""Son, daughter, people of."""

KUNYA: Final = frozenset("abu abou abi aboo bu bou um umm oum om umu".split())
"""Father or mother of: half of a byname."""

EUROPEAN: Final = frozenset("de da do dos das del della di du la le las les los van von der den ter ten zu af".split())

PARTICLES: Final = ARTICLES | LINEAGE | KUNYA | EUROPEAN

TITLES: Final = frozenset(
    "mr mrs ms miss mstr mister master chd chld inf infant dr prof sir haji hajji hadji alhaj elhadj hadj mme mlle"
    " eng ing capt".split()
)
"""Titles that carriers and lists put beside names."""

GLUED_TITLES: Final = ("mstr", "miss", "mrs", "chd", "mr", "ms", "dr")
"""Titles that reservation systems glue to the last given name (JOHNMR), longest first."""

NO_NAME: Final = frozenset("fnu lnu nmn nfn nln unknown unk xxx nil null tba".split())
"""First, last, middle name unknown, and what clerks type instead."""

SUN_LETTERS: Final = ("sh", "ch", "dh", "th", "d", "t", "s", "z", "r", "n", "l")
"""Consonants that take over the Arabic article's l, as spelt in Latin letters."""
