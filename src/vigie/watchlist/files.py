"""From a path to a Watchlist: the only part of this room that touches files."""

import hashlib
from pathlib import Path

from vigie.config import LIMITS
from vigie.errors import ListError
from vigie.records import Watchlist
from vigie.watchlist import recognise
from vigie.watchlist.manifest import manifest_of
from vigie.watchlist.parts import Files, checked


def read(path: Path | str, format: str | None = None) -> Watchlist:
    """The list in a file, or in a folder for a publisher who splits it; its format is recognised by content.

    `format` (a key of `recognise.FORMATS`) is for a file that is not recognised. Raises ListError with one line for the
    user when the list is damaged, incomplete or empty, or its manifest is; UsageError for a format that is not known.
    """
    path = Path(path)
    key, files = _folder(path) if path.is_dir() else _file(path, format)
    if format is not None and key != recognise.chosen(format):
        raise ListError(f"{path}: the folder is in format {key}, not {format} as asked")
    parts = checked(recognise.FORMATS[key].parse(files))
    if not parts.entries:
        raise ListError(f"{path}: holds no person, so nothing can be screened against it; fetch the list again")
    return Watchlist(
        list=parts.list,
        format=key,
        version=_version(files),
        date=parts.date,
        entries=parts.entries,
        others=parts.others,
        problems=parts.problems,
        operational=manifest_of(path) is not None,
    )


def _file(path: Path, format: str | None) -> tuple[str, Files]:
    if format is not None:
        key = recognise.chosen(format)
    else:
        key = recognise.of_file(_content(path, recognise.HEAD), str(path))
    return key, {str(path): _content(path, LIMITS.list_bytes)}


def _folder(path: Path) -> tuple[str, Files]:
    try:
        names = [entry.name for entry in path.iterdir()]
    except OSError as error:
        raise ListError(f"{path}: cannot be read: {error.strerror}") from None
    key, parts = recognise.of_folder(names, str(path))
    return key, {str(path / part): _content(path / part, LIMITS.list_bytes) for part in parts}


def _content(path: Path, first: int) -> bytes:
    """At most `first` bytes of a file that is there, not empty and not above the limit; ListError otherwise."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ListError(f"{path}: is no file; give the list's file or folder")
        if size > LIMITS.list_bytes:
            raise ListError(
                f"{path}: {size} bytes are more than the limit of {LIMITS.list_bytes}; check that it is a list"
            )
        if size == 0:
            raise ListError(f"{path}: is empty; fetch the list again")
        with path.open("rb") as file:
            return file.read(first)
    except OSError as error:
        raise ListError(f"{path}: cannot be read: {error.strerror}; check the path") from None


def _version(files: Files) -> str:
    digest = hashlib.sha256()
    for content in files.values():
        digest.update(content)
    return digest.hexdigest()
