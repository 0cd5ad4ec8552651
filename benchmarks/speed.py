"""Travellers per second of the engine, beside a SIMD scan of all names and, where given, a peer. One core.

The scan (rapidfuzz `cdist`, Jaro-Winkler over every Latin name) is the naive floor: it sees no order, joining, date
or document and gives no evidence. The engine is timed with everything a decision needs, evidence included; cold
means that no word was seen before, warm that all were. Rounds are interleaved; medians are compared.

    PYTHONPATH=src python -m benchmarks.speed [--travellers N] [--rounds N] [--peer-python PYTHON]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from benchmarks import common
from vigie.matching import Index, Query, population
from vigie.records import Watchlist


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def scan(watchlists: tuple[Watchlist, ...], travellers: list[Query]) -> Callable[[], object]:
    names = [
        name.name.lower() for w in watchlists for entry in w.entries for name in entry.names if name.script == "Latn"
    ]
    own = [query.names[0].lower() for query in travellers]
    return lambda: [
        cdist([one], names, scorer=JaroWinkler.similarity, dtype=np.float32, workers=1).max() for one in own
    ]


def search(index: Index, travellers: list[Query]) -> None:
    threshold = index.threshold(100)
    index.search_all(travellers, threshold, top=10)


class Peer:
    """A process that screens the same travellers against the same list when asked."""

    def __init__(self, python: str, watchlists: tuple[Watchlist, ...], travellers: list[Query]) -> None:
        listed = [
            {
                "id": f"{entry.list}-{entry.id}",
                "names": [name.name for name in entry.names],
                "birth_date": entry.birth_dates[0].date.split("/")[0] if entry.birth_dates else None,
            }
            for watchlist in watchlists
            for entry in watchlist.entries
        ]
        own = [{"id": f"t{n}", "names": q.names, "birth_date": q.birth_date} for n, q in enumerate(travellers)]
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False, encoding="utf-8") as file:
            json.dump({"listed": listed, "travellers": own}, file)
        script = str(Path(__file__).with_name("peer_logic_v2.py"))
        command = [python, script, file.name]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.answer()

    def answer(self) -> dict[str, float]:
        assert self._process.stdout is not None
        answer: dict[str, float] = json.loads(self._process.stdout.readline())
        return answer

    def screen(self) -> float:
        assert self._process.stdin is not None
        self._process.stdin.write("again\n")
        self._process.stdin.flush()
        return self.answer()["seconds"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--travellers", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer-python", metavar="PYTHON")
    given = parser.parse_args()
    watchlists, travellers = common.lists(), common.travellers(given.travellers)
    scan_all = scan(watchlists, travellers)
    peer = Peer(given.peer_python, watchlists, travellers) if given.peer_python else None
    seconds: dict[str, list[float]] = {
        "engine, cold": [],
        "engine, warm": [],
        "scan (cdist)": [],
        "peer (logic-v2)": [],
    }
    build = []
    for _ in range(given.rounds):
        population.travellers.cache_clear()
        start = time.perf_counter()
        index = Index(watchlists)
        build.append(time.perf_counter() - start)
        seconds["engine, cold"].append(timed(lambda: search(index, travellers)))  # noqa: B023 - run at once
        seconds["scan (cdist)"].append(timed(scan_all))
        seconds["engine, warm"].append(timed(lambda: search(index, travellers)))  # noqa: B023
        if peer is not None:
            seconds["peer (logic-v2)"].append(peer.screen())
    report(watchlists, len(travellers), statistics.median(build), {k: v for k, v in seconds.items() if v})


def report(watchlists: tuple[Watchlist, ...], travellers: int, build: float, seconds: dict[str, list[float]]) -> None:
    entries = sum(len(watchlist.entries) for watchlist in watchlists)
    names = sum(len(entry.names) for watchlist in watchlists for entry in watchlist.entries)
    rates = {name: travellers / statistics.median(taken) for name, taken in seconds.items()}
    print(f"{travellers} travellers, {entries} persons, {names} names; index built in {build:.1f} s", file=sys.stderr)
    for name, rate in rates.items():
        spread = f"{travellers / max(seconds[name]):.0f} to {travellers / min(seconds[name]):.0f}"
        ratios = ", ".join(f"{rate / other:.2f} x {what}" for what, other in rates.items() if what != name)
        print(f"{name:16} {rate:8.0f} travellers/s ({spread}); {ratios}", file=sys.stderr)
    print(
        json.dumps(
            {"travellers": travellers, "persons": entries, "names": names, "build_seconds": build, "rates": rates}
        )
    )


if __name__ == "__main__":
    main()
