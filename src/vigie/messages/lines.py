"""Inputs that are made of lines: where each line is in the bytes, and what its bytes say.

Bytes are held as characters of the same number (Latin-1) until a value is taken out, so that an offset in the text is
an offset in the bytes as received.
"""

import codecs
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, Literal, NamedTuple

import msgspec

from vigie.messages import letters
from vigie.messages.findings import Findings
from vigie.records import Message

_END: Final = re.compile(r"\r\n|\r|\n")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")


class Line(NamedTuple):
    """One line. `length` counts its end as well; lengths of all lines add up to the text."""

    text: str
    at: int
    length: int


def lines(text: str, start: int = 0, stop: int | None = None) -> Iterator[Line]:
    """The lines between two offsets of a text, whatever ends them (CRLF, CR, LF)."""
    at, stop = start, len(text) if stop is None else stop
    while at < stop:
        found = _END.search(text, at, stop)
        end, behind = found.span() if found else (stop, stop)
        yield Line(text[at:end], at, behind - at)
        at = behind


def value(text: str) -> str:
    """What Latin-1 characters that are bytes say: UTF-8 where they are that, else what `letters` makes of them.

    Control characters (STX and ETX of telegraph lines) become blanks; blanks around are taken off.
    """
    return _CONTROLS.sub(" ", text if text.isascii() else spelled(text)[0]).strip()


def spelled(text: str) -> tuple[str, Sequence[int]]:
    """As `value`, with nothing taken off or replaced, and with the place in `text` of each character and of the end."""
    if text.isascii():
        return text, range(len(text) + 1)
    data = text.encode("latin-1")
    try:
        found = data.decode("utf-8")
    except UnicodeDecodeError:
        return letters.of(data).text(data), range(len(text) + 1)
    return found, list(accumulate((len(character.encode()) for character in found), initial=0))


def report_lost(text: str, message: Message, findings: Findings) -> None:
    """Says so when letters of the `text` of a message are not known: U+FFFD stands in the record for them."""
    if not text.isascii() and letters.LOST.encode() in msgspec.json.encode(message):
        says = (
            "letters that nobody can know: bytes that are no UTF-8 and do not show their character set. Ask for UTF-8"
        )
        findings.enter(0)
        findings.add("LETTERS_LOST", None, None, says)


def nearest_day(day: int, month: int, reference: dt.date) -> dt.date:
    """The date of a day and month in the year that brings it nearest to `reference`, the later on a tie.

    Raises ValueError for a day that no year has.
    """
    years = range(max(reference.year - 4, 1), min(reference.year + 4, 9999) + 1)
    found = [dt.date(year, month, day) for year in years if _exists(year, month, day)]
    if not found:
        raise ValueError("a day of the calendar is expected")
    return min(reversed(found), key=lambda date: abs(date - reference))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def wide(data: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """The encoding of an input of two bytes a character: it begins with their mark, or with `<` (XML without mark).

    Without either it shows by zeros in every other byte, and nowhere else: no other text has them.
    """
    if data[:2] in (codecs.BOM_UTF16_LE, b"<\0"):
        return "utf-16-le"
    if data[:2] in (codecs.BOM_UTF16_BE, b"\0<"):
        return "utf-16-be"
    first, second = data[:_SHOWS:2].count(0), data[1:_SHOWS:2].count(0)
    if bool(first) == bool(second) or first + second < max(4, len(data[:_SHOWS]) // _LEAST_ZEROS):
        return None
    return "utf-16-le" if second else "utf-16-be"


_SHOWS: Final = 4096
"""Bytes by which UTF-16 without a mark is known."""
_LEAST_ZEROS: Final = 20
"""One byte in so many is zero at least: of Arabic words, the separators and line ends between them."""
