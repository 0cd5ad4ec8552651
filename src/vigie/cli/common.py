"""Arguments that several commands share."""

import argparse
import datetime as dt
import math
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vigie import app
from vigie.cli import streams
from vigie.errors import StoreError, UsageError
from vigie.matching import Index
from vigie.screening import ALERTS_PER_MILLION

if TYPE_CHECKING:
    from vigie.store import Store

_LEAST_ALERTS = 1e-9


def add_lists(command: argparse.ArgumentParser, required: bool = True) -> None:
    command.add_argument(
        "--list",
        dest="lists",
        metavar="[FORMAT:]PATH",
        action="extend",
        nargs="+",
        required=required,
        default=None if required else [],
        help="a watchlist file, the folder of a list in parts, or an index file; give it again for more lists",
    )


def index_of(places: Sequence[str]) -> Index:
    """The index of the lists or the index file named, with a word where no kernel searches it. Raises as
    `app.load_index`."""
    index = app.load_index(places)
    if index.not_compiled is not None:
        streams.say(f"vigie: searching without the compiled kernel, some hundred times slower: {index.not_compiled}")
    return index


def add_database(command: argparse.ArgumentParser, about: str) -> None:
    command.add_argument(
        "--database",
        metavar="FILE|URL",
        type=database,
        required=True,
        help=f"{about}: an SQLite file or a PostgreSQL address",
    )


def add_operating_point(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--alerts-per-million",
        metavar="N",
        type=positive,
        default=ALERTS_PER_MILLION,
        help="false alerts accepted per million travellers of a general population (default: %(default)g)",
    )


def add_as_of(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of",
        metavar="DATE",
        type=day,
        default=None,
        help="day the input is read as of, YYYY-MM-DD: two-digit years depend on it (default: today)",
    )


def refuse_input(out: Path, inputs: Iterable[Path], option: str = "--out") -> None:
    """Raises UsageError when the answer would take the place of an input, however its path is spelt.

    option: which names the file of the answer.
    """
    for path in inputs:
        try:
            same = os.path.samefile(out, path)
        except OSError:  # one is not there; whoever reads or writes it says so
            continue
        if same:
            raise UsageError(f"{out}: is the same file as {path}, which is read; name another file with {option}")


def positive(text: str) -> float:
    """A number of alerts. Far below one in a million million the threshold would be no number any more."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not _LEAST_ALERTS <= value < math.inf:
        raise argparse.ArgumentTypeError(f"'{text}' is no number above 0 (at least {_LEAST_ALERTS:g})")
    return value


def count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number above 0")
    return int(text)


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day; YYYY-MM-DD is expected") from None


def as_of(given: argparse.Namespace) -> dt.date:
    """The day asked for, else today by UTC."""
    asked: dt.date | None = given.as_of
    return asked or dt.datetime.now(dt.UTC).date()


def database(text: str) -> str:
    """A database URL, or the path of an SQLite file."""
    if "://" in text:
        return text
    if not text:
        raise UsageError("--database is empty; give a file or a database URL")
    return f"sqlite:///{text}"


def opened(database: str, make: bool = False, tell: bool = False) -> "Store":
    """The store at a database URL; only a command that fills it may `make` it, lest a name mistyped make an empty one,
    and where there usually is one already, it is to `tell` that it was made.
    Raises StoreError, which names an SQLite file; an address may hold a password."""
    from vigie.store import open_store  # here, because only who records should wait for the database's libraries

    path = database.removeprefix("sqlite:///")
    new = tell and path != database and not os.path.exists(path)
    try:
        store = open_store(database, make)
        if new:
            streams.say(f"{path}: a new database was made")
        return store
    except StoreError as error:
        named = path == database or re.search(rf"(?<![\w/.-]){re.escape(path)}(?![\w/.-])", str(error))
        if named:
            raise
        error.args = (f"{path}: {error}",)
        raise error from None
