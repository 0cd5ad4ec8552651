"""What kind of message a text is that is not EDIFACT. By its shape only; nothing is read."""

import re
from itertools import pairwise
from typing import Final

from vigie.messages import mrz
from vigie.messages.edifact.grammar import is_database
from vigie.messages.lines import wide
from vigie.messages.manifest import table
from vigie.records import MessageType

_HEAD: Final = 65536
_NAME_LIST: Final = re.compile(
    r"^[\x01\x02 ]*(?:PNL|ADL)[ \t]*\n\s*[A-Z0-9]{2,3}\d{1,4}[A-Z]?/\d{1,2}[A-Z]{3}"
    r"|^[\x01\x02 ]*\.[A-Z0-9]{7}\b[^\n]*\n+(?:PNL|ADL)[ \t]*$",
    re.MULTILINE,
)
"""The line of the type with that of the flight behind it, or that of the sender before it."""
_TYPE_LINE: Final = re.compile(r"^[\x01\x02 ]*(?:PNL|ADL)[ \t]*$", re.MULTILINE)
_CLASS_LINE: Final = re.compile(r"^(?:-[A-Z]{3}\d{3}[A-Z]|\.[LR]/)", re.MULTILINE)
"""Of classes and remarks, which may stand anywhere behind that of the type."""
_INTERACTIVE: Final = re.compile(
    r"^[\x01\x02 ]*CI[A-Z]{2}:[^/\n]{0,32}/(?:[^\n]*/)?(?:INT|INM|PRQ|PCX|PRS|ERR)/\d", re.MULTILINE
)
_RESERVATIONS: Final = re.compile(r"<(?:[\w.-]{1,60}:)?IATA_PNRGOV_NotifRQ\b")
_ZONE_LINE: Final = re.compile(r"(?=[A-Z0-9]*<)(?:[A-Z0-9<]{30}|[A-Z0-9<]{36}|[A-Z0-9<]{44})\Z")


def recognise(data: bytes) -> MessageType | None:
    """Type of a message in lines, told by its first 64 KB; None when it is none that is known."""
    if is_database(data):
        return None
    text = data[:_HEAD].decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    encoding = wide(data)
    if _RESERVATIONS.search(data[:_HEAD].decode(encoding, "replace") if encoding else text):
        return "PNRGOV"
    if _NAME_LIST.search(text) or _has_classes(text):
        return "PNL"
    if _INTERACTIVE.search(text):
        return "APP"
    lines = [line.strip() for line in text.split("\n")]
    if any(_ZONE_LINE.match(a) and _ZONE_LINE.match(b) and len(a) == len(b) for a, b in pairwise(lines)):
        return "MRZ"
    if table.recognises(data[:_HEAD]):
        return "MANIFEST"
    return "MRZ" if mrz.holds_zone(data[:_HEAD]) else None


def _has_classes(text: str) -> bool:
    """True when a line of the type has lines of classes or remarks behind it."""
    first = _TYPE_LINE.search(text)
    return first is not None and _CLASS_LINE.search(text, first.end()) is not None
