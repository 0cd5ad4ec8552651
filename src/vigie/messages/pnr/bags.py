"""Checked bags of PNRGOV (TBD, group 7): `TBD++2:34:700++MP+618:1026000001:2:MPM`."""

import re
from typing import Final, NamedTuple

from vigie.messages.edifact.grammar import Segment
from vigie.records import BagTags

_UNITS: Final = {"700": "KGM", "701": "LBR", "702": ""}
"""Measure unit (6411): kilograms, pounds, none. The names are those of PAXLST's MEA."""
_TAGS_FROM: Final = 5
_NUMBER: Final = re.compile(r"[A-Z0-9]{1,12}")
_MOST: Final = 999


class Bags(NamedTuple):
    """What one TBD says. A member of a pool (MP) counts the bags that its head (HP) carries for it as its own."""

    pieces: int | None
    weight: str | None
    tags: tuple[BagTags, ...]
    wrong: bool
    """Something in it is no number."""


def bags(segment: Segment) -> Bags:
    """Number, weight with unit, and tags with the blanks out of their numbers."""
    count, weight, unit = segment.value(2), segment.value(2, 1), segment.value(2, 2)
    pieces = int(count) if count.isdecimal() and len(count) < 5 else None
    tags = [_tags(segment, at) for at in range(_TAGS_FROM, len(segment.elements))]
    return Bags(
        pieces=pieces,
        weight=weight + _UNITS.get(unit, unit) if weight.strip("0.") else None,
        tags=tuple(tag for tag in tags if tag is not None),
        wrong=bool(count) and pieces is None,
    )


def _tags(segment: Segment, element: int) -> BagTags | None:
    """A run of tags. A carrier's letters are part of its tag (`ET0847`); the digits of its accounting code are not."""
    carrier, number = segment.value(element).upper(), "".join(segment.value(element, 1).split()).upper()
    if not _NUMBER.fullmatch(number):
        return None
    count = segment.value(element, 2)
    return BagTags(
        first=number if carrier.isdigit() else carrier + number,
        count=int(count) if count.isdecimal() and 0 < int(count[:6]) <= _MOST else 1,
        destination=segment.value(element, 3).upper() or None,
    )
