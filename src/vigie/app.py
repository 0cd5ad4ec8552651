"""Wiring: rooms are joined here and nowhere else. Files, clock and network are met at this level and above."""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from vigie import countries, messages, screening, watchlist
from vigie.config import LIMITS, Profile, profile_fault, profile_fault_at
from vigie.errors import InputError, ListError, UsageError
from vigie.ingest.idle import Assembling
from vigie.matching import Index, index_file
from vigie.messages import redaction
from vigie.messages.edifact import grammar
from vigie.messages.holding import is_empty
from vigie.messages.redaction import Original
from vigie.records import Decision, Message, Watchlist
from vigie.watchlist import recognise
from vigie.watchlist.recognise import FORMATS

if TYPE_CHECKING:  # its libraries take a third of a second to import, which reading need not wait for
    from vigie.store import AssembledJourney, Claim, Store, Work


QUIET: Final = dt.timedelta(seconds=20)
"""How long nothing comes about a journey before it is assembled unasked: parts and questions come one upon another."""


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


def load_index(places: Sequence[str]) -> Index:
    """The index of the lists at `[FORMAT:]PATH` each, or of one index file. Its bytes are checked against their
    checksums: damage would miss people without a word. Raises as `load_lists`, and IndexFileError."""
    found = [path for format, path in map(_place, places) if format is None and index_file.is_index(path)]
    if not found:
        return Index(load_lists(places))
    if len(places) > 1:
        raise UsageError(
            f"{found[0]}: is an index file, which holds all of its lists; give it alone, or build one of all lists "
            "with 'vigie index build'"
        )
    return Index.opened(Path(found[0]), verified=True)


def _load_list(place: str) -> Watchlist:
    if shown(place) != place:
        raise UsageError(f"{shown(place)}: the file name is not UTF-8; rename the file, because it names the list")
    format, path = _place(place)
    try:
        return watchlist.read(path, format)
    except ListError:
        if _is_message(path):
            raise ListError(f"{path}: is a passenger message, no watchlist; 'vigie read {path}' reads it") from None
        if index_file.is_index(path):
            raise ListError(f"{path}: is an index file, no watchlist; 'vigie index info {path}' describes it") from None
        raise
    except OSError as error:
        raise InputError(f"{place}: cannot be read ({error.strerror}); check the name and the permissions") from None


def _place(place: str) -> tuple[str | None, str]:
    """Format and path of `[FORMAT:]PATH`. A file that is there under the whole text has that name."""
    head, colon, tail = place.partition(":")
    prefixed = colon and not os.path.exists(place) and (head in FORMATS or os.path.exists(tail))
    return (head, tail) if prefixed else (None, place)


def load_profile(path: Path) -> Profile:
    """The profile of a deployment, a TOML file. Raises UsageError with one line that names what is wrong, and where."""
    text = ""
    try:
        text = path.read_bytes().decode("utf-8")
        profile = msgspec.toml.decode(text, type=Profile)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); name the profile of this deployment") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is no UTF-8; a profile is a TOML file, save it as UTF-8") from None
    except ValueError as error:
        raise _no_profile(path, profile_fault(error, text)) from None
    if not profile.modes.lawful():
        raise _no_profile(path, "no mode of transport has a legal basis; without one nothing may be taken in")
    if countries.alpha3(profile.state) != profile.state:
        raise _no_profile(path, profile_fault_at(text, ["state"], "state is no ISO 3166-1 alpha-3 code"))
    return profile


def _no_profile(path: Path, says: str) -> UsageError:
    return UsageError(f"{path}: {says}. A whole profile is in docs/how-to/state.toml")


def list_files(places: Iterable[str]) -> Iterator[Path]:
    """Every file that reading these lists may touch: lists, the files of their folders, manifests."""
    for place in places:
        path = Path(_place(place)[1])
        yield from (path, Path(f"{os.path.abspath(path)}.manifest.json"))
        if path.is_dir():
            yield from path.iterdir()


def _is_message(path: str) -> bool:
    """True when a file that was given as a list begins as an EDIFACT message; False when it cannot be read either."""
    if not os.path.isfile(path):
        return False
    try:
        with open(path, "rb") as file:
            return grammar.begins(file.read(recognise.HEAD))
    except OSError:
        return False


def screen_bytes(
    data: bytes, source: str, as_of: dt.date, index: Index, alerts_per_million: float
) -> Iterator[Screened]:
    """All messages of an input, read and screened, in their order."""
    for ordinal, message in enumerate(messages.iter_messages(data, as_of, source)):
        yield Screened(ordinal, message, screening.screen(message, index, alerts_per_million))


def original_of(data: bytes, found: Iterable[Screened]) -> Original:
    """The input `data`, all of whose messages are `found`, as it may be stored."""
    removals = [removal for screened in found for removal in screened.message.removals]
    return redaction.original(data, hashlib.sha256(data).hexdigest(), removals)


def record(
    store: "Store", original: Original, screened: Screened, index: Index, now: dt.datetime, claim: "Claim | None" = None
) -> bool:
    """Store one screened message with everything it led to, in one transaction. False when it was there already."""
    matched = dict.fromkeys((match.list, match.entry) for decision in screened.decisions for match in decision.matches)
    entries = [index.entry[key] for key in matched]
    receipt = store.record(screened.message, original, screened.ordinal, screened.decisions, entries, now, claim)
    return not receipt.already


def assembled(store: "Store", journey: int, now: dt.datetime) -> "AssembledJourney | None":
    """The present state of a journey, by its id in the store; None when there is none."""
    return store.assembled(journey, now)


def assemble_all(store: "Store", now: dt.datetime, say: Callable[[str], None]) -> None:
    """Assemble every journey about which anything has come; each once, whatever comes meanwhile. One that cannot be
    assembled is told by `say` in one line, and costs no other."""
    assembling = Assembling(lambda after: store.stale(now, after), lambda journey: assembled(store, journey, now), say)
    while assembling():
        pass


def process(
    store: "Store", claim: "Claim", index: Index, alerts_per_million: float, now: Callable[[], dt.datetime]
) -> "Work":
    """Screen and record all messages of an arrival, from its redacted original. Raises ClaimLostError."""
    from vigie.store import Work

    original = Original(sha256=claim.sha256, data=claim.original, removals=())
    as_of = dt.datetime.fromisoformat(claim.received_at).date()
    read = travellers = alerts = 0
    for screened in screen_bytes(claim.original, claim.source, as_of, index, alerts_per_million):
        if not is_empty(screened.message):
            record(store, original, screened, index, now(), claim)
            read += 1
            travellers += len(screened.message.travellers)
            alerts += sum(decision.alert for decision in screened.decisions)
    return Work(messages=read, travellers=travellers, alerts=alerts)
