"""Name lists of check-in, PNL and ADL, in lines of Type B."""

from vigie.messages.pnl.reader import read

__all__ = ["read"]
