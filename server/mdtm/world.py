"""What only this machine knows, for an operation: the time, who asks, and which session the environment means."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from getpass import getuser

from mdtm.disk import read_template
from mdtm.files import Files
from mdtm.occasion import Occasion
from mdtm.settings import Settings


def occasion(files: Files, settings: Settings, actor: str = "", session: str = "", source: str = "") -> Occasion:
    """The world as it is now; what is told wins over the settings, and those over $MDTM_ACTOR and $MDTM_SESSION."""
    return Occasion(
        files=files,
        now=datetime.now(timezone.utc),
        actor=actor or settings.actor or actor_unless_told()[0],
        template=read_template,
        session_id=session or os.environ.get("MDTM_SESSION", ""),
        settings=settings,
        source=source,
    )


def actor_unless_told() -> tuple[str, str]:
    """Who acts where neither a command nor a setting says it, and what says so."""
    named = os.environ.get("MDTM_ACTOR")
    return (named, "$MDTM_ACTOR") if named else (_user(), "the name of the user")


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # an account without a name
        return "user"
