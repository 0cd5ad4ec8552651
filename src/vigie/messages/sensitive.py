"""What of a reservation must not be stored: Directive (EU) 2016/681 art. 13(4) and ICAO Annex 9 chapter 9.

Special services are kept by the list services.tsv beside this file, and what is not on it is removed. Free text is
kept only where one of `RULES` knows what it is; the rest of it is removed, whatever it says, because nobody can tell
by program what a remark reveals. docs/reference/sensitive.md explains both to people.
"""

import csv
import functools
import re
from bisect import bisect
from collections.abc import Callable
from importlib import resources
from typing import Final, NamedTuple

SERVICE, FREE_TEXT, CARD = "SERVICE", "FREE_TEXT", "CARD"
"""Codes of `vigie.records.Removal`: a special service, free text, data of a payment card."""
_FILLER: Final = re.compile(r"_+|X{4,}")


class Service(NamedTuple):
    """A row of services.tsv."""

    code: str
    use: str
    """`keep` or `remove`."""
    element: str
    """Number in annex I of the Directive; empty for what is removed."""
    reason: str


@functools.cache
def services() -> dict[str, Service]:
    """The table of special services by code."""
    text = resources.files("vigie.messages").joinpath("services.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {row["code"]: Service(**row) for row in csv.DictReader(lines, delimiter="\t")}


@functools.lru_cache(maxsize=1024)
def may_keep(code: str) -> bool:
    """True when the special service of this code belongs to the 19 elements of a PNR. Unknown codes do not."""
    service = services().get(code.strip().upper())
    return service is not None and service.use == "keep"


def is_filler(text: str) -> bool:
    """True for what stands in place of something removed earlier, here (`____`) or elsewhere (`XXXX`)."""
    return _FILLER.fullmatch(text) is not None


def says_nothing(text: str) -> bool:
    """True for text that has neither letters nor digits, or nothing but filler."""
    return all(is_filler(word) for word in re.findall(r"\w+", text))


# -- free text ----------------------------------------------------------------------------------------------------

_LOCAL: Final = r"[A-Z0-9_](?:[A-Z0-9._+%~'-]|/(?!/))*"
_EMAIL: Final = (
    rf"(?<![\w.+%~'/-])(?:CTC ?E ?/?(?:{_LOCAL} )?)?{_LOCAL}(?://|@)[A-Z0-9](?:[A-Z0-9.-]|\./)*\.[A-Z]{{2,}}"
)
_TELEPHONE: Final = r"CTC ?[A-Z]? ?(?:[A-Z]{3}(?=[ \d+-]))? ?[-+(/]*\d[\d ()./-]*\d(?: (?:[ABFHMW]|FAX)(?![A-Z0-9]))?"
_DAY: Final = r"\d{1,2}[A-Z]{3}(?:\d{2})?"
RULES: Final[dict[str, re.Pattern[str]]] = {
    "email": re.compile(_EMAIL, re.IGNORECASE),
    "telephone": re.compile(_TELEPHONE),
    "ip": re.compile(r"IP(?: ADDRESS(?: OF THE BOOKING)?)?[ :-]{1,2}\d{1,3}(?:\.\d{1,3}){2,3}(?![\d.])"),
    "locator": re.compile(r"RLOC [A-Z]{3}[A-Z0-9]{2}[A-Z0-9]{6}(?![A-Z0-9])"),
    "ticket": re.compile(rf"(?:E?TKT(?: NBR)?|TKN[ACEMR])[ :-]?(?:INF)?\d{{10,15}}(?:C\d{{1,2}})?(?!\d)(?: {_DAY})?"),
    "segment": re.compile(
        rf"[A-Z0-9]{{2}} ?\d{{1,4}}[A-Z]? [A-Z] {_DAY}(?: \d)? [A-Z]{{6}} [A-Z]{{2}}\d{{0,2}}(?: \d{{4}} \d{{4}})?"
        rf"|{_DAY} [A-Z]{{3}} [A-Z]{{3}} \d{{4}} \d{{4}} [A-Z0-9]{{2}} \d{{1,4}}[A-Z]? [A-Z]{{2}}(?![A-Z])"
    ),
}
"""What is kept of free text, by what it is: a contact, the address of the computer that booked, the locator of another
system, a ticket number, a flight. In this order: where two would overlap, the first holds."""
_SIGNS: Final = {
    "email": ("@", "//"),
    "telephone": ("CTC",),
    "ip": ("IP",),
    "locator": ("RLOC",),
    "ticket": ("TKT", "TKN"),
}
"""Of which one stands in whatever a rule finds: without it, the rule need not look."""
_BARE: Final = re.compile(r"(?<![A-Z0-9./])(?:[ABFHMW] ?)?\+?\d[\d ()-]*\d(?![\d.A-Z])")
"""A telephone number by itself, with the letter of its kind: H home, W work, M mobile, ..."""
_WITH_SIGNS: Final = [(kind, rule, _SIGNS.get(kind, ())) for kind, rule in RULES.items()]
_WITH_BARE: Final = [*_WITH_SIGNS, ("bare", _BARE, ())]
_DAMAGED: Final = re.compile(r"\d+\.\d{4,}(?:E[+-]?\d+)?")
"""What a spreadsheet makes of a long number."""
_WORDS: Final = re.compile(r"[^\W_]+")
_HARMLESS: Final = 2
"""Letters between what is kept that may stay: the code of a carrier, or of the kind of a line."""
_LONGEST_TELEPHONE: Final = 15
"""Digits of a telephone number (ITU-T E.164); payment cards mostly have more."""
_FARE_WORD: Final = re.compile(
    r"[A-Z0-9]{1,3}|END|ROE[\d.]*|[A-Z]{3}/IT|[XOESQ]/[A-Z-]{2,3}"
    r"|(?=[A-Z/-]*\d)(?:(?:XF[A-Z]{3}|Q[A-Z]{6})(?=\d)|END|ROE|[A-Z]{1,3}(?![A-Z])|[\d./+-])++"
)
"""Amounts with at most three letters in a row: no word fits, but END, ROE, the places of an airport's fee (XF) and of a
surcharge (Q)."""
_FARE_MARK: Final = re.compile(r"\b(?:END|ROE\d|NUC)")


LEAST_OF_CARD: Final = 13
_CARD: Final = re.compile(r"(?<!\d)(?<!\d\.)\d(?:[ -]?\d){12,18}(?!\d)")
"""The number of a payment card (ISO/IEC 7812-1), with blanks or hyphens between its groups."""
_NO_CARD: Final = re.compile(r"0|99")
"""What no card begins with: 0 is kept for standards, 9 goes on with a country's number (ISO 3166-1), at most 894."""
_LEAST_OF_CARD_AMONG_TICKETS: Final = re.compile(r"3[47]\d{13}|\d{16,}")
"""A ticket has 13 to 15 digits, so of that length only what is clearly a card is one."""


class Kept(NamedTuple):
    """A stretch of text that a rule knows."""

    kind: str
    start: int
    end: int


def recognised(text: str, bare: bool = False) -> list[Kept]:
    """What of free text may be kept: by `RULES`, in order of place, not overlapping.

    With `bare`, where telephone numbers are expected, a number by itself is one, and one that a spreadsheet damaged is
    known too, as `damaged`.
    """
    found: list[Kept] = []
    if bare and _DAMAGED.fullmatch(text.strip()):
        return [Kept("damaged", 0, len(text))]
    for kind, rule, signs in _WITH_BARE if bare else _WITH_SIGNS:
        if signs and not any(map(text.__contains__, signs)):
            continue
        for match in rule.finditer(text):
            start, end = match.span()
            if not (is_telephone(match[0]) if kind in ("telephone", "bare") else not cards(match[0], kind == "ticket")):
                continue
            at = bisect(found, start, key=_start)
            if (not at or found[at - 1].end <= start) and (at == len(found) or end <= found[at].start):
                found.insert(at, Kept("telephone" if kind == "bare" else kind, start, end))
    return found


def behind(lead: str) -> Callable[[str], list[Kept]]:
    """As `recognised`, for texts whose kind is told elsewhere: `CTCM ` before a number. Offsets count in the text."""

    def find(text: str) -> list[Kept]:
        found = recognised(lead + text)
        return [Kept(kept.kind, max(kept.start - len(lead), 0), kept.end - len(lead)) for kept in found]

    return find


def bare(text: str) -> list[Kept]:
    """As `recognised`, for places where telephone numbers stand by themselves."""
    return recognised(text, bare=True)


def digits_of(text: str) -> list[str]:
    """The runs of digits in a text, with the coupon behind a ticket number."""
    return re.findall(r"\d+(?:C\d{1,2})?", text)


def _start(kept: Kept) -> int:
    return kept.start


def is_telephone(text: str) -> bool:
    """True for as many digits as a telephone number has that are not clearly a payment card."""
    digits = re.sub(r"\D", "", text)
    if not 5 <= len(digits) <= _LONGEST_TELEPHONE:
        return False
    return not (len(digits) >= 14 and digits[0] == "3" and luhn(digits))


def is_fare_calculation(text: str) -> bool:
    """True when every word may belong to a fare calculation (`LON DL X/NYC DL YVR GBP/IT END ROE0.61`)."""
    words = text.split()
    return bool(_FARE_MARK.search(text)) and all(_FARE_WORD.fullmatch(word) for word in words) and not cards(text)


def cards(text: str, tickets: bool = False) -> list[tuple[int, int]]:
    """Start and end of what is the number of a payment card by its length and check digit.

    One in ten other numbers of this length is taken for a card, too. With `tickets`, where their numbers stand, only
    what is too long for one, or begins as a card of 15 digits does.
    """
    found = []
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if luhn(digits) and not _NO_CARD.match(digits):
            found += [match.span()] if not tickets or _LEAST_OF_CARD_AMONG_TICKETS.fullmatch(digits) else []
    return found


def luhn(digits: str) -> bool:
    """True when the last digit is the check digit of a payment card (ISO/IEC 7812-1 annex B)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def removed(text: str, kept: list[Kept]) -> list[tuple[int, int]]:
    """Start and end of what is to be removed: everything between what is kept, from letter or digit to letter or digit.

    Separators stay, so that the filler does not grow together with what is kept; filler itself is not removed again.
    """
    if len(kept) == 1 and kept[0].start == 0 and kept[0].end == len(text):
        return []
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in [*((kept.start, kept.end) for kept in kept), (len(text), len(text))]:
        words = list(_WORDS.finditer(text[at:start]))
        letters = "".join(word[0] for word in words if not is_filler(word[0]))
        if len(letters) > _HARMLESS:
            spans.append((at + words[0].start(), at + words[-1].end()))
        at = end
    return spans
