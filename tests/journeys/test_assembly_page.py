"""The page about the state of a journey says what the code does."""

import re
from itertools import groupby
from typing import get_args

from tests.conftest import ROOT
from vigie.journeys.functions import _APP, _PAXLST
from vigie.journeys.linking import _CONFIDENCE, _PIECES, COSTS, RULES
from vigie.journeys.name_agreement import AGREEMENTS
from vigie.journeys.state import PersonStatus

PAGE = (ROOT / "docs" / "reference" / "assembly.md").read_text(encoding="utf-8")


def test_rules_are_those_of_the_code() -> None:
    expected = []
    for (worth, names), group in groupby(RULES, key=lambda rule: (rule.worth, rule.names)):
        agreed = ", ".join(each for each in AGREEMENTS if each in names)
        pieces = (" + ".join(piece for piece in _PIECES if piece in rule.pieces) or "nothing else" for rule in group)
        expected.append(f"| {worth} {_CONFIDENCE[worth]} | {agreed} | {', '.join(pieces)} |")
    assert re.findall(r"^\| [0-4] \w+ \|.*$", PAGE, re.MULTILINE) == expected


def test_costs_are_those_of_the_code() -> None:
    assert {name: int(cost) for name, cost in re.findall(r"^\| `(\w+)`: .* \| (\d) \|$", PAGE, re.MULTILINE)} == COSTS


def test_every_agreement_and_status_is_explained() -> None:
    assert [each for each in (*AGREEMENTS, *get_args(PersonStatus)) if f"`{each}`" not in PAGE] == []


def test_every_function_is_explained() -> None:
    functions = [*_PAXLST, *_APP]
    missing = [each for each in functions if not re.search(rf"{re.escape(each)}\b", PAGE)]
    short = [each for each in missing if not re.search(rf"{each[:3]}\S* .*\+{each[4:]}\b", PAGE)]
    assert short == []
