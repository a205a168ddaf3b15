"""Writes TOML: one text, an array, or a key from Python data, which is tomlkit's work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

WIDEST = 100
"""How many columns a line with an array may take."""


def text_value(text: str) -> str:
    """A text as a TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def array(items: Sequence[str], before: int, newline: str = "\n", indent: str = "") -> str:
    """An array of values that are written already: on one line when it fits behind what stands before, in columns."""
    line = f"[{', '.join(items)}]"
    if not items or (before + len(line) <= WIDEST and "\n" not in line):
        return line
    rows = "".join(f"{indent}    {item},{newline}" for item in items)
    return f"[{newline}{rows}{indent}]"


def key_and_value(key: str, value: Any) -> str | None:
    """A key of the top level with its value, or the table that it is, in lines of TOML; None when it cannot be said."""
    import tomlkit  # on demand: few files need it, and it is slow to load

    try:
        return tomlkit.dumps({key: _written(value)})
    except (TypeError, ValueError, RecursionError):
        return None


def key_and_list(key: str, items: Sequence[Any], comments: Iterable[tuple[int, bool, str]]) -> str | None:
    """A key with a list of single values, one to a line, and comments; None when it cannot be said.

    A comment stands behind an item or, on a line of its own, above it; the items count from 0.
    """
    rows: list[str] = []
    placed = list(comments)
    for number in range(len(items) + 1):
        rows += [f"    {text}" for item, behind, text in placed if item == number and not behind]
        if number < len(items):
            if (item_alone := key_and_value("k", items[number])) is None:
                return None
            comment = "".join(f" {text}" for item, behind, text in placed if item == number and behind)
            rows.append(f"    {item_alone.removeprefix('k = ').rstrip()},{comment}")
    empty = key_and_value(key, [])
    return empty and "\n".join([empty.rstrip().removesuffix("]"), *rows, "]\n"])


def _written(value: Any) -> Any:
    """The value as tomlkit shall have it: a time in UTC ends with Z, and a text of several lines goes over several."""
    import tomlkit

    if isinstance(value, datetime) and value.utcoffset() == timedelta():
        return tomlkit.datetime(value.replace(tzinfo=None).isoformat() + "Z")
    if isinstance(value, str) and "\n" in value.strip("\n"):
        return tomlkit.string(value, multiline=True)
    if isinstance(value, Mapping):
        return {str(key): _written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_written(item) for item in value]
    return value
