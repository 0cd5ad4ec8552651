"""What carriers are told of their messages: one text for each finding, in French and English, each told once.

A notice holds a journey, times and counts, never anything about a person, and demands no data that the carrier does
not have (ICAO Annex 9). notice_texts.toml holds the words. Sending the files is for the channel agreed with a carrier.
"""

import datetime as dt
import functools
import hashlib
import os
import re
import secrets
import tomllib
from collections.abc import Iterable, Iterator, Set
from importlib import resources
from pathlib import Path
from typing import Any, Final

from vigie.errors import InputError
from vigie.journeys.due_messages import Finding
from vigie.messages.quality import Quality, bench_rules
from vigie.store import Store
from vigie.store.expected import Judged
from vigie.store.notices import NoticeRow

TOLD: Final = frozenset(["missing", "late", "faulty", "empty", "few_travellers"])
"""Outcomes a carrier is told of. The others are first questions about the schedule, which people answer."""
LANGUAGES: Final = ("fr", "en")
_WIDTH: Final = 78
_LONGEST_PART: Final = 60


def write(store: Store, folder: Path, days: int, now: dt.datetime) -> list[NoticeRow]:
    """Write a file for each finding of the last `days` days that was not told yet; what was written, in order.

    A file has its name only when it is complete, and is recorded after that: whenever this process dies, the next one
    writes the same file again or nothing. Raises InputError when the folder cannot be written to, StoreError.
    """
    # East of Greenwich it may be tomorrow already, and soon tomorrow anywhere.
    first, last = now.date() - dt.timedelta(days=days), now.date() + dt.timedelta(days=1)
    judged = [each for each in store.expected.judged(first, last, now) if each.finding.outcome in TOLD]
    told = store.notices.told(subject(each.finding) for each in judged)
    written = []
    for each in judged:
        if subject(each.finding) not in told:
            row = _row(each.finding)
            _put(folder, row.file, text(each))
            if store.notices.record(row, now):
                written.append(row)
    return written


def subject(finding: Finding) -> str:
    """What a finding is about: equal for equal findings, whenever they are made."""
    return "|".join((finding.outcome, finding.journey, finding.due_message or finding.kind or ""))


def _row(finding: Finding) -> NoticeRow:
    return NoticeRow(
        subject=subject(finding),
        carrier=finding.carrier,
        outcome=finding.outcome,
        journey=finding.journey,
        file=file_name(finding),
    )


def file_name(finding: Finding) -> str:
    """Readable, and safe whatever a schedule calls its carriers; the sum keeps those apart that only look alike."""
    parts = (finding.carrier or "unnamed", finding.journey, finding.outcome, finding.due_message or finding.kind or "")
    plain = "_".join(re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-")[:_LONGEST_PART] for part in parts)
    return f"{plain}_{hashlib.sha256(subject(finding).encode()).hexdigest()[:8]}.txt"


# -- the text ---------------------------------------------------------------------------------------------------


def text(judged: Judged) -> str:
    """The notice in every language, one after the other."""
    return ("\n" + "-" * _WIDTH + "\n\n").join(_in_language(judged, _words()[code]) for code in LANGUAGES)


def _in_language(judged: Judged, words: dict[str, Any]) -> str:
    finding = judged.finding
    about = finding.due_message or finding.kind or ""
    facts = (
        (words["carrier"], _shown(finding.carrier) or words["unnamed"]),
        (words["journey"], _shown(finding.journey)),
        (words["message"], words["messages"].get(about, _shown(about))),
        (words["due"], finding.due_at),
        (words["received"], finding.received_at),
    )
    lines = [words["title"], "", *(f"{name}: {value}" for name, value in facts if value), "", words[finding.outcome]]
    if finding.outcome == "faulty" and judged.quality is not None:
        lines += _counts(judged.quality, judged.failed, words)
    return "\n".join([*lines, "", words["fair"], words["private"], ""])


def _counts(quality: Quality, failed: Set[str], words: dict[str, Any]) -> Iterator[str]:
    if quality.codes:
        yield from ("", words["problems"])
        yield from (f"  {code}: {number}" for code, number in quality.codes.items())
    if failed:
        yield from ("", words["rules"])
        yield from (f"  {rule.rule}: {rule.limit}" for rule in bench_rules() if rule.rule in failed)
    yield from ("", words["fields"].format(travellers=quality.travellers))
    for field, have in quality.fields.items():
        if have.asked:
            yield "  " + words["field"].format(
                field=field, missing=have.missing, unusable=have.unusable, asked=have.asked
            )


def _shown(code: str | None) -> str:
    """A code of a schedule in one line."""
    return re.sub(r"[^\w/ :.-]", "?", code or "")[:_WIDTH]


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
