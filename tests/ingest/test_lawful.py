"""No legal basis, no entry: each mode of transport by itself."""

import pytest

from tests.ingest.conftest import GROUND
from vigie.config import Ground, Grounds, Profile
from vigie.ingest.lawful import doubtful, retention_days, without_ground
from vigie.ingest.look import Look
from vigie.records import MessageType, Mode

LONG = Ground(legal_basis="Invented Act, article 5", retention_days=1825)
AIR = Profile(state="NOR", modes=Grounds(air=LONG))
SEA = Profile(state="NOR", modes=Grounds(sea=GROUND))
BOTH = Profile(state="NOR", modes=Grounds(air=LONG, sea=GROUND))

Types = tuple[MessageType | None, ...]
CASES: list[tuple[str, tuple[Mode, ...], Types, Profile, tuple[str, ...]]] = [
    ("a lawful mode", ("air",), (), AIR, ()),
    ("another", ("sea",), (), AIR, ("sea",)),
    ("one of two is enough to refuse", ("air", "rail"), (), AIR, ("rail",)),
    ("two lawful modes", ("air", "sea"), (), BOTH, ()),
    ("no journey: the only lawful mode", (), ("PAXLST",), SEA, ()),
    ("no journey, two lawful modes", (), ("PAXLST",), BOTH, ("unknown",)),
    ("no journey, but only aviation has such messages", (), ("PNRGOV",), BOTH, ()),
    ("only aviation has them, and it has no ground", (), ("PNRGOV",), SEA, ("air",)),
    ("nothing was read: it waits sealed", (), (), BOTH, ()),
]


@pytest.mark.parametrize(("reason", "modes", "types", "profile", "expected"), CASES, ids=[case[0] for case in CASES])
def test_modes_without_ground(
    reason: str, modes: tuple[Mode, ...], types: Types, profile: Profile, expected: tuple[str, ...]
) -> None:
    seen = Look(sha256="", size=0, modes=modes, types_without_journey=types)
    assert without_ground(seen, profile) == expected


@pytest.mark.parametrize(("modes", "days"), [(("air",), 1825), (("sea",), 30), (("air", "sea"), 30), ((), 30)])
def test_the_shortest_retention_holds(modes: tuple[Mode, ...], days: int) -> None:
    assert retention_days(Look(sha256="", size=0, modes=modes), BOTH) == days


def test_a_mode_that_was_only_assumed_is_doubtful_and_never_refused() -> None:
    """The manifest does not say sea: to throw it away for that would lose travellers of a lawful mode."""
    seen = Look(sha256="", size=0, modes=("sea",), assumed=("sea",))
    assert (without_ground(seen, AIR), doubtful(seen, AIR), retention_days(seen, AIR)) == ((), True, 1825)
    assert (without_ground(seen, SEA), doubtful(seen, SEA)) == ((), False)
