"""Tells the time that sessions took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from mdtm.clock.estimate import estimate_of
from mdtm.clock.intervals import Clock, Interval, clock_of, duration
from mdtm.clock.record import Record, record_of
from mdtm.clock.sheet_parts import data_of
from mdtm.clock.ticks import whole
from mdtm.clock.timesheet import BY, Note, Row, Timesheet, grouped, on, summed, within
from mdtm.clock.zones import day_named, zone_named
from mdtm.context.stack import TASK_TYPES
from mdtm.document import Document
from mdtm.occasion import Occasion, Outcome
from mdtm.paths import plain
from mdtm.plan import Refused
from mdtm.sessions import Session, active_folder, sessions
from mdtm.settings import IDLE_MINUTES
from mdtm.sheets import FORMATS, written
from mdtm.sprints import find_sprint, sprint_id, sprint_meant, sprints
from mdtm.tasks import find_task, task_id, tasks, title_of
from mdtm.verb import Parameter, Verb


class Wanted(NamedTuple):
    """Which time counts."""

    task: str
    sprint: str
    since: date | None
    until: date | None
    zone: tzinfo

    @property
    def all(self) -> bool:
        return not (self.task or self.sprint or self.since or self.until)


def report(
    at: Occasion,
    every: bool = False,
    task: str = "",
    sprint: str = "",
    since: str = "",
    until: str = "",
    by: str = "session",
    format: str = "text",
    zone: str = "",
) -> Outcome:
    """Tells how long a session was at work and at rest; or all of them, by task, sprint, day or author.

    Raises:
        Refused: there is no such session, task, sprint, day or zone.
    """
    wanted = Wanted(plain(task), plain(sprint_meant(sprint)), day_named(since), day_named(until), zone_named(zone))
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise Refused(f"{until} is before {since}; --since is the first day that counts, and --until the last one")
    chosen = sessions(at.files) if every or not (wanted.all or at.session_id) else [_chosen(at)]
    records = {one.folder: record_of(one.log, one.state) for one in chosen}
    clocks = {one.folder: clock_of(records[one.folder], at.now, one.place) for one in chosen}
    _check_named(at, wanted, clocks.values())
    counted = sorted(_counted(clocks.values(), wanted), key=lambda one: one.start)
    met = {one.session for one in counted}
    sheet = Timesheet(
        by,
        wanted.zone,
        zone or "UTC",
        at.now,
        wanted.since,
        wanted.until,
        tuple(counted),
        tuple(_rows(at, by, counted, chosen, wanted)),
        {one.id: one.title for one in chosen},
        tuple(
            note
            for one in chosen
            if wanted.all or one.id in met
            for note in _notes(at, one, records[one.folder], clocks[one.folder])
        ),
    )
    return Outcome(written(format, sheet), data=data_of(sheet))


def _chosen(at: Occasion) -> Session:
    """The session that is named, else the active one."""
    if not at.session_id and active_folder(at.files) is None:
        raise Refused("there is no active session; name one, or tell of all with --all")
    return at.session()


def _check_named(at: Occasion, wanted: Wanted, clocks: Iterable[Clock]) -> None:
    """Refuses a task or a sprint of which there is neither a file nor any time."""
    intervals = [one for clock in clocks for one in clock.intervals]
    if wanted.task and not any(on(intervals, TASK_TYPES, wanted.task)):
        find_task(at.files, wanted.task)
    if wanted.sprint and not any(on(intervals, ("sprint",), wanted.sprint)):
        find_sprint(at.files, wanted.sprint)


def _counted(clocks: Iterable[Clock], wanted: Wanted) -> Iterator[Interval]:
    """The intervals that are wanted, or their parts."""
    found = within((one for clock in clocks for one in clock.intervals), wanted.since, wanted.until, wanted.zone)
    found = on(found, TASK_TYPES, wanted.task) if wanted.task else found
    return on(found, ("sprint",), wanted.sprint) if wanted.sprint else found


def _rows(at: Occasion, by: str, counted: list[Interval], chosen: list[Session], wanted: Wanted) -> Iterator[Row]:
    """The rows in the order of time; when all time is wanted, each session has one, be it empty."""
    groups = grouped(by, counted, wanted.zone)
    if by == "session" and wanted.all:
        groups = {**groups, **{one.id: [] for one in chosen if one.id not in groups}}
    documents = _documents(at, by, groups)
    titles = {one.id: one.title for one in chosen} if by == "session" else {}
    for name, intervals in groups.items():
        document = documents.get(name)
        title = title_of(document) if document else titles.get(name, "")
        estimate = estimate_of(document.frontmatter) if document and by == "task" else None
        yield Row(name, title, summed(intervals), estimate)


def _documents(at: Occasion, by: str, names: Iterable[str]) -> Mapping[str, Document]:
    """The tasks or sprints of some names, as far as there are files of them."""
    known = {plain(task_id(one)): one for one in tasks(at.files)} if by == "task" else {}
    known |= {plain(sprint_id(one)): one for one in sprints(at.files)} if by == "sprint" else {}
    return {name: known[plain(name)] for name in names if plain(name) in known}


def _notes(at: Occasion, session: Session, record: Record, clock: Clock) -> Iterator[Note]:
    """What is to be known of a session's clock, such as that it runs while nobody logs anything."""
    for text, offset in clock.remarks:
        line = session.log.text.line_at(offset) + 1 if session.log and offset >= 0 else 0
        yield Note(session.id, f"line {line}: {text}" if line else text)
    silent = whole(at.now) - whole(record.last.when) if clock.grows and record.last else timedelta()
    if silent > timedelta(minutes=at.settings.idle_minutes or IDLE_MINUTES):
        yield Note(session.id, f"the clock runs, though nothing was logged for {duration(int(silent.total_seconds()))}")


VERBS = (
    Verb(
        "session.report", ("report",), "Report Time", report,
        "mdtm report --all --since 2026-06-01 --by day --format markdown",
        (
            Parameter("every", "all sessions, not the active one alone", "flag", option="all"),
            Parameter("task", "only the time in which this task was on the stack, in all sessions"),
            Parameter("sprint", "the same of a sprint; 1 is SPRINT-1"),
            Parameter("since", "the first day that counts, such as 2026-06-01, in all sessions"),
            Parameter("until", "the last day that counts"),
            Parameter("by", "what the time is summed up by; by session without it", choices=BY),
            Parameter("format", "how it is written; a text for people without it", choices=FORMATS),
            Parameter("zone", "the zone whose days are meant, such as Europe/Berlin or UTC-03:00; else UTC"),
        ),
        session_first=True,
    ),
)  # fmt: skip
