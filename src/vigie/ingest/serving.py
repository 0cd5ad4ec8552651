"""Serving the HTTP door: uvicorn, with patience for slow clients limited."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

_HEAD_SECONDS: Final = 10.0
"""A client has this long to send the head of its first request; uvicorn alone would wait for ever."""


class _Impatient(H11Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.loop.call_later(_HEAD_SECONDS, self._end_if_silent)

    def _end_if_silent(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


def server(app: Starlette, started: Callable[[], None] | None = None) -> uvicorn.Server:
    """A server for the door, to be run with `sockets`. No access log; errors carry no content."""
    settings: dict[str, Any] = {"log_level": "critical", "access_log": False, "server_header": False}
    config = uvicorn.Config(app, http=_Impatient, ws="none", lifespan="off", timeout_keep_alive=10, **settings)
    return uvicorn.Server(config)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there, port 0 for any. Raises OSError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
