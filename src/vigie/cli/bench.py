"""`vigie bench calibration`: what the engine does on a State's own lists, measured with invented people."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from vigie import app
from vigie.calibration import POINTS, Report, Settings, measure, svg
from vigie.calibration.measure import Family, Group, Point
from vigie.calibration.shares import Share
from vigie.cli import common, output, streams
from vigie.errors import InputError

_EXAMPLES = """\
examples:
  vigie bench calibration --list un.xml sdn/                         tables in words
  vigie bench calibration --list lists.index --travellers 1000000    narrower intervals; takes minutes
  vigie bench calibration --list un.xml --json --plot curve.svg      one JSON object, and the curve as a picture

All travellers are invented; none is stored. docs/reference/calibration.md says what the figures mean.
"""
_TRAVELLERS: Final = 50_000
_WITHOUT_KERNEL: Final = 10_000
"""The clear engine is much slower."""
_MOST_TRAVELLERS: Final = 10_000_000
_POINTS: Final = tuple(f"at {point:g}" for point in POINTS)


def add(group: argparse.ArgumentParser) -> None:
    group.epilog = _EXAMPLES
    inner = group.add_subparsers(dest="bench_command", metavar="COMMAND", required=True)
    about = "Measure false alerts, recall and probabilities on your own lists, with invented travellers."
    command = inner.add_parser(
        "calibration", help=about, description=about, epilog=_EXAMPLES, formatter_class=group.formatter_class
    )
    common.add_lists(command)
    command.add_argument(
        "--travellers",
        metavar="N",
        type=_travellers,
        help=f"invented travellers who are on no list (default: {_TRAVELLERS}; {_WITHOUT_KERNEL} without the kernel)",
    )
    command.add_argument(
        "--seed",
        metavar="S",
        type=_seed,
        default=1,
        help="the same seed invents the same people (default: %(default)s)",
    )
    command.add_argument("--plot", metavar="FILE.svg", type=Path, help="also write the reliability curve there, as SVG")
    command.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    command.set_defaults(run=_run)


def _travellers(text: str) -> int:
    number = common.count(text)
    if number > _MOST_TRAVELLERS:
        raise argparse.ArgumentTypeError(f"'{text}' is more than {_MOST_TRAVELLERS}")
    return number


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number of up to 18 digits")
    return int(text)


def _run(given: argparse.Namespace) -> int:
    if given.plot is not None:
        common.refuse_input(given.plot, app.list_files(given.lists), "--plot")
        if not given.plot.parent.is_dir():  # now, and not after minutes of work
            raise InputError(f"{given.plot}: cannot be written: there is no such folder; name another with --plot")
    index = app.load_index(given.lists)
    output.warn_not_operational(index.lists)
    if not index.entries:
        raise InputError(f"{', '.join(given.lists)}: no person is listed there; there is nothing to measure")
    if index.not_compiled is not None:
        streams.say(f"vigie: no kernel ({index.not_compiled}): slower, so fewer travellers are invented by default")
    usual = _TRAVELLERS if index.not_compiled is None else _WITHOUT_KERNEL
    begun = time.monotonic()
    report = measure(index, Settings(travellers=given.travellers or usual, seed=given.seed), _progress)
    if given.plot is not None:
        _write(given.plot, svg(report))
    if given.json:
        streams.json_line(report)
        streams.flush()
    else:
        _tables(report)
    streams.say(f"measured in {time.monotonic() - begun:.0f} s")
    return 0


def _progress(what: str, done: int, count: int) -> None:
    """A line for each tenth, to the person at a terminal."""
    if count and sys.stderr.isatty() and done * 10 // count != (done - 1) * 10 // count:
        streams.say(f"  {what}: {done} of {count}")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); name another file with --plot") from None


# -- in words --------------------------------------------------------------------------------------------------------


def _tables(report: Report) -> None:
    settings, told = report.settings, report.reliability
    streams.say(
        f"{output.counted(report.persons, 'person')} listed, {settings.travellers} invented travellers on no list,"
        f" seed {settings.seed}; 95 % intervals by Wilson\n"
    )
    output.table(
        "False alerts of a million travellers",
        ("asked", "bits", "measured", "interval", "which is"),
        (_alerts(point) for point in report.points),
    )
    apart = [point.held_out for point in report.points]
    by_culture = zip(*(point.cultures for point in report.points), strict=True)
    streams.say("")
    output.table(
        "The same by naming culture of the generator",
        ("culture", "travellers", *_POINTS),
        [*map(_culture, by_culture), _culture(apart, "held out: ")],
    )
    streams.say("")
    output.table(
        "The same by script of the listed name that was met: part of the alerts, in %",
        ("script", "at most", *_POINTS),
        map(_script, zip(*(point.scripts for point in report.points), strict=True)),
    )
    _over(report)
    streams.say("")
    output.table(
        "Listed people found, in %, by what was done to name or birth date",
        ("family", "asked", *_POINTS),
        [*map(_family, report.families), _family(report.all_families), _family(report.held_out, "held out: ")],
    )
    streams.say("")
    output.table(
        f"Probability said and share observed, one traveller in {round(1 / told.prior, -3):.0f} listed;"
        f" Brier score {told.brier:.3g} (by the prior alone {told.brier_of_prior:.3g})",
        ("from", "to", "listed", "unlisted", "said", "observed", "interval"),
        (
            (
                f"{one.begin:.3g}",
                f"{one.end:.3g}",
                one.listed,
                one.unlisted,
                *((f"{one.said:.3g}", f"{one.observed:.2g}") if one.listed or one.unlisted else ("-", "-")),
                f"{one.low:.2g} to {one.high:.2g}",
            )
            for one in told.bins
        ),
    )
    streams.say(
        "\nThe weights were fitted on none of these people. Held out are a change that none of the variants had by"
        "\nwhich the weights were checked, and the culture whose words the tables know least."
    )


def _alerts(point: Point) -> tuple[object, ...]:
    whole, asked = point.whole, point.asked / 1e6
    says = "more than asked" if whole.low > asked else "fewer than asked" if whole.high < asked else "not told apart"
    return f"{point.asked:g}", f"{point.threshold_bits:.3f}", _million(whole.share), _between(whole), says


def _culture(groups: Iterable[Group], before: str = "") -> tuple[object, ...]:
    held = list(groups)
    cells = (f"{_million(one.alerts.share)} ({_between(one.alerts)}){_mark(one)}" for one in held)
    return before + held[0].name, held[0].alerts.of, *cells


def _script(groups: Iterable[Group]) -> tuple[object, ...]:
    held = list(groups)
    return held[0].name, _percent(held[0].limit), *(f"{_percented(one.alerts)}{_mark(one)}" for one in held)


def _mark(group: Group) -> str:
    return f" {group.verdict}" if "above" in group.verdict else ""


def _over(report: Report) -> None:
    """Names each group with more than three times the rate of the whole."""
    lines = list(_named(report))
    streams.say(
        "\nMore than three times the whole, of a million travellers:"
        if lines
        else "\nNo group has more than three times the whole."
    )
    for line in lines:
        streams.say(f"  {line}")


def _named(report: Report) -> Iterator[str]:
    scripts = {group.name for point in report.points for group in point.scripts}
    for asked, group in report.over:
        if group.name in scripts:
            rate = f"{_percented(group.alerts)} % of the alerts, at most {_percent(group.limit)} %"
        else:
            rate = f"{_million(group.alerts.share)} ({_between(group.alerts)}), at most {_million(group.limit)}"
        sure = "" if group.verdict == "clearly above" else "; too few to be sure"
        yield f"at {asked:g}: {group.name}: {rate}{sure}"


def _family(family: Family, before: str = "") -> tuple[object, ...]:
    return before + family.name, family.found[0].of, *map(_percented, family.found)


def _million(share: float) -> str:
    return f"{share * 1e6:.0f}"


def _between(one: Share) -> str:
    return f"{_million(one.low)} to {_million(one.high)}"


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


def _percented(one: Share) -> str:
    return f"{_percent(one.share)} ({_percent(one.low)} to {_percent(one.high)})" if one.of else "-"
