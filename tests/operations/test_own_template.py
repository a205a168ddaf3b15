"""A workspace's own templates for logs, tasks and artifacts win, unless they are broken."""

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


CHORE = ".ruru/templates/toml-md/03_mdtm_chore.md"
CHORE_TEMPLATE = """\
+++
id = ""  # (String, Required) << Placeholder: id >>
title = ""
status = "🟡 To Do"
type = "🧹 Chore"
created_date = ""
updated_date = ""
assigned_to = ""
reporter = ""  # << REQUIRED >>
parent_task = ""
oven = 3  # ours, it stays
tags = [ "chore", ]
+++

# << WHAT TO SWEEP >>

- [ ] Swept 🧹
"""


def test_a_task_is_made_from_the_workspaces_own_template_for_its_type():
    desk = Desk({CHORE: CHORE_TEMPLATE})
    outcome = desk.do('task create "Sweep the \\"floor\\"" --type chore --to dev-api')
    assert outcome.text == "Created TASK-API-20260605-090000 in .ruru/tasks/CHORE_Sweep_the_floor"
    assert desk.text(".ruru/tasks/…/TASK-API-20260605-090000.md") == (
        CHORE_TEMPLATE
        .replace('id = ""  # (String, Required) << Placeholder: id >>', 'id = "TASK-API-20260605-090000"')
        .replace('title = ""', 'title = "Sweep the \\"floor\\""')
        .replace('_date = ""', '_date = "2026-06-05T09:00:00Z"')
        .replace('assigned_to = ""', 'assigned_to = "dev-api"\ncoordinator = "dev-api"')
        .replace('reporter = ""  # << REQUIRED >>', 'reporter = "dev-api"')
        .replace("# << WHAT TO SWEEP >>", '# Sweep the "floor"')
    )  # fmt: skip


def test_a_task_of_an_own_template_names_its_session_and_the_task_that_it_is_a_part_of():
    desk = Desk({CHORE: CHORE_TEMPLATE})
    desk.do("start Slots")
    desk.do("task create Sweep --type chore --to dev-api")
    desk.do("task create Mop --type chore --to dev-web --parent TASK-API-20260605-090100")
    path = desk.path(".ruru/tasks/…/TASK-WEB-20260605-090200.md")
    assert 'parent_task = "TASK-API-20260605-090100"\n' in desk.text(path)
    assert "parent_task_id" not in desk.text(path)
    assert 'session_id = "SESSION-Slots-2606050900"\n' in desk.text(path)
    assert desk.problems_below(".ruru/tasks/") == []
    desk.do("task done TASK-WEB-20260605-090200 --force rain")


def test_a_type_without_a_template_of_its_own_has_the_one_for_all_tasks():
    generic = ".roo/commander/templates/tasks/template_00_mdtm_task_generic.md"
    template = '+++\nid = "[id]"\ntitle = "[title]"\nstatus = "🟡 To Do"\ntype = "⚙️ Task"\n+++\n\n# Task: [Title]\n'
    desk = Desk({generic: template, ".roo/commander/sessions/.keep": ""})
    desk.do("start Slots --dialect commander")
    desk.do("task create Bake --type bug --to dev-api")
    text = desk.text(".roo/commander/tasks/…/TASK-API-20260605-090100.md")
    assert 'type = "🐞 Bug"\n' in text
    assert "\n# Task: Bake\n" in text


NOTE = ".ruru/templates/toml-md/31_session_note.md"
NOTE_TEMPLATE = """\
+++
id = "" # (String, Required)
session_id = ""
type = "note"
created_time = ""
related_task_id = ""
mood = "☕"
tags = [
    # (Array of Strings, Optional)
    "ours",
]
+++

# Note: [Brief title]

## Where it came from
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_artifact_is_made_from_the_workspaces_own_template_for_its_kind(newline: str):
    desk = Desk({NOTE: NOTE_TEMPLATE.replace("\n", newline)})
    desk.do("start Slots")
    outcome = desk.do('artifact create note "Warm dough" --text "Rises.\n\nFast."')
    path = ".ruru/sessions/SESSION-Slots-2606050900/artifacts/notes/NOTE-Warm_dough-2606050901.md"
    assert outcome.text == f"Created {path}"
    wanted = (
        NOTE_TEMPLATE
        .replace('id = "" # (String, Required)', 'id = "NOTE-Warm_dough-2606050901"', 1)
        .replace('session_id = ""', 'session_id = "SESSION-Slots-2606050900"')
        .replace('created_time = ""', 'created_time = "2026-06-05T09:01:00Z"')
        .replace("    # (Array of Strings, Optional)\n", "")
        .replace("# Note: [Brief title]\n", "# Note: Warm dough\n\nRises.\n\nFast.\n")
    )  # fmt: skip
    assert desk.text(path) == wanted.replace("\n", newline)
    assert desk.problems_below(".ruru/sessions/") == []


def test_a_template_whose_heading_has_no_place_for_a_title_gets_it_behind_and_one_without_a_heading_above_all():
    head = '+++\nid = ""\ntype = "research"\nquery = ""\n+++\n'
    desk = Desk({".ruru/templates/35_session_research.md": f"{head}\n# What we looked up\n"})
    desk.do("start Slots")
    path = desk.do("artifact create research Rye").data["path"]
    assert desk.text(path).endswith("+++\n\n# What we looked up: Rye\n")
    assert 'query = "Rye"\n' in desk.text(path)
    desk.files.texts[".ruru/templates/35_session_research.md"] = f"{head}\nNothing.\n"
    assert desk.text(desk.do("artifact create research Oat").data["path"]).endswith("+++\n\n# Oat\n\nNothing.\n")


def test_an_own_template_may_have_another_word_for_the_kind():
    desk = Desk({".ruru/templates/toml-md/41_session_context_ref.md": '+++\ntype = "context_ref"\n+++\n\n# Ref\n'})
    desk.do("start Slots")
    assert 'type = "context_ref"\n' in desk.text(desk.do("artifact create context_item Rye").data["path"])


def test_the_folders_for_artifacts_get_the_workspaces_own_readme():
    desk = Desk({
        ".ruru/templates/plain-md/session_artifact_subdir_readme.md": "# Here: [This Subdirectory Type]\n",
        ".ruru/templates/session_artifact_scaffold/notes/README.md": "# Our notes\n",
    })  # fmt: skip
    desk.do("start Slots")
    assert desk.text(".ruru/sessions/…/artifacts/notes/README.md") == "# Our notes\n"
    assert desk.text(".ruru/sessions/…/artifacts/learnings/README.md") == "# Here: Learnings\n"


@pytest.mark.parametrize(
    ("path", "command"),
    [
        (CHORE, "task create Sweep --type chore"),
        (NOTE, "artifact create note Warm"),
        (NOTE, "artifact extract notes.txt 1 1 note Warm"),
        (".ruru/templates/session_artifact_scaffold/summaries/README.md", "summary"),
    ],
)
def test_a_broken_one_for_tasks_artifacts_or_readmes_is_passed_over_too_and_that_is_said(path: str, command: str):
    desk = Desk({path: "\ufffd", "notes.txt": "Rises.\n"})
    desk.do("start Slots")
    assert f"; the template {path} is broken, so that of mdtm was used (" in desk.do(command).text
    assert desk.problems_below(".ruru/sessions/") == []
    assert desk.problems_below(".ruru/tasks/") == []


def test_of_a_broken_readme_a_start_tells_once():
    path = ".ruru/templates/plain-md/session_artifact_subdir_readme.md"
    desk = Desk({path: ""})
    assert desk.do("start Slots").text.endswith(
        f"; the template {path} is broken, so that of mdtm was used (it is empty)"
    )
