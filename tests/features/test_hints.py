"""What a log tells between its lines."""

from __future__ import annotations

import textwrap

from mdtm.document import Document
from mdtm.features.hints import hints
from mdtm.text import Span
from tests.checks import SESSION_PATH, with_keys

KEYS = with_keys('start_time = "2025-06-05T09:00:00Z"\nstatus = "⏸️ Paused"\nend_time = "2025-06-06T10:00:00Z"')


def told(log: str, *hidden: str, path: str = SESSION_PATH, keys: str = KEYS) -> str:
    """The log with its hints in ‹›."""
    log = textwrap.dedent(log)
    read = Document.read(path, f"{keys}## Log\n{log}")
    text = str(read.text)
    for hint in reversed(hints(read, Span(0, len(text)), hidden)):
        text = f"{text[: hint.at]}‹{hint.label}›{text[hint.at :]}"
    return text.partition("## Log\n")[2]


LOG = """\
- [2025-06-05T09:00:00Z] Session started
- [2025-06-05T09:00:40Z] `dev-api`: one
- [2025-06-05T10:05:40Z] Session paused: lunch 🍞
- [2025-06-05T11:00:00Z] Session resumed
- [2025-06-06T10:00:00Z] Session paused
"""


def test_each_entry_tells_how_long_after_the_one_before_it_was():
    assert (
        told(LOG, "days", "total")
        == """\
- [2025-06-05T09:00:00Z] Session started
- [2025-06-05T09:00:40Z]‹+40 s› `dev-api`: one
- [2025-06-05T10:05:40Z]‹+1 h 5 min› Session paused: lunch 🍞
- [2025-06-05T11:00:00Z]‹+54 min› Session resumed
- [2025-06-06T10:00:00Z]‹+23 h› Session paused
"""
    )


def test_entries_of_one_moment_tell_no_time_between_them():
    log = "- [2025-06-05T09:00:00Z] one\n- [2025-06-05T09:00:00Z] two\n- [2025-06-05T09:00:05Z] three\n"
    assert told(log, "days", "total") == log.replace("05Z]", "05Z]‹+5 s›")


def test_each_day_tells_its_weekday():
    assert (
        told(LOG, "elapsed", "total")
        == """\
- [2025-06-05T09:00:00Z]‹Thursday› Session started
- [2025-06-05T09:00:40Z] `dev-api`: one
- [2025-06-05T10:05:40Z] Session paused: lunch 🍞
- [2025-06-05T11:00:00Z] Session resumed
- [2025-06-06T10:00:00Z]‹Friday› Session paused
"""
    )


def test_the_end_of_each_day_tells_how_long_was_worked():
    assert (
        told(LOG, "elapsed", "days")
        == """\
- [2025-06-05T09:00:00Z] Session started
- [2025-06-05T09:00:40Z] `dev-api`: one
- [2025-06-05T10:05:40Z] Session paused: lunch 🍞
- [2025-06-05T11:00:00Z] Session resumed‹Σ 1:05›
- [2025-06-06T10:00:00Z] Session paused‹Σ 24:05›
"""
    )


def test_all_kinds_can_be_hidden():
    assert told(LOG, "elapsed", "days", "total") == LOG


def test_times_that_cannot_be_compared_tell_nothing_and_hide_none():
    log = """\
        - [2025-06-05T09:00:00Z] a
        - [2025-06-05T09:10:00] no zone
        - [2025-06-05] no hour
        - [2025-13-05T09:00:00Z] no month
        - without
        - [2025-06-05T09:05:00Z] b
        - [2025-06-05T09:01:00Z] too early
        - [2025-06-08T12:00:00+02:00] much later
        """
    assert "‹" not in told(log, "total").partition("no zone")[2].partition("05:00Z]")[0]
    assert told(log, "total", "days").count("‹") == 2
    assert "[2025-06-05T09:01:00Z]‹−4 min› too early" in told(log, "total", "days")
    assert "+02:00]‹Sunday›‹+3 d› much" in told(log, "total")


def test_every_form_of_entry_tells_its_time():
    log = """\
        ## 2025-06-05T09:00 - Title
        **2025-06-05 09:10 Prime:** text
        - 2025-06-05 09:30:00 - `dev-api` - text
        ---
        timestamp: 2025-06-05T10:00:00
        event: x
        ---
        """
    assert [line.partition("‹")[2].partition("›")[0] for line in told(log, "total", "days").splitlines()] == [
        "", "+10 min", "+20 min", "", "+30 min", "", "",
    ]  # fmt: skip


def test_a_task_tells_no_time_of_work():
    task = '+++\nid = "TASK-API-20250605-101500"\ntitle = "A"\nstatus = "🟢 Done"\ntype = "bug"\n+++\n'
    found = told(LOG, path=".mdtm/tasks/A/TASK-API-20250605-101500.md", keys=task)
    assert "‹+40 s›" in found and "Σ" not in found


def test_only_the_lines_that_are_asked_for_are_told_of():
    read = Document.read(SESSION_PATH, f"{KEYS}## Log\n{LOG}")
    at = str(read.text).index("lunch")
    found = hints(read, Span(at, at))
    assert [(hint.kind, hint.label, hint.tooltip) for hint in found] == [
        ("elapsed", "+1 h 5 min", "1 h 5 min since the entry before")
    ]
    assert hints(read, Span(0, 3)) == []
