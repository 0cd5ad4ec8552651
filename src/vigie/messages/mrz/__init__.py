"""Machine-readable zones of ICAO Doc 9303, read and written."""

from vigie.messages.mrz.layouts import LAYOUTS, check_digit
from vigie.messages.mrz.parsing import parse
from vigie.messages.mrz.reader import holds_zone, read
from vigie.messages.mrz.writing import zone

__all__ = ["LAYOUTS", "check_digit", "holds_zone", "parse", "read", "zone"]
