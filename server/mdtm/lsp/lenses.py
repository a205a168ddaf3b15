"""Code lenses: above the text how it stands and what can be done now, at headings how many boxes are ticked.

What has to be looked up in other files is found only when a lens is about to be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from mdtm.facts import completion_of
from mdtm.features.lenses import progress, shows, standing, verbs
from mdtm.lsp import commands
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature, Request
from mdtm.lsp.folder import NOWHERE
from mdtm.lsp.session_actions import of_proposal
from mdtm.lsp.state import Server
from mdtm.operations import verb_named
from mdtm.trace import Trace

STANDING, CHECKS = "standing", "checks"
"""The lenses that are resolved: how it stands, and what is missing for the end."""
CHECK = "completion.check"


def lenses(server: Server, file: OpenFile, _: types.CodeLensParams) -> list[types.CodeLens]:
    """One line of lenses at the top of the file, and one at each heading that has boxes."""
    return list(_lenses(server, file)) if file.folder.root != NOWHERE else []


def _lenses(server: Server, file: OpenFile) -> Iterator[types.CodeLens]:
    document, files = file.document, server.around(file).files
    for title, verb in of_proposal(server, file):
        yield types.CodeLens(_line(file, 0), _command(file, title, verb, {"proposal": document.path}))
    if shows(files, document):
        yield types.CodeLens(_line(file, 0), data={"uri": file.uri, "shows": STANDING})
        for verb, given in verbs(files, document):
            found = verb_named(verb)
            assert found, verb
            yield types.CodeLens(_line(file, 0), _command(file, found.title, verb, given))
        if document.frontmatter.syntax != "json":
            yield types.CodeLens(_line(file, 0), data={"uri": file.uri, "shows": CHECKS})
        for boxes in progress(document):
            command = _command(file, boxes.title, CHECK, {"what": document.path})
            yield types.CodeLens(_line(file, document.text.line_at(boxes.start)), command)


def resolve(server: Server, lens: types.CodeLens) -> types.CodeLens:
    """The lens with what it shows; one of a file that is closed by now shows nothing."""
    data: Any = lens.data
    file = server.desk.files.get(str(data.get("uri"))) if isinstance(data, dict) else None
    if file and lens.command is None and file.folder.root != NOWHERE:
        at = server.occasion(file)
        trace = file.folder.workspace.trace or Trace(at.files)
        if data.get("shows") == STANDING and (found := shows(at.files, file.document)):
            lens.command = _command(file, standing(at.files, file.document, trace, at.now), *found)
        elif data.get("shows") == CHECKS and (checks := completion_of(at.files, file.document, at.now, trace)):
            lens.command = _command(file, checks.title, CHECK, {"what": file.document.path})
    lens.command = lens.command or types.Command("", "")
    return lens


def _line(file: OpenFile, number: int) -> types.Range:
    return types.Range(types.Position(number, 0), types.Position(number, 0))


def _command(file: OpenFile, title: str, verb: str, given: dict[str, str]) -> types.Command:
    return types.Command(title, commands.PREFIX + verb, arguments=[{"uri": file.uri, **given}])


FEATURES = (
    Feature(types.TEXT_DOCUMENT_CODE_LENS, lenses),
    Request(types.CODE_LENS_RESOLVE, resolve),
)
