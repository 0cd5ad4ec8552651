"""The watched folder: only what is complete, everything once, nothing lost where a process dies."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import PROCESS
from tests.conftest import ROOT
from tests.ingest.conftest import came, paxlst
from vigie.config import Limits
from vigie.errors import InputError
from vigie.ingest.door import Door
from vigie.ingest.folder import PRIVATE, QUIET_SECONDS, Folder
from vigie.store import Store, open_store


class Hand:
    """A folder to put files in, and the seconds of its clock."""

    def __init__(self, path: Path) -> None:
        self.path, self.seconds, self.said = path, 0.0, list[str]()

    def put(self, name: str, data: bytes) -> Path:
        file = self.path / name
        file.write_bytes(data)
        return file

    def left(self) -> list[str]:
        return sorted(str(path.relative_to(self.path)) for path in self.path.rglob("*") if path.is_file())

    def is_empty(self) -> bool:
        """While another process works in it: a file that goes as it is looked for is still there."""
        try:
            return not [name for name in self.left() if not name.endswith("/lock")]
        except FileNotFoundError:
            return False

    def names(self) -> list[str]:
        return [name for name in self.left() if not name.startswith(f"{PRIVATE}/")]


@pytest.fixture
def hand(tmp_path: Path) -> Hand:
    (tmp_path / "in").mkdir()
    return Hand(tmp_path / "in")


@contextmanager
def watched(hand: Hand, door: Door) -> Iterator[Folder]:
    with Folder(hand.path, door, hand.said.append, lambda: hand.seconds) as folder:
        yield folder


def test_a_complete_file_is_taken_in_and_gone(hand: Hand, door: Door, store: Store) -> None:
    hand.put("a.edi", paxlst("HOLT"))
    with watched(hand, door) as folder:
        assert folder.poll() == 0
        hand.seconds += QUIET_SECONDS
        assert folder.poll() == 1
        assert folder.poll() == 0
    assert hand.left() == []
    (row,) = store.inbox.rows()
    assert (row.channel, row.source, row.travellers) == ("folder", row.sha256[:12], 1)


def test_a_file_that_still_grows_is_left_alone(hand: Hand, door: Door, store: Store) -> None:
    data = paxlst("HOLT", "BERG")
    with watched(hand, door) as folder:
        for end in range(20, len(data), 40):
            hand.put("a.edi", data[:end])
            assert folder.poll() == 0
            hand.seconds += QUIET_SECONDS * 0.9
        hand.put("a.edi", data)
        folder.poll()
        hand.seconds += QUIET_SECONDS
        assert folder.poll() == 1
    assert [row.travellers for row in store.inbox.rows()] == [2]


UNTOUCHED = [".hidden", "a.part", "b.TMP", "c.edi.tmp", ".vigie-notes"]


@pytest.mark.parametrize("name", UNTOUCHED)
def test_names_of_unfinished_files_are_left_alone(name: str, hand: Hand, door: Door) -> None:
    hand.put(name, paxlst("HOLT"))
    with watched(hand, door) as folder:
        assert folder.poll(settled=True) == 0
    assert hand.names() == [name]


def test_links_and_folders_are_left_alone(hand: Hand, door: Door, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.edi").write_bytes(paxlst("HOLT"))
    (hand.path / "link.edi").symlink_to(tmp_path / "elsewhere.edi")
    (hand.path / "sub").mkdir()
    os.mkfifo(hand.path / "pipe")
    with watched(hand, door) as folder:
        assert folder.poll(settled=True) == 0
    assert (tmp_path / "elsewhere.edi").exists()


def test_what_is_too_large_stays_and_is_told_once(hand: Hand, door: Door, store: Store) -> None:
    door.limits = Limits(message_bytes=100)
    hand.put("big.edi", paxlst("HOLT"))
    with watched(hand, door) as folder:
        assert [folder.poll(settled=True) for _ in range(3)] == [0, 0, 0]
    assert hand.names() == ["big.edi"]
    assert len(hand.said) == 1
    assert store.inbox.rows() == []


def test_what_has_no_legal_basis_is_gone_and_only_an_event_is_left(hand: Hand, door: Door, store: Store) -> None:
    hand.put("sea.edi", paxlst("HOLT", mode="1"))
    with watched(hand, door) as folder:
        assert folder.poll(settled=True) == 0
    assert hand.left() == []
    assert [event.action for event in store.events(9)] == ["arrival.refused"]
    (refused,) = store.inbox.refused()
    assert (refused.channel, refused.carrier, refused.reason, refused.travellers) == (
        "folder",
        None,
        "NO_LEGAL_BASIS",
        1,
    )
    assert "NO_LEGAL_BASIS" in hand.said[0]


def test_to_a_terminal_a_file_is_told_by_its_name(hand: Hand, door: Door) -> None:
    """Elsewhere the name may be kept (a service's log), and may be a person's. Nothing in it steers the terminal."""
    for name, mode in (("\x1b[2Ja.edi", ""), ("sea.edi", "1")):
        hand.put(name, paxlst("HOLT", mode=mode))
    door.limits = Limits(message_bytes=1000)
    hand.put("big.edi", bytes(1001))
    with Folder(hand.path, door, hand.said.append, lambda: hand.seconds, names=True) as folder:
        folder.poll(settled=True)
    assert folder.left_out == 2
    told = "\n".join(hand.said)
    for says in (
        "\ufffd[2Ja.edi (",
        "sea.edi (",
        "was refused and removed [NO_LEGAL_BASIS]",
        "big.edi (1001 bytes) stays",
    ):
        assert says in told
    assert "\x1b" not in told


def test_names_of_any_bytes(hand: Hand, door: Door, store: Store) -> None:
    for name in (b"\xe9t\xe9.edi", b"a b'c;.edi", b"n" * 250):
        (Path(os.fsdecode(os.fsencode(hand.path) + b"/" + name))).write_bytes(paxlst(f"P{len(name)}"))
    with watched(hand, door) as folder:
        assert folder.poll(settled=True) == 3
    assert hand.left() == []
    assert store.inbox.counts() == {"waiting": 3}


def test_what_a_dead_process_had_claimed_is_taken_over(hand: Hand, door: Door, store: Store) -> None:
    """It died between renaming and committing, or between committing and unlinking."""
    before, after = paxlst("HOLT"), paxlst("BERG")
    dead = hand.path / PRIVATE / "0123"
    for ticket, data in (("t1", before), ("t2", after)):
        (dead / ticket).mkdir(parents=True)
        (dead / ticket / f"{ticket}.edi").write_bytes(data)
    (dead / "lock").touch()
    with watched(hand, door) as folder:
        door.take(after, came("t2"))
        assert folder.poll() == 2
    assert hand.left() == []
    assert store.inbox.counts() == {"waiting": 2}


def test_what_a_living_process_has_claimed_is_its_own(hand: Hand, door: Door, store: Store) -> None:
    hand.put("a.edi", paxlst("HOLT"))
    with watched(hand, door) as one, watched(hand, door) as other:
        claimed = one._claim("a.edi")
        assert claimed is not None
        assert other.poll(settled=True) == 0
        assert one.poll() == 1
    assert store.inbox.counts() == {"waiting": 1}


def test_written_to_after_all_it_is_taken_again(hand: Hand, door: Door, store: Store) -> None:
    """A transfer that pauses for more than a second goes on into the claimed file."""
    data = paxlst("HOLT", "BERG")
    open_file = (hand.path / "a.edi").open("wb", buffering=0)
    open_file.write(data[:150])
    taking = door.take

    def slowly(*given: object) -> object:
        if not open_file.closed:
            open_file.write(data[150:])
            open_file.close()
        return taking(*given)  # type: ignore[arg-type]

    door.take = slowly  # type: ignore[method-assign, assignment]
    with watched(hand, door) as folder:
        assert folder.poll(settled=True) == 2
    assert hand.left() == []
    assert max(row.travellers for row in store.inbox.rows()) == 2


def test_a_folder_that_is_none(tmp_path: Path, door: Door) -> None:
    with pytest.raises(InputError, match="cannot be watched"), Folder(tmp_path / "none", door, print):
        pass


# -- crashes ----------------------------------------------------------------------------------------------------

KILLS = 12
FILES = 20
"""New ones for each process, so that a fast machine does not end the work before the first is killed."""
INGEST = """
import sys, datetime as dt
from pathlib import Path
from tests.ingest.conftest import AIR
from vigie.ingest.door import Door
from vigie.ingest.folder import Folder
from vigie.store import open_store
with open_store(sys.argv[1]) as store:
    door = Door(store.inbox, AIR, Path(sys.argv[3]), lambda: dt.datetime.now(dt.UTC))
    with Folder(Path(sys.argv[2]), door, lambda _: None) as folder:
        print("ready", flush=True)
        while True:
            folder.poll(settled=True)
"""


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_nothing_is_lost_or_doubled(seed: int, hand: Hand, url: str, keys: Path) -> None:
    """Each process finds new files beside those that the one before it was killed over; the last one ends the work."""
    command = [sys.executable, "-c", INGEST, url, str(hand.path), str(keys)]
    environment = PROCESS["env"] | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    for kill in range(KILLS):
        for number in range(FILES):
            hand.put(f"{kill}-{number}.edi", paxlst(f"P{kill}X{number}"))
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(0.02 * ((seed * 7 + kill * 5) % 17))
            running.send_signal(signal.SIGKILL)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as running:
        try:
            deadline = time.monotonic() + 120
            while not hand.is_empty() and time.monotonic() < deadline:
                time.sleep(0.05)
        finally:
            running.kill()
    with open_store(url) as store:
        assert store.inbox.counts() == {"waiting": KILLS * FILES}
        rows = store.inbox.rows(limit=2 * KILLS * FILES)
        sent = (paxlst(f"P{kill}X{number}") for kill in range(KILLS) for number in range(FILES))
        assert {row.sha256 for row in rows} == {hashlib.sha256(data).hexdigest() for data in sent}


OURS = [
    (b"entry_id,kind,name,birth_date,sex,nationality,document_number\nN1,primary,HOLT,,,,\n", "this is a watchlist"),
    (b"mode,carrier,number,from,to,departs\nsea,ZF,201,MTMLA,ITPZL,18:30\n", "this is a schedule"),
    (b"SQLite format 3\0" + bytes(84), "this is an SQLite database"),
    (b'state = "NOR"\n[modes.air]\nretention_days = 9\n', "this is the profile of a deployment"),
]


@pytest.mark.parametrize(("data", "says"), OURS, ids=[says for _, says in OURS])
def test_what_is_ours_stays_where_it_is_and_is_told_once(
    data: bytes, says: str, hand: Hand, door: Door, store: Store
) -> None:
    hand.put("ours", data)
    hand.put("a.edi", paxlst("HOLT"))
    with watched(hand, door) as folder:
        assert folder.poll(settled=True) == 1
        assert folder.poll(settled=True) == 0
        assert folder.left_out == 1
    assert hand.names() == ["ours"]
    assert len(store.inbox.rows()) == 1
    (told,) = [line for line in hand.said if "stays in" in line]
    assert says in told
    assert "HOLT" not in told
