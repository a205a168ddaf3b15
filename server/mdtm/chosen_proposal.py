"""Which proposal is meant, and what its file has in it now."""

from __future__ import annotations

from difflib import get_close_matches

from mdtm.document import Document
from mdtm.occasion import Occasion
from mdtm.paths import plain
from mdtm.plan import Refused
from mdtm.proposals import PROPOSED, Proposal, proposals_in, read_proposal
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.sessions import Session, active_folder, session_in, sessions
from mdtm.workflow import TEMPORARY

Found = tuple[Session, Proposal]


def chosen_proposal(at: Occasion, wanted: str = "") -> Found:
    """The proposal with an id, a path, a target or a part of an id, and its session; without one the only open one.

    The session that is meant is looked into first, then the others, unless it was named.

    Raises:
        Refused: there is none, or several.
    """
    if not wanted:
        session = at.workplace()
        proposals = list(proposals_in(at.files, session.folder))
        return _only([(session, one) for one in proposals if one.state == PROPOSED], "open proposal", session.id)
    named = bool(at.session_id)
    folder = at.session().folder if named else active_folder(at.files)
    every = [at.session()] if named else sorted(places(at), key=lambda one: one.folder != folder)
    found = [(session, one) for session in every for one in proposals_in(at.files, session.folder)]
    exact = [row for row in found if wanted in (row[1].id, row[1].document.name, row[1].path, listed(*row))]
    if exact:
        return exact[0]
    part = [row for row in found if wanted.lower() in row[1].id.lower() or plain(wanted) == row[1].target]
    part = [row for row in part if row[0].folder == folder] or part
    part = [row for row in part if row[1].state == PROPOSED] or part
    if part:
        return _only(part, f"proposal like {wanted}", part[0][0].id)
    near = get_close_matches(wanted, [one.id for _, one in found], n=1)
    hint = f"did you mean {near[0]}?" if near else "see `mdtm proposal list`"
    raise Refused(f"there is no proposal {wanted}; {hint}")


def places(at: Occasion) -> list[Session]:
    """The sessions in which proposals may be, and the temporary place where there is one."""
    aside = session_in(at.files, TEMPORARY, TEMPORARY)
    return [*sessions(at.files), *([aside] if aside else [])]


def open_proposal(at: Occasion, wanted: str = "") -> Found:
    """The same, of one that nobody has decided on.

    Raises:
        Refused: it is decided, or there is none.
    """
    session, one = chosen_proposal(at, wanted)
    if one.state != PROPOSED:
        who = one.document.frontmatter.text("decided_by") or "somebody"
        raise Refused(f"{one.id} is {one.state} by {who}; propose the change anew")
    return session, one


def target_text(at: Occasion, path: str) -> str | None:
    """The text of a file that a proposal may change; None when it is not there.

    Raises:
        Refused: no proposal may change it.
    """
    text = at.files.text(path)
    if path.rpartition("/")[2] == SESSION_LOG_NAME:
        raise Refused(f"{path} is a log, which grows with every command; `mdtm log` adds to it")
    if text is not None and "\ufffd" in text:
        raise Refused(f"{path} is not UTF-8, so a proposal cannot keep its text")
    if text is not None and path.endswith(".md") and read_proposal(Document.read(path, text)):
        raise Refused(f"{path} is a proposal itself; reject it, and propose anew what it should have been")
    return text


def listed(session: Session, proposal: Proposal) -> str:
    """The path of a proposal as its session lists it."""
    return proposal.path.removeprefix(f"{session.folder}/")


def _only(found: list[Found], what: str, session: str) -> Found:
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(f"{session} has no {what}; `mdtm proposal list` shows all that it has")
    names = "".join(f"\n  {one.id}  {one.target}" for _, one in found)
    raise Refused(f"which one? {session} has more than one {what}:{names}")
