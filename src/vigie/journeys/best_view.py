"""The present best view of one person: each field from the latest message that gives it, with the exceptions below.

1. What a verified API message (GEI+4+173) says of the document fields is not displaced by a booking.
2. A partial birth date does not displace a full one that it may mean.
3. `verified` is what the latest API message says of itself.
4. Fields that hold several things (documents, contacts, tickets) show those of the lists and, behind them, those that
   each standing booking has and the lists have not. In one list or booking, what a later message gives takes the place
   of what was there, and what it only leaves out stays: a name of another place (`Name.source`), a document of another
   kind or State, what else is known of the same document.
5. A name in a document is not displaced by a later one of the same booking that stands in none.
6. What a booking says that is cancelled, or that the person has left, counts only where nothing else gives it.
Whatever was displaced stays in the history, and every message as it was sent.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Final, NamedTuple

import msgspec

from vigie import dates
from vigie.journeys.functions import Kind
from vigie.records import Document, Name, Traveller

DOCUMENT_FIELDS: Final = frozenset(["name", "birth_date", "birth_place", "birth_country", "sex", "nationality"])
"""What a document says; with each go the fields that explain it."""
_WITH: Final[dict[str, tuple[str, ...]]] = {
    "birth_date": ("birth_date_basis",),
    "nationality": ("nationalities", "stateless"),
}
_SEVERAL: Final = (
    "names",
    "documents",
    "contacts",
    "addresses",
    "tickets",
    "loyalty",
    "government_references",
    "protections",
)
_FLAGS: Final = ("infant",)
"""True as long as the latest message of one kind says so: API has no mark for infants."""
_SINGLE: Final = (
    *DOCUMENT_FIELDS,
    "capacity",
    "in_transit",
    "residence",
    "embarks",
    "disembarks",
    "record_locator",
    "reference",
    "seats",
    "bags",
    "bag_weight",
    "bag_tags",
    "traveller_type",
    "clearance",
    "occupation",
    "checked_in",
    "sequence",
)
_OF_API: Final = frozenset(["in_transit", "capacity"])
"""Fields that bookings do not have; what stands there is no statement."""
_DOCUMENT: Final = "DOCS"
"""Where the name of a document stands in a booking."""
_MOST_SOURCES: Final = 16
"""Bookings of one person, and the lists. More are not of one who travels: together they count as one that stands."""
_FURTHER: Final = "further"
_LEFT_OUT: Final = frozenset(["booking", "placeholder"])
"""The first means something in its message only; the second never changes: placeholders are linked to their like."""


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a message changed in the best view of a person.

    **Both values are personal data**: keep them where the traveller is kept, and delete them with him.
    """

    field: str
    """Name of a field of `vigie.records.Traveller`."""
    old: str | None = None
    """Readable text; several values joined by `; `."""
    new: str | None = None


class Origin(NamedTuple):
    """Where a mention stands, and what it is a version of."""

    kind: Kind
    source: Hashable
    """Equal for the versions of one booking; one for all lists."""
    mention: tuple[int, int]
    stands: bool = True
    """False for a booking that is cancelled."""


class _Given(NamedTuple):
    """The value of a field, with those that explain it."""

    order: int
    values: dict[str, Any]
    kind: Kind
    verified: bool


class _Source:
    """The lists, or one booking."""

    __slots__ = ("fields", "infant", "kind", "papers", "several", "stands")

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.stands = True
        self.infant = False
        self.fields: dict[str, _Given] = {}
        self.several: dict[str, tuple[Any, ...]] = {}
        self.papers: dict[object, tuple[int, int]] = {}
        """Documents to the last mention that has each."""


class BestView:
    """Takes in mentions in the order to apply them."""

    def __init__(self) -> None:
        self._view: Traveller | None = None
        self._sources: dict[Hashable, _Source] = {}
        self._picked: dict[str, _Given] = {}
        self._joined: dict[str, dict[object, Any]] = {}
        self._verified: bool | None = None
        self._order = 0

    @property
    def traveller(self) -> Traveller:
        """The view. `booking` is None: it is an index into a message."""
        assert self._view is not None
        return self._view

    @property
    def papers(self) -> tuple[tuple[int, int], ...]:
        """For each document of the view, the last mention that has it where the document is taken from."""
        found: dict[object, tuple[int, int]] = {}
        for source in self._in_order():
            for key, mention in source.papers.items():
                found.setdefault(key, mention)
        return tuple(found[_same(document)] for document in self.traveller.documents)

    def take(self, mention: Traveller, origin: Origin) -> tuple[FieldChange, ...]:
        """Takes in one more mention; what it changed, nothing for the first."""
        self._order += 1
        if origin.kind == "API":
            self._verified = mention.verified
        key = origin.source
        if key not in self._sources and len(self._sources) >= _MOST_SOURCES and origin.kind == "PNR":
            key = _FURTHER
        source = self._sources.setdefault(key, _Source(origin.kind))
        stands = origin.stands or key == _FURTHER
        changes = source.stands != stands
        source.stands, source.infant = stands, mention.infant
        given = self._given(source, mention)
        several = [field for field in _SEVERAL if _take_several(source, field, mention)]
        source.papers |= {_same(document): origin.mention for document in mention.documents}
        if changes or not stands:
            self._pick_anew()
        else:
            for field, value in given:
                self._pick(field, value)
            for field in several:
                self._join(field)
        return self._show(mention)

    def end(self, sources: Iterable[Hashable]) -> tuple[FieldChange, ...]:
        """Bookings that are cancelled, or that the person has left; what that changes."""
        ended = [self._sources[each] for each in sources if each in self._sources]
        if self._view is None or not any(source.stands for source in ended):
            return ()
        for source in ended:
            source.stands = False
        self._pick_anew()
        return self._show(self._view)

    def _given(self, source: _Source, mention: Traveller) -> list[tuple[str, _Given]]:
        """What a mention gives, as far as it says no less than what was known from its source."""
        found = []
        for field in _SINGLE:
            if not _gives(field, mention, source):
                continue
            values = {name: getattr(mention, name) for name in (field, *_WITH.get(field, ()))}
            verified = source.kind == "API" and mention.verified is True and field in DOCUMENT_FIELDS
            given = _Given(self._order, values, source.kind, verified)
            before = source.fields.get(field)
            if before is not None and field == "birth_date" and _says_less(values[field], before.values[field]):
                given = before._replace(order=self._order)
            source.fields[field] = given
            found.append((field, given))
        return found

    def _pick(self, field: str, given: _Given) -> None:
        """Takes the value for that of the view, where it may."""
        before = self._picked.get(field)
        if before is not None:
            if before.verified and given.kind == "PNR":
                return
            if field == "birth_date" and _says_less(given.values[field], before.values[field]):
                return
        self._picked[field] = given

    def _pick_anew(self) -> None:
        """Everything, of what stands now."""
        self._picked = {}
        gone = {given.values["record_locator"] for given in self._all("record_locator", stands=False)}
        for field in _SINGLE:
            ended, standing = self._all(field, stands=False), self._all(field, stands=True)
            if field == "record_locator":  # a list that repeats the locator of a booking that is gone
                standing.sort(key=lambda given: given.values["record_locator"] not in gone)
            for given in (*ended, *standing):
                self._pick(field, given)
        for field in _SEVERAL:
            self._join(field)

    def _all(self, field: str, stands: bool) -> list[_Given]:
        found = [
            each.fields[field] for each in self._sources.values() if each.stands is stands and field in each.fields
        ]
        return sorted(found, key=lambda given: given.order)

    def _in_order(self) -> list[_Source]:
        """The lists, the bookings that stand, those that are gone."""
        return sorted(self._sources.values(), key=lambda source: (source.kind != "API", not source.stands))

    def _join(self, field: str) -> None:
        found: dict[object, Any] = {}
        for source in self._in_order():
            if not source.stands and found:
                break
            for value in source.several.get(field, ()):
                found.setdefault(_same(value), value)
        self._joined[field] = found

    def _show(self, mention: Traveller) -> tuple[FieldChange, ...]:
        before = self._view
        values: dict[str, Any] = {}
        for given in self._picked.values():
            values |= given.values
        values |= {field: tuple(found.values()) for field, found in self._joined.items()}
        values |= {field: any(source.infant for source in self._standing()) for field in _FLAGS}
        self._view = after = msgspec.structs.replace(before or mention, booking=None, verified=self._verified, **values)
        return tuple(_changes(before, after)) if before is not None else ()

    def _standing(self) -> list[_Source]:
        return [source for source in self._sources.values() if source.stands] or [*self._sources.values()]


def _gives(field: str, mention: Traveller, source: _Source) -> bool:
    value = getattr(mention, field)
    if field == "name":
        before = source.fields.get("name")
        in_document = before is not None and before.values["name"].source == _DOCUMENT
        left_out = in_document and all(name.source != _DOCUMENT for name in (mention.name, *mention.names))
        return bool(mention.name.family or mention.name.given) and not left_out
    if field == "nationality" and mention.stateless:
        return True
    return value is not None and value != () and not (source.kind == "PNR" and field in _OF_API)


def _take_several(source: _Source, field: str, mention: Traveller) -> bool:
    """Takes in what the mention gives of a field; whether that changes anything."""
    new, old = getattr(mention, field), source.several.get(field, ())
    if not new:
        return False
    if field == "documents":
        new = _documents(new, old)
    elif field == "names":
        places = {name.source for name in new}
        new = (*new, *(name for name in old if name.source not in places))
    source.several[field] = new
    return bool(new != old)


def _documents(new: tuple[Document, ...], old: tuple[Document, ...]) -> tuple[Document, ...]:
    """Those of the later message, with what is known of the same document; behind them those it leaves out. A number
    that was not there takes the place of another of its kind and State, of which nobody has two."""
    known = {_same(document): document for document in old}
    numbered = {_kind_of(document) for document in (*new, *old) if document.number}
    told = {_same(each): each for each in new if each.number or _kind_of(each) not in numbered}
    fresh: dict[object, set[str | None]] = {}
    for key, document in told.items():
        if key not in known:
            fresh.setdefault(_kind_of(document), set()).add(document.issuer)
    left = [each for key, each in known.items() if key not in told and not _is_displaced(each, fresh)]
    return (*(_filled(each, known.get(key)) for key, each in told.items()), *left)


def _kind_of(document: Document) -> object:
    return document.type, document.kind


def _is_displaced(document: Document, fresh: dict[object, set[str | None]]) -> bool:
    issuers = fresh.get(_kind_of(document), set())
    return bool(issuers) and (document.issuer is None or not issuers.isdisjoint((None, document.issuer)))


def _filled(document: Document, before: Document | None) -> Document:
    """A document with what the later message leaves out of it."""
    if before is None or before == document:
        return document
    fields = {name: getattr(before, name) for name in Document.__struct_fields__ if getattr(document, name) is None}
    return msgspec.structs.replace(document, **fields)


def _same(value: object) -> object:
    """What makes two values one thing: two messages spell its details differently."""
    if isinstance(value, Document) and value.number:
        return "".join(filter(str.isalnum, value.number.upper())), value.type
    if isinstance(value, Name):
        return (value.family or "").upper(), (value.given or "").upper()
    return value


def _says_less(new: str, old: str | None) -> bool:
    """True when the old date lies within what the new one may mean."""
    if old is None or new == old:
        return False
    try:
        wide, narrow = dates.span(new), dates.span(old)
    except ValueError:
        return False
    return wide.days > narrow.days and wide.first <= narrow.first and narrow.last <= wide.last


def _changes(before: Traveller, after: Traveller) -> Iterator[FieldChange]:
    for field in Traveller.__struct_fields__:
        old, new = getattr(before, field), getattr(after, field)
        if field in _LEFT_OUT or field == "names" or old == new:
            continue
        told = _text(old), _text(new)
        if told[0] != told[1]:
            yield FieldChange(field=field, old=told[0], new=told[1])


def _text(value: object) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return "; ".join(_text(each) or "" for each in value)
    if isinstance(value, Name):
        return ", ".join(part for part in (value.family, value.given) if part) or value.raw
    if isinstance(value, Document):
        value = msgspec.structs.replace(value, type_raw=None)  # each format has its own way to write the same type
    if isinstance(value, msgspec.Struct):
        parts = (_text(part) for part in msgspec.structs.astuple(value))
        return " ".join(part for part in parts if part)
    return str(value)
