from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.fields import Edit, Field
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.settings import SETTINGS
from mdtm.settings import LEVELS


def unknown_setting(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The settings file has a key, a rule or a level that mdtm does not know.

    Such a line has no effect, which nobody would notice.
    `[rules]` has lines such as `unknown-status = "warning"`, a rule and the level of its problems.
    The levels are off, hint, information, warning and error.

    Bad:
        -- .mdtm.toml --
        [rules]
        unknown-status = "warn"

    Good:
        -- .mdtm.toml --
        [rules]
        unknown-status = "warning"
    """
    if document.schema is SETTINGS:
        for field in frontmatter.fields:
            yield from _problems(field, document)


def _problems(field: Field, document: Document) -> Iterator[Problem]:
    if field.path == ("actor",):
        return
    if field.path[0] != "rules" or len(field.path) != 2:
        message = f"{field.key} is no setting; there are actor, and [rules] with a rule and its level on each line"
        if field.path != ("rules",) or field.value.kind not in ("table", "broken"):
            yield Problem("unknown-setting", Severity.ERROR, field.key_span, message)
        return
    yield from _rule_problems(field)
    level = field.value.data
    if field.value.kind != "broken" and level not in LEVELS:
        message = f"{document.text[field.value.span]} is no level; there are {', '.join(LEVELS)}"
        near = get_close_matches(str(level), LEVELS, n=1)
        fixes = (Fix(f'Write "{near[0]}"', (set_text(field, near[0]),)),) if near else ()
        yield Problem("unknown-setting", Severity.ERROR, field.value.span, message, fixes)


def _rule_problems(field: Field) -> Iterator[Problem]:
    from mdtm.rules import RULES, code_of  # here, for the list of the rules imports this one

    codes = [code_of(rule) for rule in RULES]
    if field.path[1] not in codes:
        near = get_close_matches(field.path[1], codes, n=1)
        fixes = (Fix(f"Write {near[0]}", (Edit(field.key_span, near[0]),), safe=False),) if near else ()
        message = f"there is no rule {field.path[1]}" + (f"; did you mean {near[0]}?" if near else "")
        yield Problem("unknown-setting", Severity.ERROR, field.key_span, message, fixes)
