"""Writes an invented watchlist: as the UN Security Council's consolidated XML, and as the plain CSV.

The XML keeps the real list's habits: name parts that are only positions, empty nodes where nothing is known, country
names in words, dates of three types, alias quality Good and Low.
"""

import csv
import datetime as dt
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from vigie.demo.states import STATES
from vigie.records import Document, ListedDate, Sex

_PARTS: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_DOCUMENTS: Final = {"P": "Passport", "I": "National Identification Number"}
_GENDERS: Final[dict[Sex, str]] = {"M": "Male", "F": "Female"}
_KINDS: Final[dict[str, str]] = {"Good": "alias", "Low": "weak_alias"}
_COMMENT: Final = "Invented person. Any likeness to a real person is chance."


class Alias(NamedTuple):
    """Another name; `Low` is the list's word for a weak one."""

    quality: Literal["Good", "Low"]
    name: str


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An invented listed person."""

    id: str
    parts: tuple[str, ...]
    """One to four name parts in the order of the list, in any script."""
    original: str | None = None
    """The whole name in its own script."""
    aliases: tuple[Alias, ...] = ()
    births: tuple[ListedDate, ...] = ()
    """Alternative birth dates; a range is two years, `1970/1975`."""
    birth_place: str | None = None
    """City and State as in `demo.people`: `FES MAR`."""
    sex: Sex | None = None
    nationality: str | None = None
    documents: tuple[Document, ...] = ()


def write_xml(listed: Iterable[Listed], others: Sequence[str], day: dt.date) -> bytes:
    """The list as UN consolidated XML of `day`; `others` are names of invented entities, which are no persons."""
    root = ET.Element("CONSOLIDATED_LIST", {"dateGenerated": f"{day.isoformat()}T00:00:09.554Z"})
    individuals = ET.SubElement(root, "INDIVIDUALS")
    for number, person in enumerate(listed, 1):
        _individual(individuals, person, number, day)
    entities = ET.SubElement(root, "ENTITIES")
    for number, name in enumerate(others, 1):
        _entity(entities, name, number, day)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}\n'.encode()


def write_csv(listed: Iterable[Listed]) -> bytes:
    """The list as plain CSV: one row per name; further birth dates and documents stand in rows without a name."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["entry_id", "kind", "name", "birth_date", "sex", "nationality", "document_number"])
    for person in listed:
        facts = [person.sex or "", person.nationality or ""]
        births = [birth.date for birth in person.births] or [""]
        numbers = [document.number or "" for document in person.documents] or [""]
        for at in range(max(len(births), len(numbers))):
            birth, number = births[min(at, len(births) - 1)], numbers[min(at, len(numbers) - 1)]
            rows.writerow([person.id, "primary", "" if at else " ".join(person.parts), birth, *facts, number])
        names = [(_KINDS[alias.quality], alias.name) for alias in person.aliases]
        names += [("original_script", person.original)] if person.original else []
        for kind, name in names:
            rows.writerow([person.id, kind, name, "", *facts, ""])
    return out.getvalue().encode("utf-8")


def _individual(parent: ET.Element, person: Listed, number: int, day: dt.date) -> None:
    node = ET.SubElement(parent, "INDIVIDUAL")
    names = tuple(zip(_PARTS, person.parts, strict=False))
    _texts(node, ("DATAID", str(7000000 + number)), ("VERSIONNUM", "1"), *names, ("UN_LIST_TYPE", "Demonstration"))
    _texts(node, ("REFERENCE_NUMBER", person.id), ("LISTED_ON", _listed_on(number, day)))
    if person.sex:
        _texts(node, ("GENDER", _GENDERS[person.sex]))
    if person.original:
        _texts(node, ("NAME_ORIGINAL_SCRIPT", person.original))
    _texts(node, ("COMMENTS1", _COMMENT))
    if person.nationality:
        _texts(ET.SubElement(node, "NATIONALITY"), ("VALUE", STATES[person.nationality].name))
    _texts(ET.SubElement(node, "LIST_TYPE"), ("VALUE", "Demonstration list"))
    _texts(ET.SubElement(node, "LAST_DAY_UPDATED"), ("VALUE", ""))
    for alias in person.aliases or (("", ""),):
        _texts(ET.SubElement(node, "INDIVIDUAL_ALIAS"), ("QUALITY", alias[0]), ("ALIAS_NAME", alias[1]))
    _texts(ET.SubElement(node, "INDIVIDUAL_ADDRESS"), ("COUNTRY", ""))
    _births(node, person)
    for document in person.documents or (None,):
        _document(node, document)
    _texts(node, ("SORT_KEY", ""), ("SORT_KEY_LAST_MOD", ""))


def _entity(parent: ET.Element, name: str, number: int, day: dt.date) -> None:
    node = ET.SubElement(parent, "ENTITY")
    _texts(node, ("DATAID", str(7900000 + number)), ("VERSIONNUM", "1"), ("FIRST_NAME", name))
    _texts(node, ("UN_LIST_TYPE", "Demonstration"), ("REFERENCE_NUMBER", f"VGe.{number:03d}"))
    _texts(node, ("LISTED_ON", _listed_on(number, day)), ("COMMENTS1", "Invented entity."))
    _texts(ET.SubElement(node, "LIST_TYPE"), ("VALUE", "Demonstration list"))
    _texts(ET.SubElement(node, "ENTITY_ALIAS"), ("QUALITY", ""), ("ALIAS_NAME", ""))
    _texts(ET.SubElement(node, "ENTITY_ADDRESS"), ("COUNTRY", ""))
    _texts(node, ("SORT_KEY", ""), ("SORT_KEY_LAST_MOD", ""))


def _births(node: ET.Element, person: Listed) -> None:
    for birth in person.births:
        _birth(ET.SubElement(node, "INDIVIDUAL_DATE_OF_BIRTH"), birth)
    if not person.births:
        _texts(ET.SubElement(node, "INDIVIDUAL_DATE_OF_BIRTH"), ("TYPE_OF_DATE", ""))
    place = ET.SubElement(node, "INDIVIDUAL_PLACE_OF_BIRTH")
    if person.birth_place is None:
        _texts(place, ("COUNTRY", ""))
        return
    city, _, state = person.birth_place.rpartition(" ")
    _texts(place, ("CITY", city.title()), ("COUNTRY", STATES[state].name))


def _birth(node: ET.Element, birth: ListedDate) -> None:
    first, slash, last = birth.date.partition("/")
    if slash:
        _texts(node, ("TYPE_OF_DATE", "BETWEEN"), ("FROM_YEAR", first), ("TO_YEAR", last))
        return
    kind = "APPROXIMATELY" if birth.approximate else "EXACT"
    _texts(node, ("TYPE_OF_DATE", kind), ("YEAR" if len(first) == 4 else "DATE", first))


def _document(node: ET.Element, document: Document | None) -> None:
    inner = ET.SubElement(node, "INDIVIDUAL_DOCUMENT")
    if document is None:
        return
    _texts(inner, ("TYPE_OF_DOCUMENT", _DOCUMENTS[document.type or "P"]), ("NUMBER", document.number or ""))
    if document.issuer:
        _texts(inner, ("ISSUING_COUNTRY", STATES[document.issuer].name))


def _listed_on(number: int, day: dt.date) -> str:
    """Some day of the ten years before the list, different for neighbours."""
    return (day - dt.timedelta(days=200 + number * 977 % 3400)).isoformat()


def _texts(node: ET.Element, *children: tuple[str, str]) -> None:
    for tag, text in children:
        ET.SubElement(node, tag).text = text or None
