"""How complete messages are: each state of each field, the pass mark, and that all counts add up."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.journeys.sending import message, person
from tests.messages.writing import FLIGHT, whole
from vigie import messages
from vigie.messages import quality
from vigie.messages.quality import FIELDS, Completeness, Rule, assess, enough, grade, states, together
from vigie.records import Announced, Document, Message, MessageType, Name, Problem, Traveller

AS_OF = dt.date(2026, 11, 23)
PASSPORT = Document(type="P", kind="passport", number="QA100200", issuer="NOR", expires="2030-01-01")
WHOLE = person(
    "HOLT",
    "ANDERS",
    birth_date="1970-06-01",
    sex="M",
    nationality="NOR",
    documents=(PASSPORT,),
    record_locator="QW3RTY",
    reference="R1",
)
"""A traveller whom nothing lacks."""


def paper(**fields: Any) -> tuple[Document, ...]:
    return (replace(PASSPORT, **fields),)


def named(raw: str) -> dict[str, Any]:
    return {"name": Name(raw=raw, source="NAD")}


STATES = [
    ("name", {}, "given"),
    ("name", named("FNU:LNU"), "unusable"),
    ("name", named(":"), "missing"),
    ("given_name", {"name": Name(family="HOLT", raw="HOLT", source="NAD")}, "missing"),
    ("birth_date", {"birth_date": "1970"}, "unusable"),
    ("birth_date", {"birth_date": "1970/1975"}, "unusable"),
    ("birth_date", {"birth_date": None}, "missing"),
    ("sex", {"sex": "X"}, "given"),
    ("sex", {"sex": None}, "missing"),
    ("nationality", {"nationality": None}, "missing"),
    ("nationality", {"nationality": "QQQ"}, "unusable"),
    ("nationality", {"nationality": "XXX"}, "unusable"),
    ("nationality", {"nationality": "XXA", "stateless": True}, "given"),
    ("nationality", {"nationality": None, "stateless": True}, "given"),
    ("nationality", {"nationality": None, "documents": paper(issuer="NOR")}, "missing"),
    ("document", {"documents": ()}, "missing"),
    ("document", {"documents": paper(type="V", kind="visa")}, "unusable"),
    ("document", {"documents": paper(type="V", kind=None)}, "unusable"),
    ("document", {"documents": (Document(kind="none"),)}, "excused"),
    ("document", {"documents": paper(type=None, kind=None)}, "given"),
    ("document_number", {"documents": (Document(kind="none"),)}, "excused"),
    ("document_number", {"documents": ()}, "missing"),
    ("document_number", {"documents": paper(number=None)}, "missing"),
    ("document_number", {"documents": (*paper(type="V", kind="visa"), *paper(number=None))}, "missing"),
    ("document_number", {"documents": (*paper(number=None), PASSPORT)}, "given"),
    ("issuer", {"documents": paper(issuer="QQQ")}, "unusable"),
    ("issuer", {"documents": paper(issuer=None)}, "missing"),
    ("expiry", {"documents": paper(expires="2030-01")}, "unusable"),
    ("expiry", {"documents": paper(expires=None)}, "missing"),
    ("locator", {"record_locator": None}, "missing"),
    ("locator", {"capacity": "crew"}, "excused"),
    ("reference", {"reference": None}, "missing"),
    ("reference", {"reference": None, "capacity": "crew"}, "excused"),
]


@pytest.mark.parametrize(("field", "changed", "wanted"), STATES, ids=[f"{f}-{n}" for n, (f, _, _) in enumerate(STATES)])
def test_each_state_of_each_field(field: str, changed: dict[str, Any], wanted: str) -> None:
    one = replace(WHOLE, **changed)
    assert dict(states(message(one), one))[field] == wanted  # type: ignore[index]


def test_whom_nothing_lacks_has_everything() -> None:
    assert {state for _, state in states(message(WHOLE), WHOLE)} == {"given"}


ALL: set[str] = set(FIELDS)
ASKED: list[tuple[MessageType, set[str]]] = [
    ("PAXLST", ALL),
    ("PNRGOV", {"name", "given_name", "locator"}),
    ("PNL", {"name", "given_name", "locator"}),
    ("MANIFEST", ALL - {"locator", "reference"}),
    ("CUSRES", set()),
]


@pytest.mark.parametrize(("kind", "wanted"), ASKED, ids=[kind for kind, _ in ASKED])
def test_what_a_type_of_message_is_not_asked_for_it_does_not_lack(kind: MessageType, wanted: set[str]) -> None:
    nobody = Traveller(capacity="passenger", name=Name(raw="", source="NAD"), names=())
    found = assess(message(nobody, kind=kind))
    assert {field for field, have in found.fields.items() if have.missing} == wanted
    assert {field for field, have in found.fields.items() if have.excused} == ALL - wanted


def test_a_close_out_repeats_nothing_and_lacks_nothing() -> None:
    one = replace(WHOLE, birth_date=None, reference=None)
    lacking = [field for field, state in states(replace(message(one), function="266+CLNB"), one) if state == "missing"]
    assert lacking == ["reference"]


def test_placeholders_are_counted_apart() -> None:
    found = assess(message(WHOLE, replace(WHOLE, placeholder=True), replace(WHOLE, capacity="crew")))
    assert (found.travellers, found.passengers, found.placeholders) == (2, 1, 1)


# -- the pass mark ------------------------------------------------------------------------------------------------


def problem(code: str, severity: Any = "warning") -> Problem:
    return Problem(code=code, severity=severity, says="said")


def crowd(number: int, *others: Traveller) -> Message:
    return message(*[WHOLE] * number, *others)


BORN = replace(WHOLE, birth_date=None)
GRADES = [
    (crowd(20), [], "whole"),
    (message(), ["travellers"], "nobody"),
    (replace(crowd(1), problems=(problem("BAD_DATE", "error"),)), ["no_error"], "an error"),
    (replace(crowd(1), problems=(problem("DIALECT", "note"),)), [], "a note"),
    (crowd(99, replace(WHOLE, name=Name(raw="", source="NAD"))), ["name"], "one of a hundred without name"),
    (crowd(95, *[BORN] * 5), [], "95 percent with a birth date"),
    (crowd(94, *[BORN] * 6), ["birth_date"], "94 percent"),
    (crowd(949, *[BORN] * 51), ["birth_date"], "94.9 percent are not 95"),
    (crowd(1, replace(WHOLE, nationality="XXX")), ["nationality"], "an unspecified nationality"),
    (crowd(1, replace(WHOLE, documents=())), ["document", "document_number"], "no document"),
    (crowd(1, replace(WHOLE, documents=(Document(kind="none"),))), [], "whom the law lets travel without"),
    (crowd(1, replace(WHOLE, sex=None, record_locator=None)), [], "counted, not demanded"),
    (replace(crowd(1), problems=(problem("COUNT_MISMATCH"),)), ["counts"], "wrong totals"),
    (replace(crowd(1), problems=(problem("REFERENCE_MISMATCH"),)), ["references"], "wrong references"),
    (replace(crowd(1), problems=(problem("LEG_INCOMPLETE"),)), ["leg"], "no place, or no day"),
    (replace(message(BORN), function="266+CLOB"), [], "a close-out repeats no data"),
    (replace(message(), function="266"), [], "a close-out of nobody"),
    (message(BORN, kind="PNRGOV", function="22"), [], "a reservation need not have a birth date"),
]


@pytest.mark.parametrize(("of", "failed", "reason"), GRADES, ids=[row[-1] for row in GRADES])
def test_the_pass_mark(of: Message, failed: list[str], reason: str) -> None:
    found = grade(of)
    assert [result.rule.rule for result in found.failed] == failed, reason
    assert found.passed is (failed == [])
    assert len(found.results) >= 3


def test_the_table_of_rules_is_whole() -> None:
    rules = quality.bench_rules()
    assert [rule.rule for rule in rules] == [
        *("no_error", "travellers", "name", "birth_date", "nationality", "document", "document_number"),
        *("counts", "references", "leg"),
    ]
    assert all(rule.reason for rule in rules)
    assert {of for rule in rules if rule.measure == "field" for of in rule.of} <= set(FIELDS)
    assert {of for rule in rules if rule.measure == "problems" for of in rule.of} <= set(messages.findings.SEVERITY)


def test_a_state_may_have_rules_of_its_own() -> None:
    strict = Rule(rule="sex", measure="field", of=("sex", "expiry"), limit=100, exempt=frozenset(), reason="a law")
    of = crowd(3, replace(WHOLE, sex=None, documents=paper(expires="2030")))
    (result,) = grade(of, rules=[strict]).failed
    assert result.value == 75
    assert not enough(of, of.travellers[-1], [strict])
    assert enough(of, of.travellers[0], [strict])


ENOUGH = [
    (WHOLE, True, "everything"),
    (replace(WHOLE, sex=None, reference=None), True, "what no rule asks for"),
    (replace(WHOLE, birth_date="1970"), False, "a year is no date"),
    (replace(WHOLE, documents=(Document(kind="none"),)), True, "no document, and that is said"),
    (replace(WHOLE, nationality=None), False, "no nationality"),
]


@pytest.mark.parametrize(("one", "wanted", "reason"), ENOUGH, ids=[row[-1] for row in ENOUGH])
def test_who_has_enough_to_be_answered(one: Traveller, wanted: bool, reason: str) -> None:
    assert enough(message(one), one) is wanted, reason


# -- a message as it is read ----------------------------------------------------------------------------------------


PERSON = "NAD+FL+++HOLT:ANDERS'ATT+2++M'DTM+329:700601'NAT+2+NOR'RFF+AVF:QW3RTY'DOC+P+QA100200'LOC+91+NOR'"


def test_a_list_read_from_bytes() -> None:
    bad = PERSON.replace("700601", "99999999").replace("RFF+AVF:QW3RTY'", "")
    data = whole(f"{FLIGHT}{PERSON}{bad}CNT+42:3'").encode()
    (read,) = messages.read(data, AS_OF)
    found = assess(read)
    assert found.fields["birth_date"] == Completeness(given=1, missing=1)
    assert found.fields["locator"] == Completeness(given=1, missing=1)
    assert found.fields["expiry"] == Completeness(missing=2)
    assert (found.codes["BAD_DATE"], found.codes["COUNT_MISMATCH"], found.errors) == (1, 1, 1)
    assert {result.rule.rule for result in grade(read).failed} == {"no_error", "birth_date", "counts"}
    for secret in (b"HOLT", b"ANDERS", b"QA100200", b"QW3RTY", b"1970"):
        assert secret not in msgspec.json.encode(found)


# -- sums -----------------------------------------------------------------------------------------------------------

MAYBE = st.sampled_from
TRAVELLERS = st.builds(
    replace,
    st.just(WHOLE),
    capacity=MAYBE(["passenger", "crew"]),
    placeholder=MAYBE([False, False, True]),
    name=MAYBE([WHOLE.name, Name(raw="", source="NAD"), Name(raw="FNU", source="NAD")]),
    birth_date=MAYBE([None, "1970", "1970-06", "1970-06-01"]),
    sex=MAYBE([None, "M", "F", "X"]),
    nationality=MAYBE([None, "NOR", "QQQ", "XXX"]),
    documents=st.lists(
        st.builds(
            Document,
            type=MAYBE([None, "P", "V"]),
            kind=MAYBE([None, "passport", "visa", "none"]),
            number=MAYBE([None, "1"]),
            issuer=MAYBE([None, "NOR", "QQQ"]),
            expires=MAYBE([None, "2030", "2030-01-01"]),
        ),
        max_size=3,
    ).map(tuple),
    record_locator=MAYBE([None, "QW3RTY"]),
)
PROBLEMS = st.lists(
    st.builds(problem, MAYBE(["BAD_DATE", "DIALECT", "COUNT_MISMATCH"]), MAYBE(["error", "warning", "note"])),
    max_size=6,
)
MESSAGES = st.builds(
    lambda people, kind, problems: replace(message(*people, kind=kind), problems=tuple(problems)),
    st.lists(TRAVELLERS, max_size=8),
    MAYBE(["PAXLST", "PNRGOV", "MANIFEST", "CUSRES"]),
    PROBLEMS,
)


@given(MESSAGES)
def test_counts_add_up(of: Message) -> None:
    found = assess(of)
    assert found.travellers + found.placeholders == len(of.travellers)
    assert tuple(found.fields) == FIELDS
    for have in found.fields.values():
        assert have.asked + have.excused == found.travellers
        assert have.percent is None or 0 <= have.percent <= 100
    assert sum(found.codes.values()) == sum(found.severities.values()) == len(of.problems)


@given(MESSAGES)
def test_the_share_is_that_of_the_travellers_one_by_one(of: Message) -> None:
    """The plain twin: each traveller by himself."""
    found = assess(of)
    for field in FIELDS:
        seen = [dict(states(of, one))[field] for one in of.travellers if not one.placeholder]
        have = found.fields[field]
        assert (have.given, have.unusable, have.missing, have.excused) == tuple(
            seen.count(state) for state in ("given", "unusable", "missing", "excused")
        )


@given(st.lists(MESSAGES, max_size=4))
def test_several_messages_are_the_sum_of_each(of: list[Message]) -> None:
    parts = [assess(one) for one in of]
    found = together(parts)
    assert found.travellers == sum(part.travellers for part in parts)
    assert found.errors == sum(part.errors for part in parts)
    for field in FIELDS:
        assert found.fields[field].missing == sum(part.fields[field].missing for part in parts)
        assert found.fields[field].asked + found.fields[field].excused == found.travellers
    assert together([found]) == found
    assert together(reversed(parts)).codes == found.codes


@given(MESSAGES)
def test_a_message_all_of_whom_have_enough_fails_no_field(of: Message) -> None:
    people = [one for one in of.travellers if not one.placeholder]
    if all(enough(of, one) for one in people):
        assert all(result.rule.measure != "field" for result in grade(of).failed)


@given(MESSAGES)
def test_what_is_announced_plays_no_part(of: Message) -> None:
    """Wrong totals are told of by the reader, once."""
    assert assess(replace(of, announced=Announced(passengers=99))) == assess(of)
