"""Schedules: which journeys are to be expected on some days, read from what carriers and airports publish."""

import codecs
import datetime as dt
from collections.abc import Callable
from typing import Final

from vigie.config import LIMITS
from vigie.messages.findings import SEVERITY
from vigie.messages.reading import iter_messages
from vigie.records import MessageType, Problem
from vigie.schedules import aodb_csv, ssim, timetable_csv
from vigie.schedules.expected import Schedule, ScheduleFormat
from vigie.schedules.lines import Days, decoded

_HEAD: Final = 65536
_WANTED: Final = "SSIM chapter 7, a table of movements of an airport, or a timetable is expected"
_READERS: Final[dict[ScheduleFormat, Callable[[bytes, dt.date, dt.date, dt.date], Schedule]]] = {
    "SSIM": ssim.read,
    "TIMETABLE": timetable_csv.read,
    "AODB": aodb_csv.read,
}


def recognise(data: bytes) -> ScheduleFormat | None:
    """Format of a schedule, by how it begins; None when it is none that is known."""
    if ssim.recognises(data):
        return "SSIM"
    header = decoded(next(iter(data[:_HEAD].removeprefix(codecs.BOM_UTF8).strip().splitlines()), b""))[0]
    if timetable_csv.recognises(header):
        return "TIMETABLE"
    return "AODB" if aodb_csv.recognises(header) else None


def read(data: bytes, as_of: dt.date, first: dt.date, last: dt.date) -> Schedule:
    """The journeys of the days `first` to `last` (at most 400), by the local date of their scheduled departure.

    `as_of` is the day on which the file is looked at; it decides centuries that SSIM leaves out. Never raises on
    content: a file that cannot be read gives a schedule without journeys whose problem says why. Raises ValueError when
    the days are none or too many. The same arguments give the same schedule.
    """
    days = Days.checked(first, last)
    if not data.strip():
        return _refused(days, "EMPTY_INPUT", "the file is empty; check the transfer")
    if len(data) > LIMITS.message_bytes:
        says = f"the file has {len(data)} bytes, at most {LIMITS.message_bytes} are read; split it"
        return _refused(days, "TOO_LARGE", says)
    format, message = recognise(data), _message_in(data, as_of)
    if message is not None and format != "SSIM":
        says = f"this is a message about travellers ({message}), no schedule: {_WANTED}; 'vigie ingest' takes messages"
        return _refused(days, "NO_SCHEDULE", says)
    if format is None:
        return _refused(days, "NO_SCHEDULE", f"this is no schedule: {_WANTED}")
    return _READERS[format](data, as_of, first, last)


def _message_in(data: bytes, as_of: dt.date) -> MessageType | None:
    """The type of the message that the file begins with; None when it is none.

    A table of journeys may have columns of a list, such as `capacity`, but nobody's name.
    """
    message = next(iter_messages(data[:_HEAD], as_of))
    named = message.type != "MANIFEST" or any(traveller.name.family for traveller in message.travellers)
    return message.type if named else None


def _refused(days: Days, code: str, says: str) -> Schedule:
    problem = Problem(code=code, severity=SEVERITY[code], says=says)
    return Schedule(format=None, first=days.first, last=days.last, problems=(problem,))
