"""Faults of the program told by type and place: what an exception says may quote what was read."""

import traceback
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def fault(error: BaseException) -> str:
    """`KeyError in messages/paxlst/reader.py:123`: the innermost line of this program that was running."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    if not frames:
        return type(error).__name__
    last = frames[-1]
    return f"{type(error).__name__} in {Path(last.filename).resolve().relative_to(_PACKAGE)}:{last.lineno}"


def _is_ours(filename: str) -> bool:
    return Path(filename).resolve().is_relative_to(_PACKAGE)
