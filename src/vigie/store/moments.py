"""Moments as the database holds them."""

import datetime as dt


def utc_text(moment: dt.datetime) -> str:
    """`2026-11-23T04:40:00.000Z`. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone: a timezone-aware datetime is expected")
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
