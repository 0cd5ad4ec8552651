"""The present best view of one person: each field from the latest message that gives it, with the exceptions below.

1. What a verified API message (GEI+4+173) says of the document fields is not displaced by a booking.
2. A partial birth date does not displace a full one that it may mean.
3. `verified` is what the latest API message says of itself.
4. Fields that hold several things (documents, contacts, tickets) show those of the latest API message and, behind them,
   those of the latest booking that it does not have.
Whatever was displaced stays in the history, and every message as it was sent.
"""

from collections.abc import Iterator
from typing import Any, Final

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


class BestView:
    """Takes in mentions in the order to apply them."""

    def __init__(self) -> None:
        self._view: Traveller | None = None
        self._latest: dict[Kind, Traveller] = {}
        self._verified: set[str] = set()

    @property
    def traveller(self) -> Traveller:
        """The view. `booking` is None: it is an index into a message."""
        assert self._view is not None
        return self._view

    def take(self, mention: Traveller, kind: Kind) -> tuple[FieldChange, ...]:
        """Takes in one more mention; what it changed, nothing for the first."""
        before = self._view
        self._latest[kind] = mention
        if before is None:
            self._view = msgspec.structs.replace(mention, booking=None)
            self._mark(mention, kind, _SINGLE)
            return ()
        fields = [field for field in _SINGLE if self._may_set(field, mention, kind)]
        values = {name: getattr(mention, name) for field in fields for name in (field, *_WITH.get(field, ()))}
        self._mark(mention, kind, fields)
        values |= {field: self._joined(field) for field in _SEVERAL}
        values |= {field: any(getattr(latest, field) for latest in self._latest.values()) for field in _FLAGS}
        values["verified"] = self._latest["API"].verified if "API" in self._latest else None
        self._view = after = msgspec.structs.replace(before, **values)
        return tuple(_changes(before, after))

    def _may_set(self, field: str, mention: Traveller, kind: Kind) -> bool:
        value = getattr(mention, field)
        if field == "name":
            value = mention.name.family or mention.name.given
        if value is None or value == () or (kind == "PNR" and field in _OF_API):
            return False
        if field in self._verified and kind == "PNR":
            return False
        return field != "birth_date" or not _says_less(value, self.traveller.birth_date)

    def _mark(self, mention: Traveller, kind: Kind, fields: Any) -> None:
        """Remembers which document fields come from a verified message."""
        for field in DOCUMENT_FIELDS.intersection(fields):
            if kind == "API" and mention.verified and getattr(mention, field) is not None:
                self._verified.add(field)
            else:
                self._verified.discard(field)

    def _joined(self, field: str) -> tuple[Any, ...]:
        found: dict[object, object] = {}
        for kind in ("API", "PNR"):
            latest = self._latest.get(kind)
            for value in getattr(latest, field) if latest else ():
                found.setdefault(_same(value), value)
        return tuple(found.values())


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
