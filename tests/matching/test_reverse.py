"""Reverse screening finds whom a search forward finds, holds back the rest, and forgets when told."""

import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.invented import INDEX, LISTED, entry, name, passport, query, watchlist
from vigie.errors import IndexFileError
from vigie.matching import Index, Query, arrays, population
from vigie.matching.clear import Clear
from vigie.matching.reverse import Travellers
from vigie.records import Entry

pytestmark = pytest.mark.kernel
DEFAULT = INDEX.threshold(100)
ENTRIES = (
    *LISTED,
    entry("13", "J. Kharrachi", name("Z. Ould K.", "weak_alias"), born=("1979-03-12", "1979"), sex="F"),
    entry("14", name("عبد الرحمن البلغماري", "original_script"), born=("1990-02-28",), nationalities=("MAR", "DZA")),
    entry("15", name("金正日", "original_script"), "Kim Jong Il", born=("1964",), nationalities=("PRK",)),
    entry("16", "Abd al-Rahman bin Nur al-Din al-Kharrachi", born=("1980-01-01",), sex="M"),
    entry("17", "Wali", documents=(passport("AB1234507"), passport("ZZ9988776", "FRA"))),
    entry("18", "Le Van An", name("Wardakani", birth_date="1978-06-30"), sex="M", nationalities=("VNM",)),
    entry("19", "Al", "Bin"),
    entry("20", "Zoubeir Zoubeir Kharrachi Ould Belghoumari Abdelmalek Serajuddin Jalaluddin", born=("2001-02-28",)),
)
WORDS = (
    "zoubeir ould kharrachi zubair belghoumari abdelmalek abd al malik zulqadrain serajuddin seraj uddin jalaluddin"
    " wardakani muhammad mohamed ali hassan ri li yong taek yongtaek walijang wali jang quiroga anastasio nikolasz"
    " vorbrandt temirkhan a z j k abou tamim smith hasan timurbek qurashi abderrahmane noureddine nur din bin rahman"
    " le van an kim jong il mr mrs fnu jones zoubeirmr alkharrachi 金正日 زبير Тимурбек O'Kharrachi seraj-uddin 123"
).split()
DATES = (
    "1979-03-12 1979-12-03 1979 1970-04-20 1970-04-21 1963 1978-01-01 1951-06-19 1964-07-17 1969 1971-11-30 1964-11-11"
    " 2001-02-28 1965-02 1976/1979 1989-03-12 1997-03-12 1980-12-31 1990-28-02 1978-06-03 1900-02-28 2000-02-29"
).split()
CUT = (20, 30, 39)
NAMES = st.builds(
    lambda words, glue, cut: glue.join(words)[:cut],
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7),
    st.sampled_from([" ", " ", " ", "", "-"]),
    st.sampled_from([None, None, *CUT]),
)
QUERIES = st.builds(
    Query,
    names=st.lists(NAMES, max_size=3).map(tuple),
    birth_date=st.none() | st.sampled_from(DATES),
    sex=st.sampled_from([None, "M", "F", "X"]),
    nationality=st.sampled_from([None, "MRT", "PRK", "EGY", "IDN", "FRA", "MAR", "VNM"]),
    documents=st.sampled_from([(), (), (passport("AB1234507"),), (passport("ZZ9988776", "DEU"), passport("12345678"))]),
)
THRESHOLDS = (-math.inf, -5_000, 0, 8_000, DEFAULT, 20_000, 30_000)
CLEAR = {one.id: Clear([one]) for one in ENTRIES}


def held(travellers: Sequence[Query]) -> Travellers:
    columns = Travellers()
    columns.add(enumerate(travellers))
    return columns


def forward(listed: Entry, travellers: Iterable[Query], threshold: float) -> dict[int, int]:
    """The plain twin: each traveller searched by the clear engine, one by one."""
    clear = CLEAR[listed.id]
    found = {key: clear.search(asked, threshold) for key, asked in enumerate(travellers)}
    return {key: scored[0].millibits for key, scored in found.items() if scored}


def backward(listed: Entry, travellers: Sequence[Query], threshold: float, columns: Travellers) -> dict[int, int]:
    matches = columns.screen(listed, threshold, lambda keys: [travellers[key] for key in keys])
    return {key: match.millibits for key, match in matches.items()}


@given(st.lists(QUERIES, min_size=1, max_size=12), st.sampled_from(ENTRIES), st.sampled_from(THRESHOLDS))
def test_it_finds_exactly_whom_a_search_forward_finds(travellers: list[Query], listed: Entry, threshold: float) -> None:
    assert backward(listed, travellers, threshold, held(travellers)) == forward(listed, travellers, threshold)


def drawn(count: int, seed: int) -> list[Query]:
    """Travellers made of the listed names, some with a letter wrong, cut off or glued, and of other words."""
    chance = random.Random(seed)
    texts = [text.name for one in ENTRIES for text in one.names]
    found = []
    for _ in range(count):
        words = chance.choice(texts).replace(",", "").split() if chance.random() < 0.7 else []
        words += chance.choices(WORDS, k=chance.randrange(0 if words else 1, 4))
        words = [disturbed(word, chance) if chance.random() < 0.3 else word for word in words]
        if chance.random() < 0.3:
            chance.shuffle(words)
        text = chance.choice((" ", " ", " ", "")).join(words)
        found.append(
            Query(
                (text[: chance.choice((None, None, *CUT))], *([chance.choice(texts)] if chance.random() < 0.1 else [])),
                chance.choice((None, *DATES, f"19{chance.randrange(50, 99)}-0{chance.randrange(1, 10)}-12")),
                chance.choice((None, "M", "F")),
                chance.choice((None, "MRT", "PRK", "EGY", "MAR", "DZA", "VNM", "FRA")),
                (passport("AB1234507"),) if chance.random() < 0.05 else (),
            )
        )
    return found


def disturbed(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(("", "e", "a", word[at : at + 1] * 2, " ")) + word[at + 1 :]


@pytest.mark.parametrize("listed", ENTRIES, ids=[one.id for one in ENTRIES])
def test_nobody_is_lost_among_many(listed: Entry) -> None:
    travellers = drawn(400, 20)
    columns = held(travellers)
    for threshold in THRESHOLDS:
        assert backward(listed, travellers, threshold, columns) == forward(listed, travellers, threshold), threshold


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(10))
def test_nobody_is_lost_among_many_more(seed: int) -> None:
    travellers = drawn(600, 1000 + seed)
    columns = held(travellers)
    for listed in ENTRIES:
        for threshold in (0, 8_000, DEFAULT, 20_000):
            assert backward(listed, travellers, threshold, columns) == forward(listed, travellers, threshold)


LOSSLESS = [
    (query("ELKHARACHI ZOUBEIRMR", birth_date="1979-03-12"), "1", "article and title glued"),
    (query("BELGHUMARI ABD AL MALIK", birth_date="1970-04-20"), "2", "three words that glue into a listed one"),
    (query("WARDAKANI SERAJ UDDIN", birth_date="1978-01-01"), "4", "two words that glue into a listed one"),
    (query("SERAJUDDINJALALUDDINWARDAKANI", birth_date="1978"), "4", "listed words in one field without blanks"),
    (query("SERAJUDDIN JALALUDDI", birth_date="1977"), "4", "cut off at 20 characters"),
    (query("BELGHOUMARI A", birth_date="1970-04-20"), "2", "an initial of the traveller"),
    (query("KHARRACHI JAMILA", birth_date="1979-03-12", sex="F"), "13", "an initial of the list"),
    (query("ALDHAFARI ZUBAIR ALQURASHI", birth_date="1951-06-19"), "5", "listed in Arabic script only"),
    (query("MRS DR A B C KHARRACHI ZOUBEIR OULD", birth_date="1979-03-12"), "1", "more words than a row has"),
    (query("LE VAN AN", birth_date="1978", nationality="VNM"), "18", "particles that are the name"),
    (query("金正日", birth_date="1964-02-16", nationality="PRK"), "15", "several words of one piece"),
    (query("SOMEBODY ELSE", "KHARRACHI ZOUBEIR OULD", birth_date="1979-03-12"), "1", "by the second of two names"),
    (query("SOMEBODY ELSE", documents=(passport("AB1234507", "PRY"),)), "10", "document number, another name"),
    (query(documents=(passport("AB1234507", "PRY"),)), "10", "document number, no name at all"),
    (query("ZOUBEIR KHARRACHI", birth_date="1989-03-12", nationality="MRT"), "1", "a digit of the year"),
    (query("ZOUBEIR OULD KHARRACHI", birth_date="1979-20-04"), "1", "a date that is none"),
    (query(" ".join(["ZOUBEIR OULD KHARRACHI", *"BCDEFGHIJKLMNOPQRSTUVWXY"])), "1", "more words than are compared"),
]


@pytest.mark.parametrize(("asked", "number", "reason"), LOSSLESS, ids=[reason for *_, reason in LOSSLESS])
def test_what_the_bound_must_allow_for(asked: Query, number: str, reason: str) -> None:
    (listed,) = (one for one in ENTRIES if one.id == number)
    millibits = forward(listed, [asked], -math.inf)[0]
    columns = held([query("SMITH JOHN", birth_date="1979-03-12"), asked])
    assert 1 in columns.reached(listed, millibits), reason
    assert backward(listed, [query(), asked], millibits, columns) == {1: millibits}
    assert backward(listed, [query(), asked], millibits + 1, columns) == {}


def test_the_match_is_that_of_a_search_forward() -> None:
    travellers = drawn(60, 3)
    for listed in ENTRIES:
        index = Index([watchlist(listed)])
        found = held(travellers).screen(listed, DEFAULT, lambda keys: [travellers[key] for key in keys])
        assert found == {
            key: matches[0] for key, one in enumerate(travellers) if (matches := index.search(one, DEFAULT))
        }


def test_the_pass_holds_nearly_everybody_else_back() -> None:
    """Else it would be lossless by letting all through."""
    chance = random.Random(5)
    syllables = "ba de fo gu ki lo mi nu pe ro su ta vu we zo".split()
    others = [
        query(
            " ".join("".join(chance.choices(syllables, k=3)) for _ in range(chance.randrange(2, 4))),
            birth_date=f"19{chance.randrange(50, 99)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)}",
        )
        for _ in range(3_000)
    ]
    columns = held(others)
    assert [len(columns.reached(one, DEFAULT)) < 60 for one in LISTED] == [True] * len(LISTED)
    assert columns.reached(LISTED[0], math.inf) == []


@pytest.mark.parametrize("listed", ENTRIES, ids=[one.id for one in ENTRIES])
def test_a_glance_changes_no_worth(listed: Entry) -> None:
    columns = held(drawn(600, 21))
    own = arrays.build([listed], population.travellers()).opened()
    told = columns._vocabulary()
    assert (own.worths(told, own.sketches(told)) == own.worths(told)).all()


def test_a_vocabulary_that_grew_is_sketched_whole() -> None:
    travellers = drawn(300, 22)
    columns = Travellers()
    for key, asked in enumerate(travellers):
        columns.add([(key, asked)])
        if key % 50 == 7:
            columns.reached(LISTED[0], DEFAULT)
    assert columns.reached(ENTRIES[15], 0) == held(travellers).reached(ENTRIES[15], 0)


def test_one_who_is_no_longer_there_is_left_out() -> None:
    columns = held([query("ZOUBEIR OULD KHARRACHI")] * 2)
    assert set(columns.screen(LISTED[0], 0, lambda keys: [None, query("ZOUBEIR OULD KHARRACHI")])) == {1}


def test_nobody_is_met_where_nobody_is() -> None:
    assert Travellers().reached(LISTED[0], -math.inf) == []
    assert held([query("ZOUBEIR")]).reached(Entry(list="l", id="1", names=(name("..."),)), -math.inf) == []


# -- retention -----------------------------------------------------------------------------------------------------


def bytes_of(columns: Travellers) -> bytes:
    """All that the columns hold, what lies beyond their ends too."""
    held_by = [*columns._documents.values(), columns._sketches]
    for part in columns._parts.values():
        held_by += [*part.columns.values(), part.more]
    return b"".join(column._held.tobytes() for column in held_by) + bytes(columns._told)


def test_who_is_removed_is_overwritten() -> None:
    travellers = drawn(300, 9)
    columns, never = held(travellers), held(travellers[100:])
    gone, stay = range(100), range(100, 300)
    rows = len(columns)
    assert columns.remove(gone) == sum(len(travellers[key].names) for key in gone)
    assert len(columns) == rows - sum(len(travellers[key].names) for key in gone)
    assert columns.remove(gone) == 0
    assert columns.compact() == 0 or columns.pieces == never.pieces
    for listed in ENTRIES:
        expected = {key: worth for key, worth in forward(listed, travellers, 0).items() if key in stay}
        assert backward(listed, travellers, 0, columns) == expected


def test_nothing_of_the_only_one_is_left() -> None:
    columns = Travellers()
    asked = query("XYLOPHAGUS QWERTZ BAB CEC DID FOF", birth_date="1979-03-12", documents=(passport("AB1234507"),))
    columns.add([(0xABCDEF0123456789, asked)])
    assert columns.reached(LISTED[0], -math.inf) == []
    assert b"xylophagus" in bytes_of(columns)
    told, sketches = columns._told, columns._sketches
    parts = [column for part in columns._parts.values() for column in (*part.columns.values(), part.more)]
    assert columns.remove([0xABCDEF0123456789]) == 1
    assert not any(column._held.any() for column in parts)
    assert sketches._held.any()
    assert columns.compact() == 6
    assert not sketches._held.any()
    assert (columns.pieces, len(columns), b"xylophagus" in told) == (0, 0, False)
    assert not any(bytes_of(columns))


def test_a_column_that_grows_leaves_nothing_behind() -> None:
    columns = held([query("XYLOPHAGUS QWERTZ")])
    before = columns._parts[0].columns["pieces"]._held
    columns.add((key, query("XYLOPHAGUS QWERTZ")) for key in range(1, 40))
    assert not before.any()


# -- one file -------------------------------------------------------------------------------------------------------


def test_what_is_saved_answers_alike(tmp_path: Path) -> None:
    travellers = drawn(200, 11)
    columns = held(travellers[:150])
    columns.save(tmp_path / "travellers")
    assert (tmp_path / "travellers").stat().st_mode & 0o777 == 0o600
    again = Travellers.opened(tmp_path / "travellers")
    for one in (columns, again):
        one.add(enumerate(travellers[150:], 150))
    assert bytes_of(again) == bytes_of(columns)
    for listed in ENTRIES:
        assert backward(listed, travellers, 0, again) == forward(listed, travellers, 0)


def test_an_empty_one_is_saved(tmp_path: Path) -> None:
    Travellers().save(tmp_path / "none")
    assert len(Travellers.opened(tmp_path / "none")) == 0


DAMAGED = [
    ("pieces", 10**6, "a piece that there is none of"),
    ("pieces", 2**31 + 10**6, "a place beyond the overflow"),
    ("facts", 500 << 18, "a nationality that there is none of"),
    ("told_at", 0, "a piece without data"),
    ("digests", 0, "pieces of one digest"),
    ("format", 2, "another format"),
]


@pytest.mark.parametrize(("column", "value", "reason"), DAMAGED, ids=[reason for *_, reason in DAMAGED])
def test_damage_is_seen(tmp_path: Path, column: str, value: int, reason: str) -> None:
    held(drawn(50, 4)).save(tmp_path / "travellers")
    with np.load(tmp_path / "travellers") as file:
        sections = {one: file[one].copy() for one in file.files}
    (own, *_) = (one for one in sections if one.endswith(column))
    sections[own][...] = value
    with (tmp_path / "damaged").open("wb") as out:
        np.savez(out, **sections)
    with pytest.raises(IndexFileError, match="add them again"):
        Travellers.opened(tmp_path / "damaged")


@pytest.mark.parametrize("content", [b"", b"PK", b"no file of ours"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(IndexFileError, match="holds no travellers"):
        Travellers.opened(tmp_path / "other")
