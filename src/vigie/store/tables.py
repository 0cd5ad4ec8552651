"""The tables, as SQLAlchemy sees them. docs/reference/store.md says what each is for; `migrations` creates them.

Whole records stand as JSON beside the few columns that lists are drawn from: the JSON is the fact, the columns are
its index. JSON is kept as text, not as PostgreSQL's jsonb, which refuses NUL characters and reorders keys.

What was stored must stay readable: a field added to Traveller, Entry, Match or Problem after a release needs a default,
or a migration that writes it into the rows there are.
"""

import re
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from vigie.journeys.state import Aside, JourneyState, PersonState
from vigie.messages.quality import Quality
from vigie.records import Entry, Leg, Match, Message, Problem, Traveller
from vigie.schedules.expected import ExpectedJourney
from vigie.store.dialects import KEY, TEXT

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` as a `Words` column holds it: PostgreSQL's text has no NUL, and neither database lone surrogates (which a
    file name may have), so each becomes U+FFFD. What was sent stays whole in the JSON and in the original."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


class Words(sa.types.TypeDecorator[str]):
    """Text for lists and look-ups, made `storable`."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else storable(value)


class Json(sa.types.TypeDecorator[Any]):
    """A value of the type `shape` as JSON text."""

    impl = TEXT
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str:
        return msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value, type=self.shape)


METADATA: Final = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _table(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    """A table with its own number; SQLite's AUTOINCREMENT keeps it from giving a removed row's number again."""
    return sa.Table(name, METADATA, sa.Column("id", KEY, primary_key=True), *columns, sqlite_autoincrement=True)


def _of(table: str, nullable: bool = False) -> sa.Column[int]:
    """The column that points to a row of `table`: `message_id` to `messages`."""
    singular = {"entries": "entry"}.get(table, table.removesuffix("s"))
    return sa.Column(f"{singular}_id", KEY, sa.ForeignKey(f"{table}.id"), nullable=nullable)


inputs = _table(
    "inputs",
    sa.Column("sha256", Words, nullable=False, unique=True),
    sa.Column("original", sa.LargeBinary, nullable=False),
    # Spans of `original` replaced by filler of the same length: [[offset, length, code], ...].
    sa.Column("redactions", Json(tuple[tuple[int, int, str], ...]), nullable=False),
)

messages = _table(
    "messages",
    _of("inputs"),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("source", Words, nullable=False),
    sa.Column("type", Words),
    sa.Column("version", Words),
    sa.Column("function", Words),
    sa.Column("received_at", Words, nullable=False),
    sa.Column("problems", Json(tuple[Problem, ...]), nullable=False),
    # The message without what has its own place (source, sum, travellers, problems), and without removals.
    sa.Column("data", Json(Message), nullable=False),
    sa.UniqueConstraint("input_id", "ordinal"),
)

journeys = _table(
    "journeys",
    # Equal for equal voyages, whatever the message: what makes all its messages speak of one row.
    sa.Column("voyage", Words, nullable=False, unique=True),
    sa.Column("mode", Words, nullable=False),
    sa.Column("carrier", Words),
    sa.Column("number", Words),
    sa.Column("origin", Words),
    sa.Column("destination", Words),
    sa.Column("departs", Words),
    sa.Column("departs_utc", Words),
    sa.Column("arrives", Words),
    # UTC, or the earliest it may be, or empty: never NULL, which the databases sort to opposite ends.
    sa.Column("departs_order", Words, nullable=False, index=True),
    # NULL: messages came since, and it is to be assembled again.
    sa.Column("assembled_at", Words, index=True),
    # Of the journeys that are one flight, the one that stands for all. NULL: not assembled yet.
    sa.Column("head_id", KEY, sa.ForeignKey("journeys.id"), index=True),
)

# By what the journeys of one flight find each other (`vigie.journeys.voyages.departures`).
departures = _table(
    "departures",
    _of("journeys"),
    sa.Column("departure", Words, nullable=False),
    sa.UniqueConstraint("journey_id", "departure"),
    sa.Index("ix_departures_departure", "departure"),
)

assemblies = _table(
    "assemblies",
    _of("journeys"),
    sa.Column("status", Words, nullable=False),
    # Without persons and asides, which are the rows of `persons`.
    sa.Column("data", Json(JourneyState), nullable=False),
    sa.UniqueConstraint("journey_id"),
)

persons = _table(
    "persons",
    _of("journeys"),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("key", Words, nullable=False),
    # Status of the person, or kind of the aside.
    sa.Column("status", Words, nullable=False),
    sa.Column("first_seen", Words, nullable=False),
    sa.Column("last_seen", Words, nullable=False),
    # One of the two is null.
    sa.Column("data", Json(PersonState | None), nullable=False),
    sa.Column("aside", Json(Aside | None), nullable=False),
    sa.Index("ix_persons_journey_id_ordinal", "journey_id", "ordinal"),
)

mentions = _table(
    "mentions",
    _of("messages"),
    sa.Column("ordinal", sa.Integer, nullable=False),
    _of("journeys"),
    sa.UniqueConstraint("message_id", "ordinal"),
    sa.UniqueConstraint("journey_id", "message_id"),
)

legs = _table(
    "legs",
    _of("journeys"),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("carrier", Words),
    sa.Column("number", Words),
    sa.Column("number_raw", Words),
    sa.Column("origin", Words),
    sa.Column("destination", Words),
    sa.Column("departs", Words),
    sa.Column("departs_zone", Words),
    sa.Column("departs_utc", Words),
    sa.Column("arrives", Words),
    sa.Column("arrives_zone", Words),
    sa.Column("arrives_utc", Words),
    sa.Column("data", Json(Leg), nullable=False),
    sa.UniqueConstraint("journey_id", "ordinal"),
)

travellers = _table(
    "travellers",
    _of("messages"),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id"), index=True),
    # NULL until the journey is assembled with this message.
    sa.Column("person_id", KEY, sa.ForeignKey("persons.id"), index=True),
    sa.Column("name", Words, nullable=False),
    sa.Column("birth_date", Words),
    sa.Column("sex", Words),
    sa.Column("nationality", Words),
    sa.Column("data", Json(Traveller), nullable=False),
    sa.UniqueConstraint("message_id", "ordinal"),
)

decisions = _table(
    "decisions",
    _of("travellers"),
    sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id")),
    sa.Column("alert", sa.Boolean, nullable=False, index=True),
    sa.Column("list_version", Words, nullable=False),
    sa.Column("engine_version", Words, nullable=False),
    sa.Column("threshold_millibits", sa.Integer, nullable=False),
    sa.UniqueConstraint("traveller_id"),
    sa.Index("ix_decisions_journey_id_alert", "journey_id", "alert"),
)

entries = _table(
    "entries",
    sa.Column("list_version", Words, nullable=False),
    sa.Column("list", Words, nullable=False),
    sa.Column("entry", Words, nullable=False),
    sa.Column("data", Json(Entry), nullable=False),
    sa.UniqueConstraint("list_version", "list", "entry"),
)

matches = _table(
    "matches",
    _of("decisions"),
    _of("entries"),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("caption", Words, nullable=False),
    sa.Column("matched_name", Words, nullable=False),
    sa.Column("millibits", sa.Integer, nullable=False),
    sa.Column("probability", sa.Double, nullable=False),
    sa.Column("alert", sa.Boolean, nullable=False),
    sa.Column("operational", sa.Boolean, nullable=False),
    sa.Column("data", Json(Match), nullable=False),
    sa.UniqueConstraint("decision_id", "ordinal"),
    # The queue with and without what does not alert.
    sa.Index("ix_matches_alert_millibits_id", "alert", "millibits", "id"),
    sa.Index("ix_matches_millibits_id", "millibits", "id"),
)

carriers = _table(
    "carriers",
    sa.Column("name", Words, nullable=False, unique=True),
    # Of 256 random bits, so that a plain sum is enough: there is nothing to guess.
    sa.Column("token_sha256", Words, nullable=False, unique=True),
    sa.Column("added_at", Words, nullable=False),
    sa.Column("disabled_at", Words),
)

arrivals = _table(
    "arrivals",
    # What the door calls this one delivery, so that a door that died after the commit does not hand it in twice.
    sa.Column("ticket", Words, nullable=False, unique=True),
    sa.Column("received_at", Words, nullable=False),
    sa.Column("channel", Words, nullable=False),
    _of("carriers", nullable=True),
    sa.Column("source", Words, nullable=False),
    _of("inputs"),
    sa.Column("size", KEY, nullable=False),
    sa.Column("state", Words, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    # While waiting: not before. While working: until when the worker's claim holds.
    sa.Column("due_at", Words, nullable=False),
    sa.Column("worker", Words),
    sa.Column("reason", Words),
    sa.Column("messages", sa.Integer, nullable=False),
    sa.Column("travellers", sa.Integer, nullable=False),
    sa.Column("codes", Json(dict[str, int]), nullable=False),
    sa.Column("problems", Json(tuple[Problem, ...]), nullable=False),
    sa.Column("keep_until", Words, nullable=False),
    sa.Index("ix_arrivals_state_id", "state", "id"),
    sa.Index("ix_arrivals_input_id", "input_id"),
)

# What an arrival is about, so that no two of one journey are processed at once or out of order.
arrival_voyages = _table(
    "arrival_voyages",
    _of("arrivals"),
    sa.Column("voyage", Words, nullable=False),
    sa.UniqueConstraint("arrival_id", "voyage"),
    sa.Index("ix_arrival_voyages_voyage_arrival_id", "voyage", "arrival_id"),
)

sealed = _table(
    "sealed",
    _of("inputs"),
    # Names the key, which is not in the database.
    sa.Column("hour", Words, nullable=False, index=True),
    sa.Column("nonce", sa.LargeBinary, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("input_id"),
)

# How complete a message was, in counts; nothing about a person. Also what became late and faulty is told from these.
qualities = _table(
    "qualities",
    _of("messages"),
    # The carrier whose token it came with, else the code its journey has.
    sa.Column("carrier", Words),
    sa.Column("received_at", Words, nullable=False, index=True),
    # One of several parts of a list.
    sa.Column("part", sa.Boolean, nullable=False),
    # Rules of the bench that it failed, by name.
    sa.Column("failed", Json(tuple[str, ...]), nullable=False),
    sa.Column("data", Json(Quality), nullable=False),
    sa.UniqueConstraint("message_id"),
)

expected_journeys = _table(
    "expected_journeys",
    sa.Column("key", Words, nullable=False, unique=True),
    # Local day of the scheduled departure, or of the arrival where only that is known.
    sa.Column("day", Words, nullable=False, index=True),
    sa.Column("carrier", Words),
    sa.Column("loaded_at", Words, nullable=False),
    sa.Column("data", Json(ExpectedJourney), nullable=False),
)

# What carriers were told, so that each thing is told once.
notices = _table(
    "notices",
    sa.Column("subject", Words, nullable=False, unique=True),
    sa.Column("carrier", Words),
    sa.Column("outcome", Words, nullable=False),
    sa.Column("journey", Words, nullable=False),
    sa.Column("told_at", Words, nullable=False),
    sa.Column("file", Words, nullable=False),
)

# No foreign keys: an event stays when the rows it speaks of are lawfully removed.
events = _table(
    "events",
    sa.Column("at", Words, nullable=False),
    sa.Column("actor", Words, nullable=False),
    sa.Column("action", Words, nullable=False),
    sa.Column("message_id", KEY, index=True),
    sa.Column("traveller_id", KEY, index=True),
    sa.Column("arrival_id", KEY, index=True),
    sa.Column("carrier_id", KEY),
    sa.Column("counts", Json(dict[str, int]), nullable=False),
    sa.Column("facts", Json(dict[str, str]), nullable=False),
)
