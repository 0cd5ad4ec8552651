"""Whether there is a legal basis for what came in. Pure."""

from typing import Final

from vigie.config import Profile
from vigie.ingest.look import Look

_BY_TYPE: Final = {"PNRGOV": "air", "PNL": "air", "APP": "air"}
"""Types of message that only aviation has. The others serve every mode of transport."""


def without_ground(look: Look, profile: Profile) -> tuple[str, ...]:
    """The modes of the input that have no legal basis, in their order; `unknown` among them for a mode not known.

    A message that names no journey is of the mode its type tells. When the type tells none, it is of the one mode that
    has a legal basis; with several of them its mode is unknown, and so is its clock. A mode that was only
    assumed refuses nothing: see `doubtful`.
    """
    lawful = profile.modes.lawful()
    told = [_BY_TYPE.get(type or "", "unknown") for type in look.types_without_journey]
    alone = next(iter(lawful)) if len(lawful) == 1 else "unknown"
    stated = [mode for mode in look.modes if mode not in look.assumed]
    modes = [*stated, *(alone if mode == "unknown" else mode for mode in told)]
    return tuple(dict.fromkeys(mode for mode in modes if mode not in lawful))


def doubtful(look: Look, profile: Profile) -> bool:
    """The mode that was assumed has no legal basis: a person has to find out the real one, nothing is thrown away."""
    return any(mode not in profile.modes.lawful() for mode in look.assumed)


def retention_days(look: Look, profile: Profile) -> int:
    """The shortest of the modes of the input; of all modes, when it names none."""
    lawful = profile.modes.lawful()
    named = [mode for mode in look.modes if mode in lawful]
    return min(lawful[mode].retention_days for mode in named or lawful)
