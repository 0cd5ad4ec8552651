"""Each family changes what it says and nothing else."""

import random

import pytest

from tests.matching.invented import entry, name
from vigie.calibration.mutations import FAMILIES, Asked, listed
from vigie.dates import span
from vigie.records import Entry

ASKED = Asked("ZOUBEIR OULD KHARRACHI", "1979-03-12", True)
SEEDS = range(40)
CASES: list[tuple[str, Asked, set[tuple[str, str]] | None]] = [
    # family, asked, all that may come of it as name and birth date; None where it cannot be applied
    ("as_listed", ASKED, {("ZOUBEIR OULD KHARRACHI", "1979-03-12")}),
    ("by_sound", Asked("VLK", "1979-03-12", True), {("WLK", "1979-03-12"), ("VLQ", "1979-03-12")}),
    ("by_sound", Asked("NNN", "1979-03-12", True), None),
    ("one_letter", Asked("ALI BEN", "1979-03-12", True), None),
    ("glued", Asked("ALI BEN SAD", "1979-03-12", True), {("ALIBEN SAD", "1979-03-12"), ("ALI BENSAD", "1979-03-12")}),
    ("glued", Asked("ALI", "1979-03-12", True), None),
    ("split", Asked("ALI MANSOU", "1979-03-12", True), {("ALI MAN SOU", "1979-03-12")}),
    ("split", Asked("ALI MANSO", "1979-03-12", True), None),
    (
        "word_left_out",
        Asked("ALI BEN SAD", "1979-03-12", True),
        {("ALI BEN", "1979-03-12"), ("ALI SAD", "1979-03-12"), ("BEN SAD", "1979-03-12")},
    ),
    ("word_left_out", Asked("ALI SAD", "1979-03-12", True), None),
    ("order", ASKED, {("KHARRACHI ZOUBEIR OULD", "1979-03-12")}),
    ("order", Asked("ALI ALI", "1979-03-12", True), None),
    ("cut_at_20", ASKED, {("ZOUBEIR OULD KHARRAC", "1979-03-12")}),
    ("cut_at_30", ASKED, None),
    ("day_month_swapped", ASKED, {("ZOUBEIR OULD KHARRACHI", "1979-12-03")}),
    ("day_month_swapped", ASKED._replace(birth_date="1979-03-13"), None),
    ("day_month_swapped", ASKED._replace(birth_date="1979-03-03"), None),
    ("day_month_swapped", ASKED._replace(exact=False), None),
    (
        "year_off_by_one",
        ASKED,
        {("ZOUBEIR OULD KHARRACHI", "1978-03-12"), ("ZOUBEIR OULD KHARRACHI", "1980-03-12")},
    ),
    ("year_off_by_one", ASKED._replace(birth_date="1980-02-29"), None),
    ("initial", ASKED, {("Z OULD KHARRACHI", "1979-03-12")}),
    ("initial", Asked("ALI", "1979-03-12", True), None),
]


@pytest.mark.parametrize(("family", "asked", "expected"), CASES)
def test_family(family: str, asked: Asked, expected: set[tuple[str, str]] | None) -> None:
    found = [FAMILIES[family](random.Random(seed), asked) for seed in SEEDS]
    assert {(one.name, one.birth_date) for one in found if one is not None} == (expected or set())
    assert (None in found) == (expected is None)


def test_one_letter_is_one_edit_or_two_neighbours() -> None:
    words = {FAMILIES["one_letter"](random.Random(seed), Asked("MANSOUR", "1979-03-12", True)) for seed in range(200)}
    names = {one.name for one in words if one is not None}
    assert None not in words
    assert {len(name) for name in names} == {6, 7, 8}
    assert all(name.startswith("M") and name != "MANSOUR" for name in names)
    assert "MNASOUR" in names


ENTRIES: list[tuple[str, Entry, bool]] = [
    ("by name and date", entry("1", "Zoubeir Kharrachi", born=("1979-03-12",), sex="M"), True),
    ("of a weak alias only", entry("2", name("Abou Tamim", "weak_alias")), False),
    ("in Arabic letters only", entry("3", name("زبير القرشي", "original_script")), False),
    ("in marked letters", entry("4", "Nikolás Vorbrandt"), True),
    ("with a range of years", entry("5", "Serajuddin Wardakani", born=("1977/1978",)), True),
    ("with a date of the alias", entry("6", name("Anders Holt", birth_date="1971-11-30"), born=("1965-02-02",)), True),
]


@pytest.mark.parametrize(("one", "asked_for"), [case[1:] for case in ENTRIES], ids=[case[0] for case in ENTRIES])
def test_who_is_asked_for(one: Entry, asked_for: bool) -> None:
    found = list(listed(random.Random(1), [one], "as_listed", 5, lambda: "1990-07-07"))
    assert len(found) == asked_for
    for each in found:
        (asked,) = each.query.names
        own = one.names[0].birth_date
        dates = [own] if own else [date.date for date in one.birth_dates]
        assert each.entry == 0
        assert asked.isascii()
        assert each.query.sex == one.sex
        assert each.query.birth_date is not None
        born = span(each.query.birth_date)
        assert any(span(date).first <= born.first <= span(date).last for date in dates or ["1990-07-07"])


def test_each_entry_once_and_no_more_than_asked() -> None:
    entries = [entry(str(number), f"Anders Holt{chr(97 + number)}") for number in range(10)]
    all_of_them = [one.entry for one in listed(random.Random(1), entries, "glued", 99, lambda: "1990-07-07")]
    assert sorted(all_of_them) == list(range(10))
    assert len(list(listed(random.Random(1), entries, "glued", 4, lambda: "1990-07-07"))) == 4
