"""Machine readable zones: the standard's examples, files as people make them, damage, and the way there and back."""

import datetime as dt
import json
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.messages.test_reading import validate
from vigie.messages.mrz import LAYOUTS, check_digit, holds_zone, parse, read, zone
from vigie.messages.mrz.layouts import CHARACTERS
from vigie.messages.mrz.parsing import CONFUSED
from vigie.messages.mrz.writing import _fitted
from vigie.messages.redaction import redact
from vigie.names import icao
from vigie.records import Document, Message, Traveller

AS_OF = dt.date(2026, 11, 23)
BLANK = Message(source="-", sha256="0" * 64, type=None)
TD3 = ("P<FRABERTIN<<SALMA<LINE<<<<<<<<<<<<<<<<<<<<<", "ZZ12345678MAR8403102F3102145AB<12<<<<<<<<<66")
TD1 = ("IDBELZZ98765432AB<<<<<<<<<<<<<", "8403102F3102145BEL<<<<<<<<<<<7", "BERTIN<<SALMA<LINE<<<<<<<<<<<<")


def messages(data: bytes) -> list[Message]:
    found = list(read(data, AS_OF, BLANK))
    assert sum(message.account.received for message in found if message.account) == len(data)
    for message in found:
        account = message.account
        assert account is not None
        assert account.received == account.understood + account.unknown + account.reported
        assert message.type == "MRZ"
        assert all(problem.position is None or 0 <= problem.position < len(data) for problem in message.problems)
    return found


def one(data: bytes | str | tuple[str, ...]) -> Message:
    text = "\n".join(data) if isinstance(data, tuple) else data
    (message,) = messages(text.encode() if isinstance(text, str) else text)
    return message


def person(message: Message) -> Traveller:
    (traveller,) = message.travellers
    return traveller


def paper(message: Message) -> Document:
    (document,) = person(message).documents
    return document


def codes(message: Message) -> list[str]:
    """Without the centuries, which nearly all have."""
    return [problem.code for problem in message.problems if problem.code != "CENTURY_DERIVED"]


def passport(**changed: str) -> tuple[str, ...]:
    fields: dict[str, Any] = {
        "document_code": "P",
        "issuing_state": "FRA",
        "surname": "BERTIN",
        "given_names": "SALMA",
        "document_number": "ZZ1234567",
        "nationality": "FRA",
        "birth_date": "840310",
        "sex": "F",
        "expiry_date": "310214",
    }
    return zone("TD3", **{**fields, **changed})


# -- check digits


@pytest.mark.parametrize(
    ("text", "digit", "reason"),
    [
        ("520727", 3, "part 3, appendix A, example 1"),
        ("AB2134<<<", 5, "part 3, appendix A, example 2"),
        ("<<<<<<", 0, "fillers"),
        ("", 0, "nothing"),
    ],
)
def test_check_digit(text: str, digit: int, reason: str) -> None:
    assert check_digit(text) == digit, reason


@given(st.text(string.ascii_uppercase + string.digits + "<", max_size=50))
def test_check_digit_is_that_of_a_plain_twin(text: str) -> None:
    total = 0
    for place, character in enumerate(text):
        value = 0 if character == "<" else int(character, 36)
        total += value * [7, 3, 1][place % 3]
    assert check_digit(text) == total % 10


@pytest.mark.parametrize("text", ["a", "É", " ", "٣", "-"])
def test_check_digit_of_other_characters_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="A to Z"):
        check_digit(text)


# -- the examples of others


@pytest.mark.data
def test_vectors(data: Path) -> None:
    """47 specimens with the values that were computed for them independently."""
    vectors = json.loads((data / "mrz" / "mrz_vectors.json").read_text(encoding="utf-8"))
    assert len(vectors) == 47
    for vector in vectors:
        found = parse(vector["lines"])
        assert found.format == vector["format"], vector["id"]
        if vector["decoded"] is None:
            continue
        wanted = {"long_document_number": False} | vector["decoded"]
        assert {field: getattr(found, field) for field in wanted} == wanted, vector["id"]
        assert found.check_digits == vector["check_digits"], vector["id"]


@pytest.mark.data
def test_vectors_as_files(data: Path) -> None:
    """Every vector of a format gives one traveller and what is wrong with it; nothing wrong is accepted in silence."""
    vectors = json.loads((data / "mrz" / "mrz_vectors.json").read_text(encoding="utf-8"))
    for vector in vectors:
        found = messages("\n".join(vector["lines"]).encode())
        if vector["all_check_digits_ok"] is None:
            continue
        (message,) = found
        assert message.mrz is not None
        assert message.mrz.format == vector["format"]
        assert message.mrz.check_digits == vector["check_digits"]
        assert ("CHECK_DIGIT" in codes(message)) == (not vector["all_check_digits_ok"]), vector["id"]
        assert person(message).name.family is not None


@pytest.mark.data
def test_the_french_vector_agrees_with_its_source(data: Path) -> None:
    vectors = json.loads((data / "mrz" / "mrz_vectors.json").read_text(encoding="utf-8"))
    (vector,) = [vector for vector in vectors if vector["id"] == "S015"]
    fields, message = vector["origin_expect"]["fields"], one(tuple(vector["lines"]))
    assert message.mrz is not None
    assert set(message.mrz.check_digits.values()) == {"ok"}
    assert person(message).name.family == fields["lastName"]
    assert person(message).name.given == fields["firstName"]
    assert (paper(message).number or "").endswith(fields["documentNumber"])
    assert paper(message).issued == "1994-09"
    assert person(message).nationality is None, "the card has no field for it"


# -- what a zone says


def test_a_passport() -> None:
    message = one(TD3)
    traveller = person(message)
    validate(message)
    assert codes(message) == []
    assert (traveller.name.family, traveller.name.given) == ("BERTIN", "SALMA LINE")
    assert traveller.name.raw == "BERTIN<<SALMA<LINE"
    assert traveller.name.source == "MRZ"
    assert (traveller.birth_date, traveller.birth_date_basis) == ("1984-03-10", "document")
    assert (traveller.sex, traveller.nationality, traveller.capacity) == ("F", "MAR", "passenger")
    assert paper(message) == Document(
        type="P", type_raw="P<", kind="passport", number="ZZ1234567", issuer="FRA", expires="2031-02-14"
    )
    assert message.mrz is not None
    assert (message.mrz.format, message.mrz.lines, message.mrz.optional) == ("TD3", TD3, "AB 12")
    assert message.mrz.check_digits == {
        "document_number": "ok",
        "birth_date": "ok",
        "expiry_date": "ok",
        "personal_number": "ok",
        "composite": "ok",
    }
    assert [(p.code, p.segment, p.position) for p in message.problems] == [
        ("CENTURY_DERIVED", "line 2", 58),
        ("CENTURY_DERIVED", "line 2", 66),
    ]


@pytest.mark.parametrize(
    ("changed", "expected", "reason"),
    [
        ({"birth_date": "8403<<"}, {"birth_date": "1984-03"}, "day unknown"),
        ({"birth_date": "84<<<<"}, {"birth_date": "1984"}, "day and month unknown"),
        ({"birth_date": "840000"}, {"birth_date": "1984"}, "the same with zeros"),
        ({"birth_date": "<<<<<<"}, {"birth_date": None, "birth_date_basis": None}, "all unknown"),
        ({"birth_date": "261123"}, {"birth_date": "2026-11-23"}, "born on the day of looking"),
        ({"birth_date": "261124"}, {"birth_date": "1926-11-24"}, "a day later: a hundred years before"),
        ({"birth_date": "000229"}, {"birth_date": "2000-02-29"}, "a leap day"),
        ({"sex": "<"}, {"sex": None}, "sex not stated"),
        ({"sex": "X"}, {"sex": "X"}, "sex X"),
        ({"nationality": ""}, {"nationality": None}, "no nationality, which is not that of the issuer"),
        ({"nationality": "D"}, {"nationality": "DEU"}, "Germany has one letter"),
        ({"nationality": "RKS"}, {"nationality": "RKS"}, "not of ISO 3166, in use"),
        ({"nationality": "GBN"}, {"nationality": "GBN"}, "British National (Overseas)"),
        ({"nationality": "XXA"}, {"nationality": "XXA", "stateless": True}, "stateless, 1954 Convention"),
        ({"nationality": "XXB"}, {"nationality": "XXB", "stateless": False}, "refugee: not stateless"),
        ({"nationality": "XXC"}, {"nationality": "XXC", "stateless": False}, "other refugee"),
        ({"nationality": "XXX"}, {"nationality": "XXX", "stateless": False}, "not specified"),
        ({"nationality": "ROM"}, {"nationality": "ROU"}, "Romania's old code"),
    ],
)
def test_a_field_of_the_person(changed: dict[str, str], expected: dict[str, object], reason: str) -> None:
    message = one(passport(**changed))
    traveller = person(message)
    assert {field: getattr(traveller, field) for field in expected} == expected, reason
    assert codes(message) == []


@pytest.mark.parametrize(
    ("changed", "expected", "reason"),
    [
        ({"issuing_state": "D"}, {"issuer": "DEU"}, "Germany"),
        ({"issuing_state": "UNO"}, {"issuer": "UNO", "kind": "laissez_passer"}, "an organisation"),
        ({"issuing_state": "XOM"}, {"issuer": "XOM", "kind": "passport"}, "the Order of Malta"),
        ({"document_code": "PD"}, {"type": "P", "type_raw": "PD", "kind": "diplomatic_passport"}, "second letter"),
        ({"document_number": "A12"}, {"number": "A12"}, "a short number"),
        ({"document_number": "A1<2"}, {"number": "A12"}, "a blank within"),
        ({"document_number": ""}, {"number": None}, "no number"),
        ({"expiry_date": "<<<<<<"}, {"expires": None}, "without end"),
        ({"expiry_date": "761101"}, {"expires": "2076-11-01"}, "the nearest century: 50 years ahead"),
        ({"expiry_date": "770101"}, {"expires": "1977-01-01"}, "49 years back rather than 51 ahead"),
        ({"expiry_date": "3102<<"}, {"expires": "2031-02"}, "day unknown"),
    ],
)
def test_a_field_of_the_document(changed: dict[str, str], expected: dict[str, object], reason: str) -> None:
    message = one(passport(**changed))
    document = paper(message)
    assert {field: getattr(document, field) for field in expected} == expected, reason
    assert codes(message) == []


LONG_GIVEN = "SALMA LINE MARGUERITE ANNABELLE"


@pytest.mark.parametrize(
    ("field", "family", "given", "found", "reason"),
    [
        ("BERTIN<<SALMA<LINE", "BERTIN", "SALMA LINE", [], "both"),
        ("BERTIN", "BERTIN", None, [], "one name"),
        ("<<SALMA", "SALMA", None, [], "no primary identifier: the only name is the family name"),
        ("BERTIN<<FNU", "BERTIN", None, [], "first name unknown"),
        ("VAN<DER<BERG<<JO<<PIET", "VAN DER BERG", "JO PIET", [], "more than one pair of fillers"),
        ("BERTIN<<<<SALMA", "BERTIN", "SALMA", [], "four fillers between"),
        ("", None, None, ["NAME_MISSING"], "no name"),
        ("ABC" * 13, "ABC" * 13, None, ["NAME_TRUNCATED"], "no room even for a given name"),
        ("BERTIN<<SALMA<LINE<MARGUERITE<ANNABELLE", "BERTIN", LONG_GIVEN, ["NAME_TRUNCATED"], "cut or just as long"),
        ("BERT1N<<SALMA", "BERT1N", "SALMA", ["MRZ_CHARACTER"], "a digit in the name, kept as read"),
    ],
)
def test_a_name(field: str, family: str | None, given: str | None, found: list[str], reason: str) -> None:
    message = one(("P<FRA" + field.ljust(39, "<"), TD3[1]))
    name = person(message).name
    assert (name.family, name.given, name.raw) == (family, given, field), reason
    assert codes(message) == found


@pytest.mark.parametrize(
    ("change", "found", "expected", "reason"),
    [
        ({"birth_date": "840230"}, ["BAD_DATE"], {"birth_date": None}, "a day that is none"),
        ({"birth_date": "841301"}, ["BAD_DATE"], {"birth_date": None}, "a month that is none"),
        ({"birth_date": "<<0310"}, ["BAD_DATE"], {"birth_date": None}, "a year is needed"),
        ({"birth_date": "84<<10"}, ["DATE_FORMAT"], {"birth_date": "1984"}, "a day without month"),
        ({"birth_date": "8A0310"}, ["BAD_DATE"], {"birth_date": None}, "a letter"),
        ({"sex": "H"}, ["UNKNOWN_CODE"], {"sex": None}, "no code for sex"),
        ({"nationality": "QQQ"}, ["UNKNOWN_COUNTRY"], {"nationality": "QQQ"}, "no State, kept"),
        ({"nationality": "FR"}, ["UNKNOWN_COUNTRY"], {"nationality": "FR"}, "two letters: kept, not completed"),
        ({"issuing_state": "UTO"}, ["ISSUER_NOT_VALID"], {}, "a specimen"),
        ({"issuing_state": "WSA"}, ["ISSUER_NOT_VALID"], {}, "no issuer that is recognised"),
    ],
)
def test_a_bad_value_costs_that_value_only(
    change: dict[str, str], found: list[str], expected: dict[str, object], reason: str
) -> None:
    message = one(passport(**change))
    traveller = person(message)
    assert codes(message) == found, reason
    assert {field: getattr(traveller, field) for field in expected} == expected
    assert traveller.name.family == "BERTIN"
    account = message.account
    assert account is not None
    assert account.reported == (6 if found == ["BAD_DATE"] else 0)
    assert account.unknown == (1 if found == ["UNKNOWN_CODE"] else 0)


def altered(lines: tuple[str, ...], line: int, at: int, character: str) -> tuple[str, ...]:
    text = lines[line]
    return (*lines[:line], text[:at] + character + text[at + 1 :], *lines[line + 1 :])


@pytest.mark.parametrize(
    ("lines", "bad", "misread", "reason"),
    [
        (altered(TD3, 1, 9, "1"), ["document_number", "composite"], False, "the digit of the number"),
        (altered(TD3, 1, 2, "I"), ["document_number", "composite"], True, "1 read as I in the number"),
        (altered(TD3, 1, 13, "B"), ["birth_date", "composite"], True, "8 read as B in the birth date"),
        (altered(TD3, 1, 19, "Z"), ["birth_date", "composite"], True, "2 read as Z in the digit itself"),
        (altered(TD3, 1, 22, "2"), ["expiry_date", "composite"], False, "another digit in the expiry"),
        (altered(TD3, 1, 42, "<"), ["personal_number", "composite"], False, "a filler for a digit that is needed"),
        (altered(TD3, 1, 43, "G"), ["composite"], True, "6 read as G in the composite"),
        (altered(TD1, 0, 16, "X"), ["composite"], False, "optional data are in the composite only"),
    ],
)
def test_a_wrong_check_digit_is_named_and_nothing_is_put_right(
    lines: tuple[str, ...], bad: list[str], misread: bool, reason: str
) -> None:
    message = one(lines)
    assert message.mrz is not None
    assert [name for name, state in message.mrz.check_digits.items() if state == "bad"] == bad, reason
    assert codes(message).count("CHECK_DIGIT") == len(bad)
    assert ("OCR_CONFUSION" in codes(message)) == misread
    assert message.mrz.lines == lines
    number = lines[0][5:14] if len(lines) == 3 else lines[1][:9]
    assert paper(message).number == number


@given(st.data())
def test_one_misread_character_of_a_number_is_noticed_and_kept(data: st.DataObject) -> None:
    lines = passport(document_number=data.draw(st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=9)))
    places = [at for at in range(9) if lines[1][at] in CONFUSED]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    misread = altered(lines, 1, at, CONFUSED[lines[1][at]])
    message = one(misread)
    if check_digit(misread[1][:9]) != int(misread[1][9]):
        assert {"CHECK_DIGIT", "OCR_CONFUSION"} <= set(codes(message))
    assert paper(message).number == misread[1][:9].replace("<", "")


@pytest.mark.parametrize("document_format", ["TD1", "TD2"])
@pytest.mark.parametrize("with_filler", [False, True])
def test_a_long_number_is_computed_in_either_way(document_format: str, with_filler: bool) -> None:
    """Doc 9303 leaves the filler out of the sum; cards of one State were issued with it."""
    lines = zone(
        document_format, document_code="I", issuing_state="BEL", surname="BERTIN", document_number="000590448301"
    )
    number = "000590448<301" if with_filler else "000590448301"
    line, start = (0, 15) if document_format == "TD1" else (1, 28)
    lines = altered(lines, line, start + 3, str(check_digit(number)))
    found = parse(lines)
    assert (found.document_number, found.check_digits["document_number"]) == ("000590448301", "ok")
    assert found.long_document_number


def test_a_french_card() -> None:
    lines = zone(
        "FRENCH_NATIONAL_ID",
        document_code="ID",
        issuing_state="FRA",
        surname="Bertin",
        given_names="Salma Line",
        document_number="070275K00123",
        birth_date="840310",
        sex="F",
        optional1="75K012",
    )
    message = one(lines)
    traveller = person(message)
    assert codes(message) == []
    assert (traveller.name.family, traveller.name.given) == ("BERTIN", "SALMA LINE")
    assert traveller.nationality is None
    assert paper(message) == Document(
        type="I", type_raw="ID", kind="identity_card", number="070275K00123", issuer="FRA", issued="2007-02"
    )


def test_a_french_card_of_the_standard_is_told_by_its_nationality() -> None:
    lines = zone(
        "TD2", document_code="ID", issuing_state="FRA", surname="BERTIN", document_number="ZZ1", nationality="FRA"
    )
    assert parse(lines).format == "TD2"


def test_visas_have_no_composite() -> None:
    for document_format in ("MRVA", "MRVB"):
        lines = zone(
            document_format, document_code="V", issuing_state="FRA", surname="BERTIN", document_number="ZZ1", sex="M"
        )
        message = one(lines)
        assert message.mrz is not None
        assert (message.mrz.format, paper(message).kind) == (document_format, "visa")
        assert "composite" not in message.mrz.check_digits


# -- files as people make them

PLAIN = "\n".join(TD3)
CARD = "\n".join(TD1)


@pytest.mark.parametrize(
    ("data", "formats", "cleaned", "reason"),
    [
        (PLAIN, ["TD3"], False, "no line end at the end"),
        (PLAIN.replace("\n", "\r\n") + "\r\n", ["TD3"], False, "CRLF"),
        (PLAIN.replace("\n", "\r"), ["TD3"], False, "CR"),
        ("\n\n" + PLAIN + "\n\n\n", ["TD3"], False, "empty lines around"),
        (PLAIN + "\n\n" + CARD + "\n", ["TD3", "TD1"], False, "two documents"),
        (PLAIN + "\n" + CARD + "\n" + PLAIN + "\n", ["TD3", "TD1", "TD3"], False, "no empty line between"),
        ("\n\n".join(TD3) + "\n\n\n" + "\n\n".join(TD1), ["TD3", "TD1"], False, "an empty line after each"),
        ("".join(TD3), ["TD3"], True, "one line of 88"),
        ("".join(TD1) + "\n" + " ".join(TD3), ["TD1", "TD3"], True, "one line of 90, and one with a blank"),
        (PLAIN.lower(), ["TD3"], True, "small letters"),
        ("  " + PLAIN.replace("\n", "  \n\t"), ["TD3"], False, "blanks around lines"),
        (" ".join(PLAIN).replace(" \n ", "\n"), ["TD3"], True, "blanks between all characters"),
        (PLAIN.replace("<<", "«"), ["TD3"], True, "quotation marks for two fillers"),
        (PLAIN.replace("<", "«"), ["TD3"], True, "quotation marks for one filler"),
        (PLAIN.replace("<", "‹"), ["TD3"], True, "single quotation marks"),
        (PLAIN.replace("<", "&lt;"), ["TD3"], True, "escaped for a page"),
        (b"\xef\xbb\xbf" + PLAIN.encode(), ["TD3"], True, "a byte order mark"),
        (PLAIN.encode("utf-16-le"), ["TD3"], True, "UTF-16"),
        (PLAIN.encode("utf-16"), ["TD3"], True, "UTF-16 with its mark"),
        (PLAIN.replace("<<", "«").encode("latin-1"), ["TD3"], True, "Latin-1"),
    ],
)
def test_a_file(data: str | bytes, formats: list[str], cleaned: bool, reason: str) -> None:
    found = messages(data.encode() if isinstance(data, str) else data)
    assert [message.mrz.format for message in found if message.mrz] == formats, reason
    assert [person(message).name.family for message in found] == ["BERTIN"] * len(formats)
    for message in found:
        assert message.mrz is not None
        assert set(message.mrz.check_digits.values()) == {"ok"}
    assert any("MRZ_CLEANED" in codes(message) for message in found) == cleaned
    assert all(set(codes(message)) <= {"MRZ_CLEANED"} for message in found)
    assert holds_zone(data.encode() if isinstance(data, str) else data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "nothing"),
        (b"UNB+UNOA:4+A+B+261122:1910+1'UNH+1+PAXLST:D:02B:UN:IATA'", "EDIFACT"),
        (b"family_name;given_name;birth_date\nBENALI;SALMA;1984-03-10\n", "a table"),
        (b"VIEGPXH\r\n.HDQ 231200\r\nPNL\r\nZV412/23NOV CMN PART1\r\n-VIE001Y\r\n", "a name list"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "a picture"),
    ],
)
def test_other_inputs_hold_no_zone(data: bytes, reason: str) -> None:
    assert not holds_zone(data), reason


def test_text_around_a_zone_is_not_stored() -> None:
    data = ("Dear Anna\n\n" + PLAIN + "\nwith thanks\n").encode()
    removals = [removal for message in messages(data) for removal in message.removals]
    assert redact(data, removals) == ("____ ____\n\n" + PLAIN + "\n____ ______\n").encode()
    again = messages(redact(data, removals))
    assert [(m.travellers, m.account, m.removals) for m in again] == [
        (m.travellers, m.account, m.removals) for m in messages(data)
    ]


def test_positions_are_offsets_in_the_file() -> None:
    lines = altered(TD3, 1, 13, "B")
    data = ("«note»\r\n\r\n" + "\r\n".join(lines)).encode()
    (_, message) = messages(data)
    at = {problem.code: problem.position for problem in message.problems}
    assert data[at["BAD_DATE"] or 0 :].startswith(b"B40310")
    assert data[at["OCR_CONFUSION"] or 0 :].startswith(b"B40310")


@pytest.mark.parametrize(
    ("data", "travellers", "found", "reason"),
    [
        ("Dear colleague, see below\n\n" + PLAIN, 1, {"NO_MRZ"}, "a letter around the zone"),
        ("Passport of the first:\n" + PLAIN, 1, {"NO_MRZ"}, "a heading without empty line"),
        (PLAIN + "\nwith thanks", 1, {"NO_MRZ"}, "a line behind"),
        ("hello\n", 0, {"NO_MRZ"}, "no zone"),
        ("\n \n", 0, {"NO_MRZ"}, "empty lines only"),
        ("A" * 1000, 0, {"NO_MRZ"}, "one long line"),
        ("AAA001D<<\nFACHE00S000000000<<800000<<<<<\n" + TD1[2], 0, {"NO_MRZ"}, "another kind of card"),
        (TD3[0], 1, {"MRZ_LENGTH"}, "the upper line only: a name and an issuer"),
        (TD1[1] + "\n" + TD1[2], 1, {"MRZ_LENGTH"}, "the first line of a card lost"),
        (TD1[0] + "\n" + TD1[2], 1, {"MRZ_LENGTH"}, "the second line of a card lost"),
        (TD1[2], 1, {"MRZ_LENGTH"}, "the name of a card only"),
        ("1710GVA123451BERTIN<<<<<<<<9112311F2\n" * 2, 0, {"NO_MRZ"}, "two lines of 36, of which nothing says zone"),
        (passport()[0].replace("P", "F", 1) + "\n" + passport()[1], 1, set(), "P read as F: the digits say it is one"),
        ("PLEASECOMEANDSEEMYTWOPASSPORTS", 0, {"NO_MRZ"}, "thirty letters of something else"),
        (TD3[0][:-1] + "\n" + TD3[1], 1, {"MRZ_LENGTH"}, "a filler lost from the name"),
        (TD3[0] + "<\n" + TD3[1], 1, {"MRZ_LENGTH", "MRZ_DAMAGED"}, "a filler too many"),
        (TD3[0] + "\n" + TD3[1][:-1], 1, {"MRZ_LENGTH", "CHECK_DIGIT"}, "the composite lost: all fields are confirmed"),
        (TD3[0] + "\n" + TD3[1][1:], 1, {"MRZ_LENGTH", "MRZ_DAMAGED", "CHECK_DIGIT"}, "the first character lost"),
        (CARD.replace("<\n", "\n"), 1, {"MRZ_LENGTH"}, "fillers at the ends lost"),
        (PLAIN + "\n" + TD3[0][:-1] + "\n" + TD3[1] + "\n" + PLAIN, 3, {"MRZ_LENGTH"}, "a damaged one among others"),
        ((TD3[0][:-1] + "\n" + TD3[1] + "\n") * 2, 2, {"MRZ_LENGTH"}, "two damaged ones"),
    ],
)
def test_what_is_no_whole_zone(data: str, travellers: int, found: set[str], reason: str) -> None:
    got = messages(data.encode())
    assert sum(len(message.travellers) for message in got) == travellers, reason
    assert {code for message in got for code in codes(message) if code != "OCR_CONFUSION"} == found
    assert all(person(message).name.family == "BERTIN" for message in got if message.travellers)
    assert holds_zone(data.encode()) == (bool(travellers) and not data.startswith("F"))


@pytest.mark.parametrize(
    ("lines", "expected", "reason"),
    [
        ((TD3[1],), (None, "1984-03-10", "MAR", "ZZ1234567", None), "the lower line of a passport"),
        ((TD3[0],), ("BERTIN", None, None, None, "FRA"), "the upper line of a passport"),
        (TD1[1:], ("BERTIN", "1984-03-10", "BEL", None, None), "a card without its first line"),
        (TD1[:2], (None, "1984-03-10", "BEL", "ZZ9876543", "BEL"), "a card without its name"),
        (TD1[::2], ("BERTIN", None, None, "ZZ9876543", "BEL"), "a card without its second line"),
    ],
)
def test_a_lost_line_costs_its_fields_only(
    lines: tuple[str, ...], expected: tuple[str | None, ...], reason: str
) -> None:
    message = one(lines)
    traveller, document = person(message), paper(message)
    got = (traveller.name.family, traveller.birth_date, traveller.nationality, document.number, document.issuer)
    assert got == expected, reason
    assert set(codes(message)) == {"MRZ_LENGTH"} | ({"NAME_MISSING"} if expected[0] is None else set())
    assert message.mrz is not None
    assert message.mrz.format == "INVALID_LENGTH"
    assert set(message.mrz.check_digits.values()) <= {"ok"}


OTHER = ("P<MARALAMI<<OMAR<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "ZZ12345679MAR8504115M3102145<<<<<<<<<<<<<<<8")
OTHER_CARD = zone(
    "TD1", document_code="ID", issuing_state="BEL", surname="ALAMI", given_names="OMAR", document_number="AA1234567"
)


@pytest.mark.parametrize(
    ("lines", "expected", "reason"),
    [
        ((TD3[0], *OTHER), ["BERTIN", "ALAMI"], "the lower line of the first passport is missing"),
        ((TD3[0], OTHER[0]), ["BERTIN", "ALAMI"], "both lower lines are missing"),
        ((TD3[0][:-1], *OTHER), ["BERTIN", "ALAMI"], "the upper line is damaged as well"),
        ((TD3[0], OTHER[0][:-1], OTHER[1]), ["BERTIN", "ALAMI"], "the second upper line is damaged"),
        ((*TD3, TD3[0], *OTHER), ["BERTIN", "BERTIN", "ALAMI"], "behind a whole passport"),
        ((*TD1[:2], *OTHER_CARD), [None, "ALAMI"], "the name of the first card is missing"),
        ((TD1[0], *OTHER_CARD), [None, "ALAMI"], "two lines of the first card are missing"),
        ((*TD1, *OTHER_CARD), ["BERTIN", "ALAMI"], "two cards whose names begin like a document code"),
        ((*OTHER_CARD[:2], "ALAMI<<0MAR<<<<<<<<<<<<<<<<<<<", *TD1), ["ALAMI", "BERTIN"], "a digit in a card's name"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_a_first_line_begins_a_document(
    lines: tuple[str, ...], expected: list[str | None], reason: str, end: str
) -> None:
    if end == "\n\n" and len({*map(len, lines)}) > 1:
        return  # With an empty line after each, a line of another width stands alone.
    found = messages(end.join(lines).encode())
    assert [person(message).name.family for message in found] == expected, reason
    numbers = [paper(message).number for message in found]
    assert all(number is None or any(map(str.isdigit, number)) for number in numbers), reason


def test_letters_alone_with_a_wrong_digit_are_no_number() -> None:
    found = messages("\n".join((TD3[0], "PXMARTHEN1" + TD3[1][10:])).encode())
    assert [(paper(message).number, person(message).birth_date) for message in found] == [(None, "1984-03-10")]
    assert "MRZ_DAMAGED" in codes(found[0])
    right = passport(document_number="PXMARTHEN")
    assert paper(one(right)).number == "PXMARTHEN"


PROSE = [
    ("Benali <needs wheelchair>", "a word in brackets of a page"),
    ("DIABETIC<NEEDS<INSULIN", "capitals with fillers"),
    ("Mrs Benali <needs wheelchair and insulin>", "a note of the width of a line"),
    ("diabetic << please help her", "two fillers"),
    ("Diabetic << please help her today", "two fillers, of the width of a card"),
]


@pytest.mark.parametrize(("note", "reason"), PROSE)
@pytest.mark.parametrize("around", ["{}", "{}\n" + PLAIN, PLAIN + "\n{}\n", PLAIN + "\n\n{}\n\n" + CARD])
def test_a_note_is_no_zone_and_is_not_stored(note: str, reason: str, around: str) -> None:
    data = around.format(note).encode()
    found = messages(data)
    stored = redact(data, [removal for message in found for removal in message.removals])
    kept = stored + b"".join(json.dumps(message.mrz and message.mrz.lines).encode() for message in found)
    for word in (b"needs", b"wheelchair", b"diabetic", b"insulin", b"help"):
        assert word not in kept.lower(), reason
    assert [m.travellers for m in messages(stored) if m.travellers] == [m.travellers for m in found if m.travellers]
    assert sum(len(m.travellers) for m in found) == around.count("<<SALMA")
    assert "NO_MRZ" in {code for message in found for code in codes(message)}


@pytest.mark.parametrize("note", ["Benali <see below>", "the passport of Mrs <Benali> is below"])
def test_a_note_before_a_damaged_zone_costs_it_nothing(note: str) -> None:
    found = messages(f"{note}\n{TD3[0][:-1]}\n{TD3[1]}".encode())
    assert [person(message).name.family for message in found if message.travellers] == ["BERTIN"]


def test_a_shifted_line_gives_no_values() -> None:
    message = one((TD3[0], TD3[1][1:]))
    traveller = person(message)
    assert (traveller.birth_date, traveller.sex, traveller.nationality) == (None, None, None)
    assert (paper(message).number, paper(message).expires, paper(message).issuer) == (None, None, "FRA")
    account = message.account
    assert account is not None
    assert account.reported > 0


@given(
    st.lists(
        st.one_of(
            st.sampled_from([*TD3, *TD1, "", "", "".join(TD3), "text", "«<", TD3[0][:-1], TD3[1].lower()]),
            st.text("<«AP1\x00é ", max_size=50),
        ),
        max_size=12,
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_every_byte_is_accounted_for(lines: list[str], end: str) -> None:
    messages(end.join(lines).encode())


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    messages(data)


@given(
    st.tuples(*[st.text("<ABZ019", min_size=44, max_size=44)] * 2),
    st.lists(st.tuples(st.integers(0, 1), st.integers(1, 43)), max_size=4),
)
def test_any_characters_in_a_zone(lines: tuple[str, ...], strange: list[tuple[int, int]]) -> None:
    """One misread character more or less never costs the zone."""
    lines = altered(altered(lines, 0, 0, "P"), 1, 0, "7")
    for line, at in strange:
        lines = altered(lines, line, at, "é")
    message = one(lines)
    assert message.mrz is not None
    assert message.mrz.lines == lines
    assert ("MRZ_CHARACTER" in codes(message)) >= bool(strange)
    assert len(message.travellers) == 1


def test_problems_show_no_content() -> None:
    """Nothing of more than three characters that the zone holds stands in what is said."""
    lines = altered(altered(passport(surname="QUXWOBBLE", document_number="QQZZ00Q7B"), 1, 9, "X"), 1, 19, "X")
    message = one((lines[0][:-1], lines[1]))
    said = " ".join(problem.says for problem in message.problems)
    text = "".join(lines).replace("<", "")
    assert not any(text[at : at + 4] in said for at in range(len(text) - 3))


# -- writing


LONG_FAMILY = "Bennelong Wooloomooloo Warrandyte Warnambool"


@pytest.mark.parametrize(
    ("surname", "given", "width", "written", "reason"),
    [
        ("Bertin", "Salma", 39, "BERTIN<<SALMA", "short"),
        ("Bertin", "", 39, "BERTIN", "one name"),
        ("Müller-Lüdenscheidt", "Jö", 39, "MUELLER<LUEDENSCHEIDT<<JOE", "transliterated"),
        ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", 30, "NILAVADHANANANDA<<CHAYAPA<DEJT", "cut at the end"),
        ("Nilavadhanananda", "Arnpol Petch Charonguang", 25, "NILAVADHANANANDA<<ARNPO<P", "never cut before a filler"),
        (LONG_FAMILY, "Dingo Potoroo", 39, "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<WA<<D", "something of both"),
        (
            "A AA AAA AAAAAAAAAAAAAAAA",
            "B C D",
            31,
            "A<AA<AAA<AAAAAAAAAAAAAAA<<B<C<D",
            "initials: the family name gives way",
        ),
        ("A" * 50, "", 39, "A" * 39, "one long name"),
        ("A" * 50, "B", 39, "A" * 36 + "<<B", "one long name, and a given one"),
    ],
)
def test_names_are_cut_by_the_rules(surname: str, given: str, width: int, written: str, reason: str) -> None:
    field = _fitted(icao.to_zone(surname), icao.to_zone(given), width)
    assert field == written, reason


NAMES = st.lists(st.text(string.ascii_uppercase, min_size=1, max_size=16), min_size=1, max_size=4).map(" ".join)
STATES = st.sampled_from(["FRA", "D", "RKS", "XXA", "MAR"])
DATES = st.dates(dt.date(1927, 1, 1), dt.date(2026, 11, 23))
FIELDS = st.fixed_dictionaries(
    {
        "surname": NAMES,
        "given_names": st.one_of(st.just(""), NAMES),
        "issuing_state": STATES,
        "nationality": STATES,
        "document_number": st.text(string.ascii_uppercase + string.digits, max_size=12),
        "sex": st.sampled_from("MFX<"),
        "optional1": st.text(string.ascii_uppercase + string.digits, max_size=6),
    }
)


@given(st.sampled_from(["TD1", "TD2", "TD3", "MRVA", "MRVB"]), FIELDS, DATES, DATES)
def test_what_is_written_is_read(name: str, fields: dict[str, str], birth: dt.date, expiry: dt.date) -> None:
    layout = LAYOUTS[name]
    long = layout.number_goes_on and len(fields["document_number"]) > 9
    fields["document_number"] = fields["document_number"][: 12 if long else 9]
    if name == "TD2" and long:
        fields["optional1"] = fields["optional1"][:1]
    code = {"TD1": "I", "TD2": "C", "TD3": "PP"}.get(name, "V")
    dates = {"birth_date": birth.strftime("%y%m%d"), "expiry_date": expiry.strftime("%y%m%d")}
    lines = zone(name, document_code=code, **fields, **dates)
    assert {len(line) for line in lines} == {layout.width}
    assert CHARACTERS.issuperset("".join(lines))
    found = parse(lines)
    same = ("issuing_state", "nationality", "document_number", "sex", "optional1")
    assert {field: getattr(found, field) for field in same} == {field: fields[field] for field in same}
    assert (found.document_code, found.birth_date, found.expiry_date) == (
        code,
        dates["birth_date"],
        dates["expiry_date"],
    )
    assert "bad" not in found.check_digits.values()
    whole = "<<".join(part.replace(" ", "<") for part in (fields["surname"], fields["given_names"]) if part)
    place = layout.fields["name"]
    if len(whole) <= place.end - place.start:
        assert (found.surname, found.given_names) == (fields["surname"], fields["given_names"])
    else:
        assert lines[place.line][-1].isalpha(), "a cut name ends in a letter"
        assert found.surname
        assert bool(found.given_names) == bool(fields["given_names"])
    message = one(lines)
    assert person(message).birth_date == birth.isoformat()
    assert ("NAME_TRUNCATED" in codes(message)) == (len(whole) >= place.end - place.start)


@pytest.mark.parametrize(
    ("changed", "says", "reason"),
    [
        ({"document_number": "Z" * 10}, "10 characters", "no long numbers in a passport"),
        ({"document_number": "<12"}, "begins with", "a filler first"),
        ({"birth_date": "1984-03-10"}, "shorten it", "not YYMMDD"),
        ({"sex": "f"}, "no zone has", "small letter"),
        ({"optional2": "A"}, "0 for it", "a field the format lacks"),
        ({"surname": "Ελένη"}, "spell it", "no transliteration"),
    ],
)
def test_what_does_not_fit_is_refused(changed: dict[str, str], says: str, reason: str) -> None:
    with pytest.raises(ValueError, match=says):
        passport(**changed)


def test_a_format_must_be_known() -> None:
    with pytest.raises(ValueError, match="FRENCH_NATIONAL_ID"):
        zone("TD4", document_code="P", issuing_state="FRA", surname="A", document_number="1")
