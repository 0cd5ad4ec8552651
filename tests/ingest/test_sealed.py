"""Sealed originals: nobody without the key, nobody after 72 hours, on both databases."""

import datetime as dt
import os
import stat
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.ingest.conftest import AIR, START, Clock, came
from tests.store.invented import past_the_store, rows
from vigie.errors import StoreError
from vigie.ingest.door import Door
from vigie.store import Store, open_store, sealed, tables

CLEAR = b"GARBAGEMARKER of somebody"
SUM = "ab" * 32


def test_what_is_sealed_opens_with_its_key_and_its_name_alone(keys: Path) -> None:
    shut = sealed.seal(keys, CLEAR, SUM, START)
    assert CLEAR not in shut.data
    assert shut.hour == "2026-11-23T04"
    assert sealed.unseal(keys, shut, SUM) == CLEAR
    assert sealed.unseal(keys, shut, "cd" * 32) is None
    (keys / shut.hour).write_bytes(bytes(32))
    assert sealed.unseal(keys, shut, SUM) is None
    (keys / shut.hour).unlink()
    assert sealed.unseal(keys, shut, SUM) is None


def test_an_hour_has_one_key_and_the_next_another(keys: Path) -> None:
    moments = [START, START + dt.timedelta(minutes=19, seconds=59), START + dt.timedelta(minutes=20)]
    shut = [sealed.seal(keys, CLEAR, SUM, moment) for moment in moments]
    assert [one.hour for one in shut] == ["2026-11-23T04", "2026-11-23T04", "2026-11-23T05"]
    assert len({one.data for one in shut}) == 3, "the same bytes never look alike"
    names = sorted(file.name for file in keys.iterdir())
    assert names == ["2026-11-23T04", "2026-11-23T05"]
    assert (keys / names[0]).read_bytes() != (keys / names[1]).read_bytes()
    assert {stat.S_IMODE((keys / name).stat().st_mode) for name in names} == {0o600}
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_threads_that_make_a_key_at_once_end_with_one(keys: Path) -> None:
    shut: list[sealed.Sealed] = []
    threads = [threading.Thread(target=lambda: shut.append(sealed.seal(keys, CLEAR, SUM, START))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sealed.unseal(keys, one, SUM) for one in shut] == [CLEAR] * 8
    assert len(list(keys.iterdir())) == 1


def test_a_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    os.chmod(tmp_path / "open", 0o755)
    with pytest.raises(StoreError, match="chmod 700"):
        sealed.prepare(tmp_path / "open")
    with pytest.raises(StoreError, match="does not exist"):
        sealed.prepare(tmp_path / "none" / "keys")


@pytest.mark.parametrize(("hours", "gone"), [(71, False), (71.32, False), (71.34, True), (72, True), (500, True)])
def test_after_72_hours_key_and_row_are_gone(
    hours: float, gone: bool, door: Door, store: Store, keys: Path, clock: Clock, url: str
) -> None:
    """Sealed at 04:40, so over at 04:00 three days on: never a minute more than 72 hours."""
    taken = door.take(CLEAR, came("t1"))
    held = store.inbox.kept(taken.arrival)
    assert held is not None
    assert held.sealed is not None
    clock.forward(hours=hours)
    expired = store.expire_sealed(keys, clock())
    assert (expired.keys, expired.originals) == ((1, 1) if gone else (0, 0))
    assert (sealed.unseal(keys, held.sealed, taken.sha256) is None) == gone
    assert (list(keys.iterdir()) == []) == gone
    assert (rows(url, "sealed") == []) == gone
    after = store.inbox.kept(taken.arrival)
    assert after is not None
    assert b"GARBAGE" not in after.original
    assert store.expire_sealed(keys, clock()) == sealed.Expired(keys=0, originals=0)


PLANTED = b"PLANTEDMARKER" * 1000
"""Longer than a page of the file, so that it lies on pages of its own; see the other one for what shares a page."""


@pytest.mark.parametrize("planted", [PLANTED, b"PLANTEDMARKER"], ids=["pages of its own", "a part of a page"])
def test_what_is_removed_is_overwritten_in_file_and_log(
    planted: bytes, tmp_path: Path, keys: Path, clock: Clock
) -> None:
    """Sealed bytes are cipher; these are clear, so that they can be looked for. The store stays open meanwhile."""
    with open_store(f"sqlite:///{tmp_path / 'vigie.db'}") as store:
        taken = Door(store.inbox, AIR, keys, clock).take(CLEAR, came("t1"))
        with past_the_store(f"sqlite:///{tmp_path / 'vigie.db'}") as connection:
            connection.execute(sa.update(tables.sealed).values(data=planted))
        assert b"PLANTEDMARKER" in _written(tmp_path)
        clock.forward(hours=72)
        assert store.expire_sealed(keys, clock()).originals == 1
        assert b"PLANTEDMARKER" not in _written(tmp_path)
        assert store.inbox.kept(taken.arrival) is not None


def _written(folder: Path) -> bytes:
    """The database with its log, as on the disk."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("vigie.db*")))


def test_the_key_goes_first_and_rows_follow_though_another_destroyed_it(
    door: Door, store: Store, keys: Path, clock: Clock, url: str
) -> None:
    door.take(CLEAR, came("t1"))
    for key in keys.iterdir():
        key.unlink()
    clock.forward(hours=72)
    assert store.expire_sealed(keys, clock()) == sealed.Expired(keys=0, originals=1)
    assert rows(url, "sealed") == []
    assert store.events(1)[0].counts == {"keys": 0, "originals": 1}


def test_other_files_of_the_folder_are_left_alone(store: Store, keys: Path, clock: Clock) -> None:
    (keys / "README").write_text("keys of Vigie")
    clock.forward(hours=1000)
    store.expire_sealed(keys, clock())
    assert [file.name for file in keys.iterdir()] == ["README"]


def test_only_replay_opens_what_is_sealed() -> None:
    """`unseal` is called in one place of the program."""
    source = Path(sealed.__file__).resolve().parents[1]
    calling = [path.name for path in source.rglob("*.py") if "unseal(" in path.read_text(encoding="utf-8")]
    assert sorted(calling) == ["replay.py", "sealed.py"]
