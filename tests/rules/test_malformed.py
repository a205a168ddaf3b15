"""What real files get wrong in their frontmatter is one finding each, on its place, with a fix that mends it."""

from __future__ import annotations

import pytest

from tests.checks import SESSION_PATH, check_fix, problems_in, with_keys

MALFORMED = {
    "a missing comma": (
        'tags = [ "session", "log"\n    "github",\n]',
        ("broken-toml", '"log"'),
        'tags = [ "session", "log",\n    "github",\n]',
    ),
    "an array without its bracket": (
        'tags = ["a", "b"\nmotto = "x"',
        ("broken-toml", "["),
        'tags = ["a", "b"]\nmotto = "x"',
    ),
    "a comment with slashes": (
        'motto = "x"  // to be set',
        ("broken-toml", "// to be set"),
        'motto = "x"  # to be set',
    ),
    "null": (
        "previous = null # the first one",
        ("broken-toml", "null"),
        'previous = "" # the first one',
    ),
    "the plus of a diff": (
        '+language = "en" # English',
        ("broken-toml", '+language = "en" # English'),
        'language = "en" # English',
    ),
    "Markdown among the keys": (
        '> **🚧 Unfinished:** come back\nmotto = "x"',
        ("broken-toml", "> **🚧 Unfinished:** come back"),
        '# > **🚧 Unfinished:** come back\nmotto = "x"',
    ),
    "quotes inside a string": (
        'FILE-MAP = "found below root=".core", type=folder"',
        ("broken-toml", '"found below root=".core", type=folder"'),
        'FILE-MAP = "found below root=\\".core\\", type=folder"',
    ),
    "the same key again": (
        'updated_date = "2025-06-05"\nmotto = "x"\nupdated_date = "2025-06-05"',
        ("duplicate-key", "updated_date"),
        'updated_date = "2025-06-05"\nmotto = "x"',
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformation_is_one_finding_and_is_mended_unasked(name: str):
    lines, wanted, mended = MALFORMED[name]
    found = [
        (problem.code, document.text[problem.span])
        for document, problem in problems_in({SESSION_PATH: with_keys(lines)})
    ]
    assert found == [wanted]
    check_fix(with_keys(lines), with_keys(mended))


def test_frontmatter_on_one_line_becomes_lines():
    keys = ['id = "TASK-CODE-1"', 'title = "Slots"', 'status = "🟡 To Do"', 'type = "🌟 Feature"']
    path = "-- .ruru/tasks/x/TASK-CODE-1.md --\n"
    check_fix(f"{path}+++{' '.join(keys)} +++\n# Slots\n", f"{path}+++\n{chr(10).join(keys)}\n+++\n# Slots\n")


def test_keys_without_an_opening_fence_get_one_before_their_comment():
    keys = '# --- Basic ---\nid = "DOC-ARCH-001"\ntitle = "Slots"\n+++\n\n# Slots\n'
    check_fix(f"-- docs/a.md --\n{keys}", f"-- docs/a.md --\n+++\n{keys}")
