"""`vigie schedule`: which journeys are expected."""

import argparse
import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

from vigie import app, places, schedules
from vigie.cli import common, output, streams
from vigie.cli.ingest import now
from vigie.errors import InputError, UsageError
from vigie.schedules.expected import ExpectedJourney, operator

_EXAMPLES = """\
examples:
  vigie schedule load summer.ssim --database work.db                  the next 30 days of a timetable
  vigie schedule load today.csv --database work.db --last 2026-11-24  delays and cancellations of an airport
  vigie schedule list --database work.db --carrier ZV                 what is expected of a carrier
"""
_DAYS = 30
_PLACES = 20
"""Named one by one; a timetable of stations has more."""


def add(group: argparse.ArgumentParser) -> None:
    group.epilog = _EXAMPLES
    inner = group.add_subparsers(dest="schedule_command", metavar="COMMAND", required=True)
    abouts = {
        "load": ("Expect the journeys of a schedule: SSIM, data of an airport, or a timetable.", _load),
        "list": ("List the journeys that are expected.", _list),
    }
    for name, (about, run) in abouts.items():
        command = inner.add_parser(
            name, help=about, description=about, epilog=_EXAMPLES, formatter_class=group.formatter_class
        )
        common.add_database(command, "the database of 'vigie ingest'")
        command.add_argument(
            "--first", metavar="DATE", type=common.day, default=None, help="first day, YYYY-MM-DD (default: today)"
        )
        command.add_argument(
            "--last", metavar="DATE", type=common.day, default=None, help=f"last day (default: {_DAYS} days later)"
        )
        if name == "load":
            command.add_argument("file", metavar="FILE", type=Path, help="the schedule; its format is recognised")
            common.add_as_of(command)
        else:
            command.add_argument("--carrier", metavar="CODE", default=None, help="only those that it carries")
            command.add_argument("--json", action="store_true", help="one JSON object per journey")
        command.set_defaults(run=run)


def _days(given: argparse.Namespace) -> tuple[dt.date, dt.date]:
    first: dt.date = given.first or now().date()
    last: dt.date = given.last or first + dt.timedelta(days=_DAYS)
    if last < first:
        raise UsageError(f"--last {last} is before --first {first}; give the later day last")
    return first, last


def _load(given: argparse.Namespace) -> int:
    data = app.load_bytes(given.file, "a schedule")
    try:
        schedule = schedules.read(data, common.as_of(given), *_days(given))
    except ValueError as error:
        raise UsageError(f"--first and --last: {error}") from None
    output.problem_lines(schedule.problems, "line")
    if not schedule.journeys and output.any_error(schedule.problems):
        raise InputError(f"{app.shown(given.file)}: nothing is expected of it; the lines above say why")
    with common.opened(given.database, make=True, tell=True) as store:
        loaded = store.expected.load(schedule, hashlib.sha256(data).hexdigest(), now())
    _doubt_places(schedule.journeys)
    journeys = output.counted(loaded.journeys, "journey")
    streams.say(f"{schedule.format}: {journeys}, {loaded.new} new, {loaded.changed} changed")
    return output.any_error(schedule.problems)


def _doubt_places(journeys: Sequence[ExpectedJourney]) -> None:
    """A code mistyped makes a journey for which nothing ever comes, and a notice each day."""
    named = {place for each in journeys for leg in each.legs for place in (leg.origin, leg.destination) if place}
    unknown = sorted(place for place in named if not places.is_located(place))
    if unknown:
        more = f" and {len(unknown) - _PLACES} more" if len(unknown) > _PLACES else ""
        streams.say(f"places that no table has, look whether they are right: {', '.join(unknown[:_PLACES])}{more}")


def _list(given: argparse.Namespace) -> int:
    first, last = _days(given)
    with common.opened(given.database) as store:
        found = store.expected.rows(first, last, given.carrier)
    if given.json:
        for journey in found:
            streams.json_line(journey)
        streams.flush()
        return 0
    if given.carrier and not found:
        streams.say(f"no journey of {given.carrier} is expected from {first} to {last}")
    output.table("", ("journey", "from", "to", "departs", "status", "source"), [_cells(journey) for journey in found])
    return 0


def _cells(journey: ExpectedJourney) -> tuple[object, ...]:
    first, last = journey.legs[0], journey.legs[-1]
    named = " ".join(part for part in operator(first) if part)
    return named or journey.mode, first.origin, last.destination, first.departs, journey.status, journey.source
