"""Documents as lists describe them: a label in some language, and a number that may stand in a sentence."""

import re
from typing import Final

from vigie.countries import alpha3
from vigie.watchlist.listed_dates import DATE, read_date

_TYPES: Final[tuple[tuple[str | None, str], ...]] = (
    (
        None,
        r"driv|licen[cs]e|certificate|fiscal|tax |social security|ssn|ration |voter|elector|student|residen|militar"
        r"|serviceman|deportation",
    ),
    ("P", r"passport|pasaporte|passeport|reiseausweis|travel document|laissez"),
    ("V", r"visa"),
    ("C", r"seafarer"),
    ("I", r"identi|national id|cedula|d\.n\.i|id card|id no|personal id|tazkira|citizen's card"),
)
"""Type by the first pattern its label meets: papers that are no travel or identity document come first."""
_PATTERNS: Final = tuple((letter, re.compile(pattern, re.IGNORECASE)) for letter, pattern in _TYPES)

_NUMBER: Final = re.compile(
    r"(?:[A-Z]{1,4}(?:-[A-Z])?[-/ ]{1,2})?"  # a series before the digits: `A 0139243`, `TR-P 614166`, `B/011641`
    r"[A-Z]{0,8}\d[A-Z\d]*"
    r"(?:[-/. ]{1,2}[A-Z]{0,3}\d[A-Z\d]*)*"  # groups of the number: `44103-5251752-5`, `96 03 464086`
)
_NOT_SERIES: Final = re.compile(r"(?:NO|SSN|NIF|ID)\b[.: ]*|No\.?(?=\d)")
_ENDS_NUMBER: Final = re.compile(r",|\b(?:issued|under name|expire[sd]?|expiring|valid)\b", re.IGNORECASE)
_EXPIRES: Final = re.compile(rf"\b(?:expir\w+|valid until)\s+(?:on\s+)?({DATE})", re.IGNORECASE)


def type_of(label: str) -> str | None:
    """First letter of the ICAO Doc 9303 document code for a label in English, French, Spanish or German, or None."""
    return next((letter for letter, pattern in _PATTERNS if pattern.search(label)), None)


def number_in(text: str) -> str | None:
    """The document number in a cell, upper case without blanks; None unless it is certain.

    `Counterfeit Danish driving licence number 20645897` is 20645897. Certain means: one run of digits and capitals,
    which ends the text once remarks are taken off (`(expired ...)`, `, issued on ...`), with no digit before it.
    """
    bare = re.sub(r"\([^)]*\)", " ", " ".join(text.split()))
    bare = _ENDS_NUMBER.split(bare, maxsplit=1)[0].strip()
    first_digit = re.search(r"\d", bare)
    for start in re.finditer(r"(?<!\S)(?=[A-Z\d])", bare):
        if first_digit is None or start.start() > first_digit.start():
            return None
        skipped = _NOT_SERIES.match(bare, start.start())
        found = _NUMBER.fullmatch(bare, skipped.end() if skipped else start.start())
        if found:
            return found[0].replace(" ", "")
    return None


def expiry_in(text: str) -> str | None:
    """The day a remark says the document expires: `expired on 17 Feb. 2013`, `valid until 30 Jul. 2022`."""
    found = _EXPIRES.search(" ".join(text.split()))
    date = read_date(found[1]) if found else None
    return date.date if date else None


def issuer_in(text: str) -> str | None:
    """The country a cell names beside the number: `403062567 (US)`, `R00012098, South Sudan`, `Libyan passport ...`."""
    for pattern in (r"\(([^)]*)\)", r",\s*([^,\d]+)$"):
        found = re.search(pattern, text)
        if found and (code := alpha3(found[1])):
            return code
    words = re.split(r"\s+(?=\d)|\s+", text)
    starts = (" ".join(words[:count]) for count in range(min(4, len(words)), 0, -1))
    # Words shorter than four letters may be a document's series (`AA 12`), which is no country code.
    return next((code for start in starts if len(start) > 3 and (code := alpha3(start))), None)
