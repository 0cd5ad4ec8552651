"""The test bench: a message counted and held to the pass mark, with a specimen of its answer. Nothing is kept."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from vigie.messages import quality
from vigie.messages.cusres import writer
from vigie.messages.quality import Grade, Quality
from vigie.records import Message, Status

TEXT: Final = "TEST - NO DECISION"
"""In every status of a specimen, so that none is ever taken for an answer."""
BOARD, INSUFFICIENT = "0Z", "4Z"


class Judged(NamedTuple):
    """One message of the input."""

    message: Message
    quality: Quality
    grade: Grade
    answer: str | None
    """A CUSRES, a segment a line; only of PAXLST."""
    refusal: str | None
    """Why there is no answer to a PAXLST, in English."""


def judge(messages: Sequence[Message], now: dt.datetime) -> list[Judged]:
    """Each message with its counts, its grade and, for a PAXLST, the specimen."""
    return [_judged(message, now) for message in messages if message.type not in (None, "CUSRES")]


def _judged(message: Message, now: dt.datetime) -> Judged:
    found = quality.assess(message)
    answer = refusal = None
    if message.type == "PAXLST":
        try:
            answer = specimen(message, now)
        except ValueError as error:
            refusal = str(error)
    return Judged(message, found, quality.grade(message, found), answer, refusal)


def specimen(message: Message, now: dt.datetime) -> str:
    """The CUSRES that would go back if nobody decided anything: 0 for whom enough is known, 4 for the others.

    Travellers with the same references are answered together, with 4 when one of them lacks something. Neither code
    holds anybody back, and no person is named as having decided. Raises ValueError for a message that cannot be
    answered, with the reason.
    """
    known: dict[tuple[str | None, str | None], bool] = {}
    for one in message.travellers:
        names = one.record_locator, one.reference
        if any(names):
            known[names] = known.get(names, True) and quality.enough(message, one)
    statuses = [
        Status(record_locator=locator, reference=reference, codes=(BOARD if whole else INSUFFICIENT,), text=TEXT)
        for (locator, reference), whole in known.items()
    ]
    written = writer.answer(message, statuses, now=now).decode("utf-8", "replace")
    return re.sub(r"(?<!\?)'(?!$)", "'\n", written)
