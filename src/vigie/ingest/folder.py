"""The door that is a folder: files that appear in it are taken in and removed.

A file is claimed by renaming it into a folder of this process, which no other process can do at the same time, then
read, committed to the inbox, and unlinked. Wherever the process dies, the file is either still claimed, and the next
process finds it, or in the inbox, under a ticket that is not taken in twice. The folder must lie on a local disk.
"""

import fcntl
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from vigie.errors import InputError, StoreError
from vigie.ingest.door import Came, Door, RefusedError, Taken, becomes, called
from vigie.ingest.fault import fault
from vigie.messages import foreign
from vigie.messages.foreign import Foreign

CHANNEL: Final = "folder"
PRIVATE: Final = ".vigie"
"""Inside the watched folder, so that renaming never crosses disks."""
QUIET_SECONDS: Final = 1.0
"""A file that has not changed for this long is complete."""
_UNFINISHED: Final = (".part", ".tmp")
_LOCK: Final = "lock"
_MAKING: Final = ".new"

Say = Callable[[str], None]


class _Seen(NamedTuple):
    """What tells that a file has changed."""

    size: int
    changed: int
    inode: int


class Folder:
    """A watched folder. Use it as a context manager; `poll` does the work, from one thread."""

    def __init__(
        self, folder: Path, door: Door, say: Say, clock: Callable[[], float] = time.monotonic, names: bool = False
    ) -> None:
        """`names`: files are told by their names, which may be persons': only where a person reads and nobody keeps
        what is said. Else they are told by their sums."""
        self._folder, self._door, self._say, self._clock, self._names = folder, door, say, clock, names
        self.left_out = 0
        """Files that were refused, or stay where they are until a person sees to them."""
        self._private = folder / PRIVATE
        self._mine = self._private / secrets.token_hex(8)
        self._seen: dict[str, tuple[_Seen, float]] = {}
        self._told: set[str] = set()
        """Names of files that were spoken of already."""
        self._lock: int | None = None

    def __enter__(self) -> Self:
        """Raises InputError when the folder cannot be used."""
        try:
            self._private.mkdir(mode=0o700, exist_ok=True)
            self._lock = _locked_folder(self._mine)
        except OSError as error:
            raise InputError(
                f"{self._folder}: cannot be watched ({error.strerror}); a folder this user may write is expected"
            ) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):
            if [path.name for path in self._mine.iterdir()] == [_LOCK]:  # else what is in it waits for the next process
                (self._mine / _LOCK).unlink()
                self._mine.rmdir()
        if self._lock is not None:
            os.close(self._lock)

    def poll(self, settled: bool = False) -> int:
        """Take in every file that is complete; how many those were. With `settled` all files count as complete.

        Raises StoreError when the inbox cannot take them: they stay claimed, and the next call tries again.
        """
        self._adopt()
        taken = sum(self._take(claimed) for claimed in list(self._claimed_here()))
        for name in self._complete(settled):
            if (new := self._claim(name)) is not None:
                taken += self._take(new)
        return taken

    # -- finding ----------------------------------------------------------------------------------------------

    def _complete(self, settled: bool) -> Iterator[str]:
        """Names of files that nobody writes any more, the oldest first."""
        now, before = self._clock(), self._seen
        self._seen = {}
        ready = []
        for name, seen in self._files():
            first = before[name][1] if name in before and before[name][0] == seen else now
            self._seen[name] = (seen, first)
            if settled or now - first >= QUIET_SECONDS:
                ready.append((seen.changed, name))
        return (name for _, name in sorted(ready))

    def _files(self) -> Iterator[tuple[str, _Seen]]:
        """Plain files of the folder with a name of a finished one. Links are not followed: they may lead anywhere."""
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED):
                    continue
                with suppress(FileNotFoundError):
                    if entry.is_file(follow_symlinks=False) and self._may_be_taken(entry):
                        yield entry.name, _seen(entry.stat(follow_symlinks=False))

    def _may_be_taken(self, entry: os.DirEntry[str]) -> bool:
        """False for a file that stays where it is, because a person has to see to it; said once."""
        size, most = entry.stat(follow_symlinks=False).st_size, self._door.limits.message_bytes
        if size > most:
            says = f"at most {most} bytes are taken in; split it"
        elif not os.access(entry.path, os.R_OK):
            says = "this user may not read it; give the right"
        elif (known := _known(entry.path)) is not None and known.ours:
            says = known.says
        else:
            self._told.discard(entry.name)
            return True
        if entry.name not in self._told:
            self._told.add(entry.name)
            self.left_out += 1
            name = f"{_in_one_line(entry.name)} ({size} bytes)" if self._names else f"a file of {size} bytes"
            self._say(f"{name} stays in {self._folder}: {says}")
        return False

    # -- claiming ---------------------------------------------------------------------------------------------

    def _claim(self, name: str) -> Path | None:
        """The file in a folder of its own, whose name is the ticket; None when somebody else has taken it."""
        own = self._mine / secrets.token_hex(16)
        own.mkdir(mode=0o700)
        try:
            os.rename(self._folder / name, own / name)
        except OSError:
            own.rmdir()
            return None
        return own / name

    def _claimed_here(self) -> Iterator[Path]:
        """What an earlier call could not hand in."""
        for own in sorted(self._mine.iterdir()):
            if own.is_dir():
                files = list(own.iterdir())
                yield from files
                if not files:
                    own.rmdir()

    def _adopt(self) -> None:
        """Move here what processes that died had claimed."""
        for other in list(self._private.iterdir()):
            if other == self._mine or other.name.endswith(_MAKING) or (lock := _try_lock(other)) is None:
                continue
            with suppress(FileNotFoundError):  # a third process was faster
                for own in [path for path in other.iterdir() if path.is_dir()]:
                    os.rename(own, self._mine / own.name)
                (other / _LOCK).unlink()
                other.rmdir()
            os.close(lock)

    # -- taking -----------------------------------------------------------------------------------------------

    def _take(self, claimed: Path) -> int:
        """Hand a claimed file in and unlink it: 1, or 0 when it was refused."""
        before = _seen(claimed.stat())
        data = claimed.read_bytes()
        taken = self._hand_in(data, claimed)
        if _seen(claimed.stat()) != before:
            # Somebody still wrote to it after a second of silence: what came since must not go with the file.
            again = claimed.parent.parent / secrets.token_hex(16)
            os.rename(claimed.parent, again)
            return taken + self._take(again / claimed.name)
        claimed.unlink()
        _sync(claimed.parent)
        claimed.parent.rmdir()
        return taken

    def _hand_in(self, data: bytes, claimed: Path) -> int:
        came = Came(ticket=claimed.parent.name, channel=CHANNEL)
        try:
            taken = self._door.take(data, came)
        except RefusedError as refused:
            self.left_out += 1
            name = self._called(claimed, hashlib.sha256(data).hexdigest())
            self._say(
                f"{name} was refused and removed [{refused.reason}]: {refused}; 'vigie inbox list --state refused'"
            )
            return 0
        self._tell(taken, self._called(claimed, taken.sha256))
        return 1

    def _called(self, claimed: Path, sha256: str) -> str:
        return f"{_in_one_line(claimed.name)} ({called(sha256)})" if self._names else f"file {called(sha256)}"

    def _tell(self, taken: Taken, name: str) -> None:
        """What only waits is told when it is processed; until then a person may want to know which file is which."""
        says = becomes(taken) or ("waits to be processed" if self._names else None)
        if says is not None:
            self._say(f"arrival {taken.arrival}: {name}: {says}")


def watch(folder: Folder, every: float, wait: Callable[[float], bool], say: Say) -> None:
    """Poll until `wait`, which sleeps that many seconds, says that it is time to end."""
    while True:
        try:
            folder.poll()
        except (StoreError, OSError) as error:
            says = error.strerror if isinstance(error, OSError) else error
            say(f"the folder cannot be worked on now: {says}")
        except Exception as error:  # noqa: BLE001  # a watcher that ends would leave every file where it is
            say(f"the folder cannot be worked on now: {fault(error)}")
        if wait(every):
            return


def _in_one_line(name: str) -> str:
    """A file name as text that cannot steer a terminal: bytes of another encoding than UTF-8 become `\\xff`."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _known(path: str) -> Foreign | None:
    """What a file is that is no message, by its beginning."""
    with open(path, "rb") as opened:
        return foreign.of(opened.read(foreign.HEAD))


def _seen(status: os.stat_result) -> _Seen:
    return _Seen(status.st_size, status.st_mtime_ns, status.st_ino)


def _locked_folder(folder: Path) -> int:
    """Make a folder that is locked as long as this process lives. The lock comes with the folder, or not at all."""
    making = folder.parent / f"{folder.name}{_MAKING}"
    making.mkdir(mode=0o700)
    lock = os.open(making / _LOCK, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    os.rename(making, folder)
    return lock


def _try_lock(folder: Path) -> int | None:
    """The lock of another process's folder, when that process is dead."""
    with suppress(OSError):
        if not stat.S_ISDIR(folder.lstat().st_mode):
            return None
        lock = os.open(folder / _LOCK, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return None
        return lock
    return None


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
