"""The goals of mdtm's speed, as data: each a figure of the results, and how large it may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.contestants import MDTM, PYGLS
from benchmarks.parts import answers, check, cold, keystroke, reading, resume, symbols, workspace
from benchmarks.samples import Results, percentile

Figure = Callable[[Results], float | None]
"""What was measured; None when it was not."""


class Goal(NamedTuple):
    """One line of the table of goals."""

    number: int
    what: str
    figure: Figure
    limit: float
    foundation: float | None = None
    """What is enough as long as the rest of mdtm is being built; None where nothing is asked yet."""


def over(measure: str, other: str, size: int, percent: int = 50) -> Figure:
    """How much mdtm takes for each unit of another contestant."""
    return lambda results: results.ratio(measure, MDTM, other, size, percent)


def largest(measure: str, size: int) -> Figure:
    """The largest of mdtm's own values."""
    return lambda results: results.value(measure, MDTM, size, 100)


def middle(measure: str, size: int) -> Figure:
    """The median of mdtm's own values."""
    return lambda results: results.value(measure, MDTM, size)


def _disturbed(results: Results) -> float | None:
    meanwhile, in_peace = (results.value(what, MDTM, 1_000, 95) for what in (reading.MEANWHILE, reading.IN_PEACE))
    return meanwhile / in_peace if meanwhile and in_peace else None


def _growth(results: Results) -> float | None:
    large, small = (results.values(keystroke.ONE, MDTM, size) for size in (50_000, 50))
    return percentile(large, 50) / percentile(small, 50) if large and small else None


def _missing(results: Results) -> float | None:
    sizes = results.sizes(keystroke.ONE)
    return float(sum(len(results.values(keystroke.MISSING, MDTM, size)) for size in sizes)) if sizes else None


def _no_cache(results: Results) -> None:
    """There is nothing to measure as long as there is no cache."""


ONE, BURST = keystroke.ONE, keystroke.BURST
GOALS = (
    Goal(1, "keystroke at 5,000 entries, median, to bare pygls", over(ONE, PYGLS, 5_000), 0.15, 0.5),
    Goal(1, "the same, 95th percentile", over(ONE, PYGLS, 5_000, 95), 0.25),
    Goal(2, "growth: keystroke at 50,000 entries to the same at 50", _growth, 1.5, 3),
    Goal(3, "keystroke at 5,000 entries, median, to ruff", over(ONE, "ruff", 5_000), 0.10, 1),
    Goal(3, "to rumdl", over(ONE, "rumdl", 5_000), 0.02, 1),
    Goal(3, "to tombi", over(ONE, "tombi", 5_000), 0.003, 1),
    Goal(4, "typed at 10 keys a second, 50,000 entries: late answers", largest(keystroke.LATE, 50_000), 0),
    Goal(5, "burst of 100 edits at 5,000 entries, to bare pygls", over(BURST, PYGLS, 5_000), 0.03, 0.5),
    Goal(5, "the same: publishes, at most", largest(keystroke.PUBLISHED, 5_000), 3),
    Goal(5, "at any size: last versions without a right answer", _missing, 0, 0),
    Goal(6, "start to the answer to initialize, to bare pygls", over(cold.INITIALIZED, PYGLS, 50), 0.06),
    Goal(7, "start to the first diagnostics, to bare pygls", over(cold.DIAGNOSED, PYGLS, 50), 0.08),
    Goal(7, "the same at 5,000 entries, to rumdl", over(cold.DIAGNOSED, "rumdl", 5_000), 1),
    Goal(
        8, "completion and hover while typing at 5,000 entries, 95th percentile, to a keystroke of bare pygls",
        over(answers.WHILE_TYPING, PYGLS, 5_000, 95), 0.20,
    ),
    Goal(9, "a symbol for each of 5,000 entries, to rumdl", over(symbols.SYMBOLS, "rumdl", 5_000), 0.35),
    Goal(10, "all diagnostics of 10,000 sessions, to rumdl", over(workspace.ALL, "rumdl", 10_000), 0.20),
    Goal(10, "the same with a cache", _no_cache, 0.03),
    Goal(11, "typing while 1,000 sessions are read, 95th percentile, to typing in peace", _disturbed, 2),
    Goal(12, "memory with 5,000 entries open, to bare pygls", over(cold.MEMORY, PYGLS, 5_000), 1.15),
    Goal(12, "memory with 10,000 sessions, to rumdl", over(workspace.MEMORY, "rumdl", 10_000), 0.15),
    Goal(13, "milliseconds of CPU in half a second of idleness, at most", largest(cold.IDLE, 5_000), 0),
    Goal(14, "mdtm check of 10,000 sessions, one core, to rumdl", over(check.ONE_CORE, "rumdl", 10_000), 0.20, 0.5),
    Goal(14, "the same with all cores", over(check.ALL_CORES, "rumdl", 10_000), 0.12),
    Goal(14, "mdtm check of one file, to python -c pass", over(check.ONE_FILE, check.PYTHON, 1), 2.5),
    Goal(15, "the active session found among 300, milliseconds", middle(resume.FOUND, 300), 1),
    Goal(15, "the last session resumed among 300, milliseconds", middle(resume.RESUMED, 300), 100),
    Goal(15, "the same by `mdtm resume`, from start to end", middle(resume.COMMAND, 300), 100),
    Goal(16, "CPU for each edit at 5,000 entries, to bare pygls", over(keystroke.CPU, PYGLS, 5_000), 0.20),
)  # fmt: skip
