"""Invented PNRGOV messages for tests, written plainly."""

import datetime as dt

from vigie import messages
from vigie.messages.redaction import redact
from vigie.records import Booking, Message, Traveller

AS_OF = dt.date(2026, 11, 23)
FLIGHT = "TVL+231126:0540:231126:0950+CMN+VIE+ZV+0412'"
HEAD = f"MSG+:22'ORG+ZV:CMN'{FLIGHT}EQN+1'"
RCI = "RCI+ZV:Q7TX2B::021026:1425'"
TIF = "TIF+BENALI+SALMAMRS:A:1'"
DOCS = "SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA/NOUR+::1'"
SEGMENT = "TVL+231126:0540:231126:0950+CMN+VIE+ZV+0412:B'RPI+1+HK'"


def whole(body: str, head: str = HEAD, version: str = "13:1") -> str:
    """An interchange with one message around the segments of `body`, with right counts."""
    content = f"UNH+1+PNRGOV:{version}:IA'{head}{body}"
    return f"UNA:+.?*'UNB+IATA:1+ZV+GOV+261122:1910+77'{content}UNT+{content.count(chr(39)) + 1}+1'UNZ+1+77'"


def read_one(text: str | bytes) -> Message:
    data = text if isinstance(text, bytes) else text.encode()
    (message,) = messages.read(data, AS_OF)
    return message


def read(body: str, head: str = HEAD) -> Message:
    """The message of segments behind `SRC`."""
    return read_one(whole("SRC'" + body, head))


def booking(body: str) -> Booking:
    (one,) = read(body).bookings
    return one


def people(message: Message) -> list[str]:
    """Best names of those who are persons, `FAMILY/GIVEN`."""
    return [full(one) for one in message.travellers if not one.placeholder]


def full(one: Traveller) -> str:
    return f"{one.name.family}/{one.name.given}" if one.name.given else str(one.name.family)


def codes(message: Message, severity: str = "") -> list[str]:
    """Codes of problems: of errors and warnings unless told."""
    return [p.code for p in message.problems if (p.severity == severity if severity else p.severity != "note")]


def redacted(data: bytes, message: Message) -> bytes:
    """The bytes as they are stored: filler in place of what must not be."""
    return redact(data, message.removals)
