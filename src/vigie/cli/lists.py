"""`vigie lists check`: what a list file holds and whether it is whole."""

import argparse

from vigie import app, watchlist
from vigie.cli import output, streams
from vigie.errors import VigieError

_EXAMPLES = """\
examples:
  vigie lists check un_consolidated.xml          formats are recognised by content
  vigie lists check sdn/ national.csv --json     one JSON object per list
"""


def add(group: argparse.ArgumentParser) -> None:
    group.epilog = _EXAMPLES
    inner = group.add_subparsers(dest="lists_command", metavar="COMMAND", required=True)
    about = "Check that list files are whole and count what they hold."
    command = inner.add_parser(
        "check", help=about, description=about, epilog=_EXAMPLES, formatter_class=group.formatter_class
    )
    command.add_argument(
        "paths", metavar="[FORMAT:]PATH", nargs="+", help="a watchlist file, or the folder of a list in parts"
    )
    command.add_argument("--json", action="store_true", help="one JSON object per list")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    worst = 0
    for path in given.paths:
        try:
            (read,) = app.load_lists([path])
        except VigieError as error:
            streams.say(f"vigie: {error}")
            worst = max(worst, error.exit_code)
            continue
        worst = max(worst, output.any_error(read.problems))
        counted = watchlist.summary(read)
        output.warn_not_operational([read])
        if given.json:
            streams.json_line({"path": path, **counted, "operational": read.operational})
        else:
            facts = [(key, value) for key, value in counted.items() if key != "problems"]
            output.table(path, ("what", "in the list"), facts)
            output.problem_lines(read.problems, "record" if read.format == "un-xml" else "line")
    streams.flush()
    return worst
