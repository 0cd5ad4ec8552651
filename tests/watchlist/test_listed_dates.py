"""Birth dates as lists write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.dates import span
from vigie.watchlist.listed_dates import read_date

UNDERSTOOD = [
    ("20 Apr 1970", "1970-04-20", False, "OFAC's day"),
    ("1937", "1937", False, "year"),
    ("circa 1951", "1951", True, "OFAC"),
    ("1965 to 1969", "1965/1969", False, "OFAC"),
    ("01 Jan 1964 to 31 Dec 1964", "1964-01-01/1964-12-31", False, "OFAC"),
    ("Sep 1938", "1938-09", False, "month"),
    ("circa 1958-1959", "1958/1959", True, "OFAC"),
    ("Jan 1960 to Mar 1962", "1960-01/1962-03", False, "OFAC"),
    ("circa 01 Jan 1950", "1950-01-01", True, "OFAC 2024"),
    ("Nov. 1973", "1973-11", False, "UN note"),
    ("August 1961", "1961-08", False, "UN note"),
    ("Between Aug. and Sep. 1977", "1977-08/1977-09", False, "UN note: the year stands once"),
    ("Approximately 1973", "1973", True, "UN note"),
    ("01 Jan.1967", "1967-01-01", False, "no blank after the point"),
    ("24/06/1402 (Hijri Calendar)", "1982-04-18/1982-04-20", True, "UN note: a day before and after are possible"),
    ("1970-06", "1970-06", False, "ISO"),
    ("1970-06-01/1971-02", "1970-06-01/1971-02", False, "ISO range"),
    ("29 Feb 1972", "1972-02-29", False, "leap day"),
]
NOT_UNDERSTOOD = [
    ("", "nothing"),
    ("30-35 years old", "an age, UN note"),
    ("29 Feb 1970", "not in the calendar"),
    ("1970-13", "not in the calendar"),
    ("1980 to 1970", "ends before it begins"),
    ("12 Foo 1970", "no month"),
    ("Sep", "no year"),
    ("13/06/1970", "day or month first is not told"),
    ("35/06/1402 (Hijri Calendar)", "not in that calendar"),
    ("0000", "no year"),
]


@pytest.mark.parametrize(("text", "date", "approximate", "reason"), UNDERSTOOD, ids=[case[0] for case in UNDERSTOOD])
def test_understood(text: str, date: str, approximate: bool, reason: str) -> None:
    found = read_date(text)
    assert found is not None, reason
    assert (found.date, found.approximate) == (date, approximate), reason


@pytest.mark.parametrize(("text", "reason"), NOT_UNDERSTOOD, ids=[case[1] for case in NOT_UNDERSTOOD])
def test_not_understood(text: str, reason: str) -> None:
    assert read_date(text) is None, reason


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)),
    st.sampled_from(["%d %b %Y", "%d %B %Y", "%d %b. %Y", "%Y-%m-%d"]),
)
def test_every_day_is_read_back(day: dt.date, written: str) -> None:
    found = read_date(day.strftime(written))
    assert found is not None
    assert found.date == day.isoformat()


@given(st.text(max_size=30))
def test_what_is_read_is_a_partial_date(text: str) -> None:
    found = read_date(text)
    assert found is None or span(found.date).days >= 1
