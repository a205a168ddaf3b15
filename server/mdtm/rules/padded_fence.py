from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.usual import odd_text


@only(when=odd_text)
def padded_fence(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A line `+++` has space before or behind it.

    mdtm reads it, but other tools take only a line that is just `+++`, and find no frontmatter in the file.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
          +++

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
    """
    whole, content = frontmatter.span, frontmatter.content
    if frontmatter.syntax != "toml" or not frontmatter.source:
        return
    if content.start - whole.start > 4 or whole.end - content.end > 3:
        if any(fault.code.endswith("-fence") for fault in frontmatter.faults):
            return  # the line has worse than space
        for line in (Span(whole.start, content.start), Span(content.end, whole.end)):
            written = document.text[line].rstrip("\r\n")
            if written != "+++" and written.strip(" \t") == "+++":
                place = Span(line.start, line.start + len(written))
                fix = Fix("Remove the space", (Edit(place, "+++"),))
                message = "+++ has space around it, which not every tool understands"
                yield Problem("padded-fence", Severity.HINT, place, message, (fix,))
