"""Whether anything could be taken out of a message."""

from vigie.records import Message


def is_empty(message: Message) -> bool:
    """True when nothing could be taken out of it; its problems say why."""
    return not (message.journeys or message.travellers or message.bookings or message.statuses or message.mrz)
