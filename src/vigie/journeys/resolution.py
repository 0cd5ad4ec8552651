"""Which mentions of a journey's messages are one person.

Message by message in the order to apply them, each mention goes to the person it is linked to best (`linking`). Nobody
is compared with everybody: an index finds those who share something. Two persons of one message stay two, and where
several fit alike none is chosen: a new person stands beside them, with the links as hints. When a later mention shows
that two persons so far are one, they are joined.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple

import msgspec

from vigie.journeys.identity import Identity, alone_of, keys_of
from vigie.journeys.linking import Context, Link, compatible, link_identities, order_of

_MOST_ALIKE: Final = 64
"""Persons that share one key. A value that more have is a filler, or typed for a whole group: it tells nobody apart."""
_MOST_FACES: Final = 8
"""Different mentions of one person that later ones are compared with: the first and the latest."""
_MOST_HINTS: Final = 5


class Mention(NamedTuple):
    """Place of a traveller: number of the arrival, index in its message."""

    arrival: int
    traveller: int


class Source(NamedTuple):
    """Where mentions come from."""

    arrival: int
    transmission: int
    sender: str | None
    list: tuple[str | None, ...]
    """Equal for two versions of one list."""
    change: bool
    adds: bool
    """Names persons who may all be new, and is no version of a list: a question at check-in, an update of bookings."""


class Hint(NamedTuple):
    """A link that did not suffice."""

    mention: Mention
    cluster: int
    link: Link


class Cluster(msgspec.Struct):
    """A person: everything that was said of him."""

    mentions: list[Mention]
    joined: list[tuple[Mention, Link]]
    """Why each mention after the first was taken to be of this person."""
    digests: list[str]
    """Of the mentions' identities, in their order, each once."""
    hints: list[Hint]
    """`cluster` is a place in the result of `Resolver.clusters`."""


class _Face(NamedTuple):
    identity: Identity
    source: Source


class _Group:
    """A person while mentions are taken in."""

    __slots__ = ("digests", "faces", "joined", "mentions", "transmissions")

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.joined: list[tuple[Mention, Link]] = []
        self.digests: dict[str, None] = {}
        self.faces: dict[tuple[object, ...], _Face] = {}
        self.transmissions: set[int] = set()

    def add(self, mentions: Iterable[Mention], identity: Identity, source: Source) -> None:
        self.mentions += mentions
        self.digests[identity.digest] = None
        self.transmissions.add(source.transmission)
        self._show((identity.digest, source.sender, source.list), _Face(identity, source))

    def swallow(self, other: "_Group") -> None:
        self.mentions = sorted({*self.mentions, *other.mentions}, key=[*self.mentions, *other.mentions].index)
        self.joined += other.joined
        self.digests |= other.digests
        self.transmissions |= other.transmissions
        for key, face in other.faces.items():
            self._show(key, face)

    def _show(self, key: tuple[object, ...], face: _Face) -> None:
        self.faces[key] = face
        if len(self.faces) > _MOST_FACES:
            del self.faces[list(self.faces)[1]]


class _Draft(NamedTuple):
    """A person of the message at hand; several mentions when it names him more than once."""

    identity: Identity
    mentions: list[Mention]


class _Pair(NamedTuple):
    draft: int
    group: int
    link: Link


class Resolver:
    """Takes the messages in the order to apply them. `day` is the day of travel."""

    def __init__(self, day: str | None) -> None:
        self._day = day
        self._groups: list[_Group] = []
        self._became: dict[int, int] = {}
        self._index: dict[tuple[str, ...], dict[int, None]] = {}
        self._hints: list[tuple[Mention, int, int, Link]] = []

    def take(self, source: Source, identities: Mapping[int, Identity]) -> None:
        """Travellers of one message, by their places in it."""
        drafts = _drafts(source.arrival, identities)
        pairs = [
            _Pair(at, group, link)
            for at, draft in enumerate(drafts)
            for group in self._candidates(draft.identity, source.sender)
            if (link := self._best(draft.identity, source, self._groups[group])) is not None
        ]
        pairs.sort(key=lambda pair: (order_of(pair.link), pair.draft, pair.group))
        chosen = self._choose([pair for pair in pairs if self._may_join(pair, source)], drafts)
        groups = [self._settle(draft, source, chosen.get(at)) for at, draft in enumerate(drafts)]
        of: dict[int, list[_Pair]] = {}
        for pair in pairs:
            of.setdefault(pair.draft, []).append(pair)
        here = set(groups)
        for at in chosen:
            self._join_others(groups[at], drafts[at].mentions[0], of[at], here)
        for at, links in of.items():
            others = [pair for pair in links if self._root(pair.group) != self._root(groups[at])]
            mention = drafts[at].mentions[0]
            self._hints += [(mention, groups[at], pair.group, pair.link) for pair in others[:_MOST_HINTS]]
        self._hint_within(drafts, groups, source)

    def clusters(self) -> list[Cluster]:
        """The persons, in the order in which they were first named."""
        roots = [place for place in range(len(self._groups)) if self._root(place) == place]
        place_of = {root: place for place, root in enumerate(roots)}
        found = [
            Cluster(group.mentions, group.joined, list(group.digests), [])
            for group in (self._groups[root] for root in roots)
        ]
        best: dict[tuple[int, int], tuple[Mention, Link]] = {}
        for mention, one, other, link in self._hints:
            for ends in ((self._root(one), self._root(other)), (self._root(other), self._root(one))):
                if ends[0] != ends[1] and (ends not in best or order_of(link) < order_of(best[ends][1])):
                    best[ends] = mention, link
        for (one, other), (mention, link) in best.items():
            found[place_of[one]].hints.append(Hint(mention, place_of[other], link))
        return found

    # -- finding

    def _candidates(self, identity: Identity, sender: str | None) -> list[int]:
        found: dict[int, None] = {}
        for key in keys_of(identity, sender):
            bucket = self._index.get(key, ())
            if len(bucket) <= _MOST_ALIKE:
                found.update(dict.fromkeys(map(self._root, bucket)))
        return sorted(found)

    def _best(self, identity: Identity, source: Source, group: _Group) -> Link | None:
        links = (
            link_identities(face.identity, identity, self._context(face.source, source))
            for face in group.faces.values()
        )
        return min((link for link in links if link is not None), key=order_of, default=None)

    def _context(self, before: Source, now: Source) -> Context:
        same_sender = before.sender == now.sender
        same_list = same_sender and before.list == now.list and before.transmission != now.transmission
        return Context(
            same_sender=same_sender,
            same_list=same_list and not now.adds,
            change=now.change,
            day=self._day,
        )

    def _may_join(self, pair: _Pair, source: Source) -> bool:
        """Two persons of one transmission are two, unless everything says that one is named twice."""
        link = pair.link
        if source.transmission not in self._groups[pair.group].transmissions:
            return link.merges
        return (
            link.confidence == "certain" and link.names == "same" and not link.against and "document" in link.evidence
        )

    # -- choosing

    def _choose(self, pairs: Sequence[_Pair], drafts: Sequence[_Draft]) -> dict[int, _Pair]:
        """For each draft its person, the best links first; none where several fit alike."""
        chosen: dict[int, _Pair] = {}
        taken: set[int] = set()
        undecided: set[int] = set()
        for _, alike in groupby(pairs, key=lambda pair: order_of(pair.link)):
            free = [p for p in alike if p.draft not in chosen and p.draft not in undecided and p.group not in taken]
            for component in _components(free):
                decided = self._decide(component, drafts)
                chosen.update({pair.draft: pair for pair in decided})
                taken.update(pair.group for pair in decided)
                undecided.update({pair.draft for pair in component} - chosen.keys())
        return chosen

    def _decide(self, component: Sequence[_Pair], drafts: Sequence[_Draft]) -> list[_Pair]:
        """Of drafts and groups that fit each other alike: those that nothing tells apart go together in their order."""
        places = sorted({pair.draft for pair in component})
        groups = sorted({pair.group for pair in component})
        if not self._alike(places, groups, drafts):
            return []
        wanted = dict(zip(places, groups, strict=False))
        return [pair for pair in component if wanted.get(pair.draft) == pair.group]

    def _alike(self, places: Sequence[int], groups: Sequence[int], drafts: Sequence[_Draft]) -> bool:
        """True when it does not matter which draft goes to which group."""
        if len({drafts[place].identity.digest for place in places}) == 1 and len(places) >= len(groups):
            return True
        same_groups = len({frozenset(self._groups[group].digests) for group in groups}) == 1
        if same_groups and len(places) <= len(groups):
            return True
        return len(places) == 1 and self._are_one(groups)

    def _are_one(self, groups: Sequence[int]) -> bool:
        return all(self._compatible(one, other) for at, one in enumerate(groups) for other in groups[:at])

    def _compatible(self, one: int, other: int) -> bool:
        left, right = self._groups[one], self._groups[other]
        return left.transmissions.isdisjoint(right.transmissions) and all(
            compatible(ours.identity, theirs.identity, self._context(ours.source, theirs.source))
            for ours in left.faces.values()
            for theirs in right.faces.values()
        )

    # -- keeping

    def _settle(self, draft: _Draft, source: Source, pair: _Pair | None) -> int:
        """The draft's group, new or found."""
        if pair is None:
            self._groups.append(_Group())
            place = len(self._groups) - 1
        else:
            place = pair.group
            self._groups[place].joined.append((draft.mentions[0], pair.link))
        self._groups[place].add(draft.mentions, draft.identity, source)
        for key in keys_of(draft.identity, source.sender):
            self._index.setdefault(key, {})[place] = None
        return place

    def _join_others(self, place: int, mention: Mention, pairs: Iterable[_Pair], here: set[int]) -> None:
        """Persons that the mention is linked to as well are one with its own, when nothing speaks against it."""
        for pair in pairs:
            mine, other = self._root(place), self._root(pair.group)
            if other == mine or pair.group in here or not pair.link.merges or not self._compatible(mine, other):
                continue
            first, second = sorted((mine, other))
            self._groups[first].swallow(self._groups[second])
            self._groups[first].joined.append((mention, pair.link))
            self._became[second] = first

    def _hint_within(self, drafts: Sequence[_Draft], groups: Sequence[int], source: Source) -> None:
        """Two of one message who share what one person has alone: a family's mistake, or a document that two use."""
        sharing: dict[tuple[str, ...], list[int]] = {}
        for at, draft in enumerate(drafts):
            for key in alone_of(draft.identity, source.sender):
                sharing.setdefault(key, []).append(at)
        context = Context(same_sender=True, day=self._day)
        for places in sharing.values():
            for one, other in pairwise(places[:_MOST_HINTS]):
                link = link_identities(drafts[one].identity, drafts[other].identity, context)
                if link is not None:
                    self._hints.append((drafts[other].mentions[0], groups[one], groups[other], link))

    def _root(self, place: int) -> int:
        while place in self._became:
            place = self._became[place]
        return place


def _drafts(arrival: int, identities: Mapping[int, Identity]) -> list[_Draft]:
    """The persons of a message. Name, birth date and documents all equal are one person named twice."""
    drafts: dict[object, _Draft] = {}
    for at, identity in identities.items():
        twice = bool(identity.papers and identity.names and identity.birth_date)
        numbers = frozenset(paper.number for paper in identity.papers)
        key = (numbers, identity.birth_date, identity.names[0].joined) if twice else at
        drafts.setdefault(key, _Draft(identity, [])).mentions.append(Mention(arrival, at))
    return list(drafts.values())


def _components(pairs: Sequence[_Pair]) -> Iterator[list[_Pair]]:
    """Pairs that hang together by a draft or a group."""
    ends: dict[tuple[str, int], list[_Pair]] = {}
    for pair in pairs:
        ends.setdefault(("draft", pair.draft), []).append(pair)
        ends.setdefault(("group", pair.group), []).append(pair)
    seen: set[tuple[int, int]] = set()
    for pair in pairs:
        component, open_ = [], [pair]
        while open_:
            next_ = open_.pop()
            if (next_.draft, next_.group) not in seen:
                seen.add((next_.draft, next_.group))
                component.append(next_)
                open_ += ends["draft", next_.draft] + ends["group", next_.group]
        if component:
            yield component
