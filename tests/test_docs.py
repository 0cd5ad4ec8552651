"""The manual says what the program does: commands, options, variables, links, output."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import write_reference
from vigie.cli import COMMANDS, parser
from vigie.demo import SAMPLE
from vigie.web.words import LEVELS

pytestmark = pytest.mark.xdist_group("house")

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")])
CODE = sorted(path for folder in ("src", "tests", "tools") for path in (ROOT / folder).rglob("*.py"))
TEXT = {path: path.read_text(encoding="utf-8") for path in PAGES}
README = TEXT[ROOT / "README.md"]


def test_generated_parts_are_what_the_program_says() -> None:
    stale = [path.name for path, text in write_reference.pages().items() if TEXT[path] != text]
    assert stale == [], "run: PYTHONPATH=src python tools/write_reference.py"


def _anchors(text: str) -> set[str]:
    """Anchors of the headings, as forges make them."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def _links() -> Iterator[tuple[Path, str]]:
    for page, text in TEXT.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if not re.match(r"https?:", target):
                yield page, target


def test_every_link_leads_somewhere() -> None:
    links = list(_links())
    assert len(links) >= 30
    broken = []
    for page, target in links:
        name, _, anchor = target.partition("#")
        aim = (page.parent / name).resolve() if name else page
        if not aim.exists() or (anchor and anchor not in _anchors(TEXT[aim])):
            broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_page_the_code_names_exists() -> None:
    named = {name for path in CODE for name in re.findall(r"docs/[\w/.-]+\.(?:md|json)", path.read_text("utf-8"))}
    assert len(named) >= 5
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_every_variable_of_the_environment_is_documented() -> None:
    sources = [*CODE, ROOT / "run", ROOT / ".ci" / "run"]
    named = {name for path in sources for name in re.findall(r"\bVIGIE_[A-Z_]+\b", path.read_text("utf-8"))}
    assert named >= {"VIGIE_TEST_DATA", "VIGIE_TEST_POSTGRES", "VIGIE_TEST_REQUIRE"}
    assert sorted(name for name in named if f"`{name}" not in TEXT[ROOT / "CONTRIBUTING.md"]) == []


def test_every_level_of_evidence_is_explained() -> None:
    page = TEXT[ROOT / "docs" / "reference" / "evidence.md"]
    assert [level for level in LEVELS if f"| `{level}` |" not in page] == []


def test_every_dependency_has_its_reason() -> None:
    page = TEXT[ROOT / "docs" / "decisions" / "0002-dependencies.md"].lower()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|test) = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    wanted = [name for found in lists for name in re.findall(r'"([\w-]+(?:\[\w+\])?)', found)]
    wanted += re.findall(r'"(@?[\w/-]+)": "\d', (ROOT / "package.json").read_text(encoding="utf-8"))
    assert len(wanted) >= 25
    assert [name for name in wanted if f"| `{name}` |" not in page] == []


def _commands() -> Iterator[tuple[Path, str]]:
    """Every line of the manual that starts Vigie."""
    for page, text in TEXT.items():
        for line in re.findall(r"^(?:\$ |    )(?:\.\./\.\./|\./)run (.*?)(?: *#.*| *[|>&2].*)?$", text, re.MULTILINE):
            yield page, line


def test_every_command_shown_can_be_typed() -> None:
    commands = list(_commands())
    assert len(commands) >= 15
    options = {flag for command in write_reference.leaves(parser()) for flag in write_reference.flags(command)}
    wrong = []
    for page, line in commands:
        first, *rest = line.split()
        known = first in ("demo", "test") or (first == "vigie" and (not rest or rest[0] in {*COMMANDS, "--help"}))
        used = set(re.findall(r"(?<= )--[a-z][a-z-]*", line)) if first != "test" else set()
        if not known or used - options - {"--help"}:
            wrong.append(f"{page.relative_to(ROOT)}: {line}")
    assert wrong == []


@pytest.mark.parametrize("command", ["demo --no-serve", "vigie lists check list.xml", "vigie read coach.edi --no-view"])
def test_readme_shows_what_is_printed(command: str, tmp_path: Path) -> None:
    """Lines in the order printed; `…` stands for lines left out."""
    for path in SAMPLE.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    arguments = command.removeprefix("vigie ").split()
    printed = write_reference.output_of(arguments, str(tmp_path))
    block = re.search(rf"^    \$ \./run {re.escape(command)}.*\n((?:    (?!\$|\./run).*\n|\n)+)", README, re.MULTILINE)
    assert block is not None
    shown = "\n".join(line[4:].rstrip() for line in block[1].rstrip().splitlines())
    place = 0
    for chunk in re.split(r"^…\n?", shown, flags=re.MULTILINE):
        found = printed.find(chunk.rstrip("\n"), place)
        assert found >= 0, f"not printed any more:\n{chunk}\n\nbut:\n{printed}"
        place = found + len(chunk.rstrip("\n"))
