"""Operations as text in, text out: files before, a command line, files after."""

from __future__ import annotations

import shlex
import textwrap
from datetime import datetime, timedelta, timezone

import pytest

from mdtm.cli import command_line
from mdtm.cli.verbs import told
from mdtm.disk import read_template
from mdtm.document import Document
from mdtm.files import Memory
from mdtm.instructions import carried_out
from mdtm.judge import judge
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused, apply
from tests.checks import files_in, workspace_of

START = datetime(2026, 6, 5, 9, 0, 0, tzinfo=timezone.utc)
"""When the first command of a test is given; each further one comes a minute later."""
ACTOR = "dev-api"


class Desk:
    """A workspace in memory in which commands are given, as on a command line."""

    def __init__(self, files: str | dict[str, str] = "") -> None:
        self.files = Memory((files_in(files) if isinstance(files, str) else files) if files else {})
        self.now = START

    def do(self, command: str) -> Outcome:
        """Carries out a command such as `pause "lunch"`, a minute after the one before."""
        arguments = command_line().parse_args(shlex.split(command))
        outcome = carried_out(self._occasion(arguments), arguments.verb, told(arguments.verb, arguments))
        self.files = Memory(apply(outcome.plan, self.files.texts))
        self.now += timedelta(minutes=1)
        return outcome

    def refused(self, command: str) -> str:
        """The message with which a command is refused; nothing is changed by it."""
        with pytest.raises(Refused) as caught:
            self.do(command)
        return str(caught.value)

    def text(self, path: str) -> str:
        """The text of a file; `…` in the path stands for any one folder's name."""
        return self.files.texts[self.path(path)]

    def path(self, pattern: str) -> str:
        parts = pattern.split("/")
        found = [
            path
            for path in self.files.texts
            if len(path.split("/")) == len(parts)
            and all(want in ("…", part) for want, part in zip(parts, path.split("/"), strict=True))
        ]
        assert len(found) == 1, f"{pattern} is {found or 'none of ' + ', '.join(self.files.texts)}"
        return found[0]

    def problems(self) -> list[str]:
        """The codes of all problems in the files."""
        return self.problems_below("")

    def problems_below(self, folder: str) -> list[str]:
        """The codes of the problems in the files of a folder, with `/` at its end."""
        workspace = workspace_of(self.files.texts, self.now)
        texts = {path: text for path, text in self.files.texts.items() if path.startswith(folder)}
        documents = [Document.read(path, text) for path, text in texts.items()]
        return [problem.code for document in documents for problem in judge(document, workspace)]

    def _occasion(self, arguments: object) -> Occasion:
        actor = getattr(arguments, "actor", "") or ACTOR
        return Occasion(self.files, self.now, actor, read_template, getattr(arguments, "session", ""))


def check_operation(before: str, command: str, after: str) -> None:
    """Checks what a command makes of some files: those of `after` are as it says, those marked `gone` are not there."""
    desk = Desk(textwrap.dedent(before.lstrip("\n")))
    desk.do(command)
    for path, text in files_in(after).items():
        assert desk.files.texts.get(path.removesuffix(" (gone)")) == (None if path.endswith(" (gone)") else text), path
