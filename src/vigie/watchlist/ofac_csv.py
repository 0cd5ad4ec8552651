"""OFAC's legacy CSV: the SDN list (sdn, alt, add, sdn_comments) and the Consolidated list (cons_*), four files each.

No header; null is `-0- ` with a blank; the files end in Ctrl-Z. Columns of the main file: number, name, type,
programme, title, call sign, vessel type, tonnage, gross tonnage, flag, owner, remarks. Birth dates, documents,
nationalities and the weak aliases stand in the remarks only; remarks too long for the cell go on in the comments file,
cut anywhere.
"""

import re
from collections import defaultdict
from pathlib import PurePath
from typing import Final, NamedTuple

from vigie.errors import ListError
from vigie.records import Document, Entry, ListedDate, Problem
from vigie.watchlist.csv_rows import rows
from vigie.watchlist.listed_dates import DATE, read_date
from vigie.watchlist.listed_documents import number_in, type_of
from vigie.watchlist.listed_names import listed_name
from vigie.watchlist.parts import Files, Here, Parts, country, sex

FOLDERS: Final = (
    ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"),
    ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"),
)
"""The files that make one list when they stand in one folder: main file, aliases, addresses, continued remarks."""

Table = list[tuple[int, list[str]]]
"""Rows with the lines they end on, null cells empty."""

_COLUMNS: Final = (12, 5, 6, 2)
_LONGEST_NUMBER: Final = 26
_TYPES: Final = ("individual", "vessel", "aircraft", "")
_END: Final = b"\x1a"
_STATES: Final = ("nationality", "citizen")
_ALIAS: Final = re.compile(r"[afn]\.k\.a\.")
_WEAK_ALIAS: Final = re.compile(r"[afn]\.k\.a\. '(.*)'")
_FACT: Final = re.compile(r"(?:alt\. )?(DOB|POB|nationality|citizen|Gender):? (.+)")
_DOCUMENT: Final = re.compile(
    r"(?:alt\. )?(?P<label>"
    r"(?:Diplomatic |British National Overseas |Stateless Person )?Passport(?: Booklet| Laissez-Passer)?"
    r"|(?:Kenyan|National|Moroccan Personal|Bosnian Personal|Tazkira National|National Foreign|Refugee|Stateless Person"
    r"|Personal) ID (?:No\.|Number|Card)(?: Tatmadaw Kyee)?"
    r"|(?:Turkish )?Identification Number|UAE Identification|Cedula No\.(?: T\.I\.)?|Numero de Identidad|D\.N\.I\."
    r"|Citizen's Card Number|Travel Document Number|VisaNumberID|Residency Number|Romanian Permanent Resident"
    r"|Seafarer's Identification Document|Driver's License No\.|Pilot License Number|Birth Certificate Number"
    r"|Military Registration Number|Cartilla de Servicio Militar Nacional|Electoral Registry No\.|Credencial electoral"
    r"|(?:Public Security and )?Immigration No\.|Registration (?:ID|Number)|Serial No\.|LE Number|SSN|RTN|Tax ID No\."
    r"|Italian Fiscal Code|Matricula Mercantil No|NIT|RUC|RFC|R\.F\.C\."
    r"|C\.U\.R\.P\.|C\.U\.I\.P\.|C\.U\.I\.T\.|C\.U\.I\."
    r"|I\.F\.E\.|N\.I\.E\.|CNP \(Personal Numerical Code\)"
    r"):?(?: #)? (?P<number>.+?)(?: \((?P<issuer>[^)]*)\))?"
    rf"(?: issued (?:{DATE}))?(?: expires (?P<expires>{DATE}))?"
)
"""Labels of papers and personal numbers; other remarks of the same shape are telephones, web sites, legal notes."""


def recognises(head: bytes) -> bool:
    """True for a first line of the main file: number, name, type and nine cells more."""
    line = rb'\d+,(?:"(?:[^"]|"")*"|-0- ?),(?:"(?:individual|vessel|aircraft)"|-0- ),'
    return re.match(line, head.removeprefix(b"\xef\xbb\xbf")) is not None


def parse(files: Files) -> Parts:
    """The list in its four files, or in the main file alone, which leaves most aliases out and says so.

    Raises ListError when a file is cut or damaged, or refers to an entry that the main file does not hold.
    """
    names = list(files)
    tables = [_table(files[name], name, columns) for name, columns in zip(names, _COLUMNS, strict=False)]
    main = tables[0]
    for name, table in zip(names[1:], tables[1:], strict=True):
        _check_joined(name, table, names[0], main)
    aliases, comments = (tables[1], tables[3]) if len(tables) == len(_COLUMNS) else ([], [])
    problems = [*_end_marks(files), *([_alone()] if len(tables) == 1 else [])]
    more = _more(aliases, comments)
    key = "ofac-cons" if PurePath(names[0]).name.casefold().startswith("cons") else "ofac-sdn"
    persons = [(line, row) for line, row in main if _is_person(row, names[0], line)]
    entries = tuple(_entry(key, row, more[row[0]], Here(problems, row[0], line)) for line, row in persons)
    return Parts(key, None, entries, len(main) - len(persons), tuple(problems))


def _table(content: bytes, name: str, columns: int) -> Table:
    lines = rows(content.rstrip().removesuffix(_END), name, columns)
    return [(line, ["" if cell.strip() == "-0-" else cell.strip() for cell in row]) for line, row in lines]


def _is_person(row: list[str], name: str, line: int) -> bool:
    if row[2] not in _TYPES:
        raise ListError(
            f"{name}: line {line}: the third column is no type of entry known; check that it is OFAC's file"
        )
    return row[2] == "individual"


def _check_joined(name: str, table: Table, main_name: str, main: Table) -> None:
    known = {row[0] for _, row in main}
    for line, row in table:
        if row[0] not in known:
            raise ListError(
                f"{name}: line {line}: belongs to an entry that {PurePath(main_name).name} does not hold; the files "
                "are of different days or one is cut, fetch all four again"
            )


def _end_marks(files: Files) -> list[Problem]:
    """A file cut between two rows looks whole but for its last byte, which a few whole copies lack too."""
    return [
        Problem(
            code="END_MARK_MISSING",
            severity="warning",
            says=f"{PurePath(name).name} does not end with Ctrl-Z, as the published file does: check that it is whole",
        )
        for name, content in files.items()
        if not content.rstrip().endswith(_END)
    ]


def _alone() -> Problem:
    return Problem(
        code="ALIASES_MISSING",
        severity="note",
        says="only the main file was given: most aliases and the ends of long remarks are in its sister files; "
        "give the folder that holds all four",
    )


class _More(NamedTuple):
    """What the sister files hold about one entry."""

    aliases: list[str]
    remarks: list[str]


def _more(aliases: Table, comments: Table) -> defaultdict[str, _More]:
    more: defaultdict[str, _More] = defaultdict(lambda: _More([], []))
    for _, row in aliases:
        if row[3]:
            more[row[0]].aliases.append(row[3])
    for _, row in comments:
        more[row[0]].remarks.append(row[1])
    return more


def _entry(key: str, row: list[str], more: _More, here: Here) -> Entry:
    remarks = _remarks(row[11] + "".join(more.remarks))
    facts = [(fact[1], fact[2]) for remark in remarks if (fact := _FACT.fullmatch(remark))]
    return Entry(
        list=key,
        id=here.entry,
        names=(
            listed_name("primary", row[1]),
            *(listed_name("alias", name) for name in more.aliases),
            *(listed_name("weak_alias", name) for name in _weak_aliases(remarks, here)),
        ),
        birth_dates=_birth_dates([value for label, value in facts if label == "DOB"], here),
        birth_places=tuple(value for label, value in facts if label == "POB"),
        sex=next(filter(None, (sex(value) for label, value in facts if label == "Gender")), None),
        nationalities=_nationalities([value for label, value in facts if label in _STATES], here),
        documents=tuple(_document(found) for remark in remarks if (found := _DOCUMENT.fullmatch(remark))),
        programmes=tuple(filter(None, (programme.strip("[] ") for programme in row[3].split("] [")))),
    )


def _remarks(text: str) -> list[str]:
    """Remarks are separated by `;`, mostly with a blank behind, and end in one full stop."""
    return [remark.strip() for remark in text.strip().removesuffix(".").split(";")]


def _weak_aliases(remarks: list[str], here: Here) -> list[str]:
    """Names between single quotes, in which apostrophes may stand too: `a.k.a. 'ABU-'UMAR'`."""
    listed = [remark for remark in remarks if _ALIAS.match(remark)]
    found = [alias[1] for remark in listed if (alias := _WEAK_ALIAS.fullmatch(remark))]
    if len(found) < len(listed):
        here.add("ALIAS_NOT_UNDERSTOOD", "warning", "Remarks", "an alias in the remarks is cut or not quoted; left out")
    return found


def _birth_dates(listed: list[str], here: Here) -> tuple[ListedDate, ...]:
    found = [read_date(text) for text in listed]
    for _ in range(found.count(None)):
        here.no_date("Remarks")
    return tuple(filter(None, found))


def _nationalities(listed: list[str], here: Here) -> tuple[str, ...]:
    found = (here.country(text, "Remarks") for text in listed)
    return tuple(dict.fromkeys(filter(None, found)))


def _unusual_number(text: str) -> str | None:
    """Numbers with small letters or brackets in them (`12/BaHaNa(N)010023`), but no sentence that holds one."""
    short = len(text) <= _LONGEST_NUMBER and any(map(str.isdigit, text))
    return "".join(text.split()).upper() if short else None


def _document(found: re.Match[str]) -> Document:
    listed = re.sub(r"^[A-Za-z.]+: ", "", found["number"])
    number = number_in(listed) or _unusual_number(listed)
    expires = read_date(found["expires"] or "")
    return Document(
        type=type_of(found["label"]),
        type_raw=found["label"] if number else found[0],
        number=number,
        issuer=country(found["issuer"] or ""),
        expires=expires.date if expires else None,
    )
