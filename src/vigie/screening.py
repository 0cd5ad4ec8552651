"""Screening: the one path from a message to decisions, for batches, look-ups and re-screening alike. Pure."""

from typing import Final

from vigie.matching import Index, Query
from vigie.records import Decision, Message, Name, Traveller

ALERTS_PER_MILLION: Final = 100.0
"""Default operating point: false alerts per million travellers of a general population (docs/reference/matching.md)."""
MOST_MATCHES: Final = 10
"""Matches kept per traveller, best first; a person who reviews more than these reviews none."""


def screen(message: Message, index: Index, alerts_per_million: float = ALERTS_PER_MILLION) -> tuple[Decision, ...]:
    """One decision per traveller of the message, in the message's order, those without any match included.

    Placeholders (group headers, TBA) are no persons yet: their decision has no match. The same message, index and
    alerts_per_million give the same decisions. Raises ValueError unless alerts_per_million > 0.
    """
    threshold = index.threshold(alerts_per_million)
    queries = [Query(()) if traveller.placeholder else query_of(traveller) for traveller in message.travellers]
    found = index.search_all(queries, threshold, MOST_MATCHES)
    return tuple(
        Decision(
            traveller=number,
            journey=0 if message.journeys else None,
            matches=matches,
            list_version=index.list_version,
            engine_version=index.engine_version,
            threshold_millibits=threshold,
        )
        for number, matches in enumerate(found)
    )


def query_of(traveller: Traveller) -> Query:
    """What is compared of a traveller: all names that were sent, birth date, sex, nationality, documents."""
    names = dict.fromkeys(text for name in (traveller.name, *traveller.names) if (text := _text(name)))
    return Query(tuple(names), traveller.birth_date, traveller.sex, traveller.nationality, traveller.documents)


def _text(name: Name) -> str:
    return " ".join(part for part in (name.family, name.given) if part)
