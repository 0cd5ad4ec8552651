"""Writes CUSRES: the answer to a carrier's question, an unsolicited change, the carrier's acknowledgement.

**A machine never holds anybody back.** The statuses are written as they are given and nothing here chooses a code. One
that may keep somebody from boarding (any but board, undetermined and insufficient) must come from a person's decision:
it is refused without `decided_by`, the id of that person. The id is not written into the message; the carrier learns
the code and the text, and nothing of the reason.

All numbers and references are arguments or those of the message that is answered; there is no clock and no chance.
Every function raises ValueError, with one sentence that quotes nothing, for what cannot be written.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from vigie.messages.cusres import codes, reader
from vigie.messages.edifact import writer
from vigie.messages.edifact.service import STANDARD, Service
from vigie.messages.edifact.writer import Segment
from vigie.messages.fields.itinerary import ARRIVAL, BORDER_ARRIVAL, BORDER_DEPARTURE, DEPARTURE, ROUTING
from vigie.records import Envelope, Journey, Leg, Message, Status, Traveller

_FORMATS: Final = {6: "101", 10: "201", 12: "202"}
"""DTM 2379 by the number of digits, from YYMMDD on."""
_LINES: Final = 5
_LINE: Final = 512
"""FTX C108: components, and characters of each (D.05B)."""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What a State and a carrier have agreed on, and no message says."""

    service: Service = STANDARD
    una: bool = True
    """False: without UNA although the service characters are not the standard's."""
    syntax: tuple[str, str] = ("UNOA", "4")
    """Syntax identifier and version (UNB S001). UNOA has capital letters only, UNOC is Latin-1, UNOW is UTF-8."""
    qualifiers: tuple[str, str] = ("", "")
    """Of the sender's and the recipient's address (UNB 0007): `ZZ`."""
    association: str = "IATA"
    """UNH 0057; empty: none."""
    second: frozenset[str] = frozenset({"Z"})
    """Second characters that the State's list of codes has. A code of one character is always allowed."""


class References(msgspec.Struct, frozen=True, kw_only=True):
    """By which the parts of an interchange are known."""

    interchange: str
    """UNB 0020."""
    message: str
    """UNH 0062."""
    group: str | None = None
    """UNG 0048; None: without a functional group."""


def answer(
    query: Message,
    statuses: Sequence[Status],
    *,
    now: dt.datetime,
    references: References | None = None,
    form: Form | None = None,
    decided_by: str = "",
) -> bytes:
    """The answer (BGM 962) to a PAXLST: one ERP group for each status, in their order.

    It goes back to the sender, with the flights, access reference and transaction of the query; `references` are the
    query's own where none are given. `now` is written as it is, without its zone. Refused: a query without transaction
    or parties; a status without reference or code, about nobody or several in the query, about another flight or
    transaction; a traveller of the query with two statuses, or with references and none; a code the form does not
    have; one that needs a person without `decided_by`. A traveller without any reference cannot be answered.
    """
    form = form or Form()
    asked = query.envelope or Envelope()
    if not asked.transaction:
        raise ValueError("the query has no transaction (RFF+TN) to answer; answer its carrier by other means")
    _check(query, statuses, form, decided_by)
    if any(status.transaction not in (None, asked.transaction) for status in statuses):
        raise ValueError("a status is about another transaction than the query's; answer that query with it")
    if any(_named(traveller) and not _told(traveller, statuses) for traveller in query.travellers):
        raise ValueError("a traveller of the query has no status; give one to everybody who was asked about")
    envelope = _returned(asked, now, references)
    return _written(query, reader.ANSWER, envelope, statuses, form)


def unsolicited(
    query: Message,
    statuses: Sequence[Status],
    *,
    now: dt.datetime,
    transaction: str,
    references: References,
    form: Form | None = None,
    decided_by: str = "",
) -> bytes:
    """A change (BGM 132) of the answer to an earlier PAXLST, for those travellers whose status changes.

    It has a transaction of its own and no access reference. Refused as by `answer`, but travellers may be left out.
    """
    form = form or Form()
    if not transaction:
        raise ValueError("an unsolicited change needs a transaction of its own; give one that was never used")
    _check(query, statuses, form, decided_by)
    envelope = _returned(query.envelope or Envelope(), now, references)
    envelope = msgspec.structs.replace(envelope, access=None, transaction=transaction)
    return _written(query, reader.UNSOLICITED, envelope, statuses, form)


def acknowledgement(
    received: Message, *, now: dt.datetime, references: References | None = None, form: Form | None = None
) -> bytes:
    """The carrier's acknowledgement (BGM 312) of a CUSRES: what was received, sent back.

    Refused: a message that is no CUSRES, or has no transaction or parties.
    """
    got = received.envelope or Envelope()
    if received.type != "CUSRES" or not got.transaction:
        raise ValueError("only a CUSRES with a transaction (RFF+TN) is acknowledged; take it as it was read")
    envelope = _returned(got, now, references)
    return _written(received, reader.ACKNOWLEDGEMENT, envelope, received.statuses, form or Form())


# -- what is refused


def _check(query: Message, statuses: Sequence[Status], form: Form, decided_by: str) -> None:
    if not statuses:
        raise ValueError("there is no status to write; give one for each traveller")
    flights = {_flight(journey, leg) for journey in query.journeys for leg in journey.legs}
    for status in statuses:
        _check_person(status, query.travellers)
        if status.flight is not None and status.flight not in flights:
            raise ValueError("a status is about another flight than the query's; answer that query with it")
        _check_codes(status, form, decided_by)
    for traveller in query.travellers:
        told = _told(traveller, statuses)
        if told and len(told) > len([other for other in query.travellers if _about(other, told[0])]):
            raise ValueError("two statuses are about one traveller; give one, with all codes")


def _check_person(status: Status, travellers: Sequence[Traveller]) -> None:
    if not _named(status):
        raise ValueError("a status has no reference (AVF, ABO): no carrier could tell whom it is about; add one")
    meant = [traveller for traveller in travellers if _about(traveller, status)]
    if not meant:
        raise ValueError("a status is about nobody in the query; take its references from the query's travellers")
    given = (status.record_locator, status.reference)
    if len(meant) > 1 and any((one.record_locator, one.reference) != given for one in meant):
        raise ValueError("a status is about several travellers of the query; give all references of the one meant")


def _check_codes(status: Status, form: Form, decided_by: str) -> None:
    if not status.codes:
        raise ValueError("a status has no code: it says nothing about boarding; add one")
    for code in status.codes:
        if codes.directive(code) is None or code[1:] not in {"", *form.second}:
            raise ValueError("a code is not in the State's list; use one of codes.tsv and of Form.second")
        if codes.needs_a_person(code) and not decided_by.strip():
            raise ValueError("a code that may hold somebody back needs the person who decided it; give decided_by")


def _named(whom: Status | Traveller) -> bool:
    return bool((whom.record_locator or "").strip() or (whom.reference or "").strip())


def _about(traveller: Traveller, status: Status) -> bool:
    """True when every reference that the status gives is the traveller's."""
    return status.record_locator in (None, traveller.record_locator) and status.reference in (None, traveller.reference)


def _told(traveller: Traveller, statuses: Sequence[Status]) -> list[Status]:
    return [status for status in statuses if _about(traveller, status)]


# -- what is written


def _returned(got: Envelope, now: dt.datetime, references: References | None) -> Envelope:
    """The envelope of a message that goes back to where one came from."""
    if not got.sender or not got.recipient:
        raise ValueError("the message has no sender and recipient (UNB) to exchange; take it with its envelope")
    used = references or References(interchange=got.interchange or "", message=got.message or "", group=got.group)
    if not used.interchange or not used.message:
        raise ValueError("the message has no references (UNB, UNH) to repeat; give references")
    return Envelope(
        sender=got.recipient,
        recipient=got.sender,
        sent=now.strftime("%Y-%m-%dT%H:%M"),
        interchange=used.interchange,
        group=used.group,
        message=used.message,
        access=got.access,
        application=got.application,
        transaction=got.transaction,
    )


def _written(about: Message, function: str, envelope: Envelope, statuses: Sequence[Status], form: Form) -> bytes:
    directory, _, release = (about.version or "").partition(".")
    if directory != "D" or not release:
        raise ValueError("the message names no UN/EDIFACT directory (UNH) to answer in; CUSRES needs D.02B or later")
    kind = ("CUSRES", directory, release, "UN", form.association)
    access: Segment = (envelope.access, ("01", "F")) if envelope.access else ()
    body = [("UNH", envelope.message or "", kind, *access), *_body(about, function, envelope, statuses)]
    segments = _interchange(writer.closed(body), envelope, kind[1:3], form)
    return writer.encoded(writer.text(segments, form.service, form.una), form.syntax[0])


def _interchange(
    message: list[Segment], envelope: Envelope, directory: tuple[str, ...], form: Form
) -> Iterator[Segment]:
    digits = _digits(envelope.sent or "")
    stamp = (digits[:6], digits[6:])
    parties = (envelope.sender or "", form.qualifiers[0]), (envelope.recipient or "", form.qualifiers[1])
    reference = envelope.interchange or ""
    yield ("UNB", form.syntax, *parties, stamp, reference, "", envelope.application or "")
    if envelope.group:
        yield ("UNG", "CUSRES", *parties, stamp, envelope.group, "UN", directory)
    yield from message
    if envelope.group:
        yield ("UNE", "1", envelope.group)
    yield ("UNZ", "1", reference)


def _body(about: Message, function: str, envelope: Envelope, statuses: Sequence[Status]) -> Iterator[Segment]:
    yield ("BGM", function)
    yield ("RFF", ("TN", envelope.transaction or ""))
    for journey in about.journeys:
        for leg in journey.legs:
            yield from _leg(journey, leg)
    for status in statuses:
        yield from _status(status)


def _leg(journey: Journey, leg: Leg) -> Iterator[Segment]:
    flight = _flight(journey, leg)
    if flight:
        yield ("RFF", ("AF", flight))
    for qualifier, time in ((DEPARTURE, leg.departs), (ARRIVAL, leg.arrives)):
        if time:
            digits = _digits(time)
            yield ("DTM", (qualifier, digits, _FORMATS[len(digits)]))
    for qualifier, place in ((BORDER_DEPARTURE, leg.origin), (BORDER_ARRIVAL, leg.destination)):
        if place:
            yield ("LOC", qualifier if leg.border else ROUTING, place)


def _flight(journey: Journey, leg: Leg) -> str:
    """As sent; an aircraft's number with the carrier before it, which some senders give apart."""
    number, carrier = leg.number_raw or leg.number or "", leg.carrier or ""
    return number if journey.mode != "air" or number.upper().startswith(carrier) else carrier + number


def _digits(time: str) -> str:
    """`2026-11-23T05:40` as `2611230540`."""
    return "".join(sign for sign in time if sign.isdigit())[2:]


def _status(status: Status) -> Iterator[Segment]:
    yield ("ERP", reader.PERSON if _named(status) else reader.HEADING)
    for qualifier, reference in (("AVF", status.record_locator), ("ABO", status.reference)):
        if reference:
            yield ("RFF", (qualifier, reference))
    for code in status.codes:
        yield ("ERC", code)
    lines = [line.strip() for line in (status.text or "").split("\n") if line.strip()]
    if any(len(line) > _LINE for line in lines):
        raise ValueError(f"a line of a status' text has more than {_LINE} characters; break it")
    for at in range(0, len(lines), _LINES):
        yield ("FTX", reader.TEXT, "", "", tuple(lines[at : at + _LINES]))
