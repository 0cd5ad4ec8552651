"""What a flight carries, by its IATA service type (table service_types.tsv)."""

import functools
from importlib import resources


def carries_passengers(service_type: str | None) -> bool:
    """False only for types that carry none (freight, mail, positioning, tests); unknown types may carry some."""
    return service_type not in _without_passengers()


@functools.cache
def _without_passengers() -> frozenset[str]:
    text = resources.files("vigie.schedules").joinpath("service_types.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return frozenset(code for code, passengers, _ in rows if passengers == "no")
