from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.frontmatter import Frontmatter
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.usual import may_repeat


@only(when=may_repeat)
def duplicate_item(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A list has the same item twice.

    Tools that count tasks or artifacts count it twice, and a reader looks for a difference that is none.
    Paths are the same when they lead to the same file: `./artifacts/note.md` is `artifacts/note.md`.

    Bad:
        related_tasks = ["TASK-DEV-20250605-101500", "TASK-DEV-20250605-101500"]

    Good:
        related_tasks = ["TASK-DEV-20250605-101500"]
    """
    for name in document.schema.lists if document.schema else ():
        field = frontmatter.get(name)
        if field is None:
            continue
        array, seen = field.value, dict[str, int]()
        for index, item in enumerate(array.items):
            if not isinstance(item.data, str) or not (text := plain(item.data.strip())):
                continue
            if seen.setdefault(text, index) == index:
                continue
            writable = frontmatter.syntax == "toml" and array.kind == "array"
            fixes = (Fix("Remove it", (remove_item(document, array, index),)),) if writable else ()
            related = (Related(array.items[seen[text]].span, "the first one"),)
            message = f"{item.data.strip()} stands in {name} twice"
            yield Problem("duplicate-item", Severity.HINT, item.span, message, fixes, related, unnecessary=True)
