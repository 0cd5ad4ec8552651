"""Which messages speak of one voyage."""

import hashlib

import msgspec

from vigie.records import Journey
from vigie.schedules.expected import operator


def voyage_of(journey: Journey) -> str | None:
    """SHA-256 over what makes two messages speak of one voyage; None when nothing tells on which day it is.

    A number alone does not: the same number runs every day. Zones and UTC are left out, because we add them ourselves.
    Databases hold these sums: another way to make them would find none of the journeys stored before.
    """
    if not any(leg.departs or leg.arrives for leg in journey.legs):
        return None
    legs = [(leg.carrier, leg.number, leg.origin, leg.destination, leg.departs, leg.arrives) for leg in journey.legs]
    return hashlib.sha256(msgspec.json.encode((journey.mode, legs))).hexdigest()


def departures(journey: Journey) -> frozenset[str]:
    """`air/ZV/412/2026-11-23/CMN` for each leg that names all of it, the operating number where it is given.

    Coarser than `voyage_of`: a PNL gives no time of day, an answer no onward leg, and both speak of the flight of the
    passenger list. Messages that share a departure belong together. Without a number, the time of day stands for it.
    """
    found: set[str] = set()
    for leg in journey.legs:
        carrier, number = operator(leg)
        when = leg.departs[:10] if leg.departs and number else leg.departs
        if carrier and when and leg.origin and (number or len(when) > 10):
            found.add("/".join((journey.mode, carrier, number or "", when, leg.origin)))
    return frozenset(found)
