"""The measurement: who is disturbed, who is found, and whether probabilities mean what they say."""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple, TypeVar

import msgspec

from vigie.calibration import mutations
from vigie.calibration.mutations import FAMILIES, Listed
from vigie.calibration.shares import MOST_TIMES, Limit, Share, Verdict, share, three_times, verdict
from vigie.calibration.travellers import Invented, Inventor
from vigie.matching import Index, Query, weights
from vigie.names import cultures, script_of
from vigie.records import Match

_T = TypeVar("_T")
POINTS: Final = (10.0, 100.0, 1000.0)
"""Operating points that are measured, in false alerts per million travellers."""
HELD_OUT_CULTURE: Final = "horn"
"""Of the cultures the one whose words the tables know least."""
HELD_OUT_FAMILY: Final = "initial"
"""A change that none of the variants has by which the weights were checked."""
_EDGES: Final = (0.003, 0.01, 0.03, 0.1, 0.3, 0.7, 0.9, 0.97, 0.99, 0.997)
"""Between the bins of probability; the first begins at the floor."""
_CHUNK: Final = 5000
Progress = Callable[[str, int, int], None]
"""Is told what is done, how much of it, and how much there is."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    travellers: int
    """Invented travellers who are on no list, at least 1."""
    seed: int = 1

    @property
    def of_family(self) -> int:
        """Listed people asked for with each family of changes, at most."""
        return min(1000, max(20, self.travellers // 100))

    @property
    def of_held_out(self) -> int:
        """Travellers of the held-out culture."""
        return max(1, self.travellers // 10)


class Group(msgspec.Struct, frozen=True):
    """One group of travellers or listed names at one operating point."""

    name: str
    alerts: Share
    """Of travellers of the culture; or of all false alerts, those that met a name in the script."""
    limit: float
    """Three times the whole: the share that the group may have."""
    verdict: Verdict


class Point(msgspec.Struct, frozen=True):
    """False alerts at one operating point."""

    asked: float
    """Per million travellers."""
    threshold_bits: float
    whole: Share
    """Invented travellers with an alert, those of the held-out culture left out."""
    cultures: tuple[Group, ...]
    scripts: tuple[Group, ...]
    held_out: Group


class Family(msgspec.Struct, frozen=True):
    """Listed people found after one family of changes, at each of the points."""

    name: str
    found: tuple[Share, ...]


class Bin(msgspec.Struct, frozen=True):
    """Travellers whose best match has a probability from `begin` up to `end`.

    Listed and unlisted ones were drawn apart and count in the proportion of the prior. `low` and `high` join the
    least favourable ends of both 95 % intervals.
    """

    begin: float
    end: float
    listed: int
    unlisted: int
    said: float
    """Mean probability said; where nobody is in the bin, the middle of begin and end."""
    observed: float
    low: float
    high: float


class Reliability(msgspec.Struct, frozen=True):
    """Probability said against the share observed."""

    prior: float
    """Share of travellers who are listed, as the engine states it."""
    listed: int
    unlisted: int
    bins: tuple[Bin, ...]
    brier: float
    """Mean squared difference of probability and outcome, over travellers in the proportion of the prior."""
    brier_of_prior: float
    """The same for one who gives every traveller the prior."""


class Report(msgspec.Struct, frozen=True):
    """All that was measured. The same index, settings and version give the same report."""

    settings: Settings
    engine_version: str
    list_version: str
    persons: int
    kernel: bool
    points: tuple[Point, ...]
    families: tuple[Family, ...]
    all_families: Family
    """The families together, without the held-out one."""
    held_out: Family
    reliability: Reliability

    @property
    def over(self) -> Iterator[tuple[float, Group]]:
        """The groups whose rate is more than three times the whole, each with its operating point."""
        for point in self.points:
            for group in (*point.cultures, *point.scripts, point.held_out):
                if group.alerts.share > group.limit:
                    yield point.asked, group


class _Hit(NamedTuple):
    """What a traveller's best match that can alert is worth, and the script of the name it met."""

    millibits: int
    script: str


class _Entries(NamedTuple):
    """Of one query: millibits of the entries that can alert, by place, and the best of them."""

    by_place: dict[int, int]
    best: _Hit | None


def measure(index: Index, settings: Settings, progress: Progress = lambda *_: None) -> Report:
    """Measure an index with people invented from the seed. Raises ValueError for less than one traveller."""
    if settings.travellers < 1:
        raise ValueError("at least one traveller is needed")
    rng = random.Random(settings.seed)  # noqa: S311 - a report that can be repeated, no secret
    inventor = Inventor(rng, without=[HELD_OUT_CULTURE])
    floor = index.threshold(max(POINTS))
    reached = _Reached(index, floor)
    whole = _Crowd(reached, inventor.travellers(settings.travellers), settings.travellers, progress)
    apart = _Crowd(reached, inventor.of(HELD_OUT_CULTURE, settings.of_held_out), settings.of_held_out, progress)
    asked = {
        family: list(mutations.listed(rng, index.entries, family, settings.of_family, inventor.birth_date))
        for family in FAMILIES
    }
    found = {family: list(_found(reached, family, people, progress)) for family, people in asked.items()}
    fitted = [family for family in FAMILIES if family != HELD_OUT_FAMILY]
    together = [one for family in fitted for one in found[family]]
    thresholds = [index.threshold(point) for point in POINTS]
    names = Counter(script_of(name.name) for entry in index.entries for name in entry.names)
    return Report(
        settings=settings,
        engine_version=index.engine_version,
        list_version=index.list_version,
        persons=len(index.entries),
        kernel=index.not_compiled is None,
        points=tuple(_point(*point, names, whole, apart) for point in zip(POINTS, thresholds, strict=True)),
        families=tuple(_family(family, found[family], thresholds) for family in fitted),
        all_families=_family("all", together, thresholds),
        held_out=_family(HELD_OUT_FAMILY, found[HELD_OUT_FAMILY], thresholds),
        reliability=_reliability(index, floor, [one.best for one in together], whole),
    )


class _Reached:
    """The entries that reach the floor and can alert, as screening has them."""

    def __init__(self, index: Index, floor: int) -> None:
        self._index, self._floor = index, floor
        self._place = {(entry.list, entry.id): place for place, entry in enumerate(index.entries)}

    def of(self, queries: Sequence[Query]) -> Iterator[_Entries]:
        """Of each query. The kernel sifts a crowd without evidence; the few that are left are searched with it."""
        if self._index.not_compiled is None:
            sifted = self._index.best(queries, self._floor)
            kept = [query for query, met in zip(queries, sifted, strict=True) if met]
            searched = iter(self._searched(kept))
            return (next(searched) if met else _Entries({}, None) for met in sifted)
        return iter(self._searched(queries))

    def _searched(self, queries: Sequence[Query]) -> list[_Entries]:
        return [
            self._entries([match for match in found if match.alert])
            for found in self._index.search_all(queries, self._floor)
        ]

    def _entries(self, matches: Sequence[Match]) -> _Entries:
        if not matches:
            return _Entries({}, None)
        best = _Hit(matches[0].millibits, script_of(matches[0].matched_name))
        return _Entries({self._place[match.list, match.entry]: match.millibits for match in matches}, best)


class _Crowd:
    """Unlisted travellers: how many of each culture, and the hits of those who have one."""

    def __init__(self, reached: _Reached, people: Iterator[Invented], count: int, progress: Progress) -> None:
        self.size = 0
        self.of_culture: Counter[str] = Counter()
        self.hits: list[tuple[str, _Hit]] = []
        for chunk in _chunks(people):
            self.of_culture.update(one.culture for one in chunk)
            for one, entries in zip(chunk, reached.of([one.query for one in chunk]), strict=True):
                if entries.best is not None:
                    self.hits.append((one.culture, entries.best))
            self.size += len(chunk)
            progress("unlisted travellers", self.size, count)


def _chunks(items: Iterator[_T]) -> Iterator[list[_T]]:
    while chunk := list(islice(items, _CHUNK)):
        yield chunk


def _point(asked: float, threshold: int, names: Counter[str], whole: _Crowd, apart: _Crowd) -> Point:
    """names: the listed names by script."""
    alerts = [(culture, hit) for culture, hit in whole.hits if hit.millibits >= threshold]
    overall = share(len(alerts), whole.size)
    limit = three_times(overall)
    by_culture = Counter(culture for culture, _ in alerts)
    groups = (
        _group(name, share(by_culture[name], whole.of_culture[name]), limit)
        for name in cultures.table().names
        if name != HELD_OUT_CULTURE
    )
    met = sum(hit.millibits >= threshold for _, hit in apart.hits)
    return Point(
        asked=asked,
        threshold_bits=threshold / 1000,
        whole=overall,
        cultures=tuple(groups),
        scripts=tuple(_scripts(names, Counter(hit.script for _, hit in alerts))),
        held_out=_group(HELD_OUT_CULTURE, share(met, apart.size), limit),
    )


def _scripts(names: Counter[str], alerts: Counter[str]) -> Iterator[Group]:
    """Each script's part of the alerts, against three times its part of the listed names."""
    for script in sorted(names, key=lambda script: (-names[script], script)):
        limit = min(1.0, MOST_TIMES * names[script] / names.total())
        yield _group(script, share(alerts[script], alerts.total()), Limit(limit, limit, limit))


def _group(name: str, alerts: Share, limit: Limit) -> Group:
    return Group(name, alerts, limit.at, verdict(alerts, limit))


class _Asked(NamedTuple):
    """A listed person that was asked for: what his own entry is worth (None below the floor), and the best match."""

    own: int | None
    best: _Hit | None


def _found(reached: _Reached, family: str, people: Sequence[Listed], progress: Progress) -> Iterator[_Asked]:
    for one, entries in zip(people, reached.of([one.query for one in people]), strict=True):
        yield _Asked(entries.by_place.get(one.entry), entries.best)
    progress(f"listed people, {family}", len(people), len(people))


def _family(name: str, found: Sequence[_Asked], thresholds: Iterable[int]) -> Family:
    own = [one.own for one in found if one.own is not None]
    return Family(name, tuple(share(sum(o >= threshold for o in own), len(found)) for threshold in thresholds))


def _reliability(index: Index, floor: int, listed: Sequence[_Hit | None], whole: _Crowd) -> Reliability:
    prior = float(2 ** (weights.PRIOR_LISTED / 1000))
    right = [index.probability(hit.millibits) for hit in listed if hit is not None]
    wrong = [index.probability(hit.millibits) for _, hit in whole.hits]
    edges = [index.probability(floor), *(edge for edge in _EDGES if edge > index.probability(floor)), 1.0]
    sizes = (len(listed), whole.size)
    bins = (_bin(begin, end, right, wrong, sizes, prior) for begin, end in pairwise(edges))
    missed = len(listed) - len(right)  # below the floor no match is shown: the probability said is none
    of_listed = (math.fsum((1 - p) ** 2 for p in right) + missed) / max(1, len(listed))
    of_unlisted = math.fsum(p**2 for p in wrong) / whole.size
    return Reliability(
        prior=prior,
        listed=len(listed),
        unlisted=whole.size,
        bins=tuple(bins),
        brier=prior * of_listed + (1 - prior) * of_unlisted,
        brier_of_prior=prior * (1 - prior),
    )


def _bin(
    begin: float, end: float, right: Sequence[float], wrong: Sequence[float], sizes: tuple[int, int], prior: float
) -> Bin:
    """sizes: of all listed and all unlisted travellers that were drawn."""
    hits = [p for p in right if begin <= p < end or p == end == 1.0]
    misses = [p for p in wrong if begin <= p < end or p == end == 1.0]
    one, other = share(len(hits), sizes[0]), share(len(misses), sizes[1])
    each, each_other = prior / max(1, sizes[0]), (1 - prior) / sizes[1]
    mass = each * len(hits) + each_other * len(misses)
    said = (each * math.fsum(hits) + each_other * math.fsum(misses)) / mass if mass else (begin + end) / 2
    return Bin(
        begin,
        end,
        len(hits),
        len(misses),
        said,
        _posterior(prior, one.share, other.share),
        _posterior(prior, one.low, other.high),
        _posterior(prior, one.high, other.low),
    )


def _posterior(prior: float, listed: float, unlisted: float) -> float:
    """Share of listed ones among those who fall into a bin; 0 where nobody does."""
    mass = prior * listed + (1 - prior) * unlisted
    return prior * listed / mass if mass else 0.0
