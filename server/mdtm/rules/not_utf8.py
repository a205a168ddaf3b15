from collections.abc import Iterator

from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.text import Span
from mdtm.workspace import Workspace


def not_utf8(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The file holds bytes that are not UTF-8.

    The bytes that cannot be read are shown as U+FFFD; the problem stands at the first of them.
    mdtm never writes such a file, because that would lose them: save it as UTF-8 first.
    """
    if document.bad_byte is not None:
        place = Span(document.bad_byte, document.bad_byte + 1)
        message = "from here on the file is not UTF-8; save it as UTF-8, then it can be mended"
        yield Problem("not-utf8", Severity.ERROR, place, message)
