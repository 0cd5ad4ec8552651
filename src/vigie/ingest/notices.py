"""What carriers are told of their messages: one text for each thing, in French and English, each told once.

A notice holds a journey or a message, times, places in the message and counts, never anything about a person, and
demands no data that the carrier does not have (ICAO Annex 9). notice_texts.toml holds the words. Sending the files is
for the channel agreed with a carrier.
"""

import datetime as dt
import functools
import hashlib
import os
import re
import secrets
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec

from vigie.errors import InputError
from vigie.ingest.segment_numbers import segment_numbers
from vigie.journeys.due_messages import Finding
from vigie.messages.quality import Measure, Rule, bench_rules
from vigie.records import Problem
from vigie.store import Store
from vigie.store.notices import FaultyMessage, NoticeRow

TOLD: Final = frozenset(["missing", "late", "faulty", "empty", "few_travellers"])
"""Outcomes a carrier is told of. The others are first questions about the schedule, which people answer."""
LANGUAGES: Final = ("fr", "en")
MOST_PROBLEMS: Final = 50
"""Problems told one by one in a notice; of the others their number: who mends those will see the rest."""
_AROUND: Final = dt.timedelta(days=1)
"""A message may be due or come a day before or after the day of its journey, as local days go."""
_WIDTH: Final = 78
_LONGEST_PART: Final = 60
_MEASURES: Final[frozenset[Measure]] = frozenset(["travellers", "field"])
"""Rules of the bench that problems do not tell of already."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tell a carrier."""

    finding: Finding
    message: FaultyMessage | None = None
    """The one that is faulty; a message about several legs is one thing to tell."""

    @property
    def subject(self) -> str:
        """Equal for equal things, whenever they are found."""
        about = self.finding
        if self.message is not None:
            return f"{about.outcome}|{self.message.sha256}|{self.message.ordinal}"
        return "|".join((about.outcome, about.journey, about.due_message or about.kind or ""))

    @property
    def row(self) -> NoticeRow:
        about = self.finding
        return NoticeRow(
            subject=self.subject,
            carrier=about.carrier,
            outcome=about.outcome,
            journey=about.journey,
            file=file_name(self),
        )


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What the texts take from outside."""

    problems: Mapping[str, Mapping[str, str]] = {}
    """By language, then by code of a problem: its meaning. `Problem.says` where there is none."""
    contact: str = ""
    """Where the carrier may ask: a line of the operator's."""


def due(store: Store, days: int, now: dt.datetime) -> list[Notice]:
    """What was not told yet and became due, or came, within the last `days` days before `now`; in order.

    What is older is not told: the first run over a database that has been filled for long would tell it all at once.
    """
    since = now - dt.timedelta(days=days)
    # East of Greenwich it may be tomorrow already, and soon tomorrow anywhere.
    judged = store.expected.judged((since - _AROUND).date(), (now + _AROUND).date(), now)
    # Faulty is each message, when it came: its journey may be in a week, and in no schedule.
    others = TOLD - {"faulty"}
    found = [Notice(finding=each) for each in judged if each.outcome in others and _since(each) >= since]
    found += _faulty(store, since, now)
    told = store.notices.told(notice.subject for notice in found)
    return [notice for notice in found if notice.subject not in told]


def _faulty(store: Store, since: dt.datetime, now: dt.datetime) -> Iterator[Notice]:
    for faulty in store.expected.faulty(since, now):
        if (message := store.notices.faulty(faulty.message_id)) is not None:
            yield Notice(finding=faulty.finding, message=message)


def _since(about: Finding) -> dt.datetime:
    """From when on it could be told."""
    moments = about.due_at, about.received_at
    return max((dt.datetime.fromisoformat(at) for at in moments if at), default=dt.datetime.max.replace(tzinfo=dt.UTC))


def write(store: Store, folder: Path, days: int, now: dt.datetime, words: Words | None = None) -> list[NoticeRow]:
    """Write a file for each notice that is `due`; what was written, in order.

    A file has its name only when it is complete, and is recorded after that: whenever this process dies, the next one
    writes the same file again or nothing. Raises InputError when the folder cannot be written to, StoreError.
    """
    written = []
    for notice in due(store, days, now):
        row = notice.row
        _put(folder, row.file, text(notice, words or Words()))
        if store.notices.record(row, now):
            written.append(row)
    return written


def file_name(notice: Notice) -> str:
    """Readable, and safe whatever a schedule calls its carriers; the sum keeps those apart that only look alike."""
    about = notice.finding
    parts = (about.carrier or "unnamed", about.journey, about.outcome, about.due_message or about.kind or "")
    plain = "_".join(re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-")[:_LONGEST_PART] for part in parts)
    return f"{plain}_{hashlib.sha256(notice.subject.encode()).hexdigest()[:8]}.txt"


# -- the text ---------------------------------------------------------------------------------------------------


def text(notice: Notice, words: Words) -> str:
    """The notice in every language, one after the other."""
    return ("\n" + "-" * _WIDTH + "\n\n").join(_in_language(notice, code, words) for code in LANGUAGES)


def _in_language(notice: Notice, code: str, more: Words) -> str:
    words, about, message = _words()[code], notice.finding, notice.message
    facts = [(words["carrier"], _shown(about.carrier) or words["unnamed"]), (words["journey"], _journey(about.journey))]
    facts += _of_message(message, words) if message else _of_finding(about, words)
    lines = [
        words["title"],
        "",
        *(words["fact"].format(name=name, value=value) for name, value in facts if value),
        "",
        words[about.outcome],
    ]
    if message is not None:
        lines += _wrong(message, words, more.problems.get(code, {}))
        lines += ["", words["do"]]
    contact = words["contact"].format(contact=_line(more.contact)) if more.contact else words["reply"]
    fair = words["fair"] if _flies(about) else words["fair_elsewhere"]
    return "\n".join([*lines, "", fair, contact, words["private"], ""])


def _flies(about: Finding) -> bool:
    """The words of aviation are for those who fly; also for who names no journey."""
    return about.journey.partition("/")[0] in ("air", "")


def _journey(key: str) -> str:
    """As the schedule names it; what does not fly, in the words of its carrier and with its time."""
    parts = key.split("/")
    if parts[0] == "air" or len(parts) != 6:
        return _shown(key)
    _, carrier, number, when, origin, destination = parts
    named = " ".join(part for part in (carrier, number) if part)
    whole = [named, when.removeprefix("a").replace("T", " "), f"{origin or '?'} - {destination or '?'}"]
    return ", ".join(_shown(part) for part in whole if part)


def _of_finding(about: Finding, words: dict[str, Any]) -> list[tuple[str, str | None]]:
    which = about.due_message or about.kind or ""
    return [
        (words["message"], words["messages" if _flies(about) else "elsewhere"].get(which, _shown(which))),
        (words["due"], about.due_at),
        (words["received"], about.received_at),
    ]


def _of_message(message: FaultyMessage, words: dict[str, Any]) -> list[tuple[str, str | None]]:
    """By what the carrier finds the message in his own system."""
    envelope = message.envelope
    references = (envelope.interchange, envelope.message) if envelope else ()
    kind = " ".join(part for part in (message.type, message.function) if part)
    return [
        (words["message"], _shown(kind)),
        (words["reference"], " / ".join(_shown(reference) for reference in references if reference)),
        (words["sent"], _shown(envelope.sent) if envelope and envelope.sent else None),
        (words["received"], f"{message.received_at[:16]}Z"),
        (words["sum"], message.sha256),
    ]


def _wrong(message: FaultyMessage, words: dict[str, Any], meanings: Mapping[str, str]) -> Iterator[str]:
    """Errors and warnings where they are, then what is missing in counts. Notes tell of rules of ours."""
    problems = [problem for problem in message.problems if problem.severity != "note"]
    if problems:
        yield from ("", words["problems"])
        numbers = segment_numbers(message.original, [each.position for each in problems[:MOST_PROBLEMS]])
        for problem in problems[:MOST_PROBLEMS]:
            says = meanings.get(problem.code, problem.says)
            number = numbers.get(problem.position)
            wrong = words["fact"].format(name=words[problem.severity], value=says)
            yield f"  - {wrong} [{', '.join(_where(problem, number, words))}]"
        if len(problems) > MOST_PROBLEMS:
            yield "  " + words["more"].format(number=len(problems) - MOST_PROBLEMS)
    rules = [rule for rule in bench_rules() if rule.rule in message.failed and rule.measure in _MEASURES]
    if rules:
        yield from ("", words["rules"])
        yield from (f"  - {_rule(rule, message, words)}" for rule in rules)


def _where(problem: Problem, number: int | None, words: dict[str, Any]) -> Iterator[str]:
    yield problem.code
    if problem.segment:
        yield (
            _shown(problem.segment)
            if number is None
            else words["segment"].format(number=number, tag=_shown(problem.segment))
        )
    if problem.position is not None:
        yield words["byte"].format(byte=problem.position)


def _rule(rule: Rule, message: FaultyMessage, words: dict[str, Any]) -> str:
    if rule.measure == "travellers":
        return str(words["empty_list"])
    fields: Sequence[tuple[Any, Any]] = [pair for pair in message.quality.fields.items() if pair[0] in rule.of]
    return "; ".join(
        words["field"].format(
            field=words["names"][name], limit=rule.limit, missing=have.missing, unusable=have.unusable, asked=have.asked
        )
        for name, have in fields
    )


def _shown(code: str | None) -> str:
    """A code of a schedule in one line."""
    return re.sub(r"[^\w/ :.-]", "?", code or "")[:_WIDTH]


def _line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


@functools.cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("vigie.ingest").joinpath("notice_texts.toml").read_text(encoding="utf-8"))


# -- the file ---------------------------------------------------------------------------------------------------


def _put(folder: Path, name: str, content: str) -> None:
    """The file under its name, whole or not at all."""
    part = folder / f".{secrets.token_hex(8)}.part"
    try:
        with part.open("x", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, folder / name)
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(f"{folder}: no notice can be written ({error.strerror}); name a folder to write to") from None


def outcomes(rows: Iterable[NoticeRow]) -> dict[str, int]:
    """How many notices there are by outcome."""
    counted: dict[str, int] = {}
    for row in rows:
        counted[row.outcome] = counted.get(row.outcome, 0) + 1
    return counted
