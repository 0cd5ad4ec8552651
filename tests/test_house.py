"""The house's own rules, each checked by the tool or the count that decides it."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("house")  # the tools use both cores by themselves

TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
PYTHON = [path for path in TRACKED if path.suffix == ".py" or path.name == "run"]
LARGEST = 900 * 1024
# Written in two halves, so that this file does not hold what it looks for.
REGISTRIES = re.compile("|".join(["pypi" r"\.org/simple", "pythonhosted" r"\.org", "registry" r"\.npmjs"]))
WORKPLACE = re.compile(r"(?<![\w.-])/" r"work/")


@pytest.mark.parametrize(
    ("tool", "says"),
    [
        ("-m ruff check", "All checks passed"),
        ("-m ruff format --check", "already formatted"),
        ("-m mypy", "Success: no issues found"),
        (f"{Path(sys.executable).with_name('lint-imports')}", "0 broken"),  # has no `-m` of its own
    ],
    ids=["style", "format", "types", "imports"],
)
def test_tool_finds_nothing(tool: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    done = subprocess.run([sys.executable, *tool.split()], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert says in done.stdout


def test_no_file_is_large() -> None:
    """Data belong beside the repository, not in it."""
    assert [path for path in TRACKED if path.stat().st_size > LARGEST] == []


def _holding(pattern: re.Pattern[str]) -> list[Path]:
    return [path for path in TRACKED if pattern.search(path.read_bytes().decode("utf-8", errors="replace"))]


def test_no_file_names_a_registry() -> None:
    """A lock with addresses would pass by a ministry's own mirror."""
    assert _holding(REGISTRIES) == []


def test_no_file_names_the_place_it_was_written_in() -> None:
    assert _holding(WORKPLACE) == []


def test_every_package_says_what_it_is() -> None:
    packages = [path for path in TRACKED if path.name == "__init__.py" and "src" in path.relative_to(ROOT).parts]
    assert len(packages) >= 10
    assert [path for path in packages if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_no_check_is_switched_off_without_saying_which() -> None:
    silent = re.compile(r"#\s*(?:type:\s*ignore(?!\[)|noqa(?!:))")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PYTHON
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if silent.search(line) and path != Path(__file__)
    ]
    assert found == []


def test_run_stays_small_and_needs_nothing() -> None:
    text = (ROOT / "run").read_text(encoding="utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_every_locked_package_has_a_hash(lock: str) -> None:
    packages = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())
    assert len(packages) >= 20
    assert [package for package in packages if "==" not in package or "--hash=sha256:" not in package] == []


def test_the_test_lock_adds_to_the_other() -> None:
    """The second command only adds: whoever has tested runs what was tested."""
    core, test = ((ROOT / lock).read_text(encoding="utf-8") for lock in ("requirements.txt", "requirements-test.txt"))
    pinned = re.findall(r"^\S+==\S+", core, re.MULTILINE)
    assert [pin for pin in pinned if f"\n{pin}" not in f"\n{test}"] == []


def test_ci_runs_the_command_of_the_readme() -> None:
    assert "./run test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "\n    ./run test\n" in (ROOT / "README.md").read_text(encoding="utf-8")
