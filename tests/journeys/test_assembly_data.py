"""Whole conversations of an interactive system, as other people's tests have them: who asked, what was answered."""

import datetime as dt
from pathlib import Path

import pytest

from vigie import messages
from vigie.journeys.assembly import Arrival, JourneyState, assemble
from vigie.journeys.voyages import departures
from vigie.messages import pnl
from vigie.records import Message

pytestmark = pytest.mark.data
AS_OF = dt.date(2019, 9, 24)


def _conversation(folder: Path, test: str) -> list[Message]:
    found: list[Message] = []
    for path in sorted((folder / "messages" / "iapi_cn").glob(f"{test}_[0-9]*")):
        data = path.read_bytes()
        if path.suffix == ".txt":
            found += pnl.read(data, AS_OF, Message(source=path.name, sha256="", type="PNL"))
        else:
            found += messages.read(data, AS_OF, path.name)
    return found


def _state(folder: Path, test: str) -> JourneyState:
    found = _conversation(folder, test)
    return assemble(
        Arrival(number=number, received=f"2019-09-24T12:{number:02}:00.000Z", message=each)
        for number, each in enumerate(found)
    )


@pytest.mark.parametrize(
    ("test", "statuses", "answers"),
    [
        ("test01", ["listed", "listed"], ["0Z", "0Z"]),
        ("test02", None, None),
        ("test05", None, None),
        ("test06", None, None),
        ("test07", None, None),
        ("test09", ["listed"], ["0Z"]),
        ("test10", None, None),
        ("test12", ["listed", "listed"], ["0Z", "0Z"]),
        ("test14", ["listed"] * 11, ["0Z"] * 9 + ["1Z", "0Z"]),
        ("test16", ["booked", "listed", "listed", "booked"], [None, "0Z", "0Z", None]),
    ],
)
def test_conversation(data: Path, test: str, statuses: list[str] | None, answers: list[str | None] | None) -> None:
    """Persons in the order of the booking feed: each is one person with the question about him, and has the answer."""
    found = _conversation(data, test)
    state = _state(data, test)
    booked = next(each for each in found if each.type == "PNL")
    assert len(state.persons) == len(booked.travellers)
    asked = sum(len(each.travellers) for each in found if each.type == "PAXLST")
    assert sum(each.status == "listed" for each in state.persons) == asked
    assert not [problem for problem in state.problems if problem.code != "PERSON_UNKNOWN"]
    if statuses is not None:
        assert [each.status for each in state.persons] == statuses
    if answers is not None:
        holding = [each.standing_answer for each in state.persons]
        assert [each and each.codes[0] for each in holding] == answers
    assert len(set.intersection(*(set(departures(each.journeys[0])) for each in found))) == 1


def test_board_then_no_board_then_board(data: Path) -> None:
    """OK at check-in; the government takes it back and gives it again; the carrier acknowledges both."""
    (one,) = _state(data, "test09").persons
    by_number = sorted(one.answers, key=lambda each: each.arrival)
    assert [(each.kind, each.codes) for each in by_number] == [
        ("answer", ("0Z",)),
        ("change", ("1Z",)),
        ("acknowledgement", ("1Z",)),
        ("change", ("0Z",)),
        ("acknowledgement", ("0Z",)),
    ]
    assert one.standing_answer == by_number[3]


def test_conversations_do_not_depend_on_the_order_of_arrival(data: Path) -> None:
    """Messages sent in one minute are taken in the order of their numbers."""
    came = "2019-09-24T12:00:00.000Z"
    found = enumerate(_conversation(data, "test14"))
    numbered = [Arrival(number=number, received=came, message=each) for number, each in found]
    assert assemble(numbered) == assemble(numbered[::-1])


def test_nobody_of_any_sample_is_lost(data: Path) -> None:
    """Each file by itself: every traveller is in the mentions of one person, and no two of a file are taken for one."""
    seen = 0
    for path in sorted((data / "messages").rglob("*_[0-9]*.*")) + sorted((data / "messages" / "gtas").rglob("*.*")):
        found = messages.read(path.read_bytes(), AS_OF, path.name)
        state = assemble(
            Arrival(number=number, received="2019-09-24T12:00:00.000Z", message=each)
            for number, each in enumerate(found)
        )
        named = [(number, at) for number, each in enumerate(found) for at in range(len(each.travellers))]
        assert sorted(mention for each in state.persons for mention in each.mentions) == named, path.name
        assert len(state.persons) == len(named), path.name
        seen += len(named)
    assert seen > 400
