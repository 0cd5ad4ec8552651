"""docs/reference/read.schema.json, records.py and the golden objects say the same."""

import datetime as dt
import json
import types
import typing
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import msgspec
import pytest

from tests.conftest import ROOT
from vigie import messages, records

REFERENCE = ROOT / "docs" / "reference"
GOLDEN = sorted((REFERENCE / "golden").glob("*.json"))
SCHEMA: dict[str, Any] = json.loads((REFERENCE / "read.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
STRUCTS = {"Message": SCHEMA, **SCHEMA["$defs"]}


def test_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_type_has_a_golden_object() -> None:
    assert {json.loads(path.read_text(encoding="utf-8"))["type"] for path in GOLDEN} == set(
        typing.get_args(records.MessageType)
    )


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_object_is_valid_and_a_message(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    VALIDATOR.validate(json.loads(text))
    message = msgspec.json.decode(text, type=records.Message, strict=True)
    assert json.loads(msgspec.json.encode(message)) == json.loads(text)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_object_is_what_its_message_gives(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    data = (path.parent / expected["source"]).read_bytes()
    (message,) = messages.read(data, dt.date(2026, 11, 23), expected["source"])
    assert json.loads(msgspec.json.encode(message)) == expected


def _reachable(struct: type, seen: dict[str, type]) -> dict[str, type]:
    """The structs a struct is made of, by name."""
    if struct.__name__ not in seen:
        seen[struct.__name__] = struct
        for field in msgspec.structs.fields(struct):
            for part in _parts(field.type):
                if isinstance(part, type) and issubclass(part, msgspec.Struct):
                    _reachable(part, seen)
    return seen


def _parts(annotation: Any) -> list[Any]:
    arguments = typing.get_args(annotation)
    if not arguments or typing.get_origin(annotation) is typing.Literal:
        return [annotation]
    return [part for argument in arguments for part in _parts(argument)]


def test_schema_describes_exactly_the_records() -> None:
    assert set(STRUCTS) == set(_reachable(records.Message, {}))


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_schema_agrees_field_for_field(name: str) -> None:
    schema = STRUCTS[name]
    fields = msgspec.structs.fields(getattr(records, name))
    assert list(schema["properties"]) == [field.encode_name for field in fields]
    assert schema["required"] == [field.encode_name for field in fields]
    assert schema["additionalProperties"] is False
    for field in fields:
        _compare(field.type, schema["properties"][field.encode_name])


def _compare(annotation: Any, schema: dict[str, Any]) -> None:
    """Null, enumeration, kind of value and reference of one field."""
    assert schema["description"]
    union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    parts = typing.get_args(annotation) if union else (annotation,)
    (kind,) = [part for part in parts if part is not type(None)]
    assert _takes(schema, None) == (type(None) in parts)
    if typing.get_origin(kind) is typing.Literal:
        assert [value for value in schema["enum"] if value is not None] == list(typing.get_args(kind))
    elif typing.get_origin(kind) is tuple:
        (item, _) = typing.get_args(kind)
        assert schema["type"] == "array"
        if typing.get_origin(item) is typing.Literal:
            assert schema["items"] == {"enum": list(typing.get_args(item))}
            return
        assert item is str or item is int or schema["items"] == {"$ref": f"#/$defs/{item.__name__}"}
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        assert f"#/$defs/{kind.__name__}" in json.dumps(schema)
    elif typing.get_origin(kind) is dict:
        assert schema["additionalProperties"]["enum"] == list(typing.get_args(typing.get_args(kind)[1]))
    elif "enum" not in schema:
        names = {str: "string", int: "integer", bool: "boolean"}
        assert [name for name in _types(schema) if name != "null"] == [names[kind]]


def _types(schema: dict[str, Any]) -> list[str]:
    return schema["type"] if isinstance(schema["type"], list) else [schema["type"]]


def _takes(schema: dict[str, Any], value: object) -> bool:
    return bool(VALIDATOR.evolve(schema={**schema, "$defs": SCHEMA["$defs"]}).is_valid(value))


BAD = [
    ("an unknown field", lambda m: m.update(extra=1)),
    ("a field left out", lambda m: m.pop("version")),
    ("a hash that is none", lambda m: m.update(sha256="ABC")),
    ("a type nobody knows", lambda m: m.update(type="APIS")),
    ("a birth date written the other way round", lambda m: m["travellers"][0].update(birth_date="10/03/1984")),
    ("sex as sent instead of null", lambda m: m["travellers"][0].update(sex="U")),
    ("a document number with blanks", lambda m: m["travellers"][0]["documents"][0].update(number="AB 12")),
    ("an empty string instead of null", lambda m: m["travellers"][0].update(embarks="")),
    ("leading zeros in a flight number", lambda m: m["journeys"][0]["legs"][0].update(number="0412")),
    ("UTC without Z", lambda m: m["journeys"][0]["legs"][0].update(departs_utc="2026-11-23T05:40")),
    ("a place under the Python name", lambda m: m["journeys"][0]["legs"][0].update(origin="CMN")),
    ("a severity nobody knows", lambda m: m["problems"][0].update(severity="fatal")),
]


@pytest.mark.parametrize(("reason", "spoil"), BAD, ids=[reason for reason, _ in BAD])
def test_schema_refuses(reason: str, spoil: Any) -> None:
    message = json.loads((REFERENCE / "golden" / "paxlst.json").read_text(encoding="utf-8"))
    spoil(message)
    assert not VALIDATOR.is_valid(message), reason
