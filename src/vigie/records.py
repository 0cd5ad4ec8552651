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
MessageType = Literal["PAXLST", "PNRGOV", "CUSRES", "PNL", "APP", "MRZ", "MANIFEST"]
DocumentKind = Literal[
    "passport",
    "diplomatic_passport",
    "official_passport",
    "emergency_passport",
    "passport_card",
    "laissez_passer",
    "consular_laissez_passer",
    "refugee_travel_document",
    "stateless_travel_document",
    "alien_travel_document",
    "identity_card",
    "ecowas_identity_card",
    "residence_permit",
    "visa",
    "border_pass",
    "seafarer_identity_document",
    "crew_member_certificate",
    "crew_licence",
    "military_identity_card",
    "driving_licence",
    "birth_certificate",
    "handwritten",
    "other",
    "none",
]
"""What a document is, whatever letters its format uses for it. `none`: the sender says that there is no document, which
is not the same as saying nothing. `handwritten`: any paper filled in by hand. GLOSSARY.md explains each."""
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
    kind: Literal["carriage", "surface", "open", "service"] = "carriage"
    """Of a booking's segments: `surface` goes by other means (ARNK), `open` has no flight yet, `service` is a hotel,
    car or other service, whose code is `service`."""
    service: str | None = None
    """Code of a non-air service as sent (PNRGOV MSG 4025; `8` is a hotel)."""
    operating_carrier: str | None = None
    """Who flies, where the segment was sold under another carrier's code."""
    operating_number: str | None = None
    border: bool = False
    """True when the sender marks it as the leg that crosses the border of the State written to (LOC 125 to 87)."""
    booking_class: str | None = None
    status: str | None = None
    """Status of a booked segment as sent: `HK`, `HX`."""
    places_booked: int | None = None


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
    """Where it stood: `NAD`, `PDT`, `DOCS`, `TIF`, `INFT`, `PNL`, `APP`, `MRZ`, `CSV`, `XML`."""
    title: str | None = None
    """What was separated from the given name because it is certainly a title: `MR`, `MRS`, `DR`. `raw` still has it."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A travel or identity document. `number` is upper case without blanks; never an invented check digit."""

    type: str | None = None
    """First letter of the ICAO Doc 9303 document code: P passport, V visa, I identity card, A, C, L (crew licence)."""
    type_raw: str | None = None
    number: str | None = None
    issuer: str | None = None
    expires: str | None = None
    kind: DocumentKind | None = None
    """None when neither the code nor anything else sent says what it is."""
    issued: str | None = None
    issue_place: str | None = None
    verified: bool | None = None
    """As `Traveller.verified`, for this document alone (PAXLST D.12B and later)."""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An address as sent. `country` is normalised; the rest is text of the sender."""

    kind: Literal["residence", "destination", "billing", "contact", "other"]
    country: str | None = None
    lines: tuple[str, ...] = ()
    """Street, town, region, postal code, as far as sent, in the order of the format."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """`value` is readable: an e-mail's `//` is written `@`, and `..` as the sender's format has it becomes `_`."""

    kind: Literal["telephone", "email", "address", "fax", "other"]
    value: str
    raw: str | None = None
    """As sent, where that differs."""


class BagTags(msgspec.Struct, frozen=True, kw_only=True):
    """A run of tag numbers: `first` and the `count - 1` that follow it."""

    first: str
    count: int = 1
    destination: str | None = None


Protection = Literal["UMNR", "INAD", "DEPA", "DEPU"]
"""Persons the law protects or escorts: unaccompanied minor, inadmissible, deportee accompanied and unaccompanied."""


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
    traveller_type: str | None = None
    """As sent: `A`, `C`, `IN`, `G` (TIF), `ADT`; what it means is in `infant` and `placeholder`."""
    birth_date_basis: Literal["document", "declared", "assessed"] | None = None
    """`assessed`: an officer's or a physician's estimate of the age, which `birth_date` then gives as a range."""
    stateless: bool = False
    """The sender or the document says so (XXA, a 1954 travel document); never concluded from a missing nationality."""
    nationalities: tuple[str, ...] = ()
    """All that were sent, in their order, when there is more than one; `nationality` is the first."""
    clearance: str | None = None
    """Place where the border is cleared (LOC+22)."""
    birth_country: str | None = None
    contacts: tuple[Contact, ...] = ()
    addresses: tuple[Address, ...] = ()
    bag_weight: str | None = None
    """With its unit as sent: `23KGM`, `46LBR`."""
    bag_tags: tuple[BagTags, ...] = ()
    tickets: tuple[str, ...] = ()
    """Ticket numbers, with the coupon where it was sent: `7842836432717C2`."""
    loyalty: tuple[str, ...] = ()
    """Frequent-flyer references: carrier, `:` and number, as far as sent."""
    government_references: tuple[str, ...] = ()
    """Redress, known-traveller or visa-waiver numbers (RFF+AEA, SSR DOCO), as sent."""
    occupation: str | None = None
    """Crew duty as coded (EMP): `CR1` cockpit, `CR2` cabin, `CR3` maintenance, ..."""
    protections: tuple[Protection, ...] = ()
    checked_in: str | None = None
    """Local time of check-in, when sent."""
    sequence: str | None = None
    """Check-in sequence number, when sent."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a booking's history. Only what belongs to the 19 elements of a PNR is kept."""

    at: str | None = None
    """As sent, with its zone when that was sent: `2013-05-23T18:13`, `2010-12-07T10:10Z`."""
    action: str
    """`added`, `removed`, or the sender's own code where it is neither."""
    what: str | None = None
    """Element of the PNR: `name`, `segment`, `seat`, `document`, `contact`, `ticket`, `payment`, `bag`, `service`."""
    value: str | None = None
    """The changed element in a readable form, where the list of elements that may be kept has it."""
    by: str | None = None
    """Office that made the change, as sent."""


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
    locators: tuple[str, ...] = ()
    """Every locator sent, `CARRIER:LOCATOR`, the first one's `locator` included."""
    departure_control: bool = False
    """`locator` is a departure-control reference because there is no reservation (RCI type C)."""
    changed: str | None = None
    ticketed: str | None = None
    agency: str | None = None
    """Identity of the office that booked: carrier or system, place and number, as far as sent, joined by `/`."""
    addresses: tuple[Address, ...] = ()
    cancelled: bool = False
    """An empty ORG: the booking, or all of its segments, were cancelled."""
    size: int | None = None
    """Number of travellers the sender announces."""
    split: tuple[str, ...] = ()
    """Locators of the records this one was divided from or into."""
    services: tuple[str, ...] = ()
    """Codes of special services that may be kept (docs/reference/sensitive.md)."""


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


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Who sent a message to whom, and the references by which its parts and answers find each other."""

    sender: str | None = None
    recipient: str | None = None
    sent: str | None = None
    """As sent, without zone: `2019-09-24T11:30`."""
    interchange: str | None = None
    """Control reference of the interchange (UNB 0020)."""
    group: str | None = None
    """Reference of the functional group (UNG 0048)."""
    message: str | None = None
    """Reference of the message (UNH 0062)."""
    access: str | None = None
    """Common access reference (UNH 0068): the same in all parts and in the answer."""
    application: str | None = None
    """`APIS`, `IAPI`, `PNRGOV` (UNB 0026)."""
    transaction: str | None = None
    """RFF+TN: what an interactive answer is matched with."""
    part: int = 1
    last_part: bool = True
    """False for a part with more to come; a part without mark counts as such only when its number says so."""


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """Totals that a sender states. They are of the whole list, over all of its parts."""

    passengers: int | None = None
    """CNT+42."""
    crew: int | None = None
    """CNT+41."""
    bookings: int | None = None
    """EQN of a PNRGOV push, before its first booking."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Where every byte of a message went. `received` is the sum of the other three: nothing is lost in silence."""

    received: int
    understood: int
    """Known to the standard and read, with the characters that only separate and fold."""
    unknown: int
    """Well formed, of a kind not known here; a `Problem` names the kind, and the original keeps it."""
    reported: int
    """In no record, and a `Problem` says why: damaged, without owner, repeated, around the message."""


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """A span of the input that is not stored: it is replaced by filler of the same length (`messages.redaction`)."""

    offset: int
    """In bytes of the input as received."""
    length: int
    code: str
    """Why, never what: docs/reference/sensitive.md lists the codes."""


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
    envelope: Envelope | None = None
    account: Account | None = None
    """Of this message's bytes; over all messages of an input, `received` adds up to its length."""
    removals: tuple[Removal, ...] = ()
    """In order, not overlapping."""
    announced: Announced | None = None
    """None when the sender states no total."""


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
