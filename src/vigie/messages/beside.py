"""What stands around EDIFACT messages in one input: messages of another kind, text that looks like one, and prose.

A name list or a manifest beside a PAXLST is read where it stands, as if it had come alone.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final, NamedTuple

import msgspec

from vigie.messages.edifact.grammar import Fault, Item
from vigie.records import Message


class Beside(NamedTuple):
    """Messages that are not EDIFACT, with their positions in the whole input."""

    messages: Iterator[Message]
    at: int


_OUTSIDE: Final = frozenset(["TEXT_REMOVED", "NOT_A_SEGMENT", "SEGMENT_TOO_LONG"])
"""Faults whose bytes may be a message of another kind. Without UNZ it stands where segments are expected."""
_LEAST: Final = 12
"""Bytes that the shortest message has, and more."""
_LIKE_A_MESSAGE: Final = re.compile(
    r"^[\s\x01\x02]*(?:UN[ABGHT][^\w\s]|(?:PNL|ADL|ENDPNL|ENDADL)[ \t\x03]*$|CI[A-Z]{2}:|\d{1,3}[A-Z]{2,}/[A-Z]{2,})"
    r"|[A-Z]<{1,2}[A-Z]+<|\b(?:NAD|DOC|ATT|NAT|RFF|PDT)[+:*|][A-Z0-9]|\bDOCS[ /]|\.R/[A-Z]{4}"
    r"|\b[A-Z]{2,30}/[A-Z]{2,30} ?(?:MR|MRS|MS|MISS|MSTR|CHD|INF)\b",
    re.MULTILINE,
)
"""Headers of messages, zones, segments and services of persons, names with titles."""
_DATE: Final = re.compile(r"\b(?:\d{4}[-./]\d\d[-./]\d\d|\d\d[-./]\d\d[-./](?:\d\d)?\d\d|\d{6}|\d{8})\b")
_CELLS: Final = re.compile(r"[;,\t|]")


def looks_like_travellers(text: str) -> bool:
    """True for text that no reader knows and that may yet be about travellers; prose is not."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _LIKE_A_MESSAGE.search(text):
        return True
    rows = (line for line in text.splitlines() if len(_CELLS.findall(line)) > 1 and _DATE.search(line))
    return next(rows, None) is not None and next(rows, None) is not None


def told(items: Iterator[Item], data: bytes, read: Callable[[bytes], Iterator[Message]]) -> Iterator[Item | Beside]:
    """The items of an input, with what stands around messages told apart. `read` is for inputs in lines.

    What is prose stays as it is.
    """
    waiting: list[Fault] = []
    for item in items:
        if isinstance(item, Fault) and item.code in _OUTSIDE and item.size:
            if waiting and waiting[-1].end != item.end - item.size:
                yield from _stretch(waiting, data, read)
                waiting = []
            waiting.append(item)
            continue
        if waiting:
            yield from _stretch(waiting, data, read)
            waiting = []
        yield item
    if waiting:
        yield from _stretch(waiting, data, read)


def _stretch(faults: list[Fault], data: bytes, read: Callable[[bytes], Iterator[Message]]) -> Iterator[Fault | Beside]:
    """What the bytes of these faults are, which follow each other."""
    start, end = faults[0].end - faults[0].size, faults[-1].end
    if end - start < _LEAST:
        yield from faults
        return
    part = data[start:end]
    found = read(part)
    first = next(found, None)
    if first is not None:
        yield Beside(_moved(chain([first], found), start), start)
        return
    suspicious = [fault for fault in faults if fault.code == "TEXT_REMOVED"] and looks_like_travellers(
        part.decode("latin-1")
    )
    says = "text beside the message that looks like travellers or a message, and cannot be read; send it alone"
    for fault in faults:
        yield fault._replace(code="TEXT_UNREAD", says=says) if suspicious and fault.code == "TEXT_REMOVED" else fault


def _moved(messages: Iterator[Message], by: int) -> Iterator[Message]:
    """Messages of a stretch, as messages of the input in which it begins at `by`."""
    for message in messages:
        problems = tuple(
            msgspec.structs.replace(problem, position=problem.position + by)
            if problem.position is not None
            else problem
            for problem in message.problems
        )
        removals = tuple(msgspec.structs.replace(removal, offset=removal.offset + by) for removal in message.removals)
        yield msgspec.structs.replace(message, problems=problems, removals=removals)
