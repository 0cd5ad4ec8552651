"""What a message does to the journey it speaks of, by its type and function (BGM 1001 and 1004, PNRGOV MSG 1225)."""

from typing import Final, Literal, NamedTuple

from vigie.records import Message, MessageType

Deed = Literal[
    "whole",
    "adds",
    "changes",
    "cancels",
    "closes",
    "closes_without",
    "closes_with",
    "flight_cancelled",
    "flight_changed",
    "answers",
    "aside",
    "nothing",
]
"""`whole`: a list of everybody, newer than the one before. `closes_with`: those named are on board and all others are
not; `closes_without`: the reverse. `aside`: the persons named are not on this journey. `nothing`: not read."""
Kind = Literal["API", "PNR"]


class Meaning(NamedTuple):
    """What the message does, and on which list of its sender."""

    deed: Deed
    kind: Kind
    list: str
    """`passengers`, `crew` or `bookings`: what a newer whole list is compared with."""


_PAXLST: Final[dict[str, tuple[Deed, str]]] = {
    "745": ("whole", "passengers"),
    "745+CP": ("changes", "passengers"),
    "745+XR": ("cancels", "passengers"),
    "745+RP": ("cancels", "passengers"),
    **{f"250{flight}": ("whole", "crew") for flight in ("", "+C", "+B", "+A", "+D", "+E", "+F")},
    **{f"250+{flight}C": ("changes", "crew") for flight in "CBEF"},
    "266+CL": ("closes", "passengers"),
    "266+CLNB": ("closes_without", "passengers"),
    "266+CLOB": ("closes_with", "passengers"),
    "266+XF": ("flight_cancelled", "passengers"),
    "266+CF": ("flight_changed", "passengers"),
    "336": ("aside", "crew"),
    "336+G": ("aside", "crew"),
    "336+H": ("aside", "crew"),
    "336+I": ("aside", "crew"),
    "655": ("aside", "passengers"),
}
"""Any other function of a PAXLST adds the persons it names and says no more."""
_APP: Final[dict[str, Deed]] = {
    "CIRQ": "adds",
    "CIRS": "answers",
    "CICX": "cancels",
    "CICC": "answers",
    "CIMR": "closes",
    "CIMA": "answers",
}
_OTHERS: Final[dict[MessageType, tuple[Deed, Kind, str]]] = {
    "CUSRES": ("answers", "API", "passengers"),
    "MANIFEST": ("whole", "API", "passengers"),
    "MRZ": ("aside", "API", "passengers"),
}
FULL_PUSH: Final = "22"
"""PNRGOV MSG 1225: all bookings of the flight; 141 is an update."""


def meaning_of(message: Message) -> Meaning:
    """The meaning. A function that is not known adds the persons it names: nobody is lost or taken off by it."""
    function = message.function or ""
    if message.type == "PAXLST":
        deed, listed = _PAXLST.get(function, ("adds", "passengers"))
        return Meaning("adds" if deed == "whole" and _is_query(message) else deed, "API", listed)
    if message.type in ("PNRGOV", "PNL"):
        return Meaning("whole" if function in (FULL_PUSH, "PNL") else "adds", "PNR", "bookings")
    if message.type == "APP":
        return Meaning(_APP.get(function, "adds"), "API", "passengers")
    if message.type in _OTHERS:
        return Meaning(*_OTHERS[message.type])
    return Meaning("nothing", "API", "")


def _is_query(message: Message) -> bool:
    """An interactive question about some, sent one by one at check-in, and not the list of the flight."""
    envelope = message.envelope
    if envelope is None or not (message.function or "").startswith("745"):
        return False
    return envelope.application == "IAPI" or (envelope.transaction is not None and len(message.travellers) == 1)
