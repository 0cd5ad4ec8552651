"""Whole conversations of a national system with carriers: read, and written again as they were."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from tests.messages.test_reading import validate
from vigie import messages
from vigie.messages.cusres.writer import Form, References, acknowledgement, answer, unsolicited
from vigie.messages.edifact.grammar import Segment, scan
from vigie.messages.edifact.service import Service
from vigie.records import Message

AS_OF = dt.date(2019, 9, 24)
SENT = dt.datetime(2019, 9, 24, 11, 35, tzinfo=dt.UTC)
CARRIERS_SENT = dt.datetime(2019, 9, 24, 11, 30, tzinfo=dt.UTC)
FORM = Form(service=Service(":", "+", "?", "*", '"'), una=False, syntax=("SIRE", "4"))
CARRIERS_FORM = Form(service=FORM.service, una=False, syntax=("SIRE", "4"), association="")
CHANGE = References(interchange="1569312526531", group="15693125265312", message="11085B94E1F8FA")
PERSON = "officer-7"
ANSWERS = [
    ("test01_02_paxlst_from_airline", "test01_03_cusres_to_airline", "two travellers"),
    ("test02_02_paxlst_from_airline", "test02_03_cusres_to_airline", "two with visas"),
    ("test07_02_paxlst_from_airline", "test07_03_cusres_to_airline", "two legs"),
    ("test09_02_paxlst_from_airline", "test09_03_cusres_to_airline", "arrival before departure"),
    ("test10_02_paxlst_from_airline", "test10_03_cusres_to_airline", "outbound"),
    ("test12_02_paxlst_from_airline", "test12_03_cusres_to_airline", "an infant in the same booking"),
    ("test14_02_paxlst_from_airline", "test14_04_cusres_to_airline", "ten, one of them not to board"),
    ("test14_03_paxlst_from_airline", "test14_05_cusres_to_airline", "the next question"),
    ("test16_02_paxlst_from_airline", "test16_03_cusres_to_airline", "sex not known"),
    ("test16_04_paxlst_from_airline", "test16_05_cusres_to_airline", "the next question"),
]
CHANGES = [
    ("test09_04_cusres_to_airline", "test09_05_cusres_from_airline", "may not board any more"),
    ("test09_06_cusres_to_airline", "test09_07_cusres_from_airline", "may board again"),
]
IAPI = Path("messages") / "iapi_cn"


def load(data: Path, name: str) -> bytes:
    return (data / IAPI / f"{name}.edi").read_bytes()


def read(content: bytes) -> Message:
    (message,) = messages.read(content, AS_OF)
    validate(message)
    assert [p.code for p in message.problems if p.severity != "note"] == []
    return message


def segments(content: bytes) -> list[list[list[str]]]:
    return [item.elements for item in scan(content, fast=False) if isinstance(item, Segment)]


@pytest.mark.data
def test_codes_and_references_are_those_of_the_fact_sheet(data: Path) -> None:
    with (data / "messages" / "facts.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["type"] == "CUSRES"]
    assert len(rows) == 14
    for row in rows:
        content = (data / "messages" / row["file"]).read_bytes()
        message = read(content)
        assert message.function == row["bgm"], row["file"]
        assert [code for status in message.statuses for code in status.codes] == row["erc"].split(), row["file"]
        sent = [s[1] for s in segments(content) if s[0] == ["RFF"]]
        for qualifier, found in (
            ("AVF", [status.record_locator for status in message.statuses]),
            ("ABO", [status.reference for status in message.statuses]),
            ("TN", [message.envelope.transaction if message.envelope else None]),
        ):
            assert [value for code, value in sent if code == qualifier] == found, row["file"]
        assert message.account is not None
        assert message.account.understood == len(content), row["file"]


@pytest.mark.data
@pytest.mark.parametrize(("question", "told", "reason"), ANSWERS, ids=[told[:9] for _, told, _ in ANSWERS])
def test_the_answer_to_a_question_is_the_one_that_was_given(data: Path, question: str, told: str, reason: str) -> None:
    """From the question as read and what was decided, segment by segment."""
    expected = load(data, told)
    decided = read(expected).statuses
    written = answer(read(load(data, question)), decided, now=SENT, form=FORM, decided_by=PERSON)
    assert segments(written) == segments(expected), reason


@pytest.mark.data
@pytest.mark.parametrize(("told", "acknowledged", "reason"), CHANGES, ids=[reason for *_, reason in CHANGES])
def test_a_change_and_its_acknowledgement_are_those_that_were_sent(
    data: Path, told: str, acknowledged: str, reason: str
) -> None:
    question, expected = read(load(data, "test09_02_paxlst_from_airline")), load(data, told)
    change = read(expected)
    assert change.envelope is not None
    assert change.envelope.transaction is not None
    written = unsolicited(
        question,
        change.statuses,
        now=SENT,
        transaction=change.envelope.transaction,
        references=CHANGE,
        form=FORM,
        decided_by=PERSON,
    )
    assert segments(written) == segments(expected), reason
    back = acknowledgement(change, now=CARRIERS_SENT, form=CARRIERS_FORM)
    assert segments(back) == segments(load(data, acknowledged)), reason
