"""Turns frontmatter in YAML or JSON into TOML between `+++` lines, with the comments that can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mdtm.dialect import TASK_ROOTS
from mdtm.document import Document
from mdtm.fields import Edit, Field, Value
from mdtm.frontmatter import Frontmatter
from mdtm.plan import Refused
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.toml.block import read_toml
from mdtm.toml.writing import key_and_list, key_and_value
from mdtm.yaml_comments import Comment, comments_of


class Conversion(NamedTuple):
    """What makes TOML of some frontmatter, and what is lost by it."""

    edit: Edit
    lost: tuple[Comment, ...]
    """The comments that no place is certain for."""
    left_out: tuple[str, ...]
    """The keys and items that are null, for which TOML has no word."""


def conversion(document: Document) -> Conversion:
    """The frontmatter of a document as TOML; every value means there what it means here.

    Raises:
        Refused: it cannot be read, or TOML cannot say it.
    """
    _check_readable(document)
    left_out: list[str] = []
    wanted: dict[str, Any] = _without_nulls(document.frontmatter.values, "", left_out)
    comments = list(comments_of(document.frontmatter, document.text))
    lost = tuple(one for one in comments if not one.place or (one.key and one.key not in wanted))
    kept = [one for one in comments if one not in lost]
    keys = sorted(wanted, key=lambda key: _is_table(wanted[key]))
    ending = [f"{one.text}\n" for one in kept if one.place == "end"]
    written = "".join([*(_lines(key, wanted[key], kept) for key in keys), *ending])
    _, faults, meant = read_toml(written, 0)
    if faults or meant != wanted:
        raise Refused("TOML cannot say what stands there")
    new = f"+++\n{written}+++".replace("\n", document.newline)
    return Conversion(Edit(document.frontmatter.span, new), lost, tuple(left_out))


def is_for_tools(document: Document) -> bool:
    """Whether the tools of the systems look for the keys of a document."""
    return document.schema is not None and (document.schema.strict or document.schema.name.startswith("artifact"))


def is_foreign(frontmatter: Frontmatter, document: Document) -> bool:
    """Whether frontmatter is no TOML."""
    return frontmatter.syntax in ("yaml", "json")


def foreign_problems(code: str, document: Document) -> Iterator[Problem]:
    """The problem of frontmatter that is no TOML, where TOML is looked for."""
    frontmatter, schema = document.frontmatter, document.schema
    if schema is None or document.path.endswith(".json"):
        return
    if is_for_tools(document):
        severity, what = Severity.ERROR, schema.title
    elif "status" in frontmatter.values and _is_among_tasks(document.path):
        severity, what = Severity.HINT, "a file among the tasks"
    else:
        return
    start = frontmatter.span.start
    place = Span(start, start + (3 if frontmatter.syntax == "yaml" else 1))
    message = f"the frontmatter of {what} is TOML between +++ lines, not {frontmatter.syntax.upper()}"
    fixes = tuple(_fixes(document)) if severity is Severity.ERROR else ()
    yield Problem(code, severity, place, message, fixes)


def _is_among_tasks(path: str) -> bool:
    return "tasks" in path.split("/") or any(f"/{root}/" in f"/{path}" for root in TASK_ROOTS)


def _fixes(document: Document) -> Iterator[Fix]:
    try:
        found = conversion(document)
    except Refused:
        return
    losses = [f"without {', '.join(found.left_out)}, which is null"] if found.left_out else []
    losses += [f"{len(found.lost)} of its comments are lost"] if found.lost else []
    yield Fix("; ".join(["Turn it into TOML", *losses]), (found.edit,), safe=False)


def _check_readable(document: Document) -> None:
    frontmatter = document.frontmatter
    if document.bad_byte is not None:
        raise Refused("the file is not UTF-8")
    for fault in frontmatter.faults:
        raise Refused(f"line {document.text.line_at(fault.span.start) + 1}: {fault.message}")
    if not frontmatter.fields:
        raise Refused("there are no keys in its frontmatter")
    if double := next(_doubles(frontmatter.fields), ""):
        raise Refused(f"the key {double} stands there twice; remove one of the two")


def _doubles(fields: Iterable[Field]) -> Iterator[str]:
    """The keys that stand twice in one table, of which YAML sees the last alone."""
    seen = set[tuple[str, ...]]()
    for field in fields:
        if field.path in seen:
            yield field.key
        seen.add(field.path)
        yield from _doubles_in(field.value)


def _doubles_in(value: Value) -> Iterator[str]:
    yield from _doubles(value.fields)
    for item in value.items:
        yield from _doubles_in(item)


def _without_nulls(value: Any, name: str, left_out: list[str]) -> Any:
    """The value less what is null in it, the names of which are added to `left_out`."""
    if isinstance(value, dict):
        left_out += [f"{name}{key}" for key, inner in value.items() if inner is None]
        given = {str(key): inner for key, inner in value.items() if inner is not None}
        return {key: _without_nulls(inner, f"{name}{key}.", left_out) for key, inner in given.items()}
    if isinstance(value, list):
        item = name.removesuffix(".")
        left_out += [f"{item}[{number}]" for number, inner in enumerate(value) if inner is None]
        given_items = [(number, inner) for number, inner in enumerate(value) if inner is not None]
        return [_without_nulls(inner, f"{item}[{number}].", left_out) for number, inner in given_items]
    return value


def _is_table(value: Any) -> bool:
    """Whether TOML writes a value in lines of its own, which no key of the top level may follow."""
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
    )


def _lines(key: str, value: Any, comments: Iterable[Comment]) -> str:
    """A key with its value and its comments, in lines of TOML."""
    own = [one for one in comments if one.key == key]
    inside = [(one.item, one.place == "behind item", one.text) for one in own if one.item >= 0]
    written = key_and_list(key, value, inside) if inside else key_and_value(key, value)
    if written is None:
        raise Refused(f"TOML cannot say what {key} is")
    above = [one.text for one in own if one.place == "above"]
    behind = [one.text for one in own if one.place == "behind"]
    if behind and (written.count("\n") == 1 or inside):
        first, _, rest = written.partition("\n")
        written = f"{first} {behind.pop()}\n{rest}"
    return "".join([*(f"{text}\n" for text in (*above, *behind)), written])
