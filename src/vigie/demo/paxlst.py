"""Writes PAXLST messages (UN/EDIFACT D.02B and later; WCO/IATA/ICAO API guide) as carriers really send them.

Pure: journey facts and travellers in, bytes out. It is also the message generator of property tests and benchmarks,
so what it writes is plain and correct: damage is done to its output, not by it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from vigie.records import Document, Journey, Leg, Mode, Traveller

_TRANSPORT: Final[dict[Mode, str]] = {"air": "", "sea": "1", "rail": "2", "road": "3"}
"""Code 8067 of TDT. Airlines leave it out; there is none for crossings on foot."""
_PARTY: Final = {
    ("passenger", False): "FL",
    ("passenger", True): "DDU",
    ("crew", False): "FM",
    ("crew", True): "DDT",
}
"""Code 3035 of NAD by capacity and transit."""


class Service(NamedTuple):
    """The service characters, in the order of the UNA segment."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    repetition: str = " "
    terminator: str = "'"


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends the message, when, and in which of the customary manners."""

    sender: str
    receiver: str
    prepared: str
    """Time of preparation, `2026-12-03T09:32`."""
    reference: str
    """Interchange control reference; also the stem of the message references. At most 11 characters."""
    contact: str
    telephone: str
    function: str = "745"
    """BGM of the passenger list, with its qualifier: `745`, `745+CP`, `266+CLOB`."""
    release: str = "05B"
    service: Service = Service()
    una: bool = True
    per_message: int | None = None
    """Passengers in one part of a multi-part transmission; None sends all in one message."""
    border: int = 0
    """Index of the leg that crosses the border (LOC+125 and LOC+87); the others are LOC+92 pairs."""
    wide_dates: bool = False
    """Birth and expiry dates as CCYYMMDD; otherwise YYMMDD."""
    line_breaks: bool = False
    """A line end after each segment."""


Segment = tuple[str | tuple[str, ...], ...]
"""Tag, then data elements; an element of several components is a tuple."""


def write(journey: Journey, travellers: Sequence[Traveller], sending: Sending) -> bytes:
    """One interchange: the passenger list in one or more parts, then the crew list if `travellers` have crew.

    Raises KeyError for a journey on foot and UnicodeEncodeError for
    text outside ISO 8859-1.
    """
    passengers = [traveller for traveller in travellers if traveller.capacity == "passenger"]
    crew = [traveller for traveller in travellers if traveller.capacity == "crew"]
    messages = list(_passenger_messages(journey, passengers, sending)) if passengers else []
    if crew:
        body = _body(journey, crew, sending, ("250", "C"), ("CNT", ("41", str(len(crew)))))
        messages.append(_message(body, sending, len(messages) + 1, ""))
    text = _joined(_interchange(messages, sending), sending)
    return text.encode("latin-1")


def type_b(content: bytes, header: Iterable[str], columns: int = 64) -> bytes:
    """`content` as it leaves a Type B line: address lines in front, folded at `columns`, even inside a tag."""
    text = content.decode("latin-1").replace("\r\n", "")
    folded = [text[at : at + columns] for at in range(0, len(text), columns)]
    return "".join(f"{line}\r\n" for line in (*header, *folded)).encode("latin-1")


def _passenger_messages(journey: Journey, passengers: Sequence[Traveller], sending: Sending) -> Iterator[list[Segment]]:
    """The parts; each repeats the header, and CNT+42 counts the whole transmission, not the part."""
    size = sending.per_message or len(passengers)
    parts = [passengers[at : at + size] for at in range(0, len(passengers), size)]
    for number, part in enumerate(parts, 1):
        body = _body(journey, part, sending, tuple(sending.function.split("+")), ("CNT", ("42", str(len(passengers)))))
        letter = "F" if number == len(parts) else "C"
        yield _message(body, sending, number, f"{number:02d}:{letter}" if len(parts) > 1 else "")


def _message(body: list[Segment], sending: Sending, number: int, part: str) -> list[Segment]:
    reference = f"{sending.reference}{number:03d}"
    kind = ("PAXLST", "D", sending.release, "UN", "IATA")
    sequence: Segment = (sending.reference, tuple(part.split(":"))) if part else ()
    unt: Segment = ("UNT", str(len(body) + 2), reference)
    return [("UNH", reference, kind, *sequence), *body, unt]


def _interchange(messages: list[list[Segment]], sending: Sending) -> Iterator[Segment]:
    date, time = sending.prepared.split("T")
    stamp = (date[2:].replace("-", ""), time.replace(":", "")[:4])
    yield ("UNB", ("UNOA", "4"), (sending.sender, "ZZ"), (sending.receiver, "ZZ"), stamp, sending.reference, "", "APIS")
    group = ("UN", ("D", sending.release))
    yield ("UNG", "PAXLST", (sending.sender, "ZZ"), (sending.receiver, "ZZ"), stamp, sending.reference, *group)
    for message in messages:
        yield from message
    yield ("UNE", str(len(messages)), sending.reference)
    yield ("UNZ", "1", sending.reference)


def _body(
    journey: Journey, people: Sequence[Traveller], sending: Sending, function: Segment, count: Segment
) -> list[Segment]:
    segments: list[Segment] = [("BGM", *function), ("RFF", ("TN", sending.reference, "", "", "1"))]
    segments += [("NAD", "MS", "", "", sending.contact), ("COM", (sending.telephone, "TE"))]
    for index, leg in enumerate(journey.legs):
        segments += _leg(leg, journey.mode, crosses=index == sending.border)
    for number, traveller in enumerate(people):
        segments += _traveller(traveller, sending, journey, number)
    return [*segments, count]


def _leg(leg: Leg, mode: Mode, crosses: bool) -> Iterator[Segment]:
    identifier = leg.number_raw or f"{leg.carrier or ''}{leg.number or ''}"
    yield ("TDT", "20", identifier, _TRANSPORT[mode], "", leg.carrier or "")
    for code, place, qualifier, time in (
        ("125" if crosses else "92", leg.origin, "189", leg.departs),
        ("87" if crosses else "92", leg.destination, "232", leg.arrives),
    ):
        yield ("LOC", code, place or "")
        if time:
            digits = "".join(sign for sign in time if sign.isdigit())[2:12]
            yield ("DTM", (qualifier, digits, "201" if len(digits) == 10 else "101"))


def _traveller(traveller: Traveller, sending: Sending, journey: Journey, number: int) -> Iterator[Segment]:
    """Groups 4 and 5, in the order of the guide."""
    name = tuple(part for part in (traveller.name.family, traveller.name.given) if part)
    yield ("NAD", _PARTY[traveller.capacity, traveller.in_transit], "", "", name)
    if traveller.sex:
        yield ("ATT", "2", "", traveller.sex)
    if traveller.birth_date:
        yield ("DTM", ("329", _date(traveller.birth_date, sending)))
    yield from _bags(traveller, journey, number)
    if traveller.verified is not None:
        yield ("GEI", "4", "173" if traveller.verified else "174")
    yield from _places(traveller, journey, sending)
    if traveller.nationality:
        yield ("NAT", "2", traveller.nationality)
    for code, reference in (
        ("AVF", traveller.record_locator),
        ("ABO", traveller.reference),
        *(("SEA", seat) for seat in traveller.seats),
    ):
        if reference:
            yield ("RFF", (code, reference))
    for document in traveller.documents:
        yield from _document(document, sending)


def _bags(traveller: Traveller, journey: Journey, number: int) -> Iterator[Segment]:
    """Count of checked bags, and the first tag number with the count of consecutive ones."""
    if traveller.bags is None:
        return
    yield ("MEA", "CT", "", ("", str(traveller.bags)))
    if traveller.bags:
        carrier = journey.legs[0].carrier if journey.legs else None
        yield ("FTX", "BAG", "", "", (f"{carrier or 'XX'}{400000 + number:06d}", str(traveller.bags)))


def _places(traveller: Traveller, journey: Journey, sending: Sending) -> Iterator[Segment]:
    clearance = journey.legs[sending.border].destination if journey.legs else None
    for code, place in (
        ("22", clearance),
        ("174", traveller.residence),
        ("178", traveller.embarks),
        ("179", traveller.disembarks),
    ):
        if place:
            yield ("LOC", code, place)
    if traveller.birth_place:
        yield ("LOC", "180", ("", "", "", traveller.birth_place))


def _document(document: Document, sending: Sending) -> Iterator[Segment]:
    yield ("DOC", (document.type_raw or document.type or "", "110", "111"), document.number or "")
    if document.expires:
        yield ("DTM", ("36", _date(document.expires, sending)))
    if document.issuer:
        yield ("LOC", "91", document.issuer)


def _date(partial: str, sending: Sending) -> str:
    """A date of unknown day and month is sent with zeros, and in eight digits: 000000 would say nothing of 2000."""
    digits = f"{partial.replace('-', '')}0000"[:8]
    return digits if sending.wide_dates or digits.endswith("00") else digits[2:]


def _joined(segments: Iterable[Segment], sending: Sending) -> str:
    """The text; a release character stands before every character that would otherwise serve (ISO 9735)."""
    service = sending.service
    released = str.maketrans({sign: service.release + sign for sign in {*service} - {service.decimal, " "}})
    end = service.terminator + ("\r\n" if sending.line_breaks else "")

    def element(content: str | tuple[str, ...]) -> str:
        if isinstance(content, str):
            return content.translate(released)
        return service.component.join([component.translate(released) for component in content])

    una = f"UNA{''.join(service[:5])}{end}" if sending.una else ""
    return una + "".join([service.element.join(map(element, segment)) + end for segment in segments])
