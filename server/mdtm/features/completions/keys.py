"""The keys that a document lacks, with what their values look like."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from mdtm.allowed import usual_values
from mdtm.document import Document
from mdtm.features.completions.offer import About, Offer, Surroundings, choice, plain_snippet, stop
from mdtm.features.completions.place import Place
from mdtm.features.shape.subject import id_by_place
from mdtm.fields import Edit
from mdtm.pages import about_rule
from mdtm.rules import NAMES
from mdtm.schema import Key
from mdtm.schema.sessions import CONTEXT_KEYS
from mdtm.schema.settings import ALLOWANCE, SETTINGS
from mdtm.schema.tasks import PARENT_KEYS
from mdtm.settings import LEVELS
from mdtm.tasks import is_task
from mdtm.text import Span
from mdtm.times import spell_time

LATER = ("end_", "due_", "completed_", "archived_", "decided_")
"""How the names begin of keys whose time is still to come, mostly."""
DAYS = frozenset(("start_date", "end_date", "due_date"))
"""Keys whose time is a day."""
_BRACKETS = {"context": ("[", "]"), "rules": ("{", "}"), "allow": ("[{", "}]")}
"""For some keys what their values begin and end with in TOML."""
_BEGUN_HEAD = re.compile(r"\+{0,2}")
"""What a first line holds that may become the frontmatter of a file that has none."""
_STOP = re.compile(r"(?<!\\)\$(\{?)1")
_YAML_KEY = re.compile(r"^([\w-]+):", re.MULTILINE)
_NEXT_KEY = re.compile(r"\s*\"")
"""What stands behind a key of JSON that another one follows."""
_RANKS = {"required": 0, "expected": 1, "optional": 2}


class _Written(NamedTuple):
    """A value as it is first written: plainly, and with places to fill in."""

    plain: str
    snippet: str


def key_offers(document: Document, place: Place, around: Surroundings) -> Iterator[Offer]:
    """The keys that may be written at a place: those that are required first, then those that are most in use."""
    comma = "," if place.syntax == "json" and _NEXT_KEY.match(document.text[_behind(document, place)]) else ""
    for key in _missing(document, place, around):
        name = f'"{key.name}"' if place.syntax == "json" else key.name
        sign = " = " if place.syntax == "toml" else ": "
        value = _value(document, place, key, around)
        whole = not place.follows
        yield Offer(
            "key",
            key.name,
            Edit(place.span, f"{name}{sign}{value.plain}{comma}" if whole else name),
            place.quote + key.name,
            f"{key.meaning}" + ("" if key.need == "optional" else f" ({key.need})"),
            snippet=f"{plain_snippet(name + sign)}{value.snippet}{comma}" if whole else "",
            about=About("key", key.name, ".".join(place.path)),
        )


def head_offer(document: Document, offset: int, around: Surroundings) -> Iterator[Offer]:
    """The whole frontmatter with the keys that it needs, where a file of ours has none and its first line is begun."""
    schema, text = document.schema, document.text
    begun, behind = text[Span(0, offset)], text[Span(offset, text.line_span(0).end)]
    if schema is None or document.frontmatter.syntax != "none" or not document.name.endswith(".md"):
        return
    if not _BEGUN_HEAD.fullmatch(begun) or (begun and behind.strip()):
        return
    place = Place("key", Span(0, offset), (), "toml")
    values = [(key.name, _value(document, place, key, around)) for key in schema.needed]
    plain = ["+++", *(f"{name} = {value.plain}" for name, value in values), "+++", ""]
    filled = (f"{name} = {_renumbered(value.snippet, number)}" for number, (name, value) in enumerate(values, 1))
    snippet = ["+++", *filled, "+++", "$0"]
    lines = document.newline.join
    yield Offer(
        "key", "frontmatter", Edit(place.span, lines(plain)), "+++ frontmatter",
        f"The keys that {schema.title} needs", snippet=lines(snippet),
    )  # fmt: skip


def _renumbered(snippet: str, number: int) -> str:
    return _STOP.sub(lambda stop: f"${stop[1]}{number}", snippet)


def _behind(document: Document, place: Place) -> Span:
    return Span(place.span.end, document.frontmatter.span.end)


def _missing(document: Document, place: Place, around: Surroundings) -> list[Key]:
    schema = document.schema
    if place.path == ("context",):
        known: tuple[Key, ...] = CONTEXT_KEYS
        there = {name for name, _ in place.beside}
    elif schema is SETTINGS and place.path in (("rules",), ("allow",)):
        names = sorted(NAMES) if place.path == ("rules",) else ALLOWANCE
        known = tuple(Key(name, "texts" if name == "rules" else "text", meaning=about_rule(name)) for name in names)
        there = {one.path[1] for one in document.frontmatter.fields if one.path[:1] == ("rules",) and one.path[1:]}
    elif schema is None or place.path:
        return []
    else:
        known, there = schema.keys, {one.path[0] for one in document.frontmatter.fields if one.key_span != place.span}
        there |= _yaml_keys(document)
    if there.intersection(PARENT_KEYS):
        there.update(PARENT_KEYS)  # two names of one thing
    used = around.uses.keys(schema.name) if schema and not place.path else {}
    missing = [key for key in known if there.isdisjoint((key.name, *key.aliases))]
    return sorted(missing, key=lambda key: (_RANKS[key.need], -used.get(key.name, 0)))


def _yaml_keys(document: Document) -> set[str]:
    """The keys of YAML, which has no fields as long as a key has no value."""
    head = document.frontmatter
    return set(_YAML_KEY.findall(document.text[head.content])) if head.syntax == "yaml" else set()


def _value(document: Document, place: Place, key: Key, around: Surroundings) -> _Written:
    """What a value of a key looks like, where nobody has said yet what it is."""
    texts = usual_values(document, (*place.path, key.name))
    first = first_text(document, key, around, place.path)
    if key.type == "texts":
        return _Written("[]", "[$1]")
    if place.path == ("rules",):
        texts = LEVELS
    if texts and not first:
        options = [json.dumps(text, ensure_ascii=False) for text in texts]
        return _Written('""', choice(1, options))
    if key.type == "number":
        return _Written("0", "${1:0}")
    if key.type == "any" and place.syntax == "json":
        return _Written("{}", "{$1}")
    if key.type == "any":
        opened, closed = _BRACKETS.get(key.name, ("", ""))
        return _Written(f"{opened}{closed}" or '""', f"{opened}$1{closed}")
    return _Written(f'"{first}"', f'"{stop(1, first)}"')


def first_text(document: Document, key: Key, around: Surroundings, path: tuple[str, ...] = ()) -> str:
    """What a key, in the tables of a path, holds as far as that is known before anybody writes it; else empty."""
    schema = document.schema
    if key.type == "time":
        now = spell_time(around.now)
        return "" if key.name.startswith(LATER) else now[: len("YYYY-MM-DD")] if key.name in DAYS else now
    if path:
        return ""
    if schema and schema.is_id(key.name):
        return id_by_place(document)
    return around.actor if key.name == "coordinator" and not is_task(document) else ""
