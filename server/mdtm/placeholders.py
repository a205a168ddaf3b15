"""What a template has where a value belongs, when nobody has replaced it."""

from __future__ import annotations

import re

_SIGNS = ("<", "[", "{{", "YY", "...")
"""Every placeholder has one of them."""
_PLACEHOLDER = re.compile(
    r"<<[^<>]*>>|\\?\{\{[^{}]*\}\}|\[?\bYYYY-?MM-?DD[^\s\"]*|\[?\bYYMMDD[^\s\"]*|\A[A-Z][A-Z0-9-]*-\.\.\.\Z"
    r"|\A(?:\[[A-Z][^\[\]]*\]|<[a-z][\w -]*>)\Z"
)


def may_have_placeholder(text: str) -> bool:
    """Whether it is worth looking for one."""
    return any(sign in text for sign in _SIGNS)


def placeholder_in(text: str) -> str:
    """The first placeholder in a text; empty when there is none."""
    if not may_have_placeholder(text):
        return ""
    match = _PLACEHOLDER.search(text.strip())
    return match[0] if match else ""
