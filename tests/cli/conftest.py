"""The command line, run in this process with its two streams caught, on files that `vigie.demo` invented."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from tests.conftest import ROOT
from vigie.cli import run

PROCESS: dict[str, Any] = {"env": {**os.environ, "PYTHONPATH": str(ROOT / "src")}, "timeout": 60}
"""What a Python process needs to find vigie, whatever its folder."""


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: bytes
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Standard output as JSON Lines: raises when anything else is on it."""
        return [msgspec.json.decode(line, type=dict[str, Any]) for line in self.out.splitlines()]

    @property
    def complaint(self) -> str:
        """The one line that tells a user's mistake; fails when there is none, or more."""
        (line,) = [line for line in self.err.splitlines() if "not for operations" not in line]
        assert line.startswith("vigie: ")
        return line


Vigie = Callable[..., Ran]


@pytest.fixture
def vigie(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Vigie:
    """Runs `vigie` with some arguments, given as anything that has a text."""
    monkeypatch.delenv("COLUMNS", raising=False)  # pytest-xdist sets it, and tables would be folded to that width

    def ran(*arguments: object) -> Ran:
        capsysbinary.readouterr()
        try:
            code = run([str(argument) for argument in arguments])
        except SystemExit as left:  # --help and --version
            code = int(left.code or 0)
        out, err = capsysbinary.readouterr()
        return Ran(code, out, err.decode())

    return ran


HEADER = "entry_id,kind,name,birth_date,sex,nationality,document_number"


def csv_list(path: Path, *rows: str) -> Path:
    """A list in the plain CSV, of invented people."""
    path.write_text("\n".join([HEADER, *(rows or ('N1,primary,"HOLT, Anders",1970-06-01,M,NOR,A111222',))]) + "\n")
    return path


def people(path: Path, *rows: str, head: str = "id,name,birth_date,sex,nationality,document_number") -> Path:
    """A table of queries."""
    path.write_text("\n".join([head, *(rows or ("q1,Anders Holt,1970-06-01,M,Norway,A111222",))]) + "\n")
    return path


def paxlst(*travellers: Sequence[str], birth: str = "700601") -> bytes:
    """A flight's list with a passenger for each family and given name."""
    persons = "".join(f"NAD+FL+++{family}:{given}'ATT+2++M'DTM+329:{birth}'NAT+2+NOR'" for family, given in travellers)
    segments = (
        f"BGM+745'TDT+20+ZZ12+++ZZ'LOC+125+OSL'DTM+189:2611230540:201'LOC+87+CMN'{persons}CNT+42:{len(travellers)}'"
    )
    head = "UNB+UNOA:4+ZZAIR+STATE+261123:0400+1'UNH+1+PAXLST:D:05B:UN:IATA'"
    return f"{head}{segments}UNT+{segments.count(chr(39)) + 2}+1'UNZ+1+1'".encode()
