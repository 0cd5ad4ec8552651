"""What UNB, UNG and UNH say of a message: who sent it, its references, its type and version (ISO 9735)."""

import datetime as dt
from typing import Final

from vigie.messages.edifact.grammar import Segment
from vigie.messages.fields.stamps import nearest_to, stamp
from vigie.messages.findings import Findings
from vigie.records import Envelope

_ANSWERS: Final = frozenset(["962", "132", "312"])
_RESERVATION: Final = frozenset([
    "ABI", "ADD", "APD", "DAT", "EBD", "EQN", "FAR", "FOP", "FTI", "IFT", "LTS", "MON", "MSG", "ORG", "PTK", "RCI",
    "REF", "RPI", "SAC", "SRC", "SSD", "SSR", "TBD", "TIF", "TKT", "TRA", "TRI", "TVL", "TXD",
])  # fmt: skip
"""Segments that only PNRGOV has."""


def absent(tag: str, at: int = 0) -> Segment:
    """Stands for a segment of the envelope that was not sent."""
    return Segment(tag, [[tag]], at, "", 0)


def envelope(unb: Segment, ung: Segment, unh: Segment, as_of: dt.date, findings: Findings) -> Envelope:
    """The references of a message. What was not sent is None; a time that is none is reported and None."""
    part, last = sequence(unh)
    return Envelope(
        sender=unb.value(2) or None,
        recipient=unb.value(3) or None,
        sent=_sent(unb, as_of, findings),
        interchange=unb.value(5) or None,
        group=ung.value(5) or None,
        message=unh.value(1) or None,
        access=unh.value(3) or None,
        application=unb.value(7) or None,
        part=part,
        last_part=last,
    )


def _sent(unb: Segment, as_of: dt.date, findings: Findings) -> str | None:
    digits = unb.value(4) + unb.value(4, 1)
    try:
        read = stamp(digits, "", nearest_to(as_of)) if digits else None
    except ValueError:
        says = "the time of sending is no date and time (YYMMDD and HHMM); it is left empty"
        findings.count("VALUE_INVALID", "UNB", unb.at, says)
        return None
    return read.text if read else None


def sequence(unh: Segment) -> tuple[int, bool]:
    """Number of this part, and whether it is the last (UNH S010): `01:F` stands alone, `02` and `01:C` do not."""
    number, letter = unh.value(4), unh.value(4, 1).upper()
    part = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    return part, letter == "F" or (part <= 1 and letter != "C")


def version(unh: Segment) -> str | None:
    """`D.05B` of `PAXLST:D:05B:UN`, `13:1` of `PNRGOV:13:1:IA`."""
    directory, release = unh.value(2, 1).upper(), unh.value(2, 2).upper()
    if not directory or not release:
        return None
    return f"D.{release}" if directory == "D" else f"{directory}:{release}"


def type_by(segment: Segment) -> str:
    """Type of a message without header, by its first segment."""
    if segment.tag in _RESERVATION:
        return "PNRGOV"
    if segment.tag in ("ERP", "ERC") or (segment.tag == "BGM" and segment.value(1) in _ANSWERS):
        return "CUSRES"
    return "PAXLST"
