"""Likeness of words, pairing of words, rarity and document numbers, each against a plain twin or a table."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.invented import entry, passport, query, watchlist
from vigie.matching import Index, alignment, documents, evidence, population, similarity, weights
from vigie.matching.alignment import Pair, Unit
from vigie.matching.similarity import Spelled, Vocabulary
from vigie.names import cultures, fold, skeleton, words_of
from vigie.records import Document

_WORDS = st.text(alphabet="abdehiklmnoqrsuyz", min_size=1, max_size=12)


def osa(one: str, other: str) -> int:
    """Optimal string alignment, the textbook table."""
    rows = [[place + other_place for other_place in range(len(other) + 1)] for place in range(len(one) + 1)]
    for i, j in itertools.product(range(1, len(one) + 1), range(1, len(other) + 1)):
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def plain_level(one: str, other: str) -> int | None:
    """What the levels mean, one pair at a time, for spellings with their vowels."""
    if one == other:
        return similarity.SAME_LETTERS
    distance, shorter = osa(fold(one), fold(other)), min(len(fold(one)), len(fold(other)))
    if distance == 0:
        return similarity.SAME_SOUND
    if distance == 1 and shorter >= 4:
        return similarity.ONE_LETTER
    bones = skeleton(one)
    same_bones = bones == skeleton(other) and len(bones.lstrip("A")) >= 3
    far = (distance == 1 and shorter == 3) or (distance == 2 and shorter >= 6) or (distance == 3 and shorter >= 10)
    return similarity.DISTANT if far or same_bones else None


@given(st.lists(_WORDS, min_size=1, max_size=25), _WORDS)
def test_similar_words_are_exactly_those_of_the_plain_comparison(words: list[str], own: str) -> None:
    vocabulary = Vocabulary(Spelled(word, False) for word in words)
    expected = {word: level for word in words if (level := plain_level(own, word)) is not None}
    got = vocabulary.similar(Spelled(own, False)).by_number()
    assert {vocabulary.words[number].letters: level for number, level in got.items()} == expected


@given(st.lists(_WORDS, min_size=1, max_size=25), st.lists(_WORDS, min_size=1, max_size=6))
def test_many_at_once_are_the_same_as_one_by_one(words: list[str], own: list[str]) -> None:
    one, many = (Vocabulary(Spelled(word, False) for word in words) for _ in range(2))
    many.prepare(Spelled(word, False) for word in own)
    for word in own:
        assert one.similar(Spelled(word, False)).by_number() == many.similar(Spelled(word, False)).by_number()


BARE = [
    ("mhmd", "muhammad", similarity.UNWRITTEN_VOWELS, "short vowels are not written"),
    ("zuahri", "zawahiri", similarity.UNWRITTEN_VOWELS, "long ones are"),
    ("hsin", "hassan", similarity.DISTANT, "a long vowel that is not there: only the three consonants agree"),
    ("rdi", "rida", None, "two consonants are too few for that"),
    ("rhmn", "karim", None, "other consonants"),
]


@pytest.mark.parametrize(("bare", "full", "level", "reason"), BARE)
def test_spellings_without_vowels(bare: str, full: str, level: int | None, reason: str) -> None:
    listed = Vocabulary([Spelled(bare, True)])
    assert listed.similar(Spelled(full, False)).by_number().get(0) == level, reason
    asked = Vocabulary([Spelled(full, False)])
    assert asked.similar(Spelled(bare, True)).by_number().get(0) == level, reason


@given(st.lists(_WORDS, min_size=1, max_size=25), st.text(alphabet="abdehik", min_size=1, max_size=4))
def test_words_that_begin_with_letters(words: list[str], letters: str) -> None:
    vocabulary = Vocabulary(Spelled(word, False) for word in words)
    got = {vocabulary.words[number].letters for number in vocabulary.beginning_with(letters)}
    assert got == {word for word in words if word.startswith(letters) and word != letters}


# -- pairing ---------------------------------------------------------------------------------------------------------

_UNITS = st.builds(Unit, first=st.integers(0, 3), size=st.integers(1, 2))
_PAIRS = st.lists(st.builds(Pair, _UNITS, _UNITS, st.just("same_letters"), st.integers(-5, 20)), max_size=7)
_OWN, _LISTED = words_of("one bin two three four"), words_of("five six al seven eight")


def rest(own: int, listed: int) -> int:
    return (4 if not own and not listed else 0) - own - 2 * listed


def summed(chosen: Sequence[Pair]) -> int:
    """The sum of pairs and of what they leave over."""
    own, listed = (sum(getattr(pair, side).mask for pair in chosen) for side in ("own", "listed"))
    left = [(alignment.names_in(words) & ~used).bit_count() for words, used in ((_OWN, own), (_LISTED, listed))]
    return sum(pair.millibits for pair in chosen) + rest(*left)


@given(_PAIRS)
def test_the_best_pairing_is_the_best_of_all(pairs: list[Pair]) -> None:
    def fits(chosen: tuple[Pair, ...]) -> bool:
        masks = [[pair.own.mask for pair in chosen], [pair.listed.mask for pair in chosen]]
        return all(not one & other for side in masks for one, other in itertools.combinations(side, 2))

    some = [pair for pair in pairs if pair.millibits > 0]
    subsets = (chosen for size in range(6) for chosen in itertools.combinations(some, size))
    got = alignment.best(_OWN, _LISTED, pairs, rest)
    assert fits(got)
    assert summed(got) == max(summed(chosen) for chosen in subsets if fits(chosen))


@given(_PAIRS, st.randoms())
def test_the_pairing_does_not_depend_on_the_order_of_the_pairs(pairs: list[Pair], chance: object) -> None:
    turned = chance.sample(pairs, len(pairs))  # type: ignore[attr-defined]
    assert alignment.best(_OWN, _LISTED, pairs, rest) == alignment.best(_OWN, _LISTED, turned, rest)


@pytest.mark.parametrize("cut", [False, True])
def test_more_words_left_over_never_take_off_less(cut: bool) -> None:
    for own, listed in itertools.product(range(8), repeat=2):
        here = evidence.of_rest(own, listed, cut=cut)
        assert evidence.of_rest(own + 1, listed, cut=cut) <= here
        assert evidence.of_rest(own, listed + 1, cut=cut) <= here
        assert evidence.least_of_left(np.array([own]), np.array([listed]), cut=cut).tolist() == [here]


UNITS = [
    ("ali", [(0, 1)]),
    ("seraj uddin", [(0, 1), (1, 1), (0, 2)]),
    ("abd al malik haddad", [(0, 1), (1, 1), (2, 1), (3, 1), (0, 2), (1, 2), (2, 2), (0, 3), (1, 3), (0, 4)]),
    ("", []),
]


@pytest.mark.parametrize(("name", "expected"), UNITS)
def test_units(name: str, expected: list[tuple[int, int]]) -> None:
    assert [tuple(unit) for unit in alignment.units(words_of(name))] == expected


# -- rarity ----------------------------------------------------------------------------------------------------------

RARITY = population.Rarity(population.table())
CULTURES = cultures.table().names


def rarity(word: str, culture: str, *, bare: bool = False) -> tuple[int, ...]:
    return RARITY.millibits(Spelled(word, bare), CULTURES.index(culture))


WORTH = [
    ("ALVAREZ", "Alvarez", "a common name that only seems to carry an article"),
    ("JOHNMR", "John", "a common name with a title glued on"),
    ("محمد", "محمد", "a common name written without its vowels"),
]


@pytest.mark.parametrize(("own", "listed", "reason"), WORTH, ids=[reason for *_, reason in WORTH])
def test_a_common_name_stays_common_however_it_is_spelt(own: str, listed: str, reason: str) -> None:
    index = Index([watchlist(entry("1", f"{listed} Zyqwbrand"))])
    (match,) = index.search(query(f"{own} ZYQWBRAND"), 0)
    assert match.evidence[0].millibits < 9_500, reason


COMMONER = [
    ("mohamed", "maghreb", "ibrahim", "maghreb", "two given names"),
    ("ibrahim", "mashriq", "haqqani", "mashriq", "a given name and the name of a place"),
    ("kim", "korean", "kim", "germanic", "a surname of every fifth Korean is a rare given name elsewhere"),
    ("wang", "chinese", "wang", "iberian", "likewise"),
    ("garcia", "iberian", "garcia", "east_slavic", "likewise"),
    ("khan", "south_asian", "khan", "maghreb", "likewise"),
    ("mehmet", "turkic", "mehmet", "mashriq", "the same name, as it is spelt there"),
    ("shevelenko", "east_slavic", "xqzwbrkvj", "east_slavic", "a word that no table has, by its letters"),
]


@pytest.mark.parametrize(("word", "its", "other", "others", "reason"), COMMONER)
def test_a_word_is_as_rare_as_its_culture_has_it(word: str, its: str, other: str, others: str, reason: str) -> None:
    assert rarity(word, its) < rarity(other, others), reason


def test_an_unknown_word_is_less_rare_where_the_table_knows_few() -> None:
    """In a culture of which little is known, a word that the table lacks need not be rare."""
    of_culture = {name: rarity("xqzwbrkvjxqz", name)[0] for name in ("horn", "persian", "germanic")}
    assert of_culture["horn"] < of_culture["persian"] < of_culture["germanic"] <= weights.RAREST_WORD


def test_a_name_is_counted_in_its_culture() -> None:
    """One word in two names: worth less where it is common."""
    index = Index([watchlist(entry("1", "KIM Chol Yong"), entry("2", "Kim Smith-Williamson"))])
    asked = query("KIM")
    korean, english = (index.compare(asked, number) for number in (0, 1))
    assert korean is not None
    assert english is not None
    assert korean.evidence[0].level == english.evidence[0].level == "same_letters"
    assert korean.evidence[0].millibits < english.evidence[0].millibits - weights.RARITY


@given(_WORDS, st.sampled_from(CULTURES), st.booleans())
def test_rarity_falls_from_level_to_level_and_stays_in_bounds(word: str, culture: str, bare: bool) -> None:
    values = rarity(word, culture, bare=bare)
    assert list(values) == sorted(values, reverse=True)
    assert 0 <= values[-1] <= values[0] <= weights.RAREST_WORD


def test_without_vowels_a_word_is_as_common_as_all_it_may_stand_for() -> None:
    bare = rarity("mhmd", "mashriq", bare=True)
    assert len(set(bare[: similarity.UNWRITTEN_VOWELS + 1])) == 1
    assert bare[0] < rarity("muhammad", "mashriq")[0]


_SHARES = st.dictionaries(_WORDS, st.lists(st.floats(1e-5, 0.05), min_size=len(CULTURES), max_size=len(CULTURES)))


@given(_SHARES.filter(bool), _WORDS, st.integers(0, len(CULTURES) - 1))
def test_rarity_is_that_of_the_plain_count(shares: dict[str, list[float]], word: str, place: int) -> None:
    """Every word compared by itself, those of the level and better added, and what no table has."""
    population_of_few = population.Rarity({word: np.array(row) for word, row in shares.items()})
    world = cultures.table().share.tolist()
    unknown = max(
        weights.LEAST_UNKNOWN * weights.WORDS_OF_NAME, weights.WORDS_OF_NAME - sum(r[place] for r in shares.values())
    )
    expected = []
    for level in range(len(weights.LEVELS)):
        alike = [
            row for other, row in shares.items() if (found := plain_level(word, other)) is not None and found <= level
        ]
        everywhere = sum(share * part for row in alike for share, part in zip(row, world, strict=True))
        known = sum(row[place] for row in alike) + weights.ELSEWHERE * everywhere
        unlisted = unknown * (population.chances(Spelled(word, False))[level, place] + 1 / weights.UNSEEN / len(shares))
        expected.append(min(weights.RAREST_WORD, max(0, -1000 * math.log2(known + unlisted))))
    got = population_of_few.millibits(Spelled(word, False), place)
    assert got == pytest.approx(expected, abs=1)


def edits(word: str) -> set[str]:
    """All words one letter away."""
    letters = cultures.LETTERS
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    dropped = {head + tail[1:] for head, tail in cuts if tail}
    changed = {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
    added = {head + letter + tail for head, tail in cuts for letter in letters}
    return (dropped | changed | added) - {word, ""}


@pytest.mark.parametrize("word", ["tamr", "zelko", "qasuri", "brandt"])
def test_the_chance_of_one_letter_is_that_of_all_such_words(word: str) -> None:
    """The sum over places counts a few words twice: a doubled letter added before or after, and the word itself."""
    chances = population.chances(Spelled(word, False))
    ways = 2 ** (weights.SPELLINGS * len(fold(word)) / 1000)
    near = chances[similarity.ONE_LETTER] - chances[similarity.SAME_SOUND]
    every = sum(cultures.of_letters(other, False) for other in edits(word))
    assert (every * ways * 0.99 <= near).all()
    assert (near <= 1.3 * every * ways + len(word) * chances[similarity.SAME_SOUND]).all()


def test_the_population_is_one() -> None:
    shares = population.table()
    assert all(((row >= 0) & (row < 0.2)).all() and row.max() > 0 for row in shares.values())
    total = dict(zip(CULTURES, np.sum(list(shares.values()), axis=0), strict=True))
    assert all(0 < words < 5 for words in total.values()), (
        "a traveller has two or three words of name, some of them known"
    )
    assert total["horn"] < total["mashriq"], "of some cultures the sources know little"


# -- documents -------------------------------------------------------------------------------------------------------

NUMBERS = [
    ("AB1234507", "AB1234507", "same_number", "as listed"),
    ("ab 123-4507", "AB1234507", "same_number", "blanks, hyphens and small letters do not count"),
    ("A81234507", "AB1234507", "confused_characters", "8 for B"),
    ("A8I2345O7", "AB1234507", "confused_characters", "three at once, each charged"),
    ("AB12345O7", "AB1234507", "confused_characters", "O for 0"),
    ("AB1234508", "AB1234507", None, "another number"),
    ("12345678", "12345678", None, "counting up: a filler"),
    ("98765432", "98765432", None, "counting down"),
    ("00000000", "00000000", None, "one digit"),
    ("A1234", "A1234", "same_number", "five characters are the least"),
    ("A123", "A123", None, "four are too few"),
    ("PASSPORT", "PASSPORT", None, "no digit"),
    (None, "AB1234507", None, "no number"),
    ("AB1234507", None, None, "none listed"),
    ("", "", None, "empty"),
]


@pytest.mark.parametrize(("own", "listed", "level", "reason"), NUMBERS)
def test_document_numbers(own: str | None, listed: str | None, level: str | None, reason: str) -> None:
    found = documents.compare(Document(number=own), Document(number=listed))
    assert (found[0] if found else None) == level, reason


def test_each_confused_character_is_charged() -> None:
    one, three = (documents.compare(passport(number), passport("AB1234507")) for number in ("A81234507", "A8I2345O7"))
    assert one is not None
    assert three is not None
    assert one[1] - three[1] == -2 * weights.DOCUMENT_OCR


def test_an_issuer_that_agrees_is_worth_more_and_one_that_differs_less() -> None:
    same, unknown, other = (
        documents.compare(passport("AB1234507", "PRY"), passport("AB1234507", issuer))
        for issuer in ("PRY", None, "FRA")
    )
    assert same is not None
    assert unknown is not None
    assert other is not None
    assert same[1] > unknown[1] > other[1] >= 0
    assert other[0] == "same_number_other_issuer"


@given(st.text(max_size=15))
def test_any_text_is_a_number_or_none(text: str) -> None:
    key = documents.key(text)
    assert key is None or (key.isascii() and key.isalnum() and key == key.upper())
