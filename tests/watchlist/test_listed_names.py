"""Names as lists write them: what one cell stands for. The people are invented, the shapes are the lists'."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.watchlist.listed_names import forms_of, listed_name

FORMS = [
    ("Anders Holt", (), "one name is its own form"),
    ("Anders Holt; Anders Hold", ("Anders Holt", "Anders Hold"), "semicolons"),
    ("Anders Holt; Andres Holt b) A. Holt; A. Hold", ("Anders Holt", "Andres Holt", "A. Holt", "A. Hold"), "letters"),
    ("a) Anders Holt b) Andres Holt", ("Anders Holt", "Andres Holt"), "letters from the start"),
    ("Lev-ali Petrayev (Petraev)", ("Lev-ali Petrayev", "Lev-ali Petraev"), "a like word replaces the one before"),
    ("HOLT, Andre (Andrei) Jan", ("HOLT, Andre Jan", "HOLT, Andrei Jan"), "in the middle"),
    ("HOLT (SEGUNDO), Jan", ("HOLT, Jan", "HOLT SEGUNDO, Jan"), "an unlike word may be there or not"),
    ("(Sheikh) Anders Holt", ("Anders Holt", "Sheikh Anders Holt"), "title in brackets"),
    ("Holt Anders (Lev Petrayev)", ("Holt Anders", "Lev Petrayev"), "several words are a name of their own"),
    ("Лев Петраев (Lev Petrayev; Lew Petrajew)", ("Лев Петраев", "Lev Petrayev", "Lew Petrajew"), "list in brackets"),
    ("Lev (original script: Лев)", ("Lev", "Лев"), "original script announced"),
    ("Lev Petrayev (Лев Петраев)", ("Lev Petrayev", "Лев Петраев"), "original script not announced"),
    ("Lev Petrayev Лев Петраев", ("Lev Petrayev", "Лев Петраев"), "original script without brackets"),
    ("El Faro (combat name)", ("El Faro",), "a remark is no name"),
    ("El Faro (COMBAT NAME)", ("El Faro",), "nor in capitals"),
    ("Anders Holt (false identity linked to passport 12)", ("Anders Holt",), "nor a long one"),
    ("ሰላም ግርማይ (Tigrinya)", ("ሰላም ግርማይ",), "nor a language"),
    ("Anders Holt, born 1 Jan. 1953 (Oman passport no.0382)", ("Anders Holt",), "birth is no name"),
    ("Anders, Andres, Andreas, Andrius", ("Anders", "Andres", "Andreas", "Andrius"), "a list of single words"),
    ("Karim son of Anwar (کریم),", ("Karim", "Karim Anwar", "کریم"), "father's name, trailing comma"),
    (") Anders Holt", ("Anders Holt",), "half a bracket, as found"),
    ("شيخ الفاتح ، الفاتح", ("شيخ الفاتح", "الفاتح"), "Arabic comma"),
    ("Holt, Anders", (), "surname first is one name"),
    ("HOLT, Jan Erik, Jr.", (), "so it is with a suffix"),
]
NOTES = [
    ("Lev", "original script: Лев", ("Lev", "Лев")),
    ("Karim", "Previously listed as. In Arabic: كريم ", ("Karim", "كريم")),
    ("كريم", "Karim Holt; Kareem Holt", ("كريم", "Karim Holt", "Kareem Holt")),
    ("كريم", "(Karim Holt; Kareem Holt) known by this name", ("كريم", "Karim Holt", "Kareem Holt")),
    ("كريم", "transliterations: Karim; Kareem ) (Translation: The Noble", ("كريم", "Karim", "Kareem")),
    ("Karim", "Kareem, Carim, (transliterations of original script name)", ("Karim", "Kareem", "Carim")),
    ("Karim", "previously listed as", ()),
    ("Karim", "The Noble", ()),
    ("Karim", "Mali ID Number 073; POB: Anefif; Date of issue: 6 Dec 2011", ()),
]
COMMAS = [
    ("Ahmad, Abu Bakr", "Ahmad", "Abu Bakr"),
    ("DE LA TORRE, Jan", "DE LA TORRE", "Jan"),
    ('"HOLT, Jan"', "HOLT", "Jan"),
    ("HOLT, Jan Erik, Jr.", "HOLT", "Jan Erik Jr."),
    ("HOLT, JR., Jan", "HOLT", "Jan JR."),
    ("Jan Holt, III", None, None),
    ("ZORAN", None, None),
]


@pytest.mark.parametrize(("cell", "forms", "reason"), FORMS, ids=[case[2] for case in FORMS])
def test_forms(cell: str, forms: tuple[str, ...], reason: str) -> None:
    assert forms_of(cell) == forms


@pytest.mark.parametrize(("cell", "note", "forms"), NOTES)
def test_names_in_notes(cell: str, note: str, forms: tuple[str, ...]) -> None:
    assert forms_of(cell, note) == forms


@pytest.mark.parametrize(("cell", "family", "given_name"), COMMAS)
def test_surname_first(cell: str, family: str | None, given_name: str | None) -> None:
    name = listed_name("alias", cell)
    assert (name.family, name.given) == (family, given_name)


def test_comma_separates_nothing_where_the_column_does_not_say_so() -> None:
    name = listed_name("primary", "HOLT, ANDERS PETRAYEV", surname_first=False)
    assert (name.name, name.family, name.given) == ("HOLT, ANDERS PETRAYEV", None, None)


def test_name_is_kept_as_listed_with_single_blanks() -> None:
    name = listed_name("weak_alias", " Lev \n   (original script:  Лев) ")
    assert (name.name, name.script) == ("Lev (original script: Лев)", "Latn")


def test_a_cell_full_of_brackets_costs_nothing() -> None:
    began = time.perf_counter()
    assert forms_of("Zig" + " (Zag)" * 5000) == ("Zig" + " Zag" * 5000,)
    assert len(forms_of("Zig (Zag) (Zog) (Zug)")) == 4
    assert len(forms_of("(" * 5000 + ";" * 5000)) < 2
    assert time.perf_counter() - began < 1


@given(st.text(alphabet="aB Дя عب،;,()b) ", max_size=60), st.text(alphabet="aB;():, ", max_size=30))
def test_forms_are_clean_names_whatever_the_cell(cell: str, note: str) -> None:
    for form in forms_of(" ".join(cell.split()), note):
        assert form == " ".join(form.split())
        assert form
        assert ";" not in form


@given(st.lists(st.from_regex(r"[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}", fullmatch=True), min_size=2, max_size=5, unique=True))
def test_a_list_in_one_cell_is_all_its_names(names: list[str]) -> None:
    assert forms_of("; ".join(names)) == tuple(names)
