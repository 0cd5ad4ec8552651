"""The languages of the pages: catalogue, locale and writing direction of each, and which one a reader gets.

Catalogues are gettext `messages.po` with English msgids, compiled in memory when the process starts, so that no
compiled file can be older than its source. Numbers and dates follow CLDR through Babel.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

CATALOGUES: Final = Path(__file__).parent / "translations"
STANDARDS: Final = Path(__file__).parent / "standards.tsv"
"""Words of the standards by language: they stand in no template, and one without translation is shown in English."""
PROBLEMS: Final = Path(__file__).parent / "problems.tsv"
"""What each code of a problem means, by language; `Problem.says` is English."""
LOCALES: Final = {"fr": "fr", "en": "en_GB", "ar": "ar_MA"}
"""Codes a reader may ask for, in the order offered. Arabic as in Morocco: western digits, Moroccan month names."""


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """One language of the pages."""

    code: str
    """BCP 47, as in `<html lang>` and `?lang=`."""
    locale: Locale
    texts: Translations
    terms: Mapping[str, str]
    """Words of the standards, from the English ones of `vigie.messages.edifact.segments`."""
    problems: Mapping[str, str]
    """The meaning of each code of a problem; empty in English, where `Problem.says` says it."""

    @property
    def name(self) -> str:
        """The language's own name, as its speakers write it."""
        name = self.locale.get_language_name()
        assert name
        return name[0].upper() + name[1:]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    def say(self, message: str, **values: str) -> str:
        """The message in this language, `%(name)s` filled in. Plain text: templates escape it."""
        return self.texts.gettext(message) % values if values else self.texts.gettext(message)


def load(codes: Sequence[str]) -> dict[str, Language]:
    """The languages of `codes`, in that order; the first is given when a reader states no preference.

    Raises KeyError for a language without locale and FileNotFoundError for one without catalogue.
    """
    return {code: _language(code) for code in codes}


def _language(code: str) -> Language:
    terms, problems = _column(STANDARDS, "en", code), _column(PROBLEMS, "code", code)
    return Language(code=code, locale=Locale.parse(LOCALES[code]), texts=_texts(code), terms=terms, problems=problems)


def _texts(code: str) -> Translations:
    if code == "en":
        return Translations()
    with (CATALOGUES / code / "messages.po").open("rb") as source:
        catalogue = read_po(source, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _column(table: Path, key: str, code: str) -> dict[str, str]:
    """The words of a table in one language, by its key; nothing in English, in which the program speaks."""
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row[key]: row[code] for row in rows} if code != "en" else {}


def preferred(accept_language: str, offered: Sequence[str]) -> str:
    """The best of `offered` for an Accept-Language header (RFC 9110 12.5.4); the first when none is acceptable.

    Only the primary subtag counts: `fr-MA` is served French. Malformed parts of the header are passed over.
    """
    wanted = sorted(_ranges(accept_language), key=lambda pair: -pair[1])
    return next((tag for tag, quality in wanted if quality > 0 and tag in offered), offered[0])


def _ranges(header: str) -> list[tuple[str, float]]:
    found = []
    for part in header.split(","):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        found.append((tag.strip().lower().partition("-")[0], weight))
    return found
