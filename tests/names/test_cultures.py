"""Cultures of naming: told from letters and known words, the same every time."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.names import cultures, words_of
from vigie.names.cultures import EDGE, LETTERS

NAMES = cultures.table().names


def known(**shares: float) -> cultures.Floats:
    return np.array([shares.get(name, 0.0) for name in NAMES])


def culture(name: str, words: dict[str, cultures.Floats] | None = None) -> str:
    return NAMES[cultures.of(words_of(name), lambda word: (words or {}).get(word))]


def plain(letters: str, pairs: cultures.Floats) -> float:
    """The chance of a word, pair by pair."""
    chance, before = 1.0, EDGE
    for letter in letters:
        chance *= pairs[before, LETTERS.index(letter)]
        before = LETTERS.index(letter)
    return float(chance * pairs[before, EDGE])


OF_LETTERS = [
    ("Yevgenyevich Brovchenko", "east_slavic", "patronymic and -enko"),
    ("Kowalczewski Wojciech", "eastern_european", "cz, ewski, wojc"),
    ("Schleichenbacher", "germanic", "sch, ch, bach"),
    ("Goncalvez Quintanilla", "iberian", "-ez, qu, -illa"),
    ("Xiuzhang Qiang", "chinese", "x, zh and q without u"),
    ("Matsunobu Hideyoshi", "japanese", "a vowel after each consonant"),
    ("Phuoc Nguyet", "south_east_asian", "uoc, ng at the beginning"),
    ("Boukhalfa Abdelkrim", "maghreb", "Arabic words in the French spelling: Bou, Abdel"),
    ("Hussainzadeh Mehrabpour", "persian", "-zadeh, -pour"),
    ("محمود شحرور", "mashriq", "short vowels are not written: any may stand there"),
]


@pytest.mark.parametrize(("name", "expected", "reason"), OF_LETTERS, ids=[reason for *_, reason in OF_LETTERS])
def test_letters_tell_the_culture(name: str, expected: str, reason: str) -> None:
    assert culture(name) == expected, reason


WORDS = [
    ("Pak", "korean", {"pak": known(korean=0.02)}, "a short word says little by its letters"),
    ("Jan Sahak", "persian", {"jan": known(persian=0.01), "sahak": known(persian=0.001)}, "two known words add up"),
]


@pytest.mark.parametrize(("name", "expected", "words", "reason"), WORDS, ids=[reason for *_, reason in WORDS])
def test_known_words_tell_more(name: str, expected: str, words: dict[str, cultures.Floats], reason: str) -> None:
    assert culture(name) != expected, reason
    assert culture(name, words) == expected, reason


def test_one_known_word_does_not_outweigh_many_letters() -> None:
    """No table has all words: one country's ranks may hold a name that the ranks of its own country lack."""
    assert culture("Sergei Vyacheslavovich Khrushchenko", {"sergei": known(iberian=0.01)}) == "east_slavic"


def test_particles_and_initials_do_not_tell() -> None:
    assert culture("bin Schleichenbacher A.") == culture("Schleichenbacher")


@given(st.lists(st.sampled_from("kim mehmet ould petrovich garcia abdi wang 김 Иван محمد".split()), max_size=5))
def test_the_order_of_words_does_not_count(words: Sequence[str]) -> None:
    assert culture(" ".join(words)) == culture(" ".join(reversed(words)))


def test_without_words_the_commonest_culture_is_taken() -> None:
    assert cultures.of((), lambda word: None) == int(np.argmax(cultures.table().share))


def test_the_table_holds_shares() -> None:
    table = cultures.table()
    assert table.share.sum() == pytest.approx(1, abs=1e-3)
    assert (table.share > 0).all()
    assert table.pairs.shape == (len(NAMES), EDGE + 1, EDGE + 1)
    assert np.allclose(table.pairs.sum(axis=2), 1)
    assert (table.pairs > 0).all(), "a pair of letters that was not met may still be one"


@given(st.text(alphabet=LETTERS, min_size=1, max_size=10), st.integers(0, len(NAMES) - 1))
def test_the_chance_of_letters_is_that_of_their_pairs(letters: str, place: int) -> None:
    got = cultures.of_letters(letters, False)[place]
    assert got == pytest.approx(plain(letters, cultures.table().pairs[place]))


def test_without_vowels_a_word_stands_for_all_with_them() -> None:
    """`hmd`: the sum over all rows of at most four vowels in each gap, longer ones hardly add."""
    pairs = cultures.table().pairs[NAMES.index("mashriq")]
    vowels = [LETTERS.index(letter) for letter in "aeiou"]

    def gap(before: int, after: int) -> float:
        total, reached = pairs[before, after], pairs[before, vowels]
        for _ in range(4):
            total += float(reached @ pairs[vowels, after])
            reached = reached @ pairs[np.ix_(vowels, vowels)]
        return float(total)

    place = cultures.places("hmd").tolist()
    expected = np.prod([gap(before, after) for before, after in pairwise(place)])
    got = cultures.of_letters("hmd", True)[NAMES.index("mashriq")]
    assert expected <= got <= expected * 1.02
