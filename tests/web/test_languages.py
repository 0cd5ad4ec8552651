"""Languages: which one a reader gets, and that no catalogue lags behind the pages."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import vigie.web
from vigie.messages import app_lines, stretches
from vigie.messages.edifact import segments
from vigie.messages.findings import SEVERITY
from vigie.messages.manifest import table
from vigie.messages.mrz.layouts import LAYOUTS
from vigie.web import languages

ROOM = Path(vigie.web.__file__).parent
KEYWORDS = {"_": None, "N_": None, "say": None, "gettext": None, "ngettext": (1, 2)}
Msgid = str | tuple[str, ...]


def messages() -> set[Msgid]:
    """Every message of templates and code, as a catalogue must hold it."""
    found = extract_from_dir(
        ROOM,
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")],
        options_map={"templates/**.html": {"silent": "false", "newstyle_gettext": "true"}},
        keywords=KEYWORDS,
    )
    return {_msgid(message) for _, _, message, _, _ in found}


def catalogue(code: str) -> dict[Msgid, tuple[str, ...]]:
    with (languages.CATALOGUES / code / "messages.po").open("rb") as source:
        found = read_po(source, locale=code, abort_invalid=True)
    return {_msgid(message.id): _strings(message.string or "") for message in found if message.id}


def _msgid(text: str | Sequence[str]) -> Msgid:
    return text if isinstance(text, str) else tuple(text)


def _strings(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


TRANSLATED = [code for code in languages.LOCALES if code != "en"]


@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogue_holds_exactly_the_messages_in_use(code: str) -> None:
    assert set(catalogue(code)) == messages()


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_and_no_translation_is_a_guess(code: str) -> None:
    assert [msgid for msgid, strings in catalogue(code).items() if not all(strings)] == []
    assert "#, fuzzy" not in (languages.CATALOGUES / code / "messages.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_use_no_value_that_the_page_does_not_give(code: str) -> None:
    for msgid, strings in catalogue(code).items():
        given = set.union(*map(_placeholders, _strings(msgid)))
        for string in strings:
            assert _placeholders(string) <= given, msgid
        if isinstance(msgid, str):
            assert _placeholders(strings[0]) == given, msgid


def test_no_french_sign_is_torn_from_its_word() -> None:
    """A blank before `;`, `:`, `?`, `!` or within guillemets must not break: a line would begin with the sign."""
    said = [string for strings in catalogue("fr").values() for string in strings]
    assert [string for string in said if re.search(" [;:?!»]|« ", string)] == []
    assert sum("\u202f" in string for string in said) > 4


def test_extraction_sees_templates_and_code() -> None:
    """Guards the tests above: an extraction that finds nothing would make them empty."""
    found = messages()
    assert {"Not for operations.", "by sea", "%(some)s in %(many)s"} <= found
    assert ("%(number)s name on the list", "%(number)s names on the list") in found


ARABIC_PLURALS = [
    (0, "لا اسم في القائمة", "zero"),
    (1, "اسم واحد في القائمة", "one"),
    (2, "اسمان في القائمة", "two: dual"),
    (3, "%(number)s أسماء في القائمة", "few"),
    (10, "%(number)s أسماء في القائمة", "few, its end"),
    (11, "%(number)s اسمًا في القائمة", "many"),
    (99, "%(number)s اسمًا في القائمة", "many, its end"),
    (100, "%(number)s اسم في القائمة", "other: hundreds take the singular"),
    (102, "%(number)s اسم في القائمة", "other"),
    (103, "%(number)s أسماء في القائمة", "few again"),
    (111, "%(number)s اسمًا في القائمة", "many again"),
]


@pytest.mark.parametrize(("number", "expected", "why"), ARABIC_PLURALS)
def test_arabic_counts_in_six_forms(number: int, expected: str, why: str) -> None:
    arabic = languages.load(["ar"])["ar"]
    said = arabic.texts.ngettext("%(number)s name on the list", "%(number)s names on the list", number)
    assert said == expected, why


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "%(number)s nom "), (1, "%(number)s nom "), (2, "%(number)s noms ")]
)
def test_french_counts_nought_as_one(number: int, expected: str) -> None:
    french = languages.load(["fr"])["fr"]
    said = french.texts.ngettext("%(number)s name on the list", "%(number)s names on the list", number)
    assert said.startswith(expected)


PREFERENCES = [
    ("fr-MA,fr;q=0.9,en;q=0.8", "fr", "a regional tag is served its language"),
    ("en;q=0.3, ar;q=0.7", "ar", "the weight decides, not the order"),
    ("de, *;q=0.1", "fr", "nothing offered: the first language"),
    ("", "fr", "no header"),
    ("en;q=0, de", "fr", "q=0 refuses, even when nothing else is offered"),
    ("en;q=abc, ar;q=0.2", "ar", "a malformed part is passed over"),
    ("EN-us", "en", "case does not matter"),
]


@pytest.mark.parametrize(("header", "expected", "why"), PREFERENCES)
def test_reader_gets_the_preferred_language(header: str, expected: str, why: str) -> None:
    assert languages.preferred(header, ("fr", "en", "ar")) == expected, why


def test_each_language_names_itself_and_its_direction() -> None:
    found = {code: (language.name, language.direction) for code, language in languages.load(["fr", "en", "ar"]).items()}
    assert found == {"fr": ("Français", "ltr"), "en": ("English", "ltr"), "ar": ("العربية", "rtl")}


# -- words of the standards ---------------------------------------------------------------------------------------

ENGLISH_TERMS = (
    {known.name for known in segments._known().values()}
    | {name for known in segments._known().values() for name in known.places.values()}
    | {meaning for meanings in segments._codes().values() for meaning in meanings.values()}
)
"""Everything that the tables of segments may say."""
IN_LINES = (
    {stretches._name(table.Column(kind, field, "")) for kind, field in table._columns().values()}
    | {word for (field, _), word in table._words().items() if field in ("capacity", "mode", "direction")}
    | {stretches._ZONE_FIELDS.get(at, at.replace("_", " ")) for layout in LAYOUTS.values() for at in layout.fields}
    | {name for names in app_lines._FIELDS.values() for name in names if name}
    | {
        word
        for words in (
            stretches._ROWS,
            stretches._WORDS,
            stretches._GROUPS,
            stretches._CODES,
            stretches._ELEMENTS,
            stretches._PLACES,
            stretches._CHECKS,
            stretches._STATES,
        )
        for word in words.values()
        if word
    }
    | {*stretches._ZONE_LINES, "number of fields"}
)
"""Everything that the tables of inputs in lines may say."""


@pytest.mark.parametrize("code", TRANSLATED)
def test_words_of_the_standards_are_translated_from_words_in_use(code: str) -> None:
    terms = languages.load([code])[code].terms
    assert len(terms) > 300
    assert set(terms) - ENGLISH_TERMS - IN_LINES == set()
    assert [term for term, said in terms.items() if not said or said != said.strip()] == []
    assert [said for said in terms.values() if re.search(" [;:?!»]|« ", said)] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_problem_has_a_meaning_in_every_language(code: str) -> None:
    """Exactly the codes that there are, each with a sentence: `Problem.says` is English."""
    meanings = languages.load([code])[code].problems
    assert sorted(meanings) == sorted(SEVERITY)
    assert [said for said in meanings.values() if not said.endswith(".") or said != said.strip()] == []
    assert [said for said in meanings.values() if re.search(" [;:?!»]|« ", said)] == []


def test_every_word_of_inputs_in_lines_is_translated() -> None:
    for code, language in languages.load(TRANSLATED).items():
        assert IN_LINES - set(language.terms) == set(), code


def test_every_segment_has_a_name_in_every_language() -> None:
    names = {known.name for known in segments._known().values()}
    for code, language in languages.load(TRANSLATED).items():
        assert names - set(language.terms) == set(), code
