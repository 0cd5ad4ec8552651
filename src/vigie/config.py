"""Settings, as one object that is passed in. Nothing reads the environment at import."""

import re
from collections.abc import Iterator
from typing import Annotated, Final

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Upper bounds on what is read, so that a hostile file costs little. Sizes in bytes."""

    message_bytes: int = 128 * 1024 * 1024
    """A national day's largest PNRGOV push is some 10 MB; anything above this is not a passenger message."""
    list_bytes: int = 512 * 1024 * 1024
    """OFAC's ADVANCED export, the largest public list file, is about 120 MB."""
    segment_bytes: int = 64 * 1024
    """Longest segment; an unterminated file would otherwise become one segment."""
    segments: int = 8_000_000
    """Segments in one file."""
    travellers: int = 200_000
    """Travellers in one input that comes in through a door. The largest ship carries some 10,000."""


LIMITS: Final = Limits()


class Ground(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why data of one mode of transport may be held, and for how long."""

    legal_basis: Annotated[str, msgspec.Meta(min_length=10, max_length=500)]
    """The law and its article, as a person will read them. Ten characters: less names no law and article."""
    retention_days: Annotated[int, msgspec.Meta(ge=1, le=3660)]


class Grounds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By mode of transport. A mode without ground is refused at the door."""

    air: Ground | None = None
    sea: Ground | None = None
    rail: Ground | None = None
    road: Ground | None = None
    foot: Ground | None = None

    def lawful(self) -> dict[str, Ground]:
        """The modes that have a ground."""
        return {mode: ground for mode, ground in msgspec.structs.asdict(self).items() if ground is not None}


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a deployment may do, by its law. Without one, nothing is taken in."""

    state: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    """The State whose border it is: ISO 3166-1 alpha-3."""
    modes: Grounds
    consumers: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    """Arrivals that are processed at once, each of other voyages."""


# -- what is wrong with a profile ---------------------------------------------------------------------------------

_EXPECTED: Final = {
    "state": 'the State whose border it is, by ISO 3166-1 alpha-3, as "NOR"',
    "consumers": "a whole number from 1 to 64",
    "modes": "a table for each mode of transport, as [modes.air]",
    "legal_basis": "the law and its article in words, in quotation marks, 10 to 500 characters",
    "retention_days": "a whole number of days from 1 to 3660",
    **dict.fromkeys(Grounds.__struct_fields__, "a table with legal_basis and retention_days"),
}
"""By key."""
_KEYS: Final = (Profile.__struct_fields__, Grounds.__struct_fields__, Ground.__struct_fields__)
"""Known at each depth."""
_AT: Final = re.compile(r"(?: - at `\$\.?(?P<path>[^`]*)`)?\Z")
_FIELD: Final = re.compile(r"Object (?P<what>contains unknown|missing required) field `(?P<field>[^`]*)`")
_TOML: Final = re.compile(r"(?P<says>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)\Z")


_TYPOGRAPHIC: Final = re.compile("[^=#]*=\\s*([“”„«»‘’])")


def profile_fault(error: ValueError, text: str) -> str:
    """What is wrong with the profile `text`, from what the library says of it: line, key, what is expected."""
    says = str(error).splitlines()[0]
    if toml := _TOML.match(says):
        place = f"line {toml['line']}" if toml["line"] else "at its end"
        line = text.splitlines()[int(toml["line"]) - 1] if toml["line"] else ""
        if quote := _TYPOGRAPHIC.match(line):
            return f'{place}: {quote[1]} is a quotation mark of a text program; put plain ones (") around the value'
        return f"{place}: is no TOML ({toml['says']})"
    at = _AT.search(says)
    keys = [key for key in (at["path"] if at and at["path"] else "").split(".") if key]
    if (field := _FIELD.match(says)) is None:
        key = keys[-1] if keys else ""
        return profile_fault_at(text, keys, f"{_named(keys)} is not as expected: {_EXPECTED.get(key, says)}")
    if field["what"] == "contains unknown":
        known = ", ".join(_KEYS[min(len(keys), 2)])
        return profile_fault_at(
            text, [*keys, field["field"]], f"there is no {_named([*keys, field['field']])}; known here are {known}"
        )
    return profile_fault_at(
        text, keys, f"{_named([*keys, field['field']])} is missing: {_EXPECTED.get(field['field'], says)}"
    )


def profile_fault_at(text: str, keys: list[str], says: str) -> str:
    """With the line of a key, or of the table that it should be in, where the text has it as a key or header."""
    lines = {path: number for number, path in reversed(list(_paths(text)))}
    line = next((lines[path] for end in range(len(keys), 0, -1) if (path := tuple(keys[:end])) in lines), None)
    return says if line is None else f"line {line}: {says}"


def _paths(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each header and each key of a TOML text with its line. Keys in inline tables are not found."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = _split(header[1])
            yield number, table
        elif key := re.match(r"\s*([\w\"'. -]+?)\s*=", line):
            yield number, (*table, *_split(key[1]))


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _named(keys: list[str]) -> str:
    return ".".join(keys) or "the profile"
