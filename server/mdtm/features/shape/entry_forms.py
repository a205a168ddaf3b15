"""The parts that a log entry has, and what an entry of each kind wants to be told."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdtm.events import BY_NAME


class Part(NamedTuple):
    """A piece of an entry that says one thing."""

    name: str
    meaning: str


HEAD = (
    Part("stamp", "When it happened, in UTC: YYYY-MM-DDTHH:MM:SSZ."),
    Part("actor", "Who acted: a mode, such as `dev-api`, or a person's name."),
)
"""What stands before the text."""
ANY = Part("text", "What happened, in one line; further lines are indented below it.")
MEANINGS = {
    "goal": "What the session is for.",
    "reason": "Why.",
    "what": "What came of it.",
    "proposal": "The path of the proposal, from the session's folder.",
    "target": "The path of the file that shall change, from the workspace root.",
    "question": "What is asked.",
    "answer": "What was agreed to, and by whom.",
    "task": "The id of the task, TASK-[PREFIX]-[YYYYMMDD-HHMMSS].",
    "mode": "The mode, or the person, that the task goes to.",
    "title": "What is to be done.",
    "path": "The path of the artifact, from the session's folder.",
    "type": "The kind of artifact: note, learning, research, blocker and so on.",
    "decision": "What is decided, and why.",
    "source": "Where it went wrong: a tool, a step, a file.",
    "message": "What it said.",
    "subject": "What changes its status: a task's id, or the session.",
    "status": "The status that it has now.",
    "wish": "What the person asked for.",
    "change": "pushed or popped.",
    "level": "project, sprint, task or subtask.",
    "id": "The id of what is worked on now.",
    "step": "What is to be done next.",
    "progress": "How far it is.",
    "note": "What is worth keeping.",
}
"""What each part of the text is for."""
FORMS = {
    "start": "Session started: {goal}",
    "pause": "Session paused: {reason}",
    "resume": "Session resumed: {reason}",
    "end": "Session ended: {what}",
    "proposal": "Proposal: `{proposal}` changes `{target}`",
    "asked": "Confirmation asked: {question}",
    "given": "Confirmation given: {answer}",
    "skipped": "Confirmation skipped: `{target}`: {reason}",
    "delegation": "Delegated `{task}` to `{mode}`: {title}",
    "artifact": "Artifact: `{path}`, a {type}",
    "decision": "Decision: {decision}",
    "result": "Result: {what}",
    "error": "Error: {source}: {message}",
    "status": "Status: `{subject}` is {status}",
    "prompt": "Prompt: {wish}",
    "context": "Context: {change} {level} `{id}`",
    "question": "Question: {question}",
    "next": "Next: {step}",
    "update": "Update: {progress}",
    "note": "Note: {note}",
}
"""How an entry of each kind is written, with the names of its parts; the first words are those of `events.py`."""
_PART = re.compile(r"\{(\w+)\}")


def parts_of(kind: str) -> tuple[Part, ...]:
    """The parts of the text of an entry, in order; of one whose kind is not known the text itself."""
    if kind not in FORMS:
        return (ANY,)
    return tuple(Part(name, MEANINGS[name]) for name in _PART.findall(FORMS[kind]))


def form_of_kind(kind: str) -> str:
    """How the text of an entry is written, for people."""
    return _PART.sub(r"\1", FORMS[kind]) if kind in BY_NAME else ANY.name


def pieces_of(kind: str) -> tuple[str, ...]:
    """What stands before, between and behind the parts of the text; one more than there are parts."""
    return tuple(_PART.split(FORMS[kind])[::2]) if kind in FORMS else ("", "")
