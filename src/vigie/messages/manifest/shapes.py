"""What a cell may hold, by the shape and length of its field: all else is free text, which is neither read nor stored.

People write remarks wherever there is room: `needs a wheelchair` under the sex of a person. Names have no shape,
because nobody may be lost. docs/reference/sensitive.md has the rule, docs/reference/manifest.md the shapes.
"""

import re
from collections.abc import Callable
from typing import Final

from vigie import countries
from vigie.messages.fields import documents
from vigie.messages.manifest.table import meaning

Shape = Callable[[str], bool]
_CODE: Final = re.compile(r"\w{1,3}\.?\Z")
_NUMBER: Final = re.compile(r"(?=[^\d]*\d)[\w/.,+\-–'#°() ]{1,40}\Z|\w{1,20}\Z")
_TELEPHONE: Final = re.compile(r"(?=(?:\D*\d){4})[\d +()/.,\-E]{4,30}\Z", re.ASCII)
_EMAIL: Final = re.compile(r"[^\s@]{1,80}(?:@|//)[^\s@]{1,80}\Z")
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
    if countries.alpha3(text) is not None:
        return True
    return _words(60, 6)(text) and not any(map(str.isdigit, text))


def _is_kind(text: str) -> bool:
    """A kind of document that is known, a code, or words of which one says that it is a document."""
    if documents.kind_in_words(text) is not None or _CODE.match(text):
        return True
    return _words(40, 5)(text) and any(meaning("document", word) for word in re.split(r"[\s'’\-]+", text))


def _is_kind_and_number(text: str) -> bool:
    words = text.replace(":", " ").split()
    kind = " ".join(word for word in words if not any(map(str.isdigit, word))).strip(" ,;/()-.")
    return len(words) <= 8 and (not kind or _is_kind(kind))


def _is_address(text: str) -> bool:
    """Streets have numbers; a place by itself has a few words."""
    words = 18 if any(map(str.isdigit, text)) else 7
    return len(text) <= 120 and text.count(" ") < words and not any(mark in text for mark in "!?")


_SHAPES: Final[dict[str, Shape]] = {
    **{field: _known(field) for field in ("sex", "capacity", "mode", "direction")},
    "in_transit": _known("yes"),
    "document_type": _is_kind,
    "identity_document": _is_kind_and_number,
    "title": _words(20, 2),
    "occupation": _words(40, 5),
    "address": _is_address,
    "telephone": _matches(_TELEPHONE),
    "email": _matches(_EMAIL),
    "bag_weight": _matches(_WEIGHT),
    "seat": _words(15, 3),
    "birth": _words(90, 10),
    **dict.fromkeys(["nationality", "document_issuer", "residence", "birth_country", "flag"], _is_country),
    **dict.fromkeys(
        ["from", "to", "port", "embarks", "disembarks", "birth_place", "document_issue_place"], _words(60, 7)
    ),
    **dict.fromkeys(["carrier", "ship", "number", "identity"], _words(60, 7)),
    **dict.fromkeys(["document_number", "visa_number", "reference", "record_locator", "ticket"], _matches(_NUMBER)),
    **dict.fromkeys(["age", "assessed_age", "bags"], _has_digits(20, 4)),
    **dict.fromkeys(
        [
            "birth_date",
            "document_expires",
            "document_issued",
            "departs",
            "arrives",
            "date",
            "departs_time",
            "arrives_time",
        ],
        _has_digits(60, 6),
    ),
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
