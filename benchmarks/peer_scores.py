"""The peers' side of table.py, run by the peers' own Python: the same items against the same list.

Reads a JSON file with `listed` (each: id, names as kind and name, birth_dates, sex, nationalities), `queries` (each:
names, birth_date, sex, nationality, right: ids), `pairs` of names and `only` (peers wanted), and prints

    {"scores": {peer: {facts: [[right, wrong], ...]}}, "pairs": {peer: [score, ...]}}

`right` is the greatest score of a right entry of the query, `wrong` that of any other entry; null where the peer has
no such candidate. Facts are `with date` and `name only`.

- `logic-v2`, `er-unstable`: nomenklatura's scorers behind its own blocking index, defaults throughout. The index drops
  words that are frequent in a batch, so it is asked for a flight at a time, as a border would.
- `jaro-winkler`, `token-sort`, `trigrams`: best of all names of an entry, of which nothing is left out: rapidfuzz over
  sorted words, and the cosine of tf-idf vectors of three letters (scikit-learn). They see names alone.
"""

import itertools
import json
import logging
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from followthemoney import Dataset, StatementEntity, registry  # type: ignore[import-not-found]
from nomenklatura.blocker.index import Index  # type: ignore[import-not-found]
from nomenklatura.matching import get_algorithm  # type: ignore[import-not-found]
from nomenklatura.resolver import Linker  # type: ignore[import-not-found]
from nomenklatura.store.memory import MemoryStore  # type: ignore[import-not-found]
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist
from rapidfuzz.utils import default_process
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found]

FLIGHT: Final = 300
SCORERS: Final = ("logic-v2", "er-unstable")
STRINGS: Final = ("jaro-winkler", "token-sort", "trigrams")
PROPERTIES: Final = {"primary": "name", "alias": "alias", "weak_alias": "weakAlias", "original_script": "alias"}
GENDERS: Final = {"M": "male", "F": "female"}
NUMBERS: Final = itertools.count()
"""For ids: the scorers remember an entity's names by its id alone, so that no two may share one."""
DATASET: Final = Dataset.make({"name": "list", "title": "list"})

Row = dict[str, Any]
Best = list[float | None]
"""Score of the best right entry and of the best wrong one."""


def person(number: str, names: Iterable[tuple[str, str]], dates: list[str], sex: str, nations: list[str]) -> Any:
    """An entity with the facts as OpenSanctions writes them."""
    properties: dict[str, list[str]] = {"birthDate": dates, "gender": [GENDERS[sex]] if sex in GENDERS else []}
    properties["nationality"] = [code for nation in nations if (code := registry.country.clean(nation))]
    for kind, name in names:
        properties.setdefault(PROPERTIES[kind], []).append(name)
    return StatementEntity.from_data(DATASET, {"id": number, "schema": "Person", "properties": properties})


def named(names: Iterable[str]) -> Any:
    """An entity of which nothing but names is known, with an id never used before."""
    return person(f"q{next(NUMBERS)}", [("primary", name) for name in names], [], "", [])


def traveller(query: Row, facts: str) -> Any:
    if facts == "name only":
        return named(query["names"])
    names = [("primary", name) for name in query["names"]]
    dates, nations = ([query[fact]] if query[fact] else [] for fact in ("birth_date", "nationality"))
    return person(f"q{next(NUMBERS)}", names, dates, query["sex"], nations)


def scores_of(name: str, pairs: list[tuple[Any, Any]]) -> list[float]:
    """What `compare` gives for each pair of traveller and entry; the regression is asked for all pairs at once."""
    scorer = get_algorithm(name)
    if name == "er-unstable" and pairs:
        pipe, _ = scorer.load()
        found: list[float] = pipe.predict_proba(np.array([scorer.encode_pair(*pair) for pair in pairs]))[:, 1].tolist()
        return found
    config = scorer.default_config()
    return [scorer.compare(*pair, config).score for pair in pairs]


def best(scored: Iterable[tuple[str, float]], right: set[str]) -> Best:
    ours: Best = [None, None]
    for entry, score in scored:
        side = entry not in right
        ours[side] = max(score, ours[side] or 0.0)
    return ours


def screened(given: Row, facts: str, scorers: list[str]) -> Iterator[dict[str, Best]]:
    """For each query the best scores by every scorer, among the candidates of the blocking index."""
    listed = {
        row["id"]: person(row["id"], row["names"], row["birth_dates"], row["sex"], row["nationalities"])
        for row in given["listed"]
    }
    store = MemoryStore(DATASET, Linker({}))
    with store.writer() as writer:
        for entity in listed.values():
            writer.add_entity(entity)
    with tempfile.TemporaryDirectory() as folder:
        index = Index(store.default_view(), Path(folder))
        index.build()
        for start in range(0, len(given["queries"]), FLIGHT):
            rows = given["queries"][start : start + FLIGHT]
            asked = {entity.id: entity for entity in (traveller(row, facts) for row in rows)}
            found = {str(own): [str(other) for other, _ in near] for own, near in index.match_entities(asked.values())}
            near = [(own, other) for own in asked for other in found.get(own, ())]
            by_scorer = {
                name: scores_of(name, [(asked[own], listed[other]) for own, other in near]) for name in scorers
            }
            for own, row in zip(asked, rows, strict=True):
                at = [place for place, (one, _) in enumerate(near) if one == own]
                right = set(row["right"])
                yield {n: best([(near[place][1], s[place]) for place in at], right) for n, s in by_scorer.items()}


def sorted_words(name: str) -> str:
    return " ".join(sorted(default_process(name).split()))


def compared(given: Row, peer: str) -> list[Best]:
    """For each query the best scores among all names."""
    listed = [row for row in given["listed"] if row["names"]]
    names = [sorted_words(name) for row in listed for _, name in row["names"]]
    starts = np.cumsum([0, *(len(row["names"]) for row in listed[:-1])])
    place = {row["id"]: column for column, row in enumerate(listed)}
    own = [sorted_words(query["names"][0]) for query in given["queries"]]
    found: list[Best] = []
    for chunk, rows in chunked(similar(own, names, peer), given["queries"]):
        entries = np.maximum.reduceat(chunk, starts, axis=1)
        for scores, row in zip(entries, rows, strict=True):
            columns = [place[number] for number in row["right"] if number in place]
            right = float(scores[columns].max()) if columns else None
            scores[columns] = 0
            found.append([right, float(scores.max())])
    return found


def chunked(chunks: Iterable[npt.NDArray[np.float32]], rows: list[Row]) -> Iterator[tuple[Any, list[Row]]]:
    taken = iter(rows)
    for chunk in chunks:
        yield chunk, list(itertools.islice(taken, len(chunk)))


def similar(own: list[str], names: list[str], peer: str) -> Iterator[npt.NDArray[np.float32]]:
    """Similarity of each own name with each listed one, some hundred rows at a time."""
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
    listed = vectors.fit_transform(names).T if peer == "trigrams" else None
    scorer = JaroWinkler.similarity if peer == "jaro-winkler" else fuzz.ratio  # of sorted words: token_sort_ratio
    for start in range(0, len(own), FLIGHT):
        rows = own[start : start + FLIGHT]
        if listed is not None:
            yield (vectors.transform(rows) @ listed).toarray()
        else:
            yield cdist(rows, names, scorer=scorer, dtype=np.float32, workers=1)


def main() -> None:
    logging.disable(logging.CRITICAL)
    given: Row = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    scorers = [name for name in SCORERS if name in given["only"]]
    scores: dict[str, dict[str, list[Best]]] = {name: {} for name in given["only"]}
    for facts in ("with date", "name only") if scorers and given["queries"] else ():
        rows = list(screened(given, facts, scorers))
        for name in scorers:
            scores[name][facts] = [row[name] for row in rows]
    for name in STRINGS if given["queries"] else ():
        if name in given["only"]:
            scores[name] = dict.fromkeys(("with date", "name only"), compared(given, name))
    people = [(named([one]), named([other])) for one, other in given["pairs"]]
    pairs = {name: scores_of(name, people) for name in scorers}
    print(json.dumps({"scores": scores, "pairs": pairs}))


main()
