"""The texts of DOCS, DOCO and DOCA, as standard has them and as senders write them. All persons are invented."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.messages.fields import ssr_docs
from vigie.messages.fields.stamps import nearest_to, not_after

FIELDS = ("type", "issuer_raw", "number", "nationality_raw", "birth", "sex_raw", "expiry", "family", "given")
AS_OF = dt.date(2026, 11, 23)

WHOLE = ("P", "MAR", "ZZ1234567", "MAR", "10MAR84", "F", "14FEB31", "BENALI", "SALMA")
DOCS = [
    ("HK1/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, (), "standard, as PNL has it"),
    ("/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, (), "standard, as PNRGOV has it"),
    ("P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, (), "no slash before the first field"),
    ("KH1/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, (), "action code KH"),
    ("HK/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, (), "action code without number"),
    ("DOCS ZV HK1 /P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, (), "host text with carrier"),
    ("DOCSZVHK1 P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, (), "host text without blanks"),
    ("/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA/", WHOLE, (), "slash at the end"),
    ("/p/mar/zz1234567/mar/10mar84/f/14feb31/BENALI/SALMA", WHOLE, (), "lower case"),
    ("/P/MAR/ZZ 1234567/MAR/10MAR84/F/14FEB31/ BENALI /SALMA", WHOLE, (), "blanks"),
    ("//P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, ("moved",), "shifted by one"),
    ("///P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, ("moved",), "shifted by two"),
    ("/P/MAR/ZZ1234567/0/MAR/10MAR84/F/14FEB31/BENALI/SALMA", WHOLE, ("stray", "moved"), "stray 0 put in"),
    ("/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA-1BENALI/SALMAMRS", WHOLE, (), "name association"),
    (
        "/P/MAR/ZZ1234567/0/10MAR84/F/14FEB31/BENALI/SALMA/NOUR",
        ("P", "MAR", "ZZ1234567", None, "10MAR84", "F", "14FEB31", "BENALI", "SALMA NOUR"),
        ("stray",),
        "0 in place of the nationality, two given names",
    ),
    (
        "/P/MAR/ZZ1234567//10MAR84/F/14FEB31/BENALI/SALMA",
        ("P", "MAR", "ZZ1234567", None, "10MAR84", "F", "14FEB31", "BENALI", "SALMA"),
        (),
        "nationality blank: the issuer is not taken for it",
    ),
    (
        "/P//ZZ1234567//10MAR84/F/14FEB31/BENALI/SALMA",
        ("P", None, "ZZ1234567", None, "10MAR84", "F", "14FEB31", "BENALI", "SALMA"),
        (),
        "issuer blank too",
    ),
    (
        "//MAR/671400246/0/05JUL12/M/19JUL28/BENALI/YANIS",
        (None, "MAR", "671400246", None, "05JUL12", "M", "19JUL28", "BENALI", "YANIS"),
        ("stray",),
        "type omitted, its place left",
    ),
    (
        "/MAR/671400246/MAR/05JUL12/M/19JUL28/BENALI/YANIS",
        (None, "MAR", "671400246", "MAR", "05JUL12", "M", "19JUL28", "BENALI", "YANIS"),
        ("moved",),
        "type omitted with its place",
    ),
    (
        "/KR/JR3300288/KR/05JUL12/M/19JUL28/PARK/DOYUN",
        (None, "KR", "JR3300288", "KR", "05JUL12", "M", "19JUL28", "PARK", "DOYUN"),
        ("moved",),
        "type omitted with its place, States of two letters",
    ),
    (
        "/P/CO/52200000/CO/30MAY76/F/31OCT15/RUIZ LARA/INES MRS",
        ("P", "CO", "52200000", "CO", "30MAY76", "F", "31OCT15", "RUIZ LARA", "INES MRS"),
        (),
        "States of two letters",
    ),
    (
        "//////05FEB53/F//",
        (None, None, None, None, "05FEB53", "F", None, None, None),
        ("moved",),
        "without document and name, shifted",
    ),
    (
        "/////27APR92/M//CAPSTAN/HANNA",
        (None, None, None, None, "27APR92", "M", None, "CAPSTAN", "HANNA"),
        (),
        "without document",
    ),
    (
        "////27APR92/M//CAPSTAN/HANNA",
        (None, None, None, None, "27APR92", "M", None, "CAPSTAN", "HANNA"),
        ("moved",),
        "without document, one slash short",
    ),
    (
        "////MAR/12JUL64/M//BENALI/KARIM",
        (None, None, None, "MAR", "12JUL64", "M", None, "BENALI", "KARIM"),
        (),
        "nationality without document",
    ),
    (
        "/P/MAR/12345678//bad/F/14FEB31/BENALI/SALMA",
        ("P", "MAR", "12345678", None, "BAD", "F", "14FEB31", "BENALI", "SALMA"),
        (),
        "a number of eight digits is no date of birth",
    ),
    (
        "/P/MAR/ZZ1234567/MAR/10MAR84/F/25OCT(soon)/BENALI/SALMA",
        ("P", "MAR", "ZZ1234567", "MAR", "10MAR84", "F", "25OCT(SOON)", "BENALI", "SALMA"),
        (),
        "damaged expiry date is no name",
    ),
    (
        "/P/MAR/ZZ1234567/MAR/10MAR84/F/BENALI/SALMA",
        ("P", "MAR", "ZZ1234567", "MAR", "10MAR84", "F", None, "BENALI", "SALMA"),
        ("moved",),
        "expiry omitted with its place",
    ),
    (
        "/P/MAR/ZZ1234567/MAR/10MAR84/14FEB31/BENALI/SALMA",
        ("P", "MAR", "ZZ1234567", "MAR", "10MAR84", None, "14FEB31", "BENALI", "SALMA"),
        ("moved",),
        "sex omitted with its place",
    ),
    (
        "/P/MAR/ZZ1234567/MAR//F/14FEB31/BENALI/SALMA",
        ("P", "MAR", "ZZ1234567", "MAR", None, "F", "14FEB31", "BENALI", "SALMA"),
        (),
        "birth date blank",
    ),
    (
        "/P/MAR/ZZ1234567/MAR///14FEB31//SALMA",
        ("P", "MAR", "ZZ1234567", "MAR", None, None, "14FEB31", None, "SALMA"),
        (),
        "birth date, sex and family name blank: the expiry date is not taken for the birth date",
    ),
    (
        "/P/MAR/ZZ1234567/MAR/10MAR84/Z/14FEB31/BENALI/SALMA",
        ("P", "MAR", "ZZ1234567", "MAR", "10MAR84", "Z", "14FEB31", "BENALI", "SALMA"),
        (),
        "sex unknown to the standard",
    ),
    (
        "/P/MOROCCO/ZZ1234567/MAR/10MAR84/F/14FEB31/OKONJO",
        ("P", "MOROCCO", "ZZ1234567", "MAR", "10MAR84", "F", "14FEB31", "OKONJO", None),
        (),
        "country spelt out, one name",
    ),
    (
        "/P/D/C01X0006H/D/10MAR84/F/14FEB31/MUSTER/ERIKA",
        ("P", "D", "C01X0006H", "D", "10MAR84", "F", "14FEB31", "MUSTER", "ERIKA"),
        (),
        "Germany as documents have it",
    ),
    (
        "/P/AB-12C45/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA/ /H",
        ("P", "AB-12C45", "ZZ1", "MAR", "10MAR84", "F", "14FEB31", "BENALI", "SALMA"),
        (),
        "hyphen and digits are no association before the names; H of the holder is no name",
    ),
    ("", (None,) * 9, (), "empty"),
    ("HK1", (None,) * 9, (), "nothing but the action code"),
    ("HK1/P", ("P", *(None,) * 8), (), "cut off"),
]


@pytest.mark.parametrize(("text", "fields", "repairs"), [case[:3] for case in DOCS], ids=[case[3] for case in DOCS])
def test_docs(text: str, fields: tuple[str | None, ...], repairs: tuple[str, ...]) -> None:
    item = ssr_docs.docs(text)
    assert tuple(getattr(item, field) for field in FIELDS) == fields
    assert set(item.repairs) == set(repairs)


@pytest.mark.parametrize(
    ("text", "action", "infant", "holder", "association", "name_raw"),
    [
        ("HK1/P/MAR/Z1/MAR/10MAR84/F/14FEB31/BENALI/SALMA", "HK", False, False, None, "BENALI/SALMA"),
        ("/P/MAR/Z1/MAR/10MAR25/FI/14FEB31/BENALI/SALMA", None, True, False, None, "BENALI/SALMA"),
        ("KH1/P/MAR/Z1/MAR/10MAR25/MI/14FEB31/BENALI/A/B/H", "KH", True, True, None, "BENALI/A/B/H"),
        ("HK1/P/MAR/Z1/MAR/10MAR84/F//BENALI/H-1BENALI/HMR", "HK", False, False, "1BENALI/HMR", "BENALI/H"),
    ],
)
def test_docs_beside_its_fields(
    text: str, action: str | None, infant: bool, holder: bool, association: str | None, name_raw: str
) -> None:
    item = ssr_docs.docs(text)
    assert (item.action, item.infant, item.holder, item.association, item.name_raw) == (
        (action, infant, holder, association, name_raw)
    )


@pytest.mark.parametrize(
    ("text", "place", "kind", "number", "issue_place", "issued", "valid_for", "infant"),
    [
        ("HK1//V/5576", None, "V", "5576", None, None, None, False),
        ("HK1/TEMARA MAR/V/17317323/RABAT MAR/12MAR24/AUT/I", "TEMARA MAR", "V", "17317323", "RABAT MAR", "12MAR24",
         "AUT", True),
        ("/V/17317323/RABAT MAR/12MAR24/AUT", None, "V", "17317323", "RABAT MAR", "12MAR24", "AUT", False),
        ("///V/17317323//12MAR24", None, "V", "17317323", None, "12MAR24", None, False),
        ("HK1//V/C7150031//25OCT(soon)", None, "V", "C7150031", None, "25OCT(SOON)", None, False),
        ("HK1//K/KTN 0001///USA-1BENALI/SALMA", None, "K", "KTN0001", None, None, "USA", False),
        ("HK1", None, None, None, None, None, None, False),
    ],
)  # fmt: skip
def test_doco(
    text: str,
    place: str | None,
    kind: str | None,
    number: str | None,
    issue_place: str | None,
    issued: str | None,
    valid_for: str | None,
    infant: bool,
) -> None:
    item = ssr_docs.doco(text)
    assert (item.birth_place, item.type, item.number) == (place, kind, number)
    assert (item.issue_place, item.issued, item.valid_for, item.infant) == (issue_place, issued, valid_for, infant)


@pytest.mark.parametrize(
    ("text", "kind", "country", "lines", "infant"),
    [
        ("HK1/R/AUT", "R", "AUT", (), False),
        ("HK1/R/AUT/////I", "R", "AUT", (), True),
        (
            "/D/AUS/13-14B WATTLE AVENUE/SANDBEACH/QLD/4215",
            "D",
            "AUS",
            ("13-14B WATTLE AVENUE", "SANDBEACH", "QLD", "4215"),
            False,
        ),
        ("//D/AUS/13 WATTLE AVENUE", "D", "AUS", ("13 WATTLE AVENUE",), False),
        ("HK1/R/AUT/RING 1/WIEN//1010-1BENALI/SALMA", "R", "AUT", ("RING 1", "WIEN", "1010"), False),
        ("", None, None, (), False),
    ],
)
def test_doca(text: str, kind: str | None, country: str | None, lines: tuple[str, ...], infant: bool) -> None:
    item = ssr_docs.doca(text)
    assert (item.kind, item.country_raw, item.lines, item.infant) == (kind, country, lines, infant)


@pytest.mark.parametrize(
    ("text", "expected", "derived", "fits"),
    [
        ("20JUN56", "1956-06-20", True, True),
        ("20jun56", "1956-06-20", True, True),
        ("1MAR84", "1984-03-01", True, True),
        ("00JAN70", "1970-01", True, True),
        ("JUL12", "2012-07", True, True),
        ("20JUN1956", "1956-06-20", False, False),
        ("20-JUN-56", "1956-06-20", True, True),
        ("19560620", "1956-06-20", False, False),
        ("1956-06-20", "1956-06-20", False, False),
        ("19560000", "1956", False, False),
        ("1956", "1956", False, False),
        ("31DEC26", "1926-12-31", True, True),
    ],
)
def test_date(text: str, expected: str, derived: bool, fits: bool) -> None:
    assert ssr_docs.date(text, not_after(AS_OF)) == (expected, derived, fits)


def test_date_of_zeros_is_not_known() -> None:
    assert ssr_docs.date("0000000", not_after(AS_OF)) is None
    assert ssr_docs.date("", not_after(AS_OF)) is None


@pytest.mark.parametrize(
    "text", ["30FEB84", "20XXX56", "SOON", "25OCT(soon)", "200656", "20JUN5", "20JUN19560", "२०JUN५६"]
)
def test_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        ssr_docs.date(text, nearest_to(AS_OF))


PROSE = [
    ("DOCS", "/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA NOUR/H", [], "nothing but fields"),
    ("DOCS", "HK1/P/MOROCCO/ZZ 1234567/0/10MAR84/Z/25OCT(soon)/O'NEIL-BENALI/J. P.", [], "odd, but of their form"),
    ("DOCS", "//MAR/671400246/MAR/05JUL12/M/19JUL28/BENALI/YANIS", [], "fields beside their places"),
    ("DOCS", "/P/D/C01X0006H/D/10MAR84/F/14FEB31/MUSTER/ERIKA-1MUSTER/ERIKAMRS", [], "association"),
    ("DOCS", "/P/D/CFGHJ1234/D/10MAR84/F/14FEB31/MUSTER/ERIKA", [], "a German number with five consonants in a row"),
    ("DOCS", "/P/D/CFGHJKLMN/D/10MAR84/F/14FEB31/MUSTER/ERIKA", [], "a German number that has no digit by chance"),
    ("DOCS", "/P/MAR/ALLERGIC/MAR/10MAR84/F/14FEB31/BENALI/SALMA", ["ALLERGIC"], "a word for a number"),
    ("DOCS", "/P/EATS NO PORK/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA", ["EATS NO PORK"], "issuer"),
    ("DOCS", "/P/MAR/EATS NO PORK/MAR/10MAR84/F/14FEB31/BENALI/SALMA", ["EATS NO PORK"], "number without a digit"),
    ("DOCS", "/P/MAR/ZZ1/MAR/IN MARCH/F/14FEB31/BENALI/SALMA", ["IN MARCH"], "birth date"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/NEEDS 5 MG/BENALI/SALMA", ["NEEDS 5 MG"], "expiry date"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI (ILL)/SALMA", ["(ILL)"], "behind a family name"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA 5MG INSULIN", ["5MG INSULIN"], "behind a given name"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA/H: WCHR", ["WCHR"], "behind the sign of the holder"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/B3NALI/S4LMA", [], "a damaged name is a name"),
    ("DOCO", "TEMARA MAR/V/17317323/RABAT MAR/12MAR24/AUT/I", [], "nothing but fields"),
    ("DOCO", "/V/17317323/RABAT/12MAR24/AUT", [], "one field short"),
    ("DOCO", "///V/17317323//12MAR24", [], "shifted"),
    ("DOCO", "SAN PEDRO SULA/K/KTN 0001///USA-1BENALI/SALMA", [], "a place of three words, association"),
    ("DOCO", "NEW YORK UNITED STATES/V/1", [], "the country is no part of the place"),
    ("DOCO", "EATS NEITHER PORK NOR BEEF/V/1", ["EATS NEITHER PORK NOR BEEF"], "place of birth"),
    ("DOCO", "TEMARA/NEEDS HELP/1", ["NEEDS HELP"], "type"),
    ("DOCO", "TEMARA/V/NEEDS HELP", ["NEEDS HELP"], "number"),
    ("DOCO", "TEMARA/V/1/ASK EVERY DOCTOR THERE/12MAR24", ["ASK EVERY DOCTOR THERE"], "place of issue"),
    ("DOCO", "TEMARA/V/1/RABAT/LAST YEAR/AUT", ["LAST YEAR"], "date of issue"),
    ("DOCO", "TEMARA/V/1/RABAT/12MAR24/HOLY LAND", ["HOLY LAND"], "State"),
    ("DOCO", "TEMARA/V/1/RABAT/12MAR24/AUT/I/NEEDS HELP", ["NEEDS HELP"], "behind the fields"),
    ("DOCA", "R/AUT/13-14B WATTLE AVENUE/SANDBEACH/QLD/4215/I", [], "nothing but fields"),
    ("DOCA", "/D/AUT/HOTEL GRAND EXAMPLE PALACE/WIEN", [], "a hotel"),
    ("DOCA", "D/AUT/NEEDS HELP EVERY HOUR/WIEN", ["NEEDS HELP EVERY HOUR"], "street"),
    ("DOCA", "D/AUT/RING 1/SHALL PRAY THERE ALONE", ["SHALL PRAY THERE ALONE"], "town"),
    ("DOCA", "D/AUT/RING 1/WIEN//PRAYS", ["PRAYS"], "postal code"),
    ("DOCA", "D/AUT/RING 1/WIEN/WIEN/1010/I/HALAL", ["HALAL"], "behind the fields"),
    ("PSPT", "ZZ1/MAR/10MAR84/BENALI/SALMA (ILL)/F", ["(ILL)"], "older service"),
]


@pytest.mark.parametrize(("service", "text", "found", "reason"), PROSE, ids=[f"{row[0]} {row[3]}" for row in PROSE])
def test_what_is_not_of_the_form_of_its_field(service: str, text: str, found: list[str], reason: str) -> None:
    spans = ssr_docs.prose(service, text)
    assert [text[start:end].strip(" :") for start, end in spans] == found
    assert ssr_docs.prose(service, ssr_docs.blanked(text, spans)) == []


@pytest.mark.parametrize(
    ("text", "family", "given", "number"),
    [
        ("/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI (ILL)/SALMA 5MG", "BENALI", "SALMA", "ZZ1"),
        ("/P/NO PORK AT ALL/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA", "BENALI", "SALMA", "ZZ1"),
        ("/P/MAR/NO PORK/MAR/10MAR84/F/AT 5 OR 6/BENALI/SALMA", "BENALI", "SALMA", None),
    ],
)
def test_prose_costs_nobody_the_name(text: str, family: str, given: str, number: str | None) -> None:
    item = ssr_docs.docs(ssr_docs.blanked(text, ssr_docs.prose("DOCS", text)))
    assert (item.family, item.given, item.number) == (family, given, number)


@given(st.sampled_from(["DOCS", "DOCO", "DOCA", "PSPT"]), st.text("/-01ABCDMPFI JUN59H(.\u00e9_", max_size=80))
def test_prose_is_found_once(service: str, text: str) -> None:
    """With filler in its places there is no more of it: what is stored reads as what was received."""
    spans = ssr_docs.prose(service, text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert ssr_docs.prose(service, ssr_docs.blanked(text, spans)) == []


STATES = st.sampled_from(["", "MAR", "FRA", "UNO", "D", "KR"])
DATES = st.sampled_from(["10MAR84", "01JAN00", "31DEC30", "00JUN71"])
NAMES = st.from_regex(r"[A-Z]{2,9}( [A-Z]{2,5})?", fullmatch=True)


@given(
    kind=st.sampled_from(["P", "I", "AC", "T"]),
    issuer=STATES,
    number=st.from_regex(r"[A-Z]{0,2}[0-9]{6,9}", fullmatch=True),
    nationality=STATES,
    birth=DATES,
    sex=st.sampled_from(["M", "F", "X", "MI"]),
    expiry=st.one_of(st.just(""), DATES),
    names=st.lists(NAMES, min_size=1, max_size=3),
    before=st.integers(0, 2),
)
def test_every_shift_gives_the_same_fields(
    kind: str,
    issuer: str,
    number: str,
    nationality: str,
    birth: str,
    sex: str,
    expiry: str,
    names: list[str],
    before: int,
) -> None:
    sent = [kind, issuer, number, nationality, birth, sex, expiry, names[0]]
    item = ssr_docs.docs("/" * (before + 1) + "/".join([*sent, *names[1:]]))
    assert [getattr(item, field) or "" for field in FIELDS[:-1]] == sent
    assert (item.given or "") == " ".join(names[1:])


@given(st.text(alphabet="/-01ABCDMPFI JUN59H\u00e9", max_size=80))
def test_nothing_raises_and_nothing_is_invented(text: str) -> None:
    """Whatever comes out was sent, and what was sent comes out unless a repair says otherwise."""
    item = ssr_docs.docs(text)
    ssr_docs.doco(text)
    ssr_docs.doca(text)
    sent = re.sub(r"[\s/]", "", text).upper()
    found = [getattr(item, field) or "" for field in FIELDS]
    for field in (*found[:8], *item.name_raw.split("/")):
        assert re.sub(r"\s", "", field).upper() in sent


@pytest.mark.data
def test_public_samples(data: Path) -> None:
    """Every DOCS of the samples gives a birth date that is one, and a name."""
    texts = [path.read_bytes().decode("latin-1") for path in sorted((data / "messages" / "gtas").rglob("*.edi*"))]
    texts += [path.read_bytes().decode("latin-1") for path in sorted((data / "messages" / "gtas").rglob("*.txt"))]
    found = [sent for text in texts for sent in _DOCS.findall(re.sub(r"[\r\n]", "", text))]
    assert len(found) >= 100
    for item in map(ssr_docs.docs, found):
        assert ssr_docs.date(item.birth or "", not_after(AS_OF)) is not None
        assert item.family
        assert item.sex_raw in ssr_docs.SEXES
        assert "unplaced" not in item.repairs


_DOCS = re.compile(r"SSR\+DOCS:(?:[^:'+/]*:)*(/[^'+]*)")
