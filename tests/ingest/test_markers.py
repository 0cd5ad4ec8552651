"""What must not be stored reaches no disk, whichever door it comes through: everything that is written is searched."""

import datetime as dt
import http.client
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.cli.conftest import PROCESS, csv_list
from tests.cli.test_process import VIGIE, started, wait_for
from tests.ingest.conftest import MARKERS, paxlst, pnrgov
from tests.ingest.test_hostile import PROFILE
from vigie.store import open_store

GARBAGE = b"a letter with " + " ".join(MARKERS).encode()
BY_SEA = paxlst("HOLT", mode="1").replace(b"CNT+", f"FTX+AAI+++{MARKERS[2]}'CNT+".encode())
INPUTS = {
    "pnr.edi": pnrgov(),
    "pnr twice.edi": pnrgov(),
    "another.edi": pnrgov().replace(b"QW3RTY", b"ZZ9ZZ9"),
    "garbage.txt": GARBAGE,
    "sea.edi": BY_SEA,
    "type b.edi": b"QU CASAPXH\r\n.OSLAPZZ 230400\r\n" + MARKERS[2].encode() + b"\r\n" + paxlst("BERG", flight="ZZ14"),
    "cut off.edi": pnrgov()[:-60],
    "list.edi": paxlst("LIND", flight="ZZ16").replace(b"CNT+", f"FTX+AAI+++{MARKERS[2]}'CNT+".encode()),
    "table.csv": f"family_name,given_name,birth_date,remarks\nHOLT,ANN,1970-06-01,{MARKERS[2]}\n".encode(),
}
FILE_NAME = "NAMEMARKER"
"""Of each file in the watched folder: a name that a sender chose may be a person's."""
SEARCHED = [marker.encode() for marker in (*MARKERS, FILE_NAME)]


def files_below(*folders: Path) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                yield str(path), path.read_bytes()


def rows_of(url: str) -> Iterator[tuple[str, bytes]]:
    """Every value of every table, as it stands in the database."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            for row in connection.execute(sa.text(f"SELECT * FROM {table}")):
                for value in row:
                    yield table, value if isinstance(value, bytes) else str(value).encode()
    engine.dispose()


def check_nowhere(written: Iterable[tuple[str, bytes]]) -> int:
    """How many places were searched. Case and gaps of filler do not hide a marker from this."""
    searched = 0
    for place, data in written:
        searched += 1
        found = [marker for marker in SEARCHED if marker in data.upper()]
        assert found == [], f"{found} in {place}"
    return searched


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A place with everything a process may write to below it, its temporary files too."""
    for name in ("in", "tmp", "lists"):
        (tmp_path / name).mkdir()
    (tmp_path / "profile.toml").write_text(PROFILE)
    csv_list(tmp_path / "lists" / "list.csv", 'N1,primary,"HOLT, Ann",1970-06-01,F,NOR,N1234567')
    return tmp_path


def ingest(office: Path, url: str, *more: str) -> list[str]:
    options = ["--database", url, "--profile", str(office / "profile.toml"), "--keys", str(office / "keys")]
    return [*VIGIE, "ingest", *options, "--list", str(office / "lists" / "list.csv"), *more]


def environment(office: Path) -> dict[str, str]:
    return {**PROCESS["env"], "TMPDIR": str(office / "tmp"), "SQLITE_TMPDIR": str(office / "tmp")}


def test_through_the_folder(office: Path, url: str) -> None:
    for name, data in INPUTS.items():
        (office / "in" / f"{FILE_NAME} {name}").write_bytes(data)
    command = ingest(office, url, "--folder", str(office / "in"), "--once")
    ran = subprocess.run(command, capture_output=True, env=environment(office), timeout=120, check=False)
    assert ran.returncode == 1, "something was refused, something waits for a person"
    said = [("output", ran.stdout), ("errors", ran.stderr)]
    assert check_nowhere([*files_below(office), *rows_of(url), *said]) > 50
    with open_store(url) as store:
        counts = store.inbox.counts()
        assert (counts["done"], counts["repeated"], counts["quarantined"]) == (6, 1, 1)
        assert store.counts().travellers >= 6
        assert "HOLT, ANN" in {row.traveller_name for row in store.matches()}


def test_through_http(office: Path, url: str) -> None:
    with open_store(url) as store:
        token = store.carriers.add("ZZ", dt.datetime.now(dt.UTC))
    with started(ingest(office, url, "--listen", "127.0.0.1:0")) as running:
        assert running.stderr is not None
        said = []
        for line in running.stderr:
            said.append(line)
            if "http://" in line:
                break
        port = int(said[-1].partition("127.0.0.1:")[2].partition("/")[0])
        answers = []
        for data in INPUTS.values():
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("POST", "/inbox", data, {"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            answers.append((answer.status, answer.read()))
            connection.close()
        assert sorted(status for status, _ in answers) == [202] * 7 + [403, 422]
        with open_store(url) as store:
            wait_for(lambda: not store.claims.waiting())
        # While it runs: SQLite's own log beside the database is written and not yet folded in.
        assert check_nowhere([*files_below(office), *rows_of(url)]) > 50
        running.terminate()
        out, errors = running.communicate(timeout=60)
    told = [("answer", body) for _, body in answers]
    check_nowhere([("output", out.encode()), ("errors", "".join([*said, errors]).encode()), *told])


def test_through_screening_at_the_command_line(office: Path, url: str) -> None:
    for name, data in INPUTS.items():
        (office / "tmp" / name).write_bytes(data)
    names = [str(office / "tmp" / name) for name in INPUTS]
    command = [
        *VIGIE,
        "screen",
        *names,
        "--list",
        str(office / "lists" / "list.csv"),
        "--database",
        url,
        "--json",
        "--all",
    ]
    ran = subprocess.run(command, capture_output=True, env=PROCESS["env"], timeout=120, check=False)
    for name in names:
        Path(name).unlink()
    assert ran.returncode == 2
    assert check_nowhere([*files_below(office), *rows_of(url), ("output", ran.stdout), ("errors", ran.stderr)]) > 30


def test_the_search_would_find_them(office: Path) -> None:
    """The same search over what came, so that it does not pass because it looks at nothing."""
    (office / "in" / "pnr.edi").write_bytes(pnrgov())
    with pytest.raises(AssertionError, match="MEALMARKER"):
        check_nowhere(files_below(office))
    assert all(any(marker.encode() in data for data in INPUTS.values()) for marker in MARKERS)
