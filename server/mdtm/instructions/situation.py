"""Where the work stands after a change: what instructions speak of, each found out when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from mdtm.clock.intervals import Clock, standing
from mdtm.clock.record import record_of
from mdtm.context.log import stack_of
from mdtm.context.stack import Item
from mdtm.document import Document
from mdtm.facts import completion_of
from mdtm.files import Files
from mdtm.history import events
from mdtm.paths import plain
from mdtm.plan import Refused
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.schema.statuses import ACTIVE, OVER, PAUSED
from mdtm.sessions import Session, active_folder, session_in
from mdtm.sprints import LIST
from mdtm.task_links import may_be_closed, open_children
from mdtm.tasks import Box, boxes, find_task, status_of, title_of
from mdtm.trace import Trace

LAST_ENTRIES = 3


class Situation:
    """What is known of the session that was changed, else of the active one; a text is empty where nothing is known."""

    def __init__(self, files: Files, folder: str = "") -> None:
        self._files = files
        active = active_folder(files)
        found = (session_in(files, meant, active) for meant in (folder, active) if meant)
        self.found: Session | None = next((session for session in found if session), None)

    @property
    def session(self) -> str:
        """The id of the session."""
        return self.found.id if self.found else ""

    @property
    def at_work(self) -> str:
        """The session's id while it is active."""
        return self.session if self._place == ACTIVE else ""

    @property
    def rests(self) -> str:
        """The session's id while it is paused."""
        return self.session if self._place == PAUSED else ""

    @property
    def over(self) -> str:
        """The session's id when it is completed or given up."""
        return self.session if self._place in OVER else ""

    @property
    def goal(self) -> str:
        return self.found.title if self.found else ""

    @cached_property
    def stack(self) -> tuple[Item, ...]:
        return stack_of(self.found.log) if self.found else ()

    @property
    def sprint(self) -> str:
        """The id of the sprint that is worked on, if there is such a sprint."""
        own_id = self._deepest("sprint")
        return own_id if plain(own_id) in self._trace.sprints else ""

    @property
    def task(self) -> str:
        """The id of the task or subtask that is worked on."""
        return self._deepest("task", "subtask")

    @property
    def box(self) -> str:
        """The number of the first box of that task that is open."""
        return next((str(box.number) for box in self.boxes if not box.ticked), "")

    @property
    def ready(self) -> str:
        """The id of that task when nothing of it is open."""
        if self.document is None or self.box or open_children(self.document, self._trace):
            return ""
        return "" if may_be_closed(status_of(self.document)) else self.task

    @property
    def taskless(self) -> str:
        """The session's id while it is active and works on no task."""
        return "" if self.task else self.at_work

    @property
    def idle(self) -> str:
        """The id of the first task that is waiting, while none is worked on."""
        return self.waiting[0] if self.waiting and self.at_work and not self.task else ""

    @property
    def unplanned(self) -> str:
        """The goal of the session, while nothing of it has become a task."""
        return self.goal if self.at_work and not self.task and not self.members else ""

    @property
    def finished(self) -> str:
        """The session's id while it is active though none of its tasks is open."""
        return self.at_work if self.members and not self.waiting and not self.task else ""

    @property
    def finished_sprint(self) -> str:
        """The id of the sprint that is worked on, when none of its tasks is open."""
        return self.sprint if self.sprint and self.members and not self.waiting and not self.task else ""

    @cached_property
    def document(self) -> Document | None:
        """The task that is worked on."""
        try:
            return find_task(self._files, self.task) if self.task else None
        except Refused:
            return None

    @cached_property
    def boxes(self) -> list[Box]:
        return boxes(self.document) if self.document else []

    @cached_property
    def members(self) -> dict[str, bool]:
        """The ids of the tasks of the sprint, else of the session, and whether each is over."""
        if self.sprint:
            path = self._trace.sprints[plain(self.sprint)].path
            sprint = Document.read(path, self._files.text(path) or "")
            listed = [item.data for item in sprint.frontmatter.strings(LIST)]
        else:
            log = self.found.log if self.found else None
            listed = [item.data for item in log.frontmatter.strings(RELATED_TASKS)] if log else []
        rows = self._trace.tasks_of(self.sprint, listed)
        return {own_id: may_be_closed(row.status) for own_id, row in rows.items()}

    @cached_property
    def _trace(self) -> Trace:
        return Trace(self._files)

    @cached_property
    def waiting(self) -> list[str]:
        """The ids of those of them that are neither over nor worked on."""
        active = {plain(item.id) for item in self.stack}
        return [own_id for own_id, over in self.members.items() if not over and plain(own_id) not in active]

    def reminder(self) -> str:
        """What is worked on, in a line."""
        if self.found is None:
            return "no session is active"
        named = f"{self.session}: {self.goal}" if self.goal not in ("", self.session) else self.session
        state = "" if self._place in (ACTIVE, None) else f" ({self.found.status})"
        title = title_of(self.document) if self.document else ""
        way = " > ".join(item.id for item in self.stack)
        return f"{named}{state}" + (f"; {way}" if way else "") + (f" {title}" if title else "")

    def progress(self) -> dict[str, Any]:
        """How much of the task and of its sprint or session is done."""
        ticked = sum(box.ticked for box in self.boxes)
        closed = sum(self.members.values())
        return {
            **({"boxes": {"ticked": ticked, "total": len(self.boxes)}} if self.boxes else {}),
            **({"tasks": {"closed": closed, "total": len(self.members)}} if self.members else {}),
        }

    def requirements(self) -> list[dict[str, str]]:
        """What the end of the task still requires."""
        found = completion_of(self._files, self.document) if self.document else None
        return found.data["requirements"] if found else []

    def summary(self) -> dict[str, Any]:
        """What the session was."""
        log = self.found.log if self.found else None
        frontmatter = self.found.main.frontmatter if self.found else None
        clock = standing(record_of(self.found.log, self.found.state)) if self.found else Clock()
        return {
            "session": self.session,
            "goal": self.goal,
            "status": self.found.status if self.found else "",
            "start_time": frontmatter.text("start_time") or "" if frontmatter else "",
            "end_time": frontmatter.text("end_time") or "" if frontmatter else "",
            "active_seconds": clock.active,
            "paused_seconds": clock.paused,
            "entries": sum(len(reading.entry_lines) for reading in log.body) if log else 0,
            "tasks": {"closed": sum(self.members.values()), "total": len(self.members)},
            "artifacts": len(log.frontmatter.strings(RELATED_ARTIFACTS)) if log else 0,
        }

    def recovered(self) -> dict[str, Any]:
        """What somebody has to know who goes on with the session."""
        log = self.found.log if self.found else None
        last = events(log)[-LAST_ENTRIES:] if log else []
        return {
            "goal": self.goal,
            "context": [item._asdict() for item in self.stack],
            "last_entries": [{"time": one.stamp, "actor": one.actor, "text": one.text} for one in last],
            "open_tasks": [own_id for own_id, over in self.members.items() if not over],
        }

    @property
    def _place(self) -> int | None:
        """Where the session stands, in the order active, paused, completed, error."""
        return self.found.place if self.found else None

    def _deepest(self, *types: str) -> str:
        """The id of the deepest level of some types, while the session is active."""
        stack = self.stack if self.at_work else ()
        return next((item.id for item in reversed(stack) if item.type in types), "")
