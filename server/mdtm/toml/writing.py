"""Writes TOML: one text, or a whole block from Python data, which is tomlkit's work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def text_value(text: str) -> str:
    """A text as a TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def block(values: Mapping[str, Any]) -> str | None:
    """The values as TOML, in their order; None when TOML cannot say them.

    What is nothing becomes an empty string, and a time becomes a string, as these files have it.
    """
    import tomlkit  # on demand: few files need it, and it is slow to load

    try:
        return tomlkit.dumps(_written(values))
    except (TypeError, ValueError, RecursionError):
        return None


def _written(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return {str(key): _written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_written(item) for item in value]
    return value
