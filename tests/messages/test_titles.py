"""Titles in given names: separated when certain, left alone otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.messages.fields.titles import Separated, separate

CERTAIN = [
    ("JOHN MR", (), "JOHN", "MR", "a word by itself"),
    ("NINA MS", (), "NINA", "MS", "a word by itself, although names end in MS"),
    ("KONG CHUN MRS", (), "KONG CHUN", "MRS", "behind two names"),
    ("Salma Mme", (), "Salma", "MME", "lower case stays as it is"),
    ("MR", (), "", "MR", "nothing but a title"),
    ("JOHNMR", ("JOHN",), "JOHN", "MR", "the document has the name without it"),
    ("KEVINMICHAELMR", ("KEVIN MICHAEL",), "KEVINMICHAEL", "MR", "names glued as well"),
    ("JOHNMR", ("JOHN ROBERT",), "JOHN", "MR", "the document goes on with another name"),
    ("WILLIAMMR", ("WILLIAMNEVELL",), "WILLIAM", "MR", "the document goes on without blank"),
    ("ADAMS", ("ADA",), "ADA", "MS", "a woman named Ada"),
    ("DOLANDR", ("DOLAN",), "DOLAN", "DR", "a doctor"),
    ("KAIMSTR", ("KAI",), "KAI", "MSTR", "a boy"),
]
NONE = [
    ("DREW", ()),
    ("SIRAJ", ()),
    ("MRIDUL", ()),
    ("MAJR", ()),
    ("JOHNSR", ()),
    ("AMR", ()),
    ("WILLIAMS", ("WILLIAMS",)),
    ("ADAMS", ("ADAMS PAUL",)),
    ("ALEXANDR", ("ALEXANDR",)),
    ("JOHN", ("JOHN",)),
    ("", ()),
]
LIKELY = [
    ("WILLIAMS", (), "WILLIA", "MS"),
    ("WILLIAMS", ("WILLIAM",), "WILLIA", "MS"),
    ("LISALMS", (), "LISAL", "MS"),
    ("JOHNMR", ("JONATHON",), "JOHN", "MR"),
    ("MOLLYMRS", ("MOLLYMRS ZARA",), "MOLLY", "MRS"),
]


@pytest.mark.parametrize(("name", "others", "rest", "title", "reason"), CERTAIN, ids=[row[4] for row in CERTAIN])
def test_a_certain_title_is_separated(name: str, others: tuple[str, ...], rest: str, title: str, reason: str) -> None:
    assert separate(name, others) == Separated(rest, title, certain=True)


@pytest.mark.parametrize(("name", "others"), NONE)
def test_a_name_is_no_title(name: str, others: tuple[str, ...]) -> None:
    assert separate(name, others) is None


@pytest.mark.parametrize(("name", "others", "rest", "title"), LIKELY)
def test_a_likely_title_is_only_offered(name: str, others: tuple[str, ...], rest: str, title: str) -> None:
    assert separate(name, others) == Separated(rest, title, certain=False)


@given(st.text("ADEMNORS ", max_size=12), st.lists(st.text("ADEMNORS ", max_size=8), max_size=3))
def test_what_is_left_begins_the_name_and_the_title_ends_it(name: str, others: list[str]) -> None:
    found = separate(name, others)
    if found is not None:
        assert name.startswith(found.given)
        assert name.endswith(found.title)
        assert len(found.given) + len(found.title) <= len(name)
