from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.said import near
from mdtm.suppression import ALLOW, ALLOW_FILE, ONLY_IN_SETTINGS, Code, Suppressions

_LIKE_IT = ("alow", "allows", "allowed", "disable", "ignore", "off", "suppress", "allow-next-line", "allow-line")
"""What other tools call it, or a slip of the hand; other words are a person's, who speaks of mdtm and not to it."""


def unknown_suppression(suppressions: Suppressions, document: Document) -> Iterator[Problem]:
    """A comment allows a fault that mdtm does not know, or that no comment can allow.

    It has no effect, so the fault that it was meant for is still told.
    What cannot be read (broken-toml, broken-yaml, broken-json, not-utf8) is allowed in the settings only.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506051301/session_log.md --
        +++
        # mdtm: allow-file folder_time_mismatch: the folder was named in local time
        id = "SESSION-Slots-2506051301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

    Good:
        -- .ruru/sessions/SESSION-Slots-2506051301/session_log.md --
        +++
        # mdtm: allow-file folder-time-mismatch: the folder was named in local time
        id = "SESSION-Slots-2506051301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
    """
    from mdtm.rules import FAMILY_OF  # here, for the list of the rules imports this one

    for comment in suppressions.comments:
        if not comment.works:
            if comment.verb.name.lower() in _LIKE_IT:
                message = f"{comment.verb.name} is no word of mdtm; there are {ALLOW} and {ALLOW_FILE}"
                yield _problem(comment.verb, message, ALLOW, False)
            continue
        if not comment.codes:
            yield _problem(
                comment.verb, f"this names no rule; write {comment.verb.name}, a code, a colon and why", "", False
            )
        for code in comment.codes:
            if code.name in ONLY_IN_SETTINGS:
                yield _problem(code, f"{code.name} is allowed in the settings only", "", False)
            elif code.name not in FAMILY_OF:
                meant, certain = near(code.name, FAMILY_OF)
                question = f"; did you mean {meant}?" if meant else ""
                yield _problem(code, f"there is no rule {code.name}{question}", meant, certain)


def _problem(place: Code, message: str, meant: str, certain: bool) -> Problem:
    fixes = (Fix(f"Write {meant}", (Edit(place.span, meant),), certain),) if meant else ()
    return Problem("unknown-suppression", Severity.WARNING, place.span, message, fixes)
