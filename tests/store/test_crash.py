"""A process that dies leaves whole messages or none, on both databases: it is killed without warning here."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.store.invented import decision, match, message, numbers_of_rows, record, traveller
from vigie.store import Receipt, Store, open_store

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 50

pytestmark = pytest.mark.nightly


def _record_crowd(store: Store, number: int) -> Receipt:
    people = [traveller(f"M{number}P{place}") for place in range(PEOPLE)]
    screened = [decision(place, match()) for place in range(PEOPLE)]
    return record(store, message(f"crowd {number}", travellers=people), *screened)


def record_forever(url: str) -> None:
    """Print the number of each message once the store has said that it is recorded."""
    with open_store(url) as store:
        for number in count():
            _record_crowd(store, number)
            os.write(1, f"{number}\n".encode())


def stop_inside(url: str) -> None:
    """Print a line when the transaction holds everything but its events, and wait there."""

    def wait(_: sa.Connection, __: object, statement: str, *rest: object) -> None:
        if statement.startswith("INSERT INTO events"):
            os.write(1, b"inside\n")
            signal.pause()

    with open_store(url) as store:
        sa.event.listen(sa.Engine, "before_cursor_execute", wait)
        _record_crowd(store, 0)


@contextmanager
def _child(task: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that does `task`; killed at the end."""
    code = f"from tests.store.test_crash import {task}; {task}({url!r})"
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _whole(messages: int) -> dict[str, int]:
    each = {"messages": 1, "qualities": 1, "inputs": 1, "mentions": 1, "travellers": PEOPLE, "decisions": PEOPLE}
    once = min(messages, 1)  # all speak of the same flight, and match the same entry
    numbers = {table: number * messages for table, number in each.items()}
    return (
        numbers
        | {"matches": PEOPLE * messages, "events": (PEOPLE + 1) * messages, "entries": once}
        | {"journeys": once, "legs": 2 * once}
    )


def test_killed_inside_a_transaction_nothing_of_it_stays(url: str) -> None:
    open_store(url).close()
    with _child("stop_inside", url) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "inside\n"
        process.kill()
        process.wait()
    with open_store(url) as store:
        assert set(numbers_of_rows(url).values()) == {0}
        assert _record_crowd(store, 0).already is False


@pytest.mark.parametrize("receipts", [1, 4, 9, 16, 25])
def test_killed_at_any_moment_what_was_acknowledged_is_there_and_whole(url: str, receipts: int) -> None:
    """At most one more message than was acknowledged: the one being recorded when the process died."""
    with _child("record_forever", url) as process:
        assert process.stdout is not None
        acknowledged = len(list(islice(process.stdout, receipts)))
        time.sleep(0.0037 * receipts)  # the kill falls elsewhere in a transaction each time
        process.kill()
        acknowledged += len(list(process.stdout))
    time.sleep(0.2)  # a server finishes the statement it was sent before it notices
    with open_store(url) as store:
        stored = store.counts().messages
        assert acknowledged <= stored <= acknowledged + 1
        assert numbers_of_rows(url) == _whole(stored)
