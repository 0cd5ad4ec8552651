"""XML of unknown origin as a tree in which every value knows its bytes, so that it can be left out when stored.

No parser library: they do not tell where an attribute stands, and a damaged document must give what is in it. There is
no document type, no entity but the five of XML and numbers, no reference to anything outside: nothing to be misused.
One pass, linear in the size.
"""

import re
from collections.abc import Container, Iterator
from html import unescape
from typing import Final

import msgspec

from vigie.messages.lines import wide

_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_NAME: Final = r"[A-Za-z](?:(?!\xc2\xa0)[\w.-])*"
"""Of an element; the two bytes are a no-break space of UTF-8. With a letter first, filler for a damaged tag is none."""
_TAG: Final = re.compile(rf"<(/?)({_NAME}:)?({_NAME})((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*)>")
_ATTRIBUTE: Final = re.compile(
    r"(?:(?:[A-Za-z][A-Za-z0-9_.-]{0,59}:)?([A-Za-z][A-Za-z0-9_.-]{0,59})(?:\s|\xc2\xa0){0,20}=(?:\s|\xc2\xa0){0,20})?"
    r"(?:\"([^\"]*)\"|'([^']*)')"
)
"""Name and value; a value without a name is passed as a whole, so that nothing within it is a name. A name begins with
a letter of ASCII: the filler that stands for a word before it in what is stored is none of it."""
_ENCODING: Final = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_REFERENCE: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_DECLARATION: Final = re.compile(
    r"<\?xml(?:\s{1,9}(?:version|encoding|standalone)\s{0,9}=\s{0,9}(?:\"[\w.-]{1,40}\"|'[\w.-]{1,40}'))*\s*\?>"
)
_SKIPPED: Final = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
_WORD: Final = re.compile(r"(?!\xc2\xa0)[^\W_]")
_CDATA: Final = ("<![CDATA[", "]]>")
_SINGLE_BYTE: Final = {"iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "us-ascii": "cp1252"}
_DEEPEST: Final = 50


class Value(msgspec.Struct, frozen=True):
    """An attribute or a text, and its place in bytes."""

    text: str
    start: int
    end: int
    width: int = 1
    """Bytes of a character."""

    @property
    def is_plain(self) -> bool:
        """True when a place in the text is one in the bytes: no references, no letters of several bytes."""
        return self.end - self.start == len(self.text) * self.width

    def place(self, at: int) -> int | None:
        """Where a place in the text is in the bytes; None where references stand in it."""
        if self.is_plain:
            return self.start + at * self.width
        sent = self.width == 1 and len(self.text.encode(errors="replace")) == self.end - self.start
        return self.start + len(self.text[:at].encode(errors="replace")) if sent else None


class Node(msgspec.Struct):
    """An element by its local name, without the prefix of its name space."""

    name: str
    at: int
    attributes: dict[str, Value] = {}
    texts: list[Value] = []
    children: list["Node"] = []

    def get(self, attribute: str) -> str:
        """An attribute without blanks around it; empty when it was not sent."""
        value = self.attributes.get(attribute)
        return value.text.strip() if value else ""

    def text(self) -> str:
        return " ".join(part for value in self.texts for part in value.text.split())

    def all(self, *names: str) -> list["Node"]:
        """Children, grandchildren, ... by their names in turn: `all("POS", "Source")`."""
        found = [self]
        for name in names:
            found = [child for node in found for child in node.children if child.name == name]
        return found

    def within(self, names: Container[str], but: Container[str] = ()) -> Iterator["Node"]:
        """Elements of these names below this one, in order, at whatever depth; not those below one of `but`."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if node.name in names:
                yield node
            if node.name not in but:
                waiting += node.children[::-1]

    def first(self, *names: str) -> "Node":
        """As `all`; an empty element when there is none."""
        return next(iter(self.all(*names)), Node(names[-1], self.at))


class Aside(msgspec.Struct, frozen=True):
    """Bytes that are in no element, attribute or text that is read."""

    start: int
    end: int
    written: bool
    """A comment or a processing instruction: somebody's words. Else what nobody can read."""


class Tree(msgspec.Struct, frozen=True):
    """A document as read."""

    top: Node
    """Over the outermost elements."""
    whole: bool
    """The document ends where they do, and every tag could be read."""
    asides: list[Aside]


def tree(data: bytes) -> Tree:
    """Reads a document. An end tag without its start is passed over; what is open at the end is closed."""
    return _Document(data).read()


class _Document:
    """One pass. Places are those of characters in `_text`, of one or two bytes each."""

    def __init__(self, data: bytes) -> None:
        encoding = wide(data)
        self._width = 2 if encoding else 1
        if encoding is None:
            self._text = data.decode("latin-1")
            self._encoding = _encoding(self._text)
        else:
            # Two units for a letter beyond the first 65,536, so that places hold.
            text = data.decode(encoding, "surrogatepass" if len(data) % 2 == 0 else "replace")
            self._text = _ASTRAL.sub(lambda found: _units(found[0]), text)
            self._encoding = "utf-16"
        self._size = len(data)
        self._whole = True
        self._top = Node("", 0)
        self._open = [self._top]
        self._asides: list[Aside] = []

    def read(self) -> Tree:
        text, at = self._text, 0
        while (start := text.find("<", at)) >= 0:
            self._add_text(at, start)
            end = self._markup(start)
            if end is None:
                end, self._whole = self._after(start), False
                self._aside(start, end)
            at = end
        self._aside(at, len(text))
        return Tree(self._top, self._whole and len(self._open) == 1, self._asides)

    def _after(self, start: int) -> int:
        """Where a damaged tag ends: before the next. A comment that does not end takes all the rest with it."""
        unended = self._text.startswith(("<!", "<?"), start)
        following = -1 if unended else self._text.find("<", start + 1)
        return following if following >= 0 else len(self._text)

    def _markup(self, start: int) -> int | None:
        """Reads what begins with `<`. Where it ends; None when it does not."""
        text = self._text
        if text.startswith(_CDATA[0], start):
            end = text.find(_CDATA[1], start)
            if end >= 0:
                self._add_text(start + len(_CDATA[0]), end, literal=True)
            return end + len(_CDATA[1]) if end >= 0 else None
        opening, closing = next((pair for pair in _SKIPPED if text.startswith(pair[0], start)), ("", ""))
        if closing:
            end = text.find(closing, start)
            if end >= 0 and not (opening == "<?" and _DECLARATION.fullmatch(text, start, end + len(closing))):
                self._aside(start + len(opening), end, written=opening != "<!")
            return end + len(closing) if end >= 0 else None
        tag = _TAG.match(text, start)
        if tag is not None:
            self._take(tag)
        return tag.end() if tag is not None else None

    def _take(self, tag: re.Match[str]) -> None:
        if tag[1]:
            self._aside(*tag.span(4))
            nodes = self._open
            depth = next((at for at in range(len(nodes) - 1, 0, -1) if nodes[at].name == tag[3]), 0)
            if depth:
                del nodes[depth:]
            return
        node = Node(tag[3], tag.start() * self._width)
        at = tag.start(4)
        for found in _ATTRIBUTE.finditer(self._text, *tag.span(4)):
            if found[1] is None:
                continue
            self._aside(at, found.start())
            group = 2 if found[2] is not None else 3
            if found[1] in node.attributes:
                self._aside(*found.span(group))
            else:
                node.attributes[found[1]] = self._at(self._value(found[group]), *found.span(group))
            at = found.end()
        self._aside(at, tag.end(4))
        self._open[-1].children.append(node)
        if not tag[4].rstrip(" \t\r\n").endswith("/") and len(self._open) < _DEEPEST:
            self._open.append(node)

    def _add_text(self, start: int, end: int, literal: bool = False) -> None:
        sent = self._text[start:end]
        if sent.strip():
            value = self._decoded(sent) if literal else self._value(sent)
            self._open[-1].texts.append(self._at(value, start, end))

    def _aside(self, start: int, end: int, written: bool = False) -> None:
        """From the first word on: filler for a sign before it would go on with the name that stands there."""
        if word := _WORD.search(self._text, start, end):
            self._asides.append(Aside(word.start() * self._width, min(end * self._width, self._size), written))

    def _at(self, value: str, start: int, end: int) -> Value:
        return Value(value, start * self._width, end * self._width, self._width)

    def _value(self, text: str) -> str:
        return _REFERENCE.sub(lambda found: unescape(found[0]), self._decoded(text))

    def _decoded(self, text: str) -> str:
        if text.isascii():
            return text
        if self._width == 2:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text.encode("latin-1").decode(self._encoding, "replace")


def _units(letter: str) -> str:
    sent = letter.encode("utf-16-be")
    return "".join(chr(int.from_bytes(sent[at : at + 2], "big")) for at in (0, 2))


def _encoding(text: str) -> str:
    found = _ENCODING.match(text[:200].lstrip("\xef\xbb\xbf"))
    return _SINGLE_BYTE.get(found[1].lower(), "utf-8") if found else "utf-8"
