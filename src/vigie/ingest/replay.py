"""Reading an original again with the present program. The only place where a sealed original is opened."""

import datetime as dt
from collections import Counter
from pathlib import Path

import msgspec

from vigie import messages
from vigie.errors import UsageError
from vigie.ingest.door import Came, Door
from vigie.ingest.look import look
from vigie.records import Traveller
from vigie.store import sealed
from vigie.store.inbox import Inbox, Kept


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
    """It was in quarantine, or done with nothing recorded, holds something, and waits to be processed now."""


def replay(door: Door, arrival_id: int, now: dt.datetime) -> Replayed:
    """Read an arrival again. Out of quarantine it goes on, when the present program finds anything in it; so does one
    that is done and of which nothing was recorded.

    While its whole original is there and cannot be opened, it does not go on: the redacted one may hold less, and with
    the right key folder nothing of it is lost. What is recorded of it already stays as it is. Raises UsageError when
    there is no such arrival, RefusedError when what it turns out to be has no legal basis.
    """
    kept = _kept(door.inbox, arrival_id)
    opened = _opened(door.keys, kept)
    data = kept.original if opened is None else opened
    received = dt.datetime.fromisoformat(kept.arrival.received_at)
    came = Came(ticket="", channel=kept.arrival.channel, source=kept.arrival.source)
    delivery = door.delivery(data, came, received, again=True)
    key_missing = kept.sealed.hour if kept.sealed and opened is None else None
    goes_on = _is_open(door.inbox, kept) and delivery.quarantine is None and key_missing is None
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


def release(inbox: Inbox, keys: Path, arrival_id: int, now: dt.datetime) -> None:
    """Let an arrival out of quarantine, to be processed as it is stored.

    Raises UsageError when it is not there, and when travellers would be lost: its whole original is sealed and can be
    opened, so that `replay` has more of it, or nothing can be read from what is stored. Of a mode that was only
    assumed all that was read is stored, and only a person can say that it may go on.
    """
    kept = _kept(inbox, arrival_id)
    if kept.arrival.state == "quarantined":
        if kept.arrival.reason != "MODE_ASSUMED" and _opened(keys, kept) is not None:
            raise UsageError(
                f"the whole original of arrival {arrival_id} waits sealed until {kept.arrival.sealed_until}, and may "
                f"hold more than what is stored; 'vigie inbox replay {arrival_id}' reads it"
            )
        if not _can_be_read(kept):
            raise UsageError(
                f"nothing can be read from what is stored of arrival {arrival_id}, so nobody would be recorded; "
                "it stays in quarantine: ask the sender for it again"
            )
    inbox.release(arrival_id, now)


def _kept(inbox: Inbox, arrival_id: int) -> Kept:
    kept = inbox.kept(arrival_id)
    if kept is None:
        raise UsageError(f"there is no arrival {arrival_id}; 'vigie inbox list' shows them")
    return kept


def _opened(keys: Path, kept: Kept) -> bytes | None:
    return sealed.unseal(keys, kept.sealed, kept.arrival.sha256) if kept.sealed else None


def _is_open(inbox: Inbox, kept: Kept) -> bool:
    """Whether what is read now may still be recorded: messages that are recorded stay as they are."""
    state = kept.arrival.state
    return state == "quarantined" or (state == "done" and not inbox.is_recorded(kept.arrival.sha256))


def _can_be_read(kept: Kept) -> bool:
    received = dt.datetime.fromisoformat(kept.arrival.received_at)
    try:
        return not look(kept.original, received.date()).holds_nothing
    except Exception:  # noqa: BLE001  # a bug in a reader, over which a consumer would fail as well
        return False


def _read(data: bytes, kept: Kept, received: dt.datetime) -> list[bytes]:
    found = messages.iter_messages(data, received.date(), kept.arrival.source)
    return [_form(traveller) for message in found for traveller in message.travellers]


def _form(traveller: Traveller) -> bytes:
    return msgspec.json.encode(traveller)
