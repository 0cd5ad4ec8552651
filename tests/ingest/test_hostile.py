"""The real server under hostile clients: each is refused with a reason while an honest one is answered."""

import gzip
import http.client
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

import msgspec
import pytest

from tests.cli.conftest import csv_list
from tests.cli.test_process import VIGIE, started, wait_for
from tests.ingest.conftest import paxlst
from vigie.store import open_store

PROFILE = """\
state = "NOR"
[modes.air]
legal_basis = "Invented Act, article 4"
retention_days = 30
"""
MEGABYTE = b"A" * (1 << 20)


class Server(NamedTuple):
    port: int
    token: str
    database: str
    running: "subprocess.Popen[str]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("ingest")
    (folder / "profile.toml").write_text(PROFILE)
    database = folder / "work.db"
    with started([*VIGIE, "carriers", "add", "ZZ", "--database", str(database)]) as adding:
        token = msgspec.json.decode(adding.communicate(timeout=60)[0])["token"]
    command = [*VIGIE, "ingest", "--listen", "127.0.0.1:0", "--database", str(database)]
    command += ["--profile", str(folder / "profile.toml"), "--list", str(csv_list(folder / "list.csv"))]
    with started(command) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if "http://" in line:
                break
        port = int(line.partition("127.0.0.1:")[2].partition("/")[0])
        yield Server(port, token, f"sqlite:///{database}", running)
        running.terminate()
        assert running.wait(timeout=60) == 0


def post(server: Server, body: object, **headers: str) -> tuple[int, dict[str, object]]:
    """`body` is bytes, or an iterator of bytes that are sent in chunks until the server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    sent = {"Authorization": f"Bearer {server.token}"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    with suppress(BrokenPipeError, ConnectionResetError):  # the answer has come before the end of the body
        connection.request("POST", "/inbox", body, sent, encode_chunked=not isinstance(body, bytes))  # type: ignore[arg-type]
    answer = connection.getresponse()
    found = answer.status, msgspec.json.decode(answer.read(), type=dict[str, object])
    connection.close()
    return found


def gigabyte() -> Iterator[bytes]:
    for _ in range(1024):
        yield MEGABYTE


MANY_SEGMENTS = b"UNB+UNOA:4+A+B+261123:0400+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'" + b"FTX'" * 10_000_000
ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "AAAA">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (98 + n, 97 + n, 97 + n, 97 + n, 97 + n) for n in range(24))
    + b"]><a>&y;</a>"
)
BOMB = gzip.compress(MEGABYTE * 300, 9)
Body = Callable[[], bytes | Iterator[bytes]]
HOSTILE: dict[str, tuple[int, Body, dict[str, str]]] = {
    "a gigabyte that is declared": (413, lambda: b"", {"Content_Length": str(1 << 30)}),
    "a gigabyte in chunks": (413, gigabyte, {"Transfer_Encoding": "chunked"}),
    "a gzip bomb": (413, lambda: BOMB, {"Content_Encoding": "gzip"}),
    "ten million segments": (413, lambda: MANY_SEGMENTS, {}),
    "entities within entities": (422, lambda: ENTITIES, {}),
    "a megabyte of service characters": (422, lambda: b"'+:?" * 262_144, {}),
}


LONG = ("ten million segments",)


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.nightly if case in LONG else ()) for case in HOSTILE]
)
def test_refused_while_an_honest_carrier_is_answered(case: str, server: Server) -> None:
    status, body, headers = HOSTILE[case]
    found: list[tuple[int, dict[str, object]]] = []
    attack = threading.Thread(target=lambda: found.append(post(server, body(), **headers)))
    attack.start()
    time.sleep(0.05)
    begun = time.monotonic()
    honest, told = post(server, paxlst(f"P{len(case)}Q"))
    took = time.monotonic() - begun
    attack.join(timeout=120)
    assert honest == 202
    assert told["travellers"] == 1
    assert took < 20
    assert [answer[0] for answer in found] == [status]
    assert found[0][1]["detail"]
    assert server.running.poll() is None


@pytest.mark.nightly
def test_clients_that_say_nothing_hold_nobody_up(server: Server) -> None:
    """Two hundred connections that never send a whole head; each is closed after some seconds."""
    silent = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(200)]
    for one in silent:
        one.send(b"POST /inbox HTTP/1.1\r\nHost: x\r\n")
    assert post(server, paxlst("P200Q"))[0] == 202
    assert silent[0].recv(1) == b""
    for one in silent:
        one.close()


@pytest.mark.nightly
def test_a_body_that_stops_is_given_up(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as slow:
        head = (
            f"POST /inbox HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {server.token}\r\nContent-Length: 500\r\n\r\nUNB"
        )
        slow.sendall(head.encode())
        assert post(server, paxlst("P300Q"))[0] == 202
        answer = slow.recv(4096)
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_what_was_answered_is_processed(server: Server) -> None:
    with open_store(server.database) as store:
        assert post(server, paxlst("HOLT"))[0] in (202, 429)
        wait_for(lambda: store.inbox.counts().get("done", 0) >= 1 and not store.claims.waiting())
        assert store.counts().travellers == store.inbox.counts()["done"]
