"""Views that are made and not written: agenda, clock table, trace and brief, as Markdown out of what the verbs tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from mdtm.features.trace_tree import tree
from mdtm.occasion import Occasion, Outcome
from mdtm.operations import verb_named
from mdtm.plan import Refused
from mdtm.trace import Trace
from mdtm.wording import counted

Linked = Callable[[str], str]
"""Gives the URI of a file by its path from the workspace root."""
_SIGNS = re.compile(r"([\\`*\[\]<>])")


def text_of(at: Occasion, name: str, linked: Linked) -> str:
    """The text of the view with a name, such as `agenda/today` or `brief`; what hinders it, where something does."""
    made = VIEWS.get(name)
    try:
        lines = made(at, linked) if made else [f"There is no view {name}; there are {', '.join(VIEWS)}."]
        return "\n".join(lines) + "\n"
    except Refused as refused:
        return f"{str(refused)[:1].upper()}{str(refused)[1:]}.\n"


def _agenda(at: Occasion, linked: Linked, span: str) -> Iterator[str]:
    found = _outcome(at, "session.agenda", span=span, zone=_zone(at)).data
    since, until = found["since"], found["until"]
    day = f"{date.fromisoformat(since):%A}, {since}" if since == until else f"the week from {since} to {until}"
    yield from (f"# Agenda: {day}", "", "## Sessions", "")
    yield from [
        f"- {_link(one['title'] or one['session'], linked(one['path']))} {one['status']}".rstrip()
        for one in found["sessions"]
    ] or ["No session is active or paused."]
    yield from ("", "## Open tasks", "")
    yield from [
        f"- {_link(one['title'] or one['task'], linked(one['path']))} {one['status']}{_ticked(one)}"
        for one in found["tasks"]
    ] or ["No task is open."]
    for by in ("session",) if since == until else ("session", "day"):
        yield ""
        yield from _table(at, by=by, since=since, until=until)


def _clock(at: Occasion, linked: Linked) -> Iterator[str]:
    yield "# Clock table"
    for by in ("session", "task", "day"):
        yield ""
        yield from _table(at, by=by, every=True)


def _table(at: Occasion, **wanted: Any) -> list[str]:
    """A clock table as `mdtm report` writes it, one heading deeper."""
    return f"#{_outcome(at, 'session.report', format='markdown', zone=_zone(at), **wanted).text}".splitlines()


def _trace(at: Occasion, linked: Linked) -> Iterator[str]:
    first, *others = tree(at.files, Trace(at.files), at.session())
    yield from (f"# Trace: {first.name}", "", f"- {_link(first.name, linked(first.path))} {first.status}".rstrip())
    for one in others:
        name = _link(one.name, linked(one.path)) if one.path else _plain(one.name)
        yield f"{'  ' * one.depth}- {name} {one.status}".rstrip()


def _brief(at: Occasion, linked: Linked) -> Iterator[str]:
    """The lines of the brief under their headings, each with a link to where that stands."""
    found = _outcome(at, "session.brief").data["recovered_context"]
    yield f"# Brief: {_plain(at.session().goal)}"
    section = ""
    for one in found["lines"]:
        if one["section"] != section:
            section = one["section"]
            yield from ("", f"## {section[:1].upper()}{section[1:]}", "")
        if one["line"]:
            name = f"{one['path'].rpartition('/')[2]}:{one['line']}"
            uri = f"{linked(one['path'])}#L{one['line']}"
            yield f"- {one['text']} ({_link(name, uri)})"
        elif not one["text"].startswith("folder: "):  # which says how the paths of the plain brief are meant
            yield f"- {one['text']}"
    if found["left_out"]:
        yield from ("", "Left out: " + ", ".join(f"{name} {count}" for name, count in found["left_out"].items()))


VIEWS: Mapping[str, Callable[[Occasion, Linked], Iterator[str]]] = {
    "agenda/today": partial(_agenda, span="today"),
    "agenda/week": partial(_agenda, span="week"),
    "clock": _clock,
    "trace": _trace,
    "brief": _brief,
}
"""The views by their names; those of one session are about the one that is meant."""
OF_SESSION = ("trace", "brief")
"""The views of one session, whose id may follow their names."""


def _outcome(at: Occasion, verb: str, **given: Any) -> Outcome:
    found = verb_named(verb)
    assert found, verb
    return found.run(at, **given)


def _zone(at: Occasion) -> str:
    """The zone of the clocks around the reader; empty for UTC."""
    offset = at.now.astimezone().strftime("%z")
    return f"UTC{offset[:3]}:{offset[3:5]}" if offset.strip("+-0") else ""


def _ticked(task: Mapping[str, Any]) -> str:
    return f", {task['ticked']} of {counted(task['of'], 'box')} ticked" if task["of"] else ""


def _link(title: str, uri: str) -> str:
    return f"[{_plain(title)}](<{uri}>)"


def _plain(text: str) -> str:
    """A text that means itself in Markdown, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
