"""PAXLST of US-EDIFACT (`PAXLST:001:000`): the form that carriers sent before the UN directories, and some still do.

After the public specimens of the form: CTA, TDT, then LOC with DTM for each place (005 departure, PT places between,
008 arrival), UNS, and one PDT for each person, with the document in front of the name.
"""

from collections.abc import Callable
from typing import Final

from vigie.messages.edifact.grammar import Run, Segment
from vigie.messages.fields import itinerary
from vigie.messages.paxlst import slots
from vigie.messages.paxlst.reader import Paxlst
from vigie.records import Mode

_PLACES: Final = {"5": itinerary.BORDER_DEPARTURE, "8": itinerary.BORDER_ARRIVAL, "PT": itinerary.ROUTING}
_TIMES: Final = {"136": itinerary.DEPARTURE, "132": itinerary.ARRIVAL}
_MODES: Final[dict[str, Mode]] = {"10": "sea", "11": "sea", "20": "rail", "30": "road", "40": "air", "": "air"}


class UsPaxlst(Paxlst):
    """Reads one message of the old American form. What is of the UN's form in it is read as such."""

    _table = slots.US

    def take_run(self, run: Run, take: Callable[[Segment], None]) -> None:
        """All go the same way: the usual forms are those of the UN."""
        for segment in run.segments():
            take(segment)

    def _understand(self, segment: Segment) -> None:
        handler = _HANDLERS.get(segment.tag)
        if handler is not None:
            handler(self, segment)
        elif segment.tag != "UNS":
            super()._understand(segment)

    def _tdt(self, segment: Segment) -> None:
        mode = _MODES.get(segment.value(3))
        if mode is None:
            super()._tdt(segment)
        else:
            self._itinerary.conveyance(mode, segment.value(4) or None, segment.value(2) or None)

    def _loc(self, segment: Segment) -> None:
        code = segment.value(1).upper().lstrip("0")
        qualifier, place = _PLACES.get(code), segment.value(2).upper()
        if qualifier is None:
            super()._loc(segment)
        elif place:
            self._itinerary.stop(qualifier, place, segment.at, through=code == "PT")

    def _dtm(self, segment: Segment) -> None:
        """`DTM+136+020131+1030+M05`: date, time, and the zone, which the place tells as well."""
        qualifier = _TIMES.get(segment.value(1))
        if qualifier is None or len(segment.components(1)) > 1:
            super()._dtm(segment)
            return
        digits = segment.value(2) + segment.value(3)
        read = self._all.stamp("DTM", segment.at, digits, "", self._all.near)
        if read is not None and len(read.text) >= 10:
            says = f"times of travel whose century was derived: the nearest to {self._as_of} was taken"
            self._findings.count("CENTURY_DERIVED", "DTM", segment.at, says)
            self._itinerary.time(qualifier, read.text)


_HANDLERS: Final[dict[str, Callable[[UsPaxlst, Segment], None]]] = {
    "TDT": UsPaxlst._tdt,
    "LOC": UsPaxlst._loc,
    "DTM": UsPaxlst._dtm,
}
