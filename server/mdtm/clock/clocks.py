"""What the logs of a workspace tell of their time, each read when it is asked for, and again when it has changed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta

from mdtm.clock.intervals import on_task, standing
from mdtm.clock.record import Record, record_of
from mdtm.clock.ticks import whole
from mdtm.document import Document
from mdtm.files import Files
from mdtm.kept import Kept
from mdtm.once import once
from mdtm.paths import plain
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.sessions import session_folders
from mdtm.times import DIGITS, read_time

MOST_ASKED = 8
"""How many sessions are held against one that they began after; where more did, something else is wrong."""
MOST_UNTIMED = 50
"""How many sessions of a folder are asked when their names tell no time; of more only those with the next names."""
SLACK = timedelta(minutes=5)
"""How long before its start a session's folder may have been named."""
_TIME = re.compile(rf"-({DIGITS})(?:-\d{{1,2}})?$")


class Clocks:
    """Answers from the session logs of a workspace; each answer is kept."""

    def __init__(
        self, files: Files, logs: Kept[Record | None] | None = None, pushing: Kept[bool] | None = None
    ) -> None:
        self._files = files
        self._logs = Kept[Record | None]() if logs is None else logs
        self._pushing = Kept[bool]() if pushing is None else pushing
        self._records: dict[str, Record | None] = {}
        self._on_task: dict[str, int] = {}

    def begun_after(self, folder: str, first: datetime, last: datetime) -> Iterator[Record]:
        """The sessions but that of a folder which began from one time up to another, as far as their names may tell.

        Names without a time are those of the same folder's others; never more than MOST_ASKED that may be meant.
        """
        for other in self._named_for(folder, first - SLACK, last):
            record = self.record(other)
            if record and record.start and record.zoned and first <= whole(record.start.when) < last:
                yield record

    def record(self, folder: str) -> Record | None:
        """What the log of a session's folder tells; None when there is none."""
        path = f"{folder}/{SESSION_LOG_NAME}"
        self._records[folder] = self._logs.of(self._files, path, lambda: self._read(path))
        return self._records[folder]

    def on_task(self, task_id: str) -> int:
        """For how many seconds a task was worked on, in all sessions together."""
        wanted = plain(task_id)
        if wanted not in self._on_task:
            records = (self.record(folder) for folder in self._folders if self._pushes(folder))
            self._on_task[wanted] = sum(on_task(standing(record), wanted) for record in records if record)
        return self._on_task[wanted]

    def renewed(self, files: Files, changed: str = "") -> Clocks:
        """The clocks of the files as they are now; these, when all that they have answered still holds.

        `changed` is the path of a file whose text alone has changed, and no folder.
        """
        self._logs.forget(changed)
        self._pushing.forget(changed)
        new = Clocks(files, self._logs, self._pushing)
        same = (
            (changed or "_folders" not in self.__dict__ or self._folders == new._folders)
            and all(new.record(folder) == record for folder, record in self._records.items())
            and all(new.on_task(task) == seconds for task, seconds in self._on_task.items())
        )
        self._files = files
        return self if same else new

    def _pushes(self, folder: str) -> bool:
        """Whether the log of a session may put anything on a stack, found out without reading its entries."""
        path = f"{folder}/{SESSION_LOG_NAME}"
        return self._pushing.of(self._files, path, lambda: "push" in (self._files.text(path) or ""))

    def _read(self, path: str) -> Record | None:
        text = self._files.text(path)
        return None if text is None else record_of(Document.read(path, text))

    def _named_for(self, folder: str, first: datetime, last: datetime) -> Iterator[str]:
        """The sessions whose names tell a time between two others, and those of the same folder that tell none."""
        at, left = bisect_left(self._timed, (first, "")), MOST_ASKED
        for when, other in self._timed[at : at + MOST_ASKED + 1]:
            if when <= last and other != folder and left:
                left -= 1
                yield other
        beside = self._untimed.get(folder.rpartition("/")[0], [])
        if len(beside) > MOST_UNTIMED:
            at = bisect_right(beside, folder)
            beside = beside[at : at + MOST_ASKED]
        yield from (other for other in beside if other != folder)

    @once
    def _folders(self) -> tuple[str, ...]:
        return tuple(session_folders(self._files))

    @once
    def _timed(self) -> list[tuple[datetime, str]]:
        """When the sessions were made, as their names tell, in the order of time."""
        return sorted((when, folder) for folder in self._folders if (when := _time_in(folder)))

    @once
    def _untimed(self) -> dict[str, list[str]]:
        """The others by the folder that they lie in, in the order of their names."""
        found: dict[str, list[str]] = {}
        for folder in sorted(folder for folder in self._folders if not _time_in(folder)):
            found.setdefault(folder.rpartition("/")[0], []).append(folder)
        return found


def _time_in(folder: str) -> datetime | None:
    match = _TIME.search(folder)
    moment = read_time(match[1]) if match else None
    return whole(moment.when) if moment else None
