"""The evidence of a match as a waterfall: one bar per term, from the running total before it to the one after it.

Positions are per cent of the chart's width, from the reader's starting side, so that a chart needs no text inside and
can be mirrored for right-to-left pages.
"""

from itertools import accumulate, pairwise
from typing import Final

import msgspec

from vigie.records import Evidence

_MARGIN: Final = 0.03
"""Share of the width left free at both ends, so that a line at the extreme is still seen."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One term of the sum, placed."""

    evidence: Evidence
    start: float
    width: float
    total: int
    """Millibits summed up to and including this term."""

    @property
    def against(self) -> bool:
        return self.evidence.millibits < 0


class Waterfall(msgspec.Struct, frozen=True, kw_only=True):
    """A drawn sum. `zero`, `threshold` and `end` are the places of three upright lines."""

    bars: tuple[Bar, ...]
    zero: float
    threshold: float
    end: float


def draw(evidence: tuple[Evidence, ...], threshold_millibits: int) -> Waterfall:
    """The terms in the order given; zero, the threshold and every running total lie inside the chart."""
    totals = list(accumulate((term.millibits for term in evidence), initial=0))
    low, high = min(*totals, 0, threshold_millibits), max(*totals, 0, threshold_millibits)
    span = max(high - low, 1)

    def place(millibits: int) -> float:
        return round(100 * (_MARGIN + (1 - 2 * _MARGIN) * (millibits - low) / span), 2)

    bars = tuple(
        Bar(
            evidence=term,
            start=min(place(before), place(after)),
            width=round(abs(place(after) - place(before)), 2),
            total=after,
        )
        for term, (before, after) in zip(evidence, pairwise(totals), strict=True)
    )
    return Waterfall(bars=bars, zero=place(0), threshold=place(threshold_millibits), end=place(totals[-1]))
