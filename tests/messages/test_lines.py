"""Lines of an input with their places, and fields brought to the form of records."""

import datetime as dt
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.messages.fields.ssr_docs import date
from vigie.messages.fields.values import Values, leg, readings
from vigie.messages.findings import Findings
from vigie.messages.lines import lines, nearest_day, value
from vigie.records import Leg, Name

AS_OF = dt.date(2026, 11, 23)


@given(st.text(alphabet="ab\r\n ", max_size=40))
def test_lines_add_up_to_the_text(text: str) -> None:
    """The plain twin is the standard library's splitting at the same three line ends."""
    found = list(lines(text))
    assert sum(line.length for line in found) == len(text)
    assert [line.text for line in found] == text.splitlines()
    assert all(text[line.at :].startswith(line.text) for line in found)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b" BENALI\x03", "BENALI"),
        ("BÉNALI".encode(), "BÉNALI"),
        ("BÉNALI".encode("cp1252"), "BÉNALI"),
        (b"\x81", "\ufffd"),
    ],
)
def test_value(sent: bytes, expected: str) -> None:
    assert value(sent.decode("latin-1")) == expected


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [(23, 11, "2026-11-23"), (1, 1, "2027-01-01"), (1, 6, "2026-06-01"), (29, 2, "2028-02-29"), (22, 5, "2027-05-22")],
)
def test_nearest_day(day: int, month: int, expected: str) -> None:
    assert nearest_day(day, month, AS_OF).isoformat() == expected


@pytest.mark.parametrize(("day", "month"), [(30, 2), (1, 13), (0, 1), (1, 0)])
def test_no_day_of_any_year(day: int, month: int) -> None:
    with pytest.raises(ValueError):
        nearest_day(day, month, AS_OF)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 12), st.integers(1, 28))
def test_no_year_is_nearer(reference: dt.date, month: int, day: int) -> None:
    found = nearest_day(day, month, reference)
    distances = [abs(dt.date(year, month, day) - reference) for year in range(reference.year - 2, reference.year + 3)]
    assert abs(found - reference) == min(distances)


def test_values_report_what_they_do() -> None:
    findings = Findings()
    values = Values(findings, AS_OF, date)
    assert values.birth_date("10MAR84", "DOCS", 1) == "1984-03-10"
    assert values.birth_date("10MAR2084", "DOCS", 2) == "2084-03-10"
    assert values.birth_date("soon", "DOCS", 3) is None
    assert values.near_date("10MAR31", "DOCS", 4, AS_OF, "expiry") == "2031-03-10"
    assert values.country("Maroc", "DOCS", 5) == "MAR"
    assert values.country("Atlantis", "DOCS", 6) == "ATLANTIS"
    assert (values.sex("FI", "DOCS", 7), values.sex("U", "DOCS", 8), values.sex("Q", "DOCS", 9)) == ("F", None, None)
    assert (values.country(None, "DOCS", 10), values.sex(None, "DOCS", 10), values.birth_date("", "DOCS", 10)) == (
        (None, None, None)
    )
    assert [(problem.code, problem.position) for problem in findings.problems()] == [
        ("CENTURY_DERIVED", 1),
        ("DATE_FORMAT", 2),
        ("BIRTH_AFTER_AS_OF", 2),
        ("BAD_DATE", 3),
        ("CENTURY_DERIVED", 4),
        ("UNKNOWN_COUNTRY", 6),
        ("UNKNOWN_CODE", 9),
    ]


def test_a_leg_has_zone_and_utc_of_its_places() -> None:
    findings = Findings()
    found = leg(findings, "INT", 0, Leg(carrier="ZV"), ("VIE", "2026-10-25T02:30"), ("ESALG", "2026-10-25"))
    assert (found.departs_utc, found.departs_zone) == ("2026-10-25T00:30Z", "Europe/Vienna")
    assert (found.arrives_utc, found.arrives_zone, found.carrier) == (None, None, "ZV")
    assert [problem.code for problem in findings.problems()] == ["TIME_AMBIGUOUS"]


@pytest.mark.parametrize(
    ("given_names", "expected", "noted"),
    [
        (["SALMA MRS"], [("SALMA", "MRS")], False),
        (["SALMAMRS"], [("SALMAMRS", None), ("SALMA", "MRS")], True),
        (["SALMA", "SALMAMRS"], [("SALMA", None), ("SALMA", "MRS")], False),
        (["ADAM"], [("ADAM", None)], False),
    ],
)
def test_readings_of_titles(given_names: list[str], expected: list[tuple[str, str | None]], noted: bool) -> None:
    findings = Findings()
    named = partial(Name, family="BENALI", source="PNL")
    names = readings([named(given=text, raw=text) for text in given_names], findings, "NAME", 0)
    assert [(name.given, name.title) for name in names] == expected
    assert bool(findings.problems()) == noted
