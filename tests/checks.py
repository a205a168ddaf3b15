"""One `check_*` per boundary, so that tests are texts and know no API.

A text may hold several files, each begun by a line `-- path --`; without one it is the session log of
`SESSION_PATH`. A line of `^^^ code: message` names the problem at the columns above it.
"""

from __future__ import annotations

import re
import textwrap
from datetime import datetime, timezone

from mdtm.document import Document
from mdtm.files import Memory
from mdtm.judge import fixed, judge
from mdtm.plan import apply
from mdtm.problem import Problem
from mdtm.settings import DEFAULTS, Settings
from mdtm.text import Text
from mdtm.trace import Trace
from mdtm.workspace import Workspace

SESSION_FOLDER = ".ruru/sessions/SESSION-Pick_up_slots-2506050301"
SESSION_PATH = f"{SESSION_FOLDER}/session_log.md"
SESSION_KEYS = {
    "id": '"SESSION-Pick_up_slots-2506050301"',
    "title": '"Pick up slots"',
    "status": '"🟢 Active"',
    "start_time": '"2025-06-05T03:01:00Z"',
    "coordinator": '"dev-api"',
}
"""The keys of a session log in which nothing is wrong."""

NOW = datetime(2025, 6, 10, tzinfo=timezone.utc)
"""The time at which all tests of rules take place."""

_FILE = re.compile(r"^-- (\S.*?) --(?:\n|\Z)", re.MULTILINE)
_MARK = re.compile(r"^( *)(\^+) ([\w-]+): (.*)\n?", re.MULTILINE)


def files_in(text: str) -> dict[str, str]:
    """The files of a test's text; a text without a path is a session log."""
    text = textwrap.dedent(text.lstrip("\n") if text.startswith("\n") else text)
    parts = _FILE.split(text)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    return named or {SESSION_PATH: text}


def with_keys(lines: str) -> str:
    """A whole session log around some lines of its frontmatter; the other keys are sound."""
    given = set(re.findall(r"^\W?([\w-]+)\s*[=:]", lines, re.MULTILINE))
    others = "".join(f"{key} = {value}\n" for key, value in SESSION_KEYS.items() if key not in given)
    return f"+++\n{others}{lines.rstrip()}\n+++\n"


def as_text(example: str) -> str:
    """An example as a whole workspace: some keys or entries stand in a sound session log."""
    if example.startswith(("-- ", "+++", "---")):
        return example if example.startswith("-- ") else f"-- {SESSION_PATH} --\n{example}"
    return with_keys(example)


def workspace_of(files: dict[str, str], now: datetime = NOW) -> Workspace:
    """A workspace in which just these files are."""
    folders = {path.rpartition("/")[0] for path in files}
    return Workspace(
        {
            folder: frozenset(path[len(folder) + 1 :] for path in files if path.startswith(f"{folder}/"))
            for folder in folders
        },
        Trace(Memory(files)),
        now,
    )


def problems_in(files: dict[str, str], settings: Settings = DEFAULTS) -> list[tuple[Document, Problem]]:
    """All problems of some files, each with its document."""
    workspace = workspace_of(files)
    documents = [Document.read(path, text) for path, text in files.items()]
    return [(document, problem) for document in documents for problem in judge(document, workspace, settings)]


def codes_in(text: str) -> list[str]:
    return [problem.code for _, problem in problems_in(files_in(text))]


def check_problems(marked: str, settings: Settings = DEFAULTS) -> None:
    """Checks that the problems are those that the text marks, no more and no fewer.

    A mark's message may be the beginning of the real one.
    """
    marked = textwrap.dedent(marked.lstrip("\n"))
    files = files_in(_MARK.sub("", marked))
    found = sorted(_shown(document, problem) for document, problem in problems_in(files, settings))
    wanted = sorted(mark for path, text in files_in(marked).items() for mark in _marks(path, text))
    assert [mark[:5] for mark in wanted] == [mark[:5] for mark in found]
    for mark, real in zip(wanted, found, strict=True):
        assert real[5].startswith(mark[5])


def check_fix(before: str, after: str, unsafe: bool = False) -> None:
    """Checks what fixing makes of the first file of a text."""
    files, wanted = files_in(before), files_in(after)
    path = next(iter(files))
    document = Document.read(path, files[path])
    plan = fixed(document, workspace_of(files), DEFAULTS, unsafe)
    assert apply(plan, files)[path] == next(iter(wanted.values()))


def _shown(document: Document, problem: Problem) -> tuple[str, int, int, int, str, str]:
    start = document.text.position(problem.span.start, "utf-32")
    end = document.text.line_span(start.line).end
    width = max(1, min(problem.span.end, end) - problem.span.start)
    return document.path, start.line, start.column, width, problem.code, problem.message


def _marks(path: str, text: str) -> list[tuple[str, int, int, int, str, str]]:
    marks, line = [], -1
    for raw in Text.of(text).lines():
        if mark := _MARK.match(raw if raw.endswith("\n") else raw + "\n"):
            marks.append((path, line, len(mark[1]), len(mark[2]), mark[3], mark[4].strip()))
        else:
            line += 1
    return marks
