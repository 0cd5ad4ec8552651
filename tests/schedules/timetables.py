"""Invented schedules, written the way airlines, airports and ferry lines write theirs."""

import datetime as dt

AS_OF = dt.date(2026, 1, 20)
FIRST, LAST = dt.date(2026, 2, 1), dt.date(2026, 3, 31)


def put(*fields: tuple[int, str]) -> str:
    """A record of 200 characters from its fields, each with its first column as the manual counts them."""
    record = [" "] * 200
    for column, text in fields:
        record[column - 1 : column - 1 + len(text)] = text
    assert len(record) == 200
    return "".join(record)


def leg(
    number: str = "0123",
    suffix: str = " ",
    variation: str = "01",
    sequence: int = 1,
    service: str = "J",
    period: str = "01FEB2631MAR26",
    days: str = "1234567",
    every: str = " ",
    stations: str = "CMNLIS",
    times: tuple[str, str] = ("0905", "1130"),
    offsets: tuple[str, str] = ("     ", "     "),
    variations: str = "00",
    equipment: str = "738",
    seats: str = "",
    carrier: str = "XY ",
) -> str:
    """A record of type 3, without serial number."""
    return put(
        (1, "3"),
        (2, suffix),
        (3, carrier),
        (6, number),
        (10, variation),
        (12, f"{sequence:02d}"),
        (14, service),
        (15, period),
        (29, days),
        (36, every),
        (37, stations[:3]),
        (40, times[0]),
        (44, times[0]),
        (48, offsets[0]),
        (55, stations[3:]),
        (58, times[1]),
        (62, times[1]),
        (66, offsets[1]),
        (73, equipment),
        (173, seats),
        (193, variations),
    )


def segment(
    dei: str, data: str, points: str = "AB", stations: str = "CMNLIS", number: str = "0123", sequence: int = 1
) -> str:
    """A record of type 4."""
    return put(
        (1, "4"),
        (3, "XY "),
        (6, number),
        (10, "01"),
        (12, f"{sequence:02d}"),
        (14, "J"),
        (29, points),
        (31, dei),
        (34, stations),
        (40, data),
    )


def ssim(*records: str, mode: str = "L", line_end: str = "\r\n") -> bytes:
    """A whole data set with header, carrier, trailer and serial numbers."""
    header = put((1, "1AIRLINE STANDARD SCHEDULE DATA SET"))
    carrier = put((1, "2"), (2, mode), (3, "XY "), (11, "S26"), (15, "01FEB2631MAR26"), (29, "20JAN26"), (72, "C"))
    trailer = put((1, "5"), (3, "XY "), (188, f"{len(records) + 2:06d}"), (194, "E"))
    numbered = [record[:194] + f"{serial:06d}" for serial, record in enumerate((header, carrier, *records, trailer), 1)]
    return "".join(record + line_end for record in numbered).encode("ascii")
