"""Dates, people, bags and contacts of PNRGOV by themselves."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journeys.reservations import AS_OF
from vigie.messages.edifact.service import STANDARD
from vigie.messages.findings import Findings
from vigie.messages.pnr import people
from vigie.messages.pnr.contacts import contact, email
from vigie.messages.pnr.dates import Dates
from vigie.messages.pnr.people import agreement, person
from vigie.messages.pnr.removals import Removals
from vigie.messages.sensitive import recognised
from vigie.records import Contact

FLIGHT = dt.date(2026, 11, 23)


def dates(flight: dt.date | None = FLIGHT) -> tuple[Dates, Findings]:
    findings = Findings()
    reader = Dates(AS_OF, findings)
    reader.flight = flight
    return reader, findings


@pytest.mark.parametrize(
    ("digits", "flight", "day", "told", "reason"),
    [
        ("231126", FLIGHT, "2026-11-23", [], "DDMMYY"),
        ("261123", FLIGHT, "2026-11-23", ["DATE_ORDER"], "only YYMMDD is near"),
        ("261123", None, "2023-11-26", [], "nothing to judge by: the standard's order"),
        ("263011", None, None, ["BAD_DATE"], "no order gives a day"),
        ("263112", None, None, ["BAD_DATE"], "no month 31"),
        ("261223", dt.date(2030, 1, 1), "2023-12-26", [], "neither is near: the standard's order"),
        ("991231", None, "1999-12-31", ["DATE_ORDER"], "no month 99 or 31"),
        ("200220", FLIGHT, "2020-02-20", [], "the same in both orders"),
        ("23112026", FLIGHT, "2026-11-23", [], "with century"),
        ("20261123", FLIGHT, "2026-11-23", ["DATE_ORDER"], "with century, turned"),
        ("310226", FLIGHT, None, ["BAD_DATE"], "no such day"),
        ("23NOV26", FLIGHT, None, ["BAD_DATE"], "letters"),
        ("000000", FLIGHT, None, [], "not known"),
        ("", FLIGHT, None, [], "not sent"),
    ],
)
def test_the_order_of_a_date(
    digits: str, flight: dt.date | None, day: str | None, told: list[str], reason: str
) -> None:
    reader, findings = dates(flight)
    assert reader.day(digits, "TVL", 7) == day, reason
    assert [(p.code, p.position) for p in findings.problems()] == [(code, 7) for code in told], reason


def test_a_date_that_both_orders_fit_is_told_only_of_a_sender_who_uses_both() -> None:
    reader, findings = dates()
    assert reader.day("251126", "TVL", 1) == "2026-11-25"
    assert findings.problems() == ()
    reader.day("261124", "TVL", 2)
    reader.day("251126", "TVL", 3)
    assert [p.position for p in findings.problems()] == [2, 3]


@given(st.dates(FLIGHT - dt.timedelta(390), FLIGHT + dt.timedelta(390)))
def test_every_date_near_the_flight_is_read_in_the_order_of_the_standard(day: dt.date) -> None:
    reader, findings = dates()
    assert reader.day(day.strftime("%d%m%y"), "TVL", 0) == day.isoformat()
    assert findings.problems() == ()


@pytest.mark.parametrize(
    ("time", "moment"),
    [
        ("0540", "2026-11-23T05:40"),
        ("054012", "2026-11-23T05:40:12"),
        ("4321", "2026-11-23"),
        ("2400", "2026-11-23"),
        ("540", "2026-11-23"),
        ("", "2026-11-23"),
    ],
)
def test_a_bad_time_costs_the_time(time: str, moment: str) -> None:
    reader, findings = dates()
    assert reader.moment("231126", time, "TVL", 0) == moment
    assert len(findings.problems()) == (len(moment) == 10 and time != "")


AGREE = [
    (("BENALI", "SALMA"), ("BENALI", "SALMA"), 2, "the same"),
    (("BENALI", "SALMAMRS"), ("BENALI", "SALMA"), 2, "title glued"),
    (("BENALI", "SALMA MRS"), ("BENALI", "SALMA"), 2, "title apart"),
    (("VANDERBERG", "ANNA"), ("VAN DER BERG", "ANNA"), 2, "blanks do not count"),
    (("BENALI", "SALMA"), ("BENALI", "SALMA NOUR"), 1, "a second name"),
    (("SMITHJR", "JOHN"), ("SMITH", "JOHN"), 1, "a suffix"),
    (("VANDENBERG", "KEVIN"), ("VANDENB", "KEVIN"), 1, "cut"),
    (("BENALI", ""), ("BENALI", "SALMA"), 1, "one name only"),
    (("LI", "ANNA"), ("LIANG", "ANNA"), 0, "a short family name is not a cut one"),
    (("BENALI", "SALMA"), ("BENALI", "YANIS"), 0, "another given name"),
    (("BENALI", "SALMA"), ("ALAMI", "SALMA"), 0, "another family name"),
]


@pytest.mark.parametrize(("one", "other", "level", "reason"), AGREE, ids=[row[3] for row in AGREE])
def test_how_well_names_agree(one: tuple[str, str], other: tuple[str, str], level: int, reason: str) -> None:
    assert agreement(person(*one, "", 0), *other) == level


def _people(*references: str) -> people.People:
    found = people.People()
    for at, reference in enumerate(references):
        new = person(f"FAMILY{chr(65 + at)}", "SALMA", "", at)
        new.reference = reference
        found.add(new)
    return found


@pytest.mark.parametrize(
    ("known", "asked", "found"),
    [
        (("1", "2"), "2", 1),
        (("1.1", "2.1"), "2.1", 1),
        (("1.1", "2.1"), "2", 1),
        (("1", "2"), "2.1", 1),
        (("1.1", "1.2"), "1", None),
        (("1", "2"), "3", None),
        (("1", ""), "", None),
        (("1.1",), "1.2", None),
    ],
)
def test_references(known: tuple[str, ...], asked: str, found: int | None) -> None:
    all_of_them = _people(*known)
    assert all_of_them.referred(asked) is (None if found is None else all_of_them.all[found])


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("CTCE SALMA//EXAMPLE.ORG", "SALMA@EXAMPLE.ORG"),
        ("CTCE/SALMA//EXAMPLE.ORG", "SALMA@EXAMPLE.ORG"),
        ("SALMA..B//EXAMPLE.ORG", "SALMA_B@EXAMPLE.ORG"),
        ("SALMA./B//EX./AMPLE.ORG", "SALMA-B@EX-AMPLE.ORG"),
        ("S..B@EXAMPLE.ORG", "S..B@EXAMPLE.ORG"),
    ],
)
def test_addresses_become_readable(sent: str, address: str) -> None:
    assert email(sent) == address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CTCM 212600000001", Contact(kind="telephone", value="212600000001", raw="CTCM 212600000001")),
        ("CTCF 212600000001", Contact(kind="fax", value="212600000001", raw="CTCF 212600000001")),
        ("CTCP CMN52 55 4446 FAX", Contact(kind="fax", value="52 55 4446", raw="CTCP CMN52 55 4446 FAX")),
        ("RLOC CMN1SYDIXXZ", None),
    ],
)
def test_contacts(text: str, expected: Contact | None) -> None:
    (kept,) = recognised(text)
    assert contact(kept, text) == expected


@given(st.text(st.sampled_from("AB1 :+'"), max_size=30))
def test_components_without_release_characters_are_found_the_short_way(raw: str) -> None:
    found = Removals(STANDARD, Findings())._components(raw)
    assert [[(c.text, list(c.places)) for c in element] for element in found] == _one_by_one(raw)


def _one_by_one(raw: str) -> list[list[tuple[str, list[int]]]]:
    elements: list[list[tuple[str, list[int]]]] = [[("", [])]]
    for at, mark in enumerate(raw):
        if mark == "+":
            elements.append([("", [])])
        elif mark == ":":
            elements[-1].append(("", []))
        else:
            text, places = elements[-1][-1]
            elements[-1][-1] = (text + mark, [*places, at])
    return elements
