"""Turns the YAML of a file into TOML. Reading it is python-frontmatter's work, writing tomlkit's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_COMMENT = re.compile(r"^(?:[^\"'#]*\s)?#", re.MULTILINE)


def as_toml(text: str) -> str | None:
    """The YAML frontmatter of a text as TOML without fences; None when TOML cannot say it.

    The order of the keys stays; what YAML leaves empty becomes an empty string, and a time becomes a string,
    as these files have it.
    """
    import frontmatter  # on demand, like tomlkit: only a file with YAML needs them, and they are slow to load
    import tomlkit

    try:
        return tomlkit.dumps(_written(frontmatter.loads(text).metadata))
    except (TypeError, ValueError):
        return None


def comments_in(yaml: str) -> int:
    """How many comments a YAML text has, which do not survive."""
    return len(_COMMENT.findall(yaml))


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
