"""The rules about what a session works on and about sprints, on what their pages do not show."""

from __future__ import annotations

import pytest

from mdtm.document import Document
from mdtm.judge import judge
from mdtm.workspace import NO_FILES
from tests.checks import check_fix, check_problems, codes_in

PATH = ".mdtm/sessions/SESSION-001/session_log.md"
TASK, OTHER = "TASK-DEV-20250605-101500", "TASK-API-20250605-090000"
PUSHED = f"Context: pushed task `{TASK}`: Slots 🥖"


def log(keys: str, *told: str, status: str = "active") -> str:
    head = f'id = "SESSION-001"\ntitle = "Slots"\nstatus = "{status}"\nstart_time = "2025-06-05T03:01:44Z"\n'
    head += 'end_time = "2025-06-05T05:00:00Z"\n' if status != "active" else ""
    head += f'coordinator = "dev-api"\nrelated_tasks = ["{TASK}"]\n'
    entries = "".join(f"- [2025-06-05T03:{10 + n}:00Z] `dev-api`: {text}\n" for n, text in enumerate(told))
    return f"-- {PATH} --\n+++\n{head}{keys}{keys and chr(10)}+++\n\n## Log Entries\n\n{entries}"


def level(kind: str, own_id: str, pushed_at: str = "2025-06-05T03:10:00Z") -> str:
    return f'{{type = "{kind}", id = "{own_id}", pushed_at = "{pushed_at}"}}'


def task(own_id: str = TASK, keys: str = "") -> str:
    head = f'id = "{own_id}"\ntitle = "Slots"\nstatus = "🟡 To Do"\ntype = "🌟 Feature"\n'
    return f"-- .mdtm/tasks/A/{own_id}.md --\n+++\n{head}{keys}{keys and chr(10)}+++\n"


def sprint(own_id: str = "SPRINT-1", tasks: str = "") -> str:
    head = f'id = "{own_id}"\ntitle = "One"\nstatus = "🔵 In Progress"\n{tasks and f"tasks = [{tasks}]{chr(10)}"}'
    return f"-- .mdtm/sprints/{own_id}.md --\n+++\n{head}+++\n"


@pytest.mark.parametrize("context", ["context = []", f"context = [{level('task', OTHER)}]"])
def test_no_fix_puts_a_task_into_the_context_that_another_fix_takes_off_again(context: str):
    before = log(context, f"Context: pushed task `{OTHER}`") + task()
    check_fix(before, log("context = []", f"Context: pushed task `{OTHER}`") + task(), unsafe=True)
    assert "context-mismatch" not in codes_in(log("context = []", f"Context: pushed task `{OTHER}`") + task())


def crlf(text: str) -> str:
    head, _, rest = text.partition("\n")
    return head + "\n" + rest.replace("\n", "\r\n")


def test_a_context_that_agrees_with_the_entries_is_no_problem():
    assert codes_in(log(f"context = [{level('task', TASK)}]", PUSHED) + task()) == []
    assert codes_in(log("context = []", PUSHED, f"Context: popped task `{TASK}`") + task()) == []
    assert codes_in(log("", PUSHED, "Context: cleared") + task()) == []
    assert codes_in(log(f"context = [{level('task', TASK, '')}]", PUSHED) + task()) == []


def test_a_log_without_the_key_or_without_the_entries_is_left_alone():
    assert codes_in(log("", "Context: the token store", "Pushed to main")) == []
    assert codes_in(log(f"context = [{level('project', 'bakery')}]", "Baked")) == []
    assert codes_in(log('context = "the token store"', PUSHED) + task()) == []


def test_an_entry_that_the_frontmatter_has_not_followed_is_followed():
    text = log("", PUSHED) + task()
    right = log(f"context = [{level('task', TASK)}]", PUSHED)
    assert codes_in(text) == ["context-mismatch"]
    check_fix(text, text, unsafe=False)
    check_fix(text, right, unsafe=True)
    check_fix(crlf(log("", PUSHED)), crlf(right), unsafe=True)


def test_the_problem_stands_at_the_key_or_at_the_last_entry():
    value = f"[{level('project', 'bakery')}]"
    keys = f"context = {value}\n          {'^' * len(value)} context-mismatch: the entries lead to an empty context, not to "
    check_problems(log(f"{keys}project bakery", "Context: cleared"))
    entry = f"- [2025-06-05T03:10:00Z] `dev-api`: {PUSHED}\n"
    mark = f"{'^' * (len(entry) - 1)} context-mismatch: the entries lead to task {TASK}, not to an empty one\n"
    check_problems(log("", PUSHED).replace(entry, entry + mark) + task())


@pytest.mark.parametrize("status", ["completed", "abandoned"])
def test_the_context_of_a_session_that_is_over_is_not_brought_back(status: str):
    assert "context-mismatch" not in codes_in(log("context = []", PUSHED, status=status) + task())
    assert codes_in(log("context = []", PUSHED, status="paused") + task()) == ["context-mismatch"]


@pytest.mark.parametrize(
    ("levels", "place", "message"),
    [
        ('["TASK-1"]', '"TASK-1"', "a level of the context is a table such as"),
        ('[{type = "epic", id = "E-1"}]', '"epic"', '"epic" is no type of a level; there are project, sprint, task, '),
        ('[{id = "E-1"}]', '{id = "E-1"}', "the level has no type; there are project, "),
        ('[{type = "task"}]', '{type = "task"}', "the task has no id"),
        ('[{type = "task", id = ""}]', '""', "the task has no id"),
        ('[{type = "task", id = 7}]', "7", "the task has no id"),
        ("[{type = 7, id = 'x'}]", "7", '"7" is no type of a level'),
    ],
)
def test_a_level_that_cannot_be_read_is_a_problem_and_taken_off(levels: str, place: str, message: str):
    line = f"context = {levels}"
    mark = f"{' ' * line.index(place)}{'^' * len(place)} broken-context: {message}"
    check_problems(log(f"{line}\n{mark}"))
    check_fix(log(line), log("context = []"), unsafe=True)


def test_a_broken_level_hides_no_other_and_the_log_mends_it():
    good = level("task", TASK)
    text = log(f'context = [{good}, {{type = "tsk", id = "X-1"}}]', PUSHED)
    assert codes_in(text + task()) == ["broken-context"]
    check_fix(text + task(), log(f"context = [{good}]", PUSHED), unsafe=True)


def test_a_context_in_broken_toml_is_only_that():
    assert codes_in(log('context = [{type = "task"', PUSHED) + task()) == ["broken-toml"] * 2


def test_a_level_that_there_is_not_is_a_problem_where_others_are():
    assert codes_in(log(f"context = [{level('task', OTHER)}]") + task()) == ["dangling-context"]
    assert codes_in(log(f"context = [{level('subtask', OTHER)}]") + task()) == ["dangling-context"]
    assert codes_in(log(f"context = [{level('sprint', 'SPRINT-2')}]") + sprint()) == ["dangling-context"]
    assert codes_in(log(f"context = [{level('sprint', 'SPRINT-1')}, {level('project', 'x')}]") + sprint()) == []
    without = log(f"context = [{level('task', OTHER)}, {level('sprint', 'SPRINT-2')}]").replace(f'"{TASK}"', "")
    assert codes_in(without) == []
    assert [one.code for one in judge(Document.read(PATH, without.partition("\n")[2]), NO_FILES)] == []
    check_fix(
        log(f"context = [{level('sprint', 'SPRINT-12')}]") + sprint(),
        log(f"context = [{level('sprint', 'SPRINT-1')}]"),
        unsafe=True,
    )
    check_fix(log(f"context = [{level('task', OTHER)}]") + task(), log("context = []"), unsafe=True)


def test_a_sprint_may_be_named_by_its_number_and_need_not_be_there_where_none_is():
    assert codes_in(task(keys='sprint = "1"') + sprint()) == []
    assert codes_in(task(keys='sprint = "2"') + sprint()) == ["unknown-sprint"]
    assert codes_in(task(keys='sprint = "2"')) == []
    assert codes_in(task(keys='sprint = ""') + sprint()) == []
    assert codes_in(task(keys="sprint = 2") + sprint()) == ["wrong-type"]


def test_a_task_of_two_sprints_is_given_to_the_one_that_lists_it_unless_both_do():
    listed = f'"{TASK}"'
    named = task(keys='sprint = "SPRINT-2"')
    both = sprint("SPRINT-1", listed) + sprint("SPRINT-2", listed)
    assert codes_in(named + both) == ["sprint-mismatch"]
    check_fix(named + both, named, unsafe=True)
    assert codes_in(named + sprint("SPRINT-1", listed) + sprint("SPRINT-2")) == ["sprint-mismatch"]
    assert codes_in(task() + sprint("SPRINT-1", listed)) == [], "it need not name the one that lists it"
    unknown = task(keys='sprint = "SPRINT-7"') + sprint("SPRINT-1", listed)
    assert codes_in(unknown) == ["unknown-sprint"]


def test_a_list_of_a_sprint_has_all_its_tasks_or_none():
    named = task(keys='sprint = "SPRINT-1"') + task(OTHER, 'sprint = "1"')
    assert codes_in(sprint() + named) == []
    assert codes_in(sprint(tasks=f'"{TASK}"') + named) == ["task-not-in-sprint"]
    check_fix(sprint(tasks=f'"{TASK}"') + named, sprint(tasks=f'"{TASK}", "{OTHER}"'))
    elsewhere = sprint(tasks=f'"{TASK}"') + sprint("SPRINT-2", f'"{OTHER}"') + named
    assert codes_in(elsewhere) == ["sprint-mismatch"]
