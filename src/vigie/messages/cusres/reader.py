"""CUSRES: a government's answers about travellers (UN/EDIFACT, after the WCO/IATA/ICAO guides to interactive API).

Three messages have this form, and BGM tells them apart: the answer to a question (962), a change that nobody asked for
(132), the carrier's acknowledgement of it (312). Names are not repeated: the carrier knows a traveller by its own
references (RFF+AVF, RFF+ABO). An answer must not slip from one traveller to the next, so a reference that the answer
before it cannot have begins another answer, even where its ERP is lost.
"""

import datetime as dt
from collections.abc import Callable
from typing import Final

import msgspec

from vigie.messages import sensitive
from vigie.messages.cusres import codes
from vigie.messages.edifact.grammar import Segment, spans
from vigie.messages.edifact.service import Service
from vigie.messages.fields import shapes
from vigie.messages.fields.itinerary import ARRIVAL, BORDER_ARRIVAL, BORDER_DEPARTURE, DEPARTURE, ROUTING, Itinerary
from vigie.messages.fields.stamps import nearest_to, stamp
from vigie.messages.findings import UNKNOWN, Findings, shown
from vigie.messages.paxlst import slots
from vigie.messages.paxlst.slots import Place, is_code
from vigie.records import Journey, Message, Status

ANSWER, UNSOLICITED, ACKNOWLEDGEMENT = "962", "132", "312"
"""BGM 1001."""
HEADING, PERSON = "1", "2"
"""ERP 1049: what an answer is about."""
TEXT: Final = "AAP"
"""FTX 4451 of the text that the carrier's agent is shown."""
_FUNCTIONS: Final = frozenset([ANSWER, UNSOLICITED, ACKNOWLEDGEMENT])
_PLACES: Final = frozenset([BORDER_DEPARTURE, BORDER_ARRIVAL, ROUTING])
_DTM_IGNORED: Final = frozenset(["137"])
"""Time of the message itself: understood, and in no record."""
_PLACES_READ: Final = slots.table(
    "CUSRES",
    {
        "BGM": "1.1 2.1",
        "RFF": "1.1 1.2",
        "LOC": "1.1 2.1",
        "DTM": "1.1 1.2 1.3",
        "ERP": "1.1",
        "ERC": "1.1",
        "FTX": "1.1 4",
    },
)
"""Words in any other place are unknown and not stored, as in PAXLST."""
_REFERENCES: Final = {"AVF": "record_locator", "ABO": "reference"}


class _Flight(msgspec.Struct):
    """A flight of the header: RFF+AF with the times and places behind it, in that order by the guide."""

    number: str | None
    times: dict[str, tuple[str, int]] = {}
    """By qualifier: the time, and the offset of its segment."""
    places: list[tuple[str, str, int]] = []
    """Qualifier, place, offset of the segment."""

    @property
    def crosses(self) -> bool:
        return {BORDER_DEPARTURE, BORDER_ARRIVAL} <= {qualifier for qualifier, _, _ in self.places}


class _Answer(msgspec.Struct, kw_only=True):
    """A status while it is read."""

    at: int
    person: bool = True
    """False for what is said of the message as a whole (ERP+1)."""
    record_locator: str | None = None
    reference: str | None = None
    codes: list[str] = []
    whole: bool = False
    """References and then a code have come: further references are another person's."""
    text: list[str] = []
    transaction: str | None = None
    flight: str | None = None


class Cusres:
    """Reads one CUSRES message, segment by segment."""

    def __init__(self, header: Segment, service: Service, as_of: dt.date, findings: Findings) -> None:
        self._service, self._as_of, self._findings = service, as_of, findings
        self._near = nearest_to(as_of)
        self._function: str | None = None
        self._transaction: str | None = None
        self._flights: list[_Flight] = []
        self._answers: list[_Answer] = []
        self._answer: _Answer | None = None

    def begins_group(self, segment: Segment) -> bool:
        """An answer: ERP."""
        return segment.tag == "ERP"

    def take(self, segment: Segment) -> None:
        """The next segment between UNH and UNT."""
        handler = _HANDLERS.get(segment.tag)
        if handler is not None:
            self._leave_out(segment, slots.unread(segment, _PLACES_READ))
            handler(self, segment)
        else:
            self._findings.count("UNKNOWN_SEGMENT", segment.tag, segment.at, "segments this message type does not have")
            self._findings.remove(segment.at + len(segment.tag), segment.position(len(segment.raw)), "UNREAD")

    def forget(self) -> None:
        """Drops the answers read so far."""
        self._answers, self._answer = [], None

    def interrupted(self, at: int) -> None:
        """An answer names nobody."""

    def complete(self, message: Message, last: bool = True) -> Message:
        """The message with what was read. What is to be said of the journey is said once, with the last piece."""
        journeys = self._itinerary(self._findings if last else Findings())
        flight = self._flight()
        statuses = tuple(self._status(answer, flight) for answer in self._answers)
        envelope = message.envelope
        if envelope is not None:
            envelope = msgspec.structs.replace(envelope, transaction=self._transaction)
        return msgspec.structs.replace(
            message, function=self._function, journeys=journeys, statuses=statuses, envelope=envelope
        )

    # -- header and journey

    def _bgm(self, segment: Segment) -> None:
        code, qualifier = self._coded(segment, 1), self._coded(segment, 2)
        self._function = f"{code}+{qualifier}" if qualifier else code or None
        if code not in _FUNCTIONS:
            self._unknown("UNKNOWN_CODE", segment, code, "document name codes")

    def _rff(self, segment: Segment) -> None:
        qualifier, text = segment.value(1).upper(), segment.value(1, 1)
        if not text:
            return
        if qualifier in _REFERENCES:
            self._refer(_REFERENCES[qualifier], text, segment)
        elif qualifier == "AF":
            self._flight_number(text, segment)
        elif qualifier == "TN" and self._answer is not None:
            self._set(self._answer, "transaction", text, segment)
        elif qualifier == "TN":
            self._set(self, "_transaction", text, segment)
        else:
            self._unknown_kind(segment, "references with a qualifier")

    def _flight_number(self, text: str, segment: Segment) -> None:
        """In an answer that has no code yet it is that answer's; elsewhere a flight begins."""
        if self._answer is not None and not self._answer.codes:
            self._set(self._answer, "flight", text, segment)
        else:
            self._answer = None
            self._flights.append(_Flight(text))

    def _current(self) -> _Flight:
        if not self._flights:
            self._flights.append(_Flight(None))
        return self._flights[-1]

    def _loc(self, segment: Segment) -> None:
        qualifier, code = segment.value(1), segment.value(2)
        if qualifier not in _PLACES:
            self._unknown_kind(segment, "places with a qualifier")
        elif code:
            self._current().places.append((qualifier, code.upper(), segment.at))

    def _dtm(self, segment: Segment) -> None:
        qualifier = segment.value(1)
        self._coded(segment, 1, 1)
        if qualifier in (DEPARTURE, ARRIVAL):
            self._leg_time(qualifier, segment)
        elif qualifier not in _DTM_IGNORED:
            self._unknown_kind(segment, "dates with a qualifier")

    def _leg_time(self, qualifier: str, segment: Segment) -> None:
        text = self._time(segment)
        if text is None:
            return
        times = self._current().times
        if qualifier not in times:
            times[qualifier] = text, segment.at
        elif times[qualifier][0] != text:
            self._findings.count("VALUE_REPEATED", "DTM", segment.at, "second times for a flight; the first was kept")

    def _time(self, segment: Segment) -> str | None:
        digits = segment.value(1, 1)
        try:
            read = stamp(digits, segment.value(1, 2), self._near) if digits else None
        except ValueError:
            read = None
        if read is None or len(read.text) < 10:
            if digits.strip("0"):
                self._findings.add("BAD_DATE", "DTM", segment.at, "a time of travel needs year, month and day")
            return None
        if not read.fits_format:
            says = "dates that are not of the format they name; they were read by their number of digits"
            self._findings.count("DATE_FORMAT", "DTM", segment.at, says)
        if read.century_derived:
            says = f"times of travel whose century was derived: the nearest to {self._as_of} was taken"
            self._findings.count("CENTURY_DERIVED", "DTM", segment.at, says)
        return read.text

    # -- answers

    def _erp(self, segment: Segment) -> None:
        point = self._coded(segment, 1)
        if point not in (HEADING, PERSON):
            self._unknown("UNKNOWN_CODE", segment, point, "error points, taken as a person's,")
        self._begin(segment, person=point != HEADING)

    def _begin(self, segment: Segment, person: bool = True) -> _Answer:
        self._answer = answer = _Answer(at=segment.at, person=person)
        self._answers.append(answer)
        return answer

    def _owner(self, segment: Segment) -> _Answer:
        """The answer that a segment belongs to, which begins with it where its ERP is lost."""
        return self._answer or self._unannounced(segment)

    def _unannounced(self, segment: Segment) -> _Answer:
        says = "answers that begin without ERP, by a reference or code that the one before cannot have"
        self._findings.count("SEGMENT_ORDER", segment.tag, segment.at, says)
        return self._begin(segment)

    def _refer(self, field: str, text: str, segment: Segment) -> None:
        """A reference behind the code, or another than the one that is there, begins another answer."""
        answer = self._owner(segment)
        if answer.whole or getattr(answer, field) not in (None, text):
            answer = self._unannounced(segment)
        setattr(answer, field, text)

    def _set(self, record: object, field: str, value: str, segment: Segment) -> None:
        """Sets what can be sent once. A second value that differs is told, and the first stays."""
        before = getattr(record, field)
        if before is None:
            setattr(record, field, value)
        elif before != value:
            says = "second values for a reference that is there; the first was kept"
            self._findings.count("VALUE_REPEATED", segment.tag, segment.at, says)

    def _erc(self, segment: Segment) -> None:
        """An answer may have several codes. What is said of a whole message has codes of its own (errors)."""
        if not segment.value(1):
            return
        code = self._coded(segment, 1).upper()
        answer = self._owner(segment)
        answer.codes += [code] if code else []
        answer.whole = bool(answer.record_locator or answer.reference)
        if not code:
            self._unknown("UNKNOWN_CODE", segment, code, "words in place of an answer's code, not kept,")
        elif answer.person and codes.directive(code) is None:
            self._unknown("UNKNOWN_CODE", segment, code, "codes of an answer, kept as sent,")

    def _ftx(self, segment: Segment) -> None:
        """The government's text for the carrier's agent. Any other text is free, and is neither kept nor stored."""
        qualifier = segment.value(1).upper()
        if qualifier != TEXT:
            self._unknown_kind(segment, "texts with a qualifier, not kept,", "FREE_TEXT")
            return
        lines = [line.strip() for line in segment.components(4) if line.strip()]
        if lines:
            self._owner(segment).text.extend(lines)

    # -- the end

    def _itinerary(self, findings: Findings) -> tuple[Journey, ...]:
        itinerary = Itinerary()
        for flight in self._flights:
            if flight.number or flight.places:
                itinerary.conveyance(None, None, flight.number)
            _travel(flight, itinerary, findings)
        return itinerary.journeys(findings)

    def _flight(self) -> str | None:
        """The flight that answers are about: the only one, or of several the one that crosses the border."""
        numbers = {flight.number for flight in self._flights if flight.number}
        if len(numbers) != 1:
            numbers = {flight.number for flight in self._flights if flight.number and flight.crosses}
        return numbers.pop() if len(numbers) == 1 else None

    def _status(self, answer: _Answer, flight: str | None) -> Status:
        self._check(answer)
        return Status(
            record_locator=answer.record_locator,
            reference=answer.reference,
            codes=tuple(answer.codes),
            text="\n".join(answer.text) or None,
            transaction=answer.transaction or self._transaction,
            flight=answer.flight or flight,
        )

    def _check(self, answer: _Answer) -> None:
        if answer.person and not (answer.record_locator or answer.reference):
            says = "an answer without reference (AVF, ABO) does not say about whom it is; ask the sender"
            self._findings.add("ANSWER_INCOMPLETE", "ERP", answer.at, says)
        elif not answer.codes and self._function != ACKNOWLEDGEMENT:
            says = "an answer without code (ERC) says nothing about boarding; ask the sender"
            self._findings.add("ANSWER_INCOMPLETE", "ERP", answer.at, says)

    # -- what is not read, and not stored

    def _coded(self, segment: Segment, element: int, component: int = 0) -> str:
        """A code or a number; words in its place are not stored, and nothing is left of them."""
        value = segment.value(element, component)
        if sensitive.says_nothing(value):
            return ""
        if shapes.reference(value):
            return value
        self._remove(segment, [(element, component)], "UNREAD")
        return ""

    def _leave_out(self, segment: Segment, places: list[Place]) -> None:
        if places:
            says = "elements or components that are in no record"
            self._findings.count("UNKNOWN_ELEMENT", segment.tag, segment.at, says)
            self._findings.leave_apart(self._remove(segment, places, "UNREAD"), UNKNOWN)

    def _unknown_kind(self, segment: Segment, what: str, code: str = "UNREAD") -> None:
        """A segment whose qualifier is not known: nobody can tell what else is in it, and a code alone says little."""
        qualifier = segment.value(1).upper()
        self._unknown("UNKNOWN_QUALIFIER", segment, qualifier, what)
        places = [
            (element, at) for element, parts in enumerate(segment.elements) if element for at in range(len(parts))
        ]
        self._remove(segment, places[1:] if is_code(qualifier) else places, code)

    def _remove(self, segment: Segment, places: list[Place], code: str) -> int:
        """Takes what stands there out of what is stored, codes too where it is free text. Its size in bytes."""
        found, size = spans(segment, self._service), 0
        for element, component in places:
            value = segment.value(element, component)
            if sensitive.says_nothing(value):
                continue
            start, end = found[element][component]
            size += end - start
            if code == "FREE_TEXT" or not is_code(value.upper()):
                self._findings.remove(start, end, code)
        return size

    def _unknown(self, code: str, segment: Segment, value: str, what: str) -> None:
        says = f"{what} that are not known here: {shown(value)}"
        self._findings.count(code, segment.tag, segment.at, says)


def _travel(flight: _Flight, itinerary: Itinerary, findings: Findings) -> None:
    """Gives the times, which come before the places, to the places they belong to."""
    times = dict(flight.times)
    departs, arrives = _ends([qualifier for qualifier, _, _ in flight.places])
    for index, (qualifier, place, at) in enumerate(flight.places):
        itinerary.stop(qualifier, place, at)
        for wanted, time in ((departs, DEPARTURE), (arrives, ARRIVAL)):
            if index == wanted and time in times:
                itinerary.time(time, times.pop(time)[0])
    for _, at in times.values():
        says = "a time of travel without the place that it belongs to; it is in no record"
        findings.add("NO_OWNER", "DTM", at, says)


def _ends(qualifiers: list[str]) -> tuple[int | None, int | None]:
    """Indices of the places a flight leaves from and comes to: 125 and 87 if they are there, else first and last."""
    places = list(enumerate(qualifiers))
    departs = next((index for index, qualifier in places if qualifier == BORDER_DEPARTURE), None)
    arrives = next((index for index, qualifier in places if qualifier == BORDER_ARRIVAL), None)
    if departs is None and qualifiers and arrives != 0:
        departs = 0
    if arrives is None and departs is not None and departs < len(qualifiers) - 1:
        arrives = len(qualifiers) - 1
    return departs, arrives


_HANDLERS: Final[dict[str, Callable[[Cusres, Segment], None]]] = {
    "BGM": Cusres._bgm,
    "RFF": Cusres._rff,
    "LOC": Cusres._loc,
    "DTM": Cusres._dtm,
    "ERP": Cusres._erp,
    "ERC": Cusres._erc,
    "FTX": Cusres._ftx,
}
