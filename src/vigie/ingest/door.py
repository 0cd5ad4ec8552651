"""What every door does with an input: look, refuse or redact, seal, and hand it to the inbox. Clear bytes stay here."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from vigie.config import LIMITS, Limits, Profile
from vigie.errors import InputError
from vigie.ingest.fault import fault
from vigie.ingest.lawful import doubtful, retention_days, without_ground
from vigie.ingest.look import Look, look, unread
from vigie.messages import redaction
from vigie.store import sealed
from vigie.store.inbox import Delivery, Inbox, Refusal
from vigie.store.rows import ArrivalState

_TOO_MUCH: Final = {
    "TOO_MANY_SEGMENTS": "the input has more segments than any message; nothing of it is stored, split it",
    "TOO_MANY_TRAVELLERS": "the input names more travellers than any journey has; nothing of it is stored, split it",
}
_HEARD_SEGMENTS: Final = 2_000_000
"""Read while a sender waits: some ten seconds. The largest push of a national day has a third of a million."""


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """From where an input came."""

    ticket: str
    """Unique for each time something is handed in."""
    channel: str
    source: str | None = None
    """A carrier's name, never a file's, which may be a person's. None: the input is called by its sum."""
    carrier_id: int | None = None
    hears: bool = False
    """The sender waits for the answer: what is too much is refused. Else a person has to look at it."""


def called(sha256: str) -> str:
    """What an input is called where its file name must not stand: the first twelve digits of its SHA-256. Whoever has
    the file finds it by `sha256sum`."""
    return sha256[:12]


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an input that was taken in."""

    arrival: int
    state: ArrivalState
    sha256: str
    messages: int
    travellers: int
    problems: dict[str, int]
    """By code."""
    reason: str | None
    """Why a person has to look at it."""
    why: str | None
    """The first error, in a sentence."""


def becomes(taken: Taken) -> str | None:
    """What the operator is to be told of an input at once; what only waits is told when it is processed."""
    if taken.state == "quarantined":
        return f"quarantined [{taken.reason}], a person has to look: 'vigie inbox show {taken.arrival}'"
    if taken.state == "repeated":
        return "repeated, the same bytes had come before; nothing is added"
    return None


class RefusedError(InputError):
    """Nothing of the input is stored. `reason` is a code."""

    def __init__(self, reason: str, says: str) -> None:
        super().__init__(says)
        self.reason: Final = reason


class Door:
    """One way for all channels. Safe to use from several threads."""

    def __init__(
        self,
        inbox: Inbox,
        profile: Profile,
        keys: Path,
        now: Callable[[], dt.datetime],
        limits: Limits = LIMITS,
    ) -> None:
        self.inbox, self.profile, self.keys, self.now, self.limits = inbox, profile, keys, now, limits

    def take(self, data: bytes, came: Came) -> Taken:
        """Take an input in. When this returns, what may be stored of it is on the disk.

        Raises RefusedError, after the refusal is in the log, and StoreError.
        """
        now = self.now()
        try:
            delivery = self.delivery(data, came, now)
        except _RefusedLookError as refused:
            self._log_refusal(refused.look, refused.reason, came, now)
            raise RefusedError(refused.reason, refused.says) from None
        delivered = self.inbox.deliver(delivery, now)
        return Taken(
            arrival=delivered.arrival_id,
            state=delivered.state,
            sha256=delivery.original.sha256,
            messages=delivery.messages,
            travellers=delivery.travellers,
            problems=delivery.codes,
            reason=delivery.quarantine,
            why=next((problem.says for problem in delivery.problems if problem.severity == "error"), None),
        )

    def delivery(self, data: bytes, came: Came, now: dt.datetime, again: bool = False) -> Delivery:
        """The input as it may be stored. With `again` it is not sealed, because it is already.

        Raises RefusedError when there is no legal basis for it, or, for a sender who hears it, when it is too much.
        """
        limits = msgspec.structs.replace(self.limits, segments=min(self.limits.segments, _HEARD_SEGMENTS))
        found, quarantine = self._look(data, now, limits if came.hears else self.limits)
        if quarantine in _TOO_MUCH and came.hears:
            raise _RefusedLookError(found, quarantine, _TOO_MUCH[quarantine])
        if wrong := without_ground(found, self.profile):
            raise _RefusedLookError(found, *_no_ground(wrong, self.profile))
        seals = bool(data) and not again and not (found.is_whole and quarantine is None)
        return Delivery(
            ticket=came.ticket,
            channel=came.channel,
            carrier_id=came.carrier_id,
            source=came.source or called(found.sha256),
            size=len(data),
            original=redaction.original(data, found.sha256, found.removals),
            voyages=found.voyages,
            modes=found.modes,
            messages=found.messages,
            travellers=found.travellers,
            codes=found.codes,
            problems=found.problems,
            keep_until=f"{(now + dt.timedelta(days=retention_days(found, self.profile))).date()}",
            quarantine=quarantine,
            sealed=sealed.seal(self.keys, data, found.sha256, now) if seals else None,
        )

    def _look(self, data: bytes, now: dt.datetime, limits: Limits) -> tuple[Look, str | None]:
        """What the input is about, and why a person has to look at it. A bug in a reader loses nothing."""
        try:
            found = look(data, now.astimezone(dt.UTC).date(), limits)
        except Exception as error:  # noqa: BLE001  # whatever it is, the input must not be lost over it
            return unread(data), fault(error)
        if found.travellers > limits.travellers:
            return unread(data), "TOO_MANY_TRAVELLERS"
        if "TOO_MANY_SEGMENTS" in found.codes:
            return found, "TOO_MANY_SEGMENTS"
        if found.holds_nothing:
            return found, next(iter(found.codes), "NO_MESSAGE")
        return found, "MODE_ASSUMED" if doubtful(found, self.profile) else None

    def _log_refusal(self, found: Look, reason: str, came: Came, now: dt.datetime) -> None:
        refusal = Refusal(
            channel=came.channel,
            carrier_id=came.carrier_id,
            sha256=found.sha256,
            reason=reason,
            size=found.size,
            modes=found.modes,
            messages=found.messages,
            travellers=found.travellers,
        )
        self.inbox.refuse(refusal, now)


class _RefusedLookError(RefusedError):
    """With what was seen, for the log."""

    def __init__(self, found: Look, reason: str, says: str) -> None:
        super().__init__(reason, says)
        self.look, self.says = found, says


def _no_ground(wrong: tuple[str, ...], profile: Profile) -> tuple[str, str]:
    lawful = ", ".join(profile.modes.lawful())
    if "unknown" in wrong:
        says = f"the input names no journey, so its mode of transport is unknown ({lawful} may be taken in)"
        return "MODE_UNKNOWN", f"{says}; nothing is stored, send it with its journey, as a list or a message"
    says = f"there is no legal basis for journeys by {', '.join(wrong)}; nothing is stored, only {lawful} may be sent"
    return "NO_LEGAL_BASIS", says
