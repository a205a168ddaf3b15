"""Generated documents with known faults: what an editor opens, one writer for each kind of contestant.

All kinds say the same, entry by entry, so that their sizes are alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

SESSION = "SESSION-Move_the_token_store-2505010000"
FOLDER = f"ruru/sessions/{SESSION}"
"""A folder that is not hidden: several peers look into no other."""
ARTIFACTS = tuple(f"artifacts/notes/NOTE-token_store_{number}-2505021{number}15.md" for number in range(8))
KINDS_OF_EVENT = ("start", "delegation", "artifact", "result", "error", "decision")
EVENTS = (
    "`roo-commander`: step {i} begins, the goal is still to move the token store",
    "`roo-commander`: delegated step {i} to `dev-python` – the café's till must stay open meanwhile",
    "`dev-python`: wrote down what step {i} needs in `{artifact}`",
    "`dev-python`: step {i} is done, fourteen tests were added and all of them pass",
    "`lead-backend`: step {i} failed, the connection was refused during the migration 🔴",
    "`lead-backend`: decided in step {i} to keep refresh tokens on the server",
)

Finding = tuple[str, int]
"""The code of a fault and the line that it is in, from 0."""


class Keystroke(NamedTuple):
    """A place where one character makes one more thing wrong, and another, or none, makes it right again."""

    line: int
    column: int
    """In UTF-16 units."""
    right: str
    wrong: str
    finding: Finding

    def change(self, wrong: bool) -> dict[str, Any]:
        """The change, in LSP's words, that makes it wrong, or right again."""
        old, new = (self.right, self.wrong) if wrong else (self.wrong, self.right)
        ends = (self.column, self.column + units(old))
        start, end = ({"line": self.line, "character": column} for column in ends)
        return {"range": {"start": start, "end": end}, "text": new}


class Generated(NamedTuple):
    """A document and what is known of it."""

    name: str
    language: str
    text: str
    faults: frozenset[Finding]
    in_entry: Keystroke
    """In the entry in the middle."""
    in_frontmatter: Keystroke | None = None

    def findings(self, key: Keystroke, wrong: bool) -> frozenset[Finding]:
        """What has to be found while a keystroke is wrong, or right."""
        return self.faults | {key.finding} if wrong else self.faults

    def text_with(self, key: Keystroke, wrong: bool) -> str:
        if not wrong:
            return self.text
        lines = self.text.split("\n")
        written = lines[key.line].encode("utf-16-le")
        head, tail = written[: key.column * 2], written[(key.column + units(key.right)) * 2 :]
        lines[key.line] = head.decode("utf-16-le") + key.wrong + tail.decode("utf-16-le")
        return "\n".join(lines)


def session_log(entries: int) -> Generated:
    """For mdtm: a wrong status, and a time that does not exist a quarter down."""
    lines = log_lines(entries)
    first = len(lines) - entries
    wrong = first + entries // 4
    month = len("- [2025-")
    lines[wrong] = f"{lines[wrong][:month]}13{lines[wrong][month + 2 :]}"
    in_entry = Keystroke(first + entries // 2, month, "0", "9", ("bad-time", first + entries // 2))
    start = next(number for number, line in enumerate(lines) if line.startswith("start_time"))
    in_frontmatter = Keystroke(start, lines[start].index("-") + 1, "0", "9", ("bad-time", start))
    faults = frozenset({("unknown-status", 3), ("bad-time", wrong)})
    return Generated("session_log.md", "markdown", _text(lines), faults, in_entry, in_frontmatter)


def markdown(entries: int) -> Generated:
    """For rumdl: the same log; a space at the end of a line a quarter down, and one to be typed."""
    lines = log_lines(entries)
    first = len(lines) - entries
    wrong, middle = first + entries // 4, first + entries // 2
    lines[wrong] += " "
    in_entry = Keystroke(middle, units(lines[middle]), "", " ", ("MD009", middle))
    return Generated("session_log.md", "markdown", _text(lines), frozenset({("MD009", wrong)}), in_entry)


def headings(entries: int) -> Generated:
    """For rumdl's symbols, which are headings: the same log with a heading for each entry."""
    lines = log_lines(entries)
    first = len(lines) - entries
    lines[first:] = [line for entry in lines[first:] for line in ("###" + entry[1:], "")]
    del lines[-1]
    middle = first + entries // 2 * 2
    in_entry = Keystroke(middle, units(lines[middle]), "", " ", ("MD009", middle))
    return Generated("session_log.md", "markdown", _text(lines), frozenset(), in_entry)


def python(entries: int) -> Generated:
    """For ruff: a call for each entry; an import that is not used, and a call of what is not there."""
    lines = ["import os", "", "", "def log(time, kind, text):", "    print(time, kind, text)", "", ""]
    first = len(lines)
    wrong, middle = first + entries // 4, first + entries // 2
    lines += [f'log("{stamp(i)}", "{_kind(i)}", {_quoted(i)})' for i in range(entries)]
    lines[wrong] = f"un{lines[wrong]}"
    in_entry = Keystroke(middle, 3, "", "x", ("F821", middle))
    faults = frozenset({("F401", 0), ("F821", wrong)})
    return Generated("session_log.py", "python", _text(lines), faults, in_entry)


def toml(entries: int) -> Generated:
    """For tombi: a table for each entry, held against a schema; a kind of event that there is not."""
    lines = [*_keys("🟢 Active"), ""]
    first = len(lines)
    for i in range(entries):
        lines += ["[[entry]]", f"time = {stamp(i)}", f'type = "{_kind(i)}"', f"text = {_quoted(i)}", ""]
    wrong, middle = (first + 5 * number + 2 for number in (entries // 4, entries // 2))
    lines[wrong] = 'type = "unknown"'
    in_entry = Keystroke(middle, len('type = "'), "", "x", ("enum", middle))
    return Generated("session_log.toml", "toml", _text(lines), frozenset({("enum", wrong)}), in_entry)


KINDS: dict[str, Callable[[int], Generated]] = {
    "session log": session_log,
    "markdown": markdown,
    "headings": headings,
    "python": python,
    "toml": toml,
}
TOML_SCHEMA = json.dumps(
    {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": True,
        "properties": {
            "entry": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": True,
                    "required": ["time", "type", "text"],
                    "properties": {"type": {"enum": KINDS_OF_EVENT}, "text": {"type": "string"}},
                },
            }
        },
    }
)


def units(text: str) -> int:
    """How long a text is in UTF-16, as LSP counts."""
    return len(text.encode("utf-16-le")) // 2


def log_lines(
    entries: int,
    session: str = SESSION,
    status: str = "🟢 Actve",
    artifacts: tuple[str, ...] = ARTIFACTS,
    end_time: str = "",
) -> list[str]:
    """The lines of a session log; the entries are the last ones."""
    head = [
        "+++",
        *_keys(status, session, artifacts, end_time),
        "+++",
        "",
        "# Move the token store",
        "",
        "## Log Entries",
        "",
    ]
    return head + [f"- [{stamp(i)}] {event(i, artifacts)}" for i in range(entries)]


def event(i: int, artifacts: tuple[str, ...] = ARTIFACTS) -> str:
    """What the entry of a number says."""
    return EVENTS[i % len(EVENTS)].format(i=i, artifact=artifacts[i % len(artifacts)])


def stamp(i: int) -> str:
    """The time of the entry of a number: one entry every 37 seconds."""
    days, rest = divmod(i * 37, 86400)
    months, day = divmod(days, 28)
    years, month = divmod(months + 4, 12)
    return f"{2025 + years}-{month + 1:02}-{day + 1:02}T{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}Z"


def _keys(status: str, session: str = SESSION, artifacts: tuple[str, ...] = ARTIFACTS, end_time: str = "") -> list[str]:
    return [
        f'id = "{session}" # the name of the folder',
        'title = "Move the token store" # the goal',
        f'status = "{status}" # one of four',
        f'start_time = "{stamp(0)}"',
        f'end_time = "{end_time}"',
        'coordinator = "roo-commander"',
        "related_tasks = []",
        "related_artifacts = [",
        *(f'    "{artifact}",' for artifact in artifacts),
        "]",
        'tags = ["session", "log", "tokens"]',
    ]


def _kind(i: int) -> str:
    return KINDS_OF_EVENT[i % len(KINDS_OF_EVENT)]


def _quoted(i: int) -> str:
    return json.dumps(event(i), ensure_ascii=False)


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
