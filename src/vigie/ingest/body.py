"""The bytes of a request: no more of them in memory than a message may have, and none that come too slowly."""

import asyncio
import re
import time
import zlib
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Final

from starlette.requests import ClientDisconnect, Request

from vigie.ingest.problems import ProblemError

_STEP: Final = 1024 * 1024
"""Inflated at a time; other requests are served between two steps."""
_FORM: Final = re.compile(rb"\s*--[^\r\n]{1,70}\r?\nContent-Disposition:", re.IGNORECASE)
"""How a multipart form begins, whatever the request calls it (RFC 7578)."""
_GZIP_HEAD: Final = b"\x1f\x8b"
_GZIP: Final = 31
"""zlib's number for a gzip member with its header and checksum."""


async def read_body(request: Request, most: int, idle_seconds: float, seconds: float) -> bytes:
    """The body, inflated when it says that it is gzip. Raises ProblemError: 408, 413, 415, 422."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("gzip", "identity", ""):
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding is neither gzip nor identity")
    _check_type(request)
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise _too_large(most)
    chunks = _timed(request, idle_seconds, seconds)
    if encoding == "gzip":
        return _bare(await _inflated(chunks, most))
    body = bytearray()
    async for chunk in chunks:
        if len(body) + len(chunk) > most:
            raise _too_large(most)
        body += chunk
    return _bare(bytes(body))


def _bare(body: bytes) -> bytes:
    """The body, which is no gzip and no form that the request does not speak of."""
    if body.startswith(_GZIP_HEAD):
        says = "the body is gzip and the request does not say so; send it again with Content-Encoding: gzip"
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, says)
    if _FORM.match(body):
        raise _form()
    return body


def _form() -> ProblemError:
    """A form would have the message wrapped in something that is not part of it."""
    says = (
        "a form was sent; the body must be the message itself, with Content-Type application/octet-stream "
        "(curl --data-binary @FILE, not --form)"
    )
    return ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, says)


def _check_type(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith("multipart/") or kind == "application/x-www-form-urlencoded":
        raise _form()


async def _timed(request: Request, idle_seconds: float, seconds: float) -> AsyncIterator[bytes]:
    ends = time.monotonic() + seconds
    stream = request.stream()
    while True:
        left = min(idle_seconds, ends - time.monotonic())
        try:
            chunk = await asyncio.wait_for(anext(stream), max(left, 0.001))
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, "the body came too slowly; send it again") from None
        except ClientDisconnect:
            raise ProblemError(HTTPStatus.BAD_REQUEST, "the body was not sent to its end") from None
        yield chunk


async def _inflated(chunks: AsyncIterator[bytes], most: int) -> bytes:
    """One gzip member. A few bytes can stand for very many, so what comes out is counted step by step."""
    inflater, body = zlib.decompressobj(_GZIP), bytearray()
    async for chunk in chunks:
        while chunk:
            if inflater.eof:
                raise _damaged("holds something behind its end")
            try:
                body += inflater.decompress(chunk, _STEP)
            except zlib.error:
                raise _damaged("is damaged") from None
            if len(body) > most:
                raise _too_large(most)
            chunk = inflater.unconsumed_tail or inflater.unused_data
            await asyncio.sleep(0)
    if not inflater.eof:
        raise _damaged("ends too early")
    return bytes(body)


def _damaged(how: str) -> ProblemError:
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, f"the gzip body {how}; one whole gzip member is expected")


def _too_large(most: int) -> ProblemError:
    says = f"the message has more than {most} bytes; no passenger message is that large, split it"
    return ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, says)
