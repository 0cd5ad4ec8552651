"""`vigie screen`: the shape of its JSON, what it chooses to print, what it records."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Vigie, csv_list, paxlst
from vigie.demo import SAMPLE
from vigie.store import Store, open_store

LIST = SAMPLE / "list.xml"
FILES = sorted(SAMPLE.glob("*.edi"))
AS_OF = ("--as-of", "2026-12-03")
SHAPE = {"source", "sha256", "traveller", "journey", "matches", "threshold_bits", "list_version", "engine_version"}
MATCH = {"list", "entry", "caption", "matched_name", "bits", "probability", "alert", "operational", "evidence"}
EVIDENCE = {"field", "traveller", "entry", "level", "bits"}


def references(objects: list[dict[str, Any]]) -> set[str]:
    return {found["traveller"]["reference"] for found in objects}


def planted(alert: str) -> set[str]:
    with (SAMPLE / "expected.csv").open(encoding="utf-8") as file:
        return {row["reference"] for row in csv.DictReader(file) if row["alert"] == alert}


def test_prints_the_alerts_and_nothing_else(vigie: Vigie) -> None:
    ran = vigie("screen", *FILES, "--list", LIST, "--json", *AS_OF)
    assert ran.code == 0, "alerts never change the exit code"
    assert references(ran.objects) == planted("yes")


def test_shape_of_an_alert(vigie: Vigie) -> None:
    for found in vigie("screen", SAMPLE / "ferry.edi", "--list", LIST, "--json", *AS_OF).objects:
        assert set(found) == SHAPE
        assert found["journey"]["legs"][0]["from"] == "ESALG"
        bits = [match["bits"] for match in found["matches"]]
        assert bits == sorted(bits, reverse=True)
        assert any(match["alert"] for match in found["matches"])
        for match in found["matches"]:
            assert set(match) == MATCH
            assert (match["list"], match["operational"]) == ("un", False)
            assert 0 < match["probability"] < 1
            assert all(set(term) == EVIDENCE for term in match["evidence"])
            assert match["bits"] == pytest.approx(sum(term["bits"] for term in match["evidence"]))
            assert match["bits"] >= found["threshold_bits"]


def test_all_prints_every_traveller_in_order(vigie: Vigie) -> None:
    ran = vigie("screen", SAMPLE / "coach.edi", "--list", LIST, "--json", "--all", *AS_OF)
    read = vigie("read", SAMPLE / "coach.edi", "--json", *AS_OF)
    everyone = [traveller for message in read.objects for traveller in message["travellers"]]
    assert [found["traveller"] for found in ran.objects] == everyone
    assert sum(bool(found["matches"]) for found in ran.objects) >= 2


@pytest.fixture
def unassembled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug that assembling meets; what an exception says may quote a traveller."""

    def broken(store: Store, journey_id: int, now: object) -> None:
        raise KeyError("HOLT")

    monkeypatch.setattr(Store, "assembled", broken)


@pytest.mark.usefixtures("unassembled")
@pytest.mark.parametrize(
    "arguments",
    [
        ["demo", "--no-serve"],
        ["screen", *map(str, FILES), "--list", str(LIST), *AS_OF, "--database", "{place}/work.db"],
    ],
    ids=["demo", "screen"],
)
def test_a_fault_in_assembling_costs_nothing_else(vigie: Vigie, tmp_path: Path, arguments: list[str]) -> None:
    ran = vigie(*(argument.format(place=tmp_path) for argument in arguments))
    assert ran.code == 0
    assert "Traceback" not in ran.err
    assert "HOLT" not in ran.err
    told = [line for line in ran.err.splitlines() if "cannot be assembled (KeyError" in line]
    assert len(told) == 3, "one line for each journey, and each is tried"
    assert "VGi.011" in ran.err, "the table is there"


def test_the_operating_point_moves_the_threshold(vigie: Vigie) -> None:
    found = [
        vigie("screen", *FILES, "--list", LIST, "--json", *AS_OF, "--alerts-per-million", point).objects
        for point in ("1", "100", "100000")
    ]
    assert [len(references(objects)) for objects in found] == sorted(len(references(objects)) for objects in found)
    assert references(found[0]) < references(found[2])
    thresholds = [objects[0]["threshold_bits"] for objects in found]
    assert thresholds[0] - thresholds[1] == pytest.approx(6.644, abs=0.002), "log2 of 100"


def test_words_and_table_go_to_standard_error(vigie: Vigie) -> None:
    ran = vigie("screen", SAMPLE / "coach.edi", "--list", LIST, *AS_OF)
    assert (ran.code, ran.out) == (0, b"")
    assert "coach.edi: 40 travellers screened, 2 with an alert" in ran.err
    assert "VGi.009" in ran.err


def test_list_without_manifest_is_not_for_operations(vigie: Vigie, tmp_path: Path) -> None:
    named = csv_list(tmp_path / "national.csv")
    flight = tmp_path / "flight.edi"
    flight.write_bytes(paxlst(("HOLT", "ANDERS")))
    before = vigie("screen", flight, "--list", named, "--json")
    (tmp_path / "national.csv.manifest.json").write_text(
        '{"legal_ground": "Act 1", "purpose": "terrorism", "data_owner": "Office", "measure": "talk"}'
    )
    after = vigie("screen", flight, "--list", named, "--json")
    assert "vigie: list national has no manifest" in before.err
    assert "not for operations" not in after.err
    assert [run.objects[0]["matches"][0]["operational"] for run in (before, after)] == [False, True]


@pytest.mark.parametrize("prefix", ["", "csv:"])
def test_format_prefix(vigie: Vigie, tmp_path: Path, prefix: str) -> None:
    (tmp_path / "flight.edi").write_bytes(paxlst(("HOLT", "ANDERS")))
    place = f"{prefix}{csv_list(tmp_path / 'national.csv')}"
    (found,) = vigie("screen", tmp_path / "flight.edi", "--list", place, "--json").objects
    assert found["matches"][0]["entry"] == "N1"


def test_a_file_whose_name_looks_like_a_prefix(vigie: Vigie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    csv_list(tmp_path / "csv:national.csv")
    (tmp_path / "flight.edi").write_bytes(paxlst(("HOLT", "ANDERS")))
    assert vigie("screen", "flight.edi", "--list", "csv:national.csv", "--json").code == 0


def test_records_all_that_it_prints_and_only_once(vigie: Vigie, tmp_path: Path) -> None:
    database = tmp_path / "work.db"
    command = ["screen", *FILES, "--list", LIST, "--json", "--all", "--database", database, *AS_OF]
    first, again = vigie(*command), vigie(*command)
    with open_store(f"sqlite:///{database}") as store:
        counted = store.counts()
        stored = [(m.entry, m.millibits / 1000, m.alert) for m in store.matches(alerts_only=False)]
    printed = [(m["entry"], m["bits"], m["alert"]) for found in first.objects for m in found["matches"]]
    assert sorted(stored) == sorted(printed)
    assert (counted.messages, counted.travellers) == (8, len(first.objects))
    assert again.out == first.out
    assert "NOT kept" not in first.err
    assert again.err.count("is in the database already: nothing was added, and what follows is NOT kept there") == 8
    assert again.err.count("does not exist yet") == 8


def test_a_kept_message_screened_with_another_list_keeps_the_old_answer(vigie: Vigie, tmp_path: Path) -> None:
    flight, database = tmp_path / "flight.edi", tmp_path / "work.db"
    flight.write_bytes(paxlst(("HOLT", "ANDERS")))
    other = csv_list(tmp_path / "other.csv", "N9,primary,Petra Vogelsang,1990,F,,")
    vigie("screen", flight, "--list", other, "--database", database)
    ran = vigie("screen", flight, "--list", csv_list(tmp_path / "list.csv"), "--database", database)
    assert "1 traveller screened, 1 with an alert" in ran.err
    assert "what follows is NOT kept there" in ran.err
    with open_store(f"sqlite:///{database}") as store:
        assert store.counts().alerts == 0


NOTES = [("counted", [], False), ("shown", ["--verbose"], True), ("shown for short", ["-v"], True)]


@pytest.mark.parametrize(("reason", "more", "shown"), NOTES, ids=[reason for reason, *_ in NOTES])
def test_notes_do_not_drown_alerts(vigie: Vigie, tmp_path: Path, reason: str, more: list[str], shown: bool) -> None:
    flight = tmp_path / "two words.edi"
    flight.write_bytes(paxlst(("HOLT", "ANDERS")).replace(b"CNT+42:1", b"CNT+42:7"))
    ran = vigie("screen", flight, "--list", csv_list(tmp_path / "list.csv"), *more)
    counted = next((line for line in ran.err.splitlines() if line.startswith("  2 notes")), None)
    assert ran.err.count("  warning: ") == 1
    assert ran.err.count("  note: ") == (2 if shown else 0)
    assert counted == (None if shown else f"  2 notes; see 'vigie read {flight}'")


def test_a_list_given_as_message_is_told(vigie: Vigie) -> None:
    ran = vigie("screen", LIST, "--list", LIST)
    assert ran.code == 2
    assert f"vigie: {LIST}: this is a watchlist, no message: 'vigie lists check {LIST}' reads it" in ran.err


def test_a_name_in_arabic_script_has_its_own_comma(vigie: Vigie, tmp_path: Path) -> None:
    flight = tmp_path / "flight.edi"
    flight.write_bytes(paxlst(("\u0647\u0648\u0644\u062a", "\u0623\u0646\u062f\u0631\u0633")).replace(b"UNOA", b"UNOY"))
    ran = vigie("screen", flight, "--list", csv_list(tmp_path / "list.csv"), "--all")
    assert "\u0647\u0648\u0644\u062a\u060c \u0623\u0646\u062f\u0631\u0633" in ran.err


def test_the_same_message_twice_in_one_command(vigie: Vigie, tmp_path: Path) -> None:
    database = tmp_path / "work.db"
    ran = vigie("screen", FILES[0], FILES[0], "--list", LIST, "--json", "--database", database, *AS_OF)
    assert ran.code == 0
    with open_store(f"sqlite:///{database}") as store:
        assert store.counts().messages == 2, "the coach company's passengers, and its crew"


def test_names_cannot_steer_the_terminal(vigie: Vigie, tmp_path: Path) -> None:
    named = csv_list(tmp_path / "odd.csv", 'N1,primary,"HOLT \x1b[2J[/red] Anders",1970-06-01,M,NOR,A1')
    (tmp_path / "flight.edi").write_bytes(paxlst(("HOLT [/RED]", "ANDERS")))
    ran = vigie("screen", tmp_path / "flight.edi", "--list", named)
    assert ran.code == 0
    assert "1 with an alert" in ran.err
    assert "\x1b" not in ran.err
    assert "[/RED]" in ran.err
