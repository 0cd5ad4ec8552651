"""UN Security Council Consolidated List, XML as published since 2014 (root CONSOLIDATED_LIST).

FIRST_NAME to FOURTH_NAME are positions in the name, neither given nor family names, and each may hold several words.
Empty nodes are normal. Dates of an alias belong to that false identity and not to the person.
"""

import re
from typing import Final

from lxml import etree

from vigie.errors import ListError
from vigie.records import Document, Entry, ListedDate, ListedName, NameKind, Problem
from vigie.watchlist.listed_dates import DATE, read_date
from vigie.watchlist.listed_documents import expiry_in, issuer_in, number_in, type_of
from vigie.watchlist.listed_names import listed_name
from vigie.watchlist.parts import Files, Here, Parts, country, day, sex
from vigie.watchlist.safe_xml import root

Node = etree._Element

_PLACES: Final = ("FIRST", "SECOND", "THIRD", "FOURTH")
_BORN: Final = re.compile(rf"\b(?:born|DP?OB)\b[\s:,-]*(?:in |on )?(?:[A-Z]\w+ on )?({DATE})")
_PLAIN_NUMBER: Final = re.compile(r"[A-Z0-9 /.-]*\d[A-Z0-9 /.-]*")


def recognises(head: bytes) -> bool:
    """True when the first bytes of a file open this format's root element."""
    return re.search(rb"<CONSOLIDATED_LIST[\s>]", head) is not None


def parse(files: Files) -> Parts:
    """The list in one XML file. Raises ListError when it is cut, damaged or of another root."""
    ((name, content),) = files.items()
    tree = root(content, name)
    if tree.tag != "CONSOLIDATED_LIST" or tree.find("INDIVIDUALS") is None:
        raise ListError(
            f"{name}: no INDIVIDUALS inside CONSOLIDATED_LIST, as the UN list has; check that it is the UN's XML file"
        )
    problems: list[Problem] = []
    nodes = enumerate(tree.iterfind("INDIVIDUALS/INDIVIDUAL"), 1)
    entries = tuple(_entry(node, Here(problems, _number(node, record), record)) for record, node in nodes)
    others = len(tree.findall("ENTITIES/ENTITY"))
    return Parts("un", day(tree.get("dateGenerated", "")), entries, others, tuple(problems))


def _number(node: Node, record: int) -> str:
    return _text(node, "REFERENCE_NUMBER") or _text(node, "DATAID") or f"record {record}"


def _entry(node: Node, here: Here) -> Entry:
    return Entry(
        list="un",
        id=here.entry,
        names=_names(node, here),
        birth_dates=_birth_dates(node, here),
        birth_places=tuple(filter(None, map(_place, node.iterfind("INDIVIDUAL_PLACE_OF_BIRTH")))),
        sex=sex(_text(node, "GENDER")),
        nationalities=_nationalities(node, here),
        documents=tuple(filter(None, map(_document, node.iterfind("INDIVIDUAL_DOCUMENT")))),
        programmes=tuple(filter(None, [_text(node, "UN_LIST_TYPE")])),
        listed_on=day(_text(node, "LISTED_ON")),
    )


def _names(node: Node, here: Here) -> tuple[ListedName, ...]:
    primary = " ".join(filter(None, (_text(node, f"{place}_NAME") for place in _PLACES)))
    original = _text(node, "NAME_ORIGINAL_SCRIPT")
    names = [
        *([listed_name("primary", primary, surname_first=False)] if primary else []),
        *([listed_name("original_script", original, surname_first=False)] if original else []),
        *(_alias(alias) for alias in node.iterfind("INDIVIDUAL_ALIAS") if _text(alias, "ALIAS_NAME")),
    ]
    if any("\ufffd" in name.name for name in names):
        here.add("NAME_DAMAGED", "warning", "INDIVIDUAL", "a name holds the mark of letters lost before publication")
    return tuple(names)


def _alias(node: Node) -> ListedName:
    name, note = _text(node, "ALIAS_NAME"), _text(node, "NOTE")
    kind: NameKind = "weak_alias" if _text(node, "QUALITY").casefold() == "low" else "alias"
    born = read_date(_text(node, "DATE_OF_BIRTH")) or _born(name) or _born(note)
    return listed_name(kind, name, note=note, birth_date=born.date if born else None)


def _born(text: str) -> ListedDate | None:
    """The one date a remark gives after `born` or `DOB`; several (`DOB: a) ... b) ...`) are not taken."""
    found = _BORN.search(text)
    return read_date(found[1]) if found else None


def _birth_dates(node: Node, here: Here) -> tuple[ListedDate, ...]:
    found = []
    for date in node.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        values = {child.tag: _text(date, str(child.tag)) for child in date}
        if any(values.get(tag) for tag in ("DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")):
            if (read := _birth_date(values)) is not None:
                found.append(read)
            else:
                here.no_date("INDIVIDUAL_DATE_OF_BIRTH")
    return tuple(found)


def _birth_date(values: dict[str, str]) -> ListedDate | None:
    note = values.get("NOTE", "")
    if values.get("DATE"):
        # The 2018 file has zone offsets on days: `1960-01-01-05:00`.
        read = read_date(values["DATE"][:10])
    elif values.get("YEAR"):
        # A month may stand in the note: `Sep.` beside 1958.
        read = read_date(f"{note} {values['YEAR']}") or read_date(values["YEAR"])
    elif values.get("FROM_YEAR") and values.get("TO_YEAR"):
        read = read_date(f"{values['FROM_YEAR']}/{values['TO_YEAR']}")
    else:
        read = read_date(values.get("FROM_YEAR") or values.get("TO_YEAR") or note)
    about = values.get("TYPE_OF_DATE", "").casefold() == "approximately" or note.casefold().startswith("approx")
    return ListedDate(date=read.date, approximate=True) if read and about else read


def _nationalities(node: Node, here: Here) -> tuple[str, ...]:
    listed = [text for value in node.iterfind("NATIONALITY/VALUE") if (text := " ".join((value.text or "").split()))]
    return tuple(filter(None, (here.country(text, "NATIONALITY") for text in listed)))


def _place(node: Node) -> str:
    return ", ".join(filter(None, (_text(node, tag) for tag in ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY"))))


def _document(node: Node) -> Document | None:
    """A document; its number may stand in any of three elements, alone or in a sentence."""
    label, kind, number, note = (
        _text(node, tag) for tag in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "NOTE")
    )
    if not (label or number or note):
        return None
    said = number or (kind if any(map(str.isdigit, kind)) else "") or note
    plain = _PLAIN_NUMBER.fullmatch(number) is not None
    raw = ", ".join(filter(None, dict.fromkeys([label, kind, "" if plain else said])))
    return Document(
        type=type_of(raw),
        type_raw=raw,
        number=number_in(said),
        issuer=country(_text(node, "ISSUING_COUNTRY")) or issuer_in(said) or country(_text(node, "COUNTRY_OF_ISSUE")),
        expires=expiry_in(note) or expiry_in(number),
    )


def _text(node: Node, tag: str) -> str:
    """Text of a child element with every run of blanks and line breaks as one blank; empty when there is none."""
    return " ".join((node.findtext(tag) or "").split())
