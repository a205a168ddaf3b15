"""What comes next: every verb that changes something answers with it, whoever has asked, as data or in words.

`docs/completion.md` tells the shape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from mdtm.after import After
from mdtm.clock.intervals import duration
from mdtm.files import Files
from mdtm.instructions.situation import Situation
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused
from mdtm.sessions import chosen
from mdtm.verb import Verb
from mdtm.wording import counted


class Hint(NamedTuple):
    """What may be done next; a hint that needs what is not known is left out."""

    action: str
    command: str
    """It may name what `Situation` knows: `{task}`."""
    needs: str = ""
    """What else has to be known for it."""


class Kind(NamedTuple):
    """What is told in one kind of situation."""

    hints: tuple[Hint, ...]
    parts: tuple[str, ...] = ()
    """What is told besides, of progress, validation_requirements, session_summary and recovered_context."""


_CHOOSE = Hint("Choose what to work on", "mdtm task activate {idle}")
_PLAN = Hint("Make a task of what is to be done", "mdtm task create {unplanned}")
_TELL = Hint("Tell how it goes", 'mdtm update "how it goes"', "task")
_LOG = Hint("Write down what happens", 'mdtm log "what happens"', "taskless")
_TICK = Hint("Tick what is done", "mdtm task tick {task} {box}")
_END_TASK = Hint("End the task", 'mdtm task done {ready} "what came of it"')
_END_SPRINT = Hint("Complete the sprint", 'mdtm sprint complete {finished_sprint} "what came of it"')
_END = Hint("Complete the session", "mdtm complete --session {finished}")
_SEE = Hint("See what happened last", "mdtm show {session}")
_SHOW = Hint("See what is worked on", "mdtm context show", "at_work")

KINDS: dict[str, Kind] = {
    "session_start": Kind((_CHOOSE, _PLAN, _LOG)),
    "session_resume": Kind((_TELL, _TICK, _CHOOSE, _SEE), ("progress", "recovered_context")),
    "session_end": Kind(
        (
            Hint("Go on with it later", "mdtm resume {rests}"),
            Hint("Sum it up", "mdtm summary {over}"),
            Hint("See what else there is", "mdtm list"),
        ),
        ("session_summary",),
    ),
    "sprint_activate": Kind((_CHOOSE, _END_SPRINT, Hint("See its tasks", "mdtm sprint show {sprint}")), ("progress",)),
    "task_activate": Kind((_TELL, _TICK, _END_TASK), ("progress", "validation_requirements")),
    "task_update": Kind((_TICK, _END_TASK, _CHOOSE, _TELL, _END_SPRINT, _END, _LOG), ("progress",)),
    "task_deactivate": Kind((_TICK, _CHOOSE, _END_SPRINT, _END, _LOG), ("progress",)),
    "validation_failure": Kind(()),
    "context_switch": Kind((_TELL, _TICK, _CHOOSE, _SHOW), ("progress",)),
    "recovery": Kind((_TELL, _TICK, _CHOOSE, _SEE), ("progress", "recovered_context")),
}
"""Each kind of situation, under the name that the orchestration system has for it."""
MOST = 3
"""How many hints are given."""
_COUNTED = {"entries": "entry", "artifacts": "artifact"}
"""What of a session that ended is counted, and what one of it is called."""


def carried_out(at: Occasion, verb: Verb, given: Mapping[str, Any]) -> Outcome:
    """What comes of a verb, with the instructions for what comes next; the plan is still to be carried out.

    Raises:
        Refused: it makes no sense now; where checks are not met, its data have the instructions.
    """
    try:
        outcome = verb.run(at, **given)
    except Refused as refused:
        if "requirements" in refused.data:
            refused.data["instructions"] = _after_refusal(at, refused)
        raise
    kind = outcome.situation or verb.situation
    if not outcome.plan and not outcome.situation:
        return outcome
    files = After(at.files, outcome.plan)
    return replace(outcome, instructions=instructions(kind, Situation(files, _folder(at, files, outcome))))


def _folder(at: Occasion, files: Files, outcome: Outcome) -> str:
    """The folder of the session that a verb was about; empty for the active one."""
    if told := outcome.data.get("folder"):
        return str(told)
    try:
        return chosen(files, at.session_id).folder if at.session_id else ""
    except Refused:
        return ""


def instructions(kind: str, situation: Situation) -> dict[str, Any]:
    """What comes next in a kind of situation."""
    told = {
        "progress": situation.progress,
        "validation_requirements": situation.requirements,
        "session_summary": situation.summary,
        "recovered_context": situation.recovered,
    }
    hints = [(hint.action, command) for hint in KINDS[kind].hints if (command := _command(hint, situation))][:MOST]
    return _shape(kind, hints, situation, {part: told[part]() for part in KINDS[kind].parts})


def _after_refusal(at: Occasion, refused: Refused) -> dict[str, Any]:
    """What comes next when checks were not met; an answer that is missing does only when nothing else is."""
    required = [one for one in refused.data["requirements"] if one.get("command")]
    first = [one for one in required if not one["name"]] or required
    hints = [(one["message"], one["command"]) for one in first][:MOST]
    more = {"validation_requirements": required, "required_actions": [one["message"] for one in required]}
    return _shape("validation_failure", hints, Situation(at.files), more)


def _shape(kind: str, hints: list[tuple[str, str]], situation: Situation, more: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "situation": kind,
        "next_actions": [action for action, _ in hints],
        "suggested_commands": [command for _, command in hints],
        "context_reminder": situation.reminder(),
        **{name: value for name, value in more.items() if value},
    }


def _command(hint: Hint, situation: Situation) -> str:
    """A command that can be given as it stands; empty when something for it is not known."""
    names = re.findall(r"\{(\w+)\}", hint.command)
    known = {name: str(getattr(situation, name)) for name in names}
    if not all(word and word[0] != "-" for word in known.values()):
        return ""
    if hint.needs and not getattr(situation, hint.needs):
        return ""
    return hint.command.format_map({name: _quoted(word) for name, word in known.items()})


def _quoted(word: str) -> str:
    """A word as a shell takes it."""
    if re.fullmatch(r"[\w./:@%+,=-]+", word):
        return word
    return '"' + re.sub(r'([\\"$`])', r"\\\1", word) + '"'


def as_text(told: Mapping[str, Any]) -> str:
    """Instructions in a few lines, for a terminal."""
    pairs = zip(told["next_actions"], told["suggested_commands"], strict=True)
    lines = [f"now: {told['context_reminder']}", *(f"  {action}: {command}" for action, command in pairs)]
    for number, (name, text) in enumerate(_besides(told), 1):
        lines.insert(number, f"{name}: {text}")
    return "\n".join(lines)


def as_markdown(told: Mapping[str, Any]) -> str:
    """The same in Markdown."""
    pairs = zip(told["next_actions"], told["suggested_commands"], strict=True)
    lines = [f"**Now:** {told['context_reminder']}", ""]
    for name, text in _besides(told):
        lines += [f"**{name.capitalize()}:** {text}", ""]
    return "\n".join([*lines, "**Next:**", "", *(f"- {action}: `{command}`" for action, command in pairs)]).rstrip()


def _besides(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is told of the progress, of a session that ended and of what has to be done first, each in a line."""
    progress, summary = told.get("progress", {}), told.get("session_summary", {})
    found = {
        "progress": _progress(progress),
        "summary": _summary(summary) if summary else "",
        "required": "; ".join(told.get("required_actions", ())),
    }
    return [(name, text) for name, text in found.items() if text]


def _progress(progress: Mapping[str, Any]) -> str:
    found = []
    if boxes := progress.get("boxes"):
        found.append(f"{boxes['ticked']} of {counted(boxes['total'], 'box')} ticked")
    if tasks := progress.get("tasks"):
        found.append(f"{tasks['closed']} of {tasks['total']} tasks closed")
    return ", ".join(found)


def _summary(summary: Mapping[str, Any]) -> str:
    """How long a session took, and what there is of it."""
    times = f"{duration(summary['active_seconds'])} at work, {duration(summary['paused_seconds'])} at rest"
    tasks = _progress({"tasks": summary["tasks"]} if summary["tasks"]["total"] else {})
    counts = [f"{summary[name]} {name if summary[name] != 1 else one}" for name, one in _COUNTED.items()]
    return ", ".join(filter(None, [times, tasks, *counts]))
