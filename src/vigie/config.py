"""Settings, as one object that is passed in. Nothing reads the environment at import."""

from typing import Annotated, Final

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Upper bounds on what is read, so that a hostile file costs little. Sizes in bytes."""

    message_bytes: int = 128 * 1024 * 1024
    """A national day's largest PNRGOV push is some 10 MB; anything above this is not a passenger message."""
    list_bytes: int = 512 * 1024 * 1024
    """OFAC's ADVANCED export, the largest public list file, is about 120 MB."""
    segment_bytes: int = 64 * 1024
    """Longest segment; an unterminated file would otherwise become one segment."""
    segments: int = 8_000_000
    """Segments in one file."""
    travellers: int = 200_000
    """Travellers in one input that comes in through a door. The largest ship carries some 10,000."""


LIMITS: Final = Limits()


class Ground(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why data of one mode of transport may be held, and for how long."""

    legal_basis: Annotated[str, msgspec.Meta(min_length=10, max_length=500)]
    """The law and its article, as a person will read them."""
    retention_days: Annotated[int, msgspec.Meta(ge=1, le=3660)]


class Grounds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By mode of transport. A mode without ground is refused at the door."""

    air: Ground | None = None
    sea: Ground | None = None
    rail: Ground | None = None
    road: Ground | None = None
    foot: Ground | None = None

    def lawful(self) -> dict[str, Ground]:
        """The modes that have a ground."""
        return {mode: ground for mode, ground in msgspec.structs.asdict(self).items() if ground is not None}


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a deployment may do, by its law. Without one, nothing is taken in."""

    state: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    """The State whose border it is: ISO 3166-1 alpha-3."""
    modes: Grounds
    consumers: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    """Arrivals that are processed at once, each of other voyages."""
