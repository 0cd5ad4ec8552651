"""Who may take back what others sent, and what becomes of messages of those who may not."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.journeys.sending import LEG, arrivals, codes, message, person, pnr, statuses
from tests.journeys.test_assembly_properties import conversations
from vigie.journeys.assembly import Arrival, JourneyState, assemble
from vigie.journeys.senders import speaks_for
from vigie.records import Leg, Message

SALMA = person("BENALI", "SALMA", "ZZ1234567/MAR", birth_date="1984-03-10", record_locator="AB12CD")
OMAR = person("BENALI", "OMAR", "ZZ7654321/MAR", birth_date="1980-07-22", record_locator="AB12CD")
NOUR = person("HAMDI", "NOUR", "AA1111111/TUN", birth_date="1991-11-05")
LIST = message(SALMA, OMAR)

SOLD = replace(LEG, carrier="YY", number="88", operating_carrier="ZV", operating_number="412")
SPEAKS: list[tuple[str | None, str | None, Leg, set[str], bool, str]] = [
    ("ZV", "1A", LEG, set(), True, "the carrier's own token, whatever UNB says"),
    ("YY", "ZV", LEG, set(), False, "another carrier's token, though UNB names the carrier"),
    ("Handling.ZV.YT", "HDL", LEG, set(), True, "a token that the State gave for several carriers"),
    ("Handling ZV", "HDL", LEG, set(), False, "words of a name are no codes: only what stands behind a dot"),
    ("Handling", "HDL", LEG, {"ZV"}, True, "it has sent lists of the carrier before"),
    ("Handling", "HDL", LEG, {"YY"}, False, "of another carrier only"),
    (None, "ZV", LEG, set(), True, "a folder: UNB is all there is"),
    (None, "zv-apis", LEG, set(), True, "the code and a sign behind it"),
    (None, "CMNKPZV", LEG, set(), True, "a Type B address of the carrier"),
    (None, "CMNKPYY", LEG, set(), False, "a Type B address of another"),
    (None, "ZVX", LEG, set(), False, "a code in which the carrier's stands is another's"),
    (None, "1A", LEG, set(), False, "a provider who is not known yet"),
    (None, "1A", LEG, {"ZV"}, True, "a provider who is known"),
    (None, None, LEG, set(), True, "neither token nor sender"),
    (None, "YY", replace(LEG, carrier=None), set(), True, "no carrier to compare with"),
    (None, "ZV", SOLD, set(), True, "who carries, under the number of who sells"),
    (None, "YY", SOLD, set(), False, "who only sells cannot cancel the flight"),
]


@pytest.mark.parametrize(
    ("token", "sender", "leg", "before", "expected", "why"), SPEAKS, ids=[row[-1] for row in SPEAKS]
)
def test_who_speaks(
    token: str | None, sender: str | None, leg: Leg, before: set[str], expected: bool, why: str
) -> None:
    assert speaks_for(message(sender=sender, legs=(leg,)), token, before) == expected, why


def test_all_carriers_of_the_voyage_count() -> None:
    """Nobody takes a flight of another with a leg of his own before it."""
    both = message(sender="YY", legs=(Leg(carrier="YY", number="1", origin="RAK", destination="CMN"), LEG))
    assert not speaks_for(both, "YY")
    assert speaks_for(both, "YY", {"ZV"})


def foreign(*messages: Message, strangers: tuple[int, ...], token: str | None = "YY") -> JourneyState:
    """Those at these places are of a sender who does not speak for the carrier."""
    came = arrivals(*messages)
    return assemble(replace(each, carrier=token, speaks=False) if each.number in strangers else each for each in came)


def _other(*people: Any, at: str = "10:00", function: str = "745", sender: str = "YY") -> Message:
    return message(*people, sent=at, function=function, sender=sender)


BOTH = {"SALMA": "listed", "OMAR": "listed"}
REFUSED = [
    (_other(function="266+XF"), BOTH, "open", "a cancellation of the flight"),
    (_other(SALMA, function="745+XR"), BOTH, "open", "a cancellation of a person"),
    (_other(SALMA, function="266+CLOB"), BOTH, "open", "a close-out that leaves somebody out"),
    (_other(SALMA, function="266+CLNB"), BOTH, "open", "a close-out that leaves somebody behind"),
    (_other(function="266+CL"), BOTH, "open", "the close of the flight"),
    (_other(function="266+CF"), BOTH, "open", "a change of the flight"),
    (_other(SALMA, function="745+XR", sender="ZV"), BOTH, "open", "under the name of the carrier"),
    (_other(function="266+XF", sender="ZV"), BOTH, "open", "the flight, under the name of the carrier"),
    (_other(NOUR, function="745+XR"), {**BOTH, "NOUR": "cancelled"}, "open", "a person whom nobody else has named"),
]


@pytest.mark.parametrize(("sent", "expected", "status", "why"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_a_stranger_takes_nobody_off(sent: Message, expected: dict[str, str], status: str, why: str) -> None:
    state = foreign(LIST, sent, strangers=(1,))
    assert (statuses(state), state.status) == (expected, status), why
    told = "SENDER_FOREIGN" in codes(state)
    assert [each.refused for each in state.transmissions] == [False, told]
    assert told == ("NOUR" not in expected), "what he takes back of his own is nobody else's matter"
    by_carrier = assemble(arrivals(LIST, sent))
    assert "SENDER_FOREIGN" not in codes(by_carrier)


def test_whom_a_stranger_adds_comes_out_and_is_his_to_take_back() -> None:
    """His newer list leaves out whom only he sent, and nobody of the carrier's."""
    state = foreign(LIST, _other(SALMA, NOUR), _other(OMAR, at="11:00"), strangers=(1, 2))
    assert statuses(state) == {"SALMA": "listed", "OMAR": "listed", "NOUR": "no_longer_listed"}
    assert codes(state) == ["SENDER_FOREIGN"]


def test_a_list_under_the_name_of_the_carrier_replaces_nobody() -> None:
    state = foreign(LIST, _other(NOUR, sender="ZV"), strangers=(1,))
    assert statuses(state) == {"SALMA": "listed", "OMAR": "listed", "NOUR": "listed"}
    assert [each.sender for each in state.transmissions] == ["ZV", "YY/ZV"]


def test_a_booking_cancelled_by_a_stranger_is_kept_where_the_carrier_lists_it() -> None:
    booked = pnr(("AB12CD", (SALMA, OMAR)), sent="08:00")
    cancelled = pnr(("AB12CD", (SALMA, OMAR)), sent="10:00", cancelled=("AB12CD",))
    assert statuses(foreign(booked, LIST, cancelled, strangers=(0, 2), token=None)) == BOTH
    alone = foreign(booked, cancelled, strangers=(0, 1), token=None)
    assert set(statuses(alone).values()) == {"cancelled"}
    assert codes(alone) == []


BRIDGE_LEG = Leg(carrier="YY", number="77", origin="RAK", destination="CMN", departs="2026-11-23T03:00")
HERE = Leg(carrier="YY", number="77", origin="CMN", destination="RAK", departs="2026-11-23T05:00")
BRIDGED: list[tuple[Message, str]] = [
    (message(sent="10:00", function="266+XF", sender="YY", legs=(BRIDGE_LEG,)), "cancels a flight of his own"),
    (message(sent="10:00", function="266+XF", sender="YY", legs=(HERE,)), "... from the same place"),
    (message(SALMA, sent="10:00", function="745+XR", sender="YY", legs=(BRIDGE_LEG,)), "cancels a person on it"),
    (message(SALMA, sent="10:00", function="745+XR", sender="ZV", legs=(HERE,)), "... under the name of the carrier"),
    (message(NOUR, sent="10:00", sender="ZV", legs=(replace(HERE, destination="VIE"),)), "leaves all out of a list"),
    (message(NOUR, sent="10:00", function="266+CLOB", sender="ZV", legs=(HERE,)), "closes a flight of his own"),
    (message(SALMA, sent="10:00", function="266+CLNB", sender="YY", legs=(HERE,)), "leaves somebody behind on it"),
]


@pytest.mark.parametrize(("sent", "why"), BRIDGED, ids=[why for _, why in BRIDGED])
def test_who_speaks_for_one_flight_takes_nobody_off_another(sent: Message, why: str) -> None:
    """His list of both joins them; for his own flight he speaks."""
    bridge = message(NOUR, sent="09:30", sender="YY", legs=(BRIDGE_LEG, LEG))
    came = [replace(each, carrier="YY") for each in arrivals(LIST, bridge, sent)]
    state = assemble([replace(came[0], carrier="ZV"), replace(came[1], speaks=False), came[2]])
    assert {name: statuses(state)[name] for name in BOTH} == BOTH, why
    assert state.status in ("open", "closed"), why


def test_strangers_do_not_choose_the_legs_that_are_shown() -> None:
    bridge = message(NOUR, sent="09:30", sender="YY", legs=(BRIDGE_LEG, LEG))
    assert foreign(LIST, bridge, strangers=(1,)).legs == (LEG,)
    assert foreign(pnr(("AB12CD", (SALMA,))), bridge, strangers=(1,)).legs == (BRIDGE_LEG, LEG), "it alone has times"


def test_the_cancellation_of_a_leg_does_not_hide_the_other() -> None:
    state = assemble(arrivals(message(SALMA, legs=(BRIDGE_LEG, LEG)), _other(function="266+XF", sender="ZV")))
    assert state.legs == (BRIDGE_LEG, LEG)


def test_the_carrier_cancels_its_flight_whatever_strangers_join_to_it() -> None:
    bridge = message(NOUR, sent="09:30", sender="YY", legs=(BRIDGE_LEG, LEG))
    own = message(person("ALAMI", "LEILA"), sent="09:40", sender="YY", legs=(BRIDGE_LEG,))
    off = message(sent="10:00", function="266+XF")
    came = [replace(each, speaks=each.number != 1) for each in arrivals(LIST, bridge, own, off)]
    expected = {"SALMA": "cancelled", "OMAR": "cancelled", "NOUR": "listed", "LEILA": "listed"}
    assert statuses(assemble(came)) == expected


@given(conversations(), st.data())
def test_no_stranger_takes_anybody_off_whom_others_sent(messages: list[Message], data: st.DataObject) -> None:
    """All are there, each once, and the carrier's persons have the status they have without him, or a better one."""
    came = arrivals(*messages)
    own = [each for each in came if (each.envelope.sender or "") != "YY"]
    state = assemble(
        replace(each, speaks=each in own, carrier=None if each in own else "YY")
        for each in data.draw(st.permutations(came))
    )
    found = [mention for person in state.persons for mention in person.mentions]
    found += [mention for aside in state.asides for mention in aside.mentions]
    assert sorted(found) == [(at, n) for at, each in enumerate(messages) for n in range(len(each.travellers))]
    ours = {each.number for each in own}
    takes = {
        "cancelled",
        "not_on_board",
        "no_longer_listed",
        "on_board",
        "flight_cancelled",
        "closed",
        "flight_changed",
    }
    named = {each.key: {number for number, _ in each.mentions} for each in state.persons}
    for happening in state.history:
        if happening.arrival not in ours and happening.kind in takes and happening.person is not None:
            before = [number for number in named[happening.person] & ours if came[number].order < happening.at]
            deeds = {messages[number].function for number in before}
            assert not deeds & {"745", "745+CP", "250+C"}, "named before by one who speaks"


def test_any_order_of_arrival_gives_the_same_refusals() -> None:
    came = [
        Arrival(number=0, received="2026-11-22T20:00:00.000Z", message=LIST),
        Arrival(number=1, received="2026-11-22T20:00:01.000Z", message=_other(function="266+XF"), speaks=False),
        Arrival(number=2, received="2026-11-22T20:00:02.000Z", message=_other(NOUR, at="11:00"), speaks=False),
    ]
    assert len({repr(assemble(order)) for order in itertools.permutations(came)}) == 1
