"""What a document is, from the code a format has for it or from the words people write in a list.

document_codes.tsv and document_words.tsv hold the tables with the reason for each row. Only what a standard or guide
says for sure is in them: a code whose meaning the guides dispute has no kind.
"""

import functools
import unicodedata
from importlib import resources
from typing import Final, get_args

from vigie.records import DocumentKind

_ANY: Final = "*"
_DISCRETION: Final[dict[str, DocumentKind]] = {"P": "passport", "V": "visa"}
"""First letters whose meaning holds whatever the State puts behind them (Doc 9303 parts 4 and 7). Not so A, C and I:
they name any official document of that size (parts 5 and 6)."""
_ARTICLE: Final = "ال"


def kind(code: str, issuer: str | None = None) -> DocumentKind | None:
    """The kind of document that a code names; None when the code is unknown or says nothing for sure.

    `code` is the document code of a zone, fillers included or not (`P<`, `PD`, `AC`), of PAXLST or PNRGOV, or of
    UN/EDIFACT 1001 (`39`). `issuer` is the issuing State or organisation as `vigie.countries` gives it (`DEU`, `UNO`):
    a few codes mean something else there.
    """
    known = code.strip(" <").upper()
    row = _codes().get(known)
    if row is None:
        return _DISCRETION.get(known[:1]) if len(known) == 2 and known.isalpha() else None
    return row.get(issuer or _ANY, row.get(_ANY))


def letter(code: str | None) -> str | None:
    """First letter of a document code in capitals, A to Z; None when the code begins with none."""
    first = (code or "")[:1].upper()
    return first if "A" <= first <= "Z" else None


def kind_in_words(text: str) -> DocumentKind | None:
    """The kind of document that words name (`Laissez-passer consulaire`, `جواز سفر`, `none`); None when not known.

    The whole text must be the words; case, accents, hyphens, points and the Arabic article do not matter.
    """
    return _words().get(folded(text))


def folded(text: str) -> str:
    """What is compared of the words for a document: letters and digits without accents, in small letters."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace(".", ""))
    kept = "".join(letter for letter in apart if unicodedata.category(letter) not in ("Mn", "Lm", "Cf"))
    words = "".join(letter if letter.isalnum() else " " for letter in kept).split()
    return " ".join(word.removeprefix(_ARTICLE) if len(word) > 4 else word for word in words)


@functools.cache
def _codes() -> dict[str, dict[str, DocumentKind | None]]:
    """By code, then by issuer; `*` stands for any."""
    found: dict[str, dict[str, DocumentKind | None]] = {}
    for code, issuers, name, _ in _rows("document_codes.tsv"):
        found.setdefault(code, {}).update(dict.fromkeys(issuers.split(), _KINDS[name]))
    return found


@functools.cache
def _words() -> dict[str, DocumentKind | None]:
    return {folded(words): _KINDS[name] for words, name, _ in _rows("document_words.tsv")}


def _rows(name: str) -> list[list[str]]:
    text = resources.files("vigie.messages.fields").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


_KINDS: Final[dict[str, DocumentKind | None]] = {name: name for name in get_args(DocumentKind)} | {"-": None}
