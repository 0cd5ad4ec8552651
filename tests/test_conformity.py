"""The conformity table claims nothing that this repository does not show."""

import re
from collections import Counter
from typing import Final, NamedTuple

from tests.conftest import ROOT

PAGE: Final = (ROOT / "docs" / "reference" / "conformity.md").read_text(encoding="utf-8")
CLASSES: Final = ("must", "should", "beyond")
STATUSES: Final = ("met", "part", "not yet", "does not apply to software")
EVIDENCE: Final = ("tests/", "docs/", "src/")


class Row(NamedTuple):
    number: str
    duty: str
    requirement: str
    source: str
    status: str
    shown: str

    @property
    def named(self) -> list[tuple[str, str]]:
        """Files named in the row, each with the test named in it, or an empty text."""
        quoted = re.findall(r"`([\w./-]+)(?:::(\w+))?`", self.shown)
        return [(path, test) for path, test in quoted if "/" in path or path.endswith(".md")]


ROWS: Final = [
    Row(*(cell.strip() for cell in line.strip("|").split("|")))
    for line in PAGE.splitlines()
    if re.match(r"\| R\d", line)
]


def test_every_requirement_stands_once_and_in_order() -> None:
    assert [row.number for row in ROWS] == [f"R{number}" for number in range(1, 161)]


def test_every_row_is_complete() -> None:
    assert [row.number for row in ROWS if not all(row)] == []
    assert [row.number for row in ROWS if row.duty not in CLASSES or row.status not in STATUSES] == []


def _counts() -> str:
    """The table at the head of the page, as the rows make it."""
    cells = Counter((row.status, row.duty) for row in ROWS)
    lines = ["| status | must | should | beyond | all |", "| --- | --- | --- | --- | --- |"]
    for status in STATUSES:
        by_class = [cells[status, duty] for duty in CLASSES]
        lines.append(f"| `{status}` | {' | '.join(map(str, by_class))} | {sum(by_class)} |")
    return "\n".join(lines)


def test_counts_at_the_head_are_those_of_the_rows() -> None:
    shown = re.search(r"<!-- counts: .* -->\n(.*?)\n<!-- end -->", PAGE, re.DOTALL)
    assert shown is not None
    assert shown[1] == _counts(), f"put this between the marks:\n{_counts()}"


def _exists(path: str, test: str) -> bool:
    file = ROOT / path
    return file.is_file() and (not test or f"\ndef {test}(" in file.read_text(encoding="utf-8"))


def test_every_file_and_test_named_exists() -> None:
    named = [(row.number, path, test) for row in ROWS for path, test in row.named]
    assert len(named) >= 60
    assert [place for place in named if not _exists(*place[1:])] == []


def test_what_is_met_names_the_test_that_shows_it() -> None:
    """And nothing else names a single test, which would read like a proof."""
    proven = [row.number for row in ROWS if any(test and path.startswith("tests/") for path, test in row.named)]
    assert proven == [row.number for row in ROWS if row.status == "met"]


def test_what_is_met_in_part_says_by_what_and_what_is_missing() -> None:
    claims = [row for row in ROWS if row.status == "part"]
    assert [row.number for row in claims if not any(path.startswith(EVIDENCE) for path, _ in row.named)] == []
    assert [row.number for row in ROWS if "Missing: " in row.shown] == [row.number for row in claims]


def test_what_does_not_apply_says_why() -> None:
    assert [row.number for row in ROWS if row.status == STATUSES[-1] and len(row.shown) < 10] == []
