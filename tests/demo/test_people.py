"""Invented people: names as documents carry them, sensible ages, nobody twice, nobody real."""

import csv
import datetime as dt
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from vigie import watchlist
from vigie.countries import alpha3
from vigie.dates import is_full, span
from vigie.demo.cultures import CULTURES, Spelled
from vigie.demo.people import Inventor, Person, zone_name
from vigie.demo.planted import LISTED, PLANTED
from vigie.demo.states import STATES

DAY = dt.date(2026, 12, 3)
ICAO = re.compile(r"[A-Z]+( [A-Z]+)*")
ARABIC = {"moroccan", "algerian", "tunisian", "egyptian", "levantine", "gulf", "mauritanian"}
ARABIC_SCRIPT = ARABIC | {"iranian", "afghan", "pakistani"}
CYRILLIC = {"russian", "caucasian"}


def _names(culture: str) -> tuple[Spelled, ...]:
    habits = CULTURES[culture]
    return (*habits.male, *habits.female, *habits.family, *habits.patronymics)


@pytest.fixture(scope="module")
def people() -> list[Person]:
    inventor = Inventor(random.Random(11), DAY)
    return [person for culture in CULTURES for _ in range(60) for person in inventor.party(culture)]


@pytest.mark.parametrize("culture", CULTURES)
def test_every_name_is_in_icao_letters(culture: str) -> None:
    assert [name.latin for name in _names(culture) if not ICAO.fullmatch(name.latin)] == []


@pytest.mark.parametrize("culture", CULTURES)
def test_no_table_repeats_a_name(culture: str) -> None:
    habits = CULTURES[culture]
    for table in (habits.male, habits.female, habits.family):
        assert len({name.latin for name in table}) == len(table)


@pytest.mark.parametrize("culture", CULTURES)
def test_original_script_is_complete_and_of_one_script(culture: str) -> None:
    script = "ARABIC" if culture in ARABIC_SCRIPT else "CYRILLIC" if culture in CYRILLIC else None
    for name in _names(culture):
        if script is None:
            assert name.original == ""
            continue
        signs = [sign for sign in name.original if sign != " "]
        assert signs
        assert all(unicodedata.name(sign).startswith(script) for sign in signs), name.latin


def test_arabic_is_written_with_arabic_letters_and_persian_with_persian_ones() -> None:
    """Arabic has YEH, ALEF MAKSURA, KAF and TEH MARBUTA; Persian and Urdu write YEH and KEHEH of their own."""
    foreign = {culture: {"ی", "ک", "ہ", "ۃ"} for culture in ARABIC}
    foreign |= {culture: {"ي", "ى", "ك", "ة"} for culture in ARABIC_SCRIPT - ARABIC}
    for culture, letters in foreign.items():
        wrong = [name.latin for name in _names(culture) if letters & set(name.original)]
        assert wrong == [], culture


@pytest.mark.parametrize(
    ("latin", "original"),
    [
        ("ABDELAZIZ", "عبد العزيز"),  # Abd al-: two words in Arabic, one in the passport
        ("MUSTAPHA", "مصطفى"),  # ends in alef maksura
        ("AICHA", "عائشة"),  # hamza on its seat, teh marbuta
        ("FATIMA ZAHRA", "فاطمة الزهراء"),  # the passport leaves the article out
        ("EL IDRISSI", "الإدريسي"),
        ("AIT TALEB", "آيت الطالب"),  # Amazigh: alef with madda
        ("ELSHERBINY", "الشربيني"),
        ("ALOTAIBI", "العتيبي"),
    ],
)
def test_arabic_spelling_of_well_known_names(latin: str, original: str) -> None:
    found = {name.original for culture in ARABIC for name in _names(culture) if name.latin == latin}
    assert found == {original}


def test_one_latin_spelling_has_one_arabic_spelling_within_the_maghreb() -> None:
    spellings: dict[str, set[str]] = {}
    for culture in ("moroccan", "algerian", "tunisian"):
        habits = CULTURES[culture]
        for name in (*habits.male, *habits.female):
            spellings.setdefault(name.latin, set()).add(name.original)
    assert {latin: found for latin, found in spellings.items() if len(found) > 1} == {}


def test_states_are_named_as_the_country_table_knows_them() -> None:
    assert {code: alpha3(state.name) for code, state in STATES.items()} == {code: code for code in STATES}


def test_cities_and_particles_are_in_icao_letters() -> None:
    cities = [city for state in STATES.values() for city in state.cities]
    cities += [city for habits in CULTURES.values() for city in habits.cities]
    assert [city for city in cities if not ICAO.fullmatch(city)] == []


def test_every_nationality_of_a_culture_is_a_known_state() -> None:
    assert {state for habits in CULTURES.values() for state in habits.states} <= STATES.keys()


def test_one_seed_gives_the_same_people() -> None:
    first, second = (Inventor(random.Random(5), DAY) for _ in range(2))
    assert [first.party("gulf") for _ in range(20)] == [second.party("gulf") for _ in range(20)]


def test_document_numbers_are_unique_and_look_like_their_state(people: list[Person]) -> None:
    documents = [person.documents[0] for person in people]
    assert len({(document.issuer, document.number) for document in documents}) == len(documents)
    for document in documents:
        assert document.issuer is not None
        shape = re.escape(STATES[document.issuer].passport).replace(r"\#", "[0-9]").replace("@", "[A-Z]")
        assert re.fullmatch(shape, document.number or "")


def test_nobody_is_invented_twice(people: list[Person]) -> None:
    assert max(Counter((p.family, p.given, p.birth_date) for p in people).values()) == 1


def test_documents_are_valid_on_the_day_of_travel(people: list[Person]) -> None:
    assert all((person.documents[0].expires or "") > DAY.isoformat() for person in people)


def test_nobody_is_born_after_the_day_of_travel_or_older_than_85(people: list[Person]) -> None:
    born = [span(person.birth_date) for person in people]
    assert all(when.first <= DAY for when in born)
    assert min(when.first for when in born) >= dt.date(DAY.year - 86, 1, 1)


def test_ages_and_dates_are_spread_as_among_travellers(people: list[Person]) -> None:
    """Children with their parents, as many women as men, a few conventional dates, fewer bare years."""
    total = len(people)
    children = sum(int(p.birth_date[:4]) > DAY.year - 18 for p in people)
    assert 0.1 < children / total < 0.4
    assert 0.4 < sum(p.sex == "F" for p in people) / total < 0.6
    assert 0.01 < sum(p.birth_date.endswith("-01-01") for p in people) / total < 0.12
    assert 0 < sum(not is_full(p.birth_date) for p in people) / total < 0.03


def test_conventional_dates_belong_to_the_cultures_that_have_them(people: list[Person]) -> None:
    french = [p for p in people if p.culture == "french"]
    afghan = [p for p in people if p.culture == "afghan" and int(p.birth_date[:4]) < DAY.year - 18]
    assert all(is_full(p.birth_date) for p in french)
    assert sum(p.birth_date.endswith("-01-01") or not is_full(p.birth_date) for p in afghan) > len(afghan) / 5


def test_brothers_and_sisters_are_not_born_within_a_year() -> None:
    inventor = Inventor(random.Random(3), DAY)
    parties = [inventor.party("moroccan") for _ in range(200)]
    families = [sorted(span(p.birth_date).first for p in party[2:]) for party in parties if len(party) > 3]
    assert len(families) > 20
    gaps = [(b - a).days for family in families for a, b in pairwise(family)]
    assert min(gaps) > 365


def _family(culture: str) -> Iterator[tuple[Person, Person]]:
    inventor = Inventor(random.Random(8), DAY)
    for _ in range(120):
        party = inventor.party(culture)
        for child in party[2:]:
            yield party[0], child


@pytest.mark.parametrize(
    ("culture", "expected"),
    [
        ("moroccan", lambda father, child: child.family == father.family),
        ("gulf", lambda father, child: f" {father.called.given[0].latin} " in f" {child.given} "),
        ("mauritanian", lambda father, child: child.family.split(" ", 1)[1] == father.called.given[0].latin),
        ("spanish", lambda father, child: child.family.split()[0] == father.family.split()[0]),
        ("ethiopian", lambda father, child: child.called.ancestors == father.called.given[:1]),
    ],
    ids=["family name", "father's name", "son or daughter of", "first of two", "own, father, grandfather"],
)
def test_children_are_named_after_their_father_as_the_culture_does(
    culture: str, expected: Callable[[Person, Person], bool]
) -> None:
    pairs = list(_family(culture))
    assert pairs
    assert all(expected(father, child) for father, child in pairs)


def test_russian_women_have_feminine_names_and_passports_leave_the_patronymic_out(people: list[Person]) -> None:
    women = [p for p in people if p.culture == "russian" and p.sex == "F"]
    assert women
    assert all(p.family.endswith("A") for p in women)
    adults = [p for p in people if p.culture == "russian" and p.called.patronymic]
    assert adults
    assert all(p.called.patronymic and p.called.patronymic.latin not in (p.given or "") for p in adults)
    assert all(len(p.parts) == 3 for p in adults)


@pytest.mark.parametrize(
    ("family", "given", "width", "expected"),
    [
        ("ALAOUI", "MOHAMED", 39, ("ALAOUI", "MOHAMED")),
        ("ZALMAI", None, 39, ("ZALMAI", None)),  # one name only
        ("A" * 10, "B" * 27, 39, ("A" * 10, "B" * 27)),  # 10 + 2 fillers + 27 fills the field
        ("A" * 10, "B" * 28, 39, ("A" * 10, "B" * 27)),
        ("A" * 39, "B", 39, ("A" * 36, "B")),  # one letter of the given name stays
        ("A" * 40, None, 39, ("A" * 39, None)),
        ("FERNANDEZ DE CORDOBA", "JUAN CARLOS", 30, ("FERNANDEZ DE CORDOBA", "JUAN CAR")),
        ("A" * 25, "BB CC", 30, ("A" * 25, "BB")),  # no blank is left at the end
    ],
)
def test_names_are_cut_as_in_a_machine_readable_zone(
    family: str, given: str | None, width: int, expected: tuple[str, str | None]
) -> None:
    assert zone_name(family, given, width) == expected


# -- nobody real --------------------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))


@pytest.fixture(scope="module")
def real(data: Path) -> dict[str, set[int]]:
    """Listed names, words in alphabetical order, with the birth years their lists give."""
    found: dict[str, set[int]] = {}
    lists = [
        watchlist.read(data / "watchlists" / name) for name in ("un_consolidated_2026-02-27.xml", "ofac_sdn_2021-07")
    ]
    for entry in (entry for one in lists for entry in one.entries):
        years = {year for b in entry.birth_dates for year in range(span(b.date).first.year, span(b.date).last.year + 1)}
        for name in entry.names:
            for form in (name.name, *name.forms):
                found.setdefault(_key(form), set()).update(years)
    return found


@pytest.mark.data
def test_nobody_invented_has_name_and_birth_year_of_a_listed_person(
    people: list[Person], real: dict[str, set[int]]
) -> None:
    assert len(real) > 10_000
    for person in people:
        for name in (f"{person.family} {person.given or ''}", " ".join(part.latin for part in person.parts)):
            assert int(person.birth_date[:4]) not in real.get(_key(name), set()), person.culture


@pytest.mark.data
def test_no_planted_person_has_the_name_of_a_listed_person_of_that_age(real: dict[str, set[int]]) -> None:
    for case in PLANTED:
        year = int(case.birth_date[:4])
        assert not any(abs(year - known) <= 2 for known in real.get(_key(f"{case.family} {case.given}"), set()))
    for person in LISTED:
        years = {span(birth.date).first.year for birth in person.births}
        for name in (" ".join(person.parts), *(alias.name for alias in person.aliases if alias.quality == "Good")):
            known = real.get(_key(name), set())
            assert not any(abs(year - other) <= 2 for year in years for other in known), person.id


@pytest.mark.data
def test_no_document_number_planted_is_a_listed_one(data: Path) -> None:
    text = (data / "watchlists" / "un_consolidated_2026-02-27.xml").read_text(encoding="utf-8")
    with (data / "watchlists" / "ofac_sdn_2021-07" / "sdn.csv").open(encoding="latin-1") as file:
        text += " ".join(cell for row in csv.reader(file) for cell in row)
    numbers = [document.number for person in LISTED for document in person.documents]
    assert len(numbers) == 3
    assert not any(number in text for number in numbers if number)
