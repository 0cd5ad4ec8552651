"""The manifest of a list in operation: a file `NAME.manifest.json` beside the list `NAME`, written by its owner.

Without one a list can be read and tried, but is not for operations, and every match with it says so.
"""

import os
from pathlib import Path

import msgspec

from vigie.errors import ListError


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Why a list may be used on travellers. Every field is required and not blank."""

    legal_ground: str
    """The law or decision that allows screening against this list."""
    purpose: str
    data_owner: str
    """The authority that answers for the entries."""
    measure: str
    """What a confirmed hit leads to."""


def manifest_of(list_path: Path) -> Manifest | None:
    """The manifest beside a list file or folder; None when there is none. Raises ListError naming what is wrong."""
    path = Path(os.path.abspath(list_path) + ".manifest.json")
    if not path.is_file():
        return None
    try:
        fields = msgspec.json.decode(path.read_bytes(), type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ListError(f"{path}: is not a JSON object; write one with the fields {_wanted()}") from None
    values = {field: _text(fields.get(field)) for field in Manifest.__struct_fields__}
    if missing := [field for field, value in values.items() if not value]:
        are = "is" if len(missing) == 1 else "are"
        raise ListError(f"{path}: {', '.join(missing)} {are} missing, blank or no text; the manifest needs {_wanted()}")
    return Manifest(**values)


def _text(value: msgspec.Raw | None) -> str:
    decoded = msgspec.json.decode(value) if value is not None else ""
    return decoded.strip() if isinstance(decoded, str) else ""


def _wanted() -> str:
    return ", ".join(Manifest.__struct_fields__)
