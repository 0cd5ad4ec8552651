"""The committed sample: made by the generator, read without a complaint, and with every planted case in it."""

import csv
import datetime as dt
import io
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from vigie import messages, watchlist
from vigie.dates import span
from vigie.demo import SAMPLE, board
from vigie.demo.generate import DAY, FEWEST, LISTED_PERSONS, SEED, TRAVELLERS, files, listed, main
from vigie.demo.people import Inventor
from vigie.demo.planted import LISTED, PLANTED
from vigie.demo.watchlist import Listed, write_csv, write_xml
from vigie.errors import UsageError
from vigie.records import Entry, Message, Traveller

ICAO = re.compile(r"[A-Z]+( [A-Z]+)*")
MESSAGES = ("flight.edi", "ferry.edi", "coach.edi")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return files()


@pytest.fixture(scope="module")
def read(made: dict[str, bytes]) -> dict[str, tuple[Message, ...]]:
    return {name: messages.read(made[name], DAY, name) for name in MESSAGES}


def _travellers(found: tuple[Message, ...], capacity: str = "passenger") -> list[Traveller]:
    return [t for message in found for t in message.travellers if t.capacity == capacity]


@pytest.fixture(scope="module")
def expected(made: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made["expected.csv"].decode())))


def test_committed_sample_is_what_the_generator_makes(made: dict[str, bytes]) -> None:
    assert made.keys() == {path.name for path in SAMPLE.iterdir()} - {"README.md"}
    for name, content in made.items():
        assert (SAMPLE / name).read_bytes() == content, f"{name}: run python -m vigie.demo.generate --out {SAMPLE}"


def test_sample_is_small(made: dict[str, bytes]) -> None:
    assert sum(map(len, made.values())) < 250_000


def test_another_seed_invents_other_people_and_plants_the_same_cases(made: dict[str, bytes]) -> None:
    other = files(seed=SEED + 1)
    assert all(other[name] != made[name] for name in MESSAGES)
    cases = [sorted(re.findall(r"VGi\.\d+,\w+,\w+", m["expected.csv"].decode())) for m in (made, other)]
    assert cases[0] == cases[1]


def test_messages_move_with_the_day_of_travel() -> None:
    day = dt.date(2027, 3, 9)
    for message in messages.read(files(day=day, travellers=FEWEST)["flight.edi"], day):
        assert message.journeys[0].legs[0].departs == "2027-03-09T11:30"


@pytest.mark.parametrize(
    ("name", "mode", "passengers", "crew"),
    [("flight.edi", "air", 300, 9), ("ferry.edi", "sea", 120, 6), ("coach.edi", "road", 40, 2)],
)
def test_journeys_and_their_people(
    read: dict[str, tuple[Message, ...]], name: str, mode: str, passengers: int, crew: int
) -> None:
    assert {message.journeys[0].mode for message in read[name]} == {mode}
    assert len(_travellers(read[name])) == passengers
    assert len(_travellers(read[name], "crew")) == crew


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_are_read_with_notes_only(read: dict[str, tuple[Message, ...]], name: str) -> None:
    assert [p for message in read[name] for p in message.problems if p.severity != "note"] == []


def test_messages_carry_the_people_that_were_put_on_board(read: dict[str, tuple[Message, ...]]) -> None:
    """The same chance again, without writing and reading."""
    rng = random.Random(SEED)
    inventor = Inventor(rng, DAY)
    for route in board.routes(DAY):
        placed = board.passengers(rng, inventor, route, round(TRAVELLERS * route.share))
        people = [*(p.traveller for p in placed), *board.crew(inventor, route)]
        found = read[f"{route.name}.edi"]
        assert [_facts(t) for m in found for t in m.travellers] == [_facts(t) for t in people]


def _facts(traveller: Traveller) -> tuple[object, ...]:
    documents = [(d.type, d.number, d.issuer, d.expires) for d in traveller.documents]
    named = (traveller.name.family, traveller.name.given)
    born = (traveller.birth_date, traveller.birth_place)
    booked = (traveller.reference, traveller.record_locator, traveller.seats, traveller.bags, traveller.verified)
    return named, born, traveller.sex, traveller.nationality, traveller.residence, documents, booked


def test_every_planted_case_is_on_board_once(
    read: dict[str, tuple[Message, ...]], expected: list[dict[str, str]]
) -> None:
    found = {(name, t.reference): t for name in MESSAGES for t in _travellers(read[name])}
    planted = {(f"{c.message}.edi", c.entry, c.case, c.birth_date): c for c in PLANTED}
    for row in expected:
        traveller = found[row["message"], row["reference"]]
        case = planted.pop((row["message"], row["entry"], row["case"], traveller.birth_date or ""))
        assert row["alert"] == ("yes" if case.alert else "no")
        assert (traveller.name.family, traveller.sex) == (case.family, case.sex)
        assert case.given.startswith(traveller.name.given or "-")
        assert case.number in (None, traveller.documents[0].number)
    assert planted == {}


def test_planted_cases_are_variants_and_innocents(expected: list[dict[str, str]]) -> None:
    assert Counter(row["alert"] for row in expected) == {"yes": 10, "no": 9}
    assert {row["message"] for row in expected} == set(MESSAGES)
    assert {row["entry"] for row in expected} == {person.id for person in LISTED}


def test_truncated_case_is_truncated(read: dict[str, tuple[Message, ...]]) -> None:
    cut = [t.name.given for t in _travellers(read["flight.edi"]) if t.name.family == "ELSHARKAWI"]
    assert cut == ["MOHAMED ABDELWAHAB ABDELHAM"]


def test_only_planted_travellers_bear_a_listed_name(
    made: dict[str, bytes], read: dict[str, tuple[Message, ...]]
) -> None:
    names = {" ".join(person.parts) for person in _drawn()}
    aboard = [f"{t.name.given} {t.name.family}" for name in MESSAGES for t in _travellers(read[name])]
    assert names.isdisjoint(aboard)


def test_names_are_in_icao_letters(read: dict[str, tuple[Message, ...]]) -> None:
    people = [t for found in read.values() for message in found for t in message.travellers]
    assert all(ICAO.fullmatch(t.name.family or "") for t in people)
    assert all(t.name.given is None or ICAO.fullmatch(t.name.given) for t in people)


def test_documents_and_references_are_unique_and_nobody_travels_twice(read: dict[str, tuple[Message, ...]]) -> None:
    people = [t for found in read.values() for message in found for t in message.travellers]
    for keys in (
        [(d.issuer, d.number) for t in people for d in t.documents],
        [t.reference for t in people if t.reference],
        [(t.name.raw, t.birth_date) for t in people],
        [(t.embarks, t.seats) for t in people if t.seats],
    ):
        assert len(set(keys)) == len(keys)


def test_parties_are_mixed_as_on_a_real_journey(read: dict[str, tuple[Message, ...]]) -> None:
    flight, ferry, coach = (_travellers(read[name]) for name in MESSAGES)
    assert len({t.nationality for t in flight}) > 30
    assert 3 <= sum(t.in_transit for t in flight) <= 40
    assert any(not t.seats for t in flight)  # infants
    assert 0.02 < sum(t.verified is False for t in flight) / len(flight) < 0.2
    assert sum(t.nationality == "MAR" and t.residence != "MAR" for t in ferry) > 20
    assert {t.documents[0].type for t in coach} == {"P", "I"}
    assert any(d.type == "V" for t in flight for d in t.documents)


# -- the list -----------------------------------------------------------------------------------------------------


def _drawn() -> list[Listed]:
    rng = random.Random(SEED)
    inventor = Inventor(rng, DAY)
    aboard: set[str] = set()
    for route in board.routes(DAY):
        placed = board.passengers(rng, inventor, route, round(TRAVELLERS * route.share))
        aboard |= {p.traveller.name.raw for p in placed}
        list(board.crew(inventor, route))
    return listed(rng, inventor, aboard)


def _sketch(entry: Entry) -> tuple[object, ...]:
    names = sorted((name.kind, name.name) for name in entry.names)
    births = [birth.date for birth in entry.birth_dates]
    documents = [document.number for document in entry.documents]
    return entry.id, names, births, entry.sex, entry.nationalities, documents


def _intended(person: Listed) -> tuple[object, ...]:
    kinds = {"Good": "alias", "Low": "weak_alias"}
    names = [("primary", " ".join(person.parts)), *((kinds[a.quality], a.name) for a in person.aliases)]
    names += [("original_script", person.original)] if person.original else []
    nationalities = (person.nationality,) if person.nationality else ()
    documents = [document.number for document in person.documents]
    return person.id, sorted(names), [b.date for b in person.births], person.sex, nationalities, documents


def test_list_is_read_as_it_was_invented() -> None:
    found = watchlist.read(SAMPLE / "list.xml")
    assert found.problems == ()
    assert (found.format, found.date, found.others) == ("un-xml", "2026-12-01", 2)
    assert not found.operational
    assert [_sketch(entry) for entry in found.entries] == [_intended(person) for person in (*LISTED, *_drawn())]


def test_dates_of_the_list_keep_their_type() -> None:
    found = watchlist.read(SAMPLE / "list.xml")
    invented = [birth for person in (*LISTED, *_drawn()) for birth in person.births]
    assert [birth for entry in found.entries for birth in entry.birth_dates] == invented


def test_list_has_the_variety_of_the_real_one() -> None:
    entries = watchlist.read(SAMPLE / "list.xml").entries
    assert len(entries) == LISTED_PERSONS
    births = [entry.birth_dates for entry in entries]
    for kind in (
        [b for b in births if not b],
        [b for b in births if len(b) > 1],
        [b for b in births if any("/" in one.date for one in b)],
        [b for b in births if any(one.approximate for one in b)],
    ):
        assert len(kind) >= 2
    assert {name.script for entry in entries for name in entry.names} == {"Latn", "Arab", "Cyrl", "Hani"}
    assert {name.kind for entry in entries for name in entry.names} == {
        "primary",
        "alias",
        "weak_alias",
        "original_script",
    }
    assert b"<INDIVIDUAL_DOCUMENT />" in (SAMPLE / "list.xml").read_bytes()


def test_the_plain_csv_says_the_same_as_the_xml(tmp_path: Path) -> None:
    persons = (*LISTED, *_drawn())
    (tmp_path / "list.csv").write_bytes(write_csv(persons))
    found = watchlist.read(tmp_path / "list.csv")
    assert found.problems == ()
    assert [_sketch(entry) for entry in found.entries] == [_intended(person) for person in persons]


def test_an_empty_list_is_still_well_formed() -> None:
    assert b"<INDIVIDUALS />" in write_xml((), (), DAY)


# -- the command --------------------------------------------------------------------------------------------------


def test_command_writes_the_files(tmp_path: Path) -> None:
    assert main(["--seed", "7", "--out", str(tmp_path / "new"), "--travellers", str(FEWEST)]) == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
    assert written == files(seed=7, travellers=FEWEST)


def test_command_says_in_one_line_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["--out", str(tmp_path / "file")]) == 64
    assert main(["--out", str(tmp_path), "--travellers", "3"]) == 64
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "choose another folder" in said[0]
    assert f"ask for {FEWEST} or more" in said[1]


def test_too_few_travellers_are_refused() -> None:
    with pytest.raises(UsageError):
        files(travellers=FEWEST - 1)


# -- nobody real --------------------------------------------------------------------------------------------------


@pytest.mark.data
def test_nobody_of_the_sample_is_a_listed_person(data: Path, read: dict[str, tuple[Message, ...]]) -> None:
    """Name in any order of its words and birth year, against the UN list and OFAC's."""
    real: dict[str, set[int]] = {}
    for name in ("un_consolidated_2026-02-27.xml", "ofac_sdn_2021-07"):
        for entry in watchlist.read(data / "watchlists" / name).entries:
            years = {y for b in entry.birth_dates for y in range(span(b.date).first.year, span(b.date).last.year + 1)}
            for listed_name in entry.names:
                for form in (listed_name.name, *listed_name.forms):
                    real.setdefault(_key(form), set()).update(years)
    assert len(real) > 10_000
    people = [t for found in read.values() for message in found for t in message.travellers]
    invented = [(_key(t.name.raw), int((t.birth_date or "0")[:4])) for t in people]
    for entry in watchlist.read(SAMPLE / "list.xml").entries:
        years = {y for b in entry.birth_dates for y in range(span(b.date).first.year, span(b.date).last.year + 1)}
        invented += [(_key(n.name), y) for n in entry.names if n.kind != "weak_alias" for y in years]
    assert [key for key, year in invented if year in real.get(key, set())] == []


def _key(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))
