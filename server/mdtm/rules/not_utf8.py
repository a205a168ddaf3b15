from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document, has_bad_byte
from mdtm.problem import Problem, Severity
from mdtm.schema import PYPROJECT
from mdtm.text import Span
from mdtm.workspace import Workspace

UTF_16 = "\ufffd\ufffd"
"""What the byte order mark of UTF-16 looks like."""


@only(when=has_bad_byte)
def not_utf8(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The file holds bytes that are not UTF-8.

    TOML and JSON have to be UTF-8, so other tools refuse the file or show wrong letters.
    The problem stands at the first such byte; what cannot be read is taken as U+FFFD.
    mdtm writes no fix to such a file, because that would lose the bytes: save the file as UTF-8 first.
    """
    if document.bad_byte is not None and document.name != PYPROJECT:
        place = Span(document.bad_byte, document.bad_byte + 1)
        first = document.text.line(0)
        wide = first.startswith(UTF_16) and "\0" in first
        what = "the file is UTF-16, not UTF-8" if wide else "this byte is not UTF-8"
        message = f"{what}; save the file as UTF-8, then it can be mended"
        yield Problem("not-utf8", Severity.ERROR, place, message)
