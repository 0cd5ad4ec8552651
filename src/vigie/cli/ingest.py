"""`vigie ingest`: doors, inbox and consumers in one process, until it is interrupted."""

import argparse
import datetime as dt
import ipaddress
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import FrameType
from typing import Final, NamedTuple

from vigie import app
from vigie.cli import common, keys, output, streams
from vigie.config import Profile
from vigie.errors import StoreError, UsageError
from vigie.ingest import http, serving
from vigie.ingest.door import Door
from vigie.ingest.folder import Folder, watch
from vigie.ingest.idle import Assembling
from vigie.ingest.worker import Workers, work_once
from vigie.matching import Index
from vigie.store import ArrivalRow, Claim, Store, Work

_EXAMPLES = """\
examples:
  vigie ingest --folder in --database work.db --profile state.toml --list un.xml
  vigie ingest --listen 127.0.0.1:8471 --database work.db --profile state.toml --list un.xml
"""
_POLL_SECONDS: Final = 0.5
_EXPIRE_SECONDS: Final = 60.0


class _Office(NamedTuple):
    """What a running `vigie ingest` is made of."""

    store: Store
    lists: Index
    door: Door
    profile: Profile
    alerts_per_million: float


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    command.add_argument("--folder", metavar="IN", type=Path, help="take in every file that is put there")
    command.add_argument(
        "--listen", metavar="HOST:PORT", type=address, help=f"take in over HTTP; {http.PORT} is the usual port, 0 any"
    )
    command.add_argument(
        "--behind-tls-proxy",
        action="store_true",
        help="allow --listen beyond this machine, because a proxy in front encrypts",
    )
    common.add_database(command, "where messages and matches are kept")
    command.add_argument(
        "--profile",
        metavar="FILE",
        type=Path,
        required=True,
        help="State, legal basis and retention of each mode of transport, in TOML (docs/reference/inbox.md)",
    )
    common.add_lists(command)
    common.add_operating_point(command)
    keys.add_keys(command)
    command.add_argument(
        "--once",
        action="store_true",
        help="take in what is in the folder, process all that waits, and end; exit code 1 when something was refused, "
        "stays in the folder or waits in quarantine now",
    )
    command.set_defaults(run=run)


def address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdecimal() and int(port) <= 65535):
        raise argparse.ArgumentTypeError(f"'{text}' is no address; HOST:PORT is expected, as 127.0.0.1:{http.PORT}")
    return host.strip("[]"), int(port)


def run(given: argparse.Namespace) -> int:
    _check(given)
    profile = app.load_profile(given.profile)
    index = common.index_of(given.lists)
    output.warn_not_operational(index.lists)
    with ExitStack() as stack:
        listener = None if given.listen is None else stack.enter_context(_listening(*given.listen))
        store = stack.enter_context(common.opened(given.database, make=True))
        door = Door(store.inbox, profile, keys.keys_folder(given, make=True), now)
        office = _Office(store, index, door, profile, given.alerts_per_million)
        folder = None if given.folder is None else stack.enter_context(_folder(given.folder, door))
        store.expire_sealed(door.keys, now())
        if given.once:
            return _once(office, folder)
        _serve(office, folder, listener, stack)
    return 0


def _folder(path: Path, door: Door) -> Folder:
    """Names of files are told to a terminal only: elsewhere what is said may be kept, and a name may be a person's."""
    return Folder(path, door, streams.say, names=sys.stderr.isatty())


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _check(given: argparse.Namespace) -> None:
    """Raises UsageError for what must not start."""
    if given.folder is None and given.listen is None:
        raise UsageError("there is no door: name --folder, --listen or both")
    if given.once and given.listen is not None:
        raise UsageError("--once ends when the folder is empty; it cannot --listen")
    if given.listen is not None and not given.behind_tls_proxy and not is_loopback(given.listen[0]):
        raise UsageError(
            f"--listen {given.listen[0]} is reached from other machines, and tokens and travellers would cross the "
            "network in clear: put a proxy with TLS in front and say --behind-tls-proxy, or listen on 127.0.0.1"
        )


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _listening(host: str, port: int) -> socket.socket:
    try:
        return serving.listening(host, port)
    except OSError as error:
        raise UsageError(f"--listen {host}:{port} cannot be had ({error.strerror}); choose another") from None


def _process(office: _Office) -> Callable[[Claim], Work]:
    def process(claim: Claim) -> Work:
        done = app.process(office.store, claim, office.lists, office.alerts_per_million, now)
        with suppress(StoreError):  # it is recorded: that it cannot be told must not make it fail
            if (row := office.store.inbox.row(claim.arrival_id, plain=True)) is not None:
                streams.say(_told(row, done))
        return done

    return process


def _told(row: ArrivalRow, done: Work) -> str:
    """An arrival that is processed, in one line."""
    facts = (
        " ".join(row.types),
        output.some(row.journeys),
        output.counted(done.travellers, "traveller"),
        output.counted(row.problems_of("error"), "error"),
        output.counted(row.problems_of("warning"), "warning"),
        f"{done.alerts} with an alert to review",
    )
    return f"arrival {row.id} ({row.carrier or f'file {row.source}'}): {', '.join(fact for fact in facts if fact)}"


def _assembling(office: _Office) -> Assembling:
    def following(journey: int) -> int | None:
        return office.store.stale(now() - app.QUIET, journey)

    return Assembling(following, lambda journey: app.assembled(office.store, journey, now()), streams.say)


def _once(office: _Office, folder: Folder | None) -> int:
    """1 when something was refused or put into quarantine, or stays in the folder; else 0."""
    before = _quarantined(office.store)
    if folder is not None:
        folder.poll(settled=True)
    process, pause = _process(office), threading.Event()
    while office.store.claims.waiting():
        if not work_once(office.store.claims, process, now, streams.say):
            pause.wait(_POLL_SECONDS)  # for a second attempt, or for another process
    app.assemble_all(office.store, now(), streams.say)
    left_out = 0 if folder is None else folder.left_out
    return int(left_out > 0 or _quarantined(office.store) > before)


def _quarantined(store: Store) -> int:
    return store.inbox.counts().get("quarantined", 0)


def _serve(office: _Office, folder: Folder | None, listener: socket.socket | None, stack: ExitStack) -> None:
    stop = threading.Event()
    _stop_on_signals(stop, stack)
    workers = Workers(
        office.store.claims,
        _process(office),
        office.profile.consumers,
        now,
        streams.say,
        idle=_assembling(office),
    )
    stack.enter_context(workers)
    threads = [threading.Thread(target=_expire_often, args=(office, stop), name="expire")]
    if folder is not None:
        threads.append(
            threading.Thread(target=watch, args=(folder, _POLL_SECONDS, stop.wait, streams.say), name="folder")
        )
    for thread in threads:
        thread.start()
    try:
        if listener is None:
            streams.say("Vigie takes in messages from the folder (Ctrl-C ends it)")
            stop.wait()
        else:
            _serve_http(office, workers, listener, stop)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _serve_http(office: _Office, workers: Workers, listener: socket.socket, stop: threading.Event) -> None:
    def ready() -> dict[str, object]:
        waiting = office.store.inbox.counts()
        return {
            "database": "ok",
            "consumers": "ok" if workers.alive() else "failed",
            "engine": office.lists.engine_version,
            "lists": office.lists.list_version,
            "arrivals": waiting,
        }

    host, port = listener.getsockname()[:2]
    streams.say(
        f"Vigie takes in messages at http://{f'[{host}]' if ':' in host else host}:{port}/inbox  (Ctrl-C ends it)"
    )
    server = serving.server(http.build(office.door, office.store.carriers, ready, streams.say))
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    stop.set()


def _expire_often(office: _Office, stop: threading.Event) -> None:
    while not stop.wait(_EXPIRE_SECONDS):
        try:
            office.store.expire_sealed(office.door.keys, now())
        except StoreError as error:
            streams.say(f"vigie: sealed originals cannot be destroyed now: {error}")


def _stop_on_signals(stop: threading.Event, stack: ExitStack) -> None:
    """SIGTERM and SIGINT end the process in order: what is begun is finished."""

    def ends(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        stack.callback(signal.signal, number, signal.signal(number, ends))
