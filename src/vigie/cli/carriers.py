"""`vigie carriers`: who may hand in messages over HTTP."""

import argparse
import re

from vigie.cli import common, output, streams
from vigie.cli.ingest import now
from vigie.store import CarrierRow

_EXAMPLES = """\
examples:
  vigie carriers add ZZ --database work.db        prints the carrier's token, this once
  vigie carriers list --database work.db          all carriers
  vigie carriers disable ZZ --database work.db    ends the token
"""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}\Z")


def add(group: argparse.ArgumentParser) -> None:
    group.epilog = _EXAMPLES
    inner = group.add_subparsers(dest="carriers_command", metavar="COMMAND", required=True)
    abouts = {
        "add": ("Give a carrier a token. It is printed once and kept nowhere.", _add),
        "list": ("List all carriers.", _list),
        "disable": ("End a carrier's token.", _disable),
    }
    for name, (about, run) in abouts.items():
        command = inner.add_parser(
            name, help=about, description=about, epilog=_EXAMPLES, formatter_class=group.formatter_class
        )
        common.add_database(command, "the database of 'vigie ingest'")
        if name != "list":
            command.add_argument("name", metavar="NAME", type=carrier, help="its code or name, as ZZ or 'Ferry Line'")
        else:
            command.add_argument("--json", action="store_true", help="one JSON object per carrier")
        command.set_defaults(run=run)


def carrier(text: str) -> str:
    if not _NAME.match(text):
        raise argparse.ArgumentTypeError("a name of 1 to 40 letters, digits, blanks, dots and hyphens is expected")
    return text


def _add(given: argparse.Namespace) -> int:
    with common.opened(given.database, make=True, tell=True) as store:
        token = store.carriers.add(given.name, now())
    streams.say(f"The token of {given.name} is shown this once; it is kept nowhere.")
    streams.json_line({"carrier": given.name, "token": token})
    streams.flush()
    return 0


def _list(given: argparse.Namespace) -> int:
    with common.opened(given.database) as store:
        found = store.carriers.rows()
    if given.json:
        for row in found:
            streams.json_line(row)
        streams.flush()
    else:
        output.table("", ("carrier", "since", "ended", "arrivals"), [_cells(row) for row in found])
    return 0


def _cells(row: CarrierRow) -> tuple[object, ...]:
    ended = "" if row.disabled_at is None else row.disabled_at[:10]
    return row.name, row.added_at[:10], ended, row.arrivals


def _disable(given: argparse.Namespace) -> int:
    with common.opened(given.database) as store:
        store.carriers.disable(given.name, now())
    streams.say(f"the token of {given.name} ends now")
    return 0
