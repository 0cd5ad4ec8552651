"""Every number of the evidence model, in thousandths of a bit (millibits), each with its reason.

A weight is log2 of P(this agreement | same person) / P(this agreement | another traveller). For names the second
half depends on the word and comes from `population`; here stands the first half. Names and what is left over were
fitted, dates, sex and nationality too; documents are reasoned (docs/decisions/0013-weights-and-kernel.md).
More agreement never lowers a sum: of several levels that two words have, the one worth most counts.
"""

from typing import Final

# -- words of a name --------------------------------------------------------------------------------------------------
AGREES: Final = {
    "same_letters": 1_350,
    "same_sound": 1_350,  # French, English and local schools: ou/u/oo, ch/sh, q/k. No worse evidence than the letters
    "one_letter": 150,  # a typing error or a vowel heard otherwise
    "unwritten_vowels": 1_400,  # Arabic script has no short vowels: our own reading is at stake, not the sender's
    "cut_off": 500,  # the field ended
    "distant": -850,  # two letters, or the consonants only
}
"""What a word that agrees at this level is worth before its rarity."""
LEVELS: Final = tuple(AGREES)
"""Best first; the position is the level's number in `similarity`."""
RARITY: Final = 350
"""Millibits that one bit of a word's rarity is worth: names of one person hang together, so each word tells less than
it would alone."""
RAREST_WORD: Final = 16_000
"""Most that one word can be worth: beyond 1 in 65,000 the frequency table knows nothing."""
# Words that the frequency table lacks crowd around a spelling too: their chance is that of the pairs of its letters.
WORDS_OF_NAME: Final = 2.2  # words of a traveller's name
LEAST_UNKNOWN: Final = 0.5  # part of them that the table lacks, at least: ranks and lists know the frequent ones
SPELLINGS: Final = 250  # log2 of the ways to spell a sound: for each sound of a word
UNSEEN: Final = 10  # words of a culture that the table lacks, for each that it has
ELSEWHERE: Final = 0.1  # of the world's travellers, added to those of each culture
CUT_LETTER: Final = 2_500  # rarity of the beginning of a word, for each letter that is left of it
RUN_SOUNDS: Final = 6  # least that a run and what it is glued to must have when vowels differ
BARE_CONSONANTS: Final = 4  # least that must agree when short vowels are missing on one side
JOINED: Final = -2_500  # per boundary that one side lacks: joining and splitting names is common, not free
JOINED_PARTICLE: Final = -500  # around a particle: Abd al-Malik is Abdelmalek in every document of the region
PARTICLE: Final = 800  # bin, al, ould: a custom of the region, not of the person
INITIAL: Final = 800  # one letter of twelve likely ones
COMPLETE: Final = 3_000  # nothing is left over on either side

# -- words without a partner ------------------------------------------------------------------------------------------
ONLY_ENTRY: Final = (-950, -950, -950)  # documents leave out patronymics and bynames
ONLY_TRAVELLER: Final = (-400, 0, 0)  # lists seldom know less than the document; how much less says nothing
LONGEST_CHARGE: Final = 3  # further missing words say nothing new
CONTRADICTION: Final = (-1_200, -1_000, -1_000)  # a word on each side that nothing joins: another father, family

# -- birth date: log2 LR of the level ---------------------------------------------------------------------------------
BIRTH_DATE: Final = {
    "same_day": 11_500,  # 1 in 20,000 travellers share a birth date; one true date in three is listed otherwise
    "day_month_swapped": 7_250,
    "near_day": 5_750,  # one day or one digit away
    "year_off_by_one": 5_750,  # same day and month
    "same_month_and_year": 4_250,
    "same_day_other_month": 3_250,  # same year
    "year_digits_swapped": 3_750,  # same day and month; the decade beside it, or the last two digits turned
    "same_year": 5_500,  # one side knows the year only, or the first of January stands for it
    "same_month": 6_000,  # one side knows the month only
    "same_year_other_day": 1_000,
    "next_year": -500,  # one side knows the year only
    "next_year_other_day": -3_000,
    "within_range": 6_500,  # less log2 of the years in the range
    "near_approximate": 2_500,  # up to two years from a date the list calls approximate
    "conflict": -7_000,
    "conflict_far": -10_000,  # more than ten years apart: no clerk's slip, no guessed age
    "conflict_year_only": -5_000,
    "conflict_approximate": -3_000,
}
MOST_ALTERNATIVES: Final = 3000  # charge for many alternative dates: log2 of their number, capped here

# -- other fields ----------------------------------------------------------------------------------------------------
SEX: Final = {"same": 700, "different": -4000}
NATIONALITY: Final = {"same": 2_000, "different": -1_500}  # conditional on the name; two nationalities are common
DOCUMENT_PER_CHARACTER: Final = 3_300  # ten digits are equally likely at each place
DOCUMENT_MOST: Final = 28_000  # fillers, series and clerks' slips keep a long number from being worth more
DOCUMENT_UNKNOWN_ISSUER: Final = -2_000
DOCUMENT_OTHER_ISSUER: Final = -12_000
DOCUMENT_OCR: Final = -4_000  # each pair of characters that readers and clerks confuse (O/0, I/1, S/5, B/8, Z/2)
IN_OTHER_HANDS: Final = -3_000  # the most that contradictions count against a document number that agrees
WEAK_ALIAS: Final = -2_000  # the list itself says the alias is of low quality
FEW_RESEMBLED: Final = 8_000  # a traveller competes with the entries that he resembles, not with all: by so much less
PRIOR_LISTED: Final = -16_610  # log2 of 1 in 100,000: share of travellers who are on a list, stated, not estimated

# -- operating point ---------------------------------------------------------------------------------------------------
BOUND_SLACK: Final = 12_300
"""How far the proven bound of false alerts lies above the rate measured on a general population: 12.3 bits
(docs/reference/matching.md has the measurement). The bound counts every entry by itself; a traveller resembles few."""
LEAST_ENTRIES: Final = 5_000
"""Lists shorter than this are counted as this long: a short list is a State's own, of people like its travellers, and
each of its entries meets more namesakes than one of a world list."""
