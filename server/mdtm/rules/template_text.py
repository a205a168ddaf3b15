from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import has_signs, only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.signs import TEMPLATE
from mdtm.text import Span
from mdtm.workspace import Workspace

_OF_LOG = r"\[(?:Goal Text|Brief Objective|relative_artifact_path|Success/Failure Summary|New Status)\]"
_LINE_OF_LOG = re.compile(_OF_LOG)
_PLACEHOLDER = re.compile(rf"{_OF_LOG}|\{{\{{ ?[A-Z][A-Z0-9_]+ ?\}}\}}|<< ?[A-Z][^<>\r\n]{{0,120}}>>")
_CODE_SPAN = re.compile(r"(?P<ticks>`+)(?!`)(?P<code>.*?)(?<!`)(?P=ticks)(?!`)")


@only(when=has_signs)
def template_text(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """Text of the template that was to be replaced still stands in the body.

    A log with such lines seems to tell of things that never happened; who sums it up counts them.
    A line that is wholly the template's is removed by the fix; elsewhere only a person knows what belongs there.
    A line that has still the template's time is a placeholder-entry.
    Code, comments and files in a folder `templates` are let be.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:01:44Z] Session status changed to: `[New Status]`
        - [2025-06-05T03:01:44Z] `dev-api`: Started.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:01:44Z] `dev-api`: Started.
    """
    if TEMPLATE not in document.signs or not document.schema or not document.schema.logs:
        return
    if "templates/" in document.path:
        return
    for index, reading in enumerate(document.body):
        if TEMPLATE in reading.signs:
            start = document.text.block_start(index)[1]
            for problem in _in_block(reading):
                yield problem.moved(start)


def _in_block(reading: Reading) -> Iterator[Problem]:
    start = 0
    for number, line in enumerate(reading.block.lines):
        state = reading.state_before(number)
        judged = not (state.skip or state.fence or state.comment or "[YYYY" in line)
        if judged and (match := _placeholder(line)):
            mark = reading.mark(number)
            fixes: tuple[Fix, ...] = ()
            if mark and mark.entry and _LINE_OF_LOG.search(line):
                edit = Edit(Span(start, start + len(line)), "")
                fixes = (Fix("Remove the line", (edit,), safe=False),)
            message = f"{match[0]} of the template still stands here"
            yield Problem("template-text", Severity.HINT, Span(*match.span()).moved(start), message, fixes)
        start += len(line)


def _placeholder(line: str) -> re.Match[str] | None:
    """The first placeholder of a line; one in backticks only when nothing else stands between them."""
    code = [match.span("code") for match in _CODE_SPAN.finditer(line)]
    for match in _PLACEHOLDER.finditer(line):
        inside = [span for span in code if span[0] <= match.start() < span[1]]
        if not inside or (match[0][0] == "[" and match.span() in inside):
            return match
    return None
