"""`vigie lists check`: what a list file holds and whether it is whole."""

import argparse

from vigie import app, watchlist
from vigie.cli import output
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
            output.say(f"vigie: {error}")
            worst = max(worst, error.exit_code)
            continue
        counted = watchlist.summary(read)
        output.warn_not_operational([read])
        if given.json:
            output.json_line({"path": path, **counted})
        else:
            _print(path, counted)
    output.flush()
    return worst


def _print(path: str, counted: dict[str, object]) -> None:
    problems = counted["problems"]
    assert isinstance(problems, (list, tuple))
    output.table(path, ("what", "in the list"), [(key, value) for key, value in counted.items() if key != "problems"])
    for problem in problems:
        output.say(f"  {problem.severity}: {problem.says} [{problem.code}]")
