"""Puts invented people on board: three journeys, their parties, bookings, seats and crews."""

import datetime as dt
import itertools
import random
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from vigie.demo.cultures import CULTURES
from vigie.demo.paxlst import Sending, Service
from vigie.demo.people import CARD_NAME, PASSPORT_NAME, Inventor, Person, zone_name
from vigie.demo.planted import PLANTED, Planted
from vigie.records import Document, Leg, Mode, Name, Traveller

_INFANT: Final = 2
"""Age from which a passenger has a seat."""


class Route(NamedTuple):
    """One of the three journeys: who travels on it, and how its carrier sends its list."""

    name: str
    share: float
    """Of all travellers."""
    mode: Mode
    leg: Leg
    cultures: Mapping[str, int]
    sending: Sending
    crew: tuple[str, int]
    """Culture and number."""
    home: str
    """State of arrival."""
    abroad: tuple[str, ...] = ()
    """Where its nationals may live."""
    card_share: float = 0.0
    """Share of adults who travel with an identity card."""
    visa: tuple[str, ...] = ()
    """Nationalities that need a visa of the destination."""
    onward: str | None = None
    """Where travellers in transit go."""
    seat_letters: str = ""


class Placed(NamedTuple):
    """A traveller on board, and the planted case he is, if any."""

    traveller: Traveller
    case: Planted | None


def routes(day: dt.date) -> tuple[Route, ...]:
    """The journeys of `day`. Carriers and numbers are invented; ZZ, ZF and ZC are no carrier's codes."""
    date = day.isoformat()
    sending = Sending(
        sender="",
        receiver="MARAPIS",
        prepared="",
        reference="",
        contact="",
        telephone="+000 555 0100",
    )
    flight = Leg(carrier="ZZ", number="704", number_raw="ZZ0704", origin="IST", destination="CMN")
    ferry = Leg(carrier="ZF", number="1207", number_raw="ZF1207", origin="ESALG", destination="MAPTM")
    coach = Leg(carrier="ZC", number="31", number_raw="ZC31", origin="BFOUA", destination="NENIM")
    return (
        Route(
            name="flight",
            share=0.652,
            mode="air",
            leg=replace(flight, departs=f"{date}T11:30", arrives=f"{date}T13:40"),
            cultures=_shares("""
                moroccan:34 turkish:11 algerian:4 tunisian:3 egyptian:5 levantine:7 gulf:5 mauritanian:1 malian:1
                senegalese:2 hausa:1 yoruba:1 akan:1 congolese:1 cameroonian:1 kenyan:1 ethiopian:1 somali:1 iranian:1
                afghan:1 pakistani:2 indian:2 indian_muslim:1 russian:3 caucasian:1 central_asian:2 french:5 spanish:2
                portuguese:1 english:3 german:2 italian:2 dutch:1 chinese:3 korean:2 indonesian:2"""),
            sending=replace(
                sending,
                sender="DEMOAIR",
                reference=f"{day:%y%m%d}704",
                contact="DEMO AIR OPERATIONS",
                prepared=f"{date}T11:04",
                per_message=100,
            ),
            crew=("turkish", 9),
            home="MAR",
            visa=("PAK", "IND", "AFG", "SOM", "ETH", "KEN", "IRN", "EGY", "SYR", "IRQ", "NGA", "CMR"),
            onward="DSS",
            seat_letters="ABCDEF",
        ),
        Route(
            name="ferry",
            share=0.261,
            mode="sea",
            leg=replace(ferry, departs=f"{date}T14:00", arrives=f"{date}T14:30"),
            cultures=_shares("moroccan:70 algerian:3 spanish:10 french:6 dutch:3 german:2 portuguese:2 senegalese:2"),
            sending=replace(
                sending,
                sender="DEMOFERRY",
                reference=f"{day:%y%m%d}1207",
                contact="DEMO FERRY DESK",
                prepared=f"{date}T13:11",
                release="12B",
                wide_dates=True,
                line_breaks=True,
            ),
            crew=("spanish", 6),
            home="MAR",
            abroad=("ESP", "ESP", "FRA", "FRA", "BEL", "NLD", "ITA", "DEU"),
        ),
        Route(
            name="coach",
            share=0.087,
            mode="road",
            leg=replace(coach, departs=f"{date}T06:00", arrives=f"{date}T17:30"),
            cultures=_shares("burkinabe:40 nigerien:30 malian:15 senegalese:3 hausa:4 mauritanian:3 akan:3"),
            sending=replace(
                sending,
                sender="DEMOCOACH",
                reference=f"{day:%y%m%d}31",
                receiver="NERAPIS",
                contact="DEMO COACH OFFICE",
                prepared=f"{date}T05:12",
                service=Service(element="*", terminator="#"),
                line_breaks=True,
            ),
            crew=("burkinabe", 2),
            home="NER",
            card_share=0.6,
        ),
    )


def passengers(rng: random.Random, inventor: Inventor, route: Route, count: int) -> list[Placed]:
    """`count` passengers of a route, party by party, with the route's planted travellers among them."""
    parties = [[Placed(_planted(inventor, route, case), case)] for case in PLANTED if case.message == route.name]
    missing = count - len(parties)
    while missing > 0:
        people = inventor.party(rng.choices(list(route.cultures), list(route.cultures.values()))[0])
        if len(people) <= missing:
            parties.append([Placed(_travelling(rng, inventor, route, person), None) for person in people])
            missing -= len(people)
    rng.shuffle(parties)
    return list(_booked(rng, route, parties))


def crew(inventor: Inventor, route: Route) -> Iterator[Traveller]:
    """The crew, each with a passport and a licence."""
    culture, count = route.crew
    for _ in range(count):
        person = inventor.person(culture, (24, 60), state=next(iter(CULTURES[culture].states)))
        licence = replace(inventor.document("I", person.nationality), type="L", type_raw="L")
        member = _traveller(person, (*person.documents, licence), person.residence)
        yield replace(member, capacity="crew", embarks=route.leg.origin, disembarks=route.leg.destination)


def _booked(rng: random.Random, route: Route, parties: Sequence[list[Placed]]) -> Iterator[Placed]:
    """Each party under one record locator and side by side; infants have no seat."""
    seats = (f"{row}{letter}" for row in itertools.count(1) for letter in route.seat_letters)
    count = sum(map(len, parties))
    references = iter(rng.sample(range(max(1_000_000, 10 * count)), count))
    for party in parties:
        locator = "".join(rng.choices(string.ascii_uppercase, k=6))
        onward = route.onward if rng.random() < 0.05 and not any(placed.case for placed in party) else None
        verified = rng.random() < 0.93
        for traveller, case in party:
            seated = not traveller.infant and route.seat_letters
            booked = replace(
                traveller,
                in_transit=onward is not None,
                embarks=route.leg.origin,
                disembarks=onward or route.leg.destination,
                record_locator=locator,
                reference=f"{route.leg.carrier}{next(references):06d}",
                seats=(next(seats),) if seated else (),
                bags=0 if traveller.infant else rng.choice((0, 0, 1, 1, 1, 2)),
                verified=verified,
            )
            yield Placed(booked, case)


def _travelling(rng: random.Random, inventor: Inventor, route: Route, person: Person) -> Traveller:
    """`person` with residence and documents as on this route."""
    residence, documents = person.residence, person.documents
    if route.abroad and person.nationality == route.home and rng.random() < 0.7:
        residence = rng.choice(route.abroad)
    if rng.random() < route.card_share:
        documents = (inventor.document("I", person.nationality),)
    infant = person.birth_date > f"{inventor.day.year - _INFANT}{inventor.day.isoformat()[4:]}"
    traveller = _traveller(person, (*documents, *_visa(inventor, route, person)), residence)
    return replace(traveller, infant=infant)


def _planted(inventor: Inventor, route: Route, case: Planted) -> Traveller:
    drawn = inventor.document("P", case.nationality, child=case.birth_date > "2010")
    passport = replace(drawn, number=case.number or drawn.number)
    return _traveller(case, (passport, *_visa(inventor, route, case)), case.nationality)


def _visa(inventor: Inventor, route: Route, who: Person | Planted) -> tuple[Document, ...]:
    return (inventor.document("V", route.home),) if who.nationality in route.visa else ()


def _traveller(who: Person | Planted, documents: tuple[Document, ...], residence: str) -> Traveller:
    """What the carrier knows from the document and the booking form."""
    width = CARD_NAME if documents[0].type == "I" else PASSPORT_NAME
    family, given = zone_name(who.family, who.given, width)
    name = Name(family=family, given=given, raw=f"{family}:{given}" if given else family, source="NAD")
    return Traveller(
        capacity="passenger",
        name=name,
        names=(name,),
        birth_date=who.birth_date,
        birth_place=who.birth_place,
        sex=who.sex,
        nationality=who.nationality,
        residence=residence,
        documents=documents,
    )


def _shares(text: str) -> dict[str, int]:
    return {culture: int(share) for culture, share in (item.split(":") for item in text.split())}
