"""Reading never fails: the examples, damaged in seeded ways, give documents, problems and fixes that fit."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from mdtm.disk import Folders, decoded
from mdtm.document import Document
from mdtm.judge import fixed, judge
from mdtm.plan import apply
from mdtm.workspace import NO_FILES

EXAMPLES = Path(__file__).parent.parent / "examples" / "workspace"
YAML = """---
id: TASK-DEV-20250605-101500 # 🟢
title: "Pick up: slots"
status: '🟡 To Do'
tags: [a, b]
when: 2025-06-05T10:00:00Z
many: {x: [1, null, true], y: &a 1}
text: |
  two
  lines
---

# Slots
"""
FILES = [Path(path) for path in Folders().documents_under(str(EXAMPLES))]
DAMAGE = [
    b"",
    b"\x00",
    b"\xff",
    b'"',
    b"'",
    b'"""',
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b"=",
    b"#",
    b"\n",
    b"\r",
    b"+++\n",
    b"```\n",
]
DAMAGE += [
    "🟢".encode(),
    "\u2028".encode(),
    b"\xf0\x9f",
    b"\\",
    b"<!--",
    b"- [2025-99-99] ",
    b"[[a.b]]\n",
    b"a.b.c = 1\n",
]


def damaged(data: bytes, source: random.Random) -> bytes:
    for _ in range(source.randrange(1, 6)):
        at = source.randrange(len(data) + 1)
        until = at + source.choice([0, 0, 1, 1, 3, 30])
        data = data[:at] + source.choice(DAMAGE) + data[until:]
    return data


def check_whole(document: Document) -> None:
    """Checks that all that is said of a document lies inside it, and that its fixes can be carried out."""
    length = len(document.text)
    problems = judge(document, NO_FILES.with_files(document.folder, frozenset({"artifacts/notes/a.md"})))
    for problem in problems:
        spans = [problem.span, *(place.span for place in problem.related)]
        spans += [edit.span for fix in problem.fixes for edit in fix.edits]
        assert all(0 <= span.start <= span.end <= length for span in spans), problem
    assert all(0 <= start <= length for _, start in document.entries())
    plan = fixed(document, NO_FILES, unsafe=True)
    apply(plan, {document.path: str(document.text)})


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name[:20]}-{file.name[:12]}")
def test_a_damaged_file_is_read_judged_and_mended_without_failing(file: Path):
    source = random.Random(file.name)
    path = file.relative_to(EXAMPLES).as_posix()
    for _ in range(50):
        check_whole(Document.read(path, *decoded(damaged(file.read_bytes(), source))))


def test_damaged_yaml_is_read_judged_and_mended_without_failing():
    source = random.Random("yaml")
    path = ".ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md"
    for piece in ["*a", "&a ", "\x07", "!!timestamp x", "!!bool maybe", "!!int ''", "- ", ": ", "? ", "[*a, *a]", "%"]:
        for _ in range(20):
            at = source.randrange(len(YAML))
            check_whole(Document.read(path, YAML[:at] + piece + YAML[at:]))
    for _ in range(200):
        check_whole(Document.read(path, *decoded(damaged(YAML.encode(), source))))


@pytest.mark.parametrize(
    "line",
    [
        "## a" + " " * 20_000 + "x",
        "## a" + "#" * 20_000 + "x",
        "**2025-05-13 10:00" + " " * 20_000 + "x",
        "](‹ " * 8_000,
        "a." * 8_000,
        "- [" * 8_000,
        "`" * 20_000,
        "x = " + "[" * 20_000,
        "x = " + "{a=" * 8_000,
        '"' * 20_001,
        "artifacts/" * 4_000,
        "+" * 20_000,
    ],
)
def test_a_long_odd_line_is_read(line: str):
    text = f"+++\n{line}\n+++\n\n## Log Entries\n\n{line}\n"  # a slow expression would need minutes for it
    judge(Document.read(".ruru/sessions/SESSION-Slots-2506050301/session_log.md", text), NO_FILES)
