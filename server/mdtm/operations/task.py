"""Makes tasks, lists them and shows one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.log_edit import with_item, with_key
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Plan, Refused, Step
from mdtm.schema.sessions import RELATED_TASKS
from mdtm.schema.statuses import TASK_STATUSES
from mdtm.schema.tasks import PARENT_KEYS, PRIORITIES, TASK_TYPES
from mdtm.session_id import sanitised
from mdtm.sessions import Session
from mdtm.steps.session import logged
from mdtm.steps.task import add_item, draft_of, from_template, session_key
from mdtm.tasks import (
    NAMINGS,
    boxes,
    find_task,
    is_closed,
    new_task_id,
    root_for,
    status_meant,
    status_of,
    taken_ids,
    task_id,
    tasks,
    title_of,
)
from mdtm.times import spell_time
from mdtm.verb import TASK, Parameter, Verb

URGENCIES = {priority.split()[-1].lower(): priority for priority in PRIORITIES}
"""The word for each priority."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\s]+")
_NO_NAME = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


def create(
    at: Occasion,
    title: str,
    kind: str = "feature",
    to: str = "",
    folder: str = "",
    parent: str = "",
    depends_on: Sequence[str] = (),
    priority: str = "",
    tags: Sequence[str] = (),
) -> Outcome:
    """Makes a task from the template of its type; the active session delegates it, and both name each other.

    It goes to the folder that is asked for, else to that of the task it is a part of, else to one named for its type
    and for the goal of the session, or its own title.

    Raises:
        Refused: the title says nothing, there is no such type, or a task that it names does not exist.
    """
    title, to = _CONTROL.sub(" ", title).strip(), _CONTROL.sub(" ", to).strip()
    if not any(character.isalnum() for character in title):
        raise Refused(f'the title "{title}" has no letter and no digit; say what is to be done')
    _check_choice("type", kind, tuple(TASK_TYPES))
    session = at.session_if_any()
    whole = find_task(at.files, parent) if parent else None
    before = [task_id(find_task(at.files, one)) for one in depends_on]
    usual = f"{NAMINGS[kind].folder}_{_named_for(session, title)}".rstrip("_")
    place = _place(folder, whole, f"{root_for(at.files, session, at.settings.dialect)}/tasks", usual)
    own_id = new_task_id(to, kind, at.now, taken_ids(at.files))
    values = {
        "id": own_id,
        "title": title,
        "created_date": spell_time(at.now),
        "assigned_to": to,
        "coordinator": _CONTROL.sub(" ", at.actor),
        "session_id": session.id if session else "",
    }
    new, said = from_template(at, f"{place}/{own_id}.md", kind, values)
    draft = Draft(new)
    _set_wishes(draft, priority, task_id(whole) if whole else "", before, tags)
    others = (*_told_to_whole(at, whole, own_id), *_told_to_session(at, session, own_id, to, title))
    plan: Plan = (*draft.creation(), *others)
    return Outcome(f"Created {own_id} in {place}{said}", plan, _about(draft.document), draft.document.path)


def show(at: Occasion, task: str) -> Outcome:
    """Shows a task: who does it, what it belongs to, and its check boxes with their numbers."""
    found = find_task(at.files, task)
    about, frontmatter = _about(found), found.frontmatter
    lines = [_line(found), f"file: {found.path}"]
    keys = ("type", "priority", "assigned_to", session_key(found), *PARENT_KEYS, "updated_date")
    lines += [f"{key}: {frontmatter.text(key)}" for key in keys if frontmatter.text(key)]
    for key in ("depends_on", "subtasks", "related_docs", "input_artifacts", "output_artifacts"):
        items = [item.data for item in frontmatter.strings(key)]
        lines += [f"{key}:", *(f"  {item}" for item in items)] if items else []
        about[key] = items
    ticks = boxes(found)
    lines += ["boxes:", *(f"  {box.number}. [{box.mark}] {box.text}" for box in ticks)] if ticks else []
    about["boxes"] = [{"number": box.number, "text": box.text, "ticked": box.ticked} for box in ticks]
    return Outcome("\n".join(lines), data=about, show=found.path)


def list_tasks(at: Occasion, everything: bool = False, status: str = "") -> Outcome:
    """Lists the tasks that are open; with --all the closed ones behind them, with a status those that have it."""
    wanted = status_meant(status) if status else None
    if status and wanted is None:
        raise Refused(f'there is no status "{status}"; there are {", ".join(TASK_STATUSES.canonical)}')
    found = tasks(at.files)
    if wanted:
        found = [task for task in found if status_meant(status_of(task)) == wanted]
    elif not everything:
        found = [task for task in found if not is_closed(task)]
    found.sort(key=is_closed)
    if not found:
        which = f"No task is {wanted}." if wanted else "There is no task here." if everything else "No task is open."
        return Outcome(which, data={"tasks": []})
    return Outcome("\n".join(map(_line, found)), data={"tasks": [_about(task) for task in found]})


def _check_choice(what: str, word: str, choices: tuple[str, ...]) -> None:
    if word not in choices:
        raise Refused(f"there is no {what} {word}; there are {', '.join(choices)}")


def _named_for(session: Session | None, title: str) -> str:
    """What the folder of a task is named for: the goal of its session, else its title."""
    return (sanitised(session.title) if session else "") or sanitised(title)


def _place(wish: str, whole: Document | None, home: str, usual: str) -> str:
    """The folder that a new task lies in.

    Raises:
        Refused: what is asked for is no name of a folder, or leads out of that for tasks.
    """
    if not wish:
        return whole.folder if whole else f"{home}/{usual}"
    inner = wish.removeprefix("./").removeprefix(f"{home}/").rstrip("/")
    if _NO_NAME.search(inner) or any(not part.strip(" .") or part != part.strip() for part in inner.split("/")):
        raise Refused(f'"{wish}" is no folder in {home}; give a name such as FEATURE_Login')
    return f"{home}/{inner}"


def _set_wishes(draft: Draft, priority: str, whole: str, before: Sequence[str], tags: Sequence[str]) -> None:
    """Writes into a new task what the template does not ask for."""
    if priority:
        _check_choice("priority", priority, tuple(URGENCIES))
        draft.edit([with_key(draft.document, "priority", URGENCIES[priority])])
    if whole:
        names = [name for name in PARENT_KEYS if draft.document.frontmatter.get(name)]
        draft.edit([with_key(draft.document, (names or PARENT_KEYS)[0], whole)])
    items = [*(("depends_on", one) for one in before), *(("tags", tag.strip()) for tag in tags if tag.strip())]
    for name, item in items:
        draft.edit(with_item(draft.document, name, item))


def _told_to_whole(at: Occasion, whole: Document | None, own_id: str) -> tuple[Step, ...]:
    """The steps that list a new task in the one that it is a part of, if that lists its parts."""
    field = whole.frontmatter.get("subtasks") if whole else None
    if whole is None or field is None:
        return ()
    draft = draft_of(whole)
    add_item(draft, at.now, "subtasks", own_id)
    return draft.steps()


def _told_to_session(at: Occasion, session: Session | None, own_id: str, to: str, title: str) -> tuple[Step, ...]:
    if session is None:
        return ()
    text = f"Delegated `{own_id}` to `{to}`: {title}" if to else f"Task `{own_id}` created: {title}"
    return logged(at, session, [text], items=[(RELATED_TASKS, own_id)])


def _line(task: Document) -> str:
    ticks = boxes(task)
    count = f"  {sum(box.ticked for box in ticks)}/{len(ticks)}" if ticks else ""
    title = f"  {title_of(task)}" if title_of(task) else ""
    return f"{task_id(task)}  {status_of(task) or 'no status'}{count}{title}"


def _about(task: Document) -> dict[str, Any]:
    frontmatter, ticks = task.frontmatter, boxes(task)
    return {
        "task": task_id(task),
        "path": task.path,
        "title": title_of(task),
        "status": status_of(task),
        "assigned_to": frontmatter.text("assigned_to") or "",
        "session": frontmatter.text(session_key(task)) or "",
        "ticked": sum(box.ticked for box in ticks),
        "of": len(ticks),
    }


VERBS = (
    Verb(
        "task.create", ("task", "create"), "Create Task", create,
        'mdtm task create "Move the token store" --type chore --to dev-api',
        (
            Parameter(
                "title", "what is to be done, in one line", required=True, positional=True,
                question="What is to be done?",
            ),
            Parameter(
                "kind", "what kind of work it is; feature without it", choices=tuple(TASK_TYPES), option="type",
                question="What kind of work is this?",
            ),
            Parameter("to", "who does it, such as a mode; the id is named for that"),
            Parameter("folder", "the folder for it among the tasks"),
            Parameter("parent", "the id of the task that it is a part of"),
            Parameter(
                "depends_on", "the id of a task that must be done before; may be given several times", "texts",
                option="depends-on",
            ),
            Parameter("priority", "how urgent it is; medium without it", choices=tuple(URGENCIES)),
            Parameter("tags", "a word to find it by; may be given several times", "texts", option="tag"),
        ),
    ),
    Verb(
        "task.show", ("task", "show"), "Show Task", show, "mdtm task show TASK-API-20260605-090000",
        (
            TASK,
        ),
        of_session=False,
    ),
    Verb(
        "task.list", ("task", "list"), "List Tasks", list_tasks, 'mdtm task list --status "in progress"',
        (
            Parameter("everything", "those that are done or archived too", "flag", option="all"),
            Parameter("status", "only those with this status"),
        ),
        of_session=False,
    ),
)  # fmt: skip
