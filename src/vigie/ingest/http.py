"""The door that is HTTP: `POST /inbox` with the bytes of a message and a carrier's token."""

import hashlib
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from vigie.errors import StoreError
from vigie.ingest.body import read_body
from vigie.ingest.door import Came, Door, RefusedError, Taken, becomes, called
from vigie.ingest.fault import fault
from vigie.ingest.problems import Incoming, ProblemAnswer, ProblemError
from vigie.ingest.quota import Quota, Rates
from vigie.messages import foreign
from vigie.store.carriers import Carriers
from vigie.store.rows import CarrierRow

CHANNEL: Final = "http"
PORT: Final = 8471
_STATUS: Final = {
    "NO_LEGAL_BASIS": HTTPStatus.FORBIDDEN,
    "MODE_UNKNOWN": HTTPStatus.UNPROCESSABLE_ENTITY,
    "TOO_MANY_SEGMENTS": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "TOO_MANY_TRAVELLERS": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


_NOT_READY: Final = {
    "database": "the database does not answer, so nothing is taken in; see that it runs and that its disk is not full",
    "consumers": "a consumer has ended, so what is taken in may wait; start vigie ingest again",
}


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """How long a client may take, in seconds."""

    idle: float = 10.0
    """Between two pieces of a body."""
    body: float = 120.0
    """For the whole of it."""


def build(
    door: Door,
    carriers: Carriers,
    ready: Callable[[], dict[str, object]],
    say: Callable[[str], None],
    *,
    timing: Timing | None = None,
    rates: Rates | None = None,
) -> Starlette:
    """The door as an ASGI application.

    ready: what `/readyz` answers; raises StoreError when the database does not. say: where faults of the program go.
    """
    return Starlette(
        routes=[
            Route("/inbox", _Inbox(door, carriers, timing or Timing(), Quota(rates or Rates()), say), methods=["POST"]),
            Route("/healthz", _alive),
            Route("/readyz", _Ready(ready)),
        ],
        exception_handlers={HTTPException: _no_such},
    )


class _Inbox:
    """`POST /inbox`."""

    def __init__(
        self, door: Door, carriers: Carriers, timing: Timing, quota: Quota, say: Callable[[str], None]
    ) -> None:
        self._door, self._carriers, self._timing, self._quota, self._say = door, carriers, timing, quota, say

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        incoming = Incoming(receive)
        answer = await self._answer(Request(scope, incoming))
        await answer(scope, incoming, send)

    async def _answer(self, request: Request) -> Response | ProblemAnswer:
        try:
            return await self._take(request)
        except ProblemError as problem:
            return problem.answer()
        except RefusedError as refused:
            return ProblemError(_STATUS[refused.reason], str(refused), refused.reason).answer()
        except StoreError:
            says = "the message could not be stored; send it again"
            return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, says, retry_after=10).answer()
        except Exception as error:  # noqa: BLE001  # a traceback could quote the message
            self._say(f"a request failed: {fault(error)}")
            says = "the program failed over this request; nothing is stored, send it again"
            return ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, says).answer()

    async def _take(self, request: Request) -> Response:
        carrier = await run_in_threadpool(self._carrier, request)
        with self._quota.turn(carrier.id):
            timing = self._timing
            body = await read_body(request, self._door.limits.message_bytes, timing.idle, timing.body)
            came = Came(
                ticket=secrets.token_hex(16), channel=CHANNEL, source=carrier.name, carrier_id=carrier.id, hears=True
            )
            taken = await run_in_threadpool(self._hand_in, body, came)
        if taken.state == "quarantined":
            raise _not_read(taken, _nothing_in(body, taken.why))
        return _accepted(taken)

    def _hand_in(self, body: bytes, came: Came) -> Taken:
        """Hand it in, and tell the operator what the sender alone would know."""
        try:
            taken = self._door.take(body, came)
        except RefusedError as refused:
            sum_ = called(hashlib.sha256(body).hexdigest())
            self._say(
                f"{came.source}: an input ({sum_}) was refused [{refused.reason}]: {refused}; "
                "'vigie inbox list --state refused'"
            )
            raise
        if (says := becomes(taken)) is not None:
            self._say(f"arrival {taken.arrival} ({came.source}): {says}")
        return taken

    def _carrier(self, request: Request) -> CarrierRow:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        carrier = self._carriers.of_token(token.strip()) if scheme.lower() == "bearer" and token.strip() else None
        if carrier is None:
            says = "a carrier's token is expected: Authorization: Bearer TOKEN"
            if scheme.lower() == "bearer" and token.strip():
                says = "this token is not known; check that it was copied whole, or ask for a new one"
            raise ProblemError(HTTPStatus.UNAUTHORIZED, says)
        if carrier.disabled_at is not None:
            raise ProblemError(HTTPStatus.FORBIDDEN, "the token of this carrier has been ended; ask for a new one")
        return carrier


def _accepted(taken: Taken) -> Response:
    answer = {
        "arrival": taken.arrival,
        "state": taken.state,
        "sha256": taken.sha256,
        "messages": taken.messages,
        "travellers": taken.travellers,
        "problems": taken.problems,
    }
    return _json(answer, HTTPStatus.ACCEPTED)


_SEND: Final = "send the message itself"


def _nothing_in(body: bytes, why: str | None) -> str:
    """Why nobody was found in a body, as far as that can be told."""
    if not body:
        return "the body is empty; send the bytes of the message (curl --data-binary @FILE)"
    kept = "it is kept for 72 hours for a person to look at"
    if (known := foreign.of(body)) is not None:
        return f"this is {known.name}, no passenger message; {kept}, {_SEND if known.ours else known.do}"
    return f"nothing in it can be read; {kept}, send the message again{f'. {why}' if why else ''}"


def _not_read(taken: Taken, says: str) -> ProblemError:
    """It is kept, sealed, and a person looks at it; but the carrier should know that nobody was found in it."""
    return ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        says,
        taken.reason,
        arrival=taken.arrival,
        sha256=taken.sha256,
        problems=taken.problems,
    )


async def _alive(request: Request) -> Response:
    return _json({"status": "ok"})


class _Ready:
    """`GET /readyz`."""

    def __init__(self, ready: Callable[[], dict[str, object]]) -> None:
        self._ready = ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            found = await run_in_threadpool(self._ready)
        except StoreError:
            found = {"database": "failed"}
        well = found.get("database") == "ok" and found.get("consumers") == "ok"
        if not well:
            found |= {"detail": _NOT_READY["database" if found.get("database") != "ok" else "consumers"]}
        answer = _json(found, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)
        await answer(scope, receive, send)


_HERE: Final = "messages go to POST /inbox; GET /healthz and GET /readyz tell how it is"


def _no_such(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    body = {"type": "about:blank", "title": error.detail, "status": error.status_code, "detail": _HERE}
    return Response(msgspec.json.encode(body), error.status_code, error.headers, "application/problem+json")


def _json(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(msgspec.json.encode(value), status, {"Cache-Control": "no-store"}, "application/json")
