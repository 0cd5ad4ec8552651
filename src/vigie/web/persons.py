"""What the page of a journey shows of its persons and its history. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from vigie.journeys.linking import Link
from vigie.journeys.state import Happening, HappeningKind, PersonState
from vigie.journeys.transmission import Totals, Transmission
from vigie.store import AssembledJourney
from vigie.store.rows import Listed, MessageRow

PAGE_SIZE: Final = 100
"""Persons on one page."""
STEPS: Final = 40
"""Entries of the history that are shown unless all are asked for: a flight may have hundreds of questions."""
_TRAVELLING: Final = frozenset(["booked", "listed", "checked_in", "on_board"])
_LEFT: Final = frozenset(["cancelled", "no_longer_listed", "not_on_board"])
_SHOWS: Final[dict[str, Callable[[str], bool]]] = {
    "travelling": _TRAVELLING.__contains__,
    "left": _LEFT.__contains__,
    "aside": lambda status: status not in _TRAVELLING | _LEFT,
}
"""Filters by status; each status is in exactly one."""
_QUIET: Final = frozenset(["answered", "repeated"])
"""What happens without changing a person."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One message of the history, or the parts of one."""

    at: str
    """As the sender writes it; when it came in, where he does not."""
    messages: tuple[MessageRow, ...]
    kinds: tuple[tuple[HappeningKind, int], ...]
    """What it did, and to how many."""
    transmission: Transmission | None
    """None for one that repeats another, and for what has no effect on the journey."""

    @property
    def differences(self) -> tuple[tuple[str, int, int], ...]:
        """Totals announced and found, where they differ."""
        if self.transmission is None or self.transmission.announced is None:
            return ()
        said, found = self.transmission.announced, self.transmission.assembled
        pairs = ((name, getattr(said, name), getattr(found, name) or 0) for name in Totals.__struct_fields__)
        return tuple((name, one, other) for name, one, other in pairs if one is not None and one != other)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the persons of a journey, after a filter."""

    show: str
    """Filter: `all`, `new`, `travelling`, `left` or `aside`."""
    numbers: dict[str, int]
    """Persons under each filter."""
    ids: tuple[int, ...]
    """Of the persons on this page."""
    following: int | None
    """Number of the next page."""
    news: dict[str, tuple[HappeningKind, ...]]
    """Keys of persons to what the latest message that changed anything did to them."""
    steps: tuple[Step, ...]
    """Latest first."""
    earlier: int
    """Steps that are left out."""


def shown(of: AssembledJourney, show: str, page: int, everything: bool) -> Shown:
    """Page `page`, from 0, of the persons under a filter; all of them for a filter that nobody knows."""
    steps, news = list(_steps(of)), _news(of.state.history)
    groups = {"all": of.persons, "new": tuple(each for each in of.persons if each.key in news)}
    groups |= {name: tuple(each for each in of.persons if shows(each.status)) for name, shows in _SHOWS.items()}
    name = show if show in groups else "all"
    first, chosen = page * PAGE_SIZE, groups[name]
    kept = steps if everything else steps[:STEPS]
    return Shown(
        show=name,
        numbers={key: len(group) for key, group in groups.items()},
        ids=tuple(each.id for each in chosen[first : first + PAGE_SIZE]),
        following=page + 1 if len(chosen) > first + PAGE_SIZE else None,
        news=news,
        steps=tuple(kept),
        earlier=len(steps) - len(kept),
    )


def _news(history: Sequence[Happening]) -> dict[str, tuple[HappeningKind, ...]]:
    """Nothing is new in a journey of one message."""
    told = [each for each in history if each.kind not in _QUIET]
    if not told or len({each.arrival for each in told}) == 1:
        return {}
    news: dict[str, dict[HappeningKind, None]] = {}
    for each in told:
        if each.arrival == told[-1].arrival and each.person is not None:
            news.setdefault(each.person, {})[each.kind] = None
    return {key: tuple(kinds) for key, kinds in news.items()}


def _steps(of: AssembledJourney) -> Iterator[Step]:
    """Every message of the journey is in exactly one."""
    kinds: dict[int, Counter[HappeningKind]] = {}
    times: dict[int, str] = {}
    for happening in of.state.history:
        kinds.setdefault(happening.arrival, Counter())[happening.kind] += 1
        times[happening.arrival] = happening.at
    groups: list[tuple[str, tuple[int, ...], Transmission | None]] = [
        (each.first, each.arrivals, each) for each in of.state.transmissions
    ]
    named = {number for _, numbers, _ in groups for number in numbers}
    groups += [
        (times.get(number, row.received_at[:16]), (number,), None)
        for number, row in of.messages.items()
        if number not in named
    ]
    for at, numbers, transmission in sorted(groups, key=lambda group: (group[0], group[1]), reverse=True):
        counts = sum((kinds.get(number, Counter()) for number in numbers), Counter[HappeningKind]())
        rows = tuple(of.messages[number] for number in numbers if number in of.messages)
        yield Step(at=at, messages=rows, kinds=tuple(counts.items()), transmission=transmission)


class Tied(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the journey who may be the same, and stays apart."""

    id: int
    link: Link


def ties(of: AssembledJourney, state: PersonState) -> tuple[dict[tuple[int, int], Link], tuple[Tied, ...]]:
    """Links of a person: of his mentions with him, and of other persons that something speaks for being one with."""
    ids: dict[str, Listed] = {each.key: each for each in of.persons}
    joined = {(tie.arrival, tie.traveller): tie.link for tie in state.links if tie.person is None}
    apart = [(ids.get(tie.person or ""), tie.link) for tie in state.links if tie.person is not None]
    found = {other.id: link for other, link in reversed(apart) if other is not None}
    return joined, tuple(Tied(id=row, link=link) for row, link in found.items())
