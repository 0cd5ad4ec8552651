"""Clocks that cannot be right, and manifests that correct each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.journeys.sending import LEG, arrivals, codes, message, person, state_of, statuses
from vigie.journeys.assembly import Arrival, assemble
from vigie.records import Leg, Message

SALMA = person("BENALI", "SALMA", "ZZ1234567/MAR", birth_date="1984-03-10")
OMAR = person("BENALI", "OMAR", "ZZ7654321/MAR", birth_date="1980-07-22")
MATE = person("AZIZ", "KARIM", "CC2222222/MAR", capacity="crew")

CLOCKS = [
    ("2026-11-23T11:00", True, "15 hours ahead: UTC+14, and an hour"),
    ("2026-11-23T11:01", False, "further ahead than any zone"),
    ("2031-11-22T20:00", False, "years ahead"),
    ("2026-11-21T08:00", True, "36 hours behind: UTC-12, and a day in the networks"),
    ("2026-11-21T07:59", False, "later than networks are"),
    ("1970-01-01T00:00", False, "a clock without a battery"),
    (None, True, "no time of sending"),
]


@pytest.mark.parametrize(("sent", "believed", "why"), CLOCKS, ids=[row[-1] for row in CLOCKS])
def test_a_clock_is_believed_near_the_arrival(sent: str | None, believed: bool, why: str) -> None:
    one = Arrival(number=1, received="2026-11-22T20:00:00.000Z", message=message(SALMA, sent=sent))
    assert one.believed == believed, why
    assert one.at == (sent if sent and believed else "2026-11-22T20:00")
    state = assemble([one])
    assert codes(state) == ([] if believed else ["CLOCK_NOT_BELIEVED"])
    assert [each.believed for each in state.transmissions] == [believed]


@pytest.mark.parametrize("wrong", ["2031-11-22T09:00", "1999-11-22T09:00"])
def test_a_wrong_clock_does_not_make_later_messages_older(wrong: str) -> None:
    """A list dated years away, then a right one without Omar; and the reverse."""
    for first, second in ((wrong, "20:01"), ("20:00", wrong)):
        state = state_of(message(SALMA, OMAR, sent=first), message(SALMA, sent=second))
        assert statuses(state) == {"SALMA": "listed", "OMAR": "no_longer_listed"}
        assert codes(state) == ["CLOCK_NOT_BELIEVED"]


def test_an_archive_keeps_the_order_of_sending() -> None:
    """Files of a year ago, read today in any order: the time of arrival says nothing of the clock."""
    old = [message(SALMA, OMAR, sent="09:00"), message(SALMA, sent="10:00")]
    for order in (old, old[::-1]):
        came = [replace(each, received="2027-11-22T20:00:00.000Z") for each in arrivals(*order)]
        state = assemble(came)
        assert statuses(state) == {"SALMA": "listed", "OMAR": "no_longer_listed"}
        assert codes(state) == []


def test_nor_does_an_archive_believe_what_was_sent_after_it_came() -> None:
    one = Arrival(number=1, received="2027-11-22T20:00:00.000Z", message=message(SALMA, sent="2031-11-22T09:00"))
    assert not one.believed


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_may_stand_for_a_time(sent: str, departs: str) -> None:
    legs = (replace(LEG, departs=departs),)
    Arrival(number=1, received="2026-11-22T20:00:00.000Z", message=message(SALMA, sent=sent, legs=legs)).at  # noqa: B018


# -- manifests ----------------------------------------------------------------------------------------------------

CROSSING = Leg(carrier="FRS", number=None, origin="TNG", destination="ALG", departs="2026-11-23T10:00")


def _table(*people: object, legs: tuple[Leg, ...] = (CROSSING,)) -> Message:
    """As a table is read: no envelope."""
    return replace(message(*people, kind="MANIFEST", function=None, legs=legs), envelope=None)  # type: ignore[arg-type]


CORRECTED = [
    ((_table(SALMA, OMAR), _table(SALMA)), {"SALMA": "listed", "OMAR": "no_longer_listed"}, "a corrected manifest"),
    (
        (_table(SALMA, OMAR), _table(SALMA), _table(OMAR, SALMA)),
        {"SALMA": "listed", "OMAR": "listed"},
        "and corrected again",
    ),
    (
        (_table(SALMA, OMAR), _table(MATE)),
        {"SALMA": "listed", "OMAR": "listed", "KARIM": "listed"},
        "a crew list says nothing of the passengers",
    ),
    (
        (_table(SALMA, MATE), _table(SALMA)),
        {"SALMA": "listed", "KARIM": "listed"},
        "nor a list of passengers of the crew",
    ),
    (
        (_table(SALMA, MATE), _table(SALMA, OMAR, person("AZIZ", "SAID", capacity="crew"))),
        {"SALMA": "listed", "OMAR": "listed", "KARIM": "no_longer_listed", "SAID": "listed"},
        "a table of both replaces both",
    ),
    ((_table(SALMA), _table()), {"SALMA": "listed"}, "a table with headings alone says nothing of anybody"),
    (
        (_table(SALMA, legs=(replace(CROSSING, carrier=None),)), _table(OMAR, legs=(replace(CROSSING, carrier=None),))),
        {"SALMA": "listed", "OMAR": "listed"},
        "without token or carrier nobody knows whose it is",
    ),
]


@pytest.mark.parametrize(("tables", "expected", "why"), CORRECTED, ids=[row[-1] for row in CORRECTED])
def test_a_manifest_replaces_the_one_before(tables: tuple[Message, ...], expected: dict[str, str], why: str) -> None:
    state = state_of(*tables)
    assert statuses(state) == expected, why
    gone = [each.kind for each in state.history if each.kind == "no_longer_listed"]
    assert len(gone) >= list(expected.values()).count("no_longer_listed")


def test_a_manifest_is_of_its_token() -> None:
    """Two agents of one carrier each send their own passengers."""
    one, other, newer = (
        replace(each, carrier=token)
        for each, token in zip(
            arrivals(_table(SALMA), _table(OMAR), _table(MATE)), ("A.FRS", "B.FRS", "A.FRS"), strict=True
        )
    )
    assert statuses(assemble([one, other, newer])) == {"SALMA": "listed", "OMAR": "listed", "KARIM": "listed"}
    assert [each.sender for each in assemble([one, other]).transmissions] == ["A.FRS", "B.FRS"]


def test_an_older_manifest_sent_again_is_told_of() -> None:
    state = state_of(_table(SALMA, OMAR), _table(SALMA), _table(SALMA, OMAR))
    assert statuses(state) == {"SALMA": "listed", "OMAR": "no_longer_listed"}
    assert codes(state) == ["REPEATED_LATE"]
