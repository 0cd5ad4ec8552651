"""The quality table of the matching engine: who is found when one negative in a thousand is disturbed, beside peers.

One command answers for the whole table, every engine on the same items of `sets.py`:

    PYTHONPATH=src python -m benchmarks.table [--peer-python PYTHON] [--classes] [--json FILE]
        [--positives N] [--negatives N] [--only clear,logic-v2,...] [--sets variants,...] [--peer-cache FOLDER]

- Score of an item: that of the best right entry. A negative's score: that of its best entry, whichever it is.
- Threshold at a share s of n negatives: the score of the (floor(s n) + 1)-th best negative; an item is found when its
  score is strictly above. So no more than s n negatives alert, and where an engine gives many of them the same score
  (a tie), all of them or none do.
- Our score is the sum of evidence of an entry that may alert: one that rests on a weak alias alone never does, and a
  sum below 0 is no candidate.
- Intervals of shares are Wilson's; a difference to a peer is a paired bootstrap over persons with the thresholds held.
  The best peer of a row is chosen by its result there, which favours the peers.
- First: of the items found, those whose right entry has a greater score than every other entry; a tie is not first.
- Reachable: recall among the items of whose name some word resembles a listed one (`sets.RESEMBLES`).
- Pairs: labelled pairs of persons' names; area under the curve of our sum, and of the sum relative to what the names
  are worth. A pair for which nothing speaks comes last.
"""

import argparse
import hashlib
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks import common, sets
from benchmarks.quality import say, wilson
from vigie.matching import Index, Query
from vigie.records import Entry, Watchlist
from vigie.watchlist.listed_names import listed_name

OURS: Final = "clear"
RELATIVE: Final = "clear, relative"
"""For pairs alone: `relative_score`."""
PEERS: Final = ("logic-v2", "er-unstable", "jaro-winkler", "token-sort", "trigrams")
SHARES: Final = (1e-3, 1e-4)
"""Of negatives that alert; the second only where there are enough of them for one to be expected."""
RESAMPLES: Final = 2_000
BATCH: Final = 1_000
FLOOR: Final = 0
"""Millibits below which an entry is no candidate: the evidence speaks against it."""
FIRST: Final = 0.99
BARS: Final[dict[tuple[str, str, str], tuple[float, float]]] = {
    ("variants", "with date", "easy"): (0.975, 0.99),
    ("variants", "with date", "hard"): (0.92, 0.96),
    ("variants", "name only", "easy"): (0.78, 0.87),
    ("variants", "name only", "hard"): (0.60, 0.70),
    ("alias", "with date", "easy"): (0.91, 0.935),
    ("alias", "with date", "hard"): (0.82, 0.88),
    ("alias", "name only", "easy"): (0.55, 0.65),
    ("alias", "name only", "hard"): (0.33, 0.45),
    ("script", "with date", "easy"): (0.85, 0.93),
    ("script", "with date", "hard"): (0.65, 0.80),
    ("script", "name only", "easy"): (0.45, 0.60),
    ("script", "name only", "hard"): (0.25, 0.40),
}
"""Recall at the first share that must be reached, and that is striven for."""
NO_BARS: Final = (math.nan, math.nan)
PAIR_BARS: Final = (0.0, 0.06)
"""Lead over logic-v2 in area under the curve: its interval must be above the first, itself reach the second."""
PAIR_FILES: Final = ("name_cases.csv", "watchman_pairs.csv")

Floats = npt.NDArray[np.float64]
Scores = dict[str, dict[str, Floats]]
"""By engine and facts: for each item the score of its best right entry and of the best other one; -inf for none."""


class Share(NamedTuple):
    """A share with its 95 % interval."""

    share: float
    low: float
    high: float


class Line(NamedTuple):
    """One row of the table."""

    set: str
    facts: str
    negatives: str
    items: int
    found: dict[str, Share]
    """By engine, at the first share."""
    rarer: dict[str, float]
    """By engine, recall at the second share; nothing where there are too few negatives."""
    first: float
    reachable: Share
    peer: str | None
    lead: Share | None
    """Difference to the best peer."""
    classes: dict[str, tuple[int, float]]
    """Number of items of each class and how many of them are found."""


# -- engines -----------------------------------------------------------------------------------------------------------


def clear(watchlists: Sequence[Watchlist], items: Sequence[sets.Item]) -> dict[str, Floats]:
    """Our own scores by facts: of the names and facts that the kernel adds up, what could alert by itself."""
    index = Index(watchlists)
    place_of = {(entry.list, entry.id): place for place, entry in enumerate(index.entries)}
    right = [{place_of[key] for key in item.right if key in place_of} for item in items]
    scores: dict[str, Floats] = {}
    for facts in sets.FACTS:
        asked = [item.query if facts == "with date" else sets.name_only(item.query) for item in items]
        met = [
            found for start in range(0, len(asked), BATCH) for found in index.best(asked[start : start + BATCH], FLOOR)
        ]
        scores[facts] = np.array([_best(index, *one) for one in zip(asked, met, right, strict=True)])
    return scores


def _best(index: Index, query: Query, met: dict[int, int], right: set[int]) -> tuple[float, float]:
    """The best right entry and the best other one that does not rest on a weak alias alone."""

    def first(places: Iterable[int]) -> float:
        for place in sorted(places, key=lambda place: -met[place]):
            match = index.compare(query, place, FLOOR)
            if match is not None and match.alert:
                return match.millibits
        return -math.inf

    return first(met.keys() & right), first(met.keys() - right)


class Peers:
    """A process of the peers' own Python at work; its answer is kept in a folder where one is given."""

    def __init__(self, python: str, cache: str | None, job: dict[str, Any]) -> None:
        script = Path(__file__).with_name("peer_scores.py")
        text = json.dumps(job)
        self._temporary = tempfile.TemporaryDirectory()
        folder = Path(cache or self._temporary.name)
        folder.mkdir(parents=True, exist_ok=True)
        self._answer = folder / f"{hashlib.sha256(script.read_bytes() + text.encode()).hexdigest()[:16]}.json"
        self._process = None
        if not self._answer.exists():
            question = Path(self._temporary.name, "job")
            question.write_text(text, encoding="utf-8")
            self._process = subprocess.Popen([python, str(script), str(question)], stdout=subprocess.PIPE)

    def answer(self) -> dict[str, Any]:
        if self._process is not None:
            out, _ = self._process.communicate()
            if self._process.returncode:
                raise SystemExit("the peers' process failed; its message stands above")
            self._answer.write_bytes(out)
        found: dict[str, Any] = json.loads(self._answer.read_bytes())
        self._temporary.cleanup()
        return found

    def scores(self) -> Scores:
        scores = self.answer()["scores"]
        return {peer: {facts: numbers(found) for facts, found in by.items()} for peer, by in scores.items()}


def numbers(found: list[list[float | None]]) -> Floats:
    scores: Floats = np.array(found, dtype=float)
    return np.where(np.isnan(scores), -math.inf, scores)


def job(watchlists: Sequence[Watchlist], items: Sequence[sets.Item], peers: Sequence[str]) -> dict[str, Any]:
    """What `peer_scores.py` reads. A cell that holds several names is given as these names."""
    listed = [
        {
            "id": "|".join((entry.list, entry.id)),
            "names": [(name.kind, form) for name in entry.names for form in name.forms or (name.name,)],
            "birth_dates": [date.date for date in entry.birth_dates],
            "sex": entry.sex,
            "nationalities": entry.nationalities,
        }
        for watchlist in watchlists
        for entry in watchlist.entries
    ]
    queries = [
        {**item.query._asdict(), "documents": (), "right": sorted("|".join(key) for key in item.right)}
        for item in items
    ]
    return {"listed": listed, "queries": queries, "pairs": [], "only": peers}


# -- figures -----------------------------------------------------------------------------------------------------------


def threshold(negatives: Floats, share: float) -> float:
    """The score above which no more than this share of the negatives is."""
    return float(np.sort(negatives)[::-1][math.floor(share * len(negatives) + 1e-9)])


def interval(found: npt.NDArray[np.bool_]) -> Share:
    return Share(float(found.mean()), *wilson(int(found.sum()), len(found))) if len(found) else Share(math.nan, 0, 1)


def lead(ours: npt.NDArray[np.bool_], theirs: npt.NDArray[np.bool_], persons: Sequence[str]) -> Share:
    """Difference of two recalls on the same items, with its interval over resampled persons."""
    _, person = np.unique(persons, return_inverse=True)
    gained = np.bincount(person, ours.astype(float) - theirs)
    items = np.bincount(person)
    drawn = np.random.default_rng(sets.SEED).integers(0, len(items), (RESAMPLES, len(items)))
    differences = gained[drawn].sum(axis=1) / items[drawn].sum(axis=1)
    return Share(gained.sum() / items.sum(), *map(float, np.quantile(differences, (0.025, 0.975))))


def line(task: sets.Task, facts: str, kind: str, scores: Scores, negatives: slice) -> Line:
    """The row of one set, with some facts, against the negatives at these places of the scores."""
    items, count = task.items, len(task.items)
    right = {engine: by[facts][:count, 0] for engine, by in scores.items()}
    against = {engine: by[facts][negatives, 1] for engine, by in scores.items()}
    enough = [share for share in SHARES if share * len(against[OURS]) >= 1]
    hits = {e: {share: right[e] > threshold(against[e], share) for share in enough} for e in scores}
    usual = {engine: hit[SHARES[0]] for engine, hit in hits.items()}
    own = usual[OURS]
    peer = max((engine for engine in scores if engine != OURS), key=lambda e: usual[e].mean(), default=None)
    classes = np.array([item.kind for item in items])
    return Line(
        set=task.name,
        facts=facts,
        negatives=kind,
        items=count,
        found={engine: interval(hit) for engine, hit in usual.items()},
        rarer={engine: float(hit[SHARES[1]].mean()) for engine, hit in hits.items() if SHARES[1] in hit},
        first=float((right[OURS] > scores[OURS][facts][:count, 1])[own].mean()) if own.any() else math.nan,
        reachable=interval(own[[item.reachable for item in items]]),
        peer=peer,
        lead=lead(own, usual[peer], [item.person for item in items]) if peer else None,
        classes={str(c): (int((classes == c).sum()), float(own[classes == c].mean())) for c in np.unique(classes)},
    )


def lines(name: str, given: argparse.Namespace, engines: Sequence[str]) -> list[Line]:
    """The rows of one set. Ours and the peers work side by side."""
    task = sets.task(name, given.positives)
    items, places = list(task.items), {}
    for kind in sets.NEGATIVES:
        some = sets.with_facts_of(task.items, sets.negatives(kind, given.negatives))
        places[kind] = slice(len(items), len(items) + len(some))
        items += some
    asked = [engine for engine in engines if engine != OURS]
    peers = Peers(given.peer_python, given.peer_cache, job(task.watchlists, items, asked)) if asked else None
    say(f"{name}: {len(task.items)} items of {len({item.person for item in task.items})} persons")
    scores: Scores = {OURS: clear(task.watchlists, items), **(peers.scores() if peers else {})}
    return [line(task, facts, kind, scores, places[kind]) for facts in sets.FACTS for kind in sets.NEGATIVES]


# -- pairs -------------------------------------------------------------------------------------------------------------


def beats(scores: Floats, same: npt.NDArray[np.bool_]) -> Floats:
    """For each pair of the same person (row) and of two (column): 1 where the first scores more, a half for a tie."""
    one, two = scores[same][:, None], scores[~same][None, :]
    return np.asarray((one > two) + 0.5 * (one == two), dtype=float)


def pair_score(traveller: str, listed: str) -> float:
    entry = Entry(list="pairs", id="1", names=(listed_name("primary", listed),))
    index = Index([Watchlist(list="pairs", format="csv", version="", date=None, entries=(entry,))])
    found = index.search(Query((traveller,)), -math.inf, 1)
    return found[0].millibits if found else -math.inf


def relative_score(traveller: str, listed: str) -> float:
    """The sum as a share of what the two names score against themselves.

    A sum of evidence grows with the length and rarity of a name, as it must where one threshold holds for a whole list;
    labelled pairs ask how alike two names are, whatever they weigh.
    """
    own = [max(1, pair_score(name, name)) for name in (traveller, listed)]
    return 2 * pair_score(traveller, listed) / sum(own)


def pairs(given: argparse.Namespace, engines: Sequence[str]) -> dict[str, Any]:
    """Areas under the curve over the labelled pairs of persons, and our leads over logic-v2 with their intervals."""
    rows = [row for file in PAIR_FILES for row in common.rows(file) if row["schema"] == "Person"]
    named = [(row["name_a"], row["name_b"]) for row in rows]
    same = np.array([row["label"] == "1" for row in rows])
    scores = {OURS: np.array([pair_score(*pair) for pair in named])}
    scores[RELATIVE] = np.array([relative_score(*pair) for pair in named])
    if asked := [engine for engine in ("logic-v2", "er-unstable") if engine in engines]:
        wanted = job((), (), asked) | {"pairs": named}
        found = Peers(given.peer_python, given.peer_cache, wanted).answer()["pairs"]
        scores |= {peer: np.array(values, dtype=float) for peer, values in found.items()}
    wins = {engine: beats(values, same) for engine, values in scores.items()}
    answer: dict[str, Any] = {"pairs": len(rows), "same": int(same.sum())}
    answer["area"] = {engine: float(won.mean()) for engine, won in wins.items()}
    if "logic-v2" in wins:
        answer["lead"] = {ours: pair_lead(wins[ours] - wins["logic-v2"]) for ours in (OURS, RELATIVE)}
    return answer


def pair_lead(difference: Floats) -> Share:
    """The pairs of each label are resampled, the same for both engines."""
    draw = np.random.default_rng(sets.SEED)
    drawn = [draw.multinomial(n, np.full(n, 1 / n), RESAMPLES) / n for n in difference.shape]
    means = np.einsum("rp,pn,rn->r", drawn[0], difference, drawn[1], optimize=True)
    return Share(float(difference.mean()), *map(float, np.quantile(means, (0.025, 0.975))))


# -- print -------------------------------------------------------------------------------------------------------------


def verdict(value: float, bars: tuple[float, float]) -> str:
    if math.isnan(bars[0]):
        return "-"
    return "strive" if value >= bars[1] else "must" if value >= bars[0] else "BELOW"


def print_lines(table: Sequence[Line]) -> None:
    print(f"Recall at a false-alert share of {SHARES[0]:g}; right entry first must be {FIRST}")
    print(
        "set       facts      neg.   recall (95 %)        must  strive  reached  first  reachable"
        "  1e-4   best peer     its   lead (95 %)"
    )
    for row in table:
        own, bars = row.found[OURS], BARS.get((row.set, row.facts, row.negatives), NO_BARS)
        rarer = f"{row.rarer[OURS]:.3f}" if row.rarer else "  -  "
        lead = f"{row.peer:12} {row.found[row.peer].share:.3f}  {signed(row.lead)}" if row.peer and row.lead else "-"
        first = f"{row.first:.3f}{' ' if row.first >= FIRST else '!'}"
        print(
            f"{row.set:9} {row.facts:10} {row.negatives:5}  {own.share:.3f} ({own.low:.3f} to {own.high:.3f})"
            f"  {bars[0]:.3f}  {bars[1]:.3f}  {verdict(own.share, bars):7} {first}    {row.reachable.share:.3f}"
            f"    {rarer}  {lead}"
        )


def signed(share: Share) -> str:
    return f"{share.share:+.3f} ({share.low:+.3f} to {share.high:+.3f})"


def print_engines(table: Sequence[Line], engines: Iterable[str]) -> None:
    print("\nRecall of every engine\n" + f"{'':26}" + "".join(f"{engine:>14}" for engine in engines))
    for row in table:
        print(
            f"{row.set:9} {row.facts:10} {row.negatives:5}"
            + "".join(f"{row.found[engine].share:14.3f}" for engine in engines)
        )


def print_classes(table: Sequence[Line]) -> None:
    heads = [f"{facts}, {kind}" for facts in sets.FACTS for kind in sets.NEGATIVES]
    print("\nRecall by class\n" + f"{'':32}" + "".join(f"{head:>17}" for head in heads))
    for name in dict.fromkeys(row.set for row in table):
        rows = [row for row in table if row.set == name]
        for kind, (count, _) in rows[0].classes.items():
            print(f"{name:9} {kind:16} {count:4}  " + "".join(f"{row.classes[kind][1]:17.3f}" for row in rows))


def print_pairs(found: dict[str, Any]) -> None:
    areas = ", ".join(f"{engine} {area:.3f}" for engine, area in found["area"].items())
    print(f"\nArea under the curve, {found['pairs']} labelled pairs of persons: {areas}")
    for ours, lead in found.get("lead", {}).items():
        reached = "BELOW" if lead.low <= PAIR_BARS[0] else verdict(lead.share, PAIR_BARS)
        print(f"lead of {ours} over logic-v2 {signed(lead)}; must > 0, strive {PAIR_BARS[1]:+}: {reached}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--positives", type=int, default=800, help="most items of a set")
    parser.add_argument("--negatives", type=int, default=4_000, help="travellers of each kind")
    parser.add_argument("--peer-python", metavar="PYTHON", help="interpreter that has the peers")
    parser.add_argument("--peer-cache", metavar="FOLDER", help="keep the peers' answers there and ask them only once")
    parser.add_argument("--only", default=",".join((OURS, *PEERS)), help="engines; ours is always among them")
    parser.add_argument("--sets", default="variants,alias,script,pairs", help="of these, and unseen")
    parser.add_argument("--classes", action="store_true", help="recall by mutation, list and script besides")
    parser.add_argument("--json", metavar="FILE", help="write all figures there too")
    given = parser.parse_args()
    if not common.real():
        sys.exit(f"{common.DATA}: no test data there; set VIGIE_TEST_DATA")
    if given.negatives * SHARES[0] < 1:
        parser.error(f"--negatives must be at least {1 / SHARES[0]:.0f}: fewer cannot tell a share of {SHARES[0]:g}")
    engines = [OURS, *(peer for peer in PEERS if given.peer_python and peer in given.only.split(","))]
    chosen = given.sets.split(",")
    table = [row for name in sets.SETS if name in chosen for row in lines(name, given, engines)]
    if table:
        print_lines(table)
        print_engines(table, engines)
    if given.classes:
        print_classes(table)
    found = pairs(given, engines) if "pairs" in chosen else None
    if found:
        print_pairs(found)
    if given.json:
        answer = {"rows": [as_plain(row) for row in table], "pairs": found}
        Path(given.json).write_text(json.dumps(answer, indent=1), encoding="utf-8")


def as_plain(row: Line) -> dict[str, Any]:
    return row._asdict() | {"bars": BARS.get((row.set, row.facts, row.negatives))}


if __name__ == "__main__":
    main()
