"""The present state of a journey: a table of conversations, each with its reason."""

import dataclasses

import msgspec
import pytest

from tests.journeys.sending import LEG, codes, message, person, pnr, state_of, statuses
from vigie.records import Booking, Leg, Message, Traveller

SALMA = person(
    "BENALI", "SALMA", "ZZ1234567/MAR", birth_date="1984-03-10", sex="F", reference="1", record_locator="AB12CD"
)
OMAR = person(
    "BENALI", "OMAR", "ZZ7654321/MAR", birth_date="1980-07-22", sex="M", reference="2", record_locator="AB12CD"
)
NOUR = person(
    "HAMDI", "NOUR", "AA1111111/TUN", birth_date="1991-11-05", sex="F", reference="3", record_locator="XY98ZW"
)
PILOT = person("AZIZ", "KARIM", "CC2222222/MAR", birth_date="1975-02-17", capacity="crew")
STEWARD = person("ALAMI", "LEILA", "CC3333333/MAR", birth_date="1988-09-30", capacity="crew")
DOUBLE = person("HAMDI", "NOUR", "AA1111111/TUN", birth_date="1991-11-05")
B_SALMA, B_OMAR, B_NOUR = person("BENALI", "SALMA"), person("BENALI", "OMAR"), person("HAMDI", "NOUR")
MEZZO = Leg(carrier="ZV", number="412", origin="CMN", destination="LIN", departs="2026-11-23T07:00")

FIRST = Leg(carrier="ZV", number="412", origin="CMN", destination="MRS", departs="2026-11-23T05:40")
SECOND = Leg(carrier="ZV", number="412", origin="MRS", destination="VIE", departs="2026-11-23T10:00")


@dataclasses.dataclass(frozen=True)
class Scenario:
    reason: str
    messages: tuple[Message, ...]
    persons: str
    """Given name and status of each, in the order in which they were first named."""
    status: str = "open"
    problems: str = ""


def _on(at: str, *travellers: Traveller, function: str = "745", **fields: object) -> Message:
    return message(*travellers, sent=at, function=function, **fields)  # type: ignore[arg-type]


def _pnl(at: str, *travellers: Traveller, function: str = "PNL", **fields: object) -> Message:
    return message(*travellers, sent=at, function=function, kind="PNL", sender="RES", **fields)  # type: ignore[arg-type]


def _app(at: str, function: str, *travellers: Traveller, **fields: object) -> Message:
    return message(*travellers, sent=at, function=function, kind="APP", sender="ZVAPP", **fields)  # type: ignore[arg-type]


LIST = _on("09:00", SALMA, OMAR, NOUR)
BOTH = (("AB12CD", (B_SALMA, B_OMAR)), ("XY98ZW", (B_NOUR,)))

SCENARIOS = [
    # lists
    Scenario("a list of the carrier", (LIST,), "SALMA listed, OMAR listed, NOUR listed"),
    Scenario(
        "a newer list leaves one out, who stays",
        (LIST, _on("10:00", SALMA, NOUR)),
        "SALMA listed, OMAR no_longer_listed, NOUR listed",
    ),
    Scenario(
        "... and another brings him back",
        (LIST, _on("10:00", SALMA, NOUR), _on("11:00", NOUR, OMAR, SALMA)),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a list of another sender leaves nobody out",
        (LIST, _on("10:00", SALMA, sender="YY")),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "lists of one minute: which is newer is not known",
        (LIST, _on("09:00", SALMA, NOUR)),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a list of the next leg leaves nobody out",
        (LIST, _on("10:00", SALMA, legs=(Leg(carrier="ZV", number="412", origin="VIE", destination="LHR"),))),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a list without a sender leaves nobody out",
        (_on("09:00", SALMA, OMAR, sender=None), _on("10:00", SALMA, sender=None)),
        "SALMA listed, OMAR listed",
    ),
    Scenario(
        "a list of passengers says nothing of the crew",
        (_on("08:00", PILOT, function="250+C"), LIST, _on("10:00", SALMA, OMAR, NOUR, person("SAIDI", "HANA"))),
        "KARIM listed, SALMA listed, OMAR listed, NOUR listed, HANA listed",
    ),
    Scenario(
        "an older list that comes late leaves nobody out",
        (_on("10:00", SALMA), _on("09:00", SALMA, OMAR)),
        "SALMA listed, OMAR no_longer_listed",
    ),
    Scenario(
        "a manifest of a ferry",
        (message(SALMA, OMAR, kind="MANIFEST", function=None, sender=None, sent=None),),
        "SALMA listed, OMAR listed",
    ),
    # questions at check-in
    Scenario(
        "questions one by one are no lists of everybody",
        (
            _on("09:00", SALMA, application="IAPI", transaction="1"),
            _on("09:05", OMAR, application="IAPI", transaction="2"),
        ),
        "SALMA listed, OMAR listed",
    ),
    Scenario(
        "one person and a transaction are a question",
        (_on("09:00", SALMA, transaction="1"), _on("09:05", OMAR, transaction="2")),
        "SALMA listed, OMAR listed",
    ),
    Scenario(
        "the sender says that one is checked in",
        (_on("09:00", SALMA, person("BENALI", "OMAR", checked_in="2026-11-23T03:10")),),
        "SALMA listed, OMAR checked_in",
    ),
    # changes
    Scenario(
        "a change of one", (LIST, _on("10:00", SALMA, function="745+CP")), "SALMA listed, OMAR listed, NOUR listed"
    ),
    Scenario(
        "a change names one in no list",
        (_on("09:00", SALMA), _on("10:00", NOUR, function="745+CP")),
        "SALMA listed, NOUR listed",
        problems="PERSON_UNKNOWN",
    ),
    Scenario(
        "a reservation is cancelled",
        (LIST, _on("10:00", SALMA, function="745+XR")),
        "SALMA cancelled, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a party is reduced", (LIST, _on("10:00", OMAR, function="745+RP")), "SALMA listed, OMAR cancelled, NOUR listed"
    ),
    Scenario(
        "who was cancelled comes back with a list",
        (LIST, _on("10:00", OMAR, function="745+RP"), _on("11:00", SALMA, OMAR, NOUR, PILOT)),
        "SALMA listed, OMAR listed, NOUR listed, KARIM listed",
    ),
    Scenario(
        "a cancellation of somebody unknown",
        (_on("10:00", SALMA, function="745+XR"),),
        "SALMA cancelled",
        problems="PERSON_UNKNOWN",
    ),
    Scenario(
        "a function that is not known takes nobody off",
        (LIST, _on("10:00", SALMA, function="745+ZZ")),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    # the close of the flight
    Scenario(
        "closed, and no more said",
        (LIST, _on("11:00", function="266+CL")),
        "SALMA listed, OMAR listed, NOUR listed",
        status="closed",
    ),
    Scenario(
        "closed with those on board",
        (LIST, _on("11:00", SALMA, NOUR, function="266+CLOB")),
        "SALMA on_board, OMAR not_on_board, NOUR on_board",
        status="closed",
    ),
    Scenario(
        "closed without those who stayed",
        (LIST, _on("11:00", OMAR, function="266+CLNB")),
        "SALMA on_board, OMAR not_on_board, NOUR on_board",
        status="closed",
    ),
    Scenario(
        "nobody stayed behind",
        (LIST, _on("11:00", function="266+CLNB")),
        "SALMA on_board, OMAR on_board, NOUR on_board",
        status="closed",
    ),
    Scenario(
        "nobody is named on board: that says nothing of anybody",
        (LIST, _on("11:00", function="266+CLOB")),
        "SALMA listed, OMAR listed, NOUR listed",
        status="closed",
    ),
    Scenario(
        "who was cancelled stays so",
        (LIST, _on("10:00", OMAR, function="745+XR"), _on("11:00", function="266+CLNB")),
        "SALMA on_board, OMAR cancelled, NOUR on_board",
        status="closed",
    ),
    Scenario(
        "... unless he is named on board",
        (LIST, _on("10:00", OMAR, function="745+XR"), _on("11:00", OMAR, function="266+CLOB")),
        "SALMA not_on_board, OMAR on_board, NOUR not_on_board",
        status="closed",
    ),
    Scenario(
        "a list after the close does not undo it",
        (LIST, _on("11:00", OMAR, function="266+CLNB"), _on("11:30", SALMA, OMAR, NOUR, PILOT)),
        "SALMA on_board, OMAR not_on_board, NOUR on_board, KARIM listed",
        status="closed",
    ),
    Scenario(
        "the crew is in no such list",
        (_on("08:00", PILOT, function="250"), LIST, _on("11:00", SALMA, OMAR, NOUR, function="266+CLOB")),
        "KARIM listed, SALMA on_board, OMAR on_board, NOUR on_board",
        status="closed",
    ),
    Scenario(
        "somebody on board who was in no list",
        (_on("09:00", SALMA), _on("11:00", SALMA, NOUR, function="266+CLOB")),
        "SALMA on_board, NOUR on_board",
        status="closed",
        problems="PERSON_UNKNOWN",
    ),
    Scenario(
        "a close-out of one sender says nothing of another's list",
        (_on("09:00", SALMA), _on("09:10", NOUR, sender="YY"), _on("11:00", SALMA, function="266+CLOB")),
        "SALMA on_board, NOUR listed",
        status="closed",
    ),
    Scenario(
        "of a close-out in parts, one is missing",
        (LIST, _on("11:00", SALMA, function="266+CLOB", access="K", part=1, last_part=False)),
        "SALMA on_board, OMAR listed, NOUR listed",
        status="closed",
        problems="PART_MISSING",
    ),
    Scenario(
        "who was booked only is not on board",
        (pnr(*BOTH, sent="08:00"), _on("09:00", SALMA, OMAR), _on("11:00", SALMA, OMAR, function="266+CLOB")),
        "SALMA on_board, OMAR on_board, NOUR not_on_board",
        status="closed",
    ),
    Scenario(
        "... and is not said to be on board either",
        (pnr(*BOTH, sent="08:00"), _on("09:00", SALMA, OMAR), _on("11:00", OMAR, function="266+CLNB")),
        "SALMA on_board, OMAR not_on_board, NOUR booked",
        status="closed",
    ),
    Scenario(
        "the flight is cancelled",
        (LIST, _on("10:00", function="266+XF")),
        "SALMA cancelled, OMAR cancelled, NOUR cancelled",
        status="cancelled",
    ),
    Scenario(
        "a booking sent again does not revive a flight",
        (pnr(*BOTH, sent="08:00"), _on("10:00", function="266+XF"), pnr(*BOTH, sent="11:00", function="141")),
        "SALMA cancelled, OMAR cancelled, NOUR cancelled",
        status="cancelled",
    ),
    Scenario(
        "a list revives it",
        (LIST, _on("10:00", function="266+XF"), _on("11:00", SALMA)),
        "SALMA listed, OMAR cancelled, NOUR cancelled",
    ),
    Scenario(
        "the flight is changed",
        (LIST, _on("10:00", function="266+CF", legs=(LEG, MEZZO))),
        "SALMA listed, OMAR listed, NOUR listed",
        status="changed",
    ),
    Scenario(
        "whoever is named later is not cancelled with it",
        (_on("10:00", function="266+XF"), pnr(BOTH[1], sent="11:00"), _on("12:00", function="266+CLNB")),
        "NOUR booked",
        status="closed",
    ),
    # legs
    Scenario(
        "the second leg is cancelled: who boarded the first travels",
        (
            _on("03:00", SALMA, OMAR, legs=(FIRST, SECOND)),
            _on("05:40", SALMA, OMAR, function="266+CLOB", legs=(FIRST,)),
            _on("09:30", function="266+XF", legs=(SECOND,)),
        ),
        "SALMA on_board, OMAR on_board",
        status="closed",
    ),
    Scenario(
        "... and who is listed on it alone does not",
        (
            _on("03:00", SALMA, legs=(FIRST,)),
            _on("03:01", OMAR, legs=(SECOND,)),
            _on("09:30", function="266+XF", legs=(SECOND,)),
        ),
        "SALMA listed, OMAR cancelled",
    ),
    Scenario(
        "... nor who boards there, as the list of both says",
        (
            _on("03:00", SALMA, msgspec.structs.replace(OMAR, embarks="MRS"), legs=(FIRST, SECOND)),
            _on("09:30", function="266+XF", legs=(SECOND,)),
        ),
        "SALMA listed, OMAR cancelled",
    ),
    Scenario(
        "both legs are cancelled",
        (
            _on("03:00", SALMA, msgspec.structs.replace(OMAR, embarks="MRS"), legs=(FIRST, SECOND)),
            _on("04:30", function="266+XF", legs=(FIRST, SECOND)),
        ),
        "SALMA cancelled, OMAR cancelled",
        status="cancelled",
    ),
    Scenario(
        "the close of the second leg says nothing of who boarded the first",
        (
            _on("03:00", SALMA, OMAR, legs=(FIRST, SECOND)),
            _on("05:40", SALMA, OMAR, function="266+CLOB", legs=(FIRST,)),
            _on("09:30", OMAR, function="266+CLOB", legs=(SECOND,)),
        ),
        "SALMA on_board, OMAR on_board",
        status="closed",
    ),
    Scenario(
        "the close of the first leg leaves out one of the list of both",
        (
            _on("03:00", SALMA, OMAR, legs=(FIRST, SECOND)),
            _on("05:40", OMAR, function="266+CLOB", legs=(FIRST,)),
        ),
        "SALMA not_on_board, OMAR on_board",
        status="closed",
    ),
    # several lists
    Scenario(
        "a list leaves out one whom the crew list has",
        (LIST, _on("09:30", SALMA, function="250"), _on("10:00", OMAR, NOUR)),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a list leaves out one whom another sender's list has",
        (LIST, _on("09:30", SALMA, OMAR, NOUR, sender="HDL"), _on("10:00", OMAR, NOUR)),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "... until that one leaves him out as well",
        (
            LIST,
            _on("09:30", SALMA, OMAR, NOUR, sender="HDL"),
            _on("10:00", OMAR, NOUR),
            _on("11:00", OMAR, NOUR, sender="HDL"),
        ),
        "SALMA no_longer_listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a list of one leg leaves out one who is on the list of the other",
        (
            _on("03:00", SALMA, OMAR, legs=(FIRST,)),
            _on("03:01", SALMA, NOUR, legs=(SECOND,)),
            _on("04:30", NOUR, legs=(SECOND,)),
        ),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a question is no list: it keeps nobody on",
        (LIST, _app("09:30", "CIRQ", SALMA), _on("10:00", OMAR, NOUR)),
        "SALMA no_longer_listed, OMAR listed, NOUR listed",
    ),
    # crew
    Scenario(
        "a newer crew list",
        (_on("08:00", PILOT, STEWARD, function="250+C"), _on("09:00", STEWARD, function="250+C")),
        "KARIM no_longer_listed, LEILA listed",
    ),
    Scenario(
        "a change of the crew",
        (_on("08:00", PILOT, function="250+C"), _on("09:00", STEWARD, function="250+CC")),
        "KARIM listed, LEILA listed",
        problems="PERSON_UNKNOWN",
    ),
    Scenario("the master crew list puts nobody on a flight", (_on("08:00", PILOT, STEWARD, function="336+G"),), ""),
    Scenario(
        "a gate pass puts nobody on a flight",
        (LIST, _on("08:30", PILOT, function="655")),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    # bookings
    Scenario("bookings", (pnr(*BOTH),), "SALMA booked, OMAR booked, NOUR booked"),
    Scenario(
        "a booking with one less",
        (pnr(*BOTH, sent="08:00"), pnr(("AB12CD", (B_SALMA,)), sent="09:00", function="141")),
        "SALMA booked, OMAR no_longer_listed, NOUR booked",
    ),
    Scenario(
        "a booking with one more",
        (
            pnr(*BOTH, sent="08:00"),
            pnr(("AB12CD", (B_SALMA, B_OMAR, person("BENALI", "YANIS"))), sent="09:00", function="141"),
        ),
        "SALMA booked, OMAR booked, NOUR booked, YANIS booked",
    ),
    Scenario(
        "a booking is cancelled, and names those in it",
        (pnr(*BOTH, sent="08:00"), pnr(BOTH[0], sent="09:00", function="141", cancelled=("AB12CD",))),
        "SALMA cancelled, OMAR cancelled, NOUR booked",
    ),
    Scenario(
        "a booking is cancelled, and names nobody",
        (pnr(*BOTH, sent="08:00"), pnr(("AB12CD", ()), sent="09:00", function="141", cancelled=("AB12CD",))),
        "SALMA cancelled, OMAR cancelled, NOUR booked",
    ),
    Scenario(
        "a booking is divided",
        (
            pnr(*BOTH, sent="08:00"),
            pnr(
                ("AB12CD", (B_SALMA,)),
                ("QQ77QQ", (person("BENALI", "OMAR", tickets=("7842836432717",)),)),
                sent="09:00",
                function="141",
            ),
        ),
        "SALMA booked, OMAR no_longer_listed, NOUR booked, OMAR' booked",
    ),
    Scenario(
        "... and documents show who went with the other part",
        (
            pnr(("AB12CD", (B_SALMA, person("BENALI", "OMAR", "ZZ7654321"))), sent="08:00"),
            pnr(
                ("AB12CD", (B_SALMA,)),
                ("QQ77QQ", (person("BENALI", "OMAR", "ZZ7654321"),)),
                sent="09:00",
                function="141",
            ),
        ),
        "SALMA booked, OMAR booked",
    ),
    Scenario(
        "one of two bookings of a person is cancelled",
        (
            pnr(("AB12CD", (DOUBLE,)), ("QQ77QQ", (DOUBLE,)), sent="08:00"),
            pnr(("AB12CD", (DOUBLE,)), sent="09:00", function="141", cancelled=("AB12CD",)),
        ),
        "NOUR booked",
    ),
    Scenario(
        "... and the other: who is named first does not matter",
        (
            pnr(("AB12CD", (DOUBLE,)), ("QQ77QQ", (DOUBLE,)), sent="08:00"),
            pnr(("AB12CD", ()), sent="09:00", function="141", cancelled=("AB12CD",)),
            pnr(("QQ77QQ", (DOUBLE,)), sent="10:00", function="141", cancelled=("QQ77QQ",)),
        ),
        "NOUR cancelled",
    ),
    Scenario(
        "rebooked in one push",
        (
            pnr(("AB12CD", (DOUBLE,)), sent="08:00"),
            pnr(("QQ77QQ", (DOUBLE,)), ("AB12CD", (DOUBLE,)), sent="09:00", function="141", cancelled=("AB12CD",)),
        ),
        "NOUR booked",
    ),
    Scenario(
        "a full push leaves a booking out",
        (pnr(*BOTH, ("QQ77QQ", (person("SAIDI", "HANA"),)), sent="08:00"), pnr(*BOTH, sent="20:00")),
        "SALMA booked, OMAR booked, NOUR booked, HANA no_longer_listed",
    ),
    Scenario(
        "a push of one booking is no list of everybody",
        (pnr(*BOTH, sent="08:00"), pnr(BOTH[1], sent="20:00")),
        "SALMA booked, OMAR booked, NOUR booked",
    ),
    Scenario(
        "a placeholder is replaced by names",
        (
            pnr(
                ("GRP123", (person("TBA", None, placeholder=True), person("TBA", None, placeholder=True))), sent="08:00"
            ),
            pnr(("GRP123", (person("TBA", None, placeholder=True), B_NOUR)), sent="09:00", function="141"),
        ),
        "TBA booked, TBA' no_longer_listed, NOUR booked",
    ),
    Scenario(
        "names of the reservation system, and its deletions",
        (
            _pnl("07:00", B_SALMA, B_OMAR),
            _pnl(
                "08:00",
                person("BENALI", "OMAR", booking=0),
                function="ADL",
                bookings=(Booking(travellers=(0,), cancelled=True),),
            ),
        ),
        "SALMA booked, OMAR cancelled",
    ),
    Scenario(
        "a list says more than a booking", (pnr(*BOTH, sent="08:00"), LIST), "SALMA listed, OMAR listed, NOUR listed"
    ),
    Scenario(
        "a booking sent later says less than a list",
        (LIST, pnr(*BOTH, sent="10:00")),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a booking does not bring back whom a list left out",
        (LIST, _on("10:00", SALMA, NOUR), pnr(*BOTH, sent="11:00")),
        "SALMA listed, OMAR no_longer_listed, NOUR listed",
    ),
    Scenario(
        "a booking cancelled after the list",
        (LIST, pnr(("AB12CD", (B_SALMA, B_OMAR)), sent="10:00", function="141", cancelled=("AB12CD",))),
        "SALMA cancelled, OMAR cancelled, NOUR listed",
    ),
    Scenario(
        "a push of bookings leaves out one who is in a list",
        (
            pnr(*BOTH, ("QQ77QQ", (person("SAIDI", "HANA"),)), sent="08:00"),
            _on("09:00", SALMA, OMAR, NOUR, person("SAIDI", "HANA", record_locator="QQ77QQ")),
            pnr(*BOTH, sent="20:00"),
        ),
        "SALMA listed, OMAR listed, NOUR listed, HANA listed",
    ),
    Scenario(
        "a booking loses one who is in a list",
        (pnr(*BOTH, sent="08:00"), LIST, pnr(("AB12CD", (B_SALMA,)), sent="10:00", function="141")),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a placeholder stays behind nobody",
        (
            pnr(("GRP123", (person("TBA", None, placeholder=True),)), sent="08:00"),
            LIST,
            _on("11:00", SALMA, OMAR, NOUR, function="266+CLOB"),
        ),
        "TBA booked, SALMA on_board, OMAR on_board, NOUR on_board",
        status="closed",
    ),
    # interactive lines
    Scenario(
        "a question, and its cancellation",
        (
            _app("09:00", "CIRQ", SALMA, transaction="1"),
            _app("09:05", "CIRQ", OMAR, transaction="2"),
            _app("09:30", "CICX", OMAR, transaction="3"),
        ),
        "SALMA listed, OMAR cancelled",
    ),
    Scenario(
        "the manifest is closed",
        (_app("09:00", "CIRQ", SALMA, transaction="1"), _app("11:00", "CIMR", transaction="9")),
        "SALMA listed",
        status="closed",
    ),
    Scenario(
        "an answer that repeats the person changes nothing",
        (
            _app("09:00", "CIRQ", SALMA, transaction="1"),
            _app("09:30", "CICX", SALMA, transaction="2"),
            _app("09:31", "CICC", SALMA, transaction="2"),
        ),
        "SALMA cancelled",
    ),
    # parts
    Scenario(
        "two parts are one list",
        (
            _on("09:00", SALMA, access="K", part=1, last_part=False),
            _on("09:01", OMAR, NOUR, access="K", part=2, last_part=True),
        ),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a newer list in parts",
        (
            LIST,
            _on("10:00", SALMA, access="K", part=1, last_part=False),
            _on("10:01", NOUR, access="K", part=2, last_part=True),
        ),
        "SALMA listed, OMAR no_longer_listed, NOUR listed",
    ),
    Scenario(
        "... of which one is missing: nobody is left out by it",
        (
            LIST,
            _on("10:00", SALMA, access="K", part=1, last_part=False),
            _on("10:01", NOUR, access="K", part=3, last_part=True),
        ),
        "SALMA listed, OMAR listed, NOUR listed",
        problems="PART_MISSING",
    ),
    Scenario(
        "parts without access reference belong together by message and flight",
        (
            LIST,
            _on("10:00", SALMA, message="M", part=1, last_part=False),
            _on("10:01", NOUR, message="M", part=2, last_part=True),
        ),
        "SALMA listed, OMAR no_longer_listed, NOUR listed",
    ),
    # sent again
    Scenario(
        "a list sent again after a newer one",
        (LIST, _on("10:00", SALMA, NOUR), _on("12:00", SALMA, OMAR, NOUR)),
        "SALMA listed, OMAR no_longer_listed, NOUR listed",
        problems="REPEATED_LATE",
    ),
    Scenario(
        "a change sent again after another of the same person",
        (
            LIST,
            _on("10:00", msgspec.structs.replace(SALMA, seats=("1A",)), function="745+CP"),
            _on("10:10", msgspec.structs.replace(SALMA, seats=("2B",)), function="745+CP"),
            _on("10:20", msgspec.structs.replace(SALMA, seats=("1A",)), function="745+CP"),
        ),
        "SALMA listed, OMAR listed, NOUR listed",
        problems="REPEATED_LATE",
    ),
    Scenario(
        "... in a transaction of its own it is a return",
        (
            LIST,
            _on("10:00", SALMA, function="745+CP", transaction="1"),
            _on("10:10", msgspec.structs.replace(SALMA, seats=("2B",)), function="745+CP", transaction="2"),
            _on("10:20", SALMA, function="745+CP", transaction="3"),
        ),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a change of another person is none",
        (
            LIST,
            _on("10:00", SALMA, function="745+CP"),
            _on("10:10", OMAR, function="745+CP"),
            _on("10:20", SALMA, function="745+CP"),
        ),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "the list sent again after the flight was cancelled opens it",
        (LIST, _on("10:00", function="266+XF"), _on("11:00", SALMA, OMAR, NOUR)),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "... and a second cancellation cancels it again",
        (LIST, _on("10:00", function="266+XF"), _on("11:00", SALMA, OMAR, NOUR), _on("12:00", function="266+XF")),
        "SALMA cancelled, OMAR cancelled, NOUR cancelled",
        status="cancelled",
    ),
    Scenario(
        "one sending of the list that came twice, around the cancellation, is one",
        (LIST, _on("10:00", function="266+XF"), _on("09:00", SALMA, OMAR, NOUR)),
        "SALMA cancelled, OMAR cancelled, NOUR cancelled",
        status="cancelled",
    ),
    Scenario(
        "the list sent again after one of it was cancelled",
        (LIST, _on("10:00", SALMA, function="745+XR"), _on("11:00", SALMA, OMAR, NOUR)),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a change, a cancellation, and the change again",
        (
            LIST,
            _on("10:00", SALMA, function="745+CP"),
            _on("10:10", SALMA, function="745+XR"),
            _on("10:20", SALMA, function="745+CP"),
        ),
        "SALMA listed, OMAR listed, NOUR listed",
    ),
    Scenario(
        "... but not after the cancellation of another",
        (
            LIST,
            _on("10:00", NOUR, function="745+CP"),
            _on("10:10", SALMA, function="745+XR"),
            _on("10:20", NOUR, function="745+CP"),
        ),
        "SALMA cancelled, OMAR listed, NOUR listed",
    ),
    Scenario(
        "a cancellation, a new list with the person, and the cancellation again",
        (
            LIST,
            _on("10:00", SALMA, function="745+XR"),
            _on("11:00", SALMA, OMAR),
            _on("12:00", SALMA, function="745+XR"),
        ),
        "SALMA cancelled, OMAR listed, NOUR no_longer_listed",
    ),
    Scenario(
        "a mere name asked about, cancelled and asked about again is one person",
        (_app("09:00", "CIRQ", B_SALMA), _app("09:10", "CICX", B_SALMA), _app("09:20", "CIRQ", B_SALMA)),
        "SALMA listed",
    ),
    Scenario(
        "closed three times, the third as the first",
        (
            LIST,
            _on("11:00", SALMA, OMAR, NOUR, function="266+CLOB"),
            _on("11:10", SALMA, NOUR, function="266+CLOB"),
            _on("11:20", SALMA, OMAR, NOUR, function="266+CLOB"),
        ),
        "SALMA on_board, OMAR on_board, NOUR on_board",
        status="closed",
    ),
    Scenario(
        "a booking, its cancellation, and the booking again",
        (
            pnr(BOTH[0], sent="08:00", function="141"),
            pnr(BOTH[0], sent="09:00", function="141", cancelled=("AB12CD",)),
            pnr(BOTH[0], sent="10:00", function="141"),
        ),
        "SALMA booked, OMAR booked",
    ),
    Scenario(
        "a booking, the same with one less, and as it was",
        (
            pnr(BOTH[0], sent="08:00", function="141"),
            pnr(("AB12CD", (B_SALMA,)), sent="09:00", function="141"),
            pnr(BOTH[0], sent="10:00", function="141"),
        ),
        "SALMA booked, OMAR booked",
    ),
    Scenario(
        "a name added, deleted, and added again",
        (
            pnr(BOTH[0], sent="08:00", function="ADL", kind="PNL"),
            pnr(BOTH[0], sent="09:00", function="ADL", kind="PNL", cancelled=("AB12CD",)),
            pnr(BOTH[0], sent="10:00", function="ADL", kind="PNL"),
        ),
        "SALMA booked, OMAR booked",
    ),
    Scenario(
        "of a corrected list in parts, the first is as it was",
        (
            _on("09:00", SALMA, access="K", part=1, last_part=False),
            _on("09:01", OMAR, NOUR, access="K", part=2),
            _on("10:00", SALMA, access="L", part=1, last_part=False),
            _on("10:01", NOUR, access="L", part=2),
        ),
        "SALMA listed, OMAR no_longer_listed, NOUR listed",
    ),
    Scenario(
        "... and under the access reference of before",
        (
            _on("09:00", SALMA, access="K", part=1, last_part=False),
            _on("09:01", OMAR, NOUR, access="K", part=2),
            _on("10:00", SALMA, access="K", part=1, last_part=False),
            _on("10:01", NOUR, access="K", part=2),
        ),
        "SALMA listed, OMAR no_longer_listed, NOUR listed",
    ),
    Scenario(
        "each part sent twice is one list",
        (
            LIST,
            _on("10:00", SALMA, access="K", part=1, last_part=False),
            _on("10:01", SALMA, access="K", part=1, last_part=False),
            _on("10:02", NOUR, access="K", part=2),
            _on("10:03", NOUR, access="K", part=2),
        ),
        "SALMA listed, OMAR no_longer_listed, NOUR listed",
    ),
    # who is who
    Scenario(
        "a family in one booking and one document typed for two",
        (_on("09:00", SALMA, person("BENALI", "OMAR", "ZZ1234567/MAR", record_locator="AB12CD", reference="1")),),
        "SALMA listed, OMAR listed",
    ),
    Scenario(
        "... and asked about one by one",
        (
            _on("09:00", SALMA, transaction="1"),
            _on(
                "09:01",
                person("BENALI", "OMAR", "ZZ1234567/MAR", record_locator="AB12CD", reference="1"),
                transaction="2",
            ),
        ),
        "SALMA listed, OMAR listed",
    ),
    Scenario(
        "twins",
        (
            _on(
                "09:00",
                person("BENALI", "HASSAN", birth_date="2010-03-10"),
                person("BENALI", "HUSSEIN", birth_date="2010-03-10"),
            ),
            _on(
                "10:00",
                person("BENALI", "HUSSEIN", birth_date="2010-03-10"),
                person("BENALI", "HASSAN", birth_date="2010-03-10"),
            ),
        ),
        "HASSAN listed, HUSSEIN listed",
    ),
    Scenario(
        "an infant with a parent's document",
        (
            _on(
                "09:00",
                SALMA,
                person("BENALI", "YANIS", "ZZ1234567/MAR", birth_date="2026-01-02", record_locator="AB12CD"),
            ),
            pnr(("AB12CD", (B_SALMA, person("BENALI", "YANIS", infant=True))), sent="10:00"),
        ),
        "SALMA listed, YANIS listed",
    ),
    Scenario(
        "two namesakes whom nothing tells apart stay two",
        (_on("09:00", B_SALMA, B_SALMA), _on("10:00", B_SALMA, B_SALMA, B_NOUR)),
        "SALMA listed, SALMA' listed, NOUR listed",
    ),
    Scenario(
        "one of two namesakes is asked about: none is chosen",
        (
            pnr(("AB12CD", (B_SALMA, B_OMAR, person("BENALI", "SALMA", tickets=("7842836432717",)))), sent="08:00"),
            _on("09:00", person("BENALI", "SALMA", record_locator="AB12CD"), transaction="1"),
        ),
        "SALMA booked, OMAR booked, SALMA' booked, SALMA'' listed",
    ),
    Scenario("one named twice in a list is one", (_on("09:00", SALMA, NOUR, SALMA),), "SALMA listed, NOUR listed"),
    Scenario(
        "the booking shows later that two are one",
        (
            pnr(("AB12CD", (B_SALMA,)), sent="08:00"),
            _on("09:00", person("BENALI", "SALMA", "ZZ1234567", birth_date="1984-03-10")),
            pnr(("AB12CD", (person("BENALI", "SALMA", "ZZ1234567"),)), sent="10:00", function="141"),
        ),
        "SALMA listed",
    ),
    Scenario(
        "two who are linked alike, and to each other, are one",
        (
            _on("08:00", person("HAMDI", "NOUR", record_locator="XY98ZW"), sender="A1"),
            _on("08:10", person("HAMDI", "NOUR", seats=("12A",)), sender="B1"),
            _on("09:00", person("HAMDI", "NOUR", record_locator="XY98ZW", seats=("12A",))),
        ),
        "NOUR listed",
    ),
    Scenario(
        "a mention joins nobody by a link that does not suffice",
        (
            pnr(("AB12CD", (person("BENALI", "S"),)), sent="08:00"),
            _on("09:00", person("BENALI", "SALMA", "ZZ1234567")),
            _on("10:00", person("BENALI", "SALMA", "ZZ1234567", record_locator="AB12CD")),
        ),
        "S booked, SALMA listed",
    ),
    Scenario(
        "a mention without a name does not join two of other names",
        (
            _on("09:00", person("BENALI", "SALMA", reference="25760", record_locator="AB12CD"), transaction="1"),
            _on("09:10", person("HAMDI", "NOUR", "AA1111111", birth_date="1991-11-05"), transaction="2"),
            _on(
                "10:00",
                person(None, None, "AA1111111", birth_date="1991-11-05", reference="25760", record_locator="AB12CD"),
                function="745+CP",
            ),
        ),
        "SALMA listed, NOUR listed",
    ),
    Scenario(
        "two questions with a mere name may be about two",
        (_on("09:00", B_SALMA, transaction="1"), _on("09:10", B_SALMA, transaction="2")),
        "SALMA listed, SALMA' listed",
    ),
    Scenario(
        "namesakes in two parts of one list are two",
        (
            _on("09:00", B_NOUR, access="K", part=1, last_part=False),
            _on("09:01", B_NOUR, access="K", part=2, last_part=True),
        ),
        "NOUR listed, NOUR' listed",
    ),
    Scenario(
        "... and with one document one is named twice",
        (
            _on("09:00", NOUR, access="K", part=1, last_part=False),
            _on("09:01", NOUR, access="K", part=2, last_part=True),
        ),
        "NOUR listed",
    ),
    Scenario(
        "two of one name and booking in two parts are two",
        (
            _on("09:00", person("BENALI", "SALMA", record_locator="AB12CD"), access="K", part=1, last_part=False),
            _on("09:01", person("BENALI", "SALMA", record_locator="AB12CD"), access="K", part=2, last_part=True),
        ),
        "SALMA listed, SALMA' listed",
    ),
    Scenario(
        "mother and daughter of one name, of whom one is booked: neither is chosen",
        (
            pnr(("AB12CD", (B_SALMA,)), sent="08:00"),
            _on(
                "09:00",
                person("BENALI", "SALMA", record_locator="AB12CD", birth_date="1951-07-22"),
                person("BENALI", "SALMA", record_locator="AB12CD", birth_date="1984-03-10"),
            ),
        ),
        "SALMA booked, SALMA' listed, SALMA'' listed",
    ),
    Scenario(
        "persons without any name stay as many as they are",
        (_on("09:00", person(None, None, "AA1111111"), person(None, None, "BB2222222")),),
        "? listed, ?' listed",
    ),
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.reason for scenario in SCENARIOS])
def test_scenario(scenario: Scenario) -> None:
    state = state_of(*scenario.messages)
    found = ", ".join(f"{name} {status}" for name, status in statuses(state).items())
    assert (found, state.status, " ".join(codes(state))) == (scenario.persons, scenario.status, scenario.problems)


def test_there_are_forty_scenarios() -> None:
    assert len(SCENARIOS) >= 40
