"""Invented lists in each publisher's format, built as text: no person in them exists."""

from collections.abc import Sequence
from pathlib import Path

HEADER = "entry_id,kind,name,birth_date,sex,nationality,document_number"


def un_xml(*individuals: str, entities: int = 0, date: str = "2026-02-27T00:00:09.554Z", doctype: str = "") -> bytes:
    """A UN list of INDIVIDUAL elements, each given by its content."""
    persons = "".join(f"<INDIVIDUAL>{content}</INDIVIDUAL>" for content in individuals)
    others = "<ENTITY><DATAID>1</DATAID></ENTITY>" * entities
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<CONSOLIDATED_LIST dateGenerated="{date}">'
        f"<INDIVIDUALS>{persons}</INDIVIDUALS><ENTITIES>{others}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


def individual(content: str = "", name: str = "<FIRST_NAME>OSKAR</FIRST_NAME>", number: str = "QDi.901") -> str:
    """Content of an INDIVIDUAL."""
    return f"<REFERENCE_NUMBER>{number}</REFERENCE_NUMBER>{name}{content}"


def sdn_row(number: str, name: str, remarks: str = "-0- ", kind: str = '"individual"', programme: str = "SDGT") -> str:
    """A row of sdn.csv; quoted as the publisher does."""
    cells = [number, f'"{name}"', kind, f'"{programme}"', *["-0- "] * 7]
    return ",".join([*cells, remarks if remarks == "-0- " else f'"{remarks}"'])


def ofac(
    folder: Path, main: Sequence[str], alt: Sequence[str] = (), comments: Sequence[str] = (), prefix: str = ""
) -> Path:
    """A folder with OFAC's four files; `prefix` is empty for the SDN list, `cons_` for the other."""
    folder.mkdir(exist_ok=True)
    names = {"main": f"{prefix}prim.csv" if prefix else "sdn.csv", "comments": f"{prefix or 'sdn_'}comments.csv"}
    parts: dict[str, Sequence[str]] = {
        names["main"]: main,
        f"{prefix}alt.csv": alt,
        f"{prefix}add.csv": (),
        names["comments"]: comments,
    }
    for name, lines in parts.items():
        (folder / name).write_bytes("".join(f"{line}\r\n" for line in lines).encode() + b"\x1a")
    return folder
