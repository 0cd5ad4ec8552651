"""One call of the matching API: what its query string and its body ask for, and what is answered. Pure.

Shapes and names of parameters are those of yente (OpenSanctions, MIT), so that its clients need another address only.
"""

import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, NamedTuple

import msgspec

from vigie.matching import Index, ListFacts, Query
from vigie.records import Match
from vigie.screening import MOST_MATCHES
from vigie.web import match_query
from vigie.web.match_query import Asked, QueryError, Unused, named
from vigie.web.match_result import FEATURES, Result, result

EVERY_LIST: Final = "default"
"""Stands for all lists that are loaded, as in yente."""
MOST_QUERIES: Final = 1000
"""Queries of one call: everybody on board of an aircraft."""
MOST_SEARCHES: Final = 10_000
"""Names of a call, each as often as its query has combinations of birth dates, sexes and nationalities."""
MOST_RESULTS: Final = 500
"""Results of one query that a caller may ask for, as in yente."""
_HIGHEST: Final = 200_000
"""Millibits at which every probability is 1."""


class RefusedError(Exception):
    """A call that is refused whole. `says` names what was found, what is expected and what to do; it quotes nothing."""

    def __init__(self, status: HTTPStatus, says: str) -> None:
        super().__init__(says)
        self.status, self.says = status, says


class Matcher(msgspec.Struct, frozen=True):
    """What is asked: an index, and the operating point of whoever runs it."""

    index: Index
    alerts_per_million: float

    @property
    def lists(self) -> tuple[ListFacts, ...]:
        return self.index.lists

    @property
    def point(self) -> int:
        """Millibits of the operating point: what screening holds everybody to."""
        return self.index.threshold(self.alerts_per_million)


class Terms(NamedTuple):
    """What a call asks for beside its queries. Millibits; `cutoff <= threshold`."""

    lists: frozenset[str]
    limit: int
    threshold: int
    cutoff: int
    notes: tuple[str, ...] = ()


class Total(msgspec.Struct, frozen=True):
    """How many results there are, those beyond the limit included."""

    value: int
    relation: str = "eq"


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one query."""

    status: int = 200
    results: list[Result]
    total: Total
    query: dict[str, Any]
    """What was compared: `schema` and `properties`."""
    unused: tuple[Unused, ...]


class NotAnswered(msgspec.Struct, frozen=True, kw_only=True):
    """A query that could not be asked. It has no `results`: nobody may take it for a person who is on no list."""

    status: int = 422
    detail: str


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer to a call."""

    detail: str | None = None
    """Only where no query could be asked."""
    responses: dict[str, Answered | NotAnswered]
    """By the caller's own ids, in his order."""
    matcher: dict[str, dict[str, Any]]
    limit: int
    screened: dict[str, Any]
    notes: tuple[str, ...] = ()
    """What the caller should know of his parameters."""


# -- the query string ---------------------------------------------------------------------------------------------

_NOT_HERE: Final = {
    "exclude_schema": "every entry here is a Person",
    "topics": "the lists here carry no topics",
    "changed_since": "entries carry no time of change",
    "exclude_entity_ids": "a match is set aside by a person's decision, never by whoever asks",
    "fuzzy": "there is one way of comparing",
    "filters": "no answer is filtered",
}
"""Parameters of yente that would change an answer if they were passed over, and why they cannot be had."""
_KNOWN: Final = ("limit", "threshold", "cutoff", "algorithm", "include_dataset", "exclude_dataset")


def terms(matcher: Matcher, list_code: str, sent: Sequence[tuple[str, str]]) -> Terms:
    """What the address asks for; `sent`: parameters in their order. Raises RefusedError: 400, 404."""
    for key, _ in sent:
        if key not in _KNOWN:
            raise _bad(f"{_not_known(key)}; known here are {', '.join(_KNOWN)}; leave it out")
    if _one(sent, "algorithm") not in (None, "best"):
        raise _bad(f"there is one algorithm here, {matcher.index.engine_version}; leave algorithm out, or say best")
    point, limit = matcher.point, _limit(_one(sent, "limit"))
    threshold = _millibits(matcher.index, "threshold", _one(sent, "threshold"), point)
    # Raising the threshold hides nothing: what reaches the operating point is still shown, as no match.
    cutoff = min(_millibits(matcher.index, "cutoff", _one(sent, "cutoff"), min(point, threshold)), threshold)
    return Terms(_lists(matcher, list_code, sent), limit, threshold, cutoff, tuple(_notes(point, threshold, cutoff)))


def _notes(point: int, threshold: int, cutoff: int) -> Iterator[str]:
    if cutoff > point:
        yield (
            "cutoff is above the operating point: persons who would alert in screening may be missing from these "
            "results; scores here are probabilities and no likenesses, so a cutoff of another program does not fit"
        )
    if threshold > point:
        yield "threshold is above the operating point: match is false for some who would alert in screening"


def _not_known(key: str) -> str:
    if key in _NOT_HERE:
        return f"{key} cannot be had: {_NOT_HERE[key]}"
    return f"the parameter {named(key)} is not known"


def _one(sent: Sequence[tuple[str, str]], key: str) -> str | None:
    values = [value for name, value in sent if name == key]
    if len(values) > 1:
        raise _bad(f"{key} stands {len(values)} times; give it once")
    return values[0] if values else None


def _limit(text: str | None) -> int:
    if text is None:
        return MOST_MATCHES
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and 1 <= int(text) <= MOST_RESULTS):
        raise _bad(f"limit is no whole number from 1 to {MOST_RESULTS}")
    return int(text)


def _millibits(index: Index, key: str, text: str | None, default: int) -> int:
    """The least sum whose probability is at least the one given; never below 0, where as much speaks for as against."""
    if text is None:
        return default
    try:
        probability = float(text)
    except ValueError:
        probability = math.nan
    if not 0 <= probability <= 1:
        raise _bad(f"{key} is no number from 0 to 1: the least probability that both are one person")
    return bisect_left(range(_HIGHEST), probability, key=index.probability)


def _lists(matcher: Matcher, list_code: str, sent: Sequence[tuple[str, str]]) -> frozenset[str]:
    loaded = {each.list for each in matcher.lists}
    if list_code != EVERY_LIST and list_code not in loaded:
        raise RefusedError(
            HTTPStatus.NOT_FOUND, f"there is no such list; loaded are {_told(loaded)}, and {EVERY_LIST} for all of them"
        )
    asked = loaded if list_code == EVERY_LIST else {list_code}
    included, excluded = (
        {each for key, value in sent if key == name for each in (loaded if value == EVERY_LIST else {value})}
        for name in ("include_dataset", "exclude_dataset")
    )
    if not included | excluded <= loaded:
        raise _bad(f"include_dataset or exclude_dataset names no list that is loaded; loaded are {_told(loaded)}")
    chosen = (asked & included if included else asked) - excluded
    if not chosen:
        raise _bad("include_dataset and exclude_dataset leave no list to search; leave one of them out")
    return frozenset(chosen)


def _told(lists: set[str]) -> str:
    return ", ".join(sorted(lists))


def _bad(says: str) -> RefusedError:
    return RefusedError(HTTPStatus.BAD_REQUEST, says)


# -- the body -----------------------------------------------------------------------------------------------------


class _RepeatedError(ValueError):
    pass


def queries(body: bytes) -> dict[str, object]:
    """The queries of a body by their ids, unread. Raises RefusedError: 400, 413, 422."""
    sent = _decoded(body)
    if not isinstance(sent, dict) or not isinstance(asked := sent.get("queries"), dict):
        raise RefusedError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            'the body has no object "queries"; {"queries": {"q1": {"schema": "Person", "properties": …}}} is expected',
        )
    for key in sent:
        if key in ("weights", "config") and not sent[key]:
            continue
        if key != "queries":
            raise _bad(f'{named(key)} cannot be had: every query is compared in one way; send "queries" alone')
    if not asked:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "queries is empty; send at least one query")
    if len(asked) > MOST_QUERIES:
        raise RefusedError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"{len(asked)} queries were sent, where at most {MOST_QUERIES} are answered in one call; split them",
        )
    return asked


def _decoded(body: bytes) -> object:
    # The standard library's reader, because it alone can tell that a key stands twice: of two queries with one id one
    # would be lost without a word.
    try:
        text = body.decode("utf-8-sig")
        sent: object = json.loads(text, object_pairs_hook=_once)
        return sent
    except UnicodeDecodeError as error:
        raise _bad(f"the body is no UTF-8 at byte {error.start}; send JSON in UTF-8") from None
    except json.JSONDecodeError as error:
        raise _bad(f"the body is no JSON from line {error.lineno}, column {error.colno} on; send JSON") from None
    except _RepeatedError:
        raise _bad(
            "a key stands twice in one object, so one of two values would be lost; give each query an id of its own"
        ) from None
    except (ValueError, RecursionError):
        raise _bad(
            "the body is JSON that cannot be read (a number too long, objects too deep, half a character in a key); "
            "send queries alone"
        ) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RepeatedError
    for key in found:
        key.encode()  # half of a character could not be sent back
    return found


# -- the answer ---------------------------------------------------------------------------------------------------


def answer(matcher: Matcher, asked: Mapping[str, object], wanted: Terms) -> Answer:
    """Every query answered by itself; one that cannot be asked costs no other. Raises RefusedError: 413."""
    read = {key: _read(example) for key, example in asked.items()}
    people = [query for one in read.values() if isinstance(one, Asked) for query in one.alternatives]
    if (searches := sum(max(1, len(query.names)) for query in people)) > MOST_SEARCHES:
        raise RefusedError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"the names and combinations of all queries make {searches} searches, where at most {MOST_SEARCHES} are "
            "made for one call; split the queries",
        )
    found = dict(zip(map(id, people), _searched(matcher.index, people, wanted), strict=True))
    responses = {
        key: _answered(matcher, one, found, wanted) if isinstance(one, Asked) else NotAnswered(detail=str(one))
        for key, one in read.items()
    }
    return Answer(
        detail=None if people else "no query could be asked; responses says why for each",
        responses=responses,
        matcher={
            field: {"description": says, "coefficient": 1.0, "url": "docs/reference/evidence.md"}
            for field, says in FEATURES.items()
        },
        limit=wanted.limit,
        screened=_screened(matcher, wanted),
        notes=wanted.notes,
    )


def _read(example: object) -> Asked | QueryError:
    try:
        return match_query.read(example)
    except QueryError as error:
        return error


def _answered(matcher: Matcher, asked: Asked, matches: Mapping[int, Sequence[Match]], wanted: Terms) -> Answered:
    found = _found(asked, matches, wanted)
    entry = matcher.index.entry
    return Answered(
        results=[result(match, entry[match.list, match.entry]) for match in found[: wanted.limit]],
        total=Total(len(found)),
        query={"schema": "Person", "properties": asked.properties},
        unused=asked.unused,
    )


def _found(asked: Asked, matches: Mapping[int, Sequence[Match]], wanted: Terms) -> list[Match]:
    """Matches best first; of each entry that for the alternative that is worth most."""
    best: dict[tuple[str, str], Match] = {}
    for query in asked.alternatives:
        for match in matches[id(query)]:
            key = (match.list, match.entry)
            if match.list in wanted.lists and (key not in best or _rank(match) > _rank(best[key])):
                best[key] = match
    return sorted(best.values(), key=lambda match: -match.millibits)


def _rank(match: Match) -> tuple[bool, int]:
    return match.alert, match.millibits


def _searched(index: Index, people: Sequence[Query], wanted: Terms) -> Iterator[Sequence[Match]]:
    """Of each query what screening finds at the threshold, then what reaches the cutoff only: those are no match."""
    found = index.search_all(people, wanted.threshold)
    if wanted.cutoff >= wanted.threshold:
        yield from found
        return
    for sure, low in zip(found, index.search_all(people, wanted.cutoff), strict=True):
        known = {(match.list, match.entry) for match in sure}
        rest = (match for match in low if (match.list, match.entry) not in known)
        yield (*sure, *(msgspec.structs.replace(match, alert=False) for match in rest))


def _screened(matcher: Matcher, wanted: Terms) -> dict[str, Any]:
    index = matcher.index
    return {
        "list_version": index.list_version,
        "engine_version": index.engine_version,
        "lists": sorted(wanted.lists),
        "alerts_per_million": matcher.alerts_per_million,
        "operating_point_millibits": matcher.point,
        "threshold_millibits": wanted.threshold,
        "cutoff_millibits": wanted.cutoff,
        "threshold": index.probability(wanted.threshold),
        "cutoff": index.probability(wanted.cutoff),
    }


def catalogue(matcher: Matcher) -> dict[str, Any]:
    """The lists that can be asked, and all of them together, as yente's `/catalog` has them."""
    rows: list[dict[str, Any]] = [
        {
            "name": each.list,
            "title": each.list,
            "load": True,
            "version": each.version[:12],
            "index_version": each.version[:12],
            "index_current": True,
            "updated_at": each.date,
            "entity_count": each.persons,
            "children": [],
            "operational": each.operational,
        }
        for each in matcher.lists
    ]
    names = [each.list for each in matcher.lists]
    if EVERY_LIST not in names:
        version = matcher.index.list_version
        everything: dict[str, Any] = {
            "name": EVERY_LIST,
            "title": "All lists that are loaded",
            "load": True,
            "version": version,
            "index_version": version,
            "index_current": True,
            "updated_at": None,
            "entity_count": len(matcher.index.entries),
            "children": names,
            "operational": all(each.operational for each in matcher.lists),
        }
        rows = [everything, *rows]
    return {"datasets": rows, "current": [row["name"] for row in rows], "outdated": [], "index_stale": False}
