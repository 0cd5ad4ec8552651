"""Invented travellers are as the tables say, and the same for a seed."""

import random
import re
from collections import Counter

import pytest

from vigie.calibration.travellers import DAY, Inventor
from vigie.dates import is_full, span
from vigie.matching import population, weights
from vigie.names import cultures

COUNT = 20_000
DRAWN = list(Inventor(random.Random(7)).travellers(COUNT))


def test_a_seed_gives_the_same_people() -> None:
    assert list(Inventor(random.Random(7)).travellers(50)) == DRAWN[:50]
    assert list(Inventor(random.Random(8)).travellers(50)) != DRAWN[:50]


def test_facts_are_those_of_a_document() -> None:
    for one in DRAWN:
        (name,) = one.query.names
        assert re.fullmatch(r"[A-Z]+( [A-Z]+)*", name)
        assert one.query.birth_date is not None
        assert is_full(one.query.birth_date)
        assert span(one.query.birth_date).first <= DAY
        assert one.query.nationality is None
        assert one.query.documents == ()


def test_cultures_come_by_their_shares() -> None:
    """Within five standard deviations of what is expected of so many."""
    table, drawn = cultures.table(), Counter(one.culture for one in DRAWN)
    for name, part in zip(table.names, table.share.tolist(), strict=True):
        assert abs(drawn[name] - COUNT * part) < 5 * (COUNT * part * (1 - part)) ** 0.5


def test_a_culture_left_out_is_made_on_request_only() -> None:
    inventor = Inventor(random.Random(1), without=["germanic", "horn"])
    assert {one.culture for one in inventor.travellers(2000)} == set(cultures.table().names) - {"germanic", "horn"}
    assert {one.culture for one in inventor.of("horn", 20)} == {"horn"}
    with pytest.raises(KeyError):
        next(inventor.of("martian", 1))


def test_words_are_as_frequent_as_the_table_says() -> None:
    """Of the commonest word of a culture, unless its words together are more than a name has room for."""
    share = population.table()["mohamed"][cultures.table().names.index("maghreb")]
    names = [one.query.names[0].split() for one in Inventor(random.Random(3)).of("maghreb", COUNT)]
    total = sum(parts[0] for parts in population.table().values())
    room = weights.WORDS_OF_NAME * (1 - weights.LEAST_UNKNOWN)
    expected = COUNT * share * min(1.0, room / total)
    assert cultures.table().names[0] == "maghreb"
    assert abs(sum("MOHAMED" in name for name in names) - expected) < 0.1 * expected
    assert abs(sum(map(len, names)) / COUNT - weights.WORDS_OF_NAME) < 0.05


def test_birth_dates_have_their_firsts_of_january() -> None:
    first = sum(one.query.birth_date is not None and one.query.birth_date.endswith("-01-01") for one in DRAWN)
    assert 0.025 < first / COUNT < 0.04
