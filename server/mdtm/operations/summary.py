"""Sums a session up, from nothing but its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timezone

from mdtm.artifacts import BY_NAME
from mdtm.clock.intervals import clock_of, duration
from mdtm.clock.record import record_of
from mdtm.history import Event, events
from mdtm.linked import Linked, linked_artifacts, linked_tasks, listed_tasks
from mdtm.occasion import Occasion, Outcome
from mdtm.paths import stem
from mdtm.schema.sessions import RELATED_ARTIFACTS
from mdtm.schema.statuses import OVER, PAUSED
from mdtm.sessions import Session
from mdtm.steps.artifact import free_path, made_entry, with_readme
from mdtm.steps.session import logged
from mdtm.times import Moment, spell_time
from mdtm.toml.writing import array, text_value
from mdtm.verb import Parameter, Verb

KIND = BY_NAME["summary"]
PLACES = ("Active-Checkpoint", "Paused", "Completed", "Error")
"""What a summary calls the place where the session stands."""
SECTIONS = (("Decisions", "decision"), ("Results", "result"), ("Errors", "error"), ("Questions", "question"))
"""The headings before the lists of entries of a kind."""


def summary(at: Occasion, text_only: bool = False) -> Outcome:
    """Writes a summary of the session, made from its log; it is logged and listed, unless it is only printed."""
    session = at.session()
    stamp = at.now.astimezone(timezone.utc).strftime("%y%m%d%H%M%S")
    path = free_path(at, session, KIND, f"{KIND.prefix}-{session.id}-{stamp}")
    inner = path[len(session.folder) + 1 :]
    text = _written(at, session, stem(inner))
    if text_only:
        return Outcome(text.rstrip("\n"), data={"session": session.id})
    made = with_readme(at, session, path, text)
    plan = (*made.steps, *logged(at, session, [made_entry(inner, KIND)], items=[(RELATED_ARTIFACTS, inner)]))
    return Outcome(f"Created {path}{made.said}", plan, {"session": session.id, "path": path, "artifact": inner}, path)


def _written(at: Occasion, session: Session, own_id: str) -> str:
    told = events(session.log) if session.log else []
    artifacts = list(linked_artifacts(at.files, session))
    tasks = [task for task in linked_tasks(at.files, listed_tasks(session)) if not task.closed]
    goal = session.goal or session.id
    body = [f"# Summary of {session.id}", *_section("Goal", [goal]), *_section("Times", _times(at, session))]
    for heading, kind in SECTIONS:
        body += _section(heading, [_item(event) for event in told if event.kind == kind])
    body += _section("Open tasks", [f"- {_in_words(task)}" for task in tasks])
    body += _section("Artifacts", [f"- {_in_words(artifact)}" for artifact in artifacts])
    body += _section("Next steps", [_item(event) for event in told if event.kind == "next"])
    head = "".join(f"{line}\n" for line in _head(at, session, own_id, told, tasks, artifacts))
    return f"+++\n{head}+++\n\n" + "\n".join(body) + "\n"


def _section(heading: str, lines: Iterable[str]) -> list[str]:
    return ["", f"## {heading}", "", *(list(lines) or ["None."])]


def _item(event: Event) -> str:
    """An entry as an item of a list; its further lines are indented below the first."""
    first, *rest = event.matter.split("\n")
    words = ["-", event.stamp, f"`{event.actor}`:" if event.actor else "", first]
    return "\n".join([" ".join(filter(None, words)), *(f"  {line}".rstrip() for line in rest)])


def _in_words(linked: Linked) -> str:
    title = f": {linked.title}" if linked.title else ""
    return f"`{linked.name}`{title} ({linked.state or 'there is no such file'})"


def _times(at: Occasion, session: Session) -> list[str]:
    """When the session began and ended, and how long that was."""
    record = record_of(session.log, session.state)
    clock = clock_of(record, at.now, session.place)
    over = session.place in (PAUSED, *OVER)
    active, paused, wall = map(duration, (clock.active, clock.paused, clock.wall))
    return [
        f"- Started: {_spelled(record.start)}",
        f"- Ended: {_spelled(record.end or record.last) if over else 'not yet'}",
        f"- Wall time: {wall if clock.known else 'not known'}",
        f"- Active: {active if clock.known else 'not known'}",
        f"- Paused: {paused if clock.known else 'not known'}",
        *(f"- Remark: {remark.text}" for remark in clock.remarks if clock.known),
    ]


def _spelled(moment: Moment | None) -> str:
    if moment is None:
        return "not known"
    return spell_time(moment.when) if moment.zoned else f"{moment.when:%Y-%m-%d %H:%M:%S}, in an unknown zone"


def _head(
    at: Occasion, session: Session, own_id: str, told: list[Event], tasks: list[Linked], artifacts: list[Linked]
) -> Iterator[str]:
    """The lines of the frontmatter."""
    place = session.place
    texts = {
        "id": own_id,
        "original_session_id": session.id,
        "original_session_title": session.goal,
        "summary_creation_date": spell_time(at.now),
        "summarized_by_mode": at.actor,
        "status_at_summary": session.status if place is None else PLACES[place],
    }
    yield from (f"{name} = {text_value(text)}" for name, text in texts.items())
    kinds = {kind: [_first_line(event) for event in told if event.kind == kind] for kind in BY_KIND}
    yield _array("key_outcomes_achieved", kinds["result"])
    yield _array("key_decisions_made", kinds["decision"])
    yield _array("key_assumptions_made", [])
    yield _array("critical_learnings_or_insights", [one.title or one.name for one in _of(artifacts, "learning")])
    yield _array("outstanding_blockers_or_issues", [*kinds["error"], *kinds["question"]])
    yield _array(
        "identified_next_steps_from_session", [*kinds["next"], *(f"{task.name} {task.title}".strip() for task in tasks)]
    )
    yield _array("related_summaries", [one.name for one in _of(artifacts, "summary")])
    yield _array("tags", ["session", "summary"])
    for artifact in artifacts:
        yield from ("", "[[primary_context_artifacts]]", f"path = {text_value(artifact.name)}")
        yield f"description = {text_value(artifact.title)}"
        yield f"artifact_type = {text_value(artifact.state)}"


BY_KIND = (*(kind for _, kind in SECTIONS), "next")


def _of(artifacts: Iterable[Linked], kind: str) -> list[Linked]:
    return [artifact for artifact in artifacts if artifact.state == kind]


def _first_line(event: Event) -> str:
    return event.matter.partition("\n")[0]


def _array(name: str, items: Iterable[str]) -> str:
    return f"{name} = {array([text_value(item) for item in items], len(name) + len(' = '))}"


VERBS = (
    Verb(
        "session.summary", ("summary",), "Write Summary", summary, "mdtm summary --print",
        (Parameter("text_only", "only give the text, and write nothing", "flag", option="print"),),
        session_first=True,
    ),
)  # fmt: skip
