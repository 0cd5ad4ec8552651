"""Whether there is a legal basis for what came in. Pure."""

from typing import Final

from vigie.config import Profile
from vigie.ingest.look import Look

_BY_TYPE: Final = {"PNRGOV": "air", "PNL": "air", "APP": "air"}
"""Types of message that only aviation has. The others serve every mode of transport."""


def without_ground(look: Look, profile: Profile) -> tuple[str, ...]:
    """The modes of the input that have no legal basis, in their order; `unknown` among them for a mode not known.

    A message that names no journey is of the mode its type tells. When the type tells none, it is of the one mode that
    has a legal basis; with several of them its mode is unknown, and so is its clock.
    """
    lawful = profile.modes.lawful()
    told = [_BY_TYPE.get(type or "", "unknown") for type in look.types_without_journey]
    alone = next(iter(lawful)) if len(lawful) == 1 else "unknown"
    modes = [*look.modes, *(alone if mode == "unknown" else mode for mode in told)]
    return tuple(dict.fromkeys(mode for mode in modes if mode not in lawful))


def retention_days(look: Look, profile: Profile) -> int:
    """The shortest of the modes of the input; of all modes, when it names none."""
    lawful = profile.modes.lawful()
    return min(lawful[mode].retention_days for mode in look.modes or lawful)
