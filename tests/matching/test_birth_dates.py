"""Birth dates: the table of levels, and the bound that candidates are chosen by."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie import dates
from vigie.matching import birth_dates, weights
from vigie.records import ListedDate

LEVELS = [
    ("1970-06-01", "1970-06-01", False, "same_day"),
    ("1970-06-01", "1970-01-06", False, "day_month_swapped"),
    ("1970-06-01", "1970-06-02", False, "near_day"),
    ("1970-06-30", "1970-07-01", False, "near_day"),
    ("1970-12-31", "1971-01-01", False, "next_year"),
    ("1980-01-01", "1980-01-01", False, "same_year"),
    ("1980-12-31", "1980-12-31", False, "same_year"),
    ("1980-01-01", "1981-01-01", False, "next_year"),
    ("1970-01-01", "1980-01-01", False, "conflict_year_only"),
    ("1970-06-01", "1970-06-21", False, "near_day"),
    ("1970-06-01", "1970-06-10", False, "near_day"),
    ("1970-06-01", "1970-06-17", False, "same_month_and_year"),
    ("1970-06-17", "1970-08-17", False, "same_day_other_month"),
    ("1970-06-17", "1970-08-03", False, "same_year_other_day"),
    ("1970-06-17", "1970-01-01", False, "same_year"),
    ("1970-12-31", "1970-04-02", False, "same_year"),
    ("1970-06-17", "1971-06-17", False, "year_off_by_one"),
    ("1970-06-17", "1907-06-17", False, "year_digits_swapped"),
    ("1970-06-17", "1980-06-17", False, "year_digits_swapped"),
    ("1970-06-17", "1996-06-17", False, "conflict_far"),
    ("1970-06-17", "1971-09-02", False, "next_year_other_day"),
    ("1970-01-01", "1971-09-02", False, "next_year"),
    ("1970-06-17", "1975-09-02", False, "conflict"),
    ("1970-01-01", "1975-09-02", False, "conflict_year_only"),
    ("1970-06-17", "1990-09-02", False, "conflict_far"),
    ("1970-06-17", "1970", False, "same_year"),
    ("1970", "1970-06-17", False, "same_year"),
    ("1970-06-17", "1970-06", False, "same_month"),
    ("1970", "1971", False, "next_year"),
    ("1970", "1973", False, "conflict_year_only"),
    ("1970", "1983", False, "conflict_far"),
    ("1972-03-03", "1970/1975", False, "within_range"),
    ("1976-03-03", "1970/1975", False, "next_year"),
    ("1979-03-03", "1970/1975", False, "conflict_year_only"),
    ("1972-03-03", "1970", True, "near_approximate"),
    ("1975-03-03", "1970", True, "conflict_approximate"),
    ("1985-03-03", "1970", True, "conflict_far"),
    ("1970-06-17", "1970-06-17", True, "near_day"),
]


@pytest.mark.parametrize(("own", "listed", "approximate", "level"), LEVELS)
def test_level(own: str, listed: str, approximate: bool, level: str) -> None:
    found = birth_dates.compare(own, [ListedDate(date=listed, approximate=approximate)])
    assert found.level == level
    assert found.listed == listed


def test_every_level_of_the_weights_occurs_in_the_table() -> None:
    assert {level for *_, level in LEVELS} == set(weights.BIRTH_DATE)


@pytest.mark.parametrize("own", [None, "", "unknown", "1970-13-01", "99999999", "1975/1970"])
def test_no_date_says_nothing(own: str | None) -> None:
    assert birth_dates.compare(own, [ListedDate(date="1970")]) == birth_dates.UNKNOWN
    assert birth_dates.compare("1970", []) == birth_dates.UNKNOWN
    assert birth_dates.compare("1970", [ListedDate(date="no date")]) == birth_dates.UNKNOWN


def test_the_best_of_several_counts_less_for_each_alternative() -> None:
    one = birth_dates.compare("1970-06-17", [ListedDate(date="1970-06-17")])
    two = birth_dates.compare("1970-06-17", [ListedDate(date="1961"), ListedDate(date="1970-06-17")])
    many = birth_dates.compare("1970-06-17", [ListedDate(date=f"{year}-06-17") for year in range(1950, 1990)])
    assert (one.millibits, two.millibits) == (weights.BIRTH_DATE["same_day"], weights.BIRTH_DATE["same_day"] - 1_000)
    assert many.level == "same_day"
    assert many.millibits == weights.BIRTH_DATE["same_day"] - weights.MOST_ALTERNATIVES


def test_a_wide_range_says_little() -> None:
    narrow = birth_dates.compare("1972-03-03", [ListedDate(date="1972/1973")])
    wide = birth_dates.compare("1972-03-03", [ListedDate(date="1960/1990")])
    assert narrow.millibits > wide.millibits >= 0


def test_a_better_level_is_never_worth_less() -> None:
    worth = weights.BIRTH_DATE
    order = ["same_day", "day_month_swapped", "near_day", "same_month_and_year", "same_day_other_month"]
    assert [worth[level] for level in order] == sorted((worth[level] for level in order), reverse=True)
    assert worth["same_year"] > worth["next_year"] > worth["conflict_year_only"] > worth["conflict_far"]
    assert worth["same_year_other_day"] > worth["next_year_other_day"] > worth["conflict"] > worth["conflict_far"]


_DAYS = st.dates(dt.date(1930, 1, 1), dt.date(2012, 12, 31))
_PARTIAL = st.one_of(
    _DAYS.map(str),
    _DAYS.map(lambda day: f"{day:%Y}"),
    _DAYS.map(lambda day: f"{day:%Y-%m}"),
    st.sampled_from(["", "x"]),
)
_RANGES = st.tuples(st.integers(1930, 1990), st.integers(0, 20)).map(lambda pair: f"{pair[0]}/{pair[0] + pair[1]}")
_NEAR = st.tuples(_DAYS, st.integers(-800, 800))


@given(_PARTIAL, st.lists(st.lists(st.tuples(_PARTIAL | _RANGES, st.booleans()), max_size=3), max_size=4))
def test_the_bound_is_never_below_the_comparison(own: str, entries: list[list[tuple[str, bool]]]) -> None:
    bound = birth_dates.Bound([[date for date, _ in row] for row in entries]).millibits(own)
    for most, row in zip(bound.tolist(), entries, strict=True):
        compared = birth_dates.compare(own, [ListedDate(date=date, approximate=vague) for date, vague in row])
        assert most >= compared.millibits


@given(_NEAR, st.booleans())
def test_the_bound_holds_for_near_days(pair: tuple[dt.date, int], vague: bool) -> None:
    own, other = pair[0], pair[0] + dt.timedelta(days=pair[1])
    bound = birth_dates.Bound([[str(other)]]).millibits(str(own))
    assert bound[0] >= birth_dates.compare(str(own), [ListedDate(date=str(other), approximate=vague)]).millibits


@given(_DAYS, _DAYS)
def test_full_days_compare_alike_both_ways(one: dt.date, other: dt.date) -> None:
    assert birth_dates.compare_one(str(one), str(other)).level == birth_dates.compare_one(str(other), str(one)).level


SPANS = [
    ("1970", dt.date(1970, 1, 1), dt.date(1970, 12, 31)),
    ("1970-02", dt.date(1970, 2, 1), dt.date(1970, 2, 28)),
    ("1972-02", dt.date(1972, 2, 1), dt.date(1972, 2, 29)),
    ("1970-12", dt.date(1970, 12, 1), dt.date(1970, 12, 31)),
    ("1970-06-01", dt.date(1970, 6, 1), dt.date(1970, 6, 1)),
    ("1970/1975", dt.date(1970, 1, 1), dt.date(1975, 12, 31)),
    ("1970-06/1971-02", dt.date(1970, 6, 1), dt.date(1971, 2, 28)),
    ("9999-12", dt.date(9999, 12, 1), dt.date(9999, 12, 31)),
]


@pytest.mark.parametrize(("text", "first", "last"), SPANS)
def test_span(text: str, first: dt.date, last: dt.date) -> None:
    assert dates.span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "70", "1970-6-1", "1970-00", "1970-02-30", "0000", "1975/1970", "1970/", "/1970", "1970-06-01T00:00", "١٩٧٠"],
)
def test_no_span(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        dates.span(text)


@given(_DAYS)
def test_a_partial_date_spans_the_day_it_was_cut_from(day: dt.date) -> None:
    for text in (
        dates.partial(day.year),
        dates.partial(day.year, day.month),
        dates.partial(day.year, day.month, day.day),
    ):
        first, last = dates.span(text)
        assert first <= day <= last
        assert dates.is_full(text) == (first == last)
    assert dates.partial(day.year, 0, day.day) == f"{day.year}"
