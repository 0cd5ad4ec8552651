"""What the matching API answers of one match: the listed person in the words of FollowTheMoney, with its evidence."""

from collections.abc import Iterable
from typing import Final

import msgspec

from vigie.records import Entry, Evidence, ListedName, Match
from vigie.web.match_query import country_of

FEATURES: Final = {
    "name": "names of the query against one listed name, word by word",
    "birth_date": "date of birth",
    "sex": "sex, where both sides say male or female",
    "nationality": "nationality as it was sent, against those of the listed person",
    "document": "number of a document",
    "list_quality": "what the list itself says of the name that was met",
}
"""Fields of evidence; docs/reference/evidence.md tells each level of each."""
_GENDERS: Final = {"M": "male", "F": "female", "X": "other"}
_NAMES: Final = {"primary": "name", "original_script": "name", "alias": "alias", "weak_alias": "weakAlias"}


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence of one field."""

    score: float
    """Bits, the sum of `terms`; negative speaks against. No share of one."""
    detail: str
    query: str | None
    """What of the query was compared."""
    candidate: str | None
    """What of the entry was compared."""
    terms: tuple[Evidence, ...]
    """In the order of the sum."""


class Result(msgspec.Struct, frozen=True, kw_only=True, rename={"schema_": "schema"}):
    """One listed person who may be the one asked for. A lead, never an identity."""

    id: str
    """The list's code, `-` and the list's own number: one for each entry over all lists."""
    caption: str
    schema_: str = "Person"
    properties: dict[str, list[str]]
    datasets: tuple[str]
    """The one list that the entry is in."""
    referents: tuple[str]
    """The list's own number."""
    target: bool = True
    first_seen: None = None
    last_seen: None = None
    last_change: None = None
    score: float
    """`records.Match.probability`."""
    match: bool
    """At or above the threshold, and not resting on a weak alias alone."""
    features: dict[str, float]
    """`explanations` in the older form: bits of each field."""
    explanations: dict[str, Explanation]
    millibits: int
    """Thousandths of a bit: the sum of all terms."""
    matched_name: str
    operational: bool
    """False: the list has no manifest of its legal ground, and the match is not for operations."""


def result(match: Match, entry: Entry) -> Result:
    """A match with `entry`."""
    explained = _explained(match.evidence)
    return Result(
        id=f"{match.list}-{match.entry}",
        caption=match.caption,
        properties=properties(entry),
        datasets=(match.list,),
        referents=(match.entry,),
        score=match.probability,
        match=match.alert,
        features={field: each.score for field, each in explained.items()},
        explanations=explained,
        millibits=match.millibits,
        matched_name=match.matched_name,
        operational=match.operational,
    )


def properties(entry: Entry) -> dict[str, list[str]]:
    """A listed person in FollowTheMoney; properties without a value are left out.

    A range of birth dates stays one (`1970/1975`). Programmes and the day of listing have no place in a Person beyond
    `program`.
    """
    passports = [paper.number for paper in entry.documents if paper.type == "P"]
    others = [paper.number for paper in entry.documents if paper.type != "P"]
    alternatives = [date.date for date in entry.birth_dates]
    found: dict[str, Iterable[str | None]] = {
        **_names(entry.names),
        "lastName": [name.family for name in entry.names if name.kind != "weak_alias"],
        "firstName": [name.given for name in entry.names if name.kind != "weak_alias"],
        "birthDate": [*alternatives, *(name.birth_date for name in entry.names)],
        "birthPlace": entry.birth_places,
        "gender": [_GENDERS.get(entry.sex or "")],
        "nationality": [country_of(code) for code in entry.nationalities],
        "passportNumber": passports,
        "idNumber": others,
        "program": entry.programmes,
    }
    once = {key: [text for text in dict.fromkeys(values) if text] for key, values in found.items()}
    return {key: values for key, values in once.items() if values}


def _names(names: Iterable[ListedName]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"name": [], "alias": [], "weakAlias": []}
    for name in names:
        found[_NAMES[name.kind]].append(name.name)
    return found


def _explained(evidence: Iterable[Evidence]) -> dict[str, Explanation]:
    fields: dict[str, list[Evidence]] = {}
    for term in evidence:
        fields.setdefault(term.field, []).append(term)
    return {
        field: Explanation(
            score=sum(term.millibits for term in terms) / 1000,
            detail="; ".join(f"{term.level} {term.millibits / 1000:+.3f} bits" for term in terms),
            query=_together(term.traveller for term in terms),
            candidate=_together(term.entry for term in terms),
            terms=tuple(terms),
        )
        for field, terms in fields.items()
    }


def _together(texts: Iterable[str | None]) -> str | None:
    return " ".join(text for text in texts if text) or None
