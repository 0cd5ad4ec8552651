"""The inbox: the table that is both queue and archive of what came in. `claims` tells who works on what."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

import msgspec
import sqlalchemy as sa

from vigie import places
from vigie.errors import UsageError
from vigie.messages.redaction import Original
from vigie.records import Problem, Removal, Traveller
from vigie.store import dialects, inputs, logbook, tables
from vigie.store.events import OPERATOR, SYSTEM, Action, Event
from vigie.store.moments import utc_text
from vigie.store.rows import ArrivalRow, ArrivalState
from vigie.store.sealed import Sealed, until
from vigie.store.tables import arrival_voyages, arrivals, carriers

MOST_PROBLEMS: Final = 100
"""Problems kept with an arrival; all of them are counted, and those of each message stand with it when recorded."""

_AT_ONCE: Final = 1000
"""Numbers in one question: the databases limit them."""
_CODE: Final = re.compile("[A-Z0-9]{2,3}")
_NUMBER: Final = re.compile("[A-Z]{0,3}[0-9]{1,6}[A-Z]?")


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An input that a door hands in, redacted."""

    ticket: str
    """Unique; the same ticket a second time is the same delivery."""
    channel: str
    carrier_id: int | None = None
    source: str
    size: int
    original: Original
    voyages: tuple[str, ...] = ()
    """What it is about: arrivals that share one of these are processed one after the other."""
    modes: tuple[str, ...] = ()
    messages: int = 0
    travellers: int = 0
    codes: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    keep_until: str
    quarantine: str | None = None
    """Why a person has to look at it before anything else; None when it may be processed."""
    sealed: Sealed | None = None


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a delivery."""

    arrival_id: int
    state: ArrivalState


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """An input of which nothing is stored."""

    channel: str
    carrier_id: int | None = None
    sha256: str
    reason: str
    """A code."""
    size: int
    modes: tuple[str, ...] = ()
    """Of its journeys."""
    messages: int = 0
    travellers: int = 0


class RefusedRow(msgspec.Struct, frozen=True, kw_only=True):
    """An input that was refused, as the log has it. Nothing of what it held is kept."""

    id: int
    """Of the event."""
    at: str
    channel: str
    carrier: str | None
    """Name of the carrier whose token was given."""
    reason: str
    modes: str
    """Of its journeys, with blanks between; empty when it names none."""
    size: int
    messages: int
    travellers: int
    sha256: str
    """Of the bytes as received: whoever has the file finds it by `sha256sum`."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of an arrival's bytes."""

    arrival: ArrivalRow
    original: bytes
    """Redacted."""
    sealed: Sealed | None


class Inbox:
    """The arrivals of one database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    # -- doors ------------------------------------------------------------------------------------------------

    def deliver(self, delivery: Delivery, now: dt.datetime) -> Delivered:
        """Take an input in: when this returns it is on the disk, and will be processed once.

        The same bytes as those of an arrival that waits, is worked on or done are `repeated`: counted, and no more.
        Bytes that are in quarantine only come in anew, because the program may have learned to read them.
        """
        at = utc_text(now)
        with dialects.writing(self._engine) as connection:
            # The bytes first: what comes after the lock is short.
            known = inputs.find(connection, delivery.original.sha256) is not None
            input_id = inputs.find_or_insert(connection, delivery.original)
            if known:  # who else sends it may speak for the carrier
                inputs.mark_stale(connection, input_id)
            dialects.lock_inbox(connection)
            there = sa.select(arrivals.c.id, arrivals.c.state).where(
                arrivals.c.ticket == tables.storable(delivery.ticket)
            )
            if (found := connection.execute(there).first()) is not None:
                return Delivered(arrival_id=found.id, state=found.state)
            if _is_in_hand(connection, input_id):
                return _insert_repeated(connection, delivery, input_id, at)
            if known:
                inputs.replace(connection, input_id, delivery.original)
            return _insert_new(connection, delivery, input_id, at)

    def refuse(self, refusal: Refusal, now: dt.datetime) -> None:
        """Write down that an input was refused: its sum, its size, where it came from, and why."""
        event = Event(
            at=utc_text(now),
            actor=SYSTEM,
            action=Action.ARRIVAL_REFUSED,
            carrier_id=refusal.carrier_id,
            counts={"bytes": refusal.size, "messages": refusal.messages, "travellers": refusal.travellers},
            facts={
                "channel": refusal.channel,
                "sha256": refusal.sha256,
                "reason": refusal.reason,
                "modes": " ".join(refusal.modes),
            },
        )
        with dialects.writing(self._engine) as connection:
            logbook.append(connection, [event])

    # -- people -----------------------------------------------------------------------------------------------

    def rows(self, state: ArrivalState | None = None, limit: int = 200) -> list[ArrivalRow]:
        """Arrivals, newest first."""
        question = _arrival_rows().order_by(arrivals.c.id.desc()).limit(limit)
        if state is not None:
            question = question.where(arrivals.c.state == state)
        with dialects.reading(self._engine) as connection:
            return _with_contents(connection, connection.execute(question).mappings().all())

    def row(self, arrival_id: int, plain: bool = False) -> ArrivalRow | None:
        """One arrival; None when there is none with this id. With `plain` its journeys name only places and carriers
        that are codes or stand in a table: whatever a sender writes there may be about a person."""
        if not 0 < arrival_id < 2**63:
            return None
        question = _arrival_rows().where(arrivals.c.id == arrival_id)
        with dialects.reading(self._engine) as connection:
            found = _with_contents(connection, connection.execute(question).mappings().all(), plain)
        return next(iter(found), None)

    def refused(self, limit: int = 200) -> list[RefusedRow]:
        """What was refused, newest first."""
        events = tables.events
        question = (
            sa.select(events, carriers.c.name.label("carrier"))
            .outerjoin_from(events, carriers, carriers.c.id == events.c.carrier_id)
            .where(events.c.action == Action.ARRIVAL_REFUSED)
            .order_by(events.c.id.desc())
            .limit(limit)
        )
        with dialects.reading(self._engine) as connection:
            return [_refused_row(row) for row in connection.execute(question).mappings()]

    def counts(self) -> dict[str, int]:
        """How many arrivals are in each state."""
        number = sa.func.count().label("number")
        question = sa.select(arrivals.c.state, number).group_by(arrivals.c.state).order_by(arrivals.c.state)
        with dialects.reading(self._engine) as connection:
            return {row.state: row.number for row in connection.execute(question)}

    def kept(self, arrival_id: int) -> Kept | None:
        """An arrival with its bytes; None when there is none with this id."""
        question = (
            _arrival_rows()
            .add_columns(tables.inputs.c.original, tables.sealed.c.nonce, tables.sealed.c.data)
            .where(arrivals.c.id == arrival_id)
        )
        with dialects.reading(self._engine) as connection:
            found = connection.execute(question).mappings().first() if 0 < arrival_id < 2**63 else None
        if found is None:
            return None
        hour = found["hour"]
        sealed = None if hour is None else Sealed(hour=hour, nonce=found["nonce"], data=found["data"])
        return Kept(arrival=_arrival_row(found), original=found["original"], sealed=sealed)

    def release(self, arrival_id: int, now: dt.datetime) -> None:
        """Let an arrival out of quarantine, to be processed as it is stored. Raises UsageError unless it is there.

        Whether anything would come of that is for `vigie.ingest.replay.release` to see to.
        """
        with dialects.writing(self._engine) as connection:
            _let_out(connection, arrival_id, now)
            _log(connection, Action.ARRIVAL_RELEASED, arrival_id, now)

    def replayed(
        self, arrival_id: int, delivery: Delivery | None, counts: dict[str, int], sealed: bool, now: dt.datetime
    ) -> None:
        """Write down that an arrival was read again.

        With a `delivery`, which is how the present program reads and redacts it, an arrival in quarantine, or done with
        nothing recorded, goes on with that; UsageError when it is no longer there.
        """
        with dialects.writing(self._engine) as connection:
            if delivery is not None:
                _let_out(connection, arrival_id, now, ("quarantined", "done"))
                _read_anew(connection, arrival_id, delivery, sealed)
            facts = {"sealed": "yes" if sealed else "no"}
            _log(connection, Action.ARRIVAL_REPLAYED, arrival_id, now, counts, facts)

    def is_recorded(self, sha256: str) -> bool:
        """Whether any message of an input is recorded."""
        table = tables.messages
        question = (
            sa.select(table.c.id)
            .join_from(table, tables.inputs, tables.inputs.c.id == table.c.input_id)
            .where(tables.inputs.c.sha256 == sha256)
            .limit(1)
        )
        with dialects.reading(self._engine) as connection:
            return connection.execute(question).first() is not None

    def travellers_of(self, sha256: str) -> list[Traveller]:
        """The travellers recorded of an input, in their order."""
        table = tables.travellers
        question = (
            sa.select(table.c.data)
            .join_from(table, tables.messages, tables.messages.c.id == table.c.message_id)
            .join(tables.inputs, tables.inputs.c.id == tables.messages.c.input_id)
            .where(tables.inputs.c.sha256 == sha256)
            .order_by(table.c.id)
        )
        with dialects.reading(self._engine) as connection:
            return list(connection.execute(question).scalars())


# -- rows -------------------------------------------------------------------------------------------------------


def _is_in_hand(connection: sa.Connection, input_id: int) -> bool:
    states = ("waiting", "working", "done")
    open_ones = sa.select(arrivals.c.id).where(arrivals.c.input_id == input_id, arrivals.c.state.in_(states)).limit(1)
    return connection.execute(open_ones).first() is not None


def _insert_repeated(connection: sa.Connection, delivery: Delivery, input_id: int, at: str) -> Delivered:
    arrival_id = _insert_arrival(connection, delivery, input_id, "repeated", at)
    _log_arrival(connection, Action.ARRIVAL_REPEATED, arrival_id, delivery, at)
    return Delivered(arrival_id=arrival_id, state="repeated")


def _insert_new(connection: sa.Connection, delivery: Delivery, input_id: int, at: str) -> Delivered:
    state: ArrivalState = "waiting" if delivery.quarantine is None else "quarantined"
    arrival_id = _insert_arrival(connection, delivery, input_id, state, at)
    _insert_voyages(connection, arrival_id, delivery)
    action = Action.ARRIVAL_RECEIVED if delivery.quarantine is None else Action.ARRIVAL_QUARANTINED
    _log_arrival(connection, action, arrival_id, delivery, at)
    if delivery.sealed is not None:
        _insert_sealed(connection, arrival_id, input_id, delivery.sealed, at)
    return Delivered(arrival_id=arrival_id, state=state)


def _insert_arrival(connection: sa.Connection, delivery: Delivery, input_id: int, state: ArrivalState, at: str) -> int:
    values = {
        "ticket": delivery.ticket,
        "received_at": at,
        "channel": delivery.channel,
        "carrier_id": delivery.carrier_id,
        "source": delivery.source,
        "input_id": input_id,
        "size": delivery.size,
        "state": state,
        "attempts": 0,
        "due_at": at,
        "keep_until": delivery.keep_until,
    }
    inserted = arrivals.insert().values(**values, **_reading(delivery)).returning(arrivals.c.id)
    arrival_id: int = connection.execute(inserted).scalar_one()
    return arrival_id


def _reading(delivery: Delivery) -> dict[str, object]:
    """The columns that tell how the program read it."""
    return {
        "reason": delivery.quarantine,
        "messages": delivery.messages,
        "travellers": delivery.travellers,
        "codes": delivery.codes,
        "problems": delivery.problems[:MOST_PROBLEMS],
    }


def _insert_voyages(connection: sa.Connection, arrival_id: int, delivery: Delivery) -> None:
    rows = [
        {"arrival_id": arrival_id, "voyage": voyage} for voyage in sorted({*map(tables.storable, delivery.voyages)})
    ]
    if rows:
        connection.execute(arrival_voyages.insert(), rows)


def _insert_sealed(connection: sa.Connection, arrival_id: int, input_id: int, sealed: Sealed, at: str) -> None:
    connection.execute(sa.delete(tables.sealed).where(tables.sealed.c.input_id == input_id))
    connection.execute(tables.sealed.insert().values(input_id=input_id, **msgspec.structs.asdict(sealed)))
    facts = {"hour": sealed.hour}
    event = Event(at=at, actor=SYSTEM, action=Action.ORIGINAL_SEALED, arrival_id=arrival_id, facts=facts)
    logbook.append(connection, [event])


def _let_out(
    connection: sa.Connection, arrival_id: int, now: dt.datetime, states: Sequence[ArrivalState] = ("quarantined",)
) -> None:
    """From quarantine, or another of the states, to waiting, with all attempts before it."""
    statement = (
        sa.update(arrivals)
        .where(arrivals.c.id == arrival_id, arrivals.c.state.in_(states))
        .values(state="waiting", reason=None, attempts=0, due_at=utc_text(now))
    )
    possible = 0 < arrival_id < 2**63
    if not possible or connection.execute(statement).rowcount == 0:
        raise UsageError(f"arrival {arrival_id} is not in quarantine; 'vigie inbox list' shows what is")


def _read_anew(connection: sa.Connection, arrival_id: int, delivery: Delivery, whole: bool) -> None:
    """Only from the whole original more of it can be kept than is."""
    if whole:
        input_id = connection.execute(sa.select(arrivals.c.input_id).where(arrivals.c.id == arrival_id)).scalar_one()
        inputs.replace(connection, input_id, delivery.original)
    connection.execute(sa.update(arrivals).where(arrivals.c.id == arrival_id).values(**_reading(delivery)))
    connection.execute(sa.delete(arrival_voyages).where(arrival_voyages.c.arrival_id == arrival_id))
    _insert_voyages(connection, arrival_id, delivery)


# -- what the log says ------------------------------------------------------------------------------------------


def _log_arrival(connection: sa.Connection, action: Action, arrival_id: int, delivery: Delivery, at: str) -> None:
    facts = {"channel": delivery.channel, "sha256": delivery.original.sha256, "modes": " ".join(delivery.modes)}
    if delivery.quarantine is not None:
        facts["reason"] = delivery.quarantine
    event = Event(
        at=at,
        actor=SYSTEM,
        action=action,
        arrival_id=arrival_id,
        carrier_id=delivery.carrier_id,
        counts={
            "bytes": delivery.size,
            "messages": delivery.messages,
            "travellers": delivery.travellers,
            **_removed(delivery.original.removals),
        },
        facts=facts,
    )
    logbook.append(connection, [event])


def _removed(removals: tuple[Removal, ...]) -> dict[str, int]:
    """Spans removed, by their code."""
    codes = sorted({removal.code for removal in removals})
    return {f"removed_{code.lower()}": sum(removal.code == code for removal in removals) for code in codes}


def _log(
    connection: sa.Connection,
    action: Action,
    arrival_id: int,
    now: dt.datetime,
    counts: dict[str, int] | None = None,
    facts: dict[str, str] | None = None,
) -> None:
    event = Event(
        at=utc_text(now),
        actor=OPERATOR,
        action=action,
        arrival_id=arrival_id,
        counts=counts or {},
        facts=facts or {},
    )
    logbook.append(connection, [event])


# -- questions --------------------------------------------------------------------------------------------------


def _arrival_rows() -> sa.Select[tuple[object, ...]]:
    """ArrivalRow, with `hour` for `sealed_until`."""
    columns = (
        arrivals.c.id,
        arrivals.c.received_at,
        arrivals.c.channel,
        carriers.c.name.label("carrier"),
        arrivals.c.source,
        tables.inputs.c.sha256,
        arrivals.c.size,
        arrivals.c.state,
        arrivals.c.attempts,
        arrivals.c.reason,
        arrivals.c.messages,
        arrivals.c.travellers,
        arrivals.c.codes,
        arrivals.c.problems,
        arrivals.c.keep_until,
        arrivals.c.input_id,
        tables.sealed.c.hour,
    )
    return (
        sa.select(*columns)
        .join_from(arrivals, tables.inputs, tables.inputs.c.id == arrivals.c.input_id)
        .outerjoin(carriers, carriers.c.id == arrivals.c.carrier_id)
        .outerjoin(tables.sealed, tables.sealed.c.input_id == arrivals.c.input_id)
    )


def _with_contents(connection: sa.Connection, found: Sequence[sa.RowMapping], plain: bool = False) -> list[ArrivalRow]:
    """The rows, with what their messages are about as far as those are recorded."""
    wanted = sorted({row["input_id"] for row in found})
    about: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        about |= _contents(connection, wanted[start : start + _AT_ONCE], plain)
    return [_arrival_row(row, *about.get(row["input_id"], ((), ()))) for row in found]


def _contents(
    connection: sa.Connection, wanted: Sequence[int], plain: bool
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Types and journeys of the messages of some inputs."""
    messages, journeys = tables.messages, tables.journeys
    columns = (journeys.c.carrier, journeys.c.number, journeys.c.origin, journeys.c.destination, journeys.c.departs)
    question = (
        sa.select(messages.c.input_id, messages.c.type, journeys.c.id, *columns)
        .distinct()
        .outerjoin_from(messages, tables.mentions, tables.mentions.c.message_id == messages.c.id)
        .outerjoin(journeys, journeys.c.id == tables.mentions.c.journey_id)
        .where(messages.c.input_id.in_(wanted))
        .order_by(messages.c.input_id, journeys.c.id, messages.c.type)
    )
    types: dict[int, dict[str, None]] = {}
    told: dict[int, dict[str, None]] = {}
    for input_id, type_, journey, *route in connection.execute(question):
        types.setdefault(input_id, {}).update({type_: None} if type_ else {})
        words = _plain(connection, *route) if plain else route
        told.setdefault(input_id, {}).update({_journey(*words): None} if journey else {})
    return {input_id: (tuple(types[input_id]), tuple(told[input_id])) for input_id in types}


def _journey(
    carrier: str | None, number: str | None, origin: str | None, destination: str | None, departs: str | None
) -> str:
    parts = (f"{carrier or ''}{number or ''}", f"{origin or '?'}-{destination or '?'}", departs)
    return " ".join(part for part in parts if part)


def _plain(
    connection: sa.Connection, carrier: str | None, number: str | None, origin: str | None, *rest: str | None
) -> tuple[str | None, ...]:
    """Parts of a journey without words that no table has."""
    destination, departs = rest
    if carrier and not _CODE.fullmatch(carrier) and not _is_carrier(connection, carrier):
        carrier = None
    shown = [place if place and places.is_known(place) else None for place in (origin, destination)]
    return carrier, number if number and _NUMBER.fullmatch(number) else None, *shown, departs


def _is_carrier(connection: sa.Connection, name: str) -> bool:
    """Whether it has a token, or a schedule names it."""
    given = sa.select(carriers.c.id).where(carriers.c.name == name)
    scheduled = sa.select(tables.expected_journeys.c.id).where(tables.expected_journeys.c.carrier == name)
    return any(connection.execute(question.limit(1)).first() is not None for question in (given, scheduled))


def _refused_row(row: sa.RowMapping) -> RefusedRow:
    counts, facts = row["counts"], row["facts"]
    return RefusedRow(
        id=row["id"],
        at=row["at"],
        channel=facts.get("channel", ""),
        carrier=row["carrier"],
        reason=facts.get("reason", ""),
        modes=facts.get("modes", ""),
        size=counts.get("bytes", 0),
        messages=counts.get("messages", 0),
        travellers=counts.get("travellers", 0),
        sha256=facts.get("sha256", ""),
    )


def _arrival_row(row: sa.RowMapping, types: tuple[str, ...] = (), journeys: tuple[str, ...] = ()) -> ArrivalRow:
    sealed_until = None if row["hour"] is None else utc_text(until(row["hour"]))
    made = ("sealed_until", "types", "journeys")
    fields = [field for field in ArrivalRow.__struct_fields__ if field not in made]
    known = {field: row[field] for field in fields}
    return ArrivalRow(**known, sealed_until=sealed_until, types=types, journeys=journeys)
