"""Which special services and which texts may be stored."""

import re
import time
from unittest import mock

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.journeys.reservations import DOCS, RCI, SEGMENT, TIF, full, read_one, redacted, whole
from vigie.messages import sensitive
from vigie.messages.findings import REMOVALS
from vigie.messages.sensitive import may_keep

MEALS = (
    "AVML BBML BLML CHML DBML FPML GFML HNML KSML LCML LFML LSML MOML NLML RVML SFML SPML VGML VJML VLML VOML".split()
)
HEALTH = "BLND DEAF DPNA MAAS MEDA OXYG STCR WCHR WCHS WCHC WCBD WCBW WCMP WCLB WCOB ESAN SVAN LEGL LEGR".split()
ELEMENTS = """
    DOCS DOCA DOCO CTCA CTCB CTCE CTCF CTCH CTCM CTCP CTCR CTCT FQTV FQTR FQTS FQTU SEAT NSST NSSA NSSW RQST
    TKNE TKNM TKNA TKNR TKTL ADTK UMNR INAD DEPA DEPU INFT CHLD GRPS CKIN OTHS XBAG SPEQ
""".split()


@pytest.mark.parametrize("code", [*MEALS, *HEALTH, "EXST", "LANG", "PCTC", "EPAY"])
def test_services_that_may_reveal_what_the_law_protects_are_removed(code: str) -> None:
    assert not may_keep(code)
    assert sensitive.services()[code].reason


@pytest.mark.parametrize("code", ELEMENTS)
def test_services_of_the_19_elements_are_kept(code: str) -> None:
    assert may_keep(code)
    assert may_keep(code.lower())


@pytest.mark.parametrize("code", ["", "ZZZZ", "QQML", "X", "XXXX", "DOC", "DOCS "[:3], "1234"])
def test_what_is_not_in_the_table_is_removed(code: str) -> None:
    assert not may_keep(code)


def test_every_row_of_the_table_has_its_ground() -> None:
    for code, service in sensitive.services().items():
        assert re.fullmatch("[A-Z]{3,4}", code), code
        assert service.use in ("keep", "remove"), code
        assert bool(service.element) == (service.use == "keep"), code
        assert not service.element or 1 <= int(service.element) <= 19, code
        assert service.reason, code


TEXTS = [
    ("CTCE SALMA..BENALI//EXAMPLE.ORG", "CTCE SALMA..BENALI//EXAMPLE.ORG"),
    ("CTCE SALMA.O BENALI//EXAMPLE.ORG WANTS KOSHER", "CTCE SALMA.O BENALI//EXAMPLE.ORG"),
    ("SALMA@EXAMPLE.ORG/SALMA IS ILL", "SALMA@EXAMPLE.ORG"),
    ("CTCM 212600000001", "CTCM 212600000001"),
    ("ZV CTC M 212600000001 PLEASE CALL", "CTC M 212600000001"),
    ("CTCP CMN1800 002 5200 DOMESTIC TOLL FREE", "CTCP CMN1800 002 5200"),
    ("CTCBOG 571-600 5820-A-COTOURIST COLOMBIA", "CTCBOG 571-600 5820"),
    ("CTCH RAK01 81 8336 6900 H", "CTCH RAK01 81 8336 6900 H"),
    ("AA 1A-IP ADDRESS OF THE BOOKING 198.51.100.7", "IP ADDRESS OF THE BOOKING 198.51.100.7"),
    ("ZV RLOC CMN1AABCDEF", "RLOC CMN1AABCDEF"),
    ("TKT NBR 1472345678901 20FEB26 E SALMABENALI", "TKT NBR 1472345678901 20FEB26"),
    (" F 28MAY26 CMN VIE 0540 0950 ZV 412 HK SFLY 590 82", "28MAY26 CMN VIE 0540 0950 ZV 412 HK"),
    ("ZV 412 E 27MAY 1 CMNVIE LK1 1640 2200/LK", "ZV 412 E 27MAY 1 CMNVIE LK1 1640 2200"),
    ("VGML FOR ALL", ""),
    ("PAX IS DIABETIC AND NEEDS WCHR", ""),
    ("CARD 4111111111111111", ""),
    ("CTCM 4111111111111111", ""),
    ("CTCM 378282246310005", ""),
    ("CTCM 12", ""),
    ("TKT 378282246310005", ""),
    ("4111111111111111@EXAMPLE.ORG", ""),
]


@pytest.mark.parametrize(("text", "kept"), TEXTS)
def test_of_free_text_only_what_a_rule_knows_is_kept(text: str, kept: str) -> None:
    found = sensitive.recognised(text)
    assert "".join(text[start:end] for _, start, end in found) == kept


@pytest.mark.parametrize(("text", "kept"), TEXTS)
def test_a_text_with_filler_in_it_reads_as_before(text: str, kept: str) -> None:
    blanked = _blanked(text)
    assert "".join(blanked[start:end] for _, start, end in sensitive.recognised(blanked)) == kept
    assert sensitive.removed(blanked, sensitive.recognised(blanked)) == []


def _blanked(text: str) -> str:
    for start, end in sensitive.removed(text, sensitive.recognised(text)):
        text = text[:start] + re.sub(r"[^\W_]", "_", text[start:end]) + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "fare"),
    [
        ("LON ZV X/CMN ZV VIE GBP/IT END ROE0.618831XT3.10AY6 8.50YQ", True),
        ("CMN ZV VIE120.50YRT2M NUC120.50END ROE10.1", True),
        ("CMN ZV VIE120.50 HALAL END ROE10.1", False),
        ("CMN ZV X/VIE Q25.00 QCMNVIE15.00QCMNVIE9.00 NUC120.50ENDROE0.6XT3.10XFJFK4.5", True),
        ("ZQHALALZQ-2 ZQINSULINZQ/4X END", False),
        ("CMN ZV VIE4XHALAL END ROE10.1", False),
        ("CMN ZV VIE 4111111111111111 END ROE1.0", False),
        ("DIABETIC END", False),
        ("CMN ZV VIE", False),
        ("", False),
    ],
)
def test_a_fare_calculation_has_only_its_own_words(text: str, fare: bool) -> None:
    assert sensitive.is_fare_calculation(text) is fare


@pytest.mark.parametrize(
    ("text", "ticket", "found", "reason"),
    [
        ("4111111111111111", False, "4111111111111111", "16 digits"),
        ("VI4111111111111111EXP1128", False, "4111111111111111", "letters around it"),
        ("4111 1111 1111 1111", False, "4111 1111 1111 1111", "in groups"),
        ("4111-1111-1111-1111", False, "4111-1111-1111-1111", "in groups with hyphens"),
        ("378282246310005", False, "378282246310005", "15 digits"),
        ("30569309025904", False, "30569309025904", "14 digits"),
        ("4222222222222", False, "4222222222222", "13 digits"),
        ("6304000000000000000", False, "6304000000000000000", "19 digits"),
        ("6304000000000000001", False, "", "19 digits, a wrong check digit"),
        ("4111111111111112", False, "", "a wrong check digit"),
        ("41111111111111110000", False, "", "20 digits are no card"),
        ("411111111111", False, "", "12 digits"),
        ("0.526108584856716", False, "", "a fraction"),
        ("00212600000000004", False, "", "no card begins with 0"),
        ("4222222222222", True, "", "13 digits are a ticket"),
        ("378282246310005", True, "378282246310005", "15 digits that begin as a card among tickets"),
        ("4111111111111111", True, "4111111111111111", "too long for a ticket"),
    ],
)
def test_a_card_is_known_by_its_length_and_check_digit(text: str, ticket: bool, found: str, reason: str) -> None:
    assert "".join(text[start:end] for start, end in sensitive.cards(text, ticket)) == found, reason


@given(st.text("CTEM 019/@.XA-", max_size=40))
def test_everything_is_either_kept_or_removed_or_a_separator(text: str) -> None:
    covered = [False] * len(text)
    spans = [(start, end) for _, start, end in sensitive.recognised(text)]
    for start, end in spans + sensitive.removed(text, sensitive.recognised(text)):
        assert not any(covered[start:end])
        covered[start:end] = [True] * (end - start)
    rest = "".join(character for character, seen in zip(text, covered, strict=True) if not seen)
    assert not any(len(word) > 2 and not sensitive.is_filler(word) for word in re.split(r"[\W_]+", rest))


@given(st.text("CTEM 019/@.XA-", max_size=40))
def test_removing_twice_removes_nothing_more(text: str) -> None:
    blanked = _blanked(text)
    assert _blanked(blanked) == blanked


PLACES = [
    ("SSR+:HK:1:ZV:::::{}'", "service without a code"),
    ("SSR++VGML:HK:1:ZV:::::{}'", "service an element too far"),
    ("SSR+XXXX:HK:1:ZV:::::{}'", "service whose code was overwritten elsewhere"),
    ("SSR+____:HK:1:ZV:::::{}'", "service whose code is filler"),
    ("SSR+TKNE:HK:1:ZV:::CMN:VIE:{}+::1'", "ticket in a service"),
    ("SSR+DOCS:HK:1:ZV:::::/P/MAR/{}/MAR/10MAR84/F/14FEB31/BENALI/SALMA+::1'", "number of a document"),
    ("SSR+DOCA:HK:1:ZV:::::D/AUT/RING 1/WIEN//{}+::1'", "postal code"),
    ("IFT+4:15+CMN ZV VIE {} END ROE1.0'", "fare calculation"),
    ("IFT+4:15+{}-2 NEEDS/4X END'", "word with a digit in a fare calculation"),
    ("IFT+4:28+TKT {}'", "ticket in a text"),
    ("IFT+4:43+OMAR ALAMI+CARD {} EXP 0928'", "address of who pays"),
    ("IFT+4:43+OMAR ALAMI+22 EXAMPLE STREET+{}'", "telephone of who pays"),
    ("IFT+4:43+PASSENGER IS {}+NEEDS HELP 2 TIMES A DAY'", "sentence in place of who pays"),
    ("IFT+{}:28:{}:ZV+TEXT'", "subject of a text"),
    ("ADD+{}+700:4 RUE EXEMPLE:TEMARA'", "use of addresses"),
    ("ADD++{} DAILY:4 RUE EXEMPLE:TEMARA'", "use of an address"),
    ("ADD++700:4 RUE EXEMPLE:TEMARA:::{} NEEDS HELP DAILY'", "country"),
    ("ADD++700:4 RUE EXEMPLE:TEMARA::::{}'", "postal code of an address"),
    ("TIF+ALAMI+OMAR:A:2::NEEDS HELP {}:NEEDS {}'", "further names and title"),
    (SEGMENT + "ABI+1+{}+CMN++ZV'", "agency of a change"),
    (SEGMENT + "ABI+1+:CMNRR+{}++{}'", "place and carrier of a change"),
    (SEGMENT + "LTS+0/O/NM/BENALI/NEEDS HELP {}'", "sentence behind a name in the history"),
    (SEGMENT + "LTS+0/O/SR/SEATZVHK1 {} DAILY 12C'", "words before a seat in the history"),
    (SEGMENT + "LTS+0/O/RM/TKT {}'", "ticket in the history"),
    (SEGMENT + "ABI+4++++ZV'SAC+++A'SSR+TKNE:HK:1:ZV:::CMN:VIE:{}'", "ticket in a change"),
]


@pytest.mark.parametrize("mark", ["ZQHALALZQ", "4111111111111111", "378282246310005"])
@pytest.mark.parametrize(("segment", "reason"), PLACES, ids=[reason for _, reason in PLACES])
def test_no_place_keeps_what_is_planted_in_it(segment: str, reason: str, mark: str) -> None:
    data = whole("SRC'" + RCI + TIF + segment.replace("{}", mark)).encode()
    message = read_one(data)
    stored = redacted(data, message)
    assert mark.encode() not in msgspec.json.encode(message), reason
    assert mark.encode() not in stored, reason
    assert full(message.travellers[0]).startswith("BENALI/SALMA")
    again = read_one(stored)
    assert (again.removals, again.travellers, again.bookings) == ((), message.travellers, message.bookings), reason


KEPT = [
    ("IFT+4:43+OMAR ALAMI+22 EXAMPLE STREET RABAT+2125000000'", "who pays"),
    ("IFT+4:43+OMAR ALAMI+22 EXAMPLE STREET RABAT, MA 10000'", "who pays, without telephone"),
    ("IFT+4:15:9+ CMN ZV X/CDG ZV VIE GBP/IT END ROE0.618831XT3.10AY6 8.50YQ3.40+YC4.30XY3.10XFCMN4.5'", "fare"),
    ("SSR+XXXX'", "nothing but filler"),
    ("TIF+ALAMI+OMAR:A:2::KARIM NOUR:MR'", "further given name and title"),
    ("ADD+700+700:4 RUE EXEMPLE:TEMARA:::MOROCCO:SW1A 1AA'", "address"),
    (SEGMENT + "ABI+1+52519950:CMNRR+CMN++ZV'ABI+4+:SINSQ08AA+CMN++ZV'", "agencies"),
    (SEGMENT + "LTS+0/O/NM/BENALI/SALMA NOUR MRS'LTS+3/A/SR/RQSTZVHK1 CMNVIE0412S23NOV 12C'", "history"),
    (SEGMENT + "LTS+3/A/SR/SSR SEATZVHK1 CMNVIE 0412 23NOV 12C'LTS+4/X/SR/SSR RQSTZVHK1/12C'", "seats of the history"),
]


@pytest.mark.parametrize(("segment", "reason"), KEPT, ids=[reason for _, reason in KEPT])
def test_what_places_are_for_is_kept(segment: str, reason: str) -> None:
    assert read_one(whole("SRC'" + RCI + TIF + DOCS + segment)).removals == (), reason


def test_a_text_of_many_contacts_takes_little_time() -> None:
    start = time.process_time()
    assert len(sensitive.recognised("CTC12345," * 20_000)) == 20_000
    assert time.process_time() - start < 3


@pytest.mark.parametrize("text", ["END1" * 20_000 + "!", "1 " * 40_000 + "A", "XFABC1" * 20_000 + "ABCD END"])
def test_hostile_texts_take_little_time(text: str) -> None:
    start = time.process_time()
    assert not sensitive.is_fare_calculation(text)
    sensitive.bare(text)
    sensitive.cards(text)
    assert time.process_time() - start < 3


def test_the_page_lists_every_service_and_every_code_of_removal() -> None:
    page = (ROOT / "docs" / "reference" / "sensitive.md").read_text(encoding="utf-8")
    kept, _, gone = page.partition("| removed because |")
    for code, service in sensitive.services().items():
        part = kept.partition("| kept for element |")[2] if service.use == "keep" else gone
        assert re.search(rf"\b{code}\b", part), code
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) == REMOVALS


SIGNS = "@ // CTC CTCM TKT TKN IP RLOC 0612345678 a.b@c.de a//c.de 1472345678901 VIE 10.1.2.3 12MAR"
TOLD = st.lists(st.sampled_from(SIGNS.split()), max_size=8).map(" ".join)


@given(st.one_of(TOLD, st.text(max_size=60)), st.booleans())
def test_a_rule_that_is_not_tried_would_have_found_nothing(text: str, bare: bool) -> None:
    with mock.patch.object(sensitive, "_SIGNS", {}):
        tried = sensitive.recognised(text, bare)
    assert sensitive.recognised(text, bare) == tried
