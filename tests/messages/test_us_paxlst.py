"""The form of US-EDIFACT: places and times in elements of their own, one segment for each person."""

from tests.messages.writing import loud, read_one
from vigie.records import Message

HEAD = (
    "UNA:+.? 'UNB+UNOA:1+ZEPHYR:ZV+USCS:US+261122:1910+77++CEDIPAX+A+++0'"
    "UNG+PAXLST+ZEPHYR:ZV+TECS:US+261122:1910+77+ZV+001:000'"
    "UNH+77+PAXLST:001:000:ZV+ZV412/261122/1910'CTA+IC+:A? CLERK+1-555-0100:TE'TDT++ZV0412+40+ZV'"
)
PLACES = "LOC+005+MACMN:50'DTM+136+261123+0540+P01'LOC+008+ATVIE:50'DTM+132+261123+0950+P01'UNS+D'"
PERSON = "PDT+P/ZZ182345:310214:MA+BENALI:SALMA:K:840310:F+PAX+MACMN:ATVIE'"


def read(body: str, count: int) -> Message:
    return read_one(f"{HEAD}{body}UNT+{count}+77'UNE+1+77'UNZ+1+77'")


def test_journey_and_traveller() -> None:
    message = read(PLACES + PERSON, 10)
    (leg,) = message.journeys[0].legs
    assert (leg.carrier, leg.number, leg.origin, leg.destination) == ("ZV", "412", "MACMN", "ATVIE")
    assert (leg.departs, leg.arrives, message.journeys[0].mode) == ("2026-11-23T05:40", "2026-11-23T09:50", "air")
    (person,) = message.travellers
    assert (person.name.family, person.name.given, person.name.raw) == ("BENALI", "SALMA K", "BENALI:SALMA:K")
    assert (person.birth_date, person.sex, person.embarks, person.disembarks) == ("1984-03-10", "F", "MACMN", "ATVIE")
    (paper,) = person.documents
    assert (paper.type, paper.number, paper.issuer, paper.expires) == ("P", "ZZ182345", "MAR", "2031-02-14")
    assert person.nationality is None, "the form has no nationality, and the issuer's is none"
    assert loud(message) == []
    assert message.account is not None
    assert (message.account.unknown, message.account.reported) == (0, 0)


def test_progressive_flight() -> None:
    places = (
        "LOC+5+NZAKL:50'DTM+136+261123+2200+M10'LOC+PT+USHNL:50'DTM+132+261123+1900+P8'"
        "LOC+PT+USLAX:50'DTM+132+261123+2300+P5'LOC+8+USJFK:50'DTM+132+261124+0400+P2'UNS+D'"
    )
    message = read(places + PERSON, 14)
    legs = [(leg.origin, leg.destination) for leg in message.journeys[0].legs]
    assert legs == [("NZAKL", "USHNL"), ("USHNL", "USLAX"), ("USLAX", "USJFK")]


def test_a_person_of_whom_little_is_sent() -> None:
    message = read(f"{PLACES}PDT+/+SUKARNO'PDT+ZZ9'PDT+++CRW'PDT+P/1+A:B:::Q+XYZ'", 13)
    assert [person.name.family for person in message.travellers] == ["SUKARNO", None, None, "A"]
    assert [person.capacity for person in message.travellers] == ["passenger", "passenger", "crew", "passenger"]
    assert [person.documents[0].number for person in message.travellers if person.documents] == ["ZZ9", "1"]
    assert loud(message) == ["NAME_MISSING", "UNKNOWN_CODE", "UNKNOWN_QUALIFIER"]


def test_persons_of_the_other_form_are_read_too() -> None:
    message = read(f"{PLACES}NAD+FL+++OKONJO:ADA'DTM+329:900101'LOC+178+CMN'{PERSON}", 13)
    assert [person.name.family for person in message.travellers] == ["OKONJO", "BENALI"]
    assert message.travellers[0].embarks == "CMN"
