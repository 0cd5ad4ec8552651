"""Countries: every way a list, a message or a person writes one comes to one code, and nothing is guessed."""

import csv
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie import countries
from vigie.countries import alpha3

CASES = [
    ("FR", "FRA", "alpha-2"),
    ("fra", "FRA", "alpha-3, lower case"),
    (" USA ", "USA", "blanks around"),
    ("U.S.A.", "USA", "abbreviation with dots"),
    ("NA", "NAM", "Namibia's alpha-2 is no null"),
    ("D", "DEU", "ICAO writes Germany with one letter"),
    ("D<<", "DEU", "as it stands in a machine readable zone"),
    ("GBD", "GBD", "British travel document: an ICAO code stays"),
    ("GBN", "GBN", "the same"),
    ("XXA", "XXA", "stateless"),
    ("XXB", "XXB", "refugee"),
    ("XXC", "XXC", "other refugee"),
    ("XXX", "XXX", "unspecified"),
    ("UNO", "UNO", "United Nations document"),
    ("UNA", "UNA", "UN agency"),
    ("EUE", "EUE", "European Union laissez-passer"),
    ("RKS", "RKS", "Kosovo in documents"),
    ("XK", "RKS", "Kosovo's user-assigned alpha-2"),
    ("XOM", "XOM", "Order of Malta"),
    ("XPO", "XPO", "Interpol"),
    ("UTO", "UTO", "the State of ICAO's specimens"),
    ("SUN", "SUN", "a State that divided keeps its code"),
    ("YUG", "YUG", "the same"),
    ("SCG", "SCG", "the same"),
    ("BUR", "MMR", "a State that only changed its name is today's"),
    ("ZAR", "COD", "the same"),
    ("Democratic People's Republic of Korea", "PRK", "UN list"),
    ("Democratic People’s Republic of Korea", "PRK", "typographic apostrophe"),
    ("Korea, North", "PRK", "OFAC list"),
    ("KOREA (THE REPUBLIC OF)", "KOR", "ISO's own spelling"),
    ("Korea, South", "KOR", "OFAC list"),
    ("Iran (Islamic Republic of)", "IRN", "UN list"),
    ("Iran", "IRN", "short"),
    ("Russia", "RUS", "short"),
    ("Fédération de Russie", "RUS", "French"),
    ("Syrian Arab Republic", "SYR", "UN list"),
    ("Burma", "MMR", "OFAC list"),
    ("Congo, Democratic Republic of the", "COD", "words turned round"),
    ("Democratic Republic of the Congo", "COD", "in order"),
    ("République démocratique du Congo", "COD", "French"),
    ("Congo", "COG", "ISO's short name of the Republic of the Congo"),
    ("Congo, Republic of the", "COG", "words turned round"),
    ("Palestinian", "PSE", "OFAC list"),
    ("State of Palestine", "PSE", "UN list"),
    ("Türkiye", "TUR", "present name"),
    ("TURKIYE", "TUR", "without accents"),
    ("Turkey", "TUR", "former name"),
    ("The Gambia", "GMB", "article"),
    ("Gambia, The", "GMB", "article behind"),
    ("Cote d'Ivoire", "CIV", "without accents"),
    ("Ivory Coast", "CIV", "English"),
    ("St. Kitts & Nevis", "KNA", "abbreviated saint, ampersand"),
    ("Allemagne", "DEU", "French"),
    ("Royaume-Uni", "GBR", "French"),
    ("UK", "GBR", "no ISO code, but what everybody writes"),
    ("Great Britain", "GBR", "part for the whole, as lists do"),
    ("États-Unis d’Amérique", "USA", "French, typographic apostrophe"),
    ("Guinée équatoriale", "GNQ", "not Guinea"),
    ("Guinea-Bissau", "GNB", "not Guinea"),
    ("Guinea", "GIN", "not one of the other three"),
    ("Niger", "NER", "not Nigeria"),
    ("South Sudan", "SSD", "not Sudan"),
    ("Dominica", "DMA", "not the Dominican Republic"),
    ("Viet Nam", "VNM", "UN spelling"),
    ("Macedonia, The Former Yugoslav Republic of", "MKD", "old UN name"),
    ("Yemeni", "YEM", "adjective: the UN list holds a few"),
    ("Stateless", "XXA", "a word for the code"),
    ("former Soviet Union", "SUN", "UN list"),
]
UNKNOWN = [
    ("", "nothing"),
    ("  ", "blank"),
    ("the", "an article is no country"),
    ("Korea", "two States"),
    ("Virgin Islands", "two territories"),
    ("Dominican", "two States"),
    ("ZZ", "not assigned"),
    ("QQQ", "not assigned"),
    ("Atlantis", "no country"),
    ("Unknown", "a word, not a country"),
    ("XX", "a filler in many systems"),
]


@pytest.mark.parametrize(("text", "code", "reason"), CASES, ids=[c[0] for c in CASES])
def test_known(text: str, code: str, reason: str) -> None:
    assert alpha3(text) == code, reason


@pytest.mark.parametrize(("text", "reason"), UNKNOWN, ids=[c[0] or "empty" for c in UNKNOWN])
def test_unknown_is_none(text: str, reason: str) -> None:
    assert alpha3(text) is None, reason


def test_no_name_or_code_stands_for_two_countries() -> None:
    owners: dict[str, str] = {}
    for row in countries._rows():
        for name in filter(None, row["names"].split("|")):
            assert owners.setdefault(countries._key(name), row["code"]) == row["code"], name
        for code in filter(None, [row["code"], row["alpha2"], *row["other"].split("|")]):
            assert owners.setdefault("code " + code, row["code"]) == row["code"], code


@given(st.text(max_size=40))
def test_any_text_gives_a_code_of_the_table_or_none(text: str) -> None:
    assert alpha3(text) in {None, *(row["code"] for row in countries._rows())}


@given(st.sampled_from(countries._rows()), st.randoms(use_true_random=False))
def test_case_and_order_of_words_do_not_matter(row: dict[str, str], random: Random) -> None:
    for name in filter(None, row["names"].split("|")):
        words = name.upper().replace(",", " ").split()
        random.shuffle(words)
        assert alpha3(" ".join(words)) == row["code"]


@pytest.mark.data
def test_every_iso_country_and_name_of_the_source_is_known(data: Path) -> None:
    with (data / "reference" / "country-codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 249
    for row in rows:
        code = row["ISO3166-1-Alpha-3"]
        for column in ("ISO3166-1-Alpha-3", "ISO3166-1-Alpha-2", "official_name_en", "official_name_fr"):
            assert alpha3(row[column]) == code, (code, column)


SHORT = [
    ("FRA", "FR", "a country"),
    ("NAM", "NA", "Namibia's is no null"),
    ("RKS", "XK", "Kosovo's user-assigned code"),
    ("SUN", "SU", "a State that divided"),
    ("GBN", None, "ICAO's own code"),
    ("XXA", None, "stateless"),
    ("fra", None, "only what alpha3 gives"),
]


@pytest.mark.parametrize(("code", "expected", "reason"), SHORT)
def test_alpha2(code: str, expected: str | None, reason: str) -> None:
    assert countries.alpha2(code) == expected, reason
    assert expected is None or alpha3(expected) == code
