"""What holds of every journey, on generated conversations of invented people."""

import random
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.journeys.sending import answer, arrivals, message, person, pnr
from vigie.journeys.assembly import Arrival, JourneyState, assemble
from vigie.journeys.identity import Identity
from vigie.journeys.resolution import Resolver
from vigie.records import Message, Traveller

PEOPLE = [
    person(
        "BENALI", "SALMA", "ZZ1234567/MAR", birth_date="1984-03-10", sex="F", reference="1", record_locator="AB12CD"
    ),
    person("BENALI", "OMAR", "ZZ7654321/MAR", birth_date="1980-07-22", sex="M", reference="2", record_locator="AB12CD"),
    person("BENALI", "HASSAN", birth_date="2010-03-10", sex="M", record_locator="AB12CD"),
    person("BENALI", "HUSSEIN", birth_date="2010-03-10", sex="M", record_locator="AB12CD"),
    person("BENALI", "YANIS", "ZZ1234567/MAR", birth_date="2026-01-02", reference="1", record_locator="AB12CD"),
    person("HAMDI", "NOUR", "AA1111111/TUN", birth_date="1991-11-05", sex="F", reference="3"),
    person("HAMDI", "NOUR", record_locator="XY98ZW"),
    person("HAMDI", "NOUR"),
    person("SUKARNO", None, "BB2222222/IDN", seats=("12A",)),
    person("EL FASSI", "ABD EL KADER", birth_date="1955", tickets=("7842836432717C2",)),
    person("ELFASSI", "ABDELKADERMR", tickets=("7842836432717",), record_locator="QQ77QQ"),
    person("TBA", None, placeholder=True, record_locator="GRP123"),
    person(None, None, "CC3333333"),
    person("AZIZ", "KARIM", "CC2222222/MAR", capacity="crew"),
]
LISTS = [
    "745",
    "745+CP",
    "745+XR",
    "745+RP",
    "266+CL",
    "266+CLNB",
    "266+CLOB",
    "266+XF",
    "266+CF",
    "250+C",
    "336+G",
    "655",
]


@st.composite
def conversations(draw: st.DrawFn, most: int = 7) -> list[Message]:
    """Messages with distinct times of sending."""
    count = draw(st.integers(1, most))
    minutes = draw(st.lists(st.integers(0, 1439), min_size=count, max_size=count, unique=True))
    found = []
    for at in minutes:
        sent = f"2026-11-22T{at // 60:02}:{at % 60:02}"
        found.append(draw(st.one_of(_lists(sent), _bookings(sent), _questions(sent), _parts(sent), _answers(sent))))
    return found


def _some() -> st.SearchStrategy[list[Traveller]]:
    return st.lists(st.sampled_from(PEOPLE), max_size=5)


def _lists(sent: str) -> st.SearchStrategy[Message]:
    senders = st.sampled_from(["ZV", "YY", None])
    return st.builds(
        lambda people, function, sender: message(*people, sent=sent, function=function, sender=sender),
        _some(),
        st.sampled_from(LISTS),
        senders,
    )


def _bookings(sent: str) -> st.SearchStrategy[Message]:
    return st.builds(
        lambda one, other, function, cancelled: pnr(
            ("AB12CD", tuple(one)), ("XY98ZW", tuple(other)), sent=sent, function=function, cancelled=cancelled
        ),
        _some(),
        _some(),
        st.sampled_from(["22", "141"]),
        st.sampled_from([(), ("AB12CD",)]),
    )


def _questions(sent: str) -> st.SearchStrategy[Message]:
    return st.builds(
        lambda one, transaction: message(one, sent=sent, application="IAPI", transaction=transaction),
        st.sampled_from(PEOPLE),
        st.sampled_from(["1", "2"]),
    )


def _parts(sent: str) -> st.SearchStrategy[Message]:
    return st.builds(
        lambda people, part: message(*people, sent=sent, access="K", part=part, last_part=part == 2),
        _some(),
        st.sampled_from([1, 2, 3]),
    )


def _answers(sent: str) -> st.SearchStrategy[Message]:
    return st.builds(
        lambda code, reference, function: answer(code, None, reference, function, sent=sent),
        st.sampled_from(["0Z", "1Z"]),
        st.sampled_from(["1", "2", "9"]),
        st.sampled_from(["962", "132"]),
    )


def _renamed(state: JourneyState, names: dict[int, int]) -> Any:
    """The state with other numbers of arrivals, mentions in their order."""

    def rename(value: Any, field: str = "") -> Any:
        if field == "arrival":
            return names[value]
        if field == "arrivals":
            return [names[number] for number in value]
        if field == "mentions":
            return sorted([names[number], at] for number, at in value)
        if field == "papers":
            return [[names[number], at] for number, at in value]
        if isinstance(value, dict):
            return {key: rename(each, key) for key, each in value.items()}
        return [rename(each) for each in value] if isinstance(value, list) else value

    return rename(msgspec.json.decode(msgspec.json.encode(state)))


@given(conversations(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(messages: list[Message], chance: random.Random) -> None:
    order = list(range(len(messages)))
    chance.shuffle(order)
    expected = _renamed(assemble(arrivals(*messages)), {at: at for at in order})
    shuffled = assemble(arrivals(*(messages[at] for at in order)))
    assert _renamed(shuffled, dict(enumerate(order))) == expected


@given(conversations(), st.data())
def test_what_comes_again_changes_nothing(messages: list[Message], data: st.DataObject) -> None:
    """At the same time; or later with other references of the envelope, unless its sender may have taken it back.

    A part that comes later is no repeat where a second sending of the same list lacks just that part.
    """
    again = data.draw(st.sampled_from(messages))
    assume(again.function != "132")
    later = data.draw(st.sampled_from([None, "2026-11-23T00:00"]))
    envelope = again.envelope
    assert envelope is not None
    assume(later is None or not any(_may_take_back(each, again) for each in messages))
    references = {"interchange": "999", "group": "9", **({"sent": later} if later else {})}
    copy = msgspec.structs.replace(
        again, sha256="f" * 64, source="again", envelope=msgspec.structs.replace(envelope, **references)
    )
    numbers = {at: at for at in range(len(messages))}
    once = _renamed(assemble(arrivals(*messages)), numbers)
    twice = _renamed(assemble(arrivals(*messages, copy)), {**numbers, len(messages): -1})
    for sending in twice["transmissions"]:
        if -1 in sending["arrivals"]:
            others = [number for number in sending["arrivals"] if number != -1]
            (before,) = (each for each in once["transmissions"] if each["arrivals"] == others)
            assert later is not None
            assert envelope.part not in before["parts"]
            return
    assert [each["kind"] for each in twice["history"] if each["arrival"] == -1] == ["repeated"]
    assert _without_repeats(twice) == _without_repeats(once)


def _may_take_back(other: Message, one: Message) -> bool:
    """The other is of the same sender, sent after it, and not of those that only list: one list after another takes
    nothing back for certain."""
    assert other.envelope
    assert one.envelope
    lists = {"745", "745+CP", "250+C"}
    if other.envelope.sender != one.envelope.sender or (other.envelope.sent or "") <= (one.envelope.sent or ""):
        return False
    return not {other.function, one.function} <= lists


@given(conversations(), st.data())
def test_a_list_sent_again_after_a_cancellation_brings_back_whom_it_names(
    messages: list[Message], data: st.DataObject
) -> None:
    people = data.draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5))
    first, last = (message(*people, sent=f"2026-11-2{day}") for day in ("1T00:00", "3T00:00"))
    off = message(*people[:1], sent="2026-11-22T23:59:30", function=data.draw(st.sampled_from(["745+XR", "266+XF"])))
    state = assemble(arrivals(*messages, first, off, last))
    named = [each for each in state.persons if any(number == len(messages) + 2 for number, _ in each.mentions)]
    assert {at for each in named for number, at in each.mentions if number == len(messages) + 2} == set(
        range(len(people))
    )
    assert not {each.status for each in named} & {"cancelled", "no_longer_listed"}
    assert state.status != "cancelled"


@st.composite
def troubled(draw: st.DrawFn) -> list[Arrival]:
    """As conversations, with clocks that are wrong, tables without envelope and senders who speak for nobody."""
    came = arrivals(*draw(conversations()))
    found = []
    for each in came:
        trouble = draw(st.sampled_from(["none", "clock", "table", "foreign", "foreign clock"]))
        said, envelope = each.message, each.envelope
        if "clock" in trouble:
            wrong = draw(st.sampled_from(["1970-01-01T00:00", "2031-11-22T09:00", "2026-11-20T09:00"]))
            said = msgspec.structs.replace(said, envelope=msgspec.structs.replace(envelope, sent=wrong))
        if trouble == "table" and said.type == "PAXLST":
            said = msgspec.structs.replace(said, type="MANIFEST", function=None, envelope=None)
        token = draw(st.sampled_from([None, "YY", "ZV"]))
        found.append(msgspec.structs.replace(each, message=said, carrier=token, speaks="foreign" not in trouble))
    return found


@given(troubled(), st.randoms(use_true_random=False))
def test_nobody_is_lost_and_no_order_matters_whatever_is_wrong(came: list[Arrival], chance: random.Random) -> None:
    """Each traveller of each message is one person's, or put aside; in whatever order the messages are taken."""
    state = assemble(came)
    found = Counter(mention for each in state.persons for mention in each.mentions)
    found += Counter(mention for each in state.asides for mention in each.mentions)
    assert found == {(each.number, at): 1 for each in came for at in range(len(each.message.travellers))}
    shuffled = [*came]
    chance.shuffle(shuffled)
    assert assemble(shuffled) == state


@given(troubled())
def test_what_is_told_of_a_clock_is_told_of_its_transmission(came: list[Arrival]) -> None:
    """And all that a believed clock and an arrival say keeps its order."""
    state = assemble(came)
    repeats = {each.arrival for each in state.history if each.kind == "repeated"}
    for each in state.transmissions:
        parts = [one for one in came if one.number in each.arrivals]
        assert each.believed == all(one.believed for one in parts)
    wrong = [each for each in came if not each.believed and each.number not in repeats]
    told = [problem for problem in state.problems if problem.code == "CLOCK_NOT_BELIEVED"]
    assert bool(told) == bool(wrong)


def _without_repeats(state: Any) -> Any:
    for each in (*state["persons"], *state["asides"]):
        each["mentions"] = [mention for mention in each["mentions"] if mention[0] != -1]
    state["history"] = [each for each in state["history"] if each["kind"] != "repeated"]
    state["problems"] = [each for each in state["problems"] if each["code"] != "REPEATED_LATE"]
    return state


@given(conversations())
def test_nobody_is_lost(messages: list[Message]) -> None:
    """Each traveller of each message is in the mentions of one person, or put aside, once."""
    state = assemble(arrivals(*messages))
    found = Counter(mention for each in state.persons for mention in each.mentions)
    found += Counter(mention for each in state.asides for mention in each.mentions)
    assert found == {(number, at): 1 for number, each in enumerate(messages) for at in range(len(each.travellers))}


@given(conversations())
def test_two_of_one_message_stay_two(messages: list[Message]) -> None:
    """Unless name, birth date and documents are equal."""
    for each in assemble(arrivals(*messages)).persons:
        by_message: dict[int, set[Any]] = {}
        for number, at in each.mentions:
            one = messages[number].travellers[at]
            papers = frozenset(document.number for document in one.documents)
            told = (one.name.family, one.birth_date, papers) if papers and one.birth_date and one.name.family else at
            by_message.setdefault(number, set()).add(told)
        assert all(len(told) == 1 for told in by_message.values())


@given(conversations())
def test_families_are_not_merged(messages: list[Message]) -> None:
    """Five people of one booking, two of them with one document and one reference, two born on one day."""
    for each in assemble(arrivals(*messages)).persons:
        given = {messages[number].travellers[at].name.given for number, at in each.mentions}
        assert len(given & {"SALMA", "OMAR", "HASSAN", "HUSSEIN", "YANIS"}) <= 1


@given(conversations())
def test_later_messages_leave_keys(messages: list[Message]) -> None:
    """A person known before is found by the same key, though another person may have been joined to it."""
    messages.sort(key=lambda each: (each.envelope.sent if each.envelope else None) or "")
    before = assemble(arrivals(*messages[:-1]))
    after = assemble(arrivals(*messages))
    known = {key.partition("-")[0] for each in after.persons for key in (each.key, *each.other_keys)}
    assert {each.key.partition("-")[0] for each in before.persons} <= known
    assert len({each.key for each in after.persons}) == len(after.persons)


@given(conversations())
def test_nothing_personal_in_what_is_said(messages: list[Message]) -> None:
    state = assemble(arrivals(*messages))
    said = [each.says for each in state.history] + [each.says for each in state.problems]
    said += [tie.link.says for each in state.persons for tie in each.links]
    words = {word for each in said for word in each.replace(",", " ").split()}
    assert not words & {"BENALI", "HAMDI", "SALMA", "NOUR", "AB12CD", "1984-03-10", "ZZ1234567", "CMN"}


@given(conversations())
@settings(max_examples=60)
def test_the_index_finds_who_plain_comparison_finds(messages: list[Message]) -> None:
    """The twin compares everybody with everybody."""

    def everybody(resolver: Resolver, identity: Identity, sender: str | None) -> list[int]:
        return sorted({resolver._root(place) for place in range(len(resolver._groups))})

    fast = assemble(arrivals(*messages))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Resolver, "_candidates", everybody)
        slow = assemble(arrivals(*messages))
    assert [each.mentions for each in fast.persons] == [each.mentions for each in slow.persons]


def _ship(count: int, salt: int) -> list[Traveller]:
    chance = random.Random(7)
    family = ["".join(chance.choices("ABDEHIKLMNORSTUZ", k=6)) for _ in range(400)]
    given = ["".join(chance.choices("AEIOU", k=1) + chance.choices("BDKLMNRST", k=4)) for _ in range(300)]
    return [
        person(
            chance.choice(family),
            chance.choice(given),
            f"ZZ{1000000 + at}",
            birth_date=f"19{50 + at % 50}-0{1 + at % 9}-1{at % 10}",
            record_locator=f"L{at // 4:05}",
            bags=salt,
        )
        for at in range(count)
    ]


def test_a_ship_of_five_thousand_is_assembled_without_comparing_all_pairs() -> None:
    """25 million comparisons would take half an hour."""
    first, second = _ship(5000, 1), _ship(5000, 2)
    state = assemble(arrivals(message(*first), message(*second, sent="10:00")))
    assert len(state.persons) == 5000
    assert {len(each.mentions) for each in state.persons} == {2}


def test_a_value_that_everybody_has_tells_nobody_apart() -> None:
    """Five hundred with one document number, one locator and one reference: all stay, at little cost."""
    crowd = [msgspec.structs.replace(each, documents=PEOPLE[0].documents, reference="1", record_locator="A")
             for each in _ship(500, 1)]  # fmt: skip
    state = assemble(arrivals(message(*crowd), message(*crowd, sent="10:00"), message(*crowd[:250], sent="11:00")))
    assert len(state.persons) >= 500
    assert sum(len(each.mentions) for each in state.persons) == 1250


def test_arrivals_of_one_number_count_once() -> None:
    one = Arrival(number=1, received="2026-11-22T20:00:00.000Z", message=message(PEOPLE[0]))
    assert assemble([one, one]) == assemble([one])
