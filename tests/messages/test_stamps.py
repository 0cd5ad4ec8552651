"""Dates of EDIFACT, and the two rules for centuries."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.messages.fields.stamps import nearest_to, not_after, stamp

AS_OF = dt.date(2026, 11, 23)
BIRTH = not_after(AS_OF)

READ = [
    ("770601", "101", "1977-06-01", True),
    ("19770601", "102", "1977-06-01", True),
    ("2611230540", "201", "2026-11-23T05:40", True),
    ("261123054030", "202", "2026-11-23T05:40:30", True),
    ("202611230540", "203", "2026-11-23T05:40", True),
    ("20261123054030", "204", "2026-11-23T05:40:30", True),
    ("2611230540CET", "301", "2026-11-23T05:40", True),
    ("202611230540+01", "303", "2026-11-23T05:40", True),
    ("1977", "602", "1977", True),
    ("197706", "610", "1977-06", True),
    ("770601", "", "1977-06-01", True),
    ("770601", "999", "1977-06-01", True),
    ("19770601", "101", "1977-06-01", False),
    ("770601", "102", "1977-06-01", False),
    ("202611230540", "201", "2026-11-23T05:40", False),
    ("770600", "101", "1977-06", True),
    ("770000", "101", "1977", True),
    ("770015", "101", "1977", True),
    ("20000229", "102", "2000-02-29", True),
]


@pytest.mark.parametrize(("digits", "code", "text", "fits"), READ)
def test_stamp(digits: str, code: str, text: str, fits: bool) -> None:
    read = stamp(digits, code, BIRTH)
    assert read is not None
    assert (read.text, read.fits_format) == (text, fits)


@pytest.mark.parametrize("digits", ["000000", "00000000"])
def test_zeros_are_not_known(digits: str) -> None:
    assert stamp(digits, "", BIRTH) is None


BAD = ["", "99999999", "771301", "770230", "20010229", "1", "77060", "77-06-01", "761301", "７７０６０１", "2611232540"]


@pytest.mark.parametrize("digits", BAD)
def test_no_date(digits: str) -> None:
    with pytest.raises(ValueError):
        stamp(digits, "", BIRTH)


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)))
def test_birth_is_the_latest_day_not_after(year: int, month: int, day: int, limit: dt.date) -> None:
    born = dt.date(not_after(limit)(year, month, day), month, day)
    assert born.year % 100 == year
    assert born <= limit < born.replace(year=born.year + 100)


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)))
def test_expiry_is_the_nearest_day(year: int, month: int, day: int, travel: dt.date) -> None:
    found = dt.date(nearest_to(travel)(year, month, day), month, day)
    others = [found.replace(year=found.year + by) for by in (-100, 100)]
    assert found.year % 100 == year
    assert all(abs(found - travel) <= abs(other - travel) for other in others)
