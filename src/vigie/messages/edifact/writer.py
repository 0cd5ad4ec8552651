"""Writes EDIFACT (ISO 9735): segments with any service characters, released, counted and encoded.

`grammar` reads what this writes back as it was given. What the syntax cannot carry is refused with a ValueError that
does not quote it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from vigie.messages.edifact.service import STANDARD, Service

Element = str | tuple[str, ...]
Segment = tuple[Element, ...]
"""Tag, then data elements; an element of several components is a tuple."""

_DECIMAL_MARK: Final = "."
_LEVEL_A: Final = re.compile(r"[A-Z0-9 .,\-()/='+:?*!\"%&;<>]*\Z")
_CHARSETS: Final = {"UNOC": "iso8859-1", "UNOW": "utf-8"}
"""By syntax identifier (ISO 9735-1, data element 0001). Every other one, a State's own included, is taken as ASCII."""


def text(segments: Iterable[Segment], service: Service = STANDARD, una: bool = True) -> str:
    """The segments, one behind the other, without line ends; empty elements and components at an end are left out.

    UNA comes first where the service characters are not the standard's, unless `una` is false: some systems agree on
    other characters and do without. Raises ValueError for a control character or line end in a value, a service
    character in a value where there is no release character, and service characters that are not distinct signs.
    """
    _check(service)
    header = _una(service) if una and service != STANDARD else ""
    return header + "".join([_segment(segment, service) for segment in segments])


def closed(segments: Sequence[Segment]) -> list[Segment]:
    """A message with its UNT: the first segment is its UNH, and UNT counts both and repeats the reference."""
    return [*segments, ("UNT", str(len(segments) + 1), segments[0][1])]


def encoded(content: str, syntax: str) -> bytes:
    """In the character set that a syntax identifier names: `UNOA`, `UNOB`, `UNOC` (Latin-1), `UNOW` (UTF-8).

    Raises ValueError for a character that is not in it; UNOA has capital letters only.
    """
    try:
        octets = content.encode(_CHARSETS.get(syntax, "ascii"))
    except UnicodeEncodeError:
        octets = b""
    if (content and not octets) or (syntax == "UNOA" and not _LEVEL_A.match(content)):
        raise ValueError(
            f"the character set of {syntax} lacks a character of the message; write without it or name UNOW"
        )
    return octets


def _check(service: Service) -> None:
    marks = [service.component, service.element, service.terminator, *service.release, *service.repetition.strip()]
    plain = [mark for mark in marks if len(mark) != 1 or mark.isalnum() or mark == " "]
    if plain or len(set(marks)) < len(marks) or len(service.release) > 1 or len(service.repetition) > 1:
        raise ValueError("service characters are single signs, all different, and neither letters, digits nor blanks")


def _una(service: Service) -> str:
    component, element, release, repetition, terminator = service
    return f"UNA{component}{element}{_DECIMAL_MARK}{release or ' '}{repetition or ' '}{terminator}"


def _segment(segment: Segment, service: Service) -> str:
    return service.element.join(_trimmed(_element(element, service) for element in segment)) + service.terminator


def _element(element: Element, service: Service) -> str:
    components = (element,) if isinstance(element, str) else element
    return service.component.join(_trimmed(_released(component, service) for component in components))


def _trimmed(parts: Iterable[str]) -> list[str]:
    """Without empty parts at the end."""
    kept = list(parts)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _released(value: str, service: Service) -> str:
    """The value with a release character before every character that would otherwise serve."""
    if any(unicodedata.category(character) == "Cc" for character in value):
        raise ValueError("a value of the message holds a control character or line end; take it out")
    serving = {*service} - {"", " "}
    if not service.release and not serving.isdisjoint(value):
        raise ValueError("a value of the message holds a service character, and there is no release character; add one")
    return "".join([service.release + character if character in serving else character for character in value])
