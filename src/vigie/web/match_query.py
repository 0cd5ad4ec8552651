"""What is asked of the matching API: one person in the words of FollowTheMoney, made into queries of the matcher.

Property names are those of FollowTheMoney's schemata Person, LegalEntity and Thing (followthemoney.tech, MIT). Nothing
here says what a value was: sentences name properties and places only.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from vigie import countries, dates
from vigie.matching import Query, documents
from vigie.names import words_of
from vigie.records import Document, Name, Sex, Traveller
from vigie.screening import query_of

Value = TypeVar("Value")

LONGEST: Final = 400
"""Characters of a value; the matcher compares no more of a name."""
MOST_VALUES: Final = 50
"""Names of one person, those put together from their parts included, and numbers of his documents."""
MOST_ALTERNATIVES: Final = 12
"""Combinations of birth dates, sexes and nationalities of one person, each of which is a query of its own."""

NAMES: Final = ("name", "alias", "previousName")
PARTS: Final = ("lastName", "firstName", "secondName", "middleName", "fatherName")
"""In the order in which they are put together: as screening does, the family name first."""
NATIONALITIES: Final = ("nationality", "citizenship")
NUMBERS: Final[dict[str, str | None]] = {"passportNumber": "P", "idNumber": None}
"""Properties with numbers of documents, each with its type in `records.Document`."""
COMPARED: Final = (*NAMES, *PARTS, "birthDate", "gender", *NATIONALITIES, *NUMBERS)

_GENDERS: Final[dict[str, Sex]] = {"male": "M", "m": "M", "female": "F", "f": "F", "other": "X", "x": "X"}
_FORMER: Final = {"suhh": "SUN", "yucs": "YUG", "cshh": "CSK", "csxx": "SCG", "ddde": "DDR"}
"""FollowTheMoney has States that are no more by their codes of ISO 3166-3."""
_FORMER_OF: Final = {code: former for former, code in _FORMER.items()}

_WHY_NOT: Final = {
    "country": "says that there is a link with a country, which is no nationality; send nationality or citizenship",
    "birthCountry": "is never taken for a nationality; send nationality or citizenship",
    "weakAlias": "is too general a name to be compared; send it as alias if the person uses it",
}
_OTHERS: Final = frozenset(
    """title motherName nameSuffix birthPlace deathDate position socialSecurityNumber ethnicity height weight eyeColor
    hairColor appearance religion political profession education spokenLanguage email phone website legalForm
    incorporationDate dissolutionDate taxStatus status sector classification registrationNumber taxNumber licenseNumber
    vatCode jurisdiction mainCountry opencorporatesUrl bvdId uscCode icijId okpoCode innCode ogrnCode leiCode dunsCode
    uniqueEntityId npiCode swiftBic parent summary notes description sourceUrl publisher publisherUrl alephUrl
    wikipediaUrl wikidataId keywords topics address addressEntity program programId proof indexText createdAt modifiedAt
    retrievedAt""".split()
)
"""Properties of a Person that are not compared."""


class QueryError(ValueError):
    """A query that cannot be asked. Its text says what was found, expected and to be done, without any value."""


class Unused(msgspec.Struct, frozen=True, kw_only=True):
    """Something of a query that was not compared."""

    property: str
    """Its name, with the place of the value where one of several is meant: `birthDate[1]`, from 0."""
    says: str


class Asked(NamedTuple):
    """One person, ready to be searched."""

    alternatives: tuple[Query, ...]
    """At least one. They differ in birth date, sex or nationality, where several were sent; the best answer counts."""
    properties: dict[str, list[str]]
    """What is compared, in the words of FollowTheMoney."""
    unused: tuple[Unused, ...]


def read(example: object) -> Asked:
    """One value of `queries`: an object with `schema` and `properties`. Raises QueryError."""
    if not isinstance(example, dict):
        raise QueryError("the query is no object; an object with schema and properties is expected")
    _check_schema(example.get("schema"))
    sent = example.get("properties")
    if not isinstance(sent, dict):
        raise QueryError("properties is missing or no object; send the person's properties, each with a list of texts")
    return _Reader(sent, [key for key in example if key not in ("id", "schema", "properties")]).asked()


def country_of(code: str) -> str:
    """FollowTheMoney's code of a country: alpha-2 in small letters; where a code has no alpha-2, itself (`gbn`)."""
    return _FORMER_OF.get(code) or (countries.alpha2(code) or code).lower()


def named(key: str) -> str:
    """A key of the caller's to be told to him; one that is no plain word may be a value at the wrong place."""
    return key if key.isascii() and key.isidentifier() and len(key) <= 40 else "(a name that is no word)"


def _check_schema(schema: object) -> None:
    if schema is None:
        raise QueryError('schema is missing; "Person" is expected')
    if schema != "Person":
        raise QueryError(
            "schema is not Person, and only persons are screened here: ask for a person as Person, and for "
            "organisations, vessels and aircraft elsewhere"
        )


class _Reader:
    """Reads the properties of one person and notes what is not used."""

    def __init__(self, sent: Mapping[str, Any], beside: list[str]) -> None:
        self._unused = [Unused(property=named(key), says="is no part of a query that is read here") for key in beside]
        self._values = {key: _texts(key, sent[key]) for key in COMPARED if sent.get(key) is not None}
        self._unused += [Unused(property=named(key), says=_why_not(key)) for key in sent if key not in COMPARED]

    def asked(self) -> Asked:
        names = self._names()
        papers = list(self._documents())
        if not names and not papers:
            raise QueryError(
                "there is nothing to compare: neither a name with letters nor a number of a document; send name, or "
                "firstName and lastName, or passportNumber"
            )
        if max(len(names), len(papers)) > MOST_VALUES:
            raise QueryError(f"more than {MOST_VALUES} names or numbers for one person; send those that are his")
        born, sexes, nations = self._birth_dates(), self._sexes(), self._nationalities()
        unknown: list[None] = [None]
        facts = list(product(born or unknown, sexes or unknown, nations or unknown))
        if len(facts) > MOST_ALTERNATIVES:
            raise QueryError(
                f"birthDate, gender and nationality make {len(facts)} combinations, where at most {MOST_ALTERNATIVES} "
                "are compared; send those that are certain"
            )
        alternatives = tuple(_query(names, papers, *fact) for fact in facts)
        found = {
            "name": list(alternatives[0].names),
            "birthDate": born,
            "gender": [{"M": "male", "F": "female", "X": "other"}[sex] for sex in sexes],
            "nationality": [country_of(code) for code in nations],
            **{
                key: [paper.number for paper in papers if paper.type == kind and paper.number]
                for key, kind in NUMBERS.items()
            },
        }
        return Asked(alternatives, {key: values for key, values in found.items() if values}, tuple(self._unused))

    def _names(self) -> list[Name]:
        whole = [
            Name(family=text, raw=text, source="API")
            for key in NAMES
            for at, text in enumerate(self._values.get(key, ()))
            if self._has_words(f"{key}[{at}]", text)
        ]
        parts = [key for key in PARTS if self._values.get(key)]
        if whole and parts and not {"firstName", "lastName"} <= set(parts):
            # A family name alone beside a whole name would be compared as if the person had no other: it would resemble
            # more people than he does.
            self._not_used(parts, "firstName or lastName is missing, so the whole name alone is compared")
            return whole
        return whole + [name for name in self._composed() if self._has_words("lastName", name.raw)] if parts else whole

    def _composed(self) -> Iterator[Name]:
        values = [self._values.get(key) or [""] for key in PARTS]
        if (number := _length(values)) > MOST_VALUES:
            raise QueryError(f"the parts of the name make {number} names, where at most {MOST_VALUES} are compared")
        for family, *given in product(*values):
            rest = " ".join(filter(None, given))
            yield Name(family=family or None, given=rest or None, raw=f"{family} {rest}".strip(), source="API")

    def _has_words(self, place: str, text: str) -> bool:
        if words_of(text):
            return True
        self._not_used([place], "has no letters of a name, or only what clerks write for none (FNU, TBA)")
        return False

    def _birth_dates(self) -> list[str]:
        return self._understood("birthDate", _date, "is no date: YYYY, YYYY-MM, YYYY-MM-DD or a range with '/'")

    def _sexes(self) -> list[Sex]:
        return self._understood("gender", lambda text: _GENDERS.get(text.lower()), "is none of male, female, other")

    def _nationalities(self) -> list[str]:
        says = "is no country's code or name that is known (ma, MAR, Morocco)"
        found = [code for key in NATIONALITIES for code in self._understood(key, _country, says)]
        return list(dict.fromkeys(found))

    def _documents(self) -> Iterator[Document]:
        says = "is no number that identifies a document (at least 5 characters, 3 of them digits, no mere sequence)"
        for key, kind in NUMBERS.items():
            for number in self._understood(key, _number, says):
                yield Document(type=kind, number=number)

    def _understood(self, key: str, understand: Callable[[str], Value | None], says: str) -> list[Value]:
        """Each value as `understand` gives it, once; those for which it gives None are noted."""
        found: dict[Value, None] = {}
        for at, text in enumerate(self._values.get(key, ())):
            if (value := understand(text)) is None:
                self._not_used([f"{key}[{at}]"], f"{says}; the person is compared without it")
            else:
                found[value] = None
        return list(found)

    def _not_used(self, places: list[str], says: str) -> None:
        self._unused += [Unused(property=place, says=says) for place in places]


def _texts(key: str, value: object) -> list[str]:
    """The values of a property that is compared, without blanks around and without empty ones. Raises QueryError."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise QueryError(f"{key} is neither a text nor a list of texts; write each value in quotation marks, in a list")
    found = []
    for at, text in enumerate(values):
        if text is None:
            continue
        if not isinstance(text, str):
            raise QueryError(f"{key}[{at}] is no text; write it in quotation marks, numbers of documents too")
        if len(text) > LONGEST:
            raise QueryError(f"{key}[{at}] has more than {LONGEST} characters; send the value alone")
        if not _is_text(text):
            raise QueryError(f"{key}[{at}] holds half of a character (a lone surrogate); send it as UTF-8")
        if stripped := " ".join(text.split()):
            found.append(stripped)
    return found


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _why_not(key: str) -> str:
    if key in _WHY_NOT:
        return _WHY_NOT[key]
    if key in _OTHERS:
        return "is not compared"
    return "is no property of a Person in FollowTheMoney; check how it is written"


def _length(values: list[list[str]]) -> int:
    number = 1
    for each in values:
        number *= len(each)
    return number


def _date(text: str) -> str | None:
    """A date as the matcher has it; of a moment, its day."""
    day = text.partition("T")[0]
    try:
        dates.span(day)
    except ValueError:
        return None
    return day


def _country(text: str) -> str | None:
    return _FORMER.get(text.lower()) or countries.alpha3(text)


def _number(text: str) -> str | None:
    number = "".join(text.split()).upper()
    return number if documents.key(number) else None


def _query(names: list[Name], papers: list[Document], born: str | None, sex: Sex | None, nation: str | None) -> Query:
    """By way of a traveller, so that whoever is asked for is compared as whoever is screened."""
    unnamed = Name(raw="", source="API")
    return query_of(
        Traveller(
            capacity="passenger",
            name=names[0] if names else unnamed,
            names=tuple(names),
            birth_date=born,
            sex=sex,
            nationality=nation,
            documents=tuple(papers),
        )
    )
