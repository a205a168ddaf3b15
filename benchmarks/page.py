"""The page of the results, `docs/performance.md`: ratios, what they are held against, and where the time goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.contestants import MDTM, NULL, PYGLS
from benchmarks.goals import GOALS, Goal
from benchmarks.parts import check, cold, keystroke, symbols, workspace
from benchmarks.questions import SHOWN, TYPING
from benchmarks.samples import Results

BUSY = 0.3
"""The load average before a run from which others were at work."""
INTRODUCTION = """\
# How fast mdtm is

<!-- Written by `make bench`; what is changed here by hand is lost. -->

Every figure is a ratio of two things measured in one run, turn by turn, on one machine.
A ratio under 1 means that mdtm took less.
Medians are those of the rounds' own ratios; 95th percentiles are taken over all rounds.
An answer counts only when it holds just the findings of its version.
Each generated log has known faults, and every edit adds one or takes it away.
"""
COMPETITORS = """\
- **bare pygls** is a server that publishes an empty list for every change: what anything on pygls costs as it comes.
- **only answers** is a C program that reads nothing and publishes the same: what pipes and the client cost.
- **ruff**, **rumdl** and **tombi** have a file with the same entries: Python, Markdown, and TOML with a schema.
  Each has its own faults in it, and one more that comes and goes.
  rumdl reads a workspace without being asked, so it is timed until it rests.
"""
GOAL_NOTE = """\
The limit is what mdtm shall reach with all its rules and features; the foundation is what the first versions must keep.
A goal that is not measured belongs to a feature that is not there: there is no cache.

- Goal 8 asks right after an edit for the keys, a status or the actors that fit there, or for what the pointer is at.
  The answer has to hold the one that is wanted, and its time is held against that of a keystroke of bare pygls.
- For goal 9 rumdl, whose symbols are headings, has a file with a heading for each entry.
- Goal 11 types in a log of 5,000 entries while all diagnostics of the workspace are being found.
  This client tells nothing of the disk, so the server looks at all of it each second, and a key that comes then waits.
- Goal 15 reads the disk anew each time, within a process; resuming pauses nothing, for the session was paused before.
  It reads every session to see which one was paused last, and ends when the log is written.
"""
TABLES = (
    ("One keystroke in an entry, to its right diagnostics", keystroke.ONE, PYGLS),
    ("One keystroke in the frontmatter", keystroke.FRONTMATTER, PYGLS),
    ("Typed, 10 keys a second", keystroke.TYPED, PYGLS),
    ("A burst of 100 edits, to the right diagnostics of the last", keystroke.BURST, PYGLS),
    ("CPU for each edit", keystroke.CPU, PYGLS),
    ("A symbol for each entry, after an edit", symbols.SYMBOLS, "rumdl"),
    ("From the start to the answer to `initialize`", cold.INITIALIZED, PYGLS),
    ("From the start to the first right diagnostics", cold.DIAGNOSED, PYGLS),
    ("Memory with the document open", cold.MEMORY, PYGLS),
    ("Check of generated sessions on one core", check.ONE_CORE, "rumdl"),
    ("Check of generated sessions on all cores", check.ALL_CORES, "rumdl"),
    ("CPU of the check", check.CPU, "rumdl"),
    ("Check of one file", check.ONE_FILE, check.PYTHON),
    ("All diagnostics of a workspace, from the server", workspace.ALL, "rumdl"),
    ("Memory of the server after that", workspace.MEMORY, "rumdl"),
)
"""Title, measure, and the contestant that the ratios are to."""


def as_page(results: Results) -> str:
    parts = (_goals, _ratios, _answers, _hotspots, _conditions)
    return "\n".join([INTRODUCTION, *(line for part in parts for line in part(results))])


def _goals(results: Results) -> Iterator[str]:
    yield "## Goals\n"
    yield GOAL_NOTE
    rows = [_goal_row(goal, results) for goal in GOALS]
    yield _table(["#", "goal", "foundation", "limit", "measured", "met"], rows)


def _goal_row(goal: Goal, results: Results) -> list[str]:
    foundation = "" if goal.foundation is None else f"≤ {_number(goal.foundation)}"
    row = [str(goal.number), goal.what, foundation, f"≤ {_number(goal.limit)}"]
    figure = goal.figure(results)
    if figure is None:
        return [*row, "", "not measured"]
    if figure <= goal.limit:
        met = "yes"
    elif goal.foundation is not None and figure <= goal.foundation:
        met = "the foundation"
    else:
        met = "no"
    return [*row, _number(figure), met]


def _ratios(results: Results) -> Iterator[str]:
    yield "## Side by side\n"
    yield COMPETITORS
    yield "Columns are entries of the document or, from the check on, sessions of the workspace."
    yield "Each cell is the median ratio and, behind the stroke, the ratio of the 95th percentiles."
    yield "An empty one was not measured, for it would take too long.\n"
    for title, measure, reference in TABLES:
        sizes = results.sizes(measure)
        if sizes:
            rows = [_ratio_row(results, measure, one, reference, sizes) for one in results.contestants(measure)]
            yield f"### {title}\n"
            yield _table([f"to {reference}", *(f"{size:,}" for size in sizes)], rows)


def _ratio_row(results: Results, measure: str, one: str, reference: str, sizes: Sequence[int]) -> list[str]:
    cells = [one]
    for size in sizes:
        ratios = [results.ratio(measure, one, reference, size, percent) for percent in (50, 95)]
        cells.append(" / ".join(_number(ratio) for ratio in ratios if ratio is not None))
    return cells


def _answers(results: Results) -> Iterator[str]:
    """How long each question takes, in milliseconds too: a person waits for these."""
    for size in results.sizes(SHOWN[0].name):
        yield f"## Answers at {size:,} entries, right after an edit\n"
        yield "From the edit to the right answer to a question that follows it at once: median, and 95th percentile."
        yield f"The last column holds both against a keystroke of {PYGLS} to its diagnostics.\n"
        names = [question.name for question in (*TYPING, *SHOWN)]
        head = ["question", "ms", "95%", f"to {PYGLS}"]
        yield _table(head, [_answer_row(results, name, size) for name in names])


def _answer_row(results: Results, name: str, size: int) -> list[str]:
    values = [results.value(name, MDTM, size, percent) for percent in (50, 95)]
    return [name, *(_number(value or 0) for value in values), *_ratio_row(results, name, MDTM, PYGLS, [size])[1:]]


def _hotspots(results: Results) -> Iterator[str]:
    if results.hotspots:
        yield "## Where the time goes\n"
        yield "Shares of the time that mdtm itself is busy, from a profile; waiting for the editor is left out."
        yield "A profiler makes short functions look dearer than they are, so trust the order more than the shares.\n"
    for occasion, shares in results.hotspots.items():
        yield f"### {occasion[0].upper()}{occasion[1:]}\n"
        packages = ", ".join(f"{name} {share:.0%}" for name, share in shares["packages"] if share >= 0.01)
        yield f"By package: {packages}.\n"
        rows = [_hotspot_row(*row) for row in shares["functions"]]
        yield _table(["function", "itself", "with what it calls", "calls for each edit, session or start"], rows)


def _hotspot_row(name: str, own: float, with_called: float, calls: float) -> list[str]:
    return [f"`{name}`", f"{own:.1%}", f"{with_called:.1%}", f"{calls:g}"]


def _conditions(results: Results) -> Iterator[str]:
    about = results.about
    yield "## The run\n"
    yield f"Measured on {about['date']}: {about['machine']}.  "
    yield f"With {', '.join(f'{name} {version}' for name, version in about['versions'].items())}.  "
    load = [about["load before"], about["load after"]]
    yield f"The load of the machine was {load[0]:.2f} before and {load[1]:.2f} after the run."
    if load[0] > BUSY:
        yield "Others were at work on it, so the 95th percentiles in particular are worse than they need be."
    noise, small = (results.value(keystroke.ONE, NULL, 5_000, percent) for percent in (95, 50))
    if noise and small:
        yield f"The C program's 95th percentile was {noise / small:.1f} times its median, which is noise alone."
    yield ""


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [list(head), ["---"] * len(head), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _number(value: float) -> str:
    """Two digits that count, and no more decimals than help."""
    if value >= 10 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.2g}"
