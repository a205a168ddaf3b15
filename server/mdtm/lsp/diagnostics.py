"""What is wrong in a file, as the client is told: in JSON, for all of it is told anew with every key."""

from __future__ import annotations

import functools
import json
from json.encoder import encode_basestring_ascii as quoted

from lsprotocol import types
from pygls.uris import from_fs_path

from mdtm import disk
from mdtm.lsp.convert import SOURCE, Ruler, written
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.protocol import Ready, converter
from mdtm.problem import Problem, Related
from mdtm.text import Encoding


def diagnostics(file: OpenFile, encoding: Encoding) -> Ready:
    """All of a file's problems, as the list that LSP has for them."""
    ruler = Ruler(file.document.text, encoding)
    return Ready.list(_written(problem, file.uri, ruler) for problem in file.problems())


def as_object(file: OpenFile, problem: Problem, encoding: Encoding) -> types.Diagnostic:
    """One of them as an object, to be a part of another answer."""
    found = _written(problem, file.uri, Ruler(file.document.text, encoding))
    made: types.Diagnostic = converter().structure(json.loads(found), types.Diagnostic)
    return made


def _written(problem: Problem, uri: str, ruler: Ruler) -> str:
    kind = _kind(problem.code, int(problem.severity), problem.unnecessary)
    places = [_place(place, uri, ruler) for place in problem.related]
    related = f',"relatedInformation":[{",".join(places)}]' if places else ""
    return f'{{"range":{written(problem.span, ruler)},"message":{quoted(problem.message)}{kind}{related}}}'


def _place(place: Related, uri: str, ruler: Ruler) -> str:
    location = f'{{"uri":{quoted(uri)},"range":{written(place.span, ruler)}}}'
    return f'{{"location":{location},"message":{quoted(place.message)}}}'


@functools.cache
def _kind(code: str, severity: int, unnecessary: bool) -> str:
    """What is the same for all problems of a rule, as members of an object."""
    page = disk.rule_page(code)
    href = from_fs_path(str(page)) if page else None
    description = f',"codeDescription":{{"href":{quoted(href)}}}' if href else ""
    tags = f',"tags":[{types.DiagnosticTag.Unnecessary.value}]' if unnecessary else ""
    return f',"severity":{severity},"code":{quoted(code)}{description},"source":{quoted(SOURCE)}{tags}'
