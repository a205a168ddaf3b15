"""A workspace's own template for session logs wins, unless it is broken."""

from __future__ import annotations

import pytest

from tests.doing import Desk

RURU = ".ruru/templates/toml-md/19_mdtm_session.md"
COMMANDER = ".roo/commander/templates/sessions/template_00_mdtm_session_generic.md"
TEMPLATE = """\
+++
# --- About the session ---
id = ""  # (String, Required) the folder's name, such as "SESSION-#1" << Placeholder: id >>
title = ""  # (String, Required)
# (String, Required) one of these: "🟢 Active" | "⏸️ Paused"
status = "🟢 Active"
start_time = ""   # (Datetime, Required) << Placeholder: now >>
end_time = ""     # (Datetime, Optional)
coordinator = "" # << Placeholder: who >>
related_tasks = [  # (Array of Strings, Optional) ids
    # (Optional) "TASK-1"
]
related_artifacts = [
]
team = "C# << bakers >>"  # ours, it stays
tags = [ "session", "log", "v6", ]    # (Array of Strings, Required)
+++

# Our session log 🥐

*We write what we do.*

## Log Entries

- [YYYY-MM-DD HH:MM:SS] Session initiated by `[who]` for: "[what]"
  and why
- [YYYY-MM-DD HH:MM:SS] Made `[path]`
"""
WANTED = """\
+++
# --- About the session ---
id = "SESSION-Slots-2606050900"
title = "Slots"
status = "🟢 Active"
start_time = "2026-06-05T09:00:00Z"
end_time = ""
coordinator = "dev-api"
related_tasks = [
]
related_artifacts = [
]
team = "C# << bakers >>"  # ours, it stays
tags = [ "session", "log", "v6", ]
+++

# Our session log 🥐

*We write what we do.*

## Log Entries

- [2026-06-05T09:00:00Z] `dev-api`: Session started: Slots
"""


def log_of(desk: Desk) -> str:
    return desk.text(desk.path(".ruru/sessions/…/session_log.md"))


def test_a_sound_template_is_filled_in_and_cleared_of_hints_and_examples():
    desk = Desk({RURU: TEMPLATE})
    assert desk.do("start Slots").text == "Started SESSION-Slots-2606050900 in .ruru/sessions/SESSION-Slots-2606050900"
    assert log_of(desk) == WANTED
    assert desk.text(RURU) == TEMPLATE


def test_the_line_ends_of_the_template_stay():
    desk = Desk({RURU: TEMPLATE.replace("\n", "\r\n")})
    desk.do("start Slots")
    assert log_of(desk) == WANTED.replace("\n", "\r\n")


def test_a_session_of_such_a_template_goes_its_way_without_a_finding():
    desk = Desk({RURU: TEMPLATE})
    desk.do("start Slots --tag auth --type planning --coordinator lead")
    assert 'tags = [ "session", "log", "v6", "auth" ]' in log_of(desk)
    assert 'session_type = "planning"' in log_of(desk)
    assert "`lead`: Session started: Slots\n" in log_of(desk)
    desk.do('artifact create note "One"')
    desk.do("pause")
    assert desk.problems_below(".ruru/sessions/") == []


@pytest.mark.parametrize("dialect", ["commander", "ruru-v5", "mdtm", "orchestration"])
def test_every_system_with_a_log_looks_into_the_templates_of_its_own_folder(dialect: str):
    home = {"commander": COMMANDER, "ruru-v5": RURU}.get(
        dialect, ".mdtm/templates/sessions/" + COMMANDER.split("/")[-1]
    )
    desk = Desk({home: TEMPLATE})
    folder = desk.do(f"start Slots --dialect {dialect}").data["folder"]
    assert "# Our session log 🥐" in desk.text(f"{folder}/session_log.md")
    assert desk.problems_below(f"{folder}/") == []


def test_the_template_of_another_system_is_not_used():
    desk = Desk({COMMANDER: TEMPLATE})
    desk.do("start Slots --dialect ruru-v7")
    assert "# Our session log" not in log_of(desk)


def test_keys_that_the_template_lacks_are_added_and_older_names_are_kept():
    desk = Desk({RURU: '+++\nsession_id = ""\ncoordinator_mode = ""\n+++\n\n# Log\n'})
    desk.do("start Slots")
    assert 'session_id = "SESSION-Slots-2606050900"\n' in log_of(desk)
    assert 'coordinator_mode = "dev-api"\n' in log_of(desk)
    assert 'title = "Slots"\n' in log_of(desk)
    assert log_of(desk).endswith("## Log Entries\n\n- [2026-06-05T09:00:00Z] `dev-api`: Session started: Slots\n")


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("", "there is no +++ frontmatter in it"),
        ("# Log\n", "there is no +++ frontmatter in it"),
        ('---\nid: ""\n---\n', "there is no +++ frontmatter in it"),
        ('+++\nid = ""\ntitle = "no end\n+++\n', "line 3: "),
        ('+++\nid = ""\nid = ""\n+++\n', "line 3: "),
        ('+++\nid = ""\n\n# Log\n', "line 1: "),
        ('+++\nid = ""\nrelated_tasks = ""\n+++\n', "line 3: related_tasks is no list"),
        ('+++\nid = "\ufffd"\n+++\n', "it is not UTF-8"),
    ],
)
def test_a_broken_template_is_passed_over_and_that_is_said(template: str, reason: str):
    desk = Desk({RURU: template})
    text = desk.do("start Slots").text
    assert f"; the template {RURU} is broken, so that of mdtm was used ({reason}" in text
    assert "# Session log: Slots" in log_of(desk)
    assert desk.problems_below(".ruru/sessions/") == []
