"""The formats known, and which of them a file or folder is. A new format joins with one line in `FORMATS`."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from vigie.errors import ListError, UsageError
from vigie.watchlist import ofac_csv, plain_csv, un_xml
from vigie.watchlist.parts import Files, Parts

HEAD: Final = 4096
"""Bytes of a file's beginning that tell its format."""


class Format(NamedTuple):
    """One publisher's format."""

    recognises: Callable[[bytes], bool]
    parse: Callable[[Files], Parts]
    folders: tuple[tuple[str, ...], ...] = ()
    """Names of the files that make one list in a folder, in the order `parse` takes them."""


FORMATS: Final[dict[str, Format]] = {
    "un-xml": Format(un_xml.recognises, un_xml.parse),
    "ofac-csv": Format(ofac_csv.recognises, ofac_csv.parse, ofac_csv.FOLDERS),
    "csv": Format(plain_csv.recognises, plain_csv.parse),
}
"""By the name used on the command line and in `Watchlist.format`; the first that recognises a file has it."""


def chosen(format: str) -> str:
    """`format` itself when it is known; raises UsageError otherwise."""
    if format not in FORMATS:
        raise UsageError(f"list format '{format}' is not known; known are {', '.join(FORMATS)}")
    return format


def of_file(head: bytes, name: str) -> str:
    """Format of a file by its first bytes; raises ListError when it is none."""
    found = next((key for key, known in FORMATS.items() if known.recognises(head)), None)
    if found is None:
        raise ListError(f"{name}: is none of the list formats {', '.join(FORMATS)}; check that it is the list itself")
    return found


def of_folder(files: Iterable[str], name: str) -> tuple[str, tuple[str, ...]]:
    """Format of a folder and its files in the order they are read, by their names in any case.

    Raises ListError when the folder holds no list, two lists, or not all files of one.
    """
    there = {file.casefold(): file for file in files}
    sets = [(key, parts) for key, known in FORMATS.items() for parts in known.folders if there.keys() & set(parts)]
    if len(sets) != 1:
        wanted = " or ".join(", ".join(parts) for known in FORMATS.values() for parts in known.folders)
        raise ListError(f"{name}: the folder holds {len(sets)} lists where one is expected: {wanted}")
    key, parts = sets[0]
    if missing := [part for part in parts if part not in there]:
        are = "is" if len(missing) == 1 else "are"
        raise ListError(
            f"{name}: {', '.join(missing)} {are} missing; half a list is not used, fetch all {len(parts)} files"
        )
    return key, tuple(there[part] for part in parts)
