"""`vigie serve`: the workbench over a database."""

import argparse
import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from vigie import web
from vigie.cli import common, output, streams
from vigie.errors import UsageError
from vigie.store import Store

_EXAMPLES = """\
examples:
  vigie serve --database work.db                                    on http://127.0.0.1:8740
  vigie serve --database postgresql+psycopg://vigie@db/vigie        the same over PostgreSQL
  vigie serve --database work.db --list un.xml                      the same, and POST /match for other programs
"""
PORT = 8740
_FONTS = Path(__file__).resolve().parents[3] / "node_modules" / "@fontsource"


def add(command: argparse.ArgumentParser) -> None:
    command.epilog = _EXAMPLES
    command.add_argument(
        "--database",
        metavar="FILE|URL",
        type=common.database,
        required=True,
        help="the database of 'vigie ingest' or 'vigie screen': an SQLite file or a PostgreSQL address",
    )
    command.add_argument(
        "--port",
        metavar="PORT",
        type=port,
        default=PORT,
        help="loopback port, 0 for any free one (default: %(default)s)",
    )
    common.add_lists(command, required=False)
    common.add_operating_point(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    with common.opened(given.database) as store, listening(given.port) as listener:
        serve(store, listener, _matcher(given))
    return 0


def _matcher(given: argparse.Namespace) -> web.Matcher | None:
    """The lists named, loaded; None when none is: then the pages alone are served."""
    if not given.lists:
        return None
    index = common.index_of(given.lists)
    output.warn_not_operational(index.lists)
    return web.Matcher(index, given.alerts_per_million)


def serve(store: Store, listener: socket.socket, matcher: web.Matcher | None) -> None:
    """Serve until interrupted. Access logs are off: paths carry record ids, and nobody needs them twice."""
    streams.say(f"Vigie is at http://127.0.0.1:{listener.getsockname()[1]}/  (Ctrl-C ends it)")
    pages = web.build(store, matcher=matcher, fonts=_FONTS if _FONTS.is_dir() else None)
    config = uvicorn.Config(pages, log_level="warning", access_log=False, server_header=False)
    with suppress(KeyboardInterrupt):  # it is the way to end it
        uvicorn.Server(config).run(sockets=[listener])


def listening(wanted: int) -> socket.socket:
    """A loopback socket that listens on the port `wanted`, 0 for any. Raises UsageError when it cannot be had."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", wanted))
        listener.listen()  # before the address is told: who opens it at once must not be refused
    except OSError as error:
        listener.close()
        raise UsageError(f"port {wanted} cannot be used ({error.strerror}); choose another with --port") from None
    return listener


def port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port; 0 to 65535 is expected")
    return int(text)
