"""The publishers' own files: what was counted elsewhere is found, and what is not understood is told."""

import re
from collections import Counter
from pathlib import Path

import pytest

from vigie.dates import span
from vigie.records import Entry, Watchlist
from vigie.watchlist import read, summary

pytestmark = pytest.mark.data

# Persons and other entries as counted without this program; names, birth dates and documents as counted from the raw
# elements (UN: non-empty names, date nodes and document nodes) or remarks (OFAC).
LISTS = {
    "un_consolidated_2026-02-27.xml": ("2026-02-27", 730, 273, 3205, 869, 468),
    "un_consolidated_2025-11-20.xml": ("2025-11-20", 727, 273, 3204, 869, 468),
    "un_consolidated_2018-10-29.xml": ("2018-10-29", 703, 390, 3160, 837, 429),
    # A count that ends a weak alias at its first apostrophe comes to 12,631 names: it loses those beginning with one
    # ('ABD ...) and the three that stand behind the cut of a long remark.
    "ofac_sdn_2021-07": (None, 4620, 4356, 12649, 5125, 3705),
    "ofac_sdn_only_2024-05-03.csv": (None, 6854, 8111, 8905, 7534, 5147),
    "ofac_cons_2025-12": (None, 79, 363, 166, 74, 2),
}
PROBLEMS = {
    # A person's age, and letters lost in a name before publication.
    "un_consolidated_2026-02-27.xml": {"BIRTH_DATE_NOT_UNDERSTOOD": 1, "NAME_DAMAGED": 1},
    "un_consolidated_2025-11-20.xml": {"BIRTH_DATE_NOT_UNDERSTOOD": 1, "NAME_DAMAGED": 1},
    # Two ages, and a citizenship that is told to be withdrawn.
    "un_consolidated_2018-10-29.xml": {"BIRTH_DATE_NOT_UNDERSTOOD": 2, "NATIONALITY_NOT_KNOWN": 1},
    "ofac_sdn_2021-07": {"END_MARK_MISSING": 1},
    # Two remarks are cut where the comments file, which is not there, would go on.
    "ofac_sdn_only_2024-05-03.csv": {"ALIASES_MISSING": 1, "ALIAS_NOT_UNDERSTOOD": 2},
    "ofac_cons_2025-12": {},
}


@pytest.fixture(scope="module")
def lists(data: Path) -> dict[str, Watchlist]:
    return {name: read(data / "watchlists" / name) for name in LISTS}


def entry(watchlist: Watchlist, number: str) -> Entry:
    return next(entry for entry in watchlist.entries if entry.id == number)


def names(found: Entry, kind: str) -> list[str]:
    return [name.name for name in found.names if name.kind == kind]


@pytest.mark.parametrize("name", LISTS)
def test_figures(lists: dict[str, Watchlist], name: str) -> None:
    figures = summary(lists[name])
    counted = tuple(figures[key] for key in ("date", "persons", "names", "birth_dates", "documents"))
    date, persons, others, *rest = LISTS[name]
    assert counted == (date, persons, *rest)
    assert lists[name].others == others


@pytest.mark.parametrize("name", LISTS)
def test_every_problem_is_one_known(lists: dict[str, Watchlist], name: str) -> None:
    assert Counter(problem.code for problem in lists[name].problems) == PROBLEMS[name]


@pytest.mark.parametrize("name", LISTS)
def test_every_date_is_a_partial_date_and_every_entry_has_one_number(lists: dict[str, Watchlist], name: str) -> None:
    entries = lists[name].entries
    dates = [date.date for found in entries for date in found.birth_dates]
    dates += [listed.birth_date for found in entries for listed in found.names if listed.birth_date]
    assert all(1900 <= span(date).first.year <= 2015 for date in dates)
    assert len({found.id for found in entries}) == len(entries)


def test_un_names_by_kind_and_reference_by_regime(lists: dict[str, Watchlist]) -> None:
    entries = lists["un_consolidated_2026-02-27.xml"].entries
    kinds = Counter(name.kind for found in entries for name in found.names)
    assert kinds == {"primary": 730, "alias": 1524, "weak_alias": 615, "original_script": 336}
    assert Counter(name.script for found in entries for name in found.names if name.kind == "original_script") == {
        "Arab": 327,
        "Cyrl": 9,
    }
    assert Counter(found.id[:3] for found in entries).most_common(3) == [("QDi", 252), ("TAi", 135), ("KPi", 80)]
    # 51 have no date at all, and of one only an age is told.
    assert sum(1 for found in entries if not found.birth_dates) == 52
    assert sum(1 for found in entries for name in found.names if name.birth_date) >= 58


def test_ofac_names_by_kind(lists: dict[str, Watchlist]) -> None:
    entries = lists["ofac_sdn_2021-07"].entries
    kinds = Counter(name.kind for found in entries for name in found.names)
    assert kinds == {"primary": 4620, "alias": 6272, "weak_alias": 1757}
    assert sum(1 for found in entries if found.birth_dates) == 4428
    # Four of the 1,517 remarks with the word Gender are the names of ministries.
    assert sum(1 for found in entries if found.sex) == 1513
    labels = [document.type_raw or "" for found in entries for document in found.documents]
    counted = {label: sum(label in raw for raw in labels) for label in ("Passport", "Cedula", "C.U.R.P.", "Driver's")}
    assert counted == {"Passport": 1556, "Cedula": 713, "C.U.R.P.": 349, "Driver's": 22}


def test_every_birth_date_in_ofac_remarks_is_understood(data: Path, lists: dict[str, Watchlist]) -> None:
    raw = (data / "watchlists" / "ofac_sdn_2021-07" / "sdn.csv").read_text(encoding="ascii")
    listed = re.findall(r"(?<=[ \"])(?:alt\. )?DOB (?!:)[^;\"]*", raw)
    understood = sum(len(found.birth_dates) for found in lists["ofac_sdn_2021-07"].entries)
    assert len(listed) == understood == 5125


HARD = [
    # formats of the list, entry, birth dates, a name among those told, its forms
    ("un", "QDi.135", ["1955-12-26"], "Daud Hasan Shaikh Ibrahim Kaskar", ()),
    ("un", "QDi.028", ["1974-03-14", "1974-04-13", "1974-04-14", "1970-08-01"], "Ahmed, Abubakar K.", ()),
    ("un", "QDi.006", ["1951-06-19"], "Eddaouahiri Ayman", ()),
    ("un", "TAi.144", ["1977/1978"], "Serajuddin Haqani", ()),
    ("un", "QDi.309", ["1965-10-03"], "عبدالله السندي (Abdullah Sindhi)", ("عبدالله السندي", "Abdullah Sindhi")),
    ("un", "TAi.036", ["1969"], "فيض", ()),
    ("un", "TAi.095", ["1968"], "ولی جان", ()),
    (
        "un",
        "QDi.290",
        ["1964-04-13", "1965-04-13", "1964-05-12", "1955"],
        "Lom-ali Butayev (Butaev)",
        ("Lom-ali Butayev", "Lom-ali Butaev"),
    ),
    ("un", "QDi.366", ["1965-11-11"], "Ramzan Oduev", ("Ramzan Oduev", "Рамзан Одуев")),
    ("un", "QDi.396", ["1974-10-22"], "Amir Khazmat (original script: Амир Хазмат)", ("Amir Khazmat", "Амир Хазмат")),
    ("un", "QDi.268", ["1971-10-10"], "Memetiming Memeti", ()),
    ("un", "KPi.033", ["1964-07-17"], "RI WON HO", ()),
    (
        "un",
        "CFi.009",
        ["1959", "1960", "1961", "1963", "1964-09-18", "1965", "1961-08", "1961-07", "1961-01-01", "1963-04"],
        "Josef Kony",
        (),
    ),
    ("un", "CDi.030", ["1973/1974"], "Bosco Ntaganda", ()),
    ("un", "QDi.055", [str(year) for year in range(1937, 1946)], "Mehmood, Dr. Bashir Uddin", ()),
    ("ofac", "10612", ["1970-04-20"], "ABDELWADOUD, Abou", ()),
    ("ofac", "9760", ["1954-08-30"], "LUKASHENKO, Aleksandr Grigorievich", ()),
    ("ofac", "8886", ["1963"], "ZULKARNAN", ()),
    ("ofac", "7133", [str(year) for year in range(1937, 1946)], "MAHMOOD, Sultan Bashir-Ud-Din", ()),
]


@pytest.mark.parametrize(("source", "number", "dates", "name", "forms"), HARD, ids=[case[1] for case in HARD])
def test_hard_names(
    lists: dict[str, Watchlist], source: str, number: str, dates: list[str], name: str, forms: tuple[str, ...]
) -> None:
    found = entry(lists["un_consolidated_2026-02-27.xml" if source == "un" else "ofac_sdn_2021-07"], number)
    assert [date.date for date in found.birth_dates] == dates
    assert next(listed.forms for listed in found.names if listed.name == name) == forms


def test_what_the_un_list_says_of_single_persons(lists: dict[str, Watchlist]) -> None:
    watchlist = lists["un_consolidated_2026-02-27.xml"]
    assert len(names(entry(watchlist, "QDi.135"), "alias") + names(entry(watchlist, "QDi.135"), "weak_alias")) == 23
    assert names(entry(watchlist, "TAi.144"), "weak_alias") == ["Khalifa"]
    assert entry(watchlist, "TAi.144").birth_dates[0].approximate
    assert entry(watchlist, "KPi.033").nationalities == ("PRK",)
    forms = [name.forms for name in entry(watchlist, "QDi.309").names if name.forms]
    assert forms[0] == ("Abdul Rehman", "Abd Ur-Rehman", "Abdur Rahman")
    counterfeit = [document for document in entry(watchlist, "QDi.129").documents if document.number == "20645897"]
    assert [document.type for document in counterfeit] == [None]


def test_ofac_aliases_of_single_persons(lists: dict[str, Watchlist]) -> None:
    watchlist = lists["ofac_sdn_2021-07"]
    assert "ABDELWADOUD, Abou" in names(entry(watchlist, "10612"), "weak_alias")
    assert len(entry(watchlist, "10612").names) == 1 + 45 + len(names(entry(watchlist, "10612"), "weak_alias"))
    assert {name.family for name in entry(watchlist, "8886").names} == {None}
    assert "snowsjohn" in names(entry(watchlist, "28263"), "weak_alias")


@pytest.mark.parametrize(
    ("name", "place"), [("un_individuals.csv", "uid,kind,name,dob"), ("ofac_individuals.csv", "uid,kind,name,dob")]
)
def test_other_headers_are_refused_by_name(data: Path, name: str, place: str) -> None:
    with pytest.raises(Exception, match=f"line 1: '{place},gender,nationality' where 'entry_id,kind,name,birth_date"):
        read(data / "matching" / "lists" / name)


def test_formats_not_yet_known_are_refused_with_one_line(data: Path) -> None:
    for name in (
        "ofac_cons_2025-03-28.xml",
        "ca_sema_2025.xml",
        "interpol_red_2023-05_half.json",
        "us_csl_2025-05.csv.gz",
    ):
        with pytest.raises(Exception, match=r"is none of the list formats un-xml, ofac-csv, csv"):
            read(data / "watchlists" / name)
