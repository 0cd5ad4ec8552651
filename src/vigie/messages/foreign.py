"""What an input is that is no message, by how it begins: so that people are told what to do with it.

Files of programs are known by their first bytes. Vigie's own files that are text (lists, timetables, profiles) are
known by their shape, which is looked at only when nothing shows a message. Tests hold these shapes and the readers of
such files together: rooms that read them stand above this one.
"""

import re
import unicodedata
from typing import Final, NamedTuple

from vigie.messages import recognition
from vigie.messages.edifact import grammar

HEAD: Final = 65536
"""Bytes that tell."""


class Foreign(NamedTuple):
    """A kind of input that is no message."""

    name: str
    """With its article."""
    do: str
    """What to do with it."""
    ours: bool = False
    """Vigie's own: nobody sends such a file as a message, it only lies in the wrong place."""

    @property
    def says(self) -> str:
        return f"this is {self.name}, no passenger message; {self.do}"


_SAVE: Final = "save it as CSV UTF-8 and send that"
SPREADSHEET: Final = Foreign("a spreadsheet", _SAVE)
DATABASE: Final = Foreign("an SQLite database", "nothing is looked for in it; move it away", ours=True)
WATCHLIST: Final = Foreign("a watchlist", "'vigie lists check' reads it; send the message itself", ours=True)
SCHEDULE: Final = Foreign("a schedule", "'vigie schedule load' reads it; send the message itself", ours=True)
PROFILE: Final = Foreign("the profile of a deployment", "'--profile' reads it; send the message itself", ours=True)
_ZIP: Final = Foreign("a zip archive", "unpack it and send what is in it")
_PACKED: Final = Foreign("a packed file", "unpack it and send what is in it")
_PICTURE: Final = Foreign("a picture", "ask the sender for the message as text")
_SIGNATURES: Final = (
    (re.compile(rb"SQLite format 3\0"), DATABASE),
    (re.compile(rb"PK\x03\x04(?s:.){26}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet"), SPREADSHEET),
    (re.compile(rb"PK\x03\x04(?s:.)*?xl/(?:workbook|worksheets|_rels|styles|sharedStrings)"), SPREADSHEET),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), _ZIP),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Foreign("a file of an office program", _SAVE)),
    (re.compile(rb"\x1f\x8b"), Foreign("a gzip file", "unpack it (gunzip) and send what is in it")),
    (re.compile(rb"BZh[1-9]1AY|\xfd7zXZ\0|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd"), _PACKED),
    (re.compile(rb"%PDF-"), Foreign("a PDF", "ask the sender for the message as text")),
    (re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF(?s:.){4}WEBP|BM(?s:.){4}\0{4}"), _PICTURE),
)
_SHAPES: Final = (
    (re.compile(rb"(?s:.){0,4096}?<CONSOLIDATED_LIST[\s>]"), WATCHLIST),
    (re.compile(rb"entry_id,kind,name,"), WATCHLIST),
    (re.compile(rb'\d+,(?:"(?:[^"]|"")*"|-0- ?),(?:"(?:individual|vessel|aircraft)"|-0- ),'), WATCHLIST),
    (re.compile(rb"[\r\n ]*(?:1AIRLINE STANDARD SCHEDULE DATA SET|[12345][ -~]{199}(?:\r?\n|\Z))"), SCHEDULE),
    (
        re.compile(rb'(?=(?s:.)*?^state[ \t]*=[ \t]*"[A-Z]{3}")(?=(?s:.)*?^\[modes\b)', re.MULTILINE),
        PROFILE,
    ),
)
_CELLS: Final = re.compile(r"[,;\t|]")
_TIMETABLE: Final = (
    re.compile(r"mode|moyen"),
    re.compile(r"orig|from\Z"),
    re.compile(r"destination|to\Z"),
    re.compile(r"depart"),
)
_MOVEMENTS: Final = (
    re.compile(r"fl(?:igh)?t|(?:n|no|numero)?(?:de)?vol|number\Z|numero\Z|no\Z"),
    re.compile(r"sched|prevu|heureprogrammee|horaire|st[oda]\Z|s[oi]bt\Z|.*prevue?"),
)
"""How the columns begin that a table of journeys must have; one column for each."""


def of(data: bytes) -> Foreign | None:
    """What an input is; None for a message and for what nobody knows."""
    head = data[:HEAD]
    for pattern, found in _SIGNATURES:
        if pattern.match(head):
            return found
    if grammar.begins(data) or recognition.recognise(data) is not None:
        return None
    plain = head.removeprefix(b"\xef\xbb\xbf")
    for pattern, found in _SHAPES:
        if pattern.match(plain):
            return found
    return _table_of_journeys(plain)


def _table_of_journeys(head: bytes) -> Foreign | None:
    """By its heading. Movements of an airport are not plainly ours: many tables have a number and a time."""
    first = next(iter(head.strip().splitlines()), b"")[:4096].decode("utf-8", "replace")
    cells = [_plain(cell) for cell in _CELLS.split(first)]
    if len(cells) < 3:
        return None
    if _has(cells, _TIMETABLE):
        return SCHEDULE
    return SCHEDULE._replace(ours=False) if _has(cells, _MOVEMENTS) else None


def _has(cells: list[str], columns: tuple[re.Pattern[str], ...]) -> bool:
    return all(any(column.match(cell) for cell in cells) for column in columns)


def _plain(text: str) -> str:
    """Small letters and digits, without accents; a zone at the end is none of the heading."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"(?:utc|gmt)\Z", "", "".join(letter for letter in letters if letter.isalnum()))
