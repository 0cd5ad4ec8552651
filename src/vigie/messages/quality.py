"""How complete the travellers of a message are, in numbers, and whether that is enough: what a carrier is told.

Nothing here tells of a person: travellers are counted by field, problems by code. quality_fields.tsv says of whom a
field is asked, bench_rules.tsv what a message must keep to pass. A field that is not asked is excused, and so are the
fields of a document of a traveller who the sender says has none: nobody is blamed for what he cannot have.
"""

import csv
import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources
from typing import Final, Literal, get_args

import msgspec

from vigie import countries, dates
from vigie.records import Document, Message, Severity, Traveller

Field = Literal[
    "name",
    "given_name",
    "birth_date",
    "sex",
    "nationality",
    "document",
    "document_number",
    "issuer",
    "expiry",
    "locator",
    "reference",
]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
State = Literal["given", "unusable", "missing", "excused"]
"""`unusable`: something was sent, and it is not whole or not known: a birth year alone, a country no table has."""
Measure = Literal["errors", "problems", "travellers", "field"]
_NO_TRAVEL: Final = frozenset(["visa", "residence_permit", "none"])
"""Kinds of papers that nobody travels with alone."""
_UNSPECIFIED: Final = "XXX"


class Completeness(msgspec.Struct, frozen=True, kw_only=True):
    """Of one field: how many travellers have it. The four add up to the travellers of the message."""

    given: int = 0
    unusable: int = 0
    missing: int = 0
    excused: int = 0

    @property
    def asked(self) -> int:
        """Travellers of whom it is asked."""
        return self.given + self.unusable + self.missing

    @property
    def percent(self) -> int | None:
        """Whole percent of those asked who have it, rounded down; None when nobody was asked."""
        return self.given * 100 // self.asked if self.asked else None


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """What one message, or several together, are worth."""

    travellers: int = 0
    """Persons: placeholders are not among them."""
    passengers: int = 0
    placeholders: int = 0
    fields: dict[Field, Completeness] = {}
    codes: dict[str, int] = {}
    """Problems by code. Many of a kind in one message are one problem, as the reader reports them."""
    severities: dict[Severity, int] = {}

    @property
    def errors(self) -> int:
        return self.severities.get("error", 0)


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A row of bench_rules.tsv."""

    rule: str
    measure: Measure
    of: tuple[str, ...]
    limit: int
    exempt: frozenset[str]
    """Functions, without what stands behind `+`, that the rule is not for."""
    reason: str


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule came to."""

    rule: Rule
    value: int
    """In the unit of the rule's limit."""
    passed: bool


class Grade(msgspec.Struct, frozen=True, kw_only=True):
    """The pass mark with what it rests on; rules that are not for the message are not among the results."""

    results: tuple[Result, ...]

    @property
    def passed(self) -> bool:
        return all(result.passed for result in self.results)

    @property
    def failed(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.passed)


# -- counting ---------------------------------------------------------------------------------------------------


def assess(message: Message) -> Quality:
    """Counts the travellers of a message by field, and its problems by code and severity."""
    people = [traveller for traveller in message.travellers if not traveller.placeholder]
    counts: dict[Field, Counter[str]] = {field: Counter() for field in FIELDS}
    for traveller in people:
        for field, state in states(message, traveller):
            counts[field][state] += 1
    return Quality(
        travellers=len(people),
        passengers=sum(traveller.capacity == "passenger" for traveller in people),
        placeholders=len(message.travellers) - len(people),
        fields={field: Completeness(**found) for field, found in counts.items()},
        codes=dict(sorted(Counter(problem.code for problem in message.problems).items())),
        severities=dict(Counter(problem.severity for problem in message.problems)),
    )


def states(message: Message, traveller: Traveller) -> Iterator[tuple[Field, State]]:
    """Each field of one traveller of the message with its state, in the order of `FIELDS`."""
    asked = _asked(message.type or "", traveller.capacity, _function(message))
    for field in FIELDS:
        yield field, _JUDGES[field](traveller) if field in asked else "excused"


def enough(message: Message, traveller: Traveller, rules: Sequence[Rule] | None = None) -> bool:
    """True when no field that a rule asks of this message is missing or unusable with the traveller."""
    needed = {field for rule in _of(message, rules) if rule.measure == "field" for field in rule.of}
    return all(state in ("given", "excused") for field, state in states(message, traveller) if field in needed)


def together(qualities: Iterable[Quality]) -> Quality:
    """The sum of several messages."""
    travellers = passengers = placeholders = 0
    sums = {field: [0, 0, 0, 0] for field in FIELDS}
    codes: Counter[str] = Counter()
    severities: Counter[Severity] = Counter()
    for each in qualities:
        travellers += each.travellers
        passengers += each.passengers
        placeholders += each.placeholders
        for field, have in each.fields.items():
            total = sums[field]
            total[0] += have.given
            total[1] += have.unusable
            total[2] += have.missing
            total[3] += have.excused
        codes.update(each.codes)
        severities.update(each.severities)
    fields = {
        field: Completeness(given=given, unusable=unusable, missing=missing, excused=excused)
        for field, (given, unusable, missing, excused) in sums.items()
    }
    return Quality(
        travellers=travellers,
        passengers=passengers,
        placeholders=placeholders,
        fields=fields,
        codes=dict(sorted(codes.items())),
        severities=dict(severities),
    )


# -- judging ----------------------------------------------------------------------------------------------------


def grade(message: Message, quality: Quality | None = None, rules: Sequence[Rule] | None = None) -> Grade:
    """Holds a message to the rules; without `rules` to those of bench_rules.tsv."""
    return grade_of(quality or assess(message), _of(message, rules))


def grade_of(quality: Quality, rules: Sequence[Rule] | None = None) -> Grade:
    """Holds counts, of one message or of several, to all of the rules."""
    results = []
    for rule in bench_rules() if rules is None else rules:
        value = _value(rule, quality)
        if value is not None:
            passed = value <= rule.limit if rule.measure in ("errors", "problems") else value >= rule.limit
            results.append(Result(rule=rule, value=value, passed=passed))
    return Grade(results=tuple(results))


def _of(message: Message, rules: Sequence[Rule] | None) -> list[Rule]:
    function = _function(message)
    return [rule for rule in (bench_rules() if rules is None else rules) if function not in rule.exempt]


def _function(message: Message) -> str:
    return (message.function or "").partition("+")[0]


def _value(rule: Rule, quality: Quality) -> int | None:
    """In the unit of the limit; None for a field that is asked of nobody."""
    if rule.measure == "errors":
        return quality.errors
    if rule.measure == "problems":
        return sum(quality.codes.get(code, 0) for code in rule.of)
    if rule.measure == "travellers":
        return quality.travellers
    shares = [quality.fields.get(field, Completeness()).percent for field in FIELDS if field in rule.of]
    return min((share for share in shares if share is not None), default=None)


@functools.cache
def bench_rules() -> tuple[Rule, ...]:
    """The rules of bench_rules.tsv in their order."""
    return tuple(
        Rule(
            rule=row["rule"],
            measure=msgspec.convert(row["measure"], Measure),
            of=tuple(row["of"].split()),
            limit=int(row["limit"]),
            exempt=frozenset(row["except"].split()),
            reason=row["reason"],
        )
        for row in _rows("bench_rules.tsv")
    )


# -- fields -----------------------------------------------------------------------------------------------------


def _name(traveller: Traveller) -> State:
    name = traveller.name
    if name.family or name.given:
        return "given"
    return "unusable" if any(map(str.isalpha, name.raw)) else "missing"


def _given_name(traveller: Traveller) -> State:
    return "given" if traveller.name.given else "missing"


def _sex(traveller: Traveller) -> State:
    return "given" if traveller.sex else "missing"


def _nationality(traveller: Traveller) -> State:
    return "given" if traveller.stateless else _country([traveller.nationality])


def _document(traveller: Traveller) -> State:
    if _papers(traveller):
        return "given"
    if any(document.kind == "none" for document in traveller.documents):
        return "excused"
    return "unusable" if traveller.documents else "missing"


def _document_number(traveller: Traveller) -> State:
    return _of_document(traveller, lambda papers: _any(paper.number for paper in papers))


def _issuer(traveller: Traveller) -> State:
    return _of_document(traveller, lambda papers: _country([paper.issuer for paper in papers]))


def _expiry(traveller: Traveller) -> State:
    return _of_document(traveller, lambda papers: _date([paper.expires for paper in papers]))


def _of_document(traveller: Traveller, judge: Callable[[list[Document]], State]) -> State:
    """By the documents one travels with; of somebody without any, whether one could be asked for."""
    papers = _papers(traveller)
    if papers:
        return judge(papers)
    return "excused" if _document(traveller) == "excused" else "missing"


def _papers(traveller: Traveller) -> list[Document]:
    return [document for document in traveller.documents if document.kind not in _NO_TRAVEL and document.type != "V"]


def _any(values: Iterable[object]) -> State:
    return "given" if any(values) else "missing"


def _date(values: Sequence[str | None]) -> State:
    if any(value and dates.is_full(value) for value in values):
        return "given"
    return "unusable" if any(values) else "missing"


def _country(values: Sequence[str | None]) -> State:
    if any(value and value != _UNSPECIFIED and _known(value) for value in values):
        return "given"
    return "unusable" if any(values) else "missing"


@functools.lru_cache(maxsize=1024)
def _known(code: str) -> bool:
    return countries.alpha3(code) == code


_JUDGES: Final[dict[Field, Callable[[Traveller], State]]] = {
    "name": _name,
    "given_name": _given_name,
    "birth_date": lambda traveller: _date([traveller.birth_date]),
    "sex": _sex,
    "nationality": _nationality,
    "document": _document,
    "document_number": _document_number,
    "issuer": _issuer,
    "expiry": _expiry,
    "locator": lambda traveller: _any([traveller.record_locator]),
    "reference": lambda traveller: _any([traveller.reference]),
}


@functools.lru_cache(maxsize=1024)
def _asked(type: str, capacity: str, function: str) -> frozenset[str]:
    """Fields that are asked of a traveller of this capacity in a message of this type and function."""
    return frozenset(
        row["field"]
        for row in _rows("quality_fields.tsv")
        if type in row["types"].split()
        and capacity in row["capacities"].split()
        and function not in row["except"].split()
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("vigie.messages").joinpath(name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
