"""What is written as EDIFACT is read back by the grammar as it was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.messages.edifact import writer
from vigie.messages.edifact.grammar import Interchange, scan
from vigie.messages.edifact.grammar import Segment as Scanned
from vigie.messages.edifact.service import LEVEL_B, STANDARD, Service
from vigie.messages.edifact.writer import Element, Segment

SERVICES = [
    STANDARD,
    Service(":", "+", "?", "", "'"),
    Service(":", "+", "?", "*", '"'),
    Service(":", "*", "?", "", "#"),
    Service(":", "-", "?", " ", "'"),
    Service(";", "|", "\\", "", "~"),
    LEVEL_B,
]
HEAD: list[Segment] = [("UNB", ("UNOC", "4"), "GOV", "ZV", ("261122", "1911"), "77"), ("UNH", "A1", ("CUSRES", "D"))]


def read_back(written: bytes) -> list[Scanned]:
    return [item for item in scan(written, fast=False) if isinstance(item, Scanned)]


WRITTEN: list[tuple[Segment, str, str]] = [
    (("FTX", "AAP", "", "", "TEXT"), "FTX+AAP+++TEXT'", "empty elements within"),
    (("FTX", "AAP", "", "", ""), "FTX+AAP'", "empty elements at the end"),
    (("RFF", ("TN", "", "", "1")), "RFF+TN:::1'", "empty components within"),
    (("RFF", ("TN", "7", "", "")), "RFF+TN:7'", "empty components at the end"),
    (("RFF", ("", "")), "RFF'", "nothing but empty ones"),
    (("FTX", "A+B:C'D?E*F"), "FTX+A?+B?:C?'D??E?*F'", "service characters"),
    (("FTX", "1.5,2 A"), "FTX+1.5,2 A'", "decimal marks and blanks serve nothing"),
]


@pytest.mark.parametrize(("segment", "expected", "reason"), WRITTEN, ids=[reason for *_, reason in WRITTEN])
def test_segment(segment: Segment, expected: str, reason: str) -> None:
    assert writer.text([segment]) == expected, reason


UNA = [
    (STANDARD, True, "", "the standard's characters need none"),
    (Service(":", "+", "?", "", "'"), True, "UNA:+.? '", "no repetition"),
    (Service(":", "+", "", "", '"'), True, 'UNA:+.  "', "no release"),
    (Service(":", "+", "?", "*", '"'), True, 'UNA:+.?*"', "another terminator"),
    (Service(":", "+", "?", "*", '"'), False, "", "left out by agreement"),
]


@pytest.mark.parametrize(("service", "una", "expected", "reason"), UNA, ids=[reason for *_, reason in UNA])
def test_una(service: Service, una: bool, expected: str, reason: str) -> None:
    text = writer.text(HEAD, service, una)
    assert text[: text.index("UNB")] == expected, reason
    (begun,) = [item for item in scan(text.encode()) if isinstance(item, Interchange)]
    assert begun.service._replace(repetition="") == service._replace(repetition=""), reason


def test_unt_counts_its_message() -> None:
    assert writer.closed([HEAD[1], ("BGM", "962")])[-1] == ("UNT", "3", "A1")


REFUSED = [
    ("A\nB", STANDARD, "a line end"),
    ("A\x00B", STANDARD, "a control character"),
    ("A\x85B", STANDARD, "a control character beyond ASCII"),
    ("A+B", Service(":", "+", "", "", "'"), "no release character"),
    ("A", Service("+", "+", "?", "", "'"), "one sign for two purposes"),
    ("A", Service(":", "+", "?", "?", "'"), "one sign for release and repetition"),
    ("A", Service(":", "+", "?", "", "A"), "a letter"),
    ("A", Service(":", "+", "?", "", " "), "a blank"),
    ("A", Service(":", "+", "?", "", ""), "no terminator"),
    ("A", Service("::", "+", "?", "", "'"), "two signs"),
]


@pytest.mark.parametrize(("value", "service", "reason"), REFUSED, ids=[reason for *_, reason in REFUSED])
def test_what_cannot_be_written(value: str, service: Service, reason: str) -> None:
    with pytest.raises(ValueError, match=r"(service|control) character"):
        writer.text([("FTX", value)], service)


CHARSETS = [
    ("OK TO BOARD", "UNOA", b"OK TO BOARD", "capital letters"),
    ("Ok to board", "UNOA", None, "UNOA has capital letters only"),
    ("Ok to board", "UNOB", b"Ok to board", "UNOB has small letters"),
    ("Ok", "SIRE", b"Ok", "a State's own identifier"),
    ("É", "UNOB", None, "no accents in UNOB"),
    ("É", "UNOC", b"\xc9", "Latin-1"),
    ("ع", "UNOC", None, "no Arabic in Latin-1"),
    ("ع", "UNOW", b"\xd8\xb9", "UTF-8"),
    ("\ud800", "UNOW", None, "half a character"),
    ("", "UNOA", b"", "nothing"),
]


@pytest.mark.parametrize(("content", "syntax", "expected", "reason"), CHARSETS, ids=[reason for *_, reason in CHARSETS])
def test_character_set(content: str, syntax: str, expected: bytes | None, reason: str) -> None:
    if expected is None:
        with pytest.raises(ValueError, match=f"character set of {syntax}"):
            writer.encoded(content, syntax)
    else:
        assert writer.encoded(content, syntax) == expected, reason


# Line separators and the like are no controls of EDIFACT, but only blanks at the edges could be lost.
_VALUES = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12) | st.text("':+?*\"#-;|\\~ A", max_size=8)
_SEGMENTS = st.lists(st.lists(_VALUES, max_size=3).map(tuple) | _VALUES, max_size=4)


def _plain(elements: list[Element]) -> list[list[str]]:
    """As the grammar gives it: at least one component each, nothing empty at an end."""
    plain = [[element] if isinstance(element, str) else list(element) for element in elements]
    for components in plain:
        while components and not components[-1]:
            components.pop()
    while plain and not plain[-1]:
        plain.pop()
    return [components or [""] for components in plain]


@given(bodies=st.lists(_SEGMENTS, max_size=4), service=st.sampled_from(SERVICES[:-1]))
def test_any_value_is_read_back(bodies: list[list[Element]], service: Service) -> None:
    segments: list[Segment] = [*HEAD, *(("FTX", *body) for body in bodies)]
    found = read_back(writer.encoded(writer.text(segments, service), "UNOW"))
    assert [segment.elements for segment in found[2:]] == [[["FTX"], *_plain(body)] for body in bodies]


def test_level_b_has_signs_that_no_text_holds() -> None:
    segments: list[Segment] = [*HEAD, ("FTX", "A+B:C'D?E", ("F", "G"))]
    found = read_back(writer.text(segments, LEVEL_B).encode())
    assert found[2].elements == [["FTX"], ["A+B:C'D?E"], ["F", "G"]]
