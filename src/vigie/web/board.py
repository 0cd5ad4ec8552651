"""Journeys in the order in which they press: soonest departure first."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from vigie import places
from vigie.places import Window
from vigie.store import JourneyRow, MatchRow


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Every journey stands in exactly one of the three groups."""

    ahead: tuple[JourneyRow, ...]
    """Not known to have departed, soonest first, by the earliest moment each may depart."""
    unknown: tuple[JourneyRow, ...]
    """Without any time of departure."""
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


def window(row: JourneyRow | MatchRow) -> Window | None:
    """When the journey departs; None without any time. Not one moment when its time or time zone is not known."""
    if row.departs_utc:
        at = dt.datetime.fromisoformat(row.departs_utc)
        return Window(at, at)
    return places.window(row.departs, row.origin) if row.departs else None


def has_departed(row: JourneyRow | MatchRow, now: dt.datetime) -> bool:
    """True when the latest moment at which the journey may depart is past."""
    at = window(row)
    return at is not None and at.latest < now


def arrange(journeys: Iterable[JourneyRow], now: dt.datetime) -> Board:
    """`now` must be timezone-aware. A journey that leaves this very moment, or may do so later, is still ahead."""
    timed: list[tuple[Window, JourneyRow]] = []
    unknown: list[JourneyRow] = []
    for journey in journeys:
        at = window(journey)
        if at:
            timed.append((at, journey))
        else:
            unknown.append(journey)
    timed.sort(key=lambda pair: pair[0])
    return Board(
        ahead=tuple(journey for at, journey in timed if at.latest >= now),
        unknown=tuple(unknown),
        departed=tuple(journey for at, journey in reversed(timed) if at.latest < now),
    )
