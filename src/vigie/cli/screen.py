"""`vigie screen`: messages against lists, with or without a database."""

import argparse
import datetime as dt
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vigie import app
from vigie.cli import common, output, streams
from vigie.errors import InputError
from vigie.matching import Index
from vigie.messages.holding import is_empty
from vigie.messages.redaction import Original
from vigie.names import in_one_line
from vigie.records import Decision, Message

if TYPE_CHECKING:
    from vigie.store import Store

_EXAMPLES = """\
examples:
  vigie screen manifest.edi --list un.xml                      a table of alerts
  vigie screen *.edi --list un.xml --list sdn/ --json          one JSON object per traveller with an alert
  vigie screen manifest.edi --list un.xml --database work.db   also keep everything, for 'vigie serve'
"""


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    command.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="a file as received, with any number of messages"
    )
    common.add_lists(command)
    command.add_argument("--json", action="store_true", help="one JSON object per traveller with an alert")
    command.add_argument("--all", action="store_true", help="show travellers without an alert as well")
    command.add_argument(
        "-v", "--verbose", action="store_true", help="print notes as well: rules that were applied to a message"
    )
    command.add_argument(
        "--database",
        metavar="FILE|URL",
        type=common.database,
        help="also keep messages and matches there, for 'vigie serve'",
    )
    common.add_operating_point(command)
    common.add_as_of(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    index = common.index_of(given.lists)
    output.warn_not_operational(index.lists)
    worst = 0
    with ExitStack() as stack:
        store = stack.enter_context(common.opened(given.database, make=True)) if given.database else None
        for path in output.progress(given.files, "screening"):
            try:
                worst = max(worst, _one(path, given, index, store))
            except InputError as error:
                streams.say(f"vigie: {error}")
                worst = max(worst, error.exit_code)
        _hand_over(streams.flush, store)
        if store is not None:
            app.assemble_all(store, dt.datetime.now(dt.UTC), streams.say)
    return worst


def _one(path: Path, given: argparse.Namespace, index: Index, store: "Store | None") -> int:
    data = app.load_bytes(path)
    found = list(app.screen_bytes(data, app.shown(path), common.as_of(given), index, given.alerts_per_million))
    original = app.original_of(data, found)
    for screened in found:
        if store is not None:
            _record(original, screened, index, store)
        _hand_over(partial(_print, screened.message, screened.decisions, given), store)
    read = [screened.message for screened in found]
    output.hint_list(data, read)
    return output.exit_code(read)


def _record(original: Original, screened: app.Screened, index: Index, store: "Store") -> None:
    which = f"vigie: {screened.message.source}: message {screened.ordinal + 1}"
    if is_empty(screened.message):
        streams.say(f"{which} holds nothing that can be kept; nothing was added to the database")
    elif not app.record(store, original, screened, index, dt.datetime.now(dt.UTC)):
        streams.say(
            f"{which} is in the database already: nothing was added, and what follows is NOT kept there; "
            "screening kept journeys again after a list has changed does not exist yet"
        )


def _hand_over(write: Callable[[], None], store: "Store | None") -> None:
    """Write a part of the answer. When nobody reads on, recording goes on all the same: no traveller depends on it."""
    try:
        write()
    except BrokenPipeError:
        if store is None:
            raise
        streams.silence(sys.stdout)


def _print(message: Message, decisions: tuple[Decision, ...], given: argparse.Namespace) -> None:
    alerts = [decision for decision in decisions if decision.alert]
    output.say_screened(message.source, len(message.travellers), len(alerts))
    notes = [] if given.verbose else [problem for problem in message.problems if problem.severity == "note"]
    output.problem_lines((problem for problem in message.problems if problem not in notes), "byte")
    if notes:
        streams.say(f"  {output.counted(len(notes), 'note')}; see 'vigie read {message.source}'")
    chosen = decisions if given.all else alerts
    if given.json:
        for decision in chosen:
            streams.json_line(output.decision_object(message, decision))
    elif chosen:
        output.table(
            "", ("traveller", "born", "list", "entry", "listed as", "bits", "probability"), _rows(message, chosen)
        )


def _rows(message: Message, decisions: tuple[Decision, ...] | list[Decision]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for decision in decisions:
        traveller = message.travellers[decision.traveller]
        head = (in_one_line(traveller.name), traveller.birth_date)
        rows += [
            (
                *head,
                match.list,
                match.entry,
                match.matched_name,
                f"{match.millibits / 1000:.1f}",
                output.probability(match.probability),
            )
            for match in decision.matches
            if match.alert
        ] or [(*head, "", "", "", "", "")]
    return rows
