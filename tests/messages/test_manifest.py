"""Manifests in CSV. All persons, ships and lines are invented."""

import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.messages.writing import AS_OF, BLANK, accounted
from vigie.config import Limits
from vigie.messages import manifest
from vigie.messages.fields.stamps import not_after
from vigie.messages.manifest import dates, table
from vigie.messages.manifest.persons import _FIELDS
from vigie.messages.redaction import redact
from vigie.records import Message, Traveller

_RULES = ("MODE_ASSUMED", "TITLE_UNCERTAIN", "CENTURY_DERIVED")
HEAD = "family_name,given_names,birth_date,sex,nationality,document_number\n"


def read(text: str | bytes) -> tuple[Message, ...]:
    return accounted(manifest.read, text)


def one(text: str | bytes) -> Message:
    (message,) = read(text)
    return message


def codes(message: Message) -> list[str]:
    return [problem.code for problem in message.problems if problem.code not in _RULES]


def cell(heading: str, value: str) -> Message:
    """A table of one person with one cell more than the name."""
    quoted = '"' + value.replace('"', '""') + '"'
    return one(f'family_name,given_names,"{heading}"\nBENALI,SALMA,{quoted}\n')


def traveller(heading: str, value: str) -> Traveller:
    return cell(heading, value).travellers[0]


def test_a_table_with_everything() -> None:
    message = one(
        "mode;carrier;voyage;from;to;departs;arrives;capacity;family name;given names;birth date;sex;nationality;"
        "document type;document number;issuing state;expiry;visa number;residence;birth place;embarks;disembarks;seat;"
        "bags;reference;booking;rank\n"
        "sea;Estrella Lines;2045;MAPTM;ESALG;2026-11-23 18:00;2026-11-23 20:30;passenger;İNCE;ÖZGÜR;1990;M;TUR;"
        "identity card;A01X 00007;TUR;2030-01-31;V17;ESP;İzmir;MA PTM;ESALG;12;2;REF1;Q7TX2B;\n"
        "sea;Estrella Lines;2045;MAPTM;ESALG;2026-11-23 18:00;2026-11-23 20:30;crew;PEREIRA;INÊS;1988-12-01;F;Portugal;"
        ";;;;;;;;;;;;;Chief mate\n"
    )
    assert codes(message) == ["TIME_LOCAL_ONLY"]  # Algeciras: Spain has three zones
    (leg,) = message.journeys[0].legs
    assert (message.journeys[0].mode, leg.carrier, leg.number, leg.number_raw) == (
        "sea",
        "Estrella Lines",
        "2045",
        "2045",
    )
    assert (leg.origin, leg.destination, leg.departs, leg.arrives) == (
        ("MAPTM", "ESALG", "2026-11-23T18:00", "2026-11-23T20:30")
    )
    assert leg.departs_utc == "2026-11-23T18:00Z"
    first, second = message.travellers
    assert (first.capacity, first.name.family, first.name.given, first.name.raw) == (
        ("passenger", "İNCE", "ÖZGÜR", "İNCE;ÖZGÜR")
    )
    assert (first.birth_date, first.sex, first.nationality, first.residence) == ("1990", "M", "TUR", "ESP")
    card, visa = first.documents
    assert (card.type, card.type_raw, card.kind, card.number) == ("I", "identity card", "identity_card", "A01X00007")
    assert (card.issuer, card.expires, visa.type, visa.number) == ("TUR", "2030-01-31", "V", "V17")
    assert (first.birth_place, first.embarks, first.disembarks, first.seats) == ("İzmir", "MAPTM", "ESALG", ("12",))
    assert (first.bags, first.reference, first.record_locator) == (2, "REF1", "Q7TX2B")
    assert (second.capacity, second.nationality, second.occupation, second.documents) == (
        ("crew", "PRT", "Chief mate", ())
    )


FAL_6 = """IMO FAL FORM 6
1.1 Name of ship,ESTRELLA,1.2 IMO number,IMO 9000001
1.4 Voyage number,2045
Arrival,X,Departure,
2. Port of arrival/departure,ESALG,3. Date of arrival/departure,23/11/2026
5. Last port of call,MAPTM

7. Family name,8. Given names,9. Nationality,10. Date of birth,11. Place of birth,12. Gender,13. Nature of identity document,14. Number of identity document,15. Issuing State of identity document,16. Expiry date of identity document,17. Port of embarkation,18. Visa number if appropriate,19. Port of disembarkation,20. Transit passenger or not
BENALI,SALMA,MAR,13/03/1984,Témara,F,Passport,ZZ1234567,MAR,14/02/2031,MAPTM,,ESALG,No
OKONJO,ADA,NGA,01/02/1990,Enugu,F,Refugee travel document,RT100,AUT,20/02/2028,MAPTM,V12,ESALG,Yes
"""  # noqa: E501
FAL_5 = """CREW LIST
Name of ship,ESTRELLA
Last port,MAPTM
"Port of arrival/departure","ESALG"
"No.","Family name, given names","Rank or rating","Nationality","Date and place of birth","Nature and number of identity document"
1,"PEREIRA, INÊS",Master,PRT,"01.12.1988, Faro",Seaman's book SB7788990
2,"VELA, MARIO",Oiler,PRT,"13 March 1970 Porto",Passport ZZ7654321
"""  # noqa: E501


def test_fal_form_6() -> None:
    message = one(FAL_6)
    (leg,) = message.journeys[0].legs
    assert (message.journeys[0].mode, leg.number_raw) == ("sea", "ESTRELLA IMO 9000001 2045")
    assert (leg.origin, leg.destination, leg.departs, leg.arrives) == ("MAPTM", "ESALG", None, "2026-11-23")
    first, second = message.travellers
    assert (first.birth_date, first.birth_place, first.in_transit) == ("1984-03-13", "Témara", False)
    assert (first.documents[0].kind, first.documents[0].expires) == ("passport", "2031-02-14")
    assert (second.birth_date, second.in_transit, second.documents[0].kind) == (
        ("1990-02-01", True, "refugee_travel_document")
    )
    assert [document.number for document in second.documents] == ["RT100", "V12"]
    assert [t.capacity for t in message.travellers] == ["passenger", "passenger"]
    assert codes(message) == []


def test_fal_form_5() -> None:
    message = one(FAL_5)
    first, second = message.travellers
    assert [t.capacity for t in message.travellers] == ["crew", "crew"]
    assert (first.name.family, first.name.given, first.occupation) == ("PEREIRA", "INÊS", "Master")
    assert (first.birth_date, first.birth_place) == ("1988-12-01", "Faro")
    assert (first.documents[0].number, first.documents[0].kind) == ("SB7788990", "seafarer_identity_document")
    assert (second.birth_date, second.birth_place, second.documents[0].number) == ("1970-03-13", "Porto", "ZZ7654321")
    assert message.journeys[0].legs[0].destination == "ESALG"


def test_two_lists_below_each_other_are_one_voyage() -> None:
    message = one(FAL_6 + "\nCREW LIST\nFamily name,Given names,Rank\nPEREIRA,INÊS,Master\nTotal,3\n")
    assert [(t.name.family, t.capacity) for t in message.travellers] == [
        ("BENALI", "passenger"),
        ("OKONJO", "passenger"),
        ("PEREIRA", "crew"),
    ]
    assert codes(message) == ["TEXT_REMOVED"]


def test_rows_of_several_voyages() -> None:
    head = "flight number,date,departure airport,arrival airport,surname,first name\n"
    messages = read(head + "ZV412,2026-11-23,CMN,VIE,BENALI,SALMA\nZV413,2026-11-23,VIE,CMN,OKONJO,ADA\n"
                    "ZV412,2026-11-23,CMN,VIE,VELA,MARIO\n")  # fmt: skip
    assert [[t.name.family for t in message.travellers] for message in messages] == [["BENALI", "VELA"], ["OKONJO"]]
    legs = [message.journeys[0].legs[0] for message in messages]
    assert [(leg.carrier, leg.number, leg.origin, leg.departs) for leg in legs] == [
        ("ZV", "412", "CMN", "2026-11-23"),
        ("ZV", "413", "VIE", "2026-11-23"),
    ]
    assert [message.journeys[0].mode for message in messages] == ["air", "air"]


LANGUAGES = [
    (
        "Nom;Prénom;Date de naissance;Sexe;Nationalité;N° de passeport\n"  # French
        "BENALI;SALMA;10/03/1984;Femme;Maroc;ZZ1\n"
    ),
    (
        "اللقب,الاسم,تاريخ الميلاد,الجنس,الجنسية,رقم الجواز\n"  # Arabic
        "BENALI,SALMA,١٠/٠٣/١٩٨٤,أنثى,MAR,ZZ1\n"
    ),
    (
        "Surname,First name,DOB (DD/MM/YYYY),Gender,Nationality,Passport no.\n"  # English
        "BENALI,SALMA,10/03/1984,female,Morocco,zz1\n"
    ),
    (
        "Nom / Surname,Prénoms / Given names,Né(e) le,Sexe / Sex,Nationalité,Passeport / Passport\n"  # both
        "BENALI,SALMA,10 mars 1984,F,Marocaine,ZZ 1\n"
    ),
]


@pytest.mark.parametrize("text", LANGUAGES, ids=["French", "Arabic", "English", "two"])
def test_languages(text: str) -> None:
    (found,) = one(text).travellers
    (document,) = found.documents
    assert (found.name.family, found.name.given, found.birth_date, found.sex) == ("BENALI", "SALMA", "1984-03-10", "F")
    assert found.nationality in ("MAR", "MAROCAINE")
    assert (document.number, document.kind, document.type) == ("ZZ1", "passport", "P")


@pytest.mark.parametrize("separator", list(table.SEPARATORS))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_encodings_line_ends(separator: str, encoding: str, end: str) -> None:
    text = HEAD.replace(",", separator).replace("\n", end)
    text += separator.join(["MÜLLER", '"JÖRG"', "1970-01-31", "M", "DEU", "C1"]) + end
    data = text.encode(encoding)
    message = one(codecs.BOM_UTF16_BE + data if encoding == "utf-16-be" else data)
    (found,) = message.travellers
    assert (found.name.family, found.name.given, found.documents[0].number) == ("MÜLLER", "JÖRG", "C1")
    assert codes(message) == (["CHARACTER_SET"] if encoding == "cp1252" else [])


DATES = [
    ("1984-03-10", "1984-03-10"),
    ("1984/03/10", "1984-03-10"),
    ("19840310", "1984-03-10"),
    ("10.03.1984", "1984-03-10"),
    ("10.3.84", "1984-03-10"),
    ("31/03/1984", "1984-03-31"),
    ("03/31/1984", "1984-03-31"),
    ("10MAR84", "1984-03-10"),
    ("10-Mar-1984", "1984-03-10"),
    ("10 mars 1984", "1984-03-10"),
    ("1er février 1984", "1984-02-01"),
    ("March 10, 1984", "1984-03-10"),
    ("10 مارس 1984", "1984-03-10"),
    ("١٠/١٠/١٩٨٤", "1984-10-10"),
    ("1984-03-10T00:00:00", "1984-03-10"),
    ("1984-03", "1984-03"),
    ("03/1984", "1984-03"),
    ("Mar 1984", "1984-03"),
    ("1984", "1984"),
    ("00/00/1984", "1984"),
    ("1984-03-00", "1984-03"),
    ("24/11/26", "1926-11-24"),
    ("00/00/0000", None),
]


@pytest.mark.parametrize(("text", "expected"), DATES, ids=[text for text, _ in DATES])
def test_dates(text: str, expected: str | None) -> None:
    read = dates.date(text, not_after(AS_OF))
    assert (read.text if read else None) == expected
    assert traveller("date of birth", text).birth_date == expected


@pytest.mark.parametrize("text", ["31/31/1984", "2026-13-01", "30751", "30 février 1984", "1984-03-10-1", "5/1984/3"])
def test_no_dates(text: str) -> None:
    message = cell("date of birth", text)
    assert (message.travellers[0].birth_date, codes(message)) == (None, ["BAD_DATE"])


ORDERS = [
    (["10/03/1984", "31/12/1990", "30/11/1991"], ["1984-03-10", "1990-12-31", "1991-11-30"], [], "two the day first"),
    (["10/03/1984", "12/31/1990", "11/30/1991"], ["1984-10-03", "1990-12-31", "1991-11-30"], [], "two the month first"),
    (["10/03/1984", "31/12/1990"], ["1984", "1990-12-31"], ["DATE_ORDER"], "one may be a slip of the pen"),
    (["10/03/1984", "31/12/1990", "31/12/1990"], ["1984", "1990-12-31", "1990-12-31"], ["DATE_ORDER"], "one twice"),
    (["10/03/1984", "11/12/1990"], ["1984", "1990"], ["DATE_ORDER"], "nothing shows it"),
    (["31/03/1984", "12/31/1990"], ["1984-03-31", "1990-12-31"], [], "each shows its own"),
    (["31/03/84", "12/31/90", "05/06/70"], ["1984-03-31", "1990-12-31", "1970"], ["DATE_ORDER"], "both ways"),
    (["31/03/84", "30/03/84", "12/31/90", "05/06/70"], ["1984-03-31", "1984-03-30", "1990-12-31", "1970"],
     ["DATE_ORDER"], "both ways, and one more often"),
    (["05/05/1984"], ["1984-05-05"], [], "it makes no difference"),
    (["10.03.1984"], ["1984-03-10"], [], "with points the day is first"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected", "problems"), [c[:3] for c in ORDERS], ids=[c[3] for c in ORDERS])
def test_day_or_month_first(written: list[str], expected: list[str], problems: list[str]) -> None:
    message = one("surname,date of birth\n" + "".join(f"BENALI,{date}\n" for date in written))
    assert ([t.birth_date for t in message.travellers], codes(message)) == (expected, problems)


SHOWN = [
    ("date of birth (MM/DD/YYYY)", "10/03/1984", "1984-10-03", [], "the heading says it"),
    ("date of birth,expiry date,date of issue", "10/03/1984,12/31/2030,12/30/2020", "1984-10-03", [], "other columns"),
    ("date of birth,expiry date", "10/03/1984,12/31/2030", "1984", ["DATE_ORDER"], "another column, once"),
    ("date de naissance", "10/03/1984", "1984-03-10", [], "French"),
    ("تاريخ الميلاد", "10/03/1984", "1984-03-10", [], "Arabic"),
    ("date de naissance,expiry date", "10/03/1984,12/31/2030", "1984-03-10", [], "French beside another form"),
]


@pytest.mark.parametrize(("headings", "cells", "born", "problems"), [c[:4] for c in SHOWN], ids=[c[4] for c in SHOWN])
def test_what_shows_the_order(headings: str, cells: str, born: str, problems: list[str]) -> None:
    message = one(f"surname,{headings}\nBENALI,{cells}\n")
    assert (message.travellers[0].birth_date, codes(message)) == (born, problems)


def test_a_french_heading_is_contradicted_by_a_month_that_is_first() -> None:
    message = one("nom,date de naissance\nBENALI,12/31/1984\nOKONJO,05/06/1970\n")
    assert [t.birth_date for t in message.travellers] == ["1984-12-31", "1970"]
    assert codes(message) == ["DATE_ORDER"]


def test_a_time_of_travel_is_not_guessed_either() -> None:
    message = one("Voyage,2045\nFrom,ESALG\nDeparture date,03/04/2026\nsurname,sex\nBENALI,F\n")
    assert (message.journeys[0].legs[0].departs, codes(message)) == (None, ["DATE_ORDER"])


CELLS = [
    ("age", "34", "birth_date", "1991/1992"),
    ("assessed age", "30-40", "birth_date", "1985/1996"),
    ("assessed age", "about 17", "birth_date_basis", "assessed"),
    ("age", "34", "birth_date_basis", None),
    ("age", "many", "birth_date", None),
    ("sex", "H", "sex", "M"),
    ("sex", "non précisé", "sex", "X"),
    ("sex", "-", "sex", None),
    ("sex", "Z", "sex", None),
    ("nationality", "MAR/FRA", "nationalities", ("MAR", "FRA")),
    ("nationality", "Congo, Democratic Republic of the", "nationality", "COD"),
    ("nationality", "Atlantis", "nationality", "ATLANTIS"),
    ("nationality", "XXA", "stateless", True),
    ("capacity", "équipage", "capacity", "crew"),
    ("capacity", "طاقم", "capacity", "crew"),
    ("capacity", "baby", "infant", True),
    ("in transit", "oui", "in_transit", True),
    ("bags", "3", "bags", 3),
    ("bags", "three", "bags", None),
    ("residence", "N/A", "residence", None),
    ("residence", "néant", "residence", None),
    ("residence", "Autriche", "residence", "AUT"),
    ("port of embarkation", "ma ptm", "embarks", "MAPTM"),
    ("port of embarkation", "Tanger Med", "embarks", "Tanger Med"),
    ("seat", "'012", "seats", ("012",)),
    ("ticket number", '="00123"', "tickets", ("00123",)),
]


@pytest.mark.parametrize(("heading", "text", "field", "expected"), CELLS)
def test_cells(heading: str, text: str, field: str, expected: object) -> None:
    assert getattr(traveller(heading, text), field) == expected


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("date of birth", "soon", ["SENSITIVE_REMOVED", "BAD_DATE"]),
        ("document number", "1.23457E+08", ["NUMBER_DAMAGED"]),
        ("document number", "1,23457E+08", ["NUMBER_DAMAGED"]),
        ("bags", "three", ["SENSITIVE_REMOVED", "BAD_NUMBER"]),
        ("age", "many", ["SENSITIVE_REMOVED", "BAD_NUMBER"]),
        ("sex", "Z", ["UNKNOWN_CODE"]),
        ("capacity", "Z", ["UNKNOWN_CODE"]),
        ("nationality", "Atlantis", ["UNKNOWN_COUNTRY"]),
        ("hat size", "58", ["UNKNOWN_COLUMN"]),
        ("hat size", "", []),
        ("remarks", "some words", ["SENSITIVE_REMOVED"]),
    ],
)
def test_reported_with_its_position(heading: str, text: str, expected: list[str]) -> None:
    sent = f"given_names,surname,{heading}\nSALMA,BENALI,{text}\n" if "," not in text else (
        f'given_names,surname,{heading}\nSALMA,BENALI,"{text}"\n')  # fmt: skip
    message = one(sent)
    assert codes(message) == expected
    assert message.travellers[0].name.family == "BENALI"
    for problem in message.problems:
        assert problem.position == sent.rindex(text) - ('"' + text in sent)
        assert len(text) <= 3 or text not in problem.says


@pytest.mark.parametrize("word", ["driver", "conducteur", "chauffeur", "Chauffeur", "سائق"])
def test_who_drives_is_a_passenger_whatever_the_word(word: str) -> None:
    message = cell("capacity", word)
    assert message.travellers[0].capacity == "passenger"
    assert codes(message) == []


def test_a_french_list_says_vers() -> None:
    message = one("de,vers,nom,prénoms\nMAPTM,ESALG,BENALI,SALMA\n")
    (leg,) = message.journeys[0].legs
    assert (leg.origin, leg.destination, codes(message)) == ("MAPTM", "ESALG", ["LEG_INCOMPLETE"])


INCOMPLETE = [
    ("from,to,departs", "MAPTM,ESALG,2026-03-12", [], "places and a day"),
    ("to,arrives", "ESALG,2026-03-12", [], "one place will do, and its day"),
    ("port,date,direction", "ESALG,2026-03-12,arrival", [], "as on the forms of ships"),
    ("ship,to", "ESTRELLA,ESALG", ["LEG_INCOMPLETE"], "no day"),
    ("ship,departs", "ESTRELLA,2026-03-12", ["LEG_INCOMPLETE"], "no place"),
    ("ship,departs,to", "ESTRELLA,2026-13-45,ESALG", ["BAD_DATE"], "a day that cannot be read is told already"),
]


@pytest.mark.parametrize(("heading", "cells", "expected", "reason"), INCOMPLETE, ids=[row[-1] for row in INCOMPLETE])
def test_a_voyage_without_places_or_day_is_told(heading: str, cells: str, expected: list[str], reason: str) -> None:
    """It passed without a word as a journey from nowhere to nowhere, and its list was missing."""
    message = one(f"surname,first name,mode,{heading}\nBENALI,SALMA,sea,{cells}\n")
    assert codes(message) == expected, reason


def test_a_damaged_number_is_not_repaired() -> None:
    (document,) = traveller("passport number", "1.23457E+08").documents or (None,)
    assert document is None or document.number is None


DOCUMENTS = [
    ("identity card", "I", "identity_card"),
    ("Passport", "P", "passport"),
    ("P", "P", "passport"),
    ("laissez-passer consulaire", None, "consular_laissez_passer"),
    ("جواز سفر", "P", "passport"),
    ("none", None, "none"),
    ("library card", None, None),
]


@pytest.mark.parametrize(("text", "letter", "kind"), DOCUMENTS, ids=[case[0] for case in DOCUMENTS])
def test_document_words(text: str, letter: str | None, kind: str | None) -> None:
    (document,) = traveller("document type", text).documents
    assert (document.type, document.type_raw, document.kind) == (letter, text, kind)


NAMES = [
    ("name\n\"BENALI, SALMA NOUR\"", "BENALI", "SALMA NOUR", "comma"),
    ("name\nSALMA BENALI", "SALMA BENALI", None, "one cell: which is the family name is not known"),
    ("family name\nBENALI", "BENALI", None, "family name only"),
    ("given names\nSALMA", "SALMA", None, "given names only"),
    ("family name,given names,middle name\nBENALI,SALMA,NOUR", "BENALI", "SALMA NOUR", "middle name"),
    ("family name,given names\nBENALI,SALMA MRS", "BENALI", "SALMA", "title"),
    ("family name,given names\nبنعلي,سلمى", "بنعلي", "سلمى", "Arabic letters"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "family", "given_name"), [c[:3] for c in NAMES], ids=[c[3] for c in NAMES])
def test_names(text: str, family: str, given_name: str | None) -> None:
    heading, row = text.split("\n")
    message = one(f"{heading},passport number\n{row},\n")
    assert [(t.name.family, t.name.given) for t in message.travellers] == [(family, given_name)]


def test_other_names_stand_beside() -> None:
    message = one("surname,first name,name in Arabic\nBENALI,SALMA,سلمى بنعلي\n")
    assert [name.raw for name in message.travellers[0].names] == ["BENALI,SALMA", "سلمى بنعلي"]


def test_what_may_not_be_stored() -> None:
    sent = b'surname,meal,first name,remarks\nBENALI,something,SALMA,"many, many words"\nOKONJO,,ADA,-\n'
    message = one(sent)
    assert [(sent[r.offset : r.offset + r.length], r.code) for r in message.removals] == [
        (b"something", "SERVICE"),
        (b'"many, many words"', "FREE_TEXT"),
    ]
    after = one(redact(sent, message.removals))
    assert (after.travellers, after.removals, codes(after)) == (message.travellers, (), [])


PERSONS = [
    ('Nom;Prénom;Né le;Cabine\nBENALI;Salma;1984-03-10;12\nALAMI;Omar;1985-04-11;"\nTAZI;Nora;1990-01-01;"\n',
     "BENALI Salma, ALAMI Omar, TAZI Nora", ["FIELD_UNPLACED", "VALUE_INVALID"], "two marks for the cell above"),
    ('Nom;Prénom;Sexe\nBENALI;Salma;F\n";Omar;M\n";Adam;M\n', "BENALI Salma, Omar, Adam",
     ["FIELD_UNPLACED", "NAME_MISSING", "VALUE_INVALID"], "marks for the name above: nobody says that it is theirs"),
    ('Nom;Prénom;Né le\n"BENALI;Salma;1984-03-10\nALAMI;Omar;1985-04-11\nTAZI";Nora;1986-01-01\n',
     "BENALI Salma, ALAMI Omar, TAZI Nora", ["FIELD_UNPLACED"], "two quotations that nobody closed"),
    ('Nom,Prénom,Adresse,Sexe\nBENALI,Salma,"12, rue de l\'Exemple\nCasablanca",F\n', "BENALI Salma", [],
     "an address of two lines is no row"),
    ('Nom,Prénom,Né le\n"BENALI,Salma,10/03/1984"\n"ALAMI,Omar,11/04/1985"\n', "BENALI Salma, ALAMI Omar",
     ["FIELD_UNPLACED"], "saved as CSV twice"),
    ('"Nom,Prénom,Né le"\n"BENALI,Salma,10/03/1984"\n', "BENALI Salma", ["FIELD_UNPLACED", "FIELD_UNPLACED"],
     "with its heading"),
    ('Name,Passport\n"BENALI, SALMA"\n', "BENALI SALMA", [], "a name and a comma"),
    ("Nom;Prénom;Né le;;Nom;Prénom;Né le\nBENALI;Salma;1984-03-10;;ALAMI;Omar;1985-04-11\nTAZI;Nora;;;;;\n",
     "BENALI Salma, ALAMI Omar, TAZI Nora", [], "two persons side by side"),
    ("N°;Nom;N° passeport;N°;Nom;N° passeport\n1;BENALI;ZZ1;2;ALAMI;ZZ2\n", "BENALI, ALAMI", [], "with their numbers"),
    ("Nom;Prénom;Né le\nBENALI;Salma;1984-03-10\n\nTO;Minh\nALAMI;Omar;1985-01-01\n",
     "BENALI Salma, TO Minh, ALAMI Omar", ["FIELD_UNPLACED"], "To is a name too"),
    ("Nom;N° passeport\nBENALI;AA1111111\n\nTO;BB2222222\n", "BENALI, TO", ["FIELD_UNPLACED"], "with its document"),
    ("Nom;Sexe;Remarques\nBENALI;;\n\nTO;;needs help\n", "BENALI, TO", ["FIELD_UNPLACED", "SENSITIVE_REMOVED"],
     "with a remark, which is overwritten in the stored original"),
    ("Nom;Prénom\nBENALI;Salma\n\nTrain;2045\nNom;Prénom\nALAMI;Omar\n", "BENALI Salma, ALAMI Omar", ["MODE"],
     "a number is no given name"),
    ("Family name;Given names;Born\nSO;Min-jun;1990\nNA;Eun;1990\nSALL;Nil;1999\n", "SO Min-jun, NA Eun, SALL Nil",
     ["NAME_MISSING"], "names that are words for nothing"),
    ("Family name;Given names\nBENALI;Salma\nSO;\n", "BENALI Salma, SO", ["FIELD_UNPLACED", "NAME_MISSING"],
     "alone in its row"),
    ("Family name;Given names\nBENALI;N/A\n-;néant, rien\n", "BENALI, néant, rien", ["NAME_MISSING"], "N/A is none"),
    ("Nom;Prénom\nBENALI;Salma\n;Omar\n", "BENALI Salma, Omar", ["NAME_MISSING"], "a family name is missing"),
    ("Nom;Prénom;Sexe;Nationalité\nCACHET;Anne;F;FRA\n", "CACHET Anne", [], "a sex makes a person"),
    ("Name,Surname,Born\nSalma,BENALI,1984\n", "BENALI Salma", [], "a name beside a surname is the given one"),
    ("Nom;Prénom;Né le\nBENALI;Salma;1984-03-10\nMatricule;Grade bord;Nom;Prénom;Né le\n7;Bosco;VELA;Juan;1980-01-02\n",
     "BENALI Salma, VELA Juan", ["UNKNOWN_COLUMN", "UNKNOWN_COLUMN"], "a heading that begins with what is not known"),
    ("Type;Nom;Prénom;Statut\nPassager;DIOP;Ali;Transit\n", "DIOP Ali", ["UNKNOWN_COLUMN"], "in words of headings"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "told"), [c[:3] for c in PERSONS], ids=[c[3] for c in PERSONS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_every_person_comes_out(text: str, names: str, told: list[str], encoding: str) -> None:
    messages = read(text.encode(encoding))
    found = [" ".join(filter(None, (t.name.family, t.name.given))) for each in messages for t in each.travellers]
    assert ", ".join(found) == names
    if len(messages) == 1:
        assert sorted(set(codes(messages[0])) - {"CHARACTER_SET"}) == sorted(set(told))


TWICE = [
    ("N° passeport;N° de document", "ZZ1234567;AB9999", ["ZZ1234567", "AB9999"], ["FIELD_UNPLACED"], "two documents"),
    ("N° passeport;N° de document", "ZZ1234567;zz1234567", ["ZZ1234567"], [], "the same"),
    ("N° passeport;N° de document", ";AB9999", ["AB9999"], [], "one is empty"),
    ("Né le;Date de naissance", "1984-03-10;1985-04-11", ["1984-03-10"], ["FIELD_UNPLACED"], "two dates: the first"),
    ("Nom;Nom de famille", "BENALI;ALAMI", ["BENALI", "ALAMI"], ["FIELD_UNPLACED"], "two names"),
]


@pytest.mark.parametrize(("heads", "cells", "kept", "told"), [c[:4] for c in TWICE], ids=[c[4] for c in TWICE])
def test_two_columns_of_one_field(heads: str, cells: str, kept: list[str], told: list[str]) -> None:
    sent = f"{heads};Prénom;Sexe\n{cells};SALMA;F\n".encode()
    message = one(sent)
    (found,) = message.travellers
    everything = [name.family for name in found.names] + [each.number for each in found.documents] + [found.birth_date]
    assert [value for value in everything if value in cells.upper().split(";")] == kept
    assert codes(message) == told
    assert one(redact(sent, message.removals)).travellers == message.travellers


LISTED = [
    (
        "CREW LIST\nName;Passport\nVELA;A1\n\nPASSENGERS\nName;Passport\nBENALI;A2\n",
        "crew passenger",
        [],
        "a title of one word",
    ),
    (
        "CREW LIST\nName;Passport\nVELA;A1\nON BOARD\nName;Passport\nBENALI;A2\n",
        "crew crew passenger",
        ["FIELD_UNPLACED"],
        "a title that is not known, or a person: what is below is of no crew",
    ),
    (
        "CREW LIST\nName;Passport\nVELA;A1\nPage 1\nName;Passport\nPEREIRA;A2\n",
        "crew crew",
        ["TEXT_REMOVED"],
        "another page of the same list",
    ),
    ("Name;Type\nVELA;C\nBENALI;P\n", "crew passenger", [], "C beside P is crew"),
    ("Name;Type\nVELA;C\nBENALI;A\nALAMI;I\n", "passenger passenger passenger", [], "C beside A is a child"),
    ("Name;Type\nVELA;C\n", "passenger", ["FIELD_UNPLACED"], "C by itself"),
    ("CREW LIST\nName;Type\nVELA;C\n", "crew", [], "C in a list of crew"),
]


@pytest.mark.parametrize(("text", "capacities", "told"), [c[:3] for c in LISTED], ids=[c[3] for c in LISTED])
def test_who_is_crew(text: str, capacities: str, told: list[str]) -> None:
    message = one(text)
    assert " ".join(t.capacity for t in message.travellers) == capacities
    assert codes(message) == told


def test_the_order_of_dates_is_that_of_each_list() -> None:
    message = one(
        "CREW LIST\nName;Date of birth (MM/DD/YYYY)\nVELA;03/04/1985\n\n"
        "PASSENGER LIST\nName;Date of birth (DD/MM/YYYY)\nBENALI;05/06/1984\n"
    )
    assert [t.birth_date for t in message.travellers] == ["1985-03-04", "1984-06-05"]


@pytest.mark.parametrize("text", ["1405/07/12", "3075-01-01", "12.07.2527"])
def test_a_year_of_another_calendar_is_none(text: str) -> None:
    message = cell("date of birth", text)
    assert (message.travellers[0].birth_date, codes(message)) == (None, ["BAD_DATE"])


AGES = [
    ("6 mois", "2026"),
    ("18 months", "2025"),
    ("10 months", "2025/2026"),
    ("3 semaines", "2026"),
    ("34 ans", "1991/1992"),
    ("env. 34", "1991/1992"),
    ("٣٤ سنة", "1991/1992"),
    ("1 an 1/2", None),
    ("34 kilos", None),
    ("chambre 34", None),
]


@pytest.mark.parametrize(("text", "born"), AGES)
def test_ages_with_their_unit(text: str, born: str | None) -> None:
    message = cell("âge", text)
    assert (message.travellers[0].birth_date, codes(message)) == (born, [] if born else ["BAD_NUMBER"])


IDENTITY = [
    ("Passport ZZ 1234567", "P", "ZZ1234567", None),
    ("CNI 12 345 678", "I", "12345678", None),
    ("P AB123456 MAR", "P", "AB123456", "MAR"),
    ("Passport No. AB 12345", "P", "AB12345", None),
    ("ZZ 1234567", None, "ZZ1234567", None),
    ("Passport: ZZ١٢٣٤٥٦٧", "P", "ZZ1234567", None),
]


@pytest.mark.parametrize(("text", "kind", "number", "issuer"), IDENTITY)
def test_kind_and_number_of_a_document_in_one_cell(
    text: str, kind: str | None, number: str, issuer: str | None
) -> None:
    (document,) = traveller("nature and number of identity document", text).documents
    assert (document.type, document.number, document.issuer) == (kind, number, issuer)


NUMBERS = [
    ("Surname;Document;Number;Expires\nBENALI;Passport;ZZ1234567;2030-01-01", "ZZ1234567", [], "beside its kind"),
    ("Nom;Type;Numéro;Expiration\nBENALI;P;ZZ1234567;2030-01-01", "ZZ1234567", [], "beside a type"),
    ("Number;Surname;Passport\n1;BENALI;ZZ1", "ZZ1", [], "a number of the row"),
    ("Surname;Sex;Number\nBENALI;F;ZZ1234567", None, ["FIELD_UNPLACED"], "of nobody knows what"),
    ("No;Surname;Sex\nMme enceinte;BENALI;F", None, ["FIELD_UNPLACED"], "words in their place"),
]


@pytest.mark.parametrize(("text", "number", "told"), [c[:3] for c in NUMBERS], ids=[c[3] for c in NUMBERS])
def test_columns_that_are_called_number(text: str, number: str | None, told: list[str]) -> None:
    sent = f"{text}\n".encode()
    message = one(sent)
    assert [each.number for each in message.travellers[0].documents] == ([number] if number else [])
    assert codes(message) == told
    assert not told or "UNREAD" in {removal.code for removal in message.removals}


@pytest.mark.parametrize(
    ("text", "born", "place"),
    [
        ("Tanger, 10.03.1984", "1984-03-10", "Tanger"),
        ("Tanger le 10 mars 1984", "1984-03-10", "Tanger"),
        ("10 mars 1984 à Tanger", "1984-03-10", "Tanger"),
        ("Tanger", None, "Tanger"),
    ],
)
def test_date_and_place_of_birth_in_one_cell(text: str, born: str | None, place: str) -> None:
    found = traveller("date and place of birth", text)
    assert (found.birth_date, found.birth_place) == (born, place)


def test_a_date_where_a_place_may_stand_is_the_day_of_travel() -> None:
    message = one("Navire;ESTRELLA\nDépart;23/11/2026\nNom;Prénom\nBENALI;SALMA\n")
    (leg,) = message.journeys[0].legs
    assert (leg.origin, leg.departs) == (None, "2026-11-23")


def test_words_beside_a_title_a_voyage_and_a_heading_are_not_stored() -> None:
    sent = (
        "Liste des passagers;Mme Benali est malade\nNavire;ESTRELLA;Mme Benali est malade\n"
        "Nom;Prénom;Mme Benali est malade\nBENALI;SALMA;\n"
    ).encode()
    message = one(sent)
    assert codes(message) == ["TEXT_REMOVED", "LEG_INCOMPLETE"]
    assert "malade" not in redact(sent, message.removals).decode()


def test_the_number_of_a_card_is_no_telephone() -> None:
    sent = b"surname,telephone\nBENALI,4111 1111 1111 1111\n"
    message = one(sent)
    assert (message.travellers[0].contacts, codes(message)) == ((), ["SENSITIVE_REMOVED", "VALUE_INVALID"])
    assert [removal.code for removal in message.removals] == ["CARD"]


SHAPES = [
    ("sex", "needs a wheelchair", "UNKNOWN_CODE"),
    ("capacity", "passenger who is deaf", "UNKNOWN_CODE"),
    ("mode", "ferry with a doctor", "UNKNOWN_CODE"),
    ("in transit", "asks for asylum", "UNKNOWN_CODE"),
    ("document type", "oxygen on board", "UNKNOWN_CODE"),
    ("nature and number of identity document", "in prayer until 12:00 every day", "VALUE_INVALID"),
    ("date of birth", "diabetic", "BAD_DATE"),
    ("age", "in a wheelchair", "BAD_NUMBER"),
    ("nationality", "came as a refugee and has no papers of any kind", "VALUE_INVALID"),
    ("passport number", "lost; is ill", "VALUE_INVALID"),
    ("occupation", "works for the union, travels to a congress", "VALUE_INVALID"),
    ("occupation", "Oiler. Has a heart disease and needs help", "VALUE_INVALID"),
    ("place of birth", "does not know it: was brought up by nuns", "VALUE_INVALID"),
    ("address", "is looked after by a home for people who are ill", "VALUE_INVALID"),
    ("telephone", "is deaf", "VALUE_INVALID"),
    ("e-mail", "has none, is blind", "VALUE_INVALID"),
    ("seat", "near the toilet because of his age", "VALUE_INVALID"),
    ("baggage weight", "and a wheelchair", "VALUE_INVALID"),
    ("nationality", "Marocaine malade insuline", "VALUE_INVALID"),
    ("date of birth", "malade depuis 2010", "BAD_DATE"),
    ("seat", "repas halal", "VALUE_INVALID"),
    ("passport number", "fauteuil 2 roues", "VALUE_INVALID"),
    ("title", "Mme malade", "VALUE_INVALID"),
    ("passport number", "diabétique", "VALUE_INVALID"),
    ("passport number", "MUSULMANE", "VALUE_INVALID"),
    ("passport number", "MAR", "VALUE_INVALID"),
    ("visa number", "VEGAN", "VALUE_INVALID"),
    ("ticket number", "HALAL", "VALUE_INVALID"),
    ("passenger reference", "aveugle", "VALUE_INVALID"),
    ("booking reference", "HALAL", "VALUE_INVALID"),
    ("booking reference", "kasher", "VALUE_INVALID"),
    ("carrier", "company for pilgrims! All of them are of one church", "VALUE_INVALID"),
]


@pytest.mark.parametrize(("heading", "text", "code"), SHAPES, ids=[f"{c[0]}: {c[1]}" for c in SHAPES])
def test_words_where_something_else_belongs_are_not_stored(heading: str, text: str, code: str) -> None:
    sent = f'surname,first name,"{heading}"\nBENALI,SALMA,"{text}"\n'.encode()
    message = one(sent)
    assert {code, "SENSITIVE_REMOVED"} <= set(codes(message))
    assert text[-8:] not in repr((message.travellers, message.journeys))
    stored = redact(sent, message.removals)
    assert not any(map(str.isalnum, stored.decode().split("SALMA")[1]))
    after = one(stored)
    assert (after.travellers, after.journeys, after.removals) == (message.travellers, message.journeys, ())


KEPT = [
    ("occupation", "2nd Engineer"),
    ("occupation", "A/B"),
    ("occupation", "Chef de cuisine adjoint"),
    ("address", "12, rue de l'Exemple, Apt. 3, 20000 Casablanca"),
    ("address", "Douar Aït Exemple"),
    ("place of birth", "Saint-Louis du Sénégal"),
    ("telephone", "+212 (0) 600-00.00.00"),
    ("e-mail", "salma.benali@example.org"),
    ("baggage weight", "23,5 kg"),
    ("seat", "Cabine 12 A"),
    ("document type", "Carte de séjour d'étranger"),
    ("nationality", "République de l'Exemple"),
    ("ticket number", "784-2836432717"),
    ("passport number", "CFGHJKLMN"),
    ("booking reference", "QWERTY"),
    ("booking reference", "Q7TX2B"),
]


@pytest.mark.parametrize(("heading", "text"), KEPT)
def test_what_belongs_there_is_kept(heading: str, text: str) -> None:
    message = cell(heading, text)
    assert message.removals == ()
    assert "VALUE_INVALID" not in codes(message)


FROM_ABOVE = [
    ("nationality", "MAR", "id.", "idem, and no Indonesia"),
    ("nationality", "MAR", "Id", "the same without its full stop"),
    ("nationality", "MAR", "ID", "in capitals: no Indonesia beside codes of three letters"),
    ("nationality", "MAR", "do.", "ditto, and no Dominican Republic"),
    ("nationality", "MAR", "-do-", "the same between dashes"),
    ("nationality", "MAR", "idem", "a word for it"),
    ("nationality", "MAR", '"', "a mark for it, as people write it"),
    ("nationality", "MAR", '""""', "a mark for it, as programs write it"),
    ("nationality", "MAR", "\u3003", "the mark of Unicode for it"),
    ("nationality", "MA", "id.", "beside codes of two letters"),
    ("nationality", "MA", "do", "in small letters"),
    ("issuing State", "MAR", "idem", "an issuing State"),
    ("issuing State", "MAR", '-"-', "a mark between dashes"),
    ("nationality", "MAR", "NO", "no Norway beside codes of three letters"),
    ("nationality", "MA", "No", "an answer, and no Norway"),
    ("nationality", "MA", "no", "an answer in small letters"),
    ("nationality", "MA", "Non", "an answer in French"),
    ("nationality", "MAR", "SANS", "none"),
    ("nationality", "MAR", "SO", "Somalia, or sans objet"),
    ("nationality", "MAR", "NA", "Namibia, or not available"),
    ("passport number", "AB123456", "id.", "a number"),
    ("date of birth", "1984-03-10", "idem", "a date"),
    ("date of birth", "1984-03-10", "\u201d", "a date, with a mark"),
    ("place of birth", "Tanger", "idem", "a place"),
    ("sex", "F", "id.", "a sex"),
    ("document type", "passport", "id.", "a kind, and no identity card"),
    ("voyage number", "2045", "idem", "a voyage, which is no other for it"),
]


@pytest.mark.parametrize(("heading", "above", "text", "reason"), FROM_ABOVE, ids=[case[3] for case in FROM_ABOVE])
def test_what_stands_above_is_not_guessed(heading: str, above: str, text: str, reason: str) -> None:
    sent = f"surname,first name,{heading}\nBENALI,SALMA,{above}\nBENALI,KARIM,{text}\n".encode()
    messages = read(sent)
    second = messages[-1].travellers[-1]
    assert (second.name.given, second.nationality, second.documents) == ("KARIM", None, ()), reason
    assert (second.birth_date, second.birth_place, second.sex) == (None, None, None)
    told = [problem for message in messages for problem in message.problems if problem.position is not None]
    at = sent.index(b"KARIM,") + 6
    assert [p.code for p in told if p.code != "SENSITIVE_REMOVED" and p.position == at] == ["VALUE_INVALID"]
    assert not any(leg.number and "idem" in leg.number.lower() for m in messages for j in m.journeys for leg in j.legs)
    stored = redact(sent, [removal for message in messages for removal in message.removals])
    assert [m.travellers for m in read(stored)] == [m.travellers for m in messages]


def test_a_mark_for_the_family_name_above_is_told_and_costs_nobody() -> None:
    message = one('surname,first name,sex\nBENALI,SALMA,F\n",KARIM,M\nidem,ADA,F\n')
    assert [(t.name.family, t.name.given) for t in message.travellers] == [
        ("BENALI", "SALMA"), ("KARIM", None), ("idem", "ADA")]  # fmt: skip
    assert codes(message) == ["VALUE_INVALID", "NAME_MISSING", "NAME_MISSING"]


TWO_LETTERS = [
    ("FR NO MA", "FRA NOR MAR", "Norway beside other codes of two letters"),
    ("NO", "NOR", "Norway alone"),
    ("ID DO SO NA FR", "IDN DOM SOM NAM FRA", "other codes that are words"),
    ("FR NO Non", "FRA NOR None", "an answer beside it is none"),
    ("FR NO id.", "FRA NOR None", "idem beside it is none"),
    ("FR NO N/A", "FRA NOR None", "nothing beside it"),
    ("FRA NO", "FRA None", "beside three letters it is told"),
    ("Maroc NO", "MAR None", "beside a name it is told"),
    ("fr NO", "FRA None", "beside small letters it is told"),
    ("MR AT IN", "MRT AUT IND", "codes that are no words in this place"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "expected", "reason"), TWO_LETTERS, ids=[case[2] for case in TWO_LETTERS])
def test_codes_of_countries_that_are_words(sent: str, expected: str, reason: str) -> None:
    rows = "".join(f"BENALI,SALMA,{text}\n" for text in sent.split())
    message = one(f"surname,first name,nationality\n{rows}")
    assert " ".join(str(traveller.nationality) for traveller in message.travellers) == expected, reason


def test_a_word_for_nothing_in_another_column_is_no_country() -> None:
    message = one("surname,first name,nationality,seat\nBENALI,SALMA,NA,12\nBENALI,KARIM,FR,NA\n")
    assert [traveller.nationality for traveller in message.travellers] == [None, "FRA"]
    assert codes(message) == ["SENSITIVE_REMOVED", "VALUE_INVALID"]


@pytest.mark.parametrize(
    ("remark", "reason"), [("diabétique", "health"), ("MUSULMANE", "religion"), ("HALAL", "a meal")]
)
def test_a_row_that_lacks_a_cell_has_no_remark_for_a_number(remark: str, reason: str) -> None:
    head = "Nom;Prénom;Né(e) le;Sexe;Nationalité;N° de document;Remarques\n"
    sent = f"{head}DIA;Moussa;01/02/1990;M;SEN;{remark}\n".encode()
    message = one(sent)
    (traveller,) = message.travellers
    assert (traveller.nationality, traveller.documents) == ("SEN", ()), reason
    assert codes(message) == ["SENSITIVE_REMOVED", "VALUE_INVALID"]
    stored = redact(sent, message.removals)
    assert remark.encode() not in stored
    assert one(stored).travellers == message.travellers


def test_words_above_the_table_are_not_stored_either() -> None:
    sent = b"Voyage,2045\nCarrier,for pilgrims! All of one church\nsurname,first name\nBENALI,SALMA\n"
    message = one(sent)
    assert message.journeys[0].legs[0].carrier is None
    assert b"pilgrims" not in redact(sent, message.removals)


def test_what_nobody_has_understood_is_not_stored() -> None:
    sent = b"SOME WORDS\nsurname,first name,hat size\nBENALI,SALMA,fifty,more\n"
    message = one(sent)
    assert [(sent[r.offset : r.offset + r.length], r.code) for r in message.removals] == [
        (b"SOME WORDS", "UNREAD"),
        (b"fifty", "UNREAD"),
        (b"more", "UNREAD"),
    ]
    after = one(redact(sent, message.removals))
    assert (after.travellers, after.removals) == (message.travellers, ())


def test_fin_is_a_name_and_the_end_of_a_list() -> None:
    message = one("surname,first name,sex\nFIN,PADRAIG,M\nFin\n")
    assert [t.name.raw for t in message.travellers] == ["FIN,PADRAIG"]


FRENCH = "Nom;Prénom;Né(e) le;Sexe;Nationalité;Lieu de naissance;Remarques\n"
UTF8_ROW = "DIA;Moussa;01/02/1990;M;SEN;Thiès;chambre à côté\n".encode()
MIXED = [
    (FRENCH.encode() + UTF8_ROW.replace("chambre à côté".encode(), b"chambre \xe0 c\xf4t\xe9"),
     "Thiès", "a remark that was pasted"),
    (FRENCH.encode() + b"DIA;Moussa;01/02/1990;M;SEN;Thi\xe8s;chambre \xe0 c\xf4t\xe9 \xe0 l'\xe9t\xe9\n",
     "Thiès", "all of a row"),
    (FRENCH.encode() + UTF8_ROW.decode().encode("cp1252") * 9, "Thiès", "all rows"),
    (FRENCH.encode("cp1252") + UTF8_ROW * 9, "Thiès", "the heading"),
    (FRENCH.encode("cp1252") + UTF8_ROW, "Thiès", "the heading of one row"),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "place", "reason"), MIXED, ids=[case[2] for case in MIXED])
def test_cells_in_another_character_set_cost_no_column(sent: bytes, place: str, reason: str) -> None:
    message = one(sent)
    assert {(t.birth_date, t.birth_place, t.nationality) for t in message.travellers} == {("1990-02-01", place, "SEN")}
    assert {"CHARACTER_SET"} <= set(codes(message)) <= {"CHARACTER_SET", "LETTERS_LOST", "SENSITIVE_REMOVED"}, reason
    stored = redact(sent, message.removals)
    assert one(stored).travellers == message.travellers


@pytest.mark.parametrize(
    ("place", "expected", "reason"),
    [
        (b"Thi\xc3s", "Thi\ufffds", "the first byte of a letter is no letter"),
        (b"Thi\xa8s", "Thi\ufffds", "nor is its second"),
        ("\u0637\u0646\u062c\u0629".encode()[:-1], "\u0637\u0646\u062c\ufffd", "nor are those of Arabic"),
    ],
)
def test_what_is_left_of_a_damaged_letter_is_lost(place: bytes, expected: str, reason: str) -> None:
    message = one(FRENCH.encode() + UTF8_ROW + UTF8_ROW.replace("Thi\u00e8s".encode(), place))
    assert [t.birth_place for t in message.travellers] == ["Thi\u00e8s", expected], reason
    assert "LETTERS_LOST" in codes(message)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Pr\ufffdnom", "given_names"),
        ("Pr\ufffd\ufffdnom", "given_names"),
        ("N\ufffd(e) le", "birth_date"),
        ("N\ufffd de passeport", "document_number"),
        ("Nationalit\ufffd", "nationality"),
        ("\ufffd\ufffd\ufffd", None),
        ("n\ufffdm", None),
        ("\ufffd" * 150, None),
    ],
)
def test_headings_with_letters_that_are_lost(heading: str, field: str | None) -> None:
    found = table.column(heading)
    assert (found.field if found else None) == field


IN_LINES = [
    ("document number", '"AB1\nAB2"', [["AB1", "AB2"]], ["FIELD_UNPLACED"], "two numbers"),
    ("document number", '"AB1\r\n"', [["AB1"]], [], "one number with a line end behind"),
    ("document number", '"AB123456\nill"', [[]], ["SENSITIVE_REMOVED", "VALUE_INVALID"], "a number with a remark"),
    ("visa number", '"V100\nV200"', [["V100", "V200"]], ["FIELD_UNPLACED"], "two visas"),
    ("address", '"12 rue X\nRabat"', [[]], [], "an address has lines"),
]


@pytest.mark.parametrize(
    ("heading", "text", "numbers", "told"), [c[:4] for c in IN_LINES], ids=[c[4] for c in IN_LINES]
)
def test_lines_of_a_cell_are_not_joined(heading: str, text: str, numbers: list[list[str]], told: list[str]) -> None:
    sent = f"surname;first name;{heading}\nBENALI;SALMA;{text}\n".encode()
    message = one(sent)
    assert [[d.number for d in t.documents] for t in message.travellers] == numbers
    assert codes(message) == told
    assert one(redact(sent, message.removals)).travellers == message.travellers


def test_a_row_of_several_persons_is_told() -> None:
    message = one('surname;first name;sex;passport number\n"ALAMI\nTAZI";"OMAR\nSARA";M;"AB1\nAB2"\n')
    assert [t.name.raw for t in message.travellers] == ["ALAMI TAZI;OMAR SARA"]
    assert codes(message) == ["FIELD_UNPLACED", "FIELD_UNPLACED"]
    message = one('surname;first name;sex\n"BEN\nALI";SALMA;F\n')
    assert (message.travellers[0].name.family, codes(message)) == ("BEN ALI", [])


def test_an_open_quotation_costs_its_cell_only() -> None:
    message = one('surname,first name,sex\n"BENALI,SALMA,F\nOKONJO,"ADA,F\n"VELA","MA\nRIA",F\n')
    assert [(t.name.family, t.name.given) for t in message.travellers] == [
        ("BENALI", "SALMA"),
        ("OKONJO", "ADA"),
        ("VELA", "MA RIA"),
    ]


def test_rows_that_are_no_persons() -> None:
    message = one(
        "no,surname,first name\n1,BENALI,SALMA\n2,,\n,,\n\n3,OKONJO,ADA\nTotal,2\nno,surname,first name\n4,VELA,MARIO\n"
    )
    assert [t.name.family for t in message.travellers] == ["BENALI", "OKONJO", "VELA"]
    assert codes(message) == ["TEXT_REMOVED"]


LIST = "No;Nom;Prénom;Né(e) le;N° de passeport;Taille\n1;BENALI;SALMA;31/03/1984;ZZ1;L\n2;OKONJO;ADA;30/04/1990;ZZ2;M\n"
BELOW = [
    (";Total: 3 passagers;;;;", 0, "how many"),
    (";Total;3 passagers;;;", 0, "how many, in two cells"),
    ("3 passagers", 0, "in the column of numbers"),
    (";;;;3 passengers;", 0, "how many, in another column"),
    (";Fin de liste;;;;", 0, "the end"),
    (";Le commandant J. VELA;;;;", 0, "a signature"),
    (";Le commandant;J. VELA;;;", 1, "a signature in two cells may be a person with two names"),
    (";LE CAPITAINE;Yann;1970-01-02;;", 1, "a date of birth makes a person of it"),
    (";Capitaine : J. VELA;;;;", 0, "a signature with a colon"),
    (";Passagers;12;;;", 0, "a number of them"),
    (";Hommes;3;Femmes;4;", 0, "two numbers of them"),
    (";Arrêtée la présente liste à 2 passagers;;;;", 0, "the end in words"),
    (";العدد الإجمالي: ٣;;;;", 0, "and in Arabic"),
    (";LIEU;Minh;;;", 1, "the place of it, or a person"),
    (";Maria del Carmen de los Angeles de la Cruz y Fernandez de Cordoba;;;;", 1, "a name as long as a sentence"),
    (";L'agent maritime;;;;", 0, "another"),
    (";الربان أحمد;;;;", 0, "one in Arabic"),
    (";Fait à Tanger le 23/11/2026;;;;", 0, "place and day of it"),
    (";;;;Fait à Tanger le 23/11/2026;", 0, "in a column of numbers"),
    (";Page 1/2;;;;", 0, "a page"),
    (";" + "words " * 10 + ";;;;", 0, "a sentence"),
    (";;;;;Signature", 0, "none of the columns of a person is filled"),
    (";;;;;XL", 0, "nor here"),
    (";-;;;;XL", 0, "nor here, in so many words"),
    (";;;needs a wheelchair;;", 0, "what is there does not belong there"),
    (";DIALLO;;;;", 1, "a name by itself may be a person"),
    (";12 BENALI SALMA;;;;", 1, "and so may one with its number"),
    (";PAGE;;;;", 1, "this is a name too"),
    (";FIN;PADRAIG;;;", 1, "and this"),
    (";Total;;;ZZ3;", 1, "a document makes a person of it"),
    (";Commandant VELA;;;;", 1, "may be a person with a title"),
    (";;;;ZZ3;", 1, "a document by itself"),
    ("3;;;;;XL", 0, "nor in a row that was numbered"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "more"), [c[:2] for c in BELOW], ids=[c[2] for c in BELOW])
@pytest.mark.parametrize("apart", ["", "\n"], ids=["at once", "apart"])
def test_what_stands_below_a_list(row: str, more: int, apart: str) -> None:
    sent = f"{LIST}{apart}{row}\n".encode()
    message = one(sent)
    assert len(message.travellers) == 2 + more
    assert more or {"TEXT_REMOVED", "FIELD_UNPLACED"} & set(codes(message))
    assert more or "UNREAD" in {removal.code for removal in message.removals}
    stored = redact(sent, message.removals)
    assert one(stored).travellers == message.travellers


def test_the_day_of_a_signature_is_no_person() -> None:
    message = one("Nom;Prénom\nBENALI;SALMA\nDate;12/03/2026\n")
    assert ([t.name.family for t in message.travellers], codes(message)) == (["BENALI"], ["FIELD_UNPLACED"])


def test_a_row_with_more_cells_than_headings() -> None:
    message = one("surname,first name\nBENALI,SALMA,F,1984\n")
    assert ([t.name.family for t in message.travellers], codes(message)) == (["BENALI"], ["FIELD_UNPLACED"] * 2)


def test_a_port_of_which_nothing_says_whether_it_is_of_arrival() -> None:
    message = one("Name of ship,ESTRELLA\nPort of arrival/departure,ESALG\nsurname,first name\nBENALI,SALMA\n")
    assert codes(message) == ["LEG_INCOMPLETE"]
    assert (message.journeys[0].legs[0].origin, message.journeys[0].legs[0].destination) == (None, None)


@pytest.mark.parametrize(
    ("head", "mode"),
    [
        ("Name of ship,ESTRELLA\n", "sea"),
        ("Coach number,12\n", "road"),
        ("Train number,12\n", "rail"),
        ("Aircraft registration,ZZ-ABC\n", "air"),
        ("Mode,autocar\nVoyage,12\n", "road"),
        ("Voyage,12\n", "sea"),
        ("Transporteur,Estrella\n", "sea"),
        ("Mode of transport,hovercraft\nVoyage,12\n", "sea"),
    ],
)
def test_modes(head: str, mode: str) -> None:
    message = one(head + "surname,first name\nBENALI,SALMA\n")
    assert message.journeys[0].mode == mode
    assert any(problem.code == "MODE_ASSUMED" for problem in message.problems) == (
        head.split(",")[0] in ("Voyage", "Transporteur", "Mode of transport")
    )


MOMENTS = [
    ("2026-11-22T10:00Z", "VIE", "2026-11-22T11:00", "2026-11-22T10:00Z", [], "UTC is of no place: read as it"),
    ("2026-11-22T10:00+01:00", "VIE", "2026-11-22T10:00", "2026-11-22T09:00Z", [], "as the place has it"),
    ("2026-11-22 10:00 +0100", "VIE", "2026-11-22T10:00", "2026-11-22T09:00Z", [], "with blanks"),
    ("22/11/2026 10h00 UTC", "VIE", "2026-11-22T11:00", "2026-11-22T10:00Z", [], "in letters"),
    ("2026-11-22T10:00+03:00", "VIE", "2026-11-22T08:00", "2026-11-22T07:00Z", ["ZONE_CONTRADICTED"], "another zone"),
    ("2026-11-22T00:30+02:00", "VIE", "2026-11-21T23:30", "2026-11-21T22:30Z", ["ZONE_CONTRADICTED"], "another day"),
    ("2026-10-25T02:30+01:00", "VIE", "2026-10-25T02:30", "2026-10-25T01:30Z", [], "the second of two such times"),
    ("2026-11-22T10:00-05:00", "Nowhere", "2026-11-22T10:00", "2026-11-22T15:00Z", [], "no clocks known"),
    ("2026-11-22T10:00", "VIE", "2026-11-22T10:00", "2026-11-22T09:00Z", [], "local"),
]


@pytest.mark.parametrize(
    ("sent", "place", "local", "utc", "problems"), [c[:5] for c in MOMENTS], ids=[c[5] for c in MOMENTS]
)
@pytest.mark.parametrize("end", ["departure", "arrival"])
def test_times_with_a_difference_from_utc(
    sent: str, place: str, local: str, utc: str, problems: list[str], end: str
) -> None:
    message = one(f"flight number,{end} airport,{end} date,surname,sex\nZV412,{place},{sent},BENALI,F\n")
    (leg,) = message.journeys[0].legs
    found = (leg.departs, leg.departs_utc) if end == "departure" else (leg.arrives, leg.arrives_utc)
    assert (found, codes(message)) == ((local, utc), problems)


def test_a_time_of_its_own_cell_may_have_a_difference_from_utc() -> None:
    message = one(
        "flight number,from,departure date,departure time,surname,sex\nZV412,VIE,2026-11-22,10:00Z,BENALI,F\n"
    )
    assert message.journeys[0].legs[0].departs == "2026-11-22T11:00"


def test_without_voyage_there_is_no_journey() -> None:
    assert one("surname,first name\nBENALI,SALMA\n").journeys == ()


@pytest.mark.parametrize(
    "data", [b"", b"words", b"a,b,c\n1,2,3\n", b"mode,from,to,departs\nsea,MAPTM,ESALG,2026-11-23\n"]
)
def test_no_list_of_persons(data: bytes) -> None:
    assert codes(one(data)) == ["NO_MESSAGE"]


def test_a_heading_without_rows() -> None:
    """Nobody is in it, and whoever gets it is told why."""
    assert (one(HEAD).travellers, codes(one(HEAD))) == ((), ["NO_MESSAGE"])


@pytest.mark.parametrize("data", [HEAD.encode() + "É".encode()[:1], HEAD.encode("utf-16") + b"\x41"])
def test_an_input_that_ends_within_a_character(data: bytes) -> None:
    assert codes(one(data)) == ["TRUNCATED"]


def test_the_number_of_cells_is_limited() -> None:
    data = (HEAD + "BENALI,SALMA,,,,\nOKONJO,ADA,,,,\n").encode()
    (message,) = manifest.read(data, AS_OF, BLANK, Limits(segments=12))
    assert ([t.name.family for t in message.travellers], codes(message)) == (["BENALI"], ["TOO_MANY_SEGMENTS"])
    assert message.account is not None
    assert message.account.received == len(data)


WORD = st.from_regex(r"[A-Z]{2,8}", fullmatch=True).filter(lambda word: not table.is_empty(word))
TABLES = st.lists(st.tuples(WORD, WORD, st.from_regex(r"[A-Z]{2}[0-9]{6}", fullmatch=True)), max_size=8)


@given(TABLES, st.sampled_from(",;\t"), st.booleans(), st.sampled_from(["utf-8", "utf-16"]))
def test_every_row_comes_out(rows: list[tuple[str, str, str]], mark: str, quoted: bool, encoding: str) -> None:
    """The twin is the list the table was written from."""
    sheet = [("family name", "given names", "document number"), *rows]
    quote = '"' if quoted else ""
    message = one("\n".join(mark.join(f"{quote}{text}{quote}" for text in row) for row in sheet).encode(encoding))
    found = [(t.name.raw.replace(mark, ","), t.documents[0].number) for t in message.travellers]
    kept = [row for row in rows if not (table.meaning("footer", row[0]))]
    assert [pair for pair in found if pair[0].split(",")[0] in {row[0] for row in kept}] == [
        (f"{family},{given_name}", number) for family, given_name, number in kept
    ]


PIECES = [
    "family name", "given names", "remarks", "date of birth", "10/03/1984", "99/99/99", "from", "ESALG", "Total", ",",
    ";", "CREW LIST", "\n", "\r", '"', '""', "\t", "é", "-", "1E+9", "ship", ":", "no", " ", "\x00", "12", "age",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_nothing_raises_and_every_byte_is_accounted_for(text: str, encoding: str) -> None:
    for head in ("", "family name,remarks,date of birth\n"):
        data = (head + text).encode(encoding)
        for message in read(data):
            for removal in message.removals:
                assert removal.offset + removal.length <= len(data)


@given(st.lists(st.sampled_from([*PIECES, "needs a wheelchair", "Total: 3 pax", "BENALI", "F", ",,,"]), max_size=40))
def test_the_stored_original_has_as_many_persons(pieces: list[str]) -> None:
    sent = ("family name,remarks,date of birth,sex\nA,b,1984-03-10,F\n" + "".join(pieces)).encode()
    before = read(sent)
    after = read(redact(sent, [removal for message in before for removal in message.removals]))
    assert sum(len(message.travellers) for message in after) == sum(len(message.travellers) for message in before)


@given(
    st.lists(st.sampled_from([*PIECES, "' x", "\xa0", "é;", "= 1"]), max_size=40).map("".join),
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]),
    st.sampled_from(table.SEPARATORS),
)
def test_lines_without_quotation_marks_are_read_as_those_with_them(text: str, encoding: str, separator: str) -> None:
    """The twin reads cell by cell, as if each line might have a quotation."""
    decoded = table.decoded(text.encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "_BARE", re.compile("(?!)"))
        slow = [*table.rows(decoded, separator)]
    assert [*table.rows(decoded, separator)] == slow


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    read(data)
    read(HEAD.encode() + data)
    read(codecs.BOM_UTF16_LE + HEAD.encode("utf-16-le") + data)


def test_every_column_has_a_reader_and_no_heading_two_meanings() -> None:
    known = table._table("columns.tsv")
    assert {row["field"] for row in known if row["kind"] == "traveller"} == set(_FIELDS)
    headings = [table.plain(text) for row in known for text in row["headings"].split("|")]
    per_field = [{table.plain(text) for text in row["headings"].split("|")} for row in known]
    assert sum(map(len, per_field)) == len(set(headings))


def test_the_page_names_every_column() -> None:
    page = (ROOT / "docs" / "reference" / "manifest.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE))
    known = table._table("columns.tsv")
    assert named == {row["field"] for row in known if row["kind"] in ("voyage", "traveller")}
