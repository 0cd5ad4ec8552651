"""What a field can look like that holds what it is for: a code, a reference, a place, a street, a date, a name.

Nobody can tell by program what words say, so a field is judged by its form alone, and the form is narrow: what is not
of it is taken for free text and not kept (docs/reference/sensitive.md). Names are the exception: nobody may be lost.
"""

import re
from collections.abc import Callable
from typing import Final

from vigie import countries
from vigie.messages import sensitive
from vigie.messages.fields.titles import is_title

Shape = Callable[[str], bool]
"""True for a text, not blank, that may be what its field is for. Callers leave filler of earlier removals out."""

_CODE: Final = re.compile(r"(?!.*[^\W\d_]{4})[\w./*#-]{1,35}")
"""At most three letters in a row: carriers, places, currencies, amounts, numbers. Longer words may be words."""
_LOCATOR: Final = re.compile(r"[A-Z0-9]{5,6}")
_REFERENCE: Final = re.compile(r"(?=.*\d)(?:[0-9A-F]{1,35}|(?!.*[A-Z]{5})[A-Z0-9./-]{1,35})")
"""Numbers of systems, hexadecimal or with a few letters."""
_OFFICE: Final = re.compile(r"[A-Z]{5}(?:\d{2}[A-Z0-9]{2})?")
_LEVELS: Final = frozenset("BASIC BLUE BRONZE CLASSIC DIAMOND ELITE EMERALD GOLD PLATINUM RUBY SAPPHIRE SILVER".split())
_MASKED: Final = re.compile(r"[\dX*_ -]{1,30}")
_NUMBER: Final = re.compile(r"(?=.{1,25}\Z)(?=.*\d)(?!.*(?=[A-Z]{5})[A-Z]*[AEIOU])[A-Z0-9 ./_-]+", re.IGNORECASE)
"""German passports have any number of consonants in a row and no vowel: they make no word."""
_SERIAL: Final = re.compile(r"[CFGHJKLMNPRTVWXYZ]{9,10}")
_DAY: Final = re.compile(r"(?=.*\d)[A-Z0-9()-]{4,12}", re.IGNORECASE)
_STATE: Final = re.compile(r"[A-Z]{1,3}", re.IGNORECASE)
_PLACE: Final = re.compile(r"[^\W_][\w .,'()/-]{0,34}")
_STREET: Final = re.compile(r"[^\W_][\w .,'()/#-]{0,49}")
_LETTERS: Final = r"[^\d_\s!-@\[-`{-~]+"
"""Letters with their accents and vowel signs: everything but digits, blanks and the marks of ASCII."""
_NAME_WORD: Final = re.compile(rf"{_LETTERS}(?:[.'-]+{_LETTERS})*[.'-]*")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_OF_ADDRESSES: Final = frozenset(
    "APARTMENT AVENIDA AVENUE BOULEVARD BUILDING CALLE CAMP CHEMIN COURT DRIVE FLAT FLOOR HOSTEL HOTEL HOUSE INN "
    "LANE MOTEL PLACE PLAZA RESIDENCE RESORT ROAD ROUTE RUE SQUARE STRASSE STREET STR SUITE TOWER UNIVERSITY VIA "
    "VILLA".split()
)
_LONG_WORDS_OF_NAME, _LONG_WORDS_OF_PLACE, _LONG_WORDS_OF_STREET = 2, 2, 4
"""Words of four letters and more: SAN PEDRO SULA has two. More than that may be a sentence."""


def code(text: str) -> bool:
    """A code, a number or an amount. Folds of lines leave blanks in them."""
    return _CODE.fullmatch("".join(text.split())) is not None


def function(text: str) -> bool:
    return len(text) <= 3 and text.isascii() and text.isalnum()


def locator(text: str) -> bool:
    return _LOCATOR.fullmatch(text.strip().upper()) is not None or code(text)


def reference(text: str) -> bool:
    return _REFERENCE.fullmatch(text.strip().upper()) is not None or code(text)


def office(text: str) -> bool:
    """The office of an agency (`PARXX28AB`) or its number."""
    return _OFFICE.fullmatch(text.strip().upper()) is not None or code(text)


def flight_number(text: str) -> bool:
    return text.strip().upper() in ("ARNK", "OPEN") or code(text)


def level(text: str) -> bool:
    """The level of a frequent traveller, by the usual names."""
    return text.strip().upper() in _LEVELS or code(text)


def account(text: str) -> bool:
    """The number of an account of which the sender shows a part."""
    return _MASKED.fullmatch(text.strip().upper()) is not None


def number(text: str) -> bool:
    """The number of a document: it has a digit or no vowel, no word among its letters, and is clearly of no card."""
    return serial(text) or (_NUMBER.fullmatch(text.strip()) is not None and not sensitive.cards(text, tickets=True))


def serial(text: str) -> bool:
    """The number of a German passport that has no digit by chance; without vowels its letters make no word."""
    return _SERIAL.fullmatch(text.strip()) is not None


def postal(text: str) -> bool:
    return number(text) or (code(text) and not sensitive.cards(text))


def day(text: str) -> bool:
    """A date, or what was to be one."""
    return _DAY.fullmatch(text.strip()) is not None


def state(text: str) -> bool:
    """The code or the name of a country."""
    return _STATE.fullmatch(text.strip()) is not None or countries.alpha3(text) is not None


def place(text: str) -> bool:
    """The name of a town or a region, with its country or not."""
    text = text.strip()
    if _PLACE.fullmatch(text) is None:
        return False
    words = text.split()
    # Of NEW YORK UNITED STATES the country is no part of the name.
    first = next((at for at in range(1, len(words)) if countries.alpha3(" ".join(words[at:]))), len(words))
    return len(_LONG_WORD.findall(" ".join(words[:first]))) <= _LONG_WORDS_OF_PLACE


def street(text: str) -> bool:
    """A street with a number or a word of addresses, or a short name."""
    text = text.strip()
    if _STREET.fullmatch(text) is None:
        return False
    addressed = any(map(str.isdigit, text)) or not _OF_ADDRESSES.isdisjoint(text.upper().split())
    most = _LONG_WORDS_OF_STREET if addressed else _LONG_WORDS_OF_PLACE
    return len(_LONG_WORD.findall(text)) <= most


def numbered_street(text: str) -> bool:
    """A street that begins with its number or a word of addresses, where a sentence with a number may stand."""
    first = text.split()[:1]
    begins = bool(first) and (first[0][0].isdigit() or first[0].upper() in _OF_ADDRESSES)
    return begins and any(map(str.isdigit, text)) and street(text) and not sensitive.cards(text)


def further_name(text: str) -> bool:
    """A given name where no first one is: at most two words of four letters or more, as of a place."""
    return end_of_name(text) == len(text) and len(_LONG_WORD.findall(text)) <= _LONG_WORDS_OF_NAME


def title(text: str) -> bool:
    return code(text) or all(is_title(word.strip(".")) for word in text.split())


def anything(text: str) -> bool:
    """For fields that are seen to elsewhere."""
    return True


def end_of_name(text: str) -> int:
    """Where a name ends and text begins that has what no name has: a digit, a bracket, a colon.

    A first word with a digit in it is a damaged name. Words of letters cannot be told from a name.
    """
    end = 0
    for word in re.finditer(r"\S+", text):
        name = _NAME_WORD.match(word[0])
        whole = name is not None and name.end() == len(word[0])
        damaged = any(map(str.isdigit, word[0])) or name is None
        if not whole and end and damaged:
            return end
        end = word.end() if whole or damaged else word.start() + (name.end() if name else 0)
        if not whole and not damaged:
            return end
    return len(text)
