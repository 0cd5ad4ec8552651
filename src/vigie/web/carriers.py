"""What the page of carriers shows: counts of what each sent and of what is missing. Nothing of it is about a person."""

import datetime as dt
from typing import Final, NamedTuple

from vigie.journeys.due_messages import Finding
from vigie.messages.quality import Completeness, Field, Quality, together
from vigie.store import Store
from vigie.store.quality import DayQuality

PERIODS: Final = (7, 30)
"""Days that a reader may ask for, the usual ones first."""


class Lack(NamedTuple):
    """A field that some travellers do not have."""

    field: Field
    percent: int
    """Of those asked, missing or unusable, rounded up: never 0."""


class CarrierSums(NamedTuple):
    """A carrier's line."""

    carrier: str | None
    messages: int
    travellers: int
    faulty: int
    expected: int
    """Journeys that a schedule tells of and of which something is due by now."""
    late: int
    missing: int
    """Also what came only from a sender who does not speak for the carrier."""
    lacks: list[Lack]
    """The worst first."""


def overview(store: Store, days: int, now: dt.datetime) -> list[CarrierSums]:
    """Carriers by name; what is of no carrier comes last. A period is `days` days to this moment."""
    since = now - dt.timedelta(days=days)
    sent = store.qualities.days(since, now + dt.timedelta(microseconds=1000))
    judged = store.expected.judged(since.date(), now.date() + dt.timedelta(days=1), now)
    names = {_folded(name): name for name in [finding.carrier for finding in judged] + [day.carrier for day in sent]}
    return [_sums(name, sent, judged) for name in sorted(names.values(), key=lambda name: (name is None, name or ""))]


def _folded(name: str | None) -> str | None:
    """Schedules write carriers in capitals, manifests as they please."""
    return None if name is None else name.upper()


def _sums(name: str | None, sent: list[DayQuality], judged: list[Finding]) -> CarrierSums:
    days = [day for day in sent if _folded(day.carrier) == _folded(name)]
    findings = [finding for finding in judged if _folded(finding.carrier) == _folded(name)]
    quality = together(day.quality for day in days)
    return CarrierSums(
        carrier=name,
        messages=sum(day.messages for day in days),
        travellers=quality.travellers,
        faulty=sum(day.faulty for day in days),
        expected=len({finding.journey for finding in findings if finding.outcome not in ("not_due", "unexpected")}),
        late=sum(finding.outcome == "late" for finding in findings),
        missing=sum(finding.outcome in ("missing", "unknown_sender") for finding in findings),
        lacks=lacks(quality),
    )


def lacks(quality: Quality) -> list[Lack]:
    """Fields that somebody lacks who was asked, the worst first."""
    found = [Lack(field, share) for field, have in quality.fields.items() if (share := _share(have))]
    return sorted(found, key=lambda lack: -lack.percent)


def _share(have: Completeness) -> int:
    return -(-(have.asked - have.given) * 100 // have.asked) if have.asked else 0
