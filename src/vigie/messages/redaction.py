"""The original as it may be stored: what must not be kept is overwritten, everything else stands where it stood.

Filler has the length of what it replaces, so positions hold, and the redacted original reads again as the same message.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

from vigie.messages.lines import wide
from vigie.records import Removal

FILLER: Final = b"_"
"""Neither a letter nor a digit nor a service character of any sender, so that filler is never taken for content."""
SEPARATORS: Final = bytes(
    byte for byte in range(256) if byte < 0x21 or byte == 0x7F or chr(byte) in "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"
)
"""Kept as they are, so that elements, lines and columns stay what they were: blanks, controls, punctuation."""
_OVERWRITE: Final = bytes(byte if byte in SEPARATORS else FILLER[0] for byte in range(256))


def redact(data: bytes, removals: Iterable[Removal]) -> bytes:
    """`data` with every byte of the spans overwritten that is no separator. Spans beyond the end are cut.

    Of a name, number or text only its length and its punctuation remain.
    """
    kept = bytearray(data)
    encoding = wide(data)
    for removal in removals:
        span = slice(removal.offset, removal.offset + removal.length)
        kept[span] = _wide(kept[span], encoding) if encoding else kept[span].translate(_OVERWRITE)
    return bytes(kept)


def _wide(span: bytearray, encoding: str) -> bytes:
    """UTF-16: a byte of a letter may look like a separator, so characters are overwritten and not bytes."""
    units = [bytes(span[at : at + 2]) for at in range(0, len(span), 2)]
    separators = {chr(byte).encode(encoding) for byte in SEPARATORS}
    filler = FILLER.decode().encode(encoding)
    return b"".join(unit if unit in separators else filler[: len(unit)] for unit in units)


class Original(msgspec.Struct, frozen=True, kw_only=True):
    """An input as it may be stored."""

    sha256: str
    """Of the bytes as received, of which nothing else remains where a span was overwritten."""
    data: bytes
    removals: tuple[Removal, ...]
    """What was overwritten in `data`."""


def original(data: bytes, sha256: str, removals: Iterable[Removal]) -> Original:
    """The input `data` as it may be stored. `removals` are those of all its messages."""
    spans = tuple(sorted(removals, key=lambda removal: (removal.offset, removal.length)))
    return Original(sha256=sha256, data=redact(data, spans), removals=spans)
