"""Countries as people, lists and documents write them, brought to one code.

The table is countries.csv beside this file: ISO 3166-1, the codes that only ICAO Doc 9303 part 3 knows (UNO, XXA, GBN,
...) and those of States that are no more (SUN, YUG), each with its names in English and French.
"""

import csv
import functools
import re
import unicodedata
from importlib import resources
from typing import Final

_IGNORED: Final = frozenset(["the", "of", "and", "le", "la", "les", "l", "de", "du", "des", "d", "et"])
_SPELLED_OUT: Final = {"st": "saint", "ste": "sainte"}


def alpha3(text: str) -> str | None:
    """The ISO 3166-1 alpha-3 or ICAO code of a country, or None when `text` is not known: never a guess.

    `text` is an alpha-2 or alpha-3 code, ICAO's `D` (which is DEU), or a name in English or French in any order of its
    words (`Congo, Democratic Republic of the`). Case, accents, punctuation, articles and MRZ fillers do not matter.
    ICAO's own codes stay as they are (GBN, XXA), so do those of divided States (SUN); the old code of a State that
    only changed its name is given as today's (BUR is MMR).
    """
    code = text.replace(".", "").strip(" <\t\r\n").upper()
    return _codes().get(code) or _names().get(_key(text))


def alpha2(code: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a code that `alpha3` gives, in capitals; None where there is none (GBN, XXA)."""
    return _alpha2().get(code)


def _key(name: str) -> str:
    """What is compared of a name: its significant words without accents, in alphabetical order."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"[’']s\b", "s", plain.replace(".", "")))
    return " ".join(sorted(_SPELLED_OUT.get(word, word) for word in words if word not in _IGNORED))


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    text = resources.files("vigie").joinpath("countries.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@functools.cache
def _codes() -> dict[str, str]:
    codes = {row["code"]: row["code"] for row in _rows()}
    for row in _rows():
        codes |= dict.fromkeys([row["alpha2"], *row["other"].split("|")], row["code"])
    codes.pop("", None)
    return codes


@functools.cache
def _alpha2() -> dict[str, str]:
    return {row["code"]: row["alpha2"] for row in _rows() if row["alpha2"]}


@functools.cache
def _names() -> dict[str, str]:
    return {_key(name): row["code"] for row in _rows() for name in row["names"].split("|") if name}
