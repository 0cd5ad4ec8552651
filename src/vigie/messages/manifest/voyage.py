"""The voyage of a manifest: from its fields, above the table or in a row, to a journey of one leg."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final, NamedTuple, cast

from vigie import places
from vigie.messages.fields.itinerary import flight_number
from vigie.messages.fields.stamps import nearest_to
from vigie.messages.fields.values import leg
from vigie.messages.findings import Findings
from vigie.messages.manifest import dates
from vigie.messages.manifest.rows import Pair
from vigie.messages.manifest.table import DateColumn, meaning
from vigie.records import Journey, Leg, Mode

Voyage = Mapping[str, Pair]
"""What is known of a voyage, by field of columns.tsv."""
_LOCODE: Final = re.compile(r"([A-Z]{2}) ?([A-Z2-9]{3})\Z")
_HINTS: Final[tuple[tuple[str, Mode], ...]] = (
    ("ship", "sea"),
    ("vessel", "sea"),
    ("navire", "sea"),
    ("bateau", "sea"),
    ("imo", "sea"),
    ("callsign", "sea"),
    ("sailing", "sea"),
    ("armateur", "sea"),
    ("maritime", "sea"),
    ("سفينه", "sea"),
    ("باخره", "sea"),
    ("ميناء", "sea"),
    ("flight", "air"),
    ("aircraft", "air"),
    ("airport", "air"),
    ("airline", "air"),
    ("aeroport", "air"),
    ("numerodevol", "air"),
    ("مطار", "air"),
    ("train", "rail"),
    ("coach", "road"),
    ("port", "sea"),
)
"""What the words of a heading say of the mode; `port` comes last because it is in other words too."""
_PORTS: Final = frozenset(["from", "to", "port"])
"""Only a place may be a port: a `transporteur` says nothing of the mode."""

_TIMES: Final = frozenset(["departs", "arrives", "date"])


def place(text: str) -> str:
    """A UN/LOCODE without its blank, any other code in capitals, a name as sent."""
    found = _LOCODE.match(text.upper())
    if found is not None:
        return found[1] + found[2]
    return text.upper() if len(text) == 3 else text


class _When(NamedTuple):
    """A day, and a time of day where there is one. `field` and `at` say where they stand."""

    day: str
    clock: dates.Clock | None
    field: str
    at: int


class VoyageReader:
    """Reads the voyage of one message. `orders` has the order of dates by column."""

    def __init__(self, findings: Findings, as_of: dt.date, orders: Mapping[DateColumn, dates.Order]) -> None:
        self._findings, self._as_of, self._orders = findings, as_of, orders

    def journey(self, voyage: Voyage) -> Journey | None:
        """None when nothing of a voyage was sent."""
        if not voyage:
            return None
        mode = self._mode(voyage)
        names = [voyage[field].cell.value for field in ("ship", "identity", "number") if field in voyage]
        number_raw = " ".join(names) or None
        carrier, number = flight_number(
            _value(voyage, "number"), _value(voyage, "carrier") if mode == "air" else "", mode
        )
        carrier = voyage["carrier"].cell.value if "carrier" in voyage else carrier
        conveyance = Leg(carrier=carrier, number=number, number_raw=number_raw)
        (origin, departs), (destination, arrives) = self._places(voyage)
        start, end = self._local(departs, origin), self._local(arrives, destination)
        at = next(iter(voyage.values())).cell.at
        told = any(problem.code == "LEG_INCOMPLETE" for problem in self._findings.problems())
        if not told and not (voyage.keys() & _PORTS and voyage.keys() & _TIMES):
            says = (
                "the voyage names no place, or no day; without from, to and departs it belongs to no journey expected"
            )
            self._findings.add("LEG_INCOMPLETE", "voyage", at, says)
        ends = (origin, start[0]), (destination, end[0])
        return Journey(mode=mode, legs=(leg(self._findings, "voyage", at, conveyance, *ends, (start[1], end[1])),))

    def _mode(self, voyage: Voyage) -> Mode:
        sent = voyage.get("mode")
        told = meaning("mode", sent.cell.value) if sent else None
        if told is not None:
            return cast(Mode, told)
        headings = [(field, pair.column.heading) for field, pair in voyage.items() if field != "mode"]
        for hint, mode in _HINTS:
            if any(hint in heading and (hint != "port" or field in _PORTS) for field, heading in headings):
                return mode
        at = sent.cell.at if sent else next(iter(voyage.values())).cell.at
        says = "the mode of transport is not sent, or a word that is not known; sea was taken"
        self._findings.add("MODE_ASSUMED", "mode", at, says)
        return "sea"

    def _places(self, voyage: Voyage) -> tuple[tuple[str | None, _When | None], tuple[str | None, _When | None]]:
        """Place and time of departure, and of arrival. `port` and `date` are of the one that the direction names."""
        origin, destination = _value(voyage, "from") or None, _value(voyage, "to") or None
        departs, arrives = self._time(voyage, "departs"), self._time(voyage, "arrives")
        arriving = self._arriving(voyage)
        port, date = _value(voyage, "port") or None, self._time(voyage, "date")
        if arriving is None and (port or (date and "direction" in voyage)):
            says = "a port whose heading is of arrival and departure, and nothing says which; it is left out"
            self._findings.add("LEG_INCOMPLETE", "port", voyage["port" if port else "date"].cell.at, says)
        elif arriving:
            destination, arrives = destination or port, arrives or date
        elif port or date:
            origin, departs = origin or port, departs or date
        return (place(origin) if origin else None, departs), (place(destination) if destination else None, arrives)

    def _arriving(self, voyage: Voyage) -> bool | None:
        """By the direction sent, else by the other place that is known. A date alone is that of departure."""
        told = meaning("direction", _value(voyage, "direction"))
        if told is not None:
            return told == "arrival"
        if "port" not in voyage:
            return False
        if ("from" in voyage) == ("to" in voyage):
            return None
        return "from" in voyage

    def _local(self, when: _When | None, place: str | None) -> tuple[str | None, str | None]:
        """The time at the place, and the moment in UTC where the difference from it was sent.

        Such a time is that moment, whatever clocks the place has. Where these are not known it stays as sent.
        """
        if when is None or when.clock is None:
            return (when.day, None) if when else (None, None)
        local = f"{when.day}T{when.clock.time}"
        if when.clock.offset is None:
            return local, None
        try:
            utc = (dt.datetime.fromisoformat(local) - when.clock.offset).isoformat(timespec="minutes") + "Z"
        except OverflowError:
            return local, None
        zone = places.zone(place) if place else None
        there = places.utc_to_local(utc, zone) if zone else None
        if there is not None and there != local and not when.clock.is_utc:
            says = "a difference from UTC that is not that of the place then; the moment that was sent is kept"
            self._findings.count("ZONE_CONTRADICTED", when.field, when.at, says)
        return there or local, utc

    def _time(self, voyage: Voyage, field: str) -> _When | None:
        """Day, and time of day from the same cell or one of its own."""
        sent = voyage.get(field)
        if sent is None:
            return None
        order = self._orders.get(sent.column.dates)
        if report_order(self._findings, field, sent.cell.at, sent.cell.value, order):
            return None
        try:
            read = dates.date(sent.cell.value, nearest_to(self._as_of), order)
        except ValueError:
            read = None
        if read is None or len(read.text) < 10:
            says = "a time of travel needs year, month and day; the field is left empty"
            self._findings.add("BAD_DATE", field, sent.cell.at, says)
            return None
        if read.century_derived:
            says = f"times of travel whose century was derived: the nearest to {self._as_of} was taken"
            self._findings.count("CENTURY_DERIVED", field, sent.cell.at, says)
        clock = dates.clock(sent.cell.value) or dates.clock(_value(voyage, f"{field}_time"))
        return _When(read.text, clock, field, sent.cell.at)


def report_order(findings: Findings, field: str, at: int, text: str, order: dates.Order) -> bool:
    """Says so when the order of a date decides and is not known."""
    if order is not None or not dates.is_open(text):
        return False
    says = (
        "dates of which too little shows whether the day or the month comes first; of a birth or a document the year "
        "is kept, a time of travel is left empty. Ask for dates as 2026-11-23"
    )
    findings.count("DATE_ORDER", field, at, says)
    return True


def _value(voyage: Voyage, field: str) -> str:
    return voyage[field].cell.value if field in voyage else ""
