from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit, Field, Value
from mdtm.frontmatter import Frontmatter
from mdtm.globs import fault_of
from mdtm.problem import Fix, Problem, Severity
from mdtm.said import allow_tables, near, settings_in
from mdtm.settings import DIALECT_NAMES, HINTS, LEVELS, MOST_MINUTES, Settings
from mdtm.text import Span
from mdtm.toml.writing import text_value

_WORDS = {"dialect": (DIALECT_NAMES, "dialect"), "inlay_hints_off": (HINTS, "kind of inlay hint")}
"""For settings that hold some words only: which, and what they are called."""


@only("settings")
def bad_setting(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A setting has a value that it cannot have, or lacks a part.

    mdtm leaves it out, so it has no effect.
    The levels of rules are off, hint, information, warning and error.
    The dialects are ruru-v7, ruru-v5, commander, orchestration, mdtm and workflow.
    `idle_minutes` is a whole number from 1 on.
    The inlay hints that `inlay_hints_off` can name are elapsed, days and total.
    A pattern in `exclude`, or the `path` of a table of `allow`, goes from the root of the workspace, with `/`.

    Bad:
        -- .mdtm.toml --
        dialect = "ruru-7"

        [rules]
        unknown-status = "warn"

    Good:
        -- .mdtm.toml --
        dialect = "ruru-v7"

        [rules]
        unknown-status = "warning"
    """
    for field in settings_in(frontmatter):
        if field.value.kind != "broken":
            yield from _problems(field, document)
    for table in allow_tables(document):
        for name in ("path", "rules"):
            if name not in table.fields:
                yield _bad(table.span, f"this allows nothing, for it has no {name}")


def _problems(field: Field, document: Document) -> Iterator[Problem]:
    path, value = field.path, field.value
    if path in (("rules",), ("allow",)):
        what = "a table with a level for each rule" if path == ("rules",) else "an array of tables: path, rules, reason"
        if value.kind not in ("table", "array") or path == ("rules",):
            yield _bad(value.span, f"{field.key} is {what}")
    elif path[0] == "rules" and len(path) == 2:
        yield from _level_problems(value, document)
    elif words := _WORDS.get(field.key):
        for item in value.items or (value,):
            yield from _word_problems(item, *words)
    elif path == ("idle_minutes",) and not Settings().with_values({path[0]: value.data}).idle_minutes:
        yield _bad(value.span, f"idle_minutes is a whole number from 1 to {MOST_MINUTES}, without quotes")
    elif path == ("exclude",):
        for item in value.items:
            yield from _pattern_problems(item)
    elif path[0] == "allow":
        yield from _allow_problems(path[-1], value)


def _word_problems(value: Value, words: tuple[str, ...], what: str) -> Iterator[Problem]:
    """A text that is none of the words that it can be."""
    if value.kind == "string" and value.data.strip() not in ("", *words):
        meant, certain = near(value.data, words)
        fixes = (Fix(f'Write "{meant}"', (Edit(value.span, text_value(meant)),), certain),) if meant else ()
        yield _bad(value.span, f"{value.data} is no {what}; there are {', '.join(words)}", fixes)


def _level_problems(level: Value, document: Document) -> Iterator[Problem]:
    if level.data in LEVELS:
        return
    meant = "off" if level.data is False else next(iter(get_close_matches(str(level.data), LEVELS, n=1)), "")
    fixes = (Fix(f'Write "{meant}"', (Edit(level.span, text_value(meant)),)),) if meant else ()
    yield _bad(level.span, f"{document.text[level.span]} is no level; there are {', '.join(LEVELS)}", fixes)


def _pattern_problems(pattern: Value) -> Iterator[Problem]:
    if pattern.kind == "string" and (why := fault_of(pattern.data)):
        turned = pattern.data.replace("\\", "/")
        fixes = (Fix("Write / between folders", (Edit(pattern.span, text_value(turned)),), safe=False),)
        yield _bad(pattern.span, f"this pattern means no file: {why}", fixes if turned != pattern.data else ())


def _allow_problems(key: str, value: Value) -> Iterator[Problem]:
    if key == "rules" and value.kind == "string":
        fix = Fix("Put it in an array", (Edit(value.span, f"[{text_value(value.data)}]"),))
        yield _bad(value.span, "rules is an array of the codes of rules", (fix,))
    elif key == "rules" and (
        value.kind != "array" or any(item.kind not in ("string", "broken") for item in value.items)
    ):
        yield _bad(value.span, "rules is an array of the codes of rules")
    elif key in ("path", "reason") and value.kind != "string":
        yield _bad(value.span, f"{key} is a string, not this {value.kind}")
    elif key == "path":
        yield from _pattern_problems(value)


def _bad(place: Span, message: str, fixes: tuple[Fix, ...] = ()) -> Problem:
    return Problem("bad-setting", Severity.ERROR, place, message, fixes)
