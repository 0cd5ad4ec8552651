"""The annotated view of `vigie read`: what stands where, on which stream, and that nothing steers the terminal."""

import datetime as dt
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from rich.cells import cell_len

from tests.cli.conftest import PROCESS, Vigie, paxlst
from vigie.cli import view
from vigie.messages import inspection
from vigie.messages.inspection import Line
from vigie.records import Message, Problem

DAY: Final = dt.date(2026, 12, 3)
AS_OF: Final = ("--as-of", "2026-12-03")
WHOLE: Final = paxlst(("HOLT", "ANDERS"), ("BERG", "NINA"))
BAD_DATE: Final = WHOLE.replace(b"DTM+329:700601", b"DTM+329:99999999", 1)
ESCAPE: Final = re.compile(r"\x1b\[[0-9;]*m")
PLAIN: Final = view.Screen(80, False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "list.edi").write_bytes(WHOLE)
    return tmp_path / "list.edi"


def rows(data: bytes, on: view.Screen = PLAIN, limit: int | None = None) -> list[str]:
    return list(view.rows(inspection.annotate(data, DAY, limit), len(data), on))


def test_the_view_is_on_standard_output_and_the_summary_where_it_was(vigie: Vigie, file: Path) -> None:
    ran = vigie("read", file, "--view", *AS_OF)
    text = ran.out.decode()
    assert ran.code == 0
    assert "PAXLST D.05B 745, 2 passengers, 0 crew" in ran.err
    assert "NAD+FL+++HOLT:ANDERS'" in text
    assert "traveller: passenger · family name or party HOLT · given name ANDERS" in text
    assert "\x1b" not in text


def test_a_pipe_gets_no_view_unless_asked(vigie: Vigie, file: Path) -> None:
    assert vigie("read", file, *AS_OF).out == b""
    assert vigie("read", file, "--no-view", *AS_OF).out == b""


@pytest.mark.parametrize(("data", "code"), [(WHOLE, 0), (BAD_DATE, 1), (b"", 2)], ids=["whole", "an error", "nothing"])
def test_exit_codes_are_those_without_view(vigie: Vigie, file: Path, data: bytes, code: int) -> None:
    file.write_bytes(data)
    assert vigie("read", file, "--view", *AS_OF).code == vigie("read", file, *AS_OF).code == code


def test_json_and_view_are_not_mixed(vigie: Vigie, file: Path) -> None:
    ran = vigie("read", file, "--json", "--view")
    assert (ran.code, ran.out) == (64, b"")
    assert "give one of them" in ran.complaint
    assert vigie("read", file, "--json", "--no-view", *AS_OF).objects


@pytest.mark.parametrize("lines", ["-1", "x", "", "٣", "9" * 20])
def test_lines_are_a_number(vigie: Vigie, file: Path, lines: str) -> None:
    assert vigie("read", file, "--view", "--lines", lines).code == 64


def test_lines_left_out_are_counted(vigie: Vigie, file: Path) -> None:
    text = vigie("read", file, "--view", "--lines", "3", *AS_OF).out.decode()
    assert "BGM+745" in text
    assert "BERG" not in text
    assert re.search(r"… +\d+ lines without problems left out \(--lines 0 shows all\)", text)
    assert "BERG" in vigie("read", file, "--view", "--lines", "0", *AS_OF).out.decode()


def test_a_problem_stands_under_its_segment_with_carets_under_what_it_speaks_of() -> None:
    shown = rows(BAD_DATE)
    (at,) = [number for number, row in enumerate(shown) if "DTM+329:99999999'" in row]
    assert shown[at + 1] == " " * shown[at].index("99999999") + "^" * 8
    assert "error: this is no date" in shown[at + 2]


def test_the_caret_is_under_the_component_that_the_problem_is_at() -> None:
    line = next(line for line in inspection.annotate(WHOLE, DAY) if b"ANDERS" in line.raw)
    given = next(piece for piece in line.pieces if piece.text == "ANDERS")
    problem = Problem(code="X", severity="warning", position=given.at, says="invented")
    message = Message(source="-", sha256="", type="PAXLST", problems=(problem,))
    shown = list(view.rows(inspection.describe(WHOLE, [message]), 999, PLAIN))
    first, second = shown[(at := next(at for at, row in enumerate(shown) if "ANDERS" in row)) : at + 2]
    assert second == " " * first.index("ANDERS") + "^^^^^^"


def test_a_wide_terminal_shows_the_meaning_beside_the_segment() -> None:
    (row,) = [row for row in rows(WHOLE, view.Screen(160, False)) if "HOLT:ANDERS" in row]
    assert "traveller: passenger" in row


HOSTILE: Final = (
    WHOLE.replace(b"HOLT", "漢字é\u202e".encode() * 40)
    .replace(b"ATT+2++M", b"ATT+2++M" + b"+" * 30 + b"EX\x1b[2JTRA")
    .replace(b"BERG", b"B\x9b\x08ERG")
)


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_no_row_is_wider_than_the_terminal_and_none_steers_it(width: int, colour: bool) -> None:
    shown = rows(HOSTILE, view.Screen(width, colour))
    assert len(shown) > 20
    plain = [ESCAPE.sub("", row) for row in shown]
    assert max(map(cell_len, plain)) <= width
    assert [row for row in plain if re.search("[\x00-\x1f\x7f-\x9f\u202e]", row)] == []
    assert colour == (plain != shown)


def test_a_file_of_one_line_is_cut() -> None:
    shown = rows(b"x" * 100_000)
    assert len(shown) < 40
    assert any(re.search(r"… \(\d+ more\)", row) for row in shown)


def test_what_must_not_be_kept_is_not_printed() -> None:
    text = "UNB+IATA:1+ZV+GOV+261122:2100+1'UNH+1+PNRGOV:13:1:IA'MSG+:22'SRC'SSR+VGML:HK:1:ZV'UNT+5+1'UNZ+1+1'"
    shown = "\n".join(rows(text.encode()))
    assert "VGML" not in shown
    assert "SSR+____:__:_:__'" in shown
    assert "not kept, not shown" in shown


def in_terminal(file: Path, *options: str, **environment: str) -> str:
    """What `vigie read` prints when standard output is a terminal."""
    ours, theirs = pty.openpty()
    env = {**PROCESS["env"], "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    env = {key: value for key, value in env.items() if key != "NO_COLOR" or environment.get("NO_COLOR")}
    command = [sys.executable, "-m", "vigie", "read", str(file), *options, *AS_OF]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=env) as ran:
        os.close(theirs)
        got = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not chunk:
                break
            got += chunk
        assert ran.wait(PROCESS["timeout"]) == 0
    os.close(ours)
    return got.decode()


@pytest.mark.parametrize(
    ("options", "environment", "coloured", "why"),
    [
        ((), {}, True, "a terminal shows the view, in colours"),
        ((), {"NO_COLOR": "1"}, False, "no-color.org"),
        (("--color", "never"), {}, False, "asked for"),
        (("--color", "always"), {"NO_COLOR": "1"}, True, "the option is nearer than the environment"),
    ],
)
def test_colours_in_a_terminal(
    file: Path, options: tuple[str, ...], environment: dict[str, str], coloured: bool, why: str
) -> None:
    text = in_terminal(file, *options, **environment)
    assert "HOLT" in text
    assert ("\x1b[" in text) == coloured, why
    assert in_terminal(file, "--no-view") == ""


def test_colours_in_a_pipe_only_when_asked(vigie: Vigie, file: Path) -> None:
    assert b"\x1b[1;36mNAD\x1b[0m" in vigie("read", file, "--view", "--color", "always", *AS_OF).out


def test_lines_of_other_inputs_are_shown_as_they_are() -> None:
    line = Line(at=0, raw=b"a\n", kind="line", pieces=())
    assert list(view.rows([line], 2, PLAIN)) == ["0  "]
    assert any(
        "family name" in row or "______ ____" in row for row in rows(b"family name,given name,sex\nHOLT,ANDERS,M\n")
    )
