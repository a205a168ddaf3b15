"""Starts a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mdtm.dialect import DIALECTS, Dialect
from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.files import Files, exists
from mdtm.log_edit import entry, with_item, with_key
from mdtm.occasion import Occasion, Outcome
from mdtm.own_template import LOG_NAMES, log_from, own_readme, own_template
from mdtm.paths import plain
from mdtm.plan import Create, Plan, Refused, Replace, Step
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.session_id import new_id, sanitised, slug
from mdtm.sessions import MARKER, dialect_in_use, session_folders
from mdtm.state_edit import with_value
from mdtm.steps.resuming import resumed
from mdtm.steps.session import LOG_TEMPLATE, activated, paused_before
from mdtm.suggestion import RESUME, suggested
from mdtm.templates import filled
from mdtm.text import Span
from mdtm.times import spell_time
from mdtm.verb import Parameter, Verb
from mdtm.workflow import new_state, open_home

ANSWERS = ("yes", "no", "quick task")
CONTINUE = "continue the active session"
IGNORED = f"**/{MARKER}*"
IGNORE_HINT = f"markers are local, so .gitignore should have the line {IGNORED}, which --ignore-markers adds"


def start(
    at: Occasion,
    goal: str,
    coordinator: str = "",
    kind: str = "",
    tags: Sequence[str] = (),
    summaries: Sequence[str] = (),
    dialect: str = "",
    answer: str = "yes",
    ignore_markers: bool = False,
) -> Outcome:
    """Starts a session for a goal: its folder, log and folders for artifacts; the active one is paused.

    Raises:
        Refused: the goal says nothing, or there is no such dialect or summary, or no session to resume.
    """
    if answer != "yes":
        return _instead(at, goal, answer)
    goal = " ".join(goal.split())
    _check(at.files, goal, summaries)
    system = _dialect(at, dialect)
    taken = {folder.rpartition("/")[2] for folder in session_folders(at.files)}
    own_id = new_id(system, goal, at.now, taken)
    folder = f"{_home(at, system)}/{own_id}"
    values = {
        "id": own_id,
        "title": goal,
        "goal": goal,
        "status": system.active,
        "start_time": spell_time(at.now),
        "coordinator": coordinator or at.actor,
        "type": kind or "medium",
    }
    texts, said = _files(at, system, folder, values)
    made = [Create(f"{folder}/{path}", text) for path, text in texts.items()]
    keys = {"session_type": kind, "source": at.source if system.has_source else ""}
    asked = _with_keys(made, keys, tags, summaries, coordinator)
    plan: Plan = (*paused_before(at, folder), *asked, *activated(at.files, folder))
    ignored, rests = _ignored(at.files), suggested(at.files, goal)
    hints = [IGNORE_HINT] if ignored and not ignore_markers else []
    text = "; ".join([f"Started {own_id} in {folder}{said}", *hints, *([rests.text] if rests else [])])
    data = {"session": own_id, "folder": folder, "status": system.active, "dialect": system.name}
    told = {**data, **(rests.data if rests else {})}
    return Outcome(text, (*(ignored if ignore_markers else ()), *plan), told, made[0].path)


def _instead(at: Occasion, goal: str, answer: str) -> Outcome:
    """What comes of a start that starts no session.

    Raises:
        Refused: there is none to go on with.
    """
    if answer == CONTINUE:
        session = at.session()
        return Outcome(f"{session.id} goes on", data={"session": session.id, "answer": answer}, show=session.main.path)
    if answer == RESUME:
        rests = suggested(at.files, goal)
        if rests is None:
            raise Refused('no session rests that could be resumed; `mdtm start "goal"` starts one')
        return replace(resumed(at, rests.session), situation="session_resume", show=rests.session.main.path)
    return Outcome(f"No session log is kept for this: {goal.strip()}", data={"session": None, "answer": answer})


def _check(files: Files, goal: str, summaries: Sequence[str]) -> None:
    if not (sanitised(goal) and slug(goal)):
        raise Refused(
            f'the goal "{goal}" has no letter and no digit that an id could be made of; say it in other words'
        )
    for path in summaries:
        if not exists(files, plain(path)):
            raise Refused(f"there is no summary {path} to go on from")


def _ignored(files: Files) -> tuple[Step, ...]:
    """The step that keeps markers out of a git repository; none where they are, or where there is no repository."""
    if not exists(files, ".git"):
        return ()
    text = files.text(".gitignore")
    if text is None:
        return (Create(".gitignore", f"{IGNORED}\n"),)
    if any(MARKER in line and not line.startswith(("#", "!")) for line in text.splitlines()):
        return ()
    newline = "\r\n" if "\r\n" in text else "\n"
    lead = newline if text and not text.endswith("\n") else ""
    return (Replace(".gitignore", Span(len(text), len(text)), "", f"{lead}{IGNORED}{newline}"),)


def _dialect(at: Occasion, name: str) -> Dialect:
    if not name:
        return dialect_in_use(at.files, at.settings.dialect)
    found = next((dialect for dialect in DIALECTS if dialect.name == name), None)
    if found is None:
        raise Refused(f"there is no dialect {name}; there are {', '.join(dialect.name for dialect in DIALECTS)}")
    return found


def _home(at: Occasion, system: Dialect) -> str:
    return open_home(at.files) if system.state_file else system.roots[0].rstrip("/")


def _files(at: Occasion, system: Dialect, folder: str, values: dict[str, str]) -> tuple[dict[str, str], str]:
    """The texts of a new session's files, the one that says where it stands first; and what to say of them."""
    if system.state_file:
        return {system.state_file: new_state(at.template, folder, values["title"], at.now, kind=values["type"])}, ""
    log, said = _log(at, folder, values)
    texts, notes = {SESSION_LOG_NAME: log}, [said]
    for place in system.artifact_folders:
        texts[f"{place}/README.md"], note = own_readme(at.files, at.template, folder, place)
        notes.append(note)
    return texts, "".join(dict.fromkeys(notes))


def _log(at: Occasion, folder: str, values: dict[str, str]) -> tuple[str, str]:
    """The text of the new log, from the workspace's own template if it has a sound one."""
    own, said = own_template(at.files, folder, LOG_NAMES)
    if own is None:
        return filled(at.template(LOG_TEMPLATE), values), said
    keys = {name: values[name] for name in ("id", "title", "status", "start_time", "coordinator")}
    begin = entry(at.now, f"Session started: {values['goal']}", values["coordinator"])
    return log_from(own, f"{folder}/{SESSION_LOG_NAME}", {**keys, "end_time": ""}, begin), ""


def _with_keys(
    made: list[Create], keys: Mapping[str, str], tags: Sequence[str], summaries: Sequence[str], coordinator: str
) -> list[Create]:
    """The files with what was asked for besides, in the log's frontmatter or in the state."""
    first, *others = made
    draft = Draft(Document.read(first.path, first.text))
    if not first.path.endswith(SESSION_LOG_NAME):
        asked = {"coordinator": coordinator, "tags": list(tags), "source_summaries": list(summaries)}
        for name, value in asked.items():
            draft.edit([with_value(draft.document, (name,), value)] if value else [])
        return [*draft.creation(), *others]
    for name, item in [*(("tags", tag) for tag in tags), *(("source_summaries", path) for path in summaries)]:
        draft.edit(with_item(draft.document, name, item))
    for name, text in keys.items():
        draft.edit([with_key(draft.document, name, text)] if text else [])
    return [*draft.creation(), *others]


VERBS = (
    Verb(
        "session.start", ("start",), "Start", start, 'mdtm start "Move the token store" --tag auth',
        (
            Parameter(
                "goal", "what the session is for", required=True, positional=True, question="What is the session for?",
            ),
            Parameter("coordinator", "who leads the session; without it whoever acts"),
            Parameter("kind", "what kind of session it is", option="type"),
            Parameter("tags", "a word to find it by; may be given several times", "texts", option="tag"),
            Parameter(
                "summaries", "a summary of an earlier session to go on from", "texts", option="from", is_path=True,
            ),
            Parameter(
                "dialect", "the system whose conventions it follows; without it the one in use here",
                choices=tuple(dialect.name for dialect in DIALECTS),
            ),
            Parameter(
                "answer", "whether a log is kept at all", choices=(*ANSWERS, CONTINUE),
                while_active=(CONTINUE,), offers="rest",
                question="Start a session log for this goal?",
            ),
            Parameter(
                "ignore_markers", "add markers of active sessions to .gitignore", "flag", option="ignore-markers",
            ),
        ),
        of_session=False, situation="session_start",
    ),
)  # fmt: skip
