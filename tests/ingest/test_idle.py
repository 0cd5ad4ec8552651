"""Idle consumers assemble journeys: each, once, and a fault in one stops no other."""

import pytest

from vigie.errors import StoreError
from vigie.ingest.idle import Assembling


class Journeys:
    """Journeys that wait, of which some cannot be assembled."""

    def __init__(self, waiting: set[int], broken: dict[int, Exception]) -> None:
        self.waiting, self.broken = waiting, broken
        self.tried: list[int] = []
        self.said: list[str] = []

    def following(self, after: int) -> int | None:
        return min((journey for journey in self.waiting if journey > after), default=None)

    def assemble(self, journey: int) -> None:
        self.tried.append(journey)
        if journey in self.broken:
            raise self.broken[journey]
        self.waiting.discard(journey)


@pytest.mark.parametrize(
    ("waiting", "broken", "tried", "why"),
    [
        (set(), {}, [], "nothing waits"),
        ({3, 7, 9}, {}, [3, 7, 9], "in their order"),
        ({3, 7, 9}, {3: KeyError("HOLT")}, [3, 7, 9], "the first cannot be assembled"),
    ],
)
def test_every_journey_is_tried_once(
    waiting: set[int], broken: dict[int, Exception], tried: list[int], why: str
) -> None:
    there = Journeys(waiting, broken)
    idle = Assembling(there.following, there.assemble, there.said.append)
    for _ in range(3):
        while idle():
            pass
    assert there.tried == tried, why
    assert len(there.said) == len(broken)
    assert not any("HOLT" in said for said in there.said), "what is said quotes nothing"


def test_a_fault_of_the_database_is_passed_on() -> None:
    there = Journeys({3}, {3: StoreError("gone")})
    with pytest.raises(StoreError):
        Assembling(there.following, there.assemble, there.said.append)()
