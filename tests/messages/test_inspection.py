"""The annotated view of an input: every byte once, every problem once, nothing of what must not be kept."""

import datetime as dt
import quopri
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.messages.writing import AS_OF, FLIGHT, whole
from vigie import messages
from vigie.messages.inspection import Line, annotate, visible
from vigie.messages.redaction import redact
from vigie.records import Problem

PERSON: Final = (
    "NAD+FL+++BENALI:SALMA'ATT+2++F'DTM+329:900112'LOC+178+CMN'NAT+2+MAR'RFF+AVF:ZV4K7Q'"
    "DOC+P+QA100200'DTM+36:300101'LOC+91+MAR'"
)
LIST: Final = whole(f"{FLIGHT}{PERSON}CNT+42:1'")
RESERVATION: Final = (
    "UNA:+.?*'UNB+IATA:1+ZV+GOV+261122:2100+020A07'UNH+1+PNRGOV:13:1:IA+F6C2'MSG+:22'ORG+ZV:CMN'"
    "TVL+231126:0540+CMN+VIE+ZV+412'EQN+1'SRC'RCI+ZV:MFN4TI'SSR+VGML:HK:1:ZV'IFT+4:28::ZV+LIKES WINDOWS'"
    "TIF+BENALI+SALMAMS:A:1'FTI+ZV:12345'TKT+0062120234533:T:1'MON+B:100.00:EUR'FOP+CC::100.00:VI:4111111111111111:1230'"
    "TVL+231126:0540::0950+CMN+VIE+ZV+412:Y'RPI+1+HK'TRI++12:::1'TIF+BENALI+SALMAMS:A:1'SSD+15A++++Y'"
    "EQN+1'RCI+ZV:ABCDEF'MSG+8'TVL+231126:1500:241126+VIE:GRAND++HT+1'ABI+1+:CMNRR+CMN++ZV'SAC+++X'UNT+25+1'UNZ+1+020A07'"
)
CUSRES: Final = whole("RFF+TN:1'DTM+189:2611230540:201'ERP+2'RFF+AVF:ZV4K7Q'ERC+0Z'", "962", "1+CUSRES:D:05B:UN:IATA")


def lines(data: bytes | str, limit: int | None = None) -> list[Line]:
    return list(annotate(data.encode() if isinstance(data, str) else data, AS_OF, limit))


def tagged(data: bytes | str, tag: str) -> Line:
    return next(line for line in lines(data) if line.tag == tag)


def redacted(data: bytes) -> bytes:
    return redact(data, [removal for message in messages.read(data, AS_OF) for removal in message.removals])


def as_sorted(problems: Iterable[Problem]) -> list[tuple[str, int, str]]:
    return sorted((p.code, -1 if p.position is None else p.position, p.says) for p in problems)


def check(data: bytes) -> None:
    """What holds for any input."""
    found = lines(data)
    assert b"".join(line.raw for line in found) == redacted(data)
    told = [problem for line in found for problem in line.problems]
    assert as_sorted(told) == as_sorted(p for message in messages.read(data, AS_OF) for p in message.problems)
    at = 0
    for line in found:
        if line.kind == "notice":
            continue
        assert line.at == at
        at += len(line.raw)
        places = [(piece.at, piece.at + piece.size) for piece in line.pieces]
        assert [start for start, _ in places] == [line.at, *(end for _, end in places[:-1])]
        assert places[-1][1] == at


# -- every byte, every problem ----------------------------------------------------------------------------------

TABLE: Final = (
    "\ufeffShip;ESTRELLA;Port of departure;ESALG\r\nVoyage number: 2045\r\n\r\nCrew list\r\n"
    "Family name;Given names;Sex;Date of birth;Passport number;Remarks;Shoe size\r\n"
    "BENALI;SALMA;femme;12/01/1990;QA100200;eats no pork;39\r\n"
    '"HOLT; Jr";PETRA;F;99/99/1999;1,2E+08;;;beyond\nTotal;2\r\n'
)
NAMES: Final = (
    "QU VIEKKZV\r\n.CMNRRZV 231126\r\nPNL\r\nZV412/23NOV CMN PART1\r\n-VIE003Y\r\n1BENALI/SALMAMS .L/MFN4TI "
    ".R/DOCS HK1/P\r\n.RN//MAR/QA100200\r\n.R/VGML HK1\r\n.X/WHAT\r\n"
    "1HOLT/PETRA\r\n.O/OS111Y24VIEFRA1500HK\r\nENDPNL\r\nbest regards\r\n"
)
QUESTION: Final = (
    "CIRQ:000101/UTUTA1/N//21/INT/8/S/ZV412/CMN/VIE/20261123/0540/20261123/0950/"
    "PRQ/22/1/P/MAR/MAR/ZZ1234567//P/20310214////BENALI/SALMA/19900112/F/MAR///N///K4Q7ZV/\r\nPRQ/garbage\r\n\r\n"
)
ZONES: Final = (
    "P<MARBENALI<<SALMA<<<<<<<<<<<<<<<<<<<<<<<<<<\r\nQA1002008 5MAR9001123F3001016<<<<<<<<<<<<<<00\n\nsome text\n"
    "«I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n"
)

QUOTED: Final = quopri.encodestring(LIST.encode()).replace(b"+", b"=2B")

INPUTS = [
    ("a list", LIST.encode()),
    ("a reservation", RESERVATION.encode()),
    ("an answer", CUSRES.encode()),
    ("wrapped in the middle of tags", "\r\n".join(LIST[at : at + 63] for at in range(0, len(LIST), 63)).encode()),
    ("addresses before, a footer behind", f"QP VIEGPXH\r\n.HDQCRA9 130631\r\n{LIST}\r\nSent by mail\r\n".encode()),
    ("a page mark in a name", LIST.replace("BENALI", "BEN\r\n\x03PAGE 1\r\n\x01QP VIE\r\n\x02ALI").encode()),
    ("two messages, the second without head", (LIST + PERSON).encode()),
    ("terminators lost at line ends", LIST.replace("'", "\r\n").encode()),
    ("cut off in a name", LIST[: LIST.index("SALMA") + 2].encode()),
    ("bytes that begin like no segment", LIST.replace("ATT+2", "!!garbage").encode()),
    ("letters of Windows-1252", LIST.replace("BENALI", "BÉNALI").encode("cp1252")),
    ("a damaged UNA", LIST.replace("UNA:+.? '", "UNA:+. '").encode()),
    ("no UNA", LIST.removeprefix("UNA:+.? '").encode()),
    ("a table", b"family name,given name,birth date\r\nBENALI,SALMA,1990-01-12\nHOLT,PETRA,1970-06-01"),
    ("a table of a ship", TABLE.encode()),
    ("a table in UTF-16", TABLE.encode("utf-16-le")),
    ("a table in UTF-16 of odd length", TABLE.encode("utf-16-be") + b"\x00"),
    ("a table in Windows-1252", TABLE.removeprefix("\ufeff").replace("BENALI", "BÉNALI").encode("cp1252")),
    ("a name list", NAMES.encode()),
    ("two name lists, letters that are none of ASCII", (NAMES + NAMES.replace("HOLT", "HÖLT")).encode()),
    ("a question of interactive lines", QUESTION.encode()),
    ("interactive lines, text before", f"\x01hello\n{QUESTION}{QUESTION}".encode()),
    ("zones", ZONES.encode()),
    ("zones with other fillers", ZONES.replace("<<<<", "«&lt;≤").encode()),
    ("quoted-printable", QUOTED),
    ("quoted-printable with what must not be kept", quopri.encodestring(RESERVATION.encode()).replace(b"+", b"=2B")),
    ("a table in quoted-printable", b"=\n" + quopri.encodestring(TABLE.encode(), quotetabs=True)),
    ("a letter", b"Dear colleagues,\nplease find attached the list.\n"),
    ("no bytes", b""),
    ("zeros", bytes(5000)),
]  # fmt: skip


@pytest.mark.parametrize("data", [data for _, data in INPUTS], ids=[why for why, _ in INPUTS])
def test_every_byte_and_every_problem_once(data: bytes) -> None:
    check(data)


SCRAPS = [
    "UNA:+.? '", "UNB+UNOA:4+ZV+GOV+261122:1910+77'", "UNH+1+PAXLST:D:05B:UN'", "UNH+2+PNRGOV:13:1:IA'", "BGM+745'",
    FLIGHT, PERSON, "NAD+FL+++O?'NEIL:A'", "NAD+FL+++\u0628\u0646:\u0639'", "SSR+VGML:HK:1:ZV'", "SRC'",
    "TIF+HOLT+ANNA'", "UNT+9+1'", "UNZ+1+77'", "\r\n", "\x03", "\x01QP VIE\r\n\x02", "\x02", "'", "+", "?", ":",
    " ", "\t", "\x00", "PAGE 2", "\u00e9", "LOC+1+",
]  # fmt: skip


IN_LINES = [
    *re.split(r"(?<=[\r\n;./<])", TABLE + NAMES + QUESTION + ZONES), ZONES, QUESTION,
    "Family name;Given names;Sex\r\n",
    "PNL\r\n", "\r\n", "\n", "\"", ";", "/", ".", "<", "«", " ", "\x01", "\u00e9", "\u0628", "1", "PRQ/22/", ".RN/",
]  # fmt: skip


@given(
    st.sampled_from(["", TABLE, NAMES, QUESTION, ZONES, "PNL\r\nZV412/23NOV CMN\r\n"]),
    st.lists(st.sampled_from(IN_LINES), max_size=25).map("".join),
    st.sampled_from(["utf-8", "cp1252", "utf-16"]),
)
def test_every_byte_and_every_problem_once_in_any_lines(beginning: str, text: str, encoding: str) -> None:
    check((beginning + text).encode(encoding, "replace"))


@given(st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join), st.sampled_from(["utf-8", "cp1252"]))
def test_every_byte_and_every_problem_once_in_anything(text: str, encoding: str) -> None:
    check(text.encode(encoding, "replace"))


@pytest.mark.data
def test_every_byte_and_every_problem_once_in_public_messages(data: Path) -> None:
    files = [path for path in sorted((data / "messages").rglob("*")) if path.suffix in (".edi", ".txt")]
    assert len(files) >= 80
    for path in files:
        check(path.read_bytes())


# -- what is said -------------------------------------------------------------------------------------------------

SAID = [
    ("NAD", "name and address", "traveller: passenger", "traveller", 1),
    ("DOC", "document", "passport", "document", 2),
    ("TDT", "transport information", "main carriage: arriving or departing", "leg", 1),
    ("UNB", "interchange header", "", "envelope", 0),
    ("BGM", "beginning of message", "passenger list", "header", 1),
    ("CNT", "control total", "passengers of the whole flight", "totals", 1),
]


@pytest.mark.parametrize(("tag", "name", "says", "group", "level"), SAID)
def test_a_segment_has_a_name_a_subject_and_a_place(tag: str, name: str, says: str, group: str, level: int) -> None:
    line = tagged(LIST, tag)
    assert (line.name, line.says, line.group, line.level) == (name, says, group, level)


def outline(text: str) -> list[str]:
    """Tag, group and number of each segment, indented as it is shown."""
    return [
        f"{'.' * line.level}{line.tag} {line.group} {line.number}" for line in lines(text) if line.group != "envelope"
    ]


def test_groups_of_a_list() -> None:
    assert outline(whole(f"RFF+TN:1'NAD+MS+++ZV'COM+1:TE'{FLIGHT}{PERSON}LOC+174+MAR'{PERSON}CNT+42:2'")) == [
        ".BGM header 0", ".RFF header 0", ".NAD party 1", "..COM party 1",
        ".TDT leg 1", "..LOC leg 1", "..DTM leg 1", "..LOC leg 1", "..DTM leg 1",
        ".NAD traveller 1", "..ATT traveller 1", "..DTM traveller 1", "..LOC traveller 1", "..NAT traveller 1",
        "..RFF traveller 1", "..DOC document 1", "...DTM document 1", "...LOC document 1", "..LOC traveller 1",
        ".NAD traveller 2", "..ATT traveller 2", "..DTM traveller 2", "..LOC traveller 2", "..NAT traveller 2",
        "..RFF traveller 2", "..DOC document 2", "...DTM document 2", "...LOC document 2", ".CNT totals 1",
    ]  # fmt: skip


def test_groups_of_a_reservation() -> None:
    assert outline(RESERVATION) == [
        ".MSG header 0", ".ORG header 0", ".TVL header 0", ".EQN header 0",
        ".SRC booking 1", "..RCI booking 1", "..SSR booking 1", "..IFT booking 1",
        "..TIF traveller 1", "...FTI traveller 1", "...TKT ticket 1", "....MON ticket 1", "...FOP payment 1",
        "..TVL flight 1", "...RPI flight 1", "...TRI flight 1", "...TIF flight 1", "...SSD flight 1",
        "..EQN split 1", "...RCI split 1", "..MSG service 1", "...TVL service 1", "..ABI history 1", "...SAC history 1",
    ]  # fmt: skip


def test_groups_of_an_answer() -> None:
    assert outline(CUSRES)[-3:] == [".ERP answer 1", "..RFF answer 1", "..ERC answer 1"]


def test_pieces_are_components_with_names_and_meanings() -> None:
    line = tagged(whole(f"{FLIGHT}NAD+FL+++O?'NEIL:SALMA'ATT+2++F++++XY'"), "NAD")
    assert [(piece.text, piece.role, piece.name, piece.value, piece.meaning) for piece in line.pieces] == [
        ("NAD", "tag", "", "NAD", ""),
        ("+", "mark", "", "", ""),
        ("FL", "code", "whose name", "FL", "traveller: passenger"),
        ("+++", "mark", "", "", ""),
        ("O?'NEIL", "value", "family name or party", "O'NEIL", ""),
        (":", "mark", "", "", ""),
        ("SALMA", "value", "given name", "SALMA", ""),
        ("'", "mark", "", "", ""),
    ]


def test_what_the_standard_does_not_have_is_marked() -> None:
    unknown = [
        piece
        for piece in tagged(whole(f"{FLIGHT}NAD+FL+++HOLT'ATT+2++F++++XY'"), "ATT").pieces
        if piece.role == "unknown"
    ]
    assert [(piece.text, piece.name) for piece in unknown] == [("XY", "")]
    assert tagged(whole("XYZ+1'"), "XYZ").name == ""


def test_line_ends_and_controls_are_shown() -> None:
    text = "".join(piece.text for piece in tagged(LIST.replace("BENALI", "BE\r\nNALI\x00"), "NAD").pieces)
    assert text == "NAD+FL+++BE␍␊NALI␀:SALMA'"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë بن", "Zoë بن"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\x7f\x9b", "a␡\ufffd"),
        ("a\u202eb\u2066c\u200f", "a\ufffdb\ufffdc\ufffd"),
        ("a\u2028b\ufeff", "a\ufffdb\ufffd"),
    ],
    ids=["letters stay", "an escape sequence", "C1", "marks of direction", "separators of lines"],
)
def test_nothing_steers_what_it_is_shown_on(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_letters_of_the_declared_character_set() -> None:
    data = LIST.replace("UNOA", "UNOE").encode().replace(b"BENALI", "ИВАНОВ".encode("iso8859-5"))
    assert "ИВАНОВ" in [piece.text for piece in tagged(data, "NAD").pieces]


IN_LINES_SAID = [
    (TABLE, "Voyage number: 2045", "about the journey", ["number of the conveyance's journey=2045"]),
    (TABLE, "ESTRELLA", "about the journey", ["conveyance's name=ESTRELLA", "origin=ESALG"]),
    (TABLE, "Family", "heading", ["Sex: sex", "Passport number: document number", "Remarks: not to be kept"]),
    (TABLE, "SALMA", "traveller", ["given name=SALMA", "sex=femme: female", "date of birth=12/01/1990"]),
    (TABLE, "PETRA", "traveller", ["family name=HOLT; Jr", "document number=1,2E+08"]),
    (NAMES, "ZV412", "flight", ["carrier=ZV", "flight number=412", "origin=CMN", "number of the part=1"]),
    (NAMES, "-VIE", "control total", ["destination=VIE", "number of travellers=003", "booking class=Y"]),
    (NAMES, "1HOLT", "names of travellers", ["number of travellers=1", "family name and given names=HOLT/PETRA"]),
    (NAMES, "DOCS", "special service or remark", ["service=DOCS"]),
    (QUESTION, "CIRQ", "message header", ["sender=UTUTA1", "version=21"]),
    (QUESTION, "ZV412", "flight", ["flight=ZV412", "destination=VIE", "arrival time=0950"]),
    (QUESTION, "SALMA", "traveller", ["capacity=P: passenger", "expiry=20310214", "record locator=K4Q7ZV"]),
    (ZONES, "SALMA", "first line of the zone", ["issuing State=MAR", "document code=P<"]),
    (
        ZONES,
        "QA1002008",
        "second line of the zone",
        [
            "document number=QA1002008",
            "check digit of the document number=5: wrong",
            "check digit of the date of birth=3: wrong",
            "sex=F: female",
            "check digit of the whole zone=0: wrong",
        ],
    ),
]


@pytest.mark.parametrize(("data", "part", "name", "said"), IN_LINES_SAID)
def test_inputs_in_lines_say_what_stands_where(data: str, part: str, name: str, said: list[str]) -> None:
    (line,) = [line for line in lines(data) if part.encode() in line.raw]
    told = [
        f"{piece.name}{'=' if piece.name else ''}{piece.value}{': ' if piece.meaning else ''}{piece.meaning}"
        for piece in line.pieces
    ]
    assert line.name == name
    assert [one for one in said if one not in told] == []


IN_LINES_PLACES = [
    (TABLE, "BAD_DATE", "99/99/1999"),
    (TABLE, "NUMBER_DAMAGED", "1,2E+08"),
    (ZONES, "CHECK_DIGIT", "5"),
]


@pytest.mark.parametrize(("data", "code", "text"), IN_LINES_PLACES)
def test_a_problem_of_a_cell_is_at_its_piece(data: str, code: str, text: str) -> None:
    found = lines(data)
    problem = next(problem for line in found for problem in line.problems if problem.code == code)
    (piece,) = [piece for line in found for piece in line.pieces if piece.at == problem.position]
    assert piece.text == text


def test_an_input_with_escapes_is_told_without_them_at_the_bytes_received() -> None:
    line = next(line for line in lines(QUOTED) if line.tag == "NAD")
    assert line.name == "name and address"
    given = next(piece for piece in line.pieces if piece.value == "SALMA")
    assert QUOTED[given.at : given.at + given.size] == b"SALMA"
    assert line.raw == QUOTED[line.at : line.at + len(line.raw)]


def test_travellers_of_a_table_are_numbered() -> None:
    assert [line.number for line in lines(TABLE) if line.group == "traveller"] == [1, 2]


def test_what_must_not_be_kept_is_in_no_line_of_a_table_or_list() -> None:
    for data, secrets in (
        (TABLE, ("pork", "beyond", "39")),
        (NAMES, ("VGML", "WHAT", "regards")),
        (QUESTION, ("garbage",)),
    ):
        found = lines(data)
        everything = repr([line.pieces for line in found]) + repr([line.raw for line in found])
        assert [secret for secret in secrets if secret not in data or re.search(rf"\b{secret}\b", everything)] == []
        assert "removed" in {piece.role for line in found for piece in line.pieces}


# -- problems, removals, limits -------------------------------------------------------------------------------------


def test_a_problem_stands_at_its_segment() -> None:
    data = LIST.replace("DTM+329:900112", "DTM+329:99999999")
    (line,) = [line for line in lines(data) if any(problem.code == "BAD_DATE" for problem in line.problems)]
    assert line.raw == b"DTM+329:99999999'"


MARKED = [
    ("DTM+329:900112", "DTM+329:99999999", "BAD_DATE", ["99999999"], "the date and not its qualifier"),
    ("NAT+2+MAR", "NAT+2+QQQ", "UNKNOWN_COUNTRY", ["QQQ"], "the code of the country"),
    ("LOC+91+MAR", "LOC+91+QQQ", "UNKNOWN_COUNTRY", ["QQQ"], "the code of the country, of a document"),
    ("NAD+FL", "NAD+QZ", "UNKNOWN_QUALIFIER", ["QZ"], "the qualifier"),
    ("CNT+42:1", "CNT+42:7", "COUNT_MISMATCH", ["7"], "the number and not of what it is"),
    ("ATT+2++F", "ATT+2++F++++XY", "UNKNOWN_ELEMENT", ["XY"], "what the standard does not have"),
    ("NAD+FL+++BENALI:SALMA", "NAD+FL", "NAME_MISSING", ["NAD"], "of the segment as a whole: its tag"),
    ("NAT+2+MAR", "XQZ+1", "UNKNOWN_SEGMENT", ["XQZ"], "of the segment as a whole: its tag"),
]


@pytest.mark.parametrize(("sent", "instead", "code", "marked", "why"), MARKED)
def test_marks_are_at_what_a_problem_speaks_of(sent: str, instead: str, code: str, marked: list[str], why: str) -> None:
    data = LIST.replace(sent, instead)
    line = next(line for line in lines(data) if any(problem.code == code for problem in line.problems))
    assert [piece.text for piece in line.pieces if piece.marked] == marked, why


def test_problems_of_the_whole_come_first() -> None:
    first, *_ = lines(b"Dear colleagues,\n")
    assert (first.kind, [problem.code for problem in first.problems]) == ("notice", ["NO_MESSAGE"])
    (only,) = lines(b"")
    assert [problem.code for problem in only.problems] == ["EMPTY_INPUT"]


def test_what_must_not_be_kept_is_in_no_line() -> None:
    found = lines(RESERVATION)
    everything = repr([line.pieces for line in found]) + repr([line.raw for line in found])
    for secret in ("VGML", "LIKES", "WINDOWS", "4111111111111111"):
        assert secret in RESERVATION
        assert secret not in everything
    meal = next(line for line in found if line.tag == "SSR")
    assert meal.raw == b"SSR+____:__:_:__'"
    assert [piece.role for piece in meal.pieces if piece.text == "____"] == ["removed"]
    assert "removed" in {piece.role for line in found if line.tag == "IFT" for piece in line.pieces}


def test_a_limit_leaves_out_what_has_no_problem() -> None:
    data = whole(FLIGHT + PERSON * 50 + PERSON.replace("DTM+329:900112", "DTM+329:99999999") + PERSON * 50)
    every = lines(data)
    some = lines(data, 20)
    last = len(every) - 1
    assert [line for line in some if line.kind != "left out"] == [
        line for count, line in enumerate(every) if count < 20 or line.problems or count == last
    ]
    assert sum(line.lines for line in some) == len(every)
    assert len(some) < 40
    assert as_sorted(p for line in some for p in line.problems) == as_sorted(p for line in every for p in line.problems)


def test_lines_come_one_at_a_time() -> None:
    """The first lines of a large input are there before the last are looked at."""
    data = whole(FLIGHT + PERSON * 20_000).encode()
    stream = annotate(data, dt.date(2026, 11, 24))
    assert [next(stream).tag for _ in range(4)] == ["UNA", "UNB", "UNH", "BGM"]
