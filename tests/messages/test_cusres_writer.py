"""Answers are written from what people decided, and read back as they were given."""

import datetime as dt
import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.messages.test_edifact_writer import SERVICES
from tests.messages.writing import AS_OF, loud
from tests.messages.writing import read as paxlst
from vigie import messages
from vigie.messages.cusres import writer
from vigie.messages.cusres.writer import Form, References, acknowledgement, answer, unsolicited
from vigie.messages.edifact.service import Service
from vigie.records import Envelope, Journey, Leg, Message, Name, Status, Traveller

NOW = dt.datetime(2026, 11, 22, 19, 11, tzinfo=dt.UTC)
OFFICER = "officer-7"
NEW = References(interchange="78", message="A2", group="5")
LEG = Leg(
    carrier="ZV",
    number="412",
    number_raw="ZV0412",
    origin="CMN",
    destination="VIE",
    departs="2026-11-23T05:40",
    arrives="2026-11-23T09:50",
    border=True,
)
ENVELOPE = Envelope(
    sender="ZV",
    recipient="GOV",
    sent="2026-11-22T19:10",
    interchange="77",
    group="1",
    message="PAX1",
    access="ACC1",
    application="IAPI",
    transaction="TN1",
)


def traveller(locator: str | None, reference: str | None) -> Traveller:
    name = Name(family="BENALI", given="SALMA", raw="BENALI:SALMA", source="NAD")
    return Traveller(capacity="passenger", name=name, names=(name,), record_locator=locator, reference=reference)


def status(locator: str | None, reference: str | None, *codes: str, text: str | None = None) -> Status:
    return Status(record_locator=locator, reference=reference, codes=codes, text=text)


SALMA, NOUR = traveller("Q7TX2B", "ZV00017"), traveller("Q7TX3C", "ZV00018")
QUERY = Message(
    source="-",
    sha256="",
    type="PAXLST",
    version="D.05B",
    function="745",
    journeys=(Journey(mode="air", legs=(LEG,)),),
    travellers=(SALMA, NOUR),
    envelope=ENVELOPE,
)
BOARD, STOP = status("Q7TX2B", "ZV00017", "0Z", text="OK TO BOARD"), status("Q7TX3C", "ZV00018", "1Z")


def read(written: bytes) -> Message:
    (message,) = messages.read(written, AS_OF)
    assert loud(message) == []
    return message


def test_an_answer_as_it_is_sent() -> None:
    written = answer(QUERY, [BOARD, replace(STOP, text="NO BOARD\nCALL +43 1 55501")], now=NOW, decided_by=OFFICER)
    assert written.decode("ascii").split("'") == [
        "UNB+UNOA:4+GOV+ZV+261122:1911+77++IAPI",
        "UNG+CUSRES+GOV+ZV+261122:1911+1+UN+D:05B",
        "UNH+PAX1+CUSRES:D:05B:UN:IATA+ACC1+01:F",
        "BGM+962",
        "RFF+TN:TN1",
        "RFF+AF:ZV0412",
        "DTM+189:2611230540:201",
        "DTM+232:2611230950:201",
        "LOC+125+CMN",
        "LOC+87+VIE",
        "ERP+2",
        "RFF+AVF:Q7TX2B",
        "RFF+ABO:ZV00017",
        "ERC+0Z",
        "FTX+AAP+++OK TO BOARD",
        "ERP+2",
        "RFF+AVF:Q7TX3C",
        "RFF+ABO:ZV00018",
        "ERC+1Z",
        "FTX+AAP+++NO BOARD:CALL ?+43 1 55501",
        "UNT+19+PAX1",
        "UNE+1+1",
        "UNZ+1+77",
        "",
    ]


def test_the_person_who_decided_is_not_told_to_the_carrier() -> None:
    assert OFFICER.encode() not in answer(QUERY, [BOARD, STOP], now=NOW, decided_by=OFFICER)


PERSONS = [
    ("0Z", False, "board"),
    ("0", False, "board, without second character"),
    ("3Z", False, "undetermined"),
    ("4Z", False, "insufficient"),
    ("1Z", True, "do not board"),
    ("1", True, "do not board, without second character"),
    ("2Z", True, "selectee"),
]


@pytest.mark.parametrize(("code", "needed", "reason"), PERSONS, ids=[reason for *_, reason in PERSONS])
@pytest.mark.parametrize("decided_by", ["", "  \t"])
def test_nobody_is_held_back_without_a_person(code: str, needed: bool, reason: str, decided_by: str) -> None:
    """Neither in an answer nor in a change, and not when the code stands behind another."""
    for codes in [(code,), ("0Z", code)]:
        statuses = [BOARD, status("Q7TX3C", "ZV00018", *codes)]
        calls: list[Any] = [
            lambda by, statuses=statuses: answer(QUERY, statuses, now=NOW, decided_by=by),
            lambda by, statuses=statuses: unsolicited(
                QUERY, statuses, now=NOW, transaction="TN2", references=NEW, decided_by=by
            ),
        ]
        for call in calls:
            assert read(call(OFFICER)).statuses[1].codes == codes
            if needed:
                with pytest.raises(ValueError, match="decided_by"):
                    call(decided_by)
            else:
                assert read(call(decided_by)).statuses[1].codes == codes, reason


def test_no_public_function_writes_a_decision_without_a_person() -> None:
    """Whoever adds one must think of it: an acknowledgement only repeats what was decided elsewhere."""
    public = {
        name: inspect.signature(function).parameters
        for name, function in inspect.getmembers(writer, inspect.isfunction)
        if not name.startswith("_")
    }
    assert {name: "decided_by" in parameters for name, parameters in public.items()} == {
        "answer": True,
        "unsolicited": True,
        "acknowledgement": False,
    }


def test_a_change_has_its_own_references_and_no_access_reference() -> None:
    written = unsolicited(QUERY, [STOP], now=NOW, transaction="TN2", references=NEW, decided_by=OFFICER)
    message = read(written)
    assert message.function == "132"
    assert message.envelope == Envelope(
        sender="GOV",
        recipient="ZV",
        sent="2026-11-22T19:11",
        interchange="78",
        group="5",
        message="A2",
        application="IAPI",
        transaction="TN2",
    )
    assert message.statuses == (replace(STOP, transaction="TN2", flight="ZV0412"),)


def test_an_acknowledgement_goes_back_with_all_that_was_received() -> None:
    received = read(unsolicited(QUERY, [STOP], now=NOW, transaction="TN2", references=NEW, decided_by=OFFICER))
    message = read(acknowledgement(received, now=NOW))
    assert message.envelope is not None
    assert received.envelope is not None
    assert (message.function, message.envelope.sender, message.envelope.recipient) == ("312", "ZV", "GOV")
    assert replace(message.envelope, sender="GOV", recipient="ZV") == received.envelope
    assert (message.statuses, message.journeys) == (received.statuses, received.journeys)


def test_an_acknowledgement_repeats_what_was_said_of_the_message_as_a_whole() -> None:
    whole = status(None, None, "4", text="SEND AGAIN")
    received = replace(QUERY, type="CUSRES", statuses=(whole,))
    assert read(acknowledgement(received, now=NOW)).statuses == (replace(whole, transaction="TN1", flight="ZV0412"),)


FAMILY = replace(QUERY, travellers=(SALMA, traveller("Q7TX2B", "ZV00018")))
TWINS = replace(QUERY, travellers=(traveller("Q7TX2B", None), traveller("Q7TX2B", None)))
NO_ENVELOPE = replace(QUERY, envelope=None)
WRONG: list[tuple[Message, list[Status], dict[str, Any], str, str]] = [
    (NO_ENVELOPE, [BOARD, STOP], {}, "transaction", "no envelope"),
    (replace(QUERY, envelope=replace(ENVELOPE, transaction=None)), [BOARD, STOP], {}, "transaction", "no transaction"),
    (replace(QUERY, envelope=replace(ENVELOPE, sender=None)), [BOARD, STOP], {}, "sender", "nobody to send it to"),
    (replace(QUERY, envelope=replace(ENVELOPE, recipient=None)), [BOARD, STOP], {}, "recipient", "nobody to send it"),
    (replace(QUERY, envelope=replace(ENVELOPE, interchange=None)), [BOARD, STOP], {}, "references", "no reference"),
    (replace(QUERY, version=None), [BOARD, STOP], {}, "directory", "no version"),
    (replace(QUERY, version="001:000"), [BOARD, STOP], {}, "directory", "another directory"),
    (QUERY, [], {}, "no status", "nothing to say"),
    (QUERY, [BOARD], {}, "has no status", "a traveller left out"),
    (QUERY, [BOARD, STOP, status("Q7TX4D", "ZV00019", "0Z")], {}, "nobody in the query", "a stranger"),
    (QUERY, [BOARD, STOP, status("Q7TX2B", "ZV00018", "0Z")], {}, "nobody in the query", "two persons' references"),
    (QUERY, [BOARD, STOP, status("Q7TX2B", "ZV00017", "1Z")], {}, "two statuses", "board and do not board"),
    (QUERY, [BOARD, STOP, status(None, "ZV00017", "1Z")], {}, "two statuses", "the same under another reference"),
    (FAMILY, [status("Q7TX2B", None, "1Z")], {}, "several travellers", "a family held back for one of them"),
    (QUERY, [BOARD, STOP, status(None, None, "0Z")], {}, "no reference", "no reference"),
    (QUERY, [BOARD, STOP, status("", " ", "0Z")], {}, "no reference", "blank references"),
    (QUERY, [BOARD, status("Q7TX3C", "ZV00018")], {}, "no code", "no code"),
    (QUERY, [BOARD, status("Q7TX3C", "ZV00018", "")], {}, "State's list", "an empty code"),
    (QUERY, [BOARD, status("Q7TX3C", "ZV00018", "9Z")], {}, "State's list", "a code of no guide"),
    (QUERY, [BOARD, status("Q7TX3C", "ZV00018", "0A")], {}, "State's list", "a second character not agreed"),
    (QUERY, [BOARD, status("Q7TX3C", "ZV00018", "0ZZ")], {}, "State's list", "three characters"),
    (QUERY, [BOARD, replace(STOP, transaction="TN9")], {}, "another transaction", "another transaction"),
    (QUERY, [BOARD, replace(STOP, flight="ZV0413")], {}, "another flight", "another flight"),
    (QUERY, [BOARD, replace(STOP, text="A" * 513)], {}, "512", "a line too long"),
    (QUERY, [BOARD, replace(STOP, text="A\tB")], {}, "control character", "a control character"),
    (QUERY, [BOARD, replace(STOP, text="call us")], {}, "character set", "small letters in UNOA"),
    (QUERY, [BOARD, replace(STOP, text="A+B")], {"form": Form(service=Service(":", "+", "", "", "'"))},
     "release character", "nothing to release with"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "statuses", "more", "says", "reason"), WRONG, ids=[reason for *_, reason in WRONG])
def test_what_cannot_be_written(
    query: Message, statuses: list[Status], more: dict[str, Any], says: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        answer(query, statuses, now=NOW, decided_by=OFFICER, **more)
    said = str(refused.value)
    assert "\n" not in said, reason
    assert not any(word in said for word in ("Q7TX", "ZV00", "BENALI", "TN1", "TN9", "0413")), reason


def test_a_change_needs_a_transaction() -> None:
    with pytest.raises(ValueError, match="transaction"):
        unsolicited(QUERY, [BOARD], now=NOW, transaction="", references=NEW)


@pytest.mark.parametrize(
    "received", [QUERY, replace(QUERY, type="CUSRES", envelope=replace(ENVELOPE, transaction=None))]
)
def test_only_an_answer_is_acknowledged(received: Message) -> None:
    with pytest.raises(ValueError, match="only a CUSRES"):
        acknowledgement(received, now=NOW)


ALLOWED: list[tuple[Message, list[Status], Form, str, str]] = [
    (QUERY, [BOARD, status("Q7TX3C", "ZV00018", "0A")], Form(second=frozenset("ZA")), "ERC+0A'", "as agreed"),
    (QUERY, [BOARD, status(None, "ZV00018", "0Z")], Form(), "ERP+2'RFF+ABO:ZV00018'ERC+0Z'", "one reference will do"),
    (QUERY, [status("Q7TX3C", None, "3Z"), BOARD], Form(), "ERP+2'RFF+AVF:Q7TX3C'ERC+3Z'ERP+2'", "in the order given"),
    (replace(QUERY, travellers=(*QUERY.travellers, traveller(None, None))), [BOARD, status(None, "ZV00018", "4Z")],
     Form(), "ERC+4Z'", "who has no reference cannot be answered"),
    (TWINS, [status("Q7TX2B", None, "0Z")], Form(), "ERC+0Z'UNT", "two whom nothing tells apart: one answer"),
    (TWINS, [status("Q7TX2B", None, "0Z")] * 2, Form(), "ERC+0Z'ERP", "or one each"),
    (QUERY, [BOARD, status(None, "ZV00018", "0Z")], Form(qualifiers=("ZZ", "1")), "+GOV:ZZ+ZV:1+261122", "qualifiers"),
    (QUERY, [BOARD, status(None, "ZV00018", "0Z")], Form(association=""), "+CUSRES:D:05B:UN+ACC1", "no association"),
    (QUERY, [BOARD, status(None, "ZV00018", "0Z")], Form(syntax=("SIRE", "4")), "UNB+SIRE:4+", "a State's syntax"),
    (replace(QUERY, envelope=replace(ENVELOPE, group=None)), [BOARD, status(None, "ZV00018", "0Z")], Form(),
     "IAPI'UNH+PAX1+", "without group"),
    (replace(QUERY, envelope=replace(ENVELOPE, access=None)), [BOARD, status(None, "ZV00018", "0Z")], Form(),
     ":IATA'BGM+962'", "no access reference"),
    (QUERY, [BOARD, replace(STOP, codes=("0Z",), text="\n".join("ABCDEFG"))], Form(),
     "FTX+AAP+++A:B:C:D:E'FTX+AAP+++F:G'", "more than five lines"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "statuses", "form", "part", "reason"), ALLOWED, ids=[r for *_, r in ALLOWED])
def test_what_may_be_written(query: Message, statuses: list[Status], form: Form, part: str, reason: str) -> None:
    assert part in answer(query, statuses, now=NOW, form=form).decode(), reason


LEGS: list[tuple[dict[str, Any], str, str]] = [
    ({"number_raw": "0412"}, "RFF+AF:ZV0412'", "a number sent apart from its carrier"),
    ({"number_raw": None}, "RFF+AF:ZV412'", "only the number"),
    ({"number_raw": None, "number": None, "carrier": None}, "RFF+TN:TN1'DTM+189:", "no number"),
    ({"border": False}, "LOC+92+CMN'LOC+92+VIE'", "not over the border"),
    ({"departs": "2026-11-23", "arrives": None}, "RFF+AF:ZV0412'DTM+189:261123:101'LOC", "a day"),
    ({"departs": "2026-11-23T05:40:30"}, "DTM+189:261123054030:202'", "with seconds"),
    ({"destination": None}, "LOC+125+CMN'ERP", "one place"),
]


@pytest.mark.parametrize(("change", "part", "reason"), LEGS, ids=[reason for *_, reason in LEGS])
def test_leg(change: dict[str, Any], part: str, reason: str) -> None:
    query = replace(QUERY, journeys=(Journey(mode="air", legs=(replace(LEG, **change),)),), travellers=(SALMA,))
    assert part in answer(query, [BOARD], now=NOW).decode(), reason


def test_a_ship_has_the_number_its_line_gave_it() -> None:
    leg = replace(LEG, carrier="ESTRELLA", number="2045", number_raw="2045")
    query = replace(QUERY, journeys=(Journey(mode="sea", legs=(leg,)),), travellers=(SALMA,))
    assert "RFF+AF:2045'" in answer(query, [BOARD], now=NOW).decode()


def test_question_as_read_and_answer() -> None:
    """With the reader of questions: an infant who shares the booking is told apart by the carrier's reference."""
    people = "NAD+FL+++BENALI:SALMA'RFF+AVF:Q7TX2B'RFF+ABO:1'NAD+FL+++BENALI:NOUR'RFF+AVF:Q7TX2B'RFF+ABO:2'"
    flight = "TDT+20+ZV0412+++ZV'LOC+125+CMN'DTM+189:2611230540:201'LOC+87+VIE'DTM+232:2611230950:201'"
    query = paxlst(f"RFF+TN:TN1'{flight}{people}")
    statuses = [status(t.record_locator, t.reference, "0Z") for t in query.travellers]
    message = read(answer(query, statuses, now=NOW))
    assert [(s.record_locator, s.reference, s.flight) for s in message.statuses] == [
        ("Q7TX2B", "1", "ZV0412"),
        ("Q7TX2B", "2", "ZV0412"),
    ]
    assert message.journeys == query.journeys


# -- whatever is written is read back

_PRINTED = st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"))
_WORD = st.text(_PRINTED, min_size=1, max_size=9) | st.text("':+?*\"#-;|\\~A", min_size=1, max_size=6)
_LINE = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)
_PEOPLE = st.lists(st.tuples(_WORD, _WORD), min_size=1, max_size=4, unique_by=lambda pair: pair[1])
_CODES = st.lists(st.sampled_from(["0Z", "1Z", "2", "3Z", "4A"]), min_size=1, max_size=3).map(tuple)
_TEXTS = st.none() | st.lists(_LINE, min_size=1, max_size=7).map("\n".join)
_DAYS, _TIMES = st.dates(AS_OF, dt.date(2027, 12, 31)), st.times()
_MINUTES = st.builds(lambda day, time: f"{day}T{time:%H:%M}", _DAYS, _TIMES)


@st.composite
def _journeys(draw: st.DrawFn) -> tuple[Journey, ...]:
    """One to three flights in order of travel, at most one over the border, between places of no known zone."""
    border, times = draw(st.integers(-1, 2)), sorted(draw(st.sets(_MINUTES, min_size=6, max_size=6)))
    stops = draw(st.permutations(["QQA", "QQB", "QQC", "QQD"]))
    legs = [
        Leg(
            carrier="ZV",
            number=str(400 + at),
            number_raw=f"ZV0{400 + at}",
            origin=stops[at],
            destination=stops[at + 1],
            departs=times[2 * at],
            arrives=draw(st.sampled_from([None, times[2 * at + 1]])),
            border=at == border,
        )
        for at in range(draw(st.integers(1, 3)))
    ]
    return (Journey(mode="air", legs=tuple(legs)),)


@st.composite
def _dialogues(draw: st.DrawFn) -> tuple[Message, list[Status], Form]:
    people = draw(_PEOPLE)
    statuses = [status(a, b, *draw(_CODES), text=draw(_TEXTS)) for a, b in people]
    query = replace(QUERY, journeys=draw(_journeys()), travellers=tuple(traveller(a, b) for a, b in people))
    service = draw(st.sampled_from(SERVICES[:-1]))
    # Three of them are in use without UNA; the others cannot be guessed by anybody.
    una = service not in (SERVICES[0], SERVICES[2]) or draw(st.booleans())
    return query, statuses, Form(service=service, una=una, syntax=("UNOW", "4"), second=frozenset("ZA"))


@given(dialogue=_dialogues())
def test_what_is_written_is_read_back(dialogue: tuple[Message, list[Status], Form]) -> None:
    query, statuses, form = dialogue
    message = read(answer(query, statuses, now=NOW, form=form, decided_by=OFFICER))
    assert [replace(s, transaction=None, flight=None) for s in message.statuses] == statuses
    assert {s.transaction for s in message.statuses} == {"TN1"}
    assert message.journeys == query.journeys
    assert message.envelope == replace(ENVELOPE, sender="GOV", recipient="ZV", sent="2026-11-22T19:11")


@given(dialogue=_dialogues())
def test_what_is_read_is_written_again(dialogue: tuple[Message, list[Status], Form]) -> None:
    """All three kinds, byte for byte."""
    query, statuses, form = dialogue
    ours: dict[str, Any] = {"now": NOW, "form": form, "decided_by": OFFICER}
    told = answer(query, statuses, **ours)
    found = read(told)
    assert answer(replace(query, journeys=found.journeys), found.statuses, **ours) == told
    changed = unsolicited(query, statuses, transaction="TN2", references=NEW, **ours)
    found = read(changed)
    again = replace(query, journeys=found.journeys)
    assert unsolicited(again, found.statuses, transaction="TN2", references=NEW, **ours) == changed
    acknowledged = acknowledgement(found, now=NOW, form=form)
    there = read(acknowledged)
    assert acknowledgement(read(acknowledgement(there, now=NOW, form=form)), now=NOW, form=form) == acknowledged
