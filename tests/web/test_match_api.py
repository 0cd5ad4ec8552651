"""The matching API: yente's shapes over Vigie's matcher. Everybody asked for and everybody listed is invented."""

import asyncio
import datetime as dt
import json
import logging
import re
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.cli.test_process import PATIENCE, VIGIE, started
from tests.conftest import ROOT
from tests.matching.invented import INDEX, LISTED, entry, passport, query, watchlist
from tests.matching.invented import name as named
from vigie import app, messages
from vigie.demo import SAMPLE
from vigie.matching import Index
from vigie.records import Decision, Document, Match, Message, Traveller
from vigie.screening import ALERTS_PER_MILLION, query_of, screen
from vigie.store import Store, open_store
from vigie.web import Matcher, build, match_call, match_query
from vigie.web.match_api import LARGEST, MatchApi
from vigie.web.security import HEADERS

MATCHER: Final = Matcher(INDEX, ALERTS_PER_MILLION)
KHARRACHI: Final[dict[str, Any]] = {"name": ["Zoubeir Ould Kharrachi"], "birthDate": ["1979-03-12"]}
DOCUMENTED: Final = (ROOT / "docs" / "reference" / "matching-api.md").read_text(encoding="utf-8")
HOW_TO: Final = (ROOT / "docs" / "how-to" / "match-over-http.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('api') / 'work.db'}") as opened:
        yield opened


@pytest.fixture(scope="module")
def client(database: Store) -> TestClient:
    return TestClient(build(database, matcher=MATCHER), base_url="http://localhost")


def person(**properties: object) -> dict[str, object]:
    return {"schema": "Person", "properties": properties}


def ask(client: TestClient, *examples: object, at: str = "/match/default") -> dict[str, Any]:
    """The whole answer to these queries, called q0, q1, ..."""
    answer = client.post(at, json={"queries": {f"q{place}": example for place, example in enumerate(examples)}})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def one(client: TestClient, at: str = "/match/default", **properties: Any) -> dict[str, Any]:
    found: dict[str, Any] = ask(client, person(**properties), at=at)["responses"]["q0"]
    return found


def numbers(found: dict[str, Any], *, match: bool) -> list[str]:
    return [result["referents"][0] for result in found["results"] if result["match"] == match]


# -- who is found -------------------------------------------------------------------------------------------------

FOUND: Final[list[tuple[dict[str, Any], list[str], str]]] = [
    (KHARRACHI, ["1"], "a whole name with a birth date"),
    ({"name": "Zoubeir Ould Kharrachi", "birthDate": "1979-03-12"}, ["1"], "a text where a list of texts is usual"),
    ({"lastName": ["Ould Kharrachi"], "firstName": ["Zoubeir"], "birthDate": ["1979-03-12"]}, ["1"], "in two parts"),
    (
        {"lastName": ["Wardakani"], "firstName": ["Serajuddin"], "fatherName": ["Jalaluddin"], "birthDate": ["1977"]},
        ["4"],
        "with the father's name as a part of its own",
    ),
    (
        {"lastName": ["Vorbrand", "Wardakani"], "firstName": ["Otto", "Serajuddin Jalaluddin"], "birthDate": ["1978"]},
        ["4"],
        "of several last and first names each pair is a name",
    ),
    ({"name": ["Petra Nobody"], "alias": ["Abd al-Malik Darghoumari"], "birthDate": ["1970-04-20"]}, ["2"], "an alias"),
    ({"previousName": ["Abdelmalek Belghoumari"], "birthDate": ["1970-04-20"]}, ["2"], "a former name"),
    ({"name": ["زبير القرشي الظفاري"], "birthDate": ["1951-06-19"]}, ["5"], "in the letters of the list"),
    ({"name": ["Timurbek Saidmagomedov"], "birthDate": ["1985-09-14"]}, ["6"], "listed in Cyrillic letters only"),
    ({"passportNumber": ["ab 12345 07"]}, ["10"], "the number of a passport alone, as a clerk types it"),
    ({"idNumber": ["AB1234507"]}, ["10"], "the same number, sent as one of another document"),
    (
        {"name": ["Zoubeir Ould Kharrachi"], "birthDate": ["1990-07-07", "1979-03-12"]},
        ["1"],
        "of two birth dates the second is his",
    ),
    ({**KHARRACHI, "birthDate": ["1979-03-12T00:00:00"]}, ["1"], "a moment, of which the day counts"),
    ({**KHARRACHI, "nationality": ["se"], "citizenship": ["Mauritania"]}, ["1"], "one of two nationalities is his"),
    ({"name": ["Petra Nobody"], "birthDate": ["1979-03-12"]}, [], "the birth date of a listed person alone"),
    ({"name": ["Abou Tamim"]}, [], "a weak alias alone"),
    ({"name": ["Zoubeir Nobody"], "nationality": ["mr"]}, [], "a given name and a nationality"),
]


@pytest.mark.parametrize(("properties", "expected", "reason"), FOUND, ids=[case[2] for case in FOUND])
def test_who_is_a_match(client: TestClient, properties: dict[str, Any], expected: list[str], reason: str) -> None:
    assert numbers(one(client, **properties), match=True) == expected, reason


def test_a_result_is_the_listed_person_with_the_evidence(client: TestClient) -> None:
    found = one(client, **KHARRACHI, nationality=["MR"])
    (result,) = found["results"]
    (expected,) = INDEX.search(
        query(*KHARRACHI["name"], birth_date="1979-03-12", nationality="MRT"), INDEX.threshold(ALERTS_PER_MILLION)
    )
    assert (result["id"], result["caption"], result["schema"]) == ("invented-1", "Zoubeir Ould Kharrachi", "Person")
    assert result["properties"] == {
        "name": ["Zoubeir Ould Kharrachi"],
        "weakAlias": ["Abou Tamim"],
        "birthDate": ["1979-03-12"],
        "nationality": ["mr"],
    }
    assert (result["datasets"], result["operational"]) == (["invented"], False)
    assert result["score"] == expected.probability
    assert _sum(result) == result["millibits"] == expected.millibits
    assert _terms(result) == msgspec.to_builtins(list(expected.evidence))
    assert result["features"] == {key: each["score"] for key, each in result["explanations"].items()}
    assert result["explanations"]["birth_date"]["candidate"] == "1979-03-12"
    assert found["total"] == {"value": 1, "relation": "eq"}


def _terms(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [term for each in result["explanations"].values() for term in each["terms"]]


def _sum(result: dict[str, Any]) -> int:
    return sum(term["millibits"] for term in _terms(result))


def test_everything_a_list_says_of_a_person_has_its_property(database: Store) -> None:
    full = entry(
        "77",
        "HOLTMARK, Anders",
        born=("1970/1975", "1980-02"),
        sex="M",
        nationalities=("SUN", "GBN", "NOR"),
        documents=(passport("X1234567", "NOR"), Document(type="I", number="771177"), Document(number=None)),
    )
    full = msgspec.structs.replace(full, birth_places=("Bodø, Norway",), programmes=("Invented",))
    listed = watchlist(full)
    asking = TestClient(build(database, matcher=Matcher(Index([listed]), 1e5)), base_url="http://localhost")
    (result,) = one(asking, name=["Anders Holtmark"])["results"]
    assert result["properties"] == {
        "name": ["HOLTMARK, Anders"],
        "birthDate": ["1970/1975", "1980-02"],
        "birthPlace": ["Bodø, Norway"],
        "gender": ["male"],
        "nationality": ["suhh", "gbn", "no"],
        "passportNumber": ["X1234567"],
        "idNumber": ["771177"],
        "program": ["Invented"],
    }


# -- what is compared, and what is not ----------------------------------------------------------------------------

COMPARED: Final[list[tuple[dict[str, Any], dict[str, list[str]], list[tuple[str, str]], str]]] = [
    ({"name": [" Ada  Holt ", "", None]}, {"name": ["Ada Holt"]}, [], "blanks and empty values are none"),
    (
        {"name": ["Ada Holt"], "firstName": ["Ada"], "lastName": ["Holt"], "middleName": ["Eva"]},
        {"name": ["Ada Holt", "Holt Ada Eva"]},
        [],
        "whole name and parts are alternatives",
    ),
    (
        {"name": ["Ada Holt"], "lastName": ["Holt"]},
        {"name": ["Ada Holt"]},
        [("lastName", "firstName or lastName is missing")],
        "a last name beside the whole name is no second name",
    ),
    ({"lastName": ["Holt"]}, {"name": ["Holt"]}, [], "a last name alone is what there is"),
    (
        {"name": ["Ada Holt", "???", "FNU LNU"]},
        {"name": ["Ada Holt"]},
        [("name[1]", "no letters"), ("name[2]", "no letters")],
        "signs and clerks' words for no name",
    ),
    (
        {"name": ["Ada Holt"], "birthDate": ["12.3.1979", "1979-02-30", "1979"]},
        {"name": ["Ada Holt"], "birthDate": ["1979"]},
        [("birthDate[0]", "is no date"), ("birthDate[1]", "is no date")],
        "what is no day of the calendar is not guessed at",
    ),
    (
        {"name": ["Ada Holt"], "gender": ["Female", "unknown"]},
        {"name": ["Ada Holt"], "gender": ["female"]},
        [("gender[1]", "none of male")],
        "unknown is no gender",
    ),
    (
        {"name": ["Ada Holt"], "nationality": ["NO", "Norway"], "citizenship": ["NOR", "suhh", "Nowhere"]},
        {"name": ["Ada Holt"], "nationality": ["no", "suhh"]},
        [("citizenship[2]", "no country")],
        "one country in three ways is one nationality",
    ),
    (
        {"name": ["Ada Holt"], "country": ["no"], "birthCountry": ["mr"], "birthPlace": ["Oslo"]},
        {"name": ["Ada Holt"]},
        [("country", "no nationality"), ("birthCountry", "never taken"), ("birthPlace", "not compared")],
        "no nationality is concluded from anything else",
    ),
    (
        {"name": ["Ada Holt"], "weakAlias": ["Lily"], "brithDate": ["1979"], "Ada Holt": ["x"], "topics": "sanction"},
        {"name": ["Ada Holt"]},
        [
            ("weakAlias", "too general"),
            ("brithDate", "no property"),
            ("(a name that is no word)", "no property"),
            ("topics", "not compared"),
        ],
        "a property misspelt is told, and a name in its place is not repeated",
    ),
    (
        {"name": ["Ada Holt"], "passportNumber": ["X 123 456", "12345678", "n/a"], "idNumber": ["x123456"]},
        {"name": ["Ada Holt"], "passportNumber": ["X123456"], "idNumber": ["X123456"]},
        [("passportNumber[1]", "no number"), ("passportNumber[2]", "no number")],
        "what clerks type for want of a number is none",
    ),
]


@pytest.mark.parametrize(("sent", "compared", "unused", "reason"), COMPARED, ids=[case[3] for case in COMPARED])
def test_what_is_compared(
    client: TestClient, sent: dict[str, Any], compared: object, unused: list[tuple[str, str]], reason: str
) -> None:
    found = one(client, **sent)
    assert found["query"] == {"schema": "Person", "properties": compared}, reason
    assert [each["property"] for each in found["unused"]] == [place for place, _ in unused]
    assert all(says in each["says"] for each, (_, says) in zip(found["unused"], unused, strict=True))


def test_nothing_of_a_query_is_passed_over_in_silence(client: TestClient) -> None:
    example = {**person(name=["Ada Holt"]), "filters": {"topics": [["sanction"]]}, "id": "mine"}
    (unused,) = ask(client, example)["responses"]["q0"]["unused"]
    assert unused["property"] == "filters"


def test_every_property_that_is_compared_is_documented() -> None:
    assert [key for key in match_query.COMPARED if f"`{key}`" not in DOCUMENTED] == []


# -- one path -----------------------------------------------------------------------------------------------------


Sample = tuple[TestClient, dict[str, list[tuple[Message, tuple[Decision, ...]]]]]


@pytest.fixture(scope="module")
def sample(database: Store) -> Sample:
    """The demonstration's list behind the API, and its messages with their decisions. FollowTheMoney has no place for
    the State that issued a document, so the messages are taken as if it had not been sent."""
    lists = app.load_lists([str(SAMPLE / "list.xml")])
    index = Index(lists)
    found = {}
    for file in SAMPLE.glob("*.edi"):
        read = messages.read(file.read_bytes(), dt.date(2026, 12, 3), file.name)
        without = [msgspec.structs.replace(each, travellers=tuple(map(_unissued, each.travellers))) for each in read]
        found[file.stem] = [(message, screen(message, index)) for message in without]
    client = TestClient(build(database, matcher=Matcher(index, ALERTS_PER_MILLION)), base_url="http://localhost")
    return client, found


def _unissued(traveller: Traveller) -> Traveller:
    papers = tuple(msgspec.structs.replace(paper, issuer=None) for paper in traveller.documents)
    return msgspec.structs.replace(traveller, documents=papers)


def asked_as(traveller: Traveller) -> dict[str, object]:
    """A traveller in the words of FollowTheMoney: parts of the name where there is one name, else whole names."""
    known = query_of(traveller)
    parts = {"lastName": traveller.name.family, "firstName": traveller.name.given}
    return person(
        **(parts if len(known.names) == 1 else {"name": list(known.names)}),
        birthDate=traveller.birth_date,
        gender={"M": "male", "F": "female"}.get(traveller.sex or ""),
        nationality=traveller.nationality,
        passportNumber=[paper.number for paper in traveller.documents if paper.type == "P"],
        idNumber=[paper.number for paper in traveller.documents if paper.type != "P"],
    )


@pytest.mark.parametrize("name", ["flight", "ferry", "coach"])
def test_who_is_asked_for_and_who_is_screened_get_the_same(sample: Sample, name: str) -> None:
    client, found = sample
    matched = 0
    for message, decisions in found[name]:
        answers = ask(client, *map(asked_as, message.travellers))["responses"]
        for place, decision in enumerate(decisions):
            results = answers[f"q{place}"]["results"]
            assert list(map(_seen, results)) == list(map(_expected, decision.matches))
            matched += len(results)
    assert matched >= 3, "an empty comparison shows nothing"


def _seen(result: dict[str, Any]) -> object:
    facts = (result["referents"][0], result["millibits"], result["score"], result["match"], result["matched_name"])
    return (*facts, _terms(result))


def _expected(match: Match) -> object:
    facts = (match.entry, match.millibits, match.probability, match.alert, match.matched_name)
    by_field = sorted(match.evidence, key=lambda term: [each.field for each in match.evidence].index(term.field))
    return (*facts, msgspec.to_builtins(by_field))


WORDS: Final = "Zoubeir Kharrachi Abdelmalek Belghoumari Zulqadrain Muhammad Ali Hassan Ri Yong Taek Holt Ada".split()
PEOPLE: Final = st.builds(
    lambda names, born, nations, numbers: person(
        name=names, birthDate=born, nationality=nations, passportNumber=numbers
    ),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=2),
    st.lists(st.sampled_from(["1979-03-12", "1970-04-20", "1980", "1963-01"]), max_size=2),
    st.lists(st.sampled_from(["mr", "IDN", "Egypt"]), max_size=2),
    st.lists(st.sampled_from(["AB1234507", "AB12345O7"]), max_size=1),
)


@settings(max_examples=20)
@given(people=st.lists(PEOPLE, min_size=1, max_size=8), cutoff=st.sampled_from(["", "?cutoff=0", "?threshold=0.5"]))
def test_many_in_one_call_are_as_many_calls(client: TestClient, people: list[dict[str, object]], cutoff: str) -> None:
    at = f"/match/default{cutoff}"
    together = ask(client, *people, at=at)["responses"]
    assert list(together) == [f"q{place}" for place in range(len(people))]
    alone = [ask(client, each, at=at)["responses"]["q0"] for each in people]
    assert list(together.values()) == alone


ALTERNATIVES: Final[list[tuple[dict[str, list[str]], dict[str, list[str]], str]]] = [
    ({"birthDate": ["1979", "1979-03-12"]}, {"birthDate": ["1979-03-12"]}, "the later of two dates is worth more"),
    ({"birthDate": ["1979-03-12", "1979"]}, {"birthDate": ["1979-03-12"]}, "the former"),
    ({"nationality": ["no"], "citizenship": ["mr"]}, {"nationality": ["mr"]}, "one of two nationalities agrees"),
    ({"alias": ["Abou Tamim"]}, {}, "a second name that is worth less"),
]


@pytest.mark.parametrize(("several", "best", "reason"), ALTERNATIVES, ids=[case[2] for case in ALTERNATIVES])
def test_of_alternatives_the_best_counts(
    client: TestClient, several: dict[str, Any], best: dict[str, Any], reason: str
) -> None:
    name = KHARRACHI["name"]
    assert one(client, name=name, **several)["results"] == one(client, name=name, **best)["results"] != [], reason


def test_an_alternative_that_alerts_goes_before_a_weak_alias_worth_more(database: Store) -> None:
    names = ("Zorvan Kestrelund", named("Xanthippe Zorvan Kestrelund", "weak_alias"))
    listed = watchlist(entry("1", *names, born=("1970-06-01",)))
    matcher = Matcher(Index([listed]), ALERTS_PER_MILLION)
    client = TestClient(build(database, matcher=matcher), base_url="http://localhost")
    asked: dict[str, Any] = {"name": ["Xanthippe Zorvan Kestrelund"]}
    (weak,), (sure,), (both,) = (
        one(client, **asked, birthDate=born)["results"] for born in (["1969"], ["1971-06-01"], ["1969", "1971-06-01"])
    )
    assert (weak["match"], sure["match"]) == (False, True)
    assert weak["millibits"] > sure["millibits"], "else the test shows nothing"
    assert both == sure


# -- threshold, cutoff, limit -------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(
    names=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    threshold=st.none() | st.floats(0, 1),
    cutoff=st.none() | st.floats(0, 1),
)
def test_match_is_what_alerts_at_the_threshold(names: str, threshold: float | None, cutoff: float | None) -> None:
    sent = [(key, str(value)) for key, value in (("threshold", threshold), ("cutoff", cutoff)) if value is not None]
    wanted = match_call.terms(MATCHER, "default", [*sent, ("limit", "500")])
    answered = match_call.answer(MATCHER, {"q": person(name=[names])}, wanted).responses["q"]
    assert isinstance(answered, match_call.Answered)
    alerting = {match.entry for match in INDEX.search(query(names), wanted.threshold) if match.alert}
    assert {result.referents[0] for result in answered.results if result.match} == alerting
    shown = [result.millibits for result in answered.results]
    assert shown == sorted(shown, reverse=True)
    assert all(millibits >= wanted.cutoff for millibits in shown)
    assert {match.entry for match in INDEX.search(query(names), wanted.cutoff)} == {
        result.referents[0] for result in answered.results
    }
    if threshold is not None:
        assert all(result.match is False for result in answered.results if result.score < threshold)


NAMED_ONCE: Final = person(name=["Kharrachi"], birthDate=["1979-03-12"])
"""Alerts in screening, with a probability of 0.28."""


def test_a_threshold_of_another_program_hides_nobody(client: TestClient) -> None:
    """Clients of yente send 0.7 out of habit. Here that is far above the operating point."""
    answer = ask(client, NAMED_ONCE, at="/match/default?threshold=0.7")
    (result,) = answer["responses"]["q0"]["results"]
    assert (result["referents"], result["match"]) == (["1"], False)
    assert result["millibits"] >= answer["screened"]["operating_point_millibits"]
    assert [note.split()[0] for note in answer["notes"]] == ["threshold"]
    assert numbers(ask(client, NAMED_ONCE)["responses"]["q0"], match=True) == ["1"]


def test_a_cutoff_that_hides_alerts_is_told(client: TestClient) -> None:
    answer = ask(client, NAMED_ONCE, at="/match/default?threshold=0.7&cutoff=0.7")
    assert answer["responses"]["q0"]["results"] == []
    assert [note.split()[0] for note in answer["notes"]] == ["cutoff", "threshold"]
    assert "notes" not in ask(client, NAMED_ONCE)


def test_what_lies_below_the_threshold_can_be_seen_and_is_no_match(client: TestClient) -> None:
    asked = person(name=["Zoubeir Nobody"])
    assert ask(client, asked)["responses"]["q0"]["results"] == []
    found = ask(client, asked, at="/match/default?cutoff=0")["responses"]["q0"]
    assert numbers(found, match=False) == ["1", "5"]
    assert numbers(found, match=True) == []


def test_a_lower_cutoff_takes_no_weak_alias_away(database: Store) -> None:
    """With the cutoff alone the engine would choose the strong name that is worth little, and lose the place."""
    listed = watchlist(entry("1", "Petra Zorvan", named("Xanthippe Zorvan Kestrelund", "weak_alias")))
    matcher = Matcher(Index([listed]), ALERTS_PER_MILLION)
    client = TestClient(build(database, matcher=matcher), base_url="http://localhost")
    plain, low = (
        one(client, at, name=["Xanthippe Zorvan Kestrelund"]) for at in ("/match/default", "/match/default?cutoff=0")
    )
    assert plain["results"][0]["millibits"] >= matcher.point
    assert plain["results"] == low["results"]


def test_the_limit_cuts_the_results_and_not_the_total(database: Store) -> None:
    listed = watchlist(*[entry(f"{number}", "Anders Holtmark", born=(f"{1950 + number}",)) for number in range(30)])
    matcher = Matcher(Index([listed]), 1e5)
    client = TestClient(build(database, matcher=matcher), base_url="http://localhost")
    for at, shown in (("/match/default", 10), ("/match/default?limit=3", 3), ("/match/default?limit=500", 30)):
        found = one(client, at, name=["Anders Holtmark"])
        assert (len(found["results"]), found["total"]["value"]) == (shown, 30)


# -- lists --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two(database: Store) -> TestClient:
    """One person on two lists, under the same number."""
    first = watchlist(entry("1", "Anders Holtmark", born=("1970-06-01",)), operational=True)
    second = msgspec.structs.replace(
        first, list="other", entries=tuple(msgspec.structs.replace(each, list="other") for each in first.entries)
    )
    lists = (first, msgspec.structs.replace(second, operational=False))
    return TestClient(build(database, matcher=Matcher(Index(lists), 100.0)), base_url="http://localhost")


CHOSEN: Final = [
    ("/match/default", ["invented-1", "other-1"], "all lists"),
    ("/match/invented", ["invented-1"], "one list"),
    ("/match/other", ["other-1"], "another"),
    ("/match/default?include_dataset=other", ["other-1"], "one of all, as some clients say it"),
    ("/match/default?include_dataset=other&include_dataset=invented", ["invented-1", "other-1"], "both by name"),
    ("/match/default?exclude_dataset=other", ["invented-1"], "all but one"),
    ("/match/default?include_dataset=default", ["invented-1", "other-1"], "all of all"),
]


@pytest.mark.parametrize(("at", "expected", "reason"), CHOSEN, ids=[case[2] for case in CHOSEN])
def test_lists_are_chosen(two: TestClient, at: str, expected: list[str], reason: str) -> None:
    found = one(two, at, name=["Anders Holtmark"], birthDate=["1970-06-01"])
    assert [result["id"] for result in found["results"]] == expected, reason
    assert {result["millibits"] for result in found["results"]} == {_all_sums(two)}, "whatever list is asked"
    assert {result["datasets"][0]: result["operational"] for result in found["results"]} == {
        key: key == "invented" for key in (each.split("-")[0] for each in expected)
    }


def _all_sums(client: TestClient) -> int:
    (value,) = {
        result["millibits"] for result in one(client, name=["Anders Holtmark"], birthDate=["1970-06-01"])["results"]
    }
    return int(value)


def test_the_catalogue_names_what_can_be_asked(two: TestClient) -> None:
    found = two.get("/catalog").json()
    assert {each["name"]: each["children"] for each in found["datasets"]} == {
        "default": ["invented", "other"],
        "invented": [],
        "other": [],
    }
    assert all(each["load"] and each["index_version"] for each in found["datasets"])
    assert found["current"] == ["default", "invented", "other"]
    for each in found["datasets"]:
        assert one(two, f"/match/{each['name']}", name=["Anders Holtmark"])["status"] == 200


# -- what is refused ----------------------------------------------------------------------------------------------

NOT_ASKED: Final[list[tuple[object, str, str]]] = [
    ("Ada Holt", "no object", "a text for a query"),
    (None, "no object", "nothing for a query"),
    ({"properties": KHARRACHI}, "schema is missing", "no schema"),
    ({"schema": "Company", "properties": {"name": ["Holt Shipping"]}}, "only persons", "an organisation"),
    ({"schema": "Vessel", "properties": {"name": ["Ada"]}}, "only persons", "a vessel"),
    ({"schema": "LegalEntity", "properties": {"name": ["Ada"]}}, "only persons", "person or organisation"),
    ({"schema": "Person"}, "properties is missing", "no properties"),
    ({"schema": "Person", "properties": [["name", "Ada"]]}, "properties is missing", "properties as a list"),
    (person(), "nothing to compare", "an empty person"),
    (person(birthDate=["1979-03-12"], nationality=["mr"]), "nothing to compare", "neither name nor number"),
    (person(name=["TBA"], passportNumber=["12345678"]), "nothing to compare", "placeholders alone"),
    (person(name=[1979]), "name[0] is no text", "a number for a name"),
    (person(name={"family": "Holt"}), "name is neither", "an object for a name"),
    (person(name=["Ada"], idNumber=[1234567]), "idNumber[0] is no text", "a number that lost its zeros"),
    (person(name=["A" * 401]), "more than 400 characters", "a name longer than is compared"),
    (person(name=[f"Ada Holt{number}" for number in range(51)]), "more than 50 names", "too many names"),
    (
        person(lastName=[f"A{n}" for n in range(8)], firstName=[f"B{n}" for n in range(8)]),
        "make 64 names",
        "too many names from parts",
    ),
    (
        person(name=["Ada Holt"], birthDate=["1970", "1971", "1972", "1973", "1974"], nationality=["no", "se", "dk"]),
        "15 combinations",
        "too many combinations",
    ),
]


@pytest.mark.parametrize(("example", "says", "reason"), NOT_ASKED, ids=[case[2] for case in NOT_ASKED])
def test_a_query_that_cannot_be_asked_costs_no_other(
    client: TestClient, example: object, says: str, reason: str
) -> None:
    found = ask(client, person(**KHARRACHI), example, person(**KHARRACHI))["responses"]
    assert found["q0"] == found["q2"]
    assert numbers(found["q0"], match=True) == ["1"]
    assert found["q1"]["status"] == 422
    assert says in found["q1"]["detail"], reason
    assert set(found["q1"]) == {"status", "detail"}, "no results: nobody may be taken for one who is on no list"
    assert "Holt" not in found["q1"]["detail"]


def test_half_of_a_character_in_a_name_is_no_text(client: TestClient) -> None:
    body = '{"queries": {"q": {"schema": "Person", "properties": {"name": ["Ada \\ud800"]}}}}'
    answer = client.post("/match/default", content=body, headers=JSON)
    assert answer.status_code == 422
    assert "half of a character" in answer.json()["responses"]["q"]["detail"]


def test_a_call_of_which_nothing_can_be_asked_is_no_success(client: TestClient) -> None:
    """A client that looks at the status alone must not take it for `no match`."""
    answer = client.post("/match/default", json={"queries": {"q": {"schema": "Vessel", "properties": {}}}})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("no query could be asked")
    assert "only persons" in answer.json()["responses"]["q"]["detail"]


JSON: Final = {"Content-Type": "application/json"}
GOOD: Final = json.dumps({"queries": {"q": person(**KHARRACHI)}})
REFUSED: Final[list[tuple[str, str, dict[str, str], str | bytes, int, str]]] = [
    ("GET", "/match/default", {}, "", 405, "POST"),
    ("PUT", "/match/default", JSON, GOOD, 405, "POST"),
    ("POST", "/match/nolist", JSON, GOOD, 404, "loaded are invented"),
    ("POST", "/match/default", {"Content-Type": "text/plain"}, GOOD, 415, "not application/json"),
    ("POST", "/match/default", {"Content-Type": "application/x-www-form-urlencoded"}, GOOD, 415, "application/json"),
    ("POST", "/match/default", JSON, "", 400, "no JSON from line 1, column 1"),
    ("POST", "/match/default", JSON, '{"queries": \n {"q" "Ada Holt"}}', 400, "line 2, column 7"),
    ("POST", "/match/default", JSON, '{"queries": {"é": {}}}'.encode("latin-1"), 400, "no UTF-8 at byte 14"),
    ("POST", "/match/default", JSON, "[" * 100_000, 400, "cannot be read"),
    ("POST", "/match/default", JSON, '{"queries": {"\\ud800": {}}}', 400, "half a character"),
    ("POST", "/match/default", JSON, f'{{"queries": {{"q": {"9" * 5000}}}}}', 400, "a number too long"),
    ("POST", "/match/default", JSON, '{"queries": {"q": {}, "q": {}}}', 400, "a key stands twice"),
    ("POST", "/match/default", JSON, "[]", 422, 'no object "queries"'),
    ("POST", "/match/default", JSON, '{"queries": []}', 422, 'no object "queries"'),
    ("POST", "/match/default", JSON, '{"queries": {}}', 422, "is empty"),
    ("POST", "/match/default", JSON, '{"queries": {"q": {}}, "weights": {"name": 2}}', 400, "weights cannot be had"),
    ("POST", "/match/default", JSON, '{"queries": {"q": {}}, "params": {}}', 400, "params cannot be had"),
    ("POST", "/match/default?limit=0", JSON, GOOD, 400, "limit is no whole number from 1 to 500"),
    ("POST", "/match/default?limit=501", JSON, GOOD, 400, "from 1 to 500"),
    ("POST", "/match/default?limit=%D9%A3", JSON, GOOD, 400, "from 1 to 500"),
    ("POST", "/match/default?limit=3&limit=4", JSON, GOOD, 400, "2 times"),
    ("POST", "/match/default?threshold=70", JSON, GOOD, 400, "from 0 to 1"),
    ("POST", "/match/default?cutoff=nan", JSON, GOOD, 400, "from 0 to 1"),
    ("POST", "/match/default?algorithm=logic-v2", JSON, GOOD, 400, INDEX.engine_version),
    ("POST", "/match/default?topics=sanction", JSON, GOOD, 400, "no topics"),
    ("POST", "/match/default?exclude_entity_ids=x", JSON, GOOD, 400, "a person's decision"),
    ("POST", "/match/default?Ada%20Holt=1", JSON, GOOD, 400, "not known"),
    ("POST", "/match/default?include_dataset=nolist", JSON, GOOD, 400, "no list that is loaded"),
    ("POST", "/match/invented?exclude_dataset=invented", JSON, GOOD, 400, "leave no list"),
    ("POST", "/match/invented?exclude_dataset=default", JSON, GOOD, 400, "leave no list"),
]


@pytest.mark.parametrize("case", REFUSED, ids=[f"{case[0]} {case[1]} {case[5]}" for case in REFUSED])
def test_a_call_that_is_refused(
    client: TestClient, case: tuple[str, str, dict[str, str], str | bytes, int, str]
) -> None:
    method, address, headers, body, status, says = case
    answer = client.request(method, address, content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert says in answer.json()["detail"]
    assert answer.json()["status"] == status
    assert not re.search("Holt|Kharrachi", answer.text)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert (answer.headers.get("allow") == "POST") == (status == 405)


ACCEPTED: Final = [
    ("/match/default", {}, "no type at all, as some clients send it"),
    ("/match/default", {"Content-Type": "application/json; charset=utf-8"}, "with a character set"),
    ("/match/default?algorithm=best", JSON, "the best algorithm is the one there is"),
    ("/match/invented?limit=500&threshold=1.0&cutoff=0.0", JSON, "the ends of the ranges"),
]


@pytest.mark.parametrize(("address", "headers", "reason"), ACCEPTED, ids=[case[2] for case in ACCEPTED])
def test_a_call_that_is_taken(client: TestClient, address: str, headers: dict[str, str], reason: str) -> None:
    answer = client.post(address, content=GOOD, headers=headers)
    assert answer.status_code == 200, reason
    assert answer.json()["responses"]["q"]["results"][0]["id"] == "invented-1"


def test_empty_weights_and_a_byte_order_mark_are_nothing(client: TestClient) -> None:
    body = b"\xef\xbb\xbf" + json.dumps({"queries": {"q": person(**KHARRACHI)}, "weights": {}, "config": {}}).encode()
    assert client.post("/match/default", content=body, headers=JSON).status_code == 200


def test_an_aircraft_fits_in_one_call_and_more_does_not(client: TestClient) -> None:
    people = {f"q{number}": person(name=[f"Ada Holt{number}"]) for number in range(match_call.MOST_QUERIES)}
    answer = client.post("/match/default", json={"queries": people})
    assert answer.status_code == 200
    assert len(answer.json()["responses"]) == 1000
    answer = client.post("/match/default", json={"queries": {**people, "more": person(name=["Ada"])}})
    assert answer.status_code == 413
    assert "1001 queries" in answer.json()["detail"]


def test_few_people_with_very_many_names_are_refused_too(client: TestClient) -> None:
    many = person(
        name=[f"Ada Holt{number}" for number in range(50)], birthDate=[f"{1950 + year}" for year in range(12)]
    )
    answer = client.post("/match/default", json={"queries": {f"q{number}": many for number in range(17)}})
    assert answer.status_code == 413
    assert "10200 searches" in answer.json()["detail"]


def test_a_body_too_large_is_not_read_to_its_end() -> None:
    """Whatever length was announced, and though the client never ends."""
    pieces, sent = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": b" " * (1 << 20), "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    head = {"type": "http", "method": "POST", "path": "/match/default", "query_string": b"", "headers": []}
    asyncio.run(MatchApi(MATCHER)({**head, "path_params": {"list": "default"}}, receive, send))
    assert sent[0]["status"] == 413
    assert b"more than 4 MiB" in sent[1]["body"]
    assert pieces == (LARGEST >> 20) + 1


# -- alive and ready ----------------------------------------------------------------------------------------------


def test_ready_tells_the_lists(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (
        200,
        {"status": "ok", "database": "ok", "engine": INDEX.engine_version, "lists": INDEX.list_version},
    )


def test_without_lists_nobody_is_asked_for(database: Store) -> None:
    client = TestClient(build(database), base_url="http://localhost")
    for answer in (client.post("/match/default", json={"queries": {}}), client.get("/catalog")):
        assert answer.status_code == 503
        assert "--list" in answer.json()["detail"]
    assert client.get("/readyz").json() == {"status": "ok", "database": "ok", "engine": None, "lists": None}


# -- nothing is kept ----------------------------------------------------------------------------------------------


class _Failing(Index):
    """Fails as a program may: with what it was working on in its message."""

    def search_all(self, queries: object, threshold: float, top: int | None = None) -> Any:
        raise RuntimeError(f"cannot compare {queries}")


def test_no_name_of_a_query_is_logged_or_printed(
    client: TestClient, database: Store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    failing = Matcher(_Failing([watchlist(*LISTED)]), 100.0)
    for asking in (client, TestClient(build(database, matcher=failing), base_url="http://localhost")):
        asking.post("/match/default", content=GOOD, headers=JSON)
        asking.post("/match/default", json={"queries": {"Kharrachi": person(name=[5], Kharrachi="x")}})
        asking.post("/match/Kharrachi", content=GOOD, headers=JSON)
        asking.post("/match/default", content=GOOD[:-9], headers=JSON)
    records = [f"{each.name} {each.getMessage()} {each.exc_text}" for each in caplog.records]
    # The client of this test tells addresses that it asks; whoever asks knows them.
    said = "".join(capfd.readouterr()) + "".join(each for each in records if not each.startswith("httpx"))
    assert "a request for matching failed: RuntimeError in web/match_call.py:" in said, "it was listened to"
    assert not re.search("kharrachi|zoubeir", said, re.IGNORECASE)


def test_a_fault_of_the_program_says_nothing_of_the_query(database: Store) -> None:
    failing = Matcher(_Failing([watchlist(*LISTED)]), 100.0)
    answer = TestClient(build(database, matcher=failing), base_url="http://localhost").post(
        "/match/default", content=GOOD, headers=JSON
    )
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert not re.search("Kharrachi|RuntimeError", answer.text)


def test_nothing_is_stored(client: TestClient, database: Store) -> None:
    before = database.counts(), database.events(10), database.matches(alerts_only=False)
    assert numbers(one(client, **KHARRACHI), match=True) == ["1"]
    assert (database.counts(), database.events(10), database.matches(alerts_only=False)) == before


def test_served_by_the_command(tmp_path: Path) -> None:
    """As an operator starts it: lists by option, an answer over a socket, nothing of it on the terminal."""
    database = tmp_path / "work.db"
    open_store(f"sqlite:///{database}").close()
    command = [*VIGIE, "serve", "--database", str(database), "--port", "0", "--list", str(SAMPLE / "list.xml")]
    body = json.dumps({"queries": {"q": person(name=["Serkan Demirhan"], birthDate=["1988"])}}).encode()
    with started(command) as running:
        assert running.stderr is not None
        lines = iter(running.stderr.readline, "")
        address = next(word for line in lines for word in line.split() if word.startswith("http://127.0.0.1:"))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        sent = urllib.request.Request(f"{address}match/un", body, JSON)
        with opener.open(sent, timeout=PATIENCE) as answer:
            found = json.loads(answer.read())
        running.send_signal(signal.SIGINT)
        printed, said = running.communicate(timeout=PATIENCE)
    assert found["responses"]["q"]["status"] == 200
    assert (running.returncode, printed, said) == (0, "", "")


# -- the documents ------------------------------------------------------------------------------------------------


def _pairs(page: str) -> list[tuple[str, str, str]]:
    """Address, request and answer: each request follows `POST /match/...` in the text, and its answer follows it."""
    return re.findall(r"`POST (/match/\w+)`.*?```json\n(.*?)```.*?```json\n(.*?)```", page, re.DOTALL)


@pytest.mark.parametrize("page", [HOW_TO, DOCUMENTED], ids=["how-to", "reference"])
def test_examples_are_what_is_answered(sample: Sample, page: str) -> None:
    """Answers in the documents leave parts out; what they show is so."""
    pairs = _pairs(page)
    assert pairs
    assert 2 * len(pairs) == page.count("```json")
    for address, asked, shown in pairs:
        answer = sample[0].post(address, content=asked, headers=JSON)
        assert _holds(answer.json(), json.loads(shown)), answer.text


def _holds(real: Any, shown: Any) -> bool:
    if isinstance(shown, dict):
        return isinstance(real, dict) and all(key in real and _holds(real[key], shown[key]) for key in shown)
    if isinstance(shown, list):
        return isinstance(real, list) and len(real) == len(shown) and all(map(_holds, real, shown))
    return bool(real == shown)
