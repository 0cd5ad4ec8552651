"""What of a traveller tells who he is, in a form that two mentions can be compared in."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from vigie.journeys.name_agreement import Spelled, spelled_names
from vigie.names import skeleton
from vigie.records import Document, DocumentKind, Sex, Traveller

_TICKET: Final = re.compile(r"(?:INF)?([0-9]{13})(?![0-9]{2})")
"""Thirteen digits; a check digit, the coupon and INF of an infant's ticket stand around them."""
_SHORTEST_NUMBER: Final = 4
"""Characters of a document number that can be one; fillers are shorter."""


class Paper(NamedTuple):
    """A document."""

    number: str
    type: str | None
    """Type letter."""
    issuer: str | None
    kind: DocumentKind | None
    expires: str | None


class Identity(NamedTuple):
    """Identifiers of one mention. Empty where nothing was sent, or only a filler such as `0000000`."""

    names: tuple[Spelled, ...]
    placeholder: bool
    birth_date: str | None
    sex: Sex | None
    nationality: str | None
    papers: tuple[Paper, ...]
    references: frozenset[str]
    locators: frozenset[str]
    tickets: frozenset[str]
    seats: frozenset[str]
    loyalty: frozenset[str]
    government: frozenset[str]
    infant: bool
    adult: bool
    """The sender says so by the type of traveller."""
    digest: str
    """SHA-256 over all of the above as sent: equal for mentions that nothing tells apart."""


def identity_of(traveller: Traveller, locators: Iterable[str] = ()) -> Identity:
    """The identity; `locators` are further ones of the traveller's booking (`CARRIER:LOCATOR` or the locator alone)."""
    own = [traveller.record_locator, *(locator.rpartition(":")[2] for locator in locators)]
    return Identity(
        names=spelled_names(traveller),
        placeholder=traveller.placeholder,
        birth_date=traveller.birth_date,
        sex=traveller.sex,
        nationality=traveller.nationality,
        papers=tuple(dict.fromkeys(_papers(traveller.documents))),
        references=frozenset(number for number in [(traveller.reference or "").strip()] if number.strip("0")),
        locators=frozenset(locator.strip().upper() for locator in own if locator and locator.strip()),
        tickets=frozenset(found[1] for ticket in traveller.tickets if (found := _TICKET.search(ticket))),
        seats=frozenset(seat.strip().upper().lstrip("0") for seat in traveller.seats if seat.strip()),
        loyalty=frozenset(number for value in traveller.loyalty for number in _plain(value)),
        government=frozenset(number for value in traveller.government_references for number in _plain(value)),
        infant=traveller.infant,
        adult=not traveller.infant and traveller.traveller_type in ("A", "ADT"),
        digest=_digest(traveller),
    )


def keys_of(identity: Identity, sender: str | None) -> Iterator[tuple[str, ...]]:
    """Under what an index finds those who may be the same person. What two persons may share has a word of the name
    beside it; what one person has alone has it in a second key, for when many share it by mistake."""
    words = {*_sounds(identity.names)}
    alone = alone_of(identity, sender)
    shared: list[tuple[str, ...]] = [("locator", locator) for locator in identity.locators]
    shared += [("seat", seat) for seat in identity.seats]
    shared += [("loyalty", number) for number in (*identity.loyalty, *identity.government)]
    if identity.birth_date:
        shared.append(("birth", identity.birth_date))
    yield from alone
    for key in (*alone, *shared):
        yield from ((*key, word) for word in sorted(words))
    for name in identity.names:
        yield ("name", *sorted(skeleton(min(word.spellings or word.bare, key=len)) for word in name.words))
        yield from (("name", joined) for joined in name.joined)
    yield ("digest", identity.digest)


def alone_of(identity: Identity, sender: str | None) -> list[tuple[str, ...]]:
    """The keys of what one person has alone."""
    alone: list[tuple[str, ...]] = [("reference", sender or "", reference) for reference in identity.references]
    alone += [("ticket", ticket) for ticket in identity.tickets]
    alone += [("document", paper.number) for paper in identity.papers]
    return alone


def _sounds(names: Iterable[Spelled]) -> Iterator[str]:
    """Consonants of the words: words that agree in any way have them in common, but for those cut off."""
    for name in names:
        yield from (skeleton(spelling) for word in name.words for spelling in (*word.spellings, *word.bare))
        yield from (skeleton(joined) for joined in name.joined)


def _papers(documents: Iterable[Document]) -> Iterator[Paper]:
    for document in documents:
        for number in _plain(document.number):
            yield Paper(number, document.type, document.issuer, document.kind, document.expires)


def _plain(text: str | None) -> list[str]:
    """The text in capitals without blanks and signs; nothing when it is a filler."""
    plain = "".join(filter(str.isalnum, (text or "").upper()))
    return [plain] if len(plain) >= _SHORTEST_NUMBER and len(set(plain)) > 1 else []


def _digest(traveller: Traveller) -> str:
    name = traveller.name
    said = (
        [name.family, name.given] if name.family or name.given else [name.raw],
        traveller.capacity,
        traveller.placeholder,
        traveller.infant,
        traveller.birth_date,
        traveller.sex,
        traveller.nationality,
        sorted([document.number or "", document.issuer or ""] for document in traveller.documents),
        traveller.reference,
        traveller.record_locator,
        sorted(traveller.tickets),
    )
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:24]
