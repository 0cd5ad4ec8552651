"""Whether two mentions are one person, and why: explained to people, without a value in the explanation.

What is alike is evidence; what differs stands against it. `RULES` says what evidence together with which agreement of
the names is worth, the first rule that holds counts, and `COSTS` what is taken off for each contradiction. Two
identifiers outweigh what one would not: a birth date typed wrong does not part a person whose document and reference
agree. Names must agree in every link that merges, because families share locators, references and documents by mistake.
docs/reference/assembly.md shows both tables.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

import msgspec

from vigie import dates
from vigie.journeys.identity import Identity, Paper, identity_of
from vigie.journeys.name_agreement import Agreement, agreement
from vigie.records import Traveller

Confidence = Literal["certain", "strong", "likely", "weak"]
Piece = Literal[
    "reference",
    "ticket",
    "document",
    "number",
    "locator",
    "seat",
    "loyalty",
    "government",
    "birth_date",
    "sex",
    "digest",
    "uncommon_day",
    "given",
]
"""What agrees: `given` is the first given name, `number` a document number whose issuers differ, `digest` everything
that was sent. `uncommon_day`: the common birth date is not one that is written where only the year is known."""
Contradiction = Literal[
    "birth_date", "birth_date_typed", "sex", "age", "document", "document_valid", "reference", "locator"
]
"""`birth_date_typed`: day and month changed places, or one digit differs. `age`: an infant and a grown person.
`document_valid`: two documents that nobody holds at once, and nothing that one person has alone or books together."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Where the two mentions come from."""

    same_journey: bool = True
    """Locators, tickets and seats mean nothing between two journeys, and equal names less."""
    same_sender: bool = False
    """References (RFF+ABO) are the sender's own."""
    same_list: bool = False
    """Two versions of one list of one sender: who has nothing but a name is the same as before."""
    change: bool = False
    """The later message says that it changes what its sender said before (`745+CP`): what differs is corrected."""
    day: str | None = None
    """Day of travel, for ages."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """That two mentions may be one person. It names fields, never what they hold."""

    confidence: Confidence
    evidence: tuple[Piece, ...]
    names: Agreement
    against: tuple[Contradiction, ...] = ()
    says: str
    """One sentence for people."""
    strength: int
    """Worth of the rule less contradictions; for putting links in order."""

    @property
    def merges(self) -> bool:
        """True when both are taken to be one person."""
        return self.strength >= _STRONG


class Rule(NamedTuple):
    """The first rule whose pieces are all there, and one of whose agreements the names have, gives the worth."""

    pieces: frozenset[Piece]
    names: frozenset[Agreement]
    worth: int


class Found(NamedTuple):
    """A candidate of `link_across`."""

    candidate: int
    link: Link


_BEYOND_DOUBT, _CERTAIN, _STRONG, _LIKELY, _WEAK = 4, 3, 2, 1, 0
_CONFIDENCE: Final[dict[int, Confidence]] = {4: "certain", 3: "certain", 2: "strong", 1: "likely", 0: "weak"}


def _rules(worth: int, names: str, *pieces: str) -> Iterator[Rule]:
    for together in pieces:
        needed: frozenset[Piece] = frozenset(together.split())  # type: ignore[arg-type]
        agreed: frozenset[Agreement] = frozenset(names.split())  # type: ignore[arg-type]
        yield Rule(needed, agreed, worth)


RULES: Final[tuple[Rule, ...]] = (
    # two identifiers that one person has alone
    *_rules(_BEYOND_DOUBT, "same sound part", "reference document", "reference ticket", "document ticket"),
    *_rules(_CERTAIN, "same sound part", "reference birth_date", "document birth_date", "ticket birth_date"),
    *_rules(_CERTAIN, "same sound part", "reference locator", "document locator", "ticket locator"),
    *_rules(_CERTAIN, "same", "document"),
    # one of them
    *_rules(_STRONG, "same sound part", "reference", "ticket", "document", "loyalty", "government"),
    *_rules(_STRONG, "short unknown", "reference document", "reference ticket", "document ticket"),
    *_rules(_STRONG, "short unknown", "reference birth_date", "document birth_date", "ticket birth_date"),
    *_rules(_STRONG, "unknown", "reference locator"),
    # what several may share
    *_rules(_CERTAIN, "same part", "locator birth_date"),
    *_rules(_CERTAIN, "same", "birth_date uncommon_day"),
    *_rules(_STRONG, "same", "locator", "birth_date", "seat"),
    # a father's whole name may stand in his son's, and both in one booking or on one seat
    *_rules(_STRONG, "part", "locator given", "birth_date", "seat given"),
    *_rules(_STRONG, "same sound part", "number birth_date", "number locator"),
    *_rules(_STRONG, "sound", "locator birth_date", "birth_date sex", "seat locator"),
    *_rules(_STRONG, "short", "locator birth_date seat", "locator birth_date number"),
    *_rules(_LIKELY, "same sound part", "number", "locator", "birth_date", "seat"),
    *_rules(_LIKELY, "short", "reference", "ticket", "document", "locator", "birth_date", "loyalty"),
    *_rules(_LIKELY, "unknown", "reference", "ticket", "document"),
    # another name under one identifier: a corrected name, a family, or a document that two persons use
    *_rules(_LIKELY, "some", "reference document", "document birth_date", "ticket birth_date", "reference birth_date"),
    *_rules(_WEAK, "some differs", "document", "ticket", "reference", "loyalty", "government"),
    # nothing but the name
    *_rules(_LIKELY, "same", ""),
)
COSTS: Final[dict[Contradiction, int]] = {
    "birth_date": 2,
    "birth_date_typed": 1,
    "sex": 1,
    "age": 2,
    "document": 1,
    "document_valid": 2,
    "reference": 1,
    "locator": 1,
}
_TIES: Final[frozenset[Piece]] = frozenset(["reference", "ticket", "locator", "loyalty", "government"])
"""With one of these, two valid documents are a renewed one."""
_PARTS_FATHER_AND_SON: Final[frozenset[Contradiction]] = frozenset(["birth_date", "birth_date_typed", "sex"])
_OF_A_JOURNEY: Final[frozenset[Piece]] = frozenset(["reference", "ticket", "locator", "seat"])
_SETS: Final[dict[Piece, Callable[[Identity], frozenset[str]]]] = {
    "reference": lambda identity: identity.references,
    "ticket": lambda identity: identity.tickets,
    "locator": lambda identity: identity.locators,
    "seat": lambda identity: identity.seats,
    "loyalty": lambda identity: identity.loyalty,
    "government": lambda identity: identity.government,
}
_PIECES: Final[dict[Piece, str]] = {
    "reference": "the carrier's reference",
    "ticket": "the ticket",
    "document": "the document",
    "number": "the number of a document, of which the issuers differ,",
    "locator": "the record locator",
    "seat": "the seat",
    "loyalty": "the frequent-flyer number",
    "government": "a government's reference",
    "birth_date": "the birth date",
    "sex": "the sex",
    "digest": "all that was sent",
    "uncommon_day": "a birth date that is known to the day",
    "given": "the first given name",
}
_NAMES: Final[dict[Agreement, str]] = {
    "same": "the names agree",
    "sound": "the names sound alike",
    "part": "one name goes on where the other ends",
    "short": "one name may be short for the other",
    "unknown": "a name is missing",
    "some": "the names agree in part only",
    "differs": "the names differ",
}
_AGAINST: Final[dict[Contradiction, str]] = {
    "birth_date": "the birth dates differ",
    "birth_date_typed": "the birth dates differ as by a mistake in typing",
    "sex": "the sex differs",
    "age": "one is an infant and the other is not",
    "document": "the documents differ",
    "document_valid": "each has a valid document of one kind and State",
    "reference": "the carrier's references differ",
    "locator": "they are in two bookings",
}
_USUAL_DAYS: Final = frozenset(["01-01", "07-01", "12-31"])
_SILENT: Final[frozenset[Piece]] = frozenset(["digest", "uncommon_day", "given"])
"""Not told: they say more of another piece."""
_ADULT_FROM: Final = 4
"""Years; infants without seat are below two, and senders mark some a little older."""


def link(a: Traveller, b: Traveller, context: Context = Context()) -> Link | None:  # noqa: B008 (immutable)
    """What says that both are one person; None when nothing does."""
    return link_identities(identity_of(a), identity_of(b), context)


def link_across(crossing: Traveller, candidates: Sequence[Traveller], day: str | None = None) -> tuple[Found, ...]:
    """Candidates that may be the person of a later border crossing, the likeliest first, then in their order.

    As `link`, but of what holds beyond one journey: documents, birth date, government and frequent-flyer numbers.
    Equal names with equal birth dates are `likely` and no more: a day's crossings have more namesakes than a flight.
    """
    ours, context = identity_of(crossing), Context(same_journey=False, day=day)
    links = [(at, link_identities(ours, identity_of(candidate), context)) for at, candidate in enumerate(candidates)]
    found = [Found(at, link) for at, link in links if link is not None]
    return tuple(sorted(found, key=lambda each: order_of(each.link)))


def order_of(link: Link) -> tuple[int, int, int]:
    """For sorting: the strongest first, then the better agreement of names, then the more evidence."""
    return -link.strength, list(_NAMES).index(link.names), -len(link.evidence)


def link_identities(a: Identity, b: Identity, context: Context) -> Link | None:
    """As `link`, of identities made before."""
    if a.placeholder or b.placeholder:
        return _placeholders(a, b, context)
    alike = frozenset(_alike(a, b, context))
    names = agreement(a.names, b.names)
    worth = _worth(alike, names, context)
    if worth is None:
        return None
    against = tuple(_against(a, b, context, tied=not alike.isdisjoint(_TIES)))
    if context.same_journey and not alike - _SILENT - {"sex"} and a.locators and b.locators:
        against = (*against, "locator")  # nothing but the name, and in two bookings
    strength = worth if _is_correction(alike, names, context) else worth - sum(COSTS[each] for each in against)
    if names == "part" and "given" not in alike and not _PARTS_FATHER_AND_SON.isdisjoint(against):
        strength = min(strength, _LIKELY)
    return _link(alike, names, against, max(strength, _WEAK))


def _is_correction(alike: frozenset[Piece], names: Agreement, context: Context) -> bool:
    """True when what differs is what the change is about."""
    known = names == "same" or (names in ("sound", "part") and "reference" in alike)
    return context.change and known and not alike.isdisjoint(("reference", "document"))


def _placeholders(a: Identity, b: Identity, context: Context) -> Link | None:
    """A group's header or TBA is nobody: it is the same as before in a new version of its booking, and no more."""
    if not (a.placeholder and b.placeholder and context.same_sender and a.digest == b.digest):
        return None
    return _link(frozenset(["digest"]), "unknown", (), _STRONG)


def _link(alike: frozenset[Piece], names: Agreement, against: tuple[Contradiction, ...], strength: int) -> Link:
    told = alike if names == "part" else alike - {"given"}  # where all words agree it says nothing more
    evidence = tuple(piece for piece in _PIECES if piece in told)
    says = _says(evidence, names, against)
    confidence = _CONFIDENCE[strength]
    return Link(confidence=confidence, evidence=evidence, names=names, against=against, says=says, strength=strength)


def compatible(a: Identity, b: Identity, context: Context) -> bool:
    """Whether nothing speaks against both being one person, once something else says that they are."""
    return not any(_against(a, b, context)) and agreement(a.names, b.names) not in ("some", "differs")


def _worth(alike: frozenset[Piece], names: Agreement, context: Context) -> int | None:
    """None when no rule holds."""
    if context.change and names == "some" and {"reference", "document"} <= alike:
        return _STRONG  # the change is one of the name
    if names == "same" and context.same_list and not alike - _SILENT - {"sex"}:
        return _STRONG
    found = next((rule for rule in RULES if names in rule.names and rule.pieces <= alike), None)
    if found is None:
        return None
    only_shared = not alike - _SILENT - {"birth_date", "sex"}
    return min(found.worth, _LIKELY) if not context.same_journey and only_shared else found.worth


def _alike(a: Identity, b: Identity, context: Context) -> Iterator[Piece]:
    for piece, get in _SETS.items():
        counts = context.same_journey or piece not in _OF_A_JOURNEY
        if counts and not get(a).isdisjoint(get(b)) and (piece != "reference" or context.same_sender):
            yield piece
    pairs = [(ours, theirs) for ours in a.papers for theirs in b.papers if ours.number == theirs.number]
    pairs = [(ours, theirs) for ours, theirs in pairs if _may_equal(ours.type, theirs.type)]
    if pairs:
        yield "document" if any(_may_equal(ours.issuer, theirs.issuer) for ours, theirs in pairs) else "number"
    if a.birth_date and a.birth_date == b.birth_date and dates.is_full(a.birth_date):
        yield "birth_date"
        if a.birth_date[5:] not in _USUAL_DAYS:
            yield "uncommon_day"
    if a.sex and a.sex == b.sex:
        yield "sex"
    if context.same_sender and a.digest == b.digest:
        yield "digest"
    if not _first_given(a).isdisjoint(_first_given(b)):
        yield "given"


def _first_given(identity: Identity) -> set[str]:
    return {name.first_given for name in identity.names if name.first_given}


def _may_equal(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _against(a: Identity, b: Identity, context: Context, *, tied: bool = False) -> Iterator[Contradiction]:
    if a.birth_date and b.birth_date and (apart := _born_apart(a.birth_date, b.birth_date)):
        yield apart
    if a.sex and b.sex and a.sex != b.sex:
        yield "sex"
    if context.same_sender and a.references and b.references and a.references.isdisjoint(b.references):
        yield "reference"
    if _other_documents(a.papers, b.papers):
        yield "document_valid" if not tied and _both_valid(a.papers, b.papers, context.day) else "document"
    if (a.infant and _grown(b, context.day)) or (b.infant and _grown(a, context.day)):
        yield "age"


def _other_documents(ours: Sequence[Paper], theirs: Sequence[Paper]) -> bool:
    """True when both have documents of one type, and none of them with one number."""
    types = {paper.type for paper in ours} & {paper.type for paper in theirs}
    left = {paper.number for paper in ours if paper.type in types}
    return bool(types) and left.isdisjoint(paper.number for paper in theirs if paper.type in types)


def _both_valid(ours: Sequence[Paper], theirs: Sequence[Paper], day: str | None) -> bool:
    """True when each has a document of one kind and State, and neither has run out on the day of travel."""
    return any(
        one.type == other.type
        and one.issuer is not None
        and one.issuer == other.issuer
        and _may_equal(one.kind, other.kind)
        and not _is_expired(one, day)
        and not _is_expired(other, day)
        for one in ours
        for other in theirs
    )


def _is_expired(paper: Paper, day: str | None) -> bool:
    return bool(paper.expires and day and paper.expires < day[: len(paper.expires)])


@lru_cache(maxsize=1 << 14)
def _born_apart(one: str, other: str) -> Contradiction | None:
    if _may_be_one_day(one, other):
        return None
    return "birth_date_typed" if _typed_wrong(one, other) else "birth_date"


def _may_be_one_day(one: str, other: str) -> bool:
    """Partial dates agree where their days overlap; a text that is no date is compared as it is."""
    if one == other:
        return True
    try:
        first, second = dates.span(one), dates.span(other)
    except ValueError:
        return False
    return first.first <= second.last and second.first <= first.last


def _typed_wrong(one: str, other: str) -> bool:
    if not dates.is_full(one) or not dates.is_full(other):
        return False
    swapped = f"{one[:4]}-{one[8:]}-{one[5:7]}" == other
    return swapped or sum(left != right for left, right in zip(one, other, strict=True)) == 1


def _grown(identity: Identity, day: str | None) -> bool:
    born = (identity.birth_date or "")[:4]
    if identity.infant:
        return False
    return identity.adult or bool(day and born and int(day[:4]) - int(born) > _ADULT_FROM)


def _says(evidence: Sequence[Piece], names: Agreement, against: Sequence[Contradiction]) -> str:
    told = [_PIECES[piece] for piece in evidence if piece not in _SILENT]
    same = f"{_row(told)} {'are' if len(told) > 1 else 'is'} the same, and " if told else ""
    but = f"; but {_row([_AGAINST[each] for each in against])}" if against else ""
    return f"{same}{_NAMES[names]}{but}"


def _row(parts: Sequence[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
