"""A carrier's habits: rows of a table, applied to its messages only, and said."""

import csv

import pytest

from tests.conftest import ROOT
from tests.messages.writing import AS_OF, read_one, whole
from vigie.messages.edifact import segments
from vigie.messages.edifact.dialects import Dialect, dialect
from vigie.messages.edifact.grammar import Segment
from vigie.messages.inspection import annotate

TABLE = ROOT / "src" / "vigie" / "messages" / "edifact" / "dialects.tsv"
HABITS = [
    ("TDT+20+ZV412+40++ZV'LOC+125+CMN'LOC+87+VIE'", lambda m: m.journeys[0].mode, "air", "mode with two digits"),
    ("TDT+20+ESTRELLA+10++ES'LOC+125+MAPTM'LOC+87+ESALG'", lambda m: m.journeys[0].mode, "sea", "a ship"),
    ("NAD+FL+++A:B'ATT+2++2'", lambda m: m.travellers[0].sex, "F", "sex as a number"),
]


@pytest.mark.parametrize(("body", "found", "expected", "reason"), HABITS, ids=[reason for *_, reason in HABITS])
def test_habit(body: str, found: object, expected: object, reason: str) -> None:
    message = read_one(whole(body))
    assert found(message) == expected, reason  # type: ignore[operator]
    assert "DIALECT" in [p.code for p in message.problems]
    assert not any(p.code.startswith("UNKNOWN") for p in message.problems)


def test_every_row_has_its_reason_and_changes_something() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len({(r["sender"], r["type"], r["tag"], r["place"], r["sent"]) for r in rows}) == len(rows)
    assert all(row["reason"] and row["sent"] != row["read_as"] for row in rows)


def test_a_senders_own_rows_hold_for_it_alone() -> None:
    nationality = Segment("NAT", [["NAT"], ["1"], ["MAR"]], 0, "NAT+1+MAR", 10)
    own = Dialect({"NAT": {(1, 0): {"1": "2"}}}, own=True)
    assert own.read(nationality).elements == [["NAT"], ["2"], ["MAR"]]
    assert nationality.elements == [["NAT"], ["1"], ["MAR"]]
    assert dialect("ANYBODY", "PAXLST").read(nationality) is nationality
    assert not dialect("ANYBODY", "PAXLST").own


def test_the_view_shows_what_a_code_is_read_as() -> None:
    data = whole("TDT+20+ZV412+40++ZV'NAD+FL+++A:B'ATT+2++2'NAD+FL+++C:D'ATT+2++F'").encode()
    pieces = [piece for line in annotate(data, AS_OF) if line.tag in ("TDT", "ATT") for piece in line.pieces]
    shown = [(piece.value, piece.read_as, piece.meaning) for piece in pieces if piece.place in ((3, 0),)]
    assert [(value, read_as) for value, read_as, _ in shown] == [("40", "4"), ("2", "F"), ("F", "")]
    assert shown[0][2] == segments.code("TDT", 3, 0, "4")
    assert shown[1][2] == shown[2][2] == segments.code("ATT", 3, 0, "F") != ""
