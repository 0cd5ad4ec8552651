"""What carriers are told: each thing once, whole files, nothing about a person."""

import datetime as dt
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import vigie
from tests.ingest.conftest import START
from vigie import messages, schedules
from vigie.errors import InputError
from vigie.ingest import notices
from vigie.journeys import due_messages
from vigie.messages.quality import FIELDS
from vigie.messages.redaction import original
from vigie.store import Store, open_store

__all__ = ["vigie"]
DAY = START.date()
AFTER = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
HEAD = "mode,carrier,number,origin,destination,departs"
PLAN = f"{HEAD}\nair,ZZ,12,OSL,CMN,2026-11-23T05:40\nair,XY,9,OSL,CMN,2026-11-23T06:40\n"
PERSONAL = "HOLT", "ANDERS", "1970", "QA100200", "QW3RTY"
PERSON = "NAD+FL+++HOLT:ANDERS'ATT+2++M'DTM+329:700601'NAT+2+NOR'RFF+AVF:QW3RTY'DOC+P+QA100200'LOC+91+NOR'"


def paxlst(persons: str, bgm: str = "745") -> bytes:
    moving = "TDT+20+ZZ12'LOC+125+OSL'DTM+189:2611230540:201'LOC+87+CMN'DTM+232:2611230900:201'"
    body = f"BGM+{bgm}'{moving}{persons}CNT+42:{persons.count('NAD+')}'"
    head = "UNB+UNOA:4+ZZAIR+STATE+261123:0400+4711'UNH+1+PAXLST:D:05B:UN:IATA'"
    return f"{head}{body}UNT+{body.count(chr(39)) + 2}+1'UNZ+1+4711'".encode()


def expect(store: Store, plan: str = PLAN) -> None:
    store.expected.load(schedules.read(plan.encode(), DAY, DAY, DAY), "0" * 64, START)


def take(store: Store, data: bytes, now: dt.datetime) -> None:
    for ordinal, message in enumerate(messages.read(data, DAY)):
        store.record(message, original(data, message.sha256, message.removals), ordinal, [], [], now)


def judged(store: Store) -> list[Any]:
    return store.expected.judged(DAY, DAY, AFTER)


def write(store: Store, folder: Path, now: dt.datetime = AFTER) -> list[str]:
    return [f"{row.carrier} {row.outcome}" for row in notices.write(store, folder, 7, now)]


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.glob("*_*.txt")}


def test_what_is_missing_is_told_once(store: Store, tmp_path: Path) -> None:
    expect(store)
    assert write(store, tmp_path, START - dt.timedelta(hours=5)) == []
    assert write(store, tmp_path) == ["XY missing"] * 2 + ["ZZ missing"] * 2
    told = files(tmp_path)
    assert write(store, tmp_path) == []
    assert write(store, tmp_path, AFTER + dt.timedelta(days=2)) == []
    assert files(tmp_path) == told
    assert len(told) == 4


def test_a_flight_of_tomorrow_may_be_due_today(store: Store, tmp_path: Path) -> None:
    """At 05:00 of the 24th in Tokyo it is 20:00 of the 23rd by UTC."""
    plan = f"{HEAD}\nair,ZZ,12,HND,CMN,2026-11-24T05:00\n".encode()
    tomorrow = DAY + dt.timedelta(days=1)
    store.expected.load(schedules.read(plan, DAY, tomorrow, tomorrow), "0" * 64, START)
    assert write(store, tmp_path, dt.datetime(2026, 11, 23, 19, 50, tzinfo=dt.UTC)) == ["ZZ missing"]


def test_what_came_late_is_told_after_what_was_missing(store: Store, tmp_path: Path) -> None:
    expect(store)
    write(store, tmp_path)
    take(store, paxlst(PERSON), AFTER)
    assert write(store, tmp_path) == ["ZZ late"]
    (late,) = [text for name, text in files(tmp_path).items() if "_late_" in name]
    assert "Attendu au plus tard (UTC) : 2026-11-23T04:10Z" in late
    assert "Received (UTC): 2026-11-23T12:00Z" in late


def test_a_faulty_list_is_told_with_its_reference_and_each_place(store: Store, tmp_path: Path) -> None:
    """What the carrier needs to find the message in its own system, and the segment in the message."""
    expect(store)
    bad = PERSON.replace("700601", "99999999").replace("NAT+2+NOR", "NAT+2+QQQ")
    data = paxlst(PERSON + bad)
    take(store, data, START - dt.timedelta(hours=2))
    assert "ZZ faulty" in write(store, tmp_path)
    (faulty,) = [text for name, text in files(tmp_path).items() if "_faulty_" in name]
    french, english = (part.splitlines() for part in faulty.split("-" * 78))
    for line in (
        "Journey: air/ZZ/12/2026-11-23/OSL/CMN",
        "Message: PAXLST 745",
        "Reference (interchange / message): 4711 / 1",
        "Date of the interchange (UNB), the sender's time: 2026-11-23T04:00",
        f"SHA-256 of the file received: {hashlib.sha256(data).hexdigest()}",
        "Questions: answer by the agreed way that brought you this notice.",
    ):
        assert line in english
    at = data.index(b"DTM+329:99999999"), data.index(b"NAT+2+QQQ")
    problems = [line for line in english if line.startswith(("  - error", "  - warning"))]
    assert [line[line.index("[") :] for line in problems] == [
        f"[BAD_DATE, segment 17 (DTM), byte {at[0]}]",
        f"[UNKNOWN_COUNTRY, segment 18 (NAT), byte {at[1]}]",
    ]
    assert [line.partition(": to be given for at least 95 %")[0] for line in english if "at least" in line] == [
        "  - date of birth",
        "  - nationality",
    ]
    assert any(line.startswith("  - date de naissance : à donner pour 95 %") for line in french)
    assert [word for word in ("note", "birth_date", "no_error", "CENTURY") if word in faulty] == []


def test_a_message_about_several_legs_is_told_once(store: Store, tmp_path: Path) -> None:
    plan = f"{HEAD}\nair,ZZ,12,OSL,CPH,2026-11-23T05:40\nair,ZZ,12,CPH,CMN,2026-11-23T08:40\n"
    expect(store, plan)
    legs = (
        "TDT+20+ZZ12'LOC+125+OSL'DTM+189:2611230540:201'LOC+87+CPH'DTM+232:2611230700:201'"
        "TDT+20+ZZ12'LOC+125+CPH'DTM+189:2611230840:201'LOC+87+CMN'DTM+232:2611231100:201'"
    )
    whole = paxlst(PERSON.replace("700601", "99999999"))
    start, end = whole.index(b"TDT"), whole.index(b"NAD")
    take(store, whole[:start] + legs.encode() + whole[end:], START - dt.timedelta(hours=2))
    assert len({each.journey for each in judged(store) if each.outcome == "faulty"}) == 2
    assert write(store, tmp_path).count("ZZ faulty") == 1
    assert write(store, tmp_path).count("ZZ faulty") == 0


def test_each_faulty_message_is_told(store: Store, tmp_path: Path) -> None:
    """A second list for the same flight, faulty as well, is another thing to tell."""
    expect(store)
    for family in ("HOLT", "BERG"):
        take(store, paxlst(PERSON.replace("700601", "99999999").replace("HOLT", family)), START - dt.timedelta(hours=2))
    assert write(store, tmp_path).count("ZZ faulty") == 2


BEFORE = [
    ("ZZ,12,OSL,CMN,2026-11-30T05:40", "a week before it leaves"),
    ("XY,9,OSL,CMN,2026-11-30T05:40", "in no schedule, of a day for which there is one"),
    ("XY,9,OSL,CMN,2026-11-25T05:40", "in no schedule at all"),
]


@pytest.mark.parametrize(("row", "reason"), BEFORE, ids=[row[1] for row in BEFORE])
def test_a_faulty_list_is_told_when_it_comes(row: str, reason: str, store: Store, tmp_path: Path) -> None:
    """Told only from a day before the departure on, it was two days old by then, and never told."""
    later = DAY + dt.timedelta(days=7)
    plan = schedules.read(f"{HEAD}\nair,{row}\n".encode(), DAY, DAY, later)
    store.expected.load(plan, "0" * 64, START)
    data = paxlst(PERSON.replace("700601", "99999999")).replace(b":261123", b":261130")
    take(store, data, START - dt.timedelta(hours=2))
    assert [notice.finding.journey for notice in notices.due(store, 2, START)] == ["air/ZZ/12/2026-11-30/OSL/CMN"], (
        reason
    )
    assert write(store, tmp_path, START) == ["ZZ faulty"]
    assert [row for row in write(store, tmp_path, START + dt.timedelta(days=6)) if "faulty" in row] == []


def test_a_faulty_message_without_journey_is_told(store: Store, tmp_path: Path) -> None:
    data = paxlst(PERSON.replace("700601", "99999999"))
    start, end = data.index(b"TDT"), data.index(b"NAD")
    take(store, data[:start] + data[end:], START)
    assert write(store, tmp_path, AFTER) == ["None faulty"]
    (text,) = files(tmp_path).values()
    assert f"SHA-256 of the file received: {hashlib.sha256(data[:start] + data[end:]).hexdigest()}" in text


STRANGERS = [
    ("YT", "YT faulty", "another carrier's code is no word of this one"),
    ("YT-APIS", "YT-APIS faulty", "a code before a sign"),
    ("ZZ", "ZZ faulty", "the carrier itself"),
    ("ZZAIR", "ZZ faulty", "a name that is no code: nobody checks it, and nothing says that it is another's"),
]


@pytest.mark.parametrize(("sender", "told", "reason"), STRANGERS, ids=[row[0] for row in STRANGERS])
def test_a_carrier_is_told_of_no_strangers_faults(
    sender: str, told: str, reason: str, store: Store, tmp_path: Path
) -> None:
    expect(store)
    data = paxlst(PERSON.replace("700601", "99999999")).replace(b"+ZZAIR+", f"+{sender}+".encode())
    take(store, data, START - dt.timedelta(hours=2))
    assert [row for row in write(store, tmp_path) if "faulty" in row] == [told], reason


AGES = [(2, 0, True), (2, 1, True), (2, 2.5, False), (5, 4.5, True), (0, 0.5, False)]


@pytest.mark.parametrize(("days", "later", "told"), AGES)
def test_only_what_became_due_of_late_is_told(
    days: int, later: float, told: bool, store: Store, tmp_path: Path
) -> None:
    """A database that has been filled for long, and no notice ever written: the first run must not tell it all."""
    expect(store)
    take(store, paxlst(PERSON.replace("700601", "99999999")), START - dt.timedelta(hours=2))
    now = START + dt.timedelta(days=later, hours=1)
    outcomes = {notice.finding.outcome for notice in notices.due(store, days, now)}
    assert outcomes == ({"missing", "faulty"} if told else set())


def test_a_whole_list_in_time_is_nothing_to_tell(store: Store, tmp_path: Path) -> None:
    expect(store)
    take(store, paxlst(PERSON), START - dt.timedelta(hours=2))
    take(store, paxlst(PERSON, "266+CLOB"), START + dt.timedelta(minutes=10))
    assert write(store, tmp_path) == ["XY missing"] * 2


def test_no_notice_holds_a_person_and_each_is_fair(store: Store, tmp_path: Path) -> None:
    expect(store)
    take(store, paxlst(PERSON + PERSON.replace("NAT+2+NOR'", "")), AFTER)
    assert {"ZZ late", "ZZ faulty"} < set(write(store, tmp_path))
    for text in files(tmp_path).values():
        assert [secret for secret in PERSONAL if secret in text] == []
        assert "Aucune donnée que vous n’avez pas n’est demandée" in text
        assert "No data that you do not have is asked for" in text


def test_a_process_that_dies_before_it_has_recorded_writes_the_same_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect(store)

    def die(*_: Any) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(store.notices, "record", die)
        with pytest.raises(KeyboardInterrupt):
            write(store, tmp_path)
    (first,) = files(tmp_path).items()
    assert len(write(store, tmp_path)) == 4
    assert first in files(tmp_path).items()
    assert len(files(tmp_path)) == 4


def test_a_file_that_cannot_be_written_is_not_told(store: Store, tmp_path: Path) -> None:
    expect(store)
    with pytest.raises(InputError, match="no notice can be written"):
        write(store, tmp_path / "nowhere")
    assert len(write(store, tmp_path)) == 4


def test_a_name_is_taken_whole_or_not_at_all(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expect(store)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        write(store, tmp_path)
    assert files(tmp_path) == {}
    assert list(tmp_path.glob(".*")) == []


def test_a_ferry_is_told_in_its_own_words(store: Store, tmp_path: Path) -> None:
    """It has no PAXLST, the Chicago Convention is not its own, and its journey has no number."""
    expect(store, f"{HEAD}\nsea,Oldhaven Lines,,OSL,CMN,2026-11-23T05:40\n")
    write(store, tmp_path)
    (text,) = files(tmp_path).values()
    assert [word for word in ("PAXLST", "745", "Chicago", "sea/") if word in text] == []
    assert "Journey: OLDHAVEN LINES, 2026-11-23 05:40, OSL - CMN\n" in text
    assert "Message: passenger list\n" in text
    assert "No data that you do not have is asked for" in text


HOSTILE = ["../../etc", "a/b", "ZZ\n\nTo: all", "ح", "", "x" * 500]


@pytest.mark.parametrize("code", HOSTILE)
def test_a_schedule_names_no_file_outside_the_folder(code: str) -> None:
    finding = due_messages.Finding(outcome="missing", journey=f"air/{code}/1", carrier=code or None, says="")
    name = notices.file_name(notices.Notice(finding=finding))
    assert name == os.path.basename(name)
    assert name.endswith(".txt")
    assert not name.startswith(".")
    assert len(name) < 255
    other = due_messages.Finding(outcome="missing", journey=f"air/{code}./1", carrier=code or None, says="")
    assert notices.file_name(notices.Notice(finding=other)) != name


def test_the_commands(tmp_path: Path, vigie: Any) -> None:
    url = f"sqlite:///{tmp_path / 'vigie.db'}"
    plan, folder = tmp_path / "plan.csv", tmp_path / "notices"
    plan.write_text(PLAN)
    days = ("--database", url, "--first", DAY, "--last", DAY)
    loaded = vigie("schedule", "load", plan, *days, "--as-of", DAY)
    assert (loaded.code, loaded.err) == (
        0,
        f"{tmp_path / 'vigie.db'}: a new database was made\nTIMETABLE: 2 journeys, 2 new, 0 changed\n",
    )
    listed = vigie("schedule", "list", *days, "--carrier", "ZZ", "--json")
    assert [journey["key"] for journey in listed.objects] == ["air/ZZ/12/2026-11-23/OSL/CMN"]
    assert "ZZ 12" in vigie("schedule", "list", *days).err
    assert vigie("schedule", "list", *days, "--carrier", "zz", "--json").objects == listed.objects
    unknown = vigie("schedule", "list", *days, "--carrier", "QQ")
    assert "no journey of QQ is expected from 2026-11-23 to 2026-11-23\n" in unknown.err
    at = ("--now", "2026-11-23T12:00Z")
    tried = vigie("notices", "--database", url, "--dry-run", *at)
    assert (tried.code, tried.err) == (0, "4 notices to be written: 4 missing\n")
    assert not folder.exists()
    told = vigie("notices", "--database", url, "--out", folder, *at, "--contact", "unit@state.example")
    assert told.code == 0
    assert told.out == tried.out
    assert all("\nQuestions: unit@state.example\n" in text for text in files(folder).values())
    assert told.err == "4 notices written: 4 missing\n"
    assert sorted(told.out.decode().split()) == sorted(files(folder))
    assert vigie("notices", "--database", url, "--out", folder, "--now", "2026-11-23T13:00Z").err == (
        "0 notices written\n"
    )


def test_places_that_no_table_has_are_named(tmp_path: Path, vigie: Any) -> None:
    """A code mistyped was taken in silence, and its list called missing each day."""
    plan = tmp_path / "plan.csv"
    plan.write_text(f"{HEAD}\nsea,ZZ,12,MTXXX,ITCTA,2026-11-23T05:40\n")
    loaded = vigie("schedule", "load", plan, "--database", tmp_path / "x.db", "--first", DAY, "--last", DAY)
    assert (loaded.code, "look whether they are right: MTXXX\n" in loaded.err) == (0, True)


REFUSED = [
    (("schedule", "load", "{letter}", "--database", "{db}"), 2, "nothing is expected of it"),
    (
        ("schedule", "load", "{plan}", "--database", "{db}", "--first", "2027-01-01"),
        2,
        "the file is of the days from 2026-11-23 to 2026-11-23",
    ),
    (("schedule", "list", "--database", "{db}", "--first", "2026-11-23", "--last", "2026-11-22"), 64, "is before"),
    (("schedule", "load", "{plan}", "--database", "{db}", "--last", "2099-01-01"), 64, "--first and --last"),
    (("notices", "--database", "{there}", "--out", "{letter}"), 2, "is no folder"),
    (("notices", "--database", "{there}", "--out", "{letter}/below"), 2, "cannot be made"),
    (("notices", "--database", "{there}"), 64, "--out is missing"),
    (("notices", "--database", "{db}", "--out", ".", "--now", "2026-11-23T04:40"), 64, "no moment with a zone"),
    (("notices", "--database", "{db}", "--out", ".", "--days", "-1"), 64, "a number of days"),
]


@pytest.mark.parametrize(("arguments", "code", "says"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_what_the_commands_refuse(arguments: tuple[str, ...], code: int, says: str, tmp_path: Path, vigie: Any) -> None:
    (tmp_path / "letter").write_text("Dear colleagues,\n")
    (tmp_path / "plan").write_text(PLAN)
    places = {"letter": tmp_path / "letter", "plan": tmp_path / "plan", "db": tmp_path / "x.db"}
    places["there"] = tmp_path / "there.db"
    open_store(f"sqlite:///{places['there']}").close()
    ran = vigie(*(argument.format(**places) for argument in arguments))
    assert ran.code == code
    assert says in ran.err


def test_the_texts_are_whole_in_both_languages() -> None:
    words = notices._words()
    assert set(words["fr"]) == set(words["en"])
    assert set(words["fr"]["messages"]) == set(words["en"]["messages"])
    assert set(words["fr"]["elsewhere"]) == set(words["en"]["elsewhere"]) <= set(words["en"]["messages"])
    assert set(words["fr"]["names"]) == set(words["en"]["names"]) == set(FIELDS)
    assert set(words["fr"]) >= notices.TOLD
