"""`vigie index`: build an index file, say what one holds, check that it is whole."""

import argparse
import datetime as dt
from collections import deque
from pathlib import Path

import msgspec

from vigie import app
from vigie.cli import common, output, streams
from vigie.errors import IndexFileError
from vigie.matching import Index, index_file, kernel
from vigie.matching.index import parameters_digest

_EXAMPLES = """\
examples:
  vigie index build un.xml sdn/ -o lists.index     read the lists once
  vigie index info lists.index                     which lists it holds, and which engine built it
  vigie index verify lists.index                   whether it is whole

Wherever --list takes a list it takes an index file: vigie screen manifest.edi --list lists.index
"""


def add(group: argparse.ArgumentParser) -> None:
    group.epilog = _EXAMPLES
    inner = group.add_subparsers(dest="index_command", metavar="COMMAND", required=True)

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return inner.add_parser(
            name, help=about, description=about, epilog=_EXAMPLES, formatter_class=group.formatter_class
        )

    build = command("build", "Read lists and write them as one index file.")
    build.add_argument(
        "lists", metavar="[FORMAT:]PATH", nargs="+", help="a watchlist file, or the folder of a list in parts"
    )
    build.add_argument(
        "-o", "--out", metavar="FILE", type=Path, required=True, help="the index file; written whole or not at all"
    )
    build.set_defaults(run=_build)
    info = command("info", "Say which lists an index file holds, and which engine built it.")
    info.add_argument("--json", action="store_true", help="one JSON object, with the sections of the file")
    info.set_defaults(run=_info)
    verify = command("verify", "Check every byte of an index file, and that this engine can use it.")
    verify.set_defaults(run=_verify)
    for one in (info, verify):
        one.add_argument("file", metavar="FILE", type=Path, help="a file that 'vigie index build' wrote")


def _build(given: argparse.Namespace) -> int:
    common.refuse_input(given.out, app.list_files(given.lists))
    watchlists = app.load_lists(given.lists)
    output.warn_not_operational(watchlists)
    try:
        index = Index(watchlists, compiled=True)
    except kernel.NotBuiltError as reason:
        raise IndexFileError(f"{given.out}: was not written: it takes the compiled kernel, and {reason}") from None
    index.write(given.out, dt.datetime.now(dt.UTC))
    streams.say(f"{given.out}: {_held(index)}, {given.out.stat().st_size} bytes")
    worst = [watchlist.list for watchlist in watchlists if output.any_error(watchlist.problems)]
    for name in worst:
        streams.say(f"vigie: some of list {name} could not be read and is not in the index: 'vigie lists check' tells")
    return int(bool(worst))


def _info(given: argparse.Namespace) -> int:
    header = index_file.header_of(given.file)
    usable = header.digest == parameters_digest()
    if given.json:
        facts = {"path": app.shown(given.file), "bytes": given.file.stat().st_size, "format": index_file.FORMAT}
        streams.json_line({**facts, "usable": usable, **msgspec.to_builtins(header)})
        streams.flush()
        return 0
    rows = [(one.list, one.format, one.date, one.persons, one.version[:12]) for one in header.lists]
    title = f"{given.file}: built {header.created} by Vigie {header.vigie}, engine {header.digest[:12]}"
    output.table(title, ("list", "format", "date", "persons", "version"), rows)
    output.warn_not_operational(header.lists)
    if not usable:
        streams.say(f"vigie: {given.file}: this engine is another, {parameters_digest()[:12]}: build it again")
    return 0


def _verify(given: argparse.Namespace) -> int:
    index = Index.opened(given.file, verified=True)
    deque(index.entries, maxlen=0)  # each is checked when it is decoded
    if index.not_compiled is not None:
        streams.say(f"vigie: the arrays were compared with their checksums only; no kernel: {index.not_compiled}")
    streams.say(f"{given.file}: whole; {_held(index)}")
    return 0


def _held(index: Index) -> str:
    persons = output.counted(len(index.entries), "person")
    return f"{persons} of {output.counted(len(index.lists), 'list')}"
