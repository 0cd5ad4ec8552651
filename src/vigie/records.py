"""The frozen shapes that two or more rooms share. Names are the field's words (GLOSSARY.md).

All are msgspec structs: immutable, slotted, built in well under a microsecond, and written as JSON in the order of
their fields. `vigie read --json` is exactly `Message` (docs/reference/read.schema.json). Absent is None, never a
guess; what a sender wrote stands beside what it was normalised to (`*_raw`).

Formats: countries are ISO 3166-1 alpha-3 or an ICAO Doc 9303 part 3 special code (UNO, XXA, D is given as DEU);
partial dates as in `vigie.dates`; times are local to the place, `2026-11-23T05:40` (seconds only if sent).
Nothing here checks its own values: the readers do, and report with a `Problem` instead of refusing.
"""

from typing import Literal

import msgspec

Sex = Literal["M", "F", "X"]
Mode = Literal["air", "sea", "rail", "road", "foot"]
MessageType = Literal["PAXLST", "PNRGOV", "CUSRES", "PNL", "MRZ", "MANIFEST"]
NameKind = Literal["primary", "alias", "weak_alias", "original_script"]
Severity = Literal["error", "warning", "note"]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something about an input that a person should know. `says` never quotes content of the input.

    severity: `error` = some content could not be attributed (exit code 1); `warning` = the input contradicts itself
    or its standard, nothing was lost; `note` = a rule was applied (a century derived, a repair made).
    """

    code: str
    """Upper case with underscores, stable: docs/reference/problems.md lists all."""
    severity: Severity
    segment: str | None = None
    """Segment tag, element or column the problem is in, as the format names it."""
    position: int | None = None
    """Offset in bytes from the start of the input as received (of a list file: line or record number)."""
    says: str


# -- messages ---------------------------------------------------------------------------------------------------


class Leg(msgspec.Struct, frozen=True, kw_only=True, rename={"origin": "from", "destination": "to"}):
    """One movement of a conveyance between two places. Places are IATA or UN/LOCODE codes as sent."""

    carrier: str | None = None
    number: str | None = None
    """Digits without leading zeros, with an operational suffix kept: `989`, `12A`."""
    number_raw: str | None = None
    """Carrier and number as sent: `UA0989`."""
    origin: str | None = None
    destination: str | None = None
    departs: str | None = None
    """Local to `origin`: `2026-11-23T05:40`, or only `2026-11-23` when no time of day was sent."""
    departs_zone: str | None = None
    """IANA zone of the place, when the place is known."""
    departs_utc: str | None = None
    """`2026-11-23T04:40Z`; None while the zone is unknown or no time of day was sent."""
    arrives: str | None = None
    arrives_zone: str | None = None
    arrives_utc: str | None = None


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """A conveyance's voyage: its legs in order of travel."""

    mode: Mode
    legs: tuple[Leg, ...] = ()


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """One name of a traveller, as one source gives it. A one-name person has `family` only."""

    family: str | None = None
    given: str | None = None
    raw: str
    """The name exactly as sent, with the format's own separators."""
    source: str
    """Where it stood: `NAD`, `DOCS`, `TIF`, `PNL`, `MRZ`, `CSV`."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A travel or identity document. `number` is upper case without blanks; never an invented check digit."""

    type: str | None = None
    """First letter of the ICAO Doc 9303 document code: P passport, V visa, I identity card, A, C, L (crew licence)."""
    type_raw: str | None = None
    number: str | None = None
    issuer: str | None = None
    expires: str | None = None


class Traveller(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a message, or a placeholder for persons not named yet."""

    capacity: Literal["passenger", "crew"]
    in_transit: bool = False
    infant: bool = False
    placeholder: bool = False
    """True for group headers and TBA: counted, but not a person yet."""
    name: Name
    names: tuple[Name, ...]
    birth_date: str | None = None
    birth_place: str | None = None
    sex: Sex | None = None
    nationality: str | None = None
    """Only what the sender gave as nationality; never taken from birth place or issuing State."""
    residence: str | None = None
    documents: tuple[Document, ...] = ()
    embarks: str | None = None
    disembarks: str | None = None
    record_locator: str | None = None
    reference: str | None = None
    """The carrier's unique passenger reference (RFF+ABO)."""
    seats: tuple[str, ...] = ()
    bags: int | None = None
    """Number of checked bags, when sent."""
    verified: bool | None = None
    """True when the carrier says the data were verified against the document (GEI+4+173)."""
    booking: int | None = None
    """Index into `Message.bookings`."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    kind: Literal["telephone", "email", "address"]
    value: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a booking's history."""

    at: str | None = None
    action: str
    what: str | None = None


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """A reservation (PNR)."""

    locator: str | None = None
    created: str | None = None
    segments: tuple[Leg, ...] = ()
    travellers: tuple[int, ...] = ()
    """Indices into `Message.travellers`."""
    changes: tuple[Change, ...] = ()
    payment: tuple[str, ...] = ()
    """Forms of payment as codes; card numbers are never kept."""
    contacts: tuple[Contact, ...] = ()


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """A government's answer about one traveller (CUSRES)."""

    record_locator: str | None = None
    reference: str | None = None
    codes: tuple[str, ...] = ()
    text: str | None = None
    transaction: str | None = None
    flight: str | None = None


class MachineReadableZone(msgspec.Struct, frozen=True, kw_only=True):
    """An MRZ as read (ICAO Doc 9303 parts 4 to 7)."""

    format: str
    lines: tuple[str, ...]
    check_digits: dict[str, Literal["ok", "bad", "empty"]]
    optional: str | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message of an input. Plain data: the same bytes and the same `as_of` give the same object."""

    source: str
    """What the caller called the input (a file name); never parsed."""
    sha256: str
    """Of the bytes as received, of the whole input."""
    type: MessageType | None
    """None when the bytes are no known message; `problems` then says why."""
    version: str | None = None
    """`D.05B` for PAXLST and CUSRES, `13:1` for PNRGOV."""
    function: str | None = None
    """The message's own function code with its qualifier: `745`, `745+CP`, `250+C`, `266+CLOB`; `22` for PNRGOV."""
    journeys: tuple[Journey, ...] = ()
    travellers: tuple[Traveller, ...] = ()
    bookings: tuple[Booking, ...] = ()
    statuses: tuple[Status, ...] = ()
    mrz: MachineReadableZone | None = None
    problems: tuple[Problem, ...] = ()


# -- watchlists -------------------------------------------------------------------------------------------------


class ListedName(msgspec.Struct, frozen=True, kw_only=True):
    """One name of an entry, as its list gives it (trimmed)."""

    kind: NameKind
    name: str
    forms: tuple[str, ...] = ()
    """The names it stands for when it is not simply one name: several in one cell, a variant in brackets."""
    family: str | None = None
    given: str | None = None
    """Family and given part, only where the list itself separates them (`SURNAME, Given`)."""
    script: str
    """ISO 15924 code of the main script: Latn, Arab, Cyrl, Hani, ..."""
    birth_date: str | None = None
    """A date that belongs to this alias (a false identity) and not to the person."""


class ListedDate(msgspec.Struct, frozen=True, kw_only=True):
    """One alternative birth date of an entry."""

    date: str
    """Partial date or range."""
    approximate: bool = False
    """The list says circa, about, approximately."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One listed person. A match with an entry is a lead, never an identity."""

    list: str
    """Key of the list: `un`, `ofac-sdn`, or the file's own name for a plain CSV."""
    id: str
    """The list's own stable number: `QDi.135`, `10612`."""
    names: tuple[ListedName, ...]
    birth_dates: tuple[ListedDate, ...] = ()
    birth_places: tuple[str, ...] = ()
    sex: Sex | None = None
    nationalities: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    programmes: tuple[str, ...] = ()
    listed_on: str | None = None


class Watchlist(msgspec.Struct, frozen=True, kw_only=True):
    """A list file, read whole."""

    list: str
    format: str
    """`un-xml`, `ofac-csv`, `csv`."""
    version: str
    """SHA-256 of the bytes of its file or files, in the order they are read."""
    date: str | None
    """The day the publisher says it was generated; None where the format does not tell."""
    entries: tuple[Entry, ...]
    others: int = 0
    """Records that are not persons (entities, ships, aircraft): counted, never matched with a traveller."""
    problems: tuple[Problem, ...] = ()
    operational: bool = False
    """True only with a manifest that names legal ground, purpose and owner; others print `not for operations`."""


# -- screening --------------------------------------------------------------------------------------------------


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One term of the sum, as shown to the analyst: what was compared, how well it agrees, what that is worth."""

    field: str
    """`name`, `birth_date`, `sex`, `nationality`, `document`, `list_quality`."""
    traveller: str | None
    entry: str | None
    level: str
    """Name of the agreement level, stable; docs/reference/evidence.md lists all."""
    millibits: int
    """Thousandths of a bit (log2 likelihood ratio); negative speaks against the match."""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The machine's lead that a traveller may be a listed person, with everything that speaks for and against it."""

    list: str
    entry: str
    caption: str
    """The entry's primary name, for people to read."""
    matched_name: str
    """The listed name (as listed) that the traveller's name was aligned with."""
    millibits: int
    """Sum of the evidence."""
    probability: float
    """Posterior that both are one person, from the sum and the stated prior."""
    alert: bool
    """At or above the threshold, and not resting on a weak alias alone."""
    operational: bool
    """True when the list had a manifest of its legal ground; a match with another list is not for operations."""
    evidence: tuple[Evidence, ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of screening one traveller of one message. Not a decision about a person: people make those."""

    traveller: int
    """Index into `Message.travellers`."""
    journey: int | None
    """Index into `Message.journeys`; None for a message without one."""
    matches: tuple[Match, ...]
    """Best first; ties by list and entry id."""
    list_version: str
    """Names the exact lists screened against (docs/reference/screening.md)."""
    engine_version: str
    """Names the exact rules and parameters of the matcher."""
    threshold_millibits: int

    @property
    def alert(self) -> bool:
        """True when at least one match alerts."""
        return any(match.alert for match in self.matches)
