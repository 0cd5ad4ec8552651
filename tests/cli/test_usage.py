"""What is said to a person who asks for help, or gets the command wrong."""

import subprocess
import sys

import pytest

from tests.cli.conftest import PROCESS, Vigie
from vigie.cli import COMMANDS, parser

EVERY = [[], *([name] for name in COMMANDS), ["lists", "check"]]
WRONG = [
    ("no command", [], "required: COMMAND"),
    ("a command that there is not", ["scan"], "invalid choice: 'scan'"),
    ("an option before the command that there is not", ["--quiet", "read", "x"], "--quiet"),
    ("an option that there is not", ["read", "x", "--xml"], "--xml"),
    ("an option misspelt, beside the needed one it stands for", ["screen", "x", "--lists", "y"], "no option --lists"),
    ("an option misspelt, with its value", ["screen", "x", "--lists=y"], "no option --lists;"),
    ("an option cut short", ["serve", "--data", "x"], "no option --data"),
    ("a short option that there is not", ["screen", "x", "-q"], "no option -q"),
    ("an option of another command", ["match", "x", "--json"], "no option --json"),
    ("no file", ["read"], "FILE"),
    ("a day that is none", ["read", "x", "--as-of", "2026-02-30"], "YYYY-MM-DD"),
    ("a day the other way round", ["read", "x", "--as-of", "30.11.2026"], "YYYY-MM-DD"),
    ("screening without a list", ["screen", "x"], "--list"),
    ("a list option without a list", ["screen", "x", "--list"], "--list"),
    ("no alert ever", ["screen", "x", "--list", "y", "--alerts-per-million", "0"], "above 0"),
    (
        "an operating point below every number",
        ["screen", "x", "--list", "y", "--alerts-per-million", "1e-320"],
        "1e-09",
    ),
    ("an operating point without end", ["screen", "x", "--list", "y", "--alerts-per-million", "inf"], "above 0"),
    ("an operating point in words", ["screen", "x", "--list", "y", "--alerts-per-million", "few"], "'few'"),
    ("an empty database address", ["screen", "x", "--list", "y", "--database", ""], "--database is empty"),
    ("lists, and what with them", ["lists"], "COMMAND"),
    ("a command of lists that there is not", ["lists", "delete", "x"], "'delete'"),
    ("matching without an answer file", ["match", "x", "--list", "y"], "--out"),
    ("no match asked for", ["match", "x", "--list", "y", "--out", "z", "--top", "0"], "whole number above 0"),
    ("half a match asked for", ["match", "x", "--list", "y", "--out", "z", "--top", "1.5"], "whole number above 0"),
    ("bits that are no number", ["match", "x", "--list", "y", "--out", "z", "--min-bits", "nan"], "-inf"),
    ("bits without a number", ["match", "x", "--list", "y", "--out", "z", "--min-bits"], "--min-bits"),
    ("no arrival asked for", ["inbox", "list", "--database", "x", "--limit", "0"], "whole number above 0"),
    ("a state that there is not", ["inbox", "list", "--database", "x", "--state", "lost"], "'lost'"),
    ("a port above the last", ["serve", "--database", "x", "--port", "65536"], "0 to 65535"),
    ("a port in words", ["demo", "--port", "http"], "0 to 65535"),
    ("serving nothing", ["serve"], "--database"),
]


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_help_ends_with_examples(vigie: Vigie, command: list[str]) -> None:
    ran = vigie(*command, "--help")
    shown = ran.out.decode()
    assert (ran.code, ran.err) == (0, "")
    examples = [line.split() for line in shown.partition("\nexamples:\n")[2].splitlines() if line.startswith("  vigie")]
    assert examples
    assert all(example[1 : 1 + len(command)] == command for example in examples)


def test_top_help_names_every_command_and_code() -> None:
    shown = parser(()).format_help()
    assert all(f"\n    {name} " in shown and about.split()[0] in shown for name, about in COMMANDS.items())
    assert all(f"\n  {code} " in shown for code in ("0", "1", "2", "64"))


@pytest.mark.parametrize(("reason", "arguments", "says"), WRONG, ids=[reason for reason, *_ in WRONG])
def test_wrong_usage(vigie: Vigie, reason: str, arguments: list[str], says: str) -> None:
    ran = vigie(*arguments)
    assert (ran.code, ran.out) == (64, b"")
    assert says in ran.complaint


def test_an_error_names_the_help_that_explains_it(vigie: Vigie) -> None:
    assert vigie("match", "x").complaint.endswith("try 'vigie match --help'")


def test_what_follows_two_hyphens_is_a_file_and_no_option(vigie: Vigie) -> None:
    ran = vigie("read", "--", "--xml")
    assert (ran.code, ran.complaint) == (
        2,
        "vigie: --xml: cannot be read (No such file or directory); check the name and the permissions",
    )


HEAVY = ("numpy", "sqlalchemy", "alembic", "lxml", "rich", "uvicorn", "starlette")
LIGHT = [
    ("nothing is needed to tell the version", "--version", HEAVY),
    ("nothing is needed to name the commands", "--help", HEAVY),
    ("reading needs no database and no server", "read --help", ("sqlalchemy", "alembic", "uvicorn", "starlette")),
    ("screening needs none either", "screen --help", ("sqlalchemy", "alembic", "uvicorn", "starlette")),
    ("matching needs no database and no server", "match --help", ("sqlalchemy", "alembic", "uvicorn", "starlette")),
]


@pytest.mark.parametrize(("reason", "arguments", "absent"), LIGHT, ids=[reason for reason, *_ in LIGHT])
def test_starts_without_what_it_does_not_need(reason: str, arguments: str, absent: tuple[str, ...]) -> None:
    program = (
        f"import sys, vigie.cli as c\ntry: c.main({arguments.split()})\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, **PROCESS)
    assert done.stdout
    assert "vigie.cli" in done.stderr.split()
    assert not set(absent) & set(done.stderr.split())
