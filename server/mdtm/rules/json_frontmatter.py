from collections.abc import Iterator

from mdtm.asking import only
from mdtm.conversion import foreign_problems, is_foreign
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem


@only(when=is_foreign)
def json_frontmatter(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter of a session log, task, sprint or artifact is an object of JSON.

    The systems that write and read these files look for TOML between `+++` lines, and find no keys here.
    Only a file with the name or in the folder of one of those is taken to have such frontmatter, and only where the
    object has some of the keys for it.
    TOML has no null: the fix leaves such a key out.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        {
          "id": "TASK-DEV-20250605-101500",
          "title": "Pick up slots",
          "status": "🟡 To Do",
          "type": "🌟 Feature"
        }

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
    if frontmatter.syntax == "json":
        yield from foreign_problems("json-frontmatter", document)
