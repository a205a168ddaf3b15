"""Who delegated what to whom."""

from __future__ import annotations

from mdtm.document import Document
from mdtm.features.delegation import callers, delegated, parts, subject, wholes
from mdtm.features.names.meant import Thing, thing_in
from mdtm.files import Memory
from mdtm.trace import Trace

HOME = ".ruru/sessions/SESSION-Slots-2506050301"
LOG = f"{HOME}/session_log.md"


def task(number: int, *lines: str) -> dict[str, str]:
    own_id = f"TASK-API-20250605-10150{number}"
    more = "".join(f"{line}\n" for line in lines)
    keys = f'id = "{own_id}"\ntitle = "Number {number}"\nstatus = "🟢 Done"\ntype = "bug"\n{more}'
    return {f".ruru/tasks/A/{own_id}.md": f"+++\n{keys}+++\n"}


FILES = {
    LOG: '+++\nid = "SESSION-Slots-2506050301"\ntitle = "Slots"\nstatus = "🟢 Active"\n'
    'related_tasks = ["TASK-API-20250605-101502", "TASK-API-20250605-101501", "TASK-API-20250605-101509"]\n'
    'related_artifacts = ["artifacts/notes/NOTE-a.md", "artifacts/notes/gone.md"]\n+++\n\n'
    "- [2025-06-05T10:00:00Z] Delegated `TASK-API-20250605-101501` to dev-ui\n"
    "- [2025-06-05T10:00:00Z] see TASK-API-20250605-101506\n",
    f"{HOME}/artifacts/notes/NOTE-a.md": "# A\n",
    **task(1),
    **task(
        2, 'parent_task_id = "TASK-API-20250605-101501"', f'output_artifacts = ["{HOME}/artifacts/notes/NOTE-a.md"]'
    ),
    **task(3, 'parent_task = "TASK-API-20250605-101502"', 'sprint = "SPRINT-1"'),
    **task(4, 'session_id = "SESSION-Slots-2506050301"', 'sprint = "1"'),
    **task(5),
    **task(6),
    ".ruru/sprints/SPRINT-1.md": '+++\nid = "SPRINT-1"\ntitle = "One"\nstatus = "🟡 To Do"\n'
    'tasks = ["TASK-API-20250605-101505"]\n+++\n',
}
MEMORY = Memory(FILES)
TRACE = Trace(MEMORY)


def named(things: list[Thing]) -> list[str]:
    """The last signs of their ids, or the names of the files that have none."""
    return [thing.id[-1] if thing.kind == "task" else thing.id or thing.path.rpartition("/")[2] for thing in things]


def path_of(number: int) -> str:
    return f".ruru/tasks/A/TASK-API-20250605-10150{number}.md"


def given(path: str) -> list[str]:
    return named(delegated(Document.read(path, FILES[path]), MEMORY, TRACE))


def test_a_session_delegates_its_tasks_but_not_their_parts_and_makes_artifacts():
    assert given(LOG) == ["1", "4", "NOTE-a.md"]


def test_a_task_delegates_its_parts_and_makes_what_it_puts_out():
    assert given(path_of(1)) == ["2"]
    assert given(path_of(2)) == ["3", "NOTE-a.md"]
    assert given(path_of(3)) == []


def test_a_workflow_session_made_what_the_log_beside_its_state_lists():
    files = {
        ".workflow/WFS-a/workflow-session.json": '{"session_id": "WFS-a"}',
        ".workflow/WFS-a/session_log.md": '+++\nid = "WFS-a"\nrelated_artifacts = ["PLAN.md"]\n+++\n',
        ".workflow/WFS-a/PLAN.md": "# Plan\n",
    }
    for path in list(files)[:2]:
        made = delegated(Document.read(path, files[path]), Memory(files), Trace(Memory(files)))
        assert named(made) == ["PLAN.md"], path


def test_a_sprint_gives_away_what_it_lists_and_what_names_it():
    assert given(".ruru/sprints/SPRINT-1.md") == ["5", "3", "4"]


def test_a_task_is_a_part_of_its_parent_or_else_of_its_sprint_and_its_session():
    def above(number: int) -> list[str]:
        return named(wholes(thing_in(path_of(number), MEMORY, TRACE), TRACE))

    assert [above(number) for number in range(1, 6)] == [
        [], ["1"], ["2"], ["SPRINT-1", "SESSION-Slots-2506050301"], ["SPRINT-1"],
    ]  # fmt: skip
    assert wholes(thing_in(LOG, MEMORY, TRACE), TRACE) == []


def test_parts_are_the_other_side_of_wholes():
    def below(path: str) -> list[str]:
        return named(parts(thing_in(path, MEMORY, TRACE), TRACE))

    assert below(path_of(1)) == ["2"] and below(path_of(3)) == []
    assert below(".ruru/sprints/SPRINT-1.md") == ["5", "3", "4"] and below(LOG) == ["4"]
    assert below(f"{HOME}/artifacts/notes/NOTE-a.md") == []


def test_a_task_names_who_need_not_name_it():
    assert named(callers(thing_in(path_of(3), MEMORY, TRACE), TRACE)) == ["2"]
    assert callers(thing_in(LOG, MEMORY, TRACE), TRACE) == []


def test_tasks_that_are_parts_of_each_other_or_of_themselves_do_no_harm():
    files = {
        **task(1, 'parent_task_id = "TASK-API-20250605-101502"'),
        **task(2, 'parent_task_id = "TASK-API-20250605-101501"'),
        **task(3, 'parent_task_id = "TASK-API-20250605-101503"'),
    }
    trace = Trace(Memory(files))
    things = [thing_in(path, Memory(files), trace) for path in files]
    assert [named(wholes(thing, trace)) for thing in things] == [["2"], ["1"], []]
    assert [named(parts(thing, trace)) for thing in things] == [["2"], ["1"], []]


def test_the_subject_is_what_is_named_or_in_frontmatter_the_document():
    log = Document.read(LOG, FILES[LOG])

    def at(word: str) -> str:
        thing = subject(log, FILES[LOG].index(word), MEMORY, TRACE)
        return thing.path if thing else ""

    assert at("TASK-API-20250605-101501") == path_of(1)
    assert at("artifacts/notes/NOTE-a.md") == f"{HOME}/artifacts/notes/NOTE-a.md"
    assert at("SESSION-Slots") == at('"🟢 Active"') == LOG
    assert at("TASK-API-20250605-101509") == "" and at("to dev-ui") == ""
