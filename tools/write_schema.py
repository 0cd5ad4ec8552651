"""Brings docs/reference/read.schema.json up to the records: fields that are missing are added with their docstring,
those that are gone are taken out, the order becomes that of the records. Patterns and descriptions that stand in the
file stay; tests/messages/test_schema.py compares both field for field.

    PYTHONPATH=src python tools/write_schema.py
"""

import ast
import inspect
import json
import types
import typing
from pathlib import Path
from typing import Any

import msgspec

from vigie import records

PATH = Path(__file__).resolve().parent.parent / "docs" / "reference" / "read.schema.json"
_NAMES = {str: "string", int: "integer", bool: "boolean"}


def main() -> None:
    schema = json.loads(PATH.read_text(encoding="utf-8"))
    known = schema.pop("$defs")
    top = {key: schema[key] for key in ("$schema", "$id")}
    definitions: dict[str, Any] = {}
    for name, struct in _reachable(records.Message, {}).items():
        described = _struct(struct, schema if name == "Message" else known.get(name, {}))
        if name == "Message":
            top |= described
        else:
            definitions[name] = described
    PATH.write_text(json.dumps({**top, "$defs": definitions}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _struct(struct: type, before: dict[str, Any]) -> dict[str, Any]:
    told, texts = before.get("properties", {}), _docstrings(struct)
    fields = msgspec.structs.fields(struct)
    properties = {}
    for field in fields:
        old = told.get(field.encode_name)
        if typing.get_origin(field.type) is dict:
            properties[field.encode_name] = old
            continue
        made = _field(field.type, texts.get(field.name) or field.name.replace("_", " ").capitalize() + ".")
        if old is not None and "enum" in made and "enum" in old:
            old = {**old, "enum": made["enum"]}
        properties[field.encode_name] = old or made
    return {
        "title": struct.__name__,
        "description": before.get("description") or _first(inspect.getdoc(struct)),
        "type": "object",
        "additionalProperties": False,
        "required": [field.encode_name for field in fields],
        "properties": properties,
    }


def _field(annotation: Any, text: str) -> dict[str, Any]:
    union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    parts = typing.get_args(annotation) if union else (annotation,)
    (kind,) = [part for part in parts if part is not type(None)]
    null = type(None) in parts
    if typing.get_origin(kind) is typing.Literal:
        return {"enum": [*typing.get_args(kind), *([None] if null else [])], "description": text}
    if typing.get_origin(kind) is tuple:
        item = typing.get_args(kind)[0]
        return {"type": "array", "items": _item(item), "description": text}
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        reference = {"$ref": f"#/$defs/{kind.__name__}"}
        return {"anyOf": [reference, {"type": "null"}], "description": text} if null else reference
    made: dict[str, Any] = {"type": [_NAMES[kind], "null"] if null else _NAMES[kind]}
    if kind is str:
        made["minLength"] = 1
    if kind is int:
        made["minimum"] = 0
    return {**made, "description": text}


def _item(item: Any) -> dict[str, Any]:
    if typing.get_origin(item) is typing.Literal:
        return {"enum": list(typing.get_args(item))}
    if issubclass(item, msgspec.Struct):
        return {"$ref": f"#/$defs/{item.__name__}"}
    return {"type": "string", "minLength": 1} if item is str else {"type": "integer", "minimum": 0}


def _docstrings(struct: type) -> dict[str, str]:
    """What stands as a string below each field, in one line."""
    (body,) = [node.body for node in ast.parse(inspect.getsource(struct)).body if isinstance(node, ast.ClassDef)]
    texts, name = {}, None
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            texts[name], name = " ".join(str(node.value.value).split()), None
    return texts


def _first(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


def _reachable(struct: type, seen: dict[str, type]) -> dict[str, type]:
    if struct.__name__ not in seen:
        seen[struct.__name__] = struct
        for field in msgspec.structs.fields(struct):
            for part in _structs_in(field.type):
                _reachable(part, seen)
    return seen


def _structs_in(annotation: Any) -> list[type]:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return [annotation]
    return [found for argument in typing.get_args(annotation) for found in _structs_in(argument)]


if __name__ == "__main__":
    main()
