"""What every format's reader takes and gives, and the words that all lists use alike."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from vigie.countries import alpha3
from vigie.records import Entry, Problem, Severity, Sex

Files = Mapping[str, bytes]
"""The file or files of one list by name (as to be shown to the user), in the order they are read."""

_SEXES: Final[dict[str, Sex]] = {"m": "M", "male": "M", "f": "F", "female": "F", "x": "X"}
_AROUND_COUNTRY: Final = re.compile(r"^(?:possibly|region:)\s+|\s*\(.*|\.\s.*|\s+by birth$", re.IGNORECASE)


class Parts(NamedTuple):
    """A list as its format tells it; `files.read` adds what the format does not know."""

    list: str
    date: str | None
    entries: tuple[Entry, ...]
    others: int
    problems: tuple[Problem, ...]


def checked(parts: Parts) -> Parts:
    """The parts without the entries that no name can match, which become problems; repeated entries are noted."""
    problems = list(parts.problems)
    for entry in parts.entries:
        if not entry.names:
            Here(problems, entry.id).add("NAME_MISSING", "error", None, "has no name; it was left out")
    for number, count in Counter(entry.id for entry in parts.entries).items():
        if count > 1:
            says = f"stands {count} times in the list; each is screened on its own"
            Here(problems, number).add("ENTRY_REPEATED", "warning", None, says)
    entries = tuple(entry for entry in parts.entries if entry.names)
    return parts._replace(entries=entries, problems=tuple(problems))


class Here(NamedTuple):
    """One entry of a list being read: its problems point to it by its list number and never quote it."""

    problems: list[Problem]
    entry: str
    position: int | None = None
    """Number of the record or line in its file."""

    def add(self, code: str, severity: Severity, segment: str | None, says: str) -> None:
        """Note a problem in `segment`, an element or column."""
        self.problems.append(
            Problem(
                code=code,
                severity=severity,
                segment=segment,
                position=self.position,
                says=f"entry {self.entry}: {says}",
            )
        )

    def country(self, text: str, segment: str) -> str | None:
        """`country` of a nationality cell; a problem when it names none."""
        code = country(text)
        if code is None:
            self.add("NATIONALITY_NOT_KNOWN", "warning", segment, "a nationality is no country known; it was left out")
        return code

    def no_date(self, segment: str) -> None:
        """A birth date could not be understood: matching has to do without it."""
        says = "a birth date is in no form known; it was left out"
        self.add("BIRTH_DATE_NOT_UNDERSTOOD", "warning", segment, says)


def sex(text: str) -> Sex | None:
    """Sex by the words lists use; None for anything else (`Unknown`)."""
    return _SEXES.get(text.strip().casefold())


def country(text: str) -> str | None:
    """Country of a nationality cell without the remarks lists add: `Indonesia (as at 2003)`, `Possibly Ethiopian`.

    A nationality that was withdrawn counts too: the list names it because it helps to recognise the person.
    """
    return alpha3(text) or alpha3(_AROUND_COUNTRY.sub("", text.strip()))


def day(text: str) -> str | None:
    """`YYYY-MM-DD` of a date or time in XML Schema's form, whose zone offset is dropped; None when it is none."""
    try:
        return dt.date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return None
