"""Wiring: rooms are joined here and nowhere else. Files, clock and network are met at this level and above."""

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vigie import messages, screening, watchlist
from vigie.config import LIMITS
from vigie.errors import InputError, UsageError
from vigie.matching import Index
from vigie.records import Decision, Message, Watchlist
from vigie.watchlist.recognise import FORMATS

if TYPE_CHECKING:
    from vigie.store import Store  # its libraries take a third of a second to import, which reading need not wait for


class Screened(NamedTuple):
    """One message of an input with its decisions, one per traveller."""

    ordinal: int
    message: Message
    decisions: tuple[Decision, ...]


def load_bytes(path: Path, expected: str = "a passenger message") -> bytes:
    """The bytes of a file of messages or of another input. Raises InputError when they cannot be had or are too many.

    A pipe does not tell its size: no more is read than may be.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMITS.message_bytes + 1)
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; name the files in it") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the name and the permissions") from None
    if len(data) > LIMITS.message_bytes:
        raise InputError(f"{path}: larger than {LIMITS.message_bytes >> 20} MiB; {expected} is expected, split it")
    return data


def shown(path: Path | str) -> str:
    """A file name as text that JSON can hold: bytes of another encoding than UTF-8 become `\\xff`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def load_lists(places: Sequence[str]) -> tuple[Watchlist, ...]:
    """Watchlists from `[FORMAT:]PATH` each. Raises ListError, InputError or UsageError with one line."""
    found: dict[str, Watchlist] = {}
    for place in places:
        read = _load_list(place)
        if read.list in found:
            # An entry is known by its list and number: two lists of one name would be taken for each other.
            raise UsageError(f"{place}: a list '{read.list}' was given before; name each list once")
        found[read.list] = read
    return tuple(found.values())


def _load_list(place: str) -> Watchlist:
    if shown(place) != place:
        raise UsageError(f"{shown(place)}: the file name is not UTF-8; rename the file, because it names the list")
    head, colon, tail = place.partition(":")
    prefixed = colon and not os.path.exists(place) and (head in FORMATS or os.path.exists(tail))
    try:
        return watchlist.read(tail, head) if prefixed else watchlist.read(place)
    except OSError as error:
        raise InputError(f"{place}: cannot be read ({error.strerror}); check the name and the permissions") from None


def screen_bytes(
    data: bytes, source: str, as_of: dt.date, index: Index, alerts_per_million: float
) -> Iterator[Screened]:
    """All messages of an input, read and screened, in their order."""
    for ordinal, message in enumerate(messages.iter_messages(data, as_of, source)):
        yield Screened(ordinal, message, screening.screen(message, index, alerts_per_million))


def is_empty(message: Message) -> bool:
    """True when nothing could be taken out of a message; its problems say why."""
    return not (message.journeys or message.travellers or message.bookings or message.statuses or message.mrz)


def record(store: "Store", data: bytes, screened: Screened, index: Index, now: dt.datetime) -> bool:
    """Store one screened message with everything it led to, in one transaction. False when it was there already."""
    matched = dict.fromkeys((match.list, match.entry) for decision in screened.decisions for match in decision.matches)
    entries = [index.entry[key] for key in matched]
    receipt = store.record(screened.message, data, screened.ordinal, screened.decisions, entries, now)
    return not receipt.already
