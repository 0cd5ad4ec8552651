"""The reader of PNRGOV as a whole: what must not be stored, nobody lost in any order, pieces, real files."""

import csv
import re
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journeys.reservations import (
    AS_OF,
    DOCS,
    HEAD,
    RCI,
    SEGMENT,
    TIF,
    booking,
    codes,
    full,
    people,
    read,
    read_one,
    redacted,
    whole,
)
from vigie import messages
from vigie.records import Message, Traveller

MARKED = "ZQHALALZQ NEEDS ZQINSULINZQ"
CARD = "4111111111111111"
MARKS = ("ZQHALALZQ", "ZQINSULINZQ", CARD, "VGML", "WCHR", "MAAS", "QQQQ")
SERVICES = (
    "SSR+VGML:HK:1:ZV'SSR+WCHR:HK:1:ZV:::CMN:VIE:ZQINSULINZQ+::1'SSR+MAAS:HK:1:ZV:::::ZQHALALZQ'SSR+QQQQ:HK:1:ZV'"
    f"SSR+OTHS:HK:1:ZV:::::{MARKED}'SSR+CKIN:HK:1:ZV:::::{MARKED}+::1'SSR+UMNR:HK:1:ZV:::::UM09 {MARKED}+::1'"
    f"SSR+SEAT:HK:1:ZV:::CMN:VIE:{MARKED}+12A::1'SSR+TKNE:HK:1:ZV:::CMN:VIE:TKT NBR 1472345678901 {MARKED}+::1'"
    f"SSR+FQTV:HK:1:ZV:::::ZV123456789 {MARKED}+::1'SSR+INFT:HK:1:ZV:::::BENALI/YANIS 19JAN26 {MARKED}+::1'"
    f"SSR+CHLD:HK:1:ZV:::::{MARKED}+::2'SSR+CTCM:HK:1:ZV:::::{CARD}+::1'SSR+CTCE:HK:1:ZV:::::S.B//EXAMPLE.ORG {MARKED}'"
    f"SSR+FOID:HK:1:ZV:::::CC{CARD}+::1'SSR+SPEQ:HK:1:ZV:::::{MARKED}'SSR+CTCT:HK:1:ZV:ZQHALALZQ::::212500000000'"
)
TEXTS = (
    f"IFT+4:28::ZV+{MARKED}'IFT+4:15:9+{MARKED}+CMN ZV VIE END'IFT+4:43+{MARKED}'"
    f"IFT+4:10+CTCM 212600000001 {MARKED}+{CARD}'"
    f"IFT+4:19+P CC {CARD}'IFT+3+{MARKED}:{MARKED}'"
)
PLANTED = (
    RCI
    + SERVICES
    + TEXTS
    + f"ADD++700:4 RUE EXEMPLE:TEMARA:::MA::212500000000 {MARKED}'ADD++700:::::::{CARD}'DAT+3:{MARKED}'"
    + TIF
    + "TIF+OKAFOR+TUNDEMR:A:2'"
    + SERVICES
    + f"TKT+1472345678901:T:1'FOP+CC:::VI:{CARD}:1128:{MARKED}+CC::10:AX:378282246310005'"
    + TEXTS
    + f"ADD++:::::::{MARKED}'"
    + SEGMENT
    + SERVICES
    + TEXTS
    + f"DAT+3:{MARKED}'"
    + f"ABI+4+:CMNRR+CMN++ZV+{MARKED}'DAT+T:230526:1813'SAC+++A'"
    + SERVICES.replace("'SSR", "'SAC+++X'SSR")
    + TEXTS
    + f"SAC+++X'{SEGMENT}"
    + SERVICES
    + f"LTS+{MARKED}'LTS+0/O/RM/{MARKED}'LTS+14/A/SR/SSR VGMLZVHK1'LTS+3/A/OS/{MARKED}+{MARKED}:{CARD}'"
    f"LTS+4/A/SR/OTHSZVHK1 {MARKED}'LTS+0/A/APE/S.B//EXAMPLE.ORG {MARKED}'LTS+0/O/NM/{MARKED} 1'LTS+5/A/FP/CC{CARD}'"
)


WORD = "ZQHALALZQ"
SLOTS = [
    ("FOP+{}'", "form of payment"),
    ("FOP+CA::{}'", "amount"),
    ("FOP+CA::100.00:{}'", "vendor"),
    ("FOP+CC:{}::VI'", "indicator"),
    ("FOP+CC:::VI:{}'", "account"),
    ("FAR+{}'", "fare type"),
    ("FAR+N+++++{}'", "fare basis"),
    ("FAR+N++++++SFL+{}'", "class of a rate"),
    ("MSG+{}'", "kind of service"),
    ("MSG+8:{}'", "function"),
    ("RCI+{}:ABCDEF'", "system of a locator"),
    ("RCI+ZV:{}'", "locator"),
    ("RCI+ZV:ABCDEF:{}'", "kind of a locator"),
    ("RCI+ZV:ABCDEF::{}:{}'", "time of creation"),
    ("REF+{}'", "kind of a reference"),
    ("REF+:{}'", "reference"),
    ("REF+:12+:{}'", "second reference"),
    ("TKT+{}'", "ticket"),
    ("TKT+1472345678901:{}+{}'", "kind and status of a ticket"),
    ("TXD+{}+1.98:::AY'", "category of taxes"),
    ("TXD++1.98:::{}'", "tax"),
    ("MON+:{}:{}'", "amount and currency"),
    ("PTK+NR++{}+{}'", "ticketing"),
    ("EBD+GBP:{}+4::{}'", "excess baggage"),
    ("APD+{}+{}'", "aircraft"),
    ("FTI+ZV:{}:::{}'", "frequent traveller"),
    ("ORG+ZV:{}+{}++++++{}'", "who booked"),
    ("TIF+OKAFOR+TUNDE:{}:{}'", "type and reference of a traveller"),
    ("TVL+231126+{}+{} NEEDS {} DAILY+{}+412:{}'", "segment"),
    ("TRA+{}+{}'", "operating carrier"),
    ("RPI+1+{}'", "status"),
    ("TRI+{}+{}:::{}'", "boarding"),
    ("SSD+{}++++{}'", "seat"),
    ("TBD++1:20:{}++MP+{}:12:1:{}'", "bags"),
    ("EQN+{}'", "number of units"),
    ("DAT+{}:010101+700:{}:{}'", "date"),
    ("SAC+++{}'", "action"),
    ("SSR+FQTV:HK:1:ZV:::::ZV{}'", "frequent traveller's number in a service"),
    ("SSR+FOID:HK:1:ZV:::::PP{}'", "number of an identity document in a service"),
]
"""Places that nobody reads, or that hold a code, a number or an amount."""


@pytest.mark.parametrize(("segment", "reason"), SLOTS, ids=[reason for _, reason in SLOTS])
@pytest.mark.parametrize("before", [RCI + TIF, RCI + TIF + SEGMENT], ids=["travellers", "itinerary"])
@pytest.mark.parametrize("mark", [WORD, CARD, "4111 1111 1111 1111", "378282246310005"])
def test_no_place_of_a_segment_keeps_text_or_a_card(mark: str, before: str, segment: str, reason: str) -> None:
    data = whole("SRC'" + before + segment.replace("{}", mark)).encode()
    message = read_one(data)
    stored = redacted(data, message)
    assert mark.encode() not in stored, reason
    assert mark.encode() not in msgspec.json.encode(message), reason
    again = read_one(stored)
    assert again.removals == (), reason
    assert (again.travellers, again.bookings) == (message.travellers, message.bookings), reason


PROSE = "ZQHALALZQ NEEDS ZQINSULINZQ DAILY"
DOCUMENTS = [
    ("DOCS", "/P/{}/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA", "issuing State"),
    ("DOCS", "/P/MAR/{}/MAR/10MAR84/F/14FEB31/BENALI/SALMA", "number"),
    ("DOCS", "/P/MAR/ZZ1/{}/10MAR84/F/14FEB31/BENALI/SALMA", "nationality"),
    ("DOCS", "/P/MAR/ZZ1/MAR/{}/F/14FEB31/BENALI/SALMA", "birth date"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/5 {}/BENALI/SALMA", "expiry date"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI ({})/SALMA", "family name"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA: {}", "given name"),
    ("DOCS", "/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA-1BENALI/SALMA 5 {}", "association"),
    ("DOCO", "{}/V/17317323/RABAT/12MAR24/AUT", "place of birth"),
    ("DOCO", "TEMARA/{}/17317323/RABAT/12MAR24/AUT", "type"),
    ("DOCO", "TEMARA/V/{}/RABAT/12MAR24/AUT", "number of a visa"),
    ("DOCO", "TEMARA/V/17317323/{}/12MAR24/AUT", "place of issue"),
    ("DOCO", "TEMARA/V/17317323/RABAT/{}/AUT", "date of issue"),
    ("DOCO", "TEMARA/V/17317323/RABAT/12MAR24/{}", "State of a visa"),
    ("DOCO", "TEMARA/V/17317323/RABAT/12MAR24/AUT/I/{}", "behind a visa"),
    ("DOCA", "{}/AUT/RING 1/WIEN//1010", "kind of address"),
    ("DOCA", "D/{}/RING 1/WIEN//1010", "country"),
    ("DOCA", "D/AUT/{}/WIEN//1010", "street"),
    ("DOCA", "D/AUT/RING 1/{}//1010", "town"),
    ("DOCA", "D/AUT/RING 1/WIEN/{}/1010", "region"),
    ("DOCA", "D/AUT/RING 1/WIEN//{}", "postal code"),
    ("DOCA", "D/AUT/RING 1/WIEN//1010/I/{}", "behind an address"),
    ("PSPT", "ZZ1/MAR/10MAR84/BENALI/SALMA 5 {}/F", "name in the older service"),
]
WAYS = {
    "group 2": RCI + TIF + "SSR+{code}:HK:1:ZV:::::{text}+::1'",
    "group 1": RCI + "SSR+{code}:HK:1:ZV:::::{text}'" + TIF,
    "shifted": RCI + TIF + "SSR+{code}:HK:1:ZV:{text}'",
    "history": RCI + TIF + SEGMENT + "ABI+4++++ZV'SAC+++A'SSR+{code}:HK:1:ZV:::::{text}+::1'",
    "line of history": RCI + TIF + SEGMENT + "LTS+14/A/SR/SSR {code}ZVHK1 {text}'",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("code", "text", "reason"), DOCUMENTS, ids=[row[2] for row in DOCUMENTS])
def test_no_field_of_a_document_keeps_free_text(code: str, text: str, reason: str, way: str) -> None:
    sent = text.replace("{}", PROSE).replace(": ", "?: ")
    data = whole("SRC'" + WAYS[way].format(code=code, text=sent)).encode()
    message = read_one(data)
    stored = redacted(data, message)
    for mark in MARKS[:2]:
        assert mark.encode() not in stored, reason
        assert mark.encode() not in msgspec.json.encode(message), reason
    assert {removal.code for removal in message.removals} == {"FREE_TEXT"}
    assert [full(one).removesuffix("MRS") for one in message.travellers] == ["BENALI/SALMA"], reason
    again = read_one(stored)
    assert again.removals == (), reason
    assert (again.travellers, again.bookings) == (message.travellers, message.bookings), reason


def test_text_behind_a_name_is_found_among_letters_of_several_bytes() -> None:
    text = "SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/B\u00c9NALI (KRANK)/\u00d6ZG\u00dcR (ILL)+::1'"
    data = whole("SRC'" + RCI + "TIF+B\u00c9NALI+\u00d6ZG\u00dcR:A:1'" + text).encode()
    message = read_one(data)
    assert people(message) == ["B\u00c9NALI/\u00d6ZG\u00dcR"]
    assert redacted(data, message).decode() == data.decode().replace("KRANK", "_____").replace("ILL", "___")


ORDINARY = [
    "FAR+A+32++++YN324N'",
    "TXD++0.57:::AY6+99.99::SGD:BK'",
    "MON+B:94.34:GBP+T:100.00:GBP'",
    "PTK+NR++150417:1010+DL+006+LON'",
    "EBD+GBP:40.00+4::N'",
    "APD+772'",
    "REF+:38739393AN8780P'",
    "REF+:001435199A918ACD'",
    "TKT+1472345678901:T:1'",
    "TKT+:700'",
    "FOP+CC:::VI:XXXXXXXX1186'",
    "FTI+AF:0093789865:::ELITE'",
    "ORG+DL:IAD+70379193:LON+++A+GB:GBP+D050517'",
    "ORG+1A:MUC+SINSQ08AA'",
    "TRI++ICN-229:::3'",
    "TBD++2:34:700++MP+618:1026000001:2:MPM'",
    "TVL+231126:1500:261126+VIE:HOTEL EXAMPLE++VN+67576:ROH'",
    "RCI+1A:2LS6KP::200526:0439+KE:EDPQRW'",
    "ADD++700:4 RUE EXEMPLE:TEMARA:::MA:12000:8613800138000'",
]


@pytest.mark.parametrize("segment", ORDINARY)
def test_what_segments_ordinarily_hold_is_kept(segment: str) -> None:
    assert read(RCI + TIF + segment).removals == ()


def _plain(message: Message) -> Message:
    """The message without what may differ between an original and what is stored of it."""
    told = ("SENSITIVE_REMOVED", "UNKNOWN_ELEMENT")  # overwritten, an element beyond the standard is nothing any more
    same = [p for p in message.problems if p.code not in told]
    return msgspec.structs.replace(message, sha256="", removals=(), problems=tuple(same), account=None)


def test_nothing_sensitive_is_in_the_record_or_in_what_is_stored() -> None:
    data = whole("SRC'" + PLANTED).encode()
    message = read_one(data)
    stored = redacted(data, message)
    record = msgspec.json.encode(message)
    assert all(mark.encode() in data for mark in MARKS)
    assert [mark for mark in MARKS if mark.encode() in record] == []
    assert [mark for mark in [*MARKS, "378282246310005", "1128"] if mark.encode() in stored] == []
    assert len(stored) == len(data)
    assert {removal.code for removal in message.removals} == {"SERVICE", "FREE_TEXT", "CARD", "UNREAD"}


def test_what_may_be_kept_survives_beside_it() -> None:
    message = read(PLANTED)
    (one,) = message.bookings
    first = message.travellers[0]
    assert people(message) == ["BENALI/SALMAMRS", "OKAFOR/TUNDEMR", "BENALI/YANIS"]
    assert (first.seats, first.tickets, first.loyalty, first.protections) == (
        ("12A",),
        ("1472345678901",),
        ("ZV:123456789",),
        ("UMNR",),
    )
    assert {contact.value for contact in [*one.contacts, *first.contacts]} == {
        "212600000001",
        "212500000000",
        "S.B@EXAMPLE.ORG",
    }
    assert one.payment == ("CC:VI", "CC:AX")
    assert one.services == ("CKIN", "UMNR", "SPEQ")


def test_removals_are_told_once_and_never_by_their_content() -> None:
    (note,) = [p for p in read(PLANTED).problems if p.code == "SENSITIVE_REMOVED"]
    assert re.search(r"\(\d+ in this message", note.says)
    assert not any(mark in note.says for mark in MARKS)


@pytest.mark.parametrize("body", [PLANTED, RCI + TIF + DOCS + SEGMENT], ids=["planted", "nothing to remove"])
def test_what_is_stored_reads_like_the_original(body: str) -> None:
    data = whole("SRC'" + body).encode()
    message = read_one(data)
    again = read_one(redacted(data, message))
    assert again.removals == ()
    assert "SENSITIVE_REMOVED" not in codes(again, "note")
    assert _plain(again) == _plain(message)


def test_removals_hold_their_place_across_folds_and_release_characters() -> None:
    text = whole(f"SRC'{RCI}IFT+4:28+ZQ?+HALAL?'ZQ AND MORE'{TIF}").replace("HALAL", "HA\r\nLAL")
    data = text.encode()
    message = read_one(data)
    assert redacted(data, message).decode() == text.replace("ZQ?+HA\r\nLAL?'ZQ AND MORE", "__?+__\r\n___?'__ ___ ____")


def test_a_message_without_anything_to_remove_has_no_removals() -> None:
    assert read(RCI + TIF + DOCS + SEGMENT).removals == ()


# -- nobody is lost

FAMILIES = ["BENALI", "OKAFOR", "LINDGREN", "PARK", "SUKARNO", "DELACROIX"]
GIVEN = ["SALMA", "TUNDE", "INGRID", "SEJOON", "DREW", "WILLIAMS", ""]
OTHERS = [
    RCI,
    "RCI+ZV:BBBBBB'",
    SEGMENT,
    "IFT+4:28+TEXT'",
    "SSR+VGML:HK:1:ZV'",
    "TVL+++++ARNK'",
    "ABI+4++++ZV'",
    "SAC+++A'",
    "DAT+2:'",
    "QQQ+1'",
]
TIFS = st.builds(
    lambda family, given_name, title, kind, ref: (
        f"TIF+{family}+{given_name}{title if given_name else ''}:{kind}:{ref}'"
    ),
    st.sampled_from(FAMILIES),
    st.sampled_from(GIVEN),
    st.sampled_from(["", "MR", " MRS"]),
    st.sampled_from(["A", "C", "IN", ""]),
    st.sampled_from(["", "1", "2", "1.1", "7I"]),
)
PAPERS = st.builds(
    lambda number, family, given_name, sex, ref: (
        f"SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ{number}/MAR/10MAR84/{sex}/14FEB31/{family}/{given_name}{ref}'"
    ),
    st.integers(100, 999),
    st.sampled_from(FAMILIES),
    st.sampled_from(GIVEN),
    st.sampled_from(["M", "F", "MI", "FI", ""]),
    st.sampled_from(["", "+::1", "+::1.1", "+::2", "+::9"]),
)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


@given(st.lists(st.one_of(TIFS, PAPERS, st.sampled_from(OTHERS)), max_size=14))
def test_every_name_and_every_document_comes_out_in_any_order(parts: list[str]) -> None:
    message = read("".join(parts))
    names = {(_letters(name.family or ""), name.raw) for one in message.travellers for name in one.names}
    numbers = {document.number for one in message.travellers for document in one.documents}
    history = repeated = False
    for part in parts:
        history = history or part.startswith(("ABI", "SAC"))
        repeated = repeated or part.startswith("TVL")
        if part.startswith("TIF") and not history:
            family, given_name = re.findall(r"TIF\+([A-Z]*)\+([A-Z ]*):", part)[0]
            assert family in {known for known, _ in names}
            assert repeated or (family, f"{family}+{given_name}" if given_name else family) in names
        if part.startswith("SSR+DOCS"):
            assert re.findall(r"ZZ\d+", part)[0] in numbers
    account = message.account
    assert account is not None
    assert account.received == len(whole("SRC'" + "".join(parts)))


@given(st.lists(st.one_of(TIFS, PAPERS, st.sampled_from(OTHERS)), max_size=10))
def test_titles_never_change_what_was_sent(parts: list[str]) -> None:
    for one in read("".join(parts)).travellers:
        for name in one.names:
            assert _letters(name.raw).startswith(_letters((name.family or "") + (name.given or "")))
            assert name.title is None or _letters(name.raw).endswith(name.title)


@given(st.lists(st.lists(st.one_of(TIFS, PAPERS, st.sampled_from(OTHERS)), max_size=6), max_size=4))
def test_pieces_are_the_message_cut_at_its_bookings(bookings: list[list[str]]) -> None:
    data = whole("".join("SRC'" + "".join(parts) for parts in bookings)).encode()
    message = read_one(data)
    pieces = list(messages.iter_messages(data, AS_OF, by_group=True))
    assert [b.locator for piece in pieces for b in piece.bookings] == [b.locator for b in message.bookings]
    assert [one.names for piece in pieces for one in piece.travellers] == [one.names for one in message.travellers]
    assert [r for piece in pieces for r in piece.removals] == list(message.removals)
    assert pieces[-1].problems == message.problems


@given(st.text("TIFSVL+:'?* AZ09/-", max_size=200))
def test_no_content_is_too_bad(text: str) -> None:
    data = whole("SRC'" + RCI + TIF + text).encode()
    message = read_one(data)
    assert message.travellers
    for removal in message.removals:
        assert 0 <= removal.offset < removal.offset + removal.length <= len(data)


# -- the head


def test_the_flight_of_the_message_is_its_journey() -> None:
    (journey,) = read(RCI + TIF).journeys
    (leg,) = journey.legs
    assert (journey.mode, leg.carrier, leg.number, leg.number_raw) == ("air", "ZV", "412", "ZV0412")
    assert (leg.origin, leg.departs, leg.departs_zone) == ("CMN", "2026-11-23T05:40", "Africa/Casablanca")
    assert (leg.destination, leg.arrives_utc) == ("VIE", "2026-11-23T08:50Z")


@pytest.mark.parametrize(
    ("announced", "told"), [("1", ["COUNT_MISMATCH"]), ("2", []), ("40", []), ("", []), ("AB", [])]
)
def test_only_fewer_bookings_announced_than_sent_are_wrong(announced: str, told: list[str]) -> None:
    """EQN counts the whole push, which may be in several messages."""
    text = whole(f"SRC'{RCI}{TIF}SRC'{RCI}{TIF}", HEAD.replace("EQN+1", f"EQN+{announced}"))
    assert codes(read_one(text)) == told


def test_an_unknown_function_is_told() -> None:
    message = read_one(whole("SRC'" + RCI + TIF, HEAD.replace(":22", ":77")))
    assert (message.function, codes(message)) == ("77", ["UNKNOWN_CODE"])


def test_the_office_that_booked() -> None:
    assert booking(f"{RCI}ORG+DL:ATL+52519950:LON+++A+GB:GBP+D050517'{TIF}").agency == "DL/ATL/52519950"


# -- real files


def _naive(raw: bytes) -> list[list[list[list[str]]]]:
    """Bookings of segments of elements of components, by plain splitting; enough for files that are not damaged."""
    text = "".join(raw.decode("latin-1").splitlines())
    component, element, terminator = (":", "-", "*") if text.startswith("UNA:-.? *") else (":", "+", "'")
    segments = re.split(rf"(?<!\?){re.escape(terminator)}", text)
    rows = [[e.split(component) for e in re.split(rf"(?<!\?)\{element}", segment.strip())] for segment in segments]
    bookings: list[list[list[list[str]]]] = []
    for row in rows:
        if row[0][0] == "SRC":
            bookings.append([])
        elif bookings:
            bookings[-1].append(row)
    return bookings


DAMAGED = {"pnrMessagePg75.txt": "a typographic quote swallows terminators"}


@pytest.mark.data
def test_real_files_give_the_travellers_of_the_fact_sheet(data: Path) -> None:
    folder = data / "messages" / "gtas"
    with (folder / "facts.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["file"].startswith("pnrgov/")]
    assert len(rows) > 20
    for row in rows:
        content = (folder / row["file"]).read_bytes()
        message = read_one(content)
        persons = [one for one in message.travellers if not one.placeholder]
        found = (len(message.bookings), len(persons), sum(one.infant for one in persons))
        assert found == (int(row["pnrs"]), int(row["travellers"]), int(row["infants"])), row["file"]
        account = message.account
        assert account is not None
        assert account.received == len(content), row["file"]
        assert account.unknown <= len(content) * 0.02, row["file"]


@pytest.mark.data
def test_the_group_booking_has_its_placeholders(data: Path) -> None:
    message = read_one((data / "messages" / "gtas" / "pnrgov" / "3_pnrs.edi").read_bytes())
    assert [sum(one.placeholder == flag for one in message.travellers) for flag in (True, False)] == [7, 7]


@pytest.mark.data
def test_names_and_documents_of_real_files_are_those_of_plain_splitting(data: Path) -> None:
    checked = 0
    for path in sorted((data / "messages" / "gtas" / "pnrgov").iterdir()):
        if path.name in DAMAGED:
            continue
        message = read_one(path.read_bytes())
        sent = _naive(path.read_bytes())
        assert len(sent) == len(message.bookings), path.name
        for index, segments in enumerate(sent):
            travellers = [message.travellers[at] for at in message.bookings[index].travellers]
            _compare(segments, travellers, path.name)
            checked += len(travellers)
    assert checked > 130


def _compare(segments: list[list[list[str]]], travellers: list[Traveller], name: str) -> None:
    known = {
        (_letters(n.family or ""), _letters((n.given or "") + (n.title or ""))) for t in travellers for n in t.names
    }
    numbers = {document.number for one in travellers for document in one.documents}
    before_flights = True
    for segment in segments:
        tag = segment[0][0]
        before_flights = before_flights and tag != "TVL"
        if tag == "TIF" and before_flights:
            given_name = segment[2][0] if len(segment) > 2 else ""
            assert (_letters(segment[1][0]), _letters(given_name)) in known, name
        if tag == "SSR" and segment[1][0] == "DOCS":
            fields = segment[1][8].split("/")
            if fields[3]:
                assert fields[3] in numbers, name
            assert any(family == _letters(fields[8]) for family, _ in known), name


def _many(template: str, number: int = 1500) -> str:
    """A row of segments that differ: `#` becomes a number, `@` letters."""
    return "".join(
        template.replace("#", str(at)).replace("@", chr(65 + at % 26) + chr(65 + at // 26 % 26) + chr(65 + at // 676))
        for at in range(number)
    )


HOSTILE = {
    "travellers and documents of one family": _many("TIF+BENALI+SAL@:A'")
    + _many("SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ#/MAR/10MAR84/F//BENALI/SAM@'"),
    "documents of infants": TIF + _many("SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ#/MAR/10MAR84/FI//BENALI/@'"),
    "infants in INFT": TIF + _many("SSR+INFT:HK:1:ZV:::::BENALI/@+::1'"),
    "references nobody has": _many("TIF+A+B:A:#.1'") + _many("SSR+FQTV:HK:1:ZV:::::12345678+::7#'"),
    "tickets of nobody": _many("TIF+A+B:A:#'") + SEGMENT + _many("SSR+TKNE:HK:1:ZV:::::14723456#78C1'"),
    "repeated by nobody": _many("TIF+BEN@+A:A:#'") + SEGMENT + _many("TIF+BEN@+B:A:9#'"),
    "seats in order of placeholders": _many("TIF+TBA+:A:1#'", 4000)
    + SEGMENT
    + _many("SSR+SEAT:HK:1:ZV:::CMN:VIE+12C'", 6000),
    "numbers of one of placeholders": TIF
    + _many("TIF+TBA+:A:1#'", 4000)
    + SEGMENT
    + _many("SSR+FQTV:HK:1:ZV:::::ZV#000000'", 6000),
    "seats of one traveller": TIF + SEGMENT + _many("SSR+SEAT:HK:1:ZV:::CMN:VIE+#F::1'", 999) * 8,
    "lists of seats of one traveller": TIF
    + SEGMENT
    + "".join(
        f"SSR+SEAT:HK:1:ZV:::CMN:VIE:{''.join(f'{at}{row}' for at in range(1, 900))}+::1'" for row in "ABCDEFGHJK"
    ),
    "locators beside segments": TIF + _many(SEGMENT + "RCI+ZV:A#'TRI++1'", 3000),
    "documents of one traveller": TIF + _many("SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ#/MAR/10MAR84/F//BENALI/SALMA+::1'", 4000),
    "one document in many forms": TIF
    + _many("SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ1/MAR/10MAR84/F/14FEB#/BENALI/SALMA+::1'", 2000),
    "names that may end an infant's": TIF + "SSR+INFT:HK:1:ZV:::::A/B" + " " * 15_000 + "C'",
    "documents removed from the history": TIF
    + SEGMENT
    + "ABI+1++++ZV'"
    + _many("SAC+++A'SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ#/MAR/10MAR84/F//BENALI/S@'")
    + _many("SAC+++X'SSR+DOCS:HK:1:ZV:::::/P/MAR/ZZ#/MAR/10MAR84/F//BENALI/T@'"),
    "components": "IFT+4:28+" + "AAAA:" * 12_000 + "'",
    "elements": "IFT+4:28" + "+AAAA" * 12_000 + "'",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bookings_take_little_time(body: str) -> None:
    start = time.process_time()
    read(body)
    assert time.process_time() - start < 10
