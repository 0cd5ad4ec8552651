"""What of a reservation must not be stored: Directive (EU) 2016/681 art. 13(4) and ICAO Annex 9 chapter 9.

Special services are kept by the list services.tsv beside this file, and what is not on it is removed. Free text is
kept only where one of `RULES` knows what it is; the rest of it is removed, whatever it says, because nobody can tell
by program what a remark reveals. docs/reference/sensitive.md explains both to people.
"""

import csv
import functools
import re
from importlib import resources
from typing import Final, NamedTuple

SERVICE, FREE_TEXT, CARD = "SERVICE", "FREE_TEXT", "CARD"
"""Codes of `vigie.records.Removal`: a special service, free text, data of a payment card."""
_FILLER: Final = re.compile(r"X+\Z")


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
    """True for what stands in place of something removed earlier: letters X only, at least four."""
    return len(text) >= 4 and _FILLER.match(text) is not None
