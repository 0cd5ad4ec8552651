"""The measurement counts what screening does, and repeats itself."""

import math
import random
import xml.etree.ElementTree as ET

import pytest

from tests.matching.invented import LISTED, entry, watchlist
from vigie.calibration import POINTS, Report, Settings, measure, svg
from vigie.calibration.measure import HELD_OUT_CULTURE, HELD_OUT_FAMILY, Bin
from vigie.calibration.mutations import FAMILIES
from vigie.calibration.travellers import Inventor
from vigie.matching import Index
from vigie.matching.weights import PRIOR_LISTED
from vigie.names import cultures

SETTINGS = Settings(travellers=1500, seed=4)
NAMESAKES = [
    entry(f"n{number}", one.query.names[0], born=(one.query.birth_date or "",) if number % 2 else ())
    for number, one in enumerate(Inventor(random.Random(99)).of("maghreb", 300))
]
"""Listed people made as the travellers are, half of them without a birth date: some travellers are taken for them."""
INDEX = Index([watchlist(*LISTED, *NAMESAKES)], compiled=False)


@pytest.fixture(scope="module")
def report() -> Report:
    return measure(INDEX, SETTINGS)


def test_the_same_seed_gives_the_same_report(report: Report) -> None:
    assert measure(INDEX, SETTINGS) == report
    assert measure(INDEX, Settings(travellers=1500, seed=5)) != report


@pytest.mark.kernel
def test_both_engines_give_the_same_report(report: Report) -> None:
    compiled = measure(Index([watchlist(*LISTED, *NAMESAKES)], compiled=True), SETTINGS)
    assert compiled.kernel
    assert not report.kernel
    for part in ("points", "families", "all_families", "held_out", "reliability"):
        assert getattr(compiled, part) == getattr(report, part), part


def test_false_alerts_are_those_of_a_search(report: Report) -> None:
    """The slow obvious way: every traveller searched at every point."""
    travellers = list(Inventor(random.Random(SETTINGS.seed), without=[HELD_OUT_CULTURE]).travellers(1500))
    for point in report.points:
        threshold = INDEX.threshold(point.asked)
        alerts = [any(match.alert for match in INDEX.search(one.query, threshold)) for one in travellers]
        assert point.whole.hits == sum(alerts)
        for group in point.cultures:
            own = [hit for one, hit in zip(travellers, alerts, strict=True) if one.culture == group.name]
            assert (group.alerts.hits, group.alerts.of) == (sum(own), len(own))
    assert report.points[-1].whole.hits > 0, "nobody was taken for another: this list cannot tell"


def test_every_group_is_there(report: Report) -> None:
    for point in report.points:
        assert {group.name for group in point.cultures} | {point.held_out.name} == set(cultures.table().names)
        assert sum(group.alerts.of for group in point.cultures) == point.whole.of == 1500
        assert sum(group.alerts.hits for group in point.cultures) == point.whole.hits
        assert [group.name for group in point.scripts] == ["Latn", "Arab", "Cyrl"]
        assert sum(group.alerts.hits for group in point.scripts) == point.whole.hits
    assert [point.asked for point in report.points] == list(POINTS)


def test_over_names_the_groups_above_their_limit(report: Report) -> None:
    named = {(asked, group.name) for asked, group in report.over}
    groups = [
        (point.asked, group) for point in report.points for group in (*point.cultures, *point.scripts, point.held_out)
    ]
    assert named == {(asked, group.name) for asked, group in groups if "above" in group.verdict}


def test_families(report: Report) -> None:
    assert [one.name for one in report.families] == [name for name in FAMILIES if name != HELD_OUT_FAMILY]
    assert report.held_out.name == HELD_OUT_FAMILY
    for place, _ in enumerate(POINTS):
        assert report.all_families.found[place].of == sum(one.found[place].of for one in report.families)
        assert report.all_families.found[place].hits == sum(one.found[place].hits for one in report.families)
    for one in (*report.families, report.held_out):
        hits = [found.hits for found in one.found]
        assert hits == sorted(hits), "more alerts allowed, and fewer found"
        assert 0 < one.found[0].of <= SETTINGS.of_family
    # Their own names; half have no birth date, and of those the commonest names alone are no alert.
    assert report.families[0].found[-1].share > 0.75


def test_reliability_counts_in_the_proportion_of_the_prior(report: Report) -> None:
    told = report.reliability
    assert told.prior == 2 ** (PRIOR_LISTED / 1000)
    for one in told.bins:
        assert one.begin <= one.said <= one.end
        if one.listed or one.unlisted:
            listed = told.prior * one.listed / told.listed
            unlisted = (1 - told.prior) * one.unlisted / told.unlisted
            assert math.isclose(one.observed, listed / (listed + unlisted))
            assert one.low <= one.observed <= one.high
    assert _ends(told.bins) == [one.begin for one in told.bins[1:]] + [1.0]
    assert sum(one.listed for one in told.bins) <= told.listed
    assert 0 < told.brier < told.brier_of_prior, "probabilities are better than the prior alone"


def _ends(bins: tuple[Bin, ...]) -> list[float]:
    return [one.end for one in bins]


def test_no_travellers() -> None:
    with pytest.raises(ValueError, match="at least one traveller"):
        measure(INDEX, Settings(travellers=0))


def test_a_list_without_latin_names() -> None:
    (arabic,) = [one for one in LISTED if one.id == "5"]
    report = measure(Index([watchlist(arabic)], compiled=False), Settings(travellers=20))
    assert report.all_families.found[0].of == 0
    assert ET.fromstring(svg(report)).tag.endswith("svg")


def test_plot(report: Report) -> None:
    text = svg(report)
    root = ET.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    shown = [one for one in report.reliability.bins if one.listed or one.unlisted]
    assert len(root.findall(f".//{space}circle")) == len(shown) > 3
    words = [node.text or "" for node in root.iter(f"{space}text")]
    assert "probability said" in words
    assert "0.5" in words
    assert "prefers-color-scheme: dark" in text
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    for circle in root.iter(f"{space}circle"):
        assert 0 < float(circle.attrib["cx"]) < width
        assert 0 < float(circle.attrib["cy"]) < height
