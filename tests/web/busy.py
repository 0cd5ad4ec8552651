"""An invented flight about which everything came: bookings, lists in parts, changes, cancellations, a close."""

import datetime as dt
import hashlib

from msgspec.structs import replace

from tests.journeys.sending import LEG, answer, message, person, pnr
from tests.web import office
from vigie import app
from vigie.messages import redaction
from vigie.records import Announced, Decision, Match, Message
from vigie.store import Store

ADA = person("HOLT", "ADA", "X1000001/UTO", birth_date="1980-02-03", record_locator="AAA111", reference="R1", sex="F")
BEN = person("BERG", "BEN", "X1000002/UTO", birth_date="1981-02-03", record_locator="BBB222", reference="R2", sex="M")
CLEO = person("LIND", "CLEO", "X1000003/UTO", birth_date="1982-02-03", record_locator="CCC333", reference="R3")
DAN = person("DAHL", "DAN", "X1000004/UTO", birth_date="1983-02-03", record_locator="DDD444", reference="R4")
EVA = person("BJERKE", "EVA", "X1000005/UTO", birth_date="1984-02-03", record_locator="EEE555", reference="R5")
NAMESAKE = person("HOLT", "ADA", record_locator="FFF666")
GUEST = person("GAST", "GUS", "X1000006/UTO")
PILOT = person("VOLANT", "NOUR", "X1000007/UTO", capacity="crew", birth_date="1980-02-02")
GROUP = person("TBA", placeholder=True, record_locator="GGG777")

NAMES_LEG = replace(LEG, departs="2026-11-23", destination=None)
MESSAGES = (
    pnr(("AAA111", (ADA,)), ("BBB222", (BEN,)), ("GGG777", (GROUP,)), sent="07:00"),
    message(NAMESAKE, kind="PNL", function="PNL", legs=(NAMES_LEG,), sent="08:00"),
    replace(
        message(ADA, BEN, CLEO, sent="09:00", access="L1", part=1, last_part=False), announced=Announced(passengers=6)
    ),
    replace(message(DAN, EVA, sent="09:00", access="L1", part=2), announced=Announced(passengers=6)),
    message(PILOT, function="250", sent="09:05"),
    answer("A", "AAA111", "R1", sent="09:10"),
    message(ADA, BEN, CLEO, sent="09:15", access="L2", part=1, last_part=False),
    message(CLEO, function="745+XR", sent="10:00"),
    message(GUEST, function="655", sent="10:05"),
    message(replace(EVA, seats=("12A",), birth_date="1984-03-02"), function="745+CP", sent="10:10"),
)
CLOSE = message(BEN, function="266+CLNB", sent="10:30")
TRAVELLERS = sum(len(each.travellers) for each in MESSAGES)


def fill(store: Store, *messages: Message, minutes: int = 0) -> None:
    """Record them in this order; who is called Ada matches a listed person."""
    for at, each in enumerate(messages):
        original = repr(replace(each, source="", sha256="")).encode()
        sent = replace(each, source=f"{minutes + at}.edi", sha256=hashlib.sha256(original).hexdigest())
        stored = redaction.original(original, sent.sha256, ())
        found = [_screened(place, sent) for place in range(len(sent.travellers))]
        now = office.NOW - dt.timedelta(minutes=120 - minutes - at)
        store.record(sent, stored, 0, found, [office.TALBAOUI], now)


def assembled(store: Store) -> None:
    app.assemble_all(store, office.NOW, print)


def _screened(place: int, of: Message) -> Decision:
    leads: tuple[Match, ...] = ()
    if of.travellers[place].name.given == "ADA":
        leads = (office.match(office.TALBAOUI, office.ALIASES[5].name, office.STRONG),)
    return Decision(
        traveller=place,
        journey=0 if of.journeys else None,
        matches=leads,
        list_version=office.LIST_VERSION,
        engine_version=office.ENGINE_VERSION,
        threshold_millibits=office.THRESHOLD,
    )
