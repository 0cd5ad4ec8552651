"""Invented PAXLST messages for tests, written plainly."""

import datetime as dt
from collections.abc import Callable, Iterator

from vigie import messages
from vigie.records import Message, Problem, Traveller

AS_OF = dt.date(2026, 11, 23)
Reader = Callable[[bytes, dt.date, Message], Iterator[Message]]
BLANK = Message(source="test", sha256="0", type=None)
FLIGHT = "TDT+20+ZV0412+++ZV'LOC+125+CMN'DTM+189:2611230540:201'LOC+87+VIE'DTM+232:2611230950:201'"


def whole(body: str, bgm: str = "745", unh: str = "PAX1+PAXLST:D:05B:UN:IATA") -> str:
    """An interchange with one message around the segments of `body`, with right counts."""
    content = f"UNH+{unh}'BGM+{bgm}'{body}"
    count = content.count("'") + 1
    return f"UNA:+.? 'UNB+UNOA:4+ZV+GOV+261122:1910+77'{content}UNT+{count}+{unh.split('+')[0]}'UNZ+1+77'"


def accounted(reader: Callable[[bytes, dt.date, Message], Iterator[Message]], text: str | bytes) -> tuple[Message, ...]:
    """What a reader of lines or cells finds, after a check that every byte of the text is in one account."""
    data = text if isinstance(text, bytes) else text.encode()
    found = tuple(reader(data, AS_OF, BLANK))
    accounts = [message.account for message in found if message.account is not None]
    assert len(accounts) == len(found)
    assert sum(account.received for account in accounts) == len(data)
    for account in accounts:
        assert account.received == account.understood + account.unknown + account.reported
    return found


def read_one(text: str | bytes) -> Message:
    data = text if isinstance(text, bytes) else text.encode()
    (message,) = messages.read(data, AS_OF)
    return message


def read(body: str, bgm: str = "745") -> Message:
    return read_one(whole(body, bgm))


def traveller(segments: str, qualifier: str = "FL") -> Traveller:
    (one,) = read(f"{FLIGHT}NAD+{qualifier}+++BENALI:SALMA'{segments}").travellers
    return one


def loud(message: Message) -> list[str]:
    """Codes of errors and warnings, in order."""
    return [problem.code for problem in message.problems if problem.severity != "note"]


def problem(message: Message, code: str) -> Problem:
    (one,) = [problem for problem in message.problems if problem.code == code]
    return one
