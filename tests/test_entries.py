"""Log entries in every form that real logs have, mixed in one file."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdtm.document import Document
from mdtm.events import KINDS, Kind, kind_of, phrased
from mdtm.history import events
from tests.checks import SESSION_PATH


def entries_in(body: str) -> list[str]:
    """The entries as `time | actor | text`, and nothing else of the body."""
    document = Document.read(SESSION_PATH, "+++\n+++\n" + textwrap.dedent(body))
    return [
        " | ".join((entry.stamp, entry.actor, entry.line[entry.text_span.start : entry.text_span.end]))
        for entry, _ in document.entries()
    ]


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("- [2025-06-05 10:02:15] Session started", "2025-06-05 10:02:15 |  | Session started"),
        ("- [2025-06-05T10:02:15Z] `dev-api`: Built it", "2025-06-05T10:02:15Z | dev-api | Built it"),
        ("- 2025-05-13T12:32:27+07:00 - `util-writer` - Wrote", "2025-05-13T12:32:27+07:00 | util-writer | Wrote"),
        ("- 2025-05-13 12:32: Updated it", "2025-05-13 12:32 |  | Updated it"),
        ("- 2025-05-13 12:32:27 (dev-api): Updated", "2025-05-13 12:32:27 | dev-api | Updated"),
        ("- 2025-05-13 12:32:27Z Started again", "2025-05-13 12:32:27Z |  | Started again"),
        ("- `[2025-06-10T06:36:00Z]` RooCommander: Read", "2025-06-10T06:36:00Z | RooCommander | Read"),
        ("*   2025-06-01 10:21:27Z: Session started", "2025-06-01 10:21:27Z |  | Session started"),
        ("*   2025-06-01 10:21 - dev-api: Built", "2025-06-01 10:21 | dev-api | Built"),
        ("[250509175351] [Roo Commander] INFO: Read", "250509175351 | Roo Commander | INFO: Read"),
        ("## 2025-11-19T11:52 - Pushed", "2025-11-19T11:52 |  | Pushed"),
        ("2025-09-03T17:41:38Z - Delegated it", "2025-09-03T17:41:38Z |  | Delegated it"),
        ("2025-09-03T17:41:38Z - dev-api: Built", "2025-09-03T17:41:38Z | dev-api | Built"),
        ("- **2025-05-28T16:07:00** - Built", "2025-05-28T16:07:00 |  | Built"),
        ("- **2025-05-28T16:07:00**: Built", "2025-05-28T16:07:00 |  | Built"),
        ("- **[2025-05-29 10:05:00]** `dev-api`: Built", "2025-05-29 10:05:00 | dev-api | Built"),
        ("**[2025-06-09 11:50:30]** Began to look", "2025-06-09 11:50:30 |  | Began to look"),
        ("*   **2025-05-13T05:55:10Z Prime Coordinator:** Go", "2025-05-13T05:55:10Z | Prime Coordinator | Go"),
        ("*   **2025-05-13 05:55** - Go", "2025-05-13 05:55 |  | Go"),
        ("*   `[2025-05-03T00:25:52+10:00]` Started.", "2025-05-03T00:25:52+10:00 |  | Started."),
        ("**2025-05-13 10:00** - Built", "2025-05-13 10:00 |  | Built"),
        ("*   **[2025-06-05 03:35:00 AEST]** `dev-api`: Built", "2025-06-05 03:35:00 AEST | dev-api | Built"),
        ("*   [2025-06-05 03:35:00] Built", "2025-06-05 03:35:00 |  | Built"),
        ("- **2025-05-01 10:00 (dev-api):** Built", "2025-05-01 10:00 | dev-api | Built"),
        ("**2025-05-01 Jane Doe:** Built", "2025-05-01 | Jane Doe | Built"),
        ("### 2025-05-01", "2025-05-01 |  | "),
        ("- [2025-06-05T10:02:15.123Z] 🟢 Built", "2025-06-05T10:02:15.123Z |  | 🟢 Built"),
        ("- [2025-06-05 10:02 UTC] Built", "2025-06-05 10:02 UTC |  | Built"),
        ("- [2025-06-05 10:02Z] Built", "2025-06-05 10:02Z |  | Built"),
        ("- [YYYY-MM-DD HH:MM:SS] Built", "YYYY-MM-DD HH:MM:SS |  | Built"),
        (r"- [\{{timestamp}}] Built", r"\{{timestamp}} |  | Built"),
        ("- [2025-06-05T10:02:15 +07:00] User: hi", "2025-06-05T10:02:15 +07:00 | User | hi"),
        ("- [20250605T100215Z] roo: hi", "20250605T100215Z | roo | hi"),
        ("- 2025-06-05 10:02 - code - built", "2025-06-05 10:02 | code | built"),
        ("- [2025-06-05 10:02] Decision: no slots at noon", "2025-06-05 10:02 |  | Decision: no slots at noon"),
        ("- [2025-06-31T10:00:00Z] No such day", "2025-06-31T10:00:00Z |  | No such day"),
        (
            "- [2025-06-05] Artifact made: `artifacts/notes/a.md`",
            "2025-06-05 |  | Artifact made: `artifacts/notes/a.md`",
        ),
    ],
)
def test_an_entry_is_read_in_this_form(line: str, entry: str):
    assert [entry] == entries_in(line)


@pytest.mark.parametrize(
    "line",
    ["- 1.2.3 is out", "- [x] done", "- [a link](b.md) to read", "Text of 2025-06-05", "# 2025-06-05", "2025 was good"],
)
def test_this_line_is_no_entry(line: str):
    assert entries_in(line) == []


@pytest.mark.parametrize(
    "stamp", ["2025-06-05 10:02:15 PM", "06/05/2025 10:00", "yesterday", "10:02", "1749092460", "<timestamp>"]
)
def test_what_stands_where_the_time_of_an_entry_belongs_is_a_time_that_cannot_be_read(stamp: str):
    body = f"+++\n+++\n\n## Log Entries\n\n- [{stamp}] Built\n- [a link](b.md) to read\n- [x] ticked\n"
    (first, *others) = [entry for entry, _ in Document.read(SESSION_PATH, body).entries()]
    assert (first.stamp, first.moment) == (stamp, None)
    assert all(not entry.timed for entry in others)


def test_forms_may_be_mixed_with_continuation_lines_lists_fences_and_headings():
    assert entries_in("""
        # Pick up slots

        - [2025-06-05T10:00:00Z] One
          - nested 2025-06-05T10:00:30Z
          1. [2025-06-05T10:00:40Z] nested too

          a paragraph of the entry
          ```
        - [2025-06-05T10:00:50Z] in a code block
          ```
        * **2025-06-05 10:01** `dev-api`: Two

        ## 2025-06-05T10:02 - Three
        - a bullet of the entry
        ### Next

        - no entry here

        [250605100300] Four
        going on

        - also of Four
        ---
        timestamp: 2025-06-05T10:04:00Z
        actor: dev-api
        ---

        ## Log Entries
        <!-- - [2025-06-05T10:05:00Z] hidden -->
        - Five, without a time
          goes on
        - [2025-06-05T10:06:00Z] Six
        ## Next steps
        - no entry
        """) == [
        "2025-06-05T10:00:00Z |  | One",
        "2025-06-05 10:01 | dev-api | Two",
        "2025-06-05T10:02 |  | Three",
        "250605100300 |  | Four",
        "2025-06-05T10:04:00Z |  | ",
        " |  | Five, without a time",
        "2025-06-05T10:06:00Z |  | Six",
    ]


def test_a_code_block_that_is_never_closed_hides_what_follows_until_it_is():
    text = "+++\n+++\n```\n- [2025-06-05T10:00:00Z] One\n"
    document = Document.read(SESSION_PATH, text)
    assert list(document.entries()) == []

    at = text.index("- [")
    closed = document.edited(document.text.line_span(2).__class__(at, at), "```\n")
    assert len(list(closed.entries())) == 1


_HEADS = (
    "- [2025-06-05T10:02:15Z] ",
    "- [2025-06-05T10:02:15] ",
    "- [2025-13-05T10:02:15Z] ",
    "* [2025-06-05T10:02:15Z]  ",
)
_ACTORS = (
    "",
    "`dev-api`: ",
    "`dev api`: ",
    "`dev-api`:  ",
    "`dev-api` ",
    "`dev`: `api`: ",
    "dev-api: ",
    "``: ",
    "`é🥖`: ",
)


@given(st.sampled_from(_HEADS), st.sampled_from(_ACTORS), st.text(st.sampled_from(" aZ:`-é🥖\t\u2028\x0b"), max_size=6))
def test_an_entry_in_the_usual_form_is_told_as_if_it_were_looked_at_closely(head: str, actor: str, text: str):
    document = Document.read(SESSION_PATH, f"+++\n+++\n\n## Log Entries\n\n{head}{actor}{text}\n")
    told = events(document)
    assert [(one.moment, one.actor, one.text, one.kind) for one in told] == [
        (entry.moment, entry.actor, line := entry.line[slice(*entry.text_span)].strip(), kind_of(line))
        for entry, _ in document.entries()
    ]


@pytest.mark.parametrize(
    "text", ["Task `TASK-🥖-1` delegated to `dev-api`: bake", "Task successfully delegated", "Subtask assigned"]
)
def test_a_task_that_is_delegated_is_a_delegation_wherever_the_word_stands(text: str):
    assert kind_of(text) == "delegation"
    assert kind_of(text.replace("delegated", "done").replace("assigned", "done")) == ""
    assert kind_of("Task was not delegated") == ""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_known_by_its_own_words_in_any_letters(kind: Kind):
    assert kind_of(phrased(kind.name, "bread 🥖").upper()) == kind.name
    assert kind_of(f"bread, {phrased(kind.name, 'rye')}") == ""
