"""Against pydifact, wherever it can read: the same segments with the same components."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydifact.control.characters import Characters
from pydifact.exceptions import EDISyntaxError
from pydifact.parser import Parser

from tests.messages.mutation import mutant, seeds, unrolled
from vigie.messages.edifact.grammar import Fault, Interchange, Segment, scan
from vigie.messages.edifact.service import STANDARD

Elements = list[list[str]]


def peer(text: str, marks: str) -> list[Elements] | None:
    """What pydifact makes of it; None where it gives up or invents."""
    component, element, release, terminator = list(marks)
    characters = Characters.from_str(f"UNA{component}{element}.{release or ' '} {terminator}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            segments = list(Parser().parse(text, characters))
    except (EDISyntaxError, ValueError, LookupError, TypeError, AttributeError, RuntimeError):
        return None
    return [[[segment.tag], *map(_components, segment.elements)] for segment in segments if segment.tag != "UNA"]


def _components(element: str | list[str]) -> list[str]:
    return [element] if isinstance(element, str) else [str(part) for part in element]


def ours(data: bytes) -> tuple[list[Elements], str, bool]:
    """Segments, service characters, and whether anything had to be repaired or was not one interchange."""
    segments: list[Elements] = []
    marks, interchanges, repaired = ":+?'", 0, False
    for item in unrolled(scan(data)):
        if isinstance(item, Interchange):
            interchanges += 1
            service = item.service
            marks = service.component + service.element + service.release + service.terminator
            repaired = repaired or len(marks) != 4 or (service.repetition not in ("", STANDARD.repetition))
        elif isinstance(item, Segment):
            repaired = repaired or item.tag != item.elements[0][0]
            segments.append(item.elements)
        elif isinstance(item, Fault):
            repaired = repaired or item.code != "SERVICE_CHARACTERS"
    return segments, marks, repaired or interchanges != 1


def plain(data: bytes) -> str | None:
    """The text pydifact is given: it knows neither bytes nor folds."""
    if not data.isascii() or any((byte < 0x20 and byte not in (0x0A, 0x0D)) or byte == 0x7F for byte in data):
        return None
    return data.decode().replace("\r", "").replace("\n", "")


def compared(inputs: Iterator[bytes]) -> int:
    count = 0
    for data in inputs:
        text = plain(data)
        segments, marks, repaired = ours(data)
        if text is None or repaired or segments[0][0][0][:2] != "UN":
            continue
        text = text[text.find(segments[0][0][0]) :]
        if "UNA" in text:
            continue  # pydifact takes a UNA anywhere for the beginning and drops what comes before
        theirs = peer(text, marks)
        if theirs is None:
            continue
        assert _without_empty_ends(segments) == _without_empty_ends(theirs)
        count += 1
    return count


def _without_empty_ends(segments: list[Elements]) -> list[Elements]:
    """To pydifact, empty components and blanks at the end of an element are nothing."""
    kept = []
    for elements in segments:
        shorter = [_stripped(components) for components in elements]
        while len(shorter) > 1 and shorter[-1] == [""]:
            shorter.pop()
        kept.append(shorter)
    return kept


def _stripped(components: list[str]) -> list[str]:
    values = [value.strip() for value in components]
    while len(values) > 1 and not values[-1]:
        values.pop()
    return values


@pytest.mark.data
def test_public_messages(data: Path) -> None:
    """Of some 60 files it reads those that are whole, ASCII and without group or damage."""
    assert compared(iter(seeds(data / "messages"))) > 30


@pytest.mark.data
def test_damaged_messages(data: Path) -> None:
    originals = seeds(data / "messages")
    assert compared(mutant(number, originals) for number in range(1000)) > 100


@pytest.mark.data
@pytest.mark.nightly
def test_many_damaged_messages(data: Path) -> None:
    originals = seeds(data / "messages")
    assert compared(mutant(number, originals) for number in range(1000, 21_000)) > 2000
