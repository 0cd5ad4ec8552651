"""The grammar: service characters, release, folds, repairs, and where everything stood."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.journeys import reservations
from tests.messages.mutation import unrolled
from tests.messages.writing import AS_OF, FLIGHT, loud, problem, read_one, whole
from vigie import messages
from vigie.config import LIMITS, Limits
from vigie.messages.edifact.cleaning import Window
from vigie.messages.edifact.grammar import Interchange, Item, Segment, _elements, _released_elements, scan, spans
from vigie.messages.edifact.service import STANDARD, Service
from vigie.messages.redaction import redact

TEXT = whole(f"{FLIGHT}NAD+FL+++BENALI:SALMA'NAT+2+MAR'NAD+FL+++OKONJO'")
BARE = TEXT.removeprefix("UNA:+.? '")


def rewritten(component: str, element: str, release: str, terminator: str) -> str:
    """The message with other service characters; no value contains one of them."""
    return TEXT.translate(str.maketrans(":+?'", component + element + release + terminator))


def test_the_message_as_it_should_be() -> None:
    message = read_one(TEXT)
    assert [t.name.family for t in message.travellers] == ["BENALI", "OKONJO"]
    assert loud(message) == []


SPELLINGS = [
    (rewritten(":", "*", "?", "#"), [], "Type B characters"),
    (rewritten(":", "-", "?", "'"), [], "a hyphen as separator"),
    (rewritten("^", "|", "\\", "~"), [], "characters a regular expression knows"),
    (rewritten("\x1f", "\x1d", "?", "\x1c"), [], "separators of level B"),
    (rewritten(":", "+", "?", "\n"), [], "a line end as terminator"),
    (rewritten(":", "+", "?", "\r").replace("\r", "\r\n"), [], "CRLF as terminator"),
    (TEXT.replace("UNA:+.? '", "UNA:+.  '"), [], "no release character"),
    (TEXT.replace("UNA:+.? '", "UNA:+.?*'"), [], "a repetition character"),
    (TEXT.replace("UNA:+.? '", "UNA:+.? '  "), [], "blanks behind UNA"),
    (TEXT.replace("UNA:+.? '", " UNA:+.? '\r\n "), [], "blanks before UNA"),
    (TEXT.replace("UNG+", "UNG +"), [], "a blank behind a tag"),
    (BARE, [], "no UNA"),
    (BARE.replace("'", '"'), ["SERVICE_CHARACTERS"], "no UNA and another terminator"),
    (BARE.translate(str.maketrans(":+'", "^|~")), ["SERVICE_CHARACTERS"], "no UNA and other characters"),
    (TEXT.replace("UNA:+.? '", "UNA:+\\*'\n"), ["SERVICE_CHARACTERS"], "UNA of five characters"),
    (TEXT.replace("UNA:+.? '", "UNA:+.\\*'").replace("SALMA", "O?'NEIL"), ["SERVICE_CHARACTERS"], "UNA with backslash"),
    (TEXT.replace("UNA:+.? '", "UNA:+.? ’"), ["SERVICE_CHARACTERS"], "UNA with a typographic quote"),
    (TEXT.replace("UNA:+.? '", "UNA:+.? ~"), ["SERVICE_CHARACTERS"], "UNA that contradicts the text"),
    (TEXT.replace("UNA:+.? '", "UNA++.? '"), ["SERVICE_CHARACTERS"], "UNA with one character twice"),
    (TEXT.replace("'", "'\r\n"), [], "a line per segment"),
    (TEXT.replace("'", "'\r\n  "), [], "a line per segment, indented"),
    ("\r\n".join(TEXT[at : at + 63] for at in range(0, len(TEXT), 63)), [], "folded at 63"),
    ("\r\n".join(rewritten("\x1f", "\x1d", "?", "\x1c").partition("\x1cUNB")), [], "level B, folded within UNA"),
    ("\n".join(TEXT), [], "folded at 1: inside tags and numbers"),
    (f"\r\nQP VIEGPXH\r\n.HDQCRA9 221910\r\n{TEXT}\r\n\r\nMail secured by X\r\n", ["TEXT_REMOVED"], "Type B lines"),
    (f"\x01\r\nQD X\r\n\x02\r\n{TEXT}\r\n\x03\r\n\x01\r\nPART 2\r\n\x02\r\n", ["TEXT_REMOVED"], "an empty page"),
    (f"\x01QD VIEGPXH\r\n.HDQCRA9 221910\r\n\x02{TEXT}\r\n\x03\r\nfooter", ["TEXT_REMOVED"], "SOH, STX and ETX"),
    (f"{TEXT}\x0c\x00\x1a", [], "form feed and padding behind"),
    ("\ufeff" + TEXT, ["TEXT_REMOVED"], "a byte order mark"),
    (TEXT[:-1], ["TERMINATOR_MISSING"], "UNZ without terminator"),
    (TEXT[:-1] + "\r\n\r\nEmail secured by X", ["TERMINATOR_MISSING", "TEXT_REMOVED"], "and a footer"),
    (TEXT.replace("SALMA'", "SALMA\r\n"), ["TERMINATOR_MISSING"], "a terminator lost at a line end"),
    (TEXT.replace("SALMA'", "SALMA’\r\n"), ["TERMINATOR_MISSING"], "a typographic quote instead of a terminator"),
    (TEXT.replace("SALMA'", "SALMA''\n'"), [], "terminators too many"),
    (TEXT.lower().replace("benali", "BENALI").replace("okonjo", "OKONJO").replace("una", "UNA").replace("unb", "UNB")
     .replace("unh+pax1+paxlst:d:05b", "UNH+PAX1+PAXLST:D:05B").replace("fl+", "FL+").replace("mar", "MAR")
     .replace("pax1'", "PAX1'"), [], "tags in small letters"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "repairs", "reason"), SPELLINGS, ids=[reason for *_, reason in SPELLINGS])
def test_spelling(text: str, repairs: list[str], reason: str) -> None:
    message = read_one(text)
    assert [t.name.family for t in message.travellers] == ["BENALI", "OKONJO"], reason
    assert message.travellers[0].nationality == "MAR"
    told = {"CENTURY_DERIVED", "CHARACTER_SET"}
    assert [p.code for p in message.problems if p.code not in told] == repairs
    assert all(p.severity != "error" for p in message.problems)


def test_a_fold_does_not_move_positions() -> None:
    text = whole("NAD+FL+++É:SALMA'DTM+329:99999999'").encode()
    folded = b"\r\n".join(text[at : at + 7] for at in range(0, len(text), 7))
    found = problem(read_one(folded), "BAD_DATE")
    assert found.position is not None
    tag = folded[found.position :].replace(b"\r\n", b"")
    assert tag.startswith(b"DTM+329")


NAMES = [
    ("GÜLEN".encode(), "UNOA", "GÜLEN", [], "UTF-8"),
    ("GÜLEN".encode("latin-1"), "UNOA", "GÜLEN", ["CHARACTER_SET"], "Latin-1, not declared"),
    ("GÜLEN".encode("latin-1"), "UNOC", "GÜLEN", ["CHARACTER_SET"], "Latin-1, declared"),
    ("Łukasz".encode("iso8859-2"), "UNOD", "Łukasz", ["CHARACTER_SET"], "Latin-2"),
    ("Иванов".encode("iso8859-5"), "UNOE", "Иванов", ["CHARACTER_SET"], "Cyrillic"),
    ("O’NEIL".encode("cp1252"), "UNOA", "O’NEIL", ["CHARACTER_SET"], "Windows-1252"),
    (b"A\x81B", "UNOA", "A\ufffdB", ["CHARACTER_SET"], "a byte that is no character"),
]


@pytest.mark.parametrize(("sent", "syntax", "expected", "notes", "reason"), NAMES)
def test_character_set(sent: bytes, syntax: str, expected: str, notes: list[str], reason: str) -> None:
    data = whole("NAD+FL+++@:A'").replace("UNOA", syntax).encode().replace(b"@", sent)
    message = read_one(data)
    assert message.travellers[0].name.family == expected, reason
    assert [p.code for p in message.problems] == notes


RELEASED = [
    ("A+B:C", [["A"], ["B", "C"]]),
    ("A?+B:C", [["A+B", "C"]]),
    ("A??+B", [["A?"], ["B"]]),
    ("A???+B", [["A?+B"]]),
    ("A?", [["A"]]),
    ("?:?'", [[":'"]]),
    ("", [[""]]),
]


@pytest.mark.parametrize(("text", "expected"), RELEASED)
def test_release(text: str, expected: list[list[str]]) -> None:
    assert _released_elements(text, STANDARD) == expected


def _slow_elements(text: str, service: Service) -> list[list[str]]:
    """The obvious twin: one character after the other."""
    elements = [[""]]
    released = False
    for character in text:
        if released:
            elements[-1][-1] += character
            released = False
        elif character == service.release:
            released = True
        elif character == service.element:
            elements.append([""])
        elif character == service.component:
            elements[-1].append("")
        else:
            elements[-1][-1] += character
    return elements


SERVICES = st.permutations(r"!#$%&*:+?^|~\@-").map(lambda c: Service(c[0], c[1], c[2], "", c[3]))


@given(SERVICES, st.lists(st.integers(0, 5)), st.booleans())
def test_elements_are_as_read_one_by_one(service: Service, letters: list[int], releases: bool) -> None:
    alphabet = [service.component, service.element, "A", " ", "\n", service.release if releases else "B"]
    text = "".join(alphabet[letter] for letter in letters)
    assert _elements(text, service) == _slow_elements(text, service)
    assert _released_elements(text, service) == _slow_elements(text, service)


@given(SERVICES, st.lists(st.text(st.sampled_from("AB?:+'#*^|"), max_size=5), min_size=1, max_size=5))
def test_what_is_released_comes_back(service: Service, values: list[str]) -> None:
    def escaped(value: str) -> str:
        return "".join(service.release + c if c in service else c for c in value)

    component, element, release, _, terminator = service
    body = element.join(["FTX", *map(escaped, values)]) + terminator
    una = f"UNA{component}{element}.{release} {terminator}"
    unb = f"UNB{element}UNOA{component}4{terminator}UNH{element}1{element}PAXLST{component}D{terminator}"
    segments = [item for item in unrolled(scan((una + unb + body).encode())) if isinstance(item, Segment)]
    assert segments[-1].elements == [["FTX"], *([value] for value in values)]


@given(
    st.lists(st.sampled_from([b"AB", b"C", b"\r\n", b"\n", b"\x01", b"\x02", b"\x03", b"UNA"])).map(b"".join), st.data()
)
def test_every_offset_of_the_window_leads_back(data: bytes, draw: st.DataObject) -> None:
    """Through any number of moves; and the text is that of one window over everything."""
    window, whole, seen = Window(data, draw.draw(st.integers(1, 8))), Window(data, 1000), ""
    while True:
        for offset, character in enumerate(window.text):
            assert data[window.position(offset)] == ord(character)
        assert window.position(len(window.text)) <= len(data)
        if not window.more:
            break
        keep = draw.draw(st.integers(0, len(window.text)))
        seen += window.text[:keep]
        window.advance(keep)
    assert seen + window.text == whole.text


PIECES = [
    "UNA:+.? '", "UNB+UNOA:4+A+B+261122:1910+77'", "UNH+1+PAXLST:D:05B'", "BGM+745'", "NAD+FL+++BENALI:SALMA'",
    "DTM+329:840310'", "FTX+BAG+++O?'K'", "XQX+1'", "LOC+178+CMN\r\n", "UNT+4+1'", "UNZ+1+77'", "\r\n", "\n", " ", "'",
    "?", "+", ":", "\x01", "\x02", "\x03", "\xe9", "QU VIEGPXH\r\n", "UNA", "UNB", "NA", "D+FL+++A:B'", "A" * 70,
    "UNH+2+PNRGOV:13:1:IA'", "TIF+OKONJO+ADA:A:1'", "S C'", "\xe2\x80\x99\r\n",
]  # fmt: skip
INPUTS = st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: "".join(pieces).encode("latin-1"))


def items(data: bytes, fast: bool = True, window: int = 1 << 17) -> list[Item]:
    return unrolled(scan(data, Limits(segments=10_000), fast, window))


@given(INPUTS)
@example(b"\x01QD\x02UNB+UNOA:4'UNH+1+PAXLST:D:05B'NAD+FL+++A:B'\x03\r\nfooter")
def test_every_byte_is_in_one_item(data: bytes) -> None:
    assert sum(item.size for item in items(data)) == len(data)


@given(INPUTS)
def test_the_short_way_and_the_tolerant_way_give_the_same(data: bytes) -> None:
    assert items(data) == items(data, fast=False)


@given(INPUTS, st.integers(1, 300))
def test_the_window_does_not_show(data: bytes, window: int) -> None:
    """Whatever part of the input is seen at a time. How far a lost head is sought depends on it, so it is given one."""
    data = b"UNB+UNOA:4+A+B+261122:1910+77'UNH+1+PAXLST:D:05B'" + data
    small, whole = items(data, window=window), items(data)
    assert [i for i in small if isinstance(i, Segment)] == [i for i in whole if isinstance(i, Segment)]
    assert sum(item.size for item in small) == len(data)


@given(INPUTS)
def test_spans_are_where_the_components_stand(data: bytes) -> None:
    service = STANDARD
    for item in items(data):
        if isinstance(item, Interchange):
            service = item.service
        if isinstance(item, Segment):
            found = spans(item, service)
            assert [len(element) for element in found] == [len(element) for element in item.elements]
            controls = bytes(range(32)) + b"\x7f"
            for element, values in zip(found, item.elements, strict=True):
                for (start, end), value in zip(element, values, strict=True):
                    plain = data[start:end].translate(None, controls).decode("latin-1")
                    if b"\x01" in data[start:end] or b"\x03" in data[start:end]:
                        continue  # a heading or footer within the component was taken out with its marks
                    if value.isascii() and "?" not in plain:
                        assert plain.strip().upper() == value.strip().upper()


GLUED = [
    ("TIF+BENALI+SALMA:A:1'TKT+1472345678901:T:1<TIF+ALAMI+OMAR:A:2'", ["BENALI", "ALAMI"], "behind a ticket"),
    ("TIF+BENALI+SALMA:A:1<TIF+ALAMI+OMAR:A:2'", ["BENALI", "ALAMI"], "one person behind another"),
    ("TIF+BENALI+SALMA:A<TIF+ALAMI+OMAR:A:2'", ["BENALI", "ALAMI"], "behind a person without reference"),
    ("TIF+BENALI+SALMA:A:1'FTI+ZV:123456789<TIF+ALAMI+OMAR'", ["BENALI", "ALAMI"], "a number before, no kind behind"),
    ("TIF+BENALI+SALMA:A:1<SRC'RCI+ZV:K7MM2C'TIF+ALAMI+OMAR:A:1'", ["BENALI", "ALAMI"], "a booking behind a person"),
    ("TIF+LATIF+OMAR:A:1'TIF+BENALI+LATIF:A:2'", ["LATIF", "BENALI"], "no tag: names that end like one"),
    ("TIF+LATIF+OMAR+KARIM:A:1'", ["LATIF", "LATIF"], "no tag: a name and two given names"),
    ("TIF+LATIF+OMAR:A:1+KARIM:A:2'", ["LATIF", "LATIF"], "no tag: two of one name"),
    ("TIF+ABDELLATIF+OMAR:A:1'IFT+4:43+OMAR LATIF+12 RUE DU PORT+CASABLANCA'", ["ABDELLATIF"], "no tag: a text"),
    ("RCI+ZV:Q71SRC'TIF+BENALI+SALMA:A:1'", ["BENALI"], "no tag: a locator that ends like one"),
]


@pytest.mark.parametrize(("segments", "families", "reason"), GLUED)
def test_a_terminator_lost_in_a_line_costs_no_traveller(segments: str, families: list[str], reason: str) -> None:
    message = read_one(reservations.whole(f"SRC'RCI+ZV:Q7TX2B'{segments.replace('<', chr(39))}"))
    lost = read_one(_glued(segments))
    assert [one.name.family for one in lost.travellers] == families, reason
    assert [one.tickets for one in lost.travellers] == [one.tickets for one in message.travellers]
    told = [one.code for one in lost.problems if one.code == "TERMINATOR_MISSING"]
    assert told == ["TERMINATOR_MISSING"] * ("<" in segments)


def _glued(segments: str) -> str:
    return reservations.whole(f"SRC'RCI+ZV:Q7TX2B'{segments.replace('<', chr(39) + '<')}").replace("'<", "")


@pytest.mark.parametrize("window", [64, 200, 1 << 17])
@pytest.mark.parametrize("fast", [True, False])
def test_glued_segments_are_the_same_through_any_window(window: int, fast: bool) -> None:
    for segments, *_ in GLUED:
        data = _glued(segments * 3).encode()
        assert unrolled(scan(data, LIMITS, fast, window)) == unrolled(scan(data, LIMITS, False))


def test_glued_segments_take_no_time() -> None:
    data = ("UNB+UNOA:4+ZV+GOV+261122:1910+77'UNH+1+PAXLST:D:05B:UN'BGM+745'" + "NAD+FL+\n" * 40_000).encode()
    begun = time.process_time()
    messages.read(data, AS_OF)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("tag", ["FTX+AAA+++", "QQQ+", "RFF+ZQ:", "DOC+P+1+"])
def test_a_segment_folded_often_takes_no_time(tag: str) -> None:
    """Each of its components took a look at all of its folds: 12 seconds and more."""
    data = whole(f"NAD+FL+++BENALI'{tag}" + "ABCD\n:" * 9000 + "'").encode()
    begun = time.process_time()
    message = read_one(data)
    assert time.process_time() - begun < 2
    kept = redact(data, message.removals)
    assert kept.count(b"ABCD") <= 1
    assert kept.count(b"\n") == 9000
