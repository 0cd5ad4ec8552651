"""What a cell may hold, by the shape and length of its field: all else is free text, which is neither read nor stored.

People write remarks wherever there is room: `needs a wheelchair` under the sex of a person. Names have no shape,
because nobody may be lost. docs/reference/sensitive.md has the rule, docs/reference/manifest.md the shapes.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from vigie import countries
from vigie.messages.fields import documents, shapes
from vigie.messages.manifest.table import is_empty, meaning, plain

Shape = Callable[[str], bool]
_CODE: Final = re.compile(r"\w{1,3}\.?\Z")
_NUMBER: Final = re.compile(r"(?=[^\d]*\d)[\w/.,+\-–'#°() ]{1,40}\Z")
_LOCATOR: Final = re.compile(r"[A-Z]{6}\Z")
"""Of a reservation system, by chance without a digit."""
_TELEPHONE: Final = re.compile(r"(?=(?:\D*\d){4})[\d +()/.,\-E]{4,30}\Z", re.ASCII)
_EMAIL: Final = re.compile(r"[^\s@]{1,80}(?:@|//)[^\s@]{1,80}\Z")
_TITLE: Final = re.compile(r"[^\W\d_]{1,12}\.?\Z|[^\W\d_]{1,5}\.?[ /]+[^\W\d_]{1,5}\.?\Z")
_WEIGHT: Final = re.compile(r"\d{1,5}(?:[.,]\d{1,3})? ?[^\W\d_]{0,9}\.?\Z")
_PHRASE: Final = re.compile(r"[!?;:]|\.\s+\S+\s+\S+\s+\S+\s")
"""What a sentence has, and a place or a rank has not."""


def fits(field: str, text: str) -> bool:
    """True when the text may be what a column of this field holds. `text` is not empty."""
    shape = _SHAPES.get(field)
    return shape is None or shape(text)


def _words(letters: int, words: int) -> Shape:
    def shape(text: str) -> bool:
        return len(text) <= letters and text.count(" ") < words and _PHRASE.search(text) is None

    return shape


def _known(field: str) -> Shape:
    def shape(text: str) -> bool:
        return meaning(field, text) is not None or _CODE.match(text) is not None

    return shape


def _matches(pattern: re.Pattern[str]) -> Shape:
    return lambda text: pattern.match(text) is not None


def _has_digits(letters: int, words: int) -> Shape:
    def shape(text: str) -> bool:
        return len(text) <= letters and text.count(" ") < words and any(map(str.isdigit, text))

    return shape


def _is_country(text: str) -> bool:
    """A country that is known, a word, or words of which one says that it is a State.

    Words for nothing, for no and for what stands above are none, although NA, NO and ID are codes: see `Shown.codes`.
    """
    if is_empty(text) or meaning("no_country", text) or meaning("ditto", text):
        return False
    if countries.alpha3(text) is not None:
        return True
    if not _words(60, 6)(text) or any(map(str.isdigit, text)):
        return False
    words = re.split(r"[\s/,&+'’\-]+", text)
    return len(words) == 1 or any(meaning("state", word) for word in words) or all(map(countries.alpha3, words))


def _is_date(text: str) -> bool:
    """Digits, and no words but those of dates."""
    if not _has_digits(60, 6)(text):
        return False
    words = re.findall(r"[^\W\d_]+", text)
    return all(map(_is_dated, words)) or meaning("month", " ".join(words)) is not None


def _is_dated(word: str) -> bool:
    return meaning("month", word) is not None or meaning("dated", word) is not None


def _is_number(text: str) -> bool:
    """It has a digit; of several words, those without are short or say that it is a document.

    One word alone is what stands in the next column of a row that lacks a cell: a nationality, a remark.
    """
    if _NUMBER.match(text) is None:
        return shapes.serial(text)
    words = re.findall(r"[^\W\d_]+", text) if " " in text else []
    return all(len(word) < 5 or meaning("document", word) is not None for word in words)


def _is_locator(text: str) -> bool:
    return _is_number(text) or _LOCATOR.match(text) is not None


def _is_seat(text: str) -> bool:
    """A code, with words for a place on board."""
    words = re.findall(r"[^\W\d_]+", text)
    return _words(15, 3)(text) and all(len(word) < 4 or meaning("seat", word) is not None for word in words)


def _is_kind(text: str) -> bool:
    """A kind of document that is known, a code, or words of which one says that it is a document."""
    if documents.kind_in_words(text) is not None or _CODE.match(text):
        return True
    return _words(40, 5)(text) and any(meaning("document", word) for word in re.split(r"[\s'’\-]+", text))


def kind_and_number(text: str) -> tuple[str, str, str] | None:
    """Kind, number and issuing State from one cell; empty what is not there, None when there is something else."""
    words = [word.strip(",;()") for word in text.replace(":", " ").split()]
    words = [word for word in words if plain(word) and plain(word) not in _NUMBER_WORDS]
    numbers = [*_numbers(words)]
    if len(words) > 8 or len(numbers) > 1:
        return None
    start, end = numbers[0] if numbers else (len(words), len(words))
    rest = words[:start] + words[end:]
    issuer = ""
    if numbers and rest and end < len(words) and len(rest[-1]) == 3 and countries.alpha3(rest[-1]) is not None:
        issuer = rest.pop()
    kind = " ".join(rest).strip(" ,;/()-.")
    return (kind, " ".join(words[start:end]), issuer) if not kind or _is_kind(kind) else None


def _numbers(words: list[str]) -> Iterator[tuple[int, int]]:
    """Where numbers of documents are: groups of digits are one, and letters before them that are no kind."""
    at = 0
    while at < len(words):
        if not any(map(str.isdigit, words[at])):
            at += 1
            continue
        start = at
        at += 1
        while at < len(words) and all(word.isdecimal() and len(word) < 5 for word in words[at - 1 : at + 1]):
            at += 1
        if start and words[start].isdecimal() and _is_series(words[:start]):
            start -= 1
        if sum(map(len, words[start:at])) > 3:
            yield start, at


def _is_series(words: list[str]) -> bool:
    """The last word is the letters of a number: two or three capitals behind a kind, or such that are no kind."""
    *before, last = words
    if not (last.isascii() and last.isalpha() and last.isupper() and len(last) < 4):
        return False
    if before:
        return _is_kind(" ".join(before)) and documents.kind_in_words(" ".join(words)) is None
    return documents.kind_in_words(last) is None and documents.kind(last) is None and last not in ("ID", "CNI", "CI")


_NUMBER_WORDS: Final = frozenset(["no", "n", "nr", "number", "num", "numero", "رقم"])


def _is_address(text: str) -> bool:
    """Streets have numbers; a place by itself has a few words."""
    words = 18 if any(map(str.isdigit, text)) else 7
    return len(text) <= 120 and text.count(" ") < words and not any(mark in text for mark in "!?")


_SHAPES: Final[dict[str, Shape]] = {
    **{field: _known(field) for field in ("sex", "capacity", "mode", "direction")},
    "in_transit": _known("yes"),
    "document_type": _is_kind,
    "identity_document": lambda text: kind_and_number(text) is not None,
    "title": _matches(_TITLE),
    "occupation": _words(40, 5),
    "address": _is_address,
    "telephone": _matches(_TELEPHONE),
    "email": _matches(_EMAIL),
    "bag_weight": _matches(_WEIGHT),
    "seat": _is_seat,
    "birth": _words(90, 10),
    **dict.fromkeys(["nationality", "document_issuer", "residence", "birth_country", "flag"], _is_country),
    **dict.fromkeys(
        ["from", "to", "port", "embarks", "disembarks", "birth_place", "document_issue_place"], _words(60, 7)
    ),
    **dict.fromkeys(["carrier", "ship", "number", "identity"], _words(60, 7)),
    **dict.fromkeys(["document_number", "visa_number", "reference", "ticket"], _is_number),
    "record_locator": _is_locator,
    **dict.fromkeys(["age", "assessed_age", "bags"], _has_digits(20, 4)),
    **dict.fromkeys(["birth_date", "document_expires", "document_issued", "departs", "arrives", "date"], _is_date),
    **dict.fromkeys(["departs_time", "arrives_time"], _has_digits(60, 6)),
}
"""Fields without a row are names."""
_TOLD: Final = {
    **dict.fromkeys(["sex", "capacity", "mode", "direction", "in_transit", "document_type"], "UNKNOWN_CODE"),
    **dict.fromkeys(["birth_date", "document_expires", "document_issued", "departs", "arrives", "date"], "BAD_DATE"),
    **dict.fromkeys(["age", "assessed_age", "bags"], "BAD_NUMBER"),
}


def problem_of(field: str) -> str:
    """The code that tells of a cell that does not fit."""
    return _TOLD.get(field, "VALUE_INVALID")
