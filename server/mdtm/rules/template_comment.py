from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.comments import comments_like
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.usual import odd_text

_COMMENT = re.compile(r"#\s*\([^()]*\b(?:required|optional)\b|#.*<<[^<>]*>>", re.IGNORECASE)
_SIGNS = ("equired", "ptional", "REQUIRED", "OPTIONAL", "<<")


@only(when=odd_text)
def template_comment(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter still has the comments with which the template explains its keys.

    They were for whoever filled it in; now they say "to be set at runtime" of what has long been set.
    Comments of any other kind are let be, and so are those of templates.

    Bad:
        tags = ["session", "log"]  # (Array of Strings, Optional) Words to find the session by

    Good:
        tags = ["session", "log"]
    """
    source = frontmatter.source
    if "#" not in source or not any(sign in source for sign in _SIGNS) or frontmatter.syntax != "toml":
        return
    schema = document.schema
    if schema is None or not schema.strict:
        return
    found = list(comments_like(document, _COMMENT))
    if found and "/templates/" not in f"/{document.path}":
        what = "this comment is" if len(found) == 1 else f"{len(found)} comments are"
        message = f"{what} left over from the template"
        fix = Fix("Remove the template's comments", tuple(comment.removal for comment in found))
        related = tuple(Related(comment.span, "this is another one") for comment in found[1:])
        yield Problem("template-comment", Severity.HINT, found[0].span, message, (fix,), related, unnecessary=True)
