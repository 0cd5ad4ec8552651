"""Real PAXLST files, against the counts that plain splitting gives (facts.csv)."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from tests.messages.test_reading import validate
from vigie import messages
from vigie.messages.edifact.grammar import Segment, scan
from vigie.records import Message

AS_OF = dt.date(2026, 11, 23)
DIFFERENT = {
    # a document of which nothing was sent (`DOC++'`) is none
    "paxlst_guide_style/wrong_counts_empty_elements_02B.edi": (4, 0, 3),
}


def read(path: Path) -> Message:
    (message,) = messages.read(path.read_bytes(), AS_OF, path.name)
    validate(message)
    return message


def counts(message: Message) -> tuple[int, int, int]:
    crew = sum(t.capacity == "crew" for t in message.travellers)
    return len(message.travellers) - crew, crew, sum(len(t.documents) for t in message.travellers)


def errors(message: Message) -> list[str]:
    return [p.code for p in message.problems if p.severity == "error"]


@pytest.mark.data
def test_travellers_and_documents_are_those_of_the_fact_sheet(data: Path) -> None:
    folder = data / "messages"
    with (folder / "facts.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["type"] == "PAXLST"]
    assert len(rows) > 15
    for row in rows:
        message = read(folder / row["file"])
        expected = (int(row["passengers"]), int(row["crew"]), int(row["documents"]))
        assert counts(message) == DIFFERENT.get(row["file"], expected), row["file"]
        assert errors(message) == [], row["file"]
        declared_right = row["unt_declared"] == row["segments_real"]
        told = any(p.code == "COUNT_MISMATCH" and p.segment == "UNT" for p in message.problems)
        assert told != declared_right, row["file"]


@pytest.mark.data
def test_every_other_message_is_recognised(data: Path) -> None:
    folder = data / "messages"
    with (folder / "facts.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["type"] in ("CUSRES", "PNL")]
    for row in rows:
        assert read(folder / row["file"]).type == row["type"], row["file"]
    for path in sorted((folder / "gtas" / "pnrgov").iterdir()):
        assert read(path).type == "PNRGOV", path.name
    with (folder / "gtas" / "facts.csv").open(newline="") as file:
        facts = {row["file"]: row for row in csv.DictReader(file) if row["file"].startswith("paxlst")}
    for name, row in facts.items():
        message = read(folder / "gtas" / name)
        assert len(message.travellers) == int(row["travellers"]), name
        assert errors(message) == [], name


@pytest.mark.data
def test_260_travellers_of_a_file_that_announces_99_segments(data: Path) -> None:
    message = read(data / "messages" / "gtas" / "paxlst" / "Test3.txt")
    assert counts(message) == (260, 0, 260)
    assert [(p.code, p.segment) for p in message.problems if p.severity != "note"] == [("COUNT_MISMATCH", "UNT")]
    (journey,) = message.journeys
    assert [(leg.carrier, leg.number, leg.number_raw) for leg in journey.legs] == [("UA", "989", "UA0989")]
    assert journey.legs[0].departs_utc == "2017-01-27T16:25Z"


def elements(path: Path) -> list[list[list[str]]]:
    return [item.elements for item in scan(path.read_bytes(), fast=False) if isinstance(item, Segment)]


@pytest.mark.data
def test_cleaned_by_hand_and_cleaned_here_are_the_same_message(data: Path) -> None:
    for letter in "ABDF":
        folder = data / "messages" / "typeb_paxlst"
        original, reference = read(folder / f"{letter}_original.txt"), read(folder / f"{letter}_reference.txt")
        assert original.travellers == reference.travellers
        assert original.journeys == reference.journeys
        assert elements(folder / f"{letter}_original.txt") == elements(folder / f"{letter}_reference.txt")
