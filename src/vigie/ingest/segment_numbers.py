"""Which segment of its message a byte is in, as senders count: UNH is 1 (ISO 9735). Pure."""

from bisect import bisect_right
from collections.abc import Iterable

from vigie.messages.edifact import grammar


def segment_numbers(data: bytes, positions: Iterable[int | None]) -> dict[int | None, int]:
    """The number of the segment that each position is in, by position; without those that are in no message."""
    wanted = sorted({position for position in positions if position is not None})
    if not wanted or not grammar.begins(data):
        return {}
    starts: list[int] = []
    numbers: list[int] = []
    number = 0
    for item in grammar.scan(data):
        for segment in item.segments() if isinstance(item, grammar.Run) else [item]:
            if isinstance(segment, grammar.Segment):
                number = _following(number, segment.tag)
                starts.append(segment.at)
                numbers.append(number)
        if starts and starts[-1] > wanted[-1]:
            break
    places = {position: bisect_right(starts, position) - 1 for position in wanted}
    return {position: numbers[place] for position, place in places.items() if place >= 0 and numbers[place]}


def _following(number: int, tag: str) -> int:
    """0 for what stands around messages."""
    if tag == "UNH":
        return 1
    return 0 if tag in ("UNA", "UNB", "UNG", "UNE", "UNZ") or not number else number + 1
