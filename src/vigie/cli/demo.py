"""`vigie demo`: the whole path on invented people."""

import argparse
import datetime as dt
import tempfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

from vigie import app
from vigie.cli import output, serve, streams
from vigie.matching import Index
from vigie.records import Traveller
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
    with (
        as_file(files("vigie.demo").joinpath("sample")) as sample,
        tempfile.TemporaryDirectory(prefix="vigie-demo-") as folder,
        open_store(f"sqlite:///{folder}/demo.db") as store,
    ):
        streams.say("Vigie demonstration. Every person and every listing in it is invented.\n")
        watchlists = app.load_lists([str(sample / "list.xml")])
        output.warn_not_operational(watchlists)
        _import(sample, store, Index(watchlists))
        if not given.no_serve:
            streams.say("\nA match is a lead, never an identity: open one and judge for yourself.")
            serve.serve(store, given.port)
    return 0


def _import(sample: Path, store: Store, index: Index) -> None:
    rows: list[Sequence[object]] = []
    for name in _JOURNEYS:
        data = app.load_bytes(sample / name)
        for screened in app.screen_bytes(data, name, _AS_OF, index, ALERTS_PER_MILLION):
            app.record(store, data, screened, index, dt.datetime.now(dt.UTC))
            travellers = screened.message.travellers
            alerts = [decision for decision in screened.decisions if decision.alert]
            streams.say(f"{name}: {len(travellers)} travellers screened, {len(alerts)} with an alert")
            for decision in alerts:
                best = decision.matches[0]
                facts = (
                    best.entry,
                    best.matched_name,
                    f"{best.millibits / 1000:.1f}",
                    output.probability(best.probability),
                )
                rows.append((name, _name(travellers[decision.traveller]), *facts))
    streams.say("")
    output.table("Alerts, best match of each", ("from", "traveller", "entry", "listed as", "bits", "probability"), rows)


def _name(traveller: Traveller) -> str:
    return ", ".join(part for part in (traveller.name.family, traveller.name.given) if part)
