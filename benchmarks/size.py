"""Travellers per second of the kernel as the list grows, beside a SIMD scan of all its names. One core.

The scan (rapidfuzz `cdist`, Jaro-Winkler, one worker) is the naive floor: it sees no order, joining, date or document.
The engine is timed from columns of travellers to the rows that reach the default operating point, every fact compared;
evidence for the few matches is left out, as the scan gives none. Cold: no word was seen before. Rounds are
interleaved; medians are compared.

    PYTHONPATH=src python -m benchmarks.size [--people N,N,...] [--travellers N] [--rounds N]
"""

import argparse
import json
import resource
import statistics
import sys
import time
from typing import Any

import numpy as np
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from benchmarks import people
from vigie.matching import Index
from vigie.matching.clear import CUT_LENGTHS

_SINGLE = 2_000


def measured(listed: int, travellers: int, rounds: int) -> dict[str, Any]:
    watchlist = people.watchlist(listed)
    start = time.perf_counter()
    index = Index([watchlist], compiled=True)
    build = time.perf_counter() - start
    names = [name.name.lower() for entry in watchlist.entries for name in entry.names]
    asked = people.travellers(travellers)
    threshold = index.threshold(100)
    scanned = [query.names[0].lower() for query in asked[: max(3, min(200, 3_000_000 // len(names)))]]
    held = index.arrays
    if held is None:
        raise SystemExit("the kernel is needed")
    columns = index.columns(asked)
    rates: dict[str, list[float]] = {"cold": [], "warm": [], "scan": []}
    kernel = held.opened()
    for number in range(rounds):
        kernel = held.opened() if number else kernel
        for kind in ("cold", "warm"):
            start = time.perf_counter()
            kernel.screen(columns, CUT_LENGTHS, threshold)
            rates[kind].append(travellers / (time.perf_counter() - start))
        start = time.perf_counter()
        for own in scanned:
            cdist([own], names, scorer=JaroWinkler.similarity, dtype=np.float32, workers=1).max()
        rates["scan"].append(len(scanned) / (time.perf_counter() - start))
    single = [index.columns([query]) for query in asked[:_SINGLE]]
    times = []
    for one in single:
        start = time.perf_counter()
        kernel.screen(one, CUT_LENGTHS, threshold)
        times.append(time.perf_counter() - start)
    median = {kind: statistics.median(values) for kind, values in rates.items()}
    size = sum(section.nbytes for section in held.sections.values())
    return {
        "people": listed,
        "names": len(names),
        "build_seconds": round(build, 1),
        "array_bytes_per_million_names": round(size / len(names) * 1e6),
        "per_second": {kind: round(rate, 1) for kind, rate in median.items()},
        "range": {kind: [round(min(values), 1), round(max(values), 1)] for kind, values in rates.items()},
        "times_the_scan": {kind: round(median[kind] / median["scan"]) for kind in ("cold", "warm")},
        "single_warm_microseconds": {
            "p50": round(1e6 * float(np.percentile(times, 50))),
            "p99": round(1e6 * float(np.percentile(times, 99))),
        },
        "words_new": kernel.told()["misses"],
        "peak_memory_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", default="10000,100000", help="sizes of the list, with commas")
    parser.add_argument("--travellers", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    for listed in map(int, given.people.split(",")):
        found = measured(listed, given.travellers, given.rounds)
        ratio, rate = found["times_the_scan"], found["per_second"]
        print(
            f"{listed} people, {found['names']} names: warm {rate['warm']:.0f}/s = {ratio['warm']} x the scan,"
            f" cold {rate['cold']:.0f}/s = {ratio['cold']} x",
            file=sys.stderr,
        )
        print(json.dumps(found))


if __name__ == "__main__":
    main()
