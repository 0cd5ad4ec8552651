"""The matching API over HTTP: `POST /match/{list}` and `GET /catalog`. Nothing of a query is kept or logged.

Reference: docs/reference/matching-api.md.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vigie.ingest.fault import fault
from vigie.web import uploads
from vigie.web.match_call import Matcher, RefusedError, answer, catalogue, queries, terms

LARGEST: Final = 4 << 20
"""Bytes of a body: 1,000 people with 4,000 bytes each."""
_AT_ONCE: Final = 2
"""Calls that are matched at the same time; others wait, and pages are served meanwhile."""
_LOG: Final = logging.getLogger(__name__)
_NO_LISTS: Final = "no list is loaded, so nobody can be asked for; start 'vigie serve' with --list"


class MatchApi:
    """`POST /match/{list}`, an ASGI application: it answers every method and fault itself, in JSON."""

    def __init__(self, matcher: Matcher | None) -> None:
        self._matcher = matcher
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="match")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            return await self._match(request)
        except RefusedError as refused:
            return problem(refused.status, refused.says)
        except ClientDisconnect:
            return problem(HTTPStatus.BAD_REQUEST, "the body was not sent to its end; send it again")
        except Exception as error:  # noqa: BLE001  # what an exception says may be a name, and the server would log it
            _LOG.error("a request for matching failed: %s", fault(error))
            says = "the program failed over this request; nobody of it was compared, report the time of it"
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, says)

    async def _match(self, request: Request) -> Response:
        if request.method != "POST":
            raise RefusedError(
                HTTPStatus.METHOD_NOT_ALLOWED, "people are asked for with POST; send queries in the body"
            )
        matcher = loaded(self._matcher)
        wanted = terms(matcher, request.path_params["list"], request.query_params.multi_items())
        asked = queries(await _body(request))
        loop = asyncio.get_running_loop()
        body, status = await loop.run_in_executor(self._threads, _answered, matcher, asked, wanted)
        return Response(body, status, media_type="application/json")


def loaded(matcher: Matcher | None) -> Matcher:
    """Raises RefusedError when there is none."""
    if matcher is None:
        raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, _NO_LISTS)
    return matcher


def lists(matcher: Matcher | None) -> Response:
    """What `GET /catalog` answers."""
    try:
        return Response(msgspec.json.encode(catalogue(loaded(matcher))), media_type="application/json")
    except RefusedError as refused:
        return problem(refused.status, refused.says)


def problem(status: HTTPStatus, says: str) -> Response:
    """A refusal: problem details (RFC 9457), whose `detail` is also where yente's clients look."""
    told: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": says}
    headers = {"Allow": "POST"} if status == HTTPStatus.METHOD_NOT_ALLOWED else None
    return Response(msgspec.json.encode(told), status, headers, media_type="application/problem+json")


def _answered(matcher: Matcher, asked: dict[str, object], wanted: Any) -> tuple[bytes, HTTPStatus]:
    found = answer(matcher, asked, wanted)
    return msgspec.json.encode(found), HTTPStatus.OK if found.detail is None else HTTPStatus.UNPROCESSABLE_ENTITY


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    # Some clients of yente name no type. A form of another site's page always does, and it is no JSON.
    if kind not in ("", "application/json"):
        raise RefusedError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type is not application/json; send the queries as JSON"
        )
    try:
        return await uploads.body(request, LARGEST)
    except HTTPException:
        raise RefusedError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body has more than {LARGEST >> 20} MiB; split the queries"
        ) from None
