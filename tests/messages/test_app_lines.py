"""Interactive lines: questions, answers, cancellations, close-outs. All persons are invented."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.messages.writing import accounted
from vigie.messages import app_lines
from vigie.messages.redaction import redact
from vigie.records import Message

INT = "INT/8/S/ZV412/CMN/VIE/20261123/054000/20261123/095000/"
PERSON = "P/MAR/MAR/ZZ1234567//P/20310214////BENALI/SALMA/19840310/F///N/N"
CIRQ = f"CIRQ:000101/ZVZVA1/N//21/{INT}PRQ/22/1/{PERSON}////"
CICX = f"CICX:000102/ZVZVA1/N//21/{INT}PCX/20/1/1/{PERSON}/"
CIRS = "CIRS:000101/PRS/27/001/AT/P/MAR/MAR/ZZ1234567//P/20310214////BENALI/SALMA/19840310/F///8501/B/10///////"
CIMR = "CIMR:000104/ZVZVA1/21/INM/3/ZV412/CMN/20261123/MRQ/3/AT/C/C/"


def read(text: str | bytes) -> tuple[Message, ...]:
    return accounted(app_lines.read, text)


def codes(message: Message) -> list[str]:
    return [problem.code for problem in message.problems]


@pytest.mark.parametrize("line", [CIRQ, CICX], ids=["CIRQ", "CICX"])
def test_request_and_cancellation(line: str) -> None:
    (message,) = read(line + "\n")
    (traveller,) = message.travellers
    assert (message.type, message.function, message.version, codes(message)) == ("APP", line[:4], "21", [])
    assert (traveller.name.family, traveller.name.given, traveller.name.raw) == ("BENALI", "SALMA", "BENALI/SALMA")
    assert (traveller.birth_date, traveller.sex, traveller.nationality) == ("1984-03-10", "F", "MAR")
    (document,) = traveller.documents
    assert (document.type, document.number, document.issuer, document.expires, document.kind) == (
        ("P", "ZZ1234567", "MAR", "2031-02-14", "passport")
    )
    (leg,) = message.journeys[0].legs
    assert (leg.carrier, leg.number, leg.origin, leg.destination) == ("ZV", "412", "CMN", "VIE")
    assert (leg.departs, leg.arrives_utc) == ("2026-11-23T05:40:00", "2026-11-23T08:50:00Z")
    assert (traveller.embarks, traveller.disembarks, traveller.in_transit) == ("CMN", "VIE", False)
    assert message.envelope is not None
    assert (message.envelope.transaction, message.envelope.sender) == (line[5:11], "ZVZVA1")


@pytest.mark.parametrize(
    ("line", "status", "reference", "family", "expires"),
    [
        (CIRS, ("8501", "B"), "10", "BENALI", "2031-02-14"),
        (CIRS.replace("P/2031", "P//2031").replace("F///8501", "F//8501"), ("8501", "B"), "10", "BENALI", "2031-02-14"),
        ("CIRS:000105/PRS/27/001/AT/////////////////8502/D////////", ("8502", "D"), None, None, None),
        ("CIRS:000105/PRS/27/001/AT/8509/X/", ("8509", "X"), None, None, None),
        ("CIRS:000107/ERR/3//5569/Some words of the system/", ("5569",), None, None, None),
    ],
    ids=["board", "a field more before the expiry date", "do not board", "cut short", "error"],
)
def test_answers(
    line: str, status: tuple[str, ...], reference: str | None, family: str | None, expires: str | None
) -> None:
    (message,) = read(line)
    (found,) = message.statuses
    assert (found.codes, found.reference, found.text) == (status, reference, None)
    assert found.transaction == line[5:11]
    assert [t.name.family for t in message.travellers] == ([family] if family else [])
    assert [t.documents[0].expires for t in message.travellers] == ([expires] if family else [])


def test_close_out() -> None:
    (message,) = read(CIMR)
    (leg,) = message.journeys[0].legs
    assert (leg.number_raw, leg.origin, leg.destination, leg.departs) == ("ZV412", "CMN", None, "2026-11-23")
    assert (message.function, message.version, message.travellers, codes(message)) == ("CIMR", "21", (), [])


def test_several_persons_crew_and_transit() -> None:
    crew = "PRQ/22/2/C/FRA/FRA/AA1//P/20310214/V/VV12//OKONJO//19700000/M/NGA//N/Y//1A/Q7TX2B/"
    (message,) = read(CIRQ.replace("////", "////", 1) + crew)
    first, second = message.travellers
    assert (first.name.family, second.name.family, second.name.given) == ("BENALI", "OKONJO", None)
    assert (second.capacity, second.in_transit, second.birth_date, second.birth_country) == (
        "crew",
        True,
        "1970",
        "NGA",
    )
    assert [document.number for document in second.documents] == ["AA1", "VV12"]
    assert second.record_locator == "Q7TX2B"
    assert codes(message) == []


def test_several_legs() -> None:
    more = "INT/8/S/OS855/VIE/AMM/20261123/114000/20261123/165000/"
    (message,) = read(CIRQ.replace("PRQ/", more + "PRQ/"))
    assert [(leg.origin, leg.destination) for leg in message.journeys[0].legs] == [("CMN", "VIE"), ("VIE", "AMM")]
    assert (message.travellers[0].embarks, message.travellers[0].disembarks) == ("CMN", "AMM")


DAMAGE = [
    (CIRQ.replace("PRQ/22", "PRQ/19"), ["COUNT_MISMATCH"], "count too low"),
    (CIRQ.replace("PRQ/22", "PRQ/99"), ["COUNT_MISMATCH"], "count too high"),
    (CIRQ.replace("INT/8", "INT/7"), ["COUNT_MISMATCH"], "count of another group"),
    (CIRQ + "PAD/2/A/B/", ["UNKNOWN_SEGMENT"], "group not known"),
    (CIRQ.replace("19840310", "19841310"), ["BAD_DATE"], "no month 13"),
    (CIRQ.replace("20261123/0540", "20261323/0540"), ["BAD_DATE"], "no day of departure"),
    (CIRQ.replace("/MAR/MAR/", "/ABC/MAR/"), ["UNKNOWN_COUNTRY"], "no country"),
    (CIRQ.replace("/P/MAR", "/Q/MAR"), ["UNKNOWN_CODE"], "neither passenger nor crew"),
    (CIRQ.replace("BENALI/SALMA", "FNU/"), ["NAME_MISSING"], "no name"),
    (CIRQ.replace("CIRQ:", "CIZZ:"), ["UNKNOWN_CODE"], "function not known"),
    ("good morning\n\n" + CIRQ, ["TEXT_REMOVED"], "words before"),
    (CIRQ + "\nrest/of/a/line\n", ["NOT_A_SEGMENT"], "fields in a line of their own"),
]


@pytest.mark.parametrize(("text", "expected"), [case[:2] for case in DAMAGE], ids=[case[2] for case in DAMAGE])
def test_damage_costs_itself_only(text: str, expected: list[str]) -> None:
    (message,) = read(text)
    assert codes(message) == expected
    (after,) = read(redact(text.encode(), message.removals))
    assert (after.travellers, codes(after), after.removals) == (message.travellers, expected, ())
    (traveller,) = message.travellers
    assert traveller.documents[0].number == "ZZ1234567"
    assert all("BENALI" not in problem.says for problem in message.problems)


NUMBER = "4111111111111111"
PLANTED = [
    (CIRQ.replace("ZZ1234567", "diabetic wheelchair"), "number of a document"),
    (CIRQ.replace("ZZ1234567", "diabetic 12"), "number of a document with digits"),
    (CIRQ.replace("ZZ1234567", NUMBER), "a card for a document"),
    (CIRQ.replace("N/N////", f"N/N//{NUMBER}//"), "a card in a field that is not read"),
    (CIRQ.replace("N/N////", f"N/N///{NUMBER}/"), "a card for a locator"),
    (CIRQ.replace("N/N////", "N/N//needs insulin//"), "words in a field that is not read"),
    (CIRQ.replace("/MAR/MAR/", "/Marocaine diabetic/MAR/"), "words for a nationality"),
    (CIRQ.replace("/F///", "/diabetic woman///"), "words for the sex"),
    (CIRQ.replace("/F///", "/F/insulin please//"), "words for the country of birth"),
    (CIRQ.replace("19840310", "diabetic since 1984"), "words for a birth date"),
    (CIRQ.replace("20310214", "insulin until 2031"), "words for a date of expiry"),
    (CIRQ.replace("//P/2031", "/diabetic/P/2031"), "words between number and code"),
    (CIRQ.replace("SALMA/", "SALMA (diabetic)/"), "behind a name"),
    (CIRQ.replace("SALMA/", "SÀLMà 2 insulin a day/"), "behind a name with accents"),
    (CIRQ.replace("ZV412", "wheelchair flight"), "words for a flight"),
    (CIRQ.replace("/CMN/", "/needs wheelchair/"), "words for a place"),
    (CIRQ.replace("000101", "diabetic please"), "words for the number of the message"),
    (CIRQ.replace("ZVZVA1", "diabetic please"), "words for the sender"),
    (CIRQ.replace("/N//21", "/diabetic please//21"), "words in the heading"),
    (CIRS.replace("/B/10/", "/B/needs insulin/"), "words for a reference"),
    (CIRS.replace("F///8501", "diabetic woman//8501").replace("P/2031", "P//2031"), "words for the sex, shifted"),
    ("CIRS:000107/ERR/3//5569/diabetic child/\n" + CIRQ, "words of a refusal"),
]


@pytest.mark.parametrize(("text", "reason"), PLANTED, ids=[case[1] for case in PLANTED])
def test_words_and_cards_where_something_else_belongs(text: str, reason: str) -> None:
    """They are in no record and not in what is stored, which reads again as the same travellers."""
    sent = text.encode()
    found = read(sent)
    stored = redact(sent, [removal for message in found for removal in message.removals])
    again = read(stored)
    for message, after in zip(found, again, strict=True):
        assert (after.travellers, after.statuses, after.journeys) == (
            (message.travellers, message.statuses, message.journeys)
        ), reason
        assert (after.envelope, after.removals) == (message.envelope, ())
    kept = (stored + msgspec.json.encode(found)).lower()
    assert not [word for word in (*WORDS, NUMBER.encode()) if word in kept]
    assert any("SENSITIVE_REMOVED" in codes(message) for message in found)
    (traveller,) = [t for message in found for t in message.travellers]
    assert (traveller.name.family, (traveller.name.given or "").upper()) in (("BENALI", "SALMA"), ("BENALI", "SÀLMÀ"))


WORDS = (b"diabetic", b"wheelchair", b"insulin", b"needs", b"please", b"since", b"until", b"woman")


TWO = CIRQ.replace("////", "////", 1) + ("PRQ/22/2/C/FRA/FRA/AA1234567//P/20310214////OKONJO/ADA/19700101/F///N/N////")
LINES = [
    (TWO.replace("PRQ/", "\r\nPRQ/"), "each person, CRLF"),
    (TWO.replace("PRQ/", "\nPRQ/"), "each person, LF"),
    (TWO.replace("/PRQ/22/1", "\r\nPRQ/22/1"), "the first person, without the slash before the line end"),
    (TWO.replace("PRQ/", "\r\n PRQ/"), "with a blank before"),
    (TWO.replace("PRQ/", "\r\n\r\nPRQ/"), "with an empty line between"),
    (TWO.replace("PRQ/", "\r\nPRQ/").replace("INT/", "\r\nINT/"), "the flight as well"),
    (TWO + "\r\n" + CICX, "with another message behind"),
]


@pytest.mark.parametrize(("text", "reason"), LINES, ids=[case[1] for case in LINES])
def test_a_message_goes_on_in_lines_that_begin_with_a_group(text: str, reason: str) -> None:
    (plain,) = read(TWO)
    message, *_ = read(text)
    assert [t.name.family for t in message.travellers] == ["BENALI", "OKONJO"], reason
    assert (message.travellers, message.journeys, message.envelope) == (
        plain.travellers,
        plain.journeys,
        plain.envelope,
    )
    assert (codes(message), message.removals) == ([], ())


def test_a_word_in_a_group_on_its_own_line_is_where_it_stood() -> None:
    sent = (TWO.replace("PRQ/", "\r\nPRQ/").replace("OKONJO/ADA", "OKONJO/ADA (needs insulin)")).encode()
    (message,) = read(sent)
    stored = redact(sent, message.removals)
    assert b"insulin" not in stored
    assert (b"ADA" in stored, read(stored)[0].travellers) == (True, message.travellers)


def test_a_line_of_another_kind_ends_the_message() -> None:
    (message,) = read(TWO.replace("PRQ/22/2", "\r\nother/words\r\nPRQ/22/2"))
    assert ([t.name.family for t in message.travellers], codes(message)) == (["BENALI"], ["NOT_A_SEGMENT"] * 2)


def test_every_line_is_a_message() -> None:
    messages = read("\r\n".join([CIRQ, "", CIRS, CICX, CIMR]))
    assert [message.function for message in messages] == ["CIRQ", "CIRS", "CICX", "CIMR"]


def test_a_line_beyond_measure_is_left_out() -> None:
    first, second = read(CIRQ + "/" * 70000 + "\n" + CIRQ)
    assert (codes(first), [t.name.family for t in second.travellers]) == (["SEGMENT_TOO_LONG"], ["BENALI"])


@pytest.mark.parametrize("data", [b"", b"nothing", b"CIRQ"])
def test_no_line_at_all(data: bytes) -> None:
    (message,) = read(data)
    assert codes(message) == ["NO_MESSAGE"]


PIECES = [
    "CIRQ:1/", "CIRS:2/", "INT/8/", "PRQ/22/", "PRS/27/", "PCX/", "ERR/3/", "INM/3/", "/", "20261123/", "P/", "MAR/",
    "19840310/", "99999999/", "8501/", "F/", "BENALI/", "\n", "\r", "\xe9", "XXX/1/", "22/",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=50).map("".join))
def test_nothing_raises_and_every_byte_is_accounted_for(text: str) -> None:
    read(text.encode("latin-1"))


FIELD = st.from_regex(r"[A-Z]{2,8}", fullmatch=True)
PERSONS = st.lists(st.tuples(FIELD, FIELD, st.from_regex(r"[A-Z]{2}[0-9]{6}", fullmatch=True)), min_size=1, max_size=5)


@given(PERSONS)
def test_every_person_comes_out(persons: list[tuple[str, str, str]]) -> None:
    """The twin is the list the line was written from."""
    groups = [
        f"PRQ/22/{at}/P/MAR/MAR/{number}//P/20310214////{family}/{given_name}/19840310/F///N/N////"
        for at, (family, given_name, number) in enumerate(persons)
    ]
    (message,) = read(f"CIRQ:000101/ZVZVA1/N//21/{INT}" + "".join(groups))
    found = [(t.name.raw, t.documents[0].number) for t in message.travellers]
    assert found == [(f"{family}/{given_name}", number) for family, given_name, number in persons]


@pytest.mark.data
def test_public_samples(data: Path) -> None:
    messages = read((data / "messages" / "app_interactive" / "apps_v21_lines.txt").read_bytes())
    assert [message.function for message in messages] == "CIRQ CIRS CICX CIRQ CIRS CIMR CIRS CIRS CIRS".split()
    assert [len(message.travellers) for message in messages] == [1, 1, 1, 1, 1, 0, 0, 1, 0]
    assert [status.codes[0] for message in messages for status in message.statuses] == (
        ["8501", "8501", "8502", "8509", "5569"]
    )
    persons = [t for message in messages for t in message.travellers]
    assert {t.documents[0].expires for t in persons} == {"2025-06-25", "2025-05-15"}
    assert all(t.birth_date and t.nationality and t.name.family == "TESTER" for t in persons)
    # The words of the refusal, which is the last, are free text like any other.
    assert {problem.code for message in messages[:-1] for problem in message.problems} <= {"COUNT_MISMATCH"}
    assert codes(messages[-1]) == ["SENSITIVE_REMOVED"]
