"""The kinds of log entries: how each is written, and by what it is known when it is read."""

from __future__ import annotations

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of event."""

    name: str
    phrase: str
    """How an entry of the kind is written; `{}` is what happened."""
    sign: re.Pattern[str]
    """What the text of such an entry begins with, as people write it too."""
    meaning: str


def _kind(name: str, meaning: str, phrase: str, *signs: str) -> Kind:
    return Kind(name, phrase, re.compile(rf"\W*(?:{'|'.join(signs)})\b", re.IGNORECASE), meaning)


KINDS = (
    _kind(
        "start", "the session begins", "Session started: {}",
        "session (?:started|initiated|created|begun|begins)", "(?:initiated|started) session",
    ),
    _kind("pause", "the session rests", "Session paused: {}", "(?:session |work )?paus(?:ed|ing)"),
    _kind(
        "resume", "the session goes on", "Session resumed: {}",
        "(?:session |work )?resum(?:ed|ing)", "session (?:reopened|continued)",
    ),
    _kind(
        "end", "the session is over", "Session ended: {}",
        "session (?:ended|completed?|closed|finished|failed|abandoned|archived)",
    ),
    _kind(
        "proposal", "a change of a file is proposed, approved or rejected", "Proposal: {}",
        "proposal", "proposed (?:edit|change)s?",
    ),
    _kind(
        "asked", "a person is asked", "Confirmation asked: {}",
        "confirmation (?:asked|requested)", "asked (?:for confirmation|the user)",
    ),
    _kind(
        "given", "a person has said yes", "Confirmation given: {}",
        "confirmation (?:given|received)", "user (?:confirmed|approved|agreed)",
    ),
    _kind(
        "skipped", "nobody was asked, and why", "Confirmation skipped: {}",
        "confirmation skipped", "skipp?(?:ed|ing) (?:the )?confirmation",
    ),
    _kind(
        "delegation", "a task goes to somebody", "Delegated {}", "delegat(?:ed|ion|ing)", "assigned",
        r"(?:sub)?task (?:`[^`]+` |[\w.]+-\S+ )?(?:was |successfully )?(?:delegated|assigned)",
    ),
    _kind(
        "artifact", "a file comes out of the session", "Artifact: {}",
        "artifact", r"(?:created|added|saved|linked) (?:\w+ ){0,2}artifact",
    ),
    _kind("decision", "something is decided", "Decision: {}", "(?:key )?decision", "decided"),
    _kind("result", "what came of something", "Result: {}", "results?", "received (?:the )?result", "outcome"),
    _kind("error", "something went wrong", "Error: {}", "errors?", "failed", "failure", "exception"),
    _kind("status", "a status changes", "Status: {}", "status", "session status changed"),
    _kind(
        "prompt", "what a person asked for", "Prompt: {}",
        "(?:user )?prompt", "user (?:asked|requested|wants|said)",
    ),
    _kind("context", "what is worked on changes", "Context: {}", "context"),
    _kind("question", "something is still to be answered", "Question: {}", "(?:open )?questions?"),
    _kind("next", "what is to be done next", "Next: {}", "next(?: steps?)?", "todo"),
    _kind("update", "how a task goes", "Update: {}", "update", "progress"),
    _kind("note", "anything else that is worth keeping", "Note: {}", "note"),
)  # fmt: skip
"""In the order in which an entry is held against them."""
BY_NAME = {kind.name: kind for kind in KINDS}
_ANY = re.compile("|".join(kind.sign.pattern for kind in KINDS), re.IGNORECASE)
"""What the text of an entry of any kind begins with; most texts begin with none of it."""


def kind_of(text: str) -> str:
    """The kind of event that the text of an entry tells of; empty when it shows none."""
    return next((kind.name for kind in KINDS if kind.sign.match(text)), "") if _ANY.match(text) else ""


def with_note(what: str, note: str) -> str:
    """What happened, and what there is to say about it."""
    return f"{what}: {note.strip()}" if note.strip() else what


def phrased(kind: str, text: str) -> str:
    """What happened, in the words of its kind; as it is when the kind is empty, or when it has them already."""
    if not kind or kind_of(text) == kind:
        return text
    return BY_NAME[kind].phrase.format(text).removesuffix(": ")
