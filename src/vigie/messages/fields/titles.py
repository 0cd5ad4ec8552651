"""Titles in given names: `JOHN MR`, `JOHNMR`.

A title is separated only when it is certain: it is a word by itself, or another name of the same person shows the given
name without it. DREW, WILLIAMS, ADAMS, SIRAJ and MRIDUL are names. Where it is likely and no more, the name stays as it
is and a second reading of it is offered beside.
"""

import csv
import functools
from collections.abc import Iterable
from importlib import resources
from typing import Final, NamedTuple

_SHORTEST: Final = 2
"""Letters that must be left of a name: AMR is no A with a title."""


class Separated(NamedTuple):
    """A given name without its title."""

    given: str
    title: str
    certain: bool


@functools.cache
def _titles() -> dict[str, tuple[bool, bool]]:
    """Title to whether it is glued and whether it ends names; the longest first, so that MRS is not read as S."""
    text = resources.files("vigie.messages.fields").joinpath("titles.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    table = {row["title"]: (row["glued"] == "yes", row["ends_names"] == "yes") for row in rows}
    return dict(sorted(table.items(), key=lambda item: -len(item[0])))


def is_title(word: str) -> bool:
    """True for a form of address by itself."""
    return word.upper() in _titles()


@functools.cache
def _endings() -> tuple[str, ...]:
    return tuple(_titles())


def separate(given: str, others: Iterable[str] = ()) -> Separated | None:
    """The given name without its title; None when it has none. `others` are given names the same person has elsewhere.

    Not `certain` means that the title is only likely. The given name is empty when there was nothing but a title.
    """
    upper = given.upper()
    if not upper.endswith(_endings()):
        return None
    stem, _, last = upper.rpartition(" ")
    if last in _titles():
        return Separated(given[: len(stem)].rstrip(" ."), last, certain=True)
    for title, (glued, ends_names) in _titles().items():
        stem = upper[: -len(title)]
        if glued and upper.endswith(title) and len(stem) >= _SHORTEST:
            return _judged(given[: len(stem)], title, ends_names, [_letters(other) for other in others])
    return None


def _judged(stem: str, title: str, ends_names: bool, others: list[str]) -> Separated | None:
    short = _letters(stem)
    whole = short + title
    if any(_shows(short, title, other) for other in others):
        return Separated(stem, title, certain=True)
    if ends_names and any(other.startswith(whole) for other in others):
        return None
    return Separated(stem, title, certain=False)


def _shows(short: str, title: str, other: str) -> bool:
    """The other name is the same without title, or goes on in a way that the title does not begin.

    WILLIAM does not show that WILLIAMS is WILLIA with a title: it goes on with M, as MS does.
    """
    return other == short or (other.startswith(short) and other[len(short)] != title[0])


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name.upper()))
