"""Named suites: tests that need something a bare machine lacks say so by a marker, and their absence is counted.

`data` needs the real lists and messages (folder `VIGIE_TEST_DATA`, by default ../shared/data beside the checkout);
`postgres` needs a server (`VIGIE_TEST_POSTGRES`, by default 127.0.0.1:5432); `chromium` needs Debian's Chromium;
`kernel` needs a C compiler; `nightly` is the long tier, run with --nightly.
`VIGIE_TEST_REQUIRE=data,postgres,chromium,kernel` turns absence into failure.
"""

import os
import shutil
import signal
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

# A busy machine is no fault of the code: no example is timed. The nightly tier tries ten times as many.
settings.register_profile("house", deadline=None)
settings.register_profile("nightly", deadline=None, max_examples=1000)

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("VIGIE_TEST_DATA", ROOT.parent / "shared" / "data")).resolve()
POSTGRES = os.environ.get("VIGIE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
SUITES = {
    "data": f"real lists and messages in {DATA}",
    "postgres": "a PostgreSQL server (VIGIE_TEST_POSTGRES or 127.0.0.1:5432)",
    "chromium": "Debian's chromium (apt-get install chromium)",
    "kernel": "a C compiler (apt-get install gcc), and VIGIE_KERNEL not off",
}


def _listening(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=2):
            return True
    except OSError:
        return False


def present(suite: str) -> bool:
    if suite == "data":
        return (DATA / "watchlists").is_dir()
    if suite == "postgres":
        return _listening(POSTGRES)
    if suite == "kernel":  # one that does not compile is a failure, not an absence
        return any(map(shutil.which, ("cc", "gcc", "clang"))) and os.environ.get("VIGIE_KERNEL") != "off"
    return shutil.which("chromium") is not None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="run the long tier as well: fuzz, crash, full lists")
    parser.addoption("--screenshots", metavar="FOLDER", help="save what the browser tests look at, for people to see")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("nightly" if config.getoption("--nightly") else "house")
    for suite, needs in SUITES.items():
        config.addinivalue_line("markers", f"{suite}: needs {needs}")
    if (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):  # inherited from "nohup" or "&": programs under test hear Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "nightly: long; runs with --nightly only")
    required = [name for name in os.environ.get("VIGIE_TEST_REQUIRE", "").split(",") if name]
    absent = [name for name in required if not present(name)]
    if absent:
        raise pytest.UsageError(
            "required test suites cannot run: " + "; ".join(f"{a} needs {SUITES[a]}" for a in absent)
        )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = {suite: present(suite) for suite in SUITES}
    for item in items:
        for suite, there in here.items():
            if item.get_closest_marker(suite) and not there:
                item.add_marker(pytest.mark.skip(reason=f"suite {suite}: needs {SUITES[suite]}"))
        if item.get_closest_marker("nightly") and not config.getoption("--nightly"):
            item.add_marker(pytest.mark.skip(reason="suite nightly: runs with --nightly"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what did not run, by suite: a test that is silently absent is a test lost."""
    counts: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        counts[reason.removeprefix("Skipped: ")] = counts.get(reason.removeprefix("Skipped: "), 0) + 1
    for reason, count in sorted(counts.items()):
        terminalreporter.write_line(f"NOT RUN: {count} tests, {reason}", yellow=True)


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of the real lists and messages; use together with @pytest.mark.data."""
    return DATA
