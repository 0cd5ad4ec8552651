"""Who is found and who is disturbed at the default operating point, with 95 % Wilson intervals.

Needs the test data folder: 54 hard names of 18 listed persons, 1,586 variants of listed names, 25,000 general
travellers in document letters, 10,000 travellers made of the lists' own name parts (the worst case, no average).
Quality and speed are stated for the same configuration: the engine's defaults against the UN and OFAC lists.

    PYTHONPATH=src python -m benchmarks.quality [--alerts-per-million N] [--quick] [--misses]
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator, Sequence

from benchmarks import common
from vigie.matching import Index, Query, birth_dates
from vigie.names import fold, words_of
from vigie.records import Entry
from vigie.screening import ALERTS_PER_MILLION, MOST_MATCHES

_CHUNK = 1000


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share."""
    z, share = 1.959964, hits / trials
    middle, spread = share + z * z / (2 * trials), z * math.sqrt((share * (1 - share) + z * z / (4 * trials)) / trials)
    return (middle - spread) / (1 + z * z / trials), (middle + spread) / (1 + z * z / trials)


def alerts(index: Index, queries: Sequence[Query], threshold: int) -> Iterator[list[str]]:
    """For each query the entries that alert, best first."""
    for start in range(0, len(queries), _CHUNK):
        chunk = queries[start : start + _CHUNK]
        for found in index.search_all(chunk, threshold, MOST_MATCHES):
            yield [match.entry for match in found if match.alert]


def disturbed(index: Index, name: str, most: int, threshold: int) -> dict[str, float]:
    queries = list(common.table(name, most))
    start = time.perf_counter()
    hits = sum(bool(found) for found in alerts(index, queries, threshold))
    rate = len(queries) / (time.perf_counter() - start)
    low, high = wilson(hits, len(queries))
    say(
        f"{name}: {hits} of {len(queries)} alert: {hits / len(queries) * 1e6:.0f} per million"
        f" ({low * 1e6:.0f} to {high * 1e6:.0f}); {rate:.0f} travellers/s"
    )
    return {"travellers": len(queries), "alerts": hits, "low": low, "high": high, "per_second": rate}


def same_person(one: Entry, other: Entry) -> bool:
    """Two entries of different lists of which one has a name of the other, sound for sound, and no other birth date."""

    def names(entry: Entry) -> set[frozenset[str]]:
        return {frozenset(fold(word.spellings[0]) for word in words_of(n.name) if word.spellings) for n in entry.names}

    dates = [birth_dates.compare(date.date, other.birth_dates).millibits for date in one.birth_dates]
    shared = any(a <= b or b <= a for a in names(one) for b in names(other) if min(len(a), len(b)) > 1 or a == b)
    return one.list != other.list and max(dates, default=0) >= 0 and shared


def hard_names(index: Index, threshold: int) -> dict[str, int]:
    """`right` is what the answer sheet names; the same person's entry on the other list is told apart from it."""
    rows = list(common.rows("hard_names.csv"))
    by_number = {entry.id: entry for entry in index.entries}
    found = list(alerts(index, [common.query(row) for row in rows], threshold))
    first = same = flagged = 0
    for row, entries in zip(rows, found, strict=True):
        right = [by_number[number] for number in row["entry_ids"].split(";")]
        also = {number for number in entries if any(same_person(by_number[number], one) for one in right)}
        ids = {entry.id for entry in right}
        flagged += bool(ids & set(entries))
        first += entries[:1] != [] and entries[0] in ids
        same += entries[:1] != [] and entries[0] in ids | also
        if entries[:1] == [] or entries[0] not in ids:
            twin = "the same person's other entry first" if entries and entries[0] in also else "MISSED"
            say(f"  hard name {row['id']}: {twin}; {len(entries)} alerts")
    say(
        f"hard_names.csv: {flagged} of {len(rows)} flagged; first is a right entry {first}, or the same person's {same}"
    )
    return {"queries": len(rows), "flagged": flagged, "first": first, "first_or_same_person": same}


def variants(index: Index, threshold: int, *, misses: bool) -> dict[str, float]:
    rows = list(common.rows("variants.csv"))
    found = list(alerts(index, [common.query(row) for row in rows], threshold))
    kinds: dict[str, list[bool]] = {}
    for row, entries in zip(rows, found, strict=True):
        kinds.setdefault(row["mutation"], []).append(bool(entries))
        if misses and not entries:
            say(f"  missed: {row['id']} ({row['mutation']}, birth date {row['birth_date_change']})")
    hits = sum(map(sum, kinds.values()))
    low, high = wilson(hits, len(rows))
    say(f"variants.csv: {hits} of {len(rows)} alert: {hits / len(rows):.3f} ({low:.3f} to {high:.3f})")
    say("  " + ", ".join(f"{kind} {sum(got) / len(got):.2f}" for kind, got in sorted(kinds.items())))
    return {"queries": len(rows), "alerts": hits, "low": low, "high": high}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts-per-million", type=float, default=ALERTS_PER_MILLION)
    parser.add_argument("--quick", action="store_true", help="a tenth of the travellers")
    parser.add_argument("--misses", action="store_true", help="name the variants that were missed, by number")
    given = parser.parse_args()
    if not common.real():
        sys.exit(f"{common.DATA}: no test data there; set VIGIE_TEST_DATA")
    index = Index(common.lists())
    threshold = index.threshold(given.alerts_per_million)
    say(f"{len(index.entries)} persons, threshold {threshold / 1000:.3f} bits, engine {index.engine_version}")
    share = 10 if given.quick else 1
    answer = {
        "threshold_bits": threshold / 1000,
        "engine_version": index.engine_version,
        "hard_names": hard_names(index, threshold),
        "variants": variants(index, threshold, misses=given.misses),
        "general": disturbed(index, "negatives_global_icao.csv", 25_000 // share, threshold),
        "own_cultures": disturbed(index, "negatives_hard.csv", 10_000 // share, threshold),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
