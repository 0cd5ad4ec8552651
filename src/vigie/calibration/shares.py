"""Shares with their intervals, and the rule that no group may be disturbed three times as often as the whole."""

import math
from typing import Final, Literal, NamedTuple

import msgspec

_Z: Final = 1.959964
"""Of 95 %."""
MOST_TIMES: Final = 3.0
"""How many times the rate of the whole a group may have."""
LEAST_HITS: Final = 5
"""Fewer are never clearly above: of so few, among many groups, some are always where nobody expects them."""
Verdict = Literal["within", "open", "above", "clearly above"]


class Share(msgspec.Struct, frozen=True):
    """`hits` of `of`, with the 95 % interval by Wilson (1927); 0 to 1. Of nothing the share is 0 and all is open."""

    hits: int
    of: int
    share: float
    low: float
    high: float


def share(hits: int, of: int) -> Share:
    """Raises ValueError unless 0 <= hits <= of."""
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    if of == 0:
        return Share(0, 0, 0.0, 0.0, 1.0)
    part, square = hits / of, _Z * _Z / of
    middle, spread = part + square / 2, _Z * math.sqrt(part * (1 - part) / of + square / of / 4)
    low, high = (middle - spread) / (1 + square), (middle + spread) / (1 + square)
    # At the ends the formula gives 0 and 1, but for rounding.
    return Share(hits, of, part, 0.0 if hits == 0 else low, 1.0 if hits == of else high)


class Limit(NamedTuple):
    """The share that a group may have, and between what it lies where it is itself an estimate."""

    low: float
    at: float
    high: float


def three_times(whole: Share) -> Limit:
    """The limit of the groups of a whole; at most 1."""
    return Limit(*(min(1.0, MOST_TIMES * value) for value in (whole.low, whole.share, whole.high)))


def verdict(group: Share, limit: Limit) -> Verdict:
    """Whether a group keeps to its limit: `above` where its share does not.

    `within` and `clearly above` are said only where the intervals of group and limit lie apart, the latter of at least
    `LEAST_HITS`; else it is `open`: the group is too small to tell.
    """
    if group.share > limit.at:
        return "clearly above" if group.low > limit.high and group.hits >= LEAST_HITS else "above"
    return "within" if group.high <= limit.low else "open"
