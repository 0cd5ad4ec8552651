"""Originals that could not be read whole wait sealed: encrypted, at most 72 hours, with no role that reads them.

AES-256-GCM with a key for each hour (UTC). Keys lie in a folder outside the database, one file each, named for its
hour; a copy of the database holds none. Destroying the key is what removes the original, also from the database's log
and from its backups; the rows go after it. `vigie.ingest.replay` is the only place that unseals.
"""

import datetime as dt
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vigie.errors import StoreError
from vigie.store import dialects, logbook, tables
from vigie.store.events import SYSTEM, Action, Event
from vigie.store.moments import utc_text

MOST: Final = dt.timedelta(hours=72)
"""From the beginning of the hour, so that nothing is kept a minute longer."""
_HOUR: Final = "%Y-%m-%dT%H"
_KEY_FILE: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}\Z")
_UNFINISHED: Final = ".new-"
_KEY_BYTES, _NONCE_BYTES = 32, 12


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """An original nobody can read without the key of its hour."""

    hour: str
    """`2026-11-23T04`, UTC."""
    nonce: bytes
    data: bytes


class Expired(msgspec.Struct, frozen=True, kw_only=True):
    """What was destroyed."""

    keys: int
    originals: int


def until(hour: str) -> dt.datetime:
    """When the key of this hour is to be destroyed."""
    return dt.datetime.strptime(hour, _HOUR).replace(tzinfo=dt.UTC) + MOST


def prepare(keys: Path) -> None:
    """Make the key folder, readable by its owner only. Raises StoreError when it cannot be, or is open to others."""
    try:
        keys.mkdir(mode=0o700, exist_ok=True)
        found = keys.stat()
    except FileNotFoundError:
        raise StoreError(f"the folder {keys.parent} does not exist; create it first") from None
    except OSError as error:
        raise StoreError(f"the key folder {keys} cannot be used: {error.strerror}") from None
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise StoreError(f"the key folder {keys} is open to other users; chmod 700 {keys}")


def seal(keys: Path, original: bytes, sha256: str, now: dt.datetime) -> Sealed:
    """`original`, sealed with the key of this hour. `sha256` names it: under another name it cannot be unsealed."""
    hour = f"{now.astimezone(dt.UTC):{_HOUR}}"
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return Sealed(hour=hour, nonce=nonce, data=AESGCM(_key_of(keys, hour)).encrypt(nonce, original, sha256.encode()))


def unseal(keys: Path, sealed: Sealed, sha256: str) -> bytes | None:
    """The original; None when its key is gone or is not in this folder."""
    try:
        key = (keys / sealed.hour).read_bytes()
    except OSError:
        return None
    with suppress(InvalidTag):
        return AESGCM(key).decrypt(sealed.nonce, sealed.data, sha256.encode())
    return None


def expire(engine: sa.Engine, keys: Path, now: dt.datetime) -> Expired:
    """Destroy every key that is 72 hours old, then the rows it sealed. Raises StoreError when a key cannot be."""
    hours = sorted(file.name for file in keys.iterdir() if _KEY_FILE.match(file.name)) if keys.is_dir() else []
    over = [hour for hour in hours if until(hour) <= now]
    _forget_unfinished(keys, now)
    try:
        for hour in over:
            _destroy(keys / hour)
    except OSError as error:
        raise StoreError(f"a key in {keys} cannot be destroyed ({error.strerror}); remove it by hand") from None
    return Expired(keys=len(over), originals=_remove_rows(engine, len(over), now))


def _remove_rows(engine: sa.Engine, keys: int, now: dt.datetime) -> int:
    # A key made at the start of hour H is over at H + 72 h: rows up to that hour go, whoever destroyed the key.
    last = f"{(now - MOST).astimezone(dt.UTC):{_HOUR}}"
    old = tables.sealed.c.hour <= last
    with dialects.reading(engine) as connection:
        any_old = connection.execute(sa.select(tables.sealed.c.id).where(old).limit(1)).first() is not None
    if not (keys or any_old):
        return 0
    with dialects.writing(engine) as connection:
        gone = connection.execute(sa.delete(tables.sealed).where(old)).rowcount
        counts = {"keys": keys, "originals": gone}
        event = Event(at=utc_text(now), actor=SYSTEM, action=Action.ORIGINALS_EXPIRED, counts=counts)
        logbook.append(connection, [event])
    dialects.forget_deleted(engine)
    return gone


# -- keys -------------------------------------------------------------------------------------------------------


def _key_of(keys: Path, hour: str) -> bytes:
    """The key of an hour, made when it is first wanted. Two processes that make it at once end with one key."""
    try:
        if not (keys / hour).exists():
            _make_key(keys, hour)
        return (keys / hour).read_bytes()
    except OSError as error:
        raise StoreError(f"no key can be kept in {keys} ({error.strerror}); nothing is sealed without one") from None


def _make_key(keys: Path, hour: str) -> None:
    unfinished = keys / f"{_UNFINISHED}{secrets.token_hex(8)}"
    file = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(file, secrets.token_bytes(_KEY_BYTES))
        os.fsync(file)
    finally:
        os.close(file)
    with suppress(FileExistsError):
        os.link(unfinished, keys / hour)  # unlike a renaming, this never replaces a key that has sealed something
    unfinished.unlink()
    _sync_folder(keys)


def _destroy(key: Path) -> None:
    """Overwrite, then remove. Where the disk keeps old blocks (flash, snapshots), the folder must lie elsewhere."""
    with suppress(FileNotFoundError):  # another process was faster
        file = os.open(key, os.O_WRONLY)
        try:
            os.write(file, bytes(_KEY_BYTES))
            os.fsync(file)
        finally:
            os.close(file)
        key.unlink()
        _sync_folder(key.parent)


def _forget_unfinished(keys: Path, now: dt.datetime) -> None:
    """Keys that a process died over. They have sealed nothing."""
    for file in keys.glob(f"{_UNFINISHED}*") if keys.is_dir() else ():
        with suppress(OSError):
            if file.stat().st_mtime < now.timestamp() - 3600:
                file.unlink()


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
