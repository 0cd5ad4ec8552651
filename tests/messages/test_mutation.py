"""No exception, no endless work, no byte without account: real messages with every kind of damage done to them."""

import time
from pathlib import Path

import pytest

from tests.messages.mutation import check, check_both_ways, check_redacted, mutant, seeds

NIGHTLY = 200_000
DAILY = 5_000
SHARDS = 20


def prove(folder: Path, numbers: range) -> None:
    """Of damaged inputs a few may read otherwise once the parts that nobody understood are overwritten, because what
    tells service characters or the type stood there. They are counted, and must stay rare."""
    originals = seeds(folder)
    assert len(originals) > 60
    redacted = otherwise = 0
    for number in numbers:
        data = mutant(number, originals)
        start = time.process_time()
        try:
            found = check(data)
            check_both_ways(data)
            if number % 5 == 0:
                redacted, otherwise = redacted + 1, otherwise + (not check_redacted(data, found))
        except Exception as error:
            raise AssertionError(f"mutant {number}, {len(data)} bytes: {type(error).__name__}") from error
        assert time.process_time() - start < 10, f"mutant {number}"
    assert otherwise <= 0.01 * redacted


@pytest.mark.data
@pytest.mark.parametrize("shard", range(4))
def test_mutants(data: Path, shard: int) -> None:
    prove(data / "messages", range(shard, DAILY, 4))


@pytest.mark.data
@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_many_mutants(data: Path, shard: int) -> None:
    prove(data / "messages", range(DAILY + shard, DAILY + NIGHTLY, SHARDS))


@pytest.mark.data
def test_as_they_are_at_most_two_in_a_hundred_bytes_are_unknown(data: Path) -> None:
    for original in seeds(data / "messages"):
        found = check(original)
        unknown = sum(message.account.unknown for message in found if message.account)
        assert unknown <= 0.02 * len(original)


@pytest.mark.data
def test_as_they_are_the_redacted_originals_say_the_same(data: Path) -> None:
    for original in seeds(data / "messages"):
        assert check_redacted(original, check(original))
