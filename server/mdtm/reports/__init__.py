"""Every form in which a check can tell what it found; each is a file that is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from mdtm.finding import Report

FORMATS = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "azure", "rdjson")
"""Their names, which are those of the files as well."""
WITH_STATISTICS = ("text", "json")


def written(form: str, report: Report) -> Iterator[str]:
    """The pieces of a report in one of the FORMATS."""
    pieces: Iterator[str] = import_module(f"{__name__}.{form}").written(report)
    return pieces
