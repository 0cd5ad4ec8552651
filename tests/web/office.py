"""An invented morning at a passenger information unit: people, journeys and listings that exist nowhere.

Shapes are as hard as the real ones: names of ten words, forty aliases, Arabic, Cyrillic and Chinese originals, a
journey without a time, a match without a journey, a name that tries to be markup.
"""

import datetime as dt
import hashlib

import msgspec

from vigie import app
from vigie.messages import redaction
from vigie.records import (
    Decision,
    Document,
    Entry,
    Evidence,
    Journey,
    Leg,
    ListedDate,
    ListedName,
    Match,
    Message,
    Mode,
    Name,
    Traveller,
)
from vigie.store import Store

NOW = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
LIST_VERSION = "invented:5b1f0c7e9a3d4c2f8e6a1b0d9c8f7e6d5c4b3a29180f7e6d5c4b3a29180f7e6d"
ENGINE_VERSION = "0.1.0-twin:9c2e4f60"
THRESHOLD = 15_000
MARKUP_NAME = "<script>alert(1)</script>"


def listed(name: str, kind: str = "alias", script: str = "Latn") -> ListedName:
    return ListedName(kind=kind, name=name, script=script)  # type: ignore[arg-type]  # the table below is our own


ALIASES = tuple(
    listed(f"{given} {family}")
    for given in ("Abdelkarim", "Abd al-Karim", "Abdul Kareem", "Abdoulkarim", "Karim Abou Ilyas")
    for family in ("Talbaoui", "al-Talbawi", "Ben Talbaoui", "Ould Talbaoui")
)
TALBAOUI = Entry(
    list="invented",
    id="INV.0417",
    names=(
        listed("Abd al-Karim Ben Lahcen Ould Mohamed al-Talbawi al-Zaytuni", "primary"),
        listed("عبد الكريم بن لحسن ولد محمد الطلباوي الزيتوني", "original_script", "Arab"),
        listed("Абд аль-Карим Талбави", "original_script", "Cyrl"),
        *ALIASES,
        listed("Abou Zaytoun", "weak_alias"),
    ),
    birth_dates=(ListedDate(date="1984-03-09"), ListedDate(date="1983/1985", approximate=True)),
    birth_places=("Tinzaouine", "Oued Zitoune"),
    sex="M",
    nationalities=("MAR", "MLI"),
    documents=(
        Document(type="P", type_raw="P", number="ZX0417338", issuer="MAR", expires="2019-05-30"),
        Document(type="I", type_raw="ID", number="QT88120", issuer="MLI"),
    ),
    programmes=("Invented programme on the training of fighters, section 4",),
    listed_on="2017-06-12",
)
WEI = Entry(
    list="invented",
    id="INV.1180",
    names=(listed("LUO, Wenzhao", "primary"), listed("罗文昭", "original_script", "Hani")),
    birth_dates=(ListedDate(date="1979"),),
    sex="M",
    nationalities=("CHN",),
)
OTHER = Entry(list="training-sheet", id="7", names=(listed("Sami Fictif", "primary"),), sex="F", nationalities=("XXA",))

STRONG = (
    ("name", "ABDELKARIM", "Abd al-Karim", "same_sound", 9_700),
    ("name", "TALBAOUI", "al-Talbawi", "same_sound", 11_200),
    ("name", "BENLAHCEN", "Ben Lahcen", "same_letters", 6_100),
    ("name", None, "al-Zaytuni", "only_entry", -1_200),
    ("birth_date", "1984-09-03", "1984-03-09", "day_month_swapped", 9_000),
    ("sex", "M", "M", "same", 700),
    ("nationality", "FRA", "MAR MLI", "different", -1_500),
)
WEAK = (
    ("name", "LUO", "LUO", "same_letters", 5_200),
    ("name", "WEN ZHAO", "Wenzhao", "same_letters", 9_600),
    ("birth_date", "1979-01-01", "1979", "same_year", 4_500),
    ("nationality", "CHN", "CHN", "same", 3_000),
    ("list_quality", None, None, "weak_alias", -3_000),
)
FAINT = (
    ("name", "SAMI", "Sami", "same_letters", 6_400),
    ("name", "<SCRIPT>", "Fictif", "contradicts", -5_700),
    ("sex", "M", "F", "different", -4_000),
)


def match(entry: Entry, matched: str, terms: tuple[tuple[str, str | None, str | None, str, int], ...]) -> Match:
    evidence = tuple(
        Evidence(field=field, traveller=ours, entry=theirs, level=level, millibits=millibits)
        for field, ours, theirs, level, millibits in terms
    )
    total = sum(term.millibits for term in evidence)
    odds = 2.0 ** ((total - 16_610) / 1000)
    return Match(
        list=entry.list,
        entry=entry.id,
        caption=entry.names[0].name,
        matched_name=matched,
        millibits=total,
        probability=odds / (1 + odds),
        alert=total >= THRESHOLD,
        operational=entry.list == "training-sheet",
        evidence=evidence,
    )


def person(family: str, given: str | None, **more: object) -> Traveller:
    name = Name(family=family, given=given, raw=f"{family}:{given or ''}", source="NAD")
    return Traveller(capacity="passenger", name=name, names=(name,), **more)  # type: ignore[arg-type]


SUSPECT = Traveller(
    capacity="passenger",
    in_transit=True,
    name=Name(family="BENLAHCEN TALBAOUI", given="ABDELKARIM", raw="BENLAHCEN TALBAOUI:ABDELKARIM", source="NAD"),
    names=(
        Name(family="BENLAHCEN TALBAOUI", given="ABDELKARIM", raw="BENLAHCEN TALBAOUI:ABDELKARIM", source="NAD"),
        Name(family="BENLAHCENTALBAOUI", given="ABDELKARIM MR", raw="BENLAHCENTALBAOUI/ABDELKARIMMR", source="TIF"),
    ),
    birth_date="1984-09-03",
    birth_place="TINZAOUINE",
    sex="M",
    nationality="FRA",
    residence="BEL",
    documents=(Document(type="P", type_raw="P", number="19XZ04733", issuer="FRA", expires="2031-02-28"),),
    embarks="CMN",
    disembarks="IST",
    record_locator="QX7ZP2",
    reference="ABO00417",
    seats=("23C",),
    bags=2,
    verified=True,
)
ARABIC = person("الطلباوي", "عبد الكريم", birth_date="1984", sex="M", nationality="MAR")
CHINESE = person("LUO", "WEN ZHAO", birth_date="1979-01-01", sex="M", nationality="CHN")
MARKUP = person(MARKUP_NAME, "SAMI", sex="M", nationality="XXA")
PILOT = person("VOLANT", "NOUR", birth_date="1980-02-02", sex="F", nationality="CAN")
QUIET = person("PERSONNE", "ALICE", birth_date="1990-05-17", sex="F", nationality="CAN")


def leg(carrier: str | None, number: str | None, places: tuple[str, str], minutes: int | None) -> Leg:
    """A leg that leaves so many minutes after NOW, at a place one hour ahead of UTC; None is no time at all."""
    origin, destination = places
    if minutes is None:
        return Leg(carrier=carrier, number=number, origin=origin, destination=destination)
    utc = NOW + dt.timedelta(minutes=minutes)
    return Leg(
        carrier=carrier,
        number=number,
        origin=origin,
        destination=destination,
        departs=f"{utc + dt.timedelta(hours=1):%Y-%m-%dT%H:%M}",
        departs_utc=f"{utc:%Y-%m-%dT%H:%MZ}",
        arrives=f"{utc + dt.timedelta(hours=5):%Y-%m-%dT%H:%M}",
    )


def fill(store: Store) -> None:
    """Eight messages, two of them about one flight; three with matches, one of them without a journey."""
    strong, weak, faint = (
        match(TALBAOUI, ALIASES[5].name, STRONG),
        match(WEI, "LUO, Wenzhao", WEAK),
        match(OTHER, "Sami Fictif", FAINT),
    )
    arabic = match(TALBAOUI, TALBAOUI.names[1].name, STRONG[:2])
    _record(store, "PAXLST-0417.edi", "air", leg("AT", "760", ("CMN", "IST"), 40), [(SUSPECT, strong), (QUIET, None)])
    _record(store, "PAXLST-0417-crew.edi", "air", leg("AT", "760", ("CMN", "IST"), 40), [(PILOT, None)])
    _record(store, "ferry.csv", "sea", leg("FRS", "12A", ("MAPTM", "ESALG"), 95), [(CHINESE, weak), (ARABIC, arabic)])
    _record(store, "PAXLST-0418.edi", "air", leg("AF", "1597", ("CMN", "CDG"), 700), [(MARKUP, faint)])
    _record(store, "coach.csv", "road", leg(None, None, ("MAOUD", "DZTLM"), None), [(QUIET, None)])
    _record(store, "PAXLST-0400.edi", "air", leg("TU", "713", ("TUN", "CMN"), -25), [(CHINESE, weak)])
    _record(store, "PAXLST-0300.edi", "rail", leg("ONC", "9", ("MAOUD", "MAFEZ"), -3000), [(QUIET, None)])
    _record(store, "pnl.txt", None, None, [(MARKUP, faint)])
    app.assemble_all(store, NOW, print)


def fill_trio(store: Store) -> None:
    """Three outcomes of one search: an alert, a weak alias alone however strong, and too little."""
    sure, weak, faint = (
        match(TALBAOUI, ALIASES[5].name, STRONG),
        msgspec.structs.replace(match(WEI, "LUO, Wenzhao", WEAK), alert=False),
        match(WEI, "LUO, Wenzhao", WEAK[:2]),
    )
    for family, found, minutes in (("SURE", sure, 60), ("WEAK", weak, 90), ("FAINT", faint, 30)):
        flight = leg("ZZ", str(minutes), ("CMN", "IST"), minutes)
        _record(store, f"{family}.edi", "air", flight, [(person(family, "A"), found)])


def _record(
    store: Store, source: str, mode: Mode | None, way: Leg | None, people: list[tuple[Traveller, Match | None]]
) -> None:
    original = f"invented bytes of {source}".encode()
    journeys = (Journey(mode=mode, legs=(way,)),) if mode and way else ()
    message = Message(
        source=source,
        sha256=hashlib.sha256(original).hexdigest(),
        type="PAXLST",
        journeys=journeys,
        travellers=tuple(traveller for traveller, _ in people),
    )
    decisions = [
        Decision(
            traveller=place,
            journey=0 if journeys else None,
            matches=(found,) if found else (),
            list_version=LIST_VERSION,
            engine_version=ENGINE_VERSION,
            threshold_millibits=THRESHOLD,
        )
        for place, (_, found) in enumerate(people)
    ]
    stored = redaction.original(original, message.sha256, message.removals)
    store.record(message, stored, 0, decisions, [TALBAOUI, WEI, OTHER], NOW - dt.timedelta(minutes=30))
