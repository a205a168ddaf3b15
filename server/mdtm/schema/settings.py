"""The settings, which stand in a file of their own, in a table of `pyproject.toml`, or in the editor.

This is the one table of them: what a file may say, what `mdtm config` tells and what VS Code offers follow from it.
"""

from mdtm.dialect import DIALECTS
from mdtm.schema.base import Key, Schema, Values

SETTINGS_FILE = ".mdtm.toml"
PYPROJECT = "pyproject.toml"
"""Only its table `[tool.mdtm]` is ours; a file without that is no document at all."""
TABLE = ("tool", "mdtm")
SETTINGS_FILES = (PYPROJECT, SETTINGS_FILE)
"""Where settings may stand in the root of a workspace; the last one wins."""

SETTINGS = Schema(
    "settings",
    "a settings file",
    (
        Key("actor", meaning="Who acts, for the log, where nobody says otherwise"),
        Key(
            "dialect",
            meaning="The system whose conventions a new session takes; without it the one that is in use",
            values=Values(tuple(dialect.name for dialect in DIALECTS)),
        ),
        Key("exclude", "texts", meaning="Patterns for the files and folders that are not checked"),
        Key("rules", "any", meaning="For each rule, or family of rules, how bad its problems are"),
        Key("allow", "any", meaning="Tables that allow some rules' faults in some files: path, rules, reason"),
        Key(
            "idle_minutes",
            "number",
            meaning="After how many minutes without an entry the clock of a session is idle; without it after 240",
        ),
        Key("inlay_hints_off", "texts", meaning="The kinds of inlay hints that are not shown: elapsed, days, total"),
    ),
)
ALLOWANCE = ("path", "rules", "reason")
"""The keys of each table of `allow`."""
