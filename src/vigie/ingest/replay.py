"""Reading an original again with the present program. The only place where a sealed original is opened."""

import datetime as dt
from collections import Counter

import msgspec

from vigie import messages
from vigie.errors import UsageError
from vigie.ingest.door import Came, Door
from vigie.records import Traveller
from vigie.store import sealed
from vigie.store.inbox import Kept


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """What another reading came to, against what is recorded."""

    arrival: int
    sealed: bool
    """The whole original was read; else the redacted one."""
    key_missing: str | None
    """The hour of the key that would open the whole original and is not in the key folder. None when it was read, or
    when there is no whole one beside the redacted."""
    recorded: int
    """Travellers recorded of this input."""
    read: int
    """Travellers the present program reads."""
    new: int
    """Of these, not recorded so."""
    gone: int
    """Recorded, and not read so any more."""
    goes_on: bool
    """It was in quarantine, holds something, and waits to be processed now."""


def replay(door: Door, arrival_id: int, now: dt.datetime) -> Replayed:
    """Read an arrival again. Out of quarantine it goes on, when the present program finds anything in it.

    While its whole original is there and cannot be opened, it does not go on: the redacted one may hold less, and with
    the right key folder nothing of it is lost. What is recorded of it already stays as it is. Raises UsageError when
    there is no such arrival, RefusedError when what it turns out to be has no legal basis.
    """
    kept = door.inbox.kept(arrival_id)
    if kept is None:
        raise UsageError(f"there is no arrival {arrival_id}; 'vigie inbox list' shows them")
    opened = sealed.unseal(door.keys, kept.sealed, kept.arrival.sha256) if kept.sealed else None
    data = kept.original if opened is None else opened
    received = dt.datetime.fromisoformat(kept.arrival.received_at)
    came = Came(ticket="", channel=kept.arrival.channel, source=kept.arrival.source)
    delivery = door.delivery(data, came, received, again=True)
    key_missing = kept.sealed.hour if kept.sealed and opened is None else None
    goes_on = kept.arrival.state == "quarantined" and delivery.quarantine is None and key_missing is None
    recorded = Counter(map(_form, door.inbox.travellers_of(kept.arrival.sha256)))
    read = Counter(_read(data, kept, received))
    found = Replayed(
        arrival=arrival_id,
        sealed=opened is not None,
        key_missing=key_missing,
        recorded=recorded.total(),
        read=read.total(),
        new=(read - recorded).total(),
        gone=(recorded - read).total(),
        goes_on=goes_on,
    )
    counts = {"travellers_before": found.recorded, "travellers_after": found.read}
    door.inbox.replayed(arrival_id, delivery if goes_on else None, counts, found.sealed, now)
    return found


def _read(data: bytes, kept: Kept, received: dt.datetime) -> list[bytes]:
    found = messages.iter_messages(data, received.date(), kept.arrival.source)
    return [_form(traveller) for message in found for traveller in message.travellers]


def _form(traveller: Traveller) -> bytes:
    return msgspec.json.encode(traveller)
