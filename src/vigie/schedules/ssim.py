"""IATA SSIM chapter 7: the season's flights of an airline as records of 200 characters.

Record types: 1 header, 2 carrier (its time mode, U or L, holds for all that follows), 3 flight leg with a period of
operation, 4 segment data, 5 trailer. Columns are counted from 1, as the manual does. Dates are `DDMMMYY`; `00XXX00`
is an open end. The days of operation are those on which the flight begins; the date variation (columns 193, 194)
says how many days later, or with `A` one day earlier, a leg departs and arrives.

Kept of segment data: DEI 10 (the numbers others sell the leg under) and DEI 50 (who operates it).
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vigie import places
from vigie.messages.fields.itinerary import flight_number
from vigie.messages.fields.stamps import nearest_to
from vigie.records import Leg, Mode
from vigie.schedules.expected import MOST_NAMES, ExpectedJourney, Schedule, key_of
from vigie.schedules.lines import Collector, Days, Period, decoded, offset

LENGTH: Final = 200
_TITLE: Final = re.compile(rb"1AIRLINE STANDARD SCHEDULE DATA SET|[12345][ -~]{199}(?:\r?\n|\Z)")
_MONTHS: Final = dict(zip("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), range(1, 13), strict=True))
_DATE: Final = re.compile(r"(\d\d)([A-Z]{3})(\d\d)\Z", re.ASCII)
_TIME: Final = re.compile(r"(?:([01]\d|2[0-3])([0-5]\d)|2400)\Z", re.ASCII)
_STATION: Final = re.compile(r"[A-Z]{3}\Z")
_SEATS: Final = re.compile(r"(?:[A-Z]\d{1,3})+\Z", re.ASCII)
_OPEN: Final = "00XXX00"
_BEFORE: Final = frozenset("AJ")
"""Date variation of one day earlier; J is how older files write it."""
_SURFACE: Final[dict[str, Mode]] = {
    "BUS": "road",
    "LMO": "road",
    "RFS": "road",
    "TRN": "rail",
    "TRS": "rail",
    "LCH": "sea",
}
"""Equipment that is no aircraft (SSIM appendix A)."""
_MARKETING, _OPERATING = "010", "050"


class Clock(NamedTuple):
    """A scheduled time at a station: days after the day of operation, time of day, and the difference from UTC sent."""

    station: str
    days: int
    time: str | None
    offset: dt.timedelta | None

    def on(self, day: dt.date) -> str:
        """As `2026-11-23T05:40`, or the day alone where the time cannot be read."""
        late = self.time == "24:00"
        moved = (day + dt.timedelta(days=self.days + late)).isoformat()
        return f"{moved}T{'00:00' if late else self.time}" if self.time else moved


class FlightLeg(NamedTuple):
    """One record of type 3."""

    line: int
    mode: Mode
    carrier: str
    number: str | None
    number_raw: str
    sequence: int | None
    service_type: str | None
    period: Period
    departure: Clock
    arrival: Clock
    capacity: int | None


def recognises(data: bytes) -> bool:
    """True when the data begin as SSIM does: its header, or a record of the right length."""
    return _TITLE.match(data.lstrip(b"\xef\xbb\xbf\r\n ")) is not None


def read(data: bytes, as_of: dt.date, first: dt.date, last: dt.date) -> Schedule:
    """The flights that depart, by local date, on the days `first` to `last`.

    `as_of` decides the centuries of dates. Never raises on content; raises ValueError for days that are none or more
    than 400.
    """
    reader = _Reader(Collector("SSIM", Days.checked(first, last)), as_of)
    for number, line in reader.out.lines(_in_lines(decoded(data)[0])):
        reader.take(number, line)
    reader.end()
    return reader.out.schedule()


def _in_lines(text: str) -> str:
    """Files from tapes have no line ends."""
    if "\n" in text[: LENGTH + 2] or "\r" in text[: LENGTH + 2] or len(text) <= LENGTH + 2:
        return text
    return "\n".join(text[at : at + LENGTH] for at in range(0, len(text), LENGTH))


class _Reader:
    """Takes records in their order. The legs of one flight wait for the segment data behind them."""

    def __init__(self, out: Collector, as_of: dt.date) -> None:
        self.out = out
        self._century = nearest_to(as_of)
        self._utc = self._headed = False
        self._flight = ""
        self._legs: list[FlightLeg] = []
        self._sold_as: dict[int, dict[str, None]] = {}
        self._operated: dict[int, str] = {}
        self._serial: int | None = None
        self._line = 0
        self._trailer = False

    def take(self, line: int, record: str) -> None:
        """The next record."""
        self._line = line
        record = record.ljust(LENGTH).upper()
        if not record.strip("0 "):
            return  # records of zeros fill blocks
        kind = record[0]
        if len(record) > LENGTH:
            self._says("NOT_A_SEGMENT", "1-200", f"a record of {len(record)} characters, 200 are expected; left out")
        elif kind == "3":
            self._take_leg(record)
        elif kind == "4":
            self._take_segment(record)
        elif kind == "2":
            self._flush()
            self._take_carrier(record)
        elif kind == "5":
            self._flush()
            self._take_trailer(record)
        elif kind != "1":
            self._says("UNKNOWN_SEGMENT", "1", "records of no known type; left out", many=True)
        self._check_serial(record)

    def end(self) -> None:
        """Nothing follows."""
        self._flush()
        if not self._trailer and not self.out.full:
            says = "the file has no trailer (type 5): it was cut off, and what came before is read; fetch it again"
            self._says("TRUNCATED", "5", says)

    def _says(self, code: str, columns: str, says: str, many: bool = False) -> None:
        report = self.out.findings.count if many else self.out.findings.add
        report(code, columns, self._line, says)

    def _check_serial(self, record: str) -> None:
        serial = int(record[194:200]) if re.fullmatch("[0-9]{6}", record[194:200]) else None
        before = self._serial
        self._serial = serial
        # After 999999 the count begins again.
        if serial is not None and before is not None and serial > before + 1:
            says = "record serial numbers leave some out: records are missing before this one; fetch the file again"
            self._says("COUNT_MISMATCH", "195-200", says, many=True)

    def _take_carrier(self, record: str) -> None:
        self._utc, self._headed = record[1] == "U", True
        if record[1] not in "UL":
            self._says("UNKNOWN_CODE", "2", "the time mode is neither U nor L; times are read as local")

    def _take_trailer(self, record: str) -> None:
        self._trailer = record[193] != "C"
        check = record[187:193]
        if self._serial is not None and re.fullmatch("[0-9]{6}", check) and int(check) != self._serial:
            says = "the serial number that the trailer checks is not that of the record before it; fetch the file again"
            self._says("COUNT_MISMATCH", "188-193", says)

    def _take_leg(self, record: str) -> None:
        if not self._headed:
            self._headed = True
            self._says(
                "HEADER_MISSING", "2", "no carrier record (type 2) with a time mode before this leg; read as local"
            )
        flight = _flight(record)
        if flight != self._flight:
            self._flush()
            self._flight = flight
        leg = self._leg(record)
        if leg is not None:
            self._legs.append(leg)

    def _leg(self, record: str) -> FlightLeg | None:
        period, departure, arrival = self._period(record), self._departure(record), self._arrival(record)
        if period is None or departure is None:
            return None
        self.out.cover(period.first, period.last)
        mode = _SURFACE.get(record[72:75], "air")
        carrier, digits, suffix = record[2:5].strip(), record[5:9].strip(), record[1].strip()
        seats = record[172:192].strip()
        return FlightLeg(
            line=self._line,
            mode=mode,
            carrier=carrier,
            number=flight_number(digits + suffix, carrier)[1],
            number_raw=carrier + digits + suffix,
            sequence=_digits(record[11:13]),
            service_type=record[13].strip() or None,
            period=period,
            departure=departure,
            arrival=arrival,
            capacity=sum(map(int, re.findall(r"[0-9]+", seats))) if _SEATS.match(seats) else None,
        )

    def _period(self, record: str) -> Period | None:
        """None, and said, when it cannot be known on which days the leg operates."""
        begin, finish = self._date(record[14:21]), self._date(record[21:28])
        is_open = record[21:28] == _OPEN
        if begin is None or (finish is None and not is_open):
            says = "a leg whose period of operation is no date (DDMMMYY, 00XXX00 for an open end); left out"
            self._says("BAD_DATE", "15-28", says)
            return None
        weekdays = frozenset(int(day) for day in record[28:35] if day in "1234567")
        if not weekdays:
            self._says("LINE_LEFT_OUT", "29-35", "a leg without days of operation (1 to 7); left out")
            return None
        every = record[35]
        if every not in " 12":
            self._says("UNKNOWN_CODE", "36", "a frequency rate that is neither blank, 1 nor 2; read as every week")
        return Period(begin, finish, weekdays, 2 if every == "2" else 1)

    def _date(self, text: str) -> dt.date | None:
        found = _DATE.match(text)
        month = _MONTHS.get(found[2]) if found else None
        if found is None or month is None:
            return None
        try:
            return dt.date(self._century(int(found[3]), month, int(found[1])), month, int(found[1]))
        except ValueError:
            return None

    def _departure(self, record: str) -> Clock | None:
        station = record[36:39]
        if not _STATION.match(station) or not _STATION.match(record[54:57]):
            self._says("LINE_LEFT_OUT", "37-57", "a leg without its two stations (three letters each); left out")
            return None
        return self._clock(station, record[39:43], record[43:47], record[47:52], (192, record[192]), "40-47")

    def _arrival(self, record: str) -> Clock:
        passengers, aircraft = record[61:65], record[57:61]
        return self._clock(record[54:57], passengers, aircraft, record[65:70], (193, record[193]), "58-65")

    def _clock(
        self, station: str, passengers: str, aircraft: str, sent: str, variation: tuple[int, str], columns: str
    ) -> Clock:
        """The time for passengers, or the aircraft's where that is blank."""
        text = passengers if passengers.strip() else aircraft
        if not _TIME.match(text):
            self._says("BAD_DATE", columns, "a time that is not HHMM; only the day is given")
        at, value = variation
        days = -1 if value in _BEFORE else int(value) if value in "01234567" else 0
        if value not in "01234567 " and value not in _BEFORE:
            says = "a date variation that is neither 0 to 7 nor A; read as the same day"
            self._says("UNKNOWN_CODE", str(at + 1), says, many=True)
        time = f"{text[:2]}:{text[2:]}" if _TIME.match(text) else None
        return Clock(station, days, time, offset(sent))

    def _take_segment(self, record: str) -> None:
        if _flight(record) != self._flight or not self._flight:
            self._says("NO_OWNER", "2-13", "segment data without the leg they belong to before them; left out")
            return
        dei = record[30:33]
        if dei not in (_MARKETING, _OPERATING):
            return
        numbers = [name for text in record[39:194].split("/") if (name := _designator(text))]
        for sequence in _covered(record):
            if dei == _OPERATING and numbers:
                self._operated[sequence] = numbers[0]
            sold_as = self._sold_as.setdefault(sequence, {})
            if dei == _MARKETING and len(sold_as) < MOST_NAMES:
                sold_as |= dict.fromkeys(numbers)

    def _flush(self) -> None:
        """The flight is complete."""
        for leg in self._legs:
            sequence = leg.sequence or 0
            operated = self._operated.get(sequence)
            sold_as = tuple(self._sold_as.get(sequence, ()))[:MOST_NAMES]
            for journey in self._journeys(leg, operated, sold_as):
                self.out.add(journey, leg.line)
        self._flight, self._legs, self._sold_as, self._operated = "", [], {}, {}

    def _journeys(self, leg: FlightLeg, operated: str | None, sold_as: tuple[str, ...]) -> Iterator[ExpectedJourney]:
        carrier, number = flight_number(operated, "") if operated else (None, None)
        for day in leg.period.dates(self._days_of_operation(leg.departure)):
            if self.out.full:
                return
            timed = self._timed(leg, day)
            whole = Leg(
                carrier=leg.carrier or None,
                number=leg.number,
                number_raw=leg.number_raw,
                origin=leg.departure.station,
                destination=leg.arrival.station,
                departs=timed[0],
                departs_zone=places.zone(leg.departure.station),
                departs_utc=timed[1],
                arrives=timed[2],
                arrives_zone=places.zone(leg.arrival.station),
                arrives_utc=timed[3],
                operating_carrier=carrier,
                operating_number=number,
            )
            yield ExpectedJourney(
                mode=leg.mode,
                legs=(whole,),
                key=key_of(leg.mode, whole),
                source="SSIM",
                status="scheduled",
                marketed_as=sold_as,
                sequence=leg.sequence,
                service_type=leg.service_type,
                capacity=leg.capacity,
            )

    def _days_of_operation(self, departure: Clock) -> Days:
        """Days on which flights begin whose leg departs on the days asked for; in UTC perhaps a day more or less."""
        first, last = (day - dt.timedelta(days=departure.days) for day in self.out.days)
        return Days(first, last).widened(1 if self._utc or departure.time == "24:00" else 0)

    def _timed(self, leg: FlightLeg, day: dt.date) -> tuple[str, str | None, str, str | None]:
        """Departure and arrival on a day of operation, each local and in UTC."""
        departs, departs_utc = self._moment(leg.departure, day, "40-52", leg.line)
        arrives, arrives_utc = self._moment(leg.arrival, day, "58-70", leg.line)
        return departs, departs_utc, arrives, arrives_utc

    def _moment(self, clock: Clock, day: dt.date, columns: str, line: int) -> tuple[str, str | None]:
        when = clock.on(day)
        if not self._utc or not clock.time:
            return when, self.out.clocks.utc(when, clock.station, columns, line, clock.offset)
        local = self.out.clocks.local(when, clock.station, columns, line, clock.offset)
        if local is None:
            says = "times in UTC at a station of unknown zone and without its difference: the day alone is given"
            self.out.findings.count("ZONE_UNKNOWN", columns, line, says)
        return local or when[:10], when + "Z"


def _flight(record: str) -> str:
    """Suffix, airline, number and itinerary variation with its overflow: the same for all records of a flight."""
    return record[1:11] + record[127] if record[0] == "3" else record[1:11] + record[27]


def _covered(record: str) -> range:
    """Sequence numbers of the legs that segment data are about: from the board point (A is the first) to the off point.

    Without readable points that is the leg they stand behind.
    """
    board, off = (ord(letter) - ord("A") for letter in record[28:30])
    if 0 <= board < off < 26:
        return range(board + 1, off + 1)
    own = _digits(record[11:13]) or 0
    return range(own, own + 1)


def _digits(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() else None


def _designator(text: str) -> str | None:
    """`ZZ4123` of `ZZ 4123`; None when that is no flight."""
    carrier, number = flight_number("".join(text.split()), "")
    return f"{carrier}{number}" if carrier and number else None
