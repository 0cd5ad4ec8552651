"""Which messages are due for a journey and when, and whether they came: what a carrier is told of its own data.

Pure and without persons: a finding names a journey, a kind of message and times. Whose fault a missing message is, is
for people to find out.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from vigie import places
from vigie.journeys.matching import ExpectedIndex, Received
from vigie.records import Mode
from vigie.schedules.expected import ExpectedJourney
from vigie.schedules.service_types import carries_passengers

MessageKind = Literal["API", "PNR"]
Outcome = Literal[
    "present",
    "late",
    "missing",
    "not_due",
    "faulty",
    "empty",
    "few_travellers",
    "cancelled_but_received",
    "unknown_sender",
    "unexpected",
]


class DueMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message that is due for a journey. Times are minutes after departure, before it when negative."""

    name: str
    """Stable: `passenger_list`, `close_out`."""
    kind: MessageKind
    functions: frozenset[str]
    """As `Received.functions`. Empty: any function of the kind."""
    due: int
    since: int | None = None
    until: int | None = None
    """A message before `since`, or from `until` on, is another one: pushes of one kind follow each other."""
    tolerance: int = 5
    """Minutes that clocks and networks may take."""
    for_passengers: bool = True
    """Not due for journeys that carry no passengers (freight, positioning)."""
    modes: frozenset[Mode] = frozenset(["air", "sea", "rail", "road"])
    reason: str


PASSENGER_LIST: Final = DueMessage(
    name="passenger_list",
    kind="API",
    functions=frozenset(["745", "745+CP", "MANIFEST"]),
    due=-30,
    reason="time to screen and to answer before the doors close; a State's law may say another time",
)
CLOSE_OUT: Final = DueMessage(
    name="close_out",
    kind="API",
    functions=frozenset(["266", "266+CL", "266+CLNB", "266+CLOB"]),
    due=30,
    modes=frozenset(["air"]),
    reason="who is really on board is known once boarding has ended (WCO/IATA/ICAO API guidelines)",
)
CREW_LIST: Final = DueMessage(
    name="crew_list",
    kind="API",
    functions=frozenset(["250", *(f"250+{code}" for code in "ABCDEF"), "336+G", "MANIFEST_CREW"]),
    due=-60,
    for_passengers=False,
    reason="for States that ask for crew as well; not in the defaults",
)
PNR_PUSHES: Final = tuple(
    DueMessage(
        name=f"pnr_{name}",
        kind="PNR",
        functions=frozenset(),
        due=due,
        since=since,
        until=until,
        tolerance=60,
        modes=frozenset(["air"]),
        reason="ICAO Doc 9944: pushes before departure and one at the time of departure; not in the defaults",
    )
    for name, due, since, until in (
        ("48h", -48 * 60, None, -36 * 60),
        ("24h", -24 * 60, -36 * 60, -12 * 60),
        ("departure", 0, -12 * 60, None),
    )
)
"""For States that receive PNR."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What is due, and from when numbers are worth a word."""

    due: tuple[DueMessage, ...] = (PASSENGER_LIST, CLOSE_OUT)
    fewest_percent: int = 50
    """Fewer travellers than this share of those the airport expects are told of. Half: estimates are rough."""
    domestic: bool = False
    """Whether messages are due for journeys of which the source says that they cross no border."""


RULES: Final = Rules()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing about one journey, in a sentence. Times are UTC, `2026-11-23T04:40Z`."""

    outcome: Outcome
    journey: str
    """Key of the expected journey; of an unexpected one the key its message would have."""
    carrier: str | None
    due_message: str | None = None
    """Name of the rule it is about."""
    kind: MessageKind | None = None
    """Of the messages it is about; None where it is about all."""
    due_at: str | None = None
    received_at: str | None = None
    says: str


def compare(
    expected: Sequence[ExpectedJourney], received: Iterable[Received], now: dt.datetime, rules: Rules = RULES
) -> list[Finding]:
    """What is there, late, missing, faulty or unexpected at `now` (with zone), by expected journey in their order.

    A received journey belongs to the expected journey that it fits best (`vigie.journeys.matching`); those that
    fit none come last. Of a cancelled journey nothing is due. Delays move what is due: the actual departure counts
    before the estimated and that before the scheduled one.
    """
    index = ExpectedIndex(expected)
    belonging: dict[int, list[Received]] = {}
    strangers: list[Received] = []
    for each in received:
        at = index.best(each)
        if at is None:
            strangers.append(each)
        else:
            belonging.setdefault(at, []).append(each)
    now = now.astimezone(dt.UTC)
    found = [
        finding
        for at, journey in enumerate(expected)
        for finding in _of_journey(journey, belonging.get(at, []), now, rules)
    ]
    return found + [_unexpected(each) for each in strangers]


def faulty(journey: str, carrier: str | None, kind: MessageKind, received_at: str) -> Finding:
    """Of one message, by the key of its journey; `""` where it names none."""
    says = f"The {kind} message has errors or is incomplete: tell the carrier."
    return Finding(outcome="faulty", journey=journey, carrier=carrier, kind=kind, received_at=received_at, says=says)


def _of_journey(
    journey: ExpectedJourney, received: list[Received], now: dt.datetime, rules: Rules
) -> Iterator[Finding]:
    if journey.status == "cancelled":
        if received:
            says = "The journey is cancelled, and messages for it were received: ask the carrier whether it goes."
            yield _finding(journey, "cancelled_but_received", says, received_at=min(each.first_at for each in received))
        return
    if rules.domestic or journey.crosses_border is not False:
        for rule in rules.due:
            if journey.mode in rule.modes and (not rule.for_passengers or carries_passengers(journey.service_type)):
                yield _of_rule(journey, rule, received, now)
    yield from _quality(journey, [each for each in received if each.speaks], rules)


def _of_rule(journey: ExpectedJourney, rule: DueMessage, received: list[Received], now: dt.datetime) -> Finding:
    """A message of somebody who does not speak for the carrier fulfils nothing, and is no reason to blame the carrier:
    he may send for it for the first time."""
    departure = _departure(journey)
    arrived = _arrival(rule, [each for each in received if each.speaks], departure)
    strange = None if arrived else _arrival(rule, received, departure)
    if strange is None:
        return _judged(journey, rule, arrived, now)
    says = f"The {_spoken(rule)} came only from a sender who is not known to send for the carrier: ask the carrier."
    return _finding(journey, "unknown_sender", says, rule, received_at=strange)


class _Departure(NamedTuple):
    """Between which moments it departs; equal unless the place's zone or the time of day is not known."""

    earliest: dt.datetime
    latest: dt.datetime


def _departure(journey: ExpectedJourney) -> _Departure | None:
    """By the best time there is. A movement of which an airport knows the arrival only counts as departing then."""
    first, last = journey.legs[0], journey.legs[-1]
    told = [times for times in (journey.actual, journey.estimated, first) if times]
    moments = [(times.departs, times.departs_utc, first.origin) for times in told]
    moments += [(times.arrives, times.arrives_utc, last.destination) for times in told]
    for local, utc, place in moments:
        if local and utc:
            moment = dt.datetime.fromisoformat(utc)
            return _Departure(moment, moment)
        window = places.window(local, place) if local else None
        if window is not None:
            return _Departure(window.earliest, window.latest)
    return None


def _arrival(rule: DueMessage, received: list[Received], departure: _Departure | None) -> dt.datetime | None:
    """When the message of a rule came; None when it did not."""
    moments = [moment for each in received if each.kind == rule.kind for moment in _moments(rule, each)]
    if departure is not None:
        # Of a departure that may be at several moments the first counts on both sides.
        minutes = {moment: (moment - departure.earliest).total_seconds() / 60 for moment in moments}
        moments = [moment for moment in moments if _within(minutes[moment], rule)]
    return min(moments, default=None)


def _within(minutes: float, rule: DueMessage) -> bool:
    since, until = rule.since, rule.until
    return (since is None or minutes >= since) and (until is None or minutes < until)


def _moments(rule: DueMessage, received: Received) -> Iterator[dt.datetime]:
    """When messages of the rule's functions came, as far as the first and last moment tell."""
    wanted = received.functions & rule.functions if rule.functions else received.functions
    if rule.functions and not wanted:
        return
    # Of several functions only the first and the last moment are known: what closes a journey came last.
    if rule.due <= 0 or wanted == received.functions:
        yield received.first_at
    yield received.last_at


def _judged(journey: ExpectedJourney, rule: DueMessage, arrived: dt.datetime | None, now: dt.datetime) -> Finding:
    departure, what = _departure(journey), _spoken(rule)
    if departure is None:
        says = f"The {what} is there." if arrived else f"When the {what} is due is not known: no departure was given."
        return _finding(journey, "present" if arrived else "not_due", says, rule, received_at=arrived)
    lead, tolerance = dt.timedelta(minutes=rule.due), dt.timedelta(minutes=rule.tolerance)
    due, latest = departure.earliest + lead, departure.latest + lead
    if arrived is None:
        # Of a departure that may be at several moments the first counts here: better ask once too early than too late.
        if now <= due + tolerance:
            says = f"The {what} is not due yet."
            return _finding(journey, "not_due", says, rule, due)
        says = f"The {what} was due {_minutes(now - due)} ago and is not there: ask the carrier."
        return _finding(journey, "missing", says, rule, due)
    if arrived > latest + tolerance:
        says = f"The {what} came {_minutes(arrived - latest)} after it was due."
        return _finding(journey, "late", says, rule, due, arrived)
    return _finding(journey, "present", f"The {what} is there.", rule, due, arrived)


def _quality(journey: ExpectedJourney, received: list[Received], rules: Rules) -> Iterator[Finding]:
    """What is to be said of the content, each once for a journey and kind of message."""
    kinds: tuple[MessageKind, ...] = ("API", "PNR")
    for kind in kinds:
        ours = [each for each in received if each.kind == kind]
        if not ours:
            continue
        first, problems = min(each.first_at for each in ours), sum(each.problems for each in ours)
        # A close-out names only those it concerns.
        lists = [each.travellers for each in ours if not each.functions or each.functions - CLOSE_OUT.functions]
        if problems:
            says = f"The {kind} messages have {_counted(problems, 'error')}: tell the carrier."
            yield _finding(journey, "faulty", says, received_at=first, kind=kind)
        if not lists or not carries_passengers(journey.service_type):
            continue
        wanted, travellers = journey.passengers_expected, max(lists)
        if not travellers:
            says = f"The {kind} messages hold no traveller."
            yield _finding(journey, "empty", says, received_at=first, kind=kind)
        elif wanted and travellers * 100 < wanted * rules.fewest_percent:
            says = f"The {kind} messages hold {_counted(travellers, 'traveller')}, about {wanted} are expected."
            yield _finding(journey, "few_travellers", says, received_at=first, kind=kind)


def _unexpected(received: Received) -> Finding:
    return Finding(
        outcome="unexpected",
        journey=received.key,
        carrier=received.carrier,
        kind=received.kind,
        received_at=_text(received.first_at),
        says="Messages were received for a journey that is in no schedule: check the schedule, or ask the carrier.",
    )


def _finding(
    journey: ExpectedJourney,
    outcome: Outcome,
    says: str,
    rule: DueMessage | None = None,
    due_at: dt.datetime | None = None,
    received_at: dt.datetime | None = None,
    kind: MessageKind | None = None,
) -> Finding:
    leg = journey.legs[0]
    return Finding(
        outcome=outcome,
        journey=journey.key,
        carrier=leg.operating_carrier or leg.carrier,
        due_message=rule.name if rule else None,
        kind=rule.kind if rule else kind,
        due_at=_text(due_at),
        received_at=_text(received_at),
        says=says,
    )


def _spoken(rule: DueMessage) -> str:
    return rule.name.replace("_", " ")


def _counted(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def _minutes(span: dt.timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return _counted(minutes, "minute") if minutes < 120 else f"{minutes // 60} hours"


def _text(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ") if moment else None
