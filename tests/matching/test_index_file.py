"""The index file: the same answers as the lists it was built from, and nothing in it trusted before it is checked."""

import datetime as dt
import os
import random
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import common
from tests.conftest import ROOT
from tests.matching import damage
from tests.matching.invented import INDEX, LISTED, entry, name, passport, query, watchlist
from vigie.errors import IndexFileError
from vigie.matching import Index, Query, index, index_file, kernel
from vigie.matching.clear import CUT_LENGTHS
from vigie.matching.index_file import DTYPES, PAGE
from vigie.records import Entry, NameKind, Sex, Watchlist

pytestmark = pytest.mark.kernel

NOW = dt.datetime(2026, 11, 24, 19, 5, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index") / "invented.index"
    INDEX.write(path, NOW)
    return path


@pytest.fixture(scope="module")
def data(file: Path) -> bytes:
    return file.read_bytes()


# -- the same answers -------------------------------------------------------------------------------------------------

_WORDS = "ahmad ali hassan hussein abd al rahman karim nur din omar said ould mohamed kim yong LI".split()
_NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(" ".join)
_DATES = st.sampled_from(["1970-04-20", "1970", "1970/1975", "1971-03", "1980-12-31", "no date"])
_NUMBERS = st.sampled_from(["AB1234507", "A8I2345O7", "Q7781234", "12345678", "X9"])
_SEXES: st.SearchStrategy[Sex | None] = st.sampled_from([None, "M", "F", "X"])
_NATIONS = st.sampled_from(["EGY", "PRK", "MRT", "NOR"])
_KINDS: st.SearchStrategy[NameKind] = st.sampled_from(["primary", "alias", "weak_alias"])


@st.composite
def _entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    return tuple(
        entry(
            str(number),
            *(name(text, draw(_KINDS)) for text in texts),
            born=tuple(draw(st.lists(_DATES, max_size=2))),
            sex=draw(_SEXES),
            nationalities=tuple(draw(st.lists(_NATIONS, max_size=2))),
            documents=tuple(passport(one) for one in draw(st.lists(_NUMBERS, max_size=2))),
        )
        for number, texts in enumerate(draw(st.lists(st.lists(_NAMES, min_size=1, max_size=3), max_size=8)))
    )


@st.composite
def _queries(draw: st.DrawFn) -> Query:
    return Query(
        names=tuple(draw(st.lists(_NAMES, max_size=2))),
        birth_date=draw(st.none() | _DATES),
        sex=draw(_SEXES),
        nationality=draw(st.none() | _NATIONS),
        documents=tuple(passport(one) for one in draw(st.lists(_NUMBERS, max_size=2))),
    )


@given(_entries(), st.lists(_queries(), min_size=1, max_size=4), st.sampled_from([-np.inf, 0, 5000, 20_000]))
@settings(max_examples=60)
def test_it_answers_as_the_lists_do(
    tmp_path_factory: pytest.TempPathFactory, entries: tuple[Entry, ...], asked: list[Query], threshold: float
) -> None:
    path = tmp_path_factory.getbasetemp() / "drawn.index"
    built = Index([watchlist(*entries)])
    built.write(path, NOW)
    mapped = Index.opened(path, verified=True)
    clear = Index.opened(path, compiled=False)
    expected = built.search_all(asked, threshold)
    assert mapped.search_all(asked, threshold) == expected
    assert clear.search_all(asked, threshold) == Index([watchlist(*entries)], compiled=False).search_all(
        asked, threshold
    )
    assert tuple(mapped.entries) == tuple(built.entries)
    assert dict(mapped.entry) == dict(built.entry)
    assert (mapped.lists, mapped.list_version, mapped.engine_version) == (
        built.lists,
        built.list_version,
        built.engine_version,
    )


@pytest.mark.data
@pytest.mark.nightly
def test_it_answers_as_the_real_lists_do(tmp_path: Path) -> None:
    built = Index(common.lists())
    built.write(tmp_path / "real.index", NOW)
    mapped = Index.opened(tmp_path / "real.index", verified=True)
    asked = common.travellers(5_000)
    for threshold in (built.threshold(100), 5_000):
        assert mapped.search_all(asked, threshold) == built.search_all(asked, threshold)
    assert tuple(mapped.entries) == tuple(built.entries)


def test_an_index_that_was_opened_can_be_written_again(file: Path, data: bytes, tmp_path: Path) -> None:
    Index.opened(file).write(tmp_path / "again.index", NOW)
    assert (tmp_path / "again.index").read_bytes() == data


def test_a_number_that_a_list_has_twice_is_the_last_entry(tmp_path: Path) -> None:
    built = Index([watchlist(entry("1", "Anders Holt"), entry("1", "Nina Berg"), entry("2", "Zulqadrain"))])
    built.write(tmp_path / "twice.index", NOW)
    found = Index.opened(tmp_path / "twice.index")
    assert dict(found.entry) == built.entry
    assert found.entry["invented", "1"].names[0].name == "Nina Berg"
    assert len(found.entry) == 2
    with pytest.raises(KeyError):
        found.entry["invented", "3"]


def test_two_texts_of_one_hash_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """64 bits collide sooner or later: the entry itself decides."""
    monkeypatch.setattr(index_file, "_hash", lambda text: len(text) % 2)
    INDEX.write(tmp_path / "one.index", NOW)
    found = Index.opened(tmp_path / "one.index")
    assert dict(found.entry) == INDEX.entry
    for number in ("AB1234507", "AB1234508", "A8I2345O7", "AB12345077"):
        asked = query(documents=(passport(number),))
        assert found.search(asked, 0) == INDEX.search(asked, 0)


def test_entries_are_a_sequence(file: Path) -> None:
    entries = Index.opened(file).entries
    assert (len(entries), entries[0], entries[-1]) == (12, LISTED[0], LISTED[-1])
    assert tuple(entries[2:5]) == LISTED[2:5]
    for outside in (12, -13):
        with pytest.raises(IndexError):
            entries[outside]


def test_facts_of_the_lists_are_kept(tmp_path: Path) -> None:
    lists = (
        watchlist(*LISTED[:3], operational=True),
        Watchlist(list="other", format="un-xml", version="b" * 64, date="2026-11-01", entries=LISTED[3:5], others=7),
    )
    Index(lists).write(tmp_path / "two.index", NOW)
    held = index_file.header_of(tmp_path / "two.index")
    assert held.created == "2026-11-24T19:05:00Z"
    assert [msgspec.structs.astuple(one) for one in held.lists] == [
        ("invented", "csv", "a" * 64, None, 3, 0, True),
        ("other", "un-xml", "b" * 64, "2026-11-01", 2, 7, False),
    ]
    (found,) = Index.opened(tmp_path / "two.index").search(query("ZULQADRAIN", birth_date="1963"), 0)
    assert found.operational


# -- opening ----------------------------------------------------------------------------------------------------------


def test_nothing_is_decoded_at_opening(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[int] = []
    decode = index_file.Entries._decode

    def counted(own: index_file.Entries, place: int) -> Entry:
        decoded.append(place)
        return decode(own, place)

    monkeypatch.setattr(index_file.Entries, "_decode", counted)
    opened = Index.opened(file, verified=True)
    assert decoded == []
    (match,) = opened.search(query("RI YONG TAEK", birth_date="1964-07-17"), opened.threshold(100))
    assert (match.entry, decoded) == ("8", [7])


def test_without_a_kernel_the_clear_engine_searches(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "missing", lambda: "no C compiler is here")
    opened = Index.opened(file)
    assert opened.not_compiled == "no C compiler is here"
    asked = query("RI YONG TAEK", birth_date="1964-07-17")
    assert opened.search(asked, 0) == INDEX.search(asked, 0)
    with pytest.raises(kernel.NotBuiltError, match="no C compiler"):
        opened.write(file.with_name("never.index"), NOW)
    assert not file.with_name("never.index").exists()


def test_sections_are_pages_of_little_endian_numbers(data: bytes) -> None:
    """The layout of docs/reference/index-file.md, read by the plain twin of the tests."""
    header, sections = damage.taken_apart(data)
    assert list(sections) == list(DTYPES)
    assert all(section["offset"] % PAGE == 0 for section in header["sections"])
    assert all(dtype[0] in "<|" for dtype in DTYPES.values())
    assert damage.put_together(header, sections) == data
    at = np.frombuffer(sections["entries_at"], dtype="<u8").tolist()
    assert at[0] == 0
    assert msgspec.json.decode(sections["entries"][at[2] : at[3]], type=Entry) == LISTED[2]


# -- refused ----------------------------------------------------------------------------------------------------------


def _with(data: bytes, **changes: Any) -> bytes:
    header, sections = damage.taken_apart(data)
    return damage.put_together({**header, **changes}, sections)


def _section(data: bytes, which: str, change: Callable[[Any], Any]) -> bytes:
    """The file with one section changed, layout and checksums sound."""
    header, sections = damage.taken_apart(data)
    values = np.frombuffer(sections[which], dtype=DTYPES[which]).copy()
    return damage.put_together(header, {**sections, which: change(values).astype(DTYPES[which]).tobytes()})


def _set(place: int, value: int) -> Callable[[Any], Any]:
    def changed(values: Any) -> Any:
        values[place] = value
        return values

    return changed


REFUSED: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("empty", lambda data: b"", "is empty"),
    ("another file", lambda data: b"<?xml version='1.0'?>", "is no index file"),
    ("less than the magic", lambda data: data[:5], "is no index file"),
    ("the magic only", lambda data: data[:8], "ends after 8 bytes"),
    ("another format", lambda data: data[:8] + b"\2\0\0\0" + data[12:], "has format 2; this Vigie reads format 1"),
    ("half a header", lambda data: data[:100], "header is not what was written"),
    ("a bit of the header", lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:], "header is not what was"),
    ("a header as long as memory", lambda data: data[:12] + b"\xff" * 4 + data[16:], "header is not what was written"),
    ("half a file", lambda data: data[: len(data) // 2 // PAGE * PAGE], "bytes, and"),
    ("a byte short", lambda data: data[:-1], "bytes, and"),
    ("a byte more", lambda data: data + b"\0", "bytes, and"),
    ("another engine", lambda data: _with(data, digest="0" * 64), "built by the engine 000000000000 of Vigie"),
    ("a list with more persons", lambda data: _with(data, lists=[]), "different numbers of entries"),
    ("a year before the calendar", lambda data: _with(data, first_year=0), "header is none"),
    ("years beyond the calendar", lambda data: _with(data, years=2**32), "header is none"),
    ("control characters", lambda data: _with(data, vigie="\x1b[2J"), "header is none"),
    ("offsets of records fall", lambda data: _section(data, "entries_at", _set(2, 0)), "do not rise"),
    ("an offset beyond the records", lambda data: _section(data, "entries_at", _set(-1, 2**63)), "do not rise"),
    ("no offset", lambda data: _section(data, "entries_at", lambda values: values[:0]), "do not rise"),
    ("a table out of order", lambda data: _section(data, "keys", lambda values: values[::-1]), "lost its order"),
    ("a place beyond the entries", lambda data: _section(data, "keys_entry", _set(0, 12)), "lost its order"),
    ("one place too few", lambda data: _section(data, "numbers_entry", lambda values: values[1:]), "lost its order"),
    ("an entry more in the arrays", lambda data: _section(data, "sex", lambda values: np.append(values, 1)), "differ"),
    ("a row beyond the forms", lambda data: _section(data, "posts", _set(0, 2**31)), "check 17"),
    ("a date of year 0", lambda data: _section(data, "dates", _set(2, 0)), "check 31"),
    ("a charge below 0", lambda data: _section(data, "charge", _set(0, -(2**31))), "check 33"),
    ("one spelling many times", lambda data: _section(data, "bone_words", np.zeros_like), "check 6 "),
    ("one word many times", lambda data: _section(data, "alphabet", np.zeros_like), "check 6 "),
]


@pytest.mark.parametrize(("reason", "change", "says"), REFUSED, ids=[reason for reason, *_ in REFUSED])
def test_refused(data: bytes, tmp_path: Path, reason: str, change: Callable[[bytes], bytes], says: str) -> None:
    path = tmp_path / "bad.index"
    path.write_bytes(change(data))
    with pytest.raises(IndexFileError, match=says) as refused:
        Index.opened(path)
    assert str(refused.value).startswith(f"{path}: "), reason
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("first_year", [-(2**31), 0, 9_999, 2**31 - 1])
def test_years_outside_the_calendar_are_refused(file: Path, first_year: int) -> None:
    """The kernel takes differences of years."""
    held = index_file.opened(file, index.parameters_digest()).arrays
    assert held.years > 1
    with pytest.raises(ValueError, match="check 34 failed"):
        kernel.Kernel(held.sections, first_year, held.years)


def test_a_pairing_too_large_to_remember_ends(file: Path) -> None:
    """Twenty words that may each be three of twenty others: sixty pairs, and millions of ways to choose among them.

    No list has such a name; made by hand, it kept the kernel busy without end.
    """
    words = (
        "bramo duzik felga hurop jitev koxal lumed nafir poduw qerin sibol tavuk vemox wiguf yorta zephi cudra gomsa"
    )
    words += " reltu ibnop"
    listed = Index([watchlist(entry("1", words))])
    asked = listed.columns([query(words)])
    assert listed.arrays is not None
    own, first_year, years, _ = listed.arrays
    chance, count = random.Random(3), len(own["word_role"])
    assert len(own["word_items"]) == count == 20
    others = [chance.sample([other for other in range(count) if other != one], 2) for one in range(count)]
    items = np.array([[one, *two] for one, two in enumerate(others)], dtype=np.uint32)
    crowded = {
        **own,
        "word_items": own["word_items"][items].ravel(),
        "word_items_at": np.arange(0, items.size + 1, 3, dtype=np.uint32),
    }
    with pytest.raises(MemoryError):
        kernel.Kernel(crowded, first_year, years).screen(asked, CUT_LENGTHS, 0)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, says in (
        (tmp_path, "is no file"),
        (tmp_path / "none", "no such file"),
        (tmp_path / "pipe", "is no file"),
    ):
        with pytest.raises(IndexFileError, match=says):
            Index.opened(path)


def test_a_layout_that_leaves_the_file_or_overlaps_is_refused(data: bytes, tmp_path: Path) -> None:
    header, _ = damage.taken_apart(data)
    start = len(damage.headed(header))
    path = tmp_path / "bad.index"
    changes: list[tuple[str, int | str]] = [("offset", 0), ("offset", 2**40), ("offset", 7), ("bytes", 2**40)]
    changes += [("bytes", -4), ("bytes", 2), ("dtype", "<u8"), ("dtype", "|O"), ("name", "letters")]
    for key, value in changes:
        described = [dict(section) for section in header["sections"]]
        described[12][key] = value
        path.write_bytes(damage.headed({**header, "sections": described}) + data[start:])
        with pytest.raises(IndexFileError, match="is damaged"):
            Index.opened(path)


def test_every_bit_that_is_turned_is_seen(data: bytes, tmp_path: Path) -> None:
    """With the checksums checked, in each part of the file and in the padding between them."""
    header, sections = damage.taken_apart(data)
    start, path = len(damage.headed(header)), tmp_path / "bad.index"
    first = {section["name"]: start + section["offset"] for section in header["sections"]}
    places = [place for name, at in first.items() for place in (at, at + max(0, len(sections[name]) - 1), at + 4095)]
    places += [*range(20), 500, start - 1, len(data) - 1, *random.Random(1).sample(range(len(data)), 100)]
    for place in places:
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        with pytest.raises(IndexFileError):
            Index.opened(path, verified=True)


def test_a_damaged_record_is_refused_when_it_is_wanted(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.index"
    path.write_bytes(data.replace(b"Zulqadrain", b"Zulqadrein"))
    opened = Index.opened(path)
    assert opened.search(query("RI YONG TAEK"), 0) == INDEX.search(query("RI YONG TAEK"), 0)
    with pytest.raises(IndexFileError, match="record of its entry 2 is not what was written"):
        opened.search(query("ZULQADRAIN"), 0)
    with pytest.raises(IndexFileError, match="section entries is not what was written"):
        Index.opened(path, verified=True)


# -- writing ----------------------------------------------------------------------------------------------------------


def test_a_file_that_is_open_stays_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "list.index"
    INDEX.write(path, NOW)
    before = Index.opened(path)
    Index([watchlist(entry("1", "Anders Holt"))]).write(path, NOW)
    asked = query("RI YONG TAEK")
    assert before.search(asked, 0) == INDEX.search(asked, 0) != ()
    assert Index.opened(path).search(asked, 0) == ()
    assert os.listdir(tmp_path) == ["list.index"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_half_written_is_left(tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.index"
    path.write_bytes(data)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        INDEX.write(path, NOW)
    assert (os.listdir(tmp_path), path.read_bytes()) == (["list.index"], data)


def test_where_it_cannot_be_written_is_told(tmp_path: Path) -> None:
    for path, says in ((tmp_path, "is a folder"), (tmp_path / "none" / "list.index", "cannot be written")):
        with pytest.raises(IndexFileError, match=says):
            INDEX.write(path, NOW)


# -- thousands of damaged files ---------------------------------------------------------------------------------------


def _damaged(file: Path, first: int, last: int) -> dict[str, int]:
    """Outcomes, in a process of its own: a crash is its end, and its last line says by which file."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.matching.damage", str(file), str(first), str(last)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    *_, last_line = done.stdout.splitlines() or [""]
    assert done.returncode == 0, f"code {done.returncode} at {last_line}\n{done.stderr[-3000:]}"
    return msgspec.json.decode(last_line, type=dict[str, int])


@pytest.mark.parametrize("shard", range(2))
def test_damaged_files_are_refused_or_answer(file: Path, shard: int) -> None:
    counts = _damaged(file, 1000 * shard, 1000 * (shard + 1))
    assert sum(counts.values()) == 1000
    assert counts["refused"] > 500
    assert counts["answered"] > 50, "a check that refuses everything would prove nothing"


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("shard", range(10))
def test_many_damaged_files_are_refused_or_answer(file: Path, shard: int) -> None:
    first = 2000 + 5000 * shard
    assert sum(_damaged(file, first, first + 5000).values()) == 5000


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_the_sanitizers_find_nothing() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "sanitize_kernel.py")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-5000:]
    assert done.stdout.count("nothing found") == 3
