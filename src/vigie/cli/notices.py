"""`vigie notices`: what carriers are told of their messages."""

import argparse
import datetime as dt
from contextlib import suppress
from pathlib import Path

from vigie.cli import common, ingest, output, streams
from vigie.errors import InputError
from vigie.ingest import notices

_EXAMPLES = """\
examples:
  vigie notices --database work.db --out notices/     a file for each thing that was not told yet
"""


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    common.add_database(command, "the database of 'vigie ingest' and 'vigie schedule'")
    command.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="where the files go; it must exist")
    command.add_argument(
        "--days", metavar="N", type=_days, default=7, help="how many days it looks back (default: %(default)s)"
    )
    command.add_argument(
        "--now", metavar="MOMENT", type=_moment, default=None, help="as of 2026-11-23T04:40Z (default: now)"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    if not given.out.is_dir():
        raise InputError(f"{given.out}: is no folder; make it first")
    with common.opened(given.database) as store:
        written = notices.write(store, given.out, given.days, given.now or ingest.now())
    for row in written:
        streams.text_line(row.file)
    streams.flush()
    by_outcome = ", ".join(f"{number} {outcome}" for outcome, number in sorted(notices.outcomes(written).items()))
    streams.say(f"{output.counted(len(written), 'notice')} written{': ' if by_outcome else ''}{by_outcome}")
    return 0


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 <= int(text) <= 400):
        raise argparse.ArgumentTypeError("a number of days from 0 to 400 is expected")
    return int(text)


def _moment(text: str) -> dt.datetime:
    with suppress(ValueError):
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment
    raise argparse.ArgumentTypeError(f"'{text}' is no moment with a zone; 2026-11-23T04:40Z is expected")
