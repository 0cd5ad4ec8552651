"""Who speaks for a carrier, and who therefore may take somebody off its flights.

Anybody who may send can name travellers, and they come out. To cancel, to close, or to leave out what others sent is
for the carrier and those who send for it. Rules: docs/reference/assembly.md#who-speaks-for-a-carrier.
"""

import re
from collections.abc import Set
from typing import Final, NamedTuple

from vigie.records import Message
from vigie.schedules.expected import operator

_TYPE_B: Final = re.compile(r"[A-Z]{3}[A-Z0-9]{2}([A-Z0-9]{2})\Z")
"""An address of the telegraph network: place, office, airline."""


def carriers_of(message: Message) -> frozenset[str]:
    """Codes of who carries on the voyage that a message is about; a number it is only sold under gives none."""
    legs = [leg for journey in message.journeys[:1] for leg in journey.legs]
    return frozenset(code.upper() for leg in legs if (code := operator(leg)[0]))


class Sold(NamedTuple):
    """A leg that is sold under another carrier's number than that of who carries, as a message says."""

    seller: str
    number: str | None
    origin: str | None
    day: str
    """Local, of the departure; or empty."""
    carries: str


def sold_legs(message: Message) -> frozenset[Sold]:
    """That somebody else carries is the word of the message: it makes nobody speak for the seller's flight."""
    legs = [leg for journey in message.journeys[:1] for leg in journey.legs]
    return frozenset(
        Sold(leg.carrier.upper(), leg.number, leg.origin, (leg.departs or "")[:10], carries.upper())
        for leg in legs
        if (carries := operator(leg)[0]) and leg.carrier and leg.carrier.upper() != carries.upper()
    )


def named_by(token: str | None, sender: str | None) -> frozenset[str]:
    """Codes that a sender's name is, or has in it.

    The name of a token was given by the State and goes before what the sender writes (UNB), whom nobody checks. It is a
    code, or has codes behind dots (`Handling.ZV.YT`). A sender written in UNB is a code, begins with one and a sign
    (`ZV-APIS`), or is a Type B address (`CMNKPZV`).
    """
    if token is not None:
        return frozenset(part.strip().upper() for part in token.split("."))
    plain = (sender or "").strip().upper()
    address = _TYPE_B.match(plain)
    return frozenset([plain, re.split(r"[^A-Z0-9]", plain)[0], *([address[1]] if address else [])])


def speaks_for(message: Message, token: str | None, established: Set[str] = frozenset()) -> bool:
    """Whether the sender may take back what others sent about the voyage.

    `token` is the name of the carrier whose token or folder it came with; `established` the codes of carriers whose
    lists the same sender has sent before. True as well where there is nothing to compare: no carrier of the voyage, or
    neither token nor sender (a manifest in a folder of the State).
    """
    sender = message.envelope.sender if message.envelope else None
    if token is None and sender is None:
        return True
    named = named_by(token, sender)
    return carriers_of(message) <= named | {code.upper() for code in established}
