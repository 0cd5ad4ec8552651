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

GLUED_TITLES: Final = ("mstr", "miss", "mrs", "chd", "inf", "mr", "ms", "dr")
"""Titles that reservation systems glue to the last given name (JOHNMR), longest first."""

NO_NAME: Final = frozenset("fnu lnu nmn nfn nln unknown unk xxx nil null tba".split())
"""First, last, middle name unknown, and what clerks type instead."""

SUN_LETTERS: Final = frozenset("dtszrnl")
"""First Latin letters of the consonants (sh, dh and th included) that take over the Arabic article's l."""

SERVANT: Final = frozenset("abdul abdel abdal abdoul abdol".split())
"""`Abd` with the article glued on; its l too goes over to a sun letter (Abderrahmane)."""

ARABIC_PARTICLES: Final = frozenset("بن ابن بنت ابو ابي ابا ام ولد ال آل".split())
"""Particles as Arabic script writes them: romanised guesses of other words look like particles and are none."""

SHORT_FOR: Final = dict.fromkeys("md mohd moh muhd mhd mohmd".split(), "muhammad")
"""Abbreviations that documents of South and South-East Asia print."""
