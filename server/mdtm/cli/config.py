"""`mdtm config`: says which settings hold, where each was said, and why a file is checked or not."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mdtm.default_levels import DEFAULT_LEVELS
from mdtm.disk import Folders, decoded, read_bytes, settings_layers
from mdtm.disk.folders import NAMES_OF_OURS, SKIPPED
from mdtm.document import Document
from mdtm.rules import FAMILY_OF
from mdtm.schema.settings import SETTINGS, SETTINGS_FILES
from mdtm.settings import DEFAULTS, Settings

DEFAULT = "default"
DESCRIPTION = """Says which settings hold on the command line, and which file said each of them.
An editor's own settings win over the files there, and are not seen here."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    meaning = "say which settings hold, where they were said, and why a file is checked or not"
    parser = commands.add_parser("config", help=meaning, description=DESCRIPTION)
    parser.add_argument("file", metavar="FILE", nargs="?", help="a file or folder; without one, this folder")
    parser.add_argument("--json", action="store_true", help="print the same for a program")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    path = os.path.abspath(arguments.file or ".")
    if not os.path.exists(path):
        print(f"mdtm: there is no file or folder {arguments.file}", file=sys.stderr)
        return 2
    root = Folders(os.getcwd()).root_of(path)
    try:
        layers = settings_layers(root)
        told = _told(root, layers)
        if arguments.file:
            told["file"] = _file(root, path, layers)
    except OSError as error:
        print(f"mdtm: {error.filename} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    if arguments.json:
        import json  # here, for a check needs none

        ascii_only = (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")
        print(json.dumps(told, indent=2, ensure_ascii=ascii_only))
    else:
        print("\n".join(_lines(told)))
    return 0


Layers = list[tuple[str, Mapping[str, Any]]]


def _told(root: Path, layers: Layers) -> dict[str, Any]:
    """The settings that hold, each with where it was said."""
    settings = _folded(layers)
    values: dict[str, Any] = {}
    for key in SETTINGS.keys:
        if key.name != "rules":
            source = _source(layers, key.name)
            values[key.name] = {"value": _plain(getattr(settings, key.name)), "from": source}
    if not settings.actor:
        from mdtm.world import actor_unless_told  # here, for a check shall not wait for all that the verbs need

        name, source = actor_unless_told()
        values["actor"] = {"value": name, "from": source}
    return {
        "workspace": str(root),
        "files": [name for name, _ in layers],
        "settings": values,
        "rules": _rules(settings, layers),
    }


def _rules(settings: Settings, layers: Layers) -> dict[str, dict[str, str]]:
    """The level of every rule that has been given one, by its code or by its family, beside its own."""
    rows: dict[str, dict[str, str]] = {}
    for code, family in FAMILY_OF.items():
        if level := settings.level(code, family):
            said = code if code in settings.rules else family
            source = next(name for name, values in reversed(layers) if said in DEFAULTS.with_values(values).rules)
            rows[code] = {"level": level, "own": DEFAULT_LEVELS.get(code, ""), "by": said, "from": source}
    return rows


def _file(root: Path, path: str, layers: Layers) -> dict[str, Any]:
    """Whether a file or folder is checked, and why."""
    settings = _folded(layers)
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    is_folder = os.path.isdir(path)
    about: dict[str, Any] = {"path": inside}
    if pattern := settings.excluded_by(f"{inside}/" if is_folder else inside):
        source = _source(layers, "exclude")
        reason = f'excluded by "{pattern}" in {source}; it is checked only where a command names it'
        return about | {"checked": False, "reason": reason, "pattern": pattern, "from": source}
    if skipped := next((part for part in inside.split("/")[: None if is_folder else -1] if part in SKIPPED), None):
        reason = f"mdtm looks into no folder {skipped}; it is checked only where a command names it"
        return about | {"checked": False, "reason": reason}
    if is_folder:
        return about | {"checked": True, "reason": "a folder; the files in it that are ours are checked"}
    document = Document.read(inside, *decoded(read_bytes(path)))
    return about | _document(document) | _allowed(document, settings)


def _document(document: Document) -> dict[str, Any]:
    schema = document.schema
    if schema is None and document.name in SETTINGS_FILES:
        return {"checked": False, "reason": "no document of ours, for it has no table [tool.mdtm]"}
    if schema is None:
        reason = "no document of ours: neither its name nor TOML between two lines +++ says that it is one"
        return {"checked": False, "reason": reason}
    about: dict[str, Any] = {"checked": True, "reason": f"checked as {schema.title}", "kind": schema.name}
    if not document.name.endswith(NAMES_OF_OURS):
        about["checked"] = False
        about["reason"] = (
            f"its name does not end as ours do; it is checked as {schema.title} only where a command names it"
        )
    if document.is_session:
        about["dialect"] = document.dialect.name
        about["reason"] += f" in the dialect {document.dialect.name}"
    return about


def _allowed(document: Document, settings: Settings) -> dict[str, Any]:
    allowed = settings.allowed_in(document.path) if document.schema else {}
    return {"allowed": {name: one.reason for name, one in allowed.items()}} if allowed else {}


def _folded(layers: Layers) -> Settings:
    settings = DEFAULTS
    for _, values in layers:
        settings = settings.with_values(values)
    return settings


def _source(layers: Layers, name: str) -> str:
    """The last file that says something of a key, in a way that means something."""
    said = (file for file, values in reversed(layers) if getattr(DEFAULTS.with_values(values), name))
    return next(said, DEFAULT)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [
            one if isinstance(one, str) else {"path": one.path, "rules": list(one.rules), "reason": one.reason}
            for one in value
        ]
    return value


def _lines(told: Mapping[str, Any]) -> list[str]:
    lines = [f"workspace  {told['workspace']}", f"files      {', '.join(told['files']) or 'none'}", ""]
    for name, row in told["settings"].items():
        lines.append(f"{name:<10} {_shown(row['value']):<50} {row['from']}")
    for code, row in told["rules"].items():
        level = f"{code} = {row['level']}" + (f", not {row['own']}" if row["own"] != row["level"] else "")
        by = "" if row["by"] == code else f", for the family {row['by']}"
        lines.append(f"{'rules':<10} {level:<50} {row['from']}{by}")
    if about := told.get("file"):
        lines += ["", f"{about['path']}: {about['reason']}"]
        lines += [
            f"  {name} is allowed: {reason or 'no reason is given'}"
            for name, reason in about.get("allowed", {}).items()
        ]
    return lines


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return (
            ", ".join(one if isinstance(one, str) else f"{'/'.join(one['rules'])} in {one['path']}" for one in value)
            or "nothing"
        )
    return value or "not chosen"
