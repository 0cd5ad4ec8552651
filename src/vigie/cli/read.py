"""`vigie read`: what a message says, as data or for people."""

import argparse
import re
import sys
from pathlib import Path
from typing import Final

from vigie import app, messages
from vigie.cli import common, output, streams, view
from vigie.errors import InputError, UsageError
from vigie.messages import inspection
from vigie.records import Leg, Message

_DESIGNATOR: Final = re.compile("[A-Z0-9]{2,3}")
"""IATA's code of a carrier, or ICAO's."""
_EXAMPLES = """\
examples:
  vigie read manifest.edi                       a summary and every problem found
  vigie read manifest.edi --view | less         every segment explained, as in a terminal
  vigie read manifest.edi --json | head -1      the first message as one JSON object
  vigie read *.edi --json --as-of 2026-11-24    two-digit years read as of that day
"""


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    command.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="a file as received, with any number of messages"
    )
    command.add_argument(
        "--json", action="store_true", help="one JSON object per message (docs/reference/read.schema.json)"
    )
    command.add_argument(
        "--view",
        action="store_true",
        default=None,
        help="every segment as sent, with its meaning and the problems in place, on standard output; "
        "the default in a terminal",
    )
    command.add_argument(
        "--no-view", dest="view", action="store_false", help="the summary alone; the default where no terminal reads"
    )
    command.add_argument(
        "--lines",
        metavar="N",
        type=_lines,
        default=view.LINES,
        help="segments of each file that the view shows; of the others only those with problems; 0 is all "
        "(default: %(default)s)",
    )
    command.add_argument(
        "--color",
        metavar="WHEN",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours in the view: auto (in a terminal unless NO_COLOR is set), always, never (default: %(default)s)",
    )
    common.add_as_of(command)
    command.set_defaults(run=run)


def _lines(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"'{text}' is no number of lines; 0 or more is expected")
    return int(text)


def run(given: argparse.Namespace) -> int:
    if given.json and given.view:
        raise UsageError("--json and --view both go to standard output; give one of them")
    worst = 0
    for path in given.files:
        try:
            worst = max(worst, _one(path, given))
        except InputError as error:
            streams.say(f"vigie: {error}")
            worst = max(worst, error.exit_code)
    streams.flush()
    return worst


def _one(path: Path, given: argparse.Namespace) -> int:
    data = app.load_bytes(path)
    found = messages.read(data, common.as_of(given), app.shown(path))
    if not given.json and (sys.stdout.isatty() if given.view is None else given.view):
        lines = inspection.describe(data, found, given.lines or None)
        view.show(lines, len(data), view.screen(given.color))
        streams.flush()
    for message in found:
        if given.json:
            streams.json_line(message)
        summary(message)
    output.hint_list(data, found)
    return output.exit_code(found)


def summary(message: Message) -> None:
    """One message in a line or two, then its problems."""
    # A PNL is of the type and of the function of that name.
    parts = dict.fromkeys(part for part in (message.type, message.version, message.function) if part)
    head = " ".join(parts) or "no message"
    crew = sum(traveller.capacity == "crew" for traveller in message.travellers)
    people = f"{output.counted(len(message.travellers) - crew, 'passenger')}, {crew} crew"
    streams.say(f"{message.source}: {head}, {people}{_route(message)}")
    output.problem_lines(message.problems, "byte")


def _route(message: Message) -> str:
    legs = [_leg(leg) for journey in message.journeys for leg in journey.legs]
    return "; " + ", ".join(legs) if legs else ""


def _leg(leg: Leg) -> str:
    # ZV412 as on a ticket; a name stands apart from its number.
    blank = " " if leg.carrier and leg.number and not _DESIGNATOR.fullmatch(leg.carrier) else ""
    flight = f"{leg.carrier or ''}{blank}{leg.number or ''}"
    return " ".join(part for part in (flight, f"{leg.origin or '?'}-{leg.destination or '?'}", leg.departs) if part)
