"""What comes out for whole inputs: the limits, recognition, and the envelope."""

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest

from tests.conftest import ROOT
from tests.messages.writing import AS_OF, FLIGHT, loud, problem, read_one, whole
from vigie import messages
from vigie.config import Limits
from vigie.messages.edifact.grammar import Fault, scan
from vigie.messages.redaction import redact
from vigie.records import Message

SCHEMA = json.loads((ROOT / "docs" / "reference" / "read.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

REFUSED: list[tuple[bytes, str | None, str, str]] = [
    (b"", None, "EMPTY_INPUT", "nothing"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 20, None, "NO_MESSAGE", "a picture"),
    (b"Dear colleague, please find UNA and UNB attached.\r\n", None, "NO_MESSAGE", "plain text"),
    (b"a,b,c\n1,2,3\n", None, "NO_MESSAGE", "a table of something else"),
    (b"CIRQ:/LH/FRA;1/2", None, "NO_MESSAGE", "interactive lines of another kind"),
    (b"\r\n \r\n", None, "NO_MESSAGE", "blank lines"),
    (b"UNB+UNOA:4+A+B+261122:1910+1'UNZ+0+1'", None, "NO_MESSAGE", "an interchange without message"),
    (b"UNB+UNOA:4+A+B+261122:1910+1'UNH+1+CONTRL:D:3:UN'UCI+1'UNT+3+1'UNZ+1+1'", None, "UNSUPPORTED_TYPE", "CONTRL"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind", "code", "reason"), REFUSED, ids=[reason for *_, reason in REFUSED])
def test_what_cannot_be_read_says_so(data: bytes, kind: str | None, code: str, reason: str) -> None:
    (message,) = messages.read(data, AS_OF, "x.edi")
    assert (message.type, [p.code for p in message.problems]) == (kind, [code]), reason
    assert message.problems[0].severity == "error"
    assert (message.source, message.sha256) == ("x.edi", hashlib.sha256(data).hexdigest())
    VALIDATOR.validate(json.loads(msgspec.json.encode(message)))


def test_a_huge_input_is_refused_at_once() -> None:
    data = bytes(200 * 1024 * 1024)
    start = time.process_time()
    (message,) = messages.read(data, AS_OF)
    assert [p.code for p in message.problems] == ["TOO_LARGE"]
    assert time.process_time() - start < 2


VERSIONS = [
    ("PAXLST:D:02B:UN:IATA", "D.02B", []),
    ("PAXLST:D:16B:UN", "D.16B", []),
    ("paxlst:d:05b", "D.05B", []),
    ("PAXLST:D", None, []),
    ("PAXLST:001:000", "001:000", []),
    ("PAXLST:9:9", "9:9", ["UNSUPPORTED_VERSION"]),
    ("PAXLST", None, ["UNSUPPORTED_VERSION"]),
]


@pytest.mark.parametrize(("name", "version", "problems"), VERSIONS)
def test_version(name: str, version: str | None, problems: list[str]) -> None:
    message = read_one(whole("NAD+FL+++A:B'", unh=f"1+{name}"))
    assert (message.type, message.version, loud(message)) == ("PAXLST", version, problems)


RECOGNISED = [
    (b"VIEGPXH\r\n.HDQ 231200\r\nPNL\r\nZV412/23NOV CMN PART1\r\n-VIE001Y\r\n", "PNL", "PNL"),
    (b"ADL\nZV412/23NOV CMN PART1\n", "PNL", "ADL is PNL's update"),
    (b"P<UTOBENALI<<SALMA<<<<<<<<<<<<<<<<<<<<<<<<<<\nZZ12345678UTO8403101F3102142<<<<<<<<<<<<<<00\n", "MRZ", "a zone"),
    (b"family_name;given_name;birth_date\nBENALI;SALMA;1984-03-10\n", "MANIFEST", "a CSV list"),
    (b"CIRQ:1/ZV/N//21/INT/8/S/ZV1/CMN/VIE/20261123/054000/20261123/095000/PRQ/1/1/", "APP", "interactive lines"),
    (whole("ERP+2'", bgm="962").replace("PAXLST", "CUSRES").encode(), "CUSRES", "CUSRES"),
    (b"UNB+IATA:1+ZV+GOV+261122:1910+1'UNH+1+PNRGOV:13:1:IA+X'MSG+:22'UNT+3+1'UNZ+1+1'", "PNRGOV", "PNRGOV"),
    (b"NAD+FL+++BENALI:SALMA'ATT+2++F'UNT+9+1'", "PAXLST", "PAXLST without its head"),
    (b"MRS:A:1'SSR+DOCS:HK'TIF+OKONJO+ADA:A:2'UNT+9+1'", "PNRGOV", "PNRGOV without its head"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind", "reason"), RECOGNISED, ids=[reason for *_, reason in RECOGNISED])
def test_type(data: bytes, kind: str, reason: str) -> None:
    for message in messages.read(data, AS_OF):
        assert message.type == kind, reason
        validate(message)


LOST_HEADS = [
    ("ALI:SALMA'NAT+2+MAR'NAD+FL+++OKONJO'ATT+2++F'UNT+9+1'UNZ+1+1'", ["OKONJO"], "cut off within a traveller"),
    ("NAD*FL***BENALI:SALMA#DTM*329:840310#NAD*FL***OKONJO#", ["BENALI", "OKONJO"], "other service characters"),
    ("TDT+20+ZV412+++ZV'LOC+125+CMN'NAD+FL+++BENALI:SALMA'", ["BENALI"], "journey first"),
    ("NAD+FL+++BENALI:SALMA'UNT+9+1'\r\n" + whole("NAD+FL+++OKONJO'"), ["BENALI", "OKONJO"], "and a whole one behind"),
    (whole("NAD+FL+++OKONJO'") + "\r\nNAD+FL+++BENALI:SALMA'UNT+9+1'", ["OKONJO", "BENALI"], "behind a whole one"),
    ("QU VIEGPXH\r\n.HDQ 221910\r\nNAD+FL+++BENALI:SALMA'ATT+2++F'", ["BENALI"], "below addresses"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), LOST_HEADS, ids=[reason for *_, reason in LOST_HEADS])
def test_travellers_of_a_message_that_lost_its_head(text: str, expected: list[str], reason: str) -> None:
    found = messages.read(text.encode(), AS_OF)
    assert [t.name.family for message in found for t in message.travellers] == expected, reason
    assert "HEADER_MISSING" in [p.code for message in found for p in message.problems]


def test_a_person_the_input_ends_in_comes_out() -> None:
    message = read_one(GOOD[: GOOD.index("NAD+FL+++B") + 10])
    assert [t.name.family for t in message.travellers] == ["A", "B"]
    assert [p.segment for p in message.problems if p.code == "TRUNCATED"] == ["NAD"]


def test_groups_one_by_one_are_the_whole() -> None:
    """Travellers, bookings and journeys, and the last piece has problems and account of the whole."""
    for name in ("paxlst.edi", "pnrgov.edi"):
        data = (ROOT / "docs" / "reference" / "golden" / name).read_bytes()
        (message,) = messages.read(data, AS_OF, name)
        pieces = list(messages.iter_messages(data, AS_OF, name, by_group=True))
        assert len(pieces) == {"paxlst.edi": 3, "pnrgov.edi": 2}[name]
        assert [t.name for piece in pieces for t in piece.travellers] == [t.name for t in message.travellers]
        assert [b.locator for piece in pieces for b in piece.bookings] == [b.locator for b in message.bookings]
        assert pieces[-1].journeys == message.journeys
        assert pieces[-1].account == message.account
        assert [p.code for p in pieces[-1].problems] == [p.code for p in message.problems]
        assert tuple(r for piece in pieces for r in piece.removals) == message.removals


def families(found: tuple[Message, ...]) -> list[list[str | None]]:
    return [[t.name.family for t in message.travellers] for message in found]


def test_several_messages_and_interchanges_in_one_input() -> None:
    """Each with service characters of its own, with and without UNZ, and with Type B lines between."""
    one = whole("NAD+FL+++A:X'")
    two = whole("NAD+FL+++B:X'").translate(str.maketrans("+'", "*#"))
    three = whole("NAD+FL+++C:X'").removesuffix("UNZ+1+77'")
    four = whole("NAD+FL+++D:X'NAD+FL+++E:X'").replace(
        "UNT", "UNT+7+PAX1'UNH+Z+PAXLST:D:05B'BGM+745'NAD+FL+++F:X'UNT", 1
    )
    found = messages.read(f"{one}\r\nQU VIEGPXH\r\n{two}{three}{four}".encode(), AS_OF)
    assert families(found) == [["A"], ["B"], ["C"], ["D", "E"], ["F"]]
    assert len({message.sha256 for message in found}) == 1
    assert tuple(messages.iter_messages(f"{one}\r\nQU VIEGPXH\r\n{two}{three}{four}".encode(), AS_OF)) == found


GOOD = whole(f"{FLIGHT}NAD+FL+++A:X'NAD+FL+++B:X'")
ENVELOPES = [
    (GOOD, [], "whole"),
    (GOOD.replace("'UNZ+1+77", "'UNE+1+1'UNZ+1+77"), [], "UNE without UNG"),
    (GOOD.replace("UNT+10", "UNT+0000009"), ["COUNT_MISMATCH"], "zeros before a wrong count"),
    (GOOD.replace("UNT+10", "UNT+0000010"), [], "zeros before the right count"),
    (GOOD.replace("UNT+10", "UNT+50"), ["COUNT_MISMATCH"], "a wrong count"),
    (GOOD.replace("UNT+10", "UNT+"), [], "no count"),
    (GOOD.replace("UNT+10", "UNT+" + "9" * 5000), [], "a count that is no number"),
    (GOOD.replace("10+PAX1'", "10+PAX2'"), ["REFERENCE_MISMATCH"], "another message reference"),
    (GOOD.replace("UNZ+1", "UNZ+2"), ["COUNT_MISMATCH"], "a message missing"),
    (GOOD.replace("UNZ+1+77", "UNZ+1+0.2"), ["REFERENCE_MISMATCH"], "another interchange reference"),
    (GOOD.replace("UNH+PAX1+PAXLST:D:05B:UN:IATA'", ""), ["HEADER_MISSING"], "no UNH"),
    (GOOD.replace("UNH+PAX1+PAXLST:D:05B:UN:IATA'BGM+745'", ""), ["HEADER_MISSING"], "no UNH and no BGM"),
    (GOOD[GOOD.index("UNH") :], [], "no UNB"),
    (GOOD.replace("UNT+10+PAX1'", ""), ["TRUNCATED"], "no UNT"),
    (GOOD[: GOOD.index("UNT")], ["TRUNCATED"], "cut behind the last traveller"),
    (GOOD[: GOOD.index("UNT") + 2], ["TRUNCATED", "NOT_A_SEGMENT"], "cut within a tag"),
    (GOOD[: GOOD.index("UNZ")], [], "no UNZ"),
    (GOOD.replace("NAD+FL+++B", "S C'%%%'NAD+FL+++B"), ["NOT_A_SEGMENT"] * 2, "lines that are no segments"),
    (GOOD.replace("NAD+FL+++B:X'UNT+10+PAX1'", "UNT+9+PAX1'NAD+FL+++B:X'"), [], "a traveller behind UNT"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "problems", "reason"), ENVELOPES, ids=[reason for *_, reason in ENVELOPES])
def test_envelope(text: str, problems: list[str], reason: str) -> None:
    message = read_one(text)
    assert [t.name.family for t in message.travellers] == ["A", "B"], reason
    assert loud(message) == problems


def test_a_cut_within_a_traveller_costs_that_segment_only() -> None:
    text = GOOD[: GOOD.index(":X'NAD") + 2] + "'NAD+FL+++B:X'DOC+P+12"
    message = read_one(text)
    assert [t.name.family for t in message.travellers] == ["A", "B"]
    assert message.travellers[1].documents == ()
    found = problem(message, "TRUNCATED")
    assert (found.segment, found.position) == ("DOC", text.index("DOC"))


def test_limits_of_segments_hold() -> None:
    text = whole("NAD+FL+++A:X'" * 100)
    (message,) = messages.iter_messages(text.encode(), AS_OF, limits=Limits(segments=50))
    assert "TOO_MANY_SEGMENTS" in loud(message)
    assert 20 < len(message.travellers) < 50


def test_a_segment_without_end_costs_itself() -> None:
    message = read_one(whole(f"NAD+FL+++A:X'FTX+{'A' * 70000}'NAD+FL+++B:X'"))
    assert [t.name.family for t in message.travellers] == ["A", "B"]
    assert "SEGMENT_TOO_LONG" in loud(message)


def test_an_element_of_a_million_characters_costs_itself() -> None:
    message = read_one(whole(f"NAD+FL+++A:X'NAD+FL+++{'A' * 1_000_000}'NAD+FL+++B:X'"))
    assert [t.name.family for t in message.travellers] == ["A", "B"]
    assert "SEGMENT_TOO_LONG" in loud(message)


HEAD = b"UNB+UNOA:4'UNH+1+PAXLST:D:05B'"
ZONE = b"P<UTO" + b"<" * 39 + b"\n"
SECOND = b"L898902C30UTO7408122F1204159" + b"<" * 14 + b"00\n"
HUGE: dict[str, tuple[Callable[[], bytes], str]] = {
    "ten million pieces that are no segments": (lambda: HEAD + b"A'" * 10_000_000, "TOO_MANY_SEGMENTS"),
    "ten million segments": (lambda: HEAD + b"QTY+1'" * 10_000_000, "TOO_MANY_SEGMENTS"),
    "a hundred megabytes of one letter": (lambda: b"A" * 100_000_000, "NO_MESSAGE"),
    "the same behind a header": (lambda: HEAD + b"A" * 100_000_000, "SEGMENT_TOO_LONG"),
    "a gigabyte": (lambda: bytes(1_000_000_000), "TOO_LARGE"),
    "a hundred megabytes of release characters": (lambda: HEAD + b"?" * 100_000_000, "SEGMENT_TOO_LONG"),
    "a hundred megabytes of line ends": (lambda: HEAD + b"\n" * 100_000_000, "TRUNCATED"),
    "zones without end": (lambda: (ZONE + SECOND) * 50_000, "CHECK_DIGIT"),
    "first lines without end": (lambda: ZONE * 100_000, "MRZ_LENGTH"),
    "a table without end": (lambda: b"family_name,birth_date\n" + b"A,1\n" * 500_000, "BAD_DATE"),
    "a name list without end": (lambda: b"PNL\nZV412/23NOV CMN PART1\n" + b"1A/B\n" * 500_000, "TRUNCATED"),
}  # fmt: skip


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", HUGE)
def test_huge_input_is_refused_in_bounded_time(name: str) -> None:
    make, code = HUGE[name]
    data = make()
    start = time.process_time()
    codes: set[str] = set()
    for message in messages.iter_messages(data, AS_OF, by_group=True):
        codes |= {problem.code for problem in message.problems}
    assert code in codes
    assert time.process_time() - start < 120


HOSTILE = {
    "terminators": HEAD + b"'" * 1_000_000,
    "release characters": HEAD + b"?" * 1_000_000,
    "released terminators": HEAD + b"?'" * 500_000,
    "no terminator": HEAD + b"A" * 1_000_000,
    "ETX": HEAD + b"\x03" * 1_000_000,
    "SOH": b"\x01" * 1_000_000 + HEAD,
    "UNA": b"UNA     " * 125_000,
    "UNA and blanks": b"UNA:+.? '" + b" " * 1_000_000 + HEAD,
    "lines without terminator": HEAD + b"NAD+FL+++A:B\n" * 20_000,
    "bad dates": HEAD + b"NAD+FL'" + b"DTM+36:9'DOC'" * 20_000,
    "unknown segments": HEAD + b"".join(b"Q%c%c'" % (65 + i % 26, 65 + i // 26) for i in range(676)) * 20,
    "places": HEAD + b"LOC+92+AAA'LOC+92+BBB'" * 10_000,
    "fillers": b"A<" * 500_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_linear_time_and_few_problems(name: str) -> None:
    start = time.process_time()
    found = messages.read(HOSTILE[name], AS_OF)
    assert time.process_time() - start < 5
    assert sum(len(message.problems) for message in found) < 3000


def test_many_interchanges_are_cut_off() -> None:
    faults = [item for item in scan(b"UNB+UNOA:4'" * 50, Limits(segments=500)) if isinstance(item, Fault)]
    assert [fault.code for fault in faults] == ["TOO_MANY_SEGMENTS"]


def validate(message: Message) -> Any:
    """The message is what the schema says; returns it as plain data."""
    plain = json.loads(msgspec.json.encode(message))
    VALIDATOR.validate(plain)
    return plain


# -- messages of another kind beside EDIFACT ---------------------------------------------------------------------

EDIFACT = whole(f"{FLIGHT}NAD+FL+++HOLT:ADA'DOC+P+1'")
WITHOUT_UNZ = EDIFACT[: EDIFACT.index("UNZ")]
BESIDE = {
    "PNL": "PNL\r\nZV412/23NOV CMN PART1\r\n-VIE001Y\r\n1OKONJO/ADAMRS\r\nENDPNL\r\n",
    "MANIFEST": "family_name,given_names,sex\r\nOKONJO,ADA,F\r\n",
    "MRZ": "P<UTOOKONJO<<ADA<MARIA<<<<<<<<<<<<<<<<<<<<<<\r\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\r\n",
    "APP": "CIRQ:000101/ZVZVA1/N//21/INT/8/S/ZV412/CMN/VIE/20261123/054000/20261123/095000/"
    "PRQ/22/1/P/MAR/MAR/ZZ182345/P/20310214//OKONJO/ADA/19840310/F///\r\n",
}
PLACES: dict[str, Callable[[str], str]] = {
    "before": lambda text: text + EDIFACT,
    "between": lambda text: f"{EDIFACT}\r\n{text}{EDIFACT}",
    "behind": lambda text: f"{EDIFACT}\r\n{text}",
    "behind a message without UNZ": lambda text: f"{WITHOUT_UNZ}\r\n{text}",
    "between, without UNZ": lambda text: f"{WITHOUT_UNZ}\r\n{text}{EDIFACT}",
    "within": lambda text: EDIFACT.replace("DOC+P", f"\r\n{text}DOC+P"),
    "on a page of its own": lambda text: f"\x02{EDIFACT}\x03\r\n\x02{text}\x03",
    "behind a page": lambda text: f"\x02{EDIFACT}\x03\r\n{text}",
    "behind prose": lambda text: f"Dear all,\r\n\r\n{EDIFACT}\r\n\r\nHere is the other list.\r\n\r\n{text}",
}  # fmt: skip


@pytest.mark.parametrize("kind", BESIDE)
@pytest.mark.parametrize("place", PLACES)
def test_a_message_beside_an_edifact_message_is_read_as_if_it_came_alone(kind: str, place: str) -> None:
    text = PLACES[place](BESIDE[kind]).encode()
    found = messages.read(text, AS_OF)
    (alone,) = messages.read(BESIDE[kind].encode(), AS_OF)
    (beside,) = [message for message in found if message.type == kind and message.travellers]
    assert beside.travellers == alone.travellers
    assert beside.journeys == alone.journeys
    here = text.index(BESIDE[kind].encode()[:9])
    moved = [(p.code, None if p.position is None else p.position + here) for p in alone.problems]
    assert set(moved) <= {(p.code, p.position) for p in beside.problems}
    assert all(
        "HOLT" in [one.name.family for one in message.travellers] for message in found if message.type == "PAXLST"
    )
    assert sum(message.account.received for message in found if message.account) == len(text)
    assert tuple(messages.iter_messages(text, AS_OF, fast=False)) == found
    pieces = list(messages.iter_messages(text, AS_OF, by_group=True))
    assert [one for message in pieces for one in message.travellers] == [t for m in found for t in m.travellers]
    assert sum(message.account.received for message in pieces if message.account) == len(text)
    stored = redact(text, [removal for message in found for removal in message.removals])
    assert [message.travellers for message in messages.read(stored, AS_OF)] == [m.travellers for m in found]


def test_a_long_name_list_before_the_message_does_not_hide_it() -> None:
    names = "".join(
        f"1OKONJO/ADA{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676)}MRS\r\n" for n in range(9000)
    )
    text = BESIDE["PNL"].replace("1OKONJO/ADAMRS\r\n", names) + EDIFACT
    assert len(text) > 1 << 17
    assert [(m.type, len(m.travellers)) for m in messages.read(text.encode(), AS_OF)] == [("PNL", 9000), ("PAXLST", 1)]


AROUND = [
    (
        "This mail, its name and attachments are confidential; call +43 1 5550100 by 23.11.2026.\r\n",
        "note",
        "a disclaimer",
    ),
    ("THIS MESSAGE IS INTENDED ONLY FOR THE NAMED USE\r\nDELETE IT IF YOU ARE NOT OF THEM\r\n", "note", "in capitals"),
    ("QU VIEGPXH\r\n.HDQCRA9 231200\r\n", "note", "addresses of Type B"),
    ("Sent: Monday, 23 November, 2026\r\nTo: desk; operations\r\n", "note", "a heading of mail"),
    ("You may forward AND/OR print it. Terms: 1/2, and/or 3.\r\n", "note", "strokes in prose"),
    ("OKONJO/ADA MRS 840310 MAR\r\n", "error", "a name with a title"),
    ("PNL\r\nsomething happened to this list\r\n", "error", "a name list without a line that can be read"),
    ("OKONJO;ADA;1984-03-10\r\nHOLT;ADA;1984-03-11\r\n", "error", "rows of a table without headings"),
    ("P<UTOOKONJO<<ADA\r\n", "error", "a piece of a zone"),
    ("1OKONJO/ADA\r\n.R/DOCS HK1/P/MAR/1\r\n", "error", "a piece of a name list"),
]


@pytest.mark.parametrize(("text", "severity", "reason"), AROUND, ids=[reason for *_, reason in AROUND])
def test_text_around_is_told_by_what_it_looks_like(text: str, severity: str, reason: str) -> None:
    for data in (text + EDIFACT, f"{EDIFACT}\r\n{text}"):
        (message,) = messages.read(data.encode(), AS_OF)
        (told,) = [problem for problem in message.problems if problem.code.startswith("TEXT_")]
        assert told.severity == severity, reason
        assert message.account is not None
        assert message.account.reported >= len(text)
        assert text.split()[-1].encode() not in redact(data.encode(), message.removals)


def test_work_on_text_around_is_linear() -> None:
    """Each of these took seconds, or would, when lines were looked for anew from every line."""
    for text in ("PNL\r\n" * 20000, "A/" * 50000, "a;b\r\n" * 30000, "AB" * 60000, ("A" * 44 + "\r\n") * 4000):
        start = time.process_time()
        messages.read((EDIFACT + text + "x" * 60000).encode(), AS_OF)
        assert time.process_time() - start < 2


# -- quoted-printable --------------------------------------------------------------------------------------------

LONG = whole(f"{FLIGHT}NAD+FL+++BÉNALI:SALMA'DOC+P+A=B1'FTX+AAA+++SECRET WORDS'XX 12'NAD+FL+++HOLT'QQQ+SECRET'")
"""With a piece that is no segment: its terminator must stay where it is removed, or the next traveller goes with it."""


def quoted(text: str, escaped: str = "=", width: int = 75) -> bytes:
    """As a mail gateway writes it."""
    raw = text.encode()
    signs = [chr(byte) if byte < 0x80 and chr(byte) not in escaped else f"={byte:02X}" for byte in raw]
    lines = [""]
    for sign in signs:
        if len(lines[-1]) + len(sign) > width:
            lines.append("")
        lines[-1] += sign
    return "=\r\n".join(lines).encode()


QUOTED = [
    (quoted(LONG), "as mail programs write it"),
    (quoted(LONG, "=+'", 60), "service characters escaped"),
    (quoted(LONG, "=+'", 10**6), "and no line broken"),
    (quoted(LONG.replace("É", "E").replace("=", "")), "lines broken and nothing else"),
    (quoted(LONG, "=+':?"), "every service character escaped"),
    (b"Subject: list\r\nContent-Type: text/plain; charset=us-ascii\r\n"
     b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
     + quoted(LONG.replace("=", "")) + b"\r\n\r\nRegards\r\n", "with a heading of mail"),
    (quoted(LONG, "=+'") + b"=\r\n" + quoted(LONG, "=+'"), "two interchanges"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), QUOTED, ids=[reason for _, reason in QUOTED])
def test_quoted_printable_is_taken_back(data: bytes, reason: str) -> None:
    found = messages.read(data, AS_OF)
    (plain,) = messages.read(LONG.encode(), AS_OF)
    for message in found:
        families = [one.name.family for one in message.travellers]
        assert families in (["BÉNALI", "HOLT"], ["BENALI", "HOLT"]), reason
        assert message.travellers[0].documents[0].number in ("A=B1", "AB1")
        assert {p.code for p in plain.problems} - {"CHARACTER_SET"} <= {p.code for m in found for p in m.problems}
        where = problem(message, "UNKNOWN_SEGMENT").position
        assert data[where:].replace(b"=\r\n", b"").startswith(b"QQQ"), "a line may be broken within the tag"
    assert problem(found[0], "TRANSFER_ENCODING").position == data.index(b"=", data.index(b"UN"))
    assert sum(message.account.received for message in found if message.account) == len(data)
    pieces = list(messages.iter_messages(data, AS_OF, by_group=True, fast=False))
    assert [one for message in pieces for one in message.travellers] == [t for m in found for t in m.travellers]
    assert sum(message.account.received for message in pieces if message.account) == len(data)
    stored = redact(data, [removal for message in found for removal in message.removals])
    assert b"SECRET" not in stored.replace(b"=\r\n", b"")
    assert [message.travellers for message in messages.read(stored, AS_OF)] == [m.travellers for m in found]


NOT_QUOTED = [
    (whole("NAD+FL+++A=27B:C'"), "A=27B", "an equals sign and digits in a name"),
    (whole("NAD+FL+++A=2BB:C'NAD+FL+++A = B'"), "A=2BB", "one that is no escape"),
    (whole("NAD+FL+++HOLT:C'").translate(str.maketrans(":", "=")), "HOLT", "the separator of components"),
    ("family_name,given_names,photo\r\nHOLT,ADA,QUJD=\r\nHOLT,BEA,QUJE=\r\n", "HOLT", "a cell that ends with one"),
]


@pytest.mark.parametrize(("text", "family", "reason"), NOT_QUOTED, ids=[reason for *_, reason in NOT_QUOTED])
def test_equals_signs_that_are_no_escapes_stay(text: str, family: str, reason: str) -> None:
    (message,) = messages.read(text.encode(), AS_OF)
    assert message.travellers[0].name.family == family, reason
    assert "TRANSFER_ENCODING" not in [found.code for found in message.problems]
