import re
from collections.abc import Iterator

from mdtm.dialect import TASK_ROOTS
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.toml.writing import block

_COMMENT = re.compile(r"(?:^|[ \t])#", re.MULTILINE)


def yaml_frontmatter(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter of a session log, task, sprint or artifact is YAML between `---` lines.

    The systems that write and read these files look for TOML between `+++` lines, and find no keys here.
    In other files among the tasks, such as an overview, it is only a hint.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        ---
        id: TASK-DEV-20250605-101500
        title: Pick up slots
        status: "🟡 To Do"
        type: "🌟 Feature"
        ---

        # Pick up slots

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        +++

        # Pick up slots
    """
    schema = document.schema
    if frontmatter.syntax != "yaml" or schema is None:
        return
    if schema.strict or schema.name.startswith("artifact"):
        severity, what = Severity.ERROR, schema.title
    elif "tasks" in document.path.split("/") or any(f"/{root}/" in f"/{document.path}" for root in TASK_ROOTS):
        severity, what = Severity.HINT, "a file among the tasks"
    else:
        return
    place = Span(frontmatter.span.start, frontmatter.span.start + 3)
    message = f"the frontmatter of {what} is TOML between +++ lines, not YAML"
    fixes = _fixes(frontmatter, document) if severity is Severity.ERROR else ()
    yield Problem("yaml-frontmatter", severity, place, message, fixes)


def _fixes(frontmatter: Frontmatter, document: Document) -> tuple[Fix, ...]:
    toml = block(frontmatter.values) if frontmatter.values else None
    if toml is None:
        return ()
    lost = "; its comments are lost" if _COMMENT.search(document.text[frontmatter.content]) else ""
    new = f"+++\n{toml}+++".replace("\n", document.newline)
    return (Fix(f"Turn it into TOML{lost}", (Edit(frontmatter.span, new),), safe=False),)
