"""Messages, journeys, travellers, decisions, matches, entries, the inbox and events."""

import sqlalchemy as sa
from alembic import op

from vigie.store.dialects import KEY, TEXT, make_append_only

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create(
        "inputs",
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("original", sa.LargeBinary, nullable=False),
        sa.Column("redactions", TEXT, nullable=False),
        sa.UniqueConstraint("sha256", name="uq_inputs_sha256"),
    )
    _create(
        "messages",
        sa.Column("input_id", KEY, sa.ForeignKey("inputs.id", name="fk_messages_input_id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("type", TEXT),
        sa.Column("version", TEXT),
        sa.Column("function", TEXT),
        sa.Column("received_at", TEXT, nullable=False),
        sa.Column("problems", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.UniqueConstraint("input_id", "ordinal", name="uq_messages_input_id_ordinal"),
    )
    _create_journeys()
    _create_assembled()
    _create(
        "travellers",
        sa.Column("message_id", KEY, sa.ForeignKey("messages.id", name="fk_travellers_message_id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id", name="fk_travellers_journey_id")),
        sa.Column("person_id", KEY, sa.ForeignKey("persons.id", name="fk_travellers_person_id")),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("birth_date", TEXT),
        sa.Column("sex", TEXT),
        sa.Column("nationality", TEXT),
        sa.Column("data", TEXT, nullable=False),
        sa.UniqueConstraint("message_id", "ordinal", name="uq_travellers_message_id_ordinal"),
    )
    op.create_index("ix_travellers_journey_id", "travellers", ["journey_id"])
    op.create_index("ix_travellers_person_id", "travellers", ["person_id"])
    _create_outcomes()
    _create_inbox()
    _create_watch()
    _create(
        "events",
        sa.Column("at", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("message_id", KEY),
        sa.Column("traveller_id", KEY),
        sa.Column("arrival_id", KEY),
        sa.Column("carrier_id", KEY),
        sa.Column("counts", TEXT, nullable=False),
        sa.Column("facts", TEXT, nullable=False),
    )
    op.create_index("ix_events_message_id", "events", ["message_id"])
    op.create_index("ix_events_traveller_id", "events", ["traveller_id"])
    op.create_index("ix_events_arrival_id", "events", ["arrival_id"])
    make_append_only(op.get_bind(), "events")


def _create(name: str, *parts: sa.schema.SchemaItem) -> None:
    key = sa.Column("id", KEY, nullable=False)
    op.create_table(name, key, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"), *parts, sqlite_autoincrement=True)


def _create_journeys() -> None:
    _create(
        "journeys",
        sa.Column("voyage", TEXT, nullable=False),
        sa.Column("mode", TEXT, nullable=False),
        sa.Column("carrier", TEXT),
        sa.Column("number", TEXT),
        sa.Column("origin", TEXT),
        sa.Column("destination", TEXT),
        sa.Column("departs", TEXT),
        sa.Column("departs_utc", TEXT),
        sa.Column("arrives", TEXT),
        sa.Column("departs_order", TEXT, nullable=False),
        sa.Column("assembled_at", TEXT),
        sa.Column("head_id", KEY, sa.ForeignKey("journeys.id", name="fk_journeys_head_id")),
        sa.UniqueConstraint("voyage", name="uq_journeys_voyage"),
    )
    op.create_index("ix_journeys_departs_order", "journeys", ["departs_order"])
    op.create_index("ix_journeys_assembled_at", "journeys", ["assembled_at"])
    op.create_index("ix_journeys_head_id", "journeys", ["head_id"])
    _create(
        "legs",
        sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id", name="fk_legs_journey_id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("carrier", TEXT),
        sa.Column("number", TEXT),
        sa.Column("number_raw", TEXT),
        sa.Column("origin", TEXT),
        sa.Column("destination", TEXT),
        sa.Column("departs", TEXT),
        sa.Column("departs_zone", TEXT),
        sa.Column("departs_utc", TEXT),
        sa.Column("arrives", TEXT),
        sa.Column("arrives_zone", TEXT),
        sa.Column("arrives_utc", TEXT),
        sa.Column("data", TEXT, nullable=False),
        sa.UniqueConstraint("journey_id", "ordinal", name="uq_legs_journey_id_ordinal"),
    )
    _create(
        "mentions",
        sa.Column("message_id", KEY, sa.ForeignKey("messages.id", name="fk_mentions_message_id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id", name="fk_mentions_journey_id"), nullable=False),
        sa.UniqueConstraint("message_id", "ordinal", name="uq_mentions_message_id_ordinal"),
        sa.UniqueConstraint("journey_id", "message_id", name="uq_mentions_journey_id_message_id"),
    )


def _create_assembled() -> None:
    _create(
        "departures",
        sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id", name="fk_departures_journey_id"), nullable=False),
        sa.Column("departure", TEXT, nullable=False),
        sa.UniqueConstraint("journey_id", "departure", name="uq_departures_journey_id_departure"),
    )
    op.create_index("ix_departures_departure", "departures", ["departure"])
    _create(
        "assemblies",
        sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id", name="fk_assemblies_journey_id"), nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.UniqueConstraint("journey_id", name="uq_assemblies_journey_id"),
    )
    _create(
        "persons",
        sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id", name="fk_persons_journey_id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("first_seen", TEXT, nullable=False),
        sa.Column("last_seen", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.Column("aside", TEXT, nullable=False),
    )
    op.create_index("ix_persons_journey_id_ordinal", "persons", ["journey_id", "ordinal"])


def _create_outcomes() -> None:
    _create(
        "decisions",
        sa.Column(
            "traveller_id", KEY, sa.ForeignKey("travellers.id", name="fk_decisions_traveller_id"), nullable=False
        ),
        sa.Column("journey_id", KEY, sa.ForeignKey("journeys.id", name="fk_decisions_journey_id")),
        sa.Column("alert", sa.Boolean, nullable=False),
        sa.Column("list_version", TEXT, nullable=False),
        sa.Column("engine_version", TEXT, nullable=False),
        sa.Column("threshold_millibits", sa.Integer, nullable=False),
        sa.UniqueConstraint("traveller_id", name="uq_decisions_traveller_id"),
    )
    op.create_index("ix_decisions_alert", "decisions", ["alert"])
    op.create_index("ix_decisions_journey_id_alert", "decisions", ["journey_id", "alert"])
    _create(
        "entries",
        sa.Column("list_version", TEXT, nullable=False),
        sa.Column("list", TEXT, nullable=False),
        sa.Column("entry", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.UniqueConstraint("list_version", "list", "entry", name="uq_entries_list_version_list_entry"),
    )
    _create(
        "matches",
        sa.Column("decision_id", KEY, sa.ForeignKey("decisions.id", name="fk_matches_decision_id"), nullable=False),
        sa.Column("entry_id", KEY, sa.ForeignKey("entries.id", name="fk_matches_entry_id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("caption", TEXT, nullable=False),
        sa.Column("matched_name", TEXT, nullable=False),
        sa.Column("millibits", sa.Integer, nullable=False),
        sa.Column("probability", sa.Double, nullable=False),
        sa.Column("alert", sa.Boolean, nullable=False),
        sa.Column("operational", sa.Boolean, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.UniqueConstraint("decision_id", "ordinal", name="uq_matches_decision_id_ordinal"),
    )
    op.create_index("ix_matches_alert_millibits_id", "matches", ["alert", "millibits", "id"])
    op.create_index("ix_matches_millibits_id", "matches", ["millibits", "id"])


def _create_inbox() -> None:
    _create(
        "carriers",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("token_sha256", TEXT, nullable=False),
        sa.Column("added_at", TEXT, nullable=False),
        sa.Column("disabled_at", TEXT),
        sa.UniqueConstraint("name", name="uq_carriers_name"),
        sa.UniqueConstraint("token_sha256", name="uq_carriers_token_sha256"),
    )
    _create(
        "arrivals",
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("received_at", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("carrier_id", KEY, sa.ForeignKey("carriers.id", name="fk_arrivals_carrier_id")),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("input_id", KEY, sa.ForeignKey("inputs.id", name="fk_arrivals_input_id"), nullable=False),
        sa.Column("size", KEY, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", TEXT, nullable=False),
        sa.Column("worker", TEXT),
        sa.Column("reason", TEXT),
        sa.Column("messages", sa.Integer, nullable=False),
        sa.Column("travellers", sa.Integer, nullable=False),
        sa.Column("codes", TEXT, nullable=False),
        sa.Column("problems", TEXT, nullable=False),
        sa.Column("keep_until", TEXT, nullable=False),
        sa.UniqueConstraint("ticket", name="uq_arrivals_ticket"),
    )
    op.create_index("ix_arrivals_state_id", "arrivals", ["state", "id"])
    op.create_index("ix_arrivals_input_id", "arrivals", ["input_id"])
    _create(
        "arrival_voyages",
        sa.Column(
            "arrival_id", KEY, sa.ForeignKey("arrivals.id", name="fk_arrival_voyages_arrival_id"), nullable=False
        ),
        sa.Column("voyage", TEXT, nullable=False),
        sa.UniqueConstraint("arrival_id", "voyage", name="uq_arrival_voyages_arrival_id_voyage"),
    )
    op.create_index("ix_arrival_voyages_voyage_arrival_id", "arrival_voyages", ["voyage", "arrival_id"])
    _create(
        "sealed",
        sa.Column("input_id", KEY, sa.ForeignKey("inputs.id", name="fk_sealed_input_id"), nullable=False),
        sa.Column("hour", TEXT, nullable=False),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("input_id", name="uq_sealed_input_id"),
    )
    op.create_index("ix_sealed_hour", "sealed", ["hour"])


def _create_watch() -> None:
    _create(
        "qualities",
        sa.Column("message_id", KEY, sa.ForeignKey("messages.id", name="fk_qualities_message_id"), nullable=False),
        sa.Column("carrier", TEXT),
        sa.Column("received_at", TEXT, nullable=False),
        sa.Column("part", sa.Boolean, nullable=False),
        sa.Column("failed", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.UniqueConstraint("message_id", name="uq_qualities_message_id"),
    )
    op.create_index("ix_qualities_received_at", "qualities", ["received_at"])
    _create(
        "expected_journeys",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("carrier", TEXT),
        sa.Column("loaded_at", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.UniqueConstraint("key", name="uq_expected_journeys_key"),
    )
    op.create_index("ix_expected_journeys_day", "expected_journeys", ["day"])
    _create(
        "notices",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("carrier", TEXT),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("journey", TEXT, nullable=False),
        sa.Column("told_at", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.UniqueConstraint("subject", name="uq_notices_subject"),
    )
