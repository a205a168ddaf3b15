from collections.abc import Iterator

from mdtm.asking import only
from mdtm.conversion import foreign_problems, is_foreign
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem


@only(when=is_foreign)
def yaml_frontmatter(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter of a session log, task, sprint or artifact is YAML between `---` lines.

    The systems that write and read these files look for TOML between `+++` lines, and find no keys here.
    In other files among the tasks that have a status, such as an overview, it is only a hint.

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
    if frontmatter.syntax == "yaml":
        yield from foreign_problems("yaml-frontmatter", document)
