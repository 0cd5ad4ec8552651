"""The folder of keys for originals that wait sealed."""

import argparse
from pathlib import Path

from vigie.errors import UsageError
from vigie.store import sealed

_SQLITE = "sqlite:///"


def add_keys(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--keys",
        metavar="FOLDER",
        type=Path,
        help="keys of originals that wait sealed, to be left out of every backup (default: FILE.keys beside SQLite's)",
    )


def keys_folder(given: argparse.Namespace, make: bool = False) -> Path:
    """The key folder; only what seals may `make` it. Raises UsageError when none is named beside PostgreSQL, or when
    there is none to open what is sealed."""
    folder: Path | None = given.keys
    if folder is None:
        if not given.database.startswith(_SQLITE):
            raise UsageError("--keys is missing: with PostgreSQL, name a folder of this machine for the keys")
        folder = Path(given.database.removeprefix(_SQLITE) + ".keys")
    if not (make or folder.is_dir()):
        raise UsageError(f"{folder}: no key folder there, and none was made; give --keys as to 'vigie ingest'")
    sealed.prepare(folder)
    return folder
