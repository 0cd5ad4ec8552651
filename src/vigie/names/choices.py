"""Several readings of a word, where several of its letters may be read in several ways."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product


def readings(text: str, alternatives: Mapping[str, Sequence[str]], most: int) -> tuple[str, ...]:
    """The text with each marked letter read in one way throughout: first all in the usual way (the first alternative),
    then departing in one letter, in two ...; at most `most`, without repetitions and without the empty text.

    A writer who reads one letter in a way reads the next alike, so that ways are chosen by letter, not by place.
    """
    marked = [letter for letter in alternatives if letter in text]
    found = (text.translate({ord(letter): way[letter] for letter in marked}) for way in _ways(marked, alternatives))
    return unrepeated(found, most)


def unrepeated(spellings: Iterable[str], most: int) -> tuple[str, ...]:
    """The first `most` different spellings that are not empty, in order."""
    return tuple(dict.fromkeys(islice((spelling for spelling in spellings if spelling), 4 * most)))[:most]


def _ways(marked: Sequence[str], alternatives: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    usual = {letter: alternatives[letter][0] for letter in marked}
    for departures in range(len(marked) + 1):
        for departing in combinations(marked, departures):
            for others in product(*(alternatives[letter][1:] for letter in departing)):
                yield usual | dict(zip(departing, others, strict=True))
