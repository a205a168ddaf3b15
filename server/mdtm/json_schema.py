"""The kinds of documents as JSON Schemas, for editors and other programs that check TOML, YAML or JSON by them.

They say what breaks tools; the rules, which see the file and those around it, say more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mdtm.dialect import DIALECTS
from mdtm.rules import NAMES
from mdtm.schema import SCHEMAS, SETTINGS_FILE, Key, Schema
from mdtm.schema.base import Type
from mdtm.schema.sessions import SESSION_LOG
from mdtm.schema.settings import ALLOWANCE, SETTINGS
from mdtm.settings import HINTS, LEVELS, MOST_MINUTES

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[Type, dict[str, Any]] = {
    "text": {"type": "string"},
    "time": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "number": {"type": ["number", "string"]},
}
"""What a value of each type is; a time of TOML's own is none of JSON, and stands as a string."""
_NAMED = {"enum": sorted(NAMES)}
_SETTINGS: dict[str, dict[str, Any]] = {
    "idle_minutes": {"type": "integer", "minimum": 1, "maximum": MOST_MINUTES},
    "inlay_hints_off": {"items": {"enum": [*HINTS]}},
    "rules": {"type": "object", "propertyNames": _NAMED, "additionalProperties": {"enum": [*LEVELS]}},
    "allow": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "path": {"type": "string"},
                "rules": {"type": "array", "items": _NAMED},
                "reason": {"type": "string"},
            },
            "required": [*ALLOWANCE],
            "additionalProperties": False,
        },
    },
}
"""What the settings are whose values have parts."""


def json_schemas() -> dict[str, dict[str, Any]]:
    """Each kind of document by the name of the file that its schema has."""
    return {_file_name(schema): _json_schema(schema) for schema in SCHEMAS}


def _file_name(schema: Schema) -> str:
    return f"{schema.name}.json"


def _json_schema(schema: Schema) -> dict[str, Any]:
    described: dict[str, Any] = {
        "$schema": DRAFT,
        "$id": _file_name(schema),
        "title": schema.title[0].upper() + schema.title[1:],
        "description": _description(schema),
        "type": "object",
        "properties": dict(_properties(schema)),
    }
    required = [key.name for key in schema.keys if key.need == "required"]
    if required:
        described["required"] = required
    if schema is SETTINGS:
        described["additionalProperties"] = False
    return described


def _description(schema: Schema) -> str:
    if schema is SETTINGS:
        return f"The file {SETTINGS_FILE} in the root of a workspace, and the table [tool.mdtm] of pyproject.toml."
    if schema.name == "workflow-state":
        return "The file that holds the state of a workflow session."
    return f"The keys that {schema.title} has between its +++ lines; it may have any others."


def _properties(schema: Schema) -> Iterator[tuple[str, dict[str, Any]]]:
    for key in schema.keys:
        yield key.name, _property(key, schema)
    for key in schema.keys:
        for name in key.aliases:
            old = {"description": f"The older name of {key.name}.", "deprecated": True}
            if schema.key(name) is None:
                yield name, {**_TYPES.get(key.type, {}), **old}


def _property(key: Key, schema: Schema) -> dict[str, Any]:
    described = dict(_TYPES.get(key.type, {}))
    if key.meaning:
        described["description"] = f"{key.meaning}."
    if values := _values(key, schema):
        described["enum"] = [*values] if key.need == "required" else [*values, ""]
    return described | _SETTINGS.get(key.name, {}) if schema is SETTINGS else described


def _values(key: Key, schema: Schema) -> tuple[str, ...]:
    """The values that a key may have; none where it may have any."""
    if schema is SESSION_LOG and key.name == "status":
        return tuple(dict.fromkeys(status for dialect in DIALECTS for status in dialect.statuses))
    return key.values.canonical if key.values else ()
