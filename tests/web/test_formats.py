"""Numbers, dates and odds as a reader sees them. Blanks that must not break are written \\xa0 and \\u202f."""

import datetime as dt
import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.places import Window
from vigie.web import formats, languages

SPOKEN: Final = languages.load(["fr", "en", "ar"])
ENGLISH: Final = SPOKEN["en"]

SPOTS = [
    ("NAD", "NAD", "NAD", "a tag is a code"),
    (".R/DOCS", ".R/DOCS", ".R/DOCS", "an element of a name list is a code"),
    ("column 8", "colonne 8", "العمود 8", "of a table, without heading"),
    ("line 2", "ligne 2", "السطر 2", "of a zone"),
    ("birth_date", "date de naissance", "تاريخ الميلاد", "a field of a table"),
    ("document_number", "numéro du document", "رقم الوثيقة", "a field of a table"),
]


@pytest.mark.parametrize(("segment", "french", "arabic", "why"), SPOTS)
def test_the_place_of_a_problem_is_said_in_words(segment: str, french: str, arabic: str, why: str) -> None:
    assert formats.spot(SPOKEN["fr"], segment) == french, why
    assert formats.spot(SPOKEN["ar"], segment) == arabic, why


ODDS = [
    (0.0, "less than 1 in 1,000,000", "never impossible"),
    (0.000_02, "1 in 50,000", "small"),
    (0.024_9, "1 in 40", "two significant digits: one in 40.16"),
    (0.28, "1 in 4", "one in 3.57"),
    (0.5, "5 in 10", "even"),
    (0.549, "5 in 10", "one in 1.8 must not be cut to one in one"),
    (0.9, "9 in 10", "tenths"),
    (0.953, "95 in 100", "hundredths"),
    (0.996_4, "996 in 1,000", "thousandths"),
    (0.999_5, "more than 999 in 1,000", "must not round to 1,000 in 1,000"),
    (1.0, "more than 999 in 1,000", "never certain"),
]


@pytest.mark.parametrize(("probability", "expected", "why"), ODDS)
def test_odds(probability: float, expected: str, why: str) -> None:
    assert formats.odds(ENGLISH, probability) == expected, why


def _share(odds: str) -> float:
    some, many = re.findall(r"[\d,]+", odds)
    return int(some.replace(",", "")) / int(many.replace(",", ""))


@given(st.floats(1e-6, 0.9994), st.floats(1e-6, 0.9994))
def test_stronger_matches_never_read_weaker(one: float, other: float) -> None:
    weaker, stronger = (_share(formats.odds(ENGLISH, p)) for p in sorted((one, other)))
    assert weaker <= stronger


@given(st.floats(1e-6, 0.9994))
def test_odds_stay_close_to_the_probability(probability: float) -> None:
    said = _share(formats.odds(ENGLISH, probability))
    assert abs(said - probability) <= min(0.05, 0.15 * probability) + 1e-9  # 0.8 - 0.75 is more than 0.05


BITS = [
    ("en", 12_345, "+12.3"),
    ("en", -4_000, "−4.0"),
    ("en", 0, "+0.0"),
    ("fr", 1_234_567, "+1\u202f234,6"),
    ("ar", -1_500, "−1,5"),
]


@pytest.mark.parametrize(("code", "millibits", "expected"), BITS)
def test_bits_have_sign_and_one_digit(code: str, millibits: int, expected: str) -> None:
    assert formats.bits(SPOKEN[code], millibits) == expected


PARTIAL_DATES = [
    ("en", "1970", "1970", "year"),
    ("en", "1970-06", "June 1970", "month"),
    ("en", "1970-06-01", "1 June 1970", "day before month"),
    ("fr", "1970-06-01", "1 juin 1970", "French"),
    ("ar", "1970-06-01", "1 يونيو 1970", "western digits"),
    ("ar", "2026-11-23", "23 نونبر 2026", "Moroccan month names"),
    ("en", "1970/1975-06", "1970 to June 1975", "range"),
    ("fr", "1970/1975", "de 1970 à 1975", "range"),
    ("en", "1970-13-01", "1970-13-01", "no date of the calendar is shown as it stands"),
    ("en", "about 1970", "about 1970", "another form is shown as it stands"),
]


@pytest.mark.parametrize(("code", "text", "expected", "why"), PARTIAL_DATES)
def test_partial_dates(code: str, text: str, expected: str, why: str) -> None:
    assert formats.partial_date(SPOKEN[code], text) == expected, why


LOCAL_TIMES = [
    ("en", "2026-11-23T05:40", "Mon 23 Nov, 05:40", "a day of the week helps at midnight"),
    ("fr", "2026-11-23T05:40", "lun. 23 nov., 05:40", "French"),
    ("en", "2026-11-23", "Mon 23 Nov", "no time of day was sent"),
    ("en", "noon", "noon", "another form is shown as it stands"),
]


@pytest.mark.parametrize(("code", "text", "expected", "why"), LOCAL_TIMES)
def test_local_times(code: str, text: str, expected: str, why: str) -> None:
    assert formats.local_time(SPOKEN[code], text) == expected, why


COUNTDOWNS = [
    ("en", 0, "in 0 min", "this very minute"),
    ("en", 40, "in 40 min", "minutes"),
    ("fr", 85, "dans 1 h 25 min", "hours"),
    ("ar", 65, "خلال 1 س 05 د", "minutes keep two digits after hours"),
    ("en", -25, "25 min ago", "departed"),
    ("en", 24 * 60, "in 1 day", "days"),
    ("fr", 9 * 24 * 60, "dans 9 jours", "days, not weeks"),
    ("fr", -3 * 24 * 60, "il y a 3\u00a0jours", "days ago"),
    ("ar", 2 * 24 * 60, "خلال يومين", "the dual"),
]


@pytest.mark.parametrize(("code", "minutes", "expected", "why"), COUNTDOWNS)
def test_countdown(code: str, minutes: int, expected: str, why: str) -> None:
    said = formats.countdown(SPOKEN[code], dt.timedelta(minutes=minutes))
    assert said.replace("\u00a0", " ") == expected.replace("\u00a0", " "), why


UNCERTAIN = [
    ("en", 40, 40, "in 40 min", "known"),
    ("en", 40, 100, "at the earliest in 40 min", "not yet"),
    ("fr", 40, 100, "au plus tôt dans 40 min", "French"),
    ("en", 0, 100, "at the earliest in 0 min", "from this minute on"),
    ("en", -40, 0, "may have departed", "perhaps"),
    ("ar", -40, 20, "ربما غادرت", "Arabic"),
    ("en", -100, -40, "at the latest 40 min ago", "surely"),
]


@pytest.mark.parametrize(("code", "earliest", "latest", "expected", "why"), UNCERTAIN)
def test_a_departure_that_is_not_known_says_so(code: str, earliest: int, latest: int, expected: str, why: str) -> None:
    now = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
    at = Window(now + dt.timedelta(minutes=earliest), now + dt.timedelta(minutes=latest))
    assert formats.until(SPOKEN[code], at, now).replace("\u00a0", " ") == expected, why


COUNTRIES = [
    ("en", "MAR", "Morocco", "ISO 3166 alpha-3"),
    ("fr", "DEU", "Allemagne", "French"),
    ("ar", "MAR", "المغرب", "Arabic"),
    ("ar", "XXA", "عديم الجنسية", "ICAO code"),
    ("en", "UNO", "United Nations", "ICAO code"),
    ("en", "QQX", "QQX", "unknown: shown as it stands"),
]


@pytest.mark.parametrize(("code", "country", "expected", "why"), COUNTRIES)
def test_countries(code: str, country: str, expected: str, why: str) -> None:
    assert formats.country(SPOKEN[code], country) == expected, why


COMPARED = [
    ("birth_date", "1970-06-01", "1 June 1970"),
    ("sex", "F", "female"),
    ("nationality", "MAR MLI", "Morocco · Mali"),
    ("name", "MAR", "MAR"),
    ("sex", "?", "?"),
]


@pytest.mark.parametrize(("field", "text", "expected"), COMPARED)
def test_evidence_shows_words_for_codes(field: str, text: str, expected: str) -> None:
    assert formats.compared(ENGLISH, text, field) == expected


def test_moments_of_the_store_say_that_they_are_utc() -> None:
    assert formats.moment(ENGLISH, "2026-11-23T04:40:00.000Z") == "23 November 2026, 04:40 UTC"


@pytest.mark.parametrize(("script", "expected"), [("Arab", "rtl"), ("Hebr", "rtl"), ("Latn", "ltr"), ("Hani", "ltr")])
def test_direction_follows_the_script(script: str, expected: str) -> None:
    assert formats.script_direction(script) == expected
