"""Proposes changes of files, and shows what is proposed."""

from __future__ import annotations

from datetime import timezone

from mdtm.chosen_proposal import chosen_proposal, listed, places, target_text
from mdtm.events import phrased
from mdtm.files import exists
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Create, Refused
from mdtm.proposal_parts import written_parts
from mdtm.proposals import (
    BASE_TEXT,
    CHANGE,
    PROPOSED,
    STATES,
    TEXT,
    about,
    file_name,
    hash_of,
    proposals_in,
    target_path,
)  # fmt: skip
from mdtm.schema.sessions import RELATED_ARTIFACTS
from mdtm.steps.session import logged, said_of
from mdtm.templates import filled
from mdtm.times import spell_time
from mdtm.unified import applied, shown
from mdtm.verb import Parameter, Verb

TEMPLATE = "proposed_edit.md"


def create(at: Occasion, target: str, text: str | None = None, file: str = "", diff: str = "") -> Outcome:
    """Proposes a change of a file, which stays as it is until somebody approves.

    Raises:
        Refused: the target cannot be changed so, or the new text is not given in just one way.
    """
    session = at.workplace()
    path = target_path(at.files, target)
    now = target_text(at, path)
    new = _new_text(at, path, now, text, file, diff)
    if new == now:
        raise Refused(f"{path} has this very text already; there is nothing to propose")
    folder = "/".join([session.folder, *session.dialect.artifact_roots[:1]])
    name = _free_name(at, folder, path)
    values = {
        "id": name, "session_id": session.id, "created_time": spell_time(at.now), "target": path,
        "base": hash_of(now), "proposed": hash_of(new), "author": at.actor,
    }  # fmt: skip
    parts = written_parts(path, now, new, "\n")
    values |= {"change": parts[CHANGE], "text": parts[TEXT], "base_text": parts[BASE_TEXT]}
    made = Create(f"{folder}/{name}.md", filled(at.template(TEMPLATE), values))
    item = made.path.removeprefix(f"{session.folder}/")
    texts = [
        phrased("proposal", f"`{item}` changes `{path}`"),
        phrased("asked", f"shall `{path}` be changed as in `{item}`?"),
    ]
    plan = (made, *logged(at, session, texts, items=[(RELATED_ARTIFACTS, item)]))
    data = {"session": session.id, "proposal": made.path, "id": name, "target": path, "state": PROPOSED}
    said = said_of(session, f"Proposed {name}; `mdtm proposal approve {name}` changes {path}")
    return Outcome(said, plan, data, made.path)


def list_proposals(at: Occasion, state: str = "", everywhere: bool = False) -> Outcome:
    """Lists the proposals of the session; with a state those in that state."""
    rows = []
    for session in places(at) if everywhere else [at.workplace()]:
        for one in proposals_in(at.files, session.folder):
            if not state or one.state == state:
                stale = one.state == PROPOSED and not one.fits(at.files.text(one.target))
                rows.append({"session": session.id, **about(one), "stale": stale})
    note = {True: "  (the file has changed since)", False: ""}
    lines = [f"{row['id']}  {row['state']}  {row['target']}{note[bool(row['stale'])]}" for row in rows]
    return Outcome("\n".join(lines) or "There is no proposal here.", data={"proposals": rows})


def diff_proposal(at: Occasion, proposal: str = "") -> Outcome:
    """Shows what a proposal would change in its file as that is now."""
    session, one = chosen_proposal(at, proposal)
    now = at.files.text(target_path(at.files, one.target))
    change = shown(now, one.text, one.target)
    data = {"session": session.id, **about(one), "diff": change, "stale": not one.fits(now)}
    return Outcome(change.rstrip("\n") or f"{one.target} has the text of {listed(session, one)}", data=data)


def skip(at: Occasion, target: str, reason: str) -> Outcome:
    """Logs that a file is changed without asking anybody, and why."""
    session, path = at.workplace(), target_path(at.files, target)
    if not reason.strip():
        raise Refused("the log needs to know why nobody is asked; give --reason")
    plan = logged(at, session, [phrased("skipped", f"`{path}`: {reason.strip()}")])
    said = said_of(session, f"Logged why nobody is asked about {path}")
    return Outcome(said, plan, {"session": session.id, "target": path})


def _new_text(at: Occasion, path: str, now: str | None, text: str | None, file: str, diff: str) -> str:
    """The whole text that is proposed, whichever way it is given."""
    if (text is not None) + bool(file) + bool(diff) != 1:
        raise Refused("give the change in one way: --text TEXT, --file PATH, or --diff with a unified diff or its path")
    if diff:
        text = applied(diff if "\n" in diff else _text_of(at, diff), now, path)
    new = _text_of(at, file) if text is None else text
    if "\ufffd" in new or any("\ud800" <= char <= "\udfff" for char in new):
        raise Refused(f"the text that is proposed for {path} is not UTF-8")
    return new


def _text_of(at: Occasion, file: str) -> str:
    path = target_path(at.files, file)
    text = at.files.text(path)
    if text is None:
        raise Refused(f"{path} is not there")
    return text


def _free_name(at: Occasion, folder: str, target: str) -> str:
    """The name of a new proposal, without its end."""
    first = name = file_name(target, at.now.astimezone(timezone.utc).strftime("%Y%m%d-%H%M%S"))
    number = 1
    while exists(at.files, f"{folder}/{name}.md"):
        number += 1
        name = f"{first}-{number}"
    return name


_PROPOSAL = Parameter(
    "proposal", "its id, its path, its file, or a part of its id; without it the only open one is meant",
    positional=True, is_path=True,
)  # fmt: skip
_TARGET = Parameter(
    "target", "the file, as a path from the root of the workspace; one that is there, from the current folder too",
    required=True, positional=True, question="Which file is it about?", is_path=True,
)  # fmt: skip
VERBS = (
    Verb(
        "proposal.create", ("proposal", "create"), "Propose Edit", create,
        "mdtm proposal create README.md --diff changes.diff",
        (
            _TARGET,
            Parameter("text", "the whole text that the file shall have", from_input=True),
            Parameter("file", "a file of the workspace that has this text", is_path=True),
            Parameter("diff", "a unified diff that leads to it, or the path of one", from_input=True, is_path=True),
        ),
    ),
    Verb(
        "proposal.list", ("proposal", "list"), "List Proposals", list_proposals, "mdtm proposal list --state proposed",
        (
            Parameter("state", "only those in this state", choices=STATES),
            Parameter("everywhere", "those of all sessions", "flag", option="all"),
        ),
    ),
    Verb(
        "proposal.diff", ("proposal", "diff"), "Show Proposed Change", diff_proposal, "mdtm proposal diff README",
        (_PROPOSAL,),
    ),
    Verb(
        "proposal.skip", ("proposal", "skip"), "Skip Confirmation", skip,
        'mdtm proposal skip docs/notes.md --reason "only a comment"',
        (_TARGET, Parameter("reason", "why nobody is asked", required=True, question="Why is nobody asked?")),
    ),
)  # fmt: skip
