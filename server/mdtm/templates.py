"""Fills a template: `{{name}}` becomes the text that the name stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
_FRONTMATTER = re.compile(r"\A\+\+\+\r?\n.*?^\+\+\+", re.DOTALL | re.MULTILINE)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its placeholders replaced; in the frontmatter quotes and backslashes are escaped.

    Raises:
        KeyError: the template has a placeholder that no value is given for.
    """
    end = match.end() if (match := _FRONTMATTER.match(template)) else 0
    head = _PLACEHOLDER.sub(lambda match: _escaped(values[match[1]]), template[:end])
    return head + _PLACEHOLDER.sub(lambda match: values[match[1]], template[end:])


def _escaped(text: str) -> str:
    """A text as it stands between the quotes of a TOML string."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
