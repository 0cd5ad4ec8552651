"""How numbers, dates, odds and countries are put into words in a reader's language. Pure text, nothing marked up."""

import datetime as dt
import re
from typing import Final

from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.numbers import format_decimal, format_percent

from vigie import dates
from vigie.messages import stretches
from vigie.places import Window
from vigie.web.languages import Language
from vigie.web.words import ICAO_CODES, N_, SEXES

_ONE_DIGIT: Final = "#,##0.0"
_LEAST_ODDS: Final = 1e-6
_MOST_ODDS: Final = 0.9995
_NEVER: Final = 1_000_000
"""More than any journey is ahead, in any unit: keeps Babel from rounding nine days to one week."""
_RIGHT_TO_LEFT: Final = frozenset(("Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"))


def spot(language: Language, segment: str) -> str:
    """Where in an input a problem is (`Problem.segment`), in words: a column, a line, a field; a tag stays as it is."""
    found = _NUMBERED.match(segment)
    if found is not None:
        return language.say(_NUMBERED_SPOTS[found[1]], number=found[2])
    if not _FIELD.match(segment):
        return segment
    name = stretches.column_name(segment)
    return language.terms.get(name, name)


_NUMBERED: Final = re.compile(r"(column|line) (\d+)\Z")
_NUMBERED_SPOTS: Final = {"column": N_("column %(number)s"), "line": N_("line %(number)s")}
_FIELD: Final = re.compile(r"[a-z]+(?:_[a-z]+)*\Z")


def number(language: Language, value: float) -> str:
    return format_decimal(value, locale=language.locale)


def percent(language: Language, value: int) -> str:
    """Whole percent, with the sign as the language writes it."""
    return format_percent(value / 100, locale=language.locale)


def bits(language: Language, millibits: int) -> str:
    """Signed bits with one digit: `+12.3`, `−4.0`. The sign is a true minus, which a reader tells from a hyphen."""
    sign = "−" if millibits < 0 else "+"
    return sign + format_decimal(abs(millibits) / 1000, format=_ONE_DIGIT, locale=language.locale)


def odds(language: Language, probability: float) -> str:
    """A probability as a person says it: `1 in 40`, `9 in 10`. Two significant digits, never impossible nor certain."""
    if probability < _LEAST_ODDS:
        return language.say("less than 1 in %(many)s", many=number(language, round(1 / _LEAST_ODDS)))
    if probability >= _MOST_ODDS:
        return language.say("more than 999 in %(many)s", many=number(language, 1000))
    some, many = _ratio(probability)
    return language.say("%(some)s in %(many)s", some=number(language, some), many=number(language, many))


def _ratio(probability: float) -> tuple[int, int]:
    """Below 2/7 one in so many, above so many in ten: there both round without a jump backwards."""
    if probability < 2 / 7:
        return 1, round(float(f"{1 / probability:.2g}"))
    many = 10 if probability < 0.945 else 100 if probability < 0.9945 else 1000
    return round(probability * many), many


def day(language: Language, date: dt.date) -> str:
    return format_date(date, "long", locale=language.locale)


def partial_date(language: Language, text: str) -> str:
    """A partial date or range of `vigie.dates` in words; text of another form is shown as it stands."""
    first, between, last = text.partition("/")
    try:
        if between:
            return language.say("%(first)s to %(last)s", first=_partial(language, first), last=_partial(language, last))
        return _partial(language, first)
    except ValueError:
        return text


def _partial(language: Language, text: str) -> str:
    date = dates.span(text).first
    if dates.is_full(text):
        return day(language, date)
    return text if len(text) == 4 else format_skeleton("yMMMM", date, locale=language.locale)


def local_time(language: Language, text: str) -> str:
    """A record's local time, `2026-11-23T05:40` or `2026-11-23`, as `Mon 23 Nov, 05:40`; the reader knows the year."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    date = format_skeleton("MMMEd", moment, locale=language.locale)
    if "T" not in text:
        return date
    return language.say("%(date)s, %(time)s", date=date, time=format_time(moment, "HH:mm", locale=language.locale))


def moment(language: Language, text: str) -> str:
    """A moment of the store, UTC with milliseconds, to the minute: `23 November 2026, 04:40 UTC`."""
    at = dt.datetime.fromisoformat(text)
    return language.say("%(date)s, %(time)s UTC", date=day(language, at), time=f"{at:%H:%M}")


def until(language: Language, at: Window, now: dt.datetime) -> str:
    """How long from `now` to a moment, or since it: `in 40 min`, `2 days ago`. Of a moment that is not known, how long
    at the earliest, or since when at the latest."""
    if at.earliest == at.latest:
        return countdown(language, at.earliest - now)
    if at.earliest >= now:
        return language.say("at the earliest %(time)s", time=countdown(language, at.earliest - now))
    if at.latest >= now:
        return language.say("may have departed")
    return language.say("at the latest %(time)s", time=countdown(language, at.latest - now))


def countdown(language: Language, until: dt.timedelta) -> str:
    """`in 1 h 05 min`, `20 min ago`; whole days from one day on."""
    if abs(until) >= dt.timedelta(days=1):
        return format_timedelta(until, granularity="day", threshold=_NEVER, add_direction=True, locale=language.locale)
    hours, minutes = divmod(int(abs(until).total_seconds()) // 60, 60)
    time = language.say("%(minutes)s min", minutes=str(minutes))
    if hours:
        time = language.say("%(hours)s h %(minutes)s min", hours=str(hours), minutes=f"{minutes:02d}")
    time = time.replace(" ", "\N{NO-BREAK SPACE}")
    return (
        language.say("in %(time)s", time=time) if until >= dt.timedelta() else language.say("%(time)s ago", time=time)
    )


def country(language: Language, code: str) -> str:
    """Name of a country by ISO 3166-1 alpha-3 or ICAO code; a code without a name is shown as it stands."""
    if code in ICAO_CODES:
        return language.say(ICAO_CODES[code])
    alpha2 = get_global("territory_aliases").get(code, [code])[0]
    return str(language.locale.territories.get(alpha2, code))


def compared(language: Language, text: str, field: str) -> str:
    """One side of a term of evidence in words: the matcher writes dates, sexes and countries as codes."""
    if field == "birth_date":
        return partial_date(language, text)
    if field == "sex":
        return language.say(SEXES[text]) if text in SEXES else text
    if field == "nationality":
        return " · ".join(country(language, code) for code in text.split())
    return text


def script(language: Language, code: str) -> str:
    """Name of a script by ISO 15924 code."""
    return str(language.locale.scripts.get(code, code))


def script_direction(code: str) -> str:
    """`rtl` or `ltr`, for the `dir` of text in a script (ISO 15924 code)."""
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"
