"""What stands in the state of a journey: values, history, keys, parts, totals, answers."""

from typing import Any, get_args

import msgspec
import pytest

from tests.journeys.sending import LEG, answer, arrivals, codes, message, named, person, pnr, state_of
from vigie.journeys.assembly import Arrival, JourneyState, Totals, assemble
from vigie.journeys.functions import meaning_of
from vigie.records import Document, Leg, Message, MessageType, Name, Status, Traveller

BOOKED = person("BENALI", "SALMAMRS", source="TIF")
API = person(
    "BENALI", "SALMA", "ZZ1234567/MAR", birth_date="1984-03-10", sex="F", nationality="MAR", record_locator="AB12CD"
)
VERIFIED = msgspec.structs.replace(API, verified=True)


def _only(state: JourneyState) -> Traveller:
    (one,) = state.persons
    return one.traveller


def _booking(*travellers: Traveller, sent: str = "10:00") -> Message:
    return pnr(("AB12CD", travellers), sent=sent, function="141")


def _docs(number: str = "ZZ1234567", **fields: Any) -> Traveller:
    return person("BENALI", "SALMA", number, source="DOCS", **{"birth_date": "1984-03-10", **fields})


# -- the best view


@pytest.mark.parametrize(
    ("messages", "field", "expected", "reason"),
    [
        (
            (message(API), message(_docs(birth_date="1984-10-03"), function="745+CP", sent="10:00")),
            "birth_date",
            "1984-10-03",
            "the latest message that gives it",
        ),
        (
            (message(API), message(person("BENALI", "SALMA", "ZZ1234567"), sent="10:00")),
            "birth_date",
            "1984-03-10",
            "what is left out stays",
        ),
        (
            (message(VERIFIED), _booking(_docs(birth_date="1984-10-03"))),
            "birth_date",
            "1984-03-10",
            "a booking does not displace what was verified",
        ),
        (
            (message(API), _booking(_docs(birth_date="1984-10-03"))),
            "birth_date",
            "1984-10-03",
            "... and displaces what was not",
        ),
        (
            (_booking(_docs(birth_date="1984-10-03"), sent="08:00"), message(VERIFIED)),
            "birth_date",
            "1984-03-10",
            "what is verified displaces a booking",
        ),
        (
            (message(VERIFIED), message(_docs(birth_date="1984-10-03"), sent="10:00")),
            "birth_date",
            "1984-10-03",
            "a later list displaces a verified one",
        ),
        (
            (message(API), _booking(_docs(birth_date="1984"))),
            "birth_date",
            "1984-03-10",
            "a year says less than its day",
        ),
        ((message(VERIFIED), _booking(_docs(sex="M"))), "sex", "F", "the sex, too, is of the document"),
        ((message(VERIFIED), _booking(_docs(seats=("12A",)))), "seats", ("12A",), "a seat is not"),
        (
            (
                message(msgspec.structs.replace(API, seats=("12A",))),
                message(msgspec.structs.replace(API, seats=("14C",)), sent="10:00"),
            ),
            "seats",
            ("14C",),
            "another seat",
        ),
        ((message(VERIFIED), message(API, sent="10:00")), "verified", None, "what the latest list says of itself"),
        ((message(VERIFIED), _booking(_docs())), "verified", True, "a booking says nothing of it"),
        (
            (
                _booking(person("BENALI", "YANIS", infant=True), sent="08:00"),
                message(person("BENALI", "YANIS", record_locator="AB12CD")),
            ),
            "infant",
            True,
            "lists have no mark for infants",
        ),
        ((message(API), _booking(_docs())), "nationality", "MAR", "never taken from anything else"),
        (
            (_booking(_docs(), sent="08:00"), message(person("BENALI", "SALMA", "ZZ1234567"))),
            "nationality",
            None,
            "nor invented",
        ),
        (
            (message(msgspec.structs.replace(API, capacity="crew")), _booking(_docs())),
            "capacity",
            "crew",
            "bookings have none",
        ),
        ((message(msgspec.structs.replace(API, bags=0)), _booking(_docs())), "bags", 0, "nought is a number"),
        ((_booking(BOOKED, sent="08:00"),), "booking", None, "an index into a message means nothing here"),
    ],
)
def test_best_view(messages: tuple[Message, ...], field: str, expected: object, reason: str) -> None:
    assert getattr(_only(state_of(*messages)), field) == expected, reason


def test_documents_of_list_and_booking_stand_together() -> None:
    """The visa is in the booking only; the passport of both stands once, as the list gives it."""
    visa = Document(type="V", number="VV0000042")
    passport = Document(type="P", number="ZZ1234567", expires="2030-01-01")
    booked = msgspec.structs.replace(_docs(), documents=(passport, visa))
    state = state_of(_booking(booked, sent="08:00"), message(API))
    assert [document.number for document in _only(state).documents] == ["ZZ1234567", "VV0000042"]
    assert _only(state).documents[0] == API.documents[0]


def test_all_names_stay_beside_the_best() -> None:
    state = state_of(_booking(BOOKED, sent="08:00"), message(API))
    assert _only(state).name.given == "SALMA"
    assert {name.given for name in _only(state).names} == {"SALMA", "SALMAMRS"}


def test_a_corrected_number_takes_the_place_of_the_wrong_one() -> None:
    first = msgspec.structs.replace(API, reference="1")
    second = msgspec.structs.replace(first, documents=(Document(type="P", number="ZZ1234568", issuer="MAR"),))
    state = state_of(message(first), message(second, function="745+CP", sent="10:00"))
    assert [document.number for document in _only(state).documents] == ["ZZ1234568"]
    (changed,) = [each for each in state.history if each.kind == "changed"]
    (field,) = changed.fields
    assert (field.field, field.old, field.new) == ("documents", "P ZZ1234567 MAR", "P ZZ1234568 MAR")
    assert state.persons[0].changes == (changed,)


# -- the history


def test_history_of_a_traveller() -> None:
    state = state_of(
        _booking(BOOKED, sent="08:00"),
        message(VERIFIED),
        answer("0Z", "AB12CD", None, sent="09:01"),
        message(VERIFIED, sent="09:30"),
        message(VERIFIED, function="266+CLOB", sent="11:00"),
    )
    told = [(each.at[11:], each.arrival, each.kind, [field.field for field in each.fields]) for each in state.history]
    assert told == [
        ("08:00", 0, "added", []),
        ("09:00", 1, "changed", ["name", "birth_date", "sex", "nationality", "documents", "verified"]),
        ("09:00", 1, "listed", []),
        ("09:01", 2, "answered", []),
        ("09:30", 3, "repeated", []),
        ("11:00", 4, "on_board", []),
        ("11:00", 4, "closed", []),
    ]
    (one,) = state.persons
    assert (one.first_seen, one.last_seen) == ("2026-11-22T08:00", "2026-11-22T11:00")
    assert one.mentions == ((0, 0), (1, 0), (3, 0), (4, 0))
    assert {each.person for each in state.history if each.kind not in ("closed", "repeated")} == {one.key}


def test_somebody_named_first_in_a_change_is_said_to_be() -> None:
    (added,) = [each for each in state_of(message(API, function="745+CP")).history if each.kind == "added"]
    assert added.says == "named in a change, a cancellation or a close-out, and in no list before"


def test_a_message_without_time_of_sending_is_put_by_its_arrival() -> None:
    """It came at 20:00 UTC: after the list of 09:00, before that of 23:00."""
    other = person("HAMDI", "NOUR")
    last = message(msgspec.structs.replace(API, bags=1), sent="23:00")
    state = state_of(last, message(API, other, sent=None), message(API, sent="09:00"))
    assert [each.at for each in state.history if each.kind == "added"] == ["2026-11-22T09:00", "2026-11-22T20:00"]
    assert named(state, "NOUR").status == "no_longer_listed"


# -- the journey


def test_the_legs_of_a_list_are_preferred() -> None:
    bare = Leg(carrier="ZV", number="412", origin="CMN", departs="2026-11-23")
    state = state_of(message(API), message(API, kind="PNL", function="PNL", sender="RES", sent="10:00", legs=(bare,)))
    assert state.legs == (LEG,)


def test_a_changed_flight_says_where_to() -> None:
    new = msgspec.structs.replace(LEG, destination="LIN")
    state = state_of(message(API), message(function="266+CF", sent="10:00", legs=(LEG, new)))
    assert (state.status, state.legs, state.changed_to) == ("changed", (LEG,), (new,))


def test_nothing_is_the_state_of_nothing() -> None:
    state = assemble([])
    assert (state.persons, state.legs, state.status, state.history) == ((), (), "open", ())


def test_persons_put_aside() -> None:
    pilot = person("AZIZ", "KARIM", "CC2222222", capacity="crew")
    state = state_of(
        message(pilot, function="336+G"),
        message(pilot, function="336+G", sent="09:10"),
        message(pilot, function="336+H", sent="10:00"),
        message(pilot, function="655", sent="10:30"),
        message(API, kind="MRZ", function=None, sent="12:00"),
    )
    assert state.persons == ()
    told = [(each.kind, each.mentions) for each in state.asides]
    assert told == [
        ("crew_added", ((0, 0), (1, 0))),
        ("crew_deleted", ((2, 0),)),
        ("gate_pass", ((3, 0),)),
        ("document_read", ((4, 0),)),
    ]


# -- parts and totals


def _part(number: int, last: bool, *travellers: Traveller, sent: str = "09:00", **fields: Any) -> Message:
    return message(*travellers, sent=sent, part=number, last_part=last, **{"access": "K", **fields})


FOUR = [person("BENALI", name) for name in ("SALMA", "OMAR", "HANA", "YANIS")]


@pytest.mark.parametrize(
    ("parts", "announced", "missing", "complete", "problems", "reason"),
    [
        ([(1, False), (2, True)], None, (), True, [], "two parts"),
        ([(2, True), (1, False)], None, (), True, [], "out of order"),
        ([(1, False), (3, True)], None, (2,), False, ["PART_MISSING"], "one is missing in the middle"),
        ([(2, False), (3, True)], None, (1,), False, ["PART_MISSING"], "the first is missing"),
        ([(1, False), (2, False)], None, (), False, ["PART_MISSING"], "none says that it is the last"),
        ([(1, False), (2, False)], 2, (), True, [], "... and all who were announced are there"),
        ([(1, False), (2, True)], 2, (), True, [], "the total is that of both"),
        ([(1, False), (2, True)], 3, (), True, ["COUNT_MISMATCH"], "one less than announced"),
        ([(1, False), (1, False), (2, True)], 2, (), True, [], "a part came twice and counts once"),
        ([(1, False), (3, True)], 3, (2,), False, ["PART_MISSING"], "totals are not compared before all is there"),
    ],
)
def test_parts(
    parts: list[tuple[int, bool]],
    announced: int | None,
    missing: tuple[int, ...],
    complete: bool,
    problems: list[str],
    reason: str,
) -> None:
    totals = Totals(passengers=announced) if announced is not None else None
    came = arrivals(*(_part(number, last, FOUR[number], sent=f"09:0{at}") for at, (number, last) in enumerate(parts)))
    state = assemble([msgspec.structs.replace(each, announced=totals) for each in came])
    (transmission,) = state.transmissions
    assert (transmission.missing, transmission.complete, codes(state)) == (missing, complete, problems), reason


def test_parts_of_one_minute_are_applied_in_their_order() -> None:
    state = state_of(_part(2, True, FOUR[1]), _part(1, False, FOUR[0]))
    assert [each.traveller.name.given for each in state.persons] == ["SALMA", "OMAR"]


def test_namesakes_in_two_parts_are_a_hint_and_no_more() -> None:
    state = state_of(_part(1, False, FOUR[0]), _part(2, True, FOUR[0], sent="09:01"))
    assert [tie.link.confidence for each in state.persons for tie in each.links] == ["likely", "likely"]


def test_the_next_transmission_of_the_same_reference_is_another() -> None:
    """A sender that uses one reference for every list of the flight."""
    state = state_of(
        _part(1, False, FOUR[0], sent="09:00"),
        _part(2, True, FOUR[1], sent="09:01"),
        _part(1, False, FOUR[0], FOUR[2], sent="10:00"),
        _part(2, True, FOUR[3], sent="10:01"),
    )
    assert [each.parts for each in state.transmissions] == [(1, 2), (1, 2)]
    assert named(state, "OMAR").status == "no_longer_listed"


def test_totals_of_crew_and_bookings() -> None:
    pilot = person("AZIZ", "KARIM", capacity="crew")
    (crew,) = arrivals(message(pilot, function="250+C"))
    assert codes(assemble([msgspec.structs.replace(crew, announced=Totals(crew=2))])) == ["COUNT_MISMATCH"]
    (push,) = arrivals(pnr(("AB12CD", (BOOKED,))))
    assert codes(assemble([msgspec.structs.replace(push, announced=Totals(bookings=2))])) == ["COUNT_MISMATCH"]
    (change,) = arrivals(message(API, API, function="745+CP"))
    assert codes(assemble([msgspec.structs.replace(change, announced=Totals(passengers=9))])) == ["PERSON_UNKNOWN"]


def test_a_push_of_one_booking_that_announces_one_is_all_there_is() -> None:
    first, second = arrivals(
        pnr(("AB12CD", (BOOKED,)), ("XY98ZW", (person("HAMDI", "NOUR"),))), pnr(("AB12CD", (BOOKED,)), sent="10:00")
    )
    state = assemble([first, msgspec.structs.replace(second, announced=Totals(bookings=1))])
    assert named(state, "NOUR").status == "no_longer_listed"


# -- answers


@pytest.mark.parametrize(
    ("status", "expected", "problems", "reason"),
    [
        (Status(record_locator="AB12CD", reference="1", codes=("1Z",)), ["SALMA"], [], "both references"),
        (Status(reference="2", codes=("1Z",)), ["OMAR"], [], "the carrier's reference alone"),
        (
            Status(record_locator="QQ77QQ", reference="2", codes=("1Z",)),
            ["OMAR"],
            [],
            "... with a locator that is another",
        ),
        (Status(record_locator="AB12CD", codes=("1Z",)), [], ["ANSWER_UNKNOWN"], "a locator that two have"),
        (
            Status(reference="9", transaction="T3", codes=("1Z",)),
            [],
            ["ANSWER_UNKNOWN"],
            "the question is known, and another reference named",
        ),
        (Status(record_locator="XY98ZW", codes=("1Z",)), ["NOUR"], [], "a locator that one has"),
        (Status(transaction="T3", codes=("1Z",)), ["NOUR"], [], "a question about one person"),
        (Status(transaction="T1", codes=("1Z",)), [], [], "a question about two, and nobody named"),
        (
            Status(record_locator="XY98ZW", reference="3", codes=("1Z",)),
            ["NOUR", "HANA"],
            ["ANSWER_SHARED"],
            "a reference that two have by mistake",
        ),
        (Status(reference="9", codes=("1Z",)), [], ["ANSWER_UNKNOWN"], "somebody else"),
        (Status(codes=("4",)), [], [], "about the message as a whole"),
    ],
)
def test_whose_answer(status: Status, expected: list[str], problems: list[str], reason: str) -> None:
    family = [
        person("BENALI", "SALMA", reference="1", record_locator="AB12CD"),
        person("BENALI", "OMAR", reference="2", record_locator="AB12CD"),
    ]
    nour = person("HAMDI", "NOUR", reference="3", record_locator="XY98ZW")
    hana = person("SAIDI", "HANA", reference="3", record_locator="XY98ZW")
    asked = [message(*family, application="IAPI", transaction="T1"), message(nour, sent="09:01", transaction="T3")]
    if len(expected) > 1:
        asked.append(message(hana, sent="09:02", transaction="T4"))
    if status.record_locator == "XY98ZW" and not status.reference:
        asked = asked[:2]
    state = state_of(*asked, message(kind="CUSRES", function="962", sender="GOV", sent="09:10", statuses=(status,)))
    assert [each.traveller.name.given for each in state.persons if each.answers] == expected, reason
    assert codes(state) == problems, reason


def test_of_one_reference_in_two_bookings_the_locator_decides() -> None:
    state = state_of(
        message(person("HAMDI", "NOUR", reference="3", record_locator="XY98ZW"), transaction="1"),
        message(person("SAIDI", "HANA", reference="3", record_locator="QQ77QQ"), transaction="2", sent="09:01"),
        answer("1Z", "QQ77QQ", "3", sent="09:10"),
    )
    assert [each.traveller.name.given for each in state.persons if each.answers] == ["HANA"]


def test_an_answer_finds_its_question_whatever_the_clocks_say() -> None:
    """The government's clock is behind."""
    question = message(person("BENALI", "SALMA", reference="1"), transaction="1")
    state = state_of(question, answer("0Z", None, "1", sent="08:59"))
    assert [each.codes for each in state.persons[0].answers] == [("0Z",)]


def test_the_answer_that_holds() -> None:
    question = message(person("BENALI", "SALMA", reference="1"), transaction="1")
    state = state_of(
        question,
        answer("0Z", None, "1", sent="09:01"),
        answer("1Z", None, "1", "132", sent="09:30"),
        answer("1Z", None, "1", "312", sender="ZV", sent="09:31"),
    )
    (one,) = state.persons
    assert [(each.kind, each.codes) for each in one.answers] == [
        ("answer", ("0Z",)),
        ("change", ("1Z",)),
        ("acknowledgement", ("1Z",)),
    ]
    assert one.standing_answer == one.answers[1]


def test_a_change_of_an_answer_back_and_forth_is_no_repeat() -> None:
    """No board, board, no board: the third says what the first said, and means it."""
    question = message(person("BENALI", "SALMA", reference="1"), transaction="1")
    changes = [
        answer(code, None, "1", "132", sent=at) for code, at in (("1Z", "09:10"), ("0Z", "09:20"), ("1Z", "09:30"))
    ]
    (one,) = state_of(question, *changes).persons
    assert one.standing_answer is not None
    assert one.standing_answer.at == "2026-11-22T09:30"


def test_without_an_answer_none_holds() -> None:
    assert state_of(message(API)).persons[0].standing_answer is None


# -- links and keys


def test_why_a_mention_is_of_a_person_is_kept() -> None:
    (one,) = state_of(_booking(BOOKED, sent="08:00"), message(API)).persons
    (tie,) = one.links
    assert (tie.arrival, tie.traveller, tie.person) == (1, 0, None)
    assert tie.link.says == "the record locator is the same, and the names agree"


def test_who_stays_apart_is_shown_at_both() -> None:
    state = state_of(message(API), message(person("HAMDI", "NOUR", "ZZ1234567/MAR"), sent="10:00", application="IAPI"))
    salma, nour = named(state, "SALMA"), named(state, "NOUR")
    assert [(tie.person, tie.link.confidence) for tie in salma.links] == [(nour.key, "weak")]
    assert [(tie.person, tie.link.confidence) for tie in nour.links] == [(salma.key, "weak")]


def test_a_late_message_may_change_the_key_and_both_are_known() -> None:
    early, late = message(API), _booking(BOOKED, sent="08:00")
    (before,) = state_of(early).persons
    (after,) = state_of(early, late).persons
    assert before.key != after.key
    assert before.key in after.other_keys


def test_those_whom_nothing_tells_apart_have_numbered_keys() -> None:
    keys = [each.key for each in state_of(message(FOUR[0], FOUR[0], FOUR[0])).persons]
    assert keys == [keys[0], f"{keys[0]}-2", f"{keys[0]}-3"]


def test_a_state_can_be_written_and_read_back() -> None:
    state = state_of(_booking(BOOKED, sent="08:00"), message(API), answer("0Z", "AB12CD", None, sent="09:30"))
    assert msgspec.json.decode(msgspec.json.encode(state), type=JourneyState) == state


# -- functions


@pytest.mark.parametrize(
    ("kind", "function", "deed"),
    [
        ("PAXLST", "745", "whole"),
        ("PAXLST", "745+CP", "changes"),
        ("PAXLST", "745+XR", "cancels"),
        ("PAXLST", "745+RP", "cancels"),
        ("PAXLST", "266+CL", "closes"),
        ("PAXLST", "266+CLNB", "closes_without"),
        ("PAXLST", "266+CLOB", "closes_with"),
        ("PAXLST", "266+XF", "flight_cancelled"),
        ("PAXLST", "266+CF", "flight_changed"),
        *(("PAXLST", f"250+{code}", "whole") for code in "CBADEF"),
        *(("PAXLST", f"250+{code}", "changes") for code in ("CC", "BC", "EC", "FC")),
        *(("PAXLST", f"336+{code}", "aside") for code in "GHI"),
        ("PAXLST", "655", "aside"),
        ("PAXLST", None, "adds"),
        ("PNRGOV", "22", "whole"),
        ("PNRGOV", "141", "adds"),
        ("PNL", "PNL", "whole"),
        ("PNL", "ADL", "adds"),
        ("APP", "CIRQ", "adds"),
        ("APP", "CICX", "cancels"),
        ("APP", "CIMR", "closes"),
        ("APP", "CIRS", "answers"),
        ("CUSRES", "962", "answers"),
        ("MANIFEST", None, "whole"),
        ("MRZ", None, "aside"),
        (None, None, "nothing"),
    ],
)
def test_functions(kind: MessageType | None, function: str | None, deed: str) -> None:
    assert meaning_of(Message(source="", sha256="", type=kind, function=function)).deed == deed


def test_no_message_type_is_forgotten() -> None:
    """A type that is added does something to a journey; nothing falls through without being looked at."""
    assert [
        kind for kind in get_args(MessageType) if meaning_of(Message(source="", sha256="", type=kind)).deed == "nothing"
    ] == []


def test_a_name_in_another_script_stays_a_name() -> None:
    arabic = Name(family="محمد", given="علي", raw="محمد علي", source="CSV")
    listed = person("MOHAMED", "ALI", "ZZ1234567")
    manifest = msgspec.structs.replace(listed, name=arabic, names=(arabic,))
    state = state_of(message(listed), message(manifest, kind="MANIFEST", function=None, sender="PORT", sent="10:00"))
    assert len(state.persons) == 1
    assert Arrival(number=1, received="2026-11-22T20:00:00.000Z", message=message()).at == "2026-11-22T09:00"


def test_one_document_typed_for_two_of_a_list_is_shown_at_both() -> None:
    state = state_of(message(API, person("BENALI", "OMAR", "ZZ1234567/MAR")))
    for one, other in (("SALMA", "OMAR"), ("OMAR", "SALMA")):
        (tie,) = named(state, one).links
        assert (tie.person, tie.link.confidence) == (named(state, other).key, "weak")
        assert tie.link.says == "the document is the same, and the names agree in part only"
