"""Writes src/vigie/matching/population.tsv: how often a word stands in a traveller's name.

Source: sigpwned/popular-names-by-country-dataset (CC0 1.0), most popular forenames of 106 and surnames of 75
countries. The set gives ranks, seldom counts; shares follow a Zipf-Mandelbrot law per country, and countries are
weighted as a traveller population of a State of the western Mediterranean, in four classes. The result is a stated
assumption, not a census: docs/reference/matching.md says how it is used and what it lacks.

    python tools/make_population.py FOLDER_OF_THE_TWO_CSV_FILES > src/vigie/matching/population.tsv
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

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


def main() -> None:
    folder = Path(sys.argv[1])
    table: dict[str, float] = defaultdict(float)
    add(table, read(folder / "popular_forenames_by_country.csv", "Name Group"), _FORENAMES_COVER, "forenames")
    add(table, read(folder / "popular_surnames_by_country.csv", "Name Group"), _SURNAMES_COVER, "surnames")
    print("# Travellers per million with this word in their name. Derived by tools/make_population.py from")
    print("# sigpwned/popular-names-by-country-dataset (CC0 1.0); assumptions in that script.")
    for word, share in sorted(table.items(), key=lambda item: (-item[1], item[0])):
        if share * 1e6 >= 0.5:
            print(f"{word}\t{share * 1e6:.1f}")


main()
