"""Messages that stay well formed and say something else: what must come of each is stated, and nothing more changes."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tests.conftest import ROOT
from tests.messages.writing import AS_OF
from vigie import messages
from vigie.records import Message

GOLDEN = ROOT / "docs" / "reference" / "golden"


def read(data: bytes) -> Message:
    (message,) = messages.read(data, AS_OF)
    return message


def segment(data: bytes, beginning: str, which: int = 0) -> bytes:
    """The segment that begins so, with its terminator and line end."""
    found = [s + b"'\n" for s in data.split(b"'\n") if s.startswith(beginning.encode())]
    return found[which]


def moved(data: bytes, what: bytes, behind: bytes) -> bytes:
    rest = data.replace(what, b"", 1)
    assert behind in rest
    return rest.replace(behind, behind + what, 1)


def swapped(data: bytes, a: bytes, b: bytes) -> bytes:
    assert a in data
    assert b in data
    return data.replace(a, b"\x00", 1).replace(b, a, 1).replace(b"\x00", b, 1)


def changed(before: Message, after: Message) -> dict[str, tuple[Any, Any]]:
    """Fields of travellers that differ, as `index.field`."""
    assert len(before.travellers) == len(after.travellers)
    pairs = [
        (f"{n}.{name}", getattr(one, name), getattr(other, name))
        for n, (one, other) in enumerate(zip(before.travellers, after.travellers, strict=True))
        for name in msgspec.structs.asdict(one)
    ]
    return {name: (a, b) for name, a, b in pairs if a != b}


def codes(message: Message) -> list[str]:
    return [problem.code for problem in message.problems if problem.severity != "note"]


PAXLST: list[tuple[str, Callable[[bytes], bytes], set[str], list[str]]] = [
    ("a person's qualifier unknown", lambda d: d.replace(b"NAD+DDU+", b"NAD+QQQ+"), {"1.in_transit"},
     ["UNKNOWN_QUALIFIER"]),
    ("a locator's qualifier unknown", lambda d: d.replace(b"RFF+AVF:Q7TX2B", b"RFF+ZQ:Q7TX2B"), {"0.record_locator"},
     ["UNKNOWN_QUALIFIER"]),
    ("references of two travellers swapped", lambda d: swapped(d, b"Q7TX2B", b"Q7TX3C"),
     {"0.record_locator", "1.record_locator"}, []),
    ("a nationality moved to the next traveller", lambda d: moved(d, segment(d, "NAT"), segment(d, "NAD+DDU")),
     {"0.nationality", "1.nationality", "1.nationalities"}, []),
    ("a birth date renamed to an expiry date", lambda d: d.replace(b"DTM+329:840310", b"DTM+36:840310"),
     {"0.birth_date", "0.documents"}, ["SEGMENT_ORDER", "VALUE_REPEATED"]),
    ("documents of a traveller in another order",
     lambda d: swapped(d, b"DOC+P:110:111+ZZ1234567", b"DOC+V:110:111+VV000321"),
     {"0.documents"}, []),
    ("embarkation and disembarkation renamed",
     lambda d: d.replace(b"LOC+178+CMN'\nLOC+179+VIE", b"LOC+179+CMN'\nLOC+178+VIE", 1),
     {"0.embarks", "0.disembarks"}, []),
    ("sex sent twice, differing",
     lambda d: d.replace(b"ATT+2++F'", b"ATT+2++F'\nATT+2++M'"), set(), ["VALUE_REPEATED"]),
    ("a document before its traveller", lambda d: moved(d, segment(d, "DOC+T"), segment(d, "DTM+36:270630")),
     {"0.documents", "1.documents"}, ["SEGMENT_ORDER"]),
    ("an issuing State dropped", lambda d: d.replace(b"LOC+91+AUT'\n", b""), {"0.documents"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "mutate", "fields", "problems"), PAXLST, ids=[reason for reason, *_ in PAXLST])
def test_paxlst(reason: str, mutate: Callable[[bytes], bytes], fields: set[str], problems: list[str]) -> None:
    data = (GOLDEN / "paxlst.edi").read_bytes()
    mutant = mutate(data)
    assert mutant != data, reason
    before, after = read(data), read(mutant)
    assert set(changed(before, after)) == fields
    assert [code for code in codes(after) if code != "COUNT_MISMATCH"] == problems


Mutation = tuple[str, Callable[[bytes], bytes], set[str], list[str]]
PNRGOV: list[Mutation] = [
    ("an infant's DOCS below the adult's TIF",
     lambda d: moved(d, segment(d, "SSR+DOCS", 1), segment(d, "SSR+DOCS", 0)), set(), []),
    ("an adult's DOCS below the infant's TIF",
     lambda d: moved(d, segment(d, "SSR+DOCS", 0), segment(d, "TIF+BENALI+ILYAS")), set(), []),
    ("both DOCS in group 1",
     lambda d: moved(moved(d, segment(d, "SSR+DOCS", 0), segment(d, "SSR+UMNR")), segment(d, "SSR+DOCS", 1),
                     segment(d, "SSR+UMNR")), set(), []),
    ("a seat given to the infant", lambda d: d.replace(b"+12C::1'", b"+12C::2'"), {"1.seats"}, []),
    ("a segment's status changed", lambda d: d.replace(b"RPI+1+HK'", b"RPI+1+HX'"), set(), []),
    ("a title spelt out",
     lambda d: d.replace(b"TIF+BENALI+SALMANOURMRS", b"TIF+BENALI+SALMANOUR MRS"), {"0.names"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "mutate", "fields", "problems"), PNRGOV, ids=[reason for reason, *_ in PNRGOV])
def test_pnrgov(reason: str, mutate: Callable[[bytes], bytes], fields: set[str], problems: list[str]) -> None:
    data = (GOLDEN / "pnrgov.edi").read_bytes()
    mutant = mutate(data)
    assert mutant != data, reason
    before, after = read(data), read(mutant)
    assert set(changed(before, after)) == fields
    assert codes(after) == problems


def test_swapped_references_of_documents_follow_the_names() -> None:
    """Who a passport belongs to is told by its name as well: it must not land on another person."""
    data = (GOLDEN / "pnrgov.edi").read_bytes()
    mutant = data.replace(b"NOUR+::1'", b"NOUR+::2'").replace(b"ILYAS+::2'", b"ILYAS+::1'")
    after = read(mutant)
    numbers = {t.name.raw: [d.number for d in t.documents] for t in after.travellers}
    assert numbers["BENALI/SALMA/NOUR"] == ["ZZ1234567"]
    assert numbers["BENALI/ILYAS"] == ["ZZ7654321"]
