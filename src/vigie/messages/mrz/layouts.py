"""Where each field of a machine readable zone stands, and the check digit (ICAO Doc 9303 parts 3 to 7)."""

from typing import Final, NamedTuple

FILLER: Final = "<"
TD1, TD2, TD3, MRVA, MRVB, FRENCH_NATIONAL_ID = "TD1 TD2 TD3 MRVA MRVB FRENCH_NATIONAL_ID".split()
"""Formats, by the names that `mrz.format` has. MRVA and MRVB are visas of the two sizes (part 7)."""
INVALID_LENGTH, NOT_ICAO = "INVALID_LENGTH NOT_ICAO".split()
"""What `mrz.format` has for lines of no format: near one or all alike, and anything else."""
_VALUES: Final = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {
    FILLER: 0
}
CHARACTERS: Final = frozenset(_VALUES)
"""All that a zone can have."""
_WEIGHTS: Final = (7, 3, 1)


class Place(NamedTuple):
    """A stretch of one line; positions count from 0, `end` is behind the last."""

    line: int
    start: int
    end: int

    def of(self, lines: tuple[str, ...]) -> str:
        """The text that stands there."""
        return lines[self.line][self.start : self.end]


class Check(NamedTuple):
    """A check digit, and the stretches it is computed over, in their order."""

    name: str
    digit: Place
    covered: tuple[Place, ...]


class Layout(NamedTuple):
    """One format of zone."""

    format: str
    lines: int
    width: int
    fields: dict[str, Place]
    checks: tuple[Check, ...]
    number_goes_on: bool = False
    """A long document number continues in `optional1` (part 5, 4.2.2, note j; part 6 likewise)."""


def check_digit(text: str) -> int:
    """The check digit, 0 to 9: weights 7, 3, 1 repeating, modulo 10 (part 3, 4.9).

    Digits count as themselves, A to Z as 10 to 35, the filler `<` as 0. Raises ValueError for another character.
    """
    try:
        return sum(_VALUES[character] * _WEIGHTS[place % 3] for place, character in enumerate(text)) % 10
    except KeyError:
        raise ValueError("a zone has A to Z, 0 to 9 and `<` only; find out which character was misread") from None


def _two_lines(name: str, width: int, optional_end: int) -> Layout:
    """What TD2, TD3 and visas have in common: the lower line begins alike."""
    number, birth, expiry = Place(1, 0, 9), Place(1, 13, 19), Place(1, 21, 27)
    fields = {
        "document_code": Place(0, 0, 2),
        "issuing_state": Place(0, 2, 5),
        "name": Place(0, 5, width),
        "document_number": number,
        "nationality": Place(1, 10, 13),
        "birth_date": birth,
        "sex": Place(1, 20, 21),
        "expiry_date": expiry,
        "optional1": Place(1, 28, optional_end),
    }
    checks = (
        Check("document_number", Place(1, 9, 10), (number,)),
        Check("birth_date", Place(1, 19, 20), (birth,)),
        Check("expiry_date", Place(1, 27, 28), (expiry,)),
    )
    return Layout(name, 2, width, fields, checks)


def _composite(layout: Layout) -> Layout:
    """With the composite check digit at the end of the lower line."""
    end = layout.width - 1
    covered = (Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, end))
    return layout._replace(checks=(*layout.checks, Check("composite", Place(1, end, end + 1), covered)))


def _td3() -> Layout:
    layout = _two_lines(TD3, 44, 42)
    personal = Check("personal_number", Place(1, 42, 43), (layout.fields["optional1"],))
    return _composite(layout._replace(checks=(*layout.checks, personal)))


_TD1: Final = Layout(
    TD1,
    3,
    30,
    {
        "document_code": Place(0, 0, 2),
        "issuing_state": Place(0, 2, 5),
        "document_number": Place(0, 5, 14),
        "optional1": Place(0, 15, 30),
        "birth_date": Place(1, 0, 6),
        "sex": Place(1, 7, 8),
        "expiry_date": Place(1, 8, 14),
        "nationality": Place(1, 15, 18),
        "optional2": Place(1, 18, 29),
        "name": Place(2, 0, 30),
    },
    (
        Check("document_number", Place(0, 14, 15), (Place(0, 5, 14),)),
        Check("birth_date", Place(1, 6, 7), (Place(1, 0, 6),)),
        Check("expiry_date", Place(1, 14, 15), (Place(1, 8, 14),)),
        Check("composite", Place(1, 29, 30), (Place(0, 5, 30), Place(1, 0, 7), Place(1, 8, 15), Place(1, 18, 29))),
    ),
    number_goes_on=True,
)
_FRENCH: Final = Layout(
    FRENCH_NATIONAL_ID,
    2,
    36,
    {
        "document_code": Place(0, 0, 2),
        "issuing_state": Place(0, 2, 5),
        "surname": Place(0, 5, 30),
        "optional1": Place(0, 30, 36),
        "document_number": Place(1, 0, 12),
        "given_names": Place(1, 13, 27),
        "birth_date": Place(1, 27, 33),
        "sex": Place(1, 34, 35),
    },
    (
        Check("document_number", Place(1, 12, 13), (Place(1, 0, 12),)),
        Check("birth_date", Place(1, 33, 34), (Place(1, 27, 33),)),
        Check("composite", Place(1, 35, 36), (Place(0, 0, 36), Place(1, 0, 35))),
    ),
)
"""The identity card of France from 1988 to 2021, which is no document of Doc 9303: no nationality, no expiry; the
number begins with year and month of issue."""
LAYOUTS: Final = {
    layout.format: layout
    for layout in (
        _TD1,
        _composite(_two_lines(TD2, 36, 35))._replace(number_goes_on=True),
        _td3(),
        _two_lines(MRVA, 44, 44),
        _two_lines(MRVB, 36, 36),
        _FRENCH,
    )
}
"""By format. Visas have no composite check digit (part 7)."""
