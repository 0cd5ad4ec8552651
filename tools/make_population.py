"""Writes names/cultures.tsv and matching/population.tsv: how often a word stands in travellers' names, by culture.

Cultures are customs of naming, told from names alone (names/cultures.py). Three sources, of which each word takes in
each culture the highest share:

1. sigpwned/popular-names-by-country-dataset (CC0 1.0): the most popular forenames of 106 and surnames of 75 countries.
   It gives ranks, seldom counts; shares follow a Zipf-Mandelbrot law per country, and countries are weighted as a
   traveller population of a State of the western Mediterranean, in four classes.
2. Name words of persons in Wikidata (CC0 1.0), as counted in steveash/NETransliteration-COLING2018 (MIT). It knows no
   countries: each word is shared out over the cultures by what 1 and 3 know of it and by its letters.
3. Words that stand in at least three entries of the OFAC SDN list of July 2021 (United States government work, public
   domain), by the nationalities of the entries, or by their names where they have none: they stand for the cultures
   that 1 and 2 know little of. A word of three entries or more points to nobody.

The result is a stated assumption, not a census: docs/reference/matching.md says how it is used and what it lacks.

    python tools/make_population.py DATA_FOLDER
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from vigie import countries, watchlist
from vigie.names import words_of
from vigie.names.cultures import EDGE, LETTERS, Floats, familiar, places
from vigie.records import Entry

# Countries by the custom of naming that most of their people follow: as coarse as the sources are.
_CULTURES: Final = {
    "maghreb": "MAR DZA TUN LBY MRT",
    "mashriq": "EGY SYR LBN JOR PSE IRQ SAU YEM KWT ARE QAT BHR OMN SDN",
    "turkic": "TUR AZE KAZ KGZ UZB TKM MNG",
    "persian": "IRN AFG TJK",
    "south_asian": "PAK IND BGD LKA NPL MDV FJI",
    "east_slavic": "RUS UKR BLR BGR",
    "eastern_european": "POL CZE SVK HUN ROU MDA LVA LTU EST ALB RKS HRV SVN BIH SRB MKD MNE GRC CYP ARM GEO ISR",
    "germanic": "GBR IRL USA CAN AUS NZL JAM TTO BRB DEU AUT CHE LIE NLD BEL LUX DNK SWE NOR FIN ISL FRO GRL GGY JEY"
    " IMN ZAF SUR ABW",
    "romance": "FRA ITA MCO SMR MLT HTI PYF",
    "iberian": "ESP PRT AND GIB BRA MEX ARG BOL CHL COL CRI CUB DOM ECU GTM HND NIC PAN PER PRI PRY SLV URY VEN PHL GNQ"
    " CPV",
    "chinese": "CHN TWN HKG MAC SGP",
    "korean": "KOR PRK",
    "japanese": "JPN",
    "south_east_asian": "IDN MYS THA MMR KHM VNM LAO",
    "sub_saharan": "MLI NGA SEN GIN GNB GMB SLE NER TCD BFA GHA CMR CAF COD COG RWA BDI UGA KEN TZA SSD AGO ZWE NAM"
    " COM",
    "horn": "SOM ETH ERI DJI",
}
_PLACE: Final = {country: place for place, row in enumerate(_CULTURES.values()) for country in row.split()}
_SIZE: Final = len(_CULTURES)
# Share of travellers by country: 8 for the own region, 4 for large sources of travellers, 2 for large populations.
_WEIGHTS: Final = {
    8: "MAR FRA ESP DZA TUN",
    4: "DEU ITA GBR BEL NLD PRT USA SAU ARE EGY TUR MLI",
    2: "CHN IND PAK RUS IDN BRA MEX JPN KOR IRN IRQ LBN JOR KWT LBY CAN CHE POL UKR NGA SEN",
}
_WEIGHT: Final = {country: weight for weight, row in _WEIGHTS.items() for country in row.split()}
# Cumulative share of people that carry one of the listed names, where the set's ranks reach deep; else the default.
_FORENAMES_COVER, _SURNAMES_COVER = 0.22, 0.16
_CONCENTRATED: Final = {
    "KOR": 0.95,
    "VNM": 0.9,
    "CHN": 0.6,
    "TWN": 0.7,
    "KHM": 0.5,
    "IND": 0.2,
    "PRT": 0.5,
    "ESP": 0.35,
    "DNK": 0.5,
}
# In Arab naming a forename is also father's, grandfather's and often family name: it stands in the name that often.
_ARAB: Final = frozenset("MAR DZA TUN LBY EGY SAU ARE KWT JOR LBN IRQ".split())

_WORDS_PER_PERSON = 2.2
_LEAST = 2**-15  # in a culture; the table would double below it, on words that counts of one or two stand for
_LEAST_COUNT = 3  # entries or persons of a culture that a word must stand for
_STRANGERS = 100  # entries of other names added to each culture's: of few entries each would count for too much
_OTHERS = 0.02  # of Wikidata's words, added to each culture's for the same reason
_WORLD = 60  # followers of a letter in all cultures that are added to a culture's own
_CITIZENS = 0.8  # entries whose names follow the custom of their nationality; the others' names tell

Shares = dict[str, Floats]
"""For each word, a row over the cultures."""


class Model(NamedTuple):
    """What tells cultures: shares of travellers with known words, and pairs of letters."""

    prior: Floats
    known: Mapping[str, Floats]
    pairs: Floats

    def of(self, words: Iterable[str], prior: Floats | None = None) -> Floats:
        """Probability of each culture, given the words of a name, as `cultures.of` tells it."""
        logs = np.log2(self.prior if prior is None else prior)
        for word in words:
            place = places(word)
            of_letters = self.pairs[:, place[:-1], place[1:]].prod(axis=1)
            logs = logs + np.log2(of_letters * familiar(self.known.get(word)))
        found: Floats = np.exp2(logs - logs.max())
        found /= found.sum()
        return found


def new() -> Shares:
    return defaultdict(lambda: np.zeros(_SIZE))


def name_words(name: str) -> Iterator[str]:
    for word in words_of(name):
        if word.role == "name" and word.spellings and not word.romanised:
            yield word.spellings[0]


# -- the sources -------------------------------------------------------------------------------------------------------


def zipf(ranks: int, cover: float) -> list[float]:
    raw = [1 / (rank + 2.7) for rank in range(1, ranks + 1)]
    return [cover * value / sum(raw) for value in raw]


def popular(path: Path, group: str, cover: float, *, surnames: bool) -> Shares:
    """Share of each culture's travellers with each name, from the ranks of its countries."""
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            country = countries.alpha3(row["Country"]) or row["Country"]
            names[country][row[group]] += name_words(row["Romanized Name"] or row["Localized Name"])
    found, total = new(), np.zeros(_SIZE)
    for country, groups in names.items():
        place, weight = _PLACE[country], _WEIGHT.get(country, 1)
        total[place] += weight
        times = weight * (2.5 if not surnames and country in _ARAB else 1.0)
        depth = _CONCENTRATED.get(country, cover) if surnames else cover
        for share, spellings in zip(zipf(len(groups), depth), groups.values(), strict=True):
            for spelling in spellings:
                found[spelling][place] += share * times / len(spellings)
    return {word: row / np.maximum(total, 1) for word, row in found.items()}


def counted(folder: Path) -> dict[str, int]:
    """Wikidata's persons with each word."""
    counts: dict[str, int] = defaultdict(int)
    for path in sorted(folder.glob("pairs_wikidata_*_latin.tsv")):
        with path.open(encoding="utf-8") as file:
            next(file)
            for line in file:
                latin, _, count = line.rstrip("\n").split("\t")
                for word in name_words(latin):
                    counts[word] += int(count)
    return counts


def of_entries(entries: Iterable[Entry], model: Model | None) -> tuple[Shares, Floats, dict[str, int]]:
    """Entries with each word by culture, entries by culture, entries with each word.

    Without a model only the entries with a nationality count.
    """
    seen, total, times = new(), np.zeros(_SIZE), defaultdict[str, int](int)
    for entry in entries:
        own = [_PLACE[country] for country in entry.nationalities if country in _PLACE]
        words = dict.fromkeys(word for listed in entry.names for word in name_words(listed.name))
        share = np.bincount(own, minlength=_SIZE) / max(len(own), 1)
        if model is not None:
            share = model.of(words, _CITIZENS * share + (1 - _CITIZENS) * model.prior)
        elif not own:
            continue
        total += share
        for word in words:
            seen[word] += share
            times[word] += 1
    return seen, total, times


# -- the tables --------------------------------------------------------------------------------------------------------


def merged(*sources: Mapping[str, Floats]) -> Shares:
    none = np.zeros(_SIZE)
    words = dict.fromkeys(word for source in sources for word in source)
    return {word: np.max([source.get(word, none) for source in sources], axis=0) for word in words}


def listed_shares(seen: Shares, total: Floats, times: Mapping[str, int]) -> Shares:
    """Share of a culture's travellers, leaving one entry out: an entry has more words than a traveller, in aliases."""
    words_each = sum(times.values()) / total.sum()
    kept = {word: row for word, row in seen.items() if times[word] >= _LEAST_COUNT}
    return {
        word: np.maximum(0, row * (1 - 1 / times[word])) / (total + _STRANGERS) * _WORDS_PER_PERSON / words_each
        for word, row in kept.items()
    }


def shared_out(counts: Mapping[str, int], model: Model) -> tuple[Shares, Floats]:
    """Wikidata's persons with each word by culture, and all its words by culture.

    Its persons are of other cultures than travellers: their shares are told from its words first.
    """
    frequent = {word: count for word, count in counts.items() if count >= 20}
    for _ in range(5):
        told = np.sum([count * model.of((word,)) for word, count in frequent.items()], axis=0)
        model = model._replace(prior=told / told.sum() + 1e-6)
    found = {word: count * model.of((word,)) for word, count in counts.items()}
    total = np.sum(list(found.values()), axis=0)
    return found, total + _OTHERS * total.sum()


def pairs_of(words: Mapping[str, Floats]) -> Floats:
    """[culture, letter, next letter]: frequencies among distinct words, each weighing what it has of a culture."""
    counts = np.zeros((_SIZE, EDGE + 1, EDGE + 1))
    for word, row in words.items():
        place = places(word)
        for before, after in pairwise(place.tolist()):
            counts[:, before, after] += row
    world = counts.sum(axis=0) + 0.5
    counts += _WORLD * world / world.sum(axis=1, keepdims=True)
    return np.asarray(counts / counts.sum(axis=2, keepdims=True))


def of_culture(words: Mapping[str, Floats]) -> Shares:
    """Each word's row as shares of the word: how much of it is of each culture."""
    return {word: row / row.sum() for word, row in words.items() if row.sum() > 0}


def main() -> None:
    data, source = Path(sys.argv[1]), Path(__file__).parent.parent / "src" / "vigie"
    prior = np.array([sum(_WEIGHT.get(c, 1) for c in row.split()) for row in _CULTURES.values()], dtype=np.float64)
    prior /= prior.sum()
    names = data / "names"
    forenames = popular(names / "popular_forenames_by_country.csv", "Name Group", _FORENAMES_COVER, surnames=False)
    surnames = popular(names / "popular_surnames_by_country.csv", "Name Group", _SURNAMES_COVER, surnames=True)
    none = np.zeros(_SIZE)
    by_rank = {word: forenames.get(word, none) + surnames.get(word, none) for word in {**forenames, **surnames}}
    entries = watchlist.read(data / "watchlists" / "ofac_sdn_2021-07").entries

    seen, total, times = of_entries(entries, None)
    pairs = pairs_of(merged(of_culture(by_rank), of_culture(seen)))
    model = Model(prior, merged(by_rank, listed_shares(seen, total, times)), pairs)
    seen, total, times = of_entries(entries, model)
    by_entry = listed_shares(seen, total, times)
    model = model._replace(known=merged(by_rank, by_entry))
    persons, all_words = shared_out(counted(names), model)
    by_person = {
        word: np.where(row >= _LEAST_COUNT, row, 0) / all_words * _WORDS_PER_PERSON for word, row in persons.items()
    }
    pairs = pairs_of(merged(of_culture(by_rank), of_culture(seen), of_culture(persons)))
    write_cultures(source / "names" / "cultures.tsv", prior, pairs)
    write_population(source / "matching" / "population.tsv", merged(by_rank, by_entry, by_person))


_SOURCES = """\
# Derived by tools/make_population.py from sigpwned/popular-names-by-country-dataset (CC0 1.0), name words of Wikidata
# (CC0 1.0) as counted in steveash/NETransliteration-COLING2018 (MIT), words of the OFAC SDN list (public domain).
"""


def write_cultures(path: Path, prior: Floats, pairs: Floats) -> None:
    lines = [f"{name}\tshare\t{share:.4f}" for name, share in zip(_CULTURES, prior, strict=True)]
    for name, table in zip(_CULTURES, np.log2(pairs), strict=True):
        for letter, row in zip(LETTERS + "^", table, strict=True):
            lines.append("\t".join([name, letter, *(f"{value:.1f}" for value in row)]))
    head = (
        "# Cultures of naming: share of travellers; log2 of how often a letter (^: the beginning) is followed by a to z"
        "\n# and by the end of the word.\n"
    )
    path.write_text(head + _SOURCES + "\n".join(lines) + "\n", encoding="utf-8")


def write_population(path: Path, shares: Mapping[str, Floats]) -> None:
    lines = []
    for place, name in enumerate(_CULTURES):
        column = sorted((-float(row[place]), word) for word, row in shares.items() if row[place] >= _LEAST)
        lines += [f"{name}\t{word}\t{-share * 1e6:.0f}" for share, word in column]
    head = "# Travellers per million of a culture (names/cultures.tsv) with this word in their name.\n"
    path.write_text(head + _SOURCES + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
