"""XML of unknown origin as a tree in which every value knows its bytes, so that it can be left out when stored.

No parser library: they do not tell where an attribute stands, and a damaged document must give what is in it. There is
no document type, no entity but the five of XML and numbers, no reference to anything outside: nothing to be misused.
One pass, linear in the size.
"""

import re
from html import unescape
from typing import Final

import msgspec

_TAG: Final = re.compile(r"<(/?)([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*)>")
_ATTRIBUTE: Final = re.compile(r"([\w.-]{1,60}:)?([\w.-]{1,60})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)')")
_ENCODING: Final = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_REFERENCE: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_SKIPPED: Final = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
_CDATA: Final = ("<![CDATA[", "]]>")
_SINGLE_BYTE: Final = {"iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "us-ascii": "cp1252"}
_DEEPEST: Final = 50


class Value(msgspec.Struct, frozen=True):
    """An attribute or a text, and its place in bytes."""

    text: str
    start: int
    end: int


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

    def first(self, *names: str) -> "Node":
        """As `all`; an empty element when there is none."""
        return next(iter(self.all(*names)), Node(names[-1], self.at))


def tree(data: bytes) -> tuple[Node, bool]:
    """A node over the outermost elements, and whether the document ends where they do.

    An end tag without its start is passed over; what is open at the end is closed.
    """
    text = data.decode("latin-1")
    encoding = _encoding(text)
    top = Node("", 0)
    open_nodes = [top]
    at = 0
    while (start := text.find("<", at)) >= 0:
        _add_text(open_nodes[-1], text, at, start, encoding)
        if text.startswith(_CDATA[0], start):
            end = text.find(_CDATA[1], start)
            if end < 0:
                return top, False
            _add_text(open_nodes[-1], text, start + len(_CDATA[0]), end, encoding, literal=True)
            at = end + len(_CDATA[1])
            continue
        skipped = next((closing for opening, closing in _SKIPPED if text.startswith(opening, start)), None)
        tag = _TAG.match(text, start) if skipped is None else None
        if tag is not None:
            _take(tag, open_nodes, encoding)
            at = tag.end()
        elif skipped is not None and (end := text.find(skipped, start)) >= 0:
            at = end + len(skipped)
        else:
            return top, False
    return top, len(open_nodes) == 1


def _take(tag: re.Match[str], open_nodes: list[Node], encoding: str) -> None:
    if tag[1]:
        depth = next((at for at in range(len(open_nodes) - 1, 0, -1) if open_nodes[at].name == tag[3]), 0)
        if depth:
            del open_nodes[depth:]
        return
    node = Node(tag[3], tag.start())
    for found in _ATTRIBUTE.finditer(tag[4]):
        group = 3 if found[3] is not None else 4
        start, end = (tag.start(4) + place for place in found.span(group))
        node.attributes.setdefault(found[2], Value(_value(found[group], encoding), start, end))
    open_nodes[-1].children.append(node)
    if not tag[4].rstrip().endswith("/") and len(open_nodes) < _DEEPEST:
        open_nodes.append(node)


def _add_text(node: Node, text: str, start: int, end: int, encoding: str, literal: bool = False) -> None:
    sent = text[start:end]
    if sent.strip():
        value = _decoded(sent, encoding) if literal else _value(sent, encoding)
        node.texts.append(Value(value, start, end))


def _value(text: str, encoding: str) -> str:
    return _REFERENCE.sub(lambda found: unescape(found[0]), _decoded(text, encoding))


def _decoded(text: str, encoding: str) -> str:
    return text if text.isascii() else text.encode("latin-1").decode(encoding, "replace")


def _encoding(text: str) -> str:
    found = _ENCODING.match(text[:200].lstrip("\xef\xbb\xbf"))
    return _SINGLE_BYTE.get(found[1].lower(), "utf-8") if found else "utf-8"
