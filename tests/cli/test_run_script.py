"""`./run`: what it says to a wrong command, and to Ctrl-C while it installs."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_process import PATIENCE, wait_for
from tests.conftest import ROOT

USAGE = [
    ("no command", [], 64),
    ("a command that there is not", ["foo"], 64),
    ("an option that there is not", ["--version"], 64),
    ("help", ["--help"], 0),
    ("help for short", ["-h"], 0),
]


@pytest.mark.parametrize(("reason", "arguments", "code"), USAGE, ids=[reason for reason, *_ in USAGE])
def test_usage(reason: str, arguments: list[str], code: int) -> None:
    ran = subprocess.run([sys.executable, ROOT / "run", *arguments], capture_output=True, text=True, check=False)
    said, silent = (ran.stderr, ran.stdout) if code else (ran.stdout, ran.stderr)
    assert (ran.returncode, silent) == (code, "")
    assert said.startswith("usage:\n./run demo ")
    assert all(f"\n./run {command} " in said for command in ("test", "vigie"))


def test_interrupted_while_it_installs(tmp_path: Path) -> None:
    """A stand-in for the Python of .venv that installs nothing and never ends, until Ctrl-C reaches both."""
    shutil.copy(ROOT / "run", tmp_path)
    (tmp_path / "requirements.txt").touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\ntouch begun\nexec sleep 60\n")
    python.chmod(0o755)
    (tmp_path / ".venv" / "venv.stamp").write_text(hashlib.sha256(sys.version.encode()).hexdigest())
    command = [sys.executable, str(tmp_path / "run"), "demo"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        wait_for((tmp_path / "begun").exists)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    assert said.splitlines()[1:] == ["vigie: interrupted; the next ./run goes on from here"]
    assert not (tmp_path / ".venv" / "requirements.txt.stamp").exists()
