"""Which session somebody might rather resume than start another one."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from mdtm.files import Files
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.schema.statuses import PAUSED
from mdtm.sessions import Session, active_folder, session_folders, session_in

RECENT = 50
"""How many sessions are looked at, those first whose logs were changed last: nobody resumes what is long past."""
RESUME = "resume the one that rests"
"""The answer that makes a start resume the session that is suggested."""
_WORD = re.compile(r"[^\W_]{3,}")
_IN_ANY_GOAL = frozenset(["the", "and", "for", "with", "from", "into", "that", "this"])


class Suggestion(NamedTuple):
    """A session that rests, and the words that its goal shares with the new one; without them it rested last."""

    session: Session
    shared: tuple[str, ...]

    @property
    def text(self) -> str:
        """In a line for people."""
        title = f", {self.session.title}" if self.session.title else ""
        return f"{self.session.id}{title} rests ({self.why}): `{self.command}` goes on with it"

    @property
    def why(self) -> str:
        """Why it is this one."""
        return f"its goal says {', '.join(self.shared)} too" if self.shared else "it was paused last"

    @property
    def command(self) -> str:
        return f"mdtm resume {self.session.id}"

    @property
    def data(self) -> dict[str, object]:
        """As JSON has it, under the key that a start tells it by."""
        about = {"session": self.session.id, "title": self.session.title, "shared_words": list(self.shared)}
        return {"suggestion": {**about, "command": self.command}}


def suggested(files: Files, goal: str) -> Suggestion | None:
    """The session at rest whose goal has the most words of another goal, else the one that rests since last."""
    active = active_folder(files)
    recent = sorted(session_folders(files), key=lambda one: (_changed(files, one), one), reverse=True)[:RECENT]
    found = [one for folder in recent if (one := session_in(files, folder, active)) and one.place == PAUSED]
    wanted = _words(goal)
    told = [Suggestion(one, tuple(sorted(wanted & _words(one.goal)))) for one in found]
    return max(told, key=lambda one: (len(one.shared), _rests_since(one.session), one.session.id), default=None)


def _changed(files: Files, folder: str) -> float:
    return files.modified(f"{folder}/{SESSION_LOG_NAME}")


def _rests_since(session: Session) -> str:
    return session.main.frontmatter.text("end_time") or ""


def _words(goal: str) -> set[str]:
    return set(_WORD.findall(unicodedata.normalize("NFC", goal).casefold())) - _IN_ANY_GOAL
