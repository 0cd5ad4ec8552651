"""Answers that refuse: RFC 9457 problem details, one sentence each."""

import asyncio
import time
from contextlib import suppress
from http import HTTPStatus
from typing import Final

import msgspec
from starlette.types import Message, Receive, Scope, Send

_LINGER_SECONDS: Final = 2.0


class ProblemError(Exception):
    """A request that is refused. `reason` is a code for programs, `says` a sentence for people."""

    def __init__(
        self, status: HTTPStatus, says: str, reason: str | None = None, retry_after: int | None = None, **more: object
    ) -> None:
        super().__init__(says)
        self.status, self.says, self.reason = status, says, reason or status.name
        self.retry_after, self.more = retry_after, more

    def answer(self) -> "ProblemAnswer":
        return ProblemAnswer(self)


class Incoming:
    """What a client sends, and whether that was all of it."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self.ended = receive, False

    async def __call__(self) -> Message:
        message = await self._receive()
        self.ended = message["type"] != "http.request" or not message.get("more_body", False)
        return message


class ProblemAnswer:
    """An ASGI answer. The connection ends with it, because what is left of the body will not be read.

    A server that closed at once would have the client's system throw the answer away unread, so it listens on for two
    seconds, keeping nothing.
    """

    def __init__(self, problem: ProblemError) -> None:
        self.status = problem.status
        self._body = msgspec.json.encode(
            {
                "type": "about:blank",
                "title": problem.status.phrase,
                "status": int(problem.status),
                "detail": problem.says,
                "reason": problem.reason,
                **problem.more,
            }
        )
        self._headers = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(self._body)).encode()),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
        ]
        if problem.retry_after is not None:
            self._headers.append((b"retry-after", str(problem.retry_after).encode()))
        if problem.status == HTTPStatus.UNAUTHORIZED:
            self._headers.append((b"www-authenticate", b"Bearer"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        incoming = receive if isinstance(receive, Incoming) else Incoming(receive)
        await send({"type": "http.response.start", "status": int(self.status), "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body, "more_body": True})
        await _linger(incoming)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _linger(incoming: Incoming) -> None:
    ends = time.monotonic() + _LINGER_SECONDS
    while not incoming.ended and (left := ends - time.monotonic()) > 0:
        with suppress(TimeoutError):
            await asyncio.wait_for(incoming(), left)
