"""Fields that stand in lines or cells, brought to the form records have. What cannot be is reported and left empty."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from vigie import countries, places
from vigie.messages.fields import itinerary, titles
from vigie.messages.fields.stamps import Century, Stamp, nearest_to, not_after
from vigie.messages.findings import Findings, shown
from vigie.records import Leg, Name, Sex

SEXES: Final[dict[str, tuple[Sex | None, bool]]] = {
    "M": ("M", False),
    "F": ("F", False),
    "X": ("X", False),
    "U": (None, False),
    "MI": ("M", True),
    "FI": ("F", True),
    "XI": ("X", True),
    "UI": (None, True),
}
"""Sex, and whether an infant. U is sent where it is not known, which is not the X of a document."""
DateReader = Callable[[str, Century], Stamp | None]
"""As `vigie.messages.fields.ssr_docs.date`: None when nothing is known, ValueError for what is no date."""


class Values:
    """`segment` and `at` of every method say where the field stands."""

    def __init__(self, findings: Findings, as_of: dt.date, dates: DateReader) -> None:
        self._findings, self._as_of, self._dates = findings, as_of, dates
        self._birth = not_after(as_of)

    def country(self, text: str | None, segment: str, at: int) -> str | None:
        """The code of a country; what no table knows stays as sent."""
        if not text:
            return None
        code = countries.alpha3(text)
        if code is None:
            says = "countries that are neither ISO 3166 nor ICAO codes, kept as sent"
            self._findings.count("UNKNOWN_COUNTRY", segment, at, says)
        return code or text.upper()

    def sex(self, text: str | None, segment: str, at: int) -> Sex | None:
        code = (text or "").upper()
        if code and code not in SEXES:
            self._findings.count("UNKNOWN_CODE", segment, at, f"codes for sex that are not known here: {shown(code)}")
        return SEXES.get(code, (None, False))[0]

    def birth_date(self, text: str | None, segment: str, at: int) -> str | None:
        """A birth date, of which none may lie after the day of looking where the century was left out."""
        read = self._date(text, segment, at, self._birth)
        if read is None:
            return None
        if read.century_derived:
            says = f"birth dates whose century was derived: none may lie after {self._as_of}"
            self._findings.count("CENTURY_DERIVED", segment, at, says)
        elif read.date > self._as_of.isoformat():
            says = f"birth dates that lie after {self._as_of}, kept as sent"
            self._findings.count("BIRTH_AFTER_AS_OF", segment, at, says)
        return read.date

    def near_date(self, text: str | None, segment: str, at: int, day: dt.date, what: str) -> str | None:
        """A date of expiry or issue (`what`): the nearest to the day of travel where the century was left out."""
        read = self._date(text, segment, at, nearest_to(day))
        if read is not None and read.century_derived:
            says = f"{what} dates whose century was derived: the nearest to {day} was taken"
            self._findings.count("CENTURY_DERIVED", segment, at, says)
        return read.date if read else None

    def _date(self, text: str | None, segment: str, at: int, century: Century) -> Stamp | None:
        if not text:
            return None
        try:
            read = self._dates(text, century)
        except ValueError:
            says = "this is no date; the field is left empty. Ask the carrier for the date"
            self._findings.add("BAD_DATE", segment, at, says)
            return None
        if read is not None and not read.fits_format:
            says = "dates that are not of the format they name; they were read by their form"
            self._findings.count("DATE_FORMAT", segment, at, says)
        return read


def readings(names: Sequence[Name], findings: Findings, segment: str, at: int) -> tuple[Name, ...]:
    """The names with titles separated. One that is likely and not certain makes a second reading behind its name."""
    found: list[Name] = []
    for name in names:
        others = [other.given for other in names if other is not name and other.given]
        separated = titles.separate(name.given, others) if name.given and not name.title else None
        if separated is None:
            found.append(name)
            continue
        bare = msgspec.structs.replace(name, given=separated.given or None, title=separated.title)
        found += [bare] if separated.certain else [name, bare]
        if not separated.certain:
            says = "given names that seem to end in a title; kept as sent, with the other reading among the names"
            findings.count("TITLE_UNCERTAIN", segment, at, says)
    return tuple(dict.fromkeys(found))


def leg(
    findings: Findings,
    segment: str,
    at: int,
    conveyance: Leg,
    departure: tuple[str | None, str | None],
    arrival: tuple[str | None, str | None],
    moments: tuple[str | None, str | None] = (None, None),
) -> Leg:
    """A leg of a conveyance (carrier and number), from place and local time of each end; zones and UTC are added.

    `moments` are departure and arrival in UTC, where the sender told them.
    """
    (origin, departs), (destination, arrives) = departure, arrival
    departs_zone, arrives_zone = _zone(origin), _zone(destination)
    return msgspec.structs.replace(
        conveyance,
        origin=origin,
        destination=destination,
        departs=departs,
        departs_zone=departs_zone,
        departs_utc=moments[0] or itinerary.utc(departs, departs_zone, findings, segment, at),
        arrives=arrives,
        arrives_zone=arrives_zone,
        arrives_utc=moments[1] or itinerary.utc(arrives, arrives_zone, findings, segment, at),
    )


def _zone(place: str | None) -> str | None:
    return places.zone(place) if place else None
