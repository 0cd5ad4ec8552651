"""Journeys in the order in which they press: soonest departure first."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from vigie.store import JourneyRow


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Every journey stands in exactly one of the three groups."""

    ahead: tuple[JourneyRow, ...]
    """Not departed, soonest first."""
    unknown: tuple[JourneyRow, ...]
    """Without a moment of departure in UTC, by local time; those without any time last."""
    departed: tuple[JourneyRow, ...]
    """Latest departure first."""

    @property
    def waiting(self) -> int:
        """Travellers with an alert on journeys that are not known to have departed."""
        return sum(journey.alerts for journey in (*self.ahead, *self.unknown))

    @property
    def next(self) -> JourneyRow | None:
        """The soonest journey ahead that somebody must look at."""
        return next((journey for journey in self.ahead if journey.alerts), None)


def arrange(journeys: Iterable[JourneyRow], now: dt.datetime) -> Board:
    """`now` must be timezone-aware. A journey that leaves this very moment is still ahead."""
    timed: list[tuple[dt.datetime, JourneyRow]] = []
    unknown: list[JourneyRow] = []
    for journey in journeys:
        if journey.departs_utc is None:
            unknown.append(journey)
        else:
            timed.append((dt.datetime.fromisoformat(journey.departs_utc), journey))
    timed.sort(key=lambda pair: pair[0])
    unknown.sort(key=lambda journey: (journey.departs is None, journey.departs or ""))
    return Board(
        ahead=tuple(journey for at, journey in timed if at >= now),
        unknown=tuple(unknown),
        departed=tuple(journey for at, journey in reversed(timed) if at < now),
    )
