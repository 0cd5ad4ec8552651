"""Codes of problems: the page lists each with its severity, and no message of ours can show personal data."""

import re

import pytest

from tests.conftest import ROOT
from vigie.messages.findings import MOST_OF_A_CODE, REMOVALS, SEVERITY, Findings, shown

PAGE = (ROOT / "docs" / "reference" / "problems.md").read_text(encoding="utf-8")
SOURCES = [
    path
    for room in ("messages", "schedules", "journeys")
    for path in sorted((ROOT / "src" / "vigie" / room).rglob("*.py"))
]


def test_page_and_code_agree() -> None:
    listed = dict(re.findall(r"^\| `([A-Z_]+)` \| (error|warning|note) \| \S", PAGE, re.MULTILINE))
    assert listed == SEVERITY


def test_every_code_is_used_and_every_used_code_is_known() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "findings.py")
    named = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', text))
    given = set(re.findall(r'(?:\.add|\.count|Fault|_unknown)\(\s*"([A-Z]+(?:_[A-Z]+)*)"', text))
    assert set(SEVERITY) <= named
    assert given - REMOVALS <= set(SEVERITY)


@pytest.mark.parametrize(
    ("code", "expected", "reason"),
    [
        ("XR", "XR", "a code of the standard"),
        ("173", "173", "digits are codes as well"),
        ("BENALI", "(not shown)", "longer than any code: perhaps a name"),
        ("abc", "(not shown)", "codes are in capitals"),
        ("", "(not shown)", "nothing to show"),
        ("AB\n", "(not shown)", "a line end is not part of a code"),
    ],
)
def test_only_codes_are_shown(code: str, expected: str, reason: str) -> None:
    assert shown(code) == expected, reason


def test_problems_come_by_position_and_many_of_a_kind_become_one() -> None:
    findings = Findings()
    for at in (30, 40, 50):
        findings.count("UNKNOWN_COUNTRY", "NAT", at, "countries")
    findings.add("BAD_DATE", "DTM", 35, "no date")
    findings.add("NO_MESSAGE", None, None, "nothing")
    problems = findings.problems()
    assert [(p.code, p.position) for p in problems] == [
        ("NO_MESSAGE", None),
        ("UNKNOWN_COUNTRY", 30),
        ("BAD_DATE", 35),
    ]
    assert problems[1].says == "countries (3 in this message, the first here)"


def test_a_hostile_message_cannot_grow_the_list_without_end() -> None:
    findings = Findings()
    for at in range(3 * MOST_OF_A_CODE):
        findings.add("BAD_DATE", "DTM", at, "no date")
        findings.count("UNKNOWN_SEGMENT", f"X{at}", at, "segments")
    problems = findings.problems()
    assert len(problems) <= 2 * MOST_OF_A_CODE + 2
    assert sum(p.code == "BAD_DATE" for p in problems) == MOST_OF_A_CODE + 1
