"""The parts of a log entry while it is written: `<|>` is the cursor."""

from __future__ import annotations

import pytest

from mdtm.document import Document
from mdtm.events import KINDS
from mdtm.features.shape.entry_forms import FORMS
from mdtm.features.signature import Help, help_at
from tests.checks import SESSION_PATH

LOG = "+++\n+++\n\n## Log Entries\n\n"


def at(marked: str) -> Help | None:
    return help_at(Document.read(SESSION_PATH, marked.replace("<|>", "", 1)), marked.index("<|>"))


def shown(marked: str) -> tuple[str, str]:
    """The form that comes first, and the part that is written."""
    found = at(LOG + marked)
    assert found
    first = found.signatures[0]
    return first.label.removeprefix("[stamp] `actor`: "), first.parts[found.part].name


@pytest.mark.parametrize(
    ("line", "form", "part"),
    [
        ("- <|>", "text", "stamp"),
        ("- [<|>", "text", "stamp"),
        ("- [2025-06-05T10<|>:00:00Z] `dev-api`: Built it", "text", "stamp"),
        ("- [2025-06-05T10:00:00Z] <|>", "text", "actor"),
        ("- [2025-06-05T10:00:00Z] `de<|>v-api`: Built it", "text", "actor"),
        ("- [2025-06-05T10:00:00Z] `dev-api`: <|>", "text", "text"),
        ("- [2025-06-05T10:00:00Z] `dev-api`: 🟢 Built <|>it", "text", "text"),
        ("- [2025-06-05T10:00:00Z] Built it<|>", "text", "text"),
        ("- [2025-06-05T10:00:00Z] `dev-api`: Del<|>", "Delegated `task` to `mode`: title", "task"),
        ("- [2025-06-05T10:00:00Z] `dev-api`: Delegated `TASK-1<|>", "Delegated `task` to `mode`: title", "task"),
        ("- [2025-06-05T10:00:00Z] `dev-api`: Delegated `T` to `<|>x`: a", "Delegated `task` to `mode`: title", "mode"),
        (
            "- [2025-06-05T10:00:00Z] `dev-api`: Delegated `T` to `x`: a<|>",
            "Delegated `task` to `mode`: title",
            "title",
        ),
        ("- [2025-06-05T10:00:00Z] `dev-api`: Artifact: `a.md`, a <|>", "Artifact: `path`, a type", "type"),
        ("- [2025-06-05T10:00:00Z] `dev-api`: Error: make: <|>", "Error: source: message", "message"),
        ("* [2025-06-05T10:00:00Z] Decision: <|>", "Decision: decision", "decision"),
    ],
)
def test_the_part_that_is_written_is_shown_in_the_form_of_its_kind(line: str, form: str, part: str):
    assert shown(line) == (form, part)


def test_all_kinds_are_shown_whose_first_words_are_begun():
    found = at(f"{LOG}- [2025-06-05T10:00:00Z] `dev-api`: Session <|>")
    assert found and [one.label.partition(": ")[2] for one in found.signatures] == [
        "Session started: goal", "Session paused: reason", "Session resumed: reason", "Session ended: what", "text",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_name_of_a_part_stands_in_the_form_once(kind):
    found = at(f"{LOG}- [2025-06-05T10:00:00Z] `dev-api`: {kind.phrase.format('x')}<|>")
    assert found and kind.name in FORMS
    for signature in found.signatures:
        assert all(signature.label.count(part.name) == 1 for part in signature.parts)


@pytest.mark.parametrize(
    "text",
    ["+++\n<|>+++\n", "Text<|>\n", f"{LOG}<|>", f"{LOG}  - nested<|>\n", f"{LOG}```\n- [<|>\n```\n", "- [a<|>](b)\n"],
)
def test_where_no_entry_is_written_nothing_is_shown(text: str):
    assert at(text) is None
    assert help_at(Document.read("a.txt", "- ["), 99) is None
