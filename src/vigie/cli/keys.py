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


def keys_folder(given: argparse.Namespace) -> Path:
    """The key folder, made when it is not there. Raises UsageError when none is named beside PostgreSQL."""
    folder: Path | None = given.keys
    if folder is None:
        if not given.database.startswith(_SQLITE):
            raise UsageError("--keys is missing: with PostgreSQL, name a folder of this machine for the keys")
        folder = Path(given.database.removeprefix(_SQLITE) + ".keys")
    sealed.prepare(folder)
    return folder
