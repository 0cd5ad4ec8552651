"""What a government's answers (CUSRES) mean."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.messages.test_reading import validate
from tests.messages.writing import AS_OF, loud, problem, read_one
from vigie import messages
from vigie.messages.cusres import codes
from vigie.messages.redaction import redact
from vigie.records import Leg, Message, Status

HEAD = "RFF+TN:ZV20261122001'"
FLIGHT = "RFF+AF:ZV0412'DTM+189:2611230540:201'DTM+232:2611230950:201'LOC+125+CMN'LOC+87+VIE'"
SALMA = "ERP+2'RFF+AVF:Q7TX2B'RFF+ABO:ZV00017'"
NOUR = "ERP+2'RFF+AVF:Q7TX3C'RFF+ABO:ZV00018'"


def whole(body: str, bgm: str = "962") -> str:
    content = f"UNH+A1+CUSRES:D:05B:UN:IATA+ACC1+01:F'BGM+{bgm}'{body}"
    count = content.replace("??", "").replace("?'", "").count("'") + 1
    return f"UNB+UNOB:4+GOV+ZV+261122:1911+77++IAPI'{content}UNT+{count}+A1'UNZ+1+77'"


def read(body: str, bgm: str = "962", head: str = HEAD + FLIGHT) -> Message:
    return read_one(whole(head + body, bgm))


def statuses(body: str) -> list[tuple[str | None, str | None, tuple[str, ...], str | None]]:
    return [(s.record_locator, s.reference, s.codes, s.text) for s in read(body).statuses]


def test_an_answer_says_about_whom_on_which_flight_and_to_what_question() -> None:
    message = read(f"{SALMA}ERC+0Z'FTX+AAP+++OK TO BOARD'{NOUR}ERC+1Z'ERC+2Z'FTX+AAP+++NO BOARD, CALL THE DUTY DESK'")
    assert (message.type, message.version, message.function) == ("CUSRES", "D.05B", "962")
    assert message.envelope is not None
    assert message.envelope.transaction == "ZV20261122001"
    assert message.envelope.access == "ACC1"
    told = {"transaction": "ZV20261122001", "flight": "ZV0412"}
    assert message.statuses == (
        Status(record_locator="Q7TX2B", reference="ZV00017", codes=("0Z",), text="OK TO BOARD", **told),
        Status(
            record_locator="Q7TX3C",
            reference="ZV00018",
            codes=("1Z", "2Z"),
            text="NO BOARD, CALL THE DUTY DESK",
            **told,
        ),
    )
    assert loud(message) == []
    assert message.account is not None
    assert message.account.understood == message.account.received
    validate(message)


ANSWERS = [
    ("ERP+2'RFF+AVF:Q7TX2B'ERC+4'", [("Q7TX2B", None, ("4",), None)], "locator only"),
    ("ERP+2'RFF+ABO:7'ERC+3'", [(None, "7", ("3",), None)], "reference only"),
    ("ERP+2'ERC+0Z'RFF+AVF:Q7TX2B'RFF+ABO:7'", [("Q7TX2B", "7", ("0Z",), None)], "references behind the code"),
    (f"{SALMA}ERC+0z'", [("Q7TX2B", "ZV00017", ("0Z",), None)], "small letters in a code"),
    (f"{SALMA}ERC+0Z'FTX+AAP+++ONE:TWO::THREE'", [("Q7TX2B", "ZV00017", ("0Z",), "ONE\nTWO\nTHREE")], "lines"),
    (f"{SALMA}ERC+0Z'FTX+AAP+++ONE'FTX+AAP+++TWO'", [("Q7TX2B", "ZV00017", ("0Z",), "ONE\nTWO")], "two texts"),
    (f"{SALMA}ERC+0Z'FTX+AAP'", [("Q7TX2B", "ZV00017", ("0Z",), None)], "an empty text"),
    (f"{SALMA}ERC+0Z'FTX+AAP+++CALL ?+33 1?:2?'3??'", [("Q7TX2B", "ZV00017", ("0Z",), "CALL +33 1:2'3?")], "released"),
    ("ERP+1'ERC+4'FTX+AAP+++SEND AGAIN'", [(None, None, ("4",), "SEND AGAIN")], "the message as a whole"),
    ("ERP+1'ERC+107'", [(None, None, ("107",), None)], "an error code of the message as a whole"),
    (f"ERP+1'ERC+4'{SALMA}ERC+3'", [(None, None, ("4",), None), ("Q7TX2B", "ZV00017", ("3",), None)], "both"),
    ("", [], "nobody"),
]


@pytest.mark.parametrize(("body", "expected", "reason"), ANSWERS, ids=[reason for _, _, reason in ANSWERS])
def test_statuses(body: str, expected: list[tuple[object, ...]], reason: str) -> None:
    assert statuses(body) == expected, reason
    assert loud(read(body)) == [], reason


LOST = [
    (SALMA + "ERC+0Z'" + NOUR.removeprefix("ERP+2'") + "ERC+1Z'",
     [("Q7TX2B", "ZV00017", ("0Z",)), ("Q7TX3C", "ZV00018", ("1Z",))], ["SEGMENT_ORDER"], "no ERP for the second"),
    (SALMA + "ERC+0Z'RFF+AVF:Q7TX2B'RFF+ABO:ZV00018'ERC+1Z'",
     [("Q7TX2B", "ZV00017", ("0Z",)), ("Q7TX2B", "ZV00018", ("1Z",))], ["SEGMENT_ORDER"], "no ERP, one booking"),
    (SALMA.removeprefix("ERP+2'") + "ERC+0Z'", [("Q7TX2B", "ZV00017", ("0Z",))], ["SEGMENT_ORDER"], "no ERP at all"),
    ("ERC+1Z'", [(None, None, ("1Z",))], ["ANSWER_INCOMPLETE", "SEGMENT_ORDER"], "a code alone"),
    ("ERP+2'ERC+1Z'" + NOUR + "ERC+0Z'", [(None, None, ("1Z",)), ("Q7TX3C", "ZV00018", ("0Z",))],
     ["ANSWER_INCOMPLETE"], "references lost"),
    (SALMA + NOUR + "ERC+1Z'", [("Q7TX2B", "ZV00017", ()), ("Q7TX3C", "ZV00018", ("1Z",))], ["ANSWER_INCOMPLETE"],
     "a code lost does not go to the next"),
    (SALMA + NOUR.removeprefix("ERP+2'") + "ERC+1Z'", [("Q7TX2B", "ZV00017", ()), ("Q7TX3C", "ZV00018", ("1Z",))],
     ["ANSWER_INCOMPLETE", "SEGMENT_ORDER"], "a code and the next ERP lost"),
    (SALMA + "RFF+ABO:ZV00017'ERC+0Z'", [("Q7TX2B", "ZV00017", ("0Z",))], [], "the same reference twice"),
    (SALMA + "ERC+9Z'", [("Q7TX2B", "ZV00017", ("9Z",))], ["UNKNOWN_CODE"], "a code of no guide is kept"),
    (SALMA + "ERC+'", [("Q7TX2B", "ZV00017", ())], ["ANSWER_INCOMPLETE"], "an empty code"),
    ("ERP+3'RFF+ABO:1'ERC+0Z'", [(None, "1", ("0Z",))], ["UNKNOWN_CODE"], "another error point"),
    (SALMA + "RFF+ZZZ:1'ERC+0Z'", [("Q7TX2B", "ZV00017", ("0Z",))], ["UNKNOWN_QUALIFIER"], "an unknown reference"),
    (SALMA + "ERC+0Z'FTX+AAI+++SECRET WORDS'", [("Q7TX2B", "ZV00017", ("0Z",))], ["UNKNOWN_QUALIFIER"], "a text"),
    (SALMA + "ERC+0Z'NAD+FL+++BENALI:SALMA'", [("Q7TX2B", "ZV00017", ("0Z",))], ["UNKNOWN_SEGMENT"], "a name"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected", "problems", "reason"), LOST, ids=[reason for *_, reason in LOST])
def test_what_is_lost_or_unknown_costs_itself_only(
    body: str, expected: list[tuple[object, ...]], problems: list[str], reason: str
) -> None:
    message = read(body)
    assert [(s.record_locator, s.reference, s.codes) for s in message.statuses] == expected, reason
    assert sorted(loud(message)) == problems, reason
    said = " ".join(problem.says for problem in message.problems)
    assert not any(word in said for word in ("Q7TX2B", "ZV00017", "SECRET", "BENALI")), reason
    validate(message)


@given(
    shared=st.booleans(),
    lost=st.sets(st.integers(0, 19), min_size=1, max_size=2),
)
def test_no_code_goes_to_another_person(shared: bool, lost: set[int]) -> None:
    """Whichever two segments of five answers are lost, in one booking or several."""
    segments, owners = [], {}
    for number in range(5):
        locator, reference, code = f"Q7TX{0 if shared else number}", f"ZV{number}", f"{number}{'ABCDE'[number]}"
        segments += ["ERP+2'", f"RFF+AVF:{locator}'", f"RFF+ABO:{reference}'", f"ERC+{code}'"]
        owners[code] = (locator, reference)
    left = [segment for at, segment in enumerate(segments) if at not in lost]
    found = read("".join(left)).statuses
    assert sorted(code for status in found for code in status.codes) == sorted(s[4:6] for s in left if s[:3] == "ERC")
    for status in found:
        for code in status.codes:
            assert status.record_locator in (None, owners[code][0])
            assert status.reference in (None, owners[code][1])


def test_an_answer_about_nobody_is_told_with_its_place() -> None:
    text = whole(HEAD + FLIGHT + SALMA + "ERC+0Z'ERP+2'ERC+1Z'")
    assert problem(read_one(text), "ANSWER_INCOMPLETE").position == text.rindex("ERP")


def test_text_of_another_kind_is_not_stored() -> None:
    text = whole(f"{HEAD}{FLIGHT}{SALMA}ERC+0Z'FTX+AAI+++SECRET WORDS'").encode()
    (message,) = messages.read(text, AS_OF)
    assert b"SECRET WORDS" not in redact(text, message.removals)
    assert b"AAI" in redact(text, message.removals)


PLANTED = [
    (FLIGHT + "RFF+XYZ:{}'" + SALMA + "ERC+0Z'", "reference of an unknown kind"),
    (FLIGHT + "RFF+{}:{}'" + SALMA + "ERC+0Z'", "kind of a reference"),
    (FLIGHT + "RFF+TN:ZV20261122001:{}'" + SALMA + "ERC+0Z'", "behind a reference"),
    (FLIGHT + "DTM+999:{}:201'" + SALMA + "ERC+0Z'", "date of an unknown kind"),
    (FLIGHT + "DTM+137:{}:201'" + SALMA + "ERC+0Z'", "date that is in no record"),
    (FLIGHT + "DTM+189:{}:201'" + SALMA + "ERC+0Z'", "time of travel"),
    (FLIGHT + "LOC+999+{}'" + SALMA + "ERC+0Z'", "place of an unknown kind"),
    (FLIGHT + "LOC+92+CMN:::NEEDS {}+{}'" + SALMA + "ERC+0Z'", "names of places"),
    (FLIGHT + SALMA + "ERC+0Z'FTX+AAP+{}+{}'", "places before the text"),
    (FLIGHT + SALMA + "ERC+0Z'FTX+AAI+{}'", "function of a text"),
    (FLIGHT + SALMA + "ERC+0Z'FTX+{}+++{}'", "kind of a text"),
    (FLIGHT + "ERP+{}'RFF+AVF:Q7TX2B'RFF+ABO:ZV00017'ERC+0Z'", "error point"),
    (FLIGHT + "ERP+2:{}+{}'RFF+AVF:Q7TX2B'RFF+ABO:ZV00017'ERC+0Z'", "behind an error point"),
    (FLIGHT + SALMA + "ERC+{}'", "code of an answer"),
    (FLIGHT + SALMA + "ERC+0Z:{}:{}'", "list of an answer's code"),
    (FLIGHT + "BGM+{}+{}'" + SALMA + "ERC+0Z'", "kind of message"),
    (FLIGHT + "BGM+962:::{}'" + SALMA + "ERC+0Z'", "name of the message"),
]


@pytest.mark.parametrize(("body", "reason"), PLANTED, ids=[reason for _, reason in PLANTED])
def test_no_place_keeps_what_is_planted_in_it(body: str, reason: str) -> None:
    data = whole(HEAD + body.replace("{}", "ZQINSULINZQ")).encode()
    (message,) = messages.read(data, AS_OF)
    stored = redact(data, message.removals)
    assert b"ZQINSULINZQ" not in stored, reason
    assert b"ZQINSULINZQ" not in msgspec.json.encode(message), reason
    assert [(s.record_locator, s.reference) for s in message.statuses] == [("Q7TX2B", "ZV00017")], reason
    (again,) = messages.read(stored, AS_OF)
    assert (again.statuses, again.journeys, again.function) == (message.statuses, message.journeys, message.function)
    assert again.removals == (), reason


def test_words_in_place_of_a_code_leave_an_answer_that_says_nothing() -> None:
    message = read(f"{SALMA}ERC+ZQINSULINZQ'{NOUR}ERC+0Z'")
    assert [(s.reference, s.codes) for s in message.statuses] == [("ZV00017", ()), ("ZV00018", ("0Z",))]
    assert sorted(loud(message)) == ["ANSWER_INCOMPLETE", "UNKNOWN_CODE"]


LEGS = [
    (FLIGHT, [("CMN", "2026-11-23T05:40", "VIE", "2026-11-23T09:50", True)], [], "times before places, as the guide"),
    ("RFF+AF:ZV1'LOC+125+CMN'LOC+87+VIE'DTM+189:2611230540:201'DTM+232:2611230950:201'",
     [("CMN", "2026-11-23T05:40", "VIE", "2026-11-23T09:50", True)], [], "places before times"),
    ("RFF+AF:ZV1'LOC+125+CMN'DTM+189:2611230540:201'LOC+87+VIE'DTM+232:2611230950:201'",
     [("CMN", "2026-11-23T05:40", "VIE", "2026-11-23T09:50", True)], [], "each time with its place"),
    ("RFF+AF:ZV1'DTM+189:2611231420:201'DTM+232:2611230930:201'LOC+125+SFO'LOC+87+PVG'",
     [("SFO", "2026-11-23T14:20", "PVG", "2026-11-23T09:30", True)], [], "an arrival before the departure"),
    ("RFF+AF:ZV1'DTM+189:2611230540:201'DTM+232:2611230950:201'LOC+92+CMN'LOC+92+VIE'" +
     "RFF+AF:ZV1'DTM+189:2611231140:201'DTM+232:2611231350:201'LOC+125+VIE'LOC+87+WAW'",
     [("CMN", "2026-11-23T05:40", "VIE", "2026-11-23T09:50", False),
      ("VIE", "2026-11-23T11:40", "WAW", "2026-11-23T13:50", True)], [], "two legs of one flight"),
    ("RFF+AF:ZV1'DTM+189:20261123:102'LOC+125+CMN'LOC+87+VIE'", [("CMN", "2026-11-23", "VIE", None, True)], [], "day"),
    ("RFF+AF:ZV1'DTM+189:2611230540:201'LOC+92+CMN'LOC+92+VIE'LOC+92+WAW'",
     [("CMN", "2026-11-23T05:40", "VIE", None, False), ("VIE", None, "WAW", None, False)], [], "three places"),
    ("DTM+189:2611230540:201'LOC+125+CMN'LOC+87+VIE'", [("CMN", "2026-11-23T05:40", "VIE", None, True)], [],
     "no number"),
    ("RFF+AF:ZV1'", [(None, None, None, None, False)], [], "a number alone"),
    ("RFF+AF:ZV1'DTM+189:2611230540:201'LOC+87+VIE'", [(None, None, "VIE", None, False)], ["NO_OWNER"],
     "a departure from nowhere"),
    ("RFF+AF:ZV1'DTM+189:2611230540:201'DTM+232:2611230950:201'LOC+125+CMN'",
     [("CMN", "2026-11-23T05:40", None, None, False)], ["NO_OWNER"], "an arrival nowhere"),
    ("DTM+189:2611230540:201'", [], ["NO_OWNER"], "a time alone"),
    ("RFF+AF:ZV1'DTM+189:2611230540:201'DTM+189:2611230640:201'LOC+125+CMN'LOC+87+VIE'",
     [("CMN", "2026-11-23T05:40", "VIE", None, True)], ["VALUE_REPEATED"], "two departures"),
    ("RFF+AF:ZV1'DTM+189:2699990540:201'LOC+125+CMN'LOC+87+VIE'", [("CMN", None, "VIE", None, True)], ["BAD_DATE"],
     "no date"),
    ("RFF+AF:ZV1'DTM+189:261100:101'LOC+125+CMN'LOC+87+VIE'", [("CMN", None, "VIE", None, True)], ["BAD_DATE"],
     "a month only"),
    ("RFF+AF:ZV1'DTM+189:000000:101'LOC+125+CMN'LOC+87+VIE'", [("CMN", None, "VIE", None, True)], [], "not known"),
    ("RFF+AF:ZV1'DTM+189:20261123:101'LOC+125+CMN'LOC+87+VIE'", [("CMN", "2026-11-23", "VIE", None, True)],
     ["DATE_FORMAT"], "not of the format named"),
    ("RFF+AF:ZV1'DTM+329:840310'LOC+22+VIE'DTM+137:2611221911:201'", [(None, None, None, None, False)],
     ["UNKNOWN_QUALIFIER", "UNKNOWN_QUALIFIER"], "a birth date and a place of clearance"),
    ("", [], [], "no flight"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected", "problems", "reason"), LEGS, ids=[reason for *_, reason in LEGS])
def test_legs(head: str, expected: list[tuple[object, ...]], problems: list[str], reason: str) -> None:
    message = read(f"{SALMA}ERC+0Z'", head=HEAD + head)
    legs: list[Leg] = [leg for journey in message.journeys for leg in journey.legs]
    assert [(leg.origin, leg.departs, leg.destination, leg.arrives, leg.border) for leg in legs] == expected, reason
    assert loud(message) == problems, reason
    assert len(message.statuses) == 1


ONWARD = "RFF+AF:YX22'DTM+189:2611231140:201'LOC+92+VIE'LOC+92+WAW'"
FLIGHTS = [
    (FLIGHT, "", "ZV0412", "the only one"),
    (FLIGHT + ONWARD, "", "ZV0412", "of several, the one over the border"),
    (ONWARD + ONWARD.replace("YX22", "YX23"), "", None, "none is over the border"),
    (FLIGHT + FLIGHT.replace("ZV0412", "ZV0413"), "", None, "both are over the border"),
    (FLIGHT + ONWARD, "RFF+AF:YX22'", "YX22", "the answer's own"),
    ("", "", None, "none"),
]


@pytest.mark.parametrize(("head", "own", "expected", "reason"), FLIGHTS, ids=[reason for *_, reason in FLIGHTS])
def test_flight_of_an_answer(head: str, own: str, expected: str | None, reason: str) -> None:
    (status,) = read(f"{SALMA}{own}ERC+0Z'", head=HEAD + head).statuses
    assert status.flight == expected, reason


def test_an_answer_may_have_a_transaction_of_its_own() -> None:
    message = read(f"{SALMA}RFF+TN:OTHER'ERC+0Z'{NOUR}ERC+0Z'")
    assert [status.transaction for status in message.statuses] == ["OTHER", "ZV20261122001"]


@pytest.mark.parametrize(
    ("bgm", "problems"),
    [("962", []), ("132", []), ("312", []), ("745", ["UNKNOWN_CODE"]), ("", ["UNKNOWN_CODE"])],
)
def test_function(bgm: str, problems: list[str]) -> None:
    message = read(f"{SALMA}ERC+0Z'", bgm)
    assert (message.function, loud(message)) == (bgm or None, problems)


def test_a_flight_may_come_behind_answers() -> None:
    message = read(f"{SALMA}ERC+0Z'{ONWARD}{NOUR}ERC+0Z'")
    assert [leg.number for journey in message.journeys for leg in journey.legs] == ["412", "22"]
    assert [status.flight for status in message.statuses] == ["ZV0412", "ZV0412"]


def test_an_acknowledgement_needs_no_code() -> None:
    assert loud(read(SALMA, "312")) == []
    assert loud(read(SALMA, "132")) == ["ANSWER_INCOMPLETE"]


def test_in_pieces_there_are_the_same_answers_and_problems() -> None:
    body = f"{FLIGHT.replace('2611230540', '2603290230').replace('CMN', 'VIE')}ERP+2'ERC+1Z'{SALMA}ERC+0Z'{NOUR}ERC+9'"
    text = whole(HEAD + body).encode()
    (message,) = messages.read(text, AS_OF)
    pieces = list(messages.iter_messages(text, AS_OF, by_group=True))
    assert [len(piece.statuses) for piece in pieces] == [1, 1, 1]
    assert tuple(status for piece in pieces for status in piece.statuses) == message.statuses
    assert pieces[-1].problems == message.problems
    assert {piece.journeys for piece in pieces} == {message.journeys}


CODES = [
    ("0", "board", False),
    ("0Z", "board", False),
    ("1Z", "do_not_board", True),
    ("2A", "selectee", True),
    ("3Z", "undetermined", False),
    ("4", "insufficient", False),
    ("5Z", None, True),
    ("Z", None, True),
    ("", None, True),
]


@pytest.mark.parametrize(("code", "meaning", "person"), CODES)
def test_codes(code: str, meaning: str | None, person: bool) -> None:
    assert (codes.directive(code), codes.needs_a_person(code)) == (meaning, person)
