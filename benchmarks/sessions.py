"""Generated workspaces of many sessions, of which each tenth has one known fault."""

from __future__ import annotations

from pathlib import Path

from benchmarks.documents import log_lines, python, stamp

ENTRIES = 20
NOTE = "# Note {number}\n\nWhat was learned in {session}.\n\n- keep it simple\n- measure first\n"
FAULTS = {"mdtm": ("unknown-status", 3), "rumdl": ("MD009", -1), "ruff": ("F821", -1)}
"""What each contestant finds in a session with a fault: the code and the line, from 0, or -1 for the last."""

Fault = tuple[str, str, int]
"""The name of the session's folder, the code, and the line from 0."""


def make_sessions(root: Path, count: int) -> None:
    """Writes each session as a log with two notes, and once more as a Python file for ruff."""
    for number in range(count):
        folder = root / "ruru" / "sessions" / session_id(number)
        notes = tuple(f"artifacts/notes/NOTE-step_{number}_{note}-2505010012.md" for note in (1, 2))
        (folder / "artifacts" / "notes").mkdir(parents=True)
        for note in notes:
            (folder / note).write_text(NOTE.format(number=number, session=folder.name), "utf-8")
        status = "🏁 Complted" if has_fault(number) else "🏁 Completed"
        lines = log_lines(ENTRIES, folder.name, status, notes, end_time=stamp(ENTRIES - 1))
        code = python(ENTRIES).text.removeprefix("import os\n\n\n").replace("unlog(", "log(").splitlines()
        if has_fault(number):
            lines[-1] += " "
            code[-1] = f"un{code[-1]}"
        (folder / "session_log.md").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "session_log.py").write_text("\n".join(code) + "\n", "utf-8")


def session_id(number: int) -> str:
    return f"SESSION-Step_{number:05}-2505010000"


def has_fault(number: int) -> bool:
    return number % 10 == 0


def faults(contestant: str, count: int) -> set[Fault]:
    """What a contestant has to find in so many sessions."""
    code, line = FAULTS[contestant]
    if line < 0:
        notes = ("artifacts/notes/a.md", "artifacts/notes/b.md")
        line = len(log_lines(ENTRIES, artifacts=notes)) - 1 if contestant == "rumdl" else ENTRIES + 3
    return {(session_id(number), code, line) for number in range(count) if has_fault(number)}
