"""Writes src/vigie/matching/population.tsv: how often a word stands in a traveller's name.

Three sources, of which each word takes the highest share:

1. sigpwned/popular-names-by-country-dataset (CC0 1.0): the most popular forenames of 106 and surnames of 75 countries.
   It gives ranks, seldom counts; shares follow a Zipf-Mandelbrot law per country, and countries are weighted as a
   traveller population of a State of the western Mediterranean, in four classes.
2. Name words of persons in Wikidata (CC0 1.0), as counted in steveash/NETransliteration-COLING2018 (MIT).
3. Words that stand in at least three entries of the OFAC SDN list of July 2021 (United States government work, public
   domain): they stand for the cultures that 1 and 2 know little of (Maghreb, Sahel, South Asia), which make up a
   stated half of the travellers. A word of three entries or more points to nobody.

The result is a stated assumption, not a census: docs/reference/matching.md says how it is used and what it lacks.

    python tools/make_population.py DATA_FOLDER > src/vigie/matching/population.tsv
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

from vigie import watchlist
from vigie.names import words_of

# Share of travellers by country: 8 for the own region, 4 for large sources of travellers, 2 for large populations.
_WEIGHTS = {
    8: "MA FR ES DZ TN",
    4: "DE IT GB BE NL PT US SA AE EG TR ML",
    2: "CN IN PK RU ID BR MX JP KR IR IQ LB JO KW LY CA CH PL UA NG SN",
}
_WEIGHT = {country: weight for weight, countries in _WEIGHTS.items() for country in countries.split()}
# Cumulative share of people that carry one of the listed names, where the set's ranks reach deep; else the default.
_FORENAMES_COVER, _SURNAMES_COVER = 0.22, 0.16
_CONCENTRATED = {"KR": 0.95, "VN": 0.9, "CN": 0.6, "TW": 0.7, "KH": 0.5, "IN": 0.2, "PT": 0.5, "ES": 0.35, "DK": 0.5}
# In Arab naming a forename is also father's, grandfather's and often family name: it stands in the name that often.
_ARAB = frozenset("MA DZ TN LY EG SA AE KW JO LB IQ".split())

_WORDS_PER_PERSON = 2.2
_LIST_SHARE = 0.5
_LEAST = 2**-16  # the rarest a word can count as (weights.RAREST_WORD)


def shares(ranks: int, cover: float) -> list[float]:
    raw = [1 / (rank + 2.7) for rank in range(1, ranks + 1)]
    return [cover * value / sum(raw) for value in raw]


def add(table: dict[str, float], names: dict[str, dict[str, list[str]]], cover: float, kind: str) -> None:
    total = sum(_WEIGHT.get(country, 1) for country in names)
    for country, groups in names.items():
        times = 2.5 if kind == "forenames" and country in _ARAB else 1.0
        depth = _CONCENTRATED.get(country, cover) if kind == "surnames" else cover
        for share, spellings in zip(shares(len(groups), depth), groups.values(), strict=True):
            for spelling in spellings:
                table[spelling] += share * times * _WEIGHT.get(country, 1) / total / len(spellings)


def read(path: Path, group: str) -> dict[str, dict[str, list[str]]]:
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for word in words_of(row["Romanized Name"] or row["Localized Name"]):
                if word.role == "name":
                    names[row["Country"]][row[group]].append(word.spellings[0])
    return names


def of_persons(folder: Path) -> dict[str, float]:
    """Share of Wikidata's persons with each word: its count over the persons counted, some two words each."""
    counts: dict[str, int] = defaultdict(int)
    for path in sorted(folder.glob("pairs_wikidata_*_latin.tsv")):
        with path.open(encoding="utf-8") as file:
            next(file)
            for line in file:
                latin, _, count = line.rstrip("\n").split("\t")
                for word in words_of(latin):
                    counts[word.spellings[0] if word.spellings and word.role == "name" else ""] += int(count)
    counts.pop("", None)
    total = sum(counts.values())
    return {word: _WORDS_PER_PERSON * count / total for word, count in counts.items()}


def of_entries(path: Path) -> dict[str, float]:
    """Share of the lists' cultures with each word that stands in three entries or more, leaving one entry out."""
    entries = watchlist.read(path).entries
    seen: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for listed in entry.names:
            for word in words_of(listed.name):
                if word.role == "name" and word.spellings:
                    seen[word.spellings[0]].add(entry.id)
    return {word: _LIST_SHARE * (len(ids) - 1) / len(entries) for word, ids in seen.items() if len(ids) >= 3}


def main() -> None:
    data = Path(sys.argv[1])
    popular: dict[str, float] = defaultdict(float)
    names = data / "names"
    add(popular, read(names / "popular_forenames_by_country.csv", "Name Group"), _FORENAMES_COVER, "forenames")
    add(popular, read(names / "popular_surnames_by_country.csv", "Name Group"), _SURNAMES_COVER, "surnames")
    sources = (popular, of_persons(names), of_entries(data / "watchlists" / "ofac_sdn_2021-07"))
    table = {word: max(source.get(word, 0.0) for source in sources) for word in set().union(*sources)}
    print("# Travellers per million with this word in their name. Derived by tools/make_population.py from")
    print("# sigpwned/popular-names-by-country-dataset (CC0 1.0), name words of Wikidata (CC0 1.0) as counted in")
    print(
        "# steveash/NETransliteration-COLING2018 (MIT), words shared by entries of the OFAC SDN list (public domain)."
    )
    for word, share in sorted(table.items(), key=lambda item: (-item[1], item[0])):
        if share >= _LEAST:
            print(f"{word}\t{share * 1e6:.0f}")


main()
