"""SARIF 2.1.0: one run with the rules that found something, and their results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from posixpath import normpath
from typing import Any

from mdtm import __version__
from mdtm.default_levels import DEFAULT_LEVELS
from mdtm.finding import Finding, Report, fingerprints, place_of
from mdtm.pages import page
from mdtm.problem import Fix
from mdtm.rules import RULES, Rule, code_of
from mdtm.text import Span, Text

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "information": "note", "hint": "note"}
_BRACES = str.maketrans({"{": "{{", "}": "}}"})
_IN_URI = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")


def written(report: Report) -> Iterator[str]:
    """The log, one value in each line."""
    codes = {finding.problem.code for finding in report.findings}
    rules = [rule for rule in RULES if code_of(rule) in codes]
    numbers = {code_of(rule): number for number, rule in enumerate(rules)}
    results = [
        _result(finding, name, report.folder) | {"ruleIndex": numbers[finding.problem.code]}
        for finding, name in zip(report.findings, fingerprints(report.findings), strict=True)
    ]
    run = {
        "tool": {"driver": {"name": "mdtm", "semanticVersion": __version__, "rules": [_about(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, indent=1, ensure_ascii=report.ascii) + "\n"


def _about(rule: Rule) -> dict[str, Any]:
    """What viewers tell of a rule; its help is shown as it is, so that its braces stay single."""
    return {
        "id": code_of(rule),
        "shortDescription": _message((rule.__doc__ or "").partition("\n")[0]),
        "help": {"text": f"mdtm explain {code_of(rule)}", "markdown": page(rule)},
        "defaultConfiguration": {"level": _LEVELS[DEFAULT_LEVELS[code_of(rule)]]},
    }


def _result(finding: Finding, fingerprint: str, folder: str) -> dict[str, Any]:
    path, text, problem = finding
    file = _artifact(path, folder)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "level": _LEVELS[problem.severity.name.lower()],
        "message": _message(problem.message),
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": _region(text, problem.span)}}],
        "partialFingerprints": {"pathRuleLine/v1": fingerprint},
    }
    if problem.related:
        result["relatedLocations"] = [
            {
                "physicalLocation": {"artifactLocation": file, "region": _region(text, place.span)},
                "message": _message(place.message),
            }
            for place in problem.related
        ]
    if problem.fixes:
        result["fixes"] = [_fix(text, fix, file) for fix in problem.fixes]
    return result


def _fix(text: Text, fix: Fix, file: dict[str, str]) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(text, edit.span), "insertedContent": {"text": edit.new}} for edit in fix.edits
    ]
    return {
        "description": _message(fix.title if fix.safe else f"{fix.title} (look first)"),
        "artifactChanges": [{"artifactLocation": file, "replacements": replacements}],
    }


def _message(text: str) -> dict[str, str]:
    """A message in which nothing is a placeholder (3.11.5) or a link (3.11.6)."""
    return {"text": text.replace("](", "] (").translate(_BRACES)}


def _artifact(path: str, folder: str) -> dict[str, str]:
    """A file: relative to what the reader takes for the root, or absolute where it cannot lie below that."""
    if path.startswith("../") or _ABSOLUTE.match(path):
        whole = path if _ABSOLUTE.match(path) else normpath(f"{folder}/{path}")
        return {"uri": f"file:///{_escaped(whole.lstrip('/'))}"}
    return {"uri": _escaped(path), "uriBaseId": "%SRCROOT%"}


def _escaped(path: str) -> str:
    """A path as part of a URI (RFC 3986)."""
    return "".join(chr(byte) if byte in _IN_URI else f"%{byte:02X}" for byte in path.encode("utf-8", "surrogateescape"))


def _region(text: Text, span: Span) -> dict[str, int]:
    """A stretch of text (3.30.2), in code points, of which a byte order mark is none."""
    place = place_of(text, span, "utf-32")
    mark = text.line(0).startswith("\ufeff")
    return {
        "startLine": place.line,
        "startColumn": max(1, place.column - (mark and place.line == 1)),
        "endLine": place.end_line,
        "endColumn": max(1, place.end_column - (mark and place.end_line == 1)),
    }
