"""Documents as lists describe them. The numbers are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.watchlist.listed_documents import expiry_in, issuer_in, number_in, type_of

NUMBERS = [
    ("A1234567", "A1234567", "a number"),
    ("96 03 111222", "9603111222", "groups"),
    ("A 0123456", "A0123456", "series before a blank"),
    ("TR-P 614 166", "TR-P614166", "series with a hyphen"),
    ("B/011222", "B/011222", "series before a stroke"),
    ("CAVP-590612-AD1", "CAVP-590612-AD1", "letters in groups"),
    ("Counterfeit Danish driving licence number 20111222", "20111222", "in a sentence"),
    ("German travel document (“Reiseausweis”) A 0111222", "A0111222", "bracket before it"),
    ("CAR diplomatic passport no. D00000111", "D00000111", "after no."),
    ("No34409/129", "34409/129", "No joined to it"),
    ("381111222 (Expired 25 Jan. 2016)", "381111222", "remark behind"),
    ("R00011122, South Sudan", "R00011122", "State behind"),
    ("Tunisian passport number L 191222 issued on 28 Feb. 1996, expired on 27 Feb. 2001", "L191222", "long remark"),
    ("SSN 111-22-3333 (United States of America)", "111-22-3333", "label in capitals"),
    ("Libya 428222", "428222", "State before"),
    ("Russian passport number 8208 No. 555222", None, "two runs of digits: not certain"),
    ("Laissez-passer no. N°235/MISPAT/DIRCAB", None, "a file reference"),
    ("issued in 1993, under name of another", None, "a year is no number"),
    ("Passport", None, "no digit"),
    ("", None, "nothing"),
]
TYPES = [
    ("Passport", "P"),
    ("Numéro de passeport", "P"),
    ("Número de pasaporte", "P"),
    ("German travel document (“Reiseausweis”)", "P"),
    ("National Identification Number", "I"),
    ("Cedula No.", "I"),
    ("Afghan national identification card (tazkira) number", "I"),
    ("VisaNumberID", "V"),
    ("Seafarer's Identification Document", "C"),
    ("National Identification Number, Birth certificate", None),
    ("Driver's License No.", None),
    ("Tax ID No.", None),
    ("SSN", None),
]
ISSUERS = [
    ("403062567 (US)", "USA"),
    ("R00011122, South Sudan", "SSD"),
    ("Libyan passport No. 511222", "LBY"),
    ("Central African Republic number O0001", "CAF"),
    ("Counterfeit Danish driving licence number 2011", None),
    ("AA 12345", None),
    ("381111222 (Expired 25 Jan. 2016)", None),
]


@pytest.mark.parametrize(("text", "number", "reason"), NUMBERS, ids=[case[2] for case in NUMBERS])
def test_number(text: str, number: str | None, reason: str) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(("label", "letter"), TYPES)
def test_type(label: str, letter: str | None) -> None:
    assert type_of(label) == letter


@pytest.mark.parametrize(("text", "issuer"), ISSUERS)
def test_issuer(text: str, issuer: str | None) -> None:
    assert issuer_in(text) == issuer


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("expired on 17 Feb. 2013", "2013-02-17"),
        ("issued in Rome, valid until 30 Jul. 2022", "2022-07-30"),
        ("Issued on 12 June 2014, expires 12 June 2019  Iran", "2019-06-12"),
        ("issued on 3 May 2007", None),
    ],
)
def test_expiry(note: str, day: str | None) -> None:
    assert expiry_in(note) == day


@given(st.from_regex(r"[A-Z]{1,2}\d{5,8}", fullmatch=True))
def test_a_number_is_found_in_every_sentence_seen(number: str) -> None:
    for sentence in ("{}", "Libyan passport number {}", "{} (US)", "Passport No. {}, issued on 5 May 1998"):
        assert number_in(sentence.format(number)) == number
