"""How figures are put into words: nothing certain that is not, nothing cut, one of a thing is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.cli import output

PROBABILITIES = [
    ("as good as none", 0.0, "<0.001"),
    ("below the least that is told", 0.00099, "<0.001"),
    ("the least that is told", 0.001, "0.001"),
    ("small", 0.0123, "0.012"),
    ("two digits", 0.5914, "0.59"),
    ("two digits are enough", 0.9949, "0.99"),
    ("two digits would say 1", 0.9957, "0.996"),
    ("the most that is told", 0.999, "0.999"),
    ("above the most that is told", 0.9991, ">0.999"),
    ("as good as certain", 1.0, ">0.999"),
]


@pytest.mark.parametrize(("reason", "value", "said"), PROBABILITIES, ids=[reason for reason, *_ in PROBABILITIES])
def test_probability_in_words(reason: str, value: float, said: str) -> None:
    assert output.probability(value) == said


@given(st.floats(0, 1))
def test_no_probability_is_said_to_be_certain(value: float) -> None:
    assert float(output.probability(value).lstrip("<>")) not in (0, 1)


@given(st.floats(0, 1))
def test_no_probability_is_written_as_certain(value: float) -> None:
    written = float(repr(output.uncertain(value)))
    assert 0 < written < 1
    assert written == pytest.approx(value, abs=1e-15)


COUNTS = [(0, "0 queries"), (1, "1 query"), (2, "2 queries")]


@pytest.mark.parametrize(("number", "said"), COUNTS, ids=[said for _, said in COUNTS])
def test_counted(number: int, said: str) -> None:
    assert output.counted(number, "query", "queries") == said


HEADS = ("traveller", "born", "list", "entry", "listed as", "bits", "probability")
ROW = ("VON HOHENHEIM, ANNELIESE CHARLOTTE", "1970-06-01", "ofac-sdn", "10612", "ANNE HOHENHEIM", "42.9", ">0.999")


def shown(capsys: pytest.CaptureFixture[str], *row: str) -> list[str]:
    output.table("", HEADS, [row])
    return capsys.readouterr().err.splitlines()[2:]


def test_a_table_in_a_pipe_does_not_wrap(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    (line,) = shown(capsys, *ROW)
    assert [cell.strip() for cell in line.split("│")] == list(ROW)


@pytest.mark.parametrize("columns", ["40", "80", "100"])
def test_names_break_at_blanks_and_nothing_else_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    cells = [[cell.strip() for cell in line.split("│")] for line in shown(capsys, *ROW)]
    joined = [" ".join(filter(None, column)) for column in zip(*cells, strict=True)]
    assert joined == list(ROW)
    assert cells[0][1:4] + cells[0][5:] == [*ROW[1:4], *ROW[5:]]


def test_a_long_cell_is_broken_and_never_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    entry = "N" * 70
    cells = [[cell.strip() for cell in line.split("│")] for line in shown(capsys, *ROW[:3], entry, *ROW[4:])]
    assert "".join(line[3] for line in cells) == entry
    assert cells[0][1] == ROW[1]
