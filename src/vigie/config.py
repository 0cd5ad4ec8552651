"""Settings, as one object that is passed in. Nothing reads the environment at import."""

from typing import Final

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


LIMITS: Final = Limits()
