"""screening.screen: the one path from a message to decisions. Everybody in the sample is invented and planted."""

import csv
import datetime as dt
from pathlib import Path
from typing import Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import csv_list, paxlst
from vigie import app, messages, watchlist
from vigie.demo import SAMPLE
from vigie.matching import Index
from vigie.messages import redaction
from vigie.records import Decision, Message
from vigie.screening import ALERTS_PER_MILLION, MOST_MATCHES, query_of, screen
from vigie.store import open_store

AS_OF: Final = dt.date(2026, 12, 3)
EXPECTED: Final = list(csv.DictReader((SAMPLE / "expected.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def index() -> Index:
    return Index([watchlist.read(SAMPLE / "list.xml")])


@pytest.fixture(scope="module")
def sample() -> dict[str, tuple[Message, ...]]:
    """The messages of each file of the sample."""
    return {file.name: messages.read(file.read_bytes(), AS_OF, file.name) for file in SAMPLE.glob("*.edi")}


@pytest.fixture(scope="module")
def decisions(index: Index, sample: dict[str, tuple[Message, ...]]) -> dict[tuple[str, str], Decision]:
    """The decision about each traveller who has a reference, by file and reference."""
    return {
        (name, reference): decision
        for name, found in sample.items()
        for message in found
        for decision in screen(message, index)
        if (reference := message.travellers[decision.traveller].reference)
    }


@pytest.mark.parametrize("case", EXPECTED, ids=[f"{row['case']}-{row['reference']}" for row in EXPECTED])
def test_planted_case(decisions: dict[tuple[str, str], Decision], case: dict[str, str]) -> None:
    decision = decisions[case["message"], case["reference"]]
    alerting = [match.entry for match in decision.matches if match.alert]
    assert (case["entry"] in alerting) == (case["alert"] == "yes"), case["why"]
    assert decision.alert == bool(alerting)


def test_nobody_else_alerts(decisions: dict[tuple[str, str], Decision]) -> None:
    alerting = {place for place, decision in decisions.items() if decision.alert}
    assert alerting == {(row["message"], row["reference"]) for row in EXPECTED if row["alert"] == "yes"}
    assert len(decisions) == 460


def test_one_decision_for_everybody_in_order(index: Index, sample: dict[str, tuple[Message, ...]]) -> None:
    for message in (message for found in sample.values() for message in found):
        made = screen(message, index)
        assert [decision.traveller for decision in made] == list(range(len(message.travellers)))
        assert {decision.journey for decision in made} == {0}
        assert {decision.threshold_millibits for decision in made} == {index.threshold(ALERTS_PER_MILLION)}
        assert {(decision.list_version, decision.engine_version) for decision in made} == {
            (index.list_version, index.engine_version)
        }


def test_the_same_input_gives_the_same_decisions(index: Index, sample: dict[str, tuple[Message, ...]]) -> None:
    """Neither what was screened before nor a second index of the same list changes a decision."""
    for message in (message for found in sample.values() for message in found):
        assert screen(message, index) == screen(message, Index([watchlist.read(SAMPLE / "list.xml")]))


def test_a_traveller_is_judged_alone(index: Index, sample: dict[str, tuple[Message, ...]]) -> None:
    """Who else is on board changes nothing."""
    (message, *_) = sample["coach.edi"]
    together = screen(message, index)
    for number in range(0, len(message.travellers), 7):
        alone = msgspec.structs.replace(message, travellers=(message.travellers[number],))
        assert screen(alone, index) == (msgspec.structs.replace(together[number], traveller=0),)


def test_a_placeholder_has_a_decision_and_no_match(index: Index, sample: dict[str, tuple[Message, ...]]) -> None:
    (message, *_) = sample["coach.edi"]
    (row,) = [row for row in EXPECTED if row["case"] == "name_order"]
    (number,) = [n for n, traveller in enumerate(message.travellers) if traveller.reference == row["reference"]]
    held = msgspec.structs.replace(message.travellers[number], placeholder=True)
    travellers = (*message.travellers[:number], held, *message.travellers[number + 1 :])
    made = screen(msgspec.structs.replace(message, travellers=travellers), index)
    assert screen(message, index)[number].alert
    assert len(made) == len(travellers)
    assert made[number].matches == ()


def test_a_message_without_journey_or_travellers(index: Index, sample: dict[str, tuple[Message, ...]]) -> None:
    (message, *_) = sample["coach.edi"]
    adrift = msgspec.structs.replace(message, journeys=())
    assert {decision.journey for decision in screen(adrift, index)} == {None}
    assert screen(msgspec.structs.replace(message, travellers=()), index) == ()


@pytest.mark.parametrize("point", [0.0, -1.0, float("nan")])
def test_an_operating_point_that_is_none(index: Index, sample: dict[str, tuple[Message, ...]], point: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        screen(sample["coach.edi"][0], index, point)


def test_every_name_that_was_sent_is_compared(sample: dict[str, tuple[Message, ...]]) -> None:
    traveller = sample["coach.edi"][0].travellers[0]
    other = msgspec.structs.replace(traveller.name, family="HOLT", given=None, source="MRZ")
    unnamed = msgspec.structs.replace(traveller.name, family=None, given=None)
    query = query_of(msgspec.structs.replace(traveller, names=(traveller.name, other, unnamed)))
    assert query.names == (f"{traveller.name.family} {traveller.name.given}", "HOLT")
    assert query.birth_date == traveller.birth_date
    assert query.documents == traveller.documents


def test_most_matches(tmp_path: Path) -> None:
    """A name that a whole list shares brings the best few, by score and then by place in the list."""
    rows = [f"N{number:02d},primary,Anders Holtmark,{1960 + number},M,NOR," for number in range(40)]
    index = Index([watchlist.read(csv_list(tmp_path / "list.csv", *rows))])
    (message,) = messages.read(paxlst(("HOLTMARK", "ANDERS")), AS_OF)
    (decision,) = screen(message, index, 1e6)
    assert len(decision.matches) == MOST_MATCHES
    assert decision.matches[0].entry == "N10", "born in 1970, as the traveller"
    order = [(-match.millibits, match.entry) for match in decision.matches]
    assert order == sorted(order)


WEAK = 'W1,primary,"Lindqvist, Petra",1970-06-01,,SWE,A111222\nW1,weak_alias,Zorvan Kestrel,,,,'


@pytest.fixture(scope="module")
def weak(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return Index([watchlist.read(csv_list(tmp_path_factory.mktemp("weak") / "list.csv", WEAK))])


@settings(max_examples=30, deadline=None)
@given(
    point=st.floats(1, 1e6),
    birth=st.sampled_from(["000000", "750320", "701231", "19990101"]),
    family=st.sampled_from(["KESTREL", "KESTRELL", "KESTREL ZORVAN"]),
)
def test_a_weak_alias_never_alerts_alone(weak: Index, point: float, birth: str, family: str) -> None:
    (message,) = messages.read(paxlst((family, "ZORVAN"), birth=birth), AS_OF)
    (decision,) = screen(message, weak, point)
    assert not decision.alert


def test_a_weak_alias_with_the_very_birth_date_is_shown_to_a_person(weak: Index) -> None:
    (message,) = messages.read(paxlst(("KESTREL", "ZORVAN"), birth="700601"), AS_OF)
    (decision,) = screen(message, weak)
    (match,) = decision.matches
    assert (match.matched_name, match.caption, match.alert) == ("Zorvan Kestrel", "Lindqvist, Petra", True)
    assert "weak_alias" in {evidence.level for evidence in match.evidence}


def test_decisions_come_back_from_the_store_as_they_went_in(
    index: Index, sample: dict[str, tuple[Message, ...]], tmp_path: Path
) -> None:
    expected = []
    with open_store(f"sqlite:///{tmp_path / 'work.db'}") as store:
        for name, found in sample.items():
            for ordinal, message in enumerate(found):
                screened = app.Screened(ordinal, message, screen(message, index))
                original = redaction.original((SAMPLE / name).read_bytes(), message.sha256, message.removals)
                assert app.record(store, original, screened, index, dt.datetime.now(dt.UTC))
                expected += [
                    (message.travellers[decision.traveller], index.entry[match.list, match.entry], match, decision)
                    for decision in screened.decisions
                    for match in decision.matches
                ]
        rows = store.matches(alerts_only=False, limit=1000)
        details = [detail for row in rows if (detail := store.match(row.id))]
    assert len(details) == len(expected) > 10
    for traveller, entry, match, decision in expected:
        (detail,) = [d for d in details if (d.traveller, d.match) == (traveller, match)]
        assert detail.entry == entry
        assert (detail.list_version, detail.engine_version) == (decision.list_version, decision.engine_version)
        assert detail.facts.threshold_millibits == decision.threshold_millibits
