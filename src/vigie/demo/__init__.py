"""Invented people, passenger lists and a watchlist, for the demonstration and for tests.

Nobody here exists: names are drawn from tables of ordinary names (`cultures`), so a demonstration shows natural
names without showing anybody's. `SAMPLE` is the folder of files made by `python -m vigie.demo.generate`.
"""

from pathlib import Path
from typing import Final

SAMPLE: Final = Path(__file__).parent / "sample"
"""flight.edi, ferry.edi, coach.edi, list.xml and expected.csv (what is planted in them, and why)."""
