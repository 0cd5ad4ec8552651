"""What a later message leaves out, changes or takes back: a table for each rule of the best view, by its number on the
page about the state of a journey."""

import re
import time
from typing import Any

import msgspec
import pytest

from tests.conftest import ROOT
from tests.journeys.reservations import AS_OF, DOCS, FLIGHT, RCI, SEGMENT, TIF, whole
from tests.journeys.sending import message, named, person, pnr, state_of, statuses
from vigie import messages
from vigie.records import Contact, Document, Message, Name, Traveller

PAGE = (ROOT / "docs" / "reference" / "assembly.md").read_text(encoding="utf-8")
BARE = person("BENALI", "SALMA", source="TIF")
BORN = "1984-03-10"
SALMA = person(
    "BENALI", "SALMA", "ZZ1234567/MAR", birth_date="1984-03-10", sex="F", nationality="MAR", record_locator="AB12CD"
)
VERIFIED = msgspec.structs.replace(SALMA, verified=True)
VISA = Document(type="V", kind="visa", number="VV0000042", issuer="AUT")
FULL = Document(type="P", kind="passport", number="ZZ1234567", issuer="MAR", expires="2031-02-14")
SHORT = Document(type="P", kind="passport", number="ZZ1234567", issuer="MAR")


def _passport(number: str | None, issuer: str | None = "MAR", kind: Any = "passport") -> Document:
    return Document(type="P", kind=kind, number=number, issuer=issuer)


def _with(*documents: Document, **fields: Any) -> Traveller:
    born = {"birth_date": BORN} if documents else {}
    return msgspec.structs.replace(BARE, documents=documents, **{**born, **fields})


def _push(*travellers: Traveller, sent: str = "08:00", locator: str = "ABC123", **fields: Any) -> Message:
    return pnr((locator, travellers), sent=sent, **{"function": "141", **fields})


def _gone(*travellers: Traveller, sent: str = "10:00", locator: str = "ABC123") -> Message:
    return _push(*travellers, sent=sent, locator=locator, cancelled=(locator,))


def _new(*travellers: Traveller, sent: str = "09:00", **fields: Any) -> Message:
    return _push(*travellers, sent=sent, locator="NEW123", **fields)


_OLD, _OTHER = _with(_passport("ZZ1234567")), _with(_passport("ZZ7654321"))
_DOCS_NAME = Name(family="BENALI", given="SALMA NOUR", raw="BENALI/SALMA/NOUR", source="DOCS")
_BY_DOCS = msgspec.structs.replace(_OLD, name=_DOCS_NAME, names=(_DOCS_NAME, BARE.name))
_CALL = Contact(kind="telephone", value="212600000001")

CASES: list[tuple[int, tuple[Message, ...], dict[str, object], str]] = [
    # 1. verified
    (1, (message(VERIFIED), _push(_with(_passport("ZZ1234567"), birth_date="1984-03-11"), sent="10:00")),
     {"birth_date": BORN}, "a booking says otherwise than a verified list"),
    (1, (message(VERIFIED), _push(BARE, locator="AB12CD", sent="10:00")), {"nationality": "MAR", "sex": "F"},
     "a booking leaves it out"),
    # 2. partial dates
    (2, (_push(_OLD), _push(_with(birth_date="1984"), sent="09:00")), {"birth_date": "1984-03-10"}, "a year says less"),
    (2, (_push(_with(birth_date="1984")), _push(_OLD, sent="09:00")), {"birth_date": "1984-03-10"}, "a day says more"),
    # 3. verified itself
    (3, (message(VERIFIED), _push(BARE, locator="AB12CD", sent="10:00")), {"verified": True},
     "a booking says nothing of it"),
    # 4. what is only left out stays
    (4, (_push(_OLD), _push(BARE, sent="09:00")), {"documents": ["ZZ1234567"], "from": [0]}, "a booking without DOCS"),
    (4, (_push(_OLD, function="22"), _push(BARE, sent="09:00", function="22")), {"documents": ["ZZ1234567"]},
     "and when it is a full push"),
    (4, (_push(_OLD), _push(_OLD, sent="09:00", sender="2X"), _push(BARE, sent="10:00")),
     {"documents": ["ZZ1234567"], "from": [0]}, "of two senders, one leaves it out"),
    (4, (_push(_OLD), _push(_with(VISA), sent="09:00")), {"documents": ["VV0000042", "ZZ1234567"], "from": [1, 0]},
     "a visa displaces no passport"),
    (4, (_push(_with(_passport("ZZ1234567"), VISA)), _push(_OLD, sent="09:00")),
     {"documents": ["ZZ1234567", "VV0000042"], "from": [1, 0]}, "the visa is left out"),
    (4, (_push(_OLD), _push(_OTHER, sent="09:00")), {"documents": ["ZZ7654321"], "from": [1]},
     "another number of one kind and State"),
    (4, (_push(_OLD), _push(_with(_passport("ZZ7654321", None)), sent="09:00")), {"documents": ["ZZ7654321"]},
     "and where the State is not told"),
    (4, (_push(_OLD), _push(_with(_passport("FF1111111", "FRA")), sent="09:00")),
     {"documents": ["FF1111111", "ZZ1234567"], "from": [1, 0]}, "who has passports of two States"),
    (4, (_push(_OLD), _push(_with(_passport("DD1111111", "MAR", "diplomatic_passport")), sent="09:00")),
     {"documents": ["DD1111111", "ZZ1234567"]}, "a passport of another kind"),
    (4, (_push(_with(_passport("ZZ1234567"), _passport("ZZ7654321"))), _push(_OLD, sent="09:00")),
     {"documents": ["ZZ1234567", "ZZ7654321"]}, "of two of one kind, one is left out: nothing is in its place"),
    (4, (_push(_OLD), _push(_with(_passport(None)), sent="09:00")), {"documents": ["ZZ1234567"], "from": [0]},
     "a passport without its number says less"),
    (4, (_push(_with(_passport(None))), _push(_OLD, sent="09:00")), {"documents": ["ZZ1234567"], "from": [1]},
     "and with it more"),
    (4, (_push(_with(FULL)), _push(_with(SHORT), sent="09:00")), {"expires": ["2031-02-14"], "from": [1]},
     "the same document without its day of expiry"),
    (4, (message(SALMA), message(person("BENALI", "SALMA", birth_date="1984-03-10"), sent="10:00")),
     {"documents": ["ZZ1234567"], "from": [0]}, "a list without documents"),
    (4, (message(SALMA), _push(_OTHER, locator="AB12CD", sent="10:00")),
     {"documents": ["ZZ1234567", "ZZ7654321"], "from": [0, 1]}, "a booking displaces no document of a list"),
    (4, (_push(_with(_passport("ZZ1234567"), record_locator="AB12CD"), locator="AB12CD"), message(SALMA),
         _push(BARE, locator="AB12CD", sent="10:00")), {"documents": ["ZZ1234567"], "from": [1]},
     "in a list and a booking: shown as from the list"),
    (4, (_push(_with(contacts=(_CALL,), tickets=("7842836432717",), loyalty=("ZV:0093789865",))),
         _push(BARE, sent="09:00")),
     {"contacts": (_CALL,), "tickets": ("7842836432717",), "loyalty": ("ZV:0093789865",)}, "what else is several"),
    (4, (_push(_with(tickets=("7842836432717",))), _push(_with(tickets=("7842836432718",)), sent="09:00")),
     {"tickets": ("7842836432718",)}, "another ticket takes the place of the first"),
    (4, (_push(_with(government_references=("R1",), protections=("UMNR",))), _push(BARE, sent="09:00")),
     {"government_references": ("R1",), "protections": ("UMNR",)}, "a redress number, a minor alone"),
    (4, (_push(_OLD), _new(_OLD), _push(BARE, sent="10:00"), _new(BARE, sent="11:00")),
     {"documents": ["ZZ1234567"], "from": [0]}, "in two bookings, and both leave it out"),
    (4, (_push(_with(_passport("ZZ1234567"), tickets=("7842836432717",))),
         _new(_with(_passport("ZZ7654321"), tickets=("7842836432717",)))),
     {"documents": ["ZZ1234567", "ZZ7654321"], "from": [0, 1]}, "in two bookings that stand, each with its own"),
    # ... and fields of one value
    (0, (_push(_with(birth_date="1984-03-10", sex="F", nationality="MAR", residence="FRA")), _push(BARE, sent="09:00")),
     {"birth_date": "1984-03-10", "sex": "F", "nationality": "MAR", "residence": "FRA"}, "what DOCS and DOCA say"),
    (0, (_push(_with(seats=("12A",), bags=2, bag_weight="23KGM")), _push(BARE, sent="09:00")),
     {"seats": ("12A",), "bags": 2, "bag_weight": "23KGM"}, "seats and bags"),
    (0, (_push(_with(seats=("12A",), bags=2)), _push(_with(seats=("14C",), bags=0), sent="09:00")),
     {"seats": ("14C",), "bags": 0}, "another seat, and no bag: said, not left out"),
    (0, (message(msgspec.structs.replace(SALMA, seats=("12A",))), message(SALMA, sent="10:00")), {"seats": ("12A",)},
     "a list without seats"),
    (0, (message(SALMA), _push(BARE, locator="AB12CD", sent="10:00")),
     {"birth_date": "1984-03-10", "nationality": "MAR"}, "a booking has less than the list"),
    (0, (_push(_OLD), _push(_with(stateless=True), sent="09:00")), {"stateless": True, "nationality": None},
     "who is stateless has no nationality"),
    (0, (_push(_with(stateless=True)), _push(BARE, sent="09:00")), {"stateless": True}, "and it is left out"),
    # 5. names
    (5, (_push(_BY_DOCS), _push(BARE, sent="09:00")), {"name": _DOCS_NAME, "names": (BARE.name, _DOCS_NAME)},
     "the name of the document is left out"),
    (5, (_push(BARE), _push(_BY_DOCS, sent="09:00")), {"name": _DOCS_NAME}, "the name of a document is better"),
    # 6. bookings that are gone
    (6, (_push(_OLD), _new(_OLD), _gone()), {"record_locator": "NEW123", "documents": ["ZZ1234567"], "from": [1]},
     "one of two bookings is cancelled, with nobody in it"),
    (6, (_push(_OLD), _new(_OLD), _gone(BARE)), {"record_locator": "NEW123", "documents": ["ZZ1234567"]},
     "with the person in it, bare"),
    (6, (_new(_OLD, sent="08:00"), _push(_OLD, sent="09:00"), _gone(_OLD)),
     {"record_locator": "NEW123", "documents": ["ZZ1234567"], "from": [0]}, "the newer of the two is cancelled"),
    (6, (_push(_with(_passport("ZZ1234567"), tickets=("7842836432717",))),
         _new(_with(_passport("ZZ7654321"), tickets=("7842836432717",))), _gone()),
     {"documents": ["ZZ7654321"], "from": [1]}, "what the cancelled one had is not beside what stands"),
    (6, (_push(_with(_passport("ZZ1234567"), tickets=("7842836432717",))), _new(_with(tickets=("7842836432717",))),
         _gone()), {"record_locator": "NEW123", "documents": ["ZZ1234567"], "from": [0]},
     "what stands has no document: the person still has it"),
    (6, (_push(_OLD), _gone(BARE)), {"record_locator": "ABC123", "documents": ["ZZ1234567"], "from": [0]},
     "the only booking is cancelled"),
    (6, (_push(_OLD), _gone(BARE), _push(BARE, sent="11:00")), {"documents": ["ZZ1234567"], "from": [0]},
     "and comes back without"),
    (6, (_push(_OLD), _new(_OLD), _push(person("HAMDI", "NOUR"), sent="10:00")),
     {"record_locator": "NEW123", "documents": ["ZZ1234567"], "from": [1]}, "the person leaves one of two"),
    (6, (_push(_OLD), _new(_OLD),
         message(msgspec.structs.replace(SALMA, record_locator="ABC123"), sent="09:30"), _gone()),
     {"record_locator": "NEW123", "documents": ["ZZ1234567"], "from": [2]}, "a list has the locator of the one gone"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "sent", "expected", "reason"), CASES, ids=[f"{row[0]} {row[3]}" for row in CASES])
def test_best_view(rule: int, sent: tuple[Message, ...], expected: dict[str, object], reason: str) -> None:
    one = named(state_of(*sent), "SALMA NOUR" if rule == 5 else "SALMA")
    of = one.traveller
    found: dict[str, object] = {
        "documents": [each.number for each in of.documents],
        "expires": [each.expires for each in of.documents],
        "from": [arrival for arrival, _ in one.papers],
    }
    assert {field: found.get(field, getattr(of, field, None)) for field in expected} == expected, reason
    assert len(one.papers) == len(of.documents)


def test_every_rule_of_the_page_has_cases() -> None:
    best_view = PAGE.partition("## The best view")[2].partition("\n## ")[0]
    rules = {int(number) for number in re.findall(r"^(\d)\. ", best_view, re.MULTILINE)}
    assert rules - {row[0] for row in CASES} == {7}  # of infants: test_assembly_details
    assert {row[0] for row in CASES} - rules == {0}  # each field from the latest message that gives it


def test_a_person_in_a_thousand_bookings_takes_little_time() -> None:
    """Sixteen stand for themselves; a comparison of each with each would take minutes."""
    start = time.process_time()
    all_ = [(f"L{at:05}", (_OLD,)) for at in range(3000)]
    state = state_of(pnr(*all_, sent="08:00"), pnr(*all_, sent="09:00", cancelled=tuple(name for name, _ in all_)))
    (one,) = state.persons
    assert ([each.number for each in one.traveller.documents], one.status) == (["ZZ1234567"], "cancelled")
    assert time.process_time() - start < 10


def _read(*texts: str) -> list[Message]:
    return [one for text in texts for one in messages.read(text.encode(), AS_OF)]


def test_a_booking_read_again_without_its_documents_keeps_them() -> None:
    head = f"MSG+:141'ORG+ZV:CMN'{FLIGHT}EQN+1'"
    first, again = (f"SRC'{RCI}{TIF}{docs}{SEGMENT}" for docs in (DOCS, ""))
    sent = _read(whole(first), whole(again, head).replace("261122:1910", "261122:2010"))
    state = state_of(*sent)
    (one,) = state.persons
    assert ([each.number for each in one.traveller.documents], one.papers) == (["ZZ1234567"], ((0, 0),))
    assert (one.traveller.birth_date, one.traveller.nationality, one.traveller.name.given) == (
        "1984-03-10",
        "MAR",
        "SALMA NOUR",
    )


PNL = """PNL
ZV412/23NOV CMN PART1
-VIE001Y
1BENALI/SALMAMRS .L/Q7TX2B
.R/DOCS HK1/P/MAR/ZZ1234567/MAR/10MAR84/F/14FEB31/BENALI/SALMA
ENDPNL
"""
_DELETED, _ADDED = "DEL\n1BENALI/SALMAMRS .L/Q7TX2B\n", "ADD\n1BENALI/SALMAMRS .L/Q7TX2B .R/SEAT HK1 02A\n"
CLASSES = [
    (f"-VIE000Y\n{_DELETED}-VIE001J\n{_ADDED}", "deleted, then added"),
    (f"-VIE001J\n{_ADDED}-VIE000Y\n{_DELETED}", "added, then deleted"),
]


@pytest.mark.parametrize(("body", "reason"), CLASSES, ids=[row[1] for row in CLASSES])
def test_a_change_of_class_is_of_one_person(body: str, reason: str) -> None:
    state = state_of(*_read(PNL, f"ADL\nZV412/23NOV CMN PART1\n{body}ENDADL\n"))
    (one,) = state.persons
    assert (one.status, one.traveller.birth_date, one.mentions) == ("booked", "1984-03-10", ((0, 0), (1, 0), (1, 1)))
    assert [each.number for each in one.traveller.documents] == ["ZZ1234567"]


def _adl(*travellers: tuple[Traveller, bool], sent: str = "09:00", **fields: Any) -> Message:
    """Travellers of booking AB12CD, and whether each is deleted."""
    off = pnr(*(("AB12CD", (one,)) for one, _ in travellers), sent=sent, kind="PNL", function="ADL", **fields)
    bookings = tuple(
        msgspec.structs.replace(booking, cancelled=deleted)
        for booking, (_, deleted) in zip(off.bookings, travellers, strict=True)
    )
    return msgspec.structs.replace(off, bookings=bookings)


_BEFORE = pnr(("AB12CD", (_with(birth_date="1984-03-10"),)), sent="08:00", kind="PNL", function="PNL")
DELETIONS = [
    ((_BEFORE, _adl((BARE, True))), "SALMA cancelled", "deleted, and not added"),
    ((_BEFORE, _adl((BARE, False), part=1, last_part=False), _adl((BARE, True), sent="09:01", part=2)), "SALMA booked",
     "added in the first part, and deleted in the second"),
    ((_BEFORE, _adl((BARE, True), part=1, last_part=False), _adl((BARE, False), sent="09:01", part=2)), "SALMA booked",
     "deleted in the first part, and added in the second"),
    ((_BEFORE, _adl((BARE, False)), _adl((BARE, True), sent="10:00")), "SALMA cancelled", "added, and deleted later"),
    ((_BEFORE, _adl((BARE, True), (person("HAMDI", "NOUR"), False))), "SALMA cancelled, NOUR booked",
     "another person of the booking is added"),
    ((_adl((BARE, True), (BARE, False)),), "SALMA booked", "without a list before"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "expected", "reason"), DELETIONS, ids=[row[2] for row in DELETIONS])
def test_who_is_deleted(sent: tuple[Message, ...], expected: str, reason: str) -> None:
    found = ", ".join(f"{name} {status}" for name, status in statuses(state_of(*sent)).items())
    assert found == expected, reason
