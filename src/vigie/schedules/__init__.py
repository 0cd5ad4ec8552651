"""Timetables of carriers and airports, from bytes to expected journeys. Pure, like `vigie.messages`."""

from vigie.schedules.changes import apply_changes
from vigie.schedules.reading import read

__all__ = ["apply_changes", "read"]
