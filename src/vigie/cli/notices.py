"""`vigie notices`: what carriers are told of their messages."""

import argparse
import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from vigie.cli import common, ingest, output, streams
from vigie.errors import InputError, UsageError
from vigie.ingest import notices
from vigie.store.notices import NoticeRow
from vigie.web import languages

_EXAMPLES = """\
examples:
  vigie notices --database work.db --dry-run          what would be written
  vigie notices --database work.db --out notices/     a file for each thing that was not told yet
"""
_DAYS = 2


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    common.add_database(command, "the database of 'vigie ingest' and 'vigie schedule'")
    command.add_argument("--out", metavar="FOLDER", type=Path, help="where the files go; made when it is not there")
    command.add_argument(
        "--dry-run", action="store_true", help="print the names of the files, write and record nothing"
    )
    command.add_argument(
        "--days",
        metavar="N",
        type=_days,
        default=_DAYS,
        help="only what became due, or came, within the last N days; older is never told (default: %(default)s)",
    )
    command.add_argument(
        "--contact", metavar="TEXT", default="", help="whom the carrier may ask, as one line of each notice"
    )
    command.add_argument(
        "--now", metavar="MOMENT", type=_moment, default=None, help="as of 2026-11-23T04:40Z (default: now)"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    if given.out is None and not given.dry_run:
        raise UsageError("--out is missing: name the folder the notices go to, or say --dry-run")
    moment = given.now or ingest.now()
    with common.opened(given.database) as store:
        if given.dry_run:
            _say([notice.row for notice in notices.due(store, given.days, moment)], "to be written")
        else:
            _make(given.out)
            _say(notices.write(store, given.out, given.days, moment, _words(given.contact)), "written")
    return 0


def _words(contact: str) -> notices.Words:
    """`Problem.says` is English; other languages have the meaning of each code, as on the pages."""
    spoken = languages.load(notices.LANGUAGES)
    return notices.Words(problems={code: language.problems for code, language in spoken.items()}, contact=contact)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise InputError(f"{folder}: is no folder; name one for the notices") from None
    except OSError as error:
        raise InputError(f"{folder}: cannot be made ({error.strerror}); name a folder to write to") from None


def _say(rows: Iterable[NoticeRow], done: str) -> None:
    told = list(rows)
    for row in told:
        streams.text_line(row.file)
    streams.flush()
    by_outcome = ", ".join(f"{number} {outcome}" for outcome, number in sorted(notices.outcomes(told).items()))
    streams.say(f"{output.counted(len(told), 'notice')} {done}{': ' if by_outcome else ''}{by_outcome}")


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
