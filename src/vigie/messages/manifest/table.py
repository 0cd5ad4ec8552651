"""The grammar of manifests in CSV: bytes to rows of cells with their places, and what headings and words mean.

A quotation that does not end costs its own cell only: text in quotation marks is one cell when the closing mark is
followed by a separator or a line end, and when it does not hold further rows: two marks that say "as above" do.
"""

import codecs
import csv
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Final, NamedTuple

from vigie.messages import letters
from vigie.messages.lines import wide

SEPARATORS: Final = ",;\t|"
_HEAD_ROWS: Final = 60
"""Rows among which the heading is looked for: forms have some lines above their table."""
_HEAD: Final = 65536
MOST_CELLS: Final = 200
_LONGEST_HEADING, _LONGEST_WORD = 200, 60
_NEEDED: Final = frozenset(["family_name", "given_names", "name", "document_number", "identity_document"])
"""One of these is in every list of persons."""
_BRACKETS: Final = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]")
_NUMBERED: Final = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\s*[.):\-]?\s+")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_SOUND: Final = re.compile("[^\x00-\x7f\udc80-\udcff]")
_BEYOND: Final = re.compile(r"[^\x00-\x7f]")
_JOINERS: Final = "\u200c\u200d"
_FORMULA: Final = re.compile(r'="(.*)"\Z')


class Cell(NamedTuple):
    """One cell. `at` is the offset in bytes of its text, `length` the bytes it takes with its quotes and separator."""

    value: str
    at: int
    length: int
    content: int
    """Bytes of its text with quotation marks."""
    torn: bool = False
    """It has a quotation mark that was not believed: the quotation would hold other rows, or a whole row."""
    inner: tuple["Cell", ...] = ()
    """Of a row that is one quotation: the cells in it. A table that was saved as CSV twice has such rows."""
    lines: tuple[str, ...] = ()
    """The lines of a quotation that has several with something in them."""


DateColumn = tuple[str, bool | None, bool]
"""Columns whose dates are taken to have one order: field, and what the heading tells of it."""


class Column(NamedTuple):
    """What a column is: kind and field of columns.tsv, and the order of dates its heading tells."""

    kind: str
    field: str
    heading: str
    """As `plain` gives it."""
    day_first: bool | None = None
    by_language: bool = False
    """The heading is French or Arabic: who writes so puts the day first."""
    again: bool = False
    """An earlier column of the same person has the same field."""

    @property
    def dates(self) -> "DateColumn":
        return self.field, self.day_first, self.by_language


class Text(NamedTuple):
    """The text of an input, and how many bytes its characters take."""

    text: str
    encoding: str
    begin: int
    """Bytes before the text: the byte order mark."""
    behind: int
    """Bytes that are no whole character, at the end."""
    guessed: str | None = None
    """The character set it was read in, when it is no UTF-8 and no mark says what it is."""
    loses: bool = False
    """Some letters are not known: U+FFFD stands for them, or a single surrogate for a byte within UTF-8."""
    single: tuple[str, ...] = ()
    """What the bytes are for which single surrogates stand, where some cells are in another character set."""

    def size(self, start: int, end: int) -> int:
        return end - start if self.encoding == "single" else self.measure(self.text[start:end])

    def measure(self, part: str) -> int:
        """Bytes that a part of the text takes."""
        if self.encoding == "single" or (self.encoding == "utf-8" and part.isascii()):
            return len(part)
        errors = "surrogateescape" if self.encoding == "utf-8" else "surrogatepass"
        return len(part.encode(self.encoding, errors))


def decoded(data: bytes) -> Text:
    """UTF-16 by its mark or its zeros, UTF-8 with or without a mark, else what its words show. Never raises."""
    encoding = wide(data)
    if encoding is not None:
        begin = 2 if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else 0
        end = len(data) - len(data) % 2
        text = data[begin:end].decode(encoding, "surrogatepass")
        return Text(text, encoding, begin, len(data) - end, None if begin else "UTF-16")
    begin = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    end = len(data)
    try:
        text = data[begin:].decode("utf-8")
    except UnicodeDecodeError as error:
        end = begin + error.start
        if error.reason != "unexpected end of data" or len(data) - end > 3:
            return _guessed(data, begin)
        text = data[begin:end].decode("utf-8")
    return Text(text, "single" if text.isascii() else "utf-8", begin, len(data) - end)


def _guessed(data: bytes, begin: int) -> Text:
    """A character set of one byte for each letter, or UTF-8 with damaged bytes or with cells in such a set."""
    text = data[begin:].decode("utf-8", "surrogateescape")
    if any(not line.isascii() and not _SURROGATES.search(line) for line in re.split(r"[\r\n]+", text)):
        return _mixed(text, begin)
    damaged = len(_SURROGATES.findall(text))
    if len(_BEYOND.findall(text)) - damaged > damaged:
        return Text(text, "utf-8", begin, 0, "UTF-8", loses=True)
    found = letters.of(data[begin:])
    return Text(found.text(data[begin:]), "single", begin, 0, found.name, found.loses(data[begin:]))


def _mixed(text: str, begin: int) -> Text:
    """Lines in UTF-8, with bytes that are none: of rows of another program, of a cell that was pasted, or of damage.

    What may be left of a damaged letter of this text is lost: its further bytes, and all first ones that are used.
    """
    sound = set(_SOUND.findall(text))
    found = letters.of(_SOUND.sub(" ", text).encode("ascii", "surrogateescape"))
    lost = {*range(0x80, 0xC0), *(character.encode()[0] for character in sound)}
    single = tuple(letters.LOST if byte in lost else letter for byte, letter in enumerate(found.table))
    loses = any(single[ord(byte) - 0xDC00] == letters.LOST for byte in set(_SURROGATES.findall(text)))
    return Text(text, "utf-8", begin, 0, f"UTF-8 and {found.name}", loses, single)


def rows(text: Text, separator: str) -> Iterator[list[Cell]]:
    """All rows, empty ones too; the bytes of their cells add up to the text. A row ends with its line."""
    cell_of = _cells(separator)
    at, offset, size = 0, text.begin, len(text.text)
    row: list[Cell] = []
    while at < size:
        bare = _BARE.match(text.text, at) if not row else None
        if bare is not None:
            row = _unquoted(text, bare, separator, offset)
            at, offset = bare.end(), offset + sum(cell.length for cell in row)
            yield row
            row = []
            continue
        found = cell_of.match(text.text, at)
        assert found is not None
        quoted = found["quoted"]
        torn = quoted is not None and separator in quoted and _swallows(text.text, found, separator)
        if torn:
            found, quoted = _plain(separator).match(text.text, at), None
            assert found is not None
        length = text.size(at, found.end())
        begin, end = found.span("plain" if quoted is None else "whole")
        value = _value(found["plain"] if quoted is None else quoted, quoted is not None, text.single)
        cell = Cell(value, offset + text.size(at, begin), length, text.size(begin, end), torn)
        if quoted is not None and ("\n" in quoted or "\r" in quoted):
            lines = [_value(line, True, text.single) for line in re.split(r"[\r\n]+", quoted)]
            cell = cell._replace(lines=tuple(filter(None, lines)))
        at, offset = found.end(), offset + length
        if found["end"] != separator or at == size:
            if quoted is not None and not row and separator in quoted:
                cell = cell._replace(inner=_inner(text, cell, found, separator))
            yield [*row, cell] if row else [cell]
            row = []
        else:
            row.append(cell)


_BARE: Final = re.compile(r'([^"\r\n]*)(\r\n|\r|\n|\Z)')
"""A line without quotation marks, as most are: `_cells` reads it as well, in three times the time."""


def _unquoted(text: Text, line: re.Match[str], separator: str, offset: int) -> list[Cell]:
    parts = line[1].split(separator)
    if not line[2] and not parts[-1] and len(parts) > 1:
        parts.pop()
        behind = [1] * len(parts)
    else:
        behind = [1] * (len(parts) - 1) + [len(line[2])]
    # A separator and the characters of a line end take one byte each, or two.
    width = 2 if text.encoding.startswith("utf-16") else 1
    row: list[Cell] = []
    for part, more in zip(parts, behind, strict=True):
        content = part.lstrip(" ")
        taken = text.measure(content)
        blanks = (len(part) - len(content)) * width
        length = blanks + taken + more * width
        row.append(Cell(_value(content, False, text.single), offset + blanks, length, taken))
        offset += length
    return row


@functools.cache
def _cells(separator: str) -> re.Pattern[str]:
    mark = re.escape(separator)
    return re.compile(
        rf'[ ]*(?:(?P<whole>"(?P<quoted>(?:[^"]|""){{0,2000}})")[ ]*(?=[{mark}\r\n]|\Z)|(?P<plain>[^{mark}\r\n]*))'
        rf"(?P<end>{mark}|\r\n|\r|\n|\Z)"
    )


@functools.cache
def _plain(separator: str) -> re.Pattern[str]:
    """As `_cells`, of a cell whose quotation mark is a sign like any other."""
    mark = re.escape(separator)
    return re.compile(rf"[ ]*(?P<plain>[^{mark}\r\n]*)(?P<end>{mark}|\r\n|\r|\n|\Z)")


def _swallows(text: str, found: re.Match[str], separator: str) -> bool:
    """A quotation with line ends and separators holds rows: two marks for "as above", or two that nobody closed.

    But for commas as they stand in an address, with a blank behind, where its further lines are no whole rows.
    """
    quoted = found["quoted"]
    if "\n" not in quoted and "\r" not in quoted:
        return False
    if separator != "," or _TIGHT.search(quoted):
        return True
    start, end = found.span("quoted")
    before, behind = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
    first, *others = re.split(r"[\r\n]+", quoted)
    line = re.split(r"[\r\n]", before)[-1] + first
    others[-1] += re.split(r"[\r\n]", behind)[0]
    return any(other.count(separator) >= line.count(separator) for other in others)


_TIGHT: Final = re.compile(r",[^ \r\n]")
_NEAR: Final = 2000


def _inner(text: Text, cell: Cell, found: re.Match[str], separator: str) -> tuple[Cell, ...]:
    """The cells within a quotation that is a row by itself; their bytes add up to those of `cell`."""
    at, end = found.span("quoted")
    parts: list[Cell] = []
    offset = cell.at - text.size(found.start(), found.start("whole"))
    start = found.start()
    for raw in found["quoted"].split(separator):
        stop = at + len(raw)
        last = stop == end
        length = text.size(start, found.end() if last else stop + 1)
        value = _value(raw.replace('""', '"'), False, text.single)
        parts.append(Cell(value, offset + text.size(start, at), length, text.size(at, stop), True))
        start = at = stop + 1
        offset += length
    return tuple(parts)


def _value(content: str, quoted: bool, single: tuple[str, ...]) -> str:
    """The text of a cell, in single blanks; what spreadsheets put before a number that is text is taken off."""
    if content.isascii() and content.isprintable() and '"' not in content:
        return " ".join(content.split()).removeprefix("'").strip()
    text = content.replace('""', '"') if quoted else content
    text = _SURROGATES.sub(lambda found: single[ord(found[0]) - 0xDC00] if single else letters.LOST, text)
    if not text.isprintable():
        # Line ends and marks of direction, which spreadsheets leave in cells; the joiners of Arabic letters stay.
        text = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    text = " ".join(text.split())
    formula = _FORMULA.match(text)
    text = formula[1] if formula else text
    if not quoted and text != '"':
        text = text.strip('"').strip()
    return text.removeprefix("'").strip()


_WATCHLIST: Final = frozenset(["entry_id", "kind"])
"""Columns of a watchlist in CSV: persons who are looked for, not who travel."""


def recognises(data: bytes) -> bool:
    """True when the first 64 KB have a heading of a list of persons."""
    return layout(decoded(data[:_HEAD])) is not None


def layout(text: Text) -> str | None:
    """The separator of the cells; None when by none of them a line is the heading of a list of persons."""
    head = text._replace(text=text.text[:_HEAD])
    best: tuple[int, str | None] = (0, None)
    for separator in SEPARATORS:
        for number, row in enumerate(rows(head, separator)):
            columns = heading(row) or heading([*row[0].inner])
            known = sum(column is not None for column in columns) if columns else 0
            if known > best[0]:
                best = (known, separator)
            if known or number >= _HEAD_ROWS:
                break
    return best[1]


def heading(row: list[Cell]) -> list[Column | None] | None:
    """The columns of a heading; None when the row is none: two columns of a person are needed, one that names it."""
    if {cell.value.strip().lower() for cell in row[:MOST_CELLS]} >= _WATCHLIST:
        return None
    columns = [column(cell.value) for cell in row[:MOST_CELLS]]
    persons = {found.field for found in columns if found is not None and found.kind == "traveller"}
    return columns if len(persons) > 1 and persons & _NEEDED else None


def column(text: str) -> Column | None:
    """What a heading means; each language of one in several (`Nom / Surname`) is tried."""
    if len(text) > _LONGEST_HEADING:
        return None
    bare = _NUMBERED.sub("", _BRACKETS.sub(" ", text), count=1) if text[:1].isdigit() else _BRACKETS.sub(" ", text)
    for part in (bare, *re.split(r"\s*[/\n|]\s*|\s+-\s+", bare)):
        whole = _with_lost(part)
        found = _columns().get(whole or plain(part))
        if found is not None:
            heading = whole or plain(bare)
            return Column(found[0], found[1], heading, _order(text), _puts_day_first(heading))
    return None


@functools.lru_cache(maxsize=4096)
def _with_lost(text: str) -> str | None:
    """The heading meant by one some letters of which are not known, where those that fit it mean the same."""
    parts = [plain(part) for part in text.split(letters.LOST)]
    if not 1 < len(parts) <= _MOST_LOST or sum(map(len, parts)) < _LEAST_KNOWN:
        return None
    pattern = re.compile(".?".join(parts))
    meant = {heading: field for heading, field in _columns().items() if pattern.fullmatch(heading)}
    return min(meant) if len(set(meant.values())) == 1 else None


_MOST_LOST: Final = 6
"""Letters; of two bytes each counts twice. More take long to try."""
_LEAST_KNOWN: Final = 3


def _order(heading: str) -> bool | None:
    """Whether a heading says that the day comes first: `(DD/MM/YYYY)`, `(jj/mm/aaaa)`, `(MM/DD/YYYY)`."""
    told = re.search(r"\b(D{1,2}|J{1,2}|M{1,2})[/.\- ](D{1,2}|J{1,2}|M{1,2})[/.\- ](?:Y|A)", heading.upper())
    return None if told is None or told[1][0] == told[2][0] else told[1][0] != "M"


def _puts_day_first(heading: str) -> bool:
    """The heading of a date, as `plain` gives it, is French or Arabic."""
    return any("\u0600" <= c <= "\u06ff" for c in heading) or any(word in heading for word in _FRENCH)


_FRENCH: Final = (
    "naissance neele nele dexpiration expirele valable validite delivrance delivrele datede datedu datedarrivee jourde"
).split()


def plain(text: str) -> str:
    """What is compared of headings and words: small letters and digits without accents and vowel signs."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(_SAME.get(c, c) for c in apart if c.isalnum())


_SAME: Final = {"ى": "ي", "ة": "ه", "ـ": ""}
"""Arabic letters that are written for each other at the end of words."""


def meaning(field: str, text: str) -> str | None:
    """What a word means in a field (`homme` as a sex: `M`); None when it is not known."""
    return _words().get((field, plain(text))) if len(text) <= _LONGEST_WORD else None


def is_empty(text: str) -> bool:
    """Nothing, signs only, or a word that says there is nothing: `-`, `N/A`, `néant`."""
    if len(text) > _LONGEST_WORD:
        return not any(map(str.isalnum, text))
    word = plain(text)
    return not word or ("empty", word) in _words()


def is_ditto(field: str, text: str) -> bool:
    """A mark or word for what stands above: `"`, `〃`, `idem`, `id.`, `-do-`. What that is, is never guessed.

    A word without signs in the column of a name is a name; `ID.` among kinds of documents is one.
    """
    if _DITTO.match(text):
        return True
    told = None if field in NAMES and text.isalpha() else meaning("ditto", text)
    if told == "short":
        return not text.isalpha() and not (field in ("document_type", "identity_document") and text.isupper())
    return told is not None


_DITTO: Final = re.compile("[-–—. ]*(?:[\"'″〃“”„«»]{1,2}|,,)[-–—. ]*\\Z")
NAMES: Final = frozenset(["family_name", "given_names", "middle_names", "name", "other_name"])


def says_nothing(field: str | None, text: str) -> bool:
    """As `is_empty`, but a single word in the column of a name is a name: So, Na and Nil are those of people."""
    if not text:
        return True
    return not (field in NAMES and text.isalpha()) and is_empty(text)


def _table(name: str) -> list[dict[str, str]]:
    text = resources.files("vigie.messages.manifest").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))


@functools.cache
def _columns() -> Mapping[str, tuple[str, str]]:
    return {
        plain(words): (row["kind"], row["field"])
        for row in _table("columns.tsv")
        for words in row["headings"].split("|")
    }


@functools.cache
def _words() -> Mapping[tuple[str, str], str]:
    return {
        (row["field"], plain(word)): row["value"] for row in _table("words.tsv") for word in row["words"].split("|")
    }
