"""What a line of Markdown is, which depends on the line and on the `State` before it."""

from __future__ import annotations

import functools
import re
from typing import Literal, NamedTuple

from mdtm.entry import read_entry, read_untimed, read_yaml_entry
from mdtm.marks import Heading, Mark, read_box, read_mentions
from mdtm.text import Span


class State(NamedTuple):
    """What the lines so far say about the next one."""

    skip: int = 0
    """How many lines of frontmatter are still to come."""
    fence: str = ""
    """The run of ` or ~ that opened the code block we are in."""
    comment: bool = False
    log: int = 0
    """The level of the heading whose section is a log; 7 for a bold line that stands for a heading."""
    entry: Literal["", "list", "heading", "bare", "yaml"] = ""
    """The form of the entry that the next line may go on with."""
    ruled: bool = False
    """Whether the line before is `---`, which may begin a YAML block."""
    blank: bool = True


_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+([^\r\n]*)")
_LOG_TITLE = re.compile(r"\blog(?:s|\b(?! v?\d))(?:[ \t]+entries)?", re.I)
_BOLD_LOG_TITLE = re.compile(r"\*\*[ \t]*Log Entries[ \t]*:?[ \t]*\*\*:?[ \t]*\r?\n?\Z", re.I)
_FENCE = re.compile(r"[ ]{0,12}(`{3,}(?=[^`]*\Z)|~{3,})")
_RULE = re.compile(r"---[ \t]*\r?\n?\Z")
_CODE = Mark(code=True)
_CODE_IN_ENTRY = Mark(code=True, continues=True)
_CONTINUES = Mark(continues=True)


def read_line(line: str, state: State) -> tuple[Mark | None, State]:
    if state.fence:
        return _fenced(line, state)
    if state.comment:
        return (_CONTINUES if state.entry else None), state._replace(comment="-->" not in line)
    if not line.strip():
        return (_CONTINUES if state.entry else None), state if state.blank else _behind_blank(state)
    first = line.lstrip(" ")[0]
    if first in "`~" and (fence := _FENCE.match(line)):
        return (_CODE_IN_ENTRY if state.entry else _CODE), state._replace(fence=fence[1], blank=False)
    if state.entry == "yaml" or state.ruled:
        return _in_yaml(line, state)
    if first == "#" and _HEADING.match(line):
        return _heading(line, state)
    if first == "-" and _RULE.match(line):
        return None, state._replace(entry="", ruled=True, blank=False)
    if first == "<" and line.lstrip().startswith("<!--"):
        return (_CONTINUES if state.entry else None), state._replace(comment="-->" not in line, blank=False)
    return _text_line(line, state)


@functools.lru_cache(maxsize=1024)
def begins_log(line: str, before: State) -> bool:
    """Whether a line is the heading of a section for entries, or a bold line in its place."""
    if before.skip or before.fence or before.comment:
        return False
    if heading := _HEADING.match(line):
        return len(heading[1]) > 1 and _LOG_TITLE.search(heading[2]) is not None and read_entry(line) is None
    return _BOLD_LOG_TITLE.match(line) is not None


def _fenced(line: str, state: State) -> tuple[Mark, State]:
    mark = _CODE_IN_ENTRY if state.entry else _CODE
    run = line.strip()
    if run and len(run) >= len(state.fence) and not run.strip(state.fence[0]):
        return mark, state._replace(fence="")
    return mark, state


def _in_yaml(line: str, state: State) -> tuple[Mark | None, State]:
    """A line after `---`: the first or a further line of a YAML block, or neither."""
    if state.ruled:
        entry = read_yaml_entry(line)
        state = state._replace(ruled=False)
        if entry is None:
            return read_line(line, state)
        return Mark(entry, mentions=read_mentions(line)), state._replace(entry="yaml", blank=False)
    if _RULE.match(line):
        return _CONTINUES, state._replace(entry="", blank=False)
    mentions = read_mentions(line)
    return (Mark(continues=True, mentions=mentions) if mentions else _CONTINUES), state


@functools.lru_cache(maxsize=1024)
def _heading(line: str, state: State) -> tuple[Mark, State]:
    """A heading; many files have the same few."""
    match = _HEADING.match(line)
    assert match
    level, title = len(match[1]), match[2].rstrip(" \t").rstrip("#").rstrip(" \t")
    heading = Heading(level, title, Span(match.start(2), match.start(2) + len(title)))
    entry = read_entry(line) if level > 1 else None
    if entry:
        return Mark(entry, heading, mentions=read_mentions(line)), state._replace(entry="heading", blank=False)
    log = state.log
    if level > 1 and _LOG_TITLE.search(title):
        log = level
    elif level <= log:
        log = 0
    return Mark(heading=heading, mentions=read_mentions(line)), _behind_heading(state, log)


@functools.lru_cache(maxsize=1024)
def _behind_blank(state: State) -> State:
    return state._replace(blank=True, ruled=False)


@functools.lru_cache(maxsize=1024)
def _behind_heading(state: State, log: int) -> State:
    return state._replace(entry="", log=log, blank=False)


def _text_line(line: str, state: State) -> tuple[Mark | None, State]:
    mentions = read_mentions(line)
    inside = line[:2] in ("  ", " \t") or line[0] == "\t"
    entry = None if inside and state.entry else read_entry(line)
    if entry is None and state.log and state.entry not in ("heading", "bare") and not inside:
        entry = read_untimed(line)
    if entry:
        if state.blank or state.entry != entry.form:
            state = state._replace(entry=entry.form, blank=False)
        return Mark(entry, mentions=mentions), state
    if line[0] == "*" and _BOLD_LOG_TITLE.match(line):
        return Mark(mentions=mentions), state._replace(log=7, entry="", blank=False)
    continues = bool(state.entry) and (inside or state.entry != "list" or not state.blank)
    box = read_box(line)
    after = (
        state if not state.blank and continues else state._replace(blank=False, entry=state.entry if continues else "")
    )
    if box:
        return Mark(box=box, mentions=mentions, continues=continues), after
    if mentions:
        return Mark(mentions=mentions, continues=continues), after
    return (_CONTINUES if continues else None), after
