"""What the codes of an answer about a traveller mean (CUSRES, ERC 9321). codes.tsv holds the table."""

import functools
from importlib import resources
from typing import Final, Literal, get_args

Directive = Literal["board", "do_not_board", "selectee", "undetermined", "insufficient"]
_WITHOUT_A_PERSON: Final[frozenset[Directive | None]] = frozenset(["board", "undetermined", "insufficient"])


def directive(code: str) -> Directive | None:
    """What the first character of a code tells the carrier; None when no guide knows it."""
    return _directives().get(code[:1])


def needs_a_person(code: str) -> bool:
    """True for a code that may hold somebody back: a person decides it, never a machine alone.

    A code that no guide knows counts as such.
    """
    return directive(code) not in _WITHOUT_A_PERSON


@functools.cache
def _directives() -> dict[str, Directive]:
    named: dict[str, Directive] = {name: name for name in get_args(Directive)}
    text = resources.files("vigie.messages.cusres").joinpath("codes.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {character: named[meaning] for place, character, meaning, _ in rows if place == "1"}
