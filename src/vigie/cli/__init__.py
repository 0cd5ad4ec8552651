"""The command line. One file per command; this one parses, dispatches and turns errors into one line and a code."""

import argparse
import importlib
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any, Final

from vigie import __version__
from vigie.cli import streams
from vigie.errors import UsageError, VigieError

_ABOUT: Final = "Find people who travel for terrorism before they board or cross. A match is a lead, never an identity."
_CODES: Final = """exit codes:
  0   every byte understood or kept as unknown (warnings included)
  1   some content could not be attributed; of 'vigie ingest --once' also: something was refused or quarantined
  2   an input gave nothing
  64  wrong usage
Alerts never change the exit code. JSON goes to standard output, one object a line; everything else to standard error.

examples:
  vigie demo                                       three invented journeys, from message to match
  vigie read manifest.edi                          what a message says
  vigie screen manifest.edi --list un.xml --json   who on board may be listed
  vigie COMMAND --help                             everything about one command
"""
_OPTION: Final = re.compile("--?[A-Za-z]")
COMMANDS: Final = {
    "read": "Read passenger messages and print what they say.",
    "screen": "Screen the travellers of messages against watchlists.",
    "match": "Match a CSV table of people with watchlists.",
    "lists": "Look at watchlist files.",
    "index": "Keep lists as one file that is ready to be searched.",
    "bench": "Measure the engine on your own lists, with invented travellers.",
    "ingest": "Take in messages from a folder or over HTTP, screen them and keep them.",
    "inbox": "Look at what came in, and let it out of quarantine.",
    "carriers": "Say which carriers may hand in messages over HTTP.",
    "schedule": "Say which journeys to expect messages for.",
    "notices": "Write to carriers what of their messages is missing, late or faulty.",
    "serve": "Serve the workbench on this machine (loopback only).",
    "demo": "Screen three invented journeys against an invented list and show the result.",
}
"""What each command is for. Its module, `vigie.cli.NAME`, is imported when it is wanted: all together are slow."""


class _Parser(argparse.ArgumentParser):
    """Options are given whole: a script that says `--data` would change its meaning with the next option."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Tell an option that there is not before one that is missing: `--lists x` is no forgotten `--list`."""
        for argument in self._own(args or ()):
            option = argument.partition("=")[0]
            if _OPTION.match(option) and option not in self._option_string_actions:
                self.error(f"there is no option {option}")
        return super().parse_known_args(args, namespace)

    def _own(self, arguments: Iterable[str]) -> Iterator[str]:
        """The arguments that are for this parser and not for the commands below it."""
        if self._subparsers is not None:
            return takewhile(lambda argument: argument.startswith("-"), arguments)
        return takewhile(lambda argument: argument != "--", arguments)

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse says NoReturn; ours raises
        raise UsageError(f"{message}; try '{self.prog} --help'")


def parser(wanted: Collection[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The command line with all commands, of which those `wanted` have their arguments."""
    raw = argparse.RawDescriptionHelpFormatter
    top = _Parser(prog="vigie", description=_ABOUT, epilog=_CODES, formatter_class=raw)
    top.add_argument("--version", action="version", version=f"vigie {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about, formatter_class=raw)
        if name in wanted:
            importlib.import_module(f"vigie.cli.{name}").add(command)
    return top


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. A user's mistake is told in one line on standard error."""
    try:
        wanted = [argument for argument in arguments if not argument.startswith("-")][:1]
        given = parser(wanted).parse_args(_joined(arguments))
        return int(given.run(given))
    except VigieError as error:
        streams.say(f"vigie: {error}")
        return error.exit_code
    except BrokenPipeError:  # the reader of our output has gone (head, less): nothing is left to say
        streams.silence(sys.stdout)
        return 0
    except OSError as error:  # the disk is full, a folder was taken away
        streams.say(f"vigie: {error.filename or 'the output'}: {error.strerror}; the answer is not whole")
        streams.silence(sys.stdout)
        return VigieError.exit_code
    except KeyboardInterrupt:
        return 130


def _joined(arguments: Sequence[str]) -> list[str]:
    """`--min-bits -inf` as `--min-bits=-inf`: argparse would take the value for an option."""
    given = list(arguments)
    for place, argument in enumerate(given[:-1]):
        if argument == "--min-bits":
            given[place : place + 2] = [f"{argument}={given[place + 1]}"]
            break
    return given
