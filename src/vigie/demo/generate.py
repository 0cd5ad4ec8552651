"""Makes the demonstration's files: three passenger lists, one watchlist, and what is planted in them.

    python -m vigie.demo.generate --seed 2396 --out DIR [--travellers 460] [--day 2026-12-03]

The same arguments give the same bytes on every machine. The committed sample is made with the defaults.
"""

import argparse
import csv
import datetime as dt
import io
import random
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

from vigie.demo import board, paxlst
from vigie.demo.cultures import CULTURES
from vigie.demo.people import Inventor, Person
from vigie.demo.planted import LISTED
from vigie.demo.watchlist import Alias, Listed, write_xml
from vigie.errors import UsageError, VigieError
from vigie.records import Journey, ListedDate, Traveller

SEED: Final = 2396
DAY: Final = dt.date(2026, 12, 3)
TRAVELLERS: Final = 460
FEWEST: Final = 100
"""Travellers, below which the planted ones would be a crowd of their own."""
LISTED_PERSONS: Final = 40
ENTITIES: Final = ("AL-MANARA DEMONSTRATION TRADING", "SOCIETE EXEMPLE DE NEGOCE ET TRANSPORT")


def files(seed: int = SEED, day: dt.date = DAY, travellers: int = TRAVELLERS) -> dict[str, bytes]:
    """The files of a demonstration by name: flight.edi, ferry.edi, coach.edi, list.xml, expected.csv.

    Birth dates of planted people are fixed, so `day` should lie within a few years of `DAY`. Raises UsageError for
    fewer travellers than FEWEST.
    """
    if travellers < FEWEST:
        raise UsageError(f"{travellers} travellers are too few for the planted cases; ask for {FEWEST} or more")
    rng = random.Random(seed)  # noqa: S311 - invented people need chance that repeats, not secrecy
    inventor = Inventor(rng, day)
    made: dict[str, bytes] = {}
    boarded: list[tuple[str, board.Placed]] = []
    for route in board.routes(day):
        placed = board.passengers(rng, inventor, route, round(travellers * route.share))
        made[f"{route.name}.edi"] = message(route, [*(p.traveller for p in placed), *board.crew(inventor, route)])
        boarded += [(f"{route.name}.edi", p) for p in placed]
    aboard = {p.traveller.name.raw for _, p in boarded}
    made["list.xml"] = write_xml((*LISTED, *listed(rng, inventor, aboard)), ENTITIES, day - dt.timedelta(days=2))
    made["expected.csv"] = expected(boarded)
    return made


def message(route: board.Route, travellers: Sequence[Traveller]) -> bytes:
    """The bytes as they reach the State; the airline's come over a Type B line."""
    content = paxlst.write(Journey(mode=route.mode, legs=(route.leg,)), travellers, route.sending)
    if route.mode != "air":
        return content
    prepared = route.sending.prepared
    return paxlst.type_b(content, ("QU CASAPXH", f".ISTAPZZ {prepared[8:10]}{prepared[11:13]}{prepared[14:16]}"))


def expected(boarded: Iterable[tuple[str, board.Placed]]) -> bytes:
    """The planted travellers as CSV: where each one is, whose variant or namesake he is, and why."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["message", "reference", "entry", "alert", "case", "why"])
    for name, (traveller, case) in boarded:
        if case:
            alert = "yes" if case.alert else "no"
            rows.writerow([name, traveller.reference, case.entry, alert, case.case, case.why])
    return out.getvalue().encode("utf-8")


def listed(rng: random.Random, inventor: Inventor, aboard: Collection[str]) -> list[Listed]:
    """Invented listed persons beside those of `planted`, with the variety of dates and aliases of the real list.

    None has a name of `aboard` (`FAMILY:GIVEN`): only planted travellers are to be found.
    """
    cultures = ("moroccan", "gulf", "egyptian", "levantine", "iranian", "afghan", "pakistani", "caucasian", "nigerien")
    persons: list[Listed] = []
    while len(persons) < LISTED_PERSONS - len(LISTED):
        number = len(LISTED) + len(persons) + 1
        person = inventor.person(cultures[number % len(cultures)], (28, 66), "M")
        if f"{person.family}:{person.given}" not in aboard:
            persons.append(_listed(rng, person, number))
    return persons


def _listed(rng: random.Random, person: Person, number: int) -> Listed:
    parts = tuple(part.latin for part in person.parts)
    weak = f"Abu {rng.choice(CULTURES['levantine'].male).latin.title()}" if number % 2 else f"Haji {parts[0].title()}"
    strong = [Alias("Good", f"{parts[0]} {parts[-1]}".title())] if len(parts) > 2 else []
    originals = [part.original for part in person.parts]
    return Listed(
        id=f"VGi.{number:03d}",
        parts=parts,
        original=" ".join(originals) if number % 4 and all(originals) else None,
        aliases=(Alias("Low", weak), *strong) if number % 3 else (),
        births=_births(person, number),
        birth_place=person.birth_place if number % 2 else None,
        sex=person.sex if number % 4 == 1 else None,
        nationality=person.nationality if number % 7 else None,
        documents=person.documents if number % 3 == 1 else (),
    )


def _births(person: Person, number: int) -> tuple[ListedDate, ...]:
    """In turn: a day, a year, about a year, between two years, two days, nothing."""
    date, year = person.birth_date, int(person.birth_date[:4])
    other = f"{year + 2}{date[4:]}" if date[5:] != "02-29" else f"{year + 2}"
    kinds: tuple[tuple[ListedDate, ...], ...] = (
        (ListedDate(date=date),),
        (ListedDate(date=f"{year}"),),
        (ListedDate(date=f"{year}", approximate=True),),
        (ListedDate(date=f"{year - 2}/{year + 2}"),),
        (ListedDate(date=date), ListedDate(date=other)),
        (),
    )
    return kinds[number % len(kinds)]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m vigie.demo.generate", description="Make demonstration files.")
    parser.add_argument("--seed", type=int, default=SEED, help="any number; another seed invents other people")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files; made if it is not there")
    parser.add_argument("--travellers", type=int, default=TRAVELLERS, help="passengers of the three journeys together")
    parser.add_argument("--day", type=dt.date.fromisoformat, default=DAY, help="day of travel, YYYY-MM-DD")
    asked = parser.parse_args(arguments)
    try:
        _save(files(asked.seed, asked.day, asked.travellers), asked.out)
    except VigieError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _save(made: dict[str, bytes], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in made.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}; choose another folder for --out") from None


if __name__ == "__main__":
    sys.exit(main())
