"""What keys, values and kinds of entries mean, in a few lines of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mdtm.allowed import usual_values
from mdtm.document import Document
from mdtm.events import BY_NAME
from mdtm.features.shape.entry_forms import HEAD, form_of_kind, parts_of
from mdtm.features.telling import Told, paragraphs
from mdtm.fields import Field
from mdtm.pages import about_rule
from mdtm.rules import NAMES
from mdtm.schema.base import Key, Type, Values
from mdtm.schema.sessions import CONTEXT_KEYS
from mdtm.schema.settings import SETTINGS
from mdtm.schema.statuses import MEANINGS
from mdtm.settings import LEVELS

_TYPES: dict[Type, str] = {
    "text": "A text", "time": "A time, written YYYY-MM-DDTHH:MM:SSZ", "texts": "A list of texts", "number": "A number",
    "any": "A value of any kind",
}  # fmt: skip
_TABLES = {
    "context": "A list of tables, the last of which is worked on", "rules": "A table", "allow": "A list of tables",
}  # fmt: skip
"""What some keys hold that hold no texts."""
_NEEDS = {"required": "; tools cannot do without it", "expected": "; a file without it is poorer", "optional": ""}
PAGES = {
    "id": "id-mismatch", "status": "unknown-status", "type": "unknown-type", "priority": "unknown-priority",
    "related_tasks": "dangling-task", "related_artifacts": "dangling-artifact", "context": "broken-context",
    "depends_on": "missing-dependency", "parent_task_id": "missing-parent", "sprint": "unknown-sprint",
    "current_phase": "unknown-phase", "session_type": "unknown-value", "source": "unknown-value",
    "input_artifacts": "dangling-document", "related_docs": "dangling-document", "end_time": "wrong-end-time",
    "start_time": "bad-time", "state": "unknown-proposal-state", "dialect": "bad-setting",
    "rules": "bad-setting", "allow": "bad-setting", "exclude": "bad-setting", "idle_minutes": "bad-setting",
    "estimated_hours": "estimate-exceeded", "template_schema_doc": "dangling-document",
}  # fmt: skip
"""For some keys the rule whose page tells more of them."""


def told_at(document: Document, offset: int) -> Told | None:
    """What the key at an offset means, or the value, where values are settled."""
    for path, field in _fields(document.frontmatter.fields, ()):
        if field.key_span.start <= offset <= field.key_span.end:
            text = key_meaning(document, path)
            about = path[-1] if path[-1] in NAMES else path[0]
            return Told(field.key_span, text, about) if text else None
        data, span = field.value.data, field.value.span
        if isinstance(data, str) and span.start <= offset <= span.end and data in usual_values(document, path):
            return Told(span, value_meaning(document, path, data), path[0])
    return None


def key_meaning(document: Document, path: tuple[str, ...]) -> str:
    """What a key is for, what it may hold, and whether it is needed; empty for one that is not known."""
    key = _key(document, path)
    values = usual_values(document, path) or (key.values.canonical if key and key.values else ())
    if key is None:
        return paragraphs(f"**{path[-1]}**", _one_of(values)) if values else ""
    older = f", the older name of `{key.name}`" if path[-1] != key.name else ""
    title = f"**{path[-1]}**{older}" + (f": {key.meaning}." if key.meaning else "")
    what = _TABLES.get(key.name, _TYPES[key.type])
    return paragraphs(title, f"{what}{_NEEDS[key.need]}.", _one_of(values), _also(key))


def _key(document: Document, path: tuple[str, ...]) -> Key | None:
    """A key that is known, be it in the context of a session or in the rules of a settings file."""
    if document.schema is None or len(path) > 2:
        return None
    if len(path) == 1:
        return document.schema.key_called(path[0])
    if document.schema is SETTINGS and path[0] == "rules" and (meaning := about_rule(path[1])):
        return Key(path[1], meaning=meaning, values=Values(LEVELS))
    known = CONTEXT_KEYS if path[0] == "context" else ()
    return next((key for key in known if key.name == path[1]), None)


def value_meaning(document: Document, path: tuple[str, ...], text: str) -> str:
    """What a settled value says, and which others there are."""
    meaning = MEANINGS.get(text, "")
    others = [value for value in usual_values(document, path) if value != text]
    title = f"**{text}**" + (f": {meaning}." if meaning else f", a value of `{path[-1]}`.")
    return paragraphs(title, _one_of(others, "Others"))


def event_meaning(kind: str) -> str:
    """What an entry of a kind tells, and what its parts are."""
    if kind not in BY_NAME:
        return paragraphs("**An entry**", _parts(()))
    form = form_of_kind(kind).replace("`", "")
    return paragraphs(f"**{kind}**: {BY_NAME[kind].meaning}.", f"`{form}`", _parts((kind,)))


def _parts(kinds: Iterable[str]) -> str:
    parts = (*HEAD, *(part for kind in (kinds or ("",)) for part in parts_of(kind)))
    return "\n".join(f"- {part.name}: {part.meaning}" for part in parts)


def _fields(fields: Iterable[Field], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
    """All fields with their whole paths, those first that lie in others."""
    for field in fields:
        path = (*above, *field.path[len(above) if field.path[: len(above)] == above else 0 :])
        for value in (field.value, *field.value.items):
            yield from _fields(value.fields, path)
        yield path, field


def _one_of(values: Iterable[str], title: str = "Usual values") -> str:
    written = ", ".join(f"`{value}`" for value in values)
    return f"{title}: {written}." if written else ""


def _also(key: Key) -> str:
    return f"Older names: {', '.join(f'`{name}`' for name in key.aliases)}." if key.aliases else ""
