"""Kinds of document: cases with their reasons, and what holds for the tables as a whole."""

from importlib import resources
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie import countries
from vigie.messages.fields.documents import folded, kind, kind_in_words
from vigie.records import DocumentKind


def _rows(name: str) -> list[list[str]]:
    text = resources.files("vigie.messages.fields").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


CODES = _rows("document_codes.tsv")
WORDS = _rows("document_words.tsv")


@pytest.mark.parametrize(
    ("code", "issuer", "expected", "reason"),
    [
        ("P<", "UTO", "passport", "a passport without second letter, as a zone has it"),
        ("P", None, "passport", "the same in PAXLST"),
        ("p", None, "passport", "small letters"),
        ("PP", "CAN", "passport", "8th edition: national passport"),
        ("PQ", "UTO", "passport", "a second letter of the State's own"),
        ("PD", "FRA", "diplomatic_passport", "8th edition"),
        ("PO", "FRA", "official_passport", "8th edition"),
        ("PO", "CHN", "passport", "China: ordinary"),
        ("PS", "CHN", "official_passport", "China: service"),
        ("PS", "FRA", "passport", "stateless now, service before: not certain"),
        ("PE", None, "emergency_passport", "8th edition"),
        ("PU", None, "emergency_passport", "single sheet, part 8"),
        ("PR", None, "refugee_travel_document", "8th edition"),
        ("PT", None, "alien_travel_document", "8th edition"),
        ("PL", "UNO", "laissez_passer", "8th edition"),
        ("P<", "UNO", "laissez_passer", "an organisation has no nationals"),
        ("P", "EUE", "laissez_passer", "likewise"),
        ("P", "XOM", "passport", "an order that issues passports"),
        ("V<", None, "visa", "part 7"),
        ("VN", "USA", "visa", "any letter behind V"),
        ("I<", "BEL", "identity_card", "PAXLST guide"),
        ("ID", "FRA", "identity_card", "usual second letter"),
        ("IP", "USA", "passport_card", "PAXLST guide"),
        ("IR", "FRA", "residence_permit", "uniform format of the European Union"),
        ("IR", "IRN", None, "not defined elsewhere"),
        ("IR", None, None, "nor without an issuer"),
        ("IX", None, None, "the second letter is the State's own"),
        ("IS", "USA", None, "seafarers' documents and trusted-traveller cards"),
        ("AC", None, "crew_member_certificate", "part 5"),
        ("A", None, None, "the guides differ"),
        ("AX", None, None, "unknown"),
        ("C", None, None, "the guides differ"),
        ("C1", "USA", "residence_permit", "permanent resident card"),
        ("C1", "FRA", None, "another State's C1 is not known"),
        ("L", None, "crew_licence", "PAXLST guide"),
        ("M", None, "military_identity_card", "PAXLST guide"),
        ("T", None, "other", "refugee, return or re-entry: the code does not say which"),
        ("39", None, "passport", "UN/EDIFACT 1001"),
        ("36", None, "identity_card", "UN/EDIFACT 1001"),
        ("5K", None, "driving_licence", "land manifests"),
        ("OTD", None, "other", "land manifests"),
        ("", None, None, "nothing sent"),
        ("<<", None, None, "fillers only"),
        ("P1", None, None, "a digit is no second letter"),
        ("PASSPORT", None, None, "words are not codes"),
    ],
)
def test_kind(code: str, issuer: str | None, expected: DocumentKind | None, reason: str) -> None:
    assert kind(code, issuer) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Passport", "passport", "English"),
        (" PASSEPORT ", "passport", "French, capitals, blanks"),
        ("جواز سفر", "passport", "Arabic"),
        ("جواز السفر", "passport", "with the article"),
        ("Laissez-passer", "laissez_passer", "hyphen"),
        ("laissez passer consulaire", "consular_laissez_passer", "issued by a consulate, not by an organisation"),
        ("sauf-conduit", "laissez_passer", "one-way paper"),
        ("Carte d'identité CEDEAO", "ecowas_identity_card", "French"),
        ("ECOWAS card", "ecowas_identity_card", "English"),
        ("carte nationale", "identity_card", "French"),
        ("C.N.I.", "identity_card", "points vanish"),
        ("بطاقة التعريف الوطنية", "identity_card", "Maghreb"),
        ("Seaman’s book", "seafarer_identity_document", "typographic apostrophe"),
        ("Livret de marin", "seafarer_identity_document", "French"),
        ("Titre de voyage pour réfugié", "refugee_travel_document", "French"),
        ("titre de voyage", "other", "for refugees, stateless persons or aliens: not said"),
        ("refugee travel document", "refugee_travel_document", "English"),
        ("manuscrit", "handwritten", "French"),
        ("None", "none", "says that there is none"),
        ("sans document", "none", "French"),
        ("بدون وثائق", "none", "Arabic"),
        ("", None, "nothing was said, which is not the same"),
        ("-", None, "a dash says nothing"),
        ("passport expired", None, "other words beside it: for a person to read"),
        ("P", None, "a code is no word"),
    ],
)
def test_kind_in_words(text: str, expected: DocumentKind | None, reason: str) -> None:
    assert kind_in_words(text) == expected, reason


def test_every_row_can_be_reached() -> None:
    for code, issuers, name, reason in CODES:
        assert reason
        for issuer in issuers.split():
            assert (kind(code, None if issuer == "*" else issuer) or "-") == name
            assert issuer == "*" or countries.alpha3(issuer) == issuer
    for words, name, reason in WORDS:
        assert reason
        assert kind_in_words(words) == name


def test_no_words_mean_two_things() -> None:
    by_key: dict[str, set[str]] = {}
    for words, name, _ in WORDS:
        by_key.setdefault(folded(words), set()).add(name)
    assert {key: names for key, names in by_key.items() if len(names) > 1} == {}


def test_every_kind_has_a_code_or_words() -> None:
    assert {row[-2] for row in (*CODES, *WORDS)} - {"-"} == set(get_args(DocumentKind))


@given(st.text(max_size=6), st.sampled_from([None, "CHN", "UNO"]))
def test_any_text_has_a_kind_or_none(text: str, issuer: str | None) -> None:
    assert kind(text, issuer) in (None, *get_args(DocumentKind))
    assert kind_in_words(text) in (None, *get_args(DocumentKind))
