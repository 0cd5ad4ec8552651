"""The quality table counts what it says, and its sets hold what they say."""

import math

import numpy as np
import pytest

from benchmarks import sets, table
from vigie.matching import Query

THRESHOLDS = {
    "one of four may alert: the second best must not": ([9.0, 7.0, 5.0, 1.0], 0.25, 7.0),
    "two of four may alert": ([1.0, 5.0, 7.0, 9.0], 0.5, 5.0),
    "a tie with the first that must not alert silences both": ([9.0, 9.0, 5.0, 1.0], 0.25, 9.0),
    "a share in decimals is not rounded down": ([float(n) for n in range(1000)], 0.003, 996.0),
    "negatives without candidate come last": ([9.0, -math.inf, -math.inf, -math.inf], 0.25, -math.inf),
}


@pytest.mark.parametrize(("scores", "share", "expected"), THRESHOLDS.values(), ids=THRESHOLDS)
def test_threshold(scores: list[float], share: float, expected: float) -> None:
    found = table.threshold(np.array(scores), share)
    assert found == expected
    assert sum(score > found for score in scores) <= share * len(scores)


def scored(right: list[float], wrong: list[float]) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    return dict.fromkeys(sets.FACTS, np.array([right, wrong]).T)


def test_a_row_counts_items_found_first_and_reachable() -> None:
    """Negatives score 0 to 999, so that one of 1,000 may alert: the threshold is 998."""
    none, negatives = [-math.inf] * 1000, [float(n) for n in range(1000)]
    persons = ["one", "one", "two", "three"]
    items = [sets.Item(Query(("X",)), person=person, kind=person, reachable=person != "three") for person in persons]
    ours = [1000.0, 998.0, 2000.0, -math.inf]
    row = table.line(
        sets.Task("variants", (), tuple(items)),
        "name only",
        "easy",
        {
            "clear": scored([*ours, *none], [500.0, 0.0, 2000.0, 5000.0, *negatives]),
            "peer": scored([999.0, 0.0, 998.0, 0.0, *none], [0.0] * 4 + negatives),
        },
        slice(4, 1004),
    )
    assert row.found["clear"].share == 0.5, "1000 and 2000; 998 is not above the threshold"
    assert row.found["peer"].share == 0.25
    assert row.first == 0.5, "a tie with a wrong entry is not first"
    assert row.reachable.share == pytest.approx(2 / 3)
    assert row.classes == {"one": (2, 0.5), "two": (1, 1.0), "three": (1, 0.0)}
    assert row.peer == "peer"
    assert row.lead is not None
    assert row.lead.share == 0.25
    assert row.lead.low == 0.0, "all resamples without person two give no difference"
    assert row.rarer == {}, "1,000 negatives cannot tell a share of 1e-4"


def test_a_lead_that_every_person_shows_has_no_width() -> None:
    found = table.lead(np.array([True] * 6), np.array([True, False] * 3), ["a", "a", "b", "b", "c", "c"])
    assert found == (0.5, 0.5, 0.5), "the two items of a person are drawn together"


AREAS = {
    "all pairs of the same person above the others": ([3.0, 2.0, 1.0], [True, True, False], 1.0),
    "a tie counts a half": ([1.0, 1.0], [True, False], 0.5),
    "nothing in common on either side is a tie": ([-math.inf, -math.inf], [True, False], 0.5),
    "one of two wrong": ([2.0, 1.0, 3.0], [True, False, False], 0.5),
}


@pytest.mark.parametrize(("scores", "same", "expected"), AREAS.values(), ids=AREAS)
def test_area_under_the_curve(scores: list[float], same: list[bool], expected: float) -> None:
    assert table.beats(np.array(scores), np.array(same)).mean() == expected


def test_a_pair_scores_more_the_more_agrees() -> None:
    asked = [table.pair_score("AMINA DEMO", listed) for listed in ("DEMO, Amina", "DEMA, Amina", "OTHER, Person")]
    assert asked == sorted(asked, reverse=True)
    assert asked[0] > asked[1] > asked[2] == -math.inf


def test_negatives_state_no_fact_that_no_item_states() -> None:
    items = [sets.Item(Query(("X",))), sets.Item(Query(("X",), "1970-01-02"))]
    (negative,) = sets.with_facts_of(items, [sets.Item(Query(("Y",), "1980-03-04", "F", "UTO"))])
    assert negative.query == Query(("Y",), "1980-03-04")


@pytest.mark.data
@pytest.mark.xdist_group("real lists")
@pytest.mark.parametrize("name", sets.SETS)
def test_a_set_is_drawn_alike_and_its_names_are_off_the_list(name: str) -> None:
    task = sets.task(name, 60)
    assert task == sets.task(name, 60), "one seed"
    entries = {(entry.list, entry.id): entry for watchlist in task.watchlists for entry in watchlist.entries}
    assert len(entries) == 5350
    assert len(task.items) == 60
    assert all(item.right <= entries.keys() and item.right for item in task.items)
    assert all(not item.query.documents for item in task.items)
    if name in ("alias", "unseen"):
        assert len({key for item in task.items for key in item.right}) == sum(len(item.right) for item in task.items)
        unseen = [sets.spelled(item.query.names[0]) for item in task.items]
        listed = [[[sets.spelled(n.name) for n in entries[key].names] for key in item.right] for item in task.items]
        without = [[one not in names for names in lists] for one, lists in zip(unseen, listed, strict=True)]
        assert all(map(any if name == "alias" else all, without))
    if name == "script":
        assert not any(n.kind == "original_script" for entry in entries.values() for n in entry.names)


@pytest.mark.data
@pytest.mark.parametrize("kind", sets.NEGATIVES)
def test_negatives_are_on_no_list(kind: str) -> None:
    drawn = sets.negatives(kind, 50)
    assert len({item.query for item in drawn}) == 50
    assert all(item.query.birth_date and not item.right and not item.query.documents for item in drawn)
