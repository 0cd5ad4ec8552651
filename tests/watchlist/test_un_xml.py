"""The UN list's XML: each fact of the format on invented persons."""

import pytest

from tests.watchlist.invented import individual, un_xml
from vigie.records import Document, Entry, ListedDate
from vigie.watchlist import un_xml as un
from vigie.watchlist.parts import Parts


def parsed(*individuals: str) -> Parts:
    return un.parse({"un.xml": un_xml(*individuals)})


def entry_of(content: str, name: str = "<FIRST_NAME>OSKAR</FIRST_NAME>") -> Entry:
    return parsed(individual(content, name)).entries[0]


def test_a_whole_entry() -> None:
    entry = entry_of(
        "<UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><LISTED_ON>2014-03-05-05:00</LISTED_ON><GENDER>MALE</GENDER>"
        "<NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE><VALUE>Yemeni</VALUE></NATIONALITY>"
        "<NAME_ORIGINAL_SCRIPT>أوسكار هولت</NAME_ORIGINAL_SCRIPT>"
        "<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Urd</CITY><COUNTRY>Norway</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>",
        "<FIRST_NAME> OSKAR </FIRST_NAME><SECOND_NAME>HOLT PETRAYEV</SECOND_NAME><THIRD_NAME/>"
        "<FOURTH_NAME>ABU ZIG</FOURTH_NAME>",
    )
    assert (entry.list, entry.id, entry.sex, entry.listed_on) == ("un", "QDi.901", "M", "2014-03-05")
    assert (entry.nationalities, entry.programmes) == (("PRK", "YEM"), ("Al-Qaida",))
    assert entry.birth_places == ("Urd, Norway",)
    assert [(n.kind, n.name, n.script) for n in entry.names] == [
        ("primary", "OSKAR HOLT PETRAYEV ABU ZIG", "Latn"),
        ("original_script", "أوسكار هولت", "Arab"),
    ]


@pytest.mark.parametrize(
    ("quality", "kind"), [("Good", "alias"), ("Low", "weak_alias"), ("", "alias"), ("low ", "weak_alias")]
)
def test_alias_quality(quality: str, kind: str) -> None:
    alias = f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>Zig</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    assert [name.kind for name in entry_of(alias).names] == ["primary", kind]


def test_empty_nodes_are_normal() -> None:
    result = parsed(
        individual(
            "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH/>"
            "<INDIVIDUAL_DOCUMENT/><INDIVIDUAL_PLACE_OF_BIRTH/><NATIONALITY><VALUE/></NATIONALITY><GENDER>Unknown</GENDER>"
            "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE></INDIVIDUAL_DATE_OF_BIRTH>"
        )
    )
    entry = result.entries[0]
    assert len(entry.names) == 1
    assert (entry.birth_dates, entry.documents, entry.birth_places, entry.nationalities) == ((), (), (), ())
    assert (entry.sex, result.problems) == (None, ())


DATES = [
    ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17</DATE>", "1964-07-17", False),
    ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1964-07-17-05:00</DATE>", "1964-07-17", False),
    ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1964</YEAR>", "1964", False),
    ("<TYPE_OF_DATE>Approximately</TYPE_OF_DATE><YEAR>1964</YEAR>", "1964", True),
    ("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1964</FROM_YEAR><TO_YEAR>1966</TO_YEAR>", "1964/1966", False),
    (
        "<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1964</FROM_YEAR><TO_YEAR>1966</TO_YEAR><NOTE>Approximately</NOTE>",
        "1964/1966",
        True,
    ),
    ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973</NOTE>", "1973-11", False),
    ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Approximately 1973</NOTE>", "1973", True),
    ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1958</YEAR><NOTE>Sep.</NOTE>", "1958-09", False),
    ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1958</YEAR><NOTE>from false passport</NOTE>", "1958", False),
]


@pytest.mark.parametrize(("content", "date", "approximate"), DATES)
def test_birth_dates(content: str, date: str, approximate: bool) -> None:
    entry = entry_of(f"<INDIVIDUAL_DATE_OF_BIRTH>{content}</INDIVIDUAL_DATE_OF_BIRTH>")
    assert entry.birth_dates == (ListedDate(date=date, approximate=approximate),)


def test_a_birth_date_not_understood_is_a_problem_that_names_the_entry_and_nothing_of_the_person() -> None:
    date = "<INDIVIDUAL_DATE_OF_BIRTH><NOTE>30-35 years old</NOTE></INDIVIDUAL_DATE_OF_BIRTH>"
    result = parsed(individual(number="QDi.900"), individual(date))
    assert result.entries[1].birth_dates == ()
    (problem,) = result.problems
    assert (problem.code, problem.position) == ("BIRTH_DATE_NOT_UNDERSTOOD", 2)
    assert problem.says == "entry QDi.901: a birth date is in no form known; it was left out"


ALIAS_DATES = [
    ("<ALIAS_NAME>Zig</ALIAS_NAME><DATE_OF_BIRTH>1955</DATE_OF_BIRTH>", "1955"),
    ("<ALIAS_NAME>Zig</ALIAS_NAME><NOTE>born in 1976</NOTE>", "1976"),
    ("<ALIAS_NAME>Zig, born in Urd on 01 Jan.1967</ALIAS_NAME>", "1967-01-01"),
    ("<ALIAS_NAME>Zig</ALIAS_NAME><NOTE>DOB: 11 Dec. 1963. POB: Urd</NOTE>", "1963-12-11"),
    ("<ALIAS_NAME>Zig</ALIAS_NAME><NOTE>DOB: a) 11 Apr. 1960 b) 11 Apr. 1963</NOTE>", None),
    ("<ALIAS_NAME>Zig</ALIAS_NAME><NOTE>Passport No. 284158, expires 21 August 2005</NOTE>", None),
]


@pytest.mark.parametrize(("content", "date"), ALIAS_DATES)
def test_the_birth_date_of_an_alias_belongs_to_the_alias(content: str, date: str | None) -> None:
    entry = entry_of(f"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>{content}</INDIVIDUAL_ALIAS>")
    assert entry.names[1].birth_date == date
    assert entry.birth_dates == ()


DOCUMENTS = [
    (
        "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER> A 111222 </NUMBER>"
        "<ISSUING_COUNTRY>Egypt</ISSUING_COUNTRY><COUNTRY_OF_ISSUE>Germany</COUNTRY_OF_ISSUE>"
        "<NOTE>expired on 1 Oct. 2005</NOTE>",
        Document(type="P", type_raw="Passport", number="A111222", issuer="EGY", expires="2005-10-01"),
    ),
    (
        "<TYPE_OF_DOCUMENT>Numéro de passeport </TYPE_OF_DOCUMENT><NUMBER>A111222</NUMBER>"
        "<COUNTRY_OF_ISSUE>Mali</COUNTRY_OF_ISSUE>",
        Document(type="P", type_raw="Numéro de passeport", number="A111222", issuer="MLI"),
    ),
    (
        "<TYPE_OF_DOCUMENT>National Identification\n   Number</TYPE_OF_DOCUMENT>"
        "<NUMBER>Counterfeit Danish driving licence number 20111222</NUMBER>",
        Document(
            type_raw="National Identification Number, Counterfeit Danish driving licence number 20111222",
            number="20111222",
        ),
    ),
    (
        "<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>"
        "<TYPE_OF_DOCUMENT2>Afghan national identification card (tazkira) number 54111</TYPE_OF_DOCUMENT2>",
        Document(
            type="I",
            type_raw="National Identification Number, Afghan national identification card (tazkira) number 54111",
            number="54111",
            issuer="AFG",
        ),
    ),
    (
        "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
        "<NOTE>Yemeni passport number 02111222 issued on 08-11-2005</NOTE>",
        Document(
            type="P",
            type_raw="Passport, Yemeni passport number 02111222 issued on 08-11-2005",
            number="02111222",
            issuer="YEM",
        ),
    ),
    (
        "<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Russian passport number 8208 No. 555222</NUMBER>",
        Document(type="P", type_raw="Passport, Russian passport number 8208 No. 555222", issuer="RUS"),
    ),
]


@pytest.mark.parametrize(("content", "document"), DOCUMENTS)
def test_documents(content: str, document: Document) -> None:
    assert entry_of(f"<INDIVIDUAL_DOCUMENT>{content}</INDIVIDUAL_DOCUMENT>").documents == (document,)


@pytest.mark.parametrize(
    ("text", "codes", "problems"),
    [
        ("Indonesia (as at Dec. 2003)", ("IDN",), 0),
        ("Possibly Ethiopian", ("ETH",), 0),
        ("Sudanese by birth", ("SDN",), 0),
        ("United States. Also believed to hold Syrian nationality", ("USA",), 0),
        ("Kuwaiti citizenship withdrawn", (), 1),
    ],
)
def test_nationalities_with_remarks(text: str, codes: tuple[str, ...], problems: int) -> None:
    result = parsed(individual(f"<NATIONALITY><VALUE>{text}</VALUE></NATIONALITY>"))
    assert result.entries[0].nationalities == codes
    assert [problem.code for problem in result.problems] == ["NATIONALITY_NOT_KNOWN"] * problems


def test_date_and_others() -> None:
    result = un.parse({"un.xml": un_xml(individual(), entities=3, date="2018-10-29T19:09:49.8-04:00")})
    assert (result.list, result.date, result.others) == ("un", "2018-10-29", 3)


def test_letters_lost_before_publication_are_noted() -> None:
    result = parsed(individual("<NAME_ORIGINAL_SCRIPT>محمد الل\ufffd\ufffd</NAME_ORIGINAL_SCRIPT>"))
    assert [problem.code for problem in result.problems] == ["NAME_DAMAGED"]
