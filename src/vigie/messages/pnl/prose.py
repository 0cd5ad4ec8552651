"""What of the text of a PNL or ADL is not what its place holds, and so is not stored (docs/reference/sensitive.md).

Each function takes the text of one element and gives the stretches to be removed, each with the code of its removal.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from vigie.messages import sensitive
from vigie.messages.fields import shapes, ssr_docs
from vigie.messages.pnl.elements import Span
from vigie.messages.sensitive import CARD, FREE_TEXT, Kept

DOCUMENTS: Final = frozenset(["DOCS", "DOCO", "DOCA", "PSPT"])
TICKETS: Final = frozenset(["TKNE", "TKNA", "TKNC", "TKNM", "TKNR"])
SEATS: Final = frozenset("SEAT NSSA NSSB NSSR NSST NSSW RQST SMSA SMSB SMSR SMST SMSW".split())
LOYALTY: Final = frozenset("FQTR FQTS FQTU FQTV".split())
CONTACTS: Final = frozenset("CTCA CTCB CTCE CTCF CTCH CTCM CTCN CTCP CTCR CTCT".split())
ASSOCIATION: Final = re.compile(r"\s{0,3}-\s{0,3}(\d{1,3}[^\W\d_][^()\d]*)\Z")
"""The name a service is for, behind its text."""
TICKET: Final = re.compile(r"(?<!\d)(INF)?\s*(\d{3})-?(\d{10,12})(?:[/C](\d))?\b")
SEAT: Final = re.compile(r"(?<!\d)(\d{1,3}[A-Z])(?=[A-Z]?(?:[\W\d_]|\Z))")
LOYAL: Final = re.compile(r"(?:\b([A-Z][A-Z0-9]|\d[A-Z])\s*[/ ]?)?([A-Z]{0,2}\d{5,20})\b")
INFANT_DATE: Final = re.compile(r"(?<!\d)\d{1,2}[A-Z]{3}\d{2,4}\b")
INFANT_NAME: Final = re.compile(r"([^\W\d_][^/\d()]{0,60})/([^\W\d_][^/\d()]{0,60})")
_FLOWN: Final = re.compile(r"(?<![^\W_])[A-Z]{6} ?\d{1,4}[A-Z]\d{1,2}[A-Z]{3}(?![^\W_])")
"""The flight a service is for: places, number, class, day."""
_MINOR: Final = re.compile(r"(?<![^\W_])(?:UM ?)?\d{1,2}(?![^\W_])")
_IDENTITY: Final = re.compile(r"(?P<kind>PP|NI|DL)(?P<number>.*)\Z", re.DOTALL)
_LOCATOR: Final = re.compile(r"\s*(?P<code>[A-Za-z0-9]+)(?![^\W_])(?:/[A-Z0-9]{1,3}(?![^\W_]))?")
_CLASSES: Final = re.compile(r"[A-Z]/(?!.*(.).*\1)[A-Z]{1,26}")
"""The classes of booking of a cabin, of which none is there twice."""
_ABOUT: Final = frozenset(["CFG", "RBD", "ANA", "AVAIL", "SEATS", "TRANSIT"])


def of_service(code: str, text: str, since: int = 0) -> list[Span]:
    """Of a service that may be kept, whose text begins at `since`: that of a DOCS or PSPT with its action code."""
    return [(start + since, end + since, why) for start, end, why in _of_text(code, text[since:])]


def _of_text(code: str, text: str) -> list[Span]:
    tickets = code in DOCUMENTS or code in TICKETS
    cards = sensitive.cards(text, tickets)
    text = ssr_docs.blanked(text, cards)
    if code in DOCUMENTS:
        prose = ssr_docs.prose(code, text)
    else:
        told = ASSOCIATION.search(text)
        end = told.start() if told else len(text)
        prose = sensitive.removed(text[:end], _merged(_kept(code, text[:end])))
        prose += _behind_name(text, max(text.rfind("/") + 1, told.start(1))) if told else []
    return _coded(cards, prose)


def of_name_item(text: str, names: tuple[int, int]) -> list[Span]:
    """Of a name item, what stands behind a name; `names` is where its names are in it."""
    found: list[tuple[int, int]] = []
    at = names[0]
    for part in text[slice(*names)].split("/"):
        found += [] if not part.strip() else _behind_name(text, at, at + len(part))
        at += len(part) + 1
    return _coded([], found)


def of_group(text: str) -> list[Span]:
    """Of the name of a group."""
    return _coded(sensitive.cards(text), _behind_name(text, 0))


def of_locator(text: str) -> list[Span]:
    """Of a locator with its carrier."""
    found = _LOCATOR.match(text)
    fits = found is not None and shapes.locator(found["code"]) and not sensitive.cards(found["code"])
    return _coded(sensitive.cards(text), behind(text, found.end() if found and fits else 0))


def of_configuration(text: str) -> list[Span]:
    """Of a line about the aircraft and its classes, between the flight and the first total."""
    words = [word for word in re.finditer(r"\S+", text) if _is_of_configuration(word[0])]
    return _coded(sensitive.cards(text), sensitive.removed(text, [Kept("code", *word.span()) for word in words]))


def _is_of_configuration(word: str) -> bool:
    return word in _ABOUT or _CLASSES.fullmatch(word) is not None or shapes.code(word)


def behind(text: str, since: int) -> list[tuple[int, int]]:
    """What stands in a text from a place on."""
    return [(start + since, end + since) for start, end in sensitive.removed(text[since:], [])]


def remainder(since: int) -> Callable[[str], list[Span]]:
    """Finds what stands behind a place, as free text."""
    return lambda text: _coded([], behind(text, since))


def _behind_name(text: str, start: int, end: int | None = None) -> list[tuple[int, int]]:
    name = text[start:end]
    return [(start + a, start + b) for a, b in behind(name, shapes.end_of_name(name))]


def _coded(cards: Iterable[tuple[int, int]], prose: Iterable[tuple[int, int]]) -> list[Span]:
    return [*((*span, CARD) for span in cards), *((*span, FREE_TEXT) for span in prose)]


# -- what the text of a service may hold


def _kept(code: str, text: str) -> list[tuple[int, int]]:
    for codes, find in _FINDERS:
        if code in codes:
            return find(code, text)
    return []


def _all(*patterns: re.Pattern[str]) -> Callable[[str, str], list[tuple[int, int]]]:
    """Finds what is of one of these forms, or known in any free text."""

    def find(_: str, text: str) -> list[tuple[int, int]]:
        spans = [found.span() for pattern in (*patterns, _FLOWN) for found in pattern.finditer(text)]
        return spans + [(kept.start, kept.end) for kept in sensitive.recognised(text)]

    return find


def _days(_: str, text: str) -> list[tuple[int, int]]:
    """Words that are a date, or were to be one."""
    return [word.span() for word in re.finditer(r"\S+", text) if shapes.day(word[0])]


def _infant(code: str, text: str) -> list[tuple[int, int]]:
    """A name, of which letters beside it cannot be told, and a date."""
    found = infant_name(text)
    return _days(code, text) + ([(found.start(), found.start(2) + shapes.end_of_name(found[2]))] if found else [])


def infant_name(text: str) -> re.Match[str] | None:
    """Family name and given name in the text of an INFT, before its date or behind it: neither goes beyond it."""
    return INFANT_NAME.search(INFANT_DATE.sub(lambda date: "(" * len(date[0]), text))


def _identity(_: str, text: str) -> list[tuple[int, int]]:
    found = _IDENTITY.match(text)
    if found is None:
        return []
    fits = shapes.number(found["number"]) and not sensitive.cards(found["number"])
    return [found.span() if fits else found.span("kind")]


def contacts(code: str, text: str) -> list[Kept]:
    """What of the text of a CTC service reaches somebody; of a CTCA, which is an address, the whole where it is one."""
    if code == "CTCA" and _is_address(text):
        return [Kept("address", 0, len(text))]
    return sensitive.behind(f"{code} ")(text)


def _is_address(text: str) -> bool:
    """It has a number, as streets do; words alone may say anything."""
    fields = [field for field in text.split("/") if field.strip()]
    fits = all(shapes.street(field) or shapes.code(field) for field in fields)
    return fits and any(map(str.isalpha, text)) and any(map(str.isdigit, text))


def _contacts(code: str, text: str) -> list[tuple[int, int]]:
    return [(kept.start, kept.end) for kept in contacts(code, text)]


_FINDERS: Final[list[tuple[frozenset[str], Callable[[str, str], list[tuple[int, int]]]]]] = [
    (frozenset(["INFT"]), _infant),
    (frozenset(["CHLD"]), _days),
    (frozenset(["FOID"]), _identity),
    (TICKETS, _all(TICKET)),
    (SEATS, _all(SEAT)),
    (LOYALTY, _all(LOYAL)),
    (CONTACTS, _contacts),
    (frozenset(["UMNR", "INAD", "DEPA", "DEPU"]), _all(_MINOR)),
]


def _merged(spans: list[tuple[int, int]]) -> list[Kept]:
    """In order, joined where they overlap."""
    found: list[Kept] = []
    for start, end in sorted(spans):
        if found and start < found[-1].end:
            found[-1] = Kept("text", found[-1].start, max(end, found[-1].end))
        else:
            found.append(Kept("text", start, end))
    return found
