from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit, Value
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.base import Key, Type
from mdtm.text import Span
from mdtm.toml.writing import text_value
from mdtm.usual import odd_shape

_NAMES: dict[Type, str] = {
    "text": "a string",
    "time": "a time in quotes",
    "texts": "an array of strings",
    "number": "a number",
}
_KINDS: dict[Type, frozenset[str]] = {
    "text": frozenset({"string"}),
    "time": frozenset({"string", "datetime", "date"}),
    "texts": frozenset({"array"}),
    "number": frozenset({"integer", "float", "string"}),
}


_USUAL = {"text": "string", "time": "string", "texts": "array"}
_USUAL_ITEMS = frozenset({"string"})
"""What nearly every value is, which needs no second look."""


@only(when=odd_shape)
def wrong_type(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A value has another type than its key takes.

    A tool that expects an array takes a string apart letter by letter, or fails.
    A time may be a string or a TOML date, and a number may stand in quotes: real files have both, without harm.

    Bad:
        tags = "session"

    Good:
        tags = ["session"]
    """
    schema = document.schema
    for path, _, value in frontmatter.fields if schema else ():
        key = schema.key(path[0]) if schema and len(path) == 1 else None
        if key and not (
            value.kind == _USUAL.get(key.type) and _USUAL_ITEMS.issuperset([one.kind for one in value.items])
        ):
            yield from _problems(key, value, document)


def _problems(key: Key, value: Value, document: Document) -> Iterator[Problem]:
    if key.type == "any" or value.kind in ("broken", "null"):
        return
    if value.kind not in _KINDS[key.type]:
        message = f"{key.name} is {_NAMES[key.type]}, not {_article(value)}"
        yield Problem("wrong-type", Severity.ERROR, value.span, message, _fixes(value, key.type, document))
    elif key.type == "texts":
        for item in value.items:
            if item.kind not in ("string", "broken"):
                message = f"{key.name} holds strings, not {_article(item)}"
                yield Problem("wrong-type", Severity.ERROR, item.span, message, _fixes(item, "text", document))


def _article(value: Value) -> str:
    return f"an {value.kind}" if value.kind[0] in "aio" else f"a {value.kind}"


def _fixes(value: Value, wanted: Type, document: Document) -> tuple[Fix, ...]:
    """Quotes around a scalar, brackets around a string; nothing where more would have to be guessed."""
    raw = document.text[value.span]
    beyond = document.text.line_span(document.text.line_at(value.span.end)).end
    if wanted == "texts" and document.text[Span(value.span.end, beyond)].partition("#")[0].strip():
        return ()  # more stands on the line, which has a problem of its own
    if wanted == "texts" and value.kind == "string":
        texts = [part.strip() for part in value.data.split(",") if part.strip()]
        if len(texts) == 1 or not texts:
            return (Fix("Put it in an array", (Edit(value.span, f"[{raw}]" if texts else "[]"),)),)
        split = Edit(value.span, "[" + ", ".join(map(text_value, texts)) + "]")
        return (Fix("Make each part an item", (split,), safe=all(" " not in text for text in texts)),)
    if wanted == "text" and value.kind in ("integer", "float", "boolean", "datetime", "date", "time"):
        return (Fix("Put it in quotes", (Edit(value.span, text_value(raw)),)),)
    if wanted == "text" and value.kind == "array" and len(value.items) == 1 and value.items[0].kind == "string":
        return (Fix("Take it out of the array", (Edit(value.span, text_value(value.items[0].data)),)),)
    return ()
