"""To whom a government's answer belongs: by the references that the question gave, because answers repeat no name."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from vigie.records import Message, Status, Traveller

_KINDS: Final[dict[str | None, Literal["answer", "change", "acknowledgement"]]] = {
    "132": "change",
    "312": "acknowledgement",
    "CICC": "acknowledgement",
    "CIMA": "acknowledgement",
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One status of one person. The last that is no acknowledgement holds."""

    at: str
    arrival: int
    kind: Literal["answer", "change", "acknowledgement"]
    """`change`: not asked for (CUSRES 132). `acknowledgement`: the carrier says that it has it (312)."""
    codes: tuple[str, ...]
    text: str | None = None
    transaction: str | None = None


class Register:
    """References of the travellers asked about, to places of persons."""

    def __init__(self) -> None:
        self._references: dict[tuple[str | None, str | None], dict[int, None]] = {}
        self._asked: dict[str, dict[int, None]] = {}

    def enter(self, traveller: Traveller, transaction: str | None, person: int) -> None:
        """A traveller of any message, and the transaction (RFF+TN) of the message if it has one."""
        locator, reference = traveller.record_locator, traveller.reference
        for key in {(locator, reference), (None, reference), (locator, None)} - {(None, None)}:
            self._references.setdefault(key, {})[person] = None
        if transaction:
            self._asked.setdefault(transaction, {})[person] = None

    def find(self, status: Status, transaction: str | None) -> list[int]:
        """Persons the status is about: by both references, by the carrier's, by the locator or the transaction where
        only one person has it. Several share a reference by mistake: each gets the answer, for none may miss it."""
        locator, reference = status.record_locator, status.reference
        if reference:
            found = self._references.get((locator, reference)) or self._references.get((None, reference))
            if found:
                return list(found)
        asked = self._asked.get(status.transaction or transaction or "", {})
        booked = self._references.get((locator, None), {}) if locator else {}
        both = [person for person in booked if person in asked]
        for found_ in (both, list(booked), list(asked) if not (reference or locator) else []):
            if len(found_) == 1:
                return found_
        return []


def answers_of(message: Message, at: str, arrival: int) -> Iterable[tuple[Status, Answer]]:
    """The statuses of a message with the answers they become."""
    kind = _KINDS.get(message.function, "answer")
    transaction = message.envelope.transaction if message.envelope else None
    for status in message.statuses:
        yield (
            status,
            Answer(
                at=at,
                arrival=arrival,
                kind=kind,
                codes=status.codes,
                text=status.text,
                transaction=status.transaction or transaction,
            ),
        )


def addressed(statuses: Sequence[Status]) -> bool:
    """True when a status names somebody; others are about the message as a whole."""
    return any(status.reference or status.record_locator for status in statuses)
