"""Later news of journeys that are expected: cancelled, diverted, at other times, new."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from vigie.schedules.expected import ExpectedJourney, is_marketing, merged, operator

MOST_OF_A_NAME: Final = 40
"""Journeys of one number and day among which a change is looked for: more than any flight has legs."""
_Name = tuple[str, str, str, str]


def apply_changes(
    journeys: Iterable[ExpectedJourney], changes: Iterable[ExpectedJourney]
) -> tuple[ExpectedJourney, ...]:
    """The journeys with what `changes` say, in the order given; later changes go last. Nothing vanishes.

    A change belongs to the journey of its key. Where there is none, it belongs to the one journey of the same mode,
    number (or code-share number) and scheduled day of departure or arrival whose places do not contradict it. A change
    that belongs to none, or could belong to several, is a journey of its own. Applying the same changes again changes
    nothing.
    """
    known = Journeys()
    for journey in journeys:
        known.take(journey)
    for change in changes:
        known.take(change, exactly=False)
    return known.all()


class Journeys:
    """Journeys that are told apart by key, each with all that was said of it."""

    def __init__(self) -> None:
        self._journeys: list[ExpectedJourney] = []
        self._by_key: dict[str, int] = {}
        self._by_name: dict[_Name, dict[int, None]] = {}

    def __len__(self) -> int:
        return len(self._journeys)

    def all(self) -> tuple[ExpectedJourney, ...]:
        """In the order in which they came first."""
        return tuple(self._journeys)

    def take(self, journey: ExpectedJourney, exactly: bool = True) -> ExpectedJourney | None:
        """Adds a journey or what is new of a known one; gives what was known under its key before.

        Not `exactly`: a journey of another key may be the same, as `apply_changes` tells.
        """
        at = self._of_key(journey)
        before = None if at is None else self._journeys[at]
        if at is None and not exactly:
            at = self._alike(journey)
        if at is None:
            own = f"{journey.legs[0].carrier}{journey.legs[0].number}"
            others = tuple(name for name in journey.marketed_as if name != own)
            self._journeys.append(replace(journey, marketed_as=others))
        else:
            self._journeys[at] = merged(self._journeys[at], journey)
        self._enter(len(self._journeys) - 1 if at is None else at, journey)
        return before

    def _of_key(self, journey: ExpectedJourney) -> int | None:
        return next((self._by_key[key] for key in _keys(journey) if key in self._by_key), None)

    def _alike(self, journey: ExpectedJourney) -> int | None:
        """The one journey of the same number, day and places, if it is one."""
        fitting = {at for name in _names(journey) for at in self._by_name.get(name, ()) if self._fits(at, journey)}
        return fitting.pop() if len(fitting) == 1 else None

    def _fits(self, at: int, journey: ExpectedJourney) -> bool:
        """No day of departure and no place contradicts, and at least one place agrees."""
        a, b = self._journeys[at].legs[0], journey.legs[0]
        if a.departs and b.departs and a.departs[:10] != b.departs[:10]:
            return False
        known = [x == y for x, y in ((a.origin, b.origin), (a.destination, b.destination)) if x and y]
        return bool(known) and all(known)

    def _enter(self, at: int, journey: ExpectedJourney) -> None:
        for key in _keys(journey):
            self._by_key.setdefault(key, at)
        for name in _names(journey):
            named = self._by_name.setdefault(name, {})
            if len(named) < MOST_OF_A_NAME:
                named[at] = None


def _keys(journey: ExpectedJourney) -> tuple[str, ...]:
    return (journey.key, *journey.other_keys)


def _names(journey: ExpectedJourney) -> Iterator[_Name]:
    """Mode, number and day, by departure and by arrival. A journey without number is known by its key alone."""
    leg = journey.legs[0]
    carrier, number = operator(leg)
    if not number:
        return
    numbers = [f"{carrier or ''}{number}", *journey.marketed_as]
    if is_marketing(leg):
        numbers.append(f"{leg.carrier or ''}{leg.number or ''}")
    for sold_as in numbers:
        if leg.departs:
            yield journey.mode, sold_as, "departs", leg.departs[:10]
        if leg.arrives:
            yield journey.mode, sold_as, "arrives", leg.arrives[:10]
