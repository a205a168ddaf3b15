"""Tells what somebody must know who goes on with a session."""

from __future__ import annotations

from mdtm.brief import BUDGET, brief
from mdtm.occasion import Occasion, Outcome
from mdtm.verb import Parameter, Verb


def show_brief(at: Occasion, budget: int = BUDGET) -> Outcome:
    """Tells what somebody needs who goes on with a session: goal, state, time, what is open, and where that stands.

    Raises:
        Refused: the budget is too small for a brief.
    """
    session = at.session()
    found = brief(at.files, session, at.now, budget)
    return Outcome(found.text, data={"session": session.id, "recovered_context": found.data})


VERBS = (
    Verb(
        "session.brief", ("brief",), "Show Brief", show_brief, "mdtm brief --budget 300",
        (Parameter("budget", f"how many tokens, of four bytes each, it may have; {BUDGET} without it", "number"),),
        session_first=True,
    ),
)  # fmt: skip
