"""What only a real process shows: pipes that close, keys that interrupt, disks that fill, servers that end."""

import csv
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest

from tests.cli.conftest import PROCESS, people
from vigie.demo import SAMPLE
from vigie.store import open_store

VIGIE = [sys.executable, "-m", "vigie"]
LIST = str(SAMPLE / "list.xml")
FILES = [str(file) for file in sorted(SAMPLE.glob("*.edi"))]
PATIENCE = 60
"""Seconds a process has for what takes it one."""


def closed_pipe() -> IO[bytes]:
    """The writing end of a pipe whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "wb")


@contextmanager
def started(command: list[str]) -> Iterator["subprocess.Popen[str]"]:
    """A process that does not outlive its test."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=PROCESS["env"]) as running:
        try:
            yield running
        finally:
            running.kill()


def wait_for(there: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_module_runs_and_gives_its_code() -> None:
    good = subprocess.run([*VIGIE, "--version"], capture_output=True, text=True, **PROCESS)
    wrong = subprocess.run([*VIGIE, "scan"], capture_output=True, text=True, **PROCESS)
    assert (good.returncode, good.stdout, good.stderr) == (0, "vigie 0.1.0\n", "")
    assert (wrong.returncode, wrong.stdout, len(wrong.stderr.splitlines())) == (64, "", 1)


QUIET = [
    ("reading", ["read", *FILES, "--json"]),
    ("screening", ["screen", *FILES, "--list", LIST, "--json", "--all"]),
    ("checking", ["lists", "check", LIST, "--json"]),
]


@pytest.mark.parametrize(("reason", "arguments"), QUIET, ids=[reason for reason, _ in QUIET])
def test_closed_standard_output_is_no_error(reason: str, arguments: list[str]) -> None:
    with closed_pipe() as out:
        ran = subprocess.run([*VIGIE, *arguments], stdout=out, stderr=subprocess.PIPE, text=True, **PROCESS)
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr
    assert "Broken pipe" not in ran.stderr


def test_recording_does_not_depend_on_a_reader(tmp_path: Path) -> None:
    command = [*VIGIE, "screen", *FILES, "--list", LIST, "--json", "--all", "--database", str(tmp_path / "work.db")]
    with closed_pipe() as out:
        ran = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, **PROCESS)
    assert ran.returncode == 0
    with open_store(f"sqlite:///{tmp_path / 'work.db'}") as store:
        assert (store.counts().messages, store.counts().travellers) == (8, 477)


def test_work_goes_on_when_nobody_reads_the_words(tmp_path: Path) -> None:
    people(tmp_path / "people.csv")
    command = [*VIGIE, "match", str(tmp_path / "people.csv"), "--list", LIST, "--out", str(tmp_path / "out.csv")]
    with closed_pipe() as err:
        ran = subprocess.run(command, stdout=subprocess.PIPE, stderr=err, **PROCESS)
    assert (ran.returncode, ran.stdout) == (0, b"")
    assert (tmp_path / "out.csv").read_text().startswith("id,rank,list,entry")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk that is always full")
def test_full_disk_is_one_line_and_no_success() -> None:
    command = [*VIGIE, "read", *FILES, "--json"]
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, **PROCESS)
    complaints = [line for line in ran.stderr.splitlines() if line.startswith("vigie: ")]
    assert ran.returncode == 2
    assert complaints == ["vigie: the output: No space left on device; the answer is not whole"]
    assert "Traceback" not in ran.stderr


def asleep(process: int) -> bool:
    """Whether it waits in the kernel: a signal between opening a pipe and reading is only seen after the read."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "S"
    except FileNotFoundError:  # no Linux: nothing tells, so give it time
        time.sleep(0.5)
        return True


@contextmanager
def awaited(pipe: Path, reader: int) -> Iterator[None]:
    """The writing end of a named pipe, from when another process, which does nothing else, waits for its bytes."""
    ends: list[int] = []

    def opened() -> bool:
        with suppress(OSError):  # a pipe that nobody reads cannot be opened
            ends.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        return bool(ends)

    try:
        wait_for(opened)
        wait_for(lambda: asleep(reader))
        yield
    finally:
        for end in ends:
            os.close(end)


def test_interrupted_match_is_quiet_and_leaves_nothing(tmp_path: Path) -> None:
    """Its table is a pipe that gives nothing: the answer is begun and cannot be finished when the signal comes."""
    os.mkfifo(tmp_path / "people.csv")
    out = tmp_path / "out" / "out.csv"
    out.parent.mkdir()
    out.write_text("old answers")
    command = [*VIGIE, "match", str(tmp_path / "people.csv"), "--list", LIST, "--out", str(out)]
    with started(command) as running, awaited(tmp_path / "people.csv", running.pid):
        assert len(list(out.parent.iterdir())) == 2
        running.send_signal(signal.SIGINT)
        printed, said = running.communicate(timeout=PATIENCE)
    assert (running.returncode, printed) == (130, "")
    assert said == ""
    assert [file.name for file in out.parent.iterdir()] == ["out.csv"]
    assert out.read_text() == "old answers"


def test_serves_until_interrupted(tmp_path: Path) -> None:
    """The address is told only when it answers; Ctrl-C, the way to end it, is no failure."""
    database = tmp_path / "work.db"
    open_store(f"sqlite:///{database}").close()
    with started([*VIGIE, "serve", "--database", str(database), "--port", "0"]) as running:
        assert running.stderr is not None
        address = next(word for word in running.stderr.readline().split() if word.startswith("http://127.0.0.1:"))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(address, timeout=PATIENCE) as page:
            assert page.status == 200
        running.send_signal(signal.SIGINT)
        printed, said = running.communicate(timeout=PATIENCE)
    assert (running.returncode, printed, said) == (0, "", "")


def test_demo_shows_every_planted_alert() -> None:
    ran = subprocess.run([*VIGIE, "demo", "--no-serve"], capture_output=True, text=True, **PROCESS)
    counted = [line for line in ran.stderr.splitlines() if "travellers screened" in line]
    with (SAMPLE / "expected.csv").open(encoding="utf-8") as file:
        expected = [row for row in csv.DictReader(file) if row["alert"] == "yes"]
    assert (ran.returncode, ran.stdout) == (0, "")
    assert sum(int(line.split(", ")[1].split()[0]) for line in counted) == len(expected)
    assert all(row["entry"] in ran.stderr for row in expected)
    assert "Every person and every listing in it is invented" in ran.stderr
