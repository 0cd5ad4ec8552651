"""What senders of PNRGOV do to the guide, one named case each, with exactly what must come out.

Numbers are those of a study of real and published messages: 7 locators, 8 dates, 9 segments, 10 names, 11 documents,
12 contacts, 13 seats, 14 bags, 15 text and payment; 0 are faults that other parsers have.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.journeys.reservations import (
    AS_OF,
    DOCS,
    FLIGHT,
    HEAD,
    RCI,
    SEGMENT,
    TIF,
    codes,
    full,
    people,
    read_one,
    whole,
)
from vigie import messages
from vigie.records import Message, Traveller


class Case(NamedTuple):
    """A message in short (what stands behind SRC, or a whole one that begins with UN), and what is looked at."""

    name: str
    text: str
    seen: Callable[[Message], object]
    expected: object


def _first(message: Message) -> Traveller:
    return message.travellers[0]


def _docs(fields: str, reference: str = "+::1") -> str:
    return f"SSR+DOCS:HK:1:ZV:::::{fields}{reference}'"


def _numbers(message: Message) -> list[list[str | None]]:
    return [[document.number for document in one.documents] for one in message.travellers]


def _legs(message: Message) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(leg.kind, leg.carrier, leg.number, leg.departs) for leg in message.bookings[0].segments]


def _contacts(message: Message) -> list[tuple[str, str]]:
    own = [contact for one in message.travellers for contact in one.contacts]
    return [(contact.kind, contact.value) for contact in [*own, *message.bookings[0].contacts]]


def _names(message: Message) -> list[tuple[str | None, str | None, str]]:
    return [(name.given, name.title, name.source) for name in _first(message).names]


def _documents(message: Message) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(d.type, d.issuer, d.number, d.expires) for d in _first(message).documents]


def _held(message: Message) -> list[tuple[str, str | None, list[str | None], tuple[str, ...], tuple[str, ...]]]:
    """Name, birth date, documents, tickets and loyalty of each traveller."""
    return [
        (full(one), one.birth_date, [document.number for document in one.documents], one.tickets, one.loyalty)
        for one in message.travellers
    ]


OTHERS = (
    "FTI+ZV:123456789'TKT+1472345678902:T:1'SSR+FOID:HK:1:ZV:::::PPAB123456'SSR+CHLD:HK:1:ZV:::::10MAR20'"
    "SSR+FQTV:HK:1:ZV:::::ZV987654321'"
)
"""What stands under a traveller."""
SHARED = re.sub("(SSR[^']*)", r"\1+::1", OTHERS)
NOBODYS = ("None", "2020-03-10", ["AB123456"], ("1472345678902",), ("ZV:123456789", "ZV:987654321"))
OMARS = ("ALAMI/OMAR", *NOBODYS[1:])
SALMAS: tuple[object, ...] = ("BENALI/SALMAMRS", None, [], (), ())
OTHER = "TIF+OKAFOR+TUNDEMR:A:2'"
MIN, MINHO, MIN_TOO = "TIF+LEE+MIN:A:1'", "TIF+LEE+MINHO:A:2'", "TIF+LEE+MIN:A:2'"
VISA = "TEMARA/V/V1234567/RABAT/14MAR26/AUT"


def _lee(number: str, given: str, reference: str = "", birth: str = "10MAR84", sex: str = "F") -> str:
    return _docs(f"/P/KOR/{number}/KOR/{birth}/{sex}/14FEB31/LEE/{given}", reference)


def _seats(number: int) -> str:
    return f"SSR+SEAT:HK:{number}:ZV:::CMN:VIE+12A+12B'"


def _numbers_of(one: Traveller) -> list[str | None]:
    return [document.number for document in one.documents]


def _of_whom(message: Message) -> tuple[list[str], list[list[str | None]], list[str]]:
    return [full(one) for one in message.travellers], _numbers(message), codes(message)


PASSPORT = _docs("/P/MAR/ZZ2222222/MAR/10MAR84/M/14FEB31/ALAMI/OMAR", "")
ADDED, REMOVED = f"SAC+++A'{PASSPORT}", f"SAC+++X'{PASSPORT}"
EARLIER, LATER = "ABI+1++++ZV'DAT+T:010126:1000'", "ABI+1++++ZV'DAT+T:020126:1000'"
INFANT = "/P/MAR/ZZ1234600/MAR/19JAN26/MI/30JAN31/BENALI/YANIS"

FATHER, SON = "TIF+ALAMI+OMARMR:A'", "TIF+ALAMI+OMARMSTR:C'"
FATHER_1, FATHER_2, SON_2 = "TIF+ALAMI+OMARMR:A:1'", "TIF+ALAMI+OMARMR:A:2'", "TIF+ALAMI+OMARMSTR:C:2'"
LATER_FLIGHT = SEGMENT.replace("231126", "241126").replace("0412", "0413")
OF_FATHER = _docs("/P/MAR/ZZ1111111/MAR/10MAR80/M/14FEB31/ALAMI/OMAR", "")
OF_SON = _docs("/P/MAR/ZZ2222222/MAR/10MAR12/M/14FEB31/ALAMI/OMAR", "")
OF_SMALL_SON = OF_SON.replace("MAR12", "MAR18")
OF_NO_AGE = OF_SON.replace("10MAR12", "")


def _boarded(*entries: tuple[str, str, str]) -> str:
    """Sequence number, TIF and seat of each, with a bag for each."""
    return "".join(f"TRI++{number}'{tif}SSD+{seat}'TBD++1:20:700'" for number, tif, seat in entries)


def _checked_in(message: Message) -> tuple[list[tuple[str | None, tuple[str, ...], str | None]], list[str]]:
    return [(one.traveller_type, one.seats, one.sequence) for one in message.travellers], codes(message)


FAULTS = [
    *(
        Case(
            f"0 an apostrophe that is not released: {tif}",
            f"{RCI}TIF+{tif}'FTI+ZV:123456789'{document}{SEGMENT}",
            lambda m: [(full(one), one.loyalty, _numbers_of(one)) for one in m.travellers],
            [(name, ("ZV:123456789",), numbers)],
        )
        for tif, document, name, numbers in [
            ("O'BRIEN+JOHNMR:A:1", "", "O'BRIEN/JOHNMR", []),
            ("D'AMI+JOHNMR:A:1", "", "D'AMI/JOHNMR", []),
            ("DIOP+N'DIAYE:A:1", "", "DIOP/N'DIAYE", []),
            (
                "OBRIEN+JOHNMR:A:1",
                _docs("/P/IRL/ZZ1234567/IRL/10MAR84/M/14FEB31/O'BRIEN/JOHN"),
                "O'BRIEN/JOHN",
                ["ZZ1234567"],
            ),
        ]
    ),
    *(
        Case(
            f"0 namesakes in departure control without references: {reason}",
            RCI + text,
            _checked_in,
            (found, told),
        )
        for text, found, told, reason in [
            (
                f"{SEGMENT}{FATHER}SSD+12A'{SON}SSD+12B'",
                [("A", ("12A",), None), ("C", ("12B",), None)],
                [],
                "named nowhere else, of two ages",
            ),
            (
                f"{SEGMENT}{FATHER}SSD+12A'{FATHER}SSD+12B'",
                [("A", ("12A",), None), ("A", ("12B",), None)],
                ["TRAVELLER_ADDED"],
                "named nowhere else, nothing tells them apart",
            ),
            (
                FATHER + SON + SEGMENT + _boarded(("001", FATHER, "12A"), ("002", SON, "12B")),
                [("A", ("12A",), "001"), ("C", ("12B",), "002")],
                [],
                "titles and types tell",
            ),
            (
                FATHER + SON + SEGMENT + _boarded(("001", SON, "12A"), ("002", FATHER, "12B")),
                [("A", ("12B",), "002"), ("C", ("12A",), "001")],
                [],
                "titles and types tell, in another order",
            ),
            (
                FATHER
                + SON
                + SEGMENT
                + _boarded(("001", "TIF+ALAMI+OMAR:C'", "12A"), ("002", "TIF+ALAMI+OMAR:A'", "12B")),
                [("A", ("12B",), "002"), ("C", ("12A",), "001")],
                [],
                "types alone tell",
            ),
            (
                FATHER + FATHER + SEGMENT + _boarded(("001", FATHER, "12A"), ("002", FATHER, "12B")),
                [("A", ("12A",), "001"), ("A", ("12B",), "002")],
                ["REFERENCE_UNKNOWN"],
                "the order alone tells, which is told",
            ),
            (
                FATHER
                + FATHER
                + SEGMENT
                + _boarded(("001", FATHER, "12A"), ("002", FATHER, "12B"))
                + LATER_FLIGHT
                + _boarded(("003", FATHER, "14A"), ("004", FATHER, "14B")),
                [("A", ("12A", "14A"), "001"), ("A", ("12B", "14B"), "002")],
                ["REFERENCE_UNKNOWN"],
                "on each flight anew",
            ),
            (
                FATHER + SEGMENT + _boarded(("001", FATHER, "12A")) + LATER_FLIGHT + _boarded(("003", FATHER, "14A")),
                [("A", ("12A", "14A"), "001")],
                [],
                "one on two flights is one",
            ),
            (
                FATHER + SEGMENT + f"TRI++001'{FATHER}SSD+12A'TRI++001'{FATHER}TBD++1:20:700'",
                [("A", ("12A",), "001")],
                [],
                "one sequence number twice is one",
            ),
            (
                FATHER + SEGMENT + _boarded(("001", FATHER, "12A"), ("002", SON, "12B")),
                [("A", ("12A",), "001"), ("C", ("12B",), "002")],
                [],
                "a son whom the booking did not name",
            ),
            (
                FATHER + SEGMENT + _boarded(("001", SON, "12B"), ("002", FATHER, "12A")),
                [("A", ("12A",), "002"), ("C", ("12B",), "001")],
                [],
                "a son whom the booking did not name, and who comes first",
            ),
            (
                FATHER + SEGMENT + _boarded(("001", FATHER, "12A"), ("002", FATHER, "12B")),
                [("A", ("12A",), "001"), ("A", ("12B",), "002")],
                ["TRAVELLER_ADDED"],
                "one more than the booking named",
            ),
            (
                FATHER_1 + SON_2 + SEGMENT + _boarded(("001", FATHER, "12A"), ("002", SON, "12B")),
                [("A", ("12A",), "001"), ("C", ("12B",), "002")],
                [],
                "references in the booking alone",
            ),
            (
                FATHER
                + FATHER
                + SEGMENT
                + _boarded(("001", FATHER_1, "12A"), ("002", FATHER_2, "12B"))
                + f"{FATHER_1}SSD+12C'",
                [("A", ("12A", "12C"), "001"), ("A", ("12B",), "002")],
                ["REFERENCE_UNKNOWN"],
                "references in departure control alone",
            ),
        ]
    ),
    *(
        Case(
            f"0 passports of father and son of one name: {reason}",
            f"{RCI}{travellers}{documents}{SEGMENT}",
            lambda m: ([(one.traveller_type, *_numbers_of(one)) for one in m.travellers], codes(m)),
            (found, told),
        )
        for travellers, documents, found, told, reason in [
            (FATHER_1 + SON_2, OF_FATHER + OF_SON, [("A", "ZZ1111111"), ("C", "ZZ2222222")], [], "the father's first"),
            (FATHER_1 + SON_2, OF_SON + OF_FATHER, [("A", "ZZ1111111"), ("C", "ZZ2222222")], [], "the son's first"),
            (SON_2 + FATHER_1, OF_FATHER + OF_SON, [("C", "ZZ2222222"), ("A", "ZZ1111111")], [], "the son named first"),
            (FATHER_1 + SON_2, OF_FATHER, [("A", "ZZ1111111"), ("C",)], [], "the father's alone"),
            (FATHER_1 + SON_2, OF_SMALL_SON, [("A",), ("C", "ZZ2222222")], [], "the son's alone"),
            (
                FATHER_1 + SON_2,
                OF_FATHER + OF_NO_AGE,
                [("A", "ZZ1111111"), ("C",), (None, "ZZ2222222")],
                ["DOCUMENT_NAME"],
                "one without birth date, where both stand under one",
            ),
            (
                FATHER_1 + SON_2 + OTHER,
                OF_SON,
                [("A",), ("C",), ("A",), (None, "ZZ2222222")],
                ["DOCUMENT_NAME"],
                "of an age that both may have: nobody's, which is told",
            ),
            (
                FATHER_1 + OF_SON,
                SON_2 + OF_FATHER,
                [("A", "ZZ1111111"), ("C", "ZZ2222222")],
                [],
                "each under the other: the age beats the place",
            ),
            (
                FATHER_1,
                OF_FATHER + SON_2 + OF_NO_AGE,
                [("A", "ZZ1111111"), ("C", "ZZ2222222")],
                [],
                "each under his own",
            ),
            (
                FATHER_1 + SON_2,
                "SSR+CHLD:HK:1:ZV:::::10MAR12+::2'" + OF_SON,
                [("A",), ("C", "ZZ2222222")],
                [],
                "the birth date of CHLD tells",
            ),
            (
                FATHER_1 + FATHER_2,
                OF_FATHER + OF_SON,
                [("A", "ZZ1111111"), ("A", "ZZ2222222")],
                ["DOCUMENT_NAME"],
                "of two who are alike, both under one: in their order, which is told",
            ),
        ]
    ),
    *(
        Case(
            f"0 seats without references: {reason}",
            RCI + text,
            lambda m: ([one.seats for one in m.travellers], codes(m)),
            (seats, told),
        )
        for text, seats, told, reason in [
            (f"{TIF}{OTHER}{_seats(2)}", [("12A",), ("12B",)], [], "of two for two"),
            (f"{TIF}{_seats(2)}{OTHER}", [("12A",), ("12B",)], [], "of two for two, before the second is named"),
            (f"{TIF}{_seats(2)}", [("12A", "12B")], [], "of two for one, who is alone"),
            (f"{TIF}{OTHER}{_seats(1)}", [(), ("12A", "12B")], [], "of one who has two"),
            (f"{TIF}{OTHER}TIF+DIOP+AWAMRS:A:3'{_seats(2)}", [(), (), ()], ["REFERENCE_UNKNOWN"], "of two of three"),
        ]
    ),
    *(
        Case(
            f"0 a damaged TIF costs the one before nothing: {reason}",
            f"{RCI}{TIF}{damaged}{OTHERS}{SEGMENT}",
            lambda m: (_held(m), codes(m, "error")),
            ([SALMAS, held], told),
        )
        for damaged, held, told, reason in [
            ("T1F+ALAMI+OMAR:A:2'", NOBODYS, ["NOT_A_SEGMENT"], "no tag"),
            ("TIX+ALAMI'", NOBODYS, [], "another tag"),
            ("TFI+ALAMI+OMAR:A:2'", OMARS, [], "another tag, and built like a traveller"),
        ]
    ),
    Case(
        "0 a damaged TIF, and a passport behind it: the passport names its own",
        f"{RCI}{TIF}T1F+ALAMI+OMAR:A:2'{OTHERS}{PASSPORT}{SEGMENT}",
        _held,
        [SALMAS, ("ALAMI/OMAR", "1984-03-10", ["ZZ2222222", "AB123456"], *OMARS[3:])],
    ),
    Case(
        "0 a damaged TIF of whom nothing else came is told, and is nobody",
        f"{RCI}{TIF}T1F+ALAMI+OMAR:A:2'{OTHER}{SEGMENT}",
        lambda m: (people(m), codes(m, "error")),
        (["BENALI/SALMAMRS", "OKAFOR/TUNDEMR"], ["NOT_A_SEGMENT"]),
    ),
    Case(
        "0 a damaged first TIF costs the others nothing: what may be its own is nobody's",
        f"{RCI}T1F+ALAMI+OMAR:A:2'SSR+FOID:HK:1:ZV:::::PPAB123456'{TIF}{SEGMENT}",
        lambda m: (_held(m), people(m)),
        ([SALMAS], ["BENALI/SALMAMRS"]),
    ),
    *(
        Case(
            f"0 {reason}",
            f"{RCI}{TIF}{OTHER}{SEGMENT}DAT+2:221126:0915'TRI++108:::1'{TIF}SSD+15A'{damaged}SSD+15B'TBD++1:20:700'",
            lambda m: [(full(one), one.seats, one.bags, one.sequence) for one in m.travellers],
            [("BENALI/SALMAMRS", ("15A",), None, "108"), ("OKAFOR/TUNDEMR", *others)],
        )
        for damaged, others, reason in [
            ("TRX++109:::2'", ((), None, None), "a damaged TRI costs the one before nothing"),
            ("T1I++109:::2'", ((), None, None), "a TRI without tag costs the one before nothing"),
            ("TRI++109:::2'TIX+X'", ((), None, None), "a damaged TIF in departure control"),
            (f"TRX++109:::2'{OTHER}", (("15B",), 1, None), "a damaged TRI, and the traveller behind it"),
            ("TRI++109:::9'", ((), None, None), "a TRI with a reference nobody has"),
        ]
    ),
    Case(
        "0 services of a traveller whose TIF is damaged go to nobody of another reference",
        f"{RCI}{TIF}SSR+FOID:HK:1:ZV:::::PPAB123456+::2'SSR+DOCO:HK:1:ZV:::::{VISA}+::2'"
        f"SSR+FQTV:HK:1:ZV:::::ZV987654321+::2'SSR+CHLD:HK:1:ZV:::::10MAR20+::2'{SEGMENT}",
        lambda m: (_held(m), set(codes(m))),
        ([SALMAS], {"REFERENCE_UNKNOWN"}),
    ),
    Case("0 a traveller of whom there is only a TIF", RCI + TIF + SEGMENT, people, ["BENALI/SALMAMRS"]),
    Case("0 DOCS in group 1", RCI + DOCS.replace("+::1", "") + TIF, _numbers, [["ZZ1234567"]]),
    Case("0 DOCS in group 5", RCI + TIF + SEGMENT + DOCS, _numbers, [["ZZ1234567"]]),
    Case(
        "0 DOCS in the history, added",
        f"{RCI}{TIF}{SEGMENT}ABI+4++++ZV'DAT+T:230526:1813'SAC+++A'{DOCS}",
        _numbers,
        [["ZZ1234567"]],
    ),
    Case(
        "0 DOCS in the history, taken out",
        f"{RCI}{TIF}{SEGMENT}ABI+4++++ZV'DAT+T:230526:1813'SAC+++X'{DOCS}",
        lambda m: (_numbers(m), [(c.action, c.what, c.at) for c in m.bookings[0].changes]),
        ([[]], [("removed", "document", "2026-05-23T18:13")]),
    ),
    Case(
        "0 an infant's DOCS under the adult, the infant has a TIF",
        f"{RCI}{TIF}{DOCS}{_docs(INFANT)}TIF+BENALI+YANIS:IN:2'",
        lambda m: [(full(one), one.infant, one.documents[0].number, one.sex) for one in m.travellers],
        [("BENALI/SALMA NOUR", False, "ZZ1234567", "F"), ("BENALI/YANIS", True, "ZZ1234600", "M")],
    ),
    Case(
        "0 an infant's DOCS under the adult, the infant has none",
        f"{RCI}{TIF}{DOCS}{_docs(INFANT)}",
        lambda m: [(full(one), one.infant, one.documents[0].number) for one in m.travellers],
        [("BENALI/SALMA NOUR", False, "ZZ1234567"), ("BENALI/YANIS", True, "ZZ1234600")],
    ),
    Case(
        "0 an infant of whom there is only INFT",
        f"{RCI}{TIF}SSR+INFT:HK:1:ZV:::CMN:VIE:BENALI/YANIS 19JAN26+::1'",
        lambda m: [(full(one), one.infant, one.birth_date) for one in m.travellers],
        [("BENALI/SALMAMRS", False, None), ("BENALI/YANIS", True, "2026-01-19")],
    ),
    *(
        Case(
            f"0 no title: {family}/{given}",
            f"{RCI}TIF+{family}+{given}:A:1'{_docs(f'/P/GBR/ZZ1/GBR/10MAR84/M/14FEB31/{family}/{given}')}",
            lambda m: (full(_first(m)), {name.title for name in _first(m).names}),
            (f"{family}/{given}", {None}),
        )
        for family, given in [
            ("CARTER", "DREW"),
            ("STONE", "WILLIAMS"),
            ("KHAN", "SIRAJ"),
            ("ROY", "MRIDUL"),
            ("STONE", "ADAMS"),
            ("JOHNSR", "PETER"),
            ("LEE", "MAJR"),
        ]
    ),
    Case(
        "0 one name only", f"{RCI}TIF+SUKARNO'{_docs('/P/IDN/ZZ1/IDN/10MAR84/M/14FEB31/SUKARNO/')}", people, ["SUKARNO"]
    ),
    Case(
        "0 one name does not cost the others",
        f"{RCI}TIF+SUKARNO+:A:1'{_docs('/P/IDN/ZZ1/IDN/10MAR84/M/14FEB31/SUKARNO')}{OTHER}",
        lambda m: (people(m), codes(m)),
        (["SUKARNO", "OKAFOR/TUNDEMR"], []),
    ),
    Case(
        "0 nationality is never the issuer",
        RCI + TIF + _docs("/P/GBR/ZZ1//10MAR84/F/14FEB31/BENALI/SALMA"),
        lambda m: (_first(m).nationality, _first(m).documents[0].issuer),
        (None, "GBR"),
    ),
    Case(
        "0 ARNK and OPEN do not cost the booking",
        f"{RCI}{TIF}TVL+++++ARNK'TVL++VIE+CMN+ZV+OPEN'TVL++CMN+RAK'{SEGMENT}",
        _legs,
        [
            ("surface", None, None, None),
            ("open", "ZV", None, None),
            ("surface", None, None, None),
            ("carriage", "ZV", "412", "2026-11-23T05:40"),
        ],
    ),
    Case(
        "0 another flight between the same places is not the one of the message",
        f"{RCI}{TIF}TVL+201126:0540:201126:0950+CMN+VIE+ZV+0412:B'SSD+1A'TBD++1:20:700'{SEGMENT}SSD+2A'TBD++2:30:700'",
        lambda m: (_first(m).bags, _first(m).bag_weight, _first(m).embarks),
        (2, "30KGM", "CMN"),
    ),
    Case(
        "0 an escaped release character does not swallow the next segment",
        f"{RCI}IFT+4:28+WHAT??'{TIF}{DOCS}",
        lambda m: (people(m), _numbers(m)),
        (["BENALI/SALMA NOUR"], [["ZZ1234567"]]),
    ),
    Case(
        "0 a segment the guide does not have costs only itself",
        f"{RCI}{TIF}QQQ+1'{DOCS}",
        lambda m: (people(m), codes(m)),
        (["BENALI/SALMA NOUR"], ["UNKNOWN_SEGMENT"]),
    ),
    Case(
        "0 travellers of split bookings without any document",
        f"{RCI}{TIF}{OTHER}{SEGMENT}EQN+1'RCI+ZV:ZLM9AA::110526:1148'",
        lambda m: (people(m), m.bookings[0].split, m.bookings[0].locator),
        (["BENALI/SALMAMRS", "OKAFOR/TUNDEMR"], ("ZLM9AA",), "Q7TX2B"),
    ),
    Case(
        "0 functions are told: changed bookings only",
        whole(f"SRC'{RCI}{TIF}", HEAD.replace(":22", ":141")),
        lambda m: m.function,
        "141",
    ),
    Case(
        "0 card numbers are never kept",
        f"{RCI}{TIF}TKT+1472345678901:T:1'FOP+CC::100.00:VI:4111111111111111:1128'",
        lambda m: (m.bookings[0].payment, [removal.code for removal in m.removals]),
        (("CC:VI",), ["CARD", "CARD"]),
    ),
]

CASES = [
    # 7
    Case(
        "7 MSG and ORG missing",
        whole(f"SRC'{RCI}{TIF}", FLIGHT + "EQN+1'"),
        lambda m: (m.function, len(m.journeys), people(m)),
        (None, 1, ["BENALI/SALMAMRS"]),
    ),
    Case("7 no SRC at all", whole(f"{RCI}{TIF}{DOCS}{SEGMENT}"), people, ["BENALI/SALMA NOUR"]),
    Case(
        "7 RCI missing in group 1: the one of the segment",
        TIF + SEGMENT + "RCI+ZV:Q7TX2B'",
        lambda m: (m.bookings[0].locator, _first(m).record_locator),
        ("Q7TX2B", "Q7TX2B"),
    ),
    Case(
        "7 several locators and empty elements",
        f"RCI+1A:AAAAAA::021026:1425+++ZV:BBBBBB'{TIF}",
        lambda m: (m.bookings[0].locator, m.bookings[0].locators),
        ("AAAAAA", ("1A:AAAAAA", "ZV:BBBBBB")),
    ),
    *(
        Case(f"7 time of creation {name}", f"RCI+ZV:Q7TX2B{text}'{TIF}", lambda m: m.bookings[0].created, created)
        for name, text, created in [
            ("4 digits, fourth component", "::021026:1425", "2026-10-02T14:25"),
            ("6 digits, fourth component", "::021026:142530", "2026-10-02T14:25:30"),
            ("4 digits, third component", ":021026:1425", "2026-10-02T14:25"),
            ("with the type", ":1:021026:1425", "2026-10-02T14:25"),
            ("left out", "::021026", "2026-10-02"),
            ("and date left out", "", None),
        ]
    ),
    Case(
        "7 a locator of departure control",
        f"RCI+ZV:A1B2C3:C:021026:1425'{TIF}",
        lambda m: (m.bookings[0].locator, m.bookings[0].departure_control),
        ("A1B2C3", True),
    ),
    Case(
        "7 an empty ORG: cancelled",
        f"{RCI}ORG'{TIF}",
        lambda m: (m.bookings[0].cancelled, people(m)),
        (True, ["BENALI/SALMAMRS"]),
    ),
    Case(
        "7 an ORG of separators only says nothing",
        f"{RCI}ORG+:+:++++:+'{TIF}",
        lambda m: m.bookings[0].cancelled,
        False,
    ),
    Case(
        "7 an empty ORG beside one segment of two: that segment",
        f"{RCI}{TIF}{SEGMENT}DAT'ORG'TVL+241126:0540::0950+VIE+CMN+ZV+413:B'",
        lambda m: (m.bookings[0].cancelled, [(c.action, c.value) for c in m.bookings[0].changes]),
        (False, [("removed", "ZV412 CMN-VIE 2026-11-23T05:40")]),
    ),
    Case("7 an empty ORG beside all segments", f"{RCI}{TIF}{SEGMENT}ORG'", lambda m: m.bookings[0].cancelled, True),
    *(
        Case(
            f"7 a second booking without SRC: {reason}",
            RCI + TIF + SEGMENT + behind + second + SEGMENT,
            lambda m: (
                [(b.locator, list(b.travellers), len(b.segments)) for b in m.bookings],
                [full(one) for one in m.travellers],
                codes(m),
            ),
            (
                [("Q7TX2B", [0], 1), ("BBBBBB", [1], 1)],
                ["BENALI/SALMAMRS", name],
                ["COUNT_MISMATCH", "SEGMENT_ORDER"],
            ),
        )
        for behind, second, name, reason in [
            ("", "RCI+ZV:BBBBBB'TIF+OKAFOR+TUNDE:A:1'", "OKAFOR/TUNDE", "others, with the same reference"),
            (
                "",
                f"RCI+ZV:BBBBBB::031026:0900'{TIF}",
                "BENALI/SALMAMRS",
                "the same name, made at a time of its own",
            ),
            ("", "RCI+ZV:BBBBBB'IFT+4:28+CTCM 2126'TIF+OKAFOR+TUNDE:A:2'", "OKAFOR/TUNDE", "text between"),
            (f"TRI++1:::1'{TIF}SSD+1A'", "RCI+ZV:BBBBBB'TIF+PARK+AN'", "PARK/AN", "behind departure control"),
            ("ABI+4++++ZV'SAC+++A'", "RCI+ZV:BBBBBB'TIF+PARK+AN'", "PARK/AN", "behind a history"),
        ]
    ),
    Case(
        "7 two bookings without any SRC",
        whole(f"{RCI}{TIF}{SEGMENT}RCI+ZV:BBBBBB'{OTHER}{SEGMENT}", HEAD.replace("EQN+1", "EQN+2")),
        lambda m: ([(b.locator, len(b.segments)) for b in m.bookings], people(m), codes(m)),
        ([("Q7TX2B", 1), ("BBBBBB", 1)], ["BENALI/SALMAMRS", "OKAFOR/TUNDEMR"], ["SEGMENT_ORDER"]),
    ),
    *(
        Case(
            f"7 a second booking without SRC, whose {reason}",
            f"{RCI}{TIF}{SEGMENT}{behind}ABI+1++++ZV'SAC+++X'{second}",
            lambda m: ([(b.locator, b.split) for b in m.bookings], people(m)),
            ([("Q7TX2B", split), ("QQQQQQ", ())], ["BENALI/SALMAMRS", "ALAMI/OMAR"]),
        )
        for behind, second, split, reason in [
            (
                "EQN+1'RCI+ZV:SPLIT1'",
                f"RCI+ZV:QQQQQQ'TIF+ALAMI+OMAR:A:1'{PASSPORT}",
                ("SPLIT1",),
                "predecessor was divided and has a history",
            ),
            ("", f"RCI+KL:QQQQQQ:1:021126:1410'TIF+ALAMI+OMAR:A:1'{PASSPORT}", (), "locator is another carrier's"),
        ]
    ),
    Case(
        "7 no head of a booking behind a history: the passport is told",
        f"{RCI}{TIF}{SEGMENT}ABI+1++++ZV'SAC+++X'TIF+ALAMI+OMAR:A:1'{PASSPORT}",
        lambda m: (people(m), codes(m)),
        (["BENALI/SALMAMRS"], ["DOCUMENT_NAME"]),
    ),
    *(
        Case(
            f"7 another carrier's locator, made at a time of its own, begins no booking: {reason}",
            f"{RCI}{TIF}{SEGMENT}RCI+KL:ABCDEF:1:021126:1410'{follows}SSD+12C'",
            lambda m: (len(m.bookings), people(m)),
            (1, ["BENALI/SALMAMRS", *others]),
        )
        for follows, others, reason in [
            (f"DAT+2:231126:0430'{TIF}", [], "check-in behind it"),
            (TIF, [], "a traveller of this one behind it"),
            ("TIF+BENALY+SALMAMRS:A'", ["BENALY/SALMAMRS"], "a traveller of this one, typed otherwise"),
        ]
    ),
    *(
        Case(
            f"7 no second booking: {reason}",
            RCI + TIF + OTHER + SEGMENT + behind,
            lambda m: (len(m.bookings), people(m), codes(m)),
            (1, ["BENALI/SALMAMRS", "OKAFOR/TUNDEMR"], []),
        )
        for behind, reason in [
            ("RCI+KE:BBBBBB'TRI++1:::1'" + TIF, "the locator of a segment, departure control behind it"),
            ("RCI+KE:BBBBBB'" + TIF, "the locator of a segment, a traveller who is known"),
            ("RCI+KE:BBBBBB'" + SEGMENT + OTHER, "the locator of a segment, the next behind it"),
            ("EQN+1'RCI+ZV:ZLM9AA::110526:1148'" + TIF, "a booking that was divided from this one"),
            (RCI + TIF, "the same locator again"),
        ]
    ),
    # 8
    Case(
        "8 arrival without date",
        f"{RCI}{TIF}TVL+231126:0540::0950+CMN+VIE+ZV+412:B'",
        lambda m: (m.bookings[0].segments[0].arrives, codes(m, "note")),
        ("2026-11-23T09:50", ["TITLE_UNCERTAIN", "ARRIVAL_DAY_DERIVED"]),
    ),
    Case(
        "8 arrival without date that would be too early",
        f"{RCI}{TIF}TVL+231126:2340::0150+CMN+VIE+ZV+412:B'",
        lambda m: (m.bookings[0].segments[0].arrives, codes(m)),
        (None, ["VALUE_INVALID"]),
    ),
    Case(
        "8 time of arrival in the place of its date",
        whole(f"SRC'{RCI}{TIF}", "TVL+231126:0540:0950+CMN+VIE+ZV+412'"),
        lambda m: m.journeys[0].legs[0].arrives,
        "2026-11-23T09:50",
    ),
    Case(
        "8 an invalid time costs the time only",
        f"{RCI}{TIF}TVL+231126:0540:231126:4321+CMN+VIE+ZV+412:B'",
        lambda m: (_legs(m), m.bookings[0].segments[0].arrives, codes(m)),
        ([("carriage", "ZV", "412", "2026-11-23T05:40")], "2026-11-23", ["BAD_DATE"]),
    ),
    Case(
        "8 an invalid date",
        f"{RCI}{TIF}TVL+991326:0540+CMN+VIE+ZV+412:B'",
        lambda m: (_legs(m), codes(m)),
        ([("carriage", "ZV", "412", None)], ["BAD_DATE"]),
    ),
    Case(
        "8 YYMMDD in the same message, told by the day of the flight",
        f"{RCI}{TIF}TVL+261124:0540:261124:0950+CMN+VIE+ZV+412:B'TVL+251126:0540+VIE+CMN+ZV+413'",
        lambda m: ([leg.departs for leg in m.bookings[0].segments], codes(m)),
        (["2026-11-24T05:40", "2026-11-25T05:40"], ["DATE_ORDER", "DATE_ORDER"]),
    ),
    Case(
        "8 YYMMDD everywhere, told by the day of sending",
        whole(f"SRC'RCI+ZV:Q7TX2B::261002:1425'{TIF}", "TVL+261123:0540+CMN+VIE+ZV+412'"),
        lambda m: (m.journeys[0].legs[0].departs, m.bookings[0].created, codes(m)),
        ("2026-11-23T05:40", "2026-10-02T14:25", ["DATE_ORDER", "DATE_ORDER"]),
    ),
    Case("8 DAT empty", f"{RCI}{TIF}{SEGMENT}DAT'", codes, []),
    Case("8 DAT with a qualifier only", f"{RCI}{TIF}{SEGMENT}DAT+2:'", codes, []),
    Case(
        "8 two times in one DAT, UTC",
        f"{RCI}DAT+700:061126:1010+710:061126:1200'{TIF}",
        lambda m: (m.bookings[0].changed, m.bookings[0].ticketed),
        ("2026-11-06T10:10Z", "2026-11-06T12:00Z"),
    ),
    # 9
    Case(
        "9 code share in two TVL",
        f"{RCI}{TIF}TVL+231126:0540:231126:0950+CMN+VIE+DL:KL+8976:K'TVL+++++0972:M'",
        lambda m: [(s.carrier, s.number, s.operating_carrier, s.operating_number) for s in m.bookings[0].segments],
        [("DL", "8976", "KL", "972")],
    ),
    Case(
        "9 code share in TRA",
        f"{RCI}{TIF}TVL+231126:0540:231126:0950+CMN+VIE+SQ:SK+5678:Q'TRA+SK+1524:W'",
        lambda m: [(s.carrier, s.number, s.operating_carrier, s.operating_number) for s in m.bookings[0].segments],
        [("SQ", "5678", "SK", "1524")],
    ),
    Case(
        "9 code share with the numbers turned around, as the flight of the message shows",
        f"{RCI}{TIF}TVL+231126:0540:231126:0950+CMN+VIE+KE:ZV+0412:K'RPI+1+HK'TVL+++++303:Y'",
        lambda m: (
            [(s.carrier, s.number, s.operating_carrier, s.operating_number) for s in m.bookings[0].segments],
            codes(m),
            _first(m).embarks,
        ),
        ([("KE", "303", "ZV", "412")], ["VALUE_INVALID"], "CMN"),
    ),
    Case(
        "9 a hotel",
        f"{RCI}{TIF}{SEGMENT}MSG+8'TVL+231126:1500:261126+VIE:HOTEL EXAMPLE++VN+67576:ROH'",
        lambda m: [(leg.kind, leg.service, leg.carrier, leg.origin, leg.departs) for leg in m.bookings[0].segments],
        [
            ("carriage", None, "ZV", "CMN", "2026-11-23T05:40"),
            ("service", "8", "VN", "VIE", "2026-11-23T15:00"),
        ],
    ),
    Case(
        "9 status and number of places",
        f"{RCI}{TIF}TVL+231126:0540:231126:0950+CMN+VIE+ZV+0412:B'RPI+02+HX'APD+737'",
        lambda m: [(leg.status, leg.places_booked, leg.booking_class) for leg in m.bookings[0].segments],
        [("HX", 2, "B")],
    ),
    # 10
    Case("10 title behind a blank", f"{RCI}TIF+BENALI+NINA MS:A:1'", _names, [("NINA", "MS", "TIF")]),
    Case(
        "10 title glued, the document shows it",
        RCI + TIF + DOCS,
        _names,
        [("SALMA NOUR", None, "DOCS"), ("SALMA", "MRS", "TIF")],
    ),
    Case(
        "10 title glued, nothing shows it: offered only",
        f"{RCI}TIF+VANDENBERG+KEVINMICHAELMR:A:1'",
        _names,
        [("KEVINMICHAELMR", None, "TIF"), ("KEVINMICHAEL", "MR", "TIF")],
    ),
    Case("10 what was sent stays", RCI + TIF, lambda m: _first(m).name.raw, "BENALI+SALMAMRS"),
    Case(
        "10 name type and missing traveller type",
        f"{RCI}TIF+PARK:I+SEJOON::2'{_docs('/P/KOR/ZZ1/KOR/10SEP72/M/05JUL31/PARK/SEJOON', '+::2')}",
        lambda m: (people(m), _first(m).traveller_type, _numbers(m), _first(m).names[1].raw),
        (["PARK/SEJOON"], None, [["ZZ1"]], "PARK:I+SEJOON"),
    ),
    Case(
        "10 group header and TBA are placeholders",
        f"{RCI}TIF+VELA TOURS:G'TIF+CAPSON+LISA:A:43579'TIF+TBA+C:A:43582'",
        lambda m: [(full(one), one.placeholder) for one in m.travellers],
        [("VELA TOURS", True), ("CAPSON/LISA", False), ("TBA/C", True)],
    ),
    Case(
        "10 TBA with a document is a person",
        f"{RCI}TIF+TBA+C:A:1'{DOCS}",
        lambda m: [(full(one), one.placeholder) for one in m.travellers],
        [("BENALI/SALMA NOUR", False)],
    ),
    Case(
        "10 compound references",
        f"{RCI}TIF+BENALI+SALMA:A:1.1'TIF+OKAFOR+TUNDE:A:2.1'{_docs('/P/NGA/ZZ2/NGA//M//OKAFOR/TUNDE', '+::2.1')}",
        _numbers,
        [[], ["ZZ2"]],
    ),
    Case(
        "10 an infant's reference",
        f"{RCI}TIF+BENALI+SALMA:A:43578:1'TIF+BENALI+YANIS:IN:43578I'{_docs(INFANT, '+::43578I')}",
        lambda m: [(one.infant, len(one.documents)) for one in m.travellers],
        [(False, 0), (True, 1)],
    ),
    Case("10 name numbers", f"{RCI}TIF+BENALI-1+SALMA-1:A:1'", people, ["BENALI/SALMA"]),
    Case("10 a suffix glued to the surname stays", f"{RCI}TIF+SMITHJR+JOHN:A:1'", people, ["SMITHJR/JOHN"]),
    Case(
        "10 several given names in one TIF",
        f"{RCI}TIF+BENALI+SALMA:A:1+OMAR:A:2'",
        people,
        ["BENALI/SALMA", "BENALI/OMAR"],
    ),
    Case(
        "10 departure control repeats the travellers",
        f"{RCI}{TIF}{OTHER}{SEGMENT}DAT+2:221126:0915'TRI++108:::1'{TIF}SSD+15A++++Y'TRI++109:::2'{OTHER}SSD+15B++++Y'",
        lambda m: [(full(one), one.seats, one.sequence, one.checked_in) for one in m.travellers],
        [
            ("BENALI/SALMAMRS", ("15A",), "108", "2026-11-22T09:15Z"),
            ("OKAFOR/TUNDEMR", ("15B",), "109", "2026-11-22T09:15Z"),
        ],
    ),
    Case(
        "10 departure control spells a name otherwise",
        f"{RCI}TIF+LUNST+DOMINIC:A:1'{OTHER}{SEGMENT}TRI++1:::1'TIF+LUSNT+DOMINIC:A:1'SSD+9B'",
        lambda m: [(full(one), [name.family for name in one.names], one.seats) for one in m.travellers],
        [("LUNST/DOMINIC", ["LUNST", "LUSNT"], ("9B",)), ("OKAFOR/TUNDEMR", ["OKAFOR", "OKAFOR"], ())],
    ),
    Case(
        "10 departure control knows somebody the booking does not",
        f"{RCI}{TIF}{SEGMENT}TRI++1:::7'TIF+OKAFOR+TUNDE:A:7'SSD+9B'",
        people,
        ["BENALI/SALMAMRS", "OKAFOR/TUNDE"],
    ),
    Case(
        "10 departure control has another person under a known reference: somebody more",
        f"{RCI}{TIF}{SEGMENT}TRI++1:::1'TIF+OKAFOR+TUNDE:A:1'SSD+9B'{SEGMENT}TRI++1:::1'TIF+OKAFOR+TUNDE:A:1'SSD+9C'",
        lambda m: (people(m), [one.seats for one in m.travellers], codes(m)),
        (["BENALI/SALMAMRS", "OKAFOR/TUNDE"], [(), ("9B", "9C")], ["TRAVELLER_ADDED"]),
    ),
    Case(
        "10 departure control has a relative under a known reference: somebody more",
        f"{RCI}{TIF}{SEGMENT}TRI++1:::1'TIF+BENALI+YANIS:A:1'",
        lambda m: (people(m), codes(m)),
        (["BENALI/SALMAMRS", "BENALI/YANIS"], ["TRAVELLER_ADDED"]),
    ),
    Case(
        "10 departure control turns family and given name around: one person",
        f"{RCI}{TIF}{SEGMENT}TRI++1:::1'TIF+SALMAMRS+BENALI:A:1'",
        lambda m: (people(m), codes(m)),
        (["BENALI/SALMAMRS"], []),
    ),
    Case(
        "10 departure control under the reference of one, exactly named like another: that other",
        f"{RCI}{MIN}{MINHO}{SEGMENT}TRI++1:::1'TIF+LEE+MINHO:A:1'SSD+9B'",
        lambda m: (people(m), [one.seats for one in m.travellers]),
        (["LEE/MIN", "LEE/MINHO"], [(), ("9B",)]),
    ),
    Case(
        "10 departure control names a placeholder: no placeholder any more",
        f"{RCI}TIF+TBA+C:A:1'{SEGMENT}TRI++1:::1'TIF+OKAFOR+TUNDE:A:1'SSD+9B'",
        lambda m: [(full(one), one.placeholder, one.seats) for one in m.travellers],
        [("OKAFOR/TUNDE", False, ("9B",))],
    ),
    *(
        Case(
            f"10 TBA and {given or 'nothing'}: {reason}",
            f"{RCI}TIF+TBA+{given}:A:1'",
            lambda m: _first(m).placeholder,
            placeholder,
        )
        for given, placeholder, reason in [
            ("AHMED", False, "a person named Tba"),
            ("BO", False, "two letters are a name"),
            ("AHMED MR", False, "a name with its title"),
            ("C", True, "one letter tells placeholders apart"),
            ("MR", True, "nothing but a title"),
            ("TBA", True, "to be announced twice"),
            ("", True, "nothing"),
        ]
    ),
    Case(
        "10 two of one name behind their segment are two",
        f"{RCI}{SEGMENT}TIF+LI+WEI:A:1'TIF+LI+WEI:A:2'TIF+LI+WEI:A:2'",
        people,
        ["LI/WEI", "LI/WEI"],
    ),
    Case(
        "10 one of another reference on another flight is one",
        f"{RCI}TIF+LI+WEI:A:1'{SEGMENT}TIF+LI+WEI:A:7'{SEGMENT}TIF+LI+WEI:A:7'",
        people,
        ["LI/WEI"],
    ),
    Case(
        "10 two in one TIF without given names are two",
        f"{RCI}TIF+SMITH+:A:1+:A:2'",
        people,
        ["SMITH", "SMITH"],
    ),
    Case(
        "10 an empty TIF costs the one before nothing",
        f"{RCI}{TIF}TIF+'{OTHERS}{SEGMENT}",
        lambda m: (_held(m), set(codes(m))),
        ([SALMAS, NOBODYS], {"NAME_MISSING"}),
    ),
    Case(
        "10 a reference of two travellers means neither: place and name decide, and it is told",
        f"{RCI}{TIF}TIF+ALAMI+OMAR:A:1'{SHARED}{PASSPORT}{SEGMENT}"
        "SSR+SEAT:HK:1:ZV:::CMN:VIE+12C::1'TRI++1:::1'SSD+13C'",
        lambda m: (_held(m), [one.seats for one in m.travellers], set(codes(m))),
        (
            [SALMAS, ("ALAMI/OMAR", "1984-03-10", ["ZZ2222222", "AB123456"], *OMARS[3:])],
            [(), ()],
            {"REFERENCE_UNKNOWN", "NO_OWNER"},
        ),
    ),
    Case(
        "10 services in group 1 of one of several travellers are told",
        f"{RCI}SSR+FOID:HK:1:ZV:::::PPAB123456'SSR+FQTV:HK:1:ZV:::::ZV123456789'SSR+CHLD:HK:1:ZV:::::10MAR20'{TIF}"
        f"{OTHER}{SEGMENT}",
        lambda m: (_held(m), ["3 in this" in p.says for p in m.problems if p.code == "REFERENCE_UNKNOWN"]),
        ([SALMAS, ("OKAFOR/TUNDEMR", *SALMAS[1:])], [True]),
    ),
    Case(
        "10 a ticket with a reference nobody has is not the only traveller's",
        f"{RCI}{TIF}{SEGMENT}SSR+TKNE:HK:1:ZV:::CMN:VIE:1472345678901C1+::3'",
        lambda m: (_first(m).tickets, codes(m)),
        ((), ["REFERENCE_UNKNOWN"]),
    ),
    *(
        Case(
            f"10 an infant in INFT: {text or 'nothing'}",
            f"{RCI}TIF+BENALI+SALMA:A:1'SSR+INFT:HK:1:ZV:::CMN:VIE:{text}+::1'",
            lambda m: ([(full(one), one.birth_date) for one in m.travellers[1:]], codes(m), len(m.removals)),
            (named, told, removed),
        )
        for text, named, told, removed in [
            ("BENALI/ADAM 15APR26", [("BENALI/ADAM", "2026-04-15")], ["TRAVELLER_ADDED"], 0),
            ("BENALI/ADAM KARIM 15APR26", [("BENALI/ADAM KARIM", "2026-04-15")], ["TRAVELLER_ADDED"], 0),
            ("BENALI/ADAM KARIM", [("BENALI/ADAM KARIM", None)], ["TRAVELLER_ADDED"], 0),
            ("BENALI/ADAM MSTR 15APR26", [("BENALI/ADAM", "2026-04-15")], ["TRAVELLER_ADDED"], 0),
            ("BENALI/ADAM (INF) 15APR26", [("BENALI/ADAM", "2026-04-15")], ["TRAVELLER_ADDED"], 0),
            (".BENALI/ADAM 15APR26", [("BENALI/ADAM", "2026-04-15")], ["TRAVELLER_ADDED"], 0),
            ("/BENALI/ADAM/15APR26", [("BENALI/ADAM", "2026-04-15")], ["TRAVELLER_ADDED"], 0),
            ("BENALI/ADAM 15APR26 NEEDS MILK", [("BENALI/ADAM", "2026-04-15")], ["TRAVELLER_ADDED"], 1),
            ("BENALI/ADAM NEEDS WARM MILK DAILY", [("BENALI/ADAM", None)], ["TRAVELLER_ADDED"], 1),
            ("BENALI ADAM 15APR26", [("BENALI ADAM", "2026-04-15")], ["FIELD_UNPLACED", "TRAVELLER_ADDED"], 0),
            ("NEEDS WARM MILK DAILY", [], ["FIELD_UNPLACED"], 1),
            ("", [], [], 0),
        ]
    ),
    Case("10 two of one name are two", f"{RCI}TIF+LEE+MIN:A:1'TIF+LEE+MIN:A:2'", people, ["LEE/MIN", "LEE/MIN"]),
    Case("10 a TIF sent twice is one", f"{RCI}{TIF}{TIF}", people, ["BENALI/SALMAMRS"]),
    # 11
    Case(
        "11 without document",
        RCI + TIF + _docs("//////05FEB53/F//BENALI/SALMA"),
        lambda m: (_first(m).birth_date, _first(m).sex, _documents(m)),
        ("1953-02-05", "F", []),
    ),
    Case(
        "11 shifted by one field",
        RCI + TIF + _docs("//P/USA/ZZ1234567/USA/10MAR84/F/14FEB31/BENALI/SALMA"),
        lambda m: (_documents(m), _first(m).birth_date, codes(m, "note").count("FIELD_MOVED")),
        ([("P", "USA", "ZZ1234567", "2031-02-14")], "1984-03-10", 1),
    ),
    Case(
        "11 States in two letters",
        RCI + TIF + _docs("/P/CO/ZZ1/DE/10MAR84/F/14FEB31/BENALI/SALMA"),
        lambda m: (_documents(m)[0][1], _first(m).nationality),
        ("COL", "DEU"),
    ),
    Case(
        "11 given name with a slash behind it",
        RCI + TIF + _docs("/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA/"),
        people,
        ["BENALI/SALMA"],
    ),
    Case(
        "11 two persons' DOCS under one TIF",
        f"{RCI}{TIF}{DOCS}{_docs('/P/NGA/ZZ2/NGA/01MAR84/M/14FEB31/OKAFOR/TUNDE')}{OTHER}",
        _numbers,
        [["ZZ1234567"], ["ZZ2"]],
    ),
    Case(
        "11 two persons' DOCS under one TIF, the second has none",
        f"{RCI}{TIF}{DOCS}{_docs('/P/NGA/ZZ2/NGA/01MAR84/M/14FEB31/OKAFOR/TUNDE')}",
        lambda m: (people(m), _numbers(m), codes(m)),
        (["BENALI/SALMA NOUR", "OKAFOR/TUNDE"], [["ZZ1234567"], ["ZZ2"]], ["TRAVELLER_ADDED"]),
    ),
    Case(
        "11 a document of another name goes where it was sent",
        RCI + TIF + _docs("/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/ALAMI/SELMA"),
        lambda m: (people(m), len(_first(m).names), codes(m)),
        (["ALAMI/SELMA"], 3, ["DOCUMENT_NAME"]),
    ),
    Case(
        "11 several documents, citizenship in the second",
        f"{RCI}{TIF}{_docs('/P/FRA/ZZ1//10MAR84/F/14FEB31/BENALI/SALMA')}{_docs('/I/MAR/ZZ2/MAR/10MAR84/F//BENALI/SALMA')}",
        lambda m: (_numbers(m), _first(m).nationality),
        ([["ZZ1", "ZZ2"]], "MAR"),
    ),
    Case(
        "11 two nationalities",
        f"{RCI}{TIF}{_docs('/P/FRA/ZZ1/FRA/10MAR84/F/14FEB31/BENALI/SALMA')}{_docs('/P/MAR/ZZ2/MAR/10MAR84/F//BENALI/SALMA')}",
        lambda m: (_first(m).nationality, _first(m).nationalities),
        ("FRA", ("FRA", "MAR")),
    ),
    Case("11 the same document twice is one", RCI + TIF + DOCS + SEGMENT + DOCS, _numbers, [["ZZ1234567"]]),
    Case(
        "11 a stray element",
        RCI + TIF + _docs("/P/MAR/ZZ1234567/0/10MAR84/F/14FEB31/BENALI/SALMA"),
        lambda m: (_documents(m), _first(m).nationality),
        ([("P", "MAR", "ZZ1234567", "2031-02-14")], None),
    ),
    Case(
        "11 type of document left out",
        RCI + TIF + _docs("//MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA"),
        _documents,
        [(None, "MAR", "ZZ1234567", "2031-02-14")],
    ),
    Case(
        "11 text cut",
        f"{RCI}TIF+VANDENBERG+KEVINMICHAEL:A:1'{_docs('/P/USA/ZZ1/USA/04JUL80/M/12JAN31/VANDENBERG/KEVIN/MICH')}",
        lambda m: (_numbers(m), codes(m)),
        ([["ZZ1"]], []),
    ),
    Case(
        "11 an action code before the text", RCI + TIF + DOCS.replace("::::/P", "::::HK1/P"), _numbers, [["ZZ1234567"]]
    ),
    Case(
        "11 no reference: by name",
        f"{RCI}{TIF}{OTHER}{SEGMENT}{DOCS.replace('+::1', '')}",
        _numbers,
        [["ZZ1234567"], []],
    ),
    Case(
        "11 a reference nobody has: by name",
        f"{RCI}{TIF}{OTHER}{SEGMENT}{DOCS.replace('+::1', '+::9')}",
        _numbers,
        [["ZZ1234567"], []],
    ),
    Case(
        "11 DOCS that fits nobody is somebody",
        f"{RCI}{DOCS.replace('+::1', '')}{OTHER}{SEGMENT}",
        lambda m: (people(m), codes(m)),
        (["OKAFOR/TUNDEMR", "BENALI/SALMA NOUR"], ["TRAVELLER_ADDED"]),
    ),
    Case(
        "11 a name that a line fold broke",
        f"{RCI}TIF+TESTSURNAME+SALMA:A:1'{OTHER}{_docs('/P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/TESTSUR NAME/SALMA', '')}",
        _numbers,
        [["ZZ1"], []],
    ),
    Case(
        "11 visa, redress number and address",
        f"{RCI}{TIF}SSR+DOCO:HK:1:ZV:::::CASABLANCA/V/V1234567/RABAT/14MAR26/AUT+::1'"
        "SSR+DOCO:HK:1:ZV:::::/R/2233445+::1'SSR+DOCA:HK:1:ZV:::::/D/AUT/5 EXAMPLE STREET/VIENNA//1010+::1'",
        lambda m: (
            [(d.type, d.number, d.issuer, d.issued) for d in _first(m).documents],
            _first(m).government_references,
            [(a.kind, a.country, a.lines) for a in _first(m).addresses],
            _first(m).birth_place,
        ),
        (
            [("V", "V1234567", "AUT", "2026-03-14")],
            ("2233445",),
            [("destination", "AUT", ("5 EXAMPLE STREET", "VIENNA", "1010"))],
            "CASABLANCA",
        ),
    ),
    Case(
        "11 an exact name beats the place among names that begin alike",
        RCI + MIN + _lee("ZZ2", "MINHO") + MINHO,
        _of_whom,
        (["LEE/MIN", "LEE/MINHO"], [[], ["ZZ2"]], []),
    ),
    Case(
        "11 an exact name beats the reference of a name that begins alike",
        RCI + MIN + MINHO + _lee("ZZ2", "MINHO", "+::1"),
        _of_whom,
        (["LEE/MIN", "LEE/MINHO"], [[], ["ZZ2"]], ["DOCUMENT_NAME"]),
    ),
    Case(
        "11 an exact name beats the reference of a stranger",
        f"{RCI}{TIF}{OTHER}{_docs('/P/NGA/ZZ2/NGA/01MAR84/M/14FEB31/OKAFOR/TUNDE', '+::1')}",
        _of_whom,
        (["BENALI/SALMAMRS", "OKAFOR/TUNDE"], [[], ["ZZ2"]], ["DOCUMENT_NAME"]),
    ),
    Case(
        "11 a reference is believed where several bear the name",
        f"{RCI}{TIF}{MIN.replace(':1', ':3')}{MIN_TOO}{_lee('ZZ2', 'MIN', '+::1')}",
        lambda m: (_numbers(m), codes(m)),
        ([["ZZ2"], [], []], ["DOCUMENT_NAME"]),
    ),
    Case(
        "11 references tell travellers of one name apart, whatever comes first",
        RCI + MIN + MIN_TOO + _lee("ZZ1", "MIN") + _lee("ZZ2", "MIN", "+::1", "01JAN90"),
        _of_whom,
        (["LEE/MIN", "LEE/MIN"], [["ZZ2"], ["ZZ1"]], []),
    ),
    Case(
        "11 places tell travellers of one name apart",
        RCI + MIN + _lee("ZZ1", "MIN") + MIN_TOO + _lee("ZZ2", "MIN", "", "01JAN90"),
        _of_whom,
        (["LEE/MIN", "LEE/MIN"], [["ZZ1"], ["ZZ2"]], []),
    ),
    Case(
        "11 nothing tells travellers of one name apart: told, and the birth date keeps one's documents together",
        f"{RCI}{MIN}{MIN_TOO}{SEGMENT}{_lee('ZZ1', 'MIN')}{_lee('ZZ2', 'MIN', '', '01JAN90')}{_lee('ZZ3', 'MIN')}",
        _of_whom,
        (["LEE/MIN", "LEE/MIN"], [["ZZ1", "ZZ3"], ["ZZ2"]], ["DOCUMENT_NAME"]),
    ),
    *(
        Case(
            f"11 another {what} is another person: {where}",
            f"{RCI}{MIN}{_lee('ZZ1', 'MIN', reference)}{_lee('ZZ2', 'MIN', reference, birth, sex)}",
            _of_whom,
            (["LEE/MIN", "LEE/MIN"], [["ZZ1"], ["ZZ2"]], ["TRAVELLER_ADDED"]),
        )
        for what, birth, sex in [("birth date", "11MAR84", "F"), ("sex", "10MAR84", "M")]
        for where, reference in [("same reference", "+::1"), ("same place", "")]
    ),
    *(
        Case(
            f"11 one person: {reason}",
            f"{RCI}{MIN}{_lee('ZZ1', 'MIN', '+::1')}{_lee('ZZ2', 'MIN', '+::1', birth, sex)}",
            lambda m: (_numbers(m), [code for code in codes(m) if code == "TRAVELLER_ADDED"]),
            ([["ZZ1", "ZZ2"]], []),
        )
        for birth, sex, reason in [
            ("00MAR84", "F", "a birth date without day"),
            ("10MAR1984", "F", "a birth date with century"),
            ("", "", "a document that says neither"),
            ("10MAR84", "X", "a sex that is not said"),
        ]
    ),
    Case(
        "11 a reference nobody has is told, and the name decides",
        f"{RCI}{TIF}{OTHER}{SEGMENT}{DOCS.replace('+::1', '+::9')}",
        lambda m: (_numbers(m), codes(m)),
        ([["ZZ1234567"], []], ["REFERENCE_UNKNOWN"]),
    ),
    Case(
        "11 a visa and an address with a reference to a traveller who comes later",
        f"{RCI}{TIF}SSR+DOCO:HK:1:ZV:::::{VISA}+::2'SSR+DOCA:HK:1:ZV:::::R/AUT/RING 1+::2'{OTHER}",
        lambda m: [([d.number for d in o.documents], o.birth_place, o.residence) for o in m.travellers],
        [([], None, None), (["V1234567"], "TEMARA", "AUT")],
    ),
    Case(
        "11 other services with a reference to a traveller who comes later",
        f"{RCI}{TIF}SSR+FQTV:HK:1:ZV:::::0093789865+::2'{OTHER}",
        lambda m: [one.loyalty for one in m.travellers],
        [(), ("ZV:0093789865",)],
    ),
    Case(
        "11 an infant's visa and address under the adult",
        f"{RCI}{TIF}{DOCS}{_docs(INFANT)}SSR+DOCO:HK:1:ZV:::::{VISA}/I+::1'SSR+DOCA:HK:1:ZV:::::R/AUT/RING 1////I+::1'",
        lambda m: [([d.number for d in o.documents], o.birth_place, o.residence) for o in m.travellers],
        [(["ZZ1234567"], None, None), (["ZZ1234600", "V1234567"], "TEMARA", "AUT")],
    ),
    Case(
        "11 a visa of an infant whom nothing shows is nobody's",
        f"{RCI}{TIF}SSR+DOCO:HK:1:ZV:::::{VISA}/I+::1'",
        lambda m: (_numbers(m), _first(m).birth_place, codes(m)),
        ([[]], None, ["REFERENCE_UNKNOWN"]),
    ),
    Case(
        "11 a visa and an address with a reference nobody has, under a traveller without one: told",
        f"{RCI}TIF+BENALI+SALMA'SSR+DOCO:HK:1:ZV:::::{VISA}+::9'SSR+DOCA:HK:1:ZV:::::R/AUT/RING 1+::9'{OTHER}",
        lambda m: (_numbers(m), _first(m).residence, codes(m)),
        ([["V1234567"], []], "AUT", ["REFERENCE_UNKNOWN"]),
    ),
    Case(
        "11 a visa and an address with a reference nobody has, under a traveller of another: not that one's",
        f"{RCI}{TIF}SSR+DOCO:HK:1:ZV:::::{VISA}+::9'SSR+DOCA:HK:1:ZV:::::R/AUT/RING 1+::9'{OTHER}",
        lambda m: (_numbers(m), _first(m).residence, [a.lines for a in m.bookings[0].addresses], codes(m)),
        ([[], []], None, [("RING 1",)], ["REFERENCE_UNKNOWN"]),
    ),
    Case(
        "11 a visa and an address with a reference nobody has, elsewhere: told, the address is the booking's",
        f"{RCI}{TIF}{OTHER}{SEGMENT}SSR+DOCO:HK:1:ZV:::::{VISA}+::9'SSR+DOCA:HK:1:ZV:::::R/AUT/RING 1+::9'",
        lambda m: (_numbers(m), [a.lines for a in m.bookings[0].addresses], codes(m)),
        ([[], []], [("RING 1",)], ["REFERENCE_UNKNOWN"]),
    ),
    # 12
    *(
        Case(f"12 {name}", f"{RCI}{TIF}{text}", _contacts, [expected])
        for name, text, expected in [
            ("e-mail in IFT", "IFT+4:28::YY+CTCE SALMA.BENALI//EXAMPLE.ORG'", ("email", "SALMA.BENALI@EXAMPLE.ORG")),
            (
                "e-mail with underscore",
                "IFT+4:28+CTCE SALMA..BENALI//EXAMPLE.ORG'",
                ("email", "SALMA_BENALI@EXAMPLE.ORG"),
            ),
            ("e-mail with hyphen", "IFT+4:28+CTCE SALMA./BENALI//EXAMPLE.ORG'", ("email", "SALMA-BENALI@EXAMPLE.ORG")),
            ("e-mail with a released +", "IFT+4:28+CTCE SALMA?+50B//EXAMPLE.ORG'", ("email", "SALMA+50B@EXAMPLE.ORG")),
            ("name behind the e-mail", "IFT+4:28+CTCE S.B//EXAMPLE.ORG SALMA BENALI'", ("email", "S.B@EXAMPLE.ORG")),
            ("carrier before it", "IFT+4:28+EK CTCE S.B//EXAMPLE.ORG'", ("email", "S.B@EXAMPLE.ORG")),
            ("e-mail in SSR", "SSR+CTCE:HK:1:ZV:::::SALMA..B//EXAMPLE.ORG+::1'", ("email", "SALMA_B@EXAMPLE.ORG")),
            ("e-mail in LTS line", "ADD++E:::::::S.B@EXAMPLE.ORG'", ("email", "S.B@EXAMPLE.ORG")),
            ("CTCM in SSR", "SSR+CTCM:HK:1:ZV:::::212600000001/EN+::1'", ("telephone", "212600000001")),
            ("CTC M in ADD", "ADD++700:::::::EK CTC M 212600000001'", ("telephone", "212600000001")),
            ("CTCH", "IFT+4:28::YY+CTCH 212600000001'", ("telephone", "212600000001")),
            ("CTCT with the agency", "IFT+4:28+CTCT SEA 866 746-4647 EXAMPLE TRAVEL'", ("telephone", "866 746-4647")),
            ("CTCP", "IFT+4:28+CTCP CMN1800 002 5200 TOLL FREE'", ("telephone", "1800 002 5200")),
            ("CTCB", "IFT+4:28+CTCB CMN 522 000 111 B'", ("telephone", "522 000 111")),
            ("CTCF", "IFT+4:28+CTCF 212522000111'", ("fax", "212522000111")),
            ("number in ADD", "ADD++702:4 RUE EXEMPLE:TEMARA:::MA::212500000000'", ("telephone", "212500000000")),
            ("number with a letter in ADD", "ADD++700:::::::H5555551212 '", ("telephone", "5555551212")),
        ]
    ),
    Case(
        "12 e-mail in LTS is part of the history",
        f"{RCI}{TIF}{SEGMENT}LTS+0/A/APE/SALMA..B//EXAMPLE.ORG'",
        lambda m: [(c.action, c.what, c.value) for c in m.bookings[0].changes],
        [("added", "contact", "SALMA_B@EXAMPLE.ORG")],
    ),
    Case(
        "12 a number that a spreadsheet damaged",
        f"{RCI}ADD++700:4 RUE EXEMPLE:TEMARA:::MA::0.086886196478164'{TIF}",
        lambda m: (_contacts(m), m.bookings[0].addresses[0].lines, codes(m), m.removals),
        ([], ("4 RUE EXEMPLE", "TEMARA"), ["NUMBER_DAMAGED"], ()),
    ),
    Case("12 a number that is none", f"{RCI}ADD++700:4 RUE:TEMARA:::MA::CALL ME'{TIF}", _contacts, []),
    Case(
        "12 address of the computer, locator elsewhere",
        f"{RCI}IFT+4:28+AA 1A-IP ADDRESS OF THE BOOKING 198.51.100.7'IFT+4:28+ZV RLOC CMN1SYDIXXZ'{TIF}",
        lambda m: (_contacts(m), m.bookings[0].locators),
        ([("other", "IP 198.51.100.7")], ("ZV:Q7TX2B", "1S:YDIXXZ")),
    ),
    Case(
        "12 frequent flyer in FTI and SSR",
        f"{RCI}{TIF}FTI+ZV:0093789865:::ELITE'SSR+FQTV:HK:1:AF:::::2012345678+::1'",
        lambda m: _first(m).loyalty,
        ("ZV:0093789865", "AF:2012345678"),
    ),
    # 13
    *(
        Case(
            f"13 seat {name}",
            f"{RCI}{TIF}{OTHER}{SEGMENT}{text}",
            lambda m: [one.seats for one in m.travellers],
            expected,
        )
        for name, text, expected in [
            ("by reference", "SSR+SEAT:HK:2:ZV:::CMN:VIE+6B::1+6C::2'", [("6B",), ("6C",)]),
            ("with an empty element before it", "SSR+SEAT:HK:2:ZV:::CMN:VIE++6B::1+6C::2'", [("6B",), ("6C",)]),
            ("padded with zeros", "SSR+NSST:HK:001:YY:::SFO:IAD:UA 0226 +074E::1'", [("074E",), ()]),
            ("with and without zeros is one", "SSR+SEAT:HK:1:ZV:::CMN:VIE+39G::1'TRI++1:::1'SSD+039G'", [("39G",), ()]),
            ("XXX is none", "SSR+SEAT:HK:2:ZV:::CMN:VIE+XXX::1+1A::2'", [(), ("1A",)]),
            ("list without reference, in order", "SSR+SEAT:DK:2:ZV:::CMN:VIE:.03BN03AN'", [("03B",), ("03A",)]),
            ("fewer than travellers, without reference", "SSR+SEAT:DK:2:ZV:::CMN:VIE:.03BN'", [(), ()]),
            ("without reference, in order", "SSR+SEAT:HK:2:ZV:::CMN:VIE+6B+6C'", [("6B",), ("6C",)]),
        ]
    ),
    Case(
        "13 seat in LTS",
        f"{RCI}{TIF}{SEGMENT}LTS+3/A/SR/SSR SEATZVHK1 12C'LTS+4/X/SR/SSR RQSTZVHK1/12C'",
        lambda m: [(c.action, c.what, c.value) for c in m.bookings[0].changes],
        [("added", "seat", "12C"), ("removed", "seat", "12C")],
    ),
    Case(
        "13 services before the travellers they are for",
        f"{RCI}SSR+SEAT:HK:1:ZV:::CMN:VIE+6B::2'SSR+CTCM:HK:1:ZV:::::212600000001+::2'{TIF}{OTHER}",
        lambda m: [(one.seats, [contact.value for contact in one.contacts]) for one in m.travellers],
        [((), []), (("6B",), ["212600000001"])],
    ),
    Case(
        "13 services before the only traveller, without reference",
        f"{RCI}SSR+FQTV:HK:1:ZV:::::0093789865'SSR+UMNR:HK:1:ZV:::::UM09'{TIF}",
        lambda m: (_first(m).loyalty, _first(m).protections, m.bookings[0].services),
        (("ZV:0093789865",), ("UMNR",), ("UMNR",)),
    ),
    # 14
    *(
        Case(
            f"14 bags {name}",
            f"{RCI}{TIF}{SEGMENT}TRI++1:::1'{TIF}{text}",
            lambda m: (
                _first(m).bags,
                _first(m).bag_weight,
                [(t.first, t.count, t.destination) for t in _first(m).bag_tags],
            ),
            expected,
        )
        for name, text, expected in [
            (
                "of a member of a pool",
                "TBD++2:34:700++MP+618:1026000001:2:MPM+618:1026000004:1:MPM'",
                (2, "34KGM", [("1026000001", 2, "MPM"), ("1026000004", 1, "MPM")]),
            ),
            (
                "of the head of a pool, in pounds",
                "TBD++01:46:701++HP+ZV:0847::VIE:006'",
                (1, "46LBR", [("ZV0847", 1, "VIE")]),
            ),
            (
                "with blanks in the tag",
                "TBD++1:29:700++MP+618: 0000290138:1:SIN'",
                (1, "29KGM", [("0000290138", 1, "SIN")]),
            ),
            ("without unit", "TBD++1:29:702'", (1, "29", [])),
            ("of no weight", "TBD++1:0:700'", (1, None, [])),
            ("none", "TBD++0'", (0, None, [])),
        ]
    ),
    Case(
        "14 bags of the connecting leg before the border leg",
        f"{RCI}{TIF}TVL+221126:2100::2200+RAK+CMN+ZV+9:B'TRI++1:::1'{TIF}TBD++1:10:700'{SEGMENT}TRI++1:::1'{TIF}TBD++2:20:700'",
        lambda m: (_first(m).bags, _first(m).bag_weight),
        (2, "20KGM"),
    ),
    Case(
        "14 bags only on the connecting leg",
        f"{RCI}{TIF}TVL+221126:2100::2200+RAK+CMN+ZV+9:B'TRI++1:::1'{TIF}TBD++1:10:700'{SEGMENT}",
        lambda m: (_first(m).bags, _first(m).bag_weight),
        (1, "10KGM"),
    ),
    Case(
        "14 bags behind a code-share pair",
        f"{RCI}{TIF}TVL+231126:0540:231126:0950+CMN+VIE+UA:ZV+8749:B'TVL+++++0412:M'TRI++1:::1'{TIF}TBD++1:10:700'",
        lambda m: (_first(m).bags, _first(m).embarks),
        (1, "CMN"),
    ),
    # 15
    Case(
        "15 IFT where the guide has none",
        f"{RCI}{TIF}TKT+1472345678901:T:1'DAT+710:061126'IFT+4:28+ONE'IFT+4:28+TWO'FOP+CA::10'IFT+4:28+XX'{DOCS}",
        lambda m: (people(m), _first(m).tickets, m.bookings[0].payment),
        (["BENALI/SALMA NOUR"], ("1472345678901",), ("CA",)),
    ),
    Case(
        "15 who pays",
        f"{RCI}{TIF}FOP+CC:::VI:XXXXXXXX1186:0211'IFT+4:43+OMAR ALAMI+22 EXAMPLE STREET RABAT+2125000000'",
        lambda m: (m.bookings[0].payment, [(a.kind, a.lines) for a in m.bookings[0].addresses]),
        (("CC:VI",), [("billing", ("OMAR ALAMI", "22 EXAMPLE STREET RABAT", "2125000000"))]),
    ),
    *(
        Case(f"15 payment {text}", f"{RCI}{TIF}FOP+{text}'", lambda m: m.bookings[0].payment, expected)
        for text, expected in [
            ("MS::100.00", ("MS",)),
            ("MS+CC:::VI:XXXX1186", ("MS", "CC:VI")),
            ("CC::800.00:AX:372395XXXXX9581:0318", ("CC:AX",)),
            ("CA::1999.99", ("CA",)),
        ]
    ),
    Case("15 ticketless", f"{RCI}{TIF}TKT+:700'", lambda m: (_first(m).tickets, codes(m)), ((), [])),
    Case(
        "15 tickets with coupons, of the adult and the infant",
        f"{RCI}{TIF}{_docs(INFANT)}{SEGMENT}SSR+TKNE:HK:1:ZV:::CMN:VIE:.1472345678901C1+::1'"
        "SSR+TKNE:HK:1:ZV:::CMN:VIE:INF1472345678902C1+::1'SSR+TKNE:HK:1:ZV:::CMN:VIE:1472345678901C1'",
        lambda m: [one.tickets for one in m.travellers],
        [("1472345678901C1",), ("1472345678902C1",)],
    ),
    Case(
        "15 ticket in words",
        f"{RCI}{TIF}{SEGMENT}SSR+TKNE::::::::TKT NBR 1472345678901 20FEB26 E SALMABENALI'",
        lambda m: _first(m).tickets,
        ("1472345678901",),
    ),
    Case(
        "15 history without times",
        f"{RCI}{TIF}{SEGMENT}ABI+1+:LHRRR+LON++ZV'DAT+ZT:071126:1010'SAC+++X'"
        "IFT+4:19+ F 28MAY26 CMN VIE 0540 0950 ZV 412 HK SFLY'TVL+280526::290526+CMN+VIE+ZV+0412:S'RPI+1+HK'",
        lambda m: [(c.at, c.action, c.what, c.value, c.by) for c in m.bookings[0].changes],
        [("2026-11-07T10:10Z", "removed", "segment", "ZV412 CMN-VIE 2026-05-28", "ZV/LON/LHRRR")],
    ),
    Case(
        "15 history of names, seats, bags and tickets",
        f"{RCI}{TIF}{SEGMENT}ABI+4++++ZV'SAC+++X'TIF+OKAFOR+TUNDE:A:2'SAC+++A'SSR+SEAT:HK:1:ZV:::CMN:VIE+15A::1'"
        "SAC+++A'TBD++1:20:700'SAC+++C'SSR+TKNE:HK:1:ZV:::CMN:VIE:1472345678901C1'",
        lambda m: ([(c.action, c.what, c.value) for c in m.bookings[0].changes], people(m)),
        (
            [
                ("removed", "name", "OKAFOR/TUNDE"),
                ("added", "seat", "SEAT 15A"),
                ("added", "bag", "1 20KGM"),
                ("C", "ticket", "TKNE 1472345678901C1"),
            ],
            ["BENALI/SALMAMRS"],
        ),
    ),
    *(
        Case(
            f"15 a passport in the history: {reason}",
            f"{RCI}{TIF}{SEGMENT}{entries}",
            lambda m: ([full(one) for one in m.travellers], [c.action for c in m.bookings[0].changes]),
            (["BENALI/SALMAMRS", *others], actions),
        )
        for entries, others, actions, reason in [
            (ADDED + REMOVED, [], ["added", "removed"], "added and removed"),
            (REMOVED + ADDED, ["ALAMI/OMAR"], ["removed", "added"], "removed and added"),
            (ADDED, ["ALAMI/OMAR"], ["added"], "added"),
            (LATER + REMOVED + EARLIER + ADDED, [], ["removed", "added"], "added and removed, the newest first"),
            (
                LATER + ADDED + EARLIER + REMOVED,
                ["ALAMI/OMAR"],
                ["added", "removed"],
                "removed and added, newest first",
            ),
            (ADDED + REMOVED.replace("OMAR", "ADAM"), ["ALAMI/OMAR"], ["added", "removed"], "another's removed"),
        ]
    ),
    *(
        Case(
            f"15 what was is not what is: {reason}",
            f"{RCI}{TIF}{SEGMENT}ABI+1++++ZV'SAC+++X'{entry}",
            lambda m: (
                (_first(m).seats, m.bookings[0].payment, m.bookings[0].locators, _contacts(m), m.bookings[0].addresses),
                [(c.action, c.what, c.value) for c in m.bookings[0].changes],
            ),
            (((), (), ("ZV:Q7TX2B",), [], ()), changes),
        )
        for entry, changes, reason in [
            ("SSD+14D'", [("removed", "seat", "14D")], "a seat"),
            ("FOP+CC:::VI:XXXXXXXXXXXX1186'", [], "a payment"),
            ("RCI+KL:OLDLOC'", [], "a locator"),
            (
                "ADD++700:4 RUE EXEMPLE:TEMARA:::MA::212500000000'",
                [("removed", "contact", "212500000000")],
                "an address with its telephone",
            ),
        ]
    ),
    Case(
        "15 lines of the host",
        f"{RCI}{TIF}{SEGMENT}LTS+0/O/NM/BENALI/SALMAMRS'LTS+0/O/SS/ZV 412 E 23NOV 1 CMNVIE LK1 0540 0950/LK /CAB Y'"
        "LTS+14/A/SR/SSR DOCSZVHK1 P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA'LTS+14/Z/SELRMKE 210921 CR-CMN'",
        lambda m: [(c.action, c.what, c.value) for c in m.bookings[0].changes],
        [
            ("O", "name", "BENALI/SALMAMRS"),
            ("O", "segment", "ZV 412 E 23NOV 1 CMNVIE LK1 0540 0950"),
            ("added", "document", "SSR DOCSZVHK1 P/MAR/ZZ1/MAR/10MAR84/F/14FEB31/BENALI/SALMA"),
        ],
    ),
    Case(
        "15 text that looks like segments",
        f"{RCI}{TIF}IFT+4:28::YY+CTCE SALMA.UUNT?+50B//EXAMPLE.ORG'{DOCS}",
        lambda m: (people(m), _contacts(m)),
        (["BENALI/SALMA NOUR"], [("email", "SALMA.UUNT+50B@EXAMPLE.ORG")]),
    ),
    Case(
        "15 lines that are no segments",
        f"{RCI}{TIF}\r\nL\r\nLT\r\nS C\r\n'{DOCS}",
        lambda m: people(m),
        ["BENALI/SALMA NOUR"],
    ),
]


@pytest.mark.parametrize("case", [*FAULTS, *CASES], ids=lambda case: case.name)
def test_a_deviation_costs_nothing_more_than_itself(case: Case) -> None:
    message = read_one(case.text if case.text.startswith("UN") else whole("SRC'" + case.text))
    assert case.seen(message) == case.expected


def test_a_second_head_behind_a_booking_is_that_of_another_flight() -> None:
    other = HEAD.replace("0412", "0500").replace("VIE", "FRA")
    text = whole(f"SRC'{RCI}{TIF}{SEGMENT}{other}SRC'RCI+ZV:Q8TX2B'TIF+BENNANI+SARAMRS:A:1'")
    first, second = messages.read(text.encode(), AS_OF)
    assert [[leg.number for leg in found.journeys[0].legs] for found in (first, second)] == [["412"], ["500"]]
    assert [people(found) for found in (first, second)] == [["BENALI/SALMAMRS"], ["BENNANI/SARAMRS"]]
    assert [len(found.bookings[0].segments) for found in (first, second)] == [1, 0]
    assert [codes(found) for found in (first, second)] == [["TRUNCATED"], ["HEADER_MISSING"]]


def test_every_deviation_has_its_case() -> None:
    assert {case.name.split()[0] for case in [*FAULTS, *CASES]} == {str(number) for number in [0, *range(7, 16)]}
    assert len({case.name for case in [*FAULTS, *CASES]}) == len(FAULTS) + len(CASES)
