"""Reads the Markdown of a file line by line: headings, log entries, check boxes, links, fences.

An edit reads again only the lines it touched, and those after them until the state agrees with the old one.
"""

from __future__ import annotations

from itertools import filterfalse

from mdtm.entry import Entry, is_usual, read_entry
from mdtm.line import State, begins_log, read_line
from mdtm.marks import NO_TARGETS, CheckBox, Mark, read_box, read_targets, read_task_ids
from mdtm.once import once
from mdtm.order import Order, order_of
from mdtm.signs import read_signs
from mdtm.text import Block, Text, shared_ends

_BEHIND_USUAL = {
    State(log=level, entry=entry, blank=blank): State(log=level, entry="list", blank=False)
    for level in range(8)
    for entry in ("", "list", "heading", "bare")
    for blank in (True, False)
}
"""The states in which a line that looks like a usual entry can be nothing else, and the state behind it."""

_HEAD_SIGNS = frozenset("#*")


class Reading:
    """A block of lines, read: where its entries begin, and the state after each line.

    What else a line holds is found out when it is asked for.
    """

    def __init__(self, block: Block, before: State) -> None:
        self.block = block
        self.before = before
        self.states: list[State] = []
        self.entry_lines: list[int] = []
        """The number, in the block, of each entry's first line."""
        self.outside: list[int] = []
        """Those of them that stand in no section for entries."""
        self.log_lines: list[int] = []
        """The numbers of the lines that begin such a section: headings, or bold lines in their place."""
        self.unusual: list[tuple[int, Entry]] = []
        """The entries that have not the form of most, with the numbers of their lines."""
        self.kept_entries: object = None
        """For those who judge the entries: what they found here, or before the last edit."""
        self.kept_clock: object = None
        """For those who read the time: what just these lines tell of it."""
        self.kept_switches: object = None
        """For those who follow the context: what just these lines tell of it."""
        self.kept: dict[str, object] = {}
        """For all who show the text: what they found in just these lines, by the name that each gives it."""

    @property
    def after(self) -> State:
        return self.states[-1]

    @once
    def entries(self) -> tuple[Entry, ...]:
        known, lines = dict(self.unusual), self.block.lines
        found = (known.get(number) or read_entry(lines[number]) for number in self.entry_lines)
        return tuple(entry for entry in found if entry)

    def entry_on(self, line: int) -> Entry | None:
        """The entry that begins on a line, without a look at the others."""
        unusual = (entry for number, entry in self.unusual if number == line)
        return next(unusual, None) or read_entry(self.block.lines[line])

    @once
    def marks(self) -> tuple[Mark | None, ...]:
        """What each line is."""
        return tuple(self.mark(number) for number in range(len(self.states)))

    @once
    def text(self) -> str:
        """The lines as one text."""
        return self.block.text

    @once
    def targets(self) -> frozenset[str]:
        """The paths that the lines name, and those that would be named if they were not in code or a comment."""
        return read_targets(self.ascii) | read_targets(self.foreign)

    @once
    def task_ids(self) -> frozenset[str]:
        """What looks like the id of a task in the lines behind the frontmatter."""
        if not self.holds("TASK-", "K"):
            return NO_TARGETS
        skip = self.before.skip
        return read_task_ids("".join(self.block.lines[skip:]) if skip else self.text)

    @once
    def boxes(self) -> tuple[tuple[int, CheckBox], ...]:
        """The check boxes, each with the number of its line; one in a code block is none."""
        found = []
        for number, line in enumerate(self.block.lines):
            if "[" in line and (box := read_box(line)) and number not in self.entry_lines:
                state = self.state_before(number)
                if not (state.skip or state.fence or state.comment or state.entry == "yaml"):
                    found.append((number, box))
        return tuple(found)

    @once
    def ascii(self) -> str:
        """The lines of ASCII as one text, in which all is found ten times as fast as beside a single emoji."""
        text = self.text
        return text if text.isascii() else "".join(filter(str.isascii, self.block.lines))

    @once
    def foreign(self) -> str:
        """The other lines as one text."""
        return "" if self.text.isascii() else "".join(filterfalse(str.isascii, self.block.lines))

    def holds(self, word: str, rare: str) -> bool:
        """Whether any line holds a word, of which `rare` is the rarest character: to look for that first is quick."""
        return (rare in self.ascii and word in self.ascii) or (rare in self.foreign and word in self.foreign)

    @once
    def signs(self) -> frozenset[str]:
        """The kinds of signs, as `signs.py` names them, that the lines hold."""
        return read_signs(self.ascii, self.foreign)

    @once
    def timed_lines(self) -> list[int]:
        """The numbers of the lines of those entries whose time can be read, as nearly all can."""
        timeless = {number for number, entry in self.unusual if entry.moment is None}
        return [number for number in self.entry_lines if number not in timeless] if timeless else self.entry_lines

    @once
    def order(self) -> Order:
        """Whether these follow each other as they should, found out without reading the times of all."""
        return order_of(self.block.lines, self.timed_lines, any(entry.moment for _, entry in self.unusual))

    def mark(self, number: int) -> Mark | None:
        """What one line is."""
        if "marks" in self.__dict__:
            return self.marks[number]
        state = self.state_before(number)
        return None if state.skip else read_line(self.block.lines[number], state)[0]

    def state_before(self, number: int) -> State:
        return self.states[number - 1] if number else self.before

    def take_over(self, old: Reading, first: int, behind: int) -> None:
        """Goes on with lines that another reading has read: those from `first` up to but not including `behind`."""
        shift = len(self.states) - first
        self.states += old.states[first:behind]
        for mine, others in (
            (self.entry_lines, old.entry_lines),
            (self.outside, old.outside),
            (self.log_lines, old.log_lines),
        ):
            mine += [line + shift for line in others if first <= line < behind]
        self.unusual += [(line + shift, entry) for line, entry in old.unusual if first <= line < behind]

    def line_start(self, number: int) -> int:
        """The offset of a line from the start of the block."""
        return self.block.starts[number]


Body = tuple[Reading, ...]


def read_body(text: Text, skip: int, old: Body = ()) -> Body:
    """The lines of a text read, all but the first `skip`; `old` is a reading of a text much like it."""
    blocks = text.blocks
    state = State(skip=skip)
    head, tail = shared_ends([reading.block for reading in old], blocks) if old else (0, 0)
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
    reading = Reading(block, before)
    if old is None:
        _read_lines(reading, len(block.lines), None)
        return reading
    reading.kept_entries = old.kept_entries
    head, tail = shared_ends(old.block.lines, block.lines) if old.before == before else (0, 0)
    if head >= before.skip:  # else within the frontmatter, whose lines are taken all at once
        reading.take_over(old, 0, head)
    _read_lines(reading, len(block.lines) - tail, old)
    return reading


def _read_lines(reading: Reading, agreed: int, old: Reading | None) -> None:
    """Reads the rest of the lines; from the line `agreed` on they are those of `old`, as soon as the states agree."""
    lines, states = reading.block.lines, reading.states
    state = states[-1] if states else reading.before
    if state.skip:
        skipped = min(state.skip, len(lines))
        states += [state] * (skipped - 1)
        state = state._replace(skip=state.skip - skipped)
        states.append(state)
    looked_up, behind_usual, in_log = None, None, 0
    for number in range(len(states), len(lines)):
        if old and number >= agreed and state == old.state_before(number - len(lines) + len(old.states)):
            reading.take_over(old, number - len(lines) + len(old.states), len(old.states))
            return
        if state is not looked_up:
            looked_up, behind_usual, in_log = state, _BEHIND_USUAL.get(state), state.log
        if behind_usual and is_usual(lines[number]):
            reading.entry_lines.append(number)
            if not in_log:
                reading.outside.append(number)
            state = behind_usual
        else:
            state = _read_other(reading, number, state)
        states.append(state)


def _read_other(reading: Reading, number: int, before: State) -> State:
    """Reads a line that is no usual entry, and gives the state behind it."""
    line = reading.block.lines[number]
    mark, state = read_line(line, before)
    if mark and mark.entry:
        reading.entry_lines.append(number)
        if not state.log:
            reading.outside.append(number)
        if not is_usual(line):
            reading.unusual.append((number, mark.entry))
    elif line[:1] in _HEAD_SIGNS and "og" in line and begins_log(line, before):
        reading.log_lines.append(number)
    return state
