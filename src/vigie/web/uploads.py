"""What a reader sends with a form: bounded before it is parsed, held in memory only (multipart/form-data, RFC 7578)."""

from email.message import Message as Head
from email.parser import BytesHeaderParser
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST: Final = 1 << 20
"""Bytes of a message that a page takes. Larger files are for the command line."""
_AROUND: Final = 8192
"""Bytes that a form may take beside the message: heads of its parts, boundaries."""
_PARTS: Final = 8
_LONGEST_BOUNDARY: Final = 70
"""RFC 2046, 5.1.1."""


async def message(request: Request) -> bytes:
    """The file of the form, or the text when no file was chosen; empty when there is neither.

    Raises HTTPException: 413 for more than `LARGEST` bytes, 415 for anything that is no such form.
    """
    boundary = _boundary(request.headers.get("content-type", ""))
    fields = _fields(await body(request, LARGEST + _AROUND), boundary)
    sent = fields.get("file") or fields.get("text") or b""
    if len(sent) > LARGEST:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return sent


def _boundary(content_type: str) -> bytes:
    head = Head()
    head["Content-Type"] = content_type
    boundary = head.get_param("boundary", "")
    if head.get_content_type() != "multipart/form-data" or not isinstance(boundary, str) or not boundary.isascii():
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    return boundary.encode()


async def body(request: Request, most: int) -> bytes:
    """All bytes, unless there are more than `most`: then reading ends there, whatever length was announced.

    Raises HTTPException: 413.
    """
    parts: list[bytes] = []
    left = most
    async for part in request.stream():
        left -= len(part)
        if left < 0:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def _fields(body: bytes, boundary: bytes) -> dict[str, bytes]:
    """The parts by their names, byte for byte; of several with one name the first. One without name is passed over."""
    found: dict[str, bytes] = {}
    _, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary, _PARTS)
    for part in parts:
        if part.startswith(b"--"):
            break
        head, _, content = part.partition(b"\r\n\r\n")
        name = (
            BytesHeaderParser()
            .parsebytes(head.lstrip(b" \t").removeprefix(b"\r\n"))
            .get_param("name", header="content-disposition")
        )
        if isinstance(name, str):
            found.setdefault(name, content)
    return found
