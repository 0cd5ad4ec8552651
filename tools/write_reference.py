"""Writes what the manual can take from the program itself, so that a test can hold the two together:

- docs/reference/commands.md, from the definition of the command line;
- in docs/reference/evidence.md the tables of levels, from the weights of the matcher and the words of the pages;
- in docs/tutorial.md the output under each command, and the table of one match's evidence.

    PYTHONPATH=src python tools/write_reference.py
"""

import argparse
import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from vigie import app
from vigie.cli import parser
from vigie.demo import SAMPLE
from vigie.matching import Index, weights
from vigie.records import Match
from vigie.screening import ALERTS_PER_MILLION
from vigie.web import formats, languages
from vigie.web.words import FIELDS, LEVELS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTICE = "<!-- Written by tools/write_reference.py. Change the program and run it again. -->\n"
WIDTH = "100"
"""Columns of the terminal whose output the manual shows."""
TUTORIAL_DAY = dt.date(2026, 12, 3)
_RUN = "$ ../../run vigie "
_LEVELS = re.compile(r"(?<=<!-- levels: )(\w+) -->\n.*?(?=<!-- end -->)", re.DOTALL)
_EVIDENCE = re.compile(r"(?<=<!-- evidence: )(\S+) (\S+) -->\n.*?(?=<!-- end -->)", re.DOTALL)


# -- commands.md ----------------------------------------------------------------------------------------------------


def commands_page() -> str:
    top = parser()
    parts = [NOTICE, "# Commands\n", f"{top.description}\n", _listing(top.epilog)]
    parts += ["`./run vigie COMMAND …` runs a command in the environment that `./run` keeps.\n"]
    for command in leaves(top):
        parts += [f"## `{command.prog}`\n", f"{command.description}\n", _listing(_usage(command))]
        parts += [_table(("argument", "meaning"), map(_argument, _shown(command))), _listing(command.epilog)]
    return "\n".join(parts)


def leaves(command: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The commands below `command` that have none below themselves, in the order of its help."""
    groups = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    for group in groups:
        for below in group.choices.values():
            yield from leaves(below)
    if not groups:
        yield command


def flags(command: argparse.ArgumentParser) -> list[str]:
    return [flag for action in command._actions for flag in action.option_strings]


def _shown(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in command._actions if not isinstance(action, argparse._HelpAction)]


def _usage(command: argparse.ArgumentParser) -> str:
    options = [action for action in _shown(command) if action.option_strings]
    places = [action for action in _shown(command) if not action.option_strings]
    return " ".join([command.prog, *map(_form, places), *map(_form, options)])


def _form(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f"{action.metavar}…" if action.nargs == "+" else f"{action.metavar}"
    form = " ".join([*action.option_strings, value]).strip()
    return form if action.required else f"[{form}]"


def _argument(action: argparse.Action) -> tuple[str, str]:
    name = " ".join([*action.option_strings, "" if action.nargs == 0 else f"{action.metavar}"]).strip()
    return f"`{name}`".replace("|", r"\|"), (action.help or "") % {"default": action.default}


def _listing(text: str | None) -> str:
    return "".join(f"    {line}".rstrip() + "\n" for line in (text or "").strip("\n").split("\n"))


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(heads)]
    lines += [["---"] * len(lines[0]), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# -- evidence.md ------------------------------------------------------------------------------------------------------


def evidence_page(text: str) -> str:
    """`text` with each of its tables of levels as `vigie.matching.weights` has it today."""
    return _LEVELS.sub(lambda found: f"{found[1]} -->\n{_levels(getattr(weights, found[1]))}", text)


def _levels(table: Mapping[str, int]) -> str:
    rows = ((f"`{level}`", LEVELS[level], f"{worth / 1000:+.1f}") for level, worth in table.items())
    return _table(("level", "in words", "bits"), rows)


# -- tutorial.md ------------------------------------------------------------------------------------------------------


def tutorial_page(text: str) -> str:
    """`text` with the output under each command, and each table of evidence, as the program gives them today."""
    with tempfile.TemporaryDirectory() as folder:
        for path in SAMPLE.iterdir():
            shutil.copy(path, folder)
        blocks = re.split(r"(?<=```console\n)(.*?)(?=```\n)", text, flags=re.DOTALL)
        blocks[1::2] = [_replayed(block, folder) for block in blocks[1::2]]
    return _EVIDENCE.sub(_evidence, "".join(blocks))


def _replayed(block: str, folder: str) -> str:
    """A block of commands with their output; blocks with other commands, or one that serves, are left as they are."""
    asked = [line for line in block.splitlines() if line.startswith("$ ")]
    if not all(line.startswith(_RUN) and not line.startswith(f"{_RUN}serve") for line in asked):
        return block
    return "".join(f"{line}\n{output_of(shlex.split(line.removeprefix(_RUN)), folder)}" for line in asked)


def output_of(arguments: list[str], folder: str) -> str:
    """What `vigie ARGUMENTS` prints in `folder`, on both outputs, without blanks at the ends of lines."""
    done = subprocess.run(
        [sys.executable, "-m", "vigie", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": WIDTH},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return re.sub(r"[ \t]+$", "", done.stdout, flags=re.MULTILINE)


def _evidence(found: re.Match[str]) -> str:
    """The table as the English page shows it."""
    english = languages.load(["en"])["en"]
    rows, total = [], 0
    for term in _match(found[1], found[2]).evidence:
        total += term.millibits
        sides = (formats.compared(english, side, term.field) if side else "–" for side in (term.traveller, term.entry))
        bits = (formats.bits(english, term.millibits), formats.bits(english, total))
        rows.append((f"{FIELDS[term.field]}: {LEVELS[term.level]}", *sides, *bits))
    heads = ("Evidence", "Traveller", "Listed person", "Bits", "Total")
    return f"{found[1]} {found[2]} -->\n{_table(heads, rows)}"


def _match(message: str, entry: str) -> Match:
    """The match of some traveller of a sample message with an entry of the sample list."""
    index = Index(app.load_lists([str(SAMPLE / "list.xml")]))
    data = (SAMPLE / message).read_bytes()
    screened = app.screen_bytes(data, message, TUTORIAL_DAY, index, ALERTS_PER_MILLION)
    matches = (match for one in screened for decision in one.decisions for match in decision.matches)
    return next(match for match in matches if match.entry == entry)


def pages() -> dict[Path, str]:
    """Every page that is written here, wholly or in part, as it should be."""
    evidence, tutorial = DOCS / "reference" / "evidence.md", DOCS / "tutorial.md"
    return {
        DOCS / "reference" / "commands.md": commands_page(),
        evidence: evidence_page(evidence.read_text(encoding="utf-8")),
        tutorial: tutorial_page(tutorial.read_text(encoding="utf-8")),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
