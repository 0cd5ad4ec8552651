"""What kind of message a text is that is not EDIFACT. By its shape only; nothing is read."""

import re
from itertools import pairwise
from typing import Final

from vigie.records import MessageType

_HEAD: Final = 65536
_NAME_LIST: Final = re.compile(r"^(?:PNL|ADL)\s*\n+[A-Z0-9]{2,3}\d{1,4}[A-Z]?/\d{2}[A-Z]{3}\b", re.MULTILINE)
_ZONE_LINE: Final = re.compile(r"(?=[A-Z0-9]*<)(?:[A-Z0-9<]{30}|[A-Z0-9<]{36}|[A-Z0-9<]{44})\Z")
_COLUMN: Final = re.compile(
    r"(?:family|given|first|last|sur)[ _]?name|birth[ _]?date|date[ _]of[ _]birth|nationality"
    r"|document[ _]number|passport(?:[ _]number)?|sex|gender",
    re.IGNORECASE,
)


def recognise(data: bytes) -> MessageType | None:
    """Type of a message in lines, told by its first 64 KB; None when it is none that is known."""
    text = data[:_HEAD].decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    if _NAME_LIST.search(text):
        return "PNL"
    lines = [line.strip() for line in text.split("\n")]
    if any(_ZONE_LINE.match(a) and _ZONE_LINE.match(b) and len(a) == len(b) for a, b in pairwise(lines)):
        return "MRZ"
    header = next((line for line in lines if line), "").removeprefix("\xef\xbb\xbf")
    columns = [column.strip(" \"'") for column in re.split(r"[,;\t]", header[:2000])]
    return "MANIFEST" if sum(bool(_COLUMN.fullmatch(column)) for column in columns) >= 2 else None
