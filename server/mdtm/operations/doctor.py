"""Finds what does not agree between sessions, markers and places, and heals it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timezone

from mdtm.consistency import NOT_UTF8, Case, Finding, cases, leftovers, marker_findings, takes_status
from mdtm.document import Document
from mdtm.files import Files, exists
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Create, Delete, Move, Replace, Step, replaced
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.session_id import goal_of, start_of
from mdtm.sessions import MARKER, Session
from mdtm.steps.session import empty_log, logged, moved_state, state_steps
from mdtm.text import Span
from mdtm.times import read_time, spell_time
from mdtm.verb import Parameter, Verb
from mdtm.workflow import PHASES, new_state, progress_of

LEFT_BEHIND = "a change that broke off left this file behind"


def doctor(at: Occasion, fix: bool = False) -> Outcome:
    """Finds sessions, markers and leftovers that do not agree; heals them when it is told to."""
    found = list(cases(at.files))
    marks = marker_findings(at.files)
    rests = [Finding(path, LEFT_BEHIND, "remove it") for path in leftovers(at.files)]
    findings = [*marks.values(), *(one for case in found for one in case.findings), *rests]
    data = {"findings": [{"path": one.path, "message": one.message, "cure": one.cure} for one in findings]}
    if not findings:
        return Outcome("Sessions, markers and files agree.", data={**data, "healed": 0})
    if not fix:
        return Outcome(_listed(findings), data={**data, "healed": 0}, status=1)
    plan = (
        *(step for case in found for step in _healed(at, case)),
        *(Delete(one.path, at.files.text(one.path) or "") for one in rests),
        *(Move(case.folder, case.to) for case in found if case.to),
        *(_without_marker(at.files, marker) for marker in marks),
    )
    left = [one for one in findings if not one.cure]
    done = [f"{one.path}: {one.message}; {one.done}" for one in findings if one.cure]
    text = "\n".join([*done, *(_line(one) for one in left)])
    return Outcome(text, plan, {**data, "healed": len(done)}, status=1 if left else 0)


def _listed(findings: list[Finding]) -> str:
    curable = sum(1 for one in findings if one.cure)
    ending = [f"`mdtm doctor --fix` mends {curable} of {len(findings)}"] if curable else []
    return "\n".join([*(_line(one) for one in findings), *ending])


def _line(finding: Finding) -> str:
    return f"{finding.path}: {finding.message}" + (f"; --fix: {finding.cure}" if finding.cure else "")


def _without_marker(files: Files, marker: str) -> Step:
    """The step that makes a marker none; one in which somebody wrote something is only renamed."""
    text = files.text(marker) or ""
    if not text.strip():
        return Delete(marker, text)
    home, _, name = marker.rpartition("/")
    return Move(marker, _free(files, f"{home}/.inactive-{name.removeprefix(MARKER)}"))


def _healed(at: Occasion, case: Case) -> Iterable[Step]:
    """The steps that heal the files of one session."""
    cured = [one for one in case.findings if one.cure]
    if not cured:
        return
    state = case.state
    if case.new_state:
        state = _new_state(at, case)
        if case.state:
            yield Move(state.path, _free(at.files, f"{state.path}.broken"))
        yield Create(state.path, str(state.text))
    elif state and case.wrong_status and case.place is not None and takes_status(state):
        status = case.dialect.statuses[case.place]
        yield from state_steps(state, at.now, moved_state(state, at.now, case.place, status))
    reasons = [f"Status: mended by `mdtm doctor`: {one.message}; {one.done}" for one in cured]
    yield from _log_steps(at, replace(case, state=state), reasons)


def _new_state(at: Occasion, case: Case) -> Document:
    """The state of a session from the template, with what can still be read of the broken one."""
    path = f"{case.folder}/{case.dialect.state_file}"
    known = case.state.frontmatter if case.state else None
    title = (known and known.text("project")) or _title(case)
    status = case.dialect.statuses[case.place or 0]
    kind = (known and known.text("type")) or ""
    state = Document.read(path, new_state(at.template, case.folder, title, at.now, status, kind))
    values: dict[str, object] = {"created_at": _started(at, case)}
    if case.state:
        progress = progress_of(case.state)
        values["current_phase"] = progress.phase or PHASES[0]
        values["progress.completed_phases"] = list(progress.completed)
        values["progress.current_tasks"] = list(progress.tasks)
    state = Document.read(path, replaced(str(state.text), state_steps(state, at.now, values)))
    if not case.place:
        return state
    steps = state_steps(state, at.now, moved_state(state, at.now, case.place, status))
    return Document.read(path, replaced(str(state.text), steps))


def _log_steps(at: Occasion, case: Case, reasons: list[str]) -> tuple[Step, ...]:
    """The steps that write into the log what was mended, with the status that it has now; they make it if need be."""
    log, place = case.log, case.place
    end_time = spell_time(at.now) if place else ""
    keys = [("status", case.dialect.statuses[place]), ("end_time", end_time)] if place is not None else []
    if log and not case.new_log:
        if NOT_UTF8 in str(log.text):
            return ()
        wanted = case.wrong_status and takes_status(log)
        return logged(at, _session(case), reasons, keys if wanted else [])
    path = f"{case.folder}/{SESSION_LOG_NAME}"
    status = case.dialect.statuses[place or 0]
    fresh = empty_log(at, path, _title(case), status, _started(at, case), end_time)
    text = replaced(str(fresh.text), logged(at, replace(_session(case), log=fresh), reasons))
    if log is None:
        return (Create(path, text),)
    old = str(log.text)
    return (Replace(path, Span(0, len(old)), old, text),)


def _session(case: Case) -> Session:
    return Session(case.folder, case.dialect, case.log, case.state, False)


def _title(case: Case) -> str:
    """What the session is about, as its files or its id tell."""
    frontmatters = [document.frontmatter for document in case.documents]
    titles = [one.text(key) for one in frontmatters for key in ("title", "goal", "project")]
    headings = [heading.title for heading in case.log.headings()] if case.log and case.new_log else []
    return next((title for title in (*titles, *headings) if title), "") or goal_of(case.name) or case.name


def _started(at: Occasion, case: Case) -> str:
    """When the session was started, as its files or its id tell; else now."""
    frontmatters = [document.frontmatter for document in case.documents]
    times = [one.text(key) or "" for one in frontmatters for key in ("start_time", "created_at")]
    known = next((time for time in times if read_time(time)), "")
    start = start_of(case.name)
    return known or spell_time(start.when.replace(tzinfo=timezone.utc) if start else at.now)


def _free(files: Files, path: str) -> str:
    """A path that nothing has: this one, else with a number behind it."""
    number, found = 1, path
    while exists(files, found):
        number += 1
        found = f"{path}-{number}"
    return found


VERBS = (
    Verb(
        "session.doctor", ("doctor",), "Check Up", doctor, "mdtm doctor --fix",
        (Parameter("fix", "heal what can be healed; what is replaced is kept", "flag"),),
        of_session=False,
    ),
)  # fmt: skip
