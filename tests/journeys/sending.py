"""Invented messages as records, in few words, for tests of what is made of them."""

from typing import Any

import msgspec

from vigie.journeys.assembly import Arrival, JourneyState, PersonState, assemble
from vigie.records import Booking, Document, Envelope, Journey, Leg, Message, MessageType, Name, Status, Traveller

LEG = Leg(carrier="ZV", number="412", origin="CMN", destination="VIE", departs="2026-11-23T05:40")


def person(family: str | None, given: str | None = None, *papers: str, source: str = "NAD", **fields: Any) -> Traveller:
    """`papers` are passport numbers, or `NUMBER/ISSUER`."""
    name = Name(family=family, given=given, raw=f"{family or ''}:{given or ''}", source=source)
    numbers = [paper.partition("/") for paper in papers]
    documents = tuple(Document(type="P", number=number, issuer=issuer or None) for number, _, issuer in numbers)
    return Traveller(**{"capacity": "passenger", "name": name, "names": (name,), "documents": documents, **fields})


def message(
    *travellers: Traveller,
    sent: str | None = "09:00",
    function: str | None = "745",
    kind: MessageType = "PAXLST",
    sender: str | None = "ZV",
    legs: tuple[Leg, ...] = (LEG,),
    bookings: tuple[Booking, ...] = (),
    statuses: tuple[Status, ...] = (),
    **envelope: Any,
) -> Message:
    """`sent` is a time of 22 November, or a whole one."""
    at = f"2026-11-22T{sent}" if sent and len(sent) == 5 else sent
    return Message(
        source="x",
        sha256="0" * 64,
        type=kind,
        function=function,
        journeys=(Journey(mode="air", legs=legs),) if legs else (),
        travellers=travellers,
        bookings=bookings,
        statuses=statuses,
        envelope=Envelope(sender=sender, sent=at, **envelope),
    )


def pnr(*bookings: tuple[str, tuple[Traveller, ...]], cancelled: tuple[str, ...] = (), **fields: Any) -> Message:
    """A PNRGOV message of bookings, each with its locator and travellers; those in `cancelled` are cancelled."""
    travellers: list[Traveller] = []
    records = []
    for at, (locator, group) in enumerate(bookings):
        first = len(travellers)
        travellers += [msgspec.structs.replace(one, booking=at, record_locator=locator) for one in group]
        members = tuple(range(first, len(travellers)))
        records.append(Booking(locator=locator, travellers=members, cancelled=locator in cancelled))
    settings = {"function": "22", "kind": "PNRGOV", "sender": "1X", "bookings": tuple(records)}
    return message(*travellers, **{**settings, **fields})


def answer(code: str, locator: str | None, reference: str | None, function: str = "962", **fields: Any) -> Message:
    status = Status(record_locator=locator, reference=reference, codes=(code,))
    settings = {"function": function, "kind": "CUSRES", "sender": "GOV", "statuses": (status,)}
    return message(**{**settings, **fields})


def arrivals(*messages: Message) -> list[Arrival]:
    """Numbered from 0 in this order."""
    return [
        Arrival(number=number, received=f"2026-11-22T20:{number // 60:02}:{number % 60:02}.000Z", message=each)
        for number, each in enumerate(messages)
    ]


def state_of(*messages: Message) -> JourneyState:
    return assemble(arrivals(*messages))


def named(state: JourneyState, given: str | None) -> PersonState:
    """The only person of this given name."""
    (one,) = [each for each in state.persons if each.traveller.name.given == given]
    return one


def statuses(state: JourneyState) -> dict[str, str]:
    """Given name, or family name where there is none, to status; a second person of a name has `'` behind it."""
    found: dict[str, str] = {}
    for each in state.persons:
        name = each.traveller.name.given or each.traveller.name.family or "?"
        while name in found:
            name += "'"
        found[name] = each.status
    return found


def codes(state: JourneyState) -> list[str]:
    return [problem.code for problem in state.problems]
