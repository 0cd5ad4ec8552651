"""Wiring: rooms are joined here and nowhere else. Files, clock and network are met at this level and above."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vigie import messages, screening, watchlist
from vigie.config import LIMITS
from vigie.errors import InputError
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


def load_bytes(path: Path) -> bytes:
    """The bytes of a message file. Raises InputError with one line when they cannot be had or are too many."""
    try:
        if path.stat().st_size > LIMITS.message_bytes:
            raise InputError(
                f"{path}: larger than {LIMITS.message_bytes >> 20} MiB; a passenger message is expected. Split it."
            )
        return path.read_bytes()
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; name the files in it.") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check the name and the permissions.") from None


def load_lists(places: Sequence[str]) -> tuple[Watchlist, ...]:
    """Watchlists from `[FORMAT:]PATH` each. Raises ListError or InputError with one line."""
    found = []
    for place in places:
        head, colon, tail = place.partition(":")
        known = colon and head in FORMATS and not Path(place).exists()
        found.append(watchlist.read(tail, head) if known else watchlist.read(place))
    return tuple(found)


def screen_bytes(
    data: bytes, source: str, as_of: dt.date, index: Index, alerts_per_million: float
) -> Iterator[Screened]:
    """All messages of an input, read and screened, in their order."""
    for ordinal, message in enumerate(messages.iter_messages(data, as_of, source)):
        yield Screened(ordinal, message, screening.screen(message, index, alerts_per_million))


def record(store: "Store", data: bytes, screened: Screened, index: Index, now: dt.datetime) -> bool:
    """Store one screened message with everything it led to, in one transaction. False when it was there already."""
    matched = dict.fromkeys((match.list, match.entry) for decision in screened.decisions for match in decision.matches)
    entries = [index.entry[key] for key in matched]
    receipt = store.record(screened.message, data, screened.ordinal, screened.decisions, entries, now)
    return not receipt.already
