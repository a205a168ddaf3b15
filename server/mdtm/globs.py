"""Patterns for paths, much as git ignores them: `legacy/`, `*.draft.md`, `docs/**/old-*.md`."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"(?P<deep>/\*\*(?=/|\Z)|\A\*\*/)|(?P<many>\*+)|(?P<one>\?)|\[(?P<no>[!^]?)(?P<set>\]?[^\]/]*)\]|.")

_NOTHING = re.compile(r"(?!)")


def matches(pattern: str, path: str) -> bool:
    """Whether a path, from the root of the workspace with `/`, or a folder above it is meant; a folder ends with `/`.

    A pattern with a `/` before its end begins at the root, any other fits at every depth.
    `*` and `?` stay within a name, `**` goes through folders, and a pattern that ends with `/` means folders only.
    """
    return _compiled(pattern).match(path) is not None


def first_match(patterns: tuple[str, ...], path: str) -> str | None:
    """The first of some patterns that means a path."""
    return next((pattern for pattern in patterns if matches(pattern, path)), None)


def fault_of(pattern: str) -> str:
    """Why a pattern can mean no path at all; empty for those that can."""
    if not pattern.strip(" /"):
        return "it is empty"
    if "\\" in pattern:
        return "folders are parted by /, on Windows too"
    if pattern.startswith("!"):
        return "a pattern cannot take back what another one means"
    if re.match(r"[A-Za-z]:|~", pattern) or ".." in pattern.split("/"):
        return "a pattern begins at the root of the workspace, and stays in it"
    return "its brackets mean no character" if _compiled(pattern) is _NOTHING else ""


@lru_cache(maxsize=1_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    whole = pattern.strip()
    inner = whole.rstrip("/")
    anchored = "/" in inner
    body = "".join(map(_written, _PIECE.finditer(inner.lstrip("/"))))
    behind = "/" if whole.endswith("/") else r"(?:/|\Z)"
    try:
        return re.compile(("" if anchored else "(?:.*/)?") + body + behind, re.DOTALL)
    except re.error:
        return _NOTHING


def _written(piece: re.Match[str]) -> str:
    """A piece of a pattern as a regular expression."""
    if piece["deep"]:
        return "(?:.*/)?" if piece["deep"][0] == "*" else "(?:/.*)?"
    if piece["many"]:
        return "[^/]*"
    if piece["one"]:
        return "[^/]"
    if piece["set"]:
        members = re.sub(r"([\\\[\]&~|])", r"\\\1", piece["set"])
        return f"[{'^/' if piece['no'] else ''}{members}]"
    return re.escape(piece[0])
