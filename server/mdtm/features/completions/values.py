"""The values that a key may have: those that are settled, and those that the workspace has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mdtm.allowed import usual_values
from mdtm.document import Document
from mdtm.features.completions.keys import DAYS, first_text
from mdtm.features.completions.named import actors, named
from mdtm.features.completions.offer import NOTHING, About, Kind, Surroundings
from mdtm.features.completions.paths import Reached, artifacts_of, reached
from mdtm.features.completions.place import Place
from mdtm.features.names.mentions import ACTOR_KEYS, OTHER_KEYS, session_folder_of
from mdtm.features.shape.subject import id_by_place
from mdtm.paths import plain
from mdtm.rules import NAMES
from mdtm.schema import Key
from mdtm.schema.base import Names
from mdtm.schema.settings import SETTINGS
from mdtm.schema.statuses import MEANINGS
from mdtm.settings import HINTS, LEVELS
from mdtm.times import spell_time

LONGEST = 40
"""How long a text may be that is offered because others have it."""
_NO_VALUE = re.compile(r"(?:id|title|.*_(?:id|title)|goal|.*(?:time|date|hash|_at))")
"""Keys of texts that are never those of others."""


class Value(NamedTuple):
    """One value, as it means and not as it is written."""

    text: str
    kind: Kind = "value"
    detail: str = ""
    note: str = ""
    about: About = NOTHING
    bare: bool = False
    """Whether it stands without quotes."""


def values_at(document: Document, place: Place, begun: str, around: Surroundings) -> list[Value]:
    """The values that may be written at a place, the likeliest first; `begun` is the text so far."""
    key = _key(document, place)
    names = _names(document, place, key)
    if names == "artifact":
        return list(_artifacts(document, place, around))
    if names == "file":
        return list(_files(document, begun, around))
    if _is_own(document, place):
        return [Value(id_by_place(document), "value", "as its place says")]
    if names:
        return [Value(*one) for one in named(document, names, _beside(document, place), around)]
    return _unnamed(document, place, key, around)


def _unnamed(document: Document, place: Place, key: Key | None, around: Surroundings) -> list[Value]:
    """The values of a key that names nothing."""
    name = place.path[-1] if place.path else ""
    if document.schema is SETTINGS and name in _SETTINGS:
        there = _beside(document, place)
        return [Value(text, about=About("key", text, "rules")) for text in _SETTINGS[name] if text not in there]
    if name == "tags":
        return _used(around.uses.texts(name), _beside(document, place), "tag")
    if settled := usual_values(document, place.path):
        counts = around.uses.texts(name)
        return [Value(text, "value", MEANINGS.get(text, "")) for text in sorted(settled, key=lambda one: -counts[one])]
    if key and key.type == "time":
        return _times(document, key, around)
    if (key.name if key else name) in ACTOR_KEYS:
        return [Value(actor, "actor") for actor in actors(document, around)]
    switches = [Value("true", bare=True), Value("false", bare=True)]
    may_switch = (key is None or key.type == "any") and not place.quote and not place.item
    return [*(switches if may_switch else ()), *_others(name, around)]


_SETTINGS: dict[str, Iterable[str]] = dict.fromkeys(NAMES, LEVELS) | {"rules": sorted(NAMES), "inlay_hints_off": HINTS}
"""What the tables of a settings file hold."""


def _key(document: Document, place: Place) -> Key | None:
    if document.schema is None or len(place.path) != 1:
        return None
    return document.schema.key_called(place.path[0])


def _names(document: Document, place: Place, key: Key | None) -> Names:
    """What the texts of a key name."""
    if place.path == ("context", "id"):
        kind = dict(place.beside).get("type", "task")
        return "task" if kind in ("task", "subtask") else "sprint" if kind == "sprint" else ""
    if place.path == ("progress", "current_tasks"):
        return "task"
    if len(place.path) != 1:
        return ""
    return key.names if key else OTHER_KEYS.get(place.path[0], "")


def _is_own(document: Document, place: Place) -> bool:
    return document.schema is not None and bool(place.path) and document.schema.is_id(place.path[0])


def _beside(document: Document, place: Place) -> frozenset[str]:
    """The texts that stand in the same array."""
    field = document.frontmatter.get(*place.path)
    items = field.value.items if field else ()
    return frozenset(plain(str(item.data)) for item in items if item.kind == "string" and item.span != place.span)


def _artifacts(document: Document, place: Place, around: Surroundings) -> Iterator[Value]:
    listed = _beside(document, place)
    for one in artifacts_of(around.files, session_folder_of(document), document.dialect, listed):
        yield Value(one.written, "file", "listed already" if plain(one.written) in listed else "", about=_page(one))


def _files(document: Document, begun: str, around: Surroundings) -> Iterator[Value]:
    """What a path from the workspace root may lead to; first the artifacts of the task's session."""
    session = around.trace.session(document.frontmatter.text("session_id") or "") if around.trace else None
    folder = session.path.rpartition("/")[0] if session else ""
    for one in artifacts_of(around.files, folder, document.dialect, frozenset()):
        yield Value(one.path, "file", about=_page(one))
    for one in reached(around.files, "", begun):
        yield Value(one.written, "folder" if one.is_folder else "file", about=_page(one))


def _page(one: Reached) -> About:
    return NOTHING if one.is_folder else About("file", one.path)


def _times(document: Document, key: Key, around: Surroundings) -> list[Value]:
    """Now and today, in the spelling first that the document has."""
    now = spell_time(around.now)
    found = [Value(now, "time", "now, in UTC"), Value(now[:10], "time", "today, in UTC")]
    texts = (document.frontmatter.text(name) or "" for name in (document.schema.times if document.schema else ()))
    days = key.name in DAYS or any(len(text) == len("YYYY-MM-DD") for text in texts)
    later = [Value("", "time", "not yet")] if not first_text(document, key, around) else []
    return [*(reversed(found) if days else found), *later]


def _used(counts: Counter[str], beside: frozenset[str], kind: Kind) -> list[Value]:
    order = sorted(counts.most_common(), key=lambda one: plain(one[0]) in beside)
    return [Value(text, kind, f"{count} times" if count > 1 else "") for text, count in order if text.strip()]


def _others(name: str, around: Surroundings) -> list[Value]:
    """What other documents have under the same key, where it is not the business of each alone."""
    if _NO_VALUE.fullmatch(name):
        return []
    counts = around.uses.texts(name).items()
    common = Counter({text: count for text, count in counts if count > 1 and len(text) <= LONGEST})
    return _used(common, frozenset(), "value")
