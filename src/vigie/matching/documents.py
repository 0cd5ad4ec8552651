"""Document numbers compared: exact, or with characters that readers confuse."""

import re
from itertools import pairwise
from typing import Final

from vigie.matching import weights
from vigie.records import Document

_CONFUSED: Final = str.maketrans("OQDILSBZG", "000115826")
_SIGNS = re.compile(r"[^0-9A-Z]")
_SHORTEST: Final = 5


def key(number: str | None) -> str | None:
    """The number as it is compared: capitals and digits, with confused characters made one (O/0, I/1, S/5, B/8 ...).

    None for what is no number: fewer than five characters, no digit, one digit repeated, or digits that count up or
    down (`12345678`: a sender's filler, shared by many travellers).
    """
    plain = exact(number)
    if plain is None:
        return None
    return plain.translate(_CONFUSED)


def exact(number: str | None) -> str | None:
    """The number in capitals and digits without signs; None as in `key`."""
    plain = _SIGNS.sub("", number.upper()) if number else ""
    digits = [int(sign) for sign in plain if sign.isdigit()]
    if len(plain) < _SHORTEST or len(digits) < 3:
        return None
    steps = {after - before for before, after in pairwise(digits)}
    if len(digits) == len(plain) and (steps <= {0} or steps <= {1, -9} or steps <= {-1, 9}):
        return None
    return plain


def compare(own: Document, listed: Document) -> tuple[str, int] | None:
    """Level and millibits when both carry the same number or one read for it; None otherwise.

    Different numbers say nothing: people renew passports and hold several.
    """
    mine, its = exact(own.number), exact(listed.number)
    if mine is None or its is None or key(mine) != key(its):
        return None
    worth = min(weights.DOCUMENT_MOST, weights.DOCUMENT_PER_CHARACTER * len(mine))
    level = "same_number"
    if mine != its:
        confused = sum(one != other for one, other in zip(mine, its, strict=True))
        level, worth = "confused_characters", worth + weights.DOCUMENT_OCR * confused
    if own.issuer is None or listed.issuer is None:
        worth += weights.DOCUMENT_UNKNOWN_ISSUER
    elif own.issuer != listed.issuer:
        level, worth = level + "_other_issuer", worth + weights.DOCUMENT_OTHER_ISSUER
    return level, max(0, worth)
