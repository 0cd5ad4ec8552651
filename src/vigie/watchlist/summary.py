"""What a list holds, in figures that can be compared with the publisher's."""

import msgspec

from vigie.records import Watchlist


def summary(watchlist: Watchlist) -> dict[str, object]:
    """Figures of a list as `vigie lists check --json` prints them.

    `names` counts primary names, aliases and names in original script that are not empty, as listed: several names in
    one cell are one. `birth_dates` counts the dates understood, without those of aliases.
    """
    entries = watchlist.entries
    return {
        "format": watchlist.format,
        "date": watchlist.date,
        "persons": len(entries),
        "names": sum(len(entry.names) for entry in entries),
        "birth_dates": sum(len(entry.birth_dates) for entry in entries),
        "documents": sum(len(entry.documents) for entry in entries),
        "problems": msgspec.to_builtins(list(watchlist.problems)),
    }
