"""From a message and its screening to rows, inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from vigie import places
from vigie.journeys.voyages import departures, voyage_of
from vigie.messages.redaction import Original
from vigie.names import in_one_line
from vigie.records import Decision, Entry, Journey, Leg, Match, Message, Traveller
from vigie.store import dialects, inputs, logbook, quality, tables
from vigie.store.events import SYSTEM, Action, Event
from vigie.store.rows import Receipt
from vigie.store.tables import storable

Row = dict[str, Any]
_LEG_COLUMNS: Final = [name for name in Leg.__struct_fields__ if name in tables.legs.c]
EntryKey = tuple[str, str]
"""List and the list's own number."""
StoredKey = tuple[str, str, str]
"""List version, list and the list's own number."""


class Screened(msgspec.Struct, frozen=True, kw_only=True):
    """One message ready to be recorded. Raises ValueError when its parts do not fit together: the caller's fault."""

    message: Message
    original: Original
    ordinal: int
    decisions: tuple[Decision, ...]
    entries: dict[EntryKey, Entry]
    """The matched entries, all of them and no other."""
    at: str
    arrival_id: int | None = None
    """The arrival it came with."""

    def __post_init__(self) -> None:
        seen: set[int] = set()
        for place, decision in enumerate(self.decisions):
            if not 0 <= decision.traveller < len(self.message.travellers):
                raise ValueError(f"decision {place} is about traveller {decision.traveller}: there is none")
            if decision.journey is not None and not 0 <= decision.journey < len(self.message.journeys):
                raise ValueError(f"decision {place} is about journey {decision.journey}: there is none")
            if decision.traveller in seen:
                raise ValueError(f"decision {place} is a second one about traveller {decision.traveller}")
            seen.add(decision.traveller)


def matched_entries(decisions: Sequence[Decision], entries: Iterable[Entry]) -> dict[EntryKey, Entry]:
    """Those of `entries` that a match points to. Raises ValueError when one is missing."""
    needed = {(match.list, match.entry) for decision in decisions for match in decision.matches}
    found = {(entry.list, entry.id): entry for entry in entries if (entry.list, entry.id) in needed}
    if missing := len(needed - found.keys()):
        raise ValueError(f"{missing} matched entries are not among the entries given")
    return found


def record(connection: sa.Connection, screened: Screened) -> Receipt:
    """Insert everything, events last; or only an event, when the message is there already."""
    input_id = inputs.find_or_insert(connection, screened.original)
    message_id = _insert_message(connection, screened, input_id)
    if message_id is None:
        return _received_again(connection, screened, input_id)
    journey_ids = _link_journeys(connection, screened.message, message_id)
    quality.insert(connection, screened.message, message_id, screened.at, screened.arrival_id)
    traveller_ids = _insert_travellers(connection, screened, message_id, journey_ids)
    _insert_decisions(connection, screened, traveller_ids, journey_ids)
    _mark_stale(connection, journey_ids)
    logbook.append(connection, [*_matched(screened, message_id, traveller_ids), _recorded(screened, message_id)])
    return Receipt(message_id=message_id, already=False)


def _received_again(connection: sa.Connection, screened: Screened, input_id: int) -> Receipt:
    table = tables.messages
    there = sa.select(table.c.id).where(table.c.input_id == input_id, table.c.ordinal == screened.ordinal)
    message_id = connection.execute(there).scalar_one()
    again = Event(at=screened.at, actor=SYSTEM, action=Action.MESSAGE_RECEIVED_AGAIN, message_id=message_id)
    logbook.append(connection, [again])
    return Receipt(message_id=message_id, already=True)


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> list[int]:
    """Insert `rows`; their new ids in the same order."""
    if not rows:
        return []
    statement = table.insert().returning(table.c.id, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())


def _ids(
    connection: sa.Connection, columns: Sequence[sa.Column[str]], keys: Sequence[tuple[str, ...]]
) -> dict[tuple[str, ...], int]:
    """Ids of the rows whose `columns` are one of `keys`."""
    ids: dict[tuple[str, ...], int] = {}
    for start in range(0, len(keys), 1000):  # a statement takes some 30,000 values at most
        part = sa.tuple_(*columns).in_(keys[start : start + 1000])
        found = connection.execute(sa.select(columns[0].table.c.id, *columns).where(part))
        ids |= {tuple(key): row_id for row_id, *key in found}
    return ids


# -- what was received ------------------------------------------------------------------------------------------


def _insert_message(connection: sa.Connection, screened: Screened, input_id: int) -> int | None:
    """Id of the new row; None when the message is there already."""
    message = screened.message
    row = {
        "input_id": input_id,
        "ordinal": screened.ordinal,
        "source": message.source,
        "type": message.type,
        "version": message.version,
        "function": message.function,
        "received_at": screened.at,
        "problems": message.problems,
        "data": msgspec.structs.replace(message, source="", sha256="", travellers=(), problems=(), removals=()),
    }
    return next(iter(dialects.insert_new(connection, tables.messages, [row])), None)


def _link_journeys(connection: sa.Connection, message: Message, message_id: int) -> list[int]:
    """Ids of the message's journeys, in its order: each is the row of its voyage, and the message linked to it."""
    voyages = [voyage_of(journey) or f"{message_id}/{n}" for n, journey in enumerate(message.journeys)]
    ids = _find_or_insert_journeys(connection, dict(zip(voyages, message.journeys, strict=True)))
    keys = {(ids[v], key) for v, journey in zip(voyages, message.journeys, strict=True) for key in departures(journey)}
    rows = [{"journey_id": row, "departure": storable(key)} for row, key in sorted(keys)]
    dialects.insert_new(connection, tables.departures, rows)
    first_places = {ids[voyage]: n for n, voyage in reversed([*enumerate(voyages)])}
    links = [{"message_id": message_id, "ordinal": n, "journey_id": row} for row, n in sorted(first_places.items())]
    _insert(connection, tables.mentions, links)
    return [ids[voyage] for voyage in voyages]


def _find_or_insert_journeys(connection: sa.Connection, journeys: Mapping[str, Journey]) -> dict[str, int]:
    """Ids by voyage. Legs go with the row: whoever inserted it first gave them."""
    voyages = sorted(journeys)
    rows = [_journey_row(journeys[voyage]) | {"voyage": voyage} for voyage in voyages]
    inserted = set(dialects.insert_new(connection, tables.journeys, rows))
    found = _ids(connection, [tables.journeys.c.voyage], [(voyage,) for voyage in voyages])
    ids = {voyage: row_id for (voyage,), row_id in found.items()}
    legs = [
        {name: getattr(leg, name) for name in _LEG_COLUMNS} | {"journey_id": ids[voyage], "ordinal": n, "data": leg}
        for voyage in voyages
        if ids[voyage] in inserted
        for n, leg in enumerate(journeys[voyage].legs)
    ]
    _insert(connection, tables.legs, legs)
    return ids


def _mark_stale(connection: sa.Connection, journey_ids: Sequence[int]) -> None:
    """They are to be assembled again. Locked in the order of their ids, as assembling does; last, so that whoever holds
    one is not waited for long."""
    table = tables.journeys
    for start in range(0, len(journey_ids), 1000):
        these = table.c.id.in_(journey_ids[start : start + 1000])
        connection.execute(dialects.locked(sa.select(table.c.id).where(these).order_by(table.c.id)))
        connection.execute(sa.update(table).where(these, table.c.assembled_at.is_not(None)).values(assembled_at=None))


def _journey_row(journey: Journey) -> Row:
    first, last = (journey.legs[0], journey.legs[-1]) if journey.legs else (Leg(), Leg())
    return {
        "mode": journey.mode,
        "carrier": first.carrier,
        "number": first.number,
        "origin": first.origin,
        "destination": last.destination,
        "departs": first.departs,
        "departs_utc": first.departs_utc,
        "arrives": last.arrives,
        "departs_order": first.departs_utc or _earliest(first) or "",
    }


def _earliest(leg: Leg) -> str | None:
    window = places.window(leg.departs, leg.origin) if leg.departs else None
    return f"{window.earliest:%Y-%m-%dT%H:%MZ}" if window else None


def _insert_travellers(
    connection: sa.Connection, screened: Screened, message_id: int, journey_ids: Sequence[int]
) -> list[int]:
    """A traveller without a decision (a placeholder) is on the message's journey when it has only one."""
    only = journey_ids[0] if len(journey_ids) == 1 else None
    on = {d.traveller: None if d.journey is None else journey_ids[d.journey] for d in screened.decisions}
    rows = [
        _traveller_row(traveller) | {"message_id": message_id, "ordinal": n, "journey_id": on.get(n, only)}
        for n, traveller in enumerate(screened.message.travellers)
    ]
    return _insert(connection, tables.travellers, rows)


def _traveller_row(traveller: Traveller) -> Row:
    return {
        "name": in_one_line(traveller.name),
        "birth_date": traveller.birth_date,
        "sex": traveller.sex,
        "nationality": traveller.nationality,
        "data": traveller,
    }


# -- what screening found ---------------------------------------------------------------------------------------


def _insert_decisions(
    connection: sa.Connection, screened: Screened, traveller_ids: Sequence[int], journey_ids: Sequence[int]
) -> None:
    entry_ids = _insert_entries(connection, screened)
    rows = [
        {
            "traveller_id": traveller_ids[decision.traveller],
            "journey_id": None if decision.journey is None else journey_ids[decision.journey],
            "alert": decision.alert,
            "list_version": decision.list_version,
            "engine_version": decision.engine_version,
            "threshold_millibits": decision.threshold_millibits,
        }
        for decision in screened.decisions
    ]
    ids = _insert(connection, tables.decisions, rows)
    matches = [
        _match_row(match)
        | {
            "decision_id": decision_id,
            "ordinal": n,
            "entry_id": entry_ids[_stored_key(decision, match)],
        }
        for decision_id, decision in zip(ids, screened.decisions, strict=True)
        for n, match in enumerate(decision.matches)
    ]
    _insert(connection, tables.matches, matches)


def _match_row(match: Match) -> Row:
    return {
        "caption": match.caption,
        "matched_name": match.matched_name,
        "millibits": match.millibits,
        "probability": match.probability,
        "alert": match.alert,
        "operational": match.operational,
        "data": match,
    }


def _insert_entries(connection: sa.Connection, screened: Screened) -> dict[tuple[str, ...], int]:
    """Ids of the matched entries; those not stored yet are inserted."""
    wanted = {
        _stored_key(decision, match): screened.entries[match.list, match.entry]
        for decision in screened.decisions
        for match in decision.matches
    }
    keys = sorted(wanted)
    rows = [{"list_version": key[0], "list": key[1], "entry": key[2], "data": wanted[key]} for key in keys]
    dialects.insert_new(connection, tables.entries, rows)
    table = tables.entries.c
    return _ids(connection, [table.list_version, table.list, table.entry], keys)


def _stored_key(decision: Decision, match: Match) -> StoredKey:
    """As the database holds it, so that it is found again."""
    return storable(decision.list_version), storable(match.list), storable(match.entry)


# -- what the log says ------------------------------------------------------------------------------------------


def _matched(screened: Screened, message_id: int, traveller_ids: Sequence[int]) -> list[Event]:
    return [
        Event(
            at=screened.at,
            actor=SYSTEM,
            action=Action.TRAVELLER_MATCHED,
            message_id=message_id,
            traveller_id=traveller_ids[decision.traveller],
            counts={"matches": len(decision.matches), "alerts": sum(match.alert for match in decision.matches)},
        )
        for decision in screened.decisions
        if decision.matches
    ]


def _recorded(screened: Screened, message_id: int) -> Event:
    message, decisions = screened.message, screened.decisions
    counts = {
        "journeys": len(message.journeys),
        "travellers": len(message.travellers),
        "decisions": len(decisions),
        "matches": sum(len(decision.matches) for decision in decisions),
        "alerts": sum(decision.alert for decision in decisions),
        "problems": len(message.problems),
    }
    return Event(at=screened.at, actor=SYSTEM, action=Action.MESSAGE_RECORDED, message_id=message_id, counts=counts)
