"""Reads the Markdown of a file line by line: headings, log entries, check boxes, links, fences.

What a line is depends on the line and on the `State` before it, so an edit reads again only the lines
it touched, and those after them until the state agrees with the old one.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from mdtm.entry import Entry, is_usual, read_entry, read_untimed, read_yaml_entry
from mdtm.marks import Heading, Mark, read_box, read_mentions
from mdtm.text import Block, Span, Text, shared_ends


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


class Reading:
    """A block of lines, read: where its entries begin, and the state after each line.

    What else a line holds is found out when it is asked for.
    """

    __slots__ = ("_entries", "_marks", "_targets", "before", "block", "entry_lines", "kept", "states", "unusual")

    def __init__(
        self,
        block: Block,
        before: State,
        states: list[State],
        entry_lines: list[int],
        unusual: list[tuple[int, Entry]],
    ) -> None:
        self.block = block
        self.before = before
        self.states = tuple(states)
        self.entry_lines = tuple(entry_lines)
        """The number, in the block, of each entry's first line."""
        self.unusual = tuple(unusual)
        """The entries that have not the form of most, with the numbers of their lines."""
        self.kept: object = None
        """For those who judge the block: what they found here, or before the last edit."""
        self._entries: tuple[Entry, ...] | None = None
        self._marks: tuple[Mark | None, ...] | None = None
        self._targets: frozenset[str] | None = None

    @property
    def after(self) -> State:
        return self.states[-1]

    @property
    def entries(self) -> tuple[Entry, ...]:
        if self._entries is None:
            known, lines = dict(self.unusual), self.block.lines
            found = (known.get(number) or read_entry(lines[number]) for number in self.entry_lines)
            self._entries = tuple(entry for entry in found if entry)
        return self._entries

    @property
    def marks(self) -> tuple[Mark | None, ...]:
        """What each line is."""
        if self._marks is None:
            self._marks = tuple(self.mark(number) for number in range(len(self.states)))
        return self._marks

    @property
    def targets(self) -> frozenset[str]:
        """The paths that the lines name, and those that would be named if they were not in code or a comment."""
        if self._targets is None:
            self._targets = frozenset(mention.target for line in self.block.lines for mention in read_mentions(line))
        return self._targets

    def mark(self, number: int) -> Mark | None:
        """What one line is."""
        if self._marks is not None:
            return self._marks[number]
        state = self.states[number - 1] if number else self.before
        return None if state.skip else _read_line(self.block.lines[number], state)[0]

    def line_start(self, number: int) -> int:
        """The offset of a line from the start of the block."""
        return sum(map(len, self.block.lines[:number]))


Body = tuple[Reading, ...]

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+([^\r\n]*)")
_LOG_TITLE = re.compile(r"\blog(?:s|\b(?! v?\d))(?:[ \t]+entries)?", re.I)
_BOLD_LOG_TITLE = re.compile(r"\*\*[ \t]*Log Entries[ \t]*:?[ \t]*\*\*:?[ \t]*\r?\n?\Z", re.I)
_FENCE = re.compile(r"[ ]{0,12}(`{3,}(?=[^`]*\Z)|~{3,})")
_RULE = re.compile(r"---[ \t]*\r?\n?\Z")
_AMONG_ENTRIES = frozenset(State(log=level, entry="list", blank=False) for level in range(8))
"""The states in which a line that looks like a usual entry can be nothing else."""
_CODE = Mark(code=True)
_CODE_IN_ENTRY = Mark(code=True, continues=True)
_CONTINUES = Mark(continues=True)


def read_body(text: Text, skip: int, old: Body = ()) -> Body:
    """The lines of a text read, all but the first `skip`; `old` is a reading of a text much like it."""
    blocks = text.blocks
    state = State(skip=skip)
    head, tail = shared_ends([reading.block for reading in old], blocks)
    if head and old[0].before != state:
        head = 0
    body = list(old[:head])
    for index in range(head, len(blocks)):
        state = body[-1].after if body else state
        left = len(blocks) - index
        if left <= tail and old[-left].before == state:
            return (*body, *old[-left:])
        body.append(_read_block(blocks[index], state, old[index] if index < len(old) else None))
    return tuple(body)


def _read_block(block: Block, before: State, old: Reading | None) -> Reading:
    lines = block.lines
    head, tail = shared_ends(old.block.lines, lines) if old and old.before == before else (0, 0)
    if head < before.skip:
        head = 0  # within the frontmatter, whose lines are taken all at once
    entry_lines = [number for number in old.entry_lines if number < head] if old else []
    unusual = [pair for pair in old.unusual if pair[0] < head] if old else []
    states = list(old.states[:head]) if old else []
    state = states[-1] if states else before
    if state.skip:
        skipped = min(state.skip, len(lines))
        states += [state] * (skipped - 1)
        state = state._replace(skip=state.skip - skipped)
        states.append(state)
    among: State | None = None
    for number in range(len(states), len(lines)):
        left = len(lines) - number
        if old and left <= tail and (old.states[-left - 1] if left < len(old.states) else old.before) == state:
            kept, shift = len(old.states) - left, len(lines) - len(old.states)
            states += old.states[kept:]
            entry_lines += [known + shift for known in old.entry_lines if known >= kept]
            unusual += [(known + shift, entry) for known, entry in old.unusual if known >= kept]
            break
        if state is not among and state in _AMONG_ENTRIES:
            among = state
        if state is among and is_usual(lines[number]):
            entry_lines.append(number)
        else:
            mark, state = _read_line(lines[number], state)
            if mark and mark.entry:
                entry_lines.append(number)
                if not is_usual(lines[number]):
                    unusual.append((number, mark.entry))
        states.append(state)
    reading = Reading(block, before, states, entry_lines, unusual)
    reading.kept = old.kept if old else None
    return reading


def _read_line(line: str, state: State) -> tuple[Mark | None, State]:
    if state.fence:
        return _fenced(line, state)
    if state.comment:
        return (_CONTINUES if state.entry else None), state._replace(comment="-->" not in line)
    if not line.strip():
        return (_CONTINUES if state.entry else None), state if state.blank else state._replace(blank=True, ruled=False)
    first = line.lstrip(" ")[0]
    if first in "`~" and (fence := _FENCE.match(line)):
        return (_CODE_IN_ENTRY if state.entry else _CODE), state._replace(fence=fence[1], blank=False)
    if state.entry == "yaml" or state.ruled:
        return _in_yaml(line, state)
    if first == "#" and (heading := _HEADING.match(line)):
        return _heading(line, heading, state)
    if first == "-" and _RULE.match(line):
        return None, state._replace(entry="", ruled=True, blank=False)
    if first == "<" and line.lstrip().startswith("<!--"):
        return (_CONTINUES if state.entry else None), state._replace(comment="-->" not in line, blank=False)
    return _text_line(line, state)


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
            return _read_line(line, state)
        return Mark(entry, mentions=read_mentions(line)), state._replace(entry="yaml", blank=False)
    if _RULE.match(line):
        return _CONTINUES, state._replace(entry="", blank=False)
    mentions = read_mentions(line)
    return (Mark(continues=True, mentions=mentions) if mentions else _CONTINUES), state


def _heading(line: str, match: re.Match[str], state: State) -> tuple[Mark, State]:
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
    return Mark(heading=heading, mentions=read_mentions(line)), state._replace(entry="", log=log, blank=False)


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
