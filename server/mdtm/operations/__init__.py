"""Every verb: what can be done, under one name in the editor, on the command line and in MCP."""

from __future__ import annotations

from mdtm.operations import (
    activity,
    agenda,
    artifact,
    brief,
    completion,
    context,
    decision,
    doctor,
    extract,
    history,
    lifecycle,
    log,
    overview,
    proposal,
    report,
    sprint,
    sprint_progress,
    start,
    summary,
    task,
    task_link,
    task_progress,
    workflow,
)
from mdtm.verb import Verb

VERBS: tuple[Verb, ...] = (
    *start.VERBS,
    *lifecycle.VERBS,
    *overview.VERBS,
    *agenda.VERBS,
    *brief.VERBS,
    *history.VERBS,
    *report.VERBS,
    *log.VERBS,
    *artifact.VERBS,
    *extract.VERBS,
    *summary.VERBS,
    *proposal.VERBS,
    *decision.VERBS,
    *task.VERBS,
    *task_link.VERBS,
    *task_progress.VERBS,
    *completion.VERBS,
    *activity.VERBS,
    *sprint.VERBS,
    *sprint_progress.VERBS,
    *context.VERBS,
    *workflow.VERBS,
    *doctor.VERBS,
)


def verb_named(name: str) -> Verb | None:
    return next((verb for verb in VERBS if verb.name == name), None)
