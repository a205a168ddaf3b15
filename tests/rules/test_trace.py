"""The rules about how tasks and sessions name each other, on what their pages do not show."""

from __future__ import annotations

import pytest

from mdtm.document import Document
from mdtm.files import Memory
from mdtm.judge import judge
from mdtm.trace import Trace
from mdtm.workspace import NO_FILES
from tests.checks import SESSION_FOLDER, SESSION_PATH, check_fix, check_problems, codes_in, with_keys

ID, OTHER = "TASK-DEV-20250605-101500", "TASK-API-20250605-090000"
SESSION = SESSION_FOLDER.rpartition("/")[2]


def log(body: str, keys: str = "related_tasks = []") -> str:
    return f"-- {SESSION_PATH} --\n{with_keys(keys)}\n## Log Entries\n\n{body}"


def task(own_id: str = ID, keys: str = "") -> str:
    head = f'id = "{own_id}"\ntitle = "Slots"\nstatus = "🟡 To Do"\ntype = "🌟 Feature"\n'
    return f"-- .ruru/tasks/A/{own_id}.md --\n+++\n{head}{keys}{keys and chr(10)}+++\n"


def told(text: str) -> str:
    return f"- [2025-06-05T03:20:00Z] `dev-api`: {text}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"Delegated `{ID}` to `dev-web`: 🟢 slots",
        f"Created MDTM task file: `.ruru/tasks/A/{ID}.md`",
        f"Created [`{ID}.md`](.ruru/tasks/A/{ID}.md:1)",
        f"Slots are ten minutes long, see {ID}.",
    ],
)
def test_a_task_that_exists_counts_wherever_the_log_names_it(text: str):
    check_fix(log(told(text)) + task(), log(told(text), f'related_tasks = ["{ID}"]'))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Delegated `{ID}` to `dev-web`", ["unlisted-task"]),
        (f"Created task {ID}", ["unlisted-task"]),
        (f"{ID} reminds of this; created a note", []),
        ("Delegated `TASK-42` to `dev-web`", []),
        ("Delegated task `[TASK-ID]` to nobody", ["placeholder-entry"]),
        (f"Delegated `{ID}`\n- [2025-06-05T03:21:00Z] `dev-api`: Task `{ID}` unlinked", []),
    ],
)
def test_other_tasks_count_where_an_entry_tells_that_they_were_made_or_given(text: str, found: list[str]):
    assert [code for code in codes_in(log(told(text))) if code != "placeholder-entry"] == [
        code for code in found if code != "placeholder-entry"
    ]


def test_tasks_in_code_and_comments_and_listed_ones_are_no_problem():
    body = f"{told('Tried')}\n```\nDelegated {ID}\n```\n\n<!-- Delegated {ID} -->\n"
    assert codes_in(log(body)) == []
    assert codes_in(log(told(f"Delegated {ID}"), f'related_tasks = [".ruru/tasks/A/{ID}.md"]')) == []


def test_a_task_that_a_workspace_with_others_lacks_is_added_by_no_safe_fix_and_taken_off_by_none():
    text = log(told(f"Delegated `{ID}` to `dev-web`"))
    check_fix(text + task(OTHER), text)
    after = log(told(f"Delegated `{ID}` to `dev-web`"), f'related_tasks = ["{ID}"]')
    check_fix(text + task(OTHER), after, unsafe=True)
    assert codes_in(after + task(OTHER)) == ["dangling-task"]


def test_each_task_is_one_problem_at_its_first_mention():
    first = told(f"🟢 Delegated `{ID}` and `{OTHER}`")
    marks = [
        f"{' ' * first.index(one)}{'^' * len(one)} unlisted-task: {one} is not in related_tasks\n"
        for one in (ID, OTHER)
    ]
    check_problems(log(first + "".join(marks) + told(f"Delegated `{ID}`").replace("20:00Z", "21:00Z")))


def test_a_task_is_not_named_by_one_whose_id_goes_on():
    longer, first = f"{ID}-b", told(f"Delegated `{ID}-b`")
    second = told(f"Delegated `{ID}`").replace("20:00Z", "21:00Z")
    marks = [
        f"{' ' * line.index('TASK')}{'^' * len(one)} unlisted-task: {one} is not in related_tasks\n"
        for line, one in ((first, longer), (second, ID))
    ]
    check_problems(log(first + marks[0] + second + marks[1]))


def test_a_sprint_lists_tasks_too():
    sprint = '-- .ruru/sprints/SPRINT-1.md --\n+++\nid = "SPRINT-1"\ntitle = "One"\nstatus = "🔵 In Progress"\n'
    assert codes_in(f'{sprint}tasks = ["{ID}"]\n+++\n' + task()) == []
    assert codes_in(f'{sprint}tasks = ["{OTHER}"]\n+++\n' + task()) == ["dangling-task"]


def test_a_workspace_without_tasks_or_sessions_tells_nothing_of_those_that_are_named():
    assert codes_in(log("", f'related_tasks = ["{ID}"]')) == []
    assert codes_in(task(keys=f'session_id = "{SESSION}"')) == []


@pytest.mark.parametrize("key", ["session_id", "RooComSessionID"])
def test_a_session_lists_the_tasks_that_name_it(key: str):
    named = task(keys=f'{key} = "{SESSION}"')
    assert codes_in(named + log("")) == ["task-not-listed"]
    assert codes_in(named + log("", f'related_tasks = ["{ID}"]')) == []
    assert codes_in(task(keys=f'{key} = ""') + log("")) == []


def test_an_artifact_whose_session_is_unknown_is_given_to_the_one_that_it_lies_in():
    note = f'-- {SESSION_FOLDER}/artifacts/notes/NOTE-a-2506050310.md --\n+++\nid = "NOTE-a"\ntype = "note"\n'
    listed = log("", 'related_artifacts = ["artifacts/notes/NOTE-a-2506050310.md"]')
    check_fix(
        f'{note}session_id = "SESSION-Other-2506050301"\n+++\n{listed}',
        f'{note}session_id = "{SESSION}"\n+++\n',
        unsafe=True,
    )
    assert codes_in(f'{note}session_id = "[SESSION-ID]"\n+++\n{listed}') != ["unknown-session"]


def test_a_trace_holds_until_what_it_has_answered_changes():
    files = {
        SESSION_PATH: with_keys("related_tasks = []"),
        f".ruru/tasks/A/{ID}.md": task().partition("\n")[2],
        ".ruru/docs/a.md": "A",
        ".workflow/WFS-menu/workflow-session.json": '{"session_id": "WFS-menu", "status": "active"}',
    }
    trace = Trace(Memory(files))
    assert trace.renewed(Memory({**files, ".ruru/docs/b.md": "B"})) is trace
    assert (trace.exists(".ruru/docs/b.md"), trace.hash_of(".ruru/docs/c.md")) == (True, "")
    assert trace.state_status(".workflow/WFS-menu") == "active"
    assert trace.has_task(ID) and not trace.has_task(OTHER)
    assert trace.sprints == {} and trace.members == {}
    now = {**files, ".ruru/docs/b.md": "B"}
    assert trace.renewed(Memory(now)) is trace
    for path, text in (
        (".ruru/docs/c.md", "C"),
        (f".ruru/tasks/A/{OTHER}.md", "no frontmatter"),
        (".ruru/sprints/SPRINT-1.md", '+++\nid = "SPRINT-1"\ntitle = "One"\n+++\n'),
        (".workflow/WFS-menu/workflow-session.json", '{"status": "paused"}'),
    ):
        assert trace.renewed(Memory({**now, path: text})) is not trace, path
    assert trace.renewed(Memory({path: text for path, text in now.items() if path != ".ruru/docs/b.md"})) is not trace


def test_without_a_trace_the_entries_of_the_log_still_tell():
    text = log(told(f"Delegated `{ID}`")).partition("\n")[2]
    assert [problem.code for problem in judge(Document.read(SESSION_PATH, text), NO_FILES)] == ["unlisted-task"]


@pytest.mark.parametrize(
    ("sprint", "listed", "task", "found"),
    [
        ("🟢 Done", True, "🔵 In Progress", True),
        ("Completed", False, "🟡 To Do", True),
        ("🟢 Done", True, "🧊 Archived", False),
        ("🟢 Done", False, "Cancelled", False),
        ("🔵 In Progress", True, "🔵 In Progress", False),
        ("🧊 Archived", True, "🔵 In Progress", False),
    ],
)
def test_a_sprint_that_is_done_has_no_open_tasks(sprint: str, listed: bool, task: str, found: bool):
    own_id = "TASK-API-20250605-090000"
    text = f"""
        -- .mdtm/sprints/SPRINT-1.md --
        +++
        id = "SPRINT-1"
        title = "Slots 🟢"
        status = "{sprint}"
        tasks = [{f'"{own_id}"' if listed else ""}]
        +++
        -- .mdtm/tasks/A/{own_id}.md --
        +++
        id = "{own_id}"
        title = "Slots"
        status = "{task}"
        type = "feature"
        sprint = "SPRINT-1"
        +++
        """
    assert ("done-with-open-tasks" in codes_in(text)) == found
