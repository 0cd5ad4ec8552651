"""Every number of the evidence model, in thousandths of a bit (millibits), each with its reason.

A weight is log2 of P(this agreement | same person) / P(this agreement | another traveller). For names the second
half depends on the word and comes from `population`; here stands the first half. Values are set by reasoning and a
look at public alias pairs, not fitted yet; the calibration that replaces them keeps these names.
More agreement never lowers a sum: of several levels that two words have, the one worth most counts.
"""

from typing import Final

# -- words of a name: log2 P(level | same person) -------------------------------------------------------------------
SPELLING: Final = {
    "same_letters": -300,  # four in five words of a listed person arrive as listed
    "same_sound": -1300,  # French, English and local schools: ou/u/oo, ch/sh, q/k
    "one_letter": -2600,  # a typing error or a vowel heard otherwise
    "unwritten_vowels": -2000,  # Arabic script has no short vowels: our own reading is at stake, not the sender's
    "cut_off": -1000,  # the field ended
    "distant": -5000,  # two letters, or the consonants only
}
LEVELS: Final = ("same_letters", "same_sound", "one_letter", "unwritten_vowels", "cut_off", "distant")
"""Best first; the position is the level's number in `similarity`."""
RAREST_WORD: Final = 16_000
"""Most that one word can be worth: beyond 1 in 65,000 the frequency table knows nothing."""
# Unlisted words crowd around a spelling too: share of travellers whose word falls at this level by chance, by
# log2, for words of 3 or fewer, 4, 5, 6, 7 and more sounds.
CHANCE: Final = {
    "same_letters": (-12_000, -14_000, -15_500, -16_000, -16_000),
    "same_sound": (-11_000, -13_000, -14_500, -15_500, -16_000),
    "one_letter": (-6_000, -8_000, -10_500, -12_000, -13_500),
    "unwritten_vowels": (-8_000, -10_500, -12_500, -13_500, -14_500),
    "cut_off": (-8_000, -10_000, -12_000, -13_500, -14_500),
    "distant": (-4_000, -6_000, -7_500, -9_000, -11_000),
}
JOINED: Final = -1000  # per boundary that one side lacks: joining and splitting names is common, not free
PARTICLE: Final = 400  # bin, al, ould: a custom of the region, not of the person
INITIAL: Final = 2500  # one letter of twelve likely ones
SINGLE_NAME: Final = 4000  # both sides have one name only; about one traveller in thirty has

# -- words without a partner ------------------------------------------------------------------------------------------
ONLY_ENTRY: Final = -1200  # documents leave out patronymics and bynames
ONLY_TRAVELLER: Final = -2000  # lists seldom know less than the document
CONTRADICTION: Final = -2500  # a word on each side that nothing joins: another father, another family
LONGEST_CHARGE: Final = 3  # further missing words say nothing new

# -- birth date: log2 LR of the level ---------------------------------------------------------------------------------
BIRTH_DATE: Final = {
    "same_day": 13_000,  # 1 in 20,000 travellers share a birth date; one true date in three is listed otherwise
    "day_month_swapped": 9_000,
    "near_day": 8_000,  # one day or one digit away
    "year_off_by_one": 7_000,  # same day and month
    "same_month_and_year": 6_000,
    "same_day_other_month": 5_000,  # same year
    "year_digits_swapped": 5_000,  # same day and month; decade or digit error
    "same_year": 4_500,  # one side knows the year only, or the first of January stands for it
    "same_month": 7_500,  # one side knows the month only
    "same_year_other_day": 1_000,
    "next_year": -500,  # one side knows the year only
    "next_year_other_day": -3_000,
    "within_range": 5_500,  # less log2 of the years in the range
    "near_approximate": 2_500,  # up to two years from a date the list calls approximate
    "conflict": -7_000,
    "conflict_far": -10_000,  # more than ten years apart: no clerk's slip, no guessed age
    "conflict_year_only": -5_000,
    "conflict_approximate": -3_000,
}
MOST_ALTERNATIVES: Final = 3000  # charge for many alternative dates: log2 of their number, capped here

# -- other fields ----------------------------------------------------------------------------------------------------
SEX: Final = {"same": 700, "different": -4000}
NATIONALITY: Final = {"same": 3000, "different": -1500}  # conditional on the name; two nationalities are common
DOCUMENT_PER_CHARACTER: Final = 3_300  # ten digits are equally likely at each place
DOCUMENT_MOST: Final = 28_000  # fillers, series and clerks' slips keep a long number from being worth more
DOCUMENT_UNKNOWN_ISSUER: Final = -2_000
DOCUMENT_OTHER_ISSUER: Final = -10_000
DOCUMENT_OCR: Final = -4_000  # each pair of characters that readers and clerks confuse (O/0, I/1, S/5, B/8, Z/2)
IN_OTHER_HANDS: Final = -5_000  # the most that contradictions count against a document number that agrees
WEAK_ALIAS: Final = -3_000  # the list itself says the alias is of low quality
PRIOR_LISTED: Final = -16_610  # log2 of 1 in 100,000: share of travellers who are on a list, stated, not estimated

# -- operating point ---------------------------------------------------------------------------------------------------
BOUND_SLACK: Final = 5_000
"""How far the proven bound of false alerts lies above the rate measured on a general population: 5 bits, 32 times
(docs/reference/matching.md has the measurement)."""
LEAST_ENTRIES: Final = 5_000
"""Lists shorter than this are counted as this long: a short list is a State's own, of people like its travellers, and
each of its entries meets more namesakes than one of a world list."""
