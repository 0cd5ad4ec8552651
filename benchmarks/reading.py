"""Reading messages: bytes to `Message`, beside pydifact's bare tokenizer and a split on the service characters.

The tokenizer (pydifact `Tokenizer`, only its tokens counted) gives no segments, no meaning, no positions and no
problems; the split is the naive floor, which knows nothing but the terminator. Same bytes, one core, interleaved
rounds, processor time; medians are compared. `--size` reads a long message of its own making, at 10 and 100 MB, for
time and memory.

    PYTHONPATH=src python -m benchmarks.reading [--rounds N] [--size]
"""

import argparse
import datetime as dt
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from pydifact.control.characters import Characters
from pydifact.tokenizer import Tokenizer

from benchmarks import common
from vigie import messages
from vigie.demo import SAMPLE

AS_OF = dt.date(2026, 11, 24)


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def inputs() -> dict[str, bytes]:
    """One long message of each type: public ones, or those of the demonstration."""
    if common.real():
        folder = common.DATA / "messages" / "gtas"
        return {
            "PAXLST": (folder / "paxlst" / "Test3.txt").read_bytes(),
            "PNRGOV": (folder / "pnrgov" / "bigbigPnr.txt").read_bytes(),
        }
    return {"PAXLST": (SAMPLE / "flight.edi").read_bytes()}


def tokens(data: bytes) -> Callable[[], object]:
    text = data.decode("latin-1").replace("\r", "").replace("\n", "").removeprefix("UNA:+.? '")
    characters = Characters()  # type: ignore[no-untyped-call]
    return lambda: sum(1 for _ in Tokenizer().get_tokens(text, characters))


def split(data: bytes) -> Callable[[], object]:
    return lambda: [[e.split(":") for e in s.split("+")] for s in data.decode("latin-1").split("'")]


def compare(data: bytes, rounds: int) -> dict[str, Any]:
    found = messages.read(data, AS_OF)
    people = sum(len(message.travellers) for message in found)
    work: dict[str, Callable[[], object]] = {
        "vigie": lambda: messages.read(data, AS_OF),
        "pydifact tokenizer": tokens(data),
        "split": split(data),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, each in work.items():
            times[name].append(timed(each))
    medians = {name: statistics.median(values) for name, values in times.items()}
    return {
        "bytes": len(data),
        "travellers": people,
        "travellers_per_second": {name: round(people / median) for name, median in medians.items()},
        "slowest_and_fastest": {name: [round(people / max(v)), round(people / min(v))] for name, v in times.items()},
        "times_the_tokenizer": round(medians["pydifact tokenizer"] / medians["vigie"], 2),
    }


def long_message(size: int) -> bytes:
    """A PAXLST of invented travellers, about `size` bytes long."""
    person = (
        "NAD+FL+++ELBARQUI:SAMIRA{n}'ATT+2++F'DTM+329:840310'LOC+178+CMN'LOC+179+VIE'NAT+2+MAR'RFF+AVF:Q7T{n}'"
        "DOC+P:110:111+ZZ{n}'DTM+36:310214'LOC+91+MAR'\r\n"
    )
    people = [person.format(n=1_000_000 + n) for n in range(size // len(person))]
    head = "UNA:+.? 'UNB+UNOA:4+ZV+GOV+261122:1910+77'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+ZV412+++ZV'\r\n"
    return (head + "".join(people) + f"UNT+{10 * len(people) + 4}+1'UNZ+1+77'").encode()


def by_size(megabytes: int) -> dict[str, Any]:
    """Seconds, and memory beside the input, when one group after the other is taken."""
    data = long_message(megabytes * 1_000_000)
    start = time.process_time()
    people = sum(len(message.travellers) for message in messages.iter_messages(data, AS_OF, by_group=True))
    seconds = time.process_time() - start
    part = data[:20_000_000]
    tracemalloc.start()
    for number, _ in enumerate(messages.iter_messages(part, AS_OF, by_group=True)):
        if number > 20_000:
            break
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"megabytes": megabytes, "travellers": people, "seconds": round(seconds, 2), "peak_beside_input": peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", action="store_true", help="also read messages of 10 and 100 MB")
    given = parser.parse_args()
    result: dict[str, Any] = {name: compare(data, given.rounds) for name, data in inputs().items()}
    if given.size:
        result["by_size"] = [by_size(10), by_size(100)]
    json.dump(result, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
