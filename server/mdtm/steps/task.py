"""The steps that change a task, with the entry that tells of it in a session's log or in the task's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mdtm.context.stack import Switch
from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.fields import Edit
from mdtm.files import Files
from mdtm.log_edit import appended, entry, has_log, with_item, with_key
from mdtm.occasion import Occasion
from mdtm.own_template import ANY_TASK, TASK_NAMES, made_from, own_template
from mdtm.plan import Plan, Refused
from mdtm.schema.sessions import RELATED_TASKS
from mdtm.schema.tasks import SESSION_KEYS, TASK_TYPES
from mdtm.sessions import Session
from mdtm.steps.context import leaving, turned
from mdtm.tasks import find_task, task_id
from mdtm.templates import filled
from mdtm.times import read_time, spell_time


def from_template(at: Occasion, path: str, kind: str, values: dict[str, str]) -> tuple[Document, str]:
    """A new task from the workspace's own template for its type or from ours, and what to say of a broken one."""
    own, said = own_template(at.files, path, (TASK_NAMES[kind], ANY_TASK))
    if own is None:
        return Document.read(path, filled(at.template(f"{kind}.md"), values)), said
    keys = {key: value for key, value in values.items() if key != "session_id"}
    keys |= {"updated_date": values["created_date"]}
    if values["session_id"] or own.frontmatter.get(session_key(own)):
        keys[session_key(own)] = values["session_id"]
    if own.frontmatter.get("reporter"):
        keys["reporter"] = values["coordinator"]
    new = made_from(own, path, keys, values["title"])
    if new.schema and new.schema.name != f"task-{kind}":
        new = made_from(own, path, {**keys, "type": TASK_TYPES[kind]}, values["title"])
    return new, ""


def draft_of(task: Document) -> Draft:
    """A draft of a task.

    Raises:
        Refused: its frontmatter is broken, so that an edit might make it worse.
    """
    frontmatter = task.frontmatter
    if frontmatter.syntax != "toml":
        raise Refused(f"there is no +++ frontmatter in {task.path}; `mdtm check {task.path}` shows what to mend")
    if frontmatter.faults or not frontmatter.closed:
        what = ""
        if frontmatter.faults:
            first = frontmatter.faults[0]
            what = f", line {task.text.line_at(first.span.start) + 1}: {first.message}"
        raise Refused(f"the frontmatter of {task.path} is broken{what}; `mdtm check --fix {task.path}` may mend it")
    return Draft(task)


def set_keys(draft: Draft, now: datetime, keys: Iterable[tuple[str, str]]) -> None:
    """Gives keys of a task other texts, and the task the day or the time of its last change."""
    for name, text in keys:
        draft.edit([with_key(draft.document, name, text)])
    draft.edit([_dated(draft.document, now)])


def add_item(draft: Draft, now: datetime, name: str, item: str) -> None:
    """Adds an item to a list of a task, and sets the day or the time of its last change."""
    draft.edit(with_item(draft.document, name, item))
    draft.edit([_dated(draft.document, now)])


def session_key(task: Document) -> str:
    """The key that names the session of a task, or would."""
    keys = [key for key in SESSION_KEYS if task.frontmatter.get(key)]
    return next((key for key in keys if task.frontmatter.text(key)), keys[0] if keys else SESSION_KEYS[0])


def is_listed(task: Document, session: Session) -> bool:
    """Whether a session lists a task."""
    listed = session.log.frontmatter.strings(RELATED_TASKS) if session.log else ()
    return task_id(task) in (item.data for item in listed)


def session_of(at: Occasion, task: Document) -> Session | None:
    """The session that is meant, or the active one, if the task belongs to it or is worked on in it."""
    session = at.session_if_any()
    if session and (task.frontmatter.text(session_key(task)) == session.id or is_listed(task, session)):
        return session
    return session if leaving(session, task_id(task)) else None


def recorded(at: Occasion, draft: Draft, session: Session | None, text: str, switches: Iterable[Switch] = ()) -> Plan:
    """The steps of a changed task and of the entry that tells of it: in the log of the session, else in its own.

    `switches` are the changes of the session's context that go with it.
    """
    if session is None and has_log(draft.document):
        draft.edit([appended(draft.document, [entry(at.now, text, at.actor)])])
    return (*draft.steps(), *turned(at, session, switches, [text])) if session else draft.steps()


def noted(at: Occasion, own_id: str, text: str) -> Plan:
    """The steps that write an entry into a task's own log; none where there is no such task, or it has no log."""
    task = known_task(at.files, own_id)
    if task is None or not has_log(task):
        return ()
    draft = draft_of(task)
    draft.edit([appended(draft.document, [entry(at.now, text, at.actor)])])
    set_keys(draft, at.now, ())
    return draft.steps()


def known_task(files: Files, own_id: str) -> Document | None:
    """The task with an id; None where there is none, or no one task alone."""
    try:
        return find_task(files, own_id)
    except Refused:
        return None


def _dated(task: Document, now: datetime) -> Edit:
    """The edit that sets the date of the last change, in the form that the task's dates have."""
    written = spell_time(now)
    field = task.frontmatter.get("updated_date")
    if field and field.value.kind in ("date", "datetime"):
        return Edit(field.value.span, written[:10] if field.value.kind == "date" else written)
    model = task.frontmatter.text("updated_date") or task.frontmatter.text("created_date") or ""
    moment = read_time(model)
    return with_key(task, "updated_date", written[:10] if moment and moment.precision == "day" else written)
