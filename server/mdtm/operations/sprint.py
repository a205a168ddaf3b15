"""Makes sprints, gives them tasks, lists them and shows one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.log_edit import with_item, without_item
from mdtm.occasion import Occasion, Outcome
from mdtm.own_template import SPRINT_NAMES, made_from, own_template
from mdtm.paths import plain
from mdtm.plan import Refused, Step
from mdtm.sprints import KEY, LIST, find_sprint, new_sprint_id, sprint_id, sprints, tasks_of
from mdtm.steps.context import active_sprint
from mdtm.steps.session import logged
from mdtm.steps.task import draft_of, set_keys
from mdtm.tasks import find_task, is_closed, root_for, status_of, task_id, title_of
from mdtm.templates import filled
from mdtm.times import read_time
from mdtm.verb import Parameter, Verb

TEMPLATE = "sprint.md"


def create(at: Occasion, sprint: str = "", *, title: str, goal: str = "", start: str = "", end: str = "") -> Outcome:
    """Makes a sprint from the template; the active session logs it.

    Raises:
        Refused: the title says nothing, the id is taken or is none, or a day is none or comes before the first one.
    """
    title, goal = " ".join(title.split()), " ".join(goal.split())
    if not any(character.isalnum() for character in title):
        raise Refused(f'the title "{title}" has no letter and no digit; say what the sprint is about')
    start, end = _day("start", start), _day("end", end)
    if start and end and end < start:
        raise Refused(f"the sprint would end on {end}, before it starts on {start}")
    session = at.session_if_any()
    own_id = new_sprint_id(at.files, sprint)
    path = f"{root_for(at.files, session, at.settings.dialect)}/sprints/{own_id}.md"
    values = {"id": own_id, "title": title, "goal": goal, "start_date": start, "end_date": end}
    own, said = own_template(at.files, path, SPRINT_NAMES)
    if own:
        new = made_from(own, path, {key: value for key, value in values.items() if value}, title)
    else:
        new = Document.read(path, filled(at.template(TEMPLATE), values))
    entries = logged(at, session, [f"Sprint `{own_id}` created: {title}"]) if session else ()
    plan = (*Draft(new).creation(), *entries)
    return Outcome(f"Created {own_id} in {path}{said}", plan, _about(at, new), path)


def add(at: Occasion, tasks: Sequence[str], sprint: str = "") -> Outcome:
    """Gives tasks to a sprint, or to the active one: it lists them, and they name it; another one has them no more.

    Raises:
        Refused: there is no such sprint or task.
    """
    found = find_sprint(at.files, sprint or active_sprint(at.session()).id)
    own_id = sprint_id(found)
    given = list({task.path: task for task in (find_task(at.files, one) for one in tasks)}.values())
    plan = (*_listed(found, given), *_named(at, given, own_id), *_off_others(at, found, given))
    names = ", ".join(map(task_id, given))
    data = {"sprint": own_id, "path": found.path, "tasks": [task_id(task) for task in given]}
    return Outcome(f"{own_id} has {names}{'' if plan else ' already'}", plan, data)


def show(at: Occasion, sprint: str = "") -> Outcome:
    """Shows a sprint, or the active one: its goal, its days, and its tasks."""
    found = find_sprint(at.files, sprint or active_sprint(at.session()).id)
    about = _about(at, found)
    lines = [_line(at, found), f"file: {found.path}"]
    lines += [f"{key}: {about[key]}" for key in ("goal", "start_date", "end_date") if about[key]]
    tasks = [f"  {one['task']}  {one['status'] or '(no status)'}  {one['title']}" for one in about["tasks"]]
    lines += ["tasks:", *map(str.rstrip, tasks)] if tasks else []
    return Outcome("\n".join(lines), data=about, show=found.path)


def list_sprints(at: Occasion) -> Outcome:
    """Lists the sprints, with how many of their tasks are closed."""
    found = sprints(at.files)
    lines = [_line(at, sprint) for sprint in found]
    none = "There is no sprint here; `mdtm sprint create TITLE` makes one."
    return Outcome("\n".join(lines) or none, data={"sprints": [_about(at, sprint) for sprint in found]})


def _day(what: str, text: str) -> str:
    """A day as frontmatter has it.

    Raises:
        Refused: it is none.
    """
    moment = read_time(text.strip()) if text.strip() else None
    if text.strip() and (moment is None or moment.precision != "day"):
        raise Refused(f"the {what} of a sprint is a day such as 2026-09-07, which {text} is not")
    return moment.when.date().isoformat() if moment else ""


def _listed(sprint: Document, tasks: Sequence[Document]) -> tuple[Step, ...]:
    """The steps that list tasks in a sprint."""
    draft = draft_of(sprint)
    for task in tasks:
        draft.edit(with_item(draft.document, LIST, task_id(task)))
    return draft.steps()


def _named(at: Occasion, tasks: Sequence[Document], own_id: str) -> Iterator[Step]:
    """The steps that make tasks name a sprint."""
    for task in tasks:
        if task.frontmatter.text(KEY) != own_id:
            draft = draft_of(task)
            set_keys(draft, at.now, [(KEY, own_id)])
            yield from draft.steps()


def _off_others(at: Occasion, sprint: Document, tasks: Sequence[Document]) -> Iterator[Step]:
    """The steps that take tasks off the lists of other sprints."""
    for other in sprints(at.files):
        listed = {plain(item.data) for item in other.frontmatter.strings(LIST)}
        moved = [task for task in tasks if plain(task_id(task)) in listed]
        if moved and other.path != sprint.path:
            draft = draft_of(other)
            for task in moved:
                draft.edit(without_item(draft.document, LIST, task_id(task)))
            yield from draft.steps()


def _line(at: Occasion, sprint: Document) -> str:
    tasks = tasks_of(at.files, sprint)
    status, closed = status_of(sprint) or "(no status)", sum(map(is_closed, tasks))
    return f"{sprint_id(sprint)}  {status}  {closed} of {len(tasks)} done  {title_of(sprint)}".rstrip()


def _about(at: Occasion, sprint: Document) -> dict[str, Any]:
    keys = ("title", "status", "goal", "start_date", "end_date")
    texts = {key: str(sprint.frontmatter.values.get(key) or "") for key in keys}
    tasks = [
        {"task": task_id(one), "title": title_of(one), "status": status_of(one), "closed": is_closed(one)}
        for one in tasks_of(at.files, sprint)
    ]
    return {"sprint": sprint_id(sprint), "path": sprint.path, **texts, "tasks": tasks}


_SPRINT = "its id, its number or its path; the active one without it"
VERBS = (
    Verb(
        "sprint.create", ("sprint", "create"), "Create Sprint", create,
        'mdtm sprint create "Orders from other shops" --start 2026-09-07 --end 2026-09-18',
        (
            Parameter("sprint", "its number or its id; the next number without it", positional=True),
            Parameter(
                "title", "what it is about, in one line", required=True, positional=True,
                question="What is the sprint about?",
            ),
            Parameter("goal", "what will have been reached at its end"),
            Parameter("start", "its first day, such as 2026-09-07"),
            Parameter("end", "its last day"),
        ),
    ),
    Verb(
        "sprint.add", ("sprint", "add"), "Add Tasks to Sprint", add, "mdtm sprint add TASK-API-20260605-090000",
        (
            Parameter(
                "tasks", "ids or paths of tasks", "texts", required=True, positional=True, question="Which task?",
                is_path=True, offers="task",
            ),
            Parameter("sprint", _SPRINT, is_path=True),
        ),
    ),
    Verb(
        "sprint.show", ("sprint", "show"), "Show Sprint", show, "mdtm sprint show 1",
        (Parameter("sprint", _SPRINT, positional=True, is_path=True),),
    ),
    Verb("sprint.list", ("sprint", "list"), "List Sprints", list_sprints, "mdtm sprint list", of_session=False),
)  # fmt: skip
