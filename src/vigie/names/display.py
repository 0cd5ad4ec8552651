"""How a person's name stands in one line, for people to read."""

from typing import Final

from vigie.names.scripts import script_of
from vigie.records import Name

_COMMAS: Final = {"Arab": "، "}
"""After a family name in that script. The Latin comma would be set on the wrong side of it."""


def in_one_line(name: Name) -> str:
    """`FAMILY, Given` in the letter case sent; only the family name, or the name as sent, when that is all there is."""
    comma = _COMMAS.get(script_of(name.family or ""), ", ")
    return comma.join(part for part in (name.family, name.given) if part) or name.raw
