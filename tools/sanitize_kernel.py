"""Runs the kernel under the address and undefined-behaviour sanitizers: damaged index files, then a screening.

    PYTHONPATH=src python tools/sanitize_kernel.py [DAMAGED]

DAMAGED is the number of damaged files (default 2000). The screening is of the lists and travellers of the benchmarks:
the real ones where the test data are, invented ones elsewhere. Ends with 0 when nothing was found. Needs gcc with its
sanitizers (Debian's gcc has them). Python is not sanitized and keeps its memory, so leaks are not looked for.
"""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLAGS = "-g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all"
_INDEX = """
import datetime as dt, sys
from pathlib import Path
from tests.matching.invented import INDEX
assert INDEX.not_compiled is None, INDEX.not_compiled
INDEX.write(Path(sys.argv[1]), dt.datetime.now(dt.UTC))
"""
_SCREENING = """
import datetime as dt, sys
from pathlib import Path
from benchmarks import common
from vigie.matching import Index
built = Index(common.lists(), compiled=True)
built.write(Path(sys.argv[1]), dt.datetime.now(dt.UTC))
index, travellers = Index.opened(Path(sys.argv[1]), compiled=True, verified=True), common.travellers(2000)
for at in range(0, len(travellers), 500):
    asked = travellers[at : at + 500]
    assert index.search_all(asked, index.threshold(100)) == built.search_all(asked, index.threshold(100))
assert index.search_all(travellers[:20], 0) == built.search_all(travellers[:20], 0)
"""


def main(damaged: str = "2000") -> int:
    compiler = shutil.which("gcc")
    if compiler is None:
        sys.exit("no gcc is here (on Debian: apt-get install gcc)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = _environment(folder, compiler)
        runs = (
            ("an index of invented people", ["-c", _INDEX, str(folder / "small.vix")]),
            ("damaged files", ["-m", "tests.matching.damage", str(folder / "small.vix"), "0", damaged, "--copied"]),
            ("a screening", ["-c", _SCREENING, str(folder / "lists.vix")]),
        )
        for what, arguments in runs:
            with (folder / "out").open("wb") as out:
                done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, stdout=out, check=False)
            last = (folder / "out").read_text(encoding="utf-8").splitlines()[-1:]
            print(f"{what}: {'nothing found' if not done.returncode else f'code {done.returncode}'}", *last)
            if done.returncode:
                return 1
        made = list((folder / "cache").glob("kernel-*.so"))
        assert any(b"__asan_init" in library.read_bytes() for library in made), "the kernel was not sanitized"
    return 0


def _environment(folder: Path, compiler: str) -> dict[str, str]:
    """The kernel is built as always, by a `cc` that adds the sanitizers, into a cache of its own."""
    own = folder / "bin" / "cc"
    own.parent.mkdir()
    own.write_text(f'#!/bin/sh\nexec {compiler} "$@" {FLAGS}\n', encoding="utf-8")
    own.chmod(own.stat().st_mode | stat.S_IXUSR)
    told = subprocess.run([compiler, "-print-file-name=libasan.so"], capture_output=True, text=True, check=True)
    return os.environ | {
        "PATH": f"{own.parent}{os.pathsep}{os.environ['PATH']}",
        "VIGIE_CACHE": str(folder / "cache"),
        "LD_PRELOAD": str(Path(told.stdout.strip()).resolve()),
        "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=0",
        "UBSAN_OPTIONS": "print_stacktrace=1",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONMALLOC": "malloc",
    }


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
