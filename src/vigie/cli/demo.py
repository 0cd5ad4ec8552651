"""`vigie demo`: the whole path on invented people."""

import argparse
import datetime as dt
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.resources import as_file, files
from pathlib import Path

from vigie import app, web
from vigie.cli import output, serve, streams
from vigie.matching import Index
from vigie.names import in_one_line
from vigie.screening import ALERTS_PER_MILLION
from vigie.store import Store, open_store

_EXAMPLES = """\
examples:
  vigie demo                 import, screen, print a table, serve the pages
  vigie demo --no-serve      the same without the pages
"""
_JOURNEYS = ("flight.edi", "ferry.edi", "coach.edi")
_AS_OF = dt.date(2026, 12, 3)


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    command.add_argument(
        "--port", metavar="PORT", type=serve.port, default=serve.PORT, help="loopback port (default: %(default)s)"
    )
    command.add_argument("--no-serve", action="store_true", help="end after the table")
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    with ExitStack() as stack:
        # The port first: who cannot have it should not wait for the work to be told.
        listener = None if given.no_serve else stack.enter_context(serve.listening(given.port))
        sample = stack.enter_context(as_file(files("vigie.demo").joinpath("sample")))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="vigie-demo-"))
        store = stack.enter_context(open_store(f"sqlite:///{folder}/demo.db"))
        streams.say("Vigie demonstration. Every person and every listing in it is invented.\n")
        watchlists = app.load_lists([str(sample / "list.xml")])
        output.warn_not_operational(watchlists)
        index = Index(watchlists)
        _import(sample, store, index)
        if listener is not None:
            streams.say("\nA match is a lead, never an identity: open one and judge for yourself.")
            serve.serve(store, listener, web.Matcher(index, ALERTS_PER_MILLION))
    return 0


def _import(sample: Path, store: Store, index: Index) -> None:
    rows: list[Sequence[object]] = []
    for name in _JOURNEYS:
        data = app.load_bytes(sample / name)
        found = list(app.screen_bytes(data, name, _AS_OF, index, ALERTS_PER_MILLION))
        original = app.original_of(data, found)
        for screened in found:
            app.record(store, original, screened, index, dt.datetime.now(dt.UTC))
            travellers = screened.message.travellers
            alerts = [decision for decision in screened.decisions if decision.alert]
            output.say_screened(name, len(travellers), len(alerts))
            for decision in alerts:
                best = decision.matches[0]
                facts = (
                    best.entry,
                    best.matched_name,
                    f"{best.millibits / 1000:.1f}",
                    output.probability(best.probability),
                )
                rows.append((name, in_one_line(travellers[decision.traveller].name), *facts))
    streams.say("")
    output.table("Alerts, best match of each", ("from", "traveller", "entry", "listed as", "bits", "probability"), rows)
    app.assemble_all(store, dt.datetime.now(dt.UTC), streams.say)
