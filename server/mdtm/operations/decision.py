"""Decides on proposed edits: approves them, rejects them, brings them up to date."""

from __future__ import annotations

from collections.abc import Sequence

from mdtm.chosen_proposal import listed, open_proposal, target_text
from mdtm.draft import Draft
from mdtm.events import phrased
from mdtm.log_edit import with_key
from mdtm.merge import Conflict, changes, merged
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Create, Plan, Refused, Replace, Step
from mdtm.proposal_parts import renewed
from mdtm.proposals import APPROVED, PROPOSED, REJECTED, Proposal, about, hash_of, target_path
from mdtm.sessions import Session, active_folder
from mdtm.steps.session import logged, said_of
from mdtm.text import Span, split_lines
from mdtm.times import spell_time
from mdtm.verb import Parameter, Verb

MOST_SHOWN = 5
"""How many conflicts a message shows."""


def approve(at: Occasion, proposal: str = "") -> Outcome:
    """Approves a proposal and changes its file, if that still has the text that the change was made for.

    The log comes first: no file is changed before the log says who approved.
    """
    session, one = open_proposal(at, proposal)
    path, new = target_path(at.files, one.target), one.text
    now = target_text(at, path)
    if now != new and not one.fits(now):
        what = "is not there any more" if now is None else "has changed since it was proposed to change it"
        raise Refused(f"{path} {what}; `mdtm proposal rebase {one.id}` takes that in, where it can be done")
    done = "is changed as proposed" if now != new else "is as proposed already"
    texts = [
        phrased("given", f"`{listed(session, one)}` for `{path}`"),
        phrased("proposal", f"approved, `{path}` {done}"),
    ]
    plan: Plan = (*logged(at, session, texts), *_changed(path, now, new), *_decided(at, one, APPROVED, ""))
    data = {"session": session.id, **about(one), "state": APPROVED}
    return Outcome(_said(at, session, f"Approved {one.id}: {path} {done}"), plan, data, path)


def reject(at: Occasion, reason: str, proposal: str = "") -> Outcome:
    """Rejects a proposal for a reason; its file stays as it is."""
    session, one = open_proposal(at, proposal)
    why = reason.strip()
    if not why:
        raise Refused("the log needs to know why it is rejected; give --reason")
    text = phrased("proposal", f"rejected, `{listed(session, one)}` for `{one.target}`: {why}")
    plan: Plan = (*_decided(at, one, REJECTED, why), *logged(at, session, [text]))
    data = {"session": session.id, **about(one), "state": REJECTED}
    return Outcome(_said(at, session, f"Rejected {one.id}; {one.target} stays as it is"), plan, data)


def rebase(at: Occasion, proposal: str = "") -> Outcome:
    """Takes what has changed in the file since into a proposal, unless both changed the same lines."""
    session, one = open_proposal(at, proposal)
    path, wanted = target_path(at.files, one.target), one.text
    now = target_text(at, path)
    if now is None or now == wanted or one.fits(now):
        raise Refused(_why_not(one, path, now))
    new, conflicts = merged(one.base_text, now, wanted)
    if conflicts:
        raise Refused(_in_conflict(one, path, conflicts))
    draft = Draft(one.document)
    draft.edit(renewed(one, now, new))
    for name, value in (("base", hash_of(now)), ("proposed", hash_of(new))):
        draft.edit([with_key(draft.document, name, value)])
    item = listed(session, one)
    texts = [
        phrased("proposal", f"`{item}` is brought up to date with `{path}`"),
        phrased("asked", f"shall `{path}` be changed as in `{item}` as it is now?"),
    ]
    plan: Plan = (*draft.steps(), *logged(at, session, texts))
    data = {"session": session.id, **about(one), "state": PROPOSED}
    said = _said(at, session, f"{one.id} is up to date with {path}; look at it again before it is approved")
    return Outcome(said, plan, data, one.path)


def _said(at: Occasion, session: Session, text: str) -> str:
    """What a message says, also of a proposal that was made while no session was active."""
    return text if active_folder(at.files) else said_of(session, text)


def _changed(path: str, now: str | None, new: str) -> tuple[Step, ...]:
    """The steps that give a file its new text: the lines that differ, and no others."""
    if now is None:
        return (Create(path, new),)
    lines = split_lines(now)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = changes(lines, split_lines(new))
    spans = [Span(starts[change.first], starts[change.behind]) for change in found]
    return tuple(
        Replace(path, span, now[span.start : span.end], "".join(change.new))
        for span, change in zip(spans, found, strict=True)
    )


def _decided(at: Occasion, one: Proposal, state: str, reason: str) -> tuple[Step, ...]:
    """The steps that write into a proposal what was decided."""
    draft = Draft(one.document)
    values = {"state": state, "decided_by": at.actor, "decided_time": spell_time(at.now), "reason": reason}
    for name, value in values.items():
        draft.edit([with_key(draft.document, name, value)])
    return draft.steps()


def _why_not(one: Proposal, path: str, now: str | None) -> str:
    if now is None:
        return f"{path} is not there any more; reject {one.id}, and propose the file anew if it is still wanted"
    if one.fits(now):
        return f"{one.id} is up to date with {path}; `mdtm proposal approve {one.id}` applies it"
    return f"{path} is as proposed already; `mdtm proposal approve {one.id}` records that"


def _in_conflict(one: Proposal, path: str, conflicts: Sequence[Conflict]) -> str:
    lines = [f"{one.id} and {path} have changed the same lines; propose the change anew, from {path} as it is now"]
    for conflict in conflicts[:MOST_SHOWN]:
        lines += [
            f"line {conflict.line + 1} of the text when it was proposed:",
            *(f"  {line}" for line in _shown(conflict.old)),
            *(f"< {line}" for line in _shown(conflict.ours)), "=======",
            *(f"> {line}" for line in _shown(conflict.theirs)),
        ]  # fmt: skip
    if len(conflicts) > MOST_SHOWN:
        lines.append(f"and {len(conflicts) - MOST_SHOWN} more")
    lines.append(f"(< is {path} now, > is what was proposed)")
    return "\n".join(lines)


def _shown(lines: Sequence[str]) -> list[str]:
    return [line.rstrip("\r\n") for line in lines if line] or ["(no line)"]


_PROPOSAL = Parameter(
    "proposal", "its id, its path, its file, or a part of its id; without it the only open one is meant",
    positional=True, is_path=True,
)  # fmt: skip
VERBS = (
    Verb(
        "proposal.approve", ("proposal", "approve"), "Approve Proposal", approve, "mdtm proposal approve README",
        (_PROPOSAL,),
    ),
    Verb(
        "proposal.reject", ("proposal", "reject"), "Reject Proposal", reject,
        'mdtm proposal reject README --reason "it breaks the build"',
        (
            Parameter("reason", "why it is rejected", required=True, question="Why is it rejected?"),
            _PROPOSAL,
        ),
    ),
    Verb(
        "proposal.rebase", ("proposal", "rebase"), "Rebase Proposal", rebase, "mdtm proposal rebase README",
        (_PROPOSAL,),
    ),
)  # fmt: skip
