"""`vigie ingest`, `vigie inbox` and `vigie carriers`: what starts, what does not, and what a person sees."""

import datetime as dt
import hashlib
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import PROCESS, Vigie, csv_list, paxlst
from tests.cli.test_process import VIGIE, started, wait_for
from tests.conftest import ROOT
from vigie import app
from vigie.cli.ingest import is_loopback
from vigie.config import LIMITS, Ground, Grounds, Profile
from vigie.errors import UsageError
from vigie.store import open_store

PROFILE = """\
state = "NOR"
consumers = 2

[modes.air]
legal_basis = "Invented Act, article 4"
retention_days = 30
"""


class Place:
    """Files of a small unit, and the options that name them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database, self.profile, self.into = folder / "work.db", folder / "state.toml", folder / "in"
        self.into.mkdir()
        self.profile.write_text(PROFILE)
        self.list = csv_list(folder / "list.csv")

    def options(self) -> list[str]:
        return ["--database", str(self.database), "--profile", str(self.profile), "--list", str(self.list)]

    def left(self) -> list[str]:
        return [path.name for path in self.into.iterdir() if path.is_file()]

    def put(self, name: str, data: bytes) -> None:
        (self.into / name).write_bytes(data)


def called(data: bytes) -> str:
    """What an input from the folder is called."""
    return hashlib.sha256(data).hexdigest()[:12]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_once_takes_in_and_processes_all_there_is(vigie: Vigie, place: Place) -> None:
    place.put("one.edi", paxlst(("HOLT", "ANDERS")))
    place.put("two.edi", paxlst(("BERG", "NINA")))
    place.put("letter.txt", b"a letter")
    ran = vigie("ingest", "--folder", place.into, "--once", *place.options())
    assert (ran.code, ran.out) == (1, b""), "the letter waits for a person"
    with open_store(f"sqlite:///{place.database}") as store:
        assert store.inbox.counts() == {"done": 2, "quarantined": 1}
        counted = store.counts()
    assert (counted.messages, counted.journeys, counted.travellers, counted.alerts) == (2, 1, 2, 1)
    listed = vigie("inbox", "list", "--database", place.database, "--json")
    assert {row["source"]: row["state"] for row in listed.objects} == {
        called(paxlst(("HOLT", "ANDERS"))): "done",
        called(paxlst(("BERG", "NINA"))): "done",
        called(b"a letter"): "quarantined",
    }
    waiting = vigie("inbox", "list", "--database", place.database, "--state", "quarantined", "--json")
    (row,) = waiting.objects
    assert (row["reason"], row["travellers"]) == ("NO_MESSAGE", 0)
    shown = vigie("inbox", "show", row["id"], "--database", place.database)
    assert "[NO_MESSAGE]" in shown.err
    assert "a letter" not in shown.err
    again = vigie("inbox", "replay", row["id"], "--database", place.database, "--profile", place.profile)
    assert "read the whole original" in again.err
    assert "nothing was changed" in again.err
    released = vigie("inbox", "release", row["id"], "--database", place.database)
    assert released.code == 64, "nobody can be recorded of it"
    assert "waits sealed" in released.err
    assert vigie("inbox", "expire", "--database", place.database).err == "0 keys and 0 sealed originals destroyed\n"


def test_what_became_of_each_file_is_told(vigie: Vigie, place: Place) -> None:
    """By its sum, because nobody knows where standard error goes; in a terminal also by its name."""
    place.put("HOLT.edi", paxlst(("HOLT", "ANDERS"), ("BERG", "NINA"), birth="999999"))
    place.put("letter.txt", b"a letter")
    ran = vigie("ingest", "--folder", place.into, "--once", *place.options())
    journey = "PAXLST, ZZ12 OSL-CMN 2026-11-23T05:40, 2 travellers, 2 errors, 0 warnings, 1 with an alert to review"
    arrivals = {line.partition(" ")[2] for line in ran.err.splitlines() if line.startswith("arrival ")}
    assert {line[2:] for line in arrivals} == {
        f"(file {called(paxlst(('HOLT', 'ANDERS'), ('BERG', 'NINA'), birth='999999'))}): {journey}",
        f" file {called(b'a letter')}: quarantined [NO_MESSAGE], a person has to look: 'vigie inbox show "
        f"{next(line[0] for line in arrivals if 'quarantined' in line)}'",
    }
    assert "HOLT" not in ran.err
    listed = vigie("inbox", "list", "--database", place.database)
    assert "errors" in listed.err
    shown = [line.split("│") for line in listed.err.splitlines() if "PAXLST" in line]
    of = called(paxlst(("HOLT", "ANDERS"), ("BERG", "NINA"), birth="999999"))
    assert shown[0][2].strip() == f"folder {of}"
    assert [cell.strip() for cell in shown[0][3:]] == ["PAXLST", "ZZ12 OSL-CMN 2026-11-23T05:40", "2", "2", "0", "done"]


WORDS = [
    (
        "INVENTED LINES",
        "Ask Mrs Holt of cabin twelve why",
        "Catania",
        "?-Catania 2026-11-23T05:40",
        "words of no table",
    ),
    ("ZZ", "MTMLA", "ITPZL", "ZZ MTMLA-ITPZL 2026-11-23T05:40", "codes"),
]


@pytest.mark.parametrize(("carrier", "origin", "destination", "told", "reason"), WORDS, ids=[row[-1] for row in WORDS])
def test_the_line_of_an_arrival_holds_no_words_of_the_sender(
    carrier: str, origin: str, destination: str, told: str, reason: str, vigie: Vigie, place: Place
) -> None:
    """Standard error may be kept by anybody, and a port is what the sender wrote there."""
    head = "surname,first name,nationality,mode,carrier,from,to,departs"
    row = f"HOLT,ANDERS,NOR,air,{carrier},{origin},{destination},2026-11-23 05:40"
    place.put("one.csv", f"{head}\n{row}\n".encode())
    ran = vigie("ingest", "--folder", place.into, "--once", *place.options())
    (line,) = [line for line in ran.err.splitlines() if line.startswith("arrival ")]
    assert f"MANIFEST, {told}, 1 traveller," in line, reason


LEFT_OUT = [
    ("nothing", "a.edi", paxlst(("HOLT", "ANDERS")), 0),
    ("refused", "sea.edi", paxlst(("HOLT", "ANDERS")).replace(b"TDT+20+ZZ12+", b"TDT+20+ZZ12+1"), 1),
    ("in quarantine", "letter.txt", b"a letter", 1),
    ("stays because it is too large", "large.edi", bytes(LIMITS.message_bytes + 1), 1),
    ("an error in it, and taken in all the same", "a.edi", paxlst(("HOLT", "ANDERS"), birth="999999"), 0),
]


@pytest.mark.parametrize(("what", "name", "data", "code"), LEFT_OUT, ids=[what for what, *_ in LEFT_OUT])
def test_the_exit_code_tells_what_was_left_out(
    what: str, name: str, data: bytes, code: int, vigie: Vigie, place: Place
) -> None:
    place.put(name, data)
    assert vigie("ingest", "--folder", place.into, "--once", *place.options()).code == code
    again = vigie("ingest", "--folder", place.into, "--once", *place.options())
    assert again.code == int(place.left() != []), "what was told once is told once; what stays is told again"


def test_what_was_refused_is_listed_without_anything_of_it(vigie: Vigie, place: Place) -> None:
    data = paxlst(("HOLT", "ANDERS")).replace(b"TDT+20+ZZ12+", b"TDT+20+ZZ12+1")
    place.put("HOLT.edi", data)
    ran = vigie("ingest", "--folder", place.into, "--once", *place.options())
    assert f"file {called(data)} was refused and removed [NO_LEGAL_BASIS]" in ran.err
    (row,) = vigie("inbox", "list", "--database", place.database, "--state", "refused", "--json").objects
    assert (row["channel"], row["carrier"], row["reason"]) == ("folder", None, "NO_LEGAL_BASIS")
    assert (row["modes"], row["messages"]) == ("sea", 1)
    assert (row["size"], row["travellers"], row["sha256"]) == (len(data), 1, hashlib.sha256(data).hexdigest())
    listed = vigie("inbox", "list", "--database", place.database, "--state", "refused")
    assert "NO_LEGAL_BASIS" in listed.err
    assert "HOLT" not in str(row) + listed.err + ran.err
    assert vigie("inbox", "list", "--database", place.database, "--json").objects == []


def test_replay_with_a_key_folder_that_is_none(vigie: Vigie, place: Place) -> None:
    place.put("letter.txt", b"a letter")
    vigie("ingest", "--folder", place.into, "--once", *place.options())
    common = ("inbox", "replay", "1", "--database", place.database, "--profile", place.profile, "--keys")
    ran = vigie(*common, place.folder / "mistyped")
    assert (ran.code, "no key folder there" in ran.complaint) == (64, True)
    assert not (place.folder / "mistyped").exists()
    (place.folder / "others").mkdir(mode=0o700)
    ran = vigie(*common, place.folder / "others")
    assert "is not in" in ran.err
    assert "give --keys as to 'vigie ingest'" in ran.err
    assert list((place.folder / "others").iterdir()) == []


REFUSED = [
    ("no door", ["ingest"], "there is no door"),
    ("once and for ever", ["ingest", "--listen", "127.0.0.1:0", "--once"], "cannot --listen"),
    ("reached from elsewhere", ["ingest", "--listen", "0.0.0.0:8471"], "cross the network in clear"),
    ("reached from elsewhere by IPv6", ["ingest", "--listen", "[::]:8471"], "--behind-tls-proxy"),
    ("no port", ["ingest", "--listen", "127.0.0.1"], "HOST:PORT is expected"),
    ("no such port", ["ingest", "--listen", "127.0.0.1:70000"], "HOST:PORT is expected"),
    ("no such folder", ["ingest", "--folder", "nowhere/in", "--once"], "cannot be watched"),
]


@pytest.mark.parametrize(("case", "arguments", "says"), REFUSED, ids=[case for case, *_ in REFUSED])
def test_does_not_start(case: str, arguments: list[str], says: str, vigie: Vigie, place: Place) -> None:
    ran = vigie(*arguments, *place.options())
    assert ran.code in (2, 64)
    assert says in ran.complaint


@pytest.mark.parametrize("left_out", ["--profile", "--list", "--database"])
def test_no_ground_no_list_no_ingest(left_out: str, vigie: Vigie, place: Place) -> None:
    options = place.options()
    at = options.index(left_out)
    ran = vigie("ingest", "--folder", place.into, "--once", *options[:at], *options[at + 2 :])
    assert ran.code == 64
    assert left_out in ran.complaint


def test_postgresql_needs_a_folder_for_keys(vigie: Vigie, place: Place) -> None:
    """Said before the database is asked: there is none at this address."""
    options = [
        option if "work.db" not in option else "postgresql+psycopg://127.0.0.1:1/none" for option in place.options()
    ]
    ran = vigie("ingest", "--folder", place.into, "--once", *options)
    assert ran.code in (2, 64)


PROFILES = [
    ("no TOML", "state = ", "at its end: is no TOML (Invalid value)"),
    ("cut off", 'state = "NOR', "is no TOML"),
    ("quotation marks of a text program", "state = “NOR”\n", "line 1: “ is a quotation mark of a text program"),
    (
        "an unknown key",
        PROFILE + "retention = 3\n",
        "line 7: there is no modes.air.retention; known here are legal_basis, ",
    ),
    (
        "an unknown key at the top",
        "retention = 3\n" + PROFILE,
        "line 1: there is no retention; known here are state, modes, consumers",
    ),
    (
        "an unknown mode",
        PROFILE.replace("modes.air", "modes.space"),
        "line 4: there is no modes.space; known here are air, sea, rail, road, foot",
    ),
    (
        "no clock",
        PROFILE.replace("retention_days = 30", ""),
        "line 4: modes.air.retention_days is missing: a whole number",
    ),
    (
        "no ground",
        PROFILE.replace('legal_basis = "Invented Act, article 4"', ""),
        "line 4: modes.air.legal_basis is missing: the law and its article in words",
    ),
    (
        "an empty ground",
        PROFILE.replace("Invented Act, article 4", ""),
        "line 5: modes.air.legal_basis is not as expected: the law and its article in words, in quotation marks, 10",
    ),
    ("a number for a law", PROFILE.replace('"Invented Act, article 4"', "4"), "line 5: modes.air.legal_basis"),
    (
        "no retention",
        PROFILE.replace("= 30", "= 0"),
        "line 6: modes.air.retention_days is not as expected: a whole number",
    ),
    ("a retention in words", PROFILE.replace("= 30", '= "30 days"'), "line 6: modes.air.retention_days"),
    ("a mode that is no table", 'state = "NOR"\nmodes.air = 3\n', "line 2: modes.air is not as expected: a table"),
    ("no mode at all", 'state = "NOR"\nmodes = {}\n', "no mode of transport has a legal basis"),
    ("no State", PROFILE.replace('state = "NOR"', ""), "state is missing: the State whose border it is"),
    ("no such State", PROFILE.replace("NOR", "QQQ"), "line 1: state is no ISO 3166-1"),
    (
        "a State in words",
        PROFILE.replace("NOR", "Norway"),
        "line 1: state is not as expected: the State whose border it is",
    ),
    (
        "too many consumers",
        PROFILE.replace("= 2", "= 99"),
        "line 2: consumers is not as expected: a whole number from 1 to 64",
    ),
]


@pytest.mark.parametrize(("case", "text", "says"), PROFILES, ids=[case for case, *_ in PROFILES])
def test_profiles_that_are_refused(case: str, text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(UsageError) as refused:
        app.load_profile(tmp_path / "p.toml")
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert [raw for raw in ("`", "$", "Object", "regex") if raw in str(refused.value)] == [], "the library's own words"


def test_the_manuals_profile_has_every_mode_and_every_key() -> None:
    found = app.load_profile(ROOT / "docs" / "how-to" / "state.toml")
    assert tuple(found.modes.lawful()) == Grounds.__struct_fields__
    text = (ROOT / "docs" / "how-to" / "state.toml").read_text()
    assert all(
        f"\n{key} =" in text for key in (*Profile.__struct_fields__, *Ground.__struct_fields__) if key != "modes"
    )


def test_a_profile_as_the_manual_has_it(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(PROFILE)
    found = app.load_profile(tmp_path / "p.toml")
    assert (found.state, list(found.modes.lawful()), found.consumers) == ("NOR", ["air"], 2)


HOSTS = [
    ("127.0.0.1", True),
    ("127.8.8.8", True),
    ("::1", True),
    ("localhost", True),
    ("0.0.0.0", False),
    ("10.0.0.1", False),
]
HOSTS += [("::", False), ("unit.example", False), ("127.0.0.1.example", False)]


@pytest.mark.parametrize(("host", "expected"), HOSTS)
def test_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) == expected


def test_carriers(vigie: Vigie, place: Place) -> None:
    (given,) = vigie("carriers", "add", "ZZ", "--database", place.database).objects
    assert len(given["token"]) >= 43
    assert vigie("carriers", "add", "ZZ", "--database", place.database).code == 64
    (listed,) = vigie("carriers", "list", "--database", place.database, "--json").objects
    assert (listed["name"], listed["disabled_at"]) == ("ZZ", None)
    assert given["token"] not in str(listed)
    assert given["token"].encode() not in place.database.read_bytes()
    assert vigie("carriers", "disable", "ZZ", "--database", place.database).code == 0
    assert vigie("carriers", "disable", "ZZ", "--database", place.database).code == 64
    (anew,) = vigie("carriers", "add", "ZZ", "--database", place.database).objects
    assert anew["token"] != given["token"]
    assert vigie("carriers", "add", "Z/Z", "--database", place.database).code == 64


@pytest.mark.parametrize("signalled", [signal.SIGINT, signal.SIGTERM])
def test_watches_until_it_is_ended(signalled: int, place: Place) -> None:
    with started([*VIGIE, "ingest", "--folder", str(place.into), *place.options()]) as running:
        assert running.stderr is not None
        while "takes in messages from the folder" not in running.stderr.readline():
            pass
        place.put("one.edi", paxlst(("HOLT", "ANDERS")))
        with open_store(f"sqlite:///{place.database}") as store:
            wait_for(lambda: store.inbox.counts() == {"done": 1})
        running.send_signal(signalled)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 0
    assert "Traceback" not in said
    assert [path for path in place.into.rglob("*") if path.is_file()] == []


def test_two_processes_share_folder_and_inbox(place: Place) -> None:
    for number in range(30):
        place.put(f"{number}.edi", paxlst((f"P{number}Q", "ANDERS")))
    command = [*VIGIE, "ingest", "--folder", str(place.into), "--once", *place.options()]
    running = [subprocess.Popen(command, stderr=subprocess.DEVNULL, env=PROCESS["env"]) for _ in range(2)]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    with open_store(f"sqlite:///{place.database}") as store:
        assert store.inbox.counts() == {"done": 30}
        assert (store.counts().travellers, store.counts().journeys) == (30, 1)
        processed = [event for event in store.events(500) if event.action == "arrival.processed"]
    assert len({event.arrival_id for event in processed}) == len(processed) == 30
    numbers = [event.arrival_id for event in reversed(processed)]
    assert numbers == sorted(number for number in numbers if number is not None)


def test_keys_lie_apart_from_the_database(vigie: Vigie, place: Place) -> None:
    place.put("letter.txt", b"a letter")
    elsewhere = place.folder / "elsewhere"
    vigie("ingest", "--folder", place.into, "--once", "--keys", elsewhere, *place.options())
    hour = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT}"
    assert [name[:11] for name in os.listdir(elsewhere)] == [hour]
    assert not (place.folder / "work.db.keys").exists()


def test_a_new_database_is_told(vigie: Vigie, tmp_path: Path) -> None:
    """A name mistyped made a second one in silence."""
    added = vigie("carriers", "add", "ZZ", "--database", tmp_path / "wrok.db")
    assert f"{tmp_path / 'wrok.db'}: a new database was made\n" in added.err
    assert "new database" not in vigie("carriers", "add", "YT", "--database", tmp_path / "wrok.db").err


def test_what_is_no_database_is_named(vigie: Vigie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name `in` stands in other words too."""
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path)
    assert vigie("inbox", "list", "--database", "in").err.startswith("vigie: in: ")
