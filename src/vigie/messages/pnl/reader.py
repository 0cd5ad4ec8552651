"""PNL and ADL: the names a reservation system gives to departure control, and changes of them (IATA RP 1708).

Read as far as public samples show them. One message is one part. Nobody is taken off by a deletion: who stands under
DEL comes out with a booking that is `cancelled`, and so does not disappear unseen.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from vigie import places
from vigie.config import LIMITS, Limits
from vigie.messages.fields import ssr_docs
from vigie.messages.fields.values import Values, readings
from vigie.messages.findings import Findings
from vigie.messages.lines import nearest_day, report_lost
from vigie.messages.pnl import elements, prose
from vigie.messages.pnl.elements import COUNTED, FLIGHT, LONGEST, SENDER, TOTAL, Element, Span
from vigie.messages.pnl.items import Item, Person
from vigie.records import Booking, Change, Envelope, Journey, Leg, Message, Traveller

_CONNECTION: Final = re.compile(
    r"(?P<carrier>[A-Z][A-Z0-9]|\d[A-Z]|[A-Z]{3})(?P<number>\d{1,4}[A-Z]?)(?P<class>[A-Z])(?P<day>\d{1,2})"
    rf"(?P<month>(?:{'|'.join(ssr_docs.MONTHS)})(?=[A-Z]{{6}}))?"
    r"(?P<places>[A-Z]{6}|[A-Z]{3})\s?(?P<time>\d{4})?"
    r"\s?(?P<status>[A-Z]{2})?\d{0,2}"
)
"""A flight before (.I/), after (.O/), or as it was sold (.M/): carrier and number, class, day, places, time, status."""
UNREAD: Final = "UNREAD"
"""Code of the removal of what nobody has understood: it may hold anything, so it is not stored."""
_MOST_OF_AN_ITEM: Final = 2000
"""Elements of a name item; what comes beyond belongs to nobody, so that a hostile file costs little."""
_DATE_DERIVED: Final = "dates without year or month; the one nearest to {} was taken"


def read(data: bytes, as_of: dt.date, blank: Message, limits: Limits = LIMITS) -> Iterator[Message]:
    """The messages of an input, one for each part. `blank` has source and checksum. Never raises on content."""
    text = data.decode("latin-1")
    left = limits.segments
    spans = elements.spans(text)
    if not spans:
        findings = Findings()
        findings.enter(len(data))
        says = "there is no line that says PNL or ADL alone, as the first of such a message does"
        findings.add("NO_MESSAGE", None, None, says)
        findings.remove(0, len(data), UNREAD)
        yield _complete(blank, findings)
    for start, stop in spans:
        part = _Part(as_of, left)
        yield part.read(text, start, stop, blank)
        left = part.left


def _complete(message: Message, findings: Findings) -> Message:
    account = findings.account()
    return msgspec.structs.replace(
        message, type="PNL", problems=findings.problems(), account=account, removals=findings.removals()
    )


class _Group(msgspec.Struct):
    """A total: so many passengers to a place."""

    place: str
    count: int
    at: int
    found: int = 0
    infants: int = 0


class _Draft(msgspec.Struct):
    """A name item read to the end."""

    item: Item
    group: _Group | None
    section: str | None
    locators: list[str] = []
    segments: list[Leg] = []
    onward: list[Leg] = []


class _Part:
    """Reads one message."""

    def __init__(self, as_of: dt.date, left: int) -> None:
        self._findings = findings = Findings()
        self._as_of, self.left = as_of, left
        self._values = Values(findings, as_of, ssr_docs.date)
        self._kind = "PNL"
        self._flight: re.Match[str] | None = None
        self._day: dt.date | None = None
        self._recipients: list[str] = []
        self._sender: re.Match[str] | None = None
        self._sender_at = 0
        self._groups: list[_Group] = []
        self._section: str | None = None
        self._drafts: list[_Draft] = []
        self._end = ""
        self._removed = 0
        self._removed_at = 0

    def read(self, text: str, start: int, stop: int, blank: Message) -> Message:
        item: list[Element] = []
        for element in elements.elements(text, start, stop):
            self.left -= 1
            if self.left < 0:
                self._too_many(element, stop)
                break
            if len(element.raw) > LONGEST:
                self._too_long(element)
                continue
            belongs = len(element.kind) <= 2 or element.kind == "UNKNOWN"
            if item and belongs:
                if len(item) < _MOST_OF_AN_ITEM:
                    item.append(element)
                else:
                    self._header(element)
                continue
            self._item(item)
            item = [element] if element.kind == "NAME" else []
            if not item:
                self._header(element)
        self._item(item)
        message = self._message(start, blank)
        report_lost(text[start:stop], message, self._findings)
        return _complete(message, self._findings)

    def _too_many(self, element: Element, stop: int) -> None:
        self._findings.enter(stop - element.at)
        says = f"only the first {LIMITS.segments} elements are read"
        self._findings.add("TOO_MANY_SEGMENTS", None, element.at, says)
        self._findings.remove(element.at, stop, UNREAD)
        self._end = "LIMIT"

    def _too_long(self, element: Element) -> None:
        self._findings.enter(element.length)
        says = f"an element of more than {LONGEST} characters, which was left out"
        self._findings.add("SEGMENT_TOO_LONG", None, element.at, says)
        element.remove(self._findings, UNREAD)

    # -- about the flight

    def _header(self, element: Element) -> None:
        """An element that belongs to no name item."""
        self._findings.enter(element.length)
        handler = _HANDLERS.get(element.kind)
        if handler is not None:
            handler(self, element)
        elif len(element.kind) <= 2:
            self._orphan(element)

    def _around(self, element: Element) -> None:
        self._findings.count("TEXT_REMOVED", None, element.at, "lines around the message that are not part of it")
        element.remove(self._findings, UNREAD)

    def _astray(self, element: Element) -> None:
        """The number of persons stays, so that what is stored says again that somebody may have stood there."""
        says = "a line before or behind the list that may name a traveller, who is in no record. Look at it"
        self._findings.add("NOT_A_SEGMENT", None, element.at, says)
        counted = COUNTED.match(element.raw)
        element.remove(self._findings, UNREAD, counted.end() if counted else 0)

    def _cleaned(self, element: Element, find: Callable[[str], list[Span]]) -> str:
        """The text of an element, without what `find` finds in it, which is not stored."""
        text, removed = element.cleaned(self._findings, find)
        if removed:
            self._count_removed(element.at, 1)
        return text.strip()

    def _about(self, element: Element) -> None:
        self._cleaned(element, prose.of_configuration)

    def _address(self, element: Element) -> None:
        self._recipients += [word for word in element.text.split() if len(word) == 7]

    def _sender_line(self, element: Element) -> None:
        self._sender, self._sender_at = SENDER.match(element.text), element.at
        told = SENDER.match(element.raw)
        if told is not None:
            self._cleaned(element, prose.remainder(max(told.end("address"), told.end("time"))))

    def _type_line(self, element: Element) -> None:
        self._kind = element.text

    def _section_line(self, element: Element) -> None:
        self._section = element.text

    def _end_line(self, element: Element) -> None:
        self._end = element.text

    def _unknown(self, element: Element) -> None:
        says = "a line that begins like none of such a message; it may be a person"
        self._findings.add("NOT_A_SEGMENT", None, element.at, says)
        element.remove(self._findings, UNREAD)

    def _orphan(self, element: Element) -> None:
        says = "this belongs to a traveller, but no traveller comes before it; its content is in no record"
        self._findings.add("NO_OWNER", f".{element.kind}/", element.at, says)
        element.remove(self._findings, UNREAD)

    def _begin(self, element: Element) -> None:
        self._flight = flight = FLIGHT.match(element.text)
        if flight is None:
            return
        try:
            month = ssr_docs.MONTHS.get(flight["month"], 0)
            if flight["year"]:
                year = self._as_of.year // 100 * 100 + int(flight["year"])
                self._day = dt.date(year, month, int(flight["day"]))
                return
            self._day = nearest_day(int(flight["day"]), month, self._as_of)
        except ValueError:
            says = "the day of the flight is no date; it is left empty. Ask the carrier for the date"
            self._findings.add("BAD_DATE", self._kind, element.at, says)
            return
        self._findings.count("DATE_DERIVED", self._kind, element.at, _DATE_DERIVED.format(self._as_of))

    def _total(self, element: Element) -> None:
        total = TOTAL.match(element.text)
        if total is not None:
            self._groups.append(_Group(total["place"], int(total["count"]), element.at))
            self._section = None

    # -- name items

    def _item(self, parts: list[Element]) -> None:
        if not parts:
            return
        self._findings.enter(parts[0].length)
        item = Item(parts[0], self._findings, self._values, self._day or self._as_of)
        if self._end:
            says = "a traveller behind the line that ends the list, who was read all the same"
            self._findings.add("SEGMENT_ORDER", "NAME", item.at, says)
        item.prepare(parts[1:])
        group = self._groups[-1] if self._groups else None
        draft = _Draft(item, group, self._section)
        for element in parts[1:]:
            self._findings.enter(element.length)
            self._element(draft, element)
        if group is not None:
            group.found += item.travellers
            group.infants += item.infants
        self._count_removed(item.at, item.removed)
        self._drafts.append(draft)

    def _element(self, draft: _Draft, element: Element) -> None:
        kind = element.kind
        if kind == "R":
            draft.item.remark(element)
        elif kind == "L":
            locator = ssr_docs.without_filler(self._cleaned(element, prose.of_locator))
            draft.locators += [locator.upper()] if locator.strip("/ ") else []
        elif kind in ("I", "O", "M"):
            self._connection(draft, element)
        elif kind == "C":
            self._group(draft.item.persons[0], element)
        elif kind == "UNKNOWN":
            self._unknown(element)
        else:
            says = "elements of a name item that are not known here"
            self._findings.count("UNKNOWN_SEGMENT", f".{kind}/", element.at, says)
            element.remove(self._findings, UNREAD)

    def _group(self, person: Person, element: Element) -> None:
        """The name of a group (.C/) is that of its placeholder; behind persons it names nobody, and is not kept."""
        names = person.placeholder and person.name.family is None
        text = self._cleaned(element, prose.of_group if person.placeholder else prose.remainder(0))
        if names:
            person.name = msgspec.structs.replace(person.name, family=ssr_docs.without_filler(text) or None)

    def _connection(self, draft: _Draft, element: Element) -> None:
        found = _CONNECTION.match(element.text.upper())
        if found is None:
            says = "connections that are not written as carrier, number, class, day and places"
            self._findings.count("UNKNOWN_SEGMENT", f".{element.kind}/", element.at, says)
            element.remove(self._findings, UNREAD)
            return
        self._cleaned(element, prose.remainder(found.end()))
        leg = self._leg_of(found, element)
        if element.kind == "O":
            draft.onward.append(leg)
        else:
            draft.segments.append(leg)

    def _leg_of(self, found: re.Match[str], element: Element) -> Leg:
        told, inbound = found["places"], element.kind == "I"
        origin, destination = (told[:3], told[3:]) if len(told) == 6 else (told, None) if inbound else (None, told)
        departs = self._connecting_day(found, element)
        if departs and found["time"] and not inbound:
            departs += f"T{found['time'][:2]}:{found['time'][2:]}"
        operated = self._flight if element.kind == "M" else None
        return Leg(
            carrier=found["carrier"],
            number=found["number"].lstrip("0") or "0",
            number_raw=found["carrier"] + found["number"],
            origin=origin,
            destination=destination,
            departs=departs,
            departs_zone=places.zone(origin) if origin else None,
            arrives_zone=places.zone(destination) if destination else None,
            booking_class=found["class"],
            status=found["status"],
            operating_carrier=operated["carrier"] if operated else None,
            operating_number=(operated["number"].lstrip("0") or "0") if operated else None,
        )

    def _connecting_day(self, found: re.Match[str], element: Element) -> str | None:
        """A connection has a day and no month: the nearest such day to that of the flight."""
        if self._day is None:
            return None
        try:
            day = int(found["day"])
            if found["month"]:
                date = nearest_day(day, ssr_docs.MONTHS.get(found["month"], 0), self._day)
            else:
                date = _same_day_of_month(day, self._day)
        except ValueError:
            says = "this is no date; the field is left empty. Ask the carrier for the date"
            self._findings.add("BAD_DATE", f".{element.kind}/", element.at, says)
            return None
        self._findings.count("DATE_DERIVED", f".{element.kind}/", element.at, _DATE_DERIVED.format(self._day))
        return date.isoformat()

    def _count_removed(self, at: int, number: int) -> None:
        self._removed_at = self._removed_at if self._removed else at
        self._removed += number

    # -- the end

    def _message(self, start: int, blank: Message) -> Message:
        if self._flight is None:
            says = "the line of the flight is missing: carrier and number, day, place of departure are expected"
            self._findings.add("HEADER_MISSING", self._kind, start, says)
        if not self._end:
            says = f"the message has no END{self._kind}: it was cut off, and what came before is read"
            self._findings.add("TRUNCATED", f"END{self._kind}", start, says)
        if self._removed:
            says = f"special services and remarks that may not be stored were removed: {self._removed}"
            self._findings.add("SENSITIVE_REMOVED", ".R/", self._removed_at, says)
        envelope = self._envelope()
        self._check_totals(envelope)
        bookings: list[Booking] = []
        travellers: list[Traveller] = []
        for draft in self._drafts:
            booking = self._booking(draft, len(travellers))
            index = None if booking is None else len(bookings)
            bookings += [] if booking is None else [booking]
            travellers += [self._traveller(person, draft, index) for person in draft.item.persons]
        return msgspec.structs.replace(
            blank,
            function=self._kind,
            journeys=self._journeys(),
            travellers=tuple(travellers),
            bookings=tuple(bookings),
            envelope=envelope,
        )

    def _envelope(self) -> Envelope:
        part = int(self._flight["part"] or 1) if self._flight else 1
        return Envelope(
            sender=self._sender["address"] if self._sender else None,
            recipient=" ".join(self._recipients) or None,
            sent=self._sent(),
            part=part,
            last_part=not self._end.startswith("ENDPART"),
        )

    def _sent(self) -> str | None:
        """The telegraph line has day, hour and minute (UTC)."""
        time = self._sender["time"] if self._sender else None
        if not time or self._day is None:
            return None
        try:
            day = _same_day_of_month(int(time[:2]), self._day)
            sent = dt.datetime.combine(day, dt.time(int(time[2:4]), int(time[4:])))
        except ValueError:
            says = "the time of sending is no day, hour and minute; it is left empty"
            self._findings.count("VALUE_INVALID", "sender", self._sender_at, says)
            return None
        self._findings.count("DATE_DERIVED", "sender", self._sender_at, _DATE_DERIVED.format(self._day))
        return sent.isoformat()[:16]

    def _check_totals(self, envelope: Envelope) -> None:
        """Of an ADL, totals are those after its changes; of one part of several, the names may be in another."""
        if envelope.part > 1 or not envelope.last_part:
            says = f"this is part {envelope.part} of several: announced totals are not compared with it"
            self._findings.add("PART_OF_SEVERAL", self._kind, None, says)
        elif self._kind == "PNL" and self._end:
            for group in self._groups:
                # Infants without seat belong to no total, and some senders count them.
                if group.count not in (group.found, group.found + group.infants):
                    says = f"a total announces {group.count} passengers, {group.found} follow it"
                    self._findings.add("COUNT_MISMATCH", "TOTAL", group.at, says)

    def _legs(self) -> dict[str, Leg]:
        """One leg for each destination: which comes after which, the message does not say."""
        flight = self._flight
        if flight is None:
            return {}
        number = re.sub(r"^0+(?=\d)", "", flight["number"])
        departs = self._day.isoformat() if self._day else None
        origin = flight["origin"]
        places_: list[str | None] = list(dict.fromkeys(group.place for group in self._groups))
        return {
            place or "": Leg(
                carrier=flight["carrier"],
                number=number,
                number_raw=flight["carrier"] + flight["number"],
                origin=origin,
                destination=place,
                departs=departs,
                departs_zone=places.zone(origin),
                arrives_zone=places.zone(place) if place else None,
            )
            for place in places_ or [None]
        }

    def _journeys(self) -> tuple[Journey, ...]:
        legs = tuple(self._legs().values())
        return (Journey(mode="air", legs=legs),) if legs else ()

    def _booking(self, draft: _Draft, first: int) -> Booking | None:
        """Only where more than the locator was sent of it."""
        if not (draft.segments or draft.onward or draft.section or draft.item.services or len(draft.locators) > 1):
            return None
        here = self._legs().get(draft.group.place if draft.group else "")
        locators = [locator.partition("/") for locator in draft.locators]
        action = {"ADD": "added", "DEL": "removed", None: None}.get(draft.section, draft.section)
        return Booking(
            locator=locators[0][0] if locators else None,
            locators=tuple(f"{carrier}:{code}" for code, slash, carrier in locators if slash),
            segments=(*draft.segments, *([here] if here else []), *draft.onward),
            travellers=tuple(range(first, first + len(draft.item.persons))),
            changes=(Change(action=action, what="name"),) if action else (),
            cancelled=draft.section == "DEL",
            services=tuple(dict.fromkeys(draft.item.services)),
        )

    def _traveller(self, person: Person, draft: _Draft, booking: int | None) -> Traveller:
        if person.name.family is None and not person.names:
            self._findings.count("NAME_MISSING", "NAME", draft.item.at, "travellers without a name")
        names = readings([*person.names, person.name], self._findings, "NAME", draft.item.at)
        return Traveller(
            capacity="passenger",
            infant=person.infant,
            placeholder=person.placeholder,
            name=names[0],
            names=names,
            birth_date=person.birth_date,
            birth_place=person.birth_place,
            sex=person.sex,
            nationality=person.nationalities[0] if person.nationalities else None,
            nationalities=tuple(person.nationalities) if len(person.nationalities) > 1 else (),
            stateless="XXA" in person.nationalities,
            residence=person.residence,
            documents=tuple(dict.fromkeys(person.documents)),
            embarks=self._flight["origin"] if self._flight else None,
            disembarks=draft.group.place if draft.group else None,
            record_locator=draft.locators[0].partition("/")[0] if draft.locators else None,
            seats=tuple(dict.fromkeys(person.seats)),
            booking=booking,
            traveller_type=person.traveller_type,
            contacts=tuple(person.contacts),
            addresses=tuple(person.addresses),
            tickets=tuple(person.tickets),
            loyalty=tuple(dict.fromkeys(person.loyalty)),
            government_references=tuple(person.government_references),
            protections=tuple(dict.fromkeys(person.protections)),
        )


_HANDLERS: Final[dict[str, Callable[[_Part, Element], None]]] = {
    "AROUND": _Part._around,
    "ASTRAY": _Part._astray,
    "ABOUT": _Part._about,
    "UNKNOWN": _Part._unknown,
    "ADDRESS": _Part._address,
    "SENDER": _Part._sender_line,
    "TYPE": _Part._type_line,
    "FLIGHT": _Part._begin,
    "TOTAL": _Part._total,
    "SECTION": _Part._section_line,
    "END": _Part._end_line,
}


def _same_day_of_month(day: int, near: dt.date) -> dt.date:
    """The nearest date with this day of the month; raises ValueError when no month has it."""
    months = [(near.year * 12 + near.month - 1 + step) for step in (-1, 0, 1)]
    dates = []
    for month in months:
        try:
            dates.append(dt.date(month // 12, month % 12 + 1, day))
        except ValueError:
            continue
    if not dates:
        raise ValueError("a day of the month is expected")
    return min(dates, key=lambda date: abs(date - near))
