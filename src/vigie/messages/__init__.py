"""Passenger messages, from bytes to `vigie.records.Message`. Pure: nothing counts but the arguments."""

from vigie.messages.reading import iter_messages, read

__all__ = ["iter_messages", "read"]
